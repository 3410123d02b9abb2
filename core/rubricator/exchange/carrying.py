"""What a format carries, found out by asking its writer what it would lose of an article with one thing in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rubricator import formats
from rubricator.errors import UserError
from rubricator.formats.base import ACROSS, BROKEN, NESTED, SUBTOKEN, Header, LayerRecord, Record, WriteOptions, Writer
from rubricator.model.spans import Annotation, Fragment, Span, TopicTag, reading_order
from rubricator.words import Message, message

_TEXT = "Anna Berg of Arle spoke.\n\nShe left."
_PLAIN = "Anna Berg"


_OF_SPANS = (
    "nested spans",
    "crossing spans",
    "two labels on the same words",
    "spans in pieces",
    "spans over a blank line",
    "spans inside a word",
    "attributes",
    "notes",
    "entities",
    "relations",
)
"""What is not worth a word where spans are not carried at all."""


@dataclass(frozen=True)
class Carries:
    """What a format carries (with the choice that is needed for it, or none), and what it does not."""

    carried: Mapping[str, str] = field(default_factory=dict)
    lost: tuple[str, ...] = ()

    def lines(self) -> list[Message]:
        """Say it in words."""
        if not self.lost and not any(self.carried.values()):
            return [message("carries everything")]
        with_choices = [f"{name} ({choice})" if choice else name for name, choice in self.carried.items()]
        said = [message("carries {things}", things=", ".join(with_choices))] if with_choices else []
        return [*said, message("not {things}", things=", ".join(self.lost))] if self.lost else said


def carries(key: str) -> Carries | None:
    """Return what a format carries; None where it is not written, or what it needs is not there."""
    if not formats.spec(key).writes:
        return None
    try:
        writer = formats.writer(key)
        bare = {options: _lost(writer, _record([]), options) for options, _words in _options(writer)}
        found = {name: _way(writer, record, bare) for name, record in _things()}
        found["text as it stands"] = None if bare[WriteOptions()] else ""
    except UserError:
        return None
    if found["spans"] is None:
        found = {name: way for name, way in found.items() if name not in _OF_SPANS}
    return Carries(
        {name: way for name, way in found.items() if way is not None},
        tuple(name for name, way in found.items() if way is None),
    )


def _way(writer: Writer, record: Record, bare: Mapping[WriteOptions, Counter[str]]) -> str | None:
    """Return the choice with which nothing more is lost than of a bare text (empty: the usual ones), or None."""
    for options, words in _options(writer):
        if not _lost(writer, record, options) - bare[options]:
            return words
    return None


def _lost(writer: Writer, record: Record, options: WriteOptions) -> Counter[str]:
    losses = writer.losses(Header(), [record], options)
    return Counter({loss.kind: loss.n for loss in losses if loss.kind != "provenance"})


def _options(writer: Writer) -> Iterator[tuple[WriteOptions, str]]:
    """Yield the usual options, and each other choice alone, with its words on the command line."""
    usual = WriteOptions()
    yield usual, ""
    for choice, values in (("nested", NESTED), ("broken", BROKEN), ("subtoken", SUBTOKEN), ("across", ACROSS)):
        for value in values if choice in writer.choices else ():
            if value != getattr(usual, choice):
                changed: dict[str, Any] = {choice: value}
                yield replace(usual, **changed), f"--{choice} {value}"


# --- articles with one thing in them ------------------------------------------------------------------------------


def _things() -> Iterator[tuple[str, Record]]:
    plain = _span(_PLAIN)
    yield "spans", _record([plain])
    yield "nested spans", _record([plain, _span("Anna", id="b")])
    yield "crossing spans", _record([plain, _span("Berg of Arle", id="b")])
    yield "two labels on the same words", _record([plain, _span(_PLAIN, id="b", label="ORG")])
    yield "spans in pieces", _record([_over(((0, 4), (13, 17)))])
    yield "spans over a blank line", _record([_over(((18, 29),))])
    yield "spans inside a word", _record([_over(((0, 2),))])
    yield "attributes", _record([_span(_PLAIN, attributes={"gender": "f"})])
    yield "notes", _record([_span(_PLAIN, note="sure")])
    yield "entities", _record([_span(_PLAIN, entity="e")])
    relation = {"id": "r", "label": "of", "from": "a", "to": "b", "attributes": {}}
    both = [plain, _span("Arle", id="b")]
    yield "relations", _record(both, relations=(relation,))
    yield "topics", _record([], topics=(TopicTag("", "", "", "medtop:11000000"),))
    comment = {"id": "c", "on": "a", "text": "Is it?", "by": "anna", "at": "2026-01-01T00:00:00Z", "reply_to": None}
    yield "comments", _record([plain], comments=(comment,))
    layers = (LayerRecord("anna", annotations=(plain,)), LayerRecord("ben", annotations=(plain,)))
    yield "several annotators", replace(_record([plain]), layers=layers)
    yield "title and metadata", replace(_record([]), id="1", title="Anna Berg of Arle", meta={"source": "wire"})


def _record(annotations: list[Annotation], **layer: Any) -> Record:
    ordered = tuple(sorted(annotations, key=reading_order))
    return Record(text=_TEXT, layers=(LayerRecord("anna", annotations=ordered, **layer),))


def _span(quote: str, **more: Any) -> Annotation:
    start = _TEXT.index(quote)
    return _over(((start, start + len(quote)),), **more)


def _over(fragments: tuple[Fragment, ...], **more: Any) -> Annotation:
    span = Span(fragments)
    given = {"id": "a", "article": "", "annotator": "", "label": "PERSON", **more}
    return Annotation(span=span, quote=span.quote(_TEXT), **given)

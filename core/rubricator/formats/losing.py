"""Counts what a format leaves out: a plan notes each case while it decides, so that report and file agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Concatenate, ParamSpec, TypeVar

from rubricator.formats.base import Case, Header, LayerRecord, Loss, Record
from rubricator.model.spans import NOTHING, Annotation, Span
from rubricator.words import as_line, plural

_SHOWN = 80
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

WHERE_MOST = 10_000
"""How many lines of one kind are kept; the count goes on."""

WORDS: dict[str, tuple[str, str]] = {
    "text": ("{n} text is left out", "{n} texts are left out"),
    "layers": ("{n} layer beside the first is left out", "{n} layers beside the first are left out"),
    "annotation": ("{n} annotation is left out", "{n} annotations are left out"),
    "discontinuous": ("{n} discontinuous annotation is left out", "{n} discontinuous annotations are left out"),
    "across": ("{n} annotation over a blank line is left out", "{n} annotations over a blank line are left out"),
    "subtoken": (
        "{n} annotation that ends inside a word is left out",
        "{n} annotations that end inside a word are left out",
    ),
    "nested": ("{n} nested annotation is left out", "{n} nested annotations are left out"),
    "nested-skip": (
        "{n} annotation that nests or holds another is left out",
        "{n} annotations that nest or hold another are left out",
    ),
    "holding": ("{n} annotation that holds another is left out", "{n} annotations that hold others are left out"),
    "stacked": ("{n} second label on the same words is left out", "{n} second labels on the same words are left out"),
    "twice": (
        "{n} second annotation with the same label on the same words is left out",
        "{n} second annotations with the same label on the same words are left out",
    ),
    "crossing": ("{n} crossing annotation is left out", "{n} crossing annotations are left out"),
    "deep": ("{n} annotation that lies too deep is left out", "{n} annotations that lie too deep are left out"),
    "blank": (
        "{n} annotation over nothing but white space is left out",
        "{n} annotations over nothing but white space are left out",
    ),
    "hull": (
        "{n} discontinuous annotation is written with what lies between its fragments",
        "{n} discontinuous annotations are written with what lies between their fragments",
    ),
    "pieces": (
        "{n} discontinuous annotation is written as several annotations",
        "{n} discontinuous annotations are written as several annotations each",
    ),
    "widened": ("{n} annotation is widened to whole words", "{n} annotations are widened to whole words"),
    "narrowed": ("{n} annotation is narrowed to whole words", "{n} annotations are narrowed to whole words"),
    "trimmed": (
        "{n} annotation loses the white space at its ends",
        "{n} annotations lose the white space at their ends",
    ),
    "topic": ("{n} topic is left out", "{n} topics are left out"),
    "topic-note": ("{n} note or evidence of a topic is left out", "{n} notes or evidence of topics are left out"),
    "relation": ("{n} relation is left out", "{n} relations are left out"),
    "relation-details": (
        "{n} relation loses its note, attributes or the spelling of its name",
        "{n} relations lose their notes, attributes or the spelling of their names",
    ),
    "comment": ("{n} comment is left out", "{n} comments are left out"),
    "decision": ("{n} decision is left out", "{n} decisions are left out"),
    "note": ("{n} note is left out", "{n} notes are left out"),
    "note-lines": ("{n} note loses its line breaks", "{n} notes lose their line breaks"),
    "attribute": ("{n} attribute is left out", "{n} attributes are left out"),
    "attribute-text": (
        "{n} attribute that is a number, or yes or no, becomes text",
        "{n} attributes that are numbers, or yes or no, become text",
    ),
    "entity": ("{n} link to an entity is left out", "{n} links to entities are left out"),
    "entity-named": (
        "{n} entity loses its name, kind and aliases",
        "{n} entities lose their names, kinds and aliases",
    ),
    "entity-details": (
        "{n} entity loses its kind, aliases or note",
        "{n} entities lose their kinds, aliases or notes",
    ),
    "chain": (
        "{n} mention that crosses another of the same entity is written in a group of its own",
        "{n} mentions that cross others of the same entity are written in groups of their own",
    ),
    "label": ("{n} label is spelled in another way", "{n} labels are spelled in another way"),
    "provenance": (
        "{n} annotation loses its id, origin, score, author or date",
        "{n} annotations lose their id, origin, score, author or date",
    ),
    "comment-details": (
        "{n} comment loses its author, its date or what is not of Rubricator",
        "{n} comments lose their authors, their dates or what is not of Rubricator",
    ),
    "topicless": (
        "no topic is in it: {n} article stands in the table without any",
        "no topic is in it: {n} articles stand in the table without any",
    ),
    "article": (
        "{n} article loses its id, metadata, status, or headline and byline marks",
        "{n} articles lose ids, metadata, status, or headline and byline marks",
    ),
    "meta": (
        "{n} article loses its metadata, and headline and byline marks",
        "{n} articles lose their metadata, and headline and byline marks",
    ),
    "layer": (
        "{n} layer loses its status, flags or time",
        "{n} layers lose their status, flags or time",
    ),
    "spaces": (
        "{n} article loses its spaces and line breaks",
        "{n} articles lose their spaces and line breaks",
    ),
    "leading": (
        "the white space that {n} article begins with becomes plain spaces",
        "the white space that {n} articles begin with becomes plain spaces",
    ),
}
"""The kinds of loss with their words in singular and plural, in the order in which they are told: whole annotations,
then what else an annotator said, at last what nobody said of a text."""


BOOKKEEPING = frozenset({"provenance", "article", "meta", "layer", "comment-details", "spaces", "leading", "topicless"})
"""Kinds of loss of what nobody said of a text: ids, origins, authors, dates, times, titles, metadata, how the words are
set, and topics that nobody gave."""


LEFT_OUT = frozenset(
    {"discontinuous", "across", "subtoken", "nested", "nested-skip", "holding", "stacked", "twice", "crossing", "deep",
     "blank", "annotation"}
)  # fmt: skip
"""Kinds of loss that each cost a whole annotation."""


def left_out(losses: Iterable[Loss]) -> int:
    """Return how many annotations are not in the file."""
    return sum(loss.n for loss in losses if loss.kind in LEFT_OUT)


def grave(losses: Iterable[Loss]) -> list[Loss]:
    """Return the losses of what an annotator said, or of the words of the text."""
    return [loss for loss in losses if loss.kind not in BOOKKEEPING]


class Losses:
    """Adds up the cases of many articles; `words` has the kinds in the order in which they are told."""

    def __init__(self, words: Mapping[str, tuple[str, str]] = WORDS) -> None:
        self._words = words
        self._counts: dict[str, int] = {}
        self._where: dict[str, list[str]] = {}

    def add(self, cases: Iterable[Case]) -> None:
        """Count these cases."""
        for kind, where in cases:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            lines = self._where.setdefault(kind, [])
            if where and len(lines) < WHERE_MOST:
                lines.append(where)

    def list(self) -> list[Loss]:
        """Return the losses, the gravest first."""
        return [
            Loss(kind, plural(*words, self._counts[kind]), self._counts[kind], tuple(self._where[kind]))
            for kind, words in self._words.items()
            if kind in self._counts
        ]


def added_up(cases: Iterable[Iterable[Case]]) -> list[Loss]:
    """Return what is lost of a corpus, by the cases of each article and of the whole."""
    losses = Losses()
    for some in cases:
        losses.add(some)
    return losses.list()


def with_entities(header: Header, articles: Iterable[tuple[Iterable[Case], Iterable[str]]]) -> Iterator[Iterable[Case]]:
    """Yield what is lost of each article, then of the entities by whose ids alone they are linked."""
    named = {str(one.get("id")): str(one.get("name") or "") for one in header.entities}
    used: dict[str, None] = {}
    for lost, entities in articles:
        yield lost
        used.update((uid, None) for uid in entities if uid in named)
    yield (("entity-named", named[uid]) for uid in used)


Plan = TypeVar("Plan")
How = ParamSpec("How")


def once(plan: Callable[Concatenate[Record, How], Plan]) -> Callable[Concatenate[Record, How], Plan]:
    """Let a plan be made once for an article that is written and then asked about: it is kept until the next one."""
    last: tuple[Record, tuple[object, ...], Plan] | None = None

    def kept(record: Record, /, *args: How.args, **kwargs: How.kwargs) -> Plan:
        nonlocal last
        how = (*args, *kwargs.items())
        if last is None or last[0] is not record or last[1] != how:
            last = record, how, plan(record, *args, **kwargs)
        return last[2]

    return kept


def name_of(record: Record) -> str:
    """Return what to call an article in a report; an id that was made for it says nothing to anybody."""
    start = as_line(record.text[:40].strip())
    made = bool(_UUID.fullmatch(record.id))
    return (
        record.title
        or (not made and record.id)
        or record.where
        or (made and start and f"“{start}”")
        or record.id
        or start
    )


def place_of(record: Record, annotation: Annotation) -> str:
    """Return the line that says where an annotation is: the article, the label and the quote."""
    return f"{name_of(record)}: {annotation.label} “{_glimpse(record.text, annotation.span)}”"


def _glimpse(text: str, span: Span) -> str:
    """Return the start of a span's quote; the whole of it may be a million characters."""
    if len(span) <= _SHOWN:
        return as_line(span.quote(text), _SHOWN)
    return as_line(text[span.start : span.start + _SHOWN - 1]) + "…"


def layer_of(record: Record) -> LayerRecord:
    """Return the one layer that a format of one layer writes; an empty one where there is none."""
    return record.layers[0] if record.layers else LayerRecord("")


def annotation_cases(record: Record, annotation: Annotation, carried: Iterable[str]) -> Iterator[Case]:
    """Yield what a format leaves out of an annotation that it carries, unless it names it in `carried`."""
    where = place_of(record, annotation)
    if "attribute" not in carried:
        yield from (("attribute", f"{where}: {name}") for name in annotation.attributes)
    if annotation.note and "note" not in carried:
        yield "note", where
    if annotation.entity and "entity" not in carried:
        yield "entity", where
    if "provenance" not in carried and _has_provenance(annotation):
        yield "provenance", ""


def _has_provenance(annotation: Annotation) -> bool:
    a = annotation
    return bool(a.id or a.created or a.modified or a.score is not None or a.origin != "manual" or a.extra)


def article_cases(record: Record, layer: LayerRecord, carried: Iterable[str]) -> Iterator[Case]:
    """Yield what a format leaves out of an article and its layer, unless it names it in `carried`.

    Who carries the `article` says by `status`, `flags` and `seconds` which of these of its layer go along.
    """
    name = name_of(record)
    if "layers" not in carried:
        yield from (("layers", f"{name}: {other.annotator}") for other in record.layers[1:])
    if "topic" not in carried:
        yield from (("topic", f"{name}: {tag.topic}") for tag in layer.topics)
    elif "topic-note" not in carried:
        yield from (("topic-note", f"{name}: {tag.topic}") for tag in layer.topics if tag.note or tag.evidence)
    if "relation" not in carried:
        quotes = {a.id: f"“{_glimpse(record.text, a.span)}”" for a in layer.annotations} if layer.relations else {}
        yield from (("relation", f"{name}: {relation_words(relation, quotes)}") for relation in layer.relations)
    if "comment" not in carried:
        yield from (("comment", comment_place(record, item)) for item in layer.comments)
    yield from (("decision", f"{name}: {item.get('outcome', '')}") for item in layer.decisions)
    left = [what for what, said in _of_layer(layer) if said and what not in carried]
    if "article" in carried:
        yield from [("layer", f"{name}: {layer.annotator}")] if left else ()
    elif record.id or record.title or record.meta or record.zones or record.cluster or record.extra or left:
        yield "article", ""


def _of_layer(layer: LayerRecord) -> Iterator[tuple[str, object]]:
    yield from (("status", layer.status != "todo"), ("flags", layer.flags), ("seconds", layer.seconds))
    yield "extra", layer.extra


def texts(where: str, attributes: Mapping[str, object], left: Collection[str] = ()) -> Iterator[Case]:
    """Yield the attributes that are written but are others again, where a format knows text only."""
    for name, value in attributes.items():
        if isinstance(value, int | float) and name not in left:
            yield "attribute-text", f"{where}: {name}"


def comment_place(record: Record, comment: Mapping[str, object]) -> str:
    """Return the line that says which comment it is."""
    return f"{name_of(record)}: {as_line(str(comment.get('text', '')), _SHOWN)}"


def relation_words(relation: Mapping[str, object], quotes: Mapping[str, str] = NOTHING) -> str:
    """Return a relation as one line, its ends by their `quotes` where these are known, else by their ids."""
    ends = [str(relation.get(end, "")) for end in ("from", "to")]
    first, second = (quotes.get(end, end) for end in ends)
    return f"{relation.get('label', '')} ({first}, {second})"

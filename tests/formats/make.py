"""Records for the tests of the formats: the samples, small ones by hand, and Hypothesis strategies."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from rubricator.formats.base import Carried, Header, LayerRecord, Person, ReadOptions, Record, WriteOptions, Writer
from rubricator.formats.jsonl.format import FORMAT as JSONL
from rubricator.formats.topic_trees import read_topic_file
from rubricator.model.scheme import Label, Scheme
from rubricator.model.scheme_file import parse_scheme
from rubricator.model.spans import Annotation, Span, Stamp, TopicTag, Zone, merged_fragments, reading_order
from rubricator.model.text import canonical
from rubricator_resources import path

TOPICS = read_topic_file(path("topics/mediatopics-2.json").read_bytes(), "mediatopics-2.json").topics()
OPTIONS = WriteOptions()
NEWS = parse_scheme(path("schemes/news.json").read_text(encoding="utf-8"), "news.json")


def samples() -> tuple[Header, list[Record]]:
    """Return the shipped samples with the News scheme."""
    header, *records = JSONL.read(path("samples/samples.jsonl"), ReadOptions())
    assert isinstance(header, Header)
    return replace(header, scheme=NEWS), [record for record in records if isinstance(record, Record)]


def one_layer(records: Iterable[Record], annotator: str = "") -> list[Record]:
    """Return the records with the first layer each, or that of an annotator, as an export hands them over."""
    return [
        replace(record, layers=tuple(layer for layer in record.layers if annotator in ("", layer.annotator))[:1])
        for record in records
    ]


def annotation(text: str, label: str, *quotes: str, **more: Any) -> Annotation:
    """Make an annotation over the first place of each quote, one after the other."""
    fragments = []
    at = 0
    for quote in quotes:
        start = text.index(quote, at)
        at = start + len(quote)
        fragments.append((start, at))
    return over(text, label, tuple(fragments), **more)


def over(text: str, label: str, fragments: tuple[tuple[int, int], ...], **more: Any) -> Annotation:
    """Make an annotation over these fragments."""
    span = Span(fragments)
    fields: dict[str, Any] = {"id": "", "article": "", "annotator": "", "quote": span.quote(text), **more}
    return Annotation(label=label, span=span, **fields)


def record(text: str, *annotations: Annotation, **more: Any) -> Record:
    """Make a record with one layer."""
    layer = {name: more.pop(name) for name in ("topics", "relations", "comments", "status") if name in more}
    ordered = tuple(sorted(annotations, key=reading_order))
    return Record(text=text, layers=(LayerRecord("anna", annotations=ordered, **layer),), **{"id": "a1", **more})


def told(writer: Writer, record: Record, options: WriteOptions = OPTIONS) -> Carried:
    """Return what a format tells of a record, but for its sentences: read again, they are found anew in its text."""
    carried = writer.expected(record, options)
    return Counter({what: n for what, n in carried.items() if what[0] != "sentence"})


def files(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file in a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def same_as_golden(out: Path, name: str) -> None:
    """Compare a file or folder with the golden one; RUBRICATOR_REGOLD=1 writes it anew, to be looked at in the diff."""
    golden = Path(__file__).parent.parent / "data" / "golden" / name
    if os.environ.get("RUBRICATOR_REGOLD"):
        if golden.is_dir():
            shutil.rmtree(golden)
        shutil.copytree(out, golden) if out.is_dir() else shutil.copy(out, golden)
    if out.is_dir():
        assert files(out) == files(golden)
    else:
        assert out.read_bytes() == golden.read_bytes()


# --- strategies ---------------------------------------------------------------------------------------------------

_CHARS = st.one_of(
    st.sampled_from(
        [*"ab.A \n\t'’-", "\u00a0", "\u2028", "é", "e\u0301", "😅", "👩🏽\u200d🚒", "Ж", "م", "東", "\ufeff"]
    ),
    st.characters(),
)
texts = (
    st.lists(_CHARS, min_size=1, max_size=60)
    .map(lambda parts: canonical("".join(parts)).text)
    .filter(
        lambda text: text.strip().strip("\ufeff")  # byte order marks are no words
    )
)
ids = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=12)
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12).map(lambda s: canonical(s).text)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
extras = st.dictionaries(st.sampled_from(["x", "other", "näme"]), json_values, max_size=2)
labels = st.sampled_from(["PERSON", "ORGANIZATION", "CITY", "a label", "наш/ярлык", "O", "B-x"])


def spans(text: str, pieces: int = 3) -> st.SearchStrategy[Span]:
    """Make spans of a text, some of them discontinuous."""
    pair = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda p: p[0] != p[1])
    several = st.lists(pair.map(lambda p: (min(p), max(p))), min_size=1, max_size=pieces)
    return several.map(lambda found: Span(merged_fragments(found)))


stamps = st.none() | st.builds(Stamp, words, words)


@st.composite
def records(draw: st.DrawFn, layers_most: int = 3, id_: str | None = None) -> Record:
    """Make records with everything a record can have."""
    text = draw(texts)
    used: set[str] = set()

    def new_id() -> str:
        return draw(st.just("") | ids.filter(lambda i: i not in used).map(lambda i: used.add(i) or i))  # type: ignore[func-returns-value]

    def thing(**fields: Any) -> dict[str, Any]:
        found = new_id()
        return ({"id": found} if found else {}) | fields | draw(extras)

    layers = []
    for n in range(draw(st.integers(0, layers_most))):
        found = [
            Annotation(
                id=new_id(),
                article="",
                annotator="",
                label=draw(labels),
                span=span,
                quote=span.quote(text),
                attributes=draw(extras),
                note=draw(words),
                entity=draw(st.just("") | ids),
                score=draw(st.none() | st.floats(0, 1)),
                origin=draw(st.sampled_from(["manual", "rule", "review"])),
                scheme=draw(st.integers(0, 9)),
                exact=draw(st.booleans()),
                created=draw(stamps),
                modified=draw(stamps),
                extra=draw(extras),
            )
            for span in draw(st.lists(spans(text), max_size=4))
        ]
        topics = draw(st.lists(st.sampled_from(["medtop:1", "medtop:2", "x"]), unique=True, max_size=2))
        layers.append(
            LayerRecord(
                annotator=f"annotator {n}",
                kind=draw(st.sampled_from(["human", "model", "gold"])),
                status=draw(st.sampled_from(["todo", "doing", "done", "skipped"])),
                flags=tuple(draw(st.lists(words, max_size=2))),
                seconds=draw(st.integers(0, 999) | st.floats(0, 999)),
                annotations=tuple(sorted(found, key=reading_order)),
                topics=tuple(
                    TopicTag(
                        "", "", "", code, draw(words), tuple(draw(st.lists(ids, max_size=2, unique=True))), draw(extras)
                    )
                    for code in topics
                ),
                relations=(thing(label="member_of", **{"from": "x", "to": "y"}),) if draw(st.booleans()) else (),
                comments=(thing(text=draw(words)),) if draw(st.booleans()) else (),
                decisions=(thing(outcome="accept"),) if draw(st.booleans()) else (),
                extra=draw(extras),
            )
        )
    zones = [
        Zone("lead", *fragment) for span in draw(st.lists(spans(text, 1), max_size=2)) for fragment in span.fragments
    ]
    return Record(
        text=text,
        id=draw(st.just("") | ids) if id_ is None else id_,
        title=draw(words),
        meta=draw(extras),
        zones=tuple(zones),
        cluster=draw(st.just("") | ids),
        layers=tuple(layers),
        extra=draw(extras),
    )


headers = st.builds(
    Header,
    name=words,
    scheme=st.none() | st.just(Scheme("s", 2, labels=(Label("PERSON", "Person", "PER", "", "p", 1),))),
    people=st.lists(
        st.builds(Person, ids, st.sampled_from(["anna", "ben", ""]), st.sampled_from(["human", "gold"]), extras),
        unique_by=lambda person: person.id,
        max_size=3,
    ).map(tuple),
    entities=st.lists(ids, unique=True, max_size=2).map(lambda found: tuple({"id": i, "name": "n"} for i in found)),
    extra=extras,
)

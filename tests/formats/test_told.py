"""What is not there any more when an article is written and read again was told before: one thing at a time.

The records are compared by what they say, not in the format's own terms, so that nothing can be forgotten on both
sides alike.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rubricator import formats
from rubricator.formats.base import Header, Person, Record, WriteOptions
from rubricator.formats.jsonl.writer import article_json
from rubricator.model.spans import Annotation, Stamp, TopicTag, Zone

from . import make
from .test_again import BOTH, out_in, read_again

TEXT = "Anna Berg of Arle spoke.\n\nShe left 😀 again."
HEADER = Header(
    people=(Person("anna", "anna"),),
    entities=({"id": "e1", "name": "Anna Berg", "kind": "PERSON", "external": "Q1", "aliases": ["AB"]},),
)
ROWS = ("huggingface", "parquet")
OF_TOPICS = frozenset(("topics-csv", "fasttext", "ninjs", "text"))
"""Formats of whole articles: what is said of spans they lose with the span."""


def nameless(text: str, *annotations: Annotation, **about: Any) -> Record:
    """Make a record without an id: whoever has one loses it nearly everywhere, and would hide all else."""
    return make.record(text, *annotations, id="", **about)


def one(**about: Any) -> Annotation:
    return make.annotation(TEXT, "PERSON", "Anna Berg", id="a", **about)


def related(**about: Any) -> Record:
    both = one(), make.annotation(TEXT, "PLACE", "Arle", id="b")
    return nameless(TEXT, *both, relations=({"id": "r", "label": "of", "from": "a", "to": "b", **about},))


def layered(**about: Any) -> Record:
    record = nameless(TEXT, one())
    return replace(record, layers=(replace(record.layers[0], **about),))


OF_SPANS = {
    "text": nameless(TEXT, one(attributes={"kind": "f"})),
    "number": nameless(TEXT, one(attributes={"kind": 5})),
    "fraction": nameless(TEXT, one(attributes={"kind": 0.5})),
    "yes": nameless(TEXT, one(attributes={"kind": True})),
    "no": nameless(TEXT, one(attributes={"kind": False})),
    "several": nameless(TEXT, one(attributes={"kind": ["a", "b"]})),
    "note": nameless(TEXT, one(note="sure\nenough")),
    "relation": related(),
    "relation with a number": related(attributes={"weight": 3}),
    "relation with a note": related(note="hm"),
}
OF_ARTICLES = {
    "topic with a note": nameless(TEXT, topics=(TopicTag("", "", "", "medtop:11000000", "why"),)),
    "finished": layered(status="done"),
    "flags": layered(flags=("look",)),
    "seconds": layered(seconds=12.0),
    "metadata": nameless(TEXT, one(), meta={"url": "http://x.test/y", "words": 7}),
    "anatomy": nameless(TEXT, one(), zones=(Zone("lead", 26, 30),)),
    "cluster": nameless(TEXT, one(), cluster="c1"),
    "comment": nameless(
        TEXT, one(), comments=({"id": "c", "on": "a", "text": "?", "by": "anna", "at": "2026-01-01T00:00:00Z"},)
    ),
}
CASES = [(key, name) for key in BOTH for name in (*OF_ARTICLES, *(() if key in OF_TOPICS else OF_SPANS))]


def said(record: Record) -> Counter[str]:
    """Return what a record says: each value with the way to it; ids and dates, which formats give anew, are passed over."""
    found: Counter[str] = Counter()

    def walk(way: str, value: Any) -> None:
        if isinstance(value, Mapping):
            for key, part in value.items():
                if key not in {"id", "from", "to", "on", "at", "by", "created", "modified", "origin", "annotator"}:
                    walk(f"{way}.{key}", part)
        elif isinstance(value, list | tuple):
            for part in value:
                walk(way, part)
        else:
            found[f"{way} {json.dumps(value)}"] += 1

    article = dict(article_json(record, {}))
    for key in ("title", "rubricator", "kind"):
        article.pop(key, None)
    walk("", article)
    return found


def told(key: str, record: Record) -> Counter[str]:
    return Counter({loss.kind: loss.n for loss in formats.writer(key).losses(HEADER, [record], WriteOptions())})


@pytest.mark.parametrize(("key", "name"), CASES)
def test_what_does_not_come_back_is_told(key: str, name: str, tmp_path: Path) -> None:
    record = (OF_SPANS | OF_ARTICLES)[name]
    out = out_in(tmp_path, key)
    formats.writer(key).write(HEADER, [record], out, WriteOptions())
    (again,) = read_again(key, out)
    bare = nameless(TEXT, *(a.but(attributes={}, note="") for a in record.layers[0].annotations))
    if (said(record) - said(bare)) - said(again):
        assert told(key, record) - told(key, bare)


@pytest.mark.parametrize("key", ROWS)
@pytest.mark.parametrize(
    ("kind", "record"),
    [
        ("provenance", nameless(TEXT, one(score=0.7))),
        ("provenance", nameless(TEXT, one(created=Stamp("anna", "2026-01-01T00:00:00Z")))),
        ("entity-named", nameless(TEXT, one(entity="e1"))),
        ("meta", OF_ARTICLES["metadata"]),
        ("meta", OF_ARTICLES["anatomy"]),
        ("meta", OF_ARTICLES["cluster"]),
        ("layer", OF_ARTICLES["flags"]),
        ("layer", OF_ARTICLES["seconds"]),
    ],
)
def test_rows_tell_what_has_no_column(key: str, kind: str, record: Record) -> None:
    assert told(key, record) == {kind: 1}


@pytest.mark.parametrize("key", ROWS)
def test_rows_of_an_id_lose_nothing(key: str) -> None:
    assert told(key, make.record(TEXT, one(), title="Title", meta={"source": "wire"}, status="done")) == {}

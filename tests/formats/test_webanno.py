"""WebAnno TSV: what is written, read back by a strict reader of its own."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings

from rubricator.formats.base import Header, Record, WriteOptions
from rubricator.formats.webanno.format import FORMAT
from rubricator.words import say

from . import make
from . import webanno_referee as referee

OPTIONS = WriteOptions()


def write(tmp_path: Path, *records: Record, header: Header | None = None) -> list[referee.Document]:
    out = tmp_path / "out"
    FORMAT.write(header or Header(), records, out, OPTIONS)
    assert list(FORMAT.found(out, OPTIONS)) == [FORMAT.expected(record, OPTIONS) for record in records]
    return [referee.read(path) for path in sorted(out.iterdir())]


def losses(*records: Record, header: Header | None = None) -> dict[str, tuple[int, tuple[str, ...]]]:
    found = FORMAT.losses(header or Header(), records, OPTIONS)
    assert all(str(loss.n) in say(loss.what) for loss in found)
    return {loss.kind: (loss.n, loss.where) for loss in found}


def test_the_samples_are_written_as_ever(tmp_path: Path) -> None:
    header, records = make.samples()
    documents = write(tmp_path, *make.one_layer(records), header=header)
    make.same_as_golden(tmp_path / "out", "webanno")
    for document, record in zip(documents, records, strict=True):
        assert document.text.decode("utf-16-le") == record.text.removesuffix("\n") + "\n" * (
            1 + record.text.endswith("\n")
        )
        found = Counter((said["value"], document.quote(key)) for key, (_place, said) in document.spans.items())
        assert found == Counter((one.label, one.quote) for one in record.layers[0].annotations)


def test_everything_that_it_has(tmp_path: Path) -> None:
    text = "Ruth Amsel, 61, leads the Academy. 😅 Amsel-Berg won."
    person = make.annotation(
        text, "PERSON", "Ruth Amsel", id="p", attributes={"head": True, "role": "chief|of [1]", "n": 3}, note="Two\nlines",
        entity="e1",
    )  # fmt: skip
    again = make.annotation(text, "PERSON", "Amsel", id="q", entity="e1")
    part = make.over(text, "PERSON", ((38, 43),), id="s", entity="e2")
    academy = make.annotation(
        text, "ORGANIZATION", "the Academy", id="o", attributes={"a b": 1, "value": "x", "empty": "", "no": None}
    )
    split = make.annotation(text, "PERSON", "61", "won", id="d")
    relations = (
        {"id": "r", "label": "member_of", "from": "p", "to": "o", "attributes": {"since": "1999"}},
        {"id": "s", "label": "is", "from": "s", "to": "p"},
        {"label": "gone", "from": "p", "to": "x"},
    )
    record = make.record(text, person, again, part, academy, split, relations=relations)
    header = Header(
        entities=({"id": "e1", "name": "Ruth", "external": "wikidata:Q1"}, {"id": "e2", "name": "Berg", "external": ""})
    )
    (document,) = write(tmp_path, record, header=header)
    said = {document.quote(key) + f" {place[0]}": said for key, (place, said) in document.spans.items()}
    unset = dict.fromkeys(("head", "n", "note", "role"))
    ruth = {"identifier": "http://www.wikidata.org/entity/Q1", "value": "PERSON"}
    assert said == {
        "Ruth Amsel 0": ruth | {"head": "true", "n": "3", "note": "Two\nlines", "role": "chief|of [1]"},
        "Amsel 5": ruth | unset,
        "the Academy 22": {"identifier": None, "value": "ORGANIZATION"} | unset,
        "msel- 39": {"identifier": "rubricator:e2", "value": "PERSON"} | unset,
    }
    found = [(document.quote(a), document.quote(b), said) for a, b, said in document.relations]
    assert found == [
        ("msel-", "Ruth Amsel", {"since": None, "value": "is"}),
        ("Ruth Amsel", "the Academy", {"since": "1999", "value": "member_of"}),
    ]
    told = losses(record, header=header)
    where = "a1: ORGANIZATION “the Academy”"
    assert told == {
        "discontinuous": (1, ("a1: PERSON “61 … won”",)),
        "attribute": (3, (f"{where}: a b", f"{where}: empty", f"{where}: value")),
        "attribute-text": (2, ("a1: PERSON “Ruth Amsel”: head", "a1: PERSON “Ruth Amsel”: n")),
        "entity-named": (2, ("Ruth", "Berg")),
        "provenance": (4, ()),
        "relation": (1, ("a1: gone (p, x)",)),
        "article": (1, ()),
    }


def test_white_space_at_the_ends_belongs_to_no_token(tmp_path: Path) -> None:
    text = "\n one two \n\nthree"
    record = make.record(text, make.over(text, "A", ((1, 6),)), make.over(text, "B", ((10, 12),)))
    (document,) = write(tmp_path, record)
    assert [document.quote(key) for key in document.spans] == ["one"]
    assert document.text.decode("utf-16-le") == "  one two \n\nthree\n"
    assert {kind: n for kind, (n, _) in losses(record).items()} == {
        "blank": 1,
        "trimmed": 1,
        "leading": 1,
        "article": 1,
    }


def test_two_entities_of_one_external_id_stay_two(tmp_path: Path) -> None:
    text = "Berlin or Berlin"
    record = make.record(
        text, make.over(text, "C", ((0, 6),), entity="x"), make.over(text, "C", ((10, 16),), entity="y")
    )
    header = Header(entities=({"id": "x", "external": "q"}, {"id": "y", "external": "q"}))
    (document,) = write(tmp_path, record, header=header)
    assert [said["identifier"] for _place, said in document.spans.values()] == ["rubricator:x", "rubricator:y"]


@given(record=make.records(layers_most=1))
@settings(max_examples=40)
def test_a_strict_reader_finds_what_is_carried(record: Record) -> None:

    with tempfile.TemporaryDirectory() as folder:
        (document,) = write(Path(folder), record)
    text = document.text.decode("utf-16-le")
    places = Counter[tuple[int, int, str]]()
    for (begin, end), said in document.spans.values():
        start, stop = (len(document.text[: 2 * at].decode("utf-16-le")) for at in (begin, end))
        places[start, stop, str(said["value"])] += 1
    assert text.strip() == record.text.strip()
    carried = FORMAT.expected(record, OPTIONS)
    assert places == Counter({(key[2], key[3], key[1]): n for key, n in carried.items() if key[0] == "span"})
    assert len(document.relations) == sum(n for key, n in carried.items() if key[0] == "relation")

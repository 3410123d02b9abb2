"""Through the window, to the end: IPTC's own file, trees as SKOS, what a server packed, lists of entities."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from tests.exchange.web import serving
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_topics import IPTC, from_file, from_web, panel, rows, told

from rubricator_gui.dialogs.entity_import import BrokenDialog, ColumnsDialog
from rubricator_gui.dialogs.topic_import import TopicsRead
from rubricator_gui.hand import Hand

TURTLE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix e: <http://example.org/> .
e:a a skos:Concept ; skos:prefLabel "Sea"@en, "Meer"@de .
e:b a skos:Concept ; skos:prefLabel "Ports"@en, "Häfen"@de ; skos:altLabel "Harbours"@en ; skos:broader e:a .
e:c a skos:Concept ; skos:prefLabel "Docks"@en ; skos:broader e:a, e:b .
"""


def _in_two(english: str, german: str) -> list[dict[str, str]]:
    return [{"@value": english, "@language": "en"}, {"@value": german, "@language": "de"}]


JSON_LD = {
    "@context": {"skos": "http://www.w3.org/2004/02/skos/core#"},
    "@graph": [
        {"@id": "http://example.org/a", "@type": "skos:Concept", "skos:prefLabel": _in_two("Sea", "Meer")},
        {
            "@id": "http://example.org/b",
            "@type": "skos:Concept",
            "skos:prefLabel": _in_two("Ports", "Häfen"),
            "skos:altLabel": {"@value": "Harbours", "@language": "en"},
            "skos:broader": {"@id": "http://example.org/a"},
        },
        {
            "@id": "http://example.org/c",
            "@type": "skos:Concept",
            "skos:prefLabel": {"@value": "Docks", "@language": "en"},
            "skos:broader": [{"@id": "http://example.org/a"}, {"@id": "http://example.org/b"}],
        },
    ],
}


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    made = start(kit.project(tmp_path / "p.rubric"))
    made.wait_until(lambda: panel(made)._finder is not None, "the topics are shown")
    return made


def take(seen: list[str], language: str, dialog: QDialog) -> None:
    """Take the tree as it was read, in a language; what it says is kept."""
    assert isinstance(dialog, TopicsRead)
    seen += [dialog.flaws.item(n).text() for n in range(dialog.flaws.count())]
    if language:
        dialog.language.setFocus()
        QTest.keyClicks(dialog.language, language)
        assert dialog.language.currentText() == language
    dialog.accept()


def names(hand: Hand) -> dict[str, str]:
    """Return the topics that can be given, and what each stands under."""
    codes = hand.window.session.scheme.topics_by_code
    return {one.name: codes[one.parent].name if one.parent else "" for one in codes.values() if not one.retired}


def bring(hand: Hand, answer: Callable[[QDialog], None], language: str = "") -> list[str]:
    """Import topics, and return what was said of the file."""
    seen: list[str] = []
    before = hand.window.session.scheme.topics
    hand.answer("topicSource", answer)
    hand.do("import-topics")
    hand.answer("topicsRead", partial(take, seen, language))
    hand.wait_until(lambda: hand.window.session.scheme.topics != before, "the topics are read", 60)
    hand.wait_until(lambda: "can be given now" in told(hand), "it is told")
    return seen


def search(hand: Hand, words: str) -> None:
    hand.do("find-topic")
    hand.keys("Ctrl+A")
    hand.type(words)


# --- topics -------------------------------------------------------------------------------------------------------


def test_the_official_file_of_iptc_is_read_given_and_taken_back(hand: Hand, corpora: Path) -> None:
    file = corpora / "iptc-mediatopics" / "cptall-en-GB.json"
    if not file.is_file():
        pytest.skip(f"IPTC's file is not at {file}")
    own = hand.window.session.scheme.topics
    concepts = json.loads(file.read_text(encoding="utf-8"))["conceptSet"]
    assert bring(hand, partial(from_file, hand, file)) == [], "it has no flaws"
    scheme = hand.window.session.scheme
    codes = {one["qcode"] for one in concepts}
    assert codes <= scheme.topics_by_code.keys()
    retired = {one["qcode"] for one in concepts if "retired" in one}
    assert len(retired) > 300
    assert {code for code in codes if scheme.topics_by_code[code].retired} == retired
    search(hand, "diplomacy")
    hand.keys("Return")
    (given,) = kit.topics(hand)
    assert given.casefold() == "diplomacy"
    old = next(one for one in scheme.topics if one.retired and one.name.casefold() not in names(hand))
    search(hand, old.name)
    assert "Retired, and given no more" in rows(hand)
    hand.reader.setFocus()
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert hand.window.session.scheme.topics == own


@pytest.mark.parametrize("kind", ["ttl", "jsonld"])
def test_a_tree_as_skos_is_read_in_a_language_with_its_flaws_told(hand: Hand, tmp_path: Path, kind: str) -> None:
    if kind == "ttl":
        pytest.importorskip("rdflib", reason="Turtle is read by rdflib, which is an extra")
    file = tmp_path / f"tree.{kind}"
    file.write_text(TURTLE if kind == "ttl" else json.dumps(JSON_LD), encoding="utf-8")
    (flaw,) = bring(hand, partial(from_file, hand, file), "de")
    assert "has several parents" in flaw
    tree = names(hand)
    assert (tree["Meer"], tree["Häfen"], tree["Docks"]) == ("", "Meer", "Meer")
    search(hand, "häfen")
    hand.keys("Return")
    assert kit.topics(hand) == ["Häfen"]


@pytest.mark.parametrize("name", ["packed", "topics.json.gz"], ids=["in transit", "as a file"])
def test_what_a_server_packed_is_unpacked(hand: Hand, name: str) -> None:
    packed = gzip.compress(json.dumps(IPTC).encode())
    kind = {
        "packed": [("Content-Type", "application/json"), ("Content-Encoding", "gzip")],
        "topics.json.gz": [("Content-Type", "application/gzip")],
    }[name]
    with serving(b"", {name: (kind, packed)}) as server:
        bring(hand, partial(from_web, hand, server.address(name)), "de")
        assert server.asked == [f"/{name}"]
    tree = names(hand)
    assert tree["Getreide"] == "Wirtschaft"


def test_what_a_server_packed_and_cut_short_changes_nothing(hand: Hand) -> None:
    before, seen = hand.window.session.scheme, list[str]()

    def read(dialog: QDialog) -> None:
        seen.append(dialog.text())  # type: ignore[attr-defined]
        dialog.accept()

    cut = gzip.compress(json.dumps(IPTC).encode())[:-20]
    with serving(b"", {"cut": ([("Content-Encoding", "gzip")], cut)}) as server:
        hand.answer("topicSource", partial(from_web, hand, server.address("cut")))
        hand.do("import-topics")
        hand.answer("userError", read)
        hand.wait_until(lambda: bool(seen), "it is told")
    assert "cut short" in seen[0]
    assert hand.window.session.ready.scheme == before


# --- entities -----------------------------------------------------------------------------------------------------


def import_list(hand: Hand, file: Path, name: str, look: Callable[[QDialog], None]) -> None:
    """Import a list whose column of names is called so; its broken lines are looked at."""

    def map_columns(dialog: QDialog) -> None:
        assert isinstance(dialog, ColumnsDialog)
        dialog.fields["name"].setFocus()
        QTest.keyClicks(dialog.fields["name"], name)
        assert dialog.fields["name"].currentText() == name
        hand.answer("brokenDialog", look)
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    hand.answer_file(file)
    hand.answer("columnsDialog", map_columns)
    hand.do("import-entities")


def test_a_list_as_json_lines_comes_in_is_linked_and_goes_out_again(hand: Hand, tmp_path: Path) -> None:
    source = tmp_path / "people.jsonl"
    lines = [
        '{"wer": "Anna S. Lebrune", "qid": "Q5", "aliases": ["Lebrune"]}',
        '{"wer": "Arvenia"}',
        "not json",
        '{"qid": "Q6"}',
    ]
    source.write_text("\n".join(lines), encoding="utf-8")
    entities, seen = hand.window.session.ready.entities, list[str]()

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, BrokenDialog)
        seen.extend(dialog.list.item(n).text() for n in range(dialog.list.count()))
        assert entities.all() == [], "nothing was written yet"
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    import_list(hand, source, "wer", look)
    hand.wait_until(lambda: len(entities.all()) == 2, "the list is in the project")
    assert [line.split(":")[0] for line in seen] == ["Line 3", "Line 4"]
    anna, _arvenia = entities.all()
    assert (anna.name, anna.external, anna.aliases) == ("Anna S. Lebrune", "wikidata:Q5", ("Lebrune",))
    hand.wait_until(lambda: "2 new entities, 2 lines are broken" in told(hand), "it is said")
    kit.label(hand, "Anna S.\n\nLebrune", "1")
    hand.keys("Ctrl+U")
    hand.type("lebr")
    hand.keys("Return")
    assert [one.entity for one in hand.window.session.spans] == [anna.id]
    out = tmp_path / "out.jsonl"
    hand.answer_file(out)
    hand.do("export-entities")
    written = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [one["name"] for one in written if "name" in one] == ["Anna S. Lebrune", "Arvenia"]


def test_of_a_hundred_thousand_lines_three_hundred_broken_ones_are_told(hand: Hand, tmp_path: Path) -> None:
    source = tmp_path / "big.csv"
    broken = range(100, 100_000, 333)[:300]
    bad = set(broken)
    body = "".join(f",Q{n}\n" if n in bad else f"Person {n} Name{n % 977},Q{n}\n" for n in range(1, 100_001))
    source.write_text(f"Wer,qid\n{body}", encoding="utf-8")
    entities, seen = hand.window.session.ready.entities, list[str]()

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, BrokenDialog)
        seen.extend(dialog.list.item(n).text() for n in range(dialog.list.count()))
        assert entities.all() == [], "nothing was written yet"
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    import_list(hand, source, "Wer", look)
    hand.wait_until(lambda: len(entities.all()) == 99_700, "the list is in the project", 120)
    assert seen == [f"Line {n + 1}: it has no name." for n in broken]
    hand.wait_until(lambda: "300 lines are broken" in told(hand), "it is said")
    kit.label(hand, "Arvenia", "3")
    hand.keys("Ctrl+U")
    hand.type("person 99999 ")
    hand.keys("Return")
    (linked,) = [entities.get(one.entity) for one in hand.window.session.spans]
    assert linked is not None
    assert linked.name == f"Person 99999 Name{99_999 % 977}"
    hand.keys("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert entities.all() == []

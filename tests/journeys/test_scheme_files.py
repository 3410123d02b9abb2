"""Scheme files in the real window: what one changes is told first, what is wrong with one is told with its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QMessageBox, QPushButton
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.exchange.sample import sample_project
from rubricator_gui.dialogs.scheme.breaking import Breaking
from rubricator_gui.dialogs.scheme.importing import SchemeImport
from rubricator_gui.hand import Hand

A, B = {"name": "A", "key": "a"}, {"name": "B", "key": "b"}


def scheme_file(folder: Path, value: dict[str, Any]) -> Path:
    out = folder / "mine.json"
    out.write_text(json.dumps({"rubricator-scheme": 1, "name": "Mine", **value}), "utf-8")
    return out


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "two of a name": ({"labels": [A, A]}, "the label “A” stands in it twice"),
    "two of a key": ({"labels": [A, {"name": "C", "key": "A"}]}, "A and C have the same key, A"),
    "a key too long": ({"labels": [{"name": "A", "key": "ab"}]}, "the key of A is more than one character"),
    "a circle": (
        {"labels": [{**A, "parent": "B"}, {**B, "parent": "C"}, {"name": "C", "parent": "A"}]},
        "the label “A” stands under itself",
    ),
    "under nothing": ({"labels": [{**A, "parent": "X"}]}, "label A stands under X, which is not in it"),
    "no such hue": ({"labels": [{**A, "hue": 99}]}, "label A has a hue outside 1 to 20"),
    "no such colour": (
        {"labels": [{**A, "colour": "blurple"}]},
        "label A has the colour “blurple”: write one as #rrggbb",
    ),
    "a long chip": ({"labels": [{**A, "short": "ABCDE"}]}, "the short name of label A has more than four letters"),
    "no name": ({"labels": [{"title": "A"}]}, "a label has no name"),
    "an attribute of no label": (
        {"labels": [A], "attributes": [{"name": "tense", "labels": ["VERB"]}]},
        "“tense” names VERB, which is not in it",
    ),
    "an attribute without values": ({"attributes": [{"name": "mood", "kind": "choice"}]}, "mood has no values"),
    "a kind nobody knows": ({"attributes": [{"name": "mood", "kind": "colour"}]}, "of the kind “colour”, not one of"),
    "a default that is none": (
        {"attributes": [{"name": "mood", "kind": "choice", "values": ["x"], "default": "y"}]},
        "the default of attribute mood is none of its values",
    ),
    "a relation to nothing": (
        {"labels": [A], "relations": [{"name": "knows", "targets": ["B"]}]},
        "“knows” names B, which is not in it",
    ),
    "a rule of nothing": (
        {
            "labels": [A],
            "rules": [{"id": "1", "kind": "some-topic"}, {"id": "2", "kind": "no-overlap", "labels": ["A", "Z"]}],
        },
        "rule 2 names Z, which is not in it",
    ),
    "a rule that is no list": (
        {"labels": [A], "rules": [{"id": "1", "kind": "no-nesting", "inner": "A"}]},
        "“inner” of rule 1 is not a list of labels",
    ),
    "an example of nothing": (
        {"labels": [A], "examples": [{"id": "x", "label": "B", "quote": "words"}]},
        "the example “words” is of B, which is not in it",
    ),
    "two attributes of a key": (
        {"attributes": [{"name": "x", "kind": "flag", "key": "q"}, {"name": "y", "kind": "flag", "key": "q"}]},
        "line 1: attribute x and attribute y have the same key, q",
    ),
    "an attribute with the key of a label": (
        {"labels": [A], "attributes": [{"name": "x", "kind": "flag", "key": "a"}]},
        "A and attribute x have the same key, a",
    ),
    "a rule that says label": (
        {"labels": [A], "rules": [{"id": "1", "kind": "no-overlap", "label": ["A"]}]},
        "rules 1 says “label”; what it can say is id, kind, labels, note",
    ),
    "a kind of rule nobody knows": ({"rules": [{"id": "1", "kind": "zzz"}]}, "rule 1 is of the kind “zzz”, not one of"),
    "a color": ({"labels": [{**A, "color": "#ff0000"}]}, "labels 1 says “color”; what it can say is name, title"),
    "three faults": (
        {"labels": [A, {"name": "C", "key": "A"}, {"name": "D", "parent": "Z", "attributes": ["mood"]}]},
        (
            "can read:\n– line 1: labels 3 says “attributes”; what it can say is name, title, short, definition, key, hue, colour, "
            "parent, guideline\n– line 1: A and C have the same key, A\n– line 1: label D stands under Z, which is not in it"
        ),
    ),
    "two rules of an id": (
        {"rules": [{"id": "1", "kind": "some-topic"}, {"id": "1", "kind": "some-topic"}]},
        "the rule “1” stands in it twice",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_with_a_fault_is_refused_with_its_place(safe: Start, tmp_path: Path, case: str) -> None:
    kit.introduced()
    file = kit.project(tmp_path / "p.rubric")
    value, why = BAD[case]
    bad = scheme_file(tmp_path, value)
    hand = safe(file)
    before = kit.content(file)
    told: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        told.append(f"{dialog.text()}\n{dialog.informativeText()}")
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    hand.answer_file(bad)
    hand.answer("userError", read)
    hand.do("import-scheme")
    hand.wait_until(lambda: bool(told), "it is said what is wrong")
    assert "mine.json" in told[0]
    assert why in told[0]
    assert kit.content(file) == before, "something of it was applied"
    kit.label(hand, "Arvenia", "3")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]


def test_a_scheme_file_says_what_it_changes_and_keeps_what_is_in_use(start: Start, tmp_path: Path) -> None:
    hand = start(sample_project(tmp_path))
    session = hand.window.session
    was, counts = session.scheme, session.ready.rows.label_counts()
    file = scheme_file(
        tmp_path,
        {
            "labels": [
                {"name": "PERSON", "title": "Human", "key": "h"},
                {"name": "SHIP", "title": "Ship", "key": "2", "parent": "THING"},
                {"name": "THING", "title": "Thing"},
            ],
            "rules": [{"id": "1", "kind": "no-nesting", "inner": ["PERSON"], "outer": ["SHIP"]}],
        },
    )
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, SchemeImport)
        seen.append(said(dialog, "touchedCount") + "\n" + said(dialog, "touchedMore"))
        if len(seen) == 1:
            hand.keys("Escape")
        else:
            hand.keys("Return")

    ask(hand, file, look)
    assert session.scheme == was
    assert f"Organization ({counts['ORGANIZATION']})" in seen[0]
    assert f"Country ({counts['COUNTRY']})" in seen[0]
    assert "Labels that are new (2): Ship, Thing" in seen[0]
    assert "Labels that change" in seen[0]
    ask(hand, file, look)
    scheme = session.scheme
    assert {name for name in counts if name not in scheme.by_name} == set()
    assert (scheme.name, scheme.by_name["PERSON"].title, scheme.by_name["SHIP"].parent) == ("Mine", "Human", "THING")
    assert (scheme.by_name["SHIP"].key, scheme.by_name["ORGANIZATION"].key) == ("2", ""), "two labels have one key"
    assert scheme.topics == was.topics
    assert session.ready.rows.label_counts() == counts
    hand.keys("Ctrl+Z")
    assert session.scheme.labels == was.labels


def test_a_scheme_file_whose_rules_are_broken_today(start: Start, tmp_path: Path) -> None:
    hand = start(sample_project(tmp_path))
    session = hand.window.session
    out = tmp_path / "ours.json"
    hand.answer_file(out)
    hand.do("export-scheme")
    value = json.loads(out.read_text("utf-8"))
    value["rules"] = [{"id": "1", "kind": "no-nesting", "inner": ["COUNTRY"], "outer": ["ORGANIZATION"]}]
    out.write_text(json.dumps(value), "utf-8")
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert said(dialog, "touchedCount") == "All labels that are in use are in the file."
        hand.answer("breachDialog", cast(Callable[[QDialog], None], breaches))
        hand.keys("Return")

    def breaches(dialog: Breaking) -> None:
        seen.append(dialog.list.listed.places[0].why)
        button = dialog.findChild(QPushButton, "touchedGo")
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    ask(hand, out, look)
    assert seen == ["Country may not lie inside Organization (rule 1)"]
    assert [rule.kind for rule in session.scheme.rules] == ["no-nesting"]


def test_the_same_scheme_again_changes_nothing(start: Start, tmp_path: Path) -> None:
    hand = start(sample_project(tmp_path))
    out = tmp_path / "ours.json"
    hand.answer_file(out)
    hand.do("export-scheme")
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        seen.append(said(dialog, "touchedMore"))
        hand.keys("Return")  # there is nothing to import
        hand.keys("Escape")

    ask(hand, out, look)
    assert seen == ["Nothing changes."]


def ask(hand: Hand, file: Path, look: Callable[[QDialog], None]) -> None:
    """Have a scheme file imported, and look at what is told first."""
    hand.answer_file(file)
    hand.answer("schemeImport", look)
    hand.do("import-scheme")
    hand.show()


def said(dialog: QDialog, name: str) -> str:
    label = dialog.findChild(QLabel, name)
    assert label is not None
    return label.text()

"""Spans of several fragments, by keys and by mouse, through the real window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_just_labelled import said

from rubricator.words import say


@pytest.fixture
def file(tmp_path: Path) -> Path:
    kit.introduced()
    return kit.project(tmp_path / "sund.rubric")


def test_plus_adds_the_selection_to_the_chosen_span(start: Start, file: Path) -> None:
    hand = start(file)
    kit.label(hand, "Toll", "3")
    session = hand.window.session
    hand.keys("Shift+Tab")
    first = session.chosen_annotation
    assert first is not None
    kit.drag(hand, "Port Velis")
    hand.keys("+")
    chosen = session.chosen_annotation
    assert chosen is not None
    assert chosen.id == first.id
    assert chosen.quote == "Port Velis … Toll"
    assert session.selection is None
    hand.keys("Ctrl+Z")
    assert session.spans[first.id].span == first.span
    assert hand.window.status.notice.startswith("Undone: Added “Port Velis” to Country “Toll”.")
    hand.keys("Ctrl+Shift+Z")
    assert hand.window.status.notice == "Redone: Added “Port Velis” to Country “Toll”."
    what = [say(line.what) for _entry, line in session.ready.history(4)]
    assert what[2:] == ["Added “Port Velis” to COUNTRY “Toll”", "Labelled “Toll” as COUNTRY"]


def test_ctrl_and_drag_makes_a_span_in_pieces(start: Start, file: Path) -> None:
    hand = start(file)
    hand.do("suggestions")  # Shift+Tab would walk to them too
    kit.drag(hand, "Ministers")
    hand.drag(*kit.at(hand, "Toll"), modifiers=Qt.KeyboardModifier.ControlModifier)
    hand.keys("1")
    assert kit.layer(hand) == [("PERSON", "Ministers … Toll")]
    hand.keys("Shift+Tab")
    hand.drag(*kit.at(hand, "Arvenia"), modifiers=Qt.KeyboardModifier.ControlModifier)
    assert kit.layer(hand) == [("PERSON", "Ministers … Arvenia … Toll")]
    assert "Added" in hand.window.status.notice


def test_ctrl_and_drag_adds_to_what_was_just_labelled_by_whole_words(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric", ["North and South Kent. Nobody saw it.\n"]))
    hand.window.session.wish_offers(False)
    hand.double_click(kit.at(hand, "North")[0] + 1)
    hand.keys("3")
    begin, end = kit.at(hand, "Kent")
    hand.drag(begin + 1, end - 1, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert kit.layer(hand) == [("COUNTRY", "North … Kent")]
    chosen = hand.window.session.chosen_annotation
    assert chosen is not None
    assert not chosen.exact
    assert hand.window.status.notice.startswith("Added “Kent” to “North”.")


def test_what_plus_would_add_to_is_named_and_framed(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric", ["North and South Kent. Nobody saw it.\n"]))
    session = hand.window.session
    session.wish_offers(False)
    adds = "characters · + adds them to Country “North” · F2 moves borders"

    def drawn() -> QImage:
        first, last = (hand.reader.rect_at(place) for place in (0, len("North") - 1))
        return hand.reader.viewport().grab(first.united(last)).toImage()

    def framed() -> set[str]:
        view = hand.reader.viewport().height()
        return {tint.id for tint in hand.reader.overlay(0, view).adding_to}

    kit.drag(hand, "saw")
    assert (adds in said(hand), framed()) == (False, set())
    kit.label(hand, "North", "3")
    north = next(iter(session.spans)).id
    kit.drag(hand, "Kent")
    assert (adds in said(hand), framed()) == (False, set()), "who labels one name after another thinks of the next"
    hand.keys("Esc", "Shift+Tab")
    assert framed() == set()
    kit.drag(hand, "Kent")
    assert (adds in said(hand), framed()) == (True, {north})
    with_frame = drawn()
    hand.double_click(kit.at(hand, "saw")[0])
    assert drawn() != with_frame
    assert (adds in said(hand), framed()) == (False, set()), "the first click let go of the words that it was about"
    hand.click(kit.at(hand, "North")[0])
    hand.double_click(kit.at(hand, "saw")[0])
    assert (adds in said(hand), framed()) == (True, {north}), "the first click of the two is no click beside it"
    hand.double_click(kit.at(hand, "North")[0] + 1)
    assert (adds in said(hand), framed()) == (False, set()), "it has these words"
    hand.click(kit.at(hand, "North")[0])
    kit.drag(hand, "Kent")
    hand.keys("+")
    assert (adds in said(hand), framed()) == (False, set())
    assert kit.layer(hand) == [("COUNTRY", "North … Kent")]


def test_what_shares_words_with_a_span_in_pieces_is_offered_beside_it(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    text = "Both meet\n\nSouth Arvenia waits.\n\nLeaders of North and South Arvenia met.\n"
    hand = start(kit.project(tmp_path / "sund.rubric", [text]))
    session = hand.window.session

    def offered() -> list[str]:
        hand.wait_until(lambda: not session.offers_due and not session.looking.active, "offers were looked for")
        return [offer.span.quote(session.text) for offer in session.offers]

    country = session.scheme.by_name["COUNTRY"].key
    kit.label(hand, "South Arvenia", country)
    assert offered() == ["South Arvenia"]
    gone: list[int] = []
    session.offers_changed.connect(lambda: gone.append(len(session.offers)))
    kit.drag(hand, "North")
    hand.drag(*kit.at(hand, "Arvenia", 1), modifiers=Qt.KeyboardModifier.ControlModifier)
    hand.keys(country)
    assert kit.layer(hand)[1:] == [("COUNTRY", "North … Arvenia")]
    assert offered() == ["South Arvenia"]
    assert 0 not in gone, "it did not go and come again"
    hand.keys("Tab", "Tab", "Space")
    assert kit.layer(hand)[1:] == [("COUNTRY", "North … Arvenia"), ("COUNTRY", "South Arvenia")]


def test_borders_are_moved_by_keys_alone(start: Start, file: Path) -> None:
    hand = start(file)
    kit.label(hand, "Authority", "2")
    hand.keys("Shift+Tab", "F2", *["Shift+Left"] * 3, "Return")
    assert kit.layer(hand) == [("ORGANIZATION", "Port Velis Harbour Authority")]
    hand.keys("F2", "Ctrl+Left", "Esc")
    assert kit.layer(hand) == [("ORGANIZATION", "Port Velis Harbour Authority")]
    hand.keys("F2", "Ctrl+Left", "Return")
    assert kit.layer(hand) == [("ORGANIZATION", "Port Velis Harbour Authorit")]


def test_the_bar_follows_the_borders_that_keys_move(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    text = "The Harbour Authority of Toll\nmet in Karesh.\n"
    hand = start(kit.project(tmp_path / "p.rubric", [text]))
    session, reader = hand.window.session, hand.reader
    session.wish_offers(False)
    kit.label(hand, "Authority", "2")
    hand.keys("Shift+Tab")
    uid = str(session.chosen)

    def bars() -> list[tuple[float, float]]:
        """Return where its bars begin and end, from line to line."""
        marks = reader.page.seen(0, reader.viewport().height()).marks
        return [(mark.bar.piece.left, mark.bar.piece.right) for mark in marks if mark.id == uid]

    before = bars()
    assert len(before) == 1
    for end in ("Esc", "Return"):
        hand.keys("F2")
        assert bars() == before
        hand.keys("Shift+Left")
        assert [bar[0] < before[0][0] for bar in bars()] == [True], "the start went to the word before"
        hand.keys("Right", "Right", "Right")
        moved = bars()
        assert len(moved) == 2, "the end went on into the next line"
        hand.keys("Ctrl++")
        assert len(bars()) == 2, "also in another size"
        hand.keys("Ctrl+-")
        assert bars() == moved
        hand.keys(end)
        assert bars() == (before if end == "Esc" else moved)
    assert kit.layer(hand) == [("ORGANIZATION", "Harbour Authority of Toll\nmet")]
    hand.keys("Ctrl+Z")
    assert bars() == before


def test_ctrl_and_drag_with_a_sticky_label_means_the_next_name(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric", ["Anna and Ben met.\n"]))
    hand.keys("1")
    kit.drag(hand, "Anna")
    hand.drag(*kit.at(hand, "Ben"), modifiers=Qt.KeyboardModifier.ControlModifier)
    assert kit.layer(hand) == [("PERSON", "Anna"), ("PERSON", "Ben")]

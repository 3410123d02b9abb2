"""A press on words that are selected lets go of them: the drag from there selects anew, and carries no words about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.journeys import kit, reviewed
from tests.journeys.conftest import Start

from rubricator.settings import Settings
from rubricator_gui.hand import Hand
from rubricator_gui.reader.review_sheet import ReviewSheet
from rubricator_gui.reader.sheet import Sheet
from rubricator_gui.reader.view import ReaderView

TEXT = "On Monday the heads of the security agencies of Arvenia and Karesh met in Port Velis, and nobody knew why.\n"
WORDS = "heads of the security agencies of"
PAUSE = 60
"""Milliseconds between two moves: nobody drags in one frame."""


@pytest.fixture(autouse=True)
def carried(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Refuse to carry words about: Qt would wait for a drop that never comes."""
    asked: list[str] = []

    def refuse(_sheet: Sheet) -> QMimeData:
        asked.append("carried")
        raise AssertionError("the words that were selected are carried about")

    for kind in (ReaderView, ReviewSheet):
        monkeypatch.setattr(kind, "createMimeDataFromSelection", refuse)
    yield asked
    assert not asked


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    made = start(kit.project(tmp_path / "p.rubric", (TEXT,)))
    made.window.session.wish_offers(False)
    return made


def place(sheet: Sheet, word: str) -> QPoint:
    """Return a place on a word."""
    return sheet.rect_at(sheet.session.text.index(word) + 1).center()


def mouse(sheet: Sheet, kind: QEvent.Type, at: QPoint, held: Qt.KeyboardModifier) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    pressed = none if kind == QEvent.Type.MouseButtonRelease else left
    button = none if kind == QEvent.Type.MouseMove else left
    where = QPointF(sheet.viewport().mapToGlobal(at))
    QApplication.sendEvent(sheet.viewport(), QMouseEvent(kind, QPointF(at), where, button, pressed, held))
    QTest.qWait(PAUSE)


def go_on(sheet: Sheet, begin: QPoint, stop: QPoint, held: Qt.KeyboardModifier) -> None:
    """Move with pauses, and let go."""
    for n in range(1, 6):
        mouse(sheet, QEvent.Type.MouseMove, begin + (stop - begin) * n / 5, held)
    mouse(sheet, QEvent.Type.MouseButtonRelease, stop, held)


def slowly(sheet: Sheet, first: str, last: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Drag from a word to a word."""
    QTest.qWait(QApplication.doubleClickInterval() + 20)
    begin, stop = place(sheet, first), place(sheet, last)
    mouse(sheet, QEvent.Type.MouseButtonPress, begin, held)
    go_on(sheet, begin, stop, held)


def twice(sheet: Sheet, first: str, last: str) -> None:
    """Double-click on a word, and drag on to another one."""
    QTest.qWait(QApplication.doubleClickInterval() + 20)
    begin, stop, none = place(sheet, first), place(sheet, last), Qt.KeyboardModifier.NoModifier
    stop.setX(stop.x() + 30)  # over the middle of the word
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick):
        mouse(sheet, kind, begin, none)
    go_on(sheet, begin, stop, none)


def selected(hand: Hand) -> str:
    session = hand.window.session
    return session.selection.quote(session.text) if session.selection is not None else ""


@pytest.mark.parametrize("labelled", [False, True])
@pytest.mark.parametrize("last", ["Arvenia", "Monday"])
def test_a_drag_that_begins_on_selected_words_selects_anew(hand: Hand, last: str, labelled: bool) -> None:
    if labelled:
        for words in ("security agencies", WORDS):
            kit.label(hand, words, "2")
    kit.drag(hand, WORDS)
    assert selected(hand) == WORDS
    slowly(hand.reader, "heads", last)
    assert selected(hand) == (f"{WORDS} Arvenia" if last == "Arvenia" else "Monday the heads")
    hand.keys("3")
    assert len(kit.layer(hand)) == 1 + 2 * labelled
    assert next(quote for label, quote in kit.layer(hand) if label == "COUNTRY").count("heads") == 1


def test_a_double_click_and_a_drag_on_begin_on_selected_words_too(hand: Hand) -> None:
    kit.drag(hand, WORDS)
    twice(hand.reader, "security", "Arvenia")
    assert selected(hand) == "security agencies of Arvenia"


def test_a_click_on_selected_words_lets_go_and_keys_that_go_on_with_them_do(hand: Hand) -> None:
    kit.drag(hand, WORDS)
    hand.click(kit.at(hand, "security")[0] + 2)
    assert selected(hand) == ""
    kit.drag(hand, WORDS)
    slowly(hand.reader, "security", "Karesh", Qt.KeyboardModifier.ControlModifier)
    assert selected(hand) == f"{WORDS} Arvenia and Karesh", "with Ctrl words are added to it"
    kit.drag(hand, WORDS)
    slowly(hand.reader, "security", "Karesh", Qt.KeyboardModifier.ShiftModifier)
    assert selected(hand) == f"{WORDS} Arvenia and Karesh", "with Shift it goes on from where it began"


def test_in_review_it_selects_anew_as_well(start: Start, tmp_path: Path) -> None:
    hand = start(reviewed.project(tmp_path / "p.rubric", Settings().me()))
    hand.keys("F8")
    hand.wait_until(lambda: hand.window.session.queue.whole, "the queue is made")
    QTest.qWait(150)
    sheet = hand.window.findChild(ReviewSheet)
    assert sheet is not None
    slowly(sheet, "rejected", "draft")
    span = sheet.selected()
    assert span is not None
    slowly(sheet, "second", "plan")
    span = sheet.selected()
    assert span is not None
    assert span.quote(sheet.session.text) == "second draft of inspection plan"

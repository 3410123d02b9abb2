"""How long it takes to come to another place of a long article, or to give it another shape, against a bare QTextEdit.

The bare one has the same text in the same font, in a column as wide as ours: what it does is to lay out and to paint.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import corpus
from opening import Clock, project_of, settle
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit
from table import Row, against, once_ms, under

from rubricator_gui import app, theme
from rubricator_gui.hand import Hand
from rubricator_gui.reader.view import ReaderView

_ROUNDS = 9
_SIZES = {"1 MB": (1_000_000, 20_000), "5 MB": (5_000_000, 100_000)}
_MOST = 1.2
"""How much longer than the bare one."""
_AT_ONCE = 150
"""Milliseconds in which anything is there at 1 MB."""
_FRAME = 16
_CTRL = Qt.KeyboardModifier.ControlModifier
_HEIGHT = 800
_WIDTHS = (960, 900)
"""Of the window: between them the column becomes narrower."""


def rows(folder: Path) -> Iterator[Row]:
    """Yield the figures of coming to the end and to a place, of another width and text size, and of the next span."""
    for name, (length, n) in _SIZES.items():
        text = corpus.text_of(length)
        path = project_of(folder, f"moving{length}", [("one", text, n), ("rest", "Nothing here.", 0)])
        hand = Hand(app.build(path))
        hand.show(_WIDTHS[0], _HEIGHT)
        bare = _Bare(hand.reader)
        for what, (ours, theirs) in _measure(hand, bare, text).items():
            yield against(f"{what}, {name} / bare QTextEdit", ours, theirs, _MOST)
            if name == "1 MB":
                yield under(f"  {what}, {name}", ours, _AT_ONCE)
        yield under(f"next span, {name}", _next_span(hand), _FRAME)
        bare.close()
        bare.deleteLater()
        hand.window.close()
        hand.window.deleteLater()
        QTest.qWait(1)


class _Bare(QMainWindow):
    """A window with nothing but a view of text, as wide and with the margins that ours has."""

    def __init__(self, reader: ReaderView) -> None:
        super().__init__()
        self.edit = QTextEdit()
        self.edit.setReadOnly(True)
        self.edit.setTextInteractionFlags(reader.textInteractionFlags())
        self.edit.setFont(theme.text_font())
        self.setCentralWidget(self.edit)
        self.resize(reader.size())
        self.show()
        self.margins = reader.document().rootFrame().frameFormat()

    def fill(self, text: str) -> None:
        """Show a text from its beginning."""
        self.edit.setPlainText(text)
        self.edit.document().rootFrame().setFrameFormat(self.margins)

    def fit(self, reader: ReaderView) -> None:
        """Become as wide as ours; Qt would be at another place then, and had laid out less."""
        self.resize(reader.size())
        self.edit.ensureCursorVisible()

    def dress(self, reader: ReaderView) -> None:
        """Give the text the size that ours has, and stay at the place."""
        self.edit.setFont(reader.document().defaultFont())
        self.edit.ensureCursorVisible()

    def go(self, position: int) -> None:
        """Show a place."""
        cursor = self.edit.textCursor()
        cursor.setPosition(position)
        self.edit.setTextCursor(cursor)


def _measure(hand: Hand, bare: _Bare, text: str) -> dict[str, tuple[float, float]]:
    """Return what each took, ours and theirs in milliseconds, by its name."""
    session, reader, middle = hand.window.session, hand.reader, len(text) // 2
    clock = Clock(session)
    times: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)

    def leave() -> None:
        session.show_article("rest")
        bare.edit.clear()
        QTest.qWait(50)

    def opened() -> float:
        clock.start(reader)
        session.show_article("one")
        QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)
        return clock.painted()

    def refilled() -> float:
        def work() -> None:
            bare.fill(text)
            bare.go(middle)

        return _painted(work, bare.edit)

    def at_the_end(edit: QTextEdit) -> float:
        return _painted(lambda: QTest.keyClick(edit, Qt.Key.Key_End, _CTRL), edit)

    def narrower(width: int) -> float:
        return _painted(lambda: hand.window.resize(width, _HEIGHT), reader)

    for n in range(_ROUNDS):
        leave()
        session.show_article("one")
        bare.fill(text)
        for edit in (reader, bare.edit):
            _painted(edit.update, edit)
        times["jump to the end"].append((at_the_end(reader), at_the_end(bare.edit)))
        settle(session)
        hand.click(middle)  # the caret is there, too
        leave()
        times["restore the middle"].append((opened(), refilled()))
        settle(session)
        ours = narrower(_WIDTHS[n % 2 == 0])
        times["resize in the middle"].append((ours, _painted(lambda: bare.fit(reader), bare.edit)))
        settle(session)
        ours = _painted(hand.window.actions["larger" if n % 2 else "smaller"].trigger, reader)
        times["zoom in the middle"].append((ours, _painted(lambda: bare.dress(reader), bare.edit)))
        settle(session)
        QTest.keyClick(reader, Qt.Key.Key_Home, _CTRL)
    medians = {what: map(statistics.median, zip(*took[1:], strict=True)) for what, took in times.items()}
    return {what: (next(both), next(both)) for what, both in medians.items()}


def _next_span(hand: Hand) -> float:
    """Return what Tab takes until the annotation is chosen and painted."""
    hand.window.session.show_article("one")
    settle(hand.window.session)
    reader = hand.reader
    reader.setFocus()
    return statistics.median(_painted(lambda: QTest.keyClick(reader, Qt.Key.Key_Tab), reader) for _ in range(21))


def _painted(work: Callable[[], object], edit: QTextEdit) -> float:
    """Return how long some work takes until what it leads to is painted, in milliseconds."""

    def whole() -> None:
        work()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        edit.viewport().repaint()

    took = once_ms(whole)
    QApplication.processEvents()
    return took

"""What one waits for is painted first: the text of another article, and an annotation that was just made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator_gui.hand import Hand
from rubricator_gui.panels.labels import COUNT

LONG = "Grain prices fall in Toll, and nobody in the harbour can say for how long they will " * 4
STORIES = (kit.STORY, f"{LONG}\n\nPrices fell in the port of Toll.\n", "Short\n\nVery short.\n" * 40)


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "news.rubric", STORIES))


class Painted(QObject):
    """Notes what is painted, and what was told, in the order in which that came."""

    def __init__(self, hand: Hand, **watched: QWidget) -> None:
        super().__init__(hand.window)
        self.came: list[str] = []
        self.heights: list[tuple[int, int]] = []
        self._reader = hand.reader
        self._names = {id(widget): name for name, widget in watched.items()}
        self._kept = watched
        for widget in watched.values():
            widget.installEventFilter(self)
        hand.window.session.article_shown.connect(self._told)
        hand.window.session.changed.connect(self._told)

    def _told(self, _what: object = None) -> None:
        self.came.append("told")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.came.append(self._names[id(watched)])
            viewport = self._reader.viewport()
            self.heights.append((viewport.mapTo(viewport.window(), viewport.rect().topLeft()).y(), viewport.height()))
        return False


@pytest.fixture
def painted(hand: Hand) -> Iterator[Painted]:
    QTest.qWait(100)  # the window was painted, and what came after that
    window = hand.window
    painted = Painted(hand, text=hand.reader.viewport(), header=window.header, labels=window.sections.labels)
    yield painted
    painted.deleteLater()


def test_another_article_is_painted_with_its_header_before_all_else_follows(hand: Hand, painted: Painted) -> None:
    hand.keys("Ctrl+PgDown")
    assert hand.window.session.text.startswith("Grain")
    first = painted.came.index("told")
    assert {"header", "text"} <= set(painted.came[:first])
    assert painted.came[:first].count("text") == 1
    QTest.qWait(100)
    assert len(set(painted.heights)) == 1, "the text moved after it was painted, for its header is higher"
    assert painted.heights[0] != (0, 0)


def test_an_annotation_is_painted_before_the_panels_follow(hand: Hand, painted: Painted) -> None:
    hand.keys("Ctrl+PgDown")
    kit.drag(hand, "port of Toll")
    QTest.qWait(100)
    painted.came.clear()
    hand.keys("L")
    assert [one.quote for one in hand.window.session.spans] == ["port of Toll"]
    assert painted.came[: painted.came.index("told")] == ["text"]


def test_what_was_found_in_the_article_before_is_not_marked_in_the_next(hand: Hand, painted: Painted) -> None:
    hand.keys("Ctrl+F")
    hand.type("the")
    QTest.qWait(300)
    reader = hand.reader
    assert reader.found.hits
    seen: list[int] = []
    session = hand.window.session
    session.text_shown.connect(lambda: seen.append(len(reader.found.hits)))
    session.show_article(list(session.ready.rows.articles())[1].id)
    assert seen == [0], "hits were painted where nobody looked for them yet"


class Counts(QObject):
    """Notes which labels had counts when the panel was painted the last time, and so when a dialog came before it."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(hand.window)
        self.seen: set[str] = set()
        self.blocked: set[str] | None = None
        self._panel = hand.window.sections.labels.view
        self._app = QApplication.instance()
        assert self._app is not None
        self._app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and watched is self._panel.viewport():
            model = self._panel.model()
            rows = [model.index(row, 0) for row in range(model.rowCount())]
            self.seen = {str(row.data()) for row in rows if row.data(COUNT)}
        elif event.type() == QEvent.Type.WindowBlocked and watched is self._panel.viewport():
            self.blocked = self.seen
        return False


def test_panels_say_what_the_text_says_when_a_window_opens_over_them(hand: Hand) -> None:
    kit.label(hand, "Meridian Newswire", "2")
    hand.keys("Shift+Tab")
    letters = "SMLWPTNR"
    hand.keys(*letters)
    assert kit.layer(hand) == [("PERCENT", "Meridian Newswire")]
    QTest.qWait(50)
    counts = Counts(hand)
    opened: list[str] = []

    def close(dialog: QDialog) -> None:
        opened.append(dialog.objectName())
        dialog.reject()

    hand.answer("commentDialog", close)
    for _letter in letters:  # so fast that no other event comes between them
        QTest.keyClick(hand.reader, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(hand.reader, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert opened
    assert kit.layer(hand) == [("ORGANIZATION", "Meridian Newswire")]
    assert counts.blocked == {"Organization"}

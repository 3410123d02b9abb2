"""The strip beside the text: what it shows, from what it is drawn, and where a click goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from tests.gui.panel_help import Show, article, label, make_session

from rubricator.model.colours import contrast
from rubricator.model.find import Wanted, find
from rubricator_gui import theme
from rubricator_gui.reader.overview import Overview, runs
from rubricator_gui.reader.view import ReaderView
from rubricator_gui.session import Session

LINE = "The Harbour Council of Port Velis met, and nobody can say how long it took them all.\n"
TEXT = LINE * 100 + "Arvenia agreed.\n" + LINE * 100


@pytest.fixture
def session(tmp_path: Path, qapp: object) -> Iterator[Session]:
    session = make_session(tmp_path, [article(1, text=TEXT), article(2, text=LINE)], [TEXT, LINE])
    yield session
    session.close()


@pytest.fixture
def reader(session: Session, shown: Show) -> ReaderView:
    reader = ReaderView(session)
    reader.resize(900, 600)
    return cast(ReaderView, shown(reader))


@pytest.fixture
def strip(reader: ReaderView) -> Overview:
    found = reader.findChild(Overview, "overview")
    assert isinstance(found, Overview)
    return found


def ink(strip: Overview, row: int) -> set[str]:
    """Return the names of our colours in a row of pixels."""
    look = theme.theme_of(strip.palette())
    image = strip.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    names = {look.colour(name).name(): name for name in ("hit", "muted", "Accent", "Window", "Base", "Mid")}
    colours = {QColor(image.pixel(x, row)).name() for x in range(image.width())}
    return {names[colour] for colour in colours if colour in names}


def middle(strip: Overview) -> int:
    return strip.rows_of(TEXT.index("Arvenia"), 0)[0]


def test_rows_are_joined() -> None:
    assert list(runs([])) == []
    assert list(runs([1, 2, 3, 7, 9, 10])) == [(1, 3), (7, 1), (9, 2)]


def test_it_stands_beside_the_bar_and_takes_nothing_from_the_text(reader: ReaderView, strip: Overview) -> None:
    measure, left = reader.lineWrapColumnOrWidth(), reader.text_left()
    assert strip.geometry().right() + 1 == reader.width() - reader.verticalScrollBar().width()
    assert strip.height() == reader.height()
    reader.resize(1200, 500)
    assert strip.height() == 500
    assert strip.geometry().right() + 1 == reader.width() - reader.verticalScrollBar().width()
    reader.resize(900, 600)
    reader.show_overview(False)
    assert not strip.isVisible()
    assert (reader.lineWrapColumnOrWidth(), reader.text_left()) == (measure, left)


@pytest.mark.parametrize("width", [500, 900, 1400])
def test_no_character_stands_under_it(reader: ReaderView, strip: Overview, width: int) -> None:
    reader.resize(width, 600)
    QTest.qWait(20)
    edge = strip.x() - reader.viewport().x()
    rights = [reader.page.character_rect(offset).right() for offset in range(len(LINE))]
    assert max(rights) <= edge


def test_marks_follow_edits_choice_and_hits(
    session: Session, reader: ReaderView, strip: Overview, qtbot: QtBot
) -> None:
    row = middle(strip)
    assert ink(strip, row) == {"Base"}
    label(session, "Arvenia", "COUNTRY")
    qtbot.waitUntil(lambda: "muted" in ink(strip, row))
    session.history.undo()
    qtbot.waitUntil(lambda: "muted" not in ink(strip, row))
    session.history.redo()
    chosen = next(iter(session.spans))
    session.choose(chosen.id)
    assert "Accent" in ink(strip, row)
    session.choose(None)
    reader.show_hits(find(TEXT, Wanted("Arvenia")).places, -1)
    assert {"hit", "muted"} <= ink(strip, row)
    reader.show_hits((), -1)
    assert "hit" not in ink(strip, row)


def test_nothing_is_drawn_where_there_is_nothing_to_go_to(
    session: Session, reader: ReaderView, strip: Overview
) -> None:
    assert "Window" not in ink(strip, 5), "a frame alone looks like a second scroll bar"
    reader.show_hits(find(TEXT, Wanted("Arvenia")).places, -1)
    assert "Window" in ink(strip, 5)
    reader.show_hits((), -1)
    assert "Window" not in ink(strip, 5)
    label(session, "Arvenia", "COUNTRY")
    assert "Window" in ink(strip, 5)


def test_a_click_goes_there_and_the_window_is_shown(session: Session, reader: ReaderView, strip: Overview) -> None:
    label(session, "Arvenia", "COUNTRY")
    assert "Window" in ink(strip, 5)
    row = middle(strip)
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(4, row))
    rect = reader.page.character_rect(TEXT.index("Arvenia"))
    seen = rect.top() - reader.verticalScrollBar().value()
    assert 0 < seen < reader.viewport().height()
    first, high = strip.window_rows()
    assert first < row < first + high
    assert "Window" in ink(strip, row)
    assert "Window" not in ink(strip, 5)


def test_nothing_is_read_before_the_first_paint(session: Session, reader: ReaderView, qtbot: QtBot) -> None:
    session.show_article("a2")
    session.show_article("a1")
    assert not session.spans.loaded
    qtbot.waitUntil(lambda: session.spans.loaded)


def test_no_frame_comes_and_goes_while_an_article_is_opened(session: Session, strip: Overview) -> None:
    session.show_article("a2")
    session.show_article("a1")
    assert not session.spans.loaded
    assert "Window" not in ink(strip, 5), "nobody knows yet whether there is anything to go to"


def test_an_article_without_words_has_no_marks(tmp_path: Path, shown: Show) -> None:
    session = make_session(tmp_path, [])
    reader = ReaderView(session)
    shown(reader)
    reader.overview.repaint()
    QTest.mouseClick(reader.overview, Qt.MouseButton.LeftButton, pos=QPoint(3, 30))
    session.close()


def test_the_wheel_scrolls_the_text_there_too(reader: ReaderView, strip: Overview) -> None:
    at = QPointF(4, 100)
    none = Qt.MouseButton.NoButton
    keys = Qt.KeyboardModifier.NoModifier
    phase = Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(at, strip.mapToGlobal(at), QPoint(), QPoint(0, -240), none, keys, phase, False)
    QApplication.sendEvent(strip, wheel)
    assert reader.verticalScrollBar().value() > 0


def test_the_setting_is_kept(session: Session, reader: ReaderView) -> None:
    reader.show_overview(False)
    assert ReaderView(session).overview.isHidden()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_pointer_that_rests_on_it_is_told_what_it_is(strip: Overview) -> None:
    """Beside a scroll bar it looks like a second one."""
    at = QPoint(strip.width() // 2, strip.height() // 2)
    QApplication.sendEvent(strip, QHelpEvent(QHelpEvent.Type.ToolTip, at, strip.mapToGlobal(at)))
    told = QToolTip.text()
    QToolTip.hideText()
    assert told == "Where annotations and hits stand; the frame is what you see. A click goes there."


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_frame_can_be_told_from_what_it_lies_on(session: Session, strip: Overview, dark: bool) -> None:
    label(session, "Arvenia", "COUNTRY")
    look = theme.theme(dark=dark)
    strip.setPalette(look.palette)
    image = strip.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    top, high = strip.window_rows()
    edge = QColor(image.pixel(strip.width() // 2, top + high - 1))
    for below in (1, 2, 3):
        assert contrast(edge.name(), QColor(image.pixel(strip.width() - 3, top + high - 1 + below)).name()) >= 3

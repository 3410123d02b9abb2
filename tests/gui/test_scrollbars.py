"""Scroll bars: where their parts lie, and that the mouse finds them there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollBar, QStyle
from pytestqt.qtbot import QtBot

from rubricator_gui import theme
from rubricator_gui.scrollbars import part_of

Part = QStyle.SubControl


@pytest.fixture(params=[Qt.Orientation.Vertical, Qt.Orientation.Horizontal])
def bar(qtbot: QtBot, request: pytest.FixtureRequest) -> QScrollBar:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, False)
    made = QScrollBar(request.param)
    qtbot.addWidget(made)
    upright = request.param == Qt.Orientation.Vertical
    made.resize(14 if upright else 300, 300 if upright else 14)
    made.setRange(0, 1000)
    made.setPageStep(200)
    made.setSingleStep(10)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("value", [0, 100, 500, 900, 1000])
def test_the_parts_fill_the_bar_and_do_not_overlap(bar: QScrollBar, value: int, turned: bool) -> None:
    bar.setLayoutDirection(Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight)
    bar.setValue(value)
    slider, before, after = (
        part_of(bar, part) for part in (Part.SC_ScrollBarSlider, Part.SC_ScrollBarSubPage, Part.SC_ScrollBarAddPage)
    )
    assert sum(part.width() * part.height() for part in (slider, before, after)) == 300 * 14
    assert not slider.intersects(before)
    assert not slider.intersects(after)
    assert before.isEmpty() == (value == 0)
    assert after.isEmpty() == (value == 1000)
    assert part_of(bar, Part.SC_ScrollBarAddLine) == QRect()


def test_the_handle_is_dragged_and_the_ground_pages(bar: QScrollBar) -> None:
    upright = bar.orientation() == Qt.Orientation.Vertical

    def at(length: int) -> QPoint:
        return QPoint(7, length) if upright else QPoint(length, 7)

    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=at(290))
    assert bar.value() == 200
    centre = part_of(bar, Part.SC_ScrollBarSlider).center()
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=centre)
    QTest.mouseMove(bar, centre + at(400) - QPoint(7, 0) if upright else centre + at(400) - QPoint(0, 7))
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=at(299))
    assert bar.value() == 1000


def test_nothing_to_scroll_has_no_handle_to_hold(bar: QScrollBar) -> None:
    bar.setRange(0, 0)
    assert part_of(bar, Part.SC_ScrollBarSlider) == bar.rect()
    bar.grab()

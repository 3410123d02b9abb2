"""Chips and section headers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.panel_help import Show, make_session, news

from rubricator.model.scheme import Label
from rubricator_gui import chips, theme
from rubricator_gui.panels.annotations import AnnotationPanel
from rubricator_gui.panels.articles import ArticleList
from rubricator_gui.panels.chosen import ChosenCard
from rubricator_gui.panels.empty import EmptyPane
from rubricator_gui.panels.header import ArticleHeader
from rubricator_gui.panels.history import HistoryPanel
from rubricator_gui.panels.labels import LabelPanel
from rubricator_gui.panels.plain import plain_label, plain_tip
from rubricator_gui.panels.section import Section
from rubricator_gui.panels.topics import TopicPanel


def test_an_unknown_label_still_has_a_chip() -> None:
    label = chips.label_of(news(), "SHIP_NAME")
    assert (label.title, label.short) == ("SHIP_NAME", "SHIP")


def test_chips_are_wide_enough_for_their_words(qtbot: QtBot) -> None:
    wide = Label("W", short="WWWW")
    assert chips.chip_width([wide]) > chips.chip_width([Label("I", short="I")])


@pytest.mark.parametrize("dark", [False, True])
def test_a_chip_is_drawn_in_the_colour_of_its_label(qtbot: QtBot, dark: bool) -> None:
    look = theme.theme(dark)
    image = QImage(60, 20, QImage.Format.Format_RGB32)
    image.fill(look.colour("Base"))
    painter = QPainter(image)
    chips.draw_chip(painter, QRect(5, 3, 50, 14), Label("PERSON", short="PER", hue=1), look)
    chips.draw_key_cap(painter, QRect(0, 0, 0, 0), "", look)
    painter.end()
    assert image.pixelColor(8, 10) == look.hue(1).bar
    assert image.pixelColor(1, 1) == look.colour("Base")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("height", [0, 2])
def test_the_line_of_a_link_lies_within_its_chip(qtbot: QtBot, dark: bool, scale: int, height: int) -> None:
    look, label = theme.theme(dark), Label("ORGANIZATION", short="ORG", hue=2)
    high = chips.chip_height() + height
    for linked in (False, True):
        image = QImage(60 * scale, 30 * scale, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(scale)
        image.fill(look.colour("Base"))
        painter = QPainter(image)
        chips.draw_chip(painter, QRect(5, 3, chips.chip_width([label]), high), label, look, linked=linked)
        painter.end()
        middle = range(
            round((5 + chips.chip_width([label]) / 2 - 8) * scale), (5 + chips.chip_width([label]) // 2 + 8) * scale
        )
        rows = range(3 * scale, (3 + high) * scale)
        lines = [y for y in rows if all(image.pixelColor(x, y) == look.hue(2).chip_text for x in middle)]
        assert len(lines) == 2 * linked * scale, "it is seen at a glance"
        for beside in (lines[0] - 1, *range(lines[-1] + 1, lines[-1] + 1 + scale)) if linked else ():
            assert {image.pixelColor(x, beside).name() for x in middle} == {look.hue(2).bar.name()}


def test_text_from_outside_stays_plain(qtbot: QtBot) -> None:
    assert "<b>" not in plain_tip("<b>bold</b>")
    assert plain_label("<b>x</b>").textFormat() == Qt.TextFormat.PlainText


def test_a_section_folds_by_mouse_and_key(shown: Show) -> None:
    window = QWidget()
    layout = QVBoxLayout(window)
    section = Section("Things")
    field = QLineEdit()
    section.rows.addWidget(field)
    layout.addWidget(section)
    layout.addStretch(1)
    shown(window)
    header = section._header
    open_height = section.height()
    QTest.mouseClick(header, Qt.MouseButton.LeftButton)
    assert section.is_folded
    assert not section.body.isVisible()
    header.setFocus()
    QTest.keyClick(header, Qt.Key.Key_Return)
    assert section.body.isVisible()
    section.fold()
    section.show_header(False)  # as a tab it is never folded
    assert section.body.isVisible()
    assert open_height > 0


def test_a_header_knows_that_the_focus_is_in_its_panel(shown: Show) -> None:
    window = QWidget()
    layout = QVBoxLayout(window)
    first, second = Section("First"), Section("Second")
    fields = [QLineEdit(), QLineEdit()]
    for section, field in zip((first, second), fields, strict=True):
        section.rows.addWidget(field)
        layout.addWidget(section)
    shown(window)
    fields[1].setFocus()
    assert (first._header.active, second._header.active) == (False, True)


def test_badges_are_told(qtbot: QtBot) -> None:
    section = Section("Spans")
    qtbot.addWidget(section)
    with qtbot.waitSignal(section.badge_changed) as told:
        section.set_note("35", "35")
    assert told.args == ["35"]
    assert section.note == "35"


def test_an_empty_pane_has_one_sentence_and_one_thing_to_do(shown: Show, tmp_path: Path) -> None:
    pane = EmptyPane()
    shown(pane)
    pane.say("Nothing <b>here</b>.", "Go on")
    pressed: list[bool] = []
    pane.pressed.connect(lambda: pressed.append(True))
    QTest.mouseClick(pane.button, Qt.MouseButton.LeftButton)
    assert pressed
    assert pane.words == "Nothing <b>here</b>."
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in pane.findChildren(QLabel))


def test_every_panel_follows_the_palette(shown: Show, tmp_path: Path) -> None:
    session = make_session(tmp_path)
    window = QWidget()
    layout = QVBoxLayout(window)
    panels = [kind(session) for kind in (ArticleList, LabelPanel, ChosenCard, AnnotationPanel, TopicPanel)]
    for panel in (*panels, HistoryPanel(session), ArticleHeader(session)):
        layout.addWidget(panel)
    shown(window)
    for dark in (True, False):
        look = theme.theme(dark)
        window.setPalette(look.palette)
        image = window.grab().toImage()
        corner = panels[0].view.mapTo(window, panels[0].view.rect().bottomLeft())
        assert (image.pixelColor(corner.x() + 5, corner.y() - 5).lightness() < 128) == dark
    session.close()


def test_every_control_has_a_name(shown: Show, tmp_path: Path) -> None:
    session = make_session(tmp_path)
    session.topics.give("t:12")
    kept = []  # Qt may still have events for a window that Python lets go of
    for kind in (ArticleList, LabelPanel, ChosenCard, AnnotationPanel, TopicPanel, HistoryPanel, ArticleHeader):
        panel = kind(session)
        kept.append(panel)
        shown(panel)
        for control in panel.findChildren(QWidget):
            named = control.accessibleName() or getattr(control, "text", str)()
            if control.focusPolicy() != Qt.FocusPolicy.NoFocus and control.isVisible():
                assert named, (kind.__name__, type(control).__name__)
    session.close()

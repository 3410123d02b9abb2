"""The look is readable: contrasts computed again from the theme's own table (WCAG 2, relative luminance)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QStyle, QStyleOptionFrame
from pytestqt.qtbot import QtBot

from rubricator.model.scheme import HUES
from rubricator_gui import actions, theme
from rubricator_gui.theme import Theme

BOTH = pytest.mark.parametrize("look", [theme.theme(dark=False), theme.theme(dark=True)], ids=["light", "dark"])

# (ink, ground, at least in light, at least in dark), as look.md states them
MINIMA = [
    ("WindowText", "Window", 13.3, 11.1),
    ("Text", "Base", 16.1, 12.5),
    ("Text", "AlternateBase", 14.9, 11.5),
    ("ButtonText", "Button", 12.5, 9.4),
    ("HighlightedText", "Highlight", 11.3, 8.3),
    ("ToolTipText", "ToolTipBase", 15.6, 9.7),
    ("PlaceholderText", "Base", 5.6, 6.0),
    ("Link", "Base", 6.8, 8.5),
    ("Link", "Window", 6.0, 7.6),
    ("Accent", "Base", 6.0, 7.0),
    ("Accent", "Window", 5.3, 6.3),
    ("Accent", "Highlight", 4.3, 3.7),
    ("muted", "Base", 6.2, 6.5),
    ("muted", "Window", 5.4, 5.8),
    ("rubric", "Window", 6.8, 6.9),
    ("Text", "hitFill", 14.9, 8.6),
    ("hit", "hitFill", 4.9, 6.4),
    ("Text", "selDeep", 9.5, 5.1),
    ("Base", "agreed", 4.5, 5.1),
    ("good", "Base", 6.1, 8.4),
    ("warn", "Base", 5.7, 8.8),
    ("bad", "Base", 7.1, 7.1),
    ("outline", "Base", 3.8, 4.0),
    ("outline", "Window", 3.3, 3.5),
]


@BOTH
def test_the_edge_of_a_menu_is_seen_on_the_text_that_it_lies_on(qtbot: QtBot, look: Theme) -> None:
    style = theme.Style()
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.setStyle(style)
    menu.setPalette(look.palette)
    for n in range(4):
        menu.addAction(f"Action {n}")
    menu.resize(menu.sizeHint())
    picture = menu.grab().toImage()
    assert contrast(picture.pixelColor(0, picture.height() // 2), look.colour("Base")) >= 3


@BOTH
def test_lines_and_headings_of_a_menu_are_told_from_its_ground(qtbot: QtBot, look: Theme) -> None:
    style = theme.Style()
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.setStyle(style)
    menu.setPalette(look.palette)
    menu.addSection("Person “Anna”")
    menu.addAction("Another label")
    line = menu.addSeparator()
    menu.addAction("Copy")
    menu.resize(menu.sizeHint())
    picture = menu.grab().toImage()
    place = menu.actionGeometry(line)
    assert picture.pixelColor(place.center().x(), place.center().y()) == look.colour("Mid")
    head = menu.actionGeometry(menu.actions()[0])
    begin = theme.unit() * 2
    inked = {picture.pixelColor(x, y).name() for x in range(begin, 60) for y in range(head.top(), head.bottom())}
    assert look.colour("rubric").name() in inked
    assert picture.pixelColor(head.right() - 4 * theme.unit(), head.center().y()) == look.colour("Mid")


def luminance(colour: QColor) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: QColor, b: QColor) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@BOTH
@pytest.mark.parametrize(("ink", "ground", "light", "dark"), MINIMA, ids=[f"{a}-{b}" for a, b, _, _ in MINIMA])
def test_words_and_edges_are_readable(look: Theme, ink: str, ground: str, light: float, dark: float) -> None:
    found = contrast(look.colour(ink), look.colour(ground))
    assert round(found, 1) >= (dark if look.dark else light)


@BOTH
def test_every_hue_is_readable(look: Theme) -> None:
    assert len(look.hues) == HUES
    page, text = look.colour("Base"), look.colour("Text")
    for hue in look.hues:
        assert contrast(hue.chip_text, hue.bar) >= 4.5
        assert contrast(hue.bar, page) >= 3
        assert contrast(hue.bar, look.colour("Window")) >= 3
        assert contrast(text, hue.tint) >= 8
        assert contrast(text, hue.tint_chosen) >= 5.5
        assert contrast(hue.bar, hue.tint) >= 2.9
        assert contrast(hue.bar, hue.tint_chosen) >= 2.5


@BOTH
def test_a_chip_has_white_letters_only_where_they_are_readable(look: Theme) -> None:
    for hue in look.hues:
        white = contrast(QColor("#FFFFFF"), hue.bar) >= 4.5
        assert hue.chip_text == QColor("#FFFFFF" if white else "#0D0C0A")


def test_hues_repeat_after_the_last() -> None:
    look = theme.theme()
    assert look.hue(1) is look.hues[0]
    assert look.hue(HUES + 1) is look.hues[0]


@BOTH
def test_the_theme_is_known_from_the_palette(look: Theme) -> None:
    assert theme.theme_of(look.palette) is look
    assert theme.theme_of(theme.main_button_palette(look)) is look
    disabled = look.palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == look.own["disabled"]


@BOTH
def test_the_main_button_and_progress_bars(look: Theme) -> None:
    button = theme.main_button_palette(look)
    assert contrast(button.color(QPalette.ColorRole.ButtonText), button.color(QPalette.ColorRole.Button)) >= 7
    bar = theme.progress_palette(look)
    assert contrast(bar.color(QPalette.ColorRole.Highlight), look.colour("Window")) >= 3


def test_fonts(qapp: QApplication) -> None:
    assert theme.text_font(17).pixelSize() == 17
    assert theme.text_font().families()
    assert theme.text_pixels(17) >= 17
    assert theme.unit() >= 1
    sizes = [theme.ui_font(kind).pixelSize() for kind in ("note", "tool", "title")]
    assert sizes == sorted(sizes)
    assert theme.headline_font().pixelSize() > theme.headline_font(small=True).pixelSize()


def test_a_missing_icon_is_an_empty_one(qapp: QApplication) -> None:
    assert theme.icon("no such icon").isNull()


def test_an_icon_is_tinted(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><path d="M0 0H20V20H0Z" fill="currentColor"/></svg>'
    (tmp_path / "icons").mkdir()
    (tmp_path / "icons" / "box.svg").write_text(box, "utf-8")
    monkeypatch.setattr(theme, "path", tmp_path.joinpath)
    look = theme.theme(dark=True)
    icon = theme.icon("box", "rubric", look)

    def ink(mode: QIcon.Mode, scale: int) -> QColor:
        image = icon.pixmap(QSize(18, 18), scale, mode).toImage()
        assert image.width() == 18 * scale
        return image.pixelColor(9, 9)

    theme._icon.cache_clear()
    assert ink(QIcon.Mode.Normal, 1) == look.colour("rubric")
    assert ink(QIcon.Mode.Normal, 2) == look.colour("rubric")
    assert ink(QIcon.Mode.Disabled, 1) == look.colour("disabled")


@BOTH
@pytest.mark.parametrize(
    "names", [actions.TOOLBAR + actions.TOOLBAR_TEXT[:1] + actions.TOOLBAR_RIGHT, actions.TOOLBAR_REVIEW]
)
def test_no_two_actions_of_a_toolbar_look_alike(qapp: QApplication, look: Theme, names: tuple[str, ...]) -> None:
    icons = {row.id: row.icon for row in actions.ACTIONS}
    for scale in (1, 2):
        drawn: dict[bytes, str] = {}
        for name in filter(None, names):
            image = theme.icon(icons[name], "ButtonText", look).pixmap(QSize(18, 18), scale).toImage()
            alike = drawn.setdefault(bytes(image.constBits()), name)
            assert alike == name


@BOTH
def test_the_edge_of_a_field_can_be_seen(look: Theme, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    image = QImage(60, 30, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(look.colour("Window"))
    option = QStyleOptionFrame()
    option.initFrom(field)
    option.palette = look.palette
    option.rect = image.rect()
    option.state = QStyle.StateFlag.State_Enabled
    style = theme.Style()
    painter = QPainter(image)
    style.drawPrimitive(QStyle.PrimitiveElement.PE_FrameLineEdit, option, painter, field)
    painter.end()
    for x, y in ((30, 0), (0, 15), (30, 29), (59, 15)):
        assert contrast(image.pixelColor(x, y), look.colour("Window")) >= 3

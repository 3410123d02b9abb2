"""How Rubricator looks: two palettes, own colours, label hues, fonts, the unit, icons, and the edges Fusion lacks.

The numbers stand in `theme.json` of the resources; their contrasts are computed again by the tests. Which theme a
widget is drawn with follows from its palette (`theme_of`), so that no widget has to be told of a change.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper, cache, lru_cache
from typing import Any, NamedTuple, ParamSpec, TypeVar, cast

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetrics,
    QIcon,
    QPainter,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QProxyStyle,
    QScrollBar,
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionMenuItem,
    QTreeWidget,
    QWidget,
)

from rubricator.model.colours import TINT, TINT_CHOSEN, letters_on, mixed, readable
from rubricator.model.scheme import Label
from rubricator.words import _
from rubricator_gui import scrollbars
from rubricator_resources import path

P = ParamSpec("P")
T = TypeVar("T")

_MEASURED: list[_lru_cache_wrapper[Any]] = []


def measured(find: Callable[P, T]) -> Callable[P, T]:
    """Have what follows from the fonts of the desktop found once; `apply` finds it anew."""
    kept = cache(find)
    _MEASURED.append(kept)
    return cast(Callable[P, T], kept)


UI_FAMILIES = ("Inter", "Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans")
TEXT_FAMILIES = ("Source Serif 4", "Charter", "Noto Serif", "Georgia", "DejaVu Serif")
SCRIPT_FAMILIES = ("Noto Naskh Arabic", "Noto Serif CJK SC")
"""Asked after the text families, for what those cannot write."""

TEXT_SIZES = (13, 15, 17, 20, 24)
"""Sizes of the article's text, in pixels at 96 dpi and a UI font of 13."""

DEFAULT_TEXT_SIZE = 17

_UI_SIZE = 13
_SIZES: Mapping[str, tuple[float, QFont.Weight]] = {
    "note": (11, QFont.Weight.Normal),
    "tool": (12, QFont.Weight.Normal),
    "section": (12, QFont.Weight.DemiBold),
    "row": (13, QFont.Weight.Normal),
    "unread": (13, QFont.Weight.Medium),
    "strong": (13, QFont.Weight.DemiBold),
    "title": (15, QFont.Weight.DemiBold),
}


# --- colours ------------------------------------------------------------------------------------------------------


class Hue(NamedTuple):
    """The colours of a label: its bar and chip, the letters on the chip, and the tints under the text."""

    bar: QColor
    chip_text: QColor
    tint: QColor
    tint_chosen: QColor


@dataclass(frozen=True)
class Theme:
    """Every colour of the light or the dark look."""

    name: str
    roles: Mapping[str, QColor]
    own: Mapping[str, QColor]
    hues: tuple[Hue, ...]
    palette: QPalette = field(repr=False)

    @property
    def dark(self) -> bool:
        """Say whether this is the dark look."""
        return self.name == "dark"

    def colour(self, name: str) -> QColor:
        """Return a colour by the name of a palette role or of one of our own (`muted`, `rubric`, `selDeep` ...)."""
        found = self.own.get(name)
        return self.roles[name] if found is None else found

    def hue(self, number: int) -> Hue:
        """Return the colours of a label's hue, counted from 1; beyond the last they repeat."""
        return self.hues[(number - 1) % len(self.hues)]

    def label(self, label: Label) -> Hue:
        """Return the colours of a label: of its hue, or of a colour of its own."""
        return _own_hue(label.colour, self.name) if label.colour else self.hue(label.hue)


def theme(dark: bool = False) -> Theme:
    """Return the light or the dark theme."""
    return _load("dark" if dark else "light")


@lru_cache(maxsize=512)
def _own_hue(colour: str, name: str) -> Hue:
    """Make the four colours of any one: as it is where it can be read on the page, else lighter or darker."""
    page = _load(name).colour("Base").name()
    bar = readable(colour, page)
    tints = (mixed(bar, page, share) for share in (TINT, TINT_CHOSEN))
    return Hue(QColor(bar), QColor(letters_on(bar)), *map(QColor, tints))


@cache
def _load(name: str) -> Theme:
    table = json.loads(path("theme.json").read_text("utf-8"))
    roles = {role: QColor(value) for role, value in table["palette"][name].items()}
    own = {role: QColor(value) for role, value in table["own"][name].items()}
    hues = tuple(Hue(*map(QColor, values)) for values in table["hues"][name])
    return Theme(name, roles, own, hues, _palette(roles, own["disabled"]))


def theme_of(palette: QPalette) -> Theme:
    """Return the theme that a widget with this palette belongs to."""
    return theme(palette.color(QPalette.ColorRole.Base).lightness() < 128)


def _palette(roles: Mapping[str, QColor], disabled: QColor) -> QPalette:
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(QPalette.ColorRole[role], colour)
    for role in ("WindowText", "Text", "ButtonText", "HighlightedText", "PlaceholderText"):
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], disabled)
    return palette


def main_button_palette(look: Theme) -> QPalette:
    """Return the palette of the one main button of a window.

    Fusion lightens a button in its gradient; with Accent itself white letters would be too faint.
    """
    palette = QPalette(look.palette)
    for role, light in (("Button", True), ("ButtonText", False)):
        colour = look.own["mainButton"] if light else QColor("#10151C" if look.dark else "#FFFFFF")
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            palette.setColor(group, QPalette.ColorRole[role], colour)
    return palette


def progress_palette(look: Theme) -> QPalette:
    """Return the palette of progress bars, which Fusion fills with Highlight: too pale here."""
    palette = QPalette(look.palette)
    palette.setColor(QPalette.ColorRole.Highlight, look.colour("Accent"))
    palette.setColor(QPalette.ColorRole.HighlightedText, look.colour("Base"))
    return palette


def apply(app: QApplication, dark: bool) -> None:
    """Give the program its style, palette and font."""
    for found in _MEASURED:
        found.cache_clear()  # the desktop may have another font by now
    if app.style().objectName() != Style.NAME:
        app.setStyle(Style())
    app.setPalette(theme(dark).palette)
    app.setFont(ui_font())


def follow_system(app: QApplication) -> bool:
    """Say whether the desktop asks for dark windows."""
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


# --- fonts and measures -------------------------------------------------------------------------------------------


@cache
def _families(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return those that exist and can be scaled (an old "Charter" may be a bitmap)."""
    there = set(QFontDatabase.families())
    return tuple(name for name in wanted if name in there and QFontDatabase.isSmoothlyScalable(name))


def ui_font(kind: str = "row") -> QFont:
    """Return the font for the window's own words: note, tool, section, row, unread, strong or title."""
    return QFont(_ui_font(kind))


@measured
def _ui_font(kind: str) -> QFont:
    """Find the font once: rows ask for it whenever they are painted."""
    font = _base_font()
    size, weight = _SIZES[kind]
    if size != _UI_SIZE:
        font.setPixelSize(round(_ui_pixels() * size / _UI_SIZE))
    font.setWeight(weight)
    return font


def _base_font() -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    family = QFontInfo(font).family()
    if not family or not QFontDatabase.isSmoothlyScalable(family):
        font.setFamilies(list(_families(UI_FAMILIES)) or [font.defaultFamily()])
    return font


@measured
def _ui_pixels() -> int:
    return QFontInfo(_base_font()).pixelSize()


def figures(font: QFont) -> QFont:
    """Return the font with figures of one width, for counts that stand below each other."""
    tabular = QFont(font)
    if hasattr(tabular, "setFeature"):  # since Qt 6.7
        tabular.setFeature(QFont.Tag("tnum"), 1)
    return tabular


def text_pixels(size: int = DEFAULT_TEXT_SIZE) -> int:
    """Return a size of the text in pixels; it grows with a large UI font and never shrinks with a small one."""
    return round(size * max(1.0, _ui_pixels() / _UI_SIZE))


def text_font(pixels: int | None = None, family: str = "") -> QFont:
    """Return the font of the article and of every quote from it; `family` is the reader's own wish."""
    wanted = (family, *TEXT_FAMILIES, *SCRIPT_FAMILIES) if family else (*TEXT_FAMILIES, *SCRIPT_FAMILIES)
    font = QFont()
    found = list(_families(wanted))
    font.setFamilies(found or [font.defaultFamily()])
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPixelSize(text_pixels() if pixels is None else pixels)
    return font


@measured
def headline_font(small: bool = False) -> QFont:
    """Return the font of the headline over the article, which nobody changes."""
    font = text_font(text_pixels(18 if small else 21))
    font.setWeight(QFont.Weight.DemiBold)
    return font


@measured
def unit() -> int:
    """Return the unit `u` that all distances of the window are counted in (4 px at the default sizes)."""
    return max(1, round(QFontMetrics(ui_font()).height() / 4))


def size(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog its size, or what there is room for, the screen or its window: large words ask for much."""
    window = dialog.parentWidget()
    room = dialog.screen().availableSize()
    dialog.resize(QSize(width, height).boundedTo(room.expandedTo(window.window().size()) if window else room))


def name_icons(field: QLineEdit) -> None:
    """Name the glass and the cross in a field for screen readers, to whom they are buttons."""
    for action in field.findChildren(QAction):
        action.setText(_("Clear") if action.objectName() == _CROSS else _("Search"))


_CROSS = "_q_qlineeditclearaction"
"""What Qt calls the cross that clears a field."""


# --- icons --------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def _icon(name: str, ink: str, disabled: str, size: int) -> QIcon:
    try:
        source = path(f"icons/{name}.svg").read_bytes()
    except OSError:
        return QIcon()  # a word stands beside every icon: nothing is lost with one
    renderer = QSvgRenderer(QByteArray(source.replace(b"currentColor", ink.encode())))
    if not renderer.isValid():
        return QIcon()
    icon = QIcon()
    for scale in (1, 2):
        pixmap = QPixmap(size * scale, size * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        icon.addPixmap(pixmap)
        painter = QPainter(pixmap)  # the same lines in another colour
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(pixmap.rect(), QColor(disabled))
        painter.end()
        icon.addPixmap(pixmap, QIcon.Mode.Disabled)
    return icon


def icon(name: str, role: str = "ButtonText", look: Theme | None = None) -> QIcon:
    """Return a line icon in a colour of the theme (the program's own where none is given); empty if there is none."""
    chosen = look or theme_of(QApplication.palette())
    size = round(4.5 * unit())
    return _icon(name, chosen.colour(role).name(), chosen.colour("disabled").name(), size)


# --- edges --------------------------------------------------------------------------------------------------------


class Style(QProxyStyle):
    """Fusion with edges that can be seen: its own reach a contrast of 2 at most with our palettes."""

    NAME = "rubricator"

    def __init__(self) -> None:
        super().__init__("Fusion")
        self.setObjectName(self.NAME)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw as Fusion does, then the edge of fields, check boxes and menus, and the ring of the focus."""
        if element == QStyle.PrimitiveElement.PE_FrameFocusRect:
            if not isinstance(widget, QAbstractItemView):
                _edge(painter, option, "Accent", 2)
            return
        super().drawPrimitive(element, option, painter, widget)
        if element == QStyle.PrimitiveElement.PE_PanelMenu:  # it lies on text of its own darkness
            _edge(painter, option, "outline", 1)
        if element == QStyle.PrimitiveElement.PE_Frame and isinstance(widget, _FRAMED):
            _edge(painter, option, "Accent" if widget.hasFocus() else "outline", 2 if widget.hasFocus() else 1)
        if element in _EDGED:
            state = option.state
            if not state & QStyle.StateFlag.State_Enabled:
                _edge(painter, option, "Mid", 1)
            elif element == QStyle.PrimitiveElement.PE_FrameLineEdit and state & QStyle.StateFlag.State_HasFocus:
                _edge(painter, option, "Accent", 2)
            else:
                _edge(painter, option, "outline", 1)
        elif element == QStyle.PrimitiveElement.PE_IndicatorRadioButton:
            enabled = option.state & QStyle.StateFlag.State_Enabled
            _edge(painter, option, "outline" if enabled else "Mid", 1, round_=True)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw as Fusion does, then the ring of a tab or button: on the main one in the colour of its words.

        The lines in menus are our own: Fusion's are not seen on a dark ground.
        """
        if isinstance(option, QStyleOptionMenuItem) and option.menuItemType == _SEPARATOR:
            _separator(painter, option)
            return
        super().drawControl(element, option, painter, widget)
        if element not in _RINGED or not option.state & QStyle.StateFlag.State_HasFocus:
            return
        if element == QStyle.ControlElement.CE_TabBarTabLabel:
            _edge(painter, option, "Accent", 2)
        else:
            main = option.palette.button().color() == theme_of(option.palette).colour("mainButton")
            if main:  # inside it: at its edge, white on a light page, it would only make the button smaller
                _edge(painter, option, "ButtonText", 1.5, inset=3)
            else:
                _edge(painter, option, "Accent", 2)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw as Fusion does, then the ring of a list that opens, the edge of a number; scroll bars plainly."""
        if isinstance(widget, QScrollBar):
            held = widget.isSliderDown() or option.state & QStyle.StateFlag.State_MouseOver
            handle = theme_of(option.palette).colour("muted" if held else "outline")
            painter.save()
            scrollbars.draw(painter, widget, option.palette.window().color(), handle)
            painter.restore()
            return
        super().drawComplexControl(control, option, painter, widget)
        focused = option.state & QStyle.StateFlag.State_HasFocus
        if control == QStyle.ComplexControl.CC_ComboBox and focused:
            _edge(painter, option, "Accent", 2)
        elif control == QStyle.ComplexControl.CC_SpinBox:
            _edge(painter, option, "Accent" if focused else "outline", 2 if focused else 1)

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        """Return where a part lies: of scroll bars, where we draw it."""
        if isinstance(widget, QScrollBar):
            return scrollbars.part_of(widget, part)
        return super().subControlRect(
            control, option, part, cast(QWidget, widget)
        )  # may be None, whatever its stub says


_SEPARATOR = QStyleOptionMenuItem.MenuItemType.Separator
_FRAMED = (QPlainTextEdit, QListWidget, QTreeWidget)
"""Fields and lists of several lines."""
_RINGED = (QStyle.ControlElement.CE_PushButton, QStyle.ControlElement.CE_TabBarTabLabel)
_EDGED = (QStyle.PrimitiveElement.PE_FrameLineEdit, QStyle.PrimitiveElement.PE_IndicatorCheckBox)


def _separator(painter: QPainter, option: QStyleOptionMenuItem) -> None:
    """Draw a line between the entries of a menu; the words of a heading stand before it, where the icons begin."""
    look, u, whole = theme_of(option.palette), unit(), option.rect
    begin = whole.left() + 2 * u
    painter.save()
    if option.text:
        side = QStyle.visualAlignment(option.direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        words = QRect(begin, whole.top(), whole.width() - 4 * u, whole.height())
        painter.setFont(ui_font())
        painter.setPen(look.colour("rubric"))
        painter.drawText(QStyle.visualRect(option.direction, whole, words), side, option.text)
        begin += painter.fontMetrics().horizontalAdvance(option.text) + 2 * u
    line = QRect(begin, whole.center().y(), whole.right() - 2 * u - begin, 1)
    painter.fillRect(QStyle.visualRect(option.direction, whole, line), look.colour("Mid"))
    painter.restore()


def _edge(
    painter: QPainter, option: QStyleOption, role: str, width: float, *, round_: bool = False, inset: float = 0
) -> None:
    rect = QRectF(option.rect)
    colour = option.palette.buttonText().color() if role == "ButtonText" else theme_of(option.palette).colour(role)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset += width / 2
    inner = rect.adjusted(inset, inset, -inset, -inset)
    if round_:
        painter.drawEllipse(inner)
    else:
        painter.drawRoundedRect(inner, 2, 2)
    painter.restore()

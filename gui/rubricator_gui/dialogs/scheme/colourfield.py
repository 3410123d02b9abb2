"""The colour of a label: one of our hues or any other; how well it is seen and told apart is said, never forbidden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from rubricator.model.colours import CLOSE, EYES, as_seen, contrast, distance, is_colour
from rubricator.model.scheme import HUES, Label, Scheme
from rubricator.words import Message, _, joined, message, say
from rubricator_gui import chips, theme
from rubricator_gui.dialogs.scheme.fields import button, kept_line, line, tell_in_line
from rubricator_gui.panels.plain import plain_tip

_EYES = {
    "normal": message("{label} looks nearly the same"),
    "protan": message("close to {label} for eyes that see no red"),
    "deutan": message("close to {label} for eyes that see no green"),
    "tritan": message("close to {label} for eyes that see no blue"),
}
_SAME = 4.0
"""Distance under which two of our hues are told whether or not there is a better one: one hue given twice."""
_WORTH = 2.0
"""How much farther a free hue is to be, that it is worth a change."""
_ACROSS = 10


class Close(NamedTuple):
    """Another label whose bar is hard to tell from this one, for which eyes and on which page, and how both look."""

    label: str
    eyes: str
    look: str
    far: float
    mine: str
    other: str


def closest(label: Label, scheme: Scheme) -> list[Close]:
    """Return the labels that are hard to tell from one by their colour, the nearest first; each once.

    Of two hues of ours that is told only where a free one is clearly farther: all of them cannot be far apart. Labels
    under another one have its hue.
    """
    found = sorted(_near(label, scheme).items(), key=lambda one: one[1].far)
    taken = {other.hue for other in scheme.labels if not other.colour}
    free = [label._replace(hue=hue) for hue in range(1, HUES + 1) if hue not in taken]
    nearest = (min([one.far for one in _near(other, scheme).values()], default=CLOSE) for other in free)
    least = max([_SAME, *(far - _WORTH for far in nearest)]) if free else 0.0
    own = {other.name for other in scheme.labels if other.colour}
    return [one for name, one in found if label.colour or name in own or one.far < least]


def _near(label: Label, scheme: Scheme) -> dict[str, Close]:
    """Return by name the labels whose bar is nearer to that of this one than CLOSE, for the eyes that tell it least."""
    found: dict[str, Close] = {}
    for look in (theme.theme(dark=False), theme.theme(dark=True)):
        mine = look.label(label).bar.name()
        for other in scheme.labels:
            if other.name == label.name or _of_one_hue(label, other):
                continue
            bar = look.label(other).bar.name()
            for eyes in EYES:
                far = distance(mine, bar, eyes)
                near = found.get(other.name)
                if far < CLOSE and (near is None or far < near.far):
                    both = as_seen(mine, eyes), as_seen(bar, eyes)
                    found[other.name] = Close(other.title, eyes, look.name, far, *both)
    return found


def sharing(label: Label, scheme: Scheme) -> list[str]:
    """Return the titles of labels that have its very hue, and do not stand above, under or beside it."""
    alike = (one for one in scheme.labels if (one.hue, one.colour, label.colour) == (label.hue, "", ""))
    return [one.title for one in alike if one.name != label.name and not _of_one_hue(label, one)]


def _of_one_hue(one: Label, other: Label) -> bool:
    """Say whether they have one hue since one stands under the other, or both under a third."""
    akin = one.parent == other.name or other.parent == one.name or bool(one.parent and one.parent == other.parent)
    return akin and one.hue == other.hue and not one.colour and not other.colour


def _close_words(one: Close) -> Message:
    page = message("light pages") if one.look == "light" else message("dark pages")
    return message("On {page}, {what}", page=page, what=Message(_EYES[one.eyes].text, {"label": one.label}))


def contrasts(label: Label) -> Iterator[tuple[theme.Theme, float, bool]]:
    """Yield, for the light and the dark look, the contrast of the bar on the page, and whether it was shifted."""
    for look in (theme.theme(dark=False), theme.theme(dark=True)):
        bar = look.label(label).bar.name()
        yield look, contrast(bar, look.colour("Base").name()), bool(label.colour) and bar != label.colour


def contrast_words(label: Label) -> Message:
    """Say how well the bar of a label is seen on both pages."""
    (_light, on_light, darker), (_dark, on_dark, lighter) = contrasts(label)
    values = {"light": f"{on_light:.1f}", "dark": f"{on_dark:.1f}"}
    said = message("Contrast {light} on a light page, {dark} on a dark one", **values)
    if darker and lighter:
        return message("{said}; shown darker and lighter there, to be seen", said=said)
    if darker:
        return message("{said}; shown darker on the light one, to be seen", said=said)
    if lighter:
        return message("{said}; shown lighter on the dark one, to be seen", said=said)
    return said


class ColourField(QWidget):
    """Swatches, a field for any colour, a sample on both pages, and words about it."""

    hue_chosen = Signal(object)
    colour_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        u = theme.unit()
        self.swatches = Swatches()
        self.swatches.chosen.connect(self.hue_chosen)
        self.code = line("labelColour", _("A colour of its own, as #rrggbb"), 7)
        self.code.setPlaceholderText("#rrggbb")
        self.code.setFixedWidth(24 * u)
        self.code.textEdited.connect(self._typed)
        self.pick = button(_("Pick…"), "pickColour")
        self.pick.setAccessibleName(_("Pick any colour"))
        self.pick.clicked.connect(self._pick)
        self.sample = Sample()
        self.contrast = kept_line("colourContrast")
        own = QHBoxLayout()
        own.setSpacing(2 * u)
        own.addWidget(self.code)
        own.addWidget(self.pick)
        own.addWidget(self.sample, 1)
        self._pair = _Pair()
        self._close = kept_line("colourClose")
        self._close.setMinimumHeight(self._pair.height())
        near = QHBoxLayout()
        near.setSpacing(2 * u)
        near.addWidget(self._pair)
        near.addWidget(self._close, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * u)
        column.addWidget(self.swatches)
        column.addLayout(own)
        column.addWidget(self.contrast)
        column.addLayout(near)
        self._shown = ""

    def show_label(self, label: Label, scheme: Scheme) -> None:
        """Show the colour of a label."""
        self._shown = label.colour
        used = {other.hue: other.title for other in reversed(scheme.labels) if not other.colour and other != label}
        self.swatches.show_hue(0 if label.colour else label.hue, used)
        if self.code.text().lower() != label.colour and (is_colour(self.code.text()) or not self.code.hasFocus()):
            self.code.setText(label.colour)
        self.sample.show_label(label)
        tell_in_line(self.contrast, contrast_words(label))
        near = closest(label, scheme) if label.name else []
        self._show_close(near)
        if not near and label.name and (alike := sharing(label, scheme)):  # there is no better one, but that is seen
            words = "All {n} colours are taken: {labels} has this one, too"
            tell_in_line(self._close, message(words, n=HUES, labels=", ".join(alike)))

    def _show_close(self, near: list[Close]) -> None:
        """Tell the nearest, and how many others are near; all of them stand in the tooltip."""
        self._pair.setVisible(bool(near))
        said: Message | str = _close_words(near[0]) if near else ""
        if len(near) > 1:
            said = message("{nearest}, and {n} more", nearest=said, n=len(near) - 1)
        if near:
            self._pair.show_both(near[0].mine, near[0].other)
        tell_in_line(self._close, said, "warn")
        self._close.setToolTip(plain_tip(say(joined([_close_words(one) for one in near], "; "))) if near else "")

    def _typed(self, text: str) -> None:
        if is_colour(text):
            self.colour_chosen.emit(text.lower())
        elif not text:
            self.colour_chosen.emit("")

    def _pick(self) -> None:
        dialog = QColorDialog(QColor(self._shown or "#808080"), self)
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        if dialog.exec():
            self.colour_chosen.emit(dialog.currentColor().name())


class Swatches(QWidget):
    """The hues in two rows; arrows walk, a click or Space takes one."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("labelHues")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._hue = 0
        self._used: dict[int, str] = {}

    def show_hue(self, hue: int, used: dict[int, str]) -> None:
        """Mark a hue; `used` names the labels that have others."""
        self._hue, self._used = hue, used
        words = message("hue {n}", n=hue) if hue else message("a colour of its own")
        self.setAccessibleName(say(message("Colour: {words}", words=words)))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of two rows."""
        return QSize(_ACROSS * self._step(), 2 * self._step())

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    @staticmethod
    def _step() -> int:
        return 7 * theme.unit()

    def rect_of(self, hue: int) -> QRect:
        """Return where the swatch of a hue is drawn."""
        row, column = divmod(hue - 1, _ACROSS)
        u = theme.unit()
        return QRect(column * self._step(), row * self._step(), self._step() - u, self._step() - u)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the hue under the pointer."""
        for hue in range(1, HUES + 1):
            if self.rect_of(hue).contains(event.position().toPoint()):
                self.chosen.emit(hue)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say whose colour it is that the pointer is on."""
        at = event.position().toPoint()
        hue = next((n for n in range(1, HUES + 1) if self.rect_of(n).contains(at)), 0)
        owner = self._used.get(hue, "")
        self.setToolTip(plain_tip(_("Colour of {label}").format(label=owner) if owner else ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows; the hue is taken as one walks."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_ACROSS, Qt.Key.Key_Down: _ACROSS}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif 1 <= (self._hue or 1) + step <= HUES:
            self.chosen.emit((self._hue or 1) + step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the swatches; those of other labels carry a dot."""
        look = theme.theme_of(self.palette())
        u = theme.unit()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for hue in range(1, HUES + 1):
            rect = QRectF(self.rect_of(hue)).adjusted(2, 2, -2, -2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.hue(hue).bar)
            painter.drawRoundedRect(rect, u / 2, u / 2)
            if hue in self._used:
                painter.setBrush(look.hue(hue).chip_text)
                painter.drawEllipse(rect.center(), u / 2, u / 2)
            if hue == self._hue:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(look.colour("Accent" if self.hasFocus() else "Text"), 2))
                painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), u / 2, u / 2)
        if self.hasFocus() and not self._hue:
            painter.setPen(QPen(look.colour("Accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), u, u)


class Sample(QWidget):
    """A word with its tint, bar and chip, on a light and on a dark page."""

    def __init__(self) -> None:
        super().__init__()
        self._label = Label("")
        self.setMinimumSize(44 * theme.unit(), 13 * theme.unit())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_label(self, label: Label) -> None:
        """Show the colours of this label."""
        self._label = label
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both pages."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = self.width() // 2
        self._page(painter, QRect(0, 0, half, self.height()), theme.theme(dark=False))
        self._page(painter, QRect(half, 0, self.width() - half, self.height()), theme.theme(dark=True))

    def _page(self, painter: QPainter, rect: QRect, look: theme.Theme) -> None:
        hue, u = look.label(self._label), theme.unit()
        painter.fillRect(rect, look.colour("Base"))
        font = theme.text_font()
        metrics = QFontMetrics(font)
        word = _("words")
        wide = metrics.horizontalAdvance(word)
        box = QRect(rect.left() + 3 * u, rect.top() + u, wide + 2, metrics.height())
        painter.fillRect(box, hue.tint)
        painter.setFont(QFont(font))
        painter.setPen(look.colour("Text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
        chip = QRect(0, 0, chips.chip_width([self._label]), chips.chip_height())
        chip.moveTopLeft(box.bottomLeft() + QRect(0, 0, 0, u).bottomLeft())
        middle = chip.center().y()
        painter.fillRect(QRect(box.left(), middle, max(box.width(), chip.width() + 3 * u), 2), hue.bar)
        chips.draw_chip(painter, chip, self._label, look)


class _Pair(QWidget):
    """Two colours beside each other, as some eyes see them."""

    def __init__(self) -> None:
        super().__init__()
        self._both = ("#000000", "#000000")
        self.setFixedSize(9 * theme.unit(), 4 * theme.unit())

    def show_both(self, mine: str, other: str) -> None:
        """Show these."""
        self._both = (mine, other)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both."""
        painter = QPainter(self)
        half = self.width() // 2
        painter.fillRect(0, 0, half, self.height(), QColor(self._both[0]))
        painter.fillRect(half, 0, self.width() - half, self.height(), QColor(self._both[1]))

"""Label chips and key caps, drawn alike in every list, card and dialog (the reader's own follow the size of its text).

A chip's letters are at least 4.5:1 on its ground; colour never stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, floor

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from rubricator.model.scheme import Label, Scheme, short_for
from rubricator_gui import theme
from rubricator_gui.theme import Theme


def label_of(scheme: Scheme, name: str) -> Label:
    """Return a label by name; one made up for a name that the scheme does not know (a merged file may bring it)."""
    return scheme.by_name.get(name) or Label(name, title=name, short=short_for(name))


@theme.measured
def chip_font() -> QFont:
    """Return the font of chips in lists and cards."""
    font = theme.ui_font("note")
    font.setPixelSize(max(9, font.pixelSize() - 1))
    font.setWeight(QFont.Weight.Bold)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.3)
    return font


@theme.measured
def chip_height() -> int:
    """Return how high a chip in a list is."""
    return ceil(QFontMetricsF(chip_font()).capHeight()) + round(1.5 * theme.unit())


def chip_width(labels: Iterable[Label]) -> int:
    """Return the width at which every one of these labels has room in its chip."""
    metrics = QFontMetricsF(chip_font())
    u = theme.unit()
    widest = max((metrics.horizontalAdvance(chip_word(label)) for label in labels), default=0.0)
    return max(9 * u, ceil(widest) + 2 * u)


def draw_chip(painter: QPainter, rect: QRect | QRectF, label: Label, look: Theme, *, linked: bool = False) -> None:
    """Draw a label's chip into a rectangle; that of what links to an entity is underlined, as in the text."""
    hue, box = look.label(label), QRectF(rect)
    _plate(painter, box, QPen(Qt.PenStyle.NoPen), hue.bar, theme.unit() / 2)
    if not linked:
        _word_in(painter, box, chip_word(label), QPen(hue.chip_text))
        return
    wide, high = _extent(chip_word(label), key=False)
    base, line, thick = underlined(box, high)
    _word_in(painter, box.translated(0, base - box.center().y() - high / 2), chip_word(label), QPen(hue.chip_text))
    painter.fillRect(QRectF(floor(box.left() + (box.width() - wide) / 2), line, ceil(wide), thick), hue.chip_text)


def underlined(chip: QRectF, capitals: float) -> tuple[float, int, int]:
    """Return where the baseline of the word in a chip is, and place and height of the line below it.

    The chip is seen on both sides of it. It stands on whole pixels, two of them where the word, so high are its
    capitals, can give way to it, else one: a finer one would be too faint to be told from none, least of all on the
    middling colours of the dark look. A line on the last row looks like a chip cut off.
    """
    base = chip.center().y() + capitals / 2
    for thick in (2, 1):
        line = min(floor(base) + 2, floor(chip.bottom()) - 1 - thick)
        if min(base, line - 1) - capitals >= chip.top() + 0.5:
            break
    return min(base, line - 1), line, thick


def offer_chip_width(labels: Iterable[Label]) -> int:
    """Return the width at which every one of these labels has room in the chip of an offer."""
    return chip_width(labels) + ceil(QFontMetricsF(chip_font()).horizontalAdvance("?"))


def draw_offer_chip(painter: QPainter, rect: QRect | QRectF, label: Label, look: Theme) -> None:
    """Draw the chip of a label that is only offered: hollow and dashed, with a question mark."""
    pen = QPen(look.label(label).bar, 1)
    pen.setDashPattern([4, 2])
    inner = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    _plate(painter, inner, pen, look.colour("Base"), theme.unit() / 2)
    _word_in(painter, QRectF(rect), chip_word(label) + "?", QPen(look.colour("Text")))


def key_cap_width() -> int:
    """Return how wide the cap of a key is."""
    return round(4.5 * theme.unit())


def draw_key_cap(painter: QPainter, rect: QRect | QRectF, key: str, look: Theme) -> None:
    """Draw the cap of a key; nothing for a label without one."""
    if key:
        draw_words_cap(painter, rect, key.upper(), look)


def draw_key_down(painter: QPainter, rect: QRect | QRectF, key: str, look: Theme) -> None:
    """Draw the cap of a key as if it were held down: filled. Where there is no key it has a dot."""
    inner = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    _plate(painter, inner, QPen(Qt.PenStyle.NoPen), look.colour("Accent"), 0.75 * theme.unit())
    _word_in(painter, QRectF(rect), key.upper() or "•", QPen(look.colour("Base")), key=True)


def draw_words_cap(painter: QPainter, rect: QRect | QRectF, words: str, look: Theme, ink: QColor | None = None) -> None:
    """Draw the cap of a key that is written in a word ("Enter")."""
    inner = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    _plate(painter, inner, QPen(look.colour("Mid"), 1), look.colour("Button"), 0.75 * theme.unit())
    _word_in(painter, QRectF(rect), words, QPen(ink or look.colour("ButtonText")), key=True)


def key_caps_width(keys: Sequence[str]) -> int:
    """Return how wide the caps of whole combinations are beside each other."""
    u = theme.unit()
    return sum(_cap_width(key) + u for key in keys) - (u if keys else 0)


def draw_key_caps(painter: QPainter, rect: QRect | QRectF, keys: Sequence[str], look: Theme, ink: QColor) -> None:
    """Draw a cap for each of these combinations, from the left; their words stay as they are."""
    u = theme.unit()
    high = 4.5 * u
    left, top = QRectF(rect).left(), QRectF(rect).center().y() - high / 2
    for key in keys:
        cap = QRectF(left, top, _cap_width(key), high)
        draw_words_cap(painter, cap, key, look, ink)
        left = cap.right() + u


def _cap_width(key: str) -> int:
    return max(key_cap_width(), ceil(_extent(key, key=True)[0]) + 2 * theme.unit())


def chip_word(label: Label) -> str:
    """Return what stands on the chip of a label."""
    return (label.short or short_for(label.name)).upper()


def _plate(painter: QPainter, rect: QRectF, pen: QPen, brush: QColor, radius: float) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(brush)
    painter.drawRoundedRect(rect, radius, radius)
    painter.restore()


@theme.measured
def _key_font() -> QFont:
    font = theme.ui_font("note")
    font.setWeight(QFont.Weight.Medium)
    return font


@theme.measured
def _extent(word: str, *, key: bool) -> tuple[float, float]:
    """Return how wide a word is, and how high its capitals are."""
    metrics = QFontMetricsF(_key_font() if key else chip_font())
    return metrics.horizontalAdvance(word), metrics.capHeight()


def _word_in(painter: QPainter, rect: QRectF, word: str, pen: QPen, *, key: bool = False) -> None:
    """Write a word of capitals into the middle: by its capitals, which have nothing below the baseline."""
    wide, high = _extent(word, key=key)
    painter.setFont(_key_font() if key else chip_font())
    painter.setPen(pen)
    painter.drawText(QPointF(rect.left() + (rect.width() - wide) / 2, rect.center().y() + high / 2), word)

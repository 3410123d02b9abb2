"""What one layer says of a difference, as a card that can be pressed: whose, which label, the words, the note."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from rubricator.model.attributes import in_words
from rubricator.model.relations import Relation
from rubricator.model.spans import TopicTag
from rubricator.review.difference import Difference, Element
from rubricator.words import _, message, say
from rubricator_gui import chips, theme
from rubricator_gui.panels.plain import plain_tip
from rubricator_gui.panels.quotes import LONGEST, quote_font
from rubricator_gui.reader.review_sheet import span_of_place
from rubricator_gui.session import Session
from rubricator_gui.wording import isolated

_LINES = 2
"""Lines of a quote in a card."""


class Said(NamedTuple):
    """What a layer says once: a label (or none), the words around (`before`, `after`) and of it, and all else."""

    label: str
    quote: str
    before: str = ""
    after: str = ""
    more: str = ""
    title: str = ""
    """What the label is called."""

    @property
    def words(self) -> str:
        """All of it in a line, for who does not see it."""
        return ", ".join(part for part in (self.title, f"“{self.quote}”" if self.quote else "", self.more) if part)


def said_of(session: Session, difference: Difference, n: int) -> list[Said]:
    """Return what the n-th layer says of a difference."""
    return [said(session, difference, one) for one in difference.sides[n]]


def said(session: Session, difference: Difference, one: Element) -> Said:
    """Return what is said by an element that stands at a difference."""
    if isinstance(one, TopicTag):
        return Said("", session.topic_name(one.topic), more=one.note)
    if isinstance(one, Relation):
        ends = [_quote_of(session, end) for end in (one.source, one.target)]
        words = say(message("{one} → {other}", one=ends[0], other=ends[1]))
        return Said("", words, more=session.relation_title(one.label))
    whole = span_of_place(difference)
    text = session.text
    first, last = (whole.start, whole.end) if whole else (one.start, one.end)
    more = [say(message("{name}: {value}", name=name, value=in_words(v))) for name, v in one.attributes.items() if v]
    if one.entity:
        more.append(say(message("Entity: {name}", name=session.entity_name(one.entity))))
    if one.note:
        more.append(f"“{one.note}”")
    return Said(
        one.label,
        _flat(text[one.start : one.end]),
        _flat(text[first : one.start])[-LONGEST:],
        _flat(text[one.end : last]),
        " · ".join(more),
        session.title(one.label),
    )


def _flat(words: str) -> str:
    """Return words on one line; a long one is cut."""
    return words[:LONGEST].replace("\n", " ")


def _quote_of(session: Session, annotation: str) -> str:
    found = session.ready.annotation(annotation)
    return isolated(_flat(found.quote or found.span.quote(session.text))) if found is not None else _("(gone)")


class SaidCard(QAbstractButton):
    """The card of a layer; pressing it accepts what it says."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._key = self._who = ""
        self._said: list[Said] = []
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def show_said(self, key: str, who: str, said: list[Said], decided: bool) -> None:
        """Show what a layer says."""
        self._key, self._who, self._said = key, who, said
        self.setProperty("decided", decided)
        words = "; ".join(one.words for one in said) or _("nothing here")
        self.setAccessibleName(say(message("{layer}: {words}", layer=who, words=words)))
        self.setToolTip(plain_tip(words))
        self.updateGeometry()
        self.update()

    # --- sizes ----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Return the room for all that is said."""
        u = theme.unit()
        line = QFontMetrics(quote_font()).height()
        note = QFontMetrics(theme.ui_font("note")).height()
        high = 7 * u
        for one in self._said:
            high += self._lines(one) * line + u + (note if one.more else 0)
        if not self._said:
            high += note + u
        return QSize(60 * u, high + u)

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(20 * theme.unit(), self.sizeHint().height())

    def _inner(self) -> int:
        return max(10, self.width() - 5 * theme.unit())

    def _lines(self, one: Said) -> int:
        metrics = QFontMetrics(quote_font())
        return 1 if metrics.horizontalAdvance(one.before + one.quote + one.after) < 0.95 * self._inner() else _LINES

    def resizeEvent(self, event: object) -> None:
        """Take the height for the new width."""
        self.updateGeometry()

    # --- drawing --------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        u = theme.unit()
        look = theme.theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        decided = bool(self.property("decided"))
        edge = look.colour("good" if decided else "Accent" if self.underMouse() else "Mid")
        painter.setPen(QPen(edge, 2 if decided else 1))
        painter.setBrush(look.colour("Base"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        left, right = round(2.5 * u), self.width() - round(2.5 * u)
        if self._key:
            cap = QRect(left, u, chips.key_cap_width(), 5 * u)
            chips.draw_key_cap(painter, cap, self._key, look)
        painter.setFont(theme.ui_font("strong"))
        painter.setPen(look.colour("Text"))
        head = QRect(left + 6 * u, u, right - left - 6 * u, 5 * u)
        who = QFontMetrics(painter.font()).elidedText(self._who, Qt.TextElideMode.ElideRight, head.width() - 12 * u)
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, who)
        y = 7 * u
        if not self._said:
            painter.setFont(theme.ui_font("note"))
            painter.setPen(look.colour("muted"))
            painter.drawText(QPointF(left, y + QFontMetrics(painter.font()).ascent()), _("Nothing here"))
            return
        chip_right = right
        for one in self._said:
            if one.label:
                label = chips.label_of(self._session.scheme, one.label)
                wide = chips.chip_width([label])
                top = round(1.5 * u) if y == 7 * u else y
                chips.draw_chip(painter, QRect(chip_right - wide, top, wide, chips.chip_height()), label, look)
            y = self._draw_quote(painter, one, left, y, look)
            if one.more:
                font = theme.ui_font("note")
                painter.setFont(font)
                painter.setPen(look.colour("muted"))
                metrics = QFontMetrics(font)
                words = metrics.elidedText(one.more, Qt.TextElideMode.ElideRight, right - left)
                painter.drawText(QPointF(left, y + metrics.ascent()), words)
                y += metrics.height()
            y += u

    def _draw_quote(self, painter: QPainter, one: Said, left: int, y: int, look: theme.Theme) -> int:
        """Draw the words, what the layer took of them underlined; return where they end."""
        font, inner = quote_font(), self._inner()
        words, before = one.before + one.quote + one.after, _units(one.before)
        layout = QTextLayout(words, font)
        colour = look.label(chips.label_of(self._session.scheme, one.label)).bar if one.label else None
        layout.setFormats(_formats(before, _units(one.quote), _units(one.after), look, colour))
        layout.beginLayout()
        high = 0.0
        for _n in range(self._lines(one)):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(inner)
            line.setPosition(QPointF(0, high))
            high += line.height()
        layout.endLayout()
        painter.setPen(look.colour("Text"))
        layout.draw(painter, QPointF(left, y))
        return y + QFontMetrics(font).height() * self._lines(one)


def _units(words: str) -> int:
    """Return how long words are for Qt."""
    return len(words.encode("utf-16-le")) // 2


def _formats(
    before: int, own: int, after: int, look: theme.Theme, colour: QColor | None
) -> list[QTextLayout.FormatRange]:
    found: list[QTextLayout.FormatRange] = []
    for start, length, mine in ((0, before, False), (before, own, True), (before + own, after, False)):
        if not length:
            continue
        one = QTextLayout.FormatRange()
        shape = QTextCharFormat()
        if mine and colour is not None:
            shape.setFontUnderline(True)
            shape.setUnderlineColor(colour)
        elif not mine:
            shape.setForeground(look.colour("muted"))
        one.start, one.length, one.format = start, length, shape
        found.append(one)
    return found

"""The topics of the article as chips that wrap over lines; a click opens what can be done, the cross takes one off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from rubricator.words import _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.panels.flow import Flow, flowed
from rubricator_gui.panels.plain import plain_label, plain_tip
from rubricator_gui.panels.rows import ENTER

_KEYS = (
    "Enter opens what can be done, E ties what is chosen in the article, G goes to the evidence, N writes a note,"
    " Delete takes the topic off"
)


class ChipWords(NamedTuple):
    """What a chip shows: code and name of a topic, tooltip, how many annotations are evidence, and a note."""

    code: str
    name: str
    tip: str
    evidence: int = 0
    note: bool = False


class TopicChip(QAbstractButton):
    """One topic of the article: name, count of its evidence, a mark for a note, a cross."""

    unwanted = Signal()
    menu_wanted = Signal()
    tied = Signal()
    evidence_wanted = Signal()
    note_wanted = Signal()
    walked = Signal(object)
    """An arrow was pressed: to the next chip (1), or to the one before (-1)."""
    left = Signal()

    def __init__(self, words: ChipWords, parent: QWidget) -> None:
        super().__init__(parent)
        self.code = words.code
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMouseTracking(True)
        self.setFont(theme.ui_font("tool"))
        self.setAccessibleDescription(_(_KEYS))
        self._on_cross = False
        self.clicked.connect(self._clicked)
        self.show_words(words)

    def show_words(self, words: ChipWords) -> None:
        """Show other words."""
        self.words = words
        self.setText(words.name)
        self.setToolTip(plain_tip(words.tip))
        said = [say(message("Topic {topic}", topic=words.name))]
        if words.evidence:
            said.append(say(plural("{n} piece of evidence", "{n} pieces of evidence", words.evidence)))
        if words.note:
            said.append(_("with a note"))
        self.setAccessibleName(", ".join(said))
        self.update()

    # --- hands ----------------------------------------------------------------------------------------------------

    def _clicked(self) -> None:
        if self._on_cross:
            self.unwanted.emit()
        else:
            self.menu_wanted.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember whether the cross is pressed."""
        self._on_cross = self._cross().contains(event.position().toPoint())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show whether the pointer is on the cross."""
        super().mouseMoveEvent(event)
        self.update()

    def contextMenuEvent(self, _event: QContextMenuEvent) -> None:
        """Open the menu with the right button, and with the key for it."""
        self.menu_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys on a chip mean."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.unwanted.emit()
        elif event.key() in (*ENTER, Qt.Key.Key_Space):
            self.menu_wanted.emit()
        elif event.key() in steps:
            self.walked.emit(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().lower() in ("e", "g", "n"):
            {"e": self.tied, "g": self.evidence_wanted, "n": self.note_wanted}[event.text().lower()].emit()
        else:
            super().keyPressEvent(event)

    # --- looks ----------------------------------------------------------------------------------------------------

    @property
    def _count(self) -> str:
        return str(self.words.evidence) if self.words.evidence else ""

    def _figures(self) -> QFont:
        return theme.figures(theme.ui_font("note"))

    def sizeHint(self) -> QSize:
        """Return the room for name, count, mark and cross."""
        u = theme.unit()
        wide = QFontMetrics(self.font()).horizontalAdvance(self.text()) + 9 * u
        return QSize(wide + self._marks_width(), 6 * u)

    def _marks_width(self) -> int:
        u = theme.unit()
        count = QFontMetrics(self._figures()).horizontalAdvance(self._count) + 3 * u if self._count else 0
        return count + (4 * u if self.words.note else 0)

    def _cross(self) -> QRect:
        u = theme.unit()
        return QRect(self.width() - 6 * u, 0, 6 * u, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        u = theme.unit()
        look = theme.theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused, over = self.hasFocus(), self.underMouse()
        painter.setPen(QPen(look.colour("Accent" if focused else "outline"), 2 if focused else 1))
        painter.setBrush(look.colour("Midlight" if over else "Button"))
        inset = 1.0 if focused else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), u, u)
        right = self.width() - 6 * u - self._marks_width()
        rect = QRect(2 * u, 0, right - 2 * u, self.height())
        metrics = QFontMetrics(self.font())
        painter.setFont(self.font())
        painter.setPen(look.colour("ButtonText"))
        words = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width() + 1)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        self._marks(painter, right, look)
        on_cross = over and self._cross().contains(self.mapFromGlobal(self.cursor().pos()))
        arm, middle = 0.9 * u, QPointF(self.width() - 3.5 * u, self.height() / 2)
        painter.setPen(QPen(look.colour("ButtonText" if on_cross or focused else "muted"), 1.3))
        painter.drawLine(middle + QPointF(-arm, -arm), middle + QPointF(arm, arm))
        painter.drawLine(middle + QPointF(-arm, arm), middle + QPointF(arm, -arm))

    def _marks(self, painter: QPainter, left: int, look: theme.Theme) -> None:
        """Draw how many annotations are evidence, over a bar like those of the article; and a leaf for a note."""
        u = theme.unit()
        if self._count:
            font = self._figures()
            metrics = QFontMetrics(font)
            wide = metrics.horizontalAdvance(self._count)
            place = QRect(left + u, 0, wide + u, self.height())
            painter.setFont(font)
            painter.setPen(look.colour("muted"))
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, self._count)
            bottom = (self.height() + metrics.capHeight()) // 2 + round(0.5 * u)
            painter.fillRect(QRect(place.left(), bottom, place.width(), max(1, u // 2)), look.colour("muted"))
            left = place.right() + 1 + u
        if self.words.note:
            leaf = QRectF(left + 0.75 * u, self.height() / 2 - 1.5 * u, 2.5 * u, 3 * u)
            painter.setPen(QPen(look.colour("muted"), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(leaf)
            for part in (0.35, 0.65):
                y = leaf.top() + part * leaf.height()
                painter.drawLine(QPointF(leaf.left() + 0.6 * u, y), QPointF(leaf.right() - 0.6 * u, y))


class TopicChips(Flow):
    """The chips, laid out in lines."""

    unwanted = Signal(object)
    """The code of a topic that is to be taken off."""
    tied = Signal(object)
    """The code of a topic that what is chosen in the article is evidence for."""
    evidence_wanted = Signal(object)
    """The code of a topic whose evidence is to be shown."""
    note_wanted = Signal(object)
    """The code of a topic on which a note is to be written."""
    menu_wanted = Signal(object, object)
    """(The code of a topic, where on the screen)."""
    left = Signal()
    """Esc was pressed on a chip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Topics of the article"))
        self.chips: list[TopicChip] = []
        self.after: QWidget | None = None
        """After what Tab comes to the chips."""
        self._empty = plain_label(kind="tool", muted=True)
        self._empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._empty.setParent(self)

    def show_topics(self, topics: Sequence[ChipWords], empty: str) -> None:
        """Show topics, or a sentence where there are none."""
        kept = {chip.code: chip for chip in self.chips}
        focused = next((n for n, chip in enumerate(self.chips) if chip.hasFocus()), -1)
        fresh: list[TopicChip] = []
        for words in topics:
            chip = kept.pop(words.code, None)
            if chip is None:
                chip = self._made(words)
            elif chip.words != words:
                chip.show_words(words)
            fresh.append(chip)
        self.chips = fresh
        # The focus goes on to the next chip, not somewhere into the window.
        if focused >= 0 and not any(chip.hasFocus() for chip in fresh):
            (fresh[min(focused, len(fresh) - 1)] if fresh else self).setFocus(Qt.FocusReason.OtherFocusReason)
        for chip in kept.values():
            chip.hide()
            chip.deleteLater()
        before = self.after
        for chip in fresh:
            if before is not None:
                QWidget.setTabOrder(before, chip)
            before = chip
        self._empty.setText(empty)
        self._empty.setVisible(bool(empty) and not fresh)
        self.lay_out(self.width(), move=True)
        for chip in fresh:
            chip.show()
        self.updateGeometry()

    def _made(self, words: ChipWords) -> TopicChip:
        chip = TopicChip(words, self)
        chip.unwanted.connect(self._unwanted)
        chip.tied.connect(self._tied)
        chip.evidence_wanted.connect(self._evidence_wanted)
        chip.note_wanted.connect(self._note_wanted)
        chip.menu_wanted.connect(self._menu_wanted)
        chip.walked.connect(self._walk)
        chip.left.connect(self.left)
        return chip

    def _code(self) -> str:
        chip = self.sender()
        return chip.code if isinstance(chip, TopicChip) else ""

    def _unwanted(self) -> None:
        self.unwanted.emit(self._code())

    def _tied(self) -> None:
        self.tied.emit(self._code())

    def _evidence_wanted(self) -> None:
        self.evidence_wanted.emit(self._code())

    def _note_wanted(self) -> None:
        self.note_wanted.emit(self._code())

    def _menu_wanted(self) -> None:
        chip = self.sender()
        if isinstance(chip, TopicChip):
            self.menu_wanted.emit(chip.code, chip.mapToGlobal(QPoint(0, chip.height())))

    def _walk(self, step: int) -> None:
        chip = self.sender()
        if isinstance(chip, TopicChip):
            to = self.chips.index(chip) + step
            if 0 <= to < len(self.chips):
                self.chips[to].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def gap(self) -> int:
        """What is free above, between and below lines: where one is scrolled by lines, none is cut."""
        return round(1.5 * theme.unit())

    @property
    def pitch(self) -> int:
        """From one line to the next."""
        return 6 * theme.unit() + self.gap

    def room(self, lines: int) -> int:
        """Return how high so many lines are."""
        return self.gap + lines * self.pitch

    def lines_in(self, high: int) -> int:
        """Return how many whole lines a height has room for; one at least."""
        return max(1, (high - self.gap) // self.pitch)

    def lay_out(self, width: int, *, move: bool) -> int:
        """Lay the chips out in lines of this width and return how high they are together."""
        u = theme.unit()
        side, gap = 3 * u, self.gap
        right = max(width - side, side + 10 * u)
        top, high = gap, 6 * u
        places = flowed((chip.sizeHint().width() for chip in self.chips), high, gap, side, right, top)
        if move:
            for chip, place in zip(self.chips, places, strict=True):
                chip.setGeometry(place)
        if not self.chips:
            if move:
                self._empty.setGeometry(QRect(side, top, right - side, high))
            if not self._empty.text():
                return 0
        return (places[-1].top() if places else top) + high + gap

"""The topics of the article as chips that wrap over lines; a click, or Delete, takes one off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from rubricator.words import _, message, say
from rubricator_gui import theme
from rubricator_gui.panels.plain import plain_label, plain_tip


class TopicChip(QAbstractButton):
    """One topic of the article, with a cross."""

    def __init__(self, code: str, name: str, tip: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.code = code
        self.setText(name)
        self.setToolTip(plain_tip(tip))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFont(theme.ui_font("tool"))
        self.setAccessibleName(say(message("Take off the topic {topic}", topic=name)))

    def sizeHint(self) -> QSize:
        """Return the room for name and cross."""
        u = theme.unit()
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self.text()) + 9 * u, 6 * u)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the topic off with Delete and Enter, as with Space."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        u = theme.unit()
        look = theme.theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(look.colour("Accent" if focused else "outline"), 2 if focused else 1))
        painter.setBrush(look.colour("Midlight" if self.underMouse() else "Button"))
        inset = 1.0 if focused else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), u, u)
        rect = self.rect().adjusted(2 * u, 0, -6 * u, 0)
        metrics = QFontMetrics(self.font())
        painter.setFont(self.font())
        painter.setPen(look.colour("ButtonText"))
        words = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width() + 1)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        arm, middle = 0.9 * u, QPointF(self.width() - 3.5 * u, self.height() / 2)
        painter.setPen(QPen(look.colour("ButtonText" if self.underMouse() or focused else "muted"), 1.3))
        painter.drawLine(middle + QPointF(-arm, -arm), middle + QPointF(arm, arm))
        painter.drawLine(middle + QPointF(-arm, arm), middle + QPointF(arm, -arm))


class TopicChips(QWidget):
    """The chips, laid out in lines."""

    unwanted = Signal(object)
    """The code of a topic whose chip was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(_("Topics of the article"))
        self.chips: list[TopicChip] = []
        self._empty = plain_label(kind="tool", muted=True)
        self._empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._empty.setParent(self)

    def show_topics(self, topics: Sequence[tuple[str, str, str]], empty: str) -> None:
        """Show topics (code, name, tooltip), or a sentence where there are none."""
        kept = {chip.code: chip for chip in self.chips}
        focused = next((n for n, chip in enumerate(self.chips) if chip.hasFocus()), -1)
        fresh: list[TopicChip] = []
        for code, name, tip in topics:
            chip = kept.pop(code, None)
            if chip is None or chip.text() != name:
                if chip is not None:
                    kept[code] = chip
                chip = TopicChip(code, name, tip, self)
                chip.clicked.connect(self._clicked)
            fresh.append(chip)
        self.chips = fresh
        # The focus goes on to the next chip, not somewhere into the window.
        if focused >= 0 and not any(chip.hasFocus() for chip in fresh):
            (fresh[min(focused, len(fresh) - 1)] if fresh else self).setFocus(Qt.FocusReason.OtherFocusReason)
        for chip in kept.values():
            chip.hide()
            chip.deleteLater()
        before: QWidget | None = None
        for chip in fresh:
            if before is not None:
                QWidget.setTabOrder(before, chip)
            before = chip
        self._empty.setText(empty)
        self._empty.setVisible(bool(empty) and not fresh)
        self._place(self.width(), move=True)
        for chip in fresh:
            chip.show()
        self.updateGeometry()

    def _clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, TopicChip):
            self.unwanted.emit(chip.code)

    def _place(self, width: int, *, move: bool) -> int:
        """Lay the chips out in lines of this width and return how high they are together."""
        u = theme.unit()
        side, gap = 3 * u, round(1.5 * u)
        right = max(width - side, side + 10 * u)
        x, y, high = side, 2 * u, 6 * u
        for chip in self.chips:
            wide = min(chip.sizeHint().width(), right - side)
            if x > side and x + wide > right:
                x, y = side, y + high + gap
            if move:
                chip.setGeometry(x, y, wide, high)
            x += wide + gap
        if not self.chips:
            if move:
                self._empty.setGeometry(QRect(side, y, right - side, high))
            if not self._empty.text():
                return 0
        return y + high + 2 * u

    def heightForWidth(self, width: int) -> int:
        """Return how high the lines of chips are at this width."""
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        """Return a size that fits the present width."""
        wide = max(self.width(), 40 * theme.unit())
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Return the height at the present width; chips are narrowed, never cut off."""
        return QSize(20 * theme.unit(), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the chips out anew."""
        super().resizeEvent(event)
        self._place(self.width(), move=True)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

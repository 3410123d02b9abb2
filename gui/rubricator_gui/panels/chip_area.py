"""The room of the chips of topics: where not all have room it scrolls, and "+n" at its edge counts the hidden ones."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from rubricator.words import message, say
from rubricator_gui import theme
from rubricator_gui.panels.bounded import Bounded
from rubricator_gui.panels.plain import plain_tip
from rubricator_gui.panels.topic_chips import TopicChip, TopicChips


class HiddenCount(QWidget):
    """Says "+n", as the article does where annotations have no room; its tooltip names what is hidden."""

    pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = ""
        self.setFont(theme.figures(theme.ui_font("note")))
        self.hide()

    def tell(self, names: list[str]) -> None:
        """Say how many are hidden, and which; nothing where none is."""
        self.words = f"+{len(names)}" if names else ""
        told = say(message("Click to see: {names}", names=", ".join(names))) if names else ""
        self.setToolTip(plain_tip(told))
        self.setAccessibleName(told)
        self.setVisible(bool(names))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for two digits."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance("+99") + 2 * theme.unit(), metrics.height() + theme.unit() // 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say that it was pressed."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        look = theme.theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.colour("muted"), 1))
        painter.setBrush(look.colour("AlternateBase"))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setPen(look.colour("Text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.words)


class ChipArea(Bounded):
    """As high as the lines of chips, in bounds; where some are hidden it says how many, beside them."""

    def __init__(self, chips: TopicChips) -> None:
        super().__init__(chips, chips.room(1), around=chips.gap)
        self._chips = chips
        self.more = HiddenCount(self)
        self.more.pressed.connect(self._go_on)
        self._later = QTimer(self)  # lines are laid out only after what is told of them
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.settle)
        bar = self.verticalScrollBar()
        bar.setSingleStep(chips.pitch // 3)  # the wheel goes by three: by a line
        bar.valueChanged.connect(self._settle_soon)
        bar.rangeChanged.connect(self._settle_soon)

    def show_chip(self, chip: TopicChip) -> None:
        """Have a chip in view."""
        self.settle()
        self.ensureWidgetVisible(chip, 0, self._chips.gap)

    def _settle_soon(self) -> None:
        self._later.start()  # the number that a scroll bar tells is no interval

    def settle(self) -> None:
        """Keep room beside the chips where not all of them have theirs, and say there how many are hidden."""
        room = self.more.sizeHint()
        beside = room.width() if self._chips.heightForWidth(self.width()) > self.height() else 0
        if self.viewportMargins().right() != beside:
            self.setViewportMargins(0, 0, beside, 0)
        top = self.verticalScrollBar().value()
        seen = range(top, top + self.viewport().height())
        self.more.tell([chip.words.name for chip in self._chips.chips if chip.geometry().center().y() not in seen])
        right = self.viewport().geometry().right() + 1
        middle = self.height() - self._chips.pitch // 2 - self._chips.gap // 2  # of the last line
        self.more.setGeometry(right, middle - room.height() // 2, room.width(), room.height())

    def _go_on(self) -> None:
        """Show the next lines; behind the last come the first."""
        bar = self.verticalScrollBar()
        lines = self._chips.lines_in(self.height()) * self._chips.pitch
        bar.setValue(bar.value() + lines if bar.value() < bar.maximum() else 0)

    def stay(self) -> None:
        """Keep the height while the mouse is over the chips: it takes one off, and may press again where that was."""
        if self.underMouse():
            self.hold(True)

    def leaveEvent(self, event: QEvent) -> None:
        """Have the lines that are needed."""
        super().leaveEvent(event)
        if not self.rect().contains(self.mapFromGlobal(QCursor.pos())):  # it also leaves a chip that goes
            self.hold(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell anew what is hidden."""
        super().resizeEvent(event)
        self._later.start()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell anew what is hidden, where other chips ask for other lines."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._later.start()
        return super().viewportEvent(event)

"""What grows while one works, in bounds: beyond them it scrolls, so that nothing beside it is moved or cut."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QWidget


class Bounded(QScrollArea):
    """As high as what stands in it, but never asks for more than `least`.

    What gets the focus is scrolled into view, with so much `around` it. Where all lines are `line` high, none is cut
    through, whatever the height.
    """

    moved = Signal()
    """It was scrolled, or there is more or less to scroll to."""

    def __init__(
        self, inner: QWidget, least: int, parent: QWidget | None = None, *, around: int = 0, line: int = 0
    ) -> None:
        super().__init__(parent)
        self._inner = inner
        self._least = least
        self._around = around
        self._line = line
        self._most = 0
        self._early = 0
        self._held = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(inner)
        inner.installEventFilter(self)
        if line:
            self.verticalScrollBar().valueChanged.connect(self._to_line)
            self.verticalScrollBar().valueChanged.connect(self.moved)
            self.verticalScrollBar().rangeChanged.connect(self.moved)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def limit(self, most: int, early: int = 0) -> None:
        """Take no more height than this (0: any); ask early for some, before what stands in it needs so much."""
        if (most, early) != (self._most, self._early):
            self._most, self._early = most, early
            self.updateGeometry()

    def hold(self, held: bool) -> None:
        """Keep the height of now, whatever comes or goes in it, until it is let go of."""
        self._held = self.height() if held else 0
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the height that is held, or that of what stands in it, in bounds."""
        high = self._high()
        high = max(high, self._early) if high else 0
        bounded = min(high, max(self._most, self._least)) if self._most else high
        return QSize(self._inner.sizeHint().width(), self._held or bounded)

    def minimumSizeHint(self) -> QSize:
        """Return the height that is kept whatever stands in it: the same for little and for much."""
        return QSize(self._inner.minimumSizeHint().width(), self._least)

    def _high(self) -> int:
        inner = self._inner
        return inner.heightForWidth(self.width()) if inner.hasHeightForWidth() else inner.sizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height where another width breaks what stands in it otherwise."""
        super().resizeEvent(event)
        if self._line:
            self.setViewportMargins(0, 0, 0, self.height() % self._line)
            self.verticalScrollBar().setSingleStep(self._line)
        self._offer_bar()
        if event.size().width() != event.oldSize().width() and self._inner.hasHeightForWidth():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another height where what stands in it does."""
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Do the same where what stands in it has no layout: Qt asks the viewport then."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._offer_bar()
            self.updateGeometry()
        return super().viewportEvent(event)

    def _offer_bar(self) -> None:
        """Have a scroll bar only where the whole width is not enough: its own width would be what breaks the lines."""
        policy = Qt.ScrollBarPolicy
        needed = not self._inner.hasHeightForWidth() or self._high() > self.height()
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if needed else policy.ScrollBarAlwaysOff)

    def _to_line(self, value: int) -> None:
        """Scroll to the nearest line."""
        self.verticalScrollBar().setValue(round(value / self._line) * self._line)

    @property
    def below(self) -> int:
        """How many lines stand below those that are seen."""
        bar = self.verticalScrollBar()
        return ceil((bar.maximum() - bar.value()) / self._line)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._inner.isAncestorOf(new):
            self.ensureWidgetVisible(new, 0, self._around)

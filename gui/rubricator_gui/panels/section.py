"""What all panels share: a header in rubric red that folds the body below it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rubricator_gui import theme
from rubricator_gui.panels.empty import EmptyPane
from rubricator_gui.panels.rows import RowList

__all__ = ["EmptyPane", "Section"]

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier

NO_LIMIT = (1 << 24) - 1
"""Qt's QWIDGETSIZE_MAX."""


class _Header(QAbstractButton):
    """The line above a panel: chevron, heading, a note at the right; underlined while the focus is in the panel."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.note = ""
        self.short = ""
        self.active = False
        self.setText(title)
        self.setCheckable(True)
        self.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)

    def sizeHint(self) -> QSize:
        """Return the height of all headers; the width is the panel's affair."""
        u = theme.unit()
        return QSize(40 * u, round(7.5 * u))

    def minimumSizeHint(self) -> QSize:
        """Return what is needed for the heading."""
        return QSize(20 * theme.unit(), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold with Enter as well as with Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        u = theme.unit()
        look = theme.theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.colour("Window"))
        painter.fillRect(QRect(0, 0, self.width(), 1), look.colour("Mid"))
        self._chevron(painter, look)
        font = theme.ui_font("section")
        metrics = QFontMetrics(font)
        left, right = 6 * u, self.width() - 3 * u
        wide = min(metrics.horizontalAdvance(self.text()) + 1, right - left)
        baseline = (self.height() + metrics.capHeight()) // 2
        painter.setFont(font)
        painter.setPen(look.colour("rubric"))
        painter.drawText(left, baseline, metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, wide))
        if self.active:
            painter.fillRect(QRect(left, self.height() - 2, wide, 2), look.colour("Accent"))
        self._note(painter, QRect(left + wide + 2 * u, 0, right - left - wide - 2 * u, self.height()), look)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("Accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 2, -1, -1), 2, 2)

    def _chevron(self, painter: QPainter, look: theme.Theme) -> None:
        u = theme.unit()
        middle = QPointF(3.5 * u, self.height() / 2)
        wide, high = 1.0 * u, 0.5 * u
        if self.isChecked():
            points = [QPointF(-wide, -high), QPointF(0, high), QPointF(wide, -high)]
        else:
            points = [QPointF(-high, -wide), QPointF(high, 0), QPointF(-high, wide)]
        pen = QPen(look.colour("muted"), 1.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([middle + point for point in points]))

    def _note(self, painter: QPainter, rect: QRect, look: theme.Theme) -> None:
        font = theme.figures(theme.ui_font("tool"))
        painter.setFont(font)
        painter.setPen(look.colour("muted"))
        metrics = QFontMetrics(font)
        note = self.short if self.short and metrics.horizontalAdvance(self.note) > rect.width() else self.note
        words = metrics.elidedText(note, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)


class Section(QWidget):
    """A panel: its header and its body; `rows` is the layout of the body."""

    folded = Signal(object)
    """It was folded (True) or opened (False)."""
    folded_by_hand = Signal()
    """Somebody folded or opened it."""
    badge_changed = Signal(object)
    """`badge`, the few letters for a tab, is new."""
    height_wanted = Signal()
    """It has use for another height than before."""
    needed = Signal()
    """It has something new to show, of what is done in the article."""
    needless = Signal()
    """It has nothing to show."""
    mouse_left = Signal()
    """The mouse is not in it any more."""
    left = Signal()
    """Esc where nothing is left to clear: the focus may go back to the article."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.badge = ""
        self._headless = False
        self.setAccessibleName(title)
        self._header = _Header(title, self)
        self._header.toggled.connect(self._fold)
        self._header.clicked.connect(self.folded_by_hand)
        self.body = QWidget(self)
        self.body.setBackgroundRole(QPalette.ColorRole.Base)
        self.body.setAutoFillBackground(True)
        self.rows = QVBoxLayout(self.body)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self.body, 1)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    @property
    def title(self) -> str:
        """What stands in the header, and on a tab."""
        return self._header.text()

    def set_title(self, words: str) -> None:
        """Write another heading: it is about something else now."""
        if words != self.title:
            self._header.setText(words)
            self._header.setAccessibleName(words)
            self.setAccessibleName(words)

    @property
    def note(self) -> str:
        """What stands at the right of the header."""
        return self._header.note

    def set_note(self, words: str, badge: str = "", short: str = "") -> None:
        """Write the note at the right of the header, and the few letters that stand on a tab instead.

        Where it has no room, the `short` one is seen.
        """
        self._header.short = short
        if words != self._header.note:
            self._header.note = words
            self._header.setAccessibleDescription(words)
            self._header.update()
        if badge != self.badge:
            self.badge = badge
            self.badge_changed.emit(badge)

    @property
    def clicking(self) -> bool:
        """Say whether what a click in one of its lists means is being done."""
        return any(view.clicking for view in self.findChildren(RowList))

    def leaveEvent(self, event: QEvent) -> None:
        """Say that the mouse has left; a menu that opens under it is no place to go to."""
        super().leaveEvent(event)
        if QApplication.activePopupWidget() is None:
            self.mouse_left.emit()

    @property
    def headless(self) -> bool:
        """Say whether a tab stands for the header."""
        return self._headless

    @property
    def is_folded(self) -> bool:
        """Say whether only the header is seen."""
        return not self._header.isChecked()

    def fold(self, folded: bool = True) -> None:
        """Fold the body away, or open it."""
        self._header.setChecked(not folded)

    def show_header(self, shown: bool) -> None:
        """Take the header away where a tab says the same (nothing is folded then), or bring it back."""
        self._headless = not shown
        self._header.setVisible(shown)
        self._fold(self._header.isChecked())

    def _fold(self, is_open: bool) -> None:
        is_open = is_open or self._headless
        self.body.setVisible(is_open)
        self.limit_height()
        self.folded.emit(not is_open)

    def limit_height(self) -> None:
        """Take no more height than the header, or than the body has use for."""
        header = self.header_height()
        if self._headless:
            self.setMaximumHeight(NO_LIMIT)
        elif self.is_folded:
            self.setMaximumHeight(header)
        else:
            most = self.most_height()
            self.setMaximumHeight(NO_LIMIT if most is None else header + most)

    def header_height(self) -> int:
        """Return the height that the header takes."""
        return self._header.sizeHint().height()

    def most_height(self) -> int | None:
        """Return the height beyond which the body would stay empty; None where it has use for any."""
        return None

    def whole(self, most: int) -> int:
        """Return the largest height up to `most` at which nothing is cut through (pixels, with the header)."""
        return most

    def tighten(self, most: int, at_most: int, width: int) -> None:
        """Have rows stand in two columns of half a `width` where they would be higher than `most` (pixels), or closer.

        And closest where they would still be higher than `at_most`.
        """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the article the keys that nothing in the panel takes."""
        if not self.hand_over(event):
            super().keyPressEvent(event)

    def hand_over(self, event: QKeyEvent, also: bool = False) -> bool:
        """Give the article a letter or digit, or what is `also` its own, and with Esc the focus alone.

        Say whether it took the focus.
        """
        plain = not event.modifiers() & _COMMANDS
        written = also or (plain and bool(event.text().strip()) and event.text().isprintable())
        if not (written or (plain and event.key() == Qt.Key.Key_Escape)):
            return False
        here = QApplication.focusWidget()
        self.left.emit()
        text = QApplication.focusWidget()
        if text is None or text is here:
            return False
        if written:
            QApplication.sendEvent(text, event)
            event.accept()
        return True

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        active = new is not None and self.isAncestorOf(new)
        if active != self._header.active:
            self._header.active = active
            self._header.update()

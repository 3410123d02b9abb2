"""A small window over the article in which a few letters find one of many things, and a key takes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from rubricator_gui import chips, theme
from rubricator_gui.drawing import draw_edge
from rubricator_gui.panels.plain import bar, dress_search, plain_label
from rubricator_gui.panels.rows import ENTER, MARKED, Index, RowDelegate, RowList, write

ROWS = 8
"""How many rows are seen at once."""

Hint = tuple[str, str]
"""A key as its cap says it, and what it does here."""


_HELD = {"Shift": Qt.KeyboardModifier.ShiftModifier, "Ctrl": Qt.KeyboardModifier.ControlModifier}


class PickModel(QAbstractListModel):
    """What matches what was typed; one row is current."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.current = 0

    def search(self, typed: str) -> None:
        """Find what matches; the best comes first."""
        raise NotImplementedError

    def about(self, row: int) -> tuple[str, str]:
        """Return what is said of a row below the list: a heading and a text; of none (-1), that nothing matches."""
        raise NotImplementedError

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return how many rows match."""
        raise NotImplementedError

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows; the models of the single pickers know all but the mark."""
        return index.row() == self.current if role == MARKED and index.isValid() else None


class Picker(QFrame):
    """It goes when something was taken, with Esc, and with a click elsewhere."""

    closed = Signal()
    """It is gone, whether or not something was taken."""

    def __init__(self, name: str, title: str, prompt: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        u = theme.unit()
        self.search = QLineEdit()
        self._glass = dress_search(self.search, f"{name}Search", prompt, prompt)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._search)
        self._near, self._under = QRect(), True
        """What it opens at, and whether it is below it."""
        field = bar()
        line = QVBoxLayout(field)
        line.setContentsMargins(2 * u, 2 * u, 2 * u, 2 * u)
        line.addWidget(self.search)
        self.view = RowList(self)
        self.view.setAccessibleName(title)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.clicked.connect(self._clicked)
        about = bar()
        words = QVBoxLayout(about)
        words.setContentsMargins(3 * u, 2 * u, 3 * u, 2 * u)
        words.setSpacing(u // 2)
        self._title = plain_label(kind="section")
        self._text = plain_label()
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        words.addWidget(self._title)
        words.addWidget(self._text)
        self._hints = _Hints()
        self._hints.pressed.connect(self._hinted)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for widget in (field, self.view, about, self._hints):
            column.addWidget(widget)

    def list_with(self, model: PickModel, delegate: RowDelegate) -> None:
        """Take what lists and what draws the rows."""
        self.model = model
        self.view.setModel(model)
        self.view.draw_with(delegate)
        self.view.setMinimumHeight(self.view.verticalHeader().defaultSectionSize())

    def take(self, row: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Take a row that is there; False where these keys mean nothing for it."""
        raise NotImplementedError

    def open_at(self, near: QRect, hints: Sequence[Hint], texts: Sequence[str], typed: str = "") -> None:
        """Open below a place on the screen; the longest of the `texts` that rows may say has room."""
        u = theme.unit()
        look = theme.theme_of(self.palette())
        self._glass.setIcon(theme.icon("search", "muted", look))
        palette = self._title.palette()
        palette.setColor(QPalette.ColorRole.WindowText, look.colour("rubric"))
        self._title.setPalette(palette)
        self._hints.show_hints(hints)
        self.search.setText(typed)
        self.search.selectAll()
        self._search(typed)
        self.setFixedWidth(100 * u)
        self._text.setFixedHeight(self._tallest(texts, 94 * u))
        self._text.setVisible(any(texts))
        self._near, self._under = near, True
        self._show_rows(min(ROWS, max(1, self.model.rowCount())))
        self._under = self._fits_under()
        self.move(self._place())
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def _tallest(self, texts: Sequence[str], width: int) -> int:
        """Return the height that the longest text needs: the list must not jump while one walks."""
        metrics = QFontMetrics(self._text.font())
        wrap = Qt.TextFlag.TextWordWrap
        heights = [metrics.boundingRect(0, 0, width, 0, wrap, text) for text in texts]
        return min(max((rect.height() for rect in heights), default=0), 6 * metrics.lineSpacing())

    def _show_rows(self, rows: int) -> None:
        self.view.setFixedHeight(rows * self.view.verticalHeader().defaultSectionSize())
        self.adjustSize()

    def _rooms(self) -> tuple[int, int]:
        """Return the height that is free above what it opens at, and below."""
        room, near, gap = self.screen().availableGeometry(), self._near, theme.unit()
        return near.top() - gap - room.top(), room.bottom() + 1 - near.bottom() - gap

    def _fits_under(self) -> bool:
        above, below = self._rooms()
        return self.height() <= below or (self.height() > above and below >= above)

    def _place(self) -> QPoint:
        """Return where there is room: below the words, or else above them; with fewer rows, rather than over them."""
        room, near, gap = self.screen().availableGeometry(), self._near, theme.unit()
        above, below = self._rooms()
        if (lacks := self.height() - (below if self._under else above)) > 0:
            row = self.view.verticalHeader().defaultSectionSize()
            self._show_rows(max(1, (self.view.height() - lacks) // row))
        y = near.bottom() + gap if self._under else near.top() - gap - self.height()
        y = max(room.top(), min(y, room.bottom() + 1 - self.height()))
        return QPoint(max(room.left(), min(near.left(), room.right() - self.width())), y)

    def _follow_rows(self) -> None:
        """Below the words, be as high as what is listed now; above them only higher, so that it stays beside them.

        The field stays where it is, above the words too while there is room.
        """
        rows = min(ROWS, max(1, self.model.rowCount()))
        high = rows * self.view.verticalHeader().defaultSectionSize()
        if high > self.view.height() or (self._under and high < self.view.height()):
            self._show_rows(rows)
            place = self._place()  # cuts what has no room
            if not self._under and place.y() < self.y():
                self.move(place)

    @property
    def typed(self) -> str:
        """What was typed, without white space around it."""
        return self.search.text().strip()

    def _search(self, typed: str) -> None:
        self.model.search(typed)
        if self.isVisible():
            self._follow_rows()
        self._go(0)

    def _go(self, row: int) -> None:
        """Mark a row and say what it stands for."""
        self.model.current = max(0, min(row, self.model.rowCount() - 1))
        self.view.setCurrentIndex(self.model.index(self.model.current))
        self.view.viewport().update()
        title, text = self.model.about(self.model.current if self.model.rowCount() else -1)
        room = 94 * theme.unit()
        self._title.setText(self._title.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, room))
        self._text.setText(text)
        self.search.setAccessibleDescription(f"{title}. {text}" if text else title)

    def _clicked(self, index: QModelIndex) -> None:
        self._take(index.row(), self.view.held)

    def _hinted(self, key: str) -> None:
        """Do what a key of the foot does: the mouse presses it there."""
        if key == "Esc":
            self.hide()
            return
        held = Qt.KeyboardModifier.NoModifier
        for name, modifier in _HELD.items():
            if name in key.split("+"):
                held |= modifier
        self._take(self.model.current, held)

    def _take(self, row: int, modifiers: Qt.KeyboardModifier) -> None:
        if 0 <= row < self.model.rowCount() and self.take(row, modifiers):
            self.hide()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Walk and take from the field."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        page = max(1, self.view.height() // self.view.verticalHeader().defaultSectionSize() - 1)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
        if event.key() in steps:
            self._go(self.model.current + steps[Qt.Key(event.key())])
        elif event.key() in ENTER:
            if not event.isAutoRepeat():  # the key that opened it may still be down: nobody has read the list yet
                self._take(self.model.current, event.modifiers())
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge."""
        super().paintEvent(event)
        painter = QPainter(self)
        draw_edge(painter, self)
        painter.end()

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that it is gone."""
        super().hideEvent(event)
        self.closed.emit()


class _Hints(QWidget):
    """What the keys do here, each beside its cap; the mouse can press them too."""

    pressed = Signal(object)
    """A key, as its cap says it, was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._hints: tuple[Hint, ...] = ()
        self._over = self._down = -1
        """Which hint the pointer is over, and which it was pressed on."""
        self.setMouseTracking(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setAutoFillBackground(True)

    def show_hints(self, hints: Sequence[Hint]) -> None:
        self._hints = tuple(hints)
        self._over = self._down = -1
        self.update()

    def sizeHint(self) -> QSize:
        u = theme.unit()
        return QSize(60 * u, 8 * u)

    def places(self) -> list[QRect]:
        """Return where each hint stands: its cap, and the words beside it."""
        u = theme.unit()
        metrics = QFontMetrics(theme.ui_font("note"))
        found: list[QRect] = []
        left = 3 * u
        for key, words in self._hints:
            wide = self._cap_width(key) + u + metrics.horizontalAdvance(words) + 1
            found.append(QRect(left, 1, wide, self.height() - 1))
            left += wide + 4 * u
        return found

    @staticmethod
    def _cap_width(key: str) -> int:
        return QFontMetrics(theme.ui_font("note")).horizontalAdvance(key) + 2 * theme.unit()

    def _at(self, event: QMouseEvent) -> int:
        point = event.position().toPoint()
        return next((n for n, place in enumerate(self.places()) if place.contains(point)), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._at(event))

    def leaveEvent(self, _event: QEvent) -> None:
        self._point_at(-1)

    def _point_at(self, n: int) -> None:
        if n != self._over:
            self._over = n
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._down = self._at(event) if event.button() == Qt.MouseButton.LeftButton else -1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        down, self._down = self._down, -1
        if down >= 0 and down == self._at(event):
            self.pressed.emit(self._hints[down][0])

    def paintEvent(self, _event: QPaintEvent) -> None:
        u = theme.unit()
        look = theme.theme_of(self.palette())
        painter = QPainter(self)
        painter.fillRect(QRect(0, 0, self.width(), 1), look.colour("Mid"))
        font = theme.ui_font("note")
        for n, ((key, words), place) in enumerate(zip(self._hints, self.places(), strict=True)):
            if n == self._over:
                painter.fillRect(place.adjusted(-u, 0, u, 0), look.colour("Midlight"))
            wide = self._cap_width(key)
            chips.draw_words_cap(painter, QRect(place.left(), (self.height() - 5 * u) // 2, wide, 5 * u), key, look)
            room = QRect(place.left() + wide + u, 0, self.width() - place.left() - wide - u, self.height())
            write(painter, room, words, font, look.colour("Text" if n == self._over else "muted"))
        painter.end()

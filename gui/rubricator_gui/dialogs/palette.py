"""The command palette: type a few letters of anything that can be done, and Enter does it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from rubricator.words import _, message, say
from rubricator_gui import chips, drawing, theme
from rubricator_gui.dialogs.finding import Entry, Found, meant, ranked

FOUND = Qt.ItemDataRole.UserRole + 1

_Index = QModelIndex | QPersistentModelIndex
_TYPED_MOST = 200
"""Characters that are looked for in every name: somebody may paste an article."""

_ROWS = 10
"""How many rows are seen at once; the palette keeps its height while one types."""


class _Rows(QAbstractListModel):
    """What was found."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._found: Sequence[Found] = ()

    def show(self, found: Sequence[Found]) -> None:
        """Show these."""
        self.beginResetModel()
        self._found = found
        self.endResetModel()

    def rowCount(self, _parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return how many were found."""
        return len(self._found)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let only what can be done be chosen."""
        flags = super().flags(index)
        return flags if self._found[index.row()].entry.possible else flags & ~Qt.ItemFlag.ItemIsEnabled

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid():
            return None
        found = self._found[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return found.entry.words
            case Qt.ItemDataRole.AccessibleTextRole:
                return accessible(found.entry)
            case _ if role == FOUND:
                return found
        return None


def accessible(entry: Entry) -> str:
    """Return an entry as a screen reader says it."""
    return ", ".join(part for part in (entry.words, entry.beside, *entry.keys) if part)


class _Delegate(QStyledItemDelegate):
    """Draws an icon or a chip, the words with the typed letters in bold, what is beside them, and keys."""

    def __init__(self, entries: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(parent)
        self._sign = chips.chip_width(entry.label for entry in entries if entry.label is not None)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the height of a row."""
        return QSize(10 * theme.unit(), 7 * theme.unit())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        look = theme.theme_of(option.palette)
        u = theme.unit()
        found: Found = index.data(FOUND)
        entry = found.entry
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = drawing.ink_for(look, entry.possible and bool(state & QStyle.StateFlag.State_Selected))
        drawing.draw_ground(painter, rect, ink, entry.possible and bool(state & QStyle.StateFlag.State_MouseOver))
        self._draw_sign(painter, QRect(rect.left() + 3 * u, rect.top(), self._sign, rect.height()), entry, ink)
        right = rect.right() + 1 - 3 * u
        if entry.keys:
            wide = chips.key_caps_width(entry.keys)
            caps = QRect(right - wide, rect.top(), wide, rect.height())
            chips.draw_key_caps(painter, caps, entry.keys, look, look.colour("muted"))
            right -= wide + 2 * u
        left = rect.left() + 3 * u + self._sign + round(2.5 * u)
        words = ink.text if entry.possible else look.colour("disabled")
        font = theme.ui_font()
        needed = QFontMetrics(theme.ui_font("strong")).horizontalAdvance(entry.words) + 3 * u
        beside = QRect(left + needed, rect.top(), max(0, right - left - needed), rect.height())
        if beside.width() > 8 * u:
            muted = ink.muted if entry.possible else look.colour("disabled")
            drawing.write(painter, beside, entry.beside, theme.ui_font("note"), muted, drawing.RIGHT)
        place = QRect(left, rect.top(), right - left, rect.height())
        painter.setPen(words)
        _write_found(painter, place, entry.words, found.places, font)
        painter.restore()

    def _draw_sign(self, painter: QPainter, rect: QRect, entry: Entry, ink: drawing.Ink) -> None:
        if entry.label is not None:
            high = chips.chip_height()
            chip = QRect(rect.left(), rect.top() + (rect.height() - high + 1) // 2, rect.width(), high)
            chips.draw_chip(painter, chip, entry.label, ink.look)
        elif entry.icon:
            icon = theme.icon(entry.icon, "muted", ink.look)
            mode = QIcon.Mode.Normal if entry.possible else QIcon.Mode.Disabled
            icon.paint(painter, rect, Qt.AlignmentFlag.AlignCenter, mode)


def _write_found(painter: QPainter, rect: QRect, words: str, places: frozenset[int], font: QFont) -> None:
    """Write words with the characters that were typed in bold, piece by piece."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.Bold)
    left = rect.left()
    n = 0
    while n < len(words):
        strong = n in places
        end = n + 1
        while end < len(words) and (end in places) == strong:
            end += 1
        room = QRect(left, rect.top(), max(0, rect.right() + 1 - left), rect.height())
        left += drawing.write(painter, room, words[n:end], bold if strong else font, painter.pen().color())
        n = end


class _Search(QLineEdit):
    """The field; the keys that walk are told, for the rows stand elsewhere."""

    walked = Signal(object)
    """By how many rows."""
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; walk with Up, Down, PgUp and PgDown; take with Enter."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -_ROWS, Qt.Key.Key_PageDown: _ROWS}
        if event.key() in steps:
            self.walked.emit(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class Palette(QDialog):
    """Asks what to do; `choice` is the answer."""

    def __init__(self, entries: Sequence[Entry], recent: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setWindowTitle(_("Command palette"))
        self.choice: Entry | None = None
        self._window = parent
        self._entries = entries
        self._recent = recent
        u = theme.unit()
        self.setFixedWidth(min(140 * u, parent.width() - 8 * u))
        self.search = _Search()
        self.search.setObjectName("paletteSearch")
        self.search.setMaxLength(_TYPED_MOST)
        self.search.setAccessibleName(_("What to do"))
        self.search.setPlaceholderText(_("Type an action, a label or a topic"))
        self.search.setMinimumHeight(7 * u)
        self.search.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        theme.name_icons(self.search)
        self.list = QListView()
        self.list.setObjectName("paletteList")
        self.list.setAccessibleName(_("What can be done"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(_ROWS * 7 * u)
        self._rows = _Rows(self)
        self.list.setModel(self._rows)
        self.list.setItemDelegate(_Delegate(entries, self.list))
        self._nothing = QLabel()
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._nothing.setBackgroundRole(QPalette.ColorRole.Base)
        self._nothing.setAutoFillBackground(True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._nothing)
        self._lay_out()
        self.search.textChanged.connect(self._show)
        self.search.walked.connect(self._walk)
        self.search.entered.connect(self._take)
        self.list.clicked.connect(self._take_row)
        self.list.activated.connect(self._take_row)
        self.list.selectionModel().currentChanged.connect(self._say)
        self.setFocusProxy(self.search)
        self._show("")

    def _lay_out(self) -> None:
        u = theme.unit()
        head = QVBoxLayout()
        head.setContentsMargins(2 * u, 2 * u, 2 * u, 2 * u)
        head.addWidget(self.search)
        foot = QHBoxLayout()
        foot.setContentsMargins(3 * u, round(1.5 * u), 3 * u, round(1.5 * u))
        foot.addWidget(_Hints(((_("Enter"), _("do it")), (_("Up, Down"), _("walk")), (_("Esc"), _("close")))))
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)  # the edge
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._pages)
        layout.addLayout(foot)

    def showEvent(self, event: QShowEvent) -> None:
        """Stand in the upper third of the window."""
        super().showEvent(event)
        window = self._window
        self.adjustSize()
        left = (window.width() - self.width()) // 2
        self.move(window.mapToGlobal(QPoint(left, max(0, (window.height() - self.height()) // 4))))
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge, which no frame of the desktop draws here."""
        super().paintEvent(event)
        look = theme.theme_of(self.palette())
        painter = QPainter(self)
        drawing.draw_edge(painter, self)
        painter.setPen(QPen(look.colour("Mid"), 1))
        for edge in (self._pages.geometry().top() - 1, self._pages.geometry().bottom() + 1):
            painter.drawLine(1, edge, self.width() - 2, edge)
        painter.end()

    def _show(self, typed: str) -> None:
        found = ranked(self._entries, typed, self._recent)
        self._rows.show(found)
        self._pages.setCurrentIndex(0 if found else 1)
        self._nothing.setText(say(message("Nothing is called “{words}”.", words=typed.strip())))
        first = meant(found)
        self.list.setCurrentIndex(self._rows.index(first) if first >= 0 else QModelIndex())
        self.list.scrollToTop()
        self._say(self.list.currentIndex())

    def _walk(self, step: int) -> None:
        """Go on by some rows; over those that cannot be done, and by single steps from either end to the other."""
        possible = [row for row in range(self._rows.rowCount()) if self._rows.flags(self._rows.index(row)) & _ENABLED]
        if not possible:
            return
        here = self.list.currentIndex().row()
        place = possible.index(here) + step if here in possible else 0
        place = place % len(possible) if abs(step) == 1 else max(0, min(place, len(possible) - 1))
        self.list.setCurrentIndex(self._rows.index(possible[place]))

    def _say(self, index: QModelIndex) -> None:
        """Have a screen reader say the row, though the focus stays in the field."""
        found: Found | None = index.data(FOUND) or self._rows.index(0).data(FOUND)  # why the first cannot be done
        words = accessible(found.entry) if found is not None else self._nothing.text()
        self.search.setAccessibleDescription(words)

    def _take(self) -> None:
        self._take_row(self.list.currentIndex())

    def _take_row(self, index: QModelIndex) -> None:
        found: Found | None = index.data(FOUND)
        if found is not None and found.entry.possible:
            self.choice = found.entry
            self.accept()


_ENABLED = Qt.ItemFlag.ItemIsEnabled


class _Hints(QWidget):
    """Keys in caps, each with what it does."""

    def __init__(self, hints: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._hints = hints
        self.setAccessibleName(", ".join(f"{key}: {words}" for key, words in hints))

    def sizeHint(self) -> QSize:
        """Return the room for all of them in one line."""
        u = theme.unit()
        metrics = QFontMetrics(theme.ui_font("note"))
        wide = sum(
            chips.key_caps_width((key,)) + metrics.horizontalAdvance(words) + 6 * u for key, words in self._hints
        )
        return QSize(wide, 5 * u)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them."""
        u = theme.unit()
        look = theme.theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0
        for key, words in self._hints:
            chips.draw_key_caps(
                painter, QRect(left, 0, self.width(), self.height()), (key,), look, look.colour("muted")
            )
            left += chips.key_caps_width((key,)) + round(1.5 * u)
            place = QRect(left, 0, self.width() - left, self.height())
            left += drawing.write(painter, place, words, theme.ui_font("note"), look.colour("muted")) + 4 * u
        painter.end()

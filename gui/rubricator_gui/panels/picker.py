"""The label picker: it opens at the selection; a few letters find a label, Enter takes it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from rubricator.model.label_search import FoundLabel, find_labels
from rubricator.model.scheme import Label
from rubricator.words import _, message, say
from rubricator_gui import chips, theme
from rubricator_gui.panels.plain import bar, dress_search, plain_label
from rubricator_gui.panels.rows import ENTER, ITEM, MARKED, RIGHT, Index, Ink, RowDelegate, RowList, write
from rubricator_gui.session import Session

ROWS = 8
"""How many labels are seen at once."""


class _Model(QAbstractListModel):
    """The labels that match what was typed."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._found: list[FoundLabel] = []
        self.current = 0

    def search(self, typed: str, without: str) -> None:
        self.beginResetModel()
        session = self._session
        self._found = [
            found
            for found in find_labels(session.scheme.labels, typed, session.last_label)
            if found.label.name != without
        ]
        self.current = 0
        self.endResetModel()

    def label(self, row: int) -> Label | None:
        return self._found[row].label if 0 <= row < len(self._found) else None

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        found = self._found[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return found.label.title
            case Qt.ItemDataRole.ToolTipRole:
                return found.label.definition
            case Qt.ItemDataRole.AccessibleTextRole:
                if not found.label.key:
                    return found.label.title
                return say(message("{what}, key {key}", what=found.label.title, key=found.label.key.upper()))
            case _ if role == ITEM:
                return found
            case _ if role == MARKED:
                return index.row() == self.current
        return None


class _Delegate(RowDelegate):
    """Draws chip, title with what was typed in bold, a note, the key."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(7.5, parent)
        self._session = session

    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        u = theme.unit()
        found: FoundLabel = index.data(ITEM)
        label = found.label
        high = chips.chip_height()
        wide = max(round(10.5 * u), chips.chip_width(self._session.scheme.labels))
        chip = QRect(rect.left() + 3 * u, rect.top() + (rect.height() - high + 1) // 2, wide, high)
        chips.draw_chip(painter, chip, label, ink.look)
        cap = QRect(rect.right() + 1 - 4 * u - chips.key_cap_width(), rect.top(), chips.key_cap_width(), rect.height())
        chips.draw_key_cap(painter, cap.adjusted(0, round(1.5 * u), 0, -round(1.5 * u)), label.key, ink.look)
        left, right = chip.right() + 1 + round(2.5 * u), cap.left() - 2 * u
        if label.name == self._session.last_label:
            place = QRect(left, rect.top(), right - left, rect.height())
            right -= write(painter, place, _("the last label"), theme.ui_font("note"), ink.muted, RIGHT) + 2 * u
        bold = theme.ui_font()
        bold.setWeight(QFont.Weight.DemiBold)
        title = label.title
        for words, font in (
            (title[: found.start], theme.ui_font()),
            (title[found.start : found.end], bold),
            (title[found.end :], theme.ui_font()),
        ):
            if words and left < right:
                write(painter, QRect(left, rect.top(), right - left, rect.height()), words, font, ink.text)
                left += QFontMetrics(font).horizontalAdvance(words)


class LabelPicker(QFrame):
    """A small window over the article; it goes when something was taken, with Esc, and with a click elsewhere."""

    picked = Signal(object, object)
    """(The name of a label, whether for all identical mentions)."""
    closed = Signal()
    """It is gone, with or without a label."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("labelPicker")
        self.setAccessibleName(_("Pick a label"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._without = ""
        self._session = session
        u = theme.unit()
        self.search = QLineEdit()
        self._glass = dress_search(self.search, "labelSearch", _("Type a label"), _("Type a label"))
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._search)
        field = bar()
        line = QVBoxLayout(field)
        line.setContentsMargins(2 * u, 2 * u, 2 * u, 2 * u)
        line.addWidget(self.search)
        self._model = _Model(session, self)
        self.view = RowList(self)
        self.view.setAccessibleName(_("Labels that match"))
        self.view.setModel(self._model)
        self.view.draw_with(_Delegate(session, self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.clicked.connect(self._clicked)
        self.view.setMinimumHeight(self.view.verticalHeader().defaultSectionSize())
        about = bar()
        words = QVBoxLayout(about)
        words.setContentsMargins(3 * u, 2 * u, 3 * u, 2 * u)
        words.setSpacing(u // 2)
        self._title = plain_label(kind="section")
        self._definition = plain_label()
        self._definition.setWordWrap(True)
        self._definition.setAlignment(Qt.AlignmentFlag.AlignTop)
        words.addWidget(self._title)
        words.addWidget(self._definition)
        self._hints = _Hints()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for widget in (field, self.view, about, self._hints):
            column.addWidget(widget)

    def ask(self, near: QRect, *, everywhere: bool = False, without: str = "") -> None:
        """Open below a place on the screen; `everywhere` has Enter take all mentions, `without` leaves a label out."""
        u = theme.unit()
        look = theme.theme_of(self.palette())
        self._glass.setIcon(theme.icon("search", "muted", look))
        palette = self._title.palette()
        palette.setColor(QPalette.ColorRole.WindowText, look.colour("rubric"))
        self._title.setPalette(palette)
        self._without, self._everywhere = without, everywhere
        self._hints.show_hints(everywhere=everywhere, all_mentions=not without)
        self.search.clear()
        self._search("")
        rows = min(ROWS, max(1, self._model.rowCount()))
        self.view.setFixedHeight(rows * self.view.verticalHeader().defaultSectionSize())
        self.setFixedWidth(100 * u)
        self._definition.setFixedHeight(self._tallest(94 * u))
        self.adjustSize()
        self.move(self._place(near))
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def _tallest(self, width: int) -> int:
        """Return the height that the longest definition needs: the list must not jump while one walks."""
        metrics = QFontMetrics(self._definition.font())
        wrap = Qt.TextFlag.TextWordWrap
        heights = [
            metrics.boundingRect(0, 0, width, 0, wrap, label.definition) for label in self._session.scheme.labels
        ]
        return min(max((rect.height() for rect in heights), default=0), 6 * metrics.lineSpacing())

    def _place(self, near: QRect) -> QPoint:
        """Return where there is room: below the words, or else above them."""
        room = self.screen().availableGeometry()
        gap = theme.unit()
        below = near.bottom() + gap
        y = below if below + self.height() <= room.bottom() else max(room.top(), near.top() - gap - self.height())
        return QPoint(max(room.left(), min(near.left(), room.right() - self.width())), y)

    def _search(self, typed: str) -> None:
        self._model.search(typed, self._without)
        self._go(0)

    def _go(self, row: int) -> None:
        """Mark a row and say what its label means."""
        self._model.current = max(0, min(row, self._model.rowCount() - 1))
        self.view.setCurrentIndex(self._model.index(self._model.current))
        self.view.viewport().update()
        label = self._model.label(self._model.current)
        self._title.setText(label.title if label else say(message("No label matches “{words}”.", words=self._typed)))
        self._definition.setText(label.definition if label else "")
        self.search.setAccessibleDescription(f"{label.title}. {label.definition}" if label else self._title.text())

    @property
    def _typed(self) -> str:
        return self.search.text().strip()

    def _clicked(self, index: QModelIndex) -> None:
        self._take(index.row(), self._everywhere)

    def _take(self, row: int, everywhere: bool) -> None:
        label = self._model.label(row)
        if label is not None:
            self.hide()
            self.picked.emit(label.name, everywhere)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Walk and take from the field."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        page = max(1, self.view.height() // self.view.verticalHeader().defaultSectionSize() - 1)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
        if event.key() in steps:
            self._go(self._model.current + steps[Qt.Key(event.key())])
        elif event.key() in ENTER:
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._take(self._model.current, self._everywhere or (shifted and not self._without))
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that it is gone."""
        super().hideEvent(event)
        self.closed.emit()


class _Hints(QWidget):
    """What the keys do here, each beside its cap."""

    def __init__(self) -> None:
        super().__init__()
        self._hints: tuple[tuple[str, str], ...] = ()
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setAutoFillBackground(True)

    def show_hints(self, *, everywhere: bool, all_mentions: bool) -> None:
        take = _("all identical") if everywhere else _("take")
        more = (("Shift+Enter", _("all identical")),) if all_mentions and not everywhere else ()
        self._hints = (("Enter", take), *more, ("Esc", _("close")))
        self.update()

    def sizeHint(self) -> QSize:
        u = theme.unit()
        return QSize(60 * u, 8 * u)

    def paintEvent(self, _event: QPaintEvent) -> None:
        u = theme.unit()
        look = theme.theme_of(self.palette())
        painter = QPainter(self)
        painter.fillRect(QRect(0, 0, self.width(), 1), look.colour("Mid"))
        left = 3 * u
        font = theme.ui_font("note")
        metrics = QFontMetrics(font)
        for key, words in self._hints:
            wide = metrics.horizontalAdvance(key) + 2 * u
            cap = QRect(left, (self.height() - 5 * u) // 2, wide, 5 * u)
            chips.draw_words_cap(painter, cap, key, look)
            left = cap.right() + 1 + u
            place = QRect(left, 0, self.width() - left, self.height())
            left += write(painter, place, words, font, look.colour("muted")) + 4 * u
        painter.end()

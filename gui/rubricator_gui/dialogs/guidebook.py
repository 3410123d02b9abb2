"""The guidelines of the whole scheme: a filter, the labels, and what is said of the one that is read."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from rubricator.model.changes import Change
from rubricator.model.folding import fold
from rubricator.model.label_search import FoundLabel, find_guidelines, find_labels
from rubricator.model.scheme import Label
from rubricator.words import Message, _, joined, message, say
from rubricator_gui import chips, theme
from rubricator_gui.dialogs import parts
from rubricator_gui.dialogs.guideline_words import gone_in, of_label
from rubricator_gui.dialogs.scheme.fields import tell
from rubricator_gui.drawing import write_marked
from rubricator_gui.keymap import keymap_of
from rubricator_gui.panels.empty import EmptyPane
from rubricator_gui.panels.find import FindBar
from rubricator_gui.panels.markdown import Preview
from rubricator_gui.panels.plain import LineLabel, plain_label
from rubricator_gui.panels.rows import ITEM, MARKED, Index, Ink, RowDelegate, RowList, write
from rubricator_gui.panels.searchfield import SearchField
from rubricator_gui.reader.sheet import Sheet
from rubricator_gui.reader.view import ReaderView
from rubricator_gui.session import Session
from rubricator_gui.wording import label_facts

_LEAST, _MOST = 140, 200
"""Units of width in which guidelines are read with ease beside the labels; where it is narrower they stand below."""
_NARROW, _NARROWEST = 92, 60
"""Units of width that it asks for: it lies over the list of articles, in the room left of the text, and leaves the text
and the panels to be worked with. Where it would be too narrow there, it lies over the panels."""


_FEW = 32
"""Units of height of the list of labels where what is said of them stands below it."""


class _Model(QAbstractListModel):
    """What holds for all labels, where something does, and below it the labels; or what was found, that one last."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._found: list[FoundLabel | None] = []
        self.current = 0

    def search(self, typed: str) -> None:
        """Show the labels whose names or guidelines have what was typed."""
        self.beginResetModel()
        scheme = self._session.scheme
        whole: list[FoundLabel | None] = [None] if scheme.guideline and fold(typed) in fold(scheme.guideline) else []
        labels = find_guidelines(scheme, typed)
        self._found = [*labels, *whole] if typed.strip() else [*whole, *labels]
        self.endResetModel()

    def label(self, row: int) -> Label | None:
        """Return the label of a row; None for what holds for all."""
        found = self._found[row]
        return found.label if found is not None else None

    def row_of(self, name: str) -> int:
        """Return the row of a label, or the first one."""
        return next((n for n, found in enumerate(self._found) if found and found.label.name == name), 0)

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        found = self._found[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _("What holds for all labels") if found is None else found.label.title or found.label.name
            case Qt.ItemDataRole.ToolTipRole:
                return found.label.definition if found is not None else ""
            case _ if role == ITEM:
                return found
            case _ if role == MARKED:
                return index.row() == self.current
        return None


class _Delegate(RowDelegate):
    """Draws chip and title, with what was typed in bold."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(7, parent)
        self._chip = max(round(10.5 * theme.unit()), chips.chip_width(session.scheme.labels))

    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        u = theme.unit()
        found: FoundLabel | None = index.data(ITEM)
        left = rect.left() + 3 * u
        if found is None:
            write(painter, rect.adjusted(3 * u, 0, -2 * u, 0), index.data(), theme.ui_font(), ink.text)
            return
        high = chips.chip_height()
        chip = QRect(left, rect.top() + (rect.height() - high + 1) // 2, self._chip, high)
        chips.draw_chip(painter, chip, found.label, ink.look)
        left = chip.right() + 1 + round(2.5 * u)
        place = QRect(left, rect.top(), rect.right() + 1 - 2 * u - left, rect.height())
        write_marked(painter, place, index.data(), found.start, found.end, ink)


class GuidelineBook(QDialog):
    """Type to find, Up and Down to go from label to label, PgUp and PgDn to scroll what is said; Esc closes.

    It stands beside the article, in which one works on all the while; the key of the next pane goes there and comes
    round. It follows the label of what one works with there.
    """

    def __init__(self, session: Session, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("guidebook")
        self.setWindowTitle(_("All guidelines"))
        self._session = session
        u = theme.unit()
        self.filter = SearchField("guidebookFilter", _("Find a label, or words"), _("Find in the guidelines"))
        self.list = RowList()
        self.list.setAccessibleName(_("Labels"))
        self._model = _Model(session, self)
        self.list.setModel(self._model)
        self.list.draw_with(_Delegate(session, self.list))
        self._name = ""
        """The label that is read; none is what holds for all."""
        self._title = LineLabel("title", muted=False)
        self._facts = plain_label(kind="note", muted=True)
        self._facts.setWordWrap(True)
        self._gone = plain_label(kind="note")
        self._gone.setWordWrap(True)
        self._gone.setObjectName("goneLabels")
        self.text = Preview()
        self._empty = EmptyPane()
        close = parts.wire(QPushButton(_("Close")), self.reject)
        left, right = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.filter)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._title)
        column.addWidget(self._facts)
        column.addWidget(self._gone)
        column.addWidget(self.text, 1)
        self._both = both = QSplitter(Qt.Orientation.Vertical)
        both.setChildrenCollapsible(False)
        both.setHandleWidth(3 * u)
        both.addWidget(left)
        both.addWidget(right)
        both.setStretchFactor(1, 1)
        theme.size(self, _NARROW * u, 190 * u)
        both.setSizes([_FEW * u, 150 * u])
        foot = QHBoxLayout()
        self._keys = plain_label(kind="note", muted=True)
        self._keys.setWordWrap(True)
        for one in keymap_of(session.settings).keys["next-pane"]:
            QShortcut(QKeySequence(one), self, self._go_back)
        foot.addWidget(self._keys, 1)
        foot.addWidget(close)
        whole = parts.column(self)
        whole.addWidget(both, 1)
        whole.addLayout(foot)
        self.filter.textChanged.connect(self._search)
        self.list.selectionModel().currentChanged.connect(self._read)
        self.filter.installEventFilter(self)
        self.list.installEventFilter(self)
        self._search("")
        self._go_to(self._model.row_of(name))
        self.filter.setFocus()
        self._stood = QRect()
        """Where it came up."""
        self._works_with = self._at_hand()
        """What one worked with when this was looked at last."""
        session.changed.connect(self._changed)
        session.selection_changed.connect(self._follow)
        session.opened.connect(self.reject)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have what is said beside the labels, or below them."""
        super().resizeEvent(event)
        u = theme.unit()
        beside = event.size().width() >= _LEAST * u
        way = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if way != self._both.orientation():
            self._both.setOrientation(way)
            self._both.setSizes([62 * u, 150 * u] if beside else [_FEW * u, 150 * u])

    def come(self, name: str) -> None:
        """Come to the front, and show what is said of a label where one is named."""
        if name:
            self.filter.clear()
            self._go_to(self._model.row_of(name))
        if self.isHidden():
            sheet = self._article()
            clear = sheet.asked_about() if sheet is not None else ()
            kept, beside = parts.kept_place(self, self._session.memory), self._left_of(sheet)
            if kept is None and sheet is not None and beside is not None:
                parts.put_over(self, beside)
                sheet.installEventFilter(self)
            else:
                parts.put_at_the_right(self, kept, clear)
            self.show()
            self._stood = QRect(self.pos(), self.size())
        self.raise_()
        self.activateWindow()
        self.filter.setFocus()

    def _left_of(self, sheet: Sheet | None) -> QRect | None:
        """Return the room left of the text, in which nothing is to label with, if there is enough."""
        u = theme.unit()
        if sheet is None:
            return None
        page, window = sheet.parentWidget(), sheet.window()
        finds = any(bar.isVisibleTo(window) for bar in window.findChildren(FindBar))
        # Above the text its headline begins where the text does; the bar that finds words begins before.
        above = page if isinstance(sheet, ReaderView) and not finds else None
        top = (above or sheet).mapToGlobal(QPoint())
        left_of_text = sheet.mapToGlobal(QPoint(sheet.text_left(), 0)).x()
        left = max(sheet.window().mapToGlobal(QPoint()).x(), self.screen().availableGeometry().left())
        high = sheet.window().mapToGlobal(QPoint(0, sheet.window().height())).y() - top.y()
        room = QRect(left, top.y(), min(_MOST * u, left_of_text - u - left), high)
        return room if room.width() >= _NARROWEST * u else None

    def _article(self) -> Sheet | None:
        """Return the article beside it: one's own layer, or the review."""
        window = self.parentWidget()
        sheets = window.findChildren(Sheet) if window is not None else []
        return next((sheet for sheet in sheets if sheet.isVisible()), None)

    def _go_back(self) -> None:
        """Go to the article, and stay open beside it."""
        sheet = self._article()
        if sheet is not None:
            sheet.window().activateWindow()
            sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self, result: int) -> None:
        """Be gone; the keys go back to where they were, and it comes back where somebody moved it."""
        if self._was_moved():
            parts.keep_place(self, self._session.memory)
        super().done(result)
        window = self.parentWidget()
        if window is not None:
            window.activateWindow()

    def _was_moved(self) -> bool:
        shifted = (self.pos() - self._stood.topLeft()).manhattanLength() > 2 * theme.unit()  # what frames it shifts it
        return shifted or self.size() != self._stood.size()

    def _make_room(self, sheet: Sheet) -> None:
        """Give way to what comes up above the text: the bar that finds words."""
        beside = self._left_of(sheet)
        if beside is not None and not self._was_moved():
            parts.put_over(self, beside)
            self._stood = QRect(self.pos(), self.size())

    def _follow(self) -> None:
        """Show what is said of the label that one works with by now, unless one reads here; a search is over then."""
        was, self._works_with = self._works_with, self._at_hand()
        if self._works_with is None or self._works_with == was or self.isActiveWindow():
            return
        _held, label = self._works_with
        if label in self._session.scheme.by_name:
            self.filter.clear()
            self._go_to(self._model.row_of(label))

    def _at_hand(self) -> tuple[str, str] | None:
        """Return the annotation or suggestion that one works with in the article (its id), and its label."""
        held = self._session.shown(self._session.current) or self._session.labelled_last
        return (held.id, held.label) if held is not None else None

    def _changed(self, change: Change) -> None:
        """Tell what is said by now; who reads on does so at the same line."""
        if not (change.scheme or change.everything):
            self._follow()
            return
        name, bar = self._name, self.text.verticalScrollBar()
        read = bar.value()
        self.list.draw_with(_Delegate(self._session, self.list))
        self._search(self.filter.text())
        if name:
            self._go_to(self._model.row_of(name))
        if self._name == name:
            bar.setValue(read)

    def _search(self, typed: str) -> None:
        self._model.search(typed)
        rows = self._model.rowCount()
        self.list.setVisible(rows > 0)
        self._empty.setVisible(rows == 0)
        none = message("No guideline matches “{words}”.", words=typed.strip())
        self._empty.say(none if typed.strip() else message("The scheme has no labels."))
        self._title.setVisible(rows > 0)
        self._facts.setVisible(rows > 0)
        self.text.setVisible(rows > 0)
        if rows:
            self._go_to(self._model.row_of(self._name) if not typed.strip() else 0)
        self._name_keys()

    def _name_keys(self) -> None:
        """Say what the keys do here; of what was found, which one is read: the best of it is so at once."""
        rows, searched = self._model.rowCount(), bool(self.filter.text().strip())
        words: list[Message] = []
        if rows == 1 and searched:
            words = [message("The one match; PgUp and PgDn scroll")]
        elif rows and searched:
            place = {"n": self._model.current + 1, "all": rows}
            words = [message("Match {n} of {all}; Up and Down go to others, PgUp and PgDn scroll", **place)]
        elif rows:
            words = [message("Up and Down go from label to label, PgUp and PgDn scroll")]
        if key := keymap_of(self._session.settings).first("next-pane"):
            words.append(message("{key} goes back to the article", key=key))
        self._keys.setText(say(joined(words, "; ")) if words else "")

    def _go_to(self, row: int) -> None:
        self.list.setCurrentIndex(self._model.index(row, 0))
        self.list.scrollTo(self._model.index(row, 0))

    def _read(self, index: QModelIndex, _was: QModelIndex) -> None:
        """Show what is said of a row; a screen reader says the row while the focus stays in the field."""
        if not index.isValid():
            return
        self._model.current = index.row()
        self.list.viewport().update()
        label, scheme = self._model.label(index.row()), self._session.scheme
        self._name = label.name if label is not None else ""
        title = str(index.data())
        self._title.say(title)
        self._facts.setText(say(label_facts(label)) if label is not None else scheme.name)
        self.text.show_markdown(of_label(scheme, label) if label is not None else scheme.guideline)
        said = gone_in(scheme, (label,) if label is not None else (), self._session.ready.rows.labels_gone())
        tell(self._gone, said, "warn")
        typed = self.filter.text()
        named = label is not None and bool(find_labels([label], typed))
        self.text.mark(typed, go=not named)  # whom a name led here reads from the top
        self.filter.setAccessibleDescription(title)
        self._name_keys()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk and scroll while the focus is in the field; type in the field while it is in the list.

        From what was typed Down leads into the list: many press it to come to the best match.
        """
        if isinstance(watched, Sheet):
            if event.type() == QEvent.Type.Move:
                self._make_room(watched)
            return False
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.reject()  # what was looked for goes with it
            return True
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if self.text.turn_page(key):
            return True
        if watched is self.filter and key == Qt.Key.Key_Down and self.filter.text().strip():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # to the best match, which is read already
            return True
        if watched is self.filter and key in steps:
            row = self.list.currentIndex().row() + steps[Qt.Key(key)]
            if 0 <= row < self._model.rowCount():
                self._go_to(row)
            return True
        if watched is self.list and event.matches(QKeySequence.StandardKey.SelectAll):
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)  # what is typed next takes its place
            self.filter.selectAll()
            return True
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if watched is self.list and not held and event.text().strip() and event.text().isprintable():
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
            self.filter.insert(event.text())
            return True
        return super().eventFilter(watched, event)


def show_book(session: Session, name: str, window: QWidget | None) -> None:
    """Have the guidelines read beside the article, those of a label where one is named: a window has one book."""
    books = window.findChildren(GuidelineBook) if window is not None else []
    open_ = next((book for book in books if book.isVisible()), None)  # another one may be about to be deleted
    (open_ or GuidelineBook(session, name, window)).come(name)

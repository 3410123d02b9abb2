"""The relations of an annotation: where they lead and where they come from; gone to, turned, changed, taken off."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from rubricator.model.relations import Relation
from rubricator.model.spans import Annotation
from rubricator.words import _, message, plural, say
from rubricator_gui import chips, theme
from rubricator_gui.acts.relations import Option
from rubricator_gui.dialogs import parts
from rubricator_gui.panels import facts
from rubricator_gui.panels.plain import plain_label
from rubricator_gui.panels.quotes import one_line, quote_font
from rubricator_gui.panels.relation_picker import RelationPicker
from rubricator_gui.panels.rows import ITEM, RIGHT, Index, Ink, RowDelegate, RowList, write
from rubricator_gui.session import Session
from rubricator_gui.wording import short_quote


class _Model(QAbstractListModel):
    """The relations at an annotation."""

    def __init__(self, session: Session, annotation: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._annotation = annotation
        self.relations: list[Relation] = []
        self.load()

    def load(self) -> None:
        self.beginResetModel()
        self.relations = self._session.relations.at(self._annotation)
        self.endResetModel()

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return len(self.relations)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        relation = self.relations[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return facts.relation_words(self._session, relation, self._annotation)
            case _ if role == ITEM:
                return relation
        return None


class _Delegate(RowDelegate):
    """Draws type and arrow, then chip and words of the other end; what is not allowed any longer says so."""

    def __init__(self, session: Session, annotation: str, parent: QWidget) -> None:
        super().__init__(7, parent)
        self._session = session
        self._annotation = annotation

    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        u = theme.unit()
        session = self._session
        relation: Relation = index.data(ITEM)
        left, right = rect.left() + 3 * u, rect.right() + 1 - 3 * u
        if session.relations.wrong(relation) is not None:
            place = QRect(left, rect.top(), right - left, rect.height())
            bad = ink.text if ink.marked else ink.look.colour("bad")
            right -= write(painter, place, _("not allowed any longer"), theme.ui_font("note"), bad, RIGHT) + 3 * u
        words = f"{session.relation_title(relation.label)} {facts.relation_arrow(session, relation, self._annotation)}"
        place = QRect(left, rect.top(), right - left, rect.height())
        left += write(painter, place, words, theme.ui_font("strong"), ink.text) + 2 * u
        other = session.spans.get(relation.other_end(self._annotation))
        if other is None:
            place = QRect(left, rect.top(), right - left, rect.height())
            write(painter, place, _("(not there any more)"), theme.ui_font(), ink.muted)
            return
        label = chips.label_of(session.scheme, other.label)
        high, wide = chips.chip_height(), chips.chip_width([label])
        chips.draw_chip(painter, QRect(left, rect.top() + (rect.height() - high + 1) // 2, wide, high), label, ink.look)
        left += wide + 2 * u
        if left < right:
            place = QRect(left, rect.top(), right - left, rect.height())
            write(painter, place, one_line(other.quote), quote_font(), ink.text)


class RelationDialog(QDialog):
    """Enter goes to the other end, F2 gives another type, T turns round, Delete takes off, Insert makes one more."""

    def __init__(self, session: Session, annotation: Annotation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("relationDialog")
        self.setWindowTitle(_("Relations"))
        self.wants_another = False
        """Whether a further relation is to be begun when this is closed."""
        self._session = session
        self._annotation = annotation
        u = theme.unit()
        title = session.title(annotation.label)
        head = plain_label(
            say(message("{label} “{quote}”", label=title, quote=short_quote(annotation.quote))), kind="title"
        )
        self._count = plain_label(kind="note", muted=True)
        self.model = _Model(session, annotation.id, self)
        self.view = RowList(self)
        self.view.setAccessibleName(_("Relations"))
        self.view.setAccessibleDescription(
            _("Enter goes to the other end, F2 gives another type, T turns round, Delete takes off.")
        )
        self.view.setModel(self.model)
        self.view.draw_with(_Delegate(session, annotation.id, self.view))
        self.view.installEventFilter(self)
        self.view.taken.connect(self._go)
        self.view.deleted.connect(self._delete)
        self.view.left.connect(self.reject)
        self.why = plain_label(kind="note")
        self.why.setWordWrap(True)
        column = parts.column(self)
        column.addWidget(head)
        column.addWidget(self._count)
        column.addWidget(self.view, 1)
        column.addWidget(self.why)
        column.addLayout(self._buttons())
        theme.size(self, 150 * u, 90 * u)
        self.view.selectionModel().currentChanged.connect(self._tell)
        self._load(0)
        self.view.setFocus()

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.go, self.type = QPushButton(_("Go there (Enter)")), QPushButton(_("Other type (F2)"))
        self.turn, self.off = QPushButton(_("Turn round (T)")), QPushButton(_("Take off (Delete)"))
        self.more, close = QPushButton(_("Relate to another (Insert)")), QPushButton(_("Close"))
        hands = (
            (self.more, self._another),
            (self.off, self._delete),
            (self.turn, self._turn),
            (self.type, self._retype),
            (self.go, self._go),
            (close, self.reject),
        )
        for button, hand in hands:
            line.addWidget(parts.wire(button, hand))
            if button is self.more:
                line.addStretch(1)
        return line

    # --- showing --------------------------------------------------------------------------------------------------

    def _load(self, row: int) -> None:
        self.model.load()
        n = self.model.rowCount()
        self._count.setText(say(plural("{n} relation", "{n} relations", n)) if n else _("It has no relations."))
        self.view.setCurrentIndex(self.model.index(max(0, min(row, n - 1))))
        self._tell()

    def _tell(self, *_indexes: object) -> None:
        """Say what is wrong with the current relation, and enable what can be done with it."""
        relation = self._current()
        wrong = self._session.relations.wrong(relation) if relation is not None else None
        self.why.setText(say(message("Not allowed any longer: {why}.", why=wrong)) if wrong else "")
        self.why.setVisible(wrong is not None)
        for button in (self.go, self.turn, self.off):
            button.setEnabled(relation is not None)
        self.type.setEnabled(relation is not None and bool(self._session.relations.types_for(relation)))

    def _current(self) -> Relation | None:
        row = self.view.currentIndex().row()
        return self.model.relations[row] if 0 <= row < len(self.model.relations) else None

    # --- doing ----------------------------------------------------------------------------------------------------

    def _go(self, _index: object = None) -> None:
        relation = self._current()
        if relation is not None:
            self._session.choose(relation.other_end(self._annotation.id))
            self.accept()

    def _delete(self, _index: object = None) -> None:
        relation = self._current()
        if relation is not None and self._session.relations.delete(relation):
            self._load(self.view.currentIndex().row())

    def _turn(self) -> None:
        relation = self._current()
        if relation is not None:
            self._refused_or(self._session.relations.turn(relation), relation)

    def _retype(self) -> None:
        relation = self._current()
        types = self._session.relations.types_for(relation) if relation is not None else []
        if types:
            picker = RelationPicker(self._session, self)
            picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            picker.picked.connect(self._take_type)
            picker.ask(self._place(), types)
        else:
            self._say_no(_("The scheme has no other relation for these two."))

    def _take_type(self, option: Option) -> None:
        relation = self._current()
        if relation is not None:
            self._refused_or(self._session.relations.retype(relation, option.kind), relation)

    def _another(self) -> None:
        self.wants_another = True
        self.accept()

    def _refused_or(self, done: bool, relation: Relation) -> None:
        """Show the relation as it is now, or what was said against it: the status line is behind this dialog."""
        rows = [one.id for one in self._session.relations.at(self._annotation.id)]
        self._load(rows.index(relation.id) if relation.id in rows else 0)
        if not done:
            self._say_no(_("That is not allowed between these two."))

    def _say_no(self, words: str) -> None:
        self.why.setText(words)
        self.why.show()

    def _place(self) -> QRect:
        rect = self.view.visualRect(self.view.currentIndex())
        return QRect(self.view.viewport().mapToGlobal(QPoint(3 * theme.unit(), rect.top())), rect.size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Do what the keys of the list say."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            hands = {Qt.Key.Key_F2: self._retype, Qt.Key.Key_T: self._turn, Qt.Key.Key_Insert: self._another}
            hand = hands.get(Qt.Key(event.key()))
            if hand is not None:
                hand()
                return True
        return super().eventFilter(watched, event)

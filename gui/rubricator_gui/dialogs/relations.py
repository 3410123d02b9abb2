"""The relations of an annotation, or of the article: where they lead; gone to, turned, changed, taken off."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QRadioButton, QWidget

from rubricator.model.relations import Relation
from rubricator.model.spans import Annotation
from rubricator.words import _, message, plural, say
from rubricator_gui import chips, theme
from rubricator_gui.acts.relations import Option
from rubricator_gui.dialogs import parts
from rubricator_gui.panels import facts
from rubricator_gui.panels.plain import plain_label, plain_tip
from rubricator_gui.panels.quotes import one_line, quote_font
from rubricator_gui.panels.relation_picker import RelationPicker
from rubricator_gui.panels.rows import ENTER, ITEM, RIGHT, Index, Ink, RowDelegate, RowList, write
from rubricator_gui.session import Session
from rubricator_gui.wording import short_quote


class _Model(QAbstractListModel):
    """The relations at an annotation, or all of the article."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.seen_from = ""
        """The annotation (its id) at which they stand; of all of the article none."""
        self.relations: list[Relation] = []

    def load(self) -> None:
        self.beginResetModel()
        relations = self._session.relations
        self.relations = relations.at(self.seen_from) if self.seen_from else relations.here()
        self.endResetModel()

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return len(self.relations)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        relation = self.relations[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                words = facts.relation_words(self._session, relation, self.seen_from or relation.source)
                if self.seen_from:
                    return words
                source = self._session.spans.get(relation.source)
                return f"{short_quote(source.quote) if source is not None else _('(not there any more)')}: {words}"
            case _ if role == ITEM:
                return relation
        return None


class _Delegate(RowDelegate):
    """Draws type and arrow, then chip and words of the other end; what is not allowed any longer says so.

    Where all of the article are listed, the end where one begins comes first.
    """

    def __init__(self, session: Session, model: _Model, parent: QWidget) -> None:
        super().__init__(7, parent)
        self._session = session
        self._model = model

    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        u = theme.unit()
        session = self._session
        relation: Relation = index.data(ITEM)
        here = self._model.seen_from or relation.source
        place = rect.adjusted(3 * u, 0, -3 * u, 0)
        if session.relations.wrong(relation) is not None:
            bad = ink.text if ink.marked else ink.look.colour("bad")
            used = write(painter, place, _("not allowed any longer"), theme.ui_font("note"), bad, RIGHT)
            place.setRight(place.right() - used - 3 * u)
        if not self._model.seen_from:
            part = QRect(place.topLeft(), QSize(round(place.width() * 0.38), place.height()))
            place.setLeft(place.left() + self._end(painter, part, relation.source, ink) + 3 * u)
        words = f"{session.relation_title(relation.label)} {facts.relation_arrow(session, relation, here)}"
        place.setLeft(place.left() + write(painter, place, words, theme.ui_font("strong"), ink.text) + 2 * u)
        self._end(painter, place, relation.other_end(here), ink)

    def _end(self, painter: QPainter, place: QRect, end: str, ink: Ink) -> int:
        """Draw chip and words of one end; return how wide they became."""
        session, u = self._session, theme.unit()
        annotation = session.spans.get(end)
        if annotation is None:
            return write(painter, place, _("(not there any more)"), theme.ui_font(), ink.muted)
        label = chips.label_of(session.scheme, annotation.label)
        high, wide = chips.chip_height(), chips.chip_width([label])
        chip = QRect(place.left(), place.top() + (place.height() - high + 1) // 2, wide, high)
        chips.draw_chip(painter, chip, label, ink.look)
        rest = place.adjusted(wide + 2 * u, 0, 0, 0)
        used = write(painter, rest, one_line(annotation.quote), quote_font(), ink.text) if rest.width() > 0 else 0
        return wide + 2 * u + used


class RelationDialog(QDialog):
    """Enter goes to the other end, F2 gives another type, T turns round, E and O move an end, Delete takes off."""

    def __init__(
        self, session: Session, annotation: Annotation | None, parent: QWidget | None = None, relation: str = ""
    ) -> None:
        """List the relations of an annotation, or of the article where there is none; `relation` is current first."""
        super().__init__(parent)
        self.setObjectName("relationDialog")
        self.setWindowTitle(_("Relations"))
        self.wants_another = False
        """Whether a further relation is to be begun when this is closed."""
        self.wants_moved: tuple[Relation, str] | None = None
        """The relation of which an end (the annotation where it stands) is to be moved when this is closed."""
        self._session = session
        self._annotation = annotation
        u = theme.unit()
        self._head = plain_label(kind="title")
        self._count = plain_label(kind="note", muted=True)
        self.of_one, self.of_all = QRadioButton(_("This annotation")), QRadioButton(_("The whole article (W)"))
        self.of_one.setEnabled(annotation is not None)
        (self.of_one if annotation is not None else self.of_all).setChecked(True)
        which = QHBoxLayout()
        which.setSpacing(4 * u)
        for widget in (self.of_one, self.of_all):
            which.addWidget(widget)
        which.addStretch(1)
        which.addWidget(self._count)
        self.model = _Model(session, self)
        self.view = RowList(self)
        self.view.setAccessibleName(_("Relations"))
        self.view.setModel(self.model)
        self.view.draw_with(_Delegate(session, self.model, self.view))
        self.view.installEventFilter(self)
        self.view.taken.connect(self._go)
        self.view.deleted.connect(self._delete)
        self.view.left.connect(self.reject)
        self.why = plain_label(kind="note")
        self.why.setWordWrap(True)
        column = parts.column(self)
        column.addWidget(self._head)
        column.addLayout(which)
        column.addWidget(self.view, 1)
        column.addWidget(self.why)
        for line in self._buttons():
            column.addLayout(line)
        theme.size(self, 165 * u, 95 * u)
        self.view.selectionModel().currentChanged.connect(self._tell)
        self.of_all.toggled.connect(self._list)
        self._list(relation=relation)
        self.view.setFocus()

    def _buttons(self) -> tuple[QHBoxLayout, QHBoxLayout]:
        first, last = QHBoxLayout(), QHBoxLayout()
        self.go, self.back = QPushButton(), QPushButton(_("Go to where it begins (Shift+Enter)"))
        self.type, self.turn = QPushButton(_("Other type (F2)")), QPushButton(_("Turn round (T)"))
        self.off, self.more = QPushButton(_("Take off (Delete)")), QPushButton(_("Relate to another (Insert)"))
        self.more.setEnabled(self._annotation is not None)
        self.near, self.far = QPushButton(), QPushButton()
        moving = (self.near, self._move_near), (self.far, self._move_far)
        for button, hand in ((self.go, self._go), (self.back, self._go_back), *moving):
            first.addWidget(parts.wire(button, hand))
        first.addStretch(1)
        hands = (
            (self.type, self._retype),
            (self.turn, self._turn),
            (self.off, self._delete),
            (self.more, self._another),
        )
        for button, hand in hands:
            last.addWidget(parts.wire(button, hand))
        last.addStretch(1)
        last.addWidget(parts.wire(QPushButton(_("Close")), self.reject))
        return first, last

    # --- showing --------------------------------------------------------------------------------------------------

    def _list(self, _toggled: bool = False, relation: str = "") -> None:
        """List those of the annotation, or all; the current one stays it."""
        current = self._current()
        relation = relation or (current.id if current is not None else "")
        one = self._annotation if self.of_one.isChecked() else None
        self.model.seen_from = one.id if one is not None else ""
        self.view.setAccessibleDescription(
            _("Enter goes to the other end, F2 gives another type, T turns round, E and O move ends, Delete takes off.")
            if one is not None
            else _("Enter goes to where it leads, Shift+Enter to where it begins, F2 gives another type.")
        )
        words = message("Relations of the article")
        if one is not None:
            title = self._session.title(one.label)
            words = message("{label} “{quote}”", label=title, quote=short_quote(one.quote))
        self._head.setText(say(words))
        self.go.setText(_("Go to the other end (Enter)") if one is not None else _("Go to where it leads (Enter)"))
        self.back.setVisible(one is None)
        here, there = (_("Move this end… (E)"), _("Move the other end… (O)"))
        if one is None:
            here, there = (_("Move where it begins… (E)"), _("Move where it leads… (O)"))
        self.near.setText(here)
        self.far.setText(there)
        self._load(relation)

    def _widen(self) -> None:
        """List all of the article, or again only those of the annotation."""
        (self.of_one if self.of_all.isChecked() and self.of_one.isEnabled() else self.of_all).setChecked(True)

    def _load(self, relation: str = "", row: int = 0) -> None:
        """List them as they are now; the current row is that of a relation, else so many rows down."""
        self.model.load()
        n = self.model.rowCount()
        self._count.setText(say(plural("{n} relation", "{n} relations", n)) if n else _("There are no relations."))
        ids = [one.id for one in self.model.relations]
        row = ids.index(relation) if relation in ids else max(0, min(row, n - 1))
        self.view.setCurrentIndex(self.model.index(row))
        self._tell()

    def _tell(self, *_indexes: object) -> None:
        """Say what is wrong with the current relation, and enable what can be done with it."""
        relation, relations = self._current(), self._session.relations
        wrong = relations.wrong(relation) if relation is not None else None
        self.why.setText(say(message("Not allowed any longer: {why}.", why=wrong)) if wrong else "")
        self.why.setVisible(wrong is not None)
        for button in (self.go, self.back, self.off, self.near, self.far):
            button.setEnabled(relation is not None)
        self.type.setEnabled(relation is not None and bool(relations.types_for(relation)))
        unturned = relations.unturned(relation) if relation is not None else None
        self.turn.setEnabled(relation is not None and unturned is None)
        self.turn.setToolTip(plain_tip(say(message("Not possible: {why}.", why=unturned))) if unturned else "")

    def _current(self) -> Relation | None:
        row = self.view.currentIndex().row()
        return self.model.relations[row] if 0 <= row < len(self.model.relations) else None

    # --- doing ----------------------------------------------------------------------------------------------------

    def _go(self, _index: object = None) -> None:
        relation = self._current()
        if relation is not None:
            self._walk_to(relation.other_end(self.model.seen_from) if self.model.seen_from else relation.target)

    def _go_back(self) -> None:
        relation = self._current()
        if relation is not None:
            self._walk_to(relation.source)

    def _walk_to(self, end: str) -> None:
        self._session.choose(end)
        self.accept()

    def _delete(self, _index: object = None) -> None:
        relation = self._current()
        if relation is not None and self._session.relations.delete(relation):
            self._load(row=self.view.currentIndex().row())

    def _turn(self) -> None:
        relation = self._current()
        if relation is None:
            return
        unturned = self._session.relations.unturned(relation)
        if unturned is not None:
            self._say_no(say(message("It cannot be turned round: {why}.", why=unturned)))
        else:
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

    def _move_near(self) -> None:
        relation = self._current()
        if relation is not None:
            self._move(relation, self.model.seen_from or relation.source)

    def _move_far(self) -> None:
        relation = self._current()
        if relation is not None:
            self._move(relation, relation.other_end(self.model.seen_from or relation.source))

    def _move(self, relation: Relation, end: str) -> None:
        self.wants_moved = relation, end
        self.accept()

    def _another(self) -> None:
        if self._annotation is not None:
            self.wants_another = True
            self.accept()

    def _refused_or(self, done: bool, relation: Relation) -> None:
        """Show the relation as it is now, or what was said against it: the status line is behind this dialog."""
        self._load(relation.id)
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
            hands = {
                Qt.Key.Key_F2: self._retype,
                Qt.Key.Key_T: self._turn,
                Qt.Key.Key_E: self._move_near,
                Qt.Key.Key_O: self._move_far,
                Qt.Key.Key_W: self._widen,
                Qt.Key.Key_Insert: self._another,
            }
            back = event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            hand = self._go_back if back and not self.model.seen_from else hands.get(Qt.Key(event.key()))
            if hand is not None:
                hand()
                return True
        return super().eventFilter(watched, event)

"""The project's entities: those of the article first; found by typing, walked through mention by mention."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from rubricator.model.changes import Change
from rubricator.model.entities import Entity
from rubricator.words import _, message, plural, say
from rubricator_gui import chips, theme
from rubricator_gui.panels.empty import EmptyPane
from rubricator_gui.panels.entity_menu import EntityMenu
from rubricator_gui.panels.entity_picker import about_entity
from rubricator_gui.panels.plain import bar
from rubricator_gui.panels.rows import ENTER, ITEM, MARKED, RIGHT, Index, Ink, RowDelegate, RowList, repaint_row, write
from rubricator_gui.panels.searchfield import SearchField
from rubricator_gui.panels.section import Section
from rubricator_gui.session import Session

_MOST = 200
"""Rows that are listed; of more one types a letter."""


class EntityModel(QAbstractListModel):
    """Entities that match what was typed; without typing, those of the article in its order, then the commonest."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[Entity] = []
        self._by: dict[str, str] = {}
        """By which other name, or words of a mention, an entity (its id) was found."""
        self._here: dict[str, int] = {}
        self.marked = ""
        """The entity (its id) that stands out: what is done next is done with it."""
        self.typed = ""

    def load(self, *, as_before: bool = False) -> None:
        """List them anew; what is listed already stands `as_before`, where that is asked for."""
        session, stood = self._session, {entity.id: row for row, entity in enumerate(self._rows)}
        self.beginResetModel()
        self._rows, self._here, self._by = [], {}, {}
        if session.project is not None:
            finder = session.linking.finder
            if finder.by_id and session.article is not None:
                self._here = session.project.entities.mentioned_in(session.article.id)
            matched = finder.find(self.typed, most=_MOST)
            found = [one.entity for one in matched]
            if self.typed:
                apart = (one for one in matched if one.name not in (one.entity.name, one.entity.external))
                self._by = {one.entity.id: one.name for one in apart}
            here = [] if self.typed else [finder.by_id[uid] for uid in self._here if uid in finder.by_id]
            self._rows = [*here, *(one for one in found if self.typed or one.id not in self._here)]
        if as_before:
            self._rows.sort(key=lambda one: stood.get(one.id, len(stood)))
        self.endResetModel()

    def mark(self, entity: str) -> None:
        """Have another entity (its id) stand out, or none."""
        was, self.marked = self.marked, entity
        for uid in {was, entity}:
            repaint_row(self, self.row_of(uid))

    def row_of(self, entity: str) -> int:
        """Return the row of an entity (its id), -1 where it is not listed."""
        return next((row for row, one in enumerate(self._rows) if one.id == entity), -1)

    def entity(self, row: int) -> Entity:
        """Return the entity of a row."""
        return self._rows[row]

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return how many are listed."""
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid():
            return None
        entity = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entity.name
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(part for part in (entity.name, self._about(entity)) if part)
            case Qt.ItemDataRole.AccessibleTextRole:
                return ". ".join(part for part in (entity.name, self._about(entity), self.count(entity)) if part)
            case _ if role == ITEM:
                return entity
            case _ if role == MARKED:
                return entity.id == self.marked
        return None

    def found_by(self, entity: Entity) -> str:
        """Return the other name, or words of a mention, by which an entity was found; "" where it was by its name."""
        return self._by.get(entity.id, "")

    def _about(self, entity: Entity) -> str:
        by = self.found_by(entity)
        return about_entity(self._session, entity, "" if by in entity.aliases else by)

    def count(self, entity: Entity) -> str:
        """Say how often an entity is mentioned here, and in the whole project."""
        n, here = self._session.linking.finder.counts.get(entity.id, 0), self._here.get(entity.id, 0)
        if here and here < n:
            return say(message("{here} here, {n} in all", here=here, n=n))
        return say(plural("{n} mention", "{n} mentions", n))

    def short_count(self, entity: Entity) -> str:
        """Return the same in figures."""
        n, here = self._session.linking.finder.counts.get(entity.id, 0), self._here.get(entity.id, 0)
        return f"{here} / {n}" if here and here < n else str(n)


class EntityDelegate(RowDelegate):
    """Draws the chip of the kind, the name, and how often it is mentioned."""

    def __init__(self, session: Session, model: EntityModel, parent: QWidget) -> None:
        super().__init__(6, parent)
        self._session = session
        self._model = model
        self._chip = 0

    def measure(self) -> None:
        """Find the width at which all chips of the scheme have room."""
        self._chip = chips.chip_width(self._session.scheme.labels)

    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        """Draw an entity."""
        entity: Entity = index.data(ITEM)
        u = theme.unit()
        high = chips.chip_height()
        left, right = rect.left() + 3 * u, rect.right() + 1 - 3 * u
        if entity.kind:
            chip = QRect(left, rect.top() + (rect.height() - high + 1) // 2, self._chip, high)
            chips.draw_chip(painter, chip, chips.label_of(self._session.scheme, entity.kind), ink.look)
        left += self._chip + 2 * u
        place = QRect(left, rect.top(), right - left, rect.height())
        count = self._model.short_count(entity)
        right -= write(painter, place, count, theme.figures(theme.ui_font("note")), ink.muted, RIGHT) + 2 * u
        name = QRect(left, rect.top(), right - left, rect.height())
        left += write(painter, name, entity.name, theme.ui_font(), ink.text) + 2 * u
        more = self._model.found_by(entity) or entity.external.removeprefix("wikidata:")
        if more and left < right:
            rest = QRect(left, rect.top(), right - left, rect.height())
            write(painter, rest, more, theme.ui_font("note"), ink.muted)


def _by_mouse(event: QFocusEvent) -> bool:
    """Say whether the mouse brought the focus: it marks what it presses."""
    return event.reason() == Qt.FocusReason.MouseFocusReason


class EntityPanel(Section):
    """The panel of entities."""

    twins_wanted = Signal()
    """Entities that may be the same are wanted."""
    import_wanted = Signal()
    """A list of entities is to be imported."""
    link_wanted = Signal()
    """The chosen annotation is to be linked."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Entities"), parent)
        self.setObjectName("entityPanel")
        self._session = session
        self._stale = True
        self._told: tuple[str, str] = "", ""
        """The chosen annotation that was marked last, and the entity that it links to (their ids)."""
        self._stood = 0
        """The row that the keys stood on last."""
        self._as_before = False
        """Whether rows stand where they stood for the mouse, and not in their own order."""
        self.menu = EntityMenu(session, self)
        u = theme.unit()
        self.search = SearchField("entitySearch", _("Find an entity"), _("Find an entity"))
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._search)
        self._model = EntityModel(session, self)
        self.view = RowList(self)
        self.view.setAccessibleName(_("Entities of the project"))
        self.view.setAccessibleDescription(
            _("Enter goes to the next mention, F2 shows the details, Delete takes it off.")
        )
        self.view.setModel(self._model)
        self.view.selectionModel().currentChanged.connect(self._moved)
        self._delegate = EntityDelegate(session, self._model, self.view)
        self._delegate.measure()
        self.view.draw_with(self._delegate)
        self.view.installEventFilter(self)
        self.details_button = QPushButton(_("Details…"))
        self.twins_button = QPushButton(_("May be the same…"))
        self.empty = EmptyPane()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._made_filled())
        self._pages.addWidget(self.empty)
        self._pages.setMinimumHeight(22 * u)
        self.rows.addWidget(self._pages)
        self.setFocusProxy(self.view)
        self.view.taken.connect(self._go)
        self.view.pressed.connect(self._stand_on)
        self.view.deleted.connect(self._deleted)
        self.view.menu_wanted.connect(self._open_menu)
        self.mouse_left.connect(self._put_in_order)
        self.search.left.connect(self.left)
        self.view.left.connect(self.search.leave)
        self.details_button.clicked.connect(self._details)
        self.twins_button.clicked.connect(self.twins_wanted)
        self.empty.pressed.connect(self.link_wanted)
        self.empty.other_pressed.connect(self.import_wanted)
        session.opened.connect(self._opened)
        session.article_shown.connect(self._renew)
        session.selection_changed.connect(self._mark)
        session.changed.connect(self._changed)
        self._renew()

    def _made_filled(self) -> QWidget:
        u = theme.unit()
        head, foot = bar(), bar()
        first = QVBoxLayout(head)
        first.setContentsMargins(2 * u, u, 2 * u, u)
        first.addWidget(self.search)
        line = QHBoxLayout(foot)
        line.setContentsMargins(2 * u, u, 2 * u, u)
        line.setSpacing(u)
        for button in (self.details_button, self.twins_button):
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            button.setMinimumHeight(7 * u)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the article
            line.addWidget(button, 1)
        filled = QWidget()
        rows = QVBoxLayout(filled)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(head)
        rows.addWidget(self.view, 1)
        rows.addWidget(foot)
        return filled

    # --- following ------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """List what was not listed while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._load()

    def _opened(self) -> None:
        self.search.clear()
        self._delegate.measure()
        self._renew()

    def _changed(self, change: Change) -> None:
        if change.scheme:
            self._delegate.measure()
        if change.entities or change.linked:
            self._renew()
        elif change.scheme:
            self.view.viewport().update()

    def _renew(self) -> None:
        """List them anew, once somebody looks."""
        self._stale = True
        if self.isVisible():
            self._load()

    def _load(self) -> None:
        self._stale = False
        self._as_before = self.view.clicking  # they are clicked one after the other
        self._model.load(as_before=self._as_before)
        self._mark()
        project = self._session.project
        n = len(self._session.linking.finder.by_id) if project is not None else 0
        self.set_note(str(n) if n else "")
        self._pages.setCurrentIndex(0 if n else 1)
        self.twins_button.setEnabled(n > 1)
        self.details_button.setEnabled(self._model.rowCount() > 0)
        if not n:
            words = message("No entities yet. Choose an annotation, and say what it means.")
            chosen = self._session.chosen_annotation is not None
            self.empty.say(words if project is not None else "", _("Link…") if chosen else _("Import list…"))

    def _put_in_order(self) -> None:
        """List them in their own order once the mouse has left."""
        if self._as_before:
            self._load()

    def _mark(self) -> None:
        """Mark what the chosen annotation links to, where another was chosen; else what was marked by hand stays."""
        if self._stale:
            return
        chosen = self._session.chosen_annotation
        told = (chosen.id, chosen.entity) if chosen is not None else ("", "")
        if told != self._told:
            self._told = told
            self._model.mark(told[1])
        row = self._model.row_of(self._model.marked)
        if row >= 0 and row != self.view.currentIndex().row():
            self.view.setCurrentIndex(self._model.index(row))
        elif row < 0 and self.view.hasFocus():
            self._stand()

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        """Mark the row that hand or keys stand on: what is marked is what opens."""
        if current.isValid():
            self._stood = current.row()
            self._model.mark(current.data(ITEM).id)

    def _search(self, typed: str) -> None:
        self._model.typed = typed
        self._load()
        if self._model.rowCount():
            self.view.setCurrentIndex(self._model.index(0))

    # --- hands ----------------------------------------------------------------------------------------------------

    def focus_search(self) -> None:
        """Put the focus where an entity is typed."""
        self.fold(False)
        (self.search if self._model.rowCount() or self._model.typed else self.empty.button).setFocus(
            Qt.FocusReason.ShortcutFocusReason
        )

    def _go(self, index: QModelIndex | QPersistentModelIndex) -> None:
        entity: Entity = index.data(ITEM)
        self._session.linking.walk(entity.id)

    def _deleted(self, index: QModelIndex) -> None:
        entity: Entity = index.data(ITEM)
        self._session.linking.delete(entity)

    def _details(self) -> None:
        """Show the details of what is marked; where nothing is, the first is marked."""
        if not self._model.rowCount():
            return
        self._stand()
        self.menu.details_wanted.emit(self.view.currentIndex().data(ITEM))

    def _stand(self) -> None:
        """Stand on what is marked, else on where the keys stood, else on the first: all that is pressed means it."""
        row = self._model.row_of(self._model.marked)
        if row < 0:
            row = min(max(self._stood, 0), self._model.rowCount() - 1)
        if row >= 0:
            self._stand_on(self._model.index(row))

    def _stand_on(self, index: QModelIndex) -> None:
        self.view.setCurrentIndex(index)
        self._model.mark(index.data(ITEM).id)  # it may have been the current one before it was marked

    def _open_menu(self, index: QModelIndex, place: QPoint) -> None:
        self._stand_on(index)
        row = self.view.visualRect(index)
        row.moveTopLeft(self.view.viewport().mapToGlobal(row.topLeft()))
        self.menu.open(index.data(ITEM), place, row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk from the field into the list, where what the keys stand on is marked; F2 shows the details."""
        if watched is self.view and isinstance(event, QFocusEvent) and event.gotFocus() and not _by_mouse(event):
            self._stand()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = event.key()
        if key == Qt.Key.Key_F2:
            self._details()
        elif watched is self.search and key in (Qt.Key.Key_Down, *ENTER) and self._model.rowCount():
            if not self.view.currentIndex().isValid():
                self.view.setCurrentIndex(self._model.index(0))
            if key == Qt.Key.Key_Down:
                self.view.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self._go(self.view.currentIndex())
        else:
            return super().eventFilter(watched, event)
        return True

"""The entity picker: it opens at the chosen annotation; a few letters find what it means, Enter links it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from rubricator.model.entities import Entity, wikidata_id
from rubricator.model.spans import Annotation
from rubricator.suggest.entity_search import FoundEntity
from rubricator.words import Message, _, message, plural, say
from rubricator_gui import chips, theme
from rubricator_gui.drawing import write_marked
from rubricator_gui.panels.popup import Hint, Picker, PickModel
from rubricator_gui.panels.rows import ITEM, RIGHT, Index, Ink, RowDelegate, write
from rubricator_gui.session import Session

_MOST = 50
"""Rows that are listed; of more one types a letter more."""
_IN_NAMES = "wikidata:Q99"
"""The longest id that is more likely a part of a name (“Audi Q7”): shorter ones are of things that all people know."""
_NOT_SO = 4
"""Of how an entity is called: not as typed, nor does that begin a word of it."""


def about_entity(session: Session, entity: Entity, said: str = "") -> str:
    """Say in a line what is known of an entity; and what mentions of it `said`, where it was found by that."""
    also = say(message("also {names}", names=", ".join(entity.aliases))) if entity.aliases else ""
    mentioned = say(message("mentioned as “{words}”", words=said)) if said else ""
    parts = session.title(entity.kind), entity.external, also, mentioned, entity.note
    return " · ".join(part for part in parts if part)


class _New(NamedTuple):
    """An entity that would be new: its name, and the id that it would have."""

    name: str
    external: str = ""

    @property
    def words(self) -> Message:
        """Say what its row makes."""
        if self.external:
            uid = self.external.removeprefix("wikidata:")
            return message("New entity “{name}” with Wikidata {id}", name=self.name, id=uid)
        return message("New entity “{name}”", name=self.name)

    def fitting(self, metrics: QFontMetrics, width: int) -> str:
        """Return the same in a width: of a long name its middle is left out, of its id nothing."""
        if metrics.horizontalAdvance(say(self.words)) <= width:
            return say(self.words)

        def said(name: str) -> str:
            words, uid = message("New entity “{name}”", name=name), self.external.removeprefix("wikidata:")
            return say(message("{words} · {id}", words=words, id=uid) if uid else words)

        room = width - metrics.horizontalAdvance(said(""))
        return said(metrics.elidedText(self.name, Qt.TextElideMode.ElideMiddle, room))


class _Model(PickModel):
    """The entities that match what was typed, or that the words may mean; and a new one.

    Enter takes the entity that is called as typed, or begins so (a name of it, or a word of one); a new one of this
    name stands a key below it, and comes first where none begins so. Nothing but typing changes what comes first.
    A name with a number behind it (“Audi Q7”) is offered as a name with an id, and as a name: the likelier one first.
    """

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[FoundEntity | _New] = []
        self._kind = ""
        self._meant: Sequence[FoundEntity] = ()
        self._less: Sequence[FoundEntity] = ()
        """What the words name too, but under another label: a wrong link is worse than an entity too many."""
        self._without: frozenset[str] = frozenset()
        self._makes, self._new = False, ""
        self._words: Sequence[str] = ()
        """What the annotation may be called."""
        self._external = ""
        """The id that was typed, where it is more likely one than a part of a name."""

    def ask(
        self,
        meant: Sequence[FoundEntity],
        kind: str,
        less: Sequence[FoundEntity] = (),
        new: Sequence[str] = (),
        without: frozenset[str] = frozenset(),
    ) -> None:
        """List what is `meant`, a new one in the second row, then what is so `less` likely, and all others.

        The new one has the first of the names `new` that is not on the list: who means two of one name types it.
        """
        self._meant, self._kind, self._less, self._without = meant, kind, less, without
        self._makes, self._words = bool(new), new
        self._new = next((name for name in new if not self._on_list(name)), "")

    def _on_list(self, name: str) -> bool:
        """Say whether an entity of this kind is called so."""
        entities, folded = self._session.linking.finder.by_id.values(), name.casefold()
        return any(one.kind == self._kind and one.name.casefold() == folded for one in entities)

    def search(self, typed: str) -> None:
        self.beginResetModel()
        typed = " ".join(typed.split())
        said, external = self._parts(typed) if self._makes else (typed, "")
        both = bool(said and external)
        bare = both and f"wikidata:{typed.rpartition(' ')[2].upper()}" == external
        as_name = bare and len(external) <= len(_IN_NAMES)
        self._external = "" if as_name else external
        called, sought = typed, [said or typed]
        if as_name:
            sought = [typed, said, external]
        elif both:  # what is known by the id comes first
            called, sought = said, [external, said]
        known = self._known(sought, called.casefold())
        new = [*self._new_ones(said, external), *([_New(typed)] if bare else ())]
        if as_name:
            new.reverse()
        at = min(len(self._meant), 1)  # one key away from the first
        if typed and new:
            begun = bool(known) and self._how_called(known[0], called.casefold()) < _NOT_SO
            at = int(begun and not (both and new[0].external))
        self._rows = [*known[:at], *new, *known[at:]]
        self.endResetModel()

    def _known(self, sought: Sequence[str], called: str) -> list[FoundEntity]:
        """Return the entities that are found by what is sought; first what is called so, where a new one may be too."""
        rows = {one.entity.id: one for one in (() if called else (*self._meant, *self._less))}
        for words in sought:
            for one in self._session.linking.finder.find(words, self._kind, _MOST):
                rows.setdefault(one.entity.id, one)
        known = [one for uid, one in rows.items() if uid not in self._without]
        if self._makes and called:
            known.sort(key=lambda one: self._how_called(one, called))
        return known

    def _new_ones(self, said: str, external: str) -> list[_New]:
        """Return the new entity of the name and the id that were typed, if there may be one.

        An id is no name: it is that of what the words mean, unless one is known by it.
        """
        entities = self._session.linking.finder.by_id.values() if external else ()
        if not self._makes or any(one.external == external for one in entities):
            return []
        name = said or self._new or (self._words[0] if external else "")
        return [_New(name, external)] if name else []

    def _parts(self, typed: str) -> tuple[str, str]:
        """Return the name and the Wikidata id that were typed; what something is called already is all name."""
        called = {words.casefold() for words in self._words}
        if typed.casefold() in called:
            return typed, ""
        name, _gap, last = typed.rpartition(" ")
        external = wikidata_id(last)
        entities = self._session.linking.finder.by_id.values() if name and external else ()
        known = any(typed.casefold() == each.casefold() for one in entities for each in one.names)
        return (name, external) if external and not known else (typed, "")

    def _how_called(self, found: FoundEntity, typed: str) -> int:
        """Return 0 for an entity called just so (an id, or a name of its kind), 1 where a name begins so.

        2 and 3 likewise where only the words of a mention do; else 4.
        """
        entity = found.entity
        if entity.external and (entity.external == self._external or typed == entity.external.casefold()):
            return 0
        if entity.kind not in ("", self._kind):
            return _NOT_SO
        names = [found.name.casefold()] if found.said else [name.casefold() for name in entity.names]
        if typed not in names and not any(f" {typed}" in f" {name}" for name in names):
            return _NOT_SO
        return 2 * found.said + (typed not in names)

    def does(self, row: int) -> str:
        """Say what Enter does with a row."""
        return self.doings[isinstance(self._rows[row], _New)]

    @property
    def doings(self) -> tuple[str, str]:
        """What Enter does with an entity, and with a new one."""
        return (_("Enter links"), _("Enter makes it")) if self._makes else (_("Enter puts together"), "")

    def entity(self, row: int) -> Entity | None:
        """Return the entity of a row; None where it is a new one."""
        found = self._rows[row]
        return None if isinstance(found, _New) else found.entity

    def new(self, row: int) -> tuple[str, str]:
        """Return the name and the id of the new entity of a row."""
        found = self._rows[row]
        return found if isinstance(found, _New) else _New("")

    def about(self, row: int) -> tuple[str, str]:
        if row < 0:
            return _("No entity matches."), ""
        found = self._rows[row]
        if isinstance(found, _New):
            return say(found.words), _("It goes on the project’s list, and this annotation links to it.")
        return found.entity.name, self._about(found)

    def _about(self, found: FoundEntity) -> str:
        return about_entity(self._session, found.entity, found.name if found.said else "")

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        found = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return say(found.words) if isinstance(found, _New) else found.entity.name
            case Qt.ItemDataRole.AccessibleTextRole if not isinstance(found, _New):
                return f"{found.entity.name}. {self._about(found)}. {say(self.mentions(found))}"
            case _ if role == ITEM:
                return found
        return super().data(index, role)

    def mentions(self, found: FoundEntity) -> Message:
        """Say how often an entity is mentioned."""
        n = self._session.linking.finder.counts.get(found.entity.id, 0)
        return plural("{n} mention", "{n} mentions", n)


class _Delegate(RowDelegate):
    """Draws the name that matched, what was typed in bold, how often it is mentioned, and what Enter does with it."""

    def __init__(self, session: Session, model: _Model, parent: QWidget) -> None:
        super().__init__(7.5, parent)
        self._session = session
        self._model = model

    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        u = theme.unit()
        found: FoundEntity | _New = index.data(ITEM)
        left, right = rect.left() + 3 * u, rect.right() + 1 - 4 * u
        note = theme.ui_font("note")
        if ink.marked:
            place = QRect(left, rect.top(), right - left, rect.height())
            write(painter, place, self._model.does(index.row()), note, ink.text, RIGHT)
        # of all rows, so that nothing moves aside while one walks
        right -= max(map(QFontMetrics(note).horizontalAdvance, self._model.doings)) + 3 * u
        place = QRect(left, rect.top(), right - left, rect.height())
        if isinstance(found, _New):
            bold = theme.ui_font()
            bold.setWeight(QFont.Weight.DemiBold)
            write(painter, place, found.fitting(QFontMetrics(bold), place.width()), bold, ink.text)
            return
        right -= write(painter, place, say(self._model.mentions(found)), note, ink.muted, RIGHT) + 2 * u
        if found.entity.kind:
            label = chips.label_of(self._session.scheme, found.entity.kind)
            high, wide = chips.chip_height(), chips.chip_width([label])
            chips.draw_chip(
                painter, QRect(right - wide, rect.top() + (rect.height() - high + 1) // 2, wide, high), label, ink.look
            )
            right -= wide + 2 * u
        left = write_marked(
            painter, QRect(left, rect.top(), right - left, rect.height()), found.name, found.start, found.end, ink
        )
        if found.name != found.entity.name and left < right:
            place = QRect(left + u, rect.top(), right - left - u, rect.height())
            write(painter, place, found.entity.name, note, ink.muted)


class EntityPicker(Picker):
    """What an annotation means: one of the project's entities, or a new one."""

    picked = Signal(object, object, str)
    """(An Entity, or the name of a new one; the annotations to link; the external id of a new one)."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("entityPicker", _("Link to an entity"), _("Type a name, a Wikidata id or both"), parent)
        self._session = session
        self._annotation: Annotation | None = None
        self._entities = _Model(session, self)
        self.list_with(self._entities, _Delegate(session, self._entities, self.view))

    def ask(self, near: QRect, annotation: Annotation) -> None:
        """Open below a place on the screen, for an annotation."""
        linking = self._session.linking
        self._annotation = annotation
        self._here, self._elsewhere = linking.alike(annotation)
        meant, less = linking.meant(annotation)
        self._entities.ask(meant, annotation.label, less, linking.names_for(annotation))
        hints: list[Hint] = [("Enter", _("link"))]
        if self._here:
            n = len(self._here) + 1
            hints.append(("Shift+Enter", say(plural("all {n} here", "all {n} here", n))))
        if self._elsewhere:
            n = len(self._here) + len(self._elsewhere) + 1
            hints.append(("Ctrl+Enter", say(plural("all {n} in the corpus", "all {n} in the corpus", n))))
        self.open_at(near, [*hints, ("Esc", _("close"))], ["\n"])

    def take(self, row: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Link to the entity of a row."""
        annotation = self._annotation
        if annotation is None:
            return False
        also: list[str] = []
        if modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
            also += self._here
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            also += self._elsewhere
        more = self._session.linking.read(also)
        self.hide()
        name, external = self._entities.new(row)
        self.picked.emit(self._entities.entity(row) or name, [annotation, *more], external)
        return True


class MergePicker(Picker):
    """With which entity another one is put together."""

    picked = Signal(object)
    """The Entity that stays."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("mergePicker", _("Put together with"), _("Type a name or a Wikidata id"), parent)
        self._session = session
        self.entity: Entity | None = None
        """The one that is put together with another."""
        self._entities = _Model(session, self)
        self.list_with(self._entities, _Delegate(session, self._entities, self.view))

    def ask(self, near: QRect, entity: Entity) -> None:
        """Open below a place on the screen, for an entity that goes."""
        self.entity = entity
        meant = self._session.linking.finder.meant(entity.name, entity.kind)
        self._entities.ask(meant, entity.kind, without=frozenset((entity.id,)))
        self.open_at(near, [("Enter", _("put together")), ("Esc", _("close"))], ["\n"])

    def take(self, row: int, _modifiers: Qt.KeyboardModifier) -> bool:
        """Pick the entity of a row."""
        entity = self._entities.entity(row)
        if entity is None:
            return False
        self.hide()
        self.picked.emit(entity)
        return True

"""The relation picker: it opens at the other end where several relations are allowed, or only one the other way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from rubricator.model.folding import fold
from rubricator.words import Message, _, message, say
from rubricator_gui import chips, theme
from rubricator_gui.acts.relations import Option
from rubricator_gui.drawing import write_found
from rubricator_gui.panels.popup import Picker, PickModel
from rubricator_gui.panels.rows import ITEM, RIGHT, Index, Ink, RowDelegate, write
from rubricator_gui.session import Session
from rubricator_gui.wording import short_quote


class _Model(PickModel):
    """The relations that match what was typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.options: Sequence[Option] = ()
        self._rows: list[Option] = []
        self.typed = ""

    def search(self, typed: str) -> None:
        self.beginResetModel()
        self.typed = " ".join(typed.split())
        wanted = fold(self.typed)
        self._rows = [one for one in self.options if wanted in fold(one.title) or wanted in fold(one.kind.name)]
        self._rows.sort(key=lambda one: not fold(one.title).startswith(wanted))
        self.endResetModel()

    def option(self, row: int) -> Option:
        """Return what a row stands for."""
        return self._rows[row]

    def about(self, row: int) -> tuple[str, str]:
        if row < 0:
            return say(message("No relation matches “{words}”.", words=self.typed)), ""
        option = self.option(row)
        return say(leads(option)), option.kind.definition

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        option = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return option.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return ". ".join((option.title, say(leads(option)), *([_("turned round")] if option.turned else [])))
            case _ if role == ITEM:
                return option
        return super().data(index, role)


def leads(option: Option) -> Message:
    """Say from where to where a relation would lead."""
    ends = {"source": short_quote(option.source.quote), "target": short_quote(option.target.quote)}
    if option.kind.symmetric:
        return message("“{source}” ↔ “{target}”", **ends)
    return message("“{source}” → “{target}”", **ends)


class _Delegate(RowDelegate):
    """Draws the title, what was typed in bold, whether it is turned round, and the key."""

    def __init__(self, model: _Model, parent: QWidget) -> None:
        super().__init__(7, parent)
        self._model = model

    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        u = theme.unit()
        option: Option = index.data(ITEM)
        cap = QRect(rect.right() + 1 - 4 * u - chips.key_cap_width(), rect.top(), chips.key_cap_width(), rect.height())
        chips.draw_key_cap(painter, cap.adjusted(0, u, 0, -u), option.kind.key, ink.look)
        left, right = rect.left() + 3 * u, cap.left() - 2 * u
        if option.turned:
            place = QRect(left, rect.top(), right - left, rect.height())
            right -= write(painter, place, _("turned round"), theme.ui_font("note"), ink.muted, RIGHT) + 2 * u
        place = QRect(left, rect.top(), right - left, rect.height())
        write_found(painter, place, option.title, self._model.typed, ink)


class RelationPicker(Picker):
    """A type for a relation."""

    picked = Signal(object)
    """The Option that was taken."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("relationPicker", _("Pick a relation"), _("Type a relation"), parent)
        self._session = session
        self._options = _Model(self)
        self.list_with(self._options, _Delegate(self._options, self.view))

    def ask(self, near: QRect, options: Sequence[Option]) -> None:
        """Open below a place on the screen."""
        self._options.options = options
        hints = [("Enter", _("relate")), ("Esc", _("close"))]
        self.open_at(near, hints, [option.kind.definition for option in options])

    def take(self, row: int, _modifiers: Qt.KeyboardModifier) -> bool:
        """Pick the relation of a row."""
        option = self._options.option(row)
        self.hide()  # before what it leads to
        self.picked.emit(option)
        return True

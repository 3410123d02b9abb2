"""The attributes of the chosen annotation: a few letters find a value, Enter says it, Shift+Enter says it and stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from rubricator.model.attributes import in_words
from rubricator.model.scheme import Attribute
from rubricator.words import Message, _, message, say
from rubricator_gui import theme
from rubricator_gui.drawing import write_found
from rubricator_gui.panels.popup import Picker, PickModel
from rubricator_gui.panels.rows import ITEM, RIGHT, Index, Ink, RowDelegate, write
from rubricator_gui.session import Session

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


class Choice(NamedTuple):
    """A value that an attribute can have (None: it has to be typed), and whether the annotation says so."""

    attribute: Attribute
    value: Any
    said: bool = False
    missing: bool = False

    @property
    def title(self) -> str:
        """The attribute as people call it."""
        return self.attribute.title or self.attribute.name

    @property
    def words(self) -> str:
        """What is said (“Gender: f”), or what to type."""
        if self.value is None:
            number = self.attribute.kind == "number"
            hint = message("type a number") if number else message("type what it says")
            return say(message("{name}: {value}", name=self.title, value=hint))
        return say(message("{name}: {value}", name=self.title, value=in_words(self.value)))


class _Model(PickModel):
    """The values that match what was typed."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[Choice] = []
        self.typed = ""
        self.only = ""

    def search(self, typed: str) -> None:
        self.beginResetModel()
        self.typed = " ".join(typed.split())
        offered = self._session.attributes.offered
        attributes = [one for one in offered if not self.only or one.name == self.only]
        self._rows = [choice for attribute in attributes for choice in self._choices(attribute)]
        self.endResetModel()

    def _choices(self, attribute: Attribute) -> Iterator[Choice]:
        chosen = self._session.chosen_annotation
        if chosen is None:
            return
        said = chosen.attributes.get(attribute.name)
        missing = attribute.required and said is None
        title = attribute.title or attribute.name
        about, _colon, value = self.typed.partition(":")
        named = bool(_colon) and title.casefold().startswith(about.strip().casefold())
        if attribute.kind in ("text", "number"):
            words = value.strip() if named else self.typed
            typed: Any = _number(words) if attribute.kind == "number" else words or None
            if typed is not None or not self.typed:
                yield Choice(
                    attribute, said if typed is None else typed, said is not None and typed in (None, said), missing
                )
            return
        values = (True, False) if attribute.kind == "flag" else attribute.values
        for one in values:
            has = one in said if isinstance(said, list | tuple) else one == said
            choice = Choice(attribute, one, has, missing)
            if self.typed.casefold() in choice.words.casefold() or self.typed.casefold() in str(one).casefold():
                yield choice

    def choice(self, row: int) -> Choice:
        """Return what a row says."""
        return self._rows[row]

    def about(self, row: int) -> tuple[str, str]:
        if row < 0:
            return say(message("No attribute matches “{words}”.", words=self.typed)), ""
        choice = self._rows[row]
        return choice.words, choice.attribute.definition

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        choice = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return choice.words
            case Qt.ItemDataRole.AccessibleTextRole:
                return ". ".join(part for part in (choice.words, say(_state(choice))) if part)
            case _ if role == ITEM:
                return choice
        return super().data(index, role)


def _number(words: str) -> float | int | None:
    if not _NUMBER.fullmatch(words):
        return None
    number = float(words.replace(",", "."))
    return int(number) if number.is_integer() else number


def _state(choice: Choice) -> Message | str:
    if choice.said:
        return message("said")
    return message("has to be said") if choice.missing else ""


class _Delegate(RowDelegate):
    """Draws the value, what was typed in bold, and whether it is said already or has to be said."""

    def __init__(self, model: _Model, parent: QWidget) -> None:
        super().__init__(7, parent)
        self._model = model

    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        u = theme.unit()
        choice: Choice = index.data(ITEM)
        left, right = rect.left() + 3 * u, rect.right() + 1 - 4 * u
        place = QRect(left, rect.top(), right - left, rect.height())
        colour = ink.look.colour("rubric") if choice.missing and not ink.marked else ink.muted
        right -= write(painter, place, say(_state(choice)), theme.ui_font("note"), colour, RIGHT) + 2 * u
        place = QRect(left, rect.top(), right - left, rect.height())
        write_found(painter, place, choice.words, self._model.typed, ink)


class AttributePicker(Picker):
    """Values for the attributes of the chosen annotation."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("attributePicker", _("Attributes"), _("Type a value"), parent)
        self._session = session
        self._choices = _Model(session, self)
        self.list_with(self._choices, _Delegate(self._choices, self.view))

    def ask(self, near: QRect, only: str = "") -> None:
        """Open below a place on the screen, for all attributes or for `only` one, by its name."""
        self._choices.only = only
        hints = [("Enter", _("say it")), ("Shift+Enter", _("and another")), ("Esc", _("close"))]
        self.open_at(near, hints, [one.definition for one in self._session.attributes.offered])
        first = next((n for n in range(self._choices.rowCount()) if self._choices.choice(n).missing), 0)
        self._go(first)

    def take(self, row: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Say the value of a row; what is said already is taken back."""
        choice = self._choices.choice(row)
        if choice.value is None:
            return False
        attributes = self._session.attributes
        if choice.attribute.kind in ("choice", "choices"):
            done = attributes.toggle(choice.attribute, choice.value)
        else:
            done = attributes.set(choice.attribute, None if choice.said else choice.value)
        if done and modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.search.clear()
            self._search("")
            self._go(min(row, self._choices.rowCount() - 1))
            return False
        return done

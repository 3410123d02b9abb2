"""What is said of an annotation beside its label: one of the attributes of the scheme at a time."""

from __future__ import annotations

from typing import Any

from rubricator.model.attributes import in_words, toggled
from rubricator.model.scheme import Attribute
from rubricator.words import Message, message
from rubricator_gui.desk import Desk
from rubricator_gui.wording import short_quote

_WHOSE = 3
"""Labels that are named whose attribute it is."""


class Attributes:
    """What a person says of the chosen annotation."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def offered(self) -> tuple[Attribute, ...]:
        """The attributes that the chosen annotation can carry."""
        chosen = self._desk.chosen_annotation
        return self._desk.scheme.attributes_of(chosen.label) if chosen is not None else ()

    def set(self, attribute: Attribute, value: Any) -> bool:
        """Write an attribute of the chosen annotation; None takes it away. False where it was refused."""
        desk, chosen = self._desk, self._desk.chosen_annotation
        if chosen is None or not desk.do(desk.ready.attributes.set, [chosen], attribute.name, value):
            return False
        name, quote = attribute.title or attribute.name, short_quote(chosen.quote)
        if value is None:
            desk.tell(message("{name} of “{quote}” is not said now.", name=name, quote=quote), undo=True)
        else:
            words = message("{name} of “{quote}”: {value}.", name=name, quote=quote, value=in_words(value))
            desk.tell(words, undo=True)
        return True

    def press(self, attribute: Attribute) -> bool:
        """Do what an attribute's key does: yes or no, or the next of its values; False where it has to be typed."""
        chosen = self._desk.chosen_annotation
        if chosen is None or not attribute.of(chosen.label):
            return False
        said = chosen.attributes.get(attribute.name)
        if attribute.kind == "flag":
            no = None if attribute.default is None else False  # where something is always said, "no" is
            self.set(attribute, no if said is True else True)
        elif attribute.kind == "choice" and attribute.values:
            at = attribute.values.index(said) + 1 if said in attribute.values else 0
            if attribute.default is not None:  # something is always said
                at %= len(attribute.values)
            self.set(attribute, attribute.values[at] if at < len(attribute.values) else None)
        else:
            return False
        return True

    def say_whose(self, key: str, label: str) -> bool:
        """Say of which labels an attribute is said whose key was pressed at another one; False if it is no key."""
        scheme = self._desk.scheme
        pressed = next((one for one in scheme.attributes if one.key.lower() == key), None)
        if pressed is None:
            return False
        title, named = self._desk.title, pressed.title or pressed.name
        whose: str | Message = ", ".join(map(title, pressed.labels[:_WHOSE]))
        if len(pressed.labels) > _WHOSE:
            whose = message("{labels} and others", labels=whose)
        words = message("{name} is said of {labels}, not of {label}.", name=named, labels=whose, label=title(label))
        self._desk.tell(words, idle=True)
        return True

    def toggle(self, attribute: Attribute, value: str) -> bool:
        """Choose one of the values of an attribute, or let go of it."""
        chosen = self._desk.chosen_annotation
        if chosen is None:
            return False
        return self.set(attribute, toggled(attribute, chosen.attributes.get(attribute.name), value))

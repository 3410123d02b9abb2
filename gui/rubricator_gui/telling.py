"""What is told to a person, and what things are called in it: labels by their titles, topics by their names."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from rubricator.errors import UserError
from rubricator.model.scheme import Scheme
from rubricator.words import Message, say
from rubricator_gui.wording import status_words


class Notice(NamedTuple):
    """Something for the status line: what happened, whether undo takes it back, whether something was refused.

    `idle`: nothing happened, and what it says means nothing any more once something else is held.
    `stays`: what is left to say then, where the rest tells what comes next.
    """

    words: str
    undo: bool = False
    warns: bool = False
    idle: bool = False
    stays: str = ""


class Teller(QObject):
    """Puts words on the status line, in the words of the scheme."""

    told = Signal(object)
    """A Notice."""
    overtaken = Signal()
    """What the notice tells of what comes next is so no more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scheme = Scheme()
        self._also: Message | None = None
        """What is told along with the next words."""

    def tell(
        self,
        words: Message | str,
        *,
        undo: bool = False,
        warns: bool = False,
        idle: bool = False,
        stays: Message | str = "",
    ) -> None:
        """Put words on the status line."""
        also, self._also = (self._also, None) if words else (None, self._also)
        words, stays = (f"{say(said)} {say(also)}" if said and also else said for said in (words, stays))
        self.told.emit(Notice(say(words), undo, warns, idle, say(stays)))

    def tell_also(self, words: Message) -> None:
        """Put words on the status line after those of the act that brought them about; alone where it says nothing."""
        self._also = words
        QTimer.singleShot(0, self, self._tell_alone)

    def _tell_alone(self) -> None:
        words, self._also = self._also, None
        if words is not None:
            self.tell(words)

    def title(self, label: str) -> str:
        """Return what a label is called for people."""
        found = self.scheme.by_name.get(label)
        return found.title if found else label

    def relation_title(self, label: str) -> str:
        """Return what a type of relations is called for people."""
        found = self.scheme.relations_by_name.get(label)
        return (found.title if found else "") or label

    def named(self, name: str) -> str:
        """Return what a label or a type of relations is called: an edit's words name both alike."""
        return self.title(name) if name in self.scheme.by_name else self.relation_title(name)

    def topic_name(self, code: str) -> str:
        """Return the name of a topic, its first letter a capital; its code where it is unknown."""
        topic = self.scheme.topics_by_code.get(code)
        return topic.name[:1].upper() + topic.name[1:] if topic else code

    def in_words(self, words: Message) -> Message:
        """Return what an edit did with titles for label names, names for topic codes, words for statuses."""
        read = {"label": self.named, "was": self.named, "topic": self.topic_name, "status": status_words}
        values: dict[str, object] = {}
        for key, value in words.values.items():
            if isinstance(value, Message):
                values[key] = self.in_words(value)
            elif isinstance(value, str) and key in read and value != "…":
                values[key] = read[key](value)
            else:
                values[key] = value
        return Message(words.text, values, words.many)

    def refuse(self, error: UserError) -> None:
        """Tell why something is refused, and what to do about it."""
        from rubricator_gui.hints import hint_of  # a start does without its table

        text = self.in_words(error.text) if isinstance(error.text, Message) else error.text
        self.told.emit(Notice(f"{say(text)} {hint_of(error)}".strip(), warns=True))

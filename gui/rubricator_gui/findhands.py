"""Finding in the article, and labelling what is found: hit by hit, with one key for each."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from rubricator.words import Message, message
from rubricator_gui.keymap import keymap_of
from rubricator_gui.reader.view import ReaderView
from rubricator_gui.session import Session

if TYPE_CHECKING:
    from rubricator_gui.panels.find import FindBar


class FindHands(QObject):
    """Does for the actions of the window what is about the hits of a search in the article."""

    def __init__(self, session: Session, reader: ReaderView, column: QVBoxLayout, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._reader, self._column = session, reader, column

    @cached_property
    def bar(self) -> FindBar:
        """The bar over the article that finds words in it."""
        from rubricator_gui.panels.find import FindBar, OwnLayer

        made = FindBar(self._session, OwnLayer(self._session, self._reader.caret))
        made.hits_changed.connect(self._reader.show_hits)
        made.gone_to.connect(self._reader.found.go_to)
        made.peeked.connect(self._reader.found.peek)
        made.left.connect(self._reader.setFocus)
        made.took.connect(self._reader.make_way)
        self._column.insertWidget(1, made)
        return made

    def find(self, what: str) -> None:
        """Open the find bar, or go to its `next` or `previous` hit."""
        getattr(self.bar, what)()

    def label_again(self) -> None:
        """Use the last label once more, and go to the next hit of the search: labelling a list takes a key for each.

        Of a hit that has a suggestion for its very words that is the label: the bar says so before.
        """
        session = self._session
        bar = self.bar if "bar" in self.__dict__ and not self.bar.isHidden() else None
        told = bar is not None and (bar.waits or session.selection == bar.marked)
        label = bar.label if bar is not None and told else session.last_label  # what is said before the key is pressed
        if bar is not None and bar.label and bar.waits:
            bar.next()
        stays = bar is not None and bool(session.over(session.selection)) and not bar.go_on()
        labels = bool(label) and not stays and bool(session.selection or session.chosen)
        if labels:
            session.labelling.press(label)
        elif not label:
            session.tell(self._label_first())
        elif bar is None:
            words = message("Nothing is selected to become {label}, the label used last.", label=session.title(label))
            session.tell(words, idle=True)
        if bar is not None and label:
            goes = bar.go_on()
            if not (goes or labels):
                none = message("Nothing is found to become {label}.", label=session.title(label))
                session.tell(message("Every hit has a label already.") if bar.finds else none, idle=True)
        elif bar is not None:
            bar.next()

    def _label_first(self) -> Message:
        """Say what there has to be for a label to be used again: those of other days are not meant."""
        if key := keymap_of(self._session.settings).first("last-label"):
            return message("Label something first: {key} then uses its label again.", key=key)
        return message("Label something first: its label can be used again then.")

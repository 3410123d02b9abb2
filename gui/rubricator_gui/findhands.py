"""Finding in the article, and labelling what is found: hit by hit, with one key for each."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from rubricator.words import Message, _, message
from rubricator_gui.keymap import keymap_of
from rubricator_gui.reader.view import ReaderView
from rubricator_gui.session import Session

if TYPE_CHECKING:
    from rubricator.model.spans import Span
    from rubricator_gui.panels.find import FindBar


class FindHands(QObject):
    """Does for the actions of the window what is about the hits of a search in the article."""

    def __init__(self, session: Session, reader: ReaderView, column: QVBoxLayout, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._reader, self._column = session, reader, column
        self._looked_ahead: tuple[Span, Span | None] | None = None
        """What F4 labelled last, and the hit to which it went on."""

    @cached_property
    def bar(self) -> FindBar:
        """The bar over the article that finds words in it."""
        from rubricator_gui.panels.find import FindBar, OwnLayer

        made = FindBar(self._session, OwnLayer(self._session, self._reader.caret))
        made.hits_changed.connect(self._reader.show_hits)
        made.gone_to.connect(self._reader.found.go_to)
        made.peeked.connect(self._reader.found.peek)
        made.left.connect(self._reader.setFocus)
        made.left.connect(self._look_back)
        made.took.connect(self._reader.make_way)
        self._column.insertWidget(1, made)
        return made

    def find(self, what: str) -> None:
        """Open the find bar, or go to its `next` or `previous` hit."""
        getattr(self.bar, what)()

    def label_again(self) -> None:
        """Use the last label once more, and go to the next hit of the search: labelling a list takes a key for each."""
        session = self._session
        bar = self.bar if "bar" in self.__dict__ and not self.bar.isHidden() else None
        if bar is not None and session.last_label and bar.waits:
            bar.next()
        if bar is not None and any(one.label == session.last_label for one in session.over(session.selection)):
            bar.go_on(session.last_label)
        labels = bool(session.last_label) and (session.selection is not None or session.chosen is not None)
        if labels:
            session.labelling.press(session.last_label)
        elif not session.last_label:
            session.tell(self._label_first())
        elif bar is None:
            label = session.title(session.last_label)
            session.tell(message("Nothing is selected to become {label}, the label used last.", label=label), idle=True)
        if bar is not None and session.last_label:
            labelled = session.fresh
            goes = bar.go_on(session.last_label)
            if not (goes or labels):
                label = session.title(session.last_label)
                every, none = _("Every hit has the label {label}."), _("Nothing is found to become {label}.")
                session.tell(message(every if bar.finds else none, label=label), idle=True)
            self._looked_ahead = (labelled, session.selection) if labelled is not None else None
        elif bar is not None:
            bar.next()

    def _label_first(self) -> Message:
        """Say what there has to be for a label to be used again: those of other days are not meant."""
        if key := keymap_of(self._session.settings).first("last-label"):
            return message("Label something first: {key} then uses its label again.", key=key)
        return message("Label something first: its label can be used again then.")

    def _look_back(self) -> None:
        """After the find bar mean what F4 labelled last, where the hit after it was only looked at."""
        ahead, self._looked_ahead = self._looked_ahead, None
        if ahead is not None and self._session.selection is not None and ahead[1] == self._session.selection:
            self._session.just_labelled(ahead[0])

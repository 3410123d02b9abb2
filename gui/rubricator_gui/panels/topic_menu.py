"""The menus of topics: of one that the article has, and of one in the tree."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from rubricator.words import message, plural
from rubricator_gui.panels.menus import made, put
from rubricator_gui.panels.topic_words import capital, instead_of
from rubricator_gui.session import Session
from rubricator_gui.wording import short_quote


class TopicMenus(QObject):
    """Opens them; what needs a dialog is asked of the window."""

    note_wanted = Signal(object)
    details_wanted = Signal(object)
    topic_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._widget = parent

    def of_article(self, code: str, place: QPoint) -> None:
        """Open the menu of a topic that the article has."""
        topics = self._session.topics
        tag = topics.tag(code)
        if tag is None:
            return
        menu = made("topicMenu", self._widget)
        found = topics.evidence(tag)
        go = plural("Go to the evidence ({n})", "Go to the evidence ({n})", len(found))
        put(menu, go, partial(topics.next_evidence, code), "G", enabled=bool(found))
        held = topics.held
        if len(held) == 1:
            quote = short_quote(held[0].quote)
            tie = message("Tie “{quote}” as evidence", quote=quote)
            untie = message("Untie “{quote}”", quote=quote)
        else:
            n = len(held)
            tie = plural("Tie {n} annotations as evidence", "Tie {n} annotations as evidence", n)
            untie = plural("Untie {n} annotations", "Untie {n} annotations", n)
        if held:
            put(menu, untie if topics.tied(code) else tie, partial(topics.tie, code), "E")
        else:
            put(menu, message("Tie what is chosen in the article"), partial(topics.tie, code), "E", enabled=False)
        words = message("Change the note…") if tag.note else message("Write a note…")
        put(menu, words, partial(self.note_wanted.emit, code), "N")
        topic = self._session.scheme.topics_by_code.get(code)
        others = instead_of(self._session.scheme, topic) if topic is not None and topic.retired else []
        if others:
            menu.addSeparator()
        for other in others:
            words = message("Give “{topic}” instead", topic=capital(other.name))
            put(menu, words, partial(topics.exchange, code, other.code))
        menu.addSeparator()
        put(menu, message("Take the topic off"), partial(topics.take, code), "Del")
        menu.popup(place)
        menu.setActiveAction(next(action for action in menu.actions() if action.isEnabled()))

    def of_tree(self, code: str, place: QPoint) -> None:
        """Open the menu of a topic in the tree, or of none (""): by hand the tree is made another here."""
        topics = self._session.topics
        topic = self._session.scheme.topics_by_code.get(code)
        menu = made("treeMenu", self._widget)
        if topic is None:
            put(menu, message("New topic…"), partial(self.topic_wanted.emit, ""), "Ins")
        elif topic.retired:
            put(menu, message("Bring it back"), partial(topics.bring_back, code))
        else:
            if topics.tag(code) is not None:
                put(menu, message("Take it off the article"), partial(topics.take, code))
            elif self._session.article is not None:
                put(menu, message("Give it to the article"), partial(topics.give, code))
            menu.addSeparator()
            below = message("New topic below “{topic}”…", topic=capital(topic.name))
            put(menu, below, partial(self.topic_wanted.emit, code), "Ins")
            put(menu, message("New topic at the top…"), partial(self.topic_wanted.emit, ""))
            put(menu, message("Rename, move or describe…"), partial(self.details_wanted.emit, code), "F2")
            menu.addSeparator()
            put(menu, message("Retire: keep it, and give it no more"), partial(topics.retire, code))
        menu.popup(place)

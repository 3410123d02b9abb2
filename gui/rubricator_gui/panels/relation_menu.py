"""The menu of a relation: it opens where its arc is pressed, and holds all that can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from rubricator.model.relations import Relation
from rubricator.words import message, say
from rubricator_gui.panels import menus
from rubricator_gui.session import Session
from rubricator_gui.wording import short_quote


def open_menu(
    session: Session, relation: Relation, place: QPoint, listed: Callable[[], object], parent: QWidget
) -> None:
    """Open it at a place on the screen; `listed` shows the relations that stand at the same annotation."""
    relations = session.relations
    menu = menus.made("relationMenu", parent)
    menu.setToolTipsVisible(True)
    ends = [session.spans.get(end) for end in (relation.source, relation.target)]
    quotes = [short_quote(end.quote) if end is not None else message("(not there any more)") for end in ends]
    kind = session.scheme.relations_by_name.get(relation.label)
    arrow = "↔" if kind is not None and kind.symmetric else "→"
    title = session.relation_title(relation.label)
    head = message(
        "{relation}: {source} {arrow} {target}", relation=title, source=quotes[0], arrow=arrow, target=quotes[1]
    )
    menus.head(menu, head)
    for end in ends:
        if end is not None:
            words = message("Go to “{quote}”", quote=short_quote(end.quote))
            menus.put(menu, words, partial(session.choose, end.id))
    menu.addSeparator()
    for uid, quote in zip((relation.source, relation.target), quotes, strict=True):
        words = message("Move the end at “{quote}”…", quote=quote)
        menus.put(menu, words, partial(relations.begin_move, relation, uid))
    why = relations.unturned(relation)
    turn = menus.put(menu, message("Turn round"), partial(relations.turn, relation), enabled=why is None)
    turn.setToolTip(say(message("Not possible: {why}.", why=why)) if why is not None else "")
    for option in relations.types_for(relation):
        words = message("Change it to {relation}", relation=option.title)
        menus.put(menu, words, partial(relations.retype, relation, option.kind))
    menus.put(menu, message("Take off"), partial(relations.delete, relation))
    menu.addSeparator()
    menus.put(menu, message("Relations…"), listed)
    menu.popup(place)

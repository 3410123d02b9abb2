"""The menu of an entity in its panel: its mentions, its details, another one that is the same, what is chosen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QWidget

from rubricator.model.entities import Entity
from rubricator.words import message
from rubricator_gui.panels.menus import head, made, put
from rubricator_gui.session import Session
from rubricator_gui.wording import short_quote


class EntityMenu(QObject):
    """Opens it; what needs a dialog is asked of the window."""

    details_wanted = Signal(object)
    """The details of an Entity are wanted."""
    merge_wanted = Signal(object, object)
    """(An Entity that is to be put together with another one, its row on the screen)."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._widget = parent

    def open(self, entity: Entity, place: QPoint, row: QRect) -> None:
        """Open it at a place on the screen."""
        linking, chosen = self._session.linking, self._session.chosen_annotation
        menu = made("entityMenu", self._widget)
        head(menu, message("{name}", name=entity.name))
        mentioned = linking.finder.counts.get(entity.id, 0) > 0
        put(menu, message("Go to the next mention"), partial(linking.walk, entity.id), "Enter", enabled=mentioned)
        put(menu, message("Details…"), partial(self.details_wanted.emit, entity), "F2")
        others = len(linking.finder.by_id) > 1
        put(menu, message("Put together with…"), partial(self.merge_wanted.emit, entity, row), enabled=others)
        if chosen is not None:
            quote = short_quote(chosen.quote)
            menu.addSeparator()
            if chosen.entity == entity.id:
                put(menu, message("Take the link of “{quote}” off", quote=quote), linking.unlink)
            else:
                put(menu, message("Link “{quote}” to it", quote=quote), partial(linking.link, [chosen], entity))
        menu.addSeparator()
        put(menu, message("Take it off the list"), partial(linking.delete, entity), "Del")
        menu.popup(place)

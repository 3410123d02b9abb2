"""Menus that panels make where they are asked for one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from rubricator.words import Message, say


def made(name: str, parent: QWidget) -> QMenu:
    """Return an empty menu that goes when it is closed."""
    menu = QMenu(parent)
    menu.setObjectName(name)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def put(menu: QMenu, words: Message, hand: Callable[[], object], key: str = "", *, enabled: bool = True) -> QAction:
    """Add an action; its key is told, and pressed where the menu was asked for, or in the article."""
    said = say(words).replace("&", "&&")
    action = menu.addAction(f"{said}\t{key}" if key else said)
    action.triggered.connect(partial(_call, hand))
    action.setEnabled(enabled)
    return action


def _call(hand: Callable[[], object], _checked: bool = False) -> None:
    hand()

"""Menus that panels make where they are asked for one, and the letters that one types in a menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from rubricator.words import Message, say
from rubricator_gui import theme

_PAUSE = 1.0
"""Seconds after which letters begin anew."""


class _Search(QObject):
    """Goes to the entry of a menu that begins with the letters typed."""

    def __init__(self, menu: QMenu) -> None:
        super().__init__(menu)
        self._menu = menu
        self._typed, self._at = "", 0.0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take letters; the arrows and Enter are Qt's."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        now = monotonic()
        before = self._typed if now - self._at < _PAUSE else ""
        written = event.text().isprintable() and bool(event.text().strip() or (event.text() and before))
        if held or not written:
            return False
        self._typed = before + event.text().casefold()
        self._at = now
        entries = [one for one in self._menu.actions() if one.isVisible() and not one.isSeparator()]
        found = next((one for one in entries if plain_words(one).startswith(self._typed)), None)
        if found is not None:
            self._menu.setActiveAction(found)
        return True


def plain_words(action: QAction) -> str:
    """Return the words of an entry as letters are compared with them."""
    return action.text().replace("&", "").casefold()


def search_by_typing(menu: QMenu) -> None:
    """Have letters that are typed in a menu find its entries, which have none that are underlined."""
    menu.installEventFilter(_Search(menu))


def made(name: str, parent: QWidget) -> QMenu:
    """Return an empty menu that goes when it is closed."""
    menu = QMenu(parent)
    menu.setObjectName(name)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setContentsMargins(0, theme.unit(), 0, theme.unit())  # a heading stands at the top of some
    search_by_typing(menu)
    return menu


def head(menu: QMenu, words: Message) -> None:
    """Say above the entries that follow what they are for."""
    menu.addSection(say(words))  # a “&” stays one: in these no letter is underlined


def fill(menu: QMenu, names: Iterable[str], made: Mapping[str, QAction]) -> None:
    """Add actions of the window by their ids, or a line for "".

    What cannot be done is left out: the menu is about one thing, and most that is done with others is not done with it.
    """
    for name in names:
        if name and not made[name].isEnabled():
            continue
        if name:
            menu.addAction(made[name])
        else:
            menu.addSeparator()


def put(menu: QMenu, words: Message, hand: Callable[[], object], key: str = "", *, enabled: bool = True) -> QAction:
    """Add an action; its key is told, and pressed where the menu was asked for, or in the article."""
    said = say(words).replace("&", "&&")
    action = menu.addAction(f"{said}\t{key}" if key else said)
    action.triggered.connect(partial(_call, hand))
    action.setEnabled(enabled)
    return action


def _call(hand: Callable[[], object], _checked: bool = False) -> None:
    hand()

"""The sheet of all keys, as they are now: the article's, the labels', and those of all actions. Searched by typing.

What has no key stands there too, in its menu, once it is searched for.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from rubricator.model.scheme import Scheme
from rubricator.words import _
from rubricator_gui import theme
from rubricator_gui.actions import ACTIONS, MENUS, plain, shown
from rubricator_gui.dialogs import parts
from rubricator_gui.dialogs.keylist import ID, SOUGHT, KeyList, KeySearch
from rubricator_gui.keymap import Keymap
from rubricator_gui.reserved import IN_REVIEW, WITH_THE_MOUSE, Fixed, article_rows


class KeySheet(QDialog):
    """All keys, with a field that searches them; it is accepted where the person goes on to change them."""

    def __init__(self, keymap: Keymap, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keySheet")
        self.setWindowTitle(_("Keys"))
        u = theme.unit()
        self.table = KeyList()
        self.search = KeySearch("keySearch", self.table)
        self._fill(keymap, scheme)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        change = buttons.addButton(_("Change keys…"), QDialogButtonBox.ButtonRole.ActionRole)
        change.setObjectName("changeKeys")
        change.clicked.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for button in buttons.findChildren(QPushButton):
            button.setMinimumHeight(7 * u)
            parts.press_with_enter(button)  # Enter in the search is no wish to change keys
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * u, 4 * u, 4 * u, 4 * u)
        layout.setSpacing(3 * u)
        layout.addWidget(self.search)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        theme.size(self, 185 * u, 170 * u)

    @property
    def action(self) -> str:
        """The action that is current, if one is."""
        item = self.table.currentItem()
        return str(item.data(0, ID) or "") if item is not None else ""

    def _fill(self, keymap: Keymap, scheme: Scheme) -> None:
        table = self.table
        self._add_fixed(_("In the article"), article_rows(keymap.platform))
        self._add_fixed(_("With the mouse"), WITH_THE_MOUSE)
        self._add_lettered(_("Labels"), [(label.title, label.key) for label in scheme.labels])
        for heading, some in ((_("Attributes"), scheme.attributes), (_("Relations"), scheme.relations)):
            mine = [part for part in some if part.key.lower() in scheme.other_keys]
            self._add_lettered(heading, [(part.title or part.name, part.key) for part in mine])
        for menu, title in MENUS:
            group = table.add_group(_(title).replace("&", ""))
            for row in ACTIONS:
                keys = tuple(shown(key) for key in keymap.keys[row.id])
                if row.menu == menu and (keys or not row.tip):
                    item = table.add_row(group, plain(row), keys, "" if keys else _("in the menu"))
                    item.setData(0, ID, row.id)
                    item.setData(0, SOUGHT, not keys)
        self._add_fixed(_("In review"), IN_REVIEW)
        table.fit()
        table.search("")

    def _add_lettered(self, heading: str, parts: Iterable[tuple[str, str]]) -> None:
        """List the keys of the scheme, where there are any."""
        if rows := [(words, key.upper()) for words, key in parts if key]:
            group = self.table.add_group(heading)
            for words, key in rows:
                self.table.add_row(group, words, (key,))

    def _add_fixed(self, heading: str, rows: Iterable[Fixed]) -> None:
        """List keys that nobody changes."""
        group = self.table.add_group(heading)
        for fixed in rows:
            keys = tuple(shown(key) for key in fixed.keys)
            self.table.add_row(group, _(fixed.words), keys, _(fixed.shown) if fixed.shown else "")

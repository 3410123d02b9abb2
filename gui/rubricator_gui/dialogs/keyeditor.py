"""Changing keys: a list of all actions, two fields that take keys, and what stands in the way, said while one types.

Nothing is changed before the main button is pressed; then `keymap` is the answer.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rubricator.model.scheme import Scheme
from rubricator.words import Message, _, message, say
from rubricator_gui import theme
from rubricator_gui.actions import ACTIONS, MENUS, plain, shown
from rubricator_gui.dialogs import parts
from rubricator_gui.dialogs.keyfield import KeyField
from rubricator_gui.dialogs.keylist import CHANGED, ID, KeyList, KeySearch, set_keys
from rubricator_gui.keymap import PRESETS, ROWS, Keymap, default_keys, refusal


class KeyEditor(QDialog):
    """Asks for the keys of actions; `keymap` holds them."""

    def __init__(self, keymap: Keymap, scheme: Scheme, parent: QWidget | None = None, action: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("keyEditor")
        self.setWindowTitle(_("Change keys"))
        self.keymap = keymap
        self._scheme = scheme
        self._wish: tuple[int, str] | None = None
        """A key that was pressed and is not given, because something stands in its way: (which field, the key)."""
        self._build()
        self._lay_out()
        self._fill()
        self._wire()
        self._refresh()
        self.list.setCurrentItem(self._items[action or ACTIONS[0].id])
        self.search.setFocus()

    # --- building -------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        u = theme.unit()
        self.preset = QComboBox()
        self.preset.setObjectName("keyPreset")
        self.preset.setAccessibleName(_("Preset"))
        self.preset.setMinimumHeight(7 * u)
        for preset in PRESETS:
            self.preset.addItem(_(preset.words), preset.id)
        self.list = KeyList()
        self.list.setObjectName("keyEditorList")
        self.list.setAccessibleName(_("Actions and their keys"))
        self.search = KeySearch("keyEditorSearch", self.list)
        self._title = _label("title")
        self._usual = _label("note")
        self.fields = (KeyField(_("Key")), KeyField(_("Second key")))
        self.words = _label("row")
        self.words.setWordWrap(True)
        self.words.setMinimumHeight(9 * u)
        self.words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.take = _button("", "takeKey")
        self.restore = _button(_("Restore default"), "restoreKey")
        self.restore_all = _button(_("Restore all"), "restoreKeys")
        self._buttons, self.use = parts.choice(self, _("Use these keys"))
        self.use.setObjectName("useKeys")

    def _lay_out(self) -> None:
        u = theme.unit()
        head = QHBoxLayout()
        head.setSpacing(2 * u)
        head.addWidget(self.search, 1)
        preset = QLabel(_("Preset"))
        preset.setBuddy(self.preset)
        head.addSpacing(2 * u)
        head.addWidget(preset)
        head.addWidget(self.preset)
        card = QGridLayout()
        card.setHorizontalSpacing(2 * u)
        card.setVerticalSpacing(2 * u)
        title = QHBoxLayout()
        title.addWidget(self._title)
        title.addStretch(1)
        title.addWidget(self._usual)
        card.addLayout(title, 0, 0, 1, 5)
        for n, field in enumerate(self.fields):
            name = QLabel(field.accessibleName())
            name.setBuddy(field)
            card.addWidget(name, 1, 2 * n)
            card.addWidget(field, 1, 2 * n + 1)
            card.setColumnStretch(2 * n + 1, 1)
        card.addWidget(self.restore, 1, 4)
        card.addWidget(self.words, 2, 0, 1, 4)
        card.addWidget(self.take, 2, 4)
        foot = QHBoxLayout()
        foot.addWidget(self.restore_all)
        foot.addStretch(1)
        foot.addWidget(self._buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * u, 4 * u, 4 * u, 4 * u)
        layout.setSpacing(3 * u)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addLayout(card)
        layout.addLayout(foot)
        theme.size(self, 180 * u, 165 * u)

    def _fill(self) -> None:
        self._items: dict[str, QTreeWidgetItem] = {}
        for menu, title in MENUS:
            group = self.list.add_group(_(title).replace("&", ""))
            for row in ACTIONS:
                if row.menu == menu:
                    item = self._items[row.id] = self.list.add_row(group, plain(row), ())
                    item.setData(0, ID, row.id)

    def _wire(self) -> None:
        self.search.entered.connect(self._enter)
        self.list.currentItemChanged.connect(self._choose)
        self.list.itemActivated.connect(self._enter)
        self.preset.activated.connect(self._preset_chosen)
        first, second = self.fields
        first.pressed.connect(self._pressed_first)
        second.pressed.connect(self._pressed_second)
        self.take.clicked.connect(self._take)
        self.restore.clicked.connect(self._restore)
        self.restore_all.clicked.connect(self._restore_all)

    # --- showing --------------------------------------------------------------------------------------------------

    @property
    def action(self) -> str:
        """The action whose keys stand in the fields; empty where the search leaves none."""
        item = self.list.currentItem()
        return str(item.data(0, ID)) if item is not None and item.parent() is not None else ""

    def _refresh(self) -> None:
        """Show all keys as they would be."""
        for action, item in self._items.items():
            keys = self.keymap.keys[action]
            usual = default_keys(ROWS[action], self.keymap.platform)
            tip = "" if keys else ROWS[action].tip
            set_keys(item, _shown(keys), shown(tip))
            item.setData(0, CHANGED, keys != usual)
            item.setText(2, _instead(usual) if keys != usual else _("in the article") if tip else "")
        self.list.fit()
        self.preset.setCurrentIndex(self.preset.findData(self.keymap.preset))
        self.restore_all.setEnabled(bool(self.keymap.own))
        self._choose()

    def _choose(self, *_items: object) -> None:
        """Show the keys of the current action; a wish that was not granted is forgotten."""
        self._wish = None
        action = self.action
        keys = self.keymap.keys[action] if action else ()
        self._title.setText(plain(ROWS[action]) if action else "")
        for n, field in enumerate(self.fields):
            field.show_key(keys[n] if n < len(keys) else "")
            field.setEnabled(bool(action))
        self.restore.setEnabled(bool(action) and keys != self.keymap.usual(action))
        tip = ROWS[action].tip if action else ""
        hint = message("Press the new keys in a field; Backspace takes them away.")
        also = message("In the article {key} does it too, always.", key=shown(tip))
        self._say(Message("{also} {hint}", {"also": also, "hint": hint}) if tip else hint)

    def _say(self, words: Message, role: str = "muted", take: str = "") -> None:
        """Say something below the fields, with a way to take a key from another action, where there is one."""
        self.words.setText(say(words))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, theme.theme_of(palette).colour(role))
        self.words.setPalette(palette)
        self.take.setVisible(bool(take))
        self.take.setText(say(message("Take it from “{action}”", action=take)) if take else "")
        self.use.setEnabled(self._wish is None)
        for field in self.fields:
            field.setAccessibleDescription(say(words))

    # --- changing -------------------------------------------------------------------------------------------------

    def _pressed_first(self, key: str) -> None:
        self._pressed(0, key)

    def _pressed_second(self, key: str) -> None:
        self._pressed(1, key)

    def _pressed(self, place: int, key: str) -> None:
        """Give the action a key that was pressed, or say what stands in its way."""
        action = self.action
        keys = self.keymap.keys[action]
        self.fields[place].show_key(key)
        why = refusal(key, self.keymap.platform, self._scheme) if key else None
        owner = self.keymap.owners.get(key, "")
        if why is not None:
            self._wish = (place, key)
            self._say(Message("{why} {more}", {"why": why, "more": message("Press others, or Esc.")}), "bad")
        elif owner and owner != action:
            self._wish = (place, key)
            name = plain(ROWS[owner])
            self._say(message("{key} belongs to “{action}”.", key=shown(key), action=name), "warn", name)
        elif owner and key not in keys[place : place + 1]:
            self._choose()
            self._say(message("“{action}” has {key} already.", action=plain(ROWS[action]), key=shown(key)))
        else:
            self._give(place, key)

    def _give(self, place: int, key: str) -> None:
        keys = list(self.keymap.keys[self.action])
        keys[place : place + 1] = [key] if key else []
        self.keymap = self.keymap.given(self.action, keys)
        self._refresh()

    def _take(self) -> None:
        """Give the wished key all the same; who had it loses it."""
        if self._wish is None:
            return
        place, key = self._wish
        owner = self.keymap.owners[key]
        self._give(place, key)
        left = self.keymap.first(owner)
        name = plain(ROWS[owner])
        if left:
            self._say(message("“{action}” keeps {key}.", action=name, key=left))
        else:
            self._say(message("“{action}” has no keys now.", action=name))
        self.fields[place].setFocus()

    def _restore(self) -> None:
        action = self.action
        self.keymap = self.keymap.restored(action)
        self._refresh()
        for key in self.keymap.usual(action):
            owner = self.keymap.owners.get(key, "")
            if owner not in ("", action):
                self._pressed(len(self.keymap.keys[action]), key)
                return

    def _restore_all(self) -> None:
        self.keymap = self.keymap.bare()
        self._refresh()

    def _preset_chosen(self, index: int) -> None:
        self.keymap = self.keymap.with_preset(str(self.preset.itemData(index)))
        self._refresh()

    def _enter(self, *_item: object) -> None:
        """Lead from the search, or from a row, into the first field."""
        if self.action:
            self.fields[0].setFocus()

    def reject(self) -> None:
        """Forget a wish that was not granted, then everything."""
        if self._wish is not None:
            self._choose()
        else:
            super().reject()


def _shown(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(shown(key) for key in keys)


def _instead(usual: tuple[str, ...]) -> str:
    if not usual:
        return _("by default none")
    return say(message("by default {keys}", keys=", ".join(_shown(usual))))


def _label(kind: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme.ui_font(kind))
    return label


def _button(words: str, name: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    parts.press_with_enter(button)
    button.setMinimumHeight(7 * theme.unit())
    button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return button

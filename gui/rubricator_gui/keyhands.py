"""The hands of the command palette, the sheet of keys and their editor; loaded when one of them is first wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from rubricator.words import _
from rubricator_gui import actions as table
from rubricator_gui.actions import ACTIONS, MENUS, shown
from rubricator_gui.dialogs.also import ALSO
from rubricator_gui.dialogs.finding import Entry
from rubricator_gui.dialogs.keyeditor import KeyEditor
from rubricator_gui.dialogs.keys import KeySheet
from rubricator_gui.dialogs.palette import Palette
from rubricator_gui.keymap import Keymap, keep, keymap_of
from rubricator_gui.session import Session

_RECENT = "palette"
_MOST_RECENT = 8

_Asked = TypeVar("_Asked", bound=QDialog)


class KeyHands(QObject):
    """Asks by a dialog and does what was chosen."""

    changed = Signal()
    """Keys were set anew."""

    def __init__(self, session: Session, actions: Mapping[str, QAction], window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._actions = actions
        self._window = window

    def show_sheet(self) -> None:
        """Show all keys; the person may go on to change them."""
        sheet = KeySheet(self._keymap(), self._session.scheme, self._window)
        if _ask(sheet):
            self.edit(sheet.action)

    def edit(self, action: str = "") -> None:
        """Have keys changed, those of an action first; they are in force at once."""
        editor = KeyEditor(self._keymap(), self._session.scheme, self._window, action)
        if _ask(editor):
            keep(self._session.settings, editor.keymap)
            self.changed.emit()

    def show_palette(self) -> None:
        """Ask what to do, and do it."""
        recent = self._recent()
        palette = Palette(list(self.entries()), recent, self._window)
        if not _ask(palette) or palette.choice is None:
            return
        entry = palette.choice
        self._session.memory.set(
            **{_RECENT: [entry.name, *(name for name in recent if name != entry.name)][:_MOST_RECENT]}
        )
        if entry.kind == "label":
            self._session.labelling.press(entry.id)
        elif entry.kind == "topic":
            self._session.topics.give(entry.id)
        else:
            self._actions[entry.id].trigger()

    def entries(self) -> Iterator[Entry]:
        """Yield all that can be done: actions, labels, topics."""
        yield from self._action_entries()
        if self._session.article is not None and not self._session.can("reviewing"):  # gold has no keys of labels
            yield from self._label_entries()
            yield from self._topic_entries()

    def _action_entries(self) -> Iterator[Entry]:
        keys = self._keymap().keys
        menus = {menu: _(words).replace("&", "") for menu, words in MENUS}
        for row in ACTIONS:
            if row.id == "palette":
                continue
            action = self._actions[row.id]
            possible = action.isEnabled()
            beside = menus[row.menu] if possible else table.why_not(row, self._session.can)
            if action.isChecked():
                beside = _("{menu} · on").format(menu=beside)
            tip = "" if row.id in self._session.not_by_enter else row.tip
            caps = tuple(shown(key) for key in keys[row.id][:1]) or ((_(tip),) if tip else ())
            also = _(ALSO[row.id]) if row.id in ALSO else ""
            yield Entry("action", row.id, table.plain(row), beside, caps, possible, row.icon, also=also)

    def _label_entries(self) -> Iterator[Entry]:
        session = self._session
        for label in session.scheme.labels:
            caps = (label.key.upper(),) if label.key else ()
            yield Entry("label", label.name, label.title, self._label_does(label.name), caps, label=label)

    def _label_does(self, label: str) -> str:
        session = self._session
        if session.selection is not None:
            return _("label the selection")
        if session.corrects(label) is None:
            return _("make it sticky")
        return _("relabel the chosen annotation") if session.chosen is not None else _("correct what was just labelled")

    def _topic_entries(self) -> Iterator[Entry]:
        session = self._session
        given = {tag.topic for tag in session.tags}
        for topic in session.scheme.offered_topics():
            path = " › ".join(session.scheme.topic_path(topic.code)[:-1])
            path = path[:1].upper() + path[1:]
            beside = _("given already") if topic.code in given else path or _("Topic")
            name = session.topic_name(topic.code)
            yield Entry("topic", topic.code, name, beside, (), topic.code not in given, "topics")

    def _keymap(self) -> Keymap:
        return keymap_of(self._session.settings)

    def _recent(self) -> list[str]:
        found = self._session.memory.get(_RECENT)
        return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []


def _ask(dialog: _Asked) -> bool:
    """Ask, and let the dialog go: one that only hides would stay as long as the window."""
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()

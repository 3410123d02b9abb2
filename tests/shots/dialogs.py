"""Every dialog of the file menu and the keys, filled."""

from __future__ import annotations

import os
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from tests.shots.scheme import scheme_dialogs

from rubricator_gui.dialogs.keyeditor import KeyEditor
from rubricator_gui.dialogs.keys import KeySheet
from rubricator_gui.dialogs.palette import Palette
from rubricator_gui.dialogs.trouble import Trouble
from rubricator_gui.keymap import Keymap
from rubricator_gui.window import MainWindow


def dialogs(window: MainWindow, out: Path, look: str) -> None:
    """Show every dialog, filled."""
    palette = Palette(list(window.key_hands.entries()), ["action:finish"], window)
    palette.search.setText("ar")
    shown: dict[str, QDialog] = {
        "keys": KeySheet(Keymap(), window.session.scheme, window),
        "key-editor": editor_with_a_clash(window),
        "palette": palette,
        "trouble": Trouble("Rubricator, a report\n\nTraceback …", window),
    }
    shown |= scheme_dialogs(window)
    for name, dialog in shown.items():
        dialog.show()
        QTest.qWait(50)
        target = out / f"dialog-{name}-{look}.png"
        out.mkdir(parents=True, exist_ok=True)
        dialog.grab().save(str(target))
        dialog.close()
        dialog.deleteLater()


def editor_with_a_clash(window: MainWindow) -> KeyEditor:
    """Return the editor of keys where a key was pressed that belongs to another action."""
    editor = KeyEditor(Keymap("prodigy"), window.session.scheme, window, "finish")
    editor.fields[0].pressed.emit("Ctrl+T")
    return editor

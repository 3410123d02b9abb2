"""PySide loaded as the program loads it says the same of a wrong call as PySide loaded plainly."""

from __future__ import annotations

import os
import subprocess
import sys

PLAIN = "import PySide6.QtCore"
OURS = "from rubricator_gui import bindings; bindings.load()"
WAITING = """
import sys
print(sorted(name for name, module in sys.modules.items() if type(module).__name__ == "_Waiting" and "shiboken" in name))
"""
WRONG_CALLS = """
import PySide6
from PySide6.QtWidgets import QApplication, QTextEdit
app = QApplication([])
edit = QTextEdit()
for call in (
    lambda: edit.setPlainText(3),
    lambda: edit.resize("wide"),
    lambda: edit.setAlignment("left"),
    lambda: QTextEdit(no=3),
    lambda: edit.zoomIn(1, 2, 3),
    lambda: QTextEdit.setPlainText.__doc__,
):
    try:
        print(call())
    except (TypeError, AttributeError) as error:
        print(error)
"""
WAYS = """
import builtins, sys
print(type(sys.meta_path), [type(way).__name__ for way in sys.meta_path], builtins.__import__)
"""


def _said(*lines: str) -> str:
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True, env=env)
    return done.stdout


def test_what_explains_signatures_waits_until_a_call_goes_wrong() -> None:
    waiting = _said(OURS, WAITING, WRONG_CALLS, WAITING).splitlines()
    assert "shibokensupport.signature.parser" in waiting[0], "this PySide loads its signatures in another way"
    assert "shibokensupport.signature.parser" not in waiting[-1]


def test_a_wrong_call_is_told_in_the_same_words() -> None:
    plain = _said(PLAIN, WRONG_CALLS)
    assert "setPlainText(text: str" in plain
    assert _said(OURS, WRONG_CALLS) == plain


def test_python_imports_as_it_did() -> None:
    assert _said(OURS, WAYS) == _said(WAYS)

"""Enums by the table are the enums that Python makes, for all of Qt's, and whatever is not plain is left to Python."""

from __future__ import annotations

import enum
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator_gui import enums

KINDS = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)
ALL_OF_QT = """
import sys
from enum import EnumType
from rubricator_gui import enums
asked, left = [], []
pythons = enums._pythons
def python(base, name, *given, **more):
    left.append(name)
    return pythons(base, name, *given, **more)
enums._pythons = python
def note(base, class_name, names, **more):  # Python says these two by name since 3.12
    asked.append((base, class_name, list(names), more))
    return enums._create(base, class_name, names, **more)
EnumType._create_ = note
from PySide6 import QtCore, QtGui, QtWidgets, QtPrintSupport, QtSvg, QtTest
for module in (QtCore, QtGui, QtWidgets, QtPrintSupport, QtSvg, QtTest):
    for name in dir(module):
        dir(getattr(module, name))
EnumType._create_ = enums._pythons = pythons
assert set(left) == {"Blank", "Trial"}, left
for base, name, items, more in asked:
    one, other = (make(base, name, items, **more) for make in (enums._create, enums._pythons))
    assert enums.alike(one, other), (name, items)
print(len(asked), *{base.__name__ for base, *_ in asked})
"""


def test_all_of_qts_enums_are_what_python_makes_of_them() -> None:
    done = subprocess.run([sys.executable, "-c", ALL_OF_QT], capture_output=True, text=True)
    assert not done.returncode, done.stderr
    count, *kinds = done.stdout.split()
    assert int(count) > 500
    assert {"Enum", "Flag"} <= set(kinds)


NAMES = st.text("ABCDEFGH", min_size=1, max_size=3)


@given(st.sampled_from(KINDS), st.dictionaries(NAMES, st.integers(0, 40) | st.integers(-(2**40), 2**40)))
def test_any_list_makes_what_python_makes_of_it(base: Any, items: dict[str, int]) -> None:
    pairs = list(items.items())
    ours: Any
    pythons: Any
    ours, pythons = (make(base, "Made", pairs, boundary=enum.KEEP) for make in (enums._create, enums._pythons))
    assert enums.alike(ours, pythons)
    for member, same in zip(ours, pythons, strict=True):
        assert repr(member) == repr(same)
        assert hash(member) == hash(same)
        assert ours(member.value) is member is ours[member.name]
    if issubclass(base, enum.Flag):
        for one, same in zip(ours, pythons, strict=True):
            for two, again in zip(ours, pythons, strict=True):
                assert [repr(each) for each in (one | two, one & two, one ^ two, ~one)] == [
                    repr(each) for each in (same | again, same & again, same ^ again, ~same)
                ]


@pytest.mark.parametrize(
    "items",
    [
        [("name", 1)],
        [("value", 1), ("B", 2)],
        [("_A_", 1)],
        [("A", "words")],
        [("A", True)],
        "A B",
        {"A": 1},
    ],
)
def test_what_is_not_plain_is_left_to_python(items: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def python(*given: Any, **more: Any) -> str:
        asked.append(given)
        return "Python's"

    enums._blanks.setdefault(enum.Enum, enums._blank(enum.Enum))
    monkeypatch.setattr(enums, "_pythons", python)
    made: Any = enums._create(enum.Enum, "Made", items, boundary=enum.KEEP)
    assert made == "Python's"
    assert len(asked) == 1


@pytest.mark.parametrize("base", KINDS)
def test_a_python_that_makes_them_otherwise_is_left_to_itself(base: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert enums._blank(base) is not None, "this Python makes them in a way that is not known here"
    pythons = enums._pythons

    def other(base: Any, name: str, items: Any, **more: Any) -> Any:
        made = pythons(base, name, items, **more)
        if items:
            type.__setattr__(made, "_kept_too_", 1)
        return made

    monkeypatch.setattr(enums, "_pythons", other)
    assert enums._blank(base) is None
    monkeypatch.setitem(enums._blanks, base, None)
    assert "_kept_too_" in vars(enums._create(base, "Made", [("A", 1)], boundary=enum.KEEP))


def test_a_name_that_stands_twice_is_refused_as_ever() -> None:
    with pytest.raises(TypeError, match="already defined"):
        enums._create(enum.Enum, "Made", [("A", 1), ("A", 2)], boundary=enum.KEEP)


def test_a_kind_of_ones_own_is_made_by_python() -> None:
    class Loud(enum.Enum):
        def __init__(self, value: int) -> None:
            self.loud = value * 2

    made: Any = enums._create(Loud, "Made", [("A", 1)], boundary=enum.KEEP)
    assert made.A.loud == 2


IN_USE = """
import copy, pickle
from rubricator_gui import enums
enums.hasten()
from PySide6.QtCore import QDir, QEvent, Qt
from PySide6.QtGui import QFont, QKeySequence, QTextCharFormat
assert pickle.loads(pickle.dumps(Qt.Key.Key_A)) is Qt.Key.Key_A is copy.deepcopy(Qt.Key.Key_A) is Qt.Key(0x41)
assert Qt.AlignmentFlag(0x81) == Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
assert Qt.Key(0x7654321).value == 0x7654321, "a number that Qt has no name for"
assert Qt.Key.Key_A.name == "Key_A" and repr(Qt.Key.Key_A) == "<Key.Key_A: 65>"
assert QKeySequence(Qt.KeyboardModifier.ControlModifier | Qt.Key.Key_S)[0].key() is Qt.Key.Key_S
assert QEvent(QEvent.Type.Paint).type() is QEvent.Type.Paint
font = QFont()
font.setWeight(QFont.Weight.DemiBold)
assert font.weight() is QFont.Weight.DemiBold
form = QTextCharFormat()
form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
assert form.underlineStyle() == QTextCharFormat.UnderlineStyle.DashUnderline
drives = QDir.Filter.Drives | QDir.Filter.Files
assert QDir.Filter.Files in drives and list(drives) == [QDir.Filter.Files, QDir.Filter.Drives]
assert Qt.MatchFlag.MatchExactly == Qt.MatchFlag(0) and not Qt.MatchFlag(0)
print("fine")
"""


def test_qt_takes_them_and_gives_them_back() -> None:
    done = subprocess.run([sys.executable, "-c", IN_USE], capture_output=True, text=True)
    assert done.stdout == "fine\n", done.stderr

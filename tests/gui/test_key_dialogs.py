"""What the palette finds for what one types, and which key a field takes for what is pressed on several keyboards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget
from tests.making import news

from rubricator.settings import Settings
from rubricator_gui import theme
from rubricator_gui.actions import ACTIONS, plain
from rubricator_gui.dialogs.also import ALSO
from rubricator_gui.dialogs.finding import Entry, find, ranked
from rubricator_gui.dialogs.keyfield import KeyField, key_of
from rubricator_gui.dialogs.keys import KeySheet
from rubricator_gui.keymap import keymap_of
from rubricator_gui.panels.searchfield import SearchField

Shown = Callable[[QWidget], QWidget]

# --- finding ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "words", "rank", "bold"),
    [
        ("undo", "Undo", 0, "Undo"),
        ("fin", "Finish and go on", 1, "Fin"),
        ("finish and", "Finish and go on", 1, "Finish and"),
        ("go", "Finish and go on", 2, "go"),
        ("on fin", "Finish and go on", 2, "Finon"),
        ("fago", "Finish and go on", 4, "Fago"),
        ("fgo", "Finish and go on", 4, "Fgo"),
        ("fingo", "Finish and go on", 4, "Fingo"),
        ("nish", "Finish and go on", 5, "nish"),
        ("zoe", "Zoë", 0, "Zoë"),
        ("STRASSE", "Straße", None, ""),
        ("ogf", "Finish and go on", None, ""),
        ("go xyz", "Finish and go on", None, ""),
        ("", "Undo", 2, ""),
    ],
)
def test_words_beginnings_and_initials(typed: str, words: str, rank: int | None, bold: str) -> None:
    hit = find(typed, words)
    assert (hit.rank if hit else None) == rank
    if hit is not None:
        assert "".join(words[n] for n in sorted(hit.places)) == bold


@given(st.text(max_size=12), st.text(max_size=40))
def test_anything_can_be_typed(typed: str, words: str) -> None:
    hit = find(typed, words)
    if hit is not None:
        assert all(0 <= place < len(words) for place in hit.places)


@given(st.text(alphabet="abc ", min_size=1, max_size=30))
def test_a_name_is_found_by_itself(words: str) -> None:
    assert find(words, words) is not None


ENTRIES = (
    Entry("action", "undo", "Undo", possible=False),
    Entry("action", "open", "Open project"),
    Entry("action", "next", "Next article"),
    Entry("label", "ORG", "Organization"),
    Entry("topic", "t1", "Opera"),
    Entry("topic", "t2", "Open air", possible=False),
)


def names(typed: str, *recent: str) -> list[str]:
    return [found.entry.words for found in ranked(ENTRIES, typed, recent)]


def test_what_was_used_lately_stands_on_top() -> None:
    assert names("") == ["Open project", "Next article", "Organization"]
    assert names("", "label:ORG", "action:undo", "topic:t1") == [
        "Organization",
        "Opera",
        "Open project",
        "Next article",
    ]
    assert names("op") == ["Open project", "Opera", "Open air"], "what cannot be done stands below"
    assert names("op", "topic:t1") == ["Opera", "Open project", "Open air"]
    assert names("un") == ["Undo"]
    assert names("zzz") == []


def test_a_word_that_is_there_comes_before_scattered_letters() -> None:
    entries = (
        Entry("action", "normal", "Normal text"),
        Entry("action", "note", "Write a note", possible=False, also="remark"),
        Entry("action", "unlink", "Take the link off", also="unlink remove"),
        Entry("action", "remove", "Take the article out", also="remove"),
        Entry("action", "again", "Remove it again"),
    )

    def found(typed: str) -> list[tuple[str, bool]]:
        return [(one.entry.id, one.there) for one in ranked(entries, typed, ())]

    assert found("note") == [("note", True), ("normal", False)]
    assert found("unlink") == [("unlink", True)]
    assert found("rem") == [("again", True), ("unlink", True), ("remove", True), ("note", True)]
    assert found("remove link") == [("unlink", True)], "words of both"
    assert find("remove link", "Take the link off unlink remove") is not None
    places = ranked(entries, "remove link", ())[0].places
    assert "".join("Take the link off"[n] for n in sorted(places)) == "link", "only what is seen is bold"


def test_every_action_that_is_called_otherwise_is_there_and_says_new_words() -> None:
    rows = {row.id: row for row in ACTIONS}
    for name, words in ALSO.items():
        own = plain(rows[name]).casefold().split()
        assert not set(own) & set(words.split()), name
        assert words == words.casefold(), name
        assert len(set(words.split())) == len(words.split()), name


# --- the field that takes keys ----------------------------------------------------------------------------------------

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PAD = Qt.KeyboardModifier.KeypadModifier


@pytest.mark.parametrize(
    ("key", "modifiers", "text"),
    [
        (Qt.Key.Key_J, CTRL, "Ctrl+J"),
        (Qt.Key.Key_J, CTRL | SHIFT, "Ctrl+Shift+J"),
        (Qt.Key.Key_Slash, CTRL, "Ctrl+/"),
        (Qt.Key.Key_Slash, CTRL | SHIFT, "Ctrl+/"),  # German: Shift+7
        (Qt.Key.Key_1, CTRL | SHIFT, "Ctrl+Shift+1"),  # French: digits stand above
        (Qt.Key.Key_Enter, CTRL | PAD, "Ctrl+Return"),
        (Qt.Key.Key_F8, SHIFT, "Shift+F8"),
        (0x0416, CTRL, "Ctrl+Ж"),  # a letter that Qt.Key has no name for
        (Qt.Key.Key_Backtab, SHIFT | CTRL, "Ctrl+Shift+Tab"),
        (Qt.Key.Key_VolumeUp, CTRL, "Ctrl+Volume Up"),
    ],
)
def test_keys_of_several_keyboards(key: int, modifiers: Qt.KeyboardModifier, text: str) -> None:
    assert key_of(QKeyEvent(QEvent.Type.KeyPress, int(key), modifiers)) == text


def test_a_field_takes_keys_and_lets_go_of_those_that_lead_on(shown: Shown) -> None:
    dialog = QDialog()
    field, other = KeyField("Key"), QPushButton("Other")
    layout = QVBoxLayout(dialog)
    layout.addWidget(field)
    layout.addWidget(other)
    taken: list[str] = []
    field.pressed.connect(taken.append)
    shown(dialog)
    field.setFocus()
    for key in (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_CapsLock):
        QTest.keyClick(field, key)
    assert taken == []
    QTest.keyClick(field, Qt.Key.Key_A, CTRL)
    QTest.keyClick(field, Qt.Key.Key_X)
    QTest.keyClick(field, Qt.Key.Key_Return, CTRL)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert taken == ["Ctrl+A", "X", "Ctrl+Return", ""]
    assert field.text() == "", "it writes nothing by itself"
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert other.hasFocus()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert len(taken) == 4


def test_esc_empties_the_search_of_keys_and_then_closes(shown: Shown) -> None:
    sheet = KeySheet(keymap_of(Settings()), news())
    shown(sheet)
    QTest.keyClicks(sheet.search, "dark")
    QTest.keyClick(sheet.search, Qt.Key.Key_Escape)
    assert sheet.search.text() == ""
    assert sheet.isVisible()
    QTest.keyClick(sheet.search, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


# --- nothing is cut off -----------------------------------------------------------------------------------------------


def listed(sheet: KeySheet) -> list[tuple[str, str, str]]:
    """Return (group, keys, words) of the rows that are seen."""
    return [(group.text(0), row.text(0), row.text(1)) for group, row in sheet.table.rows if not row.isHidden()]


def test_the_sheet_tells_what_the_mouse_does_and_where_things_without_a_key_are(shown: Shown) -> None:
    sheet = KeySheet(keymap_of(Settings()), news())
    shown(sheet)
    there = listed(sheet)
    assert ("With the mouse", "Click on its “?”", "Reject the suggestion") in there
    assert ("In the article", "Ctrl+Shift+arrows", "Select by words") in there
    assert all(words != "Dark colours" for _group, _keys, words in there), "it is a sheet of keys"
    rows = {sheet.table.visualItemRect(row).height() for _group, row in sheet.table.rows if not row.isHidden()}
    assert len(rows) == 1, "none is taller than the others"
    sheet.search.setText("dark")
    assert listed(sheet) == [("View", "in the menu", "Dark colours")]
    sheet.search.setText("")
    assert listed(sheet) == there


@pytest.mark.parametrize("width", [760, 560, 420])
def test_no_words_of_the_sheet_are_cut_off(shown: Shown, width: int) -> None:
    sheet = KeySheet(keymap_of(Settings()), news())
    shown(sheet)
    sheet.resize(width, 600)
    table = sheet.table
    metrics = QFontMetrics(theme.ui_font())
    QTest.qWait(30)
    wrapped = 0
    for row in (row for _group, row in table.rows if not row.isHidden()):
        cell = table.visualRect(table.indexFromItem(row, 1))
        room = QRect(0, 0, cell.width() - 2 * theme.unit(), 10_000)
        needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, row.text(1))
        assert needed.width() <= room.width(), row.text(1)
        assert needed.height() <= cell.height(), row.text(1)
        wrapped += needed.height() > metrics.lineSpacing()
    assert wrapped or width == 760


@pytest.mark.parametrize(("width", "hint"), [(400, "Filter: words, label:ORG, note:"), (170, "Filter: words")])
def test_a_hint_is_shown_as_far_as_it_has_room(shown: Shown, width: int, hint: str) -> None:
    field = SearchField("field", "Filter: words, label:ORG, note:", "Filter")
    field.resize(width, 28)
    shown(field)
    assert field.placeholderText() == hint
    field.resize(400, 28)
    assert field.placeholderText() == "Filter: words, label:ORG, note:"

"""Keys as one changes them, the sheet that shows them, and the command palette: in the real window, by real keys."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QPushButton, QWidget
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.settings import Settings
from rubricator_gui import theme
from rubricator_gui.dialogs.keyeditor import KeyEditor
from rubricator_gui.dialogs.keylist import KeyList
from rubricator_gui.dialogs.keys import KeySheet
from rubricator_gui.dialogs.palette import FOUND, Palette
from rubricator_gui.hand import Hand

STORIES = (kit.STORY, "Grain prices fall in Toll\n\nPrices fell in the port of Toll.\n", "Third\n\nAnd last.\n")
LABEL_FIRST = "Label something first: F4 then uses its label again."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    kit.introduced()
    return kit.project(tmp_path / "news.rubric", STORIES)


def headline(hand: Hand) -> str:
    return hand.window.session.text.partition("\n")[0]


def no_dialog_is_left(hand: Hand) -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert hand.window.findChildren(QDialog) == []


# --- the command palette ----------------------------------------------------------------------------------------------


def in_palette(hand: Hand, do: Callable[[Palette], None]) -> None:
    """Open the palette, do something there, and see that it is gone."""
    seen: list[str] = []

    def there(dialog: QDialog) -> None:
        assert isinstance(dialog, Palette)
        seen.append(dialog.objectName())
        do(dialog)
        if dialog.isVisible():
            hand.keys("Esc")

    hand.answer("palette", there)
    hand.keys("Ctrl+K")
    assert seen
    no_dialog_is_left(hand)


def choose(hand: Hand, typed: str, *keys: str) -> list[str]:
    """Type into the palette and press keys there; return what it showed before that."""
    found: list[str] = []

    def there(palette: Palette) -> None:
        hand.type(typed)
        found.extend(shown(palette))
        hand.keys(*(keys or ("Return",)))

    in_palette(hand, there)
    return found


def shown(palette: Palette) -> list[str]:
    model = palette.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_the_palette_does_actions_labels_and_topics(start: Start, file: Path) -> None:
    hand = start(file)
    session = hand.window.session
    kit.drag(hand, "Arvenia")
    before = session.selection
    assert choose(hand, "country")[0] == "Country"
    assert before is not None
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]
    assert hand.window.focusWidget() is hand.reader, "the keys of the article go on after it"
    choose(hand, "fgo")  # initials: Finish and go on
    assert headline(hand) == "Grain prices fall in Toll"
    choose(hand, "dark colo")
    assert theme.theme_of(QApplication.palette()).dark
    given = len(session.tags)
    choose(hand, "politics and gov")
    assert len(session.tags) == given + 1
    lately = choose(hand, "", "Esc")
    assert lately[:3] == ["Dark colours", "Finish and go on", "Country"]
    assert "Politics and government" not in lately, "it is given, and cannot be given again"
    choose(hand, "country")
    assert session.sticky == "COUNTRY", "with nothing selected a label does what its key does"


def test_the_palette_leaves_everything_as_it_is(start: Start, file: Path) -> None:
    hand = start(file)
    session = hand.window.session
    kit.label(hand, "Toll", "3")
    kit.drag(hand, "Arvenia")
    held = session.selection
    assert choose(hand, "3px1", "Esc") == []
    choose(hand, "zzz", "Return", "Down", "Up", "PgDown", "Esc")
    choose(hand, "", "Esc")
    assert session.selection == held
    assert kit.layer(hand) == [("COUNTRY", "Toll")]
    assert hand.window.focusWidget() is hand.reader


def test_what_cannot_be_done_stands_below_and_is_not_done(start: Start, file: Path) -> None:
    hand = start(file)

    def look(palette: Palette) -> None:
        hand.type("a")
        found = [palette.list.model().index(n, 0).data(FOUND) for n in range(len(shown(palette)))]
        possible = [one.entry.possible for one in found if one.there]
        assert possible == sorted(possible, reverse=True)
        hand.keys("Ctrl+A")
        hand.type("note")
        assert shown(palette)[0] == "Write a note"
        assert not palette.list.currentIndex().isValid(), "and Enter does not take what has only its letters"
        assert palette.search.accessibleDescription() == "Write a note, no annotation is chosen, Enter"
        hand.keys("Return")
        assert palette.isVisible()
        hand.keys("Ctrl+A")
        hand.type("delete")
        assert shown(palette)[:2] == ["Take the article out", "Delete annotation"]
        hand.keys("Return")
        assert palette.isVisible(), "what is called so otherwise is not done in its place"
        hand.keys("Ctrl+A")
        hand.type("write a note")
        assert shown(palette) == ["Write a note"]
        hand.keys("Return", "Down", "Return")
        assert palette.isVisible(), "it was done all the same"
        at = palette.list.visualRect(palette.list.model().index(0, 0)).center()
        hand.click_on(palette.list.viewport(), at)
        assert palette.isVisible()

    in_palette(hand, look)
    assert hand.window.session.memory.get("palette") is None


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("unlink", "Take the link off"),
        ("delete annotation", "Delete annotation"),
        ("remove annotation", "Delete annotation"),
        ("rename label", "Edit scheme"),
        ("color theme", "Light colours"),
        ("label colour", "Edit scheme"),
        ("dark mode", "Dark colours"),
        ("dark theme", "Dark colours"),
        ("font size", "Larger text"),
        ("zoom out", "Smaller text"),
        ("shortcut", "Keys"),
        ("keyboard shortcuts", "Keys"),
        ("preferences", "Change keys"),
        ("backup", "Take a snapshot"),
        ("revert", "Undo"),
        ("fullscreen", "Only the article"),
        ("bookmark", "Flag"),
        ("search", "Find in the article"),
        ("another label", "Pick a label"),
        ("change the label", "Pick a label"),
        ("a second label", "Add a second label"),
        ("duplicates", "Entities that may be the same"),
    ],
)
def test_an_action_is_found_by_what_people_call_it(start: Start, file: Path, typed: str, first: str) -> None:
    hand = start(file)
    assert choose(hand, typed, "Esc")[0] == first


def test_the_palette_is_walked_round_and_clicked(start: Start, file: Path) -> None:
    hand = start(file)
    said: list[str] = []

    def walk(palette: Palette) -> None:
        rows = shown(palette)
        assert "Redo" not in rows, "what cannot be done is no offer"
        assert "Command palette" not in rows
        for keys, row in (("Down",), 1), (("Up",), 0), (("Up",), len(rows) - 1), (("Down",), 0), (("PgDown",), 10):
            hand.keys(*keys)
            assert palette.list.currentIndex().row() == row
            assert palette.search.accessibleDescription().startswith(rows[row])
            index = palette.list.currentIndex()
            said.append(index.data(Qt.ItemDataRole.AccessibleTextRole))
        hand.type("larger")
        hand.click_on(palette.list.viewport(), palette.list.visualRect(palette.list.model().index(0, 0)).center())

    in_palette(hand, walk)
    assert hand.reader.text_size == 20
    assert any("Ctrl+" in words for words in said)


def test_the_palette_without_a_project(start: Start) -> None:
    hand = start()
    found = choose(hand, "", "Esc")
    assert "New project" in found
    assert "Export" not in found
    assert choose(hand, "person", "Esc") == []


def test_the_palette_opens_from_a_field_of_text_too(start: Start, file: Path) -> None:
    hand = start(file)
    hand.keys("Ctrl+T")
    hand.type("pol")
    choose(hand, "larger")
    assert hand.reader.text_size == 20
    assert hand.window.sections.topics.search.text() == "pol"


# --- changing keys ----------------------------------------------------------------------------------------------------


def in_editor(hand: Hand, do: Callable[[KeyEditor], None]) -> None:
    """Open the editor of keys and do something there; Esc at the end, where it is still open."""
    seen: list[str] = []

    def there(dialog: QDialog) -> None:
        assert isinstance(dialog, KeyEditor)
        seen.append(dialog.objectName())
        do(dialog)
        if dialog.isVisible():
            dialog.close()

    hand.answer("keyEditor", there)
    hand.do("edit-keys")
    assert seen
    no_dialog_is_left(hand)


def go_to(hand: Hand, editor: KeyEditor, action: str, words: str) -> None:
    """Search an action and lead on into its first field, by keys alone."""
    editor.search.setFocus()
    hand.keys("Ctrl+A")
    hand.type(words)
    hand.keys("Return")
    assert editor.action == action
    assert editor.fields[0].hasFocus()


def keys_of(hand: Hand, action: str) -> list[str]:
    return [key.toString() for key in hand.window.actions[action].shortcuts()]


def test_a_key_is_changed_and_in_force_at_once(start: Start, file: Path) -> None:
    hand = start(file)
    window = hand.window

    def change(editor: KeyEditor) -> None:
        go_to(hand, editor, "next", "next article")
        hand.keys("Ctrl+F8")
        assert editor.fields[0].text() == "Ctrl+F8"
        go_to(hand, editor, "finish", "finish")
        hand.keys("Ctrl+Alt+Return")
        hand.keys("Return")

    in_editor(hand, change)
    assert keys_of(hand, "next") == ["Ctrl+F8"]
    assert keys_of(hand, "finish") == ["Ctrl+Alt+Enter", "Ctrl+Alt+Return"], "both Enter keys of the keyboard"
    assert window.actions["next"].toolTip() == "Next article (Ctrl+F8)"
    assert "Finish and go on (Ctrl+Alt+Enter)" in window.toolbar.finish.toolTip()
    hand.keys("Ctrl+F8")
    assert headline(hand) == "Grain prices fall in Toll"
    hand.keys("Ctrl+PgDown")
    assert headline(hand) == "Grain prices fall in Toll", "the old key still does it"
    read: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, KeySheet)
        hand.type("next article")
        read.extend(row.text(0) for _group, row in dialog.table.rows if not row.isHidden())
        hand.keys("Esc", "Esc")

    hand.answer("keySheet", look)
    hand.keys("Ctrl+/")
    assert read == ["Ctrl+F8"]
    no_dialog_is_left(hand)
    again = start(file)
    before = headline(again)
    again.keys("Ctrl+F8")
    assert headline(again) != before, "it is kept"


def test_the_sheet_begins_with_the_text_and_its_labels(start: Start, file: Path) -> None:
    hand = start(file)
    headings: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, KeySheet)
        headings.extend(dict.fromkeys(group.text(0) for group, _row in dialog.table.rows))
        hand.keys("Esc")

    hand.answer("keySheet", look)
    hand.keys("Ctrl+/")
    assert headings[:3] == ["In the article", "With the mouse", "Labels"]
    assert headings[-1] == "In review", "most have nothing to review"


def test_the_sheet_has_no_heading_with_nothing_below_it(start: Start) -> None:
    kit.introduced()
    hand = start()
    headings: list[tuple[str, int]] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, KeySheet)
        tree = dialog.table
        groups = map(tree.topLevelItem, range(tree.topLevelItemCount()))
        headings.extend((group.text(0), group.childCount()) for group in groups if group is not None)
        hand.keys("Esc")

    hand.answer("keySheet", look)
    hand.keys("Ctrl+/")
    assert len(headings) > 3
    assert all(rows for _heading, rows in headings), headings


def test_a_key_that_the_sheet_lists_more_than_once_says_when_it_does_what(start: Start, file: Path) -> None:
    hand = start(file)
    said: list[tuple[str, str, str]] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, KeySheet)
        said.extend((group.text(0), row.text(0), row.text(1)) for group, row in dialog.table.rows)
        hand.keys("Esc")

    hand.answer("keySheet", look)
    hand.keys("Ctrl+/")
    times = Counter((heading, key) for heading, key, _words in said)
    often = [(key, words) for heading, key, words in said if times[heading, key] > 1 and key != "in the menu"]
    assert {key for key, _words in often} == {"Enter", "A label’s key"}
    assert [words for _key, words in often if not re.match("With [^:]+: ", words)] == []


def test_pages_of_the_sheet_follow_each_other_without_a_row_unread(start: Start, file: Path) -> None:
    hand = start(file)
    pages: list[list[str]] = []

    def seen(table: KeyList) -> list[str]:
        whole = table.viewport().rect()
        rows = [row for _group, row in table.rows if not row.isHidden() and whole.contains(table.visualItemRect(row))]
        assert table.currentItem() in rows or not pages
        return [row.text(1) for row in rows]

    def leaf(dialog: QDialog) -> None:
        assert isinstance(dialog, KeySheet)
        pages.append(seen(dialog.table))
        while not pages[1:] or pages[-1] != pages[-2]:
            hand.keys("PgDown")
            pages.append(seen(dialog.table))
        every = [row.text(1) for _group, row in dialog.table.rows if not row.isHidden()]
        assert {words for page in pages for words in page} == set(every)
        assert dialog.table.currentItem().text(1) == every[-1]
        hand.keys("PgUp")
        assert seen(dialog.table) != pages[-1]
        hand.keys("Esc")

    hand.answer("keySheet", leaf)
    hand.keys("Ctrl+/")
    assert len(pages) > 3
    no_dialog_is_left(hand)


def test_what_names_a_key_names_it_anew(start: Start, file: Path) -> None:
    hand = start(file)
    window = hand.window
    undo = window.status.findChildren(QWidget)

    def words() -> str:
        return " ".join(str(widget.property("text")) for widget in undo)

    assert "Undo (Ctrl+Z)" in words()

    def change(editor: KeyEditor) -> None:
        for action, typed, key in (
            ("undo", "undo", "Alt+U"),
            ("redo", "redo", "Alt+Y"),
            ("find-topic", "find a topic", "Alt+T"),
            ("next-pane", "next pane", "Alt+P"),
        ):
            go_to(hand, editor, action, typed)
            hand.keys(key)
        hand.keys("Return")

    in_editor(hand, change)
    assert "Undo (Alt+U)" in words()
    assert window.sections.topics.search.placeholderText() == "Search topics (Alt+T)"
    assert "Alt+P goes to the next pane" in window.reader.accessibleDescription()
    kit.label(hand, "Toll", "3")
    hand.keys("Alt+U")
    assert window.status.notice.endswith("Redo with Alt+Y.")


def test_nothing_is_changed_before_the_main_button(start: Start, file: Path) -> None:
    hand = start(file)

    def change(editor: KeyEditor) -> None:
        go_to(hand, editor, "skip", "skip")
        hand.keys("Ctrl+F8")
        assert keys_of(hand, "skip") == ["Ctrl+J"]
        editor.preset.setCurrentIndex(2)
        editor.preset.activated.emit(2)
        assert editor.keymap.keys["next"][0] == "Alt+Right"
        hand.keys("Esc")
        assert not editor.isVisible()

    in_editor(hand, change)
    assert keys_of(hand, "skip") == ["Ctrl+J"]
    assert keys_of(hand, "next") == ["Ctrl+PgDown"]
    assert Settings().get("keys") == {}


def test_a_clash_is_said_while_one_presses_and_can_be_settled(start: Start, file: Path) -> None:
    hand = start(file)

    def change(editor: KeyEditor) -> None:
        go_to(hand, editor, "skip", "skip")
        hand.keys("Ctrl+T")
        assert editor.words.text() == "Ctrl+T belongs to “Find a topic”."
        assert editor.fields[0].accessibleDescription() == editor.words.text()
        assert editor.take.isVisible()
        assert not editor.use.isEnabled(), "a clash that nobody settled must not look as if it were"
        hand.keys("Esc")
        assert editor.isVisible(), "Esc first lets go of the key that was pressed"
        assert editor.fields[0].text() == "Ctrl+J"
        assert editor.use.isEnabled()
        for key, words in (
            ("1", "1 is the key of the label “Person”."),
            ("Alt+F4", "Alt+F4 is taken by the system: “Close the window”."),
            ("Alt+Up", "Alt+Up is taken in the article: “Grow the selection: word, name, sentence, paragraph”."),
            (
                "Space",
                "Space is taken in the article: “On a suggestion: accept it and go on to the next; else scroll”.",
            ),
            ("Ctrl+V", "Ctrl+V is taken in text fields: “Paste”."),
        ):
            hand.keys(key)
            assert editor.words.text().startswith(words)
            assert not editor.take.isVisible()
            assert not editor.use.isEnabled()
        hand.keys("Ctrl+T")
        assert editor.take.text() == "Take it from “Find a topic”"
        hand.keys("Tab")
        while not editor.take.hasFocus():
            hand.keys("Tab")
        hand.keys("Space")
        assert editor.words.text() == "“Find a topic” has no keys now."
        assert editor.fields[0].hasFocus()
        assert editor.use.isEnabled()
        hand.keys("Return")

    in_editor(hand, change)
    assert keys_of(hand, "skip") == ["Ctrl+T"]
    assert keys_of(hand, "find-topic") == []
    hand.keys("Ctrl+T")
    assert headline(hand) == "Grain prices fall in Toll"
    assert json.loads(Settings().path.read_text(encoding="utf-8"))["keys"] == {"own": {"skip": ["Ctrl+T"]}}


def test_keys_are_taken_away_and_come_back(start: Start, file: Path) -> None:
    hand = start(file)

    def change(editor: KeyEditor) -> None:
        go_to(hand, editor, "redo", "redo")
        hand.keys("Backspace")
        assert [field.text() for field in editor.fields] == ["Ctrl+Y", ""]
        hand.keys("Backspace")
        assert [field.text() for field in editor.fields] == ["", ""]
        hand.keys("Ctrl+F8", "Tab", "Ctrl+F12")
        assert editor.keymap.keys["redo"] == ("Ctrl+F8", "Ctrl+F12")
        hand.keys("Ctrl+F8")
        assert editor.words.text() == "“Redo” has Ctrl+F8 already."
        hand.click_on(editor.restore)
        assert editor.keymap.keys["redo"] == ("Ctrl+Shift+Z", "Ctrl+Y")
        go_to(hand, editor, "next", "next article")
        hand.keys("Ctrl+J")
        hand.click_on(editor.take)
        go_to(hand, editor, "skip", "skip")
        hand.click_on(editor.restore)
        assert editor.words.text() == "Ctrl+J belongs to “Next article”."
        hand.click_on(editor.take)
        assert editor.keymap.keys["skip"] == ("Ctrl+J",)
        assert editor.keymap.keys["next"] == ()
        hand.click_on(editor.restore_all)
        assert editor.keymap.own == {}
        assert editor.keymap.keys["next"] == ("Ctrl+PgDown",)
        assert not editor.restore_all.isEnabled()

    in_editor(hand, change)


@pytest.mark.parametrize("preset", ["prodigy", "brat"])
def test_presets(start: Start, file: Path, preset: str) -> None:
    hand = start(file)

    def change(editor: KeyEditor) -> None:
        editor.preset.setFocus()
        QTest.keyClicks(editor.preset, preset)
        editor.preset.activated.emit(editor.preset.currentIndex())
        assert editor.keymap.preset == preset
        hand.click_on(editor.use)

    in_editor(hand, change)
    if preset == "brat":
        hand.keys("Alt+Right", "Alt+Right", "Alt+Left")
        assert headline(hand) == "Grain prices fall in Toll"
    kit.label(hand, "Toll", "3")
    assert len(kit.layer(hand)) == 1, "labels keep their keys"
    if preset == "prodigy":
        hand.keys("Alt+Backspace")
        assert kit.layer(hand) == []
        hand.keys("Ctrl+Shift+A")
        assert headline(hand) == "Grain prices fall in Toll"
    assert Settings().get("keys") == {"preset": preset}


def test_the_sheet_leads_on_to_the_editor(start: Start, file: Path) -> None:
    hand = start(file)
    seen: list[str] = []

    def sheet(dialog: QDialog) -> None:
        seen.append(dialog.objectName())
        hand.keys("Return")
        assert dialog.isVisible(), "Enter in the search is no wish to change keys"
        hand.type("skip")
        hand.keys("Down")
        assert isinstance(dialog, KeySheet)
        assert dialog.table.hasFocus()
        change = dialog.findChild(QPushButton, "changeKeys")
        while not change.hasFocus():
            hand.keys("Tab")
        hand.answer("keyEditor", editor)
        hand.keys("Space")

    def editor(dialog: QDialog) -> None:
        assert isinstance(dialog, KeyEditor)
        seen.extend((dialog.objectName(), dialog.action))
        hand.keys("Esc")

    hand.answer("keySheet", sheet)
    hand.keys("Ctrl+/")
    assert seen == ["keySheet", "keyEditor", "skip"]
    no_dialog_is_left(hand)


def test_settings_that_make_no_sense_do_not_stop_the_start(start: Start, file: Path) -> None:
    Settings().set("keys", {"preset": ["x"], "own": {"fly": ["Ctrl+F8"], "next": ["P", "Tab", 7], "skip": ["Ctrl+F8"]}})
    hand = start(file)
    assert keys_of(hand, "next") == ["Ctrl+PgDown"]
    hand.keys("Ctrl+F8")
    assert headline(hand) == "Grain prices fall in Toll"
    assert all(QKeySequence(key).count() == 1 for action in hand.window.actions for key in keys_of(hand, action))


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("F2", "No borders to move"),
        ("Delete", "Nothing to delete:"),
        ("Backspace", "Nothing to delete:"),
        ("Shift+Delete", "Nothing to delete everywhere"),
        ("Return", "Nothing is selected to give a label"),
        ("Shift+Return", "Select words, or choose an annotation: Shift+Enter gives all places"),
        ("+", "Nothing to add"),
        (".", "No other annotation stands at this place."),
        ("Alt+Down", "Nothing is selected that could shrink."),
        ("F4", LABEL_FIRST),
    ],
)
def test_a_key_that_has_nothing_to_do_says_so_until_something_is_held(
    start: Start, tmp_path: Path, keys: str, told: str
) -> None:
    hand = start(kit.project(tmp_path / "idle.rubric", ("Nobody saw it.\n",)))
    hand.keys("Ctrl+Home", keys)
    assert hand.window.status.notice.startswith(told)
    hand.keys("Shift+Right")
    assert told == LABEL_FIRST or hand.window.status.notice == ""


def test_a_letter_that_is_no_labels_key_says_so_while_something_is_held(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric", ("Arvenia met Karesh.\n",)))
    session, status, none = hand.window.session, hand.window.status, "No label has the key X."
    session.wish_offers(False)
    assert "x" not in session.scheme.by_key
    hand.keys("x")
    assert status.notice == ""
    kit.drag(hand, "Arvenia")
    QTest.keyClicks(hand.reader, "ß")
    assert status.notice == "No label has the key ß.", "no other key is named"
    hand.keys("Escape")
    for key in ("x", "Shift+X"):
        kit.drag(hand, "Arvenia")
        hand.keys(key)
        assert status.notice == none
        kit.drag(hand, "Karesh")
        assert status.notice == "", "it is over with what was held"
    hand.keys("Right", "x")
    assert status.notice == ""
    kit.drag(hand, "Arvenia")
    hand.keys("Ctrl+Shift+X", "F2", "x")
    assert none not in status.notice
    hand.keys("Esc", "3")
    assert status.notice == "Labelled “Arvenia” as Country."
    hand.keys("Shift+Tab", "x")
    assert status.notice == none
    hand.keys("2")
    assert status.notice == "Changed “Arvenia” to Organization."


def test_one_escape_leaves_a_menu_for_the_article(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "menu.rubric", ("Arvenia met.\n",)))
    session = hand.window.session
    hand.keys("Ctrl+Home", "Ctrl+Shift+Right", "Alt+S")
    (menu,) = (menu for menu in hand.window._menus if menu.isVisible())
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    hand.wait_until(lambda: hand.reader.hasFocus(), "the article has the keys again")
    hand.keys(session.scheme.by_name["COUNTRY"].key)
    assert [quote for _label, quote in kit.layer(hand)] == ["Arvenia"]


def test_a_second_label_for_the_same_words_is_told(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "twice.rubric", ("Arvenia met.\n",)))
    labels = hand.window.session.scheme.by_name
    kit.label(hand, "Arvenia", labels["COUNTRY"].key)
    kit.label(hand, "Arvenia", labels["ORGANIZATION"].key)
    assert hand.window.status.notice == "Labelled “Arvenia” as Organization. It stays Country too."


def sticky_words(hand: Hand) -> str:
    """Return what the status line says of the sticky label."""
    said = (label.text() for label in hand.window.status.findChildren(QLabel) if label.isVisible())
    return next((words for words in said if words.startswith("Sticky")), "")


def test_enter_gives_what_keys_selected_the_sticky_label(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "sticky.rubric", ("Arvenia met Karesh and Toll.\n",)))
    session = hand.window.session
    hand.keys("3")
    assert sticky_words(hand) == "Sticky: Country – Esc ends it"
    hand.keys("Ctrl+Home", "Ctrl+Shift+Right")
    assert kit.layer(hand) == [], "no step of the selection labels"
    assert sticky_words(hand) == "Sticky: Country – Enter labels the selection"
    hand.keys("Return")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]
    assert session.sticky == "COUNTRY"
    hand.keys(*["Ctrl+Right"] * 3, "Ctrl+Shift+Left", "Enter")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia"), ("COUNTRY", "Karesh")]
    assert sticky_words(hand) == "Sticky: Country – Esc ends it"
    hand.keys("Ctrl+Z")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]
    caps = {entry.id: entry.keys for entry in hand.window.key_hands.entries() if entry.kind == "action"}
    assert caps["pick-label"] == ("Enter",)
    hand.keys("Ctrl+Shift+Left")
    caps = {entry.id: entry.keys for entry in hand.window.key_hands.entries() if entry.kind == "action"}
    assert caps["pick-label"] == caps["note"] == ()
    hand.window.over.show_menu(hand.window.geometry().center(), [])
    menu = hand.window.findChild(QMenu, "articleMenu")
    assert menu is not None
    assert [one.text() for one in menu.actions() if one.text().startswith("Pick a label")] == ["Pick a label…"]
    menu.close()
    QTest.qWait(10)
    hand.keys("Shift+Return")
    assert hand.window.over.picker.isVisible(), "for all mentions a label is picked as always"
    hand.keys("Esc", "Esc", "Esc")
    assert session.sticky is None
    hand.keys("Ctrl+Shift+Left", "Return")
    assert hand.window.over.picker.isVisible()
    hand.keys("Esc")


def test_enter_on_words_that_have_the_sticky_label_asks_for_another(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "sticky.rubric", ("Arvenia met Karesh and Toll.\n",)))
    hand.keys("3", "Ctrl+Home", "Ctrl+Shift+Right")
    for again in (False, True, True):
        down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", again)
        QApplication.sendEvent(hand.reader, down)
        assert kit.layer(hand) == [("COUNTRY", "Arvenia")]
        assert hand.window.status.notice == "Labelled “Arvenia” as Country.", "a held key does it once"
        assert hand.reader.hasFocus(), "nor does it open the note"
    hand.keys("Ctrl+Home", "Ctrl+Shift+Right")
    assert sticky_words(hand) == "Sticky: Country – Esc ends it"
    hand.keys("Return")
    assert hand.window.over.picker.isVisible()
    hand.type("organization")
    hand.keys("Return")
    assert sorted(kit.layer(hand)) == [("COUNTRY", "Arvenia"), ("ORGANIZATION", "Arvenia")]


def test_a_sticky_label_waits_for_the_borders_that_keys_move(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "edges.rubric", ("Arvenia met Karesh and Toll.\n",)))
    hand.keys("3", "Ctrl+Home", "Ctrl+Shift+Right", "F2", "Right")
    assert sticky_words(hand) == "Sticky: Country – Esc ends it", "Enter keeps the borders first"
    hand.keys("Return")
    assert kit.layer(hand) == []
    assert sticky_words(hand) == "Sticky: Country – Enter labels the selection"
    hand.keys("Return")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia met")]


def test_zooming_says_where_it_ends(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "zoom.rubric", ("Nobody saw it.\n",)))
    small = "The text is as small as it gets."
    closer = "The text is as small as it gets; View › Closer lines shows more of it."
    for key, told in (("Ctrl++", "The text is as large as it gets."), ("Ctrl+-", closer)):
        hand.keys("Ctrl+0", *[key] * len(theme.TEXT_SIZES))
        assert hand.window.status.notice == told
    hand.do("close-lines")
    hand.keys("Ctrl+-")
    assert hand.window.status.notice == small


def test_page_keys_lead_on_in_text_from_the_right_as_well(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    text = ("وزراء الموانئ يجتمعون في المدينة القديمة. " * 12 + "\n\n") * 30
    hand = start(kit.project(tmp_path / "rtl.rubric", [text]), 1100, 700)
    reader, bar = hand.reader, hand.reader.verticalScrollBar()
    hand.keys("Ctrl+Home")
    for key, way in (("PgDown", 1), ("PgDown", 1), ("PgDown", 1), ("PgUp", -1), ("PgUp", -1)):
        before, scrolled = reader.caret(), bar.value()
        hand.keys(key)
        assert way * (bar.value() - scrolled) > reader.viewport().height() / 2
        assert way * (reader.caret() - before) > 0
        assert reader.viewport().rect().contains(reader.cursorRect())


@pytest.mark.parametrize("keys", [("PgDown",), ("Shift+PgDown",), ("PgDown", "PgDown"), ("PgDown", "PgDown", "PgUp")])
def test_page_keys_lead_on_without_a_line_that_is_never_whole(
    start: Start, tmp_path: Path, keys: Sequence[str]
) -> None:
    kit.introduced()
    text = "".join(f"Line {n} of what is told here, and nobody asks for more of it.\n\n" for n in range(200))
    hand = start(kit.project(tmp_path / "pages.rubric", [text]), 1100, 700)
    reader, bar = hand.reader, hand.reader.verticalScrollBar()
    high, m = reader.viewport().height(), reader.page.m

    def whole() -> set[int]:
        """Return the lines that are seen with their lanes."""
        lines = (at for block in reader.page.blocks(bar.value(), bar.value() + high) for at in reader.page.lines(block))
        return {
            at.start
            for at in lines
            if at.end > at.start and at.top >= bar.value() and at.bottom + m.strip <= bar.value() + high
        }

    hand.keys("Ctrl+Home")
    for key in keys:
        before, scrolled = whole(), bar.value()
        hand.keys(key)
        after, way = whole(), -1 if "Up" in key else 1
        assert way * (bar.value() - scrolled) > high / 2
        both = sorted(before | after)
        seen = [
            at.start for block in reader.page.blocks(0, 10**6) for at in reader.page.lines(block) if at.end > at.start
        ]
        first, last = seen.index(both[0]), seen.index(both[-1])
        assert [at for at in seen[first : last + 1] if at not in both] == [], "a line was never whole"
        assert reader.viewport().rect().contains(reader.cursorRect()), "the caret is there as well"


def test_up_and_down_pass_by_empty_lines(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    text = "Ash and Elm.\n\n\nOak and Yew.\n \nFir.\n\n"
    hand = start(kit.project(tmp_path / "blank.rubric", [text]))
    hand.window.session.wish_offers(False)
    reader = hand.reader
    hand.keys("Ctrl+Home", "Right", "Right", "Right", "Right", "Down")
    assert text.index("Oak") < reader.caret() < text.index("Yew"), "the column is kept"
    hand.keys("Down")
    assert text.index("Fir") <= reader.caret() <= text.index("Fir") + 4
    hand.keys("Up", "Up")
    assert 0 < reader.caret() < text.index("Elm")
    hand.keys("Home", "Shift+Down")
    assert reader.ends() == (0, text.index("Oak"))
    hand.keys("Escape", "Ctrl+End")
    assert reader.caret() == len(text), "the end is reached all the same"

"""The window as one lives in it: coming and going, panes and keys, looks, the list, the history, copying."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QMouseEvent,
    QPalette,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTabBar,
    QToolButton,
    QWidget,
)
from tests.gui.panel_help import texts
from tests.journeys import kit
from tests.journeys.conftest import Start, words_of

from rubricator.errors import UserError
from rubricator.exchange.sample import sample_project
from rubricator.exchange.schemes import scheme_named
from rubricator.project import Project
from rubricator.settings import Memory, Settings
from rubricator.words import message
from rubricator_gui import theme
from rubricator_gui.actions import MENUS
from rubricator_gui.dialogs.keys import KeySheet
from rubricator_gui.dialogs.newproject import NewProject, made_folder
from rubricator_gui.hand import Hand
from rubricator_gui.panels import when

STORIES = (
    kit.STORY,
    "Grain prices fall in Toll\n\nPrices fell in the port of Toll.\n",
    "Harbour strike ends\n\nThe strike at Port Velis has ended.\n",
    "Academy elects a president\n\nThe Kareshi Academy has elected a president.\n",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    kit.introduced()
    return kit.project(tmp_path / "news.rubric", STORIES)


def shown(hand: Hand) -> str:
    """Return the first line of the article shown."""
    return hand.window.session.text.partition("\n")[0]


def rows(hand: Hand) -> list[str]:
    return texts(hand.window.articles.view)


# --- coming and going -------------------------------------------------------------------------------------------------


def test_from_the_welcome_page_to_a_new_project_and_back(start: Start, tmp_path: Path) -> None:
    hand = start()
    window = hand.window
    assert window.welcome.isVisible()
    assert not window.welcome.recent.isVisible(), "an empty list of recent projects is shown"
    asked: list[str] = []

    def introduce(dialog: QDialog) -> None:
        (field,) = dialog.findChildren(QLineEdit)
        asked.append(field.text())
        hand.keys("Ctrl+A")
        hand.type("Zoë")
        hand.keys("Return")

    kit.answer_new(hand, tmp_path / "first")  # without its suffix, as people type it
    hand.answer("QInputDialog", introduce)
    hand.click_on(window.findChild(QPushButton, "welcome-new"))
    hand.wait_until(lambda: window.session.project is not None, "the project is made")
    first = tmp_path / "first.rubric"
    assert window.session.ready.path == first
    assert window.session.ready.me.name == "Zoë"
    assert window.windowTitle() == "first – Rubricator"
    assert not window.welcome.isVisible()
    assert len(asked) == 1
    assert len(window.session.scheme.labels) > 15
    assert len(window.session.scheme.topics) > 100

    hand.keys("Ctrl+W")
    assert window.welcome.isVisible()
    assert [window.welcome.recent.item(n).text().split()[0] for n in range(window.welcome.recent.count())] == ["first"]

    kit.answer_new(hand, tmp_path / "second.rubric")
    hand.keys("Ctrl+N")  # the name is not asked again: nobody would answer
    hand.wait_until(lambda: window.session.project is not None, "the second project is made")
    assert window.session.ready.me.name == "Zoë"
    hand.keys("Ctrl+W")
    recent = window.welcome.recent
    assert [recent.item(n).text().split()[0] for n in range(recent.count())] == ["second", "first"]
    hand.click_on(recent.viewport(), recent.visualItemRect(recent.item(1)).center())
    assert window.session.ready.path == first
    hand.answer_file(tmp_path / "second.rubric")
    hand.keys("Ctrl+O")
    assert window.session.ready.path == tmp_path / "second.rubric"


def test_the_file_menu_has_the_other_projects_or_says_that_there_are_none(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    first, second = kit.project(tmp_path / "first.rubric"), kit.project(tmp_path / "se&cond.rubric")
    hand = start(first)
    window = hand.window

    file, recent = window._menus[0], window.findChild(QMenu, "recentMenu")
    assert isinstance(recent, QMenu)

    def listed() -> list[str]:
        """Open the menu by keys, and return what it has."""
        hand.keys("Alt+F")
        while file.activeAction() is not recent.menuAction():
            QTest.keyClick(file, Qt.Key.Key_Down)
        QTest.keyClick(file, Qt.Key.Key_Right)
        assert recent.isVisible()
        return [one.text() if one.isEnabled() else f"({one.text()})" for one in recent.actions()]

    assert listed() == ["(No other project was opened yet)"]
    for menu in (recent, file):
        QTest.keyClick(menu, Qt.Key.Key_Escape)
    hand.wait_until(lambda: not file.isVisible() and hand.reader.hasFocus(), "the menus are closed")
    window.session.open(second)
    assert [words.split()[0] for words in listed()] == ["first"]
    QTest.keyClick(recent, Qt.Key.Key_Return)
    hand.wait_until(lambda: window.session.ready.path == first, "the other one is open")
    hand.wait_until(lambda: not file.isVisible(), "the menus are closed")
    assert [words.split()[0] for words in listed()] == ["se&&cond"]


@pytest.mark.parametrize(
    ("keys", "scheme", "labels", "chosen"),
    [
        ((), "News", 20, False),
        (("Alt+O",), "OntoNotes 18", 18, True),
        (("Tab", "Tab", "Tab", "Down", "Down"), "CoNLL-2003", 4, True),
        (("Alt+E",), "Empty", 0, True),
    ],
)
def test_a_new_project_asks_for_its_scheme(
    start: Start, tmp_path: Path, keys: tuple[str, ...], scheme: str, labels: int, chosen: bool
) -> None:
    kit.introduced()
    hand = start()
    kit.answer_new(hand, tmp_path / "mine", *keys)
    hand.keys("Ctrl+N")
    project = hand.window.session.ready
    assert (project.scheme.name, len(project.scheme.labels)) == (scheme, labels)
    assert ("scheme" not in project.rows.project()["provisional"]) == chosen, "what was chosen no import replaces"


def test_a_new_project_lies_beside_ones_own_and_never_beside_the_sample(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    (tmp_path / "demo").mkdir()
    (tmp_path / "work").mkdir()
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, NewProject)
        seen.append(dialog.folder.text())
        hand.keys("Escape")

    sample = sample_project(tmp_path / "demo")
    hand = start(sample)
    hand.answer("newProject", look)
    hand.keys("Ctrl+N")
    hand.window.session.open(kit.project(tmp_path / "work" / "mine.rubric"))
    hand.window.session.open(sample)
    hand.answer("newProject", look)
    hand.keys("Ctrl+N")
    assert seen[0] != str(tmp_path / "demo")
    assert seen[1] == str(tmp_path / "work")


def test_a_window_without_an_article_is_furnished_too(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "none.rubric"
    Project.create(path, Settings().me(), scheme_named("news")).close()
    hand = start(path)
    assert not hand.reader.isVisible()
    assert hand.window.side.furnished
    assert hand.window.articles.isVisible()
    assert not hand.window.actions["find"].shortcut().isEmpty()
    seen: list[str] = []

    def sheet(dialog: QDialog) -> None:
        seen.append(dialog.objectName())
        hand.keys("Escape")

    hand.answer("keySheet", sheet)
    hand.keys("Ctrl+/")
    assert seen == ["keySheet"]


def test_menus_fit_a_small_screen_and_open_by_letters_of_their_own(start: Start) -> None:
    menus = [menu for menu in start().window.menuBar().findChildren(QMenu) if menu.title()]
    letters = [menu.title().partition("&")[2][:1].upper() for menu in menus]
    assert len(menus) == len(MENUS)
    assert len(set(letters)) == len(letters)
    assert {menu.title(): menu.sizeHint().height() for menu in menus if menu.sizeHint().height() > 700} == {}
    for action in (action for menu in menus for action in menu.actions()):
        assert "Return" not in action.shortcut().toString(), "the key says Enter"


def test_a_new_project_says_what_is_wrong_and_keeps_what_was_typed(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start()
    (tmp_path / "there.rubric").write_text("x")
    broken = tmp_path / "scheme.json"
    broken.write_text("{")
    said: list[str] = []

    def work(dialog: QDialog) -> None:
        assert isinstance(dialog, NewProject)
        dialog.folder.setText(str(tmp_path))
        hand.keys("Ctrl+A", "Backspace", "Return")
        for typed in ("there", "there.rubric/where", "a\0b", "a" * 5000, ".", "..", "~no-such-user/x"):
            dialog.name.setText(typed)
            said.append(dialog.problem.text())
            hand.keys("Return")
        dialog.name.clear()
        hand.type("fine")
        hand.keys("Alt+F")
        QTest.qWait(150)
        said.append(dialog.problem.text())
        hand.answer_file(broken)
        hand.click_on(dialog._pick)
        hand.click_on(dialog.go)
        said.append(dialog.problem.text())
        assert dialog.isVisible()
        assert dialog.name.text() == "fine"
        dialog.reject()

    hand.answer("newProject", work)
    hand.keys("Ctrl+N")
    assert said[0] == "there.rubric is there already: choose another name."
    assert said[6] == f"There is no folder “{tmp_path / '~no-such-user'}”."
    assert said[1] == f"“{tmp_path / 'there.rubric'}” is a file, and no folder."
    assert said[2]
    assert said[3]
    assert all(said)
    assert said[-2] == "Choose the scheme file."
    assert "scheme.json" in said[-1]
    assert hand.window.session.project is None


def test_a_folder_that_is_missing_is_made_with_the_project(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start()
    path = tmp_path / "news" / "2026" / "corpus.rubric"
    said: list[str] = []

    def work(dialog: QDialog) -> None:
        assert isinstance(dialog, NewProject)
        dialog.folder.setText(str(path.parent))
        said.append(dialog.news.text())
        assert not dialog.problem.isVisible(), "nothing is wrong"
        assert dialog.news.foregroundRole() == QPalette.ColorRole.PlaceholderText, "a note is muted"
        assert dialog.go.isEnabled()
        assert not path.parent.exists(), "not before"
        hand.keys("Return")

    hand.answer("newProject", work)
    hand.keys("Ctrl+N")
    assert said == [f"There is no folder “{path.parent}”: it is made with the project."]
    assert path.is_file()
    assert hand.window.session.ready.path == path


def test_no_folder_is_left_where_the_project_cannot_be_made(
    safe: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit.introduced()
    hand = safe()

    def full(*_all: object, **_named: object) -> None:
        raise UserError(message("The disk is full."), message("Make room."))

    monkeypatch.setattr(Project, "create", full)
    kit.answer_new(hand, tmp_path / "news" / "2026" / "corpus")
    told: list[str] = []

    def read(box: QDialog) -> None:
        told.append(words_of(box))
        box.reject()

    hand.answer("userError", read)
    hand.keys("Ctrl+N")
    hand.wait_until(lambda: bool(told), "the reason")
    assert "The disk is full." in told[0]
    assert list(tmp_path.glob("news")) == []
    with pytest.raises(UserError), made_folder(tmp_path / "a" / ("b" * 300)):
        pytest.fail("it could not be made")
    assert not (tmp_path / "a").exists()


def test_what_was_in_the_way_of_a_new_project_is_looked_for_again_at_enter(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start()
    other = tmp_path / "there.rubric"
    other.write_text("x")

    def work(dialog: QDialog) -> None:
        assert isinstance(dialog, NewProject)
        dialog.folder.setText(str(tmp_path))
        dialog.name.setText("there")
        hand.keys("Return")
        assert dialog.isVisible()
        other.unlink()
        hand.keys("Return")

    hand.answer("newProject", work)
    hand.keys("Ctrl+N")
    assert hand.window.session.project is not None
    assert hand.window.session.ready.path == other


def test_the_sample_opens_at_once_and_is_alive(start: Start) -> None:
    hand = start()
    hand.click_on(hand.window.findChild(QPushButton, "welcome-sample"))
    session = hand.window.session
    assert session.ready.rows.count_articles() == 3
    assert len(session.spans) > 10
    assert not session.settings.get("annotator.asked"), "a name is needed only for one's own work"
    assert hand.window.reader.hasFocus()


def drag_splitter(hand: Hand, n: int, by: int) -> None:
    handle = hand.window.panes.handle(n)
    at = handle.rect().center()
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    steps = (
        (QEvent.Type.MouseButtonPress, 0, left, left),
        (QEvent.Type.MouseMove, by // 2, none, left),
        (QEvent.Type.MouseMove, by, none, left),
        (QEvent.Type.MouseButtonRelease, by, left, none),
    )
    start = QPointF(handle.mapToGlobal(at))
    for kind, moved, button, held in steps:
        place = start + QPointF(moved, 0)
        local = QPointF(handle.mapFromGlobal(place.toPoint()))
        event = QMouseEvent(kind, local, place, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(handle, event)
    QTest.qWait(1)


def test_the_window_comes_back_as_it_was_left(start: Start, file: Path) -> None:
    hand = start(file, 1180, 780)
    hand.keys("Ctrl+PgDown", "Ctrl+PgDown")
    assert shown(hand) == "Harbour strike ends"
    before = hand.window.panes.sizes()
    drag_splitter(hand, 1, 60)
    sizes = hand.window.panes.sizes()
    assert sizes != before, "the splitter cannot be dragged"
    hand.keys("Ctrl++", "Ctrl++")
    hand.do("dark")
    size = hand.window.reader.text_size
    assert size > 17
    hand.keys("Ctrl+Q")
    assert not hand.window.isVisible()

    again = start(file, 0, 0)
    window = again.window
    assert shown(again) == "Harbour strike ends"
    assert window.reader.text_size == size
    assert window.palette().color(QPalette.ColorRole.Base).lightness() < 128
    assert window.actions["dark"].isChecked()
    again.show(1180, 780)  # the offscreen screen is too small to bring it back; see the next test
    assert window.panes.sizes() == sizes
    again.do("system")
    assert Settings().get("look.palette") == "system"


def test_the_text_and_the_tab_come_back_where_one_was(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    project = kit.project(tmp_path / "long.rubric", [kit.STORY * 40])
    hand = start(project, 900, 780)  # as small as it comes back on a small screen
    window = hand.window
    window.side.bring("topics")
    window.reader.verticalScrollBar().setValue(3000)
    QTest.qWait(20)
    hand.keys("Ctrl+Q")
    again = start(project, 0, 0)
    bar = again.window.reader.verticalScrollBar()
    again.wait_until(again.window.reader.isVisible, "it is shown")
    assert again.window.reader.caret() == 0, "Qt scrolls to the caret by itself, and it is at the beginning"
    assert abs(bar.value() - 3000) < 60
    assert again.window.side.current == "topics"
    again.window.resize(1300, 780)
    assert again.window.side.current == "topics"
    before = Memory().stopped_at(project, "a1")
    assert before is not None
    bar.setValue(1000)
    other = QWidget()
    other.show()
    other.activateWindow()
    again.wait_until(lambda: not again.window.isActiveWindow(), "another window is the active one")
    kept = Memory().stopped_at(project, "a1")
    other.close()
    other.deleteLater()
    assert kept is not None, "who is ended from outside comes back here too"
    assert 0 < kept.top < before.top


SITTING = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from rubricator_gui import app
window = app.build(Path(sys.argv[1]))
window.show()
QTest.qWaitForWindowExposed(window)
if len(sys.argv) > 2:
    window.setGeometry(*map(int, sys.argv[2:]))
    QTest.qWait(50)
print(*window.geometry().getRect(), *window.panes.sizes())
window.close()
"""


def test_the_window_stands_again_where_it_stood(file: Path, tmp_path: Path) -> None:
    screen = {"name": "big", "x": 0, "y": 0, "width": 1920, "height": 1200, "logicalDpi": 96, "dpr": 1}
    (tmp_path / "screens.json").write_text(json.dumps({"screens": [screen]}), "utf-8")
    platform = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screens.json'}"}

    def sitting(*geometry: int) -> list[int]:
        command = [sys.executable, "-c", SITTING, str(file), *map(str, geometry)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True, env=platform)
        return [int(word) for word in done.stdout.split()]

    left = sitting(150, 90, 1310, 870)
    assert left[:4] == [150, 90, 1310, 870]
    assert sitting() == left


def test_the_program_opens_the_last_project_by_itself(file: Path, start: Start) -> None:
    hand = start(file)
    hand.keys("Ctrl+PgDown")
    hand.window.close()
    code = (
        "import sys; from PySide6.QtCore import QTimer; from PySide6.QtWidgets import QApplication\n"
        "from rubricator_gui import app, main\n"
        "application = app.application()\n"
        "def look():\n"
        "    (window,) = [w for w in application.topLevelWidgets() if w.objectName() == 'mainWindow']\n"
        "    if window.session.article is not None:\n"
        "        print(window.session.ready.path, window.session.article.id)\n"
        "        window.close()\n"
        "timer = QTimer(); timer.setInterval(50); timer.timeout.connect(look); timer.start()\n"
        "main.main([])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.split() == [str(file), "a2"], done.stderr
    assert done.returncode == 0


def test_settings_that_cannot_be_read_do_not_stop_the_start(start: Start, file: Path) -> None:
    Settings().path.write_text("{ not JSON", "utf-8")
    Memory().set(window="no geometry", **{"panes.large": 7, "recent": "x"})
    hand = start(file)
    kit.label(hand, "Toll", "3")
    assert kit.layer(hand) == [("COUNTRY", "Toll")]


def test_a_closed_window_lets_go_of_the_file(start: Start, file: Path) -> None:
    hand = start(file)
    kit.label(hand, "Toll", "3")
    beside = file.with_name(file.name + "-wal")
    assert beside.exists()
    hand.window.close()
    assert hand.window.session.project is None
    assert not beside.exists(), "the one file is not the whole project"


def test_a_window_leaves_and_closes_where_nothing_can_be_remembered(
    start: Start, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = start(file)
    kit.label(hand, "Toll", "3")

    def full(*_any: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(json, "dump", full)
        other = QWidget()
        other.show()
        other.activateWindow()
        hand.wait_until(lambda: not hand.window.isActiveWindow(), "another window is the active one")
        other.close()
        other.deleteLater()
        hand.window.close()
    assert hand.window.session.project is None
    assert not file.with_name(file.name + "-wal").exists()


# --- panes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height"), [(1600, 1000), (1000, 700)])
def test_f6_goes_round_all_panes(start: Start, file: Path, width: int, height: int) -> None:
    hand = start(file, width, height)
    window = hand.window
    kit.label(hand, "Toll", "3")
    window.reader.setFocus()
    names = ("articleList", "reader", "labelPanel", "annotationPanel", "topicPanel", "historyPanel")
    panes: dict[str, QWidget] = {name: window.findChild(QWidget, name) for name in names}
    panes["chosen"] = window.sections.chosen
    visited: list[str] = []
    for _n in range(20):
        focus = QApplication.focusWidget()
        assert focus is not None
        here = [name for name, pane in panes.items() if pane is focus or pane.isAncestorOf(focus)]
        assert len(here) == 1, f"F6 went to {focus}"
        if here[0] in visited:
            break
        visited += here
        hand.keys("F6")
    there = {name for name, pane in panes.items() if pane.isVisible()}
    assert set(visited) == there
    assert here[0] == "reader", "F6 does not come round to where it began"
    if width == 1600:
        assert there >= {"articleList", "reader", "labelPanel", "annotationPanel"}


def test_single_keys_in_search_fields_never_touch_the_article(start: Start, file: Path) -> None:
    hand = start(file)
    window, session = hand.window, hand.window.session
    kit.label(hand, "Toll", "3")
    hand.keys("Shift+Tab")
    before = session.chosen
    assert before is not None
    typed = "1234567890pocx.-+ "
    hand.keys("Ctrl+T")
    fields = (window.sections.topics.search, window.articles.filter)
    for field in fields:
        field.setFocus()
        hand.type(typed)
        assert field.text() == typed
        hand.keys("Delete", "Backspace", "F2", "Home", "Delete")
        assert field.text() == typed[1:-1]
        assert kit.layer(hand) == [("COUNTRY", "Toll")]
        assert session.sticky is None
        assert session.chosen == before
        field.clear()
    window.reader.setFocus()
    kit.drag(hand, "Arvenia")
    window.articles.filter.setFocus()
    hand.type("3")
    assert kit.layer(hand) == [("COUNTRY", "Toll")], "a key in the filter labelled the selection"


def test_f11_leaves_the_article_alone_and_brings_everything_back(start: Start, file: Path) -> None:
    hand = start(file)
    window = hand.window

    def seen() -> list[bool]:
        return [w.isVisible() for w in (window.toolbar, window.articles, window.side, window.reader, window.status)]

    assert seen() == [True] * 5
    hand.keys("F11")
    assert seen()[:4] == [False, False, False, True]
    kit.label(hand, "Toll", "3")
    assert kit.layer(hand) == [("COUNTRY", "Toll")]
    hand.keys("F11")
    assert seen() == [True] * 5
    hand.keys("F9")
    assert not window.articles.isVisible()
    hand.keys("F10")
    assert not window.side.isVisible()
    hand.keys("F11", "F11")
    hand.keys("F10")
    assert window.side.isVisible()


def test_the_sheet_of_keys_is_searched(start: Start, file: Path) -> None:
    hand = start(file)
    found: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, KeySheet)
        QTest.keyClicks(dialog.search, "same")
        QTest.keyClick(dialog.search, Qt.Key.Key_PageDown)
        table = dialog.table
        QTest.keyClicks(table, "x")  # it goes on in the search
        assert dialog.search.text() == "samex"
        QTest.keyClick(dialog.search, Qt.Key.Key_Backspace)
        QTest.keyClicks(dialog.search, " place")
        groups = [table.topLevelItem(n) for n in range(table.topLevelItemCount())]
        found.extend(
            group.child(n).text(0)
            for group in groups
            if group is not None
            for n in range(group.childCount())
            if not group.child(n).isHidden()
        )
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    hand.answer("keySheet", read)
    hand.keys("Ctrl+/")
    assert "." in found
    assert len(found) <= 3


# --- looks ------------------------------------------------------------------------------------------------------------


def ink(hand: Hand, action: str) -> int:
    """Return how light the strokes of an icon are."""
    image = hand.window.actions[action].icon().pixmap(18, 18).toImage()
    light = [
        image.pixelColor(x, y).lightness()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 200
    ]
    assert light, f"the icon of {action} is empty"
    return sum(light) // len(light)


def test_light_and_dark_are_changed_while_one_works(start: Start, file: Path) -> None:
    hand = start(file)
    window = hand.window
    kit.label(hand, "Toll", "3")
    hand.keys("Ctrl+H")
    roles = (QPalette.ColorRole.Base, QPalette.ColorRole.Window)
    for look in ("dark", "light", "dark", "light"):
        hand.do(look)
        QTest.qWait(20)
        dark = look == "dark"
        for action in ("undo", "next", "list", "focus"):
            assert (ink(hand, action) > 128) is dark, f"the icon of {action} does not follow"
        for widget in [window, *window.findChildren(QWidget)]:
            if widget.isVisible():
                for role in roles:
                    shade = widget.palette().color(role).lightness()
                    assert (shade < 128) is dark, f"{widget} stays {'light' if dark else 'dark'}"
        for pane in (window.reader, window.articles, window.side, window.toolbar, window.status, window.header):
            image = pane.grab().toImage()
            points = [image.pixelColor(x, y) for x in range(0, image.width(), 9) for y in range(0, image.height(), 9)]
            mean = sum(point.lightness() for point in points) / len(points)
            assert (mean < 128) is dark, f"{pane.objectName() or pane} is painted {'light' if dark else 'dark'}"
        assert window.actions[look].isChecked()
    assert kit.layer(hand) == [("COUNTRY", "Toll")]


def cut(widget: QWidget) -> bool:
    """Say whether a widget has less room than it asks for. What is elided on purpose asks for less itself."""
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    wanted = widget.sizeHint()
    if isinstance(widget, QLabel):
        wanted = widget.minimumSizeHint()
    return widget.width() < wanted.width() or widget.height() < wanted.height()


def clipped(window: QWidget) -> list[str]:
    """Return the labels, buttons and tabs that are cut off, or stand outside the widget that holds them."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QPushButton | QToolButton | QTabBar):
            continue
        name = widget.text() if isinstance(widget, QLabel | QAbstractButton) else "tabs"
        if not isinstance(widget, QTabBar) and not name and not widget.objectName():
            continue  # no words
        if isinstance(widget.parent(), QLineEdit):
            continue  # the icons of a field, whose names only a screen reader says
        if cut(widget):
            found.append(f"{type(widget).__name__} “{name}” {widget.size().toTuple()} < {widget.sizeHint().toTuple()}")
        holder = widget.parentWidget()
        while holder is not None and holder is not window:
            corner = widget.mapTo(holder, QPoint())
            if not holder.rect().contains(widget.rect().translated(corner)):
                found.append(f"{type(widget).__name__} “{name}” stands outside {type(holder).__name__}")
                break
            holder = holder.parentWidget()
        if isinstance(widget, QTabBar):
            metrics = widget.fontMetrics()
            for n in range(widget.count()):
                if widget.tabRect(n).width() < metrics.horizontalAdvance(widget.tabText(n)):
                    found.append(f"tab “{widget.tabText(n)}”")
    return found


@pytest.mark.parametrize(("width", "height"), [(1000, 700), (1200, 760), (1600, 1000), (2300, 1200)])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_nothing_is_cut_off(start: Start, file: Path, width: int, height: int, look: str) -> None:
    hand = start(file, width, height)
    hand.do(look)
    assert clipped(hand.window) == []
    kit.label(hand, "Anna S.\n\nLebrune", "1")
    hand.click(kit.at(hand, "Lebrune")[0] + 2)
    assert hand.window.session.chosen
    QTest.qWait(20)
    assert clipped(hand.window) == []
    hand.keys("Ctrl+H")
    QTest.qWait(20)
    assert clipped(hand.window) == []
    hand.keys("Esc", "F11")
    QTest.qWait(20)
    assert clipped(hand.window) == []
    hand.keys("F11", "Ctrl+W")
    QTest.qWait(20)
    assert clipped(hand.window) == []


@pytest.mark.parametrize(("width", "height"), [(1000, 700), (1200, 760), (1600, 960)])
def test_the_tab_of_annotations_says_so_and_is_shortened_like_the_others(
    start: Start, file: Path, width: int, height: int
) -> None:
    hand = start(file, width, height)
    hand.window.side.bring("annotations")
    bar = hand.window.side._tabs  # type: ignore[union-attr]

    def words() -> list[str]:
        return [re.sub(r" \d+$", "", bar.tabText(n)) for n in range(bar.count())]

    hand.wait_until(lambda: "Annotations" in words() and "Suggestions" in words(), "there is room for whole words")
    hand.do("entities")
    hand.do("history")
    bar = hand.window.side._tabs  # type: ignore[union-attr]
    hand.wait_until(lambda: bar.count() == (6 if width < 1120 else 5), "all tabs are there")
    mine, theirs = (next(word for word in words() if word.startswith(begin)) for begin in ("Anno", "Sugg"))
    assert abs(len(mine) - len(theirs)) <= 1, words()
    assert bar.sizeHint().width() <= hand.window.side.width()
    assert clipped(hand.window) == []


@pytest.mark.parametrize("width", [1120, 1280, 1440, 1600, 1920])
@pytest.mark.parametrize("called", [("entities",), ("history",), ("entities", "history")])
def test_the_words_of_tabs_keep_clear_of_their_edges(
    start: Start, file: Path, width: int, called: tuple[str, ...]
) -> None:
    hand = start(file, width, 900)
    kit.label(hand, "Arvenia", "3")
    hand.wait_until(lambda: len(hand.window.session.offers) > 3, "suggestions come")
    for action in called:
        hand.do(action)
    hand.window.side.bring("annotations")  # above, all stand in tabs or beside each other
    bar = hand.window.side._tabs  # type: ignore[union-attr]
    metrics = bar.fontMetrics()
    hand.wait_until(lambda: bar.count() == 3 + len(called), "all tabs are there")
    for n in range(bar.count()):
        words = bar.tabText(n)
        beside = (bar.tabRect(n).width() - metrics.horizontalAdvance(words)) / 2
        assert beside >= 2 * theme.unit() - 1, words
    assert clipped(hand.window) == []


@pytest.mark.usefixtures("twice_as_large")
def test_nothing_is_cut_off_at_twice_the_size(start: Start, file: Path) -> None:
    test_nothing_is_cut_off(start, file, 1600, 1000, "light")


def test_the_helper_sees_what_is_cut_off(start: Start, file: Path) -> None:
    hand = start(file)
    hand.window.toolbar.finish.setFixedWidth(30)
    QTest.qWait(20)
    assert any("Finish and go on" in words for words in clipped(hand.window))


# --- the list ---------------------------------------------------------------------------------------------------------


DATED = "{}\n\nPORT VELIS, Sept 14 (Meridian Newswire) - Ministers of nine states met here today.\n"


def drop(target: QWidget, *paths: Path) -> bool:
    """Drop files on a widget, as a file manager does; say whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at = target.rect().center()
    actions = Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, actions, data, left, none)
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(target, QDragMoveEvent(at, actions, data, left, none))
    event = QDropEvent(QPointF(at), actions, data, left, none)
    QApplication.sendEvent(target, event)
    return event.isAccepted()


def test_files_that_are_dropped_are_imported(start: Start, file: Path, tmp_path: Path) -> None:
    hand = start(file)
    session = hand.window.session
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text(DATED.format("Something is dropped"), "utf-8")
    two.write_text(DATED.format("Another thing is dropped"), "utf-8")
    assert drop(hand.window, one, two)
    hand.wait_until(lambda: "2 articles imported" in hand.window.status.notice, "both are imported, and it is told")
    assert len(rows(hand)) == 6
    assert "Another thing is dropped" in rows(hand), rows(hand)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "three.txt").write_text("Dropped three\n\nMore words.\n", "utf-8")
    assert drop(hand.window.reader.viewport(), folder), "what is dropped on the article is not taken"
    hand.wait_until(lambda: "1 article imported" in hand.window.status.notice, "a folder is imported")
    hand.keys("Ctrl+Z")
    assert session.ready.rows.count_articles() == 6, "an import is one step to undo"


def test_the_list_is_filtered_and_walked(start: Start, file: Path) -> None:
    hand = start(file)
    window = hand.window
    assert len(rows(hand)) == 4
    hand.keys("Ctrl+PgDown")
    assert shown(hand) == "Grain prices fall in Toll"
    hand.keys("Ctrl+PgDown", "Ctrl+PgDown", "Ctrl+PgDown")
    assert shown(hand) == "Academy elects a president", "it goes on after the last"
    hand.keys("Ctrl+PgUp")
    assert shown(hand) == "Harbour strike ends"

    window.articles.filter.setFocus()
    hand.type("Harbour")
    hand.wait_until(lambda: len(rows(hand)) == 2, "the list is filtered")
    hand.keys("Ctrl+PgUp")
    assert shown(hand) == "Harbour ministers meet on Sund grain corridor"
    kit.label(hand, "Toll", "3")
    window.articles.filter.setFocus()
    window.articles.filter.selectAll()
    hand.type("label:COUNTRY")
    hand.wait_until(lambda: len(rows(hand)) == 1, "the list is filtered by label")
    hand.keys("Esc")
    hand.wait_until(lambda: len(rows(hand)) == 4, "Esc clears the filter")
    hand.keys("Esc")
    assert window.reader.hasFocus(), "Esc does not go back to the article"


def test_finish_and_go_on_until_all_is_done(start: Start, file: Path) -> None:
    hand = start(file)
    session = hand.window.session
    seen = []
    for _n in range(4):
        seen.append(shown(hand))
        hand.keys("Ctrl+Return")
    assert seen == [story.partition("\n")[0] for story in STORIES]
    counts = session.ready.rows.status_counts(session.ready.me.annotator)
    assert counts["done"] == 4
    assert "4 of 4" in " ".join(label.text() for label in hand.window.status.findChildren(QLabel))
    hand.keys("Ctrl+Return")
    assert hand.window.status.notice == "All 4 articles are finished. Ctrl+E exports them."
    hand.keys("Ctrl+Z")
    assert session.ready.rows.status_counts(session.ready.me.annotator)["done"] == 3

    hand.keys("Ctrl+J")
    assert session.ready.rows.status_counts(session.ready.me.annotator)["skipped"] == 1


# --- history ----------------------------------------------------------------------------------------------------------


def test_the_history_says_each_edit_with_who_and_when(
    start: Start, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(when, "here_and_now", lambda: datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    hand = start(file)
    minutes = iter(range(60))
    hand.window.session.ready.clock = lambda: f"2026-11-23T09:{next(minutes):02}:00.000Z"
    hand.keys("Ctrl+H")
    kit.label(hand, "Toll", "3")
    hand.click(kit.at(hand, "Toll")[0] + 1)
    hand.keys("0", "Delete", "Ctrl+Z", "Esc")
    hand.keys("Ctrl+T")
    hand.type("economy")
    hand.keys("Return")
    hand.keys("Ctrl+Return")
    hand.keys("Ctrl+H", "Ctrl+H")  # a search for topics had put its tab before it
    view = hand.window.sections.history.view
    said = texts(view)
    steps = [
        ("Finished", "article"),
        ("topic", "Economy"),
        ("undo", "Toll"),
        ("delete", "Toll"),
        ("relabel", "City"),
        ("annotate", "Country"),
    ]
    assert len(said) >= len(steps)
    for row, (what, word) in zip(said, steps, strict=False):
        assert word.casefold() in row.casefold(), f"{what}: {row}"
    model = view.model()
    spoken = [str(model.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole)).split("\n") for n in range(len(steps))]
    for n, (words, about, *undone) in enumerate(spoken):
        assert words == said[n]
        assert about.startswith("anna · 09:"), about
        assert about.endswith(" · Harbour ministers me"), about
        assert undone == (["undone"] if steps[n][0] == "delete" else []), said[n]
    assert len({about for _words, about, *_ in spoken}) == len(steps), "the moments are not their own"
    cli = [step["what"] for step in kit.report("history", file)["history"][: len(steps)]]
    assert len(cli) == len(said[: len(steps)])

    # A click on a step shows its article.
    assert shown(hand) == "Grain prices fall in Toll"
    rect = view.visualRect(model.index(1, 0))
    hand.click_on(view.viewport(), rect.center())
    assert shown(hand) == "Harbour ministers meet on Sund grain corridor"


# --- copying ----------------------------------------------------------------------------------------------------------

TRICKY = "A\u00a0name\n\nIt said\u00a0: 👩\u200d🚀 e\u0301t\u00e9\u2028second line 🇺🇦 and\ttab  two spaces\n\n\nAnna S.\n\nLebrune left\u2029.\n"


@pytest.mark.parametrize(
    "words",
    [
        "said\u00a0: 👩\u200d🚀",
        "e\u0301t\u00e9\u2028second line 🇺🇦 and\ttab  two",
        "spaces\n\n\nAnna S.\n\nLebrune",
        "A\u00a0name\n\nIt",
    ],
)
def test_copy_gives_the_exact_text(start: Start, tmp_path: Path, words: str) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "tricky.rubric", [TRICKY]))
    copy_of: list[Callable[[], object]] = [
        lambda: hand.keys("Ctrl+C"),
        lambda: hand.do("copy"),
    ]
    for copy in copy_of:
        QGuiApplication.clipboard().setText("nothing yet")
        kit.drag(hand, words)
        copy()
        assert QGuiApplication.clipboard().text() == words
        hand.keys("Esc")
    kit.label(hand, words, "1")
    assert kit.layer(hand) == [("PERSON", words)]
    QGuiApplication.clipboard().setText("nothing yet")
    hand.window.session.choose(next(iter(hand.window.session.spans)).id)
    hand.keys("Ctrl+C")
    assert QGuiApplication.clipboard().text() == words, "the words of what is chosen as well"
    assert hand.window.status.notice.startswith("Copied “")
    before = json.loads(kit.rubricator("stats", tmp_path / "tricky.rubric", "--json"))
    assert before["annotations"] == 1

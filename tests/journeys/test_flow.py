"""From one article to the next: flags, what is left, and taking out, all without a question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QTableView, QWidget
from tests.gui.panel_help import texts
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.words import say
from rubricator_gui.hand import Hand
from rubricator_gui.telling import Notice

STORIES = tuple(f"Story {n} of Sund port\n\nThe Harbour Council met.\n" for n in range(1, 5))


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "sund.rubric", STORIES))


def shown(hand: Hand) -> str:
    article = hand.window.session.article
    return article.id if article is not None else ""


def box(hand: Hand, entry: str) -> None:
    status = hand.window.articles.status
    status.setFocus()
    hand.keys("Home")
    while not status.currentText().startswith(entry):
        assert status.currentIndex() + 1 < status.count(), "there is no such entry"
        hand.keys("Down")
    hand.reader.setFocus()


def rows(hand: Hand) -> list[str]:
    return [line.split()[1] for line in texts(hand.window.articles.findChild(QTableView))]


def history(hand: Hand) -> list[str]:
    return [say(line.what) for _entry, line in hand.window.session.ready.history(20)]


def test_a_flag_is_put_on_told_and_undone(hand: Hand) -> None:
    window = hand.window
    hand.keys("Ctrl+B")
    assert window.session.flags == ("flagged",)
    assert window.actions["flag"].isChecked()
    assert window.header.flag.isVisible()
    assert window.status.notice == "Flagged “Story 1 of Sund port”."
    assert history(hand)[0] == "Flagged the article"
    hand.keys("Ctrl+PgDown")
    assert not window.actions["flag"].isChecked()
    assert not window.header.flag.isVisible()
    hand.keys("Ctrl+Z")
    assert shown(hand) == "a1"
    assert window.session.flags == ()
    assert not window.actions["flag"].isChecked()
    assert history(hand)[0] == "Undone: Flagged the article"
    hand.keys("Ctrl+Shift+Z")
    assert window.actions["flag"].isChecked()
    hand.click_on(window.header.flag)
    assert window.session.flags == ()
    assert window.status.notice == "Took the flag off “Story 1 of Sund port”."


def test_flagged_ones_are_listed_by_the_filter_and_the_box(hand: Hand) -> None:
    hand.keys("Ctrl+PgDown", "Ctrl+B")
    box(hand, "Flagged")
    assert rows(hand) == ["2"]
    box(hand, "All")
    hand.window.articles.filter.setFocus()
    hand.type("flag:")
    hand.wait_until(lambda: rows(hand) == ["2"], "the filter is used")


def test_the_entry_for_flagged_ones_says_how_many_they_are(hand: Hand) -> None:
    status = hand.window.articles.status
    hand.keys("Ctrl+B", "Ctrl+PgDown", "Ctrl+B")
    hand.click_on(status)
    entries = [status.itemText(n) for n in range(status.count())]
    assert entries[-1] == "Flagged (2)"
    assert all(entry.endswith(")") for entry in entries)
    hand.keys("Escape")
    box(hand, "Flagged")
    hand.keys("Ctrl+B")
    hand.wait_until(lambda: status.currentText() == "Flagged (1)", "it is counted again while it is seen")
    box(hand, "All")
    hand.keys("Ctrl+Z")
    box(hand, "Flagged")
    assert status.currentText() == "Flagged (2)", "also where the box is not opened"


def test_only_what_is_left_until_nothing_is(hand: Hand) -> None:
    status = hand.window.status

    def progress() -> list[str]:
        return [label.text() for label in status.findChildren(QLabel) if " of 4" in label.text()]

    assert progress() == ["0 of 4 · 4 left"]
    box(hand, "To do or")
    hand.keys("Ctrl+PgDown", "Ctrl+Return")
    assert (shown(hand), rows(hand)) == ("a3", ["1", "3", "4"])
    assert "Finished" in status.notice
    hand.keys("Ctrl+J")
    assert (shown(hand), rows(hand)) == ("a4", ["1", "4"])
    hand.keys("Ctrl+Return")
    assert (shown(hand), rows(hand)) == ("a1", ["1"])
    assert progress() == ["2 of 4 · 1 left"]
    hand.keys("Ctrl+Return")
    assert rows(hand) == []
    assert hand.window.articles.empty.words == "All 4 articles are finished or skipped. Ctrl+E exports them."
    assert status.notice.startswith(hand.window.articles.empty.words)
    assert progress() == ["3 of 4"], "one was skipped"
    hand.keys("Ctrl+Z")
    hand.wait_until(lambda: progress() == ["2 of 4 · 1 left"], "the last one is left again")


def use(hand: Hand, key: Qt.Key = Qt.Key.Key_Down) -> None:
    """Press a key as the system sends it, by the native window."""
    QTest.keyClick(hand.window.windowHandle(), key)


def spent(hand: Hand, article: str) -> float:
    project = hand.window.session.ready
    return project.rows.layer(article, project.me.annotator).seconds


def test_time_is_counted_while_keys_are_used_and_written_on_leaving(hand: Hand) -> None:
    now = [0.0]
    hand.window.time.watch.clock = lambda: now[0]

    def work(seconds: float, key: Qt.Key = Qt.Key.Key_Down) -> None:
        use(hand, key)
        now[0] += seconds

    kit.label(hand, "Harbour Council", "L")
    before = history(hand)
    work(1)
    hand.keys("Ctrl+PgDown")
    assert spent(hand, "a1") == 0, "under two seconds nothing is written"
    work(40)
    assert spent(hand, "a2") == 0, "never in the middle of work"
    work(50)
    work(3600)  # 60 of them count
    hand.keys("Ctrl+PgUp")
    assert spent(hand, "a2") == 150
    work(30)
    hand.keys("Ctrl+PgDown")
    assert spent(hand, "a1") == 31
    assert "Time spent: 2 min" in hand.window.header.toolTip()
    assert history(hand) == before, "the history tells nothing of it"
    hand.keys("Ctrl+Z")
    assert kit.layer(hand) == [], "undo passes it over"
    hand.keys("Ctrl+Shift+Z")
    assert len(kit.layer(hand)) == 1
    assert spent(hand, "a1") == 31
    work(9)
    hand.keys("Ctrl+Return")
    assert spent(hand, "a1") == 40
    work(5)
    path = hand.window.session.ready.path
    article = shown(hand)
    hand.do("close")
    hand.window.session.open(path)
    assert spent(hand, article) == (155 if article == "a2" else 5)


def test_an_article_is_taken_out_without_a_question_and_comes_back(hand: Hand) -> None:
    hand.keys("Ctrl+PgDown")
    hand.do("remove")  # a question would stand here until it is closed, and the test would fail
    assert "Took “Story 2" in hand.window.status.notice
    assert rows(hand) == ["1", "3", "4"]
    assert shown(hand) == "a3", "one stays where one was in the list"
    hand.keys("Ctrl+Z")
    assert rows(hand) == ["1", "2", "3", "4"]
    assert shown(hand) == "a2", "what undo brings back is shown"


def test_the_overview_moves_nothing_and_goes_where_it_is_clicked(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    path = kit.project(tmp_path / "sund.rubric", ["A long story of Sund.\n" + STORIES[0] * 60 + "Arvenia agreed.\n"])
    hand = start(path)
    reader, header = hand.reader, hand.window.header
    strip = hand.window.findChild(QWidget, "overview")
    assert isinstance(strip, QWidget)
    assert strip.isVisible()
    assert hand.window.actions["overview"].isChecked()

    def measures() -> tuple[object, ...]:
        return reader.lineWrapColumnOrWidth(), reader.text_left(), header._column, reader.viewport().geometry()

    for width in (1600, 1000):
        hand.window.resize(width, 800)
        QTest.qWait(30)
        before = measures()
        hand.do("overview")
        assert not strip.isVisible()
        assert measures() == before
        hand.do("overview")
        assert strip.isVisible()
        assert measures() == before
    hand.click_on(strip, QPoint(strip.width() // 2, strip.height() - 2))
    bar = reader.verticalScrollBar()
    assert bar.value() > bar.maximum() * 0.9
    kit.label(hand, "Arvenia", "3")
    hand.do("overview")
    hand.window.close()
    assert not start(path).window.findChild(QWidget, "overview").isVisible(), "it stays as it was set"


def test_a_long_absence_in_front_of_another_program_counts_nothing(hand: Hand) -> None:
    now = [0.0]
    hand.window.time.watch.clock = lambda: now[0]
    kit.label(hand, "Harbour Council", "L")
    use(hand)
    now[0] += 20
    other = QWidget()
    other.show()
    other.activateWindow()
    hand.wait_until(other.isActiveWindow, "another window is in front")
    now[0] += 30
    other.close()
    other.deleteLater()
    hand.window.activateWindow()
    hand.wait_until(hand.window.isActiveWindow, "the window is in front again")
    use(hand)
    now[0] += 5
    hand.keys("Ctrl+PgDown")
    assert spent(hand, "a1") == 25


@pytest.mark.parametrize("shown_by", ["us", "the system"])
def test_another_program_in_front_of_an_open_dialog_counts_nothing_but_a_dialog_of_the_system_does(
    hand: Hand, shown_by: str
) -> None:
    now, watch = [0.0], hand.window.time.watch
    watch.clock = lambda: now[0]

    def work(dialog: QDialog) -> None:
        # What Qt does where the system has a dialog for files: its own is shown nowhere.
        dialog.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, shown_by == "the system")
        QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Down)
        now[0] += 20
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusWindowChanged.emit(None)  # as Qt tells that no window of ours has the focus
        now[0] += 30
        dialog.reject()

    hand.answer("QFileDialog", work)
    hand.do("open")
    assert watch.take() == (20 if shown_by == "us" else 50)


def test_that_a_finished_article_stays_so_is_said_once(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "finished.rubric"))
    hand.window.session.work.set_status("done")
    told: list[Notice] = []
    hand.window.session.told.connect(told.append)
    kit.label(hand, "Arvenia", "3")
    kit.label(hand, "Karesh", "3", 1)
    assert [notice.words for notice in told] == [
        "Labelled “Arvenia” as Country. The article stays finished.",
        "Labelled “Karesh” as Country.",
    ]
    assert hand.window.session.status == "done"


def double_click(button: QWidget) -> None:
    """Press and let go twice, as a hand does that is used to double-clicking."""
    place = button.rect().center()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=place)
    QTest.qWait(1)


def hold(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Hold a key down where the focus is, until the keyboard has repeated it twice."""
    for again in (False, True, True):
        QTest.simulateEvent(QApplication.focusWidget(), True, key, modifiers, "\r", again, -1)
        QTest.qWait(1)


def finish_by_double_click(hand: Hand) -> None:
    double_click(hand.window.toolbar.finish)


def finish_by_held_key(_hand: Hand) -> None:
    hold(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def finish_by_enter_on_the_button(hand: Hand) -> None:
    hand.window.toolbar.finish.setFocus(Qt.FocusReason.TabFocusReason)
    hold(Qt.Key.Key_Return)


@pytest.mark.parametrize("finish", [finish_by_double_click, finish_by_held_key, finish_by_enter_on_the_button])
def test_a_double_click_and_a_held_key_finish_one_article_and_its_undo_stays(
    hand: Hand, finish: Callable[[Hand], None]
) -> None:
    session, status = hand.window.session, hand.window.status
    finish(hand)
    assert (shown(hand), session.status) == ("a2", "todo")
    assert status.notice.startswith("Finished “Story 1 of Sund port”. ")
    assert "neither accepted nor rejected" in status.notice
    QTest.qWait(1_100)  # so long after the first click that a notice would be an old one
    assert status._undo.isVisible()
    hand.click_on(status._undo)
    assert (shown(hand), session.status) == ("a1", "todo")
    hand.keys("Ctrl+Return", "Ctrl+Return")
    assert shown(hand) == "a3", "keys that are pressed one after the other are meant so"


def test_a_held_key_skips_one_article(hand: Hand) -> None:
    assert hand.reader.hasFocus()
    hold(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert (shown(hand), history(hand)[0]) == ("a2", "Skipped the article")


def test_what_is_said_offers_undo_only_of_what_it_tells(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "once.rubric"))
    told: list[Notice] = []
    hand.window.session.told.connect(told.append)
    hand.keys("Ctrl+Return")
    left = "Nothing is labelled in it, and 8 suggestions were neither accepted nor rejected."
    only = "The project’s only article is finished. Ctrl+E exports it."
    assert told[-1] == Notice(f"{only} {left}", undo=True, warns=True)
    hand.keys("Ctrl+B", "Ctrl+Return")
    assert told[-1] == Notice("The project’s only article is finished. Ctrl+E exports it.", undo=False), (
        "undo takes the flag off"
    )


def test_a_border_that_is_moved_into_another_annotation_says_what_it_crosses(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "crossing.rubric", ("The envoy met Deputy Foreign Minister Anna Lebrune.\n",)))
    session = hand.window.session
    kit.label(hand, "Deputy Foreign Minister", "8")
    kit.label(hand, "Anna Lebrune", "1")
    session.choose(next(a.id for a in session.spans if a.label == "PERSON"))
    hand.keys("F2", "Shift+Left", "Return")
    assert hand.window.status.notice == (
        "Moved the borders of “Minister Anna Lebrune”. It crosses Job title “Deputy Foreign Minister”."
    )


def test_what_was_deleted_and_comes_back_is_chosen_and_seen(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    gap = "Nobody saw any of it.\n\n" * 60
    hand = start(kit.project(tmp_path / "back.rubric", (f"Arvenia met.\n\n{gap}The end.\n",)))
    session, bar = hand.window.session, hand.reader.verticalScrollBar()
    kit.label(hand, "Arvenia", session.scheme.by_name["COUNTRY"].key)
    hand.keys("Ctrl+Home", "Tab", "Delete", "Ctrl+End")
    assert bar.value() > 500
    hand.keys("Ctrl+Z")
    assert session.chosen_annotation is not None
    assert session.chosen_annotation.quote == "Arvenia"
    assert bar.value() < 100


def test_a_step_that_is_done_again_is_told_by_the_words_that_stand_then(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "again.rubric"))
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0])
    hand.keys("F2", "Shift+Ctrl+Right", "Return")
    for key, told in (
        ("Ctrl+Z", "Undone: Moved the borders of Country “rvenia”."),
        ("Ctrl+Shift+Z", "Redone: Moved the borders of Country “rvenia”."),
    ):
        hand.keys(key)
        assert hand.window.status.notice.startswith(told)
    assert kit.layer(hand) == [("COUNTRY", "rvenia")]
    hand.click(kit.at(hand, "rvenia")[0])
    hand.keys("Delete", "Ctrl+Z", "Ctrl+Shift+Z")
    assert kit.layer(hand) == []
    assert hand.window.status.notice == "Redone: Deleted Country “rvenia”."


def test_a_third_click_is_none_either_and_a_later_one_is(hand: Hand) -> None:
    finish = hand.window.toolbar.finish
    QTest.mouseClick(finish, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(finish, Qt.MouseButton.LeftButton)
    QTest.mouseClick(finish, Qt.MouseButton.LeftButton)
    assert shown(hand) == "a2"
    QTest.qWait(QApplication.doubleClickInterval() + 50)
    QTest.mouseClick(finish, Qt.MouseButton.LeftButton)
    assert shown(hand) == "a3"

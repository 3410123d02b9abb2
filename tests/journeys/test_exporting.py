"""Exporting by hand: the losses stand beside the choices, follow them, and nothing is left where it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QListView,
    QMessageBox,
    QPushButton,
    QTreeView,
)
from tests import making
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.exchange.schemes import scheme_named, with_topics
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.dialogs.exporting import ExportDialog
from rubricator_gui.dialogs.files import FolderDialog
from rubricator_gui.hand import Hand
from rubricator_gui.tasks import Task
from rubricator_gui.wording import short_path


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    """A window on an article with a span inside another."""
    kit.introduced()
    made = start(kit.project(tmp_path / "toll.rubric"))
    kit.label(made, "Port Velis Harbour Authority", "2")
    kit.label(made, "Port Velis", "3")
    return made


def opened(hand: Hand, look: Callable[[ExportDialog], None]) -> None:
    """Open the dialog, and look at it when it is known what will be lost."""
    seen: list[bool] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        known(hand, dialog)
        look(dialog)
        seen.append(True)

    hand.answer("exportDialog", answer)
    hand.keys("Ctrl+E")
    hand.wait_until(lambda: bool(seen), "the dialog was seen")


def known(hand: Hand, dialog: ExportDialog) -> None:
    hand.wait_until(lambda: dialog.losses is not None, "the losses are known")


def kinds(dialog: ExportDialog) -> set[str]:
    return {loss.kind for loss in dialog.losses or ()}


def choose(hand: Hand, dialog: ExportDialog, title: str) -> None:
    """Choose a format by typing its name."""
    dialog.format.setFocus()
    QTest.qWait(QApplication.keyboardInputInterval() + 50)  # letters that come sooner go on with those before
    hand.type(title)
    assert dialog.format.currentText().startswith(title)


def test_no_field_moves_where_another_format_has_other_rows(hand: Hand) -> None:
    places: set[tuple[str, int, int]] = set()

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        boxes = (dialog.format, dialog.layer, dialog.status, dialog.makes, dialog.licence, dialog.subtoken)
        for n in range(dialog.format.count()):
            dialog.format.setFocus()
            hand.keys("Home" if n == 0 else "Down")
            for made in range(dialog.makes.count()):
                dialog.makes.setFocus()
                hand.keys("Home" if made == 0 else "Down")
                QTest.qWait(1)
                places.update(("x", box.x(), box.width()) for box in boxes if box.isVisible())
                places.add(("dialog", dialog.width(), 0))
                places.add(("format", dialog.format.x(), dialog.format.y()))
        dialog.reject()

    opened(hand, look)
    assert len(places) == 3, places


def test_losses_follow_the_choices(hand: Hand) -> None:
    found: list[set[str]] = []

    def look(dialog: ExportDialog) -> None:
        assert "Nothing is lost" in dialog.head.text()
        assert dialog.list.isHidden()
        choose(hand, dialog, "CoNLL")
        assert dialog.losses is None
        assert dialog.nested.isVisible()
        known(hand, dialog)
        found.append(kinds(dialog))
        assert dialog.head.text() == "All annotations will be in the file. Of the rest:"
        assert dialog.keep_all.isHidden()
        dialog.nested.setFocus()
        hand.keys("Down")  # the outermost
        known(hand, dialog)
        found.append(kinds(dialog))
        n = len(kit.layer(hand))
        assert dialog.head.text() == f"{n - 1} of {n} annotations will be in the file; left out: 1"
        hand.click_on(dialog.keep_all)
        known(hand, dialog)
        found.append(kinds(dialog))
        hand.keys("Escape")

    opened(hand, look)
    assert "nested" not in found[0], "by default nothing that somebody said is left out"
    assert "nested" in found[1]
    assert "nested" not in found[2], "the choice stands beside what it costs"


def test_what_is_lost_is_told_in_whole_lines_and_one_word_for_one_thing(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    kit.drag(hand, "Toll")
    hand.keys("+")
    said: list[str] = []
    high: list[tuple[int, int]] = []

    def look(dialog: ExportDialog) -> None:
        choose(hand, dialog, "CoNLL")
        known(hand, dialog)
        dialog.broken.setFocus()
        hand.keys("Down")  # one over all of it
        known(hand, dialog)
        first = dialog.list.topLevelItem(0)
        assert first is not None
        said.extend((dialog.broken.accessibleName(), first.text(0)))
        for width in (dialog.width(), 3 * dialog.width()):
            dialog.resize(width, dialog.height())
            QTest.qWait(20)
            row = dialog.list.visualItemRect(first)
            words = QFontMetrics(dialog.list.font()).boundingRect(row, Qt.TextFlag.TextWordWrap, first.text(0))
            high.append((row.height(), words.height()))
        hand.keys("Escape")

    opened(hand, look)
    assert said == [
        "Discontinuous annotations",
        "1 discontinuous annotation is written with what lies between its fragments",
    ]
    (two, needed), (one, line) = high
    assert two > needed > line, "both lines have room"
    assert needed > one > line, "and no more than they take"


@pytest.mark.parametrize(("ending", "title"), [(".jsonl", "Rubricator JSONL"), (".bdocjs.gz", "GATE BDoc")])
def test_an_ending_of_another_format_is_told_and_asked_for_again(
    hand: Hand, tmp_path: Path, ending: str, title: str
) -> None:
    told: list[str] = []
    offered: list[str] = []

    def again(dialog: QDialog) -> None:
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert field is not None
        offered.append(field.text())
        QTest.keyClick(field, Qt.Key.Key_Return)

    def read(box: QDialog) -> None:
        assert isinstance(box, QMessageBox)
        told.extend((box.text(), box.informativeText()))
        hand.answer("QFileDialog", again)
        hand.keys("Return")

    def look(dialog: ExportDialog) -> None:
        choose(hand, dialog, "CoNLL")
        known(hand, dialog)
        hand.answer_file(tmp_path / f"turk2{ending}")
        hand.answer("userError", read)
        dialog.go.click()

    opened(hand, look)
    hand.wait_until((tmp_path / "turk2.conll").exists, "it is written under the other name")
    assert told == [
        f"“turk2{ending}” ends like {title}, but CoNLL columns is chosen.",
        f"Have it end in .conll, or export again and choose {title}.",
    ]
    assert offered == ["turk2.conll"]
    assert not (tmp_path / f"turk2{ending}").exists()
    hand.wait_until(lambda: "turk2.conll" in hand.window.status.notice, "it is told")


def test_what_another_choice_loses_is_gone_while_it_is_checked(hand: Hand) -> None:
    said: list[str] = []

    def look(dialog: ExportDialog) -> None:
        choose(hand, dialog, "CoNLL")
        known(hand, dialog)
        assert dialog.list.isVisible()
        choose(hand, dialog, "fastText")
        assert dialog.losses is None
        said.append(dialog.head.text())
        assert dialog.list.isHidden()
        assert dialog.list.topLevelItemCount() == 0
        known(hand, dialog)
        assert dialog.list.isVisible()
        assert dialog.list.topLevelItemCount() > 0
        hand.keys("Escape")

    opened(hand, look)
    assert said == ["Checking what will be lost…"]


def test_it_says_what_labels_are_called_in_files(hand: Hand) -> None:
    said: list[str] = []

    def look(dialog: ExportDialog) -> None:
        said.extend((dialog.names.text(), dialog.names.toolTip()))
        hand.keys("Escape")

    opened(hand, look)
    assert "“Job title” is PROFESSION" in said[0]
    assert "Person: PERSON" in said[1]


def test_it_says_how_far_the_articles_are_that_go_out_and_follows_the_choices(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    texts = (kit.STORY, "Toll met Sund.\n", "Nobody came.\n", "Somebody did.\n")
    hand = start(kit.project(tmp_path / "four.rubric", texts))
    kit.label(hand, "Arvenia", "3")
    hand.keys("Ctrl+Return")
    kit.label(hand, "Sund", "3")
    said: dict[str, str] = {}

    def look(dialog: ExportDialog) -> None:
        for title in ("Rubricator", "brat"):
            choose(hand, dialog, title)
            said[title] = dialog.going.text()
            known(hand, dialog)
            dialog.status.setFocus()
            hand.keys("Down")
            said[f"{title} done"] = dialog.going.text()
            hand.keys("Up")
        hand.keys("Escape")

    opened(hand, look)
    said = {how: words.replace("\N{NO-BREAK SPACE}", " ") for how, words in said.items()}
    assert said == {
        "Rubricator": "To be written: 1 finished, 1 in work, 2 not begun."
        "\nWhat is not begun is written without annotations,\nand is no negative example.",
        "Rubricator done": "To be written: 1 finished.\nLeft out: 1 in work, 2 not begun.",
        "brat": "To be written: 1 finished, 1 in work.\nLeft out: 2 not begun.",
        "brat done": "To be written: 1 finished.\nLeft out: 1 in work, 2 not begun.",
    }


def test_a_kind_opens_to_its_places_by_keys(hand: Hand) -> None:
    places: list[str] = []

    def look(dialog: ExportDialog) -> None:
        choose(hand, dialog, "CoNLL")
        dialog.nested.setCurrentIndex(dialog.nested.findData("outermost"))
        known(hand, dialog)
        dialog.list.setFocus()
        hand.keys("Home", "Right")
        item = dialog.list.currentItem()
        assert item is not None
        assert item.text(0) == "1 nested annotation is left out"
        places.extend(item.child(n).text(0) for n in range(item.childCount()))
        hand.keys("Escape")

    opened(hand, look)
    assert len(places) == 1
    assert "“Port Velis”" in places[0]


def test_enter_at_once_goes_on_as_soon_as_nothing_is_known_to_be_lost(hand: Hand, tmp_path: Path) -> None:
    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        assert dialog.losses is None, "it is not known yet"
        hand.answer_file(tmp_path / "out.jsonl")
        hand.keys("Return")

    hand.answer("exportDialog", answer)
    hand.keys("Ctrl+E")
    hand.wait_until((tmp_path / "out.jsonl").exists, "the file is written")


def test_enter_at_once_does_not_pass_losses_unseen(hand: Hand) -> None:
    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        choose(hand, dialog, "CoNLL")
        hand.keys("Return")
        known(hand, dialog)
        QTest.qWait(50)
        assert dialog.isVisible()
        assert dialog.list.isVisible()
        hand.keys("Escape")

    gone: list[bool] = []
    hand.answer("exportDialog", lambda dialog: (answer(dialog), gone.append(True))[0])
    hand.keys("Ctrl+E")
    hand.wait_until(lambda: bool(gone), "it was closed")


def test_it_may_be_chosen_anew_or_closed_while_it_looks(hand: Hand) -> None:
    """Not in the moment before it begins to look: then no other process is to be stopped."""
    stopped: list[object] = []

    def looking(dialog: ExportDialog) -> Task:
        hand.wait_until(lambda: dialog._ahead._task is not None, "it looks")
        assert dialog.losses is None
        assert dialog._ahead._task is not None
        stopped.append(dialog._ahead._task)
        return dialog._ahead._task

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        first = looking(dialog)
        dialog.status.setFocus()
        hand.keys("Down")
        assert looking(dialog) is not first
        hand.keys("Escape")
        assert not dialog.isVisible()

    hand.answer("exportDialog", answer)
    hand.keys("Ctrl+E")
    hand.wait_until(lambda: len(stopped) == 2, "it was closed")
    hand.keys("Ctrl+H")  # and one can go on working


def test_a_cancelled_export_leaves_nothing(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    path = tmp_path / "many.rubric"
    with Project.create(path, Settings().me(), with_topics(scheme_named("news"))) as made:
        making.add_articles(made, [(f"a{n}", f"Article {n}. " + kit.STORY * 3) for n in range(3_000)])
    hand = start(path)
    before = {one.name for one in tmp_path.iterdir()}

    def go(dialog: QDialog) -> None:
        hand.answer_file(tmp_path / "out.jsonl")
        dialog.accept()

    hand.answer("exportDialog", go)
    hand.keys("Ctrl+E")
    status = hand.window.status
    hand.wait_until(lambda: status._cancel.isVisible() and status._bar.value() > 0, "it is under way", 60)
    QTest.mouseClick(status._cancel, Qt.MouseButton.LeftButton)
    hand.wait_until(lambda: "Nothing of it was kept" in status.notice, "it stopped")
    assert {one.name for one in tmp_path.iterdir()} - before <= {"many.rubric-wal", "many.rubric-shm"}


def test_tab_reaches_the_losses_and_the_button(hand: Hand) -> None:
    reached: list[object] = []

    def look(dialog: ExportDialog) -> None:
        choose(hand, dialog, "brat")
        known(hand, dialog)
        for _time in range(10):
            hand.keys("Tab")
            reached.append(QApplication.focusWidget())
        assert dialog.list.isHidden() or dialog.list in reached
        assert dialog.go in reached
        hand.keys("Escape")

    opened(hand, look)
    assert any(isinstance(one, QPushButton) for one in reached)


def export_brat(hand: Hand, *steps: Callable[[QFileDialog], None]) -> None:
    """Export as brat; do these steps in the dialog that asks for the folder, the last of which closes it."""

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, FolderDialog)
        for step in steps:
            step(dialog)

    def look(dialog: ExportDialog) -> None:
        choose(hand, dialog, "brat")
        known(hand, dialog)
        hand.answer("QFileDialog", answer)
        hand.keys("Return")

    opened(hand, look)


def name(hand: Hand, words: str) -> Callable[[QFileDialog], None]:
    """Type the name of a folder and press Enter: as often as the list of completions takes that key."""

    def do(dialog: QFileDialog) -> None:
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert field is not None
        field.setFocus()
        field.selectAll()
        hand.type(words)
        if popup := QApplication.activePopupWidget():
            popup.hide()
        QTest.keyClick(field, Qt.Key.Key_Return)

    return do


def test_the_name_of_a_folder_is_that_folder(hand: Hand, tmp_path: Path) -> None:
    """Qt walks into one that is there, and the next Enter wrote a folder of that name inside it."""
    out = tmp_path / "brat-out"
    out.mkdir()
    export_brat(hand, name(hand, "brat-out"))  # made beforehand, and empty
    hand.wait_until(lambda: f"{short_path(out)}: 1 article" in hand.window.status.notice, "it says where")
    (ann,) = out.glob("*.ann")
    before = ann.read_text(encoding="utf-8")
    kit.label(hand, "Karesh", "3")
    asked: list[str] = []

    def replace(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        asked.append(dialog.informativeText())
        hand.keys("Return")

    hand.answer("confirm", replace)
    export_brat(hand, name(hand, "brat-out"))
    hand.wait_until(lambda: ann.read_text(encoding="utf-8") != before, "the old export is replaced")
    hand.wait_until(lambda: "1 article" in hand.window.status.notice, "it is written")
    assert asked == ["Replace its 4 files, of an earlier export?"]
    assert not (out / "brat-out").exists()


def test_a_folder_of_ones_own_is_refused_in_words_and_another_can_be_named(hand: Hand, tmp_path: Path) -> None:
    own = tmp_path / "letters"
    own.mkdir()
    (own / "will.docx").write_text("mine")
    told: list[str] = []

    def refused(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        told.append(dialog.text())
        hand.keys("Return")

    hand.answer("userError", refused)
    export_brat(hand, name(hand, "letters"), name(hand, "other"))
    hand.wait_until(lambda: "1 article" in hand.window.status.notice, "it is written")
    assert told == [f"The folder {own} was not replaced: it holds will.docx."]
    assert [path.name for path in own.iterdir()] == ["will.docx"]
    assert list((tmp_path / "other").glob("*.ann"))


def test_who_walks_into_an_empty_folder_means_it(hand: Hand, tmp_path: Path) -> None:
    out = tmp_path / "made"
    out.mkdir()

    def walk_in(dialog: QFileDialog) -> None:
        view = dialog.findChild(QTreeView, "treeView") or dialog.findChild(QListView, "listView")
        assert view is not None
        model, root = view.model(), view.rootIndex()
        hand.wait_until(lambda: model.rowCount(view.rootIndex()) > 0, "the folder is listed")
        rows = [model.index(n, 0, root) for n in range(model.rowCount(root))]
        (row,) = [index for index in rows if index.data() == "made"]
        at = view.visualRect(row).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert field is not None
        assert field.text() == "made"
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        hand.wait_until(lambda: dialog.directory().dirName() == "made", "it was walked into")
        assert field.text() == ""

    def save(dialog: QFileDialog) -> None:
        box = dialog.findChild(QDialogButtonBox, "buttonBox")
        assert box is not None
        button = box.button(QDialogButtonBox.StandardButton.Save)
        assert (button.isEnabled(), button.text().replace("&", "")) == (True, "Save")
        hand.click_on(button)

    export_brat(hand, walk_in, save)
    hand.wait_until(lambda: "1 article" in hand.window.status.notice, "it is written")
    assert list(out.glob("*.ann"))


def test_it_is_asked_with_what_was_chosen_the_last_time(hand: Hand, start: Start, tmp_path: Path) -> None:
    def first(dialog: ExportDialog) -> None:
        choose(hand, dialog, "CoNLL")
        known(hand, dialog)
        dialog.nested.setCurrentIndex(dialog.nested.findData("skip"))
        dialog.makes.setCurrentIndex(dialog.makes.findData("90/10"))
        assert dialog.seeding.isVisible()
        assert "same articles" in dialog.seeding.text()
        dialog.seed.setValue(7)
        dialog.makes.setCurrentIndex(dialog.makes.findData("corpus"))  # of one article there are no two parts
        dialog.licence.setEditText("CC0 1.0")
        known(hand, dialog)
        hand.answer_file(tmp_path / "parts")
        hand.keys("Return")

    found: list[tuple[object, ...]] = []

    def again(dialog: ExportDialog) -> None:
        options = dialog.options
        found.append((options.format, options.write.nested, options.corpus, options.licence, dialog.seed.value()))
        hand.keys("Escape")

    opened(hand, first)
    hand.wait_until(lambda: "parts: " in hand.window.status.notice, "the corpus is written")
    opened(hand, again)
    assert found == [("conll", "skip", True, "CC0 1.0", 7)]
    # what was chosen and is no more is passed over
    project = hand.window.session.ready
    hand.window.session.memory.at_export(project.path, {"format": "gone", "layer": "nobody", "nested": 3, "seed": "x"})

    def usual(dialog: ExportDialog) -> None:
        found.append((dialog.options.format, dialog.options.annotator))
        hand.keys("Escape")

    opened(hand, usual)
    assert found[1:] == [("jsonl", "")], "whose layer it was is gone: nothing is left out in silence"


def test_a_format_of_one_layer_narrows_none_that_is_chosen_after_it(hand: Hand) -> None:
    seen: list[str] = []

    def look(dialog: ExportDialog) -> None:
        me = hand.window.session.ready.me.annotator
        for title in ("CoNLL", "Rubricator JSONL"):
            choose(hand, dialog, title)
            known(hand, dialog)
            seen.append(dialog.options.annotator)
        dialog.layer.setCurrentIndex(dialog.layer.findData(me))
        for title in ("CoNLL", "Rubricator JSONL"):
            choose(hand, dialog, title)
            known(hand, dialog)
            seen.append(dialog.options.annotator)
        assert seen == [me, "", me, me], "what somebody chose stays"
        assert dialog.chosen["layer"] == me
        dialog.reject()

    opened(hand, look)
    assert len(seen) == 4

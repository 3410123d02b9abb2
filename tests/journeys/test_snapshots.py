"""Snapshots and corpora by hand: taken by a name, exported again to the same bytes after more work, deleted, brought back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from tests.formats.make import files
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_names import clipped, nameless

from rubricator.project import Project
from rubricator.settings import Me
from rubricator_gui.dialogs.exporting import ExportDialog
from rubricator_gui.dialogs.snapshots import SnapshotDialog
from rubricator_gui.hand import Hand

ODD = {
    "a path": ("../../etc/passwd:*?", "../../etc/passwd:*?"),
    "right to left": ("גרסה ראשונה", "גרסה ראשונה"),
    "markup": ("<b>one</b> & 🙂", "<b>one</b> & 🙂"),
    "spaces": ("  as \u2028 sent  ", "as sent"),
}


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    made = start(kit.project(tmp_path / "toll.rubric", [kit.STORY, "Second\n\nToll and Karesh.\n"]))
    kit.label(made, "Toll", "3")
    return made


def in_dialog(hand: Hand, action: str, work: Callable[[SnapshotDialog], None]) -> None:
    """Open the dialog by an action, and do something in it; Escape closes it where that did not."""
    seen: list[bool] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, SnapshotDialog)
        work(dialog)
        seen.append(True)
        if dialog.isVisible():
            hand.keys("Escape")

    hand.answer("snapshotDialog", answer)
    hand.do(action)
    hand.wait_until(lambda: bool(seen), "the dialog was seen")


def take(hand: Hand, name: str) -> None:
    """Take a snapshot by typing its name."""

    def work(_dialog: SnapshotDialog) -> None:
        hand.type(name)
        hand.keys("Return")

    in_dialog(hand, "snapshot", work)


def names(hand: Hand) -> list[str]:
    return [snapshot.name for snapshot in hand.window.session.ready.snapshots()]


def rows(dialog: SnapshotDialog) -> list[list[str]]:
    items = [dialog.list.topLevelItem(n) for n in range(dialog.list.topLevelItemCount())]
    return [[item.text(column) for column in (0, 2, 3)] for item in items if item is not None]


def choose(dialog: ExportDialog, hand: Hand, **wanted: str) -> None:
    """Choose in boxes of the dialog by the arrow keys: what begins with these words (typing them is a matter of time)."""
    for name, words in wanted.items():
        box = getattr(dialog, name)
        box.setFocus()
        hand.keys("Home")
        for _n in range(box.count()):
            if box.currentText().startswith(words):
                break
            hand.keys("Down")
        assert box.currentText().startswith(words)


def exported(hand: Hand, out: Path, begin: Callable[[], None], answer: Callable[[ExportDialog], None]) -> None:
    """Export to a place: `begin` opens the dialog, `answer` chooses in it, and Enter goes on."""

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        answer(dialog)
        hand.wait_until(lambda: dialog.losses is not None, "the losses are known")
        dialog.go.setFocus()
        hand.answer_file(out)
        hand.keys("Return")

    hand.answer("exportDialog", look)
    begin()
    hand.wait_until(lambda: out.name in hand.window.status.notice, "it was exported")


def the_corpus(hand: Hand, dialog: ExportDialog) -> None:
    """Choose Hugging Face, in parts, with a licence of one's own."""
    choose(dialog, hand, format="Hugging", makes="A corpus in parts: 90")
    assert dialog.seed.isVisible()
    dialog.licence.setFocus()
    hand.keys("Ctrl+A")  # what was chosen the last time stands there
    hand.type("cc by 4.0 or later")
    hand.keys("Tab")
    assert dialog.licence.licence == "cc by 4.0 or later", "what is typed stays as it is typed"
    dialog.seed.setFocus()
    hand.keys("Ctrl+A", "0", "Up", "Up", "Up")


def test_a_snapshot_is_exported_again_to_the_same_bytes_after_more_work(hand: Hand, tmp_path: Path) -> None:
    hand.window.session.show_article("a2")
    kit.label(hand, "Karesh", "3")
    take(hand, "as sent")
    assert names(hand) == ["as sent"]

    def again(out: Path) -> None:
        def from_list(dialog: SnapshotDialog) -> None:
            assert rows(dialog) == [["as sent", "2", "2"]]
            assert dialog.list.hasFocus()
            hand.keys("Return")

        def answer(dialog: ExportDialog) -> None:
            assert dialog.state.currentText().startswith("as sent (")
            the_corpus(hand, dialog)

        exported(hand, out, lambda: in_dialog(hand, "snapshots", from_list), answer)

    again(tmp_path / "first")
    first = files(tmp_path / "first")
    assert sorted(first) == ["GUIDELINES.md", "README.md", "SHA256SUMS", "scheme.json", "test.jsonl", "train.jsonl"]
    card = first["README.md"].decode()
    for said in ("Snapshot: as sent", "Licence: cc by 4.0 or later", "90/10 by seed 3", "not measured: one annotator"):
        assert said in card
    kit.label(hand, "Toll", "3")
    hand.keys("Ctrl+PgUp")
    kit.label(hand, "Arvenia", "3")
    again(tmp_path / "second")
    assert files(tmp_path / "second") == first
    exported(hand, tmp_path / "now", lambda: hand.keys("Ctrl+E"), lambda dialog: the_corpus(hand, dialog))
    assert files(tmp_path / "now")["train.jsonl"] != first["train.jsonl"]


def test_a_corpus_folder_comes_without_a_split_too(hand: Hand, tmp_path: Path) -> None:
    def answer(dialog: ExportDialog) -> None:
        assert not dialog.state.isVisible(), "there is no snapshot"
        assert not dialog.licence.isVisible()
        choose(dialog, hand, makes="A corpus: ")
        assert not dialog.seed.isVisible()
        dialog.licence.setFocus()
        hand.keys("Down")

    exported(hand, tmp_path / "out", lambda: hand.keys("Ctrl+E"), answer)
    assert sorted(files(tmp_path / "out")) == ["GUIDELINES.md", "README.md", "SHA256SUMS", "scheme.json", "train.jsonl"]
    assert "[CC BY 4.0](https://creativecommons.org" in (tmp_path / "out/README.md").read_text("utf-8")


def test_the_name_of_the_file_is_safe_and_tells_the_snapshot(hand: Hand, tmp_path: Path) -> None:
    take(hand, "../../etc: one")
    suggested: list[list[str]] = []

    def file_asked(dialog: QDialog) -> None:
        suggested.append(dialog.selectedFiles())  # type: ignore[attr-defined]
        dialog.reject()

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        hand.wait_until(lambda: dialog.losses is not None, "the losses are known")
        hand.answer("QFileDialog", file_asked)
        dialog.accept()

    hand.answer("exportDialog", answer)
    in_dialog(hand, "snapshots", lambda _dialog: hand.keys("Return"))
    hand.wait_until(lambda: bool(suggested), "a file was suggested")
    assert suggested == [[str(tmp_path / "toll-.. .. etc  one.jsonl")]]


def test_one_is_deleted_by_a_key_and_undo_brings_it_back(hand: Hand) -> None:
    take(hand, "one")
    take(hand, "two")

    def delete(dialog: SnapshotDialog) -> None:
        assert [row[0] for row in rows(dialog)] == ["two", "one"]
        hand.keys("Down", "Delete")
        assert [row[0] for row in rows(dialog)] == ["two"]
        assert "Deleted the snapshot “one”" in dialog.told.text()
        hand.keys("Delete")
        assert rows(dialog) == []
        assert not dialog.export.isEnabled()
        assert not dialog.delete.isEnabled()
        hand.keys("Delete", "Return")
        assert dialog.isVisible()

    in_dialog(hand, "snapshots", delete)
    assert names(hand) == []
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert names(hand) == ["one", "two"]


@pytest.mark.parametrize("kind", ODD)
def test_odd_names_are_kept_and_shown_as_they_are(hand: Hand, kind: str) -> None:
    typed, kept = ODD[kind]
    take(hand, typed)
    assert names(hand) == [kept]

    def look(dialog: SnapshotDialog) -> None:
        assert kept in rows(dialog)[0][0]

    in_dialog(hand, "snapshots", look)


def test_names_that_cannot_be_are_told_and_the_dialog_stays(hand: Hand) -> None:
    take(hand, "one")

    def try_them(dialog: SnapshotDialog) -> None:
        assert dialog.name.hasFocus()
        assert not dialog.take.isEnabled()
        hand.keys("Return")
        hand.type("   ")
        hand.keys("Return")
        assert len(rows(dialog)) == 1
        dialog.name.clear()
        hand.type(" one")
        hand.keys("Return")
        assert "There is a snapshot “one” already." in dialog.wrong.text()
        assert dialog.wrong.isVisible()
        hand.type("x")
        assert not dialog.wrong.isVisible(), "another name was begun"
        QApplication.clipboard().setText("x" * 10_000_000)
        hand.keys("Ctrl+A", "Ctrl+V", "Return")
        assert "at most 200 characters" in dialog.wrong.text()
        assert clipped(dialog) == []

    in_dialog(hand, "snapshot", try_them)
    assert names(hand) == ["one"]


def test_the_text_of_a_licence_is_no_licence(hand: Hand) -> None:
    seen: list[bool] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        choose(dialog, hand, makes="A corpus: ")
        dialog.licence.setFocus()
        QApplication.clipboard().setText("All of it may " * 1_000_000)
        hand.keys("Ctrl+V")
        hand.wait_until(lambda: dialog.losses is not None, "the losses are known")
        assert "at most 500 characters" in dialog.wrong.text()
        assert not dialog.go.isEnabled()
        hand.keys("Return")
        assert dialog.isVisible()
        dialog.makes.setFocus()
        hand.keys("Home")
        assert dialog.go.isEnabled(), "without a card nothing is said of it"
        seen.append(True)
        hand.keys("Escape")

    hand.answer("exportDialog", answer)
    hand.keys("Ctrl+E")
    hand.wait_until(lambda: bool(seen), "it was looked at")


def test_a_layer_that_was_not_begun_then_is_told(hand: Hand) -> None:
    take(hand, "early")
    project = hand.window.session.ready
    ben = Me("22222222-2222-4222-8222-222222222222", "ben", "ben's")
    with Project.open(project.path, ben) as other:
        span = hand.window.session.ready.annotations("a1")[0].span
        other.annotate("a1", "PERSON", [span], exact=True)
    hand.wait_until(lambda: project.rows.has_work(ben.annotator), "it is here")
    said: list[str] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        choose(dialog, hand, state="early", layer="ben")
        hand.wait_until(lambda: "had done nothing" in dialog.head.text(), "it is told")
        said.append(dialog.head.text())
        assert not dialog.go.isEnabled()
        hand.keys("Escape")

    hand.answer("exportDialog", answer)
    hand.keys("Ctrl+E")
    hand.wait_until(lambda: bool(said), "it was looked at")
    assert said == ["ben had done nothing when “early” was taken."]


@pytest.mark.parametrize("large", [False, True])
def test_nothing_is_cut_off_or_without_a_name(
    request: pytest.FixtureRequest, start: Start, tmp_path: Path, large: bool
) -> None:
    if large:
        request.getfixturevalue("twice_as_large")
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric"))
    take(hand, "one " * 40)
    found: list[list[str]] = []

    def look(dialog: QDialog) -> None:
        QTest.qWait(20)
        found.append([*nameless(dialog), *clipped(dialog)])

    def corpus(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        choose(dialog, hand, format="CoNLL c", makes="A corpus in parts: 80")
        hand.wait_until(lambda: dialog.losses is not None or bool(dialog.head.text()), "something is known")
        look(dialog)
        hand.keys("Escape")

    in_dialog(hand, "snapshots", look)
    hand.answer("exportDialog", corpus)
    hand.keys("Ctrl+E")
    hand.wait_until(lambda: len(found) == 2, "both were seen")
    assert found == [[], []]


def test_tab_walks_through_all_of_it(hand: Hand) -> None:
    take(hand, "one")

    def walk(dialog: SnapshotDialog) -> None:
        reached = []
        for _time in range(6):
            hand.keys("Tab")
            reached.append(QApplication.focusWidget())
        assert {dialog.name, dialog.list, dialog.export, dialog.delete} <= set(reached)
        QTest.keyClick(dialog.export, Qt.Key.Key_Escape)

    in_dialog(hand, "snapshots", walk)

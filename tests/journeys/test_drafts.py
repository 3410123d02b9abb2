"""What was typed of a comment and not sent: it stands there again, whatever ended the program."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

import pytest
from PySide6.QtWidgets import QDialog
from tests import making
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.project import Project
from rubricator.settings import Draft, Memory, Settings
from rubricator_gui.dialogs.comments import CommentDialog
from rubricator_gui.hand import Hand

FIRST = "Is it one name?"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    kit.introduced()
    return kit.project(tmp_path / "p.rubric")


@pytest.fixture
def hand(start: Start, path: Path) -> Hand:
    """A window on a project with two annotations, the first of them chosen and with a comment."""
    hand = start(path)
    kit.label(hand, "Anna S.\n\nLebrune", "1")
    kit.label(hand, "Arvenia", "3")
    choose(hand)
    assert hand.window.session.comments.add(next(iter(hand.window.session.spans)), FIRST)
    return hand


def choose(hand: Hand) -> str:
    """Choose the first annotation by a click; return its id."""
    hand.click(kit.at(hand, "Anna S.")[0] + 1)
    chosen = hand.window.session.chosen
    assert chosen
    return chosen


def comment(hand: Hand, work: Callable[[CommentDialog], object]) -> None:
    """Have the comments opened by Ctrl+M and worked on; Esc closes them."""
    done: list[bool] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        work(dialog)
        hand.keys("Escape")
        done.append(True)

    hand.answer("commentDialog", answer)
    hand.keys("Ctrl+M")
    hand.wait_until(lambda: bool(done), "the comments were written in")


def test_the_window_of_comments_does_not_grow_under_the_mouse_that_says_the_first(start: Start, path: Path) -> None:
    hand = start(path)
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0] + 1)

    def say_one(dialog: CommentDialog) -> None:
        stood, button = dialog.size(), dialog.say.mapToGlobal(dialog.say.rect().center())
        hand.type("Is it the state?")
        hand.keys("Return")
        assert dialog.list.count() == 1
        assert dialog.list.height() >= dialog.list.sizeHintForRow(0), "it is read"
        assert (dialog.size(), dialog.say.mapToGlobal(dialog.say.rect().center())) == (stood, button)

    comment(hand, say_one)


def type_all(hand: Hand, dialog: CommentDialog) -> None:
    """Type a remark, change the first comment, and answer it; send none of it."""
    hand.type("A remark")
    dialog.list.setFocus()
    hand.keys("Home", "F2")
    hand.type("Are these two names?")
    dialog.list.setFocus()
    hand.keys("Return")
    hand.type("An answer")


def again(hand: Hand, start: Start, path: Path) -> Hand:
    """Quit by the key, and start anew."""
    hand.keys("Ctrl+Q")
    assert hand.window.session.project is None
    return start(path)


def unsent(hand: Hand) -> str:
    return hand.window.sections.chosen.comments.words.text()


def on_disk(path: Path) -> dict[str, tuple[Draft, ...]]:
    return Memory().drafts(path)


def test_what_was_typed_and_not_sent_stands_there_after_a_restart(start: Start, hand: Hand, path: Path) -> None:
    comment(hand, lambda dialog: type_all(hand, dialog))
    about = choose(hand)
    assert hand.window.status.notice == "Not sent yet, and kept: “An answer” and 2 more"
    (first,) = hand.window.session.ready.comments.on(about)
    kept = (Draft("An answer", answers=first.id), Draft("Are these two names?", changes=first.id), Draft("A remark"))
    assert on_disk(path) == {about: kept}, "at once: the program may crash"
    hand = again(hand, start, path)
    assert choose(hand) == about
    assert unsent(hand) == "1 comment · Not sent yet: An answer · Are these two names? · A remark"
    seen: list[str] = []

    def send(dialog: CommentDialog) -> None:
        assert dialog.hint.text().startswith("Not sent yet · ")
        for n in range(3):
            seen.extend((dialog.field.toPlainText(), dialog.say.text()))
            hand.keys("Return")
            assert on_disk(path).get(about, ()) == kept[n + 1 :], "what was sent is not kept, what was put off is"

    comment(hand, send)
    assert seen == ["An answer", "Answer", "Are these two names?", "Change", "A remark", "Comment"]
    said = hand.window.session.ready.comments.on(about)
    assert [(one.text, one.reply_to) for one in said] == [
        ("Are these two names?", ""),
        ("An answer", first.id),
        ("A remark", ""),
    ]
    hand = again(hand, start, path)
    choose(hand)
    assert unsent(hand) == "3 comments, the last: A remark"


def test_what_is_taken_away_does_not_come_back(start: Start, hand: Hand, path: Path) -> None:
    comment(hand, lambda _dialog: hand.type("A remark"))
    hand = again(hand, start, path)
    choose(hand)
    comment(hand, lambda _dialog: hand.keys("Ctrl+A", "Delete"))
    assert hand.window.status.notice == "What was not sent yet was taken away."
    assert on_disk(path) == {}
    hand = again(hand, start, path)
    choose(hand)
    assert unsent(hand) == f"1 comment: {FIRST}"


def test_a_project_that_is_closed_and_opened_again_has_what_was_typed_in_it(
    hand: Hand, path: Path, tmp_path: Path
) -> None:
    comment(hand, lambda _dialog: hand.type("A remark"))
    session = hand.window.session
    hand.keys("Ctrl+W")
    assert (session.project, session.comments.drafts) == (None, {})
    copy = shutil.copy(path, tmp_path / "copy.rubric")
    session.open(copy)
    choose(hand)
    assert unsent(hand) == f"1 comment: {FIRST}", "it was typed in another project"
    session.open(path)
    choose(hand)
    assert unsent(hand) == "1 comment · Not sent yet: A remark"


def test_what_answered_or_changed_a_comment_that_is_gone_is_one_of_its_own(
    start: Start, hand: Hand, path: Path
) -> None:
    comment(hand, lambda dialog: type_all(hand, dialog))
    hand.keys("Ctrl+Q")
    with Project.open(path, Settings().me()) as project:
        ((about, _kept),) = on_disk(path).items()
        (first,) = project.comments.on(about)
        project.comments.delete(first)
    hand = start(path)
    choose(hand)
    seen: list[str] = []

    def send(dialog: CommentDialog) -> None:
        for _n in range(3):
            seen.append(dialog.say.text())
            hand.keys("Return")

    comment(hand, send)
    assert seen == ["Comment"] * 3
    said = hand.window.session.ready.comments.on(about)
    assert [(one.text, one.reply_to) for one in said] == [
        ("An answer", ""),
        ("Are these two names?", ""),
        ("A remark", ""),
    ]
    assert on_disk(path) == {}


def test_what_was_typed_of_an_annotation_that_was_deleted_waits_for_undo(start: Start, hand: Hand, path: Path) -> None:
    comment(hand, lambda _dialog: hand.type("A remark"))
    about = choose(hand)
    hand.keys("Delete")
    hand = again(hand, start, path)
    assert about not in hand.window.session.spans
    hand.keys("Ctrl+Z")
    choose(hand)
    assert unsent(hand) == "1 comment · Not sent yet: A remark"


@pytest.mark.parametrize("changes", ["no id", "\0", "theirs"])
def test_what_somebody_wrote_into_the_file_is_no_more_than_words(
    start: Start, hand: Hand, path: Path, changes: str
) -> None:
    about = choose(hand)
    hand.keys("Ctrl+Q")
    with Project.open(path, making.BEN) as project:
        me, article = Settings().me().annotator, next(project.rows.articles()).id
        project.comments.add(article, about, "Theirs", annotator=me)
        theirs = next(one.id for one in project.comments.on(about) if one.text == "Theirs")
    changes = theirs if changes == "theirs" else changes
    listed = [7, [], [about, 3, ["\0\x1b[1mWords\u2029", "", changes], ["x", ["y"], {}]], {"a": 1}]
    Memory().set(drafts={str(path): listed, "x": 3})
    hand = start(path)
    choose(hand)
    assert hand.window.sections.chosen.comments.isVisible()
    comment(hand, lambda _dialog: hand.keys("Return"))
    texts = [one.text for one in hand.window.session.ready.comments.on(about)]
    assert texts[:2] == [FIRST, "Theirs"]
    assert "Words" in texts[2]
    assert on_disk(path) == {}


def test_what_cannot_be_written_is_told_and_stands_there_meanwhile(
    hand: Hand, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump = json.dump

    def full(value: dict[str, object], file: TextIO, **more: Any) -> None:
        if value.get("drafts"):
            raise OSError(errno.ENOSPC, "No space left on device")
        dump(value, file, **more)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(json, "dump", full)
        comment(hand, lambda _dialog: hand.type("A remark"))
    assert "No space left on device" in hand.window.status.notice
    assert unsent(hand) == "1 comment · Not sent yet: A remark"
    assert on_disk(path) == {}
    comment(hand, lambda _dialog: hand.type(" of mine"))
    assert [one.text for (one,) in on_disk(path).values()] == ["A remark of mine"]

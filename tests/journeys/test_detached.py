"""A window whose project lost its log under it opens it again, and the person loses nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.store.test_detached import another_program_opens_and_closes, lose_the_locks

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps locks, and files that are open")

STORY = "Ministers of Arvenia met in Toll on Monday.\n"


def test_the_next_key_asks_to_be_pressed_again(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    file = kit.project(tmp_path / "p.rubric", (STORY,))
    hand = start(file)
    session = hand.window.session
    session._timer.stop()  # the key comes before the next look for news
    kit.label(hand, "Arvenia", "3")
    lose_the_locks(file)
    another_program_opens_and_closes(file)
    kit.label(hand, "Toll", "0")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]
    assert "Do the last step once more" in hand.window.status._notice.text()
    assert session.selection is not None
    hand.keys("0")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia"), ("CITY", "Toll")]


def test_who_only_reads_is_opened_again_by_the_look_for_news(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    file = kit.project(tmp_path / "p.rubric", (STORY,))
    hand = start(file)
    kit.label(hand, "Arvenia", "3")
    lose_the_locks(file)
    another_program_opens_and_closes(file)
    before = hand.window.session.project
    hand.wait_until(lambda: hand.window.session.project is not before, "it was opened again")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]
    kit.label(hand, "Toll", "0")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia"), ("CITY", "Toll")]


@pytest.mark.parametrize("finished", [True, False])
def test_a_note_that_is_being_typed_is_kept(start: Start, tmp_path: Path, finished: bool) -> None:
    kit.introduced()
    file = kit.project(tmp_path / "p.rubric", (STORY,))
    hand = start(file)
    session = hand.window.session
    kit.label(hand, "Arvenia", "3")
    (annotation,) = session.spans
    session.choose(annotation.id)
    hand.do("note")
    hand.type("a state of the story")
    if finished:
        session._timer.stop()  # the key comes before the next look for news
    lose_the_locks(file)
    another_program_opens_and_closes(file)
    before = session.project
    if finished:
        hand.keys("Return")
    hand.wait_until(lambda: session.project is not before, "it was opened again")
    (annotation,) = session.spans
    assert annotation.note == "a state of the story"
    assert [one.note for one in session.ready.annotations("a1")] == ["a state of the story"]


def test_a_note_that_was_refused_is_written_with_the_next_enter(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric", (STORY,)))
    session = hand.window.session
    kit.label(hand, "Arvenia", "3")
    (annotation,) = session.spans
    session.choose(annotation.id)
    hand.do("note")
    hand.type("a state of the story")
    session.held = "Wait until the import is over."
    hand.keys("Return")
    assert hand.window.status.notice == session.held
    assert session.ready.annotations("a1")[0].note == ""
    session.held = ""
    hand.keys("Return")
    assert session.ready.annotations("a1")[0].note == "a state of the story"

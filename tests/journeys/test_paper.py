"""An article is saved as PDF while one works on, page by page, and can be stopped; half a file is never left."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator_gui.hand import Hand
from rubricator_gui.reader import printing

STORY = "The Harbour Council of Port Velis met on Monday, and nobody said a word about the grain.\n\n" * 400


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    hand = start(kit.project(tmp_path / "long.rubric", ["A long day in Port Velis\n\n" + STORY]))
    for nth in range(3):
        kit.label(hand, "Harbour Council", "2", nth=nth)
    return hand


def begin(hand: Hand, path: Path) -> None:
    hand.answer_file(path)
    hand.do("pdf")
    assert hand.window.commands.work.task is not None
    assert hand.window.status._working


def ended(hand: Hand) -> None:
    hand.wait_until(lambda: hand.window.commands.work.task is None, "the article on paper")
    assert not hand.window.status._working


def pages(path: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))


def test_one_works_on_while_it_is_saved(hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_work: list[int] = []
    turned: list[int] = []
    real = QPdfWriter.newPage

    def turn(writer: QPdfWriter) -> bool:
        turned.append(1)
        return real(writer)

    def told(done: int, _of: int) -> None:
        at_work.append(done)

    monkeypatch.setattr(QPdfWriter, "newPage", turn)
    path = tmp_path / "day.pdf"
    begin(hand, path)
    task = hand.window.commands.work.task
    assert task is not None
    task.progressed.connect(told)
    assert not turned, "nothing was painted by whoever asked for it"
    kit.label(hand, "Port Velis", "4")  # the window is there for its annotator
    # On a quick machine it is saved by now, and then it is whole.
    assert not path.exists() or path.read_bytes().rstrip().endswith(b"%%EOF"), "half a file stands there"
    ended(hand)
    assert path.read_bytes().startswith(b"%PDF")
    n = pages(path)
    assert n > 8
    assert len(turned) == n - 1
    assert at_work == sorted(at_work)
    assert at_work[-1] <= n
    assert "Saved" in hand.window.status.notice
    assert "Port Velis" in [quote for _label, quote in kit.layer(hand)]


def test_who_stops_it_finds_the_old_file_as_it_was(hand: Hand, tmp_path: Path) -> None:
    path = tmp_path / "day.pdf"
    path.write_bytes(b"of yesterday")
    before = sorted(tmp_path.iterdir())
    begin_over(hand, path)
    hand.window.commands.work.task.progressed.connect(hand.window.status.cancel_wanted)  # type: ignore[union-attr]
    ended(hand)
    assert path.read_bytes() == b"of yesterday"
    assert sorted(tmp_path.iterdir()) == before, "something was left behind"
    assert "Stopped" in hand.window.status.notice


def begin_over(hand: Hand, path: Path) -> None:
    """Begin where a file stands: the dialog of the system asks whether to replace it."""
    from rubricator_gui.paper import Pdf

    work = hand.window.commands.work
    work.watch("Saving", Pdf(hand.window.session, hand.reader, path, work), print)


def test_who_does_not_print_leaves_no_dialog_behind(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: 0)
    hand.keys("Ctrl+P", "Ctrl+P")
    assert not hand.window.findChildren(QPrintDialog)


def test_a_window_that_closes_meanwhile_leaves_nothing(hand: Hand, tmp_path: Path) -> None:
    path = tmp_path / "day.pdf"
    begin(hand, path)
    QTest.qWait(1)
    hand.window.close()
    assert not list(tmp_path.glob("day*"))


def test_where_nothing_can_be_written_it_is_said(hand: Hand, tmp_path: Path) -> None:
    from rubricator.errors import UserError

    with pytest.raises(UserError, match="cannot be written"):
        begin_over(hand, tmp_path / "none" / "day.pdf")
    assert hand.window.commands.work.task is None


def test_what_goes_wrong_on_the_way_leaves_nothing(hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rubricator.errors import UserError
    from rubricator.words import message

    def broken(*_args: object) -> None:
        raise UserError(message("The paper is torn."), message("Take another one."))

    monkeypatch.setattr(printing, "_head", broken)
    said: list[str] = []
    monkeypatch.setattr("rubricator_gui.background.tell", lambda _window, error: said.append(str(error)))
    begin(hand, tmp_path / "day.pdf")
    ended(hand)
    assert "torn" in said[0]
    assert not list(tmp_path.glob("day*"))


def test_a_device_that_takes_no_page_is_told(hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr("rubricator_gui.background.tell", lambda _window, error: said.append(str(error)))
    monkeypatch.setattr(QPdfWriter, "newPage", lambda _writer: False)
    begin(hand, tmp_path / "day.pdf")
    ended(hand)
    assert "takes no page" in said[0]
    assert "Saved" not in hand.window.status.notice
    assert not list(tmp_path.glob("day*"))


@pytest.mark.parametrize("how", ["new", "open", "sample", "who"])
def test_nobody_opens_another_project_meanwhile(hand: Hand, tmp_path: Path, how: str) -> None:
    """What is under way ends by telling of its project, and of no other."""
    was = hand.window.session.project
    begin(hand, tmp_path / "day.pdf")
    getattr(hand.window.commands, how)()  # no dialog comes: it would stand here for good
    assert hand.window.session.project is was
    assert "under way" in hand.window.status.notice
    hand.window.commands.open_path(tmp_path / "none.rubric")
    assert hand.window.session.project is was
    ended(hand)
    assert pages(tmp_path / "day.pdf") > 8

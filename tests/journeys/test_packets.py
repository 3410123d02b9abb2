"""Packets by hand: made for a new annotator, opened, worked in, sent back, dropped on the window, taken in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog
from tests import making
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.hub import packets
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.review.decision import accept
from rubricator.settings import Me, Settings
from rubricator.verbs.samples import Count
from rubricator_gui.dialogs.packets import MergeDialog, PackDialog
from rubricator_gui.hand import Hand
from rubricator_gui.telling import Notice


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    made = start(kit.project(tmp_path / "toll.rubric", [kit.STORY, "Second\n\nToll and Karesh.\n"]))
    kit.label(made, "Toll", "3")
    return made


def answered(hand: Hand, name: str, begin: Callable[[], object], work: Callable[[QDialog], None]) -> None:
    seen: list[bool] = []

    def answer(dialog: QDialog) -> None:
        work(dialog)
        seen.append(True)

    hand.answer(name, answer)
    begin()
    hand.wait_until(lambda: bool(seen), name)


def make_packet(hand: Hand, out: Path) -> None:

    def work(dialog: QDialog) -> None:
        assert isinstance(dialog, PackDialog)
        assert not dialog.go.isEnabled()
        hand.type("Ben")
        assert "is new, and joins" in dialog.told.text()
        assert "2 articles" in dialog.told.text()
        hand.answer_file(out)
        hand.keys("Return")

    answered(hand, "packDialog", lambda: hand.do("pack"), work)
    hand.wait_until(out.exists, "the packet")
    hand.wait_until(lambda: not hand.window.commands.work.busy(), "the end of it")


def drop(hand: Hand, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, button, none)
    QApplication.sendEvent(hand.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(hand.window, QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, button, none))


def test_out_and_back(hand: Hand, tmp_path: Path) -> None:
    out = tmp_path / "ben.rubpack"
    make_packet(hand, out)
    assert "Ben" in [one.name for one in hand.window.session.ready.rows.annotators()]
    with packets.open_packet(out, tmp_path / "ben.rubric", "machine-of-ben") as copy:
        article = next(copy.rows.articles())
        assert copy.me.name == "Ben"
        copy.annotate(article.id, "PERSON", [Span.of(0, 5)], exact=True)
        bens = copy.me.annotator
    project = hand.window.session.ready
    assert project.annotations(article.id, bens) == []

    lines: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, MergeDialog)
        top = dialog.tree.topLevelItem(0)
        assert top is not None
        lines.extend(top.child(n).text(0) for n in range(top.childCount()))
        hand.keys("Escape")

    answered(hand, "mergeDialog", lambda: drop(hand, tmp_path / "ben.rubric"), look)
    assert any("annotations 1" in line and "Ben" in line for line in lines)
    assert project.annotations(article.id, bens) == []
    hand.answer_file(tmp_path / "ben.rubric")
    taken: list[bool] = []

    def take(_dialog: QDialog) -> None:
        hand.keys("Return")
        taken.append(True)

    hand.do("merge")
    hand.answer("mergeDialog", take)
    hand.wait_until(lambda: bool(taken), "it was agreed to")
    hand.wait_until(lambda: len(project.annotations(article.id, bens)) == 1, "the work of Ben")
    hand.wait_until(lambda: "kept in" in hand.window.status.notice, "it is told")
    assert (tmp_path / "toll-before-merge.rubric").exists()


def test_a_packet_opens_as_its_annotators_copy(hand: Hand, tmp_path: Path) -> None:
    out = tmp_path / "ben.rubpack"
    make_packet(hand, out)
    hand.answer_file(out)
    QTimer.singleShot(1500, hand.window, partial(hand.answer_file, tmp_path / "mine.rubric"))
    hand.do("open")
    session = hand.window.session
    hand.wait_until(lambda: session.ready.path.name == "mine.rubric", "the copy")
    assert session.ready.me.name == "Ben"
    kit.label(hand, "Toll", "3")
    article = session.article
    assert article is not None
    assert len(session.ready.annotations(article.id)) == 1
    hand.keys("F8")
    told: list[str] = []
    session.told.connect(partial(_keep, told))
    hand.do("review-policy")
    assert QApplication.activeModalWidget() is None, "it is refused before anything is asked"
    assert len(told) == 1
    assert "no gold is made" in told[0]
    assert session.ready.rows.name_of(session.ready.review.gold) is None


def _keep(told: list[str], notice: Notice) -> None:
    told.append(notice.words)


def test_in_a_copy_with_gold_each_refusal_is_told_once_and_nothing_is_done(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    place, clara = kit.project(tmp_path / "toll.rubric", [kit.STORY]), making.BEN
    with Project.open(place, clara) as project:
        article = next(project.rows.articles()).id
        project.annotate(article, "PERSON", [Span.of(0, 7)], exact=True)
        project.annotate(article, "CITY", [Span.of(8, 17)], exact=True)
    with Project.open(place, Settings().me()) as project:
        project.annotate(article, "CITY", [Span.of(0, 7)], exact=True)
        compared = project.review.compare(article)
        project.review.decide(compared, compared.differences[0], accept(clara.annotator))
    hand = start(place)
    session = hand.window.session
    hand.keys("F8")
    told: list[str] = []
    session.told.connect(partial(_keep, told))
    steps = len(kit.content(place))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(session.ready), "packet", property(lambda _self: {"for": Settings().me().annotator}))
        for keys in ("1", "m", "Ctrl+Return", "Shift+1", "e"):
            told.clear()
            hand.keys(keys)
            assert len(told) == 1, keys
            assert "no gold is made" in told[0], keys
            assert QApplication.activeModalWidget() is None, keys
        told.clear()
        assert not session.remarks.add("Why?", None)
        assert len(told) == 1
    assert len(kit.content(place)) == steps


def test_what_is_no_packet_is_told(hand: Hand, tmp_path: Path) -> None:
    bad = tmp_path / "bad.rubpack"
    bad.write_bytes(b"PK\x03\x04 and nothing")
    seen: list[str] = []

    def answer(dialog: QDialog) -> None:
        seen.append(dialog.text() if hasattr(dialog, "text") else dialog.windowTitle())
        hand.keys("Escape")

    hand.answer("userError", answer)
    drop(hand, bad)
    hand.wait_until(lambda: bool(seen), "it is told")
    assert "is not a packet" in seen[0]


def test_with_what_was_decided(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    place, ben = (
        kit.project(tmp_path / "toll.rubric", [kit.STORY]),
        Me("00000000-0000-4000-8000-00000000000b", "Ben", ""),
    )
    with Project.open(place, ben) as project:
        article = next(project.rows.articles()).id
        project.annotate(article, "PERSON", [Span.of(0, 5)], exact=True)
        project.set_status(article, "done")
    with Project.open(place, Settings().me()) as project:
        project.annotate(article, "CITY", [Span.of(0, 5)], exact=True)
        compared = project.review.compare(article)
        project.review.decide(compared, compared.differences[0], accept(Settings().me().annotator))
        project.samples.draw(project.join("Clara"), Count(1), repeats=1)  # a text that Ben is not to get twice
    hand, out = start(place), tmp_path / "ben.rubpack"

    def work(dialog: QDialog) -> None:
        assert isinstance(dialog, PackDialog)
        hand.type("Ben")
        assert not dialog.gold.isChecked()
        assert dialog.told.text() == "1 article."
        assert dialog.gold.isEnabled()
        hand.keys("Tab", "Tab", "Space")
        assert dialog.gold.isChecked()
        hand.answer_file(out)
        hand.keys("Return")

    answered(hand, "packDialog", lambda: hand.do("pack"), work)
    hand.wait_until(out.exists, "the packet")
    hand.wait_until(lambda: not hand.window.commands.work.busy(), "the end of it")
    with packets.open_packet(out, tmp_path / "ben.rubric", "machine-of-ben") as copy:
        [changed] = copy.review.answers.changed(article)
        assert (changed.difference.kind, changed.decision is not None) == ("label", True)

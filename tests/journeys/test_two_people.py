"""Two people's work through the whole of a review by hand, in the real window: packets, labels, merging, comparing,
deciding, agreement and gold; what comes out is counted again by hand.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_agreement import done, opened, turn_to
from tests.journeys.test_importing import ask, drop, imported
from tests.journeys.test_packets import answered
from tests.two_people import Case, Journey, Mark, crowd, curation, f1, names, said, samples, spans, with_layers

from rubricator.exchange.schemes import scheme_named, with_topics
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.verbs.compared import OPEN
from rubricator_gui.dialogs.exporting import ExportDialog
from rubricator_gui.dialogs.importing import ImportDialog
from rubricator_gui.dialogs.packets import MergeDialog, PackDialog

Layers = dict[str, dict[str, Counter[Mark]]]


class Desk:
    """The window of the one who reviews, and what they do in it."""

    def __init__(self, start: Start, case: Case, journey: Journey) -> None:
        kit.introduced("rita")
        self.case = case
        self.journey = journey
        Project.create(journey.main, Settings().me(), with_topics(scheme_named(case.scheme))).close()
        self.hand = start(journey.main)

    def take_in_texts(self) -> None:
        texts = self.journey.file("texts.jsonl")
        texts.write_text("".join(json.dumps(x) + "\n" for x in self.case.texts), "utf-8")
        drop(self.hand, [texts])
        self._imported()
        assert self.hand.window.session.ready.rows.count_articles() == len(self.case.texts)

    def _imported(self) -> None:
        imported(self.hand)
        self.hand.wait_until(lambda: not self.hand.window.commands.work.busy(), "the end of the import")

    def pack(self, name: str) -> Path:
        out = self.journey.file(f"{name}.rubpack")

        def work(dialog: QDialog) -> None:
            assert isinstance(dialog, PackDialog)
            self.hand.type(name)
            self.hand.answer_file(out)
            self.hand.keys("Return")

        answered(self.hand, "packDialog", partial(self.hand.do, "pack"), work)
        self.hand.wait_until(out.exists, "the packet")
        self.hand.wait_until(lambda: not self.hand.window.commands.work.busy(), "the end of the packet")
        return out

    def open(self, path: Path, *, copy: Path | None = None) -> None:
        """Open a project; of a packet the copy that it becomes."""
        self.hand.answer_file(path)
        if copy is not None:
            QTimer.singleShot(1500, self.hand.window, partial(self.hand.answer_file, copy))
        self.hand.do("open")
        there = copy or path
        self.hand.wait_until(lambda: self.hand.window.session.ready.path.name == there.name, "it is open")

    def label(self, name: str) -> None:
        """Do the work of an annotator in their copy: what they have in a file, and some words by hand."""
        hand = self.hand
        file, n = self.case.work[name]

        def whose(dialog: ImportDialog) -> None:
            me = dialog.owner.choice.findData(hand.window.session.ready.me.annotator)
            dialog.owner.choice.setFocus()
            hand.keys(*["Down"] * me)
            hand.keys("Return")

        ask(hand, [file], whose)
        self._imported()
        session = hand.window.session
        assert session.ready.rows.sizes()["annotations"] == n
        if self.case.scheme == "news":
            hand.keys("Ctrl+Home")
            kit.label(hand, session.text.split()[0], "7" if name == names(self.case)[0] else "8")
            assert session.ready.rows.sizes()["annotations"] == n + 1

    def take_back(self, name: str, copy: Path) -> None:
        hand, taken = self.hand, list[bool]()
        rows = hand.window.session.ready.rows
        (whose,) = [one.id for one in rows.annotators() if one.name == name]
        assert not rows.has_work(whose)

        def take(dialog: QDialog) -> None:
            assert isinstance(dialog, MergeDialog)
            hand.keys("Return")
            taken.append(True)

        hand.answer("mergeDialog", take)
        drop(hand, [copy])
        hand.wait_until(lambda: bool(taken), "it was agreed to")
        hand.wait_until(lambda: rows.has_work(whose), "the work is there")
        hand.wait_until(lambda: not hand.window.commands.work.busy(), "the end of it")

    def review(self, layers: Layers) -> int:
        """Accept of every difference what the second says; return how many there were."""
        hand = self.hand
        hand.keys("F8")
        session = hand.window.session
        hand.wait_until(lambda: session.queue.whole, "the queue is made")
        QTest.qWait(150)
        second = {one.name: one.id for one in session.ready.rows.annotators()}[names(self.case)[1]]
        both = [uid for uid in next(iter(layers.values())) if all(uid in layer for layer in layers.values())]
        settled = 0
        reviewing = session.reviewing
        for _article in both:
            while (one := reviewing.current) is not None and one.state in OPEN:
                theirs = [work.annotator for work in reviewing.comparison.works].index(second)
                hand.keys(str(theirs + 1) if one.difference.sides[theirs] else "R")
                assert one.difference.id not in [x.difference.id for x in reviewing.settled if x.state in OPEN], (
                    hand.window.status.notice
                )
                settled += 1
            article = session.article
            hand.keys("Ctrl+Return")  # on to the next one with something to decide
            if session.article == article:
                break
        self.by_policy()
        return settled

    def by_policy(self) -> None:
        """Have all that both agree on written to gold where nothing was to be decided."""
        hand = self.hand
        answered(hand, "policyDialog", partial(hand.do, "review-policy"), lambda _dialog: hand.keys("Return"))
        hand.wait_until(lambda: "that all agree on" in hand.window.status.notice, "it is written")
        assert hand.window.status.notice.endswith("left: 0.")

    def agree(self, layers: Layers) -> None:
        """Look at the figures of agreement, which are counted again."""
        hand = self.hand
        window = opened(hand, wait=False)
        hand.wait_until(lambda: not window.at_work, "what is finished was looked at", 60)
        if not window.choices.unfinished.isChecked():
            window.choices.unfinished.setFocus()
            hand.keys("Space")
        report = done(hand, window)
        turn_to(hand, window, "Overall")
        one, other = layers.values()
        figures = {figure.measure: figure.value for figure in report.overall.figures}
        assert figures["strict"] == pytest.approx(f1(one, other, labels=True))
        assert figures["exact"] == pytest.approx(f1(one, other, labels=False))
        hand.keys("Escape")
        hand.front = hand.window

    def export_gold(self) -> list[dict[str, object]]:
        """Export the gold layer; return its articles as JSON."""
        hand, out = self.hand, self.journey.file("gold.jsonl")

        def choose(dialog: QDialog) -> None:
            assert isinstance(dialog, ExportDialog)
            dialog.layer.setFocus()
            hand.type("gold")
            assert dialog.layer.currentText().casefold().startswith("gold")
            hand.wait_until(lambda: dialog.losses is not None, "the losses are known")
            hand.answer_file(out)
            hand.keys("Return")

        answered(hand, "exportDialog", partial(hand.keys, "Ctrl+E"), choose)
        hand.wait_until(out.exists, "gold was written")
        lines = map(json.loads, out.read_text(encoding="utf-8").splitlines())
        return with_layers([line for line in lines if line["kind"] == "article"])


def differing(layers: Layers) -> dict[str, Counter[Mark]]:
    """Return for each article that both worked on what only one of the two says."""
    one, other = layers.values()
    return {uid: (one[uid] - other[uid]) + (other[uid] - one[uid]) for uid in one.keys() & other.keys()}


def travelled(start: Start, case: Case, journey: Journey) -> None:
    desk = Desk(start, case, journey)
    desk.take_in_texts()
    copies: dict[str, Path] = {}
    for name in case.work:
        copies[name] = journey.file(f"{name}.rubric")
        packet = desk.pack(name)
        desk.open(packet, copy=copies[name])
        assert desk.hand.window.session.ready.me.name == name
        desk.label(name)
        desk.open(journey.main)
    layers = {name: said(journey.articles(copy, f"{name}-out.jsonl")) for name, copy in copies.items()}
    for name, copy in copies.items():
        desk.take_back(name, copy)
    desk.agree(layers)
    settled = desk.review(layers)
    alone = differing(layers)
    assert (settled > 0) == any(alone.values())
    assert settled <= sum(marks.total() for marks in alone.values())
    gold = said(desk.export_gold())
    trusted = layers[names(case)[1]]
    both = [uid for uid in trusted if uid in layers[names(case)[0]]]
    assert {uid: _spans(gold.get(uid, Counter())) for uid in both} == {uid: _spans(trusted[uid]) for uid in both}
    assert "is sound" in journey.says("check", journey.main, "--full")


def _spans(marks: Counter[Mark]) -> Iterable[Mark]:
    return sorted(spans(marks, labels=True))


@pytest.fixture
def journey(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Journey:
    return Journey(tmp_path, capfdbinary)


def test_the_samples(start: Start, journey: Journey, tmp_path: Path) -> None:
    travelled(start, samples(tmp_path), journey)


def test_two_workers_of_a_crowd(start: Start, journey: Journey, tmp_path: Path, corpora: Path) -> None:
    travelled(start, crowd(tmp_path, corpora), journey)


@pytest.mark.parametrize(
    "name", ["simpleSpanDiffWithLabelTest", "simpleSpanNoDiffWithLabelTest", "simpleRelTypeDiffTest"]
)
def test_cases_of_curation(start: Start, journey: Journey, tmp_path: Path, corpora: Path, name: str) -> None:
    travelled(start, curation(tmp_path, corpora, name, journey), journey)

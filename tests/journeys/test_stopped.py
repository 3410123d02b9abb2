"""Where I stopped: an article comes back with the line at the top and the caret where they were left."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Settings, folder
from rubricator_gui import desk
from rubricator_gui.hand import Hand
from rubricator_gui.panels.rows import ITEM

LONG = "A long story of Sund\n\n" + "".join(
    f"Paragraph {n}: the Harbour Council met in Port Velis, and nobody can say how long it took. " * 3 + "\n"
    for n in range(300)
)
SHORT = "A short one of Orsk\n\nThe Council rests.\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    kit.introduced()
    return kit.project(tmp_path / "sund.rubric", (LONG, SHORT))


def seen(hand: Hand, words: str) -> int:
    """Return how far below the upper edge of the text words stand, without going there."""
    reader = hand.reader
    rect = reader.page.character_rect(hand.window.session.text.index(words))
    return int(rect.top()) - reader.verticalScrollBar().value()


def go(hand: Hand, words: str) -> int:
    """Click on words, and scroll on a little; return how far below the edge they stand."""
    hand.click(hand.window.session.text.index(words))
    bar = hand.reader.verticalScrollBar()
    bar.setValue(bar.value() + 37)
    return seen(hand, words)


def test_back_from_another_article_and_after_a_restart(start: Start, path: Path) -> None:
    hand = start(path)
    below = go(hand, "Paragraph 200")
    caret = hand.reader.caret()
    assert caret > 10_000
    for _time in range(2):
        hand.keys("Ctrl+PgDown")
        assert hand.reader.verticalScrollBar().value() == 0
        hand.keys("Ctrl+PgUp")
        assert abs(seen(hand, "Paragraph 200") - below) <= 1
        assert hand.reader.caret() == caret
    hand.window.close()
    again = start(path)
    QTest.qWait(50)
    assert abs(seen(again, "Paragraph 200") - below) <= 1
    assert again.reader.caret() == caret
    again.keys("Shift+Right")
    assert again.reader.selection() is not None
    assert again.reader.ends()[0] == caret, "the keys go on from there"


def test_the_list_begins_with_what_the_screen_begins_with(start: Start, path: Path) -> None:
    with Project.open(path, Settings().me()) as project:
        places = [Span.of(at.start(), at.end()) for at in re.finditer("Harbour Council", LONG)]
        project.annotate("a1", "ORGANIZATION", places)
    hand = start(path)
    go(hand, "Paragraph 200")
    for again in (False, True):
        if again:
            hand.window.close()
            hand = start(path)
            QTest.qWait(50)
        else:
            hand.keys("Ctrl+PgDown", "Ctrl+PgUp")
        first = hand.window.sections.annotations.view.indexAt(QPoint(5, 5)).data(ITEM)
        before = places[places.index(first.span) - 1]
        above, below = (hand.reader.page.character_rect(at).top() for at in (before.start, first.start))
        assert above < hand.reader.verticalScrollBar().value() <= below


def test_at_the_beginning_nothing_is_read_for_it(start: Start, path: Path) -> None:
    hand = start(path)
    go(hand, "Paragraph 100")
    hand.keys("Ctrl+PgDown", "Ctrl+PgUp")
    hand.keys("Ctrl+Home", "Right")
    hand.keys("Ctrl+PgDown")
    loads: list[bool] = []
    hand.window.session.article_shown.connect(lambda: loads.append(hand.window.session.spans.loaded))
    hand.keys("Ctrl+PgUp")
    assert hand.reader.caret() == 1
    assert hand.reader.verticalScrollBar().value() == 0
    assert loads == [False]


def test_it_is_written_later_and_not_by_each_key(start: Start, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "REMEMBER_AFTER", 60_000)
    hand = start(path)
    go(hand, "Paragraph 200")
    hand.keys("Down", "Down", "Ctrl+PgDown", "Ctrl+PgUp", "Up")
    state = folder("state") / "state.json"
    assert "stopped" not in json.loads(state.read_text())
    hand.do("close")
    ((_project, article, top, _gap, _caret),) = json.loads(state.read_text())["stopped"]
    assert article == "a1"
    assert top > 10_000

"""What a key press and an opening ask of the file, in counts: no wall clock tells it so surely."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.spans import Span
from rubricator_gui.hand import Hand

WORDS = "The Harbour Council met in Port Velis, and nobody can say how long it took.\n"
LONG, SHORT = WORDS * 400, "A short one of Orsk\n\nThe Council rests.\n"


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    hand = start(kit.project(tmp_path / "sund.rubric", (LONG, SHORT)))
    session = hand.window.session
    project = session.ready
    assert session.article is not None
    session.run(
        project.annotate(session.article.id, "CITY", [Span.of(n * len(WORDS), n * len(WORDS) + 3) for n in range(300)])
    )
    return hand


def asked(hand: Hand) -> list[str]:
    """Return the list that each query comes to from now on (those of a trigger repeat the one that set it off)."""
    found: list[str] = []
    hand.window.session.ready._store.db.set_trace_callback(found.append)
    return found


def test_a_key_press_asks_for_little(hand: Hand) -> None:
    hand.window.session.select(Span.of(4, 19))
    hand.keys("1")
    hand.window.session.select(Span.of(20, 23))
    found = asked(hand)
    hand.keys("2")
    sent = [query for query, _ in groupby(found)]
    after = sent[sent.index("COMMIT") + 1 :]
    assert not [query for query in after if "count(*)" in query], "the articles were counted for one label"
    assert sum("l.status" in query and "JOIN annotator" in query for query in after) <= 1, "the layer was read twice"
    assert len(after) <= 8, after


def test_an_article_opens_with_what_is_seen_of_it(hand: Hand) -> None:
    session = hand.window.session
    assert session.article is not None
    long = session.article.id
    hand.keys("Ctrl+PgDown")
    found = asked(hand)
    session.show_article(long)
    assert not session.spans.loaded
    assert not [query for query in found if "status <> 'todo'" in query], "the articles were counted again"
    hand.reader.viewport().repaint()
    first = session.spans._first()
    assert first is not None
    assert 0 < len(first._known) < 60, "more was read than is seen"

"""Every character that is labelled has the tint of the annotation that lies nearest to it, whatever holds or crosses."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import accumulate, pairwise

import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtWidgets import QWidget

from rubricator.model.scheme import Label, Scheme
from rubricator.model.span_index import SpanIndex, inner_first
from rubricator.model.spans import Annotation, Article, Span
from rubricator.settings import Memory, Settings
from rubricator_gui import theme
from rubricator_gui.reader import lanes
from rubricator_gui.reader.lanes import Item, Piece
from rubricator_gui.reader.page import Page, _uppermost
from rubricator_gui.reader.paint import Tint
from rubricator_gui.reader.view import ReaderView
from rubricator_gui.session import Session

WORDS = {
    "latin": "the Port of Velis was shut on Monday 😀 and the envoys of Kare\u0301sh said nothing of it",
    "rtl": "قالت ليلى المرواني ذلك في بيان عن الميناء",
    "mixed": "the port قالت ليلى Velis المرواني 2026 was في shut",
}
LABELS = ("PERSON", "ORGANIZATION", "WORK")


@pytest.fixture
def reader(shown: Callable[[QWidget], QWidget]) -> ReaderView:
    session = Session(Settings(), Memory())
    session.scheme = Scheme(labels=tuple(Label(name, name.title(), name[:3], hue=n) for n, name in enumerate(LABELS)))
    reader = ReaderView(session)
    reader.resize(QSize(860, 900))
    shown(reader)
    return reader


def show(reader: ReaderView, text: str, annotations: list[Annotation]) -> None:
    session = reader.session
    session.text, session.spans, session.article = text, SpanIndex(annotations), Article("article", "")
    session.text_shown.emit()
    session.article_shown.emit()


def some(chance: random.Random, kind: str) -> tuple[str, list[Annotation]]:
    """Make a text of some paragraphs, with spans from word to word of one or two fragments, nested and crossing."""
    words = [
        word + chance.choice(["  ", " ", " ", " ", "\n", "\n\n"]) for word in chance.choices(WORDS[kind].split(), k=40)
    ]
    starts = [0, *accumulate(map(len, words))]
    found = []
    for n in range(chance.randrange(1, 30)):
        first = chance.randrange(30)
        borders = sorted(chance.sample(range(first, first + 10), 2 * chance.choice([1, 1, 1, 2])))
        span = Span(tuple((starts[a], starts[b - 1] + len(words[b - 1].rstrip())) for a, b in pairwise(borders))[::2])
        found.append(Annotation(f"{n}", "article", "anna", chance.choice(LABELS), span))
    return "".join(words), found


def tint_at(tints: tuple[Tint, ...], point: QPointF) -> str:
    """Return whose ground is seen at a point: what is drawn last lies over all else."""
    for tint in reversed(tints):
        boxes = tint.boxes if tint.top <= point.y() <= tint.top + tint.height else ()
        if any(left <= point.x() <= right for left, right in boxes):
            return tint.id
    return ""


def tints_of(page: Page) -> tuple[Tint, ...]:
    return page.seen(0, page.document.size().height()).tints


@pytest.mark.parametrize("kind", list(WORDS))
def test_each_character_has_the_tint_of_the_innermost(reader: ReaderView, kind: str) -> None:
    chance = random.Random(kind)
    labelled = 0
    for _n in range(30):
        text, annotations = some(chance, kind)
        show(reader, text, annotations)
        tints = tints_of(reader.page)
        for offset, character in enumerate(text):
            rect = reader.page.character_rect(offset)
            if character.isspace() or rect.width() < 3:
                continue
            over = [a for a in annotations if any(start <= offset < end for start, end in a.span.fragments)]
            nearest = min(over, key=inner_first).id if over else ""
            assert tint_at(tints, rect.center()) == nearest, (text, offset, annotations)
            labelled += bool(over)
    assert labelled > 1_000


def test_the_tint_of_the_outer_goes_on_at_both_sides_of_the_inner(reader: ReaderView) -> None:
    text = "the University of Karesh and its envoys"
    outer = Annotation("outer", "article", "anna", "ORGANIZATION", Span.of(4, 28))
    inner = Annotation("inner", "article", "anna", "PERSON", Span.of(18, 24))
    show(reader, text, [outer, inner])
    image = reader.viewport().grab().toImage()
    look = theme.theme_of(reader.palette())

    def ground(offset: int) -> str:
        rect = reader.rect_at(offset)
        return image.pixelColor(rect.center().x(), rect.top() + 1).name()

    theirs, its = (reader.style_of(one).hue.tint.name() for one in (outer, inner))
    assert theirs != its
    assert [ground(n) for n in (5, 17, 20, 24, 26)] == [theirs, theirs, its, theirs, theirs]
    assert ground(2) == ground(30) == look.colour("Base").name()


def test_what_is_offered_has_no_tint_and_takes_none_away() -> None:
    def item(name: str, start: int, end: int, offered: bool = False) -> Item:
        return Item(name, start, end, (Piece(0, ((start, end),)),), offered=offered)

    items = [item("whole", 0, 90), item("offer", 10, 20, offered=True), item("part", 30, 40)]
    assert [one.id for one, _piece in _uppermost(items)] == ["part", "whole"]


def test_of_crossing_spans_the_shorter_lies_over_the_other_else_the_first(reader: ReaderView) -> None:
    def crossing(*places: tuple[int, int]) -> str:
        spans = [Annotation(f"{place}", "article", "anna", "WORK", Span.of(*place)) for place in places]
        show(reader, "one two three four five", spans)
        return tint_at(tints_of(reader.page), reader.page.character_rect(5).center())

    assert crossing((0, 13), (4, 23)) == "(0, 13)"
    assert crossing((0, 18), (4, 13)) == "(4, 13)"
    assert crossing((0, 7), (4, 11)) == "(0, 7)"


def test_of_a_stack_one_is_drawn_and_of_deep_nesting_what_is_seen() -> None:
    stack = [Item(f"{n:04}", 0, 7, (Piece(0, ((10.0, 50.0),)),), (f"{n:04}",)) for n in range(2_000)]
    assert [one.id for one, _piece in _uppermost(stack)] == ["0000"]
    deep = [
        Item(f"{n}", 100 - n, 101 + n, tuple(Piece(line, ((10.0, 700.0),)) for line in range(9))) for n in range(20)
    ]
    assert len(_uppermost(deep)) == 9
    grown = [Item(f"{n}", 100 - n, 101 + n, (Piece(0, ((100.0 - n, 101.0 + n),)),)) for n in range(20)]
    assert [one for one, _piece in _uppermost(grown)] == sorted(grown, key=lanes.order)

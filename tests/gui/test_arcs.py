"""Arcs of relations: they run below the lanes and cross lines upright, and their titles stay where one can read them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from rubricator_gui import theme
from rubricator_gui.reader.arc_paint import draw
from rubricator_gui.reader.arcs import Arc, End, Link, Room, Stub, lay_out, rounded, title_font
from rubricator_gui.reader.measures import UNDER_TEXT, Measures, measures

WIDTH, LINES, MARGIN = 776.0, 12, 28.0


@pytest.fixture(scope="module")
def m(qapp: object) -> Measures:
    return measures(17)


def pitch(m: Measures) -> float:
    return m.line_box + UNDER_TEXT + 2 * m.pitch + 3


def line(m: Measures, n: int) -> tuple[float, float]:
    """Return top and foot of a line."""
    return n * pitch(m), n * pitch(m) + m.line_box


def room(m: Measures, *, taken: dict[float, list[tuple[float, float, float, float]]] | None = None) -> Room:
    lines = [line(m, n) for n in range(LINES)]
    floors = {foot: foot + UNDER_TEXT + 2 * m.pitch + 1 for _top, foot in lines}
    return Room(WIDTH, 0, LINES * pitch(m) + 12, MARGIN, lines, floors, taken or {})


def end(m: Measures, n: int, x: float, lane: int = 0, side: int = -1) -> End:
    _top, foot = line(m, n)
    return End(QRectF(x, foot + UNDER_TEXT + lane * m.pitch, 26, m.chip_height), foot, side)


Place = tuple[int, float, int, int]
places = st.tuples(
    st.integers(0, LINES - 1), st.floats(MARGIN, WIDTH - MARGIN - 26), st.integers(0, 1), st.sampled_from([-1, 1])
)


def struck(arc: Arc, m: Measures) -> list[QPointF]:
    """Return where a line runs along the words instead of across them."""
    found: list[QPointF] = []
    steps = 300
    points = [arc.path.pointAtPercent(n / steps) for n in range(steps + 1)]
    for before, point in pairwise(points):
        n = int(point.y() // pitch(m))
        top, foot = line(m, n)
        # The corners reach a little into what stands over small letters.
        words = MARGIN <= point.x() <= WIDTH - MARGIN  # a stub turns in the margin, where nothing is read
        among = all(top + 8 < one.y() < foot for one in (before, point))  # the step out of a corner is not along them
        if words and among and abs(point.x() - before.x()) > 0.5:
            found.append(point)
    return found


@given(st.lists(st.tuples(places, places), min_size=1, max_size=12))
def test_no_words_are_struck_through_and_titles_stay_on_the_page(m: Measures, pairs: list[tuple[Place, Place]]) -> None:
    font = title_font(m, theme.ui_font())
    links = [Link("Member of", end(m, *one), end(m, *other)) for one, other in pairs]
    stubs = [Stub("Based in ↑ Tarsk", end(m, *one), one[0] % 2 == 0, leads=True, comes=False) for one, _ in pairs]
    seen = room(m)
    for arc in lay_out(links, stubs, seen, m, font):
        assert struck(arc, m) == []
        assert arc.place.left() >= 0
        assert arc.place.right() <= WIDTH
        assert arc.place.top() >= seen.top
        assert arc.place.bottom() <= seen.bottom
        assert QRectF(0, seen.top, WIDTH, seen.bottom).contains(arc.path.boundingRect().adjusted(-1, -1, 1, 1))


@given(places, places)
def test_an_arc_leads_from_chip_to_chip(m: Measures, one: Place, other: Place) -> None:
    source, target = end(m, *one), end(m, *other)
    found = lay_out([Link("Member of", source, target)], [], room(m), m, title_font(m, theme.ui_font()))
    if source.chip == target.chip:  # both are counted by one “+n”
        assert found == []
        return
    [arc] = found
    start, stop = arc.path.pointAtPercent(0), arc.path.pointAtPercent(1)
    assert source.chip.adjusted(-1, -1, 1, 1).contains(start)
    assert target.chip.adjusted(-1, -1, 1, 1).contains(stop)
    assert [tip for tip, _before in arc.heads] == [arc.path.currentPosition()]
    assert arc.begins == start


def test_several_from_one_chip_run_apart_and_their_titles_too(m: Measures) -> None:
    source = end(m, 5, 400)
    links = [Link("Member of", source, end(m, n, x)) for n, x in ((2, 60), (2, 500), (8, 90), (9, 600), (5, 120))]
    arcs = lay_out(links, [], room(m), m, title_font(m, theme.ui_font()))
    assert not any(one.place.intersects(other.place) for one, other in combinations(arcs, 2))
    floors = {round(arc.path.pointAtPercent(0.3).y(), 1) for arc in arcs}
    assert len(floors) > 1


def test_titles_keep_off_bars_where_there_is_room_beside_them(m: Measures) -> None:
    source, target = end(m, 3, 100), end(m, 3, 600)
    _top, foot = line(m, 3)
    low = foot + UNDER_TEXT + m.pitch
    bar = (300.0, low, 420.0, low + m.chip_height)  # in the second lane, in the middle of the way
    [arc] = lay_out([Link("Member of", source, target)], [], room(m, taken={foot: [bar]}), m, title_font(m, theme.ui_font()))  # fmt: skip
    assert not arc.place.intersects(QRectF(bar[0], bar[1], bar[2] - bar[0], bar[3] - bar[1]))
    [free] = lay_out([Link("Member of", source, target)], [], room(m), m, title_font(m, theme.ui_font()))
    assert abs(free.place.center().x() - (113 + 613) / 2) < 1


@pytest.mark.parametrize("under", [(400.0, 414.0), (400.0, 426.0), (366.0, 426.0)])
@pytest.mark.parametrize("leads_from", [3, 1, 7])
@pytest.mark.parametrize("turned", [False, True])
def test_an_end_goes_past_the_chips_below_its_own(
    m: Measures, under: tuple[float, float], leads_from: int, turned: bool
) -> None:
    near, far = end(m, 3, 400), end(m, leads_from, 120)
    _top, foot = line(m, 3)
    low = foot + UNDER_TEXT + m.pitch
    own = (400.0, near.chip.top(), 426.0, near.chip.bottom())
    beside = (360.0, near.chip.top(), 394.0, near.chip.bottom())  # on the side that would be free
    below = (under[0], low, under[1], low + m.chip_height)
    seen = room(m)._replace(chips={foot: [own, beside, below]})
    link = Link("Member of", far, near) if turned else Link("Member of", near, far)
    [arc] = lay_out([link], [], seen, m, title_font(m, theme.ui_font()))
    others = [
        QRectF(box[0], box[1], box[2] - box[0], box[3] - box[1]).adjusted(1, 1, -1, -1) for box in (beside, below)
    ]
    points = [arc.path.pointAtPercent(n / 400) for n in range(401)]
    assert not any(other.contains(point) for other in others for point in points)
    assert not any(other.intersects(arc.place) for other in others)
    at = points[-1] if turned else points[0]
    assert near.chip.adjusted(-1, -1, 1, 1).contains(at)
    assert not near.chip.adjusted(1, 1, -1, -1).contains(at), "at its edge"


def test_a_stub_leads_out_or_comes_in(m: Measures) -> None:
    near, seen, font = end(m, 4, 100), room(m), title_font(m, theme.ui_font())
    out, in_, numbered = (
        lay_out([], [Stub("Based in ↓ Tarsk", near, True, True, False)], seen, m, font)[0],
        lay_out([], [Stub("Based in ↑ Tarsk", near, False, False, True)], seen, m, font)[0],
        lay_out([], [Stub("Based in ↓ Tarsk", near, True, True, False)], seen._replace(left=False), m, font)[0],
    )
    assert out.heads[0][0].y() > seen.bottom - 5
    assert out.heads[0][0].x() < MARGIN
    assert out.begins is not None
    assert [tip.y() < near.row + 40 for tip, _before in in_.heads] == [True, True]
    assert QPointF(near.chip.center().x(), near.chip.bottom()) in [tip for tip, _before in in_.heads]
    assert in_.begins is None
    assert numbered.heads[0][0].x() > WIDTH - MARGIN, "line numbers stand in the left margin"


def test_a_line_through_points_that_lie_on_each_other(m: Measures) -> None:
    here = QPointF(3, 3)
    assert rounded([here, here, here, QPointF(3, 9)]).currentPosition() == QPointF(3, 9)


@pytest.mark.parametrize("dark", [False, True])
def test_what_is_chosen_is_strong_and_what_is_wrong_is_broken(
    m: Measures, dark: bool, shown: Callable[[QWidget], QWidget]
) -> None:
    look, font = theme.theme(dark), title_font(m, theme.ui_font())
    source, target = end(m, 2, 100), end(m, 2, 500)

    def drawn(*, strong: bool = False, wrong: bool = False) -> QImage:
        image = QImage(int(WIDTH), int(LINES * pitch(m)), QImage.Format.Format_RGB32)
        image.fill(look.colour("Base"))
        painter = QPainter(image)
        link = Link("Member of", source, target, strong=strong, wrong=wrong)
        draw(painter, lay_out([link], [], room(m), m, font), look, font)
        painter.end()
        return image

    def inked(image: QImage, colour: str) -> int:
        ink = look.colour(colour)
        y = round(target.row + UNDER_TEXT + 2 * m.pitch + 1)
        rows = [[QColor(image.pixel(x, y + dy)) for x in range(130, 500)] for dy in (-1, 0, 1)]
        return max(sum(_near(pixel, ink) for pixel in row) for row in rows)

    assert inked(drawn(strong=True), "Text") > 200
    assert inked(drawn(), "Text") == 0
    whole, broken = inked(drawn(strong=True), "Text"), inked(drawn(strong=True, wrong=True), "bad")
    assert 0 < broken < whole


def _near(one: QColor, other: QColor) -> bool:
    return abs(one.red() - other.red()) + abs(one.green() - other.green()) + abs(one.blue() - other.blue()) < 90

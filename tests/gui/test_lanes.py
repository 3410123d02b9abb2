"""Lanes: nothing overlaps, nothing is lost, and the order is the one people read."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from rubricator_gui.reader.lanes import ARROW, GAP, TIP, Bar, Item, Layout, Line, More, Piece, lay_out

CHAR = 8.0
COLUMNS = 40
PAGE = Line(3, 0.0, COLUMNS * CHAR)


def pill(n: int) -> float:
    return 14.0 + 6.0 * len(str(n))


def item(name: str, start: int, end: int, *, chip: float = 26.0, rtl: bool = False, sinks: bool = False) -> Item:
    """Break the span over lines of COLUMNS characters, each CHAR wide."""
    pieces = []
    for line in range(start // COLUMNS, (end - 1) // COLUMNS + 1):
        first, last = max(start, line * COLUMNS), min(end, (line + 1) * COLUMNS)
        box = ((first - line * COLUMNS) * CHAR, (last - line * COLUMNS) * CHAR)
        if rtl:
            box = (PAGE.right - box[1], PAGE.right - box[0])
        pieces.append(Piece(line, (box,), first > start, last < end, rtl, chip if first == start else 0.0))
    return Item(name, start, end, tuple(pieces), (name,), sinks)


def lane_of(layout: Layout, name: str) -> set[int]:
    return {bar.lane for bar in layout.bars if bar.id == name}


def of(layout: Layout, name: str, line: int = 0) -> Bar:
    return next(bar for bar in layout.bars if bar.id == name and bar.piece.line == line)


@st.composite
def pages(draw: st.DrawFn) -> tuple[list[Item], list[Line]]:
    lines = draw(st.lists(st.integers(1, 4), min_size=1, max_size=6))
    length = len(lines) * COLUMNS
    items = []
    for n in range(draw(st.integers(0, 14))):
        start = draw(st.integers(0, length - 1))
        end = draw(st.integers(start + 1, min(length, start + draw(st.sampled_from([3, 12, 200])))))
        if items and draw(st.booleans()):  # stacked over another one
            start, end = items[-1].start, items[-1].end
        chip = draw(st.sampled_from([18.0, 27.0, 36.0, 90.0, 250.0]))  # “PER”, and “PER·f·a long value”
        items.append(item(f"s{n}", start, end, chip=chip, rtl=draw(st.booleans()), sinks=draw(st.booleans())))
    return items, [Line(lanes, PAGE.left, PAGE.right) for lanes in lines]


def things(layout: Layout) -> list[tuple[int, int, float, float]]:
    bars = [(bar.piece.line, bar.lane, *bar.extent) for bar in layout.bars]
    return bars + [(more.line, more.lane, *more.box) for more in layout.more]


@settings(max_examples=300)
@given(pages())
def test_nothing_overlaps_and_nothing_is_lost(page: tuple[list[Item], list[Line]]) -> None:
    items, lines = page
    layout = lay_out(items, lines, pill)
    found = sorted(things(layout))
    for (line, lane, _, right), (next_line, next_lane, left, _) in pairwise(found):
        assert (line, lane) != (next_line, next_lane) or left - right >= GAP
    shown = [(bar.id, bar.piece.line) for bar in layout.bars]
    counted = [(one, more.line) for more in layout.more for one in more.ids]
    assert sorted(shown + counted) == sorted((i.id, p.line) for i in items for p in i.pieces)
    assert len({more.line for more in layout.more}) == len(layout.more)
    for bar in layout.bars:
        assert 0 <= bar.lane < lines[bar.piece.line].lanes
        assert (bar.chip is not None) == bool(bar.piece.chip)
        if bar.chip is not None:
            assert bar.chip[1] - bar.chip[0] == bar.piece.chip  # never squeezed
            assert bar.chip[0] >= PAGE.left
            assert bar.chip[1] <= PAGE.right


@given(pages())
def test_a_span_lies_below_what_it_contains(page: tuple[list[Item], list[Line]]) -> None:
    items, lines = page
    layout = lay_out(items, lines, pill)
    by_id = {i.id: i for i in items}
    for outer in layout.bars:
        for inner in layout.bars:
            a, b = by_id[outer.id], by_id[inner.id]
            inside = a.start <= b.start and b.end <= a.end and (a.start, a.end) != (b.start, b.end)
            if inside and outer.piece.line == inner.piece.line:
                assert outer.lane > inner.lane


@given(pages())
def test_the_order_of_what_comes_in_does_not_matter(page: tuple[list[Item], list[Line]]) -> None:
    items, lines = page
    assert lay_out(items, lines, pill) == lay_out(list(reversed(items)), lines, pill)


def test_the_shorter_span_lies_nearer_to_the_text() -> None:
    layout = lay_out([item("outer", 0, 30), item("inner", 4, 12)], [PAGE], pill)
    assert lane_of(layout, "inner") == {0}
    assert lane_of(layout, "outer") == {1}


def test_neighbours_share_a_lane_only_with_room_between() -> None:
    layout = lay_out([item("a", 0, 5), item("b", 6, 11), item("c", 11, 17)], [PAGE], pill)
    assert lane_of(layout, "a") == lane_of(layout, "b") == {0}
    assert lane_of(layout, "c") == {1}


def test_each_piece_of_a_span_lies_as_near_to_its_own_line_as_it_can() -> None:
    crowd = [item("a", 42, 48), item("b", 42, 60)]
    layout = lay_out([*crowd, item("long", 30, 62)], [PAGE, PAGE], pill)
    assert [of(layout, "long", line).lane for line in (0, 1)] == [0, 2]  # nothing lies over it in its first line


def test_where_no_lane_goes_through_each_piece_takes_its_own() -> None:
    crossing = [item("a", 36, 44), item("b", 30, 42)]
    layout = lay_out([*crossing, item("c", 38, 60)], [Line(2, 0, 320), PAGE], pill)
    assert [more.ids for more in layout.more] == [("c",)]
    assert of(layout, "c", 1).lane == 2


def test_arrowheads_and_true_ends() -> None:
    layout = lay_out([item("a", 30, 50)], [PAGE, PAGE], pill)
    first, last = of(layout, "a", 0), of(layout, "a", 1)
    assert (first.piece.arrow_left, first.piece.arrow_right) == (False, True)
    assert (last.piece.arrow_left, last.piece.arrow_right) == (True, False)
    assert first.chip is not None
    assert last.chip is None


def chip_of(bar: Bar) -> tuple[float, float]:
    assert bar.chip is not None
    return bar.chip


def test_a_chip_wider_than_its_span_stands_under_its_middle() -> None:
    bar = of(lay_out([item("iri", 10, 13, chip=34)], [PAGE], pill), "iri")
    assert bar.under
    assert abs(sum(chip_of(bar)) - (bar.piece.left + bar.piece.right)) < 2


def test_a_chip_that_is_little_wider_begins_with_its_span() -> None:
    bar = of(lay_out([item("iri", 10, 13)], [PAGE], pill), "iri")
    assert bar.under
    assert chip_of(bar)[0] == bar.piece.left
    mirrored = of(lay_out([item("iri", 10, 13, rtl=True)], [PAGE], pill), "iri")
    assert chip_of(mirrored)[1] == mirrored.piece.right


def test_at_the_border_of_the_page_it_keeps_to_the_start_or_the_end_of_its_span() -> None:
    first = of(lay_out([item("iri", 0, 3)], [PAGE], pill), "iri")
    last = of(lay_out([item("iri", 37, 40)], [PAGE], pill), "iri")
    assert chip_of(first)[0] == first.piece.left
    assert chip_of(last)[1] == last.piece.right
    assert first.under
    assert last.under


def test_beside_another_one_it_gives_way_as_far_as_its_span_lets_it() -> None:
    beside = lay_out([item("iri", 10, 13), item("other", 14, 17, chip=44)], [PAGE], pill)
    assert lane_of(beside, "other") == {0}
    assert chip_of(of(beside, "other"))[0] == of(beside, "other").piece.left
    before = lay_out([item("iri", 10, 13, chip=44), item("other", 14, 17)], [PAGE], pill)
    assert chip_of(of(before, "iri"))[1] > of(before, "iri").piece.right
    assert lane_of(before, "other") == {1}


def goes_on(left: float, right: float, *others: Item, rtl: bool = False) -> Bar:
    """Return the bar of what goes on in the next line, and whose first piece is narrower than its chip."""
    pieces = (Piece(0, ((left, right),), goes=True, rtl=rtl, chip=26.0), Piece(1, ((0, 80),), comes=True, rtl=rtl))
    return of(lay_out([*others, Item("anna", 0, 60, pieces)], [PAGE, PAGE], pill), "anna")


def test_where_a_short_piece_goes_on_the_arrowhead_stands_behind_its_chip() -> None:
    bar = goes_on(200, 216)
    assert bar.under
    assert bar.chip == (200, 226)
    assert bar.tips == bar.extent == (200, 226 + ARROW)
    mirrored = goes_on(100, 116, rtl=True)
    assert mirrored.chip == (90, 116)
    assert mirrored.extent == (90 - ARROW, 116)


def test_at_the_border_of_the_page_the_chip_leaves_room_for_the_arrowhead() -> None:
    bar = goes_on(PAGE.right - 16, PAGE.right)
    assert bar.under
    assert chip_of(bar)[1] == PAGE.right + TIP - ARROW
    assert bar.extent[1] == PAGE.right + TIP
    mirrored = goes_on(0, 16, rtl=True)
    assert chip_of(mirrored)[0] == ARROW - TIP
    narrow = lay_out([Item("anna", 0, 60, (Piece(0, ((0, 24),), goes=True, chip=26.0),))], [Line(3, 0, 56)], pill)
    assert chip_of(of(narrow, "anna"))[0] == 0


def test_or_one_lane_lower() -> None:
    crowd = [item("a", 0, 2), item("b", 3, 5), item("c", 6, 8)]
    layout = lay_out(crowd, [PAGE], pill)
    assert len({(bar.lane, bar.chip) for bar in layout.bars}) == 3
    assert not layout.more
    assert {bar.lane for bar in layout.bars} != {0}


def test_a_right_to_left_span_is_mirrored() -> None:
    bar = of(lay_out([item("a", 0, 10, rtl=True)], [PAGE], pill), "a")
    assert bar.chip == (bar.piece.right - 26.0, bar.piece.right)
    beside = lay_out([item(name, at, at + 2, rtl=True) for name, at in (("a", 10), ("b", 13))], [PAGE], pill)
    assert chip_of(of(beside, "b"))[1] == of(beside, "b").piece.right
    goes = of(lay_out([item("a", 30, 50, rtl=True)], [PAGE, PAGE], pill), "a")
    assert goes.piece.arrow_left
    assert not goes.piece.arrow_right


def test_what_is_too_deep_is_counted() -> None:
    stack = [item(name, 0, 20) for name in "abcde"]
    layout = lay_out(stack, [PAGE], pill)
    assert [bar.id for bar in layout.bars] == ["a", "b", "c"]
    assert layout.more == (More(0, 2, (163.0, 163.0 + pill(2)), ("d", "e")),)


def test_a_span_over_many_paragraphs_sinks() -> None:
    layout = lay_out([item("whole", 0, 80, sinks=True), item("a", 5, 10)], [PAGE, PAGE], pill)
    assert lane_of(layout, "whole") == {2}
    assert lane_of(layout, "a") == {0}


def test_an_offer_lies_where_it_will_lie_once_it_is_accepted() -> None:
    outer, inner = item("outer", 0, 20), item("inner", 10, 14)
    once_offered, accepted = (
        lay_out([inner._replace(offered=offered), outer], [Line(2, PAGE.left, PAGE.right)], pill)
        for offered in (True, False)
    )
    assert once_offered.bars == accepted.bars
    assert lane_of(once_offered, "inner") == {0}
    assert lane_of(once_offered, "outer") == {1}


def test_an_offer_lies_so_where_an_annotation_elsewhere_has_no_room_without_it() -> None:
    stack = [item(name, 0, 20) for name in "abc"]
    outer, inner = item("outer", 40, 60), item("inner", 50, 54)._replace(offered=True)
    layout = lay_out([*stack, inner, outer], [Line(2, PAGE.left, PAGE.right), PAGE], pill)
    assert [more.ids for more in layout.more] == [("c",)]
    assert lane_of(layout, "inner") == {0}
    assert lane_of(layout, "outer") == {1}


def test_where_there_is_no_room_for_all_an_offer_takes_what_annotations_leave() -> None:
    outer, inner = item("outer", 0, 20), item("inner", 10, 20)
    offers = [item(name, 10, end)._replace(offered=True) for name, end in (("near", 14), ("far", 20))]
    layout = lay_out([*offers, outer, inner], [Line(3, PAGE.left, PAGE.right)], pill)
    assert lane_of(layout, "inner") == {0}
    assert lane_of(layout, "outer") == {1}
    assert lane_of(layout, "near") == {2}
    assert [more.ids for more in layout.more] == [("far",)]

"""The lanes of a review: a difference keeps the order of its layers, and what reaches under it gives way."""

from __future__ import annotations

from rubricator_gui.reader.lanes import Item, Line, Piece, lay_out


def item(name: str, start: int, end: int, turn: tuple[int, ...] = (), chip: float = 30) -> Item:
    return Item(name, start, end, (Piece(0, ((10.0 * start, 10.0 * end),), chip=chip),), turn=turn)


def lanes(*items: Item, lanes: int = 2) -> dict[str, int]:
    layout = lay_out(items, [Line(lanes, 0, 1000)], lambda n: 20.0)
    return {bar.id: bar.lane for bar in layout.bars}


def test_a_lies_above_b_though_b_is_shorter() -> None:
    turn = (20, 10, 0)
    assert lanes(item("b", 14, 30, (*turn, 1)), item("a", 10, 30, (*turn, 0))) == {"a": 0, "b": 1}
    assert lanes(item("a", 14, 30), item("b", 10, 30)) == {"a": 0, "b": 1}, "without a turn the shorter one is nearer"


def test_a_chip_that_reaches_under_a_difference_gives_way() -> None:
    turn = (20, 10, 0)
    found = lanes(item("july", 8, 9, chip=30), item("a", 10, 30, (*turn, 0)), item("b", 14, 30, (*turn, 1)))
    assert (found["a"], found["b"]) == (0, 1)


def test_what_lies_inside_stays_nearer_to_the_text() -> None:
    turn = (20, 10, 0)
    both = item("a", 10, 30, (*turn, 0)), item("b", 12, 30, (*turn, 1))
    assert lanes(*both, item("inside", 15, 25), lanes=3) == {"inside": 0, "a": 1, "b": 2}


def test_parts_of_one_layer_lie_beside_each_other() -> None:
    turn = (20, 10, 0)
    parts = item("b1", 10, 18, (*turn, 1)), item("b2", 22, 30, (*turn, 1))
    assert lanes(item("a", 10, 30, (*turn, 0)), *parts) == {"a": 0, "b1": 1, "b2": 1}

"""The fold under any order of arrival: raw journal rows, with clocks that tie, gaps, and undo of what is not there."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rubricator.model.edits import ALIVE, Add, Edit, Op, Set
from rubricator.model.text import digest
from rubricator.store import check
from rubricator.store.entries import Entry

TEXT = "Port Velis, Arvenia 🙂"
TEXTS = [(digest(TEXT), TEXT)]
ANNOTATION = {"article": "one", "annotator": "anna", "label": "CITY", "fragments": [[0, 10]]}


def entry(n: int, lamport: int, *ops: Op, undoes: str = "", step: str = "") -> Entry:
    row = f"row-{n:02}"
    return Entry(n, row, step or row, "anna", "d", n, lamport, "one", undoes, "2026-11-23", Edit("note", ops))


def outcome(entries: list[Entry], seed: int | None = None) -> dict[str, list[tuple[object, ...]]]:
    return check.replay(entries, TEXTS, None if seed is None else random.Random(seed))


articles = st.builds(
    lambda title: Add("article", "one", {"digest": TEXTS[0][0], "title": title}), st.sampled_from("ab")
)
annotations = st.builds(
    lambda label, note: Add("annotation", "x", ANNOTATION | {"label": label} | ({"note": note} if note else {})),
    st.sampled_from(["CITY", "COUNTRY"]),
    st.sampled_from(["", "n"]),
)
fields = st.one_of(
    st.tuples(st.just("label"), st.sampled_from(["PERSON", "CITY"])),
    st.tuples(st.just("fragments"), st.sampled_from([[[0, 4]], [[0, 4], [5, 10]], [[12, 99]]])),
    st.tuples(st.just("note"), st.sampled_from([None, "a", "b"])),
    st.tuples(st.just("attributes"), st.sampled_from([None, {"k": "whole"}, {"k": "w", "l": "w"}])),
    st.tuples(st.sampled_from(["attributes.k", "attributes.l"]), st.sampled_from([None, "part"])),
    st.tuples(st.just(ALIVE), st.booleans()),
    st.tuples(st.just("article"), st.just("two")),
)
writes = st.builds(lambda pair: Set("annotation", "x", pair[0], None, pair[1]), fields)
others = st.one_of(
    st.builds(lambda s: Set("layer", "anna\tone", "status", "todo", s), st.sampled_from(["doing", "done"])),
    st.builds(lambda v: Set("layer", "anna\tone", "flags", None, v), st.sampled_from([["a"], None])),
    st.builds(lambda alive: Set("article", "one", ALIVE, None, alive), st.booleans()),
    st.builds(lambda: Add("tag", "t", {"article": "one", "annotator": "anna", "topic": "medtop:1"})),
    st.builds(lambda alive: Set("tag", "t", ALIVE, None, alive), st.booleans()),
    st.builds(lambda name: Add("annotator", "anna", {"name": name}), st.sampled_from(["anna", "Anna"])),
    st.builds(lambda v: Set("project", "project", "scheme.version", 1, v), st.integers(1, 3)),
    st.builds(lambda v: Set("project", "project", "scheme", None, v), st.sampled_from([{"version": 9}, None])),
    st.builds(lambda: Add("project", "project", {"name": "p"})),
)
anything = st.lists(st.one_of(writes, writes, annotations, articles, others), max_size=3)
several = st.tuples(annotations, writes, writes).map(list)
rows = st.lists(st.tuples(st.integers(1, 4), st.one_of(anything, several)), max_size=9)


@settings(max_examples=300)
@given(rows=rows, seed=st.integers(0, 1000))
def test_order_of_arrival_does_not_matter(rows: list[tuple[int, list[Op]]], seed: int) -> None:
    entries = [entry(n, lamport, *ops) for n, (lamport, ops) in enumerate(rows)]
    assert list(check.differences(outcome(entries), outcome(entries, seed))) == []


@settings(max_examples=400)
@given(rows=rows)
def test_the_last_writer_of_a_field_wins(rows: list[tuple[int, list[Op]]]) -> None:
    """Compare with a fold so plain that it can be read at a glance: all writes in the order of their clocks."""
    entries = sorted(
        (entry(n, lamport, *ops) for n, (lamport, ops) in enumerate(rows)), key=lambda e: (e.lamport, e.id)
    )
    value: dict[str, Any] = {}
    alive = born = False
    for op in (op for e in entries for op in e.edit.ops if op.id == "x"):
        if isinstance(op, Add):
            value, alive, born = dict(op.value), True, True
        elif born and op.field == ALIVE:
            alive = op.new
        elif born and "." in op.field:
            mapping = dict(value.get("attributes") or {})
            mapping[op.field[11:]] = op.new
            value["attributes"] = {key: item for key, item in mapping.items() if item is not None}
        elif born and op.field != "article":
            value[op.field] = op.new
    found = outcome(entries)["annotations"]
    assert len(found) == born
    if born:
        _, article, _, label, start, end, *_, is_alive, _, _ = found[0]
        assert (article, label, bool(is_alive)) == ("one", value["label"], alive)
        assert (start, end) == (value["fragments"][0][0], value["fragments"][-1][1])


def test_a_tie_of_clocks_is_settled_by_the_id() -> None:
    add = entry(1, 1, Add("annotation", "x", ANNOTATION))
    a, b = (
        entry(2, 5, Set("annotation", "x", "label", None, "A")),
        entry(3, 5, Set("annotation", "x", "label", None, "B")),
    )
    for seed in range(24):
        assert outcome([add, a, b], seed)["annotations"][0][3] == "B"


def test_a_part_written_before_its_whole_is_gone_and_after_it_stays() -> None:
    add = entry(1, 1, Add("annotation", "x", ANNOTATION))
    early = entry(2, 2, Set("annotation", "x", "attributes.k", None, "early"))
    whole = entry(3, 3, Set("annotation", "x", "attributes", None, {"l": "whole"}))
    late = entry(4, 4, Set("annotation", "x", "attributes.m", None, "late"))
    entries = [add, early, whole, late]
    wanted = '{"attributes": {"l": "whole", "m": "late"}}'
    for seed in range(24):
        assert outcome(entries, seed)["annotations"][0][8] == wanted


def test_what_is_undone_does_not_depend_on_the_order_of_arrival() -> None:
    done = entry(1, 1, Add("annotation", "x", ANNOTATION))
    undo = entry(2, 2, Set("annotation", "x", ALIVE, True, False), undoes="row-01")
    redo = entry(3, 3, Set("annotation", "x", ALIVE, False, True), undoes="row-02")
    for seed in range(12):
        assert outcome([done, undo], seed)["undone steps"] == [("row-01",)]
        assert outcome([done, undo, redo], seed)["undone steps"] == [("row-02",)]


def test_quotes_wait_for_their_text() -> None:
    annotation = entry(1, 1, Add("annotation", "x", ANNOTATION))
    article = entry(2, 2, Add("article", "one", {"digest": TEXTS[0][0]}))
    for order in ([annotation, article], [article, annotation]):
        assert outcome(order, 0)["annotations"][0][7] == "Port Velis"


def test_within_one_edit_the_order_counts() -> None:
    first = entry(1, 1, Add("annotation", "x", ANNOTATION), Set("annotation", "x", "label", "CITY", "PERSON"))
    assert outcome([first])["annotations"][0][3] == "PERSON"


def test_a_part_that_its_own_edit_writes_over_is_gone_whatever_comes_first() -> None:
    add = entry(1, 1, Add("annotation", "x", ANNOTATION))
    early = entry(2, 2, Set("annotation", "x", "attributes.l", None, "early"))
    part, whole = (
        Set("annotation", "x", "attributes.k", None, "part"),
        Set("annotation", "x", "attributes", None, {"k": "whole"}),
    )
    for ops, wanted in (((part, whole), "whole"), ((whole, part), "part")):
        entries = [add, early, entry(3, 3, *ops)]
        for seed in range(24):
            found = outcome(entries, seed)
            assert found["annotations"][0][8] == f'{{"attributes": {{"k": "{wanted}"}}}}'
            assert found == outcome(entries)

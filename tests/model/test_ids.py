"""Ids are UUIDs, written out without the library for them."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.ids import named_id, new_id


@given(st.uuids(), st.lists(st.text(st.characters(codec="utf-8")) | st.integers() | st.none()))
def test_named_ids_are_those_of_the_standard(space: uuid.UUID, parts: list[object]) -> None:
    assert named_id(str(space), *parts) == str(uuid.uuid5(space, "\t".join(map(str, parts))))


def test_new_ids_are_random() -> None:
    made = {new_id() for _ in range(100)}
    assert len(made) == 100
    assert {uuid.UUID(one).version for one in made} == {4}

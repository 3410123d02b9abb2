"""Relations as values: their ends, of which none is ever guessed."""

from __future__ import annotations

import pytest

from rubricator.model.relations import Relation, move_end, moved_end

KNOWS = Relation("r", "a1", "anna", "knows", "one", "other")


def test_the_other_end_is_that_of_an_end() -> None:
    assert (KNOWS.other_end("one"), KNOWS.other_end("other")) == ("other", "one")


def test_each_end_is_moved_alone() -> None:
    assert moved_end(KNOWS, "one", "third") == KNOWS._replace(source="third")
    assert moved_end(KNOWS, "other", "third") == KNOWS._replace(target="third")


def test_what_is_no_end_is_not_taken_for_one() -> None:
    with pytest.raises(ValueError, match="gone is no end of the relation r"):
        KNOWS.other_end("gone")
    for move in (moved_end, move_end):
        with pytest.raises(ValueError, match="gone is no end of the relation r"):
            move(KNOWS, "gone", "third")


def test_it_is_still_the_same_while_it_leads_as_it_did() -> None:
    assert KNOWS.is_still(KNOWS._replace(note="they met in Velis"))
    for now in (None, KNOWS._replace(source="third"), KNOWS._replace(target="third"), KNOWS._replace(label="met")):
        assert not KNOWS.is_still(now)

"""What a format carries is found out by asking its writer: so it is right for formats that nobody knew here."""

from __future__ import annotations

from functools import partial

import pytest

from rubricator import formats
from rubricator.exchange import carrying
from rubricator.exchange.carrying import carries
from rubricator.formats.base import WriteOptions
from rubricator.words import say

WRITTEN = [spec.key for spec in formats.FORMATS if spec.writes]


@pytest.mark.parametrize("key", WRITTEN)
def test_every_format_says_what_it_carries(key: str) -> None:
    found = carries(key)
    assert found is not None
    assert found.carried.keys().isdisjoint(found.lost)
    assert found.lines()


def test_jsonl_carries_everything() -> None:
    found = carries("jsonl")
    assert found is not None
    assert [say(words) for words in found.lines()] == ["carries everything"]


def test_what_needs_a_choice_is_named_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert carries("conll").carried["nested spans"] == ""  # type: ignore[union-attr]
    monkeypatch.setattr(carrying, "WriteOptions", partial(WriteOptions, nested="outermost"))
    found = carries("conll")
    assert found is not None
    assert found.carried["nested spans"] == "--nested layers"
    assert {"spans in pieces", "attributes", "text as it stands"} <= set(found.lost)


def test_a_format_of_topics_carries_no_spans() -> None:
    found = carries("topics-csv")
    assert found is not None
    assert list(found.carried) == ["topics"]


def test_what_is_only_read_carries_nothing_out() -> None:
    assert carries(next(spec.key for spec in formats.FORMATS if not spec.writes)) is None


def test_where_no_span_is_carried_its_details_are_not_listed() -> None:
    found = carries("topics-csv")
    assert found is not None
    assert "spans" in found.lost
    assert not {"nested spans", "attributes", "relations"} & set(found.lost)

"""What stands around a place: whole words where there are words, and all there is room for in texts without spaces."""

from __future__ import annotations

import pytest

from rubricator.model.around import AROUND, words_after, words_before

TOKYO = "東京の代表も来た。" * 20


@pytest.mark.parametrize("between", ["", "\n\n", " "])
def test_a_text_without_spaces_is_cut_anywhere(between: str) -> None:
    text = TOKYO + between + "東京" + between + TOKYO
    start = len(TOKYO + between)
    before, after = words_before(text, start), words_after(text, start + 2)
    assert before.startswith("… ")
    assert len(before.strip("… ")) >= AROUND - len(between)
    assert after.endswith(" …")
    assert len(after.strip("… ")) >= AROUND - len(between)


def test_a_long_address_is_cut_anywhere() -> None:
    text = "See example.org/" + "x" * 80 + " Toll met " + "y" * 80 + " there"
    start = text.index("Toll")
    assert words_before(text, start) == "… " + "x" * (AROUND - 1) + " "
    assert words_after(text, start + 4) == " met " + "y" * (AROUND - 5) + " …"

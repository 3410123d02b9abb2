"""What plain ranges and whole tokens make of spans, as it was chosen."""

from __future__ import annotations

import pytest

from rubricator.formats.base import Across, Broken, Header, Loss, Subtoken, WriteOptions
from rubricator.formats.conll.format import FORMAT
from rubricator.formats.shaping import in_tokens, ranges
from rubricator.model.spans import Span

from . import make

TEXT = "Anna and\n \nBen Berg saw forty-two harbourmasters."


@pytest.mark.parametrize(
    ("fragments", "broken", "across", "wanted"),
    [
        (((0, 4),), "skip", "skip", ([(0, 4)], "")),
        (((5, 8), (11, 14)), "skip", "keep", ([(5, 14)], "")),
        (((5, 8), (11, 14)), "skip", "skip", ([], "across")),
        (((0, 4), (15, 19)), "skip", "keep", ([], "discontinuous")),
        (((0, 4), (15, 19)), "hull", "keep", ([(0, 19)], "hull")),
        (((0, 4), (15, 19)), "pieces", "keep", ([(0, 4), (15, 19)], "pieces")),
        (((0, 4), (15, 19)), "pieces", "skip", ([(0, 4), (15, 19)], "pieces")),
        (((0, 4), (5, 8), (15, 19)), "pieces", "keep", ([(0, 8), (15, 19)], "pieces")),
    ],
)
def test_ranges(
    fragments: tuple[tuple[int, int], ...], broken: Broken, across: Across, wanted: tuple[list[tuple[int, int]], str]
) -> None:
    assert ranges(TEXT, Span(fragments), WriteOptions(broken=broken, across=across)) == wanted


@pytest.mark.parametrize(
    ("place", "subtoken", "wanted"),
    [
        ((0, 4), "skip", ((0, 1), "")),
        ((1, 4), "skip", (None, "subtoken")),
        ((1, 4), "expand", ((0, 1), "widened")),
        ((1, 4), "contract", (None, "subtoken")),
        ((1, 9), "contract", ((1, 2), "narrowed")),
        ((1, 7), "expand", ((0, 2), "widened")),
        ((4, 5), "expand", (None, "blank")),
    ],
)
def test_in_tokens(place: tuple[int, int], subtoken: Subtoken, wanted: tuple[tuple[int, int] | None, str]) -> None:
    assert in_tokens(place, [0, 5, 10], [4, 9, 13], WriteOptions(subtoken=subtoken)) == wanted


def losses(options: WriteOptions) -> list[str]:
    record = make.record(
        TEXT,
        make.annotation(TEXT, "X", "Anna", "Berg"),
        make.annotation(TEXT, "Y", "harbour"),
        make.annotation(TEXT, "Z", "and\n \nBen"),
    )
    found: list[Loss] = FORMAT.losses(Header(), [record], options)
    return [loss.kind for loss in found]


def test_the_columns_do_as_they_are_told() -> None:
    layers = WriteOptions(nested="layers")
    assert set(losses(layers)) >= {"discontinuous", "subtoken"}
    wide = WriteOptions(nested="layers", broken="hull", subtoken="expand")
    assert set(losses(wide)) >= {"hull", "widened"}
    assert not {"discontinuous", "subtoken", "across"} & set(losses(wide))
    assert "across" in losses(WriteOptions(nested="layers", across="skip"))

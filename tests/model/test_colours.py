"""Distances and contrasts: against Sharma's own table, and against the figures that look.md states for our hues."""

from __future__ import annotations

import json
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.colours import EYES, ciede2000, contrast, distance, is_colour, letters_on, readable
from rubricator_resources import path

TABLE = json.loads(path("theme.json").read_text("utf-8"))["hues"]
BARS = {name: [hue[0] for hue in TABLE[name]] for name in ("light", "dark")}


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_distances_are_those_of_sharma(
    one: tuple[float, float, float], other: tuple[float, float, float], found: float
) -> None:
    assert round(ciede2000(one, other), 4) == found
    assert round(ciede2000(other, one), 4) == found


FIRST_8 = {"normal": (19.2, 13.4), "protan": (11.8, 12.1), "deutan": (12.2, 11.8), "tritan": (15.5, 11.7)}
FIRST_12 = {"normal": (6.0, 10.2), "protan": (6.0, 6.2), "deutan": (5.9, 5.6), "tritan": (5.8, 5.6)}
NEIGHBOURS = {"normal": (22.7, 19.1), "protan": (19.8, 17.6), "deutan": (16.2, 12.3), "tritan": (14.6, 12.6)}


@pytest.mark.parametrize("eyes", EYES)
def test_our_hues_are_as_far_apart_as_look_states(eyes: str) -> None:
    for n, name in enumerate(("light", "dark")):
        bars = BARS[name]
        assert min(distance(a, b, eyes) for a, b in combinations(bars[:8], 2)) == pytest.approx(
            FIRST_8[eyes][n], abs=0.06
        )
        assert min(distance(a, b, eyes) for a, b in combinations(bars[:12], 2)) == pytest.approx(
            FIRST_12[eyes][n], abs=0.06
        )
        assert min(distance(a, b, eyes) for a, b in pairwise(bars)) == pytest.approx(NEIGHBOURS[eyes][n], abs=0.06)


COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(COLOURS, st.sampled_from(["#fbfaf7", "#1b1a19"]))
def test_any_colour_can_be_read_on_both_pages(code: str, page: str) -> None:
    found = readable(code, page)
    assert is_colour(found)
    assert contrast(found, page) >= 3
    assert contrast(letters_on(found), found) >= 4.5


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert readable("#800132", "#fbfaf7") == "#800132"
    assert readable("#ffff00", "#fbfaf7") != "#ffff00"
    assert not is_colour("#12345")
    assert not is_colour("red")

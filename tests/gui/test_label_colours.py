"""What the scheme editor says of the colours of labels, and that those which ship need no warning."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rubricator.exchange.schemes import scheme_named
from rubricator.model.colours import EYES, distance
from rubricator.model.scheme import Label, Scheme
from rubricator_gui import theme
from rubricator_gui.dialogs.scheme.colourfield import closest

NEWS = scheme_named("news")
LEAST = {"normal": 9.5, "protan": 4.0, "deutan": 3.2, "tritan": 5.0}


@pytest.mark.parametrize("name", ["news", "ontonotes", "conll2003"])
def test_labels_that_ship_are_not_warned_of(name: str) -> None:
    scheme = scheme_named(name)
    assert {label.name: closest(label, scheme) for label in scheme.labels if closest(label, scheme)} == {}


def test_one_hue_given_twice_is_told() -> None:
    person = NEWS.by_name["PERSON"]
    twice = replace(NEWS, labels=tuple(one._replace(hue=1) if one.name == "CITY" else one for one in NEWS.labels))
    assert [one.label for one in closest(person, twice)][:1] == ["City, town"]


def test_a_near_hue_is_told_where_a_free_one_is_farther() -> None:
    few = Scheme(labels=(Label("A", "A", hue=1), Label("B", "B", hue=13)))
    assert [one.label for one in closest(few.labels[0], few)] == ["B"]


def test_a_colour_of_its_own_that_is_near_is_told() -> None:
    bar = theme.theme().hue(2).bar.name()
    own = NEWS.by_name["PERSON"]._replace(colour=bar)
    scheme = replace(NEWS, labels=tuple(own if one.name == "PERSON" else one for one in NEWS.labels))
    assert closest(own, scheme)[0].label == "Organization"
    assert "Person" in [one.label for one in closest(scheme.by_name["ORGANIZATION"], scheme)]


@pytest.mark.parametrize("eyes", EYES)
def test_the_words_of_an_organization_and_of_a_product_have_other_grounds(eyes: str) -> None:
    light = theme.theme()
    one, other = (light.label(NEWS.by_name[name]) for name in ("ORGANIZATION", "PRODUCT"))
    assert distance(one.tint.name(), other.tint.name(), eyes) >= LEAST[eyes]
    assert distance(one.tint_chosen.name(), other.tint_chosen.name(), eyes) >= LEAST[eyes]

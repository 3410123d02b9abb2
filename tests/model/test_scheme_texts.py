"""What the texts of a scheme call its labels, found and changed."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.scheme import Attribute, Example, Label, RelationType, Scheme
from rubricator.model.scheme_names import merged
from rubricator.model.scheme_texts import call_anew, call_merged, called_in, merged_names, new_name, still_called
from rubricator.words import say

CITY = Label("CITY", "City", guideline="A *City* that acts stays one; CITY_HALL and Cityscape are none.")
SCHEME = Scheme(
    guideline="Where: *City*, *City, town*. A city is small.",
    labels=(CITY, Label("TOWN", "City, town", definition="Smaller than a *City*.")),
    attributes=(Attribute("size", "Size", definition="How large the City is."),),
    relations=(RelationType("in", "In", definition="From City to CITY."),),
    examples=(Example("x", "TOWN", "City", note="no City"),),
)


def test_names_are_found_as_words_of_their_own_in_the_same_letters() -> None:
    found = called_in(SCHEME, {"City", "CITY"})
    assert [say(one.where) for one in found] == [
        "Page of the scheme",
        "Guideline of City",
        "Definition of City, town",
        "Definition of Size",
        *["Definition of In"] * 2,
        "Note of an example of City, town",
    ], "“City, town”, “CITY_HALL” and “city” are something else"
    assert found[2].words == "Smaller than a *City*."
    far = f"Not here\n- {'so ' * 20}*City* {'and ' * 20}\nNor here"
    (one,) = called_in(Scheme(guideline=far, labels=(CITY._replace(guideline=""),)), {"City"})
    assert one.words == f"… {'so ' * 12}*City* {'and ' * 9}…", "no word is cut, and no line beside it is shown"
    assert [say(one.where) for one in called_in(SCHEME, {"City"}, ["TOWN"])].count("Definition of City, town") == 0


def test_names_are_changed_in_texts_and_nowhere_else() -> None:
    new = call_anew(SCHEME, new_name(CITY, "PLACE", "Place"))
    assert new.guideline == "Where: *Place*, *City, town*. A city is small."
    assert new.labels[0] == CITY._replace(guideline="A *Place* that acts stays one; CITY_HALL and Cityscape are none.")
    assert new.labels[1].definition == "Smaller than a *Place*."
    assert new.relations[0].definition == "From Place to PLACE."
    assert (new.examples[0].quote, new.examples[0].note) == ("City", "no Place"), "the article says what it says"
    assert call_anew(SCHEME, {}) == SCHEME


def test_what_stays_is_not_changed() -> None:
    assert new_name(CITY, "CITY", "Place") == {"City": "Place"}
    assert merged_names(SCHEME, ["CITY", "TOWN", "GONE"], "TOWN") == {"CITY": "TOWN", "City": "City, town"}


def test_a_merge_puts_no_nonsense_into_texts() -> None:
    labels = (
        Label("DATE", "Date", definition="A day, not a clock time (that is Time)."),
        Label("TIME", "Time", guideline="No day: that is *Date*. A Time has hours."),
        Label("AGE", "Age", definition="How old. A *Time* is none. Nor Date, Time."),
    )
    scheme = Scheme(
        guideline="When: *Date*, *Time*, *Age*\n- TIME: hours.\nDate or hour or Time? See *Time*!", labels=labels
    )
    new = call_merged(scheme, ["TIME"], "DATE")
    assert new.guideline == "When: *Date*, *Time*, *Age*\n- DATE: hours.\nDate or hour or Time? See *Date*!"
    assert new.labels[:2] == labels[:2], "what is written of the labels themselves tells them apart"
    assert new.labels[2].definition == "How old. A *Date* is none. Nor Date, Time."
    assert call_merged(scheme, ["DATE"], "DATE") == scheme


def test_what_was_written_of_a_label_that_goes_stands_under_its_title() -> None:
    labels = (
        Label("DATE", "Date", guideline="Days."),
        Label("TIME", "Time", definition="Hours.", guideline="Also “noon”."),
        Label("BARE", "Bare"),
    )
    example = Example("x", "TIME", "noon")
    scheme = Scheme(labels=labels, examples=(example,))
    new = merged(scheme, ["TIME", "BARE"], "DATE", keeps=True)
    assert new.labels == (labels[0]._replace(guideline="Days.\n\n### From Time\n\nHours.\n\nAlso “noon”."),)
    assert new.examples == (example._replace(label="DATE"),)
    assert merged(scheme, ["TIME"], "DATE").labels[0] == labels[0]


def test_what_stands_in_an_address_is_no_name() -> None:
    text = "See https://example.org/CITY/rules.html and [the page of City](guide/CITY.md): CITY is *City*."
    scheme = Scheme(labels=(Label("CITY", "City", guideline=text),))
    assert len(called_in(scheme, {"CITY", "City"})) == 3
    told = call_anew(scheme, {"CITY": "TOWN", "City": "Town"}).labels[0].guideline
    assert told == "See https://example.org/CITY/rules.html and [the page of Town](guide/CITY.md): TOWN is *Town*."


def test_what_names_a_label_that_is_gone_is_told_and_what_may_be_any_word_is_not() -> None:
    guideline = (
        "Time flies. A *Time* is none. No Time.\n\n### From Time\n\n- City, town: small. Time: CITY_X is City, town"
    )
    scheme = Scheme(guideline="Where: *Place*, *City, town*.", labels=(Label("PLACE", "Place", guideline=guideline),))
    found = still_called(scheme, {"Time", "City, town", "Place", "CITY", " "})
    assert [(one.text.kind, one.text.name, one.text.part, one.name) for one in found] == [
        ("", "", "guideline", "City, town"),
        *[("label", "PLACE", "guideline", "Time")] * 2,
        *[("label", "PLACE", "guideline", "City, town")] * 2,
    ]
    assert [guideline[one.start - 1 : one.end + 1] for one in found[1:3]] == ["*Time*", " Time."]
    assert still_called(scheme, ()) == []


def test_an_article_before_a_name_follows_it_and_nothing_else_changes() -> None:
    text = (
        "A *Title* is a Title, an “Title” too; no Title, a small Title. Panama Title. Name: an *Area*, a Title: an hour"
    )
    scheme = Scheme(guideline=text, labels=(Label("TITLE", "Title"), Label("AREA", "Area")))
    assert call_anew(scheme, {"Title": "Office", "Area": "Unit"}).guideline == (
        "An *Office* is an Office, an “Office” too; no Office, a small Office. Panama Office."
        " Name: a *Unit*, an Office: an hour"
    )
    merge = replace(scheme, guideline="See an *Area*. A Title is an hour.")
    assert call_merged(merge, ["AREA"], "TITLE").guideline == "See a *Title*. A Title is an hour."


@given(st.text("aAn TOe*.\n", max_size=60))
def test_no_other_word_follows_a_name(text: str) -> None:
    scheme = Scheme(guideline=text, labels=(Label("T", "To"),))
    new = call_anew(scheme, {"T": "Oe", "To": "Te"}).guideline
    assert re.sub(r"\b([Aa])n\b", r"\1", new) == re.sub(r"\b([Aa])n\b", r"\1", plain_put(text))


def plain_put(text: str) -> str:
    """Return the text with other names, and nothing done to the words before them."""
    return re.sub(r"(?<!\w)(To|T)(?!\w)", lambda match: {"T": "Oe", "To": "Te"}[match.group()], text)

"""What is said of a label: each thing once."""

from __future__ import annotations

import pytest
from tests.making import news

from rubricator.model.scheme import Example, Label, Scheme
from rubricator_gui.dialogs.guideline_words import around, of_label, of_labels

DEFINITION = "A named person, real or invented"


@pytest.mark.parametrize(
    ("guideline", "told"),
    [
        (
            "A named person, real or invented.\n\nInitials count.",
            "A named person, real or invented.\n\nInitials count.",
        ),
        ("**A named\nperson**, real or invented, in any text.", "**A named\nperson**, real or invented, in any text."),
        ("A person with a name.", f"{DEFINITION}\n\nA person with a name."),
        ("A named person.", f"{DEFINITION}\n\nA named person."),
        ("Initials count.\n\nA named person, real or invented.", None),
        ("", DEFINITION),
        ("A named person, real or inventedly so.", f"{DEFINITION}\n\nA named person, real or inventedly so."),
    ],
)
def test_a_definition_that_begins_the_guideline_is_said_once(guideline: str, told: str | None) -> None:
    label = Label("PERSON", "Person", "PER", definition=DEFINITION, guideline=guideline)
    scheme = Scheme(labels=(label,))
    wanted = f"{DEFINITION}\n\n{guideline}" if told is None else told
    assert of_label(scheme, label) == of_labels(scheme, (label,)) == wanted


def test_a_label_without_definition_says_so() -> None:
    label = Label("PERSON", "Person", "PER", guideline="Initials count.")
    assert of_label(Scheme(labels=(label,)), label) == "This label has no definition yet.\n\nInitials count."


def test_no_guideline_of_news_begins_like_its_definition() -> None:
    """Who reads both, one after the other, reads no sentence twice."""
    for label in news().labels:
        first, second = (set(words.casefold().split()[:4]) for words in (label.definition, label.guideline))
        assert len(first & second) < 3, label.name


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("met in the ", " and left", ("met in the ", " and left")),
        ("| 06:07 PM \nThe head of the ", " said", ("The head of the ", " said")),
        ("it was said of the\n", ".\nMore", ("it was said of the\n", ".\nMore")),
        (f"lomats {'x' * 44} of the ".rjust(60, "p"), "", (f"… {'x' * 44} of the ", "")),
        ("", " of the Security Council and more words and the Security Coun", ("", " of the Security Council and more words and the Security …")),
    ],
)  # fmt: skip
def test_what_stands_around_an_example_is_its_line_and_no_half_word(
    before: str, after: str, told: tuple[str, str]
) -> None:
    assert around(Example("x", "A", "q", before, after)) == told

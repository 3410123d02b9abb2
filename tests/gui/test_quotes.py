"""Words stay in sight: a sentence is parted at the words that it is shown for."""

from __future__ import annotations

from rubricator_gui.panels.quotes import in_context


def test_the_words_stand_between_what_is_around_them() -> None:
    assert in_context("the port of Toll, which", "Toll") == ("… port of ", "Toll", ", which")
    assert in_context("Toll met Toll and Toll", "Toll") == ("Toll met ", "Toll", " and Toll"), "the one in the middle"
    assert in_context("Toll rests", "Toll") == ("", "Toll", " rests")


def test_half_a_word_at_the_beginning_goes() -> None:
    sentence = "egation Of Turkmenistan Took Part In The 30th Meeting"
    assert in_context(sentence, "The 30th Meeting")[0] == "… Of Turkmenistan Took Part In "


def test_a_sentence_without_the_words_is_shown_whole() -> None:
    assert in_context("Nobody came", "Toll") == ("", "Nobody came", "")
    assert in_context("Nobody came", "") == ("", "Nobody came", "")

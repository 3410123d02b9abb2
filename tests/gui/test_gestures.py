"""Keys and clicks as values: what they mean on several keyboards, and how selections grow."""

from __future__ import annotations

import pytest

from rubricator.model.spans import Span
from rubricator_gui.reader import gestures
from rubricator_gui.reader.gestures import (
    Choose,
    Do,
    Held,
    Intent,
    KeyStroke,
    PressLabel,
    PressOther,
    borders,
    exact_wished,
    grown,
    of_click,
    of_key,
    paragraph,
    physical_key,
    reshaped,
    shrunk,
    word,
)

KEYS = "1234567890mlw"
X11 = "linux"


@pytest.mark.parametrize(
    ("stroke", "meaning"),
    [
        (KeyStroke("1", "1", 10), PressLabel("1")),
        (KeyStroke("M", "m", 58), PressLabel("m")),
        (KeyStroke("Exclam", "!", 10, Held.SHIFT), PressLabel("1", everywhere=True)),
        (KeyStroke("M", "M", 58, Held.SHIFT), PressLabel("m", everywhere=True)),
        (KeyStroke("Ampersand", "&", 10), PressLabel("1")),  # AZERTY, unshifted
        (KeyStroke("1", "1", 10, Held.SHIFT), PressLabel("1", everywhere=True)),  # AZERTY, shifted
        (KeyStroke("Comma", ",", 58), None),  # AZERTY: its comma stands where m does, and its m elsewhere
        (KeyStroke("M", "m", 47), PressLabel("m")),
        (KeyStroke("", "№", 12, Held.SHIFT), PressLabel("3", everywhere=True)),  # Cyrillic
        (KeyStroke("", "Ь", 58, Held.SHIFT), PressLabel("m", everywhere=True)),
        (KeyStroke("A", "a", 24), None),  # AZERTY: its a stands where q does; neither is a label's
        (KeyStroke("", "ь", 58), PressLabel("m")),  # Cyrillic: the key that is m elsewhere
        (KeyStroke("", "ж", 47), None),
        (KeyStroke("X", "x", 53), None),
        (KeyStroke("Minus", "-", 20), None),
        (KeyStroke("Space", " ", 65), Do.ACCEPT),
        (KeyStroke("1", "1", 10, Held.CTRL), None),
        (KeyStroke("1", "1", 10, Held.ALT), None),
        (KeyStroke("Delete", "\x7f"), Do.DELETE),
        (KeyStroke("Backspace", "\b"), Do.DELETE),
        (KeyStroke("Backspace", "\b", held=Held.CTRL), None),
        (KeyStroke("Tab", "\t"), Do.NEXT),
        (KeyStroke("Backtab", "", held=Held.SHIFT), Do.PREVIOUS),
        (KeyStroke("Tab", "\t", held=Held.CTRL), None),
        (KeyStroke("Escape", "\x1b"), Do.ESCAPE),
        (KeyStroke("F2"), Do.EDGES),
        (KeyStroke("Return"), Do.ENTER),
        (KeyStroke("Enter", held=Held.SHIFT), Do.ENTER_EVERYWHERE),
        (KeyStroke("Plus", "+", held=Held.SHIFT), Do.ADD),
        (KeyStroke("Period", ".", 60), Do.NEXT_STACKED),
        (KeyStroke("Up", held=Held.ALT), Do.GROW),
        (KeyStroke("Down", held=Held.ALT), Do.SHRINK),
        (KeyStroke("Left", held=Held.SHIFT), None),
    ],
)
def test_keys(stroke: KeyStroke, meaning: Intent | None) -> None:
    assert of_key(stroke, KEYS, X11) == meaning


@pytest.mark.parametrize(
    ("stroke", "meaning"),
    [
        (KeyStroke("G", "g", 42), PressOther("g")),
        (KeyStroke("G", "G", 42), PressOther("g")),  # with Caps Lock
        (KeyStroke("G", "G", 42, Held.SHIFT), None),  # Shift means all identical mentions, which only labels have
        (KeyStroke("G", "g", 42, Held.CTRL), None),
        (KeyStroke("M", "m", 58), PressLabel("m")),  # a label's comes first
        (KeyStroke("Comma", ",", 59), PressOther(",")),
        (KeyStroke("", "п", 42), PressOther("g")),  # Cyrillic: the key that is g elsewhere
        (KeyStroke("X", "x", 53), None),
    ],
)
def test_keys_of_attributes_and_relations(stroke: KeyStroke, meaning: Intent | None) -> None:
    assert of_key(stroke, KEYS, X11, others="gm,") == meaning
    assert of_key(stroke, KEYS, X11) in (None, PressLabel("m")), "nothing is chosen"


def test_a_label_may_have_the_full_stop_as_its_key() -> None:
    assert of_key(KeyStroke("Period", ".", 60), ".", X11) == PressLabel(".")


def test_places_of_keys_on_each_platform() -> None:
    assert [physical_key(scan, "linux") for scan in (10, 19, 24, 58)] == ["1", "0", "q", "m"]
    assert [physical_key(scan, "win32") for scan in (2, 11, 16, 50)] == ["1", "0", "q", "m"]
    assert [physical_key(scan, "darwin") for scan in (18, 29, 12, 46)] == ["1", "0", "q", "m"]
    assert physical_key(0, "linux") == ""
    assert of_key(KeyStroke("Up", held=Held.ALT), KEYS, "darwin") is None


def test_a_click_goes_through_what_lies_under_it() -> None:
    assert of_click(["a", "b", "c"], None) == Choose("a")
    assert of_click(["a", "b", "c"], "a") == Choose("b")
    assert of_click(["a", "b", "c"], "c") == Choose("a")
    assert of_click(["a", "b"], "x") == Choose("a")
    assert of_click([], "a") == Choose(None)


def test_borders_snap_to_words_unless_exact_characters_are_wished() -> None:
    text = "the U.S. envoy, O'Brien"
    assert borders(text, 5, 6, exact=False) == Span.of(4, 8)
    assert borders(text, 6, 5, exact=True) == Span.of(5, 6)
    assert borders(text, 5, 5, exact=True) is None
    assert borders(text, 3, 4, exact=False) is None
    assert exact_wished(Held.CTRL)
    assert exact_wished(Held.ALT | Held.SHIFT)
    assert exact_wished(Held.NOTHING, standing=True)
    assert not exact_wished(Held.SHIFT)


def test_the_ends_of_a_span_are_pulled_to_whole_words() -> None:
    text = "one two three four"
    two = Span.of(4, 7)
    assert reshaped(text, two, at_start=False, place=10, exact=False) == Span.of(4, 13)
    assert reshaped(text, two, at_start=False, place=10, exact=True) == Span.of(4, 10)
    assert reshaped(text, two, at_start=True, place=1, exact=False) == Span.of(0, 7)
    assert reshaped(text, two, at_start=True, place=18, exact=True) == Span.of(6, 7)
    assert reshaped(text, two, at_start=False, place=0, exact=False) == two
    apart = Span(((0, 3), (8, 13)))
    assert reshaped(text, apart, at_start=False, place=16, exact=False) == Span(((0, 3), (8, 18)))


TEXT = "First one. The Sund lies here. Last.\n\nAnother paragraph, with words. And more."


def test_a_selection_grows_from_word_to_sentence_to_paragraph_and_shrinks_again() -> None:
    at = TEXT.index("Sund") + 1
    first = grown(TEXT, None, at)
    assert first is not None
    assert first.quote(TEXT) == "Sund"
    sentence = grown(TEXT, first, at)
    assert sentence is not None
    assert sentence.quote(TEXT) == "The Sund lies here."
    whole = grown(TEXT, sentence, at)
    assert whole is not None
    assert whole.quote(TEXT) == "First one. The Sund lies here. Last."
    assert grown(TEXT, whole, at) == whole
    assert shrunk(TEXT, whole, at) == sentence
    assert shrunk(TEXT, sentence, at) == first
    assert shrunk(TEXT, first, at) is None
    assert shrunk(TEXT, None, at) is None


def test_a_selection_grows_from_word_to_name() -> None:
    text = "By Ch.Amanov: the Security Council of the CIS member states met in Rostov-on-Don."
    council = text.index("Council")
    found = [grown(text, None, council)]
    for _ in range(4):
        found.append(grown(text, found[-1], council))
    quotes = [span.quote(text) for span in found if span is not None]
    assert quotes == ["Council", "Security Council", "Security Council of the CIS", text, text]
    assert shrunk(text, found[2], council) == found[1]


def test_a_double_click_takes_the_initials_along() -> None:
    text = "By Ch.Amanov: Rostov, U.S. said Lebedev's."
    taken = [word(text, text.index(at)) for at in ("manov", "Ch.", "Rostov", "S. said", "bedev", ", U")]
    quotes = [span.quote(text) if span else "" for span in taken]
    assert quotes == ["Ch.Amanov", "Ch.Amanov", "Rostov", "U.S.", "Lebedev", ","]


def test_growing_in_an_empty_place() -> None:
    assert grown("", None, 0) is None
    assert paragraph("  \n", 1) == (2, 2)


@pytest.mark.parametrize(
    ("at", "step", "to"),
    [(0, 1, 5), (3, 1, 5), (5, 1, 9), (9, 1, 16), (16, 1, 17), (17, -1, 12), (12, -1, 6), (8, -1, 6), (6, -1, 0), (0, -1, 0)],
)  # fmt: skip
def test_a_selection_goes_by_words_and_passes_marks_by(at: int, step: int, to: int) -> None:
    assert gestures.word_border("Velis and, (port)", at, step) == to


@pytest.mark.parametrize("marks", ["+-", "….", "?!", "*", "😀😁", "-"])
def test_thousands_of_marks_are_passed_by_at_once(marks: str) -> None:
    text = f"Arvenia {marks * 20_000} Karesh"
    assert gestures.word_border(text, 7, 1) == len(text)
    assert gestures.word_border(text, len(text) - 6, -1) == 0
    assert gestures.word_border("x" * 5_000, 5_000, -1) == 0
    assert gestures.word_border(f"a {'x' * 5_000}", 5_002, -1) == 2


def test_a_line_in_which_nothing_stands_is_blank() -> None:
    text = "Ash\n\n \u00a0\nElm"
    assert [gestures.is_blank(text, at) for at in range(len(text) + 1)] == [*[False] * 4, *[True] * 4, *[False] * 4]

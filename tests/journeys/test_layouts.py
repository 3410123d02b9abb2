"""Keys of real keyboards: the real program under X, with XKB layouts from four countries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.journeys import kit
from tests.journeys.screen import Program, needed, program, screen, until

pytestmark = needed("Xvfb", "setxkbmap", "xdotool")

WORDS = "Ash Birch Cedar Elm Fir Hazel Larch Maple Oak Pine"
STORY = f"{WORDS}\n\nOak and Elm grow here. The Oak is old.\n"
DIGITS = "1234567890"
LABELS = (
    "PERSON", "ORGANIZATION", "COUNTRY", "DATE", "EVENT", "LOCATION", "NATIONALITY", "PROFESSION", "FACILITY", "CITY",
)  # fmt: skip
LETTERS = {
    "s": "STATE_OR_PROVINCE", "m": "MONEY", "l": "LAW", "w": "WORK_OF_ART", "p": "PRODUCT", "t": "TIME", "n": "NUMBER",
    "r": "PERCENT", "q": "QUANTITY", "a": "AGE",
}  # fmt: skip


class Keyboard(NamedTuple):
    """Where a layout has what, by the places of a US keyboard."""

    moved: dict[str, str] = {}
    plus: str = "Shift+="
    stop: str = "."

    def at(self, keys: str) -> str:
        """Return the places of keys that the layout names."""
        *held, last = keys.split("+")
        return "+".join((*held, self.moved.get(last, last)))


KEYBOARDS = {
    "us": Keyboard(),
    "fr": Keyboard({"a": "q", "q": "a", "z": "w", "w": "z", "m": ";"}, stop="Shift+,"),
    "de": Keyboard({"z": "y", "y": "z"}, plus="]"),
    "ru": Keyboard(stop="/"),  # its letters stand for those of a US keyboard
}


class Typist:
    """Somebody who knows only keys."""

    def __init__(self, program: Program, keyboard: Keyboard) -> None:
        self.program, self.keyboard, self.screen = program, keyboard, program.screen

    def press(self, *keys: str) -> None:
        """Press what these keys are called on this keyboard."""
        self.screen.press(*map(self.keyboard.at, keys))

    def word(self, nth: int) -> None:
        """Select the nth word of the first line."""
        self.press("Escape", "Escape", "Ctrl+Home", *["Ctrl+Right"] * nth, "Alt+Up")

    def saved(self, *wanted: tuple[str, str]) -> None:
        """Wait until these annotations are saved, and no others."""
        self.program.until_layer(*wanted)


@pytest.fixture(params=KEYBOARDS)
def typist(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Typist]:
    kit.introduced()
    file = kit.project(tmp_path / "trees.rubric", [STORY])
    with screen(request.param) as shown, program(shown, file) as started:
        yield Typist(started, KEYBOARDS[request.param])


def test_label_keys_digits_and_letters(typist: Typist) -> None:
    words = WORDS.split()
    for n, digit in enumerate(DIGITS):
        typist.word(n)
        typist.screen.press(digit)  # by its place: a French keyboard writes & there
    typist.saved(*zip(LABELS, words, strict=True))
    for n, letter in enumerate(LETTERS):
        typist.word(n)
        typist.press(letter)
    both = [sorted(pair) for pair in zip(LABELS, LETTERS.values(), strict=True)]
    typist.saved(*((label, word) for pair, word in zip(both, words, strict=True) for label in pair))


@pytest.mark.parametrize(("key", "label"), [("3", "COUNTRY"), ("m", "MONEY")])
def test_shift_and_a_label_key_label_all_identical_mentions(typist: Typist, key: str, label: str) -> None:
    typist.word(8)
    typist.press(f"Shift+{key}")
    typist.screen.focus("identical mentions")
    typist.press("Return")
    typist.saved((label, "Oak"), (label, "Oak"), (label, "Oak"))


def test_undo_redo_and_the_palette(typist: Typist) -> None:
    typist.word(0)
    typist.press("1")
    typist.saved(("PERSON", "Ash"))
    typist.press("Ctrl+z")
    typist.saved()
    typist.press("Ctrl+Shift+z")
    typist.saved(("PERSON", "Ash"))
    typist.press("Ctrl+k")
    until(lambda: typist.screen.windows("Command palette"), "the command palette")
    typist.screen.focus("Command palette")
    typist.press("Escape")
    until(lambda: not typist.screen.windows("Command palette"), "it is closed")


def test_walking_stacking_and_fragments(typist: Typist) -> None:
    typist.word(0)
    typist.press("1")
    typist.word(0)
    typist.press("2")
    typist.saved(("ORGANIZATION", "Ash"), ("PERSON", "Ash"))
    typist.press("Escape", "Ctrl+Home", "Tab", typist.keyboard.stop, "9")  # the one beside it is relabelled
    left = sorted(("FACILITY", "PERSON")), sorted(("FACILITY", "ORGANIZATION"))
    until(lambda: [label for label, _quote in typist.program.layer()] in left, "the second one is relabelled")
    typist.press("Delete")
    until(lambda: len(typist.program.layer()) == 1, "it is deleted")
    typist.press("Escape", "Ctrl+Home", "Tab", *["Ctrl+Right"] * 3, "Alt+Up", typist.keyboard.plus)
    until(lambda: typist.program.layer()[0][1] not in ("Ash", ""), "it has a second fragment")
    assert typist.program.layer()[0][1].split()[-1] == "Elm"


def test_borders_and_growing(typist: Typist) -> None:
    typist.word(1)
    typist.press("F2", "Right", "Right", "Return", "1")
    typist.saved(("PERSON", "Birch Cedar Elm"))
    typist.press("Escape", "Ctrl+End", "Left", "Left", "Left", "Alt+Up", "Alt+Up", "Alt+Up", "Alt+Down", "5")
    typist.saved(("PERSON", "Birch Cedar Elm"), ("EVENT", "The Oak is old."))

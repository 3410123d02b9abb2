"""Near-duplicates: versions of one story are found, and two stories that end alike stay two."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.model.near import SHINGLES_LEAST, Shingles, joined, near

WORDS = "harbour minister grain of the said quay strike Monday ships union wages board vote port city talks crane fell rose after before never again council budget river bridge flood rain train delay doctor nurse school teacher court judge".split()  # fmt: skip
CLOSING = (
    "The Meridian Newswire is the oldest agency of Arvenia. It was founded in Port Velis in 1861 and is owned by its"
    " two hundred member papers. Its reporters work in forty countries. For corrections write to the desk. All rights"
    " reserved; this material may not be published, broadcast, rewritten or redistributed without permission."
)


def story(seed: int, words: int) -> str:
    chance = random.Random(seed)
    made = []
    while len(made) < words:
        made += [*chance.choices(WORDS, k=chance.randint(6, 15))]
        made[-1] += "." + ("\n\n" if chance.random() < 0.3 else "")
    return " ".join(made[:words])


def are_near(one: str, other: str) -> bool:
    first, second = Shingles(one), Shingles(other)
    found = near(first, second)
    assert found == near(second, first)
    return found


@pytest.mark.parametrize("words", [120, 400, 2000])
def test_another_lead_is_the_same_story(words: int) -> None:
    body = story(1, words)
    assert are_near(f"{story(2, words // 4)}\n\n{body}", f"{story(3, words // 4)}\n\n{body}\n\n{CLOSING}")


@pytest.mark.parametrize("words", [120, 400, 2000])
def test_a_shortened_version_is_the_same_story(words: int) -> None:
    body = story(1, words)
    assert are_near(body, " ".join(body.split()[: words // 2]))


def test_another_case_and_other_line_breaks_are_nothing() -> None:
    body = story(1, 200)
    assert Shingles(body.upper().replace(" ", "\n")).numbers == Shingles(body).numbers


@pytest.mark.parametrize("words", [70, 120, 400])
def test_two_stories_with_the_same_closing_words_are_two(words: int) -> None:
    assert not are_near(f"{story(1, words)}\n\n{CLOSING}", f"{story(2, words)}\n\n{CLOSING}")


def test_of_short_texts_nobody_can_tell() -> None:
    short = " ".join(map(str, range(SHINGLES_LEAST + 2)))
    assert not are_near(short, short)
    assert Shingles(short).sketch == []
    assert are_near(f"{short} x", f"{short} x")
    assert not are_near("", "")


def test_without_spaces_between_words_characters_count() -> None:
    chance = random.Random(3)
    one, other = ("".join(chance.choices("東京都は朝夕市民会議決定発表港船員組合", k=300)) for _ in range(2))
    assert are_near(one, f"{other[:80]}。{one}")
    assert not are_near(one, other)
    assert len(Shingles(one).sketch) >= 8


@pytest.mark.parametrize("words", [60, 150, 500, 1500, 6000])
def test_sketches_of_versions_meet(words: int) -> None:
    """A story with another lead, and one cut to half, share numbers with it; all but always."""
    met = 0
    for seed in range(20):
        body = story(seed, words)
        versions = [f"{story(99, words // 5)} {body}", " ".join(body.split()[words // 2 :])]
        met += sum(bool(set(Shingles(body).sketch) & set(Shingles(other).sketch)) for other in versions)
    assert met >= 38


@given(st.text(max_size=300))
def test_any_text_is_cut(text: str) -> None:
    found = Shingles(text)
    assert all(0 <= number < 2**32 for number in found.numbers)
    assert all(0 <= number < 2**32 for number in found.sketch)
    assert found.sketch == sorted(set(found.sketch))
    assert len(found.sketch) <= 32
    assert near(found, found) == (len(found.numbers) >= SHINGLES_LEAST)


names = st.sampled_from("abcdefgh")


@given(st.lists(st.tuples(names, names)), st.randoms())
def test_what_hangs_together_has_one_name_in_any_order(pairs: list[tuple[str, str]], chance: random.Random) -> None:
    found = joined(pairs)
    assert all(found[one] == found[other] for one, other in pairs)
    assert all(found[name] <= name for name in found)
    shuffled = [pair[:: chance.choice((1, -1))] for pair in pairs]
    chance.shuffle(shuffled)
    assert joined(shuffled) == found


@pytest.mark.parametrize("text", ["x" * 30_000, "xy " * 10_000])
def test_a_text_without_end_is_compared_by_its_beginning(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rubricator.model.near._BEGINNING", 1 << 12)
    found = Shingles(text)
    assert SHINGLES_LEAST < len(found.numbers) <= 1 << 12
    assert found.sketch
    assert are_near(text, f"{text} And more.")

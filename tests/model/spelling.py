"""Words whose letters are spelled now so, now so: canonically equivalent, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from hypothesis import strategies as st

from rubricator.model.spans import Fragment

ALIKE = (
    (" ", "\n\n", "\u2001"),
    ("a",),
    ("e",),
    ("K", "\u212a"),
    ("\u00e9", "e\u0301"),
    ("\u00c5", "A\u030a", "\u212b"),
    ("\u1ec7", "e\u0323\u0302", "e\u0302\u0323", "\u00ea\u0323", "\u1eb9\u0302"),
    ("a\u0323\u0301", "a\u0301\u0323", "\u1ea1\u0301", "\u00e1\u0323"),
    ("x\u0323\u0301", "x\u0301\u0323"),
    ("\ud55c", "\u1112\u1161\u11ab", "\ud558\u11ab"),
    ("\uac00", "\u1100\u1161"),
    ("\u0958", "\u0915\u093c"),
)
"""Letters, each in all its spellings; the first one is a blank."""

_LETTER = st.integers(0, len(ALIKE) - 1)
many_letters = st.lists(_LETTER, max_size=12).filter(any)
few_letters = st.lists(_LETTER, max_size=3).filter(any)
"""Letters by their numbers, and not blanks alone."""


@st.composite
def spelled(draw: st.DrawFn, letters: Sequence[int]) -> tuple[str, list[int]]:
    """Spell letters; with the text comes where each of them begins, and where the last one ends."""
    written = [draw(st.sampled_from(ALIKE[letter])) for letter in letters]
    return "".join(written), list(accumulate(map(len, written), initial=0))


def places(letters: Sequence[int], quote: Sequence[int], at: Sequence[int], *, whole: bool) -> list[Fragment]:
    """Return where the same letters stand, in order and without overlaps; with `whole` between blanks."""
    words = _single_spaced([(letter, *pair) for letter, *pair in zip(letters, at, at[1:], strict=False)])
    wanted = [letter for letter, *_place in _single_spaced([(letter, 0, 0) for letter in quote])]
    found: list[Fragment] = []
    n, size = 0, len(wanted)
    while n + size <= len(words):
        alone = (n == 0 or not words[n - 1][0]) and (n + size == len(words) or not words[n + size][0])
        if [letter for letter, *_place in words[n : n + size]] == wanted and (alone or not whole):
            found.append((words[n][1], words[n + size - 1][2]))
            n += size
        else:
            n += 1
    return found


def _single_spaced(letters: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    kept = [one for n, one in enumerate(letters) if one[0] or (n and letters[n - 1][0])]
    return kept if kept[-1][0] else kept[:-1]

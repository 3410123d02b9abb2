"""Bodies that an article calls by one word of their name, as newspapers do: “the Academy”, “the Commonwealth”."""

from __future__ import annotations

from rubricator.model.small_words import TITLES
from rubricator.suggest.reading import QUOTES, Reading
from rubricator.suggest.runs import in_headline, joins_next, tied
from rubricator.suggest.shapes import ORG_WORDS, is_initial, is_shout, kind_of
from rubricator.suggest.steps import Steps
from rubricator.suggest.told import Told

_ALONE = ORG_WORDS - frozenset(
    "states nations republic kingdom government community treaty front force press radio television"
    " company corporation co corp partners party".split()
)
"""What tells a body, and is no state, text, place or trade, nor a side of a contract, when it stands alone."""
_PLACES_A_STEP = 20
_LINKS = frozenset(("of", "for", "on"))


def shortened(reading: Reading, labels: tuple[str, ...]) -> Steps[list[Told]]:
    """Find them, with the names that their label may have: the capital says that one of them is meant."""
    found: list[Told] = []
    looked = 0
    for word in _ALONE:
        defined = False
        short: list[Told] = []
        for n in reading.places.get(word, ()):
            looked += 1
            if looked % _PLACES_A_STEP == 0:
                yield
            defined = defined or _is_quoted(reading, n)
            if not defined and _is_short(reading, n):
                short.append(Told(reading.words[n].start, reading.words[n].end, labels, "shortened"))
        if not defined:
            found += short
    return sorted(found)


def _is_quoted(reading: Reading, n: int) -> bool:
    """Say whether a word stands alone in quotation marks: a contract says what it means by “the Bank”."""
    before = n - 1 if n and reading.folded(n - 1) == "the" else n
    around = [reading.words[m].text for m in (before - 1, n + 1) if 0 <= m < len(reading.words)]
    return len(around) > 1 and QUOTES.issuperset(around)


def _is_short(reading: Reading, n: int) -> bool:
    """Say whether a word stands with a capital between “the” and no further part of a name."""
    word = reading.words[n].text
    if n == 0 or reading.folded(n - 1) != "the" or kind_of(word) != "name" or is_shout(word):
        return False
    if _goes_on(reading, n + 1) or _begun(reading, n - 2):
        return False
    return not (joins_next(reading, n + 1) or tied(reading, (n, n + 1)) or in_headline(reading, (n, n + 1)))


def _goes_on(reading: Reading, after: int) -> bool:
    """Say whether a name, a title or a number goes on here: “Bank of”, “Police Chief”, “Court No. 3”, “Group 7”."""
    if after == len(reading.words) or reading.parted(after) or not reading.gap(after):
        return False
    word = reading.words[after].text
    titled = kind_of(word) == "name" and (word.casefold() in TITLES or is_initial(word))
    return titled or word in _LINKS or kind_of(word) == "number"


def _begun(reading: Reading, n: int) -> bool:
    """Say whether a longer name holds the word: “State of the Union”, but not “Hall of the Academy”."""
    return n > 0 and reading.words[n].text == "of" and reading.words[n - 1].text == "State"

"""Bodies that an article calls by one word of their name, as newspapers do: “the Academy”, “the Commonwealth”."""

from __future__ import annotations

from rubricator.suggest.reading import Reading
from rubricator.suggest.runs import in_headline, joins_next, tied
from rubricator.suggest.shapes import ORG_WORDS, is_shout, kind_of
from rubricator.suggest.steps import Steps
from rubricator.suggest.told import Told

_ALONE = ORG_WORDS - {"states", "nations", "republic", "kingdom", "government", "community", "treaty", "front"}
"""What tells a body, and is no state, text or place when it stands alone."""
_WORDS_A_STEP = 20
_LINKS = frozenset(("of", "for", "on"))


def shortened(reading: Reading, labels: tuple[str, ...]) -> Steps[list[Told]]:
    """Find them, with the names that their label may have: the capital says that one of them is meant."""
    found: list[Told] = []
    for k, word in enumerate(_ALONE):
        if k % _WORDS_A_STEP == 0:
            yield
        places = (n for n in reading.places.get(word, ()) if _is_short(reading, n))
        found += [Told(reading.words[n].start, reading.words[n].end, labels, "shortened") for n in places]
    return sorted(found)


def _is_short(reading: Reading, n: int) -> bool:
    """Say whether a word stands with a capital between “the” and no further part of a name."""
    word = reading.words[n].text
    if n == 0 or reading.folded(n - 1) != "the" or kind_of(word) != "name" or is_shout(word):
        return False
    goes_on = n + 1 < len(reading.words) and reading.words[n + 1].text in _LINKS
    return not (goes_on or joins_next(reading, n + 1) or tied(reading, (n, n + 1)) or in_headline(reading, (n, n + 1)))

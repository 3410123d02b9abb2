"""What was decided before about words like these: the same words first, then those that share their head or others.

Near is told by the words that two quotes have in common, rare words counting more than common ones (the inverse
document frequency of Spärck Jones, “A statistical interpretation of term specificity”, Journal of Documentation 1972),
the last word, which is most often the head of a name, double.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rubricator.model.folding import fold, spelled
from rubricator.model.small_words import DETERMINERS
from rubricator.suggest.shapes import LINKS

SHORTEST = 3
"""Letters of a word by which others are looked for: shorter ones stand everywhere."""

_SMALL = LINKS | DETERMINERS | {"and", "und", "et", "и", "&", "'s", "’s"}


class Decided(NamedTuple):
    """Some words, the label they were given, and how often."""

    words: str
    label: str
    n: int


class Precedent(NamedTuple):
    """Something decided before, and how near its words are: 1 for the same words."""

    words: str
    label: str
    n: int
    nearness: float


def content(words: str) -> list[str]:
    """Return the words by which others are looked for, folded, in their order."""
    return [
        word for word in (part.strip("().,;:“”\"'’") for part in fold(words).split()) if word and word not in _SMALL
    ]


def looked_for(words: str) -> list[str]:
    """Return those that are long enough to be looked for (all of them where none is), in the letters of names too."""
    found = content(words)
    long = [word for word in found if len(word) >= SHORTEST] or found
    return spelled(form for word in long for form in (word, word.capitalize(), word.upper()))


def precedents(words: str, decided: Iterable[Decided], most: int) -> list[Precedent]:
    """Return what is nearest to the words, the nearest and commonest first."""
    others = list(decided)
    mine = content(words)
    if not mine:
        return []
    told = [content(one.words) for one in others]
    seen = Counter(word for some in told for word in set(some))
    weight = {word: math.log(1 + len(others) / (1 + seen[word])) + 0.1 for word in {*mine, *seen}}
    found = []
    for one, theirs in zip(others, told, strict=True):
        near = 1.0 if theirs == mine else min(0.99, _shared(mine, theirs, weight))
        if near > 0:
            found.append(Precedent(one.words, one.label, one.n, near))
    return sorted(found, key=lambda one: (-round(one.nearness, 3), -one.n, one.words, one.label))[:most]


def _shared(one: Sequence[str], other: Sequence[str], weight: dict[str, float]) -> float:
    def total(words: Iterable[str]) -> float:
        return sum(weight[word] for word in words)

    if not one or not other:
        return 0.0
    both, either = set(one) & set(other), set(one) | set(other)
    same_head = weight[one[-1]] if one[-1] == other[-1] else 0.0
    return (total(both) + same_head) / (total(either) + max(weight[one[-1]], weight[other[-1]]))

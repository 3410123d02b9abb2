"""Guidelines at hand: what was decided before about like words, and the rulings that were written down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rubricator.model.folding import single_spaced
from rubricator.model.scheme import Example
from rubricator.suggest.precedents import Decided, Precedent, looked_for, precedents
from rubricator.verbs.door import Door

MOST = 8
_LOOKED_AT = 2_000
"""Kinds of words that are weighed at most."""
_NEAR = 0.25
"""How near a ruling must be: the schemes that ship bring many, and what shares a common word is of no help."""
AROUND = 60
"""Code points shown on each side."""


class Told(NamedTuple):
    """A precedent, and one place of it: (article, what stands before, after); none where there is no room for it."""

    precedent: Precedent
    quote: str
    article: str
    before: str
    after: str


class Guidelines:
    """Looks up what speaks for and against a label."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def precedents(self, words: str, most: int = MOST) -> list[Told]:
        """Return one's own annotations of the whole project that are nearest to these words, with a place each."""
        me = self._door.me.annotator
        decided = [Decided(*row) for row in self._door.rows.labelled.like(looked_for(words), me, _LOOKED_AT)]
        told = []
        for one in precedents(single_spaced(words), decided, most):
            places = self._door.rows.labelled.places(one.label, one.words, me, 1, AROUND)
            for article, before, after in places:
                told.append(Told(one, one.words, article, before, after))
        return told

    def rulings(self, words: str, most: int = MOST) -> list[Example]:
        """Return the examples that are nearest to these words: what was decided, and written down."""
        by_id = {one.id: one for one in self._door.scheme.examples}
        return [by_id[one.label] for one in self._near_examples(words, by_id.values(), most)]

    def likely(self, words: str) -> str:
        """Return the label that the nearest example or annotation gave; "" where nothing is near."""
        by_id = {one.id: one for one in self._door.scheme.examples if not one.counter}
        found = [(one.nearness, by_id[one.label].label) for one in self._near_examples(words, by_id.values(), 1)]
        found += [(told.precedent.nearness, told.precedent.label) for told in self.precedents(words, 1)]
        return max(found, key=lambda one: one[0])[1] if found else ""

    def _near_examples(self, words: str, examples: Iterable[Example], most: int) -> list[Precedent]:
        """Return those that are near enough, the nearest first; what is told as their label is their id."""
        decided = [Decided(single_spaced(one.quote), one.id, 1) for one in examples]
        return [one for one in precedents(single_spaced(words), decided, most) if one.nearness >= _NEAR]

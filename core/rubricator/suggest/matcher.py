"""Finds all of many names in a text at once: a trie of folded words, walked from each word of the text.

Names begin and end on word borders, white space of any kind and length is the same, and so are canonically equivalent
spellings. Of two names that overlap the first stays, of two that begin together the longer. The time goes by the words
of the text times the words of the longest name along the way, whatever the number of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice
from typing import Any, Literal, NamedTuple

from rubricator.model.folding import composed
from rubricator.model.tokens import words
from rubricator.suggest.reading import WORDS_A_STEP, Reading, Word
from rubricator.suggest.shapes import is_shout
from rubricator.suggest.steps import Steps, at_once

Case = Literal["like", "exact", "any"]
"""How letters are compared: capitals of the name must be there in the text ("US" is not "us", but "Kremlin" is
"KREMLIN"); all alike; not at all."""

WORDS_MOST = 50
"""Words of a name; longer ones are not taken in."""

_NAMES = "\n"
"""The key under which a node keeps the names that end there: no word of a text."""

_PARTS = re.compile(r"[^.]+|\.")


class Name(NamedTuple):
    """A name to look for: its words, its label, and where it is from (a source of offers, and the name of a list)."""

    words: str
    label: str
    source: str = "list"
    where: str = ""


class Found(NamedTuple):
    """A place (code points) and the names that stand there, as they were added."""

    start: int
    end: int
    names: tuple[Name, ...]


class _Atom(NamedTuple):
    """A word, or a part of it: a full stop is one of its own, since “Co.” is one word or two by what follows.

    `key` is folded; `spaced` says by a blank before it that white space parts it from the atom before; `opens` and
    `closes` that a word begins or ends here. `start` and `end` are those of the word.
    """

    key: str
    spaced: str
    start: int
    end: int
    opens: bool
    closes: bool


class Matcher:
    """Many names, found in one walk. Building takes microseconds per name; keep it, and add what is new."""

    def __init__(self, names: Iterable[Name] = (), case: Case = "like") -> None:
        self._case = case
        self._root: dict[str, Any] = {}
        self._count = 0
        for name in names:
            self.add(name)

    def __len__(self) -> int:
        return self._count

    def add(self, name: Name) -> bool:
        """Take a name in; False if it is there already, or has no words or too many."""
        called = composed(name.words)
        few = islice(words(called), WORDS_MOST + 1)  # an annotation may be as long as its article
        atoms = _atoms(Word(t.start, t.end, called[t.start : t.end]) for t in few)
        if not 0 < len(atoms) <= WORDS_MOST:
            return False
        node = self._root
        for n, atom in enumerate(atoms):
            node = node.setdefault(atom.spaced if n else atom.key, {})
        there: list[Name] = node.setdefault(_NAMES, [])
        if name in there:
            return False
        there.append(name)
        self._count += 1
        return True

    def find(self, text: str | Reading, *, nested: bool = False) -> list[Found]:
        """Return what stands in the text, by start, the longer first; overlaps only with `nested`, and then all."""
        reading = text if isinstance(text, Reading) else Reading(text)
        return at_once(self.find_in_steps(reading, nested=nested))

    def find_in_steps(self, reading: Reading, *, nested: bool = False) -> Steps[list[Found]]:
        """Find the same a few words at a time."""
        atoms = yield from reading.once_in_steps("atoms", partial(_atoms_in_steps, reading.words))
        found: list[Found] = []
        n = 0
        for first in range(0, len(atoms), WORDS_A_STEP):
            yield
            while n < min(first + WORDS_A_STEP, len(atoms)):
                n = self._look(reading, atoms, n, found, nested=nested)
        return found

    def _look(self, reading: Reading, atoms: list[_Atom], n: int, found: list[Found], *, nested: bool) -> int:
        """Add what begins at the n-th atom to what was found; return where to go on."""
        atom = atoms[n]
        if atom.opens and atom.key in self._root:
            for end, names in self._ends(atoms, n):
                quote = reading.text[atom.start : atoms[end - 1].end]
                fitting = tuple(name for name in names if self._fits(name.words, quote))
                if fitting:
                    found.append(Found(atom.start, atoms[end - 1].end, fitting))
                    if not nested:
                        return end
        return n + 1

    def _ends(self, atoms: list[_Atom], n: int) -> list[tuple[int, list[Name]]]:
        """Return where names end that begin at the n-th atom, the longest first: the number after, and the names."""
        ends: list[tuple[int, list[Name]]] = []
        node = self._root[atoms[n].key]
        after = n + 1
        while True:
            if _NAMES in node and atoms[after - 1].closes:
                ends.append((after, node[_NAMES]))
            if after == len(atoms) or (node := node.get(atoms[after].spaced)) is None:
                return ends[::-1]
            after += 1

    def _fits(self, name: str, quote: str) -> bool:
        if self._case == "any":
            return True
        if self._case == "exact":
            return composed(name).split() == composed(quote).split()
        return all(map(capitals_fit, name.split(), quote.split()))


def capitals_fit(name: str, quote: str) -> bool:
    """Say whether a word of the text has the capitals of the same one of a name."""
    if is_shout(name):
        return not any(char.islower() for char in quote)
    return quote[0].isupper() or not name[0].isupper()


def _atoms_in_steps(found: Sequence[Word]) -> Steps[list[_Atom]]:
    atoms: list[_Atom] = []
    for first in range(0, len(found), WORDS_A_STEP):
        yield
        atoms += _atoms(found[first : first + WORDS_A_STEP], found[first - 1].end if first else -1)
    return atoms


def _atoms(found: Iterable[Word], last: int = -1) -> list[_Atom]:
    """Return the atoms of words; `last` is where the word before them ends."""
    atoms: list[_Atom] = []
    for start, end, word in found:
        folded = word.casefold()
        blank = "" if start == last else " "
        last = end
        if "." not in word or len(word) == 1:
            atoms.append(_Atom(folded, blank + folded, start, end, opens=True, closes=True))
            continue
        for part in _PARTS.finditer(word):
            opens, closes = part.start() == 0, part.end() == len(word)
            folded = part[0].casefold()
            spaced = blank + folded if opens else folded
            atoms.append(_Atom(folded, spaced, start, end, opens, closes))
    return atoms

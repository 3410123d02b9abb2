"""The radar: how the selected words are labelled elsewhere, “41 × ORG, 3 × LOC, once with “the””, with sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from rubricator.model.folding import composed, fold, single_spaced, spelled
from rubricator.model.small_words import DETERMINERS
from rubricator.words import Message, isolated, joined, message, plural

EXAMPLES_MOST = 3
"""Sentences that are kept for each label and each other form."""


SAID_MOST = 5
"""Labels, determiners and spellings each that are put into the sentence."""


class Seen(NamedTuple):
    """An annotation somewhere in the corpus: its label and quote, its article (an id) and the sentence around it.

    `n` says of how many alike it is one: the others need not be read.
    """

    label: str
    quote: str
    article: str
    sentence: str = ""
    n: int = 1


class Line(NamedTuple):
    """How often a label or another form was seen, with the first few examples."""

    name: str
    n: int
    examples: tuple[Seen, ...]


class Radar(NamedTuple):
    """What was seen of some words: by label, and the forms that differ by a leading determiner or by their letters.

    The commonest stand first. A determiner is named as the selected words would have it: “the”; a form in other
    letters as it is written.
    """

    words: str
    labels: tuple[Line, ...]
    determiners: tuple[Line, ...]
    spellings: tuple[Line, ...]

    def say(self) -> Message:
        """Put it into one sentence."""
        if not self.labels:
            return message("“{words}”: not labelled on its own anywhere yet", words=isolated(self.words))
        parts = [message("{n} × {label}", n=line.n, label=line.name) for line in self.labels[:SAID_MOST]]
        parts += [_times("with", line) for line in self.determiners[:SAID_MOST]]
        parts += [_times("as", line) for line in self.spellings[:SAID_MOST]]
        return message("“{words}”: {parts}", words=isolated(self.words), parts=joined(parts))


def radar(words: str, seen: Iterable[Seen]) -> Radar:
    """Sum up what was seen of the selected words; quotes of other words are passed over."""
    words = single_spaced(composed(words))
    own, bare = _apart(words)
    labels, determiners, spellings = _Tally(), _Tally(), _Tally()
    for one in seen:
        determiner, rest = _apart(single_spaced(composed(one.quote)))
        if fold(rest) != fold(bare):
            continue
        labels.add(one.label, one)
        if determiner != own:
            determiners.add(determiner, one)
        if rest != bare:
            spellings.add(rest, one)
    return Radar(words, labels.lines(), determiners.lines(), spellings.lines())


def forms(words: str) -> list[str]:
    """Return how the words may be written elsewhere: with other determiners or letters, in other spellings."""
    flat = single_spaced(composed(words))
    bare = _apart(flat)[1]
    letters = [bare, bare.lower(), bare.upper(), bare.title()]
    with_determiners = [f"{determiner} {bare}" for determiner in sorted(DETERMINERS)]
    return list(dict.fromkeys([words, *spelled([flat, *letters, *with_determiners])]))


def _apart(words: str) -> tuple[str, str]:
    """Part a leading determiner (folded) from the words; alone it is none."""
    first, blank, rest = words.partition(" ")
    return (first.casefold(), rest) if blank and first.casefold() in DETERMINERS else ("", words)


class _Tally:
    def __init__(self) -> None:
        self._count: Counter[str] = Counter()
        self._examples: dict[str, list[Seen]] = {}

    def add(self, name: str, seen: Seen) -> None:
        self._count[name] += seen.n
        examples = self._examples.setdefault(name, [])
        if (
            seen.sentence
            and len(examples) < EXAMPLES_MOST
            and all(seen.sentence != other.sentence for other in examples)
        ):
            examples.append(seen)

    def lines(self) -> tuple[Line, ...]:
        ordered = sorted(self._count.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Line(name, n, tuple(self._examples[name])) for name, n in ordered)


def _times(how: str, line: Line) -> Message:
    if how == "as":
        return plural("once as “{form}”", "{n} times as “{form}”", line.n, form=line.name)
    if not line.name:
        return plural("once without a determiner", "{n} times without a determiner", line.n)
    return plural("once with “{form}”", "{n} times with “{form}”", line.n, form=line.name)

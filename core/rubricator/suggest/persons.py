"""Persons in a text: which mentions of a last name are the same person, by the given names before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from rubricator.model.small_words import HONORIFICS, TITLES
from rubricator.suggest.reading import Reading
from rubricator.suggest.runs import Run, joins_before, joins_next, tied
from rubricator.suggest.shapes import CALENDAR, ORG_WORDS, PARTICLES, PLACE_WORDS, is_initial, is_shout, kind_of

_GIVEN_MOST = 3
_BEFORE_NO_PERSON = frozenset(("in", "at", "near", "the", "a", "an"))
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))

_SURNAMES = frozenset("king pope judge marshal major bishop prince coach cardinal sultan speaker constable".split())
"""Titles that are surnames as well."""

Given = tuple[str, ...]
"""Given names as written, initials with their dot; () where there are none."""


class Named(NamedTuple):
    """A mention of a last name: the whole run, and what stands before the last name in it."""

    run: Run
    given: Given


class Person(NamedTuple):
    """One person: the annotated mention (`written`: the given names inside of it), and all of that last name."""

    reading: Reading
    own: Named
    written: Given
    all: tuple[Named, ...]

    def mentions(self) -> Iterator[tuple[Run, Literal["same", "full", "initials", "last", "first"]]]:
        """Yield the mentions of this person, each with its form."""
        given = self.given()
        if given is None:
            return
        latest: Given = ()
        bare = False
        for named in self.all:
            if named.given:
                latest = named.given
            if named.given and not (given and agree(named.given, given)):
                continue
            if not named.given and latest and not (given and agree(latest, given)):
                continue  # somebody else of that name was spoken of last
            bare = bare or not named.given
            yield named.run, self._form(named)
        if given and not bare and not is_initial(given[0]):
            yield from ((run, "first") for run in self._by_first_name(given[0]))

    def _form(self, named: Named) -> Literal["same", "full", "initials", "last"]:
        if named.given == self.written:
            return "same"
        if not named.given:
            return "last"
        return "initials" if all(map(is_initial, named.given)) else "full"

    def given(self) -> Given | None:
        """Return the given names of the person that is meant; () where the text has none, None where it is unsure."""
        if self.own.given:
            return self.own.given
        before = [named.given for named in self.all if named.given and named.run < self.own.run]
        if before:
            return before[-1]
        after = [named.given for named in self.all if named.given]
        if not all(agree(given, after[0]) for given in after[1:]):
            return None
        return after[0] if after else ()

    def _by_first_name(self, first: str) -> Iterator[Run]:
        """Yield where the first name stands alone (“Xi Jinping ... Xi”), if it is one person's only."""
        reading = self.reading
        runs = [(n, n + 1) for n in reading.places.get(first.casefold(), ()) if reading.words[n].text == first]
        named = {named.run[0] for named in self.all}
        alone = [run for run in runs if run[0] not in named]
        if any(joins_next(reading, run[1]) or joins_before(reading, run[0]) or tied(reading, run) for run in alone):
            return
        if any(n > 0 and reading.folded(n - 1) in _BEFORE_NO_PERSON for n, _ in alone):
            return
        yield from (run for run in alone if not reading.common(run[0]))


def agree(one: Given, other: Given) -> bool:
    """Say whether these can be the given names of one person: “Sergey”, “S.”, “Sergey V.”, “S. V.”."""
    return all(_agree(a, b) for a, b in zip(_apart(one), _apart(other), strict=False))


def _agree(a: str, b: str) -> bool:
    if is_initial(a) or is_initial(b):
        short, long = sorted((a.rstrip(".").casefold(), b.rstrip(".").casefold()), key=len)
        return long.startswith(short)
    return a.casefold() == b.casefold()


def _apart(given: Given) -> Given:
    """Part “J.K.” into “J.” and “K.”."""
    parts: list[str] = []
    for name in given:
        parts += [f"{part}." for part in name.split(".") if part] if is_initial(name) else [name]
    return tuple(parts)


def read_person(reading: Reading, core: Run) -> Person | None:
    """Read the run as a person's name and look for all mentions of its last name; None where it cannot be one."""
    first, after = core
    while after - first > 1 and reading.folded(after - 1) in _SUFFIXES:
        after -= 1
    split = _last_name(reading, first, after)
    given = _joined(reading, first, split)
    last = tuple(word.text for word in reading.words[split:after])
    if (
        len(given) > _GIVEN_MOST
        or not all(kind_of(word) == "name" for word in given)
        or is_shout(last[-1]) > is_shout(last[0])
    ):
        return None
    if any(word.casefold() in PLACE_WORDS for word in given):
        return None
    found = [named for named in _mentions(reading, last) if named.run[1] <= first or named.run[0] >= after]
    own = Named((first, after), given or _given_before(reading, first)[1])
    if not given:
        inside = {n for named in found for n in range(*named.run)}
        found = [named for named in found if _sure(reading, named, inside)]
    return Person(reading, own, given, tuple(sorted([*found, own])))


def is_office(reading: Reading, core: Run) -> bool:
    """Say whether the run is “CIS Secretary” or “Executive Secretary”, and not “Stephen King”, “BB King”."""
    *before, last = [reading.words[n].text for n in range(*core)]
    if last.casefold() not in TITLES or is_shout(last):
        return False
    titles = [word.casefold() in TITLES - HONORIFICS for word in before]
    if last.casefold() in _SURNAMES:
        return bool(titles) and all(titles)
    return any(titles) or any(is_shout(word) and not is_initial(word) for word in before)


def _last_name(reading: Reading, first: int, after: int) -> int:
    """Return where the last name begins: a hyphen and particles belong to it."""
    n = after - 1
    while n - 1 > first and tied(reading, (n, after)):
        n -= 2
    while n - 1 > first and reading.folded(n - 1) in PARTICLES and reading.words[n - 1].text.islower():
        n -= 1
    return n


def _mentions(reading: Reading, last: Given) -> Iterator[Named]:
    upper = tuple(word.upper() for word in last)
    for n in reading.places.get(last[0].casefold(), ()):
        after = n + len(last)
        words = tuple(word.text for word in reading.words[n:after])
        if words not in (last, upper) or tied(reading, (n, after)) or joins_next(reading, after):
            continue
        first, given = _given_before(reading, n)
        if not given and (joins_before(reading, n) or _doubtful(reading, n)):
            continue
        yield Named((first, after), given)


def _doubtful(reading: Reading, n: int) -> bool:
    """Say whether a last name alone may be a common word: at a sentence start, or a month without a title."""
    before = reading.folded(n - 1) if n else ""
    if before in ("the", "a", "an") or (before in PARTICLES - {"of"} and n > 1 and joins_before(reading, n - 1)):
        return True  # "the Lebedev 10"; "Dorothea von" Schlegel
    titled = before in TITLES
    return not titled and (reading.common(n) or reading.folded(n) in CALENDAR)


def _given_before(reading: Reading, n: int) -> tuple[int, Given]:
    """Return the given names before a last name, and where they begin; () where something else stands there."""
    first, names = n, 0
    while names <= _GIVEN_MOST and joins_before(reading, first):
        before = first - 1
        while before > 1 and tied(reading, (before, first)) and kind_of(reading.words[before - 2].text) == "name":
            before -= 2  # “Anna-Lena”
        if any(reading.folded(k) in PLACE_WORDS | ORG_WORDS for k in range(before, first)):
            break
        first, names = before, names + 1
    return (first, _joined(reading, first, n)) if names <= _GIVEN_MOST else (n, ())


def _joined(reading: Reading, first: int, after: int) -> Given:
    """Return words, with those that hyphens tie as one: “Anna-Lena”."""
    found: list[str] = []
    for n in range(first, after):
        word, tie = reading.words[n].text, n > first and not reading.gap(n)
        if tie and (kind_of(word) == "mark" or found[-1][-1:] in "-‐‑"):
            found[-1] += word
        else:
            found.append(word)
    return tuple(found)


def _sure(reading: Reading, named: Named, inside: set[int]) -> bool:
    """Say whether words before a single annotated name are given names: not “Russian” before “Duma”."""
    for word in named.given:
        if is_initial(word):
            continue
        for n in reading.places.get(word.casefold(), ()):
            if n not in inside and not joins_next(reading, n + 1):
                return False
    return True

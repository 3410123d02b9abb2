"""Which names may mean the same thing, out of any text: “Lebedev”, “S. Lebedev” and “Sergey Lebedev”; “CIS”.

The rules are those of name chains (names.py), for names that stand in a list and have no text around them. They
propose; a person decides.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from rubricator.model.entities import Entity
from rubricator.model.folding import fold
from rubricator.model.small_words import DETERMINERS, TITLES
from rubricator.suggest.persons import agree
from rubricator.suggest.shapes import LINKS, ORG_WORDS, PARTICLES, is_initial, is_shout

How = Literal["id", "same", "given", "last", "abbreviation"]
"""Why two may be one: the same external id; the same words; given names that agree; the last name alone; initials."""

SURE: Mapping[How, int] = {"id": 0, "same": 1, "given": 2, "abbreviation": 3, "last": 4}
"""The surest way is the lowest."""
_GIVEN_MOST = 3
_BUCKET_MOST = 40
"""More entities under one key are a common name, and say nothing."""
_SMALL = LINKS | DETERMINERS | {"and", "und", "et", "e", "и", "&"}


class Name(NamedTuple):
    """A name taken apart; `last` is folded and without accents, as are the initials and the letters of a `shout`."""

    words: tuple[str, ...]
    whole: str
    given: tuple[str, ...]
    last: str
    initials: str
    shout: str


def read(name: str) -> Name:
    """Take a name apart; titles, a determiner before it and a possessive after it are left out."""
    words = name.split()
    while len(words) > 1 and (words[0].casefold() in TITLES or words[0] in DETERMINERS or words[0] == "The"):
        words.pop(0)
    if words and words[-1].endswith(("'s", "’s")):
        words[-1] = words[-1][:-2]
    shout = _letters(words[0]) if len(words) == 1 and is_shout(words[0]) else ""
    initials = "".join(word[0] for word in words if word.casefold() not in _SMALL) if len(words) > 1 else ""
    folded = [word.casefold() for word in words]
    begins = len(words) - 1
    while begins > 1 and folded[begins - 1] in PARTICLES and words[begins - 1].islower():
        begins -= 1
    person = (
        0 <= begins <= _GIVEN_MOST
        and not shout
        and ORG_WORDS.isdisjoint(folded)
        and all(word[0].isupper() for word in [*words[:begins], words[-1]])
    )
    bare = [*map(_bare, words)]
    return Name(
        tuple(words),
        " ".join(bare),
        tuple(words[:begins]) if person else (),
        " ".join(bare[begins:]) if person else "",
        _letters(initials),
        shout,
    )


def how_alike(one: Name, other: Name) -> How | None:
    """Return why two names may mean the same; None where nothing says so."""
    if one.whole and one.whole == other.whole:
        return "same"
    for short, long in ((one, other), (other, one)):
        if short.shout and len(short.shout) > 1 and short.shout == long.initials:
            return "abbreviation"
    if not one.last or one.last != other.last or (one.given and other.given and not agree(one.given, other.given)):
        return None
    return "given" if one.given and other.given else "last"


def is_part(short: Name, long: Name) -> bool:
    """Say whether one name stands in another, in whole words: “Commonwealth” in “Commonwealth of Nations”.

    Not so letters, which stand for all the words of another name: “CIS” is no “CIS Interstate Bank”.
    """
    return short.whole != "" and not short.shout and f" {short.whole} " in f" {long.whole} "


class Twins(NamedTuple):
    """Two entities that may be one: `kept` has the fuller name."""

    kept: Entity
    other: Entity
    how: How


def twins(entities: Iterable[Entity], different: Collection[frozenset[str]] = ()) -> list[Twins]:
    """Return the pairs that may be one thing, the surest first; not those known to be `different` (pairs of ids)."""
    everyone = list(entities)
    names = [[read(name) for name in entity.names] for entity in everyone]
    buckets: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for n, entity in enumerate(everyone):
        for key in dict.fromkeys(key for name in names[n] for key in _keys(name)):
            buckets[key].append(n)
        if entity.external:
            buckets["id", entity.external].append(n)
    found: dict[tuple[int, int], How] = {}
    for members in buckets.values():
        if not 1 < len(members) <= _BUCKET_MOST:
            continue
        for k, a in enumerate(members):
            for b in members[k + 1 :]:
                if (a, b) not in found and (how := _how(everyone[a], everyone[b], names[a], names[b])):
                    found[a, b] = how
    pairs = (_ordered(everyone[a], everyone[b], how) for (a, b), how in found.items())
    kept = [pair for pair in pairs if frozenset((pair.kept.id, pair.other.id)) not in different]
    return sorted(kept, key=lambda pair: (SURE[pair.how], pair.kept.name.casefold(), pair.other.name.casefold()))


def _how(one: Entity, other: Entity, names: Iterable[Name], others: Iterable[Name]) -> How | None:
    if one.external and other.external:
        return "id" if one.external == other.external else None  # somebody looked them up
    if one.kind and other.kind and one.kind != other.kind:
        return None
    ways = (how_alike(a, b) for a in names for b in others)
    return min((how for how in ways if how), key=SURE.__getitem__, default=None)


def _ordered(one: Entity, other: Entity, how: How) -> Twins:
    fuller = max(one, other, key=lambda e: (bool(e.external), _fullness(e.name), e.id))
    return Twins(fuller, other if fuller is one else one, how)


def _fullness(name: str) -> tuple[int, int]:
    words = name.split()
    return sum(not is_initial(word) and not is_shout(word) for word in words), len(name)


def _keys(name: Name) -> Iterator[tuple[str, str]]:
    """Yield what two names that are alike have in common."""
    if name.whole:
        yield "whole", name.whole
    if name.last:
        yield "last", name.last
    if len(name.initials) > 1 or len(name.shout) > 1:
        yield "initials", name.shout or name.initials


def _letters(word: str) -> str:
    return "".join(char for char in word if char.isalnum()).casefold()


def _bare(word: str) -> str:
    """Return a word folded, without accents: lists are often typed without them."""
    word = fold(word)
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFKD", word)
    return "".join(char for char in apart if not unicodedata.combining(char))

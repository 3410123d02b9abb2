"""Finding topics as one types: by their names, synonyms, paths, codes and definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from rubricator.model.folding import fold
from rubricator.model.scheme import Scheme, Topic

Where = Literal["name", "code", "synonym", "path", "definition"]

MOST = 100
"""Topics that a search lists: of more one types a letter more."""

_GAP = re.compile(r"\W+")
_PLURALS = (
    (re.compile(r"(?<=\w\w)ies\b"), "y"),
    (re.compile(r"(?:(?<=\w[sxz])|(?<=\w[cs]h))es\b"), ""),
    (re.compile(r"(?<=\w\w[^\Ws])s\b"), ""),
)
"""Ends of English plurals, and what the singular has in their place."""
_DEFINITION_FROM = 3
"""Letters that a word must have to be looked for in definitions: shorter ones stand in all of them."""


class FoundTopic(NamedTuple):
    """A topic that matches what was typed: where it does, the words there, and which part of them was typed."""

    topic: Topic
    where: Where = "name"
    words: str = ""
    start: int = 0
    end: int = 0


class _Entry(NamedTuple):
    """A topic as it is looked up: everything folded; in `starts` and `definition` a blank stands before each word."""

    topic: Topic
    depth: int
    name: str
    starts: str
    code: str
    synonyms: str
    also: str
    """Words that its file does not have, each on a line behind a blank: one types how they begin."""
    path: str
    definition: str
    all: str
    """Everything but the definition."""
    more: Sequence[str]
    """The words of `also` as they are written."""


class TopicFinder:
    """The topics of a scheme, ready to be searched and shown as a tree."""

    def __init__(self, scheme: Scheme, also: Mapping[str, Sequence[str]] | None = None) -> None:
        """Take the topics of a scheme, and words that people have for them beside it, by code."""
        self._scheme = scheme
        self._also = also or {}
        self._offered = {topic.code: topic for topic in scheme.offered_topics()}
        self.children: dict[str, list[Topic]] = {}
        for topic in self._offered.values():
            parent = topic.parent if topic.parent in self._offered else ""
            self.children.setdefault(parent, []).append(topic)
        self._bring_up_what_circles()
        for below in self.children.values():
            below.sort(key=lambda topic: fold(topic.name))  # many files have them in the order of their codes

    def __len__(self) -> int:
        return len(self._offered)

    def __contains__(self, code: object) -> bool:
        return code in self._offered

    def _bring_up_what_circles(self) -> None:
        """Put at the top what hangs below itself: a merged file may say anything."""
        seen: set[str] = set()

        def see(topics: Iterable[Topic]) -> None:
            waiting = list(topics)
            while waiting:
                topic = waiting.pop()
                if topic.code not in seen:
                    seen.add(topic.code)
                    waiting += self.children.get(topic.code, [])

        see(self.children.get("", []))
        for code, topic in self._offered.items():
            if code not in seen:
                self.children[topic.parent].remove(topic)
                self.children.setdefault("", []).append(topic)
                see([topic])

    @cached_property
    def _entries(self) -> tuple[list[_Entry], list[_Entry]]:
        """The topics that are offered, and the retired ones."""
        made: dict[str, _Entry] = {}
        for topic in self._scheme.topics:
            for code in reversed(self._scheme.topic_codes_above(topic.code)):
                if code not in made:
                    one = self._scheme.topics_by_code[code]
                    made[code] = _entry(one, made.get(one.parent), self._also.get(code, ()))
        both = [made[topic.code] for topic in self._scheme.topics]
        return [one for one in both if not one.topic.retired], [one for one in both if one.topic.retired]

    def get_ready(self) -> None:
        """Have all topics looked over now, before somebody types."""
        len(self._entries)

    def find(self, typed: str, most: int = MOST) -> list[FoundTopic]:
        """Return the topics that hold every word typed, the best first; at most so many.

        Where no name does, those come first whose name has the words in the singular: “elections” finds “election”;
        where nothing does, synonyms in the singular count as well.
        """
        found = _found(self._entries[0], typed, most, _PATH)
        if found and found[0].where == "name":
            return found
        singular = next((one for end, other in _PLURALS if (one := end.sub(other, fold(typed))) != fold(typed)), "")
        good = ("name",) if found else ("name", "synonym")
        named = [other for other in _found(self._entries[0], singular, most, _PATH) if other.where in good]
        codes = {other.topic.code for other in named}
        return [*named, *(other for other in found if other.topic.code not in codes)][:most]

    def find_retired(self, typed: str, most: int = 5) -> list[FoundTopic]:
        """Return the retired topics that what was typed is the name of, or a part of it."""
        return _found(self._entries[1], typed, most, _IN_NAME)


def _entry(topic: Topic, above: _Entry | None, more: Sequence[str]) -> _Entry:
    name, code = fold(topic.name), topic.code.casefold()
    synonyms = "\n".join(map(fold, topic.synonyms))
    also = "".join(f"\n {fold(word)}" for word in more)
    path = f"{above.path} {name}" if above else name
    return _Entry(
        topic,
        above.depth + 1 if above else 0,
        name,
        " " + _GAP.sub(" ", name),
        code,
        synonyms,
        also,
        path,
        " " + _GAP.sub(" ", fold(topic.definition)),
        f"{path}\n{code}\n{synonyms}{also}",
        more,
    )


_EXACT, _SAME, _ONE_WORD, _BEGINS, _WORDS, _SAME_ALSO, _IN_NAME = range(7)
_CODE, _SYNONYM, _ALSO, _IN_ALSO, _PATH, _DEFINITION = range(7, 13)


def _found(entries: Sequence[_Entry], typed: str, most: int, last: int) -> list[FoundTopic]:
    """Return the entries that match, ranked; definitions count where the rest does not fill the list."""
    whole = fold(typed)
    words = whole.split()
    if not words:
        return []
    hits: list[tuple[int, int, int]] = []
    first = words[0]
    for place, entry in enumerate(entries):
        if first in entry.all:  # most have not even that
            rank = _rank(entry, whole, words)
            if rank <= last:
                hits.append((rank, entry.depth, place))
    hits.sort()
    if last == _PATH and len(hits) < most and all(len(word) >= _DEFINITION_FROM for word in words):
        there = {place for _rank, _depth, place in hits}
        begin, *others = [f" {word}" for word in words]
        more = [n for n, entry in enumerate(entries) if begin in entry.definition and n not in there]
        more = [n for n in more if all(other in entries[n].definition for other in others)]
        hits += sorted((_DEFINITION, entries[n].depth, n) for n in more)
    return [_said(entries[place], rank, whole, words) for rank, _depth, place in hits[:most]]


def _rank(entry: _Entry, whole: str, words: Sequence[str]) -> int:
    """Say how well an entry fits: its name, another name that is just that, the beginning of its name (of one word
    first), words, letters, code, synonym, path.

    Words that its file does not have come after all names of which a word begins so: who made the tree knows it better.
    """
    name = entry.name
    if name == whole:
        return _EXACT
    if f"\n{whole}\n" in f"\n{entry.synonyms}\n":
        return _SAME
    if name.startswith(whole):
        return _BEGINS if " " in name else _ONE_WORD
    if all(f" {word}" in entry.starts for word in words):
        return _WORDS
    if f"\n {whole}\n" in f"{entry.also}\n":
        return _SAME_ALSO  # not after names that have its letters only: “war” is more than “award”
    if all(word in name for word in words):
        return _IN_NAME
    if all(word in entry.code for word in words):
        return _CODE
    if entry.synonyms and any(all(word in synonym for word in words) for synonym in entry.synonyms.split("\n")):
        return _SYNONYM
    if f"\n {whole}" in entry.also:
        return _ALSO
    if any(_begins(also, words) for also in entry.also.split("\n")):
        return _IN_ALSO
    rest = [word for word in words if word not in name and word not in entry.synonyms]
    if len(rest) < len(words) and all(word in entry.path or word in entry.code for word in rest):
        return _PATH
    return _DEFINITION + 1


def _begins(also: str, words: Sequence[str]) -> bool:
    """Say whether each word typed begins one of these."""
    return all(f" {word}" in also for word in words)


def _said(entry: _Entry, rank: int, whole: str, words: Sequence[str]) -> FoundTopic:
    topic = entry.topic
    if rank == _CODE:
        return FoundTopic(topic, "code", topic.code, *_place(topic.code, whole, words))
    if rank in (_SAME, _SAME_ALSO):
        said = next(said for said in (*topic.synonyms, *entry.more) if fold(said) == whole)
        return FoundTopic(topic, "synonym", said, 0, len(said))
    if rank == _SYNONYM:
        said = next(said for said in topic.synonyms if all(word in fold(said) for word in words))
        return FoundTopic(topic, "synonym", said, *_place(said, whole, words))
    if rank in (_ALSO, _IN_ALSO):
        holding = [said for said in entry.more if _begins(f" {fold(said)}", words)]
        said = next((said for said in holding if fold(said).startswith(whole)), holding[0])
        return FoundTopic(topic, "synonym", said, *_place(said, whole, words))
    if rank == _DEFINITION:
        return FoundTopic(topic, "definition", *_around(topic.definition, words[0]))
    return FoundTopic(topic, "path" if rank == _PATH else "name", topic.name, *_place(topic.name, whole, words))


def _place(said: str, whole: str, words: Iterable[str]) -> tuple[int, int]:
    """Return which part of words as they are written was typed: all of it, or the first of the words."""
    lower = said.lower()
    for typed in (whole, *words):
        at = lower.find(typed)
        if at >= 0 and len(lower) == len(said):
            return at, at + len(typed)
    return 0, 0


def _around(definition: str, word: str) -> tuple[str, int, int]:
    """Return the part of a definition that begins some words before what was typed."""
    said = " ".join(definition.split())
    match = re.search(rf"\b{re.escape(word)}", said, re.IGNORECASE)
    if match is None:
        return said, 0, 0
    before = said[: match.start()].split()
    lead = " ".join(before[-3:])
    lead = f"{'… ' if len(before) > 3 else ''}{lead}{' ' if lead else ''}"
    return lead + said[match.start() :], len(lead), len(lead) + len(match[0])


def below(children: Mapping[str, Sequence[Topic]], code: str) -> set[str]:
    """Return the codes of all topics below one."""
    found: set[str] = set()
    waiting = [code]
    while waiting:
        for topic in children.get(waiting.pop(), ()):
            if topic.code not in found:
                found.add(topic.code)
                waiting.append(topic.code)
    return found

"""Topic trees: what a file says of its topics in all its languages (`Concept`), and the tree in one of them (`Topic`).

The readers of files stand in formats/topic_trees; what makes a sound tree of topics is said here.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from rubricator.errors import UserError
from rubricator.model.folding import single_spaced
from rubricator.model.ids import new_id
from rubricator.model.lengths import too_long
from rubricator.model.scheme import Scheme, Topic
from rubricator.model.spans import NOTHING
from rubricator.words import Message, message, plural

LANGUAGE = "en-GB"
"""The language of names where the one asked for is missing."""

Words = Mapping[str, str]
"""The same words in several languages, by language tag; "" where none is named."""

_TOLD = 5
"""Flaws that an error names."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A topic as its file gives it; `parents` and `instead` hold codes, `place` says where in the file it stands."""

    code: str
    place: Message | str = ""
    names: Words = field(default_factory=lambda: NOTHING)
    definitions: Words = field(default_factory=lambda: NOTHING)
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)
    parents: tuple[str, ...] = ()
    retired: str = ""
    notes: Words = field(default_factory=lambda: NOTHING)
    instead: tuple[str, ...] = ()


class Flaw(NamedTuple):
    """Something in a file that a tree cannot be, and that can be taken otherwise: a second parent, a missing one."""

    place: Message | str
    why: Message


class TopicFile(NamedTuple):
    """What a file of topics holds; `where` names the file."""

    where: str
    concepts: tuple[Concept, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which names are given, the one with most names first."""
        counts: dict[str, int] = {}
        for concept in self.concepts:
            for language in concept.names:
                if language:
                    counts[language] = counts.get(language, 0) + 1
        return tuple(sorted(counts, key=lambda language: (-counts[language], language)))

    def flaws(self) -> tuple[Flaw, ...]:
        """Return what stands against a tree and can be mended: of several parents the first, of none the top is it."""
        known = {concept.code for concept in self.concepts}
        found: list[Flaw] = []
        for one in self.concepts:
            if len(one.parents) > 1:
                parents = ", ".join(one.parents[:_TOLD]) + (" …" if len(one.parents) > _TOLD else "")
                found.append(
                    Flaw(one.place, message("{code} has several parents: {parents}", code=one.code, parents=parents))
                )
            found += [
                Flaw(
                    one.place,
                    message("the parent of {code}, {parent}, is not in the file", code=one.code, parent=other),
                )
                for other in one.parents
                if other not in known
            ]
        return tuple(found)

    def topics(self, language: str = LANGUAGE, *, mended: bool = False) -> tuple[Topic, ...]:
        """Return the tree, each parent before its children, in a language or, where it says nothing, in English.

        UserError where the file holds no sound tree; with `mended`, flaws are taken as `flaws` says.
        """
        flaws = () if mended else self.flaws()
        if flaws:
            raise UserError(
                message(
                    "{file} holds no tree that can be taken as it is: {flaws}.",
                    file=self.where,
                    flaws=told(flaws),
                ),
                message("Mend the file; or take the first of several parents, and the top for a missing one (--mend)."),
                refusals=flaws,
            )
        known = {concept.code for concept in self.concepts}
        places = {concept.code: concept.place for concept in self.concepts}
        topics = (self._topic(concept, known, language) for concept in self.concepts)
        return in_tree_order(topics, self.where, places)

    def _topic(self, concept: Concept, known: set[str], language: str) -> Topic:
        parent = next((code for code in concept.parents if code in known), "")
        name = single_spaced(in_language(concept.names, language)) or concept.code
        some = {tag: "\n".join(words) for tag, words in concept.synonyms.items()}
        synonyms = dict.fromkeys(in_language(some, language).split("\n"))
        return Topic(
            code=concept.code,
            name=name,
            definition=in_language(concept.definitions, language),
            parent=parent,
            retired=concept.retired,
            synonyms=tuple(word for word in synonyms if word and word != name),
            note=in_language(concept.notes, language),
            instead=tuple(code for code in concept.instead if code in known and code != concept.code),
        )


def told(flaws: Sequence[Flaw], most: int = _TOLD) -> Message:
    """Put flaws into words, each with its place."""
    some = [message("{place}: {why}", place=one.place, why=one.why) for one in flaws[:most]]
    words = Message("; ".join(f"{{m{n}}}" for n in range(len(some))), {f"m{n}": one for n, one in enumerate(some)})
    more = len(flaws) - len(some)
    return plural("{words}; and {n} more", "{words}; and {n} more", more, words=words) if more else words


def in_tree_order(
    topics: Iterable[Topic], where: str, places: Mapping[str, Message | str] = NOTHING
) -> tuple[Topic, ...]:
    """Return the topics with each parent before its children; what the file gives first stays first.

    A parent that is not among them leaves its topic at the top. UserError where a code stands twice, or in a circle.
    """
    by_code: dict[str, Topic] = {}
    for topic in topics:
        if topic.code in by_code:
            why = message(
                "the topic {code} stands in it twice ({place})", code=topic.code, place=places.get(topic.code, "")
            )
            raise bad_file(where, why)
        by_code[topic.code] = topic
    children: dict[str, list[Topic]] = {}
    for topic in by_code.values():
        if topic.parent and topic.parent not in by_code:
            topic = topic._replace(parent="")
        children.setdefault(topic.parent, []).append(topic)
    ordered: list[Topic] = []
    waiting = list(reversed(children.get("", [])))
    while waiting:
        topic = waiting.pop()
        ordered.append(topic)
        waiting.extend(reversed(children.get(topic.code, [])))
    if len(ordered) < len(by_code):
        reached = {topic.code for topic in ordered}
        lost = next(code for code in by_code if code not in reached)
        place = places.get(lost, "")
        raise bad_file(
            where, message("the topic {code} is, by way of its parents, above itself ({place})", code=lost, place=place)
        )
    return tuple(ordered)


def in_language(words: Words, language: str) -> str:
    """Return the words in this language, else in a relative of it ("en-US"), else in LANGUAGE, else in any."""
    known = {key.lower(): text.strip() for key, text in words.items() if text.strip()}
    for wanted in (language.lower(), LANGUAGE.lower()):
        if wanted in known:
            return known[wanted]
        stem = wanted.split("-")[0]
        relative = next((text for key, text in known.items() if key.split("-")[0] == stem), "")
        if relative:
            return relative
    return next(iter(known.values()), "")


def has_short_iptc(scheme: Scheme) -> bool:
    """Say whether the scheme has IPTC's Media Topics, but only their first two levels, as a new project has."""
    codes = [topic.code for topic in scheme.offered_topics() if topic.code.startswith("medtop:")]
    return bool(codes) and all(len(scheme.topic_codes_above(code)) <= 2 for code in codes)


def code_for(name: str, taken: Container[str], used: dict[str, int] | None = None) -> str:
    """Return a code made of a name: its words in small letters, with a number where another topic has that code.

    `used` remembers the numbers given, for who makes many.
    """
    words = "-".join(re.findall(r"\w+", name.casefold())) or "topic"  # as written: such codes are kept for good
    used = {} if used is None else used
    numbered = ((n, words if n == 1 else f"{words}-{n}") for n in count(used.get(words, 1)))
    used[words], code = next((n, code) for n, code in numbered if code not in taken)
    return code


def overlong(topic: Topic, was: Topic | None = None) -> Message | None:
    """Return why a topic has a name or a definition that is too long; None where it has none, or `was` had it."""
    known = (was.name, *was.synonyms, was.definition) if was is not None else ()
    return too_long((topic.name, *topic.synonyms), topic.definition, known)


def code_by_hand(name: str) -> str:
    """Return the code of a topic made by hand: the words of its name, and a part of a new id.

    No other copy makes it: words alone would be one code for two topics, as soon as somebody renames or moves one.
    """
    return f"{code_for(name, ())[:_WORDS_MOST].rstrip('-')}-{new_id()[:8]}"


_WORDS_MOST = 60
"""Characters of a code made by hand that tell what it is."""


def bad_file(where: str, why: Message) -> UserError:
    """Return the words for a file that holds no topics that can be read."""
    return UserError(
        message("{file} is not a topics file Rubricator can read: {why}.", file=where, why=why),
        message(
            "Take IPTC’s “cptall” file (JSON), a table (CSV), SKOS (JSON-LD, Turtle), or a topics file of Rubricator."
        ),
    )

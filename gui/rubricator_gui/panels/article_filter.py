"""What stands in the filter of the article list, read: words, "in quotes", label:ORG, entity:, text:, status: ..."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rubricator.model.scheme import Scheme
from rubricator_gui.panels.states import LEFT, OPEN, WORDS

KEYS = ("label", "entity", "text", "status", "flag")
_PIECE = re.compile(rf'(?:(?P<key>{"|".join(KEYS)}):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S+))', re.IGNORECASE)
_LABEL = re.compile(r'"[^"]*"?|(?<!\S)(?P<before>-?label:)(?P<words>[^\s":]+(?: +[^\s":]+)+)(?!\S)', re.IGNORECASE)
_LIKE_A_KEY = re.compile(r"([^\W\d_]+):(?!//)")

_UNFINISHED = ("label:", "status:", "entity:", "text:")
"""Nothing is asked by these alone."""

FLAGGED = "flagged"
"""What the status box calls the flagged ones."""


class Filter(NamedTuple):
    """What an article must have to be listed."""

    words: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    """Parts of the words of its flags; an empty one: any flag will do."""
    entities: tuple[str, ...] = ()
    """Parts of what entities are called that it mentions."""
    texts: tuple[str, ...] = ()
    """What stands in its text."""

    def __bool__(self) -> bool:
        return any(self)

    def and_also(self, status: str) -> Filter:
        """Return this filter and what the status box adds to it."""
        if status == FLAGGED:
            return self._replace(flags=(*self.flags, ""))
        return self._replace(statuses=(*self.statuses, status)) if status else self


def parse_filter(typed: str) -> Filter:
    """Read a filter; keys with nothing behind them are not finished and do not count yet.

    `flag:` alone asks for any flag.
    """
    words: list[str] = []
    labels: list[str] = []
    statuses: list[str] = []
    flags: list[str] = []
    entities: list[str] = []
    texts: list[str] = []
    for piece in _pieces(typed):
        value = piece["quoted"] if piece["quoted"] is not None else piece["plain"]
        key = (piece["key"] or "").lower()
        if not key and value.lower() in _UNFINISHED:
            continue
        if not key and value.lower() == "flag:":
            key, value = "flag", ""
        if key == "status" and value.strip().casefold() == FLAGGED:  # as the status box calls it
            key, value = "flag", ""
        lists = {"label": labels, "status": statuses, "flag": flags, "entity": entities, "text": texts}
        wanted = lists.get(key, words)
        if value.strip() or key == "flag":
            wanted.append(value.strip())
    return Filter(tuple(words), tuple(labels), tuple(statuses), tuple(flags), tuple(entities), tuple(texts))


def into_texts(typed: str) -> str:
    """Return a filter that looks for its words in the texts, and else for the same."""
    pieces = _pieces(typed)
    return " ".join(
        piece[0] if piece["key"] or (piece["plain"] or "").lower() in (*_UNFINISHED, "flag:") else f"text:{piece[0]}"
        for piece in pieces
    )


def _pieces(typed: str) -> Iterator[re.Match[str]]:
    return _PIECE.finditer(_straight(typed))


def _straight(typed: str) -> str:
    """Return what was typed with the quotation marks of a typewriter."""
    return typed.replace("“", '"').replace("”", '"')


def unknown_key(typed: str) -> str:
    """Return the first word before a colon that is no key of the filter ("topic" in topic:peace); "" without any."""
    found = (_LIKE_A_KEY.match(piece["plain"]) for piece in _pieces(typed) if piece["plain"] and not piece["key"])
    return next((like[1] for like in found if like is not None and like[1].lower() not in KEYS), "")


def labels_named(scheme: Scheme, called: str) -> tuple[str, ...]:
    """Return the names of the labels that people call so, by name, chip or title; else of those that begin so.

    Where there are none it is what they typed: annotations may have a label that the scheme lost.
    """
    wanted = called.casefold()
    names = {
        label.name: [name.casefold() for name in (label.name, label.short, label.title)] for label in scheme.labels
    }
    exact = tuple(name for name, others in names.items() if wanted in others)
    begun = tuple(name for name, others in names.items() if any(other.startswith(wanted) for other in others))
    return exact or begun or (called,)


def with_quotes(typed: str, scheme: Scheme) -> str:
    """Return a filter with quotation marks around what of it is the title of a label, in several words."""

    def quoted(found: re.Match[str]) -> str:
        words = (found["words"] or "").split()
        for n in range(len(words), 1, -1):
            title = " ".join(words[:n])
            if any(label.title.casefold().startswith(title.casefold()) for label in scheme.labels):
                return " ".join((f'{found["before"]}"{title}"', *words[n:]))
        return found[0]

    return _LABEL.sub(quoted, _straight(typed))


def unknown_label(typed: str, scheme: Scheme) -> str:
    """Return what a filter calls a label though no label of the scheme is called so; "" where it does not."""
    names = {label.name for label in scheme.labels}
    asked = parse_filter(with_quotes(typed, scheme)).labels
    return next((called for called in asked if names.isdisjoint(labels_named(scheme, called))), "")


def status_named(called: str) -> str:
    """Return the status that people call so ("todo", "to do", "in work" ...); else what they typed."""
    wanted = called.casefold().replace("-", " ").replace("_", " ")
    if wanted in (LEFT, "left to do", "to do or in work"):
        return LEFT
    for status, words in WORDS.items():
        if wanted in (status, words.casefold(), words.casefold().replace(" ", "")):
            return status
    return called


def statuses_of(wanted: Filter) -> frozenset[str] | None:
    """Return the statuses that pass a filter: none at all where it asks for two, None where it asks for none."""
    asked = [frozenset(OPEN) if name == LEFT else frozenset((name,)) for name in map(status_named, wanted.statuses)]
    return frozenset.intersection(*asked) if asked else None

"""What stands in the filter of the article list, read: words, "words in quotes", label:ORG, status:todo."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rubricator.model.scheme import Scheme
from rubricator_gui.panels.states import WORDS

_PIECE = re.compile(r'(?:(?P<key>label|status):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S+))', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Filter:
    """What an article must have to be listed."""

    words: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.labels or self.statuses)


def parse_filter(typed: str) -> Filter:
    """Read a filter; `label:` and `status:` with nothing behind them are not finished and do not count yet."""
    words: list[str] = []
    labels: list[str] = []
    statuses: list[str] = []
    for piece in _PIECE.finditer(typed.replace("“", '"').replace("”", '"')):
        value = piece["quoted"] if piece["quoted"] is not None else piece["plain"]
        key = (piece["key"] or "").lower()
        if not key and value.lower() in ("label:", "status:"):
            continue
        wanted = {"label": labels, "status": statuses}.get(key, words)
        if value.strip():
            wanted.append(value.strip())
    return Filter(tuple(words), tuple(labels), tuple(statuses))


def label_named(scheme: Scheme, called: str) -> str:
    """Return the name of the label that people call so: by its name, its chip or its title; else what they typed."""
    wanted = called.casefold()
    for label in scheme.labels:
        if wanted in (label.name.casefold(), label.short.casefold(), label.title.casefold()):
            return label.name
    return called


def status_named(called: str) -> str:
    """Return the status that people call so ("todo", "to do", "in work" ...); else what they typed."""
    wanted = called.casefold().replace("-", " ").replace("_", " ")
    for status, words in WORDS.items():
        if wanted in (status, words.casefold(), words.casefold().replace(" ", "")):
            return status
    return called

"""Finding topics as one types: by words in their names, codes and paths. No widget here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rubricator.model.scheme import Scheme, Topic

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave: the hits in the order of the tree, all above them, and the one that fits best."""

    hits: frozenset[str]
    shown: frozenset[str]
    best: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    topic: Topic
    name: str
    own: str
    path: str


class TopicFinder:
    """The topics that a scheme offers, ready to be searched and shown as a tree."""

    def __init__(self, scheme: Scheme) -> None:
        self._entries: dict[str, _Entry] = {}
        self.children: dict[str, list[Topic]] = {}
        offered = {topic.code: topic for topic in scheme.offered_topics()}
        for topic in offered.values():
            path = " ".join(scheme.topic_path(topic.code)).casefold()
            name = topic.name.casefold()
            self._entries[topic.code] = _Entry(topic, name, f"{name} {topic.code.casefold()}", f"{path} {topic.code}")
            self.children.setdefault(_parent(topic, offered), []).append(topic)
        self._reachable = self._walk()

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, code: object) -> bool:
        return code in self._entries

    def _walk(self) -> set[str]:
        """Find what hangs below the top; what circles above itself is put there."""
        seen: set[str] = set()
        waiting = list(self.children.get("", []))
        while waiting:
            topic = waiting.pop()
            seen.add(topic.code)
            waiting += self.children.get(topic.code, [])
        for code, entry in self._entries.items():
            if code not in seen:
                self.children.setdefault("", []).append(entry.topic)
                self.children[entry.topic.parent].remove(entry.topic)
                seen |= {code}
        return seen

    def find(self, typed: str) -> Found:
        """Return the topics that hold every word typed, at least one of them in their own name or code."""
        words = typed.casefold().split()
        if not words:
            return Found(frozenset(), frozenset())
        hits: dict[str, tuple[int, int]] = {}
        for place, (code, entry) in enumerate(self._entries.items()):
            if all(word in entry.path for word in words) and any(word in entry.own for word in words):
                hits[code] = (_rank(entry, words), place)
        shown: set[str] = set()
        for code in hits:
            while code in self._entries and code not in shown:
                shown.add(code)
                code = self._entries[code].topic.parent
        best = min(hits, key=lambda code: hits[code], default="")
        return Found(frozenset(hits), frozenset(shown), best)


def _parent(topic: Topic, offered: Mapping[str, Topic]) -> str:
    return topic.parent if topic.parent in offered else ""


def _rank(entry: _Entry, words: list[str]) -> int:
    """Order hits: the very name, its beginning, the beginning of a word in it, anywhere in it, in its code or path."""
    whole = " ".join(words)
    if entry.name == whole:
        return 0
    if entry.name.startswith(whole):
        return 1
    starts = [word.group() for word in _WORD.finditer(entry.name)]
    if all(any(start.startswith(word) for start in starts) for word in words):
        return 2
    return 3 if all(word in entry.name for word in words) else 4

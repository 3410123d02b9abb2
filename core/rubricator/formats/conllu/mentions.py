"""Reads the brackets of `Entity=`: mentions, nested, crossing or in parts, that say which thing they are of.

Sources of the format: Universal Anaphora's compact CoNLL-U, CorefUD 1.0 and GUM. `(1-person-new` opens a mention, `1)`
closes the last one that 1 opened; `15[1/2]` is the first of two parts. `# global.Entity` names the fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rubricator.errors import UserError
from rubricator.formats.conllu.words import meant_field, meant_value
from rubricator.words import Message, message

_CHUNK = re.compile(r"\([^()]*\)?|[^()]+\)?|\)")
_PART = re.compile(r"\[(\d{1,4})/(\d{1,4})\]")
_NUMBER = re.compile(r"[a-z]?\d+", re.ASCII)
_PREFIXED = re.compile(r"[A-Za-z][\w.+-]*:[^_]")
_GROUP = ("GRP", "eid")
_KIND = ("etype", "entity", "type")

LABEL = "mention"
"""The label of a mention that the file gives no kind."""


@dataclass
class Mention:
    """A mention in words `[start, end)`, one pair for each part; `group` is what its mentions of one thing share."""

    group: str
    where: str
    fields: dict[str, str]
    opened: int
    parts: list[tuple[int, int]] = field(default_factory=list)
    uid: str = ""
    """The id of its annotation, once there is one."""

    @property
    def label(self) -> str:
        """Its kind, as far as the file says one."""
        return next((self.fields[name] for name in _KIND if self.fields.get(name)), LABEL)

    @property
    def identity(self) -> str:
        """What it is elsewhere: as in GUM a page of Wikipedia, unless another prefix stands before it."""
        found = self.fields.get("identity", "")
        return found if not found or _PREFIXED.match(found) else f"wikipedia:{found}"

    @property
    def attributes(self) -> dict[str, object]:
        """What else the file says of it."""
        gone = {*_GROUP, *_KIND, "identity", "other"}
        found: dict[str, object] = {name: words for name, words in self.fields.items() if name not in gone and words}
        return found | {name: value for own, name, value in self._other() if not own}

    @property
    def own(self) -> dict[str, object]:
        """What Rubricator writes of it beside its attributes."""
        return {name: value for own, name, value in self._other() if own}

    def _other(self) -> Iterator[tuple[bool, str, object]]:
        for pair in self.fields.get("other", "").split(","):
            name, colon, value = pair.partition(":")
            if pair:
                yield pair.startswith("."), meant_field(name), meant_value(value) if colon else True


class Brackets:
    """The mentions of an article as its words are read; `declared` is what `# global.Entity` says."""

    def __init__(self, declared: list[str]) -> None:
        self.declared = declared
        self.mentions: list[Mention] = []
        self._open: dict[str, list[tuple[Mention, int]]] = {}
        self._parted: dict[str, Mention] = {}

    def add(self, at: int, value: str, where: str) -> None:
        """Take in what stands in the Entity of a word; UserError where it cannot be read."""
        for match in _CHUNK.finditer(value):
            chunk = match[0]
            if chunk.startswith("("):
                key, mention = self._begin(at, chunk.strip("()"), where)
                if chunk.endswith(")"):
                    mention.parts.append((at, at + 1))
                else:
                    self._open.setdefault(key, []).append((mention, at))
            elif chunk.endswith(")"):
                self._end(at, chunk[:-1], where)
            else:
                raise _bad(message("{where}: “{chunk}” of its Entity is no bracket.", where=where, chunk=chunk[:40]))

    def finish(self) -> list[Mention]:
        """Return the mentions; UserError where one has no end."""
        for some in self._open.values():
            for mention, _at in some:
                raise _bad(
                    message("{where}: the bracket ({group} is never closed.", where=mention.where, group=mention.group)
                )
        return self.mentions

    def _begin(self, at: int, words: str, where: str) -> tuple[str, Mention]:
        part = _PART.search(words)
        words = _PART.sub("", words, count=1)
        cells = words.split("-")
        names = self.declared or _undeclared(cells)
        if len(cells) > len(names):  # a hyphen that nobody spelled otherwise
            cells = [*cells[: len(names) - 1], "-".join(cells[len(names) - 1 :])]
        raw = dict(zip(names, cells, strict=False))
        fields = {name: cell if name == "other" else meant_field(cell) for name, cell in raw.items()}
        group = next((raw[name] for name in _GROUP if raw.get(name)), "")
        key = (group or cells[0]) + (part[0] if part else "")
        if part and part[1] != "1" and group in self._parted:
            return key, self._parted[group]
        mention = Mention(group, where, fields, at)
        self.mentions.append(mention)
        if part:
            self._parted[group] = mention
        return key, mention

    def _end(self, at: int, words: str, where: str) -> None:
        key = next((key for key in _keys(words, self.declared) if self._open.get(key)), "")
        if not key:
            raise _bad(message("{where}: the bracket {words}) was never opened.", where=where, words=words[:40]))
        mention, start = self._open[key].pop()
        mention.parts.append((start, at + 1))


def _undeclared(cells: list[str]) -> list[str]:
    """Return what the fields are where nothing says so: a number is a group, a word a kind."""
    if len(cells) == 1:
        return ["GRP"] if _NUMBER.fullmatch(cells[0]) else ["etype"]
    first = ["GRP", "etype"] if _NUMBER.fullmatch(cells[0]) else ["etype", "GRP"]
    return [*first, "identity"][: len(cells)]


def _keys(words: str, declared: list[str]) -> Iterator[str]:
    """Yield by what a closing bracket may have been opened: its group alone, or all that stands in it."""
    yield words
    part = _PART.search(words)
    cells = _PART.sub("", words, count=1).split("-")
    names = declared or _undeclared(cells)
    for name, cell in zip(names, cells, strict=False):
        if name in _GROUP:
            yield cell + (part[0] if part else "")


def _bad(why: Message) -> UserError:
    return UserError(why, message("Correct the file, or make it again where it came from."))

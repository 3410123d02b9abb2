"""The docs of a DocBin, taken from its bytes; spaCy itself would follow whatever numbers a file holds.

A DocBin is MessagePack packed with zlib: a table of numbers for each token, the strings that the numbers are the hashes
of, groups of spans, categories, and user data. It is read as plain values within bounds: nothing in it is run.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rubricator.errors import UserError
from rubricator.formats import files
from rubricator.formats.json_values import Bad
from rubricator.formats.plain_values import plain_value
from rubricator.words import message

PACKED_MOST = 4 << 30
"""Bytes of a file: one whose table of tokens is as long as can be is smaller by far."""
UNPACKED_MOST = 256 << 20
"""Bytes that any file may swell to; a larger one may to more, as DocBins do, but not without end."""
_SWELLS = 64
_BEGINS, _GOES_ON = 3, 1
_SPAN = struct.Struct(">QQQllll")
_READ = frozenset(("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID"))


@dataclass(frozen=True, slots=True)
class Found:
    """A span of a doc, in characters."""

    start: int
    end: int
    label: str
    linked: str = ""
    uid: str = ""


@dataclass
class Doc:
    """What a DocBin says of one doc; `other` names what of it is no span, topic or text."""

    text: str
    entities: list[Found]
    groups: dict[str, list[Found]]
    cats: Mapping[str, Any]
    user_data: Mapping[str, Any]
    other: list[str] = field(default_factory=list)


def docs_in(source: Path) -> Iterator[Doc]:
    """Yield the docs of a file; UserError names the file, and the doc by its number."""
    packed = files.whole(source, PACKED_MOST)
    data = files.inflated(packed, source.name, max(UNPACKED_MOST, _SWELLS * len(packed)))
    del packed
    number = 0
    try:
        docs = _Bin(data)
        del data
        for number in range(1, docs.n + 1):
            yield docs.doc(number - 1)
    except (Bad, ValueError, TypeError, KeyError, IndexError, OverflowError, struct.error, RecursionError) as error:
        where = message("document {n}", n=number) if number else message("it")
        raise UserError(
            message("{file}: {where} is not a sound document of spaCy.", file=source.name, where=where),
            message("Make the file again with spaCy."),
        ) from error


class _Bin:
    """The tables of a DocBin."""

    def __init__(self, data: bytes) -> None:
        values = _unpacked(data)
        import numpy  # these take seconds to load, and what is no DocBin needs none of them
        from spacy.attrs import IDS
        from spacy.strings import get_string_id

        self._attrs = [int(attr) for attr in values["attrs"]]
        self._at = {name: self._attrs.index(IDS[name]) for name in _READ if IDS[name] in self._attrs}
        self._strings = {get_string_id(words): words for words in values["strings"] if isinstance(words, str)}
        self._strings[0] = ""
        lengths = numpy.frombuffer(values["lengths"], dtype="int32").astype("int64")
        tokens = numpy.frombuffer(values["tokens"], dtype="uint64").reshape((-1, len(self._attrs)))
        spaces = numpy.frombuffer(values["spaces"], dtype="uint8")
        if (lengths < 0).any() or not lengths.sum() == len(tokens) == len(spaces):
            raise ValueError("lengths")
        names = {number: name for name, number in IDS.items()}
        self._unread = [
            names.get(attr, str(attr))
            for n, attr in enumerate(self._attrs)
            if names.get(attr) not in _READ and tokens[:, n].any()
        ]
        self.n = len(lengths)
        self._tokens, self._spaces = tokens, spaces
        self._ends = [0, *lengths.cumsum().tolist()]
        self._cats = values["cats"]
        self._flags = values.get("flags") or [{}] * self.n
        self._groups = values.get("span_groups") or [b""] * self.n
        self._user_data = values.get("user_data") or [None] * self.n

    def doc(self, n: int) -> Doc:
        """Return a doc by its number."""
        rows = self._tokens[self._ends[n] : self._ends[n + 1]]
        spaces = self._spaces[self._ends[n] : self._ends[n + 1]].tolist()
        spaced = bool(self._flags[n].get("has_unknown_spaces"))
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for orth, space in zip(rows[:, self._at["ORTH"]].tolist(), spaces, strict=True):
            word = self._strings[orth]
            starts.append(at)
            at += len(word)
            ends.append(at)
            pieces.append(word)
            if space or spaced:
                pieces.append(" ")
                at += 1
        places = starts, ends
        cats = dict(self._cats[n] or {})
        groups = {key: self._group(data, places) for key, data in _groups(self._groups[n])}
        other = ["user_data: " + ", ".join(str(part) for part in key)[:80] for key in self._extensions(n)]
        if n == 0 and self._unread:
            other.append(", ".join(self._unread))
        return Doc("".join(pieces), self._entities(rows, places), groups, cats, self._known(n), other)

    def _entities(self, rows: Any, places: tuple[list[int], list[int]]) -> list[Found]:
        """Return the entities: runs of tokens, each begun by a B or by another kind than the one before."""
        starts, ends = places
        types = self._column(rows, "ENT_TYPE")
        begun = self._column(rows, "ENT_IOB") if "ENT_IOB" in self._at else [_GOES_ON if kind else 0 for kind in types]
        linked, uids = self._column(rows, "ENT_KB_ID"), self._column(rows, "ENT_ID")
        found: list[Found] = []
        open_at = -1
        for n, (iob, kind) in enumerate(zip(begun, types, strict=True)):
            goes_on = open_at >= 0 and iob == _GOES_ON and kind == types[open_at]
            if open_at >= 0 and goes_on:
                found[-1] = Found(found[-1].start, ends[n], found[-1].label, found[-1].linked, found[-1].uid)
            elif iob in (_BEGINS, _GOES_ON) and kind:
                open_at = n
                found.append(
                    Found(starts[n], ends[n], self._strings[kind], self._strings[linked[n]], self._strings[uids[n]])
                )
            else:
                open_at = -1
        return found

    def _column(self, rows: Any, name: str) -> list[int]:
        return rows[:, self._at[name]].tolist() if name in self._at else [0] * len(rows)

    def _group(self, data: bytes, places: tuple[list[int], list[int]]) -> list[Found]:
        starts, ends = places
        found = []
        for packed in _unpacked(data)["spans"]:
            uid, linked, label, first, last, _start, _end = _SPAN.unpack(packed)
            if not 0 <= first <= last <= len(starts):
                raise ValueError("span")
            start = starts[first] if first < len(starts) else (ends[-1] if ends else 0)
            end = ends[last - 1] if last > first else start
            # A number that no string stands for is an id of a person's own.
            found.append(
                Found(start, end, self._strings[label], *(self._strings.get(x, str(x)) for x in (linked, uid)))
            )
        return found

    def _known(self, n: int) -> Mapping[str, Any]:
        packed = self._user_data[n]
        if not packed:
            return {}
        value = _unpacked(packed, lists=False)
        return {key: plain_value(part) for key, part in value.items() if isinstance(key, str)}

    def _extensions(self, n: int) -> list[tuple[Any, ...]]:
        """Return the keys of what extensions keep in user data: `("._.", name, start, end)`."""
        packed = self._user_data[n]
        value = _unpacked(packed, lists=False) if packed else {}
        return [key for key in value if isinstance(key, tuple)]


def _groups(packed: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the groups of spans: a map of their bytes to their keys, in old files a list of them."""
    value = _unpacked(packed) if packed else []
    if isinstance(value, dict):
        for data, keys in value.items():
            for key in keys:
                yield str(key), data
    else:
        for data in value:
            yield str(_unpacked(data)["name"]), data


def _unpacked(data: bytes, *, lists: bool = True) -> Any:
    """Return the values of MessagePack; with a hook of our own, spaCy's for numbers of numpy is not asked."""
    from srsly import msgpack

    most = len(data)
    return msgpack.unpackb(
        data,
        raw=False,
        use_list=lists,
        object_pairs_hook=dict,
        strict_map_key=False,
        max_array_len=most,
        max_map_len=most,
        max_str_len=most,
        max_bin_len=most,
        max_ext_len=0,
    )

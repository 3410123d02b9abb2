"""A CAS as it was read, from XMI or JSON: its structures, and what they tell of the text of its first view.

Of a CAS with several views the one is taken that is called `_InitialView`, or else the first that has a text. What is
not in the index of the view is not of it. Layers become annotations, relations and entities as cas_layers.py says.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rubricator.errors import UserError
from rubricator.formats.base import Header, ReadOptions, Record
from rubricator.formats.cas.declared import declared
from rubricator.formats.cas.layers import (
    DEPENDENCY,
    METADATA,
    Arc,
    Mark,
    Told,
    is_text_layer,
    said_of,
)
from rubricator.formats.cas.types import BOOLEAN, BROKEN, DOCUMENT, WHOLE, Types
from rubricator.formats.reading import Draft
from rubricator.words import message

INITIAL = "_InitialView"
_PLACED = ("begin", "end", "sofa")
_POINTING = frozenset({"sofa", "Governor", "Dependent", "first", "next", "target"})
"""Features that hold structures in every type system of INCEpTION, for files that stand without one."""


@dataclass(slots=True)
class Structure:
    """A structure: its values, and the keys of the structures that its features hold."""

    key: str
    kind: str
    where: str
    values: dict[str, Any] = field(default_factory=dict)
    held: dict[str, list[str]] = field(default_factory=dict)

    @property
    def sofa(self) -> str | None:
        """The key of the sofa that it stands in, if it says so."""
        keys = self.held.get("sofa")
        return keys[0] if keys else None


@dataclass
class View:
    """A view: the name and text of its sofa, and the keys of what is in its index (None: nobody says)."""

    key: str
    name: str
    text: str | None
    members: set[str] | None = None


@dataclass
class Cas:
    """What a file holds."""

    file: str
    types: Types
    structures: dict[str, Structure] = field(default_factory=dict)
    views: list[View] = field(default_factory=list)


def read_cas(cas: Cas, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
    """Yield the entities and the article of a CAS."""
    view = _view(cas)
    text = view.text
    if text is None or not text.strip():
        raise UserError(message("{file} holds no text.", file=cas.file), message("Take it out of the import."))
    reading = _Reading(cas, view)
    told = reading.told()
    if (names := declared(cas.types)) is not None:
        yield names
    unit = "utf16" if options.unit == "codepoint" else options.unit
    yield from said_of(told, Draft(text, cas.file, unit), source.stem, reading.title, reading.meta)


def _view(cas: Cas) -> View:
    named = [view for view in cas.views if view.name == INITIAL and view.text]
    texts = [view for view in cas.views if view.text]
    return next(iter(named or texts), View("", "", None))


class _Reading:
    """The structures of a view that are being put into marks, arcs and chains."""

    def __init__(self, cas: Cas, view: View) -> None:
        self._cas = cas
        self._view = view
        self._told = Told()
        self.title = ""
        self.meta: dict[str, Any] = {}
        self._kinds: dict[str, tuple[bool, bool]] = {}

    def told(self) -> Told:
        """Return what the view tells."""
        told = self._told
        told.unheld += [f"{self._cas.file}: {view.name}" for view in self._cas.views if view is not self._view]
        placed = [one for one in self._cas.structures.values() if self._is_ours(one)]
        annotations = [one for one in placed if not self._is_of_the_text(one)]
        told.marks = {one.key: self._mark(one) for one in annotations if not _is_relation(one)}
        told.chains = [chain for one in self._cas.structures.values() if (chain := self._chain(one))]
        linked = {key for chain in told.chains for key in chain}
        for one in annotations:
            if _is_relation(one):
                self._relation(one)
            else:
                for name, keys in one.held.items():
                    if name != "sofa" and not (name == "next" and one.key in linked):
                        self._holds(one, name, keys)
        return told

    def _is_ours(self, one: Structure) -> bool:
        """Say whether this is an annotation in the index of the view; what is in no index is told."""
        if "begin" not in one.values or "end" not in one.values:
            self._tell_if_alone(one)
            return False
        if one.sofa not in (None, self._view.key):
            return False
        if self._view.members is not None and one.key not in self._view.members:
            self._told.unheld.append(f"{one.where}: {one.kind}")
            return False
        return True

    def _tell_if_alone(self, one: Structure) -> None:
        """Tell of a structure of no place in the text, unless it is a part of others that are told of."""
        held = "first" in one.held or "target" in one.held or one.kind.endswith(("[]", "Array", "List", "Link"))
        in_index = self._view.members is not None and one.key in self._view.members
        if in_index and not held and not is_text_layer(one.kind):
            self._told.unheld.append(f"{one.where}: {one.kind}")

    def _is_of_the_text(self, one: Structure) -> bool:
        of_text, of_document = self._about(one.kind)
        if of_document:
            self.title = str(one.values.get("documentTitle") or self.title)
            language = one.values.get("language")
            if isinstance(language, str) and language not in ("", "x-unspecified"):
                self.meta["language"] = language
        return of_text

    def _about(self, kind: str) -> tuple[bool, bool]:
        """Say whether a type is of the text itself, and whether it is of the document; asked for each token."""
        if kind not in self._kinds:
            of_document = DOCUMENT in self._cas.types.above(kind)
            of_text = is_text_layer(kind) or of_document
            self._kinds[kind] = of_text, of_document or (of_text and kind == METADATA)
        return self._kinds[kind]

    def _mark(self, one: Structure) -> Mark:
        begin, end = (self._offset(one, name) for name in ("begin", "end"))
        return Mark(one.kind, begin, end, one.where, self._said(one))

    def _offset(self, one: Structure, name: str) -> int:
        value = one.values[name]
        try:
            return int(value) if isinstance(value, int) and not isinstance(value, bool) else int(str(value)[:12])
        except ValueError as error:
            raise _bad(one, name) from error

    def _said(self, one: Structure) -> dict[str, Any]:
        """Return the values of a structure, of the kinds that its type gives them."""
        found: dict[str, Any] = {}
        for kind in self._cas.types.above(one.kind):  # which features there are decides what names it, set or not
            known = self._cas.types.known.get(kind)
            found |= dict.fromkeys(known.features if known else ())
        found = {name: None for name in found if name not in one.held and name not in _PLACED}
        for name, value in one.values.items():
            if name not in _PLACED:
                found[name] = _typed(value, self._cas.types.holds(one.kind, name))
        return found

    def _relation(self, one: Structure) -> None:
        source, target = (self._only(one, name) for name in ("Governor", "Dependent"))
        if source is None or target is None or one.kind == DEPENDENCY:
            self._told.unheld.append(f"{one.where}: {one.kind.rpartition('.')[2]}")
            return
        self._told.arcs.append(Arc(one.kind, source, target, one.where, self._said(one)))

    def _only(self, one: Structure, name: str) -> str | None:
        """Return the mark that a feature holds; None where it holds none."""
        keys = one.held.get(name, [])
        return keys[0] if len(keys) == 1 and keys[0] in self._told.marks else None

    def _holds(self, one: Structure, name: str, keys: list[str]) -> None:
        """Take in what a feature of an annotation holds: the links of a slot, or another annotation."""
        for key in self._elements(keys):
            other = self._cas.structures.get(key)
            if other is None:
                raise _lost(one, key)
            if "elements" in other.values:  # an array of values, and not of structures
                self._told.marks[one.key].features[name] = other.values["elements"]
                continue
            target = key if key in self._told.marks else self._only(other, "target")
            if target is None:
                self._told.unheld.append(f"{one.where}: {name}")
                continue
            said = {} if key in self._told.marks else {k: v for k, v in self._said(other).items() if v is not None}
            role = said.pop("role", None)
            self._told.arcs.append(Arc(one.kind, one.key, target, one.where, said, str(role or name)))

    def _elements(self, keys: list[str]) -> Iterator[str]:
        """Yield the keys, with arrays opened."""
        for key in keys:
            other = self._cas.structures.get(key)
            if other is not None and "elements" in other.held:
                yield from other.held["elements"]
            else:
                yield key

    def _chain(self, one: Structure) -> list[str]:
        """Return the links of a chain, in order; empty where this is none."""
        if "first" not in one.held or "begin" in one.values:
            return []
        chain: dict[str, None] = {}
        key = self._only(one, "first")
        while key is not None and key not in chain:
            chain[key] = None
            key = self._only(self._cas.structures[key], "next")
        return list(chain)


def _is_relation(one: Structure) -> bool:
    return "Governor" in one.held or "Dependent" in one.held


def _typed(value: Any, kind: str) -> Any:
    """Return a value of XMI as the type says; as text where it is no such thing, or nobody says."""
    if not isinstance(value, str):
        return value
    try:
        if kind in WHOLE and len(value) < 20:
            return int(value)
        if kind in BROKEN and math.isfinite(float(value)):
            return float(value)
    except ValueError:
        return value
    return value == "true" if kind == BOOLEAN and value in ("true", "false") else value


def is_held(types: Types, kind: str, name: str) -> bool:
    """Say whether a feature holds structures."""
    return name in _POINTING or types.is_held(kind, name)


def _bad(one: Structure, name: str) -> UserError:
    return UserError(
        message("{where}: “{name}” is no offset.", where=one.where, name=name),
        message("Make the file again where it came from."),
    )


def _lost(one: Structure, key: str) -> UserError:
    return UserError(
        message("{where}: it speaks of {id}, which is not in the file.", where=one.where, id=key[:80]),
        message("Make the file again where it came from."),
    )

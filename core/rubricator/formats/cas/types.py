"""Type systems of UIMA: which types and features a CAS has, read from the file that stands beside it.

Source of the format: “Type System Descriptor” in Apache UIMA's reference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from rubricator.errors import UserError
from rubricator.formats.files import beside
from rubricator.formats.xml_document import Element, read_xml
from rubricator.words import message

TOP, ANNOTATION, DOCUMENT = "uima.cas.TOP", "uima.tcas.Annotation", "uima.tcas.DocumentAnnotation"
STRING, BOOLEAN = "uima.cas.String", "uima.cas.Boolean"
WHOLE = frozenset(f"uima.cas.{name}" for name in ("Integer", "Byte", "Short", "Long"))
BROKEN = frozenset(f"uima.cas.{name}" for name in ("Float", "Double"))
_ARRAYS = frozenset(
    f"uima.cas.{name}Array" for name in ("Integer", "Byte", "Short", "Long", "Float", "Double", "Boolean", "String")
) | frozenset(f"uima.cas.{name}List" for name in ("String", "Integer", "Float"))
_SPECIFIER = "{http://uima.apache.org/resourceSpecifier}"
_DEEPEST = 100


@dataclass(slots=True)
class Type:
    """A type: the one above it, its own features with what they hold, and of a text the values that it may have."""

    above: str
    features: dict[str, str] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()


@dataclass
class Types:
    """The types that are declared; those that UIMA has by itself are not."""

    known: dict[str, Type] = field(default_factory=dict)
    _held: dict[tuple[str, str], bool] = field(default_factory=dict, repr=False)

    def is_held(self, kind: str, feature: str) -> bool:
        """Say whether a feature of a type is declared to hold structures; asked for each token of an article."""
        known = self._held.get((kind, feature))
        if known is None:
            holds = self.holds(kind, feature)
            known = self._held[kind, feature] = bool(holds) and not self.is_plain(holds)
        return known

    def above(self, name: str) -> Iterator[str]:
        """Yield a type and those above it, as far as they are declared."""
        for _ in range(_DEEPEST):
            yield name
            kind = self.known.get(name)
            if kind is None:
                return
            name = kind.above

    def holds(self, name: str, feature: str) -> str:
        """Return what a feature of a type holds; empty where nobody says so."""
        for kind in self.above(name):
            if kind in self.known and feature in self.known[kind].features:
                return self.known[kind].features[feature]
        return ""

    def features(self, name: str) -> dict[str, str]:
        """Return all features of a type with what they hold, those from above first."""
        found: dict[str, str] = {}
        for kind in reversed(list(self.above(name))):
            found |= self.known[kind].features if kind in self.known else {}
        return found

    def allowed(self, range_name: str) -> tuple[str, ...]:
        """Return the only values that something may have; none where any is allowed."""
        return self.known[range_name].allowed if range_name in self.known else ()

    def is_plain(self, range_name: str) -> bool:
        """Say whether what a feature holds is a value, and not another structure."""
        names = set(self.above(range_name))
        return (
            bool(names & {STRING, BOOLEAN}) or range_name in WHOLE | BROKEN | _ARRAYS or range_name in _plain_arrays()
        )


def _plain_arrays() -> frozenset[str]:
    return frozenset(f"{name}[]" for name in (STRING, BOOLEAN, *WHOLE, *BROKEN))


def types_beside(source: Path, within: Path | None) -> Types:
    """Return the type system that stands beside a file: of the same stem, or that of the folder; else none."""
    folder = source.resolve().parent
    there = _there(folder, folder.stat().st_mtime_ns, within)
    own = there.get(f"{source.stem.lower()}-typesystem.xml") or there.get("typesystem.xml")
    if own is None and len(there) == 1:
        own = next(iter(there.values()))
    if own is None:
        return Types()
    about = own.stat()
    return _read(own, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=8)
def _there(folder: Path, _changed: int, within: Path | None) -> dict[str, Path]:
    """Return the type systems of a folder, by name; looked for once, since there may be 100,000 files beside them."""
    paths = (path for path in sorted(folder.iterdir()) if path.name.lower().endswith("typesystem.xml"))
    return {path.name.lower(): path for path in paths if beside(path, within)}


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, _size: int) -> Types:
    root = read_xml(path)
    if root.local != "typeSystemDescription":
        raise UserError(
            message("{file}, line {line}: it is no type system.", file=path.name, line=root.line),
            message("Take it out of the folder, or put the type system there that belongs to the files."),
        )
    found = Types()
    for types in root.all(f"{_SPECIFIER}types"):
        for one in types.all(f"{_SPECIFIER}typeDescription"):
            kind = found.known.setdefault(_said(one, "name"), Type(_said(one, "supertypeName") or TOP))
            for features in one.all(f"{_SPECIFIER}features"):
                for feature in features.all(f"{_SPECIFIER}featureDescription"):
                    kind.features[_said(feature, "name")] = _said(feature, "rangeTypeName") or STRING
            values = (value for allowed in one.all(f"{_SPECIFIER}allowedValues") for value in allowed.children)
            kind.allowed += tuple(word for value in values if (word := _said(value, "string")))
    return found


def _said(element: Element, name: str) -> str:
    found = element.first(f"{_SPECIFIER}{name}")
    return found.text.strip() if found is not None else ""

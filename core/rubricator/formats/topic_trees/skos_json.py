"""SKOS in JSON-LD, read without a library and without a network.

A context inside the file is followed; one that only an address names is not fetched: the names of SKOS then mean what
they mean in SKOS. Of JSON-LD this is what files of concepts use: @id, @type, @graph, @language, @value, @list, @set,
prefixes, and containers by language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rubricator.formats.topic_trees.skos import SKOS, TYPE, Value, concepts
from rubricator.model.topics import Concept, bad_file
from rubricator.words import message

_DEEPEST = 100
_KEYWORDS = ("@id", "@type", "@graph", "@value", "@language", "@list", "@set", "@included", "@reverse")
_PREFIXES = {
    "skos": SKOS,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "dct": "http://purl.org/dc/terms/",
    "dcterms": "http://purl.org/dc/terms/",
}
_NAMES = (
    "prefLabel altLabel hiddenLabel definition scopeNote note changeNote historyNote editorialNote example notation"
    " broader narrower related inScheme topConceptOf hasTopConcept Concept ConceptScheme"
).split()


def looks_like(value: object) -> bool:
    """Say whether parsed JSON may be JSON-LD."""
    if isinstance(value, list):
        return any(isinstance(item, Mapping) and ("@id" in item or "@graph" in item) for item in value)
    return isinstance(value, Mapping) and any(key in value for key in ("@context", "@graph", "@id"))


def read(value: Any, where: str) -> tuple[Concept, ...]:
    """Read the parsed file."""
    nodes = _Nodes(where)
    context = _Context({}, {**_PREFIXES, **{name: SKOS + name for name in _NAMES}}, "", "")
    for item in value if isinstance(value, list) else [value]:
        nodes.take(item, context, 0)
    return concepts(nodes.found)


class _Context:
    """What the names of an object mean."""

    def __init__(self, terms: Mapping[str, Any], known: Mapping[str, str], language: str, base: str) -> None:
        self._terms, self._known = terms, known
        self.language, self.base = language, base
        self._vocab = str(terms.get("@vocab") or "")

    def within(self, given: object) -> _Context:
        """Return the context that holds where another one is given."""
        made = self
        for one in given if isinstance(given, list) else [given]:
            if isinstance(one, Mapping):
                language = one.get("@language", made.language) or ""
                base = one.get("@base", made.base) or ""
                made = _Context({**made._terms, **one}, made._known, str(language), str(base))
        return made

    def means(self, name: str, steps: int = 0) -> str:
        """Return the address, or the keyword, that a name of a key stands for."""
        seen = set[str]()
        while name not in seen and not name.startswith("@"):
            seen.add(name)
            said = self._terms.get(name)
            target = said.get("@id") if isinstance(said, Mapping) else said
            if isinstance(target, str):
                name = target
                continue
            prefix, colon, rest = name.partition(":")
            if colon and not rest.startswith("//"):
                said = self._terms.get(prefix, self._known.get(prefix))
                said = said.get("@id") if isinstance(said, Mapping) else said
                if isinstance(said, str):  # prefixes may name each other in a circle
                    name = self.means(said, steps + 1) + rest if steps < _DEEPEST else said + rest
                return name
            if not colon and self._vocab:
                return self._vocab + name
            return self._known.get(name, name)
        return name

    def names_nodes(self, name: str) -> bool:
        """Say whether plain words under a key are addresses."""
        said = self._terms.get(name)
        if isinstance(said, Mapping) and said.get("@type") in ("@id", "@vocab"):
            return True
        return self.means(name).removeprefix(SKOS) in ("broader", "narrower") or self.means(name).endswith("eplacedBy")

    def by_language(self, name: str) -> bool:
        """Say whether an object under a key holds words by language."""
        said = self._terms.get(name)
        container = said.get("@container") if isinstance(said, Mapping) else None
        return container == "@language" or (isinstance(container, list) and "@language" in container)

    def language_of(self, name: str) -> str:
        """Return the language of plain words under a key."""
        said = self._terms.get(name)
        return str(said["@language"] or "") if isinstance(said, Mapping) and "@language" in said else self.language

    def address(self, written: str) -> str:
        """Return the address of a node as it is written out."""
        prefix, colon, rest = written.partition(":")
        if colon and not rest.startswith("//") and (prefix in self._terms or prefix in self._known):
            return self.means(written)
        return written if colon or not self.base else self.base + written


class _Nodes:
    """The nodes of a file by address, with all that is said of each, wherever it is said."""

    def __init__(self, where: str) -> None:
        self._where = where
        self.found: dict[str, dict[str, dict[Value, None]]] = {}

    def take(self, item: object, context: _Context, depth: int) -> str:
        """Take in an object and those inside it; return its address."""
        if depth > _DEEPEST:
            raise bad_file(self._where, message("it nests deeper than {n} levels", n=_DEEPEST))
        if not isinstance(item, Mapping):
            return ""
        if "@context" in item:
            context = context.within(item["@context"])
        keys = {key: context.means(key) for key in item if key != "@context"}
        address = next((context.address(str(item[key])) for key, means in keys.items() if means == "@id"), "")
        node: dict[str, list[Value]] = {}
        for key, means in keys.items():
            if means in ("@graph", "@included"):
                for inner in _each(item[key]):
                    self.take(inner, context, depth + 1)
            elif means == "@type":
                node[TYPE] = [Value(context.means(str(one)), is_node=True) for one in _each(item[key])]
            elif not means.startswith("@"):
                node.setdefault(means, []).extend(self._values(item[key], key, context, depth))
        if address:
            there = self.found.setdefault(address, {})
            for means, some in node.items():
                there.setdefault(means, {}).update(dict.fromkeys(some))
        return address

    def _values(self, value: object, key: str, context: _Context, depth: int) -> Iterator[Value]:
        if isinstance(value, Mapping) and _says_by_language(value, key, context):
            for language, some in value.items():
                tag = "" if language in ("@none", "none") else str(language)
                yield from (Value(one, tag) for one in _each(some) if isinstance(one, str))
            return
        for one in _each(value):
            if isinstance(one, str):
                if context.names_nodes(key):
                    yield Value(context.address(one), is_node=True)
                else:
                    yield Value(one, context.language_of(key))
            elif isinstance(one, bool | int | float):
                yield Value(str(one).lower() if isinstance(one, bool) else str(one))
            elif isinstance(one, Mapping):
                yield from self._object(one, key, context, depth)

    def _object(self, one: Mapping[str, Any], key: str, context: _Context, depth: int) -> Iterator[Value]:
        means = {context.means(str(name)): name for name in one}
        if "@value" in means:
            language = one.get(means.get("@language", ""), "")
            text = one[means["@value"]]
            yield Value(str(text).lower() if isinstance(text, bool) else str(text), str(language or ""))
        elif "@list" in means or "@set" in means:
            if depth > _DEEPEST:
                raise bad_file(self._where, message("it nests deeper than {n} levels", n=_DEEPEST))
            yield from self._values(one[means.get("@list") or means["@set"]], key, context, depth + 1)
        else:
            address = self.take(one, context, depth + 1)
            if address:
                yield Value(address, is_node=True)


def _says_by_language(value: Mapping[str, Any], key: str, context: _Context) -> bool:
    if any(context.means(str(name)) in _KEYWORDS for name in value):
        return False
    return context.by_language(key) or all(isinstance(one, str | list) for one in value.values())


def _each(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]

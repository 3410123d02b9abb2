"""SKOS (the W3C's vocabulary for thesauri) as nodes with values: what of it makes a topic, however it was written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from rubricator.model.strict_json import shown
from rubricator.model.text import plain
from rubricator.model.topics import Concept
from rubricator.words import message

SKOS = "http://www.w3.org/2004/02/skos/core#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
DEPRECATED = "http://www.w3.org/2002/07/owl#deprecated"
REPLACED = ("http://purl.org/dc/terms/isReplacedBy", "http://purl.org/dc/terms/replacedBy")
_IPTC = "http://cv.iptc.org/newscodes/mediatopic/"


class Value(NamedTuple):
    """A value of a node: words, in a language at will, or the address of another node."""

    text: str
    language: str = ""
    is_node: bool = False


Node = Mapping[str, Collection[Value]]
"""The values of a node by the address of what they say."""


def concepts(nodes: Mapping[str, Node]) -> tuple[Concept, ...]:
    """Return the concepts among nodes (by address), with their parents, however these are said."""
    found = {address: node for address, node in nodes.items() if _is_concept(node)}
    codes = _codes(found)
    parents = {
        address: dict.fromkeys(v.text for v in node.get(f"{SKOS}broader", ()) if v.is_node)
        for address, node in found.items()
    }
    for address, node in found.items():
        for below in node.get(f"{SKOS}narrower", ()):
            if below.text in parents:
                parents[below.text].setdefault(address)
    return tuple(_concept(address, node, parents[address], codes) for address, node in found.items())


def _is_concept(node: Node) -> bool:
    types = {value.text for value in node.get(TYPE, ())}
    if types:
        return f"{SKOS}Concept" in types
    return f"{SKOS}prefLabel" in node and f"{SKOS}hasTopConcept" not in node


def _codes(found: Mapping[str, Node]) -> dict[str, str]:
    """Return a code for each concept: its notation, or else the end of its address, where that tells it from others."""
    ends: dict[str, int] = {}
    for address in found:
        ends[_end(address)] = ends.get(_end(address), 0) + 1
    codes = {}
    for address, node in found.items():
        notation = next((value.text.strip() for value in node.get(f"{SKOS}notation", ()) if value.text.strip()), "")
        end = _end(address)
        codes[address] = plain(notation or (end if end and ends[end] == 1 else address))
    return codes


def _end(address: str) -> str:
    if address.startswith(_IPTC):
        return f"medtop:{address.removeprefix(_IPTC)}"
    return address.rstrip("/#").replace("#", "/").rpartition("/")[2]


def _concept(address: str, node: Node, parents: Iterable[str], codes: Mapping[str, str]) -> Concept:
    deprecated = any(value.text.strip().lower() in ("true", "1") for value in node.get(DEPRECATED, ()))
    instead = [value.text for name in REPLACED for value in node.get(name, ())]
    notes = _words(node, "changeNote") or _words(node, "historyNote") or _words(node, "note")
    retired = "retired" if deprecated or instead else ""
    return Concept(
        code=codes[address],
        place=message("the concept {address}", address=shown(address)),
        names=_words(node, "prefLabel"),
        definitions=_words(node, "definition") or _words(node, "scopeNote"),
        synonyms=_synonyms(node),
        parents=tuple(dict.fromkeys(codes.get(parent, plain(parent)) for parent in parents)),
        retired=retired,
        notes=notes if retired else {},
        instead=tuple(dict.fromkeys(codes.get(other, plain(other)) for other in instead)),
    )


def _words(node: Node, name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in node.get(SKOS + name, ()):
        if not value.is_node and value.text.strip():
            found.setdefault(plain(value.language), plain(value.text))
    return found


def _synonyms(node: Node) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in ("altLabel", "hiddenLabel"):
        for value in node.get(SKOS + name, ()):
            if not value.is_node and value.text.strip():
                found.setdefault(plain(value.language), []).append(plain(value.text).strip())
    return {language: tuple(words) for language, words in found.items()}

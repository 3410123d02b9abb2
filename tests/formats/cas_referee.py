"""UIMA CAS read by dkpro-cassis, which is somebody else's: what a file holds, in terms that our records can be put in."""

from __future__ import annotations

import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import cassis

from rubricator.formats.base import Record

OF_THE_TEXT = ("Token", "Sentence", "DocumentMetaData", "DocumentAnnotation", "CASMetadata")
NAMES = ("value", "PosValue", "entity")

YOUNGER = {
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token": "order",
    "webanno.custom.ComplexRelation": "intValue",
}
"""Features that INCEpTION's suite has, and the type systems beside it lack."""

Spans = Counter[tuple[int, int, str]]


def typesystem(*paths: Path) -> Any:
    """Return the type systems of these files as one."""
    found = []
    for path in paths:
        with path.open("rb") as stream:
            found.append(cassis.load_typesystem(stream))
    types = cassis.merge_typesystems(*found)
    for name, feature in YOUNGER.items():
        kind = types.get_type(name) if types.contains_type(name) else None
        if kind is not None and kind.get_feature(feature) is None:
            types.create_feature(kind, feature, "uima.cas.Integer")
    return types


def load(path: Path, types: Any = None) -> Any:
    """Return a CAS; offsets are code points."""
    with warnings.catch_warnings(), path.open("rb") as stream:
        warnings.simplefilter("ignore")
        if path.suffix == ".json":
            return cassis.load_cas_from_json(stream)
        return cassis.load_cas_from_xmi(stream, typesystem=types, lenient=True)


def annotations(cas: Any) -> list[Any]:
    """Return what is annotated, without tokens, sentences and relations."""
    found = [one for one in cas.select_all_fs() if getattr(one, "begin", None) is not None]
    named = [one for one in found if one.type.name.rpartition(".")[2] not in OF_THE_TEXT]
    return [one for one in named if not hasattr(one, "Governor")]


def spans(cas: Any) -> Spans:
    """Return where annotations stand and what their naming feature says (empty: nothing)."""
    return Counter((one.begin, one.end, name(one)) for one in annotations(cas))


def name(one: Any) -> str:
    known = [key for key in NAMES if one.type.get_feature(key) is not None]  # every structure has a method `value`
    return next((str(said) for key in known if (said := getattr(one, key)) is not None), "")


def relations(cas: Any) -> Counter[tuple[str, tuple[int, int], tuple[int, int]]]:
    """Return the relations, and the slots that are filled: the label or role, and both ends."""
    found: Counter[tuple[str, tuple[int, int], tuple[int, int]]] = Counter()
    for one in cas.select_all_fs():
        if hasattr(one, "Governor"):
            if one.Governor.type.name.rpartition(".")[2] != "Token":
                found[name(one), place(one.Governor), place(one.Dependent)] += 1
            continue
        links = getattr(one, "links", None)
        for link in links.elements if links is not None else ():
            if link.target is not None:
                found[getattr(link, "role", None) or "", place(one), place(link.target)] += 1
    return found


def place(one: Any) -> tuple[int, int]:
    return one.begin, one.end


def chains(cas: Any) -> set[frozenset[tuple[int, int]]]:
    """Return the chains, each as the places of its links."""
    found = set()
    for one in cas.select_all_fs():
        if hasattr(one, "first"):
            links, link = set(), one.first
            while link is not None:
                links.add(place(link))
                link = link.next
            found.add(frozenset(links))
    return found


# --- ours in the same terms ---------------------------------------------------------------------------------------


def our_spans(record: Record, unnamed: frozenset[str]) -> Spans:
    """Return the same of a record; `unnamed` are the layers' names, which stand where nothing names an annotation."""
    found: Spans = Counter()
    for one in record.layers[0].annotations:
        said = str(one.attributes.get("value", "")) if one.label in unnamed else one.label
        found[one.start, one.end, said] += 1
    return found


def our_relations(record: Record, unnamed: frozenset[str]) -> Counter[tuple[str, tuple[int, int], tuple[int, int]]]:
    by_id = {one.id: (one.start, one.end) for one in record.layers[0].annotations}
    found: Counter[tuple[str, tuple[int, int], tuple[int, int]]] = Counter()
    for one in record.layers[0].relations:
        label = "" if one["label"] in unnamed else one["label"]
        found[label, by_id[one["from"]], by_id[one["to"]]] += 1
    return found


def our_chains(record: Record) -> set[frozenset[tuple[int, int]]]:
    found: dict[str, set[tuple[int, int]]] = {}
    for one in record.layers[0].annotations:
        if one.entity:
            found.setdefault(one.entity, set()).add((one.start, one.end))
    return set(map(frozenset, found.values()))

"""How Web Annotations name entities: by the address of what identifies them, which has to be an IRI.

An external id of Wikidata is its address there; another one that is an IRI is written as it is. All else, and an
external id that two entities share, is written as one of our own: `rubricator:` and the id of the entity.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, unquote

from rubricator.formats.base import Header
from rubricator.formats.cas.layers import OURS, external_of, identifier_of
from rubricator.formats.json_values import ID_MOST

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")

Iris = Callable[[str], str]
"""Writes the id of an entity as an IRI."""


def own_iri(uid: str) -> str:
    """Return the IRI of an entity that has none from elsewhere."""
    return OURS + quote(uid.encode("utf-8", "surrogatepass"), safe="")


def iris(header: Header) -> Iris:
    """Return what writes the entities of a file."""
    found = {str(one.get("id")): identifier_of(str(one.get("external") or "")) for one in header.entities}
    counts = Counter(found.values())

    def written(uid: str) -> str:
        iri = found.get(uid, "")
        return iri if counts[iri] == 1 and _IRI.fullmatch(iri) and not iri.startswith(OURS) else own_iri(uid)

    return written


def loses(entity: Mapping[str, Any], written: Iris) -> bool:
    """Say whether an entity has anything beside its name and the IRI."""
    external = str(entity.get("external") or "")
    gone = external and written(str(entity.get("id"))) != identifier_of(external)
    return bool(gone) or any(value for key, value in entity.items() if key not in {"id", "name", "external"})


def told_by(iri: str) -> tuple[str, str]:
    """Return the id of our own that an IRI names, or else the external id."""
    own = unquote(iri.removeprefix(OURS), errors="replace") if iri.startswith(OURS) else ""
    return (own, "") if 0 < len(own) <= ID_MOST else ("", external_of(iri))

"""Who made a file of a project that INCEpTION (or WebAnno) exported: there the place of a file says it, not the file.

From the user's guide of INCEpTION: `annotation/<document>/<user>.<suffix>` is what a user made of a document, whichever
format was chosen, and `curation/<document>/CURATION_USER.<suffix>` what was decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from rubricator.formats.base import Header, LayerRecord, Record
from rubricator.model.text import plain

_FORMATS = frozenset("webanno xmi cas-json conll conllu conll-coref bioc".split())
"""What INCEpTION writes; a folder with this name says nothing of other files in it."""
_KINDS = {"annotation": "human", "curation": "gold"}
_INITIAL = "INITIAL_CAS"
"""What a document came with, before anybody worked on it."""


class Origin(NamedTuple):
    """Who made a file, of which kind they are, and how the document is called."""

    annotator: str
    kind: str
    document: str


def origin_of(source: Path) -> Origin | None:
    """Return what the place of a file says; None where it says nothing."""
    document = source.absolute().parent
    folder = document.parent.name
    if folder not in _KINDS:
        return None
    who = "curation" if folder == "curation" else plain(source.stem)
    return Origin(who, "model" if who == _INITIAL else _KINDS[folder], plain(Path(document.name).stem))


def signed(items: Iterable[Header | Record], source: Path, format_key: str) -> Iterator[Header | Record]:
    """Return what a file holds; layers of nobody become those of whoever its place names."""
    origin = origin_of(source) if format_key in _FORMATS else None
    if origin is None:
        return iter(items)
    return (item if isinstance(item, Header) else _signed(item, source.stem, origin) for item in items)


def _signed(record: Record, stem: str, origin: Origin) -> Record:
    def layer(one: LayerRecord) -> LayerRecord:
        return one if one.annotator else replace(one, annotator=origin.annotator, kind=origin.kind)

    title = origin.document if record.title == plain(stem) else record.title
    return replace(record, title=title, layers=tuple(map(layer, record.layers)))

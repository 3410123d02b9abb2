"""PubAnnotation JSON, read: a text with denotations, relations and attributes, of one project or of several tracks.

Source of the format: PubAnnotation's page “annotation format” (pubannotation.org/docs/annotation-format). Offsets count
code points; a span may be a list of pieces; a modification (say, Negation) is an attribute that holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rubricator.formats.base import Header, LayerRecord, ReadOptions, Record
from rubricator.formats.json_items import articles, keys_of
from rubricator.formats.json_values import Bad, kept, name_of, objects_of, text_of, whole_of
from rubricator.formats.layer_draft import LayerDraft, spoken
from rubricator.formats.reading import Draft
from rubricator.formats.text import about
from rubricator.model.text import Unit
from rubricator.words import message

_PARTS = frozenset({"denotations", "blocks", "relations", "attributes", "modifications"})
_KNOWN = _PARTS | {"text", "tracks", "project", "target", "source_url"}


class PubAnnotation:
    """A file of PubAnnotation."""

    def recognises(self, head: str) -> bool:
        """Say whether the first object has a text and denotations, or says which document it is."""
        keys = keys_of(head)
        return "text" in keys and bool(keys & {"denotations", "tracks.denotations", "tracks", "sourcedb"})

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the articles."""
        return articles(source, options, lambda value, where: _article(value, where, options.unit))


def _article(value: dict[str, Any], where: str, unit: Unit) -> Iterator[Record]:
    text = text_of(value, "text")
    if not text.strip():
        return
    draft = Draft(text, where, unit)
    layers = [_layer(value, draft, where)] if value.keys() & _PARTS else []
    for n, track in enumerate(objects_of(value, "tracks"), 1):
        try:
            layers.append(_layer(track, draft, f"{where}, track {n}"))
        except Bad as bad:
            raise bad.inside(f"track {n}") from bad
    meta = {key: kept(item) for key, item in value.items() if key not in _KNOWN}
    address = text_of(value, "source_url") or text_of(value, "target")
    said = about(draft.text, "")
    meta = {**said.meta, **meta} | ({"url": address} if address else {})
    yield draft.record(spoken(layers), said.title, meta=meta)


def _layer(value: Mapping[str, Any], draft: Draft, where: str) -> LayerRecord:
    layer = LayerDraft(draft, name_of(value, "project"))
    attributes: dict[str, dict[str, Any]] = {}
    for item in objects_of(value, "attributes"):
        said = kept(item.get("obj"))
        attributes.setdefault(name_of(item, "subj"), {})[name_of(item, "pred")] = said if said is not None else True
    for item in objects_of(value, "modifications"):
        attributes.setdefault(name_of(item, "obj"), {})[name_of(item, "pred")] = True
    for kind in ("denotations", "blocks"):
        for n, item in enumerate(objects_of(value, kind), 1):
            place = f"{where}, {kind[:-1]} {n}"
            uid, label = name_of(item, "id"), name_of(item, "obj")
            if not label:
                raise Bad(message("it has no “obj”, which is its label.")).inside(f"{kind[:-1]} {n}")
            span = draft.span(_pairs(item, f"{kind[:-1]} {n}"), place)
            layer.add(uid, label, span, place, attributes=attributes.pop(uid, {}) if uid else {})
    for n, item in enumerate(objects_of(value, "relations"), 1):
        place, label = f"{where}, relation {n}", name_of(item, "pred") or "related"
        said = attributes.pop(name_of(item, "id"), {})
        more: dict[str, Any] = {"attributes": said} if said else {}
        if not layer.relate(label, name_of(item, "subj"), name_of(item, "obj"), place, **more):
            draft.note("end", f"{place}: {label}")
    for uid, left in attributes.items():
        for name in left:
            draft.note("unheld", f"{where}: {name} ({uid})")
    return layer.record()


def _pairs(item: Mapping[str, Any], name: str) -> list[tuple[int, int]]:
    """Return the pieces of a span."""
    spans = item.get("span")
    given = spans if isinstance(spans, list) else [spans]
    pieces = [piece for piece in given if isinstance(piece, dict)]
    if not pieces or len(pieces) < len(given):
        raise Bad(message("it has no “span” with a begin and an end.")).inside(name)
    try:
        return [(whole_of(piece, "begin"), whole_of(piece, "end")) for piece in pieces]
    except Bad as bad:
        raise bad.inside(name) from bad


FORMAT = PubAnnotation()

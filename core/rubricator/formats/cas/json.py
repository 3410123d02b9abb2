"""UIMA JSON CAS 0.4: a folder with a file for each article, which holds its type system too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rubricator.formats.base import Header, ReadOptions, Record, WriteOptions
from rubricator.formats.cas.folder import CasFolder
from rubricator.formats.cas.json_reader import load_json
from rubricator.formats.cas.plan import Plan, identifiers
from rubricator.formats.cas.structures import INITIAL, read_cas
from rubricator.formats.cas.writer import SHAPE, SOFA, Declared, Written, structures


class CasJson(CasFolder):
    """A folder of JSON files."""

    suffix = ".json"
    shape = SHAPE

    def recognises(self, head: str) -> bool:
        """Say whether the keys of a JSON CAS stand at the beginning."""
        return head.lstrip().startswith("{") and ('"%TYPES"' in head or '"%FEATURE_STRUCTURES"' in head)

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the entities and the article of a file."""
        return read_cas(load_json(source, options.encoding), source, options)

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the folder, a file for each article."""
        out.mkdir()
        identifier = identifiers(header)
        for path, record, made in self.planned(records, out, options):
            said = _document(made, list(structures(made, record.title or record.id, identifier)))
            text = json.dumps(said, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
            path.write_bytes(text.encode("utf-8"))


def _document(made: Plan, written: list[Written]) -> dict[str, Any]:
    """Return the JSON of an article."""
    declared = Declared()
    declared.add(made)
    types: dict[str, Any] = {}
    for name, kind in declared.types().items():
        features = {key: {"%NAME": key, "%RANGE": holds} for key, holds in kind.features.items()}
        types[name] = {"%NAME": name, "%SUPER_TYPE": kind.above} | features
    sofa = {
        "%ID": SOFA,
        "%TYPE": "uima.cas.Sofa",
        "sofaNum": 1,
        "sofaID": INITIAL,
        "mimeType": "text",
        "sofaString": made.text,
    }
    listed = [
        {"%ID": one.uid, "%TYPE": one.kind} | {f"@{name}": uid for name, uid in one.held.items()} | one.values
        for one in written
    ]
    view = {"%SOFA": SOFA, "%MEMBERS": [one.uid for one in written]}
    return {"%TYPES": types, "%FEATURE_STRUCTURES": [sofa, *listed], "%VIEWS": {INITIAL: view}}


FORMAT = CasJson()

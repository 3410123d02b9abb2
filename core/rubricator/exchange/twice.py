"""An article that an import meets twice: what one file says of it never takes the place of what another says.

Files that name no article by an id, as those of brat, number their annotations each from one; the same text in two of
them (a folder for each annotator) is one article, and `T1` is two things there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from rubricator.formats.base import Record
from rubricator.model.edits import Add, Op
from rubricator.model.elements import annotation_value
from rubricator.store.rows import Rows

_BESIDE = frozenset(
    {"id", "article", "annotator", "by", "origin", "scheme", "seen", "exact", "created", "modified"}
    | {"reply_to", "subjects"}
)
"""What does not tell two things with one id apart."""


class Twice:
    """Tells ids of a file that another file of the same import has used for something else; `ops` is what waits."""

    def __init__(self, rows: Rows, ops: list[Op]) -> None:
        self._rows = rows
        self._ops = ops
        self._articles: set[str] = set()
        self._signs: set[int] = set()
        self._article = ""
        self._said: dict[tuple[str, str, str], str] | None = None

    def meet(self, article: str, record: Record) -> None:
        """Begin with an article; what is the same as before, or knows its article by an id, is no namesake."""
        self._said = None
        if record.id:
            return
        spans = ((a.id, a.label, a.span, a.note) for layer in record.layers for a in layer.annotations)
        sign = hash((article, *spans))
        if article in self._articles and sign not in self._signs:
            self._article, self._said = article, {}
        self._articles.add(article)
        self._signs.add(sign)

    def other(self, kind: str, uid: str, owner: str, value: Mapping[str, Any]) -> str:
        """Return in words what a namesake says, if another file gave its id to something else; empty where none did."""
        if self._said is None:
            return ""
        if ("", "", owner) not in self._said:
            self._said["", "", owner] = ""
            self._look(owner)
        words = _words(value)
        return words if self._said.get((kind, uid, owner), words) != words else ""

    def _look(self, owner: str) -> None:
        assert self._said is not None
        for a in self._rows.annotations(self._article, owner):
            self._said["annotation", a.id, owner] = _words(annotation_value(a))
        for kind in ("relation", "comment", "decision"):
            for uid, value in self._rows.elements(kind, self._article, owner):
                self._said[kind, uid, owner] = _words(value)
        for op in self._waiting(owner):
            self._said[op.kind, op.id, owner] = _words(op.value)

    def _waiting(self, owner: str) -> Iterable[Add]:
        for op in self._ops:
            if isinstance(op, Add) and op.value.get("annotator") == owner and op.value.get("article") == self._article:
                yield op


def _words(value: Mapping[str, Any]) -> str:
    said = {key: part for key, part in value.items() if key not in _BESIDE}
    return json.dumps(said, sort_keys=True, default=dict)

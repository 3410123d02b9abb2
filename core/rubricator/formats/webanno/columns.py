"""The layers that the head of a WebAnno TSV file declares, and what each of their columns holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rubricator.formats.webanno import words as w
from rubricator.words import Message, message

ColumnKind = Literal["feature", "role", "target", "source", "link", "element"]
LayerKind = Literal["span", "relation", "chain"]

_KINDS: dict[str, LayerKind] = {w.SPAN_LAYER: "span", w.RELATION_LAYER: "relation", w.CHAIN_LAYER: "chain"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the feature it holds (empty: of a layer without any), and the layer that it points at."""

    kind: ColumnKind
    name: str = ""
    aim: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer with its columns, of which the first is the file's `first`."""

    kind: LayerKind
    name: str
    first: int
    columns: tuple[Column, ...]


def read_layer(line: str, first: int) -> Layer | Message:
    """Return the layer that a line of the head declares, or what is wrong with it."""
    mark = line[: len(w.SPAN_LAYER)]
    kind = _KINDS[mark]
    name, *declared = line[len(mark) :].strip().split("|")
    if not name:
        return message("a layer needs a name")
    columns: list[Column] = []
    for said in declared or [""]:
        before = columns[-1] if columns else None
        columns.append(_column(kind, said, before))
    if kind == "relation" and columns[-1].kind != "source":
        return message("a relation needs to say what it is between, as in “BT_webanno.custom.Span”")
    if kind == "chain" and "link" not in {column.kind for column in columns}:
        return message("a chain needs its links, as in “referenceType|referenceRelation”")
    if any(
        column.kind == "role" and (n + 1 == len(columns) or columns[n + 1].kind != "target")
        for n, column in enumerate(columns)
    ):
        return message("a slot needs to say what fills it")
    return Layer(kind, name, first, tuple(columns))


def _column(kind: LayerKind, said: str, before: Column | None) -> Column:
    if kind == "span" and said.startswith(w.ROLE):
        # ROLE_<layer>:<feature>_<type of the link>; the layer's name may hold an underscore, and so may the feature's
        return Column("role", said.removeprefix(w.ROLE).rpartition(":")[2].rpartition("_")[0])
    if kind == "span" and before is not None and before.kind == "role":
        return Column("target", before.name, said)
    if kind == "relation" and said.startswith(w.BASE):
        return Column("source", aim=said.removeprefix(w.BASE))
    if kind == "chain" and said in ("referenceType", "referenceRelation"):
        return Column("element" if said == "referenceType" else "link", said)
    return Column("feature", said)

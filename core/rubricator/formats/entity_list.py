"""Lists of entities, read and written: tables (CSV, TSV; RFC 4180) with a header, JSONL with an object on each line.

A line that cannot be read as an entity is told by its number and why; the others are read. External ids are Wikidata's
(`Q7779`, also as `wd:Q7779` or as its address; kept as `wikidata:Q7779`) or any URI (RFC 3986: a scheme and a colon).
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import PurePath
from typing import Any, Literal, NamedTuple, get_args

from rubricator.errors import UserError
from rubricator.formats.json_values import ID_MOST, Bad, parse
from rubricator.model.entities import EXTERNAL, Entity, entity_value, wikidata_id
from rubricator.model.folding import fold, single_spaced
from rubricator.model.lengths import NAME_MOST, TEXT_MOST, too_long
from rubricator.model.text import canonical, decode, plain
from rubricator.words import Message, message

Field = Literal["id", "name", "kind", "external", "aliases", "note"]
FIELDS: tuple[Field, ...] = get_args(Field)
_COLUMNS = (*FIELDS, "mentions")
"""What the program itself writes."""
_LINES_MOST = 200
"""Lines of one row, in the lists of others: more are behind a quotation mark too many. Our own notes may have more."""
_CELL_MOST = 1 << 24
"""Characters of a cell: other names may be many, too."""

_GUESSES: Mapping[Field, tuple[str, ...]] = {
    "id": ("id", "entity id", "key"),
    "name": ("name", "label", "title", "entity", "itemlabel", "preferred name", "preflabel"),
    "kind": ("kind", "type", "class", "category", "tag"),
    "external": ("external", "wikidata", "qid", "wikidata id", "item", "uri", "url", "iri", "external id", "link"),
    "aliases": ("aliases", "alias", "also known as", "altlabel", "other names", "synonyms", "itemaltlabel"),
    "note": ("note", "notes", "description", "definition", "comment", "itemdescription"),
}
"""What columns are called, folded, the likeliest first; among them those of Wikidata's query service."""

Columns = Mapping[Field, str]
"""Which column holds what."""


class Broken(NamedTuple):
    """A line that is no entity, and why."""

    line: int
    why: Message


class EntityList(NamedTuple):
    """The entities of a file (without an id where it gives none), with the lines they stand in, and what is broken."""

    entities: tuple[tuple[int, Entity], ...]
    broken: tuple[Broken, ...]
    encoding: str


def columns_in(data: bytes, where: str) -> list[str]:
    """Return the columns of a table, or the keys of the first objects of JSONL; UserError where there are none."""
    text = _text(data, where)[0]
    if _is_json(where):
        first = [item for _n, item in zip(range(100), _objects(text), strict=False)]
        columns = list(dict.fromkeys(key for _line, item in first if isinstance(item, dict) for key in item))
        if first and not columns and isinstance(first[0][1], Message):
            line, why = first[0]
            raise UserError(
                message("{file} holds no entities: line {line}: {why}", file=where, line=line, why=why),
                message("Write a JSON object on each line."),
            )
    else:
        columns = next((cells for _line, cells in _cells(text, where) if isinstance(cells, list)), [])
    if not any(columns):
        raise UserError(
            message("{file} holds no entities.", file=where),
            message("Name the columns in the first line, or write a JSON object on each line."),
        )
    return columns


def guess(columns: Iterable[str]) -> dict[Field, str]:
    """Return which column holds what, as far as their names say it."""
    named = {fold(column.replace("_", " ")): column for column in reversed(list(columns))}
    guessed: dict[Field, str] = {}
    for field, names in _GUESSES.items():
        found = next((named[name] for name in names if name in named), None)
        if found is not None and found not in guessed.values():
            guessed[field] = found
    return guessed


def guess_in(data: bytes, where: str) -> dict[Field, str]:
    """Return which column of a file holds what: as their names say it, and a column of ids by what stands in it."""
    guessed = guess(columns_in(data, where))
    if "id" in guessed and "external" not in guessed:
        written = list(islice(_filled(_text(data, where)[0], where, guessed["id"]), 100))
        if written and all(map(wikidata_id, written)):  # "id" is what many a list calls Wikidata's
            guessed["external"] = guessed.pop("id")
    return guessed


def _filled(text: str, where: str, column: str) -> Iterator[str]:
    """Yield what stands in a column, where anything does."""
    columns: Columns = {"id": column}
    for _line, values in _from_objects(text, columns) if _is_json(where) else _from_table(text, where, columns):
        if not isinstance(values, Message) and (written := str(values.get("id") or "").strip()):
            yield written


def read_entities(data: bytes, where: str, columns: Columns) -> EntityList:
    """Read a list; `where` names the file. UserError where no column holds the names or the file is no text."""
    if "name" not in columns:
        raise UserError(
            message("No column of {file} holds the names.", file=where),
            message("Say which one does, or call it “name”."),
        )
    text, encoding = _text(data, where)
    rows = _from_objects(text, columns) if _is_json(where) else _from_table(text, where, columns)
    found: list[tuple[int, Entity]] = []
    broken: list[Broken] = []
    seen: dict[str, int] = {}
    for line, values in rows:
        if isinstance(values, Message):
            broken.append(Broken(line, values))
            continue
        try:
            entity = entity_of(values)
        except Bad as bad:
            broken.append(Broken(line, bad.why))
            continue
        if entity.id and seen.setdefault(entity.id, line) != line:
            why = message("the id “{id}” stands in line {line} already.", id=entity.id, line=seen[entity.id])
            broken.append(Broken(line, why))
        else:
            found.append((line, entity))
    return EntityList(tuple(found), tuple(broken), encoding)


def external_id(written: str) -> str:
    """Return an external id as it is kept; Bad where it is neither Wikidata's nor a URI."""
    found = written.strip()
    if known := wikidata_id(found):
        return known
    if found and (not EXTERNAL.fullmatch(found) or _OF_WIKIDATA.match(found)):
        raise Bad(message("“{id}” is neither a Wikidata id nor an address.", id=_short(found)))
    return found


_OF_WIKIDATA = re.compile("(?:wikidata|wd):", re.I | re.ASCII)
"""How an id begins that is Wikidata's or none."""


def entity_of(values: Mapping[Field, object]) -> Entity:
    """Return the entity that a line tells; Bad where it tells none."""
    texts = {field: _texts(field, value) for field, value in values.items() if value is not None}
    single = {field: " ".join(some) for field, some in texts.items() if field != "aliases"}
    name = single_spaced(plain(single.get("name", "")))
    if not name:
        raise Bad(message("it has no name."))
    aliases = tuple(dict.fromkeys(one for alias in texts.get("aliases", ()) if (one := single_spaced(plain(alias)))))
    uid, kind = (single_spaced(plain(single.get(field, ""))) for field in ("id", "kind"))
    note = canonical(single.get("note", "")).text.strip()
    if (why := too_long((name, *aliases), note)) is not None:
        raise Bad(why)
    for key, words, most in (("id", uid, ID_MOST), ("kind", kind, NAME_MOST)):
        if len(words) > most:
            raise Bad(message("“{key}” is longer than {most} characters.", key=key, most=most))
    return Entity(
        id=uid,
        name=name,
        kind=kind,
        external=external_id(plain(single.get("external", ""))),
        aliases=tuple(alias for alias in aliases if alias != name),
        note=note,
    )


def _texts(field: Field, value: object) -> tuple[str, ...]:
    if isinstance(value, list) and field == "aliases" and all(isinstance(item, str) for item in value):
        return tuple(value)
    if isinstance(value, str):
        return tuple(_names_in(value)) if field == "aliases" else (value,)
    if type(value) is int or (isinstance(value, float) and math.isfinite(value)):
        return (str(value),)
    raise Bad(message("“{key}” is no text.", key=field))


def _names_in(cell: str) -> Iterator[str]:
    """Yield the other names of a cell, which `|` or `;` part; one that holds such a mark itself stands in quotes.

    Quotes of others, around what holds no such mark, are a part of the name.
    """
    at = 0
    while at <= len(cell):
        quoted = _QUOTED.match(cell, at)
        if quoted and (quoted[1].startswith('""') or _PARTS.search(quoted[1])):
            name, at = quoted[1].replace('""', '"'), quoted.end()
        else:
            end = _PARTS.search(cell, at)
            name, at = cell[at : end.start() if end else len(cell)], end.end() if end else len(cell) + 1
        yield name.strip()


def _named(name: str) -> str:
    """Return a name as it stands in a cell of other names."""
    return '"' + name.replace('"', '""') + '"' if name.startswith('"') or _PARTS.search(name) else name


_PARTS = re.compile("[|;]")
_QUOTED = re.compile(r'\s*"((?:[^"]|"")*+)"\s*(?:[|;]|\Z)')


# --- tables -------------------------------------------------------------------------------------------------------


def _text(data: bytes, where: str) -> tuple[str, str]:
    decoded = decode(data, where)
    return canonical(decoded.text).text, decoded.encoding


def _is_json(where: str) -> bool:
    return PurePath(where).suffix.lower() in (".jsonl", ".ndjson", ".json")


def _from_table(text: str, where: str, columns: Columns) -> Iterator[tuple[int, Message | dict[Field, object]]]:
    header: list[str] | None = None
    places: dict[Field, int] = {}
    for line, cells in _cells(text, where):
        if header is None and isinstance(cells, list):
            header = cells
            places = {field: header.index(name) for field, name in columns.items() if name in header}
        elif isinstance(cells, Message) or header is None:
            yield line, cells if isinstance(cells, Message) else message("no line names the columns.")
        elif len(cells) > len(header):
            why = message("{n} cells, but only {m} columns have a name.", n=len(cells), m=len(header))
            yield line, why
        else:
            yield line, {field: cells[at] if at < len(cells) else "" for field, at in places.items()}


def _cells(text: str, where: str) -> Iterator[tuple[int, list[str] | Message]]:
    """Yield the rows that are not empty, each with the line in which it begins; or why one is no row.

    One quotation mark too many would take all lines to the next one into a cell: a row that is none so is one line.
    """
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    comma = PurePath(where).suffix.lower() not in (".tsv", ".tab")
    delimiter = max(",;\t", key=first.count) if comma else "\t"
    most = TEXT_MOST if first == ",".join(_COLUMNS) else _LINES_MOST
    at = 0
    while at < len(lines):
        cells, taken = _row(lines, at, delimiter, most)
        if isinstance(cells, Message) or any(cells):
            yield at + 1, cells
        at += taken


def _row(lines: list[str], at: int, delimiter: str, most: int) -> tuple[list[str] | Message, int]:
    """Return the row that begins in a line, or why it is none, and how many lines it takes."""
    csv.field_size_limit(max(csv.field_size_limit(), _CELL_MOST))
    marks, taken = 0, 0
    for n in range(at, min(at + most, len(lines))):
        marks += lines[n].count('"')
        taken += 1
        if marks % 2 == 0:
            break
    else:
        return message("a quotation mark is opened and not closed."), 1
    try:
        row = next(csv.reader(["\n".join(lines[at : at + taken])], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        return message("it is no row of a table ({why}).", why=str(error)), 1
    return [cell.strip() for cell in row], taken


# --- JSONL --------------------------------------------------------------------------------------------------------


def _from_objects(text: str, columns: Columns) -> Iterator[tuple[int, Message | dict[Field, object]]]:
    for line, item in _objects(text):
        if isinstance(item, Message):
            yield line, item
        else:
            yield line, {field: item.get(key) for field, key in columns.items()}


def _objects(text: str) -> Iterator[tuple[int, dict[str, Any] | Message]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, parse(line)
            except Bad as bad:
                yield number, bad.why


def _short(words: str) -> str:
    return words if len(words) <= 40 else words[:39] + "…"


# --- writing ------------------------------------------------------------------------------------------------------


def written_entities(entities: Iterable[Entity], counts: Mapping[str, int], suffix: str) -> Iterator[str]:
    """Yield a list line by line: JSONL, or CSV with the number of mentions, by the suffix."""
    if suffix in (".jsonl", ".ndjson"):
        for entity in entities:
            yield json.dumps({"id": entity.id, **entity_value(entity)}, ensure_ascii=False) + "\n"
        return
    buffer = io.StringIO()
    table = csv.writer(buffer, lineterminator="\r\n")
    rows: Iterable[tuple[str, ...]] = (
        (
            one.id,
            one.name,
            one.kind,
            one.external,
            " | ".join(map(_named, one.aliases)),
            one.note,
            str(counts.get(one.id, 0)),
        )
        for one in entities
    )
    for row in (_COLUMNS, *rows):
        table.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()

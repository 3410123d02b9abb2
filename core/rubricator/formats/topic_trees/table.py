"""A project's own topics as a table (CSV, TSV) with named columns, or as an outline: a name a line, indented.

Columns: code, name, parent, definition, synonyms, retired, note; each may name a language (“name (de)”, “name@de”). A
parent is named by its code, or by a name that only one topic has. Without a column of parents the indentation of the
names says it. Without a code, a topic is called after its name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from rubricator.model.folding import fold
from rubricator.model.text import canonical, plain
from rubricator.model.topics import Concept, bad_file, code_for
from rubricator.words import Message, message

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "id", "key", "notation", "qcode", "uri"),
    "name": ("name", "label", "title", "topic", "preflabel", "preferred label", "term"),
    "parent": ("parent", "broader", "parent code", "parent id", "under", "above", "bt"),
    "definition": ("definition", "description", "scope note", "meaning"),
    "synonyms": ("synonyms", "synonym", "altlabel", "alternative labels", "aliases", "other names", "also", "uf"),
    "retired": ("retired", "deprecated", "retired on"),
    "note": ("note", "notes", "change note", "comment"),
    "instead": ("instead", "replaced by", "use instead", "use"),
}
"""What columns are called, folded."""

_LANGUAGE = re.compile(r"^(?P<name>.*?)\s*(?:[@_]|\()\s*(?P<language>[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)\)?$")
_TAB = 4
"""Columns that a tab takes in an indentation."""


class _Column(NamedTuple):
    field: str
    language: str
    at: int


def read(text: str, where: str) -> tuple[Concept, ...]:
    """Read the table, or the outline."""
    text = canonical(text).text
    rows = list(_rows(text, where))
    if not rows:
        raise bad_file(where, message("there is no topic in it"))
    columns = _columns(rows[0][1])
    if any(column.field == "name" for column in columns):
        found = _from_table(rows, columns, where)
    elif any(column.field == "code" for column in columns) and len(rows[0][1]) > 1:
        raise bad_file(where, message("line {line}: no column is called “name”", line=rows[0][0]))
    elif len(rows[0][1]) > 1:
        columns_ = ", ".join(rows[0][1][:8])
        raise bad_file(
            where, message("line {line} names no column “name”; it names {columns}", line=rows[0][0], columns=columns_)
        )
    else:
        found = [(line, Concept("", _at(line), {"": cells[0].strip()}), _indent(cells[0])) for line, cells in rows]
        found = _under(found)
    return _coded([(line, concept) for line, concept, _depth in found], where)


def _at(line: int) -> Message:
    return message("line {line}", line=line)


def _rows(text: str, where: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, each with the line in which it begins."""
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    suffix = PurePath(where).suffix.lower()
    delimiter = "\t" if suffix in (".tsv", ".tab") else max(",;\t", key=first.count)
    if suffix == ".txt" and len(_columns(first.split(delimiter))) < 2:  # an outline: its names may hold commas
        yield from ((n, [line.rstrip()]) for n, line in enumerate(lines, 1) if line.strip())
        return
    reader = csv.reader(iter(f"{line}\n" for line in lines), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        if "end of data" in str(error):
            why = message("line {line}: a quotation mark is opened and not closed", line=begins)
        else:
            why = message("line {line}: it is no row of a table ({why})", line=begins, why=str(error))
        raise bad_file(where, why) from error


def _columns(cells: Sequence[str]) -> list[_Column]:
    named = {name: field for field, names in _FIELDS.items() for name in names}
    found: list[_Column] = []
    for at, cell in enumerate(cells):
        words, language = fold(cell.strip()), ""
        field = named.get(words.replace("_", " "))
        if field is None and (match := _LANGUAGE.match(cell.strip())):
            field, language = named.get(fold(match["name"])), match["language"].replace("_", "-")
        if field is not None and not any((one.field, one.language) == (field, language) for one in found):
            found.append(_Column(field, language, at))
    return found


def _from_table(
    rows: Sequence[tuple[int, list[str]]], columns: Sequence[_Column], where: str
) -> list[tuple[int, Concept, int]]:
    found: list[tuple[int, Concept, int]] = []
    names_at = next(column.at for column in columns if column.field == "name")
    for line, cells in rows[1:]:
        if len(cells) > len(rows[0][1]) and any(cell.strip() for cell in cells[len(rows[0][1]) :]):
            why = message("line {line}: {n} cells, but only {m} columns", line=line, n=len(cells), m=len(rows[0][1]))
            raise bad_file(where, why)
        found.append((line, _concept(line, cells, columns), _indent(cells[names_at] if names_at < len(cells) else "")))
    has_parents = any(column.field == "parent" for column in columns)
    return found if has_parents else _under(found)


def _concept(line: int, cells: Sequence[str], columns: Sequence[_Column]) -> Concept:
    said: dict[str, dict[str, str]] = {field: {} for field in _FIELDS}
    for column in columns:
        words = plain(cells[column.at]).strip() if column.at < len(cells) else ""
        if words:
            said[column.field][column.language] = words
    single = {field: next(iter(words.values()), "") for field, words in said.items()}
    retired = single["retired"]
    return Concept(
        code=single["code"],
        place=_at(line),
        names=said["name"],
        definitions=said["definition"],
        synonyms={language: _split(words) for language, words in said["synonyms"].items()},
        parents=(single["parent"],) if single["parent"] else (),
        retired="" if fold(retired) in ("no", "false", "0", "n") else retired,
        notes=said["note"],
        instead=_split(single["instead"]),
    )


def _split(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for part in re.split(r"[|;]", words) if (one := part.strip())))


# --- what stands under what ---------------------------------------------------------------------------------------


def _indent(name: str) -> int:
    lead = name[: len(name) - len(name.lstrip())]
    return sum(_TAB if char == "\t" else 1 for char in lead)


def _under(found: Sequence[tuple[int, Concept, int]]) -> list[tuple[int, Concept, int]]:
    """Return the topics with the parents that their indentation says; a parent is named by the line it stands in."""
    above: list[tuple[int, int]] = []
    made: list[tuple[int, Concept, int]] = []
    for line, concept, depth in found:
        while above and above[-1][0] >= depth:
            above.pop()
        parents = (f"{_LINE}{above[-1][1]}",) if above else ()
        made.append((line, replace(concept, parents=parents), depth))
        above.append((depth, line))
    return made


_LINE = "\n"
"""Begins a parent that is named by its line: no cell begins so."""


def _coded(found: Sequence[tuple[int, Concept]], where: str) -> tuple[Concept, ...]:
    """Give codes to those that have none, and turn parents into codes."""
    by_line: dict[int, str] = {}
    taken = {concept.code for _line, concept in found if concept.code}
    used: dict[str, int] = {}
    for line, concept in found:
        if not concept.names and not concept.code:
            raise bad_file(where, message("line {line}: it has neither a name nor a code", line=line))
        code = concept.code or code_for(next(iter(concept.names.values())), taken, used)
        taken.add(code)
        by_line[line] = code
    by_name: dict[str, list[str]] = {}
    for line, concept in found:
        for name in {fold(name) for name in concept.names.values()}:
            by_name.setdefault(name, []).append(by_line[line])
    codes = set(by_line.values())

    def code_of(parent: str, line: int) -> str:
        if parent.startswith(_LINE):
            return by_line[int(parent[1:])]
        named = by_name.get(fold(parent), [])
        if parent in codes or not named:
            return parent
        if len(named) > 1:
            raise bad_file(
                where,
                message(
                    "line {line}: several topics are called “{name}”; name the parent by its code",
                    line=line,
                    name=parent,
                ),
            )
        return named[0]

    return tuple(
        replace(concept, code=by_line[line], parents=tuple(code_of(parent, line) for parent in concept.parents))
        for line, concept in found
    )

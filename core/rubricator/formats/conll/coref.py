"""Columns of coreference: a word a line with brackets in the last column, as in CoNLL-2012 and in GUM; read only.

`# begin document` begins an article. With more than four columns the word stands in the fourth (CoNLL-2012, whose
eleventh has names as `(ORG*`, `*`, `*)`), else in the one before the brackets. A bracket names a group of mentions,
`(12` and `12)`, or as in GUM its kind, group and identity, `(place-2-Texas`. Parts of speech, parses, speakers and
predicates have no place with us. The text is the words with one space between them, and a line for each sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from rubricator.errors import UserError
from rubricator.formats.base import Header, ReadOptions, Record
from rubricator.formats.conllu.links import Things, things_of
from rubricator.formats.conllu.mentions import Brackets, Mention
from rubricator.formats.files import LINE_MOST
from rubricator.formats.reading import Draft, annotation, layer
from rubricator.formats.text import about
from rubricator.formats.text_lines import found_encoding, text_lines, too_long
from rubricator.model.spans import Annotation, Fragment
from rubricator.model.text import canonical, digest
from rubricator.words import Message, message

_BEGIN = re.compile(r"#\s*begin document\s*\(?([^)]*)\)?;?\s*(?:part\s+(\d+))?.*")
_CELL = re.compile(r"[_*-]|\(.*|.*\)")
_WORD, _NAMES, _FULL = 3, 10, 12  # columns of CoNLL-2012: the word, the names, and how many there are at least


@dataclass
class _Sheet:
    """An article as its lines are read: `groups` are the brackets of coreference, `names` those of names."""

    where: str
    name: str
    groups: Brackets
    names: list[tuple[str, int, int]] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    ends: set[int] = field(default_factory=set)
    width: int = 0
    size: int = 0
    opened: tuple[str, int] | None = None


class ConllCoref:
    """Columns with brackets of coreference."""

    def recognises(self, head: str) -> bool:
        """Say whether a document is begun, and its first word has a cell for brackets."""
        lines = [line for line in head.replace("\r\n", "\n").split("\n") if line.strip()]
        if len(lines) < 2 or not _BEGIN.fullmatch(lines[0]):
            return False
        cells = _cells(lines[1])
        return len(cells) > 1 and bool(_CELL.fullmatch(cells[-1]))

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the articles, each after the entities that it speaks of; UserError names file and line."""
        encoding, guessed = found_encoding(source, options.encoding)
        notes = [message("the encoding was guessed: {encoding}", encoding=encoding)] if guessed else []
        n = 0
        for sheet in _sheets(source, encoding):
            if sheet.forms:
                n += 1
                *headers, record = _article(sheet)
                yield from headers
                yield replace(record, notes=(*notes, *record.notes))
                notes = []
        if not n:
            raise UserError(
                message("{file} holds no words.", file=source.name),
                message("Choose a file with a word and its brackets on each line."),
            )


def _cells(line: str) -> list[str]:
    return line.split("\t") if "\t" in line else line.split()


def _sheets(source: Path, encoding: str) -> Iterator[_Sheet]:
    sheet: _Sheet | None = None
    for number, line in text_lines(source, encoding):
        where = f"{source.name}, line {number}"
        if match := _BEGIN.fullmatch(line.strip()):
            if sheet:
                yield sheet
            part = f" {int(match[2])}" if match[2] and int(match[2]) else ""
            sheet = _Sheet(where, match[1].strip() + part, Brackets([]))
        elif not line.strip():
            if sheet and sheet.forms:
                sheet.ends.add(len(sheet.forms) - 1)
        elif not line.startswith("#"):
            if sheet is None:
                raise _bad(message("{where}: no document was begun.", where=where))
            _take(sheet, _cells(line), where)
            if sheet.size > LINE_MOST:
                raise too_long(source.name, number)
    if sheet:
        yield sheet


def _take(sheet: _Sheet, cells: list[str], where: str) -> None:
    if len(cells) < 2 or (sheet.width and len(cells) != sheet.width and sheet.width < _FULL):
        raise _bad(
            message(
                "{where}: the number of columns is {n}, and {width} before.",
                where=where,
                n=len(cells),
                width=sheet.width,
            )
        )
    sheet.width = sheet.width or len(cells)
    at = len(sheet.forms)
    full = len(cells) >= _FULL
    sheet.forms.append(cells[_WORD] if full else cells[-2])
    sheet.size += len(sheet.forms[-1]) + 1
    sheet.groups.declared = ["GRP"] if full else ["etype", "GRP", "identity"] if "-" in cells[-1].strip("-") else []
    for said in cells[-1].split("|"):
        if said not in ("_", "-", "*"):
            sheet.groups.add(at, said, where)
    if full:
        _name(sheet, at, cells[_NAMES])


def _name(sheet: _Sheet, at: int, cell: str) -> None:
    """Take in a cell of names: `(ORG*` begins one, `*)` ends it, `(GPE)` is one alone."""
    if cell.startswith("("):
        sheet.opened = cell.strip("()*"), at
    if cell.endswith(")") and sheet.opened:
        sheet.names.append((*sheet.opened, at + 1))
        sheet.opened = None


def _article(sheet: _Sheet) -> tuple[*tuple[Header, ...], Record]:
    text, places = _laid_out(sheet)
    draft = Draft(text, sheet.where)
    mentions = sheet.groups.finish()
    things = things_of(mentions, digest(canonical(text).text))
    found = [made for n, one in enumerate(mentions, 1) if (made := _annotation(f"m{n}", one, things, places, draft))]
    names = [
        annotation(f"n{n}", label, span, draft.text)
        for n, (label, first, last) in enumerate(sheet.names, 1)
        if (span := draft.span([(places[first][0], places[last - 1][1])], f"{sheet.where}: {label}"))
    ]
    if sheet.width >= _FULL:
        draft.note("column", f"{sheet.where}: {sheet.width - 3}")
    read = about(draft.text, sheet.name)
    record = draft.record([layer("", [*found, *names])], canonical(sheet.name).text or read.title, meta=read.meta)
    return (*things.header(found), record)


def _annotation(uid: str, mention: Mention, things: Things, places: list[Fragment], draft: Draft) -> Annotation | None:
    where = f"{mention.where}: {mention.label}"
    span = draft.span([(places[first][0], places[last - 1][1]) for first, last in mention.parts], where)
    return annotation(uid, mention.label, span, draft.text, entity=things.of(mention)) if span else None


def _laid_out(sheet: _Sheet) -> tuple[str, list[Fragment]]:
    places: list[Fragment] = []
    at = 0
    for form in sheet.forms:
        places.append((at, at + len(form)))
        at += len(form) + 1
    parts = [form + ("\n" if n in sheet.ends else " ") for n, form in enumerate(sheet.forms)]
    return "".join(parts)[:-1], places


def _bad(why: Message) -> UserError:
    return UserError(why, message("Correct the file, or make it again where it came from."))


FORMAT = ConllCoref()

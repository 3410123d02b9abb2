"""Reads columns: a word a line with its tags, a blank line after each sentence.

The text of an article is its words with one space between them and a line break between sentences, unless a cell says
`SpaceAfter=No`. An article begins with `-DOCSTART-`, `# newdoc` or `# begin document`; without any of these a file is
one article. Sources of the format: the pages of the shared tasks CoNLL-2000, -2002 and -2003, GermEval 2014's for an
index before the word and a column for nested names, and files of corpora that are named after them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from rubricator.errors import UserError
from rubricator.formats.base import Case, Header, ReadOptions, Record
from rubricator.formats.conll.shape import UNSPACED, Remark, Row, Shape, Start, has_tabs, line_of, shape_of
from rubricator.formats.conll.tags import Column
from rubricator.formats.files import LINE_MOST
from rubricator.formats.reading import Draft, annotation, layer, shortened
from rubricator.formats.text import about
from rubricator.formats.text_lines import found_encoding, text_lines, too_long
from rubricator.model.spans import Fragment
from rubricator.model.text import canonical
from rubricator.model.tokens import grapheme_end, grapheme_start
from rubricator.words import Message, message


@dataclass
class Sheet:
    """An article as its columns have it: words, the words after which no space or a line break stands, and tags."""

    file: str
    line: int
    columns: list[Column]
    name: str = ""
    forms: list[str] = field(default_factory=list)
    glued: set[int] = field(default_factory=set)
    ends: set[int] = field(default_factory=set)
    cases: list[Case] = field(default_factory=list)
    size: int = 0

    @property
    def where(self) -> str:
        """Where it begins."""
        return f"{self.file}, line {self.line}"

    def end_sentence(self) -> None:
        """End a sentence after the last word, and what is tagged there."""
        if self.forms:
            self.ends.add(len(self.forms) - 1)
            for column in self.columns:
                unended = column.unended
                column.end(len(self.forms))
                if column.unended > unended:
                    self.cases.append(("ends", f"{self.where}: “{shortened(self.forms[-1])}”"))


def read_conll(source: Path, options: ReadOptions) -> Iterator[Header | Record]:
    """Yield the articles of a file, which is gone through twice; UserError names file and line."""
    encoding, guessed = found_encoding(source, options.encoding)
    shape = found_shape(source, encoding)
    cases: list[Case] = _cases_of(shape, source)
    notes = [message("the encoding was guessed: {encoding}", encoding=encoding)] if guessed else []
    n = 0
    for sheet in sheets(source, encoding, shape):
        cases += sheet.cases
        if not sheet.forms:
            cases.append(("blank", sheet.where))
            continue
        n += 1
        yield _record(sheet, source.stem if n == 1 else f"{source.stem} {n}", cases, notes)
        cases, notes = [], []
    if not n:
        raise UserError(
            message("{file} holds no words.", file=source.name),
            message("Choose a file with a word and its tag on each line."),
        )


def found_shape(source: Path, encoding: str) -> Shape:
    """Return how a file is made."""
    tabs = has_tabs(line for _, line in text_lines(source, encoding))
    return shape_of(text_lines(source, encoding), source.name, tabs)


def _cases_of(shape: Shape, source: Path) -> list[Case]:
    cases: list[Case] = [("column", f"{source.name}: {n + 1}") for n in shape.unread]
    if shape.untold or shape.bare:
        cases.append(("iob1", f"{source.name}: {shape.untold or 'IO'}"))
    return cases


def sheets(source: Path, encoding: str, shape: Shape) -> Iterator[Sheet]:
    """Yield the articles one after the other, and those without words that a mark begins."""
    file = source.name
    sheet: Sheet | None = None
    remarks: list[Case] = []
    for number, line in text_lines(source, encoding):
        found = line_of(line, shape.tabs, shape.width)
        if isinstance(found, Start):
            if sheet:
                sheet.end_sentence()
                yield sheet
            sheet = Sheet(file, number, _columns(shape), found.name, cases=remarks)
            remarks = []
        elif isinstance(found, Remark):
            (sheet.cases if sheet else remarks).append(("remark", f"{file}, line {number}: {shortened(line)}"))
        elif isinstance(found, Row):
            sheet = sheet or Sheet(file, number, _columns(shape), cases=remarks)
            _take(sheet, found.cells, shape, number)
            if sheet.size > LINE_MOST:
                raise too_long(file, number)
        elif sheet:
            sheet.end_sentence()
    if sheet:
        sheet.end_sentence()
        yield sheet


def _columns(shape: Shape) -> list[Column]:
    return [Column() for _ in shape.tags]


def _take(sheet: Sheet, cells: list[str], shape: Shape, line: int) -> None:
    at = len(sheet.forms)
    form = cells[shape.word]
    sheet.forms.append(form)
    sheet.size += len(form) + 1
    if len(cells) > 2 and not UNSPACED.isdisjoint(part for cell in cells[1:] for part in cell.split("|")):
        sheet.glued.add(at)
    for column, n in zip(sheet.columns, shape.tags, strict=True):
        begun, unended = column.begun, column.unended
        column.add(at, shape.tag(cells[n]))
        if column.begun > begun and not (shape.untold or shape.bare):
            sheet.cases.append(("tags", f"{sheet.file}, line {line}: {cells[n]} “{shortened(form)}”"))
        if column.unended > unended:
            sheet.cases.append(("ends", f"{sheet.file}, line {line}: {cells[n]} “{shortened(form)}”"))


def _record(sheet: Sheet, stem: str, cases: list[Case], notes: list[Message]) -> Record:
    text, places = laid_out(sheet)
    draft = Draft(text, sheet.where)
    for kind, where in cases:
        draft.note(kind, where)
    found = []
    for column in sheet.columns:
        for first, last, label in column.spans:
            place = _whole(text, places[first][0], places[last - 1][1])
            span = draft.span([place], f"{sheet.where}: {label}")
            if span:
                found.append(annotation("", label, span, draft.text))
    read = about(draft.text, stem)
    made = draft.record([layer("", found)], canonical(sheet.name).text or read.title, meta=read.meta)
    return replace(made, notes=(*notes, *made.notes))


def laid_out(sheet: Sheet) -> tuple[str, list[Fragment]]:
    """Return the text of an article, and where its words stand."""
    parts: list[str] = []
    places: list[Fragment] = []
    at = 0
    for n, form in enumerate(sheet.forms):
        parts.append(form)
        places.append((at, at + len(form)))
        parts.append("\n" if n in sheet.ends else "" if n in sheet.glued else " ")
        at += len(form) + len(parts[-1])
    return "".join(parts[:-1]), places


def _whole(text: str, start: int, end: int) -> Fragment:
    """Return a place with the space that a mark at its border combines with: no border lies inside a character."""
    first, last = grapheme_start(text, start), grapheme_end(text, end)
    return first if text[first:start].isspace() else start, last if text[end:last].isspace() else end

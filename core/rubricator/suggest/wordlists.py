"""The user's own word lists: plain text with a name per line, or CSV and TSV with a header.

In plain text a line is `name`, `name<TAB>label` or `label: name` (the label as the caller knows it; else capitals, so
that “Star Wars: A New Hope” stays a name); `#` opens a comment. A table has a column `name` and may have `label`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import NamedTuple

from rubricator.errors import UserError
from rubricator.model.folding import fold, single_spaced
from rubricator.model.scheme import Scheme
from rubricator.model.text import canonical, decode
from rubricator.suggest.matcher import WORDS_MOST, Name
from rubricator.words import Message, message

LETTERS_MOST = 500
"""Code points of a name; more is a line of something else."""

_NAME_COLUMNS = ("name", "names", "words", "word", "text", "term", "entity", "phrase")
_LABEL_COLUMNS = ("label", "labels", "type", "tag", "kind", "category", "class")
_LABEL_FIRST = re.compile(r"([^:\t]{1,60}):\s+(\S.*)")
_LIKE_A_LABEL = re.compile(r"[A-Z][A-Z0-9_.\-]+")
_CELL_MOST = 1 << 20

Row = tuple[int, str, str]
"""The number of the line, the name, and the label as it is written (or "")."""


class WordList(NamedTuple):
    """The names of a list, how many stood in it twice, and how it was read; `guessed` says that the encoding was."""

    names: tuple[Name, ...]
    duplicates: int
    encoding: str
    guessed: bool


def label_words(scheme: Scheme) -> dict[str, str]:
    """Return what people may write for a label, folded, and the name of the label: its name and its title."""
    titles = {fold(label.title): label.name for label in scheme.labels if label.title}
    return titles | {fold(label.name): label.name for label in scheme.labels}


def read_word_list(
    data: bytes, where: str, *, label: str = "", labels: Mapping[str, str] | None = None, encoding: str = ""
) -> WordList:
    """Read a word list; `where` names the file, `label` is given to names without one.

    `labels` (see `label_words`) says which labels there are; without it any is taken. UserError names file and line.
    """
    decoded = decode(data, where, encoding)
    text = canonical(decoded.text).text
    suffix = PurePath(where).suffix.lower()
    rows = _table(text, where, suffix) if suffix in (".csv", ".tsv", ".tab") else _lines(text, labels)
    names: dict[tuple[str, str], Name] = {}
    duplicates = 0
    for line, words, written in rows:
        known = _label(written, labels, where, line) if written else label
        if not known:
            raise _bad(
                where,
                line,
                message("“{name}” has no label.", name=words),
                message("Write the label after a tab, or choose one for the whole list."),
            )
        name = Name(_checked(words, where, line), known, "list", PurePath(where).name)
        duplicates += (fold(name.words), known) in names
        names.setdefault((fold(name.words), known), name)
    return WordList(tuple(names.values()), duplicates, decoded.encoding, decoded.guessed)


def _lines(text: str, labels: Mapping[str, str] | None) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, tab, label = line.strip().partition("\t")
        first = None if tab else _LABEL_FIRST.fullmatch(name)
        if first and (fold(first[1]) in labels if labels is not None else _LIKE_A_LABEL.fullmatch(first[1])):
            name, label = first[2], first[1]
        yield number, name, label.strip()


def _table(text: str, where: str, suffix: str) -> Iterator[Row]:
    header = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = "\t" if suffix != ".csv" else max(",;\t", key=header.count)
    csv.field_size_limit(max(csv.field_size_limit(), _CELL_MOST))
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: tuple[int | None, int | None] | None = None
    try:
        for cells in table:
            if not any(cell.strip() for cell in cells) or (cells[0].startswith("#") and columns is None):
                continue
            if columns is None:
                columns = _column(cells, _NAME_COLUMNS), _column(cells, _LABEL_COLUMNS)
                if columns[0] is None:
                    raise _bad(
                        where,
                        table.line_num,
                        message("no column is called “name”."),
                        message("Name the columns in the first line."),
                    )
            elif name := _cell(cells, columns[0]):
                yield table.line_num, name, _cell(cells, columns[1])
    except csv.Error as error:
        why = message("not a table ({why}).", why=str(error))
        raise _bad(where, table.line_num, why, message("Save it as CSV anew.")) from error


def _column(header: list[str], known: Iterable[str]) -> int | None:
    names = [cell.strip().casefold() for cell in header]
    return next((names.index(name) for name in known if name in names), None)


def _cell(cells: list[str], column: int | None) -> str:
    return cells[column].strip() if column is not None and column < len(cells) else ""


def _label(written: str, labels: Mapping[str, str] | None, where: str, line: int) -> str:
    if labels is None:
        return written
    known = labels.get(fold(written))
    if known is None:
        why = message("the scheme has no label “{label}”.", label=written)
        raise _bad(where, line, why, message("Add the label to the scheme first, or mend the list."))
    return known


def _checked(words: str, where: str, line: int) -> str:
    name = single_spaced(words)
    if len(name) > LETTERS_MOST or len(name.split()) > WORDS_MOST:
        why = message("“{name}” is too long for a name.", name=name[:40] + "…")
        raise _bad(where, line, why, message("Put each name on a line of its own."))
    return name


def _bad(where: str, line: int, why: Message, hint: Message) -> UserError:
    return UserError(message("{file}, line {line}: {why}", file=where, line=line, why=why), hint)

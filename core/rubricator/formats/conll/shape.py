"""Finds out how a file of columns is made, from all of it: which column holds words, which tags, and which tagging.

What is taken for what: cells are parted by tabs where the first row has one, else by white space. Columns of tags
stand at the right. Where all columns beside the words are tags, each is a level of spans (nested corpora, and our own
files); where others stand between (parts of speech, chunks), the last one is taken and the others are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rubricator.errors import UserError
from rubricator.formats.conll.tags import OUTSIDE, Column, is_tag
from rubricator.words import message

START = "-DOCSTART-"
_NAMES_MOST = 64
UNSPACED = frozenset({"SpaceAfter=No", "NoSpaceAfter"})
"""What a cell says where no space stands after its word."""
_NOTHING = frozenset({"", "_", "-", "SpaceAfter=Yes", *UNSPACED})
_NEW = re.compile(r"#\s*(?:newdoc(?:\s+id\s*=)?|begin document)\s*(.*)")
_BLANKS = re.compile("[ \t]+")
_PLACE = re.compile(r"\d+-\d+")


@dataclass(frozen=True)
class Row:
    """A word with its cells."""

    cells: list[str]


@dataclass(frozen=True)
class Start:
    """A line that begins an article, with the name it gives."""

    name: str


@dataclass(frozen=True)
class Remark:
    """A line of comment."""

    words: str


Line = Row | Start | Remark | None
"""What a line is; None: a blank one, which ends a sentence."""


@dataclass(frozen=True)
class Shape:
    """How a file is made: `word` and `tags` number columns, `unread` those that have no place with us.

    `bare` says that tags are labels without a sign; `untold` that no beginnings are told from what goes on.
    """

    width: int
    tabs: bool
    word: int
    tags: tuple[int, ...]
    unread: tuple[int, ...] = ()
    bare: bool = False
    untold: str = ""

    def tag(self, cell: str) -> str:
        """Return a cell as a tag."""
        return f"I-{cell}" if self.bare and cell != OUTSIDE else cell


def line_of(line: str, tabs: bool, width: int) -> Line:
    """Return what a line is; `width` is 0 where no row stood before."""
    if not line.strip():
        return None
    cells = line.split("\t") if tabs else line.split() if line.isascii() else _BLANKS.split(line.strip(" \t"))
    if cells[0].startswith(START):
        return Start(line.partition(START)[2].partition("(")[2].rpartition(")")[0].strip())
    if line.startswith("#") and not (len(cells) == (width or len(cells)) and any(map(is_tag, cells[1:]))):
        new = _NEW.fullmatch(line.strip())
        return Start(new[1].strip(" ;()").partition(")")[0]) if new else Remark(line)
    return Row(cells)


def has_tabs(lines: Iterable[str]) -> bool:
    """Say whether tabs part the cells: the first row that is no comment tells."""
    return any("\t" in line for line in _first_rows(lines))


def _first_rows(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if line.strip() and not line.startswith((START, "#")):
            yield line
            return


class _Seen:
    """What has been seen of a column; `cells` holds the different ones until there are too many."""

    def __init__(self) -> None:
        self.cells: set[str] = set()
        self.odd: tuple[int, str] | None = None  # the first cell that is no tag
        self.right = self.outside = self.rows = 0
        self.numbers = True
        self.spans = Column()

    def add(self, number: int, at: int, cell: str) -> None:
        """Take in the cell of a row."""
        tagged = is_tag(cell)
        self.rows += 1
        self.numbers = self.numbers and cell.isdecimal()
        self.outside += cell == OUTSIDE
        self.right += tagged
        if not self.odd and tagged:
            self.spans.add(at, cell)
            self.spans.spans.clear()
        elif not self.odd:
            self.odd = number, cell
        if len(self.cells) <= _NAMES_MOST:
            self.cells.add(cell)

    @property
    def tagged(self) -> bool:
        """All cells are tags."""
        return not self.odd

    @property
    def empty(self) -> bool:
        """There is nothing in it that a reader of spans would miss."""
        return self.cells <= _NOTHING

    @property
    def bare(self) -> bool:
        """The cells are labels without a sign: O mostly, and few others."""
        return self.outside * 2 >= self.rows and len(self.cells) <= _NAMES_MOST and self.outside == self.right


def shape_of(lines: Iterator[tuple[int, str]], file: str, tabs: bool) -> Shape:
    """Return how a file is made; UserError names the line where it is not made of columns with tags."""
    columns: list[_Seen] = []
    at = 0
    for number, line in lines:
        match line_of(line, tabs, len(columns)):
            case Row(cells):
                columns = columns or [_Seen() for _ in cells]
                if len(cells) != len(columns):
                    raise _uneven(file, number, len(cells), len(columns))
                for seen, cell in zip(columns, cells, strict=True):
                    seen.add(number, at, cell)
                at += 1
            case None | Start(_):
                for seen in columns:
                    seen.spans.end(at)
            case Remark(_):
                pass
    if not columns:
        raise UserError(
            message("{file} holds no words.", file=file), message("Choose a file with a word and its tag on each line.")
        )
    return _shape(columns, file, tabs)


def _uneven(file: str, line: int, n: int, width: int) -> UserError:
    return UserError(
        message(
            "{file}, line {line}: the number of columns is {n}, and {width} in the lines before.",
            file=file,
            line=line,
            n=n,
            width=width,
        ),
        message("Give each word the same number of columns, parted by tabs or by spaces."),
    )


def _shape(columns: list[_Seen], file: str, tabs: bool) -> Shape:
    said = [n for n, seen in enumerate(columns) if not seen.empty]
    word = 1 if len(said) > 2 and columns[0].numbers and not columns[1].tagged else 0
    tags, bare = _tags(columns, [n for n in said if n > word])
    if not tags and len(said) > 1 and columns[0].tagged and not columns[1].tagged:
        word, tags = 1, (0,)
    if not tags or all(map(_PLACE.fullmatch, columns[0].cells)):  # that is WebAnno's TSV, which begins each row so
        raise _no_tags(columns, said, file)
    unread = tuple(n for n in said if n not in {word, *tags} and not columns[n].numbers)
    return Shape(len(columns), tabs, word, tags, unread, bare, "" if bare else _untold(columns[n].spans for n in tags))


def _tags(columns: list[_Seen], right: list[int]) -> tuple[tuple[int, ...], bool]:
    """Return the columns that hold tags, and whether these are bare."""
    tagged = [n for n in right if columns[n].tagged]
    if tagged:
        return tuple(tagged) if tagged == right else (tagged[-1],), False
    if right and columns[right[-1]].bare:
        return (right[-1],), True
    return (), False


def _untold(columns: Iterable[Column]) -> str:
    """Name the tagging, if beginnings are told only where a span follows another of its label, or not at all."""
    some = list(columns)
    if not any(column.begun for column in some) or any(column.needless for column in some):
        return ""
    signs = set[str]().union(*(column.signs for column in some))
    return "IO" if signs == {"I"} else "IOB1"


def _no_tags(columns: list[_Seen], said: list[int], file: str) -> UserError:
    last = columns[said[-1]] if said else columns[0]
    if last.odd and last.right * 2 >= last.rows:
        line, cell = last.odd
        why = message("{file}, line {line}: “{cell}” is no tag.", file=file, line=line, cell=cell[:80])
    else:
        why = message("{file}: none of its columns holds tags.", file=file)
    return UserError(why, message("Tags are O, and such as B-PER and I-PER, one for each word."))

"""The words of WebAnno TSV 3: how its cells are parted, escaped and numbered.

Source of the format: “WebAnno TSV 3.3 File format” in INCEpTION's user guide.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rubricator.model.text import FORBIDDEN

NOTHING, UNSET = "_", "*"
"""No annotation here; an annotation whose feature is not set."""

FORMAT_LINE = re.compile(r"#FORMAT=WebAnno TSV (3(?:\.\d+)?)\s*")
TEXT, SENTENCE_ID = "#Text=", "#Sentence.id="
SPAN_LAYER, RELATION_LAYER, CHAIN_LAYER = "#T_SP=", "#T_RL=", "#T_CH="
ROLE, BASE = "ROLE_", "BT_"

_PARTS = {mark: re.compile(rf"((?:[^\\{mark}]|\\.)*)(?:{re.escape(mark)}|$)", re.DOTALL) for mark in "|;"}
_NUMBER = re.compile(r"\[(\d{1,9})(?:_(\d{1,9}))?\]$", re.ASCII)
_LINK = re.compile(r"->(\d{1,9})-(\d{1,9})$", re.ASCII)
_ESCAPED = re.compile(r"\\(u[0-9a-fA-F]{4}|->|.|\Z)", re.DOTALL)
_ONE = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}
_TO_ESCAPE = re.compile(r"->|[\\\[\]|_;*\t\n]")


class Cell(NamedTuple):
    """A value with the numbers behind it: of its annotation, or of the two ends of a relation, or of a chain link."""

    value: str
    first: int = 0
    second: int = 0


def parts(cell: str, mark: str) -> list[str]:
    """Part what is stacked with `|` or put side by side with `;`."""
    if mark not in cell:
        return [cell]
    found: list[str] = []
    at = 0
    while True:
        match = _PARTS[mark].match(cell, at)
        if match is None:  # a lone backslash at the end
            return [*found, cell[at:]]
        found.append(match[1])
        at = match.end()
        if at == len(cell):
            return found if match.end(1) == at else [*found, ""]


def numbered(cell: str) -> Cell:
    """Return a value and the number (or two) in brackets behind it."""
    match = _NUMBER.search(cell)
    if match is None or _is_escaped(cell, match.start()):
        return Cell(cell)
    return Cell(cell[: match.start()], int(match[1]), int(match[2] or 0))


def link(cell: str) -> Cell | None:
    """Return the label of a chain's link, and the numbers of chain and link; None where it has none."""
    match = _LINK.search(cell)
    if match is None or _is_escaped(cell, match.start()):
        return None
    return Cell(cell[: match.start()], int(match[1]), int(match[2]))


def _is_escaped(cell: str, at: int) -> bool:
    before = cell[:at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def unescaped(value: str) -> str:
    """Return a value or a piece of text without its escapes."""
    if "\\" not in value:
        return value
    found = _ESCAPED.sub(_one, value)
    # Until 3.1 what lies beyond the first 65,536 characters was written as two halves.
    return found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _one(match: re.Match[str]) -> str:
    what = match[1]
    if len(what) == 5:
        return chr(int(what[1:], 16))
    return _ONE.get(what, what or "\\")


def value_of(cell: str) -> str | None:
    """Return what a cell says; None where it says nothing."""
    if cell in (UNSET, NOTHING):
        return None
    return FORBIDDEN.sub("\ufffd", unescaped(cell).replace("\r\n", "\n").replace("\r", "\n"))


def escaped(value: str) -> str:
    """Return a value as it stands in a cell."""
    return _TO_ESCAPE.sub(_escape, value)


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    return {"\t": "\\t", "\n": "\\n"}.get(found, f"\\{found}")


def escaped_text(text: str) -> str:
    """Return a line of the text as it stands behind `#Text=`."""
    return text.replace("\\", "\\\\").replace("\t", "\\t")

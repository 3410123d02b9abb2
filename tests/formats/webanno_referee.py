"""A strict reader of WebAnno TSV 3.3, written from INCEpTION's user guide and not from our writer.

It works on the UTF-16 bytes of the text, and lays it out as INCEpTION does: sentences follow each other with a line
break, unless the offset of the next one says that there is none; a gap is filled with spaces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

ESCAPES = {"\\\\": "\\", "\\[": "[", "\\]": "]", "\\|": "|", "\\_": "_", "\\->": "->", "\\;": ";", "\\t": "\t", "\\n": "\n", "\\*": "*"}  # fmt: skip
SPAN = tuple[int, int]


def unescape(value: str) -> str:
    return re.sub(r"\\(?:->|.)", lambda match: ESCAPES[match[0]], value)


@dataclass
class Document:
    """The text in UTF-16, the spans by their key with what their columns say, and the relations."""

    text: bytes = b""
    columns: list[str] = field(default_factory=list)
    spans: dict[str, tuple[SPAN, dict[str, str | None]]] = field(default_factory=dict)
    relations: list[tuple[str, str, dict[str, str | None]]] = field(default_factory=list)

    def quote(self, key: str) -> str:
        (begin, end), _said = self.spans[key]
        return self.text[2 * begin : 2 * end].decode("utf-16-le")


def read(path: Path) -> Document:
    """Read a file with one span layer and at most one relation layer; AssertionError where it breaks a rule."""
    data = path.read_bytes().decode("utf-8")
    assert "\r" not in data
    assert data.endswith("\n")
    lines = data.removesuffix("\n").split("\n")
    assert lines[0] == "#FORMAT=WebAnno TSV 3.3"
    span = re.fullmatch(r"#T_SP=([\w.]+)\|(.*)", lines[1])
    assert span is not None
    relation = re.fullmatch(rf"#T_RL=[\w.]+\|(.*)\|BT_{re.escape(span[1])}", lines[2])
    body = 3 if relation is not None else 2
    assert lines[body : body + 2] == ["", ""]
    found = Document(columns=span[2].split("|"))
    related = relation[1].split("|") if relation is not None else []
    ties: list[tuple[str, list[list[str]]]] = []
    sentence: list[str] = []
    here: dict[str, list[str]] = {}
    number = 0
    for line in [*lines[body + 2 :], ""]:
        if line.startswith("#Text="):
            sentence.append(line[6:].replace("\\\\", "\0").replace("\\t", "\t").replace("\0", "\\"))
            continue
        if not line:
            assert not sentence
            continue
        cells = line.split("\t")
        assert cells.pop() == ""  # a tab ends each line
        match = re.fullmatch(r"(\d+)-(\d+)(\.\d+)?", cells[0])
        assert match is not None
        begin, end = map(int, cells[1].split("-"))
        assert begin < end
        if sentence:
            number += 1
            assert match[2] == "1"
            if len(found.text) // 2 > begin:
                assert len(found.text) // 2 == begin + 1
                assert found.text.endswith("\n\0".encode("latin-1"))
                found.text = found.text[:-2]
            found.text += " ".encode("utf-16-le") * (begin - len(found.text) // 2)
            found.text += ("\n".join(sentence) + "\n").encode("utf-16-le")
            sentence = []
        assert int(match[1]) == number
        said = found.text[2 * begin : 2 * end].decode("utf-16-le")
        assert cells[2].replace("\\t", "\t").replace("\\n", "\n") == said or cells[2] == said
        assert len(cells) == 3 + len(found.columns) + (len(related) + 1 if related else 0)
        stacks = [stacked(cell) for cell in cells[3 : 3 + len(found.columns)]]
        assert len({len(stack) for stack in stacks}) == 1
        here[cells[0]] = []
        for n, values in enumerate(zip(*stacks, strict=True)):
            numbers = {numbered(value)[1] for value in values}
            assert len(numbers) == 1
            key = numbers.pop() or f"{cells[0]} {n}"
            assert len(stacks[0]) == 1 or key.isdigit()  # what is stacked has a number
            features = {name: numbered(value)[0] for name, value in zip(found.columns, values, strict=True)}
            if key in found.spans:
                (first, _last), known = found.spans[key]
                assert known == features
                found.spans[key] = (first, end), features
            else:
                found.spans[key] = (begin, end), features
            here[cells[0]].append(key)
        if related:
            ties.append((cells[0], [stacked(cell) for cell in cells[3 + len(found.columns) :]]))
    for name, columns in ties:
        for *values, end_cell in zip(*columns, strict=True):
            match = re.fullmatch(r"([\d.-]+)(?:\[(\d+)_(\d+)\])?", end_cell)
            assert match is not None
            source = match[2] if match[2] not in (None, "0") else only(here[match[1]])
            target = match[3] if match[3] not in (None, "0") else only(here[name])
            assert source in here[match[1]]
            assert target in here[name]
            said_of = {
                key: None if value == "*" else unescape(value) for key, value in zip(related, values, strict=True)
            }
            found.relations.append((source, target, said_of))
    return found


def only(keys: list[str]) -> str:
    [key] = keys
    return key


def stacked(cell: str) -> list[str]:
    return [] if cell == "_" else re.split(r"(?<!\\)\|", cell)  # as INCEpTION does it


def numbered(value: str) -> tuple[str | None, str]:
    match = re.fullmatch(r"(.*?)(?:(?<!\\)\[(\d+)\])?", value, re.DOTALL)
    assert match is not None
    return (None if match[1] == "*" else unescape(match[1])), match[2] or ""

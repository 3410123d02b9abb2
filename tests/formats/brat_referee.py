"""A strict reader of brat standoff, written from brat's documentation and not from our writer.

What the documentation says, and what is held here: one annotation a line; an id, a TAB, the body; text-bound ids start
with T, relations with R, attributes with A, notes with #; ids are unique; a text-bound body is `TYPE START END`, with
further `;START END` for a discontinuous one, a TAB and the text, where the fragments' texts are joined by a space and
no fragment holds a newline; a relation has exactly two `ROLE:ID`; an attribute `NAME ID [VALUE]`; a note
`AnnotatorNotes ID`, TAB, text; types are made of ASCII letters, digits, `_` and `-`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

TYPE = r"[A-Za-z0-9_-]+"
LINES = {
    "T": re.compile(rf"(T[1-9]\d*)\t({TYPE}) (\d+ \d+(?:;\d+ \d+)*)\t([^\t]+)"),
    "A": re.compile(rf"(A[1-9]\d*)\t({TYPE}) (T\d+)(?: (\S+))?"),
    "R": re.compile(rf"(R[1-9]\d*)\t({TYPE}) Arg1:(T\d+) Arg2:(T\d+)"),
    "#": re.compile(r"(#[1-9]\d*)\tAnnotatorNotes (T\d+)\t([^\t]+)"),
}


@dataclass
class Document:
    text: str
    spans: dict[str, tuple[str, tuple[tuple[int, int], ...], str]] = field(default_factory=dict)
    attributes: list[tuple[str, str, str | None]] = field(default_factory=list)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def read_folder(folder: Path) -> dict[str, Document]:
    names = {p.name for p in folder.iterdir()}
    texts = sorted(p for p in folder.iterdir() if p.suffix == ".txt")
    assert names == {"annotation.conf", "visual.conf"} | {p.stem + s for p in texts for s in (".txt", ".ann")}
    types = sections(folder / "annotation.conf")
    found = {}
    for p in texts:
        assert re.fullmatch(r"[a-z0-9-]+\.txt", p.name)
        found[p.stem] = read(p.read_bytes(), p.with_suffix(".ann").read_bytes())
        assert {span[0] for span in found[p.stem].spans.values()} <= types["entities"].keys()
        assert {relation[0] for relation in found[p.stem].relations} <= types["relations"].keys()
        for name, _, value in found[p.stem].attributes:
            assert value is None or value in types["attributes"][name].partition("Value:")[2].split("|")
    return found


def read(text_bytes: bytes, ann_bytes: bytes) -> Document:
    found = Document(text_bytes.decode("utf-8"))
    assert b"\r" not in ann_bytes
    source = ann_bytes.decode("utf-8")
    assert source == "" or source.endswith("\n")
    assert source.splitlines() == source.split("\n")[:-1]  # no reader breaks lines elsewhere
    ids = set()
    for line in source.splitlines():
        match = LINES[line[0]].fullmatch(line)
        assert match, line
        assert match[1] not in ids
        ids.add(match[1])
        if line[0] == "T":
            pairs = [pair.split(" ") for pair in match[3].split(";")]
            fragments = tuple((int(start), int(end)) for start, end in pairs)
            last = 0
            for start, end in fragments:
                assert last <= start < end <= len(found.text)
                assert "\n" not in found.text[start:end]
                last = end
            assert " ".join(found.text[start:end] for start, end in fragments) == match[4]
            found.spans[match[1]] = match[2], fragments, match[4]
        elif line[0] == "A":
            assert match[3] in found.spans
            found.attributes.append((match[2], match[3], match[4]))
        elif line[0] == "R":
            assert {match[3], match[4]} <= found.spans.keys()
            found.relations.append((match[2], match[3], match[4]))
        else:
            assert match[2] in found.spans
            found.notes.append((match[2], match[3]))
    return found


def sections(conf: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for line in conf.read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"\[(\w+)\]", line):
            section = found.setdefault(match[1], {})
        elif line.strip():
            name, _, rest = line.strip().replace(" | ", "\t", 1).partition("\t")
            assert re.fullmatch(TYPE, name)
            assert name not in section
            section[name] = rest
    return found

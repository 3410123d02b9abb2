"""brat standoff: a folder with a .txt and an .ann for each article, and the configuration that shows them.

Source of the format: brat's own pages “standoff format” and “annotation configuration” (brat.nlplab.org), and its
rule that type names are ASCII letters, digits, `_` and `-`. brat has no topics and nothing for a whole document.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rubricator.formats.base import Carried, Case, Choice, Header, Loss, ReadOptions, Record, WriteOptions
from rubricator.formats.brat.conf import Used, annotation_conf, visual_conf
from rubricator.formats.brat.reader import read_brat
from rubricator.formats.file_names import numbered, stem_of
from rubricator.formats.losing import (
    added_up,
    annotation_cases,
    article_cases,
    layer_of,
    name_of,
    once,
    place_of,
    relation_words,
    texts,
)
from rubricator.model.spans import Fragment
from rubricator.model.text import digest

_NAME = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_LINE = re.compile(r"[TERAMN#*]\S*\t")
_VALUE = re.compile(r"[A-Za-z0-9_.+%/-]+", re.ASCII)
_BREAK = re.compile("[\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]+")
"""What no fragment may hold: every line break that some reader of .ann files breaks lines at, and the tab."""


@dataclass
class _Plan:
    """What becomes of one article: the lines of its .ann, the names they use, what a reader finds, what is lost."""

    lines: list[str] = field(default_factory=list)
    used: Used = field(default_factory=Used)
    carried: Carried = field(default_factory=Counter)
    lost: list[Case] = field(default_factory=list)


class Brat:
    """A folder for brat."""

    all_layers = False
    choices: tuple[Choice, ...] = ()

    def recognises(self, head: str) -> bool:
        """Say whether the first line is one of an .ann file."""
        return not head.strip() or bool(_LINE.match(head))

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the declared names, the entities and the article of an .ann file."""
        return read_brat(source, options)

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what brat cannot hold."""
        return added_up(_plan(record).lost for record in records)

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the folder; the files stand in it in the order of the articles."""
        out.mkdir()
        used = Used()
        for n, record in enumerate(records, 1):
            plan = _plan(record)
            used.add(plan.used)
            stem = out / stem_of(n, record)
            stem.with_suffix(".txt").write_bytes(record.text.encode("utf-8"))
            stem.with_suffix(".ann").write_bytes("".join(f"{line}\n" for line in plan.lines).encode("utf-8"))
        labels = header.scheme.labels if header.scheme else ()
        (out / "annotation.conf").write_bytes(annotation_conf(labels, used, brat_name).encode("utf-8"))
        (out / "visual.conf").write_bytes(visual_conf(labels, used, brat_name).encode("utf-8"))

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the text and every span, attribute, note and relation, in brat's terms."""
        return _plan(record).carried

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the .txt and .ann files back, in the order of their numbers."""
        for path in numbered(out, ".txt"):
            text = path.read_bytes().decode("utf-8")
            yield _read_ann(path.with_suffix(".ann").read_bytes().decode("utf-8"), text)


@once
def _plan(record: Record) -> _Plan:
    """Decide what becomes of an article; the only place that knows what brat can hold."""
    plan = _Plan(carried=Counter([("text", digest(record.text))]))
    layer = layer_of(record)
    plan.lost.extend(article_cases(record, layer, {"relation"}))
    spans: dict[str, tuple[str, tuple[Any, ...]]] = {}
    counts = Counter[str]()

    def new(letter: str) -> str:
        counts[letter] += 1
        return f"{letter}{counts[letter]}"

    for annotation in layer.annotations:
        where = place_of(record, annotation)
        fragments = unbroken(record.text, annotation.span.fragments)
        if not fragments:
            plan.lost.append(("blank", where))
            continue
        label = brat_name(annotation.label)
        if label != annotation.label:
            plan.lost.append(("label", f"{where}: {label}"))
        plan.lost.extend(annotation_cases(record, annotation, {"attribute", "note"}))
        if any(_loses_ends(record.text, fragment) for fragment in annotation.span.fragments):
            plan.lost.append(("trimmed", where))
        target, key = new("T"), (label, fragments)
        if annotation.id:
            spans[annotation.id] = target, key
        plan.used.labels[annotation.label] = None
        plan.carried["span", *key] += 1
        places = ";".join(f"{start} {end}" for start, end in fragments)
        words = " ".join(record.text[start:end] for start, end in fragments)
        plan.lines.append(f"{target}\t{label} {places}\t{words}")
        for name, value in annotation.attributes.items():
            if value is None:
                continue
            if value is False:  # as brat has it, the same as nothing said
                plan.lost.append(("attribute", f"{where}: {name}"))
                continue
            said = "" if value is True else str(value)
            if not _NAME.fullmatch(name) or not (value is True or (_is_plain(value) and _VALUE.fullmatch(said))):
                plan.lost.append(("attribute", f"{where}: {name}"))
                continue
            if value is not True:
                plan.lost.extend(texts(where, {name: value}))
            plan.used.attributes.setdefault(name, {})[said] = None
            plan.carried["attribute", *key, name, said] += 1
            plan.lines.append(f"{new('A')}\t{name} {target}{said and ' '}{said}")
        if annotation.note:
            note = " ".join(part for part in _BREAK.split(annotation.note) if part).strip()
            if note != annotation.note:
                plan.lost.append(("note-lines", where))
            if note:
                plan.carried["note", *key, note] += 1
                plan.lines.append(f"{new('#')}\tAnnotatorNotes {target}\t{note}")
    for relation in layer.relations:
        ends = spans.get(str(relation.get("from"))), spans.get(str(relation.get("to")))
        first, second = ends
        if first is None or second is None:
            plan.lost.append(("relation", f"{name_of(record)}: {relation_words(relation)}"))
            continue
        label = brat_name(str(relation.get("label")))
        if relation.get("attributes") or relation.get("note") or label != relation.get("label"):
            plan.lost.append(("relation-details", f"{name_of(record)}: {relation_words(relation)}"))
        plan.used.relations[label] = None
        plan.carried["relation", label, first[1], second[1]] += 1
        plan.lines.append(f"{new('R')}\t{label} Arg1:{first[0]} Arg2:{second[0]}")
    return plan


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float)


def unbroken(text: str, fragments: Iterable[Fragment]) -> tuple[Fragment, ...]:
    """Return the fragments parted at every line break, without the white space that stands at the break."""
    found: list[Fragment] = []
    for start, end in fragments:
        at = start
        breaks = list(_BREAK.finditer(text, start, end))
        for match in breaks:
            _add_piece(found, text, at, match.start(), at != start, True)
            at = match.end()
        _add_piece(found, text, at, end, bool(breaks), False)
    return tuple(found)


def _loses_ends(text: str, fragment: Fragment) -> bool:
    """Say whether a line break at an end of a fragment, with the white space beside it, is left out."""
    pieces = unbroken(text, [fragment])
    return not pieces or (pieces[0][0], pieces[-1][1]) != fragment


def _add_piece(found: list[Fragment], text: str, start: int, end: int, after_break: bool, before_break: bool) -> None:
    while before_break and start < end and text[end - 1].isspace():
        end -= 1
    while after_break and start < end and text[start].isspace():
        start += 1
    if start < end and (not (after_break or before_break) or not text[start:end].isspace()):
        found.append((start, end))


def brat_name(name: str) -> str:
    """Return a name as brat can hold it: the same where it can be, else with a mark that keeps two names two."""
    if _NAME.fullmatch(name):
        return name
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    mark = hashlib.sha256(name.encode("utf-8", "backslashreplace")).hexdigest()[:6]
    return f"{re.sub('[^A-Za-z0-9_-]+', '_', plain).strip('_') or 'label'}-{mark}"


# --- reading back -------------------------------------------------------------------------------------------------


def _read_ann(source: str, text: str) -> Carried:
    """Read the lines of an .ann file back; what does not read as brat writes it counts as found under `unread`."""
    carried: Carried = Counter([("text", digest(text))])
    spans: dict[str, tuple[Any, ...]] = {}
    for line in source.split("\n"):
        if not line:
            continue
        name, _, rest = line.partition("\t")
        head, _, tail = rest.partition("\t")
        kind, _, what = head.partition(" ")
        if name[0] == "T":
            fragments = tuple((int(start), int(end)) for start, end in (pair.split(" ") for pair in what.split(";")))
            if " ".join(text[start:end] for start, end in fragments) != tail:
                carried["unread", line] += 1
                continue
            spans[name] = kind, fragments
            carried["span", *spans[name]] += 1
        elif name[0] == "A":
            target, _, value = what.partition(" ")
            carried["attribute", *spans[target], kind, value] += 1
        elif name[0] == "#":
            carried["note", *spans[what], tail] += 1
        elif name[0] == "R":
            first, second = (end.partition(":")[2] for end in what.split(" "))
            carried["relation", kind, spans[first], spans[second]] += 1
        else:
            carried["unread", line] += 1
    return carried


FORMAT = Brat()

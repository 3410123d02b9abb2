"""Reads WebAnno TSV 3 (versions 3.0 to 3.3): the text out of its sentences, and what the columns tell of it.

Source of the format: “WebAnno TSV 3.3 File format” in INCEpTION's user guide. Layers become annotations, relations and
entities as cas_layers.py says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from rubricator.errors import UserError
from rubricator.formats import files
from rubricator.formats.base import Header, ReadOptions, Record
from rubricator.formats.cas.layers import ANY, DEPENDENCY, Arc, Mark, Told, is_text_layer, said_of
from rubricator.formats.reading import Draft, shortened
from rubricator.formats.webanno import words as w
from rubricator.formats.webanno.columns import Column, Layer, read_layer
from rubricator.formats.webanno.text import Place, Sentence, bad_line, laid_out
from rubricator.model.text import decode
from rubricator.words import Message, message

_PLACE = re.compile(r"(\d{1,9}-\d{1,9})(\.\d{1,9})?", re.ASCII)
_OFFSETS = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


def read_webanno(source: Path, options: ReadOptions) -> Iterator[Header | Record]:
    """Yield the entities and the article of a file; UserError names file and line."""
    text = decode(files.whole(source), source.name, options.encoding or "utf-8").text.removeprefix("\ufeff")
    reading = _Reading(source.name)
    reading.read(text)
    told = reading.told()
    unit, found = laid_out(reading.sentences, source.name, options.unit)
    if not found.strip():
        raise UserError(message("{file} is empty.", file=source.name), message("Take it out of the import."))
    draft = Draft(found, source.name, unit)
    if unit == "codepoint":
        draft.note("unit", f"{source.name}: {unit}")
    yield from said_of(told, draft, source.stem)


# --- the lines ----------------------------------------------------------------------------------------------------


class _Reading:
    """A file that is being read: first its lines, then what points from one to another."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._line = 0
        self._layers: list[Layer] = []
        self._width = 0
        self._units: dict[str, Place] = {}
        self._numbered: defaultdict[int, list[str]] = defaultdict(list)
        self._links: defaultdict[tuple[str, int], dict[int, str]] = defaultdict(dict)
        self._later: list[Callable[[], None]] = []
        self._told = Told()
        self._sentence_ids = False
        self.sentences: list[Sentence] = []

    def told(self) -> Told:
        """Return what the columns tell."""
        for action in self._later:
            action()
        for links in self._links.values():
            self._told.chains.append([key for _n, key in sorted(links.items())])
        return self._told

    def read(self, text: str) -> None:
        """Read the lines in order."""
        for self._line, raw in enumerate(text.split("\n"), 1):
            line = raw.rstrip("\r")
            if self._line == 1:
                if not w.FORMAT_LINE.fullmatch(line):
                    self._fail(message("“#FORMAT=WebAnno TSV 3.3” should stand here"))
            elif line.startswith("#"):
                self._comment(line)
            elif line.strip():
                self._token(line)

    def _fail(self, why: Message) -> NoReturn:
        bad_line(self._file, self._line, why)

    @property
    def _where(self) -> str:
        return f"{self._file}, line {self._line}"

    def _comment(self, line: str) -> None:
        if line.startswith(w.TEXT):
            if not self.sentences or self.sentences[-1].units:
                self.sentences.append(Sentence(self._line))
            self.sentences[-1].text.append(w.unescaped(line.removeprefix(w.TEXT)))
        elif line.startswith((w.SPAN_LAYER, w.RELATION_LAYER, w.CHAIN_LAYER)):
            if self._units:
                self._fail(message("a layer is declared after the first token"))
            made = read_layer(line, self._width)
            if isinstance(made, Message):
                self._fail(made)
            self._layers.append(made)
            self._width += len(made.columns)
        elif line.startswith(w.SENTENCE_ID):
            if not self._sentence_ids:
                self._told.unheld.append(f"{self._where}: {w.SENTENCE_ID}…")
            self._sentence_ids = True
        else:
            self._told.unheld.append(f"{self._where}: {shortened(line)}")

    def _token(self, line: str) -> None:
        cells = line.split("\t")
        place = _PLACE.fullmatch(cells[0])
        offsets = _OFFSETS.fullmatch(cells[1]) if len(cells) > 2 else None
        if place is None or offsets is None:
            self._fail(message("a token is needed, as in “1-1⇥0-5⇥Words”"))
        if len(cells) < 3 + self._width:
            self._fail(message("it has {n} columns, and {m} are declared", n=len(cells) - 3, m=self._width))
        if not self.sentences:
            self._fail(message("a token stands before the first “#Text=”"))
        unit = Place(cells[0], int(offsets[1]), int(offsets[2]), cells[2], self._line)
        if unit.end < unit.begin:
            self._fail(message("{start} to {end} is turned round", start=unit.begin, end=unit.end))
        if unit.name in self._units:
            self._fail(message("the token {id} stands in the file twice", id=unit.name))
        if place[2] is not None and place[1] not in self._units:
            self._fail(message("it is a part of {id}, which does not stand before it", id=place[1]))
        self._units[unit.name] = unit
        self.sentences[-1].units.append(unit)
        for layer in self._layers:
            said = cells[3 + layer.first : 3 + layer.first + len(layer.columns)]
            if any(cell != w.NOTHING for cell in said):
                layer_reader = {"span": self._spans, "relation": self._relations, "chain": self._chains}[layer.kind]
                layer_reader(layer, said, unit)

    # --- spans and their slots ------------------------------------------------------------------------------------

    def _spans(self, layer: Layer, cells: list[str], unit: Place) -> None:
        roles: dict[str, list[str]] = {}
        for column, cell in zip(layer.columns, cells, strict=True):
            if cell == w.NOTHING:
                continue
            for n, part in enumerate(w.parts(cell, "|")):
                if column.kind == "target":
                    key = self._mark(layer.name, 0, n, unit)
                    self._slots(column, key, roles.get(key, []), part, unit)
                    continue
                found = w.numbered(part)
                key = self._mark(layer.name, found.first, n, unit)
                if column.kind == "role":
                    roles[key] = [] if found.value == w.NOTHING else w.parts(found.value, ";")
                elif column.name:
                    self._say(self._told.marks[key], column.name, w.value_of(found.value))

    def _mark(self, layer: str, number: int, n: int, unit: Place) -> str:
        """Return the key of the annotation that a cell speaks of: by its number, or by its place in the stack."""
        stack = unit.stacks[layer]
        if not number and n < len(stack):
            return stack[n]
        key = f"{layer}#{number}" if number else f"{layer}@{unit.name}/{n}"
        mark = self._told.marks.get(key)
        if mark is None:
            self._told.marks[key] = Mark(layer, unit.begin, unit.end, self._where)
            if number:
                self._numbered[number].append(key)
        else:
            mark.begin, mark.end = min(mark.begin, unit.begin), max(mark.end, unit.end)
        unit.put(layer, key)
        return key

    def _say(self, mark: Mark, name: str, value: Any) -> None:
        known = mark.features.get(name)
        if known is None:
            mark.features[name] = value
        elif value is not None and value != known:
            self._told.unheld.append(f"{self._where}: {name} {value}")

    def _slots(self, column: Column, host: str, roles: list[str], cell: str, unit: Place) -> None:
        targets = w.parts(cell, ";")
        if cell == w.UNSET and not roles:
            return
        if len(targets) != len(roles):
            self._fail(message("it has {n} roles for {m} slots", n=len(roles), m=len(targets)))
        for role, target in zip(roles, targets, strict=True):
            label = w.value_of(role) or column.name
            if target in (w.UNSET, w.NOTHING):
                self._told.unheld.append(f"{self._where}: {label}")
                continue
            found = w.numbered(target)
            self._arc(
                Arc(host.partition("#")[0], host, "", self._where, role=label), column.aim, found.value, found.first
            )

    # --- relations and chains -------------------------------------------------------------------------------------

    def _relations(self, layer: Layer, cells: list[str], unit: Place) -> None:
        stacked = [w.parts(cell, "|") for cell in cells]
        for n, part in enumerate(stacked[-1]):
            features: dict[str, Any] = {}
            for column, values in zip(layer.columns[:-1], stacked[:-1], strict=True):
                if column.name:
                    features[column.name] = w.value_of(values[n]) if n < len(values) else None
            ends = w.numbered(part)
            if ends.value == w.NOTHING:
                self._fail(message("a relation lacks the token that it comes from"))
            aim = layer.columns[-1].aim
            if layer.name == DEPENDENCY or is_text_layer(aim):
                self._told.unheld.append(f"{self._where}: {layer.name.rpartition('.')[2]} {ends.value}")
                continue
            self._arc(
                Arc(layer.name, "", "", self._where, features), aim, ends.value, ends.first, unit.name, ends.second
            )

    def _arc(self, arc: Arc, aim: str, name: str, number: int, here: str = "", own: int = 0) -> None:
        """Note a relation; its ends are found when all lines are read."""
        line = self._line

        def resolve() -> None:
            self._line = line
            far = self._end(aim, name, number)
            if here:
                arc.source, arc.target = far, self._end(aim, here, own)
            else:
                arc.target = far
            self._told.arcs.append(arc)

        self._later.append(resolve)

    def _end(self, aim: str, name: str, number: int) -> str:
        """Return the key of the annotation that is meant: of this layer at this token, and with this number."""
        unit = self._units.get(name)
        if unit is None:
            self._fail(message("it speaks of the token {id}, which is not in the file", id=shortened(name)))
        if number:
            found = [key for key in self._numbered[number] if key.startswith(f"{aim}#")] or self._numbered[number]
            here = [key for key in found if key in unit.stacks[self._told.marks[key].layer]] or found
        elif aim == ANY and not unit.stacks.get(aim):
            here = [key for stack in unit.stacks.values() for key in stack]
        else:
            here = unit.stacks[aim]
        if not here:
            self._fail(message("it speaks of an annotation of {id}, which is not in the file", id=name))
        return here[0]

    def _chains(self, layer: Layer, cells: list[str], unit: Place) -> None:
        stacked = {column.kind: w.parts(cell, "|") for column, cell in zip(layer.columns, cells, strict=True)}
        elements = stacked.get("element", [])
        for n, part in enumerate(stacked.get("link", [])):
            found = w.link(part)
            if found is None:
                self._fail(message("a link of a chain needs its numbers, as in “*->1-1”"))
            key = f"{layer.name}#{found.first}-{found.second}"
            mark = self._told.marks.get(key)
            if mark is None:
                mark = self._told.marks[key] = Mark(layer.name, unit.begin, unit.end, self._where)
            mark.begin, mark.end = min(mark.begin, unit.begin), max(mark.end, unit.end)
            self._links[layer.name, found.first][found.second] = key
            unit.put(layer.name, key)
            self._say(mark, "referenceRelation", w.value_of(found.value))
            if n < len(elements):
                self._say(mark, "referenceType", w.value_of(w.numbered(elements[n]).value))

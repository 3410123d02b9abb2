"""Writes WebAnno TSV 3.3: a file for each article, with its sentences, tokens, named entities and relations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from rubricator.formats.cas.layers import IDENTIFIER, NAMED_ENTITY, RELATION
from rubricator.formats.cas.plan import VALUE, Made, Plan, Shape, Tie, is_sound, sentence_groups
from rubricator.formats.webanno import words as w
from rubricator.model.spans import Fragment
from rubricator.model.text import Units
from rubricator.model.tokens import Token, sentences

SHAPE = Shape(lambda value: bool(value) and not value.endswith("\\") and is_sound(value), in_tokens=True)
"""An empty value is none, and INCEpTION's reader takes a backslash at the end for that of the mark behind it."""


@dataclass
class _Row:
    """A token or a part of one: the annotations over it in order, and the relations to it."""

    name: str
    place: Fragment
    made: list[int] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)


def written(plan: Plan, identifier: Callable[[str], str]) -> Iterator[str]:
    """Yield the file in pieces; `identifier` writes the id of an entity."""
    features = sorted({name for one in plan.made for name in one.features} - {VALUE})
    said = sorted({name for tie in plan.ties for name in tie.features} - {VALUE})
    yield "#FORMAT=WebAnno TSV 3.3\n"
    yield f"{w.SPAN_LAYER}{'|'.join([NAMED_ENTITY, IDENTIFIER, VALUE, *features])}\n"
    if plan.ties:
        yield f"{w.RELATION_LAYER}{'|'.join([RELATION, VALUE, *said])}|{w.BASE}{NAMED_ENTITY}\n"
    yield "\n"
    rows = _Rows(plan)
    columns = [IDENTIFIER, VALUE, *features]
    units = Units(plan.text, "utf16")
    for number, (first, last) in enumerate(rows.groups, 1):
        yield "\n"
        yield from _text(plan.text, rows.start(first), rows.start(last))
        for n in range(first, last):
            for row in rows.of(n, f"{number}-{n - first + 1}"):
                start, end = row.place
                words = plan.text[start:end].replace("\t", "\\t").replace("\n", "\\n")
                cells = [row.name, f"{units.from_codepoint(start)}-{units.from_codepoint(end)}", words]
                cells += [_spans(row, column, plan.made, rows.numbers, identifier) for column in columns]
                if plan.ties:
                    cells += [_values(row.ties, column) for column in [VALUE, *said]]
                    cells.append("|".join(rows.source(tie) for tie in row.ties) or w.NOTHING)
                yield "\t".join(cells) + "\t\n"


def _text(text: str, start: int, end: int) -> Iterator[str]:
    """Yield the lines of a sentence; one line break behind it is not written, as it is put there in reading."""
    body = text[start:end]
    if end < len(text) and body.endswith("\n"):
        body = body[:-1]
    yield from (f"{w.TEXT}{w.escaped_text(line)}\n" for line in body.split("\n"))


def _spans(row: _Row, column: str, made: list[Made], numbers: dict[int, int], identifier: Callable[[str], str]) -> str:
    """Return the cell of a column: what the annotations over a token say there."""
    said = []
    for n in row.made:
        one = made[n]
        value = (identifier(one.entity) if one.entity else None) if column == IDENTIFIER else one.features.get(column)
        number = f"[{numbers[n]}]" if n in numbers else ""
        said.append((w.UNSET if value is None else w.escaped(value)) + number)
    return "|".join(said) or w.NOTHING


def _values(ties: list[Tie], column: str) -> str:
    values = (tie.features.get(column) for tie in ties)
    return "|".join(w.UNSET if value is None else w.escaped(value) for value in values) or w.NOTHING


class _Rows:
    """The rows of an article, and the numbers of those annotations that need one: stacked, or over several rows."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._tokens = plan.tokens
        self.groups = list(sentence_groups(plan.tokens, (start for start, _ in sentences(plan.text))))
        self._made: defaultdict[int, defaultdict[Fragment, list[int]]] = defaultdict(lambda: defaultdict(list))
        homes = [self._put(n, one) for n, one in enumerate(plan.made)]
        stacked = {n for parts in self._made.values() for stack in parts.values() if len(stack) > 1 for n in stack}
        needed = [n for n, places in enumerate(homes) if len(places) > 1 or n in stacked]
        self.numbers = {n: number for number, n in enumerate(needed, 1)}
        self._homes = [places[0] for places in homes]
        self._ties: defaultdict[tuple[int, Fragment], list[Tie]] = defaultdict(list)
        for tie in plan.ties:
            self._ties[self._homes[tie.target]].append(tie)
        self._sentences = {
            n: (number, first) for number, (first, last) in enumerate(self.groups, 1) for n in range(first, last)
        }

    def _put(self, n: int, one: Made) -> list[tuple[int, Fragment]]:
        """Lay an annotation over its tokens; return them, each with the part of it that is meant."""
        first = bisect_right(self._tokens, one.start, key=_end)
        last = bisect_left(self._tokens, one.end, key=_start)
        places = []
        for at in range(first, last):
            token = self._tokens[at]
            part = max(one.start, token.start), min(one.end, token.end)
            self._made[at][part].append(n)
            places.append((at, part))
        return places

    def start(self, n: int) -> int:
        """Return where a token starts; behind the last, where the text ends."""
        return self._tokens[n].start if n < len(self._tokens) else len(self._plan.text)

    def _stacks(self, n: int) -> Mapping[Fragment, list[int]]:
        """Return the annotations over each part of a token."""
        return self._made.get(n, {})

    def _parts(self, n: int) -> list[Fragment]:
        """Return the parts of a token that annotations begin or end at, in order."""
        whole = self._tokens[n].start, self._tokens[n].end
        return sorted((part for part in self._stacks(n) if part != whole), key=lambda part: (part[0], -part[1]))

    def of(self, n: int, name: str) -> Iterator[_Row]:
        """Yield the rows of a token: itself, then its parts."""
        whole = self._tokens[n].start, self._tokens[n].end
        stacks = self._stacks(n)
        for number, part in enumerate([whole, *self._parts(n)]):
            named = f"{name}.{number}" if number else name
            yield _Row(named, part, stacks.get(part, []), self._ties.get((n, part), []))

    def source(self, tie: Tie) -> str:
        """Return the cell that says where a relation comes from."""
        n, part = self._homes[tie.source]
        number, first = self._sentences[n]
        whole = self._tokens[n].start, self._tokens[n].end
        name = f"{number}-{n - first + 1}" + ("" if part == whole else f".{self._parts(n).index(part) + 1}")
        ends = self.numbers.get(tie.source, 0), self.numbers.get(tie.target, 0)
        return name + (f"[{ends[0]}_{ends[1]}]" if any(ends) else "")


def _start(token: Token) -> int:
    return token.start


def _end(token: Token) -> int:
    return token.end

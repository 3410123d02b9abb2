"""CoNLL columns: a word a line with its tag, a blank line after each sentence, `-DOCSTART-` before each article.

As in CoNLL-2003 the columns are parted by one space, and `-DOCSTART-` is a line of its own with as many columns as the
others; there are no comments, since seqeval, conlleval, NLTK, Flair and Hugging Face's readers know none. Tagged IOB2
(B- begins, I- goes on) or BIOES (E- ends, S- stands alone). Tokens and sentences are model/tokens.py's.
"""

from __future__ import annotations

import hashlib
import tempfile
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import IO

from rubricator.formats.base import Carried, Case, Choice, Header, Loss, Record, Tagging, WriteOptions
from rubricator.formats.flat import Placed, flatten
from rubricator.formats.losing import Losses, annotation_cases, article_cases, layer_of, name_of, place_of
from rubricator.formats.shaping import in_tokens, ranges
from rubricator.model.spans import Annotation
from rubricator.model.tokens import sentences, words

START = "-DOCSTART-"
OUTSIDE = "O"


@dataclass(frozen=True)
class _Plan:
    """What becomes of one article: its words, where sentences end, the spans of each column, and what is lost."""

    forms: list[str]
    sentence_ends: set[int]
    levels: list[list[Placed]]
    lost: list[Case]


class Conll:
    """CoNLL columns."""

    key = "conll"
    title = "CoNLL columns"
    suffixes = (".conll",)
    folder = False
    all_layers = False
    choices: tuple[Choice, ...] = ("nested", "tagging", "broken", "subtoken", "across")

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what the columns cannot hold."""
        losses = Losses()
        for record in records:
            losses.add(_plan(record, options).lost)
        return losses.list()

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the file; all lines get as many columns as the deepest article needs."""
        with out.open("xb") as stream, tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as rows:
            most = 1
            for record in records:
                plan = _plan(record, options)
                most = max(most, len(plan.levels))
                rows.writelines(_rows(plan, options.tagging))
            _pad(rows, most, stream)

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the words, the sentences and the spans in words."""
        plan = _plan(record, options)
        spans = [(p.start, p.end, tag_name(p.annotation.label)) for level in plan.levels for p in level]
        return _carried(plan.forms, plan.sentence_ends, spans)

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the columns back, article by article."""
        article: _Article | None = None
        with out.open(encoding="utf-8", newline="\n") as stream:
            for line in stream:
                columns = line.rstrip("\n").split(" ")
                if columns[0] == START:
                    if article:
                        yield article.carried()
                    article = _Article(len(columns) - 1, options.tagging)
                elif article:
                    article.add(columns)
        if article:
            yield article.carried()


# --- the plan -----------------------------------------------------------------------------------------------------


def _plan(record: Record, options: WriteOptions) -> _Plan:
    """Decide what becomes of an article; the only place that knows what the columns can hold."""
    text = record.text
    # A token is white space only where a stray combining mark clings to it; no reader of columns could take that.
    named = [(token, "".join(text[token.start : token.end].split())) for token in words(text)]
    tokens = [token for token, form in named if form]
    starts, ends = [token.start for token in tokens], [token.end for token in tokens]
    layer = layer_of(record)
    lost = [*article_cases(record, layer, ()), ("spaces", name_of(record))]
    placed: list[Placed] = []
    for annotation in layer.annotations:
        pieces, kind = ranges(text, annotation.span, options)
        if kind:
            lost.append((kind, place_of(record, annotation)))
        for piece in pieces:
            place, kind = in_tokens(piece, starts, ends, options)
            if kind:
                lost.append((kind, place_of(record, annotation)))
            if place:
                placed.append(Placed(*place, annotation))
    levels, left = flatten(placed, options.nested)
    lost.extend((kind, place_of(record, span.annotation)) for kind, span in left)
    for level in levels:
        for span in level:
            lost.extend(_cases_of(record, span.annotation))
    return _Plan([form for _, form in named if form], _sentence_ends(text, starts, placed), levels, lost)


def _cases_of(record: Record, annotation: Annotation) -> Iterator[Case]:
    name = tag_name(annotation.label)
    if name != annotation.label:
        yield "label", f"{place_of(record, annotation)}: {name}"
    yield from annotation_cases(record, annotation, ())


def _sentence_ends(text: str, starts: list[int], placed: Iterable[Placed]) -> set[int]:
    """Return the tokens before which a sentence ends (and the end of all); no sentence ends inside a span."""
    ends = {bisect_left(starts, start) for start, _ in sentences(text)} - {0}
    ends.add(len(starts))
    opened = [0] * (len(starts) + 2)  # how many spans hold both tokens beside each border: summed up from the left
    for span in placed:
        opened[span.start + 1] += 1
        opened[span.end] -= 1
    return {end for end, held in enumerate(accumulate(opened)) if end in ends and not held}


def tag_name(label: str) -> str:
    """Return a label as it can stand in a column: without white space, and with a mark where that changed it."""
    plain = "_".join(label.split())
    if plain == label:
        return label
    return f"{plain}-{hashlib.sha256(label.encode('utf-8', 'backslashreplace')).hexdigest()[:6]}"


# --- writing ------------------------------------------------------------------------------------------------------


def _rows(plan: _Plan, tagging: Tagging) -> Iterator[str]:
    """Yield the lines of an article, each ended, with a column for each of its levels."""
    columns = [_tags(level, len(plan.forms), tagging) for level in plan.levels]
    yield " ".join([START, *[OUTSIDE] * len(columns)]) + "\n"
    yield "\n"
    for n, form in enumerate(plan.forms):
        yield " ".join([form, *(column[n] for column in columns)]) + "\n"
        if n + 1 in plan.sentence_ends:
            yield "\n"


def _tags(level: Iterable[Placed], length: int, tagging: Tagging) -> list[str]:
    tags = [OUTSIDE] * length
    for span in level:
        name = tag_name(span.annotation.label)
        tags[span.start] = f"B-{name}"
        tags[span.start + 1 : span.end] = [f"I-{name}"] * (span.end - span.start - 1)
        if tagging == "BIOES":
            tags[span.end - 1] = f"S-{name}" if span.end - span.start == 1 else f"E-{name}"
    return tags


def _pad(rows: IO[str], most: int, stream: IO[bytes]) -> None:
    rows.seek(0)
    for row in rows:
        missing = 0 if row == "\n" else most - row.count(" ")
        stream.write((row.rstrip("\n") + f" {OUTSIDE}" * missing + "\n").encode("utf-8"))


# --- reading back -------------------------------------------------------------------------------------------------


class _Article:
    """What has been read of one article."""

    def __init__(self, levels: int, tagging: Tagging) -> None:
        self._forms: list[str] = []
        self._ends: set[int] = set()
        self._spans: list[tuple[int, int, str]] = []
        self._open: list[tuple[int, str] | None] = [None] * levels
        self._whole = tagging == "BIOES"
        self._unread: list[str] = []

    def add(self, columns: list[str]) -> None:
        """Take in a line."""
        if columns == [""]:
            if self._forms:
                self._ends.add(len(self._forms))
            self._close()
            return
        form, *tags = columns
        if len(tags) != len(self._open):
            self._unread.append(" ".join(columns))
            return
        at = len(self._forms)
        self._forms.append(form)
        for level, tag in enumerate(tags):
            sign, _, name = tag.partition("-")
            opened = self._open[level]
            if sign in ("I", "E"):
                if not opened or opened[1] != name:
                    self._unread.append(" ".join(columns))
                elif sign == "E":
                    self._spans.append((opened[0], at + 1, name))
                    self._open[level] = None
                continue
            self._end(level)
            if sign == "B":
                self._open[level] = at, name
            elif sign == "S":
                self._spans.append((at, at + 1, name))
            elif tag != OUTSIDE:
                self._unread.append(" ".join(columns))

    def _end(self, level: int) -> None:
        opened = self._open[level]
        if opened:
            if self._whole:
                self._unread.append(f"{opened[1]} without an end")
            self._spans.append((opened[0], len(self._forms) - 1, opened[1]))
        self._open[level] = None

    def _close(self) -> None:
        self._forms.append("")
        for level in range(len(self._open)):
            self._end(level)
        self._forms.pop()

    def carried(self) -> Carried:
        """Return what the article carries."""
        self._close()
        carried = _carried(self._forms, self._ends or {0}, self._spans)
        carried.update(("unread", line) for line in self._unread)
        return carried


def _carried(forms: list[str], sentence_ends: set[int], spans: Iterable[tuple[int, int, str]]) -> Carried:
    carried: Carried = Counter()
    borders = sorted(sentence_ends)
    for first, last in pairwise([0, *borders]):
        carried["sentence", first, tuple(forms[first:last])] += 1
    carried.update(("span", start, end, name, tuple(forms[start:end])) for start, end, name in spans)
    return carried


FORMAT = Conll()

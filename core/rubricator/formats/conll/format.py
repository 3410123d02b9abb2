"""CoNLL columns: a word a line with its tag, a blank line after each sentence, `-DOCSTART-` before each article.

As in CoNLL-2003 the columns are parted by one space, and `-DOCSTART-` is a line of its own with as many columns as the
others; there are no comments, since seqeval, conlleval, NLTK, Flair and Hugging Face's readers know none. Tokens and
sentences are model/tokens.py's. What comes back has one space between words: so what a file carries is told in words
and in characters that are no white space, which are the same in the article and in what is read of it.
"""

from __future__ import annotations

import hashlib
import tempfile
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import IO

from rubricator.errors import UserError
from rubricator.formats.base import Carried, Case, Choice, Header, Loss, ReadOptions, Record, Tagging, WriteOptions
from rubricator.formats.conll.reader import found_shape, read_conll, sheets
from rubricator.formats.conll.shape import START, has_tabs, shape_of
from rubricator.formats.conll.tags import OUTSIDE, Place, tags
from rubricator.formats.flat import Placed, flatten
from rubricator.formats.losing import added_up, annotation_cases, article_cases, layer_of, name_of, once, place_of
from rubricator.formats.shaping import in_tokens, ranges
from rubricator.model.spans import Annotation
from rubricator.model.text import digest
from rubricator.model.tokens import sentences, words
from rubricator.words import say

_BOM = "\ufeff"


@dataclass(frozen=True)
class _Plan:
    """What becomes of one article: its words, where sentences end, the spans of each column, and what is lost."""

    forms: list[str]
    sentence_ends: set[int]
    levels: list[list[Place]]
    lost: list[Case]


class Conll:
    """CoNLL columns."""

    all_layers = False
    choices: tuple[Choice, ...] = ("nested", "tagging", "broken", "subtoken", "across")

    def recognises(self, head: str) -> bool:
        """Say whether these are rows of words with tags."""
        whole = head.rpartition("\n")[0] or head
        lines = [*enumerate(whole.replace("\r\n", "\n").split("\n"), 1)]
        try:
            return not shape_of(iter(lines), "", has_tabs(line for _, line in lines)).bare
        except UserError:
            return False

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the articles of the file."""
        return read_conll(source, options)

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what the columns cannot hold."""
        return added_up(_plan(record, options).lost for record in records)

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
        """Return the words run together, and the spans and ends of sentences in their characters."""
        plan = _plan(record, options)
        return _carried(plan.forms, (place for level in plan.levels for place in level), plan.sentence_ends)

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the columns back, article by article; ValueError where they are none."""
        try:
            yield from self._found(out)
        except UserError as error:
            raise ValueError(say(error.text)) from error

    def _found(self, out: Path) -> Iterator[Carried]:
        shape = found_shape(out, "utf-8") if out.stat().st_size else None
        for sheet in sheets(out, "utf-8", shape) if shape else ():
            spans = (place for column in sheet.columns for place in column.spans)
            carried = _carried(sheet.forms, spans, {last + 1 for last in sheet.ends})
            carried.update(("unread", *case) for case in sheet.cases)
            yield carried


# --- the plan -----------------------------------------------------------------------------------------------------


@once
def _plan(record: Record, options: WriteOptions) -> _Plan:
    """Decide what becomes of an article; the only place that knows what the columns can hold."""
    text = record.text
    # A token holds white space only where a stray combining mark clings to it; no reader of columns could take that,
    # nor a byte order mark, which is white space of old.
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for token in words(text):
        form = text[token.start : token.end]
        if not form.isalnum():
            form = "".join(form.replace(_BOM, " ").split())
        if form:
            forms.append(form)
            starts.append(token.start)
            ends.append(token.end)
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
    places = [[(span.start, span.end, tag_name(span.annotation.label)) for span in level] for level in levels]
    return _Plan(
        forms,
        sentence_ends(text, starts, ((span.start, span.end) for span in placed)),
        places,
        lost,
    )


def _cases_of(record: Record, annotation: Annotation) -> Iterator[Case]:
    name = tag_name(annotation.label)
    if name != annotation.label:
        yield "label", f"{place_of(record, annotation)}: {name}"
    yield from annotation_cases(record, annotation, ())


def sentence_ends(text: str, starts: list[int], spans: Iterable[tuple[int, int]]) -> set[int]:
    """Return the tokens before which a sentence ends (and the end of all); no sentence ends inside a span."""
    ends = {bisect_left(starts, start) for start, _ in sentences(text)} - {0}
    ends.add(len(starts))
    opened = [0] * (len(starts) + 2)  # how many spans hold both tokens beside each border: summed up from the left
    for first, last in spans:
        opened[first + 1] += 1
        opened[last] -= 1
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
    columns = [tags(level, len(plan.forms), tagging, plan.sentence_ends) for level in plan.levels]
    yield " ".join([START, *[OUTSIDE] * len(columns)]) + "\n"
    yield "\n"
    for n, form in enumerate(plan.forms):
        yield " ".join([form, *(column[n] for column in columns)]) + "\n"
        if n + 1 in plan.sentence_ends:
            yield "\n"


def _pad(rows: IO[str], most: int, stream: IO[bytes]) -> None:
    rows.seek(0)
    for row in rows:
        missing = 0 if row == "\n" else most - row.count(" ")
        stream.write((row.rstrip("\n") + f" {OUTSIDE}" * missing + "\n").encode("utf-8"))


def _carried(forms: list[str], places: Iterable[Place], sentence_ends: set[int]) -> Carried:
    """Return the words run together, and where the spans stand and sentences end in that."""
    run = "".join(forms)
    at = [*accumulate(map(len, forms), initial=0)]
    carried: Carried = Counter([("text", digest(run))])
    carried.update(("span", at[start], at[end], name, run[at[start] : at[end]]) for start, end, name in places)
    carried.update(("sentence", at[end]) for end in sentence_ends if end)
    return carried


FORMAT = Conll()

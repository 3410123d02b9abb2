"""fastText: a line for each article, its topics as `__label__topic` before its words.

Source of the format: fastText's page on text classification. A line has no breaks and no spaces but single ones, and
a label ends at a space; whatever in a text begins like a label would be taken for one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rubricator.errors import UserError
from rubricator.formats import files
from rubricator.formats.base import (
    Carried,
    Case,
    Choice,
    Header,
    LayerRecord,
    Loss,
    ReadOptions,
    Record,
    WriteOptions,
)
from rubricator.formats.losing import added_up, article_cases, layer_of, name_of, place_of
from rubricator.formats.reading import Draft
from rubricator.model.spans import TopicTag
from rubricator.model.text import digest
from rubricator.words import message

_PREFIX = "__label__"
_MARK = re.compile(r"(?<!\S)__(?=label__)")
_BOM = "\ufeff"
_UNLABELLED_MOST = 1_000
"""Lines without any label before it is sure that this is no file for fastText."""


@dataclass(frozen=True)
class _Plan:
    labels: tuple[str, ...]
    words: str
    lost: tuple[Case, ...]

    @property
    def carried(self) -> Carried:
        return Counter([("text", digest(self.words)), *(("topic", label) for label in self.labels)])


class FastText:
    """A file for fastText."""

    all_layers = False
    choices: tuple[Choice, ...] = ()

    def recognises(self, head: str) -> bool:
        """Say whether the first words are a label."""
        return head.lstrip(f"{_BOM} \r\n").startswith(_PREFIX)

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield an article for each line."""
        seen = labelled = False
        encoding = options.encoding or "utf-8"
        with files.opened(source) as stream:
            for number, data in files.lines(stream, source.name):
                where = f"{source.name}, line {number}"
                labels, words = _parts(_decoded(data, encoding, where).lstrip(_BOM if number == 1 else ""))
                labelled = labelled or bool(labels)
                if not labelled and number > _UNLABELLED_MOST:
                    raise UserError(
                        message("{where}: no line has a label so far, so this is nothing of fastText.", where=where),
                        message("Each line begins with its topics: {example}", example="__label__x words"),
                    )
                draft = Draft(words, where)
                if not draft.text.strip():
                    raise UserError(message("{where}: there are no words.", where=where), message("Correct the line."))
                tags = tuple(TopicTag("", "", "", label) for label in dict.fromkeys(labels))
                if len(tags) < len(labels):
                    draft.note("twice", where)
                yield draft.record([LayerRecord("", topics=tags)] if tags else [], f"{source.stem} {number}")
                seen = True
        if not seen:
            raise UserError(
                message("{file} is empty.", file=source.name), message("Choose a file with one article per line.")
            )

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what a line cannot hold: everything but words and topics."""
        return added_up(_plan(record).lost for record in records)

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the file."""
        with out.open("x", encoding="utf-8", newline="\n") as stream:
            for record in records:
                plan = _plan(record)
                stream.write(" ".join([*(f"{_PREFIX}{label}" for label in plan.labels), plan.words]) + "\n")

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the words and the topics."""
        return _plan(record).carried

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the lines back."""
        with out.open(encoding="utf-8", newline="\n") as stream:
            for line in stream:
                labels, words = _parts(line)
                yield _Plan(tuple(labels), words, ()).carried


def _decoded(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except (ValueError, LookupError) as error:
        raise UserError(
            message("{where}: not {encoding} text.", where=where, encoding=encoding),
            message("Save the file as UTF-8, or name its encoding with --encoding."),
        ) from error


def _parts(line: str) -> tuple[list[str], str]:
    """Return the labels and the words of a line."""
    words = line.strip(" \t\r\n")
    labels: list[str] = []
    while words.startswith(_PREFIX):
        label, *rest = re.split(r"[ \t]+", words, maxsplit=1)
        labels.append(label.removeprefix(_PREFIX))
        words = "".join(rest)
    return [label for label in labels if label], words


def _plan(record: Record) -> _Plan:
    """Decide what becomes of an article; the only place that knows what a line can hold."""
    layer, name = layer_of(record), name_of(record)
    lost: list[Case] = [("annotation", place_of(record, annotation)) for annotation in layer.annotations]
    lost += article_cases(record, layer, {"topic"})
    labels: list[str] = []
    for tag in layer.topics:
        label = "_".join(tag.topic.split()) or "_"
        if label != tag.topic or label in labels:
            lost.append(("label", f"{name}: {tag.topic}"))
        if label not in labels:
            labels.append(label)
    words = " ".join(record.text.split()).lstrip(f"{_BOM} ") or "\ufffd"
    words = _MARK.sub("__ ", words)
    if words != record.text:
        lost.append(("spaces", name))
    return _Plan(tuple(labels), words, tuple(lost))


FORMAT = FastText()

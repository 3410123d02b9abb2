"""Plain text: one file is one article; its headline, byline, dateline and date are read from the text itself.

Written, it is a folder of such files, which hold the texts and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from rubricator.errors import UserError
from rubricator.formats import files
from rubricator.formats.base import Carried, Case, Choice, Header, LayerRecord, Loss, ReadOptions, Record, WriteOptions
from rubricator.formats.file_names import numbered, stem_of
from rubricator.formats.losing import added_up, article_cases, layer_of, place_of
from rubricator.formats.reading import Draft
from rubricator.model.anatomy import read_anatomy
from rubricator.model.spans import Zone
from rubricator.model.text import canonical, decode, digest
from rubricator.words import message


class About(NamedTuple):
    """What a text says of itself: title, metadata, anatomy."""

    title: str
    meta: Mapping[str, str]
    zones: tuple[Zone, ...]


def about(text: str, stem: str) -> About:
    """Return what a canonical text says of itself; `stem` names its file, for one without a headline."""
    anatomy = read_anatomy(text)
    meta = {
        "byline": anatomy.byline,
        "published": anatomy.published,
        "source": anatomy.source,
        "dateline": anatomy.dateline,
    }
    title = anatomy.title or canonical(stem).text
    return About(title, {key: value for key, value in meta.items() if value}, anatomy.zones)


def described(draft: Draft, layers: Iterable[LayerRecord], meta: Mapping[str, Any]) -> Record:
    """Return an article with the metadata of its file; where that is silent, the text says title, byline and so on."""
    said = about(draft.text, "")
    title = meta["title"] if isinstance(meta.get("title"), str) else said.title
    return draft.record(layers, title, meta={**said.meta, **meta})


class PlainText:
    """A text file; the record has no id, and no title where the text has no headline."""

    all_layers = False
    choices: tuple[Choice, ...] = ()

    def recognises(self, head: str) -> bool:
        """Say no: any text is plain text, and none says so."""
        return False

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the one article of the file."""
        name = source.name
        decoded = decode(files.whole(source), name, options.encoding)
        made = canonical(decoded.text)
        if not made.text.strip():
            raise UserError(
                message("{file} is empty.", file=name), message("Choose a file that holds the text of an article.")
            )
        found = about(made.text, source.stem)
        notes = made.notes()
        if decoded.guessed:
            notes.insert(0, message("the encoding was guessed: {encoding}", encoding=decoded.encoding))
        yield Record(
            text=made.text, title=found.title, meta=found.meta, zones=found.zones, where=name, notes=tuple(notes)
        )

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what a text leaves out: all that is said of it."""
        return added_up(_lost(record) for record in records)

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write a folder with a file for each article."""
        out.mkdir()
        for n, record in enumerate(records, 1):
            (out / f"{stem_of(n, record)}.txt").write_bytes(record.text.encode("utf-8"))

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the text."""
        return Counter([("text", digest(record.text))])

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the files back, in the order of their numbers."""
        for path in numbered(out, ".txt"):
            yield Counter([("text", digest(path.read_bytes().decode("utf-8")))])


def _lost(record: Record) -> Iterator[Case]:
    layer = layer_of(record)
    yield from article_cases(record, layer, ())
    yield from (("annotation", place_of(record, one)) for one in layer.annotations)


FORMAT = PlainText()

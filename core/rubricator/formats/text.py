"""Plain text: one file is one article; its headline, byline, dateline and date are read from the text itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from rubricator.errors import UserError
from rubricator.formats import files
from rubricator.formats.base import Header, ReadOptions, Record
from rubricator.model.anatomy import read_anatomy
from rubricator.model.spans import Zone
from rubricator.model.text import canonical, decode
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


class PlainText:
    """A text file; the record has no id, and no title where the text has no headline."""

    key = "text"
    title = "Plain text"
    suffixes = (".txt", ".text")

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


FORMAT = PlainText()

"""Plain text: one file is one article; its headline, byline, dateline and date are read from the text itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rubricator.errors import UserError
from rubricator.formats import files
from rubricator.formats.base import Header, ReadOptions, Record
from rubricator.model.anatomy import read_anatomy
from rubricator.model.text import canonical, decode
from rubricator.words import message


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
        with files.opened(source) as stream:
            data = stream.read(files.LINE_MOST + 1)
        if len(data) > files.LINE_MOST:
            raise UserError(
                message("{file} is larger than {most} MB.", file=name, most=files.LINE_MOST >> 20),
                message("Split it into one file for each article."),
            )
        decoded = decode(data, name, options.encoding)
        made = canonical(decoded.text)
        if not made.text.strip():
            raise UserError(
                message("{file} is empty.", file=name), message("Choose a file that holds the text of an article.")
            )
        anatomy = read_anatomy(made.text)
        notes = made.notes()
        if decoded.guessed:
            notes.insert(0, message("the encoding was guessed: {encoding}", encoding=decoded.encoding))
        meta = {
            "byline": anatomy.byline,
            "published": anatomy.published,
            "source": anatomy.source,
            "dateline": anatomy.dateline,
        }
        yield Record(
            text=made.text,
            title=anatomy.title or canonical(source.stem).text,
            meta={key: value for key, value in meta.items() if value},
            zones=anatomy.zones,
            where=name,
            notes=tuple(notes),
        )


FORMAT = PlainText()

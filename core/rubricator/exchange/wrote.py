"""What an export wrote is read back and compared with what it should say, or no file is kept."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from rubricator.errors import UserError
from rubricator.exchange.corpus import Counts
from rubricator.exchange.progress import Progress, counted, share
from rubricator.formats.base import Counted, Header, Record, WriteOptions, Writer
from rubricator.words import message


class Wrote:
    """What an export wrote, so far as to know it again: a number for each article, whatever the corpus holds."""

    def __init__(
        self,
        writer: Writer,
        options: WriteOptions,
        records: Callable[[], Iterator[Record]],
        total: int,
        progress: Progress,
        articles: list[str] | None = None,
    ) -> None:
        """`records` are read anew where one of them is to be named; to `articles` the ids are added."""
        self._writer = writer
        self._options = options
        self._records = records
        self._total = total
        self._progress = progress
        self._signs = array("q")
        self._counts = Counts()
        self._articles = articles

    def to(self, out: Path, header: Header) -> Counts:
        """Write a file or folder and read it back; return what it holds."""
        self._writer.write(header, self._watched(), out, self._options)
        self._read_back(out)
        return self._counts

    def _watched(self) -> Iterator[Record]:
        """Hand the records on to be written, and note what the file should carry of each."""
        for record in counted(self._records(), self._total, share(self._progress, 0, 2)):
            yield record
            self._signs.append(_sign(self._writer.expected(record, self._options)))
            self._counts.add(record)
            if self._articles is not None:
                self._articles.append(record.id)

    def _read_back(self, out: Path) -> None:
        """Compare what the file carries with what it should."""
        found = self._writer.found(out, self._options)
        for n, sign in counted(enumerate(self._signs), self._total, share(self._progress, 1, 2)):
            try:
                carried = next(found, None)
            except ValueError:  # what was written cannot even be read
                carried = None
            if carried is None or _sign(carried) != sign:
                record = next(islice(self._records(), n, None))
                raise UserError(
                    message(
                        "“{title}” was written, but reading it back gave something else. No file was kept.",
                        title=record.title or record.id,
                    ),
                    message(
                        "This is a fault of Rubricator: report it with the article, and export as JSONL meanwhile."
                    ),
                )
        if next(found, None) is not None:
            raise UserError(message("The file holds more than was exported. No file was kept."))


def _sign(carried: Counted) -> int:
    """Return a number that tells what is carried from anything else, in this process."""
    return hash(frozenset(carried.items()))

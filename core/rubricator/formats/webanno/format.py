"""WebAnno TSV 3: a file for each article, which INCEpTION and WebAnno read and write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rubricator.formats.base import Header, ReadOptions, Record, WriteOptions
from rubricator.formats.cas.folder import CasFolder
from rubricator.formats.cas.plan import identifiers
from rubricator.formats.webanno.reader import read_webanno
from rubricator.formats.webanno.words import FORMAT_LINE
from rubricator.formats.webanno.writer import SHAPE, written


class WebAnno(CasFolder):
    """A folder of TSV files."""

    suffix = ".tsv"
    shape = SHAPE

    def recognises(self, head: str) -> bool:
        """Say whether the first line names the format."""
        return bool(FORMAT_LINE.match(head))

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the entities and the article of a file."""
        return read_webanno(source, options)

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the folder, a file for each article."""
        out.mkdir()
        identifier = identifiers(header)
        for path, _, made in self.planned(records, out, options):
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                stream.writelines(written(made, identifier))


FORMAT = WebAnno()

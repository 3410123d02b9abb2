"""WebAnno TSV 3: a file for each article, which INCEpTION and WebAnno read and write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rubricator.formats.base import Carried, Choice, Header, Loss, ReadOptions, Record, WriteOptions
from rubricator.formats.cas.plan import identifiers, losses_of, plan
from rubricator.formats.file_names import number_of, stem_of
from rubricator.formats.webanno.reader import read_webanno
from rubricator.formats.webanno.words import FORMAT_LINE
from rubricator.formats.webanno.writer import SHAPE, written


class WebAnno:
    """A folder of TSV files."""

    key = "webanno"
    title = "WebAnno TSV 3"
    suffixes = (".tsv",)
    folder = True
    all_layers = False
    choices: tuple[Choice, ...] = ("broken", "across")

    def recognises(self, head: str) -> bool:
        """Say whether the first line names the format."""
        return bool(FORMAT_LINE.match(head))

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the entities and the article of a file."""
        return read_webanno(source, options)

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what the files cannot hold."""
        return losses_of(header, (plan(record, options, SHAPE) for record in records))

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the folder, a file for each article."""
        out.mkdir()
        identifier = identifiers(header)
        for n, record in enumerate(records, 1):
            with (out / f"{stem_of(n, record)}.tsv").open("x", encoding="utf-8", newline="\n") as stream:
                stream.writelines(written(plan(record, options, SHAPE), identifier))

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the text, the spans with their features, entities and relations."""
        return plan(record, options, SHAPE).carried()

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the files back, in the order of their numbers."""
        for path in sorted(out.glob("*.tsv"), key=number_of):
            for item in read_webanno(path, ReadOptions()):
                if isinstance(item, Record):
                    yield plan(item, options, SHAPE).carried()


FORMAT = WebAnno()

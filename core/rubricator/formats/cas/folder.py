"""What WebAnno TSV, UIMA CAS XMI and JSON CAS have in common: a folder of files, each of one article and its layer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from pathlib import Path

from rubricator.formats.base import Carried, Choice, Header, Loss, ReadOptions, Record, WriteOptions
from rubricator.formats.cas.plan import Plan, Shape, plan
from rubricator.formats.file_names import numbered, stem_of
from rubricator.formats.losing import added_up, with_entities


class CasFolder(ABC):
    """A folder of such files: `suffix` is how they are named, `shape` what they can hold."""

    all_layers = False
    choices: tuple[Choice, ...] = ("broken", "across")
    suffix: str
    shape: Shape

    @abstractmethod
    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the entities and the article of a file."""

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what these files cannot hold."""
        plans = (plan(record, options, self.shape) for record in records)
        return added_up(with_entities(header, ((one.lost, (made.entity for made in one.made)) for one in plans)))

    def planned(
        self, records: Iterable[Record], out: Path, options: WriteOptions
    ) -> Iterator[tuple[Path, Record, Plan]]:
        """Yield each article with the file that it is written to, and what becomes of it there."""
        for n, record in enumerate(records, 1):
            yield out / f"{stem_of(n, record)}{self.suffix}", record, plan(record, options, self.shape)

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the text, the spans with their features, entities and relations."""
        return plan(record, options, self.shape).carried()

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the files back, in the order of their numbers."""
        for path in numbered(out, self.suffix):
            for item in self.read(path, ReadOptions()):
                if isinstance(item, Record):
                    yield plan(item, options, self.shape).carried()

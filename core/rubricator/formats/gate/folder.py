"""What GATE XML and BDoc have in common: a folder of documents, each of one article and all its layers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from pathlib import Path

from rubricator.formats.base import Carried, Choice, Header, Loss, ReadOptions, Record, WriteOptions
from rubricator.formats.file_names import numbered, stem_of
from rubricator.formats.gate.plan import Planner
from rubricator.formats.gate.said import Document, carried_by
from rubricator.formats.losing import added_up


class GateFolder(ABC):
    """A folder of such documents: `suffix` is how they are named, `ties` says whether they hold relations."""

    all_layers = True
    choices: tuple[Choice, ...] = ("broken",)
    suffix: str
    ties: bool

    @abstractmethod
    def document(self, source: Path, options: ReadOptions) -> Document:
        """Return what a file says; UserError names file and line."""

    @abstractmethod
    def put(self, document: Document, path: Path) -> None:
        """Write a document."""

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what GATE cannot hold."""
        planner = self._planner(header, options)
        return added_up(planner.plan(record).lost for record in records)

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the folder."""
        planner = self._planner(header, options)
        out.mkdir()
        for n, record in enumerate(records, 1):
            self.put(planner.plan(record).document, out / f"{stem_of(n, record)}{self.suffix}")

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the text, its features, and every layer with its annotations, and relations where it has them."""
        return carried_by(self._planner(Header(), options).plan(record).document)

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the documents back, in the order of their numbers."""
        for path in numbered(out, self.suffix):
            yield carried_by(self.document(path, ReadOptions()))

    def _planner(self, header: Header, options: WriteOptions) -> Planner:
        return Planner(header, options, ties=self.ties)

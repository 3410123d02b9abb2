"""What both forms of BioC have in common: what is lost, and how a file is compared with what it should be."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from pathlib import Path

from rubricator.formats.base import Carried, Choice, Header, Loss, Record, WriteOptions
from rubricator.formats.bioc.plan import Planner
from rubricator.formats.bioc.said import Document, carried_by
from rubricator.formats.losing import added_up, with_entities


class BioC(ABC):
    """A collection of documents in one file."""

    all_layers = True
    choices: tuple[Choice, ...] = ()

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what BioC cannot hold."""
        plans = map(Planner(header).plan, records)
        return added_up(with_entities(header, ((plan.lost, plan.entities) for plan in plans)))

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the passages, and every layer with its annotations, entities and relations."""
        return carried_by(Planner(Header()).plan(record).document)

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the documents back."""
        return map(carried_by, self.documents(out))

    @abstractmethod
    def documents(self, out: Path) -> Iterator[Document]:
        """Yield the documents of a file."""

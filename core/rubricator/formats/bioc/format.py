"""What both forms of BioC have in common: what is lost, and how a file is compared with what it should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rubricator.formats.base import Carried, Choice, Header, Loss, Record, WriteOptions
from rubricator.formats.bioc.plan import Planner
from rubricator.formats.bioc.said import Document, carried_by
from rubricator.formats.losing import Losses


class BioC:
    """A collection of documents in one file."""

    folder = False
    all_layers = True
    choices: tuple[Choice, ...] = ()

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what BioC cannot hold."""
        losses, planner = Losses(), Planner(header)
        named = {str(one.get("id")): str(one.get("name") or "") for one in header.entities}
        used: dict[str, None] = {}
        for record in records:
            plan = planner.plan(record)
            losses.add(plan.lost)
            used.update((uid, None) for uid in plan.entities if uid in named)
        losses.add(("entity-named", named[uid]) for uid in used)
        return losses.list()

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the passages, and every layer with its annotations, entities and relations."""
        return carried_by(Planner(Header()).plan(record).document)

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the documents back."""
        return map(carried_by, self.documents(out))

    def documents(self, out: Path) -> Iterator[Document]:
        """Yield the documents of a file."""
        raise NotImplementedError

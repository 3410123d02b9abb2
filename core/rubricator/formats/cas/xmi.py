"""UIMA CAS XMI: a folder with a file for each article and one TypeSystem.xml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rubricator.formats.base import Carried, Choice, Header, Loss, ReadOptions, Record, WriteOptions
from rubricator.formats.cas.plan import identifiers, losses_of, plan
from rubricator.formats.cas.structures import read_cas
from rubricator.formats.cas.writer import SHAPE, Declared, structures
from rubricator.formats.cas.xmi_reader import XMI, load_xmi
from rubricator.formats.cas.xmi_writer import type_system, written
from rubricator.formats.file_names import number_of, stem_of


class Xmi:
    """A folder of XMI files."""

    key = "xmi"
    title = "UIMA CAS XMI"
    suffixes = (".xmi", ".xml")
    folder = True
    all_layers = False
    choices: tuple[Choice, ...] = ("broken", "across")

    def recognises(self, head: str) -> bool:
        """Say whether the namespace of XMI is declared."""
        return f'"{XMI}"' in head or f"'{XMI}'" in head

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the entities and the article of a file."""
        return read_cas(load_xmi(source), source, options)

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what a CAS of these layers cannot hold."""
        return losses_of(header, (plan(record, options, SHAPE) for record in records))

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the folder, a file for each article, then the type system of all."""
        out.mkdir()
        identifier, declared = identifiers(header), Declared()
        for n, record in enumerate(records, 1):
            made = plan(record, options, SHAPE)
            declared.add(made)
            name = record.title or record.id
            with (out / f"{stem_of(n, record)}.xmi").open("x", encoding="utf-8", newline="\n") as stream:
                stream.writelines(written(made.text, structures(made, name, identifier)))
        with (out / "TypeSystem.xml").open("x", encoding="utf-8", newline="\n") as stream:
            stream.writelines(type_system(declared.types()))

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the text, the spans with their features, entities and relations."""
        return plan(record, options, SHAPE).carried()

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the files back, in the order of their numbers."""
        for path in sorted(out.glob("*.xmi"), key=number_of):
            for item in self.read(path, ReadOptions()):
                if isinstance(item, Record):
                    yield plan(item, options, SHAPE).carried()


FORMAT = Xmi()

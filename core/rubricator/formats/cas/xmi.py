"""UIMA CAS XMI: a folder with a file for each article and one TypeSystem.xml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rubricator.formats.base import Header, ReadOptions, Record, WriteOptions
from rubricator.formats.cas.folder import CasFolder
from rubricator.formats.cas.plan import identifiers
from rubricator.formats.cas.structures import read_cas
from rubricator.formats.cas.writer import SHAPE, Declared, structures
from rubricator.formats.cas.xmi_reader import XMI, load_xmi
from rubricator.formats.cas.xmi_writer import type_system, written


class Xmi(CasFolder):
    """A folder of XMI files."""

    suffix = ".xmi"
    shape = SHAPE

    def recognises(self, head: str) -> bool:
        """Say whether the namespace of XMI is declared."""
        return f'"{XMI}"' in head or f"'{XMI}'" in head

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the entities and the article of a file."""
        return read_cas(load_xmi(source, options.within), source, options)

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the folder, a file for each article, then the type system of all."""
        out.mkdir()
        identifier, declared = identifiers(header), Declared()
        for path, record, made in self.planned(records, out, options):
            declared.add(made)
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                stream.writelines(written(made.text, structures(made, record.title or record.id, identifier)))
        with (out / "TypeSystem.xml").open("x", encoding="utf-8", newline="\n") as stream:
            stream.writelines(type_system(declared.types()))


FORMAT = Xmi()

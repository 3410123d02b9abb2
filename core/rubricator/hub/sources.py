"""What is taken back: a packet, or a whole project file, opened so that it stays as it is."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rubricator.errors import UserError
from rubricator.hub.parcel import opened
from rubricator.project import Project
from rubricator.settings import Me
from rubricator.store import symptoms
from rubricator.store.backup import copy_aside
from rubricator.store.entries import Entry
from rubricator.store.schema import is_project
from rubricator.words import message


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was opened to be taken in: of which project, whose it is (empty: everybody's), and its rows."""

    path: Path
    project: str
    whose: str
    name: str
    entries: Callable[[], Iterator[Entry]]
    texts: Callable[[], Iterator[tuple[str, str]]]


@contextmanager
def source_of(project: Project, file: Path) -> Iterator[Source]:
    """Open a file that is to be taken into a project; UserError where it is damaged, or of another one."""
    if file.exists() and file.samefile(project.path):
        raise UserError(message("{file} is this project itself.", file=file))
    found: AbstractContextManager[Source] = _copy_of(file) if file.is_file() and is_project(file) else _packet(file)
    with found as source:
        _check_fits(project, source)
        yield source


def _check_fits(project: Project, source: Source) -> None:
    if source.project != str(project.rows.project().get("id")):
        why = message("{file} is of another project, not of “{name}”.", file=source.path, name=project.name)
        raise UserError(why, message("Open the project that it came from. Nothing was changed."))
    mine = project.packet.get("for", "")
    if mine and mine != source.whose:
        why = message("{file} holds the work of others, which this copy is not to know.", file=source.path)
        raise UserError(why, message("Merge it into the project that this copy came from. Nothing was changed."))


@contextmanager
def _packet(file: Path) -> Iterator[Source]:
    with opened(file) as parcel:
        parcel.verify()
        whose = parcel.manifest
        yield Source(file, whose.project, whose.annotator, whose.name, parcel.entries, parcel.texts)


@contextmanager
def _copy_of(file: Path) -> Iterator[Source]:
    """Open a copy of somebody's project file: theirs stays as it is, whatever version it has."""
    with tempfile.TemporaryDirectory(prefix="rubricator-") as folder:
        place = Path(folder) / file.name
        copy_aside(file, place)
        with closing(Project.open(place, Me("", "", ""))) as other:
            if damage := [finding.what for finding in other.check() if finding.damage]:
                why = message("{file} is damaged: {why}.", file=file, why=damage[0])
                raise UserError(why, message("Ask for it again, or for a packet. Nothing was changed."))
            whose = other.packet.get("for", "")
            name = other.rows.name_of(whose) or "" if whose else ""
            uid = str(other.rows.project().get("id"))
            with symptoms.in_words(other._store):
                yield Source(file, uid, whose, name, other.journal.entries, other.journal.texts)

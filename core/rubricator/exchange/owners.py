"""Whose the layers of an import become: of who is asked for, or of whoever the files name; in a copy of nobody else."""

from __future__ import annotations

from collections.abc import Mapping

from rubricator.errors import UserError
from rubricator.formats.base import Person
from rubricator.model.text import plain
from rubricator.project import Annotator, Project
from rubricator.settings import Me
from rubricator.verbs.annotators import annotator_called
from rubricator.words import message


def person_asked(project: Project, name: str) -> Person | None:
    """Return whose layer all is to be put into; UserError where several are called so."""
    there, me = project.rows.annotators(), project.me
    if me.annotator not in {one.id for one in there}:
        there.append(Annotator(me.annotator, me.name, "human"))
    found = annotator_called(name, there) if name else None
    return Person(found.id if found else "", found.name if found else plain(name)) if name else None


def check_own(me: Me, person: Person, called: Mapping[str, str], where: str) -> None:
    """Raise UserError where a layer of somebody else would come into the copy of a packet: it could not be merged."""
    if not person.name or me.annotator in (person.id, person.name) or person.name == me.name:
        return
    name = called.get(person.name, person.name)
    raise UserError(
        message(
            "{where}: it is the work of {name}, and this copy is for {me} alone.", where=where, name=name, me=me.name
        ),
        message("Put it into your own layer (--annotator), or import it into the project that this copy came from."),
    )

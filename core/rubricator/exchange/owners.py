"""Whose the layers of an import become: of who is asked for, or of whoever the files name; in a copy of nobody else."""

from __future__ import annotations

from collections.abc import Mapping

from rubricator.errors import UserError
from rubricator.formats.base import Person
from rubricator.model.text import plain
from rubricator.project import Annotator, Project
from rubricator.settings import Me
from rubricator.verbs.annotators import annotator_called, told_apart
from rubricator.words import message


def person_asked(project: Project, name: str) -> Person | None:
    """Return whose layer all is to be put into; UserError where several are called so."""
    found = annotator_called(name, everybody(project)) if name else None
    return Person(found.id if found else "", found.name if found else plain(name)) if name else None


def everybody(project: Project) -> list[Annotator]:
    """Return the annotators of a project, and who works in it now, who may be none of them yet."""
    there, me = project.rows.annotators(), project.me
    return there if any(one.id == me.annotator for one in there) else [*there, Annotator(me.annotator, me.name)]


def person_named(person: Person, there: Mapping[str, Annotator], where: str) -> str:
    """Return the id of whom a file names without one; none ("") where nobody of those who are there is called so.

    Of namesakes it is the one of the kind that the file says. UserError where that leaves several: none of them may
    get the work of another, nor is it that of somebody new. A file can name them as we do (`told_apart`), or by id.
    """
    if person.name in there:
        return person.name  # the header of its file knows them
    alike = [one for one in there.values() if one.name == person.name]
    found = alike if len(alike) == 1 else [one for one in alike if one.kind == person.kind]
    if len(found) == 1:
        return found[0].id
    if alike:
        names = ", ".join(f"“{called}”" for called in told_apart(alike).values())
        raise UserError(
            message(
                "{where}: it names “{name}”, and {n} annotators are called so.",
                where=where,
                name=person.name,
                n=len(alike),
            ),
            message("Say in the file which: {names}. Or put all of it into one layer (--annotator).", names=names),
        )
    if not person.name.endswith(")"):  # a file may name thousands, and hardly one is told apart so
        return ""
    return next((uid for uid, name in told_apart(there.values()).items() if name == person.name), "")


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

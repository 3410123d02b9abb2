"""Who is meant by a name that a person wrote."""

from __future__ import annotations

from collections.abc import Sequence

from rubricator.errors import UserError
from rubricator.store.rows import Annotator
from rubricator.words import message


def annotator_named(name: str, there: Sequence[Annotator]) -> Annotator:
    """Return the annotator with this name or id; UserError where there is none, or more than one."""
    found = [one for one in there if name in (one.id, one.name)]
    if len(found) != 1:
        names = ", ".join(one.name for one in there)
        raise UserError(
            message("There is no annotator “{name}” in this project.", name=name)
            if not found
            else message("{n} annotators are called “{name}”.", n=len(found), name=name),
            message("There are: {names}.", names=names) if not found else message("Name one by id."),
        )
    return found[0]

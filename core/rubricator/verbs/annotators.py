"""Who is meant by a name that a person wrote, and what to call those who have the same name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rubricator.errors import UserError
from rubricator.store.rows import Annotator
from rubricator.words import message

_LEAST = 4
"""So many characters of an id are told beside a name that several have; more where these are the same."""


def told_apart(people: Iterable[Annotator]) -> dict[str, str]:
    """Return what to call annotators, by id: those who share a name with another get the beginning of their id."""
    by_name: dict[str, list[str]] = {}
    for one in people:
        by_name.setdefault(one.name, []).append(one.id)
    called: dict[str, str] = {}
    for name, ids in by_name.items():
        size = max(_LEAST, _first_difference(ids))
        called |= {uid: f"{name} ({uid[:size]})" if len(ids) > 1 else name for uid in ids}
    return called


def _first_difference(ids: Sequence[str]) -> int:
    """Return how many characters of ids have to be read until all differ."""
    longest = max(map(len, ids))
    return next((size for size in range(1, longest) if len({uid[:size] for uid in ids}) == len(ids)), longest)


def _spaced(name: str) -> str:
    """Return a name as a person writes it: files may have two spaces in it, or another kind of space."""
    return " ".join(name.split())


def annotator_called(name: str, there: Sequence[Annotator]) -> Annotator | None:
    """Return the annotator with this id or name, or called so by `told_apart`; None where there is none.

    UserError where several have the name: it says how to name each of them.
    """
    name = _spaced(name)
    called = told_apart(there)
    if exact := [one for one in there if name in (one.id, _spaced(called[one.id]))]:
        return exact[0]
    namesakes = [one for one in there if _spaced(one.name) == name]
    if len(namesakes) > 1:
        raise UserError(
            message("{n} annotators are called “{name}”.", n=len(namesakes), name=name),
            message("Say which: {names}.", names=", ".join(f"“{called[one.id]}”" for one in namesakes)),
        )
    return namesakes[0] if namesakes else None


def annotator_named(name: str, there: Sequence[Annotator]) -> Annotator:
    """Return the annotator with this name or id; UserError where there is none, or more than one."""
    found = annotator_called(name, there)
    if found is None:
        names = ", ".join(told_apart(there).values())
        raise UserError(
            message("There is no annotator “{name}” in this project.", name=name),
            message("There are: {names}.", names=names),
        )
    return found


def annotators_named(names: str, there: Sequence[Annotator]) -> list[str]:
    """Return the ids of annotators named one after the other, with commas between; “worker *” are all that begin so."""
    whole = " ".join(names.split())
    if whole and any(whole in (one.id, one.name) for one in there):
        return [annotator_named(whole, there).id]  # a name that has a comma in it, or ends with a star
    found: dict[str, None] = {}
    for name in (part.strip() for part in names.split(",")):
        if not name:
            continue
        begun = [one.id for one in there if one.name.startswith(name[:-1])] if name.endswith("*") else []
        found |= dict.fromkeys(begun or [annotator_named(name, there).id])
    return list(found)

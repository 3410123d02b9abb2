"""What one did to a scheme, done again to another one: while one edits it, somebody else may have changed it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from rubricator.model.scheme import Scheme

T = TypeVar("T")


def rebased(mine: Scheme, base: Scheme, theirs: Scheme) -> Scheme:
    """Return `theirs` with all that makes `mine` out of `base`; where both changed a part, mine stands."""
    return replace(
        theirs,
        name=_one(mine.name, base.name, theirs.name),
        description=_one(mine.description, base.description, theirs.description),
        labels=_parts(mine.labels, base.labels, theirs.labels, lambda one: one.name),
        topics=_parts(mine.topics, base.topics, theirs.topics, lambda one: one.code),
        rules=_parts(mine.rules, base.rules, theirs.rules, lambda one: one.id),
        attributes=_parts(mine.attributes, base.attributes, theirs.attributes, lambda one: one.name),
        relations=_parts(mine.relations, base.relations, theirs.relations, lambda one: one.name),
        examples=_parts(mine.examples, base.examples, theirs.examples, lambda one: one.id),
    )


def _one(mine: str, base: str, theirs: str) -> str:
    return theirs if mine == base else mine


def _parts(mine: Iterable[T], base: Iterable[T], theirs: Iterable[T], key: Callable[[T], str]) -> tuple[T, ...]:
    was = {key(one): one for one in base}
    will = {key(one): one for one in mine}
    found = {key(one): one for one in theirs}
    for name in was.keys() - will.keys():
        found.pop(name, None)
    for name, one in will.items():
        if was.get(name) != one:
            found[name] = one
    if list(will) == list(was):
        return tuple(found.values())
    ours = [name for name in will if name in found]  # the order is mine, too
    return tuple(found[name] for name in [*ours, *(name for name in found if name not in will)])

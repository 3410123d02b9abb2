"""What a damaged file looks like while it is read, and the words for it; the doctor himself is `check`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from rubricator.errors import UserError
from rubricator.store.base import Store
from rubricator.words import Message, message


class Finding(NamedTuple):
    """Something that is not as it must be: `damage` (the file lies) or a note (a rule is broken, nothing is lost)."""

    damage: bool
    what: Message


SYMPTOMS = (sqlite3.Error, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What reading a damaged file may raise; on a sound one each of them is a bug."""


def diagnosis(store: Store) -> UserError | None:
    """Return the words where a damaged file is why something failed; None where the file is sound."""
    try:
        store.check_form()
    except UserError as error:
        return error
    except sqlite3.Error:
        pass  # what is wrong is found below
    from rubricator.store import check  # all that the doctor needs, while most files are sound

    found = next((finding for finding in check.full(store) if finding.damage), None)
    if found is None:
        return None
    return UserError(
        message("{file} is damaged. {what}", file=store.path, what=found.what),
        message("Go back to a backup. “rubricator check --full” lists all that is wrong."),
    )


@contextmanager
def in_words(store: Store) -> Iterator[None]:
    """Say of a damaged file that it is damaged, where something fails because of that; a bug stays one."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise damage_behind(error, store) or error from error


def damage_behind(error: BaseException, store: Store) -> UserError | None:
    """Return the words where SQLite failed because the file is damaged; what else fails is a bug."""
    return diagnosis(store) if isinstance(error, sqlite3.DatabaseError) else None

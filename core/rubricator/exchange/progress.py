"""How long work says how far it is, and is told to stop: a Progress raises CancelledError then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rubricator.verbs.progress import Progress, silent

__all__ = ["CancelledError", "Progress", "counted", "share", "silent"]

T = TypeVar("T")

_OFTEN = 20
"""After so many things it is said again how far it is."""


class CancelledError(Exception):
    """The person stopped the work; nothing of it was kept."""


def share(progress: Progress, nth: int, of: int) -> Progress:
    """Return the progress of a part of the work, the nth (from 0) of several that take about as long."""

    def partly(done: int, total: int) -> None:
        progress(nth * total + done, of * total)

    return partly


def counted(things: Iterable[T], total: int, progress: Progress) -> Iterator[T]:
    """Yield these things, and say how far it is."""
    for n, thing in enumerate(things):
        if n % _OFTEN == 0:
            progress(n, total)
        yield thing

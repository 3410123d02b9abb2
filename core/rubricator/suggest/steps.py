"""Work in short steps: a generator that pauses often and returns what it found. A window does other things between."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")

Steps = Generator[None, None, T]
"""Each step takes a fraction of a millisecond, whatever the size of what is worked on."""


def at_once(steps: Steps[T]) -> T:
    """Do all steps and return what was found."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            found: T = done.value
            return found

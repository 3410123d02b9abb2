"""What somebody changed of a thing while others wrote of it, too: only that is laid over the thing as it stands now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

Thing = TypeVar("Thing", bound=NamedTuple)


def meanwhile(mine: Thing, shown: Thing, now: Thing) -> Thing:
    """Return a thing as it stands now, with all fields that make `mine` out of what was `shown`.

    Of a list, what was added to it is added, and what was taken out is taken out.
    """
    changed = {}
    for name, was, will, stands in zip(mine._fields, shown, mine, now, strict=True):
        if was != will:
            lists = isinstance(was, tuple) and isinstance(will, tuple) and isinstance(stands, tuple)
            changed[name] = names_meanwhile(will, was, stands) if lists else will
    return now._replace(**changed)


def names_meanwhile(mine: Sequence[str], shown: Iterable[str], now: Sequence[str]) -> tuple[str, ...]:
    """Return the names that stand now, with those added that are mine and were not shown, and without those taken out.

    They come in my order, and what others added behind.
    """
    was, stands = set(shown), set(now)
    ours = [name for name in mine if name in stands or name not in was]
    return tuple(dict.fromkeys([*ours, *(name for name in now if name not in was)]))

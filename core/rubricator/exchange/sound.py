"""What a file holds, handed on only when it has been read to its end: of a damaged one nothing comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rubricator.formats.base import Header, Record

Item = Header | Record

_MOST = 16_000_000
"""About how many bytes of a file are kept; one that holds more is read twice."""
_EACH = 400
"""About how many bytes a thing that is said of a text takes."""


def sound(read: Callable[[], Iterator[Item]], check: Callable[[Item], None]) -> Iterable[Item]:
    """Return what a file holds after all of it was read and checked; UserError where anything is wrong with it."""
    kept: list[Item] = []
    room = _MOST
    for item in read():
        check(item)
        if room >= 0:
            room -= _size(item)
            kept.append(item)
        else:
            kept.clear()
    return kept if room >= 0 else read()


def _size(item: Item) -> int:
    if isinstance(item, Header):
        return _EACH * (1 + len(item.entities))
    said = sum(
        len(part)
        for layer in item.layers
        for part in (layer.annotations, layer.topics, layer.relations, layer.comments, layer.decisions)
    )
    return _EACH * (1 + said) + len(item.text)

"""What a file holds, handed on only when it has been read to its end: of a damaged one nothing comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from rubricator.formats.base import Header, Record

Item = Header | Record

_MOST = 16_000_000
"""About how many bytes of a file are kept; one that holds more is read twice."""
_EACH = 400
"""About how many bytes a thing that is said of a text takes."""
_LEAST = 60
"""About how many a value takes that is no text, and the name of one."""


def sound(read: Callable[[], Iterator[Item]], check: Callable[[Item], None]) -> Iterable[Item]:
    """Return what a file holds after all of it was read and checked; UserError where anything is wrong with it."""
    kept: list[Item] = []
    room = _MOST
    for item in read():
        check(item)
        if room >= 0:
            room -= size(item)
            kept.append(item)
        else:
            kept.clear()
    return kept if room >= 0 else read()


def size(item: Item) -> int:
    """Return about how many bytes of memory something that was read takes."""
    if isinstance(item, Header):
        return _EACH + sum(map(_value_size, item.entities))
    found = _EACH + len(item.text) + _value_size((item.meta, item.extra))
    for layer in item.layers:
        for annotation in layer.annotations:
            found += _EACH + len(annotation.note) + _value_size(annotation.attributes)
        found += _EACH * len(layer.topics)
        found += _value_size((layer.extra, layer.relations, layer.comments, layer.decisions))
    return found


def _value_size(value: object) -> int:
    if isinstance(value, str):
        return _LEAST + len(value)
    if isinstance(value, Mapping):
        return sum(map(_value_size, value.values()), _LEAST * len(value))
    if isinstance(value, list | tuple):
        return sum(map(_value_size, value))
    return _LEAST

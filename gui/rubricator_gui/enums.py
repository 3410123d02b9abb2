"""Enums by the table: finished names and numbers, made an enum as Python does it but without asking each of them.

PySide hands over each of Qt's enums as a list of names and numbers when a class that has it is first named: some 320
enums of 4,200 members before a window is painted. Python asks every member (15 µs) whether it is a tuple, a
descriptor, a function, or takes arguments; of these lists all of that is known. What comes out is the same, member by
member (tests/gui/test_enums.py holds it against Python's, for all of Qt's). Where a trial shows that this Python makes
them in another way, or a list is not as plain as that, it is left to Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import KEEP, Enum, EnumType, Flag, FlagBoundary, IntEnum, IntFlag
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

_TRIAL = [("A", 1), ("B", 4), ("C", 2), ("D", 2), ("E", 0), ("F", 6), ("G", -1), ("H", 8)]
"""Names and numbers out of order, with an alias, several bits, none and all."""

_KINDS = (Enum, IntEnum, Flag, IntFlag)

_blanks: dict[type, _Blank | None] = {}
_pythons: Callable[..., EnumType] = EnumType._create_  # type: ignore[attr-defined]


class _Blank(NamedTuple):
    """What an enum without members holds, which of it each needs a new one of, and the names no member may have."""

    held: dict[str, Any]
    new: tuple[tuple[str, type], ...]
    taken: frozenset[str]


def hasten() -> None:
    """Make enums by the table from now on, where PySide asks for one."""
    EnumType._create_ = _create  # type: ignore[attr-defined]


def _create(
    base: Any, class_name: str, names: Any, *, start: int = 1, boundary: FlagBoundary | None = None, **more: Any
) -> EnumType:
    """Stand in for `EnumType._create_`; a list of names and numbers, to be kept as they are, is what PySide gives."""
    if names.__class__ is list and base in _KINDS and boundary is KEEP and not any(more.values()):
        if base not in _blanks:
            _blanks[base] = _blank(base)
        blank = _blanks[base]
        if blank is not None and (made := _made(base, class_name, names, blank)) is not None:
            return made
    return _pythons(base, class_name, names, start=start, boundary=boundary, **more)


def _blank(base: Any) -> _Blank | None:
    """Return what enums of this kind begin with; None where this Python makes them in a way that is not known here."""
    held = dict(_pythons(base, "Blank", [], boundary=KEEP).__dict__)
    new = tuple((name, value.__class__) for name, value in held.items() if isinstance(value, list | dict))
    taken = frozenset(name for kind in (base, EnumType) for each in type.mro(kind) for name in vars(each))
    blank = _Blank(held, new, taken)
    made = _made(base, "Trial", _TRIAL, blank)
    return blank if made is not None and alike(made, _pythons(base, "Trial", _TRIAL, boundary=KEEP)) else None


def alike(one: Any, other: Any) -> bool:
    """Say whether two enums are the same but for what they are called."""
    return _held(one) == _held(other)


def _held(made: Any) -> list[Any]:
    """Return all that an enum and its members hold, in order."""

    def plain(value: Any) -> Any:
        if isinstance(value, made):
            return {key: each for key, each in vars(value).items() if key != "__objclass__"}
        if isinstance(value, dict):
            return [(key, plain(each)) for key, each in value.items()]
        return getattr(value, "__func__", value)

    own = {key: plain(value) for key, value in vars(made).items() if key not in ("__module__", "__doc__")}
    return [own, [member.name for member in made]]


def _made(base: Any, name: str, items: list[tuple[str, int]], blank: _Blank) -> EnumType | None:
    """Return the enum; None where a name stands twice or means something to Python, or where a value is no number."""
    names = dict(items)
    if len(names) != len(items) or not blank.taken.isdisjoint(names) or set(map(type, names.values())) - {int}:
        return None
    if "" in names or " _" in " " + " ".join(names):
        return None
    flag, number, put = issubclass(base, Flag), issubclass(base, int), type.__setattr__
    held = {**blank.held, **{each: kind() for each, kind in blank.new}}
    if flag:
        held |= _bits(names.values(), held)
    made: Any = type.__new__(EnumType, name, (base,), held)
    own, by_name, by_value = made._member_names_, made._member_map_, made._value2member_map_
    for key, value in items:
        member = by_value.get(value)
        if member is None:
            member = by_value[value] = int.__new__(made, value) if number else object.__new__(made)
            member.__dict__.update(_value_=value, _name_=key, __objclass__=made, _sort_order_=len(own))
            if not flag or _single(value):
                own.append(key)
        by_name[key] = member
        put(made, key, member)
    if flag and (bits := [by_name[key]._value_ for key in own]) != sorted(bits):
        made._iter_member_ = made._iter_member_by_def_
    return made  # type: ignore[no-any-return]


def _bits(values: Iterable[int], blank: Mapping[str, Any]) -> dict[str, int]:
    """Return what a flag holds of the bits that it has; the first versions of Python 3.11 have one mask for both."""
    every, single = reduce(or_, values, 0), reduce(or_, filter(_single, values), 0)
    both = "_singles_mask_" in blank
    masks = {"_flag_mask_": every, "_singles_mask_": single} if both else {"_flag_mask_": single}
    return {**masks, "_all_bits_": 2 ** every.bit_length() - 1}


def _single(value: int) -> bool:
    """Say whether a number is one bit."""
    return value > 0 and not value & (value - 1)

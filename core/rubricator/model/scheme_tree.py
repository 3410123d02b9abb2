"""The tree that labels stand in: their order in a scheme is that of the tree, each above what stands under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rubricator.model.scheme import Label, Scheme


def parent_of(scheme: Scheme, name: str) -> str:
    """Return what a label stands under; nothing where that is not there, or where merging made a circle of it."""
    parent = scheme.by_name[name].parent
    return "" if parent not in scheme.by_name or name in _above(scheme, parent) else parent


def children(scheme: Scheme, name: str = "") -> list[Label]:
    """Return the labels right under one, or those at the top."""
    return [label for label in scheme.labels if parent_of(scheme, label.name) == name]


def under(scheme: Scheme, name: str) -> set[str]:
    """Return a label and all that stands below it, by name."""
    return {label.name for label in scheme.labels if name in _above(scheme, label.name)}


def depth(scheme: Scheme, name: str) -> int:
    """Return how many labels stand above one."""
    return len(_above(scheme, name)) - 1


def moved(scheme: Scheme, names: Sequence[str], parent: str, before: str = "") -> Scheme:
    """Put labels, with all below them, under another one (or to the top), before one of its children or at their end.

    Nothing is changed where that would put a label under itself.
    """
    wanted = [name for name in names if name in scheme.by_name]
    wanted = [name for name in wanted if not any(name != other and name in under(scheme, other) for other in wanted)]
    if any(parent in under(scheme, name) for name in wanted):
        return scheme
    rest = [label for label in scheme.labels if label.name not in wanted]
    at = next((n for n, label in enumerate(rest) if label.name == before), len(rest))
    put = [scheme.by_name[name]._replace(parent=parent) for name in wanted]
    return in_order(replace(scheme, labels=(*rest[:at], *put, *rest[at:])))


def beside(scheme: Scheme, name: str, new: Iterable[Label]) -> Scheme:
    """Put new labels right after one and all that stands under it; at the end where there is no such label."""
    places = [n for n, label in enumerate(scheme.labels) if name in _above(scheme, label.name)]
    at = places[-1] + 1 if places else len(scheme.labels)
    return replace(scheme, labels=(*scheme.labels[:at], *new, *scheme.labels[at:]))


def stepped(scheme: Scheme, name: str, step: int) -> Scheme:
    """Put a label before the sibling above it (-1), or after the one below it (1)."""
    parent = parent_of(scheme, name)
    siblings = [label.name for label in children(scheme, parent)]
    place = siblings.index(name) + step
    if not 0 <= place < len(siblings):
        return scheme
    after = place + (step > 0)
    return moved(scheme, [name], parent, siblings[after] if after < len(siblings) else "")


def indented(scheme: Scheme, name: str) -> Scheme:
    """Put a label under the sibling above it, as its last one."""
    siblings = [label.name for label in children(scheme, parent_of(scheme, name))]
    place = siblings.index(name)
    return moved(scheme, [name], siblings[place - 1]) if place else scheme


def outdented(scheme: Scheme, name: str) -> Scheme:
    """Put a label beside the one that it stands under, right after it."""
    parent = parent_of(scheme, name)
    if not parent:
        return scheme
    above = parent_of(scheme, parent)
    siblings = [label.name for label in children(scheme, above)]
    place = siblings.index(parent) + 1
    return moved(scheme, [name], above, siblings[place] if place < len(siblings) else "")


def in_order(scheme: Scheme) -> Scheme:
    """Return the scheme with its labels in the order of their tree."""
    below: dict[str, list[Label]] = {}
    for label in scheme.labels:
        below.setdefault(parent_of(scheme, label.name), []).append(label)

    def walk(name: str) -> Iterator[Label]:
        for label in below.get(name, ()):
            yield label
            yield from walk(label.name)

    return replace(scheme, labels=tuple(walk("")))


def _above(scheme: Scheme, name: str) -> list[str]:
    """Return a label and what it stands under, up to the top."""
    path: list[str] = []
    while name in scheme.by_name and name not in path:
        path.append(name)
        name = scheme.by_name[name].parent
    return path

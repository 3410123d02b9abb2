"""What a file declares of its names, made such that the file of a scheme can say it: each on one line, no two alike.

A label is respelled, as it is where annotations carry it. Other names cannot be: what carries them keeps them as they
are, undeclared; so they are left out of the scheme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from rubricator.formats.base import Case
from rubricator.formats.reading import shortened
from rubricator.model.scheme import Attribute, Label, Scheme, Topic, short_for
from rubricator.model.scheme_names import renamed
from rubricator.model.scheme_written import NAME_MOST, can_be_written, looks_of
from rubricator.model.strict_json import on_one_line, one_line
from rubricator.words import Message, message, say

T = TypeVar("T")


def spelled_on_a_line(name: str) -> str:
    """Return a name as it can stand in the file of a scheme; empty where nothing is left of it."""
    return name if can_be_written(name) else shortened(looks_of(one_line(name)), NAME_MOST)


class Declaring:
    """Makes schemes of files writable; of the same scheme, which stands beside each of many files, once."""

    def __init__(self) -> None:
        self._seen: Scheme | None = None
        self._made = Scheme()

    def writable(self, scheme: Scheme, file: str) -> tuple[Scheme, list[Case]]:
        """Return the scheme with names that can be written, and what became of the others."""
        if self._seen == scheme:
            return self._made, []
        cases: list[Case] = []
        self._seen, self._made = scheme, _writable(scheme, file, cases)
        return self._made, cases


def _writable(scheme: Scheme, file: str, cases: list[Case]) -> Scheme:
    labels, names = _labels(scheme.labels)
    for name, other in names.items():
        cases.append(("spelled" if other else "unwritable", f"{file}: {shortened(name)}"))

    def fitting(parts: Iterable[T], kind: Message | str, named: Callable[[T], str]) -> tuple[T, ...]:
        seen: set[str] = set()
        kept: list[T] = []
        for part in parts:
            name = named(part)
            if can_be_written(name) and looks_of(name) not in seen:
                seen.add(looks_of(name))
                kept.append(part)
            else:
                cases.append(("unwritable", f"{file}: {say(kind)} {shortened(name)}"))
        return tuple(kept)

    def chosen(part: Attribute) -> Attribute:
        values = fitting(part.values, f"{part.name} =", str)
        if values == part.values:
            return part
        return part._replace(values=values, default=None, kind=part.kind if values else "text")

    made = replace(
        scheme,
        labels=labels,
        attributes=tuple(map(chosen, fitting(scheme.attributes, message("attribute"), lambda part: part.name))),
        relations=fitting(scheme.relations, message("relation"), lambda part: part.name),
        topics=_under_what_is_left(scheme.topics, fitting(scheme.topics, message("topic"), lambda part: part.code)),
    )
    return renamed(made, names) if cases else scheme


def _under_what_is_left(all_of_them: Iterable[Topic], kept: Iterable[Topic]) -> tuple[Topic, ...]:
    """Return topics, each under the next one above it that was kept."""
    above = {topic.code: topic.parent for topic in all_of_them}
    there = {topic.code for topic in kept}

    def parent(code: str) -> str:
        seen: set[str] = set()
        while code and code not in there and code not in seen:
            seen.add(code)
            code = above.get(code, "")
        return code if code in there else ""

    return tuple(one if one.parent in there else one._replace(parent=parent(one.parent)) for one in kept)


def _labels(labels: Iterable[Label]) -> tuple[tuple[Label, ...], dict[str, str]]:
    """Return the labels as they can be written, and the new names of those that could not, or look like another."""
    made: dict[str, Label] = {}
    names: dict[str, str] = {}
    for label in labels:
        name = spelled_on_a_line(label.name)
        looks = looks_of(name)
        if looks in made:
            name = made[looks].name
        elif name:
            made[looks] = label if name == label.name else _called(label, name)
        if name != label.name:
            names[label.name] = name
    return tuple(_under_another(label, names) for label in made.values()), names


def _under_another(label: Label, names: Mapping[str, str]) -> Label:
    """Return a label under no label that it became itself."""
    return label._replace(parent="") if names.get(label.parent, label.parent) == label.name else label


def _called(label: Label, name: str) -> Label:
    title = label.title if on_one_line(label.title) else spelled_on_a_line(label.title)
    return label._replace(
        name=name, title=title or name, short=label.short if on_one_line(label.short) else short_for(name)
    )

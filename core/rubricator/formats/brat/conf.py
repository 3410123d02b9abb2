"""The two files that tell brat which names there are and how to draw them: annotation.conf and visual.conf."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache

from rubricator.model.colours import TINT, mixed
from rubricator.model.scheme import Label
from rubricator_resources import path


@dataclass
class Used:
    """The names that the articles use, in the order of their first use (a dict keeps it)."""

    labels: dict[str, None] = field(default_factory=dict)
    relations: dict[str, None] = field(default_factory=dict)
    attributes: dict[str, dict[str, None]] = field(default_factory=dict)

    def add(self, other: Used) -> None:
        """Take in what another article uses."""
        self.labels.update(other.labels)
        self.relations.update(other.relations)
        for name, values in other.attributes.items():
            self.attributes.setdefault(name, {}).update(values)


def annotation_conf(labels: Iterable[Label], used: Used, name: Callable[[str], str]) -> str:
    """Return annotation.conf: the labels as a tree, then the relations and attributes in use."""
    known = tuple(labels)
    names = {label.name for label in known}
    children: dict[str, list[Label]] = {}
    for label in known:
        children.setdefault(label.parent if label.parent in names else "", []).append(label)
    lines = ["[entities]", ""]
    done: set[str] = set()

    def add(parent: str, depth: int) -> None:
        for label in children.get(parent, ()):
            if label.name not in done:
                done.add(label.name)
                lines.append("\t" * depth + name(label.name))
                add(label.name, depth + 1)

    add("", 0)
    for rest in (*(label.name for label in known), *sorted(used.labels)):  # a ring of parents, and unknown labels
        if rest not in done:
            done.add(rest)
            lines.append(name(rest))
    lines += ["", "[relations]", ""]
    lines += [f"{relation}\tArg1:<ENTITY>, Arg2:<ENTITY>" for relation in sorted(used.relations)]
    lines += ["", "[events]", "", "[attributes]", ""]
    for attribute, values in sorted(used.attributes.items()):
        said = "|".join(sorted(value for value in values if value))
        lines.append(f"{attribute}\tArg:<ENTITY>" + (f", Value:{said}" if said else ""))
    return "\n".join(lines) + "\n"


def visual_conf(labels: Iterable[Label], used: Used, name: Callable[[str], str]) -> str:
    """Return visual.conf: titles and short names, and the labels' tints of the light palette."""
    known = tuple(labels)
    lines = ["[labels]", ""]
    lines += [" | ".join((name(label.name), *_shown(label.title, label.short))) for label in known]
    names = {label.name for label in known}
    lines += [" | ".join((name(label), *_shown(label))) for label in sorted(used.labels) if label not in names]
    lines += ["", "[drawing]", "", "SPAN_DEFAULT\tfgColor:black, bgColor:#ece9e2, borderColor:darken"]
    lines += ["ARC_DEFAULT\tcolor:black, arrowHead:triangle-5"]
    lines += [f"{name(label.name)}\tbgColor:{_tint(label)}" for label in known]
    return "\n".join(lines) + "\n"


@cache
def tints() -> tuple[str, ...]:
    """Return the tints of the hues in the light palette, in order."""
    hues = json.loads(path("theme.json").read_text("utf-8"))["hues"]["light"]
    return tuple(hue[2].lower() for hue in hues)


def _tint(label: Label) -> str:
    if label.colour:
        return mixed(label.colour, "#ffffff", TINT)
    return tints()[(label.hue - 1) % len(tints())]


def _shown(*titles: str) -> list[str]:
    shown = (" ".join(re.sub(r"[|#\[\]]", " ", title).split()) for title in titles)
    return [title for title in shown if title]

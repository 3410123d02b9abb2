"""Reads annotation.conf and visual.conf: the names that brat knows become labels, relation types and attributes.

Source of the format: brat's page “annotation configuration” (brat.nlplab.org). Event types are labels too, and their
roles relation types, as brat_reader.py reads events.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rubricator.errors import UserError
from rubricator.formats import files
from rubricator.formats.brat.conf import tints
from rubricator.model.colours import is_colour
from rubricator.model.scheme import SHORT_MAX, Attribute, Label, RelationType, Scheme, new_label
from rubricator.model.text import decode
from rubricator.words import message

_SECTION = re.compile(r"\[(\w+)\]")
_MACRO = re.compile(r"<([^>\s]+)>\s*=\s*(.*)")
_ROLE = re.compile(r"([^\s:?*+{]+)[^\s:]*")
_GENERIC = frozenset({"<ENTITY>", "<EVENT>", "<ANY>", "<RELATION>", "<SPAN>"})
_PARENTS = 3
"""In how many folders annotation.conf is looked for: brat takes the nearest one upwards."""

Line = tuple[int, str, str]
"""How deep a line is indented, its name, and the rest."""


def read_configuration(folder: Path, within: Path | None) -> Scheme | None:
    """Return what the nearest annotation.conf declares, or None where there is none; UserError names file and line.

    A link that leads out of the folder `within` is not followed.
    """
    for place in (folder, *folder.parents)[:_PARENTS]:
        path = place / "annotation.conf"
        if files.beside(path, within):
            visual = place / "visual.conf"
            return _scheme(path, visual if files.beside(visual, within) else None)
    return None


@dataclass
class _Found:
    """What was declared, in the order of the file."""

    labels: dict[str, Label] = field(default_factory=dict)
    relations: dict[str, RelationType] = field(default_factory=dict)
    attributes: dict[str, Attribute] = field(default_factory=dict)


def _scheme(path: Path, visual: Path | None) -> Scheme:
    sections = _sections(path)
    shown = _sections(visual) if visual else {}
    titles = _titles(shown.get("labels", []))
    colours = _colours(shown.get("drawing", []))
    found = _Found()
    for name in ("spans", "entities", "events"):
        above: list[tuple[int, str]] = []
        for depth, word, _rest in sections.get(name, []):
            while above and above[-1][0] >= depth:
                above.pop()
            _add_label(found, word.lstrip("!"), above[-1][1] if above else "")
            above.append((depth, word.lstrip("!")))
    for _depth, word, rest in sections.get("relations", []):
        _add_relation(found, word, rest)
    for _depth, word, rest in sections.get("events", []):
        _add_roles(found, word.lstrip("!"), rest)
    for _depth, word, rest in sections.get("attributes", []):
        values = tuple(v for v in _arguments(rest).get("Value", "").split("|") if v)
        title = titles.get(word, ("", ""))[0] or word
        found.attributes.setdefault(word, Attribute(word, title, "choice" if values else "flag", values))
    labels = tuple(_shown(label, titles, colours) for label in found.labels.values())
    known = {label.name for label in labels}
    relations = tuple(
        one._replace(
            title=titles.get(one.name, ("", ""))[0] or one.name,
            sources=tuple(name for name in one.sources if name in known),
            targets=tuple(name for name in one.targets if name in known),
        )
        for one in found.relations.values()
    )
    return Scheme(path.parent.name, labels=labels, relations=relations, attributes=tuple(found.attributes.values()))


def _add_label(found: _Found, name: str, parent: str) -> None:
    if name and name not in found.labels:
        made = new_label(name, Scheme(labels=tuple(found.labels.values())))
        found.labels[name] = made._replace(parent=parent if parent != name else "")


def _shown(label: Label, titles: Mapping[str, tuple[str, str]], colours: Mapping[str, str]) -> Label:
    title, short = titles.get(label.name, ("", ""))
    label = label._replace(title=title or label.title, short=short[:SHORT_MAX] or label.short)
    colour = colours.get(label.name, "")
    if colour in tints():
        return label._replace(hue=tints().index(colour) + 1)
    return label._replace(colour=colour) if colour else label


def _add_relation(found: _Found, name: str, rest: str) -> None:
    said = _arguments(rest)
    kind = said.pop("<REL-TYPE>", "")
    ends = [tuple(part for part in value.split("|") if part not in _GENERIC) for value in said.values()]
    sources, targets = [*ends, (), ()][:2]
    known = found.relations.get(name)
    if known:  # brat declares a type again for each pair of ends
        sources = tuple(dict.fromkeys((*known.sources, *sources))) if sources and known.sources else ()
        targets = tuple(dict.fromkeys((*known.targets, *targets))) if targets and known.targets else ()
    found.relations[name] = RelationType(name, name, sources, targets, symmetric="symmetric" in kind.split("-"))


def _add_roles(found: _Found, event: str, rest: str) -> None:
    for role, value in _arguments(rest).items():
        ends = tuple(part for part in value.split("|") if part not in _GENERIC)
        known = found.relations.get(role)
        sources = tuple(dict.fromkeys((*(known.sources if known else ()), event)))
        targets = tuple(dict.fromkeys((*known.targets, *ends))) if known and known.targets and ends else ends
        if known and not known.targets:
            targets = ()
        found.relations[role] = RelationType(role, role, sources, targets)


def _arguments(rest: str) -> dict[str, str]:
    """Return `Arg1:A|B, Arg2:C` as a mapping, without the signs of how often a role may be taken."""
    said: dict[str, str] = {}
    for part in rest.split(","):
        name, colon, value = part.strip().partition(":")
        match = _ROLE.match(name) if not name.startswith("<") else None
        if colon:
            said[match[1] if match else name] = value.strip()
    return said


def _titles(lines: list[Line]) -> dict[str, tuple[str, str]]:
    """Return the title and the shortest name of each type of `Type | Title | Shorter | …`."""
    found: dict[str, tuple[str, str]] = {}
    for _depth, word, rest in lines:
        names = [part.strip() for part in f"{word} {rest}".split("|")]
        if len(names) > 1 and names[0]:
            shorts = [name for name in names[1:] if 0 < len(name) <= SHORT_MAX]
            found[names[0]] = names[1], shorts[-1] if shorts else ""
    return found


def _colours(lines: list[Line]) -> dict[str, str]:
    found: dict[str, str] = {}
    for _depth, word, rest in lines:
        colour = _arguments(rest).get("bgColor", "").lower()
        if is_colour(colour):
            found[word] = colour
    return found


def _sections(path: Path) -> dict[str, list[Line]]:
    """Return the lines of each section, with macros put in."""
    text = decode(files.whole(path), path.name).text
    found: dict[str, list[Line]] = {}
    macros: dict[str, str] = {}
    section = ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.partition("#")[0] if not _is_drawing(section) else raw
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if match := _SECTION.fullmatch(line.strip()):
            section = match[1]
            found.setdefault(section, [])
        elif match := _MACRO.fullmatch(line.strip()):
            macros[f"<{match[1]}>"] = _put_in(match[2], macros)
        elif not section:
            raise UserError(
                message("{file}, line {line}: it stands before the first section.", file=path.name, line=number),
                message("Begin the file with “[entities]”, or take it out of the folder."),
            )
        else:
            depth = len(line) - len(line.lstrip("\t "))
            word, *rest = line.strip().split(None, 1)
            found[section].append((depth, word, _put_in(rest[0], macros) if rest else ""))
    return found


def _is_drawing(section: str) -> bool:
    return section in {"drawing", "labels"}  # there `#` begins a colour


def _put_in(words: str, macros: Mapping[str, str]) -> str:
    for name, value in macros.items():
        words = words.replace(name, value)
        if len(words) > 1 << 16:
            raise UserError(
                message("annotation.conf: its macros make a line without end."),
                message("Take annotation.conf out of the folder, or make it again."),
            )
    return words

"""Reads and writes the labelling configuration of Label Studio: the tags that say which names there are.

Source of the format: Label Studio's documentation of its tags (labelstud.io/tags). Labels are labels here, choices and
taxonomies of the whole text are topics, and what is asked of each region (`perRegion`) is an attribute.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from rubricator.formats.files import beside
from rubricator.formats.topics.table import PATH_JOIN
from rubricator.formats.xml_document import Element, read_xml
from rubricator.model.colours import is_colour
from rubricator.model.scheme import KEYS, Attribute, AttributeKind, Label, RelationType, Scheme, Topic, new_label
from rubricator_resources import path as resource

TEXTS = frozenset({"Text", "HyperText"})
_KINDS: Mapping[str, AttributeKind] = {"TextArea": "text", "Rating": "number", "Number": "number", "DateTime": "text"}


@dataclass
class Configuration:
    """What a configuration declares: `texts` says under which key of a task the text of each name stands."""

    scheme: Scheme
    texts: Mapping[str, str]


def configuration_beside(source: Path, within: Path | None) -> Configuration | None:
    """Return what the configuration beside a file declares, or None; UserError names file and line."""
    for name in (f"{source.stem}.xml", "label_config.xml", "config.xml"):
        path = source.with_name(name)
        if beside(path, within):
            return _configuration(read_xml(path), source.parent.name)
    return None


def _configuration(root: Element, name: str) -> Configuration:
    found = Scheme(name)
    texts: dict[str, str] = {}
    for tag in _within(root):
        said = tag.attributes
        per_region = said.get("perRegion", "").lower() == "true"
        if tag.local in TEXTS:
            texts[said.get("name", "")] = said.get("value", "").lstrip("$")
        elif tag.local.endswith("Labels"):
            for one in tag.children:
                if one.local == "Label" and (label := _label(one, found)) is not None:
                    found = found.with_new(label)
        elif tag.local in {"Choices", "Taxonomy"} and not per_region:
            known = found.topics_by_code
            found = replace(found, topics=(*found.topics, *(x for x in _topics(tag, tag.local) if x.code not in known)))
        elif tag.local == "Relation":
            if said.get("value") and said["value"] not in found.relations_by_name:
                found = replace(found, relations=(*found.relations, RelationType(said["value"], said["value"])))
        elif per_region and said.get("name") and (attribute := _attribute(tag)) is not None:
            known_ones = found.attributes_by_name
            found = found if attribute.name in known_ones else replace(found, attributes=(*found.attributes, attribute))
    return Configuration(found, texts)


def _within(root: Element) -> Iterator[Element]:
    stack = [root]
    while stack:
        tag = stack.pop()
        yield tag
        stack.extend(reversed(tag.children))


def _named(tag: Element) -> tuple[str, str]:
    """Return the name that stands in the results, and the words for people."""
    value = tag.attributes.get("value", "")
    return tag.attributes.get("alias") or value, value


def _label(tag: Element, known: Scheme) -> Label | None:
    name, title = _named(tag)
    if not name or name in known.by_name:
        return None
    label = new_label(name, known)
    key = tag.attributes.get("hotkey", "").lower()
    if len(key) == 1 and key in KEYS and key not in known.by_key:
        label = label._replace(key=key)
    colour = tag.attributes.get("background", "").lower()
    hint = tag.attributes.get("hint", "")
    label = label._replace(title=title if title != name else label.title, definition=hint)
    if colour in _colours():
        return label._replace(hue=_colours().index(colour) + 1)
    return label._replace(colour=colour) if is_colour(colour) else label


@cache
def _colours() -> tuple[str, ...]:
    """Return the colours of the hues in the light palette, in order."""
    hues = json.loads(resource("theme.json").read_text("utf-8"))["hues"]["light"]
    return tuple(hue[0].lower() for hue in hues)


def _topics(tag: Element, kind: str, above: tuple[str, ...] = ()) -> Iterator[Topic]:
    for one in tag.children:
        if one.local != "Choice" or not (name := _named(one)[0]):
            continue
        path = (*above, name)
        code, parent = (PATH_JOIN.join(path), PATH_JOIN.join(above)) if kind == "Taxonomy" else (name, "")
        yield Topic(code, _named(one)[1] or name, one.attributes.get("hint", ""), parent)
        yield from _topics(one, kind, path)


def _attribute(tag: Element) -> Attribute | None:
    name = tag.attributes["name"]
    if tag.local == "Choices":
        values = tuple(value for one in tag.children if (value := _named(one)[0]))
        several = tag.attributes.get("choice", "").startswith("multiple")
        return Attribute(name, name, "choices" if several else "choice", tuple(dict.fromkeys(values)))
    kind = _KINDS.get(tag.local)
    return Attribute(name, name, kind) if kind else None


# --- written ------------------------------------------------------------------------------------------------------


@dataclass
class Used:
    """The names that the articles use, in the order of their first use (a dict keeps it)."""

    labels: dict[str, None] = field(default_factory=dict)
    topics: dict[str, None] = field(default_factory=dict)
    relations: dict[str, None] = field(default_factory=dict)
    attributes: dict[tuple[str, str], dict[str, None]] = field(default_factory=dict)
    """By name and type of result, with the choices."""

    def add(self, other: Used) -> None:
        """Take in what another article uses."""
        self.labels.update(other.labels)
        self.topics.update(other.topics)
        self.relations.update(other.relations)
        for key, values in other.attributes.items():
            self.attributes.setdefault(key, {}).update(values)


def label_config(scheme: Scheme, used: Used, controls: tuple[str, str, str]) -> str:
    """Return the configuration that shows what was written; `controls` names its text, labels and topics."""
    text, labels, topics = controls
    declared = {label.name: None for label in scheme.labels}
    lines = ["<View>", f"  <Text{_said(name=text, value='$text')}/>"]
    lines += _group(
        "Labels",
        {"name": labels, "toName": text},
        (_label_tag(name, scheme.by_name.get(name)) for name in [*declared, *(used.labels.keys() - declared.keys())]),
    )
    known = scheme.topics_by_code
    lines += _group(
        "Choices",
        {"name": topics, "toName": text, "choice": "multiple"},
        (_choice(code, known[code].name if code in known else code) for code in sorted(used.topics)),
    )
    relations = dict.fromkeys([*scheme.relations_by_name, *used.relations])
    lines += _group("Relations", {}, (f"<Relation{_said(value=name)}/>" for name in relations))
    for (name, kind), values in used.attributes.items():
        asked = {"name": name, "toName": text, "perRegion": "true"}
        if kind == "choices":
            attribute = scheme.attributes_by_name.get(name)
            several = "single" if attribute and attribute.kind == "choice" else "multiple"
            every = dict.fromkeys([*(attribute.values if attribute else ()), *values])
            lines += _group("Choices", {**asked, "choice": several}, (_choice(one, one) for one in every))
        else:
            lines.append(f"  <{'Number' if kind == 'number' else 'TextArea'}{_said(**asked)}/>")
    return "\n".join([*lines, "</View>", ""])


def _group(tag: str, said: Mapping[str, str], parts: Iterable[str]) -> list[str]:
    inner = [f"    {part}" for part in parts]
    return [f"  <{tag}{_said(**said)}>", *inner, f"  </{tag}>"] if inner else []


def _label_tag(name: str, label: Label | None) -> str:
    said: dict[str, Any] = {"value": name}
    if label is not None:
        said = {"value": label.title or name, "alias": name} if label.title not in ("", name) else said
        said["background"] = label.colour or _colours()[(label.hue - 1) % len(_colours())]
        said |= {"hotkey": label.key} if label.key else {}
        said |= {"hint": label.definition} if label.definition else {}
    return f"<Label{_said(**said)}/>"


def _choice(value: str, title: str) -> str:
    return f"<Choice{_said(value=title, alias=value) if title != value else _said(value=value)}/>"


def _said(**attributes: str) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())

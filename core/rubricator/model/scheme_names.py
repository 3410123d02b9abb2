"""A scheme with labels or other parts renamed, merged or taken out, in all its parts that name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from rubricator.model.scheme import Attribute, Label, RelationType, Rule, Scheme
from rubricator.words import message, say

Part = TypeVar("Part", Attribute, RelationType)


def with_label(scheme: Scheme, name: str, new: Label) -> Scheme:
    """Put another label in the place of one, and its name wherever the old one stands."""
    labels = tuple(new if one.name == name else one for one in scheme.labels)
    return renamed(replace(scheme, labels=labels), {name: new.name} if name != new.name else {})


def with_names(label: Label, name: str, title: str, short: str = "") -> Label:
    """Return a label with another name and title, and another short form if one is given."""
    return label._replace(name=name, title=title, short=short or label.short)


def titled(old: Label | Attribute | RelationType, name: str, title: str = "") -> str:
    """Return the title that a part has under another name: a new one, or its own, which may be its name."""
    return title or (name if old.title == old.name else old.title)


def title_in(parts: Mapping[str, Label] | Mapping[str, Attribute] | Mapping[str, RelationType], name: str) -> str:
    """Return what people call one of the parts of a scheme; its name where it is not there."""
    found = parts.get(name)
    return (found.title if found is not None else "") or name


def renaming(old: Label | Attribute | RelationType | None, name: str, title: str = "") -> str:
    """Tell for the history that a part was renamed, by the titles that people know; by names where the title stays."""
    if old is None:
        return name  # nothing comes of it
    was, now = old.title or old.name, titled(old, name, title) or name
    return f"{was} → {now}" if was != now else f"{was}: {old.name} → {name}"


def with_attribute(scheme: Scheme, name: str, new: Attribute | None) -> Scheme:
    """Put another attribute in the place of one, or take it out."""
    return replace(scheme, attributes=_instead(scheme.attributes, name, new))


def with_relation(scheme: Scheme, name: str, new: RelationType | None) -> Scheme:
    """Put another relation type in the place of one, or take it out."""
    return replace(scheme, relations=_instead(scheme.relations, name, new))


def with_value(scheme: Scheme, attribute: str, value: str, new: str) -> Scheme:
    """Give a value of an attribute another name, also where it is the default."""
    old = scheme.attributes_by_name.get(attribute)
    if old is None:
        return scheme
    values = tuple(dict.fromkeys(new if one == value else one for one in old.values))
    return with_attribute(
        scheme, attribute, old._replace(values=values, default=value_renamed(old.default, value, new))
    )


def value_renamed(said: Any, value: str, new: str) -> Any:
    """Return what is said, with another name of a value; of several each stands once."""
    if isinstance(said, list | tuple):
        return list(dict.fromkeys(new if one == value else one for one in said)) if value in said else said
    return new if said == value else said


def _instead(parts: Iterable[Part], name: str, new: Part | None) -> tuple[Part, ...]:
    found = (new if one.name == name else one for one in parts)
    return tuple(one for one in found if one is not None)


def merged(scheme: Scheme, labels: Iterable[str], into: str, keeps: bool = False) -> Scheme:
    """Put one label in the place of others; `keeps`: what was written of those stands in its guideline then."""
    names = {label: into for label in labels if label != into}
    kept = scheme.by_name[into]
    if keeps:
        written = (kept.guideline, *(_written(scheme.by_name[name]) for name in names))
        new = kept._replace(guideline="\n\n".join(filter(None, written)))
        scheme = replace(scheme, labels=tuple(new if one is kept else one for one in scheme.labels))
        kept = new
    under = {name: scheme.by_name[name].parent for name in names}
    parent = _above(scheme, kept.parent, under)
    left = tuple(one._replace(parent=parent) if one is kept else one for one in scheme.labels if one.name not in names)
    return renamed(replace(scheme, labels=left), names)


def says_what(label: Label) -> bool:
    """Say whether anything was written of a label: a definition, or a guideline."""
    return bool(label.definition.strip() or label.guideline.strip())


def _written(label: Label) -> str:
    """Return what was written of a label that goes, under a heading that names it."""
    if not says_what(label):
        return ""
    heading = say(message("From {title}", title=label.title or label.name))
    return "\n\n".join(filter(None, (f"### {heading}", label.definition.strip(), label.guideline.strip())))


def without(scheme: Scheme, label: str) -> Scheme:
    """Take a label out; what stood under it stands where it stood."""
    parent = scheme.by_name[label].parent
    left = (one._replace(parent=parent) if one.parent == label else one for one in scheme.labels if one.name != label)
    return renamed(replace(scheme, labels=tuple(left)), {label: ""})


def renamed(scheme: Scheme, names: Mapping[str, str]) -> Scheme:
    """Return the scheme with other names of labels in all its parts; "" for one that is gone.

    A part that named only what is gone would mean every label then: it goes too.
    """
    if not names:
        return scheme

    def each(labels: Iterable[str]) -> tuple[str, ...]:
        found = (names.get(label, label) for label in labels)
        return tuple(dict.fromkeys(label for label in found if label))

    def of_labels(part: Attribute) -> Attribute | None:
        labels = each(part.labels)
        return None if part.labels and not labels else part._replace(labels=labels)

    def of_ends(part: RelationType) -> RelationType | None:
        sources, targets = each(part.sources), each(part.targets)
        if (part.sources and not sources) or (part.targets and not targets):
            return None
        return part._replace(sources=sources, targets=targets)

    def of_values(rule: Rule) -> Rule | None:
        values = dict(rule.values)
        for key in ("labels", "inner", "outer"):
            if isinstance(values.get(key), list | tuple) and values[key]:
                values[key] = list(each(str(item) for item in values[key]))
                if not values[key]:
                    return None
        return rule._replace(values=values)

    return replace(
        scheme,
        labels=tuple(one._replace(parent=names.get(one.parent, one.parent)) for one in scheme.labels),
        attributes=tuple(part for one in scheme.attributes if (part := of_labels(one)) is not None),
        relations=tuple(end for one in scheme.relations if (end := of_ends(one)) is not None),
        rules=tuple(rule for one in scheme.rules if (rule := of_values(one)) is not None),
        examples=tuple(
            one._replace(label=names.get(one.label, one.label))
            for one in scheme.examples
            if names.get(one.label, one.label)
        ),
    )


def _above(scheme: Scheme, parent: str, gone: Mapping[str, str]) -> str:
    """Return what a label stands under once others are gone into it: nothing that stood under one of them."""
    found, name, seen = parent, parent, set[str]()
    while name in scheme.by_name and name not in seen:
        seen.add(name)
        if name in gone:
            found = gone[name]
        name = scheme.by_name[name].parent
    return found

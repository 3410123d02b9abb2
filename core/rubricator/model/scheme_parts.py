"""The parts of a scheme as JSON values, out and in: labels, topics, attributes, relation types, examples, rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rubricator.model.colours import is_colour
from rubricator.model.scheme import (
    ATTRIBUTE_KINDS,
    HUES,
    SHORT_MAX,
    Attribute,
    Example,
    Label,
    RelationType,
    Rule,
    Topic,
    short_for,
)
from rubricator.model.scheme_fields import Fields, SchemeError, named_fields, only_once
from rubricator.words import message

FIELDS = {
    "labels": "name title short definition key hue colour parent guideline",
    "topics": "code name definition parent retired synonyms note instead",
    "attributes": "name title kind values labels required default chip key definition",
    "relations": "name title sources targets symmetric key definition",
    "examples": "id label quote before after counter note",
}
"""What each list of a scheme says of its parts; rules say what their kind asks for."""


def label_to_json(label: Label) -> dict[str, Any]:
    """Return a label as JSON values."""
    return {
        "name": label.name,
        "title": label.title,
        "short": label.short,
        "definition": label.definition,
        "key": label.key,
        "hue": label.hue,
        **_said(colour=label.colour, parent=label.parent, guideline=label.guideline),
        **label.extra,
    }


def topic_to_json(topic: Topic) -> dict[str, Any]:
    """Return a topic as JSON values."""
    return {
        "code": topic.code,
        "name": topic.name,
        **_said(
            definition=topic.definition,
            parent=topic.parent,
            retired=topic.retired,
            synonyms=list(topic.synonyms),
            note=topic.note,
            instead=list(topic.instead),
        ),
    }


def attribute_to_json(attribute: Attribute) -> dict[str, Any]:
    """Return an attribute as JSON values."""
    a = attribute
    said = _said(values=list(a.values), labels=list(a.labels), required=a.required, chip=a.chip)
    default = {} if a.default is None else {"default": a.default}
    return {
        "name": a.name,
        "title": a.title,
        "kind": a.kind,
        **said,
        **default,
        **_said(key=a.key, definition=a.definition),
        **a.extra,
    }


def relation_to_json(relation: RelationType) -> dict[str, Any]:
    """Return a relation type as JSON values."""
    r = relation
    ends = _said(sources=list(r.sources), targets=list(r.targets), symmetric=r.symmetric)
    return {"name": r.name, "title": r.title, **ends, **_said(key=r.key, definition=r.definition), **r.extra}


def example_to_json(example: Example) -> dict[str, Any]:
    """Return an example as JSON values."""
    x = example
    around = _said(before=x.before, after=x.after, counter=x.counter, note=x.note)
    return {"id": x.id, "label": x.label, "quote": x.quote, **around}


def rule_to_json(rule: Rule) -> dict[str, Any]:
    """Return a rule as JSON values."""
    return {"id": rule.id, "kind": rule.kind, **rule.values}


def _said(**values: Any) -> dict[str, Any]:
    """Leave out what is empty."""
    return {key: value for key, value in values.items() if value}


# --- in -------------------------------------------------------------------------------------------------------------


def label_from_json(value: object, where: str = "") -> Label:
    """Read a label; what is missing is filled in as for a new one."""
    item, name = named_fields(value, message("a label"), where)
    hue = item.value.get("hue", 1)
    if not isinstance(hue, int) or isinstance(hue, bool) or not 1 <= hue <= HUES:
        raise item.wrong(message("label {label} has a hue outside 1 to {most}", label=name, most=HUES))
    colour = item.text("colour")
    if colour and not is_colour(colour):
        why = message("label {label} has the colour “{colour}”: write one as #rrggbb", label=name, colour=colour)
        raise item.wrong(why)
    short = item.text("short") or short_for(name)
    if len(short) > SHORT_MAX:
        raise item.wrong(message("the short name of label {label} has more than four letters", label=name))
    return Label(
        name=name,
        title=item.text("title") or name,
        short=short,
        definition=item.text("definition"),
        key=item.key(name),
        hue=hue,
        parent=item.text("parent"),
        guideline=item.text("guideline"),
        colour=colour.lower(),
        extra=item.rest(FIELDS["labels"]),
    )


def topic_from_json(value: object, where: str = "") -> Topic:
    """Read a topic."""
    if not isinstance(value, Mapping) or not (item := Fields(value, where)).text("code").strip():
        raise SchemeError(where, message("a topic has no code"))
    code = item.text("code")
    return Topic(
        code=code,
        name=item.text("name") or code,
        definition=item.text("definition"),
        parent=item.text("parent"),
        retired=item.text("retired"),
        synonyms=item.texts("synonyms"),
        note=item.text("note"),
        instead=item.texts("instead"),
    )


def attribute_from_json(value: object, where: str = "") -> Attribute:
    """Read an attribute."""
    item, name = named_fields(value, message("an attribute"), where)
    kind = item.text("kind") or "text"
    if kind not in ATTRIBUTE_KINDS:
        kinds = ", ".join(ATTRIBUTE_KINDS)
        why = message("attribute {name} is of the kind “{kind}”, not one of {kinds}", name=name, kind=kind, kinds=kinds)
        raise item.wrong(why)
    values = item.texts("values")
    if kind in {"choice", "choices"} and not values:
        raise item.wrong(message("attribute {name} has no values to choose from", name=name))
    only_once(values, message("value"), where)
    attribute = Attribute(
        name=name,
        title=item.text("title") or name,
        kind=kind,
        values=values,
        labels=item.texts("labels"),
        required=item.flag("required"),
        default=item.value.get("default"),
        chip=item.flag("chip"),
        key=item.key(name),
        definition=item.text("definition"),
        extra=item.rest(FIELDS["attributes"]),
    )
    if attribute.default is not None and not attribute.fits(attribute.default):
        raise item.wrong(message("the default of attribute {name} is none of its values", name=name))
    return attribute


def relation_from_json(value: object, where: str = "") -> RelationType:
    """Read a relation type."""
    item, name = named_fields(value, message("a relation type"), where)
    return RelationType(
        name=name,
        title=item.text("title") or name,
        sources=item.texts("sources"),
        targets=item.texts("targets"),
        symmetric=item.flag("symmetric"),
        key=item.key(name),
        definition=item.text("definition"),
        extra=item.rest(FIELDS["relations"]),
    )


def example_from_json(value: object, where: str = "") -> Example:
    """Read an example."""
    item = Fields(value if isinstance(value, Mapping) else {}, where)
    if not all(item.text(key) for key in ("id", "label", "quote")):
        raise item.wrong(message("an example lacks its id, its label or its quote"))
    words = {key: item.text(key) for key in ("id", "label", "quote", "before", "after", "note")}
    return Example(**words, counter=item.flag("counter"))


def rule_from_json(value: object, where: str = "") -> Rule:
    """Read a rule; its meaning is rules.py's."""
    if not isinstance(value, Mapping):
        raise SchemeError(where, message("a rule is not an object"))
    item = Fields(value, where)
    return Rule(item.text("id"), item.text("kind"), item.rest("id kind"))

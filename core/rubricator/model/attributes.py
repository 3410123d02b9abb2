"""What annotations say beside their label: the edits that write it, and how it is put into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rubricator.model.edits import Edit, Op, Set
from rubricator.model.rules import attribute_violations, unsaid
from rubricator.model.scheme import Attribute, Scheme
from rubricator.model.sight import Sight
from rubricator.model.spans import Annotation, Stamp
from rubricator.words import Message, message, say


def set_attribute(
    annotations: Sequence[Annotation], name: str, value: Any, by: Stamp, sight: Sight, scheme: Scheme
) -> Edit:
    """Make the edit that writes an attribute of annotations of one article; None takes it away.

    Who says with it what was wanting has looked at them where that was asked for, in the `sight` that one has of the
    scheme; not to the end where more has to be said.
    """
    ops: list[Op] = []
    for one in annotations:
        old = one.attributes.get(name)
        if old != value:
            ops.append(Set("annotation", one.id, f"attributes.{name}", old, value))
            ops.append(Set("annotation", one.id, "modified", _pair(one.modified), [by.by, by.at]))
            said = one.but(attributes={**one.attributes, name: value})
            answers = _wants(one, scheme) and not _wants(said, scheme)
            ops += (sight.of_attributes if answers else sight.blind).ops(one)
    first = annotations[0]
    about = {"label": first.label, "name": name, "value": value, "n": len(annotations)}
    return Edit("attribute", tuple(ops), first.article, about)


def _wants(annotation: Annotation, scheme: Scheme) -> bool:
    """Say whether an annotation lacks an attribute, or says what it cannot say."""
    return bool(unsaid(annotation, scheme)) or any(attribute_violations(annotation, scheme))


def _pair(stamp: Stamp | None) -> list[str] | None:
    return [stamp.by, stamp.at] if stamp else None


def by_default(scheme: Scheme, label: str) -> dict[str, Any]:
    """Return what a new annotation with this label says beside it: it is written, so that all who read it see it."""
    return {
        attribute.name: attribute.default
        for attribute in scheme.attributes
        # two schemes that were merged may have one that is no value of its attribute
        if attribute.default is not None and attribute.of(label) and attribute.fits(attribute.default)
    }


def relabelled(scheme: Scheme, annotation: Annotation, label: str) -> Mapping[str, Any]:
    """Return what an annotation says under another label: what it said, and by default what only that one can say."""
    said = annotation.attributes
    could = {attribute.name for attribute in scheme.attributes_of(annotation.label)}
    new = {name: value for name, value in by_default(scheme, label).items() if name not in could}
    return {**said, **{name: value for name, value in new.items() if said.get(name) is None}}


def chip_values(scheme: Scheme, annotation: Annotation) -> list[Any]:
    """Return the values that are shown beside the label: those of attributes that the scheme wants to be seen."""
    return [
        value
        for attribute in scheme.attributes_of(annotation.label)
        if attribute.chip and (value := annotation.attributes.get(attribute.name)) is not None
    ]


_CHIP_MOST = 12
"""Characters of a value on a chip, which is as wide as it needs to be: a free text may be a sentence."""


def chip_words(scheme: Scheme, annotation: Annotation) -> list[str]:
    """Return what stands on an annotation's chip beside the label: short values; of yes and no what is yes."""
    found: list[str] = []
    for attribute in scheme.attributes:
        if attribute.chip and attribute.of(annotation.label):
            value = annotation.attributes.get(attribute.name)
            if value is not False:
                words = (attribute.title or attribute.name) if value is True else say(in_words(value))
                found.append(short_value(" ".join(words.split())))
    return [words for words in found if words]


def short_value(words: str) -> str:
    """Return a value as it stands on a chip: one that is long is cut."""
    return words if len(words) <= _CHIP_MOST else f"{words[: _CHIP_MOST - 1].rstrip()}…"


def in_words(value: Any) -> str | Message:
    """Return a value as people read it."""
    if value is True:
        return message("yes")
    if value is False:
        return message("no")
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value)


def toggled(attribute: Attribute, said: Any, value: str) -> Any:
    """Return what an attribute is after one of its values was pressed: chosen, or let go of; None for nothing."""
    if attribute.kind == "choice":
        return None if said == value else value
    chosen = list(said) if isinstance(said, list | tuple) else []
    chosen = [item for item in chosen if item != value] if value in chosen else [*chosen, value]
    return [item for item in attribute.values if item in chosen] or None

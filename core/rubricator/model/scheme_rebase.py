"""What one did to a scheme, done again to another one: while one edits it, somebody else may have changed it.

Of two who changed one part each keeps the fields they changed; of one field that both changed, mine stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from rubricator.model.scheme import Attribute, Example, Label, RelationType, Rule, Scheme, Topic

P = TypeVar("P", Label, Topic, Attribute, RelationType, Rule, Example)

_KIND = frozenset({"kind", "values", "default"})
"""Fields that mean something together: where the kind is another one, they are those of whoever changed it."""
_COLOUR = frozenset({"hue", "colour"})
_GIVEN = frozenset({"short", "key", *_COLOUR})
"""What a new label is given unasked: where both added it, that of the one who wrote it first."""


def rebased(mine: Scheme, base: Scheme, theirs: Scheme) -> Scheme:
    """Return `theirs` with all that makes `mine` out of `base`.

    A part that I changed and they took out is there still; what stood under it stands higher.
    """
    topics = theirs.topics if mine.topics is base.topics else _parts(mine.topics, base.topics, theirs.topics, _code)
    found = replace(
        theirs,
        name=_field(mine.name, base.name, theirs.name),
        description=_field(mine.description, base.description, theirs.description),
        guideline=_field(mine.guideline, base.guideline, theirs.guideline),
        labels=_parts(mine.labels, base.labels, theirs.labels, _name),
        topics=topics,
        rules=_parts(mine.rules, base.rules, theirs.rules, _id),
        attributes=_parts(mine.attributes, base.attributes, theirs.attributes, _name),
        relations=_parts(mine.relations, base.relations, theirs.relations, _name),
        examples=_parts(mine.examples, base.examples, theirs.examples, _id),
    )
    return _without_lost(found, base)


def names_in(scheme: Scheme) -> frozenset[tuple[str, str]]:
    """Return what names the parts of a scheme that one edits: the list they stand in, and their name or id."""
    named = [("labels", one.name) for one in scheme.labels]
    named += [("attributes", one.name) for one in scheme.attributes]
    named += [("relations", one.name) for one in scheme.relations]
    return frozenset([*named, *(("rules", one.id) for one in scheme.rules)])


def _name(part: Label | Attribute | RelationType) -> str:
    return part.name


def _id(part: Rule | Example) -> str:
    return part.id


def _code(part: Topic) -> str:
    return part.code


def _without_lost(scheme: Scheme, base: Scheme) -> Scheme:
    """Have nothing stand under a label that is gone, and no example be of one: nobody could mend that in a form."""

    def above(parent: str) -> str:
        while parent and parent not in scheme.by_name and parent in base.by_name:
            parent = base.by_name[parent].parent
        return parent

    lost = {one.parent for one in scheme.labels if one.parent} - scheme.by_name.keys()
    labels = tuple(one._replace(parent=above(one.parent)) if one.parent in lost else one for one in scheme.labels)
    examples = tuple(one for one in scheme.examples if one.label in scheme.by_name)
    return replace(scheme, labels=labels, examples=examples)


# --- parts ------------------------------------------------------------------------------------------------------------


def _parts(mine: Iterable[P], base: Iterable[P], theirs: Iterable[P], key: Callable[[P], str]) -> tuple[P, ...]:
    was, will, found = ({key(one): one for one in parts} for parts in (base, mine, theirs))
    there = list(found)
    for name, one in will.items():
        old, other = was.get(name), found.get(name)
        if other is not None and old != one:
            found[name] = _both_changed(one, old, other) if old is not None else _both_added(one, other)
        elif old != one:
            found[name] = one
            was.pop(name, None)  # where they took it out, it stands where one that I added would
    return tuple(found[name] for name in _order(list(will), list(was), there))


def _both_changed(mine: P, base: P, theirs: P) -> P:
    fields = {name: _field(*each) for name, *each in zip(mine._fields, mine, base, theirs, strict=True)}
    for together in _coupled(mine, base, theirs):
        changed = any(getattr(mine, name) != getattr(base, name) for name in together)
        fields |= {name: getattr(mine if changed else theirs, name) for name in together}
    return _with(mine, fields)


def _both_added(mine: P, theirs: P) -> P:
    """Return what two added under one name: where mine says nothing, what theirs says."""
    if getattr(mine, "kind", "") != getattr(theirs, "kind", ""):
        return mine
    said = {name: value for name, value in mine._asdict().items() if value or (name == "default" and value is False)}
    if isinstance(mine, Label):
        said = {name: value for name, value in said.items() if name not in _GIVEN}
    if isinstance(mine, Attribute) and isinstance(theirs, Attribute):
        said["values"] = tuple(dict.fromkeys((*theirs.values, *mine.values)))  # somebody may have said one of them
    return _with(theirs, said)


def _with(part: P, fields: Mapping[str, Any]) -> P:
    any_part: Any = part
    found: P = any_part._replace(**fields)
    return found


def _coupled(mine: P, base: P, theirs: P) -> list[frozenset[str]]:
    """Return the fields that have to come from one of the two."""
    if isinstance(mine, Label):
        return [_COLOUR]
    kinds = {getattr(one, "kind", "") for one in (mine, base, theirs)}
    return [_KIND & set(mine._fields)] if len(kinds) > 1 else []


# --- fields -----------------------------------------------------------------------------------------------------------


def _field(mine: Any, base: Any, theirs: Any) -> Any:
    """Return one field: that of who changed it, mine where both did; of lists each item, of mappings each key."""
    if mine == base:
        return theirs
    if theirs == base:
        return mine
    if all(isinstance(one, Mapping) for one in (mine, base, theirs)):
        each = {key: _field(mine.get(key), base.get(key), theirs.get(key)) for key in {**theirs, **mine}}
        return {key: value for key, value in each.items() if value is not None}
    if all(map(_names, (mine, base, theirs))):
        return type(mine)(_order(list(mine), list(base), list(theirs))) or mine
    return mine


def _names(value: Any) -> bool:
    """Say whether a value is a list of names; an empty one means every label, and nothing is put in or taken out."""
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(item, str) for item in value)


def _order(mine: list[Any], base: list[Any], theirs: list[Any]) -> list[Any]:
    """Return what is in both, and what only one of them added, in my order if I moved any of it, else in theirs."""
    had, have, there = set(base), set(mine), set(theirs)
    kept = [one for one in mine if one in there or one not in had]
    if [one for one in mine if one in had] != [one for one in base if one in have]:
        return [*kept, *(one for one in theirs if one not in have and one not in had)]
    found = [one for one in theirs if one in have or one not in had]
    last = max((place for place, one in enumerate(kept) if one in there), default=-1)
    for place, one in enumerate(kept[: last + 1]):
        if one not in there:
            found.insert(found.index(kept[place - 1]) + 1 if place else 0, one)
    return [*found, *kept[last + 1 :]]

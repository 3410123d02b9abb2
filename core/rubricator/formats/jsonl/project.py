"""Checks the first line of Rubricator JSONL, version 1: the project with its scheme, annotators and entities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rubricator.formats.base import Header, Person
from rubricator.formats.json_values import (
    Bad,
    choice_of,
    each,
    flag_of,
    id_of,
    kept,
    name_of,
    object_of,
    objects_of,
    rest_of,
    text_of,
    texts_of,
)
from rubricator.formats.jsonl.words import LAYER_KINDS, PERSON_KEYS, PROJECT_KEYS
from rubricator.model.scheme import Scheme
from rubricator.model.scheme_fields import SchemeError
from rubricator.model.scheme_json import scheme_from_json
from rubricator.words import message


class People:
    """The annotators of a header, found by what layers call them."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self._by_id: dict[str, Person] = {}
        self._by_name: dict[str, list[Person]] = {}
        for person in people:
            if person.id:
                self._by_id[person.id] = person
            if person.name:
                self._by_name.setdefault(person.name, []).append(person)

    def find(self, called: str) -> Person | None:
        """Return the annotator with this id, else the only one of this name; None where the header knows none."""
        named = self._by_name.get(called, [])
        if called in self._by_id or not named:
            return self._by_id.get(called)
        if len(named) > 1:
            raise Bad(
                message("several annotators are called “{name}”.", name=called),
                message("Name the annotator of this layer by id."),
            )
        return named[0]


def read_header(value: dict[str, Any], where: str) -> Header:
    """Make the header of a project; `where` names file and line in errors."""
    people = tuple(each(objects_of(value, "annotators"), message("annotator"), _person))
    ids: set[str] = set()
    names: set[str] = set()
    for person in people:
        if person.id in ids or (not person.id and person.name in names):
            raise Bad(message("the annotator “{name}” stands in it twice.", name=person.id or person.name))
        names.add(person.name)
        if person.id:
            ids.add(person.id)
    entities = objects_of(value, "entities")
    entity_ids: set[str] = set()
    for entity in each(entities, message("entity"), _checked_entity):
        if entity in entity_ids:
            raise Bad(message("the entity “{id}” stands in it twice.", id=entity))
        entity_ids.add(entity)
    rechecks = tuple(each(objects_of(value, "rechecks"), message("recheck"), _recheck))
    if len({recheck["id"] for recheck in rechecks}) < len(rechecks):
        raise Bad(message("a recheck stands in it twice."))
    return Header(
        name=text_of(value, "name"),
        scheme=_scheme(value.get("scheme"), where),
        people=people,
        entities=tuple(entities),
        extra=rest_of(value, PROJECT_KEYS),
        rechecks=rechecks,
    )


def _recheck(item: dict[str, Any]) -> dict[str, Any]:
    found = id_of(item, "id")
    if not found:
        raise Bad(message("it has no id."))
    labels, named = texts_of(item, "labels"), object_of(item, "annotations")
    value = {**kept(item), "id": found, "labels": list(labels), "what": text_of(item, "what")}
    more = {"annotations": dict(named), "parts": list(texts_of(item, "parts")), "to_say": flag_of(item, "to_say")}
    return {**{key: kept for key, kept in value.items() if key not in more}, **{k: v for k, v in more.items() if v}}


def _person(item: dict[str, Any]) -> Person:
    kind = choice_of(item, "kind", LAYER_KINDS, "human")
    person = Person(id_of(item, "id"), name_of(item, "name"), kind, rest_of(item, PERSON_KEYS))
    if not person.id and not person.name.strip():
        raise Bad(message("it has neither a name nor an id."))
    return person


def _checked_entity(item: dict[str, Any]) -> str:
    for key in ("name", "kind", "external"):
        text_of(item, key)
    texts_of(item, "aliases")
    kept(item)
    found = id_of(item, "id")
    if not found:
        raise Bad(message("it has no id."))
    item["id"] = found
    return found


def _scheme(value: object, where: str) -> Scheme | None:
    if value is None:
        return None
    try:
        return scheme_from_json(kept(value), where)
    except SchemeError as error:
        raise Bad(message("its scheme cannot be read: {why}.", why=error.why), error.hint) from error

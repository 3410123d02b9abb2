"""What in the lists of a project names nothing, or cannot be read: said by the doctor, refused by nobody.

Two people who each do what is right make such things together: one deletes what the other names. Nothing is lost by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from rubricator.model.entities import EXTERNAL, entity_from
from rubricator.model.rules import RULE_KINDS
from rubricator.model.scheme import Scheme
from rubricator.model.scheme_fields import SchemeError
from rubricator.model.scheme_parts import (
    attribute_from_json,
    example_from_json,
    label_from_json,
    relation_from_json,
    rule_from_json,
    topic_from_json,
)
from rubricator.model.scheme_whole import misfits
from rubricator.words import Message, message, plural

Found = Sequence[tuple[str, Mapping[str, Any]]]
"""Elements of one kind: id and value."""
Elements = Callable[[str], Found]

_PARTS: tuple[tuple[str, str, Callable[[object], object]], ...] = (
    ("label", "name", label_from_json),
    ("topic", "code", topic_from_json),
    ("rule", "id", rule_from_json),
    ("attribute", "name", attribute_from_json),
    ("relationtype", "name", relation_from_json),
    ("example", "id", example_from_json),
)
_NAMED = ("label", "topic", "rule")
"""Kinds of parts of which the name alone is kept, where the rest cannot be read."""


def oddities(scheme: Scheme, elements: Elements) -> Iterator[Message]:
    """Yield all that is odd in the scheme and the lists of a project; `elements` gives those of a kind."""
    for fault in misfits(scheme):
        yield message("The scheme will not do: {why}.", why=fault.why)
    yield from _unread(elements)
    yield from _of_rules(scheme)
    yield from _of_topics(scheme, elements("topic"))
    yield from _of_entities(scheme, elements("entity"))
    yield from _of_labels(scheme, elements)


def _unread(elements: Elements) -> Iterator[Message]:
    """Yield the parts of the scheme that say what none can say: merging may bring them, or a newer program."""
    for kind, name, read in _PARTS:
        for uid, value in elements(kind):
            try:
                read({**value, name: uid})
            except SchemeError as error:
                if kind in _NAMED:
                    yield message("Of a part of the scheme only the name is used: {why}.", why=error.why)
                else:
                    yield message("A part of the scheme cannot be read: {why}.", why=error.why)


def _of_rules(scheme: Scheme) -> Iterator[Message]:
    for n, rule in enumerate(scheme.rules, 1):
        if rule.kind and rule.kind not in RULE_KINDS:
            kind = rule.kind
            yield message(
                "Rule {n} is of a kind that this version does not know, “{kind}”: none obeys it.", n=n, kind=kind
            )


def _of_topics(scheme: Scheme, topics: Found) -> Iterator[Message]:
    for code, value in topics:
        if not str(value.get("name") or "").strip():
            yield message("The topic {code} has no name.", code=code)
    for topic in scheme.topics:
        for other in topic.instead:
            if other not in scheme.topics_by_code:
                yield message(
                    "Instead of the topic “{topic}”, {other} is to be given, which is not there.",
                    topic=topic.name,
                    other=other,
                )


def _of_entities(scheme: Scheme, found: Found) -> Iterator[Message]:
    entities = [entity_from(uid, value) for uid, value in found]
    listed = {one.id for one in entities}
    if n := sum(not str(value.get("name") or "").strip() for _uid, value in found):
        yield plural("{n} entity has no name.", "{n} entities have no name.", n)
    for kind, n in Counter(one.kind for one in entities if one.kind not in ("", *scheme.by_name)).items():
        yield plural(
            "{n} entity is of the kind {kind}, which is no label.",
            "{n} entities are of the kind {kind}, which is no label.",
            n,
            kind=kind,
        )
    by_id: dict[str, list[str]] = {}
    for entity in entities:
        if entity.external:
            by_id.setdefault(entity.external, []).append(entity.name)
    for external, names in by_id.items():
        if len(names) > 1:
            words = {"external": external, "names": ", ".join(names[:5])}
            yield message("Several entities have the external id {external}: {names}. Put them together.", **words)
        if not EXTERNAL.fullmatch(external):
            words = {"name": names[0], "external": external[:40]}
            yield message("The external id of {name}, “{external}”, is neither of Wikidata nor an address.", **words)
    for entity in entities:
        if any(other not in listed for other in entity.different):
            yield message("{name} is told apart from an entity that is not on the list.", name=entity.name)


def _of_labels(scheme: Scheme, elements: Elements) -> Iterator[Message]:
    """Yield what names labels that are gone: word lists, and what was to be looked at again."""
    for _uid, value in elements("recheck"):
        for label in _gone(value["labels"], scheme):
            yield message("What carries {label} was to be looked at again, but that label is gone.", label=label)
    for _uid, value in elements("wordlist"):
        for label in _gone((label for _words, label in value["names"]), scheme):
            name = value["name"]
            yield message("The word list “{name}” has words for {label}, which is no label.", name=name, label=label)


def _gone(labels: Iterable[object], scheme: Scheme) -> list[str]:
    return [label for label in dict.fromkeys(map(str, labels)) if label not in scheme.by_name]

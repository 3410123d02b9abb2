"""Topic trees from parsed JSON: IPTC's own "cptall" export and Rubricator's topics file (`rubricator-topics`, 1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from rubricator.errors import UserError
from rubricator.model.scheme import Topic
from rubricator.words import Message, message

LANGUAGE = "en-GB"
"""The language of names where the one asked for is missing."""


def read_topics(value: object, where: str, language: str = LANGUAGE) -> tuple[Topic, ...]:
    """Read either kind of file into topics in tree order; UserError names the file and what is wrong with it."""
    if isinstance(value, Mapping) and "conceptSet" in value:
        return read_iptc(value, where, language)
    if isinstance(value, Mapping) and "rubricator-topics" in value:
        return read_own(value, where)
    raise _bad(where, message("it has neither “conceptSet” (IPTC) nor “rubricator-topics” (Rubricator) at its top"))


def read_iptc(value: Mapping[str, Any], where: str, language: str = LANGUAGE) -> tuple[Topic, ...]:
    """Read IPTC's "cptall" JSON: every concept, the retired ones too, with the first parent it names."""
    concepts = _objects(value, "conceptSet", where)
    codes = {_text(concept, "uri", where): _code(concept, "qcode", where) for concept in concepts}
    return in_tree_order((_iptc_topic(concept, codes, where, language) for concept in concepts), where)


def read_own(value: Mapping[str, Any], where: str) -> tuple[Topic, ...]:
    """Read Rubricator's topics file: objects with code, name, and at will definition, parent and retired."""
    if value.get("rubricator-topics") != 1:
        raise _bad(where, message("it is not of version 1, the only one this Rubricator knows"))
    found = []
    for item in _objects(value, "topics", where):
        code = _code(item, "code", where)
        definition, parent, retired = (_text(item, key, where) for key in ("definition", "parent", "retired"))
        found.append(Topic(code, _text(item, "name", where) or code, definition, parent, retired))
    return in_tree_order(found, where)


def in_tree_order(topics: Iterable[Topic], where: str) -> tuple[Topic, ...]:
    """Return the topics with each parent before its children; what the file gives first stays first.

    A parent that the file does not hold leaves its topic at the top, so that an extract of a tree still reads.
    """
    by_code: dict[str, Topic] = {}
    for topic in topics:
        if topic.code in by_code:
            raise _bad(where, message("the topic {code} stands in it twice", code=topic.code))
        by_code[topic.code] = topic
    children: dict[str, list[Topic]] = {}
    for topic in by_code.values():
        if topic.parent and topic.parent not in by_code:
            topic = replace(topic, parent="")
        children.setdefault(topic.parent, []).append(topic)
    ordered: list[Topic] = []
    waiting = list(reversed(children.get("", [])))
    while waiting:
        topic = waiting.pop()
        ordered.append(topic)
        waiting.extend(reversed(children.get(topic.code, [])))
    if len(ordered) < len(by_code):
        reached = {topic.code for topic in ordered}
        lost = next(code for code in by_code if code not in reached)
        raise _bad(where, message("the topic {code} is, by way of its parents, above itself", code=lost))
    return tuple(ordered)


def _iptc_topic(concept: Mapping[str, Any], codes: Mapping[str, str], where: str, language: str) -> Topic:
    code = _code(concept, "qcode", where)
    broader = concept.get("broader") or ""
    first = broader[0] if isinstance(broader, list) else broader
    if not isinstance(first, str):
        raise _bad(where, message("the parent of {code} is not given as text", code=code))
    return Topic(
        code=code,
        name=_in_language(concept.get("prefLabel"), language) or code,
        definition=_in_language(concept.get("definition"), language),
        parent=codes.get(first, first),
        retired=_text(concept, "retired", where),
    )


def _in_language(words: object, language: str) -> str:
    """Return the words in this language, else in a relative of it ("en-US"), else in LANGUAGE, else in any."""
    if isinstance(words, str):
        return words.strip()
    if not isinstance(words, Mapping):
        return ""
    known = {str(key).lower(): text.strip() for key, text in words.items() if isinstance(text, str) and text.strip()}
    for wanted in (language.lower(), LANGUAGE.lower()):
        if wanted in known:
            return known[wanted]
        stem = wanted.split("-")[0]
        relative = next((text for key, text in known.items() if key.split("-")[0] == stem), "")
        if relative:
            return relative
    return next(iter(known.values()), "")


def _objects(value: Mapping[str, Any], key: str, where: str) -> list[Mapping[str, Any]]:
    found = value.get(key)
    if not isinstance(found, list) or not all(isinstance(item, Mapping) for item in found):
        raise _bad(where, message("“{key}” is not a list of objects", key=key))
    if not found:
        raise _bad(where, message("“{key}” is empty", key=key))
    return found


def _code(value: Mapping[str, Any], key: str, where: str) -> str:
    code = _text(value, key, where).strip()
    if not code:
        raise _bad(where, message("a topic has no “{key}”", key=key))
    return code


def _text(value: Mapping[str, Any], key: str, where: str) -> str:
    found = value.get(key)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise _bad(where, message("“{key}” of a topic is not text", key=key))
    return found


def _bad(where: str, why: Message) -> UserError:
    return UserError(
        message("{file} is not a topics file Rubricator can read: {why}.", file=where, why=why),
        message("Take IPTC’s “cptall” file in JSON, or a topics file of Rubricator."),
    )

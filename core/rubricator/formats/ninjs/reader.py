"""Reads a news item of ninjs: its text with the headline before it, its subjects as topics, its people as entities.

Version 1 says `headline`, `body_text`, `subject`, `person`; versions 2 and 3 say `headlines`, `bodies`, `subjects`,
`people`. Of several bodies the first in HTML is read, as it has paragraphs, else the first in plain text, else the
description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from rubricator.errors import UserError
from rubricator.formats.base import Header, Record
from rubricator.formats.html_text import text_of_html
from rubricator.formats.json_document import bad_in
from rubricator.formats.json_values import Bad, kind_of, number_of, objects_of, text_of
from rubricator.formats.reading import Draft, layer
from rubricator.formats.text import about
from rubricator.model.ids import named_id
from rubricator.model.scheme import Scheme, Topic
from rubricator.model.spans import TopicTag, Zone
from rubricator.model.text import canonical
from rubricator.words import message

MEDIATOPIC = "http://cv.iptc.org/newscodes/mediatopic/"
TEXT_ROLE = "rubricator:text"
"""The role of a body that holds the whole text of an article of ours, its headline too."""
ID_ROLE = "rubricator:id"

STRINGS = {
    "byline": "by",
    "published": "versioncreated",
    "dateline": "located",
    **{
        key: key
        for key in (
            "type representationtype profile version firstcreated contentcreated embargoed pubstatus copyrightholder"
            " copyrightnotice usageterms ednote language title slugline expires"
        ).split()
    },
}
"""Which of our metadata stands under which key of an item."""

HTML_MOST = 1 << 18
"""Characters of HTML in one body: a long read has a tenth of it, and the parser is slow where it is broken."""

_META = {there: ours for ours, there in STRINGS.items()} | {"byline": "byline"}
_KINDS = {
    "person": "PERSON",
    "people": "PERSON",
    "organisation": "ORGANIZATION",
    "organisations": "ORGANIZATION",
    "place": "LOCATION",
    "places": "LOCATION",
    "event": "EVENT",
    "events": "EVENT",
    "object": "OBJECT",
    "objects": "OBJECT",
}
_IDS = "7b1d3ac5-6a52-5c0e-9c5a-2a4c8f3a9d71"
_MEDTOP = re.compile(r"(?:https?://cv\.iptc\.org/newscodes/mediatopic/|medtop:)(\d{8})")
_ADDRESS = re.compile(r"https?://\S+")


def read_item(value: Any, source: Path) -> Iterator[Header | Record]:
    """Yield the names of the topics, the entities and the article of an item; UserError names the file."""
    item = as_object(value, source.name)
    try:
        topics = dict(topic for key in ("subject", "subjects") for topic in _topics(objects_of(item, key)))
        entities = list(_entities(item))
        title, text, ours = _words(item)
        meta = _meta(item)
        uid = next((text_of(one, "value") for one in _altids(item) if one.get("role") == ID_ROLE), "")
    except Bad as bad:
        raise bad_in(source.name, bad) from bad
    if not text.strip():
        raise UserError(
            message("{file} holds no words: it has no body and no description.", file=source.name),
            message("Take it out of the import."),
        )
    draft = Draft(text, source.name)
    for key in _unheld(item):
        draft.note("unheld", f"{source.name}: {key}")
    if topics:
        yield Header(scheme=Scheme(topics=tuple(Topic(code, name or code) for code, name in topics.items())))
    if entities:
        yield Header(entities=tuple(entities))
    found = about(draft.text, source.stem)
    tags = tuple(TopicTag("", "", "", code) for code in topics)
    layers = [replace(layer("", ()), topics=tags)] if tags else []
    record = draft.record(layers, title if title or ours else found.title, uid, meta)
    if not ours and title and draft.text.startswith(title):
        record = replace(record, zones=(Zone("headline", 0, len(title)),))
    yield record


def as_object(value: Any, file: str) -> dict[str, Any]:
    """Return an item; UserError where it is none."""
    if isinstance(value, dict):
        return value
    raise UserError(
        message("{file}: a news item is an object in braces, this is {kind}.", file=file, kind=kind_of(value)),
        message("Put each item into a file of its own."),
    )


def topic_of(subject: Mapping[str, Any]) -> tuple[str, str]:
    """Return the code and the name of a subject; the code of a Media Topic as `medtop:20000638`."""
    uri, literal, name = (text_of(subject, key).strip() for key in ("uri", "literal", "name"))
    scheme, code = text_of(subject, "scheme"), text_of(subject, "code").strip()
    match = _MEDTOP.fullmatch(uri) or _MEDTOP.fullmatch(literal) or _MEDTOP.fullmatch(code)
    if match:
        return f"medtop:{match[1]}", name
    if code:
        if "mediatopic" in scheme or scheme.rstrip("/").endswith("medtop"):
            return f"medtop:{code}", name
        return f"{scheme}{code}", name
    return uri or literal or name, name


def _topics(subjects: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for subject in subjects:
        code, name = topic_of(subject)
        if code:
            yield code, name


def _entities(item: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for key, kind in _KINDS.items():
        for one in objects_of(item, key):
            name = " ".join(text_of(one, "name").split())
            scheme, code = text_of(one, "scheme"), text_of(one, "code")
            external = text_of(one, "uri") or (f"{scheme}{code}" if code else "")
            if name:
                entity = {"id": named_id(_IDS, kind, external or name), "name": name, "kind": kind}
                yield {**entity, "external": external} if external else entity


def _words(item: Mapping[str, Any]) -> tuple[str, str, bool]:
    """Return the headline, the text that begins with it, and whether that is one that we wrote."""
    headlines = objects_of(item, "headlines")
    main = next((one for one in headlines if one.get("role") == "main"), headlines[0] if headlines else {})
    headline = text_of(item, "headline") or text_of(main, "value")
    bodies = objects_of(item, "bodies")
    for body in bodies:
        if body.get("role") == TEXT_ROLE:
            return headline, text_of(body, "value"), True
    headline = canonical(" ".join(headline.split())).text
    body_text = _body(item, "body_", bodies) or _body(item, "description_", objects_of(item, "descriptions"))
    if not headline or body_text.startswith(headline):
        return headline, body_text, False
    return headline, f"{headline}\n\n{body_text}" if body_text.strip() else headline, False


def _body(item: Mapping[str, Any], prefix: str, several: list[dict[str, Any]]) -> str:
    """Return the text of the best of several bodies: HTML has paragraphs, so it goes before plain text."""
    found = [("html" if key.endswith("html") else "text", text_of(item, key)) for key in item if key.startswith(prefix)]
    found += [(text_of(body, "contenttype") or "text", text_of(body, "value")) for body in several]
    marked = [words for kind, words in found if "html" in kind and words.strip()]
    plain = [words for kind, words in found if "html" not in kind and "xml" not in kind and words.strip()]
    other = [words for kind, words in found if "xml" in kind and "html" not in kind and words.strip()]
    for words in marked or plain or other:
        if words in plain:
            return canonical(words).text.strip()
        if len(words) > HTML_MOST:
            raise Bad(message("its HTML is longer than {most} characters.", most=HTML_MOST))
        return text_of_html(words)
    return ""


def _meta(item: Mapping[str, Any]) -> dict[str, Any]:
    meta: dict[str, Any] = {}
    for there, ours in _META.items():
        value = text_of(item, there)
        if value:
            meta[ours] = value
    urgency = number_of(item, "urgency")
    if urgency is not None:
        meta["urgency"] = urgency
    source = next((text_of(one, "name") for one in _sources(item)), "")
    if source:
        meta["source"] = source
    uri = text_of(item, "uri")
    if uri and not uri.startswith("urn:rubricator:"):
        meta["url" if _ADDRESS.fullmatch(uri) else "uri"] = uri
    return meta


def _sources(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [*objects_of(item, "infosources"), *objects_of(item, "infosource")]


def _altids(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    return objects_of(item, "altids") if isinstance(item.get("altids"), list) else []


def _unheld(item: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys of what has no place with us."""
    held = {*_META, *_KINDS, "subject", "subjects", "infosource", "infosources", "urgency", "uri", "standard"}
    read = ("headline", "body", "bodies", "description", "$")
    for key, value in item.items():
        if key in held or key.startswith(read) or not value:
            continue
        if key == "altids" and all(one.get("role") == ID_ROLE for one in _altids(item)) and _altids(item):
            continue
        yield key

"""Checks one article of Rubricator JSONL, version 1, and makes a record of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rubricator.formats.base import LayerRecord, Record
from rubricator.formats.json_values import (
    ID_MOST,
    INT_MOST,
    Bad,
    choice_of,
    each,
    id_of,
    kept,
    kind_of,
    list_of,
    name_of,
    number_of,
    object_of,
    objects_of,
    rest_of,
    text_of,
    texts_of,
    whole_of,
)
from rubricator.formats.jsonl.project import People
from rubricator.formats.jsonl.words import (
    ANNOTATION_KEYS,
    ARTICLE_KEYS,
    LAYER_KEYS,
    LAYER_KINDS,
    ORIGINS,
    STAMP_KEYS,
    TOPIC_KEYS,
    ZONE_KEYS,
    ZONE_KINDS,
)
from rubricator.model.elements import STATUSES
from rubricator.model.spans import NOTHING, Annotation, Fragment, Span, Stamp, TopicTag, Zone, reading_order
from rubricator.model.text import Unit, canonical, converter, digest
from rubricator.words import as_line, message, plural

Offset = Callable[[int], int] | None
"""Turns an offset of the file into a code point of the canonical text; ValueError where there is none. None: it is."""

QUOTED_MOST = 1 << 26
"""Characters under all the spans of one article: a short line can ask for more than any memory holds."""

_SHOWN = 80
_FARTHEST = 2**40

_PLAIN = frozenset("id label fragments quote origin scheme created".split())

_ZONE, _LAYER, _ANNOTATION = message("zone"), message("layer"), message("annotation")
_TOPIC, _RELATION, _COMMENT, _DECISION = message("topic"), message("relation"), message("comment"), message("decision")


def read_article(value: dict[str, Any], raw: Any, unit: Unit, people: People, where: str, replaced: int) -> Record:
    """Make the record of an article; `raw` is its text as it stands in the file, `unit` what the offsets count."""
    source = _text(raw)
    made = canonical(source)
    text = made.text
    if not text.strip():
        raise Bad(message("the text is empty."))
    _check_digest(text_of(value, "sha256"), source, text)
    convert = None if unit == "codepoint" else converter(source, unit)

    def mapped(found: int) -> int:
        point = convert(found) if convert else found
        if point > len(source):
            raise ValueError(f"offset {found} lies outside the text")
        return made.offset(point)

    offset: Offset = None if convert is None and len(text) == len(source) else mapped
    left: list[str] = []
    zones = tuple(each(objects_of(value, "zones"), _ZONE, lambda item: _zone(item, offset, len(text), left)))
    used: set[str] = set()
    read_layer = _LayerReader(text, offset, people, used, left)
    layers = tuple(each(objects_of(value, "layers"), _LAYER, read_layer))
    seen: set[str] = set()
    for layer in layers:
        if layer.annotator in seen:
            raise Bad(message("there are two layers of “{name}”.", name=layer.annotator))
        seen.add(layer.annotator)
    notes = made.notes()
    if replaced:
        notes.append(
            plural(
                "{n} forbidden character outside the text became U+FFFD",
                "{n} forbidden characters outside the text became U+FFFD",
                replaced,
            )
        )
    if left:
        keys = ", ".join(f"“{key}”" for key in dict.fromkeys(left[:20]))
        notes.append(
            plural(
                "{n} unknown key was left out: {keys}", "{n} unknown keys were left out: {keys}", len(left), keys=keys
            )
        )
    return Record(
        text=text,
        id=id_of(value, "id"),
        title=text_of(value, "title"),
        meta=object_of(value, "meta"),
        zones=zones,
        cluster=name_of(value, "cluster"),
        layers=layers,
        extra=rest_of(value, ARTICLE_KEYS),
        where=where,
        notes=tuple(notes),
    )


def _text(raw: Any) -> str:
    if raw is None:
        raise Bad(
            message("there is no “text”."), message("Each article needs one: {example}", example='{"text": "..."}')
        )
    if not isinstance(raw, str):
        raise Bad(message("“text” should be text, and is {kind}.", kind=kind_of(raw)))
    return raw


def _check_digest(sha256: str, source: str, text: str) -> None:
    """The digest may be that of the text in the file, or of the text as it will be kept."""
    if not sha256 or sha256.lower() == digest(text):
        return
    try:
        if source != text and sha256.lower() == digest(source):
            return
    except UnicodeEncodeError:
        pass
    raise Bad(
        message("the text does not match its “sha256”: it was changed after the file was made."),
        message("Export the file again, or take “sha256” out if the change was meant."),
    )


def _zone(item: dict[str, Any], offset: Offset, length: int, left: list[str]) -> Zone:
    kind = choice_of(item, "kind", ZONE_KINDS, "")
    if not kind:
        raise Bad(message("it has no kind."))
    ((start, end),) = _fragments([[item.get("start"), item.get("end")]], offset, length)
    left.extend(key for key in item if key not in ZONE_KEYS)
    return Zone(kind, start, end)


class _LayerReader:
    """Reads the layers of one article; ids are unique over all of them."""

    def __init__(self, text: str, offset: Offset, people: People, used: set[str], left: list[str]) -> None:
        self._text = text
        self._offset = offset
        self._people = people
        self._used = used
        self._left = left
        self._quoted = 0
        self._stamped: tuple[object, Stamp] = (None, Stamp("", ""))

    def __call__(self, item: dict[str, Any]) -> LayerRecord:
        called = name_of(item, "annotator")
        person = self._people.find(called)
        annotations = each(objects_of(item, "annotations"), _ANNOTATION, self._annotation)
        annotations.sort(key=reading_order)
        topics = tuple(each(objects_of(item, "topics"), _TOPIC, self._topic))
        if len({tag.topic for tag in topics}) < len(topics):
            raise Bad(message("a topic stands in it twice."))
        return LayerRecord(
            annotator=(person.id or person.name) if person else called,
            kind=choice_of(item, "kind", LAYER_KINDS, person.kind if person else "human"),
            status=choice_of(item, "status", STATUSES, "todo"),
            flags=texts_of(item, "flags"),
            seconds=max(number_of(item, "seconds") or 0, 0),
            annotations=tuple(annotations),
            topics=topics,
            relations=tuple(each(objects_of(item, "relations"), _RELATION, self._relation)),
            comments=tuple(each(objects_of(item, "comments"), _COMMENT, self._thing)),
            decisions=tuple(each(objects_of(item, "decisions"), _DECISION, self._thing)),
            extra=rest_of(item, LAYER_KEYS),
        )

    def _annotation(self, item: dict[str, Any]) -> Annotation:
        return self._plain(item) or self._any(item)

    def _plain(self, item: dict[str, Any]) -> Annotation | None:
        """Read what most annotations are, at one glance; None where one says more or anything else, or is wrong."""
        if not _PLAIN.issuperset(item):
            return None
        try:
            ((start, end),) = item["fragments"]
            found, label, quote = item["id"], item["label"], item["quote"]
        except (KeyError, TypeError, ValueError):
            return None
        origin, scheme = item.get("origin", "manual"), item.get("scheme", 0)
        if not (
            self._offset is None
            and type(start) is type(end) is int
            and 0 <= start < end <= len(self._text)
            and self._text[start:end] == quote
            and type(label) is str
            and label.strip()
            and type(found) is str
            and found.isprintable()
            and 0 < len(found) <= ID_MOST
            and found not in self._used
            and type(scheme) is int
            and 0 <= scheme <= INT_MOST
            and origin in ORIGINS
            and self._quoted + end - start <= QUOTED_MOST
        ):
            return None
        created = self._stamp(item, "created")
        self._used.add(found)
        self._quoted += end - start
        span = Span(((start, end),))  # by place, since arguments by name would take half as long again
        return Annotation(found, "", "", label, span, quote, NOTHING, "", "", None, origin, scheme, (), False, created)

    def _any(self, item: dict[str, Any]) -> Annotation:
        label = text_of(item, "label")
        if not label.strip():
            raise Bad(message("it has no label."))
        span = Span(_fragments(_pairs(item), self._offset, len(self._text)))
        self._quoted += len(span)
        if self._quoted > QUOTED_MOST:
            raise Bad(message("the spans of this article hold too much text altogether."))
        quote = span.quote(self._text)
        said = item.get("quote")
        if said is not None and said != quote:
            _check_quote(text_of(item, "quote"), quote)
        exact = item.get("exact")
        if exact is not None and not isinstance(exact, bool):
            raise Bad(message("“exact” should be true or false."))
        return Annotation(  # most say little: what is not there is not looked at
            id=self._id(item),
            article="",
            annotator="",
            label=label,
            span=span,
            quote=quote,
            attributes=object_of(item, "attributes") if "attributes" in item else NOTHING,
            note=text_of(item, "note") if "note" in item else "",
            entity=name_of(item, "entity") if "entity" in item else "",
            score=number_of(item, "score") if "score" in item else None,
            origin=choice_of(item, "origin", ORIGINS, "manual") if "origin" in item else "manual",
            scheme=whole_of(item, "scheme") if "scheme" in item else 0,
            seen=texts_of(item, "seen") if "seen" in item else (),
            exact=bool(exact),
            created=self._stamp(item, "created") if "created" in item else None,
            modified=self._stamp(item, "modified") if "modified" in item else None,
            extra=rest_of(item, ANNOTATION_KEYS),
        )

    def _id(self, item: dict[str, Any]) -> str:
        found = id_of(item, "id")
        if found:
            if found in self._used:
                raise Bad(message("the id “{id}” stands in this article twice.", id=found))
            self._used.add(found)
        return found

    def _stamp(self, item: dict[str, Any], key: str) -> Stamp | None:
        value = item.get(key)
        if value is None:
            return None
        if value == self._stamped[0]:  # those of one layer were mostly made at once
            return self._stamped[1]
        if not isinstance(value, dict):
            raise Bad(message("“{key}” should say “by” and “at”, and is {kind}.", key=key, kind=kind_of(value)))
        if not value.keys() <= STAMP_KEYS:
            self._left.extend(name for name in value if name not in STAMP_KEYS)
            return Stamp(text_of(value, "by"), text_of(value, "at"))
        self._stamped = (value, Stamp(text_of(value, "by"), text_of(value, "at")))
        return self._stamped[1]

    def _topic(self, item: dict[str, Any]) -> TopicTag:
        topic = name_of(item, "topic")
        if not topic.strip():
            raise Bad(message("it does not name its topic."))
        return TopicTag("", "", "", topic, text_of(item, "note"), texts_of(item, "evidence"), rest_of(item, TOPIC_KEYS))

    def _relation(self, item: dict[str, Any]) -> dict[str, Any]:
        for key in ("label", "from", "to"):
            if not text_of(item, key).strip():
                raise Bad(message("it has no “{key}”.", key=key))
        object_of(item, "attributes")
        return self._thing(item)

    def _thing(self, item: dict[str, Any]) -> dict[str, Any]:
        if item.get("id") is not None:
            item["id"] = self._id(item)
        kept(item)
        return item


def _pairs(item: dict[str, Any]) -> list[Any]:
    """Return the fragments of an annotation, from whichever way it gives them."""
    if item.get("fragments") is None:
        if item.get("start") is None or item.get("end") is None:
            raise Bad(
                message("it does not say where it lies."),
                message("Give “fragments”: [[start, end]], or “start” and “end”."),
            )
        return [[item["start"], item["end"]]]
    pairs = list_of(item, "fragments")
    if "start" not in item and "end" not in item:
        return pairs
    ends = [number for pair in pairs if isinstance(pair, list) for number in pair]
    for key, at in (("start", 0), ("end", -1)):
        if item.get(key) is not None and ends and item[key] != ends[at]:
            raise Bad(message("“{key}” says something else than “fragments”.", key=key))
    return pairs


def _fragments(pairs: list[Any], offset: Offset, length: int) -> tuple[Fragment, ...]:
    if not pairs:
        raise Bad(message("it has no fragments."))
    found: list[Fragment] = []
    last = 0
    for pair in pairs:
        if not isinstance(pair, list) or len(pair) != 2 or type(pair[0]) is not int or type(pair[1]) is not int:
            raise Bad(message("a place in the text is two whole numbers: [start, end]."))
        if pair[0] < 0 or pair[0] > _FARTHEST or pair[1] > _FARTHEST:
            raise _outside(pair, length)
        try:
            start, end = (offset(pair[0]), offset(pair[1])) if offset else pair
        except ValueError as error:
            if "inside" in str(error):
                raise Bad(
                    message("{start} to {end} cuts a character in two.", start=pair[0], end=pair[1]),
                    message("Check what the offsets count, and say it with --offsets."),
                ) from error
            raise _outside(pair, length) from error
        if start > length or end > length:
            raise _outside(pair, length)
        if start >= end:
            raise Bad(message("the fragment {start} to {end} is empty or turned round.", start=pair[0], end=pair[1]))
        if start < last:
            raise Bad(
                message(
                    "the fragment {start} to {end} overlaps the one before or stands out of order.",
                    start=pair[0],
                    end=pair[1],
                )
            )
        found.append((start, end))
        last = end
    return tuple(found)


def _outside(pair: list[int], length: int) -> Bad:
    start, end = (str(number)[:20] for number in pair)
    return Bad(
        message(
            "{start} to {end} lies outside the text, which has {length} characters.",
            start=start,
            end=end,
            length=length,
        ),
        message("Check what the offsets count, and say it with --offsets."),
    )


def _check_quote(said: str, quote: str) -> None:
    if canonical(said).text == quote:
        return
    raise Bad(
        message(
            "its quote says “{said}”, but the text there says “{found}”.",
            said=as_line(said, _SHOWN),
            found=as_line(quote, _SHOWN),
        ),
        message("Check what the offsets count, and say it with --offsets."),
    )

"""ninjs, the news of the IPTC as JSON: an object for each item; versions 1, 2 and 3 are read, 2.1 is written.

Source of the format: the pages and schemas of the IPTC (iptc.org/std/ninjs). Subjects are topics, those of the Media
Topics by their codes; people, places and organisations come in as entities. An item has no place for annotations.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rubricator.formats.base import Carried, Case, Choice, Header, Loss, ReadOptions, Record, WriteOptions
from rubricator.formats.file_names import numbered, stem_of
from rubricator.formats.json_document import read_json
from rubricator.formats.jsonl.writer import line
from rubricator.formats.losing import added_up, article_cases, layer_of, name_of, place_of
from rubricator.formats.ninjs.reader import ID_ROLE, MEDIATOPIC, STRINGS, TEXT_ROLE, as_object, read_item, topic_of
from rubricator.model.scheme import Scheme, Topic
from rubricator.model.text import FORBIDDEN, digest

_ITEM = re.compile(r'"(versioncreated|headlines?|bodies|body_\w+|descriptions|description_\w+)"\s*:')
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_MEDTOP = re.compile(r"medtop:(\d{8})")
_ENUMS = {
    "type": {"text", "audio", "video", "picture", "graphic", "composite", "component"},
    "pubstatus": {"usable", "withheld", "canceled"},
    "representationtype": {"full", "partial"},
}
_DATES = frozenset("firstcreated versioncreated contentcreated embargoed expires".split())


@dataclass
class _Plan:
    """What becomes of one article: the item, and what is lost."""

    item: dict[str, Any]
    lost: list[Case] = field(default_factory=list)


class Ninjs:
    """A folder of news items."""

    all_layers = False
    choices: tuple[Choice, ...] = ()

    def recognises(self, head: str) -> bool:
        """Say whether a file begins as a news item."""
        return head.lstrip("\ufeff \n\r\t").startswith("{") and '"uri"' in head and bool(_ITEM.search(head))

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the names of its topics, its entities, and the article."""
        return read_item(read_json(source, options.encoding), source)

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what a news item cannot hold: all annotations, first of all."""
        return added_up(_plan(record, {}).lost for record in records)

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the folder."""
        topics = (header.scheme or Scheme()).topics_by_code
        out.mkdir()
        for n, record in enumerate(records, 1):
            (out / f"{stem_of(n, record)}.json").write_bytes(line(_plan(record, topics).item))

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the text, what is said of it, and the topics."""
        return _carried(_plan(record, {}).item)

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the items back, in the order of their numbers."""
        return (_carried(as_object(read_json(path), path.name)) for path in numbered(out, ".json"))


def _carried(item: Mapping[str, Any]) -> Carried:
    subjects = item.get("subjects", ())
    carried: Carried = Counter(("topic", topic_of(subject)[0]) for subject in subjects)
    about = {key: value for key, value in item.items() if key not in {"bodies", "subjects", "standard"}}
    carried["text", digest(item["bodies"][0]["value"])] += 1
    carried["about", line(dict(sorted(about.items())))] += 1
    return carried


def _plan(record: Record, topics: Mapping[str, Topic]) -> _Plan:
    """Decide what becomes of an article; the only place that knows what a news item can hold."""
    layer, name = layer_of(record), name_of(record)
    plan = _Plan({"uri": _uri(record), "type": "text"})
    item = plan.item
    plan.lost.extend(("annotation", place_of(record, annotation)) for annotation in layer.annotations)
    plan.lost.extend(article_cases(record, layer, {"topic", "article"}))
    if record.zones or record.cluster or record.extra:
        plan.lost.append(("article", name))
    for key, value in record.meta.items():
        told = key in {"uri", "url"} and item["uri"] == value
        if not told and not _say(item, key, value):
            plan.lost.append(("article", f"{name}: {key}"))
    item["headlines"] = [{"role": "main", "value": _plain(record.title)}]
    item["bodies"] = [{"role": TEXT_ROLE, "contenttype": "text/plain", "value": record.text}]
    if layer.topics:
        item["subjects"] = [_subject(tag.topic, topics) for tag in layer.topics]
    if record.id:
        item["altids"] = [{"role": ID_ROLE, "value": record.id}]
    item["standard"] = {
        "name": "ninjs",
        "version": "2.1",
        "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_2.1.json",
    }
    return plan


def _uri(record: Record) -> str:
    for key in ("uri", "url"):
        if isinstance(value := record.meta.get(key), str) and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", value):
            return value
    return f"urn:rubricator:{quote(record.id, safe='') or digest(record.text)}"


def _say(item: dict[str, Any], key: str, value: Any) -> bool:
    """Put a piece of metadata into its place; return whether it has one."""
    if key == "urgency":
        if type(value) is int and 1 <= value <= 9:
            item[key] = value
            return True
        return False
    if not isinstance(value, str):
        return False
    match key:
        case "source":
            item["infosources"] = [{"name": _plain(value)}]
            return True
        case _:
            there = STRINGS.get(key, "")
            if not there or (there in _DATES and not _DATE.fullmatch(value)) or value not in _ENUMS.get(there, {value}):
                return False
            item[there] = _plain(value)
            return True


def _subject(code: str, topics: Mapping[str, Topic]) -> dict[str, str]:
    subject = {"name": _plain(topics[code].name)} if code in topics else {}
    if match := _MEDTOP.fullmatch(code):
        subject["uri"] = f"{MEDIATOPIC}{match[1]}"
    return {**subject, "literal": _plain(code)}


def _plain(words: str) -> str:
    return FORBIDDEN.sub("\ufffd", words)


FORMAT = Ninjs()

"""Make resources/rubricator_resources/samples/samples.jsonl from the sample texts and packaging/samples.txt.

Run it after an edit of either. The description is read line by line; fields are parted by ` | `:
`project | name`, `annotator | name | uuid`, `entity | LABEL | name`, `article | file | uuid`,
`layer | annotator | status | seconds | first time stamp`, `topic | code | note`, and for an annotation
`LABEL | quote` with, in any order, `all` (every occurrence) or `#2` (the second; else the first), `@Entity`
and a note. ⏎ in a quote stands for a line break; only whole words are found.
"""

from __future__ import annotations

import hashlib
import json
import sys
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rubricator.model.anatomy import read_anatomy

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "resources" / "rubricator_resources" / "samples"
NAMESPACE = uuid.UUID("5d3f0c7e-94b1-4c0a-9b53-6a1e2f7d8c40")


def named(*parts: object) -> str:
    """Return the same id for the same parts, so that a second run changes nothing."""
    return str(uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts)))


def places(text: str, quote: str) -> list[int]:
    """Return where the quote stands as whole words."""
    found, start = [], text.find(quote)
    while start >= 0:
        around = text[max(0, start - 1) : start] + text[start + len(quote) : start + len(quote) + 1]
        if not any(c.isalnum() for c in around):
            found.append(start)
        start = text.find(quote, start + 1)
    return found


def read_article(name: str, key: str) -> dict[str, Any]:
    """Return an article's line with what its anatomy says, and no layers yet."""
    text = (SAMPLES / name).read_text(encoding="utf-8")
    found = read_anatomy(text)
    meta = {"byline": found.byline, "published": found.published, "source": found.source, "dateline": found.dateline}
    return {
        "rubricator": 1,
        "kind": "article",
        "id": key,
        "text": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "title": found.title,
        "meta": {name: value for name, value in meta.items() if value} | {"language": "en"},
        "zones": [{"kind": zone.kind, "start": zone.start, "end": zone.end} for zone in found.zones],
        "layers": [],
    }


def annotate(
    article: dict[str, Any], annotator: str, clock: datetime, fields: list[str], entities: dict[str, str]
) -> None:
    """Add the annotations of one line to the article's last layer."""
    label, quote, *rest = fields
    text, quote = article["text"], quote.replace("⏎", "\n")
    which = next((field for field in rest if field == "all" or field[0] == "#"), "#1")
    entity = next((entities[field[1:]] for field in rest if field[0] == "@"), "")
    note = next((field for field in rest if field != which and field[0] != "@"), "")
    starts = places(text, quote)
    if which != "all":
        starts = starts[int(which[1:]) - 1 :][:1]
    if not starts:
        sys.exit(f"{article['title']}: “{quote}” ({which}) is not in the text")
    for start in starts:
        end = start + len(quote)
        mirrored = any(z["kind"] == "repeat" and z["start"] <= start and end <= z["end"] for z in article["zones"])
        annotation = {
            "id": named(article["id"], annotator, label, start, end),
            "label": label,
            "fragments": [[start, end]],
            "quote": quote,
            "note": note,
            "entity": entity,
            "origin": "repeat" if mirrored else "manual",
            "scheme": 1,
            "created": {"by": annotator, "at": clock.isoformat().replace("+00:00", "Z")},
        }
        article["layers"][-1]["annotations"].append({key: value for key, value in annotation.items() if value})


def make(description: str) -> str:
    """Return the JSONL that the description and the sample texts make."""
    project: dict[str, Any] = {"rubricator": 1, "kind": "project", "name": "", "annotators": [], "entities": []}
    articles: list[dict[str, Any]] = []
    entities: dict[str, str] = {}
    annotators: dict[str, str] = {}
    clock, annotator = datetime.min, ""
    for line in description.splitlines():
        fields = [field.strip() for field in line.split(" | ")]
        match fields:
            case [word] if not word or word[0] == "/":
                continue
            case ["project", name]:
                project["name"] = name
            case ["annotator", name, key]:
                annotators[name] = key
                project["annotators"].append({"id": key, "name": name, "kind": "human"})
            case ["entity", kind, name]:
                entities[name] = named("entity", kind, name)
                project["entities"].append({"id": entities[name], "name": name, "kind": kind})
            case ["article", name, key]:
                articles.append(read_article(name, key))
            case ["layer", name, status, seconds, at]:
                annotator, clock = annotators[name], datetime.fromisoformat(at)
                layer = {"annotator": name, "kind": "human", "status": status, "seconds": int(seconds)}
                articles[-1]["layers"].append({**layer, "annotations": [], "topics": []})
            case ["topic", code, *note]:
                topic = {"topic": code, "note": note[0]} if note else {"topic": code}
                articles[-1]["layers"][-1]["topics"].append(topic)
            case _:
                clock += timedelta(seconds=5 + 7 * len(fields))
                annotate(articles[-1], annotator, clock, fields, entities)
    for article in articles:
        for layer in article["layers"]:
            layer["annotations"].sort(key=lambda one: (one["fragments"][0][0], -one["fragments"][0][1], one["label"]))
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (project, *articles))


if __name__ == "__main__":
    made = make((ROOT / "packaging" / "samples.txt").read_text(encoding="utf-8"))
    (SAMPLES / "samples.jsonl").write_text(made, encoding="utf-8", newline="\n")

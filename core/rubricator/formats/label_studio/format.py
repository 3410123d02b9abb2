"""Label Studio: a folder with the tasks and the labelling configuration that shows them.

Source of the format: Label Studio's pages “export annotations”, “import pre-annotated data” and those of its tags
(labelstud.io). Offsets are written in UTF-16 units, as the browser counts. An annotator's name stands under
`annotator`, since Label Studio takes `completed_by` only of users that it knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rubricator.formats.base import Carried, Case, Choice, Header, LayerRecord, Loss, ReadOptions, Record, WriteOptions
from rubricator.formats.json_items import items, keys_of
from rubricator.formats.json_values import INT_MOST
from rubricator.formats.jsonl.writer import line, names_of
from rubricator.formats.label_studio.config import Used, label_config
from rubricator.formats.label_studio.reader import GROUND_TRUTH, read_label_studio
from rubricator.formats.losing import added_up, article_cases, place_of
from rubricator.formats.plain_spans import Place, planned_relations, planned_spans
from rubricator.model.scheme import Scheme
from rubricator.model.text import Units, digest

TEXT, LABEL, TOPIC = "text", "label", "topic"
"""What the text and the two ways of annotating it are called in the configuration."""

TASKS, CONFIG = "tasks.json", "label_config.xml"
_ROW = frozenset({"annotation_id", "annotator", "lead_time"})


@dataclass
class _Plan:
    """What becomes of one article: its task, the names it uses, what a reader finds, what is lost."""

    task: dict[str, Any]
    used: Used
    carried: Carried
    lost: list[Case] = field(default_factory=list)


class LabelStudio:
    """A folder for Label Studio."""

    all_layers = True
    choices: tuple[Choice, ...] = ("broken", "across")

    def recognises(self, head: str) -> bool:
        """Say whether the first object is a task, or a row of JSON-MIN."""
        keys = keys_of(head)
        task = "data" in keys and bool(keys & {"annotations", "completions", "predictions", "annotations.result"})
        return (task and "annotations.start_offset" not in keys) or len(keys & _ROW) > 1 or "predictions.result" in keys

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the configuration beside the file and its articles."""
        return read_label_studio(source, options)

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what Label Studio cannot hold."""
        return added_up(_plan(record, options).lost for record in records)

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the folder; the tasks stand a line each in their list."""
        out.mkdir()
        scheme, names, used = header.scheme or Scheme(), names_of(header.people), Used()
        with (out / TASKS).open("xb") as stream:
            stream.write(b"[\n")
            for n, record in enumerate(records, 1):
                plan = _plan(record, options, scheme, names)
                used.add(plan.used)
                stream.write((b",\n" if n > 1 else b"") + line({"id": n, **plan.task}).rstrip(b"\n"))
            stream.write(b"\n]\n")
        (out / CONFIG).write_bytes(label_config(scheme, used, (TEXT, LABEL, TOPIC)).encode("utf-8"))

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the text and what each layer says of it."""
        return _plan(record, options).carried

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the tasks back as they stand."""
        for item in items(out / TASKS):
            yield _found(item.value)


def _plan(
    record: Record, options: WriteOptions, scheme: Scheme | None = None, names: Mapping[str, str] | None = None
) -> _Plan:
    """Decide what becomes of an article; the only place that knows what Label Studio can hold."""
    used, lost = Used(), list[Case]()
    lost.extend(case for case in article_cases(record, LayerRecord(""), {"layers"}))
    task: dict[str, Any] = {"data": {**record.meta, "title": record.title, TEXT: record.text}}
    if not record.title:
        del task["data"]["title"]
    task |= {"annotations": [], "predictions": []}
    positions = Units(record.text, "utf16")
    for layer in record.layers:
        carried = {"layers", "topic", "relation", "article", "status", "seconds"}
        if layer.flags == (GROUND_TRUTH,):
            carried.add("flags")
        lost.extend(article_cases(record, layer, carried))
        results = list(_results(record, layer, options, positions, scheme or Scheme(), used, lost))
        who = (names or {}).get(layer.annotator, layer.annotator)
        if layer.kind == "model" and results:
            task["predictions"].append({"model_version": who, "result": results})
        elif layer.kind != "model" and (results or layer.status in {"done", "skipped"}):
            task["annotations"].append(
                {
                    "annotator": who,
                    "result": results,
                    "was_cancelled": layer.status == "skipped",
                    "ground_truth": layer.kind == "gold" or GROUND_TRUTH in layer.flags,
                    "lead_time": layer.seconds,
                }
            )
    return _Plan(task, used, _found(task), lost)


def _results(
    record: Record,
    layer: LayerRecord,
    options: WriteOptions,
    positions: Units,
    scheme: Scheme,
    used: Used,
    lost: list[Case],
) -> Iterator[dict[str, Any]]:
    """Yield the results of a layer: its regions with what is said of each, its relations and topics."""
    spans = planned_spans(record, layer, options, {"note", "attribute"}, lost)
    for n, place in enumerate(spans.places, 1):
        used.labels[place.label] = None
        at = {
            "start": positions.from_codepoint(place.start),
            "end": positions.from_codepoint(place.end),
            "text": record.text[place.start : place.end],
        }
        result = _result(f"r{n}", LABEL, "labels", {**at, "labels": [place.label]})
        if place.annotation.note:
            result["meta"] = {"text": [place.annotation.note]}
        if place.annotation.score is not None:
            result["score"] = place.annotation.score
        yield result
        for name, kind, value in _attributes(record, place, scheme, lost):
            values = used.attributes.setdefault((name, kind), {})
            if kind == "choices":
                values.update((one, None) for one in value[kind])
            yield _result(f"r{n}", name, kind, {**at, **value})
    for label, first, second in planned_relations(record, layer, spans, lost):
        used.relations[label] = None
        ends = {"from_id": f"r{first + 1}", "to_id": f"r{second + 1}"}
        yield {"type": "relation", **ends, "direction": "right", "labels": [label]}
    topics = list(dict.fromkeys(tag.topic for tag in layer.topics))
    if topics:
        used.topics.update((code, None) for code in topics)
        yield _result("topics", TOPIC, "choices", {"choices": topics})


def _result(uid: str, control: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"id": uid, "from_name": control, "to_name": TEXT, "type": kind, "value": value}


def _attributes(
    record: Record, place: Place, scheme: Scheme, lost: list[Case]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the attributes that a question of Label Studio can hold: its name, the kind of result, and the answer."""
    for name, value in place.annotation.attributes.items():
        declared = scheme.attributes_by_name.get(name)
        match value:
            case _ if name in {"", TEXT, LABEL, TOPIC}:
                pass
            case bool():
                yield name, "choices", {"choices": ["true" if value else "false"]}
                continue
            case int() | float() if abs(value) <= INT_MOST:
                yield name, "number", {"number": value}
                continue
            case str():
                choice = declared is not None and declared.kind == "choice" and value not in {"", "true", "false"}
                yield (name, "choices", {"choices": [value]}) if choice else (name, "textarea", {"text": [value]})
                continue
            case list() | tuple() if len(value) > 1 and all(isinstance(one, str) and one for one in value):
                yield name, "choices", {"choices": list(value)}
                continue
        lost.append(("attribute", f"{place_of(record, place.annotation)}: {name}"))


def _found(task: dict[str, Any]) -> Carried:
    """Return what a task says, layer by layer, in the terms of the file, but for the names of the annotators."""
    carried: Carried = Counter([("text", digest(task["data"][TEXT]))])
    for item in task["annotations"]:
        carried["layer", item["was_cancelled"], item["ground_truth"], _statements(item["result"])] += 1
    for item in task["predictions"]:
        carried["model", _statements(item["result"])] += 1
    return carried


def _statements(results: list[dict[str, Any]]) -> tuple[tuple[Any, ...], ...]:
    regions: dict[str, tuple[Any, ...]] = {}
    said: list[tuple[Any, ...]] = []
    for result in results:
        if result["type"] == "relation":
            said.append(("relation", *result["labels"], regions[result["from_id"]], regions[result["to_id"]]))
            continue
        value = result["value"]
        if "start" not in value:
            said.extend(("topic", code) for code in value["choices"])
            continue
        where = value["start"], value["end"], value["text"]
        if result["type"] == "labels":
            regions[result["id"]] = (*where, *value["labels"])
            note = tuple(result.get("meta", {}).get("text", ()))
            said.append(("region", *regions[result["id"]], note, result.get("score")))
        else:
            answer = value["text" if result["type"] == "textarea" else result["type"]]
            answer = tuple(answer) if isinstance(answer, list) else answer
            said.append(("attribute", *regions[result["id"]], result["from_name"], answer))
    return tuple(sorted(said, key=repr))


FORMAT = LabelStudio()

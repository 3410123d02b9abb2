"""A strict reader of Label Studio's tasks, written from its documentation and not from our writer.

What the documentation says, and what is held here: the file is a list of tasks with `data`, `annotations` and
`predictions`; each has a `result` list; a result has an id, a type, and the names of its control (`from_name`) and its
object (`to_name`), and both stand in the labelling configuration, the control with `toName` of the object and of the
tag that makes such results; offsets count UTF-16 units of the value that the object's `value` names; labels and
choices stand in the configuration (by `alias` where there is one); a relation joins two regions of the same list.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

TAGS = {"labels": "Labels", "choices": "Choices", "textarea": "TextArea", "number": "Number"}


def utf16(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def read_folder(folder: Path) -> list[dict[str, Any]]:
    assert {path.name for path in folder.iterdir()} == {"tasks.json", "label_config.xml"}
    root = ElementTree.parse(folder / "label_config.xml").getroot()
    assert root.tag == "View"
    controls = {tag.attrib["name"]: tag for tag in root if "toName" in tag.attrib}
    assert len(controls) == sum("toName" in tag.attrib for tag in root)
    texts = {tag.attrib["name"]: tag.attrib["value"].removeprefix("$") for tag in root if tag.tag == "Text"}
    keys = [tag.attrib["hotkey"] for tag in root.iter() if "hotkey" in tag.attrib]
    assert len(keys) == len(set(keys))
    assert sum(tag.tag == "Relations" for tag in root) <= 1
    relations = {tag.attrib["value"] for tag in root.iter("Relation")}
    return [
        {
            "text": task["data"][texts["text"]],
            "annotations": [_said(one, task, controls, texts, relations) for one in task["annotations"]],
            "predictions": [_said(one, task, controls, texts, relations) for one in task["predictions"]],
        }
        for task in json.loads((folder / "tasks.json").read_bytes())
    ]


def _said(
    item: dict[str, Any],
    task: dict[str, Any],
    controls: dict[str, ElementTree.Element],
    texts: dict[str, str],
    relations: set[str],
) -> dict[str, Any]:
    regions: dict[str, tuple[str, str]] = {}
    said: dict[str, Any] = {"regions": [], "choices": [], "relations": [], "attributes": []}
    for result in item["result"]:
        if result["type"] == "relation":
            assert result["direction"] in {"left", "right", "bi"}
            assert set(result["labels"]) <= relations
            said["relations"].append((*result["labels"], regions[result["from_id"]], regions[result["to_id"]]))
            continue
        control, value = controls[result["from_name"]], result["value"]
        assert control.attrib["toName"] == result["to_name"]
        assert control.tag == TAGS[result["type"]]
        known = {one.attrib.get("alias", one.attrib["value"]) for one in control}
        if "start" in value:
            assert utf16(task["data"][texts[result["to_name"]]], value["start"], value["end"]) == value["text"] or result["type"] == "textarea"  # fmt: skip
        match result["type"]:
            case "labels":
                assert set(value["labels"]) <= known
                assert result["id"] not in regions
                regions[result["id"]] = value["labels"][0], value["text"]
                said["regions"].append(regions[result["id"]])
            case "choices":
                assert set(value["choices"]) <= known
                assert control.attrib["choice"] == "multiple" or len(value["choices"]) == 1
                assert ("start" in value) is (control.attrib.get("perRegion") == "true")
                said["attributes" if "start" in value else "choices"].append(tuple(value["choices"]))
            case _:
                assert control.attrib["perRegion"] == "true"
                assert result["id"] in regions
                said["attributes"].append(value[{"textarea": "text", "number": "number"}[result["type"]]])
    return said

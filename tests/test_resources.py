"""What ships with Rubricator: schemes, sample articles and their layers, icons."""

import hashlib
import importlib.util
import json
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import regex

from rubricator.formats.topic_trees import read_topic_file
from rubricator.model.anatomy import read_anatomy
from rubricator.model.scheme import HUES, KEYS, SHORT_MAX, Scheme
from rubricator.model.scheme_file import dump_scheme, parse_scheme
from rubricator_resources import path

ROOT = Path(__file__).resolve().parents[1]
SCHEMES = {"news": 20, "ontonotes": 18, "conll2003": 4, "empty": 0}
ICONS = (
    "accept-a accept-b accept-c accept-d app check chevron-down chevron-right close comment delete export flag focus "
    "help history identical import label new next open palette person previous redo relation search settings side-list "
    "side-panel status-doing status-done status-nothing status-skipped status-todo text-size topics undo"
)
SAMPLES = ("harbour-ministers", "night-ferry", "academy-president")


def load_scheme(name: str) -> Scheme:
    file = path(f"schemes/{name}.json")
    return parse_scheme(file.read_text(encoding="utf-8"), file.name)


def sample_lines() -> list[dict[str, Any]]:
    lines = path("samples/samples.jsonl").read_text(encoding="utf-8").removesuffix("\n").split("\n")
    return [json.loads(line) for line in lines]


def annotations(article: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for layer in article["layers"]:
        yield from layer["annotations"]


@pytest.mark.parametrize("name", SCHEMES)
def test_a_scheme_reads_and_writes_back_to_the_byte(name: str) -> None:
    source = path(f"schemes/{name}.json").read_bytes().decode()
    scheme = parse_scheme(source, name)
    assert dump_scheme(scheme) == source
    assert len(scheme.labels) == SCHEMES[name]
    assert scheme.topics == ()
    assert scheme.name
    assert scheme.description


@pytest.mark.parametrize("name", SCHEMES)
def test_keys_shorts_hues_and_titles_are_unique(name: str) -> None:
    labels = load_scheme(name).labels
    for each in ("key", "short", "hue", "title", "name"):
        assert len({getattr(label, each) for label in labels}) == len(labels), each
    for label in labels:
        assert label.key in KEYS
        assert label.short.isupper()
        assert 2 <= len(label.short) <= SHORT_MAX
        assert 1 <= label.hue <= HUES
        assert not label.parent


@pytest.mark.parametrize("name", SCHEMES)
def test_a_definition_is_one_sentence_that_says_what_is_not_meant(name: str) -> None:
    for label in load_scheme(name).labels:
        assert label.definition.endswith(".")
        assert not regex.search(r"[.!?]\s", label.definition), label.name
        assert regex.search(r"\b(?:not|without)\b", label.definition), label.name


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_text_is_canonical_and_of_a_size_one_reads(name: str) -> None:
    text = path(f"samples/{name}.txt").read_bytes().decode()
    assert 1500 <= len(text) <= 3000
    assert "\r" not in text
    assert "\0" not in text
    assert text.endswith("\n")


def test_the_samples_have_the_traps_of_real_wire_copy() -> None:
    first, second, third = (path(f"samples/{name}.txt").read_text(encoding="utf-8") for name in SAMPLES)
    assert "Anna S.\n\nLebrune" in first
    assert "12 minutes ago" in first
    for text in (first, third):
        assert "repeat" in {zone.kind for zone in read_anatomy(text).zones}
    for trap in ("\u200d", "\U0001f1eb", "\U0001f3fd", "Мирослава", "ليلى", "e\u0301"):
        assert trap in second


def test_the_first_line_is_the_project_without_a_scheme() -> None:
    project, *articles = sample_lines()
    assert (project["rubricator"], project["kind"]) == (1, "project")
    assert "scheme" not in project
    assert [(one["name"], one["kind"]) for one in project["annotators"]] == [("anna", "human"), ("ben", "human")]
    assert [article["kind"] for article in articles] == ["article"] * 3
    ids = [one["id"] for one in (*project["annotators"], *project["entities"], *articles)]
    ids += [one["id"] for article in articles for one in annotations(article)]
    assert len({uuid.UUID(one) for one in ids}) == len(ids)


@pytest.mark.parametrize("article", sample_lines()[1:], ids=SAMPLES)
def test_text_digest_and_anatomy_of_a_sample_are_right(article: dict[str, Any]) -> None:
    text = article["text"]
    assert text in {path(f"samples/{name}.txt").read_text(encoding="utf-8") for name in SAMPLES}
    assert article["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    found = read_anatomy(text)
    assert article["title"] == found.title
    assert [(z["kind"], z["start"], z["end"]) for z in article["zones"]] == [
        (z.kind, z.start, z.end) for z in found.zones
    ]
    for key in ("byline", "published", "source", "dateline"):
        assert article["meta"].get(key, "") == getattr(found, key)


@pytest.mark.parametrize("article", sample_lines()[1:], ids=SAMPLES)
def test_every_quote_is_its_slice_and_no_border_tears_a_grapheme(article: dict[str, Any]) -> None:
    text = article["text"]
    borders = {0, *(match.end() for match in regex.finditer(r"\X", text))}
    labels = load_scheme("news").by_name
    entities = {one["id"] for one in sample_lines()[0]["entities"]}
    for one in annotations(article):
        [[start, end]] = one["fragments"]
        assert text[start:end] == one["quote"] == one["quote"].strip()
        assert {start, end} <= borders
        assert one["label"] in labels
        assert one.get("entity") in entities | {None}
    for zone in article["zones"]:
        assert {zone["start"], zone["end"]} <= borders


def test_the_layers_are_a_living_start() -> None:
    first, second, third = sample_lines()[1:]
    statuses = [[(layer["annotator"], layer["status"]) for layer in one["layers"]] for one in (first, second, third)]
    assert statuses == [[("anna", "done"), ("ben", "done")], [("anna", "doing")], [("ben", "doing")]]
    anna, ben = ({(a["label"], *a["fragments"][0]) for a in layer["annotations"]} for layer in first["layers"])
    assert len(anna) > 30
    assert len(anna & ben) > 30
    assert anna - ben
    assert ben - anna
    assert "Anna S.\n\nLebrune" in {one["quote"] for one in first["layers"][0]["annotations"]}
    built_in = path("topics/mediatopics-2.json")
    known = {topic.code for topic in read_topic_file(built_in.read_bytes(), built_in.name).topics()}
    given = {tag["topic"] for one in (first, second, third) for layer in one["layers"] for tag in layer["topics"]}
    assert given
    assert given <= known
    for one in (first, second, third):
        for layer in one["layers"]:
            spans = [(a["label"], *a["fragments"][0]) for a in layer["annotations"]]
            assert len(spans) == len(set(spans))


def test_each_topic_has_some_words_of_ours_beside_its_file() -> None:
    built_in = path("topics/mediatopics-2.json")
    names = {topic.code: topic.name for topic in read_topic_file(built_in.read_bytes(), built_in.name).topics()}
    words = {
        code: said.split(", ") for code, said in json.loads(path("topics/words.json").read_bytes())["words"].items()
    }
    assert words.keys() == names.keys()
    for code, said in words.items():
        assert len(said) >= 2, names[code]
        assert len(set(map(str.casefold, said))) == len(said), names[code]
        assert all(word == word.strip() != "" for word in said), names[code]


def test_the_samples_are_what_their_description_makes() -> None:
    spec = importlib.util.spec_from_file_location("make_samples", ROOT / "packaging" / "make_samples.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    made = maker.make((ROOT / "packaging" / "samples.txt").read_text(encoding="utf-8"))
    assert made == path("samples/samples.jsonl").read_bytes().decode()


def test_all_icons_are_there() -> None:
    assert " ".join(sorted(file.stem for file in path("icons").glob("*.svg"))) == ICONS


@pytest.mark.parametrize("file", sorted(path("icons").glob("*.svg")), ids=lambda file: file.stem)
def test_an_icon_is_a_square_drawing_without_text_or_links(file: Path) -> None:
    root = ET.fromstring(file.read_text(encoding="utf-8"))
    left, top, width, height = (float(part) for part in root.attrib["viewBox"].split())
    assert (left, top) == (0, 0)
    assert width == height
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "g", "path", "circle", "rect"}
    if file.stem != "app":
        assert width == 20
        assert root.attrib["stroke"] == "currentColor"
        assert root.attrib["fill"] == "none"

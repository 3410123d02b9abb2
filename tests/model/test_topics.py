"""Topic trees: IPTC's own file, the built-in extract, and files that are neither."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from rubricator.errors import UserError
from rubricator.model.scheme import Scheme, Topic
from rubricator.model.topics import read_topics
from rubricator_resources import path

ROOT = Path(__file__).resolve().parents[2]
CORPORA = Path(os.environ.get("RUBRICATOR_CORPORA") or ROOT.parent / "shared" / "data")
CPTALL = CORPORA / "iptc-mediatopics" / "cptall-en-GB.json"


def concept(number: int, parent: int = 0, **more: Any) -> dict[str, Any]:
    base = "http://example.org/topic/"
    broader = {"broader": [f"{base}{parent}"]} if parent else {}
    return (
        {"uri": f"{base}{number}", "qcode": f"t:{number}", "prefLabel": {"en-GB": f"topic {number}"}} | broader | more
    )


def read(*concepts: dict[str, Any], language: str = "en-GB") -> tuple[Topic, ...]:
    return read_topics({"conceptSet": list(concepts)}, "topics.json", language)


@pytest.fixture(scope="module")
def official() -> tuple[Topic, ...]:
    if not CPTALL.exists():
        pytest.skip(f"no {CPTALL.name} in the folder of real data (RUBRICATOR_CORPORA)")
    return read_topics(json.loads(CPTALL.read_text(encoding="utf-8")), CPTALL.name)


def test_the_official_file_is_read_whole(official: tuple[Topic, ...]) -> None:
    active = [topic for topic in official if not topic.retired]
    assert (len(official), len(active), len(official) - len(active)) == (1392, 1084, 308)
    assert len({topic.code for topic in official}) == 1392
    assert sum(not topic.parent for topic in official) == 17
    assert official[0] == Topic(
        "medtop:01000000",
        "arts, culture, entertainment and media",
        "All forms of arts, entertainment, cultural heritage and media",
    )
    seen: set[str] = set()
    for topic in official:
        assert not topic.parent or topic.parent in seen
        seen.add(topic.code)


def test_the_official_tree_is_deep_and_no_active_topic_hangs_under_a_retired_one(official: tuple[Topic, ...]) -> None:
    scheme = Scheme(topics=official)
    assert max(len(scheme.topic_path(topic.code)) for topic in official) == 6
    retired = {topic.code for topic in official if topic.retired}
    assert not [topic for topic in official if not topic.retired and topic.parent in retired]


def test_the_built_in_file_has_two_levels() -> None:
    value = json.loads(path("topics/mediatopics-2.json").read_text(encoding="utf-8"))
    topics = read_topics(value, "mediatopics-2.json")
    top = {topic.code for topic in topics if not topic.parent}
    assert len(top) == 17
    assert all(topic.parent in top for topic in topics if topic.parent)
    assert not any(topic.retired for topic in topics)
    assert value["attribution"]["licence"] == "CC BY 4.0"
    assert value["attribution"]["released"] == "2025-10-09"


def test_the_built_in_file_is_the_top_of_the_official_one(official: tuple[Topic, ...]) -> None:
    active = [topic for topic in official if not topic.retired]
    top = {topic.code for topic in active if not topic.parent}
    wanted = [Topic(t.code, t.name, "", t.parent) for t in active if not t.parent or t.parent in top]
    value = json.loads(path("topics/mediatopics-2.json").read_text(encoding="utf-8"))
    assert list(read_topics(value, "mediatopics-2.json")) == wanted


def test_children_follow_their_parent_whatever_the_file_s_order() -> None:
    assert [t.code for t in read(concept(3, 1), concept(2), concept(1), concept(4, 1))] == ["t:2", "t:1", "t:3", "t:4"]


def test_of_two_parents_the_first_is_taken_and_a_missing_one_leaves_the_topic_at_the_top() -> None:
    both = concept(3, 2)
    both["broader"].append("http://example.org/topic/1")
    topics = {topic.code: topic.parent for topic in read(concept(1), concept(2, 99), both)}
    assert topics == {"t:1": "", "t:2": "", "t:3": "t:2"}


@pytest.mark.parametrize(
    ("labels", "language", "name"),
    [
        ({"en-GB": "labour", "de": "Arbeit"}, "de", "Arbeit"),
        ({"en-GB": "labour", "de": "Arbeit"}, "de-AT", "Arbeit"),
        ({"en-GB": "labour", "en-US": "labor"}, "en-us", "labor"),
        ({"en-US": "labor", "de": "Arbeit"}, "en-GB", "labor"),
        ({"en-GB": "labour", "de": "Arbeit"}, "fr", "labour"),
        ({"de": "Arbeit"}, "fr", "Arbeit"),
        ({}, "fr", "t:1"),
        ("labour", "fr", "labour"),
    ],
)
def test_names_come_in_the_language_asked_for_or_the_nearest(labels: object, language: str, name: str) -> None:
    assert read(concept(1, prefLabel=labels), language=language)[0].name == name


def test_retired_topics_are_kept_with_the_date() -> None:
    assert read(concept(1, retired="2021-09-30T12:00:00+00:00"))[0].retired == "2021-09-30T12:00:00+00:00"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ([], "neither"),
        ("topics", "neither"),
        ({"labels": []}, "neither"),
        ({"conceptSet": {}}, "“conceptSet” is not a list of objects"),
        ({"conceptSet": [1]}, "“conceptSet” is not a list of objects"),
        ({"conceptSet": []}, "empty"),
        ({"conceptSet": [{"uri": "x"}]}, "no “qcode”"),
        ({"conceptSet": [concept(1), concept(1)]}, "t:1 stands in it twice"),
        ({"conceptSet": [concept(1, 2), concept(2, 1)]}, "above itself"),
        ({"conceptSet": [concept(1, broader=[7])]}, "not given as text"),
        ({"rubricator-topics": 2, "topics": []}, "version 1"),
        ({"rubricator-topics": 1, "topics": [{"name": "x"}]}, "no “code”"),
        ({"rubricator-topics": 1, "topics": [{"code": "a", "name": 3}]}, "not text"),
        ({"rubricator-topics": 1, "topics": [{"code": "a", "parent": "a"}]}, "above itself"),
    ],
)
def test_what_is_no_topics_file_is_refused_with_its_name_and_the_reason(value: object, why: str) -> None:
    with pytest.raises(UserError) as refused:
        read_topics(value, "topics.json")
    assert "topics.json" in str(refused.value)
    assert why in str(refused.value)

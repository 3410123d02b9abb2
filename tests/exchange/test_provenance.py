"""Who is who in an exported file: its first line names everybody whose id stands anywhere in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.making import ANNA, BEN, make

from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.outgoing import export
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.review.policy import Policy
from rubricator.settings import Me

RITA = Me("00000000-0000-4000-8000-0000000000ee", "rita", "00000000-0000-4000-8000-0000000000de")
CLARA = Me("00000000-0000-4000-8000-00000000000c", "clara", "00000000-0000-4000-8000-0000000000dc")
EVE = Me("00000000-0000-4000-8000-0000000000e0", "eve", "00000000-0000-4000-8000-0000000000d0")
OURS = re.compile(r"00000000-0000-4000-8000-0000000000\w\w")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project in which a policy decided between two, Clara commented on that, and Eve on a span of Anna's."""
    made = make(tmp_path / "p.rubric", ANNA, [("one", "The CIS council met in Minsk.")])
    for me, start in ((ANNA, 0), (BEN, 4)):
        made.me = me
        made.annotate("one", "ORGANIZATION", [Span.of(start, 15)])
    for who in (CLARA, EVE):
        made.join(who.name, who.annotator)
    made.me = RITA
    made.review.groups.apply(Policy("trusted", whom=ANNA.annotator), ["one"])
    made.me = CLARA
    made.review.remarks.add(made.review.compare("one").differences[0], "The sign says so.")
    made.me = EVE
    span = made.annotations("one", ANNA.annotator)[0]
    made.comments.add("one", span.id, "Sure?", annotator=ANNA.annotator)
    return made


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        (ExportOptions("jsonl"), ["anna", "ben", "clara", "eve", "gold", "rita"]),
        (ExportOptions("jsonl", gold=True, provenance=True), ["anna", "ben", "clara", "gold", "rita"]),
        (ExportOptions("jsonl", annotator="anna"), ["anna", "eve"]),
    ],
    ids=["all", "gold", "one"],
)
def test_everybody_is_named_once(project: Project, tmp_path: Path, asked: ExportOptions, names: list[str]) -> None:
    export(project, tmp_path / "o.jsonl", asked)
    head, *articles = (tmp_path / "o.jsonl").read_text("utf-8").splitlines()
    people = {one["id"]: one["name"] for one in json.loads(head)["annotators"]}
    assert sorted(people.values()) == names
    assert set(OURS.findall("".join(articles))) <= people.keys()

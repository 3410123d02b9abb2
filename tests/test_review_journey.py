"""Two people's work through the whole of a review on the command line; what is printed is counted again by hand.

new, import, pack, new --from, annotate (a layer is imported), merge, differences, adjudicate, agreement, export of gold
with its provenance, and back to the annotator. The counts are made of what the two copies say (as JSON), with nothing
of ours that compares layers.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from tests.two_people import (
    Article,
    Case,
    Journey,
    Mark,
    crowd,
    curation,
    f1,
    names,
    said,
    samples,
    spans,
    with_layers,
)

from rubricator.project import Project
from rubricator.review.decision import REJECT, accept, decision_id
from rubricator.settings import Settings

# --- the journey --------------------------------------------------------------------------------------------------


def given_out(journey: Journey, case: Case) -> dict[str, Path]:
    """Make the project and the copies of both, who label what they got."""
    texts = journey.file("texts.jsonl")
    texts.write_text("".join(json.dumps(x) + "\n" for x in case.texts), "utf-8")
    journey.says("new", journey.main, "--scheme", case.scheme)
    assert journey.asks("import", journey.main, texts)["articles"] == len(case.texts)
    copies = {}
    for name, (work, n) in case.work.items():
        packet, copy = journey.file(f"{name}.rubpack"), journey.file(f"{name}.rubric")
        packed = journey.asks("pack", journey.main, packet, "--annotator", name)
        assert (packed["articles"], packed["annotator"]["new"]) == (len(case.texts), True)
        assert journey.asks("new", copy, "--from", packet)["articles"] == len(case.texts)
        found = journey.asks("import", copy, work, "--annotator", name, "--new-labels", "add")
        assert (found["articles"], found["annotations"]) == (0, n)
        copies[name] = copy
    return copies


def taken_back(journey: Journey, copies: dict[str, Path], layers: dict[str, dict[str, Counter[Mark]]]) -> None:
    """Merge what both have done: one as a packet, the other as the whole copy, and one of them twice."""
    first, second = copies
    back = journey.file("back.rubpack")
    journey.says("pack", copies[second], back)
    for file, name in ((back, second), (copies[first], first)):
        (found,) = journey.asks("merge", journey.main, file)["files"]
        (share,) = [one for one in found["from"] if one["name"] == name]
        wanted = sum((spans(marks, labels=True).total() for marks in layers[name].values()), 0)
        assert share["counts"]["annotations"] == wanted
        assert found["refused_in_all"] == 0
    assert "all of it is here already" in journey.says("merge", journey.main, back)


def compared(journey: Journey, layers: dict[str, dict[str, Counter[Mark]]]) -> tuple[int, int]:
    """Compare both; return how many places agree and differ, after everything was found in exactly one of them."""
    one, other = layers.values()
    both = sorted(one.keys() & other.keys())
    found = journey.asks("differences", journey.main, "--annotators", ",".join(layers))
    same = {uid: (one[uid] & other[uid]).total() for uid in both}
    differing = 0
    for uid in both:
        told = journey.asks("differences", journey.main, "--article", uid, "--annotators", ",".join(layers))
        assert told["agreements"] == same[uid]
        ids = [element["id"] for each in told["differences"] for side in each["sides"] for element in side]
        assert len(ids) == len({*ids})
        assert len(ids) + 2 * same[uid] == one[uid].total() + other[uid].total()
        assert all(len(each["sides"]) == 2 for each in told["differences"])
        differing += len(told["differences"])
    assert (found["articles"], found["agreements"], found["differences"]) == (len(both), sum(same.values()), differing)
    assert sum(pattern["n"] for pattern in found["patterns"]) == differing
    words = journey.says("differences", journey.main, "--annotators", ",".join(layers))
    assert (
        f"Articles compared: {len(both)}. Places that agree: {sum(same.values())}; that differ: {differing}." in words
    )
    return sum(same.values()), differing


def agreed(journey: Journey, layers: dict[str, dict[str, Counter[Mark]]]) -> None:
    one, other = layers.values()
    report = journey.asks("agreement", journey.main, "--annotators", ",".join(layers), "--unfinished")
    figures = {figure["measure"]: figure for figure in report["overall"]["figures"]}
    assert report["compared"] == len(one.keys() & other.keys())
    assert figures["strict"]["value"] == pytest.approx(f1(one, other, labels=True))
    assert figures["exact"]["value"] == pytest.approx(f1(one, other, labels=False))
    assert f"{figures['strict']['value']:.3f}" in journey.says(
        "agreement", journey.main, "--annotators", ",".join(layers), "--unfinished"
    )


def settled(journey: Journey, case: Case, agree: int, differ: int, layers: dict[str, dict[str, Counter[Mark]]]) -> None:
    """Have a person decide on the first difference, and a policy on all else."""
    first, second = names(case)
    by_hand = 0
    with Project.open(journey.main, Settings().me()) as project:
        ids = {one.name: one.id for one in project.rows.annotators()}
        for article in project.rows.articles():
            compared_here = project.review.compare(article.id, [ids[first], ids[second]])
            if compared_here.differences and not by_hand and len(project.review.annotators(article.id)) == 2:
                one = compared_here.differences[0]
                outcome = accept(ids[second]) if one.sides[1] else REJECT
                project.review.decide(compared_here, one, outcome.because("as the guideline says"))
                by_hand = 1
    assert by_hand == min(1, differ)
    tally = journey.asks(
        "adjudicate", journey.main, "--policy", f"trusted:{second}", "--annotators", f"{first},{second}"
    )
    alone = sum(
        marks.total()
        for name in layers
        for uid, marks in layers[name].items()
        if not all(uid in x for x in layers.values())
    )
    assert (tally["agreed"], tally["settled"], tally["left"]) == (agree + alone, differ - by_hand, 0)
    again = journey.asks(
        "adjudicate", journey.main, "--policy", f"trusted:{first}", "--annotators", f"{first},{second}"
    )
    assert (again["settled"], again["left"]) == (0, 0), "what was decided stays"


def exported(journey: Journey, case: Case, differ: int, layers: dict[str, dict[str, Counter[Mark]]]) -> list[Article]:
    """Export gold; return it after every part of it was traced back to what the two have said."""
    second = names(case)[1]
    gold = with_layers(journey.articles(journey.main, "gold.jsonl", "--gold", "--provenance"))
    everything = journey.articles(journey.main, "all.jsonl")
    people = {
        person["name"]: person["id"]
        for person in json.loads(journey.file("all.jsonl").read_text("utf-8").splitlines()[0])["annotators"]
    }
    whose = {
        one["id"]: people.get(layer["annotator"], layer["annotator"])
        for article in everything
        for layer in article.get("layers", ())
        if layer["kind"] != "gold"
        for key in ("annotations", "relations")
        for one in layer.get(key, ())
    }
    found = said(gold)
    for uid, marks in layers[second].items():
        assert {*found.get(uid, ())} == {*marks}, "the second is trusted, and was taken by hand"
    decisions = [one for article in gold for one in article["layers"][0].get("decisions", ())]
    assert len(decisions) == differ
    assert Counter(bool(one.get("policy")) for one in decisions) == Counter(
        {True: max(0, differ - 1), False: min(1, differ)}
    )
    assert {one["reason"] for one in decisions if not one.get("policy")} <= {"as the guideline says"}
    for one in decisions:
        assert {whose[x] for x in one["subjects"] if x in whose} <= {people[name] for name in layers}
        assert one["by"] in people.values()
        assert one["at"]
        assert {*one["layers"]} == {people[name] for name in layers}
    for article in gold:
        (layer,) = article["layers"]
        for one in (*layer["annotations"], *layer.get("relations", ())):
            assert one["review"]["of"]
            assert {whose[x] for x in one["review"]["of"]} <= {people[name] for name in layers}
    return gold


def replayed(journey: Journey, gold: list[Article], case: Case) -> None:
    """Decide all of it again, from what the export says, in a project that has the layers alone: gold is the same."""
    bare = journey.file("bare.jsonl")
    lines = [json.loads(line) for line in journey.file("all.jsonl").read_text("utf-8").splitlines()]
    for line in lines:
        if line["kind"] == "article":
            line["layers"] = [layer for layer in line.get("layers", ()) if layer["kind"] != "gold"]
    bare.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    other = journey.file("replayed.rubric")
    journey.says("new", other)
    journey.says("import", other, bare)
    with Project.open(other, Settings().me()) as project, Project.open(journey.main, Settings().me()) as main:
        ids = {one.name: one.id for one in project.rows.annotators()}
        owners = [ids[name] for name in names(case)]
        for article in gold:
            uid = article["id"]
            here = project.review.compare(uid, owners)
            places = {decision_id(one): one for one in here.differences}
            for decision in main.review.decisions(uid):
                project.review.decide(here, places.pop(decision.id), decision.as_outcome())
            assert not places or len(project.review.annotators(uid)) < 2
    journey.says("adjudicate", other, "--policy", "unanimous", "--annotators", ",".join(names(case)))
    again = with_layers(journey.articles(other, "replayed.jsonl", "--gold", "--provenance"))
    assert said(again) == {uid: marks for uid, marks in said(gold).items() if uid in said(again)}
    alone = {x["id"] for x in gold} - {x["id"] for x in again}
    assert not [one for x in gold if x["id"] in alone for one in x["layers"][0].get("decisions", ())]


def answered(journey: Journey, copies: dict[str, Path], differ: int) -> None:
    """Send the first annotator what became of their work, who disputes something of it, and that comes back."""
    first = next(iter(copies))
    packet = journey.file("answers.rubpack")
    with Project.open(copies[first], Settings().me()) as copy:
        for article in copy.rows.articles():
            copy.set_status(article.id, "done")
    journey.says("merge", journey.main, copies[first])
    journey.says("pack", journey.main, packet, "--annotator", first, "--gold")
    told = journey.says("merge", copies[first], packet)
    with Project.open(copies[first], Settings().me()) as copy:
        others = [one.id for one in copy.rows.annotators() if one.id not in (copy.me.annotator, copy.review.gold)]
        assert not any(copy.rows.has_work(uid) for uid in others)
        changed = [one for article in copy.rows.articles() for one in copy.review.answers.changed(article.id)]
        decided = [one.decision for one in changed if one.decision is not None]
        if not decided:
            assert differ == 0
            return
        assert "the reviewer" in told or "decisions" in told
        copy.review.answers.answer(decided[0], "dispute", "It was right.")
    journey.says("pack", copies[first], journey.file("disputes.rubpack"))
    journey.says("merge", journey.main, journey.file("disputes.rubpack"))
    found = journey.asks("differences", journey.main, "--annotators", ",".join(copies))
    states = Counter[str]()
    for pattern in found["patterns"]:
        states.update(pattern["states"])
    assert (states["disputed"], states["decided"]) == (1, differ - 1)


def travelled(journey: Journey, case: Case) -> None:
    copies = given_out(journey, case)
    layers = {name: said(journey.articles(copy, f"{name}-out.jsonl")) for name, copy in copies.items()}
    taken_back(journey, copies, layers)
    agree, differ = compared(journey, layers)
    agreed(journey, layers)
    settled(journey, case, agree, differ, layers)
    gold = exported(journey, case, differ, layers)
    replayed(journey, gold, case)
    answered(journey, copies, differ)
    assert "is sound" in journey.says("check", journey.main, "--full")


@pytest.fixture
def journey(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Journey:
    return Journey(tmp_path, capfdbinary)


def test_the_samples(journey: Journey, tmp_path: Path) -> None:
    travelled(journey, samples(tmp_path))


def test_two_workers_of_a_crowd(journey: Journey, tmp_path: Path, corpora: Path) -> None:
    travelled(journey, crowd(tmp_path, corpora))


@pytest.mark.parametrize(
    "name",
    [
        "simpleSpanDiffWithLabelTest",
        "simpleSpanDiffIncompleteTest",
        "simpleSpanDiffMultiFeatureTest",
        "simpleSpanNoDiffWithLabelTest",
        "simpleSpanNoDiffMultiFeatureTest",
        "simpleRelGovDiffTest",
        "simpleRelNoDiffTest",
        "simpleRelTypeDiffTest",
    ],
)
def test_cases_of_curation(journey: Journey, tmp_path: Path, corpora: Path, name: str) -> None:
    travelled(journey, curation(tmp_path, corpora, name, journey))

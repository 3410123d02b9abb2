"""Layers compared, gold made by policies, exported with where it came from: on the command line, on real layers too."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from rubricator import cli
from rubricator.project import Project
from rubricator.review.decision import accept
from rubricator.settings import Settings
from rubricator_resources import path as resource

Tell = Callable[..., tuple[int, str]]


@pytest.fixture
def tell(capfdbinary: pytest.CaptureFixture[bytes]) -> Tell:
    def run(*arguments: object) -> tuple[int, str]:
        capfdbinary.readouterr()
        code = cli.run(cli.rubricator, [str(item) for item in arguments])
        out, err = capfdbinary.readouterr()
        return code, (out or err).decode()

    return run


@pytest.fixture
def file(tmp_path: Path, tell: Tell) -> Path:
    path = tmp_path / "p.rubric"
    assert tell("new", path)[0] == 0
    assert tell("import", path, resource("samples/samples.jsonl"))[0] == 0
    return path


def asked(tell: Tell, *arguments: object) -> dict[str, Any]:
    code, out = tell(*arguments, "--json")
    assert code == 0, out
    value: dict[str, Any] = json.loads(out)
    return value


def test_differences_by_pattern_and_one_by_one(file: Path, tell: Tell) -> None:
    value = asked(tell, "differences", file)
    assert value["differences"] == sum(one["n"] for one in value["patterns"]) > 0
    told = tell("differences", file)[1]
    assert "Articles compared" in told
    assert all(f"{n}  {uid}  " in told for uid, n in value["by_article"].items())
    assert sum(value["by_article"].values()) == value["differences"]
    with Project.open(file, Settings().me()) as project:
        article = next(a.id for a in project.rows.articles() if len(project.review.annotators(a.id)) > 1)
        names = [one.name for one in project.rows.annotators()][:2]
    value = asked(tell, "differences", file, "--article", article)
    assert {len(one["sides"]) for one in value["differences"]} == {len(value["annotators"])}
    assert all(one["state"] == "open" for one in value["differences"])
    out = tell("differences", file, "--article", article, "--annotators", ",".join(names))[1]
    assert out.startswith("A  ")
    assert tell("differences", file, "--annotators", "nobody")[0] == 1
    assert "no annotator “nobody”" in tell("differences", file, "--annotators", "nobody")[1]


def test_gold_by_policy_is_exported_with_and_without_where_it_came_from(file: Path, tell: Tell, tmp_path: Path) -> None:
    assert tell("adjudicate", file, "--policy", "most")[0] == 1
    with Project.open(file, Settings().me()) as project:
        name = next(p.name for p in project.rows.annotators() if project.rows.has_work(p.id))
        article = next(a.id for a in project.rows.articles() if len(project.review.annotators(a.id)) > 1)
        compared = project.review.compare(article)
        one = compared.differences[0]
        side = next(w.annotator for w, some in zip(compared.works, one.sides, strict=True) if some)
        project.review.decide(compared, one, accept(side).because("seen", "PERSON"))
    first = asked(tell, "adjudicate", file, "--policy", f"trusted:{name}")
    assert first["settled"] > 1
    told = asked(tell, "history", file, "--limit", "1")["history"][0]["what"]
    assert told == f"Settled {first['settled']} differences by the policy “trusted: {name}”"
    again = asked(tell, "adjudicate", file, "--policy", f"trusted:{name}")
    assert again["settled"] == 0
    assert "settled" in tell("adjudicate", file)[1]
    assert again["finished"] == 0
    with Project.open(file, Settings().me()) as project:
        called = {one.id: one.name for one in project.rows.annotators()}
        for a in project.rows.articles():
            for uid in project.review.annotators(a.id):
                project.me = Settings().me()._replace(annotator=uid, name=called[uid])
                project.set_status(a.id, "done")
    told = tell("adjudicate", file, "--policy", f"trusted:{name}", "--finish")[1]
    assert told.endswith("1 article is finished. Passed over: 2 with one layer only.\n")
    assert (report := asked(tell, "adjudicate", file, "--finish"))["single"] == 2
    assert (report["finished"], report["unfinished"], report["undecided"]) == (0, 0, 0)
    told = asked(tell, "history", file, "--limit", "1")["history"][0]["what"]
    assert told == f"Locked the gold layer by the policy “trusted: {name}”"
    report = asked(tell, "agreement", file, "--against-gold")
    assert report["compared"] > 0, "finished gold is compared without --unfinished"
    against = asked(tell, "differences", file, "--against-gold")["annotators"]
    assert {x["name"]: x["differences"] <= 1 for x in against}[name]
    assert tell("export", file, tmp_path / "g.jsonl", "--format", "jsonl", "--gold")[0] == 0
    bare = (tmp_path / "g.jsonl").read_text(encoding="utf-8")
    assert '"review"' not in bare.replace('"origin": "review"', "").replace('"origin":"review"', "")
    assert '"decisions"' not in bare
    assert tell("export", file, tmp_path / "p.jsonl", "--format", "jsonl", "--gold", "--provenance")[0] == 0
    lines = [json.loads(line) for line in (tmp_path / "p.jsonl").read_text(encoding="utf-8").splitlines()]
    people = {person["id"]: person["name"] for person in lines[0]["annotators"]}
    decided = [x for line in lines[1:] for layer in line["layers"] for x in layer.get("decisions", ())]
    assert {x["reason"] for x in decided if "reason" in x} == {"seen"}
    assert all(x["by"] in people and set(x["layers"]) <= people.keys() and x["at"] for x in decided)
    assert {x.get("policy", "") for x in decided} == {"", f"trusted:{side_of(people, name)}"}
    spans = [x for line in lines[1:] for layer in line["layers"] for x in layer["annotations"]]
    assert all(x["review"]["of"] for x in spans)
    assert tell("export", file, tmp_path / "x.jsonl", "--format", "jsonl", "--provenance")[0] == 2
    # What an import brings in goes out as it came.
    assert tell("new", tmp_path / "q.rubric")[0] == 0
    assert tell("import", tmp_path / "q.rubric", tmp_path / "p.jsonl")[0] == 0
    out = tmp_path / "q.jsonl"
    assert tell("export", tmp_path / "q.rubric", out, "--format", "jsonl", "--gold", "--provenance")[0] == 0
    assert (
        out.read_text(encoding="utf-8").splitlines()[1:] == (tmp_path / "p.jsonl").read_text("utf-8").splitlines()[1:]
    )
    assert tell("check", file, "--full")[0] == 0


def side_of(people: dict[str, str], name: str) -> str:
    return next(uid for uid, known in people.items() if known == name)


CASES = "inception-curation-cases/inception-curation/src/test/resources/testsuite"


@pytest.mark.parametrize(
    ("case", "patterns", "left"),
    [
        ("simpleSpanDiffWithLabelTest", ["NE or NN"], 0),
        ("simpleSpanDiffIncompleteTest", ["NE, only in some layers"], 0),
        ("simpleSpanDiffWithLabelStacking2Test", ["ORG or ORGpart"], 1),
        ("multipleStackedAnnotationsAreNotMergedTest", ["ORG, only in some layers"], 1),
        ("relStackedTest", ["Relation Multivalrel, only in some layers"], 5),
        ("simpleSpanDiffMultiFeatureTest", ["Entity of false"], 0),
        ("simpleSpanNoDiffWithLabelTest", [], 0),
        ("simpleSpanNoDiffMultiFeatureTest", [], 0),
        ("simpleRelNoDiffTest", [], 0),
    ],
)
def test_curation_cases(corpora: Path, tmp_path: Path, tell: Tell, case: str, patterns: list[str], left: int) -> None:
    # A layer has a label twice over the same words: gold takes it once, as the rule has it, and no relation of the other.
    path = tmp_path / "c.rubric"
    assert tell("new", path, "--scheme", "empty")[0] == 0
    for person in ("user1", "user2"):
        source = corpora / CASES / case / f"{person}.tsv"
        assert tell("import", path, source, "--annotator", person, "--new-labels", "add")[0] == 0
    found = asked(tell, "differences", path)["patterns"]
    assert [one["pattern"] for one in found] == patterns
    assert asked(tell, "adjudicate", path, "--policy", "trusted:user2")["left"] == left
    against = asked(tell, "differences", path, "--against-gold", "--annotators", "user2")["annotators"]
    assert sum(one["differences"] for one in against) == left


def test_crowd_layers(corpora: Path, tmp_path: Path, tell: Tell) -> None:
    path = tmp_path / "c.rubric"
    assert tell("new", path, "--scheme", "empty")[0] == 0
    assert tell("import", path, corpora / "btc-gate-crowd/e.gatexml", "--new-labels", "add")[0] == 0
    found = asked(tell, "differences", path, "--annotators", "merged,maxRecall,Key")
    assert found["articles"] == 20
    tally = asked(tell, "adjudicate", path, "--policy", "trusted:merged", "--annotators", "merged,Key")
    assert tally["articles"] == 20
    against = asked(tell, "differences", path, "--against-gold", "--annotators", "merged")["annotators"]
    assert sum(one["differences"] for one in against) == 0
    with Project.open(path, Settings().me()) as project:
        assert not [finding for finding in project.check(full=True) if finding.damage]


def test_the_workers_of_a_crowd(corpora: Path, tmp_path: Path, tell: Tell) -> None:
    path, folder = tmp_path / "c.rubric", corpora / "btc-gate-crowd/e.gatexml"
    assert tell("new", path, "--scheme", "empty")[0] == 0
    assert tell("import", path, folder, "--new-labels", "add")[0] == 0
    found = asked(tell, "differences", path, "--annotators", "worker *")
    assert found["articles"] == 20
    assert {one["kind"] for one in found["patterns"]} == {"only", "label", "attribute"}
    tally = asked(tell, "adjudicate", path, "--policy", "majority:2", "--annotators", "worker *")
    assert (tally["articles"], tally["agreed"], tally["settled"] + tally["left"]) == (20, 0, found["differences"])
    said = defaultdict(set, _marks(folder))
    with Project.open(path, Settings().me()) as project:
        texts = {project.text(article): article.id for article in project.rows.articles()}
        gold = {
            (text, a.label, a.start, a.end)
            for text, uid in texts.items()
            for a in project.annotations(uid, project.review.gold)
        }
        assert not [finding for finding in project.check(full=True) if finding.damage]
    assert {one for one in gold if len(said[one]) < 2} == set()
    # What two or more workers say, and nobody anything else where it stands, is gold.
    rivals = {
        one
        for one in said
        for text, label, start, end in said
        if (text, label, start, end) != one and text == one[0] and start < one[3] and one[2] < end
    }
    assert {one for one in said if len(said[one]) > 1 and one not in rivals} <= gold
    assert len(gold) > 20


def _marks(folder: Path) -> dict[tuple[str, str, int, int], set[str]]:
    """Return who marked what, read from the XML with nothing of ours: (text, label, start, end)."""
    found: dict[tuple[str, str, int, int], set[str]] = {}
    for path in folder.iterdir():
        root = ElementTree.parse(path).getroot()
        nodes = root.find("TextWithNodes")
        assert nodes is not None
        text = "".join(nodes.itertext())
        for mark in root.iterfind("AnnotationSet/Annotation"):
            features = {x.findtext("Name"): x.findtext("Value") for x in mark.iterfind("Feature")}
            if worker := features.get("worker_id"):
                place = (text, mark.attrib["Type"], int(mark.attrib["StartNode"]), int(mark.attrib["EndNode"]))
                found.setdefault(place, set()).add(worker)
    return found

"""Two people's work on the same articles: cases of it, and counts that are made by hand, with nothing of ours."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

from rubricator import cli
from rubricator_resources import path as resource

Article = dict[str, Any]
Mark = tuple[Any, ...]
CASES = "inception-curation-cases/inception-curation/src/test/resources/testsuite"


class Case(NamedTuple):
    """Articles without layers, and the file in which each of two people has labelled them, with how many annotations."""

    scheme: str
    texts: list[Article]
    work: dict[str, tuple[Path, int]]


class Journey:
    """The commands, and what they print."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[bytes]) -> None:
        self._folder, self._capture = folder, capture
        self.main = folder / "main.rubric"

    def says(self, *words: object, code: int = 0) -> str:
        self._capture.readouterr()
        found = cli.run(cli.rubricator, [str(word) for word in words])
        out, err = self._capture.readouterr()
        assert found == code, (words, (out + err).decode())
        return out.decode()

    def asks(self, *words: object, code: int = 0) -> dict[str, Any]:
        value: dict[str, Any] = json.loads(self.says(*words, "--json", code=code))
        return value

    def file(self, name: str) -> Path:
        return self._folder / name

    def articles(self, project: Path, name: str, *words: object) -> list[Article]:
        """Return the articles of an export as JSON."""
        out = self.file(name)
        self.says("export", project, out, "--format", "jsonl", *words)
        lines = map(json.loads, out.read_text(encoding="utf-8").splitlines())
        return [line for line in lines if line["kind"] == "article"]


# --- whose work ---------------------------------------------------------------------------------------------------


def samples(folder: Path) -> Case:
    """Return the samples that ship; what Anna and Ben say of them comes in two files."""
    lines = [json.loads(line) for line in resource("samples/samples.jsonl").read_text(encoding="utf-8").splitlines()]
    header, articles = lines[0], lines[1:]
    ids = {person["name"]: person["id"] for person in header["annotators"]}
    work = {}
    for name in ids:
        kept = []
        for article in articles:
            layers = [layer for layer in article["layers"] if layer["annotator"] in (name, ids[name])]
            kept += [{**article, "layers": layers}] if layers else []
        path = folder / f"{name}.jsonl"
        path.write_text("".join(json.dumps(x) + "\n" for x in [header, *kept]), "utf-8")
        work[name] = path, sum(len(x["layers"][0]["annotations"]) for x in kept)
    bare = [
        {key: value for key, value in article.items() if key not in ("layers", "rubricator")} for article in articles
    ]
    return Case("news", bare, work)


def crowd(folder: Path, corpora: Path) -> Case:
    """Return tweets, and the marks of two workers of a crowd, read from the XML with nothing of ours."""
    texts: dict[str, str] = {}
    marks: dict[str, dict[str, set[tuple[str, int, int]]]] = {}
    for path in sorted((corpora / "btc-gate-crowd/e.gatexml").iterdir()):
        root = ElementTree.parse(path).getroot()
        nodes = root.find("TextWithNodes")
        assert nodes is not None
        uid = path.stem.rpartition(".")[2]
        texts[uid] = "".join(nodes.itertext())
        for mark in root.iterfind("AnnotationSet/Annotation"):
            features = {x.findtext("Name"): x.findtext("Value") for x in mark.iterfind("Feature")}
            if worker := features.get("worker_id"):
                place = mark.attrib["Type"], int(mark.attrib["StartNode"]), int(mark.attrib["EndNode"])
                marks.setdefault(worker, {}).setdefault(uid, set()).add(place)
    work = {}
    for worker in ("29331451", "20113482"):  # both looked for organizations, in many of the same tweets
        path = folder / f"{worker}.jsonl"
        lines = [
            {"id": uid, "text": texts[uid], "label": [[start, end, kind] for kind, start, end in sorted(some)]}
            for uid, some in marks[worker].items()
        ]
        path.write_text("".join(json.dumps({**x, "worker_id": worker}) + "\n" for x in lines), "utf-8")
        work[f"w{worker}"] = path, sum(len(x["label"]) for x in lines)
    return Case("empty", [{"text": text} for text in texts.values()], work)


def curation(folder: Path, corpora: Path, name: str, journey: Journey) -> Case:
    """Return a case of INCEpTION's own tests of curation: the same sentence by two users."""
    where = corpora / CASES / name
    other = folder / "texts.rubric"
    journey.says("new", other, "--scheme", "empty")
    journey.says("import", other, where / "user1.tsv", "--new-labels", "add")
    texts = [{"id": x["id"], "text": x["text"]} for x in journey.articles(other, "texts-out.jsonl")]
    work = {}
    for user in ("user1", "user2"):
        found = journey.asks("import", other, where / f"{user}.tsv", "--annotator", user, "--new-labels", "add")
        work[user] = where / f"{user}.tsv", found["annotations"]
    return Case("empty", texts, work)


# --- counted by hand ----------------------------------------------------------------------------------------------


def said(articles: list[Article]) -> dict[str, Counter[Mark]]:
    """Return everything that the one layer of each article says, but for ids, notes and who made it."""
    found: dict[str, Counter[Mark]] = {}
    for article in articles:
        if not article.get("layers"):
            continue
        (layer,) = article["layers"]
        places = {one["id"]: place(one) for one in layer["annotations"]}
        here = found[article["id"]] = Counter(places.values())
        here.update(("topic", tag["topic"]) for tag in layer.get("topics", ()))
        here.update(
            (
                "relation",
                tie["label"],
                places[tie["from"]],
                places[tie["to"]],
                json.dumps(tie.get("attributes", {}), sort_keys=True),
            )
            for tie in layer.get("relations", ())
        )
    return found


def with_layers(articles: list[Article]) -> list[Article]:
    return [one for one in articles if one.get("layers")]


def place(one: dict[str, Any]) -> Mark:
    attributes = json.dumps(one.get("attributes") or {}, sort_keys=True)
    return one["label"], tuple(map(tuple, one["fragments"])), attributes, one.get("entity") or ""


def spans(marks: Counter[Mark], *, labels: bool) -> Counter[Mark]:
    """Return the places alone, with their labels or without."""
    found: Counter[Mark] = Counter()
    for mark, n in marks.items():
        if mark[0] not in ("topic", "relation"):
            found[mark[:2] if labels else mark[1:2]] += n
    return found


def f1(one: dict[str, Counter[Mark]], other: dict[str, Counter[Mark]], *, labels: bool) -> float:
    same = total = 0
    for uid in one.keys() & other.keys():
        mine, theirs = (spans(layer[uid], labels=labels) for layer in (one, other))
        same, total = same + (mine & theirs).total(), total + mine.total() + theirs.total()
    return 2 * same / total


def names(case: Case) -> list[str]:
    return list(case.work)

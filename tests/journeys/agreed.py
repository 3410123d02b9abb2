"""Projects for journeys of agreement: several annotators over the same articles, in several weeks, with honest noise."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.journeys import reviewed

from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.exchange.schemes import scheme_named, with_topics
from rubricator.project import Project
from rubricator.settings import Me

TOPICS = ("20000002", "20000106", "20000345")
"""Codes that the tree need not know."""
_OTHERS = {"ORGANIZATION": "FACILITY", "CITY": "LOCATION", "COUNTRY": "NATIONALITY", "WORK_OF_ART": "PRODUCT"}


def project(
    path: Path,
    me: Me,
    articles: int = 6,
    people: Sequence[str] = ("anna", "ben"),
    *,
    gold: bool = False,
    seed: int = 1,
    odd: str = "",
) -> Path:
    """Make a project whose articles these people have finished; the last text stands there twice.

    Where an `odd` label is given all dates have it.
    """
    draw = Random(seed)
    source = path.with_suffix(".jsonl")
    with source.open("w", encoding="utf-8") as stream:
        for n in range(articles):
            text = f"Report {min(n, articles - 2)}. {reviewed.TEXT}"
            kinds = {**dict.fromkeys(people, "human"), **({"gold": "gold"} if gold else {})}
            layers = [_layer(draw, text, who, kind, n, n % 4, odd) for who, kind in kinds.items()]
            stream.write(json.dumps({"id": f"a{n}", "title": f"Report {n}", "text": text, "layers": layers}) + "\n")
    with Project.create(path, me, with_topics(scheme_named("news"))) as made:
        import_files(made, [source], ImportOptions("jsonl", new_labels="add"))
    return path


def _layer(draw: Random, text: str, who: str, kind: str, n: int, most: int, odd: str) -> dict[str, object]:
    words = [*reviewed.AGREED, *(reviewed.MINE if draw.random() < 0.6 else reviewed.THEIRS)]
    found = []
    for quote, label, nth in words:
        start = -1
        for _time in range(nth + 1):
            start = text.index(quote, start + 1)
        if kind != "gold" and draw.random() < 0.06 * most:
            continue
        if kind != "gold" and draw.random() < 0.05 * most:
            label = _OTHERS.get(label, label)
        if odd and label == "DATE":
            label = odd
        at = f"2026-{9 + n % 3:02}-{1 + 7 * (n % 4):02}T10:00:00.000Z"
        found.append({"label": label, "start": start, "end": start + len(quote), "created": {"by": who, "at": at}})
    topics = [{"topic": topic} for topic in TOPICS if draw.random() < 0.5]
    return {"annotator": who, "kind": kind, "status": "done", "annotations": found, "topics": topics}

"""The layers of three annotators compared: the queue of a large corpus, in processor time (make bench ARGS=review).

The goal is 100,000 articles within a minute, by two processes that take a half each (exchange/comparing.py): each has a
minute of a processor for 50,000 articles, and so 6 s for 5,000. A third of the articles differ in nothing, the others
in some places. Beside it: what a tenth of that takes, so that the ratio says whether it is linear, and the most memory.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import corpus
import large
from table import Row, against, under

_FEW, _MANY = 1_000, 10_000
_PEOPLE = ("anna", "ben", "clara")
_SPANS = 10
_DIFFER = 0.15
"""How often an annotator says something else than the others."""
_GOAL_MS = 60_000 * _MANY / 100_000
_CODE = (
    "import resource, sys; from pathlib import Path; from rubricator.exchange.comparing import half_work\n"
    "from rubricator.settings import Me\n"
    "part = int(sys.argv[2]), int(sys.argv[3])\n"
    "found = half_work(Path(sys.argv[1]), Me('', '', ''), (), part, lambda _done, _total: None)\n"
    "used, status = resource.getrusage(resource.RUSAGE_SELF), Path('/proc/self/status')\n"
    "most = used.ru_maxrss\n"
    "if status.exists():  # what whoever started this took is not in it\n"
    "    most = int(status.read_text().partition('VmHWM:')[2].split()[0])\n"
    "print(found.articles, len(found.waiting), used.ru_utime + used.ru_stime, most / 1024)\n"
)


def rows(folder: Path) -> Iterator[Row]:
    """Yield what the queue takes for many articles, against those for a tenth of them."""
    few, many = (_measured(folder, n) for n in (_FEW, _MANY))
    for part, (ms, _memory) in enumerate(many, 1):
        yield under(f"queue of {_MANY:,} articles by 3, process {part} of 2 (processor)", ms, _GOAL_MS)
    (slow, memory), (base, little) = max(many), max(few)
    yield against(f"queue {_MANY:,} / 10 x {_FEW:,} (processor)", slow, base * (_MANY / _FEW), 1.5)
    yield against("queue: most memory (MB)", memory, little, 3)


def _measured(folder: Path, n: int) -> list[tuple[float, float]]:
    """Return what each of two processes takes: milliseconds of the processor, and megabytes."""
    source, project = folder / f"review-{n}.jsonl", folder / f"review-{n}.rubric"
    with source.open("w", encoding="utf-8") as lines:
        lines.writelines(articles(n))
    for words in (("new", project), ("import", project, source, "--new-labels", "add")):
        subprocess.run([sys.executable, "-m", "rubricator", *map(str, words)], check=True, stdout=subprocess.DEVNULL)
    found = []
    for part in range(2):
        command = [sys.executable, "-c", _CODE, str(project), str(part), "2"]
        told = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ}).stdout.split()
        print(f"{n:,} articles by 3, part {part + 1}: {told[0]} articles compared, {told[1]} differences")
        found.append((float(told[2]) * 1000, float(told[3])))
    return found


def articles(n: int) -> Iterator[str]:
    """Yield the lines of a corpus: articles with the layers of three, who differ here and there."""
    chance = random.Random(2)
    for line in large.articles(n):
        value = json.loads(line)
        spans = value["layers"][0]["annotations"]
        same = chance.random() < 1 / 3
        value["layers"] = [
            {
                "annotator": who,
                "status": "done",
                "annotations": list(spans if same else _otherwise(spans, value["text"], chance)),
            }
            for who in _PEOPLE
        ]
        yield json.dumps(value) + "\n"


def _otherwise(spans: list[dict[str, Any]], text: str, chance: random.Random) -> Iterator[dict[str, Any]]:
    for one in spans:
        if chance.random() >= _DIFFER:
            yield one
            continue
        [(start, end)] = one["fragments"]
        kind = chance.randrange(3)
        if kind == 0:
            yield {**one, "label": chance.choice(corpus._LABELS)}
        elif kind == 1 and end + 1 < len(text):
            yield {**one, "fragments": [[start, end + 1]]}

"""Projects of a size, made for the benchmarks: invented words, spans spread over them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from pathlib import Path

from rubricator.exchange.schemes import scheme_named, with_topics
from rubricator.model.edits import Add, Edit, Op
from rubricator.model.elements import annotation_value, article_value
from rubricator.model.spans import Annotation, Article, Span
from rubricator.model.text import digest
from rubricator.project import Project
from rubricator.settings import Me

ME = Me("00000000-0000-4000-8000-0000000000be", "bench", "00000000-0000-4000-8000-0000000000bd")
SIZES = {"5 kB / 50": (5_000, 50), "100 kB / 2,000": (100_000, 2_000), "1 MB / 20,000": (1_000_000, 20_000)}
HUGE = {"5 MB / 100,000": (5_000_000, 100_000)}
_OPS_IN_A_ROW = 4_000
_WORDS = ["harbour", "minister", "Arvenia", "grain", "of", "the", "said", "quay", "Port", "Velis", "strike", "Monday"]
_SYLLABLES = ["ar", "ven", "ia", "port", "vel", "is", "mer", "id", "ian", "to", "ka", "lo", "strem", "qua", "ny", "dor"]
_LABELS = ["PERSON", "ORGANIZATION", "COUNTRY", "CITY", "DATE", "LOCATION", "EVENT"]


def text_of(length: int, seed: int = 0) -> str:
    """Return an article of about so many characters, in paragraphs of a few hundred."""
    chance = random.Random(seed)
    parts: list[str] = []
    size = 0
    while size < length:
        sentence = " ".join(chance.choices(_WORDS, k=chance.randint(6, 18))).capitalize() + "."
        end = "\n\n" if chance.random() < 0.2 else " "
        parts.append(sentence + end)
        size += len(parts[-1])
    return "".join(parts)[:length]


def varied(n: int) -> Iterator[str]:
    """Yield so many texts of 1 to 3 kB of invented words, some common and most rare."""
    chance = random.Random(1)
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(5_000)]
    common = list(accumulate(1 / (place + 3) for place in range(len(words))))
    for _ in range(n):
        drawn = chance.choices(words, cum_weights=common, k=chance.randint(150, 450))
        sentences = (" ".join(drawn[at : at + 15]).capitalize() + "." for at in range(0, len(drawn), 15))
        yield "\n\n".join(sentences)


def spans_of(text: str, n: int, seed: int = 0) -> Iterator[tuple[str, Span]]:
    """Yield n labelled spans spread over a text; one in ten lies inside the one before."""
    chance = random.Random(seed)
    step = max(1, (len(text) - 60) // max(1, n))
    for at in range(n):
        start = at * step
        while text[start].isspace():
            start += 1
        end = start + chance.randint(3, 24)
        while text[end - 1].isspace():
            end -= 1
        yield chance.choice(_LABELS), Span.of(start, max(end, start + 1))


def settle_in(home: Path) -> None:
    """Make this the home of whoever labelled the corpora: the window shows nobody else's annotations."""
    told = {"annotator.asked": True, "annotator.id": ME.annotator, "annotator.name": ME.name, "device.id": ME.device}
    (home / "config").mkdir(parents=True)
    (home / "config/settings.json").write_text(json.dumps(told), "utf-8")


def empty(path: Path) -> Project:
    """Make a project without articles."""
    return Project.create(path, ME, with_topics(scheme_named("news")))


def make(path: Path, articles: Iterable[tuple[str, str, int]]) -> None:
    """Make a project of articles (id, text, how many spans)."""
    with empty(path) as project:
        fill(project, rows(articles))


def rows(articles: Iterable[tuple[str, str, int]]) -> Iterator[tuple[list[tuple[str, str]], Edit]]:
    """Yield texts (digest, text) and the edit that names them, as an import does: some thousand operations in a row."""
    texts: list[tuple[str, str]] = []
    ops: list[Op] = []
    n = 0
    for uid, text, spans in articles:
        texts.append((digest(text), text))
        value = article_value(Article(uid, texts[-1][0], f"Article {uid}", {"source": "Bench"}))
        ops.append(Add("article", uid, value))
        for k, (label, span) in enumerate(spans_of(text, spans)):
            a = Annotation(f"{uid}-{k}", uid, ME.annotator, label, span)
            ops.append(Add("annotation", a.id, annotation_value(a)))
        n += 1
        if len(ops) >= _OPS_IN_A_ROW:
            yield texts, Edit("import", tuple(ops), uid, {"n": n, "source": "bench"})
            texts, ops, n = [], [], 0
    if ops:
        yield texts, Edit("import", tuple(ops), ops[0].id, {"n": n, "source": "bench"})


def fill(project: Project, edits: Iterable[tuple[list[tuple[str, str]], Edit]]) -> None:
    """Write such rows into a project as one step."""

    def produce(keep: Callable[[Iterable[tuple[str, str]]], None]) -> Iterator[Edit]:
        for texts, edit in edits:
            keep(texts)
            yield edit

    project.apply_all(produce)

"""How long the radar takes in a project of 100,000 articles with 1,000,000 annotations (making it takes a minute)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import corpus
from table import Row, median_ms, under

from rubricator.model.edits import Add, Edit, Op
from rubricator.model.elements import annotation_value, article_value
from rubricator.model.spans import Annotation, Article, Span
from rubricator.model.text import digest
from rubricator.project import Project

_ARTICLES = 100_000
_IN_EACH = 10
_COMMON = "Kremlin"
"""Two in a hundred annotations are of this name: 20,000."""
_OTHERS = 50_000
_AT_ONCE = 400


def rows(folder: Path) -> Iterator[Row]:
    """Yield the figures of the radar: for a common, a rare and an absent name."""
    path = folder / "radar.rubric"
    with corpus.empty(path) as project:
        corpus.fill(project, _edits(_ARTICLES))
    with Project.open(path, corpus.ME) as project:
        hits = sum(line.n for line in project.radar(_COMMON).labels)
        assert hits > 15_000, hits
        for name, words in ((f"{hits:,} hits", _COMMON), ("a rare name", "Name 4999"), ("an absent name", "Nobody")):
            yield under(f"radar, 1,000,000 annotations, {name}", median_ms(lambda w=words: project.radar(w), 21), 20)


def _edits(articles: int) -> Iterator[tuple[list[tuple[str, str]], Edit]]:
    chance = random.Random(0)
    filler = corpus.text_of(20_000).split(". ")
    for first in range(0, articles, _AT_ONCE):
        texts: list[tuple[str, str]] = []
        ops: list[Op] = []
        for n in range(first, min(first + _AT_ONCE, articles)):
            text, spans = f"{n}. ", []
            for _ in range(_IN_EACH):
                name = _COMMON if chance.random() < 0.02 else f"Name {chance.randrange(_OTHERS)}"
                text += chance.choice(filler) + " "
                spans.append(Span.of(len(text), len(text) + len(name)))
                text += name + ". "
            texts.append((digest(text), text))
            ops.append(Add("article", f"a{n}", article_value(Article(f"a{n}", texts[-1][0], f"Article {n}"))))
            for k, span in enumerate(spans):
                label = "ORGANIZATION" if chance.random() < 0.9 else chance.choice(["LOCATION", "PERSON"])
                a = Annotation(f"a{n}-{k}", f"a{n}", corpus.ME.annotator, label, span)
                ops.append(Add("annotation", a.id, annotation_value(a)))
        yield texts, Edit("import", tuple(ops), f"a{first}", {"n": len(texts), "source": "bench"})

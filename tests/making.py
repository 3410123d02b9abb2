"""Projects, articles and people for tests, made in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path

from rubricator.model.edits import Add, Edit
from rubricator.model.elements import article_value
from rubricator.model.scheme import Scheme
from rubricator.model.scheme_file import parse_scheme
from rubricator.model.spans import Article
from rubricator.model.text import digest
from rubricator.project import Project
from rubricator.settings import Me
from rubricator_resources import path as resource

ANNA = Me("00000000-0000-4000-8000-00000000000a", "anna", "00000000-0000-4000-8000-0000000000da")
BEN = Me("00000000-0000-4000-8000-00000000000b", "ben", "00000000-0000-4000-8000-0000000000db")


def ticking() -> Callable[[], str]:
    """Return a clock that goes on by a second each time it is read."""
    seconds = count()
    return lambda: f"2026-11-23T{(n := next(seconds)) // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}.000Z"


def news() -> Scheme:
    """Return the built-in News scheme."""
    return parse_scheme(resource("schemes/news.json").read_text(encoding="utf-8"), "news")


def add_articles(project: Project, articles: Iterable[tuple[str, str]]) -> None:
    """Put articles (id, text) into a project as one import."""
    texts = dict(articles)

    def produce(keep: Callable[[Iterable[tuple[str, str]]], None]) -> Iterator[Edit]:
        keep([(digest(text), text) for text in texts.values()])
        ops = tuple(
            Add("article", uid, article_value(Article(uid, digest(text), text[:20]))) for uid, text in texts.items()
        )
        yield Edit("import", ops, next(iter(texts), ""), {"n": len(texts), "source": "test"})

    project.apply_all(produce)


def make(path: Path, me: Me = ANNA, texts: Iterable[tuple[str, str]] = ()) -> Project:
    """Make a project with the News scheme and these articles."""
    project = Project.create(path, me, news(), clock=ticking())
    texts = list(texts)
    if texts:
        add_articles(project, texts)
    return project

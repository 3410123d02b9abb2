"""A real project and session for tests of the panels."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QWidget

from rubricator.model.edits import Add, Edit
from rubricator.model.elements import article_value
from rubricator.model.scheme import Scheme, Topic
from rubricator.model.scheme_file import parse_scheme
from rubricator.model.spans import Article, Span
from rubricator.project import Project
from rubricator.settings import Memory, Settings
from rubricator_gui.session import Session
from rubricator_resources import path

Show = Callable[[QWidget], QWidget]

TEXT = (
    "Harbour ministers meet on Sund grain corridor\n\nPORT VELIS, Sept 14 (Meridian Newswire) - Ministers of nine\n"
    "states met the Kareshi Deputy Foreign Minister Anna S.\n\nLebrune, a former pilot. Arvenia supports the plan.\n"
)

TOPICS = (
    Topic("t:1", "economy, business and finance"),
    Topic("t:11", "economy", "", "t:1"),
    Topic("t:111", "grain market", "", "t:11"),
    Topic("t:12", "sea transport", "", "t:1"),
    Topic("t:2", "politics and government"),
    Topic("t:21", "diplomacy", "", "t:2"),
    Topic("t:22", "old diplomacy", "", "t:2", "2020-01-01"),
)


def news(topics: Iterable[Topic] = TOPICS) -> Scheme:
    """Return the News scheme with a small tree of topics."""
    scheme = parse_scheme(path("schemes/news.json").read_text("utf-8"), "news.json")
    return Scheme(name=scheme.name, labels=scheme.labels, rules=scheme.rules, topics=tuple(topics))


def article(n: int, title: str = "", source: str = "Meridian Newswire", published: str = "", **meta: str) -> Article:
    """Return an article over TEXT, or over the text given as `text`."""
    text = meta.pop("text", TEXT)
    digest = hashlib.sha256(text.encode()).hexdigest()
    about = {"source": source, "published": published, **meta}
    return Article(f"a{n}", digest, title or f"Article {n}", {key: value for key, value in about.items() if value})


def add_articles(project: Project, articles: Iterable[Article], texts: Iterable[str] = (TEXT,)) -> None:
    """Put articles into a project as one import."""
    found = list(articles)

    def produce(keep: Callable[[Iterable[tuple[str, str]]], None]) -> Iterator[Edit]:
        keep([(hashlib.sha256(text.encode()).hexdigest(), text) for text in texts])
        ops = tuple(Add("article", each.id, article_value(each)) for each in found)
        yield Edit("import", ops, "", {"n": len(found), "source": "articles.jsonl"})

    project.apply_all(produce)


def make_session(
    tmp_path: Path,
    articles: Iterable[Article] | None = None,
    texts: Iterable[str] = (TEXT,),
    scheme: Scheme | None = None,
) -> Session:
    """Return a session on a new project."""
    settings = Settings(tmp_path / "settings.json")
    settings.introduce("anna")
    path_ = tmp_path / "news.rubric"
    found = [article(n) for n in range(1, 6)] if articles is None else list(articles)
    with Project.create(path_, settings.me(), scheme or news()) as project:
        if found:
            add_articles(project, found, texts)
    session = Session(settings, Memory(tmp_path / "state.json"))
    session.open(path_)
    return session


def label(session: Session, words: str, name: str, nth: int = 0) -> None:
    """Label the nth place of these words in the article shown."""
    start = -1
    for _ in range(nth + 1):
        start = session.text.index(words, start + 1)
    session.select(Span.of(start, start + len(words)), exact=True)
    session.labelling.press(name)
    session.select(None)


def texts(view: QAbstractItemView) -> list[str]:
    """Return what the rows of a list say."""
    model = view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def click(view: QAbstractItemView, row: int | QModelIndex) -> None:
    """Click a row."""
    index = view.model().index(row, 0) if isinstance(row, int) else row
    view.scrollTo(index)
    rect = view.visualRect(index)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def double_click(view: QAbstractItemView, row: int) -> None:
    """Double-click a row, as a hand does: press, release, double click, release."""
    place: QPoint = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

"""Words in the texts of articles, found by SQLite and compared as readers do."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from tests.journeys import kit

from rubricator.model.layer_edits import remove_article
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.store import texts

TEXTS = (
    "One\n\nSergey Lebedev flew to New\nYork: 100 % of it.",
    "Two\n\nLEBEDEV and New  York_. Straße in München",
    "Three\n\nЛЕБЕДЕВ, Лебедев. Newer Yorkshire, 100 x of it, \\ and New York, Mu\u0308nchen",
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.open(kit.project(tmp_path / "p.rubric", list(TEXTS)), Settings().me())


def found(project: Project, words: str) -> list[str]:
    numbers = set().union(*(some for _share, some in project.rows.holding(words)))
    return [line.id for line in project.rows.article_lines(sorted(numbers), project.me.annotator)]


@pytest.mark.parametrize("at_once", [1, 2, 2_000])
def test_words_are_found_as_readers_find_them(project: Project, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(texts, "_TEXTS_A_STEP", at_once)
    with project:
        assert found(project, "lebedev") == ["a1", "a2"]
        assert found(project, "ebede") == ["a1", "a2"], "a part of a word, as in headlines"
        assert found(project, "лебедев") == ["a3"]
        assert found(project, "new york") == ["a1", "a2", "a3"], "over a break of the line"
        assert found(project, "new yorks") == []
        assert found(project, "100 %") == ["a1"], "as it is written"
        assert found(project, "york_") == ["a2"]
        assert found(project, "\\") == ["a3"]
        assert found(project, "STRASSE IN MÜNCHEN") == found(project, "straße in münchen") == ["a2"]
        assert found(project, "x" * 60_000) == []
        assert found(project, "mu\u0308nchen") == found(project, "münchen") == ["a2", "a3"], "however it is spelled"
        assert found(project, TEXTS[0]) == ["a1"]
        assert [share for share, _some in project.rows.holding("x")][-1] == 1
        project.apply(remove_article(project.article("a1")))
        assert found(project, "lebedev") == ["a2"], "it was taken out"


def test_a_corpus_is_looked_through_in_a_moment(project: Project) -> None:
    body = " ".join(f"word{n % 97} and the harbour" for n in range(200))
    with project, project._store.transaction() as db:
        rows = [(f"{n:064}", len(body) + 6, f"{body}{n:06}") for n in range(10_000)]
        db.executemany("INSERT INTO text (digest, length, body) VALUES (?, ?, ?)", rows)
        begin = perf_counter()
        assert list(project.rows.holding("nowhere"))[-1] == (1.0, set())
        assert perf_counter() - begin < 1, "50 MB: a twentieth of a second"

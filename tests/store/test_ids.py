"""Numbers that are looked up again and again: few are kept at hand, and what was forgotten is found again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from rubricator.model.edits import Add, Edit
from rubricator.model.elements import article_value
from rubricator.model.scheme import Label, Scheme
from rubricator.model.spans import Article, Span
from rubricator.model.text import digest
from rubricator.project import Project
from rubricator.settings import Settings


def test_numbers_do_not_grow_with_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rubricator.store.ids._NUMBERS_KEPT", 5)
    texts = [f"Anna {n}" for n in range(20)]
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme(labels=(Label("PERSON"),))) as project:
        adds = tuple(Add("article", f"a{n}", article_value(Article(f"a{n}", digest(t)))) for n, t in enumerate(texts))

        def produce(keep: Callable[[Iterable[tuple[str, str]]], None]) -> Iterator[Edit]:
            keep((digest(t), t) for t in texts)
            yield Edit("import", adds, "a0")

        project.apply_all(produce)
        for end in (4, 6):
            for n in range(20):
                project.annotate(f"a{n}", "PERSON", [Span.of(0, end)])
        ids = project._store.ids
        assert len(ids._known) <= 5
        assert len(ids._layers) <= 5
        assert [len(project.annotations(f"a{n}")) for n in range(20)] == [2] * 20
        assert not list(project.check(full=True))

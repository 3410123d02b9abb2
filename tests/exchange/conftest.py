"""What tests of imports share: a project with one label, and a folder of files in brat standoff and plain text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubricator.model.scheme import Label, Scheme
from rubricator.project import Project
from rubricator.settings import Settings

SCHEME = Scheme(labels=(Label("PERSON", "Person", "PERS", key="1"),))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.rubric", Settings().me(), SCHEME) as made:
        yield made


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text("Anna met Ben at the Board.\n")
    (folder / "a.ann").write_text(
        "T1\tPer 0 4\tAnna\nT2\tPer 9 12\tBen\nT3\tOrg 20 25\tBoard\nT4\tPer 5 5\t\n"
        "R1\tMet Arg1:T1 Arg2:T2\nR2\tAt Arg1:T1 Arg2:T3\nA1\tSure T1\n"
    )
    (folder / "deep" / "b.txt").write_text("Just an article.\n")
    (folder / "deep" / "notes.md").write_text("# none\n")
    (folder / ".hidden.txt").write_text("no\n")
    return folder

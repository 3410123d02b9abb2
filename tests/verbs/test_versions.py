"""Under which version of the scheme an annotation was made: the number only grows, and two people apart are told apart."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests import making

from rubricator.model.spans import Annotation, Span
from rubricator.project import Project
from rubricator.words import say

TEXT = "Anna Berg of the CIS met Ben in Minsk. Carl left. "


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with making.make(tmp_path / "p.rubric", making.ANNA, [("a", TEXT)]) as project:
        yield project


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[tuple[Project, Project]]:
    """Two copies of a project, Anna's and Ben's, that know nothing of each other."""
    making.make(tmp_path / "anna.rubric", making.ANNA, [("a", TEXT)]).close()
    (tmp_path / "ben.rubric").write_bytes((tmp_path / "anna.rubric").read_bytes())
    with (
        Project.open(tmp_path / "anna.rubric", making.ANNA) as anna,
        Project.open(tmp_path / "ben.rubric", making.BEN) as ben,
    ):
        yield anna, ben


def label(project: Project, words: str, name: str = "PERSON") -> Annotation:
    start = TEXT.index(words)
    project.annotate("a", name, [Span.of(start, start + len(words))])
    return next(one for one in project.annotations("a") if one.quote == words)


def note(project: Project, words: str) -> None:
    """Change the scheme, and nothing that an annotation must be looked at for."""
    project.schemes.change(replace(project.scheme, description=words), words)


def asked(project: Project) -> list[str]:
    return [one.quote for one in project.schemes.stale()]


def sound(project: Project) -> None:
    assert [say(found.what) for found in project.check(full=True)] == []


def test_no_number_comes_twice_also_after_undo_and_redo(project: Project) -> None:
    schemes = {project.scheme.version: project.scheme.description}

    def went_on() -> None:
        version = project.scheme.version
        assert version == max(schemes) + 1
        schemes[version] = project.scheme.description

    for act in (lambda: note(project, "one"), project.undo, lambda: note(project, "two"), project.undo, project.redo):
        act()
        went_on()
    assert list(schemes.values())[1:] == ["one", schemes[1], "two", schemes[1], "two"]
    made = label(project, "Ben")
    assert made.scheme == project.scheme.version == 6
    project.undo()  # the annotation: the scheme stays
    assert project.scheme.version == 6
    sound(project)


def test_undo_of_an_import_that_brought_a_scheme_keeps_its_number(project: Project) -> None:
    project.add_labels([project.scheme.labels[0]._replace(name="NEW", key="")])
    assert project.scheme.version == 2
    made = label(project, "Ben", "NEW")
    project.undo()
    project.undo()
    assert "NEW" not in project.scheme.by_name
    assert project.scheme.version == 3 > made.scheme


@pytest.mark.parametrize("anna_first", [True, False])
@pytest.mark.parametrize("changes", [0, 1, 3])
def test_what_one_labels_while_another_tightens_the_label_is_to_be_looked_at(
    apart: tuple[Project, Project], changes: int, anna_first: bool
) -> None:
    """However often Ben changed the scheme meanwhile, and so whatever number his annotation bears."""
    anna, ben = apart
    label(anna, "Anna Berg")
    label(ben, "Carl")
    anna.schemes.change(anna.scheme, "without titles", ["PERSON"])
    label(anna, "Ben")
    for n in range(changes):
        note(ben, f"change {n}")
    label(ben, "Ben")
    for into, of in [(anna, ben), (ben, anna)][:: 1 if anna_first else -1]:
        into.merge(of)
    assert asked(anna) == ["Anna Berg"]
    assert asked(ben) == ["Ben", "Carl"]
    assert anna.scheme == ben.scheme
    assert anna.scheme.version == 1 + 1 + changes, "it counts the changes of both"
    for project in apart:
        project.attributes.confirm([one for one in project.annotations("a") if one.quote in asked(project)])
        assert asked(project) == []
    anna.merge(ben)
    ben.merge(anna)
    for project in apart:
        assert asked(project) == []
        sound(project)


def test_two_who_tighten_a_label_at_once_are_both_heard(apart: tuple[Project, Project]) -> None:
    anna, ben = apart
    for project, what in zip(apart, ("without titles", "with their titles"), strict=True):
        project.schemes.change(project.scheme, what, ["PERSON"])
        label(project, "Ben")
    assert anna.scheme.version == ben.scheme.version, "the same number for two versions"
    anna.merge(ben)
    ben.merge(anna)
    assert asked(anna) == asked(ben) == ["Ben"], "neither knew what the other asked for"
    assert anna.scheme.version == 3


def test_what_is_undone_asks_nobody_and_what_is_redone_asks_again(project: Project) -> None:
    label(project, "Anna Berg")
    project.schemes.change(project.scheme, "without titles", ["PERSON"])
    label(project, "Ben")
    assert asked(project) == ["Anna Berg"]
    for _ in range(2):
        project.undo()
    assert asked(project) == []
    for _ in range(2):
        project.redo()
    assert asked(project) == ["Anna Berg"]
    sound(project)


def test_a_label_given_anew_is_a_label_looked_at(project: Project) -> None:
    minsk = label(project, "Minsk", "CITY")
    project.schemes.change(project.scheme, "without titles", ["PERSON"])
    project.relabel(minsk, "PERSON")
    assert asked(project) == []
    moved = next(one for one in project.annotations("a") if one.id == minsk.id)
    project.schemes.change(project.scheme, "no nicknames", ["PERSON"])
    assert asked(project) == ["Minsk"]
    project.reshape(moved, Span.of(moved.start - 3, moved.end), exact=True)
    assert asked(project) == []
    assert all(len(seen) == 12 for one in project.annotations("a") for seen in one.seen), "they cost room in each"


def test_merging_in_any_order_gives_one_scheme_of_one_number(tmp_path: Path) -> None:
    base = tmp_path / "base.rubric"
    making.make(base, making.ANNA, [("a", TEXT)]).close()
    outcomes = set()
    for order in itertools.permutations(range(3)):
        copies = []
        for n, me in enumerate(
            (making.ANNA, making.BEN, making.BEN._replace(device="0" * 8 + "-0000-4000-8000-0000000000dc"))
        ):
            path = tmp_path / f"{''.join(map(str, order))}-{n}.rubric"
            path.write_bytes(base.read_bytes())
            copies.append(Project.open(path, me))
            for step in range(n + 1):
                note(copies[n], f"{n}.{step}")
        copies[1].undo()
        first, *others = (copies[n] for n in order)
        for other in (*others, *others):
            first.merge(other)
        outcomes.add(first.scheme.version)
        for copy in copies:
            copy.close()
    assert outcomes == {1 + 1 + 2 + 3 + 1}

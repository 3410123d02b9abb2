"""A packet of an older or a newer scheme: reconciled where it can be, told, and the project as it was until agreed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.hub.test_packets import back, give, project
from tests.making import BEN

from rubricator.hub.merging import merge, plan
from rubricator.model.scheme import Label, Scheme
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.store import check
from rubricator.words import say

__all__ = ["project"]


def sound(*projects: Project) -> None:
    for one in projects:
        assert [finding for finding in one.check(full=True) if finding.damage] == []


def test_the_project_has_a_newer_scheme(project: Project, tmp_path: Path) -> None:
    copy = give(project, BEN, tmp_path, "ben")
    copy.annotate("one", "CITY", [Span.of(19, 29)])
    project.add_labels([Label("SHIP", "Ship", "SHIP")])
    project.schemes.rename("CITY", "TOWN")
    version = project.scheme.version
    told = plan(project, back(copy, tmp_path, "back"))
    assert (told.scheme, told.refused, told.unknown) == ((), (), (("CITY", 1),))
    merge(project, [tmp_path / "back.rubpack"])
    assert project.scheme.version == version
    assert "SHIP" in project.scheme.by_name
    assert {one.label for one in project.annotations("one", BEN.annotator)} == {"PERSON", "CITY"}
    sound(project)
    # The copy gets the newer scheme with the next packet, and what it says goes on.
    more = give_file(project, tmp_path)
    assert any("SHIP" in say(words) for words in plan(copy, more).scheme)
    merge(copy, [more])
    assert copy.scheme == project.scheme
    sound(copy)


def give_file(project: Project, folder: Path) -> Path:
    give(project, BEN, folder, "more").close()
    return folder / "more.rubpack"


def test_both_changed_the_same_label(project: Project, tmp_path: Path) -> None:
    copy = give(project, BEN, tmp_path, "ben")
    for one, words in ((project, "what Anna says"), (copy, "what Ben says")):
        one.schemes.change(defined(one.scheme, words), words)
    before = check.state(project._store.db)
    told = plan(project, copy.path)
    assert told.unknown == ()
    assert [clash.field for clash in told.clashes] == ["definition"]
    assert "what Anna says" in say(told.clashes[0].what)
    assert told.scheme
    assert check.state(project._store.db) == before
    merge(project, [copy.path])
    stays = "what Ben says" if told.clashes[0].theirs_stays else "what Anna says"
    assert project.scheme.by_name["CITY"].definition == stays
    merge(copy, [give_file(project, tmp_path)])
    assert copy.scheme == project.scheme
    sound(project, copy)


def defined(scheme: Scheme, words: str) -> Scheme:
    """Return a scheme in which a city is defined so."""
    return replace(scheme, labels=tuple(x._replace(definition=words) if x.name == "CITY" else x for x in scheme.labels))


def test_the_copy_has_a_newer_scheme(project: Project, tmp_path: Path) -> None:
    copy = give(project, BEN, tmp_path, "ben")
    copy.add_labels([Label("SHIP", "Ship", "SHIP")])
    copy.annotate("one", "SHIP", [Span.of(19, 29)])
    told = plan(project, back(copy, tmp_path, "back"))
    assert (told.unknown, len(told.scheme)) == ((), 1)
    merge(project, [tmp_path / "back.rubpack"])
    assert project.scheme.by_name["SHIP"].title == "Ship"
    sound(project)

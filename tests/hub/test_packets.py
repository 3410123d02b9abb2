"""Packets out and back: blind, order-free, repeatable, and nothing lost."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from tests.making import ANNA, BEN, make, ticking

from rubricator.errors import UserError
from rubricator.hub import merging, packets
from rubricator.hub.merging import Plan, merge, plan
from rubricator.hub.parcel import Manifest, write
from rubricator.hub.sieve import Here, Sieve
from rubricator.hub.sources import Source
from rubricator.model.changes import Change
from rubricator.model.edits import Add, Edit, Set
from rubricator.model.elements import annotation_value, layer_id
from rubricator.model.scheme import Label
from rubricator.model.spans import Annotation, Span
from rubricator.project import Project
from rubricator.settings import Me
from rubricator.store import check
from rubricator.words import say

TEXT = "Anna S.\n\nLebrune of Port Velis met 🙂 Layla in Arvenia."
CLARA = Me("00000000-0000-4000-8000-00000000000c", "clara", "00000000-0000-4000-8000-0000000000dc")


def said(project: Project) -> dict[str, list[tuple[object, ...]]]:
    """Return the state without what tells a piece from its whole row, and what stays in a file."""
    state = check.state(project._store.db)

    def bare(cell: object) -> object:
        return cell.partition(".")[0] if isinstance(cell, str) and len(cell) == 53 and cell[36] == "." else cell

    for name in state:
        state[name] = sorted({tuple(map(bare, row)) for row in state[name]}, key=repr)
    return state


def replayed(project: Project) -> None:
    journal = project.journal
    again = check.replay(journal.entries(), journal.texts())
    assert list(check.differences(check.state(project._store.db), again)) == []
    assert [finding for finding in project.check(full=True) if finding.damage] == []


def give(project: Project, who: Me, folder: Path, name: str, articles: tuple[str, ...] = ()) -> Project:
    """Pack for somebody and open the packet."""
    person = packets.annotator_called(project, who.name)
    assert person is not None
    packet = folder / f"{name}.rubpack"
    packets.pack(project, packet, person, packets.articles_of(project, person.id, articles))
    return packets.open_packet(packet, folder / f"{name}.rubric", who.device, clock=ticking())


def back(copy: Project, folder: Path, name: str) -> Path:
    person = packets.annotator_called(copy, copy.me.name)
    assert person is not None
    packet = folder / f"{name}.rubpack"
    packets.pack(copy, packet, person, packets.articles_of(copy, person.id))
    return packet


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project in which an import by Anna brought layers of both, and both have worked."""
    project = make(tmp_path / "main.rubric", ANNA, [("one", TEXT), ("two", TEXT + " Two.")])
    a = Annotation("11111111-1111-4111-8111-111111111111", "one", ANNA.annotator, "PERSON", Span.of(0, 7))
    b = Annotation("22222222-2222-4222-8222-222222222222", "one", BEN.annotator, "PERSON", Span.of(0, 6))
    both = (
        Add("annotator", BEN.annotator, {"name": "ben", "kind": "human"}),
        Add("annotation", a.id, annotation_value(a)),
        Add("annotation", b.id, annotation_value(b)),
        Set("layer", layer_of("one", BEN), "status", "todo", "doing"),
    )
    project.apply_all(lambda _keep: iter([Edit("import", both, "one", {"n": 2, "source": "secret of ben and anna"})]))
    project.annotate("two", "CITY", [Span.of(19, 29)])
    project.annotate("one", "CITY", [Span.of(19, 29)])
    return project


def layer_of(article: str, who: Me) -> str:
    return layer_id(article, who.annotator)


def test_a_packet_is_blind(project: Project, tmp_path: Path) -> None:
    copy = give(project, BEN, tmp_path, "ben")
    assert copy.rows.project()["id"] == project.rows.project()["id"]
    assert copy.me.annotator == BEN.annotator
    assert [a.label for a in copy.annotations("one")] == ["PERSON"]
    assert copy.annotations("one", ANNA.annotator) == []
    assert copy.layer("one").status == "doing"
    assert copy.scheme == project.scheme
    everything = "\n".join(copy._store.db.iterdump())
    assert "secret" not in everything
    assert "11111111-1111" not in everything
    assert '"anna"' not in everything
    replayed(copy)


def test_a_part_of_the_articles(project: Project, tmp_path: Path) -> None:
    copy = give(project, BEN, tmp_path, "ben", ("two",))
    assert [article.id for article in copy.rows.articles()] == ["two"]
    assert [digest for digest, _text in copy.journal.texts()] == [project.article("two").digest]
    replayed(copy)


def test_work_comes_back_in_any_order_and_twice(project: Project, tmp_path: Path) -> None:
    first = give(project, BEN, tmp_path, "first")
    second = give(project, BEN, tmp_path, "second")  # another machine
    first.annotate("one", "CITY", [Span.of(19, 29)])
    first.relabel(first.annotations("one")[0], "ORGANIZATION")
    second.relabel(second.annotations("one")[0], "CITY")
    second.annotate("two", "COUNTRY", [Span.of(46, 53)])
    second.undo()
    second.annotate("two", "PERSON", [Span.of(37, 42)])
    project.annotate("two", "PERSON", [Span.of(37, 42)])
    files = [back(first, tmp_path, "b1"), back(second, tmp_path, "b2"), first.path, second.path]
    first.close()
    second.close()
    project.close()
    seen = []
    for n, order in enumerate([*itertools.permutations(files)][::3]):
        place = tmp_path / f"order{n}.rubric"
        place.write_bytes((tmp_path / "main.rubric").read_bytes())
        with Project.open(place, ANNA) as here:
            for file in (*order, order[0]):
                merge(here, [file])
            assert not plan(here, order[0])
            assert [finding for finding in here.check(full=True) if finding.damage] == []
            assert len(here.annotations("one", BEN.annotator)) == 2
            assert len(here.annotations("two", BEN.annotator)) == 1
            seen.append(said(here))
    assert all(one == seen[0] for one in seen)


def test_what_clashes_is_listed(project: Project, tmp_path: Path) -> None:
    first, second = give(project, BEN, tmp_path, "first"), give(project, BEN, tmp_path, "second")
    first.relabel(first.annotations("one")[0], "ORGANIZATION")
    second.relabel(second.annotations("one")[0], "CITY")
    second.relabel(second.annotations("one")[0], "COUNTRY")
    first.annotate("two", "CITY", [Span.of(19, 29)])
    second.annotate("two", "CITY", [Span.of(19, 29)])
    assert plan(project, first.path).clashes == ()
    merge(project, [first.path])
    told = plan(project, second.path)
    assert {(clash.field, clash.here, clash.theirs) for clash in told.clashes if clash.field != "twice"} == {
        ("label", "ORGANIZATION", "COUNTRY")
    }
    assert [clash.field for clash in told.clashes].count("twice") == 1
    [clash] = [clash for clash in told.clashes if clash.field == "label"]
    assert clash.theirs_stays
    assert "ORGANIZATION here, COUNTRY there; COUNTRY stays" in say(clash.what)
    merge(project, [second.path])
    [annotation] = project.annotations("one", BEN.annotator)
    assert annotation.label == "COUNTRY"
    assert len(project.annotations("two", BEN.annotator)) == 2
    merge(project, [first.path])
    assert plan(project, second.path).n_clashes == 0


def test_deleted_here_and_changed_there(project: Project, tmp_path: Path) -> None:
    first, second = give(project, BEN, tmp_path, "first"), give(project, BEN, tmp_path, "second")
    first.delete(first.annotations("one"))
    second.write_note(second.annotations("one")[0], "sure?")
    merge(project, [first.path])
    assert [(c.field, c.here, c.theirs) for c in plan(project, second.path).clashes] == [("alive", False, "sure?")]
    merge(project, [second.path])
    assert project.annotations("one", BEN.annotator) == []
    other = give(project, BEN, tmp_path, "third")
    assert other.annotations("one") == []


def test_changed_here_and_deleted_there(project: Project, tmp_path: Path) -> None:
    first, second = give(project, BEN, tmp_path, "first"), give(project, BEN, tmp_path, "second")
    first.write_note(first.annotations("one")[0], "sure?")
    second.delete(second.annotations("one"))
    merge(project, [first.path])
    assert [(c.field, c.here, c.theirs) for c in plan(project, second.path).clashes] == [("alive", True, False)]


def test_the_project_is_as_it_was_until_agreed(project: Project, tmp_path: Path) -> None:
    copy = give(project, BEN, tmp_path, "ben")
    copy.annotate("one", "CITY", [Span.of(19, 29)])
    before = check.state(project._store.db)
    told = plan(project, copy.path)
    assert check.state(project._store.db) == before
    assert told.rows == 1
    assert [share.name for share in told.shares] == ["ben"]
    project.annotate("one", "COUNTRY", [Span.of(46, 53)])
    copy.annotate("one", "COUNTRY", [Span.of(46, 53)])
    with pytest.raises(UserError, match="changed since"):
        merge(project, [copy.path], [told])
    done = merge(project, [copy.path], [plan(project, copy.path)])
    assert done.backup is not None
    with Project.open(done.backup, ANNA) as old:
        assert len(old.annotations("one", BEN.annotator)) == 1
        assert [f for f in old.check(full=True) if f.damage] == []
    assert merge(project, [copy.path]).backup is None


def test_a_copy_gets_more_articles(project: Project, tmp_path: Path) -> None:
    copy = give(project, BEN, tmp_path, "ben", ("two",))
    copy.annotate("two", "COUNTRY", [Span.of(46, 53)])
    ben = packets.annotator_called(project, "ben")
    assert ben is not None
    more = tmp_path / "more.rubpack"
    packets.pack(project, more, ben, ["one"])
    told = plan(copy, more)
    assert (told.refused, len(told.articles)) == ((), 1)
    merge(copy, [more])
    assert {article.id for article in copy.rows.articles()} == {"one", "two"}
    assert [a.label for a in copy.annotations("one")] == ["PERSON"]
    replayed(copy)
    whole = tmp_path / "whole.rubpack"
    packets.pack(project, whole, ben, ["one", "two"])
    assert plan(copy, whole).refused == ()
    merge(copy, [whole])
    replayed(copy)
    merge(project, [back(copy, tmp_path, "back")])
    assert [a.label for a in project.annotations("two", BEN.annotator)] == ["COUNTRY"]
    assert not plan(project, copy.path)


def test_a_copy_does_not_learn_of_others(project: Project, tmp_path: Path) -> None:
    copy = give(project, BEN, tmp_path, "ben")
    anna = packets.annotator_called(project, "anna")
    assert anna is not None
    hers = tmp_path / "anna.rubpack"
    packets.pack(project, hers, anna, ["one"])
    for file in (hers, project.path):
        with pytest.raises(UserError, match="not to know"):
            plan(copy, file)
    with pytest.raises(UserError, match="one annotator only"):
        packets.pack(copy, tmp_path / "x.rubpack", anna, ["one"])


def test_new_labels_of_an_annotator_come_in_and_are_told(project: Project, tmp_path: Path) -> None:
    copy = give(project, BEN, tmp_path, "ben")
    copy.add_labels([Label("SHIP", "Ship", "SHIP")])
    copy.annotate("one", "SHIP", [Span.of(0, 4)])
    told = plan(project, copy.path)
    assert "SHIP" in say(told.scheme[0])
    merge(project, [copy.path])
    assert "SHIP" in project.scheme.by_name


def test_another_project_is_refused(project: Project, tmp_path: Path) -> None:
    other = make(tmp_path / "other.rubric", BEN, [("one", TEXT)])
    with pytest.raises(UserError, match="another project"):
        plan(project, other.path)
    with pytest.raises(UserError, match="itself"):
        plan(project, project.path)


def forged(project: Project, folder: Path, edit: Edit) -> Plan:
    """Have Ben's copy say what no window would let him say, and put all of it into a packet."""
    copy = give(project, BEN, folder, "ben")
    copy.apply_all(lambda _keep: iter([edit]))
    packet = folder / "forged.rubpack"
    manifest = Manifest(project.rows.project()["id"], "main", BEN.annotator, "ben", 2)
    write(packet, manifest, copy.journal.entries(), copy.journal.texts())
    before = check.state(project._store.db)
    found = plan(project, packet)
    if copy.rows.project()["id"] == project.rows.project()["id"]:
        assert plan(project, copy.path).refused == found.refused
    merge(project, [packet])
    assert check.state(project._store.db) == before
    return found


HERS = "11111111-1111-4111-8111-111111111111"


@pytest.mark.parametrize(
    "op",
    [
        Set("annotation", HERS, "label", "PERSON", "CITY"),
        Set("annotation", HERS, "alive", True, False),
        Add("annotation", HERS, {"article": "one", "annotator": BEN.annotator, "label": "CITY", "fragments": [[0, 4]]}),
        Add(
            "annotation", "new", {"article": "one", "annotator": ANNA.annotator, "label": "CITY", "fragments": [[0, 4]]}
        ),
        Set("layer", f"one\t{ANNA.annotator}", "status", "doing", "done"),
        Set("annotation", "unheard-of", "label", "PERSON", "CITY"),
        Set("article", "one", "alive", True, False),
        Set("annotator", ANNA.annotator, "name", "anna", "nobody"),
        Set("project", "project", "id", None, "mine"),
        Add("project", "project", {"id": "mine", "name": "mine"}),
        Set("project", "project", "acts_as", None, BEN.annotator),
        Add("comment", "c", {"article": "one", "annotator": BEN.annotator, "by": ANNA.annotator, "text": "well done"}),
        Set("annotation", "22222222-2222-4222-8222-222222222222", "annotator", BEN.annotator, ANNA.annotator),
    ],
    ids=lambda op: f"{type(op).__name__} {op.kind} {op[3] if isinstance(op, Set) else op.id[:3]}",
)
def test_others_work_is_not_changed_through_a_packet(project: Project, tmp_path: Path, op: Add | Set) -> None:
    if op.kind == "layer":
        op = op._replace(id=layer_of("one", ANNA))
    hers = project.annotations("one", ANNA.annotator)
    found = forged(project, tmp_path, Edit("note", (op,), "one"))
    assert (found.rows, found.n_refused) == (0, 1), found
    assert project.annotations("one", ANNA.annotator) == hers
    assert project.name == "main"


def test_an_undo_of_anothers_step_is_refused(project: Project, tmp_path: Path) -> None:
    [hers, *_] = project.history(1)
    copy = give(project, BEN, tmp_path, "ben")
    for start in (0, 5, 10):  # so that his clock is past hers: at the same tick the order of two random ids decides
        copy.annotate("one", "CITY", [Span.of(start, start + 4)])
    entry = list(copy.journal.entries())[-1]
    sieve = Sieve(Here(project), BEN.annotator, copy.path)
    sieve.look([entry])
    assert list(sieve.accepted([entry])) == [entry]
    assert list(sieve.accepted([entry._replace(undoes=hers[0].id)])) == []
    assert list(sieve.accepted([entry._replace(id="other", step=hers[0].id)])) == []
    assert list(sieve.accepted([entry._replace(author=ANNA.annotator)])) == []
    with pytest.raises(UserError, match="far ahead"):
        list(sieve.accepted([entry._replace(lamport=2**52)]))
    with pytest.raises(UserError, match="another content"):
        list(sieve.accepted([hers[0]._replace(at="then")]))


def test_a_name_of_any_length_has_a_packet(project: Project, tmp_path: Path) -> None:
    name = "worker " * 300
    person = packets.annotator_called(project, project.join(name))
    assert person is not None
    packets.pack(project, tmp_path / "o.rubpack", person, ["one"])
    with packets.open_packet(tmp_path / "o.rubpack", tmp_path / "o.rubric", BEN.device) as copy:
        assert copy.rows.name_of(person.id) == name.strip()


def test_files_that_do_not_go_together_are_told_with_what_came_in(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bens = give(project, BEN, tmp_path, "ben")
    clara = project.join("clara")
    claras = give(project, CLARA._replace(annotator=clara), tmp_path, "clara")
    for copy in (bens, claras):
        copy.annotate("one", "CITY", [Span.of(0, 4)])
    real, taken = merging._take, list[Path]()

    def take(main: Project, source: Source) -> Change:
        taken.append(source.path)
        if len(taken) > 1:
            raise UserError("It does not go together.", "Nothing was changed.")
        return real(main, source)

    monkeypatch.setattr(merging, "_take", take)
    with pytest.raises(UserError, match="does not go together") as caught:
        merge(project, [bens.path, claras.path])
    assert "The files before it came in; “main-before-merge.rubric” is the project before." in say(caught.value.hint)
    assert [len(project.annotations("one", who)) for who in (BEN.annotator, clara)] == [2, 0]

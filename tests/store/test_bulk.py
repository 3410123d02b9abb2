"""What is new is written all at once: the tables are those of writing one after the other, in fewer statements."""

from __future__ import annotations

import gc
import random
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from itertools import count, groupby
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.making import ANNA, make

from rubricator.errors import UserError
from rubricator.model.edits import ALIVE, Add, Edit, Op, Set
from rubricator.model.elements import annotation_value, article_value, layer_id
from rubricator.model.spans import Annotation, Article, Span
from rubricator.model.text import digest
from rubricator.project import Project
from rubricator.store import bulk, check, schema, tables
from rubricator.store.entries import Entry
from rubricator.store.fold import Fold
from rubricator.store.journal import Author, Journal
from rubricator.store.schema import scratch

TEXT = "Port Velis, Arvenia 🙂"
TEXTS = [(digest(TEXT), TEXT), (digest(TEXT * 2), TEXT * 2)]

articles = st.sampled_from(["one", "two"])
people = st.sampled_from(["anna", "ben"])
names = st.sampled_from(["x", "y", "z"])
fragments = st.sampled_from([[[0, 10]], [[0, 4], [5, 10]], [[12, 99]]])


def value(article: str, annotator: str, **more: Any) -> dict[str, Any]:
    return {"article": article, "annotator": annotator, **more}


adds = st.one_of(
    st.builds(
        lambda uid, article, who, label, where, more: Add(
            "annotation", uid, value(article, who, label=label, fragments=where, **more)
        ),
        names,
        articles,
        people,
        st.sampled_from(["CITY", "COUNTRY"]),
        fragments,
        st.sampled_from([{}, {"note": "n", "scheme": 2}]),
    ),
    st.builds(
        lambda uid, text: Add("article", uid, {"digest": text[0], "title": uid}), articles, st.sampled_from(TEXTS)
    ),
    st.builds(lambda uid: Add("annotator", uid, {"name": uid}), people),
    st.builds(lambda uid, a, who: Add("tag", uid, value(a, who, topic="medtop:1")), names, articles, people),
    st.builds(lambda uid, a, who: Add("relation", uid, value(a, who, type="of")), names, articles, people),
    st.builds(lambda uid: Add("label", uid, {"title": uid}), names),
    st.builds(lambda article, who: Add("layer", layer_id(article, who), {"status": "done"}), articles, people),
)
sets = st.one_of(
    st.builds(lambda uid, label: Set("annotation", uid, "label", None, label), names, st.sampled_from("AB")),
    st.builds(lambda uid, alive: Set("annotation", uid, ALIVE, None, alive), names, st.booleans()),
    st.builds(lambda uid, note: Set("tag", uid, "note", None, note), names, st.sampled_from("ab")),
    st.builds(lambda uid, title: Set("label", uid, "title", None, title), names, st.sampled_from("ab")),
    st.builds(lambda uid: Set("article", uid, ALIVE, True, False), articles),
    st.builds(lambda a, who: Set("layer", layer_id(a, who), "status", "todo", "doing"), articles, people),
)
edits = st.lists(st.lists(st.one_of(adds, adds, sets), max_size=8), max_size=5)


class Watched(check._Scratch):
    """A store with its state to be looked at."""

    def state(self) -> dict[str, list[tuple[object, ...]]]:
        return check.state(self.db)


def outcomes(work: Callable[[Journal], object]) -> Iterator[dict[str, list[tuple[object, ...]]]]:
    """Yield the state that some work leaves, as it is done, with what many rows put off, and one operation at a time."""
    for insert, from_so_many in ((Fold._insert, bulk._MANY), (Fold._insert, 1), (lambda *_: set(), bulk._MANY)):
        numbers = count()
        with (
            closing(scratch()) as db,
            mock.patch.object(Fold, "_insert", insert),
            mock.patch.object(bulk, "_MANY", from_so_many),
            mock.patch("rubricator.store.journal.new_id", lambda numbers=numbers: f"row-{next(numbers):03}"),
        ):
            store = Watched(db)
            work(Journal(store))
            yield store.state() | {"schema": [*schema._outline(db)]}


def differences(work: Callable[[Journal], object]) -> list[str]:
    one, *others = outcomes(work)
    return [difference for other in others for difference in check.differences(one, other)]


@settings(max_examples=300)
@given(written=edits)
def test_edits_leave_what_their_operations_leave(written: list[list[Op]]) -> None:
    def work(journal: Journal) -> None:
        for ops in written:
            journal.apply([Edit("note", tuple(ops))], Author("anna", "d"), "2026-11-23", texts=TEXTS)

    assert differences(work) == []


@settings(max_examples=300)
@given(written=edits, seed=st.integers(0, 1000))
def test_a_merge_leaves_what_its_operations_leave(written: list[list[Op]], seed: int) -> None:
    rows = [
        Entry(n, f"r{n}", f"r{n}", "anna", "d", n, 1 + n // 2, "", "", "2026-11-23", Edit("note", tuple(ops)))
        for n, ops in enumerate(written)
    ]
    random.Random(seed).shuffle(rows)

    def work(journal: Journal) -> None:
        half = len(rows) // 2
        journal.merge(rows[:half])
        journal.merge(rows[half:], TEXTS)

    assert differences(work) == []


def many(annotations: int) -> Edit:
    """Return an import of two articles with so many annotations each, the first of them before its article."""
    ops: list[Op] = []
    for article, (key, text) in zip(("one", "two"), TEXTS, strict=True):
        for n in range(annotations):
            where = [[n % 9, n % 9 + 1 + n % 2]]
            item = value(article, "anna", label="CITY" if n % 3 else "PERSON", fragments=where)
            ops.append(Add("annotation", f"{article}-{n}", item))
        ops.append(Add("article", article, {"digest": key, "title": text[:4]}))
    return Edit("import", tuple(ops), "one", {"n": 2, "source": "test"})


def put_in(project: Project, edit: Edit) -> None:
    def produce(keep: Callable[[Iterable[tuple[str, str]]], None]) -> Iterator[Edit]:
        keep(TEXTS)
        yield edit

    project.apply_all(produce)


def test_more_rows_than_one_statement_holds() -> None:
    edit = many(333)
    assert differences(lambda journal: journal.apply([edit], Author("anna", "d"), "", texts=TEXTS)) == []


def test_the_doctor_finds_nothing_after_an_import(tmp_path: Path) -> None:
    with make(tmp_path / "p.rubric", ANNA) as project:
        put_in(project, many(1_200))
        assert [found.what for found in check.full(project._store) if found.damage] == []
        assert project.rows.label_counts() == {"CITY": 1_600, "PERSON": 800}
        project.undo()
        assert project.rows.label_counts() == {}
        assert [found.what for found in check.full(project._store) if found.damage] == []


def index_of_words(project: Project, work: Callable[[], object]) -> list[str]:
    """Return what some work does to the index of words."""
    return [line.split()[0] for line in sent(project, work) if "INDEX annotation_words" in line]


def test_the_index_of_words_is_made_anew_where_most_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_MANY", 100)
    with make(tmp_path / "p.rubric", ANNA) as project, Project.open(tmp_path / "p.rubric", ANNA) as other:
        assert index_of_words(project, lambda: put_in(project, many(40))) == []
        assert index_of_words(project, project.undo) == []
        large = replace(many(400), ops=tuple(op._replace(id=f"more-{op.id}") for op in many(400).ops))
        assert index_of_words(project, lambda: put_in(project, large)) == ["DROP", "CREATE"]
        more = replace(many(60), ops=tuple(op._replace(id=f"few-{op.id}") for op in many(60).ops))
        assert index_of_words(project, lambda: put_in(project, more)) == []  # most was there before
        assert other.news()
        other.annotate("one", "CITY", [Span.of(5, 10)])
        assert project.news()
        assert project._store.db.execute("PRAGMA cache_size").fetchone() == (-65536,)
        assert [found.what for found in check.full(project._store) if found.damage] == []


def test_what_fails_leaves_the_index_of_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_MANY", 100)

    def broken(keep: Callable[[Iterable[tuple[str, str]]], None]) -> Iterator[Edit]:
        keep(TEXTS)
        yield many(200)
        raise InterruptedError

    def fail() -> None:
        with pytest.raises(InterruptedError):
            project.apply_all(broken)

    with make(tmp_path / "p.rubric", ANNA) as project:
        assert index_of_words(project, fail) == ["DROP"]
        project.news()
        assert index_of_words(project, lambda: put_in(project, many(200))) == ["DROP", "CREATE"]
        assert [found.what for found in check.full(project._store) if found.damage] == []


def test_the_index_of_words_stays_while_somebody_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_MANY", 100)
    with make(tmp_path / "p.rubric", ANNA, [("first", TEXT), ("second", TEXT)]) as project:
        reading = project.rows.articles()
        next(reading)
        assert index_of_words(project, lambda: put_in(project, many(200))) == ["DROP"]  # which was refused
        assert next(reading).id == "second"
        assert [found.what for found in check.full(project._store) if found.damage] == []


def test_an_import_does_not_go_on_where_the_disk_ended_its_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_MANY", 100)

    class Failing:
        """A connection whose disk fails where the index is dropped: SQLite takes all back then."""

        def __init__(self, db: sqlite3.Connection) -> None:
            self._db = db

        def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
            if statement.startswith("DROP"):
                self._db.execute("ROLLBACK")
                raise sqlite3.OperationalError("disk I/O error")
            return self._db.execute(statement, *values)

    put_off = bulk.put_off
    monkeypatch.setattr(
        "rubricator.store.annotation_rows.put_off", lambda db, ids, rows: put_off(Failing(db), ids, rows)
    )
    with make(tmp_path / "p.rubric", ANNA) as project:
        with pytest.raises(UserError, match="disk reports an error"):
            put_in(project, many(200))
        assert project.rows.count_articles() == 0
        assert [found.what for found in check.full(project._store) if found.damage] == []


def test_a_change_too_large_to_patch_names_every_article(tmp_path: Path) -> None:
    with make(tmp_path / "p.rubric", ANNA) as project, Project.open(tmp_path / "p.rubric", ANNA) as other:
        other.news()
        edit = many(1_200)
        change = project._apply([edit])
        told = other.news()
        for each in (change, told):
            assert each.everything
            assert each.listing
            assert each.articles == {"one", "two"}


def sent(project: Project, work: Callable[[], object]) -> list[str]:
    """Return the statements that some work sends; the annotations that one puts in, one after the other, are one."""
    statements: list[str] = []
    project._store.db.set_trace_callback(statements.append)
    work()
    project._store.db.set_trace_callback(None)
    return [
        statement
        for statement, _ in groupby(
            statements, lambda one: one.partition(" VALUES ")[0] if "INTO annotation" in one else one
        )
    ]


def test_an_import_sends_no_statement_for_each_annotation(tmp_path: Path) -> None:
    counts: list[int] = []
    for n in (100, 1_000):
        with make(tmp_path / f"{n}.rubric", ANNA) as project:
            counts.append(len(sent(project, lambda n=n, project=project: put_in(project, many(n)))))
    assert counts[1] - counts[0] <= 2 * 1_800 / 100


def test_an_import_reads_nothing_of_an_article_that_it_writes(tmp_path: Path) -> None:
    def some(n: int) -> tuple[list[tuple[str, str]], Edit]:
        texts = [(digest(f"{TEXT} {k}"), f"{TEXT} {k}") for k in range(n)]
        ops: list[Op] = []
        for k, (of, _text) in enumerate(texts):
            ops.append(Add("article", f"n{k}", article_value(Article(f"n{k}", of, ""))))
            one = Annotation(f"a{k}", f"n{k}", ANNA.annotator, "CITY", Span.of(0, 4))
            ops.append(Add("annotation", one.id, annotation_value(one)))
        return texts, Edit("import", tuple(ops), "n0", {"n": n})

    counts: list[int] = []
    for n in (10, 60):
        with make(tmp_path / f"{n}.rubric", ANNA) as project:
            texts, edit = some(n)

            def produce(keep: Callable[..., None], texts=texts, edit=edit) -> Iterator[Edit]:  # type: ignore[no-untyped-def]
                keep(texts)
                yield edit

            statements = sent(project, lambda project=project, produce=produce: project.apply_all(produce))
            counts.append(len(statements))
            assert {a.quote for k in range(n) for a in project.annotations(f"n{k}")} == {TEXT[:4]}
    assert counts[1] - counts[0] == 50 * 3  # its text, itself, its layer


def test_one_annotation_sends_few_statements(tmp_path: Path) -> None:
    with make(tmp_path / "p.rubric", ANNA, [("one", TEXT)]) as project:
        project.annotate("one", "CITY", [Span.of(0, 4)])
        statements = sent(project, lambda: project.annotate("one", "CITY", [Span.of(5, 10)]))
    assert [statement.split()[0] for statement in statements] == [
        "BEGIN",
        "PRAGMA",  # what others did to the tables
        "SELECT",  # what others wrote
        "SELECT",  # is the layer begun
        "SELECT",  # was it rejected there
        "SELECT",  # is the annotation new
        "INSERT",  # the journal
        "INSERT",  # the annotation
        "INSERT",  # how many of its label
        "UPDATE",  # how many in its layer
        "INSERT",  # how its words are labelled
        "SELECT",  # what has the same place
        "COMMIT",
    ]


def test_quotes_that_waited_are_filled_in_one_go(tmp_path: Path) -> None:
    with make(tmp_path / "from.rubric", ANNA) as source, make(tmp_path / "to.rubric", ANNA) as project:
        put_in(source, many(20))
        rows = list(source._journal.entries())
        (imported,) = (entry for entry in rows if entry.edit.kind == "import")
        parts = [
            imported._replace(id=f"part-{n}", edit=replace(imported.edit, ops=(op,)))
            for n, op in enumerate(imported.edit.ops)
        ]
        statements = sent(project, lambda: project._journal.merge(parts, TEXTS))
        assert sum(statement.startswith("SELECT n.id, a.uid") for statement in statements) == 1
        assert [a.quote for a in project.annotations("two", "anna")][:2] == ["Po", "P"]


def test_what_is_new_is_counted_without_a_look_at_the_rest() -> None:
    with closing(scratch()) as db:
        for counts, new, found in ((tables.COUNT_NEW, (1,), "rowid>?"), (tables.COUNT_ONE, (), "rowid=?")):
            for count in counts:
                steps = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {count}", new)]
                assert any(step.startswith(f"SEARCH n USING INTEGER PRIMARY KEY ({found})") for step in steps)
                assert not any(step.startswith("SCAN n") for step in steps)


@pytest.mark.parametrize("fails", [False, True])
def test_an_import_looks_for_garbage_seldom_and_only_for_its_time(tmp_path: Path, fails: bool) -> None:
    before, seen = gc.get_threshold(), []

    def produce(keep: Callable[[Iterable[tuple[str, str]]], None]) -> Iterator[Edit]:
        seen.append(gc.get_threshold()[0])
        keep(TEXTS)
        yield Edit("import", (Add("article", "one", article_value(Article("one", TEXTS[0][0]))),))
        if fails:
            raise UserError("stopped")

    with make(tmp_path / "p.rubric") as project, suppress(UserError):
        project.apply_all(produce)
    assert seen == [20_000]
    assert gc.get_threshold() == before

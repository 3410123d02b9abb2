"""Agreement read from a project: whose layers count, by name, against gold, of texts that came twice, and real ones."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.making import ANNA, BEN, make

from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.model.edits import Add, Edit
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.review.agreement.report import Behind, Group
from rubricator.settings import Me

TEXT = "Anna Lebrune flew from Bonn to Port Velis."
GOLD = Me("00000000-0000-4000-8000-00000000000f", "gold", ANNA.device)
Work = Iterable[tuple[str, str, int, int]]


def work(path: Path, me: Me, found: Work, *, topics: Iterable[tuple[str, str]] = (), done: Iterable[str] = ()) -> None:
    with Project.open(path, me) as project:
        for article, label, start, end in found:
            project.annotate(article, label, [Span.of(start, end)])
        for article, topic in topics:
            project.topics.give(article, [topic])
        for article in done:
            project.set_status(article, "done")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a project: two articles done by two, one by one alone, one in work, and one nobody looked at."""
    texts = [(uid, f"{TEXT} {n}") for n, uid in enumerate(("one", "two", "alone", "begun", "untouched"))]
    file = tmp_path / "p.rubric"
    make(file, ANNA, texts).close()
    found = [("one", "PERSON", 0, 12), ("two", "CITY", 23, 27), ("alone", "CITY", 23, 27), ("begun", "CITY", 23, 27)]
    work(file, ANNA, found, done=("one", "two", "alone"))
    work(file, BEN, [("one", "PERSON", 0, 12), ("two", "PERSON", 0, 12), ("begun", "CITY", 0, 4)], done=("one", "two"))
    return file


def value(group: Group, measure: str) -> float | None:
    found = group.of(measure)
    assert found is not None
    return found.value


def test_finished_layers_are_compared_and_what_is_lacking_is_told(path: Path) -> None:
    with Project.open(path, ANNA) as project:
        report = project.agreement.report()
        assert (report.articles, report.compared, report.unfinished) == (3, 2, 2)
        assert [who.name for who in report.annotators] == ["anna", "ben"]
        strict = report.overall.of("strict")
        assert strict is not None
        assert (strict.value, strict.n, strict.articles, strict.missing) == (0.5, 4, 2, 1)
        assert report.weeks
        assert project.agreement.report(unfinished=True).compared == 3
        assert project.agreement.report(articles=["one"]).compared == 1
        assert value(project.agreement.report(labels=["PERSON"]).overall, "strict") == pytest.approx(2 / 3)
        assert report == project.agreement.report()


def test_nothing_found_is_compared_once_it_is_finished(path: Path) -> None:
    work(path, ANNA, [], done=["untouched"])
    work(path, BEN, [], done=["untouched"])
    with Project.open(path, ANNA) as project:
        assert project.agreement.report().compared == 3


def test_annotators_are_named_and_who_is_unknown_is_told(path: Path) -> None:
    with Project.open(path, ANNA) as project:
        named = project.agreement.report(["ben", ANNA.annotator])
        assert [who.name for who in named.annotators] == ["ben", "anna"]
        with pytest.raises(UserError, match="no annotator “cleo”"):
            project.agreement.report(["anna", "cleo"])
        with pytest.raises(UserError, match="two annotators"):
            project.agreement.report(["anna"])
        with pytest.raises(UserError, match="no gold"):
            project.agreement.report(against_gold=True)


def test_annotators_are_compared_with_gold(path: Path) -> None:
    with Project.open(path, ANNA) as project:
        project.apply(Edit("annotator", (Add("annotator", GOLD.annotator, {"name": "gold", "kind": "gold"}),), "", {}))
    work(path, GOLD, [("one", "PERSON", 0, 12), ("two", "CITY", 23, 27)], done=("one", "two"))
    with Project.open(path, ANNA) as project:
        report = project.agreement.report(against_gold=True)
        assert {group.name: value(group, "strict") for group in report.pairs} == {"gold × anna": 1, "gold × ben": 0.5}
        assert [who.name for who in report.annotators] == ["anna", "ben"]
        assert project.agreement.report(["ben"], against_gold=True).compared == 2


def test_a_place_is_told_with_its_sentence_and_its_neighbours_are_not(tmp_path: Path) -> None:
    file = tmp_path / "p.rubric"
    text = "It rained. Anna Lebrune flew from Bonn to Port Velis. She came back."
    make(file, ANNA, [("one", text)]).close()
    work(file, ANNA, [("one", "PERSON", 11, 23), ("one", "CITY", 34, 38)])
    work(file, BEN, [("one", "PERSON", 16, 23)])
    with Project.open(file, ANNA) as project:
        anna, bonn = project.rows.annotations("one", ANNA.annotator)
        (ben,) = project.rows.annotations("one", BEN.annotator)
        place = project.agreement.place(Behind("one", anna.id, ben.id))
        assert place is not None
        assert (place.before, place.quote, place.after) == ("", "Anna Lebrune", " flew from Bonn to Port Velis.")
        assert (place.article.id, place.span, place.said) == ("one", Span.of(11, 23), ("Anna Lebrune", "Lebrune"))
        alone = project.agreement.place(Behind("one", "", bonn.id))
        assert alone is not None
        assert alone.said == ("", "Bonn")
        project.delete([anna])
        left = project.agreement.place(Behind("one", anna.id, ben.id))
        assert left is not None
        assert (left.span, left.said) == (Span.of(16, 23), ("", "Lebrune"))
        assert project.agreement.place(Behind("one", anna.id, "")) is None
        assert project.agreement.place(Behind("gone", "", bonn.id)) is None


def test_who_got_the_same_text_twice_is_compared_with_themselves(tmp_path: Path) -> None:
    file = tmp_path / "again.rubric"
    make(file, ANNA, [("one", TEXT), ("again", TEXT)]).close()
    work(
        file,
        ANNA,
        [("one", "PERSON", 0, 12), ("again", "PERSON", 0, 12), ("again", "CITY", 23, 27)],
        done=("one", "again"),
    )
    work(file, BEN, [("one", "PERSON", 0, 12)], done=("one",))
    with Project.open(file, ANNA) as project:
        (group,) = project.agreement.report().repeats
        assert (group.name, value(group, "strict")) == ("anna", pytest.approx(2 / 3))


def test_the_crowd_of_a_real_corpus_is_compared(tmp_path: Path, corpora: Path) -> None:
    path = tmp_path / "crowd.rubric"
    make(path, ANNA._replace(name="reviewer")).close()
    with Project.open(path, ANNA) as project:
        source = corpora / "btc-gate-crowd" / "e.gatexml"
        import_files(project, [source], ImportOptions("gate-xml", new_labels="add"))
        names = {"Person", "Organization", "Location"}
        report = project.agreement.report(labels=names)
        assert report.compared == 20
        assert len(report.annotators) == 33 + 3, "workers, and the sets that were made of what they say"
        assert {group.name for group in report.labels} == names
        for _, group in report.groups():
            for figure in group.figures:
                assert figure.value is None or -20 < figure.value <= 1
                if figure.low is not None and figure.high is not None and figure.value is not None:
                    assert figure.low <= figure.value <= figure.high

"""The queue over a corpus says what each article says; it can be taken in parts; decisions are counted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import making

from rubricator.errors import UserError
from rubricator.exchange.differences import gather, people, policy_from
from rubricator.model.edits import Add, Edit
from rubricator.model.ids import new_id
from rubricator.model.relations import Relation, relation_value
from rubricator.model.spans import merged_fragments
from rubricator.project import Project
from rubricator.review.decision import REJECT, accept
from rubricator.verbs.queue import Waiting, by_pattern

TEXT = "The CIS council met Mr Sergey Lebedev in Minsk, Belarus."
PEOPLE = ("a" * 36, "b" * 36, "c" * 36)


@st.composite
def said(draw: st.DrawFn) -> dict[str, object]:
    some = draw(st.lists(st.tuples(st.integers(0, len(TEXT) - 9), st.integers(1, 8)), min_size=1, max_size=2))
    value: dict[str, object] = {
        "label": draw(st.sampled_from(["PERSON", "CITY"])),
        "fragments": [list(x) for x in merged_fragments((start, start + length) for start, length in some)],
        "attributes": draw(st.sampled_from([{}, {}, {"sure": True}, {"b": [1, "x"], "a": "é"}])),
        "entity": draw(st.sampled_from(["", "", "e1"])),
        "note": draw(st.sampled_from(["", 'says “attributes” and "entity"'])),
    }
    return {name: item for name, item in value.items() if item}


articles = st.lists(st.lists(st.tuples(st.sampled_from(range(3)), said()), max_size=9), min_size=1, max_size=4)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with making.make(tmp_path / "p.rubric") as made:
        yield made


def fill(project: Project, found: list[list[tuple[int, dict[str, object]]]]) -> list[str]:
    names = [new_id() for _ in found]
    making.add_articles(project, [(name, TEXT) for name in names])
    ops = [Add("annotator", uid, {"name": f"p{n}", "kind": "human"}) for n, uid in enumerate(PEOPLE)]
    for name, spans in zip(names, found, strict=True):
        layers: dict[int, list[str]] = {}
        for owner, value in spans:
            uid = new_id()
            ops.append(Add("annotation", uid, {"article": name, "annotator": PEOPLE[owner], **value}))
            layers.setdefault(owner, []).append(uid)
        for owner, uids in layers.items():
            if len(uids) > 2:  # some articles have relations, most do not
                made = Relation(new_id(), name, PEOPLE[owner], "of", uids[0], uids[1])
                ops.append(Add("relation", made.id, relation_value(made)))
    project.apply_all(lambda _keep: iter([Edit("import", tuple(ops), names[0], {"n": 1, "source": "test"})]))
    return names


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(articles)
def test_the_queue_says_what_each_article_says(
    project: Project, found: list[list[tuple[int, dict[str, object]]]]
) -> None:
    names = fill(project, found)
    told = {one.id: one for stretch in project.review.queue.walk() for one in stretch.waiting}
    for name in names:
        compared = project.review.compare(name) if len(project.review.annotators(name)) > 1 else None
        mine = {one.id: one.pattern for one in told.values() if one.article == name}
        assert mine == ({one.id: one.pattern for one in compared.differences} if compared else {})
    parts = [list(project.review.queue.walk(part=(n, 3))) for n in range(3)]
    assert {one.id for stretch in chain(*parts) for one in stretch.waiting} == set(told)


def test_what_was_decided_is_counted_apart(project: Project) -> None:
    spans: list[tuple[int, dict[str, object]]] = [
        (0, {"label": "CITY", "fragments": [[41, 46]]}),
        (1, {"label": "CITY", "fragments": [[48, 55]]}),
    ]
    (first, second) = fill(project, [spans, spans])
    compared = project.review.compare(first)
    project.review.decide(compared, compared.differences[0], REJECT)
    found = gather(project, people(project, "p0,p1"))
    assert found.articles == 2
    (pattern, counts), *others = by_pattern(found.waiting)
    assert (pattern[0], dict(counts), others) == ("only", {"decided": 1, "open": 3}, [])
    project.review.answers.answer(project.review.decisions(first)[0], "dispute", "no")
    assert {one.state for one in gather(project, []).waiting if one.article == first} == {"disputed", "open"}
    assert isinstance(found.waiting[0], Waiting)
    assert second


def test_agreements_are_counted_too(project: Project) -> None:
    value: dict[str, object] = {"label": "CITY", "fragments": [[41, 46]]}
    fill(project, [[(n, value) for n in range(3)]])
    found = gather(project, [])
    assert (found.articles, found.agreements, found.waiting) == (1, 1, [])


def test_ids_that_a_file_gave_may_hold_commas(project: Project) -> None:
    (name,) = fill(project, [[]])
    said_by = {"one, two": (PEOPLE[0], [41, 46]), "three,": (PEOPLE[1], [48, 55]), ",": (PEOPLE[0], [0, 3])}
    ops = [
        Add("annotation", uid, {"article": name, "annotator": owner, "label": "CITY", "fragments": [span]})
        for uid, (owner, span) in said_by.items()
    ]
    ops.append(ops[-1]._replace(id="x,y", value={**ops[-1].value, "annotator": PEOPLE[1]}))
    project.apply_all(lambda _keep: iter([Edit("import", tuple(ops), name, {"n": 1, "source": "test"})]))
    found = gather(project, [])
    assert found.agreements == 1
    assert {one.id for one in found.waiting} == {one.id for one in project.review.compare(name).differences}


def test_policies_and_people_are_named_in_words(project: Project) -> None:
    fill(project, [[]])
    assert policy_from(project, "trusted:p1").key == f"trusted:{PEOPLE[1]}"
    assert policy_from(project, "majority:3").most == 3
    for words in (
        "trusted:p0,p1",
        "trusted:p*",
        "trusted:,",
        "most",
        "majority:1",
        "majority:x",
        "trusted",
        "trusted:nobody",
        "unanimous:2",
    ):
        with pytest.raises(UserError):
            policy_from(project, words)


def test_one_decision_for_many_where_the_name_of_an_attribute_has_a_comma(project: Project) -> None:
    spans: list[tuple[int, dict[str, object]]] = [
        (n, {"label": "CITY", "fragments": [[41, 46]], "attributes": {"size, kind": words}})
        for n, words in enumerate(("large", "small"))
    ]
    first, second = fill(project, [spans, [(1 - n, value) for n, value in spans]])
    compared = project.review.compare(first)
    project.review.groups.settle(compared, compared.differences[0], accept(PEOPLE[0]), [first, second])
    gold = [project.annotations(name, project.review.gold)[0] for name in (first, second)]
    assert [dict(one.attributes) for one in gold] == [{"size, kind": "large"}] * 2

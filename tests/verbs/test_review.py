"""Review in a project: compared, decided, undone, merged, replayed, settled in groups and by policies, answered."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from tests import making

from rubricator.errors import UserError
from rubricator.model.scheme import RelationType, Rule, Topic
from rubricator.model.spans import Annotation, Span
from rubricator.project import Project
from rubricator.review.decision import DEFER, MERGE, REJECT, Outcome, accept, edit
from rubricator.review.difference import Difference
from rubricator.review.gold import made_of
from rubricator.review.policy import Policy
from rubricator.settings import Me
from rubricator.verbs.groups import Tally
from rubricator.words import say

TEXT = "The CIS council met Mr Sergey Lebedev in Minsk, Belarus. Anna Berg of the CIS said no."
OTHER = "The UN council is back in Minsk."
ANNA, BEN = making.ANNA, making.BEN
RITA = Me("00000000-0000-4000-8000-0000000000ee", "rita", "00000000-0000-4000-8000-0000000000de")
ROSS = Me("00000000-0000-4000-8000-0000000000ef", "ross", "00000000-0000-4000-8000-0000000000df")


def label(project: Project, me: Me, words: str, name: str, article: str = "a") -> Annotation:
    project.me = me
    text = project.text(project.article(article))
    start = text.index(words)
    (replaced,) = project.annotate(article, name, [Span.of(start, start + len(words))]).annotations
    assert replaced.after is not None
    return replaced.after


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with making.make(tmp_path / "p.rubric", texts=[("a", TEXT), ("b", OTHER)]) as made:
        scheme = replace(
            made.scheme,
            relations=(RelationType("member_of", "Member of", ("PERSON",), ()),),
            topics=(Topic("t1", "Politics"),),
        )
        made.schemes.change(scheme, "relations")
        council = label(made, ANNA, "The CIS council", "ORGANIZATION")
        lebedev = label(made, ANNA, "Sergey Lebedev", "PERSON")
        made.relations.add("member_of", lebedev, council)
        label(made, ANNA, "Minsk", "CITY")
        label(made, ANNA, "Anna Berg", "PERSON")
        made.topics.give("a", ["t1"])
        council = label(made, BEN, "CIS council", "ORGANIZATION")
        lebedev = label(made, BEN, "Mr Sergey Lebedev", "PERSON")
        label(made, BEN, "Minsk", "COUNTRY")
        label(made, BEN, "Anna Berg", "PERSON")
        label(made, BEN, "Belarus", "COUNTRY")
        label(made, ANNA, "The UN council", "ORGANIZATION", "b")
        label(made, BEN, "UN council", "ORGANIZATION", "b")
        made.me = RITA
        yield made


def sound(project: Project) -> None:
    assert [say(finding.what) for finding in project.check(full=True)] == []


def difference(project: Project, kind: str, article: str = "a") -> Difference:
    return next(one for one in project.review.compare(article).differences if one.kind == kind)


def states(project: Project, article: str = "a") -> dict[str, str]:
    review = project.review
    return {
        f"{one.difference.kind} {one.difference.pattern[2]}": one.state
        for one in review.settled(review.compare(article))
    }


def gold(project: Project, article: str = "a") -> list[tuple[object, ...]]:
    """Return what gold holds, without who wrote it and when."""
    work = project.review.work(article, project.review.gold)
    found = [("span", x.id, x.label, x.quote, dict(x.attributes), x.note, x.origin) for x in work.annotations]
    found += [("relation", x.id, x.label, x.source, x.target) for x in work.relations]  # type: ignore[list-item]
    found += [("topic", x.id, x.topic, x.note, x.evidence) for x in work.tags]  # type: ignore[list-item]
    return sorted(found)  # type: ignore[type-var]


def words(project: Project, article: str = "a") -> list[str]:
    return [f"{x.label} {x.quote}" for x in project.annotations(article, project.review.gold)]


def decide(project: Project, kind: str, outcome: Outcome, article: str = "a") -> None:
    project.review.decide(project.review.compare(article), difference(project, kind, article), outcome)


def decide_all(project: Project, side: str, article: str = "a") -> None:
    compared = project.review.compare(article)
    for one in compared.differences:
        whose = dict(zip((w.annotator for w in compared.works), one.sides, strict=True))
        project.review.decide(compared, one, accept(side) if whose[side] else REJECT)


# --- one decision -------------------------------------------------------------------------------------------------


def test_what_is_accepted_stands_in_gold_with_where_it_came_from(project: Project) -> None:
    decide(project, "boundary", accept(BEN.annotator).because("no determiners", "ORGANIZATION"))
    (found,) = project.annotations("a", project.review.gold)
    assert (found.label, found.quote, found.origin) == ("ORGANIZATION", "CIS council", "review")
    assert found.created is not None
    assert found.created.by == RITA.annotator
    assert made_of(found) == difference(project, "boundary").subjects
    (decision,) = project.review.decisions("a")
    assert (decision.outcome, decision.source, decision.reason) == ("accept", BEN.annotator, "no determiners")
    assert (decision.by, decision.guideline) == (RITA.annotator, "ORGANIZATION")
    assert decision.wrote == (found.id,)
    assert set(decision.layers) == {ANNA.annotator, BEN.annotator}
    assert states(project)["boundary the"] == "decided"
    assert say(project.history(1)[0][1].what) == "Decided for ORGANIZATION “CIS council”"
    sound(project)


def test_undo_takes_a_decision_back_in_one_step_and_redo_brings_it_again(project: Project) -> None:
    before = gold(project), states(project)
    decide(project, "label", accept(ANNA.annotator))
    after = gold(project), states(project)
    project.undo()
    assert (gold(project), states(project)) == before
    assert project.review.decisions("a") == []
    project.redo()
    assert (gold(project), states(project)) == after
    decide(project, "label", accept(BEN.annotator))
    assert words(project) == ["COUNTRY Minsk"]
    project.undo()
    assert (gold(project), states(project)) == after
    sound(project)


def test_edit_merge_reject_and_defer(project: Project) -> None:
    start = TEXT.index("CIS council")
    decide(project, "boundary", edit("LOCATION", Span.of(start, start + 3)))
    assert words(project) == ["LOCATION CIS"]
    decide(project, "boundary", MERGE)
    assert words(project) == ["ORGANIZATION The CIS council"]
    decide(project, "boundary", REJECT)
    assert words(project) == []
    assert states(project)["boundary the"] == "decided"
    assert say(project.history(1)[0][1].what) == "Decided against ORGANIZATION “The CIS council”"
    decide(project, "boundary", DEFER)
    assert states(project)["boundary the"] == "deferred"
    decide(project, "label", MERGE)
    assert words(project) == ["CITY Minsk", "COUNTRY Minsk"]
    decide(project, "label", accept(ANNA.annotator))
    assert words(project) == ["CITY Minsk"]
    sound(project)


def test_merge_says_all_that_the_sides_say(project: Project) -> None:
    project.me = ANNA
    project.write_note(project.annotations("b")[0], "an organ")
    project.me = RITA
    decide(project, "boundary", MERGE, "b")
    (found,) = project.annotations("b", project.review.gold)
    assert (found.quote, found.note) == ("The UN council", "an organ")


@pytest.mark.parametrize("outcome", [MERGE, accept(ANNA.annotator), accept(BEN.annotator)])
def test_borders_that_are_taken_over_stay_exact(project: Project, outcome: Outcome) -> None:
    """Who asked for exact characters drew white space at the border: what is joined with it has that border too."""
    label(project, BEN, "no", "CITY")
    project.me = ANNA
    start = TEXT.index(" said no")
    project.annotate("a", "EVENT", [Span.of(start, start + len(" said no"))], exact=True)
    project.me = RITA
    sound(project)
    decide(project, "label-boundary", outcome)
    found = {one.label: (one.quote, one.exact) for one in project.annotations("a", project.review.gold)}
    if outcome == MERGE:
        assert found == {"CITY": (" said no", True), "EVENT": (" said no", True)}
    else:
        assert found in ({"EVENT": (" said no", True)}, {"CITY": ("no", False)})
    sound(project)


@pytest.mark.parametrize("group", [False, True])
def test_what_a_relation_and_a_topic_name_goes_to_gold_with_them(project: Project, group: bool) -> None:
    """Nobody can decide about an end that all agree on: it goes to gold with the relation, in the same step."""
    ends = {}
    for me in (ANNA, BEN):
        label(project, me, "of the CIS", "ORGANIZATION")
        ends[me.name] = {one.quote: one for one in project.annotations("a", me.annotator)}
    mine = ends["anna"]
    project.me = ANNA
    project.relations.add("member_of", mine["Anna Berg"], mine["of the CIS"])
    project.topics.tie(project.tags("a")[0], [mine["Anna Berg"]])
    project.me = RITA
    review = project.review
    compared = review.compare("a")
    found = [one for one in compared.differences if one.kind == "relation"]
    (place,) = [one for one in found if compared.agreed_below(one)]
    if group:
        rows = list(review.groups.preview(compared, place, accept(ANNA.annotator), ["a"]))
        assert [row.refused for row in rows if row.difference == place] == [None]
        review.groups.settle(compared, place, accept(ANNA.annotator), ["a"])
    else:
        review.decide(compared, place, accept(ANNA.annotator))
    (relation,) = project.relations.of("a", review.gold)
    by_id = {one.id: one.quote for one in project.annotations("a", review.gold)}
    assert (by_id[relation.source], by_id[relation.target]) == ("Anna Berg", "of the CIS")
    assert len(by_id) == 2
    project.undo()
    assert gold(project) == []
    decide(project, "topic", accept(ANNA.annotator))
    (tag,) = project.tags("a", review.gold)
    assert [project.annotation(uid).quote for uid in tag.evidence] == ["Anna Berg"]  # type: ignore[union-attr]
    decide(project, "topic", REJECT)
    assert words(project) == ["PERSON Anna Berg"], "what all agree on stays"
    sound(project)


def test_a_relation_waits_for_its_ends(project: Project) -> None:
    with pytest.raises(UserError, match="end that is not in gold"):
        decide(project, "relation", accept(ANNA.annotator))
    decide_all(project, ANNA.annotator)
    (relation,) = project.relations.of("a", project.review.gold)
    ends = {x.id: x.quote for x in project.annotations("a", project.review.gold)}
    assert (ends[relation.source], ends[relation.target]) == ("Sergey Lebedev", "The CIS council")
    decide(project, "boundary", REJECT)  # the relation goes with its end
    assert project.relations.of("a", project.review.gold) == []
    assert states(project)["relation member_of"] == "changed"
    sound(project)


def test_a_rule_forbids_what_is_not_allowed_in_gold(project: Project) -> None:
    rule = Rule("r", "no-overlap", {"labels": ["CITY", "COUNTRY"]})
    project.schemes.change(replace(project.scheme, rules=(rule,)), "a rule")
    before = gold(project)
    with pytest.raises(UserError):
        decide(project, "label", MERGE)
    assert gold(project) == before


def test_sides_that_changed_since_are_open_again(project: Project) -> None:
    decide(project, "label", accept(ANNA.annotator))
    project.me = BEN
    theirs = next(x for x in project.annotations("a") if x.quote == "Minsk")
    project.relabel(theirs, "LOCATION")
    project.me = RITA
    assert states(project)["label CITY\tLOCATION"] == "changed"
    decide(project, "label", accept(BEN.annotator))
    assert words(project) == ["LOCATION Minsk"]
    # Another annotation in its place makes another difference: what was made of the old one goes.
    project.me = BEN
    project.delete([next(x for x in project.annotations("a") if x.quote == "Minsk")])
    label(project, BEN, "Minsk", "COUNTRY")
    project.me = RITA
    assert states(project)["label CITY\tCOUNTRY"] == "changed"
    decide(project, "label", accept(ANNA.annotator))
    assert words(project) == ["CITY Minsk"]
    assert len(project.review.decisions("a")) == 1
    sound(project)


def test_what_changed_under_the_hand_is_not_decided(project: Project) -> None:
    compared, one = project.review.compare("a"), difference(project, "label")
    project.me = BEN
    project.relabel(next(x for x in project.annotations("a") if x.quote == "Minsk"), "LOCATION")
    project.me = RITA
    with pytest.raises(UserError, match="changed meanwhile"):
        project.review.decide(compared, one, accept(ANNA.annotator))


# --- copies -------------------------------------------------------------------------------------------------------


def copies(project: Project, tmp_path: Path, people: list[Me]) -> list[Project]:
    path, me = project.path, project.me
    project.close()
    found = []
    for person in people:
        shutil.copy(path, tmp_path / f"{person.name}.rubric")
        found.append(Project.open(tmp_path / f"{person.name}.rubric", person, clock=making.ticking()))
    del me
    return found


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_merging_reviewers_is_free_of_order_and_gold_is_of_one_decision(
    project: Project, tmp_path: Path, order: tuple[int, ...]
) -> None:
    people = [RITA, ROSS, BEN]
    some = copies(project, tmp_path, people)
    decide_all(some[0], ANNA.annotator)
    decide(some[0], "label", MERGE)  # two annotations, of which another decision takes one
    decide_all(some[1], BEN.annotator)
    decide(some[1], "boundary", edit("LOCATION", Span.of(4, 7)))
    decide(some[2], "label", REJECT)
    shutil.copy(tmp_path / "rita.rubric", tmp_path / "all.rubric")
    results = []
    for copy in some:
        copy.close()
    for sequence in (order, (0, 1, 2)):
        target = tmp_path / f"{'-'.join(map(str, sequence))}-{len(results)}.rubric"
        shutil.copy(tmp_path / f"{people[sequence[0]].name}.rubric", target)
        with Project.open(target, RITA) as merged:
            for n in (*sequence[1:], sequence[1]):
                with Project.open(tmp_path / f"{people[n].name}.rubric", people[n]) as other:
                    merged.merge(other)
            sound(merged)
            decisions = {x.id: x for x in merged.review.decisions("a")}
            wrote = {uid for x in decisions.values() for uid in x.wrote}
            work = merged.review.work("a", merged.review.gold)
            standing = {x.id for part in (work.annotations, work.tags) for x in part}
            assert standing <= wrote  # nothing of a decision that another one overruled
            results.append((gold(merged), decisions))
    assert results[0] == results[1]


def test_two_who_accept_the_same_write_the_same(project: Project, tmp_path: Path) -> None:
    some = copies(project, tmp_path, [RITA, ROSS])
    for copy in some:
        decide_all(copy, ANNA.annotator)
    assert gold(some[0]) == gold(some[1])
    assert some[0].review.gold == some[1].review.gold
    some[0].merge(some[1])
    assert gold(some[0]) == gold(some[1])
    assert len([x for x in some[0].rows.annotators() if x.kind == "gold"]) == 1
    for copy in some:
        copy.close()


def test_replaying_the_decisions_gives_the_same_gold(project: Project, tmp_path: Path) -> None:
    plain, decided = copies(project, tmp_path, [ROSS, RITA])
    decide_all(decided, BEN.annotator)
    decide(decided, "label", MERGE)
    decide(decided, "boundary", edit("LOCATION", Span.of(4, 7), note="sic"))
    decide(decided, "only", DEFER)
    decided.review.decide(
        *((c := decided.review.compare("a")), c.differences[-1], MERGE)[0:1], c.differences[-1], MERGE
    )
    by_subjects = {x.subjects: x for x in decided.review.decisions("a")}
    compared = plain.review.compare("a")
    for one in compared.differences:  # annotations first, then what needs them: the order of a comparison
        plain.review.decide(compared, one, by_subjects[one.subjects].as_outcome())
    assert gold(plain) == gold(decided)
    assert len(gold(plain)) > 3
    for copy in (plain, decided):
        copy.close()


# --- groups and policies ------------------------------------------------------------------------------------------


def test_one_decision_for_all_of_a_pattern(project: Project) -> None:
    compared, model = project.review.compare("a"), difference(project, "boundary")
    chosen = accept(BEN.annotator).because("no determiners")
    rows = list(project.review.groups.preview(compared, model, chosen, ["a", "b"]))
    assert [(row.article, [x.quote for x in row.writes if isinstance(x, Annotation)]) for row in rows] == [
        ("a", ["CIS council"]),
        ("b", ["UN council"]),
    ]
    assert gold(project) == gold(project, "b") == []
    project.review.groups.settle(compared, model, chosen, ["a", "b"])
    assert words(project) + words(project, "b") == ["ORGANIZATION CIS council", "ORGANIZATION UN council"]
    assert {x.reason for x in project.review.decisions("b")} == {"no determiners"}
    project.undo()
    assert gold(project) == gold(project, "b") == []
    sound(project)


def test_what_is_chosen_for_a_group_is_the_like_not_the_layer(project: Project) -> None:
    # In b it is anna who has no determiner.
    project.me = ANNA
    project.delete(project.annotations("b"))
    label(project, ANNA, "UN council", "ORGANIZATION", "b")
    project.me = BEN
    project.delete(project.annotations("b"))
    label(project, BEN, "The UN council", "ORGANIZATION", "b")
    project.me = RITA
    compared, model = project.review.compare("a"), difference(project, "boundary")
    project.review.groups.settle(compared, model, accept(BEN.annotator), ["a", "b"])
    assert words(project, "b") == ["ORGANIZATION UN council"]


def test_a_preview_tells_what_a_rule_forbids(project: Project) -> None:
    compared, model = project.review.compare("b"), difference(project, "boundary", "b")
    rule = Rule("r", "no-nesting", {"outer": ["ORGANIZATION"], "inner": ["PERSON"]})
    project.schemes.change(replace(project.scheme, rules=(rule,)), "a rule")
    start = TEXT.index("CIS")
    decide(project, "label", edit("PERSON", Span.of(start, start + 3)))
    rows = {row.article: row for row in project.review.groups.preview(compared, model, MERGE, ["a", "b"])}
    assert rows["b"].refused is None
    assert rows["a"].refused is not None
    project.review.groups.settle(compared, model, MERGE, ["a", "b"])
    assert words(project) == ["PERSON CIS"]
    assert words(project, "b") == ["ORGANIZATION The UN council"]


def test_policies_sign_what_they_write_and_leave_the_rest(project: Project) -> None:
    tally = project.review.groups.apply(Policy("unanimous"), ["a"])
    assert tally[:4] == (1, 1, 0, 6)
    (found,) = project.annotations("a", project.review.gold)
    assert (found.quote, found.extra["review"]["policy"]) == ("Anna Berg", "unanimous")
    decide(project, "label", accept(BEN.annotator))
    tally = project.review.groups.apply(Policy("trusted", whom=ANNA.annotator), ["a", "b"])
    assert (tally.articles, tally.left) == (2, 0)
    assert words(project) == [
        "ORGANIZATION The CIS council", "PERSON Sergey Lebedev", "COUNTRY Minsk", "PERSON Anna Berg",
    ]  # fmt: skip
    policies = {x.kind: x.policy for x in project.review.decisions("a")}
    assert policies["boundary"] == f"trusted:{ANNA.annotator}"
    assert policies["label"] == ""
    project.undo()  # both articles in one step
    assert words(project, "b") == []
    assert len(words(project)) == 2
    sound(project)


def test_a_policy_finishes_gold_where_nothing_is_left_and_all_are_done(project: Project) -> None:
    def applied(who: str) -> tuple[int, int]:
        tally = project.review.groups.apply(Policy(who, whom=ANNA.annotator), ["a", "b"], finish=True)
        return tally.left, tally.finished

    assert applied("trusted") == (0, 0), "both are at work still"
    project.undo()
    for me in (ANNA, BEN):
        project.me = me
        for article in ("a", "b"):
            project.set_status(article, "done")
    project.me = RITA
    assert applied("unanimous")[1] == 0, "what is left is for a person"
    project.undo()
    decide(project, "label", DEFER)
    assert applied("trusted") == (0, 1), "and so is what a person put off"
    assert [project.review.locked(article) for article in ("a", "b")] == [False, True]
    project.undo()
    assert not project.review.locked("b"), "it is one step with what the policy wrote"
    assert words(project, "b") == []
    sound(project)


def test_who_is_at_work_keeps_gold_open_though_not_compared(project: Project) -> None:
    for me in (ANNA, BEN):
        project.me = me
        project.set_status("a", "done")
    label(project, ROSS, "Minsk", "CITY")  # at work
    project.me = RITA
    policy, two = Policy("trusted", whom=ANNA.annotator), [ANNA.annotator, BEN.annotator]
    assert project.review.groups.apply(policy, ["a"], two, finish=True).unfinished == 1
    assert not project.review.locked("a")
    project.me = ROSS
    project.set_status("a", "done")
    project.me = RITA
    assert project.review.groups.apply(policy, ["a"], two, finish=True).finished == 1


def test_a_majority_of_three_decides(project: Project) -> None:
    label(project, ROSS, "CIS council", "ORGANIZATION")
    label(project, ROSS, "Minsk", "LOCATION")
    project.me = RITA
    project.review.groups.apply(Policy("majority"), ["a"])
    assert "ORGANIZATION CIS council" in words(project)
    assert not any("Minsk" in line for line in words(project))
    found = states(project)
    assert found["label CITY\tCOUNTRY\tLOCATION"] == "open"
    assert found["only COUNTRY"] == "decided"  # two say nothing
    sound(project)


# --- locked, and back to the annotator ----------------------------------------------------------------------------


def test_an_article_is_locked_when_all_is_decided(project: Project) -> None:
    with pytest.raises(UserError, match="6 differences are not decided"):
        project.review.lock("a")
    decide_all(project, ANNA.annotator)
    project.review.lock("a")
    assert project.review.locked("a")
    assert "PERSON Anna Berg" in words(project)
    with pytest.raises(UserError, match="locked"):
        decide(project, "label", REJECT)
    assert project.review.groups.apply(Policy("majority"), ["a"]) == Tally()
    project.review.reopen("a")
    decide(project, "label", REJECT)
    assert "CITY Minsk" not in words(project)
    sound(project)


def test_an_annotator_sees_what_changed_and_why_and_disputes_it(project: Project) -> None:
    assert project.review.answers.changed("a", BEN.annotator) == []
    decide(project, "label", accept(ANNA.annotator).because("a city is a city"))
    project.me = BEN
    (found,) = project.review.answers.changed("a")
    assert [[x.label for x in side] for side in found.difference.sides] == [["COUNTRY"], ["CITY"]]  # type: ignore[union-attr]
    assert found.decision is not None
    assert (found.decision.reason, found.answer) == ("a city is a city", "")
    project.review.answers.answer(found.decision, "dispute", "The state, here.")
    assert project.review.answers.changed("a")[0].answer == "dispute"
    project.me = RITA
    assert project.review.answers.changed("a") == [], "she has no work there"
    assert states(project)["label CITY\tCOUNTRY"] == "disputed"
    (settled,) = [x for x in project.review.settled(project.review.compare("a")) if x.state == "disputed"]
    assert [x.text for x in settled.answers] == ["The state, here."]
    decide(project, "label", accept(ANNA.annotator).because("seen; it stays"))
    assert states(project)["label CITY\tCOUNTRY"] == "decided"
    project.me = BEN
    (found,) = project.review.answers.changed("a")
    assert found.answer == ""
    assert found.decision is not None
    project.review.answers.answer(found.decision, "accept")
    assert project.review.answers.changed("a")[0].answer == "accept"
    project.me = ANNA
    assert project.review.answers.changed("a") == []
    sound(project)


def test_a_decision_names_its_article(project: Project) -> None:
    comparison = project.review.compare("a")
    change = project.review.decide(comparison, comparison.differences[0], DEFER)
    assert change.articles == {"a"}
    assert project.undo().articles == {"a"}

"""What a new scheme would forbid of what stands: only what is new, in everybody's layers; and what a rename leaves stale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests import making

from rubricator.errors import UserError
from rubricator.model.oddities import oddities
from rubricator.model.scheme import Attribute, RelationType, Rule, Scheme
from rubricator.model.scheme_names import without
from rubricator.model.spans import Annotation, Span
from rubricator.project import Project
from rubricator.verbs.still_broken import StillBroken
from rubricator.words import say

TEXT = "Anna Berg of the Bank of Minsk met Ben in Minsk."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with making.make(tmp_path / "p.rubric", texts=[("a", TEXT), ("b", TEXT)]) as made:
        yield made


def label(project: Project, words: str, name: str, article: str = "a") -> Annotation:
    start = TEXT.index(words)
    (replaced,) = project.annotate(article, name, [Span.of(start, start + len(words))]).annotations
    assert replaced.after is not None
    return replaced.after


def found(project: Project, new: Scheme) -> list[tuple[str, str, str]]:
    return [
        (breach.place.article, breach.place.quote, say(breach.why))
        for layer in project.schemes.breaches(new)
        for breach in layer
    ]


NESTS = Rule("1", "no-nesting", {"inner": ["CITY"], "outer": ["ORGANIZATION"]})


def test_what_two_annotations_break_is_found_and_no_longer_once_the_rule_stands(project: Project) -> None:
    label(project, "Bank of Minsk", "ORGANIZATION")
    label(project, "Minsk", "CITY")
    label(project, "Ben", "PERSON", "b")
    new = replace(project.scheme, rules=(NESTS,))
    ((article, quote, why),) = found(project, new)
    assert (article, why) == ("a", "City, town may not lie inside Organization (rule 1)")
    assert quote in {"Bank of Minsk", "Minsk"}
    assert found(project, replace(new, rules=(NESTS._replace(values={**NESTS.values, "note": True}),))) == []
    project.schemes.change(new, "rule")
    assert found(project, new) == [], "what is against the rules already is not the change's doing"


def test_what_a_finished_article_lacks(project: Project) -> None:
    label(project, "Ben", "PERSON")
    label(project, "Ben", "PERSON", "b")
    project.set_status("a", "done")
    new = replace(project.scheme, attributes=(Attribute("gender", "Gender", labels=("PERSON",), required=True),))
    assert found(project, new) == [("a", "Ben", "“Ben” does not say Gender")]
    assert found(project, replace(project.scheme, rules=(Rule("t", "some-topic"),))) == [
        ("a", "", "the article has no topic (rule 1)")
    ]


def test_values_and_ends_that_are_allowed_no_more(project: Project) -> None:
    scheme = replace(
        project.scheme,
        attributes=(Attribute("gender", "Gender", "choice", ("male", "female")),),
        relations=(RelationType("knows", "Knows"),),
    )
    project.schemes.change(scheme, "more")
    anna, ben = label(project, "Anna Berg", "PERSON"), label(project, "Ben", "PERSON")
    project.attributes.set([anna], "gender", "female")
    project.relations.add("knows", anna, ben)
    fewer = replace(
        scheme,
        attributes=(Attribute("gender", "Gender", "choice", ("male",)),),
        relations=(RelationType("knows", "Knows", targets=("ORGANIZATION",)),),
    )
    assert found(project, fewer) == [
        ("a", "Anna Berg", "“female” is no value of Gender: male"),
        ("a", "Anna Berg", "Knows may not lead from Person to Person"),
    ]


def test_an_attribute_that_is_taken_out_while_annotations_say_it(project: Project) -> None:
    gender = Attribute("gender", "Gender", "choice", ("f", "m"), ("PERSON", "CITY"))
    project.schemes.change(replace(project.scheme, attributes=(gender,)), "gender")
    anna, minsk = label(project, "Anna Berg", "PERSON"), label(project, "Minsk", "CITY")
    project.attributes.set([anna], "gender", "f")
    project.attributes.set([minsk], "gender", "m")
    gone = found(project, replace(project.scheme, attributes=()))
    assert gone == [
        ("a", "Anna Berg", "Person has no attribute “gender”"),
        ("a", "Minsk", "City, town has no attribute “gender”"),
    ]
    narrower = replace(project.scheme, attributes=(gender._replace(labels=("PERSON",)),))
    assert [quote for _article, quote, _why in found(project, narrower)] == ["Minsk"]
    assert found(project, replace(project.scheme, attributes=(gender._replace(title="Sex"),))) == []


def test_layers_of_others_and_articles_taken_out(project: Project) -> None:
    label(project, "Bank of Minsk", "ORGANIZATION")
    label(project, "Minsk", "CITY")
    with Project.open(project.path, making.BEN) as other:
        assert len(found(other, replace(other.scheme, rules=(NESTS,)))) == 1


def test_somebody_writes_while_it_is_looked_through(project: Project) -> None:
    label(project, "Minsk", "CITY")
    label(project, "Minsk", "CITY", "b")
    looking = project.schemes.breaches(replace(project.scheme, rules=(NESTS,)))
    next(looking)
    with Project.open(project.path, making.BEN) as other:
        label(other, "Ben", "PERSON")
    project.news()
    label(project, "Ben", "PERSON")
    assert list(looking)


def test_a_label_may_mean_something_else_though_its_words_stay(project: Project) -> None:
    ben = label(project, "Ben", "PERSON")
    version = project.scheme.version
    change = project.schemes.change(project.scheme, "without titles", ["PERSON"])
    assert change.scheme, "nobody is told"
    assert project.scheme.version == version + 1
    assert [one.quote for one in project.schemes.stale()] == ["Ben"]
    project.attributes.confirm([ben])
    assert project.schemes.stale() == []
    label(project, "Anna Berg", "PERSON")
    assert project.schemes.stale() == []


def test_what_is_stale_stays_so_under_another_name(project: Project) -> None:
    label(project, "Ben", "PERSON")
    label(project, "Bank of Minsk", "ORGANIZATION")
    project.schemes.split("PERSON", [project.scheme.by_name["PERSON"]._replace(name="POET", title="Poet", key="")])
    assert [say(one.why) for one in project.schemes.again()] == ["Person or Poet: choose"]
    project.schemes.rename("PERSON", "HUMAN")
    assert [one.quote for one in project.schemes.stale()] == ["Ben"]
    assert (project.schemes.count_stale(10), project.schemes.count_stale(0)) == (1, 0)
    project.schemes.merge(["HUMAN"], "POET")
    assert [one.label for one in project.schemes.stale()] == ["POET"]
    assert [say(one.what) for one in project.check(full=True)] == []
    for _n in range(3):
        project.undo()
    assert project.schemes.stale() == []


def changed(project: Project, **more: object) -> None:
    """Change the scheme and have all that breaks it looked at again."""
    new = replace(project.scheme, **more)  # type: ignore[arg-type]
    project.schemes.change(new, "a rule", (), [one for layer in project.schemes.breaches(new) for one in layer])


def test_what_breaks_a_rule_is_looked_at_again_with_the_rule_and_nothing_else_of_its_label(project: Project) -> None:
    label(project, "Bank of Minsk", "ORGANIZATION")
    label(project, "Minsk", "CITY")
    label(project, "Minsk", "CITY", "b")
    changed(project, rules=(NESTS,))
    (again,) = project.schemes.again()
    assert (again.place.article, say(again.why)) == ("a", "City, town may not lie inside Organization (rule 1)")
    assert project.schemes.count_stale(10) == 1
    (broken,) = (one for one in project.annotations("a") if one.id == again.place.annotation)
    assert project.schemes.asked_of([broken]) == {broken.id}
    label(project, "Anna Berg", "PERSON")
    assert project.schemes.count_stale(10) == 1, "what is made later is not named"
    project.attributes.confirm([broken])
    assert project.schemes.again() == []
    project.undo()
    project.schemes.split(broken.label, [project.scheme.by_name["PERSON"]._replace(name="NEW", key="")])
    whys = {one.place.annotation: say(one.why) for one in project.schemes.again()}
    assert whys[broken.id] == say(again.why), "a rule says more than that the label was split"
    assert [say(one.what) for one in project.check(full=True) if one.damage] == []


def test_only_so_many_are_named_and_of_more_the_labels_are_looked_at(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rubricator.verbs.schemes.NAMED_MOST", 1)
    for article in ("a", "b"):
        label(project, "Ben", "PERSON", article)
        project.set_status(article, "done")
    label(project, "Anna Berg", "PERSON")
    changed(project, attributes=(Attribute("gender", labels=("PERSON",), required=True),))
    assert [one.quote for one in project.schemes.stale()] == ["Anna Berg", "Ben", "Ben"]


def test_finished_articles_that_lack_something_are_in_work_again_for_everybody(project: Project) -> None:
    project.set_status("a", "done")
    with Project.open(project.path, making.BEN) as other:
        other.set_status("b", "done")
    project.news()
    changed(project, rules=(Rule("1", "some-topic", {"note": True}),))
    assert project.layer("a").status == "done", "what is only noted opens nothing"
    changed(project, rules=(Rule("1", "some-topic"),))
    assert project.schemes.again() == []
    assert project.layer("a").status == "doing"
    assert project.rows.status("b", making.BEN.annotator) == "doing"
    with pytest.raises(UserError, match="has no topic"):
        project.set_status("a", "done")
    project.undo()
    assert project.layer("a").status == project.rows.status("b", making.BEN.annotator) == "done"


def test_a_note_and_what_nobody_asked_for_leave_what_is_to_be_looked_at(project: Project) -> None:
    ben = label(project, "Ben", "PERSON")
    age = Attribute("age", "Age", "number", labels=("PERSON",))
    project.schemes.change(replace(project.scheme, attributes=(age,)), "without titles", ["PERSON"])
    project.write_note(ben, "Is this one?")
    project.attributes.set(project.annotations("a"), "age", 7)
    assert [one.quote for one in project.schemes.stale()] == ["Ben"]
    (stands,) = project.annotations("a")
    assert (stands.note, stands.seen, stands.attributes["age"]) == ("Is this one?", ben.seen, 7)
    gender = Attribute("gender", "Gender", "choice", ("f", "m"), ("PERSON",), required=True)
    project.schemes.change(replace(project.scheme, attributes=(age, gender)), "gender", ["PERSON"])
    project.attributes.set([stands], "gender", "m")
    assert [one.quote for one in project.schemes.stale()] == ["Ben"], "without its title? nobody has said so"
    project.attributes.confirm(project.annotations("a"))
    assert project.schemes.stale() == []


@pytest.mark.parametrize("done", ["moved", "renamed", "titled", "relabelled", "undone"])
def test_what_has_to_be_said_is_asked_until_it_is_said(project: Project, done: str) -> None:
    ben = label(project, "Ben", "PERSON")
    project.set_status("a", "done")
    gender = Attribute("gender", "Gender", "choice", ("f", "m"), ("PERSON", "POET"), required=True)
    poet = project.scheme.by_name["PERSON"]._replace(name="POET", title="Poet", key="")
    project.schemes.change(replace(project.scheme, labels=(*project.scheme.labels, poet)), "poets")
    changed(project, attributes=(gender,))
    name = "gender"
    if done == "moved":
        project.reshape(ben, Span.of(TEXT.index("Ben"), TEXT.index("Ben") + 6))
    elif done == "renamed":
        project.schemes.rename_attribute("gender", "sex", "Sex")
        name = "sex"
    elif done == "titled":
        project.schemes.change(replace(project.scheme, attributes=(gender._replace(title="Sex"),)), "title")
    elif done == "relabelled":
        project.schemes.rename("PERSON", "HUMAN")
    else:
        project.attributes.set(project.annotations("a"), "gender", "f")
        assert project.schemes.stale() == []
        project.undo()
    assert [one.annotation for one in project.schemes.stale()] == [ben.id]
    assert project.schemes.asked_of(project.annotations("a")) == {ben.id}
    project.attributes.set(project.annotations("a"), name, "m")
    assert project.schemes.stale() == []


def test_which_part_of_a_split_label_it_is_is_not_answered_by_what_lacked(project: Project) -> None:
    ben = label(project, "Ben", "PERSON")
    person = project.scheme.by_name["PERSON"]
    gender = Attribute("gender", "Gender", "choice", ("f", "m"), ("PERSON",), required=True)
    project.schemes.change(replace(project.scheme, attributes=(gender,)), "gender")
    project.schemes.split("PERSON", [person._replace(name="CLERK, JUDGE", title="Clerk, judge", key="")])
    asked = ["Person or Clerk, judge: choose"]
    assert [say(one.why) for one in project.schemes.again()] == asked
    project.attributes.set([ben], "gender", "m")
    assert [say(one.why) for one in project.schemes.again()] == asked
    project.schemes.rename("CLERK, JUDGE", "CLERK", "Clerk")
    assert [say(one.why) for one in project.schemes.again()] == ["Person or Clerk: choose"]
    project.relabel(project.annotations("a")[0], "CLERK")
    assert project.schemes.again() == []
    project.undo()
    project.attributes.confirm(project.annotations("a"))
    assert project.schemes.again() == []


@pytest.mark.parametrize("used", [True, False])
def test_what_was_to_be_looked_at_goes_with_its_label(project: Project, used: bool) -> None:
    if used:
        label(project, "Ben", "PERSON")
    person = project.scheme.by_name["PERSON"]
    project.schemes.split("PERSON", [person._replace(name="PILOT", title="Pilot", key="")])
    project.schemes.change(project.scheme, "villages too", ["CITY", "PERSON"])
    if used:
        project.schemes.delete("PERSON")
    else:
        project.schemes.change(without(project.scheme, "PERSON"), "− PERSON")
    assert [one.labels for one in project.rows.rechecks().values()] == [("CITY",)]
    assert list(oddities(project.scheme, project.rows.elements)) == []
    project.undo()
    assert [one.labels for one in project.rows.rechecks().values()] == [("PERSON",), ("CITY", "PERSON")]


def test_a_rule_that_is_broken_is_not_mended_by_what_lacked(project: Project) -> None:
    label(project, "Bank of Minsk", "ORGANIZATION")
    inner = label(project, "Minsk", "CITY")
    size = Attribute("size", "Size", "choice", ("s", "l"), ("CITY",), required=True)
    changed(project, rules=(NESTS,), attributes=(size,))
    project.attributes.set([inner], "size", "s")
    assert [one.quote for one in project.schemes.stale()] == ["Minsk"]


def test_what_one_change_asks_for_comes_together_and_is_said_plainly(project: Project) -> None:
    for words, name in (("Ben", "PERSON"), ("Anna Berg", "PERSON"), ("Minsk", "CITY")):
        label(project, words, name)
    project.schemes.change(project.scheme, "villages too", ["CITY"])
    people = [project.scheme.by_name["PERSON"]._replace(name=n, title=n.title(), key="") for n in ("POET", "PILOT")]
    project.schemes.split("PERSON", people)
    asked = [(one.place.quote, say(one.why)) for one in project.schemes.again()]
    assert asked[0] == ("Minsk", "City, town was changed in the scheme: is it still right?")
    assert [why for _quote, why in asked[1:]] == ["Person became Poet or Pilot: choose"] * 2


def test_what_broke_a_rule_is_off_the_list_once_nothing_of_it_is_broken(project: Project) -> None:
    outer = label(project, "Bank of Minsk", "ORGANIZATION")
    inner = label(project, "Minsk", "CITY")
    changed(project, rules=(NESTS,))
    (again,) = project.schemes.again()
    assert again.place.annotation == inner.id, "the inner one is what mostly goes"

    def left() -> list[str]:
        found = [one.place.annotation for one in project.schemes.again()]
        assert [one.annotation for one in project.schemes.stale()] == found
        assert project.schemes.count_stale(10) == len(found)
        assert [list(value["annotations"]) for _uid, value in project.schemes.rechecks()] == ([found] if found else [])
        return found

    project.delete([outer])
    assert left() == []
    project.undo()
    assert left() == [inner.id]
    with Project.open(project.path, project.me) as other:
        other.relabel(outer, "EVENT")
        project.news()
        assert left() == [], "nor is it where another window mended it"
        other.undo()
        project.news()
        assert left() == [inner.id]
    project.schemes.change(replace(project.scheme, rules=()), "no rule")
    assert left() == [], "the rule is gone"


def test_a_reason_has_the_names_of_today_and_what_is_only_unsaid_is_no_breach_of_a_rule(project: Project) -> None:
    outer = label(project, "Bank of Minsk", "ORGANIZATION")
    label(project, "Minsk", "CITY")
    gender = Attribute("gender", labels=("CITY",), required=True)
    changed(project, rules=(NESTS,), attributes=(gender,))
    project.schemes.rename("ORGANIZATION", "BODY", "Body")
    assert [say(one.why) for one in project.schemes.again()] == ["City, town may not lie inside Body (rule 1)"]
    project.delete([outer._replace(label="BODY")])
    assert project.schemes.again() == [], "it is asked for when the article is finished"


def test_only_what_stands_beside_a_change_is_judged_anew(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    outer = label(project, "Bank of Minsk", "ORGANIZATION")
    inner = label(project, "Minsk", "CITY")
    changed(project, rules=(NESTS,))
    judged: list[list[str]] = []
    judge = StillBroken._judge

    def counted(self: StillBroken, uids: list[str]) -> object:
        judged.append(uids)
        return judge(self, uids)

    monkeypatch.setattr(StillBroken, "_judge", counted)
    assert project.schemes.count_stale(10) == 1
    label(project, "Ben", "PERSON")
    assert project.schemes.count_stale(10) == 1
    assert judged == [[inner.id]], "nothing was near it"
    project.relabel(outer, "EVENT")
    assert project.schemes.count_stale(10) == 0
    project.undo()
    assert project.schemes.asked_of(project.annotations("a")) == {inner.id}
    assert judged == [[inner.id]] * 3


def test_an_end_that_is_relabelled_has_its_relations_judged_anew(project: Project) -> None:
    ben = label(project, "Ben", "PERSON")
    bank = label(project, "Bank of Minsk", "ORGANIZATION")
    kind = RelationType("works", "Works for", ("PERSON",), ("ORGANIZATION", "EVENT"))
    project.schemes.change(replace(project.scheme, relations=(kind,)), "a relation")
    project.relations.add("works", ben, bank)
    project.relabel(bank, "EVENT")
    changed(project, relations=(kind._replace(targets=("ORGANIZATION",)),))
    assert [one.annotation for one in project.schemes.stale()] == [ben.id]
    project.relabel(next(one for one in project.annotations("a") if one.id == bank.id), "ORGANIZATION")
    assert project.schemes.stale() == []

"""A rule that came later: what breaks it is looked at again with its reason, finished articles are in work again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from tests import making
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_scheme_editor import answer, edit, press, said

from rubricator.model.scheme import Attribute, Rule, Scheme
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.dialogs.scheme.breaking import Breaking
from rubricator_gui.dialogs.scheme.editor import SchemeEditor
from rubricator_gui.hand import Hand

NESTS = Rule("1", "no-nesting", {"inner": ["COUNTRY"], "outer": ["ORGANIZATION"]})
GENDER = Attribute("gender", "Gender", "choice", ("f", "m"), ("PERSON",), required=True)


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric"))
    for words, key in (("Arvenia", "3"), ("Toll", "3"), ("and Toll", "2"), ("Anna S.\n\nLebrune", "1")):
        kit.label(hand, words, key)
    return hand


def tightened(hand: Hand, *, unticked: bool = False, **more: object) -> tuple[str, str]:
    """Change the scheme in the editor, going on when it is told what breaks it; return what was told and offered."""
    told: list[tuple[str, str]] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, Breaking)
        hand.wait_until(lambda: not dialog.looking, "all layers are looked through")
        told.append((said(dialog, "touchedCount"), dialog.again.text()))
        if unticked:
            dialog.again.setFocus()
            hand.keys("Space")
        press(dialog, "touchedGo")

    def work(editor: SchemeEditor) -> None:
        new: Scheme = replace(editor.draft.scheme, **more)  # type: ignore[arg-type]
        editor.draft.put(new)
        answer(hand, "breachDialog", read)
        press(editor, "applyScheme")

    edit(hand, work)
    return told[0]


def listed(hand: Hand) -> list[tuple[str, str]]:
    return [(place.quote, place.why) for place in hand.window.session.worklist.places()]


def test_the_list_has_what_breaks_the_rule_and_says_which(hand: Hand) -> None:
    count, again = tightened(hand, rules=(NESTS,))
    assert count.startswith("1 place in 1 article")
    assert again == "Look at this annotation again"
    ((quote, why),) = listed(hand)
    assert quote in {"Toll", "and Toll"}
    assert why == "Country may not lie inside Organization (rule 1)"
    hand.keys("F5")
    panel = hand.window.over.again
    assert hand.window.session.chosen == panel.list.listed.places[0].annotation
    hand.keys("Shift+F5")
    assert listed(hand) == panel.list.listed.places == []
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert hand.window.session.scheme.rules == ()
    assert listed(hand) == []


def test_who_does_not_want_to_look_again_has_no_list(hand: Hand) -> None:
    tightened(hand, rules=(NESTS,), unticked=True)
    assert listed(hand) == []
    assert hand.window.session.scheme.rules == (NESTS,)


@pytest.mark.parametrize("unticked", [False, True])
def test_a_finished_article_that_lacks_a_topic_is_in_work_again(hand: Hand, unticked: bool) -> None:
    session = hand.window.session
    hand.do("finish")
    assert session.ready.layer("a1").status == "done"
    count, again = tightened(hand, rules=(Rule("1", "some-topic"),), unticked=unticked)
    assert count.startswith("1 place in 1 article")
    assert again == "Take up the finished article that lacks something"
    assert session.ready.layer("a1").status == ("done" if unticked else "doing")
    assert session.status == session.ready.layer("a1").status, "the window knows"
    if not unticked:
        hand.do("finish")
        assert "the article has no topic" in hand.window.status._notice.text()
        hand.keys("Ctrl+Z")
        assert session.status == "done", "all of it is one step"


def test_who_confirms_is_asked_for_what_has_to_be_said(hand: Hand) -> None:
    session = hand.window.session
    hand.do("finish")
    count, _again = tightened(hand, attributes=(GENDER, GENDER._replace(name="age", title="Age", kind="number")))
    assert count.startswith("2 places in 1 article")
    (place,) = session.worklist.places()
    assert place.why == "does not say Gender", "the words stand beside it"
    hand.keys("F5", "Shift+F5")
    picker = hand.window.over.attribute_picker
    assert picker.isVisible()
    said_why = "Gender is required and missing: say it, and “Anna S. ⏎ Lebrune” is right."
    assert hand.window.status._notice.text() == said_why
    assert [picker.model.index(n).data() for n in range(picker.model.rowCount())] == ["Gender: f", "Gender: m"]
    assert session.worklist.count() == 1, "nothing was confirmed"
    hand.keys("Escape")
    assert session.worklist.count() == 1
    hand.keys("Shift+F5", "Return")
    assert session.worklist.count() == 1, "one of two is said"
    hand.keys("Shift+F5")
    hand.type("44")
    hand.keys("Return")
    assert session.worklist.places() == []
    assert hand.window.over.again.list.listed.places == []
    assert dict(next(one for one in session.spans if one.label == "PERSON").attributes) == {"gender": "f", "age": 44}
    assert session.ready.lacking("a1") == []


@pytest.mark.parametrize("by", ["list", "article"])
def test_what_is_chosen_is_the_row_after_it_was_said_what_was_missing(hand: Hand, by: str) -> None:
    kit.label(hand, "former pilot", "1")
    hand.do("finish")
    session = hand.window.session
    tightened(hand, attributes=(GENDER,))
    hand.keys("F5")
    panel = hand.window.over.again
    _first, second = (place.annotation for place in panel.list.listed.places)
    if by == "article":
        hand.keys("Return")
    hand.keys("Space")
    assert hand.window.over.attribute_picker.isVisible()
    hand.keys("Return")
    assert [place.annotation for place in panel.list.listed.places] == [second]
    assert session.chosen == second, "the row one is at"
    assert hand.window.focusWidget() is (panel.list if by == "list" else hand.reader)
    hand.keys("Space", "Return")
    assert panel.list.listed.places == []
    assert dict(session.spans[second].attributes) == {"gender": "f"}


def test_what_is_against_the_rules_is_said_in_the_card_and_found_in_the_list(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    path = kit.project(tmp_path / "p.rubric")
    with Project.open(path, Settings().me()) as project:
        noted = NESTS._replace(values={**NESTS.values, "note": True})
        project.schemes.change(replace(project.scheme, rules=(noted,)), "a rule")
    hand = start(path)
    for words, key in (("Arvenia", "3"), ("Toll.", "3"), ("and Toll.", "2")):
        kit.label(hand, words, key)
    line = hand.window.sections.chosen.broken
    hand.click(kit.at(hand, "Toll.")[0] + 1)
    assert hand.window.session.chosen_annotation is not None
    assert line.isVisible()
    assert line.words.text() == "Against the rules: Country may not lie inside Organization (rule 1)"
    assert not line.button.isVisible(), "there is nothing to press"
    panel = hand.window.sections.annotations
    panel.filter.setFocus()
    hand.type("broken:")
    model = panel.view.model()
    hand.wait_until(lambda: model.rowCount() == 2, "both that are told of are listed, and no other")
    hand.keys("Escape")
    outer = next(one for one in hand.window.session.spans if one.label == "ORGANIZATION")
    hand.window.session.run(hand.window.session.ready.delete([outer]))  # another window takes the other one away
    assert line.isHidden()
    hand.click(kit.at(hand, "Arvenia")[0] + 1)
    assert line.isHidden()


def test_what_a_merge_broke_is_said_in_the_card(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    path = kit.project(tmp_path / "p.rubric")
    me = Settings().me()
    copy = tmp_path / "copy.rubric"
    copy.write_bytes(path.read_bytes())
    at = Span.of(kit.STORY.index("Toll."), kit.STORY.index("Toll.") + 4)
    with Project.open(path, me) as here, Project.open(copy, me._replace(device=making.BEN.device)) as there:
        here.annotate("a1", "COUNTRY", [at])
        there.annotate("a1", "COUNTRY", [at])
        here.merge(there)
    hand = start(path)
    hand.click(kit.at(hand, "Toll.")[0] + 1)
    line = hand.window.sections.chosen.broken
    assert line.words.text() == "Against the rules: these words already carry COUNTRY"
    assert line.isVisible()


def test_a_row_goes_when_what_it_broke_is_mended_and_comes_back_with_undo(hand: Hand) -> None:
    tightened(hand, rules=(NESTS,))
    session = hand.window.session
    hand.keys("F5")
    panel = hand.window.over.again
    (place,) = panel.list.listed.places
    inner = session.spans[place.annotation]
    assert inner.label == "COUNTRY", "it chooses the one inside: Delete is to take that one"
    outer = next(one for one in session.spans if one.label == "ORGANIZATION")
    session.choose(outer.id)
    hand.window.reader.setFocus()
    hand.keys("Delete")
    assert outer.id not in session.spans
    assert panel.list.listed.places == listed(hand) == []
    hand.keys("Ctrl+Z")
    assert [one.annotation for one in panel.list.listed.places] == [inner.id]
    hand.keys("F5", "Delete")
    assert outer.id in session.spans
    assert inner.id not in session.spans
    assert panel.list.listed.places == []


def test_one_that_is_confirmed_counts_as_one_when_it_is_taken_back(hand: Hand) -> None:
    tightened(hand, rules=(NESTS,))
    hand.keys("F5", "Shift+F5", "Ctrl+Z")
    assert hand.window.status._notice.text().startswith("Undone: Confirmed 1 annotation.")


def test_what_is_mended_is_not_to_be_looked_at_again_anywhere(hand: Hand) -> None:
    tightened(hand, rules=(NESTS,))
    session, panel = hand.window.session, hand.window.sections.annotations
    inner, outer = (next(one for one in session.spans if one.quote == words) for words in ("Toll", "and Toll"))
    panel.filter.setFocus()
    hand.type("stale:")
    model = panel.view.model()
    hand.wait_until(lambda: model.rowCount() == 1, "what breaks the rule")
    hand.keys("Escape")
    session.choose(outer.id)
    hand.window.reader.setFocus()
    hand.keys("Delete")
    panel.filter.setFocus()
    hand.type("stale:")
    hand.wait_until(lambda: model.rowCount() == 0, "nothing breaks it any more")
    hand.keys("Escape")
    session.choose(inner.id)
    hand.window.reader.setFocus()
    before = session.spans[inner.id]
    hand.keys("3")
    assert session.spans[inner.id] == before, "its own label again answers nothing: nothing is asked"


def test_space_reads_on_once_the_list_one_came_from_is_closed(hand: Hand) -> None:
    tightened(hand, rules=(NESTS,))
    hand.keys("F5", "Return")
    panel = hand.window.over.again
    assert hand.window.session.worklist.came
    hand.do("again")
    assert panel.isHidden()
    hand.window.reader.setFocus()
    hand.keys("Space")
    assert panel.isHidden()
    assert len(listed(hand)) == 1, "nothing was confirmed"


def test_finishing_says_what_is_still_to_be_looked_at_again(hand: Hand) -> None:
    tightened(hand, rules=(NESTS,))
    hand.do("finish")
    told = hand.window.status.notice
    assert told.endswith("1 annotation of it is still to be looked at again."), told
    hand.keys("Ctrl+Z")
    session = hand.window.session
    session.choose(next(one for one in session.spans if one.quote == "and Toll").id)
    hand.window.reader.setFocus()
    hand.keys("Delete")
    hand.do("finish")
    assert "looked at" not in hand.window.status.notice


def test_who_said_that_it_is_right_has_said_so_once_what_lacked_is_said(hand: Hand) -> None:
    session = hand.window.session
    new = replace(session.scheme, attributes=(GENDER,))
    session.do(session.ready.schemes.change, new, "means something else, and has a gender", ["PERSON"])
    hand.keys("F5")
    assert listed(hand) == [("Anna S.\n\nLebrune", "Person was changed in the scheme: is it still right?")]
    person = next(one for one in session.spans if one.label == "PERSON")
    session.do(session.ready.attributes.set, [person], "gender", "m")
    assert len(listed(hand)) == 1, "that was not what is asked"
    session.do(session.ready.attributes.set, [session.spans[person.id]], "gender", None)
    hand.keys("Space")
    assert hand.window.over.attribute_picker.isVisible()
    hand.keys("Escape")
    assert len(listed(hand)) == 1
    hand.keys("Space", "Return")
    assert dict(session.spans[person.id].attributes) == {"gender": "f"}
    assert listed(hand) == [], "it is right, as Space said"

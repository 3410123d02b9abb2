"""Keys and clicks that did what nobody meant: what is typed in a note, an open article's row, borders half moved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.scheme import RelationType
from rubricator_gui.hand import Hand
from rubricator_gui.panels.annotations import AnnotationPanel


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "p.rubric", [kit.STORY, kit.STORY.replace("Arvenia", "Belmora")]))


def test_ctrl_enter_in_a_note_writes_it_and_finishes_nothing(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0] + 1)
    hand.keys("Return")
    hand.type("is it the state?")
    hand.keys("Ctrl+Return")
    assert [one.note for one in session.spans] == ["is it the state?"]
    assert session.status == "doing"
    assert hand._focus() is hand.reader
    hand.keys("Ctrl+Return")
    assert session.article.id == "a2", "in the text it finishes, as ever"


def test_who_takes_the_open_article_in_the_list_goes_on_in_it(hand: Hand) -> None:
    hand.show(1440, 900)
    view = hand.window.articles.view
    row = view.visualRect(view.model().index(0, 0)).center()
    hand.click_on(view.viewport(), row)
    assert hand._focus() is hand.reader
    kit.label(hand, "Arvenia", "3")
    hand.click_on(view.viewport(), row)
    hand.keys("Tab")
    assert hand.window.session.current is not None, "Tab walks in the text"
    assert hand._focus() is hand.reader


@pytest.mark.parametrize("how", ["click", "finish"])
def test_borders_that_are_being_moved_are_kept_where_one_goes_elsewhere(hand: Hand, how: str) -> None:
    session = hand.window.session
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0] + 1)
    start, end = kit.at(hand, "Arvenia")
    hand.keys("F2", "Right")
    if how == "click":
        hand.click(kit.at(hand, "Toll")[0] + 1)
    else:
        hand.keys("Ctrl+Return")
        hand.do("previous")
    (moved,) = session.spans
    assert moved.start == start
    assert moved.end > end, "the next word is in it"
    hand.keys("Ctrl+Z", *(["Ctrl+Z"] if how == "finish" else []))
    assert [(one.start, one.end) for one in session.spans] == [(start, end)]
    hand.click(start + 1)
    hand.keys("F2", "Right", "Escape")
    assert [(one.start, one.end) for one in session.spans] == [(start, end)], "Esc leaves them"


@pytest.mark.parametrize("size", [(1000, 700), (1440, 900)])
def test_what_borders_hold_while_they_are_moved_is_seen_first(hand: Hand, size: tuple[int, int]) -> None:
    hand.show(*size)
    session, reader, head = hand.window.session, hand.reader, hand.window.sections.chosen._head
    start, end = kit.at(hand, "Port Velis Harbour")

    def boxes(span: tuple[int, int]) -> list[tuple[float, float]]:
        return [ground.box for ground in reader.page.grounds(*span, 0, 10_000)]

    def tinted() -> list[tuple[float, float]]:
        return [box for tint in reader.overlay(0, 10_000).chosen_tints for box in tint.boxes]

    kit.label(hand, "Port Velis Harbour", "2")
    hand.click(start + 1)
    assert tinted() == boxes((start, end))
    hand.keys("F2", "Shift+Right")
    assert tinted() == boxes((start + len("Port "), end))
    assert head.accessibleName() == "Organization: Velis Harbour"
    hand.keys("Right")
    assert tinted() == boxes((start + len("Port "), end + len(" Authority")))
    assert head.accessibleName() == "Organization: Velis Harbour Authority"
    hand.keys("Escape")
    assert tinted() == boxes((start, end))
    assert head.accessibleName() == "Organization: Port Velis Harbour"
    hand.keys("F2", "Right", "Return")
    assert head.accessibleName() == "Organization: Port Velis Harbour Authority"
    assert session.chosen_annotation is not None
    hand.keys("Escape")
    kit.drag(hand, "Toll")
    assert reader.overlay(0, 10_000).dragged
    hand.keys("F2", "Shift+Left")
    assert not reader.overlay(0, 10_000).dragged, "what was dragged is old"
    assert [ground.box for ground in reader.overlay(0, 10_000).preview] == boxes(
        (kit.at(hand, "and Toll")[0], kit.at(hand, "and Toll")[1])
    )


def moved(hand: Hand) -> None:
    """Move the end of an annotation, but do not say that it stays there."""
    kit.label(hand, "Toll", "3")
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Arvenia")[0] + 1)
    hand.keys("F2", "Right")
    assert ("COUNTRY", "Arvenia") in kit.layer(hand), "it is only shown as yet"


@pytest.mark.parametrize("how", ["key", "row", "annotation", "chosen elsewhere", "found", "word", "menu"])
def test_half_moved_borders_are_kept_by_every_way_out(hand: Hand, how: str) -> None:
    hand.show(1440, 900)
    session = hand.window.session
    moved(hand)
    match how:
        case "key":
            hand.keys("Ctrl+PgDown")
        case "row":
            view = hand.window.articles.view
            hand.click_on(view.viewport(), view.visualRect(view.model().index(1, 0)).center())
        case "annotation":
            rows = hand.window.findChild(AnnotationPanel)
            assert rows is not None
            hand.click_on(rows.view.viewport(), rows.view.visualRect(rows.view.model().index(1, 0)).center())
            assert session.chosen_annotation is not None
            assert session.chosen_annotation.quote == "Toll"
        case "chosen elsewhere":
            hand.keys("Tab")
        case "found":
            hand.keys("Ctrl+F")
            hand.type("Karesh")
            hand.keys("Return", "Escape")
        case "word":
            hand.keys("Shift+End")
        case "menu":
            hand.do("borders")
            hand.keys("Escape")
    if how in ("key", "row"):
        assert session.article is not None
        assert session.article.id == "a2"
        assert hand.window.status.notice == "Moved the borders of “Arvenia, Karesh”."
        hand.keys("Ctrl+PgUp")
    assert ("COUNTRY", "Arvenia, Karesh") in kit.layer(hand)


def test_half_moved_borders_are_kept_where_the_window_is_closed(start: Start, hand: Hand) -> None:
    path = hand.window.session.ready.path
    moved(hand)
    hand.window.close()
    assert ("COUNTRY", "Arvenia, Karesh") in kit.layer(start(path))


def test_undo_takes_half_moved_borders_back_and_nothing_before_them(hand: Hand) -> None:
    moved(hand)
    before = sorted(kit.layer(hand))
    hand.keys("Ctrl+Z")
    assert hand.window.status.notice.startswith("Undone: Moved the borders"), hand.window.status.notice
    assert sorted(kit.layer(hand)) == before
    hand.keys("Right", "Return")
    assert sorted(kit.layer(hand)) == before, "the arrows move borders no longer"


@pytest.mark.parametrize(("key", "held"), [("Tab", "Arvenia, Karesh"), ("Ctrl+Shift+N", "PORT VELIS")])
def test_what_half_moved_borders_take_in_is_not_walked_to(hand: Hand, key: str, held: str) -> None:
    session = hand.window.session
    kit.label(hand, "Arvenia", "3")
    hand.wait_until(lambda: "Karesh" in {one.span.quote(session.text) for one in session.offers}, "it is suggested")
    hand.click(kit.at(hand, "Arvenia")[0] + 1)
    hand.keys("F2", "Right", key)
    assert kit.layer(hand) == [("COUNTRY", "Arvenia, Karesh")]
    shown = session.shown(session.current)
    assert shown is not None, "nothing is held any more"
    assert shown.quote == held


def test_the_walk_goes_on_after_the_selection_that_was_half_moved(hand: Hand) -> None:
    session = hand.window.session
    hand.do("suggestions")
    for words in ("Karesh and", "Toll"):
        kit.drag(hand, words)
        hand.keys(*(["Shift+Left"] if " " in words else []), "3")
    kit.drag(hand, "Arvenia")
    hand.keys("F2", "Right", "Right", "Tab")
    assert session.chosen_annotation is not None
    assert session.chosen_annotation.quote == "Toll"


def test_redo_lets_go_of_half_moved_borders_and_loses_nothing_of_what_it_does_again(hand: Hand) -> None:
    moved(hand)
    hand.keys("Return", "Ctrl+Z", "F2", "Shift+Right", "Right", "Right", "Ctrl+Shift+Z")
    assert hand.window.status.notice.startswith("Redone: Moved the borders"), hand.window.status.notice
    after = [("COUNTRY", "Arvenia, Karesh"), ("COUNTRY", "Toll")]
    assert kit.layer(hand) == after
    hand.keys("Right", "Return")
    assert kit.layer(hand) == after, "the arrows move borders no longer"


def test_several_steps_are_redone_after_borders_were_half_moved(hand: Hand) -> None:
    moved(hand)
    hand.keys("Return")
    kit.label(hand, "Sund", "3")
    all_of_it = kit.layer(hand)
    hand.keys("Ctrl+Z", "Ctrl+Z")
    hand.click(kit.at(hand, "Toll")[0] + 1)
    hand.keys("F2", "Shift+Left", "Ctrl+Shift+Z", "Ctrl+Shift+Z")
    assert kit.layer(hand) == all_of_it


def test_half_moved_borders_go_on_where_nothing_is_redone(hand: Hand) -> None:
    moved(hand)
    hand.keys("Ctrl+Shift+Z")
    assert hand.window.status.notice == "Redo: nothing to redo."
    hand.keys("Right", "Return")
    assert ("COUNTRY", "Arvenia, Karesh and") in kit.layer(hand)


@pytest.mark.parametrize(
    ("how", "quote"),
    [("Shift+End", "Arvenia, Karesh and Toll"), ("Alt+Down", "Arvenia"), ("exact", "Arvenia, Karesh")],
)
def test_what_is_selected_is_what_is_seen_after_borders_were_half_moved(hand: Hand, how: str, quote: str) -> None:
    session = hand.window.session
    kit.drag(hand, "Arvenia")
    hand.keys("F2", "Right")
    if how == "exact":
        hand.do("exact")
    else:
        hand.keys(how)
    assert session.selection is not None
    assert session.selection.quote(session.text) == quote
    first, last = sorted(hand.reader.ends())
    assert session.text[first:last].rstrip(".\n") == quote
    hand.keys("Right")
    assert session.selection is None, "no key moves borders any longer"


def test_half_moved_borders_stay_so_while_a_relation_is_begun(hand: Hand) -> None:
    session = hand.window.session
    kinds = (RelationType("met", "Met", ("COUNTRY",), ("COUNTRY",)),)
    session.run(session.ready.schemes.change(replace(session.scheme, relations=kinds), "relations"))
    moved(hand)
    hand.keys("Ctrl+L", "Right")
    hand.click(kit.at(hand, "Toll")[0] + 1)
    hand.keys("Return")
    assert ("COUNTRY", "Arvenia, Karesh and") in kit.layer(hand)
    [relation] = session.relations.here()
    assert session.spans[relation.source].quote == "Arvenia, Karesh and"


@pytest.mark.parametrize("how", ["panel", "picker", "key", "plus", "everywhere"])
def test_a_label_is_given_to_the_borders_that_are_seen(hand: Hand, how: str) -> None:
    hand.show(1440, 900)
    if how == "plus":
        kit.label(hand, "Toll", "3")
        hand.click(kit.at(hand, "Toll")[0] + 1)
    kit.drag(hand, "Arvenia")
    hand.keys("F2", "Right")
    match how:
        case "panel":
            view = hand.window.sections.labels.view
            hand.click_on(view.viewport(), view.visualRect(view.model().index(2, 0)).center())
        case "picker":
            hand.do("pick-label")
            hand.type("country")
            hand.keys("Return")
        case "key":
            hand.keys("3")
        case "plus":
            hand.type("+")
        case "everywhere":
            hand.do("everywhere")
            hand.type("country")
            hand.answer("mentionDialog", lambda _dialog: hand.keys("Return"))
            hand.keys("Return")
    [(label, quote)] = kit.layer(hand)
    assert label == "COUNTRY"
    assert quote.startswith("Arvenia, Karesh")


def test_what_is_done_to_a_relation_that_went_meanwhile_is_not_told_as_done(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, "Arvenia", "3")
    kit.label(hand, "Toll", "3")
    kinds = (RelationType("met", "Met", ("COUNTRY",), ("COUNTRY",)),)
    session.run(session.ready.schemes.change(replace(session.scheme, relations=kinds), "relations"))
    one, other = session.spans
    assert session.do(session.ready.relations.add, "met", one, other)
    (relation,) = session.relations.here()
    assert session.relations.delete(relation)
    steps = len(session.ready.history(100))
    for act in (session.relations.turn, session.relations.delete):
        assert not act(relation)
        assert hand.window.status.notice == "This relation is not there any more."
    assert len(session.ready.history(100)) == steps

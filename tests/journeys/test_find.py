"""Words are found in the article, and F4 labels hit after hit."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.changes import Change
from rubricator.model.layer_edits import remove_article
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.hand import Hand


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    made = start(kit.project(tmp_path / "sund.rubric"))
    made.window.session.wish_offers(False)  # F4 gives a hit what is suggested for it, once that is found
    return made


def test_hits_are_shown_and_walked_through(hand: Hand) -> None:
    hand.keys("Ctrl+F")
    hand.type("port velis")
    bar = hand.window.over.finding.bar
    hand.wait_until(lambda: bar.count.text() == "2 found", "two hits")
    assert len(hand.reader.overlay(0, 10_000).hits) == 2
    hand.keys("Return")
    assert bar.count.text() == "1 of 2"
    assert bar.hint.text() == "label one, and F4 labels the next"
    selection = hand.reader.selection()
    assert selection is not None
    assert selection.quote(hand.window.session.text) == "PORT VELIS"
    assert [hit.current for hit in hand.reader.overlay(0, 10_000).hits] == [True, False]
    hand.keys("Return", "Return")
    assert bar.count.text() == "1 of 2", "it goes round"
    hand.keys("Shift+Return")
    assert bar.count.text() == "2 of 2"
    bar.case.click()
    assert bar.count.text() == "0 found"
    hand.keys("Escape")
    assert not hand.reader.overlay(0, 10_000).hits
    assert hand.reader.hasFocus()


def test_who_looks_for_words_has_them_selected_to_be_labelled(hand: Hand) -> None:
    """The quickest way without the mouse, as the README tells it."""
    hand.keys("Ctrl+F")
    hand.type("deputy")
    hand.keys("Return", "Escape", "8")
    assert kit.layer(hand) == [("PROFESSION", "Deputy")]


def test_where_nothing_is_found_no_key_means_what_was_chosen_before(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    session = hand.window.session
    session.choose(next(iter(session.spans)).id)
    hand.keys("Ctrl+F")
    hand.type("xyzzy")
    hand.keys("Return", "Escape", "8")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]
    assert session.sticky == "PROFESSION"
    session.choose(next(iter(session.spans)).id)
    hand.keys("Escape")
    assert (session.chosen, session.sticky) == (None, None), "one Esc ends both, as the status line says"


def test_a_part_of_words_that_is_found_stands_for_the_words_and_goes_on_by_words(hand: Hand) -> None:
    session = hand.window.session
    hand.keys("Ctrl+F")
    hand.type("uty for")
    hand.keys("Return", "Escape")
    assert session.selection is not None
    assert session.selection.quote(session.text) == "Deputy Foreign"
    assert not session.exact
    hand.keys("Ctrl+Shift+Right")
    assert session.selection.quote(session.text) == "Deputy Foreign Minister", "one press, one word"
    hand.keys("8")
    assert kit.layer(hand) == [("PROFESSION", "Deputy Foreign Minister")]


def test_f3_goes_on_while_the_bar_is_closed(hand: Hand) -> None:
    hand.keys("F3")
    bar = hand.window.over.finding.bar
    assert bar.isVisible(), "there is nothing to look for yet"
    hand.type("port velis")
    hand.keys("Escape", "F3")
    assert bar.isHidden()
    assert hand.reader.hasFocus()
    assert not hand.reader.overlay(0, 10_000).hits
    assert hand.window.status.notice == "“port velis”: 1 of 2"
    hand.keys("F3", "3")
    assert kit.layer(hand) == [("COUNTRY", "Port Velis")]
    hand.keys("Shift+F3")
    assert hand.window.status.notice == "“port velis”: 1 of 2"
    hand.reader.setFocus()
    hand.keys("Escape", "Ctrl+F")
    assert bar.count.text() == "2 found", "it opens as ever"
    bar.field.clear()
    hand.type("nowhere")
    hand.keys("Escape", "F3")
    assert bar.isHidden()
    assert hand.window.status.notice == "“nowhere” does not stand in this article."


def test_f4_labels_hit_after_hit(hand: Hand) -> None:
    kit.label(hand, "Toll", "3")
    hand.keys("Ctrl+F")
    hand.type("port velis")
    hand.wait_until(lambda: hand.window.over.finding.bar.count.text() == "2 found", "two hits")
    hand.keys("Return")
    assert hand.window.over.finding.bar.hint.text() == "F4 labels it Country, and goes on"
    hand.reader.setFocus()
    hand.keys("F4", "F4")
    assert [quote for _label, quote in kit.layer(hand)] == ["PORT VELIS", "Port Velis", "Toll"]
    assert {label for label, _quote in kit.layer(hand)} == {"COUNTRY"}


def test_f4_in_a_window_just_opened_says_what_it_needs(hand: Hand, start: Start) -> None:
    kit.label(hand, "Toll", "3")
    path = hand.window.session.ready.path
    hand.keys("Ctrl+Q")
    hand = start(path)
    hand.keys("Ctrl+F")
    hand.type("port velis")
    hand.wait_until(lambda: hand.window.over.finding.bar.count.text() == "2 found", "two hits")
    hand.keys("F4")
    assert hand.window.status.notice == "Label something first: F4 then uses its label again."
    hand.reader.setFocus()
    hand.keys("3", "F4", "F4")
    assert [quote for _label, quote in kit.layer(hand)] == ["PORT VELIS", "Port Velis", "Toll"]


def test_without_a_key_it_is_said_without_one_what_labels_again(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    Settings().set("keys", {"own": {"last-label": []}})
    hand = start(kit.project(tmp_path / "sund.rubric"))
    hand.do("last-label")
    assert hand.window.status.notice == "Label something first: its label can be used again then."


def test_an_expression_that_cannot_be_read_is_said_in_words(hand: Hand) -> None:
    hand.keys("Ctrl+F")
    bar = hand.window.over.finding.bar
    bar.expression.click()
    bar.field.setFocus()
    hand.type("(")
    hand.wait_until(lambda: "cannot be read" in bar.count.text(), "the words")
    hand.type("Toll|Arvenia)")
    hand.wait_until(lambda: bar.count.text() == "2 found", "two hits")
    assert kit.layer(hand) == [], "letters in the field labelled something"


def test_a_hit_below_the_screen_is_scrolled_to(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    lines = "\n".join("\nThe talks went on, and little was said.\n" for _n in range(60))
    hand = start(kit.project(tmp_path / "talks.rubric", [f"The talks\n{lines}\nLebrune left.\n"]))
    assert hand.reader.verticalScrollBar().value() == 0
    hand.keys("Ctrl+F")
    hand.type("lebrune")
    hand.keys("Return")
    place = hand.reader.page.character_rect(kit.at(hand, "Lebrune")[0])
    top = hand.reader.verticalScrollBar().value()
    assert top < place.top() < place.bottom() < top + hand.reader.viewport().height()
    hand.reader.verticalScrollBar().setValue(0)
    hand.keys("Return")
    assert hand.reader.verticalScrollBar().value() == top, "the only hit is gone to again"


def seen(hand: Hand, words: str) -> bool:
    """Say whether words of the article are on the screen."""
    place = hand.reader.page.character_rect(kit.at(hand, words)[0])
    top = hand.reader.verticalScrollBar().value()
    return top <= place.top() and place.bottom() <= top + hand.reader.viewport().height()


def long(start: Start, path: Path) -> Hand:
    """Open an article with a name at its beginning, one in the middle and one at its end."""
    kit.introduced()
    lines = "\n".join("\nThe talks went on, and little was said.\n" for _n in range(60))
    text = f"The talks\n\nLebrune came.\n{lines}\nTollish came.\n{lines}\nLebrune left. Orsk slept.\n"
    return start(kit.project(path, [text]))


def test_the_next_hit_is_seen_while_one_types_and_esc_goes_back(start: Start, tmp_path: Path) -> None:
    hand = long(start, tmp_path / "talks.rubric")
    bar, find = hand.reader.verticalScrollBar(), hand.window.over.finding.bar
    hand.keys("Ctrl+F")
    hand.type("orsk")
    hand.wait_until(lambda: find.count.text() == "1 found", "it is found")
    assert seen(hand, "Orsk")
    assert hand.window.session.selection is None, "nobody has gone there"
    hand.keys("Escape")
    assert bar.value() == 0, "the place is kept"
    hand.keys("Ctrl+F")
    hand.type("xyzzy")
    hand.wait_until(lambda: find.count.text() == "0 found", "there is none")
    assert bar.value() == find.height(), "no word has moved"
    find.field.clear()
    hand.type("tollish")
    hand.keys("Return", "Escape")
    assert seen(hand, "Tollish"), "one has gone there"
    hand.keys("Ctrl+F")
    find.field.clear()
    hand.type("orsk")
    hand.wait_until(lambda: seen(hand, "Orsk"), "it is seen")
    bar.setValue(bar.value() // 3)
    here = bar.value()
    hand.keys("Escape")
    assert bar.value() == here - find.height(), "who scrolls on stays there"


@pytest.mark.parametrize("changes", [("Ctrl++", "Ctrl++"), ("Ctrl+-",), ("close-lines", "Ctrl++", "narrower")])
@pytest.mark.parametrize("from_middle", [False, True])
def test_esc_goes_back_though_the_text_has_another_size_by_now(
    start: Start, tmp_path: Path, changes: tuple[str, ...], from_middle: bool
) -> None:
    hand = long(start, tmp_path / "talks.rubric")
    reader, bar = hand.reader, hand.reader.verticalScrollBar()
    if from_middle:
        bar.setValue(round(reader.page.character_rect(kit.at(hand, "Tollish")[0]).top()) - 100)

    def height() -> int:
        middle = kit.at(hand, "Tollish")[0]
        return round(reader.page.character_rect(middle).top()) - bar.value()

    hand.keys("Ctrl+F")
    hand.type("orsk")
    hand.wait_until(lambda: seen(hand, "Orsk"), "it is seen")
    for change in changes:
        if "+" in change:
            hand.keys(change)
        else:
            hand.do(change)
        QTest.qWait(10)
    hand.keys("Escape")
    if from_middle:
        assert abs(height() - 100) < 2 * reader.page.m.line_box
    else:
        assert seen(hand, "Lebrune came")


def test_the_hit_after_the_caret_comes_first(start: Start, tmp_path: Path) -> None:
    hand = long(start, tmp_path / "talks.rubric")
    hand.click(kit.at(hand, "Tollish")[0] + 2)
    hand.keys("Ctrl+F")
    hand.type("lebrune")
    hand.wait_until(lambda: hand.window.over.finding.bar.count.text() == "2 found", "both are found")
    assert seen(hand, "Orsk"), "the one behind the caret"
    hand.keys("Return")
    assert hand.window.over.finding.bar.count.text() == "2 of 2"


def test_f3_scrolls_to_the_next_hit_while_the_bar_is_closed(start: Start, tmp_path: Path) -> None:
    """A label's key would label what nobody sees."""
    hand = long(start, tmp_path / "talks.rubric")
    hand.keys("Ctrl+F")
    hand.type("lebrune")
    hand.keys("Return", "Escape")
    assert not seen(hand, "Orsk")
    hand.keys("F3")
    assert hand.window.status.notice == "“lebrune”: 2 of 2"
    assert seen(hand, "Orsk"), "it is in the last line"
    selection = hand.window.session.selection
    assert selection is not None
    assert selection.fragments == (kit.at(hand, "Lebrune", 1),)
    assert hand.reader.ends() == kit.at(hand, "Lebrune", 1), "and drawn as selected"
    hand.keys("Shift+F3")
    assert seen(hand, "Lebrune came")


@pytest.mark.parametrize("stacked", [False, True])
def test_keys_for_a_chosen_annotation_take_the_one_whose_words_are_found(hand: Hand, stacked: bool) -> None:
    kit.label(hand, "Arvenia", "3")
    if stacked:
        kit.label(hand, "Arvenia", "4")
    session = hand.window.session
    first = next(iter(session.spans)).id
    kit.label(hand, "Toll", "3")

    def look_for_it() -> None:
        hand.keys("Escape", "Ctrl+F")
        hand.type("arvenia")
        hand.keys("Return", "Escape")
        assert session.chosen is None

    for key in ("Tab", "Ctrl+U", "Ctrl+R", "Ctrl+D", "Ctrl+M", "Shift+Delete"):
        look_for_it()
        if dialog := {"Ctrl+M": "commentDialog", "Shift+Delete": "mentionDialog"}.get(key):
            hand.answer(dialog, QDialog.reject)
        hand.keys(key)
        assert session.chosen == first, key
        hand.keys("Escape")
    look_for_it()
    hand.do("note")
    assert session.chosen == first
    hand.type("see above")
    hand.keys("Escape")
    assert session.spans[first].note == "see above"
    session.linking.choose_entity([session.spans[first]], "Arvenia")
    look_for_it()
    hand.do("unlink")
    assert session.spans[first].entity == ""
    look_for_it()
    hand.keys("Delete")
    assert first not in session.spans
    assert len(session.spans) == (2 if stacked else 1), "one, and not all of them"


def test_a_label_and_enter_mean_the_words_found_and_not_their_annotation(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    hand.keys("Ctrl+F")
    hand.type("arvenia")
    hand.keys("Return", "Escape", "Return")
    assert hand.window.over.picker.isVisible()
    hand.keys("Escape", "4")
    assert sorted(quote for _label, quote in kit.layer(hand)) == ["Arvenia", "Arvenia"]


def test_the_words_before_what_was_found_are_taken_too(hand: Hand) -> None:
    hand.keys("Ctrl+F")
    hand.type("harbour authority")
    hand.keys("Return")
    place = hand.window.status._place
    assert "F2" not in place.text(), "the field has no such key"
    hand.keys("Escape")
    assert place.text().endswith(" · 17 characters · snapped to words · F2 moves borders")
    hand.keys("F2", "Shift+Left", "Shift+Left", "Return")
    selection = hand.window.session.selection
    assert selection is not None
    assert selection.quote(hand.window.session.text) == "Port Velis Harbour Authority"
    hand.keys("2")
    assert kit.layer(hand) == [("ORGANIZATION", "Port Velis Harbour Authority")]


def test_which_hit_it_is_is_said_until_something_else_is_selected(hand: Hand) -> None:
    hand.keys("Ctrl+F")
    hand.type("port velis")
    hand.keys("Return", "Escape", "F3")
    status = hand.window.status
    assert status.notice == "“port velis”: 2 of 2"
    QTest.qWait(20)
    assert status.notice == "“port velis”: 2 of 2"
    kit.drag(hand, "Arvenia")
    assert status.notice == ""


def test_the_field_keeps_its_width_whatever_is_counted(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "hits.rubric", ["Many\n\n" + "to and fro " * 1_000 + "once"]))
    bar = hand.window.over.finding.bar
    hand.keys("Ctrl+F")
    widths = set()
    for words, count in (("once", "1 found"), ("", ""), ("to and", "1000 found"), ("xyz", "0 found")):
        bar.field.clear()
        hand.type(words)
        hand.wait_until(lambda count=count: bar.count.text() == count, count)
        widths.add((bar.field.width(), bar.case.x(), bar.count.width()))
        if count.startswith("1"):
            hand.keys("Shift+Return")
            QTest.qWait(1)
            assert " of " in bar.count.text()
            widths.add((bar.field.width(), bar.case.x(), bar.count.width()))
    assert len(widths) == 1, widths


def test_f4_labels_the_hit_that_is_marked_while_one_types(hand: Hand) -> None:
    kit.label(hand, "Toll", "3")
    hand.keys("Ctrl+F")
    hand.type("port velis")
    hand.wait_until(lambda: hand.window.over.finding.bar.count.text() == "2 found", "two hits")
    marked = [ground.current for ground in hand.reader.overlay(0, 10_000).hits]
    assert marked == [True, False] or marked == [False, True]
    hand.keys("F4", "F4")
    assert [quote for _label, quote in kit.layer(hand)] == ["PORT VELIS", "Port Velis", "Toll"]


def test_f4_gives_a_hit_the_label_that_is_suggested_for_its_words(hand: Hand) -> None:
    """The last label is one of other words; the bar says which one it will be, and the next hit gets the same."""
    hand.window.session.wish_offers(True)
    kit.label(hand, "Toll", "3")
    hand.keys("Ctrl+F")
    hand.type("port velis")
    bar = hand.window.over.finding.bar
    hand.wait_until(lambda: bar.count.text() == "2 found", "two hits")
    hand.wait_until(lambda: bar.hint.text() == "F4 labels it City, town, as suggested", "it is suggested")
    hand.keys("F4")
    assert kit.layer(hand) == [("CITY", "PORT VELIS"), ("COUNTRY", "Toll")]
    assert bar.hint.text() == "F4 labels it City, town, and goes on", "it is the last label by now"
    hand.keys("F4")
    assert ("CITY", "Port Velis") in kit.layer(hand)


def test_f4_gives_the_last_label_to_words_that_somebody_selects_while_the_bar_is_open(hand: Hand) -> None:
    hand.window.session.wish_offers(True)
    kit.label(hand, "Toll", "3")
    hand.keys("Ctrl+F")
    hand.type("port velis")
    hand.wait_until(lambda: hand.window.over.finding.bar.count.text() == "2 found", "two hits")
    kit.drag(hand, "nine")
    hand.reader.setFocus()
    hand.keys("F4")
    assert ("COUNTRY", "nine") in kit.layer(hand)


def test_undo_takes_back_what_f4_labelled_and_not_what_was_typed(hand: Hand) -> None:
    kit.label(hand, "Toll", "3")
    hand.keys("Ctrl+F")
    field = hand.window.over.finding.bar.field
    hand.type("nobody")
    field.selectAll()
    hand.type("port velis")
    hand.keys("Return", "F4")
    assert ("COUNTRY", "PORT VELIS") in kit.layer(hand)
    hand.keys("Ctrl+Z")
    assert field.text() == "port velis"
    assert [quote for _label, quote in kit.layer(hand)] == ["Toll"]
    hand.type("s")
    hand.keys("Ctrl+Z")
    assert field.text() == "port velis", "what is typed after that is taken back as ever"
    assert [quote for _label, quote in kit.layer(hand)] == ["Toll"]


def test_f4_goes_on_with_the_label_before_one_that_was_undone(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, "Toll", "3")
    hand.keys("Esc", "1", "Esc")
    assert session.last_label == "COUNTRY", "what stood sticky and was given to nothing was not used"
    kit.label(hand, "Port Velis", "6")
    assert session.last_label == "LOCATION"
    hand.keys("Ctrl+Z")
    assert session.last_label == "COUNTRY"
    hand.keys("Ctrl+Shift+Z")
    assert session.last_label == "LOCATION"
    hand.keys("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert session.last_label == ""


def test_articles_are_filtered_by_what_stands_in_their_texts(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    bodies = [
        "Talks end in the harbour\n\nSergey Lebedev flew to New\nYork.",
        "Grain is dear in Toll again\n\nNobody flew.",
        "Ferry turns back into a gale\n\nLebedev is back.",
    ]
    hand = start(kit.project(tmp_path / "texts.rubric", bodies))
    panel = hand.window.articles
    hand.keys("Ctrl+Shift+F")
    hand.type("Lebedev")
    hand.wait_until(lambda: panel._pages.currentWidget() is panel.empty, "no headline has it")
    assert panel.empty.words == "No headline or source has “Lebedev”. The texts were not looked through."
    assert (panel.empty.button.text(), panel.empty.other.text()) == ("Look into the texts", "Clear the filter")
    QTest.mouseClick(panel.empty.button, Qt.MouseButton.LeftButton)
    assert panel.filter.text() == "text:Lebedev"
    assert panel.empty.words == "Looking through the texts…"
    assert panel.note == ""
    hand.wait_until(lambda: panel.listed() == ["a1", "a3"], "the articles that have it")
    assert panel.note == "2 found"
    assert panel.filter.hasFocus()

    def filtered(typed: str, expected: list[str]) -> None:
        panel.filter.selectAll()
        hand.type(typed)
        hand.wait_until(lambda: not (panel._pause.isActive() or panel._looking), "the texts are looked through")
        assert panel.listed() == expected, typed

    filtered('text:"new york"', ["a1"])
    filtered("text:flew text:lebedev", ["a1"])
    filtered("text:lebedev status:done", [])
    filtered("text:x text:Venice", [])
    assert panel.empty.words == "No text has “x Venice”."
    assert panel.empty.button.text() == "Clear the filter"
    QTest.mouseClick(panel.empty.button, Qt.MouseButton.LeftButton)
    assert panel.listed() == ["a1", "a2", "a3"]
    filtered("text:lebedev", ["a1", "a3"])
    with Project.open(tmp_path / "texts.rubric", Settings().me()) as other:
        other.apply(remove_article(other.article("a1")))
    hand.wait_until(lambda: panel.listed() == ["a3"], "another program took one out")
    hand.keys("Ctrl+Shift+F")
    panel.filter.selectAll()
    hand.type("text:ebedev")
    hand.wait_until(lambda: panel._looking, "they are being looked through")
    hand.window.session.changed.emit(Change(steps=("x",), elsewhere=True))
    hand.wait_until(
        lambda: panel.listed() == ["a3"], "what another program does meanwhile has them looked through anew"
    )
    panel.filter.selectAll()
    hand.type("text:lebede")
    hand.wait_until(lambda: panel._looking, "they are being looked through")
    hand.window.close()


def test_a_key_corrects_what_f4_labelled_where_no_other_hit_is_left(hand: Hand) -> None:
    kit.label(hand, "Toll", "9")
    hand.keys("Ctrl+F")
    hand.type("lebrune")
    hand.keys("F4", "Escape", "8")
    assert ("PROFESSION", "Lebrune") in kit.layer(hand)
    assert len(kit.layer(hand)) == 2, "corrected, and not labelled twice"
    assert hand.window.status.notice == "Changed “Lebrune” to Job title."
    hand.keys("Ctrl+F")
    hand.type("port velis")
    hand.keys("F4", "F4", "Escape", "3")
    assert [one for one in kit.layer(hand) if one[1].casefold() == "port velis"] == [
        ("COUNTRY", "PORT VELIS"),
        ("PROFESSION", "Port Velis"),
    ]


def test_f4_goes_on_past_hits_that_have_the_label(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(
        kit.project(
            tmp_path / "five.rubric",
            ["Ships\n\nVelis, Velis, Velis, Velis and Velis. Toll.\n\nNobody slept.\n\nNobody."],
        )
    )
    kit.label(hand, "Toll", "3")
    for nth in (1, 3):
        kit.label(hand, "Velis", "3", nth)
    hand.keys("Escape", "Ctrl+F")
    hand.type("velis")
    hand.keys("Home", "Return")
    bar = hand.window.over.finding.bar
    while bar.count.text() != "1 of 5":
        hand.keys("Return")
    places = []
    for _press in range(3):
        hand.keys("F4")
        places.append(bar.count.text())
    assert places == ["3 of 5", "5 of 5", "5 of 5"]
    assert hand.window.status.notice.startswith("Labelled “Velis” as Country")
    hand.keys("F4")
    assert hand.window.status.notice == "Every hit has a label already."
    assert [quote for _label, quote in kit.layer(hand)].count("Velis") == 5
    assert hand.window.session.selection is None
    hand.reader.setFocus()
    hand.keys("8")
    assert ("PROFESSION", "Velis") in kit.layer(hand), "no other is left, and the key corrects"
    assert len(kit.layer(hand)) == 6


@pytest.mark.parametrize("undone", [False, True])
def test_after_esc_a_key_means_the_hit_that_is_marked(hand: Hand, undone: bool) -> None:
    kit.label(hand, "Toll", "3")
    hand.keys("Ctrl+F")
    hand.type("port velis")
    hand.keys("F4")
    marked = hand.window.session.selection
    assert marked is not None
    if undone:
        hand.keys("Ctrl+Z")
    hand.keys("Escape")
    assert hand.window.session.selection == marked, "it stays to be seen"
    hand.keys("8")
    assert ("PROFESSION", marked.quote(hand.window.session.text)) in kit.layer(hand)
    labels = [label for label, quote in kit.layer(hand) if quote.casefold() == "port velis"]
    assert labels == ([] if undone else ["COUNTRY"]) + ["PROFESSION"], "the one before stays as it was"


def test_the_label_of_a_key_that_was_refused_is_the_last_one(hand: Hand) -> None:
    kit.label(hand, "Port Velis", "4")
    kit.label(hand, "Toll", "3")
    hand.keys("Escape", "Escape")
    kit.drag(hand, "Port Velis")
    hand.keys("4")
    assert "already carry" in hand.window.status.notice
    kit.drag(hand, "Lebrune")
    hand.keys("F4")
    assert ("DATE", "Lebrune") in kit.layer(hand)


def test_f4_adds_no_second_label_to_hits_that_have_one(hand: Hand) -> None:
    kit.label(hand, "Port Velis", "4")
    kit.label(hand, "Toll", "3")
    hand.keys("Escape", "Ctrl+F")
    hand.type("port velis")
    for _press in range(3):
        hand.keys("F4")
    labels = [label for label, quote in kit.layer(hand) if quote.casefold() == "port velis"]
    assert sorted(labels) == ["COUNTRY", "DATE"]
    assert hand.window.status.notice == "Every hit has a label already."


@pytest.mark.parametrize("tabs", range(7))
def test_esc_closes_the_bar_from_each_of_its_boxes_and_buttons(hand: Hand, tabs: int) -> None:
    hand.keys("Ctrl+F")
    hand.type("toll")
    hand.keys(*("Tab",) * tabs)
    bar = hand.window.over.finding.bar
    focus = QApplication.focusWidget()
    assert focus is not None
    assert bar.isAncestorOf(focus)
    hand.keys("Escape")
    assert bar.isHidden()
    assert hand.reader.hasFocus()


def test_f6_goes_from_the_bar_to_the_text_and_leaves_it_open(hand: Hand) -> None:
    bar = hand.window.over.finding.bar
    hand.keys("Ctrl+F")
    hand.type("port velis")
    hand.keys("Return", "F6")
    assert hand.reader.hasFocus()
    assert bar.isVisible()
    hand.keys("3")
    assert bar.hint.text() == "F4 labels it Country, and goes on"
    hand.keys("F3", "F4")
    assert kit.layer(hand) == [("COUNTRY", "PORT VELIS"), ("COUNTRY", "Port Velis")]
    hand.keys("9")
    assert bar.hint.text() == "F4 labels it Facility, and goes on", "the label that corrected it"
    hand.keys("Ctrl+Z")
    assert bar.hint.text() == "F4 labels it Country, and goes on"
    hand.keys("F6")
    assert not hand.reader.hasFocus()
    assert bar.isVisible()


@pytest.mark.parametrize(("size", "seen"), [((1280, 800), "F4: Organization"), ((1600, 960), "")])
def test_a_name_has_room_in_the_field_and_the_hint_is_short_where_it_must_be(
    hand: Hand, size: tuple[int, int], seen: str
) -> None:
    hand.show(*size)
    kit.label(hand, "Toll", "2")
    hand.keys("Ctrl+F")
    bar, name = hand.window.over.finding.bar, "Port Velis"
    hand.type(name)
    hand.wait_until(lambda: bar.count.text() == "2 found", "two hits")
    assert bar.hint.text() == "F4 labels it Organization, and goes on"
    assert bar.hint.seen == (seen or bar.hint.text())
    assert bar.field.width() >= bar.field.fontMetrics().horizontalAdvance("Collective Sec") + 60, "glass and cross"


def test_f4_labels_again_what_was_undone_and_says_nothing_untrue(hand: Hand) -> None:
    kit.label(hand, "Toll", "3")
    hand.keys("Ctrl+F", "F4")
    assert hand.window.status.notice == "Nothing is found to become Country."
    hand.type("harbour authority")
    bar = hand.window.over.finding.bar
    hand.wait_until(lambda: bar.count.text() == "1 found", "one hit")
    hand.keys("F4", "Ctrl+Z", "F4", "F4")
    assert [quote for _label, quote in kit.layer(hand)] == ["Harbour Authority", "Toll"]

"""Suggestions: walked to, accepted and rejected by one key each; a rejected one does not return."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.spans import Span
from rubricator.settings import Settings
from rubricator.words import say
from rubricator_gui.dialogs.guideline import GuidelineDialog
from rubricator_gui.hand import Hand
from rubricator_gui.offered import id_of
from rubricator_gui.panels.suggestions import SuggestionPanel
from rubricator_gui.reader.paint import mark_rect

STORIES = (
    "Ministers meet\n\nMinisters of Arvenia, Karesh, Toll and Sund met at last.\n\nNobody saw them.\n",
    "Karesh waits\n\nKaresh waits for Toll, and so does Arvenia.\n",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    kit.introduced()
    return kit.project(tmp_path / "sund.rubric", STORIES)


@pytest.fixture
def hand(start: Start, path: Path) -> Hand:
    return start(path)


def offered(hand: Hand) -> list[str]:
    """Return the words offered, once they were looked for."""
    session = hand.window.session
    hand.wait_until(lambda: not session.offers_due and not session.looking.active, "offers were looked for")
    return [f"{offer.span.quote(session.text)}={offer.label}" for offer in session.offers]


def quotes(hand: Hand) -> list[str]:
    return [quote for _label, quote in kit.layer(hand)]


def country(hand: Hand) -> str:
    return hand.window.session.scheme.by_name["COUNTRY"].key


def test_a_list_is_labelled_by_one_key_each(hand: Hand) -> None:
    kit.label(hand, "Arvenia", country(hand))
    assert offered(hand) == ["Karesh=COUNTRY", "Toll=COUNTRY", "Sund=COUNTRY"]
    assert quotes(hand) == ["Arvenia"], "an offer is in no layer"
    hand.keys("Tab")
    assert "Space accepts, Delete rejects" in hand.window.status._place.text()
    hand.keys("Space", "Space", "Space")
    assert quotes(hand) == ["Arvenia", "Karesh", "Toll", "Sund"]
    assert offered(hand) == []
    assert [a.origin for a in hand.window.session.spans] == ["manual", "rule", "rule", "rule"]
    hand.keys("Ctrl+Z")
    assert quotes(hand) == ["Arvenia", "Karesh", "Toll"]
    assert offered(hand) == ["Sund=COUNTRY"]


def test_a_rejected_one_does_not_return(start: Start, hand: Hand, path: Path) -> None:
    kit.label(hand, "Arvenia", country(hand))
    offered(hand)
    hand.keys("Tab", "Space", "Delete")
    assert offered(hand) == ["Sund=COUNTRY"]
    hand.window.close()
    again = start(path)
    assert offered(again) == ["Sund=COUNTRY"]
    assert quotes(again) == ["Arvenia", "Karesh"]
    again.keys("Ctrl+Z")
    assert offered(again) == ["Toll=COUNTRY", "Sund=COUNTRY"]
    again.keys("Ctrl+Shift+Z")
    assert offered(again) == ["Sund=COUNTRY"]


def test_memory_offers_them_in_the_next_article(hand: Hand) -> None:
    kit.label(hand, "Arvenia", country(hand))
    offered(hand)
    hand.keys("Ctrl+Shift+Return")
    assert quotes(hand) == ["Arvenia", "Karesh", "Toll", "Sund"]
    assert "Accepted 3 suggestions." in hand.window.status.notice
    hand.do("next")
    assert offered(hand) == ["Karesh=COUNTRY", "Karesh=COUNTRY", "Toll=COUNTRY", "Arvenia=COUNTRY"]
    hand.keys("Tab")
    words = hand.window.status._place.text()
    assert "memory, labelled so 1 of 1 time" in words
    hand.keys("Ctrl+Z")
    assert quotes(hand) == ["Arvenia"], "all of them were one step, and the article is shown"


def test_a_label_key_accepts_with_that_label(hand: Hand) -> None:
    kit.label(hand, "Arvenia", country(hand))
    offered(hand)
    hand.keys("Tab", hand.window.session.scheme.by_name["CITY"].key)
    assert kit.layer(hand)[1] == ("CITY", "Karesh")
    assert [a.origin for a in hand.window.session.spans][1] == "manual"


def test_the_picker_has_the_suggested_label_on_top(hand: Hand) -> None:
    kit.label(hand, "Arvenia", country(hand))
    offered(hand)
    kit.label(hand, "last", hand.window.session.scheme.by_name["CITY"].key)  # it is the last label now
    assert "Toll=COUNTRY" in offered(hand)
    kit.drag(hand, "Toll")
    hand.keys("Return")
    picker = hand.window.over.picker
    assert [picker._labels.why(picker._labels.label(row)) for row in range(3)] == ["suggested", "the last label", ""]
    hand.keys("Return")
    assert ("COUNTRY", "Toll") in kit.layer(hand)


def test_a_click_on_a_dashed_bar_walks_to_it_and_esc_lets_go(hand: Hand) -> None:
    kit.label(hand, "Arvenia", country(hand))
    offered(hand)
    session = hand.window.session
    toll = session.offers[1]
    rect = hand.reader.bar_rect("?" + f"{toll.span.start}-{toll.span.end}-COUNTRY")
    assert rect is not None
    hand.click_on(hand.reader.viewport(), rect.center())
    assert session.offered == toll
    hand.rest_on(rect.center())
    assert "list with “Arvenia”" in hand.window.over.card.words
    hand.keys("Escape")
    assert session.offered is None
    hand.keys("Space")
    assert quotes(hand) == ["Arvenia"], "Space scrolls again"


def test_tab_walks_through_annotations_and_offers(hand: Hand) -> None:
    kit.label(hand, "Karesh", country(hand), nth=1 if STORIES[0].count("Karesh") > 1 else 0)
    offered(hand)
    session = hand.window.session
    hand.keys("Ctrl+Home")
    seen = []
    for _n in range(4):
        hand.keys("Tab")
        found = session.shown(session.current)
        assert found is not None
        seen.append(found.quote)
    assert seen == ["Arvenia", "Karesh", "Toll", "Sund"]
    hand.keys("Shift+Tab", "Shift+Tab")
    assert session.chosen_annotation is not None
    assert session.chosen_annotation.quote == "Karesh"


def test_they_can_be_switched_off(hand: Hand) -> None:
    kit.label(hand, "Arvenia", country(hand))
    assert offered(hand)
    hand.do("suggestions")
    assert offered(hand) == []
    assert not hand.window.actions["accept-visible"].isEnabled()
    assert Settings().get("suggest.on") is False
    hand.do("suggestions")
    assert offered(hand)


def test_a_word_list_is_imported_and_undone(hand: Hand, tmp_path: Path) -> None:
    names = tmp_path / "states.txt"
    names.write_text("# states\nToll\nSund\tCITY\n", encoding="utf-8")
    hand.answer_file(names)
    title = hand.window.session.title("COUNTRY")

    def choose(dialog: object) -> None:
        dialog.setTextValue(title)  # type: ignore[attr-defined]
        dialog.accept()  # type: ignore[attr-defined]

    hand.answer("QInputDialog", choose)
    hand.do("import-words")
    assert offered(hand) == ["Toll=COUNTRY", "Sund=CITY"]
    offer = hand.window.session.offers[0]
    assert say(offer.why) == "it stands in the word list “states.txt”"
    hand.keys("Ctrl+Z")
    assert offered(hand) == []


def test_what_is_written_like_a_date_or_a_sum_is_offered_at_once(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    text = "Sund pays\n\nOn Monday the skipper Joren Asku, 58, paid 40 million marks to the Northern Harbour Council.\n"
    hand = start(kit.project(tmp_path / "sums.rubric", [text]))
    wanted = ["DATE Monday", "PROFESSION skipper", "PERSON Joren Asku", "AGE 58", "MONEY 40 million marks"]
    wanted += ["ORGANIZATION Northern Harbour Council"]
    assert offered(hand) == [f"{words}={label}" for label, words in (one.split(" ", 1) for one in wanted)]
    hand.keys("Ctrl+Shift+Return")
    assert [f"{label} {words}" for label, words in kit.layer(hand)] == wanted
    assert {annotation.origin for annotation in hand.window.session.spans} == {"rule"}


def test_a_suggestion_says_which_word_tells_what_it_is(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    text = "Sund Trade Council Meets Again\n\nThe Sund Trade Council met at Lake Velis yesterday.\n"
    hand = start(kit.project(tmp_path / "words.rubric", [text]))
    assert offered(hand) == ["Sund Trade Council=ORGANIZATION"] * 2 + ["Lake Velis=LOCATION", "yesterday=DATE"]
    names = [say(offer.why) for offer in hand.window.session.offers[:3]]
    assert names == ["it has “Council” in its name"] * 2 + ["it has “Lake” in its name"], "in the headline as well"
    hand.keys("Ctrl+Home", "Tab")
    hand.do("here")
    assert "It has “Council” in its name" in hand.window.over.card.words


def test_what_the_lead_tells_is_offered_in_the_headline_before_anything_is_labelled(
    start: Start, tmp_path: Path
) -> None:
    kit.introduced()
    text = "Sund Hosts The 3rd Meeting Of The Harbour Council\n\nThe 3rd meeting of the Harbour\nCouncil was held at sea.\n"
    hand = start(kit.project(tmp_path / "headline.rubric", [text]))
    meetings = ["3rd Meeting Of The Harbour Council=EVENT", "3rd meeting of the Harbour\nCouncil=EVENT"]
    bodies = ["Harbour Council=ORGANIZATION", "Harbour\nCouncil=ORGANIZATION"]
    wanted = [meetings[0], bodies[0], meetings[1], bodies[1]]
    assert offered(hand) == wanted
    assert (
        say(hand.window.session.offers[0].why)
        == "elsewhere in this article it names a meeting, by its number and by who meets"
    )
    hand.keys("Ctrl+Shift+Return")
    assert [f"{words}={label}" for label, words in kit.layer(hand)] == wanted


def test_titles_short_names_and_peoples_in_longer_words_are_offered_whole(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    text = (
        "Sund talks\n\nThe NHC met. So did the\nNHC Secretary S.\n\nLebrune, for the Academy, in inter-Afghan talks.\n"
    )
    hand = start(kit.project(tmp_path / "short.rubric", [text]))
    wanted = ["ORGANIZATION NHC", "PROFESSION NHC Secretary", "ORGANIZATION NHC", "PERSON S.\n\nLebrune"]
    wanted += ["ORGANIZATION Academy", "NATIONALITY inter-Afghan"]
    assert offered(hand) == [f"{words}={label}" for label, words in (one.split(" ", 1) for one in wanted)]
    assert say(hand.window.session.offers[4].why) == "it is a word for a body, with “the” and a capital"
    hand.keys("Ctrl+Shift+Return")
    assert [f"{label} {words}" for label, words in kit.layer(hand)] == wanted


def test_a_title_ends_before_who_holds_it_and_headlines_and_contracts_make_no_names(
    start: Start, tmp_path: Path
) -> None:
    kit.introduced()
    text = (
        "Estmar Secretary In Minsk\n\nOn the quay they met Secretary of the State Council of Turkmenistan Ch. Amanov"
        " again, then the Police Chief.\n\nThe Israeli-Palestinian talks ended.\n"
    )
    hand = start(kit.project(tmp_path / "title.rubric", [text]))
    wanted = ["Minsk=CITY", "Secretary of the State Council of Turkmenistan=PROFESSION"]
    wanted += ["State Council of Turkmenistan=ORGANIZATION", "Turkmenistan=COUNTRY", "Ch. Amanov=PERSON"]
    assert offered(hand) == [*wanted, "Israeli=NATIONALITY", "Palestinian=NATIONALITY"]
    hand.keys("Ctrl+Shift+Return")
    assert offered(hand) == [], "what lies in others was accepted with them"


def test_the_small_word_of_a_slip_is_offered_nowhere_else(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "slip.rubric", ["Talks\n\nThey saw the quay, the hall and the boats.\n"]))
    kit.label(hand, "the", hand.window.session.scheme.by_name["LOCATION"].key)
    assert kit.layer(hand) == [("LOCATION", "the")]
    assert offered(hand) == []


def test_a_click_on_the_words_of_an_offer_walks_to_it(hand: Hand) -> None:
    kit.label(hand, "Arvenia", country(hand))
    offered(hand)
    hand.click(kit.at(hand, "Toll")[0])
    assert hand.window.session.offered is not None
    hand.keys("Delete")
    assert offered(hand) == ["Karesh=COUNTRY", "Sund=COUNTRY"]


def test_what_was_accepted_and_is_deleted_is_not_offered_again(start: Start, hand: Hand, path: Path) -> None:
    session = hand.window.session
    kit.label(hand, "Arvenia", country(hand))
    offered(hand)
    hand.keys("Tab", "Space", "Esc")
    assert quotes(hand) == ["Arvenia", "Karesh"]
    session.choose(session.spans.nth(1).id)
    hand.keys("Delete")
    assert quotes(hand) == ["Arvenia"]
    assert offered(hand) == ["Toll=COUNTRY", "Sund=COUNTRY"], "it stands there dashed again at once"
    hand.keys("Ctrl+Z")
    assert quotes(hand) == ["Arvenia", "Karesh"], "one step"
    assert session.ready.rejections(session.article.id) == []
    hand.keys("Ctrl+Shift+Z")
    assert offered(hand) == ["Toll=COUNTRY", "Sund=COUNTRY"]
    session.choose(session.spans.nth(0).id)
    hand.keys("Delete", "Ctrl+Z")
    assert session.ready.rejections(session.article.id)[1:] == [], "what one labelled oneself is nobody's suggestion"


def test_a_label_that_was_accepted_and_changed_is_not_offered_again(hand: Hand) -> None:
    session = hand.window.session
    city = session.scheme.by_name["CITY"].key
    kit.label(hand, "Arvenia", country(hand))
    offered(hand)
    hand.keys("Tab", "Space", "Esc")
    hand.click(kit.at(hand, "Karesh")[0])
    before = session.spans.nth(1)
    assert (before.label, before.quote) == ("COUNTRY", "Karesh")
    hand.keys(city, "Delete")
    assert offered(hand) == ["Toll=COUNTRY", "Sund=COUNTRY"], "it stands there dashed again, as it was turned down"
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert session.spans.nth(1)._replace(modified=before.modified) == before
    assert session.ready.rejections(session.article.id) == []
    hand.keys("Ctrl+Shift+Z")
    assert [rejection.label for rejection in session.ready.rejections(session.article.id)] == ["COUNTRY"]
    hand.keys("Esc", "Ctrl+Z", "Ctrl+Z")
    assert offered(hand) == ["Karesh=COUNTRY", "Toll=COUNTRY", "Sund=COUNTRY"]
    assert session.offered is not None, "one is back at what was accepted"
    assert session.offered.span.quote(session.text) == "Karesh"


def test_a_label_that_was_changed_and_given_again_was_not_turned_down(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, "Arvenia", country(hand))
    offered(hand)
    hand.keys("Tab", "Space", "Esc")
    hand.click(kit.at(hand, "Karesh")[0])
    hand.keys(session.scheme.by_name["CITY"].key, country(hand))
    assert session.spans.nth(1).label == "COUNTRY"
    assert session.ready.rejections(session.article.id) == []


def test_rules_that_fall_silent_say_so(start: Start, tmp_path: Path) -> None:
    days = " ".join(f"They met on {day} May 201{day}." for day in range(1, 9))
    hand = start(kit.project(tmp_path / "days.rubric", [f"Talks\n\n{days}\n"]))
    assert len(offered(hand)) == 8
    hand.keys("Ctrl+Home", "Tab", *["Delete"] * 5)
    assert hand.window.status.notice == "Rejected Date for “5 May 2015”."
    assert len(offered(hand)) == 3
    hand.keys("Delete")
    silent = " Now Date comes only where your own labels lead to it: most of it was rejected."
    assert hand.window.status.notice == f"Rejected Date for “6 May 2016”.{silent} That was the last suggestion."
    assert offered(hand) == []
    hand.window.side.bring("suggestions")
    empty = hand.window.findChild(SuggestionPanel).empty
    assert empty.words.startswith("Nothing is suggested. Most of Date was rejected: ")
    hand.keys("Ctrl+Z")
    assert len(offered(hand)) == 3


def test_a_click_on_the_question_mark_rejects(hand: Hand) -> None:
    kit.label(hand, "Arvenia", country(hand))
    offered(hand)
    hand.keys("Esc")
    session, reader = hand.window.session, hand.reader
    toll = next(id_of(offer) for offer in session.offers if offer.span.quote(session.text) == "Toll")
    at = reader.reject_place(toll)
    assert at is not None
    hand.point_at(at)
    assert reader.pointer.rejecting == toll
    assert reader.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    crossed = reader.grab().toImage()
    hand.point_at(at - QPoint(0, 200))
    assert reader.pointer.rejecting == ""
    assert reader.grab().toImage() != crossed, "the mouse over it makes a cross of it"
    hand.click_on(reader.viewport(), at)
    assert "Toll=COUNTRY" not in offered(hand)
    assert session.current is None, "one goes nowhere"
    assert "Rejected" in hand.window.status.notice
    hand.keys("Ctrl+Z")
    assert "Toll=COUNTRY" in offered(hand)
    beside = at - QPoint(reader.page.m.chip_width("?"), 0)  # the rest of the chip
    hand.click_on(reader.viewport(), beside)
    assert session.current == toll, "which is walked to, as before"
    assert "Toll=COUNTRY" in offered(hand)


NESTED = "The Security Council of the CIS met.\n\nThe Security Council of the CIS met again, and S. Lebedev spoke.\n"


def test_a_name_that_is_labelled_inside_leaves_the_offer_around_it(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "cis.rubric", (NESTED,)))
    session = hand.window.session
    outer = "Security Council of the CIS=ORGANIZATION"
    assert offered(hand).count(outer) == 2
    key = session.scheme.by_name["ORGANIZATION"].key
    start_of = session.text.index("CIS")
    session.select(Span.of(start_of, start_of + 3))
    hand.keys(key)
    assert kit.layer(hand) == [("ORGANIZATION", "CIS")]
    assert f"{session.offers[0].span.quote(session.text)}" == "Security Council of the CIS", "at once"
    assert offered(hand).count(outer) == 2, "and when it was looked for again"


def guideline_of_the_next(hand: Hand) -> str:
    hand.keys("Tab")
    assert hand.window.session.offered is not None
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        seen.append(dialog.text.toPlainText())
        hand.keys("Escape")

    hand.answer("guideline", look)
    hand.keys("F1")
    hand.wait_until(lambda: bool(seen), "the guideline was shown")
    return seen[0]


def test_f1_tells_the_guideline_of_an_offer(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "cis.rubric", (NESTED,)))
    offered(hand)
    assert "A named group that acts as one body" in guideline_of_the_next(hand)


def test_what_is_offered_of_heads_is_what_the_guideline_says(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    text = "Sund talks\n\nThe heads of state met at noon, and so did the head of the delegation.\n"
    hand = start(kit.project(tmp_path / "heads.rubric", [text]))
    assert [one for one in offered(hand) if "head" in one] == ["heads of state=PROFESSION"]
    guideline = guideline_of_the_next(hand)
    assert "“Head of state” and “head of the Sund Council” are titles" in guideline
    assert "“head of the delegation”) is no job" in guideline


def test_what_nobody_has_seen_is_not_passed_by(start: Start, tmp_path: Path) -> None:
    gap = "Nobody saw any of it.\n\n" * 60
    hand = start(
        kit.project(tmp_path / "far.rubric", (f"Arvenia and Karesh met.\n\n{gap}So did not Toll and Karesh.\n",))
    )
    session, bar = hand.window.session, hand.window.reader.verticalScrollBar()
    kit.label(hand, "Arvenia", country(hand))
    kit.label(hand, "Toll", country(hand))
    assert offered(hand) == ["Karesh=COUNTRY", "Karesh=COUNTRY"]
    hand.keys("Ctrl+Home", "Tab", "Tab")
    assert session.offered is not None
    hand.keys("Space")
    assert bar.value() == 0
    assert session.chosen_annotation is not None
    assert session.chosen_annotation.quote == "Karesh"
    assert "The next suggestion is further down: Space goes on." in hand.window.status.notice
    hand.keys("Tab", "Tab")  # the first goes to “Toll”, an annotation
    assert session.offered is not None
    assert session.offered.span.start > 1000
    assert bar.value() > 0


def test_who_accepts_what_is_seen_reads_what_is_left_above_and_below(start: Start, tmp_path: Path) -> None:
    gap = "Nobody saw any of it.\n\n" * 60
    story = f"Arvenia and Toll and Karesh met.\n\n{gap}So did Toll.\n\n{gap}And Toll.\n"
    hand = start(kit.project(tmp_path / "far.rubric", (story,)))
    session = hand.window.session
    kit.label(hand, "Arvenia", country(hand))
    kit.label(hand, "Toll", country(hand))
    hand.click(kit.at(hand, "So did Toll")[0] + 1)
    hand.wait_until(lambda: len(session.offers) == 3, "all is suggested")
    hand.keys("Ctrl+Shift+Return")
    assert [offer.span.quote(session.text) for offer in session.offers] == ["Karesh", "Toll"]
    assert hand.window.status.notice == (
        "Accepted 1 suggestion. The next suggestion is further down: Space goes on. "
        "1 is further up: Ctrl+Shift+N goes there."
    )


def test_space_reads_on_and_then_walks_to_what_was_further_down(start: Start, tmp_path: Path) -> None:
    gap = "Nobody saw any of it.\n\n" * 60
    hand = start(
        kit.project(tmp_path / "far.rubric", (f"Arvenia and Karesh met.\n\n{gap}So did not Toll and Karesh.\n",))
    )
    session, reader = hand.window.session, hand.reader
    kit.label(hand, "Arvenia", country(hand))
    kit.label(hand, "Toll", country(hand))
    offered(hand)
    hand.keys("Ctrl+Home", "Tab", "Tab", "Space")
    assert session.offered is None
    read = 0
    while session.offered is None:
        below = reader.cursorForPosition(QPoint(40, reader.viewport().height() - 1)).position()
        was = reader.verticalScrollBar().value()
        hand.keys("Space")
        read += 1
        assert reader.verticalScrollBar().value() > was
        if session.offered is None:
            assert reader.rect_at(below).top() >= 0, "the line that was cut off below is whole now"
            if reader.verticalScrollBar().value() < reader.verticalScrollBar().maximum():
                assert reader.rect_at(below).top() < 3 * reader.page.m.strip, "and near the top"
        assert read < 20
    assert read > 1, "a screen at a time"
    assert session.offered.span.start > 1000
    assert reader.viewport().rect().contains(reader.rect_at(session.offered.span.start))


def test_a_key_walks_from_suggestion_to_suggestion_past_annotations(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    story = "Toll and Arvenia met.\n\nArvenia and Toll left. Arvenia, Karesh and Toll stay.\n"
    hand = start(kit.project(tmp_path / "walk.rubric", (story,)))
    session = hand.window.session
    kit.label(hand, "Arvenia", country(hand))
    offered(hand)
    hand.keys("Ctrl+Home")
    places = []
    for _n in range(len(session.offers) + 1):
        hand.keys("Ctrl+Shift+N")
        assert session.offered is not None
        places.append(session.offered.span.start)
    assert places[:-1] == [one.span.start for one in session.offers], "no annotation between"
    assert places[-1] == places[0], "round the end"


def test_space_accepts_what_the_key_walked_to_from_a_tab(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "days.rubric", ["On 3 March 2021 they met, and on 4 May 2022.\n"]), 1366, 768)
    session, bar = hand.window.session, hand.window.side._tabs
    hand.wait_until(lambda: len(session.offer_spans) == 2, "both are found")
    hand.click_on(bar, bar.tabRect(1).center())
    hand.keys("Ctrl+Shift+N", "Space")
    assert kit.layer(hand) == [("DATE", "3 March 2021")]


def test_f2_moves_the_borders_of_a_suggestion_before_it_is_labelled(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "edge.rubric", ("Arvenia met. Toll and Arvenia met.\n",)))
    session = hand.window.session
    kit.label(hand, "Arvenia", country(hand))
    offered(hand)
    hand.keys("Ctrl+End", "Shift+Tab")
    assert session.offered is not None
    offer = session.offered
    hand.keys("F2", "Right", "Escape")
    assert session.offered == offer, "it is as before"
    hand.keys("F2", "Return")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")] * 2, "nothing was moved: it was right"
    hand.keys("Ctrl+Z", "Ctrl+End", "Shift+Tab", "F2", "Right", "F2")
    assert session.selection is not None
    assert (session.selection.quote(session.text), len(session.spans)) == ("Arvenia met", 1), "that labels nothing"
    hand.keys("F2", "Left", "Right")
    assert hand.window.status.notice.endswith("Enter labels it Country, another label’s key otherwise.")
    hand.keys("5")
    assert [a.quote for a in session.spans] == ["Arvenia", "Arvenia met"]
    assert session.spans.nth(1).label == "EVENT"
    hand.keys("F2", "Left", "Return")
    assert [a.quote for a in session.spans] == ["Arvenia", "Arvenia"], "what was just labelled is meant"


def test_a_suggestion_with_wrong_borders_is_accepted_with_the_right_ones(start: Start, tmp_path: Path) -> None:
    """Enter labels the words that the borders hold by then; the label was right: elsewhere it is suggested as before."""
    story = "The Arvenia Council of Karesh met Toll.\n"
    hand = start(kit.project(tmp_path / "edge.rubric", (story, story * 3)))
    session = hand.window.session
    hand.keys("Ctrl+Home", "Tab")
    offer = session.offered
    assert offer is not None
    assert offer.span.quote(session.text) == "Arvenia Council of Karesh"
    hand.keys("F2", "Left", "Left", "Return")
    assert kit.layer(hand) == [("ORGANIZATION", "Arvenia Council")]
    assert offered(hand) == [], "nothing lies over what was labelled"
    hand.keys("Ctrl+Z")
    assert kit.layer(hand) == []
    assert offered(hand) == ["Arvenia Council of Karesh=ORGANIZATION"], "one step"
    assert session.offered == offer, "one is back at it"
    hand.keys("Ctrl+Shift+Z")
    assert offered(hand) == []
    hand.do("next")
    assert offered(hand) == ["Arvenia Council of Karesh=ORGANIZATION"] * 3
    hand.keys("Ctrl+Home", "Tab", "F2", "Left", "Left", "Return")
    assert offered(hand) == ["Arvenia Council of Karesh=ORGANIZATION"] * 2


@pytest.mark.parametrize("key", ["Space", "1"])
def test_undo_goes_back_to_the_suggestion_that_was_accepted(start: Start, tmp_path: Path, key: str) -> None:
    story = "The Arvenia Council of Karesh met the Sund Council.\n"
    hand = start(kit.project(tmp_path / "back.rubric", (story,)))
    session = hand.window.session
    hand.keys("Ctrl+Home", "Tab")
    offer = session.offered
    hand.keys(key)
    assert len(session.spans) == 1
    hand.keys("Ctrl+Z")
    assert (session.offered, len(session.spans)) == (offer, 0)
    said = hand.window.status.notice
    assert said.startswith("Undone: Labelled “Arvenia Council of Karesh” as ")
    assert ("as suggested" in said) is (key == "Space")
    hand.keys("Delete")
    assert session.offered != offer


def test_another_label_for_a_suggestion_with_other_borders_takes_it_away(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "edge.rubric", ("The Arvenia Council of Karesh met Toll.\n",)))
    hand.keys("Ctrl+Home", "Tab", "F2", "Shift+Right", "1")
    assert kit.layer(hand) == [("PERSON", "Council of Karesh")]
    assert offered(hand) == []
    assert hand.window.status.notice == (
        "Labelled “Council of Karesh” as Person. Rejected Organization for “Arvenia Council of Karesh”."
    )
    hand.keys("Ctrl+Z")
    assert offered(hand) == ["Arvenia Council of Karesh=ORGANIZATION"], "one step"


@pytest.mark.parametrize("then", ["accepted", "selected", "left"])
def test_a_suggestion_is_rejected_by_no_label_that_is_about_something_else(
    start: Start, tmp_path: Path, then: str
) -> None:
    story = "The Arvenia Council of Karesh met Toll.\n"
    hand = start(kit.project(tmp_path / "edge.rubric", (story, "Toll met it.\n")))
    hand.keys("Ctrl+Home", "Tab", "F2", "Left", "Left", "F2")
    if then == "accepted":
        hand.do("accept-all")
    elif then == "selected":
        kit.drag(hand, "Toll")
    else:
        hand.do("next")
        kit.drag(hand, "Toll")
    hand.keys("1")
    assert "Rejected" not in hand.window.status.notice
    assert "as Person" in hand.window.status.notice
    if then == "left":
        hand.do("previous")
    assert ("Arvenia Council of Karesh=ORGANIZATION" in offered(hand)) is (then != "accepted")


def far_apart(start: Start, tmp_path: Path) -> Hand:
    """Show an article with two suggestions, “Karesh” at its beginning and “Belmora” at its end, screens apart."""
    kit.introduced()
    gap = "Nobody saw any of it.\n\n" * 60
    text = f"Arvenia and Karesh met.\n\n{gap}So did not Toll and Belmora.\n"
    hand = start(kit.project(tmp_path / "far.rubric", (text,)))
    kit.label(hand, "Arvenia", country(hand))
    kit.label(hand, "Toll", country(hand))
    offered(hand)
    return hand


def test_what_was_rejected_last_on_the_screen_leads_on_as_well(start: Start, tmp_path: Path) -> None:
    hand = far_apart(start, tmp_path)
    session = hand.window.session
    hand.keys("Ctrl+Home", "Tab", "Tab", "Delete")
    assert "further down" in hand.window.status.notice
    for _n in range(12):
        if session.offered is None:
            hand.keys("Space")
    assert session.offered is not None
    assert session.offered.span.start > 1000


@pytest.mark.parametrize("on", ["Ctrl+Shift+Return", "Space", "Tab"])
def test_what_space_does_next_is_told_no_longer_once_something_else_is_held(
    start: Start, tmp_path: Path, on: str
) -> None:
    hand = far_apart(start, tmp_path)
    session, status = hand.window.session, hand.window.status
    hand.keys("Ctrl+Home", "Tab", "Tab", "Space")
    assert status.notice == "Labelled “Karesh” as Country. The next suggestion is further down: Space goes on."
    held = session.current
    for _n in range(12):
        if session.current == held:
            hand.keys(on)
    assert (session.offered is None) == (on == "Tab"), "Tab goes to an annotation first"
    assert status.notice == "Labelled “Karesh” as Country."
    assert status._undo.isVisible()


def test_the_key_for_suggestions_goes_on_after_scrolling(start: Start, tmp_path: Path) -> None:
    hand = far_apart(start, tmp_path)
    session = hand.window.session
    hand.keys("Ctrl+Home", "Ctrl+Shift+N")
    first = session.offered
    assert first is not None
    hand.reader.verticalScrollBar().setValue(2000)
    hand.keys("Ctrl+Shift+N")
    assert session.offered is not None
    assert session.offered.span.start > 1000 > first.span.start


def test_delete_deletes_what_is_seen_in_part(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    gap = "Nobody saw any of it.\n\n" * 60
    hand = start(kit.project(tmp_path / "part.rubric", (f"Arvenia met.\n\n{gap}The end.\n",)))
    session, reader = hand.window.session, hand.reader
    kit.label(hand, "Arvenia", country(hand))
    rect = reader.rect_at(2)
    reader.verticalScrollBar().setValue(rect.top() + 6)  # a part of its line
    session.choose(session.spans.nth(0).id)
    reader.verticalScrollBar().setValue(rect.top() + 6)
    hand.keys("Delete")
    assert len(session.spans) == 0


def test_delete_shows_what_it_would_delete_off_the_screen_first(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    gap = "Nobody saw any of it.\n\n" * 60
    hand = start(kit.project(tmp_path / "far.rubric", (f"Arvenia met.\n\n{gap}The end.\n",)))
    session, bar = hand.window.session, hand.reader.verticalScrollBar()
    kit.label(hand, "Arvenia", country(hand))
    hand.keys("Ctrl+Home", "Tab")
    for key, told in (("5", "once more makes it"), ("Delete", "Delete again deletes it")):
        bar.setValue(bar.maximum())
        hand.keys(key)
        assert [a.label for a in session.spans] == ["COUNTRY"]
        assert bar.value() < 100, "it is shown"
        assert told in hand.window.status.notice
    hand.keys("Delete")
    assert len(session.spans) == 0


def test_the_menu_of_the_right_button_has_what_can_be_done_there_and_no_more(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "menus.rubric", ("Arvenia, Karesh and Toll met. Nobody saw them.\n",)))
    session, viewport = hand.window.session, hand.reader.viewport()
    kit.label(hand, "Arvenia", country(hand))
    assert "Karesh=COUNTRY" in offered(hand)

    def entries(words: str) -> list[str]:
        at = hand.reader.rect_at(kit.at(hand, words)[0] + 1).center()
        reason = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(viewport, QContextMenuEvent(reason, at, viewport.mapToGlobal(at)))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        said = [one.text() for one in menu.actions() if one.text() and not one.isSeparator()]
        assert all(one.isEnabled() for one in menu.actions())
        menu.close()
        return [words.partition("\t")[0].rstrip("…") for words in said]

    decide = ["Accept the suggestion", "Reject the suggestion", "Change the label"]
    decide += ["Label all identical mentions", "Move the borders"]
    keep = ["Keep as an example of the label", "Keep as a counter-example"]
    assert entries("Karesh") == [*decide, "Guideline of the label", *keep, "Copy", "Find a topic", "Undo"]
    assert session.offered is not None
    hand.do("borders")
    assert session.selection is not None
    assert session.selection.quote(session.text) == "Karesh", "as F2 does"
    hand.keys("Esc", "Esc")
    plain = entries("Nobody")
    assert plain[:2] == ["Pick a label", "Label all identical mentions"]
    assert not {"Delete annotation", "Add a second label", "Comment"} & set(plain)
    hand.keys("Esc")
    assert {"Delete annotation", "Add a second label", "Comment"} <= set(entries("Arvenia"))


def test_the_label_that_a_suggestion_got_instead_is_not_the_last_one_once_it_was_undone(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, "Arvenia", country(hand))
    assert "Karesh=COUNTRY" in offered(hand)
    hand.keys("Tab", session.scheme.by_name["ORGANIZATION"].key)
    assert ("ORGANIZATION", "Karesh") in kit.layer(hand)
    assert session.last_label == "ORGANIZATION"
    hand.keys("Ctrl+Z")
    assert session.last_label == "COUNTRY", "so the picker says, and F4 gives it"
    hand.keys("Ctrl+Y")
    assert session.last_label == "ORGANIZATION"
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert session.last_label == ""


def test_the_menu_of_a_suggestion_begins_with_what_is_done_with_it(start: Start, tmp_path: Path) -> None:
    """An annotation around it stood at its top, and was taken for its heading."""
    text = "Arvenia & Sons, Karesh and Toll met.\n\nNobody saw them.\n"
    hand = start(kit.project(tmp_path / "sons.rubric", (text,)))
    session = hand.window.session
    kit.label(hand, "Arvenia & Sons, Karesh and Toll", session.scheme.by_name["EVENT"].key)
    kit.label(hand, "Arvenia & Sons", country(hand))
    assert "Karesh=COUNTRY" in offered(hand)
    outer, inner = (a.id for a in session.spans)

    def menu_at(words: str) -> QMenu:
        at = hand.reader.rect_at(kit.at(hand, words)[0] + 1).center()
        reason, viewport = QContextMenuEvent.Reason.Mouse, hand.reader.viewport()
        QApplication.sendEvent(viewport, QContextMenuEvent(reason, at, viewport.mapToGlobal(at)))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    menu = menu_at("Karesh")
    assert session.offered is not None
    words = [action.text().partition("\t")[0] for action in menu.actions()]
    assert words[:3] == ["Country? “Karesh”", "Accept the suggestion", "Reject the suggestion"]
    assert menu.actions()[0].isSeparator(), "a heading, not an entry"
    around = words.index("Choose Event “Arvenia && Sons, Karesh and Toll”")
    assert around > words.index("Guideline of the label")
    menu.actions()[around].trigger()
    menu.close()
    assert session.chosen == outer
    session.escape()
    menu = menu_at("Arvenia")
    assert session.chosen == inner
    assert menu.actions()[0].text() == "Country “Arvenia & Sons”"
    assert menu.actions()[1].text() == "Change the label…"
    menu.close()


def test_a_click_on_a_suggestion_at_the_edge_scrolls_nothing(start: Start, tmp_path: Path) -> None:
    lines = "".join(f"Nobody saw it {n} times.\n\n" for n in range(40))
    hand = start(kit.project(tmp_path / "edge.rubric", (f"Anna Lebrune came.\n\n{lines}",)))
    session, reader = hand.window.session, hand.reader
    assert offered(hand)
    first = session.offers[0]
    rect = reader.rect_at(first.span.start)
    bar = reader.verticalScrollBar()
    bar.setValue(rect.bottom() - 2)  # only its feet are seen, and its chip
    where = bar.value()
    hand.click_on(reader.viewport(), QPoint(rect.center().x() + 3, rect.bottom() - where + 8))
    assert session.offered == first
    assert bar.value() == where


def test_what_the_mouse_stands_on_is_told_anew_when_the_text_moves_under_it(start: Start, tmp_path: Path) -> None:
    gap = "Nobody saw any of it.\n\n" * 60
    hand = start(kit.project(tmp_path / "far.rubric", (f"Arvenia and Karesh met.\n\nArvenia went.\n\n{gap}",)))
    kit.label(hand, "Arvenia", country(hand))
    offered(hand)
    hand.keys("Esc")
    reader = hand.reader
    offer = id_of(hand.window.session.offers[0])
    at = reader.reject_place(offer)
    assert at is not None
    hand.point_at(at)
    assert reader.pointer.rejecting == offer
    reader.verticalScrollBar().setValue(400)
    assert reader.pointer.rejecting == ""
    text = Qt.CursorShape.IBeamCursor
    hand.wait_until(lambda: reader.viewport().cursor().shape() == text, "the hand is a text cursor again")
    reader.verticalScrollBar().setValue(0)
    hand.wait_until(lambda: reader.pointer.rejecting == offer, "the cross is there again")


def test_what_lies_inside_a_fresh_label_comes_next(start: Start, tmp_path: Path) -> None:
    story = "Arvenia met.\n\nThe eighth meeting of Arvenia and Toll took place in Arvenia.\n"
    hand = start(kit.project(tmp_path / "inside.rubric", (story,)))
    session = hand.window.session
    kit.label(hand, "Arvenia", country(hand))
    assert offered(hand).count("Arvenia=COUNTRY") == 2
    kit.label(hand, "eighth meeting of Arvenia and Toll", session.scheme.by_name["EVENT"].key)
    offered(hand)
    hand.keys("Tab")
    assert session.offered is not None
    assert session.offered.span.quote(session.text) == "Arvenia"
    hand.keys("Esc", "Shift+Tab")
    assert session.chosen_annotation is not None


def test_what_is_decided_off_the_screen_leads_on_as_ever(start: Start, tmp_path: Path) -> None:
    gap = "Nobody saw any of it.\n\n" * 60
    hand = start(kit.project(tmp_path / "far.rubric", (f"Arvenia and Karesh met.\n\nKaresh went.\n\n{gap}",)))
    session = hand.window.session
    kit.label(hand, "Arvenia", country(hand))
    assert offered(hand) == ["Karesh=COUNTRY"]
    kit.label(hand, "Karesh", country(hand))
    assert offered(hand) == ["Karesh=COUNTRY"]
    hand.keys("Ctrl+Z", "Ctrl+Home", "Tab", "Tab")
    assert offered(hand) == ["Karesh=COUNTRY"]
    hand.reader.verticalScrollBar().setValue(600)
    hand.keys("Space")
    assert "further down" not in hand.window.status.notice
    assert session.chosen is None


def test_who_accepts_all_is_told_what_follows_from_it(start: Start, tmp_path: Path) -> None:
    story = "She told the State Security Council of Armenia so.\n\nNobody asked Lopes.\n\nAnna Lopes agreed.\n"
    hand = start(kit.project(tmp_path / "more.rubric", (story,)))
    found = ["State Security Council of Armenia=ORGANIZATION", "Armenia=COUNTRY", "Anna Lopes=PERSON"]
    follows = ["Lopes=PERSON"]
    assert offered(hand) == found
    hand.keys("Ctrl+Shift+Return")
    words = "Accepted 3 suggestions. 1 more follows from them."
    hand.wait_until(lambda: hand.window.status.notice == words, "what follows is told")
    assert offered(hand) == follows
    hand.keys("Ctrl+Shift+Return")
    assert offered(hand) == []
    assert hand.window.status.notice == "Accepted 1 suggestion."
    hand.keys("Ctrl+Z")
    assert offered(hand) == follows
    assert "follow" not in hand.window.status.notice


def test_the_next_article_does_not_follow_from_what_was_accepted(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "two.rubric", ("Armenia agreed.\n", "Estonia and Latvia met.\n")))
    assert offered(hand) == ["Armenia=COUNTRY"]
    hand.keys("Ctrl+Shift+Return", "Ctrl+PgDown")
    assert offered(hand) == ["Estonia=COUNTRY", "Latvia=COUNTRY"]
    assert "follow" not in hand.window.status.notice


def test_what_is_only_counted_is_not_accepted_unread_and_is_drawn_where_it_may_be(start: Start, tmp_path: Path) -> None:
    story = "It met the Secretary of the State Security Council of Armenia today.\n"
    path = kit.project(tmp_path / "deep.rubric", (story,))
    hand = start(path)
    kit.label(hand, "Secretary of the State Security Council of Armenia", "8")
    kit.label(hand, "State Security Council of Armenia", "2")
    hand.window.session.settings.set("reader.lanes", 2)
    hand.window.close()
    hand = start(path)
    session, reader = hand.window.session, hand.reader
    assert offered(hand)[0] == "Armenia=COUNTRY"
    offer = session.offers[0]
    shown = session.shown(id_of(offer))
    assert shown is not None
    assert reader.page.mark_of(shown) is None, "two lanes are taken: it is counted"
    assert offer not in reader.visible_offers()
    hand.keys("Ctrl+Shift+Return")
    assert "Armenia" not in quotes(hand)
    session.settings.set("reader.lanes", 4)
    hand.window.close()
    hand = start(path)
    assert offered(hand)[0] == "Armenia=COUNTRY"
    assert hand.reader.visible_offers() == hand.window.session.offers, "its line was given room"
    hand.keys("Ctrl+Shift+Return")
    assert "Armenia" in quotes(hand)


def test_what_lies_below_the_edge_is_not_accepted_unread(start: Start, tmp_path: Path) -> None:
    """Words whose label is cut off, and a name whose end is on a line that is not seen."""
    story = "\n\n".join(f"They met on {day} September 2026 once more." for day in range(1, 30)) + "\n"
    hand = start(kit.project(tmp_path / "edge.rubric", (story,)))
    found = offered(hand)
    reader, bar = hand.reader, hand.reader.verticalScrollBar()
    for place in range(0, 120, 3):
        bar.setValue(place)
        below = bar.value() + reader.viewport().height()
        for offer in reader.visible_offers():
            shown = hand.window.session.shown(id_of(offer))
            mark = reader.page.mark_of(shown) if shown is not None else None
            assert mark is not None
            assert mark_rect(mark, reader.page.m).center().y() <= below, "its label is read as well"
    assert len(found) > len(reader.visible_offers()) > 3


@pytest.mark.parametrize("edge", ["lower", "upper"])
def test_what_is_half_seen_counts_and_is_accepted(start: Start, tmp_path: Path, edge: str) -> None:
    fill = "Nobody saw it, and nobody said so.\n\n" * 40
    hand = start(kit.project(tmp_path / "half.rubric", (f"{fill}Armenia agreed.\n\n{fill}",)))
    assert offered(hand) == ["Armenia=COUNTRY"]
    session, reader, bar = hand.window.session, hand.reader, hand.reader.verticalScrollBar()
    button = hand.window.sections.suggestions.accept_button
    shown = session.shown(id_of(session.offers[0]))
    mark = reader.page.mark_of(shown) if shown is not None else None
    assert mark is not None
    assert shown is not None
    label, words = mark_rect(mark, reader.page.m), reader.page.character_rect(shown.start)
    half = label.center().y() - reader.viewport().height() if edge == "lower" else words.center().y()
    out = -3 if edge == "lower" else 3
    bar.setValue(round(half) + out)
    hand.wait_until(lambda: button.text() == "None on the screen", "most of it is not seen")
    bar.setValue(round(half) - out)
    hand.wait_until(lambda: button.text() == "Accept the one on the screen", "most of it is seen")
    hand.click_on(button)
    assert quotes(hand) == ["Armenia"]


@pytest.mark.parametrize("selected", [False, True])
def test_the_menu_of_plain_words_is_about_them_and_not_about_what_was_held_elsewhere(
    start: Start, tmp_path: Path, selected: bool
) -> None:
    story = "Arvenia was glad.\n\nNobody saw the harbour then.\n"
    hand = start(kit.project(tmp_path / "plain.rubric", (story,)))
    kit.label(hand, "Arvenia", "3")
    session, viewport = hand.window.session, hand.reader.viewport()
    if selected:
        hand.double_click(story.index("glad"))
    else:
        hand.click(story.index("Arvenia") + 2)
        assert session.chosen is not None
    at = hand.reader.rect_at(story.index("harbour") + 2).center()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(viewport, QContextMenuEvent(reason, at, viewport.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    assert session.chosen is None
    assert session.selection is not None
    assert session.selection.quote(session.text) == "harbour", "it can be labelled from the menu"


def test_what_follows_from_what_was_accepted_is_drawn_however_deep(start: Start, tmp_path: Path) -> None:
    story = "It was told that she is Secretary General of the State Security Council of Armenia now.\n"
    hand = start(kit.project(tmp_path / "depth.rubric", (story,)))
    session, reader = hand.window.session, hand.reader
    labels = []
    while offered(hand):
        assert reader.visible_offers() == session.offers
        labels += [offer.label for offer in session.offers]
        hand.keys("Ctrl+Shift+Return")
    assert labels == ["PROFESSION", "ORGANIZATION", "COUNTRY"]


def test_space_goes_to_what_follows_from_it_before_what_comes_later(start: Start, tmp_path: Path) -> None:
    story = "She told the State Security Council of Armenia so.\n\nAnna Lopes agreed.\n\nLopes left Estonia.\n"
    hand = start(kit.project(tmp_path / "order.rubric", (story,)))
    session = hand.window.session
    body, person = "State Security Council of Armenia=ORGANIZATION", "Anna Lopes=PERSON"
    assert offered(hand) == [body, "Armenia=COUNTRY", person, "Estonia=COUNTRY"]
    hand.keys("Ctrl+Home", "Tab", "Space")
    assert session.offered is not None
    assert session.offered.span.quote(session.text) == "Armenia", "it lies inside"
    hand.keys("Space", "Space")
    assert session.offered is not None
    assert session.offered.span.quote(session.text) == "Lopes", "it was not offered before"
    hand.keys("Space")
    assert session.offered is not None
    assert session.offered.span.quote(session.text) == "Estonia"
    hand.keys("Space")
    assert session.current is None


def test_who_comes_to_the_end_is_told_of_suggestions_further_up(start: Start, tmp_path: Path) -> None:
    fill = "Nobody saw it, and nobody said so.\n\n" * 60
    hand = start(kit.project(tmp_path / "up.rubric", (f"Armenia met Latvia.\n\n{fill}Estonia agreed.\n",)))
    assert offered(hand) == ["Armenia=COUNTRY", "Latvia=COUNTRY", "Estonia=COUNTRY"]
    hand.keys("Ctrl+End", "Shift+Tab", "Space")
    assert "2 suggestions stand further up: Ctrl+Shift+N goes there." in hand.window.status.notice
    hand.keys("Ctrl+Shift+N", "Space", "Space")
    assert quotes(hand) == ["Armenia", "Latvia", "Estonia"]
    assert "further up" not in hand.window.status.notice


def test_who_comes_to_the_end_is_told_of_one_that_was_passed_on_the_screen(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "up.rubric", ("Armenia met Latvia.\n\nEstonia agreed.\n",)))
    assert len(offered(hand)) == 3
    hand.keys("Ctrl+Home", "Tab", "Tab", "Space", "Space")
    notice = hand.window.status.notice
    assert notice == "Labelled “Estonia” as Country. 1 suggestion before it is left: Ctrl+Shift+N goes there."
    hand.keys("Ctrl+Shift+N", "Space")
    assert quotes(hand) == ["Armenia", "Latvia", "Estonia"]
    assert hand.window.status.notice == "Labelled “Armenia” as Country. That was the last suggestion."


@pytest.mark.parametrize("how", ["goes there", "scrolls there", "rejects them", "wishes none"])
def test_it_is_told_only_as_long_as_they_stand_further_up(start: Start, tmp_path: Path, how: str) -> None:
    fill = "Nobody saw it, and nobody said so.\n\n" * 60
    hand = start(kit.project(tmp_path / "up.rubric", (f"Armenia met Latvia.\n\n{fill}Estonia agreed.\n",)))
    assert len(offered(hand)) == 3
    hand.keys("Ctrl+End", "Shift+Tab", "Space")
    status = hand.window.status
    QTest.qWait(300)
    assert "2 suggestions stand further up" in status.notice
    session, view = hand.window.session, hand.window.sections.suggestions.view
    if how == "goes there":
        hand.keys("Ctrl+Shift+N")
        assert status.notice == "Labelled “Estonia” as Country."
    elif how == "scrolls there":
        hand.reader.verticalScrollBar().setValue(0)
        hand.wait_until(lambda: status.notice == "Labelled “Estonia” as Country.", "they are seen")
        assert session.current is None
    elif how == "rejects them":
        for _n in range(2):
            view.setFocus()
            hand.keys("Home", "Delete")
        assert status.notice.startswith("Rejected Country for “Latvia”")
    else:
        hand.do("suggestions")
        hand.wait_until(lambda: "further up" not in status.notice, "there are none")
    QTest.qWait(300)
    assert "further up" not in status.notice


@pytest.mark.parametrize("key", ["Space", "Delete"])
@pytest.mark.parametrize("filled", [0, 200])
def test_the_last_suggestion_is_told_as_that(start: Start, tmp_path: Path, key: str, filled: int) -> None:
    fill = "Nobody saw it, and nobody said so.\n\n" * filled  # of a long text it is known only a little later
    hand = start(kit.project(tmp_path / "last.rubric", (f"Armenia met Latvia.\n\nEstonia agreed.\n\n{fill}",)))
    assert offered(hand) == ["Armenia=COUNTRY", "Latvia=COUNTRY", "Estonia=COUNTRY"]
    status, last = hand.window.status, "That was the last suggestion."
    for left in (2, 1, 0):
        hand.keys(*(["Ctrl+Home", "Tab"] if left == 2 else ()), key)
        assert len(offered(hand)) == left
        QTest.qWait(100)
        assert status.notice.endswith(last) == (not left)
    done = "Labelled “Estonia” as Country." if key == "Space" else "Rejected Country for “Estonia”."
    assert status.notice == f"{done} {last}"
    hand.keys("Ctrl+Z")
    assert len(offered(hand)) == 1, "undo takes the decision back"
    assert last not in status.notice


def test_suggestions_that_are_seen_are_not_further_up(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "seen.rubric", ("Armenia met Latvia.\n\nEstonia agreed.\n",)))
    assert offered(hand) == ["Armenia=COUNTRY", "Latvia=COUNTRY", "Estonia=COUNTRY"]
    hand.keys("Ctrl+End", "Shift+Tab", "Space")
    assert quotes(hand) == ["Estonia"]
    assert "2 suggestions before it are left" in hand.window.status.notice
    assert "further up" not in hand.window.status.notice


def test_what_is_offered_inside_of_what_was_just_labelled_is_drawn(start: Start, tmp_path: Path) -> None:
    fill = "Nobody saw it, and nobody said so.\n\n" * 60
    story = f"{fill}She is Secretary General of the State Security Council of Armenia now.\n\n{fill}"
    hand = start(kit.project(tmp_path / "inside.rubric", (story,)))
    session, reader = hand.window.session, hand.reader
    label = session.scheme.by_name
    kit.label(hand, "Secretary General of the State Security Council of Armenia", label["PROFESSION"].key)
    offered(hand)
    kit.label(hand, "the State Security Council of Armenia", label["ORGANIZATION"].key)
    place = reader.page.character_rect(reader.caret()).top() - reader.verticalScrollBar().value()
    assert offered(hand) == ["Armenia=COUNTRY"]
    assert reader.visible_offers() == session.offers
    assert reader.page.character_rect(reader.caret()).top() - reader.verticalScrollBar().value() == place


def test_the_caret_that_is_taken_elsewhere_lets_go(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "away.rubric", ("Arvenia met at last.\n\nNobody saw it.\n",)))
    session = hand.window.session
    kit.label(hand, "Arvenia", country(hand))
    hand.keys("Ctrl+Home", "Tab", "Right")
    assert session.chosen is not None, "it is still in it"
    hand.keys("Down", "Down", "Delete")
    assert quotes(hand) == ["Arvenia"]
    assert "no annotation is chosen" in hand.window.status.notice
    hand.keys("Tab")  # from the caret: there is none
    assert session.chosen is None
    hand.keys("Shift+Tab", "Ctrl+End", "Ctrl+Shift+Left", "+")
    assert quotes(hand) == ["Arvenia … it"], "words selected elsewhere are still added"


@pytest.mark.parametrize("key", ["Down", "Up", "Home", "End"])
def test_borders_that_are_being_moved_are_not_lost_by_a_key_of_the_caret(
    start: Start, tmp_path: Path, key: str
) -> None:
    hand = start(kit.project(tmp_path / "edges.rubric", ("It rained.\n\nArvenia, Karesh met.\n\nNobody saw it.\n",)))
    kit.label(hand, "Arvenia", country(hand))
    hand.keys("Ctrl+Home", "Tab", "F2", "Right", key, "Return")
    assert quotes(hand) == ["Arvenia, Karesh"]


def test_where_something_is_suggested_nobody_is_asked_to_finish_with_nothing(hand: Hand) -> None:
    panel = hand.window.sections.annotations
    assert offered(hand) == []
    assert panel.empty.button.isVisible()
    kit.label(hand, "Arvenia", country(hand))
    offered(hand)
    hand.keys("Ctrl+Z")
    assert offered(hand) == []
    assert panel.empty.button.isVisible()
    kit.label(hand, "Arvenia", country(hand))
    offered(hand)
    hand.do("next")
    assert offered(hand), "its words are known from the article before"
    assert not panel.empty.button.isVisible()

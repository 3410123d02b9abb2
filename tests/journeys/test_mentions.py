"""All identical mentions: looked over, then labelled, changed or deleted in one step that undo takes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QMenu
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.spans import Span
from rubricator.words import say
from rubricator_gui.actions import ARTICLE_MENU
from rubricator_gui.hand import Hand
from rubricator_gui.panels.mention_list import note_of
from rubricator_gui.panels.mentions import MentionDialog
from rubricator_gui.tasks import Task

STORIES = (
    "Sund council meets\n\nThe Harbour Council met. The HARBOUR\nCOUNCIL in Sund said: the Harbour Council’s Councillors.\n",
    "Council rests\n\nNobody saw the Harbour Council on Monday.\n",
    "Nothing here\n\nNobody was seen.\n",
)


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "sund.rubric", STORIES))


def asked(hand: Hand, keys: str, answer: Callable[[MentionDialog], None]) -> None:
    """Press keys that ask, and answer in the dialog."""
    came: list[MentionDialog] = []

    def check(dialog: QDialog) -> None:
        assert isinstance(dialog, MentionDialog)
        came.append(dialog)
        answer(dialog)

    hand.answer("mentionDialog", check)
    hand.keys(keys)
    assert came, "no dialog came"


def quotes(hand: Hand) -> list[str]:
    return [quote for _label, quote in kit.layer(hand)]


ALL = ["Harbour Council", "HARBOUR\nCOUNCIL", "Harbour Council"]


def test_the_article_is_labelled_with_one_key_more(hand: Hand) -> None:
    kit.drag(hand, "Harbour Council")

    def answer(dialog: MentionDialog) -> None:
        assert dialog.go.text() == "Label 3 mentions"
        hand.keys("Return")

    asked(hand, "Shift+L", answer)
    assert quotes(hand) == ALL
    assert [annotation.origin for annotation in hand.window.session.spans] == ["manual", "repeat", "repeat"]
    assert not any(annotation.exact for annotation in hand.window.session.spans), "these are whole words"
    assert "in 3 places" in hand.window.status.notice
    hand.keys("Ctrl+Z")
    assert quotes(hand) == []
    hand.keys("Ctrl+Shift+Z")
    assert quotes(hand) == ALL


def test_of_very_long_words_the_beginning_stands_over_the_list(hand: Hand) -> None:
    hand.keys("Ctrl+A")
    text = hand.window.session.text
    told: list[str] = []

    def look(dialog: MentionDialog) -> None:
        told.extend(label.text() for label in dialog.findChildren(QLabel) if label.text().startswith(text[:9]))
        hand.keys("Escape")

    asked(hand, "Shift+L", look)
    assert told
    assert max(map(len, told)) <= 60 < len(text), "the window would be wider than the screen"


@pytest.mark.parametrize("keys", ["Shift+1", "Shift+Return"])
def test_white_space_has_none(hand: Hand, keys: str) -> None:
    session = hand.window.session
    last = len(session.text)
    session.select(Span.of(last - 1, last), exact=True)
    assert not session.text[-1].strip()
    hand.keys(keys)
    assert "White space has no identical mentions." in hand.window.status.notice
    assert not kit.layer(hand)


def test_of_what_is_in_parts_it_is_said_before_a_label_is_picked(hand: Hand) -> None:
    session, at = hand.window.session, STORIES[0].index("Harbour")
    session.select(Span(((at, at + 7), (at + 16, at + 19))))
    hand.keys("2")
    hand.keys("Shift+Return")
    assert "A discontinuous annotation has no identical mentions." in hand.window.status.notice
    assert hand.window.over.picker.isHidden()


def test_the_menus_offer_it_too(hand: Hand) -> None:
    menus = hand.window.menuBar().findChildren(QMenu)
    (label,) = (menu for menu in menus if menu.title() == "&Label")
    everywhere = hand.window.actions["everywhere"]
    assert everywhere in label.actions()
    assert everywhere.text() == "Label all identical mentions…\tShift+Enter"
    assert not everywhere.isEnabled()
    kit.drag(hand, "Harbour Council")
    came: list[str] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, MentionDialog)
        came.append(dialog.go.text())
        hand.keys("Return")

    hand.answer("mentionDialog", answer)
    hand.do("everywhere")
    hand.type("org")
    hand.keys("Return")
    assert came == ["Label 3 mentions"]
    assert {label for label, _quote in kit.layer(hand)} == {"ORGANIZATION"}
    assert "everywhere" in ARTICLE_MENU


def test_boxes_are_changed_by_keys_and_esc_drops_all(hand: Hand) -> None:
    kit.drag(hand, "Harbour Council")

    def drop(dialog: MentionDialog) -> None:
        hand.keys("N")
        assert not dialog.go.isEnabled()
        hand.keys("Return")
        assert dialog.isVisible()
        hand.keys("Escape")

    asked(hand, "Shift+L", drop)
    assert quotes(hand) == []
    assert hand.reader.selection() is not None

    def one_less(dialog: MentionDialog) -> None:
        hand.keys("Down", "Space", "Return")

    asked(hand, "Shift+L", one_less)
    assert quotes(hand) == [ALL[0], ALL[2]]


def test_the_corpus_is_labelled_in_the_same_step(hand: Hand) -> None:
    kit.drag(hand, "Harbour Council")

    def answer(dialog: MentionDialog) -> None:
        dialog.scope.setCurrentIndex(1)
        hand.wait_until(lambda: dialog._model.total() == 4, "the mention in the other article")
        hand.wait_until(dialog.go.isEnabled, "the search is over")
        assert dialog.go.text() == "Label 4 mentions"
        dialog.view.setFocus()
        hand.keys("Return")

    asked(hand, "Shift+L", answer)
    assert quotes(hand) == ALL
    hand.do("next")
    assert quotes(hand) == ["Harbour Council"]
    hand.keys("Ctrl+Z")
    assert quotes(hand) == []
    counts = hand.window.session.ready.rows.label_counts()
    assert counts == {}


@pytest.mark.parametrize("in_hand", ["chosen", "fresh", "suggested"])
@pytest.mark.parametrize("by", ["Shift+L", "Shift+Return", "menu"])
def test_the_rest_of_the_same_words_gets_the_label_of_what_is_in_hand(hand: Hand, in_hand: str, by: str) -> None:
    session = hand.window.session
    kit.label(hand, "Harbour Council", "L")
    if in_hand == "chosen":
        hand.keys("Esc", "Ctrl+Home", "Tab")
        assert session.chosen_annotation is not None
    elif in_hand == "suggested":
        hand.wait_until(lambda: not session.offers_due and not session.looking.active, "it was looked for")
        hand.keys("Tab", "Tab")
        assert session.offered is not None
        assert session.offered.span.quote(session.text) == "Harbour Council"

    def answer(dialog: MentionDialog) -> None:
        assert dialog.go.text() == "Label 2 mentions", "those that have it stay as they are"
        hand.keys("Return")

    if by == "Shift+L":
        asked(hand, "Shift+L", answer)
    else:
        hand.do("everywhere") if by == "menu" else hand.keys(by)
        picker = hand.window.over.picker
        assert picker.isVisible()
        assert picker._labels.label(0).name == "LAW", "the label that it has is on top"
        asked(hand, "Return", answer)
    assert kit.layer(hand) == [("LAW", quote) for quote in ALL]
    hand.keys("Ctrl+Z")
    assert len(kit.layer(hand)) == 1


def test_all_of_them_are_changed_and_deleted(hand: Hand) -> None:
    kit.drag(hand, "Harbour Council")
    asked(hand, "Shift+L", lambda _dialog: hand.keys("Return"))
    hand.keys("Shift+Tab")

    def change(dialog: MentionDialog) -> None:
        assert dialog.go.text() == "Change 3 mentions"
        hand.keys("Return")

    asked(hand, "Shift+W", change)
    assert {label for label, _quote in kit.layer(hand)} == {"WORK_OF_ART"}

    def delete(dialog: MentionDialog) -> None:
        assert dialog.go.text() == "Delete 3 mentions"
        hand.keys("Return")

    asked(hand, "Shift+Delete", delete)
    assert kit.layer(hand) == []
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert {label for label, _quote in kit.layer(hand)} == {"LAW"}


def test_what_is_labelled_already_is_told_and_not_offered(hand: Hand) -> None:
    start, _end = kit.at(hand, "HARBOUR\nCOUNCIL")
    hand.drag(start, start + len("HARBOUR\nCOUNCIL in Sund"))
    hand.keys("W")
    kit.drag(hand, "Harbour Council", nth=1)
    hand.keys("W")
    kit.drag(hand, "Harbour Council")

    def answer(dialog: MentionDialog) -> None:
        notes = [row.mention.standing for row in dialog._model.rows if row.mention]
        assert notes == ["free", "inside", "other"]
        assert dialog.go.text() == "Label 2 mentions"
        hand.keys("Escape")

    asked(hand, "Shift+L", answer)


def test_what_one_stands_on_is_ticked_whatever_stands_there(hand: Hand) -> None:
    start, _end = kit.at(hand, "HARBOUR\nCOUNCIL")
    hand.drag(start, start + len("HARBOUR\nCOUNCIL in Sund"))
    hand.keys("L")
    kit.drag(hand, "HARBOUR\nCOUNCIL")

    def answer(dialog: MentionDialog) -> None:
        rows = [row.mention for row in dialog._model.rows if row.mention]
        inside = next(mention for mention in rows if mention.standing == "inside")
        assert not inside.offered
        assert inside.span in {mention.span for _article, mention in dialog._model.ticked()}
        hand.keys("Escape")

    asked(hand, "Shift+L", answer)


def test_of_words_in_another_case_it_is_said_as_well_in_what_they_stand(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    text = "The Joint Meeting and the Meeting House\n\nA meeting was held. A joint meeting met. The Meeting met.\n"
    hand = start(kit.project(tmp_path / "talks.rubric", (text,)))
    kit.label(hand, "Joint Meeting", "5")
    kit.label(hand, "Meeting House", "9")
    kit.label(hand, "joint meeting", "5")
    hand.drag(*kit.at(hand, "meeting"))

    def answer(dialog: MentionDialog) -> None:
        rows = [row.mention for row in dialog._model.rows if row.mention]
        notes = [note_of(row, dialog._question, str) for row in rows]
        assert [say(note) if note is not None else "" for note in notes] == [
            "other case, inside another EVENT: the same name?",
            "other case, inside FACILITY",
            "",
            "inside another EVENT: the same name?",
            "other case",
        ]
        assert [row.offered for row in rows] == [False, False, True, False, False]
        hand.keys("Escape")

    asked(hand, "Shift+5", answer)


def test_a_search_that_is_dropped_leaves_nothing_behind(hand: Hand) -> None:
    kit.drag(hand, "Harbour Council")

    def drop(dialog: MentionDialog) -> None:
        dialog.scope.setCurrentIndex(1)
        dialog.view.setFocus()
        hand.keys("Escape")

    asked(hand, "Shift+L", drop)
    window = hand.window
    hand.wait_until(lambda: not window.findChildren(MentionDialog), "the dialog is gone")
    hand.wait_until(lambda: not window.session.findChildren(Task), "the search is over")
    assert quotes(hand) == []


def test_words_in_another_case_are_listed_and_not_ticked_but_all_capitals_are(start: Start, tmp_path: Path) -> None:
    """A blue net is no Blue Net, and a headline shouts."""
    kit.introduced()
    text = "BLUE NET LEFT\n\nThe Blue\nNet left. Blue Net was a ship with a blue net, and the blue net bar.\n"
    hand = start(kit.project(tmp_path / "ship.rubric", (text,)))
    start_at, end = kit.at(hand, "blue net bar")
    hand.drag(start_at, end)
    hand.keys("2")
    hand.keys("Ctrl+F")
    hand.type("blue net was")
    hand.keys("Return", "Escape", "Ctrl+Shift+Left")

    def answer(dialog: MentionDialog) -> None:
        rows = [row.mention for row in dialog._model.rows if row.mention]
        notes = [note_of(row, dialog._question, str) for row in rows]
        told = [say(note) if note is not None else "" for note in notes]
        assert [row.offered for row in rows] == [True, True, True, False, False]
        assert told == ["other case", "", "", "other case", "other case, inside ORGANIZATION"]
        assert dialog.go.text() == "Label 3 mentions"
        hand.keys("Return")

    asked(hand, "Shift+9", answer)
    facilities = [quote for label, quote in kit.layer(hand) if label == "FACILITY"]
    assert facilities == ["BLUE NET", "Blue\nNet", "Blue Net"]

    def delete(dialog: MentionDialog) -> None:
        assert dialog.go.text() == "Delete 3 mentions", "these are annotations, however they are written"
        hand.keys("Escape")

    hand.keys("Shift+Tab")
    asked(hand, "Shift+Delete", delete)


@pytest.mark.parametrize(
    ("words", "labelled"),
    [("PORT OF VELIS", ["PORT OF VELIS", "Port of Velis", "Port of Velis"]), ("WHO", ["WHO"])],
)
def test_from_a_dateline_in_capitals_names_in_the_text_are_ticked_and_common_words_are_not(
    start: Start, tmp_path: Path, words: str, labelled: list[str]
) -> None:
    kit.introduced()
    text = (
        "PORT OF VELIS, Sept. 14 - The Port of Velis rests, as a port of velis does. Port of Velis!\n\n"
        "The WHO knows. Who knows who knows?\n"
    )
    hand = start(kit.project(tmp_path / "port.rubric", (text,)))
    hand.drag(*kit.at(hand, words))
    asked(hand, "Shift+9", lambda _dialog: hand.keys("Return"))
    assert [quote for _label, quote in kit.layer(hand)] == labelled


def test_names_in_two_spellings_are_one_name(start: Start, tmp_path: Path) -> None:
    """They look the same: with the accent in the letter, and with an accent of its own behind it."""
    apart, letter = "Jose\u0301 Garci\u0301a", "Jos\u00e9 Garc\u00eda"
    kit.introduced()
    text = f"One\n\nToday {apart} met {letter}. Nobody saw {apart} on Monday.\n"
    hand = start(kit.project(tmp_path / "p.rubric", [text, f"Two\n\nNobody heard {letter}.\n"]))
    hand.keys("Ctrl+F")
    bar = hand.window.over.finding.bar
    for typed, count in (("josé garcía", 3), ("jose", 0), (apart, 3)):
        bar.field.setText(typed)
        hand.wait_until(lambda count=count: bar.count.text() == f"{count} found", f"{count} hits of {typed}")
    hand.keys("Escape")
    kit.drag(hand, letter)
    asked(hand, "Shift+L", lambda dialog: hand.keys("Return"))
    assert quotes(hand) == [apart, letter, apart]
    assert all(one.quote == text[one.start : one.end] for one in hand.window.session.spans)
    hand.do("next")
    session = hand.window.session
    hand.wait_until(lambda: [offer.span.quote(session.text) for offer in session.offers] == [letter], "an offer")
    kit.drag(hand, letter)
    radar = hand.window.sections.chosen.radar
    hand.wait_until(lambda: radar.words.text().startswith(f"“{letter}”: 3 × "), "the radar")
    assert " as " not in radar.words.text(), "a person sees no difference"

"""What is said of an annotation beside its label: attributes by keys, comments in threads, all of it filterable."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.scheme import Attribute
from rubricator.model.spans import Annotation, Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui import theme
from rubricator_gui.dialogs.comments import CommentDialog
from rubricator_gui.hand import Hand
from rubricator_gui.reader.paint import chip_rect, mark_rect, written_rects

ATTRIBUTES = (
    Attribute(
        "gender", "Gender", "choice", ("f", "m", "x"), ("PERSON",), required=True, chip=True, definition="As told."
    ),
    Attribute("roles", "Roles", "choices", ("speaker", "subject", "source"), ("PERSON",)),
    Attribute("sure", "Sure", "flag", default=True),
    Attribute("age", "Age", "number", labels=("PERSON",)),
    Attribute("alias", "Called", "text", labels=("PERSON",)),
)

SAYS = "Enter says it, Shift+Enter breaks the line"
SAID = "Said. Enter or Esc closes"


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    path = kit.project(tmp_path / "p.rubric")
    with Project.open(path, Settings().me()) as project:
        project.schemes.change(replace(project.scheme, attributes=ATTRIBUTES), "attributes")
    hand = start(path)
    kit.label(hand, "Anna S.\n\nLebrune", "1")
    kit.label(hand, "Arvenia", "3")
    start_, _end = kit.at(hand, "Anna S.")
    hand.click(start_ + 1)
    return hand


def told(hand: Hand) -> str:
    return hand.window.status._notice.text()


def said(hand: Hand) -> dict[str, object]:
    """Return the attributes of the first annotation."""
    annotation = next(iter(hand.window.session.spans))
    return dict(annotation.attributes)


def card(hand: Hand) -> str:
    """Return the line of attributes in the card."""
    line = hand.window.sections.chosen.attributes
    return line.words.text() if not line.isHidden() else ""


def test_values_are_said_by_a_few_letters_without_leaving_the_article(hand: Hand) -> None:
    assert said(hand) == {"sure": True}, "what it says by default is written with it"
    assert card(hand) == "Sure: yes · Gender missing"
    hand.keys("Ctrl+R")
    picker = hand.window.over.attribute_picker
    assert picker.isVisible()
    assert [picker.model.index(n).data() for n in range(3)] == ["Gender: f", "Gender: m", "Gender: x"]
    hand.keys("Return")
    assert said(hand) == {"sure": True, "gender": "f"}
    assert hand.reader.hasFocus()
    assert "Gender of “Anna S. ⏎ Lebrune”: f" in told(hand)
    assert card(hand) == "Gender: f · Sure: yes"
    hand.keys("Ctrl+R")
    hand.type("subj")
    hand.keys("Shift+Return")
    assert picker.isVisible(), "there is more to say"
    hand.type("source")
    hand.keys("Shift+Return")
    hand.type("sure: no")
    hand.keys("Shift+Return")
    hand.type("age:42,5")
    hand.keys("Shift+Return")
    hand.type("called: <b>Anna</b>")
    hand.keys("Return")
    assert said(hand) == {
        "gender": "f",
        "roles": ["subject", "source"],
        "sure": False,
        "age": 42.5,
        "alias": "<b>Anna</b>",
    }
    hand.keys("Ctrl+Z")
    assert "alias" not in said(hand)
    hand.keys("Ctrl+R")
    hand.type("gender: f")
    hand.keys("Return")
    assert "gender" not in said(hand), "what is said already is taken back"


def test_a_required_one_is_asked_for_before_the_article_is_finished(hand: Hand) -> None:
    hand.do("finish")
    assert hand.window.session.status == "doing"
    assert "“Anna S. ⏎ Lebrune” does not say Gender" in told(hand)
    picker = hand.window.over.attribute_picker
    assert picker.isVisible()
    assert [picker.model.index(n).data() for n in range(picker.model.rowCount())] == [
        "Gender: f",
        "Gender: m",
        "Gender: x",
    ]
    hand.keys("Down", "Return")
    assert said(hand) == {"sure": True, "gender": "m"}
    hand.do("finish")
    assert hand.window.session.ready.layer("a1").status == "done"


def test_finishing_goes_to_the_first_that_has_to_say_something_and_a_filter_lists_them(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, "Lebrune", "1")
    hand.click(kit.at(hand, "Arvenia")[0] + 1)
    panel = hand.window.sections.annotations
    panel.filter.setFocus()
    hand.type("missing:")
    hand.wait_until(lambda: panel.view.model().rowCount() == 2, "both persons are listed")
    quotes = []
    hand.window.reader.setFocus()  # from the field nothing is finished
    for _n in range(2):
        hand.keys("Ctrl+Return")
        assert hand.window.over.attribute_picker.isVisible()
        chosen = session.chosen_annotation
        assert chosen is not None
        quotes.append(chosen.quote)
        hand.keys("Return")
    assert quotes == ["Anna S.\n\nLebrune", "Lebrune"]
    assert panel.view.model().rowCount() == 0
    hand.keys("Ctrl+Return")
    assert session.ready.layer("a1").status == "done"


def test_a_label_without_attributes_and_nonsense_in_the_field(hand: Hand) -> None:
    hand.keys("Ctrl+R")
    hand.type("no such value")
    picker = hand.window.over.attribute_picker
    rows = [picker.model.index(n).data() for n in range(picker.model.rowCount())]
    assert rows == ["Called: no such value"], "only free text takes anything"
    hand.keys("Escape")
    assert said(hand) == {"sure": True}
    hand.keys("Ctrl+R")
    hand.type("age: 1e999")
    assert all("Age" not in str(picker.model.index(n).data()) for n in range(picker.model.rowCount()))
    hand.keys("Escape")
    assert said(hand) == {"sure": True}


def comment(hand: Hand, work: object) -> None:
    """Have the comments opened by Ctrl+M and worked on."""
    hand.answer("commentDialog", work)  # type: ignore[arg-type]
    hand.keys("Ctrl+M")


@pytest.mark.parametrize("size", [(1000, 700), (800, 780)])
@pytest.mark.parametrize("scrolled", [0, 4, 9, 14])
def test_comments_cover_no_words_that_they_are_about(
    start: Start, tmp_path: Path, size: tuple[int, int], scrolled: int
) -> None:
    kit.introduced()
    name = "Harbour Authority of Port Velis and of the Islands before the Coast of Karesh in the Northern Sund"
    story = "Nobody said a word.\n\n" * 20 + f"On Monday the {name} met. Nobody said more.\n\n" + "So it was.\n\n" * 30
    hand = start(kit.project(tmp_path / "comments.rubric", [story]), *size)
    hand.window.session.wish_offers(False)
    kit.label(hand, name, "2")
    session, reader = hand.window.session, hand.reader
    (one,) = session.spans
    for n in range(5):
        assert session.comments.add(one, f"Is it one name? {n}")
    session.choose(one.id)
    reader.verticalScrollBar().setValue(round(reader.page.character_rect(one.start).top()) - scrolled * 30)
    seen: list[bool] = []
    said: list[object] = []

    def look(dialog: QDialog) -> None:
        rects = [reader.rect_at(offset) for offset in range(one.start, one.end)]
        corner = reader.viewport().mapToGlobal(QPoint())
        covered = [rect for rect in rects if dialog.frameGeometry().intersects(rect.translated(corner))]
        seen.append(not covered and dialog.screen().availableGeometry().contains(dialog.geometry()))
        said.append((dialog.geometry(), rects[0], rects[-1]))
        hand.keys("Escape")

    comment(hand, look)
    hand.wait_until(lambda: bool(seen), "the comments were looked at")
    assert seen == [True], said


def test_what_was_just_labelled_is_commented_without_choosing_it(hand: Hand) -> None:
    session = hand.window.session
    session.choose(None)
    before = len(session.spans)
    assert not hand.window.actions["comment"].isEnabled()
    kit.label(hand, "Karesh", "3", 1)
    assert session.chosen is None
    asked: list[str] = []

    def ask(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        asked.append(hand.window.session.chosen_annotation.quote)  # type: ignore[union-attr]
        hand.type("A state?")
        hand.keys("Ctrl+Return", "Escape")

    hand.answer("commentDialog", ask)
    hand.keys("Ctrl+M")
    assert asked == ["Karesh"]
    one = next(annotation for annotation in session.spans if annotation.quote == "Karesh")
    assert [comment.text for comment in session.comments.on(one)] == ["A state?"]
    hand.keys("Escape", "Ctrl+Z", "Ctrl+Z")
    assert len(session.spans) == before
    kit.label(hand, "Karesh", "3", 1)
    hand.keys("Ctrl+Z")
    hand.do("comment")  # it is gone, and so nothing is asked
    assert asked == ["Karesh"]


def test_comments_are_a_thread(hand: Hand) -> None:
    def ask(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        assert not dialog.say.isEnabled()
        hand.type("Is this")
        hand.keys("Shift+Return")
        assert dialog.isVisible()
        hand.type("a person?")
        hand.keys("Return", "Escape")

    comment(hand, ask)
    session = hand.window.session
    chosen = session.chosen_annotation
    assert chosen is not None
    [first] = session.comments.on(chosen)
    assert first.text == "Is this\na person?"
    line = hand.window.sections.chosen.comments
    assert line.words.text() == "1 comment: Is this a person?"

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        dialog.list.setFocus()
        hand.keys("Home", "Return")
        assert dialog.hint.text() == "An answer to anna"
        hand.type("Yes.")
        hand.keys("Ctrl+Return", "Escape")

    comment(hand, answer)
    assert [(one.text, one.reply_to == first.id) for one in session.comments.on(chosen)] == [
        ("Is this\na person?", False),
        ("Yes.", True),
    ]

    def change_and_delete(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        assert dialog.list.count() == 2
        assert dialog.list.item(1).text().startswith("\u2003anna, "), "an answer stands below what it answers"
        dialog.list.setFocus()
        hand.keys("Home", "Delete")
        assert dialog.list.count() == 1, "the answer stays"
        hand.keys("Home", "F2")
        hand.type("No.")
        hand.keys("Ctrl+Return", "Escape")

    comment(hand, change_and_delete)
    assert [one.text for one in session.comments.on(chosen)] == ["No."]
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert [one.text for one in session.comments.on(chosen)] == ["Is this\na person?", "Yes."]

    def nothing(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        hand.type("   ")
        hand.keys("Ctrl+Return")
        assert dialog.isVisible()
        hand.keys("Escape")

    comment(hand, nothing)
    assert len(session.comments.on(chosen)) == 2


def test_the_field_has_the_room_until_something_is_said(hand: Hand) -> None:
    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        QTest.qWait(20)
        gap, four = dialog.layout().spacing(), dialog.field.minimumHeight()
        heading = next(one for one in dialog.findChildren(QLabel) if one.font().bold())
        low = heading.fontMetrics().height()
        assert dialog.field.y() - heading.geometry().bottom() <= gap + 1, "no gap where a list would stand"
        assert heading.height() <= low + gap
        assert dialog.field.height() > four
        hand.type("Is it?")
        hand.keys("Ctrl+Return")
        QTest.qWait(20)
        assert dialog.list.isVisible()
        assert dialog.field.height() == four
        assert dialog.field.y() - dialog.list.geometry().bottom() <= gap + 1
        hand.keys("Escape")

    comment(hand, look)


def test_what_was_said_stands_in_the_list_and_the_next_can_be_typed(hand: Hand) -> None:
    session = hand.window.session
    chosen = session.chosen_annotation
    assert chosen is not None
    before = len(session.spans)

    def two(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        hand.type("Is it?")
        hand.keys("Ctrl+Return")
        assert dialog.isVisible()
        assert (dialog.field.toPlainText(), dialog.field.hasFocus()) == ("", True)
        assert dialog.list.item(0).text().endswith("Is it?")
        assert dialog.list.isVisible()
        assert dialog.list.viewport().rect().contains(dialog.list.visualItemRect(dialog.list.item(0)))
        hand.type("It is 3.")
        hand.click_on(dialog.say)
        assert dialog.list.count() == 2
        assert dialog.list.currentRow() == 1
        assert dialog.field.hasFocus()
        dialog.list.setFocus()
        hand.keys("Return")
        assert dialog.hint.text() == "An answer to anna"
        hand.type("Yes.")
        hand.keys("Ctrl+Return")
        assert dialog.hint.text() == SAID, "the next one answers nothing"
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
        QApplication.sendEvent(dialog.field, held)
        assert dialog.isVisible(), "the key that said it is still held"
        hand.keys("Return")
        assert not dialog.isVisible(), "who has said it all goes on with the key that said it"

    comment(hand, two)
    assert [one.text for one in session.comments.on(chosen)] == ["Is it?", "It is 3.", "Yes."]
    assert session.chosen == chosen.id, "that key closed the window, and did nothing else"
    assert len(session.spans) == before


def test_what_was_typed_stands_there_again_after_escape(hand: Hand) -> None:
    session, seen = hand.window.session, list[str]()

    def begin(dialog: QDialog) -> None:
        hand.type("I am not sure wheth")
        hand.keys("Escape")

    def elsewhere(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        seen.append(dialog.field.toPlainText())
        hand.keys("Escape")

    def end(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        seen.append(dialog.field.toPlainText())
        hand.type("er.")
        hand.keys("Ctrl+Return", "Escape")

    comment(hand, begin)
    chosen = session.chosen_annotation
    assert chosen is not None
    other = next(one for one in session.spans if one.id != chosen.id)
    session.choose(other.id)
    comment(hand, elsewhere)
    session.choose(chosen.id)
    comment(hand, end)
    comment(hand, elsewhere)
    assert seen == ["", "I am not sure wheth", ""]
    assert [one.text for one in session.comments.on(chosen)] == ["I am not sure whether."]


def test_a_comment_that_is_not_sent_is_told_on_the_card_and_leads_back(hand: Hand) -> None:
    session, seen = hand.window.session, list[str]()
    line = hand.window.sections.chosen.comments

    def begin(dialog: QDialog) -> None:
        hand.type("I am not sure wheth")
        hand.keys("Escape")

    def end(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        seen.append(dialog.hint.text())
        hand.type("er.")
        hand.keys("Ctrl+Return")
        seen.append(dialog.hint.text())
        hand.keys("Escape")

    comment(hand, begin)
    chosen = session.chosen_annotation
    assert chosen is not None
    assert hand.window.status.notice == "Not sent yet, and kept: “I am not sure wheth”"
    told = "Not sent yet: I am not sure wheth"
    assert line.words.text() == told
    other = next(one for one in session.spans if one.id != chosen.id)
    session.choose(other.id)
    assert not line.isVisible()
    session.choose(chosen.id)
    assert (line.words.text(), line.isVisible()) == (told, True)
    assert session.comments.on(chosen) == []
    hand.answer("commentDialog", end)
    hand.click_on(line._again)
    hand.wait_until(lambda: len(seen) == 2, "the comment was sent")
    assert seen == [f"Not sent yet · {SAYS}", SAID]
    assert line.words.text() == "1 comment: I am not sure whether."


def test_what_is_not_sent_waits_while_a_comment_is_changed(hand: Hand) -> None:
    session, seen = hand.window.session, list[str]()
    line = hand.window.sections.chosen.comments

    def change(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        hand.type("The first.")
        hand.keys("Ctrl+Return")
        hand.type("And another")
        dialog.list.setFocus()
        hand.keys("F2")
        seen.append(dialog.hint.text())
        hand.type("The very first.")
        hand.keys("Ctrl+Return")
        seen.append(dialog.field.toPlainText())
        dialog.list.setFocus()
        hand.keys("F2", "Escape")

    def empty(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        seen.append(dialog.field.toPlainText())
        dialog.field.clear()
        hand.keys("Escape")

    comment(hand, change)
    chosen = session.chosen_annotation
    assert chosen is not None
    assert [one.text for one in session.comments.on(chosen)] == ["The very first."]
    assert line.words.text() == "1 comment · Not sent yet: And another"
    comment(hand, empty)
    assert seen == ["Your comment is changed.", "And another", "And another"]
    assert hand.window.status.notice == "What was not sent yet was taken away."
    assert line.words.text() == "1 comment: The very first."


def dotted(hand: Hand, annotation: Annotation) -> bool:
    """Say whether there is a mark, and its middle is painted in the colour of the text."""
    reader = hand.reader
    mark = reader.page.mark_of(annotation)
    assert mark is not None
    written = written_rects(mark, reader.page.m)
    if not written:
        return False
    image = reader.viewport().grab().toImage()
    seen = QColor(image.pixel(reader._to_viewport(written[0]).center()))
    return seen == theme.theme_of(reader.palette()).colour("Text")


def test_a_note_and_comments_are_told_apart_on_chip_in_list_and_card(hand: Hand) -> None:
    reader, session = hand.reader, hand.window.session
    panel = hand.window.sections.annotations
    uid = session.spans.nth(0).id  # type: ignore[union-attr]
    session.choose(None)

    def seen() -> tuple[QImage, QImage]:
        hand.wait_until(lambda: reader.commented == frozenset(session.comments.counts), "comments are known")
        annotation = session.spans[uid]
        mark = reader.page.mark_of(annotation)
        assert mark is not None
        assert mark.bar.chip is not None
        chip = reader._to_viewport(chip_rect(mark, mark.bar.chip, reader.page.m))
        around = chip.adjusted(0, 0, 36, 0)
        row = panel.view.visualRect(panel.view.model().index(panel._model.row_of(uid), 0))
        return reader.viewport().grab(around).toImage(), panel.view.viewport().grab(row).toImage()

    pictures = [seen()]
    session.run(session.ready.write_note(session.spans[uid], "Look again."))
    pictures.append(seen())
    session.comments.add(session.spans[uid], "Is it?")
    pictures.append(seen())
    session.run(session.ready.write_note(session.spans[uid], ""))
    pictures.append(seen())
    for n, (chip, row) in enumerate(pictures):
        for other_chip, other_row in pictures[:n]:
            assert chip != other_chip, "nothing, a note, both, a comment: each looks its own way"
            assert row != other_row
    session.run(session.ready.write_note(session.spans[uid], "Look again."))
    tip = str(panel.view.model().index(panel._model.row_of(uid), 0).data(Qt.ItemDataRole.ToolTipRole))
    assert "Note: Look again." in tip
    assert "1 comment" in tip
    session.choose(uid)
    hand.do("here")
    assert "Note: Look again." in hand.window.over.card.words
    assert "Comment: " in hand.window.over.card.words


def test_a_mark_on_the_chip_says_that_something_is_written_about_it(hand: Hand) -> None:
    reader, session = hand.reader, hand.window.session
    chosen, other = session.spans.nth(0), session.spans.nth(1)
    assert chosen is not None
    assert other is not None
    assert not dotted(hand, chosen)

    def say(_dialog: QDialog) -> None:
        hand.type("Is this a person?")
        hand.keys("Ctrl+Return", "Escape")

    session.choose(chosen.id)
    comment(hand, say)
    hand.keys("Escape")
    hand.wait_until(lambda: chosen.id in reader.commented, "the comment is known")
    assert dotted(hand, chosen)
    assert not dotted(hand, other)
    hand.keys("Ctrl+Z")
    hand.wait_until(lambda: chosen.id not in reader.commented, "it is gone")
    hand.keys("Escape")
    assert not dotted(hand, chosen)
    session.choose(other.id)
    session.labelling.write_note("Look again.")
    hand.keys("Escape")
    assert dotted(hand, other), "a note is told in the same way"


def test_marks_of_notes_and_comments_stand_clear_of_all_chips_and_bars(hand: Hand) -> None:
    reader, session = hand.reader, hand.window.session
    for word, key in (("Arvenia", "3"), ("Karesh", "3"), ("Toll", "3"), ("plan", "5"), ("nine", "N")):
        kit.label(hand, word, key)
    hand.keys("Escape", "Escape")
    for one in list(session.spans):
        session.run(session.ready.write_note(session.spans[one.id], "Look again."))
        session.comments.add(session.spans[one.id], "Is it?")
    hand.wait_until(lambda: len(reader.commented) == len(session.spans), "comments are known")
    for _size in range(3):
        QTest.qWait(60)
        m = reader.page.m
        marks = [mark for mark in map(reader.page.mark_of, session.spans) if mark is not None]
        assert len(marks) > 4
        for mark in marks:
            assert mark.bar.chip is not None
            chip = chip_rect(mark, mark.bar.chip, m)
            for rect in written_rects(mark, m):
                assert rect.height() >= 11
                assert not rect.intersects(chip)
                assert mark_rect(mark, m).adjusted(0, 0, 0, 1).contains(rect), "in the room that its lane keeps for it"
                assert not any(rect.intersects(mark_rect(other, m)) for other in marks if other is not mark)
        reader.larger()


def test_a_copy_with_other_comments_shows_its_own(hand: Hand, tmp_path: Path) -> None:
    """The ids of its articles and annotations are the same."""
    session = hand.window.session
    kit.label(hand, "Arvenia", "3")
    chosen = session.spans.nth(0)
    assert chosen is not None
    copy = tmp_path / "copy.rubric"
    with contextlib.closing(sqlite3.connect(copy)) as file:
        session.ready._store.db.backup(file)
    with Project.open(copy, session.ready.me) as other:
        other.comments.add("a1", chosen.id, "Only here.")
    assert session.comments.on(chosen) == []
    session.open(copy)
    assert [comment.text for comment in session.comments.on(chosen)] == ["Only here."]


def test_all_of_it_is_told_by_the_hover_card_and_found_by_the_filter(hand: Hand) -> None:
    session = hand.window.session
    chosen = session.chosen_annotation
    assert chosen is not None
    session.attributes.set(ATTRIBUTES[0], "x")
    session.comments.add(chosen, "Look at this one.")
    start, _end = kit.at(hand, "Anna S.")
    rect = hand.reader.rect_at(start)
    hand.rest_on(QPoint(rect.left() + 2, rect.center().y()))
    words = hand.window.over.card.words
    assert "Gender: x" in words
    assert "Look at this one." in words
    hand.keys("Escape")
    panel = hand.window.sections.annotations
    assert panel.view.model().rowCount() == 2
    panel.filter.setFocus()
    hand.type("gender:x")
    hand.wait_until(lambda: panel.view.model().rowCount() == 1, "one passes")
    hand.keys("Return")
    assert panel.view.hasFocus()
    hand.keys("Return")
    assert session.chosen == chosen.id
    QTest.mouseClick(panel.filter, Qt.MouseButton.LeftButton)
    panel.filter.selectAll()
    hand.type("-comment:")
    hand.wait_until(lambda: panel.view.model().index(0, 0).data() == "Arvenia", "the other one")
    session.history.undo()
    hand.wait_until(lambda: panel.view.model().rowCount() == 2, "the comment is gone, and the list follows")
    panel.filter.setFocus()
    panel.filter.selectAll()
    hand.type("nothing like it")
    hand.wait_until(lambda: panel.view.model().rowCount() == 0, "none passes")
    hand.keys("Escape")
    assert panel.view.model().rowCount() == 2


def test_a_default_is_said_by_what_is_labelled_and_not_by_what_was_silent_before(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    path = kit.project(tmp_path / "p.rubric")
    with Project.open(path, Settings().me()) as project:
        project.annotate("a1", "COUNTRY", [Span.of(kit.STORY.index("Toll."), kit.STORY.index("Toll.") + 4)])
        real = Attribute("real", "Real", "flag", required=True, default=True, chip=True, key="-")
        project.schemes.change(replace(project.scheme, attributes=(real,)), "an attribute")
    hand = start(path)
    kit.label(hand, "Arvenia", "3")
    assert [(one.quote, dict(one.attributes)) for one in hand.window.session.spans] == [
        ("Arvenia", {"real": True}), ("Toll", {}),
    ]  # fmt: skip
    hand.click(kit.at(hand, "Arvenia")[0] + 1)
    assert card(hand) == "Real: yes"
    hand.keys("-")
    assert said(hand) == {"real": False}, "where something is always said, its key says the opposite"
    hand.keys("-", "-")
    hand.click(kit.at(hand, "Toll.")[0] + 1)
    assert card(hand) == "Real missing", "nobody said it of what was there before"
    hand.do("finish")
    assert "does not say Real" in told(hand)
    hand.keys("Escape", "-")
    hand.do("finish")
    assert hand.window.session.ready.layer("a1").status == "done"


def test_a_key_goes_round_where_something_is_always_said_and_says_whose_it_is(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    path = kit.project(tmp_path / "p.rubric")
    with Project.open(path, Settings().me()) as project:
        side = Attribute("side", "Side", "choice", ("a", "b", "unknown"), ("PERSON",), default="unknown", key=";")
        project.schemes.change(replace(project.scheme, attributes=(side,)), "an attribute")
    hand = start(path)
    kit.label(hand, "Anna S.", "1")
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Anna S.")[0] + 1)
    values = []
    for _n in range(3):
        hand.keys(";")
        values.append(said(hand)["side"])
    assert values == ["a", "b", "unknown"], "never nothing"
    hand.click(kit.at(hand, "Arvenia")[0] + 1)
    hand.keys(";")
    assert told(hand) == "Side is said of Person, not of Country."


def test_nothing_that_was_typed_is_lost_by_changing_other_comments(hand: Hand) -> None:
    session, seen = hand.window.session, list[str]()
    line = hand.window.sections.chosen.comments

    def begin(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        for words in ("One.", "Two."):
            hand.type(words)
            hand.keys("Ctrl+Return")
        hand.type("A long new comment")
        dialog.list.setFocus()
        hand.keys("Home", "F2")
        hand.type("One, changed")
        dialog.list.setFocus()
        hand.keys("Down", "F2")
        seen.append(dialog.field.toPlainText())
        dialog.list.setFocus()
        hand.keys("Up", "F2")
        seen.append(dialog.field.toPlainText())
        dialog.list.setFocus()
        hand.keys("Down", "F2")
        hand.type("Two, changed")
        hand.keys("Escape")

    def end(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        for _n in range(3):
            seen.extend((dialog.field.toPlainText(), dialog.say.text()))
            hand.keys("Ctrl+Return")
            seen.append(hand.window.status.notice)
        hand.keys("Escape")

    comment(hand, begin)
    chosen = session.chosen_annotation
    assert chosen is not None
    assert seen == ["Two.", "One, changed"], "it comes back, as far as it was typed"
    kept = "Not sent yet, and kept: “Two, changed” and 2 more"
    assert hand.window.status.notice == kept
    told = "2 comments · Not sent yet: Two, changed · One, changed · A long new comment"
    assert line.words.text() == told
    del seen[:]
    comment(hand, end)
    assert seen[:6] == [
        *("Two, changed", "Change", "Changed the comment."),
        *("One, changed", "Change", "Changed the comment."),
    ]
    assert seen[6:8] == ["A long new comment", "Comment"]
    assert [one.text for one in session.comments.on(chosen)] == ["One, changed", "Two, changed", "A long new comment"]
    assert session.comments.drafts == {}


def test_an_answer_waits_for_a_change_and_a_change_for_an_answer(hand: Hand) -> None:
    session, seen = hand.window.session, list[str]()

    def work(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        hand.type("One.")
        hand.keys("Ctrl+Return")
        dialog.list.setFocus()
        hand.keys("Return")
        hand.type("An answer")
        dialog.list.setFocus()
        hand.keys("F2")
        hand.type("One, changed")
        dialog.list.setFocus()
        hand.keys("Return")
        seen.append(dialog.field.toPlainText())
        hand.type("Another answer")
        for _n in range(3):
            hand.keys("Ctrl+Return")
            seen.extend((dialog.field.toPlainText(), dialog.say.text()))
        hand.keys("Escape")

    comment(hand, work)
    chosen = session.chosen_annotation
    assert chosen is not None
    assert seen == ["", "One, changed", "Change", "An answer", "Answer", "", "Comment"]
    one, *answers = session.comments.on(chosen)
    assert [(said.text, said.reply_to) for said in (one, *answers)] == [
        ("One, changed", ""),
        ("Another answer", one.id),
        ("An answer", one.id),
    ]

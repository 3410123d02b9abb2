"""What held up somebody who saw the program for the first time: a new project, offers, topics, the size of the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator_gui import app
from rubricator_gui.dialogs.exporting import ExportDialog
from rubricator_gui.hand import Hand
from rubricator_gui.panels.chosen import ChosenCard
from rubricator_gui.panels.labels import LabelPanel
from rubricator_gui.panels.suggestions import SuggestionPanel
from rubricator_gui.panels.topics import TopicPanel

NESTED = (
    "Toll hosts a meeting\n\nThe Secretaries of the Security Council of the Toll member states met in the port. "
    "A spokesman of Toll said so.\n"
)
TITLE = "Secretaries of the Security Council of the Toll member states"
COUNCIL = "Security Council of the Toll member states"


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "toll.rubric", [NESTED]))


@pytest.mark.parametrize("height", [1000, 740])
def test_a_new_project_shows_all_labels(start: Start, tmp_path: Path, height: int) -> None:
    hand = start(height=height)  # in a low window rows come closer as the project is opened
    kit.answer_new(hand, tmp_path / "first.rubric")
    hand.answer("QInputDialog", lambda dialog: dialog.findChild(QLineEdit) and hand.keys("Return"))
    hand.keys("Return")  # New… is the main button
    hand.wait_until(lambda: hand.window.session.project is not None, "the project is made")
    panel = hand.window.findChild(LabelPanel)
    assert panel is not None
    view = panel.view
    assert labels_of(panel) == 20
    hand.wait_until(lambda: view.isVisible() and view.verticalScrollBar().maximum() == 0, "all labels are shown")


def labels_of(panel: LabelPanel) -> int:
    """Return how many labels stand in the rows and columns of the panel."""
    model = panel.view.model()
    return sum(
        model.index(row, column).data() is not None
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    )


def test_all_labels_are_seen_beside_the_card_of_a_span(hand: Hand) -> None:
    hand.window.resize(1600, 1000)
    label(hand, "Toll", "2")
    hand.click(kit.at(hand, "Toll")[0])
    card, panel = hand.window.findChild(ChosenCard), hand.window.findChild(LabelPanel)
    assert card is not None
    assert panel is not None
    assert card.note_field.isVisible()
    assert labels_of(panel) == 20
    hand.wait_until(lambda: panel.view.verticalScrollBar().maximum() == 0, "all labels are seen")
    assert card.entity.button.isVisible()
    edge = card.entity.button.mapTo(card, card.entity.button.rect().bottomRight())
    assert card.rect().contains(edge)
    note = card.note_field.mapTo(card, card.note_field.rect().bottomRight())
    assert card.rect().adjusted(0, 0, 0, -2).contains(note), "the note is whole"


def label(hand: Hand, words: str, key: str, nth: int = 0) -> None:
    hand.drag(*kit.at(hand, words, nth))
    hand.keys(key)


def looked(hand: Hand) -> None:
    session = hand.window.session
    hand.wait_until(lambda: not session.offers_due and not session.looking.active, "offers were looked for")


def suggested(hand: Hand) -> list[tuple[str, str]]:
    looked(hand)
    session = hand.window.session
    return [(offer.label, offer.span.quote(session.text)) for offer in session.offers]


def test_an_offer_never_takes_the_place_of_an_annotation(hand: Hand) -> None:
    session, page = hand.window.session, hand.window.reader.page
    label(hand, TITLE, "8")
    label(hand, COUNCIL, "2")
    label(hand, "Toll", hand.window.session.scheme.by_name["COUNTRY"].key, nth=2)
    start, _end = kit.at(hand, "Toll", nth=1)
    hand.wait_until(lambda: start in {offer.start for offer in page.offers.overlapping(start, start + 1)}, "an offer")
    block = page.document.findBlock(page.positions.to_qt(start))
    hidden = {name for pill in page.scene(block).pills for name in pill.ids}
    assert not hidden & {annotation.id for annotation in session.spans}


def test_topics_are_never_cut_off(hand: Hand) -> None:
    for words in ("peace", "international relations", "conflict"):
        hand.keys("Ctrl+T")
        hand.type(words)
        hand.keys("Return")
    panel = hand.window.findChild(TopicPanel)
    assert panel is not None
    chips = panel.chips
    assert len(chips.chips) == 3
    for high in (1000, 920, 800, 700):
        hand.window.resize(1600, high)
        hand.wait_until(lambda high=high: hand.window.height() == high, "it is resized")
        assert all(chips.rect().contains(chip.geometry()) for chip in chips.chips), high


@pytest.mark.parametrize("size", [(1600, 1000), (1280, 800), (1000, 700), (1920, 1400)])
def test_labels_stay_where_they_are_while_one_works(hand: Hand, size: tuple[int, int]) -> None:
    window, session = hand.window, hand.window.session
    window.resize(*size)
    hand.wait_until(lambda: window.size().toTuple() == size, "it is resized")
    view = window.sections.labels.view

    def place() -> QRect:
        QTest.qWait(30)
        return QRect(view.mapTo(window, view.rect().topLeft()), view.size())

    # A busy machine lays the new size out in several turns: what comes of it is what must stay.
    hand.wait_until(lambda: len({place().getRect() for _turn in range(10)}) == 1, "the new size is laid out")
    was = place()
    kit.label(hand, "Toll", "2")
    hand.click(kit.at(hand, "Toll")[0])
    session.linking.choose_entity([session.chosen_annotation], "Toll")
    session.comments.add(session.chosen_annotation, "Is it the state?")
    session.relations.begin()
    assert place() == was
    for topic in list(session.scheme.offered_topics())[:14]:
        session.topics.give(topic.code)
    assert place() == was
    hand.keys("Escape", "Escape")
    kit.drag(hand, "port")
    assert place() == was
    chips = window.sections.topics.chips
    window.side.bring("topics")
    hand.keys("Ctrl+T", "Tab", *["Right"] * 13)
    last = chips.chips[-1]
    assert last.hasFocus()
    assert last.visibleRegion().boundingRect() == last.rect(), "it is scrolled into view"


def test_the_flag_is_whole_when_the_window_has_grown(hand: Hand) -> None:
    window = hand.window
    hand.keys("Ctrl+B")
    flag = window.header.flag
    for size in ((1000, 700), (1590, 970), (1000, 700)):
        window.resize(*size)
        hand.wait_until(
            lambda size=size: window.width() == size[0] and window.reader.width() <= size[0], "it is resized"
        )
        assert flag.width() == window.header.status.width() == flag.height(), size
        assert window.header.rect().contains(flag.geometry()), size


def test_the_mouse_alone_accepts_and_rejects_what_is_offered(hand: Hand) -> None:
    session, card = hand.window.session, hand.window.findChild(ChosenCard)
    assert card is not None
    label(hand, "Toll", "2", nth=0)
    looked(hand)
    assert len(session.offers) >= 2
    first = session.offers[0]
    for _time in range(3):
        if session.offered != first:
            hand.keys("Tab")
    assert session.offered == first
    hand.click_on(card.empty.button)
    assert first.span in [annotation.span for annotation in session.spans]
    second = session.offered
    assert second is not None
    hand.click_on(card.empty.other)
    hand.wait_until(lambda: second not in session.offers, "it is rejected")
    assert second.span not in [annotation.span for annotation in session.spans]
    assert hand.window.reader.hasFocus()


def test_the_welcome_page_begins_with_a_new_project_in_the_middle(start: Start) -> None:
    welcome = start().window.welcome
    new, opens, sample = (welcome.findChild(QPushButton, f"welcome-{name}") for name in ("new", "open", "sample"))
    assert new.palette().button() != opens.palette().button() == sample.palette().button()
    assert new.hasFocus()
    left, right = opens.mapTo(welcome, opens.rect().topLeft()), sample.mapTo(welcome, sample.rect().bottomRight())
    assert abs(left.x() + right.x() - welcome.width()) < welcome.width() / 20
    assert welcome.height() / 3 < left.y() < welcome.height() / 2


def test_tab_goes_from_the_fields_of_an_export_to_its_main_button(hand: Hand) -> None:
    focused: list[str] = []

    def walk(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        hand.wait_until(lambda: dialog.losses == [], "it is known that nothing is lost")
        for _time in range(4):
            hand.keys("Tab")
        focus = QApplication.focusWidget()
        focused.append(focus.text() if isinstance(focus, QPushButton) else "")
        dialog.reject()

    hand.answer("exportDialog", walk)
    hand.keys("Ctrl+E")
    hand.wait_until(lambda: bool(focused), "the dialog was walked through")
    assert focused == ["Export…"]


def test_of_the_colours_one_holds(hand: Hand) -> None:
    actions = hand.window.actions
    group = actions["light"].actionGroup()
    assert group is not None
    assert group.isExclusive()
    assert {actions[name].actionGroup() for name in ("dark", "system")} == {group}
    for name in ("dark", "light"):
        actions[name].trigger()
        assert [each for each in ("light", "dark", "system") if actions[each].isChecked()] == [name]


def test_the_first_window_is_no_larger_than_the_screen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    window.resize(room.width() + 400, room.height() + 400)
    app.fit_screen(window)
    assert window.width() < room.width()
    assert window.height() < room.height()
    window.resize(300, 200)
    app.fit_screen(window)
    assert (window.width(), window.height()) == (300, 200)


def test_a_file_dialog_beside_the_open_project_costs_no_work(hand: Hand, tmp_path: Path) -> None:
    label(hand, "Toll", "2")
    looked: list[bool] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        dialog.setDirectory(str(tmp_path))
        QTest.qWait(1500)  # Qt's dialog looks at the files in a thread of its own
        looked.append(True)
        dialog.reject()

    hand.answer("QFileDialog", look)
    hand.keys("Ctrl+O")
    hand.wait_until(lambda: bool(looked), "the files are listed")
    file = tmp_path / "toll.rubric"
    kit.rubricator("stats", file)  # closes it as the last one, if nothing holds it
    label(hand, "Toll", "2", nth=2)
    assert kit.report("stats", file)["annotations"] == 2


def place(hand: Hand) -> str:
    """Return what the status line says of what is chosen."""
    return hand.window.status._place.text()


def test_the_span_before_a_border_was_moved_is_not_suggested_again(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    text = "The port\n\nThe Harbour Council of Toll met. The Harbour Council said so.\n"
    hand = start(kit.project(tmp_path / "port.rubric", [text]))
    session = hand.window.session
    at = text.index("Harbour Council of")
    short, whole = (at, at + len("Harbour Council")), (at, at + len("Harbour Council of Toll"))
    label(hand, "Harbour Council", "2")
    label(hand, "Harbour Council", "2", nth=1)  # the same words stand elsewhere: they would be found here again
    session.choose(next(a.id for a in session.spans if a.start == at))
    assert f"{short[0]}–{short[1]}" in place(hand)
    hand.keys("F2", "Right", "Right")
    assert place(hand) == f"Borders {whole[0]}–{whole[1]} · 23 characters"
    hand.keys("Return")
    assert place(hand).startswith(f"Organization {whole[0]}–{whole[1]} ·")
    assert (session.spans.at(at)[0].start, session.spans.at(at)[0].end) == whole
    looked(hand)
    assert not [
        offer for offer in session.offers if at <= offer.span.start < whole[1] and offer.label == "ORGANIZATION"
    ]
    hand.keys("Ctrl+Z")
    assert (session.spans.at(at)[0].start, session.spans.at(at)[0].end) == short


def test_what_is_off_the_screen_is_accepted_from_the_list_as_one_step(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    lines = "\n".join(f"\nThe talks went on until {n} May 2011, and little was said.\n" for n in range(1, 30))
    hand = start(kit.project(tmp_path / "talks.rubric", [f"The talks\n{lines}"]), 1000, 700)
    hand.window.side.bring("suggestions")
    panel = hand.window.findChild(SuggestionPanel)
    assert panel is not None
    assert len(suggested(hand)) == 29
    seen = len(hand.reader.visible_offers())
    assert 0 < seen < 29
    hand.wait_until(lambda: panel.accept_button.text() == f"Accept the {seen} on the screen", "it was counted")
    assert panel.all_button.text() == "All 29"
    assert hand.window.side.width() <= 276, "the words of the article stay where they are"
    for button in (panel.accept_button,):
        assert button.width() >= button.sizeHint().width()
    hand.click_on(panel.all_button)
    assert len(hand.window.session.spans) == 29
    assert hand.window.status.notice == "Accepted 29 suggestions."
    hand.keys("Ctrl+Z")
    assert len(hand.window.session.spans) == 0


def test_what_is_rejected_in_one_place_is_said_to_go_elsewhere(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    text = "The race\n\nShe came in 8th on 3 May 2011. He came in 8th too, and all were paid on 4 May 2011. Nobody else was 8th.\n"
    hand = start(kit.project(tmp_path / "race.rubric", [text]))
    session = hand.window.session
    assert [words for _label, words in suggested(hand)] == ["8th", "3 May 2011", "8th", "4 May 2011", "8th"]
    hand.keys("Ctrl+Home", "Tab", "Delete")
    assert session.offered is not None
    assert session.offered.span.quote(text) == "3 May 2011", "it goes on to what still stands"
    assert hand.window.status.notice.startswith("Rejected Number")
    assert "not suggested in 2 other places of the article either" in hand.window.status.notice
    assert [words for _label, words in suggested(hand)] == ["3 May 2011", "4 May 2011"]
    hand.keys("Delete")
    assert hand.window.status.notice == "Rejected Date for “3 May 2011”."
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert len(suggested(hand)) == 5


@pytest.mark.parametrize("size", [(1000, 700), (1366, 700)])
def test_how_words_are_labelled_is_told_where_no_label_is_seen(hand: Hand, size: tuple[int, int]) -> None:
    hand.show(*size)
    place, side = hand.window.status._place, hand.window.side
    words = "A label’s key labels them, Enter lists the labels"
    for tab in ("topics", "suggestions"):
        side.bring(tab)
        kit.drag(hand, "Toll")
        assert place.text().startswith(f"{words} · 0–4")
        assert place.isVisible()
        assert place.width() >= place.sizeHint().width(), "all of it is seen"
        assert hand.window.size().toTuple() == size
    side.bring("labels")
    assert words not in place.text(), "they are seen with their keys"
    side.bring("topics")
    assert place.text().startswith(words)
    hand.do("panels")
    assert place.text().startswith(words)
    hand.do("panels")
    side.bring("labels")
    assert words not in place.text()
    side.bring("topics")
    hand.keys("Escape", "3")
    kit.drag(hand, "A spokesman")
    hand.reader.setFocus()
    hand.keys("Shift+Left")
    assert "Enter lists" not in place.text(), "it gives the sticky label"


def test_an_empty_project_says_once_what_to_do(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    window = start(kit.project(tmp_path / "empty.rubric", [])).window
    buttons = [b for b in window.findChildren(QPushButton) if b.isVisible() and b.text() == "Import…"]
    assert len(buttons) == 1
    words = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert sum(each.startswith("This project has no articles yet.") for each in words) == 1


def test_letters_typed_in_the_tree_of_topics_search(hand: Hand) -> None:
    panel = hand.window.findChild(TopicPanel)
    assert panel is not None
    hand.keys("Ctrl+T", "Down")
    assert QApplication.focusWidget() is panel.tree
    hand.type("peace")
    assert QApplication.focusWidget() is panel.search
    assert panel.search.text() == "peace"
    hand.keys("Down")
    hand.type("k")
    assert panel.search.text() == "peacek"
    hand.keys("Backspace", "Down", "Space")
    assert len(kit.topics(hand)) == 1, "a space ticks"
    hand.type("war")
    assert panel.search.text() == "war", "the next topic is looked for"
    hand.type("zzz")
    hand.keys("Return")
    hand.type("peace")
    assert panel.search.text() == "peace", "what found nothing is replaced too"


@pytest.mark.parametrize("size", [(1000, 700), (1280, 800), (1600, 1000)])
def test_the_tree_of_topics_has_rows_beside_the_topics_given(hand: Hand, size: tuple[int, int]) -> None:
    hand.window.resize(*size)
    for words in ("peace", "international relations", "conflict"):
        hand.keys("Ctrl+T")
        hand.type(words)
        hand.keys("Return")
    panel = hand.window.findChild(TopicPanel)
    assert panel is not None
    hand.wait_until(lambda: panel.tree.height() >= 4 * panel.tree.sizeHintForRow(0), "four rows are seen")


def test_an_export_is_written_beside_the_project_unless_one_says_otherwise(hand: Hand, tmp_path: Path) -> None:
    folders: list[Path] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        folders.append(Path(dialog.directory().absolutePath()))
        assert dialog.selectedFiles() == [str(tmp_path / "toll.jsonl")]
        dialog.reject()

    hand.answer("exportDialog", lambda dialog: dialog.accept())
    hand.answer("QFileDialog", look)
    hand.keys("Ctrl+E")
    hand.wait_until(lambda: bool(folders), "the file is asked for")
    assert folders == [tmp_path]


def test_an_export_begins_where_the_last_one_went_and_open_where_the_project_is(hand: Hand, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    folders: list[Path] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        folders.append(Path(dialog.directory().absolutePath()))
        dialog.reject()

    hand.answer("exportDialog", lambda dialog: dialog.accept())
    hand.answer_file(out / "first.jsonl")
    hand.keys("Ctrl+E")
    hand.wait_until((out / "first.jsonl").is_file, "it is exported")
    hand.wait_until(lambda: "first.jsonl" in hand.window.status.notice, "it is told")
    for key in ("Ctrl+E", "Ctrl+E", "Ctrl+O"):
        n = len(folders)
        if key == "Ctrl+E":
            hand.answer("exportDialog", lambda dialog: dialog.accept())
        hand.answer("QFileDialog", look)
        hand.keys(key)
        hand.wait_until(lambda n=n: len(folders) > n, "the file is asked for")
    assert folders == [out, out, tmp_path]


def test_all_of_a_long_article_is_said_to_be_what_was_looked_over(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    lines = "\n".join(f"\nThe talks went on until {n % 28 + 1} May 2011, and little was said.\n" for n in range(1_200))
    hand = start(kit.project(tmp_path / "talks.rubric", [f"The talks\n{lines}"]))
    n = len(suggested(hand))
    hand.do("accept-all")
    assert 0 < len(hand.window.session.spans) == n < 1_200
    assert hand.window.status.notice == f"Accepted {n} suggestions around here; further ones come as you scroll."

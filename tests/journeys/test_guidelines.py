"""Guidelines at hand: what a label means, what was decided before about like words, a ruling in two keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QStyleOptionViewItem, QWidget
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.scheme import Example
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui import theme
from rubricator_gui.dialogs import guideline, parts
from rubricator_gui.dialogs.guidebook import GuidelineBook
from rubricator_gui.dialogs.guideline import GuidelineDialog
from rubricator_gui.dialogs.palette import Palette
from rubricator_gui.dialogs.scheme.editor import SchemeEditor
from rubricator_gui.hand import Hand
from rubricator_gui.panels.find import FindBar

OTHER = "Ports\n\nThe Sund Harbour Authority said no. The Toll Harbour Authority said yes.\n"
GUIDELINE = "Given to *bodies*.\n\n![a picture](http://example.org/x.png) [a link](file:///etc/passwd) <b>bold</b>"


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    path = kit.project(tmp_path / "p.rubric", [kit.STORY, OTHER])
    with Project.open(path, Settings().me()) as project:
        scheme = project.scheme
        labels = [one._replace(guideline=GUIDELINE) if one.name == "ORGANIZATION" else one for one in scheme.labels]
        examples = (
            Example("e1", "ORGANIZATION", "Meridian *Newswire*", "the agency ", " said"),
            Example(
                "e2", "ORGANIZATION", "Old Custom House", "met in the ", "", counter=True, note="It is a building."
            ),
        )
        changed = replace(scheme, labels=tuple(labels), examples=examples, guideline="Label names, not words.")
        project.schemes.change(changed, "guidelines")
    return start(path)


def told(hand: Hand) -> str:
    return hand.window.status._notice.text()


def listed(dialog: GuidelineDialog) -> list[str]:
    return [dialog.before.item(n).text() for n in range(dialog.before.count())]


def read(hand: Hand, work: object) -> None:
    """Have the guideline opened by F1 and worked with."""
    hand.answer("guideline", work)  # type: ignore[arg-type]
    hand.keys("F1")


def test_the_guideline_with_its_examples_and_nothing_that_is_loaded(hand: Hand) -> None:
    kit.label(hand, "Port Velis Harbour Authority", "2")

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        words = dialog.text.toPlainText()
        for part in (
            "acts as one body",
            "Given to bodies",
            "the agency Meridian *Newswire* said",
            "met in the Old Custom House – It is a building.",
            "Label names, not words.",
            "<b>bold</b>",
        ):
            assert part in words
        hand.keys("Escape")

    read(hand, look)
    assert hand.window.focusWidget() is hand.reader


def test_of_nested_labels_it_is_that_of_the_innermost(hand: Hand) -> None:
    session = hand.window.session
    titles: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        titles.append(dialog._title.text())
        hand.keys("Escape")

    kit.label(hand, "Port Velis Harbour Authority", "2")
    kit.label(hand, "Port Velis", "3")
    hand.keys("Escape")
    assert (session.chosen, session.fresh) == (None, None)
    assert hand.reader.caret() == kit.at(hand, "Port Velis")[1], "the caret stands where the drag has ended"
    read(hand, look)
    hand.keys("Left")
    read(hand, look)
    hand.click(kit.at(hand, "Port Velis")[0] + 1)
    hand.do("second-label")
    hand.type("facil")
    hand.keys("Return", "Escape")
    assert (session.chosen, session.fresh) == (None, None)
    read(hand, look)
    hand.keys("Ctrl+Right", "Ctrl+Right")
    read(hand, look)
    assert titles == ["Country", "Country", "Facility", "Organization"]


def test_precedents_are_the_projects_own_and_enter_goes_there(hand: Hand) -> None:
    session = hand.window.session
    session.show_article("a2")
    kit.label(hand, "Sund Harbour Authority", "2")
    kit.label(hand, "Toll Harbour Authority", "9")
    session.show_article("a1")
    kit.drag(hand, "Port Velis Harbour Authority")

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        assert listed(dialog) == [
            "1 × Organization: Ports ⏎ The [Sund Harbour Authority] said no. The Toll Harbour Authority said yes.",
            "1 × Facility: Ports ⏎ The Sund Harbour Authority said no. The [Toll Harbour Authority] said yes.",
        ]
        hand.keys("Down", "Up", "Return")

    read(hand, look)
    assert session.article is not None
    assert session.article.id == "a2"
    chosen = session.chosen_annotation
    assert chosen is not None
    assert chosen.quote == "Sund Harbour Authority"


@pytest.mark.parametrize("size", [(1600, 900), (1000, 700)])
def test_it_stands_beside_the_words_it_is_about(start: Start, tmp_path: Path, size: tuple[int, int]) -> None:
    kit.introduced()
    text = "The ministers of\nArvenia met, and those of the\nPort Velis Harbour Authority stayed at home.\n" * 9
    hand = start(kit.project(tmp_path / "p.rubric", [text]), *size)
    hand.window.session.wish_offers(False)
    covered: list[bool] = []

    def look(dialog: QDialog) -> None:
        words = hand.window.session.selection
        assert words is not None
        covered.append(any(dialog.frameGeometry().intersects(lines) for lines in hand.reader.kept_clear(words)))
        assert dialog.height() >= dialog.minimumSizeHint().height()
        hand.keys("Escape")

    seen = [nth for nth in range(9) if hand.reader.in_view(kit.at(hand, "Arvenia", nth)[0])]
    assert len(seen) > 2
    for nth in seen:
        kit.drag(hand, "Arvenia", nth)
        read(hand, look)
        kit.drag(hand, "the\nPort Velis Harbour Authority", nth)
        read(hand, look)
    assert not any(covered)
    assert len(covered) == 2 * len(seen)


def test_both_windows_lie_on_the_screen_however_low_it_is(start: Start, tmp_path: Path, on_a_low_screen: None) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric", [kit.STORY * 9]), 1600, 1400)
    screen = hand.window.screen().availableGeometry()
    off: list[tuple[str, str]] = []

    def look(dialog: QDialog) -> None:
        if not screen.contains(dialog.frameGeometry()):
            off.append((dialog.objectName(), str(dialog.frameGeometry())))
        hand.keys("Escape")

    hand.keys("Ctrl+F1")
    with kit.book(hand) as book:
        look(book)
    kit.label(hand, "Arvenia", "3")
    read(hand, look)
    hand.click(kit.at(hand, "former")[0])
    read(hand, look)  # the label used last, of no words
    for words in ("Harbour ministers", "Toll"):
        kit.drag(hand, words)
        read(hand, look)
    hand.window.session.memory.set(guidelineAt=[5000, 700, 900, 9000], guidebookAt=[5000, 700, 900, 9000])
    read(hand, look)
    hand.keys("Ctrl+F1")
    with kit.book(hand) as book:
        look(book)
    assert off == []


def test_it_comes_back_where_it_was_moved_unless_that_covers_the_words(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric", [kit.STORY * 9]), 1600, 900)
    places: list[QPoint] = []

    def move(dialog: QDialog) -> None:
        dialog.resize(500, 300)
        dialog.move(90, 420)
        hand.keys("Escape")

    def look(dialog: QDialog) -> None:
        places.append(dialog.pos())
        words = hand.window.session.selection
        assert words is not None
        assert not dialog.frameGeometry().intersects(hand.reader.kept_clear(words)[0])
        hand.keys("Escape")

    kit.drag(hand, "Arvenia")
    read(hand, move)
    memory = hand.window.session.memory
    assert memory.get("guidelineAt") == [90, 420, 500, 300]
    for words in ("Arvenia", "Karesh"):
        if words == "Karesh":  # there
            hand.drag(*kit.at(hand, words))
            lines = hand.reader.kept_clear(Span.of(*kit.at(hand, words)))[0]
            memory.set(guidelineAt=[lines.left() - 20, lines.top() - 60, 500, 300])
        kit.drag(hand, words)
        read(hand, look)
        assert memory.get("guidelineAt")[2:] == [500, 300], "who moved nothing has it stay so"
    assert places[0] == QPoint(90, 420)
    assert places[1] != QPoint(*memory.get("guidelineAt")[:2])
    for strange in (["far", None], [10**12, 0, 500, 300], [0, 0, -5, 0]):
        memory.set(guidelineAt=strange)
        read(hand, look)


def test_what_was_decided_before_stands_in_rows_with_the_chips_of_their_labels(hand: Hand) -> None:
    session = hand.window.session
    session.show_article("a2")
    kit.label(hand, "Sund Harbour Authority", "2")
    session.show_article("a1")
    kit.drag(hand, "Port Velis Harbour Authority")

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        view, index = dialog.before, dialog.before.indexFromItem(dialog.before.item(0))
        row = view.visualRect(index)
        assert row.height() >= 7 * theme.unit()
        option = QStyleOptionViewItem()
        view.initViewItemOption(option)
        option.rect = row
        delegate = view.itemDelegate()
        assert isinstance(delegate, guideline._Row)
        chip = delegate.chip_rect(option, index)
        assert row.contains(chip)
        bar = theme.theme_of(view.palette()).label(session.scheme.by_name["ORGANIZATION"]).bar
        assert view.viewport().grab().toImage().pixelColor(chip.left() + 3, chip.center().y()) == bar
        hand.keys("Escape")

    read(hand, look)


def test_the_label_under_the_caret_is_meant_whatever_was_used_last(hand: Hand) -> None:
    kit.label(hand, "Port Velis Harbour Authority", "2")
    kit.label(hand, "Arvenia", "3")
    session = hand.window.session
    start, _end = kit.at(hand, "The Port Velis")
    hand.click(start + 1)
    for _letter in range(6):
        hand.keys("Right")
    assert (session.chosen, session.selection, session.last_label) == (None, None, "COUNTRY")

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        assert dialog._about.label.name == "ORGANIZATION"
        assert dialog._about.span == Span.of(*kit.at(hand, "Port Velis Harbour Authority"))
        hand.keys("Escape")

    read(hand, look)
    hand.keys("Esc", "3")  # sticky: it is what one does, and yet it is not what stands here
    read(hand, look)


def test_enter_on_a_precedent_goes_to_the_label_that_it_tells(hand: Hand) -> None:
    session = hand.window.session
    session.show_article("a2")
    kit.label(hand, "Sund Harbour Authority", "2")
    kit.label(hand, "Sund Harbour Authority", "9")
    session.show_article("a1")
    kit.drag(hand, "Port Velis Harbour Authority")

    def go(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        row = next(n for n, words in enumerate(listed(dialog)) if "Facility" in words)
        for _row in range(row):
            hand.keys("Down")
        hand.keys("Return")

    read(hand, go)
    chosen = session.chosen_annotation
    assert chosen is not None
    assert (chosen.label, chosen.quote) == ("FACILITY", "Sund Harbour Authority")


def test_a_ruling_takes_two_keys_and_is_found_again(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, "Port Velis Harbour Authority", "2")
    start, _end = kit.at(hand, "Harbour Authority")
    hand.click(start + 1)

    read(hand, lambda _dialog: hand.keys("-"))
    assert hand.window.focusWidget() is hand.reader, "it is written down, and one goes on"
    assert "Wrote down that “Port Velis Harbour Authority” is no Organization. Once more says why." in told(hand)
    assert session.scheme.examples[-1].counter

    def say_why(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        assert dialog.no.text() == "Say why it is none (−)"
        hand.keys("-")
        assert dialog.why.hasFocus()
        hand.type("The port is meant <here>.")
        hand.keys("Return")

    read(hand, say_why)
    assert "Wrote down why “Port Velis Harbour Authority” is no Organization." in told(hand)
    assert len(session.scheme.examples) == 3, "the reason is that of the example that stands"
    session.show_article("a2")
    kit.drag(hand, "Sund Harbour Authority")

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        assert listed(dialog)[0] == (
            "Ruling: “Port Velis Harbour Authority” is not Organization: The port is meant <here>."
        )
        hand.keys("+")

    read(hand, look)
    example = session.scheme.examples[-1]
    assert (example.quote, example.counter, example.note) == ("Sund Harbour Authority", False, "")
    kit.drag(hand, "Toll Harbour Authority")

    def find_again(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        assert "Example: “Sund Harbour Authority” is Organization" in listed(dialog), "also without a reason"
        hand.keys("Escape")

    read(hand, find_again)
    hand.keys("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert len(session.scheme.examples) == 2


def test_words_without_a_label_begin_with_that_of_the_nearest_and_can_be_any(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, "Port Velis Harbour Authority", "2")
    kit.label(hand, "Arvenia", "3")
    hand.keys("Escape", "Escape")
    session.show_article("a2")
    kit.drag(hand, "Sund Harbour Authority")
    assert session.last_label == "COUNTRY"

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        assert (dialog._title.text(), dialog.labels.isVisible()) == ("Organization", True)
        hand.keys("Right", "Right", "Left")
        assert dialog._title.text() == "Person", "the others follow in their order"
        assert "he” or “she" in dialog.text.toPlainText()
        hand.type("fac")
        assert dialog._title.text() == "Facility"
        assert dialog.labels.hasFocus()
        hand.keys("-")

    read(hand, choose)
    example = session.scheme.examples[-1]
    assert (example.label, example.quote, example.counter) == ("FACILITY", "Sund Harbour Authority", True)
    assert told(hand).endswith("is no Facility. Once more says why.")

    def say_why(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        assert dialog._title.text() == "Facility", "one comes back to what was just written down"
        hand.keys("-")
        assert dialog.why.hasFocus()
        hand.type("A body.")
        hand.keys("Return")

    read(hand, say_why)
    assert session.scheme.examples[-1] == example._replace(note="A body.")
    hand.answer("guideline", lambda dialog: (hand.keys("Escape"), hand.keys("Escape")))
    hand.keys("Ctrl+Shift+J")
    assert session.scheme.examples[-1].label == "FACILITY", "and by the key of its own"
    hand.keys("Ctrl+Z", "Ctrl+Z")
    kit.drag(hand, "Sund Harbour Authority")

    def begin_anew(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        assert dialog._title.text() == "Organization", "it was undone"
        hand.keys("Escape")

    read(hand, begin_anew)


def test_a_counter_example_of_its_own_label_says_that_it_stays(hand: Hand) -> None:
    kit.label(hand, "Port Velis Harbour Authority", "2")
    hand.keys("Ctrl+Shift+J")
    assert "is no Organization. Once more says why. It still carries Organization: another label’s key changes it." in (
        told(hand)
    )
    assert [label for label, _quote in kit.layer(hand)] == ["ORGANIZATION"]


def test_words_like_which_none_were_labelled_have_a_guideline_too(hand: Hand) -> None:
    kit.drag(hand, "former pilot")
    assert not hand.window.session.last_label

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        hand.type("job")
        hand.keys("+")

    read(hand, choose)
    example = hand.window.session.scheme.examples[-1]
    assert (example.label, example.quote, example.counter) == ("PROFESSION", "former pilot", False)


def test_one_key_keeps_an_example_of_what_is_chosen_and_again_asks_why(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, "Port Velis Harbour Authority", "2")
    hand.keys("Ctrl+Shift+K")
    assert "Wrote down that “Port Velis Harbour Authority” is an example of Organization." in told(hand)
    example = session.scheme.examples[-1]
    assert (example.label, example.quote, example.counter) == ("ORGANIZATION", "Port Velis Harbour Authority", False)

    def say_why(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        assert dialog.why.hasFocus()
        hand.type("It decides.")
        hand.keys("Return")

    hand.answer("guideline", say_why)
    hand.keys("Ctrl+Shift+K")
    assert session.scheme.examples[-1] == example._replace(note="It decides.")
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert len(session.scheme.examples) == 2
    session.show_article("a2")
    kit.drag(hand, "Sund Harbour Authority")
    hand.keys("Ctrl+Shift+J")
    example = session.scheme.examples[-1]
    assert (example.label, example.quote, example.counter) == ("ORGANIZATION", "Sund Harbour Authority", True)


def test_one_key_asks_for_the_label_where_nothing_tells_it(hand: Hand) -> None:
    kit.drag(hand, "former pilot")
    asked: list[bool] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        asked.append(dialog.labels.isVisible())
        hand.keys("Escape")

    hand.answer("guideline", look)
    hand.keys("Ctrl+Shift+J")
    assert asked == [True]
    assert len(hand.window.session.scheme.examples) == 2


def test_a_counter_example_goes_to_the_label_that_one_was_with(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, "Port Velis Harbour Authority", "2")
    kit.label(hand, "Arvenia", "3")
    hand.click(kit.at(hand, "Port Velis Harbour Authority")[0] + 1)
    hand.keys("Ctrl+Shift+K")
    kit.drag(hand, "former pilot")
    assert session.last_label == "COUNTRY"
    hand.keys("Ctrl+Shift+J")
    example = session.scheme.examples[-1]
    assert (example.label, example.quote, example.counter) == ("ORGANIZATION", "former pilot", True)
    hand.click(kit.at(hand, "Arvenia")[0] + 1)
    hand.keys("Ctrl+Shift+K")
    kit.drag(hand, "grain corridor")
    hand.keys("Ctrl+Shift+J")
    assert session.scheme.examples[-1].label == "COUNTRY"


def test_where_like_words_have_another_label_a_counter_example_asks(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, "Port Velis Harbour Authority", "2")
    kit.label(hand, "Karesh", "3", 1)
    hand.keys("Ctrl+Shift+K")
    assert session.scheme.examples[-1].label == "COUNTRY"
    session.show_article("a2")
    kit.drag(hand, "Sund Harbour Authority")
    asked: list[tuple[str, bool]] = []

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        asked.append((dialog._title.text(), dialog.labels.isVisible()))
        hand.type("org")
        hand.keys("-")

    hand.answer("guideline", choose)
    hand.keys("Ctrl+Shift+J")
    assert asked == [("Country", True)]
    example = session.scheme.examples[-1]
    assert (example.label, example.quote, example.counter) == ("ORGANIZATION", "Sund Harbour Authority", True)


def test_where_nothing_was_decided_the_guideline_has_the_room(hand: Hand) -> None:
    seen: list[tuple[int, int]] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        assert not dialog.before.count()
        seen.append((dialog.text.height(), dialog.height()))
        hand.keys("Escape")

    hand.window.session.select(Span.of(*kit.at(hand, hand.window.session.text.split()[-1])))
    hand.answer("guideline", look)
    hand.keys("F1")
    ((text, whole),) = seen
    assert text > whole / 2


@pytest.mark.parametrize("where", ["filter", "title"])
def test_the_book_stays_as_large_whatever_is_pasted(hand: Hand, where: str) -> None:
    session = hand.window.session
    if where == "title":
        labels = tuple(one._replace(title="x" * 3_000) if one.name == "EVENT" else one for one in session.scheme.labels)
        session.do(session.ready.schemes.change, replace(session.scheme, labels=labels), "+")
    hand.keys("Ctrl+F1")
    with kit.book(hand) as book:
        stood = book.size()
        if where == "filter":
            QApplication.clipboard().setText("x" * 3_000)
            hand.keys("Ctrl+V")
        else:
            hand.type("xxxx")
            assert book._title.text() == "x" * 3_000
        QTest.qWait(20)
        assert book.size() == stood
        hand.keys("Ctrl+A", "Delete")
        QTest.qWait(20)
        assert book.size() == stood


def test_words_that_were_found_in_a_guideline_are_shown_and_marked(hand: Hand) -> None:
    session = hand.window.session
    text = "\n\n".join(f"Paragraph {n}." for n in range(80)) + "\n\nA videoconference is none."
    labels = tuple(one._replace(guideline=text) if one.name == "EVENT" else one for one in session.scheme.labels)
    session.do(session.ready.schemes.change, replace(session.scheme, labels=labels), "+")

    hand.keys("Ctrl+F1")
    with kit.book(hand) as book:
        hand.type("Videoconf")
        assert book._title.text() == "Event"
        (mark,) = book.text.extraSelections()
        place = book.text.cursorRect(mark.cursor)  # type: ignore[attr-defined]
        assert book.text.viewport().rect().contains(place.center())
        hand.picture(Path(session.ready.path).with_name("found.png"), widget=book)
        hand.keys("Ctrl+A", "Delete")
        assert book.text.extraSelections() == []
        hand.keys("Escape")


def test_esc_at_each_step_writes_nothing(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    start, _end = kit.at(hand, "Arvenia")
    hand.click(start + 1)

    def leave(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        hand.keys("+")
        hand.type("no")
        hand.keys("Escape")
        assert dialog.isVisible()
        hand.keys("Escape")

    hand.keys("Ctrl+Shift+K")
    read(hand, leave)
    assert [one.note for one in hand.window.session.scheme.examples[2:]] == [""]


def test_a_long_guideline_is_read_from_its_beginning(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric", [kit.STORY]))
    kit.label(hand, "Port Velis Harbour Authority", "2")

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        assert dialog.text.toPlainText().startswith(hand.window.session.scheme.by_name["ORGANIZATION"].definition)
        bar = dialog.text.verticalScrollBar()
        assert (bar.value(), bar.maximum() > 0) == (0, True)
        hand.keys("Escape")

    read(hand, look)


# All guidelines


def right_click(hand: Hand, title: str) -> list[str]:
    """Ask for the menu of a label in its panel; return what can be done there, with what cannot in brackets."""
    view = hand.window.sections.labels.view
    row = next(n for n in range(view.model().rowCount()) if view.model().index(n, 0).data() == title)
    at = view.visualRect(view.model().index(row, 0)).center()
    place = view.viewport().mapToGlobal(at)
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, place))
    return [action.text() if action.isEnabled() else f"({action.text()})" for action in menu(hand).actions()]


def menu(hand: Hand) -> QMenu:
    return hand.window.findChildren(QMenu, "labelMenu")[-1]


def take(hand: Hand, words: str) -> None:
    """Do what a line of the open menu says, by its keys."""
    action = next(one for one in menu(hand).actions() if one.text().startswith(words))
    menu(hand).setActiveAction(action)
    QTest.keyClick(menu(hand), Qt.Key.Key_Return)
    QTest.qWait(10)


def test_f1_without_a_label_in_hand_opens_the_guidelines_of_all(hand: Hand) -> None:
    hand.keys("F1")
    with kit.book(hand) as book:
        assert book.windowTitle() == "All guidelines"
        assert "Label names, not words." in book.text.toPlainText()
        hand.keys("Down")
        assert "Person" in book._title.text()
        hand.type("in the old custom house")
        assert book.list.model().rowCount() == 1, "it is found in what an example says"
        assert "met in the Old Custom House" in book.text.toPlainText()
        hand.keys("Ctrl+A")
        hand.type("not words")
        assert book._title.text() == "What holds for all labels"
        hand.keys("Ctrl+A")
        hand.type("ear")
        shown = book.text.textCursor()
        assert shown.document().find("ear").selectionStart() < shown.position(), "inside a word first"
        assert not shown.block().text()[shown.positionInBlock() - 1].isalnum(), "where a word begins so is shown"
        hand.keys("Ctrl+A")
        hand.type("zzz")
        assert book._empty.isVisible()
        hand.keys("Ctrl+A")
        hand.type("organ")
        assert book._title.text() == "Organization"
        assert book._facts.text() == "In files: ORGANIZATION · on chips: ORG"
        assert "Given to bodies" in book.text.toPlainText()
        assert "Label names, not words." not in book.text.toPlainText()
        book.resize(book.width(), 300)
        hand.keys("Ctrl+A")
        hand.type("event")
        assert book._title.text() == "Event"
        assert book.text.verticalScrollBar().value() == 0, "it is read from the top, wherever the word stands in it"
        hand.keys("Ctrl+A")
        hand.type("organ")
        hand.keys("Ctrl+A", "Delete")
        assert book._title.text() == "Organization", "it stays where one was reading"
        hand.type("organ")
        hand.keys("Escape")
        hand.wait_until(lambda: not kit.books(hand), "it is closed by one key, whatever stands in its field")
    assert QApplication.focusWidget() is hand.reader


def test_page_keys_scroll_what_is_read(hand: Hand) -> None:
    hand.keys("Ctrl+F1")
    with kit.book(hand) as book:
        book.resize(book.width(), 300)
        hand.type("organ")
        hand.keys("PgDown")
        assert book.text.verticalScrollBar().value() > 0
        hand.keys("PgUp", "Escape")


@pytest.mark.parametrize("by_key", [False, True])
def test_the_guideline_of_one_label_leads_to_all_of_them(hand: Hand, by_key: bool) -> None:
    kit.label(hand, "Port Velis Harbour Authority", "2")

    def go(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        if by_key:
            QTest.keyClick(dialog, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
        else:
            hand.click_on(dialog.all)

    read(hand, go)
    with kit.book(hand) as book:
        assert book._title.text() == "Organization"
        hand.keys("Escape")
    assert QApplication.focusWidget() is hand.reader


def test_on_a_small_screen_the_book_is_as_wide_as_the_panels_and_the_labels_stand_above(hand: Hand) -> None:
    assert hand.window.screen().availableGeometry().width() < 1600
    hand.keys("Ctrl+F1")
    with kit.book(hand) as book:
        first, said = book.list.mapTo(book, QPoint()), book.text.mapTo(book, QPoint())
        assert book.width() < 140 * theme.unit()
        assert said.y() > first.y() + book.list.height(), "below each other"
        assert book.list.viewport().height() >= 4 * book.list.verticalHeader().defaultSectionSize()
        assert book.text.width() >= 300
        book.resize(700, 500)
        QTest.qWait(20)
        first, said = book.list.mapTo(book, QPoint()), book.text.mapTo(book, QPoint())
        assert said.x() > first.x() + book.list.width(), "side by side"


def test_on_a_small_screen_the_book_covers_neither_text_nor_labels(hand: Hand) -> None:
    assert hand.window.screen().availableGeometry().width() < 1600
    hand.window.move(0, 0)
    hand.window.resize(1280, 740)
    QTest.qWait(50)
    reader = hand.reader
    hand.keys("Ctrl+F1")
    with kit.book(hand) as book:
        frame, text = book.frameGeometry(), reader.mapToGlobal(QPoint(reader.text_left(), 0))
        assert frame.right() < text.x(), "the text is read"
        assert frame.top() == hand.window.panes.mapToGlobal(QPoint()).y(), "what can be done with the article is seen"
        assert book.text.width() >= 200
        hand.keys("Escape")


def test_where_words_leave_little_room_the_guideline_is_wide_and_its_parts_stand_side_by_side(hand: Hand) -> None:
    kit.label(hand, "Port Velis Harbour Authority", "2")
    kit.label(hand, "Harbour Authority", "2")
    session = hand.window.session
    session.choose(next(iter(session.spans)).id)
    room = hand.window.screen().availableGeometry()

    def below(dialog: QDialog) -> tuple[bool, int]:
        assert isinstance(dialog, GuidelineDialog)
        said, before = (one.mapTo(dialog, QPoint()) for one in (dialog.text, dialog.before))
        return before.y() > said.y() + dialog.text.height() // 2, dialog.width()

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        dialog.resize(600, 600)
        QTest.qWait(20)
        stands_below, wide = below(dialog)
        assert stands_below
        middle = QRect(room.x() + 100, room.center().y() - 10, 200, 20)
        parts.put_beside(dialog, (middle,), widens=True)
        QTest.qWait(20)
        assert not dialog.frameGeometry().intersects(middle)
        assert room.contains(dialog.geometry())
        stands_below, wider = below(dialog)
        assert not stands_below
        assert wider > wide
        bar = dialog.text.verticalScrollBar()
        assert dialog.before.hasFocus()
        QTest.keyClick(dialog.before, Qt.Key.Key_PageDown)
        assert bar.value() > 0, "what is said is scrolled, whatever has the focus"
        QTest.keyClick(dialog.before, Qt.Key.Key_PageUp)
        assert bar.value() == 0
        dialog.resize(wide, 600)
        QTest.qWait(20)
        assert below(dialog)[0]
        dialog.reject()

    read(hand, look)


def test_on_a_small_screen_the_book_gives_way_to_the_bar_that_finds_words(hand: Hand) -> None:
    assert hand.window.screen().availableGeometry().width() < 1600
    hand.window.move(0, 0)
    hand.window.resize(1280, 740)
    QTest.qWait(50)
    hand.keys("Ctrl+F1")
    with kit.book(hand) as book:
        stood = book.frameGeometry()
        hand.front = hand.window
        hand.keys("Ctrl+F")
        bar = next(bar for bar in hand.window.findChildren(FindBar) if bar.isVisible())
        place = QRect(bar.mapToGlobal(QPoint()), bar.size())
        assert not book.frameGeometry().intersects(place)
        hand.keys("Escape")
        kit.drag(hand, "Arvenia")
        hand.keys("Escape")
        assert hand.window.session.selection is None, "keys of the text are the text's"
        assert book.isVisible()
        assert book.frameGeometry() == stood, "it comes back to where it was"


def test_f1_goes_to_the_guideline_in_the_book_that_is_open(hand: Hand) -> None:
    kit.label(hand, "Port Velis Harbour Authority", "2")
    hand.keys("Ctrl+F1")
    with kit.book(hand) as book:
        hand.keys("Down")
        assert book._title.text() != "Organization"
        hand.front = hand.window
        hand.keys("F1")
        assert book._title.text() == "Organization"
        assert not hand.window.findChildren(GuidelineDialog)
        hand.front = book
        hand.keys("Escape")
    assert not kit.books(hand)


def test_all_guidelines_follow_the_label_one_works_with(hand: Hand) -> None:
    hand.keys("Ctrl+F1")
    with kit.book(hand) as book:
        assert book._title.text() == "What holds for all labels"
    kit.label(hand, "Arvenia", "3")
    assert book._title.text() == "Country", "it was just labelled"
    kit.label(hand, "Port Velis Harbour Authority", "2")
    hand.click(kit.at(hand, "Arvenia")[0] + 2)
    assert book._title.text() == "Country", "it is chosen"
    book.activateWindow()
    with kit.book(hand):
        hand.type("date")
        assert book._title.text() == "Date"
    hand.window.activateWindow()
    hand.do("flag")
    assert book._title.text() == "Date", "the same is held as before"
    hand.click(kit.at(hand, "Harbour Authority")[0] + 2)
    assert (book._title.text(), book.filter.text()) == ("Organization", ""), "one works on"


def test_what_has_nothing_to_do_with_labels_turns_no_page(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    hand.keys("Shift+Tab", "Ctrl+F1")
    with kit.book(hand) as book:
        hand.keys("Down", "Down")
        read = book._title.text()
        hand.keys("F6")
    hand.wait_until(hand.window.isActiveWindow, "the article's window has the keys")
    hand.do("flag")
    assert book._title.text() == read != "Country", "the same is chosen as before"


def test_they_follow_to_the_first_label_where_nothing_holds_for_all(hand: Hand) -> None:
    session = hand.window.session
    session.do(session.ready.schemes.change, replace(session.scheme, guideline=""), "+")
    hand.keys("Ctrl+F1")
    with kit.book(hand) as book:
        pass
    kit.label(hand, "Arvenia", "3")
    assert book._title.text() == "Country"
    kit.label(hand, "Lebrune", "1")
    assert book._title.text() == "Person"


def test_all_guidelines_stay_open_while_one_labels(hand: Hand) -> None:
    session = hand.window.session
    screen = hand.window.screen().availableGeometry()
    hand.keys("Ctrl+F1")
    with kit.book(hand) as book:
        assert screen.contains(book.frameGeometry())
        frame = book.frameGeometry()
        assert min(screen.right() - frame.right(), frame.left() - screen.left()) <= 2 * theme.unit(), "at an edge"
        hand.type("organ")
    kit.label(hand, "Arvenia", "3")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")], "the keys are the article's"
    assert kit.books(hand) == [book]
    right_click(hand, "Job title")
    take(hand, "Guideline")
    with kit.book(hand) as again:
        assert again is book, "there is one"
        assert (book._title.text(), book.filter.text()) == ("Job title", "")
    hand.keys("Ctrl+F1")
    with kit.book(hand):
        assert book._title.text() == "Job title", "it stays where one was reading"
        book.resize(600, 300)
        book.move(20, 60)
        hand.keys("Escape")
    assert QApplication.focusWidget() is hand.reader
    hand.wait_until(lambda: not hand.window.findChildren(GuidelineBook), "nothing is left over of it")
    hand.keys("Ctrl+F1")
    with kit.book(hand) as other:
        assert other.pos() == QPoint(20, 60), "it comes back where it stood"
    session.close()
    assert kit.books(hand) == [], "it goes with the project"


@pytest.mark.parametrize("held", ["Lebrune", "Harbour Authority", "Toll", ""])
def test_all_guidelines_come_up_beside_what_they_are_asked_about(start: Start, tmp_path: Path, held: str) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric", [kit.STORY * 9]))
    screen = hand.window.screen().availableGeometry()
    hand.window.move(0, 0)
    hand.window.resize(screen.size())
    QTest.qWait(30)
    if held:
        kit.drag(hand, held)
    else:
        hand.click(kit.at(hand, "states met")[0])
    reader, (start_, end) = hand.reader, kit.at(hand, held or "states met")
    words = reader.rect_at(start_).united(reader.rect_at(end - 1))
    if not held:  # the whole line
        words.setLeft(0)
        words.setRight(reader.viewport().width() - 1)
    words.moveTo(reader.viewport().mapToGlobal(words.topLeft()))
    hand.keys("Ctrl+F1")
    with kit.book(hand) as book:
        assert screen.contains(book.frameGeometry())
        assert not book.frameGeometry().intersects(words)
        assert book.height() > 200
        hand.keys("Escape")


def test_keys_lead_from_all_guidelines_to_the_article_and_round(hand: Hand) -> None:
    hand.keys("Ctrl+F1")
    with kit.book(hand) as book:
        said = " ".join(label.text() for label in book.findChildren(QLabel))
        assert "F6 goes back to the article" in said
        hand.type("organ")
        hand.keys("F6")
    hand.wait_until(hand.window.isActiveWindow, "the article's window has the keys")
    assert QApplication.focusWidget() is hand.reader
    assert kit.books(hand) == [book]
    for _pane in range(9):
        if book.isActiveWindow():
            break
        hand.front = QApplication.activeWindow() or hand.window
        hand.keys("F6")
        QTest.qWait(30)
    with kit.book(hand):
        assert QApplication.focusWidget() is book.filter
        hand.keys("F6")
    hand.wait_until(hand.reader.hasFocus, "it goes round")


def test_it_is_said_which_match_is_read(hand: Hand) -> None:
    """The best one is read as soon as it is typed: who presses Down then goes to the next."""
    hand.keys("Ctrl+F1")
    with kit.book(hand) as book:
        said = next(label for label in book.findChildren(QLabel) if "PgDn" in label.text())
        assert said.text().startswith("Up and Down go from label to label")
        hand.type("council")
        n = book.list.model().rowCount()
        assert n > 1
        assert said.text().startswith(f"Match 1 of {n}; Up and Down go to others, PgUp and PgDn scroll")
        best = book._title.text()
        hand.keys("Down")
        assert (book.list.hasFocus(), book._title.text()) == (True, best), "it leads to the best one"
        hand.keys("Down")
        assert said.text().startswith(f"Match 2 of {n}")
        assert book._title.text() != best
        hand.keys("Ctrl+A")
        assert book.filter.hasFocus(), "what is typed next takes the place of what was"
        hand.type("qqq")
        assert said.text() == "F6 goes back to the article", "none is read"
        hand.keys("Ctrl+A")
        hand.type("fest")
        assert said.text().startswith("The one match; PgUp")


def test_who_reads_all_guidelines_is_at_work(hand: Hand) -> None:
    now, watch = [100.0], hand.window.time.watch
    watch.clock = lambda: now[0]
    QTest.keyClick(hand.window.windowHandle(), Qt.Key.Key_Right)
    hand.keys("Ctrl+F1")
    with kit.book(hand) as book:
        now[0] += 20
        assert watch.take() == 20
        for _n in range(5):
            QTest.keyClick(book.windowHandle(), Qt.Key.Key_Down)
            now[0] += 50
        assert watch.take() == 250, "who reads on there works on"
        other = QWidget()
        other.show()
        other.activateWindow()
        hand.wait_until(other.isActiveWindow, "something else is in front")
        now[0] += 50
        assert watch.take() == 0
        other.close()
        other.deleteLater()
        book.activateWindow()
        hand.keys("Escape")


def test_all_guidelines_follow_the_scheme(hand: Hand) -> None:
    session = hand.window.session
    long = "\n\n".join(f"Paragraph {n}." for n in range(80))

    def say(name: str, words: str) -> None:
        labels = tuple(one._replace(guideline=words) if one.name == name else one for one in session.scheme.labels)
        session.do(session.ready.schemes.change, replace(session.scheme, labels=labels), "+")

    say("EVENT", long)
    hand.keys("Ctrl+F1")
    with kit.book(hand) as book:
        hand.type("event")
        hand.keys("PgDown")
        read_to = book.text.verticalScrollBar().value()
    say("EVENT", f"{long}\n\nA summit is one.")
    assert read_to > 0
    assert "A summit is one." in book.text.toPlainText()
    assert (book._title.text(), book.text.verticalScrollBar().value()) == ("Event", read_to), "one reads on"
    hand.window.close()
    assert kit.books(hand) == [], "it goes with the window"


def test_the_palette_finds_both(hand: Hand) -> None:
    found: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, Palette)
        hand.type("guideline")
        model = dialog.list.model()
        found.extend(model.index(n, 0).data() for n in range(model.rowCount()))
        hand.keys("Escape")

    hand.answer("palette", look)
    hand.keys("Ctrl+K")
    assert found[:2] == ["Guideline of the label", "All guidelines"]


def test_the_menu_of_a_label_labels_the_selection(hand: Hand) -> None:
    kit.drag(hand, "Arvenia")
    assert right_click(hand, "Country")[:2] == ["Label “Arvenia” as Country\t3", "All identical mentions…\tShift+3"]
    take(hand, "Label")
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]
    hand.click(kit.at(hand, "Arvenia")[0] + 1)
    assert "(Change “Arvenia” to Country\t3)" in right_click(hand, "Country")
    menu(hand).close()
    right_click(hand, "City, town")
    take(hand, "Change")
    assert kit.layer(hand) == [("CITY", "Arvenia")]


def test_the_menu_of_a_label_shows_its_annotations_its_articles_and_its_place_in_the_scheme(hand: Hand) -> None:
    kit.label(hand, "Arvenia", "3")
    kit.label(hand, "Toll", "2")
    hand.keys("Escape")
    assert "(Show only its annotations)" in right_click(hand, "Person")
    menu(hand).close()
    right_click(hand, "Country")
    take(hand, "Show only")
    model = hand.window.sections.annotations._model
    hand.wait_until(lambda: model.rowCount() == 1, "one annotation is listed")
    assert hand.window.sections.annotations.isVisible()
    right_click(hand, "Country")
    take(hand, "List only")
    hand.wait_until(lambda: hand.window.articles.view.model().rowCount() == 1, "one article is listed")
    shown: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, SchemeEditor)
        shown.append(dialog.draft.current)
        hand.keys("Escape")

    hand.answer("schemeEditor", look)
    right_click(hand, "Facility")
    take(hand, "Edit")
    assert shown == ["FACILITY"]


def test_the_menu_of_a_label_opens_its_guideline(hand: Hand) -> None:
    right_click(hand, "Job title")
    take(hand, "Guideline")
    with kit.book(hand) as book:
        assert book._title.text() == "Job title"
        hand.keys("Escape")


def test_between_two_words_without_a_space_it_is_that_of_the_second(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    path = kit.project(tmp_path / "cjk.rubric", ("中国外交部说。\n",))
    with Project.open(path, Settings().me()) as project:
        project.annotate("a1", "COUNTRY", [Span.of(0, 2)], exact=True)
        project.annotate("a1", "ORGANIZATION", [Span.of(2, 5)], exact=True)
    session = start(path).window.session
    at = [(one.label if (one := session.innermost(caret)) is not None else "") for caret in (0, 2, 4, 5, 6)]
    assert at == ["COUNTRY", "ORGANIZATION", "ORGANIZATION", "ORGANIZATION", ""]

"""Relations between annotations: by two keys or a drag from bar to bar, drawn when asked, always listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.scheme import Attribute, RelationType
from rubricator.model.spans import Annotation
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.dialogs.keys import KeySheet
from rubricator_gui.dialogs.relations import RelationDialog
from rubricator_gui.hand import Hand
from rubricator_gui.panels.fact_line import line_height
from rubricator_gui.panels.quotes import wrapped
from rubricator_gui.panels.rows import ITEM
from rubricator_gui.reader.arcs import Arc

ATTRIBUTES = (
    Attribute("gender", "Gender", "choice", ("f", "m"), ("PERSON",), chip=True, key="y"),
    Attribute("sure", "Sure", "flag", labels=("PERSON", "COUNTRY"), chip=True, key="2"),
    Attribute("alias", "Called", "text", labels=("PERSON",), key="-"),
)
RELATIONS = (
    RelationType("member_of", "Member of", ("PERSON",), ("ORGANIZATION",), key="b", definition="Who belongs where."),
    RelationType("works_in", "Works in", ("PERSON",), ("COUNTRY",), key=","),
    RelationType("speaks_for", "Speaks for", ("PERSON",), ("COUNTRY",)),
    RelationType("ally", "Ally of", ("COUNTRY",), ("COUNTRY",), symmetric=True),
)


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    path = kit.project(tmp_path / "p.rubric")
    with Project.open(path, Settings().me()) as project:
        project.schemes.change(replace(project.scheme, attributes=ATTRIBUTES, relations=RELATIONS), "relations")
    hand = start(path)
    hand.do("suggestions")  # the way from annotation to annotation is shorter
    kit.label(hand, "Sept 14", "4")
    kit.label(hand, "Anna S.\n\nLebrune", "1")
    kit.label(hand, "Port Velis Harbour Authority", "2")
    for country in ("Arvenia", "Karesh and", "Toll"):
        kit.label(hand, country.removesuffix(" and"), "3", nth=1 if country.startswith("Karesh ") else 0)
    choose(hand, "Anna S.")
    return hand


def choose(hand: Hand, words: str, nth: int = 0) -> None:
    """Click on words that are annotated."""
    start, _end = kit.at(hand, words, nth)
    hand.click(start + 1)


def told(hand: Hand) -> str:
    return hand.window.status.notice


def place(hand: Hand) -> str:
    """Return what the status line says of what is held."""
    return hand.window.status._place.text()


def quote(annotation: Annotation | None) -> str:
    return " ".join(annotation.quote.split()) if annotation is not None else ""


def there(hand: Hand) -> list[tuple[str, str, str]]:
    """Return (source, type, target) of the relations of the article, in words."""
    session = hand.window.session
    assert session.article is not None
    return [
        (quote(session.spans.get(one.source)), one.label, quote(session.spans.get(one.target)))
        for one in session.ready.relations.of(session.article.id)
    ]


def chosen(hand: Hand) -> str:
    return quote(hand.window.session.chosen_annotation)


def card(hand: Hand) -> str:
    line = hand.window.sections.chosen.relations
    return line.words.text() if not line.isHidden() else ""


MEMBER = ("Anna S. Lebrune", "member_of", "Port Velis Harbour Authority")


# --- by two keys --------------------------------------------------------------------------------------------------


def test_the_only_relation_that_is_allowed_is_made_by_two_keys(hand: Hand) -> None:
    line = hand.window.sections.chosen.relations
    assert (card(hand), line.button.text(), line.button.toolTip()) == ("", "Relate…", "<p>No relations</p>")
    hand.keys("Ctrl+L")
    assert place(hand) == (
        "Relate “Anna S. ⏎ Lebrune” to … – go there with Tab or a click, Enter takes it, Esc ends it"
    )
    hand.keys("Tab")
    assert place(hand) == "Relate “Anna S. ⏎ Lebrune” to “Port Velis Harbour Authority” – Enter: Member of"
    hand.keys("Return")
    assert there(hand) == [MEMBER]
    assert told(hand) == "Related “Anna S. ⏎ Lebrune” to “Port Velis Harbour Authority”: Member of."
    assert hand.reader.hasFocus()
    assert chosen(hand) == "Anna S. Lebrune", "where one came from"
    assert hand.window.session.relating is None
    assert card(hand) == "Member of → Port Velis Harbour Authority"
    hand.keys("Ctrl+Z")
    assert there(hand) == []
    assert told(hand).startswith("Undone: Related “Anna S. ⏎ Lebrune” to “Port Velis Harbour Authority” by Member of.")
    assert (card(hand), hand.window.sections.chosen.relations.button.text()) == ("", "Relate…")
    hand.keys("Ctrl+Shift+Z")
    assert there(hand) == [MEMBER]
    hand.keys("Tab")
    assert card(hand) == "Member of ← Anna S. ⏎ Lebrune"


def test_of_several_a_few_letters_pick_one_and_esc_lets_go_at_each_step(hand: Hand) -> None:
    hand.keys("Ctrl+L", "Tab", "Tab")
    assert place(hand).endswith("to “Arvenia” – Enter: Works in, Speaks for")
    hand.keys("Return")
    picker = hand.window.over.relations.relation_picker
    assert picker.isVisible()
    assert [picker.model.index(n).data() for n in range(picker.model.rowCount())] == ["Works in", "Speaks for"]
    hand.keys("Escape")
    assert not picker.isVisible()
    assert there(hand) == []
    assert place(hand).startswith("Relate “Anna S. ⏎ Lebrune” to “Arvenia”"), "it stands: another end may be meant"
    hand.keys("Escape")
    assert hand.window.session.relating is None
    assert chosen(hand) == "Anna S. Lebrune"
    hand.keys("Escape")
    assert chosen(hand) == ""
    choose(hand, "Anna S.")
    hand.keys("Ctrl+L")
    choose(hand, "Arvenia")
    hand.keys("Return")
    hand.type("speak")
    hand.keys("Return")
    assert there(hand) == [("Anna S. Lebrune", "speaks_for", "Arvenia")]
    hand.keys("Ctrl+L", "Tab", "Tab", "Return")
    assert not picker.isVisible(), "only one is left"
    assert there(hand)[1:] == [("Anna S. Lebrune", "works_in", "Arvenia")]
    hand.keys("Ctrl+L")
    choose(hand, "Arvenia")
    hand.keys("Return")
    assert told(hand) == "“Anna S. ⏎ Lebrune” and “Arvenia” are related so already: Works in, Speaks for."


def test_the_key_of_a_type_begins_it_and_takes_it(hand: Hand) -> None:
    hand.keys(",", "Tab", "Return")
    assert there(hand) == [("Anna S. Lebrune", "works_in", "Arvenia")]
    hand.keys("Ctrl+L", "Tab", "B")
    assert there(hand)[1:] == [MEMBER]
    hand.keys("B")
    choose(hand, "Arvenia")
    hand.keys("Return")
    assert told(hand) == ("The scheme relates no Person with Country: Member of leads from Person to Organization.")
    assert len(there(hand)) == 2
    hand.keys("Escape", "Escape", ",")
    assert hand.window.session.relating is None, "nothing is chosen"


def test_tab_goes_to_what_may_be_the_other_end_alone(hand: Hand) -> None:
    hand.keys("Ctrl+L", *["Tab"] * 5)
    assert chosen(hand) == "Port Velis Harbour Authority", "round, past the date before it"
    ends = []
    for _n in range(4):
        hand.keys("Shift+Tab")
        ends.append(chosen(hand))
    assert ends == ["Toll", "Karesh", "Arvenia", "Port Velis Harbour Authority"]
    choose(hand, "Sept 14")
    hand.keys("Return")
    assert "relates no Person with Date" in told(hand)
    hand.keys("Tab")
    assert told(hand) == "", "the refusal was about another one"
    hand.keys("Return", "B", "Tab")
    assert there(hand) == [MEMBER]
    assert told(hand) == "Nothing here may be the other end."
    assert chosen(hand) == "Anna S. Lebrune"


def test_what_may_lead_the_other_way_only_is_offered_turned_round(hand: Hand) -> None:
    choose(hand, "Port Velis Harbour")
    hand.keys("Ctrl+L", "Shift+Tab", "Return")
    picker = hand.window.over.relations.relation_picker
    assert picker.isVisible()
    assert "turned round" in str(picker.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
    hand.keys("Return")
    assert there(hand) == [MEMBER]
    assert chosen(hand) == "Port Velis Harbour Authority"


def test_nothing_allowed_is_said_with_the_rule(hand: Hand) -> None:
    choose(hand, "Sept 14")
    hand.keys("Ctrl+L")
    assert told(hand) == "No relation of the scheme may begin or end at Date."
    assert card(hand) == ""
    choose(hand, "Anna S.")
    hand.keys("Ctrl+L", "Return")
    assert told(hand).startswith("Go to the other end first")
    choose(hand, "Sept 14")
    hand.keys("Return")
    assert told(hand) == (
        "The scheme relates no Person with Date: Member of leads from Person to Organization; "
        "Works in leads from Person to Country; Speaks for leads from Person to Country; …."
    )
    assert there(hand) == []
    hand.window.session.choose(None)
    hand.keys("Return")
    assert told(hand).startswith("Go to the other end:")


def test_a_relation_that_holds_both_ways_is_there_once(hand: Hand) -> None:
    choose(hand, "Arvenia")
    hand.keys("Ctrl+L", "Tab", "Return")
    assert there(hand) == [("Arvenia", "ally", "Karesh")]
    assert card(hand) == "Ally of ↔ Karesh"
    hand.keys("Tab", "Ctrl+L")
    choose(hand, "Arvenia")
    hand.keys("Return")
    assert told(hand) == "“Karesh” and “Arvenia” are related so already: Ally of."
    assert len(there(hand)) == 1


def test_the_first_end_goes_while_the_other_is_looked_for(hand: Hand) -> None:
    hand.keys("Ctrl+L", "Delete")
    assert hand.window.session.relating is None
    choose(hand, "Arvenia")
    hand.keys("Ctrl+L")
    hand.do("undo")
    assert hand.window.session.relating is not None, "it was another one that came back"
    hand.window.session.show_article("nowhere")
    assert hand.window.session.relating is not None
    hand.window.session.close()
    assert hand.window.session.relating is None


def test_a_scheme_without_relations_says_so(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric"))
    kit.label(hand, "Arvenia", "3")
    choose(hand, "Arvenia")
    hand.keys("Ctrl+L")
    none = "The scheme has no relations yet: Scheme › Edit scheme… makes them."
    assert told(hand) == none
    assert card(hand) == ""
    kit.label(hand, "Karesh", "3", nth=1)
    hand.pull(chip(hand, "Arvenia"), QPoint(bar(hand, "Karesh").center()))
    assert told(hand) == f"A drag from bar to bar relates two annotations. {none}"


# --- by the mouse -------------------------------------------------------------------------------------------------


def bar(hand: Hand, words: str) -> QRect:
    found = next(one for one in hand.window.session.spans if one.quote.startswith(words))
    rect = hand.reader.bar_rect(found.id)
    assert rect is not None
    return rect


def chip(hand: Hand, words: str) -> QPoint:
    """Return a place on the chip of an annotation, away from the end that can be pulled."""
    rect = bar(hand, words)
    return QPoint(rect.left() + 10, rect.center().y())


def move(hand: Hand, to: QPoint, kind: QEvent.Type = QEvent.Type.MouseMove) -> None:
    hand._mouse(kind, to, Qt.KeyboardModifier.NoModifier)


def test_a_drag_from_chip_to_bar_relates_and_a_click_does_not(hand: Hand) -> None:
    hand.pull(chip(hand, "Anna S."), QPoint(bar(hand, "Port Velis").center()))
    assert there(hand) == [MEMBER]
    assert chosen(hand) == "Anna S. Lebrune"
    hand.keys("Ctrl+Z")
    QTest.mouseClick(hand.reader.viewport(), Qt.MouseButton.LeftButton, pos=chip(hand, "Arvenia"))
    assert chosen(hand) == "Arvenia"
    grip = chip(hand, "Anna S.")
    hand.pull(grip, grip + QPoint(2, 1))
    assert there(hand) == []
    hand.pull(grip, QPoint(5, 5))
    assert there(hand) == [], "let go of beside all of them"
    assert hand.window.session.spans[hand.window.session.chosen or ""].quote == "Anna S.\n\nLebrune"


def test_the_line_follows_the_pointer_and_esc_lets_go(hand: Hand) -> None:
    session = hand.window.session
    grip, aim = chip(hand, "Anna S."), bar(hand, "Port Velis").center()
    move(hand, grip, QEvent.Type.MouseButtonPress)
    before = hand.reader.viewport().grab().toImage()
    move(hand, (grip + aim) / 2)
    lines = hand.reader.relation_lines
    assert lines.dragged is not None
    assert lines.aimed_at is None
    after = hand.reader.viewport().grab().toImage()
    assert after != before
    move(hand, aim)
    assert session.spans[lines.aimed_at or ""].quote == "Port Velis Harbour Authority"
    hand.keys("Escape")
    assert lines.dragged is None
    assert hand.reader.viewport().grab().toImage() == before
    move(hand, aim, QEvent.Type.MouseButtonRelease)
    assert there(hand) == []
    assert chosen(hand) == "Anna S. Lebrune"


def test_the_end_of_the_chosen_bar_still_moves_its_border(hand: Hand) -> None:
    choose(hand, "Arvenia")
    rect = bar(hand, "Arvenia")
    hand.pull(QPoint(rect.right() - 1, rect.center().y()), QPoint(rect.right() - 1 + 60, rect.center().y()))
    assert there(hand) == []
    assert chosen(hand) == "Arvenia, Karesh"


def test_dropped_on_words_it_leads_to_the_innermost_annotation_there(hand: Hand) -> None:
    start, _end = kit.at(hand, "Harbour Authority")
    hand.pull(chip(hand, "Anna S."), hand.reader.rect_at(start + 2).center())
    assert there(hand) == [MEMBER]


# --- drawn --------------------------------------------------------------------------------------------------------


def picture(hand: Hand) -> QImage:
    return hand.reader.viewport().grab().toImage()


def test_arcs_come_and_go_with_the_menu_and_are_remembered(hand: Hand, start: Start, tmp_path: Path) -> None:
    hand.keys("Ctrl+L", "Tab", "Return", "Escape")
    choose(hand, "Anna S.")
    plain = picture(hand)
    assert hand.reader.relation_lines.arcs == []
    hand.keys("Ctrl+Shift+L")
    drawn = picture(hand)
    assert drawn != plain
    [arc] = hand.reader.relation_lines.arcs
    assert arc.title == "Member of"
    assert arc.strong
    hand.keys("Escape")
    picture(hand)
    [arc] = hand.reader.relation_lines.arcs
    assert not arc.strong
    choose(hand, "Anna S.")
    picture(hand)
    assert hand.reader.relation_lines.arcs[0].strong
    hand.keys("Ctrl+Z")
    picture(hand)
    assert hand.reader.relation_lines.arcs == [], "it goes with the relation"
    hand.keys("Ctrl+Shift+Z")
    hand.window.close()
    again = start(tmp_path / "p.rubric")
    assert again.window.actions["relations"].isChecked()
    picture(again)
    assert [arc.title for arc in again.reader.relation_lines.arcs] == ["Member of"]
    again.do("relations")
    assert picture(again) != drawn
    assert Settings().get("reader.relations") is False


def test_what_leads_off_the_screen_is_a_stub_that_names_the_other_end(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    path = kit.project(
        tmp_path / "p.rubric", ["Anna Berg.\n" + "Nothing.\n\n" * 60 + "The Arvenia Club, the Toll Club.\n"]
    )
    with Project.open(path, Settings().me()) as project:
        project.schemes.change(replace(project.scheme, relations=RELATIONS), "relations")
    hand = start(path, 1000, 700)
    kit.label(hand, "Anna Berg", "1")
    kit.label(hand, "Arvenia Club", "2")
    kit.label(hand, "Toll Club", "2")
    hand.do("relations")
    choose(hand, "Anna Berg")
    hand.keys("Ctrl+L", "Tab", "Return", "Ctrl+L", "Tab", "Return")
    assert len(there(hand)) == 2
    picture(hand)
    [stub] = hand.reader.relation_lines.arcs
    assert stub.title == "Member of ↓ Arvenia Club · 1 more"
    hand.keys("Tab")
    picture(hand)
    arcs = hand.reader.relation_lines.arcs
    assert [arc.title for arc in arcs] == ["Member of ↑ Anna Berg", "Member of ↑ Anna Berg"]
    room = hand.reader.viewport().rect().translated(0, hand.reader.verticalScrollBar().value())
    for arc in arcs:
        assert room.toRectF().contains(arc.place)
    assert not arcs[0].place.intersects(arcs[1].place)


# --- pressed ------------------------------------------------------------------------------------------------------


def seen(hand: Hand, title: str) -> Arc:
    """Return an arc that is drawn now."""
    picture(hand)
    [found] = [arc for arc in hand.reader.relation_lines.arcs if arc.title == title]
    return found


def on_screen(hand: Hand, point: QPointF) -> QPoint:
    return (point - QPointF(0, hand.reader.verticalScrollBar().value())).toPoint()


def beside(hand: Hand, arc: Arc, away: float) -> QPoint:
    """Return a place of the viewport so far below a line where it runs level, with nothing else there."""
    for percent in range(5, 95):
        at = arc.path.pointAtPercent(percent / 100)
        point = at + QPointF(0, away)
        level = abs(arc.path.pointAtPercent(percent / 100 + 0.02).y() - at.y()) < 0.01
        if (
            level
            and not arc.place.contains(point)
            and hand.reader.pointer._hit(QPointF(on_screen(hand, point))) is None
        ):
            return on_screen(hand, point)
    pytest.fail("there is no such place")


def press(hand: Hand, at: QPoint) -> None:
    QTest.mouseClick(hand.reader.viewport(), Qt.MouseButton.LeftButton, pos=at)


def entries(hand: Hand) -> dict[str, QAction]:
    """Return what the menu of a relation offers, by its words."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu), "no menu is open"
    assert menu.objectName() == "relationMenu"
    return {one.text(): one for one in menu.actions() if one.text()}


def take(hand: Hand, words: str) -> None:
    """Take an entry of the open menu: go to it, and press Enter."""
    found = entries(hand)[words]
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.setActiveAction(found)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def test_an_arc_that_is_pressed_opens_what_can_be_done_with_its_relation(hand: Hand) -> None:
    three(hand)
    hand.do("relations")
    hand.keys("Escape")
    arc = seen(hand, "Works in")
    press(hand, beside(hand, arc, 5))
    found = entries(hand)
    assert list(found) == [
        "Works in: Anna S. ⏎ Lebrune → Arvenia",
        "Go to “Anna S. ⏎ Lebrune”",
        "Go to “Arvenia”",
        "Move the end at “Anna S. ⏎ Lebrune”…",
        "Move the end at “Arvenia”…",
        "Turn round",
        "Change it to Speaks for",
        "Take off",
        "Relations…",
    ]
    assert not found["Turn round"].isEnabled()
    assert found["Turn round"].toolTip() == "Not possible: Works in may not lead from Country to Person."
    assert chosen(hand) == "Anna S. Lebrune", "and all of its arcs stand out"
    take(hand, "Change it to Speaks for")
    assert [kind for _source, kind, _target in there(hand)] == ["member_of", "speaks_for", "ally"]
    press(hand, on_screen(hand, seen(hand, "Speaks for").place.center()))
    take(hand, "Go to “Arvenia”")
    assert chosen(hand) == "Arvenia"
    press(hand, on_screen(hand, seen(hand, "Speaks for").place.center()))

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, RelationDialog)
        assert listed(dialog)[dialog.view.currentIndex().row()] == "Speaks for → Arvenia"
        dialog.reject()

    hand.answer("relationDialog", look)
    take(hand, "Relations…")
    press(hand, beside(hand, seen(hand, "Speaks for"), -5))
    take(hand, "Take off")
    assert [kind for _source, kind, _target in there(hand)] == ["member_of", "ally"]
    press(hand, beside(hand, seen(hand, "Member of"), 9))
    assert QApplication.activePopupWidget() is None, "so far away it is not meant"


def test_the_right_button_opens_the_menu_of_an_arc_and_bars_and_words_stay_what_they_are(hand: Hand) -> None:
    three(hand)
    hand.do("relations")
    at = beside(hand, seen(hand, "Works in"), 3)
    viewport = hand.reader.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, viewport.mapToGlobal(at))
    QApplication.sendEvent(viewport, event)
    assert "Take off" in entries(hand)
    QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Escape)
    QTest.mouseMove(viewport, at)
    assert viewport.cursor().shape() == Qt.CursorShape.PointingHandCursor
    press(hand, chip(hand, "Karesh"))
    assert chosen(hand) == "Karesh"
    assert QApplication.activePopupWidget() is None
    choose(hand, "Toll")
    assert chosen(hand) == "Toll"


def test_a_stub_of_several_lists_them(hand: Hand) -> None:
    three(hand)
    lines = hand.reader.relation_lines
    arvenia = next(one for one in hand.window.session.spans if one.quote == "Arvenia")
    hand.answer("relationDialog", lambda dialog: (told_there.extend(listed(dialog)), dialog.reject()))
    told_there: list[str] = []
    lines.pressed.emit(arvenia.id, QPoint())
    assert told_there == ["Ally of ↔ Karesh", "Works in ← Anna S. ⏎ Lebrune"]


def test_one_that_was_just_made_is_drawn_though_arcs_are_off(hand: Hand) -> None:
    lines = hand.reader.relation_lines
    picture(hand)
    assert lines.arcs == []
    hand.keys("Ctrl+L", "Tab", "Return")
    assert seen(hand, "Member of").strong
    hand.pull(chip(hand, "Anna S."), QPoint(bar(hand, "Arvenia").center()))
    hand.keys("Return")
    picture(hand)
    assert sorted(arc.title for arc in lines.arcs) == ["Member of", "Works in"]
    press(hand, beside(hand, seen(hand, "Works in"), 2))
    take(hand, "Take off")
    picture(hand)
    hand.keys("Escape")
    picture(hand)
    assert lines.arcs == []
    choose(hand, "Anna S.")
    picture(hand)
    assert lines.arcs == [], "it was seen"
    assert not hand.window.actions["relations"].isChecked()


# --- listed -------------------------------------------------------------------------------------------------------


def listed(dialog: QDialog) -> list[str]:
    assert isinstance(dialog, RelationDialog)
    return [str(dialog.model.index(n).data()) for n in range(dialog.model.rowCount())]


def show(hand: Hand, work: Callable[[QDialog], None]) -> None:
    hand.answer("relationDialog", work)
    hand.keys("Ctrl+Shift+R")


def three(hand: Hand) -> None:
    """Relate Anna S. to the authority and to Arvenia, and Arvenia to Karesh."""
    hand.keys("Ctrl+L", "Tab", "Return", "Ctrl+L", "Tab", ",")
    choose(hand, "Arvenia")
    hand.keys("Ctrl+L", "Tab", "Return")
    assert len(there(hand)) == 3


def test_the_list_goes_to_the_other_end_turns_changes_and_takes_off(hand: Hand) -> None:
    three(hand)
    assert card(hand) == "Ally of ↔ Karesh · 1 more"

    def go(dialog: QDialog) -> None:
        assert listed(dialog) == ["Ally of ↔ Karesh", "Works in ← Anna S. ⏎ Lebrune"]
        hand.keys("Down", "Return")

    show(hand, go)
    assert chosen(hand) == "Anna S. Lebrune"
    assert hand.window.focusWidget() is hand.reader

    def turn(dialog: QDialog) -> None:
        assert isinstance(dialog, RelationDialog)
        assert listed(dialog) == ["Member of → Port Velis Harbour Authority", "Works in → Arvenia"]
        hand.keys("T")
        assert not dialog.turn.isEnabled()
        assert "Not possible: Member of may not lead from Organization to Person." in dialog.turn.toolTip()
        assert dialog.why.text() == ("It cannot be turned round: Member of may not lead from Organization to Person.")
        assert not dialog.type.isEnabled()
        hand.keys("Down", "F2")
        hand.keys("Return")
        assert listed(dialog)[1] == "Speaks for → Arvenia"
        assert dialog.view.currentIndex().row() == 1
        hand.keys("Delete")
        assert listed(dialog) == ["Member of → Port Velis Harbour Authority"]
        hand.keys("Escape")

    show(hand, turn)
    assert there(hand) == [MEMBER, ("Arvenia", "ally", "Karesh")]
    hand.keys("Ctrl+Z")
    assert there(hand)[1][1] == "speaks_for"
    hand.keys("Ctrl+Z")
    assert there(hand)[1][1] == "works_in"

    def another(_dialog: QDialog) -> None:
        hand.keys("Insert")

    show(hand, another)
    assert place(hand).startswith("Relate “Anna S. ⏎ Lebrune” to …")
    hand.keys("Escape")
    choose(hand, "Toll")
    hand.keys("Ctrl+Shift+R")
    assert place(hand).startswith("Relate “Toll” to …"), "it has none yet"


def test_all_of_the_article_are_listed_and_either_end_is_gone_to(hand: Hand) -> None:
    hand.keys("Escape")
    hand.do("relations-of")
    assert told(hand).startswith("The article has no relations yet")
    choose(hand, "Anna S.")
    three(hand)
    hand.keys("Escape")
    everything = [
        "Anna S. ⏎ Lebrune: Member of → Port Velis Harbour Authority",
        "Anna S. ⏎ Lebrune: Works in → Arvenia",
        "Arvenia: Ally of ↔ Karesh",
    ]

    def to_the_end(dialog: QDialog) -> None:
        assert isinstance(dialog, RelationDialog)
        assert (listed(dialog), dialog.of_one.isEnabled()) == (everything, False)
        hand.keys("Down", "Return")

    show(hand, to_the_end)
    assert chosen(hand) == "Arvenia"

    def to_the_beginning(dialog: QDialog) -> None:
        assert isinstance(dialog, RelationDialog)
        assert dialog.go.text() == "Go to the other end (Enter)"
        assert not dialog.back.isVisible()
        hand.keys("Down")
        assert listed(dialog)[dialog.view.currentIndex().row()] == "Works in ← Anna S. ⏎ Lebrune"
        hand.keys("W")
        assert listed(dialog) == everything
        assert dialog.view.currentIndex().row() == 1, "it stays the current one"
        assert dialog.back.isVisible()
        dialog.view.setFocus()
        hand.keys("Delete")
        assert listed(dialog) == [everything[0], everything[2]]
        hand.keys("Home", "Shift+Return")

    show(hand, to_the_beginning)
    assert chosen(hand) == "Anna S. Lebrune"
    assert len(there(hand)) == 2


def test_the_card_begins_one_and_opens_the_list(hand: Hand) -> None:
    line = hand.window.sections.chosen.relations
    hand.click_on(line.button)
    assert place(hand).startswith("Relate “Anna S. ⏎ Lebrune” to …")
    assert hand.reader.hasFocus()
    hand.keys("Tab", "Return")
    assert line.button.text() == "Relations…"
    hand.answer("relationDialog", QDialog.reject)
    hand.click_on(line.button)


def test_it_is_told_by_the_hover_card_the_rows_and_the_filter(hand: Hand) -> None:
    three(hand)
    start, _end = kit.at(hand, "Arvenia")
    rect = hand.reader.rect_at(start)
    hand.rest_on(QPoint(rect.left() + 2, rect.center().y()))
    words = hand.window.over.card.words
    assert "Ally of ↔ Karesh" in words
    assert "Works in ← Anna S. ⏎ Lebrune" in words
    hand.keys("Escape")
    panel = hand.window.sections.annotations
    model = panel.view.model()
    row = next(n for n in range(model.rowCount()) if model.index(n, 0).data(ITEM).quote == "Arvenia")
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert "Ally of ↔ Karesh" in str(model.index(row, 0).data(role))

    def passes(typed: str) -> list[str]:
        panel.filter.setFocus()
        panel.filter.selectAll()
        hand.type(typed)
        QTest.qWait(250)
        return [quote(model.index(n, 0).data(ITEM)) for n in range(model.rowCount())]

    assert passes("relation:") == ["Anna S. Lebrune", "Port Velis Harbour Authority", "Arvenia", "Karesh"]
    assert passes("relation:member_of") == ["Anna S. Lebrune", "Port Velis Harbour Authority"]
    assert passes('relation:"ally of"') == ["Arvenia", "Karesh"]
    assert passes("-relation:") == ["Sept 14", "Toll"]
    hand.window.session.history.undo()
    hand.wait_until(lambda: model.rowCount() == 3, "the list follows")


# --- an end is moved -----------------------------------------------------------------------------------------------


def tip(hand: Hand, title: str, nth: int) -> QPoint:
    """Return a place just outside of the chip at an end of an arc: 0 where it begins, 1 where it leads."""
    arc = seen(hand, title)
    at, end = arc.ends[nth]
    away = [at + QPointF(x, y) for x in range(-6, 7) for y in range(-6, 7)]
    free = [
        spot
        for spot in away
        if hand.reader.pointer._end_at(QPointF(on_screen(hand, spot)), None) is not None
        and hand.reader.pointer._hit(QPointF(on_screen(hand, spot))) is None
    ]
    assert free, f"the end at {end.id} cannot be taken hold of"
    return on_screen(hand, free[len(free) // 2])


def test_an_end_is_dragged_to_another_bar(hand: Hand) -> None:
    hand.keys("Ctrl+L", "Tab", "Tab", ",")
    hand.do("relations")
    [before] = hand.window.session.relations.here()
    hand.keys("Escape")
    hand.pull(tip(hand, "Works in", 1), QPoint(bar(hand, "Toll").center()))
    assert there(hand) == [("Anna S. Lebrune", "works_in", "Toll")]
    assert told(hand) == "Moved the end of Works in to “Toll”."
    assert hand.window.session.relations.here()[0].id == before.id
    hand.pull(tip(hand, "Works in", 1), QPoint(bar(hand, "Port Velis").center()))
    assert there(hand) == [("Anna S. Lebrune", "works_in", "Toll")]
    assert told(hand) == "The end stays where it is: Works in may not lead from Person to Organization."
    hand.pull(tip(hand, "Works in", 0), QPoint(bar(hand, "Karesh").center()))
    assert told(hand) == "The end stays where it is: Works in may not lead from Country to Country."
    press(hand, tip(hand, "Works in", 1))
    assert "Take off" in entries(hand), "a click is no drag"
    QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Escape)
    assert told(hand).startswith("The end stays")
    hand.keys("Ctrl+Z")
    assert there(hand) == [("Anna S. Lebrune", "works_in", "Arvenia")], "one step"
    assert "leads from “Anna S. ⏎ Lebrune” to “Toll”" in told(hand)


def test_an_arrow_head_over_another_bar_is_taken_hold_of_and_a_click_there_chooses_the_bar(hand: Hand) -> None:
    kit.label(hand, "Arvenia, Karesh", "2")
    choose(hand, "Arvenia")
    hand.keys("Ctrl+L")
    choose(hand, "Karesh and")
    hand.keys("Return", "Escape")
    assert there(hand) == [("Arvenia", "ally", "Karesh")]
    hand.do("relations")
    arc = seen(hand, "Ally of")
    at = on_screen(hand, arc.ends[1][0] + QPointF(0, 4))
    hit = hand.reader.pointer._hit(QPointF(at))
    assert hit is not None
    assert hand.window.session.spans[hit.ids[0]].quote == "Arvenia, Karesh"
    press(hand, at)
    assert chosen(hand) == "Arvenia, Karesh"
    hand.keys("Escape")
    hand.pull(at, QPoint(bar(hand, "Toll").center()))
    assert there(hand) == [("Arvenia", "ally", "Toll")]


def test_an_end_is_moved_by_keys(hand: Hand) -> None:
    three(hand)

    def far(dialog: QDialog) -> None:
        assert listed(dialog) == ["Ally of ↔ Karesh", "Works in ← Anna S. ⏎ Lebrune"]
        hand.keys("Down", "E")

    show(hand, far)
    assert place(hand) == (
        "Move the end of Works in (the other is “Anna S. ⏎ Lebrune”) – go there with Tab or a click, "
        "Enter takes it, Esc ends it"
    )
    assert hand.window.focusWidget() is hand.reader
    hand.keys("Return")
    assert told(hand).startswith("Go to the other end first")
    choose(hand, "Port Velis Harbour")
    assert place(hand) == "Move the end of Works in to “Port Velis Harbour Authority” – not possible"
    hand.keys("Return")
    assert told(hand) == "The end stays where it is: Works in may not lead from Person to Organization."
    choose(hand, "Arvenia")
    hand.keys("Return")
    assert told(hand) == "The end stays where it is: it stands at “Arvenia” already."
    hand.keys("Tab")
    assert (chosen(hand), told(hand)) == ("Karesh", ""), "the first that it may be moved to"
    choose(hand, "Toll")
    assert place(hand) == "Move the end of Works in to “Toll” – Enter moves it"
    hand.keys("Return")
    assert ("Anna S. Lebrune", "works_in", "Toll") in there(hand)
    assert len(there(hand)) == 3
    assert hand.window.session.relating is None
    hand.do("relations")
    hand.keys("Escape")
    press(hand, on_screen(hand, seen(hand, "Works in").place.center()))
    take(hand, "Move the end at “Toll”…")
    hand.keys("Escape")
    assert (hand.window.session.relating, chosen(hand)) == (None, "Anna S. Lebrune")


def test_an_end_is_not_moved_to_where_such_a_relation_stands_or_to_the_other_end(hand: Hand) -> None:
    hand.keys("Ctrl+L", "Tab", "Tab", ",")
    choose(hand, "Anna S.")
    hand.keys(",")
    choose(hand, "Toll")
    hand.keys("Return")
    relations = hand.window.session.relations
    first = next(one for one in relations.here() if quote(hand.window.session.spans[one.target]) == "Arvenia")
    relations.begin_move(first, first.target)
    choose(hand, "Toll")
    hand.keys("Return")
    assert told(hand) == "The end stays where it is: this relation is there already."
    hand.keys("Ctrl+Z")
    assert hand.window.session.relating is not None
    relations.delete(first)
    hand.keys("Return")
    assert hand.window.session.relating is None, "it was taken off meanwhile"


# --- what becomes of them -----------------------------------------------------------------------------------------


def test_they_survive_a_new_label_and_borders_and_go_with_an_end_in_one_step(hand: Hand) -> None:
    hand.keys("Ctrl+L", "Tab", "Return", "Tab")
    hand.keys("6")
    assert there(hand) == [MEMBER], "a place now"
    assert card(hand) == (
        "Member of ← Anna S. ⏎ Lebrune – not allowed any longer: Member of may not lead from Person to Place"
    )
    line = hand.window.sections.chosen.relations
    lines = wrapped(line.words.text(), line.words.font(), line.words.width(), line.height() // line_height())
    assert "…" not in lines[-1], "all of it is seen, in as many lines as it takes"
    hand.do("relations")
    picture(hand)
    assert [arc.wrong for arc in hand.reader.relation_lines.arcs] == [True]

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, RelationDialog)
        assert dialog.why.text() == "Not allowed any longer: Member of may not lead from Person to Place."
        dialog.reject()

    show(hand, look)
    hand.keys("2")
    assert card(hand) == "Member of ← Anna S. ⏎ Lebrune"
    hand.keys("F2", "Left", "Return")
    assert there(hand) == [("Anna S. Lebrune", "member_of", "Port Velis Harbour")]
    hand.keys("Delete")
    assert there(hand) == []
    assert told(hand) == "Deleted Organization “Port Velis Harbour” and its relation."
    choose(hand, "Anna S.")
    assert (card(hand), hand.window.sections.chosen.relations.button.text()) == ("", "Relate…")
    hand.keys("Ctrl+Z")
    assert there(hand) == [("Anna S. Lebrune", "member_of", "Port Velis Harbour")], "both came back in one step"
    choose(hand, "Anna S.")
    assert card(hand) == "Member of → Port Velis Harbour"
    hand.do("history")
    model = hand.window.sections.history.view.model()
    told_there = [str(model.index(n, 0).data()) for n in range(model.rowCount())]
    assert any("by Member of" in words for words in told_there)


def test_what_another_program_writes_is_seen(hand: Hand, tmp_path: Path) -> None:
    session = hand.window.session
    anna = session.chosen_annotation
    authority = next(one for one in session.spans if one.label == "ORGANIZATION")
    assert anna is not None
    with Project.open(tmp_path / "p.rubric", Settings().me()) as other:
        other.relations.add("member_of", anna, authority)
    hand.wait_until(lambda: card(hand) == "Member of → Port Velis Harbour Authority", "the news come")


# --- keys of attributes, and what stands on chips ------------------------------------------------------------------


def test_the_keys_of_attributes_work_where_no_label_has_them(hand: Hand) -> None:
    def said() -> dict[str, object]:
        found = hand.window.session.chosen_annotation
        assert found is not None
        return dict(found.attributes)

    hand.keys("Y")
    assert said() == {"gender": "f"}
    hand.keys("Y")
    assert said() == {"gender": "m"}
    hand.keys("2")
    assert chosen(hand) == "Anna S. Lebrune"
    assert hand.window.session.spans[hand.window.session.chosen or ""].label == "ORGANIZATION", "labels come first"
    hand.keys("Ctrl+Z")
    hand.type("-")
    picker = hand.window.over.attribute_picker
    assert picker.isVisible()
    hand.type("Anna")
    hand.keys("Return")
    assert said() == {"gender": "m", "alias": "Anna"}
    choose(hand, "Arvenia")
    hand.keys("Y")
    assert said() == {}, "a country has no gender"
    hand.window.session.choose(None)
    hand.keys("Y")

    def sheet(dialog: QDialog) -> None:
        assert isinstance(dialog, KeySheet)
        rows = [(row.text(0), row.text(1)) for _group, row in dialog.table.rows]
        assert ("Y", "Gender") in rows
        assert ("B", "Member of") in rows
        assert not any(words == "Sure" for _key, words in rows), "its key is a label’s"
        dialog.reject()

    hand.answer("keySheet", sheet)
    hand.keys("Ctrl+/")


def test_values_that_are_to_be_seen_stand_on_the_chip(hand: Hand) -> None:
    reader = hand.reader
    anna = hand.window.session.chosen or ""

    def word() -> str:
        annotation = hand.window.session.spans[anna]
        mark = reader.page.mark_of(annotation)
        assert mark is not None
        assert mark.bar.chip is not None
        assert mark.bar.chip[1] - mark.bar.chip[0] == reader.page.m.chip_width(mark.style.word)
        return mark.style.word

    assert word() == "PER"
    hand.keys("Y")
    assert word() == "PER·f"
    hand.window.session.attributes.set(ATTRIBUTES[1], True)
    assert word() == "PER·f·Sure"
    hand.window.session.attributes.set(ATTRIBUTES[1], False)
    assert word() == "PER·f"
    hand.keys("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert word() == "PER"


def test_words_that_are_found_are_the_end_of_a_relation(hand: Hand) -> None:
    hand.keys("Escape", "Ctrl+F")
    hand.type("anna s")
    hand.keys("Return", "Escape", "Ctrl+Shift+Right")
    session = hand.window.session
    assert session.chosen is None
    assert quote(session.meant) == "Anna S. Lebrune"
    hand.keys("B")
    assert session.relating is not None
    assert session.relating.label == "member_of"


def test_what_is_deleted_with_an_annotation_is_told(hand: Hand) -> None:
    session = hand.window.session

    def deleted() -> str:
        """Delete what is chosen, and take that back."""
        hand.keys("Delete")
        words = told(hand)
        hand.keys("Ctrl+Z")
        choose(hand, "Anna S.")
        return words

    def one() -> Annotation:
        assert session.chosen_annotation is not None
        return session.chosen_annotation

    assert deleted() == "Deleted Person “Anna S. ⏎ Lebrune”."
    session.comments.add(one(), "Is it one name?")
    assert deleted() == "Deleted Person “Anna S. ⏎ Lebrune” and its comment."
    session.run(session.ready.write_note(one(), "Look again."))
    session.comments.add(one(), "It is.")
    assert deleted() == "Deleted Person “Anna S. ⏎ Lebrune”, its note and its 2 comments."
    hand.keys("Ctrl+L", "Tab", "Return")
    words = "Deleted Person “Anna S. ⏎ Lebrune”, its note, its 2 comments and its relation."
    assert deleted() == words

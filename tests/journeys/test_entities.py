"""What annotations mean: linked by typing, by name chain and everywhere, put together, split, walked through, listed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QMessageBox
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.entities import Entity
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui import chips, theme
from rubricator_gui.dialogs.entity import EntityDialog
from rubricator_gui.dialogs.entity_import import BrokenDialog, ColumnsDialog
from rubricator_gui.dialogs.twins import TwinsDialog
from rubricator_gui.hand import Hand
from rubricator_gui.panels.suggestions import WHY
from rubricator_gui.reader.paint import chip_rect

FIRST = "Talks\n\nSergey Lebedev spoke in Velis. Mr Lebedev left. Velis slept, and Lebedev flew to Velis again.\n"
SECOND = "More\n\nVelis woke. S. Lebedev is back in Velis.\n"


@pytest.fixture
def hand(start: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    return start(kit.project(tmp_path / "p.rubric", [FIRST, SECOND]))


def told(hand: Hand) -> str:
    """Return the notice on the status line."""
    return hand.window.status._notice.text()


def entities(hand: Hand) -> list[tuple[str, str, int]]:
    """Return (name, kind, mentions) of each entity."""
    project = hand.window.session.ready
    counts = project.entities.counts()
    return [(one.name, one.kind, counts.get(one.id, 0)) for one in project.entities.all()]


def linked(hand: Hand) -> list[tuple[str, str]]:
    """Return (quote, entity) of the annotations of the article shown."""
    session = hand.window.session
    names = {one.id: one.name for one in session.ready.entities.all()}
    return [(one.quote, names.get(one.entity, one.entity)) for one in session.spans]


def label_all(hand: Hand) -> None:
    """Label the names of both articles."""
    session = hand.window.session
    for article, labels in (
        (
            "a1",
            (
                ("Sergey Lebedev", "1", 0),
                ("Lebedev", "1", 1),
                ("Lebedev", "1", 2),
                ("Velis", "0", 0),
                ("Velis", "0", 1),
                ("Velis", "0", 2),
            ),
        ),
        ("a2", (("Velis", "0", 0), ("S. Lebedev", "1", 0), ("Velis", "0", 1))),
    ):
        session.show_article(article)
        for words, key, nth in labels:
            kit.label(hand, words, key, nth)
    session.show_article("a1")


def choose(hand: Hand, words: str, nth: int = 0) -> None:
    """Click on an annotation."""
    start, _end = kit.at(hand, words, nth)
    hand.click(start + 1)
    assert hand.window.session.chosen_annotation is not None


def test_a_new_entity_takes_the_full_name_and_all_forms_of_it_in_the_article(hand: Hand) -> None:
    label_all(hand)
    choose(hand, "Lebedev", 1)
    hand.keys("Ctrl+U")
    picker = hand.window.over.entity_picker
    assert picker.isVisible()
    assert picker.model.index(0).data() == "New entity “Sergey Lebedev”"
    hand.keys("Shift+Return")
    assert not picker.isVisible()
    assert hand.reader.hasFocus()
    assert entities(hand) == [("Sergey Lebedev", "PERSON", 3)]
    assert hand.window.session.ready.entities.all()[0].aliases == ("Lebedev",)
    assert [(quote, name) for quote, name in linked(hand) if name] == [
        ("Sergey Lebedev", "Sergey Lebedev"),
        ("Lebedev", "Sergey Lebedev"),
        ("Lebedev", "Sergey Lebedev"),
    ]
    hand.keys("Ctrl+Z")
    assert entities(hand) == [], "the entity and its links are one step"
    hand.keys("Ctrl+Shift+Z")
    assert entities(hand) == [("Sergey Lebedev", "PERSON", 3)]


def test_of_thousands_of_annotations_only_those_are_read_that_may_mean_the_same(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    words = [f"Word{n}" for n in range(3_000)]
    path = kit.project(tmp_path / "p.rubric", [f"Velis {' '.join(words)} Velis"])
    with Project.open(path, Settings().me()) as project:
        text = project.text(project.article("a1"))
        places = [Span.of(found.start(), found.end()) for found in re.finditer(r"\S+", text)]
        project.annotate("a1", "CITY", places)
    hand = start(path)
    choose(hand, "Velis")
    session = hand.window.session
    known = len(session.spans._known)
    assert known < 2_000, "what is seen is read, and no more"
    hand.keys("Ctrl+U")
    assert hand.window.over.entity_picker.isVisible()
    assert len(session.spans._known) - known <= 2
    hand.keys("Shift+Return")
    assert entities(hand) == [("Velis", "CITY", 2)]


def test_the_list_is_read_once_and_patched_by_links_changes_undo_and_others(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = hand.window.session
    project = session.ready
    session.run(project.entities.add([Entity("e1", "Port Velis", "CITY"), Entity("e2", "Venice", "CITY")]))
    label_all(hand)
    assert len(session.linking.finder.by_id) == 2
    again = project.entities.all
    monkeypatch.setattr(project.entities, "all", lambda: pytest.fail("the list is read again"))
    choose(hand, "Velis")
    hand.keys("Ctrl+U", "Shift+Return")
    finder = session.linking.finder
    assert finder.counts == {"e1": 3}
    choose(hand, "Sergey")
    hand.keys("Ctrl+U", "Return")
    assert [one.entity.name for one in session.linking.finder.find("lebedev")] == ["Sergey Lebedev"]
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert session.linking.finder.counts == {}
    assert session.linking.finder.find("lebedev") == []
    with Project.open(project.path, project.me) as other:
        entity = other.entities.get("e2")
        assert entity is not None
        other.entities.change(entity, entity._replace(name="Venezia"))
        other.entities.link([other.annotations("a1")[0]], entity)
    hand.wait_until(lambda: bool(session.linking.finder.find("venezia")), "what another program wrote is found")
    assert session.linking.finder.counts == {"e2": 1}
    assert session.linking.finder.by_id == {one.id: one for one in again()}


def test_a_link_that_another_program_takes_off_is_counted_no_more(hand: Hand) -> None:
    label_all(hand)
    choose(hand, "Velis")
    hand.keys("Ctrl+U", "Shift+Return", "Ctrl+Shift+E")
    session = hand.window.session
    panel = hand.window.sections.entities
    (entity,) = session.ready.entities.all()
    assert panel._model.short_count(entity) == "3"
    with Project.open(session.ready.path, session.ready.me) as other:
        linked = next(one for one in other.annotations("a1") if one.entity)
        other.entities.link([linked], None)
    hand.wait_until(lambda: panel._model.short_count(panel._model.entity(0)) == "2", "one link less")


def test_the_beginning_of_a_name_that_the_article_mentions_may_be_that_thing(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    text = "Talks\n\nThe Northern Harbour Council met. The Northern Harbour agreed. The North was away.\n"
    hand = start(kit.project(tmp_path / "p.rubric", [text, text]))
    session = hand.window.session
    for words in ("Northern Harbour Council", "Northern Harbour agreed"):
        begin = session.text.index(words)
        session.select(Span.of(begin, begin + len(words.removesuffix(" agreed"))))
        session.labelling.label("ORGANIZATION")
    council, short = session.spans
    session.choose(council.id)
    hand.keys("Ctrl+U", "Return")
    session.choose(short.id)
    hand.keys("Ctrl+U", "Return")
    assert entities(hand) == [("Northern Harbour Council", "ORGANIZATION", 2)]
    hand.keys("Ctrl+Z")
    begin = session.text.index("North was")
    session.select(Span.of(begin, begin + 5))
    session.labelling.label("ORGANIZATION")
    hand.keys("Ctrl+U", "Return")
    assert ("North", "ORGANIZATION", 1) in entities(hand), "half a word is no beginning"


def test_words_that_are_selected_mean_the_annotation_that_stands_on_them(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, "Sergey Lebedev", "1")
    begin = session.text.index("Sergey")
    session.choose(None)
    session.select(Span.of(begin, begin + len("Sergey Lebedev")))
    assert hand.window.actions["link"].isEnabled()
    hand.keys("Ctrl+U", "Return")
    assert linked(hand) == [("Sergey Lebedev", "Sergey Lebedev")]
    hand.keys("Ctrl+Z")
    session.choose(None)
    session.select(Span.of(begin, begin + len("Sergey")))
    hand.keys("Ctrl+U")
    words = "Link to an entity: no annotation is chosen. Tab chooses “Sergey Lebedev” around it."
    assert hand.window.status.notice == words, "it may be the words inside that are meant"
    hand.keys("F7")
    words = "Next mention of the same: no annotation that links to an entity is chosen."
    assert hand.window.status.notice == words, "what stands around is named only where one is to be chosen"
    hand.keys("Tab", "Ctrl+U", "Return")
    assert linked(hand) == [("Sergey Lebedev", "Sergey Lebedev")]
    session.choose(None)
    session.select(Span.of(begin, begin + len("Sergey")))
    hand.keys("Delete")
    assert [a.quote for a in session.spans] == ["Sergey Lebedev"], "but it is not deleted by a part of it"


def walk_to(hand: Hand, span: Span) -> None:
    """Walk to the suggestion of some words."""
    for _time in range(10):
        if hand.window.session.offered is not None and hand.window.session.offered.span == span:
            return
        hand.keys("Tab")
    pytest.fail("it is not suggested")


def test_what_is_suggested_for_the_same_words_means_the_same_entity(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, "Velis", "0")
    choose(hand, "Velis")
    hand.keys("Ctrl+U", "Return")
    assert entities(hand) == [("Velis", "CITY", 1)]
    hand.wait_until(lambda: not session.offers_due and not session.looking.active, "it was looked for")
    velis = [offer for offer in session.offers if offer.span.quote(session.text) == "Velis"]
    assert [offer.entity for offer in velis] == [session.ready.entities.all()[0].id] * 2
    walk_to(hand, velis[0].span)
    hand.keys("Shift+F1")
    assert "It will be linked to Velis" in hand.window.over.card.words
    assert hand.window.sections.chosen.empty._words.text().endswith("It will be linked to Velis.")
    hand.keys("Space")
    assert entities(hand) == [("Velis", "CITY", 2)]
    assert told(hand).startswith("Labelled “Velis” as City, town and linked it to Velis.")
    walk_to(hand, velis[1].span)
    hand.keys("1")
    assert [a.label for a in session.spans] == ["CITY", "CITY", "PERSON"]
    assert entities(hand) == [("Velis", "CITY", 2)], "with another label: what it is then, one says oneself"


def test_who_accepts_many_is_told_before_and_after_what_is_linked(hand: Hand) -> None:
    session = hand.window.session
    kit.label(hand, "Velis", "0")
    choose(hand, "Velis")
    hand.keys("Ctrl+U", "Return")
    kit.label(hand, "Sergey Lebedev", "1")
    hand.keys("Escape")
    hand.wait_until(lambda: not session.offers_due and not session.looking.active, "it was looked for")
    hand.window.side.bring("suggestions")
    model = hand.window.sections.suggestions.view.model()
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    told_before = {str(row.data()): str(row.data(WHY)).startswith("Links to Velis · ") for row in rows}
    assert told_before["Velis"]
    assert not told_before["Lebedev"]
    velis = next(row for row in rows if row.data() == "Velis")
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert "It will be linked to Velis." in str(velis.data(role))
    n = len(session.offers)
    hand.keys("Ctrl+Shift+Return")
    assert told(hand).startswith(f"Accepted {n} suggestions, 2 linked to their entities.")
    assert entities(hand) == [("Velis", "CITY", 3)]


def test_typing_finds_an_entity_and_all_mentions_of_the_corpus_are_linked_at_once(hand: Hand) -> None:
    label_all(hand)
    project = hand.window.session.ready
    hand.window.session.run(
        project.entities.add(
            [Entity("e1", "Port Velis", "CITY", "wikidata:Q1", ("Velis",)), Entity("e2", "Venice", "CITY")]
        )
    )
    choose(hand, "Velis")
    hand.keys("Ctrl+U")
    picker = hand.window.over.entity_picker
    assert picker.model.index(0).data() == "Port Velis", "another name of it is meant first"
    hand.type("ven")
    assert [picker.model.index(n).data() for n in range(picker.model.rowCount())] == ["Venice", "New entity “ven”"]
    hand.keys("Backspace", "Backspace", "Backspace", "Ctrl+Return")
    assert entities(hand) == [("Port Velis", "CITY", 5), ("Venice", "CITY", 0)]
    assert "Linked 5 mentions to Port Velis" in told(hand)
    hand.keys("F7")
    assert "Mention 2 of 5 of Port Velis" in told(hand)
    hand.keys("F7", "F7")
    session = hand.window.session
    assert session.article is not None
    assert session.article.id == "a2", "over to the next article"
    hand.keys("Shift+F7")
    assert session.article is not None
    assert session.article.id == "a1"
    hand.do("unlink")
    assert entities(hand)[0] == ("Port Velis", "CITY", 4)


def test_the_panel_lists_finds_walks_and_takes_off(hand: Hand) -> None:
    label_all(hand)
    session = hand.window.session
    project = session.ready
    session.run(project.entities.add([Entity(f"e{n}", f"Town {n}", "CITY") for n in range(300)]))
    velis = project.entities.new("Velis", "CITY")
    session.run(project.entities.link([one for one in session.spans if one.quote == "Velis"], velis, new=True))
    hand.keys("Ctrl+Shift+E")
    panel = hand.window.sections.entities
    assert panel.isVisible()
    assert panel.view.model().index(0, 0).data() == "Velis", "what the article mentions comes first"
    assert panel.view.model().rowCount() <= 201
    panel.search.setFocus()
    hand.type("town 299")
    assert panel.view.model().rowCount() == 1
    hand.keys("Escape", "Down", "Home", "Return")
    chosen = session.chosen_annotation
    assert chosen is not None
    assert chosen.quote == "Velis"
    panel.view.setFocus()
    hand.keys("Delete")
    assert "Took Velis and 3 links to it off the list" in told(hand)
    assert linked(hand)[-1] == ("Velis", "")
    hand.keys("Ctrl+Z")
    assert linked(hand)[-1] == ("Velis", "Velis")
    hand.keys("Ctrl+Shift+E")
    assert not panel.isVisible()


def details(hand: Hand, work: object) -> None:
    """Have the details of the first entity of the panel opened by F2 and worked on."""
    hand.window.sections.entities.view.setFocus()
    hand.answer("entityDialog", work)  # type: ignore[arg-type]
    hand.keys("Home", "F2")


def test_the_details_rename_and_split(hand: Hand) -> None:
    label_all(hand)
    session = hand.window.session
    velis = session.ready.entities.new("Velis", "CITY")
    session.run(session.ready.entities.link([one for one in session.spans if one.quote == "Velis"], velis, new=True))
    hand.keys("Ctrl+Shift+E")

    def rename(dialog: QDialog) -> None:
        assert isinstance(dialog, EntityDialog)
        assert dialog.mentions.count() == 3
        dialog.name.setFocus()
        dialog.name.selectAll()
        QTest.keyClicks(dialog.name, "Port Velis")
        QTest.keyClicks(dialog.external, "Nonsense")
        assert not dialog.save.isEnabled()
        assert "neither a Wikidata id nor an address" in dialog.why.text()
        dialog.external.clear()
        QTest.keyClicks(dialog.external, "q42")
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    details(hand, rename)
    assert [(one.name, one.external) for one in session.ready.entities.all()] == [("Port Velis", "wikidata:Q42")]

    def split(dialog: QDialog) -> None:
        assert isinstance(dialog, EntityDialog)
        QTest.keyClicks(dialog.note, "On the Sund.")
        dialog.mentions.setFocus()
        QTest.keyClick(dialog.mentions, Qt.Key.Key_End)
        QTest.keyClick(dialog.mentions, Qt.Key.Key_Space)
        assert len(dialog.ticked) == 1
        hand.answer("QInputDialog", name_it)
        QTest.keyClick(dialog.split, Qt.Key.Key_Return)

    def name_it(dialog: QDialog) -> None:
        assert isinstance(dialog, QInputDialog)
        dialog.setTextValue("Velis (the ship)")
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    details(hand, split)
    assert entities(hand) == [("Port Velis", "CITY", 2), ("Velis (the ship)", "CITY", 1)]
    assert session.ready.entities.all()[0].note == "On the Sund.", "what was typed before is kept"
    assert told(hand).startswith("1 mention is “Velis (the ship)” now; it and “Port Velis” stay two.")
    hand.keys("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert entities(hand) == [("Velis", "CITY", 3)]


def test_a_name_that_mentions_left_behind_have_is_that_of_both_after_a_split(hand: Hand) -> None:
    label_all(hand)
    session = hand.window.session
    place = session.ready.entities.new("Port Velis", "CITY", aliases=["Velis", "Harbour"])
    session.run(session.ready.entities.link([one for one in session.spans if one.quote == "Velis"], place, new=True))
    hand.keys("Ctrl+Shift+E")

    def split(n: int) -> Callable[[QDialog], None]:
        def tick(dialog: QDialog) -> None:
            assert isinstance(dialog, EntityDialog)
            dialog.mentions.setFocus()
            hand.keys("Home")
            for _mention in range(n):
                hand.keys("Space", "Down")
            hand.answer("QInputDialog", lambda _asked: hand.keys("Return"))  # as the mention is called
            dialog.split.setFocus()
            hand.keys("Return")

        return tick

    def names() -> list[tuple[str, ...]]:
        return [one.names for one in session.ready.entities.all()]

    details(hand, split(1))
    assert names() == [("Port Velis", "Velis", "Harbour"), ("Velis",)]
    both = "1 mention is “Velis” now; it and “Port Velis” stay two, both called “Velis”."
    assert told(hand).startswith(both)
    assert ("Velis", "Port Velis") in linked(hand)
    hand.picture(Path(session.ready.path).with_name("both.png"))
    hand.reader.setFocus()
    hand.keys("Ctrl+Z")
    details(hand, split(3))
    assert names() == [("Port Velis", "Harbour"), ("Velis",)], "no mention is left behind that has it"
    assert told(hand).startswith("3 mentions are “Velis” now; it and “Port Velis” stay two.")


def put_together(hand: Hand, one: str, other: str, *keys: str) -> list[str]:
    """Put an entity together, in its details, with one that is typed there; return what was asked."""
    asked: list[str] = []

    def which(box: QDialog) -> None:
        assert isinstance(box, QMessageBox)
        asked.extend((box.text(), *(button.text() for button in box.buttons())))
        hand.keys(*keys)

    def merge(dialog: QDialog) -> None:
        assert isinstance(dialog, EntityDialog)
        dialog.merge.setFocus()
        QTest.keyClick(dialog.merge, Qt.Key.Key_Space)
        assert QApplication.activePopupWidget() is not None
        hand.type(other)
        hand.answer("confirm", which)
        hand.keys("Return")
        if dialog.isVisible():
            QTest.keyClick(dialog, Qt.Key.Key_Escape)

    panel = hand.window.sections.entities
    panel.focus_search()
    hand.type(one)
    hand.answer("entityDialog", merge)
    hand.keys("F2")
    panel.search.clear()
    return asked


def test_one_is_put_together_with_another_that_is_typed_and_stays_unless_it_is_turned_round(hand: Hand) -> None:
    session = hand.window.session
    session.run(session.ready.entities.add([Entity("e1", "Arvenia"), Entity("e2", "Velis"), Entity("e3", "Port & Co")]))
    hand.keys("Ctrl+Shift+E")

    def names() -> list[tuple[str, tuple[str, ...]]]:
        return [(one.name, one.aliases) for one in session.ready.entities.all()]

    assert put_together(hand, "arv", "port", "Return") == [
        "“Arvenia” and “Port & Co” are one. Which of them stays?",
        "Keep “Arvenia”",
        "Keep “Port && Co”",
        "Cancel",
    ]
    assert names() == [("Arvenia", ("Port & Co",)), ("Velis", ())]
    hand.do("undo")
    put_together(hand, "arv", "port", "Tab", "Space")
    assert names() == [("Port & Co", ("Arvenia",)), ("Velis", ())], "turned round"
    hand.do("undo")
    put_together(hand, "arv", "port", "Escape")
    assert names() == [("Arvenia", ()), ("Port & Co", ()), ("Velis", ())]


def test_an_entity_is_no_other_name_of_itself_however_it_is_called(hand: Hand) -> None:
    session = hand.window.session
    session.run(session.ready.entities.add([Entity("e1", "S. Lebedev"), Entity("e2", "Sergey Lebedev")]))
    hand.keys("Ctrl+Shift+E")
    put_together(hand, "s.", "sergey", "Return")

    def rename(dialog: QDialog) -> None:
        assert isinstance(dialog, EntityDialog)
        assert dialog.aliases.toPlainText() == "Sergey Lebedev"
        dialog.name.setFocus()
        dialog.name.selectAll()
        QTest.keyClicks(dialog.name, "Sergey Lebedev")
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    details(hand, rename)
    (entity,) = session.ready.entities.all()
    assert (entity.name, entity.aliases) == ("Sergey Lebedev", ())


def test_mentions_are_seen_with_the_words_around_them(hand: Hand) -> None:
    label_all(hand)
    choose(hand, "Velis", 1)
    hand.keys("Ctrl+U", "Ctrl+Return", "Ctrl+Shift+E")

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, EntityDialog)
        spoken = [dialog.mentions.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(5)]
        around = "Mr Lebedev left. “Velis” slept, and Lebedev flew to Velis again. – Talks"
        assert spoken[1].startswith(f"Talks Sergey Lebedev spoke in Velis. {around}")
        assert spoken[4].startswith("More Velis woke. S. Lebedev is back in “Velis”. – More")
        dialog.mentions.setCurrentRow(0)
        dialog.mentions.setFocus()
        row = dialog.mentions.visualItemRect(dialog.mentions.item(1))
        picture = dialog.mentions.viewport().grab(row).toImage()
        accent = theme.theme_of(dialog.mentions.palette()).colour("Accent")
        marked = [
            x for x in range(picture.width()) for y in range(picture.height()) if picture.pixelColor(x, y) == accent
        ]
        assert marked, "the mention itself is marked"
        assert picture.width() // 8 < min(marked) < picture.width() // 2, "and words stand before it"
        assert dialog.split.text() == "Split off mentions…"
        QTest.keyClick(dialog.mentions, Qt.Key.Key_Space)
        assert (dialog.split.text(), len(dialog.ticked)) == ("Split off 1 mention…", 1)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    details(hand, look)


def test_what_stands_around_a_mention_is_cut_between_words_and_says_so(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    far = "whoever travelled " * 9
    hand = start(kit.project(tmp_path / "p.rubric", [f"Talks\n\n{far}saw Velis where {far}slept.\n"]))
    kit.label(hand, "Velis", "0")
    choose(hand, "Velis")
    hand.keys("Ctrl+U", "Return", "Ctrl+Shift+E")

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, EntityDialog)
        spoken = dialog.mentions.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert spoken.startswith("… whoever travelled whoever travelled whoever travelled saw “Velis” where whoever")
        assert "whoever travelled whoever travelled whoever travelled … – " in spoken
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    details(hand, look)


def test_pairs_that_may_be_the_same_are_settled_by_keys(hand: Hand) -> None:
    session = hand.window.session
    names = ("Lebedev", "S. Lebedev", "Sergey Lebedev", "Ivan Petrov", "Petrov")
    session.run(session.ready.entities.add([Entity(f"e{n}", name, "PERSON") for n, name in enumerate(names)]))

    def settle(dialog: QDialog) -> None:
        assert isinstance(dialog, TwinsDialog)
        hand.wait_until(lambda: dialog.list.count() == 4, "the pairs")
        assert dialog.list.item(0).text() == "Sergey Lebedev (0)  =  S. Lebedev (0)?  given names that agree"
        QTest.keyClick(dialog.list, Qt.Key.Key_Return)
        assert dialog.list.count() == 2, "the pairs with what is gone are gone"
        QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
        QTest.keyClick(dialog.list, Qt.Key.Key_Return)
        assert dialog.list.count() == 0
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    hand.answer("twinsDialog", settle)
    hand.do("twins")
    assert [one.name for one in session.ready.entities.all()] == ["Ivan Petrov", "Petrov", "Sergey Lebedev"]

    def none(dialog: QDialog) -> None:
        assert isinstance(dialog, TwinsDialog)
        hand.wait_until(lambda: "No two entities" in dialog.words.text(), "nothing is left")
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    hand.answer("twinsDialog", none)
    hand.do("twins")
    hand.keys("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert len(session.ready.entities.all()) == 5


def test_a_list_comes_in_with_its_columns_mapped_and_its_broken_lines_told(hand: Hand, tmp_path: Path) -> None:
    source = tmp_path / "people.csv"
    source.write_text("Wer,qid\nSergey Lebedev,Q5\n,Q6\nVelis,nonsense here\nIvan Petrov,\n", encoding="utf-8")
    project = hand.window.session.ready

    def map_columns(dialog: QDialog) -> None:
        assert isinstance(dialog, ColumnsDialog)
        assert not dialog.go.isEnabled(), "no column is called like names"
        assert dialog.fields["external"].currentText() == "qid"
        dialog.fields["name"].setFocus()
        QTest.keyClicks(dialog.fields["name"], "W")
        hand.answer("brokenDialog", look)
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, BrokenDialog)
        assert [dialog.list.item(n).text() for n in range(dialog.list.count())] == [
            "Line 3: it has no name.",
            "Line 4: “nonsense here” is neither a Wikidata id nor an address.",
        ]
        assert project.entities.all() == [], "nothing was written yet"
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    hand.answer_file(source)
    hand.answer("columnsDialog", map_columns)
    hand.do("import-entities")
    hand.wait_until(lambda: len(project.entities.all()) == 2, "the list is in the project")
    hand.wait_until(lambda: "2 new entities, 2 lines are broken" in told(hand), "it is said")
    hand.keys("Ctrl+Z")
    assert project.entities.all() == []
    hand.keys("Ctrl+Shift+Z")
    out = tmp_path / "out.csv"
    hand.answer_file(out)
    hand.do("export-entities")
    assert "Sergey Lebedev" in out.read_text(encoding="utf-8")


def test_the_card_and_the_hover_card_say_what_is_meant(hand: Hand) -> None:
    label_all(hand)
    choose(hand, "Velis")
    card = hand.window.sections.chosen
    assert card.entity.button.accessibleDescription() == "No entity"
    QTest.mouseClick(card.entity.button, Qt.MouseButton.LeftButton)
    hand.keys("Return")
    choose(hand, "Velis")
    assert card.entity.words.text() == "Entity: Velis"
    start, _end = kit.at(hand, "Velis")
    rect = hand.reader.rect_at(start)
    hand.rest_on(QPoint(rect.left() + 2, rect.center().y()))
    linked = "Linked to Velis (the line on its chip)"
    assert linked in hand.window.over.card.words
    view = hand.window.sections.annotations.view
    row = next(n for n in range(view.model().rowCount()) if view.model().index(n, 0).data() == "Velis")
    index = view.model().index(row, 0)
    assert linked in str(index.data(Qt.ItemDataRole.ToolTipRole)).splitlines()
    assert linked in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    choose(hand, "Sergey Lebedev")
    rect = hand.reader.rect_at(kit.at(hand, "Sergey Lebedev")[0])
    hand.rest_on(QPoint(rect.left() + 2, rect.center().y()))
    assert "inked to" not in hand.window.over.card.words


def underlined(image: QImage, chip: QRectF, ink: QColor) -> bool:
    """Say whether a line goes through a picture of a chip that is longer than any stroke of a letter."""
    box = chip.toRect()
    for y in range(box.top() + 2, box.bottom() + 1):
        row = "".join(" #"[image.pixelColor(x, y) == ink] for x in range(box.left() + 2, box.right() - 1))
        if max(map(len, row.split()), default=0) >= 12:
            return True
    return False


def ink_of(hand: Hand) -> QColor:
    """Return the colour of the letters on the chips of persons."""
    label = hand.window.session.scheme.by_name["PERSON"]
    return theme.theme_of(hand.reader.palette()).label(label).chip_text


def linked_in_text(hand: Hand) -> list[bool]:
    """Return of each annotation whether its chip in the article is underlined."""
    reader = hand.reader
    found = []
    for annotation in hand.window.session.spans:
        rect = hand.reader.rect_at(annotation.start)
        mark = reader.page.mark_of(annotation)
        assert mark is not None
        assert mark.bar.chip is not None
        chip = chip_rect(mark, mark.bar.chip, reader.page.m)
        chip.translate(0, rect.top() - reader.page.character_rect(annotation.start).top())
        found.append(underlined(reader.viewport().grab().toImage(), chip, ink_of(hand)))
    return found


def linked_in_list(hand: Hand) -> list[bool]:
    """Return of each annotation whether its chip in the list is underlined."""
    view = hand.window.sections.annotations.view
    image = view.viewport().grab().toImage()
    high, wide = chips.chip_height(), chips.chip_width(hand.window.session.scheme.labels)
    rows = [view.visualRect(view.model().index(row, 0)) for row in range(view.model().rowCount())]
    corners = [row.topLeft() + QPoint(3 * theme.unit(), (row.height() - high + 1) // 2) for row in rows]
    return [underlined(image, QRectF(corner, QSize(wide, high)), ink_of(hand)) for corner in corners]


def test_what_is_linked_is_told_from_what_is_left_in_text_and_list(hand: Hand) -> None:
    for nth, words in enumerate(("Sergey Lebedev", "Lebedev", "Lebedev")):
        kit.label(hand, words, "1", nth)
    assert linked_in_text(hand) == linked_in_list(hand) == [False] * 3
    choose(hand, "Lebedev", 1)
    hand.keys("Ctrl+U", "Return", "Escape")
    assert [bool(name) for _quote, name in linked(hand)] == [False, True, False]
    assert linked_in_text(hand) == linked_in_list(hand) == [False, True, False]
    field = hand.window.sections.annotations.filter
    assert "-entity:" in field.toolTip()
    assert "underlined" in field.toolTip()
    hand.keys("Ctrl+Z")
    assert linked_in_text(hand) == linked_in_list(hand) == [False] * 3


def test_entities_are_found_by_other_names_and_ids_as_by_their_names(hand: Hand) -> None:
    label_all(hand)
    session = hand.window.session
    places = [
        Entity("e1", "Port Velis", "CITY", "wikidata:Q7779", ("Harbour of Velis",)),
        Entity("e2", "Venice", "CITY", "https://example.org/places/venice"),
    ]
    session.run(session.ready.entities.add(places))
    velis = [one for one in session.spans if one.quote == "Velis"]
    session.run(session.ready.entities.link(velis[:2], places[0]))
    session.run(session.ready.entities.link(velis[2:], places[1]))
    panel = hand.window.sections.annotations

    def passes(typed: str) -> int:
        panel.filter.setFocus()
        panel.filter.selectAll()
        hand.type(typed)
        QTest.qWait(250)
        return panel.view.model().rowCount()

    found = {"Q7779": 2, "wikidata:Q7779": 2, "e2": 1, "https://example.org/places/venice": 1, "harbour": 2, "port": 2}
    assert {typed: passes(f"entity:{typed}") for typed in found} == found
    assert passes("entity:Q777999") == 0
    assert passes("-entity:") == 3
    passes(" ")
    articles = hand.window.articles

    def listed(typed: str) -> list[str]:
        hand.do("filter-articles")
        hand.type(typed)
        QTest.qWait(250)
        return articles.listed()

    for called in ("q7779", "harbour", "e2", "venice"):
        assert listed(f"entity:{called}") == ["a1"]
    assert listed("entity:Q777999") == []
    assert listed("entity:") == ["a1", "a2"]
    hand.reader.setFocus()
    hand.keys("Ctrl+Shift+E")
    entities_panel = hand.window.sections.entities
    entities_panel.focus_search()
    hand.type("q7779")
    model = entities_panel.view.model()
    assert [model.index(n, 0).data() for n in range(model.rowCount())] == ["Port Velis"]

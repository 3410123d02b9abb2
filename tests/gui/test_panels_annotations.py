"""The panel of annotations and the card of the chosen one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.panel_help import Show, article, click, label, make_session, texts

from rubricator.model.layer_edits import annotate
from rubricator.model.spans import Span
from rubricator_gui import theme
from rubricator_gui.panels.annotations import AnnotationPanel
from rubricator_gui.panels.chosen import ChosenCard, place_of
from rubricator_gui.panels.nested import DEPTH
from rubricator_gui.panels.quotes import lines_of, one_line
from rubricator_gui.panels.rows import MARKED, Ink
from rubricator_gui.session import Session


@pytest.fixture
def session(tmp_path: Path, qapp: object) -> Iterator[Session]:
    session = make_session(tmp_path)
    label(session, "Arvenia", "COUNTRY")
    label(session, "Anna S.\n\nLebrune", "PERSON")
    label(session, "Sund", "LOCATION")
    yield session
    session.close()


@pytest.fixture
def panel(session: Session, shown: Show) -> AnnotationPanel:
    panel = AnnotationPanel(session)
    panel.resize(332, 400)
    shown(panel)
    return panel


def test_quotes_fit_on_one_line() -> None:
    assert one_line("Anna S.\n\nLebrune") == "Anna S. ⏎ Lebrune"
    assert (lines_of("Anna S.\n\nLebrune"), lines_of("Sund"), lines_of("")) == (2, 1, 1)
    assert len(one_line("x" * 100_000)) < 1000


def test_it_lists_in_reading_order(panel: AnnotationPanel) -> None:
    assert texts(panel.view) == ["Sund", "Anna S. ⏎ Lebrune", "Arvenia"]
    assert (panel.note, panel.badge) == ("3", "3")


def test_it_is_patched(session: Session, panel: AnnotationPanel) -> None:
    resets: list[bool] = []
    panel.view.model().modelReset.connect(lambda: resets.append(True))
    label(session, "Lebrune", "PERSON")
    assert texts(panel.view) == ["Sund", "Anna S. ⏎ Lebrune", "Lebrune", "Arvenia"]
    session.choose(next(a.id for a in session.spans if a.quote == "Sund"))
    start = session.text.index("Sund grain")
    session.labelling.reshape(Span.of(start, start + 10))
    assert texts(panel.view)[0] == "Sund grain"
    session.labelling.delete()
    assert texts(panel.view) == ["Anna S. ⏎ Lebrune", "Lebrune", "Arvenia"]
    session.history.undo()
    session.history.undo()
    assert texts(panel.view)[0] == "Sund"
    assert not resets
    session.show_article("a2")
    assert texts(panel.view) == []


def test_a_click_chooses_and_choosing_marks(session: Session, panel: AnnotationPanel) -> None:
    session.wish_offers(False)  # they would be walked to as well
    click(panel.view, 2)
    assert session.chosen_annotation is not None
    assert session.chosen_annotation.quote == "Arvenia"
    session.walking.walk(-1, 0)
    assert panel.view.currentIndex().row() == 1
    assert [bool(panel.view.model().index(row, 0).data(MARKED)) for row in range(3)] == [False, True, False]
    session.choose(None)
    assert not panel.view.model().index(1, 0).data(MARKED)


def test_keys_walk_choose_and_delete(session: Session, panel: AnnotationPanel) -> None:
    click(panel.view, 0)
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    assert session.chosen_annotation is not None
    assert session.chosen_annotation.label == "PERSON"
    QTest.keyClick(panel.view, Qt.Key.Key_Delete)
    assert texts(panel.view) == ["Sund", "Arvenia"]
    assert session.chosen_annotation is not None
    assert session.chosen_annotation.quote == "Arvenia", "one goes on to the next"
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier, "", autorep=True)
    QApplication.sendEvent(panel.view, held)
    assert texts(panel.view) == ["Sund", "Arvenia"], "a key held down is one key"
    QTest.keyClick(panel.view, Qt.Key.Key_Delete)
    assert texts(panel.view) == ["Sund"]
    assert session.chosen_annotation is not None
    assert session.chosen_annotation.quote == "Sund", "behind the last is the one before it"
    session.choose(None)
    QTest.keyClick(panel.view, Qt.Key.Key_Delete)
    assert texts(panel.view) == ["Sund"], "a row that is merely current may be far from what is looked at"


def test_nothing_here_can_be_said(session: Session, panel: AnnotationPanel) -> None:
    session.show_article("a2")
    assert panel.empty.words == "Nothing labelled yet. Select a name and press the key of a label."
    QTest.mouseClick(panel.empty.button, Qt.MouseButton.LeftButton)
    assert session.status == "done"
    assert panel.empty.words == "Finished: nothing here."
    assert not panel.empty.button.isVisible()
    session.work.set_status("doing")
    assert panel.empty.button.isVisible()


def test_twenty_thousand_rows(tmp_path: Path, shown: Show) -> None:
    text = "word " * 20_000
    session = make_session(tmp_path, [article(1, text=text)], [text])
    project = session.ready
    new = [project.new_annotation("a1", "PERSON", Span.of(5 * n, 5 * n + 4)) for n in range(20_000)]
    panel = AnnotationPanel(session)
    panel.resize(332, 400)
    shown(panel)
    session.run(project.apply(annotate(new)))
    assert panel.view.model().rowCount() == 20_000
    session.choose(new[19_000].id)
    assert panel.view.visualRect(panel.view.currentIndex()).intersects(panel.view.viewport().rect())
    painted: list[int] = []
    resets: list[bool] = []
    model = panel.view.model()
    model.dataChanged.connect(lambda first, last: painted.append(last.row() - first.row() + 1))
    model.modelReset.connect(lambda: resets.append(True))
    session.run(project.relabel(session.spans[new[10].id], "COUNTRY"))
    session.run(project.delete([session.spans[new[11].id]]))
    assert model.rowCount() == 19_999
    assert not resets
    assert sum(painted) < 5
    session.close()


def test_what_lies_in_another_one_is_indented(session: Session, panel: AnnotationPanel, qtbot: QtBot) -> None:
    model, view = panel.view.model(), panel.view

    def lefts() -> list[int]:
        """Return where the chips of the rows begin."""
        seen = view.viewport().grab().toImage()
        found = []
        for row in range(model.rowCount()):
            place = view.visualRect(model.index(row, 0))
            y, ground = place.center().y(), seen.pixelColor(place.right() - 2, place.top() + 2)
            found.append(next(x for x in range(4, place.right()) if seen.pixelColor(x, y) != ground))
        return found

    label(session, "Lebrune", "PERSON")
    at, step = lefts()[0], round(1.5 * theme.unit())
    assert texts(view) == ["Sund", "Anna S. ⏎ Lebrune", "Lebrune", "Arvenia"]
    assert lefts() == [at, at, at + step, at]
    painted: list[int] = []
    draw = panel._delegate.draw

    def count(painter: QPainter, rect: QRect, index: QModelIndex, ink: Ink) -> None:
        painted.append(index.row())
        draw(painter, rect, index, ink)

    session.choose(next(a.id for a in session.spans if a.quote.startswith("Anna")))
    qtbot.wait(30)
    panel._delegate.draw = count  # type: ignore[assignment, method-assign]
    start = session.text.index("Anna S.")
    session.labelling.reshape(Span.of(start, start + 7))
    qtbot.waitUntil(lambda: 2 in painted)
    assert lefts() == [at] * 4
    session.history.undo()
    panel.filter.setText("lebrune")
    qtbot.waitUntil(lambda: model.rowCount() == 2)
    session.choose(None)
    assert lefts() == [at, at], "what it lies in may not be shown"


def test_one_of_two_on_the_same_words_lies_in_none_and_of_many_levels_three_are_seen(
    tmp_path: Path, shown: Show
) -> None:
    session = make_session(tmp_path, [article(1, text="word " * 9)], ["word " * 9])
    project, spans = session.ready, [Span.of(5 * n, 44) for n in range(5)]
    new = [project.new_annotation("a1", name, spans[0]) for name in ("PERSON", "COUNTRY")]
    session.run(project.apply(annotate([*new, *(project.new_annotation("a1", "PERSON", one) for one in spans[1:])])))
    panel = AnnotationPanel(session)
    shown(panel)
    model = panel.view.model()
    assert [model.index(row, 0).data(DEPTH) for row in range(6)] == [0, 0, 1, 2, 3, 3]
    session.close()


def test_what_a_filter_finds_begins_at_the_top_or_where_the_chosen_one_is(
    tmp_path: Path, shown: Show, qtbot: QtBot
) -> None:
    text = "word " * 200
    session = make_session(tmp_path, [article(1, text=text)], [text])
    project = session.ready
    kinds = ("PERSON", "CITY")
    new = [project.new_annotation("a1", kinds[n % 2], Span.of(5 * n, 5 * n + 4)) for n in range(200)]
    panel = AnnotationPanel(session)
    panel.resize(332, 400)
    shown(panel)
    session.run(project.apply(annotate(new)))
    bar = panel.view.verticalScrollBar()
    bar.setValue(bar.maximum())

    def typed(words: str) -> None:
        panel.filter.setFocus()
        panel.filter.selectAll()
        QTest.keyClicks(panel.filter, words)
        qtbot.wait(200)

    typed("label:per")
    assert panel.view.model().rowCount() == 100
    assert bar.value() == 0
    bar.setValue(bar.maximum())
    QTest.keyClick(panel.filter, Qt.Key.Key_Escape)
    assert panel.view.model().rowCount() == 200
    assert bar.value() == 0
    session.choose(new[150].id)
    typed("label:per")
    assert panel.view.viewport().rect().contains(panel.view.visualRect(panel.view.model().index(75, 0)))
    typed("label:city")
    assert bar.value() == 0
    typed("label:xyz")
    assert panel.empty.words == "No label is called “xyz”."
    typed("label:per nobody")
    assert panel.empty.words == "No annotation matches “label:per nobody”."
    session.close()


# --- the card -----------------------------------------------------------------------------------------------------


@pytest.fixture
def card(session: Session, shown: Show) -> ChosenCard:
    window = QWidget()
    window.other = QWidget(window)  # type: ignore[attr-defined]
    window.other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # type: ignore[attr-defined]
    card = ChosenCard(session)
    layout = QHBoxLayout(window)
    layout.addWidget(card)
    window.resize(332, 250)
    shown(window)
    card.keep = window  # type: ignore[attr-defined]
    return card


def choose(session: Session, quote: str) -> str:
    found = next(a.id for a in session.spans if a.quote == quote)
    session.choose(found)
    return found


def test_it_says_how_a_span_is_chosen(session: Session, card: ChosenCard) -> None:
    session.choose(None)  # what was just labelled is let go of
    assert card.empty.words == "Click an annotation, or walk with Tab."
    session.make_sticky("PERSON")
    assert card.empty.words == "Every new selection becomes Person, until Esc."
    session.make_sticky(None)
    session.select(Span.of(0, 3))
    assert card.empty.words == ""


def test_it_tells_label_place_and_maker(session: Session, card: ChosenCard) -> None:
    choose(session, "Anna S.\n\nLebrune")
    assert card._title.text() == "Person"
    assert card._by.text().startswith("Labelled by anna, ")
    annotation = session.chosen_annotation
    assert annotation is not None
    assert place_of(annotation) == f"{annotation.start}–{annotation.end} · 2 lines"
    session.labelling.press("PROFESSION")
    assert card._title.text() == "Job title"
    assert " · changed " in card._by.text()
    assert card._by.text().count("anna") == 1


def test_it_tells_under_which_older_version_of_the_scheme_it_was_made(session: Session, card: ChosenCard) -> None:
    choose(session, "Arvenia")
    assert "version" not in card._by.text()
    session.do(session.ready.schemes.change, session.scheme, "means more", ["COUNTRY"])
    assert card._by.text().endswith(" · under version 1 of the scheme")


def test_a_note_is_written_when_editing_ends(session: Session, card: ChosenCard) -> None:
    chosen = choose(session, "Arvenia")
    card.focus_note()
    field = card.note_field
    assert QApplication.focusWidget() is field
    QTest.keyClicks(field, "largest buyer")
    assert session.spans[chosen].note == ""
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert session.spans[chosen].note == "largest buyer"
    QTest.keyClicks(field, " 2")
    card.keep.other.setFocus()  # type: ignore[attr-defined]
    assert session.spans[chosen].note == "largest buyer 2"
    session.history.undo()
    assert field.toPlainText() == "largest buyer"


def test_escape_keeps_what_was_typed(session: Session, card: ChosenCard) -> None:
    chosen = choose(session, "Arvenia")
    card.focus_note()
    QTest.keyClicks(card.note_field, "xyz")
    QTest.keyClick(card.note_field, Qt.Key.Key_Escape)
    assert (session.spans[chosen].note, card.note_field.toPlainText()) == ("xyz", "xyz")


def test_a_note_is_never_lost_nor_given_to_another(session: Session, card: ChosenCard) -> None:
    chosen = choose(session, "Arvenia")
    card.focus_note()
    QTest.keyClicks(card.note_field, "first")
    other = choose(session, "Sund")
    assert (session.spans[chosen].note, session.spans[other].note) == ("first", "")
    assert card.note_field.toPlainText() == ""
    QTest.keyClicks(card.note_field, "second")
    session.show_article("a2")
    session.show_article("a1")
    assert session.spans[other].note == "second"


def test_a_note_survives_closing(session: Session, card: ChosenCard) -> None:
    path = session.ready.path
    chosen = choose(session, "Arvenia")
    card.focus_note()
    QTest.keyClicks(card.note_field, "kept")
    session.close()
    session.open(path)
    assert session.spans[chosen].note == "kept"


def test_deleting_the_annotation_while_its_note_is_typed(session: Session, card: ChosenCard) -> None:
    choose(session, "Arvenia")
    card.focus_note()
    QTest.keyClicks(card.note_field, "gone")
    session.labelling.delete()
    assert card.empty.words == "Click an annotation, or walk with Tab."
    assert len(session.spans) == 2
    session.history.undo()  # the deletion was the last edit: no note was written on what is gone
    assert len(session.spans) == 3

"""The reader as people use it: real mouse and key events on a real (offscreen) window."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QMouseEvent, QTextBlockFormat, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests import making

from rubricator.model.changes import Change, Replaced
from rubricator.model.scheme import Label, Scheme
from rubricator.model.span_index import BEGINNING, EVERYWHERE, Places, SpanIndex
from rubricator.model.spans import Annotation, Article, Fragment, Span
from rubricator.settings import Memory, Settings
from rubricator_gui import theme
from rubricator_gui.reader.document import BEND, bends, lanes_of
from rubricator_gui.reader.hits import hit_at
from rubricator_gui.reader.lines import HELD, MANY_LINES
from rubricator_gui.reader.page import PART
from rubricator_gui.reader.view import ReaderView
from rubricator_gui.session import Session
from rubricator_gui.telling import Notice

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier

TEXT = (
    "PORT VELIS 😀 (Meridian) - The Institute of Northern Trade of the Kareshi Academy of Sciences hosts U.S. envoys.\n"
    "\n"
    "Deputy Minister Anna S.\n"
    "\n"
    "Lebrune said a\u00a0treaty <b>may</b> come. قالت ليلى المرواني ذلك.\n"
)

SCHEME = Scheme(
    labels=(
        Label("PERSON", "Person", "PER", key="1", hue=1),
        Label("ORGANIZATION", "Organization", "ORG", key="2", hue=2),
        Label("WORK", "Work of art", "WORK", key="w", hue=12),
    )
)


class Stage:
    """A session without a project, and what it was asked to do."""

    def __init__(self) -> None:
        self.session = Session(Settings(), Memory())
        self.session.scheme = SCHEME
        self.pressed: list[str] = []
        self.deleted = 0
        self.n = 0

    def show(self, text: str, *annotations: Annotation) -> None:
        session = self.session
        session.text, session.spans, session.article = text, SpanIndex(annotations), Article("article", "")
        session.selection, session.chosen, session.exact = None, None, False
        session.text_shown.emit()
        session.article_shown.emit()

    def annotation(self, quote: str, label: str = "ORGANIZATION", text: str = TEXT) -> Annotation:
        self.n += 1
        start = text.index(quote)
        span = Span.of(start, start + len(quote))
        return Annotation(f"a{self.n}", "article", "anna", label, span, quote)

    def change(self, before: Annotation | None, after: Annotation | None) -> None:
        if before is not None:
            self.session.spans.remove(before.id)
        if after is not None:
            self.session.spans.add(after)
        one = after or before
        assert one is not None
        change = Change(("step",), (Replaced(one.id, before, after),))
        self.session.text_changed.emit(change)
        self.session.changed.emit(change)


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    stage = Stage()

    def press_label(name: str) -> None:
        """Stand in for the verb, which needs a project."""
        stage.pressed.append(name)
        if stage.session.selection is not None:
            stage.session.select(None)
        elif stage.session.chosen is None:
            stage.session.make_sticky(name)

    def delete_chosen() -> None:
        stage.deleted += 1

    monkeypatch.setattr(stage.session.labelling, "press", press_label)
    monkeypatch.setattr(stage.session.labelling, "delete", delete_chosen)
    return stage


@pytest.fixture
def reader(stage: Stage, shown: Callable[[QWidget], QWidget]) -> ReaderView:
    reader = ReaderView(stage.session)
    reader.resize(QSize(860, 600))
    shown(reader)
    reader.setFocus()
    stage.show(TEXT)
    return reader


def at(reader: ReaderView, offset: int) -> QPoint:
    return reader.rect_at(offset).center()


def before(reader: ReaderView, offset: int) -> QPoint:
    rect = reader.rect_at(offset)
    return QPoint(rect.left() + 1, rect.center().y())


def after(reader: ReaderView, offset: int) -> QPoint:
    rect = reader.rect_at(offset)
    return QPoint(rect.right(), rect.center().y())


def drag(reader: ReaderView, start: int, end: int, held: Qt.KeyboardModifier = NONE) -> None:
    """Drag over the characters from `start` to before `end`."""
    first, last = before(reader, start), after(reader, end - 1)
    view = reader.viewport()
    QTest.mousePress(view, LEFT, NONE, first)
    for step in (0.3, 0.7, 1.0):
        place = first + (last - first) * step
        move = QMouseEvent(
            QEvent.Type.MouseMove, place.toPointF(), view.mapToGlobal(place).toPointF(), LEFT, LEFT, held
        )
        QApplication.sendEvent(view, move)
    QTest.mouseRelease(view, LEFT, held, last)


def click(reader: ReaderView, place: QPoint, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(reader.viewport(), LEFT, held, place)
    QTest.qWait(1)


def select(reader: ReaderView, words: str) -> None:
    start = TEXT.index(words)
    drag(reader, start, start + len(words))


def quote(reader: ReaderView, text: str = TEXT) -> str | None:
    selection = reader.selection()
    return None if selection is None else selection.quote(text)


# --- selecting ----------------------------------------------------------------------------------------------------


def test_a_drag_snaps_to_words(reader: ReaderView) -> None:
    start = TEXT.index("ridian")
    drag(reader, start, start + 3)
    assert quote(reader) == "Meridian"


@pytest.mark.parametrize("held", [CTRL, ALT])
def test_a_drag_with_a_key_held_takes_exact_characters(reader: ReaderView, held: Qt.KeyboardModifier) -> None:
    start = TEXT.index("ridian")
    drag(reader, start, start + 3, held)
    assert quote(reader) == "rid"
    assert reader.session.exact


def test_offsets_are_code_points_behind_an_emoji_and_in_arabic(reader: ReaderView) -> None:
    for words in ("Meridian", "المرواني"):
        start = TEXT.index(words)
        QTest.mouseDClick(reader.viewport(), LEFT, NONE, at(reader, start + 2))
        assert reader.selection() == Span.of(start, start + len(words))


def test_a_double_click_takes_a_word_as_we_count_words(reader: ReaderView) -> None:
    QTest.mouseDClick(reader.viewport(), LEFT, NONE, at(reader, TEXT.index("U.S.")))
    assert quote(reader) == "U.S."


def test_keys_select_and_the_preview_follows(reader: ReaderView) -> None:
    click(reader, before(reader, TEXT.index("Northern")))
    QTest.keyClick(reader, Qt.Key.Key_Right, SHIFT)
    assert quote(reader) == "Northern"
    QTest.keyClick(reader, Qt.Key.Key_Right, SHIFT | CTRL)
    QTest.keyClick(reader, Qt.Key.Key_Right, SHIFT | CTRL)
    assert quote(reader) == "Northern Trade"
    QTest.keyClick(reader, Qt.Key.Key_Right)
    assert reader.selection() is None


def test_a_click_and_a_click_with_shift_select_between(reader: ReaderView) -> None:
    click(reader, before(reader, TEXT.index("Institute")))
    click(reader, after(reader, TEXT.index("Northern") + 7), SHIFT)
    assert quote(reader) == "Institute of Northern"


def test_f2_takes_the_characters_that_were_dragged(reader: ReaderView, stage: Stage) -> None:
    start = TEXT.index("stitute")
    drag(reader, start, start + 3)
    assert quote(reader) == "Institute"
    QTest.keyClick(reader, Qt.Key.Key_F2)
    QTest.keyClick(reader, Qt.Key.Key_Return)
    assert quote(reader) == "sti"
    assert stage.session.exact


def test_f2_moves_the_borders_of_a_selection(reader: ReaderView, stage: Stage) -> None:
    select(reader, "Northern")
    QTest.keyClick(reader, Qt.Key.Key_F2)
    QTest.keyClick(reader, Qt.Key.Key_Right)
    QTest.keyClick(reader, Qt.Key.Key_Left, SHIFT)
    assert quote(reader) == "Northern", "it is only shown as yet"
    told: list[str] = []
    stage.session.told.connect(lambda notice: told.append(notice.words))
    QTest.keyClick(reader, Qt.Key.Key_Escape)
    assert told == [""], "the words about the arrows stay"
    assert quote(reader) == "Northern"
    assert stage.session.selection is not None, "Esc let go of more than the borders"
    QTest.keyClick(reader, Qt.Key.Key_F2)
    QTest.keyClick(reader, Qt.Key.Key_Left, SHIFT)
    QTest.keyClick(reader, Qt.Key.Key_Left, CTRL)
    QTest.keyClick(reader, Qt.Key.Key_1)  # a label's key takes the borders as they stand
    assert stage.pressed == ["PERSON"]


def test_f2_moves_the_borders_of_the_chosen_span(
    reader: ReaderView, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, bool]] = []
    monkeypatch.setattr(stage.session.labelling, "reshape", lambda span, exact: asked.append((span.quote(TEXT), exact)))
    council = stage.annotation("Northern")
    stage.change(None, council)
    stage.session.choose(council.id)
    QTest.keyClick(reader, Qt.Key.Key_F2)
    QTest.keyClick(reader, Qt.Key.Key_Left, SHIFT)
    QTest.keyClick(reader, Qt.Key.Key_Left, CTRL)
    QTest.keyClick(reader, Qt.Key.Key_Return)
    assert asked == [("of Norther", True)]
    QTest.keyClick(reader, Qt.Key.Key_Left)
    assert len(asked) == 1, "the arrows still move borders"


def test_ctrl_and_drag_adds_a_fragment_to_the_selection(reader: ReaderView, stage: Stage) -> None:
    select(reader, "Northern")
    there = TEXT.index("Institute")
    view = reader.viewport()
    first, last = before(reader, there), after(reader, there + 8)
    QTest.mousePress(view, LEFT, CTRL, first)
    move = QMouseEvent(QEvent.Type.MouseMove, last.toPointF(), view.mapToGlobal(last).toPointF(), LEFT, LEFT, CTRL)
    QApplication.sendEvent(view, move)
    QTest.mouseRelease(view, LEFT, CTRL, last)
    selection = stage.session.selection
    assert selection is not None
    assert sorted(TEXT[start:end] for start, end in selection.fragments) == ["Institute", "Northern"]
    overlay = reader.overlay(0, 10_000)
    assert len(overlay.preview) == 2
    assert all(ground.starts and ground.ends for ground in overlay.preview)


def test_enter_asks_for_a_label_or_for_details(reader: ReaderView, stage: Stage, qtbot: QtBot) -> None:
    asked: list[object] = []
    reader.keyboard.label_wanted.connect(asked.append)
    reader.keyboard.details_wanted.connect(lambda: asked.append("details"))
    QTest.keyClick(reader, Qt.Key.Key_Return)
    assert asked == []
    select(reader, "Northern")
    QTest.keyClick(reader, Qt.Key.Key_Return)
    QTest.keyClick(reader, Qt.Key.Key_Return, SHIFT)
    council = stage.annotation("Northern")
    stage.change(None, council)
    stage.session.choose(council.id)
    QTest.keyClick(reader, Qt.Key.Key_Return)
    assert asked == [False, True, "details"]


def test_alt_up_and_down_grow_and_shrink(reader: ReaderView) -> None:
    click(reader, before(reader, TEXT.index("Minister") + 1))
    QTest.keyClick(reader, Qt.Key.Key_Up, ALT)
    assert quote(reader) == "Minister"
    QTest.keyClick(reader, Qt.Key.Key_Up, ALT)
    larger = quote(reader)
    assert larger is not None
    assert "Deputy Minister Anna S." in larger
    QTest.keyClick(reader, Qt.Key.Key_Down, ALT)
    assert quote(reader) == "Minister"


def test_who_grows_all_there_is_is_told_so(reader: ReaderView, stage: Stage) -> None:
    told: list[str] = []
    stage.session.told.connect(lambda notice: told.append(notice.words))
    click(reader, before(reader, TEXT.index("Minister") + 1))
    sizes = []
    while not told:
        QTest.keyClick(reader, Qt.Key.Key_Up, ALT)
        sizes.append(len(quote(reader) or ""))
    assert sizes[:-1] == sorted(set(sizes)), "it is told when it does not grow"
    assert told == ["It grows no further."]


def test_a_selection_over_a_blank_line_is_one_span(reader: ReaderView) -> None:
    click(reader, before(reader, TEXT.index("Anna")))
    click(reader, after(reader, TEXT.index("Lebrune") + 6), SHIFT)
    assert quote(reader) == "Anna S.\n\nLebrune"


def test_a_selection_made_elsewhere_is_shown_and_dropped(reader: ReaderView) -> None:
    span = Span.of(TEXT.index("Anna"), TEXT.index("Anna") + 4)
    reader.session.select(span)
    assert reader.textCursor().hasSelection()
    reader.session.select(None)
    assert not reader.textCursor().hasSelection()


# --- labelling ----------------------------------------------------------------------------------------------------


def test_a_label_key_labels_the_selection_and_the_caret_stays(reader: ReaderView, stage: Stage) -> None:
    QTest.mouseDClick(reader.viewport(), LEFT, NONE, at(reader, TEXT.index("Kareshi")))
    QTest.keyClicks(reader, "2")
    assert stage.pressed == ["ORGANIZATION"]
    assert reader.selection() is None
    assert not reader.textCursor().hasSelection()


def test_keys_that_are_no_labels_do_nothing(reader: ReaderView, stage: Stage) -> None:
    QTest.keyClicks(reader, "x-5")
    assert stage.pressed == []
    assert reader.toPlainText().startswith("PORT VELIS")


def test_a_sticky_label_labels_every_drag_at_once(reader: ReaderView, stage: Stage) -> None:
    QTest.keyClicks(reader, "w")
    assert reader.session.sticky == "WORK"
    start = TEXT.index("Kareshi")
    drag(reader, start, start + 7)
    assert stage.pressed == ["WORK", "WORK"]
    assert reader.selection() is None
    QTest.keyClick(reader, Qt.Key.Key_Escape)
    assert reader.session.sticky is None


def test_delete_and_backspace_ask_to_delete_the_chosen(reader: ReaderView, stage: Stage) -> None:
    told: list[Notice] = []
    stage.session.told.connect(told.append)
    QTest.keyClick(reader, Qt.Key.Key_Delete)
    assert (stage.deleted, [notice.words[:18] for notice in told]) == (0, ["Nothing to delete:"])
    one = stage.annotation("Kareshi")
    stage.show(TEXT, one)
    stage.session.choose(one.id)
    QTest.keyClick(reader, Qt.Key.Key_Delete)
    QTest.keyClick(reader, Qt.Key.Key_Backspace)
    assert stage.deleted == 2


def test_escape_goes_on_to_the_window_where_nothing_is_held(reader: ReaderView, stage: Stage) -> None:
    drag(reader, 0, 4)
    QTest.keyClick(reader, Qt.Key.Key_Escape)
    assert reader.selection() is None


# --- choosing -----------------------------------------------------------------------------------------------------


def nested(stage: Stage) -> tuple[Annotation, Annotation, Annotation]:
    outer = stage.annotation("Institute of Northern Trade of the Kareshi Academy of Sciences")
    inner = stage.annotation("Kareshi Academy of Sciences")
    innermost = stage.annotation("Kareshi", "PERSON")
    stage.show(TEXT, outer, inner, innermost)
    return outer, inner, innermost


def test_clicks_go_from_the_innermost_span_outwards(reader: ReaderView, stage: Stage) -> None:
    outer, inner, innermost = nested(stage)
    place = at(reader, innermost.start + 2)
    chosen = []
    for _ in range(4):
        QTest.qWait(QApplication.doubleClickInterval() // 200)
        QTest.mousePress(reader.viewport(), LEFT, NONE, place)
        QTest.mouseRelease(reader.viewport(), LEFT, NONE, place)
        chosen.append(stage.session.chosen)
    assert chosen == [innermost.id, inner.id, outer.id, innermost.id]


def test_a_click_on_a_bar_or_chip_chooses_and_leaves_the_caret(reader: ReaderView, stage: Stage) -> None:
    outer, inner, _ = nested(stage)
    caret = reader.textCursor().position()
    for annotation in (outer, inner):
        rect = reader.bar_rect(annotation.id)
        assert rect is not None
        click(reader, rect.center())
        assert stage.session.chosen == annotation.id
        click(reader, QPoint(rect.left() + 4, rect.center().y()))
        assert stage.session.chosen == annotation.id
    assert caret == 0


def test_a_click_beside_all_spans_lets_go(reader: ReaderView, stage: Stage) -> None:
    outer, *_ = nested(stage)
    stage.session.choose(outer.id)
    click(reader, at(reader, TEXT.index("hosts")))
    assert stage.session.chosen is None


def test_tab_walks_in_reading_order_and_stays_in_the_reader(reader: ReaderView, stage: Stage) -> None:
    outer, inner, innermost = nested(stage)
    seen = []
    for _ in range(4):
        QTest.keyClick(reader, Qt.Key.Key_Tab)
        seen.append(stage.session.chosen)
    assert seen == [outer.id, inner.id, innermost.id, innermost.id]
    QTest.keyClick(reader, Qt.Key.Key_Tab, SHIFT)
    assert stage.session.chosen == inner.id
    assert reader.hasFocus()


def test_the_full_stop_goes_through_what_is_stacked(reader: ReaderView, stage: Stage) -> None:
    _, inner, innermost = nested(stage)
    stage.session.choose(innermost.id)
    QTest.keyClicks(reader, ".")
    assert stage.session.chosen == inner.id


def test_a_chosen_span_is_scrolled_into_view(reader: ReaderView, stage: Stage) -> None:
    text = "Nothing to see here.\n\n" * 200 + "Lebrune spoke.\n"
    last = stage.annotation("Lebrune", "PERSON", text)
    stage.show(text, last)
    assert reader.verticalScrollBar().value() == 0
    stage.session.choose(last.id)
    assert reader.verticalScrollBar().value() > 0
    assert reader.viewport().rect().contains(reader.rect_at(last.start))
    assert QApplication.focusWidget() is reader


def test_what_has_no_room_is_reached_by_its_pill(reader: ReaderView, stage: Stage) -> None:
    stack = [stage.annotation("Meridian").but(label=f"L{n}") for n in range(6)]
    stage.show(TEXT, *stack)
    assert [reader.bar_rect(a.id) is None for a in stack] == [False] * 4 + [True] * 2
    page = reader.page
    pill = page.scene(page.document.begin()).pills[0]
    assert pill.ids == (stack[4].id, stack[5].id)


# --- patching and painting ----------------------------------------------------------------------------------------


def test_only_what_a_change_names_is_laid_out_anew(reader: ReaderView, stage: Stage) -> None:
    outer, *_ = nested(stage)
    reader.grab()
    scenes = dict(reader.page._cache.scenes)
    assert len(scenes) == reader.document().blockCount()
    added = stage.annotation("Minister", "PERSON")
    stage.change(None, added)
    rect = reader.bar_rect(added.id)
    assert rect is not None
    assert rect.isValid()
    fresh = reader.page._cache.scenes
    assert [n for n, scene in scenes.items() if fresh.get(n) is not scene] == [2]
    stage.change(added, None)
    assert reader.bar_rect(added.id) is None
    assert reader.bar_rect(outer.id) is not None


def test_a_span_over_paragraphs_joins_and_parts_them(reader: ReaderView, stage: Stage) -> None:
    reader.grab()
    long = stage.annotation("Anna S.\n\nLebrune", "PERSON")
    stage.change(None, long)
    marks = [mark for n in (2, 3, 4) for mark in reader.page.scene(reader.document().findBlockByNumber(n)).marks]
    assert [mark.last for mark in marks] == [False, True]
    assert len({mark.bar.lane for mark in marks}) == 1
    stage.change(long, None)
    assert not reader.page.scene(reader.document().findBlockByNumber(4)).marks


def test_a_tint_is_drawn_under_the_text_and_a_bar_below_it(reader: ReaderView, stage: Stage) -> None:
    annotation = stage.annotation("Deputy")
    stage.show(TEXT, annotation)
    hue = theme.theme().hue(2)
    rect = reader.rect_at(annotation.start)
    image = reader.viewport().grab().toImage()
    assert image.pixelColor(rect.left() - 1, rect.center().y()) == hue.tint
    bar = reader.bar_rect(annotation.id)
    assert bar is not None
    assert image.pixelColor(bar.left() + 2, bar.center().y()) == hue.bar
    assert bar.top() >= rect.bottom()


def test_text_does_not_jump_when_spans_come_and_go(reader: ReaderView, stage: Stage) -> None:
    offsets = [0, 60, TEXT.index("Anna"), TEXT.index("treaty")]
    places = [reader.rect_at(offset) for offset in offsets]
    for n in range(6):
        stage.change(None, stage.annotation("Meridian").but(label=f"L{n}"))
    stage.session.choose("a1")
    assert [reader.rect_at(offset) for offset in offsets] == places


def test_a_dark_palette_is_followed(reader: ReaderView, stage: Stage, qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setPalette(theme.theme(dark=True).palette)
    qtbot.waitUntil(lambda: theme.theme_of(reader.palette()).dark)
    image = reader.viewport().grab().toImage()
    assert image.pixelColor(2, image.height() - 2) == theme.theme(dark=True).colour("Base")
    assert reader.style_of(stage.annotation("Deputy")).hue is theme.theme(dark=True).hue(2)
    assert reader.palette().highlight().color() == QColor(0, 0, 0, 0)


def test_the_measure_stays_and_is_centred(reader: ReaderView) -> None:
    margin = 7 * theme.unit()
    reader.resize(1600, 600)
    assert reader.lineWrapColumnOrWidth() == 720 + 2 * margin
    left = reader.text_left()
    right = reader.width() - reader.verticalScrollBar().width() - left - 720
    assert abs(left - right) <= 1
    reader.resize(500, 600)
    assert reader.document().textWidth() == reader.viewport().width()
    assert reader.text_left() == margin


def test_text_sizes_keep_the_place_and_the_selection(reader: ReaderView, stage: Stage) -> None:
    text = "".join(f"Paragraph {n} has a few words.\n\n" for n in range(300))
    stage.show(text)
    offset = text.index("Paragraph 150")
    reader.rect_at(offset)
    reader.session.select(Span.of(offset, offset + 9))
    top = reader.rect_at(offset).top()
    reader.larger()
    assert reader.text_size == 20
    assert abs(reader.rect_at(offset).top() - top) < reader.viewport().height()
    assert quote(reader, text) == "Paragraph"
    assert reader.textCursor().hasSelection()
    for _ in range(5):
        reader.smaller()
    assert reader.text_size == theme.TEXT_SIZES[0]
    reader.normal_size()
    assert reader.text_size == theme.DEFAULT_TEXT_SIZE


def test_right_to_left_paragraphs_stand_at_the_right(reader: ReaderView, stage: Stage) -> None:
    text = "قالت ليلى المرواني ذلك\nLatin\n"
    person = stage.annotation("ليلى المرواني", "PERSON", text)
    stage.show(text, person)
    first = reader.rect_at(0)
    assert first.right() > reader.viewport().width() * 0.8
    assert reader.rect_at(text.index("Latin")).left() < reader.viewport().width() * 0.2
    mark = reader.page.mark_of(person)
    assert mark is not None
    assert mark.bar.piece.rtl
    assert mark.bar.chip is not None
    assert mark.bar.chip[1] == mark.bar.piece.right
    place = reader.page.character_rect(person.start)
    assert abs(place.right() - mark.bar.piece.right) <= 1


def halves(reader: ReaderView, offset: int) -> tuple[QPoint, QPoint]:
    """Return a place on the left half of a character, and one on its right half."""
    rect = reader.rect_at(offset)
    return QPoint(rect.left() + 1, rect.center().y()), QPoint(rect.right() - 1, rect.center().y())


def sweep(reader: ReaderView, begin: QPoint, end: QPoint, held: Qt.KeyboardModifier = NONE) -> None:
    """Press at one place, move to another and let go there."""
    view = reader.viewport()
    QTest.mousePress(view, LEFT, NONE, begin)
    for place in ((begin + end) / 2, end):
        move = QMouseEvent(
            QEvent.Type.MouseMove, place.toPointF(), view.mapToGlobal(place).toPointF(), LEFT, LEFT, held
        )
        QApplication.sendEvent(view, move)
    QTest.mouseRelease(view, LEFT, held, end)


HOURS = "She came 3 hours ago, on B deck.\nقالت ليلى ب ذلك\n"


@pytest.mark.parametrize(
    ("begin", "half", "end", "wanted"),
    [
        ("3", 1, "ago", "3 hours ago"),
        ("3", 0, "ago", "3 hours ago"),
        ("B", 0, "hours", "hours ago, on B"),  # from right to left
        ("B", 1, "hours", "hours ago, on B"),
        ("ب", 0, "ذلك", "ب ذلك"),  # its left half is its end
        ("ب", 1, "ليلى", "ليلى ب"),
    ],
)
def test_the_word_that_was_pressed_on_is_in(
    reader: ReaderView, stage: Stage, begin: str, half: int, end: str, wanted: str
) -> None:
    stage.show(HOURS)
    start, stop = HOURS.index(begin), HOURS.index(end)
    sweep(reader, halves(reader, start)[half], at(reader, stop + 1))
    assert quote(reader, HOURS) == wanted
    assert sorted(reader.ends())[0] <= start < sorted(reader.ends())[1], "keys go on with it"


def test_exact_characters_begin_at_the_nearest_border(reader: ReaderView, stage: Stage) -> None:
    stage.show(HOURS)
    sweep(reader, halves(reader, HOURS.index("3"))[1], after(reader, HOURS.index("ago") + 1), CTRL)
    assert quote(reader, HOURS) == " hours ag"
    reader.put_caret(0)
    sweep(reader, halves(reader, HOURS.index("hours") + 1)[1], after(reader, HOURS.index("ago") + 1), CTRL)
    assert quote(reader, HOURS) == "urs ag"


def test_who_presses_beside_a_line_takes_no_word_of_it(reader: ReaderView, stage: Stage) -> None:
    text = "It ended on deck B\n\nNobody saw it.\n"
    stage.show(text)
    last = reader.rect_at(text.index("B"))
    sweep(reader, QPoint(last.right() + 60, last.center().y()), at(reader, text.index("saw") + 1))
    assert quote(reader, text) == "Nobody saw"


# --- text in and out ----------------------------------------------------------------------------------------------


def test_copies_are_slices_of_our_own_text(reader: ReaderView) -> None:
    start = TEXT.index("a\u00a0treaty")
    reader.session.select(Span.of(start, start + 8))
    QTest.keyClick(reader, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "a\u00a0treaty"
    assert not reader.createMimeDataFromSelection().hasHtml()


def test_it_knows_what_stands_at_a_place_innermost_first(reader: ReaderView, stage: Stage) -> None:
    nested(stage)
    place = at(reader, TEXT.index("Kareshi") + 1)
    assert [reader.session.spans[name].quote for name in reader.ids_at(place)] == [
        "Kareshi",
        "Kareshi Academy of Sciences",
        "Institute of Northern Trade of the Kareshi Academy of Sciences",
    ]
    under = reader.hover.under(place)
    assert under is not None
    whole, line = under.clear
    assert whole.contains(line)
    assert line.contains(reader.viewport().mapToGlobal(place))
    assert reader.hover.under(QPoint(1, 1)) is None


def test_the_document_loads_nothing(reader: ReaderView) -> None:
    document = reader.document()
    assert document.resource(QTextDocument.ResourceType.ImageResource.value, "file:///etc/hostname") is None
    assert not reader.acceptDrops()


def test_it_says_what_it_is(reader: ReaderView) -> None:
    reader.name_keys()  # as the window does, once it was painted
    assert reader.objectName() == "reader"
    assert reader.accessibleName()
    assert reader.accessibleDescription()


def test_an_empty_article_and_none(reader: ReaderView, stage: Stage) -> None:
    stage.show("")
    reader.grab()
    assert reader.rect_at(0).isValid()
    QTest.keyClick(reader, Qt.Key.Key_Tab)
    QTest.keyClick(reader, Qt.Key.Key_Up, ALT)
    QTest.mouseDClick(reader.viewport(), LEFT, NONE, QPoint(100, 100))
    assert reader.selection() is None


# --- with a project -----------------------------------------------------------------------------------------------


@pytest.fixture
def at_work(tmp_path: Path, shown: Callable[[QWidget], QWidget]) -> Iterator[ReaderView]:
    """A reader on a real project with one article."""
    settings = Settings(tmp_path / "settings.json")
    path = tmp_path / "news.rubric"
    making.make(path, settings.me(), [("article", TEXT)]).close()
    session = Session(settings, Memory(tmp_path / "state.json"))
    reader = ReaderView(session)
    reader.resize(QSize(860, 600))
    shown(reader)
    reader.setFocus()
    session.open(path)
    yield reader
    session.close()


def labels(reader: ReaderView) -> list[tuple[str, str]]:
    return [(annotation.label, annotation.quote) for annotation in reader.session.spans]


def test_from_the_mouse_to_the_file_and_back_to_paint(at_work: ReaderView) -> None:
    start = TEXT.index("ademy of Sci")
    drag(at_work, start, start + 12)
    QTest.keyClicks(at_work, "2")
    assert labels(at_work) == [("ORGANIZATION", "Academy of Sciences")]
    (annotation,) = at_work.session.spans
    assert at_work.session.chosen is None
    assert at_work.selection() is None
    bar = at_work.bar_rect(annotation.id)
    assert bar is not None
    click(at_work, bar.center())
    assert at_work.session.chosen == annotation.id
    QTest.keyClicks(at_work, "1")
    assert labels(at_work) == [("PERSON", "Academy of Sciences")]
    QTest.keyClick(at_work, Qt.Key.Key_Delete)
    assert labels(at_work) == []
    assert at_work.bar_rect(annotation.id) is None
    at_work.session.history.undo()
    assert labels(at_work) == [("PERSON", "Academy of Sciences")]
    assert at_work.bar_rect(annotation.id) is not None


def test_a_sticky_label_sweeps(at_work: ReaderView) -> None:
    QTest.keyClicks(at_work, "1")
    start = TEXT.index("Lebrune")
    drag(at_work, start, start + 7)
    QTest.mouseDClick(at_work.viewport(), LEFT, NONE, at(at_work, TEXT.index("Deputy")))
    assert labels(at_work) == [("PERSON", "Deputy"), ("PERSON", "Lebrune")]
    assert not at_work.textCursor().hasSelection()
    QTest.keyClick(at_work, Qt.Key.Key_Escape)
    assert at_work.session.sticky is None


def pull(reader: ReaderView, grip: QPoint, place: QPoint, *, release: bool = True) -> None:
    view = reader.viewport()
    QTest.mousePress(view, LEFT, NONE, grip)
    for step in (0.5, 1.0):
        between = grip + (QPoint(place.x(), grip.y()) - grip) * step
        move = QMouseEvent(
            QEvent.Type.MouseMove, between.toPointF(), view.mapToGlobal(between).toPointF(), LEFT, LEFT, NONE
        )
        QApplication.sendEvent(view, move)
    if release:
        QTest.mouseRelease(view, LEFT, NONE, QPoint(place.x(), grip.y()))


def test_the_ends_of_the_chosen_span_can_be_dragged(at_work: ReaderView) -> None:
    QTest.mouseDClick(at_work.viewport(), LEFT, NONE, at(at_work, TEXT.index("Northern")))
    QTest.keyClicks(at_work, "2")
    (annotation,) = at_work.session.spans
    at_work.session.choose(annotation.id)

    def bar() -> QRect:
        rect = at_work.bar_rect(annotation.id)
        assert rect is not None
        return rect

    pull(at_work, QPoint(bar().right(), bar().center().y()), at(at_work, TEXT.index("Trade") + 2))
    assert labels(at_work) == [("ORGANIZATION", "Northern Trade")]
    pull(at_work, QPoint(bar().left() + 1, bar().center().y()), at(at_work, TEXT.index("Institute") + 3))
    assert labels(at_work) == [("ORGANIZATION", "Institute of Northern Trade")]
    pull(at_work, QPoint(bar().right(), bar().center().y()), at(at_work, TEXT.index("Sciences")), release=False)
    QTest.keyClick(at_work, Qt.Key.Key_Escape)
    QTest.mouseRelease(at_work.viewport(), LEFT, NONE, bar().center())
    assert labels(at_work) == [("ORGANIZATION", "Institute of Northern Trade")]


def test_what_is_behind_the_beginning_gets_its_lanes_too(reader: ReaderView, stage: Stage, qtbot: QtBot) -> None:
    line = "Lebrune met the Council of Velis at the quay.\n\n"
    text = line * (3 * BEGINNING // len(line))
    last = text.rindex("Lebrune")
    deep = [
        Annotation(f"{at}-{n}", "article", "anna", "ORGANIZATION", Span.of(at, at + 7 + n))
        for at in (0, last)
        for n in range(4)
    ]
    held = SpanIndex(deep)

    class Slow:
        """A source that tells the beginning alone until it is asked for all."""

        asked = False

        def count(self) -> int:
            return len(held)

        def places(self, stretch: Fragment = EVERYWHERE) -> Places:
            self.asked = self.asked or stretch == EVERYWHERE
            found = [a for a in held if a.start < stretch[1] and a.end > stretch[0]]
            starts, ends = array("q", [a.start for a in found]), array("q", [a.end for a in found])
            return Places(array("q", range(len(found))), starts, ends)

        def read(self, numbers: Sequence[int]) -> list[Annotation]:
            return [list(held)[number] for number in numbers]

        def find(self, annotation_id: str) -> int | None:
            return held.place(annotation_id)

        def number(self, annotation_id: str) -> int:
            return held.place(annotation_id)

    source = Slow()
    session = stage.session
    session.text, session.spans, session.article = text, SpanIndex(source=source), Article("article", "")
    session.text_shown.emit()
    session.article_shown.emit()
    reader.viewport().repaint()
    assert not source.asked, "the first paint read the whole article"
    assert lanes_of(reader.paper.firstBlock(), reader.page.m) == 4
    qtbot.waitUntil(lambda: source.asked)
    block = reader.paper.findBlock(reader.page.positions.to_qt(last))
    assert lanes_of(block, reader.page.m) == 4
    assert block.next().blockFormat().lineHeightType() == QTextBlockFormat.LineHeightTypes.FixedHeight.value
    assert lanes_of(block.previous().previous(), reader.page.m) == 2


@pytest.mark.parametrize(
    "sentence", ["Lebrune met the Council of Velis at the quay. ", "وصلت ليلى إلى Port Velis اليوم. "]
)
def test_a_book_in_one_line_is_folded_and_nobody_sees_it(reader: ReaderView, stage: Stage, sentence: str) -> None:
    """Qt paints a paragraph as a whole, and takes half a second a frame for one of megabytes."""
    text = sentence * 6_000 + "\nPort Velis.\n\nThe end."
    places = bends(text).spaces
    assert all(text[place] == " " for place in places)
    over = Annotation("over", "article", "anna", "WORK", Span.of(places[0] - 5, places[0] + 6))
    port = text.index("Velis", places[1])
    behind = Annotation("behind", "article", "anna", "PERSON", Span.of(port, port + 5))
    whole = Annotation("whole", "article", "anna", "ORGANIZATION", Span.of(0, len(text)))
    stage.show(text, over, behind, whole)
    blocks = [reader.paper.findBlockByNumber(n) for n in range(reader.paper.blockCount())]
    assert max(block.length() for block in blocks) <= BEND + 1
    assert [number for block in blocks if (number := reader.paper.line_number(block))] == [1, 2, 3, 4]
    assert len({block.textDirection() for block in blocks[: len(places)]}) == 1
    for place in places[:3]:
        upper, lower = reader.rect_at(place - 1), reader.rect_at(place + 1)
        pitch = reader.page.m.line_box + reader.page.m.pitch * 4
        assert 0 < lower.top() - upper.top() < pitch, "there is a gap in the line"
    for annotation in (over, behind, whole):
        rect = reader.bar_rect(annotation.id)
        assert rect is not None, annotation.id
        assert rect.top() > reader.rect_at(annotation.start).top()
    click(reader, reader.rect_at(port + 2).center())
    assert stage.session.chosen == "behind"
    stage.session.select(Span.of(places[0] - 5, places[0] + 6), exact=True)
    QTest.keyClick(reader, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == text[places[0] - 5 : places[0] + 6]


@pytest.mark.parametrize("word", ["ab", "東京", "👩‍👩‍👧‍👦", "שלום"])
def test_a_word_of_a_hundred_thousand_characters_is_cut(reader: ReaderView, stage: Stage, word: str) -> None:
    """Qt breaks a line without spaces in a time that goes by the square of its length: minutes for 1 MB."""
    text = word * (100_000 // len(word)) + " behind\nThe end."
    behind = Annotation("behind", "article", "anna", "PERSON", Span.of(text.index("behind"), text.index("\n")))
    cut = bends(text).cuts[0]
    over = Annotation("over", "article", "anna", "WORK", Span.of(cut - 2 * len(word), cut + 2 * len(word)))
    stage.show(text, behind, over)
    blocks = [reader.paper.findBlockByNumber(n) for n in range(reader.paper.blockCount())]
    assert max(block.length() for block in blocks) <= 2 * BEND
    assert [number for block in blocks if (number := reader.paper.line_number(block))] == [1, 2]
    positions = reader.page.positions
    assert reader.paper.characterCount() - 1 == positions.total
    for offset in (0, 1, cut - 1, cut, cut + 1, *bends(text).cuts, behind.start, len(text)):
        assert positions.to_offset(positions.to_qt(offset)) == offset
    assert reader.paper.characterAt(positions.to_qt(behind.start)) == "b"
    for annotation in (over, behind):
        rect = reader.bar_rect(annotation.id)
        assert rect is not None
        assert rect.top() > reader.rect_at(annotation.start).top()
    click(reader, reader.rect_at(behind.start + 1).center())
    assert stage.session.chosen == "behind"
    stage.session.select(Span.of(cut - len(word), cut + len(word)), exact=True)
    QTest.keyClick(reader, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == 2 * word


def test_a_book_in_one_line_is_laid_out_in_parts(
    reader: ReaderView, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rubricator_gui.reader.document.BEND", 10**9)
    sentence = "Lebrune met the Council of Velis at the quay. "
    text = sentence * 2_500
    marks = [
        Annotation(f"n{n}", "article", "anna", "ORGANIZATION", Span.of(at, at + 7))
        for n, at in enumerate(range(0, len(text), len(sentence) * 10))
    ]
    whole = Annotation("whole", "article", "anna", "PERSON", Span.of(0, len(text) - 1))
    over = Annotation("over", "article", "anna", "WORK", Span.of(60_000, 66_000))
    stage.show(text, *marks, whole, over)
    page = reader.page
    block = reader.paper.firstBlock()
    assert block.layout().lineCount() > MANY_LINES
    for annotation in (marks[0], marks[len(marks) // 2], marks[-1], over, whole):
        rect = reader.bar_rect(annotation.id)
        assert rect is not None, annotation.id
        place = reader.rect_at(annotation.start)
        assert rect.top() > place.top()
        assert hit_at(page, reader.to_page(rect.center().toPointF()), None) is not None
    reader.viewport().repaint()
    assert not page._cache.scenes, "all of it was laid out"
    before = {n: dict(parts) for n, parts in page._cache.parts.items()}
    assert 0 < len(before[0]) < block.layout().lineCount() // PART
    middle = marks[len(marks) // 2]
    stage.change(middle, middle.but(label="PERSON"))
    reader.bar_rect(middle.id)
    changed = [n for n, part in page._cache.parts[0].items() if before[0].get(n) is not part]
    assert len(changed) == 1, "more than the part of the change was laid out anew"
    top, bottom = 0.0, reader.paper.size().height()
    drawn = {mark.id for scene in page.scenes(block, top, bottom) for mark in scene.marks}
    assert drawn == {annotation.id for annotation in (*marks, whole, over)}
    click(reader, reader.rect_at(middle.start + 2).center())
    assert stage.session.chosen == middle.id


def test_qt_holds_the_glyphs_of_what_was_drawn_last_and_of_no_more(reader: ReaderView, stage: Stage) -> None:
    stage.show("\n".join(f"{n} Lebrune met the Council of Velis at the quay." for n in range(400)))
    reader.rect_at(len(stage.session.text) - 1)
    bar = reader.verticalScrollBar()
    for place in range(0, bar.maximum(), 200):
        bar.setValue(place)
        reader.viewport().repaint()
    blocks = [reader.paper.findBlockByNumber(n) for n in range(reader.paper.blockCount())]
    held = [block.blockNumber() for block in blocks if block.layout().cacheEnabled()]
    seen = [block.blockNumber() for block in reader.page.blocks(bar.value(), bar.value() + reader.viewport().height())]
    assert set(seen) <= set(held)
    assert len(held) == HELD
    assert held[-1] == blocks[-1].blockNumber()

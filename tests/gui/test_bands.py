"""After a change only the lines that look otherwise are painted: the screen is then what a whole repaint makes of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize
from PySide6.QtGui import QGuiApplication, QImage, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from rubricator.model.changes import Change, Replaced
from rubricator.model.relations import Relation
from rubricator.model.scheme import Label, Scheme
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, Article, Span
from rubricator.settings import Memory, Settings
from rubricator_gui.reader.view import ReaderView
from rubricator_gui.session import Session

WORDS = "the Port of Velis was shut on Monday and the envoys of Karesh said nothing of it"
LABELS = ("PERSON", "ORGANIZATION", "WORK")


class Painted(QObject):
    """Counts the rows of pixels that are painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.rows = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.rows += event.rect().height()
        return False


def text_of(chance: random.Random) -> str:
    paragraphs = (" ".join(chance.choices(WORDS.split(), k=chance.randint(5, 60))) for _n in range(12))
    return "\n".join(paragraph + chance.choice(["", "\n"]) for paragraph in paragraphs)


@pytest.fixture
def reader(shown: Callable[[QWidget], QWidget]) -> Iterator[ReaderView]:
    flash = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)  # a caret that blinks would be another difference
    session = Session(Settings(), Memory())
    session.scheme = Scheme(
        labels=tuple(Label(name, name.title(), name[:3], hue=n) for n, name in enumerate(LABELS, 1))
    )
    reader = ReaderView(session)
    reader.resize(QSize(860, 600))
    shown(reader)
    reader.setFocus()
    yield reader
    QApplication.setCursorFlashTime(flash)


def show(session: Session, text: str) -> None:
    session.text, session.spans, session.article = text, SpanIndex(), Article("article", "")
    session.text_shown.emit()
    session.article_shown.emit()


def paint() -> None:
    """Have painted what asked for it, as the event loop does."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)


def screen(reader: ReaderView) -> QImage:
    paint()
    return QGuiApplication.primaryScreen().grabWindow(reader.winId()).toImage()


def one_step(session: Session, chance: random.Random, n: int) -> None:
    """Add, change or delete an annotation, or choose or select something."""
    start = chance.randrange(len(session.text) - 1)
    span = Span.of(start, min(len(session.text), start + chance.choice([1, 8, 30, 200, 900])))
    held = list(session.spans)
    one = chance.choice(held) if held else None
    made = Annotation(f"a{n}", "article", "anna", chance.choice(LABELS), span)
    before, after = None, None
    match chance.choice(["add", "add", "relabel", "reshape", "delete", "choose", "select", "nothing"]):
        case "add":
            after = made
        case "relabel" if one:
            before, after = one, one.but(label=made.label)
        case "reshape" if one:
            before, after = one, one.but(span=span)
        case "delete" if one:
            before = one
        case "choose":
            session.choose(one.id if one else None)
        case "select":
            session.select(span, exact=True)
        case _:
            session.select(None)
    changed = after or before
    if changed is not None:
        session.spans.remove(changed.id)
        if after is not None:
            session.spans.add(after)
        elif session.chosen == changed.id:
            session.choose(None)
        change = Change(("step",), (Replaced(changed.id, before, after),))
        session.text_changed.emit(change)
        session.changed.emit(change)


@pytest.mark.parametrize("seed", range(6))
def test_the_screen_is_what_a_whole_repaint_makes_of_it(reader: ReaderView, seed: int) -> None:
    chance = random.Random(seed)
    show(reader.session, text_of(chance))
    screen(reader)
    for n in range(40):
        one_step(reader.session, chance, n)
        if chance.random() < 0.3:
            continue  # the next step comes before the paint
        parts = screen(reader)
        reader.viewport().update()
        assert parts == screen(reader), n


class Related:
    """Relations of annotations that are made up: every one is related to two others."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def at(self, annotation: str) -> list[Relation]:
        held = [one.id for one in self._session.spans]
        pairs = [(one, held[(n * 7 + 3) % len(held)]) for n, one in enumerate(held)]
        return [
            Relation(f"{one}-{other}", "article", "anna", "r", one, other)
            for one, other in pairs
            if one != other and annotation in (one, other)
        ]

    def wrong(self, relation: Relation) -> None:
        return None

    @property
    def first_end(self) -> None:
        return None


@pytest.mark.parametrize("seed", range(3))
def test_with_arcs_over_it_too_and_wherever_one_scrolls(reader: ReaderView, seed: int) -> None:
    session, chance = reader.session, random.Random(seed)
    session.__dict__["relations"] = Related(session)
    show(session, text_of(chance))
    reader.relation_lines.show(True)
    screen(reader)
    bar, drawn = reader.verticalScrollBar(), 0
    for n in range(30):
        one_step(session, chance, n)
        if chance.random() < 0.4:
            bar.setValue(chance.randrange(bar.maximum() + 1))
        parts = screen(reader)
        reader.viewport().update()
        assert parts == screen(reader), n
        drawn += len(reader.relation_lines.arcs)
    assert drawn
    reader.relation_lines.show(False)
    screen(reader)
    painted = Painted(reader.viewport())
    change = Change(("step",), articles=frozenset({"article"}))
    session.text_changed.emit(change)
    session.changed.emit(change)
    paint()
    assert painted.rows == 0, "switched off, nothing more is painted than before"


def test_one_edit_paints_the_lines_that_it_changes(reader: ReaderView) -> None:
    show(reader.session, text_of(random.Random(1)))
    reader.session.select(Span.of(20, 30), exact=True)
    paint()
    painted = Painted(reader.viewport())
    after = Annotation("one", "article", "anna", "PERSON", Span.of(20, 30))
    reader.session.spans.add(after)
    change = Change(("step",), (Replaced("one", None, after),))
    reader.session.text_changed.emit(change)
    reader.session.changed.emit(change)
    reader.session.select(None)
    paint()
    assert 0 < painted.rows < reader.viewport().height() // 2


def test_what_changes_no_line_paints_none(reader: ReaderView) -> None:
    show(reader.session, text_of(random.Random(1)))
    paint()
    painted = Painted(reader.viewport())
    change = Change(("step",), articles=frozenset({"article"}))
    reader.session.text_changed.emit(change)
    reader.session.changed.emit(change)
    paint()
    assert painted.rows == 0

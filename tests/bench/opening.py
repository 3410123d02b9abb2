"""How long an article takes to open, and a frame to paint, through the real window, against a bare QTextEdit."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import corpus
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit, QWidget
from table import Row, against, median_ms, once_ms, p95, told, under

from rubricator.model.scheme import Attribute
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator_gui import app, theme
from rubricator_gui.hand import Hand
from rubricator_gui.reader.view import ReaderView
from rubricator_gui.session import Session

_ROUNDS = 15
_REST = 60
"""Milliseconds after which nothing of the article before is left to paint or to look for."""


def project_of(folder: Path, name: str, articles: list[tuple[str, str, int]]) -> Path:
    path = folder / f"{name}.rubric"
    corpus.make(path, articles)
    return path


class _Bare(QTextEdit):
    """A text view that does nothing of its own, in the size and font of ours."""

    def paint_now(self) -> None:
        """Paint what is seen."""
        self.viewport().repaint()


def rows(folder: Path) -> Iterator[Row]:
    """Yield the figures of opening: from the store to painted, against setPlainText and painting."""
    for name, (length, n) in {**corpus.SIZES, **corpus.HUGE}.items():
        text = corpus.text_of(length)
        path = project_of(folder, f"open{length}", [("one", text, n), ("rest", "Nothing here.", 0)])
        hand = Hand(app.build(path))
        hand.show(1600, 1000)
        session, reader = hand.window.session, hand.reader
        session.show_article("one")
        assert len(session.spans) == n, "the window shows no annotations"
        bare = _Bare()
        bare.setReadOnly(True)
        bare.setFont(theme.text_font())
        bare.resize(reader.size())
        bare.show()
        QTest.qWait(50)

        clock = Clock(session)

        def theirs(bare: _Bare = bare, text: str = text) -> None:
            bare.setPlainText(text)
            bare.paint_now()

        mine: list[float] = []
        whole: list[float] = []
        floor: list[float] = []
        for _ in range(_ROUNDS):
            session.show_article("rest")
            bare.clear()
            QTest.qWait(_REST)
            clock.start(reader)
            session.show_article("one")
            QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)
            mine.append(clock.painted())
            whole.append(clock.now())
            QTest.qWait(_REST)  # ours comes after a rest as well, as it does when somebody opens an article
            floor.append(once_ms(theirs))
        yield against(f"open {name} / bare QTextEdit", statistics.median(mine[1:]), statistics.median(floor[1:]), 1.5)
        yield told("  and all panels", statistics.median(whole[1:]))
        bare.close()
        bare.deleteLater()
        hand.window.close()
        hand.window.deleteLater()
        QTest.qWait(1)


def frames(folder: Path) -> Iterator[Row]:
    """Yield the figures of a frame while scrolling, after an edit, and of a key press that is saved and painted."""
    for name, (length, n) in corpus.SIZES.items():
        path = project_of(folder, f"frame{length}", [("one", corpus.text_of(length), n)])
        hand = Hand(app.build(path))
        hand.show(1600, 1000)
        session, reader = hand.window.session, hand.reader
        assert len(session.spans) == n, "the window shows no annotations"
        settle(session)
        bar = reader.verticalScrollBar()
        times: list[float] = []
        for step in range(120):
            bar.setValue(step * max(1, bar.maximum()) // 120)
            times.append(once_ms(reader.viewport().repaint))
        yield under(f"a frame while scrolling, {name}: median", statistics.median(times), 8)
        yield under(f"a frame while scrolling, {name}: p95", p95(times), 16)
        pressed, whole = _presses(session, reader, length)
        sync = median_ms(lambda: _sync(folder), 21)
        yield under(f"key to saved and painted, {name}: p95 less one fsync", p95(pressed) - sync, 16)
        yield told("  and all panels", p95(whole) - sync)
        hand.window.close()
        hand.window.deleteLater()
        QTest.qWait(1)


def _presses(session: Session, reader: ReaderView, length: int, label: str = "LAW") -> tuple[list[float], list[float]]:
    """Return what 60 keys took until the text was painted, and until all was."""
    pressed: list[float] = []
    whole: list[float] = []
    clock = Clock(session)
    for k in range(60):
        start = (k + 3) * (length // 70)
        reader.rect_at(start)
        session.select(Span.of(start, start + 4), exact=True)
        QTest.qWait(20)  # it is seen before a key is pressed
        clock.start(reader)
        session.labelling.press(label)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)
        pressed.append(clock.painted())
        whole.append(clock.now())
    return pressed, whole


def again(folder: Path) -> Iterator[Row]:
    """Yield the figure of a key press while half of an article is listed to be looked at again, against without."""
    length, n = corpus.SIZES["100 kB / 2,000"]
    path = project_of(folder, "again", [("one", corpus.text_of(length), n)])
    with Project.open(path, corpus.ME) as project:
        size = Attribute("size", "Size", labels=tuple(project.scheme.by_name), required=True)
        project.set_status("one", "done")
        new = replace(project.scheme, attributes=(size,))
        broken = [one for layer in project.schemes.breaches(new) for one in layer]
        project.schemes.change(new, "a required attribute", (), broken[: n // 2])
    hand = Hand(app.build(path))
    hand.show(1600, 1000)
    session = hand.window.session
    settle(session)
    _pressed, bare = _presses(session, hand.reader, length)
    hand.window.over.again.open()
    assert hand.window.over.again.list.listed.places, "nothing is listed"
    _pressed, whole = _presses(session, hand.reader, length, "MONEY")
    what = "key to all painted, 1,000 to look at again / unlisted"
    yield against(what, statistics.median(whole), statistics.median(bare), 1.5)
    hand.window.close()
    hand.window.deleteLater()
    QTest.qWait(1)


def first_offers(folder: Path) -> Iterator[Row]:
    """Yield the figures of the first suggestions in a long article: how long the window is held in one go."""
    path = project_of(folder, "offers", [("one", corpus.text_of(1_000_000), 20_000), ("rest", "Nothing here.", 0)])
    hand = Hand(app.build(path))
    hand.show(1600, 1000)
    session = hand.window.session
    settle(session)
    offering = session.looking.offering
    assert offering is not None
    slices: list[float] = []
    look_some = offering.look_some

    def timed() -> object:
        found: list[object] = []
        slices.append(once_ms(lambda: found.append(look_some())))
        return found[0]

    offering.look_some = timed  # type: ignore[assignment, method-assign]
    for _ in range(_ROUNDS):
        session.show_article("rest")
        settle(session)
        slices.clear()
        session.show_article("one")
        settle(session)
        assert session.offers, "nothing was offered"
    yield under("first suggestions, 1 MB / 20,000: a slice, median", statistics.median(slices), 8)
    yield under("first suggestions, 1 MB / 20,000: the longest slice", max(slices), 16)
    hand.window.close()
    hand.window.deleteLater()
    QTest.qWait(1)


def settle(session: Session) -> None:
    """Wait until all is known and shown, as it is when somebody has read a sentence."""
    while session.offers_due or session.looking.active:
        QTest.qWait(5)
    gc.collect()
    gc.freeze()  # the program does it once the window stands


class Clock(QObject):
    """Tells when the text was painted, and when all that the event loop then had to paint; the text comes first."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        session.text_shown.connect(self._note)
        session.text_changed.connect(self._note)
        self._begin = 0.0
        self._noted = 0.0

    def start(self, reader: ReaderView) -> None:
        """Begin; what was painted before does not count."""
        self._seen = _Painted(reader.viewport())
        self._noted = 0.0
        self._begin = time.perf_counter()

    def now(self) -> float:
        """Return the milliseconds since the start."""
        return (time.perf_counter() - self._begin) * 1000

    def painted(self) -> float:
        """Return the milliseconds until the text was painted; it must have been, and before all else followed."""
        self._seen.deleteLater()
        assert 0 < self._seen.at <= self._noted, (
            "the text was not painted first",
            self._seen.at,
            self._noted,
            self._begin,
        )
        return (self._noted - self._begin) * 1000

    def _note(self, _what: object = None) -> None:
        self._noted = time.perf_counter()


class _Painted(QObject):
    """Sees when a widget begins to be painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.at = 0.0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note the first paint; nothing is taken away."""
        if event.type() == QEvent.Type.Paint and not self.at:
            self.at = time.perf_counter()
        return False


def _sync(folder: Path) -> None:
    with (folder / "sync").open("ab") as file:
        file.write(b"x" * 4096)
        file.flush()
        os.fsync(file.fileno())

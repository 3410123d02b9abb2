"""The header over the article, and the history."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.gui.panel_help import Show, article, click, label, make_session, texts

from rubricator.project import Project
from rubricator.settings import Me
from rubricator_gui import drawing, theme
from rubricator_gui.panels.header import ArticleHeader
from rubricator_gui.panels.history import PAGE, HistoryPanel
from rubricator_gui.panels.rows import ITEM
from rubricator_gui.session import Session

LONG = "Harbour ministers 🚢🚢 meet on Sund grain corridor " * 8


@pytest.fixture
def session(tmp_path: Path, qapp: object) -> Iterator[Session]:
    details = {"byline": "Mirela Ostane", "dateline": "Port Velis"}
    found = [
        article(1, "Harbour ministers meet", "Meridian Newswire", "2026-09-14T18:07:00", **details),
        article(2, LONG),
        article(3, "<b>Bold</b>"),
        article(4, "“وزراء الموانئ” in Port Velis", "Meridian Newswire"),
    ]
    session = make_session(tmp_path, found)
    yield session
    session.close()


@pytest.fixture
def header(session: Session, shown: Show) -> ArticleHeader:
    header = ArticleHeader(session)
    header.resize(700, 120)
    shown(header)
    return header


def test_it_tells_headline_and_details(session: Session, header: ArticleHeader) -> None:
    assert header.headline == "Harbour ministers meet"
    assert header.details == "Mirela Ostane · Port Velis · Monday 14 September 2026, 18:07 · Meridian Newswire"
    session.show_article("a3")
    assert header.headline == "<b>Bold</b>"
    assert "<b>" not in header.toolTip()


@pytest.mark.parametrize("width", [320, 700, 1200])
def test_a_headline_that_is_read_from_the_right_stands_there(
    session: Session, header: ArticleHeader, width: int
) -> None:
    header.resize(width, 120)
    header.place(60, width - 120)
    session.work.toggle_flag()
    room = header._edges(width)
    left = header.status.x()
    session.show_article("a4")
    session.work.toggle_flag()
    mirrored = header._edges(width)
    assert mirrored[1] - mirrored[0] == room[1] - room[0]
    assert left > room[1]
    assert header.flag.x() <= header.status.x() < mirrored[0]
    assert header.status.geometry().right() < mirrored[0]
    picture = header.grab().toImage()
    ink = [x for x in range(mirrored[0], width) if picture.pixelColor(x, 30).lightness() < 100]
    assert ink, "its first line stands here"
    assert mirrored[1] - 20 < max(ink) <= mirrored[1], "it begins where the text below it does"


@pytest.mark.parametrize("width", [320, 700, 1200])
def test_a_long_headline_ends_in_dots_on_its_second_line(session: Session, header: ArticleHeader, width: int) -> None:
    session.show_article("a2")
    header.resize(width, 200)
    left, right = header._edges(width)
    lines = header._headline_lines(right - left)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert lines[0].startswith("Harbour ministers 🚢🚢") or width == 320
    metrics = QFontMetricsF(theme.headline_font())
    assert all(metrics.horizontalAdvance(line) <= right - left + 1 for line in lines)
    assert " ".join(LONG.split()) in header.toolTip()
    assert header.heightForWidth(width) > ArticleHeader.heightForWidth(header, 5000) - 1


def test_it_stands_over_the_column_of_the_text(header: ArticleHeader) -> None:
    header.place(100, 400)
    header.resize(700, 100)
    assert header._edges(700) == (100, 468), "the status is in the column, too"
    header.set_small(True)
    assert header.heightForWidth(700) > 0


def test_a_headline_goes_beyond_the_column_before_it_is_cut_off(session: Session, header: ArticleHeader) -> None:
    session.show_article("a2")
    header.place(100, 400)
    header.resize(1000, 200)
    left, right = header._edges(1000)
    assert (left, right > 900) == (100, True)
    assert right < header.status.x() < 1000 - header.status.width()
    metrics = QFontMetricsF(theme.headline_font())
    assert max(map(metrics.horizontalAdvance, header._headline_lines(right - left))) > 500


@pytest.mark.parametrize("title", [LONG, "وزراء الموانئ يجتمعون في المدينة القديمة " * 9])
@pytest.mark.parametrize("width", [600, 1000, 1400])
def test_a_headline_beyond_the_column_leaves_room_for_status_and_flag(
    session: Session, header: ArticleHeader, title: str, width: int
) -> None:
    header.headline, header._mirrored = title, title != LONG
    header.place(100, 400)
    header.resize(width, 200)
    for _time in range(2):
        session.work.toggle_flag()
        left, right = header._edges(width)
        for button in (header.status, header.flag):
            if button is header.status or session.flags:
                place = button.geometry()
                assert 0 <= place.left() < place.right() < width
                assert place.width() == 28, "it is whole"
                assert place.right() < left or place.left() > right


def test_a_headline_that_ends_in_dots_is_not_cut(session: Session, header: ArticleHeader) -> None:
    header.headline = "Ministers meet in the harbour of the old town, and then they leave again…"
    header.place(100, 600)
    header.resize(1100, 200)
    assert len(header._headline_lines(468)) == 2
    assert header._edges(1100)[1] == 668


def test_the_status_is_seen_and_set(session: Session, header: ArticleHeader) -> None:
    assert header.status.accessibleName() == "Status: To do"
    label(session, "Arvenia", "COUNTRY")
    assert header.status.accessibleName() == "Status: In work"
    actions = {action.data(): action for action in header._group.actions()}
    assert actions["doing"].isChecked()
    actions["done"].trigger()
    assert session.status == "done"
    assert actions["done"].isChecked()
    assert not actions["doing"].isChecked()


def test_without_an_article_it_is_empty(session: Session, header: ArticleHeader) -> None:
    session.close()
    assert (header.headline, header.details) == ("", "")
    assert not header.status.isVisible()


# --- history ------------------------------------------------------------------------------------------------------


@pytest.fixture
def panel(session: Session, shown: Show) -> HistoryPanel:
    panel = HistoryPanel(session)
    panel.resize(332, 300)
    shown(panel)
    return panel


def test_it_tells_each_step_in_words(session: Session, panel: HistoryPanel) -> None:
    label(session, "Arvenia", "COUNTRY")
    session.work.set_status("done")
    assert texts(panel.view)[:2] == ["Finished the article", "Labelled “Arvenia” as Country"]
    session.topics.give("t:12")
    assert texts(panel.view)[0] == "Gave the topic Sea transport"
    about = panel.view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "anna · " in about
    assert about.endswith("Harbour ministers meet")


def test_what_is_undone_says_so(session: Session, panel: HistoryPanel) -> None:
    label(session, "Arvenia", "COUNTRY")
    label(session, "Sund", "LOCATION")
    session.history.undo()
    session.history.undo()
    lines = [panel.view.model().index(row, 0).data(ITEM) for row in range(4)]
    assert [line.undone for line in lines] == [False, False, True, True]
    assert texts(panel.view)[0] == "Undone: Labelled “Arvenia” as Country"
    session.history.redo()
    lines = [panel.view.model().index(row, 0).data(ITEM) for row in range(5)]
    assert [line.undone for line in lines] == [False, True, False, True, False]
    fresh = [line for _entry, line in session.ready.history(5)]
    assert lines == fresh


def test_a_step_that_has_no_room_in_one_line_has_two(
    session: Session, panel: HistoryPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.topics.give("t:12")
    label(session, "Harbour ministers meet on Sund grain", "ORGANIZATION")
    session.work.set_status("done")
    view, seen = panel.view, list[str]()
    elided = drawing.QFontMetrics.elidedText

    def watched(metrics: QFontMetrics, words: str, how: Qt.TextElideMode, width: int) -> str:
        seen.append(elided(metrics, words, how, width))
        return seen[-1]

    def high() -> list[int]:
        QTest.qWait(20)
        return [view.rowHeight(row) for row in range(3)]

    def drawn() -> str:
        seen.clear()
        with monkeypatch.context() as patch:
            patch.setattr(drawing.QFontMetrics, "elidedText", watched)
            view.viewport().grab()
        return " ".join(seen)

    short, long, other = high()
    assert short == other < long
    assert "Labelled “Harbour ministers meet on Sund grain” as Organization" in drawn()
    session.history.undo()
    session.history.undo()
    assert high()[2:] == [short], "what is new stands above"
    assert view.rowHeight(3) == long, "of what is undone as well"
    assert "…" not in "".join(words for words in seen if "Sund" in words)
    panel.resize(700, 300)
    assert view.rowHeight(3) == short == high()[0], "where there is room it is one line"
    panel.resize(332, 300)
    assert view.rowHeight(3) == long
    panel.this_article.setChecked(True)
    assert view.rowHeight(3) == long


def test_it_goes_on_when_scrolled(session: Session, panel: HistoryPanel, qtbot: QtBot) -> None:
    for n in range(PAGE + 20):
        session.work.set_status("doing" if n % 2 else "done")
    panel.this_article.setChecked(True)
    panel.this_article.setChecked(False)
    model = panel.view.model()
    assert model.rowCount() == PAGE
    panel.view.scrollToBottom()
    qtbot.waitUntil(lambda: model.rowCount() > PAGE)
    total = len(session.ready.history(1000))
    panel.view.scrollToBottom()
    assert model.rowCount() == total
    assert texts(panel.view)[-1].endswith("joined the project")


def test_only_this_article(session: Session, panel: HistoryPanel) -> None:
    label(session, "Arvenia", "COUNTRY")
    session.show_article("a2")
    session.work.set_status("skipped")
    QTest.mouseClick(panel.this_article, Qt.MouseButton.LeftButton, pos=panel.this_article.rect().center())
    panel.this_article.setChecked(True)
    assert texts(panel.view) == ["Skipped the article"]
    session.work.set_status("done")
    assert texts(panel.view)[0] == "Finished the article"
    session.show_article("a1")
    assert texts(panel.view) == ["Labelled “Arvenia” as Country"]


def test_a_click_shows_the_article(session: Session, panel: HistoryPanel) -> None:
    label(session, "Arvenia", "COUNTRY")
    session.show_article("a2")
    click(panel.view, 0)
    assert session.article is not None
    assert session.article.id == "a1"


def test_it_reads_nothing_while_hidden(session: Session, panel: HistoryPanel) -> None:
    panel.hide()
    before = texts(panel.view)
    label(session, "Arvenia", "COUNTRY")
    assert texts(panel.view) == before
    panel.show()
    assert texts(panel.view)[0] == "Labelled “Arvenia” as Country"


def test_what_others_did_is_told(session: Session, panel: HistoryPanel) -> None:
    me = Me("00000000-0000-4000-8000-00000000000b", "ben", "00000000-0000-4000-8000-0000000000db")
    with Project.open(session.ready.path, me) as other:
        other.set_status("a2", "skipped")
    session.look_for_news()
    assert texts(panel.view)[:2] == ["Skipped the article", "ben joined the project"]

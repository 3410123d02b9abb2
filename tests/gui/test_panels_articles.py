"""The list of articles and its filter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot
from tests.gui.panel_help import Show, add_articles, article, click, label, make_session, news, texts

from rubricator.project import Project
from rubricator.words import say
from rubricator_gui.panels import when
from rubricator_gui.panels.article_filter import (
    Filter,
    into_texts,
    labels_named,
    parse_filter,
    status_named,
    unknown_key,
    unknown_label,
    with_quotes,
)
from rubricator_gui.panels.article_model import PAGE
from rubricator_gui.panels.articles import ArticleList
from rubricator_gui.panels.rows import ITEM, MARKED
from rubricator_gui.session import Session

TITLES = ("Harbour ministers meet", "Tarsk quay reopens", "Ferry operator asks", "Grain prices slip")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", Filter()),
        ("grain  sund", Filter(("grain", "sund"))),
        ('"grain corridor" x', Filter(("grain corridor", "x"))),
        ("“grain corridor", Filter(("grain corridor",))),
        ("label:ORG status:todo talks", Filter(("talks",), ("ORG",), ("todo",))),
        ('LABEL:"Job title"', Filter((), ("Job title",))),
        ("label: status:", Filter()),
        ("flag:", Filter(flags=("",))),
        ("status:Flagged status:todo", Filter(statuses=("todo",), flags=("",))),
        ("flag:dates Flag:“ask ben” x", Filter(("x",), flags=("dates", "ask ben"))),
        ("label:A label:B", Filter((), ("A", "B"))),
        ("http://x.org label", Filter(("http://x.org", "label"))),
        ("entity:Q7 x entity:", Filter(("x",), entities=("Q7",))),
        ("entity:https://x.org/7", Filter(entities=("https://x.org/7",))),
        ('text: Text:Lebedev text:"New York" x', Filter(("x",), texts=("Lebedev", "New York"))),
    ],
)
def test_filters_are_read(typed: str, expected: Filter) -> None:
    assert parse_filter(typed) == expected


def test_words_of_a_filter_are_looked_for_in_texts() -> None:
    typed = 'Lebedev “New York” label:"Job title" flag: status:todo text:x text: 18:07'
    looked = 'text:Lebedev text:"New York" label:"Job title" flag: status:todo text:x text: text:18:07'
    assert into_texts(typed) == looked
    assert into_texts(looked) == looked


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", ""),
        ("grain label:ORG flag:", ""),
        ("label: Status:", ""),
        ("http://x.org 18:07", ""),
        ('"topic: peace"', ""),
        ("grain topic:peace", "topic"),
        ("entity:anna Entity:", ""),
        ("relation:", "relation"),
    ],
)
def test_what_looks_like_a_key_and_is_none(typed: str, key: str) -> None:
    assert unknown_key(typed) == key


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("label:Job title", 'label:"Job title"'),
        ("x label:job tit", 'x label:"job tit"'),
        ("-label:work  of art sund", '-label:"work of art" sund'),
        ("label:person anna", "label:person anna"),
        ("label:job label:work of", 'label:job label:"work of"'),
        ("label:job title:x", "label:job title:x"),
        ('"label:job title"', '"label:job title"'),
        ("“label:job title” label:", '"label:job title" label:'),
    ],
)
def test_titles_need_no_quotation_marks(typed: str, read: str) -> None:
    assert with_quotes(typed, news()) == read


def test_a_label_that_is_none_is_named() -> None:
    assert unknown_label("talks label:job label:xyz", news()) == "xyz"
    assert unknown_label("label:Job title label: -label:xyz", news()) == ""


def test_labels_and_statuses_go_by_any_of_their_names() -> None:
    for called in ("ORG", "org", "organization", "Organization"):
        assert labels_named(news(), called) == ("ORGANIZATION",)
    assert labels_named(news(), "PER") == ("PERSON",), "it is called so: others only begin so"
    assert labels_named(news(), "job") == labels_named(news(), "titl") == ("PROFESSION",)
    assert labels_named(news(), "pe") == ("PERSON", "PERCENT")
    assert labels_named(news(), "XYZ") == ("XYZ",)
    assert [status_named(s) for s in ("todo", "To do", "inwork", "in-work", "Done", "finished", "Left", "?")] == [
        *("todo", "todo", "doing", "doing", "done", "done", "left", "?")
    ]


def test_dates_are_short_in_lists_and_whole_in_headers() -> None:
    today = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
    assert when.day("2026-09-14T18:07:00", today) == "14 Sep"
    assert when.day("2025-09-14", today) == "14 Sep 2025"
    assert when.day("yesterday", today) == "yesterday"
    assert when.moment("2026-11-23T18:41:07.123Z", today) == "18:41"
    assert when.moment("2026-09-14T18:41:07.123Z", today) == "14 Sep 18:41"
    assert when.in_full("2026-09-14T18:07:00") == "Monday 14 September 2026, 18:07"
    assert when.in_full("2026-09-14") == "Monday 14 September 2026"


@pytest.fixture
def session(tmp_path: Path, qapp: object) -> Iterator[Session]:
    dates = ("2026-09-12", "2026-09-14T18:07:00", "2025-01-02", "")
    found = [article(n, title, "Velis Courier" if n % 2 else "Orsk", dates[n]) for n, title in enumerate(TITLES)]
    session = make_session(tmp_path, found)
    yield session
    session.close()


@pytest.fixture
def panel(session: Session, shown: Show) -> ArticleList:
    panel = ArticleList(session)
    panel.resize(300, 600)
    shown(panel)
    return panel


def filtered(panel: ArticleList, typed: str) -> list[str]:
    panel.filter.setFocus()
    panel.filter.selectAll()
    QTest.keyClicks(panel.filter, typed)
    QTest.qWait(200)
    return texts(panel.view)


def current(panel: ArticleList) -> str:
    return str(panel.view.currentIndex().data())


def test_it_lists_in_order_of_import_or_newest_first(panel: ArticleList) -> None:
    assert texts(panel.view) == list(TITLES)
    panel.order.setFocus()
    QTest.keyClick(panel.order, Qt.Key.Key_Down)
    assert texts(panel.view) == [TITLES[1], TITLES[0], TITLES[2], TITLES[3]]
    assert panel.status.itemText(0) == "All articles (4)"
    assert panel.note == "0 of 4 finished"


def test_an_article_without_a_headline_is_known_by_its_first_words(tmp_path: Path, shown: Show) -> None:
    text = "  Grain\nis   dear in Toll. " + "x" * 500
    session = make_session(tmp_path, [article(1, text=text)._replace(title="")], [text])
    panel = ArticleList(session)
    shown(panel)
    [line] = texts(panel.view)
    assert line.startswith("Grain is dear in Toll. xxx")
    assert len(line) <= 100
    session.close()


def test_the_order_is_remembered(session: Session, panel: ArticleList, shown: Show) -> None:
    QTest.keyClick(panel.order, Qt.Key.Key_Down)
    again = ArticleList(session)
    shown(again)
    assert texts(again.view)[0] == TITLES[1]


def test_a_click_shows_and_showing_marks(session: Session, panel: ArticleList) -> None:
    click(panel.view, 2)
    assert session.article is not None
    assert session.article.id == "a2"
    assert panel.view.model().index(2, 0).data(MARKED)
    panel.filter.setFocus()
    session.show_article("a3")
    assert current(panel) == TITLES[3]
    assert not panel.view.model().index(2, 0).data(MARKED)
    assert QApplication.focusWidget() is panel.filter


def test_arrows_show(session: Session, panel: ArticleList) -> None:
    panel.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    assert session.article is not None
    assert session.article.id == "a1"


def test_filter_by_words_label_and_status(session: Session, panel: ArticleList) -> None:
    session.show_article("a1")
    label(session, "Arvenia", "COUNTRY")
    assert filtered(panel, "grain") == [TITLES[3]]
    assert panel.note == "1 found"
    assert filtered(panel, "velis quay") == [TITLES[1]]
    for called in ("ctry", "coun", "c", "Country", "Country status:doing"):  # City, town begins with c as well
        assert filtered(panel, f"label:{called}") == [TITLES[1]]
    assert filtered(panel, "status:todo") == [TITLES[0], TITLES[2], TITLES[3]]
    assert filtered(panel, "status:todo status:done") == []
    QTest.keyClick(panel.filter, Qt.Key.Key_Escape)
    QTest.qWait(200)
    assert len(texts(panel.view)) == 4


def test_no_hit_offers_the_way_out(panel: ArticleList) -> None:
    assert filtered(panel, "label:XYZ") == []
    assert panel.empty.words == "No label is called “XYZ”."
    elsewhere = "The texts were not looked through."
    assert filtered(panel, "lebedev") == []
    assert panel.empty.words == f"No headline or source has “lebedev”. {elsewhere}"
    assert filtered(panel, "lebedev label:ctry") == []
    assert panel.empty.words == f"No article matches “lebedev label:ctry”. {elsewhere}"
    for typed in ("topic:peace", "quay Topic:"):
        assert filtered(panel, typed) == []
        key = typed.removeprefix("quay ").partition(":")[0]
        told = f"“{key}:” is not a filter; there are label:, entity:, text:, status:, flag:."
        assert panel.empty.words == f"No headline or source has “{typed}”. {told}"
    assert "text:words (of the text)" in panel.filter.toolTip()
    assert panel.filter.placeholderText().startswith("Filter: headline or source")
    filtered(panel, "label:XYZ")
    QTest.mouseClick(panel.empty.button, Qt.MouseButton.LeftButton)
    assert len(texts(panel.view)) == 4
    panel.status.setFocus()
    QTest.keyClick(panel.status, Qt.Key.Key_End)
    assert panel.empty.words == "No article is flagged."
    QTest.keyClick(panel.status, Qt.Key.Key_Up)
    assert panel.empty.words == "No article has the status “Skipped”."
    QTest.mouseClick(panel.empty.button, Qt.MouseButton.LeftButton)
    assert len(texts(panel.view)) == 4


def test_an_empty_project_says_so_once(tmp_path: Path, shown: Show) -> None:
    session = make_session(tmp_path, [])
    panel = ArticleList(session)
    shown(panel)
    assert panel.empty.words == "No articles yet."
    assert not panel.empty.button.isVisible(), "the middle of the window has it"
    session.close()
    assert panel.empty.words == "No project is open."
    assert not panel.empty.button.isVisible()


def test_next_and_previous_keep_to_filter_and_order(session: Session, panel: ArticleList) -> None:
    filtered(panel, "velis")
    session.show_article("a1")
    assert panel.next()
    assert session.article is not None
    assert session.article.id == "a3"
    assert not panel.next()
    assert panel.previous()
    assert session.article.id == "a1"
    assert not panel.previous()


def test_next_open_goes_round(session: Session, panel: ArticleList) -> None:
    for finished in ("a1", "a2"):
        session.show_article(finished)
        session.work.set_status("done")
    session.show_article("a0")
    assert panel.next_open()
    assert session.article is not None
    assert session.article.id == "a3"
    assert panel.next_open()
    assert session.article.id == "a0"
    session.work.set_status("skipped")
    session.show_article("a3")
    assert not panel.next_open()


def box(panel: ArticleList, entry: str) -> list[str]:
    """Choose an entry of the status box by its keys, and return what is listed."""
    panel.status.setFocus()
    QTest.keyClick(panel.status, Qt.Key.Key_Home)
    while not panel.status.currentText().startswith(entry):
        QTest.keyClick(panel.status, Qt.Key.Key_Down)
    return texts(panel.view)


def test_what_is_left_is_one_entry_and_grows_less(session: Session, panel: ArticleList, qtbot: QtBot) -> None:
    session.show_article("a1")
    session.work.set_status("done")
    session.show_article("a2")
    label(session, "Arvenia", "COUNTRY")
    assert box(panel, "To do or in work") == [TITLES[0], TITLES[2], TITLES[3]]
    qtbot.waitUntil(lambda: panel.status.currentText() == "To do or in work (3)")
    for shown, left in (("a3", [TITLES[0], TITLES[3]]), ("a0", [TITLES[0]])):
        session.work.set_status("done")
        assert panel.next_open()
        assert session.article is not None
        assert (session.article.id, texts(panel.view)) == (shown, left)
        assert current(panel) == session.article.title
    session.work.set_status("skipped")
    assert not panel.next_open()
    assert texts(panel.view) == []
    assert panel.empty.words == "All 4 articles are finished or skipped. Ctrl+E exports them."
    QTest.mouseClick(panel.empty.button, Qt.MouseButton.LeftButton)
    assert len(texts(panel.view)) == 4


def test_skipped_articles_are_no_finished_ones(session: Session, panel: ArticleList, qtbot: QtBot) -> None:
    for uid, status in (("a1", "skipped"), ("a2", "done")):
        session.show_article(uid)
        session.work.set_status(status)
    qtbot.waitUntil(lambda: panel.note == "1 of 4 finished · 1 skipped")
    header = panel.findChild(QAbstractButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert header is not None
    finished = "1 of 4 finished"
    for wide in (True, False):
        header.setFixedWidth(400 if wide else header.fontMetrics().horizontalAdvance("Articles " + finished) + 70)
        panel.set_note("1 of 4 finished · 1 skipped", short=finished)
        both = header.grab().toImage()
        panel.set_note(finished)
        assert (header.grab().toImage() != both) == wide, "where there is no room, nothing is cut in the middle"


def test_what_is_left_elsewhere_is_told(session: Session, panel: ArticleList) -> None:
    assert filtered(panel, "status:left quay") == [TITLES[1]]
    session.show_article("a1")
    session.work.set_status("done")
    assert not panel.next_open()
    assert say(panel.nothing_left()) == (
        "Nothing is left in this list; 3 articles are left elsewhere. Clear the filter to go on."
    )


def test_flagged_articles_are_found(session: Session, panel: ArticleList) -> None:
    session.show_article("a2")
    session.work.toggle_flag()
    session.show_article("a3")
    session.run(session.ready.set_flags("a3", ["check the dates"]))
    assert box(panel, "Flagged") == [TITLES[2], TITLES[3]]
    assert panel.view.model().index(0, 0).data(ITEM).flags == ("flagged",)
    assert "flagged" in panel.view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    box(panel, "All")
    assert filtered(panel, "flag:") == [TITLES[2], TITLES[3]]
    assert filtered(panel, "flag:dates") == [TITLES[3]]
    assert filtered(panel, "flag:100%") == []
    session.history.undo()
    session.history.undo()
    assert session.article.id == "a3", "it says first that the next step was elsewhere"
    session.history.undo()
    assert session.article.id == "a2"
    assert session.flags == ()


def test_rows_follow_the_work_and_stay_in_place(session: Session, panel: ArticleList, qtbot: QtBot) -> None:
    filtered(panel, "status:todo")
    session.show_article("a1")
    label(session, "Arvenia", "COUNTRY")
    line = panel.view.model().index(1, 0).data(ITEM)
    assert (line.status, line.annotations) == ("doing", 1)
    assert len(texts(panel.view)) == 4  # it leaves when the filter is used again, not under the pointer
    session.work.set_status("done")
    qtbot.waitUntil(lambda: panel.status.itemText(4) == "Finished (1)")
    panel.clear_filter()
    assert panel.note == "1 of 4 finished"


def test_articles_come_and_go(session: Session, panel: ArticleList, qtbot: QtBot, tmp_path: Path) -> None:
    with Project.open(session.ready.path, session.ready.me) as other:
        add_articles(other, [article(9, "Late news")])
    session.look_for_news()
    assert texts(panel.view)[-1] == "Late news"
    qtbot.waitUntil(lambda: panel.status.itemText(0) == "All articles (5)")


def test_letters_in_the_filter_label_nothing(session: Session, panel: ArticleList) -> None:
    filtered(panel, "123")
    assert session.sticky is None
    assert not len(session.spans)


def test_down_goes_into_the_list(session: Session, panel: ArticleList) -> None:
    filtered(panel, "grain")
    QTest.keyClick(panel.filter, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is panel.view
    assert session.article is not None
    assert session.article.id == "a3"


def test_ten_thousand_articles_are_read_by_pages(tmp_path: Path, shown: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    session = make_session(tmp_path, [article(n) for n in range(10_000)])
    panel = ArticleList(session)
    panel.resize(300, 600)
    shown(panel)
    assert panel.view.model().rowCount() == 10_000
    assert len(panel._model._pages) <= 2
    label(session, "Arvenia", "COUNTRY")
    read: list[int] = []
    lines = panel._model._lines
    monkeypatch.setattr(panel._model, "_lines", lambda numbers: read.append(len(numbers)) or lines(numbers))
    monkeypatch.setattr(session.ready.rows, "article_numbers", None)  # not asked for one label
    label(session, "Sund", "LOCATION")
    assert read == [1]
    assert panel.view.model().index(PAGE * 100, 0).data() == f"Article {PAGE * 100}"
    session.close()

"""Agreement by hand: figures, drift, the matrix and the sentences behind it, the way into the article, files; bad input."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog
from tests import making
from tests.journeys import agreed, kit
from tests.journeys.conftest import Start
from tests.journeys.test_names import nameless
from tests.journeys.test_window import clipped

from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.exchange.schemes import scheme_named
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.review.agreement.html import to_html
from rubricator.review.agreement.report import Report
from rubricator.review.agreement.tables import shown
from rubricator.settings import Me, Settings
from rubricator_gui.dialogs.agreement.figures import INTERVAL, NAME, PLOT, VALUE, FigureTable
from rubricator_gui.dialogs.agreement.window import AgreementWindow
from rubricator_gui.hand import Hand

TEXT = "Anna Lebrune flew from Bonn to Port Velis."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    kit.introduced("rita")
    return agreed.project(tmp_path / "news.rubric", Settings().me(), 4, gold=True)


@pytest.fixture
def hand(start: Start, path: Path) -> Hand:
    return start(path)


def opened(hand: Hand, *, wait: bool = True) -> AgreementWindow:
    """Open the window by its key; the keys are its own from now on."""
    hand.keys("Shift+F8")
    window = hand.window.reviewer.agreement
    assert window is not None
    hand.front = window
    hand.wait_until(window.isActiveWindow, "the window of agreement is in front")
    if wait:
        done(hand, window)
    return window


def done(hand: Hand, window: AgreementWindow) -> Report:
    hand.wait_until(lambda: not window.at_work, "the figures are there", 60)
    QTest.qWait(20)
    assert window.report is not None, window.message.words
    return window.report


def turn_to(hand: Hand, window: AgreementWindow, title: str) -> None:
    """Turn to a page by the keys."""
    for _n in range(window.tabs.count()):
        if window.tabs.tabText(window.tabs.currentIndex()) == title:
            return
        hand.keys("Ctrl+Tab")
    raise AssertionError(f"there is no page {title}")


def choose(hand: Hand, box: QComboBox, words: str) -> None:
    """Choose in a box by the arrow keys."""
    box.setFocus()
    hand.keys("Home")
    for _n in range(box.count()):
        if box.currentText().startswith(words):
            return
        hand.keys("Down")
    raise AssertionError(f"nothing begins with {words}")


def cells(table: FigureTable, *columns: int) -> list[list[str]]:
    model = table.figures
    return [[str(model.index(row, column).data()) for column in columns] for row in range(model.rowCount())]


def finished(path: Path, layers: dict[Me, dict[str, Sequence[tuple[str, int, int]]]]) -> Path:
    """Make a project in which people have finished articles (by id) with these annotations."""
    articles = sorted({uid for said in layers.values() for uid in said})
    making.make(path, making.ANNA, [(uid, f"{TEXT} {uid}") for uid in articles]).close()
    for me, said in layers.items():
        with Project.open(path, me) as project:
            for uid, found in said.items():
                for label, start, end in found:
                    project.annotate(uid, label, [Span.of(start, end)])
                project.set_status(uid, "done")
    return path


# --- figures ----------------------------------------------------------------------------------------------------------


def test_the_window_shows_the_figures_of_the_report(hand: Hand) -> None:
    window = opened(hand)
    expected = hand.window.session.ready.agreement.report()
    assert window.report == expected
    strict = expected.overall.of("strict")
    assert strict is not None
    assert strict.low is not None
    first = cells(window.overall.table, NAME, VALUE, INTERVAL)[0]
    assert first == ["F1, strict", shown(strict.value), f"[{shown(strict.low)}, {shown(strict.high)}]"]
    assert "4 of 4 articles" in window.overall.about.text()
    turn_to(hand, window, "Labels")
    title = hand.window.session.title
    assert cells(window.labels.table, NAME, VALUE) == [
        [title(group.name), shown(group.figures[0].value)] for group in expected.labels
    ]
    choose(hand, window.labels.measure, "alpha-U")
    assert cells(window.labels.table, VALUE) == [[shown(group.figures[-1].value)] for group in expected.labels]
    assert "beyond chance" in window.labels.what.text()
    turn_to(hand, window, "Pairs")
    assert [name for (name,) in cells(window.pairs.table, NAME)] == ["anna × ben"]
    turn_to(hand, window, "Weeks")
    names = [name for (name,) in cells(window.weeks.table, NAME)]
    assert names == [group.name for group in (*expected.weeks, *expected.drift)]
    assert [line.name for line in window.weeks.plot.lines] == ["anna", "ben"]  # type: ignore[union-attr]
    turn_to(hand, window, "Oneself")
    assert [name for (name,) in cells(window.repeats.table, NAME)] == ["anna", "ben"]
    turn_to(hand, window, "Topics")
    assert len(cells(window.topics.table, NAME)) == len(expected.topics) > 0


def test_what_flatters_stands_apart_with_its_flaw(hand: Hand) -> None:
    window = opened(hand)
    for page in (window.overall, window.pairs):
        told = {row.figure.measure for row in page.table.figures.rows}
        assert not told & {"words-fleiss", "words-kappa", "label-kappa"}
    assert window.pairs.measure.findData("words-kappa") < 0
    turn_to(hand, window, "Other")
    choose(hand, window.others.measure, "Words: Fleiss")
    assert "Compare it with nothing but itself" in window.others.what.text()
    assert cells(window.others.table, NAME) == [["All"]]
    choose(hand, window.others.measure, "Words: Cohen")
    assert cells(window.others.table, NAME) == [["anna × ben"]]


def test_it_is_found_in_the_palette(hand: Hand) -> None:
    def answer(dialog: QDialog) -> None:
        hand.type("agreement")
        hand.keys("Return")

    hand.answer("palette", answer)
    hand.keys("Ctrl+K")
    hand.wait_until(lambda: hand.window.reviewer.agreement is not None, "the window is there")


def test_sorting_puts_what_is_undefined_last(hand: Hand) -> None:
    window = opened(hand)
    turn_to(hand, window, "Labels")
    table = window.labels.table
    head = table.horizontalHeader()
    at = head.sectionViewportPosition(VALUE) + head.sectionSize(VALUE) // 2
    for order in (False, True):
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 5))
        values = [value for (value,) in cells(table, VALUE)]
        numbers = [float(value) for value in values if value != "n/a"]
        assert values == [*map(shown, sorted(numbers, reverse=order)), *["n/a"] * (len(values) - len(numbers))]


def test_annotators_are_compared_with_gold(hand: Hand) -> None:
    window = opened(hand)
    choose(hand, window.choices.against, "Gold")
    report = done(hand, window)
    assert report.against is not None
    assert [group.name for group in report.pairs] == ["gold × anna", "gold × ben"]
    window.choices.people.setFocus()
    hand.keys("Space")  # anna is left out
    report = done(hand, window)
    assert [group.name for group in report.pairs] == ["gold × ben"]
    hand.keys("Down", "Space")
    assert window.message.words == "Tick one annotator."
    assert not window.save_button.isEnabled()


def test_some_articles_are_compared(hand: Hand) -> None:
    hand.window.articles.filter.setFocus()
    hand.type("2")
    hand.wait_until(lambda: hand.window.articles.listed() == ["a2"], "the list is filtered")
    hand.reader.setFocus()
    window = opened(hand)
    choose(hand, window.choices.articles, "Those that the list shows")
    assert done(hand, window).compared == 1
    choose(hand, window.choices.articles, "The article shown")
    assert done(hand, window).compared == 1
    choose(hand, window.choices.articles, "All")
    assert done(hand, window).compared == 4


def test_some_labels_are_compared(hand: Hand) -> None:
    window = opened(hand)
    names = window.choices.labels.ids()
    assert {"CITY", "DATE"} < set(names)
    window.choices.labels.setFocus()
    hand.keys("Home", "Space")
    report = done(hand, window)
    assert names[0] not in {group.name for group in report.labels}
    assert report == hand.window.session.ready.agreement.report(labels=names[1:])
    for _name in names[1:]:
        hand.keys("Down", "Space")
    assert window.message.words == "Tick a label, or all."


# --- the matrix -------------------------------------------------------------------------------------------------------


def open_cell(hand: Hand, window: AgreementWindow, row: str, column: str, *, by_mouse: bool = False) -> None:
    turn_to(hand, window, "Confusion")
    table = window.confusion.table
    names = table.cells.names
    index = table.cells.index(names.index(row), names.index(column))
    if by_mouse:
        hand.click_on(table.viewport(), table.visualRect(index).center())
        return
    table.setFocus()
    hand.keys("Ctrl+Home", "Down")  # the corner, where neither has a label, is passed over
    here = table.currentIndex()
    down, right = index.row() - here.row(), index.column() - here.column()
    hand.keys(*["Down" if down > 0 else "Up"] * abs(down), *["Right" if right > 0 else "Left"] * abs(right), "Return")


def test_a_cell_opens_its_sentences_and_a_sentence_the_article(hand: Hand) -> None:
    window = opened(hand)
    matrix = done(hand, window).matrices[0]
    cell = max((cell for cell in matrix.cells if not cell.column), key=lambda cell: cell.n)
    open_cell(hand, window, cell.row, "")
    places = window.confusion.list
    assert places.model().rowCount() == cell.n
    assert f"ben: nothing: {cell.n} place" in window.confusion.told.text()
    assert places.hasFocus()
    hand.keys(*["Down"] * (cell.n - 1), "Return")
    hand.wait_until(hand.window.isActiveWindow, "the article is in front")
    session = hand.window.session
    project = session.ready
    behind = cell.behind[-1]
    assert session.article is not None
    assert session.article.id == behind.article
    _article, owner = project.rows.home_of(behind.one) or ("", "")
    said = next(one for one in project.rows.annotations(behind.article, owner) if one.id == behind.one)
    assert session.selection == said.span
    assert window.isVisible()
    hand.front = hand.window
    hand.keys("Shift+F8")  # back to where one was
    hand.wait_until(window.isActiveWindow, "the same window comes back")
    assert hand.window.reviewer.agreement is window
    hand.front = window
    assert places.hasFocus()
    hand.keys("Escape")
    assert window.confusion.table.hasFocus()


def test_nobody_stands_where_neither_has_a_label_and_an_empty_cell_says_so(hand: Hand) -> None:
    window = opened(hand)
    turn_to(hand, window, "Confusion")
    table = window.confusion.table
    corner = table.cells.index(0, 0)
    table.setFocus()
    for keys in (("Ctrl+Home",), ("Left", "Up"), ("Home", "Up", "Up")):
        hand.keys(*keys)
        assert table.currentIndex() != corner, keys
    was = table.currentIndex()
    hand.click_on(table.viewport(), table.visualRect(corner).center())
    assert table.currentIndex() == was
    assert "not counted" in str(corner.data(Qt.ItemDataRole.ToolTipRole))
    names = table.cells.names
    empty = next(
        (row, column) for row in names[1:] for column in names[1:]
        if not table.cells.cell(table.cells.index(names.index(row), names.index(column))).n
    )  # fmt: skip
    open_cell(hand, window, *empty)
    assert window.confusion.told.text().endswith(": nowhere")
    assert window.confusion.list.isHidden()
    assert table.hasFocus()


def test_a_click_opens_a_cell_and_what_agrees_has_sentences_too(hand: Hand) -> None:
    window = opened(hand)
    open_cell(hand, window, "DATE", "DATE", by_mouse=True)
    list_ = window.confusion.list
    n = window.report.matrices[0].cell("DATE", "DATE").n  # type: ignore[union-attr]
    assert list_.model().rowCount() == n > 0
    words = str(list_.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "anna: “" in words
    assert "Report 0" in words
    hand.click_on(list_.viewport(), list_.visualRect(list_.model().index(1, 0)).center())
    hand.wait_until(hand.window.isActiveWindow, "the article is in front")
    assert hand.window.session.selection is not None


def test_who_reviews_without_names_is_not_told_who_said_what(hand: Hand) -> None:
    hand.keys("F8")
    assert hand.window.session.reviewing.blind
    window = opened(hand)
    open_cell(hand, window, "DATE", "DATE", by_mouse=True)
    list_ = window.confusion.list
    assert (list_.isHidden(), list_.model().rowCount()) == (True, 0)
    assert "who said what is not told" in window.confusion.told.text()
    hand.window.session.reviewing.hide_names(False)
    open_cell(hand, window, "DATE", "DATE", by_mouse=True)
    assert list_.isVisible()
    assert list_.model().rowCount() > 0


def test_pairs_have_matrices_of_different_sizes(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    many: Sequence[tuple[str, int, int]] = [("CITY", 23, 27), ("PERSON", 0, 12), ("DATE", 5, 12), ("LAW", 31, 41)]
    carl = Me("00000000-0000-4000-8000-00000000000c", "carl", "00000000-0000-4000-8000-0000000000dc")
    layers = {making.ANNA: {"a": many}, making.BEN: {"a": many[:1]}, carl: {"a": many[:1]}}
    hand = start(finished(tmp_path / "p.rubric", layers))
    window = opened(hand)
    turn_to(hand, window, "Confusion")
    table = window.confusion.table
    for pair, size in (("anna × ben", 5), ("ben × carl", 2), ("anna × carl", 5), ("ben × carl", 2)):
        choose(hand, window.confusion.pair, pair)
        QTest.qWait(20)
        assert len(table.cells.names) == table.horizontalHeader().count() == size
        assert not table.grab().isNull()


def test_what_the_other_did_not_mark_is_in_sight_and_all_else_in_reach(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    names = [label.name for label in scheme_named("news").labels][:25]
    many = [(label, 0, 12) for label in names]
    hand = start(finished(tmp_path / "p.rubric", {making.ANNA: {"a": many}, making.BEN: {"a": many[:3]}}))
    window = opened(hand)
    window.resize(1000, 700)
    turn_to(hand, window, "Confusion")
    table = window.confusion.table

    def seen(row: int, column: int) -> bool:
        return table.viewport().rect().contains(table.visualRect(table.cells.index(row, column)))

    last = len(table.cells.names) - 1
    assert table.cells.names[0] == ""
    assert seen(1, 0)
    assert not seen(last, last)
    table.setFocus()
    hand.keys("Ctrl+End")
    assert seen(last, last)
    hand.keys("Home")
    assert seen(last, 0)
    hand.keys("Return")
    assert "ben: nothing: 1 place" in window.confusion.told.text()


def test_the_reviewer_comes_to_the_difference(hand: Hand) -> None:
    hand.keys("F8")
    hand.window.session.reviewing.hide_names(False)  # without names it would tell who is A
    hand.wait_until(lambda: hand.window.session.queue.whole, "the queue is made")
    window = opened(hand)
    matrix = done(hand, window).matrices[0]
    cell = next(cell for cell in matrix.cells if cell.row and cell.column and cell.row != cell.column)
    open_cell(hand, window, cell.row, cell.column)
    hand.keys("Return")
    hand.wait_until(hand.window.isActiveWindow, "the article is in front")
    here = hand.window.session.reviewing.current
    assert here is not None
    assert {cell.behind[0].one, cell.behind[0].other} <= {*here.difference.subjects}


def test_one_s_own_annotation_is_chosen(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    me = Settings().me()
    one = {"a": [("CITY", 23, 27)], "b": [("CITY", 23, 27)]}
    other = {"a": [("PERSON", 0, 12)], "b": [("CITY", 23, 27)]}
    hand = start(finished(tmp_path / "p.rubric", {me: one, making.BEN: other}))
    window = opened(hand)
    open_cell(hand, window, "CITY", "")
    hand.keys("Return")
    hand.wait_until(hand.window.isActiveWindow, "the article is in front")
    chosen = hand.window.session.chosen_annotation
    assert chosen is not None
    assert (chosen.article, chosen.label) == ("a", "CITY")


def test_work_that_changes_is_said_and_what_is_gone_is_told(hand: Hand) -> None:
    window = opened(hand)
    open_cell(hand, window, "DATE", "DATE")
    places = window.confusion.list.places
    behind = places.behind[0]
    project = hand.window.session.ready
    before = project.me
    for uid in (behind.one, behind.other):
        home = project.rows.home_of(uid)
        assert home is not None
        project.me = Me(home[1], "x", making.ANNA.device)
        gone = next(one for one in project.rows.annotations(*home) if one.id == uid)
        hand.window.session.run(project.delete_all([gone]))
    project.me = before
    assert "figures of before" in window.told.text()
    assert places.index(0).data() == "What stood here was changed since the comparison."
    hand.click_on(window.again)
    n = window.confusion.list.model().rowCount()
    report = done(hand, window)
    assert report.matrices[0].cell("DATE", "DATE").n == n - 1
    assert window.told.text() == ""


# --- files ------------------------------------------------------------------------------------------------------------


def saved(hand: Hand, window: AgreementWindow, kind: str, out: Path) -> Path:
    """Save by the button's menu, and the file dialog by its keys."""
    action = next(one for one in window.save_button.menu().actions() if one.text().startswith(kind))
    hand.answer_file(out)
    action.trigger()
    hand.wait_until(lambda: window.told.text() == f"Wrote {out.name}.", f"{kind} is written")
    return out


def test_it_is_saved_as_page_pdf_table_and_json(hand: Hand, tmp_path: Path) -> None:
    window = opened(hand)
    report = done(hand, window)
    assert saved(hand, window, "Web page", tmp_path / "r.html").read_text("utf-8") == to_html(report)
    assert json.loads(saved(hand, window, "JSON", tmp_path / "r.json").read_text("utf-8"))["compared"] == 4
    with saved(hand, window, "Table", tmp_path / "r.csv").open(encoding="utf-8", newline="") as stream:
        assert next(csv.DictReader(stream))["measure"] == "strict"
    pdf = saved(hand, window, "PDF", tmp_path / "r.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert b"/MediaBox [0 0 595" in pdf  # A4


def test_a_project_is_never_written_over(hand: Hand, path: Path) -> None:
    window = opened(hand)
    before = path.read_bytes()
    told: list[str] = []

    def read(dialog: QDialog) -> None:
        told.append(kit_words(dialog))
        dialog.reject()

    def replace(dialog: QDialog) -> None:
        hand.answer("userError", read)
        hand.keys("Alt+Y")

    for kind in ("Web page", "PDF"):
        action = next(one for one in window.save_button.menu().actions() if one.text().startswith(kind))
        told.clear()
        hand.answer_file(path)
        hand.answer("QMessageBox", replace)
        action.trigger()
        hand.wait_until(lambda: bool(told), "it is refused")
        assert "is a project, and is never written over" in told[0]
    assert path.read_bytes() == before


def kit_words(dialog: QDialog) -> str:
    return getattr(dialog, "text", lambda: "")()


# --- bad input --------------------------------------------------------------------------------------------------------


def test_one_layer_is_not_compared(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    hand = start(finished(tmp_path / "p.rubric", {making.ANNA: {"a": [("CITY", 23, 27)]}}))
    window = opened(hand, wait=False)
    assert not window.at_work
    assert "Agreement needs the work of two annotators; there is that of 1." in window.message.words
    assert not window.save_button.isEnabled()
    assert list(nameless(window)) == []
    with Project.open(tmp_path / "p.rubric", making.BEN) as other:
        other.annotate("a", "CITY", [Span.of(23, 27)])
        other.set_status("a", "done")
    hand.click_on(window.message.button)  # the work of another came in meanwhile
    assert done(hand, window).compared == 1


def test_without_common_articles_all_is_undefined_and_says_why(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    layers = {making.ANNA: {"a": [("CITY", 23, 27)]}, making.BEN: {"b": [("CITY", 23, 27)]}}
    hand = start(finished(tmp_path / "p.rubric", layers))
    window = opened(hand)
    rows = cells(window.overall.table, VALUE, INTERVAL)
    assert rows
    assert rows == [["n/a", "no article to compare"]] * len(rows)
    turn_to(hand, window, "Confusion")
    assert "No two of them annotated anything" in window.confusion.empty.words
    turn_to(hand, window, "Labels")
    assert "Nobody annotated anything" in window.labels.empty.words


def test_what_is_undefined_is_never_a_number(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    nothing: dict[str, Sequence[tuple[str, int, int]]] = {"a": [], "b": []}
    hand = start(finished(tmp_path / "p.rubric", {making.ANNA: nothing, making.BEN: nothing}))
    window = opened(hand)
    rows = cells(window.overall.table, NAME, VALUE, INTERVAL)
    assert {value for _name, value, _why in rows} == {"n/a"}
    told = {name: why for name, _value, why in rows}
    assert told["F1, strict"] == "nothing was said"
    assert told["Topics: alpha, MASI"] == "nothing varies"  # two sets without a topic
    spoken = str(window.overall.table.figures.index(0, PLOT).data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("F1, strict: n/a, nothing was said")


def many(path: Path, articles: int = 2_000) -> Path:
    """Make a project of many short articles that two people have finished."""
    source = path.with_suffix(".jsonl")
    with source.open("w", encoding="utf-8") as stream:
        for n in range(articles):
            layers = [
                {"annotator": who, "status": "done", "annotations": [{"label": "CITY", "start": 23, "end": 27}]}
                for who in ("anna", "ben")
            ]
            stream.write(json.dumps({"id": f"a{n}", "text": f"{TEXT} {n}", "layers": layers}) + "\n")
    with making.make(path, Settings().me()) as project:
        import_files(project, [source], ImportOptions("jsonl"))
    return path


@pytest.fixture
def large(start: Start, tmp_path: Path) -> Hand:
    kit.introduced("rita")
    return start(many(tmp_path / "many.rubric"))


def test_two_thousand_articles_are_stopped_midway_and_the_window_lives(large: Hand) -> None:
    window = opened(large, wait=False)
    large.wait_until(lambda: window.bar.maximum() == 2_000 and window.bar.value() > 0, "it is under way")
    assert window.busy.text().startswith("Comparing article ")
    large.window.session.show_article("a7")
    assert large.window.session.text.endswith(" 7")  # nothing waits for it
    window.cancel.setFocus()
    large.keys("Return")
    assert not window.at_work
    assert window.message.words == "The comparison was stopped."
    assert window.message.button.hasFocus()
    large.keys("Space")
    report = done(large, window)
    assert report.compared == 2_000
    open_cell(large, window, "CITY", "CITY")
    assert "2000 places, the first 1000 of them" in window.confusion.told.text()


def test_the_window_goes_with_the_project(large: Hand) -> None:
    window = opened(large, wait=False)
    large.wait_until(lambda: window.bar.maximum() == 2_000, "it is under way")
    large.front = large.window
    large.keys("Ctrl+W")
    assert large.window.session.project is None
    assert large.window.reviewer.agreement is None
    QTest.qWait(50)
    assert "agreementWindow" not in [one.objectName() for one in QApplication.topLevelWidgets() if one.isVisible()]


def test_it_goes_with_the_main_window(hand: Hand) -> None:
    opened(hand, wait=False)
    hand.window.close()
    assert hand.window.reviewer.agreement is None


@pytest.mark.parametrize("look", ["light", "dark"])
def test_odd_names_and_labels_have_room(start: Start, tmp_path: Path, look: str) -> None:
    kit.introduced("rita")
    label = "A_" + "LABEL_WITHOUT_AN_END_" * 9 + "1234567890"
    assert len(label) > 200 - 2
    file = agreed.project(tmp_path / "p.rubric", Settings().me(), 3, ("שרה לוי", "x" * 200), odd=label)
    hand = start(file)
    hand.do(look)
    window = opened(hand)
    window.resize(1000, 700)
    for n in range(window.tabs.count()):
        window.tabs.setCurrentIndex(n)
        QTest.qWait(20)
        assert list(nameless(window)) == []
        cut = [words for words in clipped(window) if not words.startswith("LineLabel")]  # made to be elided
        assert cut == [], window.tabs.tabText(n)
    pair = str(window.pairs.table.figures.index(0, NAME).data())
    assert pair == f"\u2068שרה לוי\u2069 × {'x' * 200}"
    assert label in window.confusion.table.cells.names
    assert window.confusion.table.verticalHeader().width() < window.width() // 3


@pytest.mark.usefixtures("twice_as_large")
def test_at_twice_the_size(hand: Hand) -> None:
    window = opened(hand)
    for n in range(window.tabs.count()):
        window.tabs.setCurrentIndex(n)
        QTest.qWait(20)
        assert clipped(window) == [], window.tabs.tabText(n)


def test_the_plots_are_not_the_only_bearers(hand: Hand) -> None:
    window = opened(hand)
    turn_to(hand, window, "Weeks")
    plot = window.weeks.plot
    assert plot is not None
    assert plot.accessibleDescription() == "The table says the same in figures."
    assert plot.focusPolicy() == Qt.FocusPolicy.NoFocus
    model = window.weeks.table.figures
    for row in model.rows:
        index = model.index(model.rows.index(row), PLOT)
        assert shown(row.figure.value) in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    picture = plot.grab().toImage()
    ink = window.palette().text().color().rgb()
    assert any(picture.pixel(x, y) == ink for x in range(0, picture.width(), 2) for y in range(picture.height()))

"""The panel of topics and its search."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.gui.panel_help import TOPICS, Show, make_session, news

from rubricator.model.elements import tag_id
from rubricator.model.layer_edits import tag
from rubricator.model.scheme import Topic
from rubricator.model.spans import TopicTag
from rubricator.words import say
from rubricator_gui import theme
from rubricator_gui.panels.topic_chips import TopicChip
from rubricator_gui.panels.topic_model import CODE, SUB
from rubricator_gui.panels.topics import TopicPanel
from rubricator_gui.session import Session
from rubricator_gui.telling import Notice


@pytest.fixture
def session(tmp_path: Path, qapp: object) -> Iterator[Session]:
    session = make_session(tmp_path)
    yield session
    session.close()


@pytest.fixture
def panel(session: Session, shown: Show, qtbot: QtBot) -> TopicPanel:
    panel = TopicPanel(session)
    panel.resize(332, 400)
    shown(panel)
    qtbot.waitUntil(lambda: panel.tree.model().rowCount() > 0)
    return panel


def rows(panel: TopicPanel) -> list[str]:
    """Return the rows that are seen, from the top."""
    found = []
    index = panel.tree.model().index(0, 0)
    while index.isValid():
        found.append(str(index.data()))
        index = panel.tree.indexBelow(index)
    return found


def given(session: Session) -> list[str]:
    return [tag.topic for tag in session.tags]


def click_cross(chip: TopicChip) -> None:
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 6, chip.height() // 2))


def click_row(panel: TopicPanel, index: QModelIndex) -> None:
    QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=panel.tree.visualRect(index).center())


def test_the_tree_is_offered(panel: TopicPanel) -> None:
    assert rows(panel) == ["Economy, business and finance", "Politics and government"]
    assert panel.note == "0"


def test_typing_filters_opens_and_enter_gives(session: Session, panel: TopicPanel) -> None:
    panel.focus_search()
    assert QApplication.focusWidget() is panel.search
    QTest.keyClicks(panel.search, "grain")
    assert rows(panel) == ["Grain market"]
    assert panel.tree.currentIndex().data(SUB) == "Economy, business and finance › Economy"
    QTest.keyClick(panel.search, Qt.Key.Key_Return)
    assert given(session) == ["t:111"]
    told: list[Notice] = []
    session.told.connect(told.append)
    QTest.keyClick(panel.search, Qt.Key.Key_Return)  # what is given stays given
    assert given(session) == ["t:111"]
    assert [notice.words for notice in told] == [
        "“Grain market” is given already. Tab goes to the chips; Delete on its chip, or its ×, takes it off."
    ]
    QTest.keyClicks(panel.search, "dipl")  # replaces what was typed
    assert panel.search.text() == "dipl"
    QTest.keyClick(panel.search, Qt.Key.Key_Return)
    assert given(session) == ["t:111", "t:21"]
    assert panel.badge == "2"
    QTest.keyClick(panel.search, Qt.Key.Key_Escape)
    assert panel.search.text() == ""


def test_escape_in_an_empty_search_leaves(panel: TopicPanel, qtbot: QtBot) -> None:
    panel.focus_search()
    with qtbot.waitSignal(panel.left):
        QTest.keyClick(panel.search, Qt.Key.Key_Escape)


def test_enter_without_a_search_gives_nothing(session: Session, panel: TopicPanel) -> None:
    panel.focus_search()
    QTest.keyClick(panel.search, Qt.Key.Key_Return)
    assert given(session) == []


def test_the_keyboard_goes_through_the_tree(session: Session, panel: TopicPanel) -> None:
    panel.focus_search()
    QTest.keyClick(panel.search, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is panel.tree
    QTest.keyClick(panel.tree, Qt.Key.Key_Right)
    QTest.keyClick(panel.tree, Qt.Key.Key_Down)
    QTest.keyClick(panel.tree, Qt.Key.Key_Space)
    assert given(session) == ["t:11"]
    assert panel.tree.currentIndex().data(Qt.ItemDataRole.CheckStateRole) == 2
    told: list[Notice] = []
    session.told.connect(told.append)
    QTest.keyClick(panel.tree, Qt.Key.Key_Return)
    assert given(session) == ["t:11"], "Enter takes nothing off"
    assert say(told[-1].words) == "“Economy” is given already. Space takes it off."
    QTest.keyClick(panel.tree, Qt.Key.Key_Space)
    assert given(session) == []
    QTest.keyClick(panel.tree, Qt.Key.Key_Return)
    assert given(session) == ["t:11"]
    session.topics.take("t:11")
    QTest.keyClick(panel.tree, Qt.Key.Key_Up)
    QTest.keyClick(panel.tree, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is panel.search


def test_a_click_gives_and_takes_off(session: Session, panel: TopicPanel) -> None:
    index = panel.tree.model().index(1, 0)
    click_row(panel, index)
    assert given(session) == ["t:2"]
    click_row(panel, panel.tree.model().index(1, 0))
    assert given(session) == []


def test_an_arrow_opens_without_giving(session: Session, panel: TopicPanel) -> None:
    rect = panel.tree.visualRect(panel.tree.model().index(0, 0))
    place = QPoint(rect.left() // 2, rect.center().y())
    QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert given(session) == []
    assert "Sea transport" in rows(panel)


def test_chips_take_off(session: Session, panel: TopicPanel) -> None:
    session.topics.give("t:12")
    session.topics.give("t:21")
    assert [chip.text() for chip in panel.chips.chips] == ["Sea transport", "Diplomacy"]
    click_cross(panel.chips.chips[0])
    assert given(session) == ["t:21"]
    panel.chips.chips[0].setFocus()
    QTest.keyClick(panel.chips.chips[0], Qt.Key.Key_Delete)
    assert given(session) == []
    assert panel.chips._empty.text() == "No topics yet."
    session.history.undo()
    assert [chip.text() for chip in panel.chips.chips] == ["Diplomacy"]
    session.show_article("a2")
    assert panel.chips.chips == []


def test_down_from_a_search_goes_to_the_row_below_the_one_that_enter_gives(session: Session, panel: TopicPanel) -> None:
    panel.focus_search()
    QTest.keyClicks(panel.search, "ma")
    first, second, *_more = rows(panel)
    assert panel.tree.currentIndex().data() == first
    QTest.keyClick(panel.search, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is panel.tree
    assert panel.tree.currentIndex().data() == second
    QTest.keyClick(panel.tree, Qt.Key.Key_Up)
    QTest.keyClick(panel.tree, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is panel.search
    QTest.keyClicks(panel.search, "rket")
    assert rows(panel) == ["Grain market"]
    QTest.keyClick(panel.search, Qt.Key.Key_Down)
    assert panel.tree.currentIndex().data() == "Grain market", "there is none below it"


def test_chips_wrap_and_none_is_cut_off(session: Session, panel: TopicPanel, qtbot: QtBot) -> None:
    for topic in TOPICS[:6]:
        session.topics.give(topic.code)
    for width in (332, 160):
        panel.resize(width, 500)
        qtbot.waitUntil(lambda: panel.chips.height() == panel.chips.heightForWidth(panel.chips.width()))
        tops = {chip.y() for chip in panel.chips.chips}
        assert len(tops) > 1
        boxes = [chip.geometry() for chip in panel.chips.chips]
        assert all(panel.chips.rect().contains(box) for box in boxes)
        assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[:n])


def test_a_closed_branch_shows_that_something_in_it_is_given(session: Session, panel: TopicPanel) -> None:
    def ticks() -> list[Qt.CheckState]:
        model = panel.tree.model()
        top = model.index(0, 0)
        return [Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) for index in (top, model.index(0, 0, top))]

    def looks() -> bytes:
        box = panel.tree.visualRect(panel.tree.model().index(0, 0))
        return bytes(panel.tree.viewport().grab(box).toImage().constBits())

    none, part, whole = Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked, Qt.CheckState.Checked
    panel.tree.setCurrentIndex(panel.tree.model().index(0, 0))
    bare = looks()
    session.topics.give("t:111")
    assert ticks() == [part, part]
    holding = looks()
    click_row(panel, panel.tree.model().index(0, 0))
    assert given(session) == ["t:111", "t:1"], "the branch itself, and no other"
    assert ticks() == [whole, part]
    assert len({bare, holding, looks()}) == 3
    click_row(panel, panel.tree.model().index(0, 0))
    assert given(session) == ["t:111"]
    assert ticks() == [part, part]
    session.topics.take("t:111")
    assert ticks() == [none, none]
    session.topics.give("t:111")
    QTest.keyClicks(panel.search, "economy")
    tick = panel.tree.model().index(0, 0).data(Qt.ItemDataRole.CheckStateRole)
    assert Qt.CheckState(tick) == none, "nothing stands below a row that was found"


def test_chips_have_the_height_that_they_need_at_once(session: Session, panel: TopicPanel, qtbot: QtBot) -> None:
    """The width of a scroll bar, which is needed until there is room, must not be what breaks them into more lines."""
    more = [Topic(f"x:{n}", f"Topic with a name {n}") for n in range(3)]
    session.run(session.ready.topics.put([*TOPICS, *more], "test"))
    metrics, u = QFontMetrics(theme.ui_font("tool")), theme.unit()
    wide = max(metrics.horizontalAdvance(topic.name) for topic in more) + 9 * u
    panel.resize(2 * wide + panel.chips.gap + 6 * u + 2, 250)  # two fill a line, and no line is there early
    for n, topic in enumerate(more):
        session.topics.give(topic.code)
        lines = 1 + n // 2
        qtbot.wait(40)
        assert panel._given.height() == panel.chips.room(lines)
        assert not panel._given.verticalScrollBar().isVisible()
        assert len({chip.y() for chip in panel.chips.chips}) == lines


@pytest.mark.parametrize("height", [210, 260, 400])
def test_the_chip_of_the_topic_just_given_is_in_view(
    session: Session, panel: TopicPanel, qtbot: QtBot, height: int
) -> None:
    more = [Topic(f"x:{n}", f"Topic with a name {n}") for n in range(14)]
    session.run(session.ready.topics.put([*TOPICS, *more], "test"))
    panel.resize(332, height)
    for topic in more:
        session.topics.give(topic.code)
        qtbot.wait(20)
        chip, seen = panel.chips.chips[-1], panel._given.viewport().rect()
        assert seen.contains(QRect(chip.mapTo(panel._given.viewport(), QPoint()), chip.size())), topic.name
    assert panel._given.height() >= panel.chips.room(2)
    assert panel._pages.height() >= 2 * 6 * theme.unit()


@pytest.mark.parametrize("height", range(260, 900, 37))
def test_lines_of_chips_are_seen_whole_at_any_height_and_wherever_one_goes(
    session: Session, panel: TopicPanel, qtbot: QtBot, height: int
) -> None:
    more = [Topic(f"x:{n}", f"Topic with a name {n}") for n in range(14)]
    session.run(session.ready.topics.put([*TOPICS, *more], "test"))
    for topic in more:
        session.topics.give(topic.code)
    panel.resize(332, height)
    panel.search.setFocus()
    area = panel._given
    qtbot.waitUntil(lambda: area.height() == area.sizeHint().height())

    def cut() -> list[str]:
        """Return the chips that are seen in part."""
        seen = area.viewport().rect()
        boxes = {chip.text(): QRect(chip.mapTo(area.viewport(), QPoint()), chip.size()) for chip in panel.chips.chips}
        return [name for name, box in boxes.items() if seen.intersects(box) and not seen.contains(box)]

    assert cut() == []
    for chip in [*panel.chips.chips, *panel.chips.chips[::-1]]:
        chip.setFocus()
        assert cut() == []
    area.verticalScrollBar().setValue(3 * area.verticalScrollBar().singleStep())
    assert cut() == []


def test_frequent_topics_stand_on_top(session: Session, panel: TopicPanel, qtbot: QtBot) -> None:
    for n in (1, 2):
        session.show_article(f"a{n}")
        session.topics.give("t:12")
    session.topics.give("t:21")
    session.show_article("a3")
    qtbot.waitUntil(lambda: rows(panel)[0] == "Frequent in this project")
    assert rows(panel)[:4] == ["Frequent in this project", "Sea transport", "Diplomacy", "All topics"]
    click_row(panel, panel.tree.model().index(1, 0))
    assert given(session) == ["t:12"]


def test_branches_stay_open(session: Session, panel: TopicPanel, qtbot: QtBot) -> None:
    panel.tree.expand(panel.tree.model().index(1, 0))
    session.topics.give("t:12")
    session.show_article("a2")
    qtbot.waitUntil(lambda: rows(panel)[0] == "Frequent in this project")
    assert rows(panel)[-2:] == ["Politics and government", "Diplomacy"]
    panel.search.setText("grain")
    panel.search.clear()
    assert "Diplomacy" in rows(panel)
    assert "Grain market" not in rows(panel)


def test_retired_topics_are_shown_but_not_offered(session: Session, panel: TopicPanel) -> None:
    project = session.ready
    old = TopicTag(tag_id("a1", project.me.annotator, "t:22"), "a1", project.me.annotator, "t:22")
    session.run(project.apply(tag([old])))
    assert [chip.text() for chip in panel.chips.chips] == ["Old diplomacy (retired)"]
    panel.tree.expandAll()
    assert "Old diplomacy" not in rows(panel)


def test_no_hit_says_so(panel: TopicPanel) -> None:
    panel.focus_search()
    QTest.keyClicks(panel.search, "xyz")
    assert panel.empty.words == "No topic matches “xyz”."
    asked: list[bool] = []
    panel.import_wanted.connect(partial(asked.append, True))
    QTest.mouseClick(panel.empty.other, Qt.MouseButton.LeftButton)
    assert asked == [True], "a larger tree may have it"
    QTest.mouseClick(panel.empty.button, Qt.MouseButton.LeftButton)
    assert len(rows(panel)) == 2


def test_letters_in_the_search_label_nothing(session: Session, panel: TopicPanel) -> None:
    panel.focus_search()
    QTest.keyClicks(panel.search, "1m")
    assert session.sticky is None


def test_eleven_hundred_topics_are_searched(tmp_path: Path, shown: Show, qtbot: QtBot) -> None:
    many = [Topic(f"m:{n}", f"topic number {n}", "", f"m:{n // 10}" if n else "") for n in range(1100)]
    session = make_session(tmp_path, scheme=news(many))
    panel = TopicPanel(session)
    panel.resize(332, 400)
    shown(panel)
    qtbot.waitUntil(lambda: panel.tree.model().rowCount() > 0)
    panel.search.setText("number 1")
    assert panel.tree.currentIndex().data(CODE) == "m:1"
    session.close()

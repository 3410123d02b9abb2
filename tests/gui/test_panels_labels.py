"""The panel of labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from tests.gui.panel_help import Show, click, double_click, label, make_session, texts

from rubricator.model.scheme import Label
from rubricator.model.spans import Span
from rubricator_gui import drawing, theme
from rubricator_gui.panels.labels import COUNT, LabelPanel
from rubricator_gui.panels.rows import ITEM, MARKED
from rubricator_gui.session import Session


@pytest.fixture
def session(tmp_path: Path, qapp: object) -> Iterator[Session]:
    session = make_session(tmp_path)
    yield session
    session.close()


@pytest.fixture
def panel(session: Session, shown: Show) -> LabelPanel:
    panel = LabelPanel(session)
    panel.resize(332, 560)
    shown(panel)
    return panel


def count(panel: LabelPanel, name: str) -> int:
    model = panel.view.model()
    rows = {model.index(row, 0).data(Qt.ItemDataRole.DisplayRole): row for row in range(model.rowCount())}
    return int(model.index(rows[name], 0).data(COUNT))


def test_it_lists_the_scheme(panel: LabelPanel) -> None:
    assert texts(panel.view)[:3] == ["Person", "Organization", "Country"]
    assert "20 labels" in panel.note
    assert "key 1" in panel.view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert not panel.view.verticalScrollBar().isVisible()


def test_counts_follow_every_change(session: Session, panel: LabelPanel) -> None:
    label(session, "Arvenia", "COUNTRY")
    label(session, "Sund", "LOCATION")
    assert count(panel, "Country") == 1
    session.choose(next(a.id for a in session.spans if a.label == "COUNTRY"))
    session.labelling.press("LOCATION")
    assert (count(panel, "Country"), count(panel, "Place")) == (0, 2)
    session.labelling.delete()
    assert count(panel, "Place") == 1
    session.history.undo()
    session.history.undo()
    assert (count(panel, "Country"), count(panel, "Place")) == (1, 1)
    session.show_article("a2")
    assert count(panel, "Country") == 0


def test_a_click_labels_the_selection_and_leaves_the_focus_alone(session: Session, panel: LabelPanel) -> None:
    start = session.text.index("Arvenia")
    session.select(Span.of(start, start + 7))
    click(panel.view, 2)
    assert [a.quote for a in session.spans] == ["Arvenia"]
    assert panel.view.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_a_click_makes_sticky_and_another_ends_it(session: Session, panel: LabelPanel) -> None:
    click(panel.view, 1)
    assert session.sticky == "ORGANIZATION"
    assert panel.view.model().index(1, 0).data(MARKED)
    click(panel.view, 1)
    assert session.sticky is None


def test_a_double_click_counts_once(session: Session, panel: LabelPanel) -> None:
    double_click(panel.view, 1)
    assert session.sticky == "ORGANIZATION"


def test_keys_walk_and_press(session: Session, panel: LabelPanel) -> None:
    panel.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_Home)
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert session.sticky == "ORGANIZATION"


def test_letters_here_label_nothing(session: Session, panel: LabelPanel) -> None:
    start = session.text.index("Arvenia")
    session.select(Span.of(start, start + 7))
    panel.setFocus()
    QTest.keyClicks(panel.view, "3m")
    assert not len(session.spans)


def test_a_new_label_appears(session: Session, panel: LabelPanel) -> None:
    session.do(session.ready.add_labels, [Label("SHIP", "Ship", "SHIP", "A ship.", "z", 1)])
    assert texts(panel.view)[-1] == "Ship" or "Ship" in texts(panel.view)
    assert "21 labels" in panel.note


def test_without_a_project_it_is_empty(session: Session, panel: LabelPanel) -> None:
    session.close()
    assert (texts(panel.view), panel.note) == ([], "")


def chip_at(panel: LabelPanel, row: int) -> int:
    """Return how far from the left the chip of a row begins."""
    view = panel.view
    rect = view.visualRect(view.model().index(row, 0))
    ink = theme.theme_of(view.palette()).label(view.model().index(row, 0).data(ITEM)).bar
    image = view.viewport().grab(rect).toImage()
    return min(x for x in range(image.width()) if image.pixelColor(x, image.height() // 2) == ink)


def test_what_stands_under_another_label_is_set_in_and_no_name_is_cut(
    session: Session, panel: LabelPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = panel.view.verticalHeader().defaultSectionSize()
    plain = chip_at(panel, 1)
    scheme = session.scheme
    labels = [one._replace(parent={"DATE": "PERSON", "EVENT": "DATE"}.get(one.name, "")) for one in scheme.labels]
    session.run(session.ready.schemes.change(replace(scheme, labels=tuple(labels)), "tree"))
    assert texts(panel.view)[:4] == ["Person", "Date", "Event", "Organization"], "each above what stands under it"
    u = theme.unit()
    assert [chip_at(panel, row) for row in range(4)] == [plain, plain + 2 * u, plain + 4 * u, plain]
    assert panel.view.verticalHeader().defaultSectionSize() == was
    spoken = panel.view.model().index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Event, 0 in this article, under Date, key 5"
    long = "A name that has hardly any room beside its chip"
    labels = [one._replace(title=long if one.name == "EVENT" else one.title) for one in session.scheme.labels]
    session.run(session.ready.schemes.change(replace(session.scheme, labels=tuple(labels)), "long"))
    cut: list[str] = []
    elided = drawing.QFontMetrics.elidedText

    def watched(metrics: QFontMetrics, words: str, how: Qt.TextElideMode, width: int) -> str:
        shown = elided(metrics, words, how, width)
        cut.extend([words] if shown != words else [])
        return shown

    monkeypatch.setattr(drawing.QFontMetrics, "elidedText", watched)
    for width in range(480, 300, -4):
        panel.resize(width, 560)
        panel.view.viewport().grab()
        if cut:
            break
    assert set(cut) == {long}
    assert chip_at(panel, 2) == plain, "its place goes before its name does"


def written(panel: LabelPanel, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is written in the list, each as it is seen."""
    seen: list[str] = []
    elided = drawing.QFontMetrics.elidedText

    def watched(metrics: QFontMetrics, words: str, how: Qt.TextElideMode, width: int) -> str:
        seen.append(elided(metrics, words, how, width))
        return seen[-1]

    with monkeypatch.context() as patched:
        patched.setattr(drawing.QFontMetrics, "elidedText", watched)
        panel.view.viewport().grab()
    return seen


def test_the_title_of_a_sticky_label_is_cut_no_more_than_before(
    session: Session, panel: LabelPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = panel.view.model().index(1, 0)
    cap = panel.view.visualRect(index).topLeft() + QPoint(3 * theme.unit() + 3, panel.view.rowHeight(1) // 2)
    accent = theme.theme_of(panel.view.palette()).colour("Accent")

    def filled() -> bool:
        return panel.view.viewport().grab().toImage().pixelColor(cap) == accent

    assert not filled()
    click(panel.view, 1)
    assert filled(), "the cap of its key"
    assert "sticky" in written(panel, monkeypatch)
    assert "Sticky: every new selection gets it. Esc ends it." in index.data(Qt.ItemDataRole.ToolTipRole)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).endswith("sticky")
    narrow = 0
    for width in range(320, 180, -4):
        panel.resize(width, 560)
        seen = written(panel, monkeypatch)
        narrow += "sticky" not in seen and "Organization" in seen
        assert "Organization" in seen or "sticky" not in seen, width
    assert narrow, "where only one of the two has room it is the title"
    assert filled()

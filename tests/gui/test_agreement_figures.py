"""Figures as they are drawn and listed: the scale, what is beyond it, the order, the lines over weeks; pages of HTML."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rubricator.errors import UserError
from rubricator.exchange.progress import CancelledError
from rubricator.review.agreement.figures import Figure
from rubricator.review.agreement.report import Group
from rubricator_gui import theme
from rubricator_gui.dialogs.agreement.drift import MOST, DriftPlot, series_of
from rubricator_gui.dialogs.agreement.figures import (
    ARTICLES,
    INTERVAL,
    NAME,
    VALUE,
    FigureModel,
    Row,
    Scale,
    draw_figure,
    scale_of,
    tick_words,
)
from rubricator_gui.reader.pdf import HtmlPages, write_html


def figure(
    value: float | None = None, low: float | None = None, high: float | None = None, articles: int = 2
) -> Figure:
    return Figure("strict", value, low, high, 10, articles)


def test_the_scale_goes_below_zero_only_where_something_does() -> None:
    assert scale_of([figure(0.2, 0.1, 0.3), figure()]) == Scale(0)
    assert scale_of([figure(0.2, -0.1, 0.3)]) == Scale(-1)
    assert Scale(0).share(0.25) == 0.25
    assert Scale(-1).share(0.5) == 0.75
    assert [Scale(-1).share(value) for value in (-7, 2)] == [0, 1]
    assert [tick_words(tick) for tick in Scale(-1).ticks] == ["-1", "-.5", "0", ".5", "1"]


@pytest.mark.parametrize("dark", [False, True])
def test_a_value_is_drawn_where_it_lies(qtbot: QtBot, dark: bool) -> None:
    look = theme.theme(dark)

    def drawn(one: Figure, low: float = 0) -> set[int]:
        """Return at which tenths of the scale there is ink."""
        image = QImage(1000, 30, QImage.Format.Format_RGB32)
        image.fill(look.colour("Base"))
        painter = QPainter(image)
        draw_figure(painter, QRectF(0, 0, 1000, 30), one, Scale(low), look, look.colour("Text"))
        painter.end()
        accent = look.colour("Accent").rgb()
        return {x // 100 for x in range(1000) for y in (15, 16) if image.pixel(x, y) == accent}

    assert drawn(figure(0.75, 0.72, 0.78)) == {7}
    assert drawn(figure(0.75, 0.35, 0.85)) == {3, 4, 5, 6, 7, 8}
    assert drawn(figure(None)) == set()
    assert drawn(figure(-5.0), -1) == {0}


def test_the_order_puts_what_is_undefined_last(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    model = FigureModel(holder)
    found = {"b": figure(0.9, 0.1, 1.0, 3), "A": figure(None, articles=1), "c": figure(0.2, 0.15, 0.3, 2)}
    model.show("Label", [Row(name, one) for name, one in found.items()])

    def order(column: int, way: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> str:
        model.sort(column, way)
        return "".join(row.name for row in model.rows)

    down = Qt.SortOrder.DescendingOrder
    assert order(-1) == "bAc"
    assert (order(VALUE), order(VALUE, down)) == ("cbA", "bcA")
    assert order(INTERVAL) == "bcA"
    assert (order(NAME), order(NAME, down)) == ("Abc", "cbA")
    assert order(ARTICLES) == "Acb"
    model.show("Label", [Row("z", figure(0.5)), Row("y", figure(0.1))])
    assert [row.name for row in model.rows] == ["z", "y"], "by articles, which are the same: as they come"


def test_each_annotator_is_a_line_whatever_their_name(qtbot: QtBot) -> None:
    weeks = ("2026-W10", "2026-W12")
    names = ["anna", "ben van Dyk 2026-W10", *(f"n{n}" for n in range(10))]
    drift = [Group(f"{name} {week}", (figure(0.5),)) for name in names for week in weeks]
    lines = series_of(drift, "strict")
    assert [line.name for line in lines] == names
    assert [*lines[1].figures] == [*weeks]
    assert series_of(drift, "exact") == []
    plot = DriftPlot()
    qtbot.addWidget(plot)
    plot.resize(600, 200)
    plot.show_weeks([Group(week, (figure(0.5, 0.4, 0.6),)) for week in weeks], drift, "strict")
    assert len(plot.lines) == MOST
    assert not plot.grab().isNull()


# --- paper ------------------------------------------------------------------------------------------------------------

A4 = QSizeF(657, 986)


def ink(pages: HtmlPages, page: int) -> tuple[int, int]:
    """Return the first and last column of a page that is not white."""
    image = QImage(A4.toSize(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    pages.draw(painter, page)
    painter.end()
    above = image.height() - 30
    columns = [x for x in range(image.width()) if any(image.pixel(x, y) != 0xFFFFFFFF for y in range(0, above, 2))]
    return columns[0], columns[-1]


def test_a_table_that_is_too_wide_is_made_smaller(qtbot: QtBot) -> None:
    cells = "".join(f"<td style='white-space: nowrap'>column number {n}</td>" for n in range(20))
    narrow, wide = (HtmlPages(f"<table><tr>{row}</tr></table>", A4) for row in ("<td>a</td>", cells))
    assert ink(narrow, 0)[1] < A4.width() / 4
    assert A4.width() / 2 < ink(wide, 0)[1] <= A4.width()
    assert len(HtmlPages("<p>line</p>" * 200, A4)) > 2


def test_half_a_pdf_is_not_kept(qtbot: QtBot, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done:
            raise CancelledError

    out = tmp_path / "a.pdf"
    out.write_bytes(b"before")
    with pytest.raises(CancelledError):
        write_html(out, "A", "<p>line</p>" * 200, stop)
    assert out.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    write_html(out, "A", "<p>line</p>" * 200)
    assert out.read_bytes().startswith(b"%PDF-")
    with pytest.raises(UserError, match="cannot be written"):
        write_html(tmp_path / "nowhere" / "a.pdf", "A", "<p>line</p>")

"""The report as JSON and as CSV: all figures, and all cells of the matrices."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from typing import Any

from rubricator.model.cells import guarded
from rubricator.review.agreement.figures import Figure, why
from rubricator.review.agreement.report import Group, Report
from rubricator.words import say

COLUMNS = ("section", "name", "measure", "value", "low", "high", "n", "articles", "missing")


def to_json(report: Report) -> dict[str, Any]:
    """Return the report as plain values; undefined figures are null."""
    return asdict(report)


def to_csv(report: Report) -> str:
    """Return a table with a line for each figure, and for each cell of a matrix (RFC 4180); undefined is “n/a”.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for section, group in report.groups():
        table.writerows(_line(section, group, figure) for figure in group.figures)
    for matrix in report.matrices:
        pair = f"{matrix.one} × {matrix.other}"
        for cell in matrix.cells:
            table.writerow(
                [
                    "matrix",
                    *map(guarded, (pair, f"{cell.row or '—'} / {cell.column or '—'}")),
                    "",
                    "",
                    "",
                    cell.n,
                    "",
                    "",
                ]
            )
    return out.getvalue()


def _line(section: str, group: Group, figure: Figure) -> list[object]:
    numbers = (shown(value, 4) for value in (figure.value, figure.low, figure.high))
    return [section, guarded(group.name), figure.measure, *numbers, figure.n, figure.articles, figure.missing]


def shown(value: float | None, digits: int = 3) -> str:
    """Return a figure as it is shown; never a 0 or 1 for one that is undefined, nor a minus before nothing."""
    return "n/a" if value is None else f"{round(value, digits) + 0.0:.{digits}f}"


def bounds(figure: Figure) -> str:
    """Return the interval as it is shown; empty where there is none."""
    return "" if figure.low is None else f"[{shown(figure.low)}, {shown(figure.high)}]"


def bounds_or_why(figure: Figure) -> str:
    """Return the interval as it is shown, or in words why there is none."""
    reason = why(figure)
    return bounds(figure) if reason is None else say(reason)

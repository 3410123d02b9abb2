"""The report as a file: a page, a PDF, a table, or all of it as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QObject

from rubricator.exchange.places import check_place, put_text
from rubricator.review.agreement.html import to_html
from rubricator.review.agreement.report import Report
from rubricator.review.agreement.tables import to_csv, to_json
from rubricator.words import _
from rubricator_gui.reader.pdf import html_work
from rubricator_gui.tasks import Task

KINDS: tuple[tuple[str, str], ...] = (
    (".html", "Web page (HTML)…"),
    (".pdf", "PDF…"),
    (".csv", "Table (CSV)…"),
    (".json", "JSON…"),
)
"""The suffix of each kind of file, and what its entry in the menu says."""

_ON_PAPER = 11
"""Pixels of the letters, at 96 to an inch."""


def save(report: Report, path: Path, suffix: str) -> None:
    """Write a report as a page, a table or JSON; UserError where that cannot be."""
    match suffix:
        case ".csv":
            words = to_csv(report)
        case ".json":
            words = json.dumps(to_json(report), ensure_ascii=False, indent=1) + "\n"
        case _:
            words = to_html(report)
    put_text(path, words, overwrite=True)  # the file dialog has asked


def paint(report: Report, path: Path, parent: QObject) -> Task:
    """Begin to write a report as PDF; UserError where that cannot be."""
    check_place(path, overwrite=True)
    return Task(html_work, (path, _("Agreement"), to_html(report, _ON_PAPER)), parent)

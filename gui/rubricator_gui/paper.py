"""The article on paper: printed, or saved as PDF, with its spans."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QIODevice, QMarginsF, QSaveFile
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter
from PySide6.QtWidgets import QWidget

from rubricator.errors import UserError
from rubricator.words import _, message, say
from rubricator_gui.dialogs import ask
from rubricator_gui.reader.printing import PIXELS_PER_INCH, Sheets, lay_out, print_sheets
from rubricator_gui.reader.sheet import Sheet
from rubricator_gui.session import Session

_MARGIN = 18.0
"""Millimetres."""


def print_article(session: Session, reader: Sheet, window: QWidget) -> None:
    """Print the article shown on the printer that the person chooses."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageMargins(QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN), QPageLayout.Unit.Millimeter)
    printer.setDocName(_title(session))
    if QPrintDialog(printer, window).exec():
        print_sheets(printer, _sheets(session, reader, printer), _number)
        session.tell(message("Printed “{title}”.", title=_title(session)))


def save_pdf(session: Session, reader: Sheet, window: QWidget) -> None:
    """Save the article shown as PDF where the person says."""
    name = re.sub(r"[^\w. -]+", " ", _title(session)).strip()[:80] or "article"
    path = ask.save_file(window, _("Save the article as PDF"), f"{name}.pdf", "PDF (*.pdf)", ".pdf")
    if path is not None:
        write_pdf(session, reader, path)
        session.tell(message("Saved “{title}” as {file}.", title=_title(session), file=path.name))


def write_pdf(session: Session, reader: Sheet, path: Path) -> None:
    """Write the article shown as PDF; the old file stays whole until the new one is. UserError where it cannot be."""
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise _unwritable(path, file)
    writer = QPdfWriter(file)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN), QPageLayout.Unit.Millimeter)
    writer.setTitle(_title(session))
    writer.setCreator("Rubricator")
    print_sheets(writer, _sheets(session, reader, writer), _number)
    if not file.commit():
        raise _unwritable(path, file)


def _unwritable(path: Path, file: QSaveFile) -> UserError:
    return UserError(
        message("{file} cannot be written: {why}.", file=path, why=file.errorString()),
        message("Choose another place, or give yourself the right to write there."),
    )


def _title(session: Session) -> str:
    return " ".join(session.article.title.split()) if session.article else ""


def _number(page: int, of: int) -> str:
    return say(message("page {page} of {n}", page=page, n=of))


def _sheets(session: Session, reader: Sheet, device: QPagedPaintDevice) -> Sheets:
    scale = device.logicalDpiX() / PIXELS_PER_INCH
    size = device.width() / scale, device.height() / scale
    return lay_out(session.text, _title(session), session.spans, reader.style_on_paper, *size)

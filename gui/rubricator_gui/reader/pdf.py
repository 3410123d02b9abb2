"""A PDF file on A4 that takes the place of what stands there only once it is whole; a page of HTML as such a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QIODevice, QMarginsF, QPointF, QRectF, QSaveFile, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
)

from rubricator.errors import UserError
from rubricator.exchange.progress import Progress, silent
from rubricator.words import message, say
from rubricator_gui import theme
from rubricator_gui.reader.document import PlainDocument

_MARGIN = 18.0
"""Millimetres."""
_PIXELS_PER_INCH = 96
_TEXT = 12
"""Pixels of the letters."""
_FOOT = 24
"""Pixels under the text of a page, for its number."""
_SMALLEST = 0.4
"""So far a page that is too wide is made smaller."""


class PdfFile:
    """A PDF file under way."""

    def __init__(self, path: Path, title: str) -> None:
        """Begin to write; UserError where that cannot be."""
        self._path = path
        self._file = QSaveFile(str(path))
        if not self._file.open(QIODevice.OpenModeFlag.WriteOnly):
            raise self._unwritable()
        self.writer = QPdfWriter(self._file)
        self.writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        set_margins(self.writer)
        self.writer.setTitle(title)
        self.writer.setCreator("Rubricator")

    def keep(self) -> None:
        """Have what was painted stand; UserError where it cannot."""
        if not self._file.commit():
            raise self._unwritable()

    def drop(self) -> None:
        """Leave nothing of what was painted."""
        self._file.cancelWriting()

    def _unwritable(self) -> UserError:
        return UserError(
            message("{file} cannot be written: {why}.", file=self._path, why=self._file.errorString()),
            message("Choose another place, or give yourself the right to write there."),
        )


def set_margins(device: QPagedPaintDevice) -> None:
    """Give each page the margins that our pages have."""
    device.setPageMargins(QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN), QPageLayout.Unit.Millimeter)


def page_number(page: int, of: int) -> str:
    """Return the number of a page in words."""
    return say(message("page {page} of {n}", page=page, n=of))


class HtmlPages:
    """HTML laid out on pages of a size (pixels), numbered; tables that are too wide make all of it smaller."""

    def __init__(self, html: str, paper: QSizeF) -> None:
        self._paper = paper
        self._document = document = PlainDocument()
        document.setDocumentMargin(0)
        font = theme.ui_font()
        font.setPixelSize(_TEXT)
        document.setDefaultFont(font)
        document.setHtml(html)
        document.setTextWidth(paper.width())
        wide = document.size().width()
        self._zoom = max(_SMALLEST, min(1.0, paper.width() / wide)) if wide else 1.0
        self._page = QSizeF(paper.width(), paper.height() - _FOOT) / self._zoom
        document.setPageSize(self._page)

    def __len__(self) -> int:
        return self._document.pageCount()

    def draw(self, painter: QPainter, page: int) -> None:
        """Draw a page, counted from 0."""
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, QColor("black"))  # on paper, whatever the window is drawn in
        context.clip = QRectF(QPointF(0, page * self._page.height()), self._page)
        painter.save()
        painter.scale(self._zoom, self._zoom)
        painter.translate(0, -page * self._page.height())
        painter.setClipRect(context.clip)
        self._document.documentLayout().draw(painter, context)
        painter.restore()
        font = theme.ui_font()
        font.setPixelSize(_TEXT - 2)
        painter.setFont(font)
        painter.setPen(QColor("#555555"))
        foot = QRectF(0, self._paper.height() - _FOOT, self._paper.width(), _FOOT)
        at = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        painter.drawText(foot, at, page_number(page + 1, len(self)))


def write_html(path: Path, title: str, html: str, progress: Progress = silent) -> None:
    """Write HTML as PDF; UserError where that cannot be."""
    file = PdfFile(path, title)
    scale = file.writer.logicalDpiX() / _PIXELS_PER_INCH
    pages = HtmlPages(html, QSizeF(file.writer.width(), file.writer.height()) / scale)
    painter = QPainter(file.writer)
    painter.scale(scale, scale)
    try:
        for page in range(len(pages)):
            progress(page, len(pages))
            if page:
                file.writer.newPage()
            pages.draw(painter, page)
    except BaseException:  # it was stopped: half a file is not kept
        painter.end()
        file.drop()
        raise
    painter.end()
    file.keep()


def html_work(path: Path, title: str, html: str, progress: Progress) -> None:
    """Do that in a process of its own, since thousands of lines take seconds to be laid out."""
    progress(0, 0)
    if sys.platform == "darwin":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # else it would stand in the Dock
    painting = QGuiApplication(["rubricator"])
    write_html(path, title, html, progress)
    del painting

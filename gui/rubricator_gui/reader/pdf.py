"""A PDF file on A4 that takes the place of what stands there only once it is whole; a page of HTML as such a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QIODevice, QMarginsF, QPointF, QRectF, QSaveFile, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
)

from rubricator.errors import UserError
from rubricator.words import message, say
from rubricator_gui import theme
from rubricator_gui.reader.document import PlainDocument

_MARGIN = 18.0
"""Millimetres."""
_PIXELS_PER_INCH = 96
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


def write_html(path: Path, title: str, html: str) -> None:
    """Write a page of HTML as PDF, its pages numbered; tables that are too wide make all of it smaller."""
    file = PdfFile(path, title)
    writer = file.writer
    document = PlainDocument()
    document.setDocumentMargin(0)
    font = theme.ui_font()
    font.setPixelSize(12)
    document.setDefaultFont(font)
    document.setHtml(html)
    scale = writer.logicalDpiX() / _PIXELS_PER_INCH
    paper = QSizeF(writer.width() / scale, writer.height() / scale - _FOOT)
    document.setTextWidth(paper.width())
    wide = document.size().width()
    zoom = max(_SMALLEST, min(1.0, paper.width() / wide)) if wide else 1.0
    document.setPageSize(paper / zoom)
    painter = QPainter()
    if not painter.begin(writer):
        file.drop()
        raise UserError(message("The PDF cannot be painted."), message("Choose another place."))
    painter.scale(scale, scale)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette.setColor(QPalette.ColorRole.Text, QColor("black"))
    high = paper.height() / zoom
    for page in range(document.pageCount()):
        if page:
            writer.newPage()
        painter.save()
        painter.scale(zoom, zoom)
        painter.translate(0, -page * high)
        context.clip = QRectF(0, page * high, paper.width() / zoom, high)
        painter.setClipRect(context.clip)
        document.documentLayout().draw(painter, context)
        painter.restore()
        foot = QRectF(QPointF(0, paper.height()), QSizeF(paper.width(), _FOOT))
        small = theme.ui_font()
        small.setPixelSize(10)
        painter.setFont(small)
        painter.setPen(QColor("#555555"))
        number = page_number(page + 1, document.pageCount())
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, number)
    painter.end()
    file.keep()

"""The article on paper: printed, or saved as PDF, with its spans; page by page between two frames, and stoppable."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPagedPaintDevice

from rubricator.errors import UserError
from rubricator.model.span_index import SpanIndex
from rubricator_gui.reader.pdf import PdfFile, page_number
from rubricator_gui.reader.printing import PIXELS_PER_INCH, Progress, in_steps
from rubricator_gui.reader.sheet import Sheet
from rubricator_gui.session import Session

_SLICE = 0.006
"""Seconds that are spent in one go; a page that takes longer is not parted."""


class PaperWork(QObject):
    """One article on its way to paper; it says how it goes as work in another process does (`tasks.Task`)."""

    progressed = Signal(object, object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, session: Session, reader: Sheet, device: QPagedPaintDevice, parent: QObject) -> None:
        super().__init__(parent)
        self._device = device
        self._steps: Generator[Progress, None, None] | None = _steps(session, reader, device)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()

    def cancel(self) -> None:
        """Stop; nothing of it is kept."""
        if self._stop():
            self._drop()
            self.cancelled.emit()

    def end(self) -> None:
        """Do the same where the window closes."""
        self.cancel()

    def _stop(self) -> bool:
        """End the painting; False where it has ended already."""
        steps, self._steps = self._steps, None
        self._timer.stop()
        if steps is not None:
            steps.close()
            self.deleteLater()
        return steps is not None

    def _go_on(self) -> None:
        until = perf_counter() + _SLICE
        step = None
        try:
            while self._steps is not None and perf_counter() < until:
                step = next(self._steps, None)
                if step is None:
                    self._stop()
                    self._keep()
                    self.finished.emit(None)
                    return
        except UserError as error:
            self._stop()
            self._drop()
            self.failed.emit(error)
            return
        except BaseException:  # a bug is told by the hook; half a file is not kept
            self.cancel()
            raise
        if step is not None:
            self.progressed.emit(*step)

    def _keep(self) -> None:
        """Have what was painted stand; UserError where it cannot."""

    def _drop(self) -> None:
        """Leave nothing of what was painted."""


class Print(PaperWork):
    """An article that is printed."""

    def _drop(self) -> None:
        from PySide6.QtPrintSupport import QPrinter

        assert isinstance(self._device, QPrinter)
        self._device.abort()


class Pdf(PaperWork):
    """An article that becomes a PDF file; what stands there stays whole until the new one is."""

    def __init__(self, session: Session, reader: Sheet, path: Path, parent: QObject) -> None:
        """Begin to write; UserError where that cannot be."""
        self._file = PdfFile(path, title_of(session))
        super().__init__(session, reader, self._file.writer, parent)

    def _keep(self) -> None:
        self._file.keep()

    def _drop(self) -> None:
        self._file.drop()


def title_of(session: Session) -> str:
    """Return the title of the article shown, on one line."""
    return " ".join(session.article.title.split()) if session.article else ""


def _steps(session: Session, reader: Sheet, device: QPagedPaintDevice) -> Generator[Progress, None, None]:
    """Bring the article to paper as it stands now, whatever is shown or labelled meanwhile."""
    spans = session.ready.spans(session.article.id) if session.article is not None else SpanIndex()
    spans.load()
    scale = device.logicalDpiX() / PIXELS_PER_INCH
    return in_steps(device, scale, session.text, title_of(session), spans, reader.style_on_paper, page_number)

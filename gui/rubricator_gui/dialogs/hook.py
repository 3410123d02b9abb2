"""What catches the exceptions of slots, which reach only `sys.excepthook`; the dialogs are loaded when one comes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic
from types import TracebackType

from PySide6.QtWidgets import QWidget

from rubricator.errors import UserError

_AT_ONCE = 1.0
"""Seconds after a report was closed in which the same bug is not reported again."""


class TroubleHook:
    """While it is entered, exceptions in slots are shown over this window.

    `mend` returns the words where a person can mend what failed after all.
    """

    def __init__(
        self, window: QWidget, mend: Callable[[BaseException], UserError | None] = lambda _error: None
    ) -> None:
        self._window = window
        self._mend = mend
        self._mended = ""
        self._showing = False
        self._last: tuple[str, float] = "", 0.0
        """The bug that was reported last, and when that was closed (seconds)."""
        self._before = sys.excepthook

    def __enter__(self) -> TroubleHook:
        self._before, sys.excepthook = sys.excepthook, self._caught
        return self

    def __exit__(self, *_error: object) -> None:
        sys.excepthook = self._before

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
            return
        if not isinstance(error, UserError) and (mended := self._mend(error)):
            told, self._mended, error = self._mended, str(mended), mended
            if told == self._mended:
                return  # every frame that is painted may fail in the same way
        elif isinstance(error, UserError) and str(error) == self._mended:
            return
        if not isinstance(error, UserError):
            import logging  # half a dozen modules

            logging.getLogger(__name__).error("a bug", exc_info=(kind, error, trace))
        if self._showing:
            return  # one dialog is enough; the log has the rest
        bug, closed = self._last
        here = "" if isinstance(error, UserError) else _place(trace)
        if here and here == bug and monotonic() - closed < _AT_ONCE:
            return  # closing the report brings it about: it would never end
        self._showing = True
        from rubricator_gui.dialogs.trouble import Trouble, report_of, tell

        try:
            if isinstance(error, UserError):
                tell(self._window, error)
            else:
                Trouble(report_of(kind, error, trace), self._window).exec()
        finally:
            self._showing = False
            self._last = here, monotonic()


def _place(trace: TracebackType | None) -> str:
    """Return the line of code that failed."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""

"""What catches the exceptions of slots, which reach only `sys.excepthook`; the dialogs are loaded when one comes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtWidgets import QWidget

from rubricator.errors import UserError


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
        self._showing = True
        from rubricator_gui.dialogs.trouble import Trouble, report_of, tell

        try:
            if isinstance(error, UserError):
                tell(self._window, error)
            else:
                Trouble(report_of(kind, error, trace), self._window).exec()
        finally:
            self._showing = False

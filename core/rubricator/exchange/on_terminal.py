"""How far work is, as one line on a terminal that is written over and goes when the work ends."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rubricator.exchange.progress import Progress, silent

_OFTEN = 0.1
"""Seconds between two lines: nobody reads faster, and a terminal is slow."""


@contextmanager
def line(words: str, stream: TextIO) -> Iterator[Progress]:
    """Give a Progress that is shown on a terminal; where the stream is none, nothing is."""
    if not stream.isatty():
        yield silent
        return
    shown = _Line(words, stream)
    try:
        yield shown.show
    finally:
        shown.wipe()


class _Line:
    """The line, and when it was last written."""

    def __init__(self, words: str, stream: TextIO) -> None:
        self._words = words
        self._stream = stream
        self._width = 0
        self._last = 0.0

    def show(self, done: int, total: int) -> None:
        """Say how far it is: a share where it is known of how many, else how many."""
        now = time.monotonic()
        if now - self._last >= _OFTEN:
            self._last = now
            self._write(f"{self._words}: {100 * done // total} %" if total else f"{self._words}: {done:,}")

    def wipe(self) -> None:
        """Leave an empty line for what is said next."""
        if self._width:
            self._write("")

    def _write(self, words: str) -> None:
        self._stream.write("\r" + words.ljust(self._width) + ("" if words else "\r"))
        self._stream.flush()
        self._width = len(words)

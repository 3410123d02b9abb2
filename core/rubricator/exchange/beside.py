"""Work that another process does meanwhile, for who computes on a terminal or in a background process themselves."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any

from rubricator.exchange.progress import CancelledError
from rubricator.exchange.worker import LENGTH

_GRACE = 3
"""Seconds that a process has to end by itself where nobody waits for what it does."""


class Beside:
    """`work(*arguments, progress)` in a process of its own, from `with` on; it ends with the `with` at the latest."""

    def __init__(self, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        self._asked = pickle.dumps((work, arguments))
        self._kind, self._value = "", None
        self.done = 0
        """How far it is."""

    def __enter__(self) -> Beside:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "rubricator.exchange.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=os.name == "posix",  # Ctrl+C is for who started it, who then ends it
        )
        assert self._process.stdin is not None
        self._process.stdin.write(self._asked)
        self._process.stdin.flush()
        self._hearing = threading.Thread(target=self._hear, daemon=True)
        self._hearing.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Ask it to stop, if it has not ended; end it where it does not."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._hearing.join()
        process.stdout.close()

    def result(self) -> Any:
        """Wait for what the work returns; raise what it raised."""
        self._hearing.join()
        if self._kind == "done":
            return self._value
        if self._kind == "cancelled":
            raise CancelledError
        raise self._value if isinstance(self._value, Exception) else RuntimeError("The other process ended early.")

    def _hear(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while len(head := stream.read(LENGTH.size)) == LENGTH.size:
            kind, value = pickle.loads(stream.read(*LENGTH.unpack(head)))
            if kind == "progress":
                self.done = value[0]
            else:
                self._kind, self._value = kind, value

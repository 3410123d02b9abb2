"""Work that another process does meanwhile, for who computes on a terminal or in a background process themselves."""

from __future__ import annotations

import copyreg
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from types import MappingProxyType, TracebackType
from typing import Any

from rubricator.errors import UserError
from rubricator.exchange.progress import CancelledError
from rubricator.exchange.worker import LENGTH
from rubricator.words import message

_GRACE = 3
"""Seconds that a process has to end by itself where nobody waits for what it does."""


def _kept(value: dict[str, Any]) -> MappingProxyType[str, Any]:
    return MappingProxyType(value)


copyreg.pickle(MappingProxyType, lambda value: (_kept, (dict(value),)))  # what cannot be changed travels, too


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
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # on Windows too
        )
        assert self._process.stdin is not None
        try:
            with suppress(OSError):  # it died: who waits for the result is told
                self._process.stdin.write(self._asked)
                self._process.stdin.flush()
        except BaseException:
            self._process.kill()
            raise
        self._hearing = threading.Thread(target=self._hear, daemon=True)
        self._hearing.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End it: at once where something went wrong or was stopped, else when it has come to its end by itself."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        if error is not None:
            process.kill()
        with suppress(OSError):
            process.stdin.close()
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._hearing.join()
        process.stdout.close()

    def ended(self, seconds: float) -> bool:
        """Wait for so long; say whether it has ended, and there is a result."""
        self._hearing.join(seconds)
        return not self._hearing.is_alive()

    def result(self) -> Any:
        """Wait for what the work returns; raise what it raised."""
        self._hearing.join()
        if self._kind == "done":
            return self._value
        if self._kind == "cancelled":
            raise CancelledError
        if isinstance(self._value, Exception):
            raise self._value
        raise UserError(
            message("A process that shared this work was ended before it was done."),
            message("The memory may not have sufficed: close other programs, and do it again."),
        )

    def _hear(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while len(head := stream.read(LENGTH.size)) == LENGTH.size:
            (length,) = LENGTH.unpack(head)
            if len(answer := stream.read(length)) < length:
                return  # it was killed while it spoke
            kind, value = pickle.loads(answer)
            if kind == "progress":
                self.done = value[0]
            else:
                self._kind, self._value = kind, value

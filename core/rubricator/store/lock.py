"""One lock of the operating system per project: it covers begin to commit, and the checkpoint.

SQLite before 3.51.3 can corrupt a WAL file when two connections write and checkpoint at the same moment.
The lock file lies beside the project, hidden, and goes when the last one closes.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from rubricator.errors import UserError
from rubricator.words import message

PATIENCE = 10.0
"""Seconds to wait for another program before saying so."""


class ProjectLock:
    """A lock that may be taken again by its holder; use it as a context."""

    def __init__(self, project: Path) -> None:
        real = project.resolve()  # the same lock through whatever link one comes
        self.path = real.with_name(f".{real.name}.lock")
        self._descriptor = -1
        self._depth = 0

    def __enter__(self) -> ProjectLock:
        if self._depth == 0:
            self._take()
        self._depth += 1
        return self

    def __exit__(self, *_error: object) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._release()

    def _take(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            if self._descriptor < 0:
                self._descriptor = self._open()
            if _try_lock(self._descriptor):
                if self._still_there():
                    return
                self._forget()  # its holder took the file away while we waited
                continue
            if time.monotonic() > deadline:
                raise UserError(
                    message("{file} is held by another program.", file=self.path.name[1:-5]),
                    message("Wait until the other program has finished, or close it."),
                )
            time.sleep(0.002)

    def _open(self) -> int:
        try:
            return os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise UserError(
                message("{file} cannot be locked: {why}.", file=self.path.name[1:-5], why=error.strerror or error),
                message("Give yourself the right to write to its folder, or work on a copy."),
            ) from error

    def _still_there(self) -> bool:
        try:
            return os.path.samestat(os.fstat(self._descriptor), self.path.stat())
        except FileNotFoundError:
            return False

    def _release(self) -> None:
        _unlock(self._descriptor)

    def _forget(self) -> None:
        os.close(self._descriptor)
        self._descriptor = -1

    def close(self) -> None:
        """Let go of the file and take it away where nobody else holds it."""
        if self._descriptor < 0:
            return
        if _try_lock(self._descriptor):
            if self._still_there() and sys.platform != "win32":
                self.path.unlink(missing_ok=True)
            _unlock(self._descriptor)
        self._forget()


class Claim:
    """A file that says that its process is at work: it is `held` as long as that lives, however it ends."""

    def __init__(self, path: Path, *, make: bool = True) -> None:
        self.held = False
        self._descriptor = os.open(path, os.O_RDWR | (os.O_CREAT if make else 0) | os.O_CLOEXEC, 0o666)
        try:
            self.held = _try_lock(self._descriptor)
        except OSError:  # a file system without locks
            self.close()

    def close(self) -> None:
        """Let go of it."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)

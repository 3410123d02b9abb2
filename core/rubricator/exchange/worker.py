"""A process that does one piece of work and sends back how far it is and what comes of it: `python -m` this module.

It reads a pickled (function, arguments) from the one who started it, who stands on the same code; it trusts no one
else. Each answer is four bytes of length and a pickled (kind, value). A further byte of input asks it to stop.
"""

from __future__ import annotations

import os
import pickle
import struct
import sys
import threading
import traceback
from typing import Any, BinaryIO

from rubricator.errors import UserError
from rubricator.exchange.progress import CancelledError

LENGTH = struct.Struct(">I")


def main() -> None:
    """Do the work that stands on the standard input."""
    asked = sys.stdin.buffer
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between the answers
    work, arguments = pickle.load(asked)
    stop = threading.Event()
    threading.Thread(target=_watch, args=(asked, stop), daemon=True).start()

    def progress(done: int, total: int) -> None:
        if stop.is_set() or not _send(told, "progress", (done, total)):
            raise CancelledError

    try:
        _send(told, "done", work(*arguments, progress))
    except CancelledError:
        _send(told, "cancelled", None)
    except UserError as error:
        _send(told, "failed", error)
    except Exception:  # noqa: BLE001 - a bug is reported where it can be read: in the window's trouble dialog
        _send(told, "failed", RuntimeError(traceback.format_exc()))
    # The thread may still wait for input; nothing is left to be done, and every answer is flushed.
    os._exit(0)


def _watch(asked: BinaryIO, stop: threading.Event) -> None:
    asked.read(1)  # a byte, or the end of the one who asked: both mean stop
    stop.set()


def _send(told: BinaryIO, kind: str, value: Any) -> bool:
    """Send an answer; say whether anybody was there to hear it."""
    answer = pickle.dumps((kind, value))
    try:
        told.write(LENGTH.pack(len(answer)) + answer)
        told.flush()
    except BrokenPipeError:
        return False
    return True


if __name__ == "__main__":
    main()

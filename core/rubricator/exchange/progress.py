"""How long work says how far it is, and is told to stop."""

from __future__ import annotations

from collections.abc import Callable


class CancelledError(Exception):
    """The person stopped the work; nothing of it was kept."""


Progress = Callable[[int, int], None]
"""Called with (done, of how many; 0 where that is unknown); raises CancelledError to stop the work."""


def silent(_done: int, _total: int) -> None:
    """Report to nobody."""

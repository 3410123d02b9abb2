"""How long work says how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with (done, of how many; 0 where that is unknown); what it raises stops the work."""


def silent(_done: int, _total: int) -> None:
    """Report to nobody."""

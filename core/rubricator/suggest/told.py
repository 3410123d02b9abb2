"""What a rule tells of a text: where something stands, and which labels it may have."""

from __future__ import annotations

from typing import NamedTuple


class Told(NamedTuple):
    """A place (code points), the names that its label may have (the first that a scheme has), and what tells it.

    `again`: what tells it stands at another place, where the same words are. `word`: the one that tells it.
    """

    start: int
    end: int
    labels: tuple[str, ...]
    what: str
    again: bool = False
    word: str = ""

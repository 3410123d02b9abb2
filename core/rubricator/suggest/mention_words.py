"""In which words entities are mentioned: “CIS”, of which no list says that it is the Commonwealth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, ValuesView

from rubricator.model.folding import composed, single_spaced

Row = tuple[str, str, str]
"""What an entity is found by: folded and with a blank before it, as it is written, and the entity's id."""


def row(words: str, entity: str) -> Row:
    """Return what an entity is found by; with a blank before it every word begins alike."""
    return f" {composed(words).casefold()}", words, entity


class MentionWords:
    """The words of all mentions, counted, so that one that goes leaves those of the others."""

    def __init__(self, mentions: Iterable[tuple[str, str]]) -> None:
        """Take each mention as its entity (an id) and its words."""
        self._n = Counter((entity, single_spaced(words)) for entity, words in mentions)
        self._rows = {key: row(key[1], key[0]) for key in self._n}

    def count(self, entity: str, words: str, n: int) -> None:
        """Count a mention that came (1) or went (-1)."""
        key = entity, single_spaced(words)
        self._n[key] += n
        if self._n[key] > 0:
            self._rows.setdefault(key, row(key[1], entity))
        else:
            del self._n[key]
            self._rows.pop(key, None)

    @property
    def rows(self) -> ValuesView[Row]:
        """What entities are found by, each once; some may be on the list no more."""
        return self._rows.values()

"""What stands in a layer that was here, or was deleted from it: annotations of a file are known by what they say."""

from __future__ import annotations

from collections import Counter

from rubricator.exchange.import_report import Clash
from rubricator.model.spans import Span
from rubricator.store.rows import Rows

_Layer = tuple[str, str]
"""Article and annotator."""


class Standing:
    """Knows annotations again by label and words.

    Most formats give annotations ids that mean nothing elsewhere, or none. What comes back in such a file says again
    what stands here; its notes and attributes are not taken, for a poorer format would take some away.
    """

    def __init__(self, rows: Rows, clash: Clash) -> None:
        self._rows = rows
        self._clash = clash
        self._layer: _Layer = ("", "")
        self._standing: dict[tuple[str, Span], list[str]] = {}
        self._gone: dict[_Layer, Counter[tuple[str, Span]]] | None = None

    def take(self, layer: _Layer, label: str, span: Span) -> str:
        """Return the id of what stands in a layer with this label on these words, each once; or nothing."""
        if layer != self._layer:
            self._layer, self._standing = layer, {}
            for one in self._rows.annotations(*layer):
                self._standing.setdefault((one.label, one.span), []).append(one.id)
        found = self._standing.get((label, span))
        return found.pop() if found else ""

    def deleted(self, layer: _Layer, label: str, span: Span) -> bool:
        """Say whether a person deleted such an annotation from a layer, each once; never where the files win."""
        if self._gone is None:
            self._gone = {}
            for article, annotator, label_of, at in self._rows.gone_annotations() if self._clash == "keep" else ():
                self._gone.setdefault((article, annotator), Counter())[label_of, at] += 1
        left = self._gone.get(layer)
        if not left or not left[label, span]:
            return False
        left[label, span] -= 1
        return True

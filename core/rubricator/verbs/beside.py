"""What stands beside annotations that are judged: of each layer the stretch in which they lie, and read once."""

from __future__ import annotations

from collections.abc import Iterable

from rubricator.model import rules
from rubricator.model.scheme import Scheme
from rubricator.model.span_index import SpanIndex, Stretch
from rubricator.model.spans import Annotation, Fragment
from rubricator.store.rows import Rows


class Beside:
    """The layers of some annotations as they stand now; nothing is read where no rule asks for it."""

    def __init__(self, rows: Rows, judged: Iterable[Annotation], scheme: Scheme) -> None:
        self._rows = rows
        self._stretches: dict[tuple[str, str], Fragment] = {}
        self._layers: dict[tuple[str, str], SpanIndex] = {}
        for one in judged if rules.has_pair_rules(scheme) else ():
            home = one.article, one.annotator
            start, end = self._stretches.get(home, (one.start, one.end))
            self._stretches[home] = min(start, one.start), max(end, one.end)

    def near(self, annotation: Annotation) -> list[Annotation]:
        """Return what overlaps an annotation in its layer, itself too if it is there."""
        home = annotation.article, annotation.annotator
        if home not in self._stretches:
            return []
        if home not in self._layers:
            found = SpanIndex(source=Stretch(self._rows.spans(*home), self._stretches[home]))
            found.load()
            self._layers[home] = found
        return self._layers[home].overlapping(annotation.start, annotation.end)

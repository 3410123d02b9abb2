"""What annotations say beside their label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rubricator.errors import UserError
from rubricator.model.attributes import set_attribute
from rubricator.model.changes import Change
from rubricator.model.edits import Edit
from rubricator.model.scheme import finite
from rubricator.model.spans import Annotation
from rubricator.model.text import plain
from rubricator.verbs.door import Door
from rubricator.words import message


class Attributes:
    """The verbs of attributes."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def set(self, annotations: Sequence[Annotation], name: str, value: Any) -> Change:
        """Write an attribute of annotations (of any articles), as one step; None takes it away."""
        value = _kept(value)
        by_article: dict[str, list[Annotation]] = {}
        for one in annotations:
            if one.attributes.get(name) != value:
                by_article.setdefault(one.article, []).append(one)
        stamp, sight = self._door.stamp(), self._door.sight
        edits = [set_attribute(some, name, value, stamp, sight, self._door.scheme) for some in by_article.values()]
        return self._door.apply(*edits) if edits else Change()

    def confirm(self, annotations: Sequence[Annotation]) -> Change:
        """Say that annotations are right under the present scheme: they are off the worklist then, as one step."""
        sight = self._door.sight
        writes = [ops for one in annotations if (ops := tuple(sight.ops(one)))]
        article = annotations[0].article if len({one.article for one in annotations}) == 1 else ""
        ops = tuple(op for each in writes for op in each)
        return self._door.apply(Edit("confirm", ops, article, {"n": len(writes)})) if ops else Change()


def _kept(value: Any) -> Any:
    """Return a value as it can be kept; UserError for a number that no file can hold."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list | tuple):
        return [_kept(one) for one in value]
    if isinstance(value, int | float) and not finite(value):
        raise UserError(message("That number is too large to be kept."), message("Write a smaller one."))
    return value

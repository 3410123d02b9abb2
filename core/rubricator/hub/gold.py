"""What of the gold layer travels: to annotators what was decided about their finished articles, back their answers.

The gold layer is nobody's own. A packet may carry it (`pack(..., gold=True)`) for articles that its annotator has
finished, with what reviewers say there and what the annotator answered, and nothing that other annotators answered. Of
an annotator's packet only their own answers come in.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from rubricator.model.edits import Add, Op
from rubricator.project import Project
from rubricator.review.gold import gold_id

_TRAVELS = frozenset("annotation tag relation decision comment layer".split())
"""Kinds of elements of the gold layer that an annotator is shown."""

__all__ = ["Gold", "gold_id"]


class Gold:
    """The gold layer of a project, as packets see it: whose it is (`owner`), and who said what of it."""

    def __init__(self, project: Project) -> None:
        self._reviews = project.reviews
        self.owner = gold_id(str(project.rows.project().get("id") or ""))
        self._said: dict[str, str] = {}

    def note(self, op: Op) -> None:
        """Remember who said a comment that a file adds."""
        if isinstance(op, Add) and op.kind == "comment":
            self._said.setdefault(op.id, str(op.value.get("by") or ""))

    def is_shown(self, op: Op, annotator: str, reviewers: AbstractSet[str]) -> bool:
        """Say whether an annotator is shown what an operation does to the gold layer; `reviewers` are those of it."""
        if op.kind == "comment":
            return self._by(op) in {annotator, *reviewers}
        return op.kind in _TRAVELS

    def is_answer(self, op: Op, annotator: str) -> bool:
        """Say whether an operation is what an annotator has to say of the gold layer."""
        return op.kind == "comment" and self._by(op) == annotator

    def may_come(self, op: Op) -> bool:
        """Say whether an operation may come into an annotator's copy: what it is to be shown was told by who packed."""
        return op.kind in _TRAVELS or op.kind == "annotator"

    def _by(self, op: Op) -> str:
        if isinstance(op, Add):
            return str(op.value.get("by") or "")
        if op.id not in self._said:
            found = self._reviews.stated([("comment", op.id)]).get(("comment", op.id))
            self._said[op.id] = str(found[0].get("by") or "") if found else ""
        return self._said[op.id]

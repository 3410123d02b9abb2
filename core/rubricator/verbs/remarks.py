"""What is said of a difference, in a thread: before it is decided and after, whoever's layers it is made of."""

from __future__ import annotations

from rubricator.model import comments as c
from rubricator.model.changes import Change
from rubricator.model.comments import Comment, said_text
from rubricator.model.ids import new_id
from rubricator.review.decision import decision_id
from rubricator.review.difference import Difference
from rubricator.verbs.compared import Compared
from rubricator.verbs.door import Door

ABOUT = "of"
"""Where a comment of the gold layer says which elements (by id) it is about: no decision may be there yet."""


class Remarks:
    """The verbs of comments on a difference.

    They stand in the gold layer, so that no annotator finds in their own what reviewers say to each other; what
    was said of the annotations themselves, and to the decision, belongs to the thread too.
    """

    def __init__(self, door: Door, review: Compared) -> None:
        self._door, self._review = door, review

    def thread(self, difference: Difference) -> list[Comment]:
        """Return all that is said of a difference, as it was written."""
        links, subjects, decision = self._door.links, set(difference.subjects), decision_id(difference)
        found = [
            one
            for one in links.comments(difference.article, self._review.gold)
            if one.on == decision or subjects.intersection(about(one))
        ]
        found += links.comments_on(one.id for one in difference.annotations)
        return sorted({one.id: one for one in found}.values(), key=lambda one: (one.at, one.id))

    def add(self, difference: Difference, text: str, answers: Comment | None = None) -> Change:
        """Say something about a difference, or answer a comment on it (which then stands where that one does)."""
        self._review.join()
        by, words = self._door.stamp(), said_text(text)
        layer = answers.annotator if answers else self._review.gold
        on, reply_to = (answers.on, answers.id) if answers else ("", "")
        extra = {ABOUT: list(difference.subjects)} if layer == self._review.gold else {}
        new = Comment(new_id(), difference.article, layer, on, by.by, by.at, words, reply_to, extra)
        return self._door.apply(c.say(new))


def about(comment: Comment) -> tuple[str, ...]:
    """Return what a comment of the gold layer is about, by ids."""
    found = comment.extra.get(ABOUT)
    return tuple(map(str, found)) if isinstance(found, list | tuple) else ()

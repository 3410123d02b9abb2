"""The thread of what is said of the current difference."""

from __future__ import annotations

from rubricator.model.comments import Comment
from rubricator.words import message, say
from rubricator_gui.acts.differing import kind_words
from rubricator_gui.acts.reviewing import Reviewing
from rubricator_gui.desk import Desk


class Remarks:
    """The thread on the current difference."""

    def __init__(self, desk: Desk, reviewing: Reviewing) -> None:
        self._desk, self._reviewing = desk, reviewing

    @property
    def about(self) -> str:
        """The id of the difference."""
        here = self._reviewing.current
        return here.difference.id if here is not None else ""

    @property
    def title(self) -> str:
        """Its kind and its words."""
        here = self._reviewing.current
        if here is None:
            return ""
        what = self._reviewing.what(here.difference)
        return say(message("{kind}: {what}", kind=kind_words(here.difference), what=what))

    def there(self) -> list[Comment]:
        """Return what is said of it, as it was written."""
        here = self._reviewing.current
        return self._desk.ready.review.remarks.thread(here.difference) if here is not None else []

    def called(self, by: str) -> str:
        """Return the name of who wrote something (an annotator's id).

        Where names are hidden it is told which layer is theirs, and of others nothing.
        """
        reviewing, project = self._reviewing, self._desk.ready
        if not reviewing.blind or by == project.me.annotator:
            return project.rows.name_of(by) or by
        whose = [work.annotator for work in reviewing.comparison.works]
        return reviewing.layer_called(whose.index(by)) if by in whose else say(message("Somebody"))

    def add(self, text: str, answers: Comment | None) -> bool:
        """Say something about it, or answer a comment on it; False where it was refused."""
        reviewing, desk = self._reviewing, self._desk
        here = reviewing.current
        if here is None:
            return False
        if not reviewing.join():
            return False
        done = desk.do(desk.ready.review.remarks.add, here.difference, text, answers)
        if done:
            desk.tell(message("Commented on {what}.", what=reviewing.what(here.difference)), undo=True)
        return done

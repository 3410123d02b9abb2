"""A difference in words: its kind, what that means, who has what; and the thread of what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rubricator.model.comments import Comment
from rubricator.review.blind import letter
from rubricator.review.difference import Difference
from rubricator.review.kinds import KINDS, SUBS
from rubricator.words import Message, message, plural, say
from rubricator_gui.desk import Desk

if TYPE_CHECKING:
    from rubricator_gui.acts.reviewing import Reviewing

_NAMES = {kind.key: kind.name for kind in KINDS}
_MEANS = {kind.key: kind.means for kind in KINDS}


def layers_words(layers: Sequence[int]) -> Message:
    """Name layers: "A", "A and C", "A, B and D"."""
    *some, last = map(letter, layers)
    if not some:
        return message("{layer}", layer=last)
    return message("{layers} and {last}", layers=", ".join(some), last=last)


def kind_words(difference: Difference) -> Message:
    """Say of which kind a difference is: "borders, a determiner", "only A"."""
    kind: Message | str = _NAMES.get(difference.kind, difference.kind)
    sub = SUBS.get(difference.sub)
    if () in difference.sides and sub is None:
        only = message("only {layers}", layers=layers_words([n for n, side in enumerate(difference.sides) if side]))
        return only if difference.kind == "only" else message("{kind}, {what}", kind=kind, what=only)
    if sub is None:
        return message("{kind}", kind=kind)
    return message("{kind}, {what}", kind=kind, what=sub)


def means(difference: Difference) -> Message:
    """Say what a difference of this kind is; of one that not all have, who has it."""
    if difference.kind != "only" or difference.sub:
        return _MEANS[difference.kind]
    there = [n for n, side in enumerate(difference.sides) if side]
    others = layers_words([n for n, side in enumerate(difference.sides) if not side])
    said = "{layers} annotated this, {others} did not."
    return plural(said, said, len(there), layers=layers_words(there), others=others)


class OnDifference:
    """The thread on the current difference."""

    def __init__(self, desk: Desk, reviewing: Reviewing) -> None:
        self._desk, self._reviewing = desk, reviewing

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
        reviewing.join()
        done = desk.do(desk.ready.review.remarks.add, here.difference, text, answers)
        if done:
            desk.tell(message("Commented on {what}.", what=reviewing.what(here.difference)), undo=True)
        return done

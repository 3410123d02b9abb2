"""Review: what layers differ in, and the gold layer that is made of them. Everything here can be undone in one step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from rubricator.errors import UserError
from rubricator.model import layer_edits as e
from rubricator.model.changes import Change
from rubricator.model.edits import Edit
from rubricator.review import adjudicate
from rubricator.review.decision import Outcome, digest_of
from rubricator.review.difference import Comparison, Difference
from rubricator.verbs.answers import Answers
from rubricator.verbs.compared import Compared
from rubricator.verbs.door import check_no_copy
from rubricator.verbs.groups import Groups
from rubricator.verbs.queue import Queue
from rubricator.verbs.remarks import Remarks
from rubricator.words import message


class Review(Compared):
    """The verbs of review."""

    @cached_property
    def groups(self) -> Groups:
        """Many differences settled at once."""
        return Groups(self._door, self)

    @cached_property
    def queue(self) -> Queue:
        """What is to be decided in the whole corpus."""
        return Queue(self._door, self)

    @cached_property
    def answers(self) -> Answers:
        """What an annotator has to say of what became of their work."""
        return Answers(self._door, self)

    @cached_property
    def remarks(self) -> Remarks:
        """What is said of a difference."""
        return Remarks(self._door, self)

    # --- deciding -------------------------------------------------------------------------------------------------

    def decide(self, comparison: Comparison, difference: Difference, outcome: Outcome) -> Change:
        """Settle a difference, as one step; UserError where the layers changed meanwhile or a rule forbids it."""
        article = difference.article
        self.join()

        def edits() -> Iterator[Edit]:
            self.check_unlocked(article)
            now = self.compare(article, [work.annotator for work in comparison.works])
            place = next((one for one in now.differences if one.id == difference.id), None)
            if place is None or digest_of(place) != digest_of(difference):
                raise UserError(
                    message("What the layers say here has changed meanwhile."), message("Look at it again.")
                )
            gold = self.gold_layer(article, [place, *now.agreed_below(place)])
            if (agreed := adjudicate.agreed_below(place, outcome, now, gold)) is not None:
                yield agreed
            yield adjudicate.decide(place, outcome, now, gold)

        return self._door.judged(edits())

    # --- locking --------------------------------------------------------------------------------------------------

    def lock(self, article: str, annotators: Sequence[str] = ()) -> Change:
        """Finish the gold layer of an article, with all that the layers agree on, as one step."""
        self.join()
        return self._door.judged(self.finishing(article, annotators))

    def reopen(self, article: str) -> Change:
        """Take the lock off the gold layer of an article."""
        check_no_copy(self._door)
        if not self.locked(article):
            return Change()
        return self._door.apply(Edit("reopen", e.set_status(article, self.gold, "done", "doing").ops, article))

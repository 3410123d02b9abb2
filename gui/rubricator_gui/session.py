"""The one object that widgets are given: the desk, and every act upon it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from rubricator_gui.desk import Desk

if TYPE_CHECKING:  # nothing is done before the first paint
    from rubricator.review.kinds import Pattern
    from rubricator_gui.acts.attributes import Attributes
    from rubricator_gui.acts.comments import Comments
    from rubricator_gui.acts.deciding import Deciding
    from rubricator_gui.acts.history import History
    from rubricator_gui.acts.labelling import Labelling
    from rubricator_gui.acts.linking import Linking
    from rubricator_gui.acts.mentions import Mentions
    from rubricator_gui.acts.relations import Relations
    from rubricator_gui.acts.remarks import Remarks
    from rubricator_gui.acts.reviewing import Reviewing
    from rubricator_gui.acts.rulings import Rulings
    from rubricator_gui.acts.topics import Topics
    from rubricator_gui.acts.waiting import Queue
    from rubricator_gui.acts.walking import Walking
    from rubricator_gui.acts.work import Work
    from rubricator_gui.acts.worklist import Worklist

REVIEW_CONDITIONS = frozenset(
    (
        *("reviewing", "compared", "deciding", "editing", "decided-before", "locked"),
        *("layer-1", "layer-2", "layer-3", "layer-4", "group", "group-3", "group-4"),
    )
)
"""What only a review can say of."""


class Session(Desk):
    """What is open, what is shown, what is held; and what can be done with it."""

    @cached_property
    def labelling(self) -> Labelling:
        """The selection labelled, the chosen annotation changed."""
        from rubricator_gui.acts.labelling import Labelling

        return Labelling(self, self.deciding, self.relations)

    @cached_property
    def mentions(self) -> Mentions:
        """All mentions of some words labelled, relabelled, deleted."""
        from rubricator_gui.acts.mentions import Mentions

        return Mentions(self)

    @cached_property
    def deciding(self) -> Deciding:
        """Suggestions accepted and rejected."""
        from rubricator_gui.acts.deciding import Deciding

        return Deciding(self)

    @cached_property
    def linking(self) -> Linking:
        """Annotations linked to entities, and the way from mention to mention."""
        from rubricator_gui.acts.linking import Linking

        return Linking(self)

    @cached_property
    def attributes(self) -> Attributes:
        """What annotations say beside their label."""
        from rubricator_gui.acts.attributes import Attributes

        return Attributes(self)

    @cached_property
    def relations(self) -> Relations:
        """Relations between annotations."""
        from rubricator_gui.acts.relations import Relations

        return Relations(self)

    @cached_property
    def comments(self) -> Comments:
        """Comments on annotations."""
        from rubricator_gui.acts.comments import Comments

        return Comments(self)

    @cached_property
    def topics(self) -> Topics:
        """Topics of the article, their evidence, and the tree they are chosen from."""
        from rubricator_gui.acts.topics import Topics

        return Topics(self)

    @cached_property
    def rulings(self) -> Rulings:
        """What was decided, written down."""
        from rubricator_gui.acts.rulings import Rulings

        return Rulings(self)

    @cached_property
    def work(self) -> Work:
        """Status and flag of the article."""
        from rubricator_gui.acts.work import Work

        return Work(self)

    @cached_property
    def history(self) -> History:
        """Undo and redo."""
        from rubricator_gui.acts.history import History

        return History(self)

    @cached_property
    def walking(self) -> Walking:
        """The way from one annotation to the next."""
        from rubricator_gui.acts.walking import Walking

        return Walking(self, self.relations)

    @cached_property
    def worklist(self) -> Worklist:
        """What is to be looked at again since a change of the scheme."""
        from rubricator_gui.acts.worklist import Worklist

        return Worklist(self, self.relations)

    @cached_property
    def reviewing(self) -> Reviewing:
        """The review of the article: layers compared, differences settled."""
        from rubricator_gui.acts.reviewing import Reviewing

        return Reviewing(self)

    @cached_property
    def queue(self) -> Queue:
        """What waits for a decision in the whole corpus."""
        from rubricator_gui.acts.waiting import Queue

        return Queue(self, self.reviewing)

    @cached_property
    def remarks(self) -> Remarks:
        """What is said of the current difference."""
        from rubricator_gui.acts.remarks import Remarks

        return Remarks(self, self.reviewing)

    def entity_name(self, uid: str) -> str:
        """Return what an entity is called; its id where it is unknown."""
        found = self.ready.entities.get(uid)
        return found.name if found is not None else uid

    def _left(self, pattern: Pattern) -> int:
        queue: Queue | None = self.__dict__.get("queue")
        return queue.left(pattern) if queue is not None else 0

    def can(self, when: str) -> bool:
        """Say whether a condition of the table of actions holds now."""
        reviewing: Reviewing | None = self.__dict__.get("reviewing")
        if when == "commenting":
            if reviewing is not None and reviewing.on:
                return reviewing.current is not None
            return super().can("chosen")
        if when in REVIEW_CONDITIONS:
            return reviewing is not None and reviewing.can(when, self._left)
        return super().can(when)

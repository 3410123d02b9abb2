"""The rooms of a project: what concerns one matter each, verbs or looks, loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rubricator.store.base import Store
from rubricator.store.journal import Journal
from rubricator.verbs.door import Door

if TYPE_CHECKING:
    from rubricator.model.spans import Article
    from rubricator.store.history import History
    from rubricator.store.pieces import Cells
    from rubricator.store.reviews import Reviews
    from rubricator.store.whole import Said, Stretch
    from rubricator.store.written import Written
    from rubricator.verbs.agreement import Agreement
    from rubricator.verbs.attributes import Attributes
    from rubricator.verbs.comments import Comments
    from rubricator.verbs.entities import Entities
    from rubricator.verbs.guidelines import Guidelines
    from rubricator.verbs.relations import Relations
    from rubricator.verbs.review import Review
    from rubricator.verbs.samples import Samples
    from rubricator.verbs.schemes import Schemes
    from rubricator.verbs.stories import Stories
    from rubricator.verbs.topics import Topics


class Rooms(Door):
    """What stands behind `project.review`, `project.topics` and the like."""

    _store: Store
    _journal: Journal

    @cached_property
    def attributes(self) -> Attributes:
        """What annotations say beside their label."""
        from rubricator.verbs.attributes import Attributes

        return Attributes(self)

    @cached_property
    def relations(self) -> Relations:
        """Relations between annotations."""
        from rubricator.verbs.relations import Relations

        return Relations(self)

    @cached_property
    def entities(self) -> Entities:
        """The project's list of entities, and the links to them."""
        from rubricator.verbs.entities import Entities

        return Entities(self)

    @cached_property
    def comments(self) -> Comments:
        """Comments on annotations and articles."""
        from rubricator.verbs.comments import Comments

        return Comments(self)

    @cached_property
    def review(self) -> Review:
        """What layers differ in, and the gold layer."""
        from rubricator.verbs.review import Review

        return Review(self)

    @cached_property
    def topics(self) -> Topics:
        """Topics of articles, and the tree of those that can be given."""
        from rubricator.verbs.topics import Topics

        return Topics(self)

    @cached_property
    def schemes(self) -> Schemes:
        """Changes of the scheme that touch annotations, and the worklist that they leave."""
        from rubricator.verbs.schemes import Schemes

        return Schemes(self)

    @cached_property
    def guidelines(self) -> Guidelines:
        """What was decided before about like words."""
        from rubricator.verbs.guidelines import Guidelines

        return Guidelines(self)

    @cached_property
    def stories(self) -> Stories:
        """Which articles tell the same story."""
        from rubricator.verbs.stories import Stories

        return Stories(self.rows, self._journal.near)

    @cached_property
    def samples(self) -> Samples:
        """What is drawn for a second annotation."""
        from rubricator.verbs.samples import Samples

        return Samples(self, self.review)

    @cached_property
    def agreement(self) -> Agreement:
        """How far annotators agree."""
        from rubricator.verbs.agreement import Agreement

        return Agreement(self, self.samples)

    # --- looks at the state tables and the journal ------------------------------------------------------------------

    def whole(self, stretch: Stretch | None = None) -> Iterator[tuple[Article, list[Said]]]:
        """Yield all articles (or a stretch) in the order of the project with all that is said of each, many at once."""
        from rubricator.store.whole import ALL, whole

        return whole(self._store.db, stretch or ALL)

    def named(self, owners: Sequence[str] | None, status: str) -> set[str]:
        """Return who has a layer that says anything, of these owners and this status, and who worked in them."""
        from rubricator.store.whole import named

        return named(self._store.db, owners, status)

    @cached_property
    def reviews(self) -> Reviews:
        """What a review asks of the state tables."""
        from rubricator.store.reviews import Reviews

        return Reviews(self._store.db)

    @cached_property
    def _history(self) -> History:
        from rubricator.store.history import History

        return History(self._store.db)

    def written(self) -> Written:
        """Return what says which rows are here, and who wrote what stands."""
        from rubricator.store.written import Written

        return Written(self._store.db)

    def cells(self) -> Cells:
        """Return what says whom the elements of this project concern."""
        from rubricator.store.pieces import Cells

        return Cells(self._store.db)

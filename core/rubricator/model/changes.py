"""What an edit did, as a value: the only notice of changed data. Widgets patch what it names and read nothing again."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from rubricator.model.comments import Comment
from rubricator.model.entities import Entity
from rubricator.model.rejections import Rejection
from rubricator.model.relations import Relation
from rubricator.model.spans import Annotation, TopicTag

T = TypeVar("T")


class Replaced(NamedTuple, Generic[T]):
    """A value before and after; None where it was not there (or, for `before`, where it was changed elsewhere)."""

    id: str
    before: T | None
    after: T | None


class Change(NamedTuple):
    """What was added, removed and replaced, in which articles.

    `articles` names every article of which the metadata, a status or a count changed; `listing` says that articles
    came or went; `everything` that so much changed that it is cheaper to read again than to patch; `elsewhere` that
    some of it was done by others, of which nobody knows what was before.
    """

    steps: tuple[str, ...] = ()
    annotations: tuple[Replaced[Annotation], ...] = ()
    tags: tuple[Replaced[TopicTag], ...] = ()
    rejections: tuple[Replaced[Rejection], ...] = ()
    relations: tuple[Replaced[Relation], ...] = ()
    comments: tuple[Replaced[Comment], ...] = ()
    entities: tuple[Replaced[Entity], ...] = ()
    articles: frozenset[str] = frozenset()
    listing: bool = False
    scheme: bool = False
    annotators: bool = False
    project: bool = False
    wordlists: bool = False
    everything: bool = False
    elsewhere: bool = False

    @property
    def linked(self) -> bool:
        """Say whether it may be another number of annotations that link to an entity."""
        if self.elsewhere or self.everything or self.listing:
            return True
        both = (one for replaced in self.annotations for one in (replaced.before, replaced.after))
        return any(one is not None and one.entity for one in both)

    def __bool__(self) -> bool:
        return bool(self.steps)

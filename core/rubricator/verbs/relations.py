"""Relations between annotations of one's own layer."""

from __future__ import annotations

from rubricator.errors import UserError
from rubricator.model import relations as r
from rubricator.model.changes import Change
from rubricator.model.ids import new_id
from rubricator.model.relations import Relation
from rubricator.model.spans import Annotation
from rubricator.verbs.door import Door
from rubricator.words import message


class Relations:
    """The verbs of relations."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def of(self, article: str, annotator: str = "") -> list[Relation]:
        """Return the relations of a layer (by default one's own)."""
        return self._door.links.relations(article, annotator or self._door.me.annotator)

    def add(self, label: str, source: Annotation, target: Annotation) -> Change:
        """Link two annotations of one article by a relation of this type."""
        if source.article != target.article:
            raise UserError(message("Both ends of a relation stand in one article."), message("Choose another end."))
        if source.annotator != target.annotator:
            raise UserError(message("Both ends of a relation are of one annotator."), message("Choose another end."))
        new = Relation(
            new_id(), source.article, source.annotator, label, source.id, target.id, created=self._door.stamp()
        )
        return self._door.apply(r.relate([new], *self._door.begun(source.article)))

    def retype(self, relation: Relation, label: str) -> Change:
        """Give a relation another type."""
        return self._door.apply(r.retype(relation, label)) if relation.label != label else Change()

    def move_end(self, relation: Relation, was: str, end: Annotation) -> Change:
        """Hang the end of a relation that stands at one annotation (its id) on another one."""
        return self._door.apply(r.move_end(relation, was, end.id)) if was != end.id else Change()

    def turn(self, relation: Relation) -> Change:
        """Turn a relation round."""
        return self._door.apply(r.turn(relation))

    def delete(self, *relations: Relation) -> Change:
        """Take relations of one article away."""
        return self._door.apply(r.unrelate(relations)) if relations else Change()

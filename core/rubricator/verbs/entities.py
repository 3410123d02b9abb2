"""The project's list of entities, and the links of annotations to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rubricator.errors import UserError
from rubricator.model import entities as n
from rubricator.model.changes import Change
from rubricator.model.edits import Edit
from rubricator.model.entities import Entity
from rubricator.model.folding import single_spaced
from rubricator.model.ids import new_id
from rubricator.model.meanwhile import meanwhile, names_meanwhile
from rubricator.model.spans import Annotation
from rubricator.model.text import plain
from rubricator.store.links import Mention
from rubricator.suggest.namesakes import read
from rubricator.suggest.radar import forms
from rubricator.verbs.door import Door
from rubricator.words import message


def _check_long(entity: Entity, was: Entity | None = None) -> None:
    if (why := n.overlong(entity, was)) is not None:
        raise UserError(why, message("Shorten it."))


def _filled(now: Entity, listed: Entity, shown: Sequence[str]) -> Entity:
    """Return an entity as it is now, filled up with what a list says; `shown` are the names that it had then."""
    return n.filled(now, listed)._replace(aliases=names_meanwhile(listed.aliases, shown, now.aliases))


class Entities:
    """The verbs of entities."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def all(self) -> list[Entity]:
        """Return the project's entities, by name."""
        return self._door.links.entities()

    def counts(self) -> dict[str, int]:
        """Return how many annotations link to each, by id."""
        return self._door.links.mention_counts()

    def mention_words(self) -> list[tuple[str, str]]:
        """Return each mention as the id of its entity, and its words."""
        return self._door.links.mention_words()

    def mentions(self, entity: str, annotator: str = "") -> list[Mention]:
        """Return the mentions of an entity in the order of the articles, everybody's or those of one annotator."""
        return self._door.links.mentions(entity, annotator)

    def get(self, entity: str) -> Entity | None:
        """Return an entity by its id; None where it is not on the list."""
        return self._door.links.entity(entity)

    def mentioned_in(self, article: str) -> dict[str, int]:
        """Return how many of one's own annotations of an article link to each entity, in the order they stand."""
        return self._door.links.mentioned_in(article, self._door.me.annotator)

    def mentioned_as(self, entities: Iterable[str]) -> dict[str, set[str]]:
        """Return the labels of the annotations that link to each of these entities; without those nothing links to."""
        return self._door.links.mentioned_as(entities)

    def mentioning(self, entities: Iterable[str]) -> set[int]:
        """Return the numbers of the articles in which one's own annotations link to one of these entities."""
        return self._door.links.mentioning(entities, self._door.me.annotator)

    def alike(self, annotation: Annotation) -> list[Mention]:
        """Return the other annotations in the same person's layers with this label and these words that link nowhere.

        In the order of the articles; with other determiners and ASCII letters of any case.
        """
        words = forms(annotation.quote)
        found = self._door.links.unlinked(annotation.label, words, annotation.annotator)
        return [mention for mention in found if mention.annotation != annotation.id]

    def new(self, name: str, kind: str = "", *, external: str = "", aliases: Iterable[str] = ()) -> Entity:
        """Return an entity that is on no list yet; UserError where it has no name."""
        words = " ".join(plain(name).split())
        if not words:
            raise UserError(message("An entity needs a name."), message("Write one, or choose one of the list."))
        others = dict.fromkeys(other for alias in aliases if (other := plain(alias).strip()) not in ("", words))
        made = Entity(new_id(), words, plain(kind).strip(), plain(external).strip(), tuple(others))
        _check_long(made)
        return made

    def add(self, entities: Sequence[Entity]) -> Change:
        """Put entities on the list, as one step."""
        for one in entities:
            _check_long(one)
        return self._door.apply(n.add_entities(entities)) if entities else Change()

    def take_in(self, new: Sequence[Entity], changed: Sequence[tuple[Entity, Entity]], source: str) -> Change:
        """Put entities of a list on the project's, and fill others up, as one step; `source` names the file.

        What others wrote since the list was read is filled up as well, and stays.
        """

        def edits() -> Iterator[Edit]:
            there = {one.id: one for one in self.all()}
            more = [(was.aliases, will) for was, will in changed] + [((), one) for one in new]
            full = [(now, _filled(now, will, was)) for was, will in more if (now := there.get(will.id)) is not None]
            yield n.take_in([one for one in new if one.id not in there], full, source)

        return self._door.judged(edits())

    def change(self, before: Entity, after: Entity) -> Change:
        """Write what was changed of an entity: name, kind, external id, note; other names one by one.

        All else stays as others wrote it meanwhile.
        """
        name = single_spaced(plain(after.name))
        others = dict.fromkeys(other for alias in after.aliases if (other := plain(alias).strip()) not in ("", name))
        after = after._replace(
            name=name,
            kind=plain(after.kind).strip(),
            external=plain(after.external).strip(),
            aliases=tuple(others),
            note=plain(after.note),
        )
        if not after.name:
            raise UserError(message("An entity needs a name."), message("Write one."))

        def edits() -> Iterator[Edit]:
            now = self._standing(before)
            will = meanwhile(after, before, now)
            _check_long(will, now)
            yield n.change_entity(now, will)

        return self._door.judged(edits())

    def link(self, annotations: Sequence[Annotation], entity: Entity | None, *, new: bool = False) -> Change:
        """Link annotations (of any articles) to an entity, or to none, as one step; a `new` one goes on the list."""
        ops = n.link(annotations, entity.id if entity else "")

        def edits() -> Iterator[Edit]:
            if entity and new:
                _check_long(entity)
                yield n.add_entities([entity])
            elif entity:
                self._standing(entity)
            article = annotations[0].article if len({one.article for one in annotations}) == 1 else ""
            yield Edit("link", ops, article, {"name": entity.name if entity else "", "n": len(ops)})

        return self._door.judged(edits()) if ops or new else Change()

    def merge(self, kept: Entity, others: Sequence[Entity]) -> Change:
        """Put one entity in the place of others, which are the same thing."""
        others = [other for other in others if other.id != kept.id]

        def edits() -> Iterator[Edit]:  # in its transaction: a mention that another window makes meanwhile is not left
            stay, *gone = map(self._standing, (kept, *others))
            yield n.merge_entities(stay, gone, self._linked(gone), self.all())

        return self._door.judged(edits()) if others else Change()

    def set_apart(self, one: Entity, other: Entity) -> Change:
        """Say that two entities with like names are two; they are not told as the same any longer."""

        def edits() -> Iterator[Edit]:
            stands = self._standing(one)
            if other.id not in stands.different and one.id not in other.different:
                yield n.set_apart(stands, other)

        return self._door.judged(edits())

    def split(self, entity: Entity, name: str, mentions: Sequence[Annotation]) -> Change:
        """Make an entity of its own of some mentions of another, with the other names that only these have.

        Both may be called by the name of the new one: it stays with the other where mentions that stay have it, too.
        """

        def edits() -> Iterator[Edit]:
            stands = self._standing(entity)
            names = self.names_of(stands, mentions)
            yield n.split_entity(stands, self.new(name, stands.kind, aliases=names), mentions, names)

        return self._door.judged(edits()) if mentions else Change()

    def names_of(self, entity: Entity, mentions: Sequence[Annotation]) -> list[str]:
        """Return the other names of an entity that only these of its mentions have.

        Their words are such names, and all of what was put together with it and was called by one of those words.
        """
        ours = {one.id for one in mentions}
        words = {read(one.quote).whole for one in mentions}
        others = {read(one.quote).whole for one in self.mentions(entity.id) if one.annotation not in ours}
        into = {uid: other for uid, _external, other in self._door.rows.gone_entities()}
        for gone in self._door.links.entities_gone():
            called = {read(name).whole for name in gone.names}
            if into.get(gone.id) == entity.id and not called.isdisjoint(words):
                words |= called
        return [name for name in entity.aliases if read(name).whole in words - others]

    def delete(self, entity: Entity) -> Change:
        """Take an entity off the list; what links to it links to nothing then."""

        def edits() -> Iterator[Edit]:
            yield n.delete_entity(entity, self._linked([entity]))

        return self._door.judged(edits())

    def _standing(self, entity: Entity) -> Entity:
        """Return an entity as it is now; UserError where another window merged it away, or deleted it."""
        now = self._door.links.entity(entity.id)
        if now is None:
            raise UserError(
                message("“{name}” is not on the list any more.", name=entity.name), message("Choose another.")
            )
        return now

    def _linked(self, entities: Iterable[Entity]) -> list[Annotation]:
        return self._door.annotations_by_id(m.annotation for one in entities for m in self._door.links.mentions(one.id))

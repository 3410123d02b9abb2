"""Links of annotations to entities, and the way from one mention of an entity to the next over all articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rubricator.model.changes import Change
from rubricator.model.entities import Entity
from rubricator.model.folding import single_spaced
from rubricator.model.lengths import NAME_MOST
from rubricator.model.meanwhile import meanwhile
from rubricator.model.spans import Annotation
from rubricator.project import Project
from rubricator.suggest.entity_search import EntityFinder, FoundEntity
from rubricator.suggest.names import Chain, chain
from rubricator.suggest.namesakes import how_alike, read
from rubricator.suggest.reading import Reading
from rubricator.words import message, plural
from rubricator_gui.desk import Desk
from rubricator_gui.offered import WHOLE
from rubricator_gui.wording import short_quote


class Linking:
    """What a person says about which thing is meant."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._finder: tuple[Project, EntityFinder] | None = None
        self._count = False
        """Whether mentions are to be counted again."""
        self._reading: Reading | None = None
        desk.changing.connect(self._changed)

    @property
    def finder(self) -> EntityFinder:
        """The entities of the project, ready to be searched, with their mentions counted."""
        project = self._desk.ready
        if self._finder is None or self._finder[0] is not project:
            entities = project.entities
            self._finder = project, EntityFinder(entities.all(), entities.counts(), entities.mention_words)
        elif self._count:
            self._finder[1].counts = project.entities.counts()
        self._count = False
        return self._finder[1]

    def _changed(self, change: Change) -> None:
        """Take in what changed: a list of a hundred thousand entities is not read again for one link."""
        if change.everything:
            self._finder = None
        elif self._finder is not None:
            finder = self._finder[1]
            self._count |= change.linked
            if change.entities:
                finder.replace({one.id: one.after for one in change.entities})
            if change.elsewhere or change.listing:
                finder.forget_words()
            for replaced in change.annotations:
                for one, n in ((replaced.before, -1), (replaced.after, 1)):
                    if one is not None:
                        finder.count(one, n)

    def choose_entity(self, annotations: Sequence[Annotation], entity: Entity | str, external: str = "") -> bool:
        """Link annotations to an entity, or to a new one of this name (and external id) and of the label's kind."""
        if isinstance(entity, Entity):
            return self.link(annotations, entity)
        first = annotations[0]
        aliases = [words for words in (single_spaced(first.quote),) if len(words) <= NAME_MOST]
        new = self._desk.ready.entities.new(entity, first.label, external=external, aliases=aliases)
        return self.link(annotations, new, new=True)

    def link(self, annotations: Sequence[Annotation], entity: Entity, *, new: bool = False) -> bool:
        """Link annotations to an entity, which goes on the list where it is `new`; False where it was refused."""
        desk = self._desk
        if not annotations or not desk.do(desk.ready.entities.link, annotations, entity, new=new):
            return False
        quote, n = short_quote(annotations[0].quote), len(annotations)
        if n == 1:
            desk.tell(message("Linked “{quote}” to {entity}.", quote=quote, entity=entity.name), undo=True)
        else:
            words = plural("Linked {n} mention to {entity}.", "Linked {n} mentions to {entity}.", n, entity=entity.name)
            desk.tell(words, undo=True)
        return True

    def unlink(self) -> None:
        """Take the link off the chosen annotation."""
        desk, chosen = self._desk, self._desk.chosen_annotation
        if chosen is not None and chosen.entity and desk.do(desk.ready.entities.link, [chosen], None):
            desk.tell(message("“{quote}” links to nothing now.", quote=short_quote(chosen.quote)), undo=True)

    def delete(self, entity: Entity) -> None:
        """Take an entity off the list; its mentions link to nothing then."""
        desk = self._desk
        n = self.finder.counts.get(entity.id, 0)
        if desk.do(desk.ready.entities.delete, entity):
            words = plural("{name} and {n} link to it", "{name} and {n} links to it", n, name=entity.name)
            desk.tell(message("Took {what} off the list.", what=words if n else entity.name), undo=True)

    def merge(self, kept: Entity, other: Entity) -> None:
        """Put an entity in the place of another."""
        desk = self._desk
        if desk.do(desk.ready.entities.merge, kept, [other]):
            desk.tell(message("“{other}” is “{kept}” now.", other=other.name, kept=kept.name), undo=True)

    def split(self, entity: Entity, name: str, mentions: Sequence[Annotation]) -> bool:
        """Make an entity of its own of some mentions; False where it was refused."""
        desk, n, name = self._desk, len(mentions), single_spaced(name)
        stands = desk.ready.entities.get(entity.id) or entity
        gone = desk.ready.entities.names_of(stands, mentions)
        done = desk.do(desk.ready.entities.split, entity, name, mentions)
        if done:
            names = [one for one in gone if one != name]
            words = plural("{n} mention is", "{n} mentions are", n)
            along = message("{what} “{name}” now", what=words, name=name)
            if names:
                also = ", ".join(f"“{one}”" for one in names)
                along = message("{along}, also called {names}", along=along, names=also)
            words = message("{along}; it and “{other}” stay two.", along=along, other=entity.name)
            if name in stands.names and name not in gone:
                both = "{along}; it and “{other}” stay two, both called “{name}”."
                words = message(both, along=along, other=entity.name, name=name)
            desk.tell(words, undo=True)
        return done

    def change(self, before: Entity, after: Entity) -> bool:
        """Write what was changed of an entity; False where it was refused."""
        desk = self._desk
        now = desk.ready.entities.get(before.id)
        if before == after or (now is not None and meanwhile(after, before, now) == now):
            return True
        done = desk.do(desk.ready.entities.change, before, after)
        if done:
            desk.tell(message("Changed the entity “{name}”.", name=after.name), undo=True)
        return done

    def set_apart(self, one: Entity, other: Entity) -> None:
        """Say that two entities with like names are two."""
        desk = self._desk
        if desk.do(desk.ready.entities.set_apart, one, other):
            desk.tell(message("“{one}” and “{other}” stay two.", one=one.name, other=other.name), undo=True)

    def names_for(self, annotation: Annotation) -> list[str]:
        """Return what a new entity may be called: the fullest form in which the article names it, then the words."""
        found = self._chain(annotation)
        full = [found.fullest.quote(self._desk.text)] if found else []
        return [single_spaced(name) for name in (*full, annotation.quote)]

    def _chain(self, annotation: Annotation) -> Chain | None:
        """Return where else the article names what an annotation names; None in a long one."""
        text = self._desk.text
        if len(text) > WHOLE:
            return None
        if self._reading is None or self._reading.text is not text:
            self._reading = Reading(text)
        return chain(self._reading, annotation.span)

    def meant(self, annotation: Annotation) -> tuple[list[FoundEntity], list[FoundEntity]]:
        """Return what an annotation may mean: what its label is given to, the present link first; and what else.

        An entity of which no kind is known, and no mention, has every label; but not by a part of its name. By the
        words of a mention alone nothing is marked: “the company” is everybody’s name.
        """
        finder, label = self.finder, annotation.label
        present, words = finder.by_id.get(annotation.entity), read(annotation.quote)
        found = [one for one in finder.meant(annotation.quote, label) if one.entity.id != annotation.entity]
        labels = self._desk.ready.entities.mentioned_as(one.entity.id for one in found if one.entity.kind != label)
        fitting = [FoundEntity(present, present.name)] if present else []
        others: list[FoundEntity] = []
        for one in found:
            known = labels.get(one.entity.id, set()) | ({one.entity.kind} - {""})
            fits = label in known if known else how_alike(words, read(one.name)) is not None
            (fitting if fits else others).append(one)
        known_ids = {annotation.entity, *(one.entity.id for one in found)}
        others += [one for one in finder.mentioned_as(annotation.quote, label) if one.entity.id not in known_ids]
        return fitting, others

    def alike(self, annotation: Annotation) -> tuple[list[str], list[str]]:
        """Return the ids of the others that name the same and link nowhere yet: those of the article, and all others.

        The same words, whoever has how many annotations: those are counted by words. In an article that is not too long
        the other forms of the name, too (suggest/names.py).
        """
        desk, found = self._desk, self._chain(annotation)
        same = desk.ready.entities.alike(annotation)
        here = [one.annotation for one in same if one.article == annotation.article]
        for span, _form in found.mentions if found else ():
            bare = read(span.quote(desk.text)).whole
            here += [
                other.id
                for other in desk.spans.overlapping(span.start, span.end)
                if other.label == annotation.label and not other.entity and read(other.quote).whole == bare
            ]
        known = dict.fromkeys(one for one in here if one != annotation.id)
        return list(known), [one.annotation for one in same if one.article != annotation.article]

    def read(self, annotations: Iterable[str]) -> list[Annotation]:
        """Return annotations by their ids; those that are not there any more are left out."""
        return self._desk.ready.annotations_by_id(annotations)

    def walk(self, entity: str = "", step: int = 1) -> None:
        """Go to the next (or previous) own mention of an entity, by default of what the chosen annotation links to."""
        desk, chosen = self._desk, self._desk.chosen_annotation
        entity = entity or (chosen.entity if chosen is not None else "")
        if not entity:
            desk.tell(message("Choose an annotation that links to an entity: then this goes to the next mention."))
            return
        project = desk.ready
        mentions = project.entities.mentions(entity, project.me.annotator)
        if not mentions:
            desk.tell(message("Nothing links to this entity yet."))
            return
        ids = [mention.annotation for mention in mentions]
        if desk.chosen in ids:
            at = (ids.index(desk.chosen) + step) % len(ids)
        else:
            here = [n for n, one in enumerate(mentions) if desk.article is not None and one.article == desk.article.id]
            at = here[0] if here else 0
        desk.show_article(mentions[at].article)
        desk.choose(ids[at])
        named = project.entities.get(entity)
        name = named.name if named else entity
        desk.tell(message("Mention {n} of {total} of {entity}.", n=at + 1, total=len(ids), entity=name))

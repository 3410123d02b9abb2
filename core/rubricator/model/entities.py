"""Entities: real-world things that annotations link to, listed once for the whole project."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from rubricator.model.edits import ALIVE, Add, Edit, Op, Set
from rubricator.model.lengths import too_long
from rubricator.model.spans import NOTHING, Annotation
from rubricator.words import Message

FIELDS = frozenset("name kind external aliases note different".split())


EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
"""What an external id is: `wikidata:Q42`, or any URI."""
_WIKIDATA = r"(?:(?:wikidata|wd):|https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/)?(Q[1-9]\d{0,17})"


class Entity(NamedTuple):
    """A thing: its name, kind (as a rule a label's name), external id (`wikidata:Q7779` or any URI) and other names."""

    id: str
    name: str
    kind: str = ""
    external: str = ""
    aliases: tuple[str, ...] = ()
    note: str = ""
    different: tuple[str, ...] = ()
    """Ids of others with a like name that somebody has said to be somebody else."""
    extra: Mapping[str, Any] = NOTHING

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process as the value of its element: a mapping that cannot change cannot be pickled."""
        return entity_from, (self.id, entity_value(self))

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and all others, each once."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))


def entity_from(element: str, value: Mapping[str, Any]) -> Entity:
    """Make the entity of an element; one whose name has not arrived is called by its id."""
    return Entity(
        id=element,
        name=str(value.get("name") or element),
        kind=str(value.get("kind") or ""),
        external=str(value.get("external") or ""),
        aliases=_other_names(str(value.get("name") or element), _texts(value.get("aliases"))),
        note=str(value.get("note") or ""),
        different=_texts(value.get("different")),
        extra={key: item for key, item in value.items() if key not in FIELDS} or NOTHING,
    )


def _other_names(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return names, each once and none that is the name itself: a renaming may come upon one, and so may two copies."""
    return tuple(dict.fromkeys(one for one in names if one != name))


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def entity_value(entity: Entity) -> dict[str, Any]:
    """Return an entity as the value of its element; what is empty is left out."""
    value: dict[str, Any] = {"name": entity.name}
    if entity.kind:
        value["kind"] = entity.kind
    if entity.external:
        value["external"] = entity.external
    if aliases := _other_names(entity.name, entity.aliases):
        value["aliases"] = list(aliases)
    if entity.note:
        value["note"] = entity.note
    if entity.different:
        value["different"] = list(entity.different)
    return {**value, **entity.extra}


def wikidata_id(written: str) -> str:
    """Return a Wikidata id as it is kept, written alone, as `wd:Q42` or as its address; "" where it is none."""
    found = re.fullmatch(_WIKIDATA, written.strip(), re.I | re.ASCII)
    return f"wikidata:{found[1].upper()}" if found else ""


def overlong(entity: Entity, was: Entity | None = None) -> Message | None:
    """Return why an entity has a name or a note that is too long; None where it has none, or `was` had it."""
    return too_long(entity.names, entity.note, (*was.names, was.note) if was is not None else ())


def filled(known: Entity, more: Entity) -> Entity:
    """Return what is known filled up with what a list says beside its names; nothing is written over."""
    return known._replace(
        kind=known.kind or more.kind, external=known.external or more.external, note=known.note or more.note
    )


# --- edits --------------------------------------------------------------------------------------------------------


def add_entities(entities: Sequence[Entity]) -> Edit:
    """Make the edit that adds entities to the project's list."""
    ops = tuple(Add("entity", one.id, entity_value(one)) for one in entities)
    return Edit("entity", ops, "", {"name": entities[0].name, "n": len(entities)})


def take_in(new: Sequence[Entity], changed: Sequence[tuple[Entity, Entity]], source: str) -> Edit:
    """Make the edit that a list of entities is: some new, some known ones filled up."""
    ops: tuple[Op, ...] = tuple(Add("entity", one.id, entity_value(one)) for one in new)
    ops += tuple(op for before, after in changed for op in _writes(before, after))
    return Edit("entities", ops, "", {"n": len(new) + len(changed), "source": source})


def change_entity(before: Entity, after: Entity) -> Edit:
    """Make the edit that writes what is known of an entity."""
    return Edit("entity-change", _writes(before, after), "", {"name": after.name, "was": before.name})


def _writes(before: Entity, after: Entity) -> tuple[Op, ...]:
    old, new = entity_value(before), entity_value(after)
    names = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    return tuple(Set("entity", before.id, name, old.get(name), new.get(name)) for name in names)


def link(annotations: Iterable[Annotation], entity: str) -> tuple[Op, ...]:
    """Return the writes that link annotations to an entity ("": to none); those that do so already are passed over."""
    return tuple(
        Set("annotation", one.id, "entity", one.entity or None, entity or None)
        for one in annotations
        if one.entity != entity
    )


def merge_entities(
    kept: Entity, others: Sequence[Entity], mentions: Iterable[Annotation], listed: Iterable[Entity] = ()
) -> Edit:
    """Make the edit that puts one entity in the place of others: it takes over their names and mentions.

    Of those `listed`, who is somebody else than one that goes is somebody else than the one that stays.
    """
    names = dict.fromkeys(name for one in (kept, *others) for name in one.names if name != kept.name)
    known = (kept, *others)
    ids = {one.id for one in known}
    full = kept._replace(
        aliases=tuple(names),
        kind=next((one.kind for one in known if one.kind), ""),
        external=next((one.external for one in known if one.external), ""),
        note="\n".join(dict.fromkeys(one.note for one in known if one.note)),
        different=tuple(dict.fromkeys(uid for one in known for uid in one.different if uid not in ids)),
    )
    gone = ids - {kept.id}
    ops = (*link(mentions, kept.id), *_writes(kept, full), *(Set("entity", o.id, ALIVE, True, False) for o in others))
    for one in listed:
        if one.id not in ids and not gone.isdisjoint(one.different):
            different = tuple(dict.fromkeys(kept.id if uid in gone else uid for uid in one.different))
            ops += _writes(one, one._replace(different=different))
    about = {"name": kept.name, "was": others[0].name, "n": len(others), "into": kept.id}
    return Edit("entity-merge", ops, "", about)


def set_apart(one: Entity, other: Entity) -> Edit:
    """Make the edit that says that two entities with like names are two."""
    ops = _writes(one, one._replace(different=(*one.different, other.id)))
    return Edit("entity-apart", ops, "", {"name": one.name, "was": other.name})


def split_entity(entity: Entity, new: Entity, mentions: Sequence[Annotation], names: Iterable[str]) -> Edit:
    """Make the edit that makes an entity of its own of some mentions of another, which these other `names` leave.

    The two are told as different, or their names would at once propose to put them together again.
    """
    gone = frozenset(names)
    new = new._replace(different=tuple(dict.fromkeys((*new.different, entity.id))))
    left = entity._replace(aliases=tuple(name for name in entity.aliases if name not in gone))
    ops = (Add("entity", new.id, entity_value(new)), *link(mentions, new.id), *_writes(entity, left))
    return Edit("entity-split", ops, "", {"name": new.name, "was": entity.name, "n": len(mentions)})


def delete_entity(entity: Entity, mentions: Iterable[Annotation]) -> Edit:
    """Make the edit that takes an entity off the list; its mentions link to nothing then."""
    ops = (*link(mentions, ""), Set("entity", entity.id, ALIVE, True, False))
    return Edit("entity-delete", ops, "", {"name": entity.name})

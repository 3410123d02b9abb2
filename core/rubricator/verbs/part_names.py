"""Attributes, their values and relation types renamed or deleted with what carries them; base of the scheme's verbs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NamedTuple

from rubricator.errors import UserError
from rubricator.model.changes import Change
from rubricator.model.edits import ALIVE, Edit, Op, Set
from rubricator.model.scheme import Attribute, RelationType, Scheme
from rubricator.model.scheme_edits import scheme_ops
from rubricator.model.scheme_names import (
    renaming,
    title_in,
    titled,
    value_renamed,
    with_attribute,
    with_relation,
    with_value,
)
from rubricator.model.scheme_written import NAME_MOST
from rubricator.model.text import plain
from rubricator.store.links import Mention
from rubricator.verbs.door import Door
from rubricator.verbs.progress import Progress, silent
from rubricator.words import Message, message

_CITES = "relation"
"""The kind of difference whose decisions refer to a relation type."""


class Touched(NamedTuple):
    """What a change of the scheme would touch."""

    annotations: int
    articles: int
    annotators: int
    first: tuple[Mention, ...]
    """Some of them, in the order of the articles."""
    relations: int = 0
    """How many relations stand at them, or are touched themselves."""
    entities: int = 0
    """How many entities are of this kind."""


class PartNames:
    """What can be done to attributes and relation types that are in use, in one step each."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self.progress: Progress = silent
        """Is told how many of how many annotations were looked at, and may raise to stop."""

    def saying(self, attribute: str, value: str | None = None, most: int = 50) -> Touched:
        """Return what says an attribute, or this value of it, in the layers of everybody."""
        found = [one for one, said in self._door.links.saying(attribute) if value is None or _says(said, value)]
        return _touched(found, most)

    def related(self, relation: str, most: int = 50) -> Touched:
        """Return the relations of a type, each told by the annotation that it begins at."""
        found = [place for _one, place in self._door.links.related(relation)]
        return _touched(found, most)._replace(annotations=0, relations=len(found))

    def rename_attribute(self, attribute: str, name: str, title: str = "") -> Change:
        """Give an attribute another name, wherever it is said."""
        name = plain_name(name)

        def renamed() -> Scheme:
            old, scheme = self._attribute(attribute), self._door.scheme
            _check_free(name, scheme.attributes_by_name, message("There is an attribute {name} already.", name=name))
            return with_attribute(scheme, attribute, old._replace(name=name, title=titled(old, name, title)))

        def said(value: Any, there: Any) -> Mapping[str, tuple[Any, Any]]:
            return {attribute: (value, None), name: (there, value)}

        what = renaming(self._door.scheme.attributes_by_name.get(attribute), name, title)
        return self._say_anew(attribute, name, renamed, said, what)

    def rename_value(self, attribute: str, value: str, new: str) -> Change:
        """Give a value of an attribute another name, wherever it is said; one that is there already takes it over."""
        new = plain_name(new)

        def renamed() -> Scheme:
            old = self._attribute(attribute)
            if value not in old.values:
                raise UserError(
                    message("{attribute} has no value “{value}”.", attribute=old.title or attribute, value=value),
                    message("Choose another value."),
                )
            _check_free(new, (), message("It needs a name."))
            return with_value(self._door.scheme, attribute, value, new)

        def said(was: Any, _there: Any) -> Mapping[str, tuple[Any, Any]]:
            will = value_renamed(was, value, new)
            return {attribute: (was, will)} if will != was else {}

        return self._say_anew(attribute, attribute, renamed, said, f"{self._called(attribute)}: {value} → {new}")

    def delete_attribute(self, attribute: str) -> Change:
        """Take an attribute out, with all that says it."""

        def without() -> Scheme:
            self._attribute(attribute)
            return with_attribute(self._door.scheme, attribute, None)

        def said(value: Any, _there: Any) -> Mapping[str, tuple[Any, Any]]:
            return {attribute: (value, None)}

        return self._say_anew(attribute, attribute, without, said, f"− {self._called(attribute)}")

    def rename_relation(self, relation: str, name: str, title: str = "") -> Change:
        """Give a relation type another name, in all relations of it and in the decisions that refer to it."""
        name = plain_name(name)

        def edits() -> Iterator[Edit]:
            old, scheme = self._relation(relation), self._door.scheme
            taken = message("There is a relation type {name} already.", name=name)
            _check_free(name, scheme.relations_by_name, taken)
            new = with_relation(scheme, relation, old._replace(name=name, title=titled(old, name, title)))
            cited = self._cited_anew({relation: name}, lambda kind: kind == _CITES)
            ops = (*scheme_ops(scheme, new), *cited, *self._door.chosen())
            yield Edit("scheme", ops, "", {"what": renaming(old, name, title)})
            yield from self._of_relations(relation, "retype", "label", name)

        return self._door.judged(edits())

    def delete_relation(self, relation: str) -> Change:
        """Take a relation type out, with the relations of it."""

        def edits() -> Iterator[Edit]:
            self._relation(relation)
            ops = scheme_ops(self._door.scheme, with_relation(self._door.scheme, relation, None))
            yield Edit(
                "scheme",
                (*ops, *self._door.chosen()),
                "",
                {"what": f"− {title_in(self._door.scheme.relations_by_name, relation)}"},
            )
            yield from self._of_relations(relation, "unrelate", ALIVE, False)

        return self._door.judged(edits())

    # --- for these and the verbs of labels ------------------------------------------------------------------------

    def _told(self, by_article: Mapping[str, list[Mention]]) -> Iterator[tuple[str, list[Mention]]]:
        """Yield what is touched, article by article, and tell how far it is."""
        done, total = 0, sum(map(len, by_article.values()))
        for article, some in by_article.items():
            self.progress(done, total)
            yield article, some
            done += len(some)

    def _cited_anew(self, names: Mapping[str, str], of: Callable[[object], bool]) -> Iterator[Op]:
        """Yield the writes for decisions (`of` such kinds) that refer to one of these names; no copy writes gold."""
        if self._door.packet.get("for"):
            return
        for uid, value in self._door.rows.elements("decision"):
            named = str(value.get("guideline") or "")
            if named in names and of(value.get("kind")):
                yield Set("decision", uid, "guideline", named, names[named])

    # --- its own --------------------------------------------------------------------------------------------------

    def _called(self, attribute: str) -> str:
        return title_in(self._door.scheme.attributes_by_name, attribute)

    def _attribute(self, name: str) -> Attribute:
        found = self._door.rows.scheme().attributes_by_name.get(name)  # another window may have taken it out
        if found is None or name not in self._door.scheme.attributes_by_name:
            raise UserError(
                message("The scheme has no attribute “{name}”.", name=name), message("Choose another attribute.")
            )
        return found

    def _relation(self, name: str) -> RelationType:
        found = self._door.rows.scheme().relations_by_name.get(name)
        if found is None or name not in self._door.scheme.relations_by_name:
            raise UserError(
                message("The scheme has no relation type “{name}”.", name=name), message("Choose another type.")
            )
        return found

    def _say_anew(
        self,
        attribute: str,
        name: str,
        made: Callable[[], Scheme],
        said: Callable[[Any, Any], Mapping[str, tuple[Any, Any]]],
        what: str,
    ) -> Change:
        """Write the scheme that is `made`, and what annotations that say an attribute say then, as one step.

        `said` is given what one says, and what it says of the attribute called `name`, and returns the fields that
        change, each with what it was and will be.
        """

        def edits() -> Iterator[Edit]:
            yield Edit("scheme", (*scheme_ops(self._door.scheme, made()), *self._door.chosen()), "", {"what": what})
            saying = by_article(place for place, _value in self._door.links.saying(attribute))
            for article, some in self._told(saying):
                ops: list[Op] = []
                for one in self._door.annotations_by_id(place.annotation for place in some):
                    fields = said(one.attributes[attribute], one.attributes.get(name))
                    ops += [Set("annotation", one.id, f"attributes.{key}", *pair) for key, pair in fields.items()]
                if ops:
                    yield Edit("attribute", tuple(ops), article, {"label": some[0].label, "name": name, "n": len(some)})

        return self._door.judged(edits())

    def _of_relations(self, relation: str, kind: str, field: str, new: object) -> Iterator[Edit]:
        """Yield the edits that write a field of all relations of a type, article by article."""
        found = {one.id: (one, place) for one, place in self._door.links.related(relation)}
        for article, some in self._told(by_article(place for _one, place in found.values())):
            here = [one for one, place in found.values() if place.article == article]
            ops = tuple(Set("relation", one.id, field, relation if field == "label" else True, new) for one in here)
            ends = {"source": here[0].source, "target": here[0].target}
            label = new if field == "label" else relation
            yield Edit(kind, ops, article, {"label": label, "was": relation, "n": len(some), **ends})


def by_article(mentions: Iterator[Mention] | Collection[Mention]) -> dict[str, list[Mention]]:
    """Return places by the articles that they stand in, in their order."""
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.article, []).append(mention)
    return found


def plain_name(name: str) -> str:
    """Return a name as it is kept; UserError where it is too long for one."""
    name = " ".join(plain(name).split())
    if len(name) > NAME_MOST:
        raise UserError(
            message("A name of {n} characters is too long.", n=len(name)),
            message("{most} are the most; what it means is said in its definition.", most=NAME_MOST),
        )
    return name


def _check_free(name: str, taken: Collection[str], there: Message) -> None:
    if not name or name in taken:
        raise UserError(there if name else message("It needs a name."), message("Choose another name."))


def _touched(found: list[Mention], most: int) -> Touched:
    articles, annotators = {one.article for one in found}, {one.annotator for one in found}
    return Touched(len(found), len(articles), len(annotators), tuple(found[:most]))


def _says(said: object, value: str) -> bool:
    return value in said if isinstance(said, list | tuple) else said == value

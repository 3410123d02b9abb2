"""What the layers of an article agree in, and what they differ in. Everything they say is in exactly one of the two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from rubricator.model.ids import named_id
from rubricator.model.relations import Relation
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, TopicTag, reading_order, touches
from rubricator.review.borders import border
from rubricator.review.kinds import BETWEEN, Pattern
from rubricator.review.pair import ONE, pairs, plain, said, weight

Element = Annotation | Relation | TopicTag
Sides = tuple[tuple[Element, ...], ...]
"""What each layer says at a place, in the order of the layers; nothing where it says nothing."""


@dataclass(frozen=True)
class Work:
    """Everything one annotator says about one article, as far as it is compared."""

    annotator: str
    annotations: Sequence[Annotation] = ()
    relations: Sequence[Relation] = ()
    tags: Sequence[TopicTag] = ()


@dataclass(frozen=True)
class Place:
    """What the layers say of the same thing."""

    sides: Sides

    @property
    def elements(self) -> Iterator[Element]:
        """Yield what is said, layer by layer."""
        return (one for side in self.sides for one in side)

    @property
    def annotations(self) -> list[Annotation]:
        """Return the annotations; none where the place is a relation or a topic."""
        return [one for one in self.elements if isinstance(one, Annotation)]

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """The ids of what is said here, in an order that no layer decides."""
        return tuple(sorted(one.id for one in self.elements))

    @cached_property
    def id(self) -> str:
        """The same wherever the same elements are compared: in every copy, in any order of the layers."""
        return place_id(self.subjects)

    @property
    def article(self) -> str:
        """The id of the article."""
        return next(self.elements).article


def place_id(subjects: Iterable[str]) -> str:
    """Return the id of the place where these (ids, in order) are compared."""
    return named_id(_PLACES, *subjects)


_PLACES = "5b9d0c1e-6a53-5c0e-8f0e-2f6f1c4b7a11"


@dataclass(frozen=True)
class Agreement(Place):
    """What all layers say in the same way."""


@dataclass(frozen=True)
class Difference(Place):
    """What the layers do not say in the same way: of exactly one kind (kinds.py)."""

    kind: str
    sub: str
    pattern: Pattern


@dataclass(frozen=True)
class Comparison:
    """All that some layers say of an article, agreed and not: in reading order, then relations, then topics."""

    works: tuple[Work, ...]
    agreements: tuple[Agreement, ...]
    differences: tuple[Difference, ...]

    @cached_property
    def place_of(self) -> Mapping[str, Place]:
        """In which place each element stands, by its id."""
        return {one.id: place for place in (*self.agreements, *self.differences) for one in place.elements}

    def agreed_below(self, place: Place) -> list[Agreement]:
        """Return what all layers agree on of what relations and topics at a place name: ends, evidence."""
        named: dict[str, None] = {}
        for one in place.elements:
            if isinstance(one, Relation):
                named |= dict.fromkeys((one.source, one.target))
            elif isinstance(one, TopicTag):
                named |= dict.fromkeys(one.evidence)
        found = {id(at): at for uid in named if isinstance(at := self.place_of.get(uid), Agreement)}
        return list(found.values())


def compare(works: Sequence[Work], gold: int | None = None, beside: Iterable[Annotation] = ()) -> Comparison:
    """Compare the layers of an article; `gold` is the place of the gold layer, if it is among them.

    `beside` are annotations that all of them are known to have, where the layers were read without these.
    """
    same, left = _unanimous(works)
    groups = _matched(left)
    everywhere: SpanIndex | None = None
    if any(() in sides for sides in groups):
        everywhere = SpanIndex((*(one for work in works for one in work.annotations), *beside))
        groups = _parts_joined(groups, everywhere)
    found: list[Agreement | Difference] = [Agreement(sides) for sides in same]
    found += [_judged(sides, gold, everywhere) for sides in groups]
    found.sort(key=_first)
    found += _relations(works, tuple(found), gold)
    found += _topics(works, gold)
    return Comparison(
        tuple(works),
        tuple([one for one in found if isinstance(one, Agreement)]),
        tuple([one for one in found if isinstance(one, Difference)]),
    )


def _first(place: Place) -> tuple[int, int, str, str]:
    """Return where a place of annotations stands in the order of reading."""
    return min([reading_order(one) for side in place.sides for one in side if isinstance(one, Annotation)])


# --- which annotations belong together ----------------------------------------------------------------------------

Group = tuple[tuple[Annotation, ...], ...]


def _unanimous(works: Sequence[Work]) -> tuple[list[Group], list[list[Annotation]]]:
    """Return what each layer says exactly once and in the same way, and what is left of each layer."""
    by_words: list[dict[Any, Annotation | None]] = []
    for work in works:
        mine: dict[Any, Annotation | None] = {}
        for one in work.annotations:
            key = said(one)
            mine[key] = None if key in mine else one
        by_words.append(mine)
    first, *others = by_words or [{}]
    same: list[Group] = []
    taken = set()
    for key in first:
        sides = [mine.get(key) for mine in by_words]
        if others and all(sides):
            taken.add(key)
            same.append(tuple([(one,) for one in sides if one]))
    left = [
        [one for one in work.annotations if said(one) not in taken] if taken else list(work.annotations)
        for work in works
    ]
    return same, left


def _matched(layers: Sequence[Sequence[Annotation]]) -> list[Group]:
    """Return the connected pieces of all pairwise matches."""
    over = [0]
    for layer in layers:
        over.append(over[-1] + len(layer))
    root = list(range(over[-1]))

    def top(n: int) -> int:
        while root[n] != n:
            root[n] = root[root[n]]
            n = root[n]
        return n

    for p, q in combinations(range(len(layers)), 2):
        for i, j in pairs(layers[p], layers[q]) if layers[p] and layers[q] else ():
            if not _is_one_thing(layers[p][i], layers[q][j]):
                continue
            a, b = top(over[p] + i), top(over[q] + j)
            root[max(a, b)] = min(a, b)
    groups: dict[int, list[list[Annotation]]] = {}
    for p, layer in enumerate(layers):
        for i, one in enumerate(layer):
            here = top(over[p] + i)
            groups.setdefault(here, [[] for _ in layers])[p].append(one)
    return [_sorted(sides) for sides in groups.values()]


def _is_one_thing(a: Annotation, b: Annotation) -> bool:
    """Say whether a match is more than two names of which one happens to lie in the other."""
    return a.label == b.label or weight(a, b) >= ONE // 4


def _sorted(sides: Iterable[Iterable[Annotation]]) -> Group:
    return tuple([tuple(sorted(side, key=reading_order)) for side in sides])


def _parts_joined(groups: list[Group], everywhere: SpanIndex) -> list[Group]:
    """Put what was left over beside the match of a longer span of which it is another part: 1:n."""
    at = {one.id: n for n, sides in enumerate(groups) for side in sides for one in side}
    loose = [n for n, sides in enumerate(groups) if () in sides]
    loose.sort(key=lambda n: reading_order(min((one for side in groups[n] for one in side), key=reading_order)))
    for n in loose:
        first = next(one for side in groups[n] for one in side)
        beside = everywhere.overlapping(first.start, first.end)
        near = {at[other.id] for other in beside if other.id in at} - {n}
        whole = [m for m in near if _is_part(groups[n], groups[m])]
        if whole:
            m = min(whole, key=lambda m: reading_order(min((x for s in groups[m] for x in s), key=reading_order)))
            groups[m] = _sorted((*here, *more) for here, more in zip(groups[m], groups[n], strict=True))
            at.update({one.id: m for side in groups[n] for one in side})
            groups[n] = ()
    return [sides for sides in groups if sides]


def _is_part(loose: Group, whole: Group) -> bool:
    """Say whether the layers of `loose` have, in `whole`, another part of what a layer without `loose` has as one."""
    label = next(one.label for side in (*loose, *whole) for one in side)
    if any(one.label != label for sides in (loose, whole) for side in sides for one in side):
        return False
    return any(
        not here and len(one) == 1 and _complements(loose, whole, one[0])
        for here, one in zip(loose, whole, strict=True)
    )


def _complements(loose: Group, whole: Group, one: Annotation) -> bool:
    for parts, others in zip(loose, whole, strict=True):
        for part in parts:
            if not others or not touches(part.span, one.span):
                return False
            if any(other.span == one.span or touches(other.span, part.span) for other in others):
                return False
    return True


# --- of which kind ------------------------------------------------------------------------------------------------


def _judged(sides: Group, gold: int | None, everywhere: SpanIndex | None) -> Agreement | Difference:
    every = [one for side in sides for one in side]
    names = {one.label for one in every}
    labels = BETWEEN.join(sorted(names))
    spans = {one.span for one in every}
    several = any(len(side) > 1 for side in sides)
    kind = sub = what = where = ""
    if () in sides:
        kind, what = "only", labels
        sub = _against_gold(sides, gold)
        where = _container(every, everywhere) if everywhere else ""
    elif several:
        kind, what = ("split" if len(sides[0]) == 1 else "merge"), labels
    elif len(names) > 1:
        kind, what = ("label" if len(spans) == 1 else "label-boundary"), labels
        sub = border(every)[0] if len(spans) > 1 else ""
    elif len({(span.start, span.end) for span in spans}) > 1:
        kind, where = "boundary", labels
        sub, what = border(every)
    elif len(spans) > 1:
        kind, where = "fragments", labels
    elif said_otherwise := differing([one.attributes for one in every]):
        kind, what, where = "attribute", ", ".join(said_otherwise), labels
    elif len(links := {one.entity for one in every}) > 1:
        kind, where, sub = "entity", labels, "unlinked" if "" in links and len(links) == 2 else ""
    if not kind:
        return Agreement(sides)
    return Difference(sides, kind, sub, (kind, sub, what, where))


def _against_gold(sides: Sides, gold: int | None) -> str:
    if gold is None:
        return ""
    return "missing" if sides[gold] else "spurious"


def _container(place: Sequence[Annotation], everywhere: SpanIndex) -> str:
    """Return the label of the shortest annotation, of any layer, in which all that stands at a place lies."""
    first, last = min(one.start for one in place), max(one.end for one in place)
    around = (
        other
        for other in everywhere.overlapping(first, last)
        if other.start <= first and last <= other.end and other.end - other.start > last - first
    )
    found = min(around, key=lambda other: (other.end - other.start, other.label, other.start), default=None)
    return found.label if found else ""


def differing(values: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the names of which not all say the same."""
    if not any(values):
        return []
    names = sorted({name for value in values for name in value})
    return [name for name in names if len({plain(value.get(name)) for value in values}) > 1]


# --- relations and topics -----------------------------------------------------------------------------------------


def _relations(works: Sequence[Work], places: Sequence[Place], gold: int | None) -> Iterator[Agreement | Difference]:
    """Match relations through their matched ends; what says more of the same goes first."""
    if not any(work.relations for work in works):
        return
    at = {one.id: n for n, place in enumerate(places) for one in place.elements}
    bundles: dict[tuple[Any, ...], list[list[Relation]]] = {}
    for n, work in enumerate(works):
        for one in work.relations:
            ends = at.get(one.source, one.source), at.get(one.target, one.target)
            bundles.setdefault(tuple(sorted(ends, key=str)), [[] for _ in works])[n].append(one)
    for ends in sorted(bundles, key=lambda both: [(isinstance(end, str), end) for end in both]):
        yield from map(_judged_relation(at, gold), _bundled(bundles[ends], at))


def _bundled(sides: list[list[Relation]], at: Mapping[str, int]) -> Iterator[tuple[tuple[Relation, ...], ...]]:
    """Part what stands between two ends: those that say the same, then of the same type, then what is left."""
    left = [sorted(side, key=lambda one: (one.label, _turn(one, at), plain(one.attributes), one.id)) for side in sides]
    keys: tuple[Callable[[Relation], Any], ...] = (
        lambda one: (one.label, _turn(one, at), plain(one.attributes)),
        lambda one: (one.label, _turn(one, at)),
        lambda one: one.label,
        lambda one: _turn(one, at),
        lambda one: None,
    )
    for key in keys:
        for value in dict.fromkeys(key(one) for side in left for one in side):
            while all(any(key(one) == value for one in side) for side in left):
                yield tuple((_taken(side, key, value),) for side in left)
    while any(left):
        first = min((side[0] for side in left if side), key=lambda one: (one.label, _turn(one, at)))
        mine = first.label, _turn(first, at)
        yield tuple(
            (_taken(side, lambda one: (one.label, _turn(one, at)), mine),)
            if any((one.label, _turn(one, at)) == mine for one in side)
            else ()
            for side in left
        )


def _taken(side: list[Relation], key: Callable[[Relation], Any], value: Any) -> Relation:
    return side.pop(next(n for n, one in enumerate(side) if key(one) == value))


def _turn(relation: Relation, at: Mapping[str, int]) -> bool:
    """Say which way round a relation goes between its two ends, whichever layer it is of."""
    source, target = (str(at.get(end, end)) for end in (relation.source, relation.target))
    return source <= target


def _judged_relation(
    at: Mapping[str, int], gold: int | None
) -> Callable[[tuple[tuple[Relation, ...], ...]], Agreement | Difference]:
    def judged(sides: tuple[tuple[Relation, ...], ...]) -> Agreement | Difference:
        every = [one for side in sides for one in side]
        names = {one.label for one in every}
        labels = BETWEEN.join(sorted(names))
        sub = _against_gold(sides, gold)
        if () not in sides:
            sub = ""
            if len(names) > 1:
                sub = "type"
            elif len({_turn(one, at) for one in every}) > 1:
                sub = "turned"
            elif differing([one.attributes for one in every]):
                sub = "says"
            else:
                return Agreement(sides)
        return Difference(sides, "relation", sub, ("relation", sub, labels, ""))

    return judged


def _topics(works: Sequence[Work], gold: int | None) -> Iterator[Agreement | Difference]:
    given: dict[str, list[tuple[TopicTag, ...]]] = {}
    for n, work in enumerate(works):
        for tag in work.tags:
            given.setdefault(tag.topic, [()] * len(works))[n] = (tag,)
    for topic in sorted(given):
        sides = tuple(given[topic])
        if () in sides:
            sub = _against_gold(sides, gold)
            yield Difference(sides, "topic", sub, ("topic", sub, topic, ""))
        else:
            yield Agreement(sides)

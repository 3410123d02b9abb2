"""What a change of the scheme named because it broke a rule, and what of it is broken still: judged when asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rubricator.model import rules
from rubricator.model.changes import Change
from rubricator.model.rules import Violation
from rubricator.model.spans import Annotation
from rubricator.store.links import Mention
from rubricator.verbs.beside import Beside
from rubricator.verbs.door import Door
from rubricator.words import say

_ONE_BY_ONE = 50
"""Annotations of one change up to which it is looked for what lies beside each: else their articles are forgotten."""


class _Found(NamedTuple):
    """What is wrong with an annotation; and what it was judged by: where it lies, the other ends of its relations."""

    wrong: tuple[Violation, ...] = ()
    start: int = 0
    end: int = 0
    ends: frozenset[str] = frozenset()

    def stands(self, *, to_say: bool) -> bool:
        """Say whether something is broken; what is not said yet counts only where that was asked for."""
        return any(to_say or one.rule != "required" for one in self.wrong)


class StillBroken:
    """Judges annotations by the scheme that stands; what was judged is kept until something changes at its place."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._judged: dict[str, dict[str, _Found]] = {}
        door.hear(self._heed)

    def reason(self, place: Mention, said: str) -> str:
        """Return what an annotation breaks: what was `said` of it, where that still holds."""
        found = [say(one.why) for one in self._wrong_with([place])[0].wrong]
        return said if said in found or not found else found[0]

    def repaired(self, named: Mapping[Mention, bool], most: int = -1) -> list[str]:
        """Return the ids of those of which nothing is broken any longer; `named` has whether each had to say something.

        It is done when `most` were found that are broken still: more are not asked for.
        """
        homes: dict[tuple[str, str], list[Mention]] = {}
        for place in named:
            homes.setdefault((place.article, place.annotator), []).append(place)
        found: list[str] = []
        broken = 0
        for places in homes.values():
            gone = [
                place.annotation
                for place, found_there in zip(places, self._wrong_with(places), strict=True)
                if not found_there.stands(to_say=named[place])
            ]
            found += gone
            broken += len(places) - len(gone)
            if 0 <= most <= broken:
                break
        return found

    def _wrong_with(self, places: list[Mention]) -> list[_Found]:
        """Return what is wrong with annotations of one layer."""
        known = self._judged.setdefault(places[0].article, {})
        if fresh := [place.annotation for place in places if place.annotation not in known]:
            known.update(self._judge(fresh))
        return [known[place.annotation] for place in places]

    def _judge(self, uids: list[str]) -> dict[str, _Found]:
        door, scheme = self._door, self._door.scheme
        standing = {one.id: one for one in door.annotations_by_id(uids)}
        beside = Beside(door.rows, standing.values(), scheme)
        relations = [one for one in door.links.relations_at(standing) if one.source in standing]
        ids = {end for one in relations for end in (one.source, one.target)}
        ends = {one.id: one for one in door.annotations_by_id(ids)}
        found = dict.fromkeys(uids, _Found())
        for uid, one in standing.items():
            led = [relation for relation in relations if relation.source == uid]
            wrong = rules.against_scheme(one, beside.near(one), led, ends, scheme)
            others = frozenset(relation.target for relation in led)
            found[uid] = _Found(tuple(wrong), one.start, one.end, others)
        return found

    def _heed(self, change: Change) -> None:
        """Forget what was judged where something may be another way now."""
        if change.scheme or change.everything or change.listing or change.elsewhere:
            self._judged.clear()
        for annotation in change.annotations:
            if len(change.annotations) > _ONE_BY_ONE:
                self._forget_all(annotation.before, annotation.after)
            else:
                self._forget_at(annotation.before, annotation.after)
        for relation in change.relations:
            for end in (relation.before, relation.after):
                if end is not None:
                    self._judged.get(end.article, {}).pop(end.source, None)

    def _forget_all(self, *written: Annotation | None) -> None:
        for one in written:
            if one is not None:
                self._judged.pop(one.article, None)

    def _forget_at(self, *written: Annotation | None) -> None:
        """Forget an annotation, what overlaps it, and what has a relation to it."""
        for one in written:
            known = self._judged.get(one.article, {}) if one is not None else {}
            if one is not None and known:
                gone = [
                    uid
                    for uid, found in known.items()
                    if uid == one.id or one.id in found.ends or (found.start < one.end and one.start < found.end)
                ]
                for uid in gone:
                    del known[uid]

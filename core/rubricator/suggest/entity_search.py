"""Which entities a few typed letters, or the words of a mention, mean: the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from typing import NamedTuple

from rubricator.model.entities import Entity
from rubricator.suggest.namesakes import SURE, Name, how_alike, is_part, read

_PART = max(SURE.values()) + 1


class FoundEntity(NamedTuple):
    """An entity, the name (or external id) that matched, and which of its letters were typed, `[start, end)`."""

    entity: Entity
    name: str
    start: int = 0
    end: int = 0


class EntityFinder:
    """The entities of a project, ready to be searched: 100,000 of them in some hundredths of a second."""

    def __init__(self, entities: Iterable[Entity], counts: Mapping[str, int]) -> None:
        """Take entities and how often each is mentioned (by id); what is mentioned most comes first, then by name."""
        self.counts = counts
        self.by_id = {entity.id: entity for entity in sorted(entities, key=lambda one: one.name.casefold())}
        self._names = [row for entity in self.by_id.values() for row in _rows(entity)]

    def replace(self, changed: Mapping[str, Entity | None]) -> None:
        """Have entities (by id) as they are now, or no more: a hundred thousand others need not be read again."""
        self._names = [row for row in self._names if row[2] not in changed]
        for uid, entity in changed.items():
            if entity is None:
                self.by_id.pop(uid, None)
            else:
                self.by_id[uid] = entity
                self._names += _rows(entity)

    def find(self, typed: str, kind: str = "", most: int = 50) -> list[FoundEntity]:
        """Return those with a name that holds what was typed, at its beginning first; of a `kind` (or none) before.

        So are they found by their external ids.
        """
        wanted = " ".join(typed.split()).casefold()
        best: dict[str, tuple[int, int]] = {}
        for row, (folded, _name, uid) in enumerate(self._names):
            at = folded.find(wanted)
            if at < 0:
                continue
            rank = 0 if folded == wanted else 1 if at == 0 else 2 if folded[at - 1] == " " else 3
            if uid not in best or rank < best[uid][0]:
                best[uid] = rank, row
        found = []
        for uid, row in self._nearest(best, kind, most):
            folded, name, _uid = self._names[row]
            at = folded.find(wanted) if len(folded) == len(name) else -1  # a letter folds to two: nothing is marked
            found.append(FoundEntity(self.by_id[uid], name, *((at, at + len(wanted)) if at >= 0 else (0, 0))))
        return found

    def called(self, words: str) -> set[str]:
        """Return the ids of those with a name, or an id, that holds these words: what a filter asks for."""
        wanted = " ".join(words.split()).casefold()
        named = {uid for folded, _name, uid in self._names if wanted in folded}
        return named | {uid for uid in self.by_id if wanted in uid.casefold()}

    def meant(self, words: str, kind: str = "", most: int = 8) -> list[FoundEntity]:
        """Return those that a mention's words may name, the surest first, then what is mentioned most.

        Last are names that the words are a part of: “Commonwealth” of what, one sees in the list.
        """
        wanted = read(words)
        best: dict[str, tuple[int, int]] = {}
        for row in self._near(wanted):
            _folded, name, uid = self._names[row]
            if name == self.by_id[uid].external:
                continue  # it is no name
            known = read(name)
            how = how_alike(wanted, known)
            rank = SURE[how] if how else _PART
            if (how or is_part(wanted, known)) and (uid not in best or rank < best[uid][0]):
                best[uid] = rank, row
        return [FoundEntity(self.by_id[uid], self._names[row][1]) for uid, row in self._nearest(best, kind, most)]

    def _nearest(self, best: Mapping[str, tuple[int, int]], kind: str, most: int) -> list[tuple[str, int]]:
        """Return (entity, name) of the nearest: those of another kind last, then by rank, then by what is common."""
        kinds, by_id, counts = ("", kind), self.by_id, self.counts
        found = (
            (bool(kind) and by_id[uid].kind not in kinds, rank, -counts.get(uid, 0), row, uid)
            for uid, (rank, row) in best.items()
        )
        return [(uid, row) for _other, _rank, _n, row, uid in nsmallest(most, found)]

    def _near(self, wanted: Name) -> Iterator[int]:
        """Yield the rows of the few names that are worth taking apart."""
        last = wanted.words[-1].casefold() if wanted.words else ""
        short = len(wanted.initials) > 1
        for row, (folded, _name, _uid) in enumerate(self._names):
            spelled = bool(wanted.shout) and " " in folded and folded.startswith(wanted.shout[0])
            shortened = short and len(folded) <= 2 * len(wanted.initials) and folded.startswith(wanted.initials[0])
            if (last and last in folded) or spelled or shortened:
                yield row


def _rows(entity: Entity) -> list[tuple[str, str, str]]:
    """Return what an entity is found by, its names and its external id, each folded, as it is, and with its id."""
    called = (*entity.names, entity.external) if entity.external else entity.names
    return [(name.casefold(), name, entity.id) for name in called]

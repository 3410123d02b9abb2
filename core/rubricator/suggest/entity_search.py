"""Which entities a few typed letters, or the words of a mention, mean: the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from typing import NamedTuple

from rubricator.model.entities import Entity
from rubricator.suggest.namesakes import SURE, Name, how_alike, read


class FoundEntity(NamedTuple):
    """An entity, the name of it that matched, and which of its letters were typed, `[start, end)`."""

    entity: Entity
    name: str
    start: int = 0
    end: int = 0


class EntityFinder:
    """The entities of a project, ready to be searched: 100,000 of them in some hundredths of a second."""

    def __init__(self, entities: Iterable[Entity], counts: Mapping[str, int]) -> None:
        """Take entities and how often each is mentioned (by id); what is mentioned most comes first, then by name."""
        self.counts = counts
        self.entities = sorted(entities, key=lambda one: (-counts.get(one.id, 0), one.name.casefold()))
        self.by_id = {entity.id: entity for entity in self.entities}
        self._names = [(name.casefold(), name, n) for n, entity in enumerate(self.entities) for name in entity.names]

    def find(self, typed: str, kind: str = "", most: int = 50) -> list[FoundEntity]:
        """Return those with a name that holds what was typed, at its beginning first; of a `kind` (or none) before."""
        wanted = " ".join(typed.split()).casefold()
        best: dict[int, tuple[int, int]] = {}
        for row, (folded, _name, n) in enumerate(self._names):
            at = folded.find(wanted)
            if at < 0:
                continue
            rank = 0 if folded == wanted else 1 if at == 0 else 2 if folded[at - 1] == " " else 3
            if n not in best or rank < best[n][0]:
                best[n] = rank, row
        found = []
        for n, row in self._nearest(best, kind, most):
            folded, name, _n = self._names[row]
            at = folded.find(wanted) if len(folded) == len(name) else -1  # a letter folds to two: nothing is marked
            found.append(FoundEntity(self.entities[n], name, *((at, at + len(wanted)) if at >= 0 else (0, 0))))
        return found

    def meant(self, words: str, kind: str = "", most: int = 8) -> list[FoundEntity]:
        """Return those that a mention's words may name, the same words first."""
        wanted = read(words)
        best: dict[int, tuple[int, int]] = {}
        for row in self._near(wanted):
            _folded, name, n = self._names[row]
            how = how_alike(wanted, read(name))
            if how and (n not in best or SURE[how] < best[n][0]):
                best[n] = SURE[how], row
        return [FoundEntity(self.entities[n], self._names[row][1]) for n, row in self._nearest(best, kind, most)]

    def _nearest(self, best: Mapping[int, tuple[int, int]], kind: str, most: int) -> list[tuple[int, int]]:
        """Return (entity, name) of the nearest: those of another kind last, then by rank, then by what is common."""

        def order(n: int) -> tuple[bool, int, int]:
            other = bool(kind) and self.entities[n].kind not in ("", kind)
            return other, best[n][0], n

        return [(n, best[n][1]) for n in nsmallest(most, best, order)]

    def _near(self, wanted: Name) -> Iterator[int]:
        """Yield the rows of the few names that are worth taking apart."""
        last = wanted.words[-1].casefold() if wanted.words else ""
        short = len(wanted.initials) > 1
        for row, (folded, _name, _n) in enumerate(self._names):
            spelled = bool(wanted.shout) and " " in folded and folded.startswith(wanted.shout[0])
            shortened = short and len(folded) <= 2 * len(wanted.initials) and folded.startswith(wanted.initials[0])
            if (last and last in folded) or spelled or shortened:
                yield row

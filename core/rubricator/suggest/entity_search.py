"""Which entities a few typed letters, or the words of a mention, mean: the likeliest first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from heapq import nsmallest
from typing import NamedTuple

from rubricator.model.entities import Entity, wikidata_id
from rubricator.model.folding import fold
from rubricator.model.spans import Annotation
from rubricator.suggest.mention_words import MentionWords, Row, row
from rubricator.suggest.namesakes import SURE, Name, how_alike, is_part, read

_PART = max(SURE.values()) + 1
_SAID = 3
"""Behind names that are just what was typed (0), begin so, or have a word that does, come the words of mentions."""
_ELSEWHERE = 6
"""Last are names that hold the letters elsewhere."""


class FoundEntity(NamedTuple):
    """An entity, the name (or external id) that matched, and which of its letters were typed, `[start, end)`.

    Where it is `said` no name of it matched, but the words of a mention.
    """

    entity: Entity
    name: str
    start: int = 0
    end: int = 0
    said: bool = False


_Best = dict[str, tuple[int, Row]]
"""By the id of an entity the best of what it is found by, and how good that is."""


class EntityFinder:
    """The entities of a project, ready to be searched: by their names, and by the words of their mentions."""

    def __init__(
        self,
        entities: Iterable[Entity],
        counts: Mapping[str, int],
        mentions: Callable[[], Iterable[tuple[str, str]]] = tuple,
    ) -> None:
        """Take entities, how often each is mentioned (by id), and what reads all mentions: entity (an id) and words.

        What is mentioned most comes first, then by name. Mentions are read once somebody searches.
        """
        self.counts = counts
        self.by_id = {entity.id: entity for entity in sorted(entities, key=lambda one: one.name.casefold())}
        self._names = [each for entity in self.by_id.values() for each in _rows(entity)]
        self._mentions = mentions
        self._words: MentionWords | None = None
        self._of_kind: tuple[str, frozenset[str]] | None = None

    def replace(self, changed: Mapping[str, Entity | None]) -> None:
        """Have entities (by id) as they are now, or no more: a hundred thousand others need not be read again."""
        self._of_kind = None
        self._names = [each for each in self._names if each[2] not in changed]
        for uid, entity in changed.items():
            if entity is None:
                self.by_id.pop(uid, None)
            else:
                self.by_id[uid] = entity
                self._names += _rows(entity)

    def count(self, mention: Annotation, n: int) -> None:
        """Have an annotation that came (1) or went (-1) found by its words, or no more."""
        if self._words is not None and mention.entity and mention.quote:
            self._words.count(mention.entity, mention.quote, n)

    def forget_words(self) -> None:
        """Have the words of all mentions read again once somebody searches."""
        self._words = None

    @property
    def _said(self) -> Collection[Row]:
        if self._words is None:
            self._words = MentionWords(self._mentions())
        return self._words.rows

    def find(self, typed: str, kind: str = "", most: int = 50) -> list[FoundEntity]:
        """Return those that are called what was typed, of a `kind` (or none) before all others.

        First those of which a name, or external id, is just that, begins so, or has a word that does; then likewise
        those of which a mention is; last names that hold the letters elsewhere (a single one stands in most). What
        comes later is looked for only where it has room: there are thousands. A Wikidata id is just that, however it
        is written.
        """
        wanted = fold(typed)
        begins = f" {wanted}"
        best: _Best = {uid: (0, row(self.by_id[uid].external, uid)) for uid in self._known_by(typed)}
        fitting = self._fitting(kind)
        for first, letters in ((0, begins), (_SAID, begins), (_ELSEWHERE, wanted)):
            n = len(fitting.intersection(best))
            if first and (not wanted or n >= most or (n == len(fitting) and len(best) >= most)):
                break
            if first < _ELSEWHERE or not (len(wanted) == 1 and wanted.isascii() and best):
                room = fitting if len(best) >= most else self.by_id
                self._rank(best, self._said if first == _SAID else self._names, letters, first, room)
        found = []
        for rank, (folded, name, uid) in self._nearest(best, kind, most):
            at = folded.find(begins) if rank < _ELSEWHERE and begins in folded else folded.find(wanted) - 1
            # ß folds to two, and an id may be written in another way: no mark
            place = (at, at + len(wanted)) if at >= 0 and len(folded) == len(name) + 1 else (0, 0)
            found.append(FoundEntity(self.by_id[uid], name, *place, said=_SAID <= rank < _ELSEWHERE))
        return found

    def _known_by(self, typed: str) -> set[str]:
        """Return the ids of those that are known by the Wikidata id that was typed."""
        external = wikidata_id(typed)
        return {uid for uid, entity in self.by_id.items() if entity.external == external} if external else set()

    def _rank(self, best: _Best, rows: Iterable[Row], letters: str, first: int, room: Container[str]) -> None:
        """Take in those (of the ids for which is `room`) that hold some letters; what is there already is better."""
        known = frozenset(best)
        for each in [each for each in rows if letters in each[0] and each[2] in room and each[2] not in known]:
            folded, _name, uid = each
            rank = first
            if first < _ELSEWHERE and folded != letters:
                rank += 1 if folded.startswith(letters) else 2
            if uid not in best or rank < best[uid][0]:
                best[uid] = rank, each

    def mentioned_as(self, words: str, kind: str = "", most: int = 8) -> list[FoundEntity]:
        """Return those of which a mention has just these words, in letters of any case."""
        wanted = f" {fold(words)}"
        best: _Best = {}
        for each in self._said:
            if each[0] == wanted and each[2] in self.by_id:
                best[each[2]] = _SAID, each
        return [FoundEntity(self.by_id[one[2]], one[1], said=True) for _rank, one in self._nearest(best, kind, most)]

    def called(self, words: str) -> set[str]:
        """Return the ids of those with a name, an id or a mention that holds these words: what a filter asks for."""
        wanted = fold(words)
        named = {uid for rows in (self._names, self._said) for folded, _name, uid in rows if wanted in folded}
        return named | {uid for uid in self.by_id if wanted in uid.casefold()} | self._known_by(words)

    def meant(self, words: str, kind: str = "", most: int = 8) -> list[FoundEntity]:
        """Return those that a mention's words may name, the surest first, then what is mentioned most.

        Last are names that the words are a part of: “Commonwealth” of what, one sees in the list.
        """
        wanted = read(words)
        best: _Best = {}
        for each in self._near(wanted):
            _folded, name, uid = each
            if name == self.by_id[uid].external and name not in self.by_id[uid].names:
                continue  # it is no name
            known = read(name)
            how = how_alike(wanted, known)
            rank = SURE[how] if how else _PART
            if (how or is_part(wanted, known)) and (uid not in best or rank < best[uid][0]):
                best[uid] = rank, each
        return [FoundEntity(self.by_id[uid], name) for _rank, (_folded, name, uid) in self._nearest(best, kind, most)]

    def _nearest(self, best: _Best, kind: str, most: int) -> list[tuple[int, Row]]:
        """Return the nearest with their ranks: those of another kind last, then by rank, then by what is common."""
        counts, fitting = self.counts, self._fitting(kind)
        found = ((uid not in fitting, rank, -counts.get(uid, 0), each) for uid, (rank, each) in best.items())
        return [(rank, each) for _other, rank, _n, each in nsmallest(most, found)]

    def _fitting(self, kind: str) -> frozenset[str]:
        """Return the ids of those of a kind (or none); for no kind, of all."""
        if self._of_kind is None or self._of_kind[0] != kind:
            ids = (uid for uid, entity in self.by_id.items() if not kind or entity.kind in ("", kind))
            self._of_kind = kind, frozenset(ids)
        return self._of_kind[1]

    def _near(self, wanted: Name) -> Iterator[Row]:
        """Yield the few names that are worth taking apart."""
        last = fold(wanted.words[-1]) if wanted.words else ""
        short = len(wanted.initials) > 1
        for each in self._names:
            folded = each[0]
            spelled = bool(wanted.shout) and folded[1:2] == wanted.shout[0] and " " in folded[1:]
            shortened = short and len(folded) <= 2 * len(wanted.initials) + 1 and folded[1:2] == wanted.initials[0]
            if (last and last in folded) or spelled or shortened:
                yield each


def _rows(entity: Entity) -> list[Row]:
    """Return what an entity is found by: its names and its external id."""
    called = (*entity.names, entity.external) if entity.external else entity.names
    return [row(name, entity.id) for name in called]

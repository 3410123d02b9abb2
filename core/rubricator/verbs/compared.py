"""Layers compared, and how what they differ in stands beside the gold layer: what every verb of review looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rubricator.errors import UserError
from rubricator.model import layer_edits as e
from rubricator.model.changes import Change
from rubricator.model.comments import Comment
from rubricator.model.edits import Add, Edit, Set
from rubricator.model.elements import layer_id
from rubricator.model.folding import fold
from rubricator.model.relations import gone
from rubricator.model.spans import reading_order
from rubricator.model.topic_tags import untied
from rubricator.review import adjudicate
from rubricator.review.blind import shuffled
from rubricator.review.decision import Decision, decision_from, decision_id, disputed
from rubricator.review.difference import Comparison, Difference, Element, Place, Work, compare
from rubricator.review.gold import Gold, gold_id
from rubricator.review.precedents import Before, told_before
from rubricator.verbs.door import Door, check_no_copy
from rubricator.words import message, plural

OPEN = frozenset({"open", "changed", "disputed"})
"""States of a difference in which it is to be decided."""

PRECEDENTS = 100
"""Decisions on the same words that are looked at, at most: the latest."""


class Settled(NamedTuple):
    """A difference, how it stands (open, decided, deferred, changed, disputed), and what was decided and said of it."""

    difference: Difference
    state: str
    decision: Decision | None = None
    answers: tuple[Comment, ...] = ()


class Compared:
    """The layers of articles compared, and the gold layer that is made of them."""

    def __init__(self, door: Door) -> None:
        self._door = door

    # --- looking --------------------------------------------------------------------------------------------------

    @property
    def gold(self) -> str:
        """The id of the annotator of the gold layer, whether or not anything was decided yet."""
        return gold_id(str(self._door.rows.project().get("id") or ""))

    def annotators(self, article: str, *, blind: bool = False) -> list[str]:
        """Return who has worked on an article, but the gold layer; in an order that tells nothing where it is blind."""
        found = [uid for uid, kind in self._door.reviews.at_work(article) if kind != "gold"]
        return shuffled(found, article, self._door.me.annotator) if blind else found

    def compare(self, article: str, annotators: Sequence[str] = (), *, against_gold: bool = False) -> Comparison:
        """Compare the layers of an article: of these annotators, or of all who worked on it; with gold as the last."""
        owners = list(annotators) or self.annotators(article)
        if against_gold:
            owners.append(self._gold_of(article))
        return compare([self.work(article, owner) for owner in owners], len(owners) - 1 if against_gold else None)

    def work(self, article: str, annotator: str) -> Work:
        """Return what an annotator says of an article."""
        rows, links = self._door.rows, self._door.links
        return Work(
            annotator,
            tuple(rows.annotations(article, annotator)),
            tuple(links.relations(article, annotator)),
            tuple(rows.tags(article, annotator)),
        )

    def settled(self, comparison: Comparison) -> list[Settled]:
        """Return the differences of an article with how they stand, in reading order."""
        if not comparison.differences:
            return []
        gold = self.gold_layer(comparison.differences[0].article, ())
        return self.standing(comparison, gold)

    def standing(self, comparison: Comparison, gold: Gold) -> list[Settled]:
        """Return how the differences stand beside a gold layer."""
        answers = self._answers(gold)
        found: list[Settled] = []
        for one in comparison.differences:
            decision = gold.decisions.get(decision_id(one))
            said = tuple(answers.get(decision.id, ())) if decision else ()
            state = adjudicate.state(one, gold, [decision.id] if decision and disputed(decision, said) else ())
            found.append(Settled(one, state, decision, said))
        return found

    def _answers(self, gold: Gold) -> dict[str, list[Comment]]:
        found: dict[str, list[Comment]] = {}
        for comment in self._door.links.comments(gold.article, gold.annotator):
            found.setdefault(comment.on, []).append(comment)
        return found

    def decisions(self, article: str) -> list[Decision]:
        """Return what was decided about an article."""
        return [decision_from(uid, value) for uid, value in self._door.rows.elements("decision", article, self.gold)]

    def wrote(self, decision: Decision) -> list[Element]:
        """Return what gold holds of what a decision wrote, in the order in which it stands there."""
        door, article, gold = self._door, decision.article, decision.annotator
        annotations = sorted(door.annotations_by_id(decision.wrote), key=reading_order)
        if len(annotations) == len(decision.wrote):
            return [*annotations]
        others: tuple[Element, ...] = (*door.links.relations(article, gold), *door.rows.tags(article, gold))
        return [*annotations, *(one for one in others if one.id in decision.wrote)]

    def precedents(self, difference: Difference) -> list[Before]:
        """Return what was decided in the whole project on the words of a difference: the commonest outcome first.

        Of what was decided oftener than PRECEDENTS times the latest is counted.
        """
        words = {fold(one.quote) for one in difference.annotations} - {""}
        found = [row for some in words for row in self._door.reviews.decided_on(some, PRECEDENTS)]
        found.sort(key=lambda row: row[0], reverse=True)
        own = decision_id(difference)
        decided = [
            decision_from(uid, value)
            for (_clock, uid), value in found
            if uid != own and value.get("outcome") != "defer"
        ][:PRECEDENTS]
        wrote = self._door.annotations_by_id([uid for one in decided for uid in one.wrote])
        by_id = {one.id: one for one in wrote}
        decided = [one for one in decided if by_id.keys() >= set(one.wrote)]  # else it holds no more
        return told_before((one, [by_id[uid] for uid in one.wrote]) for one in decided)

    def _gold_of(self, article: str) -> str:
        """Return whose layer is the gold one of an article: ours, or else one that was imported."""
        there = [uid for uid, kind in self._door.reviews.at_work(article) if kind == "gold"]
        return self.gold if self.gold in there or not there else there[0]

    def gold_layer(self, article: str, places: Iterable[Place]) -> Gold:
        """Return the gold layer of an article, with what is known of all that can be written at some places."""
        door, owner = self._door, self.gold
        work = self.work(article, owner)
        every: list[Element] = [*work.annotations, *work.relations, *work.tags]
        status = door.rows.status(article, owner)
        bare = Gold(article, owner, door.stamp())
        return Gold(
            article,
            owner,
            bare.stamp,
            {one.id: one for one in every},
            {one.id: one for one in self.decisions(article)},
            door.reviews.stated(key for place in places for key in adjudicate.may_write(place, bare)),
            (Set("layer", layer_id(article, owner), "status", "todo", "doing"),) if status == "todo" else (),
            door.scheme.version,
            door.sight.of,
            lambda ids: (*gone(door.links.relations_at(ids)), *untied(door.links.tags_on(ids), ids)) if ids else (),
        )

    # --- the gold layer -------------------------------------------------------------------------------------------

    def check_gold(self) -> None:
        """Raise UserError where no gold is made: in the copy of an annotator."""
        check_no_copy(self._door)

    @property
    def joined(self) -> bool:
        """Whether the gold layer has an annotator."""
        return self._door.rows.name_of(self.gold) is not None

    def join(self) -> Change:
        """Write down the annotator of the gold layer, before the first decision: no undo takes it away.

        The Change may hold what other programs wrote meanwhile: whoever shows the project takes it in. UserError in
        the copy of an annotator, where no gold is made.
        """
        self.check_gold()
        if self.joined:
            return Change()
        add = Add("annotator", self.gold, {"name": "gold", "kind": "gold"})
        return self._door.apply(Edit("annotator", (add,), "", {"name": "gold"}))

    def locked(self, article: str) -> bool:
        """Say whether the gold layer of an article is finished."""
        return self._door.rows.status(article, self.gold) == "done"

    def check_unlocked(self, article: str) -> None:
        """Raise UserError where the gold layer of an article is finished."""
        if self.locked(article):
            raise UserError(message("The gold layer of this article is locked."), message("Reopen it first."))

    def finishing(self, article: str, annotators: Sequence[str] = ()) -> Iterator[Edit]:
        """Yield the edits that finish the gold layer of an article; UserError where something is left to decide."""
        comparison = self.compare(article, annotators)
        gold = self.gold_layer(article, comparison.agreements)
        left = [one for one in self.standing(comparison, gold) if one.state != "decided"]
        if left:
            raise UserError(
                plural("{n} difference is not decided yet.", "{n} differences are not decided yet.", len(left)),
                message("Decide what is open or put off; reject what is not to be in gold."),
            )
        agreed = adjudicate.agree(comparison.agreements, "unanimous", comparison, gold)
        if agreed is not None:
            yield agreed
        status = self._door.rows.status(article, self.gold)
        yield Edit("lock", e.set_status(article, self.gold, status, "done").ops, article)

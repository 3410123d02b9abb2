"""Many differences at once: all of a pattern by one decision, with a preview; and what policies settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rubricator.errors import UserError
from rubricator.model import rules
from rubricator.model.changes import Change
from rubricator.model.edits import Edit
from rubricator.model.spans import Annotation, TopicTag
from rubricator.review import adjudicate
from rubricator.review.decision import Outcome
from rubricator.review.difference import Agreement, Comparison, Difference, Element, Place
from rubricator.review.gold import Gold, has_ends
from rubricator.review.likewise import likewise
from rubricator.review.policy import Policy
from rubricator.verbs.door import Door
from rubricator.words import Message, message

if TYPE_CHECKING:
    from rubricator.verbs.review import Review


class Row(NamedTuple):
    """What one decision would do with one more difference: what goes to gold, or why nothing can be done."""

    article: str
    difference: Difference
    outcome: Outcome | None
    writes: tuple[Element, ...] = ()
    refused: Message | str | None = None


class Tally(NamedTuple):
    """What a policy did: articles, places that all agree on, differences settled, those left to a person."""

    articles: int = 0
    agreed: int = 0
    settled: int = 0
    left: int = 0

    def plus(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(*map(sum, zip(self, other, strict=True)))


class Groups:
    """The verbs of many decisions in one step."""

    def __init__(self, door: Door, review: Review) -> None:
        self._door, self._review = door, review

    # --- a pattern ------------------------------------------------------------------------------------------------

    def preview(
        self, compared: Comparison, model: Difference, outcome: Outcome, articles: Iterable[str]
    ) -> Iterator[Row]:
        """Yield what the same decision would do with each open difference of the pattern in these articles."""
        owners = [work.annotator for work in compared.works]
        for article in articles:
            present = self._among(article, owners)
            if len(present) < 2 or self._review.locked(article):
                continue
            comparison = self._review.compare(article, present)
            alike = [one for one in comparison.differences if one.pattern == model.pattern]
            if not alike:
                continue
            gold = self._review.gold_layer(article, alike)
            for settled in self._review.standing(comparison, gold):
                if settled.difference in alike and settled.state in {"open", "changed"}:
                    yield self._row(compared, model, outcome, settled.difference, comparison, gold)

    def settle(
        self,
        compared: Comparison,
        model: Difference,
        outcome: Outcome,
        articles: Sequence[str],
        but: Iterable[str] = (),
    ) -> Change:
        """Decide all open differences of a pattern likewise, as one step, but those named (by id) or refused."""
        self._review.join()
        left_out = set(but)

        def edits() -> Iterator[Edit]:
            for article in articles:
                for row in list(self.preview(compared, model, outcome, [article])):
                    if row.outcome is None or row.refused is not None or row.difference.id in left_out:
                        continue
                    comparison = self._review.compare(
                        article, self._among(article, [w.annotator for w in compared.works])
                    )
                    if (agreed := self._review.agreed_below(row.difference, row.outcome, comparison)) is not None:
                        yield agreed
                    gold = self._review.gold_layer(article, [row.difference])
                    if self._refused(row.writes, [row.difference], gold):
                        continue  # what this very step has written forbids it
                    yield adjudicate.decide(row.difference, row.outcome, comparison, gold)

        return self._door.judged(edits())

    def _among(self, article: str, owners: Sequence[str]) -> list[str]:
        """Return those of annotators who worked on an article, in an order that all articles share."""
        there = set(self._review.annotators(article))
        return [owner for owner in owners if owner in there]

    def _row(
        self,
        compared: Comparison,
        model: Difference,
        outcome: Outcome,
        difference: Difference,
        comparison: Comparison,
        gold: Gold,
    ) -> Row:
        article = difference.article
        found = likewise(model, outcome, compared, difference, comparison)
        if found is None:
            return Row(article, difference, None, (), message("nothing here is like what was chosen"))
        gold = adjudicate.with_agreed(comparison.agreed_below(difference), comparison, gold)
        try:
            writes = tuple(adjudicate.written(difference, found, comparison, gold))
        except UserError as error:
            return Row(article, difference, found, (), error.text)
        return Row(
            article, difference, found, writes, next(iter(self._refused(writes, [difference], gold).values()), None)
        )

    def _refused(self, elements: Sequence[Element], places: Sequence[Place], gold: Gold) -> Mapping[str, Message]:
        """Return why rules forbid elements (by id) in a gold layer that holds nothing else of these places."""
        replaced = {uid for place in places for _kind, uid in adjudicate.may_write(place, gold)}
        standing = [one for one in gold.standing.values() if isinstance(one, Annotation) and one.id not in replaced]
        new = [one for one in elements if isinstance(one, Annotation)]
        text = self._door.rows.text(self._door.rows.digest_of(gold.article)) or ""
        found = rules.violations(
            new,
            self._door.scheme,
            text,
            tags=[one for one in elements if isinstance(one, TopicTag)],
            beside={(one.label, one.span): one.id for one in standing},
            near=[*standing, *new],
        )
        return {violation.subject: violation.why for violation in found if violation.refused}

    # --- policies -------------------------------------------------------------------------------------------------

    def apply(self, policy: Policy, articles: Iterable[str], annotators: Sequence[str] = ()) -> Iterator[Tally]:
        """Have a policy write gold, one step for each article; yield what it did there. Persons' decisions stay."""
        self._review.join()
        for article in articles:
            owners = self._among(article, annotators) if annotators else self._review.annotators(article)
            if self._review.locked(article) or not owners:
                continue
            told: list[Tally] = []
            self._door.judged(self._by_policy(policy, article, owners, told))
            yield told[-1]

    def _by_policy(self, policy: Policy, article: str, owners: Sequence[str], told: list[Tally]) -> Iterator[Edit]:
        """Yield what all agree on, then what the policy settles, then relations and topics that all agree on."""
        review = self._review
        comparison = review.compare(article, owners)
        spans = [place for place in comparison.agreements if place.annotations]
        links = [place for place in comparison.agreements if not place.annotations]
        kept = self._allowed(spans, comparison, review.gold_layer(article, spans))
        if (edit := adjudicate.agree(kept, policy.key, comparison, review.gold_layer(article, kept))) is not None:
            yield edit
        settled = left = 0
        for one in review.standing(comparison, review.gold_layer(article, ())):
            if one.state not in {"open", "changed"}:
                continue
            edit = self._settled(policy, one.difference, comparison)
            settled += edit is not None
            left += edit is None
            if edit is not None:
                yield edit
        gold = review.gold_layer(article, links)
        whole = [place for place in links if has_ends(place, gold)]
        if (edit := adjudicate.agree(whole, policy.key, comparison, gold)) is not None:
            yield edit
        agreed = len(kept) + len(whole)
        told.append(Tally(1, agreed, settled, left + len(comparison.agreements) - agreed))

    def _allowed(self, places: Sequence[Agreement], comparison: Comparison, gold: Gold) -> list[Agreement]:
        """Return those of agreed annotations that no rule forbids in gold."""
        outcome = Outcome("accept", comparison.works[0].annotator)
        writes = [adjudicate.written(place, outcome, comparison, gold) for place in places]
        refused = self._refused([one for some in writes for one in some], places, gold)
        return [p for p, some in zip(places, writes, strict=True) if not any(one.id in refused for one in some)]

    def _settled(self, policy: Policy, difference: Difference, comparison: Comparison) -> Edit | None:
        """Return what a policy decides; None where that is left to a person, or a rule or a missing end forbids it."""
        found = policy.outcome(difference, comparison)
        if found is None:
            return None
        gold = self._review.gold_layer(difference.article, [difference])
        try:
            writes = adjudicate.written(difference, found, comparison, gold)
            if self._refused(writes, [difference], gold):
                return None
            return adjudicate.decide(difference, found, comparison, gold)
        except UserError:
            return None

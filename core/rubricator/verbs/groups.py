"""Many differences at once: all of a pattern by one decision, with a preview; and what policies settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any, NamedTuple

from rubricator.errors import UserError
from rubricator.model import rules
from rubricator.model.changes import Change
from rubricator.model.edits import Edit
from rubricator.model.samples import Given, drawing_from
from rubricator.model.spans import NOTHING, Annotation, TopicTag
from rubricator.review import adjudicate
from rubricator.review.decision import Outcome
from rubricator.review.difference import Agreement, Comparison, Difference, Element, Place
from rubricator.review.gold import Gold, has_ends
from rubricator.review.likewise import likewise
from rubricator.review.policy import Policy
from rubricator.verbs.compared import Compared
from rubricator.verbs.door import Door
from rubricator.verbs.progress import Progress, silent
from rubricator.words import Message, joined, message, plural


class Row(NamedTuple):
    """What one decision would do with one more difference: what goes to gold, or why nothing can be done."""

    article: str
    difference: Difference
    outcome: Outcome | None
    writes: tuple[Element, ...] = ()
    refused: Message | str | None = None


class Chosen(NamedTuple):
    """A decision for a group in plain values, so that another process can take it: a difference, and its outcome.

    `layers` are the annotators as they were compared.
    """

    article: str
    layers: tuple[str, ...]
    difference: str
    outcome: str
    side: str = ""
    edited: Mapping[str, Any] | None = None
    reason: str = ""
    guideline: str = ""


def chosen_of(compared: Comparison, model: Difference, outcome: Outcome) -> Chosen:
    """Put a decision for a group into plain values."""
    layers = tuple(work.annotator for work in compared.works)
    edited = dict(outcome.edited) or None
    return Chosen(
        model.article, layers, model.id, outcome.outcome, outcome.side, edited, outcome.reason, outcome.guideline
    )


class Tally(NamedTuple):
    """What a policy did: articles, places that all agree on, differences settled, those left to a person, articles
    finished; and articles that it was to finish and passed over: where a layer is not finished, where there is only
    one, where something is left to decide.
    """

    articles: int = 0
    agreed: int = 0
    settled: int = 0
    left: int = 0
    finished: int = 0
    unfinished: int = 0
    single: int = 0
    undecided: int = 0

    def plus(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(*map(sum, zip(self, other, strict=True)))

    def finishing_told(self) -> Message:
        """Say how many articles are finished, and why the others are not."""
        told = plural("{n} article is finished.", "{n} articles are finished.", self.finished)
        whys = [
            plural("{n} with a layer that is not finished", "{n} with layers that are not finished", self.unfinished),
            plural("{n} with one layer only", "{n} with one layer only", self.single),
            plural("{n} with something left to decide", "{n} with something left to decide", self.undecided),
        ]
        if not (some := [why for why in whys if why.values["n"]]):
            return told
        return message("{finished} Passed over: {why}.", finished=told, why=joined(some))


class Groups:
    """The verbs of many decisions in one step."""

    def __init__(self, door: Door, review: Compared) -> None:
        self._door, self._review = door, review

    # --- a pattern ------------------------------------------------------------------------------------------------

    def preview(
        self, compared: Comparison, model: Difference, outcome: Outcome, articles: Iterable[str]
    ) -> Iterator[Row]:
        """Yield what the same decision would do with each open difference of the pattern in these articles."""
        for article in articles:
            comparison, gold, alike = self._open_in(compared, model, article)
            for difference in alike:
                yield self._row(compared, model, outcome, difference, comparison, gold)

    def settle(
        self,
        compared: Comparison,
        model: Difference,
        outcome: Outcome,
        articles: Sequence[str],
        but: Iterable[str] = (),
        progress: Progress = silent,
    ) -> Change:
        """Decide all open differences of a pattern likewise, as one step, but those named (by id) or refused.

        `progress` is told how many were decided, and may raise to stop: then nothing is.
        """
        self._review.join()
        left_out = set(but)

        def edits() -> Iterator[Edit]:
            done = 0
            for article in articles:
                comparison, gold, alike = self._open_in(compared, model, article)
                for difference in alike:
                    if difference.id in left_out:
                        continue
                    row = self._row(compared, model, outcome, difference, comparison, gold)
                    if row.outcome is None or row.refused is not None:  # also by what this very step has written
                        continue
                    if (agreed := adjudicate.agreed_below(difference, row.outcome, comparison, gold)) is not None:
                        yield agreed
                    yield adjudicate.decide(difference, row.outcome, comparison, gold)
                    done += 1
                    progress(done, 0)

        return self._door.judged(edits())

    def settle_chosen(self, chosen: Chosen, articles: Sequence[str], but: Iterable[str], progress: Progress) -> Change:
        """Do the same for a decision in plain values; UserError where its difference is another one by now."""
        compared = self._review.compare(chosen.article, chosen.layers)
        model = next((one for one in compared.differences if one.id == chosen.difference), None)
        if model is None:
            raise UserError(message("What the layers say here has changed meanwhile."), message("Look at it again."))
        outcome = Outcome(chosen.outcome, chosen.side, chosen.edited or NOTHING, chosen.reason, chosen.guideline)
        return self.settle(compared, model, outcome, articles, but, progress)

    def _open_in(
        self, compared: Comparison, model: Difference, article: str
    ) -> tuple[Comparison, Gold, list[Difference]]:
        """Compare an article, and return what of it is open and of the pattern, with the gold layer to decide it in."""
        review = self._review
        present = self._among(article, [work.annotator for work in compared.works])
        comparison = review.compare(article, present) if len(present) > 1 else Comparison((), (), ())
        alike = [one for one in comparison.differences if one.pattern == model.pattern]
        below = [place for one in alike for place in comparison.agreed_below(one)]
        gold = review.gold_layer(article, [*alike, *below])
        if not alike or review.locked(article):
            return comparison, gold, []
        ids = {one.id for one in alike}
        standing = review.standing(comparison, gold)
        found = [one.difference for one in standing if one.difference.id in ids and one.state in {"open", "changed"}]
        return comparison, gold, found

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
        new = [one for one in elements if isinstance(one, Annotation)]
        standing = {n.id: n for one in new for n in gold.near(one) if n.id not in replaced}.values()
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

    def apply(
        self, policy: Policy, articles: Iterable[str], annotators: Sequence[str] = (), *, finish: bool = False
    ) -> Tally:
        """Have a policy write gold, as one step; return what it did. What persons decided stays.

        With `finish` the gold layer is finished where several finished layers were compared and nothing is left.
        Whoever counts the `articles` may raise to stop: then nothing is written.
        """
        self._review.join()
        told: list[Tally] = []
        drawn = Given(drawing_from(uid, value) for uid, value in self._door.rows.elements("sample"))

        def edits() -> Iterator[Edit]:
            for article in articles:
                owners = self._among(article, annotators) if annotators else self._review.annotators(article)
                if owners and not self._review.locked(article):
                    yield from self._by_policy(policy, article, owners, told)
                    if finish:
                        yield from self._finishing(policy, article, owners, drawn, told)

        self._door.judged(edits())
        return reduce(Tally.plus, told, Tally())

    def _finishing(
        self, policy: Policy, article: str, owners: Sequence[str], drawn: Given, told: list[Tally]
    ) -> Iterator[Edit]:
        """Yield what finishes the gold layer where several layers were compared, nobody is at work or is to be,
        and nothing is left, put off or disputed.
        """
        if len(owners) < 2:
            told.append(Tally(single=1))
            return
        everybody = {*self._review.annotators(article), *drawn.annotators_of(article)}
        if any(self._door.rows.status(article, one) != "done" for one in everybody):
            told.append(Tally(unfinished=1))
            return
        try:
            edits = [] if told[-1].left else list(self._review.finishing(article, owners))
        except UserError:
            edits = []
        if not edits:
            told.append(Tally(undecided=1))
            return
        yield from (replace(edit, about={**edit.about, "policy": policy.key}) for edit in edits)
        told.append(Tally(finished=1))

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
        gold = review.gold_layer(article, comparison.differences)
        for one in review.standing(comparison, gold):
            if one.state not in {"open", "changed"}:
                continue
            edit = self._settled(policy, one.difference, comparison, gold)
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

    def _settled(self, policy: Policy, difference: Difference, comparison: Comparison, gold: Gold) -> Edit | None:
        """Return what a policy decides; None where that is left to a person, or a rule or a missing end forbids it."""
        found = policy.outcome(difference, comparison)
        if found is None:
            return None
        try:
            writes = adjudicate.written(difference, found, comparison, gold)
            if self._refused(writes, [difference], gold):
                return None
            return adjudicate.decide(difference, found, comparison, gold)
        except UserError:
            return None

"""The second annotation: articles are drawn for another annotator, and what was drawn is kept with the project."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricator.errors import UserError
from rubricator.model.edits import Add, Edit
from rubricator.model.elements import article_value
from rubricator.model.ids import new_id
from rubricator.model.samples import Drawing, Given, drawing_from, drawing_value
from rubricator.review.agreement.sampling import draw, share
from rubricator.verbs.door import Door, check_no_copy
from rubricator.words import message

if TYPE_CHECKING:
    from rubricator.verbs.review import Review

DIFFERENCES, LABEL, TOPIC = "differences", "label", "topic"
_WAYS = message("There are: label:NAME, topic:CODE, differences.")
_COUNT = re.compile(r"(\d{1,9})(\.\d{1,9})?(\s*%)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Count:
    """How many articles: a number, or a share of all in percent."""

    n: float
    percent: bool = False

    def of(self, total: int) -> int:
        """Return how many that is of so many."""
        return share(total, self.n) if self.percent else min(total, int(self.n))


def count_from(words: str) -> Count:
    """Return what “20” or “10 %” says; UserError where it says nothing."""
    match = _COUNT.fullmatch(words.strip())
    percent = bool(match and match[3])
    if not match or (match[2] and not percent) or (percent and float(match[1] + (match[2] or "")) > 100):
        raise UserError(
            message("“{words}” is no number of articles.", words=words), message("Write 20, or a share such as 10%.")
        )
    return Count(float(match[1] + (match[2] or "")), percent)


class Samples:
    """The verbs of the second annotation."""

    def __init__(self, door: Door, review: Review) -> None:
        self._door, self._review = door, review

    def all(self) -> list[Drawing]:
        """Return what was drawn, in the order in which it was."""
        return [drawing_from(uid, value) for uid, value in self._door.rows.elements("sample")]

    def given(self) -> Given:
        """Return what was drawn, by annotator."""
        return Given(self.all())

    def draw(
        self,
        annotator: str,
        random: Count,
        targeted: int = 0,
        by: Sequence[str] = (),
        repeats: int = 0,
        seed: int = 0,
        *,
        new: str = "",
    ) -> Drawing:
        """Draw articles for an annotator (by id) and keep what was drawn, as one step; return it.

        `new` is the name of who is not here yet, with an id of their own: they join once something was drawn.
        `by` says what the targeted share is drawn by: `label:NAME`, `topic:CODE` (how often others have given it) or
        `differences` (how much of what others say there is not agreed). `repeats` so many of the texts that the
        annotator gets by lot, or has finished, come a second time, as articles of their own at the end.
        """
        check_no_copy(self._door)
        if annotator == self._review.gold:
            raise UserError(message("Nothing is drawn for the gold layer: nobody annotates in it by themselves."))
        given = self.given()
        there = [one for one in self._door.rows.articles() if one.id not in given.repeats]
        drawn = given.articles(annotator)
        worked = self._door.reviews.worked(annotator)
        free = [one.id for one in there if one.id in drawn or one.id not in worked]
        weights = self._weights(by, annotator) if targeted else {}
        fresh = {uid: weight for uid, weight in weights.items() if uid not in drawn}
        found = draw(free, random.of(len(there)), targeted, fresh, seed)
        done = [one.id for one in there if self._door.rows.status(one.id, annotator) == "done"] if repeats else []
        again = self._again({*found.random, *done}, annotator, repeats, seed)
        stamp = self._door.stamp()
        made = {new_id(): uid for uid in again}
        drawing = Drawing(
            new_id(), annotator, found.random, found.targeted, made, seed, ", ".join(by), stamp.by or "", stamp.at or ""
        )
        if not (found.random or found.targeted or made):
            hint = message("An article that the annotator has worked on already is not drawn.")
            if repeats and not random.n and not targeted:
                hint = message("A text comes a second time where the annotator has finished it, or gets it by lot.")
            raise UserError(message("Nothing was drawn: there is no article for it."), hint)
        if new:
            self._door.join(new, annotator)  # a step before this one, so that no undo takes them away
        self._door.apply(*self._edits(drawing))
        return drawing

    def _edits(self, drawing: Drawing) -> Iterator[Edit]:
        name = self._door.rows.name_of(drawing.annotator) or drawing.annotator
        n = len(drawing.random) + len(drawing.targeted) + len(drawing.repeats)
        value = drawing_value(drawing, self._review.gold)
        yield Edit("sample", (Add("sample", drawing.id, value),), "", {"name": name, "n": n})
        found = ((uid, self._door.rows.article(of)) for uid, of in drawing.repeats.items())
        again = [Add("article", uid, article_value(original)) for uid, original in found if original is not None]
        if again:  # a row that looks like that of any article: it goes to the annotator
            yield Edit("import", tuple(again), again[0].id, {"n": len(again), "source": self._door.name})

    def _again(self, candidates: Iterable[str], annotator: str, n: int, seed: int) -> list[str]:
        """Draw texts that come a second time: by another lot than the first, and none a third time."""
        twice = {of for one in self.all() if one.annotator == annotator for of in one.repeats.values()}
        return [*draw((uid for uid in candidates if uid not in twice), n, seed=~seed).random]

    # --- on purpose -----------------------------------------------------------------------------------------------

    def check(self, by: Sequence[str]) -> None:
        """Raise UserError where nothing can be drawn by this."""
        for words in by:
            kind, _colon, name = words.partition(":")
            scheme = self._door.scheme
            known: Mapping[str, object] = {LABEL: scheme.by_name, TOPIC: scheme.topics_by_code}.get(kind, {})
            if kind in (LABEL, TOPIC) and name and name not in known:
                why = message("There is no label “{name}”.", name=name)
                if kind == LABEL:
                    raise UserError(why, message("There are: {names}.", names=", ".join(scheme.by_name)))
                raise UserError(message("There is no topic “{name}”.", name=name))
            if words != DIFFERENCES and name not in known:
                raise UserError(message("Nothing is drawn by “{words}”.", words=words), _WAYS)
        if not by:
            raise UserError(message("Say what the targeted share is drawn by."), _WAYS)

    def _weights(self, by: Sequence[str], annotator: str) -> dict[str, float]:
        self.check(by)
        weights: Counter[str] = Counter()
        for words in dict.fromkeys(by):
            kind, _colon, name = words.partition(":")
            found = self._door.reviews.given_in(kind, name, annotator) if name else dict(self._disagreed(annotator))
            weights.update(found)
        return dict(weights)

    def _disagreed(self, annotator: str) -> Iterable[tuple[str, float]]:
        """Yield the share of places where others differ, by article."""
        others = [one.id for one in self._door.rows.annotators() if one.kind != "gold" and one.id != annotator]
        for stretch in self._review.queue.walk(others):
            if stretch.waiting:
                n = len(stretch.waiting)
                yield stretch.waiting[0].article, n / (n + stretch.agreements)

"""Back to the annotator: what gold says otherwise than one's own work and why; to be accepted or disputed."""

from __future__ import annotations

from typing import Literal, NamedTuple

from rubricator.model import comments as c
from rubricator.model.changes import Change
from rubricator.model.comments import Comment
from rubricator.model.ids import new_id
from rubricator.model.text import plain
from rubricator.review.decision import TAKING, Decision, taking_of
from rubricator.review.difference import Difference
from rubricator.review.gold import made_of
from rubricator.verbs.compared import Compared
from rubricator.verbs.door import Door

Answer = Literal["accept", "dispute"]


class Changed(NamedTuple):
    """What gold says otherwise than one's own work at a place: the difference (one's own side first), and why.

    `decision` is None where gold was written by hand; `answer` is what one answered last ("" where nothing yet).
    """

    difference: Difference
    decision: Decision | None
    answer: str = ""
    said: tuple[Comment, ...] = ()


class Answers:
    """The verbs of an annotator whose work was reviewed."""

    def __init__(self, door: Door, review: Compared) -> None:
        self._door, self._review = door, review

    def reviewed(self, article: str) -> bool:
        """Say whether anything of an article was decided, by a person or a policy, or its review finished."""
        gold = self._review.gold_layer(article, ())
        return bool(gold.standing or gold.decisions) or self._review.locked(article)

    def changed(self, article: str, annotator: str = "") -> list[Changed]:
        """Return what gold says otherwise than an annotator (by default oneself), as far as it was decided.

        Nothing where they have not worked: they are not to see how it ends before they began.
        """
        owner = annotator or self._door.me.annotator
        review = self._review
        if owner not in review.annotators(article):
            return []
        gold = review.gold_layer(article, ())
        if not gold.standing and not gold.decisions:
            return []
        by_subject = {
            uid: one for one in gold.decisions.values() if one.outcome != "defer" for uid in (*one.subjects, *one.wrote)
        }
        comments = self._door.links.comments(article, gold.annotator)
        locked = review.locked(article)
        found: list[Changed] = []
        for one in review.compare(article, [owner], against_gold=True).differences:
            decision = next((by_subject[uid] for uid in one.subjects if uid in by_subject), None)
            by_policy = any(made_of(element) for element in one.sides[1])
            if decision is None and not (locked or by_policy):
                continue  # nobody looked at it yet
            said = [comment for comment in comments if decision and comment.on == decision.id]
            own = [
                comment for comment in said if comment.by == owner and comment.extra.get(TAKING) == taking_of(decision)
            ]
            found.append(Changed(one, decision, str(own[-1].extra.get("answer") or "") if own else "", tuple(said)))
        return found

    def answer(self, decision: Decision, answer: Answer, text: str = "") -> Change:
        """Accept a decision, or dispute it: then it comes back to the reviewer."""
        by = self._door.stamp()
        extra = {"answer": answer, TAKING: taking_of(decision)}
        words = plain(text).strip()
        said = Comment(new_id(), decision.article, decision.annotator, decision.id, by.by, by.at, words, extra=extra)
        return self._door.apply(c.say(said))

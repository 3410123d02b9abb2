"""What was decided about a difference, and what gold holds there since, in words."""

from __future__ import annotations

from rubricator.model.relations import Relation
from rubricator.model.spans import TopicTag
from rubricator.review.blind import letter
from rubricator.review.decision import Decision
from rubricator.review.difference import Difference, Element
from rubricator.verbs.compared import Settled
from rubricator.words import Message, message, plural, say
from rubricator_gui.panels.review.said import said
from rubricator_gui.session import Session
from rubricator_gui.wording import isolated, short_quote

_DID = {
    "merge": message("Merged"),
    "reject": message("Rejected"),
    "edit": message("Edited"),
}


def outcome_words(session: Session, here: Settled) -> str:
    """Say "Merged: Facility “Old Custom House” is in gold."; nothing where no decision holds."""
    decision = here.decision
    if decision is None or here.state not in {"decided", "disputed"}:
        return ""
    did = _DID.get(decision.outcome, _accepted(session, decision))
    held = [say(_held(session, here.difference, one)) for one in session.ready.review.wrote(decision)]
    if not held:
        return say(message("{did}: gold has nothing here.", did=did))
    return say(
        plural("{did}: {what} is in gold.", "{did}: {what} are in gold.", len(held), did=did, what="; ".join(held))
    )


def _accepted(session: Session, decision: Decision) -> Message:
    owners = [work.annotator for work in session.reviewing.comparison.works]
    if decision.source not in owners:
        return message("Accepted")
    return message("Accepted {layer}", layer=letter(owners.index(decision.source)))


def _held(session: Session, difference: Difference, one: Element) -> Message:
    """Say what an element of gold says."""
    found = said(session, difference, one)
    if isinstance(one, TopicTag):
        return message("the topic {topic}", topic=found.quote)
    if isinstance(one, Relation):
        return message("{relation} {ends}", relation=found.more, ends=found.quote)
    words = message("{label} “{quote}”", label=found.title, quote=isolated(short_quote(one.quote)))
    return message("{words} ({more})", words=words, more=found.more) if found.more else words

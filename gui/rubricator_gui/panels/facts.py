"""What is said of an annotation beside its label, in words: entity, attributes, relations, comments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from rubricator.model.attributes import in_words
from rubricator.model.comments import Comment
from rubricator.model.relations import Relation
from rubricator.model.rules import unsaid, wrong_with
from rubricator.model.spans import Annotation
from rubricator.words import _, message, plural, say
from rubricator_gui.panels import when
from rubricator_gui.panels.entity_picker import about_entity
from rubricator_gui.session import Session
from rubricator_gui.wording import isolated, short_quote

if TYPE_CHECKING:  # the first offer comes after the first paint
    from rubricator.suggest.offers import Offer


class Fact(NamedTuple):
    """What is said, what its button does, all there is to know of it, and whether anything is said yet."""

    words: str
    does: str
    tip: str = ""
    said: bool = True


_SHOWN = 5_000
"""Characters of a comment in a list."""


def broken(session: Session, annotation: Annotation) -> list[str]:
    """Return which rules an annotation breaks: those that are only noted, and what a merge or an import brought."""
    overlapping = session.spans.overlapping(annotation.start, annotation.end)
    return [say(wrong.why) for wrong in wrong_with(annotation, overlapping, session.scheme, session.text)]


def broken_fact(session: Session, annotation: Annotation) -> Fact | None:
    """Say that an annotation breaks a rule; None where it breaks none."""
    said = broken(session, annotation)
    words = say(message("Against the rules: {why}", why="; ".join(said)))
    return Fact(words, "", "\n".join(said)) if said else None


def entity_fact(session: Session, annotation: Annotation) -> Fact:
    """Say what an annotation means."""
    entity = session.ready.entities.get(annotation.entity) if annotation.entity else None
    if entity is not None:
        about = "\n".join(part for part in (entity.name, about_entity(session, entity)) if part)
        said, uid = message("Entity: {name}", name=entity.name), entity.external.removeprefix("wikidata:")
        if uid != entity.external:  # an address would leave the name no room: it stands in the tooltip
            said = message("Entity: {name} · {id}", name=entity.name, id=uid)
        return Fact(say(said), _("Change…"), about)
    words = _("An entity that is not on the list") if annotation.entity else _("No entity")
    return Fact(words, _("Link…"), said=bool(annotation.entity))


def linked_said(session: Session, annotation: Annotation) -> str:
    """Say what an annotation is linked to: the line under the letters of its chip; "" where it links to nothing."""
    if not annotation.entity:
        return ""
    entity = session.ready.entities.get(annotation.entity)
    if entity is None:
        return _("Linked to an entity that is not on the list (the line on its chip)")
    return say(message("Linked to {name} (the line on its chip)", name=isolated(entity.name)))


def will_link(session: Session, offer: Offer) -> str:
    """Say what a suggestion will be linked to when it is accepted; "" where it will not be."""
    if not offer.entity:
        return ""
    return say(message("It will be linked to {name}", name=isolated(session.entity_name(offer.entity))))


def attribute_fact(session: Session, annotation: Annotation) -> Fact | None:
    """Say what the attributes of an annotation are; None where its label has none."""
    said = list(attributes_said(session, annotation))
    lacking = [attribute.title or attribute.name for attribute in unsaid(annotation, session.scheme)]
    if not said and not session.scheme.attributes_of(annotation.label):
        return None
    none = _("No attributes")
    words = " · ".join(said) or none
    if lacking:
        missing = say(message("{names} missing", names=", ".join(lacking)))
        words = " · ".join([*said, missing])
    return Fact(words, _("Change…") if said else _("Say it…") if lacking else _("Attributes…"), said=words != none)


def attributes_said(session: Session, annotation: Annotation) -> Iterator[str]:
    """Yield "Gender: f" for each attribute that an annotation has, in the order of the scheme; strange ones last."""
    known = session.scheme.attributes_of(annotation.label)
    for attribute in known:
        value = annotation.attributes.get(attribute.name)
        if value is not None:
            yield say(message("{name}: {value}", name=attribute.title or attribute.name, value=in_words(value)))
    names = {attribute.name for attribute in known}
    for name, value in annotation.attributes.items():
        if name not in names and value is not None:
            yield say(message("{name}: {value}", name=name, value=in_words(value)))


def relation_fact(session: Session, annotation: Annotation) -> Fact | None:
    """Say what an annotation is related to; None where it is to nothing, and nothing in the scheme is for it."""
    said = relations_said(session, annotation)
    if not said:
        none = Fact(_("No relations"), _("Relate…"), said=False)
        return none if session.relations.possible(annotation) else None
    words = plural("{first} · {n} more", "{first} · {n} more", len(said) - 1, first=said[0])
    return Fact(say(words) if len(said) > 1 else said[0], _("Relations…"), "\n".join(said))


def relations_said(session: Session, annotation: Annotation) -> list[str]:
    """Return "Member of → CIS council" for each relation of an annotation; what is not allowed any longer is said."""
    return [relation_words(session, relation, annotation.id) for relation in session.relations.at(annotation.id)]


def relation_words(session: Session, relation: Relation, annotation: str) -> str:
    """Return a relation as it is seen from one of its ends (an id), with what is wrong with it."""
    other = session.spans.get(relation.other_end(annotation))
    words = message(
        "{relation} {arrow} {other}",
        relation=session.relation_title(relation.label),
        arrow=relation_arrow(session, relation, annotation),
        other=isolated(short_quote(other.quote)) if other is not None else message("(not there any more)"),
    )
    wrong = session.relations.wrong(relation)
    return say(message("{relation} – not allowed any longer: {why}", relation=words, why=wrong) if wrong else words)


def relation_arrow(session: Session, relation: Relation, annotation: str) -> str:
    """Return the arrow that a relation is from one of its ends: away, here, or both."""
    kind = session.scheme.relations_by_name.get(relation.label)
    if kind is not None and kind.symmetric:
        return "↔"
    return "→" if relation.source == annotation else "←"


def topic_fact(session: Session, annotation: Annotation) -> Fact | None:
    """Say for which topics of the article an annotation is evidence; None where it is for none."""
    said = [session.topic_name(tag.topic) for tag in session.topics.shown_by(annotation.id)]
    if not said:
        return None
    words = plural("Evidence for {topic}", "Evidence for {topic} · {more} more", len(said), topic=said[0],
                   more=len(said) - 1)  # fmt: skip
    return Fact(say(words), "", "\n".join(said))


def comment_fact(comments: list[Comment], unsent: str = "") -> Fact | None:
    """Say how many comments there are on an annotation, and the last one, or one that is not sent yet; None of none."""
    if unsent:
        there = plural("{n} comment", "{n} comments", len(comments))
        said = [say(there)] if comments else []
        return Fact(" · ".join([*said, unsent_words(unsent)]), _("Comments…"))
    if not comments:
        return None
    last = " ".join(comments[-1].text.split())
    words = plural("{n} comment: {last}", "{n} comments, the last: {last}", len(comments), last=last)
    return Fact(say(words), _("Comments…"))


def unsent_words(unsent: str) -> str:
    """Say what was typed and not sent."""
    return say(message("Not sent yet: {words}", words=_shown(unsent)))


def comment_words(who: str, comment: Comment, now: datetime) -> str:
    """Return "anna, 18:41: Is this a person?"; of an answer to a decision what it is, with or without words."""
    words = _shown(comment.text)
    answer = {"accept": _("accepts it"), "dispute": _("disputes it")}.get(str(comment.extra.get("answer")))
    words = " – ".join(filter(None, (answer, words)))
    return say(message("{who}, {when}: {words}", who=who, when=when.moment(comment.at, now), words=words))


def _shown(words: str) -> str:
    """Return words as a row can show them: of a million of them nobody reads the rest there."""
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"

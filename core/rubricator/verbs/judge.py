"""Puts what an edit did before the rules (model/rules.py), inside its transaction: a refusal rolls it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from rubricator.errors import UserError
from rubricator.model import rules
from rubricator.model.changes import Change
from rubricator.model.edits import ALIVE, SCHEME_KINDS, Add, Op
from rubricator.model.relations import Relation
from rubricator.model.scheme import Scheme
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, TopicTag
from rubricator.model.topic_tags import tied_in
from rubricator.store.links import Links
from rubricator.store.rows import Rows
from rubricator.store.standing import Standing
from rubricator.verbs.beside import Beside
from rubricator.words import Message, message

_PLACING = frozenset({"label", "fragments", "exact", ALIVE})
"""Fields of an annotation that say what it is: who writes another one is not judged for what stood before."""

_QUOTE_MOST = 200
"""Characters of a quote in a reason: a span may be as long as its article."""


class Judge:
    """Looks at what edits wrote, beside what stands."""

    def __init__(self, rows: Rows, links: Links, standing: Standing, text_of: Callable[[str], str | None]) -> None:
        self._rows, self._links, self._standing, self._text_of = rows, links, standing, text_of

    def judge(self, ops: Sequence[Op], scheme: Scheme, change: Change) -> None:
        """Raise UserError where a rule forbids what the operations did.

        `change` holds most of what stands now; where it came to be too much, the rest is looked up. A change of the
        scheme places nothing: what it leaves against a rule about two, or at the ends of a relation, is listed later.
        """
        new_scheme = any(op.kind in SCHEME_KINDS for op in ops)
        labelled = {op.id for op in ops if isinstance(op, Add) or op.field == "label"}
        annotations = {replaced.id: replaced.after for replaced in change.annotations}
        tags = {replaced.id: replaced.after for replaced in change.tags}
        judged = list(_judged(ops))
        written = [uid for kind, uid, _placed in judged if kind == "annotation"]
        looked_up = self._standing.annotations(uid for uid in written if uid not in annotations)
        standing = {uid: annotations[uid] if uid in annotations else looked_up.get(uid) for uid in written}
        about_one = replace(scheme, rules=()) if new_scheme else scheme
        beside = Beside(self._rows, filter(None, standing.values()), about_one)
        for kind, uid, placed in judged:
            match kind:
                case "annotation" if (annotation := standing[uid]) is not None:
                    if placed or not new_scheme:
                        self._annotation(annotation, about_one, beside, placed=placed, labelled=uid in labelled)
                case "tag":
                    tag = tags[uid] if uid in tags else self._standing.tag(uid)
                    if tag is not None:
                        self._tag(tag, tied_in(uid, ops), scheme)
                case "relation" if not new_scheme and (relation := self._standing.relation(uid)) is not None:
                    self._relation(relation, scheme)

    def _tag(self, tag: TopicTag, tied: Sequence[str], scheme: Scheme) -> None:
        """Judge a tag by its topic, and by the annotations that were `tied` to it now."""
        for wrong in rules.violations((), scheme, "", tags=[tag]):
            raise UserError(message("The topic was not given: {why}.", why=wrong.why), refusals=(wrong,))
        found = (self._standing.annotation(one) for one in tied)
        there = {one.id for one in found if one and (one.article, one.annotator) == (tag.article, tag.annotator)}
        for wrong in rules.evidence_violations([tag._replace(evidence=tuple(tied))], there, scheme):
            hint = message("Tie an annotation of your own in this article.")
            raise UserError(message("The topic was not changed: {why}.", why=wrong.why), hint, refusals=(wrong,))

    def allowed(
        self, new: Sequence[Annotation], scheme: Scheme, leave: Callable[[rules.Violation], object]
    ) -> list[Annotation]:
        """Return those of annotations not written yet that no rule forbids; `leave` is told why of the others.

        Each is judged beside what stands, and beside those that were kept before it.
        """
        kept: list[Annotation] = []
        by_place = SpanIndex()
        beside = Beside(self._rows, new, scheme)
        for one in new:
            if refused := self._refused(one, scheme, beside, by_place):
                leave(refused)
            else:
                kept.append(one)
                by_place.add(one)
        return kept

    def _annotation(
        self, annotation: Annotation, scheme: Scheme, beside: Beside, *, placed: bool, labelled: bool
    ) -> None:
        refused = self._refused(annotation, scheme, beside) if placed else _wrong_value(annotation, scheme)
        if refused is None:
            return
        quote = annotation.quote or f"{annotation.start}–{annotation.end}"
        if len(quote) > _QUOTE_MOST:
            quote = f"{quote[:_QUOTE_MOST]}…"
        words: Message = message("“{quote}” was not labelled: {why}.", quote=quote, why=refused.why)
        if not labelled:
            words = message("“{quote}” was not changed: {why}.", quote=quote, why=refused.why)
        raise UserError(words, _way_out(refused), refusals=(refused,))

    def _refused(
        self, annotation: Annotation, scheme: Scheme, beside: Beside, new: SpanIndex | None = None
    ) -> rules.Violation | None:
        """Return the first rule that forbids an annotation beside what stands, and `new` ones not written yet."""
        text = self._text_of(annotation.article) or ""
        touching = new.overlapping(annotation.start, annotation.end) if new is not None else []
        twins = {(one.label, one.span): one.id for one in touching}
        standing = next((uid for uid in self._rows.same_place(annotation) if uid != annotation.id), None)
        if standing is not None:
            twins[annotation.label, annotation.span] = standing
        near = [*beside.near(annotation), *touching]
        found = rules.violations([annotation], scheme, text, beside=twins, near=near)
        return next((violation for violation in found if violation.refused), None)

    def _relation(self, relation: Relation, scheme: Scheme) -> None:
        found = {uid: self._standing.annotation(uid) for uid in (relation.source, relation.target)}
        home = relation.article, relation.annotator
        ends = {uid: end for uid, end in found.items() if end and (end.article, end.annotator) == home}
        beside = [other for other in self._links.relations_at([relation.source]) if other.id != relation.id]
        for wrong in rules.relation_violations([*beside, relation], ends, scheme):
            if wrong.subject == relation.id:
                hint = message("Choose another relation or other ends.")
                raise UserError(message("The relation was not made: {why}.", why=wrong.why), hint, refusals=(wrong,))


def _judged(ops: Iterable[Op]) -> Iterator[tuple[str, str, bool]]:
    """Yield what has to be judged, each once: kind, id, and whether it was placed (else only its values changed)."""
    placed: dict[tuple[str, str], bool] = {}
    for op in ops:
        if op.kind in {"annotation", "tag", "relation"}:
            places = isinstance(op, Add) or op.field in _PLACING or op.kind != "annotation"
            says = places or (not isinstance(op, Add) and op.field.partition(".")[0] == "attributes")
            if says:
                placed[op.kind, op.id] = placed.get((op.kind, op.id), False) or places
    return ((kind, uid, by_place) for (kind, uid), by_place in placed.items())


def _wrong_value(annotation: Annotation, scheme: Scheme) -> rules.Violation | None:
    return next((wrong for wrong in rules.attribute_violations(annotation, scheme) if wrong.refused), None)


def _way_out(refused: rules.Violation) -> Any:
    match refused.rule:
        case "unknown-label":
            return message("Add {label} to the scheme, or choose another label.", label=refused.name)
        case "duplicate":
            return message("Choose another label, or leave it.")
        case "value":
            return message("Choose one of its values.")
        case kind if kind in rules.PAIR_RULES:
            return message("Choose another label, or change the rule.")
    return message("Select the words again.")

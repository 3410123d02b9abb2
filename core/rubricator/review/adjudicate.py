"""From differences and outcomes to edits of the gold layer, and the other way: from decisions to the same gold.

What is written has ids that are made of the place it stands for, and every decision states all that may stand there,
also what is not to: of two reviewers' copies that are merged, what the later one decided holds as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rubricator.errors import UserError
from rubricator.model.edits import ALIVE, Add, Edit, Op, Set
from rubricator.model.elements import ANNOTATION_FIELDS, TAG_FIELDS, annotation_value, tag_id, tag_value
from rubricator.model.ids import named_id
from rubricator.model.relations import FIELDS as RELATION_FIELDS
from rubricator.model.relations import Relation, relation_value
from rubricator.model.spans import NOTHING, Annotation, Span, TopicTag, merged_fragments, reading_order
from rubricator.review import decision as d
from rubricator.review.decision import Decision, Outcome
from rubricator.review.difference import Agreement, Comparison, Difference, Element, Place, place_id
from rubricator.review.gold import GOLD, PROVENANCE, Gold, has_ends
from rubricator.review.pair import plain, said, shared
from rubricator.words import message

ORIGIN = "review"


# --- what would stand in gold -------------------------------------------------------------------------------------


def written(place: Place, outcome: Outcome, comparison: Comparison, gold: Gold) -> list[Element]:
    """Return what gold holds at a place after an outcome; UserError where it cannot be had."""
    if outcome.outcome in {"reject", "defer"}:
        return []
    first = next(place.elements)
    if isinstance(first, TopicTag):
        return _tags(place, outcome, comparison, gold)
    if isinstance(first, Relation):
        return _relations(place, outcome, comparison, gold)
    return list(_annotations(place, outcome, comparison, gold))


def _side(place: Place, outcome: Outcome, comparison: Comparison) -> tuple[Element, ...]:
    for work, side in zip(comparison.works, place.sides, strict=True):
        if work.annotator == outcome.side:
            return side
    raise UserError(message("The layer that was accepted is not among those compared."), message("Compare again."))


def _annotations(place: Place, outcome: Outcome, comparison: Comparison, gold: Gold) -> Iterable[Annotation]:
    match outcome.outcome:
        case "accept":
            found = [one for one in _side(place, outcome, comparison) if isinstance(one, Annotation)]
        case "merge":
            found = _union(place.annotations)
        case _:
            found = [_edited(place, outcome)]
    of: list[list[str]] = [[] for _ in found]
    for one in place.annotations:
        if found:  # what stands where in gold, for the ends of relations: the one that has most of it
            most = max(range(len(found)), key=lambda n: (shared(found[n].span, one.span), -n))
            of[most].append(one.id)
    for n, one in enumerate(found):
        yield Annotation(
            id=named_id(GOLD, place.id, n),
            article=gold.article,
            annotator=gold.annotator,
            label=one.label,
            span=one.span,
            quote=one.quote,
            attributes=one.attributes,
            note=one.note,
            entity=one.entity,
            origin=ORIGIN,
            exact=one.exact,
            scheme=gold.scheme,
            seen=gold.seen(one.label),
            extra=_provenance(sorted(of[n]), outcome),
        )


def _provenance(of: Sequence[str], outcome: Outcome) -> Mapping[str, Any]:
    about: dict[str, Any] = {"of": list(of)}
    if outcome.policy:
        about["policy"] = outcome.policy
    return {PROVENANCE: about}


def _edited(place: Place, outcome: Outcome) -> Annotation:
    value = outcome.edited
    first = place.annotations[0]
    span = Span(tuple((int(start), int(end)) for start, end in value["fragments"]))
    return Annotation(
        "",
        first.article,
        "",
        str(value["label"]),
        span,
        attributes=value.get("attributes") or NOTHING,
        entity=str(value.get("entity") or ""),
        note=str(value.get("note") or ""),
        exact=True,
    )


def _union(annotations: Sequence[Annotation]) -> list[Annotation]:
    """Return the widest span with all that is said of it, once for each label."""
    span = _widest(annotations)
    exact = any(one.exact for one in annotations)  # its borders are of all of them, whatever label they were drawn for
    by_label: dict[str, list[Annotation]] = {}
    for one in sorted(annotations, key=lambda one: (one.label, reading_order(one))):
        by_label.setdefault(one.label, []).append(one)
    return [
        some[0].but(
            span=span,
            quote=next((one.quote for one in annotations if one.span == span), ""),
            attributes=_merged([one.attributes for one in some]),
            entity=_commonest([one.entity for one in some if one.entity], ""),
            note="\n".join(sorted({one.note for one in some if one.note})),
            exact=exact,
        )
        for some in by_label.values()
    ]


def _widest(annotations: Sequence[Annotation]) -> Span:
    """Return what all spans cover together; of one piece where one of them is."""
    if any(len(one.span.fragments) == 1 for one in annotations):
        return Span.of(min(one.start for one in annotations), max(one.end for one in annotations))
    return Span(merged_fragments(fragment for one in annotations for fragment in one.span.fragments))


def _merged(values: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in sorted({name for value in values for name in value}):
        said_of_it = [value[name] for value in values if name in value]
        if all(isinstance(one, list | tuple) for one in said_of_it):
            found[name] = sorted({plain(item): item for one in said_of_it for item in one}.values(), key=plain)
        else:
            found[name] = _commonest(said_of_it, None)
    return found


def _commonest(values: Sequence[Any], nothing: Any) -> Any:
    """Return what most say; of two that as many say the first in an order that no layer decides."""
    if not values:
        return nothing
    counts = Counter(map(plain, values))
    return min(values, key=lambda value: (-counts[plain(value)], plain(value)))


def _relations(place: Place, outcome: Outcome, comparison: Comparison, gold: Gold) -> list[Element]:
    if outcome.outcome == "edit":
        raise UserError(message("A relation is not edited here."), message("Accept one, or draw it in the gold layer."))
    found = list(place.elements) if outcome.outcome == "merge" else list(_side(place, outcome, comparison))
    made: dict[tuple[Any, ...], Relation] = {}
    for one in found:
        assert isinstance(one, Relation)
        source, target = gold.end_for(one.source), gold.end_for(one.target)
        if source is None or target is None:
            raise UserError(
                message("The relation {label} has an end that is not in gold.", label=one.label),
                message("Decide about its ends first."),
            )
        made.setdefault((one.label, source, target), one._replace(source=source, target=target))
    return [
        one._replace(
            id=named_id(GOLD, place.id, n),
            annotator=gold.annotator,
            created=None,
            extra=_provenance(place.subjects, outcome),
        )
        for n, (_key, one) in enumerate(sorted(made.items()))
    ]


def _tags(place: Place, outcome: Outcome, comparison: Comparison, gold: Gold) -> list[Element]:
    if outcome.outcome == "edit":
        raise UserError(message("A topic is not edited here."), message("Give another one in the gold layer."))
    found = list(place.elements) if outcome.outcome == "merge" else list(_side(place, outcome, comparison))
    tags = [one for one in found if isinstance(one, TopicTag)]
    if not tags:
        return []
    evidence = sorted({end for tag in tags for uid in tag.evidence if (end := gold.end_for(uid))})
    note = "\n".join(sorted({tag.note for tag in tags if tag.note}))
    uid = tag_id(gold.article, gold.annotator, tags[0].topic)
    extra = _provenance(place.subjects, outcome)
    return [TopicTag(uid, gold.article, gold.annotator, tags[0].topic, note, tuple(evidence), extra)]


def with_agreed(places: Sequence[Agreement], comparison: Comparison, gold: Gold) -> Gold:
    """Return the gold layer as if what these places say stood in it."""
    outcome = Outcome("accept", comparison.works[0].annotator)
    new = [one for place in places if has_ends(place, gold) for one in written(place, outcome, comparison, gold)]
    return replace(gold, standing={**{one.id: one for one in new}, **gold.standing}) if new else gold


# --- edits --------------------------------------------------------------------------------------------------------


def may_write(place: Place, gold: Gold) -> list[tuple[str, str]]:
    """Return (kind, id) of everything that any outcome may state at a place."""
    first = next(place.elements)
    decision = "decision", d.decision_id(place)
    if isinstance(first, TopicTag):
        return [("tag", tag_id(gold.article, gold.annotator, first.topic)), decision]
    return [*_room(_KINDS[type(first)], place.subjects), decision]


def _room(kind: str, subjects: Sequence[str]) -> list[tuple[str, str]]:
    """Return (kind, id) of all that may be written of these, whatever they say by now.

    In another copy they may have said otherwise, or something else was decided, and more of it was written.
    """
    place = place_id(subjects)
    return [(kind, named_id(GOLD, place, n)) for n in range(len(subjects))]


def decide(difference: Difference, outcome: Outcome, comparison: Comparison, gold: Gold) -> Edit:
    """Make the edit that settles a difference: what goes to gold, and the decision with its reason."""
    elements = written(difference, outcome, comparison, gold)
    decision = Decision(
        d.decision_id(difference),
        gold.article,
        gold.annotator,
        outcome.outcome,
        difference.subjects,
        difference.kind,
        d.digest_of(difference),
        gold.stamp.by,
        gold.stamp.at,
        tuple(sorted(work.annotator for work in comparison.works)),
        outcome.side if outcome.outcome == "accept" else "",
        tuple(one.id for one in elements),
        outcome.edited,
        outcome.reason,
        outcome.guideline,
        outcome.policy,
        d.words_of(difference),
    )
    ops = (*_stated(difference, elements, gold, decision), *gold.begun)
    gold.take(ops, elements, decision)
    shown = next((one for one in (*elements, *difference.elements) if isinstance(one, Annotation)), None)
    about = {"outcome": outcome.outcome, "label": shown.label if shown else difference.pattern[2], "n": 1}
    about |= {"policy": outcome.policy} if outcome.policy else {}
    about |= {"of": shown.id} if shown and not elements else {}
    return Edit("decide", ops, gold.article, about)


def agree(agreements: Sequence[Agreement], policy: str, comparison: Comparison, gold: Gold) -> Edit | None:
    """Make the edit that takes to gold what all layers say, tagged with the policy; None where it is there already.

    Relations come after what their ends are decided by.
    """
    ops: list[Op] = []
    begun = gold.begun
    for place in agreements:
        outcome = Outcome("accept", comparison.works[0].annotator, policy=policy)
        if not has_ends(place, gold):
            continue  # an end of the relation was rejected
        found = written(place, outcome, comparison, gold)
        digest, rulings = d.digest_of(place), gold.ruled_on_any(place.subjects)
        ruled = any(one.digest == digest and place.subjects == one.subjects for one in rulings)
        more = {uid for _kind, uid in may_write(place, gold) if uid in gold.standing} - {one.id for one in found}
        if not ruled and (more or any(not _stands(one, gold) for one in found)):
            stated = _stated(place, found, gold)
            gold.take(stated, found)  # relations come last, and find their ends
            ops += stated
    return Edit("agree", (*ops, *begun), gold.article, {"n": len(agreements), "policy": policy}) if ops else None


def agreed_below(place: Place, outcome: Outcome, comparison: Comparison, gold: Gold) -> Edit | None:
    """Make the edit that takes the agreed ends and evidence of what is accepted to gold; None where there are none."""
    below = comparison.agreed_below(place) if outcome.outcome in {"accept", "merge"} else []
    return agree(below, "unanimous", comparison, gold) if below else None


def _stated(place: Place, elements: Sequence[Element], gold: Gold, decision: Decision | None = None) -> list[Op]:
    """Return the writes that leave these elements and this decision at a place and nothing else.

    Where there is none, also one that another copy took is taken away: gold would deny it.
    """
    here = {one.id: _value(one) for one in (*elements, *([decision] if decision else ()))}
    mine = dict.fromkeys(may_write(place, gold))
    dropped = [one for one in gold.ruled_on_any(place.subjects) if ("decision", one.id) not in mine]
    wrote = (
        gold.standing[uid] for one in dropped for uid in one.wrote if uid in gold.standing
    )  # of other subjects too
    made = [(_KINDS[type(one)], one.id) for one in (*gold.made_of_any(place.subjects), *wrote)]
    made += [key for one in dropped if one.kind != "topic" for key in _room(_kind_of(one), one.subjects)]
    made += [("decision", one.id) for one in dropped]
    ops: list[Op] = []
    for kind, uid in dict.fromkeys((*mine, *made)):  # what is not its own was made of what has changed since
        ops += _whole(kind, uid, here[uid], gold) if uid in here else _away(kind, uid, gold)
    gone = [op.id for op in ops if op.id in gold.standing and op.id not in here]
    return [*ops, *(op for op in gold.hanging(list(dict.fromkeys(gone))) if op.id not in here)]


def _stands(one: Element, gold: Gold) -> bool:
    """Say whether an element stands in gold already, by whatever policy."""
    there = gold.standing.get(one.id)
    if isinstance(one, Annotation) and isinstance(there, Annotation):
        return said(one) == said(there) and one.note == there.note
    if isinstance(one, Relation) and isinstance(there, Relation):
        return one[1:7] == there[1:7]
    return there is not None


_KINDS: Mapping[type, str] = {Annotation: "annotation", Relation: "relation", TopicTag: "tag"}


def _kind_of(decision: Decision) -> str:
    """Return what kind of elements a decision writes that is not about a topic."""
    return "relation" if decision.kind == "relation" else "annotation"


def _value(element: Element | Decision) -> dict[str, Any]:
    if isinstance(element, Decision):
        return d.decision_value(element)
    if isinstance(element, Annotation):
        return annotation_value(element)
    if isinstance(element, Relation):
        return relation_value(element)
    return tag_value(element)


_FIELDS = {
    "annotation": ANNOTATION_FIELDS | {"extra"},
    "relation": RELATION_FIELDS | {PROVENANCE},
    "tag": TAG_FIELDS | {"extra"},
    "decision": d.FIELDS,
}
_FIXED = frozenset({"article", "annotator", "topic"})


def _whole(kind: str, uid: str, value: Mapping[str, Any], gold: Gold) -> list[Op]:
    """Return the writes that state all of an element, also where it stood before: no field of it is another's."""
    if (kind, uid) not in gold.known:
        return [Add(kind, uid, value)]
    was, alive = gold.known[kind, uid]
    names = sorted(_FIELDS[kind] - _FIXED)
    return [
        *(Set(kind, uid, name, was.get(name), value.get(name)) for name in names),
        Set(kind, uid, ALIVE, alive, True),
    ]


def _away(kind: str, uid: str, gold: Gold) -> list[Op]:
    """Return the writes that take an element away, and with it state what it was: undo brings back just that."""
    one = gold.standing.get(uid) or gold.decisions.get(uid)
    if one is None:
        return [Set(kind, uid, ALIVE, False, False)]
    was = _value(one)
    names = sorted(_FIELDS[kind] - _FIXED - {"created"})  # that was read from the journal, and is not in the value
    return [*(Set(kind, uid, name, was.get(name), was.get(name)) for name in names), Set(kind, uid, ALIVE, True, False)]


# --- how a difference stands --------------------------------------------------------------------------------------


def state(difference: Difference, gold: Gold, disputed: Iterable[str] = ()) -> str:
    """Return how a difference stands: open, decided, deferred, changed (since it was decided) or disputed."""
    own = gold.decisions.get(d.decision_id(difference))
    if own is None:
        return "changed" if gold.ruled_on_any(difference.subjects) else "open"
    if own.digest != d.digest_of(difference) or any(uid not in gold.standing for uid in own.wrote):
        return "changed"
    if any(one.id not in own.wrote for one in gold.made_of_any(difference.subjects)):
        return "changed"  # in another copy it was decided together with other things
    if own.id in set(disputed):
        return "disputed"
    return "deferred" if own.outcome == "defer" else "decided"

"""What may not be: the only judge of annotations, topics and relations, when editing, painting, exporting, checking.

Rules stop interactive edits only. Merging, undo and imported journals always apply; what then breaks a rule is listed.
What is always so (spans in the text, labels of the scheme) is judged here, and what the scheme demands (`Rule`s of the
kinds below). Some of it an article has to satisfy only when it is finished: see `unfinished`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rubricator.model.comments import Comment
from rubricator.model.relations import Relation
from rubricator.model.scheme import Attribute, RelationType, Rule, Scheme
from rubricator.model.spans import Annotation, Span, TopicTag, crosses, nests, reading_order, touches
from rubricator.model.tokens import blank, inside_grapheme
from rubricator.words import Message, as_line, message

FIXED = (
    "outside",
    "shape",
    "quote",
    "unknown-label",
    "duplicate",
    "unknown-topic",
    "evidence",
    "value",
    "ends",
    "unknown-type",
)
"""Rules that refuse an edit, whatever the scheme."""

NOTED = ("grapheme", "space", "unknown-attribute")
"""Rules that are only noted, since an annotator may ask for exact characters, and files may say more than a scheme."""

QUOTE_MOST = 80
"""Characters of an annotation's words that stand in a reason, on one line."""

PAIR_RULES = ("no-nesting", "only-nesting", "no-overlap", "no-crossing")
"""Kinds of rules of a scheme about two annotations of a layer:

no-nesting: no `inner` label may lie inside an `outer` one; only-nesting: inside an `outer` label only `inner` ones may
lie; no-overlap: `labels` may share no character with each other (nested, crossing, stacked); no-crossing: `labels`
may not overlap without nesting. A list that is missing or empty means every label.
"""

FINISH_RULES = ("some-topic", "topic-demands")
"""Kinds of rules about a finished article:

some-topic: it has a topic; topic-demands: with the `topic`, or one below it in the tree (who writes about a strike
writes about labour), it has an annotation of one of `labels`.
"""

RULE_KINDS = PAIR_RULES + FINISH_RULES

RULE_FIELDS = {
    "no-nesting": "inner outer note",
    "only-nesting": "inner outer note",
    "no-overlap": "labels note",
    "no-crossing": "labels note",
    "some-topic": "note",
    "topic-demands": "topic labels note",
}
"""What the kinds of rules can say."""


class Violation(NamedTuple):
    """One breach: which rule, of which annotation, tag or relation (its id), and why, in words.

    `noted` says that the rule of the scheme asks only for a note.
    """

    rule: str
    subject: str
    why: Message
    name: str = ""
    noted: bool = False

    @property
    def refused(self) -> bool:
        """Say whether an interactive edit that does this is refused."""
        return not self.noted and self.rule not in NOTED


def violations(
    layer: Iterable[Annotation],
    scheme: Scheme,
    text: str,
    *,
    tags: Iterable[TopicTag] = (),
    beside: Mapping[tuple[str, Span], str] | None = None,
    near: Iterable[Annotation] | None = None,
) -> Iterator[Violation]:
    """Yield what is wrong with these annotations and topic tags of one layer.

    `beside` maps (label, span) to the id of annotations of the layer that are not looked at again, and `near` holds
    those of the layer that overlap the ones looked at (by default, these alone are looked at as a whole layer), so
    that judging one edit does not cost the whole layer.
    """
    seen: dict[tuple[str, Span], str] = dict(beside or {})
    looked_at: list[Annotation] = []
    for annotation in layer:
        looked_at.append(annotation)
        yield from span_violations(annotation, text)
        if annotation.label not in scheme.by_name:
            why = message("the scheme has no label “{label}”", label=annotation.label)
            yield Violation("unknown-label", annotation.id, why, annotation.label)
        key = (annotation.label, annotation.span)
        if seen.setdefault(key, annotation.id) != annotation.id:
            why = message("these words already carry {label}", label=annotation.label)
            yield Violation("duplicate", annotation.id, why)
        if annotation.attributes:
            yield from attribute_violations(annotation, scheme)
    yield from _pairs(looked_at, looked_at if near is None else list(near), scheme)
    for tag in tags:
        if tag.topic not in scheme.topics_by_code:
            why = message("the scheme has no topic “{topic}”", topic=tag.topic)
            yield Violation("unknown-topic", tag.id, why, tag.topic)


def wrong_with(
    annotation: Annotation, overlapping: Iterable[Annotation], scheme: Scheme, text: str
) -> Iterator[Violation]:
    """Yield what is wrong with one annotation beside those that overlap it.

    What files say beyond the scheme is left out: that is no slip, and a corpus is full of it.
    """
    others = [one for one in overlapping if one.id != annotation.id]
    beside = {(one.label, one.span): one.id for one in others}
    found = violations([annotation], scheme, text, beside=beside, near=others)
    return (wrong for wrong in found if wrong.rule != "unknown-attribute")


def against_scheme(
    annotation: Annotation,
    near: Iterable[Annotation],
    relations: Iterable[Relation],
    ends: Mapping[str, Annotation],
    scheme: Scheme,
) -> Iterator[Violation]:
    """Yield what of an annotation another scheme might allow: beside those that overlap it, and in its relations.

    What it still has to say counts as well, finished or not.
    """
    yield from attribute_violations(annotation, scheme)
    others = [one for one in near if one.id != annotation.id]
    yield from (one for one in _pairs([annotation], others, scheme) if one.refused)
    yield from relation_violations(relations, ends, scheme)
    yield from _unsaid_violations(annotation, scheme)


def evidence_violations(tags: Iterable[TopicTag], there: Container[str], scheme: Scheme) -> Iterator[Violation]:
    """Yield what is wrong with the evidence of topics; `there` holds the ids of the layer's annotations that stand."""
    for tag in tags:
        for one in tag.evidence:
            if one not in there:
                name = _topic(scheme, tag.topic)
                why = message("what is evidence for the topic “{topic}” is no annotation of this layer", topic=name)
                yield Violation("evidence", tag.id, why, one)
                break


def topic_violations(tags: Iterable[TopicTag], scheme: Scheme) -> Iterator[Violation]:
    """Yield the tags of a layer that give a topic once more: two devices that each give it make two."""
    given: set[str] = set()
    for tag in tags:
        if tag.topic in given:
            why = message("the topic “{topic}” is given twice", topic=_topic(scheme, tag.topic))
            yield Violation("twice", tag.id, why, tag.topic)
        given.add(tag.topic)


def span_violations(annotation: Annotation, text: str) -> Iterator[Violation]:
    """Yield what is wrong with where the annotation lies in its text."""
    last = 0
    for start, end in annotation.span.fragments:
        if not last <= start < end:
            why = message("the fragment {start} to {end} is empty or out of order", start=start, end=end)
            yield Violation("shape", annotation.id, why)
            return
        last = end
    if not annotation.span.fragments or last > len(text):
        why = message("the span ends at {end}, but the text has {length} characters", end=last, length=len(text))
        yield Violation("outside", annotation.id, why)
        return
    quote = annotation.span.quote(text)
    if annotation.quote and annotation.quote != quote:
        why = message("its quote says “{quote}”, the text says “{found}”", quote=annotation.quote, found=quote)
        yield Violation("quote", annotation.id, why)
    if annotation.exact:
        return
    for start, end in annotation.span.fragments:
        if blank(text, start) or blank(text, end - 1):
            yield Violation("space", annotation.id, message("there is white space at its border"))
        if inside_grapheme(text, start) or inside_grapheme(text, end):
            yield Violation("grapheme", annotation.id, message("its border cuts a character in two"))


# --- attributes ---------------------------------------------------------------------------------------------------


def attribute_violations(annotation: Annotation, scheme: Scheme) -> Iterator[Violation]:
    """Yield what is wrong with what an annotation says beside its label."""
    for name, value in annotation.attributes.items():
        attribute = scheme.attributes_by_name.get(name)
        if attribute is None or not attribute.of(annotation.label):
            why = message("{label} has no attribute “{name}”", label=_title(scheme, annotation), name=name)
            yield Violation("unknown-attribute", annotation.id, why, name)
        elif value is not None and not attribute.fits(value):  # none says nothing
            yield Violation("value", annotation.id, _wrong_value(attribute, value), name)


def _wrong_value(attribute: Attribute, value: object) -> Message:
    match attribute.kind:
        case "choice" | "choices":
            values = ", ".join(attribute.values)
            return message(
                "“{value}” is no value of {name}: {values}", value=value, name=attribute.title, values=values
            )
        case "number":
            return message("{name} is a number, not “{value}”", name=attribute.title, value=value)
        case "flag":
            return message("{name} is yes or no, not “{value}”", name=attribute.title, value=value)
        case _:
            return message("{name} is text, not “{value}”", name=attribute.title, value=value)


# --- rules about two annotations ----------------------------------------------------------------------------------


def forbids(scheme: Scheme, label: str, span: Span, overlapping: Sequence[Annotation]) -> bool:
    """Say whether a rule about two would refuse a new annotation beside those that overlap it."""
    if not overlapping or not has_pair_rules(scheme):
        return False
    new = Annotation("", overlapping[0].article, overlapping[0].annotator, label, span)
    return any(found.refused for found in _pairs([new], overlapping, scheme))


def has_pair_rules(scheme: Scheme) -> bool:
    """Say whether annotations have to be judged beside those they overlap."""
    return any(rule.kind in PAIR_RULES for rule in scheme.rules)


def _pairs(looked_at: Sequence[Annotation], near: Sequence[Annotation], scheme: Scheme) -> Iterator[Violation]:
    rules = [(n, rule) for n, rule in enumerate(scheme.rules, 1) if rule.kind in PAIR_RULES]
    if not rules:
        return
    told: set[tuple[str, frozenset[str]]] = set()
    ids = {annotation.id for annotation in looked_at}
    for one, other in _overlapping([*looked_at, *(each for each in near if each.id not in ids)]):
        if one.id not in ids and other.id not in ids:
            continue
        for n, rule in rules:
            why = _breaks(rule, one, other, scheme)
            key = (rule.id, frozenset((one.id, other.id)))
            if why is not None and key not in told:
                told.add(key)
                words = message("{why} (rule {n})", why=why, n=n)
                named = next(each for each in _inner_first(one, other) if each.id in ids)
                yield Violation(rule.kind, named.id, words, rule.id, noted=bool(rule.values.get("note")))


def _inner_first(one: Annotation, other: Annotation) -> tuple[Annotation, Annotation]:
    """Put the inner of two first where one lies in the other: mostly it is what has to go."""
    return (other, one) if nests(other.span, one.span) and not nests(one.span, other.span) else (one, other)


def _overlapping(annotations: Sequence[Annotation]) -> Iterator[tuple[Annotation, Annotation]]:
    """Yield the pairs that share a character, each once."""
    open_ones: list[Annotation] = []
    for annotation in sorted(annotations, key=reading_order):
        open_ones = [other for other in open_ones if other.end > annotation.start]
        for other in open_ones:
            if touches(other.span, annotation.span):
                yield other, annotation
        open_ones.append(annotation)


def _breaks(rule: Rule, one: Annotation, other: Annotation, scheme: Scheme) -> Message | None:
    for inner, outer in ((one, other), (other, one)):
        inside = nests(inner.span, outer.span)
        names = {"inner": _title(scheme, inner), "outer": _title(scheme, outer)}
        if rule.kind == "no-nesting" and inside and _in(inner, rule, "inner") and _in(outer, rule, "outer"):
            return message("{inner} may not lie inside {outer}", **names)
        if rule.kind == "only-nesting" and inside and _in(outer, rule, "outer") and not _in(inner, rule, "inner"):
            return message("{inner} may not lie inside {outer}", **names)
    if not (_in(one, rule, "labels") and _in(other, rule, "labels")):
        return None
    names = {"one": _title(scheme, one), "other": _title(scheme, other)}
    if rule.kind == "no-overlap":
        return message("{one} and {other} may not overlap", **names)
    if rule.kind == "no-crossing" and crosses(one.span, other.span):
        return message("{one} and {other} may not cross", **names)
    return None


def _in(annotation: Annotation, rule: Rule, key: str) -> bool:
    labels = _labels(rule, key)
    return not labels or annotation.label in labels


def _labels(rule: Rule, key: str) -> list[str]:
    found = rule.values.get(key)
    return [label for label in found if isinstance(label, str)] if isinstance(found, list | tuple) else []


def _title(scheme: Scheme, annotation: Annotation) -> str:
    label = scheme.by_name.get(annotation.label)
    return label.title if label else annotation.label


# --- a finished article -------------------------------------------------------------------------------------------


def unfinished(layer: Iterable[Annotation], tags: Iterable[TopicTag], scheme: Scheme) -> Iterator[Violation]:
    """Yield what a layer still lacks before its article can be finished: required attributes, topics, labels."""
    required = any(attribute.required for attribute in scheme.attributes)
    labels: set[str] = set()
    for annotation in layer:
        labels.add(annotation.label)
        if required:
            yield from _unsaid_violations(annotation, scheme)
    topics = {tag.topic for tag in tags}
    for n, rule in enumerate(scheme.rules, 1):
        if (lack := _lacks(rule, labels, topics, scheme)) is not None:
            words = message("{why} (rule {n})", why=lack, n=n)
            yield Violation(rule.kind, "", words, rule.id, noted=bool(rule.values.get("note")))


def _unsaid_violations(annotation: Annotation, scheme: Scheme) -> Iterator[Violation]:
    for attribute in unsaid(annotation, scheme):
        yield Violation("required", annotation.id, does_not_say(annotation, attribute), attribute.name)


def does_not_say(annotation: Annotation, attribute: Attribute) -> Message:
    """Say that an annotation does not say an attribute."""
    return message("“{quote}” does not say {name}", quote=as_line(annotation.quote, QUOTE_MOST), name=attribute.title)


def unsaid(annotation: Annotation, scheme: Scheme) -> list[Attribute]:
    """Return the attributes that an annotation has to say, and does not."""
    return [
        attribute
        for attribute in scheme.attributes_of(annotation.label)
        if attribute.required and annotation.attributes.get(attribute.name) is None
    ]


def _lacks(rule: Rule, labels: set[str], topics: set[str], scheme: Scheme) -> Message | None:
    if rule.kind == "some-topic" and not topics:
        return message("the article has no topic")
    topic = rule.values.get("topic")
    if rule.kind == "topic-demands" and isinstance(topic, str):
        given = topic if topic in topics else _below(topic, topics, scheme)
        wanted = _labels(rule, "labels")
        if given and wanted and labels.isdisjoint(wanted):
            titles = [scheme.by_name[label].title if label in scheme.by_name else label for label in wanted]
            words = {"topic": _topic(scheme, given), "labels": ", ".join(titles)}
            if given == topic:
                return message("the topic {topic} asks for {labels}", **words)
            above = _topic(scheme, topic)
            return message("the topic {topic}, which is below {above}, asks for {labels}", above=above, **words)
    return None


def _below(topic: str, topics: set[str], scheme: Scheme) -> str:
    """Return which of these topics stands below one; the same one each time."""
    return next((code for code in sorted(topics) if topic in scheme.topic_codes_above(code)), "")


def _topic(scheme: Scheme, code: str) -> str:
    return scheme.topics_by_code[code].name if code in scheme.topics_by_code else code


# --- links --------------------------------------------------------------------------------------------------------


def entity_violations(annotations: Iterable[Annotation], listed: Container[str]) -> Iterator[Violation]:
    """Yield the annotations that link to an entity that is not `listed` (ids): merging may have taken it off."""
    for annotation in annotations:
        if annotation.entity and annotation.entity not in listed:
            why = message(
                "“{quote}” links to an entity that is not on the list", quote=as_line(annotation.quote, QUOTE_MOST)
            )
            yield Violation("entity", annotation.id, why)


def comment_violations(
    comments: Sequence[Comment], annotations: Container[str], said: Container[str]
) -> Iterator[Violation]:
    """Yield what is wrong with the comments of a layer.

    `annotations` holds the ids of all annotations and decisions, `said` those of all comments that were ever in it: a
    comment stays where what it is on, or answers, was deleted.
    """
    answers = {comment.id: comment.reply_to for comment in comments}
    for comment in comments:
        words = comment.text[:80]
        if comment.on and comment.on not in annotations:
            why = message("the comment “{words}” is on no annotation of its layer", words=words)
            yield Violation("comment", comment.id, why)
        elif comment.reply_to and comment.reply_to not in said:
            yield Violation("comment", comment.id, message("the comment “{words}” answers none", words=words))
        elif _answers_itself(comment.id, answers):
            yield Violation("comment", comment.id, message("the comment “{words}” answers itself", words=words))


def _answers_itself(comment: str, answers: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    above = answers[comment]
    while above in answers and above not in seen:
        if above == comment:
            return True
        seen.add(above)
        above = answers[above]
    return False


def version_violations(annotations: Iterable[Annotation], scheme: Scheme) -> Iterator[Violation]:
    """Yield the annotations that say they were made under a version of the scheme that is still to come."""
    for annotation in annotations:
        if annotation.scheme > scheme.version:
            why = message(
                "“{quote}” was made under version {version} of the scheme, which has come to {latest}",
                quote=as_line(annotation.quote, QUOTE_MOST),
                version=annotation.scheme,
                latest=scheme.version,
            )
            yield Violation("version", annotation.id, why)


# --- relations ----------------------------------------------------------------------------------------------------


def relations_between(source: str, target: str, scheme: Scheme) -> list[RelationType]:
    """Return the types of relations that may lead from an annotation with the one label to one with the other."""
    return [kind for kind in scheme.relations if _may_join(kind, source, target)]


def may_relate(label: str, scheme: Scheme) -> bool:
    """Say whether any relation may begin or end at an annotation with this label."""
    return any(not ends or label in ends for kind in scheme.relations for ends in (kind.sources, kind.targets))


def _may_join(kind: RelationType, source: str, target: str) -> bool:
    return kind.joins(source, target) or (kind.symmetric and kind.joins(target, source))


def relation_violations(
    relations: Iterable[Relation], ends: Mapping[str, Annotation], scheme: Scheme
) -> Iterator[Violation]:
    """Yield what is wrong with relations; `ends` holds the annotations of their layer that stand, by id."""
    seen: dict[tuple[str, frozenset[str] | tuple[str, str]], str] = {}
    for relation in relations:
        source, target = ends.get(relation.source), ends.get(relation.target)
        kind = scheme.relations_by_name.get(relation.label)
        if source is None or target is None:
            yield Violation("ends", relation.id, message("one of its ends is not there"))
            continue
        if source.id == target.id:
            yield Violation("ends", relation.id, message("it leads back to where it begins"))
            continue
        if kind is None:
            why = message("the scheme has no relation “{label}”", label=relation.label)
            yield Violation("unknown-type", relation.id, why, relation.label)
            continue
        if not _may_join(kind, source.label, target.label):
            why = message(
                "{relation} may not lead from {source} to {target}",
                relation=kind.title,
                source=_title(scheme, source),
                target=_title(scheme, target),
            )
            yield Violation("ends", relation.id, why, relation.label)
        both = (relation.source, relation.target)
        key = (relation.label, frozenset(both) if kind.symmetric else both)
        if seen.setdefault(key, relation.id) != relation.id:
            yield Violation("duplicate", relation.id, message("this relation is there already"))

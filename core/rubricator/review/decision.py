"""What a reviewer settles about a difference: an outcome, and the decision that is kept of it in the gold layer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from rubricator.model.comments import Comment
from rubricator.model.folding import fold
from rubricator.model.ids import named_id
from rubricator.model.relations import Relation
from rubricator.model.spans import NOTHING, Annotation, Span
from rubricator.review.difference import Element, Place
from rubricator.review.pair import plain, said

OUTCOMES = ("accept", "edit", "merge", "reject", "defer")


@dataclass(frozen=True)
class Outcome:
    """What becomes of a difference.

    accept: what a layer (`side`, its annotator's id) says goes to gold; edit: an annotation with this label, span,
    attributes and entity; merge: the union of what all say; reject: nothing goes to gold; defer: it stays open, out of
    the way. `reason` says why, `guideline` what of the scheme it refers to: the name of a label or of a type of
    relations, or the code of a topic. `policy` says which rule chose it, where no person did.
    """

    outcome: str
    side: str = ""
    edited: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    reason: str = ""
    guideline: str = ""
    policy: str = ""

    def because(self, reason: str, guideline: str = "") -> Outcome:
        """Return the outcome with its reason, and the guideline that it refers to."""
        return replace(self, reason=reason, guideline=guideline)


def accept(annotator: str) -> Outcome:
    """Take what an annotator (by id) says."""
    return Outcome("accept", annotator)


def edit(label: str, span: Span, attributes: Mapping[str, Any] = NOTHING, entity: str = "", note: str = "") -> Outcome:
    """Take an annotation that no layer has."""
    value: dict[str, Any] = {"label": label, "fragments": [list(fragment) for fragment in span.fragments]}
    value |= {"attributes": dict(attributes)} if attributes else {}
    value |= {name: words for name, words in (("entity", entity), ("note", note)) if words}
    return Outcome("edit", edited=value)


MERGE = Outcome("merge")
REJECT = Outcome("reject")
DEFER = Outcome("defer")


class Decision(NamedTuple):
    """A decision as it is kept, an element of the gold layer.

    `subjects` are the ids of what was judged, `digest` is made of what they said then; `layers` names the annotators
    that were compared, `source` the one whose side was accepted; `wrote` the ids of what went to gold. `words` is what
    it is about, folded (`words_of`): the same words elsewhere find it.
    """

    id: str
    article: str
    annotator: str
    outcome: str
    subjects: tuple[str, ...]
    kind: str
    digest: str
    by: str
    at: str
    layers: tuple[str, ...] = ()
    source: str = ""
    wrote: tuple[str, ...] = ()
    edited: Mapping[str, Any] = NOTHING
    reason: str = ""
    guideline: str = ""
    policy: str = ""
    words: str = ""
    extra: Mapping[str, Any] = NOTHING

    def as_outcome(self) -> Outcome:
        """Return the outcome that can be applied again."""
        return Outcome(self.outcome, self.source, self.edited, self.reason, self.guideline, self.policy)


_WORDS = ("article", "annotator", "outcome", "kind", "digest", "by", "at", "reason", "guideline", "policy", "words")
_LISTS = ("subjects", "layers", "wrote")
FIELDS = frozenset((*_WORDS, *_LISTS, "from", "edited"))


def decision_from(element: str, value: Mapping[str, Any]) -> Decision:
    """Make the decision of an element; what a file left out is empty."""
    lists = {name: tuple(map(str, found)) for name in _LISTS if isinstance(found := value.get(name), list)}
    edited = value.get("edited")
    known: dict[str, Any] = {name: str(value.get(name) or "") for name in _WORDS}
    return Decision(
        element,
        **{"subjects": (), **known, **lists},
        source=str(value.get("from") or ""),
        edited=edited if isinstance(edited, Mapping) else NOTHING,
        extra={name: item for name, item in value.items() if name not in FIELDS} or NOTHING,
    )


def decision_value(decision: Decision) -> dict[str, Any]:
    """Return a decision as the value of its element; what is empty is left out."""
    value: dict[str, Any] = {name: getattr(decision, name) for name in _WORDS}
    value |= {name: list(getattr(decision, name)) for name in _LISTS}
    value |= {"from": decision.source, "edited": dict(decision.edited)}
    return {**{name: item for name, item in value.items() if item}, **decision.extra}


def decision_id(place: Place) -> str:
    """Return the id of the decision on a difference: one, whoever takes it, in every copy."""
    return named_id(_DECISIONS, place.id)


_DECISIONS = "0f7c5a6e-3d1b-5e57-9a34-7f4f6f8d2c55"


_WORDS_MOST = 240
"""Code points of the words by which a decision is found: what is longer says nothing of other places."""


def words_of(place: Place) -> str:
    """Return the longest words that are annotated at a place, folded; nothing where none are, or too many."""
    words = fold(max((one.quote for one in place.annotations), key=lambda quote: (len(quote), quote), default=""))
    return words if len(words) <= _WORDS_MOST else ""


def digest_of(place: Place) -> str:
    """Return a digest of what is said at a place: another one as soon as somebody says it otherwise."""
    words = plain(sorted([one.id, _content(one)] for one in place.elements))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _content(element: Element) -> str:
    if isinstance(element, Annotation):
        return plain(said(element))
    if isinstance(element, Relation):
        return plain([element.label, element.source, element.target, dict(element.attributes)])
    return element.topic


TAKING = "to"
"""Where an answer (a comment on a decision) says which taking of the decision it is about."""


def taking_of(decision: Decision | None) -> str:
    """Return what tells a decision that was taken anew from what it was before; nothing where there is none."""
    return f"{decision.by} {decision.at}" if decision else ""


def disputed(decision: Decision, answers: Sequence[Comment]) -> bool:
    """Say whether somebody's last answer to a decision, as it stands, is a dispute."""
    taking = taking_of(decision)
    last = {one.by: one.extra.get("answer") for one in answers if one.extra.get(TAKING) == taking}
    return "dispute" in last.values()

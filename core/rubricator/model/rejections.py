"""Rejections: what was suggested in a layer and is not wanted there. Elements of the layer, like annotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from rubricator.model.edits import Add, Edit, Op
from rubricator.model.ids import named_id
from rubricator.model.spans import Annotation, Span

_REJECTIONS = "0f2a6e57-5d0b-5c1e-9a0e-61b7f0d3c2a4"

SUGGESTED = frozenset({"repeat", "memory", "list", "rule"})
"""The origins of annotations that were suggested and accepted."""


class Rejection(NamedTuple):
    """A label that was suggested for a span of an article and rejected; `source` says whose suggestion it was."""

    article: str
    annotator: str
    span: Span
    label: str
    source: str = ""

    @property
    def id(self) -> str:
        """The id of its element: the same for the same place and label, so that rejecting twice is rejecting once."""
        places = ",".join(f"{start}-{end}" for start, end in self.span.fragments)
        return named_id(_REJECTIONS, self.article, self.annotator, places, self.label)


def rejection_from(value: Mapping[str, Any]) -> Rejection:
    """Make the rejection of an element's value."""
    span = Span(tuple((start, end) for start, end in value["fragments"]))
    return Rejection(value["article"], value["annotator"], span, value["label"], value.get("source") or "")


def rejection_value(rejection: Rejection) -> dict[str, Any]:
    """Return a rejection as the value of its element; never the words, which are in the text."""
    return {
        "article": rejection.article,
        "annotator": rejection.annotator,
        "label": rejection.label,
        "fragments": [list(fragment) for fragment in rejection.span.fragments],
        "source": rejection.source,
    }


def reject(rejections: Iterable[Rejection], *more: Op) -> Edit:
    """Make the edit that rejects suggestions (of one article), and writes `more` with them."""
    rejected = tuple(rejections)
    ops = tuple(map(rejects, rejected))
    return Edit("reject", ops + more, rejected[0].article, {"label": rejected[0].label, "n": len(rejected)})


def after_all(gone: Iterable[Annotation]) -> Iterator[Add]:
    """Yield the writes that go with what was suggested and is deleted or relabelled: it is rejected after all."""
    for one in gone:
        if one.origin in SUGGESTED and len(one.span.fragments) == 1:
            yield rejects(Rejection(one.article, one.annotator, one.span, one.label, one.origin))


def of_place(annotation: Annotation) -> str:
    """Return the id that a rejection of such an annotation has: who labels it there takes that back."""
    return Rejection(annotation.article, annotation.annotator, annotation.span, annotation.label).id


def rejects(rejection: Rejection) -> Add:
    """Return the write that rejects a suggestion."""
    return Add("rejection", rejection.id, rejection_value(rejection))

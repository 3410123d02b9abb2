"""What may not be: the only judge of annotations, used when editing, painting, exporting and checking.

Rules stop interactive edits only. Merging, undo and imported journals always apply; what then breaks a rule is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rubricator.model.scheme import Scheme
from rubricator.model.spans import Annotation, Span, TopicTag
from rubricator.model.tokens import blank, inside_grapheme
from rubricator.words import Message, message

FIXED = ("outside", "shape", "quote", "unknown-label", "duplicate", "unknown-topic")
"""Rules that refuse an edit."""

NOTED = ("grapheme", "space")
"""Rules that are only noted, since an annotator may ask for exact characters."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One breach: which rule, of which annotation or tag (its id), and why, in words."""

    rule: str
    subject: str
    why: Message
    name: str = ""

    @property
    def refused(self) -> bool:
        """Say whether an interactive edit that does this is refused."""
        return self.rule not in NOTED


def violations(
    layer: Iterable[Annotation],
    scheme: Scheme,
    text: str,
    *,
    tags: Iterable[TopicTag] = (),
    beside: Mapping[tuple[str, Span], str] | None = None,
) -> Iterator[Violation]:
    """Yield what is wrong with these annotations and topic tags of one layer.

    `beside` maps (label, span) to the id of annotations of the layer that are not looked at again, so that judging
    one edit does not cost the whole layer.
    """
    seen: dict[tuple[str, Span], str] = dict(beside or {})
    for annotation in layer:
        yield from span_violations(annotation, text)
        if annotation.label not in scheme.by_name:
            why = message("the scheme has no label “{label}”", label=annotation.label)
            yield Violation("unknown-label", annotation.id, why, annotation.label)
        key = (annotation.label, annotation.span)
        if seen.setdefault(key, annotation.id) != annotation.id:
            why = message("these words already carry {label}", label=annotation.label)
            yield Violation("duplicate", annotation.id, why)
    for tag in tags:
        if tag.topic not in scheme.topics_by_code:
            why = message("the scheme has no topic “{topic}”", topic=tag.topic)
            yield Violation("unknown-topic", tag.id, why, tag.topic)


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

"""Spans and annotations as values, and how spans lie to each other. All offsets are code points, half-open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

Fragment = tuple[int, int]
"""`(start, end)`: code points, half-open."""

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One or more fragments `[start, end)` of an article's text, ordered and disjoint."""

    fragments: tuple[Fragment, ...]

    @classmethod
    def of(cls, start: int, end: int) -> Span:
        """Make a span of a single fragment."""
        return cls(((start, end),))

    @property
    def start(self) -> int:
        """Where the first fragment starts."""
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        """Where the last fragment ends."""
        return self.fragments[-1][1]

    def __len__(self) -> int:
        return sum([end - start for start, end in self.fragments])

    def quote(self, text: str) -> str:
        """Return the words of the span; fragments are joined by ` … `."""
        if len(self.fragments) == 1:
            ((start, end),) = self.fragments
            return text[start:end]
        return quote(text, self.fragments)


QUOTE_JOIN = " … "


def quote(text: str, fragments: Iterable[Sequence[int]]) -> str:
    """Return the words under the fragments of a span."""
    return QUOTE_JOIN.join([text[start:end] for start, end in fragments])


class Stamp(NamedTuple):
    """Who did something and when (`at`: ISO 8601 in UTC, ending in `Z`)."""

    by: str
    at: str


class Annotation(NamedTuple):
    """A labelled span in the layer of one annotator on one article.

    `article` and `annotator` are ids; `quote` equals the text under the span; `exact` says that the annotator asked for
    exact characters; `scheme` is the version of the scheme under which it was made or last looked at, and `seen` names
    the changes of the scheme that ask to look at its label again and that were known then; `extra` keeps unknown keys
    of an import. (A named tuple, because an article may have 100,000 of them: a frozen dataclass takes five times as
    long to make.)
    """

    id: str
    article: str
    annotator: str
    label: str
    span: Span
    quote: str = ""
    attributes: Mapping[str, Any] = NOTHING
    note: str = ""
    entity: str = ""
    score: float | None = None
    origin: str = "manual"
    scheme: int = 0
    seen: tuple[str, ...] = ()
    exact: bool = False
    created: Stamp | None = None
    modified: Stamp | None = None
    extra: Mapping[str, Any] = NOTHING

    @property
    def start(self) -> int:
        """Where the span starts."""
        return self.span.start

    @property
    def end(self) -> int:
        """Where the span ends."""
        return self.span.end

    def but(self, **changes: Any) -> Annotation:
        """Return a copy with these fields changed."""
        return self._replace(**changes)


class TopicTag(NamedTuple):
    """A topic given to a whole article in the layer of one annotator; `evidence` holds annotation ids."""

    id: str
    article: str
    annotator: str
    topic: str
    note: str = ""
    evidence: tuple[str, ...] = ()
    extra: Mapping[str, Any] = NOTHING


class Zone(NamedTuple):
    """A part of an article's anatomy: headline, byline, dateline, lead, repeat or boilerplate."""

    kind: str
    start: int
    end: int


class Article(NamedTuple):
    """What is known of an article besides its text, which is addressed by `digest` (SHA-256 of its UTF-8)."""

    id: str
    digest: str
    title: str = ""
    meta: Mapping[str, Any] = NOTHING
    zones: tuple[Zone, ...] = ()
    cluster: str = ""
    extra: Mapping[str, Any] = NOTHING


def nests(inner: Span, outer: Span) -> bool:
    """Say whether every fragment of `inner` lies inside the hull of `outer` and the two differ."""
    return inner != outer and outer.start <= inner.start and inner.end <= outer.end


def crosses(a: Span, b: Span) -> bool:
    """Say whether the hulls overlap without either containing the other."""
    first, second = sorted((a, b), key=lambda span: (span.start, span.end))
    return first.start < second.start < first.end < second.end


def cuts(a: Span, b: Span) -> bool:
    """Say whether a fragment of one crosses a fragment of the other: “South Korea” does not cut “North … Korea”."""
    return any(crosses(Span.of(*one), Span.of(*other)) for one in a.fragments for other in b.fragments)


def touches(a: Span, b: Span) -> bool:
    """Say whether the two spans share at least one character."""
    return any(s < f and t < e for s, e in a.fragments for t, f in b.fragments)


def reading_order(annotation: Annotation) -> tuple[int, int, str, str]:
    """Sort key: by start, the longer first, then label and id."""
    fragments = annotation.span.fragments
    return fragments[0][0], -fragments[-1][1], annotation.label, annotation.id


def merged_fragments(fragments: Iterable[Fragment]) -> tuple[Fragment, ...]:
    """Return the fragments ordered, with those that overlap or touch joined."""
    joined: list[Fragment] = []
    for start, end in sorted(fragments):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)

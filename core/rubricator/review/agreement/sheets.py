"""What the measures are given: an article with what each annotator says of it, as far as that is finished."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rubricator.model.spans import NOTHING, Annotation, Fragment


@dataclass(frozen=True, slots=True)
class Who:
    """An annotator, by id and name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one annotator says of an article that they have finished; it may be that there is nothing in it."""

    annotations: Sequence[Annotation] = ()
    topics: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article: its text, what was said of it by annotator (by id), in which week; and who was not asked about it."""

    article: str
    text: str
    layers: Mapping[str, Said] = field(default_factory=lambda: NOTHING)
    week: str = ""
    not_asked: frozenset[str] = frozenset()


def units(annotations: Iterable[Annotation]) -> dict[str, list[Fragment]]:
    """Return the fragments of annotations by label."""
    found: dict[str, list[Fragment]] = {}
    for annotation in annotations:
        found.setdefault(annotation.label, []).extend(annotation.span.fragments)
    return found


def week_of(annotations: Iterable[Annotation]) -> str:
    """Return the week (ISO 8601, as in 2026-W48) in which the last of these was made or changed; "" where none says."""
    stamps = (stamp.at for one in annotations for stamp in (one.created, one.modified) if stamp and stamp.at)
    latest = max(stamps, default="")
    try:
        year, week, _day = date.fromisoformat(latest[:10]).isocalendar()
    except ValueError:  # a file that was merged may say anything
        return ""
    return f"{year}-W{week:02}"

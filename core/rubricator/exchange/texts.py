"""Which articles hold some words in their texts, as work for a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rubricator.exchange.progress import Progress
from rubricator.project import Project
from rubricator.settings import Me

_OF = 100


def texts_work(project: Path, me: Me, wanted: Sequence[str], progress: Progress) -> dict[str, frozenset[int]]:
    """Return for each of some words the local numbers of the articles that hold them in their texts."""
    found: dict[str, frozenset[int]] = {}
    with Project.open(project, me) as opened, opened.snapshot():
        for n, words in enumerate(wanted):
            numbers: set[int] = set()
            for share, some in opened.rows.holding(words):
                numbers |= some
                progress(round((n + share) * _OF), len(wanted) * _OF)
            found[words] = frozenset(numbers)
    return found

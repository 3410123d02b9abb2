"""The queue of a whole corpus: a large one is compared by two processes, each of which takes a half of the articles."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from rubricator.exchange.beside import Beside
from rubricator.exchange.differences import Found, gather
from rubricator.exchange.progress import Progress, silent
from rubricator.project import Project
from rubricator.settings import Me

_ALONE = 2_000
"""Of so many articles one process makes the queue as soon as a second one would be there to help."""


def half_work(project: Path, me: Me, annotators: Sequence[str], part: tuple[int, int], progress: Progress) -> Found:
    """Compare the layers of a part of the corpus (which, of how many)."""
    with Project.open(project, me) as opened:
        return gather(opened, annotators, part, progress)


def queue_work(project: Path, me: Me, annotators: Sequence[str], progress: Progress) -> Found:
    """Compare the layers of the whole corpus."""
    with Project.open(project, me) as opened:
        return gather_all(opened, annotators, progress)


def gather_all(project: Project, annotators: Sequence[str], progress: Progress = silent) -> Found:
    """Compare the layers of the whole corpus, with another process beside this one where that is worth it."""
    total = project.rows.count_articles()
    if total <= _ALONE or (os.cpu_count() or 1) < 2:
        return gather(project, annotators, progress=progress)
    with Beside(half_work, (project.path, project.me, annotators, (1, 2))) as other:

        def both(done: int, _half: int) -> None:
            progress(min(done + other.done, total), total)

        mine = gather(project, annotators, (0, 2), both)
        theirs: Found = other.result()
    return Found(mine.articles + theirs.articles, mine.agreements + theirs.agreements, [*mine.waiting, *theirs.waiting])

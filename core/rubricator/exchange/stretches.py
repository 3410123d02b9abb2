"""A large corpus is exported by several processes: each writes a stretch of it and reads that back.

What they wrote is put together, byte for byte the file that one process writes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from rubricator import formats
from rubricator.exchange.beside import Beside
from rubricator.exchange.corpus import Counts
from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.progress import Progress
from rubricator.exchange.selection import Selection
from rubricator.exchange.wrote import Wrote
from rubricator.formats.base import Divisible, Header, Writer
from rubricator.project import Project
from rubricator.settings import Me
from rubricator.store.base import Fingerprint
from rubricator.store.whole import Stretch

LEAST = 2_000
"""Articles that are worth a process."""
MOST = 4
"""Processes, on however many processors."""
_OFTEN = 0.05
"""Seconds between two looks at how far the others are."""
_PIECE = 1 << 22


def stretch_work(
    project: Path,
    me: Me,
    seen: Fingerprint,
    options: ExportOptions,
    header: Header,
    stretch: Stretch,
    out: Path,
    progress: Progress,
) -> Counts | OSError | None:
    """Write a stretch as a file of its own and read it back; None where this process does not see the same state.

    What the system refuses is for the one who asked: they know the name of the file.
    """
    progress(0, 0)
    with Project.open(project, me) as opened, opened.snapshot():
        if opened.fingerprint() != seen:
            return None
        writer = formats.writer(options.format)
        selection = Selection(opened, options, all_layers=writer.all_layers)
        records = partial(selection.records, stretch=stretch)
        try:
            return Wrote(writer, options.write, records, stretch[1], progress).to(out, header)
        except OSError as error:
            return error


def write_stretches(
    project: Project, options: ExportOptions, writer: Writer, header: Header, out: Path, progress: Progress
) -> Counts | None:
    """Write a file by several processes, in the caller's `project.snapshot()`; None where one alone has to do it.

    That is so for a small corpus, for a format whose articles do not stand alone, where there is one processor,
    and where another program wrote to the project since the snapshot was begun: who opens it now sees another state.
    """
    total = project.rows.count_articles()
    several = min(os.cpu_count() or 1, MOST, total // LEAST)
    if several < 2 or not isinstance(writer, Divisible):
        return None
    size = -(-total // several)
    counts = Counts()
    with TemporaryDirectory(prefix=".stretches-", dir=out.parent, ignore_cleanup_errors=True) as folder:
        files = [Path(folder) / f"{n}" for n in range(several)]
        common = (project.path, project.me, project.fingerprint(), options, header)
        with ExitStack() as stack:
            works = [Beside(stretch_work, (*common, (n * size, size), file)) for n, file in enumerate(files)]
            waiting = [stack.enter_context(work) for work in works]
            while waiting:
                progress(sum(work.done for work in works), 2 * size * several)
                ended = [work for work in waiting if work.ended(_OFTEN / len(waiting))]
                for work in ended:
                    made: Counts | OSError | None = work.result()
                    if made is None:
                        return None
                    if isinstance(made, OSError):
                        raise made
                    counts.join(made)
                    waiting.remove(work)
        _put_together(files, len(writer.head(header)), partial(progress, 1, 1))
        files[0].replace(out)
    return counts


def _put_together(files: Sequence[Path], head: int, tick: Callable[[], None]) -> None:
    """Put all files behind the first one, without their heads; they go one by one, for the room they take."""
    with files[0].open("ab") as whole:
        for file in files[1:]:
            with file.open("rb") as more:
                more.seek(head)
                while piece := more.read(_PIECE):
                    tick()
                    whole.write(piece)
            file.unlink()

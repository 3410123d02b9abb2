"""An import that is looked at first: what would come of it, and how files read whose encoding is a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions, ImportReport
from rubricator.exchange.incoming import import_files
from rubricator.exchange.progress import Progress, counted, silent
from rubricator.exchange.sources import find_sources
from rubricator.formats.files import opened
from rubricator.model.text import decode
from rubricator.project import Project

_PEEK = 64_000
"""Bytes of a file that are looked at to see how it would read."""

_SAYS = re.compile(rb"\s*(<|\{|\[\s*[\[{\"\]])")
"""How XML begins, which says its encoding itself, and JSON, which has but one."""


@dataclass(frozen=True)
class Guess:
    """A file whose encoding is a guess: what is imported, the guess, and the bytes that its text begins with."""

    path: Path
    encoding: str
    head: bytes


@dataclass(frozen=True)
class Look:
    """What an import would do (or, unless the report is dry, did), and the encodings that are guesses.

    `trouble` is why nothing would come in, where that may be for a guess that is wrong.
    """

    report: ImportReport
    guesses: tuple[Guess, ...] = ()
    trouble: UserError | None = None


def look_over(project: Project, sources: Sequence[Path], options: ImportOptions, progress: Progress = silent) -> Look:
    """Import what leaves nothing to decide or to tell; of all else say what would come of it.

    Plain text that is UTF-8 comes in at once: no question stands between the file and its article.
    """
    files = find_sources(sources, options.format).files
    guesses = tuple(_guesses(files, progress))
    asking = replace(options, ask=True, dry_run=options.dry_run or bool(guesses))
    try:
        report, _change = import_files(project, sources, asking, progress)
    except UserError as error:
        if not guesses:
            raise
        return Look(ImportReport(dry=True), guesses, error)
    return Look(report, guesses)


def _guesses(files: Sequence[tuple[Path, str]], progress: Progress) -> Iterator[Guess]:
    for path, _key in counted(files, 0, progress):
        guess = _guess(path)
        if guess is not None:
            yield guess


def _guess(path: Path) -> Guess | None:
    """Return how a file would be read where that is a guess; what cannot be read is told by the import itself."""
    beside = path.with_suffix(".txt")
    read = beside if path.suffix.lower() == ".ann" and beside.exists() else path
    try:
        with opened(read) as file:
            head = file.read(_PEEK)
        if _SAYS.match(head):
            return None
        if len(head) == _PEEK:  # the end of the piece may cut a character in two: that is no reason to guess
            head = head[: head.rfind(b"\n") + 1] or head
        decoded = decode(head, path.name)
    except (OSError, UserError):
        return None
    return Guess(path, decoded.encoding, head) if decoded.guessed else None


def encoded(options: ImportOptions, guesses: Sequence[Guess], encoding: str) -> ImportOptions:
    """Return the options with this encoding for the guessed files alone: the others said what they are."""
    return replace(options, encodings=dict.fromkeys((guess.path for guess in guesses), encoding))

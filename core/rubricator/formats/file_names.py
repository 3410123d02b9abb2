"""Names for the files of a folder: safe on every system, in the order of the articles, and a little of their titles."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from rubricator.formats.base import Record

_STEM = re.compile("[0-9]{4,}(-[a-z0-9]+)*")


def stem_of(n: int, record: Record) -> str:
    """Return the name of an article's files: its number, and a part of its title for people."""
    plain = unicodedata.normalize("NFKD", record.title or record.id).encode("ascii", "ignore").decode("ascii").lower()
    slug = "-".join(re.findall("[a-z0-9]+", plain))[:40].strip("-")
    return f"{n:04d}-{slug}" if slug else f"{n:04d}"


def is_numbered(path: Path) -> bool:
    """Say whether `stem_of` can have named a file; dates look like it, but do not begin with 1 and leave none out."""
    return bool(_STEM.fullmatch(path.stem))


def numbered(folder: Path, suffix: str) -> Iterator[Path]:
    """Yield the files that `stem_of` named, in the order of their numbers.

    Of all of them no more than the name is kept: there may be a hundred thousand, and a path takes ten times as much.
    """
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries if entry.name.endswith(suffix)]
    names.sort(key=number_of)
    return map(folder.joinpath, names)


def number_of(name: str) -> int:
    """Return the number with which `stem_of` begins a name."""
    return int(name.partition("-")[0].partition(".")[0])

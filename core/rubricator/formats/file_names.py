"""Names for the files of a folder: safe on every system, in the order of the articles, and a little of their titles."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from rubricator.formats.base import Record


def stem_of(n: int, record: Record) -> str:
    """Return the name of an article's files: its number, and a part of its title for people."""
    plain = unicodedata.normalize("NFKD", record.title or record.id).encode("ascii", "ignore").decode("ascii").lower()
    slug = "-".join(re.findall("[a-z0-9]+", plain))[:40].strip("-")
    return f"{n:04d}-{slug}" if slug else f"{n:04d}"


def number_of(path: Path) -> int:
    """Return the number of the article that a file was named for."""
    return int(path.name.partition("-")[0].partition(".")[0])

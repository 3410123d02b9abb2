"""The names of the files of a folder: safe on every system, and each there once."""

from __future__ import annotations

import re
import unicodedata

from rubricator.formats.base import Record


def stem_of(n: int, record: Record) -> str:
    """Return the name of an article's files without suffix: its number, and a part of its title for people."""
    plain = unicodedata.normalize("NFKD", record.title or record.id).encode("ascii", "ignore").decode("ascii").lower()
    slug = "-".join(re.findall("[a-z0-9]+", plain))[:40].strip("-")
    return f"{n:04d}-{slug}" if slug else f"{n:04d}"


def number_of(name: str) -> int:
    """Return the number that a file's name begins with."""
    return int(re.split("[-.]", name, maxsplit=1)[0])

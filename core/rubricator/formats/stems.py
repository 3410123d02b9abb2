"""Names of the files of a folder that holds one for each article: safe everywhere, unique, in the order of articles."""

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


def numbered(folder: Path, suffix: str) -> list[Path]:
    """Return the files of a folder that are named so, in the order of their numbers."""
    return sorted(folder.glob(f"*{suffix}"), key=lambda path: int(path.name.removesuffix(suffix).partition("-")[0]))

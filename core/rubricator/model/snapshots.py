"""A named state of the project, as lists show it; what its journal rows are is the store's matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

NAME_MOST = 200
"""Characters of a name: it stands in a line of a list and of a data card."""


class Snapshot(NamedTuple):
    """A named state: when it was taken, and what it held (None where an earlier version of Rubricator took it)."""

    id: str
    name: str
    at: str = ""
    articles: int | None = None
    annotations: int | None = None


def snapshot_from(uid: str, value: Mapping[str, Any]) -> Snapshot:
    """Make the snapshot of an element."""
    counts = value.get("articles"), value.get("annotations")
    return Snapshot(uid, value.get("name") or uid, value.get("at") or "", *counts)

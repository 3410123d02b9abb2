"""Who made a record or an annotation, where an item of a file says it as crowdsourcing platforms and scripts do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rubricator.formats.json_values import INT_MOST

WORKERS = ("worker_id", "workerId", "WorkerId", "worker")
"""CrowdFlower (and so GATE's crowdsourcing plugin), Toloka, Mechanical Turk, and scripts."""
ANNOTATORS = ("annotator", "annotator_id", "annotatorId", "annotated_by", "completed_by")
NAMING = (*WORKERS, *ANNOTATORS)


def numbered(name: str, word: str = "user") -> str:
    """Return what to call somebody of whom only a number may be known."""
    return f"{word} {name}" if name.isdigit() else name


def worker_key(item: Mapping[str, Any]) -> str:
    """Return the key under which an item says whose it is: by a name or a number; empty where it does not."""
    return next((key for key in NAMING if _called(item.get(key))), "")


def worker_of(item: Mapping[str, Any]) -> str:
    """Return what to call who made an item; empty where it does not say."""
    key = worker_key(item)
    return numbered(_called(item[key]), "worker" if key in WORKERS else "user") if key else ""


def _called(value: object) -> str:
    """Return a name or a number as text; anything else (a list, say) names nobody."""
    if isinstance(value, str):
        return " ".join(value.split())
    return str(value) if type(value) is int and 0 <= value <= INT_MOST else ""

"""Ids of everything in a project: UUIDs (RFC 9562), random, or the same from the same words in every copy."""

from __future__ import annotations


def new_id() -> str:
    """Return a random id (version 4)."""
    import uuid  # loads half of the platform's description: a window is painted before the first edit

    return str(uuid.uuid4())


def named_id(space: str, *parts: object) -> str:
    """Return the id (version 5) of some words in a space (a UUID), so that what is the same merges as the same."""
    import uuid

    return str(uuid.uuid5(uuid.UUID(space), "\t".join(map(str, parts))))

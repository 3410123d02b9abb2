"""What a policy is called, for people: it signs what it writes with a key that names annotators by id."""

from __future__ import annotations

from collections.abc import Callable

from rubricator.words import Message, message


def policy_words(key: str, name_of: Callable[[str], str | None]) -> Message | str:
    """Say which policy a key stands for (“trusted: anna”); who is not known here is “…”."""
    name, _colon, more = key.partition(":")
    if name == "trusted":
        return message("trusted: {whom}", whom=name_of(more) or "…")
    return ": ".join(filter(None, (name, more)))

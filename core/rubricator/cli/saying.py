"""How a command says what it did: in words, or as JSON."""

from __future__ import annotations

import io
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from rubricator.words import Message, message, say

if TYPE_CHECKING:
    from rubricator.formats.base import Loss


def tell(value: Mapping[str, Any], lines: Iterable[Message | str], as_json: bool) -> None:
    """Say it in words, or as JSON."""
    if as_json:
        echo_json(value, indent=1)
    else:
        for line in lines:
            echo(line)


def echo(words: Message | str, *, err: bool = False) -> None:
    """Say words on a terminal, which must not obey what a file smuggled into them, nor fail for a letter it lacks."""
    stream = sys.stderr if err else sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    click.echo(_CONTROL.sub("\ufffd", say(words)), err=err)


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def echo_json(value: Mapping[str, Any], indent: int | None = None) -> None:
    """Write JSON, which is UTF-8 whatever the terminal takes; a lone surrogate of a file's name stays an escape."""
    words = json.dumps(value, ensure_ascii=False, indent=indent, default=dict)
    click.echo(words.encode("utf-8", "backslashreplace"))


def listed(losses: Iterable[Loss]) -> list[dict[str, object]]:
    """Return losses as JSON values."""
    return [{"kind": x.kind, "what": say(x.what), "n": x.n, "where": list(x.where)} for x in losses]


def loss_lines(loss: Loss) -> list[Message | str]:
    """Return what is lost, and below it where, a line each."""
    return [loss.what, *place_lines(loss.where)]


def place_lines(where: Sequence[str]) -> list[Message | str]:
    """Return places, a line each, with how many of them are alike; only so many that they can be read."""
    shown = list(Counter(where).items())[:20]
    lines: list[Message | str] = [f"  {place} ({n:,})" if n > 1 else f"  {place}" for place, n in shown]
    more = len(where) - sum(n for _place, n in shown)
    return [*lines, *([message("  and {n} more", n=more)] if more > 0 else [])]

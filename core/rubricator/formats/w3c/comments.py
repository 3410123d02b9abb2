"""Which comments Web Annotations can hold: those on a text or on an annotation that is written, and answers to them.

A comment of the whole text stands in the layer of whoever wrote it, for a file says no more of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from rubricator.formats.base import Case, LayerRecord, Record
from rubricator.formats.losing import comment_place

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_HELD = frozenset({"id", "on", "by", "at", "text", "reply_to"})


class Written(NamedTuple):
    """A comment as it is written; `about` is the id of what it is about, empty for the whole text."""

    id: str
    about: str
    answers: bool
    text: str
    by: str
    at: str


def planned_comments(
    record: Record,
    layer: LayerRecord,
    homes: Mapping[str, str],
    name: Callable[..., str],
    lost: list[Case],
) -> Iterator[Written]:
    """Yield the comments of a layer, each after the one that it answers; `homes` are the ids of the annotations.

    `name` makes an id of what a comment says.
    """
    ids = {str(one.get("id")) for one in layer.comments if one.get("id")}
    waiting = [*layer.comments]
    known: dict[str, tuple[str, object]] = {}
    made: set[str] = set()
    while waiting:
        later = []
        for one in waiting:
            on, answered, by, at = (str(one.get(key) or "") for key in ("on", "reply_to", "by", "at"))
            text, time = str(one.get("text") or ""), at if _TIME.fullmatch(at) else ""
            if answered in ids and answered not in known:
                later.append(one)
                continue
            about, above = known.get(answered, (homes.get(on, ""), on))
            uid = name(about, text, by, time)
            stray = not about and bool(on or by not in ("", layer.annotator))
            if stray or not text.strip() or uid in made:
                lost.append(("comment", comment_place(record, one)))
                ids.discard(str(one.get("id")))
                continue
            if time != at or one.keys() - _HELD or on != above or (answered and answered not in known):
                lost.append(("comment-details", comment_place(record, one)))
            made.add(uid)
            known[str(one.get("id"))] = uid, on
            yield Written(uid, about, answered in known, text, by, time)
        if len(later) == len(waiting):  # answers in a ring
            lost.extend(("comment", comment_place(record, one)) for one in later)
            return
        waiting = later

"""A change of the scheme that asks to look at annotations again: which they are, and what is asked of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from rubricator.model.scheme import Scheme
from rubricator.words import Message, message


class Recheck(NamedTuple):
    """What a change asks for: all that carries one of the `labels`, and `annotations` (ids, with the rule they break).

    `what` tells the change; `parts` are what the label of a split became beside itself, between which one chooses;
    `to_say` that an attribute became required, so that who says it has answered.
    """

    labels: tuple[str, ...]
    what: str = ""
    annotations: Mapping[str, str] = {}
    parts: tuple[str, ...] = ()
    to_say: bool = False

    def asked(self, label: str, scheme: Scheme) -> Message:
        """Return what is asked of an annotation with a label, as people say it."""
        titles = {one.name: one.title for one in scheme.labels}
        title = titles.get(label, label)
        others = [titles[name] for name in self.parts if name in titles and name != label]
        if not others:
            return message("{label} was changed in the scheme: is it still right?", label=title)
        if len(others) == 1:
            return message("{label} or {other}: choose", label=title, other=others[0])
        return message(
            "{label} became {others} or {other}: choose", label=title, others=", ".join(others[:-1]), other=others[-1]
        )


def recheck_value(recheck: Recheck) -> dict[str, Any]:
    """Return what is kept of it: what says nothing is left out."""
    value: dict[str, Any] = {"labels": list(recheck.labels), "what": recheck.what}
    more = {"annotations": dict(recheck.annotations), "parts": list(recheck.parts), "to_say": recheck.to_say}
    return {**value, **{key: item for key, item in more.items() if item}}


def recheck_from(value: Mapping[str, Any]) -> Recheck:
    """Return it from what is kept."""
    return Recheck(
        tuple(map(str, value["labels"])),
        str(value.get("what", "")),
        {str(uid): str(why) for uid, why in (value.get("annotations") or {}).items()},
        tuple(map(str, value.get("parts") or ())),
        bool(value.get("to_say")),
    )

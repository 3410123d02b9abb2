"""What was drawn for a second annotation, as it is kept: by lot, on purpose, and texts that come a second time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rubricator.model.spans import NOTHING


@dataclass(frozen=True, slots=True)
class Drawing:
    """Articles (by id) that one annotator gets as well: `random` by lot, `targeted` on purpose (`why` says which).

    `repeats` names articles that were made for this annotator alone, each with the one whose text it has.
    """

    id: str
    annotator: str
    random: tuple[str, ...] = ()
    targeted: tuple[str, ...] = ()
    repeats: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    seed: int = 0
    why: str = ""
    by: str = ""
    at: str = ""


def drawing_value(drawing: Drawing, owner: str) -> dict[str, Any]:
    """Return a drawing as the value of its element.

    It belongs to the gold layer's annotator, and so travels with whole projects and in no packet: who is compared with
    themselves is not to know it.
    """
    d = drawing
    return {
        "annotator": owner,
        "for": d.annotator,
        "random": [*d.random],
        "targeted": [*d.targeted],
        "repeats": dict(d.repeats),
        "seed": d.seed,
        "why": d.why,
        "by": d.by,
        "at": d.at,
    }


def drawing_from(uid: str, value: Mapping[str, Any]) -> Drawing:
    """Make the drawing of an element."""
    return Drawing(
        uid,
        str(value.get("for") or ""),
        tuple(map(str, value.get("random") or ())),
        tuple(map(str, value.get("targeted") or ())),
        {str(new): str(old) for new, old in (value.get("repeats") or NOTHING).items()},
        int(value.get("seed") or 0),
        str(value.get("why") or ""),
        str(value.get("by") or ""),
        str(value.get("at") or ""),
    )


class Given:
    """All that was drawn for the annotators of a project, in as many drawings as there were."""

    def __init__(self, drawings: Iterable[Drawing]) -> None:
        self._share: dict[str, dict[str, str]] = {}
        self.repeats: dict[str, str] = {}
        """Articles that were made to come a second time, and for whom (by id)."""
        for one in drawings:
            of = self._share.setdefault(one.annotator, {})
            of.update({uid: "targeted" for uid in one.targeted if uid not in of})
            of.update(dict.fromkeys(one.random, "random"))
            self.repeats.update(dict.fromkeys(one.repeats, one.annotator))

    @property
    def annotators(self) -> set[str]:
        """Those for whom anything was drawn."""
        return {uid for uid, of in self._share.items() if of}

    def annotators_of(self, article: str) -> set[str]:
        """Return those for whom an article was drawn."""
        return {uid for uid, of in self._share.items() if article in of}

    def share(self, annotator: str, article: str) -> str:
        """Return in which share of an annotator an article is: random, targeted, or none ("")."""
        return self._share.get(annotator, {}).get(article, "")

    def articles(self, annotator: str) -> dict[str, str]:
        """Return the articles that were drawn for an annotator, with their shares; those that repeat are not in it."""
        return dict(self._share.get(annotator, {}))

    def repeated(self, annotator: str) -> list[str]:
        """Return the articles that were made for an annotator to come a second time."""
        return [uid for uid, whose in self.repeats.items() if whose == annotator]

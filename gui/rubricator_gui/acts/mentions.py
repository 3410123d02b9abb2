"""The same done in many places at once, as one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rubricator.model.rules import Violation
from rubricator.model.spans import Annotation, Span
from rubricator.words import message, plural
from rubricator_gui.acts.reasons import reasons
from rubricator_gui.desk import Desk
from rubricator_gui.wording import short_quote


class Mentions:
    """What a person does with all mentions of some words."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def label(self, name: str, places: Mapping[str, Sequence[Span]], first: tuple[str, Span]) -> bool:
        """Label the same words in several places, as far as the rules allow; False where that is none of them."""
        desk = self._desk
        left: list[Violation] = []
        n = sum(map(len, places.values()))
        if not n:
            return False
        if not desk.do(desk.ready.annotate_all, name, places, first, leave=left.append):
            if len(left) == n:
                desk.tell(message("Nothing was labelled: {why}.", why=reasons(desk, left)), warns=True)
            return False
        desk.use(name)
        quote = short_quote(first[1].quote(desk.text))
        desk.select(None)
        where = plural("in {n} place", "in {n} places", n - len(left))
        if left:
            where = message("{where}, left {n}: {why}", where=where, n=len(left), why=reasons(desk, left))
        words = message("Labelled “{quote}” as {label} {where}.", quote=quote, label=desk.title(name), where=where)
        desk.tell(words, undo=True)
        return True

    def relabel(self, annotations: Sequence[Annotation], name: str) -> bool:
        """Give several annotations another label; False where a rule forbids it, and nothing was done."""
        desk = self._desk
        if not annotations or not desk.do(desk.ready.relabel_all, annotations, name):
            return False
        desk.use(name)
        quote, n = short_quote(annotations[0].quote), len(annotations)
        where = plural("in {n} place", "in {n} places", n)
        words = message("Changed “{quote}” to {label} {where}.", quote=quote, label=desk.title(name), where=where)
        desk.tell(words, undo=True)
        return True

    def delete(self, annotations: Sequence[Annotation]) -> bool:
        """Delete several annotations."""
        desk = self._desk
        if not annotations or not desk.do(desk.ready.delete_all, annotations):
            return False
        quote, n = short_quote(annotations[0].quote), len(annotations)
        where = plural("in {n} place", "in {n} places", n)
        label = desk.title(annotations[0].label)
        desk.tell(message("Deleted {label} “{quote}” {where}.", label=label, quote=quote, where=where), undo=True)
        return True

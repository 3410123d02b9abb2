"""Rulings: what was decided about some words is written into the scheme, and found again with like words."""

from __future__ import annotations

from rubricator.model.spans import Span
from rubricator.words import message
from rubricator_gui.desk import Desk
from rubricator_gui.wording import short_quote


class Rulings:
    """What a person lays down."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def write(self, label: str, span: Span, *, counter: bool = False, note: str = "") -> bool:
        """Keep words of the article as an example of a label, or of what is none, and why; False if refused."""
        desk = self._desk
        verb = desk.ready.schemes.add_example
        if not desk.do(verb, label, desk.text, span.start, span.end, counter=counter, note=note):
            return False
        quote, title = short_quote(span.quote(desk.text)), desk.title(label)
        none = message("Wrote down that “{quote}” is no {label}.", quote=quote, label=title)
        one = message("Wrote down that “{quote}” is an example of {label}.", quote=quote, label=title)
        desk.tell(none if counter else one, undo=True)
        return True

"""Rulings: what was decided about some words is written into the scheme, and found again with like words."""

from __future__ import annotations

from rubricator.model.scheme import Example, Label
from rubricator.model.spans import Span
from rubricator.words import message
from rubricator_gui.desk import Desk
from rubricator_gui.holding import Used
from rubricator_gui.wording import short_quote


class Rulings:
    """What a person lays down."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._last: tuple[str, Span, str, bool] | None = None
        """What was written down last: of which article and words, for which label, and whether they are none."""
        self._used_then: Used | None = None
        """The label that had been given last when that was written down."""
        desk.opened.connect(self._forget)

    def _forget(self) -> None:
        self._last = None

    def likely(self, span: Span, *, counter: bool | None = None) -> Label | None:
        """Return the label that words without one have most likely: what is suggested there, or was decided before.

        Of which it was just written down what they are, or what they are not, is what one comes back to: to say why.
        With `counter` only one of the two is looked for.
        """
        desk = self._desk
        if self._last is not None and desk.article is not None:
            article, words, label, is_none = self._last
            same = (article, words) == (desk.article.id, span) and counter in (None, is_none)
            if same and label in desk.scheme.by_name and self.written(label, span, counter=is_none) is not None:
                return desk.scheme.by_name[label]
        offered = next((offer.label for offer in desk.offers if offer.span == span), "")
        name = offered or desk.ready.guidelines.likely(span.quote(desk.text))
        return desk.scheme.by_name.get(name)

    def at_hand(self) -> Label | None:
        """Return the label that one was with a moment ago: of what was chosen before, or written down since."""
        desk = self._desk
        before = desk.spans.get(desk.chosen_before or "")
        if self._last is not None and self._used_then == desk.last_used:
            return desk.scheme.by_name.get(self._last[2])
        return desk.scheme.by_name.get(before.label) if before is not None else None

    def written(self, label: str, span: Span, *, counter: bool = False) -> Example | None:
        """Return the example that these words of the article are; None where they are none."""
        desk = self._desk
        return desk.ready.schemes.example_of(label, desk.text, span.start, span.end, counter=counter)

    def write(self, label: str, span: Span, *, counter: bool = False, note: str = "") -> bool:
        """Keep words of the article as an example of a label, or of what is none, and why; False if refused."""
        desk = self._desk
        verb = desk.ready.schemes.add_example
        why = self.written(label, span, counter=counter) is not None
        if not desk.do(verb, label, desk.text, span.start, span.end, counter=counter, note=note):
            return False
        quote, title = short_quote(span.quote(desk.text)), desk.title(label)
        none = message("Wrote down that “{quote}” is no {label}.", quote=quote, label=title)
        one = message("Wrote down that “{quote}” is an example of {label}.", quote=quote, label=title)
        said = none if counter else one
        if why:
            said = message("Wrote down why “{quote}” is an example of {label}.", quote=quote, label=title)
            if counter:
                said = message("Wrote down why “{quote}” is no {label}.", quote=quote, label=title)
        elif not note:
            said = message("{said} Once more says why.", said=said)
        if counter and any(one.label == label for one in desk.spans if one.span == span):
            words = message("It still carries {label}: another label’s key changes it.", label=title)
            said = message("{said} {still}", said=said, still=words)
        if desk.article is not None:
            self._last = desk.article.id, span, label, counter
            self._used_then = desk.last_used
        desk.tell(said, undo=True)
        return True

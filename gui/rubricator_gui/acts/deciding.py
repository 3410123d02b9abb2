"""Suggestions accepted and rejected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rubricator.model.folding import fold
from rubricator.model.rules import Violation
from rubricator.model.spans import Span
from rubricator.words import Message, as_line, message, plural
from rubricator_gui.acts.reasons import reasons
from rubricator_gui.desk import Desk
from rubricator_gui.offered import WHOLE, id_of, nearest, neighbour
from rubricator_gui.wording import short_quote

if TYPE_CHECKING:
    from rubricator.suggest.offers import Offer


def _and_more(accepted: Message, following: int) -> Message:
    """Say what was accepted, and how many more are suggested since."""
    if not following:
        return message("{what}.", what=accepted)
    words = "{accepted}. {n} more follows from them."
    return plural(words, "{accepted}. {n} more follow from them.", following, accepted=accepted)


AT_ONCE = 5_000
"""Code points of a text up to which what follows from a decision is looked for before one goes on."""


_NEXT_SHOWN = 12
"""Letters of what comes next that a notice has room for."""


class Deciding:
    """What a person decides about what is offered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._waits: tuple[str, Span] | None = None
        """The article, and where going on has stopped in it, since what is offered next was not seen yet."""
        self._accepted: tuple[str, Message, frozenset[str]] | None = None
        """In which article several were accepted, what was said, and which were left, until what follows is known."""
        self._arrived = ""
        """The offer that scrolling came to, until one goes on from it."""
        self._above: int | None = None
        """Before which place there are offers further up, as the notice tells."""
        self._ends: tuple[str, Message] | None = None
        """In which article it may have been the last one, and what was said, until it is known that none follows."""
        desk.told.connect(self._forget)
        desk.selection_changed.connect(self._leave)
        desk.offers_changed.connect(self._follow_up)
        desk.offers_changed.connect(self.look_up)
        desk.looking.ended.connect(self._say_last)

    def accept(self, offer: Offer, label: str = "", *, on: bool = True) -> None:
        """Make an annotation of an offer, with the label that is given or its own, and go `on` to the next offer.

        Else it is what was just labelled: where the label was the wrong one, the next one corrects it.
        """
        desk = self._desk
        if desk.article is not None and desk.do(desk.ready.accept, desk.article.id, [offer], label):
            desk.use(label or offer.label, id_of(offer))
            title, quote = desk.title(label or offer.label), short_quote(offer.span.quote(desk.text))
            words = message("Labelled “{quote}” as {label}.", quote=quote, label=title)
            entity = desk.ready.entities.get(offer.entity) if self._linked([offer]) else None
            if entity is not None:
                both = "Labelled “{quote}” as {label} and linked it to {entity}."
                words = message(both, quote=quote, label=title, entity=entity.name)
            if on:
                self._go_on(words, offer.span, back=True)
            else:
                desk.just_labelled(offer.span)
                self._waits = desk.article.id, offer.span
                desk.tell(words, undo=True)

    def reject(self, offer: Offer, *, on: bool = True) -> None:
        """Remember that an offer is not wanted here, and go `on` to the next one; say where else it is gone now."""
        desk = self._desk
        alike = [other for other in desk.offers if self._alike(other, offer)]
        silent = offer.label in desk.looking.silent
        if desk.article is not None and desk.do(desk.ready.reject, desk.article.id, [offer]):
            label, quote = desk.title(offer.label), short_quote(offer.span.quote(desk.text))
            words = message("Rejected {label} for “{quote}”.", label=label, quote=quote)
            if n := sum(desk.offer(id_of(other)) is None for other in alike):
                words = plural(
                    "Rejected {label} for “{quote}”; it is not suggested in the other place of the article either.",
                    "Rejected {label} for “{quote}”; it is not suggested in {n} other places of the article either.",
                    n,
                    label=label,
                    quote=quote,
                )
            words = self.silenced(words, offer.label, was=silent)
            if on:
                self._go_on(words, offer.span)
            else:
                desk.tell(words, undo=True)

    def silenced(self, rejected: Message, label: str, *, was: bool) -> Message:
        """Say of a label that rules suggest no longer since something of it was rejected, unless that `was` so."""
        desk = self._desk
        if was or label not in desk.looking.silent:
            return rejected
        words = "{rejected} Now {label} comes only where your own labels lead to it: most of it was rejected."
        return message(words, rejected=rejected, label=desk.title(label))

    def _alike(self, one: Offer, other: Offer) -> bool:
        """Say whether two offers are of the same label for the same words, in different places."""
        words, others = (fold(offer.span.quote(self._desk.text)) for offer in (one, other))
        return one.span != other.span and (one.label, words) == (other.label, others)

    def accept_all(self, offers: Sequence[Offer], *, everywhere: bool = False) -> bool:
        """Make annotations of those of several offers that no rule forbids, as one step; say whether any was made.

        Of the others it is said why not. Unless it is all of them `everywhere`, one goes on to what is offered next.

        Where they are meant to be all of the article, it is said that of a long one only a part was looked over.
        """
        desk = self._desk
        left: list[Violation] = []
        if desk.article is None or not offers:
            return False
        done = desk.do(desk.ready.accept, desk.article.id, offers, leave=left.append)
        n = len(offers) - len(left)
        if done and n:
            words = plural("Accepted {n} suggestion", "Accepted {n} suggestions", n)
            if linked := self._linked(offers):
                one, more = "{accepted}, {n} linked to its entity", "{accepted}, {n} linked to their entities"
                words = plural(one, more, linked, accepted=words)
            if left:
                words = message("{accepted}, left {n}: {why}", accepted=words, n=len(left), why=reasons(desk, left))
            if everywhere and len(desk.text) > WHOLE:
                words = message("{accepted} around here; further ones come as you scroll", accepted=words)
            known = frozenset(map(id_of, desk.offers))
            if everywhere:
                desk.tell(_and_more(words, 0), undo=True)
            else:
                self._look_at_once()
                there = sorted((offer.span for offer in offers), key=lambda span: (span.start, span.end))
                self._go_on(_and_more(words, self._new(known)), there[-1], there[0])
            if desk.offers_due and len(desk.text) <= WHOLE:  # of a longer one others come as one scrolls
                self._accepted = desk.article.id, words, known
        elif left and not n:
            desk.tell(message("Nothing was accepted: {why}.", why=reasons(desk, left)), warns=True)
        return done and n > 0

    def _linked(self, offers: Sequence[Offer]) -> int:
        """Return how many of offers that were accepted link to what the words mean elsewhere in the article."""
        spans = self._desk.spans  # looked up, not read through: there may be ten thousands
        linked = 0
        for offer in offers:
            there = spans.overlapping(offer.span.start, offer.span.end) if offer.entity else ()
            made = (offer.span, offer.label, offer.entity)
            linked += any((one.span, one.label, one.entity) == made for one in there)
        return linked

    def _forget(self, _notice: object) -> None:
        self._accepted = self._above = self._ends = None

    def _follow_up(self) -> None:
        """Say how many more are suggested since several were accepted: who did so would believe to be done."""
        desk = self._desk
        if self._accepted is None or desk.offers_due:
            return
        article, accepted, known = self._accepted
        self._accepted = None
        if desk.article is None or desk.article.id != article:
            return
        if n := self._new(known):
            desk.tell(_and_more(accepted, n), undo=True)

    def _new(self, known: frozenset[str]) -> int:
        """Return how many offers there are beside the known ones."""
        return sum(id_of(offer) not in known for offer in self._desk.offers)

    def _look_at_once(self) -> None:
        """Find what follows from a decision before one goes on, where that takes no time."""
        if self._desk.offers_due and len(self._desk.text) <= AT_ONCE:
            self._desk.look_for_offers()

    def accept_offered(self) -> None:
        """Accept the offer that was walked to."""
        desk = self._desk
        if desk.offered is not None:
            self.accept(desk.offered)

    def reject_at(self, offer: str) -> None:
        """Reject an offer (by id) where it stands, without going anywhere."""
        found = self._desk.offer(offer)
        if found is not None:
            self.reject(found, on=False)

    def reject_offered(self) -> None:
        """Reject the offer that was walked to."""
        desk = self._desk
        if desk.offered is not None:
            self.reject(desk.offered)

    def _go_on(self, done: Message, left: Span, first: Span | None = None, *, back: bool = False) -> None:
        """Walk to the next offer, and say what was `done`: but not past text below the screen, where one reads on.

        What follows from it is found first, for it may come before the next one, or in its place. Where several were
        accepted, `first` to `left`, it may stand between them. What one can go `back` to keys are about no longer:
        then it is said what they are about now, and how one goes back.
        """
        desk = self._desk
        self._look_at_once()
        following = desk.looking.standing.after(first or left)
        held = id_of(following) if following is not None else None
        self._waits = None
        stays: Message | str = ""
        n = self._unseen_above(left.start) if following is None else 0
        if n:
            stays = done
            done = plural(
                "{done} {n} suggestion stands further up: Ctrl+Shift+N goes there.",
                "{done} {n} suggestions stand further up: Ctrl+Shift+N goes there.",
                n,
                done=done,
            )
        elif following is None and desk.offers:
            stays = done
            done = plural(
                "{done} {n} suggestion before it is left: Ctrl+Shift+N goes there.",
                "{done} {n} suggestions before it are left: Ctrl+Shift+N goes there.",
                len(desk.offers),
                done=done,
            )
        unseen = following is not None and not desk.in_view(following.span.start)
        beyond = following is not None and first is not None and following.span.start > left.start
        if beyond or (unseen and desk.in_view(left.start)):
            stays = done
            if unseen:
                done = self._further(done, self._unseen_above(left.start) if first is not None else 0)
            elif following is not None:
                words = as_line(following.span.quote(desk.text), _NEXT_SHOWN)
                done = message("{done} Space goes on to “{words}”.", done=done, words=words)
            held = next((a.id for a in desk.spans.overlapping(left.start, left.end) if a.span == left), None)
            held = held if first is None else None  # of several none is more meant than the others
            self._waits = (desk.article.id, left) if desk.article is not None else None
        elif back and following is not None:
            stays, done = done, self._now(done, left, following)
        desk.choose(held)
        ends = following is None and first is None and not n
        if ends and self._none_left():
            stays, done = done, message("{done} That was the last suggestion.", done=done)
        desk.tell(done, undo=True, stays=stays)
        self._above = left.start if n else None
        self._ends = (desk.article.id, done) if ends and desk.article is not None and desk.offers_due else None

    @staticmethod
    def _further(done: Message, above: int) -> Message:
        """Say that one goes on further down, and how many `above` what is seen were passed over."""
        if not above:
            return message("{done} The next suggestion is further down: Space goes on.", done=done)
        return plural(
            "{done} The next suggestion is further down: Space goes on. {n} is further up: Ctrl+Shift+N goes there.",
            "{done} The next suggestion is further down: Space goes on. {n} are further up: Ctrl+Shift+N goes there.",
            above,
            done=done,
        )

    def _none_left(self) -> bool:
        """Say whether it is known that none is offered any more: of a long article others come as one scrolls."""
        desk = self._desk
        return not desk.offers and not desk.offers_due and len(desk.text) <= WHOLE

    def _say_last(self) -> None:
        """Say that it was the last one, once that is known: who presses Space again would wait for one."""
        desk = self._desk
        if self._ends is None or desk.offers_due:
            return
        article, done = self._ends
        self._ends = None
        if desk.article is not None and desk.article.id == article and self._none_left():
            desk.tell(message("{done} That was the last suggestion.", done=done), undo=True, stays=done)

    def look_up(self) -> None:
        """Take back that offers stand further up, once none does that is not seen."""
        if self._above is not None and not self._desk.offers_due and not self._unseen_above(self._above):
            self._above = None
            self._desk.overtaken.emit()

    def _now(self, done: Message, left: Span, following: Offer) -> Message:
        """Say what keys are about now, and what key leads back to what was `done` before, if one does."""
        desk = self._desk
        quote, here = as_line(following.span.quote(desk.text), _NEXT_SHOWN), desk.shown(id_of(following))
        before = (neighbour(index, here, -1, 0) for index in (desk.spans, desk.offer_spans))
        found = nearest([one for one in before if one is not None], -1)
        if found is not None and found.span == left:
            return message("{done} Now “{quote}”; Shift+Tab goes back.", done=done, quote=quote)
        return message("{done} Now “{quote}”.", done=done, quote=quote)

    def _unseen_above(self, place: int) -> int:
        """Return how many offers stand before a place and not on the screen, where they would be seen."""
        desk = self._desk
        first = (desk.on_screen() or (0, 0))[0]
        starts = [offer.span.start for offer in desk.offers if offer.span.start <= place]
        return sum(start < first or not desk.in_view(start) for start in starts)

    def go_further(self) -> bool:
        """Walk to the next offer, where going on has stopped before it and one scrolled to it, or past it."""
        desk, waits = self._desk, self._waits
        if waits is None or desk.article is None or desk.article.id != waits[0]:
            return False
        held = desk.chosen_annotation
        if desk.selection is not None or desk.offered is not None or (held is not None and held.span != waits[1]):
            self._waits = None  # something else is done
            return False
        following = desk.looking.standing.after(waits[1])
        below = (desk.on_screen() or (0, 0))[1]
        if following is None or not (desk.in_view(following.span.start) or following.span.start < below):
            return False
        self._waits = None
        desk.choose(id_of(following))
        return True

    def scrolled(self) -> None:
        """Walk to the next offer, where scrolling has brought it on the screen; the next step is to it."""
        if self.go_further() and (offer := self._desk.offered) is not None:
            self._arrived = id_of(offer)

    def arrives(self) -> bool:
        """Say whether a step forward is to the offer that scrolling came to; the next one goes on from it."""
        arrived, self._arrived = self._arrived, ""
        return bool(arrived)

    def _leave(self) -> None:
        offer = self._desk.offered
        if offer is None or id_of(offer) != self._arrived:
            self._arrived = ""

"""A sheet that has offers looked for once the text was painted, and knows which are seen and what stands at a place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from weakref import ref

from PySide6.QtCore import QPoint, QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from rubricator.model.span_index import inner_first
from rubricator.model.spans import Fragment
from rubricator_gui.offered import WHOLE, id_of
from rubricator_gui.reader.hits import hit_at, hit_below
from rubricator_gui.reader.paint import Mark, mark_rect, reject_rect
from rubricator_gui.reader.sheet import Sheet
from rubricator_gui.session import Session

if TYPE_CHECKING:
    from rubricator.suggest.offers import Offer

_LINE = 500
"""More code points than a line has."""

_MANY = 40
"""Offers; to lay out anew where each of more came or went takes longer than to lay out what is seen."""

_LONG = 55
"""Code points of a name that has others in it, mostly, and these have: three lanes are needed then."""

_DEEP = (3, 4)
"""Lanes that lines get for what lies so deep when it is offered; they have two, mostly."""

_REST = 150
"""Milliseconds after which scrolling counts as having come to rest."""


def _in_view_of(sheet: ref[OfferSheet], offset: int) -> bool:
    there = sheet()
    return there is None or there.in_view(offset)


def _seen_of(sheet: ref[OfferSheet]) -> Fragment | None:
    there = sheet()
    if there is None:
        return None
    top = float(there.verticalScrollBar().value())
    below = top + there.viewport().height() + there.page.m.line_box  # a line of which only the head is seen counts
    return there.page.top_offset(top), there.page.top_offset(below)


class OfferSheet(Sheet):
    """The sheet with what is offered; what is done with it is the reader's."""

    offers_seen = Signal(object, object)
    """(The offers that are seen now, in reading order; how far the article is scrolled)."""

    _settled: object = None
    """The page on which something was done: its lines grow for what one needs alone."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._looked_at = -1
        self._accepting = False
        """Several were accepted, the lines moved: what follows from them is drawn at once, however deep it lies."""
        self._offers_soon = QTimer(self)
        self._offers_soon.setSingleShot(True)
        self._offers_soon.timeout.connect(self._look_for_offers)
        self._just_shown = QTimer(self)
        self._just_shown.setSingleShot(True)
        self._just_shown.setInterval(0)
        self._counted: tuple[object, ...] = ()
        self._count_soon = QTimer(self)
        self._count_soon.setSingleShot(True)
        self._count_soon.timeout.connect(self._count_offers)
        session.offers_changed.connect(self._on_offers)
        session.changing.connect(self._settle)
        session.in_view = partial(_in_view_of, ref(self))  # the session keeps no view alive
        session.on_screen = partial(_seen_of, ref(self))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw; what is offered is found once that was done, so that no key press waits for it."""
        super().paintEvent(event)
        session = self.session
        self.look_for_offers_soon()
        if not session.offers_due and len(session.text) > WHOLE and self.verticalScrollBar().value() != self._looked_at:
            self._offers_soon.start(_REST)  # of a long article only what is seen is looked over
        if self._count_key() != self._counted and not self._count_soon.isActive():
            self._count_soon.start(_REST)

    def look_for_offers_soon(self) -> None:
        """Have what is offered looked for, if that is due, once the events at hand are dealt with."""
        if self.session.offers_due:
            self._offers_soon.start(0)

    def _seen(self) -> Fragment:
        """Return about where what is seen begins and ends, by lines."""
        top = float(self.verticalScrollBar().value())
        return self.page.top_offset(top), self.page.top_offset(top + self.viewport().height()) + _LINE

    def _look_for_offers(self) -> None:
        self._looked_at = self.verticalScrollBar().value()
        seen = self._seen()
        if not self.session.looked_over(seen):
            self.session.begin_to_look(seen)

    def _on_offers(self) -> None:
        """Lay out anew where offers came or went, and nothing else."""
        before, after = self.page.offers, self.session.offer_spans
        self.page.offers = after
        came = [offer for offer in after if offer.id not in before]
        went = [offer for offer in before if offer.id not in after]
        if len(came) + len(went) > _MANY:
            self.page.forget()  # what is seen is most of it
            self.viewport().update()
        else:
            for offer in came + went:
                self.page.forget_span(offer.start, offer.end)
            self.update_band(self.page.stale_band())
        self._make_room_ahead()
        self._make_room_inside()
        if self._accepting and not self.session.offers_due:
            self._accepting = False
            with self.standing_still():
                self.make_room(*(near.span.start for near in self._near() if self._mark_of(near) is None))

    def _resize_text(self) -> None:
        """Give lines of long names their room along with another size: all of it moves now, and not once more."""
        super()._resize_text()
        self._make_room_at_once()

    def _rebuild(self, afresh: bool = False) -> None:
        """Do the same where the same article gets another document."""
        super()._rebuild(afresh)
        if afresh:
            self._just_shown.start()
        else:
            self._make_room_at_once()

    def _make_room_at_once(self) -> None:
        self._make_room_ahead(idle=True)
        if self.page.offers:
            self._settled = self.page  # it moves once, and no more

    def _settle(self, _change: object = None) -> None:
        """Have lines stand as they are from now on; not for what undo does as it comes here: nobody works here yet."""
        if not self._just_shown.isActive():
            self._settled = self.page

    def _make_room_ahead(self, idle: bool = False) -> None:
        """Give lines the lanes that they will need as offers come first: they do not grow while one accepts.

        In long names others follow from what is labelled in them, mostly. Where one wishes lines to stand close they
        get their room once it is needed.
        """
        if self._settled is self.page or not self.page.offers or self.page.m.close:
            return
        if idle or (self.session.selection is None and self.session.current is None and self.steady):
            offers, spans = self.page.offers, self.page.spans
            self.deepen_at(_DEEP[0], *(one.start for one in offers if one.end - one.start >= _LONG))
            if len(self.session.text) > WHOLE:
                self._settled = self.page  # others come as one scrolls: what is read stands still
                return
            depths = [(one.start, len(offers.at(one.start)) + len(spans.at(one.start))) for one in offers]
            for lanes in _DEEP:
                self.deepen_at(lanes, *(start for start, depth in depths if depth >= lanes))
            self.make_room(*(near.span.start for near in self._near() if self._mark_of(near) is None))

    def _make_room_inside(self) -> None:
        """Have what is offered inside of what was just labelled be drawn, and not only counted: it comes next."""
        fresh = self.session.fresh
        if fresh is None or self.session.offers_due or not self.steady:
            return
        inside = (offer for offer in self.session.offers if fresh.start <= offer.span.start < fresh.end)
        if any(self._mark_of(offer) is None for offer in inside):
            self.make_room(fresh.start)

    def reject_place(self, offer: str) -> QPoint | None:
        """Return where in the viewport a click rejects an offer (by id), scrolled into view; None where no chip is."""
        shown = self.session.shown(offer)
        if shown is None:
            return None
        self.rect_at(shown.start)
        mark = self.page.mark_of(shown)
        rect = reject_rect(mark, self.page.m) if mark is not None else None
        return self._to_viewport(rect).center() if rect is not None else None

    def ids_at(self, position: QPoint) -> tuple[str, ...]:
        """Return the annotations and offers at a place of the viewport: what is drawn there, else the innermost first.

        Of a "+n" only what it hides.
        """
        point = self.to_page(QPointF(position))
        hit = hit_at(self.page, point, self.session.current) or hit_below(self.page, point)
        if hit is not None and hit.kind == "more":
            return hit.ids
        offset = self.page.offset_at(QPointF(point.x(), hit.text_y) if hit else point)
        return tuple(dict.fromkeys((*(hit.ids if hit else ()), *self.standing(offset))))

    def standing(self, offset: int | None) -> list[str]:
        """Return the annotations and offers over a character, innermost first."""
        if offset is None:
            return []
        both = (*self.session.spans.at(offset), *self.session.offer_spans.at(offset))
        return [annotation.id for annotation in sorted(both, key=inner_first)]

    def visible_offers(self) -> list[Offer]:
        """Return the offers that are seen, words and label, each by half of its height or more.

        What lies below the edge nobody has read, nor what a “+n” counts.
        """
        return [offer for offer in self._near() if self._is_read(offer)]

    def _near(self) -> list[Offer]:
        """Return the offers that begin where one looks, drawn or counted."""
        start, end = self._seen()
        near = [offer for offer in self.session.offers if start <= offer.span.start < end]
        return [offer for offer in near if self.in_view(offer.span.start)]

    def _mark_of(self, offer: Offer) -> Mark | None:
        shown = self.session.shown(id_of(offer))
        return self.page.mark_of(shown) if shown is not None else None

    def _is_read(self, offer: Offer) -> bool:
        mark = self._mark_of(offer)
        return mark is not None and self._is_seen(mark_rect(mark, self.page.m)) and self.in_view(offer.span.end - 1)

    def _is_seen(self, place: QRectF) -> bool:
        """Say whether half of the height of a place of the page, or more, is on the screen."""
        top = self.verticalScrollBar().value()
        below = top + self.viewport().height()
        return min(place.bottom(), below) - max(place.top(), top) >= place.height() / 2

    def in_view(self, offset: int) -> bool:
        """Say whether a character is on the screen, by half of its height or more."""
        return self._is_seen(self.page.character_rect(offset))

    def _count_key(self) -> tuple[object, ...]:
        """Return what the count of visible offers follows from."""
        return self.session.offer_spans, self.page, self.verticalScrollBar().value(), self.viewport().size()

    def _count_offers(self) -> None:
        self._counted = self._count_key()
        self.offers_seen.emit(self.visible_offers(), self.verticalScrollBar().value())
        self.session.deciding.look_up()

    def accept_visible(self) -> None:
        """Accept what is offered where one looks; where nothing is, go to what is offered next."""
        if self.session.offers_due:
            self.session.look_for_offers(self._seen())
        seen = self.visible_offers()
        if not seen:
            self.session.walking.walk_offers(self.caret())
        elif self._accept(seen) and self.session.current is None:
            last = max(offer.span.end for offer in seen)
            self.put_caret(last, last)  # from there Tab goes on

    def accept_all(self) -> None:
        """Accept what is offered in the whole article, or around here in a long one."""
        if self.session.offers_due:
            self.session.look_for_offers(self._seen())
        self._accept(self.session.offers, everywhere=True)

    def _accept(self, offers: list[Offer], *, everywhere: bool = False) -> bool:
        """Accept offers; what follows from them, now or in a moment, is drawn. Say whether any was accepted."""
        self._accepting = True
        done = self.session.deciding.accept_all(offers, everywhere=everywhere)
        self._accepting = done and self.session.offers_due
        return done

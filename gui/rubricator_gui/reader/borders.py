"""Borders that keys are moving: those of the selection or of an annotation, until they are kept or let go of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rubricator.model.spans import Span
from rubricator.words import message
from rubricator_gui.offered import id_of
from rubricator_gui.reader.edges import Edges, MoveEdge, begun, moved
from rubricator_gui.reader.offer_sheet import OfferSheet

if TYPE_CHECKING:
    from rubricator.suggest.offers import Offer


class Borders(QObject):
    """The borders that are being moved in a reader, mostly none."""

    moved = Signal(object)
    """The span whose borders are moved, as it is by now; None when they are moved no longer."""

    def __init__(self, reader: OfferSheet) -> None:
        super().__init__(reader)
        self._reader, self._session = reader, reader.session
        self._edges: Edges | None = None
        self._offer: Offer | None = None
        """The suggestion whose borders they are; its words are selected meanwhile."""
        self._session.settling.connect(self.settle)
        self._session.dropping.connect(self.drop)

    @property
    def moving(self) -> bool:
        """Say whether any are being moved."""
        return self._edges is not None

    @property
    def span(self) -> Span | None:
        """What they hold by now."""
        return self._edges.span if self._edges is not None else None

    @property
    def of(self) -> str | None:
        """The annotation (its id) whose borders they are; None where they are those of the selection."""
        return self._edges.of if self._edges is not None else None

    @property
    def exact(self) -> bool:
        """Say whether they stand at exact characters: those of the selection, where none are being moved."""
        return self._edges.exact if self._edges is not None else self._session.exact

    def begin(self) -> bool:
        """Have the arrows move the borders of what is chosen, or meant where nothing is: else of the selection.

        Of a suggestion they move those of its words, which are selected then. False where there is nothing to move.
        """
        self.settle()
        session = self._session
        offer = session.offered or session.corrected
        if session.offered is not None:
            session.select(session.offered.span)
        session.choose_meant()
        chosen = session.chosen_annotation
        if session.selection is not None:
            self._edges = begun(session.text, session.selection, session.exact, *self._reader.ends())
        elif chosen is not None:
            self._edges = Edges(chosen.span, chosen.span, chosen.exact, chosen.id)
        else:
            return False
        self._offer = offer
        how = message("← → move the end, with Shift the start, with Ctrl by characters.")
        if offer is None:
            session.tell(message("{how} Enter keeps, Esc drops.", how=how))
        else:
            label = session.title(offer.label)
            session.tell(message("{how} Enter labels it {label}, another label’s key otherwise.", how=how, label=label))
        self.moved.emit(self._edges.span)
        self._reader.viewport().update()
        return True

    def move(self, move: MoveEdge) -> None:
        """Move one of them by a word or a character."""
        if self._edges is None:
            return
        span, page = self._edges.span, self._reader.page
        border = span.start if move.at_start else span.end - 1
        self._edges = moved(self._session.text, self._edges, move, rtl=page.rtl_at(border))
        span = self._edges.span
        self.draw()
        self._reader.reveal(page.character_rect(span.start if move.at_start else span.end - 1))
        self.moved.emit(span)
        self._reader.viewport().update()

    def draw(self) -> None:
        """Have the annotation whose borders are moved drawn with those that it has so far, also where all is new."""
        if self._edges is not None and (stands := self._session.spans.get(self._edges.of)) is not None:
            self._reader.page.show_moved(stands._replace(span=self._edges.span))

    def enter(self) -> None:
        """Take the borders where they were moved to; the words of a suggestion get its label, as they are by then."""
        offer, span, session = self._offer, self.span, self._session
        self.keep()
        if offer is not None and offer.span == span:
            session.deciding.accept(offer, on=False)
        elif offer is not None:
            session.labelling.label(offer.label)

    def keep(self) -> None:
        """Take the borders where they were moved to; those of a suggestion are those of the selection from now on."""
        edges, offer, reader, session = self._edges, self._offer, self._reader, self._session
        self.drop()
        if edges is None or (edges.span == edges.before and (edges.of or edges.exact == session.exact)):
            pass
        elif session.selection is not None:
            reader.put_caret(edges.span.start, edges.span.end)
            reader.hold(edges.span, edges.exact)
            session.corrected = offer
        else:
            session.labelling.reshape(edges.span, edges.exact)
        reader.viewport().update()

    def settle(self) -> None:
        """Take borders that are being moved where they are: what was done is not lost by going elsewhere."""
        if self._edges is not None:
            self.keep()

    def cancel(self) -> None:
        """Let go of them; a suggestion whose they are is what is held, as before."""
        offer = self._offer
        self.drop()
        if offer is not None:
            self._session.choose(id_of(offer))

    def drop(self) -> None:
        """Let go of them: what they hold stays as it stands."""
        if self._edges is not None:
            self._edges = self._offer = None
            self._reader.page.show_moved(None)
            self.moved.emit(None)
            self._session.tell("")  # what the arrows did is over
            self._reader.viewport().update()

    def follow(self) -> None:
        """Let go of them where something else is held by now than what they are the borders of."""
        edges, session = self._edges, self._session
        if edges is not None and (session.chosen, session.selection) != (edges.of, None if edges.of else edges.before):
            self.drop()

    def drop_dragged(self) -> None:
        """Let go of those of a selection: another one is being dragged."""
        if self._edges is not None and self._edges.of is None:
            self.drop()

    def forget(self) -> None:
        """Know of none any more: another article is shown."""
        self._edges = self._offer = None
        self.moved.emit(None)

"""The article with all its layers in one text: what they agree in muted, what they differ in framed and numbered."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from rubricator.model.attributes import in_words, short_value
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, Span, TopicTag, reading_order
from rubricator.review.blind import letter
from rubricator.review.difference import Difference, Place
from rubricator.words import _, message, say
from rubricator_gui.reader import gestures
from rubricator_gui.reader.events import stroke
from rubricator_gui.reader.found import Found
from rubricator_gui.reader.hits import hit_at
from rubricator_gui.reader.paint import Frame, Overlay, Standing, State, Style
from rubricator_gui.reader.review_arcs import ReviewArcs
from rubricator_gui.reader.sheet import Sheet
from rubricator_gui.reader.verdicts import of_key
from rubricator_gui.session import Session

MOST_LANES = 8
"""However many layers there are: what is deeper is counted in "+n"."""


class ReviewSheet(Sheet):
    """The article under review; mouse and keys are told, whoever builds it decides."""

    keyed = Signal(object)
    """A key of the review (Meant) was pressed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self._reviewing = session.reviewing
        self._layers = SpanIndex()
        self._place_of: dict[str, int] = {}
        """Which difference each annotation belongs to; what is not in it is agreed on."""
        self._side_of: dict[str, int] = {}
        self._shown: dict[str, Annotation] = {}
        """Which annotation stands in the text for each that is compared."""
        self.arcs = ReviewArcs(self, self.standing_of)
        self._first: set[str] = set()
        """Of each difference the annotation that has the disc."""
        self._text_shown: tuple[str, int, int] = ("", 0, 0)
        self.edited: Span | None = None
        """What would go to gold while a label is looked for."""
        super().__init__(session, parent)
        self.found = Found(self)
        self.setObjectName("reviewSheet")
        self.setAccessibleName(_("Article under review"))
        reviewing = self._reviewing
        reviewing.loaded.connect(self.load)
        reviewing.stood.connect(self.viewport().update)
        reviewing.moved.connect(self._on_moved)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.load()
        self._on_moved()

    # --- what is drawn ------------------------------------------------------------------------------------------------

    @property
    def spans(self) -> SpanIndex:
        """What is drawn: of each agreement one annotation, of each difference all."""
        return self._layers

    @property
    def offers(self) -> SpanIndex:
        """Nothing is offered to a reviewer."""
        return SpanIndex()

    @property
    def most_lanes(self) -> int:
        """Return how many lanes a line has at most: one for each layer, and one for what all agree on."""
        return max(super().most_lanes, min(MOST_LANES, self._reviewing.layers + 1))

    @property
    def lanes_for_arcs(self) -> int:
        """One, where relations are compared: what is said of them is to be read."""
        return int(self.arcs.wanted)

    def load(self) -> None:
        """Show what is compared now."""
        reviewing, session = self._reviewing, self.session
        comparison = reviewing.comparison
        shown: list[Annotation] = []
        self._place_of, self._side_of, self._first, self._shown = {}, {}, set(), {}
        for agreed in comparison.agreements:
            first = next(agreed.elements)
            if isinstance(first, Annotation):
                shown.append(first)
                self._shown |= {one.id: first for one in agreed.annotations}
        for n, difference in enumerate(comparison.differences):
            for one, side in standing(difference.sides):
                self._place_of[one.id] = n
                self._side_of[one.id] = side
                self._shown[one.id] = one
                shown.append(one)
            self._first.update([one.id for one, _side in standing(difference.sides)][:1])
        self._layers = SpanIndex(shown)
        self.arcs.load(comparison, self._shown)
        self._styles.clear()
        now = (session.article.id if session.article else "", reviewing.layers, self.lanes_for_arcs)
        if now != self._text_shown:
            if now[0] != self._text_shown[0]:
                self.found.show((), -1)  # they were of the article before
            self._text_shown = now
            self._rebuild(afresh=True)
        else:
            self.page.spans = self._layers
            self.page.forget()
            self.viewport().update()

    def _stopped_at(self) -> None:
        return None  # a review begins at its first open difference

    def style_of(self, annotation: Annotation) -> Style:
        """Return how an annotation is drawn: by whose it is, and of which difference."""
        n = self._place_of.get(annotation.id)
        plain = super().style_of(annotation)
        if n is None:
            return plain._replace(state=State.AGREED)
        side = self._side_of[annotation.id]
        difference = self._reviewing.comparison.differences[n]
        whole = difference.annotations
        start = min(one.start for one in whole)
        length = max(one.end - one.start for one in whole)
        apart = self._apart(difference, annotation)
        return plain._replace(
            word=f"{letter(side)} {plain.word}" + (f" · {apart}" if apart else ""),
            state=State.OTHER,
            turn=(length, start, n, side),
            disc=str(n + 1) if annotation.id in self._first else "",
        )

    def _apart(self, difference: Difference, annotation: Annotation) -> str:
        """Return what tells a side from the others where span and label are the same: an attribute, an entity."""
        if difference.kind == "attribute":
            values = (annotation.attributes.get(name) for name in difference.pattern[2].split(", "))
            return short_value(", ".join(say(in_words(value)) or "–" for value in values))
        if difference.kind == "entity":
            return short_value(self.session.entity_name(annotation.entity)) if annotation.entity else "–"
        return ""

    def about(self, n: int) -> list[Annotation]:
        """Return what of the text a difference is about: what it is said of, the ends of a relation, evidence."""
        difference = self._reviewing.comparison.differences[n]
        evidence = (uid for one in difference.elements if isinstance(one, TopicTag) for uid in one.evidence)
        named = {uid: self._shown[uid] for uid in evidence if uid in self._shown}
        return difference.annotations or self.arcs.ends(n) or sorted(named.values(), key=reading_order)

    def overlay(self, top: float, bottom: float) -> Overlay:
        """Return the frames and discs of what is seen, and the selection."""
        page, reviewing = self.page, self._reviewing
        scene = page.seen(top, bottom)
        ids = [mark.id for mark in scene.marks] + [uid for pill in scene.pills for uid in pill.ids]
        seen = sorted({self._place_of[uid] for uid in ids if uid in self._place_of})
        frames: list[Frame] = []
        for n in sorted(seen, key=lambda n: n == reviewing.at):  # the current one over others
            state = self.standing_of(n)
            whole = reviewing.comparison.differences[n].annotations
            first, last = min(one.start for one in whole), max(one.end for one in whole)
            frames += [Frame(ground, state) for ground in page.grounds(first, last, top, bottom)]
        if reviewing.current is not None and not reviewing.current.difference.annotations:
            for start, end in {(one.start, one.end) for one in self.about(reviewing.at)}:
                frames += [Frame(ground, Standing.CURRENT) for ground in page.grounds(start, end, top, bottom)]
        first, last = sorted(self.ends())
        pieces = self.edited.fragments if self.edited else ()
        return Overlay(
            dragged=page.grounds(first, last, top, bottom) if first != last else (),
            preview=tuple(ground for start, end in pieces for ground in page.grounds(start, end, top, bottom)),
            hits=self.found.seen(top, bottom),
            frames=tuple(frames),
            discs={uid: self.standing_of(self._place_of[uid]) for uid in self._first},
            exact=True,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw; over all of it the relations."""
        super().paintEvent(event)
        if self.arcs.wanted:
            self.arcs.paint()

    def _on_scrolled(self) -> None:
        if self.arcs.wanted:
            self.viewport().update()  # what leads off the screen ends where it does

    def standing_of(self, n: int) -> Standing:
        """Return how a difference stands."""
        return Standing(self._reviewing.standing(n))

    # --- where one is -------------------------------------------------------------------------------------------------

    def selected(self) -> Span | None:
        """Return what was dragged over, by words; None where nothing was."""
        return gestures.borders(self.session.text, *self.ends(), False)

    def show_relations(self, shown: bool) -> None:
        """Draw the relations that all layers agree on too, or those in difference alone."""
        self.session.settings.set("reader.relations", shown)
        self.viewport().update()

    def take(self, span: Span) -> None:
        """Select what was found."""
        self._deepen()
        self.put_caret(span.start, span.end)
        self.viewport().update()

    def let_go(self) -> None:
        """Let go of what was selected before, where nothing is found."""
        self.put_caret(self.caret())
        self.viewport().update()

    def here(self) -> list[Annotation]:
        """Return the annotations at the caret, the innermost first, those of the current difference before others."""
        at = self.caret()
        mine = {one.id for one in self.about(self._reviewing.at)} if self._reviewing.current is not None else set()
        return sorted(self._layers.at(at), key=lambda one: one.id not in mine)

    def _on_moved(self) -> None:
        """Show the current difference."""
        self.edited = None
        about = self.about(self._reviewing.at) if self._reviewing.current is not None else []
        if about:
            first, last = min(one.start for one in about), max(one.start for one in about)
            self.put_caret(first)
            self._deepen()
            for place in (last, first):  # both ends of a relation where there is room for them
                self.reveal(self.page.character_rect(place))
        self.viewport().update()

    def preview(self, span: Span | None) -> None:
        """Show the borders of what would go to gold."""
        self.edited = span
        self.viewport().update()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy and drag our own text: Qt's has lost spaces and line breaks."""
        data = QMimeData()
        start, end = sorted(self.ends())
        data.setText(self.session.text[start:end])
        return data

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks through differences here; F6 is the way out."""
        return False

    # --- mouse and keys -----------------------------------------------------------------------------------------------

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Make the difference under a click the current one."""
        super().mouseReleaseEvent(event)
        anchor, caret = self.ends()
        if event.button() != Qt.MouseButton.LeftButton or anchor != caret:
            return
        point = self.to_page(event.position())
        if (arc := self.arcs.at(point)) is not None:
            self._reviewing.go(arc)
            return
        hit = hit_at(self.page, point, None)
        ids = list(hit.ids) if hit is not None else []
        if not ids and (offset := self.page.offset_at(point)) is not None:
            ids = [one.id for one in self._layers.at(offset)]
        found = next((self._place_of[uid] for uid in ids if uid in self._place_of), None)
        if found is not None:
            self._reviewing.go(found)

    def event(self, event: QEvent) -> bool:
        """Keep the review's keys from shortcuts of the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and of_key(stroke(event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell the review's own keys; caret and selection keys are Qt's."""
        meant = of_key(stroke(event))
        if meant is None:
            super().keyPressEvent(event)
            self._tell_unknown(event)
        elif not event.isAutoRepeat():
            self.keyed.emit(meant)

    def _tell_unknown(self, event: QKeyEvent) -> None:
        """Say of a key that would label or delete in one's own layer what the keys are here."""
        deletes = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        writes = event.text().isprintable() and bool(event.text().strip())
        if held or event.isAutoRepeat() or not (deletes or writes):
            return
        key = QKeySequence(event.keyCombination()).toString() if deletes or event.text().isalpha() else event.text()
        words = message("{key} does nothing while one reviews.", key=key)
        keys = message("1, 2 … accept a layer, E edits, M merges, R rejects all, D defers.")
        self.session.tell(message("{words} {keys}", words=words, keys=keys))


def standing(sides: tuple[tuple[object, ...], ...]) -> Iterator[tuple[Annotation, int]]:
    """Yield the annotations of a difference, layer by layer, each with the place of its layer."""
    for side, said in enumerate(sides):
        for one in said:
            if isinstance(one, Annotation):
                yield one, side


def span_of_place(place: Place) -> Span | None:
    """Return what of the text a place is about; None for a topic, and for a relation."""
    found = place.annotations
    if not found:
        return None
    return Span.of(min(one.start for one in found), max(one.end for one in found))

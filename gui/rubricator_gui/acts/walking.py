"""From one annotation or suggestion to the next: in reading order, past all but suggestions, at one place."""

from __future__ import annotations

from rubricator.model.spans import Annotation
from rubricator.words import message
from rubricator_gui.acts.relations import Relations
from rubricator_gui.desk import Desk
from rubricator_gui.offered import nearest, neighbour, outermost


class Walking:
    """What a person walks through by keys."""

    def __init__(self, desk: Desk, relations: Relations) -> None:
        self._desk, self._relations = desk, relations
        self._ended: tuple[int, int, str | None] | None = None
        """The walk that came to nothing further, as it was asked for: asked once more it goes round."""
        desk.selection_changed.connect(self._gone_elsewhere)

    def _gone_elsewhere(self) -> None:
        self._ended = None  # who comes back is told again before a walk goes round

    def walk(self, step: int, caret: int) -> None:
        """Hold the next (or previous) annotation or offer in reading order, from the one held or from the caret.

        Where a relation is begun these are the annotations that may be its other end.
        """
        desk = self._desk
        desk.settling.emit()  # borders that were moved decide what comes next
        if desk.relating is not None:
            self._walk_ends(step, caret)
            return
        if desk.offers_due:
            desk.look_for_offers()
        if desk.current is None and step > 0 and (held := desk.around(desk.selection)) is not None:
            desk.choose(held.id)  # before what comes after it: words of it were looked for
            return
        here = self._from_where(caret)
        if desk.current is None and desk.fresh is not None:  # wherever in its last word the drag has ended
            last = desk.labelled_last
            if step < 0 and last is not None:  # back to what was just labelled, whatever lies inside it
                desk.choose(last.id)
                return
            here = here or last
        indexes, at = (desk.spans, desk.looking.standing.spans), (step, caret, desk.current)
        round_ = self._ended == at
        both = (outermost(one, step) if round_ else neighbour(one, here, step, caret) for one in indexes)
        found = nearest([one for one in both if one is not None], step)
        self._ended = at if found is None else None
        if found is not None:
            desk.choose(found.id)
        if round_:
            desk.tell(message("On from the top.") if step > 0 else message("On from the end."), idle=True)
        elif found is None and (len(desk.spans) or desk.offers):
            beyond = message("That was the last annotation. {key} again goes on from the top.", key="Tab")
            before = message("That was the first annotation. {key} again goes on from the end.", key="Shift+Tab")
            desk.tell(beyond if step > 0 else before, idle=True)

    def _walk_ends(self, step: int, caret: int) -> None:
        """Choose the next annotation to which the relation that was begun may lead, round the end of the article."""
        spans, labels = self._desk.spans, self._relations.end_labels()
        found = self._next_end(neighbour(spans, self._from_where(caret), step, caret), step, labels)
        if found is None:
            found = self._next_end(outermost(spans, step), step, labels)
        if found is not None:
            self._desk.choose(found.id)
        else:
            self._desk.tell(message("Nothing here may be the other end."), idle=True)

    def _next_end(self, found: Annotation | None, step: int, labels: frozenset[str]) -> Annotation | None:
        spans = self._desk.spans
        at = spans.place(found.id) if found is not None and labels else -1
        while (found := spans.nth(at) if at >= 0 else None) is not None:
            if found.label in labels and self._relations.may_lead_to(found):
                return found
            at += step
        return None

    def walk_offers(self, caret: int) -> None:
        """Walk to the next offer, from what is held or from the caret, past all annotations; round the end."""
        desk = self._desk
        desk.settling.emit()
        if desk.offers_due:
            desk.look_for_offers()
        offers = desk.looking.standing.spans
        found = neighbour(offers, self._from_where(caret), 1, caret) or offers.next_after(-1)
        if found is not None and found.id != desk.current:
            desk.choose(found.id)

    def next_stacked(self) -> bool:
        """Choose the next annotation at the same place; say whether there is another one."""
        desk = self._desk
        desk.settling.emit()
        stack = [one.id for one in desk.spans.stacked_with(desk.chosen)] if desk.chosen is not None else []
        if desk.chosen is None or len(stack) < 2:
            return False
        desk.choose(stack[(stack.index(desk.chosen) + 1) % len(stack)])
        return True

    def _from_where(self, caret: int) -> Annotation | None:
        """Return what is held, from where one walks on; None where who went on reading does so from the caret."""
        desk = self._desk
        here = desk.shown(desk.current)
        return here if here is None or desk.sees(here) or not desk.in_view(caret) else None

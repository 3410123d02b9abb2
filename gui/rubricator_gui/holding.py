"""What a person holds in the article shown: words, an annotation, an offer, a sticky label, a relation begun."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from rubricator.model.relations import Relation
from rubricator.model.span_index import SpanIndex, inner_first
from rubricator.model.spans import Annotation, Fragment, Span, merged_fragments
from rubricator.suggest.supposed import is_offer
from rubricator_gui.looking import Looking
from rubricator_gui.offered import id_of
from rubricator_gui.telling import Teller

if TYPE_CHECKING:
    from rubricator.suggest.offers import Offer

_USED_MOST = 50
"""Labels that were used, as far back as one may undo and go on with the one before."""


class Relating(NamedTuple):
    """A relation that was begun: the annotation at its first end (an id), and its type, where that is settled.

    Where an end of one that is there is being moved it is `moving` (as it was then), and `end` is the one that stays.
    """

    end: str
    label: str = ""
    moving: Relation | None = None


class Used(NamedTuple):
    """A label that was given to something, the step that did it, and the suggestion (its id) it was about, if any."""

    label: str
    step: str
    offer: str = ""


def _anywhere(_offset: int) -> bool:
    return True


def _all_of_it() -> Fragment | None:
    return None


class Holding(Teller):
    """The annotations and offers of the article shown, what is held of them, and which labels were used."""

    settling = Signal()
    """Something else is about to be held, shown, labelled or undone: what is half done is done first, and not lost."""
    selection_changed = Signal()
    """`selection`, `exact`, `chosen`, `offered`, `sticky` or `relating` is new."""
    chosen_again = Signal()
    """What is chosen already, or walked to, was chosen once more."""
    used = Signal()
    """`last_label` may be another one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.spans = SpanIndex()
        self.selection: Span | None = None
        self.exact = False
        self.chosen: str | None = None
        self.chosen_before: str | None = None
        """What was chosen or just labelled when the selection was made: "+" adds the selection to it."""
        self._only_labelled = False
        """It was just labelled: who labels one name after another does not think of adding the next to it."""
        self.offered: Offer | None = None
        """The offer that was walked to."""
        self.corrected: Offer | None = None
        """The offer that the selection holds with other borders: another label for that rejects it."""
        self.fresh: Span | None = None
        """What was labelled last, while nothing else is held and the caret stays: what lies inside it comes next."""
        self.sticky: str | None = None
        self.relating: Relating | None = None
        """The relation that was begun, while its other end is looked for."""
        self.in_view: Callable[[int], bool] = _anywhere
        """Says whether a place in the text (in code points) is on the screen: who shows the text knows."""
        self.on_screen: Callable[[], Fragment | None] = _all_of_it
        """Returns which stretch of the text is on the screen, if only some of it is."""
        self._written = ""
        """The step that was written last from here."""
        self._undone: dict[str, Used] = {}
        """What was used by steps that were undone since."""
        self._used: list[Used] = []
        """The labels that were used, the last one at the end, without those of what was undone."""
        self.looking = Looking(self)

    def select(self, span: Span | None, exact: bool = False) -> None:
        """Take a span of the text as the selection; a chosen annotation is let go."""
        self.settling.emit()
        if (span, exact) == (self.selection, self.exact) and not (span and self.current):
            return
        self.selection, self.exact, self.corrected = span, exact, None
        if span is None:
            self.chosen_before = None
        else:
            if self.adds_to is not None:
                self.chosen_before, self._only_labelled = self.adds_to, self.chosen is None
            self.chosen, self.offered, self.fresh = None, None, None
        self.selection_changed.emit()

    @property
    def adds_to(self) -> str | None:
        """What "+" adds to where words are selected now: the chosen annotation, or what was just labelled (its id)."""
        last = self.labelled_last
        return self.chosen or (last.id if last is not None else None)

    @property
    def adding_to(self) -> Annotation | None:
        """The chosen annotation that "+" adds the selected words to; None where it has them, or "+" is a label's."""
        annotation, selection = self.spans.get(self.chosen_before), self.selection
        if annotation is None or selection is None or self._only_labelled or "+" in self.scheme.by_key:
            return None
        there = annotation.span.fragments
        return annotation if merged_fragments((*there, *selection.fragments)) != there else None

    def choose(self, annotation: str | None) -> None:
        """Choose an annotation, or walk to an offer; the selection is dropped."""
        self.settling.emit()
        offered = self.looking.standing.by_id.get(annotation or "")
        if annotation is not None and annotation not in self.spans:
            annotation = None
        if (annotation, offered, None, None) == (self.chosen, self.offered, self.selection, self.fresh):
            if self.current is not None:
                self.chosen_again.emit()
            return
        self.chosen, self.offered, self.selection, self.exact = annotation, offered, None, False
        self.fresh, self.corrected = None, None
        self.chosen_before = None
        self.selection_changed.emit()

    def just_labelled(self, span: Span) -> None:
        """Let go of what was held, and mean what was just labelled until something else is."""
        self.chosen, self.offered, self.selection, self.exact, self.chosen_before = None, None, None, False, None
        self.fresh, self.corrected = span, None
        self.selection_changed.emit()

    def leave(self, caret: int) -> None:
        """Let go of what is held where the caret was taken out of it; a selection may still be added to it.

        What was just labelled is let go of wherever the caret is taken.
        """
        last = self.labelled_last
        if self.fresh is not None and self.selection is None:
            self.choose(None)
            self.chosen_before, self._only_labelled = last.id if last is not None else None, True
        held = self.shown(self.current)
        if held is None or self.selection is not None or held.start <= caret <= held.end:
            return
        before = self.chosen
        self.choose(None)
        self.chosen_before, self._only_labelled = before, False

    def choose_meant(self) -> None:
        """Choose what is meant where nothing is chosen."""
        if self.current is None and (meant := self.meant) is not None:
            self.choose(meant.id)

    @property
    def meant(self) -> Annotation | None:
        """The chosen annotation; where nothing is held, that of the very words selected, or what was labelled last.

        Of several over the same words it is the one that Tab or a click would choose first.
        """
        if self.current is not None:
            return self.chosen_annotation
        return next(iter(self.over(self.selection)), None) or self.labelled_last

    def around(self, span: Span | None) -> Annotation | None:
        """Return the shortest annotation that a span lies in; None where none is, or several over other words are."""
        if span is None:
            return None
        held = [a for a in self.spans.overlapping(span.start, span.start + 1) if span.end <= a.end]
        shortest = min((len(a.span) for a in held), default=0)
        nearest = [a for a in held if len(a.span) == shortest]
        return nearest[0] if len({a.span for a in nearest}) == 1 else None

    def innermost(self, caret: int) -> Annotation | None:
        """Return the shortest annotation that a caret stands in or at the end of; none that ends where another begins.

        Of several over the same words it is the one whose label was used last.
        """
        near = self.spans.overlapping(max(0, caret - 1), caret + 1)
        held = sorted((a for a in near if any(s <= caret <= e for s, e in a.span.fragments)), key=inner_first)
        if any(s == caret for a in held for s, _ in a.span.fragments):
            held = [a for a in held if any(s <= caret < e for s, e in a.span.fragments)]
        latest = {one.label: n for n, one in enumerate(self._used)}
        return max(self.over(held[0].span), key=lambda a: latest.get(a.label, -1)) if held else None

    def over(self, span: Span | None) -> list[Annotation]:
        """Return the annotations of these very words."""
        return [a for a in self.spans.overlapping(span.start, span.start + 1) if a.span == span] if span else []

    @property
    def last_label(self) -> str:
        """The name of the label that was used last, of what was not undone; empty before any was."""
        return self.last_used.label if self.last_used is not None else ""

    @property
    def last_used(self) -> Used | None:
        """The same with the step that gave it."""
        return self._used[-1] if self._used else None

    def use(self, label: str, offer: str = "") -> None:
        """Note that the step just written gave a label to something: to what stood there as an `offer` (its id)."""
        self._used = [*self._used[-_USED_MOST:], Used(label, self._written, offer)]
        self.used.emit()

    def offer_of(self, step: str) -> str:
        """Return the id of the suggestion that a step was about; empty where it was about none."""
        return next((one.offer for one in self._used if one.step == step), "")

    def unuse(self, step: str) -> None:
        """Note that a step was undone: the label used before it is the last one again."""
        self._undone.update({one.step: one for one in self._used if one.step == step})
        self._used = [one for one in self._used if one.step != step]
        self.used.emit()

    def use_again(self, step: str) -> None:
        """Note that a step that was undone was done again."""
        if (one := self._undone.pop(step, None)) is not None:
            self._used.append(one)
            self.used.emit()

    @property
    def labelled_last(self) -> Annotation | None:
        """What was labelled last, where nothing else was held since and it is still there."""
        there = self.over(self.fresh)
        return next((a for a in there if a.label == self.last_label), there[0] if there else None)

    def corrects(self, label: str) -> Annotation | None:
        """Return what the key of a label relabels: what is chosen, or what was just labelled otherwise.

        Who sweeps with a sticky label means the next sweep.
        """
        if self.current is not None or self.selection is not None:
            return self.chosen_annotation
        last = self.labelled_last if self.sticky is None else None
        return last if last is not None and last.label != label else None

    @property
    def chosen_annotation(self) -> Annotation | None:
        """The chosen annotation, or None."""
        return self.spans.get(self.chosen)

    @property
    def current(self) -> str | None:
        """The id of what is held: of the chosen annotation, or of the offer that was walked to."""
        return id_of(self.offered) if self.offered is not None else self.chosen

    def shown(self, name: str | None) -> Annotation | None:
        """Return what stands in the article under an id: an annotation, or an offer drawn like one."""
        if name is None:
            return None
        return self.looking.standing.spans.get(name) if is_offer(name) else self.spans.get(name)

    def sees(self, annotation: Annotation) -> bool:
        """Say whether some of an annotation is on the screen."""
        seen = self.on_screen()
        return seen is None or (annotation.start < seen[1] and seen[0] < annotation.end)

    def escape(self) -> None:
        """Let go of what is held: selection, relation that was begun, else chosen annotation and sticky label.

        These both: the status line says that Esc ends what is sticky, and who chose something meanwhile reads that.
        """
        if self.selection is not None:
            self.select(None)
        elif self.relating is not None:
            begun_at = self.relating.end
            self.relate(None)
            self.choose(begun_at)
        else:
            if self.sticky is not None:
                self.make_sticky(None)
            self.choose(None)

    def make_sticky(self, label: str | None) -> None:
        """Have every new selection labelled at once, until Esc."""
        self.sticky = label
        self.selection_changed.emit()

    @property
    def enter_labels(self) -> bool:
        """Say whether Enter gives the selection the sticky label: words that have it already would be refused."""
        if self.sticky is None or self.selection is None:
            return False
        return self.sticky not in {annotation.label for annotation in self.over(self.selection)}

    @property
    def not_by_enter(self) -> tuple[str, ...]:
        """The actions whose key, Enter, does another thing now."""
        if self.selection is not None:
            return ("note", "pick-label") if self.enter_labels else ("note",)
        if self.relating is not None:
            return ("note", "pick-label")
        return ("pick-label",) if self.current is not None else ()

    @property
    def changes_label(self) -> bool:
        """Say whether a label that is picked takes the place of the one that what is held has."""
        return self.selection is None and self.current is not None

    def drop_lost(self) -> None:
        """Let go of what stands in the article no longer."""
        lost = self.fresh is not None and self.labelled_last is None
        if lost:
            self.fresh = None
        relating = self.relating  # of one that is moved its own act says why that is over
        if relating is not None and relating.moving is None and relating.end not in self.spans:
            self.relating = None
            lost = True
        if self.chosen is not None and self.chosen not in self.spans:
            self.chosen = None
            lost = True
        if lost:
            self.selection_changed.emit()

    def relate(self, begun: Relating | None) -> None:
        """Hold a relation that was begun, while one goes to its other end; None lets go of it."""
        if begun != self.relating:
            self.relating = begun
            self.selection_changed.emit()

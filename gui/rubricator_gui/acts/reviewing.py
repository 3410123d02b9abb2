"""The review of an article: its layers compared, one difference after another settled, the gold layer written.

Layers are called A, B, C in an order that tells nothing of who is who.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from rubricator.errors import UserError
from rubricator.model.attributes import by_default
from rubricator.model.changes import Change
from rubricator.model.relations import Relation
from rubricator.model.spans import Annotation, Span, TopicTag
from rubricator.review.blind import letter
from rubricator.review.decision import DEFER, MERGE, REJECT, Outcome, accept, edit
from rubricator.review.difference import Comparison, Difference, Element
from rubricator.review.kinds import Pattern
from rubricator.review.precedents import Before, same_again
from rubricator.verbs.compared import OPEN, Settled
from rubricator.words import Message, message, plural, say
from rubricator_gui.acts.because import Because, at_issue, guideline_words
from rubricator_gui.desk import Desk
from rubricator_gui.wording import isolated, short_quote

NOTHING = Comparison((), (), ())


class Reviewing(QObject):
    """What is reviewed now, and what a reviewer does."""

    turned = Signal(object)
    """The review was begun (True) or left."""
    loaded = Signal()
    """Another article is compared, or its layers are others than before."""
    stood = Signal()
    """How its differences stand is new."""
    moved = Signal()
    """Another difference is the current one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.on = False
        self.comparison = NOTHING
        self.settled: list[Settled] = []
        self.locked = False
        self.at = -1
        """Which difference is the current one; -1 where there is none."""
        self.because = Because()
        """Why: it goes with the next decision."""
        self._before: tuple[str, list[Before]] | None = None
        """What was decided on the same words, and of which difference that holds."""
        desk.article_shown.connect(self._article_shown)
        desk.opened.connect(self._opened)
        desk.changed.connect(self._changed)

    # --- coming and going -----------------------------------------------------------------------------------------

    def turn(self, on: bool) -> None:
        """Begin to review, or go back to one's own layer."""
        if on != self.on:
            self.on = on
            if on:
                self._desk.select(None)
                self._desk.choose(None)
            self._load()
            self.turned.emit(on)

    def _opened(self) -> None:
        if self._desk.project is None:
            self.turn(False)

    def _article_shown(self) -> None:
        if self.on:
            self._load()

    def _changed(self, change: Change) -> None:
        article = self._desk.article
        if self.on and article is not None and (change.everything or change.scheme or article.id in change.articles):
            self._load(again=True)

    def _load(self, *, again: bool = False) -> None:
        """Compare the layers; `again` of the same article, where the place is kept."""
        article, project = self._desk.article, self._desk.project
        self._before = None
        was, here, before = self.settled, self.current, self.comparison
        if not self.on or article is None or project is None:
            self.comparison, self.settled, self.locked = NOTHING, [], False
        else:
            review = project.review
            owners = review.annotators(article.id, blind=True)
            self.comparison = review.compare(article.id, owners) if owners else NOTHING
            self.settled = review.settled(self.comparison)
            self.locked = review.locked(article.id)
        if not again:
            self.because.forget()
            self.at = self._ahead(0)
            if self.at < 0 and self.settled:
                self.at = 0
            self.loaded.emit()
            self.moved.emit()
            return
        self.at = self._found_again(was, here)
        now = self.current
        if here is not None and (now is None or now.difference.id != here.difference.id):
            self.because.forget()
        if self.comparison != before:
            self.loaded.emit()
        else:
            self.stood.emit()
        if self.current is not here:
            self.moved.emit()

    def _found_again(self, was: Sequence[Settled], here: Settled | None) -> int:
        """Return where one stands after a change: at what an undo opened again, else where one stood."""
        closed = {one.difference.id for one in was if one.state not in OPEN}
        opened = [n for n, one in enumerate(self.settled) if one.state in OPEN and one.difference.id in closed]
        if opened:
            return opened[0]
        same = [n for n, one in enumerate(self.settled) if here and one.difference.id == here.difference.id]
        return same[0] if same else min(max(self.at, 0), len(self.settled) - 1)

    # --- looking --------------------------------------------------------------------------------------------------

    @property
    def current(self) -> Settled | None:
        """The difference that is decided next, with how it stands."""
        return self.settled[self.at] if 0 <= self.at < len(self.settled) else None

    def can(self, when: str, left: Callable[[Pattern], int]) -> bool:
        """Say whether a condition of the table of actions holds now; `left` counts what is open of a pattern."""
        here = self.current
        deciding = here is not None and not self.locked
        kind, _dash, number = when.partition("-")
        match kind:
            case "reviewing":
                return self.on
            case "compared":
                return len(self.settled) > 1
            case "deciding":
                return deciding
            case "editing":
                return deciding and here is not None and bool(here.difference.annotations)
            case "decided":  # decided-before
                return deciding and self.fitting is not None
            case "layer":
                return deciding and self.layers >= int(number)
            case "group":
                several = self.layers >= int(number or 0)
                return several and deciding and here is not None and left(here.difference.pattern) > 0
            case "locked":
                return self.locked
        raise ValueError(f"no such condition: {when}")

    @property
    def layers(self) -> int:
        """How many layers are compared."""
        return len(self.comparison.works)

    @property
    def left(self) -> tuple[int, int]:
        """How many differences of the article are to be decided, and how many were put off."""
        return sum(one.state in OPEN for one in self.settled), sum(one.state == "deferred" for one in self.settled)

    @property
    def blind(self) -> bool:
        """Say whether names are hidden."""
        return bool(self._desk.settings.get("review.blind"))

    def hide_names(self, hidden: bool) -> None:
        """Hide the names of the annotators, or tell them, from now on."""
        self._desk.settings.set("review.blind", hidden)
        self.stood.emit()

    def layer_called(self, n: int) -> str:
        """Return what the n-th layer is called: "Annotator A", or with the name where that may be told."""
        if self.blind:
            return say(message("Annotator {letter}", letter=letter(n)))
        owner = self.comparison.works[n].annotator
        return f"{letter(n)}: {self._desk.ready.rows.name_of(owner) or owner}"

    def standing(self, n: int) -> str:
        """Say whether a difference is the "current" one, "open", "settled", or settled with "nothing" in gold."""
        if n == self.at:
            return "current"
        one = self.settled[n] if n < len(self.settled) else None
        if one is None or one.state != "decided":
            return "open"
        return "settled" if one.decision is not None and one.decision.wrote else "nothing"

    @property
    def before(self) -> list[Before]:
        """What was decided before on the words of the current difference, the commonest outcome first."""
        here = self.current
        if here is None:
            return []
        if self._before is None or self._before[0] != here.difference.id:
            self._before = here.difference.id, self._desk.ready.review.precedents(here.difference)
        return self._before[1]

    @property
    def fitting(self) -> tuple[Before, Outcome] | None:
        """The first of these that can be decided here too, and the outcome that does it."""
        here = self.current
        found = ((one, same_again(one, here.difference, self.comparison)) for one in self.before if here is not None)
        return next(((one, outcome) for one, outcome in found if outcome is not None), None)

    # --- walking --------------------------------------------------------------------------------------------------

    def go(self, n: int) -> None:
        """Make another difference the current one."""
        if 0 <= n < len(self.settled) and n != self.at:
            self.at = n
            self.because.forget()
            self.moved.emit()

    def go_to(self, difference: str) -> None:
        """Make a difference (by id) the current one."""
        self.go(next((n for n, one in enumerate(self.settled) if one.difference.id == difference), -1))

    def step(self, by: int) -> None:
        """Go to the next difference, or the one before, settled or not; at the end from the other one on."""
        if self.settled:
            self.go((self.at + by) % len(self.settled))

    def _ahead(self, start: int) -> int:
        """Return what is to be decided next, from a place on and round; what was put off comes last; -1 for none."""
        order = [*range(start, len(self.settled)), *range(start)]
        return next((n for states in (OPEN, {"deferred"}) for n in order if self.settled[n].state in states), -1)

    # --- deciding -------------------------------------------------------------------------------------------------

    def accept(self, n: int) -> bool:
        """Take to gold what the n-th layer says here."""
        outcome = self.accepting(n)
        return outcome is not None and self._decide(outcome, message("Accepted {layer}", layer=letter(n)))

    def accepting(self, n: int) -> Outcome | None:
        """Return the outcome of accepting a layer; None (and it is told) where there is no such layer."""
        if n >= self.layers:
            self._desk.tell(plural("There is {n} layer here.", "There are {n} layers here.", self.layers), warns=True)
            return None
        return accept(self.comparison.works[n].annotator)

    def merge(self) -> bool:
        """Take to gold all that is said here, together."""
        return self._decide(MERGE, message("Merged what the layers say"))

    def reject(self) -> bool:
        """Take nothing to gold: that is a decision too."""
        return self._decide(REJECT, message("Rejected all"))

    def defer(self) -> bool:
        """Put the decision off; it stays open, out of the way."""
        return self._decide(DEFER, message("Put off the decision"))

    def edit(self, span: Span, label: str) -> bool:
        """Take to gold an annotation that no layer has."""
        words = message("Wrote {label}", label=self._desk.title(label))
        return self._decide(edit(label, span, by_default(self._desk.scheme, label)), words)

    def again(self) -> bool:
        """Decide as it was decided before on the same words."""
        fitting = self.fitting
        if fitting is None:
            none = message("Nothing was decided yet on these words.")
            self._desk.tell(message("What was decided before does not fit here.") if self.before else none, warns=True)
            return False
        return self._decide(fitting[1], message("Decided as before"))

    def refer(self) -> None:
        """Have the next decision refer to the guideline of what is at issue; again: of the next, and then to none."""
        here, desk = self.current, self._desk
        names = at_issue(here.difference, desk.scheme) if here is not None else []
        if here is None or self.locked or not names:
            nothing = message("The scheme says nothing of what is at issue here.")
            desk.tell(message("The gold layer of this article is locked.") if self.locked else nothing, warns=True)
            self.stood.emit()  # the button that was pressed is not down
            return
        self.because.refer_to_next(names)
        named = self.because.guideline
        if named:
            what = guideline_words(desk, named, here.difference.kind)
            desk.tell(message("The decision will refer to the {guideline}.", guideline=what))
        else:
            desk.tell(message("The decision will refer to no guideline."))
        self.stood.emit()

    def forget_why(self) -> None:
        """Have the next decision begin without a reason: it went with one that was taken elsewhere."""
        self.because.forget()
        self.stood.emit()

    def _decide(self, outcome: Outcome, words: Message) -> bool:
        here, desk = self.current, self._desk
        if here is None:
            desk.tell(message("There is no difference here."), warns=True)
            return False
        number, difference = self.at + 1, here.difference
        if not self.join():
            return False
        if not desk.do(desk.ready.review.decide, self.comparison, difference, self.because.given(outcome)):
            return False
        self.because.forget()
        desk.tell(
            message("{did} on difference {n}: {what}.", did=words, n=number, what=self.what(difference)), undo=True
        )
        if not any(self.left):
            desk.tell(
                plural(
                    "{did}. The difference is settled: finish the review.",
                    "{did}. All {n} differences are settled: finish the review.",
                    len(self.settled),
                    did=words,
                ),
                undo=True,
            )
        after = self._ahead(number % len(self.settled))
        if after not in (-1, self.at):
            self.go(after)
        elif self.current is here or self.at == number - 1:
            self.moved.emit()
        return True

    def may_write(self) -> bool:
        """Say whether gold can be written now; where not, why is told."""
        desk = self._desk
        if desk.held:
            desk.tell(desk.held, warns=True)
            return False
        try:
            desk.ready.review.check_gold()
        except UserError as error:
            desk.refuse(error)
            return False
        return True

    def join(self) -> bool:
        """Have the gold layer an annotator, and take in what others wrote meanwhile; False where it was refused."""
        if not self.may_write():
            return False
        self._desk.do(self._desk.ready.review.join)
        return self._desk.ready.review.joined

    def what(self, difference: Difference) -> Message:
        """Say what a difference is about, in a few words."""
        first: Element = next(difference.elements)
        if isinstance(first, Annotation):
            longest = max(difference.annotations, key=lambda one: len(one.span))
            return message("“{quote}”", quote=isolated(short_quote(longest.quote)))
        if isinstance(first, TopicTag):
            return message("the topic {topic}", topic=self._desk.topic_name(first.topic))
        return message("the relation {relation}", relation=self._desk.relation_title(first.label))

    def meaning(self) -> Message:
        """Say what the current difference is about where that is no label: a type of relations, a topic."""
        here, scheme = self.current, self._desk.scheme
        if here is None:
            return message("There is no difference here.")
        first: Element = next(here.difference.elements)
        words = ""
        if isinstance(first, Relation):
            kind = scheme.relations_by_name.get(first.label)
            words = kind.definition if kind is not None else ""
        elif isinstance(first, TopicTag):
            topic = scheme.topics_by_code.get(first.topic)
            words = topic.definition if topic is not None else ""
        what = self.what(here.difference)
        if not words:
            return message("The scheme says nothing of {what}.", what=what)
        return message("{what}: {words}", what=what, words=words)

    # --- finishing ------------------------------------------------------------------------------------------------

    def finish(self) -> bool:
        """Lock the gold layer of the article, with what all layers agree on."""
        article, desk = self._desk.article, self._desk
        if article is None:
            return False
        owners = [work.annotator for work in self.comparison.works]
        if len(owners) < 2:
            desk.tell(message("There are no two layers to compare here."), warns=True)
            return False
        if self.locked:
            return True
        if not self.join():
            return False
        if not desk.do(desk.ready.review.lock, article.id, owners):
            self.go(self._ahead(self.at))
            return False
        desk.tell(message("Finished the review of “{title}”.", title=short_quote(article.title)), undo=True)
        return True

    def reopen(self) -> bool:
        """Take the lock off the gold layer."""
        article, desk = self._desk.article, self._desk
        if article is None or not desk.do(desk.ready.review.reopen, article.id):
            return False
        desk.tell(message("The gold layer is open again."), undo=True)
        return True

"""Looks for what is offered in the article shown, a few milliseconds between two frames, and holds what was found."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from rubricator.model.changes import Change
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Fragment
from rubricator.project import Project
from rubricator_gui.offered import Offered

if TYPE_CHECKING:
    from rubricator.suggest.offers import Offer
    from rubricator_gui.offering import Offering

_RULES = tuple(
    f"rubricator.suggest.{name}"
    for name in (
        "shapes",
        "reading",
        "matcher",
        "runs",
        "names",
        "lists",
        "patterns",
        "abbreviations",
        "cues",
        "inside",
        "offers",
    )
)
"""What finds offers is loaded one at a time, after the first paint."""


class Looking(QObject):
    """Looks for offers once it is told to begin, and drops a look that a change overtakes."""

    changed = Signal()
    """`standing` is new."""
    ended = Signal()
    """A look came to its end, whether it found anything else or not."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.standing = Offered([], "")
        self.due = False
        """What is offered has to be found anew; whoever paints has it begun when that is done."""
        self.offering: Offering | None = None
        self._project: Project | None = None
        self._article = ""
        self._text = ""
        self._spans = SpanIndex()
        self._wished = False
        self._seen: Fragment = (0, 0)
        self._found: list[Offer] | None = None
        self._unloaded = list(_RULES)
        self._between = QTimer(self)
        self._between.setInterval(0)
        self._between.timeout.connect(self._go_on)

    @property
    def active(self) -> bool:
        """Say whether it is at work: looking, or reading on what was decided before."""
        return self._between.isActive()

    @property
    def silent(self) -> list[str]:
        """The labels that rules suggest no longer, since most of it was rejected."""
        return self.offering.silent if self.offering is not None else []

    def close(self) -> None:
        """Let go of the project."""
        self.offering = None
        self.show(None, "", "")

    def show(self, project: Project | None, article: str, text: str) -> None:
        """Turn to another article, or to none."""
        self._leave_off()
        self.standing, self._seen = Offered([], ""), (0, 0)
        self._project, self._article, self._text = project, article, text
        if self.offering is not None:
            self.offering.show(article, text)
        self.due = bool(article)

    # --- change ---------------------------------------------------------------------------------------------------

    def patch(self, change: Change) -> None:
        """Take in what was decided by a Change, and wait: it will be painted first, and then one begins anew."""
        self._leave_off()
        if self.offering is not None:
            self.offering.patch(change)

    def drop_taken(self, change: Change, article: str, *, wished: bool) -> None:
        """Take away at once what cannot be offered any longer; the rest is found when the Change was painted."""
        self.due = bool(article)
        labelled = [one.after for one in change.annotations if one.after and one.after.article == article]
        rejected = [one.after for one in change.rejections if one.after and one.after.article == article]
        taken = [*((one.span, one.label) for one in labelled), *((one.span, one.label) for one in rejected)]
        if self.offering is not None and change.rejections:
            standing = self.standing.without(taken, self._text, self.offering.unwanted)
        else:
            standing = self.standing.without(taken, self._text)
        if standing.offers and not wished:
            standing = Offered([], "")
        if standing is not self.standing:
            self._put(standing)

    def _leave_off(self) -> None:
        self._found = None
        self._between.stop()

    def _put(self, standing: Offered) -> None:
        self.standing = standing
        self.changed.emit()

    # --- looking --------------------------------------------------------------------------------------------------

    def covers(self, seen: Fragment) -> bool:
        """Say whether what is seen was looked over."""
        return self.offering is not None and self.offering.covers(seen)

    def begin(self, spans: SpanIndex, seen: Fragment | None, *, wished: bool) -> None:
        """Find anew what is offered, around what is `seen` of a long article; where it is not `wished`, nothing is."""
        self._spans, self._seen, self._wished = spans, seen or self._seen, wished
        if not wished:
            self.due, self._found = False, None
            if self.standing.offers:
                self._put(Offered([], self._text))
            return
        self.due = True
        offering = self.offering
        if offering is not None:
            under_way = offering.looking or self._found is not None
            if not (under_way and offering.covers(self._seen)):
                self._found = None
                offering.begin(spans, self._seen)
        self._between.start()

    def finish(self) -> None:
        """Do now what is left of a look."""
        while self.due:
            self._look_some()

    def _go_on(self) -> None:
        """Look on for what is offered, then read on what was decided before: in parts, so that nobody waits for it."""
        try:
            self._do_some()
        except BaseException:  # it would fail again with each paint: nothing more is looked for until the next change
            self.due = False
            self._between.stop()
            raise

    def _do_some(self) -> None:
        offering = self.offering
        if self.due:
            self._look_some()
        elif offering is not None and not offering.loaded:
            if offering.load_some():
                self.begin(self._spans, None, wished=self._wished)
        else:
            self._between.stop()

    def _look_some(self) -> None:
        """Go on with the next thing: loading the rules, looking, showing what was found."""
        if self.offering is None:
            if self._unloaded:
                import_module(self._unloaded.pop(0))  # each takes some milliseconds
            elif self._project is not None:
                self.offering = _made_offering(self._project, self._article, self._text)
                self.offering.begin(self._spans, self._seen)
        elif self._found is not None:
            found, self._found = self._found, None
            self.due = False
            if found != self.standing.offers:
                self._put(Offered(found, self._text))
            self.ended.emit()
        else:
            if not self.offering.looking:
                self.offering.begin(self._spans, self._seen)
            self._found = self.offering.look_some()


def _made_offering(project: Project, article: str, text: str) -> Offering:
    """Make what finds offers; the rules are loaded after the first paint."""
    from rubricator_gui.offering import Offering

    made = Offering(project)
    made.show(article, text)
    return made

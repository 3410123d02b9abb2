"""What waits for a decision in the whole corpus: compared in a process of its own, kept up to date by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from rubricator.errors import UserError
from rubricator.exchange.comparing import queue_work
from rubricator.model.changes import Change
from rubricator.review.kinds import Pattern
from rubricator.verbs.compared import OPEN
from rubricator.verbs.queue import Waiting, by_pattern
from rubricator.words import message
from rubricator_gui.acts.reviewing import Reviewing
from rubricator_gui.desk import Desk
from rubricator_gui.tasks import Task


class Queue(QObject):
    """The differences of all articles, small; what one decides oneself is taken in at once."""

    changed = Signal()
    """What waits is new, or how far the comparison is."""

    def __init__(self, desk: Desk, reviewing: Reviewing) -> None:
        super().__init__(desk)
        self._desk, self._reviewing = desk, reviewing
        self._task: Task | None = None
        self._by_article: dict[str, list[Waiting]] = {}
        self._open: Counter[Pattern] = Counter()
        """How many of each pattern are open: asked with every key."""
        self.share: float | None = None
        """How much of the corpus was compared; None where none is under way."""
        self.whole = False
        """All of the corpus was compared."""
        reviewing.turned.connect(self._turned)
        reviewing.loaded.connect(self._take_in)
        reviewing.stood.connect(self._take_in)
        desk.changed.connect(self._changed)
        desk.opened.connect(self._opened)

    # --- comparing ------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Compare the whole corpus."""
        self.cancel()
        project = self._desk.project
        if project is None:
            return
        self._task = Task(queue_work, (project.path, project.me, ()), self)
        self._task.progressed.connect(self._progressed)
        self._task.finished.connect(self._finished)
        self._task.failed.connect(self._failed)
        self.share, self.whole = 0.0, False
        self.changed.emit()

    def cancel(self) -> None:
        """Leave off comparing; what was known stays."""
        if self._task is not None:
            self._task.let_go()
            self._task, self.share = None, None
            self.changed.emit()

    def end(self) -> None:
        """Leave off, and wait until the project is let go of: it is closed."""
        if self._task is not None:
            self._task.blockSignals(True)
            self._task.end()
            self._task, self.share = None, None

    def _progressed(self, done: int, total: int) -> None:
        self.share = done / total if total else 0.0
        self.changed.emit()

    def _finished(self, found: object) -> None:
        self._task, self.share, self.whole = None, None, True
        self._by_article = {}
        for one in getattr(found, "waiting", ()):
            self._by_article.setdefault(one.article, []).append(one)
        self._open = Counter(one.pattern for one in self.waiting if one.state in OPEN)
        self._take_in()

    def _failed(self, error: Exception) -> None:
        self._task, self.share = None, None
        self.changed.emit()
        if not isinstance(error, UserError):
            raise error
        self._desk.tell(message("The queue could not be made: {why}", why=error.text), warns=True)

    # --- following ------------------------------------------------------------------------------------------------

    def _turned(self, on: bool) -> None:
        if on:
            self.begin()
        else:
            self.cancel()

    def _opened(self) -> None:
        self._by_article, self.whole = {}, False
        self._open.clear()

    def _changed(self, change: Change) -> None:
        """Compare anew where other articles than the one that is shown may differ in something else now."""
        if not self._reviewing.on:
            return
        here = self._desk.article.id if self._desk.article is not None else ""
        others = change.articles - {here}
        if change.everything or change.listing or change.elsewhere or others:
            self.begin()

    def _take_in(self) -> None:
        article = self._desk.article
        if self._reviewing.on and article is not None:
            found = [
                Waiting(one.difference.pattern, article.id, one.difference.id, one.state)
                for one in self._reviewing.settled
            ]
            self._open.subtract(one.pattern for one in self._by_article.get(article.id, ()) if one.state in OPEN)
            self._open.update(one.pattern for one in found if one.state in OPEN)
            self._by_article[article.id] = found
        self.changed.emit()

    # --- asking ---------------------------------------------------------------------------------------------------

    @property
    def waiting(self) -> Iterable[Waiting]:
        """All differences that are known, decided ones among them, in the order of the articles."""
        return (one for some in self._by_article.values() for one in some)

    def patterns(self) -> list[tuple[Pattern, Counter[str]]]:
        """Return how many there are of each pattern by state, by kind."""
        return by_pattern(self.waiting)

    def counts(self) -> tuple[int, int, int]:
        """Return how many differences there are, are decided, were put off."""
        states = Counter(one.state for one in self.waiting)
        return states.total(), states["decided"], states["deferred"]

    def left(self, pattern: Pattern) -> int:
        """Return how many differences of a pattern are open."""
        return self._open[pattern]

    def open_of(self, pattern: Pattern) -> list[Waiting]:
        """Return the open differences of a pattern."""
        return [one for one in self.waiting if one.pattern == pattern and one.state in OPEN]

    def articles_of(self, pattern: Pattern) -> list[str]:
        """Return the articles with open differences of a pattern."""
        return list(dict.fromkeys(one.article for one in self.open_of(pattern)))

    def next_article(self) -> str | None:
        """Return the next article with something to decide, after the one that is shown; None where none is."""
        here = self._desk.article.id if self._desk.article is not None else ""
        ids = list(self._by_article)
        start = ids.index(here) + 1 if here in ids else 0
        for uid in (*ids[start:], *ids[:start]):
            if uid != here and any(one.state in OPEN for one in self._by_article[uid]):
                return uid
        return None

    def go(self, pattern: Pattern) -> bool:
        """Go to the next open difference of a pattern, in this article or a later one; False where there is none."""
        here = self._desk.article.id if self._desk.article is not None else ""
        reviewing = self._reviewing
        at = reviewing.at
        mine = [n for n, one in enumerate(reviewing.settled) if one.difference.pattern == pattern and one.state in OPEN]
        later = next((n for n in mine if n > at), None)
        if later is not None:
            reviewing.go(later)
            return True
        found = self.open_of(pattern)
        articles = list(dict.fromkeys(one.article for one in found))
        ids = list(self._by_article)
        behind = ids.index(here) if here in ids else -1
        order = sorted(articles, key=lambda uid: (ids.index(uid) <= behind, ids.index(uid)))
        if not order:
            return False
        self._desk.show_article(order[0])
        reviewing.go_to(next(one.id for one in found if one.article == order[0]))
        return True

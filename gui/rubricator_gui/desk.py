"""What lies before a person: project, article and annotator, and the only hand on the door to the core.

Widgets look here and patch themselves by the signals; the acts (acts/) change things through `do`; `told` carries words
for the status line.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from rubricator.errors import UserError
from rubricator.model.changes import Change
from rubricator.model.scheme import Scheme
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Article, Fragment, TopicTag
from rubricator.project import DetachedError, Project
from rubricator.settings import Memory, Place, Settings
from rubricator.words import message
from rubricator_gui.holding import Holding
from rubricator_gui.offered import id_of
from rubricator_gui.telling import Notice

if TYPE_CHECKING:
    from rubricator.suggest.offers import Offer

REMEMBER_AFTER = 1_000
"""Milliseconds until the article shown is remembered for the next start: who leafs through them waits for no disk."""

POLL_EVERY = 500
"""Milliseconds between two looks for edits of other programs: they are seen within a second."""


class Desk(Holding):
    """What is open and what is shown beside what is held; and `do`, through which all is changed."""

    opened = Signal()
    """A project was opened or closed."""
    leaving = Signal()
    """The article shown is about to be left, for another one or because the project is closed."""
    text_shown = Signal()
    """Another article is shown (or none): its text is laid out and painted, before all else follows."""
    article_shown = Signal()
    """Another article is shown (or none); `spans` and `tags` are new."""
    dropping = Signal()
    """Something is about to be redone, and nothing new may be written before it: what is half done is let go of."""
    offers_changed = Signal()
    """`offers` is new, or whether any are wished."""
    changing = Signal(object)
    """A Change that `changed` tells next: who keeps something that was read lets go of it."""
    text_changed = Signal(object)
    """The same Change as `changed`: what it does to the text is laid out and painted, before all else follows."""
    changed = Signal(object)
    """A Change; `spans`, `tags` and `scheme` are patched already."""
    place_wanted = Signal(object)
    """A place of the text (in code points) is to be seen."""

    def __init__(self, settings: Settings, memory: Memory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.memory = memory
        self.project: Project | None = None
        self.article: Article | None = None
        self.text = ""
        self.tags: list[TopicTag] = []
        self.held = ""
        """Why nothing can be changed now, in words: an import holds the project, and waiting for it would freeze us."""
        self._stopped: dict[str, Place | None] = {}
        """Where articles were left, as far as that was not written yet."""
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_EVERY)
        self._timer.timeout.connect(self.look_for_news)
        self._remember = QTimer(self)
        self._remember.setSingleShot(True)
        self._remember.setInterval(REMEMBER_AFTER)
        self._remember.timeout.connect(self.remember_article)
        self.looking.changed.connect(self._on_offers)

    # --- project --------------------------------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Open a project and show the article shown last; UserError where it cannot be opened."""
        project = Project.open(path, self.settings.me())
        self.close()
        self.project = project
        self.scheme = project.scheme
        self.memory.opened(path, own=not project.is_sample)
        self._timer.start()
        self.opened.emit()
        last = self.memory.last_article(path)
        if last and project.rows.article(last):
            self.show_article(last)
        else:
            self.show_first()
        self.do(project.go_by, project.me.name)  # it may have been told while another project was open
        QTimer.singleShot(0, self, self._tell_whose)  # the window may come after the project

    def take_name(self) -> None:
        """Work under the name that the person told last, here or in another window; not where somebody is acted as.

        Where it cannot be written now nobody is told, who may have done no more than to come back: it is tried again.
        """
        project = self.project
        if project is None or self.held or project.packet:  # a packet says whose it is
            return
        me = self.settings.me_now()
        if me.annotator == project.me.annotator and me.name != project.me.name:
            with suppress(UserError):
                self.run(project.go_by(me.name))

    def _tell_whose(self) -> None:
        """Tell who sees an empty layer that others have work here: a name alone does not make them the same person."""
        if self.project is None or self.project.rows.has_work(self.project.me.annotator):
            return
        rows, me, mine = self.project.rows, self.project.me.annotator, self.project.me.name
        others = [one.name for one in rows.annotators() if one.id != me and rows.has_work(one.id)]
        if mine in others:
            self.tell(
                message(
                    "You see your own layer, empty yet: the “{name}” here is somebody on another computer.", name=mine
                )
            )
        elif others:
            self.tell(message("You see your own layer, empty yet: there is work of {names}.", names=", ".join(others)))

    def close(self) -> None:
        """Close the project, if one is open."""
        if self.project is None:
            return
        self._timer.stop()
        self.settling.emit()
        if self.article is not None:
            self.leaving.emit()
        self.remember_article()
        self.article = None
        project, self.project = self.project, None
        self.scheme = Scheme()
        self.sticky = None
        self.looking.close()
        self._show(None)
        project.close()
        self.opened.emit()

    @property
    def ready(self) -> Project:
        """The open project; UserError where none is."""
        if self.project is None:
            raise UserError(message("No project is open."), message("Open one, or make a new one."))
        return self.project

    def look_for_news(self) -> None:
        """Take in what other programs wrote to the file."""
        if self.project is None or not self._timer.isActive():
            return
        try:
            change = self.project.news()
        except DetachedError:
            self._open_again()
            return
        except UserError:
            self._timer.stop()  # a damaged file is told once, not twice a second
            raise
        if change:
            self._patch(change)

    def damage_behind(self, error: BaseException) -> UserError | None:
        """Return the words where something failed because the open project is damaged; None where it is a bug."""
        return self.project.damage_behind(error) if self.project is not None else None

    def _open_again(self) -> None:
        """Open the project anew where its log was taken away under us: first let go of it, or SQLite would go on."""
        path, sticky = self.ready.path, self.sticky
        self.close()
        self.open(path)
        self.make_sticky(sticky)
        self.tell(message("Another program put the project’s files in order; it was opened again."))

    # --- article --------------------------------------------------------------------------------------------------

    def show_first(self) -> None:
        """Show the first article, if there is one."""
        first = next(self.ready.rows.articles(), None)
        self._show(first)

    def show_article(self, article: str) -> None:
        """Show an article; nothing happens where it is shown already or is not there."""
        if self.article is not None and self.article.id == article:
            return
        self.settling.emit()
        found = self.ready.rows.article(article)
        if found is not None:
            self._show(found)

    def _show(self, article: Article | None) -> None:
        if self.article is not None:
            self.leaving.emit()
        self.article = article
        self.selection, self.chosen, self.chosen_before, self.exact = None, None, None, False
        self.text, self.spans, self.tags = "", SpanIndex(), []
        self.offered, self.fresh, self.corrected = None, None, None
        self.relating = None
        if article is not None:
            self.text = self.ready.text(article)
            self.spans = self.ready.spans(article.id)
        self.looking.show(self.project, article.id if article is not None else "", self.text)
        self.text_shown.emit()
        if article is not None:  # nobody waits for these: the text is painted by now
            self.tags = self.ready.tags(article.id)
            self._remember.start()
        self.article_shown.emit()
        self.selection_changed.emit()

    def remember_article(self) -> None:
        """Remember which article is shown, and where articles were left."""
        self._remember.stop()
        if self.project is not None and self.article is not None:
            self.memory.at_article(self.project.path, self.article.id, self._stopped)
            self._stopped.clear()

    def stop_at(self, place: Place | None) -> None:
        """Keep where the article is left; it is written with the next one that is remembered."""
        if self.article is not None:
            self._stopped[self.article.id] = place

    @property
    def stopped_at(self) -> Place | None:
        """Where the article was left the last time; None at its beginning."""
        if self.article is None or self.project is None:
            return None
        if self.article.id in self._stopped:
            return self._stopped[self.article.id]
        return self.memory.stopped_at(self.project.path, self.article.id)

    # --- offers ---------------------------------------------------------------------------------------------------

    @property
    def offers(self) -> list[Offer]:
        """What is offered for the article shown, in reading order; none of it is in a layer."""
        return self.looking.standing.offers

    @property
    def offer_spans(self) -> SpanIndex:
        """The offers by place, each drawn like an annotation under an id of its own."""
        return self.looking.standing.spans

    def offer(self, name: str | None) -> Offer | None:
        """Return the offer that is shown under an id."""
        return self.looking.standing.by_id.get(name or "")

    @property
    def offers_due(self) -> bool:
        """Say whether what is offered has to be found anew; whoever paints has it begun when that is done."""
        return self.looking.due

    def looked_over(self, seen: Fragment) -> bool:
        """Say whether offers were looked for where one looks now."""
        return not self.offers_due and (self.looking.covers(seen) or not self.offers_wished)

    @property
    def offers_wished(self) -> bool:
        """Say whether anything is to be offered: not where it was switched off, and not in a finished article."""
        return self.article is not None and bool(self.settings.get("suggest.on")) and not self.finished

    def look_for_offers(self, seen: Fragment | None = None) -> None:
        """Find anew, now, what is offered; of a long article around what is `seen` (by default, was seen last)."""
        self.begin_to_look(seen)
        self.looking.finish()

    def begin_to_look(self, seen: Fragment | None = None) -> None:
        """Have what is offered found anew, in parts of some milliseconds between two frames."""
        self.looking.begin(self.spans, seen, wished=self.offers_wished)

    def wish_offers(self, wished: bool) -> None:
        """Have suggestions made, or none, from now on."""
        self.settings.set("suggest.on", wished)
        self.begin_to_look()
        self.offers_changed.emit()  # where there is none, it is said why

    def _on_offers(self) -> None:
        if self.offered is not None:
            self.offered = self.offer(id_of(self.offered))
            if self.offered is None:
                self.selection_changed.emit()
        self.offers_changed.emit()

    @property
    def status(self) -> str:
        """How far one's own work on the article is."""
        if self.article is None or self.project is None:
            return "todo"
        return self.project.layer(self.article.id).status

    @property
    def finished(self) -> bool:
        """Say whether one is done with the article, or has skipped it."""
        return self.status in {"done", "skipped"}

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags that one has put on the article oneself."""
        if self.article is None or self.project is None:
            return ()
        return self.project.layer(self.article.id).flags

    @property
    def seconds(self) -> float:
        """How long one has worked on the article, as far as it was written."""
        if self.article is None or self.project is None:
            return 0
        return self.project.layer(self.article.id).seconds

    def run(self, change: Change) -> None:
        """Take in a Change that a dialog or a background task made through the project."""
        if change:
            self._patch(change)

    # --- conditions ---------------------------------------------------------------------------------------------------

    def can(self, when: str) -> bool:
        """Say whether a condition of the table of actions holds now."""
        project = self.project
        match when:
            case "always":
                return True
            case "project":
                return project is not None
            case "article":
                return self.article is not None
            case "selected":
                return self.selection is not None
            case "chosen":
                return self.meant is not None
            case "labelling":
                return self.selection is not None or self.current is not None
            case "held":
                return self.chosen is not None or self.selection is not None
            case "in-hand":
                return self.selection is not None or self.offered is not None or self.meant is not None
            case "linked":
                meant = self.meant
                return meant is not None and bool(meant.entity)
            case "offered":
                return self.offered is not None
            case "offers":
                return bool(self.offers)
            case "finished":
                return self.finished
            case "undo":
                return project is not None and project.can_undo
            case "redo":
                return project is not None and project.can_redo
        raise ValueError(f"no such condition: {when}")

    # --- within ---------------------------------------------------------------------------------------------------

    def do(self, verb: Callable[..., Change], *args: object, **more: object) -> bool:
        """Call a verb of the project; what a rule refuses is told, not raised."""
        if self.held:
            self.told.emit(Notice(self.held, warns=True))
            return False
        try:
            change = verb(*args, **more)
        except DetachedError:
            selection, exact, chosen, corrected = self.selection, self.exact, self.chosen, self.corrected
            self._open_again()
            if chosen is not None:
                self.choose(chosen)
            elif selection is not None:
                self.select(selection, exact)
                self.corrected = corrected
            self.tell(message("The project was opened again, nothing is lost. Do the last step once more."), warns=True)
            return False
        except UserError as error:
            self.refuse(error)
            return False
        if change:
            self._written = change.steps[-1]
            self._patch(change)
        return bool(change)

    def _patch(self, change: Change) -> None:
        project = self.ready
        self.looking.patch(change)
        if change.scheme:
            self.scheme = project.scheme
            if self.sticky is not None and self.sticky not in self.scheme.by_name:
                self.sticky = None
        article = self.article
        if article is not None and article.id in change.articles:
            new = change.listing or change.everything
            fresh = project.rows.article(article.id) if new else article
            if fresh is None:
                self._show(next(project.rows.articles(), None))
            else:
                self.article = fresh
                self._patch_layer(change, article.id)
        here = self.article.id if self.article is not None else ""
        self.looking.drop_taken(change, here, wished=self.offers_wished)
        self.changing.emit(change)
        self.text_changed.emit(change)
        self.changed.emit(change)
        if self.article is None and change.listing:
            self.show_first()

    def _patch_layer(self, change: Change, article: str) -> None:
        project = self.ready
        if change.everything:
            self.spans = project.spans(article)
            self.tags = project.tags(article)
        else:
            me = project.me.annotator
            for replaced in change.annotations:
                after = replaced.after
                if after is not None and (after.article, after.annotator) == (article, me):
                    self.spans.add(after)
                else:
                    self.spans.remove(replaced.id)
            if change.tags:
                self.tags = project.tags(article)
        self.drop_lost()

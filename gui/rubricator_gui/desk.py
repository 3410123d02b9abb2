"""What lies before a person: project, article, annotator and selection, and the only hand on the door to the core.

Widgets look here and patch themselves by the signals; the acts (acts/) change things through `do`; `told` carries words
for the status line.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from rubricator.errors import UserError
from rubricator.model.changes import Change
from rubricator.model.relations import Relation
from rubricator.model.scheme import Scheme
from rubricator.model.span_index import SpanIndex, inner_first
from rubricator.model.spans import Annotation, Article, Fragment, Span, TopicTag, merged_fragments
from rubricator.project import DetachedError, Project
from rubricator.settings import Memory, Place, Settings
from rubricator.suggest.supposed import is_offer
from rubricator.words import message
from rubricator_gui.looking import Looking
from rubricator_gui.offered import id_of
from rubricator_gui.telling import Notice, Teller

if TYPE_CHECKING:
    from rubricator.suggest.offers import Offer

REMEMBER_AFTER = 1_000
"""Milliseconds until the article shown is remembered for the next start: who leafs through them waits for no disk."""

POLL_EVERY = 500
"""Milliseconds between two looks for edits of other programs: they are seen within a second."""

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
    """A label that was given to something, and the step that did it."""

    label: str
    step: str


def _anywhere(_offset: int) -> bool:
    return True


def _all_of_it() -> Fragment | None:
    return None


class Desk(Teller):
    """What is open, what is shown, what is held; and `do`, through which all is changed."""

    opened = Signal()
    """A project was opened or closed."""
    leaving = Signal()
    """The article shown is about to be left, for another one or because the project is closed."""
    text_shown = Signal()
    """Another article is shown (or none): its text is laid out and painted, before all else follows."""
    article_shown = Signal()
    """Another article is shown (or none); `spans` and `tags` are new."""
    settling = Signal()
    """Something else is about to be held, shown, labelled or undone: what is half done is done first, and not lost."""
    dropping = Signal()
    """Something is about to be redone, and nothing new may be written before it: what is half done is let go of."""
    selection_changed = Signal()
    """`selection`, `exact`, `chosen`, `offered`, `sticky` or `relating` is new."""
    chosen_again = Signal()
    """What is chosen already, or walked to, was chosen once more."""
    offers_changed = Signal()
    """`offers` is new, or whether any are wished."""
    changing = Signal(object)
    """A Change that `changed` tells next: who keeps something that was read lets go of it."""
    text_changed = Signal(object)
    """The same Change as `changed`: what it does to the text is laid out and painted, before all else follows."""
    changed = Signal(object)
    """A Change; `spans`, `tags` and `scheme` are patched already."""
    used = Signal()
    """`last_label` may be another one."""
    place_wanted = Signal(object)
    """A place of the text (in code points) is to be seen."""

    def __init__(self, settings: Settings, memory: Memory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.memory = memory
        self.project: Project | None = None
        self.article: Article | None = None
        self.text = ""
        self.spans = SpanIndex()
        self.tags: list[TopicTag] = []
        self.selection: Span | None = None
        self.exact = False
        self.chosen: str | None = None
        self.chosen_before: str | None = None
        """What was chosen or just labelled when the selection was made: "+" adds the selection to it."""
        self._only_labelled = False
        """It was just labelled: who labels one name after another does not think of adding the next to it."""
        self.offered: Offer | None = None
        """The offer that was walked to."""
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
        self.looking = Looking(self)
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
        self.offered, self.fresh = None, None
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

    # --- selection ------------------------------------------------------------------------------------------------

    def select(self, span: Span | None, exact: bool = False) -> None:
        """Take a span of the text as the selection; a chosen annotation is let go."""
        self.settling.emit()
        if (span, exact) == (self.selection, self.exact) and not (span and self.current):
            return
        self.selection, self.exact = span, exact
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
        self.fresh = None
        self.chosen_before = None
        self.selection_changed.emit()

    def just_labelled(self, span: Span) -> None:
        """Let go of what was held, and mean what was just labelled until something else is."""
        self.chosen, self.offered, self.selection, self.exact, self.chosen_before = None, None, None, False, None
        self.fresh = span
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

    def use(self, label: str) -> None:
        """Note that the step just written gave a label to something."""
        self._used = [*self._used[-_USED_MOST:], Used(label, self._written)]
        self.used.emit()

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

    def relate(self, begun: Relating | None) -> None:
        """Hold a relation that was begun, while one goes to its other end; None lets go of it."""
        if begun != self.relating:
            self.relating = begun
            self.selection_changed.emit()

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
            selection, exact, chosen = self.selection, self.exact, self.chosen
            self._open_again()
            if chosen is not None:
                self.choose(chosen)
            elif selection is not None:
                self.select(selection, exact)
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

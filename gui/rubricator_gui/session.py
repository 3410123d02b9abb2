"""The one object that owns project, article, annotator and selection, and the only hand on the door to the core.

Widgets look here, call the verbs, and patch themselves by its signals; `told` carries words for the status line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from rubricator.errors import UserError
from rubricator.model import tokens
from rubricator.model.changes import Change
from rubricator.model.folding import fold
from rubricator.model.rules import Violation
from rubricator.model.scheme import Label, Scheme
from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, Article, Fragment, Span, TopicTag, merged_fragments
from rubricator.project import DetachedError, Project
from rubricator.settings import Memory, Place, Settings
from rubricator.words import Message, _, message, plural, say
from rubricator_gui.keymap import keymap_of
from rubricator_gui.looking import Looking
from rubricator_gui.offered import WHOLE, id_of, is_offer, nearest, neighbour

if TYPE_CHECKING:
    from rubricator.suggest.offers import Offer

REMEMBER_AFTER = 1_000
"""Milliseconds until the article shown is remembered for the next start: who leafs through them waits for no disk."""

POLL_EVERY = 500
"""Milliseconds between two looks for edits of other programs: they are seen within a second."""

_MOST_REASONS = 3
"""How many reasons a notice has room for."""

FLAG = "flagged"
"""The word of the flag that the key puts on; other words come with imports."""

STATUS_WORDS = {"todo": "To do", "doing": "In work", "done": "Done", "skipped": "Skipped"}


class Notice(NamedTuple):
    """Something for the status line: what happened, whether undo takes it back, whether something was refused."""

    words: str
    undo: bool = False
    warns: bool = False


class Session(QObject):
    """What is open, what is shown, what is selected; and the verbs that change it."""

    opened = Signal()
    """A project was opened or closed."""
    leaving = Signal()
    """The article shown is about to be left, for another one or because the project is closed."""
    article_shown = Signal()
    """Another article is shown (or none); `spans` and `tags` are new."""
    selection_changed = Signal()
    """`selection`, `exact`, `chosen`, `offered` or `sticky` is new."""
    offers_changed = Signal()
    """`offers` is new, or whether any are wished."""
    changed = Signal(object)
    """A Change; `spans`, `tags` and `scheme` are patched already."""
    told = Signal(object)
    """A Notice."""

    def __init__(self, settings: Settings, memory: Memory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.memory = memory
        self.project: Project | None = None
        self.scheme = Scheme()
        self.article: Article | None = None
        self.text = ""
        self.spans = SpanIndex()
        self.tags: list[TopicTag] = []
        self.selection: Span | None = None
        self.exact = False
        self.chosen: str | None = None
        self.chosen_before: str | None = None
        """The annotation that was chosen when the selection was made: "+" adds the selection to it."""
        self.offered: Offer | None = None
        """The offer that was walked to."""
        self.sticky: str | None = None
        self.last_label = ""
        """The name of the label that was used last."""
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
        self._remember.timeout.connect(self._remember_article)
        self.looking = Looking(self)
        self.looking.changed.connect(self._on_offers)

    # --- project --------------------------------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Open a project and show the article shown last; UserError where it cannot be opened."""
        project = Project.open(path, self.settings.me())
        self.close()
        self.project = project
        self.scheme = project.scheme
        self.memory.opened(path)
        self._timer.start()
        self.opened.emit()
        last = self.memory.last_article(path)
        if last and project.rows.article(last):
            self.show_article(last)
        else:
            self.show_first()

    def close(self) -> None:
        """Close the project, if one is open."""
        if self.project is None:
            return
        self._timer.stop()
        if self.article is not None:
            self.leaving.emit()
        self._remember_article()
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
        found = self.ready.rows.article(article)
        if found is not None:
            self._show(found)

    def _show(self, article: Article | None) -> None:
        if self.article is not None:
            self.leaving.emit()
        self.article = article
        self.selection, self.chosen, self.chosen_before, self.exact = None, None, None, False
        self.text, self.spans, self.tags = "", SpanIndex(), []
        self.offered = None
        self.looking.show(self.project, "", "")
        if article is not None:
            project = self.ready
            self.text = project.text(article)
            self.spans = project.spans(article.id)
            self.tags = project.tags(article.id)
            self._remember.start()
            self.looking.show(project, article.id, self.text)
        self.article_shown.emit()
        self.selection_changed.emit()

    def _remember_article(self) -> None:
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
        if (span, exact) == (self.selection, self.exact) and not (span and self.current):
            return
        self.selection, self.exact = span, exact
        if span is not None:
            self.offered = None
        if span is None:
            self.chosen_before = None
        elif self.chosen is not None:
            self.chosen, self.chosen_before = None, self.chosen
        self.selection_changed.emit()

    def choose(self, annotation: str | None) -> None:
        """Choose an annotation, or walk to an offer; the selection is dropped."""
        offered = self.looking.standing.by_id.get(annotation or "")
        if annotation is not None and annotation not in self.spans:
            annotation = None
        if (annotation, offered, None) == (self.chosen, self.offered, self.selection):
            return
        self.chosen, self.offered, self.selection, self.exact = annotation, offered, None, False
        self.chosen_before = None
        self.selection_changed.emit()

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

    def walk(self, step: int, from_offset: int) -> None:
        """Hold the next (or previous) annotation or offer in reading order, from the one held or from the caret."""
        if self.offers_due:
            self.look_for_offers()
        here = self.shown(self.current)
        both = [neighbour(index, here, step, from_offset) for index in (self.spans, self.looking.standing.spans)]
        found = nearest([one for one in both if one is not None], step)
        if found is not None:
            self.choose(found.id)
        elif len(self.spans) or self.offers:
            edge = message("That was the last annotation.") if step > 0 else message("That was the first annotation.")
            self.tell(edge)

    def next_stacked(self) -> None:
        """Choose the next annotation at the same place."""
        if self.chosen is None:
            return
        stack = [annotation.id for annotation in self.spans.stacked_with(self.chosen)]
        if len(stack) > 1:
            self.choose(stack[(stack.index(self.chosen) + 1) % len(stack)])

    def escape(self) -> None:
        """Let go of what is held: the selection, then the chosen annotation, then the sticky label."""
        if self.selection is not None:
            self.select(None)
        elif self.current is not None:
            self.choose(None)
        elif self.sticky is not None:
            self.make_sticky(None)

    def make_sticky(self, label: str | None) -> None:
        """Have every new selection labelled at once, until Esc."""
        self.sticky = label
        self.selection_changed.emit()

    # --- verbs ----------------------------------------------------------------------------------------------------

    def press_label(self, name: str) -> None:
        """Do what a label's key does: label the selection, relabel the chosen annotation, or make it sticky."""
        if self.article is None or name not in self.scheme.by_name:
            return
        self.last_label = name
        if self.selection is not None:
            self.label_selection(name)
        elif self.offered is not None:
            self.accept(self.offered, name)
        elif (chosen := self.chosen_annotation) is not None:
            if chosen.label != name and self._do(self.ready.relabel, chosen, name):
                words = message(
                    "Changed “{quote}” to {label}.", quote=short_quote(chosen.quote), label=self.title(name)
                )
                self.tell(words, undo=True)
        else:
            self.make_sticky(None if self.sticky == name else name)

    def label_selection(self, name: str) -> None:
        """Label the selected span; it stays where it is, and the selection is dropped."""
        if self.article is None or self.selection is None:
            return
        span, exact = self.selection, self.exact
        done = self._do(self.ready.annotate, self.article.id, name, [span], exact=exact)
        if done:
            self.select(None)
            quote = short_quote(span.quote(self.text))
            self.tell(message("Labelled “{quote}” as {label}.", quote=quote, label=self.title(name)), undo=True)

    def label_again(self, name: str) -> None:
        """Give the words of the chosen annotation a second label; the new annotation is chosen then."""
        chosen = self.chosen_annotation
        if chosen is None or name not in self.scheme.by_name:
            return
        self.last_label = name
        if self._do(self.ready.annotate, chosen.article, name, [chosen.span], exact=chosen.exact):
            words = message(
                "Labelled “{quote}” as {label} too.", quote=short_quote(chosen.quote), label=self.title(name)
            )
            self.tell(words, undo=True)

    def label_mentions(self, name: str, places: Mapping[str, Sequence[Span]], first: tuple[str, Span]) -> bool:
        """Label the same words in several places; False where a rule forbids it, and nothing was done."""
        n = sum(map(len, places.values()))
        if not n or not self._do(self.ready.annotate_all, name, places, first):
            return False
        self.last_label = name
        quote = short_quote(first[1].quote(self.text))
        self.select(None)
        where = plural("in {n} place", "in {n} places", n)
        words = message("Labelled “{quote}” as {label} {where}.", quote=quote, label=self.title(name), where=where)
        self.tell(words, undo=True)
        return True

    def relabel_mentions(self, annotations: Sequence[Annotation], name: str) -> bool:
        """Give several annotations another label; False where a rule forbids it, and nothing was done."""
        if not annotations or not self._do(self.ready.relabel_all, annotations, name):
            return False
        self.last_label = name
        quote, n = short_quote(annotations[0].quote), len(annotations)
        where = plural("in {n} place", "in {n} places", n)
        words = message("Changed “{quote}” to {label} {where}.", quote=quote, label=self.title(name), where=where)
        self.tell(words, undo=True)
        return True

    def delete_mentions(self, annotations: Sequence[Annotation]) -> bool:
        """Delete several annotations."""
        if not annotations or not self._do(self.ready.delete_all, annotations):
            return False
        quote, n = short_quote(annotations[0].quote), len(annotations)
        where = plural("in {n} place", "in {n} places", n)
        label = self.title(annotations[0].label)
        self.tell(message("Deleted {label} “{quote}” {where}.", label=label, quote=quote, where=where), undo=True)
        return True

    def reshape_chosen(self, span: Span, exact: bool = False) -> None:
        """Give the chosen annotation another span."""
        chosen = self.chosen_annotation
        if chosen is not None and self._do(self.ready.reshape, chosen, span, exact=exact):
            self.tell(message("Moved the borders of “{quote}”.", quote=short_quote(chosen.quote)), undo=True)

    def add_selection(self, to: str | None = None) -> bool:
        """Add the selection to an annotation (by default the one chosen before) as a further fragment."""
        selection, exact = self.selection, self.exact
        annotation = self.spans.get(to or self.chosen_before)
        if selection is None or annotation is None:
            return False
        self.choose(annotation.id)
        span = Span(merged_fragments((*annotation.span.fragments, *selection.fragments)))
        if self._do(self.ready.reshape, annotation, span, exact=exact or annotation.exact):
            more, quote = short_quote(selection.quote(self.text)), short_quote(annotation.quote)
            self.tell(message("Added “{more}” to “{quote}”.", more=more, quote=quote), undo=True)
        return True

    def delete_chosen(self) -> None:
        """Delete the chosen annotation; the one after it is not chosen, so that Delete twice is not two."""
        chosen = self.chosen_annotation
        if chosen is not None and self._do(self.ready.delete, [chosen]):
            label = self.title(chosen.label)
            words = message("Deleted {label} “{quote}”.", label=label, quote=short_quote(chosen.quote))
            self.tell(words, undo=True)

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

    def accept(self, offer: Offer, label: str = "") -> None:
        """Make an annotation of an offer, with another label where one is given, and go on to the next offer."""
        following = self.looking.standing.after(offer)
        if self.article is not None and self._do(self.ready.accept, self.article.id, [offer], label):
            title, quote = self.title(label or offer.label), short_quote(offer.span.quote(self.text))
            words = message("Labelled “{quote}” as {label}.", quote=quote, label=title)
            self.tell(words, undo=True)
            self._go_on(following)

    def reject(self, offer: Offer) -> None:
        """Remember that an offer is not wanted here, and go on to the next one; say where else it is gone now."""
        alike = [other for other in self.offers if self._alike(other, offer)]
        if self.article is not None and self._do(self.ready.reject, self.article.id, [offer]):
            label, quote = self.title(offer.label), short_quote(offer.span.quote(self.text))
            words = message("Rejected {label} for “{quote}”.", label=label, quote=quote)
            if n := sum(self.offer(id_of(other)) is None for other in alike):
                words = plural(
                    "Rejected {label} for “{quote}”; it is not suggested in the other place of the article either.",
                    "Rejected {label} for “{quote}”; it is not suggested in {n} other places of the article either.",
                    n,
                    label=label,
                    quote=quote,
                )
            self.tell(words, undo=True)
            self._go_on(self.looking.standing.after(offer))

    def _alike(self, one: Offer, other: Offer) -> bool:
        """Say whether two offers are of the same label for the same words, in different places."""
        words, others = (fold(offer.span.quote(self.text)) for offer in (one, other))
        return one.span != other.span and (one.label, words) == (other.label, others)

    def accept_all(self, offers: Sequence[Offer], *, everywhere: bool = False) -> None:
        """Make annotations of those of several offers that no rule forbids, as one step; say why of the others.

        Where they are meant to be all of the article, it is said that of a long one only a part was looked over.
        """
        left: list[Violation] = []
        if self.article is None or not offers:
            return
        done = self._do(self.ready.accept, self.article.id, offers, leave=left.append)
        n = len(offers) - len(left)
        if done and n:
            words = plural("Accepted {n} suggestion", "Accepted {n} suggestions", n)
            if left:
                words = message("{accepted}, left {n}: {why}", accepted=words, n=len(left), why=self._reasons(left))
            if everywhere and len(self.text) > WHOLE:
                words = message("{accepted} around here; further ones come as you scroll", accepted=words)
            self.tell(message("{what}.", what=words), undo=True)
        elif left and not n:
            self.tell(message("Nothing was accepted: {why}.", why=self._reasons(left)), warns=True)

    def _reasons(self, left: Iterable[Violation]) -> str:
        """Say why suggestions were left out: each reason once, the commonest first."""
        reasons = Counter(say(self.in_words(violation.why)) for violation in left)
        return "; ".join(reason for reason, _n in reasons.most_common(_MOST_REASONS))

    def accept_offered(self) -> None:
        """Accept the offer that was walked to."""
        if self.offered is not None:
            self.accept(self.offered)

    def reject_offered(self) -> None:
        """Reject the offer that was walked to."""
        if self.offered is not None:
            self.reject(self.offered)

    def _go_on(self, following: Offer | None) -> None:
        self.choose(id_of(following) if following is not None else None)

    def write_note(self, note: str) -> None:
        """Write the note of the chosen annotation."""
        chosen = self.chosen_annotation
        if chosen is not None:
            self._do(self.ready.write_note, chosen, note)

    def give_topic(self, code: str) -> None:
        """Give a topic to the article."""
        if self.article is not None and self._do(self.ready.give_topics, self.article.id, [code]):
            self.tell(message("Gave the topic {topic}.", topic=self.topic_name(code)), undo=True)

    def take_topic(self, code: str) -> None:
        """Take a topic off the article."""
        tag = next((tag for tag in self.tags if tag.topic == code), None)
        if tag is not None and self._do(self.ready.take_topic, tag):
            self.tell(message("Took off the topic {topic}.", topic=self.topic_name(code)), undo=True)

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

    def set_status(self, status: str) -> None:
        """Write how far one's own work on the article is."""
        if self.article is not None and self._do(self.ready.set_status, self.article.id, status):
            title = short_quote(self.article.title)
            words = {
                "done": message("Finished “{title}”.", title=title),
                "skipped": message("Skipped “{title}”.", title=title),
            }
            self.tell(words.get(status, message("“{title}” is in work.", title=title)), undo=True)

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

    def toggle_flag(self) -> None:
        """Flag the article, or take its flags off."""
        if self.article is not None:
            title, flagged = short_quote(self.article.title), bool(self.flags)
            if self._do(self.ready.set_flags, self.article.id, () if flagged else (FLAG,)):
                off, on = (
                    message("Took the flag off “{title}”.", title=title),
                    message("Flagged “{title}”.", title=title),
                )
                self.tell(off if flagged else on, undo=True)

    def undo(self) -> None:
        """Take back one's own last edit; the article it changes is shown first."""
        project = self.ready
        step = project.undo_step()
        if step is None:
            self.tell(message("There is nothing to undo."))
            return
        what = self.in_words(project.describe(step).what)
        self.show_article(step.article)
        if self._do(project.undo, step.step):
            self.show_article(step.article)  # one that was taken out is there again
            key = keymap_of(self.settings).first("redo")
            words = message("Undone: {what}. Redo with {key}.", what=what, key=key)
            self.tell(words if key else message("Undone: {what}.", what=what))

    def redo(self) -> None:
        """Do again what undo took back; the article it changes is shown first."""
        project = self.ready
        step = project.redo_step()
        if step is None:
            self.tell(message("There is nothing to redo."))
            return
        self.show_article(step.article)
        if self._do(project.redo, step.step):
            self.tell(message("Done again."), undo=True)

    def add_labels(self, labels: Iterable[Label]) -> None:
        """Add labels to the scheme."""
        self._do(self.ready.add_labels, list(labels))

    def run(self, change: Change) -> None:
        """Take in a Change that a dialog or a background task made through the project."""
        if change:
            self._patch(change)

    # --- words ----------------------------------------------------------------------------------------------------

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
                return self.chosen is not None
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

    def tell(self, words: Message | str, *, undo: bool = False, warns: bool = False) -> None:
        """Put words on the status line."""
        self.told.emit(Notice(say(words), undo, warns))

    def title(self, label: str) -> str:
        """Return what a label is called for people."""
        found = self.scheme.by_name.get(label)
        return found.title if found else label

    def topic_name(self, code: str) -> str:
        """Return the name of a topic, its first letter a capital; its code where it is unknown."""
        topic = self.scheme.topics_by_code.get(code)
        return topic.name[:1].upper() + topic.name[1:] if topic else code

    def in_words(self, words: Message) -> Message:
        """Return what an edit did with titles for label names, names for topic codes, words for statuses."""
        read = {"label": self.title, "was": self.title, "topic": self.topic_name, "status": status_words}
        values: dict[str, object] = {}
        for key, value in words.values.items():
            if isinstance(value, Message):
                values[key] = self.in_words(value)
            elif isinstance(value, str) and key in read and value != "…":
                values[key] = read[key](value)
            else:
                values[key] = value
        return Message(words.text, values, words.many)

    # --- within ---------------------------------------------------------------------------------------------------

    def _do(self, verb: Callable[..., Change], *args: object, **more: object) -> bool:
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
            self.told.emit(Notice(f"{say(error.text)} {say(error.hint)}".strip(), warns=True))
            return False
        if change:
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
        if self.chosen is not None and self.chosen not in self.spans:
            self.chosen = None
            self.selection_changed.emit()


def status_words(status: str) -> str:
    """Return a status in words; one that a newer program wrote as it is."""
    return _(STATUS_WORDS[status]) if status in STATUS_WORDS else status


def short_quote(quote: str) -> str:
    """Return a quote for one line: line breaks as ⏎, at most 40 characters."""
    flat = " ⏎ ".join(part.strip() for part in quote.splitlines() if part.strip())
    return flat if len(flat) <= 40 else flat[:39].rstrip() + "…"


def snapped(text: str, start: int, end: int, exact: bool) -> Span | None:
    """Return the span that labelling would take for a raw selection."""
    return tokens.exact(text, start, end) if exact else tokens.snap(text, start, end)

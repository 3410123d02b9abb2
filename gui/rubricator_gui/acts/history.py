"""Undo and redo."""

from __future__ import annotations

from collections.abc import Callable

from rubricator.model.changes import Change
from rubricator.model.spans import Article
from rubricator.suggest.supposed import id_for
from rubricator.words import Message, message
from rubricator_gui.acts.deciding import AT_ONCE
from rubricator_gui.desk import Desk
from rubricator_gui.keymap import keymap_of
from rubricator_gui.wording import short_quote


class History:
    """One's own steps, taken back and done again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._awaited: tuple[str, str] | None = None
        """The article, and the id of the offer that stands again there, until it is found."""
        self._undone_in = ""
        """The article shown (its id), where the last step was taken back in it."""
        desk.article_shown.connect(self._at_something_else)
        desk.changed.connect(self._at_something_else)
        desk.offers_changed.connect(self._go_back)

    def undo(self) -> None:
        """Take back one's own last edit; the article it changes is shown first.

        Who takes back one step after the other is stopped once where the next would lead into another article.
        """
        desk = self._desk
        desk.settling.emit()  # that is what was done last
        project = desk.ready
        step = project.undo_step()
        if step is None:
            desk.tell(message("There is nothing to undo."))
            return
        what, here = desk.in_words(project.describe(step).what), desk.article
        if here is not None and step.article and step.article != here.id == self._undone_in:
            self._stop_here(step.article, what)
            return
        desk.show_article(step.article)
        offer = desk.offer_of(step.step)
        if self._do(project.undo, step.step):
            self._undone_in = step.article
            desk.unuse(step.step)
            desk.show_article(step.article)  # one that was taken out is there again
            if offer:
                self._wait_for(step.article, offer)
            if step.edit.kind == "delete" and step.edit.about.get("n", 1) == 1:
                desk.choose(step.edit.ops[0].id)  # it may have stood anywhere
            key = keymap_of(desk.settings).first("redo")
            words = message("Undone: {what}.", what=what)
            if title := self._went_to(step.article, here):
                words = message("Undone in “{title}”: {what}.", title=title, what=what)
            desk.tell(message("{done} Redo with {key}.", done=words, key=key) if key else words)

    def _stop_here(self, article: str, what: Message) -> None:
        """Say where the next step that is taken back was made: one press too many changes nothing there."""
        desk = self._desk
        self._undone_in = ""
        there = desk.ready.rows.article(article)
        title = short_quote(there.title) if there is not None else ""
        words = message("Nothing is undone yet: the step before was in “{title}”: {what}.", title=title, what=what)
        key = keymap_of(desk.settings).first("undo")
        desk.tell(message("{words} {key} goes there and undoes it.", words=words, key=key) if key else words, idle=True)

    def _at_something_else(self, *_change: object) -> None:
        self._undone_in = ""  # to take a step back is noted once that is done

    def redo(self) -> None:
        """Do again what undo took back; the article it changes is shown first."""
        desk = self._desk
        project = desk.ready
        step = project.redo_step()
        if step is None:
            desk.tell(message("There is nothing to redo."))
            return
        desk.dropping.emit()
        first, here = project.first_of(step), desk.article
        desk.show_article(step.article)
        if self._do(project.redo, step.step):
            what = desk.in_words(project.describe(first).what)  # of the words that stand now
            desk.use_again(first.step)
            words = message("Redone: {what}.", what=what)
            if title := self._went_to(step.article, here):
                words = message("Redone in “{title}”: {what}.", title=title, what=what)
            desk.tell(words, undo=True)

    def _went_to(self, article: str, before: Article | None) -> str:
        """Return the title of the article that a step is about, where another one was shown before; else nothing."""
        shown = self._desk.article
        went = shown is not None and shown.id == article and (before is None or before.id != article)
        return short_quote(shown.title) if shown is not None and went else ""

    def _do(self, verb: Callable[[str], Change], step: str) -> bool:
        """Take a step back or do it again, and have it seen where that changes the text."""
        written: list[Change] = []

        def noted(step: str) -> Change:
            written.append(verb(step))
            return written[-1]

        done = self._desk.do(noted, step)
        for change in written:
            self._show_place(change)
            self._back_to_offer(change)
        return done

    def _back_to_offer(self, change: Change) -> None:
        """Walk back to the offer that stands again, where its rejection alone was taken back."""
        desk, rejected = self._desk, change.rejections
        alone = len(rejected) == 1 and rejected[0].after is None and not change.annotations
        was = rejected[0].before if alone else None
        if was is None or desk.article is None or was.article != desk.article.id:
            return
        self._wait_for(was.article, id_for(was.span, was.label))

    def _wait_for(self, article: str, offer: str) -> None:
        """Walk back to an offer, at once or when it is found again."""
        desk = self._desk
        if desk.offers_due and len(desk.text) <= AT_ONCE:
            desk.look_for_offers()
        self._awaited = article, offer
        self._go_back()

    def _go_back(self) -> None:
        """Choose the offer that is waited for, once it is found, unless somebody took something else in hand."""
        desk = self._desk
        if self._awaited is None:
            return
        article, name = self._awaited
        if desk.selection is not None or desk.chosen is not None or desk.article is None or desk.article.id != article:
            self._awaited = None
        elif desk.offer(name) is not None:
            self._awaited = None
            desk.choose(name)

    def _show_place(self, change: Change) -> None:
        """Bring the first place that was changed into view; where one of them is seen already, nothing moves."""
        desk = self._desk
        if desk.article is None:
            return
        here = desk.article.id, desk.ready.me.annotator
        labelled = (replaced.after or replaced.before for replaced in change.annotations)
        rejected = (replaced.after or replaced.before for replaced in change.rejections)
        spans = [one.span for one in (*labelled, *rejected) if one is not None and (one.article, one.annotator) == here]
        first, last = desk.on_screen() or (0, len(desk.text))
        near = (span for span in spans if span.start < last and first < span.end)  # of a thousand few are laid out
        if spans and not any(desk.in_view(span.start) or desk.in_view(span.end - 1) for span in near):
            desk.place_wanted.emit(min(spans, key=lambda span: span.start).start)

"""Labels, borders and notes of single annotations, as keys and mouse give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricator.model.rules import unsaid
from rubricator.model.spans import Annotation, Span, crosses, merged_fragments
from rubricator.words import Message, message, plural, say
from rubricator_gui.acts.deciding import Deciding
from rubricator_gui.acts.relations import Relations
from rubricator_gui.acts.worklist import confirm
from rubricator_gui.desk import Desk
from rubricator_gui.offered import id_of
from rubricator_gui.wording import short_quote

if TYPE_CHECKING:
    from rubricator.suggest.offers import Offer


class Labelling:
    """What a person does with the selection and the chosen annotation."""

    def __init__(self, desk: Desk, deciding: Deciding, relations: Relations) -> None:
        self._desk = desk
        self._deciding = deciding
        self._relations = relations
        self._told_finished = ""
        """The finished article (its id) of which it was said that it stays so."""

    def press(self, name: str) -> None:
        """Do what a label's key does: label the selection, relabel what is chosen or fresh, or make it sticky."""
        desk = self._desk
        if desk.article is None or name not in desk.scheme.by_name:
            return
        desk.settling.emit()
        if desk.selection is not None:
            self.label(name)
        elif desk.offered is not None:
            self._deciding.accept(desk.offered, name, on=False)
        elif (meant := desk.corrects(name)) is not None:
            self._relabel(meant, name)
        else:
            self._stick(name)

    def _relabel(self, meant: Annotation, name: str) -> None:
        """Give an annotation another label, once it is seen."""
        desk = self._desk
        if meant.label == name:
            if desk.ready.schemes.asked_of([meant]) and not unsaid(meant, desk.scheme):
                confirm(desk, meant)  # its own label again is the answer that it is right
            else:
                about = {"quote": short_quote(meant.quote), "label": desk.title(name)}
                desk.tell(message("“{quote}” is {label} already.", **about), idle=True)
            return
        if self._shows_first(meant, message("once more makes it {label}", label=desk.title(name))):
            return
        if desk.do(desk.ready.relabel, meant, name):
            desk.use(name)
            words = message("Changed “{quote}” to {label}.", quote=short_quote(meant.quote), label=desk.title(name))
            desk.tell(self._late(words), undo=True)

    def _stick(self, name: str) -> None:
        """Make a label sticky, or end that; who sweeps and meant to correct the last sweep reads that it stays."""
        desk = self._desk
        last = desk.labelled_last
        desk.make_sticky(None if desk.sticky == name else name)
        if desk.sticky is not None and last is not None and last.label != name:
            quote, label = short_quote(last.quote), desk.title(last.label)
            words = message("“{quote}” stays {label}: Shift+Tab or a click goes back to it.", quote=quote, label=label)
            desk.tell(words)

    def label(self, name: str) -> None:
        """Label the selected span; it stays where it is, and the selection is dropped."""
        desk = self._desk
        if desk.article is None or desk.selection is None:
            return
        span, exact = desk.selection, desk.exact
        if any(one.label == name for one in desk.over(span)):
            desk.use(name)  # it is refused, and yet the label that is meant
        others = [a for a in desk.spans.overlapping(span.start, span.end) if a.span == span and a.label != name]
        mended = self._mended()
        instead = mended if mended is not None and mended.label != name and mended.span != span else None
        silent = instead is not None and instead.label in desk.looking.silent
        done = desk.do(desk.ready.annotate, desk.article.id, name, [span], exact=exact, instead=instead)
        if done:
            desk.use(name, id_of(mended) if mended is not None else "")
            desk.just_labelled(span)
            quote = short_quote(span.quote(desk.text))
            words = message("Labelled “{quote}” as {label}.", quote=quote, label=desk.title(name))
            if others:
                also = ", ".join(desk.title(a.label) for a in others)
                words = message("{done} It stays {label} too.", done=words, label=also)
            if instead is not None:
                about = {"label": desk.title(instead.label), "quote": short_quote(instead.span.quote(desk.text))}
                words = message("{done} Rejected {label} for “{quote}”.", done=words, **about)
                words = self._deciding.silenced(words, instead.label, was=silent)
            desk.tell(self._late(self._crossing(words, span)), undo=True)

    def _mended(self) -> Offer | None:
        """Return the suggestion whose borders the selection holds otherwise, where it still stands."""
        desk, offer = self._desk, self._desk.corrected
        return offer if offer is not None and desk.offer(id_of(offer)) == offer else None

    def _crossing(self, done: Message, span: Span) -> Message:
        """Say what a span crosses: a rule may allow it, mostly it is a slip."""
        desk = self._desk
        crossed = [a for a in desk.spans.overlapping(span.start, span.end) if crosses(a.span, span)]
        if not crossed:
            return done
        quote, label = short_quote(crossed[0].quote), desk.title(crossed[0].label)
        return message("{done} It crosses {label} “{quote}”.", done=done, label=label, quote=quote)

    def _late(self, done: Message) -> Message:
        """Say, once of an article, that it stays finished: late in a day what was done may be a slip."""
        article = self._desk.article
        if article is None or not self._desk.finished or self._told_finished == article.id:
            return done
        self._told_finished = article.id
        return message("{done} The article stays finished.", done=done)

    def label_again(self, name: str) -> None:
        """Give the words of the chosen annotation a second label; the new annotation is chosen then."""
        desk = self._desk
        chosen = desk.chosen_annotation
        if chosen is None or name not in desk.scheme.by_name:
            return
        if desk.do(desk.ready.annotate, chosen.article, name, [chosen.span], exact=chosen.exact):
            desk.use(name)
            words = message(
                "Labelled “{quote}” as {label} too.", quote=short_quote(chosen.quote), label=desk.title(name)
            )
            desk.tell(words, undo=True)

    def reshape(self, span: Span, exact: bool = False) -> None:
        """Give the chosen annotation another span."""
        desk = self._desk
        chosen = desk.chosen_annotation
        if chosen is not None and desk.do(desk.ready.reshape, chosen, span, exact=exact):
            stands = desk.spans.get(chosen.id) or chosen
            words = message("Moved the borders of “{quote}”.", quote=short_quote(stands.quote))
            desk.tell(self._late(self._crossing(words, stands.span)), undo=True)

    def add_selection(self, to: str | None = None) -> bool:
        """Add the selection to an annotation (by default the one chosen before) as a further fragment."""
        desk = self._desk
        selection, exact = desk.selection, desk.exact
        annotation = desk.spans.get(to or desk.chosen_before)
        if selection is None or annotation is None:
            return False
        desk.choose(annotation.id)
        span = Span(merged_fragments((*annotation.span.fragments, *selection.fragments)))
        if desk.do(desk.ready.reshape, annotation, span, exact=exact or annotation.exact):
            more, quote = short_quote(selection.quote(desk.text)), short_quote(annotation.quote)
            desk.tell(message("Added “{more}” to “{quote}”.", more=more, quote=quote), undo=True)
        return True

    def delete(self) -> None:
        """Delete the chosen annotation; the one after it is not chosen, so that Delete twice is not two."""
        desk = self._desk
        desk.settling.emit()
        chosen = desk.chosen_annotation
        if chosen is not None and self._shows_first(chosen, message("Delete again deletes it")):
            return
        also = self._goes_along(chosen) if chosen is not None else []
        if chosen is not None and desk.do(desk.ready.delete, [chosen]):
            label, quote = desk.title(chosen.label), short_quote(chosen.quote)
            words = message("Deleted {label} “{quote}”.", label=label, quote=quote)
            if also:
                *some, last = also
                more = message("{some} and {last}", some=", ".join(("", *map(say, some))), last=last)
                words = message("Deleted {label} “{quote}”{more}.", label=label, quote=quote, more=more)
            desk.tell(self._late(words), undo=True)

    def _goes_along(self, annotation: Annotation) -> list[Message]:
        """Say what is deleted with an annotation: what was said about it, its relations, and that it shows topics."""
        comments = len(self._desk.ready.comments.on(annotation.id))
        related = len(self._relations.at(annotation.id))
        shows = sum(annotation.id in tag.evidence for tag in self._desk.tags)
        told = (
            (bool(annotation.note), message("its note")),
            (comments, plural("its comment", "its {n} comments", comments)),
            (related, plural("its relation", "its {n} relations", related)),
            (shows, plural("its evidence for {n} topic", "its evidence for {n} topics", shows)),
        )
        return [words for n, words in told if n]

    def _shows_first(self, chosen: Annotation, then: Message) -> bool:
        """Where the chosen annotation is off the screen show it, and tell what a key would `then` do; say if so."""
        desk = self._desk
        if desk.sees(chosen):
            return False
        desk.choose(None)
        desk.choose(chosen.id)  # whoever shows the text goes there
        words = message(
            "{label} “{quote}” was chosen, and not on the screen: {then}.",
            label=desk.title(chosen.label),
            quote=short_quote(chosen.quote),
            then=then,
        )
        desk.tell(words)
        return True

    def write_note(self, note: str) -> None:
        """Write the note of the chosen annotation."""
        desk = self._desk
        chosen = desk.chosen_annotation
        if chosen is not None and note != chosen.note and desk.do(desk.ready.write_note, chosen, note):
            quote = short_quote(chosen.quote)
            said = message("The note on “{quote}” is kept.", quote=quote)
            desk.tell(said if note else message("The note on “{quote}” is gone.", quote=quote), undo=True)

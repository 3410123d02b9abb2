"""Comments on annotations: said, said otherwise, taken away; and which annotations of the article have some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rubricator.errors import UserError
from rubricator.model.changes import Change
from rubricator.model.comments import Comment
from rubricator.model.spans import Annotation
from rubricator.settings import Draft
from rubricator.words import Message, _, message, plural
from rubricator_gui.desk import Desk
from rubricator_gui.wording import short_quote


class _Said(NamedTuple):
    """The comments of an article, by the annotation that they are on."""

    article: str
    words: Mapping[str, Sequence[str]]
    counts: Counter[str]


def _kept_words(drafts: tuple[Draft, ...]) -> Message:
    """Say that what was typed is not sent, and kept."""
    more = len(drafts) - 1
    return plural(
        "Not sent yet, and kept: “{words}”",
        "Not sent yet, and kept: “{words}” and {more} more",
        len(drafts),
        words=short_quote(drafts[0].text),
        more=more,
    )


class Comments:
    """What a person remarks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._said: _Said | None = None
        self._drafts: dict[str, tuple[Draft, ...]] | None = None
        self._unwritten: set[str] = set()
        """What the drafts are about that could not be written: it is tried again."""
        desk.changing.connect(self._changed)
        desk.opened.connect(self._begin_anew)

    @property
    def drafts(self) -> dict[str, tuple[Draft, ...]]:
        """What was typed in the project and not sent, by what it is about: it stands there again, as typed last."""
        if self._drafts is None:
            project = self._desk.project
            self._drafts = self._desk.memory.drafts(project.path) if project is not None else {}
        return self._drafts

    def look_again(self) -> None:
        """Read anew what was typed and not sent: another window may have typed, or sent."""
        if not self._unwritten:
            self._drafts = None

    def keep(self, about: str, drafts: tuple[Draft, ...], *, sent: bool = False) -> bool:
        """Keep what was typed and not sent, and have it told where the comment would stand, if it was not just sent.

        The last comes first, and what was put off for it after it. Return whether it is written.
        """
        was = self.drafts.get(about, ())
        if drafts == was and about not in self._unwritten:
            return True
        if drafts:
            self.drafts[about] = drafts
        else:
            self.drafts.pop(about, None)
        if not sent and drafts != was:
            self._desk.tell(_kept_words(drafts) if drafts else _("What was not sent yet was taken away."))
        try:  # at once: what ends the program may be a crash
            self._desk.memory.at_drafts(self._desk.ready.path, about, drafts, was)
            self._unwritten.discard(about)
            self.look_again()
        except UserError as error:  # it is still there as long as the project is open
            self._unwritten.add(about)
            self._desk.refuse(error)
        self._desk.selection_changed.emit()
        return about not in self._unwritten

    def unsent(self, about: str) -> str:
        """Return in one line what was typed of something and not sent; "" where nothing was."""
        return " · ".join(" ".join(draft.text.split()) for draft in self.drafts.get(about, ()))

    @property
    def counts(self) -> Counter[str]:
        """How many comments there are on each annotation (by id) of the article shown."""
        return self._of_article().counts

    @property
    def words(self) -> Mapping[str, Sequence[str]]:
        """What is said about each annotation (by id) of the article shown."""
        return self._of_article().words

    def _of_article(self) -> _Said:
        desk = self._desk
        article = desk.article.id if desk.article is not None else ""
        if self._said is None or self._said.article != article:
            words: dict[str, list[str]] = {}
            for comment in desk.ready.comments.of(article) if article else ():
                words.setdefault(comment.on, []).append(comment.text)
            self._said = _Said(article, words, Counter({on: len(texts) for on, texts in words.items()}))
        return self._said

    def _changed(self, change: Change) -> None:
        if change.everything or change.comments:
            self._forget()

    def _begin_anew(self) -> None:
        self._drafts, self._unwritten = None, set()
        self._forget()

    def _forget(self) -> None:
        self._said = None

    def on(self, annotation: Annotation) -> list[Comment]:
        """Return the comments on an annotation of the article shown, as they were written."""
        return self._desk.ready.comments.on(annotation.id) if self.counts[annotation.id] else []

    def add(self, annotation: Annotation, text: str, answers: Comment | None = None) -> bool:
        """Say something about an annotation, or answer a comment on it; False where it was refused."""
        desk = self._desk
        reply_to = answers.id if answers is not None else ""
        verb = desk.ready.comments.add
        done = desk.do(verb, annotation.article, annotation.id, text, reply_to=reply_to, annotator=annotation.annotator)
        if done:
            desk.tell(message("Commented on “{quote}”.", quote=short_quote(annotation.quote)), undo=True)
        return done

    def change(self, comment: Comment, text: str) -> bool:
        """Write another text of one's own comment; False where it was refused."""
        desk = self._desk
        if text.strip() == comment.text:
            return True
        done = desk.do(desk.ready.comments.change, comment, text)
        if done:
            desk.tell(message("Changed the comment."), undo=True)
        return done

    def delete(self, comment: Comment) -> bool:
        """Take one's own comment away."""
        desk = self._desk
        if comment.by != desk.ready.me.annotator:
            desk.tell(message("Only who wrote a comment takes it away."), warns=True)
            return False
        done = desk.do(desk.ready.comments.delete, comment)
        if done:
            desk.tell(message("Took the comment away."), undo=True)
        return done

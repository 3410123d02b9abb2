"""Comments on annotations and articles, in threads."""

from __future__ import annotations

from collections.abc import Iterator

from rubricator.errors import UserError
from rubricator.model import comments as c
from rubricator.model.changes import Change
from rubricator.model.comments import Comment, said_text
from rubricator.model.edits import Edit
from rubricator.model.ids import new_id
from rubricator.verbs.door import Door
from rubricator.words import message


class Comments:
    """The verbs of comments."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def of(self, article: str, annotator: str = "") -> list[Comment]:
        """Return the comments in a layer (by default one's own)."""
        return self._door.links.comments(article, annotator or self._door.me.annotator)

    def on(self, annotation: str) -> list[Comment]:
        """Return the comments on an annotation, whoever's it is, as they were written."""
        return self._door.links.comments_on([annotation])

    def add(self, article: str, on: str, text: str, *, reply_to: str = "", annotator: str = "") -> Change:
        """Say something about an annotation (its id) or, with nothing there, about the article."""
        by = self._door.stamp()
        new = Comment(new_id(), article, annotator or by.by, on, by.by, by.at, said_text(text), reply_to)
        return self._door.apply(c.say(new, *self._door.begun(article)))

    def change(self, comment: Comment, text: str) -> Change:
        """Write another text of one's own comment."""
        words = said_text(text)

        def edits() -> Iterator[Edit]:
            if all(one.id != comment.id for one in self.of(comment.article, comment.annotator)):
                raise UserError(
                    message("This comment was taken away meanwhile."),
                    message("What you wrote stays: close the comments, open them again, and say it anew."),
                )
            yield c.reword(comment, words)

        return self._door.judged(edits()) if words != comment.text else Change()

    def delete(self, comment: Comment) -> Change:
        """Take a comment away; answers to it stay."""
        return self._door.apply(c.unsay(comment))

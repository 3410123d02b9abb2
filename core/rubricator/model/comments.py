"""Comments: what people say about an annotation or an article, in threads. Elements of the layer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rubricator.errors import UserError
from rubricator.model.edits import ALIVE, Add, Edit, Op, Set
from rubricator.model.spans import NOTHING
from rubricator.model.text import plain
from rubricator.words import message

FIELDS = frozenset("article annotator on by at text reply_to".split())


class Comment(NamedTuple):
    """What somebody (`by`, an annotator's id) said at a time about an annotation (`on`, its id; empty: the article).

    `annotator` is whose layer it stands in, `reply_to` the id of the comment that it answers.
    """

    id: str
    article: str
    annotator: str
    on: str
    by: str
    at: str
    text: str
    reply_to: str = ""
    extra: Mapping[str, Any] = NOTHING


def comment_from(element: str, value: Mapping[str, Any]) -> Comment:
    """Make the comment of an element; what a file left out is empty."""
    known = {name: str(value.get(name) or "") for name in FIELDS}
    return Comment(
        id=element, **known, extra={key: item for key, item in value.items() if key not in FIELDS} or NOTHING
    )


def comment_value(comment: Comment) -> dict[str, Any]:
    """Return a comment as the value of its element; what is empty is left out."""
    value = {name: getattr(comment, name) for name in ("article", "annotator", "on", "by", "at", "text", "reply_to")}
    return {**{name: item for name, item in value.items() if item}, **comment.extra}


def in_threads(comments: Sequence[Comment]) -> Iterator[tuple[int, Comment]]:
    """Yield each comment once, an answer below what it answers, with how deep it stands.

    What answers something that is not there stands at the top; so does what a file made answer itself by way of others.
    """
    known = {comment.id for comment in comments}
    answers: dict[str, list[Comment]] = {}
    for comment in comments:
        answers.setdefault(comment.reply_to if comment.reply_to in known else "", []).append(comment)
    told: set[str] = set()
    for first in (*answers.get("", ()), *comments):
        waiting = [(0, first)]
        while waiting:
            depth, comment = waiting.pop()
            if comment.id not in told:
                told.add(comment.id)
                yield depth, comment
                waiting.extend((depth + 1, answer) for answer in reversed(answers.get(comment.id, ())))


def said_text(text: str) -> str:
    """Return what is said, without white space around it; UserError where nothing is."""
    words = plain(text).strip()
    if not words:
        raise UserError(message("The comment is empty."), message("Write something, or press Esc."))
    return words


def say(comment: Comment, *more: Op) -> Edit:
    """Make the edit that adds a comment, and writes `more` with it."""
    ops = (Add("comment", comment.id, comment_value(comment)), *more)
    return Edit("comment", ops, comment.article, {"on": comment.on})


def reword(comment: Comment, text: str) -> Edit:
    """Make the edit that writes another text of a comment."""
    ops = (Set("comment", comment.id, "text", comment.text, text),)
    return Edit("comment-change", ops, comment.article, {"on": comment.on})


def unsay(comment: Comment) -> Edit:
    """Make the edit that takes a comment away; answers to it stay."""
    ops = (Set("comment", comment.id, ALIVE, True, False),)
    return Edit("comment-delete", ops, comment.article, {"on": comment.on})

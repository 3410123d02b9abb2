"""How statuses, quotes and names of labels are told in one line."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from rubricator.model.scheme import Label, Scheme, short_for
from rubricator.words import Message, _, as_line, message, plural, say
from rubricator.words import isolated as isolated  # who shows quotes takes it from here

STATUS_WORDS = {"todo": "To do", "doing": "In work", "done": "Finished", "skipped": "Skipped"}

FLAG = "flagged"
"""The word of the flag that the key puts on; other words come with imports."""


def status_words(status: str) -> str:
    """Return a status in words; one that a newer program wrote as it is."""
    return _(STATUS_WORDS[status]) if status in STATUS_WORDS else status


def short_quote(quote: str) -> str:
    """Return a quote for one line: line breaks as ⏎, at most 40 characters."""
    return as_line(quote, 40)


class Left(NamedTuple):
    """What an article still asks for that may be finished all the same: suggestions, and what to look at again.

    `bare`: there are suggestions, and nothing is labelled: it reads like an article of which nothing is to be said.
    """

    suggestions: int = 0
    again: int = 0
    bare: bool = False


def and_left(done: Message, left: Left) -> Message:
    """Say what was done, and what went with it that nobody decided about, if anything."""
    if left.bare:
        one = "{done} Nothing is labelled in it, and {n} suggestion was neither accepted nor rejected."
        more = "{done} Nothing is labelled in it, and {n} suggestions were neither accepted nor rejected."
        done = plural(one, more, left.suggestions, done=done)
    elif left.suggestions:
        one = "{done} {n} suggestion was neither accepted nor rejected."
        more = "{done} {n} suggestions were neither accepted nor rejected."
        done = plural(one, more, left.suggestions, done=done)
    if left.again:
        one = "{done} {n} annotation of it is still to be looked at again."
        more = "{done} {n} annotations of it are still to be looked at again."
        done = plural(one, more, left.again, done=done)
    return done


def open_words(n: int) -> Message:
    """Say before an article is finished how many suggestions nobody has decided about."""
    one, more = "{n} suggestion is neither accepted nor rejected.", "{n} suggestions are neither accepted nor rejected."
    return plural(one, more, n)


def keys_after_labelling(*, sticky: bool) -> Message:
    """Say what keys do to what was just labelled; where a label is sticky, keys of labels are about the next sweep."""
    if sticky:
        return message("Delete deletes it, Enter writes a note")
    return message("another label's key corrects it, Enter writes a note, Delete deletes it")


def as_sentence(clause: Message | str) -> str:
    """Return a clause in words, with a capital first letter."""
    words = say(clause)
    return words[:1].upper() + words[1:]


_PATH_MOST = 60


def short_path(path: Path) -> str:
    """Return a path for one line: a long one without its middle, with as much of its end as there is room for."""
    words = str(path)
    if len(words) <= _PATH_MOST:
        return isolated(words)
    room = max(_PATH_MOST - 16, len(path.name) + 1)
    return isolated(f"{words[:15]}…{words[-room:]}" if room + 16 < len(words) else words)


def label_facts(label: Label) -> Message:
    """Say what a label is called elsewhere: in files, and on the chips of the article."""
    chip = (label.short or short_for(label.name)).upper()
    if chip == label.name:
        return message("In files and on chips: {name}", name=label.name)
    return message("In files: {name} · on chips: {chip}", name=label.name, chip=chip)


_FEW = 3


def names_in_files(scheme: Scheme) -> Message | str:
    """Say that labels stand in files by their names, with some that one would not guess from their titles."""
    told = [
        say(message("“{title}” is {name}", title=label.title, name=label.name))
        for label in scheme.labels
        if label.title and not set(label.title.upper().split()) & set(label.name.replace("_", " ").upper().split())
    ]
    if not told:
        return ""
    return message("Labels have their own names in files: {some}.", some=", ".join(told[:_FEW]))


_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "<br>"})

_TIP_MOST = 1_000
"""Characters of a tooltip: a span may be a whole article, and Qt lays out all of it."""


def plain_tip(words: str) -> str:
    """Return a tooltip that shows the words as they are: Qt would take "<b>" for bold, and wraps rich text only."""
    if len(words) > _TIP_MOST:
        words = f"{words[:_TIP_MOST]}…"
    return "<p>" + words.translate(_MARKUP) + "</p>" if words else ""

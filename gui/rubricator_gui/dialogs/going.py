"""How far the articles are that an export would write, in words, and those that it would leave out."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill

from rubricator.words import _, message, plural, say

_WORDS = {
    "done": ("{n} finished", "{n} finished"),
    "doing": ("{n} in work", "{n} in work"),
    "todo": ("{n} begun, to do", "{n} begun, to do"),
    "skipped": ("{n} skipped", "{n} skipped"),
    "": ("{n} not begun", "{n} not begun"),
}
"""By status as `begun_counts` tells it, in the order in which they are told."""

_TOGETHER = "\N{NO-BREAK SPACE}"
_LINE = 50
"""Characters of a line: Qt gives too little height to lines that it breaks itself, beside a column of fields."""


def going_words(counts: Mapping[str, int], wanted: str, *, untouched: bool) -> str:
    """Say how many articles of each status are written where one is `wanted` (or all are), and how many are not.

    With `untouched` the format writes those that nobody has begun as well, unless a status is wanted.
    """
    goes: list[str] = []
    stays: list[str] = []
    for status, words in _WORDS.items():
        out = status == wanted if wanted else bool(status) or untouched
        if n := counts.get(status, 0):
            (goes if out else stays).append(say(plural(*words, n)).replace(" ", _TOGETHER))
    said = [say(message("To be written: {articles}.", articles=", ".join(goes) or _("nothing")))]
    if stays:
        said.append(say(message("Left out: {articles}.", articles=", ".join(stays))))
    if counts.get("") and untouched and not wanted:
        said.append(_("What is not begun is written without annotations, and is no negative example."))
    return "\n".join(fill(sentence, _LINE) for sentence in said)

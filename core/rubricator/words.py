"""Words people see: gettext for the core, the command line and the window alike.

Core functions return a `Message` (untranslated text and its parameters); whoever shows it calls `say`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gettext import NullTranslations

_translations: NullTranslations | None = None
"""None while the words are shown as they were written."""


def install(translations: NullTranslations) -> None:
    """Use these translations from now on."""
    global _translations
    _translations = translations


def _(text: str) -> str:
    """Return the text in the reader's language."""
    return text if _translations is None else _translations.gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    """Return the singular or plural form in the reader's language; the caller fills in `{n}`."""
    return (one if n == 1 else many) if _translations is None else _translations.ngettext(one, many, n)


class Message(NamedTuple):
    """A sentence before translation: `text` with `{name}` fields, `many` its plural (chosen by `n`)."""

    text: str
    values: Mapping[str, object] = {}
    many: str = ""


def message(text: str, /, **values: object) -> Message:
    """Make a Message; `text` must be a literal marked for extraction by this call."""
    return Message(text, values)


def joined(parts: Sequence[Message], between: str = ", ") -> Message:
    """Return messages as one, with the same words between each two of them."""
    whole = parts[0]
    for part in parts[1:]:
        whole = Message("{first}" + between + "{second}", {"first": whole, "second": part})
    return whole


def plural(one: str, many: str, n: int, **values: object) -> Message:
    """Make a Message whose form follows the count `n`."""
    return Message(one, {"n": n, **values}, many)


def isolated(quote: str) -> str:
    """Return a quote so that what stands beside it keeps its place, where the quote is read from right to left."""
    if quote.isascii() or not any(unicodedata.bidirectional(character) in ("R", "AL") for character in quote):
        return quote
    return f"\u2068{quote}\u2069"


def as_line(words: str, most: int = 0) -> str:
    """Return words of an article on one line: “S. ⏎ Lebedev” for a break between lines, however many are blank.

    Where they are longer than `most` characters they end in “…” (0: never).
    """
    if most and len(words) > 4 * most:  # it may be a million characters
        words = words.strip()[: 4 * most] + "…"
    lines = f"{words}.".splitlines()  # a break at the end is one, too
    if len(lines) > 1:
        lines[-1] = lines[-1][:-1]
        ends = ["" if lines[0].strip() else "⏎", "" if lines[-1].strip() else "⏎"]
        inner = " ⏎ ".join(line.strip() for line in lines if line.strip())
        words = " ".join(filter(None, (ends[0], inner, ends[1]))) if inner else "⏎"
    return words if not most or len(words) <= most else words[: most - 1].rstrip() + "…"


def say(words: Message | str) -> str:
    """Put a Message into words; nested Messages among its values are put into words too."""
    if isinstance(words, str):
        return words
    values = {key: say(value) if isinstance(value, Message) else value for key, value in words.values.items()}
    n = values.get("n")
    text = ngettext(words.text, words.many, n) if words.many and isinstance(n, int) else _(words.text)
    return text.format_map(values)

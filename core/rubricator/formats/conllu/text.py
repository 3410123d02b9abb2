"""Lays out the text of CoNLL-U: rows become words with their places, and the white space that the file tells.

White space after a word is what `SpacesAfter=` spells, else none where `SpaceAfter=No` says so, else what `# text`
has there, else one space; between paragraphs (`# newpar`) a blank line. Words of a contraction (`7-8`) stand where
they stand in its form, if it is made of them, else all over it; empty nodes (`8.1`) have no width.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rubricator.errors import UserError
from rubricator.formats.conllu.words import meant_spaces
from rubricator.words import message

COLUMNS = ("ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC")


@dataclass
class Word:
    """A row: a word, a contraction (`last` is the id of its last word), or an empty node."""

    where: str
    form: str
    misc: Mapping[str, str]
    first: int
    last: int = 0
    empty: bool = False


@dataclass
class Text:
    """The text of an article as it grows; `places` has those of all words and empty nodes, in order.

    `loose` has the words whose places are those of a whole contraction, each with its first and last word.
    """

    parts: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    loose: dict[int, tuple[int, int]] = field(default_factory=dict)
    size: int = 0
    owed: str = ""  # white space after the last word, if another follows
    exact: bool = False  # it is spelled: then it also stands at the end, and between paragraphs

    def add(self, sentence: list[Word], told: str, paragraph: bool) -> bool:
        """Take in a sentence; return whether its rows say what its comment says of its words."""
        if self.parts and paragraph and not self.exact:
            self.owed = "\n\n"
        tokens = [*_tokens(sentence)]
        found = _gaps([token.form for token, _ in tokens if not token.empty], told)
        gaps = iter(found or ())
        for token, words in tokens:
            self._word(token, words)
            if token.empty:
                continue
            gap = next(gaps, " ")
            self.exact = "SpacesAfter" in token.misc
            if self.exact:
                self.owed = meant_spaces(token.misc["SpacesAfter"])
            else:
                self.owed = "" if token.misc.get("SpaceAfter") == "No" else gap
        return not told or found is not None

    def end(self) -> str:
        """Return the whole text."""
        if self.exact:
            self._write(self.owed)
        self.owed = ""
        return "".join(self.parts)

    def _write(self, words: str) -> None:
        self.parts.append(words)
        self.size += len(words)

    def _word(self, token: Word, words: list[Word]) -> None:
        if token.empty:
            self.places.append((self.size, self.size))
            return
        self._write(self.owed + meant_spaces(token.misc.get("SpacesBefore", "")))
        start = self.size
        self._write(meant_spaces(token.misc["SpacesInToken"]) if "SpacesInToken" in token.misc else token.form)
        real = [word for word in words if not word.empty]
        fits = "".join(word.form for word in real) == token.form
        at = start
        loose: list[int] = []
        for word in words:
            if word.empty:
                self.places.append((at, at))
            elif fits:
                self.places.append((at, at + len(word.form)))
                at += len(word.form)
            else:
                loose.append(len(self.places))
                self.places.append((start, self.size))
        self.loose.update((n, (loose[0], loose[-1])) for n in loose)
        if not words:
            self.places.append((start, self.size))


def _tokens(sentence: list[Word]) -> Iterator[tuple[Word, list[Word]]]:
    """Yield what is written in the text, each with the words and empty nodes of it, where it is a contraction."""
    at = 0
    while at < len(sentence):
        token = sentence[at]
        at += 1
        words: list[Word] = []
        while token.last and at < len(sentence) and sentence[at].first <= token.last and not sentence[at].last:
            words.append(sentence[at])
            at += 1
        if token.last and not [word for word in words if not word.empty]:
            raise UserError(
                message(
                    "{where}: the words of {first}-{last} are missing.",
                    where=token.where,
                    first=token.first,
                    last=token.last,
                ),
                message("Correct the file, or make it again where it came from."),
            )
        yield token, words


def _gaps(forms: list[str], told: str) -> list[str] | None:
    """Return the white space that a comment has after each word, or None where it has other words."""
    gaps: list[str] = []
    at = 0
    for form in forms:
        if not told.startswith(form, at):
            return None
        at += len(form)
        start = at
        while at < len(told) and told[at].isspace():
            at += 1
        gaps.append(told[start:at])
    if at < len(told):
        return None
    return [*gaps[:-1], " "] if gaps else None

"""The text of a WebAnno TSV file: its sentences laid out where the offsets of their tokens say.

The text between two sentences is not in the file: where the offsets leave room for it, line breaks are put there, as
paragraphs are parted by them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NoReturn

from rubricator.errors import UserError
from rubricator.formats import files
from rubricator.formats.reading import shortened
from rubricator.formats.webanno import words as w
from rubricator.model.text import Unit, Units
from rubricator.words import Message, message


@dataclass
class Place:
    """A token, or a part of one: where it stands, and the keys of the annotations there, by layer."""

    name: str
    begin: int
    end: int
    words: str
    line: int
    stacks: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    keys: set[str] = field(default_factory=set)

    def put(self, layer: str, key: str) -> None:
        """Put an annotation on the stack of its layer, unless it is there."""
        if key not in self.keys:
            self.keys.add(key)
            self.stacks[layer].append(key)


@dataclass
class Sentence:
    """The lines of a sentence's text, and its tokens."""

    line: int
    text: list[str] = field(default_factory=list)
    units: list[Place] = field(default_factory=list)

    @property
    def body(self) -> str:
        """Its text."""
        return "\n".join(self.text)


def laid_out(sentences: list[Sentence], file: str, asked: Unit) -> tuple[Unit, str]:
    """Return the unit of the offsets and the text; UTF-16 is tried first, unless another unit is asked for."""
    order: list[Unit] = ["utf16", "codepoint"] if asked == "codepoint" else [asked]
    if all(sentence.body.isascii() for sentence in sentences):
        order = order[:1]
    refused: UserError | None = None
    for unit in order:
        try:
            return unit, _text(sentences, file, unit)
        except UserError as error:
            refused = refused or error
    assert refused is not None
    raise refused


def _text(sentences: list[Sentence], file: str, unit: Unit) -> str:
    """Return the text whose words stand where the offsets say; UserError where they do not."""
    pieces: list[str] = []
    length = 0
    for n, sentence in enumerate(sentences):
        begin = sentence.units[0].begin if sentence.units else length + (n > 0)
        if begin < length:
            bad_line(file, sentence.line, message("the sentence begins before the one before it ends"))
        if begin > files.LINE_MOST:
            bad_line(file, sentence.line, message("its offsets are larger than any text"))
        body = sentence.body
        pieces += ["\n" * (begin - length) if n else " " * begin, body]
        size = Units(body, unit)
        _check(sentence, body, size, begin, file)
        length = begin + size.total
    return "".join(pieces)


def _check(sentence: Sentence, body: str, size: Units, begin: int, file: str) -> None:
    """Raise UserError where a token does not say what the text says there."""
    for unit in sentence.units:
        try:
            found = body[size.to_codepoint(unit.begin - begin) : size.to_codepoint(unit.end - begin)]
        except ValueError:
            bad_line(
                file, unit.line, message("{start} to {end} lies outside its sentence", start=unit.begin, end=unit.end)
            )
        if found != unit.words and found != w.unescaped(unit.words):
            bad_line(
                file,
                unit.line,
                message(
                    "it says “{said}”, but the text there says “{found}”",
                    said=shortened(unit.words),
                    found=shortened(found),
                ),
            )


def bad_line(file: str, line: int, why: Message) -> NoReturn:
    """Raise the error for a line."""
    raise UserError(
        message("{file}, line {line}: {why}.", file=file, line=line, why=why),
        message("Correct the line, or make the file again where it came from."),
    )

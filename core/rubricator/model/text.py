"""Canonical text, and the only place where offsets change their unit (code points, UTF-16 units, UTF-8 bytes).

At import, before the digest: CRLF and CR become LF, leading byte order marks are dropped, and NUL, lone surrogates and
what XML 1.0 forbids are replaced one for one by U+FFFD. Nothing else is normalised; all of it is counted.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import Literal, NamedTuple

from rubricator.errors import UserError
from rubricator.model.tokens import graphemes
from rubricator.words import Message, message, plural

Unit = Literal["codepoint", "utf16", "utf8", "grapheme"]
UNITS: tuple[Unit, ...] = ("codepoint", "utf16", "utf8", "grapheme")

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (section 2.2, Char) forbids; CR is handled before."""

_FORBIDDEN_BYTES = bytes(code for code in range(0x20) if code not in b"\t\n\r")
_BREAK = re.compile("\r\n?")
_BOM = "\ufeff"


class Canonical(NamedTuple):
    """A canonical text, what was changed to get there, and the way of offsets from the source to it."""

    text: str
    breaks: int = 0
    bom: bool = False
    replaced: int = 0
    dropped: tuple[int, ...] = ()
    """Where in the source something stood that is gone."""

    def offset(self, source: int) -> int:
        """Map a code-point offset of the source text to the canonical one."""
        return source - bisect_left(self.dropped, source) if self.dropped else source

    def notes(self) -> list[Message]:
        """Say what was changed, in words."""
        said: list[Message] = []
        if self.bom:
            said.append(message("a byte order mark was dropped"))
        if self.breaks:
            said.append(plural("{n} line break became a plain one", "{n} line breaks became plain ones", self.breaks))
        if self.replaced:
            said.append(
                plural("{n} forbidden character became U+FFFD", "{n} forbidden characters became U+FFFD", self.replaced)
            )
        return said


def canonical(source: str) -> Canonical:
    """Make the canonical text of an article."""
    text = source.lstrip(_BOM)  # all of them: what was made canonical stays as it is when it is read again
    shift = len(source) - len(text)
    dropped = list(range(shift))
    breaks = 0
    if "\r" in text:
        for match in _BREAK.finditer(text):
            breaks += 1
            if match.end() - match.start() == 2:
                dropped.append(match.start() + shift)
        text = _BREAK.sub("\n", text)
    text, replaced = (text, 0) if is_clean(text) else FORBIDDEN.subn("\ufffd", text)
    return Canonical(text, breaks, shift > 0, replaced, tuple(dropped))


def is_clean(text: str) -> bool:
    """Say whether a text holds nothing that is forbidden; where all is ASCII, or printable, that is soon seen."""
    if text.isascii():
        return len(text.encode().translate(None, _FORBIDDEN_BYTES)) == len(text)
    return text.replace("\n", "").isprintable() or not FORBIDDEN.search(text)


def plain(name: str) -> str:
    """Return a name with what no text of ours holds replaced: the name of a file may be any bytes."""
    return FORBIDDEN.sub("\ufffd", name)


def digest(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8, as 64 hexadecimal digits."""
    import hashlib  # not needed to open a project

    return hashlib.sha256(text.encode("utf-8")).hexdigest()


# --- decoding -----------------------------------------------------------------------------------------------------


class Decoded(NamedTuple):
    """Text read from bytes, the encoding it was read with, and whether that was a guess."""

    text: str
    encoding: str
    guessed: bool = False


_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, where: str, encoding: str = "") -> Decoded:
    """Read bytes as text: by the encoding asked for, a byte order mark, strict UTF-8, then a guess.

    `where` names the file in errors.
    """
    if encoding:
        return Decoded(_decode_as(data, encoding, where), encoding)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Decoded(_decode_as(data, name, where), name)
    if _looks_binary(data):
        raise UserError(
            message("{file} is not a text file: it holds bytes that no text has.", file=where),
            message("Choose a text file, or name its encoding with --encoding."),
        )
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _guess(data, where, data.count(b"\n", 0, error.start) + 1)


def _decode_as(data: bytes, encoding: str, where: str) -> str:
    hint = message("Name the right encoding with --encoding, for example --encoding windows-1252.")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError(
            message("{file}, line {line}: not {encoding} text.", file=where, line=line, encoding=encoding), hint
        ) from error
    except (LookupError, ValueError) as error:  # an unknown name, one with a NUL, or a codec that makes no text
        raise UserError(message("There is no encoding called “{encoding}”.", encoding=encoding), hint) from error


def _looks_binary(data: bytes) -> bool:
    """Say whether these are no words: a known mark, or NULs (UTF-16 without a mark is too rare to care for)."""
    if data.startswith((b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0")):
        return True  # PDF, a ZIP (so .docx and .odt), RTF, an old Word file
    return data.count(b"\x00", 0, 1 << 16) > len(data[: 1 << 16]) // 100


_LONG_GONE = frozenset(
    "cp437 cp775 cp850 cp852 cp855 cp857 cp858 cp860 cp861 cp862 cp863 cp865 cp866 cp1125 hp_roman8 kz1048 ptcp154"
    " mac_cyrillic mac_greek mac_iceland mac_latin2 mac_roman mac_turkish iso8859_10 iso8859_13 iso8859_14".split()
)
"""Encodings that short texts are taken for by chance: hardly anything is written in them any more."""

_WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøœùúûüýÿßšžÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜÝŠŽ€‚„…“”‘’–—•«»°§¿¡£©®×·ªº\xa0")


def _looks_western(data: bytes) -> bool:
    """Say whether windows-1252 would give only what western languages are written with, within words of theirs."""
    try:
        text = data[: 1 << 16].decode("windows-1252")
    except UnicodeDecodeError:
        return False
    return all(char < "\x80" or char in _WESTERN for char in text) and not re.search(r"[^\W\x00-\x7f]{3}", text)


def _guess(data: bytes, where: str, line: int) -> Decoded:
    from charset_normalizer import from_bytes  # 40 ms to load, and rarely needed

    found = from_bytes(data[: 1 << 20])
    best = found.best()
    names = [best.encoding] if best is not None else []
    close = {
        m.encoding for m in found if best and m.chaos <= best.chaos + 0.02 and m.coherence >= best.coherence - 0.05
    }
    if "cp1252" in close or (names and names[0] in _LONG_GONE and _looks_western(data)):
        names.insert(0, "windows-1252")  # where several fit alike it is by far the commonest
    for name in names:
        try:
            return Decoded(data.decode(name), name, guessed=True)
        except UnicodeDecodeError:
            continue
    raise UserError(
        message("{file}, line {line}: not UTF-8, and its encoding could not be guessed.", file=where, line=line),
        message("Name it with --encoding, for example --encoding windows-1252."),
    )


# --- units of offsets ---------------------------------------------------------------------------------------------


class Units:
    """Converts offsets of one text between code points and another unit, by a table of what is wide."""

    def __init__(self, text: str, unit: Unit) -> None:
        self.unit = unit
        self.length = len(text)
        self._wide: list[int] = []  # code points that are wider than one unit, in order
        self._before: list[int] = [0]  # extra units before the n-th of them
        self._borders: list[int] | None = None
        if unit == "grapheme":
            self._borders = _grapheme_borders(text)
        elif unit != "codepoint" and not text.isascii():
            width = _utf16_extra if unit == "utf16" else _utf8_extra
            pattern = _ASTRAL if unit == "utf16" else _NOT_ASCII
            self._wide = [match.start() for match in pattern.finditer(text)]
            self._before = list(accumulate((width(text[at]) for at in self._wide), initial=0))

    def from_codepoint(self, offset: int) -> int:
        """Return the offset in units; for graphemes the number of borders before it."""
        if self._borders is not None:
            return bisect_left(self._borders, offset)
        return offset + self._before[bisect_left(self._wide, offset)]

    def to_codepoint(self, offset: int) -> int:
        """Return the offset in code points; ValueError where it falls inside a character or outside the text."""
        if self._borders is not None:
            if not 0 <= offset < len(self._borders):
                raise ValueError(f"offset {offset} lies outside the text")
            return self._borders[offset]
        if not 0 <= offset <= self.total:
            raise ValueError(f"offset {offset} lies outside the text")
        if not self._wide:
            found = offset
        else:
            starts = _Starts(self._wide, self._before)
            found = offset - self._before[bisect_right(starts, offset - 1)] if offset > 0 else offset
        if self.from_codepoint(found) != offset:
            raise ValueError(f"offset {offset} falls inside a character")
        return found

    @property
    def total(self) -> int:
        """How long the text is, in units."""
        return self.from_codepoint(self.length)


class _Starts:
    """The wide characters' own offsets in units, as a read-only sequence for bisect."""

    def __init__(self, wide: list[int], before: list[int]) -> None:
        self._wide = wide
        self._before = before

    def __len__(self) -> int:
        return len(self._wide)

    def __getitem__(self, n: int) -> int:
        return self._wide[n] + self._before[n]


_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")


def _utf16_extra(_char: str) -> int:
    return 1


def _utf8_extra(char: str) -> int:
    return 1 if char < "\u0800" else 2 if char < "\U00010000" else 3


def _grapheme_borders(text: str) -> list[int]:
    return [0, *(end for _start, end in graphemes(text))]


def converter(text: str, unit: Unit) -> Callable[[int], int]:
    """Return the function that turns offsets of `text` in `unit` into code points."""
    return Units(text, unit).to_codepoint

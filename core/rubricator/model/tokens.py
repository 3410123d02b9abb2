"""Graphemes, words and sentences: the one tokenizer of the window and of every export. Offsets are code points.

Grapheme clusters follow Unicode UAX 29 through the library `regex`. Words are our own: they keep together what an
annotator takes for one word ("U.S.", "O'Brien", "18:07", "S."), part a possessive ("Lebedev" + "'s") and compounds
at the hyphen, and in scripts that put no spaces between words each grapheme is a word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rubricator.model.spans import Fragment, Span

if TYPE_CHECKING:
    from regex import Pattern

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_LETTER = rf"[[\p{{L}}\p{{N}}_]--[{_UNSPACED}]]"
_EXTENDS = r"\p{M}\p{Grapheme_Cluster_Break=Extend}\u200d"
_IN_WORD = rf"[[\p{{L}}\p{{N}}{_EXTENDS}_\u00ad\u200c]--[{_UNSPACED}]]"
_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Maj|Lt|Sgt|Capt|Cpl|Cmdr|Adm|Sen|Rep|Gov|Pres|Rev|Hon|Jr|Sr|Inc|Ltd|Co|Corp|Bros|"
    "No|Nos|Vol|Art|Sec|vs|etc|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun"
)
_TWO_LETTERS = "Ch|Dj|Kh|Sh|Zh"
"""Initials that Latin writes with two letters; not “Yu”, which ends sentences as a surname."""
_CLUSTER = (
    r"(?: \p{Regional_Indicator}{2} [\p{Grapheme_Cluster_Break=Extend}\p{Grapheme_Cluster_Break=SpacingMark}\u200d]*+"
    r" | \X )"
)
r"""One grapheme cluster; with \X alone the time goes by the square of how many flags stand in a row."""
_GRAPHEME = f"(?V1x){_CLUSTER}"
_QUICK = r"[A-Za-z]++ (?= [\x20\n,;] ) | (?P<space> \x20 (?= [!-~] ) ) |"
"""Says nothing that the rest does not: it finds most of a text in half the time."""
_TOKEN = rf"""(?V1x)
    {_QUICK}
      (?P<space> (?: [\s&&[\p{{Cc}}\p{{Zl}}\p{{Zp}}]] | \s (?! [{_EXTENDS}] ) )++ )
    | (?: https?:// | www\. ) [^\s<>"“”«»]+ (?<! [.,;:!?)\]'’”»] )
    | [\w.+-]{{1,64}}+ @ [\w-]{{1,63}}+ (?: \. [\w-]{{1,63}}+ ){{1,8}}+ (?! [{_EXTENDS}] )
    | (?: \p{{Lu}} \. ){{2,9}}+ (?! {_LETTER} | [{_EXTENDS}] )
    | (?: {_ABBREVIATIONS} ) \. (?= [\s,;:)] | \p{{Lu}} | \p{{Nd}} )
    | \p{{Lu}}\p{{M}}* \p{{Ll}}? \. (?= \p{{Lu}} )
    | (?: \p{{Lu}}\p{{M}}* | {_TWO_LETTERS} ) \. (?= \s+ \p{{Lu}} )
    | \p{{Nd}}++ (?: [.,:’'] \p{{Nd}}++ )++ {_IN_WORD}*+
    | {_LETTER} {_IN_WORD}*+ (?: ['’ʼ·] (?! [sS] (?! {_IN_WORD} ) ) {_LETTER} {_IN_WORD}*+ )*+
    | ['’] [sS] (?! {_IN_WORD} )
    | \.{{2,}}+ (?! [{_EXTENDS}] ) | -{{2,}}+ (?! [{_EXTENDS}] )
    | {_CLUSTER}
    """


@cache
def _compiled(pattern: str) -> Pattern[str]:
    """Compile a pattern when it is first needed: the library takes longer to load than a window to paint."""
    import regex

    return regex.compile(pattern)


_ANCHOR_REACH = 2_000
"""How far back a local look-up goes for a safe place to start: a longer word is cut there, and nothing is slow."""


class Token(NamedTuple):
    """A word or a mark of punctuation, `[start, end)`; one of a million, which a dataclass takes long to make."""

    start: int
    end: int


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yield the tokens of `text[start:end]` in order; together they hold all that is not white space."""
    for match in _compiled(_TOKEN).finditer(text, start, len(text) if end is None else end):
        if match.lastgroup != "space":
            yield Token(match.start(), match.end())


def token_at(text: str, offset: int) -> Token | None:
    """Return the token that covers the character at `offset`; None in white space and outside the text."""
    if not 0 <= offset < len(text):
        return None
    for match in _compiled(_TOKEN).finditer(text, _anchor(text, offset)):
        if match.end() > offset:
            return None if match.lastgroup == "space" else Token(match.start(), match.end())
    return None


def next_word(text: str, offset: int) -> Token | None:
    """Return the first token that ends after `offset`, or None at the end of the text."""
    for match in _compiled(_TOKEN).finditer(text, _anchor(text, min(offset, len(text)))):
        if match.end() > offset and match.lastgroup != "space":
            return Token(match.start(), match.end())
    return None


def _anchor(text: str, offset: int) -> int:
    """Return a place at or before `offset` where a token surely starts (so that look-ups are local)."""
    floor = max(0, offset - _ANCHOR_REACH)
    for place in range(offset, floor, -1):
        if place < len(text) and text[place - 1].isspace() and not text[place].isspace():
            return grapheme_start(text, place)
    return grapheme_start(text, floor)


# --- graphemes ----------------------------------------------------------------------------------------------------


def graphemes(text: str, start: int = 0) -> Iterator[Fragment]:
    """Yield the grapheme clusters from a border on."""
    return (match.span() for match in _compiled(_GRAPHEME).finditer(text, start))


def grapheme_start(text: str, offset: int) -> int:
    """Return the start of the grapheme cluster that holds `offset`; `offset` itself where it is a border."""
    if offset <= 0 or offset >= len(text) or _surely_border(text, offset):
        return offset
    start = offset - 1
    floor = max(0, offset - _ANCHOR_REACH)
    while start > floor and not _surely_border(text, start):
        start -= 1
    for low, high in graphemes(text, start):
        if high > offset:
            return low
        if high == offset:
            return offset
    return offset


def grapheme_end(text: str, offset: int) -> int:
    """Return the end of the grapheme cluster that holds `offset`; `offset` itself where it is a border."""
    start = grapheme_start(text, offset)
    if start == offset:
        return offset
    match = _compiled(_GRAPHEME).match(text, start)
    return match.end() if match else offset


def inside_grapheme(text: str, offset: int) -> bool:
    """Say whether a border at `offset` would cut a grapheme cluster in two."""
    return grapheme_start(text, offset) != offset


def next_grapheme(text: str, offset: int) -> int:
    """Return the border after `offset`, at most the end of the text."""
    if offset >= len(text):
        return len(text)
    match = _compiled(_GRAPHEME).match(text, grapheme_start(text, offset))
    return match.end() if match else len(text)


def previous_grapheme(text: str, offset: int) -> int:
    """Return the border before `offset`, at least 0."""
    return grapheme_start(text, offset - 1) if offset > 0 else 0


_PLAIN = frozenset(("Lu", "Ll", "Nd", "Zs", "Po", "Ps", "Pe", "Pd", "Pi", "Pf", "Sc", "Sm"))


def _surely_border(text: str, offset: int) -> bool:
    before, after = text[offset - 1], text[offset]
    if before < "\u0300" and after < "\u0300":
        return True
    if before == "\n" or after == "\n":
        return True
    return _plain(before) and _plain(after)


def _plain(char: str) -> bool:
    return unicodedata.category(char) in _PLAIN or "\u3041" <= char <= "\u3096" or "\u4e00" <= char <= "\u9fff"


def blank(text: str, offset: int) -> bool:
    """Say whether a character is white space; a space that carries a mark is none, a line break carries none."""
    return text[offset].isspace() and not inside_grapheme(text, offset) and not inside_grapheme(text, offset + 1)


# --- snapping -----------------------------------------------------------------------------------------------------

_BRACKETS = {")": "(", "]": "[", "}": "{", "”": "“", "’": "‘", "»": "«"}
_CLOSING_MOST = 8
_OPENING = frozenset(_BRACKETS.values())
_KEPT = frozenset("%#&@‰°§")


def snap(text: str, start: int, end: int) -> Span | None:
    """Return the whole words that the range touches, without white space and loose punctuation at its borders.

    Brackets and quotation marks stay where both of a pair lie inside, but not brackets around all of it; one that
    closes right behind what opened inside is taken, too. None where there is nothing to take.
    """
    if start > end:
        start, end = end, start
    start, end = max(0, start), min(len(text), end)
    while start < end and blank(text, start):
        start += 1
    while end > start and blank(text, end - 1):
        end -= 1
    if start >= end:
        return None
    first, last = token_at(text, start), token_at(text, end - 1)
    if first is None or last is None:
        return None
    start, end = first.start, last.end
    wide = (start, end)
    while (token := token_at(text, start)) and start < end and _loose_start(text, token, end):
        following = next_word(text, token.end)
        start = following.start if following else end
    while start < end and (token := token_at(text, end - 1)) and _loose_end(text, token, start):
        end = token.start
        while end > start and blank(text, end - 1):
            end -= 1
    if start >= end:
        return Span.of(*wide)
    while (
        end - start > 2 and _in_brackets(text, start, end) and not blank(text, start + 1) and not blank(text, end - 2)
    ):
        start, end = start + 1, end - 1
    closed = end
    for _n in range(_CLOSING_MOST):
        token = token_at(text, closed)
        if token is None or token.start != closed or not _closes(text, token, start):
            return Span.of(start, closed)
        closed = token.end
    return Span.of(start, end)  # a row of them is no pair, and each would be read from far before


def _in_brackets(text: str, start: int, end: int) -> bool:
    """Say whether one pair of brackets is around all of it: “(CSTO)”, not “(a) and (b)”."""
    opening, closing = text[start], text[end - 1]
    if opening not in "([{" or _BRACKETS.get(closing) != opening:
        return False
    depth = 0
    for n in range(start, end - 1):
        depth += (text[n] == opening) - (text[n] == closing)
        if depth == 0:
            return False
    return depth == 1


def _closes(text: str, token: Token, start: int) -> bool:
    """Say whether a mark closes what opens after `start` and is open still: “Organization (CSTO”."""
    mark = text[token.start : token.end]
    opening = _BRACKETS.get(mark)
    if opening is None:
        return False
    return text.count(opening, start, token.start) > text.count(mark, start, token.start)


def _loose_start(text: str, token: Token, end: int) -> bool:
    mark = text[token.start : token.end]
    if len(mark) != 1 or mark in _KEPT or not unicodedata.category(mark).startswith("P"):
        return False
    closing = next((close for close, opening in _BRACKETS.items() if opening == mark), None)
    return closing is None or closing not in text[token.end : end]


def _loose_end(text: str, token: Token, start: int) -> bool:
    mark = text[token.start : token.end]
    if mark in {"'s", "’s", "'S", "’S"}:
        return token.start > start
    if len(mark) != 1 or mark in _KEPT or not unicodedata.category(mark).startswith("P"):
        return False
    opening = _BRACKETS.get(mark)
    return opening is None or opening not in text[start : token.start]


def exact(text: str, start: int, end: int) -> Span | None:
    """Return the range as it is asked for, moved out to grapheme borders; None where it is empty."""
    if start > end:
        start, end = end, start
    start, end = max(0, start), min(len(text), end)
    return Span.of(grapheme_start(text, start), grapheme_end(text, end)) if start < end else None


# --- sentences ----------------------------------------------------------------------------------------------------

_SENTENCE_END = r"""(?V1x)
      (?P<stop> (?<! [.!?…] ) [.!?…]++ [)\]"'”’»]*+ ) (?P<gap> \s++ ) (?= ["'“‘«(\[]{0,3} [\p{Lu}\p{Lo}\p{N}] )
    | (?P<stop> [。！？｡]++ [」』”’）]*+ ) (?P<gap> \s*+ )
    | (?P<stop> ) (?P<gap> (?<! \s ) [^\S\n]*+ \n \s*+ )
    """
_NAME_GOES_ON = rf"(?V1)(?:^|[\s(“\"‘«.])(?:\p{{Lu}}\p{{M}}*|\p{{Lu}}\p{{Ll}}|{_ABBREVIATIONS})\.$"


def sentences(text: str) -> list[Fragment]:
    r"""Return the sentences, without white space around them; a break inside a name ("S.\n\nLebedev") is none.

    A blank line ends a sentence, unless an initial or a title stands before it and a capital after it.
    """
    found: list[Fragment] = []
    start = _skip_space(text, 0)
    for match in _compiled(_SENTENCE_END).finditer(text):
        stop = match.end("stop")
        gap = match["gap"]
        if stop <= start or match.end() >= len(text) or (not match["stop"] and gap.count("\n") < 2):
            continue
        before = text[max(start, stop - 12) : stop].rstrip()
        if _compiled(_NAME_GOES_ON).search(before) and text[match.end() : match.end() + 1].isupper():
            continue
        if before.endswith(".") and _compiled(_NAME_GOES_ON).search(before) and gap.count("\n") < 2:
            continue
        found.append((start, stop))
        start = match.end()
    end = len(text.rstrip())
    if start < end:
        found.append((start, end))
    return found


_AROUND = 1_000
"""Characters before and after a place that are looked at for its sentence: an article may be one of a million."""


def sentence_around(text: str, start: int, end: int) -> Fragment:
    """Return what the sentences reach over that hold `[start, end)`; of a very long one, a part."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    here = [
        (first + left, first + right)
        for left, right in sentences(text[first:last])
        if first + left < end and first + right > start
    ]
    return (min(start, here[0][0]), max(end, here[-1][1])) if here else (start, end)


def _skip_space(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset

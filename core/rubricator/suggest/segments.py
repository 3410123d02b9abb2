"""The sentence around an item of a list, cut at commas, semicolons and conjunctions; in many languages."""

from __future__ import annotations

from typing import NamedTuple

from rubricator.model.folding import composed
from rubricator.suggest.reading import QUOTES, STOPS, Reading, Word

COMMAS = frozenset(",،、，､")
_SEMICOLONS = frozenset(";；؛")
_OPENING, _CLOSING = frozenset("([{（［"), frozenset(")]}）］")
_IN_BRACKETS = 12
_WORDS_MOST = 400

_CONJUNCTIONS = frozenset(
    tuple(phrase.split())
    for phrase in (
        "and|or|nor|as well as|and also|along with|together with|plus|und|oder|sowie|et|ou|ainsi que|y|e|o|u|ed|"
        "así como|bem como|nonché|en|og|och|ja|i|oraz|a także|и|или|а также|та|і|або|й|и также|és|și|ve|veya|dan|và|"
        "και|ή|و|أو|او|یا|और|या|এবং|및|和|及|与|與|或|以 及|と|や|または|แ ล ะ|"
    ).split("|")
    if phrase
)
_NOT_AND = {"和": ("共", "平"), "与": ("参", "会"), "及": ("以", "其"), "と": ("こ", "す")}
"""Signs after which, and before which, an “and” of one sign is part of a word."""

_ROMANCE = frozenset("el la los las le les de del des du y et un une".split())
"""Where these stand, “en” is no Dutch “and”."""

_WAW = "و"
_OWN_WAW = tuple(
    "واشنطن وارسو وزي وزر وزا وكال وفد وفود ولاي ولي وسط وثيق واحد واقع وحد وضع وصول وقت وقف وجه وجود".split()
)
"""How words begin whose first letter is no “and”."""


class Segment(NamedTuple):
    """The words between two separators, and how this one is parted from the segment before."""

    words: list[Word]
    conjunction: bool = False
    semicolon: bool = False


# --- the sentence -------------------------------------------------------------------------------------------------


def sentence_around(reading: Reading, start: int, end: int) -> list[Word]:
    """Return the words of the item and around it, up to what ends a list, without quotation marks and brackets."""
    place = reading.range_of(start, end) or _after_prefix(reading, start, end)
    if place is None:
        return []
    first, last = place
    own = list(reading.words[first:last])
    prefix = reading.text[own[0].start : start]
    own[0] = Word(start, own[0].end, composed(reading.text[start : own[0].end]))
    before = _parted_waw(_walk(reading, first, -1)[::-1], own[0].text)
    if prefix:
        before.append(Word(start - len(prefix), start, prefix))
    return [*before, *own, *_parted_waw(_walk(reading, last - 1, 1), own[0].text)]


def _after_prefix(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    """Return the range of an item that begins inside a word: after an Arabic “and” or an article (“l'Arménie”)."""
    for prefix in (_WAW, "l'", "l’", "L'", "L’"):
        if reading.text.endswith(prefix, 0, start):
            return reading.range_of(start - len(prefix), end)
    return None


def _walk(reading: Reading, at: int, step: int) -> list[Word]:
    words: list[Word] = []
    opening, closing = (_OPENING, _CLOSING) if step > 0 else (_CLOSING, _OPENING)
    while 0 <= (following := at + step) < len(reading.words) and len(words) < _WORDS_MOST:
        word = reading.words[following]
        if word.text in STOPS or word.text in closing or _dash(reading, following):
            break
        if reading.parted(max(at, following)) and reading.words[min(at, following)].text not in COMMAS:
            break
        at = following
        if word.text in opening:
            inside = (at + step * n for n in range(1, _IN_BRACKETS))
            end = next((n for n in inside if 0 <= n < len(reading.words) and reading.words[n].text in closing), None)
            if end is None:
                break
            at = end
        elif word.text not in QUOTES:
            words.append(word)
    return words


def _dash(reading: Reading, n: int) -> bool:
    if reading.words[n].text not in {"-", "--", "–", "—", "―", "|", "•"}:
        return False
    return bool(reading.gap(n)) or n + 1 == len(reading.words) or bool(reading.gap(n + 1))


def _parted_waw(words: list[Word], like: str) -> list[Word]:
    """Part the Arabic “and” from the word it is written with."""
    if not "\u0600" <= like[0] <= "\u06ff" or not any(word.text[0] == _WAW for word in words):
        return words
    parted: list[Word] = []
    for word in words:
        if word.text[0] == _WAW and len(word.text) > 3 and not word.text.startswith(_OWN_WAW):
            parted.append(Word(word.start, word.start + 1, _WAW))
            word = Word(word.start + 1, word.end, word.text[1:])
        parted.append(word)
    return parted


# --- segments -----------------------------------------------------------------------------------------------------


def cut(words: list[Word]) -> list[Segment]:
    """Cut the words at commas, semicolons and conjunctions; several in a row cut once."""
    folded = [word.text.casefold() for word in words]
    romance = not _ROMANCE.isdisjoint(folded)
    segments = [Segment([])]
    n = 0
    while n < len(words):
        length = _conjunction(folded, n, romance=romance)
        comma, semicolon = words[n].text in COMMAS, words[n].text in _SEMICOLONS
        if not (length or comma or semicolon):
            segments[-1].words.append(words[n])
        elif segments[-1].words or len(segments) == 1:
            segments.append(Segment([], bool(length), semicolon))
        else:
            last = segments[-1]
            segments[-1] = Segment([], last.conjunction or bool(length), last.semicolon or semicolon)
        n += max(1, length)
    return [segment for n, segment in enumerate(segments) if segment.words or n == 0]


def _conjunction(folded: list[str], n: int, *, romance: bool) -> int:
    """Return how many words of a conjunction stand here: 0 to 3."""
    for length in (3, 2, 1):
        if tuple(folded[n : n + length]) in _CONJUNCTIONS:
            if length == 1 and romance and folded[n] == "en":
                return 0
            before, after = _NOT_AND.get(folded[n], ("", "")) if length == 1 else ("", "")
            if (n and folded[n - 1] == before) or folded[n + 1 : n + 2] == [after]:
                return 0
            return length
    return 0


def joined(segments: list[Segment]) -> list[Segment]:
    """Join what is parted by less than a semicolon: in such a list commas belong to the items."""
    whole = [segments[0]]
    for segment in segments[1:]:
        if segment.semicolon:
            whole.append(segment)
        else:
            comma = Word(segment.words[0].start, segment.words[0].start, ",")
            whole[-1].words.extend([comma, *segment.words])
    return whole

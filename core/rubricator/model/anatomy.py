"""The anatomy of a wire article, read from its plain text by rules: headline, byline, dateline, lead, repeats.

Where a rule is unsure it says nothing. Only the head of the text is looked at, line by line and never further
than dates.REACH into a line; the search for repeated sentences goes once over the words. So it is linear.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rubricator.model.dates import REACH, Printed, find_date, find_date_at_end
from rubricator.model.spans import Zone
from rubricator.model.tokens import inside_grapheme

HEAD_LINES = 10
"""Headline, byline and dateline are looked for in this many lines that are not blank."""

_LEAD_MOST = 1500
_AGENCY = re.compile(
    r"\b(?:news\w*|agency|press|wire\w*|times|post|telegraph|courier|herald|tribune|gazette|journal|media|radio|tv)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\b(?:writer|editor|correspondent|reporter|staff|columnist|bureau|contributor)\b", re.IGNORECASE)
_AGO = re.compile(
    r"\b(?:\d{1,3}|an?|one|two|few)\s(?:sec|min|hour|hr|day|week|month)[a-z]{0,5}\sago\b|\bjust now\b", re.IGNORECASE
)
_STAMP_WORDS = re.compile(
    r"\b(?:first|last|published|updated|posted|modified|issued|on|at|gmt|utc|bst|cest|cet|edt|est|msk|pdt|pst)\b:?",
    re.I,
)
_PARTICLE = re.compile("al|bin|da|de|del|den|der|di|do|dos|du|el|et|ibn|la|le|of|the|ter|und|van|von|y|zu", re.I)
_NOT_A_PLACE = re.compile(
    "act|advisory|alert|analysis|appendix|attention|book|breaking|chapter|comment|correction|editorial|exclusive"
    "|explainer|factbox|feature|flash|interview|live|note|obituary|opinion|part|profile|review|section|step|summary"
    "|timeline|top|update|urgent|volume|warning|watch",
    re.IGNORECASE,
)
_DIVIDER = re.compile(r"\(|—|–|\s--?\s|--")
_DASH = re.compile(r"\s{0,2}(?:—|–|--?(?=\s))")
_ENDED = re.compile(r"[.!?…][\"'”’»)\]]{0,3}$")
_INITIAL = re.compile(r"(?:^|[\s.(])[^\W\d_]\.$")
_SENTENCE_GAP = re.compile(r"(?<=[.!?…])[\"'”’»)]{0,3}\s+")
_OPENING = "“„\"‘'«¿¡"
_TRIM = " \t\u00a0,;:|/·•–—-"


@dataclass(frozen=True, slots=True)
class Anatomy:
    """What an article's text says about itself; `dateline` is the place, `published` ISO local time as printed."""

    zones: tuple[Zone, ...] = ()
    title: str = ""
    byline: str = ""
    dateline: str = ""
    source: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its outer white space; `opens` says that a blank line, or nothing, stands before it."""

    start: int
    end: int
    text: str
    opens: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """What one line gave: a byline or a dateline, from the start of the line up to `end`."""

    end: int = 0
    names: str = ""
    place: str = ""
    source: str = ""
    published: str = ""


def read_anatomy(text: str) -> Anatomy:
    """Read the anatomy of an article; what is not certain stays empty."""
    lines = _head(text)
    bylines = {i: found for i, line in enumerate(lines[:5]) if (found := _byline(line, first=i == 0))}
    body = (i for i in range(len(lines)) if i not in bylines)
    datelines = ((i, _dateline(text, lines[i], known=i > 0)) for i in body)
    at, dateline = next(((i, found) for i, found in datelines if found), (-1, None))
    has_headline = bool(lines) and at != 0 and 0 not in bylines and _is_headline(text, lines, bylines, at)
    if not (has_headline or bylines or dateline):
        return Anatomy()

    zones = [Zone("byline", lines[i].start, lines[i].end) for i in bylines]
    if dateline:
        zones.append(Zone("dateline", lines[at].start, dateline.end))
    title = ""
    if has_headline:
        zones.append(Zone("headline", lines[0].start, lines[0].end))
        title = " ".join(lines[0].text.split())
    lead = _lead(text, lines, {*bylines, *([0] if has_headline else [])}, at, dateline, title)
    if lead:
        zones.append(lead)
    zones.extend(_repeats(text, title, lead, zones))
    # A stray combining mark at a line's start or end joins what stands around it; no zone may tear the two apart.
    zones = [z for z in zones if not inside_grapheme(text, z.start) and not inside_grapheme(text, z.end)]
    named = next((found for found in bylines.values() if found.names), _Found())
    stamps = [found.published for found in (*bylines.values(), dateline or _Found()) if found.published]
    return Anatomy(
        zones=tuple(sorted(zones, key=lambda zone: (zone.start, zone.end))),
        title=title,
        byline=named.names,
        dateline=dateline.place if dateline else "",
        source=(dateline.source if dateline else "") or named.source,
        published=next((stamp for stamp in stamps if "T" in stamp), stamps[0] if stamps else ""),
    )


def _lines(text: str, start: int = 0) -> Iterator[_Line]:
    """Yield the lines that are not blank."""
    ink = re.compile(r"\S")
    opens = True
    while match := ink.search(text, start):
        end = text.find("\n", match.start())
        end = len(text) if end < 0 else end
        words = text[match.start() : end].rstrip()
        # A line break between this line and the one before is one newline; two of them make a blank line.
        opens = opens or text.count("\n", start, match.start()) > 0
        yield _Line(match.start(), match.start() + len(words), words, opens)
        start, opens = end + 1, False


def _head(text: str) -> list[_Line]:
    head: list[_Line] = []
    for line in _lines(text):
        head.append(line)
        if len(head) == HEAD_LINES:
            break
    return head


def _is_headline(text: str, lines: list[_Line], bylines: dict[int, _Found], dateline_at: int) -> bool:
    """Say whether the first line is a headline: it must look like one, and what follows must bear it out."""
    line = lines[0].text
    words = line.split()
    if len(lines) < 2 or not 2 <= len(words) <= 40 or len(line) > REACH or line[-1] in ".,;:-–—":
        return False
    if line[0].islower() or not (line[0].isalnum() or line[0] in _OPENING):
        return False
    if dateline_at > 0 or any(1 <= i <= 4 for i in bylines):
        return True
    key = _key(line)
    if len(words) >= 4 and any(_key(other.text[: REACH * 2]) == key for other in lines[1:]):
        return True
    # Nothing but the layout speaks for it: a short line over a full paragraph.
    nearest = next((other for other in lines[1:3] if len(other.text) >= 100), None)
    if len(words) < 3 or nearest is None or not lines[1].opens or not nearest.opens:
        return False
    return len(line) <= 140 and bool(_ENDED.search(_paragraph_end(text, nearest.start)))


def _paragraph_end(text: str, start: int) -> str:
    end = text.find("\n\n", start, start + 4000)
    end = end if end >= 0 else min(len(text), start + 4000)
    return text[start:end].rstrip()[-6:]


def _byline(line: _Line, *, first: bool) -> _Found | None:
    """Read a line of names and time stamp; the first line of a text is one only if it says “By”."""
    words = line.text
    if len(words) > 200:
        return None
    ago = _AGO.search(words)
    stamp = find_date(words)
    cuts = [found for found in ((ago.start(), ago.end()) if ago else None, _extent(stamp)) if found]
    rest = words
    for start, end in sorted(cuts, reverse=True):
        rest = rest[:start] + "\0" + rest[end:]
    head, _, tail = rest.partition("\0")
    if _STAMP_WORDS.sub("", tail.replace("\0", "")).strip(_TRIM + "()[]."):
        return None
    published = stamp.iso if stamp else ""
    says_by = head[:3].lower() == "by " and len(head) > 3
    if says_by or (not first and cuts):
        found = _names(head[3:] if says_by else head)
        certain = says_by or ago or (stamp and (stamp.timed or head.rstrip()[-1:] in tuple(_TRIM.strip())))
        if found and certain:
            return _Found(line.end, found[0], "", found[1], published)
    if not first and stamp and not _STAMP_WORDS.sub("", head).strip(_TRIM + "()[]."):
        return _Found(line.end, published=published)
    return None


def _extent(stamp: Printed | None) -> tuple[int, int] | None:
    return (stamp.start, stamp.end) if stamp else None


def _names(words: str) -> tuple[str, str] | None:
    """Split “Anna Smith and Tom Bell, Meridian Newswire” into the names and the agency after them."""
    words = " ".join(words.split()).strip(_TRIM)
    parts = [part.strip(_TRIM) for part in re.split(r",| and | & | \| ", words) if part.strip(_TRIM)]
    names = [part for part in parts if _is_name(part) and len(part.split()) > 1]
    names = [part for part in names if not _AGENCY.search(part) and not _ROLE.search(part)]
    if not names or names != parts[: len(names)]:
        return None
    after = parts[len(names) :]
    if len(after) > 2 or not all(_is_name(part) or _ROLE.search(part) for part in after):
        return None
    end = words.index(names[-1], len(names[0]) if len(names) > 1 else 0) + len(names[-1])
    source = next((part for part in after if not _ROLE.search(part)), "")
    return words[:end], source


def _is_name(words: str) -> bool:
    """Say whether these are one to five words that could name a person, a place or an agency."""
    parts = words.split()
    if not 1 <= len(parts) <= 5 or len(words) > 60 or any(c.isdigit() for c in words):
        return False
    if not all(c.isalpha() or unicodedata.combining(c) or c in " .'’-‘/" for c in words):
        return False
    proper = [part for part in parts if not _PARTICLE.fullmatch(part)]
    return bool(proper) and not parts[0][0].islower() and all(not _letter(part).islower() for part in proper)


def _letter(word: str) -> str:
    """Return the first letter of a word, past “al-” and “d'”."""
    bare = re.sub(r"^(?:al|el|d|l|o)[-'’]", "", word)
    return bare[:1] if bare else word[:1]


def _dateline(text: str, line: _Line, *, known: bool) -> _Found | None:
    """Read the dateline with which a line opens; `known` says that a line stands above it."""
    piece = text[line.start : line.start + REACH].partition("\n\n")[0]
    divider = _DIVIDER.search(piece)
    if not divider:
        return None
    head = " ".join(piece[: divider.start()].split())
    dated = find_date_at_end(head)
    place = (head[: dated.start] if dated else head).strip(_TRIM)
    if not all(_is_name(part) for part in place.split(", ")) or len(place.split()) > 6:
        return None
    if _NOT_A_PLACE.fullmatch(place.split()[0]):
        return None
    if len(piece[divider.end() :].partition("\n")[0].split()) < 4:
        return None
    shouted = place.isupper() and sum(c.isalpha() for c in place) > 3
    found = _Found(place=_calm(place), published=dated.iso if dated else "")
    if divider[0] != "(":
        end = divider.end() - (1 if divider[0][-1].isspace() else 0)
        if (dated or shouted) and _starts_sentence(piece[end:]):
            return replace(found, end=line.start + end)
        return None
    close = piece.find(")", divider.end(), divider.end() + 120)
    if close < 0:
        return None
    inner = " ".join(piece[divider.end() : close].split())
    stamp = find_date(inner)
    source = (inner[: stamp.start].strip(_TRIM) if stamp else inner).strip()
    dash = _DASH.match(piece, close + 1)
    end = dash.end() if dash else close + 1
    split = bool(stamp and stamp.end == len(inner) and inner[: stamp.start].rstrip()[-1:] in ("-", "–", "—", "|", "/"))
    is_agency = bool(_AGENCY.search(source)) or source.isupper()
    sure = split or (bool(dash) and (shouted or bool(dated) or is_agency)) or (known and shouted and is_agency)
    if not sure or not _is_source(source) or not _starts_sentence(piece[end:]):
        return None
    published = found.published or (stamp.iso if stamp else "")
    return replace(found, end=line.start + end, source=source, published=published)


def _is_source(words: str) -> bool:
    return (
        bool(words) and len(words) <= 60 and len(words.split()) <= 8 and words[0].isalnum() and not words[0].islower()
    )


def _starts_sentence(rest: str) -> bool:
    rest = rest.lstrip(" \t\n\u00a0\"'“‘«")
    return bool(rest) and not rest[0].islower() and rest[0].isalnum()


def _calm(place: str) -> str:
    """Return PORT VELIS as Port Velis; initials such as D.C. stay."""
    return ", ".join(_calm_part(part) if part.isupper() else part for part in place.split(", "))


def _calm_part(place: str) -> str:
    words = [word if "." in word else word.title() for word in place.split()]
    return " ".join(word.lower() if i and _PARTICLE.fullmatch(word) else word for i, word in enumerate(words))


def _lead(text: str, lines: list[_Line], taken: set[int], at: int, dateline: _Found | None, title: str) -> Zone | None:
    """Find the first sentences of the body: to the end of their paragraph, or a line that ends a sentence."""
    first = next((i for i, line in enumerate(lines) if i not in taken and not _says_again(line, title)), None)
    if first is None:
        return None
    start = end = lines[first].start
    if dateline and first == at:
        ink = re.compile(r"\S").search(text, dateline.end)
        start = end = ink.start() if ink else dateline.end
    for i, line in enumerate(_lines(text, lines[first].start), first):
        if i > first and (
            i in taken or i == at or (line.opens and not _INITIAL.search(text[max(start, end - 4) : end]))
        ):
            break
        end = line.end
        if end - start > _LEAD_MOST:
            return None
        if _ENDED.search(line.text[-6:]) and not _INITIAL.search(line.text[-4:]):
            break
    return Zone("lead", start, end) if end - start >= 20 and len(text[start:end].split()) >= 4 else None


def _says_again(line: _Line, title: str) -> bool:
    return bool(title) and len(line.text) <= 2 * len(title) and _key(line.text) == _key(title)


def _key(words: str) -> str:
    return " ".join(match[0].casefold() for match in re.finditer(r"\w+", words))


def _repeats(text: str, title: str, lead: Zone | None, taken: list[Zone]) -> list[Zone]:
    """Find every further place where the headline or a sentence of the lead stands as a sentence of its own."""
    sentences = [title] if len(title.split()) >= 4 else []
    if lead:
        sentences += [part for part in _SENTENCE_GAP.split(text[lead.start : lead.end])[:6] if len(part.split()) >= 5]
    keys = [key for key in dict.fromkeys(_key(sentence) for sentence in sentences) if key]
    if not keys:
        return []
    found = [(match.start(), match.end()) for match in re.finditer(r"\w+", text)]
    words = [text[start:end].casefold() for start, end in found]
    joined = " " + " ".join(words) + " "
    starts = [1]
    for word in words:
        starts.append(starts[-1] + len(word) + 1)
    closed = sorted((zone.start, zone.end) for zone in taken)
    zones: list[Zone] = []
    for key in keys:
        place = joined.find(f" {key} ")
        while place >= 0:
            first = bisect_left(starts, place + 1)
            last = bisect_left(starts, place + 1 + len(key)) - 1
            zone = _as_sentence(text, found[first][0], found[last][1], closed)
            if zone:
                zones.append(zone)
            place = joined.find(f" {key} ", place + len(key) + 1)
    return _apart(zones)


def _as_sentence(text: str, start: int, end: int, closed: list[tuple[int, int]]) -> Zone | None:
    """Return the zone of these words if they begin and end as a sentence and no other zone holds them."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    before = text[max(0, start - 8) : start]
    opened = before.rstrip()
    is_start = not opened or "\n" in before or opened[-1] in '.!?…:)—–-“"«|'
    after = text[end : end + 8]
    stop = re.match(r"[.!?…]{1,3}[\"”’»)]{0,2}", after)
    is_end = stop is not None or not after.strip() or re.match(r"[ \t]*\n\s*(?![a-z])", after) is not None
    end += stop.end() if stop else 0
    if not (is_start and is_end) or any(a < end and start < b for a, b in closed):
        return None
    return Zone("repeat", start, end)


def _apart(zones: list[Zone]) -> list[Zone]:
    apart: list[Zone] = []
    for zone in sorted(zones, key=lambda zone: (zone.start, -zone.end)):
        if not apart or zone.start >= apart[-1].end:
            apart.append(zone)
    return apart

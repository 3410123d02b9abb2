"""Dates and times as newspapers print them in English; every pattern is tried on short pieces of text only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

REACH = 240
"""No printed date is looked for beyond this many characters: it keeps the patterns linear on any text."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s{1,3})?"
_DAY = r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>\d{4})\b"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WEEKDAY}{_DAY}(?:\s{{1,3}}of)?[\s-]{{1,3}}{_MONTH},?[\s-]{{1,3}}{_YEAR}",
        rf"{_WEEKDAY}\b{_MONTH}\s{{1,3}}{_DAY},?\s{{1,3}}{_YEAR}",
        r"\b(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})(?=\b|T)",
        r"\b(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})\b",
        r"\b(?P<day>\d{1,2})/(?P<number>\d{1,2})/(?P<year>\d{4})\b",
    )
)
_YEARLESS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (rf"{_WEEKDAY}\b{_MONTH}\s{{1,3}}{_DAY}$", rf"{_WEEKDAY}{_DAY}\s{{1,3}}{_MONTH}$")
)
_TIMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:\b|(?<=T))(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\s?(?P<half>[ap])\.?m\b\.?)?(?:\s?h\b)?",
        r"\b(?P<hour>\d{1,2})\.(?P<minute>\d{2})\s?(?:(?P<half>[ap])\.?m\b\.?|h(?:rs)?\b\.?|uhr\b)",
        r"\b(?P<hour>\d{1,2})h(?P<minute>\d{2})\b",
        r"\b(?P<hour>\d{1,2})\s?(?P<half>[ap])\.?m\b\.?",
        r"\b(?P<hour>\d{2})(?P<minute>\d{2})\s?(?=(?:gmt|utc|hrs)\b)",
    )
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed date and where it stands; `iso` is `2020-11-19` or `2020-11-19T18:07:00`, empty without a year."""

    iso: str
    start: int
    end: int
    timed: bool = False


def find_date(text: str) -> Printed | None:
    """Return the first full date of a short text, with the time of day that goes with it."""
    text = text[:REACH]
    for pattern in _DATES:
        for match in pattern.finditer(text):
            day = _date(match)
            if day is None:
                continue
            clock = _find_time(text, match)
            if clock is None:
                return Printed(day.isoformat(), match.start(), match.end())
            at, start, end = clock
            iso = f"{day.isoformat()}T{at.isoformat()}"
            return Printed(iso, min(start, match.start()), max(end, match.end()), timed=True)
    return None


def find_date_at_end(text: str) -> Printed | None:
    """Return the date, with or without a year, with which a short text ends."""
    if len(text) > REACH:
        return None
    full = find_date(text)
    if full is not None and full.end == len(text):
        return full
    for pattern in _YEARLESS:
        match = pattern.search(text)
        if match and 1 <= int(match["day"]) <= 31:
            return Printed("", match.start(), match.end())
    return None


def _date(match: re.Match[str]) -> date | None:
    named = match.groupdict()
    day, year = int(match["day"]), int(match["year"])
    month = int(named["number"]) if "number" in named else _MONTHS.index(match["month"][:3].lower()) + 1
    if "/" in match[0]:
        # 04/05/2026 is read differently on the two sides of an ocean; only 19/11 and 11/19 are certain.
        if day <= 12 and month <= 12 and day != month:
            return None
        day, month = (month, day) if month > 12 else (day, month)
    try:
        return date(year, month, day) if 1600 <= year <= 2199 else None
    except ValueError:
        return None


def _find_time(text: str, day: re.Match[str]) -> tuple[time, int, int] | None:
    for pattern in _TIMES:
        for match in pattern.finditer(text):
            if match.start() < day.end() and day.start() < match.end():
                continue
            named = match.groupdict()
            hour, minute, second = (int(named.get(key) or 0) for key in ("hour", "minute", "second"))
            half = (named.get("half") or "").lower()
            if half and hour <= 12:
                hour = hour % 12 + (12 if half == "p" else 0)
            if hour < 24 and minute < 60 and second < 60:
                return time(hour, minute, second), match.start(), match.end()
    return None

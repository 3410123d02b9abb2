"""Dates, times, sums, shares, measures, ages and numbers as newspapers print them in English: very regular, so rules.

Patterns are tried only at words that can open one and read no further than a few words, so the time goes by the length
of the text. Where two overlap the longer stays: “40 million marks” is a sum and holds no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from rubricator.suggest.reading import Reading
from rubricator.suggest.steps import Steps
from rubricator.suggest.told import Told

_GAP = r"(?:[^\S\n]{1,3}|[^\S\n]{0,2}\n[^\S\n]{0,2})"
"""White space inside one of these: a line may break there, a paragraph may not."""

_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen twenty thirty forty fifty sixty seventy eighty ninety"
).split()
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SCALE = "hundred|thousand|million|billion|trillion"
_ORDINALS = (
    "fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth"
    "|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|fortieth|fiftieth|hundredth"
)
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,4})?"
_SCALED = rf"(?:{_GAP}(?:{_SCALE}|bn|mn|tn|dozen)\b|(?:bn|mn|m|k|tn)\b)"
_SPELLED = (
    rf"(?:(?:{_TENS})-(?:{_ONES})|{'|'.join(sorted(_WORDS, key=len, reverse=True))}"
    rf"|(?:one|an?)(?={_GAP}(?:{_SCALE})\b))"
    rf"(?:{_GAP}(?:and{_GAP})?(?:{_SCALE}|(?:{_TENS})-(?:{_ONES})|{_TENS}|{_ONES})\b){{0,4}}"
)
_CLEAR = r"(?<![\w$£€¥@#/:.,+-])"
"""What no number stands after: “G20”, “Covid-19”, “3:1”, “1,200”."""
_ENDED = r"(?![\w/:@]|[.,]\d|[-–]\d)"
_NUMBER = rf"{_CLEAR}(?:{_DIGITS}{_SCALED}?|{_SPELLED})"
_RANGE = rf"(?:\s?[–-]\s?{_DIGITS}|{_GAP}(?:to|or){_GAP}(?:{_DIGITS}|{_SPELLED}))?"

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)\b\.?)"
)
_FULL_MONTH = r"(?:January|February|April|June|July|August|September|October|November|December)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SHORT_WEEKDAY = r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\w:%.]\d|\w|%)"
_YEAR = r"(?:1[5-9]|20)\d\d(?![\w%-]|[.,]\d)"
_LED = rf"(?:(?:{_WEEKDAY}|{_SHORT_WEEKDAY}),?{_GAP})?"
_PERIOD = r"(?:days?|weeks?|fortnights?|months?|years?|decades?|centur(?:y|ies))"
_SEASON = r"(?:spring|summer|autumn|winter)"
_COUNTED = rf"(?:{_DIGITS}|{_SPELLED}|several|a{_GAP}few|a{_GAP}couple{_GAP}of)"
_AGO = rf"(?:{_GAP}(?:ago|earlier|later)\b)?"
_BEFORE_YEAR = "|".join(
    rf"(?<=\b{word}\s)"
    for word in (
        "in In since Since by By from From until Until till of early late mid before after during During back for"
        " for between to and year"
    ).split()
)

_DATES = (
    rf"{_LED}(?<!\d[.,])\b{_DAY}(?:{_GAP}of)?(?:{_GAP}|-){_MONTH}(?:,?(?:{_GAP}|-){_YEAR})?",
    rf"\b{_LED}\b{_MONTH}{_GAP}{_DAY}(?:,?{_GAP}{_YEAR})?",
    rf"\b{_MONTH}(?:,|{_GAP}of)?{_GAP}{_YEAR}",
    r"(?<![\d./-])(?:1[5-9]|20)\d\d-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])(?![\d-])",
    r"(?<![\d./-])(?:[0-2]?\d|3[01])([./])(?:0?\d|1[0-2])\1(?:1[5-9]|20)\d\d(?![\d./-])",
    rf"\b(?:(?:last|next|this|Last|Next|This){_GAP})?{_WEEKDAY}\b(?!{_GAP}(?:Times|Post|Mail|Mirror|Express|Telegraph))",
    rf"(?<!\w )\b{_FULL_MONTH}\b(?!{_GAP}[A-Z])|(?<=[a-z,] )\b{_FULL_MONTH}\b(?!{_GAP}[A-Z])",
    r"(?<=\b(?:in|of|by|to) )(?:March|May)\b(?!\s[A-Z])|(?<=\b(?:last|next|late|this|past|from) )(?:March|May)\b",
    r"(?<=\b(?:since|early|until) )(?:March|May)\b|(?<=\bonly in )May\b",
    rf"(?:{_BEFORE_YEAR}|(?<=[(]))(?:1[5-9]|20)\d\d(?![\w%-]|[.,]\d|{_GAP}[a-z]+s\b)",
    r"\b(?:(?:early|late|mid)[\s-])?(?:1[5-9]|20)\d0s\b",
    rf"\b(?:[Ll]ast|[Nn]ext|[Tt]his)\b{_GAP}(?:week(?:end)?|month|quarter|year|decade|century|{_SEASON}|{_MONTH})\b",
    rf"(?:{_CLEAR}\b{_COUNTED}{_GAP}{_PERIOD}\b(?!{_GAP}(?:old|of{_GAP}age)\b){_AGO})",
    rf"\b(?:a|an|one){_GAP}(?:day|week|fortnight|month|year|decade|century){_GAP}(?:ago|earlier|later)\b",
    r"\b(?:\d{1,2}(?:st|nd|rd|th)|eighteenth|nineteenth|twentieth)\s(?:century|centuries)\b",
    rf"\b{_SEASON}{_GAP}{_YEAR}",
    r"\b(?:[Yy]esterday|[Tt]oday|[Tt]omorrow)\b",
)
_ZONE = rf"(?:{_GAP}?\(?(?:GMT|UTC|BST|CET|CEST|EST|EDT|PST|PDT|MSK|IST|local{_GAP}time)\b\)?)?"
_MORE = rf"(?:{_GAP}and{_GAP}{_COUNTED}{_GAP}(?:minutes?|seconds?)\b)?"
_HALF = r"(?:[ap]\.m\.|[ap]m\b|[AP]\.M\.|[AP]M\b)"
_TIMES = (
    rf"{_CLEAR}(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?(?:{_GAP}?{_HALF}|{_GAP}?h(?:rs)?\b)",
    rf"{_CLEAR}(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:]){_ZONE}",
    rf"{_CLEAR}(?:[1-9]|1[0-2]){_GAP}?{_HALF}{_ZONE}",
    rf"{_CLEAR}(?:[01]\d|2[0-4])[0-5]\d{_GAP}?(?:GMT|UTC|hrs)\b",
    rf"{_CLEAR}(?:\d{{1,2}}|{_SPELLED}){_GAP}o[’']clock\b",
    r"(?<=\b(?:at|by) )(?:noon|midnight|midday|dawn)\b|(?<=\b(?:before|around) )(?:noon|midnight|midday|dawn)\b",
    rf"{_CLEAR}\b{_COUNTED}{_GAP}(?:hours?|minutes?|mins?|seconds?)\b{_MORE}{_AGO}",
    rf"\b(?:an|one){_GAP}hour{_GAP}(?:ago|earlier|later)\b",
    r"\b[Tt]onight\b|\b[Tt]his\s(?:morning|afternoon|evening)\b",
)
_DAY_BEFORE = "|".join(
    rf"(?<=\b{day}\s)"
    for day in "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Yesterday yesterday Tomorrow tomorrow".split()
)
_PARTS_OF_DAYS = (rf"(?:{_DAY_BEFORE})(?:morning|afternoon|evening|night)\b(?![-–]\w)",)
"""“Friday evening”, but not “Friday night-shift”."""
_CURRENCY = (
    rf"(?:(?:US|U\.S\.|Canadian|Australian|Hong{_GAP}Kong|New{_GAP}Zealand|Singapore|Swiss|British|Turkish|Indian"
    rf"|Japanese|Chinese){_GAP})?"
    r"(?:dollars?|euros?|pounds(?:\ssterling)?|yen|yuan|renminbi|marks|francs|r(?:o)?ubles|rupees|rupiah|pesos|kroner"
    r"|kronor|crowns|liras?|dinars|dirhams|riyals|rials|shekels|baht|forints|zlotys?|hryvnias|cents|pence|USD|EUR|GBP"
    r"|JPY|CNY|CHF|RUB|INR)"
)
_SYMBOL = r"(?:(?:US|A|C|NZ|HK|S|R)?\$|[£€¥₹₽₺₩₪₴])"
_MONEY = (
    rf"(?<![\w$]){_SYMBOL}\s?{_DIGITS}(?:{_SCALED}|\b)(?:\s?[–-]\s?{_SYMBOL}?{_DIGITS}(?:{_SCALED}|\b))?",
    rf"{_NUMBER}{_RANGE}{_GAP}{_CURRENCY}\b",
    rf"{_CLEAR}{_DIGITS}{_SCALED}?\s?[€£₽]",
    rf"\b(?:USD|EUR|GBP|CHF|Rs\.?){_GAP}?{_DIGITS}{_SCALED}?",
)
_PERCENT = (
    rf"(?<![\w$£€¥@#/:,]){_DIGITS}{_RANGE}\s?%(?!\w)",
    rf"{_NUMBER}{_RANGE}{_GAP}(?:per{_GAP}cent|percent|percentage{_GAP}points?)\b",
)
_UNIT = (
    rf"(?:(?:square|cubic|nautical|metric){_GAP})?(?:tonnes?|tons?|kilogram(?:me)?s?|kilos?|kgs?|grams?|ounces|lbs?"
    r"|litres?|liters?|gallons?|barrels|bushels|kilomet(?:re|er)s?|kms?|km2|km²|miles?|met(?:re|er)s?|yards|feet|ft"
    r"|inches|centimet(?:re|er)s?|cm|millimet(?:re|er)s?|mm|acres?|hectares?|mega-?watts?|giga-?watts?|kilowatts?|MW|GW"
    rf"|kWh|MB|GB|TB|(?:mega|giga|tera)bytes?|mph|kph|km/h|knots|hertz|[MGk]Hz|degrees?(?:{_GAP}(?:Celsius|Fahrenheit))?"
    r"|light-years?)"
)
_QUANTITY = (
    rf"{_NUMBER}{_RANGE}{_GAP}{_UNIT}\b(?:{_GAP}(?:an|per|a){_GAP}(?:hour|second|minute|day|year)\b)?",
    r"(?<![\w$£€¥.,:/-])\d{1,4}(?:\.\d{1,2})?(?:km/h|km|kg|mph|cm|mm|MW|GW|GB|MB|ft|lb)\b",
    r"(?<![\w.])[-−]?\d{1,4}(?:\.\d)?\s?°\s?[CF]?\b",
)
_AGE = (
    r"(?<=[a-z.\w], )(?:1[0-9]|[2-9]\d)(?=[,;)]|\.\s|\n)",
    r"(?<=[a-z] \()(?:aged\s)?[1-9]\d(?=\))",
    rf"(?<=\b[Aa]ged )(?:\d{{1,3}}|{_SPELLED})(?!\s?[-–]\s?\d|{_GAP}(?:to|and)\b)",
    rf"(?<=\bage of )(?:\d{{1,3}}|{_SPELLED})\b|(?<=\bat age )\d{{1,3}}\b",
    rf"{_CLEAR}(?:\d{{1,3}}|{_SPELLED})-years?-olds?\b",
    rf"{_CLEAR}(?:\d{{1,3}}|{_SPELLED}){_GAP}years?{_GAP}(?:old|of{_GAP}age)\b",
)
_CARDINAL = (
    rf"{_CLEAR}(?!(?:1[5-9]|20)\d\d\b(?!,\d)){_DIGITS}{_SCALED}?{_ENDED}(?!{_GAP}?[%°])",
    rf"(?<![\w-])(?:{_SPELLED})(?![\w’'-])",
    rf"(?<![\w-])(?:{'|'.join(w.capitalize() for w in _WORDS)})(?![\w’'-])(?={_GAP}(?:[a-z]|of\b))",
    rf"\b(?:three{_GAP}quarters|two{_GAP}thirds|two-thirds|three-quarters)\b|(?<=\b[Aa] )(?:third|quarter)(?=\sof\b)",
    rf"\b(?:dozens|hundreds|thousands|millions|billions)\b(?:{_GAP}of{_GAP}(?:thousands|millions))?(?={_GAP}of\b)",
)
_NOT_OF_AN_EVENT = (
    rf"(?!(?i:{_GAP}(?:[\w-]+{_GAP})?"
    rf"(?:meeting|session|summit|conference|congress|forum|assembly|round|edition){_GAP}of\b))"
)
"""“8th meeting of the harbour ministers” is an event by name, and the number part of it."""

_ORDINAL = (
    rf"(?<=\b(?:the|his|her|its|our) )(?:first|second|third)(?![\w’'-])(?!{_GAP}(?:lady|half|hand)\b)",
    r"(?<=\b(?:their) )(?:first|second|third)(?![\w’'-])",
    r"(?<=\b[Tt]he )(?:first|second|third)(?![\w’'-])",
    rf"(?<![\w-])(?:{_ORDINALS})(?![\w’'-]){_NOT_OF_AN_EVENT}",
    rf"(?<![\w./-])\d{{1,3}}(?:st|nd|rd|th)\b(?![-’']){_NOT_OF_AN_EVENT}",
)


PART_OF_DAY = "part of a day"
"""What stands beside its day: some schemes have two spans there, and others one, a date or a time."""


class Kind(NamedTuple):
    """What is found by patterns: the names that schemes have for its label, the patterns, and what tells it."""

    labels: tuple[str, ...]
    patterns: tuple[str, ...]
    what: str = ""


KINDS = (
    Kind(("DATE",), _DATES),
    Kind(("TIME",), _TIMES),
    Kind(("TIME",), _PARTS_OF_DAYS, PART_OF_DAY),
    Kind(("MONEY",), _MONEY),
    Kind(("PERCENT",), _PERCENT),
    Kind(("QUANTITY",), _QUANTITY),
    Kind(("AGE",), _AGE),
    Kind(("ORDINAL", "NUMBER"), _ORDINAL),
    Kind(("CARDINAL", "NUMBER"), _CARDINAL),
)
"""Of two that find the same words the first has them."""

NUMERIC = frozenset(name for kind in KINDS for name in kind.labels)
"""The labels of what is written in numbers: none of it lies in another (“nine” in “nine days” is no number)."""


COUNTED = frozenset({"ORDINAL", "CARDINAL", "NUMBER"})
"""The labels of what counts and orders alone."""

_OPENERS = frozenset(
    (
        "one a an several dozens hundreds thousands millions billions first second third last next this early"
        " late mid yesterday today tomorrow tonight noon midnight midday dawn monday tuesday wednesday"
        " thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january february march"
        " april may june july august september october november december jan feb mar apr jun jul aug sep sept"
        " oct nov dec spring summer autumn winter morning afternoon evening night usd eur gbp chf rs"
        " two-thirds three-quarters quarter"
        f" {' '.join(_WORDS)} {_ORDINALS.replace('|', ' ')}"
    ).split()
)
"""The words, folded, that any of these begins with; else it begins with a digit or a sign."""

_SIGNS = frozenset("$£€¥₹₽₺₩₪₴-−")


_compiled = cache(re.compile)
"""Each takes some milliseconds, once."""

_WORDS_A_STEP = 20


def patterns(reading: Reading) -> Steps[list[Told]]:
    """Find what is written like a date, a sum ...: in order, without overlaps; most are told by their label."""
    tried: list[tuple[Kind, re.Pattern[str]]] = []
    for kind in KINDS:
        for pattern in kind.patterns:
            tried.append((kind, _compiled(pattern)))
            yield
    found: list[Told] = []
    end = reading.words[-1].end if reading.words else 0
    for n, word in enumerate(reading.words):
        if n % _WORDS_A_STEP == 0:
            yield
        if _opens(word.text) or reading.text.startswith("$", word.end):
            for (labels, _patterns, what), compiled in tried:
                match = compiled.match(reading.text, word.start, end)
                if match is None or match.end() == match.start():
                    continue
                if labels[0] != "DATE" or not _ends_a_name(reading, n, match.end()):
                    found.append(Told(match.start(), match.end(), labels, what or labels[0]))
    found.sort(key=lambda one: (one.start, -one.end))
    return list(_longest(found))


def _ends_a_name(reading: Reading, n: int, end: int) -> bool:
    """Say whether what begins at a word is the year of a name: “Academy Act of 1814”, but not “May of 2009”."""
    words = reading.words
    if n < 2 or words[n].end != end or words[n - 1].text != "of" or not words[n].text.isdecimal():
        return False
    head = words[n - 2]
    if not head.text[0].isupper() or _compiled(f"{_MONTH}|{_SEASON.title()}").match(head.text):
        return False
    before = reading.text[: head.start].rstrip()
    return before[-1:] not in ("", ".", "!", "?", "“", "\n")  # what begins a sentence has its capital from there


def _opens(word: str) -> bool:
    first = word[0]
    if first.isdecimal() or first in _SIGNS or "$" in word:
        return True
    folded = word.casefold()
    return folded in _OPENERS or folded.rstrip(".") in _OPENERS or folded.partition("-")[0] in _OPENERS


def _longest(found: list[Told]) -> Iterator[Told]:
    kept: Told | None = None
    for one in found:
        if kept is None or one.start >= kept.end:
            if kept is not None:
                yield kept
            kept = one
        elif one.end - one.start > kept.end - kept.start:
            kept = one
    if kept is not None:
        yield kept

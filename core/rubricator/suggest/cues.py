"""Names that the words in and around them tell: bodies by their kind, persons by title, age and what they say, states.

Rules for English as newspapers write it, cut so that what they say is nearly always so; what they miss is labelled by
hand once and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rubricator.model.anatomy import read_anatomy
from rubricator.model.small_words import HONORIFICS, TITLES
from rubricator.suggest.abbreviations import abbreviations
from rubricator.suggest.alike import alike
from rubricator.suggest.capitals import before_initial, capital_runs, extended, is_year
from rubricator.suggest.events import EVENT, HEADS, happenings
from rubricator.suggest.given import GIVEN
from rubricator.suggest.heads import heads
from rubricator.suggest.matcher import Found
from rubricator.suggest.nations import CITY, LABELS, compound, is_state, nations
from rubricator.suggest.reading import WORDS_A_STEP, Reading
from rubricator.suggest.runs import Run, all_capitals, in_headline, joins_next, members, stands_alone, tied
from rubricator.suggest.shapes import CALENDAR, ORG_WORDS, PLACE_WORDS, STARTERS, is_initial, is_shout, kind_of
from rubricator.suggest.shortened import shortened
from rubricator.suggest.steps import Steps
from rubricator.suggest.titles import (
    CHARGES,
    OFFICES,
    PORTFOLIOS,
    alone_before,
    holder_of,
    office_start,
    title_of,
)
from rubricator.suggest.told import Told
from rubricator.suggest.trades import trades

PERSON = ("PERSON", "PER")
BODY = ("ORGANIZATION", "ORG")
PROFESSION = ("PROFESSION",)


class Family(NamedTuple):
    """Names that a word of theirs tells: with which they end, or go on with “of”; begin; only go on with “of”."""

    labels: tuple[str, ...]
    ends: frozenset[str]
    begins: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BODIES = Family(
    BODY,
    _set(
        "council committee commission ministry department agency bureau parliament congress senate assembly union"
        " organization organisation association alliance league institute academy university college party police"
        " authority foundation federation secretariat corporation company inc inc. ltd ltd. corp corp. plc llc gmbh"
        " airlines airways bank society newswire courier service polytechnic orchestra choir news times herald gazette"
        " tribune telegraph army navy force group fund board corps court band ag nv"
        " united rovers wanderers albion hotspur"
    ),
    of=_set("church bank office board house chamber order cabinet"),
)
FAMILIES = (
    _BODIES,
    Family(("STATE_OR_PROVINCE", "GPE", "LOC", "LOCATION"), _set("province prefecture oblast")),
    Family(
        ("FACILITY", "FAC", "LOC"),
        _set("airport bridge street avenue road stadium tower towers museum hospital hotel cathedral palace dam arena"),
    ),
    Family(
        ("LOCATION", "LOC"),
        _set(
            "island islands sea strait straits gulf ocean river lake valley desert mountains peninsula bay hill hills"
        ),
        _set("cape mount lake"),
        _set("gulf strait sea bay isle isles cape"),
    ),
    Family(("LAW",), _set("act treaty protocol convention accord accords amendment")),
    Family(
        ("EVENT",), _set("festival cup olympics championship championships games war summit"), of=_set("battle siege")
    ),
)
"""Folded; of two that tell the same words the first has them."""

_LAWS = frozenset(("act", "treaty", "protocol", "convention"))
_LETTERS = _set("kc qc mp mep msp mbe obe cbe kbe dbe phd md jr sr")
"""What is written behind a name and is no part of it."""
_HEADS = frozenset[str]().union(*(family.ends for family in FAMILIES))
_MEETS = frozenset(("meeting", "session"))
_SURNAMES = frozenset(("hill", "lake"))
"""What ends the names of places, and of people."""
_NO_PERSON = _set("town city united rovers wanderers athletic albion county")
"""What ends the names of clubs and places, and of nobody."""
_NO_BODY = frozenset(("west bank", "south bank", "left bank", "good times", "tea party"))
_SAYS = frozenset("said says told added warned explained argued insisted admitted recalled".split())
_INITIAL = re.compile(r"[^\W\d_]\.|(?:Ch|Dj|Kh|Sh|Th|Ts|Ya|Ye|Yu|Zh)\.")
"""“S.”, and the letters that are written with two in Latin; “Dr.” and “St.” are none."""
_SHORT_NAMES = frozenset(("u.s.", "u.n.", "u.k.", "e.u.", "d.c."))
_LETTERED = _set("vitamin hepatitis plan group grade class type section phase option appendix part war")
"""What letters are written after."""
_NAMES = re.compile(r"\s*(?:,|\band\b|&)\s*")
_PERSON_MOST = 4
_PLAIN = 2
_NO_GIVEN = STARTERS - _set("mark will may long an al so do un per le")
"""What begins no name of a person: “In Minsk” in a headline."""
_HEAD = 300
"""Code points of the head of an article, where its byline begins."""


_RUNS_A_STEP = 10


def cues(reading: Reading) -> Steps[list[Told]]:
    """Find the names that are told by what they hold and stand beside; they may overlap."""
    found = list(_head(reading))
    yield
    for kind in HEADS:
        found += [_cue(reading, run, EVENT, "happening") for run in happenings(reading, kind)]
        yield
    for run in heads(reading):
        if run is not None:
            found.append(_cue(reading, run, PROFESSION, "heads"))
        yield
    runs: list[Run] = []
    for run in capital_runs(reading):
        if run is None:
            yield
        else:
            runs.append(run)
    starts = dict(zip((first for first, _after in runs), runs, strict=True))
    for n, run in enumerate(runs):
        found += _body(reading, run, starts)
        found += _titled(reading, run, starts)
        found += _person(reading, run)
        if n % _RUNS_A_STEP == 0:
            yield
    told = {(one.start, one.end) for one in found}
    for small in trades(reading, starts):
        if small is None:
            yield
        elif (reading.words[small[0]].start, reading.words[small[1] - 1].end) not in told:
            found.append(_cue(reading, small, PROFESSION, "heads"))
    found += yield from _initialled(reading)
    found += yield from abbreviations(reading, BODY)
    found += yield from shortened(reading, BODY)
    states = yield from nations()
    for n, place in enumerate((yield from states.find_in_steps(reading))):
        found += _nation(reading, place)
        if n % _RUNS_A_STEP == 0:
            yield
    return found + (yield from alike(reading, [one for one in found if one.what != "heads"]))


def _cue(reading: Reading, run: Run, labels: tuple[str, ...], what: str, word: str = "") -> Told:
    return Told(reading.words[run[0]].start, reading.words[run[1] - 1].end, labels, what, word=word)


def _words(reading: Reading, run: Run) -> str:
    return " ".join(reading.text[reading.words[run[0]].start : reading.words[run[1] - 1].end].split())


# --- the head of the article ------------------------------------------------------------------------------------------


def _head(reading: Reading) -> Iterator[Told]:
    if not reading.words or reading.words[0].start > _HEAD:
        return  # a stretch from the middle
    text = reading.text
    anatomy = read_anatomy(text)
    for zone in anatomy.zones:
        within = text[zone.start : zone.end]
        if zone.kind == "byline":
            for name in _NAMES.split(anatomy.byline):
                yield from _quoted(within, zone.start, name, PERSON, "byline")
        if zone.kind == "dateline":
            city, _comma, land = anatomy.dateline.partition(",")
            city = anatomy.dateline if is_shout(land.strip() or "-") else city  # “WASHINGTON, D.C.”
            yield from _quoted(within, zone.start, city, CITY, "dateline")
        if zone.kind in ("byline", "dateline"):
            for name in anatomy.source.split("/"):
                yield from _quoted(within, zone.start, name.strip(), BODY, "dateline")


def _quoted(within: str, at: int, name: str, labels: tuple[str, ...], what: str) -> Iterator[Told]:
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", within, re.IGNORECASE) if name.strip() else None
    if found and (labels != PERSON or 1 < len(name.split()) <= _PERSON_MOST):
        yield Told(at + found.start(), at + found.end(), labels, what)


# --- names that a word of theirs tells --------------------------------------------------------------------------------


def _body(reading: Reading, run: Run, starts: dict[int, Run]) -> Iterator[Told]:
    first, after = run = _without_meeting(reading, run)
    head = reading.folded(after - 1)
    family = next((one for one in FAMILIES if head in one.ends | one.of), None)
    family = family or next((one for one in FAMILIES if reading.folded(first) in one.begins), None)
    if family is None or in_headline(reading, run) or _lower_phrase(reading, first, after) in _NO_BODY:
        return
    if head in _SURNAMES and _has_an_office(reading, first):
        return  # “Goalkeeper Tom Hill”; who knows it of “Tom Hill” alone
    whole = extended(reading, starts, after, head)
    whole = members(reading, whole) if _of_the(reading, after, whole) else whole
    alone = after - first > 1 and (head in family.ends or reading.folded(first) in family.begins)
    if head in _LAWS and whole == after and after < len(reading.words) and is_year(reading, after):
        whole += 1  # “Academy Act 1814”
    if whole > after or alone:
        tells = after - 1 if head in family.ends | family.of else first
        yield _cue(reading, (first, whole), family.labels, "body", reading.words[tells].text)


def _without_meeting(reading: Reading, run: Run) -> Run:
    """Leave the body of which something is the meeting: in a headline “Of” and “The” are written like its name."""
    first, after = run
    if reading.folded(first) not in _MEETS or first + 1 >= after or reading.folded(first + 1) != "of":
        return run
    name = first + 2 + (first + 2 < after and reading.folded(first + 2) == "the")
    return (name, after) if name < after else run


def _of_the(reading: Reading, after: int, whole: int) -> bool:
    """Say whether a name goes on with “of the CIS”, so that “member states” may belong to it: not “of Europe”."""
    last = max((n for n in range(after, whole) if reading.words[n].text == "of"), default=0)
    return last > 0 and reading.words[last + 1].text == "the"


def _lower_phrase(reading: Reading, first: int, after: int) -> str:
    return " ".join(reading.folded(n) for n in range(first, after))


# --- persons ----------------------------------------------------------------------------------------------------------


def _person(reading: Reading, run: Run) -> Iterator[Told]:
    first, after = run
    while after - first > _PLAIN and reading.folded(after - 1) in _LETTERS:
        after -= 1  # “Anita Desai KC”
    name = next((n for n in range(after, first, -1) if reading.folded(n - 1) in TITLES), first)
    if name == after:
        return
    if (
        name == first
        and after - first > _PLAIN
        and reading.folded(first) in OFFICES
        and reading.folded(first + 1) in GIVEN
    ):
        name = first + 1  # “Goalkeeper Tom Hill”; not “Baker” of “John Baker”
    titled, before = name > first, name - 1
    begins = before_initial(reading, (name, after))
    name = begins if begins < after and is_state(reading, (name, begins)) else name  # “Estmar S. Lebrune”
    office = not titled and first > 0 and reading.folded(first - 1) in OFFICES and bool(reading.gap(first))
    honoured = (titled and reading.folded(name - 1) in HONORIFICS) or (
        first > 0 and reading.folded(first - 1) in HONORIFICS and not titled
    )
    person = (name, after)
    if not _like_a_person(reading, person, least=1 if honoured else 2):
        return
    if in_headline(reading, run) or (not honoured and all_capitals(reading, run) and not _plain_name(reading, person)):
        return
    stands = ("after", _words(reading, (before, name)))
    told = stands if titled or office or honoured else _told(reading, person)
    if told is not None:
        yield _cue(reading, person, PERSON, *told)
        holder = _words(reading, person)
        if titled and not honoured and (start := office_start(reading, first, name)) is not None:
            yield _cue(reading, (start, name), PROFESSION, "before", holder)
        elif office and first > 1 and alone_before(reading, first - 1):
            yield _cue(reading, (first - 1, first), PROFESSION, "before", holder)


def _plain_name(reading: Reading, run: Run) -> bool:
    """Say whether a name is a given name and one more word: in a line of capitals a verb may stand with it."""
    return run[1] - run[0] == _PLAIN and reading.folded(run[0]) in GIVEN


def _titled(reading: Reading, run: Run, starts: dict[int, Run]) -> Iterator[Told]:
    title = title_of(reading, run, starts)
    if title is None:
        return
    yield _cue(reading, title, PROFESSION, "title")
    holder = holder_of(reading, title, starts)
    if holder is not None and _like_a_person(reading, holder, least=1 + (holder[1] - holder[0] > 1)):
        yield _cue(reading, holder, PERSON, "after", _words(reading, title))


def _initialled(reading: Reading) -> Steps[list[Told]]:
    """Find surnames with an initial before them, as agencies write them: “S. Lebrune”, “Ch.Amanov”, “J. K. Odell”."""
    found: list[Told] = []
    first: int | None = None
    for n, word in enumerate(reading.words):
        if n % WORDS_A_STEP == 0:
            yield
        joined = n > 0 and not reading.parted(n)
        if _INITIAL.fullmatch(word.text) and word.text[0].isupper():
            first = n if first is None or not joined else first
        elif first is not None:
            if joined and _surname(reading, n) and _may_open_a_name(reading, first, n):
                found.append(_cue(reading, (first, n + 1), PERSON, "initial", reading.words[first].text))
            first = None
    return found


def _may_open_a_name(reading: Reading, first: int, after: int) -> bool:
    """Say whether an initial is one: not in “Group E. Portugal lost”, “vitamin C.” and “the U. S. Treasury”."""
    if "".join(reading.folded(n) for n in range(first, after)) in _SHORT_NAMES:
        return False
    if first == 0 or reading.parted(first) or not reading.gap(after):  # “Ch.Amanov” opens one wherever it stands
        return True
    before, folded = reading.words[first - 1].text, reading.folded(first - 1)
    if folded in _LETTERED:
        return False
    named = kind_of(before) == "name" and not is_shout(before)
    return not named or folded in STARTERS | GIVEN | TITLES | OFFICES | PORTFOLIOS


def _surname(reading: Reading, n: int) -> bool:
    """Say whether a word after an initial is a name, and no sentence begins there (“Plan B. Ministers said so”)."""
    word, folded = reading.words[n].text, reading.folded(n)
    if kind_of(word) != "name" or is_shout(word) or is_initial(word) or len(word) < 3:
        return False
    if folded in STARTERS | ORG_WORDS | CALENDAR:
        return False
    return not any(reading.words[m].text.islower() for m in reading.places[folded])


def _like_a_person(reading: Reading, run: Run, *, least: int) -> bool:
    words = [reading.words[n].text for n in range(*run)]
    names = [word for word in words if kind_of(word) == "name"]
    folded = {word.casefold() for word in words}
    if words[0].casefold() in GIVEN and run[0] > 0 and _has_an_office(reading, run[0] - 1):
        folded -= _SURNAMES
    if names and names[-1].casefold() in _NO_PERSON:
        return False
    if not least <= len(names) <= _PERSON_MOST or is_initial(names[-1]):
        return False
    if not folded.isdisjoint(ORG_WORDS | _HEADS) or names[0].casefold() in PLACE_WORDS | CHARGES | _NO_GIVEN:
        return False
    return not any(is_shout(word) and not is_initial(word) for word in words)


def _has_an_office(reading: Reading, n: int) -> bool:
    """Say whether a word, or the one before, is what people are called by."""
    return any(reading.folded(k) in OFFICES | HONORIFICS for k in range(max(0, n - 1), n + 1))


def _told(reading: Reading, run: Run) -> tuple[str, str] | None:
    """Return by which word a name is told that begins like a person's, or stands beside an age, “who”, “said”."""
    first, after = run
    letters = after < len(reading.words) and reading.folded(after) in _LETTERS
    if reading.folded(first) in GIVEN and (letters or not joins_next(reading, after)):
        return "given", reading.words[first].text
    behind = [reading.words[n].text for n in range(after, min(after + 3, len(reading.words)))]
    if len(behind) > 1 and behind[0] in {",", "("}:
        if behind[1] == "who":
            return "before", behind[1]
        if len(behind[1]) == 2 and behind[1].isdecimal() and behind[2:] and behind[2] in {",", ")", "."}:
            return "age", behind[1]
    if first and reading.folded(first - 1) in _SAYS:
        return "after", reading.words[first - 1].text
    return ("before", behind[0]) if behind and behind[0] in _SAYS else None


# --- states, peoples, cities ------------------------------------------------------------------------------------------


def _is_part(reading: Reading, run: Run) -> bool:
    """Say whether a name is that of a part of a state: many are last names, and begin those of clubs and towns."""
    first, after = run
    if in_headline(reading, run) or all_capitals(reading, run) or joins_next(reading, after) or tied(reading, run):
        return False
    if first > 1 and reading.folded(first - 1) == "of" and reading.folded(first - 2) in {"prince", "princess"}:
        return False
    before = (
        reading.words[n - 1].text for n in reading.places[reading.folded(first)] if n > 0 and not reading.opens(n)
    )
    return not any(kind_of(word) == "name" and word.casefold() not in STARTERS | PLACE_WORDS for word in before)


def _nation(reading: Reading, place: Found) -> Iterator[Told]:
    run, name = reading.range_of(place.start, place.end), place.names[0]
    if name.label == "PART" and (run is None or not _is_part(reading, run)):
        return
    if run is None or stands_alone(reading, run):
        yield Told(place.start, place.end, LABELS[name.label], name.label.lower())
    elif name.label == "NATIONALITY" and (whole := compound(reading, run) if tied(reading, run) else run):
        yield _cue(reading, whole, LABELS["NATIONALITY"], "nationality")  # “Russian President”

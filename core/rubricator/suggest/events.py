"""Happenings told by which of their kind they are, and whose: “eighth meeting of the Sund Council member states”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rubricator.suggest.reading import Reading
from rubricator.suggest.runs import Run, in_headline, members, tied, word_is
from rubricator.suggest.shapes import CALENDAR, is_initial, kind_of

EVENT = ("EVENT",)

HEADS = "meeting session summit conference congress forum".split()
"""What is told by its number and by what it is of."""
_KINDS = frozenset("annual regular plenary joint general special emergency extraordinary ministerial official".split())
"""What may stand between the number and the head."""
_ORDINAL = re.compile(
    r"\d{1,3}(?:st|nd|rd|th)|first|second|third|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf)th"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:twen|thir|for|fif)tieth",
    re.IGNORECASE,
)
_NAMES_MOST = 5
_AFTER = frozenset(
    "was is were are will would has had have took takes opened opens ended ends began begins at in".split()
)
"""What may follow in small letters: any other word may be what the name belongs to (“of the Iraqi parliament”)."""


def happenings(reading: Reading, head: str) -> Iterator[Run]:
    """Yield what is told by one of the HEADS, with its number and with what it is of: only where that has a name."""
    for n in reading.places.get(head, ()):
        first = n - 1
        if first > 0 and reading.folded(first) in _KINDS:
            first -= 1
        if first < 0 or not _ORDINAL.fullmatch(reading.words[first].text) or reading.parted(n):
            continue
        run = first, _of_names(reading, n + 1)
        if run[1] > n + 1 and not in_headline(reading, run) and not tied(reading, run) and _ends(reading, run[1]):
            yield run


def _of_names(reading: Reading, at: int) -> int:
    """Return where “of the Secretaries of the Security Council” ends; `at` where no name follows."""
    end = at
    for _n in range(_NAMES_MOST):
        if not word_is(reading, end, "of"):
            break
        name = end + 2 if word_is(reading, end + 1, "the") else end + 1
        after = name
        while after < len(reading.words) and _in_a_name(reading, after, name):
            after += 1
        if after == name:
            break
        end = members(reading, after)
    return end


def _ends(reading: Reading, after: int) -> bool:
    """Say whether what it is of ends here: not “of Arvenia and Belmora”, “of the Iraqi parliament”, “of Monday”."""
    last = reading.words[after - 1].text
    if last.casefold() in CALENDAR or len(last) < 2:
        return False
    if after >= len(reading.words) or reading.parted(after):
        return True
    mark = reading.words[after].text
    if kind_of(mark) != "mark":
        return mark in _AFTER
    more = after + 1 < len(reading.words) and kind_of(reading.words[after + 1].text) == "name"
    return not (mark in {",", "&"} and more and not reading.parted(after + 1))


def _in_a_name(reading: Reading, n: int, first: int) -> bool:
    joined = not reading.parted(n) and (n == first or bool(reading.gap(n)))
    return joined and kind_of(reading.words[n].text) == "name" and not is_initial(reading.words[n].text)

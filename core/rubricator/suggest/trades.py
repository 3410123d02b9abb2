"""Offices and trades in small letters: “mayor of Iden”, “a geologist, 58”.

They are told by their word, and only where nothing before or behind can belong to them: no “local engineer” and no
“teacher training”, for nobody can tell from the words alone where those begin and end.
"""

from __future__ import annotations

from collections.abc import Iterator

from rubricator.model.small_words import DETERMINERS
from rubricator.suggest.events import HEADS
from rubricator.suggest.nations import is_people
from rubricator.suggest.reading import Reading
from rubricator.suggest.runs import Run, tied, word_is
from rubricator.suggest.shapes import STARTERS, kind_of
from rubricator.suggest.titles import PORTFOLIOS, with_what

_TRADES_A_STEP = 10
_OF = frozenset("president premier minister mayor governor chancellor king queen director chairman chairwoman".split())
"""Offices that are of something, which belongs to them where it has a name."""
_ALONE = frozenset(
    (
        "senator ambassador congressman congresswoman lawmaker councillor councilwoman councilman treasurer"
        " commissioner prosecutor judge magistrate sheriff detective policeman policewoman firefighter paramedic"
        " spokesman spokeswoman spokesperson diplomat politician bishop archbishop priest pastor imam rabbi"
        " economist historian geologist physicist chemist biologist scientist researcher professor lecturer"
        " mathematician statistician linguist anthropologist archaeologist astronomer theologian philosopher"
        " sociologist psychologist psychiatrist neurologist epidemiologist virologist meteorologist oceanographer"
        " ecologist botanist zoologist engineer programmer architect designer analyst consultant accountant banker"
        " trader merchant lawyer solicitor barrister teacher headteacher librarian translator interpreter"
        " surgeon physician dentist nurse midwife pharmacist therapist"
        " journalist reporter correspondent columnist editor photographer producer filmmaker screenwriter"
        " writer novelist poet playwright painter sculptor actor actress comedian dancer choreographer"
        " musician composer conductor singer songwriter pianist violinist guitarist drummer rapper"
        " footballer midfielder goalkeeper striker boxer cyclist astronaut pilot skipper sailor"
        " farmer fisherman miner gardener carpenter plumber electrician bricklayer baker butcher chef waiter waitress"
        " hairdresser"
    ).split()
)
_AFTER_ANOTHER = {"executive": "chief", "officer": "police", "chief": "police", "secretary": "press", "coach": "head"}
"""Words that are a title only with a certain one before them."""
_WHICH = (PORTFOLIOS - {"first", "acting", "former", "state", "police", "attorney", "economy"}) | frozenset(
    "prime political marine civil software mechanical electrical nuclear clinical forensic harbour".split()
)
"""What says which office it is, and belongs to it."""
_BEFORE = (
    DETERMINERS
    | frozenset("my our your his her its their this that each every another several many some other".split())
    | frozenset("two three four five six seven eight nine ten".split())
    | frozenset("by from with as for and or but than between former acting new current then said says".split())
)
_AFTER = (STARTERS - {"of", "to", "for", "the", "a", "an"}) | frozenset(
    (
        "said says told met meets came went took spoke wrote wants works lives flew drove ran sat stood gave got kept"
        " began fell held brought sent saw heard"
    ).split()
)
_MARKS = frozenset('(,;:“”"–—')
_MINISTRIES = PORTFOLIOS - frozenset(
    "prime foreign deputy vice first chief police acting former state attorney".split()
)
_GO_ON = {"minister": {"for", "to"}, "ambassador": {"for", "to"}, "editor": {"in"}}
"""What goes on with the title: “minister for health”, “editor in chief”."""


def _plural(word: str) -> str:
    if word.endswith("man"):
        return f"{word[:-2]}en"
    return f"{word}es" if word.endswith("ss") else f"{word}s"


_FORMS = [(word, form) for word in sorted(_OF | _ALONE | _AFTER_ANOTHER.keys()) for form in (word, _plural(word))]


def trades(reading: Reading, starts: dict[int, Run]) -> Iterator[Run | None]:
    """Yield where they stand; `starts` are the runs of words with capitals, by their first. None where a step ended."""
    there = [(word, n) for word, form in _FORMS for n in reading.places.get(form, ())]
    for k, (word, n) in enumerate(there):
        if k % _TRADES_A_STEP == 0:
            yield None
        if reading.words[n].text.islower() and (run := _whole(reading, starts, word, n)) is not None:
            yield run


def _whole(reading: Reading, starts: dict[int, Run], word: str, n: int) -> Run | None:
    """Return an office with what belongs to it; None where more may do so."""
    first, after, needed = n, n + 1, _AFTER_ANOTHER.get(word)
    while first > 0 and not reading.parted(first) and reading.words[first - 1].text in _WHICH | {needed}:
        first -= 1
    if needed is not None and (first == n or reading.words[n - 1].text != needed):
        return None
    if word_is(reading, after, "of"):
        after = _of_what(reading, starts, word, n)
    run = first, after
    several = reading.words[n].text != word
    return run if _opens(reading, first, several) and _ends(reading, after, word) and not tied(reading, run) else None


def _of_what(reading: Reading, starts: dict[int, Run], word: str, n: int) -> int:
    """Return where “mayor of Iden”, “minister of transport” ends, and before “of” where there is a list of lands."""
    after = n + 1
    if word == "minister" and after + 1 < len(reading.words) and reading.words[after + 1].text in _MINISTRIES:
        return after + 2
    whole = with_what(reading, starts, after) if word in _OF else after
    behind = reading.words[whole].text if whole < len(reading.words) else ""
    listed = reading.words[n].text != word and behind in {",", "and"}
    return after if listed or behind in {"'s", "’s"} else whole


def _opens(reading: Reading, first: int, several: bool) -> bool:
    """Say whether the word before belongs to something else, and what is told is no part of a meeting's name."""
    if first == 0 or reading.parted(first) or _meets(reading, first):
        return False
    before = reading.words[first - 1].text
    folded = before.casefold()
    if folded in {"'s", "’s"} or kind_of(before) == "mark":
        return folded in _MARKS | {"'s", "’s"}
    if folded == "to":
        return several  # not “to judge”
    return folded in _BEFORE or is_people(reading, first - 1)


def _meets(reading: Reading, first: int) -> bool:
    """Say whether those who meet are named: of the “meeting of the ministers” they are a part."""
    of = first - 1 if reading.words[first - 1].text == "of" else first - 2
    return of > 0 and reading.words[of].text == "of" and reading.folded(of - 1) in HEADS


def _ends(reading: Reading, after: int, word: str) -> bool:
    """Say whether the word behind belongs to something else."""
    if after == len(reading.words) or reading.parted(after):
        return True
    behind = reading.words[after].text
    if kind_of(behind) == "mark":
        return behind not in {"/", "&"}
    if behind in _GO_ON.get(word, ()):
        return False
    if behind == "of":  # a list of lands: “ministers of Arvenia, Belmora”
        several = reading.words[after - 1].text != word
        return several and after + 1 < len(reading.words) and kind_of(reading.words[after + 1].text) == "name"
    verb = behind in _AFTER or (behind.endswith("ed") and behind.islower())
    return kind_of(behind) == "name" or verb or behind in {"for", "to"}

"""Offices and trades in small letters: “mayor of Iden”, “a marine geologist”, “the ministers”.

They are told by their word, and only where the words before and behind cannot belong to them: no “local engineer”, no
“teacher training”, no “minister for health”, for nobody can tell from the words alone where those begin and end. Words
that are as often a thing, a firm or a verb are left out: pilot, miner, judge, king.
"""

from __future__ import annotations

from collections.abc import Iterator

from rubricator.model.small_words import DETERMINERS
from rubricator.suggest.events import HEADS
from rubricator.suggest.nations import is_city, is_people, is_state
from rubricator.suggest.reading import Reading
from rubricator.suggest.runs import Run, tied, word_is
from rubricator.suggest.shapes import ORG_WORDS, PLACE_WORDS, STARTERS, is_shout, kind_of
from rubricator.suggest.titles import PORTFOLIOS

_TRADES_A_STEP = 10
_OF_A_PLACE = frozenset("president minister mayor governor chancellor".split())
_OF_A_BODY = frozenset("director chairman chairwoman".split())
"""Offices that are of something, which belongs to them where it has a name."""
_ALONE = frozenset(
    (
        "senator ambassador congressman congresswoman lawmaker councillor councilwoman councilman treasurer"
        " commissioner prosecutor magistrate sheriff detective policeman policewoman firefighter paramedic"
        " spokesman spokeswoman spokesperson diplomat politician archbishop priest pastor imam rabbi"
        " economist historian geologist physicist chemist biologist scientist researcher professor lecturer"
        " mathematician statistician linguist anthropologist archaeologist astronomer theologian philosopher"
        " sociologist psychologist psychiatrist neurologist epidemiologist virologist meteorologist oceanographer"
        " ecologist botanist zoologist engineer programmer architect designer analyst"
        " lawyer solicitor barrister teacher headteacher librarian translator interpreter"
        " surgeon physician dentist nurse midwife pharmacist therapist"
        " journalist reporter correspondent columnist editor photographer filmmaker screenwriter"
        " writer novelist poet playwright painter sculptor actor actress comedian dancer choreographer"
        " musician composer singer songwriter pianist violinist guitarist drummer rapper"
        " footballer midfielder goalkeeper winger referee manager astronaut skipper sailor"
        " farmer fisherman gardener carpenter plumber electrician bricklayer baker butcher chef waiter waitress"
        " hairdresser"
    ).split()
)
_MINISTRIES = PORTFOLIOS - frozenset(
    "foreign prime deputy vice first chief police acting former state attorney".split()
)
_WHICH: dict[str, frozenset[str]] = {
    "minister": _MINISTRIES | {"prime", "foreign", "deputy", "harbour"},
    "president": frozenset({"vice"}),
    "mayor": frozenset({"deputy"}),
    "governor": frozenset({"deputy"}),
    "commissioner": frozenset({"police"}),
    "economist": frozenset({"chief"}),
    "spokesman": frozenset({"police", "army"}),
    "spokeswoman": frozenset({"police", "army"}),
    "correspondent": frozenset({"foreign", "political"}),
    "scientist": frozenset({"political", "forensic", "nuclear", "marine"}),
    "biologist": frozenset({"marine"}),
    "geologist": frozenset({"marine"}),
    "psychologist": frozenset({"clinical"}),
    "engineer": frozenset({"chief", "civil", "software", "mechanical", "electrical", "nuclear"}),
}
"""What says which office it is, and belongs to it."""
_ONLY: dict[str, frozenset[str]] = {
    "executive": frozenset({"chief"}),
    "officer": frozenset({"police"}),
    "chief": frozenset({"police"}),
    "secretary": frozenset({"press"}),
    "coach": frozenset({"head"}),
    "pilot": frozenset({"harbour", "helicopter", "airline"}),
}
"""Words that are a title only with one of these before them."""
_WHICH_MOST = 2
_VERBS = frozenset(("nurse", "engineer", "skipper", "referee"))
"""What people also do: after “and” or a comma it may be that."""
_JOINS = frozenset("and or but than then".split())
_BEFORE = (
    DETERMINERS
    | frozenset("my our your his her its their this that each every another several many some other".split())
    | frozenset("two three four five six seven eight nine ten".split())
    | frozenset("by from with as for between former acting new current said says".split())
    | {"'s", "’s"}
)
_SEVERAL = frozenset("to told asked met".split())
"""What stands before several people only: “to judge” is a verb."""
_MARKS = frozenset('(,;:“”"–—')
_ENDS = frozenset('.,;:?!()…“”"–—')
_AFTER = (STARTERS - {"of", "the", "a", "an"}) | frozenset(
    (
        "said says told met meets came went took spoke wrote wants works lives flew drove ran sat stood gave got kept"
        " began fell held brought sent saw heard"
    ).split()
)
_CLAUSE = _AFTER - frozenset("and or for in on at to from with by am an as de du des upon".split())
"""What may follow in small letters after what an office is of; the others may go on with a name."""
_DETERMINERS = frozenset("the a an his her its their".split())
_GO_ON = frozenset(
    {("at", "large"), ("in", "chief"), ("in", "residence"), ("in", "charge"), ("in", "training"), ("in", "waiting")}
)
_ONE_MORE = {"minister": {"for", "to", "without"}, "ambassador": {"for", "to"}}
"""What goes on with the title: “minister for health”."""


def _plural(word: str) -> str:
    if word.endswith("man"):
        return f"{word[:-2]}en"
    if word.endswith("ary"):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("ss", "ch")) else f"{word}s"


_FORMS = [(w, form) for w in sorted(_OF_A_PLACE | _OF_A_BODY | _ALONE | _ONLY.keys()) for form in (w, _plural(w))]


def trades(reading: Reading, starts: dict[int, Run]) -> Iterator[Run | None]:
    """Yield where they stand; `starts` are the runs of words with capitals, by their first. None where a step ended."""
    there = ((word, n) for word, form in _FORMS for n in reading.places.get(form, ()))
    for k, (word, n) in enumerate(there):
        if k % _TRADES_A_STEP == 0:
            yield None
        if reading.words[n].text.islower() and (run := _whole(reading, starts, word, n)) is not None:
            yield run


def _whole(reading: Reading, starts: dict[int, Run], word: str, n: int) -> Run | None:
    """Return an office with what belongs to it; None where more may do so, or other words may."""
    first, which = n, _ONLY.get(word) or _WHICH.get(word, frozenset())
    while n - first < _WHICH_MOST and first > 0 and reading.words[first - 1].text in which:
        first -= 1
    if word in _ONLY and first == n:
        return None
    after = n + 1
    if word_is(reading, after, "of"):
        several = reading.words[n].text != word
        end = _of_what(reading, starts, word, after, several=several)
        if end is None:
            return None
        after = end
    elif not _ends(reading, after, word):
        return None
    joined = any(reading.parted(k) for k in range(first + 1, after))
    opens = _opens(reading, first, word, several=reading.words[n].text != word)
    return (first, after) if opens and not joined and not tied(reading, (first, after)) else None


def _of_what(reading: Reading, starts: dict[int, Run], word: str, of: int, *, several: bool) -> int | None:
    """Return where “mayor of Iden”, “minister of transport” ends; before “of” where a list of lands follows."""
    if of + 1 >= len(reading.words):
        return None
    if word == "minister" and reading.words[of + 1].text in _MINISTRIES:
        return of + 2 if _ends_name(reading, of + 2, small=True) else None
    name = of + 1 + word_is(reading, of + 1, "the")
    run = starts.get(name)
    if run is None or word not in _OF_A_PLACE | _OF_A_BODY or not _fits(reading, run, word, the=name > of + 1):
        return None
    after = run[1]
    if several and after < len(reading.words) and reading.words[after].text in {",", "and"}:
        return of  # “the ministers of Arvenia, Belmora and Karesh”
    if word_is(reading, after, "of") and reading.folded(after - 1) in ORG_WORDS:
        more = starts.get(after + 1 + word_is(reading, after + 1, "the"))  # “governor of the Bank of Estmar”
        if more is None or not _one_name(reading, more):
            return None
        after = more[1]
    return after if _ends_name(reading, after) else None


def _fits(reading: Reading, run: Run, word: str, *, the: bool) -> bool:
    """Say whether a run is what an office is of, and no name of who holds it stands in it: “London Anna Lopes”."""
    body = reading.folded(run[1] - 1) in ORG_WORDS or is_shout(reading.words[run[0]].text)
    return _one_name(reading, run) and (word in _OF_A_PLACE or body or the)


def _one_name(reading: Reading, run: Run) -> bool:
    first, after = run
    if after - first == 1 or is_state(reading, run) or is_city(reading, run):
        return True
    ends = reading.folded(after - 1) in ORG_WORDS | _KINDS
    return ends or (
        after - first == 2 and reading.folded(first) in PLACE_WORDS and not is_state(reading, (first, after))
    )


_KINDS = frozenset("province county city island islands state region district".split())


def _ends_name(reading: Reading, after: int, *, small: bool = False) -> bool:
    """Say whether what an office is of ends here: a name, or a portfolio in `small` letters."""
    if after == len(reading.words) or reading.parted(after):
        return True
    behind = reading.words[after].text
    following = reading.words[after + 1].text if after + 1 < len(reading.words) else ""
    if behind == "and":
        return following in _DETERMINERS
    if behind == ",":
        goes_on = small and following.islower()  # “minister of education, science and culture”
        return not goes_on or following in _DETERMINERS | _CLAUSE
    return behind in _ENDS or behind in _CLAUSE or _is_past(behind)


def _opens(reading: Reading, first: int, word: str, *, several: bool) -> bool:
    """Say whether the word before belongs to nothing else, and what is told is no part of a meeting's name."""
    if first == 0 or reading.parted(first) or _meets(reading, first):
        return False
    before, folded = reading.words[first - 1].text, reading.folded(first - 1)
    if before in _MARKS or folded in _JOINS:
        return several or word not in _VERBS
    if folded in _SEVERAL or kind_of(before) == "number":
        return several  # “told reporters”, “12 councillors”
    return folded in _BEFORE or is_people(reading, first - 1)


def _meets(reading: Reading, first: int) -> bool:
    """Say whether those who meet are named: of the “meeting of the ministers” they are a part."""
    of = first - 1 if reading.words[first - 1].text == "of" else first - 2
    return of > 0 and reading.words[of].text == "of" and reading.folded(of - 1) in HEADS


def _ends(reading: Reading, after: int, word: str) -> bool:
    """Say whether the word behind belongs to nothing else; it may after a possessive: “teachers’ union”."""
    if after == len(reading.words) or reading.parted(after):
        return True
    behind = reading.words[after].text
    following = reading.words[after + 1].text if after + 1 < len(reading.words) else ""
    if behind in _ONE_MORE.get(word, ()) or (behind, following) in _GO_ON:
        return False
    if kind_of(behind) == "mark":
        return behind in _ENDS
    return kind_of(behind) == "name" or behind in _AFTER or _is_past(behind)


def _is_past(word: str) -> bool:
    return word.endswith("ed") and word.islower()

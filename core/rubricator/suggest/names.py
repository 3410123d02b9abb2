"""Name chains: where one and the same person or body is named again, in another form.

A *person* is told by its shape (two to four words with capitals, no “of”, no “Council”): “Sergey Lebedev” goes on as
“S. Lebedev”, “Mr Lebedev”, “Lebedev”, but not as “Ivan Lebedev” or “Lebedev Institute”. A *body* has an abbreviation,
given in brackets (the rule of Schwartz and Hearst, “A simple algorithm for identifying abbreviation definitions in
biomedical text”, PSB 2003, cut down to initials) or made of its initials, and a short form (“the Commonwealth”).
Everything else goes on as what it is. Titles before a name and a possessive after it are left out.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from rubricator.model.spans import Span
from rubricator.suggest.bodies import abbreviation_of, expansions_of, looks_like_body, short_forms
from rubricator.suggest.persons import is_office, read_person
from rubricator.suggest.reading import Reading
from rubricator.suggest.reasons import abbreviated_why, fuller_why, like_why, shorter_why
from rubricator.suggest.runs import Run, name_core, occurrences
from rubricator.suggest.shapes import is_initial, is_shout
from rubricator.words import Message

Form = Literal["same", "full", "initials", "last", "first", "abbreviation", "spelled", "short"]
"""How a mention names: like the annotation; with more, or only initials of, the given name; by the last or first name
alone; by an abbreviation, its spelled-out form, or a part of it."""


class Mention(NamedTuple):
    """A place that names the same, and how."""

    span: Span
    form: Form


class Chain(NamedTuple):
    """The other mentions of what an annotation names, in reading order, and the fullest form of all (code points)."""

    mentions: tuple[Mention, ...]
    fullest: Span


def chain(reading: Reading, span: Span) -> Chain | None:
    """Return where else the text names what the span names; None where the span is no name."""
    place = reading.range_of(span.start, span.end) if len(span.fragments) == 1 else None
    core = name_core(reading, *place) if place else None
    if core is None:
        return None
    found = _forms(reading, core)
    found.pop(core, None)
    own = reading.range_of(span.start, span.end)
    mentions = tuple(
        Mention(_span(reading, run), form)
        for run, form in sorted(found.items())
        if own is None or run[1] <= own[0] or run[0] >= own[1]
    )
    fullest = max([core, *(run for run, _ in sorted(found.items()))], key=lambda run: _fullness(reading, run))
    return Chain(mentions, span if fullest == core else _span(reading, fullest))


def told(form: Form, words: str) -> Message:
    """Say how a mention names what the words name."""
    return _TOLD[form](words)


_TOLD = {
    "same": like_why,
    "full": fuller_why,
    "initials": like_why,
    "last": shorter_why,
    "first": shorter_why,
    "abbreviation": abbreviated_why,
    "spelled": fuller_why,
    "short": shorter_why,
}


def _forms(reading: Reading, core: Run) -> dict[Run, Form]:
    """Return all runs of words that name the same, each with its form."""
    found: dict[Run, Form] = {}
    first, after = core
    if after - first == 1 and is_shout(reading.words[first].text):
        for run in expansions_of(reading, core):
            found |= _same(reading, run, "spelled")
        return _same(reading, core, "same") | found
    if looks_like_body(reading, core):
        short = abbreviation_of(reading, core)
        if short is not None:
            found |= _same(reading, short, "abbreviation")
        for run in short_forms(reading, core):
            found[run] = "short"
        return _same(reading, core, "same") | found
    person = read_person(reading, core)
    if person is None or person.given() == ():
        return _same(reading, core, "same")
    found |= _same(reading, core, "same") if is_office(reading, core) else dict(person.mentions())
    short = abbreviation_of(reading, core)
    return found if short is None else found | _same(reading, short, "abbreviation")


def _same(reading: Reading, run: Run, form: Form) -> dict[Run, Form]:
    return dict.fromkeys(occurrences(reading, run), form)


def _fullness(reading: Reading, run: Run) -> tuple[int, int, int]:
    """Sort key: the more words written out, the fuller; then the longer, then the earlier."""
    words = [word.text for word in reading.words[run[0] : run[1]]]
    spelled = sum(not is_initial(word) and not is_shout(word) for word in words)
    return spelled, len("".join(words)), -run[0]


def _span(reading: Reading, run: Run) -> Span:
    return Span.of(reading.words[run[0]].start, reading.words[run[1] - 1].end)

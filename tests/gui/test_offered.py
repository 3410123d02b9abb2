"""Why something is suggested, put into words: every reason is good English behind a colon and as a sentence."""

from __future__ import annotations

import re
from itertools import product

import pytest

from rubricator.model.spans import Span
from rubricator.suggest import reasons
from rubricator.suggest.memory import Measured
from rubricator.suggest.offers import RANKS, Offer, Source
from rubricator.words import Message, say
from rubricator_gui.offered import reason_words, source_words
from rubricator_gui.wording import as_sentence

WHY: list[tuple[Source, Message]] = [
    ("inside", reasons.inside_why()),
    ("repeat", reasons.repeat_why()),
    *(("chain", why("Harbour Council")) for why in (reasons.like_why, reasons.shorter_why, reasons.fuller_why)),
    ("chain", reasons.abbreviated_why("Harbour Council")),
    ("siblings", reasons.siblings_why("Arvenia")),
    ("memory", reasons.memory_why()),
    ("list", reasons.list_why("states.txt")),
    *(("cue", reasons.rule_why(what, again=again)) for what, again in product(reasons.RULE_WHY, (False, True))),
    *(
        ("cue", reasons.word_why(what, "Council", again=again))
        for what, again in product(reasons.WORD_WHY, (False, True))
    ),
    ("pattern", reasons.rule_why("DATE")),
]
COUNTED = [None, *(Measured(2, 1, source) for source in ("", "rule", "list", "repeat", "memory"))]
CLAUSE = re.compile(r"(elsewhere in this article )?it (is|was|has|stands|begins|names) \S.*[\w”]")


def test_every_reason_of_the_module_is_looked_at() -> None:
    made = {name for name in vars(reasons) if name.endswith("_why")}
    assert made == {
        f"{name}_why"
        for name in "rule word inside repeat memory elsewhere list siblings like shorter fuller abbreviated".split()
    }
    assert {source for source, _why in WHY} == set(RANKS)


@pytest.mark.parametrize(("source", "why"), WHY)
def test_a_reason_is_a_clause_about_it(source: Source, why: Message) -> None:
    words = say(why)
    assert CLAUSE.fullmatch(words)
    assert "{" not in words
    assert "suggested" not in words, "it would go round in a circle"
    assert as_sentence(why) == words[0].upper() + words[1:]


@pytest.mark.parametrize(("source", "why"), WHY)
@pytest.mark.parametrize("measured", COUNTED)
def test_nothing_is_said_twice(source: Source, why: Message, measured: Measured | None) -> None:
    offer = Offer(Span.of(0, 1), "COUNTRY", source, why, measured=measured)
    words = say(reason_words(offer))
    assert words.startswith(say(why))
    assert words.count("labelled so") <= 1
    assert words.count("elsewhere") <= 1
    assert words.count(" of 3 times") + words.count("of 3 suggestions") == (measured is not None)
    line = say(source_words(offer))
    for twice in ("rule", "memory", "word list", "same words"):
        assert line.count(twice) <= 1, line

"""How long suggestions take: an article against a list of names, and all identical mentions in one and in a corpus."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import corpus
from table import Row, against, median_ms, under

from rubricator.model.mentions import Needle, mentions
from rubricator.model.spans import Annotation
from rubricator.suggest.matcher import Matcher, Name
from rubricator.suggest.memory import Memory
from rubricator.suggest.offers import offers

_SYLLABLES = "ka lo mi ne ru ta vo shi gra pel dor van".split()


def rows(_folder: Path) -> Iterator[Row]:
    """Yield the figures of suggestions."""
    chance = random.Random(0)
    listed = list(dict.fromkeys(_name(chance) for _ in range(12_000)))[:10_000]
    words = corpus.text_of(5_000).split(" ")
    for n in range(0, len(words), 12):
        words[n] = chance.choice(listed)
    text = " ".join(words)[:5_000]
    memory = Memory.of((name, "PERSON") for name in listed[:2_000])
    matcher = Matcher(
        [*(Name(name, "PERSON") for name in listed), *(Name(name, "", "memory") for name in listed[:2_000])]
    )
    yield under(
        "5 kB article, 10,000 names: suggestions", median_ms(lambda: offers(text, [], names=matcher, memory=memory)), 20
    )
    layer = [Annotation(f"{n}", "a", "b", label, span) for n, (label, span) in enumerate(corpus.spans_of(text, 50))]
    yield under(
        "the same with 50 annotations in it",
        median_ms(lambda: offers(text, layer, names=matcher, memory=memory)),
        50,
    )
    large, needle = corpus.text_of(1_000_000), Needle("Port Velis")
    floor = median_ms(lambda: [match.span() for match in re.finditer(r"\bPort\s+Velis\b", large)])
    yield against("identical mentions in 1 MB / re", median_ms(lambda: mentions(large, needle)), floor, 3)
    texts = [("a", corpus.text_of(5_000, n)) for n in range(200)] * 50
    absent = Needle("Port Nowhere")
    floor = median_ms(lambda: [uid for uid, each in texts if "Nowhere" in each])
    yield against(
        "10,000 articles without a hit / find",
        median_ms(lambda: [uid for uid, each in texts if list(absent.find(each))]),
        floor,
        3,
    )


def _name(chance: random.Random) -> str:
    words = (
        "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).capitalize() for _ in range(chance.randint(1, 3))
    )
    return " ".join(words)

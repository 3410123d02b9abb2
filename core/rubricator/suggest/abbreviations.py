"""Abbreviations that an article uses like the name of a body: “the NHC”, or “NHC” several times."""

from __future__ import annotations

import re

from rubricator.suggest.reading import WORDS_A_STEP, Reading
from rubricator.suggest.runs import tied
from rubricator.suggest.shapes import is_shout
from rubricator.suggest.steps import Steps
from rubricator.suggest.told import Told

_WRITTEN = re.compile(r"[A-Z]{3,6}")
_NO_BODIES = frozenset(
    "USA UAE GMT UTC CET EST EDT PST CEO CFO COO MEP USD EUR GBP GDP GNP VAT DNA RNA HIV AIDS COVID SARS DVD USB PDF"
    " FAQ PHD MSC BSC RSS SMS GPS HTML HTTP XML SQL API CPU GPU LED LCD ATM PIN SUV VIP BST CST MST PDT AKA ETA"
    " USSR MVP MRI SOS LGBT LOL IQ PS RIP FYI ASAP DIY IT AI".split()
)


def abbreviations(reading: Reading, labels: tuple[str, ...]) -> Steps[list[Told]]:
    """Find them, with the names that their label may have."""
    places: dict[str, list[int]] = {}
    for n, word in enumerate(reading.words):
        if n % WORDS_A_STEP == 0:
            yield
        if _WRITTEN.fullmatch(word.text) and word.text not in _NO_BODIES and not _beside_capitals(reading, n):
            places.setdefault(word.text, []).append(n)
    found: list[Told] = []
    for numbers in places.values():
        yield
        if len(numbers) > 1 or (numbers[0] > 0 and reading.folded(numbers[0] - 1) == "the"):
            alone = (reading.words[n] for n in numbers if not tied(reading, (n, n + 1)))
            found += [Told(word.start, word.end, labels, "capitals") for word in alone]
    return found


def _beside_capitals(reading: Reading, n: int) -> bool:
    """Say whether a word beside this one is in capitals as well: a line that shouts, or the place of a dateline."""
    around = (m for m in (n - 1, n + 1) if 0 <= m < len(reading.words) and not reading.parted(max(m, n)))
    return any(is_shout(reading.words[m].text) for m in around)

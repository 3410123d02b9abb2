"""Why some of what was to be done in one go was left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rubricator.model.rules import Violation
from rubricator.words import say
from rubricator_gui.desk import Desk

_MOST = 3
"""How many reasons a notice has room for."""


def reasons(desk: Desk, left: Iterable[Violation]) -> str:
    """Say why they were left: each reason once, the commonest first."""
    counted = Counter(say(desk.in_words(violation.why)) for violation in left)
    return "; ".join(reason for reason, _n in counted.most_common(_MOST))

"""A difference in words: its kind, what that means, who has what."""

from __future__ import annotations

from collections.abc import Sequence

from rubricator.review.blind import letter
from rubricator.review.difference import Difference
from rubricator.review.kinds import KINDS, SUBS
from rubricator.words import Message, message, plural

_NAMES = {kind.key: kind.name for kind in KINDS}
_MEANS = {kind.key: kind.means for kind in KINDS}


def layers_words(layers: Sequence[int]) -> Message:
    """Name layers: "A", "A and C", "A, B and D"."""
    *some, last = map(letter, layers)
    if not some:
        return message("{layer}", layer=last)
    return message("{layers} and {last}", layers=", ".join(some), last=last)


def kind_words(difference: Difference) -> Message:
    """Say of which kind a difference is: "borders, a determiner", "only A"."""
    kind: Message | str = _NAMES.get(difference.kind, difference.kind)
    sub = SUBS.get(difference.sub)
    if () in difference.sides and sub is None:
        only = message("only {layers}", layers=layers_words([n for n, side in enumerate(difference.sides) if side]))
        return only if difference.kind == "only" else message("{kind}, {what}", kind=kind, what=only)
    if sub is None:
        return message("{kind}", kind=kind)
    return message("{kind}, {what}", kind=kind, what=sub)


def left_words(to_decide: int, put_off: int) -> Message:
    """Say how much is left to decide; what was put off is counted by itself, in the article and in the queue."""
    if put_off:
        return message("{n} open, {m} put off", n=to_decide, m=put_off)
    return message("{n} open", n=to_decide)


def means(difference: Difference) -> Message:
    """Say what a difference of this kind is; of one that not all have, who has it."""
    if difference.kind != "only" or difference.sub:
        return _MEANS[difference.kind]
    there = [n for n, side in enumerate(difference.sides) if side]
    others = layers_words([n for n, side in enumerate(difference.sides) if not side])
    said = "{layers} annotated this, {others} did not."
    return plural(said, said, len(there), layers=layers_words(there), others=others)

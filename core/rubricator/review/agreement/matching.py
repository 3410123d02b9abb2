"""Which annotations of two layers are compared with each other: every one with at most one of the other layer.

The measures take any function that does this (`Matching`); `matched` is the one by which differences are found, too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rubricator.model.spans import Annotation
from rubricator.review.pair import pairs as matched

__all__ = ["Matching", "Pair", "matched"]

Pair = tuple[Annotation, Annotation]
Matching = Callable[[Sequence[Annotation], Sequence[Annotation]], Sequence[tuple[int, int]]]
"""From two layers to pairs of places in them; each place stands in one pair at most."""

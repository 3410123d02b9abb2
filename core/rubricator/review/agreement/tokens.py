"""The labels of words, for a kappa over words; it is told among other figures only, with its flaw.

Source: Artstein, R., Poesio, M. (2008), section 4.3 on markables; Hripcsak, G., Rothschild, A. (2005). Agreement, the
F-measure, and reliability in information retrieval. JAMIA 12, 296-298: without a count of what is no span, kappa has no
meaning, and words outside of all spans, of which there are as many as the text is long, are none.

The flaw: a long span weighs more than a short one; nearly all words lie outside of all spans, where it is easy to
agree; of nested spans only the innermost is seen; and two spans side by side are as good as one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from rubricator.model.spans import Annotation
from rubricator.model.tokens import Token

OUTSIDE = ""


def word_labels(words: Sequence[Token], annotations: Sequence[Annotation]) -> list[str]:
    """Return the label of the shortest span over each word (by name among equals), or that it is outside."""
    labels = [OUTSIDE] * len(words)
    starts, ends = [word.start for word in words], [word.end for word in words]
    shorter_later = sorted(annotations, key=lambda a: (len(a.span), a.label, a.span), reverse=True)
    for annotation in shorter_later:
        for start, end in annotation.span.fragments:
            first, last = bisect_right(ends, start), bisect_left(starts, end)
            labels[first:last] = [annotation.label] * (last - first)
    return labels

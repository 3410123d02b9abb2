"""What a format of plain ranges, or of whole tokens, makes of spans: decided by the WriteOptions, and always told."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from rubricator.formats.base import Broken, Subtoken, WriteOptions
from rubricator.model.spans import Fragment, Span

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")

_WHOLE: dict[Broken, str] = {"skip": "discontinuous", "hull": "hull", "pieces": "pieces"}
_WORDS: dict[Subtoken, str] = {"skip": "subtoken", "expand": "widened", "contract": "narrowed"}


def ranges(text: str, span: Span, options: WriteOptions) -> tuple[list[Fragment], str]:
    """Return the plain ranges that stand for a span (none: it is left out), and the kind of loss, if there is one.

    Fragments with nothing but white space between them are one range.
    """
    whole = [span.fragments[0]]
    for start, end in span.fragments[1:]:
        if text[whole[-1][1] : start].strip():
            whole.append((start, end))
        else:
            whole[-1] = (whole[-1][0], end)
    if options.across == "skip" and any(_BLANK_LINE.search(text, start, end) for start, end in whole):
        return [], "across"
    if len(whole) == 1:
        return whole, ""
    match options.broken:
        case "skip":
            whole = []
        case "hull":
            whole = [(span.start, span.end)]
        case "pieces":
            pass
    return whole, _WHOLE[options.broken]


def in_tokens(
    place: Fragment, starts: Sequence[int], ends: Sequence[int], options: WriteOptions
) -> tuple[tuple[int, int] | None, str]:
    """Return the tokens `[first, last)` of a range of characters, or None where it has none, and the kind of loss.

    `starts` and `ends` are those of all tokens, in order.
    """
    start, end = place
    first, last = bisect_right(ends, start), bisect_left(starts, end)
    if first >= last:
        return None, "blank"
    before, after = starts[first] < start, ends[last - 1] > end
    if not before and not after:
        return (first, last), ""
    kind = _WORDS[options.subtoken]
    match options.subtoken:
        case "skip":
            return None, kind
        case "expand":
            return (first, last), kind
        case "contract":
            first, last = first + before, last - after
            return ((first, last), kind) if first < last else (None, "subtoken")

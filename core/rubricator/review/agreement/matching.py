"""Which annotations of two layers are compared with each other: every one with at most one of the other layer.

The measures take any function that does this (`Matching`); `matched` is a plain one that is optimal. First what is
equal in span and label, then what is equal in span, then of those that overlap the pairs with the greatest total
weight: Jaccard's share of code points, a little more for the same label. It goes by the spans, not by their order or
nesting, so an inner span is compared with the inner one, and swapping the layers changes nothing.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from zlib import crc32

from rubricator.model.spans import Annotation, touches

Pair = tuple[Annotation, Annotation]
Matching = Callable[[Sequence[Annotation], Sequence[Annotation]], Sequence[tuple[int, int]]]
"""From two layers to pairs of places in them; each place stands in one pair at most."""
Edges = dict[int, dict[int, int]]

_SAME_LABEL = 1 / 8


def matched(one: Sequence[Annotation], other: Sequence[Annotation]) -> list[tuple[int, int]]:
    """Return the pairs of two layers, by their places."""
    left, right = _ordered(one), _ordered(other)
    pairs: list[tuple[int, int]] = []
    keys: tuple[Callable[[Annotation], Hashable], ...] = (lambda a: (a.span, a.label), lambda a: a.span)
    for key in keys:
        waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for j in right:
            waiting[key(other[j])].append(j)
        pairs += [(i, waiting[key(one[i])].popleft()) for i in left if waiting.get(key(one[i]))]
        gone, gone_too = {i for i, _ in pairs}, {j for _, j in pairs}
        left, right = [i for i in left if i not in gone], [j for j in right if j not in gone_too]
    edges = _edges([one[i] for i in left], [other[j] for j in right])
    return sorted([*pairs, *((left[i], right[j]) for i, j in _heaviest(edges))])


def _ordered(layer: Sequence[Annotation]) -> list[int]:
    return sorted(range(len(layer)), key=lambda n: (layer[n].span, layer[n].label, layer[n].id))


def _edges(left: Sequence[Annotation], right: Sequence[Annotation]) -> Edges:
    """Return, by place in `left` and in `right`, the weights of those that overlap."""
    edges: Edges = {}
    first = 0
    reach = max((a.end - a.start for a in right), default=0)
    for i, a in enumerate(left):
        while first < len(right) and right[first].start < a.start - reach:
            first += 1
        for j in range(first, len(right)):
            if right[j].start >= a.end:
                break
            if touches(a.span, right[j].span):
                edges.setdefault(i, {})[j] = _weight(a, right[j])
    return edges


def _weight(one: Annotation, other: Annotation) -> int:
    """Return Jaccard's share as a whole number, so that sums are exact, and below it what breaks ties."""
    shared = sum(
        max(0, min(end, stop) - max(start, begin))
        for start, end in one.span.fragments
        for begin, stop in other.span.fragments
    )
    share = shared / (len(one.span) + len(other.span) - shared) + _SAME_LABEL * (one.label == other.label)
    places = sorted((a.span.fragments, a.label) for a in (one, other))
    return (round(share * 2**40) << 32) + crc32(repr(places).encode())


def _heaviest(edges: Edges) -> Iterable[tuple[int, int]]:
    """Return the matching of the greatest total weight, by augmenting along the best path until none gains."""
    mate: dict[int, int] = {}
    for piece in _pieces(edges):
        taken: dict[int, int] = {}
        while path := _best_path(edges, piece, mate, taken):
            for i, j in path:
                mate[i], taken[j] = j, i
    return sorted(mate.items())


def _pieces(edges: Edges) -> list[list[int]]:
    """Return the places in `left` of each connected piece."""
    back: defaultdict[int, list[int]] = defaultdict(list)
    for i, found in edges.items():
        for j in found:
            back[j].append(i)
    pieces: list[list[int]] = []
    seen: set[int] = set()
    for start in edges:
        if start in seen:
            continue
        seen.add(start)
        piece = [start]
        for i in piece:
            new = dict.fromkeys(k for j in edges[i] for k in back[j] if k not in seen)
            seen.update(new)
            piece += new
        pieces.append(piece)
    return pieces


def _best_path(
    edges: Edges, piece: Sequence[int], mate: dict[int, int], taken: dict[int, int]
) -> list[tuple[int, int]]:
    """Return the pairs of the path from a free place to a free place that gains most; nothing where none gains."""
    gain = {i: 0 for i in piece if i not in mate}
    came: dict[int, tuple[int, int]] = {}  # the pair by which a place in `left` lost its mate
    best, end = 0, (-1, -1)
    waiting = deque(gain)
    while waiting:
        i = waiting.popleft()
        for j, weight in edges[i].items():
            if mate.get(i) == j:
                continue
            whole = gain[i] + weight
            if j not in taken:
                if whole > best:
                    best, end = whole, (i, j)
                continue
            k = taken[j]
            if whole - edges[k][j] > gain.get(k, -(1 << 200)):
                gain[k], came[k] = whole - edges[k][j], (i, j)
                waiting.append(k)
    path: list[tuple[int, int]] = []
    while best and end[0] >= 0:
        path.append(end)
        end = came.get(end[0], (-1, -1))
    return path[::-1]

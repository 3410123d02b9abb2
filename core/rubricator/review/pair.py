"""Optimal one-to-one matching of the annotations of two layers: right for nested, stacked and discontinuous spans.

First whatever is equal, then what is equal in span and label, then in span. What is left is matched where it overlaps,
so that the sum of the weights is the greatest there is: the share of code points that two spans have in common, and a
little more for the same label. The answer depends on what the layers hold alone: not on their order, nor on that of
their annotations.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

from rubricator.model.spans import Annotation, Span

Pair = tuple[int, int]
"""Places of two annotations in their sequences."""

ONE = 1 << 40
"""The weight of two spans over the very same code points: whole numbers, so that sums are exact."""
SAME_LABEL = ONE // 4


def pairs(a: Sequence[Annotation], b: Sequence[Annotation]) -> list[Pair]:
    """Return which annotation of one layer goes with which of the other, in the order of the first."""
    orders = [order(one) for one in a], [order(one) for one in b]
    left = sorted(range(len(a)), key=orders[0].__getitem__)
    right = sorted(range(len(b)), key=orders[1].__getitem__)
    found: list[Pair] = []
    for key in (said, _labelled, _placed):
        left, right = _equal(a, b, left, right, key, found)
        if not left or not right:
            return sorted(found)
    edges: dict[Pair, int] = {(i, j): weight(a[i], b[j]) for i, j in _overlaps(a, b, left, right)}
    for some, others in _pieces(edges):
        some.sort(key=orders[0].__getitem__)
        others.sort(key=orders[1].__getitem__)
        # The side that is looked at first is told by what it holds: the layers may come in any order.
        if [orders[0][i] for i in some] <= [orders[1][j] for j in others]:
            best = _best([{n: edges[i, j] for n, j in enumerate(others) if (i, j) in edges} for i in some])
            found += [(some[n], others[m]) for n, m in best]
        else:
            best = _best([{n: edges[i, j] for n, i in enumerate(some) if (i, j) in edges} for j in others])
            found += [(some[m], others[n]) for n, m in best]
    return sorted(found)


def weight(a: Annotation, b: Annotation) -> int:
    """Return how well two annotations go together; 0 where they share no code point."""
    common = shared(a.span, b.span)
    if not common:
        return 0
    return common * ONE // (len(a.span) + len(b.span) - common) + (SAME_LABEL if a.label == b.label else 0)


def shared(a: Span, b: Span) -> int:
    """Return how many code points two spans have in common."""
    return sum(max(min(e, f) - max(s, t), 0) for s, e in a.fragments for t, f in b.fragments)


def order(annotation: Annotation) -> tuple[Any, ...]:
    """Return a key to put annotations in an order by what they say; by their ids only where they say the same."""
    return *said(annotation), annotation.id


def said(annotation: Annotation) -> tuple[Any, ...]:
    """Return what two annotations have to agree in: span, label, attributes and entity; never notes or origins."""
    attributes = plain(annotation.attributes) if annotation.attributes else ""
    return annotation.span.fragments, annotation.label, attributes, annotation.entity


def plain(value: object) -> str:
    """Return a value as text, the same for the same value."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=dict)


def _labelled(annotation: Annotation) -> Hashable:
    return annotation.span.fragments, annotation.label


def _placed(annotation: Annotation) -> Hashable:
    return annotation.span.fragments


def _equal(
    a: Sequence[Annotation],
    b: Sequence[Annotation],
    left: list[int],
    right: list[int],
    key: Callable[[Annotation], Hashable],
    found: list[Pair],
) -> tuple[list[int], list[int]]:
    """Match what has the same key, the first with the first; return what is left of both."""
    waiting: dict[Hashable, list[int]] = {}
    for j in reversed(right):
        waiting.setdefault(key(b[j]), []).append(j)
    over: list[int] = []
    for i in left:
        same = waiting.get(key(a[i]))
        if same:
            found.append((i, same.pop()))
        else:
            over.append(i)
    free = {j for some in waiting.values() for j in some}
    return over, [j for j in right if j in free]


def _overlaps(a: Sequence[Annotation], b: Sequence[Annotation], left: list[int], right: list[int]) -> Iterator[Pair]:
    """Yield which of `left` and `right` share a code point, in one walk over the text."""
    coming = sorted((s, 0, i, e) for i in left for s, e in a[i].span.fragments)
    coming += sorted((s, 1, j, e) for j in right for s, e in b[j].span.fragments)
    open_now: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    seen: set[Pair] = set()
    for start, side, n, end in sorted(coming):
        others = open_now[1 - side]
        others[:] = [(until, m) for until, m in others if until > start]
        for _until, m in others:
            pair = (n, m) if side == 0 else (m, n)
            if pair not in seen:
                seen.add(pair)
                yield pair
        open_now[side].append((end, n))


def _pieces(edges: dict[Pair, int]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the connected pieces of what overlaps, each as its two sides."""
    near: dict[Pair, list[Pair]] = {}  # (side, place): those that it overlaps
    for i, j in edges:
        near.setdefault((0, i), []).append((1, j))
        near.setdefault((1, j), []).append((0, i))
    told: set[Pair] = set()
    for first in sorted(near):
        if first in told:
            continue
        told.add(first)
        piece, waiting = [first], [first]
        while waiting:
            for other in near[waiting.pop()]:
                if other not in told:
                    told.add(other)
                    piece.append(other)
                    waiting.append(other)
        yield [n for side, n in piece if side == 0], [n for side, n in piece if side == 1]


_FREE, _ALONE, _TAKEN = range(3)
"""Where a step of a search leads: of two that are as good the one that ends it is taken."""


def _best(rows: list[dict[int, int]]) -> list[Pair]:
    """Return the matching of rows to columns with the greatest sum; `rows` holds the weights above 0, by column.

    One row after the other is taken in along the cheapest augmenting path (Dijkstra over reduced costs), and a search
    ends as soon as a free column is reached, or a row that is better left alone. So a long chain is a matter of many
    short searches.
    """
    of_row: list[int] = [0] * len(rows)  # dual values
    of_column: dict[int, int] = {}
    row_at: dict[int, int] = {}
    column_of: dict[int, int] = {}
    for root, weights in enumerate(rows):
        of_row[root] = min(0, min((-w - of_column.get(j, 0) for j, w in weights.items()), default=0))
        distance: dict[int, int] = {}
        came: dict[int, int] = {}
        done: list[int] = []
        heap: list[tuple[int, int, int]] = []
        row, so_far = root, 0
        while True:
            heapq.heappush(heap, (so_far - of_row[row], _ALONE, row))
            for j, w in rows[row].items():
                there = so_far - w - of_row[row] - of_column.get(j, 0)
                if j not in distance or there < distance[j]:
                    distance[j], came[j] = there, row
                    heapq.heappush(heap, (there, _TAKEN if j in row_at else _FREE, j))
            so_far, what, n = heapq.heappop(heap)
            while what == _TAKEN and so_far > distance[n]:  # a shorter way to it was found since
                so_far, what, n = heapq.heappop(heap)
            if what != _TAKEN:
                break
            done.append(n)
            row = row_at[n]
        of_row[root] += so_far
        for j in done:
            of_column[j] = of_column.get(j, 0) + distance[j] - so_far
            of_row[row_at[j]] += so_far - distance[j]
        # Along the path each row takes the column by which it was left for; the row at its end may give its own away.
        column = column_of.pop(n, None) if what == _ALONE else n
        while column is not None:
            row = came[column]
            before = column_of.get(row)
            row_at[column], column_of[row] = row, column
            column = before
    return sorted(column_of.items())

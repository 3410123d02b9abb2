"""The annotations of one layer on one article, found by place: in reading order, by bisection, cheap to patch.

Besides the sorted whole there is a sorted list per class of length (each four times as long as the one before): what
overlaps a place starts at most one such length before it. A running maximum of ends would do the same until somebody
labels a whole article; then every look-up would walk all of it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from rubricator.model.spans import Annotation, reading_order

_Key = tuple[int, int, str, str]


class SpanIndex:
    """Annotations sorted by reading order; a place is looked up by the hull of a span unless it says otherwise."""

    def __init__(self, annotations: Iterable[Annotation] = ()) -> None:
        self._by_id = {annotation.id: annotation for annotation in annotations}
        self._keys: list[_Key] = sorted(map(reading_order, self._by_id.values()))
        self._starts = array("q", [key[0] for key in self._keys])  # side by side in memory: `crowded` reads them all
        self._ends = array("q", [-key[1] for key in self._keys])
        lengths = [end - start for start, end in zip(self._starts, self._ends, strict=True)]
        self._classes: list[list[_Key]] = [[] for _ in range(_length_class(max(lengths, default=0)) + 1)]
        take = [keys.append for keys in self._classes]
        for key, length in zip(self._keys, lengths, strict=True):
            take[(length.bit_length() + 1) // 2](key)  # as _length_class says, without 20,000 calls

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Annotation]:
        return (self._by_id[key[3]] for key in self._keys)

    def __contains__(self, annotation_id: object) -> bool:
        return annotation_id in self._by_id

    def __getitem__(self, annotation_id: str) -> Annotation:
        return self._by_id[annotation_id]

    def get(self, annotation_id: str | None) -> Annotation | None:
        """Return the annotation with this id, or None."""
        return None if annotation_id is None else self._by_id.get(annotation_id)

    # --- change ---------------------------------------------------------------------------------------------------

    def add(self, annotation: Annotation) -> None:
        """Take an annotation in; one with the same id gives way."""
        if annotation.id in self._by_id:
            self.remove(annotation.id)
        key = reading_order(annotation)
        self._by_id[annotation.id] = annotation
        place = bisect_left(self._keys, key)
        self._keys.insert(place, key)
        self._starts.insert(place, annotation.start)
        self._ends.insert(place, annotation.end)
        insort(self._class_of(key), key)

    def remove(self, annotation_id: str) -> Annotation | None:
        """Take an annotation out and return it; None if it was not there."""
        annotation = self._by_id.pop(annotation_id, None)
        if annotation is not None:
            key = reading_order(annotation)
            place = bisect_left(self._keys, key)
            del self._keys[place], self._starts[place], self._ends[place]
            near = self._class_of(key)
            del near[bisect_left(near, key)]
        return annotation

    def replace(self, before: Annotation | None, after: Annotation | None) -> None:
        """Put `after` in the place of `before`; None stands for nothing."""
        if before is not None:
            self.remove(before.id)
        if after is not None:
            self.add(after)

    # --- look up --------------------------------------------------------------------------------------------------

    def overlapping(self, start: int, end: int) -> list[Annotation]:
        """Return what shares a character with `[start, end)`, in reading order."""
        found: list[_Key] = []
        for n, keys in enumerate(self._classes):
            if keys:
                first = bisect_left(keys, (start - _longest(n),))
                last = bisect_left(keys, (end,), first)
                found += [key for key in keys[first:last] if -key[1] > start]
        return [self._by_id[key[3]] for key in sorted(found)]

    def at(self, offset: int) -> list[Annotation]:
        """Return what has a fragment over the character at `offset`, innermost (shortest) first."""
        found = (a for a in self.overlapping(offset, offset + 1) if any(s <= offset < e for s, e in a.span.fragments))
        return sorted(found, key=inner_first)

    def covering(self, start: int, end: int) -> list[Annotation]:
        """Return what holds all of `[start, end)`, innermost (shortest) first."""
        found = (a for a in self.overlapping(start, end) if a.start <= start and end <= a.end)
        return sorted(found, key=inner_first)

    def next_after(self, offset: int) -> Annotation | None:
        """Return the first annotation that starts at or after `offset`."""
        return self._nth(bisect_left(self._keys, (offset,)))

    def previous_before(self, offset: int) -> Annotation | None:
        """Return the last annotation that starts before `offset`."""
        return self._nth(bisect_left(self._keys, (offset,)) - 1)

    def neighbour(self, annotation_id: str, step: int) -> Annotation | None:
        """Return the annotation `step` places further in reading order (negative: back); None past the ends."""
        annotation = self._by_id.get(annotation_id)
        return None if annotation is None else self._nth(bisect_left(self._keys, reading_order(annotation)) + step)

    def stacked_with(self, annotation_id: str) -> list[Annotation]:
        """Return all that covers where this annotation starts, itself too, innermost first."""
        annotation = self._by_id.get(annotation_id)
        return [] if annotation is None else self.at(annotation.start)

    def crowded(self, depth: int) -> list[int]:
        """Return the offsets where an annotation starts over which `depth` earlier ones lie already."""
        places: list[int] = []
        reach = [0] * depth  # the furthest ends so far, the nearest of them first
        furthest = 0
        for start, end in zip(self._starts, self._ends, strict=True):
            if start >= furthest:  # mostly: nothing reaches here, and what the others of `reach` say is past
                furthest = reach[-1] = end
                continue
            if reach[0] > start:
                places.append(start)
            if end > reach[0]:
                reach[0] = end
                reach.sort()
                furthest = reach[-1]
        return places

    def _nth(self, n: int) -> Annotation | None:
        return self._by_id[self._keys[n][3]] if 0 <= n < len(self._keys) else None

    def _class_of(self, key: _Key) -> list[_Key]:
        n = _length_class(-key[1] - key[0])
        while len(self._classes) <= n:
            self._classes.append([])
        return self._classes[n]


def inner_first(annotation: Annotation) -> tuple[int, int, str, str]:
    """Sort key: the shorter hull first, then by start, label and id."""
    return annotation.end - annotation.start, annotation.start, annotation.label, annotation.id


def _length_class(length: int) -> int:
    return (length.bit_length() + 1) // 2


def _longest(n: int) -> int:
    """Return a length that no span of the class reaches."""
    return int(4**n)

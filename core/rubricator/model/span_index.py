"""The annotations of one layer on one article, found by place: in reading order, by bisection, cheap to patch.

Of each only the place is held, in arrays side by side; what else there is of it is read when somebody looks at it, and
kept. The beginning of the article can be looked at before the places of the rest are read: an article of 100,000
annotations is painted as soon as one of fifty.

What overlaps a place is looked for in blocks of neighbours whose furthest end is known. A running maximum of ends
would do the same until somebody labels a whole article; then every look-up would walk all of it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from rubricator.model.spans import Annotation, Fragment, reading_order

BEGINNING = 12_000
"""Code points at the beginning of an article that are looked at before the rest is read: several screens."""

EVERYWHERE: Fragment = (-1, 2**62)

_BLOCK = 256
_BATCH = 1_000
_PAGE = 32


class Places(NamedTuple):
    """The places of many annotations in reading order: their numbers, starts and ends."""

    numbers: array[int]
    starts: array[int]
    ends: array[int]


class Source(Protocol):
    """Where the annotations of a layer come from; a number names one of them for good, also after it was deleted."""

    def count(self) -> int:
        """Return how many there are."""

    def places(self, stretch: Fragment = EVERYWHERE) -> Places:
        """Return where those stand that overlap a stretch of the article, by default all."""

    def read(self, numbers: Sequence[int]) -> list[Annotation]:
        """Return those with these numbers, in this order."""

    def find(self, annotation_id: str) -> int | None:
        """Return the number of an annotation that stands in the layer, or None."""

    def number(self, annotation_id: str) -> int:
        """Return the number of an annotation, in the layer or not; -1 where nobody has heard of it."""


class SpanIndex:
    """Annotations in reading order; a place is looked up by the hull of a span unless it says otherwise."""

    def __init__(self, annotations: Iterable[Annotation] = (), source: Source | None = None) -> None:
        held = sorted({a.id: a for a in annotations}.values(), key=reading_order)
        self._source: Source = source or _Held(held)
        self._places: Places | None = None
        self._furthest: list[int] = []
        """The largest end in each block of places, as far as they are known."""
        self._known: dict[int, Annotation] = dict(enumerate(held))
        self._number_by_id = {annotation.id: n for n, annotation in enumerate(held)}
        self._beginning: SpanIndex | None = None
        self._crowded: dict[int, list[int]] = {}
        """What `crowded` has found, until something changes: it looks through all of them."""
        self._there: set[int] | None = None
        """The numbers of `places`, once something is changed: to look through all of them for a new one takes long."""
        if source is None:
            self.load()

    def load(self) -> None:
        """Read the places of all annotations, if that was not done yet."""
        if self._places is None:
            self._places = self._source.places()
            if self._beginning is not None:
                self._known.update(self._beginning._known)
                self._number_by_id.update(self._beginning._number_by_id)
                self._beginning = None

    @property
    def loaded(self) -> bool:
        """Say whether the places of all annotations were read."""
        return self._places is not None

    def _all(self) -> Places:
        self.load()
        assert self._places is not None
        return self._places

    def _first(self) -> SpanIndex | None:
        """Return what stands at the beginning; None once the places of all are known."""
        if self._places is None and self._beginning is None:
            self._beginning = SpanIndex(source=Stretch(self._source, (-1, BEGINNING)))
            self._beginning.load()
        return self._beginning

    def __len__(self) -> int:
        return len(self._places.numbers) if self._places is not None else self._source.count()

    def __iter__(self) -> Iterator[Annotation]:
        numbers = self._all().numbers
        for first in range(0, len(numbers), _BATCH):
            yield from self._read(numbers[first : first + _BATCH])

    def __contains__(self, annotation_id: object) -> bool:
        return isinstance(annotation_id, str) and self._find(annotation_id) is not None

    def __getitem__(self, annotation_id: str) -> Annotation:
        found = self.get(annotation_id)
        if found is None:
            raise KeyError(annotation_id)
        return found

    def get(self, annotation_id: str | None) -> Annotation | None:
        """Return the annotation with this id, or None."""
        if annotation_id is None:
            return None
        number = self._find(annotation_id)
        return None if number is None else self._read((number,))[0]

    def _find(self, annotation_id: str) -> int | None:
        number = self._number_by_id.get(annotation_id)
        return self._source.find(annotation_id) if number is None else number

    def _read(self, numbers: Sequence[int]) -> list[Annotation]:
        known = self._known
        missing = [number for number in numbers if number not in known]
        if missing:
            for number, annotation in zip(missing, self._source.read(missing), strict=True):
                self._keep(number, annotation)
        return [known[number] for number in numbers]

    def _keep(self, number: int, annotation: Annotation) -> None:
        self._known[number] = annotation
        self._number_by_id[annotation.id] = number

    # --- change ---------------------------------------------------------------------------------------------------

    def add(self, annotation: Annotation) -> None:
        """Take an annotation in; one with the same id gives way."""
        places = self._all()
        number = self._number(annotation.id)
        self._take_out(number)
        at = self.place_for(annotation)
        self._numbers().add(number)
        places.numbers.insert(at, number)
        places.starts.insert(at, annotation.start)
        places.ends.insert(at, annotation.end)
        self._forget_blocks(at)
        self._keep(number, annotation)

    def remove(self, annotation_id: str) -> None:
        """Take an annotation out, if it is there."""
        self._take_out(self._number(annotation_id))
        self._number_by_id.pop(annotation_id, None)

    def _number(self, annotation_id: str) -> int:
        number = self._number_by_id.get(annotation_id)
        return self._source.number(annotation_id) if number is None else number

    def _numbers(self) -> set[int]:
        if self._there is None:
            self._there = set(self._all().numbers)
        return self._there

    def _take_out(self, number: int) -> None:
        places = self._all()
        at = self._where(number) if number in self._numbers() else -1
        self._known.pop(number, None)
        if at < 0:
            return
        self._numbers().remove(number)
        del places.numbers[at], places.starts[at], places.ends[at]
        self._forget_blocks(at)

    def _forget_blocks(self, at: int) -> None:
        del self._furthest[at // _BLOCK :]
        self._crowded.clear()

    # --- in reading order -----------------------------------------------------------------------------------------

    def nth(self, n: int) -> Annotation | None:
        """Return the annotation at a place in reading order, counted from 0; None past the ends."""
        first = self._first()
        if first is not None and 0 <= n < len(first):
            page = n - n % _PAGE  # a list shows some rows, not one
            return first._read(first._all().numbers[page : page + _PAGE])[n - page]
        numbers = self._all().numbers
        return self._read(numbers[n : n + 1])[0] if 0 <= n < len(numbers) else None

    def place(self, annotation_id: str) -> int:
        """Return where an annotation stands in reading order, counted from 0; -1 where it does not."""
        number = self._find(annotation_id)
        return -1 if number is None else self._where(number)

    def _where(self, number: int) -> int:
        """Return where a number stands, -1 where it does not; first where it should, if its annotation is known."""
        numbers, starts, _ends = self._all()
        known = self._known.get(number)
        if known is not None:
            near = range(bisect_left(starts, known.start), bisect_right(starts, known.start))
            for at in near:
                if numbers[at] == number:
                    return at
        try:
            return numbers.index(number)  # what is known may be newer than what is patched
        except ValueError:
            return -1

    def place_for(self, annotation: Annotation) -> int:
        """Return before how many others in reading order an annotation stands, or would stand."""
        places = self._all()
        start, end = annotation.start, annotation.end
        at, last = bisect_left(places.starts, start), bisect_right(places.starts, start)
        while at < last and places.ends[at] > end:
            at += 1
        while at < last and places.ends[at] == end:
            if reading_order(self._read(places.numbers[at : at + 1])[0]) >= reading_order(annotation):
                break
            at += 1
        return at

    def next_after(self, offset: int) -> Annotation | None:
        """Return the first annotation that starts at or after `offset`."""
        return self.nth(bisect_left(self._all().starts, offset))

    def previous_before(self, offset: int) -> Annotation | None:
        """Return the last annotation that starts before `offset`."""
        return self.nth(bisect_left(self._all().starts, offset) - 1)

    def neighbour(self, annotation_id: str, step: int) -> Annotation | None:
        """Return the annotation `step` places further in reading order (negative: back); None past the ends."""
        place = self.place(annotation_id)
        return None if place < 0 else self.nth(place + step)

    # --- by place -------------------------------------------------------------------------------------------------

    def overlapping(self, start: int, end: int) -> list[Annotation]:
        """Return what shares a character with `[start, end)`, in reading order."""
        first = self._first() if end <= BEGINNING else None
        if first is not None:
            return first.overlapping(start, end)
        numbers, starts, ends = self._all()
        last = bisect_left(starts, end)
        blocks = -(-last // _BLOCK)
        self._measure_blocks(blocks)
        found: list[int] = []
        for block in [n for n, furthest in enumerate(self._furthest[:blocks]) if furthest > start]:
            near = slice(block * _BLOCK, min(last, (block + 1) * _BLOCK))
            found += [number for number, reach in zip(numbers[near], ends[near], strict=True) if reach > start]
        return self._read(found)

    def _measure_blocks(self, wanted: int) -> None:
        ends = self._all().ends
        for block in range(len(self._furthest), wanted):
            self._furthest.append(max(ends[block * _BLOCK : (block + 1) * _BLOCK]))

    def at(self, offset: int) -> list[Annotation]:
        """Return what has a fragment over the character at `offset`, innermost (shortest) first."""
        found = (a for a in self.overlapping(offset, offset + 1) if any(s <= offset < e for s, e in a.span.fragments))
        return sorted(found, key=inner_first)

    def stacked_with(self, annotation_id: str) -> list[Annotation]:
        """Return all that covers where this annotation starts, itself too, innermost first."""
        annotation = self.get(annotation_id)
        return [] if annotation is None else self.at(annotation.start)

    def spread(self, length: int, parts: int) -> bytes:
        """Return for each of so many equal parts of the article: 2 where an annotation starts, 1 where one goes on.

        All of it is bisection and the largest of a slice: 100,000 annotations take some milliseconds.
        """
        _numbers, starts, ends = self._all()
        found = bytearray(parts)
        first, reach = 0, 0
        for part in range(parts):
            last = bisect_left(starts, -(-length * (part + 1) // parts), first)
            if last > first:
                reach = max(reach, max(ends[first:last]))
                found[part] = 2
                first = last
            elif reach * parts > length * part:
                found[part] = 1
        return bytes(found)

    def crowded(self, depth: int, *, beginning: bool = False) -> list[int]:
        """Return the offsets where an annotation starts over which `depth` earlier ones lie already.

        With `beginning` those of the beginning alone, for which the rest need not be read.
        """
        first = self._first() if beginning else None
        if first is not None:
            return first.crowded(depth)
        if depth not in self._crowded:
            self._crowded[depth] = self._find_crowded(depth)
        return self._crowded[depth]

    def _find_crowded(self, depth: int) -> list[int]:
        _numbers, starts, ends = self._all()
        places: list[int] = []
        reach = [0] * depth  # the furthest ends so far, the nearest of them first
        furthest = 0
        for start, end in zip(starts, ends, strict=True):
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


def inner_first(annotation: Annotation) -> tuple[int, int, str, str]:
    """Sort key: the shorter hull first, then by start, label and id."""
    return annotation.end - annotation.start, annotation.start, annotation.label, annotation.id


class Stretch:
    """What another source has in a stretch of the article."""

    def __init__(self, source: Source, stretch: Fragment) -> None:
        self.read, self.find, self.number = source.read, source.find, source.number
        self._places = source.places
        self._stretch = stretch

    def count(self) -> int:
        """Return how many there are."""
        return len(self.places().numbers)

    def places(self, _stretch: Fragment = EVERYWHERE) -> Places:
        """Return where they stand."""
        return self._places(self._stretch)


class _Held:
    """A source of annotations that the index knows already."""

    def __init__(self, annotations: Sequence[Annotation]) -> None:
        self._annotations = annotations
        self._numbers = {a.id: n for n, a in enumerate(annotations)}

    def count(self) -> int:
        return len(self._annotations)

    def places(self, stretch: Fragment = EVERYWHERE) -> Places:
        held = [a for a in self._annotations if a.start < stretch[1] and a.end > stretch[0]]
        return Places(
            array("q", range(len(held))), array("q", [a.start for a in held]), array("q", [a.end for a in held])
        )

    def read(self, numbers: Sequence[int]) -> list[Annotation]:
        return [self._annotations[number] for number in numbers]

    def find(self, _annotation_id: str) -> int | None:
        return None  # what is there, the index knows

    def number(self, annotation_id: str) -> int:
        return self._numbers.setdefault(annotation_id, len(self._numbers))

"""What one decided in a project, to suggest by it: memory, radar, rejections, word lists; a Project has these verbs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from rubricator.model.changes import Change
from rubricator.model.edits import Add, Edit
from rubricator.model.folding import single_spaced
from rubricator.model.rejections import Rejection, rejection_from
from rubricator.verbs.door import Door

if TYPE_CHECKING:  # a window paints before it offers anything, and most commands never do
    from rubricator.suggest.matcher import Name
    from rubricator.suggest.memory import Memory
    from rubricator.suggest.radar import Radar

_AROUND = 60
"""Code points on each side of a place that the radar shows."""
_RADAR_SENTENCES = 8
"""Places that are read; the others are only counted."""
_PART = 500
"""Annotations, and layers with rejections, that are read in one go."""


class Decided(NamedTuple):
    """How often a label was given to some words, and how often rejected; `source` is an origin of annotations."""

    words: str
    label: str
    source: str
    taken: int
    rejected: int

    def tell(self, memory: Memory) -> None:
        """Have it remembered."""
        if self.taken:
            memory.take(self.words, self.label, self.source, self.taken)
        if self.rejected:
            memory.reject(self.words, self.label, self.source, self.rejected)


class Remembering(Door):
    """The verbs of what was decided before."""

    def radar(self, words: str) -> Radar:
        """Return how the same words are labelled in one's own layers of the whole project, by counts that are kept."""
        from rubricator.suggest.radar import EXAMPLES_MOST, Seen, forms, radar

        seen: list[Seen] = []
        me = self.me.annotator
        left = _RADAR_SENTENCES
        for label, quote, n in self.rows.labelled.over(forms(words), me):
            places = self.rows.labelled.places(label, quote, me, min(left, EXAMPLES_MOST), _AROUND) if left else []
            left -= len(places)
            seen += [Seen(label, quote, a, single_spaced(f"{b}{quote}{c}")) for a, b, c in places]
            seen.append(Seen(label, quote, "", "", n - len(places)))
        return radar(words, seen)

    def memory(self) -> Memory:
        """Return what one decided in this project: which label was given to which words, and which was rejected."""
        from rubricator.suggest.memory import Memory

        memory = Memory()
        for part in self.decisions():
            for one in part:
                one.tell(memory)
        return memory

    def decisions(self) -> Iterator[list[Decided]]:
        """Yield what one decided, in parts of a few milliseconds: a window can read on between two frames."""
        for part in self.rows.labelled.taken(self.me.annotator, _PART):
            yield [Decided(words, label, origin, n, 0) for words, label, origin, n in part]
        for part in self.rows.labelled.rejected(self.me.annotator, _PART):
            yield [Decided(words, label, source, 0, n) for words, label, source, n in part]

    def rejections(self, article: str) -> list[Rejection]:
        """Return what was suggested for one's own layer of an article and rejected."""
        return [rejection_from(value) for _id, value in self.rows.elements("rejection", article, self.me.annotator)]

    def count_rejections(self, article: str) -> int:
        """Count what was suggested for one's own layer of an article and is not wanted there."""
        return self.rows.count_in_layer("rejection", article, self.me.annotator)

    def listed(self) -> Iterator[Name]:
        """Yield the names of the word lists in this project, as far as the scheme has their labels."""
        from rubricator.suggest.matcher import Name

        for _id, value in self.rows.elements("wordlist"):
            for words, label in value["names"]:
                if label in self.scheme.by_name:
                    yield Name(words, label, "list", value["name"])

    def add_word_list(self, name: str, names: Iterable[Name]) -> Change:
        """Keep a word list in the project; one of the same name gives way."""
        held = [[one.words, one.label] for one in names]
        add = Add("wordlist", name, {"name": name, "names": held})
        return self.apply(Edit("words", (add,), "", {"n": len(held), "source": name}))

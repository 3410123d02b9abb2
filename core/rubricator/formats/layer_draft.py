"""What one annotator says about an article, as it is read from a file that gives ids of its own, or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rubricator.formats.base import LayerRecord
from rubricator.formats.reading import Draft, annotation, layer, shortened
from rubricator.model.ids import named_id
from rubricator.model.spans import Annotation, Fragment, Span, TopicTag
from rubricator.model.text import digest

_IDS = "0d0b6c0e-51a7-5b3c-9d0a-7d5c8a1f2b64"


class LayerDraft:
    """Gathers a layer; ids are made of the text, the annotator and what is said, so that the same gives the same.

    `known` are the names that the file gives annotations, for what is said of them.
    """

    def __init__(self, draft: Draft, annotator: str = "", kind: str = "human") -> None:
        self._draft = draft
        self._annotator = annotator
        self._kind = kind
        self._text = digest(draft.text)
        self._annotations: dict[tuple[str, tuple[Fragment, ...]], Annotation] = {}
        self._keys: dict[str, tuple[str, tuple[Fragment, ...]]] = {}
        self._topics: dict[str, TopicTag] = {}
        self._relations: dict[str, dict[str, Any]] = {}
        self._comments: dict[str, dict[str, Any]] = {}
        self._lost: set[str] = set()
        self.known: dict[str, str] = {}

    def _id(self, *parts: object) -> str:
        return named_id(_IDS, self._text, self._annotator, *parts)

    def add(self, name: str, label: str, span: Span | None, where: str, **about: Any) -> str:
        """Add an annotation that the file calls `name` (empty: it does not), and return its id.

        One that says the same of the same words again is told and left out; so is one without a span, told already.
        """
        if span is None:
            self._lost.add(name)
            return ""
        key = label, span.fragments
        made = self._annotations.get(key)
        if made is not None:
            self._draft.note("twice", f"{where}: {label} “{shortened(made.quote)}”")
        else:
            made = annotation(self._id(*key), label, span, self._draft.text, **about)
            self._annotations[key] = made
            self._keys[made.id] = key
        if name:
            self.known[name] = made.id
        return made.id

    def change(self, uid: str, **about: Any) -> None:
        """Say more of an annotation, by its id."""
        key = self._keys[uid]
        self._annotations[key] = self._annotations[key].but(**about)

    def relate(self, label: str, first: str, second: str, where: str, **more: Any) -> bool:
        """Add a relation between two annotations by their names; False where the file has none of such a name."""
        if first in self.known and second in self.known:
            ends = {"label": label, "from": self.known[first], "to": self.known[second]}
            uid = self._id("relation", *ends.values())
            self._relations.setdefault(uid, {"id": uid, **ends, **more})
            return True
        if {first, second} <= self._lost | self.known.keys():
            self._draft.note("end", f"{where}: {label}")
            return True
        return False

    def topic(self, code: str, note: str = "", extra: Mapping[str, Any] | None = None) -> None:
        """Add a topic."""
        if code not in self._topics:
            self._topics[code] = TopicTag("", "", "", code, note, (), extra or {})

    def comment(self, text: str, **about: str) -> str:
        """Add a comment on the article, or on the annotation whose id is `on`, and return its id."""
        said = {name: value for name, value in about.items() if value}
        uid = self._id("comment", text, *sorted(said.items()))
        self._comments.setdefault(uid, {"id": uid, **said, "text": text})
        return uid

    def record(self, **about: Any) -> LayerRecord:
        """Return the layer."""
        return layer(
            self._annotator,
            self._annotations.values(),
            kind=self._kind,
            topics=tuple(self._topics.values()),
            relations=tuple(self._relations.values()),
            comments=tuple(self._comments.values()),
            **about,
        )


def spoken(layers: Iterable[LayerRecord]) -> list[LayerRecord]:
    """Return the layers that say anything: an annotator of whom nothing is said has no layer."""
    return [
        one
        for one in layers
        if one.annotations or one.topics or one.relations or one.comments or one.status != "todo" or one.extra
    ]

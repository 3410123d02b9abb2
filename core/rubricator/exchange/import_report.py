"""How to import, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from rubricator.formats.base import Loss, ReadOptions
from rubricator.formats.losing import Losses
from rubricator.formats.reading import READ, Outcome
from rubricator.words import Message, message, plural

NewLabels = Literal["refuse", "add"]
_NOTES_SHOWN = 20

Clash = Literal["keep", "take"]
"""Of what was changed or deleted here since it was imported: it stays, or becomes what the files say."""


@dataclass(frozen=True)
class ImportOptions:
    """How to import: `format` empty tells it by each file, `annotator` (a name) takes over all layers.

    `encodings` names the encoding of single files; `read` says how all others are read. `labels` maps labels of the
    files to those that they become (empty: annotations with them are left out). `strict` takes nothing at all where
    something is refused, be it a file or an annotation. `ask` takes in what leaves nothing to decide or to tell, and is
    dry for all else.
    """

    format: str = ""
    annotator: str = ""
    read: ReadOptions = field(default_factory=ReadOptions)
    encodings: Mapping[Path, str] = field(default_factory=dict)
    new_labels: NewLabels = "refuse"
    labels: Mapping[str, str] = field(default_factory=dict)
    strict: bool = False
    clash: Clash = "keep"
    dry_run: bool = False
    ask: bool = False


def _cases() -> Losses:
    return Losses({kind: words for kind, (_outcome, *words) in READ.items()})  # type: ignore[misc]


@dataclass
class ImportReport:
    """What an import did (or, dry, would do); `notes` holds (where, what was changed in reading).

    `known` counts the articles that were here before, `repeated` those whose text the files hold more than once,
    `standing` the annotations of other ids that say what stood here before. `versions` counts the new articles that
    tell a story which is here already, in nearly the same words. `added` and `changed` count the annotations that are
    new, or become others, in articles that were here before.

    `labels` and `declared` are what the scheme gained: labels, and attributes and relation types. `found` counts the
    labels of the files as they stand there, `unknown` says where those first stand that the scheme lacks. `cases` is
    what was repaired, refused, or has no place with us (formats/reading.py). `files` counts the files by the key of
    their format, `damaged` those that were refused, `layers` the layers by the name of their annotator. `scheme` is the
    name of the scheme that was taken over whole, and how many labels it has. `dry` says that nothing was changed.
    """

    articles: int = 0
    known: int = 0
    standing: int = 0
    repeated: int = 0
    versions: int = 0
    annotations: int = 0
    added: int = 0
    changed: int = 0
    topics: int = 0
    relations: int = 0
    entities: int = 0
    labels: list[str] = field(default_factory=list)
    declared: list[str] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)
    unknown: dict[str, str] = field(default_factory=dict)
    people: list[str] = field(default_factory=list)
    files: Counter[str] = field(default_factory=Counter)
    damaged: int = 0
    layers: Counter[str] = field(default_factory=Counter)
    scheme: tuple[str, int] | None = None
    dry: bool = False
    uneven: int = 0
    cases: Losses = field(default_factory=_cases)
    notes: list[tuple[str, Message]] = field(default_factory=list)

    def of(self, outcome: Outcome) -> list[Loss]:
        """Return the cases with this outcome."""
        return [case for case in self.cases.list() if READ[case.kind][0] == outcome]

    @property
    def asks(self) -> bool:
        """Say whether the import leaves anything to decide, or to tell before it is done.

        Articles alone do not, whatever format they come in: one step of undo takes them out again.
        """
        return bool(self.unknown or self.layers or self.entities or self.scheme or self.cases.list())

    def lines(self) -> list[Message]:
        """Say it in words, a line each."""
        return [*self.came(), *(line for line, _where in self.told())]

    def told(self) -> Iterator[tuple[Message, tuple[str, ...]]]:
        """Yield what is not taken as it stands, a line each, with the places that it is about."""
        yield from ((message("{what}.", what=case.what), case.where) for case in self.cases.list())
        yield from ((line, ()) for line in self._noted())

    def came(self) -> list[Message]:
        """Say what came in, a line each."""
        said = [plural("{n} article imported.", "{n} articles imported.", self.articles)]
        if self.known:
            one, many = "{n} article was here already.", "{n} articles were here already."
            if self.annotations:
                one = "{n} article was here already; annotations new in it: {added}, changed: {changed}."
                many = "{n} articles were here already; annotations new in them: {added}, changed: {changed}."
            said.append(plural(one, many, self.known, added=self.added, changed=self.changed))
        if self.repeated:
            one = "{n} article has the text of another in the files; each text comes in once, with what both say."
            many = "{n} articles have the texts of others in the files; each text comes in once, with what all say."
            said.append(plural(one, many, self.repeated))
        if self.versions:
            one = "{n} article tells a story that is here in another version."
            many = "{n} articles tell a story that is here in another version."
            said.append(plural(one, many, self.versions))
        if self.annotations or self.topics:
            said.append(
                message(
                    "The files hold {annotations} annotations and {topics} topic tags.",
                    annotations=self.annotations,
                    topics=self.topics,
                )
            )
        if self.standing:
            one = "{n} of these annotations stands here already, with the same label on the same words."
            many = "{n} of these annotations stand here already, with the same labels on the same words."
            said.append(plural(one, many, self.standing))
        if self.relations or self.entities:
            said.append(
                message(
                    "They hold {relations} relations and {entities} entities.",
                    relations=self.relations,
                    entities=self.entities,
                )
            )
        if self.labels:
            said.append(message("Added to the scheme: {labels}.", labels=", ".join(self.labels)))
        if self.declared:
            names = ", ".join(self.declared)
            said.append(message("Topics, attributes and relation types added to the scheme: {names}.", names=names))
        return said

    def _noted(self) -> list[Message]:
        said = []
        if self.uneven:
            one = "{n} span begins or ends with white space or inside a character; it was kept as it is."
            many = "{n} spans begin or end with white space or inside a character; they were kept as they are."
            said.append(plural(one, many, self.uneven))
        said += [message("{where}: {note}.", where=where, note=note) for where, note in self.notes[:_NOTES_SHOWN]]
        if (more := len(self.notes) - _NOTES_SHOWN) > 0:
            said.append(plural("And {n} more note on reading a text.", "And {n} more notes on reading texts.", more))
        return said

"""What to export and how, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rubricator.exchange.corpus import Counts
from rubricator.exchange.splitting import Split
from rubricator.formats.base import Loss, WriteOptions
from rubricator.formats.losing import left_out
from rubricator.words import Message, message, plural


@dataclass(frozen=True)
class ExportOptions:
    """What to export: `annotator` is a name or an id (empty: all layers, or the only one), `status` one or none.

    Of the `gold` layer alone the decisions, and what each annotation was made of, come along with `provenance` only.

    With a `split`, or as a `corpus`, it is a folder of files with a card that states the `licence`; `snapshot` is the
    name or id of the state that is exported (`state_asked` opens it), and the card says its name.
    """

    format: str
    annotator: str = ""
    gold: bool = False
    status: str = ""
    write: WriteOptions = field(default_factory=WriteOptions)
    overwrite: bool = False
    split: Split | None = None
    corpus: bool = False
    licence: str = ""
    snapshot: str = ""
    provenance: bool = False

    @property
    def in_parts(self) -> bool:
        """Say whether it is a folder of parts."""
        return self.corpus or self.split is not None


@dataclass(frozen=True)
class ExportReport:
    """What was written, and what the format could not carry."""

    articles: int
    annotations: int
    losses: tuple[Loss, ...]
    left_out: int = 0
    """Articles that were not asked for, or that nobody has worked on where the format carries one layer."""
    again: int = 0
    """Texts that were left out since they came a second time, to compare their annotator with themselves."""
    parts: Mapping[str, Counts] = field(default_factory=dict)
    """What each part of a corpus holds."""
    status: str = ""
    """The status that was asked for, if one was."""

    def lines(self) -> list[Message]:
        """Say it in words, a line each."""
        one = "{n} article written and read back; annotations in the file: {annotations}."
        many = "{n} articles written and read back; annotations in the file: {annotations}."
        out = left_out(self.losses)
        if out:
            one = "{n} article written and read back; annotations in the file: {kept} of {annotations}."
            many = "{n} articles written and read back; annotations in the file: {kept} of {annotations}."
        said = [plural(one, many, self.articles, annotations=self.annotations, kept=self.annotations - out)]
        if self.left_out and self.status:
            one = "{n} article was left out: of another status."
            many = "{n} articles were left out: of another status."
            said.append(plural(one, many, self.left_out))
        elif self.left_out:
            one = "{n} article was left out: this layer says nothing of it."
            many = "{n} articles were left out: this layer says nothing of them."
            said.append(plural(one, many, self.left_out))
        if self.again:
            one = "{n} text was left out: it only came a second time to its annotator."
            many = "{n} texts were left out: they only came a second time to their annotator."
            said.append(plural(one, many, self.again))
        for name, part in self.parts.items():
            one, many = (
                "{part}: {n} article, {annotations} annotations.",
                "{part}: {n} articles, {annotations} annotations.",
            )
            said.append(plural(one, many, part.articles, part=name, annotations=part.annotations))
        if self.parts:
            said.append(message("Annotations with each label ({parts}):", parts=" / ".join(self.parts)))
        for label in sorted({label for part in self.parts.values() for label in part.labels}):
            counts = " / ".join(str(part.labels[label]) for part in self.parts.values())
            said.append(message("  {label}: {counts}", label=label, counts=counts))
        return said + [loss.what for loss in self.losses]

"""What every format is: records in, records out, and an honest list of what it cannot carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol, get_args, runtime_checkable

from rubricator.model.scheme import Scheme
from rubricator.model.spans import NOTHING, Annotation, TopicTag, Zone
from rubricator.model.text import Unit
from rubricator.words import Message

Case = tuple[str, str]
"""Something that is lost on the way out or happens on the way in: its kind, and the line that says where."""

Nested = Literal["layers", "outermost", "innermost", "skip"]
"""Of nested spans where a word has one label: a level each, those around or within all others, or none that overlap."""
NESTED: tuple[Nested, ...] = ("layers", "outermost", "innermost", "skip")
Tagging = Literal["IOB2", "BIOES", "BILOU", "IOB1"]
TAGGINGS: tuple[Tagging, ...] = get_args(Tagging)
Broken = Literal["skip", "hull", "pieces"]
"""Of a discontinuous span: nothing, all from its first to its last character, or each piece by itself."""
BROKEN: tuple[Broken, ...] = ("skip", "hull", "pieces")
Subtoken = Literal["skip", "expand", "contract"]
"""Of a span that ends inside a word: nothing, whole words around it, or the whole words in it."""
SUBTOKEN: tuple[Subtoken, ...] = ("skip", "expand", "contract")
Across = Literal["keep", "skip"]
"""Of a span over a blank line: all of it in one paragraph or sentence, or nothing."""
ACROSS: tuple[Across, ...] = ("keep", "skip")
Formulas = Literal["guard", "keep"]
"""Of a cell that a spreadsheet would take for a formula: an apostrophe before it, or nothing."""
FORMULAS: tuple[Formulas, ...] = ("guard", "keep")
Choice = Literal["nested", "tagging", "broken", "subtoken", "across", "formulas"]
"""What can be chosen about writing."""
CHOICES: tuple[Choice, ...] = get_args(Choice)


Names = Literal["all", "labels", "some"]


@dataclass(frozen=True)
class Person:
    """An annotator as files name it: `id` may be empty where only the name is known."""

    id: str
    name: str
    kind: str = "human"
    extra: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True)
class LayerRecord:
    """What one annotator says about one article; `annotations` in reading order.

    `annotator` is an id where the file's header knows one, else what the file called it (empty: it named nobody).
    The annotations' and topic tags' `article` and `annotator` are empty, and so are the ids of topic tags.
    """

    annotator: str
    kind: str = "human"
    status: str = "todo"
    flags: tuple[str, ...] = ()
    seconds: float = 0
    annotations: tuple[Annotation, ...] = ()
    topics: tuple[TopicTag, ...] = ()
    relations: tuple[Mapping[str, Any], ...] = ()
    comments: tuple[Mapping[str, Any], ...] = ()
    decisions: tuple[Mapping[str, Any], ...] = ()
    extra: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True)
class Record:
    """An article with its layers, as it travels between the project and a file; offsets are code points.

    `where` names file and line it was read from, `notes` what was changed in reading (say, line breaks), `cases` what
    was repaired, refused or has no place with us (kinds of formats/reading.py).
    """

    text: str
    id: str = ""
    title: str = ""
    meta: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    zones: tuple[Zone, ...] = ()
    cluster: str = ""
    layers: tuple[LayerRecord, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    where: str = ""
    notes: tuple[Message, ...] = ()
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True)
class Header:
    """What a file says of the corpus as a whole; every part may be missing.

    A reader may yield several: what one says of entities must come before the annotations that are linked to them.
    `names` says what the scheme has of the names that the articles use: all, all labels, or only some of any kind; the
    last is offered, and adopted by nobody.
    """

    name: str = ""
    scheme: Scheme | None = None
    people: tuple[Person, ...] = ()
    entities: tuple[Mapping[str, Any], ...] = ()
    extra: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    names: Names = "all"
    rechecks: tuple[Mapping[str, Any], ...] = ()
    """The changes of the scheme that ask to look at annotations again."""


@dataclass(frozen=True)
class ReadOptions:
    """How to read: the encoding (empty: found out), and the unit of the offsets in the file.

    `within` is the folder that was named, if one was: a link that leads out of it is not followed.
    """

    encoding: str = ""
    unit: Unit = "codepoint"
    within: Path | None = None


@dataclass(frozen=True)
class WriteOptions:
    """How to write what a format can carry in more than one way."""

    nested: Nested = "layers"
    tagging: Tagging = "IOB2"
    broken: Broken = "skip"
    subtoken: Subtoken = "skip"
    across: Across = "keep"
    formulas: Formulas = "guard"


@dataclass(frozen=True)
class Loss:
    """Something a format cannot carry: its kind (a short name), words with the count, and where it happens.

    `where` holds a line for each case: the article, the label and the quote.
    """

    kind: str
    what: Message
    n: int
    where: tuple[str, ...] = ()


Carried = Counter[tuple[Any, ...]]
"""What a file carries of one article, as counted tuples (label, fragments, ...) in whatever terms the format has."""
Counted = Mapping[tuple[Any, ...], int]
"""The same for whoever only looks at it: a Counter takes longer to make than the number of one article."""


class Reader(Protocol):
    """A format that can be read; what it is called, and its files, the table FORMATS says."""

    def recognises(self, head: str) -> bool:
        """Say whether a file that begins so is of this format; asked where several formats share a suffix."""
        ...

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield a Header first if the file has one, then the records; UserError names file and line."""
        ...


@dataclass(frozen=True)
class Beside:
    """What a format puts beside the parts of a corpus.

    `files` by name, `head` (YAML) for the head of the card, and `loading` (Markdown) that says how to load it.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    head: str = ""
    loading: str = ""


@runtime_checkable
class Trainable(Protocol):
    """A format that knows how its files are trained on."""

    def beside(self, files: Mapping[str, str], language: str) -> Beside:
        """Return what goes beside these files (by the name of their part), all of one language (empty: unknown)."""
        ...


@runtime_checkable
class Divisible(Protocol):
    """A format whose file is a head and then each article by itself, whatever stands before it.

    Files of the same header can be put together: that is the file of all their articles, once all but one head is gone.
    """

    def head(self, header: Header) -> bytes:
        """Return what stands before the articles."""
        ...


class Writer(Protocol):
    """A format that can be written, one layer for an article unless `all_layers` is set."""

    all_layers: bool
    """Carries the layers of all annotators at once."""
    choices: tuple[Choice, ...]
    """Which of the WriteOptions make a difference."""

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what will not be in the file, before it is written; empty where all is carried."""
        ...

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the file or folder `out`, which is not there yet; the same bytes for the same input."""
        ...

    def expected(self, record: Record, options: WriteOptions) -> Counted:
        """Return what the file should carry of this record (that is: without the losses)."""
        ...

    def found(self, out: Path, options: WriteOptions) -> Iterator[Counted]:
        """Read the written file back and yield what it really carries, article by article, in order."""
        ...

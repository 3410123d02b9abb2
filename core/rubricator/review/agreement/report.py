"""The report as one value: what the window, the command line, HTML, CSV and JSON show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rubricator.review.agreement.figures import Figure
from rubricator.review.agreement.sheets import Who
from rubricator.words import Message, message

NO_LABEL = ""
"""Row and column of a matrix for what the other did not mark."""


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of one thing: of all, a label, a topic, a pair, a week; `title` where it is shown by another name."""

    name: str
    figures: tuple[Figure, ...] = ()
    title: str = ""

    @property
    def shown(self) -> str:
        """The name by which it is shown."""
        return self.title or self.name

    def of(self, measure: str) -> Figure | None:
        """Return a figure; None where the group has none of this measure."""
        return next((figure for figure in self.figures if figure.measure == measure), None)


@dataclass(frozen=True, slots=True)
class Behind:
    """A place behind a cell: an article and the ids of the annotations; "" where one did not mark it."""

    article: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Cell:
    """How often the one gave a label (or none) where the other gave another (or none); the first places of them."""

    row: str
    column: str
    n: int
    behind: tuple[Behind, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who gave which label where the other gave which; cells with nothing in them are left out."""

    one: str
    other: str
    labels: tuple[str, ...]
    cells: tuple[Cell, ...]

    def cell(self, row: str, column: str) -> Cell:
        """Return a cell; an empty one where there is nothing."""
        return next((c for c in self.cells if (c.row, c.column) == (row, column)), Cell(row, column, 0))


class Section(NamedTuple):
    """A part of the report, in words; its groups stand in the field of the report that its key names."""

    key: str
    title: Message
    about: Message


SECTIONS: tuple[Section, ...] = (
    Section("labels", message("By label"), message("Each annotation counts for its own label.")),
    Section(
        "topics",
        message("By topic"),
        message("Alpha of yes and no over all compared articles; n counts how often the topic was given."),
    ),
    Section("pairs", message("By pair"), message("Two annotators at a time.")),
    Section("weeks", message("By week"), message("By the week in which the later of the layers was last changed.")),
    Section("drift", message("By annotator and week"), message("Each annotator with the others, week by week.")),
    Section(
        "repeats",
        message("Agreement with oneself"),
        message("An annotator who got the same text a second time, without being told."),
    ),
    Section(
        "shares",
        message("By share of the second annotation"),
        message("Drawn by lot, on purpose, or not at all: what looks hard says nothing of all articles."),
    ),
)


@dataclass(frozen=True, slots=True)
class Report:
    """How far annotators agree, with all that the figures hang on.

    `articles` have a finished layer of one of the annotators, `compared` of two; `unfinished` layers were left out.
    `drift` holds a group for each annotator and week (“anna 2026-W48”), `repeats` one for each annotator who got the
    same text twice.

    Where articles were drawn for a second annotation, `shares` holds a group for each share that was compared (random,
    targeted, others), and `made_of` names the shares that all other figures are made of.
    """

    annotators: tuple[Who, ...]
    against: Who | None = None
    articles: int = 0
    compared: int = 0
    unfinished: int = 0
    seed: int = 0
    overall: Group = Group("")
    labels: tuple[Group, ...] = ()
    topics: tuple[Group, ...] = ()
    pairs: tuple[Group, ...] = ()
    weeks: tuple[Group, ...] = ()
    drift: tuple[Group, ...] = ()
    repeats: tuple[Group, ...] = ()
    matrices: tuple[Matrix, ...] = ()
    shares: tuple[Group, ...] = ()
    made_of: tuple[str, ...] = ()

    def of(self, section: str) -> Sequence[Group]:
        """Return the groups of a section by its key."""
        found: Sequence[Group] = getattr(self, section)
        return found

    def groups(self) -> Iterator[tuple[str, Group]]:
        """Yield all groups with the key of their section."""
        yield "overall", self.overall
        for section in SECTIONS:
            for group in self.of(section.key):
                yield section.key, group

"""The report as lines on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rubricator.review.agreement.figures import BY_KEY, Figure, why
from rubricator.review.agreement.html import summary
from rubricator.review.agreement.report import SECTIONS, Group, Report
from rubricator.review.agreement.tables import bounds, shown
from rubricator.words import Message, joined, message, plural, say

_SHORT = ("strict", "partial", "alpha-u", "topic-alpha", "topic-f1", "topics-masi")
"""What is told of a label, a topic, a pair or a week; the page and the tables hold the others."""
_WIDTH = len("-0.123 [-0.123, -0.123]")
_LONG = "drift"
"""It has a line for each annotator and week: the page and the tables hold it."""


def lines(report: Report) -> list[Message | str]:
    """Return what is told: all figures of the whole, and a few of each part."""
    told: list[Message | str] = [*summary(report), ""]
    width = max(len(say(BY_KEY[figure.measure].title)) for figure in report.overall.figures)
    for figure in report.overall.figures:
        told.append(f"{say(BY_KEY[figure.measure].title):<{width}}  {_value(figure)}  {_of(figure)}")
    for section in SECTIONS:
        groups = report.of(section.key)
        if groups and section.key != _LONG:
            told += ["", *_table(say(section.title), groups)]
    return told


def _table(title: str, groups: Sequence[Group]) -> Iterator[str]:
    measures = [measure for measure in _SHORT if groups[0].of(measure)]
    wide = max(len(name) for name in (title, *(group.shown for group in groups)))
    heads = (f" {say(BY_KEY[measure].title)}" for measure in measures)
    yield f"{title:<{wide}}  {'  '.join(head.ljust(_WIDTH) for head in heads)}".rstrip()
    for group in groups:
        values = (_value(group.of(measure) or Figure(measure)) for measure in measures)
        yield f"{group.shown:<{wide}}  {'  '.join(values)}".rstrip()


def _value(figure: Figure) -> str:
    return f"{f'{shown(figure.value):>6} {bounds(figure)}':<{_WIDTH}}"


def _of(figure: Figure) -> str:
    parts = (
        message("n {n}", n=figure.n),
        plural("{n} article", "{n} articles", figure.articles),
        plural("{n} layer missing", "{n} layers missing", figure.missing),
        *filter(None, (why(figure),)),
    )
    return say(joined(parts))

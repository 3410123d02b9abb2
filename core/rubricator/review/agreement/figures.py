"""Which figures there are, what they are called and where they come from; and a figure as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from rubricator.words import Message, message


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure: its value and 95 % interval, and of what; None is “n/a”.

    `n` counts what was compared (annotations, values, words), in so many `articles`; `missing` counts the layers that
    are lacking: of annotators who were asked for, on articles that another of them has finished.
    """

    measure: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    articles: int = 0
    missing: int = 0


Kind = Literal["spans", "topics", "topic", "other"]
"""What a measure compares: spans, sets of topics, one topic; `other` is told apart: it flatters, or sees little."""


class Measure(NamedTuple):
    """A measure in words."""

    key: str
    kind: Kind
    title: Message
    about: Message


MEASURES: tuple[Measure, ...] = (
    Measure(
        "strict",
        "spans",
        message("F1, strict"),
        message("The same span and the same label (SemEval-2013; one optimal matching)."),
    ),
    Measure("exact", "spans", message("F1, exact"), message("The same span, whatever its label.")),
    Measure("type", "spans", message("F1, type"), message("The same label on spans that overlap.")),
    Measure(
        "partial",
        "spans",
        message("F1, partial"),
        message("Spans that overlap count half, equal spans whole, whatever their labels."),
    ),
    Measure(
        "alpha-u",
        "spans",
        message("alpha-U"),
        message(
            "Krippendorff's alpha for spans and their labels, beyond chance (2004); nested spans of one label are"
            " compared level by level."
        ),
    ),
    Measure(
        "topics-masi",
        "topics",
        message("Topics: alpha, MASI"),
        message("Krippendorff's alpha over sets of topics; sets that overlap agree in part (Passonneau 2006)."),
    ),
    Measure(
        "topics-jaccard",
        "topics",
        message("Topics: alpha, Jaccard"),
        message("The same with the share of common topics as agreement."),
    ),
    Measure(
        "topic-alpha", "topic", message("alpha"), message("Krippendorff's alpha: does the article have this topic?")
    ),
    Measure(
        "topic-f1", "topic", message("F1"), message("Of those who gave this topic: how often the other gave it too.")
    ),
    Measure(
        "label-alpha",
        "other",
        message("Label of equal spans: alpha"),
        message("Krippendorff's alpha of the labels where both marked the same span: it says nothing of other spans."),
    ),
    Measure(
        "label-kappa",
        "other",
        message("Label of equal spans: Cohen's kappa"),
        message("The same, with what each annotator uses as chance (Cohen 1960)."),
    ),
    Measure(
        "label-pi",
        "other",
        message("Label of equal spans: Scott's pi"),
        message("The same, with what both use as chance."),
    ),
    Measure(
        "label-s", "other", message("Label of equal spans: Bennett's S"), message("The same, with all labels alike.")
    ),
    Measure(
        "words-fleiss",
        "other",
        message("Words: Fleiss' kappa"),
        message(
            "Over words, nearly all of which lie outside of spans, where it is easy to agree; long spans weigh more,"
            " and of nested spans only the innermost is seen. Compare it with nothing but itself."
        ),
    ),
    Measure(
        "words-kappa",
        "other",
        message("Words: Cohen's kappa"),
        message("The same for two annotators, with the same flaws."),
    ),
)
BY_KEY = {measure.key: measure for measure in MEASURES}


def is_other(measure: str) -> bool:
    """Say whether a measure is told apart from the headline figures, with what is wrong with it."""
    return BY_KEY[measure].kind == "other"


def why(figure: Figure) -> Message | None:
    """Say why a figure is “n/a”, or has no interval; None where it has all."""
    if figure.value is None:
        if not figure.articles:
            return message("no article to compare")
        return message("nothing varies") if figure.n else message("nothing was said")
    if figure.low is not None:
        return None
    if figure.articles < 2:
        return message("no interval: one article")
    return message("no interval: most draws leave it undefined")

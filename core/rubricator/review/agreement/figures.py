"""Which figures there are, what they are called and where they come from; and a figure as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

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


class Measure(NamedTuple):
    """A measure in words."""

    key: str
    title: Message
    about: Message


MEASURES: tuple[Measure, ...] = (
    Measure(
        "strict",
        message("F1, strict"),
        message("The same span and the same label (SemEval-2013; one optimal matching)."),
    ),
    Measure("exact", message("F1, exact"), message("The same span, whatever its label.")),
    Measure("type", message("F1, type"), message("The same label on spans that overlap.")),
    Measure(
        "partial",
        message("F1, partial"),
        message("Spans that overlap count half, equal spans whole, whatever their labels."),
    ),
    Measure(
        "alpha-u",
        message("alpha-U"),
        message(
            "Krippendorff's alpha for spans and their labels, beyond chance (2004); nested spans of one label are"
            " compared level by level."
        ),
    ),
    Measure(
        "topics-masi",
        message("Topics: alpha, MASI"),
        message("Krippendorff's alpha over sets of topics; sets that overlap agree in part (Passonneau 2006)."),
    ),
    Measure(
        "topics-jaccard",
        message("Topics: alpha, Jaccard"),
        message("The same with the share of common topics as agreement."),
    ),
    Measure("topic-alpha", message("alpha"), message("Krippendorff's alpha: does the article have this topic?")),
    Measure("topic-f1", message("F1"), message("Of those who gave this topic: how often the other gave it too.")),
    Measure(
        "label-alpha",
        message("Label of equal spans: alpha"),
        message("Krippendorff's alpha of the labels where both marked the same span: it says nothing of other spans."),
    ),
    Measure(
        "label-kappa",
        message("Label of equal spans: Cohen's kappa"),
        message("The same, with what each annotator uses as chance (Cohen 1960)."),
    ),
    Measure(
        "label-pi", message("Label of equal spans: Scott's pi"), message("The same, with what both use as chance.")
    ),
    Measure("label-s", message("Label of equal spans: Bennett's S"), message("The same, with all labels alike.")),
    Measure(
        "words-fleiss",
        message("Words: Fleiss' kappa"),
        message(
            "Over words, nearly all of which lie outside of spans, where it is easy to agree; long spans weigh more,"
            " and of nested spans only the innermost is seen. Compare it with nothing but itself."
        ),
    ),
    Measure(
        "words-kappa", message("Words: Cohen's kappa"), message("The same for two annotators, with the same flaws.")
    ),
)
BY_KEY = {measure.key: measure for measure in MEASURES}

SPAN_MEASURES = ("strict", "exact", "type", "partial", "alpha-u")
TOPIC_MEASURES = ("topics-masi", "topics-jaccard")
OTHER_MEASURES = ("label-alpha", "label-kappa", "label-pi", "label-s", "words-fleiss", "words-kappa")

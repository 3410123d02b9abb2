"""The report as one page: no script, nothing from elsewhere, and every word from outside escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from rubricator.review.agreement.bootstrap import REPLICATES
from rubricator.review.agreement.figures import BY_KEY, OTHER_MEASURES, Figure
from rubricator.review.agreement.report import NO_LABEL, Group, Matrix, Report
from rubricator.review.agreement.tables import shown
from rubricator.words import Message, message, plural, say

_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
p.about, td.about { color: color-mix(in srgb, currentColor 65%, transparent); }
table { border-collapse: collapse; margin: .6rem 0; }
th, td { padding: .25rem .8rem .25rem 0; text-align: left; vertical-align: top; }
th { font-weight: 600; } tbody th { white-space: nowrap; }
thead th { border-bottom: 1px solid; vertical-align: bottom; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.n small { color: color-mix(in srgb, currentColor 60%, transparent); }
.wide { overflow-x: auto; } td.same { font-weight: 600; }
@media print { body { max-width: none; } h2 { break-after: avoid; } }
"""
_TABLE = "<table cellpadding=4>"
_SECTIONS: tuple[tuple[str, Message, Message], ...] = (
    ("labels", message("By label"), message("Each annotation counts for its own label.")),
    (
        "topics",
        message("By topic"),
        message("Alpha of yes and no over all compared articles; n counts how often the topic was given."),
    ),
    ("pairs", message("By pair"), message("Two annotators at a time.")),
    ("weeks", message("By week"), message("By the week in which the later of the layers was last changed.")),
    ("drift", message("By annotator and week"), message("Each annotator with the others, week by week.")),
    (
        "repeats",
        message("Agreement with oneself"),
        message("An annotator who got the same text a second time, without being told."),
    ),
    (
        "shares",
        message("By share of the second annotation"),
        message("What was drawn by lot, on purpose, and not at all: what looks hard says nothing of all."),
    ),
)


def to_html(report: Report) -> str:
    """Return the report as an HTML page."""
    title = say(message("Agreement"))
    names = ", ".join(who.name for who in report.annotators)
    heading = (
        say(message("{names}, against {gold}", names=names, gold=report.against.name)) if report.against else names
    )
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en"><head><meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{escape(title)}</h1><p>{escape(heading)}</p>",
            *(f"<p>{escape(say(words))}</p>" for words in summary(report)),
            *_overall(report.overall),
            *(html for key, title, about in _SECTIONS for html in _groups(getattr(report, key), title, about)),
            *(html for matrix in report.matrices for html in _matrix(matrix)),
            "</body></html>",
            "",
        ]
    )


def summary(report: Report) -> list[Message]:
    """Return what the figures are about, in words."""
    words = [
        plural(
            "{compared} of {n} article with finished work was compared.",
            "{compared} of {n} articles with finished work were compared.",
            report.articles,
            compared=report.compared,
        )
    ]
    if report.made_of:
        words.append(
            message("The figures are made of articles that were drawn by lot for a second annotation.")
            if report.made_of == ("random",)
            else message("Articles that were drawn on purpose for a second annotation are kept apart.")
        )
    if report.unfinished:
        words.append(
            plural(
                "{n} layer was left out, since it is not finished.",
                "{n} layers were left out, since they are not finished.",
                report.unfinished,
            )
        )
    if report.compared:
        words.append(
            message(
                "Intervals hold 95 % of {n} draws of the articles with replacement (bootstrap, seed {seed}); “n/a” is"
                " what is not defined: nothing was said, or nothing varies.",
                n=REPLICATES,
                seed=report.seed,
            )
        )
    return words


def _overall(group: Group) -> Iterable[str]:
    first = [figure for figure in group.figures if figure.measure not in OTHER_MEASURES]
    other = [figure for figure in group.figures if figure.measure in OTHER_MEASURES]
    for title, figures in ((message("Overall"), first), (message("Other figures"), other)):
        if not figures:
            continue
        yield f"<h2>{escape(say(title))}</h2>{_TABLE}<thead><tr>"
        heads = [message("Measure"), message("Value"), message("95 % interval"), message("n")]
        heads += [message("Articles"), message("Missing"), message("What it is")]
        yield "".join(f"<th{' class=n' if 0 < i < 6 else ''}>{escape(say(x))}</th>" for i, x in enumerate(heads))
        yield "</tr></thead><tbody>"
        for figure in figures:
            title, about = BY_KEY[figure.measure].title, BY_KEY[figure.measure].about
            cells = (shown(figure.value), _bounds(figure), figure.n, figure.articles, figure.missing)
            yield (
                f"<tr><th>{escape(say(title))}</th>"
                + "".join(f"<td class=n>{cell}</td>" for cell in cells)
                + f"<td class=about>{escape(say(about))}</td></tr>"
            )
        yield "</tbody></table>"


def _groups(groups: Sequence[Group], title: Message, about: Message) -> Iterable[str]:
    if not groups:
        return
    found = list(dict.fromkeys(figure.measure for group in groups for figure in group.figures))
    yield f"<h2>{escape(say(title))}</h2><p class=about>{escape(say(about))}</p>"
    for other in (False, True):
        measures = [measure for measure in found if (measure in OTHER_MEASURES) is other]
        if measures:
            yield from _table(groups, measures)


def _table(groups: Sequence[Group], measures: Sequence[str]) -> Iterable[str]:
    yield f"<div class=wide>{_TABLE}<thead><tr><th></th>"
    heads = [BY_KEY[measure].title for measure in measures]
    heads += [message("n"), message("Articles"), message("Missing")]
    yield "".join(f"<th class=n>{escape(say(head))}</th>" for head in heads) + "</tr></thead><tbody>"
    for group in groups:
        figures = [group.of(measure) or Figure(measure) for measure in measures]
        cells = [f"{shown(figure.value)}<br><small>{_bounds(figure)}</small>" for figure in figures]
        cells += [str(n) for n in (figures[0].n, figures[0].articles, figures[0].missing)]
        row = "".join(f"<td class=n>{cell}</td>" for cell in cells)
        yield f"<tr><th>{escape(group.title or group.name)}</th>{row}</tr>"
    yield "</tbody></table></div>"


def _matrix(matrix: Matrix) -> Iterable[str]:
    title = message("Labels of {one} (rows) and {other} (columns)", one=matrix.one, other=matrix.other)
    nothing = say(message("nothing"))
    names = [*matrix.labels, NO_LABEL]
    n = {(cell.row, cell.column): cell.n for cell in matrix.cells}
    yield f"<h2>{escape(say(title))}</h2><div class=wide>{_TABLE}<thead><tr><th></th>"
    yield "".join(f"<th class=n>{escape(name or nothing)}</th>" for name in names) + "</tr></thead><tbody>"
    for row in names:
        cells = (
            f"<td class='n{' same' if row == column else ''}'>{n.get((row, column), '') if row or column else ''}</td>"
            for column in names
        )
        yield f"<tr><th>{escape(row or nothing)}</th>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"


def _bounds(figure: Figure) -> str:
    return "" if figure.low is None else f"[{shown(figure.low)}, {shown(figure.high)}]"

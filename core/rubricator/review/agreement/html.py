"""The report as one page: no script, nothing from elsewhere, and every word from outside escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from rubricator.review.agreement.bootstrap import REPLICATES
from rubricator.review.agreement.figures import BY_KEY, Figure, is_other
from rubricator.review.agreement.report import NO_LABEL, SECTIONS, Group, Matrix, Report, Section
from rubricator.review.agreement.tables import bounds, bounds_or_why, shown
from rubricator.words import Message, isolated, message, plural, say

_STYLE = """
:root { color-scheme: light dark; }
body { font: %dpx/1.5 system-ui, sans-serif; max-width: 1024px; margin: 32px auto; padding: 0 16px; }
h1 { font-size: 24px; } h2 { font-size: 17px; margin-top: 28px; margin-bottom: 4px; }
p.about, td.about { color: color-mix(in srgb, currentColor 65%%, transparent); }
table { border-collapse: collapse; margin: 8px 0; }
th, td { padding: 3px 14px 3px 0; text-align: left; vertical-align: top; }
th { font-weight: 600; } tbody th { white-space: nowrap; }
thead th { border-bottom: 1px solid; vertical-align: bottom; }
td.n, th.n, td.why { text-align: right; font-variant-numeric: tabular-nums; }
td.n, th.count { white-space: nowrap; }
small { color: color-mix(in srgb, currentColor 60%%, transparent); }
.wide { overflow-x: auto; } td.same { font-weight: 600; }
@media print { body { max-width: none; } h2 { break-after: avoid; } }
"""
_NAME_MOST = 48
"""Characters of a name that are shown."""
_TABLE = "<table>"


def to_html(report: Report, letters: int = 15) -> str:
    """Return the report as an HTML page, its letters so many pixels high."""
    title = say(message("Agreement"))
    names = ", ".join(isolated(who.name) for who in report.annotators)
    heading = (
        say(message("{names}, against {gold}", names=names, gold=isolated(report.against.name)))
        if report.against
        else names
    )
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en"><head><meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title><style>{_STYLE % letters}</style></head><body>",
            f"<h1>{escape(title)}</h1><p>{escape(heading)}</p>",
            *(f"<p>{escape(say(words))}</p>" for words in summary(report)),
            *_overall(report.overall),
            *(html for section in SECTIONS for html in _groups(report.of(section.key), section)),
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
    first = [figure for figure in group.figures if not is_other(figure.measure)]
    other = [figure for figure in group.figures if is_other(figure.measure)]
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
            interval = f"<td class={'why' if figure.low is None else 'n'}>{escape(bounds_or_why(figure))}</td>"
            cells = (figure.n, figure.articles, figure.missing)
            yield (
                f"<tr><th>{escape(say(title))}</th>{_cell(shown(figure.value))}{interval}{''.join(map(_cell, cells))}"
                f"<td class=about>{escape(say(about))}</td></tr>"
            )
        yield "</tbody></table>"


def _groups(groups: Sequence[Group], section: Section) -> Iterable[str]:
    if not groups:
        return
    found = list(dict.fromkeys(figure.measure for group in groups for figure in group.figures))
    yield f"<h2>{escape(say(section.title))}</h2><p class=about>{escape(say(section.about))}</p>"
    for other in (False, True):
        measures = [measure for measure in found if is_other(measure) is other]
        if measures:
            yield from _table(groups, measures)


def _table(groups: Sequence[Group], measures: Sequence[str]) -> Iterable[str]:
    yield f"<div class=wide>{_TABLE}<thead><tr><th></th>"
    heads = [BY_KEY[measure].title for measure in measures]
    counts = (message("n"), message("Articles"), message("Missing"))
    yield "".join(f"<th class=n>{escape(say(head))}</th>" for head in heads)
    yield "".join(f"<th class='n count'>{escape(say(head))}</th>" for head in counts) + "</tr></thead><tbody>"
    for group in groups:
        figures = [group.of(measure) or Figure(measure) for measure in measures]
        row = "".join(_cell(shown(figure.value), figure) for figure in figures)
        row += "".join(map(_cell, (figures[0].n, figures[0].articles, figures[0].missing)))
        yield f"<tr>{_name(group.shown)}{row}</tr>"
    yield "</tbody></table></div>"


def _matrix(matrix: Matrix) -> Iterable[str]:
    title = message(
        "Labels of {one} (rows) and {other} (columns)", one=isolated(matrix.one), other=isolated(matrix.other)
    )
    nothing = say(message("nothing"))
    names = [NO_LABEL, *matrix.labels]
    n = {(cell.row, cell.column): cell.n for cell in matrix.cells}
    yield f"<h2>{escape(say(title))}</h2><div class=wide>{_TABLE}<thead><tr><th></th>"
    yield "".join(_name(name or nothing, " class=n") for name in names) + "</tr></thead><tbody>"
    for row in names:
        cells = (
            f"<td class='n{' same' if row == column else ''}'>{n.get((row, column), '') if row or column else ''}</td>"
            for column in names
        )
        yield f"<tr>{_name(row or nothing)}{''.join(cells)}</tr>"
    yield "</tbody></table></div>"


def _name(words: str, kind: str = "") -> str:
    """Return a head with a name; a very long one is cut, and whole where the pointer rests."""
    if len(words) <= _NAME_MOST:
        return f"<th dir=auto{kind}>{escape(words)}</th>"
    return f'<th dir=auto{kind} title="{escape(words)}">{escape(words[:_NAME_MOST])}…</th>'


def _cell(words: object, figure: Figure | None = None) -> str:
    """Return a cell; below its words, where a figure is given, the interval, or in words why it is undefined.

    Numbers stay on one line, words do not. That a figure has a value and no interval the counts beside it explain.
    """
    if figure is None:
        return f"<td class=n>{words}</td>"
    kind = "n" if figure.value is not None else "why"
    under = bounds(figure) if figure.value is not None else bounds_or_why(figure)
    return f"<td class={kind}>{words}{f'<br><small>{escape(under)}</small>' if under else ''}</td>"

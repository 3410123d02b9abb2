"""The report: what is counted, by whom, and how it is written."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser

import pytest
from tests.review.agreement.layers import mark, said

from rubricator.model.spans import Stamp
from rubricator.review.agreement.figures import BY_KEY, Figure, why
from rubricator.review.agreement.gathering import Gathering
from rubricator.review.agreement.html import to_html
from rubricator.review.agreement.report import Behind, Group, Matrix, Report
from rubricator.review.agreement.sheets import Said, Sheet, Who, week_of
from rubricator.review.agreement.tables import bounds_or_why, shown, to_csv, to_json
from rubricator.words import say

ANNA, BEN, CLEO, GOLD = Who("a", "anna"), Who("b", "ben"), Who("c", "cleo"), Who("g", "gold")
TEXT = "Anna Lebrune flew from Bonn to Port Velis and back."


def gathered(*sheets: dict[str, Said], people: tuple[Who, ...] = (ANNA, BEN), gold: Who | None = None) -> Report:
    gathering = Gathering(people, gold)
    for n, layers in enumerate(sheets):
        gathering.add(Sheet(f"article {n}", TEXT, layers, f"2026-W{n + 10}"))
    return gathering.report()


def value(group: Group, measure: str) -> float | None:
    found = group.of(measure)
    assert found is not None
    return found.value


def test_identical_layers_agree_in_everything() -> None:
    whole = {
        "a": said(("PER", 0, 12), ("LOC", 23, 27), topics="t1"),
        "b": said(("PER", 0, 12), ("LOC", 23, 27), topics="t1"),
    }
    empty = {"a": said(topics="t2"), "b": said(topics="t2")}
    report = gathered(whole, empty)
    assert {figure.value for figure in report.overall.figures} == {1.0}
    for _, group in report.groups():
        for figure in group.figures:
            assert figure.value in (1.0, None), (group.name, figure)
    assert (report.articles, report.compared) == (2, 2)


def test_nothing_is_not_a_number_anywhere() -> None:
    for report in (gathered(), gathered({"a": said(("PER", 0, 4))}), gathered({"a": said(), "b": said()})):
        assert report.overall.figures
        assert [figure.value for figure in report.overall.figures] == [None] * len(report.overall.figures)
        page, table = to_html(report), to_csv(report)
        assert "n/a" in page
        assert "n/a" in table


def test_f1_is_pooled_over_the_pairs_and_told_for_each() -> None:
    layers = {"a": said(("PER", 0, 4)), "b": said(("PER", 0, 4)), "c": said(("LOC", 0, 12))}
    report = gathered(layers, people=(ANNA, BEN, CLEO))
    assert value(report.overall, "strict") == pytest.approx(1 / 3)
    assert value(report.overall, "partial") == pytest.approx((1 + 0.5 + 0.5) / 3)
    assert {group.name: value(group, "strict") for group in report.pairs} == {
        "anna × ben": 1,
        "anna × cleo": 0,
        "ben × cleo": 0,
    }
    assert {group.name: value(group, "strict") for group in report.labels} == {"LOC": 0, "PER": 0.5}
    assert {group.name: value(group, "exact") for group in report.labels} == {"LOC": 0, "PER": 0.5}


def test_against_gold_annotators_are_not_compared_with_each_other() -> None:
    layers = {"g": said(("PER", 0, 4)), "a": said(("PER", 0, 4)), "b": said(("LOC", 0, 4))}
    report = gathered(layers, people=(ANNA, BEN), gold=GOLD)
    assert [group.name for group in report.pairs] == ["gold × anna", "gold × ben"]
    assert value(report.overall, "strict") == 0.5
    assert [group.name for group in report.drift] == ["anna 2026-W10", "ben 2026-W10"]
    without = {"a": said(("PER", 0, 4)), "b": said(("PER", 0, 4))}
    assert gathered(without, gold=GOLD).compared == 0


def test_missing_layers_are_counted_where_somebody_was_done() -> None:
    both, one = {"a": said(("PER", 0, 4)), "b": said(("PER", 0, 4))}, {"a": said(("PER", 0, 4))}
    report = gathered(both, one, one, {}, people=(ANNA, BEN, CLEO))
    strict = report.overall.of("strict")
    assert strict is not None
    assert (strict.n, strict.articles, strict.missing) == (2, 1, 1 + 2 + 2)
    assert (report.articles, report.compared) == (3, 1)
    pairs = {group.name: figure.missing for group in report.pairs if (figure := group.of("strict"))}
    assert pairs == {"anna × ben": 2, "anna × cleo": 3, "ben × cleo": 1}


def test_behind_each_cell_are_the_annotations() -> None:
    a = [mark("PER", 0, 4, uid="a1"), mark("LOC", 23, 27, uid="a2")]
    b = [mark("ORG", 0, 4, uid="b1"), mark("LOC", 31, 41, uid="b2")]
    (matrix,) = gathered({"a": Said(a), "b": Said(b)}).matrices
    assert (matrix.one, matrix.other, matrix.labels) == ("anna", "ben", ("LOC", "ORG", "PER"))
    assert matrix.cell("PER", "ORG").behind == (Behind("article 0", "a1", "b1"),)
    assert matrix.cell("LOC", "").behind == (Behind("article 0", "a2", ""),)
    assert matrix.cell("", "LOC").behind == (Behind("article 0", "", "b2"),)
    assert matrix.cell("LOC", "LOC").n == 0
    assert sum(cell.n for cell in matrix.cells) == 3


def test_topics_are_compared_as_sets_and_one_by_one() -> None:
    sheets = [
        {"a": said(topics="war"), "b": said(topics="war")},
        {"a": said(topics="war trade"), "b": said(topics="trade")},
        {"a": said(topics="sport"), "b": said(topics="sport")},
        {"a": said(topics="sport"), "b": said(topics="trade")},
    ]
    report = gathered(*sheets)
    found = {
        group.name: (value(group, "topic-f1"), figure.n) for group in report.topics if (figure := group.figures[0])
    }
    assert found == dict.fromkeys(("sport", "trade", "war"), (2 / 3, 3))
    # “war”: yes and yes, yes and no, no and no twice: 8 values, 3 of them yes; D_o = 2/8, D_e = 2 * 3 * 5 / (8 * 7).
    war = next(group for group in report.topics if group.name == "war")
    assert value(war, "topic-alpha") == pytest.approx(1 - (2 / 8) / (2 * 3 * 5 / 56))
    masi, jaccard = value(report.overall, "topics-masi"), value(report.overall, "topics-jaccard")
    assert masi is not None
    assert jaccard is not None
    assert masi < jaccard < 1


def test_weeks_tell_how_it_goes_on() -> None:
    good = {"a": said(("PER", 0, 4)), "b": said(("PER", 0, 4))}
    bad = {"a": said(("PER", 0, 4)), "b": said(("LOC", 5, 9))}
    report = gathered(bad, good)
    assert [(group.name, value(group, "strict")) for group in report.weeks] == [("2026-W10", 0), ("2026-W11", 1)]
    assert [group.name for group in report.drift] == [
        "anna 2026-W10",
        "anna 2026-W11",
        "ben 2026-W10",
        "ben 2026-W11",
    ]


def test_an_article_is_one_however_many_annotators_it_has() -> None:
    layers = {one: said(("PER", 0, 4)) for one in "abc"}
    report = gathered(layers, layers, people=(ANNA, BEN, CLEO))
    for _, group in report.groups():
        for figure in group.figures:
            assert figure.articles in (1, 2), (group.name, figure)
    assert [figure.articles for group in report.drift for figure in group.figures] == [1] * 5 * 6


def test_a_week_is_that_of_the_last_change() -> None:
    first = mark("PER", 0, 4, created=Stamp("a", "2026-11-23T10:00:00.000Z"))
    changed = mark("PER", 5, 9, created=Stamp("a", "2020-01-01T00:00:00Z"), modified=Stamp("a", "2027-01-03T09:00:00Z"))
    assert week_of([first]) == "2026-W48"
    assert week_of([first, changed]) == "2026-W53"
    assert week_of([]) == week_of([mark("PER", 0, 4, created=Stamp("a", "yesterday"))]) == ""


def test_who_got_a_text_twice_is_compared_with_themselves() -> None:
    gathering = Gathering((ANNA, BEN))
    gathering.add_again("a", said(("PER", 0, 4), topics="x"), said(("PER", 0, 4), topics="x"), TEXT)
    gathering.add_again("a", said(("PER", 0, 4), topics="y"), said(("LOC", 0, 4), topics="y"), TEXT)
    (group,) = gathering.report().repeats
    assert (group.name, value(group, "strict"), value(group, "exact"), value(group, "topics-masi")) == (
        "anna",
        0.5,
        1,
        1,
    )


def test_the_order_of_annotators_changes_no_figure() -> None:
    layers = {"a": said(("PER", 0, 4), ("LOC", 23, 27)), "b": said(("ORG", 0, 12)), "c": said(("LOC", 23, 27))}
    there = gathered(layers, layers, people=(ANNA, BEN, CLEO)).overall
    back = gathered(layers, layers, people=(CLEO, ANNA, BEN)).overall
    assert [(f.measure, f.n, f.articles) for f in there.figures] == [(f.measure, f.n, f.articles) for f in back.figures]
    assert [f.value for f in there.figures] == pytest.approx([f.value for f in back.figures], nan_ok=True)


# --- how it is written --------------------------------------------------------------------------------------------

EVIL = Who("e", "=cmd|'/c calc'!A1<script>alert(1)</script>")


def evil() -> Report:
    layers = {"e": said(("<b>PER", 0, 4), topics="@t"), "b": said(("+LOC", 0, 4), topics="-u")}
    return gathered(layers, layers, people=(EVIL, BEN))


class Tags(HTMLParser):
    """Collects what a page holds."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_runs_nothing_fetches_nothing_and_escapes_all() -> None:
    page = Tags()
    page.feed(to_html(evil()))
    assert not page.tags & {"script", "img", "link", "iframe", "b", "a"}
    assert not page.attributes & {"src", "href", "onclick", "style"}
    assert "<b>PER" in page.text
    assert "<script>alert(1)</script>" in page.text


def test_no_cell_of_the_table_is_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(to_csv(evil()), newline="")))
    assert {len(row) for row in rows} == {9}
    outside = [cell for row in rows[1:] for cell in row[:2]]
    assert not [cell for cell in outside if cell[:1] in "=+-@\t\r" and cell]
    assert "'+LOC" in outside
    assert any(row[3].startswith("-") for row in rows[1:])  # a number below zero stays a number


def test_json_holds_all_of_it_with_null_for_what_is_undefined() -> None:
    report = gathered({"a": said(("PER", 0, 4)), "b": said()})
    held = json.loads(json.dumps(to_json(report)))
    assert held["overall"]["figures"][0]["measure"] == "strict"
    assert {figure["value"] for figure in held["overall"]["figures"] if figure["measure"].startswith("topics")} == {
        None
    }
    assert held["matrices"][0]["cells"][0]["behind"][0]["article"] == "article 0"


def test_figures_are_shown_with_all_their_digits() -> None:
    assert [shown(x) for x in (None, 0.0, 1.0, -0.0001, 0.12345)] == ["n/a", "0.000", "1.000", "0.000", "0.123"]


def test_every_figure_of_a_report_has_words() -> None:
    layers = {"a": said(("PER", 0, 4), topics="t"), "b": said(("PER", 0, 4), topics="t")}
    report = gathered(layers, layers)
    assert {figure.measure for _, group in report.groups() for figure in group.figures} == {*BY_KEY}
    assert Matrix("a", "b", (), ()).cell("x", "y").n == 0
    assert Group("g", (Figure("strict"),)).of("exact") is None


def test_what_is_undefined_says_why() -> None:
    def told(figure: Figure) -> str:
        words = why(figure)
        return say(words) if words is not None else ""

    assert told(Figure("strict")) == "no article to compare"
    assert told(Figure("strict", articles=3)) == "nothing was said"
    assert told(Figure("alpha-u", n=4, articles=3)) == "nothing varies"
    assert told(Figure("strict", 0.5, n=4, articles=1)) == "no interval: one article"
    assert told(Figure("strict", 0.5, n=4, articles=2)) == "no interval: most draws leave it undefined"
    assert told(Figure("strict", 0.5, 0.4, 0.6, 4, 2)) == ""
    assert bounds_or_why(Figure("strict", 0.5, 0.4, 0.6, 4, 2)) == "[0.400, 0.600]"
    alone = to_html(gathered({"a": said(("PER", 0, 4))}))
    assert "no article to compare" in alone
    same = to_html(gathered({"a": said(), "b": said()}))
    assert "nothing was said" in same


def test_names_from_right_to_left_keep_their_places() -> None:
    sara, dana = Who("s", "שרה"), Who("d", "דנה")
    layers = {"s": said(("PER", 0, 4)), "d": said(("PER", 0, 4))}
    report = gathered(layers, people=(sara, dana))
    (pair,) = report.pairs
    assert (pair.name, pair.shown) == ("שרה × דנה", "\u2068שרה\u2069 × \u2068דנה\u2069")
    assert report.drift[0].shown == "\u2068שרה\u2069 2026-W10"
    assert gathered({"a": said(), "b": said()}).pairs[0].title == ""


def test_a_name_without_an_end_is_cut_on_the_page() -> None:
    label = "L" * 300 + "<"
    page = to_html(gathered({"a": said((label, 0, 4)), "b": said((label, 0, 4))}))
    assert f">{'L' * 48}…</th>" in page
    assert f'title="{"L" * 300}&lt;"' in page
    assert f">{label}" not in page

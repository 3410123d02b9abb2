"""The second annotation: what is drawn, kept and told apart, and texts that come a second time unnoticed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.making import ANNA, BEN, make, ticking

from rubricator import cli
from rubricator.errors import UserError
from rubricator.exchange.differences import adjudicate
from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.outgoing import export
from rubricator.hub import packets
from rubricator.hub.merging import merge, plan
from rubricator.model.edits import Add, Edit
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.review.policy import Policy
from rubricator.settings import Me
from rubricator.store import check
from rubricator.verbs.samples import Count, count_from
from rubricator.words import say

TEXTS = [(f"a{n:02}", f"Anna Lebrune left Bonn on day {n:02}.") for n in range(40)]
CLARA = Me("00000000-0000-4000-8000-00000000000c", "clara", "00000000-0000-4000-8000-0000000000dc")
Tell = Callable[..., tuple[int, str]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a project that Anna has finished: each of the last ten articles has one city more than those before."""
    file = tmp_path / "p.rubric"
    with make(file, ANNA, TEXTS) as project:
        for n, (uid, _text) in enumerate(TEXTS):
            project.annotate(uid, "PERSON", [Span.of(0, 12)])
            for k in range(max(0, n - 29)):
                project.annotate(uid, "CITY", [Span.of(18 + k, 19 + k)])
            project.set_status(uid, "done")
        project.join("ben")
    return file


@pytest.fixture
def tell(capfd: pytest.CaptureFixture[str]) -> Tell:
    def run(*arguments: object) -> tuple[int, str]:
        capfd.readouterr()
        code = cli.run(cli.rubricator, [str(item) for item in arguments])
        out, err = capfd.readouterr()
        return code, out + err

    return run


def ben(project: Project) -> str:
    return next(one.id for one in project.rows.annotators() if one.name == "ben")


@pytest.mark.parametrize(
    ("words", "count"),
    [("20", Count(20)), ("10%", Count(10, True)), (" 2.5 % ", Count(2.5, True)), ("0", Count(0))],
)
def test_how_many(words: str, count: Count) -> None:
    assert count_from(words) == count


@pytest.mark.parametrize("words", ["", "x", "-1", "1.5", "101%", "1e3", "%", "٣"])
def test_what_is_no_number(words: str) -> None:
    with pytest.raises(UserError, match="no number of articles"):
        count_from(words)


def test_what_is_drawn_is_kept_and_hangs_on_the_seed(path: Path) -> None:
    with Project.open(path, ANNA) as project:
        drawing = project.samples.draw(ben(project), Count(25, True), 3, ["label:CITY"], seed=7)
        assert (len(drawing.random), drawing.seed, drawing.by) == (10, 7, ANNA.annotator)
        # Those with the most cities that the lot did not take.
        most = [f"a{n:02}" for n in range(39, 29, -1) if f"a{n:02}" not in drawing.random][:3]
        assert list(drawing.targeted) == most
        assert project.samples.all() == [drawing]
        assert "Drew 13 articles for a second annotation by ben" in say(project.history(1)[0][1].what)
        project.undo()
        assert project.samples.all() == []
        again = project.samples.draw(ben(project), Count(10), seed=7)
        assert again.random == drawing.random
        assert project.samples.draw(ben(project), Count(10), seed=8).random != drawing.random
    with Project.open(path, BEN) as project:
        assert len(project.samples.all()) == 2
        assert [f for f in project.check(full=True) if f.damage] == []


def test_a_later_draw_adds_to_the_first_and_leaves_out_what_was_done_unasked(path: Path) -> None:
    with Project.open(path, ANNA) as project:
        first = project.samples.draw(ben(project), Count(5))
        who = ben(project)
    me = Me(who, "ben", BEN.device)
    with Project.open(path, me) as project:
        free = next(uid for uid, _t in TEXTS if uid not in first.random)
        for uid in (free, first.random[0]):
            project.annotate(uid, "PERSON", [Span.of(0, 12)])
        second = project.samples.draw(who, Count(39))
        assert {*first.random} < {*second.random}
        assert {uid for uid, _t in TEXTS} - {*second.random} == {free}
        with pytest.raises(UserError, match="Nothing was drawn"):
            project.samples.draw(who, Count(0))
        given = project.samples.given()
        assert (given.share(who, free), given.share(who, first.random[0])) == ("", "random")


@pytest.mark.parametrize(
    ("by", "why"),
    [
        ([], "Say what"),
        (["label:NONE"], "no label “NONE”"),
        (["topic:x"], "no topic “x”"),
        (["label:"], "Nothing is drawn by “label:”"),
        (["length"], "Nothing is drawn by “length”"),
        (["differences:x"], "Nothing is drawn by “differences:x”"),
        (["label:CITY", "what"], "Nothing is drawn by “what”"),
    ],
)
def test_what_nothing_is_drawn_by(path: Path, by: list[str], why: str) -> None:
    with Project.open(path, ANNA) as project:
        before = check.state(project._store.db)
        with pytest.raises(UserError, match=why):
            project.samples.draw(ben(project), Count(1), 1, by)
        assert check.state(project._store.db) == before


def test_nothing_is_drawn_for_gold_and_nobody_joins_without_a_name(path: Path, tmp_path: Path) -> None:
    with Project.open(path, ANNA) as project:
        project.review.join()
        before = check.state(project._store.db)
        with pytest.raises(UserError, match="gold layer"):
            project.samples.draw(project.review.gold, Count(1))
        gold = packets.annotator_called(project, "gold")
        assert gold is not None
        with pytest.raises(UserError, match="gold layer"):
            packets.pack(project, tmp_path / "g.rubpack", gold, packets.articles_of(project, gold.id), gold=True)
        with pytest.raises(UserError, match="needs a name"):
            project.join(" \t ")
        assert check.state(project._store.db) == before


def test_drawn_by_what_others_differ_in_and_by_topics(path: Path) -> None:
    with Project.open(path, CLARA) as project:
        for uid, label in (("a03", "CITY"), ("a05", "PERSON"), ("a07", "CITY")):
            project.annotate(uid, label, [Span.of(0, 12)])
        project.annotate("a07", "PERSON", [Span.of(0, 12)])
        project.topics.add("Harbours")
        topic = project.scheme.topics[0].code
        project.topics.give("a11", [topic])
        # a11: a topic that Anna did not give is a difference, too.
        found = project.samples.draw(ben(project), Count(0), 9, ["differences"])
        assert found.targeted[0] == "a03"
        assert {*found.targeted} == {"a03", "a07", "a11"}
        project.undo()
        assert project.samples.draw(ben(project), Count(0), 9, [f"topic:{topic}"]).targeted == ("a11",)


def finish(path: Path, who: str, articles: list[str], label: str = "PERSON") -> None:
    with Project.open(path, ANNA) as project:
        name = project.rows.name_of(who) or ""
    with Project.open(path, Me(who, name, BEN.device)) as project:
        for uid in articles:
            project.annotate(uid, label, [Span.of(0, 12)])
            project.set_status(uid, "done")


def test_agreement_tells_the_shares_apart(path: Path) -> None:
    with Project.open(path, ANNA) as project:
        who = ben(project)
        drawing = project.samples.draw(who, Count(6), 4, ["label:CITY"])
    unasked = [uid for uid, _t in TEXTS[:29] if uid not in drawing.random][:2]
    finish(path, who, [*drawing.random[:5], *unasked])
    finish(path, who, [*drawing.targeted], "CITY")
    with Project.open(path, ANNA) as project:
        report = project.agreement.report()
        assert (report.made_of, report.articles, report.compared) == (("random",), 6, 5)
        exact, strict = report.overall.of("exact"), report.overall.of("strict")
        assert exact is not None
        assert strict is not None
        assert (strict.missing, strict.articles) == (1, 5)
        # Counted by hand: Anna has one person in each, and more cities in those that the label draws.
        mine = sum(len(project.annotations(uid, ANNA.annotator)) for uid in drawing.random[:5])
        assert strict.value == pytest.approx(2 * 5 / (mine + 5))
        shares = {group.name: group for group in report.shares}
        assert [*shares] == ["random", "targeted", "others"]
        assert shares["random"].figures == report.overall.figures
        on_purpose = shares["targeted"].of("strict")
        unasked_figure = shares["others"].of("strict")
        assert on_purpose is not None
        assert unasked_figure is not None
        assert (on_purpose.value, on_purpose.articles) == (0, 4)
        assert (unasked_figure.value, unasked_figure.articles) == (1, 2)
        named = project.agreement.report(articles=[*drawing.random, *drawing.targeted])
        assert (named.made_of, named.shares, named.compared) == ((), (), 9)


def test_two_who_got_other_articles_are_not_missed_on_each_others(path: Path) -> None:
    with Project.open(path, ANNA) as project:
        project.join("clara")
        ids = {one.name: one.id for one in project.rows.annotators()}
        drawn = {
            name: project.samples.draw(ids[name], Count(8), seed=seed).random
            for name, seed in (("ben", 1), ("clara", 2))
        }
    for name, articles in drawn.items():
        finish(path, ids[name], list(articles))
    both = {*drawn["ben"]} & {*drawn["clara"]}
    with Project.open(path, ANNA) as project:
        report = project.agreement.report()
        assert report.compared == len({*drawn["ben"], *drawn["clara"]})
        pairs = {group.name: group.of("strict") for group in report.pairs}
        assert {name: (f.articles, f.missing) for name, f in pairs.items() if f} == {
            "anna × ben": (8, 0), "anna × clara": (8, 0), "ben × clara": (len(both), 0)
        }  # fmt: skip
        assert 0 < len(both) < 8


def test_what_one_drew_by_lot_and_another_on_purpose_counts_for_each(path: Path) -> None:
    with Project.open(path, ANNA) as project:
        project.join("clara")
        ids = {one.name: one.id for one in project.rows.annotators()}
        by_lot = project.samples.draw(ids["ben"], Count(40)).random
        targeted = project.samples.draw(ids["clara"], Count(0), 3, ["label:CITY"]).targeted
    finish(path, ids["ben"], list(by_lot))
    finish(path, ids["clara"], list(targeted))
    with Project.open(path, ANNA) as project:
        report = project.agreement.report()
        figures = {group.name: group.of("strict") for group in report.pairs}
        assert {name: f.articles for name, f in figures.items() if f} == {
            "anna × ben": 40, "anna × clara": 0, "ben × clara": 0
        }  # fmt: skip
        apart = {group.name: group.of("strict") for group in report.shares}
        assert {name: f.articles for name, f in apart.items() if f} == {"random": 40, "targeted": 3}


def test_texts_come_a_second_time_unnoticed(path: Path, tmp_path: Path) -> None:
    with Project.open(path, ANNA) as project:
        who = ben(project)
        drawing = project.samples.draw(who, Count(6), repeats=2)
        assert {*drawing.repeats.values()} < {*drawing.random}
        assert len({*drawing.repeats.values()}) == 2
        anna = packets.annotator_called(project, "anna")
        assert anna is not None
        assert not {*drawing.repeats} & {*packets.articles_of(project, anna.id)}
        assert {*drawing.repeats} <= {*packets.articles_of(project, who)}
        person = packets.annotator_called(project, "ben")
        assert person is not None
        packets.pack(project, tmp_path / "b.rubpack", person, [*drawing.random, *drawing.repeats])
        with packets.open_packet(tmp_path / "b.rubpack", tmp_path / "b.rubric", BEN.device, clock=ticking()) as copy:
            assert copy.rows.count_articles() == 8
            everything = "\n".join(copy._store.db.iterdump())
            assert "sample" not in everything
            assert "Drew" not in " ".join(say(line.what) for _entry, line in copy.history(1000))
            assert copy.samples.all() == []
            for article in copy.rows.articles():
                label = "CITY" if article.id in drawing.repeats else "PERSON"
                copy.annotate(article.id, label, [Span.of(0, 12)])
                copy.set_status(article.id, "done")
        merge(project, [tmp_path / "b.rubric"])
        report = project.agreement.report()
        assert (report.articles, report.compared) == (6, 6)
        [oneself] = report.repeats
        strict, exact = oneself.of("strict"), oneself.of("exact")
        assert strict is not None
        assert exact is not None
        assert (oneself.name, strict.value, exact.value, exact.articles) == ("ben", 0, 1, 2)
        # Who is drawn for again gets other texts a second time.
        more = project.samples.draw(who, Count(6), repeats=6)
        assert len(more.repeats) == 4


def test_what_came_a_second_time_is_neither_gold_nor_in_the_export_of_a_layer(path: Path, tmp_path: Path) -> None:
    with Project.open(path, ANNA) as project:
        who = ben(project)
        drawing = project.samples.draw(who, Count(6), repeats=2)
    finish(path, who, [*drawing.random, *drawing.repeats])
    with Project.open(path, ANNA) as project:
        assert adjudicate(project, Policy("unanimous")).articles == 40
        assert [uid for uid in drawing.repeats if project.annotations(uid, project.review.gold)] == []
        for options, articles in (
            (ExportOptions("conll", annotator="ben"), 6),
            (ExportOptions("jsonl", annotator="ben"), 40),
            (ExportOptions("conll", gold=True), 40),
        ):
            report = export(project, tmp_path / f"{articles}.{options.format}", options)
            assert (report.articles, report.left_out, report.again) == (articles, 40 - articles, 2)
            assert any("2 texts were left out" in say(line) for line in report.lines())
        report = export(project, tmp_path / "all.jsonl", ExportOptions("jsonl"))
        assert (report.articles, report.left_out, report.again) == (42, 0, 0)


def test_a_copy_of_the_whole_project_brings_what_was_drawn(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.rubric"
    copy.write_bytes(path.read_bytes())
    with Project.open(copy, CLARA) as other:
        drawing = other.samples.draw(ben(other), Count(3), repeats=1)
    with Project.open(path, ANNA) as project:
        merge(project, [copy])
        assert project.samples.all() == [drawing]
        assert not plan(project, copy)


def test_an_annotator_cannot_say_what_was_drawn(path: Path, tmp_path: Path) -> None:
    with Project.open(path, ANNA) as project:
        who = ben(project)
        person = packets.annotator_called(project, "ben")
        assert person is not None
        packets.pack(project, tmp_path / "b.rubpack", person, ["a00"])
        with packets.open_packet(tmp_path / "b.rubpack", tmp_path / "b.rubric", BEN.device) as copy:
            for owner in (copy.review.gold, who):
                value = {"annotator": owner, "for": who, "random": ["a00"], "targeted": [], "repeats": {}, "seed": 0}
                copy.apply_all(
                    lambda _keep, value=value: iter([Edit("sample", (Add("sample", value["annotator"], value),))])
                )  # type: ignore[misc]
        assert plan(project, tmp_path / "b.rubric").n_refused == 2


def test_on_the_command_line(path: Path, tell: Tell, tmp_path: Path) -> None:
    assert tell("sample", path)[1] == "Nothing was drawn yet.\n"
    assert tell("sample", path, "--random", "5")[0] == 2
    code, said = tell("sample", path, "--for", "eve", "--targeted", "2", "--by", "length")
    assert (code, "Nothing is drawn by" in said) == (1, True)
    code, said = tell("sample", path, "--for", "eve")
    assert (code, "Say how many" in said) == (2, True)
    assert "eve" not in tell("stats", path)[1]
    code, said = tell("sample", path, "--for", "ben", "--random", "10%", "--targeted", "2", "--by", "label:CITY", "--repeats", "1", "--seed", "3")  # fmt: skip
    assert (code, said.splitlines()[0]) == (
        0, "For ben, seed 3: 4 articles by lot, 2 on purpose (label:CITY), 1 text a second time."
    )  # fmt: skip
    assert tell("sample", path)[1] == said
    drawn = json.loads(tell("sample", path, "--json")[1])["samples"][0]
    assert tell("pack", path, tmp_path / "b", "--annotator", "anna", "--sample")[0] == 1
    assert "7 articles" in tell("pack", path, tmp_path / "b", "--annotator", "ben", "--sample")[1]
    finish(path, drawn["for"]["id"], drawn["random"])
    finish(path, drawn["for"]["id"], drawn["targeted"], "CITY")
    said = tell("agreement", path)[1]
    assert "The figures are made of articles that were drawn by lot" in said
    assert "drawn on purpose  " in said
    assert "has finished it" in tell("sample", path, "--for", "zoe", "--repeats", "5")[1]
    assert tell("pack", path, tmp_path / "z", "--annotator", "zoe", "--status", "done")[0] == 1
    assert "zoe" not in tell("history", path)[1]
    assert tell("agreement", path, "--html", tmp_path / "a.html", "--csv", tmp_path / "a.csv")[0] == 0
    assert "shares,targeted,strict" in (tmp_path / "a.csv").read_text()
    assert "drawn on purpose" in (tmp_path / "a.html").read_text()
    assert json.loads(tell("agreement", path, "--json")[1])["made_of"] == ["random"]
    assert "Clara" not in said
    assert tell("sample", path, "--for", "clara", "--random", "1")[0] == 0
    assert "clara" in tell("stats", path)[1]
    assert tell("check", path, "--full")[0] == 0


def test_against_gold_who_was_not_drawn_for_is_counted_once_for_each_article(path: Path) -> None:
    with Project.open(path, ANNA) as project:
        project.join("clara")
        ids = {one.name: one.id for one in project.rows.annotators()}
        for name, seed in (("ben", 1), ("clara", 2)):
            project.samples.draw(ids[name], Count(8), seed=seed)
    everything = [uid for uid, _text in TEXTS]
    for name in ("ben", "clara"):
        finish(path, ids[name], everything)
    with Project.open(path, ANNA) as project:
        assert project.review.groups.apply(Policy("unanimous"), everything).articles == 40
        report = project.agreement.report(against_gold=True, unfinished=True)
        assert (report.made_of, report.articles, report.compared) == (("random", "others"), 40, 40)
        figures = {group.name: group.of("strict") for group in report.pairs}
        assert {name: f.articles for name, f in figures.items() if f} == {
            f"{project.rows.name_of(project.review.gold)} × {name}": 40 for name in ("anna", "ben", "clara")
        }

"""Namesakes: what they are called, who is meant by a name, and that commands and reports keep them apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.making import ANNA, BEN, make

from rubricator import cli
from rubricator.errors import UserError
from rubricator.model.spans import Span
from rubricator.project import Annotator, Project
from rubricator.settings import Me
from rubricator.verbs.annotators import annotator_named, annotators_named, told_apart

OTHER = Me("00000000-0000-4000-8000-00000000000f", "anna", "00000000-0000-4000-8000-0000000000df")
TWO = [Annotator("aaaa1", "anna"), Annotator("aaaa2", "anna"), Annotator("bbbb", "ben")]

Tell = Callable[..., tuple[int, str]]


def test_namesakes_get_as_much_of_their_ids_as_tells_them_apart() -> None:
    assert told_apart(TWO) == {"aaaa1": "anna (aaaa1)", "aaaa2": "anna (aaaa2)", "bbbb": "ben"}
    assert told_apart([Annotator("abcdef", "a"), Annotator("xyzuvw", "a")]) == {
        "abcdef": "a (abcd)",
        "xyzuvw": "a (xyzu)",
    }
    assert told_apart([Annotator("ab", "a"), Annotator("a", "a")]) == {"ab": "a (ab)", "a": "a (a)"}


def test_a_name_that_several_have_is_none() -> None:
    assert annotator_named("ben", TWO).id == "bbbb"
    assert annotator_named("aaaa2", TWO).id == "aaaa2"
    assert annotator_named("anna (aaaa1)", TWO).id == "aaaa1"
    with pytest.raises(UserError, match="2 annotators are called “anna”") as caught:
        annotator_named("anna", TWO)
    assert "“anna (aaaa1)”, “anna (aaaa2)”" in str(caught.value)
    with pytest.raises(UserError, match="no annotator “eve”") as caught:
        annotator_named("eve", TWO)
    assert "anna (aaaa1), anna (aaaa2), ben" in str(caught.value)


def test_a_name_is_known_whatever_spaces_are_in_it() -> None:
    there = [Annotator("2", "Ben  Blum"), Annotator("3", "Eve\u00a0Ehm"), Annotator("4", "ben")]
    assert annotators_named("ben,Ben Blum", there) == ["4", "2"]
    for name in ("Ben  Blum", "Ben Blum"):
        assert annotator_named(name, there).id == "2"
    assert annotator_named("Eve\u00a0Ehm", there).id == annotator_named("Eve Ehm", there).id == "3"


def test_a_star_stands_for_all_that_begin_so() -> None:
    crowd = [Annotator("1", "worker 7"), Annotator("2", "worker 11"), Annotator("3", "eve"), Annotator("4", "odd*")]
    assert annotators_named("worker *, eve", crowd) == ["1", "2", "3"]
    assert annotators_named("eve,,worker 11,eve", crowd) == ["3", "2"]
    assert annotators_named("odd*", crowd) == ["4"]
    with pytest.raises(UserError, match="no annotator “x\\*”"):
        annotators_named("x*", crowd)


def test_a_name_may_have_a_comma_in_it() -> None:
    people = [Annotator("1", "Lebrune, Anna"), Annotator("2", "ben"), Annotator("3", "")]
    assert annotators_named("Lebrune,  Anna", people) == ["1"]
    assert annotators_named("1, ben", people) == ["1", "2"]
    assert annotators_named("", people) == []


@pytest.fixture
def tell(capfd: pytest.CaptureFixture[str]) -> Tell:
    def run(*arguments: object) -> tuple[int, str]:
        capfd.readouterr()
        code = cli.run(cli.rubricator, [str(item) for item in arguments])
        out, err = capfd.readouterr()
        return code, out + err

    return run


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a project in which two annas and a ben have worked."""
    path = tmp_path / "p.rubric"
    make(path, ANNA, [("one", "Anna left Bonn.")]).close()
    for me, label in ((ANNA, "PERSON"), (OTHER, "CITY"), (BEN, "PERSON")):
        with Project.open(path, me) as project:
            project.annotate("one", label, [Span.of(0, 4)])
            project.set_status("one", "done")
    return path


def test_commands_keep_them_apart(place: Path, tell: Tell, tmp_path: Path) -> None:
    with Project.open(place, BEN) as project:
        first, second = (told_apart(project.rows.annotators())[me.annotator] for me in (ANNA, OTHER))
    assert first != second
    words = tell("differences", place, "--article", "one")[1]
    assert first in words
    assert second in words
    assert f"{first} × {second}" in tell("agreement", place)[1]
    assert first in tell("stats", place)[1]
    assert second in tell("history", place)[1]
    by = json.loads(tell("history", place, "--json")[1])["history"]
    assert {line["by"] for line in by} == {first, second, "ben"}
    for command in (
        ("differences", place, "--annotators", "anna,ben"),
        ("agreement", place, "--annotators", "anna,ben"),
        ("adjudicate", place, "--policy", "trusted:anna"),
        ("export", place, tmp_path / "o.conll", "--format", "conll", "--annotator", "anna"),
        ("pack", place, tmp_path / "o", "--annotator", "anna"),
        ("import", place, tmp_path / "a.jsonl", "--annotator", "anna"),
    ):
        (tmp_path / "a.jsonl").write_text('{"text": "Anna left Bonn."}\n')
        code, said = tell(*command)
        assert (code, "2 annotators are called “anna”" in said, second in said) == (1, True, True), command
    code, said = tell("agreement", place, "--annotators", f"{second},ben", "--json")
    assert [who["id"] for who in json.loads(said)["annotators"]] == [OTHER.annotator, BEN.annotator]
    assert tell("pack", place, tmp_path / "o", "--annotator", second)[0] == 0
    assert tell("export", place, tmp_path / "o.conll", "--format", "conll", "--annotator", second)[0] == 0
    assert "B-CITY" in (tmp_path / "o.conll").read_text()
    lines = tmp_path / "b.jsonl"
    lines.write_text(
        json.dumps({"text": "Anna stayed.", "layers": [{"annotator": "x", "annotations": [
            {"label": "PERSON", "fragments": [[0, 4]]}]}]}) + "\n"
    )  # fmt: skip
    assert tell("import", place, lines, "--annotator", second)[0] == 0
    with Project.open(place, BEN) as project:
        assert [one.name for one in project.rows.annotators()].count("anna") == 2
        assert project.rows.label_counts(annotator=OTHER.annotator) == {"CITY": 1, "PERSON": 1}

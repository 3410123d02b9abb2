"""A second window and the command line on the same file: each sees what the other did; nobody's work is touched."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui import desk
from rubricator_gui.hand import Hand


class Cycles:
    """Counts how often a window has looked for news of others."""

    def __init__(self, hand: Hand) -> None:
        self.n = 0
        hand.window.session._timer.timeout.connect(self.count)

    def count(self) -> None:
        self.n += 1


def sees(hand: Hand, seen: object, what: str) -> None:
    """Wait until a window has looked for news once more; then it must have seen it. Two looks are one second apart."""
    assert 2 * desk.POLL_EVERY <= 1000
    cycles = Cycles(hand)
    hand.wait_until(lambda: cycles.n >= 1, "the window looks for news")
    assert callable(seen)
    assert seen(), f"not seen after a look for news: {what}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    kit.introduced("anna")
    return kit.project(tmp_path / "both.rubric")


def as_ben(start: Start, file: Path, home: Path) -> Hand:
    """Start another person's window on the same file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUBRICATOR_HOME", str(home))
        kit.introduced("ben")
        return start(file)


def told(hand: Hand) -> str:
    return hand.window.status._notice.text()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ben", "You see your own layer, empty yet: there is work of anna."),
        ("anna", "You see your own layer, empty yet: the “anna” here is somebody on another computer."),
    ],
)
def test_who_sees_an_empty_layer_is_told_whose_work_there_is(
    start: Start, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, words: str
) -> None:
    first = start(file)
    kit.label(first, "Port Velis Harbour Authority", "2")
    second = start(file)
    QTest.qWait(20)
    assert "layer" not in told(first) + told(second), "it is one’s own work"
    monkeypatch.setenv("RUBRICATOR_HOME", str(tmp_path / "other"))
    kit.introduced(name)
    other = start(file)
    other.wait_until(lambda: told(other) == words, "it is told")
    other.keys("F8")
    assert other.window.reviewer.on
    assert told(other) == "", "one does not see one’s own layer any more"


def test_two_windows_of_one_person_show_the_same(start: Start, file: Path) -> None:
    first, second = start(file), start(file)
    first.window.activateWindow()
    kit.label(first, "Port Velis Harbour Authority", "2")
    first.keys("Ctrl+T")
    first.type("economy")
    first.keys("Return")
    sees(second, lambda: kit.layer(second) == [("ORGANIZATION", "Port Velis Harbour Authority")], "an annotation")
    assert kit.topics(second) == ["Economy"]
    assert second.window.sections.annotations.note == first.window.sections.annotations.note != ""

    second.window.activateWindow()
    second.wait_until(second.window.isActiveWindow, "the second window is the active one")
    second.reader.setFocus()
    second.click(kit.at(second, "Velis Harbour")[0] + 2)
    second.keys("6")
    sees(first, lambda: kit.layer(first) == [("LOCATION", "Port Velis Harbour Authority")], "another label")
    second.keys("Delete")
    sees(first, lambda: kit.layer(first) == [], "a deletion")
    second.keys("Ctrl+Z")
    sees(first, lambda: kit.layer(first) == [("LOCATION", "Port Velis Harbour Authority")], "an undo")


def test_undo_touches_nobody_elses_work(start: Start, file: Path, tmp_path: Path) -> None:
    anna = start(file)
    kit.label(anna, "Arvenia", "3")
    ben = as_ben(start, file, tmp_path / "ben")
    ben.window.activateWindow()
    assert kit.layer(ben) == [], "Ben sees Anna's layer as his own"
    kit.label(ben, "Arvenia", "6")
    kit.label(ben, "Karesh", "3", nth=1)

    anna.window.activateWindow()
    anna.wait_until(anna.window.isActiveWindow, "Anna's window is the active one")
    anna.reader.setFocus()
    kit.label(anna, "Toll", "3")
    assert kit.layer(anna) == [("COUNTRY", "Arvenia"), ("COUNTRY", "Toll")]

    # Anna's edit is the last one of the file; Ben's undo takes back Ben's last one.
    ben.window.activateWindow()
    ben.wait_until(ben.window.isActiveWindow, "Ben's window is the active one")
    ben.reader.setFocus()
    ben.keys("Ctrl+Z")
    assert kit.layer(ben) == [("LOCATION", "Arvenia")]
    ben.keys("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert kit.layer(ben) == []
    assert "nothing to undo" in ben.window.status.notice or not ben.window.actions["undo"].isEnabled()
    sees(anna, lambda: kit.layer(anna) == [("COUNTRY", "Arvenia"), ("COUNTRY", "Toll")], "Ben's undo")
    ben.keys("Ctrl+Shift+Z", "Ctrl+Shift+Z")
    assert kit.layer(ben) == [("LOCATION", "Arvenia"), ("COUNTRY", "Karesh")]

    who = [(step["by"], step["undone"]) for step in kit.report("history", file)["history"]]
    assert ("anna", True) not in who
    stats = kit.report("stats", file)["annotators"].values()
    assert {person["name"]: person["labels"] for person in stats} == {
        "anna": {"COUNTRY": 2},
        "ben": {"LOCATION": 1, "COUNTRY": 1},
    }
    assert kit.report("check", file, "--full")["sound"]


def test_the_command_line_and_the_window_see_each_other(start: Start, file: Path, tmp_path: Path) -> None:
    hand = start(file)
    kit.label(hand, "Karesh", "3", nth=1)
    assert "Karesh" in kit.report("history", file)["history"][0]["what"]
    assert [p["labels"] for p in kit.report("stats", file)["annotators"].values()] == [{"COUNTRY": 1}]

    (tmp_path / "second.txt").write_text("Grain prices fall\n\nPrices fell in Toll.\n", "utf-8")
    kit.rubricator("import", file, tmp_path / "second.txt")
    sees(hand, lambda: hand.window.articles.view.model().rowCount() == 2, "an article imported by the command line")
    assert hand.window.session.article is not None
    assert hand.window.session.article.id == "a1", "the article shown is another one now"
    hand.keys("Ctrl+PgDown")
    assert hand.window.session.text.startswith("Grain prices fall")

    # A layer of one's own for the article shown, by the command line.
    start_, end = kit.at(hand, "Toll")
    row = {
        "id": hand.window.session.article.id,
        "text": hand.window.session.text,
        "layers": [{"annotator": "anna", "annotations": [{"label": "COUNTRY", "fragments": [[start_, end]]}]}],
    }
    (tmp_path / "layer.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    kit.rubricator("import", file, tmp_path / "layer.jsonl")
    sees(hand, lambda: kit.layer(hand) == [("COUNTRY", "Toll")], "a layer imported by the command line")

    # One more label, by the command line; its key works at once.
    kit.rubricator("scheme", "export", file, tmp_path / "scheme.json")
    scheme = json.loads((tmp_path / "scheme.json").read_text("utf-8"))
    (country,) = [label for label in scheme["labels"] if label["name"] == "COUNTRY"]
    scheme["labels"].append({**country, "name": "RUMOUR", "title": "Rumour", "short": "RUM", "key": "-"})
    (tmp_path / "scheme.json").write_text(json.dumps(scheme), "utf-8")
    kit.rubricator("scheme", "import", file, tmp_path / "scheme.json")
    sees(hand, lambda: "RUMOUR" in hand.window.session.scheme.by_name, "another label")
    kit.label(hand, "Grain prices", "-")
    assert kit.layer(hand) == [("RUMOUR", "Grain prices"), ("COUNTRY", "Toll")]


def test_two_processes_write_at_the_same_time_and_nothing_is_lost(file: Path, tmp_path: Path, start: Start) -> None:
    anna = start(file)
    ben_home = tmp_path / "ben"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUBRICATOR_HOME", str(ben_home))
        kit.introduced("ben")
        command = [sys.executable, str(kit.HERE / "labeller.py"), str(file), "words"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as ben:
            assert ben.stdout is not None
            told = [json.loads(next(ben.stdout))]
            mine = ["Arvenia", "Meridian Newswire", "Toll", "Anna S.\n\nLebrune", "PORT VELIS"]
            for words in mine:
                kit.label(anna, words, "1")
            told += [json.loads(line) for line in iter(ben.stdout.readline, '["done"]\n')]
            ben.kill()
    assert len(told) > 20
    assert sorted(quote for _label, quote in kit.layer(anna)) == sorted(mine)
    ben_id = Settings(ben_home / "config" / "settings.json").me().annotator
    project, article = anna.window.session.ready, anna.window.session.article
    assert article is not None
    theirs = {a.id: ["annotation", a.id, a.label, a.quote] for a in project.annotations(article.id, ben_id)}
    assert theirs == {line[1]: line for line in told}
    assert kit.report("check", file, "--full")["sound"]


BUSY = """
import sys
from pathlib import Path
from rubricator.errors import UserError
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Me
with Project.open(Path(sys.argv[1]), Me("ben", "ben", "another device")) as project:
    print("open", flush=True)
    for n in range(150):
        start = 37 * n % 150
        try:
            project.annotate("a1", "CITY", [Span.of(start, start + 5)], exact=True)
        except UserError:
            continue  # it is there already
        if n % 10 == 0:
            project.undo()
        if n % 25 == 0:
            project.redo()
        project.news()
"""


def test_undo_and_redo_to_the_end_while_another_program_writes(start: Start, file: Path, tmp_path: Path) -> None:
    hand = start(file)
    session = hand.window.session
    session.wish_offers(False)
    labels = [label for label in session.scheme.labels if label.key][:10]
    words = [found.span() for found in re.finditer(r"\w{3,}", session.text)][:10]

    def exported(name: str) -> bytes:
        kit.rubricator("export", file, tmp_path / name, "--format", "jsonl", "--annotator", "anna")
        return (tmp_path / name).read_bytes()

    with subprocess.Popen([sys.executable, "-c", BUSY, str(file)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        for n in range(60):
            session.select(Span.of(*words[n % 10]))
            hand.keys(labels[(n + n // 10) % 10].key)
        assert len(kit.layer(hand)) == 60
        before, ids = exported("before.jsonl"), [one.id for one in session.spans]
        hand.keys(*["Ctrl+Z"] * 60)
        assert kit.layer(hand) == []
        hand.keys(*["Ctrl+Shift+Z"] * 60)
        assert other.wait(60) == 0
    assert [one.id for one in session.spans] == ids
    assert exported("after.jsonl") == before
    assert kit.report("check", file, "--full")["sound"]
    with Project.open(file, Settings().me()) as project:
        assert len(project.annotations("a1", "ben")) > 100
        assert [one.id for one in project.annotations("a1")] == ids

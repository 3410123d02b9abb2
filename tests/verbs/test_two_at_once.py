"""Labels and entities changed while another program works on the same project, or by one that is killed: whole or nothing."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests import making

from rubricator.errors import UserError
from rubricator.model.entities import Entity
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.words import say

TEXT = "Anna Berg of the CIS met Ben in Minsk. Ben left. " * 40
Verb = Callable[[Project], object]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "p.rubric"
    making.make(path, making.ANNA, [(f"a{n}", TEXT) for n in range(3)]).close()
    return path


@pytest.fixture
def both(path: Path) -> Iterator[tuple[Project, Project]]:
    with Project.open(path, making.ANNA) as anna, Project.open(path, making.BEN) as ben:
        anna.annotate("a0", "PERSON", [Span.of(0, 9)])
        ben.annotate("a0", "PERSON", [Span.of(25, 28)])
        anna.news()
        ben.news()
        assert anna.scheme == ben.scheme
        yield anna, ben


def sound(project: Project) -> None:
    project.news()
    assert [say(found.what) for found in project.check(full=True)] == []


CHANGES: dict[str, Verb] = {
    "rename": lambda one: one.schemes.rename("PERSON", "HUMAN"),
    "merge": lambda one: one.schemes.merge(["PERSON"], "CITY"),
    "delete": lambda one: one.schemes.delete("PERSON"),
}


@pytest.mark.parametrize("first", CHANGES)
@pytest.mark.parametrize("then", [*CHANGES, "split", "label"])
def test_a_label_that_another_program_took_away_is_told(both: tuple[Project, Project], first: str, then: str) -> None:
    anna, ben = both
    CHANGES[first](anna)
    labels = anna.scheme.by_name.keys()
    more: dict[str, Verb] = {
        "split": lambda one: one.schemes.split("PERSON", [one.scheme.labels[0]]),
        "label": lambda one: one.annotate("a1", "PERSON", [Span.of(0, 9)]),
    }
    with pytest.raises(UserError, match=r"[tT]he scheme has no label “PERSON”"):
        (CHANGES | more)[then](ben)
    ben.news()
    assert ben.scheme.by_name.keys() == labels, "half of it was done"
    sound(anna)
    anna.undo()
    assert "PERSON" in anna.scheme.by_name
    sound(anna)


@pytest.mark.parametrize("verb", CHANGES)
def test_what_another_program_labels_meanwhile_is_not_left_behind(
    path: Path, both: tuple[Project, Project], verb: str
) -> None:
    """The other one comes after all, or before all; between the reading and the writing of a rename it does not."""
    anna, _ben = both
    said: list[str] = []

    def label() -> None:
        with Project.open(path, making.BEN) as other:
            try:
                other.annotate("a2", "PERSON", [Span.of(0, 9)])
            except UserError as error:
                said.append(str(error))

    worker = threading.Thread(target=label)

    def meanwhile(_done: int, _total: int) -> None:
        if not worker.ident:
            worker.start()
            worker.join(1)

    anna.schemes.progress = meanwhile
    CHANGES[verb](anna)
    worker.join()
    assert said, "it was labelled in the midst"
    assert "no label “PERSON”" in said[0]
    sound(anna)


def test_other_names_that_another_program_wrote_meanwhile_stay(both: tuple[Project, Project]) -> None:
    anna, ben = both
    one, other, third = Entity("e1", "Anna", aliases=("Anna Berg", "AB")), Entity("e2", "Ben"), Entity("e3", "Cem")
    anna.entities.add([one, other, third])
    anna.entities.link(anna.annotations("a0"), one)
    ben.news()
    read = ben.entities.all()
    assert read == [one, other, third]
    anna.entities.change(one, one._replace(aliases=(*one.aliases, "Berg"), different=("e3",)))
    ben.entities.split(read[0], "A. Berg", anna.annotations("a0"))
    [_new, stays] = ben.entities.all()[:2]
    assert stays.aliases == ("AB", "Berg"), "one went with its mention"
    ben.undo()
    ben.entities.set_apart(read[0], read[1])
    assert ben.entities.all()[0].different == ("e3", "e2")
    ben.entities.merge(read[0], read[1:2])
    assert ben.entities.all()[0].names == ("Anna", "Anna Berg", "AB", "Berg", "Ben")
    sound(anna)


def test_entities_that_another_program_took_away(both: tuple[Project, Project]) -> None:
    anna, ben = both
    one, other = Entity("e1", "Anna"), Entity("e2", "Anna Berg")
    anna.entities.add([one, other])
    anna.entities.link(anna.annotations("a0"), other)
    anna.entities.delete(other)
    for verb in (
        lambda: ben.entities.link(ben.annotations("a0"), other),
        lambda: ben.entities.merge(one, [other]),
        lambda: ben.entities.merge(other, [one]),
        lambda: ben.entities.change(other, other._replace(name="x")),
    ):
        with pytest.raises(UserError, match="is not on the list any more"):
            verb()
    assert [entity.names for entity in ben.entities.all()] == [("Anna",)]
    sound(anna)


def test_a_merge_is_undone_after_another_program_used_what_it_made(both: tuple[Project, Project]) -> None:
    anna, ben = both
    one, other = Entity("e1", "Anna"), Entity("e2", "Anna Berg")
    anna.entities.add([one, other])
    anna.entities.link(anna.annotations("a0"), other)
    anna.entities.merge(one, [other])
    ben.news()
    ben.entities.link(ben.annotations("a0"), one)
    anna.news()
    anna.undo()
    assert anna.entities.counts() == {"e1": 1, "e2": 1}
    anna.undo()
    sound(anna)
    anna.schemes.merge(["PERSON"], "CITY")
    ben.news()
    ben.annotate("a1", "CITY", [Span.of(32, 37)])
    anna.news()
    anna.undo()
    assert [found.label for found in ben.annotations("a1")] == ["CITY"]
    anna.news()
    sound(anna)


# --- killed -----------------------------------------------------------------------------------------------------------

RENAME = """
import sys
from pathlib import Path
from rubricator.project import Project
from rubricator.settings import Me
project = Project.open(Path(sys.argv[1]), Me("worker", "worker", "device"))
def tell(done, total):
    print(done, flush=True)
    if done >= int(sys.argv[2]):
        sys.stdin.readline()
project.schemes.progress = tell
project.schemes.rename("PERSON", "HUMAN")
"""

ENTITIES = """
import sys
from pathlib import Path
from rubricator.exchange.entity_lists import plan_entities, put_entities
from rubricator.project import Project
from rubricator.settings import Me
project = Project.open(Path(sys.argv[1]), Me("worker", "worker", "device"))
plan = plan_entities(project, Path(sys.argv[2]))
sent = 0
def count(_statement):
    global sent
    sent += 1
    if sent == 1500:
        print("in the midst", flush=True)
        sys.stdin.readline()
project._store.db.set_trace_callback(count)
put_entities(project, plan)
"""


def killed(script: str, until: str, *words: object) -> None:
    """Run a script until it says this, and kill it then."""
    with subprocess.Popen(
        [sys.executable, "-c", script, *map(str, words)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as worker:  # fmt: skip
        assert worker.stdout is not None
        while (line := worker.stdout.readline().strip()) != until:
            assert line, "it ended before it could be killed"
        worker.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_a_rename_of_thousands_that_is_killed_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "many.rubric"
    with making.make(path, making.ANNA, [(f"a{n}", TEXT) for n in range(25)]) as project:
        for n in range(25):
            project.annotate(f"a{n}", "PERSON", [Span.of(at, at + 1) for at in range(200)], exact=True)
        scheme, counts = project.scheme, project.rows.label_counts()
    assert counts == {"PERSON": 5000}
    killed(RENAME, "2600", path, 2600)
    with Project.open(path, making.ANNA) as project:
        assert project.scheme == scheme
        assert project.rows.label_counts() == counts
        sound(project)


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_an_import_of_entities_that_is_killed_leaves_none(path: Path, tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    source.write_text("name,external\n" + "".join(f"Name {n},Q{n + 1}\n" for n in range(3000)))
    killed(ENTITIES, "in the midst", path, source)
    with Project.open(path, making.ANNA) as project:
        assert project.entities.all() == []
        sound(project)

"""kill -9 in the midst of work: nothing that was acknowledged is lost, and the state is what the journal says."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.making import ANNA, make, ticking

from rubricator.project import Project
from rubricator.store import check

KILLS = 20
TEXT = "Anna Lebrune flew from Bonn to Port Velis. " * 400

WORKER = """
import random, sys
from pathlib import Path
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Me
path, seed = sys.argv[1:]
chance = random.Random(int(seed))
project = Project.open(Path(path), Me("worker", "worker", "device"))
n = 0
while True:
    n += 1
    if n % 7 == 0:
        change = project.undo()
    elif n % 31 == 0:
        change = project.delete(project.annotations("one")[:3])
    else:
        start = chance.randrange(17_000)
        many = [Span.of(start + k * 3, start + k * 3 + 2) for k in range(1 + 20 * (n % 5 == 0))]
        label = chance.choice(["PERSON", "CITY", "EVENT", "LAW", "PRODUCT"])
        try:
            change = project.annotate("one", label, many, exact=True)
        except Exception as error:
            if "already carry" in str(error):
                continue
            raise
    print(*change.steps, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "p.rubric"
    make(path, ANNA, [("one", TEXT)]).close()
    chance = random.Random(1)
    acknowledged: set[str] = set()
    for seed in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", WORKER, str(path), str(seed)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as worker:
            assert worker.stdout is not None
            for _ in range(chance.randrange(1, 40)):  # let it do some edits, and then die in the midst of another
                acknowledged.update(worker.stdout.readline().split())
            worker.send_signal(signal.SIGKILL)
            rest, said = worker.communicate()
            assert (worker.returncode, said) == (-signal.SIGKILL, "")
            whole, _, _torn = rest.rpartition("\n")
            acknowledged.update(whole.split())
        assert path.with_name("p.rubric-wal").stat().st_size > 0, "it was closed, not killed"
        with Project.open(path, ANNA, clock=ticking()) as project:
            entries = list(project._journal.entries())
            assert acknowledged <= {entry.id for entry in entries}
            now = check.state(project._store.db)
            assert list(check.differences(now, check.replay(entries, project._journal.texts()))) == []
            assert list(check.quick(project._store)) == []
        assert not path.with_name("p.rubric-wal").exists()
    assert len(acknowledged) > KILLS * 10
    with Project.open(path, ANNA, clock=ticking()) as project:
        assert list(project.check(full=True)) == []


IMPORTER = """
import sys
from pathlib import Path
from rubricator.exchange.incoming import ImportOptions, import_files
from rubricator.project import Project
from rubricator.settings import Me
def progress(done, total):
    print(done, flush=True)
    if done >= 400:
        sys.stdin.readline()
with Project.open(Path(sys.argv[1]), Me("worker", "worker", "device")) as project:
    import_files(project, [Path(sys.argv[2])], ImportOptions(), progress)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_an_import_that_is_killed_leaves_nothing(tmp_path: Path) -> None:
    path, source = tmp_path / "p.rubric", tmp_path / "many.jsonl"
    make(path, ANNA, [("one", TEXT)]).close()
    before = path.read_bytes()
    source.write_text("".join(f'{{"id":"n{n}","text":"Text {n} {"x" * 4000}"}}\n' for n in range(2_000)))
    with subprocess.Popen(
        [sys.executable, "-c", IMPORTER, str(path), str(source)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as worker:
        assert worker.stdout is not None
        while (line := worker.stdout.readline()) != "400\n":
            assert line
        worker.kill()
    with Project.open(path, ANNA) as project:
        assert project.rows.count_articles() == 1
        assert project._store.db.execute("SELECT count(*) FROM text").fetchone() == (1,)
        assert list(project.check(full=True)) == []
    assert len(path.read_bytes()) == len(before)


BULK = """
import sys
from pathlib import Path
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Me
from rubricator.suggest.offers import Offer
from rubricator.words import message
project = Project.open(Path(sys.argv[1]), Me("worker", "worker", "device"))
spans = [Span.of(n * 43, n * 43 + 4) for n in range(400)]
sent = 0

def count(_statement):
    global sent
    sent += 1
    if sent % 100 == 0:
        print(sent, flush=True)
        sys.stdin.readline()

project._store.db.set_trace_callback(count)
if sys.argv[2] == "accept":
    project.accept("a0", [Offer(span, "PERSON", "repeat", message("so")) for span in spans], leave=lambda _why: None)
else:
    project.annotate_all("PERSON", {f"a{n}": spans[:2] for n in range(1_000)}, ("a0", spans[0]))
print("done", flush=True)
sys.stdin.readline()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
@pytest.mark.parametrize(("what", "whole"), [("accept", 400), ("all mentions", 2_000)])
def test_what_is_done_in_one_go_is_whole_or_nothing(tmp_path: Path, what: str, whole: int) -> None:
    path = tmp_path / "p.rubric"
    make(path, ANNA, [(f"a{n}", f"{TEXT}{n}") for n in range(1_000)]).close()
    lines: list[str] = []
    at = 1
    while lines[-1:] != ["done"]:
        lines = []
        with subprocess.Popen(
            [sys.executable, "-c", BULK, str(path), what], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as worker:
            assert worker.stdout is not None
            assert worker.stdin is not None
            for _n in range(at):
                lines.append(worker.stdout.readline().strip())
                assert lines[-1], "it died by itself"
                if lines[-1] == "done":
                    break
                worker.stdin.write("\n" if len(lines) < at else "")
                worker.stdin.flush()
            worker.kill()
        with Project.open(path, ANNA) as project:
            (found,) = project._store.db.execute("SELECT count(*) FROM annotation").fetchone()
            steps = [entry for entry in project._journal.entries() if entry.author == "worker"]
            assert found == (whole if lines[-1] == "done" else 0)
            assert bool(steps) == (lines[-1] == "done")
            assert list(check.quick(project._store)) == []
        at *= 3
    assert at > 9, "it was never stopped in the midst"

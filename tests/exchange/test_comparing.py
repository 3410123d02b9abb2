"""The queue by two processes: what one finds alone, and no process is left behind however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import making
from tests.exchange.processes import seen

from rubricator.errors import UserError
from rubricator.exchange import beside, comparing
from rubricator.exchange.beside import Beside
from rubricator.exchange.comparing import gather_all, half_work, queue_work
from rubricator.exchange.differences import gather
from rubricator.exchange.progress import CancelledError, Progress, silent
from rubricator.model.spans import Span
from rubricator.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Return a project of 30 articles in which two differ in each second one."""
    texts = [(f"a{n:02}", f"Anna left Bonn {n}.") for n in range(30)]
    with making.make(tmp_path / "p.rubric", texts=texts) as made:
        for me in (making.ANNA, making.BEN):
            made.me = me
            for n, (uid, _text) in enumerate(texts):
                made.annotate(uid, "PERSON" if n % 2 or me is making.ANNA else "CITY", [Span.of(0, 4)])
        yield made


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Beside]:
    """Have a second process help however few the articles are; return those that were started."""
    monkeypatch.setattr(comparing, "_ALONE", 0)
    return seen(monkeypatch, comparing, processors=2)


def test_two_find_what_one_finds(project: Project, started: list[Beside]) -> None:
    told: list[tuple[int, int]] = []
    found = gather_all(project, [], lambda done, total: told.append((done, total)))
    assert found == gather(project, [])
    assert (found.articles, len(found.waiting)) == (30, 15)
    assert {total for _done, total in told} == {30}
    assert all(done <= total for done, total in told)
    assert queue_work(project.path, project.me, [making.ANNA.annotator], silent).articles == 0
    assert len(started) == 2
    assert all(one._process.poll() is not None for one in started)


def test_few_articles_need_no_help(project: Project, started: list[Beside], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "_ALONE", 30)
    assert gather_all(project, []).articles == 30
    monkeypatch.setattr(comparing, "_ALONE", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert gather_all(project, []).articles == 30
    assert started == []


def test_who_stops_one_stops_both(project: Project, started: list[Beside]) -> None:
    def stop(_done: int, _total: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        gather_all(project, [], stop)
    assert [one._process.poll() is not None for one in started] == [True]


def forever(progress: Progress) -> None:
    """Go on until somebody asks to stop."""
    n = 0
    while True:
        n += 1
        progress(n, 0)


def deaf(_progress: Progress) -> None:
    """Go on whoever asks to stop."""
    signal.pause()


@pytest.mark.skipif(not hasattr(signal, "pause"), reason="needs POSIX")
def test_one_that_does_not_hear_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "_GRACE", 0.2)
    for work in (forever, deaf):
        with Beside(work, ()) as other:
            pass
        assert other._process.poll() is not None


def test_what_goes_wrong_there_is_told_here(tmp_path: Path) -> None:
    arguments = (tmp_path / "none.rubric", making.ANNA, [], (1, 2))
    with Beside(half_work, arguments) as other, pytest.raises(UserError, match="none"):
        other.result()
    with Beside(forever, ()) as other:
        other._process.kill()
        with pytest.raises(UserError, match="ended before"):
            other.result()


@pytest.mark.skipif(os.name != "posix", reason="needs process groups")
def test_ctrl_c_is_heard_by_one_who_ends_the_other() -> None:
    code = (
        "import signal, time; from rubricator.exchange.beside import Beside\n"
        "from tests.exchange.test_comparing import forever\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # who starts tests with & has them ignore it
        "with Beside(forever, ()) as other:\n"
        "    print(other._process.pid, flush=True); time.sleep(60)\n"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        helper = int(process.stdout.readline())
        os.killpg(process.pid, signal.SIGINT)
        _out, said = process.communicate(timeout=60)
    assert said.count("Traceback") == 1, said  # of the one that was asked, which says it in words on a terminal
    with pytest.raises(ProcessLookupError):
        os.kill(helper, 0)

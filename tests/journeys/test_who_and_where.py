"""As whom one works is told where nobody said it; a project that was closed stays closed; no review is told as none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QDialog
from tests.journeys import kit, reviewed
from tests.journeys.conftest import Start

from rubricator.exchange.sample import sample_project
from rubricator.settings import Memory, Settings
from rubricator_gui.dialogs.palette import FOUND, Palette

CODE = """
import sys
from PySide6.QtCore import QTimer
from rubricator_gui import app, main
application = app.application()
def look():
    (window,) = [w for w in application.topLevelWidgets() if w.objectName() == 'mainWindow']
    if window.isVisible():
        print('welcome' if window.welcome.isVisible() else window.session.ready.path)
        window.close()
timer = QTimer(); timer.setInterval(200); timer.timeout.connect(look); timer.start()
main.main([])
"""


def begun() -> str:
    """Start the program without a project; return what it shows."""
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[0]


def test_who_says_no_name_is_told_under_which_one_works(start: Start, tmp_path: Path) -> None:
    hand = start()
    kit.answer_new(hand, tmp_path / "first.rubric")
    hand.answer("QInputDialog", lambda _dialog: hand.keys("Ctrl+A", "Delete", "Return"))
    hand.do("new")
    hand.wait_until(lambda: hand.window.session.project is not None, "the project is made")
    name = Settings().me().name
    hand.wait_until(lambda: bool(hand.window.status.notice), "it is told")
    assert hand.window.status.notice == f"You work as “{name}”. Edit › Who am I (my name)… changes it."


def test_who_goes_back_where_the_name_is_asked_has_nothing_done(start: Start, tmp_path: Path) -> None:
    path = kit.project(tmp_path / "there.rubric")
    hand = start()
    session = hand.window.session

    def back() -> None:
        hand.answer("QInputDialog", lambda _dialog: hand.keys("Escape"))

    kit.answer_new(hand, tmp_path / "new" / "first.rubric")
    back()
    hand.do("new")
    assert session.project is None
    assert not (tmp_path / "new").exists(), "neither project nor folder is made"
    assert hand.window.welcome.isVisible()
    hand.do("sample")
    sample = session.ready.path
    back()
    hand.answer_file(path)
    hand.do("open")
    assert session.ready.path == sample, "it is still the sample"
    assert path not in Memory().recent()
    back()
    hand.do("who")
    assert not Settings().get("annotator.asked")
    assert session.ready.path == sample
    hand.answer_file(path)
    hand.answer("QInputDialog", lambda _dialog: hand.keys("Return"))
    hand.do("open")
    assert session.ready.path == path, "it is asked again"


def test_who_goes_back_at_the_start_has_no_project_open(start: Start, tmp_path: Path) -> None:
    hand = start(kit.project(tmp_path / "p.rubric"))
    hand.answer("QInputDialog", lambda _dialog: hand.keys("Escape"))
    hand.window.settle()
    assert hand.window.session.project is None
    assert hand.window.welcome.isVisible()


def test_the_palette_finds_the_name_by_name(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    hand = start(kit.project(tmp_path / "p.rubric"))
    found: list[str] = []

    def look(palette: QDialog) -> None:
        assert isinstance(palette, Palette)
        hand.type("my name")
        found.append(palette.list.model().index(0, 0).data(FOUND).entry.id)
        palette.reject()

    hand.answer("palette", look)
    hand.keys("Ctrl+K")
    assert found == ["who"]


def test_the_sample_says_as_whom_one_works(start: Start, tmp_path: Path) -> None:
    hand = start()
    hand.do("sample")
    assert hand.window.status.notice == "This is the sample: you work in it as “anna”."
    hand.keys("Ctrl+W")
    hand.window.commands.open_path(sample_project(tmp_path))
    assert hand.window.status.notice == "This is the sample: you work in it as “anna”."


def test_a_project_that_was_closed_is_not_opened_by_the_next_start(start: Start, tmp_path: Path) -> None:
    kit.introduced()
    path = kit.project(tmp_path / "p.rubric")
    hand = start(path)
    hand.keys("Ctrl+W", "Ctrl+Q")
    assert begun() == "welcome"
    assert Memory().recent() == [path], "it is on the list"
    start(path).keys("Ctrl+Q")
    assert begun() == str(path), "a window that is closed leaves its project open"


def test_where_no_review_was_none_is_told(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    hand = start(kit.project(tmp_path / "p.rubric"))
    kit.label(hand, "Arvenia", "3")
    hand.keys("F12")
    assert hand.window.over.mine.empty.words == "This article was not reviewed yet."


def test_a_review_that_changed_nothing_is_told_as_that(start: Start, tmp_path: Path) -> None:
    kit.introduced("rita")
    path = reviewed.project(tmp_path / "news.rubric", Settings().me())
    hand = start(path)
    hand.keys("F8", "1", "F8")
    hand.keys("F12")
    assert hand.window.over.mine.empty.words == "The review changed nothing in your work on this article."

"""What journeys do again and again: the command line in a process of its own, words found in the article."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from tests import making

from rubricator.exchange.schemes import scheme_named, with_topics
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.dialogs.guidebook import GuidelineBook
from rubricator_gui.hand import Hand

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PROGRAM = Path(sys.executable).with_name("rubricator")

STORY = (
    "Harbour ministers meet on Sund grain corridor\n\nPORT VELIS, Sept 14 (Meridian Newswire) - Ministers of nine\n"
    "states met the Kareshi Deputy Foreign Minister Anna S.\n\nLebrune, a former pilot.\n"
    "The Port Velis Harbour Authority supports the plan of Arvenia, Karesh and Toll.\n"
)


def run(*words: str | Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the `rubricator` that people have, in a process of its own."""
    environment = {**os.environ, **(env or {})}
    arguments = [str(PROGRAM), *map(str, words)]
    return subprocess.run(arguments, capture_output=True, text=True, env=environment, timeout=300, check=False)


def rubricator(*words: str | Path, env: Mapping[str, str] | None = None) -> str:
    """Run a command that must go well; return what it says."""
    done = run(*words, env=env)
    assert done.returncode == 0, f"rubricator {words}: {done.stderr}"
    return done.stdout


def report(*words: str | Path, env: Mapping[str, str] | None = None) -> Any:
    """Run a command with --json and return its report."""
    return json.loads(rubricator(*words, "--json", env=env))


def introduced(name: str = "anna") -> None:
    """Have the person of this RUBRICATOR_HOME asked for their name before."""
    Settings().introduce(name)


def project(path: Path, texts: Iterable[str] = (STORY,)) -> Path:
    """Make a project with these articles by the person of this RUBRICATOR_HOME."""
    scheme = with_topics(scheme_named("news"))
    with Project.create(path, Settings().me(), scheme) as made:
        making.add_articles(made, [(f"a{n}", text) for n, text in enumerate(texts, 1)])
    return path


def content(path: Path) -> list[str]:
    """Return the whole journal and scheme of a project, so that two moments of it can be compared."""
    with Project.open(path, making.BEN) as opened:
        steps = [entry.id for entry, _line in opened.history(10_000)]
        texts = [
            f"{a.id} {a.title} {hashlib.sha256(opened.text(a).encode()).hexdigest()}" for a in opened.rows.articles()
        ]
        labels = [label.name for label in opened.scheme.labels]
    return [*steps, *texts, *labels]


def answer_new(hand: Hand, path: Path, *keys: str) -> None:
    """Have the dialog of a new project answered: its path, then these keys, and Enter."""

    def fill(_dialog: QDialog) -> None:
        hand.type(str(path))
        hand.keys(*keys)
        QTest.qWait(150 if keys else 0)  # Qt shows for 100 ms that Alt and a letter press a button
        hand.keys("Return")

    hand.answer("newProject", fill)


def books(hand: Hand) -> list[GuidelineBook]:
    """Return the windows of all guidelines that are open."""
    return [one for one in hand.window.findChildren(GuidelineBook) if one.isVisible()]


@contextmanager
def book(hand: Hand) -> Iterator[GuidelineBook]:
    """Work in the window of all guidelines that was just opened."""
    hand.wait_until(lambda: any(one.isActiveWindow() for one in books(hand)), "all guidelines are shown")
    (found,) = books(hand)
    hand.front = found
    try:
        yield found
    finally:
        hand.front = hand.window


def at(hand: Hand, words: str, nth: int = 0) -> tuple[int, int]:
    """Return the offsets of the nth time that words stand in the article shown."""
    start = -1
    for _time in range(nth + 1):
        start = hand.window.session.text.index(words, start + 1)
    return start, start + len(words)


def drag(hand: Hand, words: str, nth: int = 0) -> None:
    """Drag over words."""
    hand.drag(*at(hand, words, nth))


def label(hand: Hand, words: str, key: str, nth: int = 0) -> None:
    """Drag over words and press a label's key."""
    drag(hand, words, nth)
    hand.keys(key)


def layer(hand: Hand) -> list[tuple[str, str]]:
    """Return (label, quote) of one's own annotations in the article shown, in reading order."""
    return [(annotation.label, annotation.quote) for annotation in hand.window.session.spans]


def topics(hand: Hand) -> list[str]:
    """Return the names of the topics given to the article shown."""
    return [hand.window.session.topic_name(tag.topic) for tag in hand.window.session.tags]

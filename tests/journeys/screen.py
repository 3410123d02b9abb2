"""A display that nobody sees, with a keyboard of a given layout, and the real program on it in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from tests.journeys.kit import PROGRAM

from rubricator.project import Project
from rubricator.settings import Settings

_PATIENCE = 30.0
"""Seconds until something that must come is given up."""

_NAMED = {"Ctrl": "Control_L", "Shift": "Shift_L", "Alt": "Alt_L"}
"""What X calls keys that do not stand in the rows, where it is not what we call them."""
_ROWS = {10: "1234567890-=", 24: "qwertyuiop[]", 38: "asdfghjkl;'", 52: "zxcvbnm,./"}
_PLACES = {char: first + n for first, row in _ROWS.items() for n, char in enumerate(row)}


def needed(*programs: str) -> pytest.MarkDecorator:
    """Skip where a program is missing that `make test` brings to a machine where it may."""
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


def until(done: Callable[[], object], what: str, seconds: float = _PATIENCE) -> None:
    """Wait until something holds."""
    last = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < last, f"waited in vain: {what}"
        time.sleep(0.02)


class Screen:
    """An X server with one keyboard."""

    def __init__(self, display: str) -> None:
        self.env = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}

    def layout(self, name: str) -> None:
        """Give the keyboard a layout."""
        subprocess.run(["setxkbmap", "-layout", name], env=self.env, check=True)

    def xdotool(self, *words: str) -> str:
        """Do something with xdotool; return what it says."""
        return subprocess.run(["xdotool", *words], env=self.env, capture_output=True, text=True, check=False).stdout

    def windows(self, title: str) -> list[str]:
        """Return the visible windows whose title holds these words."""
        return self.xdotool("search", "--onlyvisible", "--name", title).split()

    def focus(self, title: str) -> None:
        """Wait for a window and give it the keyboard, as a window manager would."""
        until(lambda: self.windows(title), f"a window “{title}”")
        window = self.windows(title)[-1]
        self.xdotool("windowfocus", window)
        until(lambda: self.xdotool("getwindowfocus").strip() == window, f"“{title}” has the keyboard")

    def press(self, *keys: str) -> None:
        """Press keys by their places on a US keyboard, one after another: "Ctrl+z" is the key beside the left Shift."""
        for key in keys:
            *held, last = key.split("+")
            downs = [word for name in held for word in ("keydown", _NAMED[name])]
            ups = [word for name in reversed(held) for word in ("keyup", _NAMED[name])]
            self.xdotool(*downs, "key", str(_PLACES.get(last, last)), *ups)


class Program:
    """`rubricator open PROJECT` on a screen."""

    def __init__(self, screen: Screen, project: Path, process: subprocess.Popen[bytes]) -> None:
        self.screen, self.project, self._process = screen, project, process
        self.may_end = False

    def ended(self) -> bool:
        """Say whether it ended well by itself; from now on it may."""
        self.may_end = True
        return self._process.poll() == 0

    def layer(self) -> list[tuple[str, str]]:
        """Return (label, quote) of what is saved of the first article, in reading order."""
        with Project.open(self.project, Settings().me()) as opened:
            article = next(opened.rows.articles())
            text = opened.text(article)
            return [(a.label, a.span.quote(text)) for a in sorted(opened.annotations(article.id), key=_order)]

    def until_layer(self, *wanted: tuple[str, str]) -> None:
        """Wait until these annotations are saved, and no others."""
        with suppress(AssertionError):
            until(lambda: self.layer() == list(wanted), "", 5)
        assert self.layer() == list(wanted)


def _order(annotation: object) -> tuple[int, int, str]:
    return annotation.start, -annotation.end, annotation.label  # type: ignore[attr-defined]


@contextmanager
def screen(layout: str = "us") -> Iterator[Screen]:
    """Start an X server; it keeps its layout when its last client leaves."""
    reading, writing = os.pipe()
    words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1700x1100x24", "-nolisten", "tcp", "-noreset"]
    with os.fdopen(reading) as number:
        server = subprocess.Popen(words, pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        display = number.readline().strip()
    try:
        assert display, "the X server did not start"
        made = Screen(f":{display}")
        made.layout(layout)
        yield made
    finally:
        server.terminate()
        server.wait()


@contextmanager
def program(on: Screen, project: Path, env: Mapping[str, str] | None = None) -> Iterator[Program]:
    """Start the program on a project and wait until it takes keys."""
    errors = project.with_suffix(".err")
    with errors.open("w") as log:
        process = subprocess.Popen([PROGRAM, "open", project], env={**on.env, **(env or {})}, stderr=log)
    try:
        on.focus(project.stem)
        shown = Program(on, project, process)
        yield shown
        assert process.poll() is None or (shown.may_end and shown.ended()), errors.read_text()
    finally:
        process.terminate()
        process.wait(10)
        said = errors.read_text()
    assert "Traceback" not in said, said

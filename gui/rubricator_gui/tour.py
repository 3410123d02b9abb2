"""The main job done in the real window by real mouse and key events; it leaves pictures and corpora behind.

It imports an article, labels spans and gives topics, undoes and redoes, closes, reopens, exports, and looks at each
step whether what should have happened did.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.outgoing import export
from rubricator.exchange.sample import sample_project
from rubricator.words import say
from rubricator_gui import app
from rubricator_gui.hand import Hand
from rubricator_gui.window import MainWindow
from rubricator_resources import path as resource

STORY = "samples/academy-president.txt"


def run(folder: Path) -> int:
    """Do the tour; the exit code is 1 where a step did not do what it should."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("pictures", "corpora"):
            shutil.rmtree(folder / name, ignore_errors=True)
        (folder / "corpora").mkdir()
    except OSError as error:
        print(f"{folder} cannot be written to: {error.strerror}", file=sys.stderr)
        return 1
    logging.basicConfig(level=logging.WARNING)
    try:
        with tempfile.TemporaryDirectory() as work:
            os.environ["RUBRICATOR_HOME"] = work  # the settings of the person who watches stay theirs
            _Tour(folder, Path(work)).run()
    except (AssertionError, UserError) as error:
        print(f"The tour stopped: {error}", file=sys.stderr)
        return 1
    print(f"Pictures and corpora are in {folder}.")
    return 0


def _to_log(kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
    """Log what Qt says, but for what the offscreen platform cannot do: nobody misses it there."""
    if not words.startswith("This plugin does not support"):
        level = logging.WARNING if kind != QtMsgType.QtDebugMsg else logging.DEBUG
        logging.getLogger("qt").log(level, words)


class _Tour:
    """One tour: the window is built, closed and built again on the same project."""

    def __init__(self, folder: Path, work: Path) -> None:
        self.folder = folder
        self.project = sample_project(work)
        self.hand: Hand
        self.n = 0

    def run(self) -> None:
        """Go through the main job."""
        qInstallMessageHandler(_to_log)
        app.application()
        self.step("A project that is alive: three articles, two annotators", self.open)
        self.step("Import an article from a text file", self.import_article)
        self.step("Label by double-click, by dragging, with a sticky label", self.label)
        self.step("One name over a blank line is one span", self.blank_line)
        self.step("Walk, relabel, delete; undo and redo", self.walk)
        self.step("Topics", self.topics)
        self.step("Finish and go on; history", self.finish)
        self.step("Close and open again: nothing is lost", self.reopen)
        self.step("Small window, dark colours", self.other_looks)
        self.step("Export to every format, and read it back", self.export)

    def step(self, words: str, do: Callable[[], None]) -> None:
        """Say what is done, and do it."""
        self.n += 1
        print(f"{self.n:2}. {words}")
        do()

    @property
    def window(self) -> MainWindow:
        return self.hand.window

    def keep(self, name: str, scale: int = 1) -> None:
        """Keep a picture."""
        self.hand.picture(self.folder / "pictures" / f"{self.n:02}-{name}.png", scale)

    def at(self, words: str, nth: int = 0) -> tuple[int, int]:
        """Return where words stand in the article: the offsets of the n-th time."""
        start = -1
        for _time in range(nth + 1):
            start = self.window.session.text.index(words, start + 1)
        return start, start + len(words)

    def labelled(self, words: str, label: str) -> None:
        """Look whether words carry a label."""
        found = [(a.quote, a.label) for a in self.window.session.spans]
        assert (words, label) in found, f"“{words}” does not carry {label}"

    # --- the steps ------------------------------------------------------------------------------------------------

    def open(self) -> None:
        self.hand = Hand(app.build(self.project))
        self.hand.show(1600, 1000)
        assert len(self.window.session.spans) > 30, "the sample has no annotations"
        self.hand.click(self.at("Anna S.\n\nLebrune")[0] + 1)
        assert self.window.session.chosen, "a click chooses nothing"
        self.keep("window")
        self.keep("window-2x", 2)
        self.hand.keys("Esc")

    def import_article(self) -> None:
        session = self.window.session
        before = session.ready.rows.count_articles()
        copy = self.folder / "corpora" / "imported.txt"
        text = resource(STORY).read_text(encoding="utf-8")
        more = "\nAnna S.\n\nLebrune, who visited the Academy, called it a good day for Karesh.\n"
        copy.write_text(text + more, encoding="utf-8")
        self.hand.answer_file(copy)
        self.hand.do("import")
        self.hand.wait_until(lambda: session.ready.rows.count_articles() == before + 1, "the article is imported")
        self.hand.wait_until(lambda: "imported" in self.window.status.notice, "the import is told")
        copy.unlink()
        for _n in range(before):
            self.hand.keys("Ctrl+PgDown")
        assert session.article is not None
        assert not len(session.spans), "the new article has annotations"
        self.keep("imported")

    def label(self) -> None:
        start, end = self.at("Kareshi")
        self.hand.double_click(start + 2)
        assert self.window.reader.selection() is not None, "a double-click selects nothing"
        self.hand.keys("7")
        self.labelled("Kareshi", "NATIONALITY")
        start, end = self.at("Kareshi Academy")
        self.hand.drag(start + 1, end - 2)
        self.keep("selection")
        self.hand.keys("2")
        self.labelled("Kareshi Academy", "ORGANIZATION")
        self.hand.keys("Esc", "3")  # not to correct what was just labelled
        assert self.window.session.sticky == "COUNTRY", "the label did not become sticky"
        start, end = self.at("Karesh.")
        self.hand.double_click(start + 1)
        self.labelled("Karesh", "COUNTRY")
        self.keep("labelled")
        self.hand.keys("Esc")
        assert self.window.session.sticky is None, "Esc did not end the sticky label"

    def blank_line(self) -> None:
        start, end = self.at("Anna S.\n\nLebrune")
        self.hand.drag(start + 1, end - 1)
        self.hand.keys("1")
        self.labelled("Anna S.\n\nLebrune", "PERSON")
        self.keep("blank-line")

    def walk(self) -> None:
        session = self.window.session
        n = len(session.spans)
        self.hand.click(self.at("Karesh.")[0] + 2)
        assert session.chosen, "a click chooses nothing"
        self.hand.keys("0")
        self.labelled("Karesh", "CITY")
        self.hand.keys("Delete")
        assert len(session.spans) == n - 1, "Delete deleted nothing"
        self.hand.keys("Ctrl+Z", "Ctrl+Z")
        self.labelled("Karesh", "COUNTRY")
        self.hand.keys("Ctrl+Shift+Z", "Ctrl+Z")
        assert len(session.spans) == n, "undo and redo came out elsewhere"
        self.hand.keys("Shift+Tab", "Tab")
        assert session.chosen, "Tab walks nowhere"
        self.keep("chosen")

    def topics(self) -> None:
        session = self.window.session
        for words in ("science", "education"):
            self.hand.keys("Ctrl+T")
            self.hand.type(words)
            self.hand.keys("Return")
        self.keep("topics")
        assert len(session.tags) == 2, f"{len(session.tags)} topics were given, not two"
        self.window.reader.setFocus()

    def finish(self) -> None:
        session = self.window.session
        article = session.article
        assert article is not None
        self.hand.keys("Ctrl+Return")
        layer = session.ready.rows.layer(article.id, session.ready.me.annotator)
        assert layer.status == "done", "the article is not finished"
        self.hand.keys("Ctrl+H")
        self.keep("history")
        session.show_article(article.id)

    def reopen(self) -> None:
        session = self.window.session
        assert session.article is not None
        article, quotes = session.article.id, sorted((a.id, a.label, a.quote) for a in session.spans)
        self.window.close()
        self.hand = Hand(app.build(self.project))
        self.hand.show()
        session = self.window.session
        assert session.article is not None
        assert session.article.id == article, "the last article does not come back"
        assert sorted((a.id, a.label, a.quote) for a in session.spans) == quotes, "annotations were lost"
        assert len(session.tags) == 2, "topics were lost"
        self.keep("reopened")

    def other_looks(self) -> None:
        self.hand.do("dark")
        self.keep("dark")
        self.hand.show(1000, 700)
        self.keep("dark-small")
        self.hand.do("light")
        self.keep("light-small")
        self.hand.show(1600, 1000)
        self.window.session.close()
        self.keep("welcome")
        self.window.session.open(self.project)

    def export(self) -> None:
        project = self.window.session.ready
        for spec in formats.FORMATS:
            if not spec.writes:
                continue
            name = spec.key if spec.folder else f"sample-{spec.key}{spec.suffixes[0]}"
            everyone = formats.writer(spec.key).all_layers
            options = ExportOptions(spec.key, "" if everyone else project.me.annotator)
            try:
                report = export(project, self.folder / "corpora" / name, options)
            except UserError as error:
                if not spec.extra:
                    raise
                print(f"      {spec.title}: {say(error.text)}")
                continue
            first, *losses = (say(line) for line in report.lines())
            print(f"      {spec.title}: {first}")
            for loss in losses:
                print(f"         {loss}")
        self.window.close()
        QApplication.sendPostedEvents()

"""Bad input in the window: the words of the command line in a dialog, the project unchanged, and the window lives on."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMessageBox
from tests.gui.test_hints import TYPED
from tests.journeys import kit
from tests.journeys.conftest import Start, words_of

from rubricator.exchange import work
from rubricator_gui.dialogs.topic_import import TopicSource
from rubricator_gui.dialogs.trouble import Trouble
from rubricator_gui.hand import Hand


@dataclass
class Told:
    """What the dialogs said that came."""

    hand: Hand
    words: list[str] = field(default_factory=list)

    def expect(self) -> None:
        """Expect a dialog with words for people; it is read and closed."""
        self.hand.answer("userError", self._read)

    def _read(self, dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        assert dialog.textFormat() == Qt.TextFormat.PlainText, "words from outside may be taken for HTML"
        self.words.append("\n".join(part for part in (dialog.text(), dialog.informativeText()) if part))
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    def wait(self) -> str:
        """Wait for the one dialog and return its words."""
        self.hand.wait_until(lambda: bool(self.words), "a dialog says what is wrong")
        (words,) = self.words
        assert "Traceback" not in words
        assert "Error" not in words, "the name of an exception is no word for people"
        return words


@pytest.fixture
def file(tmp_path: Path) -> Path:
    kit.introduced()
    return kit.project(tmp_path / "good.rubric")


def press(dialog: QDialog, words: str) -> None:
    """Press the button that says this."""
    (button,) = [b for b in dialog.findChildren(QAbstractButton) if b.text().replace("&", "") == words]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def still_works(hand: Hand) -> None:
    """See whether the window lives on: one can label and undo."""
    hand.reader.setFocus()
    before = kit.layer(hand)
    kit.label(hand, "Arvenia", "3")
    assert ("COUNTRY", "Arvenia") in kit.layer(hand)
    hand.keys("Ctrl+Z")
    assert kit.layer(hand) == before


def command_line_says(*words: str | Path) -> str:
    """Return what the command line says on its error stream when it refuses."""
    done = kit.run(*words)
    assert done.returncode == 1, done
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


def same_words(told: str, says: str) -> None:
    """See that the window says what the command line does; what to do in words of its own where that has options."""
    if TYPED.search(says):
        *what, hint = told.splitlines()
        assert what == says.splitlines()[:-1]
        assert hint
        assert not TYPED.search(hint)
    else:
        assert told == says


# --- opening ----------------------------------------------------------------------------------------------------------


def a_text(path: Path, _good: Path) -> None:
    path.write_text("Harbour ministers meet\n" * 50, "utf-8")


def nothing_in_it(path: Path, _good: Path) -> None:
    path.write_bytes(b"")


def another_programs_database(path: Path, _good: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY, words TEXT)")
    db.close()


def a_newer_version(path: Path, good: Path) -> None:
    shutil.copy(good, path)
    db = sqlite3.connect(path)
    (version,) = db.execute("PRAGMA user_version").fetchone()
    db.execute(f"PRAGMA user_version = {version + 100_000}")
    db.commit()
    db.close()


def cut_off(path: Path, good: Path) -> None:
    path.write_bytes(good.read_bytes()[:20_000])


@pytest.mark.parametrize("spoil", [a_text, nothing_in_it, another_programs_database, a_newer_version, cut_off])
def test_opening_what_is_no_project(
    safe: Start, file: Path, tmp_path: Path, spoil: Callable[[Path, Path], None]
) -> None:
    bad = tmp_path / "bad.rubric"
    spoil(bad, file)
    before = bad.read_bytes()
    hand = safe(file)
    told = Told(hand)
    hand.answer_file(bad)
    told.expect()
    hand.do("open")
    words = told.wait()
    same_words(words, command_line_says("check", bad))
    assert str(bad) in words
    assert len(words.splitlines()) == 2, "it does not say what to do"
    assert bad.read_bytes() == before, "the file was changed"
    assert sorted(p.name for p in tmp_path.glob("bad*")) == ["bad.rubric"], "something was left beside it"
    assert hand.window.session.project is not None
    assert hand.window.session.project.path == file, "the project that was open is gone"
    assert bad not in hand.window.session.memory.recent()
    still_works(hand)


def test_a_recent_project_that_is_gone(safe: Start, file: Path, tmp_path: Path) -> None:
    other = kit.project(tmp_path / "other.rubric")
    hand = safe(file)
    hand.window.session.open(other)
    hand.keys("Ctrl+W")
    file.unlink()
    told = Told(hand)
    told.expect()
    rows = hand.window.welcome.recent
    (row,) = [n for n in range(rows.count()) if rows.item(n).text().startswith("good")]
    hand.click_on(rows.viewport(), rows.visualItemRect(rows.item(row)).center())
    same_words(told.wait(), command_line_says("check", file))
    assert hand.window.pages.currentWidget() is hand.window.welcome


# --- importing --------------------------------------------------------------------------------------------------------


def record(**more: Any) -> str:
    return json.dumps({"text": kit.STORY, "id": "bad", **more}, ensure_ascii=False) + "\n"


def annotated(label: str, start: int, end: int, **more: Any) -> str:
    return record(
        layers=[{"annotator": "anna", "annotations": [{"label": label, "fragments": [[start, end]], **more}]}]
    )


BAD = {
    "a-quote-that-does-not-match.jsonl": annotated("PERSON", 0, 7, quote="Airport"),
    "an-offset-outside-the-text.jsonl": annotated("PERSON", 5, 5000),
    "an-end-before-the-start.jsonl": annotated("PERSON", 9, 2),
    "not-json.jsonl": record() + "{ this is not JSON\n",
    "no-text.jsonl": '{"id": "x"}\n',
    "an-unknown-format.xyz": "who knows",
    "undecodable.jsonl": b'{"text": "na\xefve"}\n',
    "binary.txt": b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 40,
    "cut-off-utf-16.txt": "\ufeffHarbour ministers meet".encode("utf-16-le")[:-1],
    "a-picture.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\x01\x02" * 500,
    "nothing.jsonl": "",
}


@pytest.mark.parametrize("name", BAD)
def test_importing_what_cannot_be_imported(safe: Start, file: Path, tmp_path: Path, name: str) -> None:
    bad = tmp_path / name
    source = BAD[name]
    bad.write_bytes(source if isinstance(source, bytes) else source.encode())
    says = command_line_says("import", file, bad)
    before = kit.content(file)
    hand = safe(file)
    told = Told(hand)
    hand.answer_file(bad)
    told.expect()
    hand.do("import")
    same_words(told.wait(), says)
    assert name in says, "it does not name the file"
    if name.endswith(".jsonl") and "nothing" not in name and "undecodable" not in name:
        assert f"{name}, line {2 if name == 'not-json.jsonl' else 1}" in says, "it does not name the line"
    hand.wait_until(lambda: hand.window.status._cancel.isHidden(), "the work is ended")
    assert kit.content(file) == before
    still_works(hand)


# --- scheme and topics ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("action", "command"), [("import-scheme", "scheme"), ("import-topics", "topics")])
@pytest.mark.parametrize("source", ["{ this is not JSON", '{"labels": 7}', "[]", b"\xff\xfe\x00"])
def test_schemes_and_topics_that_are_none(
    safe: Start, file: Path, tmp_path: Path, action: str, command: str, source: str | bytes
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_bytes(source if isinstance(source, bytes) else source.encode())
    says = command_line_says(command, "import", file, bad)
    hand = safe(file)
    before = kit.content(file)
    told = Told(hand)
    if action == "import-topics":
        hand.answer("topicSource", partial(choose_file, hand, bad))
    else:
        hand.answer_file(bad)
    told.expect()
    hand.do(action)
    same_words(told.wait(), says)
    assert "bad.json" in says
    assert kit.content(file) == before
    still_works(hand)


def choose_file(hand: Hand, path: Path, dialog: QDialog) -> None:
    """Type the path of a file of topics, and go on."""
    assert isinstance(dialog, TopicSource)
    dialog.path.setFocus()
    hand.type(str(path))
    hand.keys("Return")


def in_the_event_loop(qapp: QApplication, hand: Hand, key: str) -> None:
    """Press a key in the reader while the program's own loop runs: only then an error comes where it does for people."""
    event = QKeyEvent(QEvent.Type.KeyPress, ord(key), Qt.KeyboardModifier.NoModifier, key)
    QApplication.postEvent(hand.reader, event)
    enough = QTimer()
    enough.setSingleShot(True)
    enough.timeout.connect(qapp.exit)
    enough.start(20_000)
    qapp.exec()
    enough.stop()


# --- bugs -------------------------------------------------------------------------------------------------------------


@pytest.mark.logs("a bug")
def test_a_bug_is_told_with_a_report_and_the_window_lives_on(
    safe: Start, file: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    hand = safe(file)
    kit.label(hand, "Toll", "3")
    before = kit.content(file)
    reports: list[tuple[str, str]] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, Trouble)
        reports.append((words_of(dialog), dialog.report.toPlainText()))
        press(dialog, "Copy the report")
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        qapp.exit()

    def broken(*_words: object, **_more: object) -> None:
        raise ZeroDivisionError("the moon is full")

    with monkeypatch.context() as patch:
        patch.setattr(type(hand.window.session.ready), "annotate", broken)
        hand.answer("trouble", read)
        kit.drag(hand, "Arvenia")
        in_the_event_loop(qapp, hand, "3")
    ((words, report),) = reports
    assert "This is a fault of the program." in words
    assert "Traceback" not in words
    assert "ZeroDivisionError: " in report
    assert "the moon is full" in report
    assert QGuiApplication.clipboard().text() == report
    assert kit.content(file) == before
    assert kit.layer(hand) == [("COUNTRY", "Toll")]
    hand.keys("Esc")
    still_works(hand)


def test_a_bug_in_background_work_is_told_with_a_report(
    safe: Start, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = safe(file)
    before = kit.content(file)
    good = tmp_path / "good.txt"
    good.write_text("Grain prices fall\n\nPrices fell in Toll.\n", "utf-8")
    reports: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, Trouble)
        reports.append(dialog.report.toPlainText())
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    with monkeypatch.context() as patch:
        patch.setattr(work, "look_work", work.losses_work)  # it is called with more than it can take
        hand.answer_file(good)
        hand.answer("trouble", read)
        hand.do("import")
        hand.wait_until(lambda: bool(reports), "the trouble dialog comes")
    assert "Traceback" in reports[0]
    assert hand.window.status._cancel.isHidden()
    assert kit.content(file) == before
    hand.answer_file(good)
    hand.do("import")
    hand.wait_until(lambda: "imported" in hand.window.status.notice, "the next import goes well")
    still_works(hand)


def test_what_a_rule_refuses_is_told_on_the_status_line(safe: Start, file: Path) -> None:
    hand = safe(file)
    kit.label(hand, "Arvenia", "3")
    before = kit.content(file)
    kit.label(hand, "Arvenia", "3")
    assert hand.window.status.notice.startswith("“Arvenia” was not labelled")
    assert kit.content(file) == before
    assert kit.layer(hand) == [("COUNTRY", "Arvenia")]
    labels = [label for label in hand.window.status.findChildren(QLabel) if label.text() == hand.window.status.notice]
    assert len(labels) == 1
    assert labels[0].isVisible()

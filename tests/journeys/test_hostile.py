"""Text that wants to do harm, pasted into every field: nothing fails, nothing is taken for markup, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QMessageBox, QPlainTextEdit
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.exchange.incoming import ImportOptions, import_files
from rubricator.model.spans import Span
from rubricator.model.text import FORBIDDEN
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.dialogs import trouble
from rubricator_gui.hand import Hand
from rubricator_gui.panels.plain import plain_tip

HOSTILE = {
    "nul": "a\x00b",
    "controls": "a\x01\x08\x1b[31m\x7fb",
    "half a sign": "zq\ud83d",
    "right to left": "\u202eevil\u202c \u2066\u2069",
    "emoji": "👨‍👩‍👧‍👦🏳️‍🌈é" * 5,
    "lines": "one\r\ntwo\u2028three\u2029four\x0bfive\x85six",
    "markup": "<b>bold</b><img src='http://10.0.0.1/x.png'><h1>big</h1>&amp;",
    "format": "%s %n %(x)s {name} {0} {why!r} \\1 $1",
    "sql": "'; DROP TABLE annotation; -- \" %_\\",
    "long": "x" * 1_000_000,
    "many lines": "zq\n" * 20_000,
}


@pytest.fixture
def hand(safe: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    hand = safe(kit.project(tmp_path / "good.rubric", (kit.STORY, f"{kit.STORY}\nAgain.\n")))
    kit.label(hand, "Arvenia", "3")
    return hand


@pytest.fixture(autouse=True)
def no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no dialog wait for somebody where a bug shows itself: what is logged fails the test."""
    monkeypatch.setattr(trouble.Trouble, "exec", lambda _dialog: 0)


def paste(hand: Hand, words: str) -> QLineEdit | QPlainTextEdit:
    """Paste into the field that has the focus, by its key."""
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    QGuiApplication.clipboard().setText(words)
    hand.keys("Ctrl+V")
    assert isinstance(field, QPlainTextEdit) or len(field.text()) <= field.maxLength()
    QTest.qWait(250)  # a search begins a moment after the last key
    return field


def in_plain_words(hand: Hand) -> None:
    """See that no label that shows what was pasted takes it for markup."""
    for label in (QApplication.activeWindow() or hand.window).findChildren(QLabel):
        if label.isVisible() and ("<b>" in label.text() or "{name}" in label.text()):
            assert label.textFormat() == Qt.TextFormat.PlainText, label.text()


def test_notes(hand: Hand, tmp_path: Path) -> None:
    session = hand.window.session
    assert session.project is not None
    path = session.project.path
    for words in HOSTILE.values():
        (annotation,) = session.spans
        session.choose(annotation.id)
        hand.do("note")
        hand.keys("Ctrl+A")
        paste(hand, words)
        hand.keys("Return")
        (annotation,) = session.spans
        assert not FORBIDDEN.search(annotation.note)
        assert len(annotation.note) in {len(words.replace("\r\n", "\n")), len(words) - 1}
        hand.reader.setFocus()
        kit.rubricator("export", path, tmp_path / "out.jsonl", "--format", "jsonl", "--overwrite")
        with Project.create(tmp_path / "again.rubric", Settings().me(), session.scheme) as again:
            import_files(again, [tmp_path / "out.jsonl"], ImportOptions())
            assert [one.note for one in again.annotations("a1")] == [annotation.note]
        again.path.unlink()
    assert kit.report("check", path, "--full")["sound"]


def find_in_article(hand: Hand) -> None:
    hand.keys("Ctrl+F")


def label_picker(hand: Hand) -> None:
    kit.drag(hand, "Toll")
    hand.keys("Return")


def topics(hand: Hand) -> None:
    hand.keys("Ctrl+T")


def articles(hand: Hand) -> None:
    hand.window.articles.filter.setFocus()


@pytest.mark.parametrize("where", [find_in_article, label_picker, topics, articles])
def test_searches(hand: Hand, where: Callable[[Hand], None]) -> None:
    session = hand.window.session
    for words in HOSTILE.values():
        where(hand)
        field = paste(hand, words)
        in_plain_words(hand)
        hand.keys("Return")
        field.clear()
        for _n in range(3):
            hand.keys("Esc")
        hand.reader.setFocus()
        assert kit.layer(hand) == [("COUNTRY", "Arvenia")]
        assert session.tags == []
    QTest.qWait(300)
    kit.label(hand, "Karesh", "3", 1)
    assert kit.layer(hand) == [("COUNTRY", "Arvenia"), ("COUNTRY", "Karesh")]


@pytest.mark.parametrize(("key", "dialog"), [("Ctrl+K", "palette"), ("Ctrl+/", "keySheet")])
def test_searches_in_dialogs(hand: Hand, key: str, dialog: str) -> None:
    done: list[str] = []

    def inside(found: QDialog) -> None:
        for words in HOSTILE.values():
            field = paste(hand, words)
            in_plain_words(hand)
            field.clear()
        done.append(dialog)
        found.reject()

    hand.answer(dialog, inside)
    hand.keys(key)
    hand.wait_until(lambda: bool(done), "the dialog came")


def test_names(hand: Hand) -> None:
    session = hand.window.session
    for words in HOSTILE.values():
        pasted: list[str] = []

        def inside(_found: QDialog, words: str = words, pasted: list[str] = pasted) -> None:
            hand.keys("Ctrl+A")
            paste(hand, words)
            hand.keys("Return")
            pasted.append(words)

        hand.answer("QInputDialog", inside)
        hand.do("who")
        assert pasted
        assert session.project is not None
        told = session.project.me.name
        assert told
        assert len(told) <= 200
        assert not FORBIDDEN.search(told)
        assert told == " ".join(told.split())
        before = len(session.spans)
        hand.reader.setFocus()
        kit.label(hand, "Toll", "3")
        assert len(session.spans) == before + 1
        assert session.ready.rows.name_of(session.ready.me.annotator) == told
        hand.keys("Ctrl+Z")
    assert kit.report("check", session.ready.path, "--full")["sound"]


def test_a_tooltip_is_no_longer_than_people_read() -> None:
    assert len(plain_tip("<" * 1_000_000)) < 5_000


def test_half_a_sign_in_a_note_is_not_kept(tmp_path: Path) -> None:
    kit.introduced()
    with Project.open(kit.project(tmp_path / "p.rubric"), Settings().me()) as project:
        project.annotate("a1", "COUNTRY", [Span.of(0, 7)])
        (annotation,) = project.annotations("a1")
        project.write_note(annotation, "a\ud800\x00b")
        assert [one.note for one in project.annotations("a1")] == ["a\ufffd\ufffdb"]


LISTS = {
    "nothing.txt": (b"", "holds no names"),
    "only space.txt": (b"\n\n   \n\t\n", "holds no names"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\x01\x02" * 500, "picture.txt"),
    "one line.txt": (b"x" * 10_000_000, "is too long for a name"),
    "large.txt": (b"name\n" * 4_000_000, "is larger than 16 MB"),
    "<b>bold<b> %s {name} & co.txt": ("\n".join(HOSTILE[n] for n in ("markup", "format", "sql", "emoji")).encode(), ""),
    "signs.txt": ("a\x00b\n\u202eevil\u202c\nToll\n".encode(), "holds bytes that no text has"),
    "half.txt": (b"Toll\n\xed\xa0\xbdx\n", ""),
    "quotes.csv": (b'name,label\n"Toll,COUNTRY\n', "quotes.csv"),
    "many.txt": (b"\n".join(b"Name %d" % n for n in range(50_000)), ""),
}


@pytest.mark.parametrize("name", LISTS)
def test_word_lists(hand: Hand, tmp_path: Path, name: str) -> None:
    source, why = LISTS[name]
    file = tmp_path / name
    file.write_bytes(source)
    session = hand.window.session
    path = session.ready.path
    said: list[str] = []

    def told(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        assert dialog.textFormat() == Qt.TextFormat.PlainText
        said.append(f"{dialog.text()} {dialog.informativeText()}")
        dialog.accept()

    def choose(dialog: QDialog) -> None:
        (question,) = dialog.findChildren(QLabel)
        assert question.textFormat() == Qt.TextFormat.PlainText
        assert name in question.text()
        hand.keys("Return")

    hand.answer_file(file)
    hand.answer("userError" if why else "QInputDialog", told if why else choose)
    hand.do("import-words")
    if why:
        hand.wait_until(lambda: bool(said), "it is said why not")
        assert why in said[0]
        assert len(said[0]) < 400
    else:
        assert "suggested now" in hand.window.status.notice
        assert "{" not in hand.window.status.notice
    assert bool(list(session.ready.listed())) == (not why)
    hand.show()
    hand.reader.setFocus()
    kit.label(hand, "Karesh", "3", 1)
    assert kit.layer(hand) == [("COUNTRY", "Arvenia"), ("COUNTRY", "Karesh")]
    hand.keys("Ctrl+Z", "Ctrl+Z")
    assert not list(session.ready.listed()) or why
    assert kit.report("check", path, "--full")["sound"]

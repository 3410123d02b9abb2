"""A scheme, entities and comments full of markup and worse, shown and pasted everywhere: plain words, and nothing fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStyleOptionViewItem,
    QTabWidget,
    QTextBrowser,
    QToolTip,
    QWidget,
)
from tests import making
from tests.journeys import kit
from tests.journeys.conftest import Start
from tests.journeys.test_hostile import HOSTILE

from rubricator.exchange.schemes import scheme_named
from rubricator.model.scheme import Attribute, Example, RelationType, Rule, Topic
from rubricator.model.spans import Span
from rubricator.model.text import FORBIDDEN
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.dialogs import trouble
from rubricator_gui.dialogs.comments import CommentDialog
from rubricator_gui.dialogs.entity import EntityDialog
from rubricator_gui.dialogs.guideline import GuidelineDialog
from rubricator_gui.dialogs.note import NoteDialog
from rubricator_gui.dialogs.scheme.editor import SchemeEditor
from rubricator_gui.dialogs.topic import TopicDialog
from rubricator_gui.hand import Hand

EVIL = '<b>bold</b><img src="http://10.0.0.1/x.png"> {name} %s &amp; ' + "words " * 20
GUIDE = f"# {EVIL}\n\n![x](file:///etc/passwd) [y](javascript:alert(1)) <script>z</script>\n\n" + "".join(
    f"{'  ' * n}- deep\n" for n in range(60)
)


def hostile_project(path: Path) -> Path:
    """Make a project in which everything that has words has evil ones."""
    scheme = scheme_named("news")
    labels = tuple(
        one._replace(title=f"{n}{EVIL}", definition=EVIL, guideline=GUIDE) for n, one in enumerate(scheme.labels)
    )
    hostile = replace(
        scheme,
        name=EVIL,
        description=EVIL,
        guideline=GUIDE,
        labels=labels,
        topics=(Topic("t", f"t {EVIL}", EVIL, synonyms=(EVIL,)), Topic("u", f"u {EVIL}", EVIL, "t", "2020", (), EVIL)),
        attributes=(
            Attribute("a", EVIL, "choice", (EVIL, "x"), chip=True, definition=EVIL, required=True),
            Attribute("w", f"w {EVIL}", "text", definition=EVIL),
        ),
        relations=(RelationType("r", f"r {EVIL}", definition=EVIL), RelationType("s", f"s {EVIL}")),
        rules=(Rule("1", "no-nesting", {"inner": ["PERSON"], "outer": ["CITY"]}),),
        examples=(Example("e", "PERSON", EVIL, EVIL, EVIL, note=EVIL),),
    )
    with Project.create(path, Settings().me(), hostile) as made:
        making.add_articles(made, [("a1", kit.STORY), ("a2", f"{EVIL}\n\n{kit.STORY}")])
        start = kit.STORY.index("Arvenia")
        made.annotate("a1", "COUNTRY", [Span.of(start, start + 7)])
        made.annotate("a1", "COUNTRY", [Span.of(start + 9, start + 15)])
        first, second = made.annotations("a1")
        made.attributes.set([first], "a", EVIL)
        made.relations.add("r", first, second)
        made.comments.add("a1", first.id, EVIL)
        made.entities.link(
            [first], made.entities.new(EVIL, "CITY", external="javascript:alert(1)", aliases=[EVIL]), new=True
        )
        made.entities.add([made.entities.new(EVIL, "CITY")])
        made.topics.give("a1", ["t"])
    return path


@pytest.fixture
def hand(safe: Start, tmp_path: Path) -> Hand:
    kit.introduced()
    hand = safe(hostile_project(tmp_path / "evil.rubric"))
    choose(hand)
    return hand


@pytest.fixture(autouse=True)
def no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no dialog wait for somebody where a bug shows itself: what is logged fails the test."""
    monkeypatch.setattr(trouble.Trouble, "exec", lambda _dialog: 0)


def choose(hand: Hand) -> None:
    hand.click(kit.at(hand, "Arvenia")[0] + 2)
    assert hand.window.session.chosen_annotation is not None


def rich(words: str) -> bool:
    """Say whether Qt would take words for markup."""
    return "<b>" in words


def in_plain_words(root: QWidget) -> int:
    """See that nothing that is shown takes words for markup; return how many things were looked at."""
    seen = 0
    for label in root.findChildren(QLabel):
        if label.isVisible() and rich(label.text()):
            assert label.textFormat() == Qt.TextFormat.PlainText, f"{label.objectName()}: {label.text()[:80]}"
            seen += 1
    for widget in root.findChildren(QWidget):
        tip = widget.toolTip()
        assert "<b>bold" not in tip, f"{type(widget).__name__} {widget.objectName()}: {tip[:80]}"
    for view in root.findChildren(QAbstractItemView):
        if view.isVisible():
            seen += tips_of(view)
    for browser in root.findChildren(QTextBrowser):
        text = browser.toPlainText()
        assert "bold" not in text or "<b>bold</b>" in text, "HTML was interpreted"
    return seen


def tips_of(view: QAbstractItemView) -> int:
    """Ask for the tooltips of the first rows, as a pointer that rests there does."""
    model = view.model()
    rows = range(min(4, model.rowCount())) if model is not None else range(0)
    for row in rows:
        index = model.index(row, 0)
        at = view.visualRect(index).center()
        option = QStyleOptionViewItem()
        option.rect = view.visualRect(index)
        QToolTip.hideText()
        delegate = view.itemDelegateForIndex(index)
        event = QHelpEvent(QEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at))
        delegate.helpEvent(event, view, option, index)
        assert "<b>bold" not in QToolTip.text(), f"{type(view).__name__} {view.objectName()}: {QToolTip.text()[:80]}"
    return len(rows)


def dialog_of(hand: Hand, name: str, action: str, work: Callable[[QDialog], object]) -> None:
    """Open a dialog by its action, and do this in it."""
    done: list[BaseException | None] = []

    def go(dialog: QDialog) -> None:
        QTest.qWait(50)
        try:
            work(dialog)
            done.append(None)
        except BaseException as error:  # noqa: BLE001 - it is raised where the test can see it
            done.append(error)
        finally:
            if dialog.isVisible():
                dialog.reject()

    hand.answer(name, go)
    hand.do(action)
    hand.wait_until(lambda: bool(done), f"the dialog {name} came")
    if done[0] is not None:
        raise done[0]
    hand.show()


# --- shown ------------------------------------------------------------------------------------------------------------


def test_the_window_and_its_panels(hand: Hand) -> None:
    assert in_plain_words(hand.window) > 3
    for action in ("entities", "again", "history", "relations"):
        hand.do(action)
        QTest.qWait(100)
        in_plain_words(hand.window)
        hand.do(action)
    hand.window.session.show_article("a2")
    QTest.qWait(200)
    in_plain_words(hand.window)


@pytest.mark.parametrize("keys", ["Ctrl+R", "Ctrl+U", "Ctrl+T", "Ctrl+Shift+T", "Ctrl+L", "Ctrl+D", "Shift+F1"])
def test_what_pops_up(hand: Hand, keys: str) -> None:
    hand.keys(keys)
    QTest.qWait(300)
    in_plain_words(hand.window)
    for popup in QApplication.topLevelWidgets():
        if popup.isVisible():
            in_plain_words(popup)
    hand.keys("Esc", "Esc")


@pytest.mark.parametrize(
    ("name", "action"),
    [("commentDialog", "comment"), ("guideline", "guideline"), ("palette", "palette"), ("twinsDialog", "twins")],
)
def test_dialogs(hand: Hand, name: str, action: str) -> None:
    seen: list[int] = []
    dialog_of(hand, name, action, lambda dialog: seen.append(in_plain_words(dialog)))
    assert seen


def test_the_scheme_editor(hand: Hand) -> None:
    def look(dialog: QDialog) -> None:
        pages = dialog.findChild(QTabWidget, "schemePages")
        assert pages is not None
        for n in range(pages.count()):
            pages.setCurrentIndex(n)
            QTest.qWait(50)
            seen = in_plain_words(dialog)
            assert seen > 0 or pages.widget(n).findChild(QPlainTextEdit, "schemeGuideline"), "that one is written only"
        pages.setCurrentIndex(0)
        for tabs in dialog.findChildren(QTabWidget):
            if tabs is not pages and tabs.isVisible():
                tabs.setCurrentIndex(1)
                QTest.qWait(50)
                in_plain_words(dialog)

    dialog_of(hand, "schemeEditor", "edit-scheme", look)


# --- pasted -----------------------------------------------------------------------------------------------------------


def paste(hand: Hand, field: QWidget, words: str) -> None:
    """Paste into a field by its keys, in the place of what stands there."""
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    field.setFocus()
    QGuiApplication.clipboard().setText(words)
    hand.keys("Ctrl+A", "Ctrl+V")


def sound(hand: Hand) -> None:
    project = hand.window.session.ready
    assert [found.what for found in project.check(full=True) if found.damage] == []
    told = [
        *(e.name for e in project.entities.all()),
        project.scheme.guideline,
        *(x.guideline for x in project.scheme.labels),
    ]
    assert not [words for words in told if FORBIDDEN.search(words)]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_pasted_into_comments_and_answers(hand: Hand, words: str) -> None:
    (annotation,) = [one for one in hand.window.session.spans if one.quote == "Arvenia"]

    def say(dialog: QDialog) -> None:
        assert isinstance(dialog, CommentDialog)
        paste(hand, dialog.field, words)
        hand.keys("Ctrl+Return", "Escape")

    dialog_of(hand, "commentDialog", "comment", say)
    there = hand.window.session.ready.comments.on(annotation.id)
    assert len(there) == 2
    assert not FORBIDDEN.search(there[1].text)
    choose(hand)
    dialog_of(hand, "commentDialog", "comment", in_plain_words)
    sound(hand)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_pasted_into_pickers_and_filters(hand: Hand, words: str) -> None:
    told: list[str] = []

    def too_long(dialog: QDialog) -> None:
        told.append(dialog.objectName())
        dialog.accept()

    if len(words) > 500:  # no entity is called so
        hand.answer("userError", too_long)
    for keys in ("Ctrl+R", "Ctrl+U", "Ctrl+T"):
        choose(hand)
        hand.keys(keys)
        QTest.qWait(50)
        field = QApplication.focusWidget()
        assert field is not None
        paste(hand, field, f"w {words}" if keys == "Ctrl+R" else words)
        QTest.qWait(250)
        hand.keys("Return")
        QTest.qWait(20)
        hand.keys("Esc", "Esc")
        hand.reader.setFocus()
    paste(hand, hand.window.sections.annotations.filter, words)
    QTest.qWait(250)
    in_plain_words(hand.window)
    hand.window.sections.annotations.filter.clear()
    assert all(len(one.name) <= 500 for one in hand.window.session.ready.entities.all())
    assert bool(told) is (len(words) > 500)
    sound(hand)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_pasted_into_the_scheme_editor(hand: Hand, words: str) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, SchemeEditor)
        for field in (*dialog.findChildren(QLineEdit), *dialog.findChildren(QPlainTextEdit)):
            if field.isVisible() and field.isEnabled() and not field.isReadOnly():
                paste(hand, field, words)
        for tabs in dialog.findChildren(QTabWidget):
            if tabs.isVisible() and tabs.objectName() != "schemePages":
                tabs.setCurrentIndex(1)
                QTest.qWait(30)
                in_plain_words(dialog)
        button = dialog.findChild(QPushButton, "applyScheme")
        assert button is not None
        if button.isEnabled():
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            QTest.qWait(100)

    dialog_of(hand, "schemeEditor", "edit-scheme", fill)
    sound(hand)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_pasted_into_a_ruling(hand: Hand, words: str) -> None:
    def rule(dialog: QDialog) -> None:
        assert isinstance(dialog, GuidelineDialog)
        hand.keys("+")
        QTest.qWait(20)
        paste(hand, dialog.why, words)
        hand.keys("Return")
        QTest.qWait(50)
        in_plain_words(dialog)

    dialog_of(hand, "guideline", "guideline", rule)
    assert not [one for one in hand.window.session.scheme.examples if FORBIDDEN.search(one.note)]
    sound(hand)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_pasted_into_entities_topics_notes_and_keys(hand: Hand, words: str) -> None:
    session = hand.window.session
    entity = session.ready.entities.all()[0]
    dialogs = [
        EntityDialog(session, entity, hand.window),
        TopicDialog(session, None, "", hand.window),
        NoteDialog("Topic", "Why?", "", hand.window),
    ]
    for dialog in dialogs:
        dialog.show()
        QTest.qWait(20)
        for field in (*dialog.findChildren(QLineEdit), *dialog.findChildren(QPlainTextEdit)):
            if field.isVisible() and field.isEnabled() and not field.isReadOnly():
                field.setFocus()
                QGuiApplication.clipboard().setText(words)
                QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
                QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        QTest.qWait(50)
        in_plain_words(dialog)
        main = next(button for button in dialog.findChildren(QPushButton) if button.isDefault())
        if main.isEnabled():  # else what was pasted will not do, and it is said
            main.click()
        dialog.close()
        dialog.deleteLater()

    def search(dialog: QDialog) -> None:
        field = dialog.findChildren(QLineEdit)[0]
        paste(hand, field, words)
        QTest.qWait(50)
        in_plain_words(dialog)

    dialog_of(hand, "keyEditor", "edit-keys", search)
    sound(hand)

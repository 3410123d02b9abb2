"""Importing by hand: what is asked before anything is written, and what is not; all by real keys and mouse."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QPushButton
from tests.journeys import kit
from tests.journeys.conftest import Start, words_of
from tests.journeys.test_names import clipped, nameless

from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui.dialogs.importing import ImportDialog
from rubricator_gui.hand import Hand

Answer = Callable[[ImportDialog], None]

TEXT = "Harbour ministers met.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    kit.introduced()
    return kit.project(tmp_path / "good.rubric")


@pytest.fixture
def hand(start: Start, file: Path) -> Hand:
    return start(file)


def line(text: str, **layers: list[tuple[str, int, int]]) -> str:
    said = [
        {"annotator": name, "annotations": [{"label": x, "start": start, "end": end} for x, start, end in spans]}
        for name, spans in layers.items()
    ]
    return json.dumps({"text": text, "layers": said}, ensure_ascii=False) + "\n"


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """Two articles by two annotators, with labels that the scheme lacks."""
    source = tmp_path / "strange.jsonl"
    lines = [
        line(TEXT, berta=[("PER", 0, 7), ("RUMOUR", 8, 17)], carl=[("PER", 0, 7), ("אדם", 8, 17)]),
        line("Port Velis is calm.\n", berta=[("PER", 0, 4), ("LOCATION", 5, 10)]),
    ]
    source.write_text("".join(lines), "utf-8")
    return source


def ask(hand: Hand, paths: list[Path], answer: Answer) -> list[str]:
    """Import; answer the dialog. Returns the words that stood in it, once it was answered."""
    said: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, ImportDialog)
        said.append(words_of(dialog))
        answer(dialog)

    hand.answer("importDialog", look)
    drop(hand, paths)
    hand.wait_until(lambda: bool(said), "it is asked")
    return said


def drop(hand: Hand, paths: list[Path]) -> None:
    """Drop files on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, button, none)
    QApplication.sendEvent(hand.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(hand.window, QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, button, none))


def imported(hand: Hand) -> str:
    hand.wait_until(lambda: "imported" in hand.window.status.notice, "it is imported")
    return hand.window.status.notice


def enter(hand: Hand, _dialog: ImportDialog) -> None:
    hand.keys("Return")


def escape(hand: Hand, _dialog: ImportDialog) -> None:
    hand.keys("Escape")


def walk(hand: Hand, listed: list[list[str]], dialog: ImportDialog) -> None:
    """Open the first kind of what is not taken as it stands, and note all lines that are seen then."""
    dialog.cases.setFocus()
    hand.keys("Home", "Down", "Right")  # the heading cannot be chosen; what stands below it opens
    lines = []
    item = dialog.cases.itemAt(2, 2)
    while item is not None:
        lines.append(item.text(0))
        item = dialog.cases.itemBelow(item)
    listed.append(lines)
    hand.keys("Escape")


def layers(file: Path) -> dict[str, list[tuple[str, str]]]:
    """Return (label, quote) of all annotations by the name of their annotator."""
    with Project.open(file, Settings().me()) as opened:
        names = {one.id: one.name for one in opened.rows.annotators()}
        found: dict[str, list[tuple[str, str]]] = {}
        for article in opened.rows.articles():
            for layer in opened.rows.layers(article.id):
                spans = opened.rows.annotations(article.id, layer.annotator)
                found.setdefault(names[layer.annotator], []).extend((a.label, a.quote) for a in spans)
    return {name: sorted(spans) for name, spans in found.items()}


# --- what is not asked ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["plain.txt", "plain.jsonl"])
def test_articles_alone_come_in_without_a_question(hand: Hand, tmp_path: Path, name: str) -> None:
    source = tmp_path / name
    source.write_text(line(TEXT) if name.endswith("jsonl") else TEXT, "utf-8")
    drop(hand, [source])
    hand.wait_until(
        lambda: "imported" in hand.window.status.notice or bool(QApplication.activeModalWidget()), "it ends"
    )
    assert QApplication.activeModalWidget() is None
    assert hand.window.session.ready.rows.count_articles() == 2
    hand.keys("Ctrl+Z")
    assert hand.window.session.ready.rows.count_articles() == 1


# --- what is told -----------------------------------------------------------------------------------------------------


def test_what_was_here_already_offers_no_undo_of_something_else(hand: Hand, tmp_path: Path) -> None:
    path = tmp_path / "once.txt"
    path.write_text("Nobody came\n\nNobody came to the quay.\n", encoding="utf-8")
    drop(hand, [path])
    imported(hand)
    assert hand.window.status._undo.isVisible()
    hand.window.session.work.set_status("done")
    hand.window.status.clear_notice()
    drop(hand, [path])
    assert "here already" in imported(hand)
    assert not hand.window.status._undo.isVisible(), "it would take back the status"
    hand.keys("Ctrl+Z")
    hand.keys("Ctrl+Shift+Z")
    assert hand.window.status.notice.startswith("Redone: Finished the article"), "and redo says what it did"


def test_it_is_told_what_comes_in_before_anything_is_written(hand: Hand, file: Path, strange: Path) -> None:
    before = kit.content(file)
    (words,) = ask(hand, [strange], partial(escape, hand))
    for said in ("2 articles come in", "Rubricator JSONL (1)", "6 annotations", "berta (2), carl (1)"):
        assert said in words
    hand.wait_until(lambda: QApplication.activeModalWidget() is None, "the dialog is closed")
    assert kit.content(file) == before
    assert hand.window.session.held == "", "and one can go on working"


def test_a_damaged_file_is_told_before_the_others_come_in(hand: Hand, file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.jsonl").write_text('{"text":"Sound."}\n{"text":\n', "utf-8")
    before = kit.content(file)
    listed: list[list[str]] = []
    (words,) = ask(hand, [folder], partial(walk, hand, listed))
    assert "1 article comes in" in words
    (lines,) = listed
    assert "1 file was refused, and nothing of it comes in" in lines
    assert any("b.jsonl, line 2: " in x for x in lines), "the place and the reason are listed below"
    hand.wait_until(lambda: QApplication.activeModalWidget() is None, "the dialog is closed")
    assert kit.content(file) == before
    ask(hand, [folder], partial(enter, hand))
    assert imported(hand).startswith("1 article imported. 1 file was refused")


def test_what_is_refused_repaired_or_left_alone_is_listed_with_its_places(hand: Hand, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Anna met Ben in Köln.\n", "utf-8")
    (folder / "a.ann").write_text("T1\tPERSON 0 4\tAnna\nT2\tPERSON 9 12;13 15\tBen in\nT3\tCITY 16 16\t\n", "utf-8")
    (folder / "notes.md").write_text("hello", "utf-8")
    listed: list[list[str]] = []

    ask(hand, [folder], partial(walk, hand, listed))
    hand.wait_until(lambda: bool(listed), "it was walked through")
    (lines,) = listed
    assert [x for x in lines if "left out" in x or "joined" in x or "was left alone" in x] == [
        "1 annotation of no width was left out",
        "1 span in pieces with nothing but white space between them was joined",
        "1 file was left alone",
    ]
    assert any("a.ann, line 3" in x for x in lines), "the place is listed below its kind"


# --- labels -----------------------------------------------------------------------------------------------------------


def test_a_label_is_added_given_to_another_or_left_out(hand: Hand, file: Path, strange: Path) -> None:
    def decide(dialog: ImportDialog) -> None:
        table = dialog.labels
        rows = [table.topLevelItem(n) for n in range(table.topLevelItemCount())]
        assert [(row.text(0), row.text(1)) for row in rows if row] == [("PER", "3"), ("RUMOUR", "1"), ("אדם", "1")]
        assert [row.text(2) for row in rows if row] == [
            "Give to Person",
            "Add it to the scheme",
            "Add it to the scheme",
        ]
        table.setFocus()
        hand.keys("End", "Space")
        hand.wait_until(lambda: isinstance(QApplication.focusWidget(), QComboBox) or popup(), "the choice is open")
        hand.keys("Down", "Return")
        assert table.fates["אדם"].kind == "leave"
        assert "1 added, 1 given to labels of the scheme, 1 left out" in words_of(dialog)
        dialog.go.setFocus()
        hand.keys("Return")

    ask(hand, [strange], decide)
    assert imported(hand)
    assert layers(file) == {
        "berta": [("LOCATION", "Velis"), ("PERSON", "Harbour"), ("PERSON", "Port"), ("RUMOUR", "ministers")],
        "carl": [("PERSON", "Harbour")],
    }
    scheme = hand.window.session.scheme
    assert "RUMOUR" in scheme.by_name
    assert "PER" not in scheme.by_name
    hand.keys("Ctrl+Z")  # the import, with its labels, is one step
    assert hand.window.session.ready.rows.count_articles() == 1
    assert "RUMOUR" not in hand.window.session.scheme.by_name
    assert kit.report("check", file, "--full")["sound"]


def popup() -> bool:
    return QApplication.activePopupWidget() is not None


def test_several_labels_get_one_choice(hand: Hand, strange: Path) -> None:
    kinds: list[dict[str, str]] = []

    def decide(dialog: ImportDialog) -> None:
        dialog.labels.setFocus()
        hand.keys("Home", "Shift+End", "Space")
        hand.wait_until(popup, "the choice is open")
        hand.keys("Home", "Down", "Return")
        kinds.append({name: fate.kind for name, fate in dialog.labels.fates.items()})
        hand.click_on(dialog.add_all)
        kinds.append({name: fate.kind for name, fate in dialog.labels.fates.items()})
        hand.keys("Escape")

    ask(hand, [strange], decide)
    hand.wait_until(lambda: len(kinds) == 2, "both were decided")
    assert [set(kind.values()) for kind in kinds] == [{"leave"}, {"add"}]


def test_the_choice_opens_by_a_click_and_lists_likely_labels_first(hand: Hand, strange: Path) -> None:
    offered: list[str] = []

    def decide(dialog: ImportDialog) -> None:
        table = dialog.labels
        row = table.topLevelItem(0)
        assert row is not None
        rect = table.visualRect(table.indexFromItem(row, 2))
        hand.click_on(table.viewport(), rect.center())
        hand.wait_until(popup, "the choice is open")
        (box,) = table.findChildren(QComboBox)
        offered.extend(box.itemText(n) for n in range(4))
        hand.keys("Escape", "Escape")
        assert dialog.isVisible(), "Escape closes the choice, not the dialog"
        dialog.reject()

    ask(hand, [strange], decide)
    hand.wait_until(lambda: bool(offered), "it was seen")
    assert offered[:2] == ["Add it to the scheme", "Leave its annotations out"]
    assert offered[3] == "Give to Person"


# --- whose layer ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "name", "owners"), [(1, "", {"anna"}), (2, "dora", {"dora"}), (0, "", {"berta", "carl"})]
)
def test_whose_layer_it_becomes(hand: Hand, file: Path, strange: Path, steps: int, name: str, owners: set[str]) -> None:
    def decide(dialog: ImportDialog) -> None:
        hand.click_on(dialog.add_all)
        dialog.owner.choice.setFocus()
        hand.keys(*["Down"] * steps)
        if name:
            hand.type(name)
        dialog.go.setFocus()
        hand.keys("Return")

    ask(hand, [strange], decide)
    imported(hand)
    assert {owner for owner, spans in layers(file).items() if spans} == owners


# --- encodings --------------------------------------------------------------------------------------------------------


def test_a_guessed_encoding_is_shown_and_can_be_changed(hand: Hand, file: Path, tmp_path: Path) -> None:
    cyrillic = "Совет министров встретился в порту.\n\n" + "Заседание совета прошло вчера вечером в столице. " * 20
    source = tmp_path / "cyrillic.txt"
    source.write_bytes(cyrillic.encode("cp1251"))
    shown: list[str] = []
    before = kit.content(file)

    def change(dialog: ImportDialog) -> None:
        shown.append(dialog.encoding.preview.toPlainText()[:5])
        dialog.encoding.choice.setFocus()
        hand.keys("Ctrl+A")
        hand.type("klingon")
        assert not dialog.go.isEnabled(), "there is no such encoding"
        hand.keys("Ctrl+A")
        hand.type("koi8-r")
        hand.wait_until(dialog.go.isEnabled, "it was read again")
        shown.append(dialog.encoding.preview.toPlainText()[:5])
        hand.keys("Ctrl+A")
        hand.type("cp1251")
        hand.wait_until(dialog.go.isEnabled, "it was read again")
        shown.append(dialog.encoding.preview.toPlainText()[:5])
        assert kit.content(file) == before
        dialog.go.setFocus()
        hand.keys("Return")

    ask(hand, [source], change)
    imported(hand)
    assert shown[0] == shown[2] == "Совет" != shown[1]
    hand.keys("Ctrl+PgDown")
    assert hand.window.session.text == cyrillic


def test_an_encoding_that_does_not_fit_the_places_is_no_end(hand: Hand, tmp_path: Path) -> None:
    """The guess may be so wrong that the annotations do not fit: it can be mended in the same dialog."""
    text = "台灣總統蔡英文在台北說話。"
    (tmp_path / "a.txt").write_bytes(text.encode("big5"))  # so few bytes look like UTF-16
    (tmp_path / "a.ann").write_text("T1\tPERSON 4 7\t蔡英文\n", "utf-8")

    def change(dialog: ImportDialog) -> None:
        assert not dialog.go.isEnabled()
        assert "a.ann, line 1" in words_of(dialog)
        dialog.encoding.choice.setFocus()
        hand.keys("Ctrl+A")
        hand.type("big5")
        hand.wait_until(dialog.go.isEnabled, "it was read again")
        assert "1 article comes in" in words_of(dialog)
        dialog.go.setFocus()
        hand.keys("Return")

    ask(hand, [tmp_path / "a.ann"], change)
    imported(hand)
    hand.keys("Ctrl+PgDown")
    assert kit.layer(hand) == [("PERSON", "蔡英文")]


# --- by keyboard, small, and named ------------------------------------------------------------------------------------


def test_the_dialog_fits_a_small_window_and_has_names(hand: Hand, strange: Path, tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_bytes("Ein schöner Brief aus Köln.".encode("cp1252"))
    hand.window.resize(900, 600)
    seen: list[object] = []

    def look(dialog: ImportDialog) -> None:
        QTest.qWait(20)
        seen.extend([list(nameless(dialog)), clipped(dialog)])
        assert dialog.width() <= 900
        assert dialog.height() <= max(600, dialog.screen().availableSize().height())
        reached = set()
        for _time in range(14):
            hand.keys("Tab")
            reached.add(QApplication.focusWidget())
        assert {dialog.owner.choice, dialog.labels, dialog.add_all, dialog.go, dialog.encoding.choice} <= reached
        assert any(isinstance(one, QPushButton) and one is not dialog.go for one in reached)
        hand.keys("Escape")

    ask(hand, [strange, tmp_path / "brief.txt"], look)
    hand.wait_until(lambda: bool(seen), "it was seen")
    assert seen == [[], []]


@pytest.mark.usefixtures("twice_as_large")
def test_nothing_is_cut_off_at_twice_the_size(hand: Hand, strange: Path) -> None:
    seen: list[object] = []

    def look(dialog: ImportDialog) -> None:
        QTest.qWait(50)
        seen.extend([list(nameless(dialog)), clipped(dialog)])
        hand.keys("Escape")

    ask(hand, [strange], look)
    hand.wait_until(lambda: bool(seen), "it was seen")
    assert seen == [[], []]


def test_while_it_is_looked_at_the_import_can_be_cancelled(hand: Hand, file: Path, tmp_path: Path) -> None:
    source = tmp_path / "many.jsonl"
    source.write_text(
        "".join(line(f"Article {n} on Harbour.\n", berta=[("PERSON", 0, 7)]) for n in range(20_000)), "utf-8"
    )
    before = kit.content(file)
    drop(hand, [source])
    cancel = hand.window.status._cancel
    hand.wait_until(cancel.isVisible, "it can be cancelled")
    hand.click_on(cancel)
    hand.wait_until(lambda: "Nothing of it was kept" in hand.window.status.notice, "it stopped")
    assert kit.content(file) == before


def test_all_that_it_may_tell_fits_a_small_window(hand: Hand, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    spans = [(f"STRANGE LABEL {n} OF SOMEBODY ELSE", n, n + 1) for n in range(20)]
    (folder / "wire.jsonl").write_text(line(TEXT, berta=spans, carl=spans[:3]), "utf-8")
    (folder / "brief.txt").write_bytes("Ein schöner Brief aus Köln.\r\n\r\nDer Rat tagte.".encode("windows-1252"))
    (folder / "a.txt").write_text("Anna met Ben in Köln.\n", "utf-8")
    (folder / "a.ann").write_text("T1\tPER 0 4\tAnna\nT2\tPER 9 12;13 15\tBen in\nT3\tLOC 16 16\t\n", "utf-8")
    (folder / "c.ann").write_text("T1\tPER 0 400\tAnna\n", "utf-8")
    (folder / "README.txt").write_text("Read me.", "utf-8")
    (folder / "x.bin").write_text("?", "utf-8")
    hand.window.resize(1000, 700)

    def look(hand: Hand, dialog: ImportDialog) -> None:
        assert dialog.encoding.isVisible()
        assert dialog.labels.isVisible()
        assert dialog.width() <= 1000
        assert dialog.height() <= 700
        assert dialog.minimumSizeHint().width() <= 1000
        assert not dialog._scroll.horizontalScrollBar().isVisible()
        assert dialog.go.visibleRegion().boundingRect() == dialog.go.rect(), "the buttons are seen whole"
        escape(hand, dialog)

    ask(hand, [folder], partial(look, hand))


def test_what_comes_in_as_it_is_has_a_heading_of_its_own(hand: Hand, tmp_path: Path) -> None:
    said = {"text": TEXT, "layers": [{"annotator": "b", "topics": [{"topic": "odd:1"}]}]}
    (tmp_path / "a.jsonl").write_text(json.dumps(said) + "\n", "utf-8")
    listed: list[list[str]] = []
    ask(hand, [tmp_path / "a.jsonl"], partial(walk, hand, listed))
    assert listed[0][:2] == ["Comes in as it is; worth a look", "1 topic is not in the tree; it was kept"]

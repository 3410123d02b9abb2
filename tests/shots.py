"""Pictures of every screen, to be looked at: `make shots`. Light and dark, 1x and 2x, small, right to left, dialogs."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from rubricator.exchange.outgoing import ExportOptions, preflight
from rubricator.exchange.sample import sample_project
from rubricator.formats.topic_trees import read_topic_file
from rubricator.model.edits import Add, Edit, article_value
from rubricator.model.spans import Article, Span
from rubricator.model.text import digest
from rubricator_gui import app
from rubricator_gui.dialogs.exporting import ExportDialog, LossDialog
from rubricator_gui.dialogs.importing import EncodingDialog, Guess
from rubricator_gui.dialogs.keyeditor import KeyEditor
from rubricator_gui.dialogs.keys import KeySheet
from rubricator_gui.dialogs.palette import Palette
from rubricator_gui.dialogs.topic import TopicDialog
from rubricator_gui.dialogs.topic_import import TopicSource, TopicsRead
from rubricator_gui.dialogs.trouble import Trouble
from rubricator_gui.hand import Hand
from rubricator_gui.keymap import Keymap
from rubricator_gui.window import MainWindow

SIZES = {"small": (1000, 700), "medium": (1280, 800), "large": (1600, 1000), "wide": (2240, 1300)}
DEEP = "Institute of Northern Trade Studies"


def main(out: Path) -> None:
    """Make all pictures in a folder."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["RUBRICATOR_HOME"] = home
        project = sample_project(Path(home))
        hand = Hand(app.build(project))
        for look in ("light", "dark"):
            hand.do(look)
            for size, (width, height) in SIZES.items():
                hand.show(width, height)
                for scale in (1, 2) if size in {"small", "large"} else (1,):
                    every_state(hand, out, f"{look}-{size}-{scale}x", scale)
            dialogs(hand.window, out, look)
            hand.show(1600, 1000)
            over_the_article(hand, out, look)
            topics(hand, out, look)
        hand.show(1600, 1000)
        right_to_left(hand, out)
        empty(hand, out)
        hand.window.close()
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")


def every_state(hand: Hand, out: Path, name: str, scale: int) -> None:
    """Show the window with a chosen span, a selection, the history, and alone with its article."""
    session = hand.window.session
    session.show_first()
    session.choose(None)
    hand.picture(out / f"window-{name}.png", scale)
    lebrune = next(a for a in session.spans if a.quote.startswith("Anna S."))
    session.choose(lebrune.id)
    session.make_sticky("ORGANIZATION")
    hand.picture(out / f"chosen-{name}.png", scale)
    session.make_sticky(None)
    offered(hand, out, name, scale)
    start = session.text.index(DEEP)
    hand.reader.rect_at(start)
    hand.drag(start + 13, start + 24)
    hand.picture(out / f"selection-{name}.png", scale)
    session.escape()
    hand.do("history")
    hand.picture(out / f"history-{name}.png", scale)
    hand.do("history")
    hand.window.side.bring("topics")
    hand.picture(out / f"topics-{name}.png", scale)
    hand.window.side.bring("annotations")
    hand.do("focus")
    hand.picture(out / f"focus-{name}.png", scale)
    hand.do("focus")


def offered(hand: Hand, out: Path, name: str, scale: int) -> None:
    """Show what is suggested for an article that nobody has labelled yet."""
    session = hand.window.session
    hand.do("next")
    hand.do("next")
    hand.wait_until(lambda: len(session.offers) > 3, "suggestions come")
    hand.keys("Tab", "Tab")
    hand.picture(out / f"offers-{name}.png", scale)
    hand.window.side.bring("suggestions")
    QTest.qWait(200)  # until it was counted what is seen
    hand.picture(out / f"suggestions-{name}.png", scale)
    session.work.set_status("done")
    hand.picture(out / f"suggestions-finished-{name}.png", scale)
    hand.keys("Ctrl+Z")
    session.show_first()


def dialogs(window: MainWindow, out: Path, look: str) -> None:
    """Show every dialog, filled."""
    project = window.session.ready
    people = project.rows.annotators()
    head = "Ein schöner Brief aus Köln, der kein UTF-8 ist.".encode("windows-1252")
    losses = preflight(project, ExportOptions("conll", project.me.annotator))
    palette = Palette(list(window.key_hands.entries()), ["action:finish"], window)
    palette.search.setText("ar")
    shown: dict[str, QDialog] = {
        "keys": KeySheet(Keymap(), window.session.scheme, window),
        "key-editor": editor_with_a_clash(window),
        "palette": palette,
        "export": ExportDialog(people, project.me.annotator, window),
        "losses": LossDialog(losses, window),
        "encoding": EncodingDialog([Guess("brief.txt", "windows-1252", head)], window),
        "trouble": Trouble("Rubricator, a report\n\nTraceback …", window),
    }
    for name, dialog in shown.items():
        dialog.show()
        QTest.qWait(50)
        target = out / f"dialog-{name}-{look}.png"
        out.mkdir(parents=True, exist_ok=True)
        dialog.grab().save(str(target))
        dialog.close()
        dialog.deleteLater()


def editor_with_a_clash(window: MainWindow) -> KeyEditor:
    """Return the editor of keys where a key was pressed that belongs to another action."""
    editor = KeyEditor(Keymap("prodigy"), window.session.scheme, window, "finish")
    editor.fields[0].pressed.emit("Ctrl+T")
    return editor


def over_the_article(hand: Hand, out: Path, look: str) -> None:
    """Show what opens over the article: picker, find bar and radar, identical mentions, borders being moved."""
    session = hand.window.session
    session.show_first()
    start = session.text.index("Arvenia")
    hand.drag(start, start + len("Arvenia"))
    QTest.qWait(150)
    hand.picture(out / f"radar-{look}.png")
    hand.keys("Return")
    hand.type("or")
    hand.picture(out / f"picker-{look}.png", widget=hand.window.over.picker)
    hand.keys("Escape")

    def keep(dialog: QDialog) -> None:
        hand.picture(out / f"mentions-{look}.png", widget=dialog)
        dialog.reject()

    hand.answer("mentionDialog", keep)
    hand.window.over.everywhere("ORGANIZATION")
    session.escape()
    hand.rest_on(hand.reader.rect_at(session.text.index("Kareshi Academy") + 2).center())
    hand.picture(out / f"card-{look}.png")
    session.choose(next(a for a in session.spans if a.quote.startswith("Anna S.")).id)
    hand.keys("Shift+F1")
    hand.picture(out / f"card-note-{look}.png")
    hand.keys("Escape", "Escape")
    hand.do("next")
    hand.do("next")
    hand.wait_until(lambda: len(session.offers) > 3, "suggestions come")
    hand.rest_on(hand.reader.rect_at(session.offers[1].span.start + 2).center())
    hand.picture(out / f"card-offer-{look}.png")
    session.show_first()
    hand.do("find")
    hand.type("port velis")
    QTest.qWait(200)
    hand.keys("Return")
    hand.do("numbers")
    hand.picture(out / f"find-{look}.png")
    hand.do("numbers")
    hand.keys("Escape")
    session.select(Span.of(start, start + len("Arvenia")))
    hand.reader.setFocus()
    hand.keys("F2", "Right")
    hand.picture(out / f"edges-{look}.png")
    hand.keys("Escape")
    session.escape()


def topics(hand: Hand, out: Path, look: str) -> None:
    """Show topics with evidence, a note and one that is retired, their search, menus and dialogs."""
    session = hand.window.session
    session.show_first()
    code = session.tags[0].topic
    for annotation in list(session.spans)[2:4]:
        session.choose(annotation.id)
        if not session.topics.tied(code):
            session.topics.tie(code)
    gone = next(topic for topic in session.scheme.offered_topics() if topic.parent)
    session.topics.give(gone.code)
    session.run(session.ready.topics.retire(gone.code, note="Use a broader one.", instead=[gone.parent]))
    hand.window.side.bring("topics")
    hand.do("find-topic")
    hand.type("rel")
    hand.picture(out / f"topics-search-{look}.png")
    hand.keys("Escape")
    hand.do("evidence")
    hand.picture(out / f"topics-evidence-{look}.png", widget=hand.window.over.evidence_picker)
    hand.keys("Escape")
    hand.window.sections.topics.chips.chips[0].menu_wanted.emit()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    hand.picture(out / f"topics-menu-{look}.png", widget=menu)
    menu.close()
    file = read_topic_file("code,name,name (de),parent\na,Sea,Meer,\nb,Ports,Häfen,x\n".encode(), "own.csv")
    offered = {topic.code for topic in session.scheme.offered_topics()}
    for name, dialog in (
        ("source", TopicSource(hand.window)),
        ("read", TopicsRead(file, offered, hand.window)),
        ("topic", TopicDialog(session, session.scheme.topics_by_code[code], "", hand.window)),
    ):
        dialog.show()
        QTest.qWait(50)
        dialog.grab().save(str(out / f"topics-{name}-{look}.png"))
        dialog.close()
        dialog.deleteLater()
    session.topics.bring_back(gone.code)
    session.topics.take(gone.code)


ARABIC = (
    "وزراء الموانئ يجتمعون في بورت فيليس\n\n"
    "بورت فيليس (ميريديان) - اجتمع وزراء تسع دول يوم الاثنين في بورت فيليس لبحث ممر آمن للحبوب، "
    "وقالت ليلى المرواني (Layla al-Marwani) إن المحادثات ستستمر يومين.\n\n"
    "وأضافت أن آرفينيا وبيلمورا ودرافونيا وافقت على 11 مليون مارك.\n"
)


def right_to_left(hand: Hand, out: Path) -> None:
    """Show an article that is read from right to left, with a name in Latin letters in it."""
    session = hand.window.session
    project = session.ready
    article = "arabic"

    def produce(keep: Callable[[Iterable[tuple[str, str]]], None]) -> Iterator[Edit]:
        keep([(digest(ARABIC), ARABIC)])
        value = article_value(Article(article, digest(ARABIC), ARABIC.split("\n")[0]))
        yield Edit("import", (Add("article", article, value),), article, {"n": 1, "source": "shots"})

    session.run(project.apply_all(produce))
    session.show_article(article)
    for words, label in (
        ("بورت فيليس", "CITY"),
        ("ليلى المرواني", "PERSON"),
        ("ليلى المرواني (Layla al-Marwani)", "PERSON"),
        ("Layla al-Marwani", "PERSON"),
        ("آرفينيا", "COUNTRY"),
        ("11 مليون مارك", "MONEY"),
    ):
        start = session.text.index(words, 40)
        session.select(Span.of(start, start + len(words)))
        session.labelling.press(label)
    hand.picture(out / "article-rtl.png")
    hand.picture(out / "article-rtl-2x.png", 2)
    hand.rest_on(hand.reader.rect_at(session.text.index("Layla") + 2).center())
    hand.picture(out / "card-rtl.png")


def empty(hand: Hand, out: Path) -> None:
    """Show what is seen when there is nothing to see."""
    hand.window.articles.filter.setText("label:XYZ")
    QTest.qWait(400)
    hand.picture(out / "empty-filter.png")
    hand.window.articles.clear_filter()
    hand.window.session.close()
    hand.picture(out / "welcome.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("out/shots"))

"""The window in its states: sizes, a chosen span, a selection, what opens over the article, right to left, empty."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from rubricator.model.edits import Add, Edit, article_value
from rubricator.model.spans import Article, Span
from rubricator.model.text import digest
from rubricator_gui.hand import Hand

DEEP = "Institute of Northern Trade Studies"


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


def dense(hand: Hand, out: Path) -> None:
    """Show 400 annotations on one page: words, pairs of words, whole clauses over them, some crossing."""
    project = hand.window.session.ready
    words = (
        "Ministers of Arvenia and Belmora met the Harbour Council of Tarsk on Monday in the Old Custom House".split()
    )
    text = "\n\n".join(" ".join((words * 3)[n : n + 47]) + "." for n in range(9))
    places = [(found.start(), found.end()) for found in re.finditer(r"\w+", text)]
    labels = [label.name for label in hand.window.session.scheme.labels]

    def produce(keep: Callable[[Iterable[tuple[str, str]]], None]) -> Iterator[Edit]:
        keep([(digest(text), text)])
        yield Edit(
            "import", (Add("article", "dense", article_value(Article("dense", digest(text), "Dense"))),), "dense"
        )

    session = hand.window.session
    session.run(project.apply_all(produce))
    session.show_article("dense")
    chance = random.Random(4)
    taken: set[Span] = set()
    while len(taken) < 400:
        first = chance.randrange(len(places) - 9)
        last = first + chance.choice((0, 0, 0, 0, 1, 1, 2, 5, 8))
        span = Span.of(places[first][0], places[last][1])
        if "\n" not in span.quote(text) and span not in taken:
            taken.add(span)
            session.run(project.annotate("dense", chance.choice(labels), [span]))
    session.show_first()
    session.show_article("dense")  # lanes are reserved when an article is shown: no text moves under one's hands
    QTest.qWait(300)
    for scale in (1, 2):
        hand.picture(out / f"dense-{scale}x.png", scale)


def empty(hand: Hand, out: Path) -> None:
    """Show what is seen when there is nothing to see."""
    hand.window.articles.filter.setText("label:XYZ")
    QTest.qWait(400)
    hand.picture(out / "empty-filter.png")
    hand.window.articles.clear_filter()
    hand.window.session.close()
    hand.picture(out / "welcome.png")

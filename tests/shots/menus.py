"""The menus of the right button: in the article, in the list of articles, in the list of annotations."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from rubricator_gui.hand import Hand


def menus(hand: Hand, out: Path, look: str, scale: int) -> None:
    """Show the menu over plain words, a selection, an annotation that others lie around, a suggestion; of both lists."""
    session, reader = hand.window.session, hand.reader
    session.show_first()
    QTest.qWait(50)

    def keep(name: str, on: QWidget, at: QPoint) -> None:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, on.mapToGlobal(at))
        QApplication.sendEvent(on, event)
        menu = QApplication.activePopupWidget()
        assert menu is not None
        hand.picture(out / f"menu-{name}-{look}-{scale}x.png", scale, menu)
        menu.close()
        QTest.qWait(1)

    def over(offset: int) -> QPoint:
        return reader.rect_at(offset).center()

    deep = next(one for one in session.spans if len(session.spans.at(one.start)) > 1)
    keep("annotation", reader.viewport(), over(deep.start))
    session.choose(None)
    start = session.text.index("safe")
    keep("words", reader.viewport(), over(start))
    hand.drag(start, start + len("safe"))
    keep("selection", reader.viewport(), over(start))
    session.escape()
    articles, annotations = hand.window.articles.view, hand.window.sections.annotations.view
    keep("article", articles.viewport(), articles.visualRect(articles.model().index(0, 0)).center())
    keep("listed", annotations.viewport(), annotations.visualRect(annotations.model().index(2, 0)).center())
    session.choose(None)
    hand.do("next")
    hand.do("next")
    hand.wait_until(lambda: len(session.offers) > 3, "suggestions come")
    keep("suggestion", reader.viewport(), over(session.offers[1].span.start))
    session.choose(None)
    session.show_first()

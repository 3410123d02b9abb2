"""Topics: with evidence, a note and one that is retired; their search, menu, picker and dialogs."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from rubricator.formats.topic_trees import read_topic_file
from rubricator_gui.dialogs.topic import TopicDialog
from rubricator_gui.dialogs.topic_import import TopicSource, TopicsRead
from rubricator_gui.hand import Hand


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
    session.topics.write_note(code, "", "It is about the talks,\nnot about the ships.")
    hand.answer("noteDialog", partial(note, out / f"topics-note-{look}.png"))
    hand.window.over.topic_note(code)
    session.history.undo()
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


def note(out: Path, dialog: QDialog) -> None:
    """Keep the picture of a note, and write none."""
    dialog.grab().save(str(out))
    dialog.reject()

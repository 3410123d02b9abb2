"""Packets: whom one is for, and what of one that came back is taken in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from tests.journeys import reviewed

from rubricator.hub import packets as hub
from rubricator.model.spans import Span
from rubricator.settings import Settings
from rubricator_gui import app
from rubricator_gui.hand import Hand


def packets(out: Path, home: Path) -> None:
    """Show both dialogs, light and dark."""
    hand = Hand(app.build(reviewed.project(home / "packets.rubric", Settings().me(), (reviewed.TEXT,))))
    hand.show(1280, 800)
    copy = _worked_in(hand, home)
    for look in ("light", "dark"):
        hand.do(look)
        hand.answer("packDialog", partial(_keep_filled, hand, out / f"packets-{look}-pack.png"))
        hand.do("pack")
        hand.answer_file(copy)
        hand.answer("mergeDialog", partial(_keep, hand, out / f"packets-{look}-merge.png"))
        hand.do("merge")
        hand.wait_until((out / f"packets-{look}-merge.png").exists, "the picture")
    hand.do("light")
    hand.window.close()


def _worked_in(hand: Hand, home: Path) -> Path:
    """Give a packet to Ben, who labels something and finishes."""
    project = hand.window.session.ready
    person = hub.annotator_called(project, "ben")
    assert person is not None
    packet, copy = home / "ben.rubpack", home / "ben.rubric"
    hub.pack(project, packet, person, hub.articles_of(project, person.id))
    with hub.open_packet(packet, copy, "machine-of-ben") as opened:
        article = next(opened.rows.articles())
        opened.annotate(article.id, "EVENT", [Span.of(0, 7)])
        opened.set_status(article.id, "done")
    return copy


def _keep_filled(hand: Hand, path: Path, dialog: QDialog) -> None:
    hand.type("Clara")
    _keep(hand, path, dialog)


def _keep(hand: Hand, path: Path, dialog: QDialog) -> None:
    QTest.qWait(100)
    hand.picture(path, widget=dialog)
    dialog.reject()

"""The review in its states: one settled, the queue, a group seen first, three layers, right to left, all settled."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from tests.journeys import reviewed

from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui import app
from rubricator_gui.hand import Hand

HEBREW = "שר החוץ של ארמניה נפגש עם סרגיי לבדב במינסק.\nדובר משרד החוץ אמר כי הפגישה נדחתה.\n"


def review(out: Path, home: Path) -> None:
    """Show the review in a window of its own."""
    me = Settings().me()
    texts = (reviewed.TEXT, "Again. " + reviewed.TEXT)
    hand = Hand(app.build(reviewed.project(home / "review.rubric", me, texts)))
    hand.show(1600, 1000)
    hand.keys("F8")
    settle(hand)
    hand.keys("1")
    for look in ("light", "dark"):
        hand.do(look)
        for name, size in {"large": (1600, 1000), "medium": (1280, 800), "small": (1000, 700)}.items():
            hand.show(*size)
            for scale in (1, 2) if name != "medium" else (1,):
                hand.picture(out / f"review-{look}-{name}-{scale}x.png", scale)
        hand.do("list")
        hand.picture(out / f"review-{look}-queue-small.png")
        hand.do("list")
        hand.show(1600, 1000)

        def keep(dialog: QDialog, look: str = look) -> None:
            QTest.qWait(200)
            hand.picture(out / f"review-{look}-group.png", widget=dialog)
            dialog.reject()

        hand.answer("groupDialog", keep)
        hand.keys("Shift+2")

        def keep_policy(dialog: QDialog, look: str = look) -> None:
            hand.picture(out / f"review-{look}-policy.png", widget=dialog)
            dialog.reject()

        hand.answer("policyDialog", keep_policy)
        hand.do("review-policy")
    hand.do("light")
    hand.keys(*["2"] * 7)
    settle(hand)
    said(hand, out)
    hand.picture(out / "review-settled.png")
    hand.window.close()
    others(out, home)


def said(hand: Hand, out: Path) -> None:
    """Show what was decided before, and a thread, on the second article."""
    hand.keys("Ctrl+PgDown", "Tab")
    hand.keys("Return")
    hand.type("no determiners")
    hand.keys("Return", "G")
    remarks = hand.window.session.remarks
    remarks.add("Is the article part of the name? The guideline says no, the sign at the door says yes.", None)
    remarks.add("The sign is in capitals.", remarks.there()[0])
    for look in ("light", "dark"):
        hand.do(look)
        for width, height in ((1600, 1000), (1000, 700)):
            hand.show(width, height)
            hand.picture(out / f"review-before-{look}-{width}.png")

    def keep(dialog: QDialog) -> None:
        QTest.qWait(200)
        hand.picture(out / f"review-{dialog.objectName()}.png", widget=dialog)
        dialog.reject()

    for key, name in (("F1", "guideline"), ("Ctrl+M", "commentDialog")):
        hand.answer(name, keep)
        hand.keys(key)
    hand.do("light")
    hand.show(1600, 1000)
    hand.keys("Ctrl+F")
    hand.type("draft")
    hand.keys("Return")
    hand.picture(out / "review-find.png")
    hand.keys("Escape", "Ctrl+PgUp")


def others(out: Path, home: Path) -> None:
    """Show three layers, and text from right to left."""
    me = Settings().me()
    hand = Hand(app.build(reviewed.project(home / "three.rubric", me, layers=3)))
    hand.show(1600, 1000)
    hand.keys("F8")
    settle(hand)
    hand.picture(out / "review-three.png")
    hand.window.close()
    hand = Hand(app.build(reviewed.linked(home / "linked.rubric", me)))
    hand.show(1600, 1000)
    hand.keys("F8")
    settle(hand)
    hand.keys("1", "2", "Tab")
    for look in ("light", "dark"):
        hand.do(look)
        for width, height in ((1600, 1000), (1000, 700)):
            hand.show(width, height)
            hand.picture(out / f"review-linked-{look}-{width}.png")
    hand.keys("Tab", "Tab")
    hand.picture(out / "review-linked-topic.png")
    hand.do("light")
    hand.window.close()
    path = home / "rtl.rubric"
    reviewed.project(path, me, ())
    with Project.open(path, me) as project:
        reviewed.making.add_articles(project, [("h", HEBREW)])
        reviewed.annotate(project, reviewed.ANNA, "h", [("סרגיי לבדב", "PERSON", 0), ("ארמניה", "COUNTRY", 0)])
        reviewed.annotate(project, reviewed.BEN, "h", [("לבדב", "PERSON", 0), ("ארמניה", "COUNTRY", 0)])
    hand = Hand(app.build(path))
    hand.show(1200, 760)
    hand.keys("F8")
    settle(hand)
    hand.picture(out / "review-rtl.png")
    hand.window.close()


def settle(hand: Hand) -> None:
    """Wait until the queue stands."""
    hand.wait_until(lambda: hand.window.session.queue.whole, "the queue is made")
    QTest.qWait(200)

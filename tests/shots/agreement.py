"""The window of agreement: figures, drift, the matrix with sentences, light and dark, small, right to left, nothing to say."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.journeys import agreed

from rubricator.settings import Settings
from rubricator_gui import app
from rubricator_gui.dialogs.agreement.window import AgreementWindow
from rubricator_gui.hand import Hand

RTL = ("שרה לוי", "دانا حداد", "a name so long that nobody has ever had the patience to read all of it " * 3)


def opened(hand: Hand) -> AgreementWindow:
    """Open the window, and wait for the figures."""
    hand.do("agreement")
    found = hand.window.reviewer.agreement
    assert found is not None
    hand.wait_until(lambda: not found.at_work, "the figures are there", 120)
    QTest.qWait(100)
    return found


def agreement(out: Path, home: Path) -> None:
    """Show the window of agreement."""
    me = Settings().me()
    hand = Hand(app.build(agreed.project(home / "agreed.rubric", me, 12, ("anna", "ben", "carl"), gold=True)))
    hand.show(1600, 1000)
    for look in ("light", "dark"):
        hand.do(look)
        window = opened(hand)
        for name, size in {"large": (1280, 800), "small": (1000, 700)}.items():
            window.resize(*size)
            for n in range(window.tabs.count()):
                window.tabs.setCurrentIndex(n)
                if window.tabs.widget(n) is window.confusion:
                    table = window.confusion.table
                    table.setFocus()
                    table.setCurrentIndex(table.cells.index(table.cells.names.index("CITY"), 0))
                    QTest.keyClick(table, Qt.Key.Key_Return)
                QTest.qWait(30)
                title = window.tabs.tabText(n).lower()
                hand.picture(out / f"agreement-{look}-{name}-{title}.png", widget=window)
        window.close()
    hand.do("light")
    hand.window.close()
    hand = Hand(app.build(agreed.project(home / "agreed-rtl.rubric", me, 6, RTL)))
    hand.show(1600, 1000)
    window = opened(hand)
    for n in (0, 3, 4, 7):
        window.tabs.setCurrentIndex(n)
        QTest.qWait(30)
        hand.picture(out / f"agreement-rtl-{n}.png", widget=window)
    window.choices.people.item(0).setCheckState(Qt.CheckState.Unchecked)
    window.choices.people.item(1).setCheckState(Qt.CheckState.Unchecked)
    hand.picture(out / "agreement-nobody.png", widget=window)
    window.close()
    hand.window.close()

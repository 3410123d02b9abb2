"""A hand on the real window: real mouse and key events, for the tour, for tests and for anyone's script.

It knows the handles that the window promises (object names, `rect_at`, `actions`) and nothing else of its inside.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QKeyCombination, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from rubricator_gui.reader.hover import REST
from rubricator_gui.window import MainWindow

_LEFT = Qt.MouseButton.LeftButton
_PLAIN = Qt.KeyboardModifier.NoModifier
_TRIES = 400
"""How often, 50 ms apart, it is looked for a dialog before it is given up."""


class Hand:
    """Works a shown window as a person would."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.reader = window.reader
        self.front: QWidget = window
        """The window that keys are pressed in, where no dialog stands before it."""
        self._no_third_before = 0.0

    # --- waiting --------------------------------------------------------------------------------------------------

    def wait_until(self, done: Callable[[], bool], what: str, seconds: float = 20) -> None:
        """Wait until something holds; AssertionError says what did not come."""
        for _n in range(round(seconds * 50)):
            if done():
                return
            QTest.qWait(20)
        raise AssertionError(f"waited in vain: {what}")

    def show(self, width: int = 0, height: int = 0) -> None:
        """Show the window, at a size where one is given, and make it the active one."""
        self.window.show()
        if width:  # after it came back as it was left
            self.window.resize(width, height)
        self.window.activateWindow()
        QTest.qWaitForWindowExposed(self.window)
        self.wait_until(self.window.isActiveWindow, "the window is the active one")
        QTest.qWait(30)

    # --- keys -----------------------------------------------------------------------------------------------------

    def keys(self, *sequences: str) -> None:
        """Press keys one after another where the focus is: "Ctrl+T", "Tab", "P", "." ..."""
        for sequence in sequences:
            combination = cast(QKeyCombination, QKeySequence(sequence)[0])  # type: ignore[index]
            key, modifiers = combination.key(), combination.keyboardModifiers()
            if key == Qt.Key.Key_Tab and modifiers & Qt.KeyboardModifier.ShiftModifier:
                key = Qt.Key.Key_Backtab  # so keyboards say it
            QTest.keyClick(self._focus(), key, modifiers)
            QTest.qWait(1)

    def type(self, words: str) -> None:
        """Type words where the focus is."""
        _type(self._focus(), words)
        QTest.qWait(1)

    def _focus(self) -> QWidget:
        """Return the widget that has the focus; its window is made the active one, unless a dialog stands before it."""
        before = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if isinstance(before, QDialog) and not before.isActiveWindow():  # another one that stood before it is gone
            before.activateWindow()
            self.wait_until(before.isActiveWindow, "the dialog is the active window")
        if before is None and not self.front.isActiveWindow():
            self.front.activateWindow()
            self.wait_until(self.front.isActiveWindow, "the window is the active one")
        return QApplication.focusWidget() or self.front

    def do(self, action: str) -> None:
        """Trigger an action of the menus by its id."""
        self.window.actions[action].trigger()
        QTest.qWait(1)

    # --- mouse ----------------------------------------------------------------------------------------------------

    def drag(self, start: int, end: int, modifiers: Qt.KeyboardModifier = _PLAIN) -> None:
        """Drag over the characters `[start, end)` of the article."""
        self._rest()
        first, last = self.reader.rect_at(start), self.reader.rect_at(end - 1)
        again = self.reader.rect_at(start)
        if again != first:  # the end was scrolled into view
            first, last = again, self.reader.rect_at(end - 1)
            assert first == self.reader.rect_at(start), "the drag is longer than the window"
        begin = QPoint(first.left() + 1, first.center().y())
        stop = QPoint(last.right(), last.center().y())
        self._mouse(QEvent.Type.MouseButtonPress, begin, modifiers)
        middle = QPoint((begin.x() + stop.x()) // 2, (begin.y() + stop.y()) // 2)
        for point in (middle, stop):
            self._mouse(QEvent.Type.MouseMove, point, modifiers)
        self._mouse(QEvent.Type.MouseButtonRelease, stop, modifiers)
        QTest.qWait(1)

    def _mouse(self, kind: QEvent.Type, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        viewport = self.reader.viewport()
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else _LEFT
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else _LEFT
        local = QPointF(at)
        event = QMouseEvent(kind, local, QPointF(viewport.mapToGlobal(at)), button, held, modifiers)
        QApplication.sendEvent(viewport, event)

    def double_click(self, offset: int) -> None:
        """Double-click on a character of the article."""
        at = self.reader.rect_at(offset).center()
        QTest.mouseClick(self.reader.viewport(), _LEFT, _PLAIN, at)
        QTest.mouseDClick(self.reader.viewport(), _LEFT, _PLAIN, at)
        QTest.mouseRelease(self.reader.viewport(), _LEFT, _PLAIN, at)
        self._no_third_before = time.monotonic() + QApplication.doubleClickInterval() / 1000 + 0.05
        QTest.qWait(1)

    def click(self, offset: int) -> None:
        """Click on a character of the article; so long after a double-click that it is not a third one."""
        self._rest()
        QTest.mouseClick(self.reader.viewport(), _LEFT, _PLAIN, self.reader.rect_at(offset).center())
        QTest.qWait(1)

    def _rest(self) -> None:
        """Wait so long after a double-click that a press is not a third one; the timer for it must have been seen."""
        if self._no_third_before:
            rest = self._no_third_before - time.monotonic()
            QTest.qWait(max(20, round(rest * 1000)))
            self._no_third_before = 0.0

    def rest_on(self, at: QPoint) -> None:
        """Move the pointer to a place of the reader, and leave it there until what comes of that has come."""
        self.point_at(at)
        QTest.qWait(REST + 60)
        QTest.qWait(1)  # a machine that is at work may not have let the timer come in all that time

    def point_at(self, at: QPoint) -> None:
        """Move the pointer to a place of the reader."""
        viewport = self.reader.viewport()
        place, none = QPointF(viewport.mapToGlobal(at)), Qt.MouseButton.NoButton
        QApplication.sendEvent(viewport, QMouseEvent(QEvent.Type.MouseMove, QPointF(at), place, none, none, _PLAIN))

    def pull(self, grip: QPoint, to: QPoint) -> None:
        """Press on a place of the reader, move to another one, and let go."""
        self._rest()
        self._mouse(QEvent.Type.MouseButtonPress, grip, _PLAIN)
        for point in ((grip + to) / 2, to):
            self._mouse(QEvent.Type.MouseMove, point, _PLAIN)
        self._mouse(QEvent.Type.MouseButtonRelease, to, _PLAIN)
        QTest.qWait(1)

    def click_on(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click in the middle of a widget, or at a place in it."""
        QTest.mouseClick(widget, _LEFT, _PLAIN, at or widget.rect().center())
        QTest.qWait(1)

    # --- dialogs --------------------------------------------------------------------------------------------------

    def answer_file(self, path: Path) -> None:
        """Have the file dialog that comes next answered with this path, by typing it."""
        self.answer("QFileDialog", partial(self._type_path, str(path.absolute())))

    def answer(self, name: str, answer: Callable[[QDialog], None]) -> None:
        """Have the dialog of this object name (or, where it has none, of this class) answered when it comes."""
        self._soon(partial(self._when_asked, name, answer, _TRIES))

    def _soon(self, do: Callable[[], None]) -> None:
        """Do something in a moment, unless the window is gone by then."""
        QTimer.singleShot(50, self.window, do)

    def _when_asked(self, name: str, answer: Callable[[QDialog], None], tries: int) -> None:
        """Answer a dialog that is there and active, for before that it takes no keys; close one that nobody expects."""
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            if name == (dialog.objectName() or type(dialog).__name__) and dialog.isActiveWindow():
                answer(dialog)
                return
            if not tries:
                dialog.reject()  # whoever waits for what the answer does will say so
        if tries:
            self._soon(partial(self._when_asked, name, answer, tries - 1))

    def _type_path(self, path: str, dialog: QDialog) -> None:
        if dialog is not QApplication.activeModalWidget():
            return  # it was answered
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert field is not None
        field.clear()
        _type(field, path)
        QTest.keyClick(field, Qt.Key.Key_Return)
        if dialog.isVisible():  # the list of completions may have taken that key
            self._soon(partial(self._type_path, path, dialog))

    # --- pictures -------------------------------------------------------------------------------------------------

    def picture(self, out: Path, scale: int = 1, widget: QWidget | None = None) -> None:
        """Keep a picture of the window, at the given number of pixels to a unit."""
        target = widget or self.window
        QTest.qWait(60)
        pixmap = QPixmap(target.size() * scale)
        pixmap.setDevicePixelRatio(scale)
        target.render(pixmap)
        out.parent.mkdir(parents=True, exist_ok=True)
        if not pixmap.save(str(out)):
            raise AssertionError(f"the picture {out} could not be written")


def _type(widget: QWidget, words: str) -> None:
    """Type words into a widget; Qt's own keyClicks knows ASCII only, and aborts the program for anything else."""
    for character in words:
        if character.isascii():
            QTest.keyClicks(widget, character)
        else:
            QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, _PLAIN, character))

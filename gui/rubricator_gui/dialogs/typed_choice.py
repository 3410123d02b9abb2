"""Letters that are typed in a box of choices lead to what begins with all of them, though one may stand on it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class TypedChoice(QObject):
    """Qt goes on to the next one by the first letter already: “conll” leads from “CoNLL columns” to “CoNLL-U”."""

    def __init__(self, box: QComboBox) -> None:
        super().__init__(box)
        self._box = box
        self._since = QElapsedTimer()
        self._typed, self._from = "", 0
        box.installEventFilter(self)
        box.view().installEventFilter(self)  # it has the keys while it is open

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is typed."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.modifiers() & _COMMANDS:
            return super().eventFilter(watched, event)
        goes_on = self._since.isValid() and not self._since.hasExpired(QApplication.keyboardInputInterval())
        typed = event.text().casefold()
        if not typed.isprintable() or not typed or (typed == " " and not goes_on):
            return super().eventFilter(watched, event)
        view = self._box.view()
        stood = view.currentIndex().row() if view.isVisible() else self._box.currentIndex()
        if not goes_on:
            self._typed, self._from = "", stood
        self._typed += typed
        self._since.start()
        if (row := self._found(stood)) >= 0:
            if view.isVisible():
                view.setCurrentIndex(self._box.model().index(row, self._box.modelColumn(), self._box.rootModelIndex()))
            else:
                self._box.setCurrentIndex(row)
        return True

    def _found(self, stood: int) -> int:
        """Return the first row that begins so, from where one began to type; one letter goes on with each time."""
        one = len(set(self._typed)) == 1
        wanted, first = (self._typed[0], stood + 1) if one else (self._typed, self._from)
        n = self._box.count()
        rows = ((first + k) % n for k in range(n))
        return next((row for row in rows if self._box.itemText(row).casefold().startswith(wanted)), -1)

"""The examples and counter-examples of a label; they are taken from the articles, and taken off here."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from rubricator.model.folding import single_spaced
from rubricator.model.scheme import Example
from rubricator.words import Message, _, message, say
from rubricator_gui import theme
from rubricator_gui.dialogs.guideline_words import around
from rubricator_gui.dialogs.scheme.draft import Draft
from rubricator_gui.dialogs.scheme.fields import button, tell, words

_MOST = 120


class ExampleList(QWidget):
    """Lists them; Delete or the button takes one off."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        u = theme.unit()
        self.list = _List()
        self.list.setObjectName("labelExamples")
        self.list.setAccessibleName(_("Examples and counter-examples"))
        self.list.setFixedHeight(28 * u)
        self.list.setWordWrap(True)
        self.off = button(_("Take off"), "takeOffExample")
        self.off.clicked.connect(self._take_off)
        self.list.deleted.connect(self._take_off)
        self.empty = words("note")
        line = QHBoxLayout()
        line.addWidget(self.off)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * u)
        column.addWidget(self.empty)
        column.addWidget(self.list)
        column.addLayout(line)
        draft.changed.connect(self._show)
        draft.chosen.connect(self._show)
        self._show()

    def _show(self, *_was: object) -> None:
        found = self._draft.scheme.examples_of(self._draft.current)
        if [item.data(Qt.ItemDataRole.UserRole) for item in self._items()] != list(found):
            row = self.list.currentRow()
            self.list.clear()
            for example in found:
                item = QListWidgetItem(say(_words(example)), self.list)
                item.setData(Qt.ItemDataRole.UserRole, example)
            self.list.setCurrentRow(max(0, min(row, len(found) - 1)))
        self.list.setVisible(bool(found))
        self.off.setVisible(bool(found))
        tell(self.empty, "" if found else message("None yet. They are taken from the articles while one works."))

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(n) for n in range(self.list.count())]

    def _take_off(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        gone: Example = item.data(Qt.ItemDataRole.UserRole)
        scheme = self._draft.scheme
        self._draft.put(replace(scheme, examples=tuple(one for one in scheme.examples if one.id != gone.id)))


class _List(QListWidget):
    """A list that tells when Delete is pressed."""

    deleted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take off with Delete."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit()
        else:
            super().keyPressEvent(event)


def _words(example: Example) -> Message:
    before, after = around(example)
    sentence = single_spaced(f"{before[-_MOST:]}“{example.quote[:_MOST]}”{after[:_MOST]}")
    said = message("Not this: {words}", words=sentence) if example.counter else message("This: {words}", words=sentence)
    return message("{said} – {note}", said=said, note=example.note) if example.note else said

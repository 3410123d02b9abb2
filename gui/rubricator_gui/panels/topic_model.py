"""The tree of offered topics with ticks: all of it, or what a search found, with everything above the hits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from rubricator.model.scheme import Topic
from rubricator.words import _, plural, say
from rubricator_gui.panels.topic_search import Found, TopicFinder

CODE = Qt.ItemDataRole.UserRole + 1
NOTE = Qt.ItemDataRole.UserRole + 2
"""What stands at the right of a row."""
FAINT = Qt.ItemDataRole.UserRole + 3
"""Whether a row is only the way to a hit."""


def capital(name: str) -> str:
    """Return a name with a capital first letter, as topics are shown."""
    return name[:1].upper() + name[1:]


class TopicModel(QStandardItemModel):
    """Topics as items; an item without a code is a heading."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: dict[str, list[QStandardItem]] = {}
        self._given: frozenset[str] = frozenset()

    def show_tree(self, finder: TopicFinder, frequent: Sequence[tuple[Topic, int]]) -> None:
        """Show the frequent topics of the project and below them the whole tree."""
        self._begin()
        if frequent:
            self.appendRow(_heading(_("Frequent in this project")))
            for topic, count in frequent:
                self.appendRow(self._item(topic, count))
            self.appendRow(_heading(_("All topics")))
        self._fill(self.invisibleRootItem(), finder, "", None)

    def show_found(self, finder: TopicFinder, found: Found) -> None:
        """Show what a search found."""
        self._begin()
        self._fill(self.invisibleRootItem(), finder, "", found)

    def _begin(self) -> None:
        self.clear()
        self._items.clear()

    def _fill(self, parent: QStandardItem, finder: TopicFinder, code: str, found: Found | None) -> None:
        waiting = [(parent, code)]
        while waiting:
            above, of = waiting.pop()
            rows = []
            for topic in finder.children.get(of, ()):
                if found is not None and topic.code not in found.shown:
                    continue
                item = self._item(topic)
                if found is not None and topic.code not in found.hits:
                    item.setData(True, FAINT)
                rows.append(item)
                if topic.code in finder.children:
                    waiting.append((item, topic.code))
            if rows:
                above.appendRows(rows)

    def _item(self, topic: Topic, count: int = 0) -> QStandardItem:
        item = QStandardItem(capital(topic.name))
        item.setData(topic.code, CODE)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(_tick(topic.code in self._given))
        tip = f"{topic.name}\n{topic.definition}" if topic.definition else ""
        if tip:
            item.setData(capital(tip), Qt.ItemDataRole.ToolTipRole)
        if count:
            item.setData(str(count), NOTE)
            words = plural("{topic}, given {n} time", "{topic}, given {n} times", count, topic=capital(topic.name))
            item.setData(say(words), Qt.ItemDataRole.AccessibleTextRole)
        self._items.setdefault(topic.code, []).append(item)
        return item

    def tick(self, given: Iterable[str]) -> None:
        """Tick the topics that the article has."""
        now = frozenset(given)
        for code in now ^ self._given:
            for item in self._items.get(code, ()):
                item.setCheckState(_tick(code in now))
        self._given = now

    def index_of(self, code: str) -> QModelIndex:
        """Return where a topic stands in the tree (not among the frequent ones)."""
        items = self._items.get(code)
        return items[-1].index() if items else QModelIndex()


def _tick(given: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if given else Qt.CheckState.Unchecked


def _heading(words: str) -> QStandardItem:
    item = QStandardItem(words)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    return item

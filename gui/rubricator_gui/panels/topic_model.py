"""What the list of topics shows: the tree below what is recent and frequent, or what a search found, the best first.

Rows are made when they are looked at: a thousand at once would take many frames.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from rubricator.model.scheme import Scheme, Topic
from rubricator.model.topic_search import FoundTopic, TopicFinder
from rubricator.words import _, message, plural, say
from rubricator_gui.panels.topic_words import PATH, capital, retired_words, topic_tip

Index = QModelIndex | QPersistentModelIndex

CODE = Qt.ItemDataRole.UserRole + 1
NOTE = Qt.ItemDataRole.UserRole + 2
"""What stands at the right of a row."""
SUB = Qt.ItemDataRole.UserRole + 3
"""What stands after the name, muted: where it is in the tree, or where it matched."""
TYPED = Qt.ItemDataRole.UserRole + 4
"""Which part of the name was typed."""
RETIRED = Qt.ItemDataRole.UserRole + 5
"""Whether it can be given no more."""


class Group(NamedTuple):
    """Topics under a heading, each with what stands at its right."""

    title: str
    topics: Sequence[tuple[Topic, int]]


class _Node:
    """A row: a topic or a heading (which has none); the tree's have rows below them."""

    __slots__ = ("above", "below", "found", "heading", "in_tree", "note", "place", "topic")

    def __init__(self, above: int, place: int, topic: Topic | None, heading: str = "", note: int = 0) -> None:
        self.above, self.place, self.topic, self.heading, self.note = above, place, topic, heading, note
        self.found: FoundTopic | None = None
        self.in_tree = False
        self.below: list[int] | None = None


_ROOT = 0


class TopicModel(QAbstractItemModel):
    """Topics as rows; a row without a code is a heading."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._scheme = Scheme()
        self._children: Mapping[str, Sequence[Topic]] = {}
        self._nodes: list[_Node] = [_Node(-1, 0, None)]
        self._by_code: dict[str, list[int]] = {}
        self._given: frozenset[str] = frozenset()

    # --- what is shown --------------------------------------------------------------------------------------------

    def show_tree(self, scheme: Scheme, finder: TopicFinder, groups: Sequence[Group] = ()) -> None:
        """Show groups of topics, and below them the whole tree."""
        self.beginResetModel()
        self._begin(scheme, finder.children)
        for group in groups:
            if group.topics:
                self._put(None, group.title)
                for topic, count in group.topics:
                    self._put(topic, note=count)
        if len(self._nodes) > 1:
            self._put(None, _("All topics"))
        for topic in finder.children.get("", ()):
            self._put(topic).in_tree = True
        self.endResetModel()

    def show_found(self, scheme: Scheme, found: Sequence[FoundTopic], retired: Sequence[FoundTopic]) -> None:
        """Show what a search found; the retired ones last, to say what became of them."""
        self.beginResetModel()
        self._begin(scheme, {})
        for one in found:
            self._put(one.topic).found = one
        if retired:
            self._put(None, _("Retired, and given no more"))
            for one in retired:
                self._put(one.topic).found = one
        self.endResetModel()

    def _begin(self, scheme: Scheme, children: Mapping[str, Sequence[Topic]]) -> None:
        self._scheme, self._children = scheme, children
        self._nodes = [_Node(-1, 0, None)]
        self._nodes[_ROOT].below = []
        self._by_code = {}

    def _put(self, topic: Topic | None, heading: str = "", note: int = 0, above: int = _ROOT) -> _Node:
        rows = self._nodes[above].below
        if rows is None:
            rows = self._nodes[above].below = []
        node = _Node(above, len(rows), topic, heading, note)
        rows.append(len(self._nodes))
        if topic is not None:
            self._by_code.setdefault(topic.code, []).append(len(self._nodes))
        self._nodes.append(node)
        return node

    def _rows_of(self, number: int) -> list[int]:
        """Return the rows below one; those of the tree are made now."""
        node = self._nodes[number]
        if node.below is None:
            node.below = []
            if node.in_tree and node.topic is not None:
                for topic in self._children.get(node.topic.code, ()):
                    self._put(topic, above=number).in_tree = True
        return node.below

    def tick(self, given: Iterable[str]) -> None:
        """Tick the topics that the article has; those above them are ticked in part."""
        was, self._given = self._given, frozenset(given)
        touched = {above for code in self._given ^ was for above in self._scheme.topic_codes_above(code)}
        for code in touched:
            for number in self._by_code.get(code, ()):
                index = self._index(number)
                self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])

    def index_of(self, code: str) -> QModelIndex:
        """Return where a topic stands in the tree (not among the recent and frequent ones), or in what was found."""
        way = self._scheme.topic_codes_above(code) if self._children else (code,)
        for one in reversed(way):
            for number in self._by_code.get(one, ()):
                if self._nodes[number].in_tree:
                    self._rows_of(number)
        numbers = self._by_code.get(code, ())
        in_tree = [number for number in numbers if self._nodes[number].in_tree]
        found = in_tree or [number for number in numbers if not self._children]
        return self._index(found[0]) if found else QModelIndex()

    def topic(self, index: Index) -> Topic | None:
        """Return the topic of a row; None where it is a heading."""
        return self._nodes[index.internalId()].topic if index.isValid() else None

    # --- Qt's own questions ---------------------------------------------------------------------------------------

    def _index(self, number: int) -> QModelIndex:
        return self.createIndex(self._nodes[number].place, 0, number)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Return the index of a row."""
        rows = self._rows_of(parent.internalId() if parent.isValid() else _ROOT)
        return self.createIndex(row, 0, rows[row]) if 0 <= row < len(rows) and column == 0 else QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """Return the row above."""
        above = self._nodes[index.internalId()].above if index.isValid() else _ROOT
        return self._index(above) if above > _ROOT else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows stand below one."""
        if not parent.isValid():
            return len(self._rows_of(_ROOT))
        node = self._nodes[parent.internalId()]
        if node.below is None:
            return len(self._children.get(node.topic.code, ())) if node.in_tree and node.topic else 0
        return len(node.below)

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """Say whether rows stand below one."""
        return self.rowCount(parent) > 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the one column."""
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say what can be done with a row."""
        if self.topic(index) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid():
            return None
        node = self._nodes[index.internalId()]
        topic, found = node.topic, node.found
        if topic is None:
            return node.heading if role == Qt.ItemDataRole.DisplayRole else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return capital(topic.name)
            case Qt.ItemDataRole.CheckStateRole:
                # As Qt's own models give it: who reads the screen knows no other.
                return self._ticked(topic.code, node.in_tree).value
            case Qt.ItemDataRole.ToolTipRole:
                return topic_tip(self._scheme, topic)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(node)
            case _ if role == CODE:
                return topic.code
            case _ if role == NOTE:
                return str(node.note) if node.note else ""
            case _ if role == SUB:
                return self._sub(topic, found) if found else ""
            case _ if role == TYPED:
                return (found.start, found.end) if found and found.where in ("name", "path") else (0, 0)
            case _ if role == RETIRED:
                return bool(topic.retired)
        return None

    def _ticked(self, code: str, in_tree: bool) -> Qt.CheckState:
        """Say whether a topic is given; in the tree, where it may be closed, also whether one below it is."""
        if code in self._given:
            return Qt.CheckState.Checked
        holds = in_tree and any(code in self._scheme.topic_codes_above(given) for given in self._given)
        return Qt.CheckState.PartiallyChecked if holds else Qt.CheckState.Unchecked

    def _sub(self, topic: Topic, found: FoundTopic) -> str:
        if topic.retired:
            return retired_words(topic)
        above = [capital(name) for name in self._scheme.topic_path(topic.code)[:-1]]
        match found.where:
            case "synonym":  # what is right above tells two of one name apart; of a whole path too little would be seen
                return " · ".join((say(message("also “{name}”", name=found.words)), *above[-1:]))
            case "definition" | "code":
                return found.words
        return PATH.join(above)

    def _spoken(self, node: _Node) -> str:
        if node.topic is None:
            return node.heading
        name = capital(node.topic.name)
        if node.note:
            return say(plural("{topic}, given {n} time", "{topic}, given {n} times", node.note, topic=name))
        sub = self._sub(node.topic, node.found) if node.found else ""
        return f"{name}, {sub}" if sub else name

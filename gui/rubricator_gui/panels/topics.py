"""The topics of the article: chips of those it has, a search, and the tree of those that can be given."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMoveEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from rubricator.model.changes import Change
from rubricator.model.scheme import Topic
from rubricator.words import _, message, say
from rubricator_gui import theme
from rubricator_gui.keymap import keymap_of
from rubricator_gui.panels.empty import EmptyPane
from rubricator_gui.panels.plain import bar, dress_search
from rubricator_gui.panels.rows import ENTER
from rubricator_gui.panels.section import Section
from rubricator_gui.panels.topic_chips import TopicChips
from rubricator_gui.panels.topic_model import CODE, TopicModel
from rubricator_gui.panels.topic_search import Found, TopicFinder
from rubricator_gui.panels.topic_tree import TopicTree
from rubricator_gui.session import Session

FREQUENT = 6
"""How many frequent topics stand on top."""

_ROWS = 4
"""How many rows of the tree are seen at least."""

PATH = " › "


class TopicSearch(QLineEdit):
    """The search field; Enter gives the current hit, Down goes into the tree, Esc clears."""

    entered = Signal()
    down = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the keys on that do not edit."""
        if event.key() in ENTER:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)


class _Pages(QStackedWidget):
    """Tree or empty pane; the tree is told when chips move it."""

    def __init__(self, tree: TopicTree, empty: EmptyPane) -> None:
        super().__init__()
        self._tree = tree
        self.addWidget(tree)
        self.addWidget(empty)

    def moveEvent(self, event: QMoveEvent) -> None:
        """Tell the tree, which is resized next."""
        super().moveEvent(event)
        if self.isVisible():
            self._tree.moved(event.pos().y() - event.oldPos().y())


class TopicPanel(Section):
    """The panel of topics."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Topics"), parent)
        self.setObjectName("topicPanel")
        self._session = session
        self._finder: TopicFinder | None = None
        self._counts: Counter[str] | None = None
        self._frequent: list[tuple[Topic, int]] = []
        self._found = Found(frozenset(), frozenset())
        self._open: set[str] = set()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._build()
        self.setFocusProxy(self.search)
        self._later.timeout.connect(self._show_tree)
        session.opened.connect(self._opened)
        session.article_shown.connect(self._shown)
        session.changed.connect(self._changed)
        self._opened()
        self.name_keys()
        self._shown()

    def _build(self) -> None:
        u = theme.unit()
        self.search = TopicSearch()
        self._glass = dress_search(self.search, "topicSearch", "", _("Search topics"))
        self._head = bar()
        line = QVBoxLayout(self._head)
        line.setContentsMargins(2 * u, u, 2 * u, 2 * u)
        line.addWidget(self.search)
        self.chips = TopicChips()
        self.tree = TopicTree()
        self.tree.setAccessibleName(_("Topics that can be given"))
        self._model = TopicModel(self)
        self.tree.setModel(self._model)
        self.empty = EmptyPane()
        self._pages = _Pages(self.tree, self.empty)
        self._pages.setMinimumHeight(_ROWS * 6 * u)  # rather than the chips, the tree is cut
        self.rows.addWidget(self._head)
        self.rows.addWidget(self.chips)
        self.rows.addWidget(self._pages, 1)
        self._dress()
        self.search.textChanged.connect(self._search)
        self.search.entered.connect(self._give_current)
        self.search.down.connect(self.tree.enter)
        self.search.left.connect(self.left)
        self.tree.toggled.connect(self._toggle)
        self.tree.left_upwards.connect(self._back_to_search)
        self.tree.typed.connect(self._type)
        self.tree.expanded.connect(self._branch_opened)
        self.tree.collapsed.connect(self._branch_closed)
        self.chips.unwanted.connect(self._session.work.take_topic)
        self.empty.pressed.connect(self.search.clear)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_glass"):
            self._dress()

    def _dress(self) -> None:
        self._glass.setIcon(theme.icon("search", "muted", theme.theme_of(self.palette())))

    # --- handles --------------------------------------------------------------------------------------------------

    def focus_search(self) -> None:
        """Put the focus into the search field; what stands in it is replaced by what is typed."""
        self.fold(False)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # --- following the session ------------------------------------------------------------------------------------

    def _opened(self) -> None:
        self._counts = None
        self._finder = None
        self._open.clear()
        self.search.clear()
        self._later.start()

    def _shown(self) -> None:
        self._show_tags()
        self._later.start()

    def _changed(self, change: Change) -> None:
        if change.scheme:
            self._finder = None
            self._later.start()
        if change.everything:
            self._counts = None
        elif self._counts is not None:
            self._counts.update(tag.after.topic for tag in change.tags if tag.after and not tag.before)
            self._counts.subtract(tag.before.topic for tag in change.tags if tag.before and not tag.after)
        if change.tags or change.everything or change.scheme:
            self._show_tags()

    def _show_tags(self) -> None:
        scheme, tags = self._session.scheme, self._session.tags
        topics = []
        for tag in tags:
            topic = scheme.topics_by_code.get(tag.topic)
            name = self._session.topic_name(tag.topic)
            if topic is not None and topic.retired:
                name = say(message("{topic} (retired)", topic=name))
            topics.append((tag.topic, name, PATH.join(scheme.topic_path(tag.topic))))
        shown = self._session.article is not None
        self.chips.show_topics(topics, self._no_topics() if shown else "")
        self._model.tick(tag.topic for tag in tags)
        self.set_note(str(len(tags)) if shown else "", str(len(tags)) if tags else "")
        self.search.setEnabled(shown)
        self.tree.setEnabled(shown)

    def name_keys(self) -> None:
        """Name the key that comes here as it is set now."""
        self._key = key = keymap_of(self._session.settings).first("find-topic")
        self.search.setPlaceholderText(_("Search topics ({key})").format(key=key) if key else _("Search topics"))
        self._show_tags()

    def _no_topics(self) -> str:
        return _("No topics. {key} finds one.").format(key=self._key) if self._key else _("No topics.")

    # --- the tree -------------------------------------------------------------------------------------------------

    def _show_tree(self) -> None:
        """Show the whole tree anew where it, or what is frequent, is another; a search is left alone."""
        fresh = self._finder is None
        if self._finder is None:
            self._finder = TopicFinder(self._session.scheme)
        frequent = self._most_frequent(self._finder)
        if fresh or frequent != self._frequent:
            self._frequent = frequent
            place = self.tree.verticalScrollBar().value()
            self._search()
            self.tree.verticalScrollBar().setValue(place)

    def _most_frequent(self, finder: TopicFinder) -> list[tuple[Topic, int]]:
        project = self._session.project
        if project is None:
            return []
        if self._counts is None:
            self._counts = Counter(project.rows.topic_counts())
        by_code = self._session.scheme.topics_by_code
        counts = sorted(self._counts.items(), key=_most_first)
        return [(by_code[code], n) for code, n in counts if n > 0 and code in finder][:FREQUENT]

    def _search(self) -> None:
        if self._finder is None:
            return
        typed = self.search.text().strip()
        self._found = self._finder.find(typed)
        self._head.setVisible(len(self._finder) > 0)
        if not typed:
            self._model.show_tree(self._finder, self._frequent)
            for code in tuple(self._open):
                self.tree.expand(self._model.index_of(code))
            self.tree.scrollToTop()
        else:
            self._model.show_found(self._finder, self._found)
            self.tree.expandAll()
            best = self._model.index_of(self._found.best)
            self.tree.setCurrentIndex(best)
            self.tree.scrollTo(best)
        self._pages.setCurrentIndex(0 if self._model.rowCount() else 1)
        if typed:
            self.empty.say(message("No topic matches “{words}”.", words=typed), _("Clear the search"))
        else:
            there = self._session.project is not None
            self.empty.say(message("This project has no topics.") if there else "")

    def _branch_opened(self, index: QModelIndex) -> None:
        """Remember what was opened by hand: the tree is built anew when other topics become frequent."""
        if not self.search.text().strip():
            self._open.add(str(index.data(CODE)))

    def _branch_closed(self, index: QModelIndex) -> None:
        if not self.search.text().strip():
            self._open.discard(str(index.data(CODE)))

    def _give_current(self) -> None:
        """Give the hit that is marked; what is typed next replaces the search, also one that found nothing."""
        index = self.tree.currentIndex()
        if self.search.text().strip() and index.isValid() and index.data(CODE):
            self._session.work.give_topic(str(index.data(CODE)))
        self.search.selectAll()

    def _type(self, letters: str) -> None:
        """Go on with the search where somebody types in the tree; after a topic was given, a new one begins."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.search.hasSelectedText():
            self.search.end(False)
        self.search.insert(letters)

    def _toggle(self, code: str) -> None:
        self.search.selectAll()
        if any(tag.topic == code for tag in self._session.tags):
            self._session.work.take_topic(code)
        else:
            self._session.work.give_topic(code)

    def _back_to_search(self) -> None:
        if not self.search.text():
            self.tree.setCurrentIndex(QModelIndex())
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)


def _most_first(count: tuple[str, int]) -> tuple[int, str]:
    code, n = count
    return -n, code

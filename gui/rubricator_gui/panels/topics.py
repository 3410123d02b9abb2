"""The topics of the article: chips of those it has, a search, and the tree of those that can be given."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from rubricator.model.changes import Change
from rubricator.model.scheme import Topic
from rubricator.model.spans import TopicTag
from rubricator.model.topic_search import FoundTopic, TopicFinder
from rubricator.model.topics import has_short_iptc
from rubricator.words import _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.keymap import keymap_of
from rubricator_gui.panels.bounded import Bounded
from rubricator_gui.panels.chip_area import ChipArea
from rubricator_gui.panels.empty import EmptyPane
from rubricator_gui.panels.plain import DONE_WITH, Line, bar
from rubricator_gui.panels.searchfield import SearchField
from rubricator_gui.panels.section import Section
from rubricator_gui.panels.topic_chips import ChipWords, TopicChips
from rubricator_gui.panels.topic_menu import TopicMenus
from rubricator_gui.panels.topic_model import CODE, Group, TopicModel
from rubricator_gui.panels.topic_tree import TopicTree
from rubricator_gui.panels.topic_words import fate, topic_tip, words_for_topics
from rubricator_gui.session import Session

RECENT, FREQUENT = 3, 6
"""How many topics that one has given last, and how many frequent ones, stand on top."""

_ROWS, _GOOD_ROWS = 2, 8
"""How many rows of the tree are seen at least, and how many before chips take a third of the height."""
_FAIR_ROWS = ((2, _ROWS), (3, 4))
"""For so many lines of chips, how many rows of the tree are seen before they are."""
_EARLY_LINES, _EARLY_ROWS = 2, 6
"""Lines that chips have before they need them, and how many rows of the tree are seen then: no row slides down under
the mouse that gives one topic after the other."""
_ROW = 6
"""Units of height of a row of the tree."""


class _Pages(QStackedWidget):
    """Tree or empty pane; while the mouse is in it, nothing above it becomes higher or lower."""

    def __init__(self, above: Bounded) -> None:
        super().__init__()
        self._above = above

    def stay(self, *_index: object) -> None:
        """Have the rows stay where they are: they are clicked one after the other."""
        self._above.hold(True)

    def let_go(self) -> None:
        """Give what stands above the lines that it has now, until something is clicked: no row has to stay."""
        self._above.hold(False)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Have the rows stay while the mouse is over them."""
        super().enterEvent(event)
        self.stay()

    def leaveEvent(self, event: QEvent) -> None:
        """Let what stands above have its lines."""
        super().leaveEvent(event)
        self.let_go()


class TopicPanel(Section):
    """The panel of topics."""

    note_wanted = Signal(object)
    """A note is to be written on a topic of the article (its code)."""
    details_wanted = Signal(object)
    """Name, place and meaning of a topic of the tree (its code) are to be changed."""
    topic_wanted = Signal(object)
    """A new topic is to be put below one of the tree (its code; "": at the top)."""
    import_wanted = Signal()
    """Topics are to be imported."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Topics"), parent)
        self.setObjectName("topicPanel")
        self._session = session
        self._finder: TopicFinder | None = None
        self._counts: Counter[str] | None = None
        self._groups: list[Group] = []
        self._found: list[FoundTopic] = []
        self._open: set[str] = set()
        self._given_last = ""
        """The topic (its code) whose chip is to be seen, once there is room for it."""
        self._later, self._laid_out = QTimer(self), QTimer(self)
        for timer in (self._later, self._laid_out):
            timer.setSingleShot(True)
            timer.setInterval(0)
        self._build()
        self.setFocusProxy(self.search)
        self._later.timeout.connect(self._show_tree)
        self._laid_out.timeout.connect(self._show_given)
        session.opened.connect(self._opened)
        session.article_shown.connect(self._shown)
        session.changed.connect(self._changed)
        self._opened()
        self.name_keys()
        self._shown()

    def _build(self) -> None:
        u = theme.unit()
        self.search = SearchField("topicSearch", "", _("Search topics"))
        self._head = bar()
        line = QVBoxLayout(self._head)
        line.setContentsMargins(2 * u, u, 2 * u, 2 * u)
        line.addWidget(self.search)
        self.chips = TopicChips()
        self.chips.after = self.search
        self.tree = TopicTree()
        self.menus = TopicMenus(self._session, self)
        self.tree.setAccessibleName(_("Topics that can be given"))
        self._model = TopicModel(self)
        self.tree.setModel(self._model)
        self.empty = EmptyPane(close=True)
        self._given = ChipArea(self.chips)
        self._pages = _Pages(self._given)
        self._pages.addWidget(self.tree)
        self._pages.addWidget(Bounded(self.empty, _ROWS * _ROW * u))
        self._pages.setMinimumHeight(_ROWS * _ROW * u)  # rather than the chips, the tree is cut
        self.rows.addWidget(self._head)
        self.rows.addWidget(self._given)
        self.rows.addWidget(Line())
        self.rows.addWidget(self._pages, 1)
        self.search.textChanged.connect(self._search)
        self.search.textEdited.connect(self._typed)
        self.search.entered.connect(self._give_current)
        self.search.down.connect(self._go_down)
        self.search.left.connect(self.left)
        self.tree.pressed.connect(self._pages.stay)
        self.tree.toggled.connect(self._toggle)
        self.tree.wanted.connect(self._want)
        self.tree.left_upwards.connect(self._back_to_search)
        self.tree.left.connect(self.search.leave)
        self.tree.typed.connect(self._type)
        self.tree.words_wanted.connect(self._select_words)
        self.tree.expanded.connect(self._branch_opened)
        self.tree.collapsed.connect(self._branch_closed)
        self.search.came.connect(self._get_ready)
        self.tree.menu_wanted.connect(self._tree_menu)
        self.tree.edited.connect(self._edit)
        self.tree.wanted_below.connect(self.topic_wanted)
        self.chips.unwanted.connect(self._given.stay)
        self.chips.unwanted.connect(self._session.topics.take)
        self.chips.tied.connect(self._session.topics.tie)
        self.chips.evidence_wanted.connect(self._session.topics.next_evidence)
        self.chips.note_wanted.connect(self.note_wanted)
        self.chips.menu_wanted.connect(self._chip_menu)
        self.chips.left.connect(self.search.leave)
        self.menus.note_wanted.connect(self.note_wanted)
        self.menus.details_wanted.connect(self.details_wanted)
        self.menus.topic_wanted.connect(self.topic_wanted)
        self.empty.pressed.connect(self._empty_pressed)
        self.empty.other_pressed.connect(self.import_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the chips a few lines or a third of the height, and the tree its rows: beyond that chips scroll."""
        super().resizeEvent(event)
        self._limit_chips()

    def _limit_chips(self) -> None:
        high, chips = self.body.height(), self.chips
        row, rest = _ROW * theme.unit(), high - self._head.sizeHint().height() - 1
        few = max(min(rest - round(rows * row), chips.room(lines)) for lines, rows in _FAIR_ROWS)
        most = max(few, min(rest - _GOOD_ROWS * row, high // 3))
        if self._pages.currentIndex():  # what is said instead of the tree, and its buttons, have their room
            most = min(most, rest - self.empty.minimumSizeHint().height())
        early = chips.room(_EARLY_LINES)
        self._given.limit(chips.room(chips.lines_in(most)), early if rest - early >= _EARLY_ROWS * row else 0)

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
        self._pages.let_go()
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
        counted = change.annotations and any(tag.evidence for tag in self._session.tags)
        if change.tags or counted or change.everything or change.scheme:
            self._show_tags()
        given = [tag.after.topic for tag in change.tags if tag.after and not tag.before]
        if given:
            if not self.tree.clicking:
                self._pages.let_go()  # no row that is clicked next has to stay where it is
            self._given_last = given[-1]
            self._laid_out.start()

    def _show_given(self) -> None:
        """Have the chip of the topic that was given last in view, where not all are."""
        for chip in self.chips.chips:
            if chip.code == self._given_last:
                self._given.show_chip(chip)

    def _show_tags(self) -> None:
        tags = self._session.tags
        shown = self._session.article is not None
        self.chips.show_topics([self._words(tag) for tag in tags], _("No topics yet.") if shown else "")
        self._model.tick(tag.topic for tag in tags)
        self.set_note(str(len(tags)) if shown else "", str(len(tags)) if tags else "")
        self.search.setEnabled(shown)
        self.tree.setEnabled(shown)

    def _words(self, tag: TopicTag) -> ChipWords:
        scheme = self._session.scheme
        topic = scheme.topics_by_code.get(tag.topic)
        name = self._session.topic_name(tag.topic)
        if topic is not None and topic.retired:
            name = say(message("{topic} (retired)", topic=name))
        lines = [topic_tip(scheme, topic) if topic else say(message("The scheme has no topic “{topic}”.", topic=name))]
        n = len(self._session.topics.evidence(tag)) if tag.evidence else 0
        if n:
            lines.append(say(plural("{n} annotation is evidence for it.", "{n} annotations are evidence for it.", n)))
        if tag.note:
            lines.append(say(message("Note: {note}", note=tag.note)))
        return ChipWords(tag.topic, name, "\n".join(lines), n, bool(tag.note))

    def name_keys(self) -> None:
        """Name the key that comes here as it is set now."""
        key = keymap_of(self._session.settings).first("find-topic")
        self.search.setPlaceholderText(_("Search topics ({key})").format(key=key) if key else _("Search topics"))

    # --- the tree -------------------------------------------------------------------------------------------------

    def _show_tree(self) -> None:
        """Show the whole tree anew where it, or what stands above it, is another; a search is left alone."""
        fresh = self._finder is None
        if self._finder is None:
            self._finder = TopicFinder(self._session.scheme, words_for_topics())
        groups = self._recent_and_frequent(self._finder)
        if fresh or groups != self._groups:
            self._groups = groups
            place = self.tree.verticalScrollBar().value()
            self._search()
            self.tree.verticalScrollBar().setValue(place)

    def _get_ready(self) -> None:
        """Have the search ready before the first letter."""
        if self._finder is not None:
            self._finder.get_ready()

    def _recent_and_frequent(self, finder: TopicFinder) -> list[Group]:
        """Return what stands above the tree: what one gave last oneself, and what is given most in the project."""
        project = self._session.project
        if project is None:
            return []
        if self._counts is None:
            self._counts = Counter(project.rows.topic_counts())
        by_code, counts = self._session.scheme.topics_by_code, self._counts
        often = [code for code, n in sorted(counts.items(), key=_most_first) if n > 0 and code in finder]
        few = len(often) <= FREQUENT
        recent = [] if few else [code for code in project.topics.recent(RECENT) if code in finder]
        frequent = [code for code in often if code not in recent][:FREQUENT]
        return [
            Group(_("Recent"), [(by_code[code], counts[code]) for code in recent]),
            Group(_("Frequent in this project"), [(by_code[code], counts[code]) for code in frequent]),
        ]

    def _search(self) -> None:
        if self._finder is None:
            return
        typed, scheme = self.search.text().strip(), self._session.scheme
        self._found = self._finder.find(typed)
        self._head.setVisible(len(self._finder) > 0)
        if not typed:
            self._model.show_tree(scheme, self._finder, self._groups)
            for code in tuple(self._open):
                self.tree.expand(self._model.index_of(code))
            self.tree.scrollToTop()
        else:
            self._model.show_found(scheme, self._found, self._finder.find_retired(typed))
            self.tree.setCurrentIndex(self._model.index(0, 0))
            self.tree.scrollToTop()
        found = self._model.rowCount() > 0
        self._pages.setCurrentIndex(0 if found else 1)
        if typed:
            words = message("No topic matches “{words}”.", words=typed)
            if has_short_iptc(scheme):
                more = _("The project has the first two levels of IPTC’s Media Topics; the full list can be imported.")
                words = message("{first} {second}", first=words, second=more)
            self.empty.say(words, _("Clear the search"), _("Import topics…"))
        elif self._session.project is not None:
            self.empty.say(message("This project has no topics."), _("Import topics…"))
        else:
            self.empty.say("")
        self._limit_chips()

    def _empty_pressed(self) -> None:
        if self.search.text().strip():
            self.search.clear()
        else:
            self.import_wanted.emit()

    # --- menus ----------------------------------------------------------------------------------------------------

    def _tree_menu(self, code: str, place: QPoint) -> None:
        self.menus.of_tree(code, place)

    def _chip_menu(self, code: str, place: QPoint) -> None:
        self.menus.of_article(code, place)

    def _edit(self, code: str) -> None:
        if code:
            self.details_wanted.emit(code)

    def _branch_opened(self, index: QModelIndex) -> None:
        """Remember what was opened by hand: the tree is built anew when other topics become frequent."""
        if not self.search.text().strip():
            self._open.add(str(index.data(CODE)))

    def _branch_closed(self, index: QModelIndex) -> None:
        if not self.search.text().strip():
            self._open.discard(str(index.data(CODE)))

    def _give_current(self) -> None:
        """Give the hit that is marked; what is typed next replaces the search, also one that found nothing."""
        topic = self._model.topic(self.tree.currentIndex())
        if self.search.text().strip() and topic is not None:
            words = "“{topic}” is given already. Tab goes to the chips; Delete on its chip, or its ×, takes it off."
            self._give_once(topic, words)
            self._forget_typing()
        self.search.selectAll()

    def _go_down(self) -> None:
        """Go into the tree: to the row below the hit that is marked, which Enter gives already; else to its first."""
        below = self.tree.below(self.tree.currentIndex()) if self.search.text().strip() else QModelIndex()
        if below.isValid():
            self.tree.setCurrentIndex(below)
        self.tree.enter()

    def _give_once(self, topic: Topic, given_already: str) -> None:
        """Give a topic, or say that it is given: Enter takes nothing off."""
        if self._session.topics.tag(topic.code) is None:
            self._give(topic)
        else:
            self._session.tell(message(given_already, topic=self._session.topic_name(topic.code)))

    def _want(self, code: str) -> None:
        self._forget_typing()
        self.search.selectAll()
        topic = self._session.scheme.topics_by_code.get(code)
        if topic is not None:
            self._give_once(topic, "“{topic}” is given already. Space takes it off.")

    def _typed(self, _words: str) -> None:
        self.search.setProperty(DONE_WITH, False)

    def _forget_typing(self) -> None:
        """Leave undo to the topic that was given or taken: setting the text drops the field's own."""
        self.search.setText(self.search.text())
        self.search.setProperty(DONE_WITH, True)

    def _give(self, topic: Topic) -> None:
        """Give a topic; of a retired one it is said what became of it."""
        if topic.retired:
            words = fate(self._session.scheme, topic).replace("\n", " ")
            self._session.tell(f"{self._session.topic_name(topic.code)}: {words}")
        else:
            self._session.topics.give(topic.code)

    def _select_words(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()

    def _type(self, letters: str) -> None:
        """Go on with the search where somebody types in the tree; after a topic was given, a new one begins."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.search.hasSelectedText():
            self.search.end(False)
        self.search.insert(letters)

    def _toggle(self, code: str) -> None:
        self._forget_typing()
        self.search.selectAll()
        topic = self._session.scheme.topics_by_code.get(code)
        if self._session.topics.tag(code) is not None:
            self._session.topics.take(code)
        elif topic is not None:
            self._give(topic)

    def _back_to_search(self) -> None:
        if not self.search.text():
            self.tree.setCurrentIndex(QModelIndex())
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)


def _most_first(count: tuple[str, int]) -> tuple[int, str]:
    code, n = count
    return -n, code

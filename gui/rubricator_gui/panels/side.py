"""The panels at the right, arranged for the room there is: stacked, half in tabs, all in tabs, or in two columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from rubricator.words import _
from rubricator_gui import theme
from rubricator_gui.panels.section import Section
from rubricator_gui.panels.tabs import CloseTabs, Tabs

STACK, HALF, TABS, COLUMNS = "stack", "half", "tabs", "columns"

_FEW_ROWS = 40
"""Units of height that a section needs to show a few rows."""
_SOME_ROWS, _FEWER_ROWS, _FEW_TOPICS = 58, 51, 46
"""Units of height in which topics show their search, two lines of chips and four rows of the tree; with one line of
chips; with three rows."""
_GOOD_ROWS = 78
"""Units of height in which they show eight rows."""
_CARD = 50
"""Units of height of the card with two facts."""
_EDGES = 3
"""Units of height of the borders between three sections."""
_TABS = 8
"""Units of height of the words of tabs."""
_WIDE = 69
"""Units of width that the side has at least, whatever is shown in it: it never widens by that."""

_TAB_WORDS = {
    "labels": "Labels",
    "annotations": "Annotations",
    "suggestions": "Suggestions",
    "topics": "Topics",
    "entities": "Entities",
    "history": "History",
}

ON_CALL = ("entities", "history")
"""Sections that are shown when somebody asks for them; they stand in tabs, whatever room there is."""

_ROOMY = ("topics", *ON_CALL)
"""What is not about the chosen annotation: who calls for it has the room of the card for it."""


_BY_TAB = Qt.FocusPolicy.TabFocus


class Side(QWidget):
    """Holds the sections `labels`, `chosen`, `annotations`, `suggestions`, `topics` and those ON_CALL, not by class.

    They are made when one is first asked for, or by `furnish`.
    """

    turned = Signal()
    """Another tab is on top, or the sections stand otherwise."""

    def __init__(self, make: Callable[[], Mapping[str, Section]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self.first = ""
        """The section whose tab is on top at first, by name: the one that was when the window was left."""
        self._wanted = ""
        self._mode = ""
        self._called: set[str] = set()
        self._called_from: dict[str, str] = {}
        """Which tab was on top when a section was called for."""
        self._tabs: Tabs | None = None
        self._lent = True
        """Whether nothing is chosen, or was since what is _ROOMY was called for: the card leaves it its room."""
        self._owes = False
        """Whether the card takes it back once the mouse has left the list in which something was clicked."""
        self.setMinimumWidth(_WIDE * theme.unit())
        self._close = CloseTabs()
        self._close.setParent(self)
        self._columns: list[tuple[QSplitter, int]] = []
        self.dragged: dict[str, list[list[int]]] = {}
        """The heights of each arrangement whose borders somebody moved: of the sections of each column."""
        self._hidden: QWidget | None = None
        """The labels, while something else was brought in their place."""
        self._fits = QTimer(self)  # Qt asks for the new heights only after this event
        self._fits.setSingleShot(True)
        self._fits.setInterval(0)
        self._fits.timeout.connect(self._fit)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._root: QWidget | None = None

    @cached_property
    def _sections(self) -> dict[str, Section]:
        made = dict(self._make())
        for section in made.values():
            section.setParent(self)
            section.badge_changed.connect(self._name_tabs)
            section.height_wanted.connect(self._fits.start)
            section.folded_by_hand.connect(self._folded)
            section.left.connect(self._give_back)
            section.mouse_left.connect(self._pay)
        made["chosen"].needed.connect(self._take_back)
        made["chosen"].needless.connect(self._lend)
        return made

    @property
    def furnished(self) -> bool:
        """Say whether the sections are there."""
        return "_sections" in self.__dict__

    def furnish(self) -> None:
        """Make the sections and put them where they belong; nothing happens where they are there."""
        if not self.furnished:
            self._sections  # noqa: B018 (made on first use)
            self.arrange(self._wanted)

    def arrange(self, mode: str) -> None:
        """Arrange the sections for the room there is; a stack that would hide labels becomes half tabs."""
        self._wanted = mode
        if not mode or not self.furnished:
            return
        self._tighten()
        if mode == STACK and (self._called or self.height() < self._stack_height()):
            mode = HALF
        if mode != self._mode:
            self._mode = mode
            self._lay()

    def _fit(self) -> None:
        """Make room for a section that is higher or lower now: another scheme has more labels, or fewer."""
        self.arrange(self._wanted)
        self._share()

    def _stack_height(self) -> int:
        """Return the height at which all labels are seen, the whole card, and of the other sections enough each."""
        labels, card = self._sections["labels"].sizeHint().height(), self._sections["chosen"].whole(self.height())
        return labels + card + (2 * _FEW_ROWS + _GOOD_ROWS) * theme.unit()

    def call(self, name: str, shown: bool) -> None:
        """Show a section that is ON_CALL beside the others, or take it away: what it came from is on top again."""
        if shown == (name in self._called):
            return
        was = self.current
        if shown:
            self._called_from[name] = was
        self._called ^= {name}
        if self.furnished and self._mode:
            self._mode = ""  # laid anew, whichever it is now
            self.arrange(self._wanted)
            before = self._sections.get(self._called_from.get(name, ""))
            if was == name and before is not None and self._tabs is not None:
                self._tabs.bring(before)

    def on_top(self, name: str) -> bool:
        """Say whether a section is seen, and not behind the tab of another one."""
        return self.furnished and self._sections[name].isVisible()

    def bring(self, name: str) -> None:
        """Have a section seen, where tabs hide it or it is folded."""
        self.furnish()
        section = self._sections[name]
        section.fold(False)
        if self._tabs is not None and self._tabs.holds(section):
            hidden, labels = self._current(), self._sections["labels"]
            before = labels if hidden is labels else self._hidden
            self._tabs.bring(section)
            self._hidden = before if section is not labels else None
        if name in (*_ROOMY, "chosen"):
            self._lend(name in _ROOMY)

    def _give_back(self) -> None:
        """Show the labels again where a section was brought in their place: one looks their keys up."""
        if self._hidden is not None and self._tabs is not None:
            self._tabs.bring(self._hidden)

    @property
    def current(self) -> str:
        """The section whose tab is on top, by name."""
        if not self.furnished:
            return self.first
        current = self._current()
        return next((name for name, section in self._sections.items() if section is current), self.first)

    def _lay(self) -> None:
        if not self._mode:
            return
        current = self._current() or self._sections.get(self.first)
        lent, focus = self._lent, QApplication.focusWidget()
        held = focus if focus is not None and self.isAncestorOf(focus) else None
        self._columns.clear()
        root = self._build()
        old, self._root = self._root, root
        self._layout.addWidget(root)
        if old is not None:
            old.hide()
            old.deleteLater()
        self._name_tabs()
        if current is not None and self._tabs is not None:
            self._tabs.bring(current)
        self._lent = lent
        self._sections["chosen"].setHidden(self._gives_room)
        self._share()
        if held is not None and held.isVisible():
            held.setFocus(Qt.FocusReason.OtherFocusReason)  # it was hidden for a moment only
        self.turned.emit()

    def _current(self) -> QWidget | None:
        return self._tabs.current if self._tabs is not None else None

    def _take_back(self) -> None:
        """Have the card seen, but not by a click in what has its room: the row may be one that it takes."""
        current = self._current()
        if self._gives_room and isinstance(current, Section) and current.clicking:
            self._owes = True
        else:
            self._lend(False)

    def _pay(self) -> None:
        if self._owes:
            self._lend(False)

    def _lend(self, lent: bool = True) -> None:
        """Leave the room of the card to what is above it, or take it back: nothing moves but the end of a list."""
        self._lent, self._owes = lent, False
        card = self._sections["chosen"]
        if card.isHidden() != self._gives_room:
            card.setHidden(self._gives_room)
            self._share()

    @property
    def _gives_room(self) -> bool:
        """Say whether the card is away: who called for what stands above it looks at nothing else."""
        return self._lent and self._mode == HALF and self.current in _ROOMY

    def _build(self) -> QWidget:
        self._tabs = None
        for section in self._sections.values():
            section.hide()
            section.setParent(self)  # out of the old arrangement, which is deleted
        called = [name for name in ON_CALL if name in self._called]
        names = ["annotations", "suggestions", "topics", *called]
        if self._mode == TABS:
            tabs = self._tabbed(["labels", *names])
            return self._column([_with_pages(tabs), self._plain("chosen")], takes_rest=0)
        top = [self._plain("labels"), self._plain("chosen")]
        if self._mode == STACK:
            return self._column([*top, *map(self._plain, names)], takes_rest=2)
        if self._mode == COLUMNS:
            both = QSplitter(Qt.Orientation.Horizontal)
            both.setChildrenCollapsible(False)
            both.addWidget(self._column([*top, _Ground()], takes_rest=2))
            both.addWidget(self._column([self._plain(name) for name in names], takes_rest=0))
            return both
        labels, card = top
        tabs = self._tabbed(names)
        return self._column([labels, _with_pages(tabs), card], takes_rest=1)

    def _column(self, widgets: list[QWidget], takes_rest: int) -> QWidget:
        """Put widgets below each other, each as high as it asks to be; one takes the rest."""
        column = QSplitter(Qt.Orientation.Vertical)
        column.setChildrenCollapsible(False)
        for n, widget in enumerate(widgets):
            column.addWidget(widget)
            column.setStretchFactor(n, int(n == takes_rest))
            widget.show()
        column.splitterMoved.connect(self._moved)
        self._columns.append((column, takes_rest))
        return column

    def _moved(self, _place: int, _index: int) -> None:
        if self._gives_room:
            return  # the heights are those with the card
        self.dragged[self._mode] = [column.sizes() for column, _takes_rest in self._columns]

    @property
    def _by_hand(self) -> list[list[int]] | None:
        """The heights that somebody gave to what is shown."""
        kept = self.dragged.get(self._mode)
        fits = kept is not None and [*map(len, kept)] == [column.count() for column, _takes_rest in self._columns]
        return kept if fits else None

    def _folded(self) -> None:
        """Share the room anew: what was folded away leaves it to the others, also where borders were moved before."""
        self.dragged.pop(self._mode, None)
        self._fits.start()

    def _share(self) -> None:
        """Give each section the height it asks for, or that somebody gave it by hand, and one the rest.

        Where that is too much, what takes the rest gives way first, then what stands below; labels last.
        """
        if not self.furnished:
            return
        by_hand = self._by_hand
        for nth, (column, takes_rest) in enumerate(self._columns):
            there = [widget for n in range(column.count()) if (widget := column.widget(n)) is not None]
            for layout in filter(None, (widget.layout() for widget in there)):
                layout.activate()  # else the greatest height is told after this event
            room = self.height() - column.handleWidth() * (len(there) - 1)
            least = [widget.minimumSizeHint().height() for widget in there]
            sizes = [widget.sizeHint().height() for widget in there]
            if by_hand:
                sizes = list(by_hand[nth])
            elif self._mode == TABS:
                # The labels stand above what is said of a span: all of them, where the card has room for its words.
                u, labels = theme.unit(), self._sections["labels"].sizeHint().height()
                lists = max(labels, _GOOD_ROWS * u) + _TABS * u
                sizes = [least[0], max(least[1], self._sections["chosen"].whole(room - lists))]
            elif takes_rest:
                if self._mode == STACK:
                    u = theme.unit()
                    sizes[3:] = [min(_FEW_ROWS * u, sizes[3]), max(_GOOD_ROWS * u, sizes[4])]
                self._leave_rows(least, sizes, room - sum(least[3:]), 3 - takes_rest)
            sizes = [min(size, widget.maximumHeight()) for size, widget in zip(sizes, there, strict=True)]
            sizes[takes_rest] = max(least[takes_rest], room - sum(sizes) + sizes[takes_rest])
            for n in (takes_rest, *(n for n in reversed(range(len(sizes))) if n != takes_rest)):
                sizes[n] -= max(0, min(sum(sizes) - room, sizes[n] - least[n]))
            column.setSizes(sizes)

    def _leave_rows(self, least: list[int], sizes: list[int], room: int, at: int) -> None:
        """Have rows seen beside labels and card, the nth of them: of both the height of the window alone decides.

        What is chosen, and which tab is in front, moves nothing. Where that is too much the card has fewer lines, then
        the tabs fewer rows, then labels scroll.
        """
        u, card = theme.unit(), self._sections["chosen"]
        if room - sizes[0] < card.whole(0) + _FEW_TOPICS * u:
            sizes[0] = max(least[0], min(sizes[0], room - card.whole(0) - _FEWER_ROWS * u))
        least[at] = sizes[at] = 0 if card.isHidden() else card.whole(room - sizes[0] - _SOME_ROWS * u)

    def _tighten(self) -> None:
        """Have labels stand closer where they would leave too little room for what is shown with them."""
        below, least = {COLUMNS: (0, 0), TABS: (_TABS, _TABS)}.get(self._wanted, (_GOOD_ROWS, _FEW_TOPICS + _EDGES))
        room, u = self.height(), theme.unit()
        least_room = room - self._sections["chosen"].whole(0) - least * u
        width = self.width() // 2 if self._wanted == COLUMNS else self.width()
        self._sections["labels"].tighten(room - (_CARD + below) * u, least_room, width)

    def _turned(self, _tab: int) -> None:
        """Forget what was hidden: where the focus was in the tab before, Qt has put it into this one."""
        self._hidden = None
        self._lend(self.current in _ROOMY)
        self.turned.emit()

    def _clicked(self, _tab: int) -> None:
        if self.current in _ROOMY:
            self._lend(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from tab to tab with Ctrl+Tab, from wherever the focus is at the side."""
        step = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()))
        if step and self._tabs is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._tabs.turn(step)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the article its keys: who clicked a tab to look goes on labelling.

        Not those that go from tab to tab, Space and Enter, nor Delete: nobody sees from there what it would take away.
        """
        section = self._current()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not isinstance(section, Section):
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Tab and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            # The field to type in, where it has one: Qt takes the list, which stands for all of it.
            inside = [*section.findChildren(QLineEdit), *section.findChildren(QWidget)]
            first = next((widget for widget in inside if widget.isVisible() and widget.focusPolicy() & _BY_TAB), None)
            if first is None:
                section.left.emit()
            else:
                first.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return section.hand_over(event, also=_of_text(event)) or super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the new height."""
        super().resizeEvent(event)
        if self.furnished:
            self._tighten()
        self._share()
        self._name_tabs()

    def _plain(self, name: str) -> QWidget:
        section = self._sections[name]
        section.show_header(True)
        return section

    def _tabbed(self, names: list[str]) -> Tabs:
        tabs = Tabs(self._close)
        tabs.installEventFilter(self)
        for name in names:
            section = self._sections[name]
            section.show_header(False)
            tabs.add(section, _(_TAB_WORDS[name]), section.title)
        tabs.currentChanged.connect(self._turned)
        tabs.tabBarClicked.connect(self._clicked)
        self._tabs = tabs
        return tabs

    def _name_tabs(self, _badge: object = None) -> None:
        if self._tabs is None:
            return
        there = {name: section for name, section in self._sections.items() if self._tabs.holds(section)}
        titles: dict[QWidget, str] = {there[name]: _(words) for name, words in _TAB_WORDS.items() if name in there}
        badges: dict[QWidget, str] = {page: page.badge for page in there.values() if page.badge}
        self._tabs.name(titles, badges, self.width())


def _of_text(event: QKeyEvent) -> bool:
    """Say whether a key, beside those that write something, moves caret or borders and means nothing to tabs."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() == Qt.Key.Key_F2:  # of those with F the only one that is no key of the window
        return held == Qt.KeyboardModifier.NoModifier
    if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
        return held != Qt.KeyboardModifier.NoModifier
    return event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) or event.matches(
        QKeySequence.StandardKey.SelectAll
    )


def _with_pages(tabs: Tabs) -> QWidget:
    """Return what shows tabs and below them their pages."""
    both = QWidget()
    layout = QVBoxLayout(both)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(tabs)
    layout.addWidget(tabs.pages, 1)
    return both


class _Ground(QWidget):
    """Empty ground below sections that need no more height."""

    def __init__(self) -> None:
        super().__init__()
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)

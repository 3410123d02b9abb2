"""The bar that finds words in the article; its hits are shown in the text, and F4 labels them one after another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QToolButton, QWidget

from rubricator.errors import UserError
from rubricator.model.find import MOST_HITS, Hits, Wanted, find
from rubricator.model.spans import Span
from rubricator.words import Message, _, message, say
from rubricator_gui import theme
from rubricator_gui.keymap import keymap_of
from rubricator_gui.panels.plain import LineLabel, dress_search, forget_typing, plain_label, plain_tip
from rubricator_gui.panels.rows import ENTER
from rubricator_gui.reader.gestures import borders
from rubricator_gui.session import Session

_MANY = 1_000
"""Hits up to which the count has room, so that the field keeps its width while one goes on."""
_FIELD = 44
"""Units of width that the field has at least: a name can be read in it."""

_TYPING_PAUSE = 120
"""Milliseconds."""


class Held(Protocol):
    """Where the bar begins to look, and where what it finds is selected."""

    def selected(self) -> Span | None:
        """Return what is selected."""
        ...

    def caret(self) -> int:
        """Return where it is looked from."""
        ...

    def take(self, span: Span) -> None:
        """Select what was found: the words that hold it, as everywhere."""
        ...

    def let_go(self) -> None:
        """Let go of what was held before, where nothing is found: the next key would mean it."""
        ...


class OwnLayer:
    """One's own layer: the selection of the session, or what is chosen; else the caret of the text."""

    def __init__(self, session: Session, caret: Callable[[], int]) -> None:
        self._session, self._caret = session, caret

    def selected(self) -> Span | None:
        """Return what is selected."""
        return self._session.selection

    def caret(self) -> int:
        """Return where what is in hand begins, or else where the caret stands."""
        session = self._session
        chosen = session.chosen_annotation
        return session.selection.start if session.selection else chosen.start if chosen else self._caret()

    def take(self, span: Span) -> None:
        """Select the words that hold what was found."""
        self._session.select(borders(self._session.text, span.start, span.end, exact=False))

    def let_go(self) -> None:
        """Let go of what was chosen."""
        self._session.choose(None)


class FindBar(QWidget):
    """A field, three ways to look, the count; Enter and F3 go on, Shift with them back, Esc closes.

    While it is closed F3 goes on all the same, and leaves bar and keys where they are.
    """

    hits_changed = Signal(object, object)
    """(The hits as fragments, which of them is the current one or -1)."""
    gone_to = Signal(object)
    """A hit (a fragment) was gone to and selected; it is to be seen, also while the bar is closed."""
    peeked = Signal(object)
    """A hit (a fragment) may be looked at, while nobody has gone to one; None: back to where one was."""
    left = Signal()
    """Esc was pressed, or the bar was closed."""
    took = Signal(object)
    """So many pixels were taken above the text; fewer than none: they were given back."""

    def __init__(self, session: Session, held: Held, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self._session = session
        self._held = held
        self._hits = Hits()
        self._current = self._marked = -1
        """The hit that was gone to; and the one that is shown as such, or as that to which Enter goes."""
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.setAutoFillBackground(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE)
        self._pause.timeout.connect(self._search)
        u = theme.unit()
        self.field = _Field()
        self._glass = dress_search(self.field, "findField", _("Find in the article"), _("Find in the article"))
        self.field.setMinimumWidth(_FIELD * u)
        self.case = QCheckBox(_("Case"))
        self.case.setToolTip(_("Match case: capitals and small letters as they are typed"))
        self.whole = QCheckBox(_("Whole words"))
        self.expression = QCheckBox(_("Expression"))
        self.expression.setToolTip(_("A regular expression, such as (Mr|Mrs) [A-Z]\\w+"))
        self.count = plain_label(say(_place_words(_MANY, _MANY)), kind="note", muted=True)
        self.count.setFont(theme.figures(self.count.font()))
        self.count.setMinimumWidth(self.count.sizeHint().width())
        self.hint = LineLabel("note")
        line = QHBoxLayout(self)
        line.setContentsMargins(3 * u, u, 3 * u, u)
        line.setSpacing(2 * u)
        line.addWidget(self.field, 3)
        for box in (self.case, self.whole, self.expression):
            box.setFont(theme.ui_font("tool"))
            box.toggled.connect(self._search)
            line.addWidget(box)
        line.addWidget(self.count)
        line.addWidget(self.hint, 2)
        self._buttons = [
            _button(line, _("Previous hit"), self.previous),
            _button(line, _("Next hit"), self.next),
            _button(line, _("Close"), self.close_bar),
        ]
        self.field.textChanged.connect(self._pause.start)
        self.field.going.connect(self._step)
        self.field.left.connect(self.close_bar)
        session.article_shown.connect(self._look_again)
        session.changed.connect(self._changed)
        session.used.connect(self._tell)
        session.offers_changed.connect(self._tell)
        self._dress()
        self.hide()

    def open(self) -> None:
        """Show the bar with the selected words, if they are few, and look for what stands in it."""
        selection = self._held.selected()
        words = selection.quote(self._session.text) if selection is not None else ""
        if words and len(words) <= 100 and "\n" not in words:
            self.field.setText(words)
        if self.isHidden():
            self.show()
            self.took.emit(self.height())
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._search()

    def close_bar(self) -> None:
        """Take the bar and the marks of its hits away."""
        if self._pause.isActive():
            self._search()
        if self._current < 0:
            self.peeked.emit(None)
        self._let_go()
        if not self.isHidden():
            self.hide()
            self.took.emit(-self.height())
        self._show(self._hits, self._current)
        self.left.emit()

    def _let_go(self) -> None:
        """Let go of what was held before, where one looked for words and there are none: the next key would mean it."""
        if not self.isHidden() and self.field.text().strip() and not self._hits.places:
            self._held.let_go()

    def next(self) -> None:
        """Go to the next hit, round the end."""
        self._step(1)

    def previous(self) -> None:
        """Go to the previous hit, round the beginning."""
        self._step(-1)

    def go_on(self) -> bool:
        """Go to the next hit without a label, if there is one; else a key corrects what was just labelled."""
        places = self._hits.places
        for step in range(1, len(places) + 1):  # the current one comes last: what labelled it may have been undone
            at = (self._current + step) % len(places)
            words = borders(self._session.text, *places[at], exact=False)
            if not self._session.over(words):
                self._take(at)
                return True
        return False

    def _step(self, step: int) -> None:
        if self.isHidden() and not self.field.text().strip():
            self.open()
            return
        unknown = self.isHidden() and not self._hits.places
        if unknown or self._pause.isActive():  # who types and goes on at once means what was typed
            self._search()
        places = self._hits.places
        if not places:
            self._say_place(-1)
            self._let_go()
            return
        selection = self._held.selected()
        if selection is not None and (selection.start, selection.end) in places:
            at = places.index((selection.start, selection.end)) + step
        elif self._current >= 0:
            at = self._current + step
        else:
            at = self._after_caret() + (0 if step > 0 else -1)
        self._take(at % len(places))

    def _take(self, at: int) -> None:
        """Make a hit the current one and select it."""
        self._show(self._hits, at)
        self._held.take(Span((self._hits.places[at],)))
        self.gone_to.emit(self._hits.places[at])
        self._say_place(at)

    def _say_place(self, at: int) -> None:
        """Say in the status line where one is, while the bar that says so is closed."""
        if self.isHidden():
            words, n = self.field.text().strip(), len(self._hits.places)
            found = message("“{words}”: {place}", words=words, place=_place_words(at + 1, n))
            none = message("“{words}” does not stand in this article.", words=words)
            self._session.tell(found if n else none, idle=True)  # it says where one is until one is elsewhere

    def _look_again(self) -> None:
        if self.isHidden():
            self._show(Hits(), -1)
        else:
            self._search()

    def _search(self) -> None:
        """Look for what stands in the field; nothing is selected yet."""
        self._pause.stop()
        wanted = Wanted(self.field.text(), self.case.isChecked(), self.whole.isChecked(), self.expression.isChecked())
        try:
            self._show(find(self._session.text, wanted), -1)
        except UserError as error:
            self._show(Hits(), -1)
            self.count.setText(say(error.text))
        places = self._hits.places
        if not self.isHidden():  # the one that Enter goes to
            self.peeked.emit(places[self._marked] if places else None)

    def _after_caret(self) -> int:
        return bisect_left(self._hits.places, (self._held.caret(), 0))

    def _show(self, hits: Hits, current: int) -> None:
        self._hits, self._current = hits, current
        ahead = -1 if self.isHidden() or not hits.places else self._after_caret() % len(hits.places)
        self._marked = current if current >= 0 else ahead
        self._tell()
        if self.isHidden():
            self.hits_changed.emit((), -1)
        else:
            self.hits_changed.emit(hits.places, self._marked)

    def _changed(self, _change: object) -> None:
        """Say anew what labels a hit; Ctrl+Z takes that back from now on, and not what was typed before."""
        self._tell()
        forget_typing(self.field)

    @property
    def finds(self) -> bool:
        """Say whether there are hits."""
        return bool(self._hits.places)

    @property
    def marked(self) -> Span | None:
        """The words of the hit that is the current one, or that Enter goes to."""
        places = self._hits.places
        known = 0 <= self._marked < len(places)
        return borders(self._session.text, *places[self._marked], exact=False) if known else None

    @property
    def label(self) -> str:
        """What the key of the last label gives to that hit: what is suggested for its very words, else the last one."""
        session, words = self._session, self.marked
        there = session.offer_spans.overlapping(words.start, words.end) if words is not None else []
        offered = [one.label for one in there if one.span == words]
        return session.last_label if session.last_label in offered or not offered else offered[0]

    @property
    def waits(self) -> bool:
        """Say whether somebody types here, there are hits, and none was gone to yet."""
        if self._pause.isActive():
            self._search()
        return self.field.hasFocus() and bool(self._hits.places) and self._current < 0

    def _tell(self) -> None:
        """Say how many hits there are, and how they are labelled one after another."""
        n = len(self._hits.places)
        if self._hits.more:
            words = message("more than {n} hits", n=MOST_HITS)
        elif self._current >= 0:
            words = _place_words(self._current + 1, n)
        else:
            words = message("{n} found", n=n)
        self.count.setText(say(words) if self.field.text().strip() else "")
        self.hint.say_either(*self._how() if n else ("", ""))
        if self.hint.text() and self.label:
            otherwise = _("Another label: Esc, then its key. The next hits get that one.")
            self.hint.setToolTip(plain_tip(f"{self.hint.text()}. {otherwise}"))

    def _how(self) -> tuple[str, str]:
        """Say what the key of the last label does to hits, and the same shorter; in review there is no such key."""
        session = self._session
        key = keymap_of(session.settings).first("last-label")
        if not key or session.can("reviewing"):
            return "", ""
        label = self.label
        if not label:
            return say(message("label one, and {key} labels the next", key=key)), say(
                message("label one, then {key}", key=key)
            )
        words: dict[str, object] = {"key": key, "label": session.title(label)}
        whole = message("{key} labels it {label}, and goes on", **words)
        if label != session.last_label:
            whole = message("{key} labels it {label}, as suggested", **words)
        return say(whole), say(message("{key}: {label}", **words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close it by Esc from its boxes and buttons as well."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_buttons"):
            self._dress()

    def _dress(self) -> None:
        look = theme.theme_of(self.palette())
        self._glass.setIcon(theme.icon("search", "muted", look))
        for button, name in zip(self._buttons, ("previous", "next", "close"), strict=True):
            button.setIcon(theme.icon(name, "ButtonText", look))


def _place_words(k: int, n: int) -> Message:
    """Say which of the hits it is."""
    return message("{k} of {n}", k=k, n=n)


def _button(line: QHBoxLayout, words: str, hand: object) -> QToolButton:
    button = QToolButton()
    button.setAutoRaise(True)
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(hand)
    line.addWidget(button)
    return button


class _Field(QLineEdit):
    """The field; keys that do not edit are handed on."""

    going = Signal(object)
    """1 for the next hit, -1 for the one before."""
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.going.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.going.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

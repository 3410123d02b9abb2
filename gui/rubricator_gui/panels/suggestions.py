"""What is offered for the article: walked through as a list, accepted and rejected by the keys of the article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from time import monotonic

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rubricator.model.changes import Change
from rubricator.suggest.offers import Offer
from rubricator.words import Message, _, message, plural, say
from rubricator_gui import chips, theme
from rubricator_gui.drawing import RIGHT
from rubricator_gui.offered import WHOLE, id_of, is_telling, rate_numbers, reason_words, source_told
from rubricator_gui.panels import facts
from rubricator_gui.panels.empty import EmptyPane
from rubricator_gui.panels.focus import ACTS_ON, OFFERED
from rubricator_gui.panels.nested import DEPTH, depth_in, indent
from rubricator_gui.panels.plain import bar
from rubricator_gui.panels.quotes import one_line, quote_font
from rubricator_gui.panels.rows import ENTER, ITEM, MARKED, Index, Ink, RowDelegate, RowList, repaint_row, write
from rubricator_gui.panels.section import Section
from rubricator_gui.reader import gestures
from rubricator_gui.reader.events import stroke
from rubricator_gui.session import Session
from rubricator_gui.wording import as_sentence, isolated

WHY = ITEM + 1
"""What it will be linked to, and why it is offered: what is longer than the row is cut at its end."""


class SuggestionModel(QAbstractListModel):
    """The offers of the session in reading order; of those that come and go only these rows are told."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._offers: list[Offer] = []
        self._marked = -1

    def follow(self) -> None:
        """Take in what is offered now; rows that stay are left where they are."""
        old, new = self._offers, self._session.offers
        same = 0
        while same < min(len(old), len(new)) and old[same] == new[same]:
            same += 1
        tail = 0
        while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
            tail += 1
        if len(old) - tail > same:
            self.beginRemoveRows(QModelIndex(), same, len(old) - tail - 1)
            self._offers = old[:same] + old[len(old) - tail :]
            self.endRemoveRows()
        if len(new) - tail > same:
            self.beginInsertRows(QModelIndex(), same, len(new) - tail - 1)
            self._offers = list(new)
            self.endInsertRows()
        self.mark()

    def mark(self) -> int:
        """Mark the offer that was walked to and return its row, -1 where there is none."""
        was, self._marked = self._marked, self._row_of(self._session.offered)
        if was != self._marked:
            repaint_row(self, was)
            repaint_row(self, self._marked)
        return self._marked

    def row_near(self, offer: Offer) -> int:
        """Return the row of an offer, or of what comes at its place or next where it is gone; -1 of an empty list."""
        row = self._row_of(offer)
        if row >= 0:
            return row
        return min(bisect_left(self._offers, offer.span.start, key=lambda one: one.span.start), len(self._offers) - 1)

    def _row_of(self, offer: Offer | None) -> int:
        return self._offers.index(offer) if offer in self._offers else -1

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return how many are offered."""
        return len(self._offers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid():
            return None
        offer = self._offers[index.row()]
        session = self._session
        quote = offer.span.quote(session.text)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one_line(quote)
            case Qt.ItemDataRole.ToolTipRole:
                words = message("{label}? “{quote}”", label=session.title(offer.label), quote=quote)
                keys = message("Space or a double-click accepts it, Delete rejects it.")
                why = message("{why}.", why=as_sentence(offer.why))
                source = message("Source: {source}.", source=source_told(offer))
                means = facts.will_link(session, offer)
                return "\n".join((say(words), *([f"{means}."] if means else ()), *map(say, (why, source, keys))))
            case Qt.ItemDataRole.AccessibleTextRole:
                words = message(
                    "{label}? {quote}. {why}.",
                    label=session.title(offer.label),
                    quote=one_line(quote),
                    why=as_sentence(reason_words(offer)),
                )
                means = facts.will_link(session, offer)
                return f"{say(words)} {means}." if means else say(words)
            case _ if role == WHY:
                if not offer.entity:
                    return as_sentence(offer.why)
                named = isolated(session.entity_name(offer.entity))
                return say(message("Links to {name} · {why}", name=named, why=as_sentence(offer.why)))
            case _ if role == ITEM:
                return offer
            case _ if role == MARKED:
                return index.row() == self._marked
            case _ if role == DEPTH:
                return depth_in(session.looking.standing.spans, offer.span.start, offer.span.end)
        return None


class SuggestionDelegate(RowDelegate):
    """Draws dashed chip, quote and rate, and below them why it is offered; whose offer it is stands in the tooltip.

    Where few rows have room, why it is offered stands behind the quote, as far as it goes.
    """

    tips_beside = True

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(_HIGH, parent)
        self._session = session
        self._chip = 0

    def fit(self, room: int) -> bool:
        """Have rows of one line where this height has room for few of two; say whether that is new."""
        was = self._height
        self._height = _LOW if room < _ROWS * round(_HIGH * theme.unit()) else _HIGH
        return self._height != was

    def measure(self) -> None:
        """Find the width at which all chips of the scheme have room."""
        self._chip = chips.offer_chip_width(self._session.scheme.labels)

    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        """Draw an offer."""
        offer: Offer = index.data(ITEM)
        u = theme.unit()
        high = chips.chip_height()
        line = QRect(rect.left(), rect.top() + u // 2, rect.width(), 5 * u)
        begins = line.left() + 3 * u + indent(index.data(DEPTH))
        chip = QRect(begins, line.top() + (line.height() - high + 1) // 2, self._chip, high)
        chips.draw_offer_chip(painter, chip, chips.label_of(self._session.scheme, offer.label), ink.look)
        left, right = chip.right() + 1 + 2 * u, line.right() + 1 - 3 * u
        quote: str = index.data()
        if offer.measured is not None and is_telling(offer.measured):
            note = theme.figures(theme.ui_font("note"))
            place = QRect(left, line.top(), right - left, line.height())
            right -= write(painter, place, say(rate_numbers(offer.measured)), note, ink.muted, RIGHT) + 2 * u
        wide = write(painter, QRect(left, line.top(), right - left, line.height()), quote, quote_font(), ink.text)
        if self._height == _LOW:
            behind = QRect(left + wide + 2 * u, line.top(), right - left - wide - 2 * u, line.height())
            if behind.width() > _WORTH * u:
                write(painter, behind, index.data(WHY), theme.ui_font("note"), ink.muted)
            return
        below = QRect(left, line.bottom() + 1, rect.right() + 1 - 3 * u - left, rect.bottom() - line.bottom() - u // 2)
        write(painter, below, index.data(WHY), theme.ui_font("note"), ink.muted)


_ROWS = 5
"""How many rows the list asks room for."""
_HIGH, _LOW = 9.5, 5.5
"""Units of height of a row of two lines, and of one."""
_WORTH = 12
"""Units of width in which a few words can be read."""


class SuggestionList(RowList):
    """A list in which the keys of the article mean what they mean there, for the row that was walked to."""

    decided = Signal(object, object)
    """(A row, what its key means there: gestures.Do.ACCEPT, gestures.Do.DELETE or a gestures.PressLabel)."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty(ACTS_ON, OFFERED)
        self._session = session
        self._accepted = 0.0
        """When one was accepted by a double-click (seconds)."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at what is seen: Qt would begin at the first row of all."""
        if not self.currentIndex().isValid():
            self.selectionModel().setCurrentIndex(
                self.indexAt(QPoint(self.width() // 2, 2)), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        super().focusInEvent(event)

    def sizeHint(self) -> QSize:
        """Ask for the room of a few rows."""
        return QSize(super().sizeHint().width(), _ROWS * round(_HIGH * theme.unit()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have rows of one line where few have room."""
        super().resizeEvent(event)
        delegate = self.itemDelegate()
        if isinstance(delegate, SuggestionDelegate) and delegate.fit(self.viewport().height()):
            self.draw_with(delegate)
            self.scrollTo(self.currentIndex())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Accept what was clicked on twice; the first click walked to it.

        Not what came under the mouse in its place, where somebody clicks on: nobody has read that.
        """
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        soon = 1_000 * (monotonic() - self._accepted) < 2 * QApplication.doubleClickInterval()
        if event.button() == Qt.MouseButton.LeftButton and not event.modifiers() and index.isValid() and not soon:
            self._accepted = monotonic()
            self.decided.emit(index, gestures.Do.ACCEPT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide with Space and Enter, Delete, and with labels' keys."""
        index = self.currentIndex()
        meaning = gestures.of_key(stroke(event), self._session.scheme.by_key)
        if event.key() in ENTER:
            meaning = gestures.Do.ACCEPT
        deciding = meaning in (gestures.Do.ACCEPT, gestures.Do.DELETE) or isinstance(meaning, gestures.PressLabel)
        if not deciding:
            super().keyPressEvent(event)
        elif index.isValid() and not event.isAutoRepeat():
            self.decided.emit(index, meaning)


class _Snug(QPushButton):
    """A button no wider than its words ever are: the style's own least width would leave the one beside it too little.

    Nor narrower, whatever it says now: under the mouse of a person who clicks several times nothing changes its place.
    """

    def sizeHint(self) -> QSize:
        """Return the size of its words, or of the widest, and a margin."""
        words = (self.text(), say(_all_of(_WIDEST)))
        wide = max(map(self.fontMetrics().horizontalAdvance, words))
        return QSize(wide + 6 * theme.unit(), super().sizeHint().height())


_WIDEST = 999
"""More suggestions than there are around one place."""


def _all_of(n: int) -> Message:
    return message("All {n}", n=n)


class SuggestionPanel(Section):
    """The panel of suggestions."""

    accept_wanted = Signal()
    """All that is offered where one looks is to be accepted."""
    all_wanted = Signal()
    """All that is offered is to be accepted."""
    offers_wanted = Signal()
    """Suggestions are to be switched on again."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Suggestions"), parent)
        self.setObjectName("suggestionPanel")
        self._session = session
        self._model = SuggestionModel(session, self)
        self.view = SuggestionList(session, self)
        self.view.setAccessibleName(_("Suggestions for the article"))
        words = _(
            "Space accepts the suggestion, and so does a double-click; Delete rejects it, "
            "a label’s key accepts it with that label."
        )
        self.view.setAccessibleDescription(words)
        self.view.setModel(self._model)
        self._delegate = SuggestionDelegate(session, self.view)
        self._delegate.measure()
        self.view.draw_with(self._delegate)
        self.accept_button, self.all_button = QPushButton(), _Snug()
        for button in (self.accept_button, self.all_button):
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            button.setMinimumHeight(7 * theme.unit())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the article
        self.all_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._visible = 0
        self._listed: tuple[Offer | None, int] = (None, 0)
        """The first one seen in the article when the list went along with it, and how far that was scrolled."""
        self.empty = EmptyPane()
        self._pages = QStackedWidget()
        self._filled = self._made_filled()
        self._pages.addWidget(self._filled)
        self._pages.addWidget(self.empty)
        self._pages.setMinimumHeight(22 * theme.unit())
        self.rows.addWidget(self._pages)
        self.setFocusProxy(self.view)
        self.view.taken.connect(self._walk_to)
        self.view.walked.connect(self._walk_to)
        self.view.decided.connect(self._decide)
        self.view.left.connect(self.left)
        self.accept_button.clicked.connect(self._accept_visible)
        self.all_button.clicked.connect(self._accept_all)
        self.empty.pressed.connect(self._do_something)
        session.opened.connect(self._delegate.measure)
        session.article_shown.connect(self._follow)
        session.offers_changed.connect(self._follow)
        session.selection_changed.connect(self._mark)
        session.changed.connect(self._changed)
        self.show_visible([], 0)
        self._follow()

    def sizeHint(self) -> QSize:
        """Ask for the room of the list; the sentence of the empty pane, which breaks, would have Qt ask for its own."""
        hint = super().sizeHint()
        return hint + QSize(0, max(0, self._filled.sizeHint().height() - self._pages.sizeHint().height()))

    def _made_filled(self) -> QWidget:
        u = theme.unit()
        foot = bar()
        line = QHBoxLayout(foot)
        line.setContentsMargins(2 * u, u, 2 * u, u)
        line.setSpacing(u)
        line.addWidget(self.accept_button, 1)
        line.addWidget(self.all_button)
        filled = QWidget()
        rows = QVBoxLayout(filled)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.view, 1)
        rows.addWidget(foot)
        return filled

    def show_visible(self, offers: Sequence[Offer], scrolled: int) -> None:
        """Say how many of them are seen in the article; the list goes along with it where that is scrolled.

        Not while somebody is at the list, or at one of them.
        """
        self._visible = n = len(offers)
        first, busy = offers[0] if offers else None, self.view.hasFocus() or self.view.underMouse()
        moved = first != self._listed[0] and scrolled != self._listed[1]
        if first is not None and moved and self._session.offered is None and not busy:
            self._listed = first, scrolled
            self.view.selectionModel().clearCurrentIndex()  # the keys would go on at a row that is not seen
            row = self._model.index(self._model.row_near(first))
            self.view.scrollTo(row, QAbstractItemView.ScrollHint.PositionAtTop)
        words = plural("Accept the one on the screen", "Accept the {n} on the screen", n)
        self.accept_button.setText(say(words) if n else _("None on the screen"))
        self._enable(self.accept_button, n > 0)
        self._name_all()

    def _name_all(self) -> None:
        """Say how many there are beside those that are seen."""
        n = self._model.rowCount()
        around = len(self._session.text) > WHOLE
        self.all_button.setText(say(_all_of(n)))
        self.all_button.setToolTip(
            _("Accept all suggestions around here") if around else _("Accept all suggestions of the article")
        )
        self._enable(self.all_button, n > self._visible)

    def _enable(self, button: QPushButton, does: bool) -> None:
        """Have a button do something, or nothing: it keeps its place, and gives the keys to none but the list."""
        if button.hasFocus() and not does:  # Qt would give them to the other button
            self.view.setFocus()
        button.setEnabled(does)

    def name_keys(self, key: str) -> None:
        """Name the key that accepts all that is visible, as it is set now."""
        words = _("Accept what is suggested where you look")
        self.accept_button.setToolTip(f"{words} ({key})" if key else words)

    def _follow(self) -> None:
        was: Offer | None = self.view.currentIndex().data(ITEM)
        self.view.selectionModel().clearCurrentIndex()  # of rows that go Qt would make the one behind them current
        self._model.follow()
        if was is not None:
            self.view.setCurrentIndex(self._model.index(self._model.row_near(was)))
        self._mark()
        self._tell()

    def _mark(self) -> None:
        row = self._model.mark()
        if row >= 0 and row != self.view.currentIndex().row():
            self.view.setCurrentIndex(self._model.index(row))

    def _changed(self, change: Change) -> None:
        if change.scheme:
            self._delegate.measure()
            self.view.viewport().update()
        article = self._session.article
        if change.everything or (article is not None and article.id in change.articles):
            self._tell()

    def _tell(self) -> None:
        """Write the count, or why nothing is offered."""
        n = self._model.rowCount()
        around = len(self._session.text) > WHOLE  # of a long article only the stretch on the screen was looked over
        note = say(message("{n} around here", n=n)) if around else str(n)
        self.set_note(note if n else "", str(n) if n else "")
        self._pages.setCurrentIndex(0 if n else 1)
        self._name_all()
        if not n and self.isVisible():  # else no key press asks for it
            self.empty.say(*self._why_empty())

    def showEvent(self, event: QShowEvent) -> None:
        """Say why nothing is offered, as it is by now."""
        super().showEvent(event)
        self._tell()

    def _why_empty(self) -> tuple[Message | str, str]:
        session = self._session
        if session.article is None:
            return "", ""
        if not session.settings.get("suggest.on"):
            return message("Suggestions are switched off."), _("Suggest again")
        if session.finished:
            return message("Nothing is suggested for a finished article."), _("Work on it again")
        if silent := session.looking.silent:
            labels = ", ".join(map(session.title, silent))
            words = message(
                "Nothing is suggested. Most of {labels} was rejected: it comes only where your own labels lead to it.",
                labels=labels,
            )
            return words, ""
        if n := session.ready.count_rejections(session.article.id):
            words = plural(
                "Nothing is suggested: {n} suggestion was rejected, deleted or changed in this article. Shift with a "
                "label’s key labels all mentions of the selected words.",
                "Nothing is suggested: {n} suggestions were rejected, deleted or changed in this article. Shift with a "
                "label’s key labels all mentions of the selected words.",
                n,
            )
            return words, ""
        return message("Nothing is suggested. What you label is looked for in the rest of the article."), ""

    def _do_something(self) -> None:
        if self._session.settings.get("suggest.on"):
            self._session.work.set_status("doing")
        else:
            self.offers_wanted.emit()

    def _accept_visible(self) -> None:
        self.accept_wanted.emit()

    def _accept_all(self) -> None:
        self.all_wanted.emit()

    def _walk_to(self, index: QModelIndex | QPersistentModelIndex) -> None:
        offer: Offer = index.data(ITEM)
        self._session.choose(id_of(offer))

    def _decide(self, index: QModelIndex, meaning: gestures.Intent) -> None:
        """Do what a key means for the row; one that was not looked at in the article yet is walked to first."""
        session, offer = self._session, index.data(ITEM)
        if offer != session.offered:
            self._walk_to(index)
        elif isinstance(meaning, gestures.PressLabel):
            session.deciding.accept(offer, session.scheme.by_key[meaning.key].name)
        elif meaning is gestures.Do.ACCEPT:
            session.deciding.accept_offered()
        else:
            session.deciding.reject_offered()

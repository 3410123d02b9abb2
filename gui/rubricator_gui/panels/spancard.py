"""The card with every span at a place of the article: chip, quote, note, where it comes from; innermost first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from rubricator.model.scheme import Label
from rubricator.model.spans import Annotation
from rubricator.words import Message, message, plural, say
from rubricator_gui import chips, theme
from rubricator_gui.drawing import draw_comment_mark, draw_note_mark, write
from rubricator_gui.offered import reason_words
from rubricator_gui.panels import facts, when
from rubricator_gui.panels.origins import made
from rubricator_gui.panels.quotes import one_line, quote_font, wrapped
from rubricator_gui.reader.hover import Under
from rubricator_gui.session import Session
from rubricator_gui.wording import as_sentence

WHOLE = 4
"""So many spans are told with all there is; of more the innermost three, and of the others a line each."""
MOST = 24
"""How many are told at all; the rest is counted."""
_QUOTE_LINES = 2
_RELATIONS = 3
"""How many relations of a span are told."""
_COMMENTS = 3
"""How many comments of a span are told."""
_SAID_LINES = 2
"""Lines of what is said beside the label: “Linked to …” with a long name, a comment, a note."""
_WIDE = 88
"""Units."""
_MARK = 5
"""Units for the mark of a note or a comment."""


Mark = Callable[[QPainter, QRectF, QColor, QColor], None]


class Entry(NamedTuple):
    """One span in words."""

    label: Label
    quote: str
    note: str = ""
    about: str = ""
    said: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    offered: bool = False
    linked: bool = False

    @property
    def words(self) -> str:
        """All of it in one line, for who cannot see it."""
        sure = message("{label}: “{quote}”", label=self.label.title, quote=self.quote)
        maybe = message("{label}? “{quote}”", label=self.label.title, quote=self.quote)
        told = (say(maybe if self.offered else sure), *self.said, *self.comments, self.note, self.about)
        return ". ".join(part for part in told if part)


def entries(session: Session, ids: Sequence[str]) -> list[Entry]:
    """Put annotations and offers into words."""
    found: list[Entry] = []
    for name in ids:
        shown, offer = session.shown(name), session.offer(name)
        if shown is None:
            continue
        label = chips.label_of(session.scheme, shown.label)
        quote = one_line(shown.quote or shown.span.quote(session.text))
        if offer is None:
            note = say(message("Note: {note}", note=one_line(shown.note))) if shown.note else ""
            said, comments = tuple(_said(session, shown)), tuple(_comments(session, shown))
            found.append(Entry(label, quote, note, made(session, shown), said, comments, linked=bool(shown.entity)))
        else:
            about = message("{why}; a click on “?” rejects it", why=as_sentence(reason_words(offer)))
            means = facts.will_link(session, offer)
            found.append(Entry(label, quote, "", say(about), (means,) if means else (), offered=True))
    return found


def _said(session: Session, annotation: Annotation) -> Iterator[str]:
    """Yield what is said beside the label: entity, attributes in one line, relations."""
    if linked := facts.linked_said(session, annotation):
        yield linked
    attributes = " · ".join(facts.attributes_said(session, annotation))
    if attributes:
        yield attributes
    related = facts.relations_said(session, annotation)
    yield from related[:_RELATIONS]
    if (left := len(related) - _RELATIONS) > 0:
        yield say(plural("{n} more relation", "{n} more relations", left))


def _comments(session: Session, annotation: Annotation) -> Iterator[str]:
    """Yield the last comments."""
    now = when.here_and_now()
    for comment in session.comments.on(annotation)[-_COMMENTS:]:
        who = session.ready.rows.name_of(comment.by) or comment.by
        yield say(message("Comment: {words}", words=one_line(facts.comment_words(who, comment, now))))


class _Line(NamedTuple):
    """A line of the card: its words, or a chip with words beside it, or (without either) the line between two spans."""

    height: int
    words: str = ""
    font: QFont | None = None
    role: str = "Text"
    entry: Entry | None = None
    quote: str = ""
    mark: Mark | None = None
    """What draws its mark."""
    inset: bool = False
    """It begins where there is room for a mark before it."""


class SpanCard(QWidget):
    """Stands over the window, beside the words; takes neither focus nor mouse, and goes with the next key or click."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("spanCard")
        self._session = session
        self._lines: list[_Line] = []
        self.entries: list[Entry] = []
        self._more = 0
        """How many there are that nothing is told of."""
        self._asked = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        session.article_shown.connect(self.hide)
        session.changed.connect(self._changed)
        self.hide()

    @property
    def words(self) -> str:
        """All that it says, a line for each span."""
        lines = [entry.words for entry in self.entries]
        return "\n".join([*lines, say(self._and_more)] if self._more else lines)

    @property
    def _and_more(self) -> Message:
        return plural("and {n} more", "and {n} more", self._more)

    def show_under(self, under: Under, *, asked: bool = False) -> None:
        """Show what stands at a place, beside it; where a key `asked` for it, Esc takes it away and does no more."""
        self._asked = asked
        self.entries = entries(self._session, under.ids[:MOST])
        self._more = max(0, len(under.ids) - MOST)
        if not self.entries:
            self.hide()
            return
        self._lines = list(self._laid())
        self.setAccessibleName(self.words)
        u = theme.unit()
        size = QSize(_WIDE * u, sum(line.height for line in self._lines) + 4 * u)
        window = self.parentWidget()
        assert window is not None
        clear = [QRect(window.mapFromGlobal(rect.topLeft()), rect.size()) for rect in under.clear]
        room, near = window.rect().adjusted(u, u, -u, -u), window.mapFromGlobal(under.at)
        self.setGeometry(QRect(beside(size, clear, room, u, near), size))
        self.raise_()
        self.show()
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        app.installEventFilter(self)

    def _changed(self, _change: object) -> None:
        self.hide()

    def hideEvent(self, event: object) -> None:
        """Listen to nothing any longer."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Go with the next key, click or turn of the wheel."""
        kind = event.type()
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and self._asked and kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            if kind == QEvent.Type.KeyPress:
                self.hide()
            event.accept()
            return True
        if kind in _GOES:
            self.hide()
        return False

    # --- lines ----------------------------------------------------------------------------------------------------

    def _laid(self) -> Iterator[_Line]:
        """Lay out all entries: in full, or from the fourth on in a line each."""
        full = len(self.entries) if len(self.entries) <= WHOLE else WHOLE - 1
        gap = 4 * theme.unit() + 1
        for n, entry in enumerate(self.entries):
            if 0 < n <= full:
                yield _Line(gap)
            if n < full:
                yield from self._entry(entry)
            else:
                yield _Line(round(5.5 * theme.unit()), entry=entry, quote=entry.quote)
        if self._more:
            yield self._words(say(self._and_more), theme.ui_font("note"), "muted")

    def _entry(self, entry: Entry) -> Iterator[_Line]:
        u = theme.unit()
        yield _Line(round(5.5 * u), entry=entry)
        for words in wrapped(entry.quote, quote_font(), self._inner, _QUOTE_LINES):
            yield self._words(words, quote_font())
        for said in entry.said:
            for words in wrapped(said, theme.ui_font(), self._inner, _SAID_LINES):
                yield self._words(words, theme.ui_font())
        for said in entry.comments:
            yield from self._marked(said, draw_comment_mark)
        yield from self._marked(entry.note, draw_note_mark)
        for words in wrapped(entry.about, theme.ui_font("note"), self._inner, _QUOTE_LINES):
            yield self._words(words, theme.ui_font("note"), "muted")

    def _marked(self, said: str, mark: Mark) -> Iterator[_Line]:
        """Lay out what has a mark before its first line."""
        beside = self._inner - _MARK * theme.unit()
        for n, words in enumerate(wrapped(said, theme.ui_font(), beside, _SAID_LINES)):
            yield self._words(words, theme.ui_font())._replace(mark=mark if n == 0 else None, inset=True)

    @property
    def _inner(self) -> int:
        return (_WIDE - 6) * theme.unit()

    def _words(self, words: str, font: QFont, role: str = "Text") -> _Line:
        return _Line(QFontMetrics(font).lineSpacing() + 1, words, font, role)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        u = theme.unit()
        look = theme.theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("outline"), 1))
        painter.setBrush(look.colour("Base"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), u, u)
        top = 2 * u
        for line in self._lines:
            place = QRect(3 * u, top, self._inner, line.height)
            if line.entry is not None:
                self._head(painter, place, line.entry, line.quote, look)
            elif line.font is not None:
                if line.mark is not None:
                    high = 3 * u
                    box = QRectF(place.left(), place.center().y() + 1 - high / 2, high, high)
                    line.mark(painter, box, look.colour("muted"), look.colour("Base"))
                place.setLeft(place.left() + _MARK * u * line.inset)
                write(painter, place, line.words, line.font, look.colour(line.role))
            else:
                painter.fillRect(QRect(place.left(), place.center().y(), place.width(), 1), look.colour("Mid"))
            top += line.height
        painter.end()

    def _head(self, painter: QPainter, place: QRect, entry: Entry, quote: str, look: theme.Theme) -> None:
        u = theme.unit()
        high = chips.chip_height()
        wide = chips.offer_chip_width([entry.label]) if entry.offered else chips.chip_width([entry.label])
        chip = QRect(place.left(), place.top() + (place.height() - high + 1) // 2, wide, high)
        if entry.offered:
            chips.draw_offer_chip(painter, chip, entry.label, look)
        else:
            chips.draw_chip(painter, chip, entry.label, look, linked=entry.linked)
        title = theme.ui_font()
        title.setWeight(QFont.Weight.DemiBold)
        left, right = chip.right() + 1 + 2 * u, place.right() + 1
        words = QRect(left, place.top(), right - left, place.height())
        left += write(painter, words, entry.label.title, title, look.colour("Text")) + 2 * u
        if quote and left < right:
            words.setLeft(left)
            write(painter, words, quote, quote_font(), look.colour("Text"))


_GOES = {
    QEvent.Type.KeyPress,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.WindowDeactivate,
}


def beside(size: QSize, clear: Sequence[QRect], room: QRect, gap: int, near: QPoint) -> QPoint:
    """Return where a card stands beside what must stay free, and near to a place in it: below, above, right or left.

    `clear` holds what should stay free, then less and less of it; where nothing fits, the last of them is the one
    that is not covered, and the card reaches over the edge of the room.
    """
    farthest_left, farthest_down = room.right() + 1 - size.width(), room.bottom() + 1 - size.height()
    for free in clear:
        x = max(room.left(), min(max(free.left(), near.x() - size.width() // 2), farthest_left))
        y = max(room.top(), min(free.top(), farthest_down))
        for place in (
            QPoint(x, free.bottom() + 1 + gap),
            QPoint(x, free.top() - gap - size.height()),
            QPoint(free.right() + 1 + gap, y),
            QPoint(free.left() - gap - size.width(), y),
        ):
            if room.contains(QRect(place, size)):
                return place
    last = clear[-1]
    below = room.bottom() - last.bottom() >= last.top() - room.top()
    x = max(room.left(), min(max(last.left(), near.x() - size.width() // 2), farthest_left))
    return QPoint(x, last.bottom() + 1 + gap if below else last.top() - gap - size.height())

"""The list of identical mentions: a box for each, the words with what stands around them, a heading per article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from rubricator.exchange.mentions import Found, Mention, Question
from rubricator.model.folding import composed, single_spaced
from rubricator.model.spans import Span
from rubricator.words import Message, message, say
from rubricator_gui import theme
from rubricator_gui.panels.quotes import one_line, write_in_context
from rubricator_gui.panels.rows import ITEM, MARKED, RIGHT, Index, Ink, RowDelegate, write

TICKED = Qt.ItemDataRole.CheckStateRole


class Row(NamedTuple):
    """A line of the list: a mention, or the heading over those of one article (`mention` is None)."""

    article: str
    heading: str
    mention: Mention | None = None


class MentionModel(QAbstractListModel):
    """The mentions, a heading above those of each article, and which of them are ticked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self._ticked: set[tuple[str, Span]] = set()
        self.current = -1

    def clear(self) -> None:
        """Forget all."""
        self.beginResetModel()
        self.rows.clear()
        self._ticked.clear()
        self.current = -1
        self.endResetModel()

    def add(self, found: Found, heading: str) -> None:
        """Put in the mentions of an article."""
        if not found.mentions:
            return
        first = len(self.rows)
        self.beginInsertRows(QModelIndex(), first, first + len(found.mentions))
        self.rows.append(Row(found.article, heading))
        self.rows += [Row(found.article, "", mention) for mention in found.mentions]
        self._ticked |= {(found.article, mention.span) for mention in found.mentions if mention.offered}
        self.endInsertRows()

    def ticked(self) -> list[tuple[str, Mention]]:
        """Return what is ticked, in order."""
        there = [(row.article, row.mention) for row in self.rows if row.mention]
        return [(article, mention) for article, mention in there if (article, mention.span) in self._ticked]

    def total(self) -> int:
        """Return how many mentions there are."""
        return sum(row.mention is not None for row in self.rows)

    def tick(self, row: int, on: bool | None = None) -> None:
        """Change a box; a heading changes all below it."""
        line = self.rows[row]
        if line.mention is None:
            below = [(r.article, r.mention.span) for r in self.rows if r.mention and r.article == line.article]
            on = not all(key in self._ticked for key in below) if on is None else on
            self._set(below, on)
        else:
            key = (line.article, line.mention.span)
            self._set([key], key not in self._ticked if on is None else on)

    def tick_all(self, on: bool) -> None:
        """Tick all, or none."""
        self._set([(row.article, row.mention.span) for row in self.rows if row.mention], on)

    def _set(self, keys: Sequence[tuple[str, Span]], on: bool) -> None:
        (self._ticked.update if on else self._ticked.difference_update)(keys)
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def counts(self, article: str) -> tuple[int, int]:
        """Return how many of an article are ticked, and of how many."""
        keys = [(row.article, row.mention.span) for row in self.rows if row.mention and row.article == article]
        return sum(key in self._ticked for key in keys), len(keys)

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return how many lines there are."""
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a line shows."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.heading if row.mention is None else one_line(row.mention.quote)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
            case _ if role == TICKED:
                on = row.mention is not None and (row.article, row.mention.span) in self._ticked
                return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            case _ if role == ITEM:
                return row
            case _ if role == MARKED:
                return index.row() == self.current
        return None

    def _spoken(self, row: Row) -> str:
        if row.mention is None:
            ticked, n = self.counts(row.article)
            return say(message("{heading}, {k} of {n} chosen", heading=row.heading, k=ticked, n=n))
        on = (row.article, row.mention.span) in self._ticked
        words = f"{row.mention.before}{one_line(row.mention.quote)}{row.mention.after}"
        return say(message("{words}, chosen" if on else "{words}, not chosen", words=words))


class MentionDelegate(RowDelegate):
    """Draws the box, the words with what stands around them, and what is labelled there already."""

    def __init__(self, model: MentionModel, question: Question, title: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(7, parent)
        self._model = model
        self._title = title
        self.question = question

    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        """Draw a line."""
        u = theme.unit()
        row: Row = index.data(ITEM)
        inner = rect.adjusted(4 * u, 0, -4 * u, 0)
        if row.mention is None:
            ticked, n = self._model.counts(row.article)
            count = say(message("{k} of {n}", k=ticked, n=n))
            used = write(painter, inner, count, theme.ui_font("note"), ink.muted, RIGHT)
            write(painter, inner.adjusted(0, 0, -used - 2 * u, 0), row.heading, theme.ui_font("section"), ink.text)
            return
        on = Qt.CheckState(index.data(TICKED)) == Qt.CheckState.Checked
        self._box(painter, inner, on)
        right = inner.right() + 1
        note = note_of(row.mention, self.question, self._title)
        if note:
            warn = ink.look.colour("warn") if not ink.marked else ink.text
            right -= write(painter, inner, say(note), theme.ui_font("note"), warn, RIGHT) + 2 * u
        left = inner.left() + 6 * u
        self._words(painter, QRect(left, inner.top(), right - left, inner.height()), row.mention, ink, on)

    def _box(self, painter: QPainter, inner: QRect, on: bool) -> None:
        box = QStyleOptionButton()
        view = self.parent()
        assert isinstance(view, QWidget)
        box.palette = view.palette()
        side = 4 * theme.unit()
        box.rect = QRect(inner.left(), inner.top() + (inner.height() - side) // 2, side, side)
        box.state = QStyle.StateFlag.State_Enabled | (QStyle.StateFlag.State_On if on else QStyle.StateFlag.State_Off)
        view.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, box, painter, view)

    def _words(self, painter: QPainter, place: QRect, mention: Mention, ink: Ink, on: bool) -> None:
        """Write the words in the middle of what stands around them, so that they are always seen."""
        around = (mention.before, one_line(mention.quote), mention.after)
        ground = ink.look.colour("selDeep") if on else None
        write_in_context(painter, place, around, ink, ink.look.colour("Accent" if on else "Mid"), ground)


def note_of(mention: Mention, question: Question, title: Callable[[str], str]) -> Message | None:
    """Say what is to be known of a mention before it is ticked; `title` gives a label its words."""
    labels = ", ".join(map(title, mention.labels))
    match mention.standing if question.purpose == "label" else "free":
        case "other":
            return message("is {labels}", labels=labels)
        case "inside" | "around":
            return _note_of_nested(mention, question, labels)
        case "crosses":
            return message("crosses {labels}", labels=labels)
    flat, words = (single_spaced(composed(each)) for each in (mention.quote, question.words))
    if flat != words and flat.casefold() == words.casefold():
        return message("other case")
    return None


def _note_of_nested(mention: Mention, question: Question, labels: str) -> Message:
    """Say in what a mention stands, or what in it; of one that is not ticked for its case, that as well."""
    other_case = not mention.offered and not question.as_written(mention.quote)
    inside = mention.standing == "inside"
    if mention.offered or (other_case and question.label not in mention.labels):
        told = message("inside {labels}" if inside else "around {labels}", labels=labels)
    elif inside:
        told = message("inside another {labels}: the same name?", labels=labels)
    else:
        told = message("around another {labels}: the same name?", labels=labels)
    return message("other case, {note}", note=told) if other_case else told

"""The rows of the annotation list: what they hold and how they are drawn. Made for 20,000 of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from rubricator.model.attributes import chip_values, in_words
from rubricator.model.changes import Change
from rubricator.model.folding import fold
from rubricator.model.spans import Annotation
from rubricator.words import _, message, plural, say
from rubricator_gui import chips, theme
from rubricator_gui.drawing import draw_comment_mark, draw_note_mark
from rubricator_gui.panels import facts
from rubricator_gui.panels.annotation_filter import Passes
from rubricator_gui.panels.nested import DEPTH, depth_in, indent
from rubricator_gui.panels.quotes import one_line, quote_font
from rubricator_gui.panels.rows import ITEM, MARKED, RIGHT, Index, Ink, RowDelegate, repaint_row, write
from rubricator_gui.session import Session

_RELATIONS = 5
"""How many relations the tooltip of a row has room for."""


class AnnotationModel(QAbstractListModel):
    """The annotations of the session, in its own order; of those that nobody scrolls to nothing is read.

    With a filter, those that pass it: each was read once for that.
    """

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._count = 0
        self._marked: str | None = None
        self._passes: Passes | None = None
        self._ids: list[str] = []
        """Those that pass the filter, in reading order."""
        self._words = ""
        """What the filter asks for in so many words, folded."""
        self._pointed = -1
        """The row that Enter in the filter takes, while somebody types there."""

    def ask(self, passes: Passes | None, words: str = "") -> None:
        """Show only what passes; None: all. One whose quote is just these words is meant before all others."""
        if passes is not None or self._passes is not None:
            self._passes, self._words = passes, words
            self.load()

    def meant(self, place: int) -> int:
        """Return the row that Enter in the filter takes.

        Of those whose quote is just what was typed it is the first from a place on, or else from the top; without any
        it is the chosen one, then the first.
        """
        if self._words:
            spans = (self._session.spans.get(name) for name in self._ids)
            just = [n for n, one in enumerate(spans) if one is not None and fold(one.quote) == self._words]
            if just:
                starts = [self._session.spans[self._ids[n]].start for n in just]
                return just[bisect_left(starts, place) % len(just)]
        return max(0, self.row_of(self._session.chosen))

    def point(self, row: int) -> None:
        """Mark the row that Enter takes; -1: none."""
        was, self._pointed = self._pointed, row
        if was != row:
            repaint_row(self, was)
            repaint_row(self, row)

    @property
    def filtered(self) -> bool:
        """Say whether only some are shown."""
        return self._passes is not None

    def load(self) -> None:
        """Show the annotations of the article anew."""
        self.beginResetModel()
        passes, spans = self._passes, self._session.spans
        self._ids = [one.id for one in spans if passes(one)] if passes is not None else []
        self._count = len(self._ids) if passes is not None else len(spans)
        self._marked, self._pointed = self._session.chosen, -1
        self.endResetModel()

    def patch(self, change: Change) -> None:
        """Put in or take out the one annotation that a change names; more of them are loaded anew."""
        spans = self._session.spans
        if len(change.annotations) != 1 or self._passes is not None:
            self.load()
            return
        replaced = change.annotations[0]
        row = spans.place(replaced.id)
        before = replaced.before
        if len(spans) == self._count and before is not None and row >= 0:
            was = spans.place_for(before)
            was -= row < was  # it stands in its new place by now, which may be before the old one
            if was == row:
                repaint_row(self, row)
                return
            self.load()
        elif len(spans) == self._count + 1 and row >= 0:
            self.beginInsertRows(QModelIndex(), row, row)
            self._count += 1
            self.endInsertRows()
        elif len(spans) == self._count - 1 and row < 0 and before is not None:
            row = spans.place_for(before)
            self.beginRemoveRows(QModelIndex(), row, row)
            self._count -= 1
            self.endRemoveRows()
        elif len(spans) != self._count:
            self.load()

    def mark_chosen(self) -> int:
        """Mark the chosen annotation and return its row, -1 where none is chosen."""
        was, self._marked = self._marked, self._session.chosen
        row = self.row_of(self._marked)
        if was != self._marked:
            repaint_row(self, self.row_of(was))
            repaint_row(self, row)
        return row

    def row_of(self, annotation: str | None) -> int:
        """Return the row of an annotation, -1 where it is not there."""
        if annotation is None:
            return -1
        if self._passes is not None:
            return self._ids.index(annotation) if annotation in self._ids else -1
        return self._session.spans.place(annotation)

    def _at(self, row: int) -> Annotation | None:
        spans = self._session.spans
        return spans.nth(row) if self._passes is None else spans.get(self._ids[row])

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return how many annotations there are."""
        return self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid():
            return None
        annotation = self._at(index.row())
        if annotation is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one_line(annotation.quote)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(annotation)
            case Qt.ItemDataRole.AccessibleTextRole:
                label = self._session.title(annotation.label)
                words = say(message("{label}: {quote}", label=label, quote=one_line(annotation.quote)))
                return ". ".join((words, *self._more(annotation)))
            case _ if role == ITEM:
                return annotation
            case _ if role == MARKED:
                return annotation.id == self._marked or index.row() == self._pointed
            case _ if role == DEPTH:
                return self._depth(annotation)
        return None

    def _depth(self, annotation: Annotation) -> int:
        """Return in how many others it lies; with a filter in none: what it lies in may not be shown."""
        return 0 if self._passes is not None else depth_in(self._session.spans, annotation.start, annotation.end)

    def _tip(self, annotation: Annotation) -> str:
        words = message("{label}: “{quote}”", label=self._session.title(annotation.label), quote=annotation.quote)
        return "\n".join((say(words), *self._more(annotation)))

    def _more(self, annotation: Annotation) -> Iterator[str]:
        """Yield what is said beside the label."""
        if linked := facts.linked_said(self._session, annotation):
            yield linked
        yield from facts.attributes_said(self._session, annotation)
        yield from facts.relations_said(self._session, annotation)[:_RELATIONS]
        if annotation.note:
            yield say(message("Note: {note}", note=annotation.note))
        if n := self._session.comments.counts[annotation.id]:
            yield say(plural("{n} comment", "{n} comments", n))


class AnnotationDelegate(RowDelegate):
    """Draws chip and quote."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(5.5, parent)
        self._session = session
        self._chip = 0

    def measure(self) -> None:
        """Find the width at which all chips of the scheme have room."""
        self._chip = chips.chip_width(self._session.scheme.labels)

    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        """Draw an annotation."""
        annotation: Annotation | None = index.data(ITEM)
        if annotation is None:
            return
        u = theme.unit()
        high = chips.chip_height()
        begins = rect.left() + 3 * u + indent(index.data(DEPTH))
        chip = QRect(begins, rect.top() + (rect.height() - high + 1) // 2, self._chip, high)
        label = chips.label_of(self._session.scheme, annotation.label)
        chips.draw_chip(painter, chip, label, ink.look, linked=bool(annotation.entity))
        left, right = chip.right() + 1 + 2 * u, rect.right() + 1 - 3 * u
        note = self._note(annotation)
        chosen = annotation.id == self._session.chosen
        if ink.marked:
            note = _("chosen") if chosen else _("Enter")
        if note and not (chosen and self._is_full(annotation, note, right - left)):
            place = QRect(left, rect.top(), right - left, rect.height())
            right -= write(painter, place, note, theme.ui_font("note"), ink.muted, RIGHT) + 2 * u
        right = self._written(painter, QRect(left, rect.top(), right - left, rect.height()), annotation, ink)
        place = QRect(left, rect.top(), right - left, rect.height())
        write(painter, place, one_line(annotation.quote), quote_font(), ink.text)

    def _is_full(self, annotation: Annotation, note: str, room: int) -> bool:
        """Say whether a note would take room from the words; the bar before the row says as well that it is chosen."""
        words = QFontMetrics(quote_font()).horizontalAdvance(one_line(annotation.quote))
        marks = self._marks(annotation) * 4 * theme.unit()
        return words + marks + QFontMetrics(theme.ui_font("note")).horizontalAdvance(note) + 2 * theme.unit() > room

    def _marks(self, annotation: Annotation) -> int:
        return bool(annotation.note) + bool(self._session.comments.counts[annotation.id])

    def _note(self, annotation: Annotation) -> str:
        """Return the few words at the right: values that are to be seen."""
        return " · ".join(say(in_words(value)) for value in chip_values(self._session.scheme, annotation))

    def _written(self, painter: QPainter, rect: QRect, annotation: Annotation, ink: Ink) -> int:
        """Draw at the right that there is a note, and comments, as on the chips of the text; return what is left."""
        u, right = theme.unit(), rect.right() + 1
        ground = ink.look.colour("Highlight" if ink.marked else "Base")
        n = self._session.comments.counts[annotation.id]
        for there, draw in ((n, draw_comment_mark), (annotation.note, draw_note_mark)):
            if not there:
                continue
            if there == n > 1:
                place = QRect(rect.left(), rect.top(), right - rect.left(), rect.height())
                right -= write(painter, place, str(n), theme.ui_font("note"), ink.muted, RIGHT) + u // 2
            high = 3 * u
            draw(painter, QRectF(right - high, rect.center().y() - high / 2 + 1, high, high), ink.muted, ground)
            right -= high + u
        return right - u if right <= rect.right() else right

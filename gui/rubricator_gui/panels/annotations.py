"""The annotations of the article in reading order; a click chooses, Delete deletes. Made for 20,000 rows."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStackedWidget, QWidget

from rubricator.model.changes import Change
from rubricator.model.spans import Annotation
from rubricator.words import _, message, say
from rubricator_gui import chips, theme
from rubricator_gui.panels.empty import EmptyPane
from rubricator_gui.panels.quotes import one_line, quote_font
from rubricator_gui.panels.rows import ITEM, MARKED, RIGHT, Index, Ink, RowDelegate, RowList, repaint_row, write
from rubricator_gui.panels.section import Section
from rubricator_gui.session import Session


class AnnotationModel(QAbstractListModel):
    """The annotations of the session, in its own order; of those that nobody scrolls to nothing is read."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._count = 0
        self._marked: str | None = None

    def load(self) -> None:
        """Show the annotations of the article anew."""
        self.beginResetModel()
        self._count = len(self._session.spans)
        self._marked = self._session.chosen
        self.endResetModel()

    def patch(self, change: Change) -> None:
        """Put in or take out the one annotation that a change names; more of them are loaded anew."""
        spans = self._session.spans
        if len(change.annotations) != 1:
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
        return -1 if annotation is None else self._session.spans.place(annotation)

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return how many annotations there are."""
        return self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid():
            return None
        annotation = self._session.spans.nth(index.row())
        if annotation is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one_line(annotation.quote)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(annotation)
            case Qt.ItemDataRole.AccessibleTextRole:
                label = self._session.title(annotation.label)
                return say(message("{label}: {quote}", label=label, quote=one_line(annotation.quote)))
            case _ if role == ITEM:
                return annotation
            case _ if role == MARKED:
                return annotation.id == self._marked
        return None

    def _tip(self, annotation: Annotation) -> str:
        words = message("{label}: “{quote}”", label=self._session.title(annotation.label), quote=annotation.quote)
        return "\n".join(part for part in (say(words), annotation.note) if part)


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
        chip = QRect(rect.left() + 3 * u, rect.top() + (rect.height() - high + 1) // 2, self._chip, high)
        chips.draw_chip(painter, chip, chips.label_of(self._session.scheme, annotation.label), ink.look)
        left, right = chip.right() + 1 + 2 * u, rect.right() + 1 - 3 * u
        note = _("chosen") if ink.marked else _("note") if annotation.note else ""
        if note:
            place = QRect(left, rect.top(), right - left, rect.height())
            right -= write(painter, place, note, theme.ui_font("note"), ink.muted, RIGHT) + 2 * u
        place = QRect(left, rect.top(), right - left, rect.height())
        write(painter, place, one_line(annotation.quote), quote_font(), ink.text)


class AnnotationPanel(Section):
    """The panel of annotations."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Annotations"), parent)
        self.setObjectName("annotationPanel")
        self._session = session
        self._model = AnnotationModel(session, self)
        self.view = RowList(self)
        self.view.setAccessibleName(_("Annotations of the article"))
        self.view.setModel(self._model)
        self._delegate = AnnotationDelegate(session, self.view)
        self._delegate.measure()
        self.view.draw_with(self._delegate)
        self.empty = EmptyPane()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        self._pages.setMinimumHeight(22 * theme.unit())
        self.rows.addWidget(self._pages)
        self.setFocusProxy(self.view)
        self.view.taken.connect(self._taken)
        self.view.walked.connect(self._taken)
        self.view.deleted.connect(self._deleted)
        self.view.left.connect(self.left)
        self.empty.pressed.connect(self._nothing_here)
        session.opened.connect(self._delegate.measure)
        session.article_shown.connect(self._shown)
        session.selection_changed.connect(self._mark)
        session.changed.connect(self._changed)
        self._shown()

    def _shown(self) -> None:
        self._model.load()
        self.view.scrollToTop()
        self._mark()
        self._tell()

    def _mark(self) -> None:
        row = self._model.mark_chosen()
        if row >= 0 and row != self.view.currentIndex().row():
            self.view.setCurrentIndex(self._model.index(row))

    def _changed(self, change: Change) -> None:
        if change.scheme:
            self._delegate.measure()
            self.view.viewport().update()
        if change.everything:
            self._model.load()
        elif change.annotations:
            self._model.patch(change)
        article = self._session.article
        if change.everything or (article is not None and article.id in change.articles):
            self._mark()
            self._tell()

    def _tell(self) -> None:
        """Write the count, or what to do where nothing is counted."""
        n = self._model.rowCount()
        shown = self._session.article is not None
        self.set_note(str(n) if shown else "", str(n) if n else "")
        self._pages.setCurrentIndex(0 if n else 1)
        if n:
            return
        if not shown:
            self.empty.say("")
        elif self._session.status == "done":
            self.empty.say(message("Finished: nothing here."))
        else:
            words = message("Nothing labelled yet. Select a name and press 1–9 or a letter.")
            self.empty.say(words, _("Nothing here, finish"))

    def _taken(self, index: QModelIndex | QPersistentModelIndex) -> None:
        annotation: Annotation = index.data(ITEM)
        self._session.choose(annotation.id)

    def _deleted(self, index: QModelIndex | QPersistentModelIndex) -> None:
        """Delete the chosen annotation only: a row that is merely current could be one far from what is looked at."""
        annotation: Annotation = index.data(ITEM)
        if annotation.id == self._session.chosen:
            self._session.labelling.delete()

    def _nothing_here(self) -> None:
        self._session.work.set_status("done")

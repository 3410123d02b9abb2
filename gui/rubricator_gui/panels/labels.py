"""The labels of the scheme with their keys and counts; a click does what the label's key does, the right one asks."""

from __future__ import annotations

from collections import Counter
from math import ceil

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from rubricator.model.changes import Change
from rubricator.model.scheme import Label
from rubricator.model.scheme_tree import depth, in_order, parent_of
from rubricator.words import _, message, plural, say
from rubricator_gui import chips, theme
from rubricator_gui.panels.label_menu import LabelMenu
from rubricator_gui.panels.rows import ITEM, MARKED, RIGHT, Index, Ink, RowDelegate, RowList, write
from rubricator_gui.panels.section import Section
from rubricator_gui.session import Session
from rubricator_gui.wording import label_facts

COUNT = Qt.ItemDataRole.UserRole + 3


class LabelModel(QAbstractTableModel):
    """The labels, how often each is used in this article, and which one is sticky; in one column, or in several."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.labels: tuple[Label, ...] = ()
        self._columns = 1
        self._counts: Counter[str] = Counter()
        self._sticky: str | None = None

    def read_scheme(self) -> None:
        """Take the labels of the session's scheme."""
        self.beginResetModel()
        self.labels = in_order(self._session.scheme).labels
        self.endResetModel()

    def stand_in(self, columns: int) -> None:
        """Have the labels stand in so many columns, the first one filled first."""
        if columns != self._columns:
            self.beginResetModel()
            self._columns = columns
            self.endResetModel()

    def place(self, n: int) -> QModelIndex:
        """Return where a label (counted from 0) stands."""
        column, row = divmod(n, max(1, self.rowCount()))
        return self.index(row, column)

    def read_spans(self) -> None:
        """Count the annotations of the article shown."""
        session = self._session
        project, article = session.project, session.article
        was, self._counts = self._counts, Counter()
        if project is not None and article is not None:
            self._counts.update(project.rows.label_counts(article.id, project.me.annotator))
        self._repaint_rows({name for name in {*was, *self._counts} if was[name] != self._counts[name]})

    def mark_sticky(self) -> QModelIndex | None:
        """Follow the sticky label: every selection says that it may be new. Return the row of one that is new."""
        sticky = self._session.sticky
        if sticky == self._sticky:
            return None
        touched = {name for name in (sticky, self._sticky) if name is not None}
        self._sticky = sticky
        self._repaint_rows(touched)
        return next((self.place(n) for n, label in enumerate(self.labels) if label.name == sticky), None)

    def _repaint_rows(self, names: set[str]) -> None:
        for n, label in enumerate(self.labels):
            if label.name in names:
                self.dataChanged.emit(self.place(n), self.place(n))

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return how many labels stand below each other."""
        return ceil(len(self.labels) / self._columns)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return in how many columns they stand."""
        return self._columns

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Have the keys pass by the empty place below the last label."""
        return super().flags(index) if self._label(index) is not None else Qt.ItemFlag.NoItemFlags

    def _label(self, index: Index) -> Label | None:
        n = index.column() * self.rowCount() + index.row()
        return self.labels[n] if index.isValid() and n < len(self.labels) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        label = self._label(index)
        if label is None:
            return None
        count = self._counts[label.name]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return label.title
            case Qt.ItemDataRole.ToolTipRole:
                parts = [label.definition, say(label_facts(label))]
                if self._columns > 1:
                    name = message("{label}, {n} in this article", label=label.title, n=count)
                    parts.insert(0, say(name))  # neither may be seen whole
                if self._session.sticky == label.name:
                    parts.append(_("Sticky: every new selection gets it. Esc ends it."))
                return "\n".join(part for part in parts if part)
            case Qt.ItemDataRole.AccessibleTextRole:
                words = message("{label}, {n} in this article", label=label.title, n=count)
                if parent := parent_of(self._session.scheme, label.name):
                    words = message("{what}, under {label}", what=words, label=self._session.title(parent))
                if label.key:
                    words = message("{what}, key {key}", what=words, key=label.key.upper())
                return say(message("{what}, sticky", what=words) if self._session.sticky == label.name else words)
            case _ if role == ITEM:
                return label
            case _ if role == MARKED:
                return self._session.sticky == label.name
            case _ if role == COUNT:
                return count
        return None


_ROW, _CLOSE_ROW, _CLOSEST_ROW = 6, 5, 4.5
"""Units of height of a row, of one where there are many labels for the room, and where all have none otherwise."""


_WIDE = 75
"""Units of width from which on labels may stand in two columns."""

_FITTING = 0.7
"""Which part of their titles is seen whole then, at least."""

_COUNT = 9
"""Units that a count takes, with what is left free on both sides of it."""


class LabelDelegate(RowDelegate):
    """Draws key cap, chip, title and count; what stands under another label is set in, as far as names fit.

    All are set in alike: of two beside each other, neither stands under the other. Of the sticky label the cap is
    filled, and the word is written where the title leaves it room.
    """

    tips_beside = True

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(_ROW, parent)
        self._session = session
        self._least_chip = 0
        self._deep: dict[str, int] = {}
        """How many labels stand above one, by its name, where any do."""
        self.narrow = False
        """Whether labels stand in several columns: then they are not counted."""
        self._wide: list[tuple[int, int]] = []
        """Of each of these: how deep it stands, and how wide its title is."""

    def stand(self, units: float) -> None:
        """Have rows be so high."""
        self._height = units

    def measure(self) -> None:
        """Find the width at which all chips of the scheme have room."""
        scheme, metrics = self._session.scheme, QFontMetrics(theme.ui_font())
        self._least_chip = chips.chip_width(scheme.labels)
        self._deep = {label.name: deep for label in scheme.labels if (deep := depth(scheme, label.name))}
        self._wide = [
            (self._deep[label.name], metrics.horizontalAdvance(label.title))
            for label in scheme.labels
            if label.name in self._deep
        ]

    def _step(self, room: int) -> int:
        """Return how far labels are set in for each one above them, where titles have this room."""
        return max(0, min((2 * theme.unit(), *((room - wide) // deep for deep, wide in self._wide))))

    def fits(self, width: int) -> bool:
        """Say whether most titles are seen whole in a column of this width."""
        scheme, metrics = self._session.scheme, QFontMetrics(theme.ui_font())
        room = width - self._before() - self._least_chip - 2 * theme.unit()
        whole = sum(metrics.horizontalAdvance(label.title) <= room for label in scheme.labels)
        return whole >= _FITTING * len(scheme.labels)

    def _before(self) -> int:
        """Return where chips begin in a narrow column."""
        return chips.key_cap_width() + 3 * theme.unit()

    @property
    def _chip(self) -> int:
        """How wide chips are; in a narrow column as narrow as their words let them be."""
        return self._least_chip if self.narrow else max(round(10.5 * theme.unit()), self._least_chip)

    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        """Draw a label."""
        u = theme.unit()
        label: Label | None = index.data(ITEM)
        if label is None:
            return
        high = min(4 * u, rect.height() - 2)
        top = rect.top() + (rect.height() - high) // 2
        cap = QRect(rect.left() + (2 * u if self.narrow else 3 * u), top, chips.key_cap_width(), high)
        draw_cap = chips.draw_key_down if ink.marked else chips.draw_key_cap
        draw_cap(painter, cap, label.key, ink.look)
        high = chips.chip_height()
        before, behind = cap.right() + 1 + (u if self.narrow else 2 * u), self._chip + round(2.5 * u)
        count_room = 0 if self.narrow else _COUNT
        inwards = self._deep.get(label.name, 0) * self._step(rect.right() - count_room * u - before - behind)
        chip = QRect(before + inwards, rect.top() + (rect.height() - high + 1) // 2, self._chip, high)
        chips.draw_chip(painter, chip, label, ink.look)
        left, right = chip.right() + 1 + round((1.5 if self.narrow else 2.5) * u), rect.right() + 1 - u // 2
        if not self.narrow:
            count: int = index.data(COUNT)
            place = QRect(rect.right() + 1 - 11 * u, rect.top(), 8 * u, rect.height())
            figures = theme.figures(theme.ui_font())
            counted = write(painter, place, str(count) if count else "–", figures, ink.muted, RIGHT)
            right = place.right() + 1 - max(counted, 2 * u) - 2 * u
        room, font, sticky = QRect(left, rect.top(), right - left, rect.height()), theme.ui_font("note"), _("sticky")
        title = write(painter, room, label.title, theme.ui_font(), ink.text)
        if ink.marked and title + 2 * u + QFontMetrics(font).horizontalAdvance(sticky) <= room.width():
            write(painter, room, sticky, font, ink.text, RIGHT)


class _Labels(RowList):
    """As high as its labels, so that all keys are seen where there is room."""

    def sizeHint(self) -> QSize:
        """Return the room for all labels."""
        high = self.model().rowCount() * self.verticalHeader().defaultSectionSize() if self.model() else 0
        return QSize(super().sizeHint().width(), max(high, 6 * theme.unit()))

    def minimumSizeHint(self) -> QSize:
        """Return the room for four labels."""
        return QSize(40 * theme.unit(), 24 * theme.unit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through all labels with Up and Down, from column to column, and to the last one with End."""
        model, index, key = self.model(), self.currentIndex(), event.key()
        if not isinstance(model, LabelModel) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key))
        n = index.column() * model.rowCount() + index.row() + step if step and index.isValid() else -1
        n = len(model.labels) - 1 if key == Qt.Key.Key_End else n
        if 0 <= n < len(model.labels):
            self._walk_to(model.place(n))
        else:
            super().keyPressEvent(event)


class LabelPanel(Section):
    """The panel of labels."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Labels"), parent)
        self.setObjectName("labelPanel")
        self._session = session
        self._rest = 0
        """Pixels below the last row that is seen whole."""
        self.view = _Labels(self)
        # A click leaves the focus in the article, where the keys are; Tab and the arrows come here all the same.
        self.view.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.view.setAccessibleName(_("Labels"))
        self._model = LabelModel(session, self)
        self._delegate = LabelDelegate(session, self.view)
        self.view.setModel(self._model)
        self.view.draw_with(self._delegate)
        self.setFocusProxy(self.view)
        u = theme.unit()
        self.rows.setContentsMargins(0, u, 0, u)
        self.rows.addWidget(self.view)
        self.body.installEventFilter(self)
        self.menu = LabelMenu(session, self)
        self.view.taken.connect(self._taken)
        self.view.menu_wanted.connect(self._open_menu)
        self.view.left.connect(self.left)
        session.opened.connect(self._read_scheme)
        session.article_shown.connect(self._model.read_spans)
        session.selection_changed.connect(self._mark_sticky)
        session.changed.connect(self._changed)
        self._read_scheme()
        self._model.read_spans()

    def _mark_sticky(self) -> None:
        if (row := self._model.mark_sticky()) is not None:
            self.view.scrollTo(row)  # where the list is low, its row may be out of sight

    def _read_scheme(self) -> None:
        self._delegate.measure()
        self._model.read_scheme()
        scheme = self._session.scheme
        n = len(scheme.labels)
        words = plural("{n} label", "{n} labels", n)
        if scheme.name:
            words = message("{scheme} · {labels}", scheme=scheme.name, labels=words)
        self.set_note(say(words) if self._session.project is not None else "")
        self.view.updateGeometry()
        self.limit_height()
        self.height_wanted.emit()

    def most_height(self) -> int:
        """Return the height of all labels."""
        return self.view.sizeHint().height() + 2 * theme.unit()

    def tighten(self, most: int, at_most: int, width: int) -> None:
        """Have the labels stand in two columns, or closer, where all of them would be higher."""
        n, u = len(self._model.labels), theme.unit()

        def high(units: float, columns: int = 1) -> int:
            return self.header_height() + ceil(n / columns) * round(units * u) + 2 * u

        two = high(_ROW) > most and width >= _WIDE * u and self._delegate.fits(width // 2)
        columns = 2 if two else 1
        close = _CLOSE_ROW if high(_CLOSE_ROW, columns) <= at_most else _CLOSEST_ROW
        self._delegate.stand(_ROW if high(_ROW, columns) <= most else close)
        stood, self._delegate.narrow = self._model.columnCount(), two
        self._model.stand_in(columns)
        if stood != columns or self.view.verticalHeader().defaultSectionSize() != self._delegate.height:
            self.view.draw_with(self._delegate)
            self.view.updateGeometry()
            self._leave_whole_rows()
            self.limit_height()
            self.height_wanted.emit()  # what the side asks for in the same event is still the old height

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show whole rows in every height."""
        if watched is self.body and event.type() == QEvent.Type.Resize:
            self._leave_whole_rows()
        return super().eventFilter(watched, event)

    def _leave_whole_rows(self) -> None:
        """Leave room for whole rows only: one that is cut through looks like the last."""
        u = theme.unit()
        room, row = self.body.height() - 2 * u, self._delegate.height
        self._rest = max(0, room) % row if room < self.view.sizeHint().height() else 0
        self.rows.setContentsMargins(0, u, 0, u + self._rest)

    def sizeHint(self) -> QSize:
        """Return the room for all labels, without what is left over now."""
        return super().sizeHint() - QSize(0, self._rest)

    def minimumSizeHint(self) -> QSize:
        """Return the room for four labels, without what is left over now."""
        return super().minimumSizeHint() - QSize(0, self._rest)

    def _changed(self, change: Change) -> None:
        if change.scheme:
            self._read_scheme()
        article = self._session.article
        if change.everything or (article is not None and article.id in change.articles):
            self._model.read_spans()

    def _taken(self, index: QModelIndex | QPersistentModelIndex) -> None:
        label: Label | None = index.data(ITEM)
        if label is not None:
            self._session.labelling.press(label.name)

    def _open_menu(self, index: QModelIndex, place: QPoint) -> None:
        if index.data(ITEM) is not None:
            self.menu.open(index.data(ITEM), place, index.data(COUNT))

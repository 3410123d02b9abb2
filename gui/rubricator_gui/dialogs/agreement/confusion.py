"""Who gave which label where the other gave which: a table, and below it the sentences behind a cell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from rubricator.model.colours import mixed
from rubricator.review.agreement.report import NO_LABEL, Cell, Matrix
from rubricator.words import _, message, plural, say
from rubricator_gui import chips, theme
from rubricator_gui.dialogs.agreement.behind import PlaceList
from rubricator_gui.dialogs.agreement.heads import FlatHead
from rubricator_gui.drawing import draw_ring, write
from rubricator_gui.panels.empty import EmptyPane
from rubricator_gui.panels.plain import LineLabel, plain_tip
from rubricator_gui.panels.rows import ENTER, Index
from rubricator_gui.session import Session
from rubricator_gui.theme import Theme
from rubricator_gui.wording import isolated

_CELL = Qt.ItemDataRole.UserRole
_NAMES = 34
"""Units that the names of the rows have: a label may have 200 letters."""


class MatrixModel(QAbstractTableModel):
    """The cells; the first row and column are what the other did not mark: the commonest thing, and seen first."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.matrix = Matrix("", "", (), ())
        self._cells: dict[tuple[str, str], Cell] = {}
        self._of_row: dict[str, int] = {}
        self.names: list[str] = []

    def show(self, matrix: Matrix) -> None:
        """Show another matrix."""
        self.beginResetModel()
        self.matrix = matrix
        self._cells = {(cell.row, cell.column): cell for cell in matrix.cells}
        self._of_row = {}
        for cell in matrix.cells:
            self._of_row[cell.row] = self._of_row.get(cell.row, 0) + cell.n
        self.names = [NO_LABEL, *matrix.labels] if matrix.cells else []
        self.endResetModel()

    def cell(self, index: Index) -> Cell:
        """Return the cell at a place; an empty one where there is nothing."""
        row, column = self.names[index.row()], self.names[index.column()]
        return self._cells.get((row, column), Cell(row, column, 0))

    def share(self, cell: Cell) -> float:
        """Return how much of its row a cell is."""
        whole = self._of_row.get(cell.row, 0)
        return cell.n / whole if whole else 0.0

    def title(self, label: str) -> str:
        """Return what a label is called; in words where there is none."""
        return " ".join(self._session.title(label).split()) if label else _("nothing")

    def told(self, cell: Cell) -> str:
        """Say what a cell counts."""
        return say(
            message(
                "{one}: {row}, {other}: {column}",
                one=isolated(self.matrix.one),
                row=isolated(self.title(cell.row)),
                other=isolated(self.matrix.other),
                column=isolated(self.title(cell.column)),
            )
        )

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return how many labels there are, and one for none."""
        return len(self.names)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return the same: both have the same labels."""
        return len(self.names)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the label of a row, and of a column its short name."""
        if section >= len(self.names):  # while a smaller matrix comes, the heads still ask for those of the larger one
            return None
        label = self.names[section]
        title = self.title(label)
        across = orientation == Qt.Orientation.Horizontal
        match role:
            case Qt.ItemDataRole.DisplayRole if across and not label:
                return "–"  # the word has no room; it is read to those who listen
            case Qt.ItemDataRole.DisplayRole if across:
                return chips.label_of(self._session.scheme, label).short or title
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return title
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(f"{self.matrix.other if across else self.matrix.one}: {title}")
            case Qt.ItemDataRole.TextAlignmentRole:
                left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
                return Qt.AlignmentFlag.AlignCenter if across else left
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let nobody stand where neither has a label: that is not counted."""
        return Qt.ItemFlag.NoItemFlags if (index.row(), index.column()) == (0, 0) else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        if (index.row(), index.column()) == (0, 0):
            words = plain_tip(_("What neither of them labelled is not counted."))
            return words if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole) else None
        cell = self.cell(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{cell.n:,}" if cell.n else ""
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.told(cell)}: {cell.n:,}"
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(f"{self.told(cell)}: {cell.n:,}") if cell.n else None
            case _ if role == _CELL:
                return cell
        return None


class _Delegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a count on a ground that is the deeper the more of its row it is; equal labels are bold."""
        look, rect = theme.theme_of(option.palette), option.rect
        model = index.model()
        assert isinstance(model, MatrixModel)
        cell = model.cell(index)
        if not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            painter.fillRect(rect, option.palette.window())
            return
        same = cell.row == cell.column
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.fillRect(rect.adjusted(0, 0, -1, -1), _ground(look, same, model.share(cell)))
        font = theme.figures(theme.ui_font("strong" if same else "row"))
        write(painter, rect, f"{cell.n:,}" if cell.n else "", font, look.colour("Text"), Qt.AlignmentFlag.AlignCenter)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, rect, look)
        elif option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(look.colour("outline"))
            painter.drawRect(rect.adjusted(0, 0, -2, -2))
        painter.restore()


def _ground(look: Theme, same: bool, share: float) -> QColor:
    base = look.colour("Base")
    if not share:
        return look.colour("AlternateBase") if same else base
    deep = look.colour("Mid" if same else "selDeep")
    return QColor(mixed(deep.name(), base.name(), 0.25 + 0.75 * share))


class MatrixTable(QTableView):
    """The table; Enter or a click opens a cell."""

    opened = Signal(object)
    """A Cell."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        u = theme.unit()
        self.setObjectName("agreementMatrix")
        self.setAccessibleName(_("Labels of both"))
        self.setAccessibleDescription(_("Enter opens the sentences behind the cell."))
        self.cells = MatrixModel(session, self)
        self.setModel(self.cells)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalHeader(FlatHead(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(FlatHead(Qt.Orientation.Vertical, self))
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(True)
            header.setSectionResizeMode(header.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(6 * u)
        self.cells.modelReset.connect(self._fit)
        for button in self.findChildren(QAbstractButton):
            button.setAccessibleName(_("Labels of both"))
            button.installEventFilter(self)  # the corner: Qt draws it as a head
        self.clicked.connect(self._open)

    def _fit(self) -> None:
        """Give the names of the rows their room, and all columns of what is left the same."""
        u = theme.unit()
        metrics = QFontMetrics(theme.ui_font("section"))
        wide = max((metrics.horizontalAdvance(self.cells.title(name)[:80]) for name in self.cells.names), default=0)
        self.verticalHeader().setFixedWidth(min(wide + 5 * u, _NAMES * u))
        room = self.width() - self.verticalHeader().width() - 3 * u
        column = room // max(1, len(self.cells.names))
        self.horizontalHeader().setDefaultSectionSize(max(10 * u, min(13 * u, column)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the new room."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the corner empty."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QAbstractButton):
            painter = QPainter(watched)
            painter.fillRect(watched.rect(), self.palette().base())
            painter.end()
            return True
        return super().eventFilter(watched, event)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.cells.cell(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open a cell by Enter or Space."""
        if event.key() in (*ENTER, Qt.Key.Key_Space):
            if self.currentIndex().isValid():
                self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ConfusionPage(QWidget):
    """The table of two annotators, and the sentences behind the cell that was opened."""

    gone_to = Signal(object, object)
    """A Place, and the Behind it was found by."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        u = theme.unit()
        self._matrices: Sequence[Matrix] = ()
        self._reviewing = session.reviewing
        self.pair = QComboBox()
        self.pair.setAccessibleName(_("Whose labels"))
        self.pair.setMinimumHeight(7 * u)
        self.pair.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.pair.setMinimumContentsLength(28)
        self.way = LineLabel("tool")
        self.table = MatrixTable(session)
        self.told = LineLabel("section")
        self.list = PlaceList(session, self)
        self.empty = EmptyPane(self)
        line = QHBoxLayout()
        line.setSpacing(3 * u)
        line.addWidget(self.pair)
        line.addWidget(self.way, 1)
        below = QWidget()
        lower = QVBoxLayout(below)
        lower.setContentsMargins(0, 2 * u, 0, 0)
        lower.setSpacing(u)
        lower.addWidget(self.told)
        lower.addWidget(self.list, 1)
        self._both = both = QSplitter(Qt.Orientation.Vertical)
        both.setChildrenCollapsible(False)
        both.addWidget(self.table)
        both.addWidget(below)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u)
        column.setSpacing(2 * u)
        column.addLayout(line)
        column.addWidget(both, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(page)
        self._pages.addWidget(self.empty)
        self.pair.currentIndexChanged.connect(self._fill)
        self.table.opened.connect(self._opened)
        self.list.taken.connect(self._taken)
        self.list.left.connect(self._back)
        self._reviewing.turned.connect(self._close)

    def show_matrices(self, matrices: Sequence[Matrix]) -> None:
        """Show these, the pair that was chosen before where it is among them."""
        was = self.pair.currentText()
        self._matrices = matrices
        self.pair.blockSignals(True)
        self.pair.clear()
        for one in matrices:
            self.pair.addItem(f"{isolated(one.one)} × {isolated(one.other)}")
        self.pair.setCurrentIndex(max(0, self.pair.findText(was)))
        self.pair.blockSignals(False)
        there = any(one.cells for one in matrices)
        self.empty.say("" if there else _("No two of them annotated anything in the same article."))
        self._pages.setCurrentIndex(0 if there else 1)
        self._fill()

    def forget(self) -> None:
        """Read the sentences anew."""
        self.list.places.forget()

    def _fill(self, _index: int = 0) -> None:
        n = self.pair.currentIndex()
        if not 0 <= n < len(self._matrices):
            self.table.cells.show(Matrix("", "", (), ()))
            self._close()
            return
        one = self._matrices[n]
        self.table.cells.show(one)
        words = message(
            "Rows: {one}. Columns: {other}.",
            one=isolated(one.one),
            other=isolated(one.other),
        )
        self.way.say(say(words))
        if one.cells:
            self.table.setCurrentIndex(self.table.cells.index(1, 1))
            self.table.scrollToTop()
            self.table.horizontalScrollBar().setValue(0)
        self._close()

    def _close(self, _turned: bool = False) -> None:
        self.list.places.show((), ("", ""))
        self.told.say(_("Enter or a click on a cell opens the sentences behind it."))
        self.list.hide()
        self._both.setSizes([1_000_000, 1])

    def _opened(self, cell: Cell) -> None:
        if self._reviewing.on and self._reviewing.blind:  # the sentences would tell who is A and who is B
            self.told.say(_("In a review without names, who said what is not told: Review › Names of annotators."))
            return
        if not cell.n:
            self._close()
            self.told.say(say(message("{what}: nowhere", what=self.table.cells.told(cell))))
            return
        matrix = self.table.cells.matrix
        self.list.places.show(cell.behind, (matrix.one, matrix.other))
        places = plural("{what}: {n} place", "{what}: {n} places", cell.n, what=self.table.cells.told(cell))
        words = say(places)
        if cell.n > len(cell.behind):
            words = say(message("{words}, the first {k} of them", words=words, k=len(cell.behind)))
        self.told.say(words)
        if self.list.isHidden():
            self.list.show()
            self._both.setSizes([3_000, 2_000])
        self.list.setCurrentIndex(self.list.places.index(0))
        self.list.setFocus()

    def _taken(self, index: QModelIndex) -> None:
        row = index.row()
        place = self.list.places.place(row)
        if place is not None:
            self.list.places.mark(row)
            self.gone_to.emit(place, self.list.places.behind[row])

    def _back(self) -> None:
        self.table.setFocus()

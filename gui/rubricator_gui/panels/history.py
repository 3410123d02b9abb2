"""The history of the project in words, newest first; more is read when one scrolls to the end."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from rubricator.model.changes import Change
from rubricator.project import Entry, Line
from rubricator.words import Message, _, say
from rubricator_gui import theme
from rubricator_gui.panels import when
from rubricator_gui.panels.plain import bar
from rubricator_gui.panels.quotes import wrapped
from rubricator_gui.panels.rows import ITEM, RIGHT, Index, Ink, RowDelegate, RowList, repaint_row, write
from rubricator_gui.panels.section import Section
from rubricator_gui.session import Session

PAGE = 60
"""How many steps are read at a time."""


class HistoryModel(QAbstractListModel):
    """The steps read so far."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._article = ""
        self._steps: list[tuple[Entry, Line]] = []
        self._at_end = True
        self._titles: dict[str, str] = {}

    def load(self, article: str = "") -> None:
        """Read the newest steps, of one article where it is given."""
        self.beginResetModel()
        self._article = article
        self._titles.clear()
        project = self._session.project
        self._steps = project.history(PAGE, article=article) if project is not None else []
        self._at_end = len(self._steps) < PAGE
        self.endResetModel()

    def patch(self, change: Change) -> None:
        """Put new steps on top, and read again those that they undo or redo."""
        project = self._session.project
        if project is None:
            return
        # No more is read than is new: the step below may be an import of ten thousand annotations.
        found = self._new(change) if self._article else project.history(len(change.steps))
        new = [step for step in found if step[0].id in change.steps]
        below = [entry.id for entry, _line in found[len(new) :]]  # a change may bring steps that no history tells
        shown = [entry.id for entry, _line in self._steps[: len(below)]]
        if change.everything or found[: len(new)] != new or below != shown:
            self.load(self._article)  # another project's steps came in between ours
            return
        if new:
            self.beginInsertRows(QModelIndex(), 0, len(new) - 1)
            self._steps[:0] = new
            self.endInsertRows()
        for article in change.articles:
            self._titles.pop(article, None)
        self._describe_undone([entry for entry, _line in new])

    def _new(self, change: Change) -> list[tuple[Entry, Line]]:
        """Return what a change brought for the one article shown, which may be nothing."""
        if self._article not in change.articles:
            return []
        found = self._session.ready.history(len(change.steps), article=self._article)
        return [step for step in found if step[0].id in change.steps]

    def _describe_undone(self, new: list[Entry]) -> None:
        rows = {entry.id: row for row, (entry, _line) in enumerate(self._steps)}
        for entry in new:
            undone = entry.undoes
            while undone in rows:
                row = rows[undone]
                found = self._steps[row][0]
                self._steps[row] = (found, self._session.ready.describe(found))
                repaint_row(self, row)
                undone = found.undoes

    def canFetchMore(self, _parent: Index) -> bool:
        """Say whether older steps may be there."""
        return not self._at_end

    def fetchMore(self, _parent: Index) -> None:
        """Read older steps."""
        project = self._session.project
        if project is None or not self._steps:
            return
        older = project.history(PAGE, self._steps[-1][0], self._article)
        self._at_end = len(older) < PAGE
        if older:
            first = len(self._steps)
            self.beginInsertRows(QModelIndex(), first, first + len(older) - 1)
            self._steps += older
            self.endInsertRows()

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return how many steps were read."""
        return len(self._steps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid():
            return None
        line = self._steps[index.row()][1]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._what(line)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                parts = [self._what(line), self.about(line)]
                return "\n".join([*parts, _("undone")] if line.undone else parts)
            case _ if role == ITEM:
                return line
        return None

    def _what(self, line: Line) -> str:
        words = self._session.in_words(line.what)
        return say(_nameless(words) if self._hidden else words)

    def about(self, line: Line) -> str:
        """Return who, when, and in which article."""
        at = when.moment(line.at, when.here_and_now())
        return " · ".join(part for part in (self._who(line), at, self._title(line.article)) if part)

    def _who(self, line: Line) -> str:
        """Return who did something; not of others, while one reviews and names are hidden."""
        return "" if self._hidden and line.author != self._session.ready.me.name else line.author

    @property
    def _hidden(self) -> bool:
        return self._session.can("reviewing") and self._session.reviewing.blind

    def _title(self, article: str) -> str:
        project = self._session.project
        if not article or project is None:
            return ""
        if article not in self._titles:
            found = project.rows.article(article)
            self._titles[article] = " ".join(found.title.split()) if found else ""
        return self._titles[article]


def _nameless(words: Message) -> Message:
    """Return words without the name of whom a policy trusts."""
    values = {key: _nameless(value) if isinstance(value, Message) else value for key, value in words.values.items()}
    return Message(words.text, values | ({"whom": "…"} if "whom" in values else {}), words.many)


class HistoryDelegate(RowDelegate):
    """Draws what was done, in two lines where one has no room for it, and below it who, when and where."""

    def __init__(self, model: HistoryModel, parent: QWidget) -> None:
        super().__init__(11, parent)
        self._model = model

    def height_of(self, index: Index, width: int) -> int:
        """Return how high a row of a width is."""
        return self.height + (len(self._lines(index, width)) - 1) * self._more()

    def _more(self) -> int:
        return QFontMetrics(theme.ui_font()).height()

    def _lines(self, index: Index, width: int) -> list[str]:
        u = theme.unit()
        room = width - 6 * u
        if index.data(ITEM).undone:
            room -= QFontMetrics(theme.ui_font("note")).horizontalAdvance(_("undone")) + 2 * u
        return wrapped(index.data(Qt.ItemDataRole.DisplayRole), theme.ui_font(), room, 2) or [""]

    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        """Draw a step."""
        u = theme.unit()
        line: Line = index.data(ITEM)
        half = self.height // 2
        inner = rect.adjusted(3 * u, 0, -3 * u, 0)
        first = QRect(inner.left(), rect.top() + u // 2, inner.width(), half - u // 2)
        font = theme.ui_font()
        if line.undone:
            write(painter, first, _("undone"), theme.ui_font("note"), ink.muted, RIGHT)
            font.setStrikeOut(True)
        colour = ink.muted if line.undone else ink.text
        lines = self._lines(index, rect.width())
        for n, words in enumerate(lines):
            write(painter, first.translated(0, n * self._more()), words, font, colour)
        second = QRect(inner.left(), first.bottom() + 1 + (len(lines) - 1) * self._more(), inner.width(), half - u)
        note = theme.figures(theme.ui_font("note"))
        write(painter, second, self._model.about(line), note, ink.muted)
        painter.fillRect(QRect(inner.left(), rect.bottom(), inner.width(), 1), ink.look.colour("AlternateBase"))


class _Steps(RowList):
    """Steps, each as high as its lines."""

    def __init__(self, delegate: HistoryDelegate, model: HistoryModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._delegate = delegate
        self.setModel(model)
        self.draw_with(delegate)
        # These come after the list's own: the rows are there.
        model.modelReset.connect(self._fit_all)
        model.rowsInserted.connect(self._fit_new)
        model.dataChanged.connect(self._fit_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        if event.size().width() != event.oldSize().width():
            self._fit_all()
        super().resizeEvent(event)

    def _fit_all(self) -> None:
        self._fit(0, self.model().rowCount() - 1)

    def _fit_new(self, _parent: Index, first: int, last: int) -> None:
        self._fit(first, last)

    def _fit_changed(self, first: Index, last: Index) -> None:
        self._fit(first.row(), last.row())

    def _fit(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            height = self._delegate.height_of(self.model().index(row, 0), self.viewport().width())
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)


class HistoryPanel(Section):
    """The panel of the history; it reads only while it is seen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("History"), parent)
        self.setObjectName("historyPanel")
        self._session = session
        self._stale = True
        self._model = HistoryModel(session, self)
        self.this_article = QCheckBox(_("This article only"))
        self.this_article.setFont(theme.ui_font("tool"))
        self.view = _Steps(HistoryDelegate(self._model, self), self._model, self)
        self.view.setAccessibleName(_("History"))
        u = theme.unit()
        head = bar()
        line = QHBoxLayout(head)
        line.setContentsMargins(3 * u, 0, 3 * u, 2 * u)
        line.addWidget(self.this_article)
        line.addStretch(1)
        self.rows.addWidget(head)
        self.rows.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self.this_article.toggled.connect(self._reload)
        self.view.taken.connect(self._taken)
        self.view.left.connect(self.left)
        session.opened.connect(self._reload)
        session.article_shown.connect(self._shown)
        session.changed.connect(self._changed)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what happened while the panel was not seen."""
        super().showEvent(event)
        if self._stale:
            self._reload()

    def _wanted(self) -> str:
        article = self._session.article
        return article.id if article is not None and self.this_article.isChecked() else ""

    def _reload(self) -> None:
        self._stale = not self.isVisible()
        if not self._stale:
            self._model.load(self._wanted())
            self.view.scrollToTop()

    def _shown(self) -> None:
        if self.this_article.isChecked() or self._session.project is None:
            self._reload()

    def _changed(self, change: Change) -> None:
        if not self.isVisible():
            self._stale = True
        elif change.scheme or change.annotators:
            self._reload()
        else:
            self._model.patch(change)

    def _taken(self, index: QModelIndex | QPersistentModelIndex) -> None:
        line: Line = index.data(ITEM)
        if line.article:
            self._session.show_article(line.article)

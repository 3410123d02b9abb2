"""The articles of a project as a list model: numbers of all that pass the filter, lines only of those looked at."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from functools import partial
from itertools import product

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from rubricator.project import ArticleLine
from rubricator.words import message, plural, say
from rubricator_gui.panels import when
from rubricator_gui.panels.article_filter import Filter, labels_named, statuses_of
from rubricator_gui.panels.rows import ITEM, MARKED, Index, repaint_row
from rubricator_gui.panels.states import OPEN
from rubricator_gui.session import Session
from rubricator_gui.wording import status_words

PAGE = 64
"""How many lines are read at a time."""

_AT_ONCE = 500
"""How many are read at a time where all are asked for."""


class ArticleModel(QAbstractListModel):
    """The list; which article is shown is a mark on its row."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._numbers: list[int] = []
        self._rows: dict[int, int] | None = None
        self._pages: dict[int, list[ArticleLine]] = {}
        self._marked = -1
        self._statuses: frozenset[str] | None = None

    # --- reading --------------------------------------------------------------------------------------------------

    def load(self, wanted: Filter, newest: bool, holding: Container[int] | None = None) -> None:
        """Read which articles pass, in order; of those `holding` what is wanted in their texts, where anything is."""
        self.beginResetModel()
        self._numbers = self._passing(wanted, newest)
        if holding is not None:
            self._numbers = [number for number in self._numbers if number in holding]
        self._statuses = statuses_of(wanted)
        self._rows = None
        self._pages.clear()
        self._marked = -1
        self.endResetModel()

    def _passing(self, wanted: Filter, newest: bool) -> list[int]:
        project = self._session.project
        if project is None:
            return []
        statuses = statuses_of(wanted)
        if statuses is not None and not statuses:  # an article has one status
            return []
        labels = [labels_named(self._session.scheme, label) for label in wanted.labels] or [("",)]
        found: list[int] | None = None
        for names, flag in product(labels, wanted.flags or (None,)):
            ask = partial(
                project.rows.article_numbers,
                project.me.annotator,
                words=wanted.words,
                statuses=statuses or (),
                flag=flag,
                newest=newest,
            )
            numbers = ask(label=names[0])
            if len(names) > 1:  # one of them is enough
                any_of = set(numbers).union(*(ask(label=name) for name in names[1:]))
                numbers = [number for number in ask() if number in any_of]
            if found is None:
                found = numbers
            else:
                both = set(numbers)
                found = [number for number in found if number in both]
        for called in wanted.entities:
            mentioning = project.entities.mentioning(self._session.linking.finder.called(called))
            found = [number for number in found or () if number in mentioning]
        return found or []

    def line(self, row: int) -> ArticleLine | None:
        """Return the line of a row; its page is read if it was not looked at before."""
        project = self._session.project
        if project is None or not 0 <= row < len(self._numbers):
            return None
        page = row // PAGE
        if page not in self._pages:
            numbers = self._numbers[page * PAGE : (page + 1) * PAGE]
            self._pages[page] = self._lines(numbers)
        lines = self._pages[page]
        place = row % PAGE
        return lines[place] if place < len(lines) else None

    def _lines(self, numbers: Sequence[int]) -> list[ArticleLine]:
        project = self._session.ready
        return project.rows.article_lines(numbers, project.me.annotator)

    def row_of(self, article: str) -> int:
        """Return the row of an article, -1 where the filter leaves it out."""
        project = self._session.project
        number = project.rows.article_number(article) if project is not None else None
        if number is None or not self._numbers:
            return -1
        if self._numbers[0] == number:  # as at the start of most days: the rows of all others need not be known
            return 0
        if self._rows is None:
            self._rows = {each: row for row, each in enumerate(self._numbers)}
        return self._rows.get(number, -1)

    def listed(self) -> list[str]:
        """Return the ids of all that pass."""
        parts = (self._numbers[n : n + _AT_ONCE] for n in range(0, len(self._numbers), _AT_ONCE))
        return [line.id for part in parts for line in self._lines(part)]

    def next_open(self, after: int) -> int:
        """Return the next row whose article is to do or in work, from the top again after the last; -1 if none is."""
        project = self._session.project
        if project is None:
            return -1
        waiting = set(project.rows.article_numbers(project.me.annotator, statuses=OPEN))
        count = len(self._numbers)
        for step in range(1, count + 1):
            row = (after + step) % count
            if row != after and self._numbers[row] in waiting:
                return row
        return -1

    # --- changing -------------------------------------------------------------------------------------------------

    def mark(self, row: int) -> None:
        """Mark the row of the article shown."""
        was, self._marked = self._marked, row
        for each in {was, row}:
            repaint_row(self, each)

    def patch(self, articles: Iterable[str]) -> bool:
        """Read the lines of these articles again where they were read; say whether a status may be another."""
        restated = False
        for article in articles:
            row = self.row_of(article)
            page = self._pages.get(row // PAGE) if row >= 0 else None
            if page is None or row % PAGE >= len(page):
                restated = True
                continue
            fresh = self._lines([page[row % PAGE].number])
            if fresh:
                old = page[row % PAGE]
                restated = restated or (fresh[0].status, fresh[0].flags) != (old.status, old.flags)
                page[row % PAGE] = fresh[0]
                repaint_row(self, row)
        return restated

    def drop_finished(self, row: int) -> None:
        """Take a row out whose article has no longer the status that the filter asks for."""
        line = self.line(row)
        if line is None or self._statuses is None or line.status in self._statuses:
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._numbers[row]
        self._rows = None
        self._pages.clear()
        self._marked -= self._marked > row
        self.endRemoveRows()

    def forget_lines(self) -> None:
        """Have every line read again when it is looked at."""
        self._pages.clear()
        if self._numbers:
            self.dataChanged.emit(self.index(0), self.index(len(self._numbers) - 1))

    # --- for the view ---------------------------------------------------------------------------------------------

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return how many articles pass."""
        return len(self._numbers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid():
            return None
        if role == MARKED:
            return index.row() == self._marked
        if role not in (ITEM, *_WORDED):
            return None
        line = self.line(index.row())
        if line is None or role == ITEM:
            return line
        return spoken(line) if role == Qt.ItemDataRole.AccessibleTextRole else title_of(line)


_WORDED = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def title_of(line: ArticleLine) -> str:
    """Return the headline on one line; of an article without one its first words, and its id where they are gone."""
    return " ".join(line.title.split()) or " ".join(line.opening.split()) or line.id


def about(line: ArticleLine) -> str:
    """Return source and date: "Meridian Newswire · 14 Sep"."""
    date = when.day(line.published, when.here_and_now()) if line.published else ""
    return " · ".join(part for part in (" ".join(line.source.split()), date) if part)


def spoken(line: ArticleLine) -> str:
    """Return a line for those who listen."""
    count = plural("{n} annotation", "{n} annotations", line.annotations)
    parts = {"title": title_of(line), "about": about(line), "status": status_words(line.status), "count": count}
    if line.flags:
        return say(message("{title}, {status}, flagged, {about}, {count}", **parts))
    return say(message("{title}, {status}, {about}, {count}", **parts))

"""The sentences behind a cell of the matrix: what each said there, and in which article; Enter goes to the place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from rubricator.review.agreement.report import Behind
from rubricator.verbs.agreement import Place
from rubricator.words import _, message, say
from rubricator_gui import theme
from rubricator_gui.drawing import RIGHT, Ink, write
from rubricator_gui.panels.quotes import one_line, write_in_context
from rubricator_gui.panels.rows import ITEM, MARKED, Index, RowDelegate, RowList
from rubricator_gui.session import Session
from rubricator_gui.wording import isolated, short_quote


class PlaceModel(QAbstractListModel):
    """The places; each is read when it is looked at, for there may be a thousand."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.behind: Sequence[Behind] = ()
        self._names = ("", "")
        self._read: dict[int, Place | None] = {}
        self._marked = -1

    def show(self, behind: Sequence[Behind], names: tuple[str, str]) -> None:
        """Show these places, where annotators of these names said something."""
        self.beginResetModel()
        self.behind, self._names, self._marked = behind, names, -1
        self._read.clear()
        self.endResetModel()

    def forget(self) -> None:
        """Read the places anew: the layers are others by now."""
        self._read.clear()
        if self.behind:
            self.dataChanged.emit(self.index(0), self.index(len(self.behind) - 1))

    def mark(self, row: int) -> None:
        """Mark the place that was gone to."""
        self._marked = row
        if self.behind:
            self.dataChanged.emit(self.index(0), self.index(len(self.behind) - 1))

    def place(self, row: int) -> Place | None:
        """Return a place; None where it is gone."""
        project = self._session.project
        if project is None or not 0 <= row < len(self.behind):
            return None
        if row not in self._read:
            self._read[row] = project.agreement.place(self.behind[row])
        return self._read[row]

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return how many places there are."""
        return len(self.behind)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid():
            return None
        if role == MARKED:
            return index.row() == self._marked
        if role not in (ITEM, *_WORDED):
            return None
        place = self.place(index.row())
        if role == ITEM:
            return place
        if place is None:
            return say(_gone())
        sentence = one_line(f"{place.before}{place.quote}{place.after}")
        if role == Qt.ItemDataRole.DisplayRole:
            return sentence
        return f"{sentence}\n{self.said(place)}\n{title_of(place)}"

    def said(self, place: Place) -> str:
        """Return what each said at a place."""
        return " · ".join(self._who_said(name, words) for name, words in zip(self._names, place.said, strict=True))

    def _who_said(self, name: str, words: str) -> str:
        who = isolated(short_quote(name))
        if not words:
            return say(message("{name}: nothing", name=who))
        return say(message("{name}: “{quote}”", name=who, quote=isolated(short_quote(words))))


_WORDED = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def title_of(place: Place) -> str:
    """Return the headline of the article on one line; its id where it has none."""
    return " ".join(place.article.title.split()) or place.article.id


def _gone() -> str:
    return _("What stood here was changed since the comparison.")


class _Delegate(RowDelegate):
    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        """Draw the sentence, and below it who said what, and where."""
        u = theme.unit()
        place: Place | None = index.data(ITEM)
        inner = rect.adjusted(3 * u, u, -3 * u, -u)
        half = inner.height() // 2
        upper = QRect(inner.left(), inner.top(), inner.width(), half)
        lower = upper.translated(0, half)
        if place is None:
            write(painter, upper, _gone(), theme.ui_font(), ink.muted)
            return
        words = (_joined(place.before), one_line(place.quote), _joined(place.after))
        write_in_context(painter, upper, words, ink, ink.look.colour("Accent"), ink.look.colour("selDeep"))
        model = index.model()
        assert isinstance(model, PlaceModel)
        note = theme.ui_font("note")
        room = lower.adjusted(lower.width() * 3 // 5, 0, 0, 0)
        used = write(painter, room, title_of(place), note, ink.muted, RIGHT)
        write(painter, lower.adjusted(0, 0, -used - 3 * u, 0), model.said(place), note, ink.muted)


def _joined(words: str) -> str:
    """Return words on one line, with the spaces at their ends."""
    return " ".join(words.replace("\n", " ⏎ ").split(" "))


class PlaceList(RowList):
    """The list."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("agreementPlaces")
        self.setAccessibleName(_("Sentences behind the cell"))
        self.setAccessibleDescription(_("Enter goes to the place in the article."))
        self.places = PlaceModel(session, self)
        self.setModel(self.places)
        self.draw_with(_Delegate(11.5, self))

"""A list of places in the articles: label, why they are listed, words with what stands around them, which article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from rubricator.model.folding import single_spaced
from rubricator.model.scheme import Scheme
from rubricator.words import _, message, say
from rubricator_gui import chips, theme
from rubricator_gui.drawing import RIGHT, Ink, draw_ground, draw_ring, ink_for, write
from rubricator_gui.wording import plain_tip

if TYPE_CHECKING:
    from rubricator.verbs.schemes import Mention

Index = QModelIndex | QPersistentModelIndex

PLACE = Qt.ItemDataRole.UserRole + 2

AROUND = 60
"""Code points on each side of the words that are shown."""
_LONGEST = 200
_WHY_MOST = 0.55
"""How much of a row its reason may take; whole in the tooltip."""


class Place(NamedTuple):
    """Where an annotation stands (an article alone has none), its words with what is around, and why it is listed."""

    annotation: str
    article: str
    annotator: str
    label: str
    start: int
    quote: str
    before: str = ""
    after: str = ""
    title: str = ""
    why: str = ""
    mine: bool = True


class Around:
    """Looks up what stands around words; of articles that come one after another each text is read once."""

    def __init__(self, text_of: Callable[[str], tuple[str, str]], me: str) -> None:
        self._text_of, self._me = text_of, me
        self._last: tuple[str, str, str] = ("", "", "")

    def place(self, found: Mention, why: str = "") -> Place:
        """Make a place of where an annotation stands."""
        if self._last[0] != found.article:
            self._last = (found.article, *self._text_of(found.article))
        _uid, title, text = self._last
        end = found.start + len(found.quote)
        before, after = text[max(0, found.start - AROUND) : found.start], text[end : end + AROUND]
        if not found.quote:
            before = after = ""
        return Place(*found, before, after, title, why, found.annotator == self._me)


class PlaceModel(QAbstractListModel):
    """The places; more of them may come while one looks."""

    def __init__(self, parent: QWidget, people: Mapping[str, str]) -> None:
        super().__init__(parent)
        self.places: list[Place] = []
        self.scheme = Scheme()
        self.why_width = 0
        """How much room the longest of the reasons asks for: the words behind them begin at one line."""
        self._people = people

    def show(self, places: Iterable[Place]) -> None:
        """Show other places."""
        self.beginResetModel()
        self.places = list(places)
        self.why_width = _widest(self.places)
        self.endResetModel()

    def add(self, places: Sequence[Place]) -> None:
        """Put places at the end."""
        if places:
            first = len(self.places)
            self.beginInsertRows(QModelIndex(), first, first + len(places) - 1)
            self.places += places
            self.why_width = max(self.why_width, _widest(places))
            self.endInsertRows()

    def take(self, row: int) -> None:
        """Take one out."""
        self.beginRemoveRows(QModelIndex(), row, row)
        del self.places[row]
        self.endRemoveRows()

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """Return how many places are shown."""
        return len(self.places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid():
            return None
        place = self.places[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return single_spaced(place.quote[:_LONGEST]) or place.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(place)
            case Qt.ItemDataRole.ToolTipRole:
                around = single_spaced(f"{place.before}{place.quote}{place.after}")
                return plain_tip("\n".join(filter(None, (place.why, around, self.note(place) or place.title))))
            case _ if role == PLACE:
                return place
        return None

    def note(self, place: Place) -> str:
        """Return what stands at the end: whose it is, and in which article."""
        who = "" if place.mine else self._people.get(place.annotator, "")
        return " · ".join(part for part in (who, place.title if place.quote else "") if part)

    def _spoken(self, place: Place) -> str:
        label = self.scheme.by_name[place.label].title if place.label in self.scheme.by_name else place.label
        words = single_spaced(f"{place.before}{place.quote}{place.after}") or place.title
        note = " · ".join(filter(None, (place.why, self.note(place))))
        said = message("{label}: {words}. {note}", label=label, words=words, note=note)
        return say(said if label else message("{words}. {note}", words=words, note=note))


class PlaceList(QListView):
    """Shows places; a click or Enter takes one."""

    taken = Signal(object)
    """A Place was clicked, or Enter was pressed on it."""

    def __init__(self, people: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.listed = PlaceModel(self, people)
        self.setModel(self.listed)
        self.setItemDelegate(_Drawn(self))
        self.setAccessibleName(_("Places"))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._clicked)  # its second press has given the focus back to the list

    @property
    def current(self) -> Place | None:
        """The place of the current row."""
        index = self.currentIndex()
        return self.listed.places[index.row()] if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the place with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.taken.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _clicked(self, index: Index) -> None:
        self.taken.emit(self.listed.places[index.row()])


class _Drawn(QStyledItemDelegate):
    """Draws a place on one line: first why it is listed, what is of the article in the text font, its words strong."""

    def __init__(self, parent: PlaceList) -> None:
        super().__init__(parent)
        self._list = parent

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(10 * theme.unit(), 7 * theme.unit())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        look = theme.theme_of(option.palette)
        current = index.row() == self._list.currentIndex().row()
        ink = ink_for(look, current)
        place: Place = index.data(PLACE)
        u = theme.unit()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, rect, ink, bool(state & QStyle.StateFlag.State_MouseOver))
        left, right = rect.left() + 3 * u, rect.right() + 1 - 3 * u
        if place.label:
            label = chips.label_of(self._list.listed.scheme, place.label)
            wide, high = chips.chip_width([label]), chips.chip_height()
            chips.draw_chip(painter, QRect(left, rect.top() + (rect.height() - high + 1) // 2, wide, high), label, look)
            left += max(wide, 12 * u) + 2 * u
        why, sentence, note = self.columns(QRect(left, rect.top(), right - left, rect.height()), place)
        write(painter, why, place.why, theme.ui_font("row"), ink.text)
        self._sentence(painter, sentence, place, ink)
        write(painter, note, self._list.listed.note(place), theme.ui_font("note"), ink.muted, RIGHT)
        if current and self._list.hasFocus():
            draw_ring(painter, rect, look)
        painter.restore()

    def columns(self, rect: QRect, place: Place) -> tuple[QRect, QRect, QRect]:
        """Return where reason, words and article stand behind the chip; the article gives way to what is read first."""
        gap, listed = 3 * theme.unit(), self._list.listed
        top, high, left = rect.top(), rect.height(), rect.left()
        wide = min(listed.why_width, round(_WHY_MOST * rect.width())) if place.why else 0
        why = QRect(left, top, wide, high)
        left += wide + gap if wide else 0
        room = rect.right() + 1 - left
        words = QFontMetrics(_fonts()[1]).horizontalAdvance(single_spaced(place.quote[:_LONGEST]) or place.title)
        asked = QFontMetrics(theme.ui_font("note")).horizontalAdvance(listed.note(place)) + 1
        wide = min(asked, room // (4 if place.why else 3), room - words - gap)
        wide = wide if wide >= min(asked, 10 * theme.unit()) else 0  # a letter or two of it tell nothing
        sentence = QRect(left, top, room - wide - (gap if wide else 0), high)
        return why, sentence, QRect(rect.right() + 1 - wide, top, wide, high)

    def _sentence(self, painter: QPainter, rect: QRect, place: Place, ink: Ink) -> None:
        """Write the words with as much around them as there is room for."""
        plain, strong = _fonts()
        quote = single_spaced(place.quote[:_LONGEST]) or place.title
        before = single_spaced(place.before[-AROUND:]) + (" " if place.before[-1:].isspace() else "")
        metrics, bold = QFontMetrics(plain), QFontMetrics(strong)
        room = max(0, rect.width() - bold.horizontalAdvance(quote))
        if place.before:
            before = metrics.elidedText(before, Qt.TextElideMode.ElideLeft, room // 2)
        left = rect.left()
        for words, font, colour in ((before, plain, ink.muted), (quote, strong, ink.text)):
            place_for = QRect(left, rect.top(), max(0, rect.right() - left), rect.height())
            left += write(painter, place_for, words, font, colour)
        after = (" " if place.after[:1].isspace() else "") + single_spaced(place.after)
        write(painter, QRect(left, rect.top(), max(0, rect.right() - left), rect.height()), after, plain, ink.muted)


def _widest(places: Iterable[Place]) -> int:
    """Return how much room the longest of the reasons asks for."""
    metrics = QFontMetrics(theme.ui_font("row"))
    return max((metrics.horizontalAdvance(why) + 1 for why in {place.why for place in places}), default=0)


@theme.measured
def _fonts() -> tuple[QFont, QFont]:
    pixels = theme.ui_font("row").pixelSize()
    plain = theme.text_font(pixels if pixels > 0 else round(theme.text_pixels() * 13 / 17))
    strong = QFont(plain)
    strong.setWeight(QFont.Weight.DemiBold)
    return plain, strong

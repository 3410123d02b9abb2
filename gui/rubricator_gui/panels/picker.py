"""The label picker: it opens at the selection; a few letters find a label, Enter takes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from rubricator.model.label_search import FoundLabel, find_labels
from rubricator.model.scheme import Label
from rubricator.words import _, message, say
from rubricator_gui import chips, theme
from rubricator_gui.drawing import write_marked
from rubricator_gui.panels.popup import Picker, PickModel
from rubricator_gui.panels.rows import ITEM, RIGHT, Index, Ink, RowDelegate, write
from rubricator_gui.reader.events import stroke
from rubricator_gui.reader.gestures import PressLabel, of_key
from rubricator_gui.session import Session


class _Model(PickModel):
    """The labels that match what was typed."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._found: list[FoundLabel] = []
        self._typed = ""
        self.likely = "", ""
        self.without = ""

    def search(self, typed: str) -> None:
        self.beginResetModel()
        session = self._session
        self._typed = typed.strip()
        likely = [self.likely[0], session.last_label]
        self._found = [
            found for found in find_labels(session.scheme.labels, typed, likely) if found.label.name != self.without
        ]
        self.endResetModel()

    def label(self, row: int) -> Label:
        return self._found[row].label

    def row_of(self, key: str) -> int:
        """Return the row of the label with a key; -1 where none is listed."""
        return next((row for row, found in enumerate(self._found) if found.label.key.lower() == key), -1)

    def why(self, label: Label) -> str:
        """Return why a label stands on top."""
        if label.name == self.likely[0]:
            return self.likely[1]
        return _("the last label") if label.name == self._session.last_label else ""

    def about(self, row: int) -> tuple[str, str]:
        if row < 0:
            return say(message("No label matches “{words}”.", words=self._typed)), ""
        label = self.label(row)
        return label.title, label.definition

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return len(self._found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        found = self._found[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return found.label.title
            case Qt.ItemDataRole.ToolTipRole:
                return found.label.definition
            case Qt.ItemDataRole.AccessibleTextRole:
                if not found.label.key:
                    return found.label.title
                return say(message("{what}, key {key}", what=found.label.title, key=found.label.key.upper()))
            case _ if role == ITEM:
                return found
        return super().data(index, role)


class _Delegate(RowDelegate):
    """Draws chip, title with what was typed in bold, a note, the key."""

    def __init__(self, session: Session, labels: _Model, parent: QWidget) -> None:
        super().__init__(7.5, parent)
        self._session, self._labels = session, labels

    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        u = theme.unit()
        found: FoundLabel = index.data(ITEM)
        label = found.label
        high = chips.chip_height()
        wide = max(round(10.5 * u), chips.chip_width(self._session.scheme.labels))
        chip = QRect(rect.left() + 3 * u, rect.top() + (rect.height() - high + 1) // 2, wide, high)
        chips.draw_chip(painter, chip, label, ink.look)
        cap = QRect(rect.right() + 1 - 4 * u - chips.key_cap_width(), rect.top(), chips.key_cap_width(), rect.height())
        chips.draw_key_cap(painter, cap.adjusted(0, round(1.5 * u), 0, -round(1.5 * u)), label.key, ink.look)
        left, right = chip.right() + 1 + round(2.5 * u), cap.left() - 2 * u
        if why := self._labels.why(label):
            place = QRect(left, rect.top(), right - left, rect.height())
            right -= write(painter, place, why, theme.ui_font("note"), ink.muted, RIGHT) + 2 * u
        place = QRect(left, rect.top(), right - left, rect.height())
        write_marked(painter, place, label.title, found.start, found.end, ink)


class LabelPicker(Picker):
    """A label for the selection, or a second one for the chosen annotation."""

    picked = Signal(object, object)
    """(The name of a label, whether for all identical mentions)."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("labelPicker", _("Pick a label"), _("Type a label"), parent)
        self._session = session
        self._everywhere = self._alone = False
        self._labels = _Model(session, self)
        self.list_with(self._labels, _Delegate(session, self._labels, self.view))

    def ask(
        self,
        near: QRect,
        *,
        everywhere: bool = False,
        likely: tuple[str, str] = ("", ""),
        without: str = "",
        alone: bool = False,
        second: bool = False,
    ) -> None:
        """Open below a place on the screen.

        `everywhere` has Enter take all mentions, the `likely` label stands on top with the words why, `without` leaves
        one out; `alone`: other mentions are not meant; `second`: it comes beside the label that is there.
        """
        self.search.setPlaceholderText(_("Type a second label") if second else _("Type a label"))
        self._labels.likely, self._labels.without = likely, without
        self._everywhere, self._alone = everywhere, alone
        take = ("Enter", _("all identical") if everywhere else _("add") if second else _("take"))
        more = [("Shift+Enter", _("all identical"))] if not (everywhere or alone) else []
        texts = [label.definition for label in self._session.scheme.labels]
        self.open_at(near, [take, *more, ("Esc", _("close"))], texts)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pick by a digit that is a label's key what it gives in the text; with letters labels are found by name."""
        if self.search.text() or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        digits = [key for key in self._session.scheme.by_key if key.isdigit()]
        pressed = of_key(stroke(event), digits)
        row = self._labels.row_of(pressed.key) if isinstance(pressed, PressLabel) else -1
        if not isinstance(pressed, PressLabel) or row < 0:
            return super().eventFilter(watched, event)
        if not event.isAutoRepeat():
            shift, nothing = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
            self._take(row, shift if pressed.everywhere else nothing)
        return True

    def take(self, row: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Pick the label of a row."""
        shifted = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        everywhere = self._everywhere or (shifted and not self._alone)
        self.hide()  # before what it opens
        self.picked.emit(self._labels.label(row).name, everywhere)
        return True

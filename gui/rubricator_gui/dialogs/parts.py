"""What dialogs are laid out with: a column with the margins of all, and the buttons below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QStyle, QVBoxLayout, QWidget

from rubricator.settings import Memory
from rubricator.words import _
from rubricator_gui import theme
from rubricator_gui.panels.rows import ENTER
from rubricator_gui.panels.spancard import beside


def column(dialog: QWidget, apart: int = 2) -> QVBoxLayout:
    """Lay a dialog out as a column, its parts so many units apart."""
    u = theme.unit()
    made = QVBoxLayout(dialog)
    made.setContentsMargins(4 * u, 4 * u, 4 * u, 4 * u)
    made.setSpacing(apart * u)
    return made


def exec_beside(dialog: QDialog, clear: Sequence[QRect], memory: Memory) -> None:
    """Have something done in a dialog that stands beside what is to be read meanwhile (see `put_beside`).

    Where nothing is, it stands at the right; where it has to be lower than it wished, it is wider. Where somebody moved
    it, it comes back there the next time, as large as it was, unless that covers what is to be read then.
    """
    kept = kept_place(dialog, memory)
    if clear:
        put_beside(dialog, clear, kept, widens=True)
    else:
        put_at_the_right(dialog, kept)
    stood = dialog.pos()
    dialog.exec()
    if (dialog.pos() - stood).manhattanLength() > 2 * theme.unit():  # what frames it may have shifted it a little
        keep_place(dialog, memory)


def kept_place(dialog: QDialog, memory: Memory) -> QRect | None:
    """Return the place that was kept for a dialog: where its frame begins, and its size."""
    kept = memory.get(f"{dialog.objectName()}At")
    known = isinstance(kept, list) and len(kept) == 4 and all(type(one) is int and abs(one) < _FAR for one in kept)
    return QRect(QPoint(*kept[:2]), QSize(*kept[2:]).expandedTo(dialog.minimumSizeHint())) if known else None


def keep_place(dialog: QDialog, memory: Memory) -> None:
    """Keep the place of a dialog for the next time."""
    memory.set(**{f"{dialog.objectName()}At": [dialog.x(), dialog.y(), dialog.width(), dialog.height()]})


_FAR = 1 << 20
"""Pixels: no screen is so large, and Qt takes no numbers without an end."""


def put_beside(dialog: QDialog, clear: Sequence[QRect], kept: QRect | None = None, *, widens: bool = False) -> None:
    """Have a dialog come beside what is to be read meanwhile: below, above, right or left of it, all on the screen.

    `clear` holds what should stay free on the screen, then less and less of it. Where there is no room for all of the
    dialog it is lower than it wished, and where it `widens` as much wider. A place and size that were `kept` for it are
    its own, where it covers neither of the last two.
    """
    gap, room, frame = theme.unit(), _room_at(dialog, clear[-1]), _frame(dialog)
    whole = dialog.size().grownBy(frame)
    found = QRect(beside(whole, clear[:1], room, gap, clear[-1].center()), whole)
    wishes = [(found, clear[0])]
    if kept is not None:
        asked = clear[max(0, len(clear) - 2)]  # who put it there may have it over what stands around that
        wishes.insert(0, (QRect(kept.topLeft(), kept.size().grownBy(frame)), asked))
    for wish, free in wishes:
        if room.contains(wish) and not wish.intersects(free):
            dialog.resize(wish.size().shrunkBy(frame))
            dialog.move(wish.topLeft())
            return
    least = dialog.minimumSizeHint().height()
    for free in clear:
        high = max(room.bottom() - free.bottom(), free.top() - room.top()) - frame.top() - 2 * gap
        if high >= least:
            wide = dialog.width() * dialog.height() // high if widens and high < dialog.height() else dialog.width()
            most = room.width() - frame.left() - frame.right()
            dialog.resize(max(dialog.width(), min(wide, most)), min(dialog.height(), high))
            break
    size = dialog.size().grownBy(frame)
    _put_inside(dialog, QRect(beside(size, clear, room, gap, clear[-1].center()), size), room)


def put_at_the_right(dialog: QDialog, kept: QRect | None = None, clear: Sequence[QRect] = ()) -> None:
    """Have a dialog stand right of its window, as far as the screen goes, or at the place that was `kept` for it.

    Where it would cover what should stay `clear` (all of that, then less of it) it stands at the left instead, else at
    the right below or above it, lower than it wished.
    """
    window, frame = dialog.parentWidget(), _frame(dialog)
    if kept is not None:
        wish, room = QRect(kept.topLeft(), kept.size().grownBy(frame)), _room_at(dialog, kept)
        if not any(_inside(wish, room).intersects(free) for free in clear):
            _put_inside(dialog, wish, room)
            return
    room = dialog.screen().availableGeometry()
    around = window.window().frameGeometry() if window is not None else room
    size = dialog.size().grownBy(frame)
    top = (around & room).center().y() - size.height() // 2
    right = QRect(QPoint(around.right() + 1, top), size)
    left = QRect(QPoint(around.left() - size.width(), top), size)
    wishes = [right, left]
    least = dialog.minimumSizeHint().grownBy(frame).height()
    for free in clear:
        below = QRect(QPoint(right.x(), free.bottom() + 1), QPoint(right.right(), room.bottom()))
        above = QRect(QPoint(right.x(), room.top()), QPoint(right.right(), free.top() - 1))
        higher = sorted((below, above), key=QRect.height, reverse=True)  # where both are as high, below
        for wish in (*wishes, *(place for place in higher if place.height() >= least)):
            if not _inside(wish, room).intersects(free):
                _put_inside(dialog, wish, room)
                return
    _put_inside(dialog, right, room)


def put_over(dialog: QDialog, place: QRect) -> None:
    """Have a dialog, with its frame, lie over a place of its window, as far as that is on the screen."""
    _put_inside(dialog, place, _room_at(dialog, place))


def _room_at(dialog: QDialog, place: QRect) -> QRect:
    """Return the room of the screen that a place lies on, or of the one that the dialog would come to."""
    return (QGuiApplication.screenAt(place.center()) or dialog.screen()).availableGeometry()


def _frame(dialog: QDialog) -> QMargins:
    """Return what stands around a dialog, or a little more: what frames it is known only once it stands."""
    u, title = theme.unit(), dialog.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    return QMargins(u, max(title, 10 * u), u, u)


def _put_inside(dialog: QDialog, place: QRect, room: QRect) -> None:
    """Put a dialog, with its frame, as near to a place as there is room for all of it; it is smaller where it must."""
    there = _inside(place, room)
    dialog.resize(there.size().shrunkBy(_frame(dialog)))
    dialog.move(there.topLeft())


def _inside(place: QRect, room: QRect) -> QRect:
    """Return what is as near to a place as there is room for all of it."""
    size = place.size().boundedTo(room.size())
    left = max(room.left(), min(place.x(), room.right() + 1 - size.width()))
    return QRect(QPoint(left, max(room.top(), min(place.y(), room.bottom() + 1 - size.height()))), size)


class Foot(NamedTuple):
    """The buttons below a dialog."""

    box: QDialogButtonBox
    doing: list[QPushButton]


def choice(dialog: QDialog, verb: str) -> tuple[QDialogButtonBox, QPushButton]:
    """Return the foot of a dialog that does something or not, and its main button.

    The keys come to the main button first, and Enter presses it: the box makes it the default where it is shown.
    """
    box = QDialogButtonBox()
    go = box.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)  # before Cancel: Tab walks in this order
    cancel = box.addButton(QDialogButtonBox.StandardButton.Cancel)
    go.setPalette(theme.main_button_palette(theme.theme_of(dialog.palette())))
    for button in (go, cancel):
        button.setMinimumHeight(7 * theme.unit())
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box, go


class _Pressed(QObject):
    """Has Enter press the button that has the focus, though none is pressed by Enter in a field."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Press it."""
        typed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER
        if typed and isinstance(watched, QPushButton):
            watched.click()
            return True
        return super().eventFilter(watched, event)


def press_with_enter(button: QPushButton) -> None:
    """Have Enter press a button where it has the focus, and nowhere else: in a field it means the field."""
    button.setAutoDefault(False)
    button.installEventFilter(_Pressed(button))


def wire(button: QPushButton, hand: Callable[[], object]) -> QPushButton:
    """Give a button its height and its hand; Enter presses it where it has the focus, and nowhere else."""
    button.setMinimumHeight(7 * theme.unit())
    press_with_enter(button)
    button.clicked.connect(hand)
    return button


def doing(dialog: QDialog, main: tuple[str, Callable[[], object]], *more: tuple[str, Callable[[], object]]) -> Foot:
    """Return the foot of a dialog that stays open while things are done in it, and the buttons that do them.

    They stand where `choice` has its main button, and Close where that has Cancel. Enter presses the one that has the
    focus, and no other: what is done is not taken for what closes.
    """
    box = QDialogButtonBox()
    buttons: list[QPushButton] = []
    role = QDialogButtonBox.ButtonRole.AcceptRole
    for words, hand in (main, *more):
        buttons.append(wire(box.addButton(words, role), hand))
        role = QDialogButtonBox.ButtonRole.ActionRole
    wire(box.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole), dialog.reject)
    buttons[0].setPalette(theme.main_button_palette(theme.theme_of(dialog.palette())))
    return Foot(box, buttons)

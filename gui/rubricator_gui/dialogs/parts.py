"""What dialogs are laid out with: a column with the margins of all, and the buttons below it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from rubricator_gui import theme


def column(dialog: QWidget, apart: int = 2) -> QVBoxLayout:
    """Lay a dialog out as a column, its parts so many units apart."""
    u = theme.unit()
    made = QVBoxLayout(dialog)
    made.setContentsMargins(4 * u, 4 * u, 4 * u, 4 * u)
    made.setSpacing(apart * u)
    return made


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


def wire(button: QPushButton, hand: Callable[[], object]) -> QPushButton:
    """Give a button its height and its hand."""
    button.setMinimumHeight(7 * theme.unit())
    button.setAutoDefault(False)
    button.clicked.connect(hand)
    return button

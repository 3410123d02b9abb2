"""What dialogs are laid out with: a column with the margins of all, buttons that Enter in a field does not press."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from rubricator_gui import theme


def column(dialog: QWidget, apart: int = 2) -> QVBoxLayout:
    """Lay a dialog out as a column, its parts so many units apart."""
    u = theme.unit()
    made = QVBoxLayout(dialog)
    made.setContentsMargins(4 * u, 4 * u, 4 * u, 4 * u)
    made.setSpacing(apart * u)
    return made


def wire(button: QPushButton, hand: Callable[[], object]) -> QPushButton:
    """Give a button its height and its hand."""
    button.setMinimumHeight(7 * theme.unit())
    button.setAutoDefault(False)
    button.clicked.connect(hand)
    return button

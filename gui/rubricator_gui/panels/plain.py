"""Labels and tooltips that show text as it is, and the ground for fields."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon, QPalette
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from rubricator_gui import theme


def plain_tip(words: str) -> str:
    """Return a tooltip that shows the words as they are: Qt would take "<b>" for bold, and wraps rich text only."""
    return "<p>" + escape(words).replace("\n", "<br>") + "</p>" if words else ""


def plain_label(words: str = "", kind: str = "row", muted: bool = False) -> QLabel:
    """Return a label that shows plain text, whatever stands in it."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(words)
    label.setFont(theme.ui_font(kind))
    if muted:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def bar() -> QWidget:
    """Return the ground for fields below a header, which belong to it rather than to the list."""
    widget = QWidget()
    widget.setBackgroundRole(QPalette.ColorRole.Window)
    widget.setAutoFillBackground(True)
    return widget


def dress_search(field: QLineEdit, name: str, placeholder: str, accessible: str) -> QAction:
    """Make a field one to search in: its handle, its words, a glass at its start (returned: it follows the palette)."""
    field.setObjectName(name)
    field.setPlaceholderText(placeholder)
    field.setAccessibleName(accessible)
    field.setClearButtonEnabled(True)
    field.setMinimumHeight(7 * theme.unit())
    glass = field.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
    theme.name_icons(field)
    return glass

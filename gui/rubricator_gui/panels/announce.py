"""Have a screen reader say something, wherever the keyboard is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str, *, urgent: bool = False) -> None:
    """Have words said, at once or in their turn."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # nobody hears anything before the first paint

    if words and QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(widget, words)
        at_once, in_turn = QAccessible.AnnouncementPoliteness.Assertive, QAccessible.AnnouncementPoliteness.Polite
        event.setPoliteness(at_once if urgent else in_turn)
        QAccessible.updateAccessibility(event)

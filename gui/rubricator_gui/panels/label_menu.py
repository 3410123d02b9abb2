"""The menu of a label in its panel: what its key does here, its guideline, where it stands, its place in the scheme."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from rubricator.model.scheme import Label
from rubricator.words import Message, message
from rubricator_gui.panels.menus import made, put
from rubricator_gui.session import Session
from rubricator_gui.wording import short_quote


class LabelMenu(QObject):
    """Opens it; what the panel cannot do itself is asked of the window, by the name of the label."""

    guideline_wanted = Signal(object)
    everywhere_wanted = Signal(object)
    """All identical mentions are to get the label."""
    only_wanted = Signal(object)
    """Only the annotations with it are to be listed."""
    articles_wanted = Signal(object)
    """Only the articles with it are to be listed."""
    edit_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._widget = parent

    def open(self, label: Label, place: QPoint, here: int) -> None:
        """Open it at a place on the screen; `here` is how many annotations of the article have the label."""
        session, name, key = self._session, label.name, label.key.upper()
        menu = made("labelMenu", self._widget)
        article = session.article is not None
        does, possible = self._does(label)
        put(menu, does, partial(session.labelling.press, name), key, enabled=article and possible)
        everywhere = message("All identical mentions…")
        shifted = f"Shift+{key}" if key else ""
        put(menu, everywhere, partial(self.everywhere_wanted.emit, name), shifted, enabled=session.can("in-hand"))
        menu.addSeparator()
        title = label.title or name
        put(menu, message("Guideline of {label}", label=title), partial(self.guideline_wanted.emit, name))
        menu.addSeparator()
        put(menu, message("Show only its annotations"), partial(self.only_wanted.emit, name), enabled=here > 0)
        put(menu, message("List only articles with it"), partial(self.articles_wanted.emit, name))
        menu.addSeparator()
        put(menu, message("Edit {label} in the scheme…", label=title), partial(self.edit_wanted.emit, name))
        menu.popup(place)

    def _does(self, label: Label) -> tuple[Message, bool]:
        """Say what pressing the label does here, and whether that is possible."""
        session, title = self._session, label.title or label.name
        if session.selection is not None:
            words = short_quote(session.selection.quote(session.text))
            return message("Label “{words}” as {label}", words=words, label=title), True
        if session.offered is not None:
            words = short_quote(session.offered.span.quote(session.text))
            return message("Accept “{words}” as {label}", words=words, label=title), True
        meant = session.corrects(label.name)
        if meant is not None:
            does = message("Change “{words}” to {label}", words=short_quote(meant.quote), label=title)
            return does, meant.label != label.name
        if session.sticky == label.name:
            return message("Stop labelling what is swept"), True
        return message("Label what is swept from now on"), True

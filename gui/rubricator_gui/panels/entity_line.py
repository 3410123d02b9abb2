"""What the chosen annotation means, in one line of its card, and the way to say it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from rubricator.model.spans import Annotation
from rubricator.words import _, message, say
from rubricator_gui import theme
from rubricator_gui.panels.entity_picker import about_entity
from rubricator_gui.panels.plain import LineLabel, plain_tip
from rubricator_gui.session import Session


class EntityLine(QWidget):
    """The name of the entity, or that there is none; and a button that links."""

    wanted = Signal()
    """It is to be linked, or linked to another one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        u = theme.unit()
        self.words = LineLabel("row")
        self.button = QPushButton()
        self.button.setFlat(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the article
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.button.setFixedHeight(6 * u)
        self.button.clicked.connect(self.wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.words, 1)
        line.addWidget(self.button)

    def show_annotation(self, annotation: Annotation) -> None:
        """Show what an annotation means."""
        project = self._session.project
        entity = project.entities.get(annotation.entity) if project is not None and annotation.entity else None
        if entity is not None:
            self.words.say(say(message("Entity: {name}", name=entity.name)))
            about = about_entity(self._session, entity)
            self.words.setToolTip(plain_tip("\n".join(part for part in (entity.name, about) if part)))
        else:
            self.words.say(_("An entity that is not on the list") if annotation.entity else _("No entity"))
        self.button.setText(_("Change…") if entity is not None else _("Link…"))
        self.button.setAccessibleDescription(self.words.text())

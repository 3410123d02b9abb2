"""The sections of the side, by name: built together after the first paint, which waits for none of them."""

from __future__ import annotations

from typing import NamedTuple

from rubricator_gui.panels.annotations import AnnotationPanel
from rubricator_gui.panels.chosen import ChosenCard
from rubricator_gui.panels.entities import EntityPanel
from rubricator_gui.panels.history import HistoryPanel
from rubricator_gui.panels.labels import LabelPanel
from rubricator_gui.panels.suggestions import SuggestionPanel
from rubricator_gui.panels.topics import TopicPanel
from rubricator_gui.session import Session


class Sections(NamedTuple):
    """The sections, in the order in which they stand below each other."""

    labels: LabelPanel
    chosen: ChosenCard
    annotations: AnnotationPanel
    suggestions: SuggestionPanel
    topics: TopicPanel
    entities: EntityPanel
    history: HistoryPanel

    @classmethod
    def of(cls, session: Session) -> Sections:
        """Build them; they show what the session holds by now."""
        return cls(
            LabelPanel(session),
            ChosenCard(session),
            AnnotationPanel(session),
            SuggestionPanel(session),
            TopicPanel(session),
            EntityPanel(session),
            HistoryPanel(session),
        )

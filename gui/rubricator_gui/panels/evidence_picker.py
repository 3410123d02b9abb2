"""The picker of evidence: it opens at the chosen annotation; a few letters find the topic that it is evidence for."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from rubricator.model.topic_search import FoundTopic, TopicFinder
from rubricator.words import _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.drawing import write_marked
from rubricator_gui.panels.popup import Picker, PickModel
from rubricator_gui.panels.rows import ITEM, RIGHT, Index, Ink, RowDelegate, write
from rubricator_gui.panels.topic_words import PATH, capital, words_for_topics
from rubricator_gui.session import Session

_MOST = 50
_OFTEN = 12
"""Topics that are listed before anything is typed, where the article has none."""


class _Model(PickModel):
    """The topics of the article, and those that match what was typed."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[FoundTopic] = []
        self._finder = TopicFinder(session.scheme, words_for_topics())

    def renew(self) -> None:
        """Look at the scheme as it is now."""
        self._finder = TopicFinder(self._session.scheme, words_for_topics())

    def search(self, typed: str) -> None:
        self.beginResetModel()
        known = self._session.scheme.topics_by_code
        if typed.strip():
            self._rows = self._given_first(typed)[:_MOST]
        else:
            codes = [tag.topic for tag in self._session.tags]
            if not codes:
                often = self._session.ready.rows.topic_counts()
                codes = [code for code in often if code in self._finder][:_OFTEN]
            self._rows = [FoundTopic(known[code], "name", known[code].name) for code in codes if code in known]
        self.endResetModel()

    def _given_first(self, typed: str) -> list[FoundTopic]:
        """Return what matches; Enter never gives a new topic while one that the article has does so in any way."""
        found = [*self._finder.find(typed, len(self._finder)), *self._finder.find_retired(typed, len(self._finder))]
        given = {tag.topic for tag in self._session.tags}
        mine = [one for one in found if one.topic.code in given]
        return [*mine, *(one for one in found if one.topic.code not in given and not one.topic.retired)]

    def code(self, row: int) -> str:
        return self._rows[row].topic.code

    def about(self, row: int) -> tuple[str, str]:
        if row < 0:
            if self._session.tags:
                return _("No topic matches."), ""
            return _("The article has no topic yet."), _("Type, and the one you choose is given with this evidence.")
        topic = self._rows[row].topic
        path = PATH.join(map(capital, self._session.scheme.topic_path(topic.code)))
        return path, topic.definition

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        found = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                name = capital(found.topic.name)
                return say(message("{topic} (retired)", topic=name)) if found.topic.retired else name
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{capital(found.topic.name)}. {self.beside(found)}"
            case _ if role == ITEM:
                return found
        return super().data(index, role)

    def beside(self, found: FoundTopic) -> str:
        """Say how a topic stands to the article, or where it matched."""
        topics = self._session.topics
        tag = topics.tag(found.topic.code)
        if tag is not None:
            if topics.tied(found.topic.code):
                return _("tied: Enter unties")
            n = len(topics.evidence(tag))
            return say(plural("{n} piece of evidence", "{n} pieces of evidence", n)) if n else _("no evidence yet")
        if found.where == "synonym":
            return say(message("also “{name}”", name=found.words))
        return found.words if found.where == "definition" else _("not given yet")


class _Delegate(RowDelegate):
    """Draws name and what stands beside it."""

    def __init__(self, model: _Model, parent: QWidget) -> None:
        super().__init__(7.5, parent)
        self._model = model

    def draw(self, painter: QPainter, rect: QRect, index: Index, ink: Ink) -> None:
        u = theme.unit()
        found: FoundTopic = index.data(ITEM)
        left, right = rect.left() + 3 * u, rect.right() + 1 - 4 * u
        note = theme.ui_font("note")
        half = QRect(left + (right - left) // 2, rect.top(), right - left - (right - left) // 2, rect.height())
        right -= write(painter, half, self._model.beside(found), note, ink.muted, RIGHT) + 2 * u
        place = QRect(left, rect.top(), right - left, rect.height())
        typed = (found.start, found.end) if found.where in ("name", "path") else (0, 0)
        write_marked(painter, place, str(index.data()), *typed, ink)


class EvidencePicker(Picker):
    """Which topic what is held in the article is evidence for."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("evidencePicker", _("Evidence for a topic"), _("Type a topic"), parent)
        self._session = session
        self._topics = _Model(session, self)
        self.list_with(self._topics, _Delegate(self._topics, self.view))

    def ask(self, near: QRect) -> None:
        """Open below a place on the screen."""
        self._topics.renew()
        self.open_at(near, [("Enter", _("tie, or untie")), ("Esc", _("close"))], ["\n\n"])

    def take(self, row: int, _modifiers: Qt.KeyboardModifier) -> bool:
        """Tie what is held to the topic of a row."""
        self.hide()
        self._session.topics.tie(self._topics.code(row))
        return True

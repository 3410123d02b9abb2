"""A topic of the tree: its name, what it stands below, its other names and what it means."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from rubricator.model.scheme import Scheme, Topic
from rubricator.model.topic_search import below
from rubricator.model.topics import overlong
from rubricator.words import _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.dialogs import parts
from rubricator_gui.panels.area import Area
from rubricator_gui.panels.plain import plain_label
from rubricator_gui.panels.topic_words import PATH, capital
from rubricator_gui.session import Session


class TopicDialog(QDialog):
    """Shows a topic, or a new one below `parent_code`; what is written is written as one step with Save."""

    def __init__(
        self, session: Session, topic: Topic | None, parent_code: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("topicDialog")
        self.setWindowTitle(_("Topic") if topic else _("New topic"))
        self._session = session
        self._topic = topic
        self._given = session.ready.rows.topic_counts().get(topic.code, 0) if topic else 0
        old = topic or Topic("", "", parent=parent_code)
        u = theme.unit()
        self.name = QLineEdit(old.name)
        self.under = QComboBox()
        self.synonyms = Area("\n".join(old.synonyms))
        self.synonyms.setPlaceholderText(_("One on each line; the search finds the topic by them"))
        self.definition = Area(old.definition)
        self.definition.setPlaceholderText(_("What articles with this topic are about"))
        for field in (self.synonyms, self.definition):
            field.setTabChangesFocus(True)
            field.setMinimumHeight(field.fontMetrics().lineSpacing() * 3 + 4 * u)
        self._fill(session.scheme, old)
        self.why = plain_label(kind="note", muted=True)
        self.why.setWordWrap(True)
        buttons, self.save = parts.choice(self, _("Save") if topic else _("Add"))
        self._lay(buttons)
        self.name.textChanged.connect(self._check)
        self.under.editTextChanged.connect(self._check)
        for field in (self.synonyms, self.definition):
            field.textChanged.connect(self._check)
        self._check()
        self._shown = self.written
        self.name.selectAll()
        theme.size(self, 130 * u, 90 * u)

    def _lay(self, buttons: QWidget) -> None:
        u = theme.unit()
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setSpacing(2 * u)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("&Name"), self.name),
            (_("&Below"), self.under),
            (_("&Other names"), self.synonyms),
            (_("&Meaning"), self.definition),
        )
        for words, field in rows:
            form.addRow(words, field)
            field.setAccessibleName(words.replace("&", ""))
        if self._topic is not None:
            code = plain_label(self._topic.code, muted=True)
            code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(_("Code"), code)
        last = QHBoxLayout()
        last.addWidget(self.why, 1)
        last.addWidget(buttons)
        column = parts.column(self)
        column.addLayout(form, 1)
        column.addLayout(last)

    def _fill(self, scheme: Scheme, old: Topic) -> None:
        """List where it may stand: not below itself."""
        self.under.addItem(_("At the top"), "")
        for words, code in _places(scheme, old.code):
            self.under.addItem(words, code)
        self.under.setCurrentIndex(max(0, self.under.findData(old.parent)))
        self.under.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.under.setMinimumContentsLength(30)
        self.under.setEditable(True)  # so that letters find a place anywhere in its path
        self.under.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        finder = QCompleter(self.under.model(), self.under)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        self.under.setCompleter(finder)

    @property
    def written(self) -> Topic:
        """The topic as it is written here."""
        lines = (" ".join(line.split()) for line in self.synonyms.toPlainText().splitlines())
        return (self._topic or Topic("", ""))._replace(
            name=" ".join(self.name.text().split()),
            parent=str(self.under.itemData(self._place()) or ""),
            synonyms=tuple(dict.fromkeys(line for line in lines if line)),
            definition=self.definition.toPlainText().strip(),
        )

    def _place(self) -> int:
        """Return the row of the place that is written: its path, or words that only one path holds; -1 for none."""
        written = self.under.currentText().strip()
        exact = self.under.findText(written, Qt.MatchFlag.MatchFixedString)
        if exact >= 0:
            return exact
        paths = [self.under.itemText(n).casefold() for n in range(self.under.count())]
        hits = [n for n, path in enumerate(paths) if written and written.casefold() in path]
        ends = [n for n in hits if paths[n].split(PATH)[-1] == written.casefold()] or hits
        return ends[0] if len(ends) == 1 else -1

    def _check(self) -> None:
        why = overlong(self.written, self._topic)
        if self._place() < 0:
            why = message("Choose one of the places below which it can stand.")
        self.save.setEnabled(bool(self.name.text().strip()) and why is None)
        if why is not None:
            self.why.setText(say(why))
            return
        given = plural(
            "Given to {n} article: it keeps the topic.", "Given to {n} articles: they keep the topic.", self._given
        )
        self.why.setText(say(given) if self._given else "")

    def accept(self) -> None:
        """Write what was changed; where it is refused, the dialog stays and the status line says why."""
        if not self.save.isEnabled():
            return
        topics = self._session.topics
        if topics.change(self._shown, self.written) if self._topic is not None else topics.add(self.written):
            super().accept()


def _places(scheme: Scheme, without: str) -> Iterator[tuple[str, str]]:
    children: dict[str, list[Topic]] = {}
    for topic in scheme.topics:
        children.setdefault(topic.parent, []).append(topic)
    left_out = {without, *below(children, without)} if without else set()
    for topic in scheme.offered_topics():
        if topic.code not in left_out:
            yield PATH.join(map(capital, scheme.topic_path(topic.code))), topic.code

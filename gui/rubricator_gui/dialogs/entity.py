"""One entity: its name, kind, external id and other names, and its mentions, some of which may mean another one."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from rubricator.formats.entity_list import external_id
from rubricator.formats.json_values import Bad
from rubricator.model.entities import Entity, overlong
from rubricator.project import Mention
from rubricator.words import _, plural, say
from rubricator_gui import theme
from rubricator_gui.dialogs import parts
from rubricator_gui.dialogs.entity_mentions import MENTION, MentionList
from rubricator_gui.dialogs.together import put_together
from rubricator_gui.panels.area import Area
from rubricator_gui.panels.entity_picker import MergePicker
from rubricator_gui.panels.plain import plain_label
from rubricator_gui.panels.quotes import one_line
from rubricator_gui.session import Session

_MOST = 2_000
"""Mentions that are listed: more are not looked over by hand."""


class EntityDialog(QDialog):
    """Shows an entity; what is written is written as one step when it is closed with Save."""

    def __init__(self, session: Session, entity: Entity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entityDialog")
        self.setWindowTitle(_("Entity"))
        self._session = session
        self._entity = entity
        u = theme.unit()
        self.name = QLineEdit(entity.name)
        self.kind = QComboBox()
        self.external = QLineEdit(entity.external)
        self.external.setPlaceholderText(_("Wikidata id (Q42) or an address"))
        self.aliases = Area("\n".join(entity.aliases))
        self.aliases.setPlaceholderText(_("One on each line"))
        self.note = Area(entity.note)
        for field in (self.aliases, self.note):
            field.setTabChangesFocus(True)
            field.setFixedHeight(field.fontMetrics().lineSpacing() * 3 + 4 * u)
        self.why = plain_label(kind="note")
        self.why.setWordWrap(True)
        self._fill_kinds()
        self._lay()
        for changing in (
            self.name.textChanged, self.external.textChanged, self.aliases.textChanged, self.note.textChanged
        ):  # fmt: skip
            changing.connect(self._check)
        self.mentions.itemChanged.connect(self._ticked)
        self.mentions.itemActivated.connect(self._go)
        self._ticked()
        self._check()
        theme.size(self, 165 * u, 130 * u)

    def _fill_kinds(self) -> None:
        self.kind.addItem(_("none"), "")
        for label in self._session.scheme.labels:
            self.kind.addItem(label.title, label.name)
        if self.kind.findData(self._entity.kind) < 0:
            self.kind.addItem(self._entity.kind, self._entity.kind)
        self.kind.setCurrentIndex(self.kind.findData(self._entity.kind))

    def _lay(self) -> None:
        u = theme.unit()
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setSpacing(2 * u)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("&Name"), self.name),
            (_("&Kind"), self.kind),
            (_("&External id"), self.external),
            (_("&Other names"), self.aliases),
            (_("No&te"), self.note),
        )
        for words, field in rows:
            form.addRow(words, field)
            field.setAccessibleName(words.replace("&", ""))
        self.mentions = MentionList(self._session, self._session.ready.entities.mentions(self._entity.id)[:_MOST])
        self.split = QPushButton()
        self.merge = QPushButton(_("Put together with…"))
        buttons, self.save = parts.choice(self, _("Save"))
        last = QHBoxLayout()
        for button, hand in ((self.split, self._split), (self.merge, self._merge)):
            last.addWidget(parts.wire(button, hand))
        last.addStretch(1)
        last.addWidget(buttons)
        column = parts.column(self)
        column.addLayout(form)
        column.addWidget(self.why)
        n = self.mentions.count()
        one, many = "{n} mention; tick it if it means another", "{n} mentions; tick those that mean another"
        column.addWidget(plain_label(say(plural(one, many, n)) if n else _("Nothing links to this entity yet.")))
        column.addWidget(self.mentions, 1)
        column.addLayout(last)

    @property
    def ticked(self) -> list[Mention]:
        """The mentions that mean another entity."""
        return self.mentions.ticked

    @property
    def written(self) -> Entity:
        """The entity as it is written here; Bad where its external id is none."""
        name = " ".join(self.name.text().split())
        aliases = (" ".join(line.split()) for line in self.aliases.toPlainText().splitlines())
        return self._entity._replace(
            name=name,
            kind=self.kind.currentData(),
            external=external_id(self.external.text()),
            aliases=tuple(dict.fromkeys(alias for alias in aliases if alias not in ("", name))),
            note=self.note.toPlainText(),
        )

    def _check(self) -> None:
        """Say what is wrong while it is typed."""
        why = ""
        try:
            written = self.written
        except Bad as bad:
            why = say(bad.why)
        else:
            long = overlong(written, self._entity)
            if not written.name:
                why = _("An entity needs a name.")
            elif long is not None:
                why = say(long)
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self.save.setEnabled(not why)

    def _ticked(self) -> None:
        n = len(self.ticked)
        self.split.setText(
            say(plural("Split off {n} mention…", "Split off {n} mentions…", n)) if n else _("Split off mentions…")
        )
        self.split.setEnabled(n > 0)

    def _go(self, item: QListWidgetItem) -> None:
        mention: Mention = item.data(MENTION)
        self._session.show_article(mention.article)
        self._session.choose(mention.annotation)

    def accept(self) -> None:
        """Write what was changed; where it is refused, the dialog stays and the status line says why."""
        if self.save.isEnabled() and self._session.linking.change(self._entity, self.written):
            super().accept()

    def _keep(self) -> bool:
        """Write what was typed before something else is done; False where it cannot be, and the dialog stays."""
        if not self.save.isEnabled():
            return False  # what is wrong stands below the form
        written = self.written
        if written != self._entity:
            if not self._session.linking.change(self._entity, written):
                return False
            self._entity = written
        return True

    def _split(self) -> None:
        words = _("What is the other entity called?")
        ticked = self.ticked
        name, told = QInputDialog.getText(self, _("Split off"), words, text=one_line(ticked[0].quote))
        project = self._session.ready
        found = [one for one in (project.annotation(mention.annotation) for mention in ticked) if one is not None]
        if told and name.strip() and self._keep() and self._session.linking.split(self._entity, name, found):
            super().reject()

    def _merge(self) -> None:
        picker = MergePicker(self._session, self)
        picker.picked.connect(self._merge_with)
        picker.closed.connect(picker.deleteLater)
        rect = self.merge.rect()
        rect.moveTopLeft(self.merge.mapToGlobal(rect.topLeft()))
        picker.ask(rect, self._entity)

    def _merge_with(self, other: Entity) -> None:
        if self._keep() and put_together(self._session, self._entity, other, self):
            super().reject()

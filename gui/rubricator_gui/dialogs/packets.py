"""Packets in the window: whom one is for, and what of one that came back is taken in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QTreeWidget, QTreeWidgetItem, QWidget

from rubricator.hub.merging import Plan
from rubricator.project import Project
from rubricator.verbs.annotators import told_apart
from rubricator.words import Message, _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.dialogs import parts
from rubricator_gui.panels.plain import plain_label, plain_tip, warning_label
from rubricator_gui.wording import isolated

_STATUSES = (
    ("", "All articles"),
    ("todo", "To do"),
    ("doing", "In work"),
    ("done", "Finished"),
    ("skipped", "Skipped"),
)
_SHOWN = 200


class PackDialog(QDialog):
    """Asks whom a packet is for, and which articles go into it."""

    def __init__(self, project: Project, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("packDialog")
        self.setWindowTitle(_("Make a packet"))
        self._project = project
        self._repeats = list(project.samples.given().repeats.values())
        u = theme.unit()
        words = plain_label(
            _("A packet holds the articles, the scheme and the work of one annotator, and nothing of what others say.")
        )
        words.setWordWrap(True)
        called = told_apart(project.rows.annotators())
        self.people = {called[one.id]: one.id for one in project.rows.annotators() if one.kind == "human"}
        self.whose = QComboBox()
        self.whose.setAccessibleName(_("For whom"))
        mine = project.packet.get("for")
        self.whose.setEditable(not mine)
        self.whose.addItems([name for name, uid in self.people.items() if mine in (None, uid)])
        if not mine:
            self.whose.setCurrentIndex(-1)
            field = self.whose.lineEdit()
            assert field is not None
            field.setPlaceholderText(_("Choose an annotator, or type the name of a new one"))
        self.status = QComboBox()
        self.status.setAccessibleName(_("Articles"))
        for key, title in _STATUSES:
            self.status.addItem(_(title), key)
        self.gold = QCheckBox(_("With what was &decided about finished articles"))
        self.gold.setEnabled(not mine and project.rows.has_work(project.review.gold))
        form = QFormLayout()
        form.setSpacing(2 * u)
        form.addRow(_("For &whom"), self.whose)
        form.addRow(_("&Articles"), self.status)
        form.addRow("", self.gold)
        self.told = plain_label(kind="note", muted=True)
        self.told.setWordWrap(True)
        buttons, self.go = parts.choice(self, _("Make packet…"))
        column = parts.column(self, 3)
        column.addWidget(words)
        column.addLayout(form)
        column.addWidget(self.told)
        column.addStretch(1)
        column.addWidget(buttons)
        theme.size(self, 120 * u, 66 * u)
        self.whose.currentTextChanged.connect(self._count)
        self.status.currentIndexChanged.connect(self._count)
        self._count()
        self.whose.setFocus()

    @property
    def name(self) -> str:
        """For whom it is."""
        return " ".join(self.whose.currentText().split())

    @property
    def how(self) -> tuple[str, bool]:
        """Which articles (by status; empty: all), and whether what was decided about them goes along."""
        return self.chosen_status, self.gold.isChecked()

    @property
    def chosen_status(self) -> str:
        """Which articles: of this status in the annotator's layer; empty: all."""
        return str(self.status.currentData())

    def _count(self, _changed: object = None) -> None:
        rows = self._project.rows
        who = self.people.get(self.name, "")
        n = rows.status_counts(who).get(self.chosen_status, 0) if self.chosen_status else rows.count_articles()
        if self.chosen_status in ("", "todo"):  # texts that come a second time are in nobody else's packet
            n -= sum(1 for whose in self._repeats if whose != who)
        words = say(plural("{n} article.", "{n} articles.", n))
        if self.name and not who:
            new = say(message("{name} is new, and joins the project.", name=isolated(self.name)))
            words = f"{words} {new}"
        self.told.setText(words)
        self.go.setEnabled(bool(self.name) and n > 0)


class MergeDialog(QDialog):
    """Tells what files bring before anything is changed."""

    def __init__(self, plans: Sequence[Plan], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mergeDialog")
        self.setWindowTitle(_("Take work in"))
        u = theme.unit()
        rows = sum(plan.rows for plan in plans)
        words = plain_label(say(_summary(plans, rows)))
        words.setWordWrap(True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(_("What comes in"))
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        for plan in plans:
            self._show(plan)
        self.tree.expandAll()
        if (first := self.tree.topLevelItem(0)) is not None:
            self.tree.setCurrentItem(first)
        refused = sum(plan.n_refused for plan in plans)
        self.refused = warning_label()
        if refused:
            self.refused.setText(
                say(plural("{n} edit is refused and stays out.", "{n} edits are refused and stay out.", refused))
            )
        self.refused.setVisible(bool(refused))
        note = plain_label(_("A copy of the project as it is now is kept beside it."), kind="note", muted=True)
        buttons, self.go = parts.choice(self, _("Take in"))
        self.go.setEnabled(rows > 0)
        column = parts.column(self)
        for widget in (words, self.tree, self.refused, note, buttons):
            column.addWidget(widget, int(widget is self.tree))
        theme.size(self, 160 * u, 110 * u)

    def _show(self, plan: Plan) -> None:
        top = self._item(self.tree, isolated(plan.file.name))
        if not plan and not plan.n_refused:
            self._item(top, _("All of it is here already."))
        for share in plan.shares:
            counts = ", ".join(f"{_(key)} {n:,}" for key, n in share.counts)
            self._item(top, f"{isolated(share.name or share.annotator)}: {counts}" if counts else isolated(share.name))
        self._part(top, _("New articles"), plan.articles, len(plan.articles))
        self._part(top, _("Changes of the scheme"), plan.scheme, len(plan.scheme))
        unknown = [f"{isolated(label)} ({n:,})" for label, n in plan.unknown]
        self._part(top, _("Labels that the scheme lacks here"), unknown, len(unknown))
        self._part(top, _("Clashes"), [clash.what for clash in plan.clashes], plan.n_clashes)
        self._part(top, _("Refused"), [row.why for row in plan.refused], plan.n_refused)

    def _part(self, top: QTreeWidgetItem, title: str, items: Sequence[Message | str], n: int) -> None:
        if not n:
            return
        part = self._item(top, f"{title} ({n:,})")
        for item in items[:_SHOWN]:
            self._item(part, say(item))
        if n > _SHOWN:
            self._item(part, say(message("and {n} more", n=f"{n - _SHOWN:,}")))

    @staticmethod
    def _item(parent: QTreeWidget | QTreeWidgetItem, words: str) -> QTreeWidgetItem:
        line = " ".join(words.split())
        item = QTreeWidgetItem(parent, [line])
        item.setToolTip(0, plain_tip(line))
        item.setSizeHint(0, QSize(0, 6 * theme.unit()))
        return item


def _summary(plans: Sequence[Plan], rows: int) -> Message:
    if not rows:
        return message("There is nothing new to take in.")
    clashes = sum(plan.n_clashes for plan in plans)
    if not clashes:
        return message("All of it can be taken in; nothing clashes.")
    return plural(
        "One thing clashes: what was written last stays, and the history keeps the other.",
        "{n} things clash: what was written last stays, and the history keeps the other.",
        clashes,
    )

"""What is compared: whom with whom, on which labels and articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from rubricator.words import _, message, say
from rubricator_gui import theme
from rubricator_gui.dialogs.agreement.checklist import CheckList
from rubricator_gui.panels.plain import Heading
from rubricator_gui.session import Session

_SEEN = 8
"""Annotators, and labels, that are seen at once."""


class Asked(NamedTuple):
    """What is to be compared, as the work in another process takes it."""

    annotators: tuple[str, ...]
    against_gold: bool
    unfinished: bool
    labels: tuple[str, ...]
    """Their names; none: all, those too that nobody has used yet."""
    articles: tuple[str, ...] | None
    """Their ids; None: all."""


class Choices(QWidget):
    """Asks; `changed` tells that something else is to be compared."""

    changed = Signal()

    def __init__(self, session: Session, listed: Callable[[], Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._listed = session, listed
        u = theme.unit()
        self.against = QComboBox()
        self.against.setAccessibleName(_("Compared with"))
        for gold in (False, True):
            self.against.addItem("", gold)
        self.people = CheckList(_("Annotators"), _SEEN)
        self.labels = CheckList(_("Labels"), _SEEN)
        self.articles = QComboBox()
        self.articles.setAccessibleName(_("Articles"))
        self.articles.addItem(_("All articles"), "all")
        self.articles.addItem(_("Those that the list shows"), "listed")
        self.articles.addItem(_("The article shown"), "shown")
        self.unfinished = QCheckBox(_("Layers in work, too"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * u)
        for title, widget in (
            (_("Compared with"), self.against),
            (_("Annotators"), self.people),
            (_("Labels"), self.labels),
            (_("Articles"), self.articles),
        ):
            widget.setMinimumHeight(7 * u)
            column.addWidget(Heading(title))
            column.addWidget(widget)
        for box in (self.against, self.articles):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
            box.currentIndexChanged.connect(self._tell)
        column.addWidget(self.unfinished)
        column.addStretch(1)
        self.people.ticked_changed.connect(self.changed)
        self.labels.ticked_changed.connect(self.changed)
        self.unfinished.toggled.connect(self._tell)
        self.follow()

    def follow(self) -> None:
        """Offer who has work by now, and the labels that were given; who was left out stays so."""
        project = self._session.ready
        gold = project.agreement.gold() is not None
        self.against.setItemText(0, _("Each other"))
        self.against.setItemText(1, _("Gold") if gold else _("Gold: there is none yet"))
        model = self.against.model()
        assert isinstance(model, QStandardItemModel)
        model.item(1).setEnabled(gold)
        self.people.follow({one.id: one.name for one in project.agreement.people()})
        used = project.rows.label_counts()
        order = {name: n for n, name in enumerate(self._session.scheme.by_name)}
        names = sorted(used, key=lambda name: (order.get(name, len(order)), name))
        self.labels.follow({name: self._session.title(name) for name in names})

    def _tell(self, *_change: object) -> None:
        self.changed.emit()

    @property
    def asked(self) -> Asked:
        """What was chosen."""
        articles: tuple[str, ...] | None = None
        match self.articles.currentData():
            case "listed":
                articles = tuple(self._listed())
            case "shown":
                here = self._session.article
                articles = (here.id,) if here is not None else ()
        labels = self.labels.ticked()
        some = tuple(labels) if len(labels) < self.labels.count() else ()
        against_gold = bool(self.against.currentData())
        return Asked(tuple(self.people.ticked()), against_gold, self.unfinished.isChecked(), some, articles)

    @property
    def lacking(self) -> str:
        """What is still to be chosen, in words; empty where there is enough."""
        ticked, there = len(self.people.ticked()), self.people.count()
        wanted = 1 if self.against.currentData() else 2
        if ticked < wanted <= there:
            return _("Tick one annotator.") if wanted == 1 else _("Tick two annotators, or more.")
        if there < wanted:
            words = message(
                "Agreement needs the work of two annotators; there is that of {n}. File › Take work in… brings more.",
                n=there,
            )
            return say(words)
        return "" if self.labels.ticked() or not self.labels.count() else _("Tick a label, or all.")

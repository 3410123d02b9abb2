"""What is compared: whom with whom, on which articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from rubricator.words import _, message, say
from rubricator_gui import theme
from rubricator_gui.panels.plain import Heading, plain_tip
from rubricator_gui.session import Session
from rubricator_gui.wording import isolated

_WHO = Qt.ItemDataRole.UserRole
_SEEN = 12
"""Annotators that are seen at once."""


class Asked(NamedTuple):
    """What is to be compared, as the work in another process takes it."""

    annotators: tuple[str, ...]
    against_gold: bool
    unfinished: bool
    articles: tuple[str, ...] | None
    """Their ids; None: all."""


class Choices(QWidget):
    """Asks; `changed` tells that something else is to be compared."""

    changed = Signal()

    def __init__(self, session: Session, listed: Callable[[], Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._listed = session, listed
        u = theme.unit()
        agreement = session.ready.agreement
        self.against = QComboBox()
        self.against.setAccessibleName(_("Compared with"))
        self.against.addItem(_("Each other"), False)
        self.against.addItem(_("Gold"), True)
        if agreement.gold() is None:
            self.against.setItemText(1, _("Gold: there is none yet"))
            model = self.against.model()
            assert isinstance(model, QStandardItemModel)
            model.item(1).setEnabled(False)
        self.people = QListWidget()
        self.people.setAccessibleName(_("Annotators"))
        self.people.setAccessibleDescription(_("Space leaves one out, or takes them in again."))
        self.people.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.people.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for one in agreement.people():
            item = QListWidgetItem(isolated(" ".join(one.name.split())), self.people)
            item.setData(_WHO, one.id)
            item.setToolTip(plain_tip(one.name))
            item.setCheckState(Qt.CheckState.Checked)
        self.people.setCurrentRow(0)
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
        rows = sum(self.people.sizeHintForRow(n) for n in range(min(_SEEN, self.people.count())))
        self.people.setFixedHeight(max(10 * u, rows + 2 * self.people.frameWidth() + u))
        self.people.itemChanged.connect(self._tell)
        self.unfinished.toggled.connect(self._tell)

    def _tell(self, *_change: object) -> None:
        self.changed.emit()

    def _ticked(self) -> tuple[str, ...]:
        items = map(self.people.item, range(self.people.count()))
        return tuple(str(one.data(_WHO)) for one in items if one.checkState() == Qt.CheckState.Checked)

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
        against_gold = bool(self.against.currentData())
        return Asked(self._ticked(), against_gold, self.unfinished.isChecked(), articles)

    @property
    def lacking(self) -> str:
        """What is still to be chosen, in words; empty where there is enough."""
        ticked, there = len(self._ticked()), self.people.count()
        wanted = 1 if self.against.currentData() else 2
        if ticked >= wanted:
            return ""
        if there < wanted:
            words = message(
                "Agreement needs the work of two annotators; there is that of {n}. File › Take work in… brings more.",
                n=there,
            )
            return say(words)
        return _("Tick one annotator.") if wanted == 1 else _("Tick two annotators, or more.")

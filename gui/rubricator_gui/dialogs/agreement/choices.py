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
        self.against = QComboBox()
        self.against.setAccessibleName(_("Compared with"))
        for gold in (False, True):
            self.against.addItem("", gold)
        self.people = QListWidget()
        self.people.setAccessibleName(_("Annotators"))
        self.people.setAccessibleDescription(_("Space leaves one out, or takes them in again."))
        self.people.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.people.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
        self.people.itemChanged.connect(self._tell)
        self.unfinished.toggled.connect(self._tell)

        self.follow()

    def follow(self) -> None:
        """Offer who has work by now; who was left out stays so."""
        agreement = self._session.ready.agreement
        gold = agreement.gold() is not None
        self.against.setItemText(0, _("Each other"))
        self.against.setItemText(1, _("Gold") if gold else _("Gold: there is none yet"))
        model = self.against.model()
        assert isinstance(model, QStandardItemModel)
        model.item(1).setEnabled(gold)
        there = agreement.people()
        if [one.id for one in there] == [str(item.data(_WHO)) for item in self._items()]:
            return
        left_out = {str(item.data(_WHO)) for item in self._items() if item.checkState() == Qt.CheckState.Unchecked}
        row = max(0, self.people.currentRow())
        self.people.blockSignals(True)
        self.people.clear()
        for one in there:
            item = QListWidgetItem(isolated(" ".join(one.name.split())), self.people)
            item.setData(_WHO, one.id)
            item.setToolTip(plain_tip(one.name))
            item.setCheckState(Qt.CheckState.Unchecked if one.id in left_out else Qt.CheckState.Checked)
        self.people.setCurrentRow(min(row, len(there) - 1))
        self.people.blockSignals(False)
        u = theme.unit()
        high = sum(self.people.sizeHintForRow(n) for n in range(min(_SEEN, len(there))))
        self.people.setFixedHeight(max(10 * u, high + 2 * self.people.frameWidth() + u))

    def _items(self) -> list[QListWidgetItem]:
        return [self.people.item(n) for n in range(self.people.count())]

    def _tell(self, *_change: object) -> None:
        self.changed.emit()

    def _ticked(self) -> tuple[str, ...]:
        return tuple(str(one.data(_WHO)) for one in self._items() if one.checkState() == Qt.CheckState.Checked)

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

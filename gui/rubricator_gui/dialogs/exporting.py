"""Before an export: what to export and how; then what the format cannot carry, counted and listed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rubricator import formats
from rubricator.exchange.outgoing import ExportOptions
from rubricator.exchange.splitting import split_from
from rubricator.formats.base import CHOICES, TAGGINGS, Loss, WriteOptions
from rubricator.project import Annotator
from rubricator.words import _, say
from rubricator_gui import theme
from rubricator_gui.dialogs import parts

_NESTED = (
    ("outermost", "The outermost"),
    ("innermost", "The innermost"),
    ("layers", "A column per level"),
    ("skip", "None of them"),
)
_BROKEN = (("skip", "Leave them out"), ("hull", "One span over all of it"), ("pieces", "A span for each piece"))
_SUBTOKEN = (("skip", "Leave them out"), ("expand", "Widen to whole words"), ("contract", "Narrow to whole words"))
_ACROSS = (("keep", "Keep them"), ("skip", "Leave them out"))
_SPLIT = (("", "All in one"), ("80/10/10", "train 80 %, dev 10 %, test 10 %"), ("90/10", "train 90 %, test 10 %"))
_FORMULAS = (("guard", "Put an apostrophe before them"), ("keep", "Leave them as they are"))
_STATUS = (("", "All articles"), ("done", "Finished articles"), ("doing", "Articles in work"))


def _box(choices: Sequence[tuple[str, str]]) -> QComboBox:
    """Return a box to choose from these keys, shown in words."""
    box = QComboBox()
    for key, words in choices:
        box.addItem(_(words), key)
    return box


class ExportDialog(QDialog):
    """Asks for format, layer, status, and what to keep of nested spans; `options` is the answer."""

    def __init__(self, people: Sequence[Annotator], me: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle(_("Export"))
        self.format = QComboBox()
        for spec in formats.FORMATS:
            if spec.writes:
                self.format.addItem(spec.title, spec.key)
        self.layer = QComboBox()
        self.status = _box(_STATUS)
        self.split = _box(_SPLIT)
        self.split.setToolTip(_("A folder with a data card. Versions of one story are never parted."))
        self.seed = QSpinBox()
        self.seed.setMaximum(999_999)
        self.nested = _box(_NESTED)
        self.tagging = QComboBox()
        for tagging in TAGGINGS:
            self.tagging.addItem(tagging, tagging)
        self.broken = _box(_BROKEN)
        self.subtoken = _box(_SUBTOKEN)
        self.across = _box(_ACROSS)
        self.formulas = _box(_FORMULAS)
        self._people = [*people]
        self._me = me
        self._form = QFormLayout()
        for words, box in (
            (_("Format"), self.format),
            (_("Layers"), self.layer),
            (_("Articles"), self.status),
            (_("Parts"), self.split),
            (_("Seed of the parts"), self.seed),
            (_("Of nested spans keep"), self.nested),
            (_("Spans in several pieces"), self.broken),
            (_("Spans that end inside a word"), self.subtoken),
            (_("Spans over a blank line"), self.across),
            (_("Tagging"), self.tagging),
            (_("Cells that look like formulas"), self.formulas),
        ):
            box.setAccessibleName(words)
            self._form.addRow(words, box)
        buttons, _go = parts.choice(self, _("Go on…"))
        layout = QVBoxLayout(self)
        layout.addLayout(self._form)
        layout.addWidget(buttons)
        self.format.currentIndexChanged.connect(self._fit)
        self.split.currentIndexChanged.connect(self._fit)
        self._fit()

    def _fit(self, _index: int = 0) -> None:
        """Offer only what the format knows."""
        key = self.format.currentData()
        writer = formats.writer(key)
        for choice in CHOICES:
            self._form.setRowVisible(getattr(self, choice), choice in writer.choices)
        self._form.setRowVisible(self.seed, bool(self.split.currentData()))
        chosen = self.layer.currentData()
        self.layer.clear()
        if writer.all_layers:
            self.layer.addItem(_("All layers"), "")
        for person in self._people:
            mine = _("{name} (you)").format(name=person.name) if person.id == self._me else person.name
            self.layer.addItem(mine, person.id)
        wanted = chosen if chosen is not None else ("" if writer.all_layers else self._me)
        self.layer.setCurrentIndex(max(0, self.layer.findData(wanted)))
        self.adjustSize()

    @property
    def options(self) -> ExportOptions:
        """What was chosen."""
        return ExportOptions(
            format=self.format.currentData(),
            annotator=self.layer.currentData() or "",
            status=self.status.currentData(),
            write=WriteOptions(**{choice: getattr(self, choice).currentData() for choice in CHOICES}),
            split=split_from(self.split.currentData(), self.seed.value()) if self.split.currentData() else None,
            overwrite=True,  # the file dialog has asked
        )


class LossDialog(QDialog):
    """Lists what will not be in the file, before it is written."""

    def __init__(self, losses: Sequence[Loss], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lossDialog")
        self.setWindowTitle(_("What will not be in the file"))
        u = theme.unit()
        words = QLabel(_("This format cannot carry everything. Rubricator JSONL can."))
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        self.list = QTreeWidget()
        self.list.setHeaderHidden(True)
        self.list.setAccessibleName(_("Losses"))
        for loss in losses:
            item = QTreeWidgetItem(self.list, [say(loss.what)])
            for place in loss.where[:500]:
                QTreeWidgetItem(item, [place.replace("\n", "⏎")])
            item.setExpanded(len(losses) == 1)
        self.list.setMinimumSize(130 * u, 60 * u)
        buttons, _go = parts.choice(self, _("Export all the same…"))
        layout = QVBoxLayout(self)
        layout.addWidget(words)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)

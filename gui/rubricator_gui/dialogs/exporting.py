"""Before an export: what to export and how, and beside it what the format cannot carry of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange import work
from rubricator.exchange.corpus import check_licence
from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.splitting import split_from
from rubricator.formats.base import CHOICES, TAGGINGS, Loss, WriteOptions
from rubricator.formats.losing import left_out
from rubricator.model.spans import NOTHING
from rubricator.project import Project
from rubricator.words import Message, _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.dialogs import parts
from rubricator_gui.dialogs.ahead import Ahead
from rubricator_gui.dialogs.cases import CaseTree
from rubricator_gui.dialogs.going import going_words
from rubricator_gui.dialogs.licence import LicenceBox
from rubricator_gui.dialogs.typed_choice import TypedChoice
from rubricator_gui.hints import hint_of, whole
from rubricator_gui.panels import when
from rubricator_gui.panels.plain import LineLabel, plain_label, plain_tip, warning_label
from rubricator_gui.wording import isolated, names_in_files

_NESTED = (
    ("layers", "All of them"),
    ("outermost", "The outermost"),
    ("innermost", "The innermost"),
    ("skip", "None of them"),
)
"""Nothing is left out unless somebody says so: the first one is chosen."""
_ONE_COLUMN = ("nested", "nested-skip", "holding", "stacked", "crossing")
"""Kinds of loss that a column per level does without."""
_BROKEN = (("skip", "Leave them out"), ("hull", "One over all of it"), ("pieces", "One for each fragment"))
_SUBTOKEN = (("skip", "Leave them out"), ("expand", "Widen to whole words"), ("contract", "Narrow to whole words"))
_ACROSS = (("keep", "Keep them"), ("skip", "Leave them out"))
_CORPUS = "corpus"
_MAKES = (
    ("", "Annotated articles only"),
    (_CORPUS, "A corpus: articles and data card"),
    ("80/10/10", "A corpus in parts: 80/10/10"),
    ("90/10", "A corpus in parts: 90/10"),
)
_MADE = {
    _CORPUS: "A folder: data card, scheme, sums of the files",
    "80/10/10": "A folder: train, dev and test, with a data card;\nversions of one story are never parted",
    "90/10": "A folder: train and test, with a data card;\nversions of one story are never parted",
}
_SEEDING = "Parts are dealt by chance: the same seed deals the\nsame articles to them again, another one others"
_REMEMBERED = ("format", "status", "makes", *CHOICES)
"""The boxes whose choices come back the next time."""
_NAME_SHOWN = 24
_ALL = dict.fromkeys(("done", "doing", "todo", "skipped", ""), 999)
"""As many articles of each status as what is told of them has room for."""
_FORMULAS = (("guard", "Put an apostrophe before them"), ("keep", "Leave them as they are"))
_STATUS = (("", "All articles"), ("done", "Finished articles"), ("doing", "Articles in work"))


def _box(choices: Sequence[tuple[str, str]]) -> QComboBox:
    """Return a box to choose from these keys, shown in words."""
    box = QComboBox()
    for key, words in choices:
        box.addItem(_(words), key)
    return box


class ExportDialog(QDialog):
    """Asks for format, layer, status, and what becomes of spans; shows what will be lost. `options` is the answer.

    `before` is what was `chosen` the last time, and so is chosen now.
    """

    def __init__(
        self,
        project: Project,
        parent: QWidget | None = None,
        snapshot: str = "",
        before: Mapping[str, Any] = NOTHING,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle(_("Export"))
        u = theme.unit()
        self._project = project
        me = project.me.annotator
        self._people = [one for one in project.rows.annotators() if one.id == me or project.rows.has_work(one.id)]
        self.losses: list[Loss] | None = None
        """What will be lost; None while that is not known."""
        self._wanted = False
        self._refused = False
        self._ahead = Ahead(self)
        self._ahead.known.connect(self._known)
        self._ahead.failed.connect(self._failed)
        self._ahead.progressed.connect(self._progressed)
        self.format = QComboBox()
        for spec in formats.FORMATS:
            if spec.writes:
                self.format.addItem(spec.title, spec.key)
        TypedChoice(self.format)
        self.layer = QComboBox()
        self.status = _box(_STATUS)
        self.going = plain_label(kind="note", muted=True)
        self.state = self._states(snapshot)
        self.makes = _box(_MAKES)
        self.licence = LicenceBox()
        self.seed = QSpinBox()
        self.seed.setMaximum(999_999)
        self.seed.lineEdit().setAccessibleName(_("Seed of the parts"))
        self.seeding = plain_label(_(_SEEDING), kind="note", muted=True)
        self.nested = _box(_NESTED)
        self.nested.setToolTip(_("All: a column per level; spaCy’s doc.spans has all, and doc.ents the outermost."))
        self.tagging = _box([(name, name) for name in TAGGINGS])
        self.broken = _box(_BROKEN)
        self.subtoken = _box(_SUBTOKEN)
        self.across = _box(_ACROSS)
        self.formulas = _box(_FORMULAS)
        self.made = plain_label(kind="note", muted=True)
        self.wrong = warning_label()
        self._form = QFormLayout()
        self._form.setSpacing(2 * u)
        for words, box in (
            (_("Format"), self.format),
            (_("Layers"), self.layer),
            (_("Articles"), self.status),
            ("", self.going),
            (_("State"), self.state),
            (_("What to write"), self.makes),
            ("", self.made),
            (_("Licence"), self.licence),
            ("", self.wrong),
            (_("Seed of the parts"), self.seed),
            ("", self.seeding),
            (_("Of nested annotations keep"), self.nested),
            (_("Discontinuous annotations"), self.broken),
            (_("Annotations that end inside a word"), self.subtoken),
            (_("Annotations over a blank line"), self.across),
            (_("Tagging"), self.tagging),
            (_("Cells that look like formulas"), self.formulas),
        ):
            box.setAccessibleName(words)
            self._form.addRow(words, box)
        self._keep_columns()
        self.head = plain_label(kind="strong")
        self.note = plain_label(kind="note", muted=True)
        for label in (self.head, self.note):
            label.setWordWrap(True)
        self.keep_all = parts.wire(QPushButton(_("Keep all of them")), self._keep_all)
        self.keep_all.hide()
        self.list = CaseTree(_("Losses"))
        self.busy = QProgressBar()
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(_("Checking what will be lost"))
        self.busy.setFixedHeight(round(1.5 * u))
        told = QVBoxLayout()
        told.setSpacing(u)
        for widget in (self.head, self.note, self.busy):
            told.addWidget(widget)
        told.addWidget(self.keep_all, 0, Qt.AlignmentFlag.AlignLeft)
        told.addWidget(self.list, 1)
        told.addStretch()
        buttons, self.go = parts.choice(self, _("Export…"))
        self.names = LineLabel("note")
        self.names.say(say(names_in_files(project.scheme)))
        self.names.setToolTip(plain_tip("\n".join(f"{one.title}: {one.name}" for one in project.scheme.labels)))
        both = QHBoxLayout()
        both.setSpacing(6 * u)
        both.addLayout(self._form, 1)
        both.addLayout(told, 1)
        column = parts.column(self, 4)
        column.addLayout(both, 1)
        column.addWidget(self.names)
        column.addWidget(buttons)
        theme.size(self, 220 * u, 108 * u)
        self._layer_wished: str | None = None
        """What somebody chose; None: what is usual for the format."""
        self.format.currentIndexChanged.connect(self._fit)
        self.makes.currentIndexChanged.connect(self._fit_corpus)
        self.licence.editTextChanged.connect(self._check)
        self.layer.currentIndexChanged.connect(self._wish_layer)
        for box in (self.layer, self.status, self.state, *(getattr(self, choice) for choice in CHOICES)):
            box.currentIndexChanged.connect(self._look)
        self._choose(before)
        self._fit_corpus()

    def _keep_columns(self) -> None:
        """Have names and fields as wide as the widest, seen or not: none moves where rows or what they say change."""
        form, metrics = self._form, self.made.fontMetrics()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.layer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        said = max(
            metrics.size(0, _(words)).width() for words in (*_MADE.values(), going_words(_ALL, "", untouched=True))
        )
        for role, least in ((QFormLayout.ItemRole.LabelRole, 0), (QFormLayout.ItemRole.FieldRole, said)):
            items = [form.itemAt(row, role) for row in range(form.rowCount())]
            widgets = [widget for item in items if item is not None and (widget := item.widget()) is not None]
            wide = max(least, *(widget.sizeHint().width() for widget in widgets))
            for widget in widgets:
                widget.setMinimumWidth(wide)

    def _choose(self, before: Mapping[str, Any]) -> None:
        """Choose what was chosen before, so far as there is such a thing."""
        layer = before.get("layer")
        self._layer_wished = layer if isinstance(layer, str) else None
        for name in _REMEMBERED:
            box, value = getattr(self, name), before.get(name)
            if isinstance(value, str) and (at := box.findData(value)) >= 0:
                box.setCurrentIndex(at)
        seed, licence = before.get("seed"), before.get("licence")
        if type(seed) is int:
            self.seed.setValue(seed)
        if isinstance(licence, str):
            self.licence.setEditText(licence)
        self._fit()

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen, to be chosen again the next time; not the state, which goes on."""
        boxes = {name: getattr(self, name).currentData() for name in _REMEMBERED}
        return {**boxes, "layer": self._layer_wished, "seed": self.seed.value(), "licence": self.licence.licence}

    def _fit(self, _index: int = 0) -> None:
        """Offer only what the format knows."""
        writer = formats.writer(self.format.currentData())
        for choice in CHOICES:
            self._form.setRowVisible(getattr(self, choice), choice in writer.choices)
        me = self._project.me.annotator
        self.layer.blockSignals(True)
        self.layer.clear()
        if writer.all_layers:
            self.layer.addItem(_("All layers"), "")
        for person in self._people:
            mine = say(message("{name} (you)", name=person.name)) if person.id == me else person.name
            self.layer.addItem(mine, person.id)
        # What somebody wished, and not what the format before had in its place: “all” comes back.
        wished = self.layer.findData(self._layer_wished) if self._layer_wished is not None else -1
        usual = 0 if writer.all_layers else max(0, self.layer.findData(me))
        self.layer.setCurrentIndex(wished if wished >= 0 else usual)
        self.layer.blockSignals(False)
        self._look()

    def _wish_layer(self, _index: int) -> None:
        self._layer_wished = self.layer.currentData()

    def _states(self, snapshot: str) -> QComboBox:
        """Return the states that can be exported, the newest snapshot first, and this one chosen."""
        box = QComboBox()
        box.addItem(_("As it is now"), "")
        now = when.here_and_now()
        for one in reversed(self._project.snapshots()):
            name = one.name if len(one.name) <= _NAME_SHOWN else f"{one.name[:_NAME_SHOWN]}…"
            words = message("{name} ({time})", name=isolated(name), time=when.moment(one.at, now)) if one.at else name
            box.addItem(say(words), one.id)
            box.setItemData(box.count() - 1, plain_tip(one.name), Qt.ItemDataRole.ToolTipRole)
        box.setCurrentIndex(max(0, box.findData(snapshot)))
        box.setMinimumContentsLength(12)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return box

    def _fit_corpus(self, _index: int = 0) -> None:
        """Ask for what its card says only where there is one; what is lost is the same with and without it."""
        makes = self.makes.currentData()
        self._form.setRowVisible(self.state, self.state.count() > 1)
        parted = makes not in {"", _CORPUS}
        self._form.setRowVisible(self.seed, parted)
        self._form.setRowVisible(self.seeding, parted)
        for row in (self.licence, self.made):
            self._form.setRowVisible(row, bool(makes))
        self.made.setText(_(_MADE[makes]) if makes else "")
        self._check()

    def _check(self, _words: str = "") -> None:
        """Say what is wrong with the licence, and let nobody go on with it."""
        why = ""
        if self.makes.currentData():
            try:
                check_licence(self.licence.licence)
            except UserError as error:
                why = whole(error)
        if why != self.wrong.text() or self.wrong.isHidden() != (not why):
            self.wrong.setText(why)
            self._form.setRowVisible(self.wrong, bool(why))
        self.go.setEnabled(not why and not self._refused)

    # --- what will be lost -----------------------------------------------------------------------------------------

    @property
    def _counted(self) -> bool:
        """Say whether what is exported can be counted at once: not of a state that was, nor where texts come twice."""
        return not self.state.currentData() and not self._project.samples.given().repeats

    def _tell_going(self) -> None:
        """Say how far the articles are that would go out, and those that would not."""
        words = ""
        if self._counted:
            writer = formats.writer(self.format.currentData())
            counts = self._project.rows.begun_counts(self.layer.currentData() or "")
            words = going_words(counts, self.status.currentData(), untouched=writer.all_layers)
        self.going.setText(words)
        self._form.setRowVisible(self.going, bool(words))

    def _look(self, _index: int = 0) -> None:
        """Have it found out anew what will be lost."""
        self.losses = None
        self._tell_going()
        self._wanted = self._refused = False
        self._ahead.ask(work.losses_work, (self._project.path, self._project.me, self.options))
        self.head.setText(_("Checking what will be lost…"))
        self.note.clear()
        self.keep_all.hide()
        self.busy.setRange(0, 0)
        self.busy.show()
        self.list.tell([])  # what another choice loses is not what this one does, grey or not
        self.list.hide()
        self._check()

    def _progressed(self, done: int, total: int) -> None:
        self.busy.setRange(0, total)
        self.busy.setValue(done)

    def _known(self, losses: list[Loss]) -> None:
        self.losses = losses
        self.busy.hide()
        self.list.tell([("", losses)])
        self.list.setVisible(bool(losses))
        self.head.setText(say(self._summary(losses)))
        if losses:
            self.note.setText(_("Open a line to see where. Rubricator JSONL carries everything."))
        elif formats.writer(self.format.currentData()).all_layers:
            self.note.setText(_("The file carries everything, also who did what and when, and the time spent on it."))
        else:
            self.note.setText(_("The file carries everything that is exported."))
        flat = "nested" in formats.writer(self.format.currentData()).choices
        self.keep_all.setVisible(flat and any(loss.kind in _ONE_COLUMN for loss in losses))
        if self._wanted and not losses:
            super().accept()
        self._wanted = False

    def _summary(self, losses: Sequence[Loss]) -> Message:
        """Say how many annotations will be in the file, where some are left out."""
        out, rows = left_out(losses), self._project.rows
        if out and self._counted:
            total = rows.count_annotations(self.layer.currentData() or "", self.status.currentData())
            words = "{kept} of {total} annotations will be in the file; left out: {out}"
            return message(words, out=f"{out:,}", total=f"{total:,}", kept=f"{total - out:,}")
        if out:
            return plural("{n} annotation will not be in the file", "{n} annotations will not be in the file", out)
        if losses:
            return message("All annotations will be in the file. Of the rest:")
        return message("Nothing is lost")

    def _keep_all(self) -> None:
        self.nested.setCurrentIndex(self.nested.findData("layers"))
        self.nested.setFocus()

    def _failed(self, error: Exception) -> None:
        self.busy.hide()
        self.list.tell([])
        self.list.hide()
        if isinstance(error, UserError):
            self.head.setText(say(error.text))
            self.note.setText(hint_of(error))
            self._refused = True
            self._check()
        else:
            super().reject()
            raise error

    def accept(self) -> None:
        """Go on where it is known what will be lost; else as soon as it is known to be nothing."""
        if self.losses is None:
            self._wanted = True
        else:
            super().accept()

    def done(self, result: int) -> None:
        """Wait for nothing any more."""
        self._ahead.stop()
        super().done(result)

    @property
    def options(self) -> ExportOptions:
        """What was chosen."""
        makes = self.makes.currentData()
        parted = makes not in {"", _CORPUS}
        return ExportOptions(
            format=self.format.currentData(),
            annotator=self.layer.currentData() or "",
            status=self.status.currentData(),
            write=WriteOptions(**{choice: getattr(self, choice).currentData() for choice in CHOICES}),
            split=split_from(makes, self.seed.value()) if parted else None,
            corpus=bool(makes),
            licence=self.licence.licence if makes else "",
            snapshot=self.state.currentData(),
            overwrite=True,  # the file dialog has asked
        )

"""The pages of figures: of all, of each label, topic, pair, week, of oneself, and those that are told apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from rubricator.review.agreement.figures import BY_KEY, is_other
from rubricator.review.agreement.report import Group
from rubricator.words import _, say
from rubricator_gui import theme
from rubricator_gui.dialogs.agreement.drift import DriftPlot
from rubricator_gui.dialogs.agreement.figures import FigureTable, Row
from rubricator_gui.panels.empty import EmptyPane
from rubricator_gui.panels.plain import plain_label


class FiguresPage(QWidget):
    """What the figures are about, the measure that is shown, a table; a sentence where there is nothing."""

    def __init__(self, name: str, nothing: str = "", *, drawn: bool = False) -> None:
        super().__init__()
        u = theme.unit()
        self._groups: Sequence[Group] = ()
        self._head = name
        self._nothing = nothing
        self._named: Callable[[Group], str] = lambda group: group.shown
        self._weeks: Sequence[Group] = ()
        self._drift: Sequence[Group] = ()
        self.about = _note()
        self.measure = QComboBox()
        self.measure.setAccessibleName(_("Measure"))
        self.measure.setMinimumHeight(7 * u)
        self.what = _note()
        self.plot = DriftPlot(self) if drawn else None
        self.table = FigureTable(name)
        self.empty = EmptyPane(self)
        line = QHBoxLayout()
        line.setSpacing(3 * u)
        line.addWidget(self.measure)
        line.addWidget(self.what, 1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u)
        column.setSpacing(2 * u)
        column.addWidget(self.about)
        column.addLayout(line)
        if self.plot is not None:
            column.addWidget(self.plot)
        column.addWidget(self.table, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(page)
        self._pages.addWidget(self.empty)
        self.measure.currentIndexChanged.connect(self._fill)
        self.table.selectionModel().currentRowChanged.connect(self._explain)

    # --- showing --------------------------------------------------------------------------------------------------

    def show_figures(self, figures: Sequence[Row], about: str) -> None:
        """Show these, a line for each measure."""
        self.about.setText(about)
        self.measure.hide()
        self.table.show_rows(_("Measure"), figures)
        self._explain()
        self._turn(bool(figures))

    def show_groups(
        self, groups: Sequence[Group], about: str, named: Callable[[Group], str] | None = None, *, other: bool = False
    ) -> None:
        """Show these, a line for each group, by one measure of several: of those that count, or of the others."""
        self._groups = groups
        if named is not None:
            self._named = named
        self.about.setText(about)
        self.about.setVisible(bool(about))
        measures = dict.fromkeys(one.measure for group in groups for one in group.figures)
        found = [measure for measure in measures if is_other(measure) is other]
        was = self.measure.currentData()
        self.measure.blockSignals(True)
        self.measure.clear()
        for measure in found:
            self.measure.addItem(say(BY_KEY[measure].title), measure)
        self.measure.setCurrentIndex(max(0, self.measure.findData(was)))
        self.measure.blockSignals(False)
        self._turn(bool(found))
        self._fill()

    def show_weeks(self, weeks: Sequence[Group], drift: Sequence[Group], about: str) -> None:
        """Show the weeks, and each annotator's: drawn over the table."""
        self._weeks, self._drift = weeks, drift
        self.show_groups((*weeks, *drift), about)

    def _turn(self, there: bool) -> None:
        self.empty.say("" if there else self._nothing)
        self._pages.setCurrentIndex(0 if there else 1)

    def _fill(self, _index: int = 0) -> None:
        measure = self.measure.currentData()
        if not measure:
            return
        self.what.setText(say(BY_KEY[measure].about))
        figures = ((group, group.of(measure)) for group in self._groups)
        rows = [Row(" ".join(self._named(group).split()), one) for group, one in figures if one is not None]
        self.table.show_rows(self._head, rows)
        if self.plot is not None:
            self.plot.show_weeks(self._weeks, self._drift, measure)

    def _explain(self, *_rows: object) -> None:
        """Say what the measure of the current line is, where each line has its own."""
        if self.measure.isHidden() and (row := self.table.currentIndex()).isValid():
            figure = self.table.figures.rows[row.row()].figure
            self.what.setText(say(BY_KEY[figure.measure].about))


def _note() -> QLabel:
    label = plain_label(kind="tool", muted=True)
    label.setWordWrap(True)
    return label

"""The window of agreement: what is compared at the left, the figures at the right, the article behind it all the while.

It is no dialog that stands before the article: who goes from a cell to a place reads on there, and comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from rubricator.errors import UserError
from rubricator.exchange.work import agreement_work
from rubricator.model.changes import Change
from rubricator.review.agreement.figures import BY_KEY, is_other
from rubricator.review.agreement.html import summary
from rubricator.review.agreement.report import SECTIONS, Group, Report
from rubricator.words import Message, _, message, say
from rubricator_gui import theme
from rubricator_gui.dialogs import ask, parts
from rubricator_gui.dialogs.agreement.choices import Choices
from rubricator_gui.dialogs.agreement.confusion import ConfusionPage
from rubricator_gui.dialogs.agreement.figures import Row
from rubricator_gui.dialogs.agreement.pages import FiguresPage
from rubricator_gui.dialogs.agreement.saving import KINDS, paint, save
from rubricator_gui.dialogs.ahead import Ahead
from rubricator_gui.dialogs.trouble import tell
from rubricator_gui.hints import whole
from rubricator_gui.panels.empty import EmptyPane
from rubricator_gui.panels.plain import LineLabel, plain_label
from rubricator_gui.session import Session
from rubricator_gui.tasks import Task

_ABOUT = {section.key: section.about for section in SECTIONS}


class AgreementWindow(QDialog):
    """Compares when it opens and when something else is chosen; in another process, and it can be stopped."""

    gone_to = Signal(object, object)
    """A Place to be shown in the article, and the Behind it was found by."""

    def __init__(self, session: Session, listed: Callable[[], Sequence[str]]) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("agreementWindow")
        self.setWindowTitle(say(message("Agreement – {project}", project=session.ready.name)))
        self._session = session
        self._path = session.ready.path
        self.report: Report | None = None
        self._painting: Task | None = None
        self._ahead = Ahead(self)
        self._ahead.known.connect(self._known)
        self._ahead.failed.connect(self._failed)
        self._ahead.progressed.connect(self._progressed)
        u = theme.unit()
        self.choices = Choices(session, listed)
        self.choices.setFixedWidth(58 * u)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(_("Figures"))
        for keys, step in ((QKeySequence.StandardKey.NextChild, 1), (QKeySequence.StandardKey.PreviousChild, -1)):
            QShortcut(keys, self, partial(self._turn_leaf, step))  # from anywhere in the window
        self._build_pages()
        self.message = EmptyPane()
        self.message.pressed.connect(self.compare)
        self.pages = QStackedWidget()
        for page in (self.tabs, self.message, self._working()):
            self.pages.addWidget(page)
        self.told = LineLabel("note")
        self.save_button, self.again = QPushButton(_("Save as")), QPushButton(_("Compare again"))
        close = QPushButton(_("Close"))
        menu = QMenu(self.save_button)
        for suffix, words in KINDS:
            menu.addAction(_(words), partial(self._save, suffix))
        self.save_button.setMenu(menu)
        self.save_button.setMinimumHeight(7 * u)
        parts.press_with_enter(self.save_button)
        parts.wire(self.again, self.compare)
        parts.wire(close, self.close)
        foot = QHBoxLayout()
        foot.setSpacing(2 * u)
        foot.addWidget(self.told, 1)
        for button in (self.again, self.save_button, close):
            foot.addWidget(button)
        right = QVBoxLayout()
        right.setSpacing(3 * u)
        right.addWidget(self.pages, 1)
        right.addLayout(foot)
        both = QHBoxLayout(self)
        both.setContentsMargins(4 * u, 4 * u, 4 * u, 4 * u)
        both.setSpacing(4 * u)
        both.addWidget(self.choices)
        both.addLayout(right, 1)
        theme.size(self, 280 * u, 180 * u)
        self.setMinimumSize(200 * u, 120 * u)
        self.choices.changed.connect(self.compare)
        self.confusion.gone_to.connect(self.gone_to)
        session.changed.connect(self._changed)
        session.opened.connect(self._opened)
        self.compare()
        self.choices.people.setFocus()

    def _build_pages(self) -> None:
        self.overall = FiguresPage(_("Overall"))
        self.labels = FiguresPage(_("Label"), _("Nobody annotated anything on the articles compared."))
        self.topics = FiguresPage(_("Topic"), _("Nobody gave a topic on the articles compared."))
        self.pairs = FiguresPage(_("Pair"))
        self.weeks = FiguresPage(_("Week"), _("The layers do not say when they were made."), drawn=True)
        self.repeats = FiguresPage(_("Annotator"), _("Nobody got the same text a second time."))
        self.shares = FiguresPage(_("Share"), _("Nothing was drawn for a second annotation."))
        self.confusion = ConfusionPage(self._session)
        self.others = FiguresPage(_("Annotators"))
        for page, title in (
            (self.overall, _("Overall")),
            (self.labels, _("Labels")),
            (self.topics, _("Topics")),
            (self.pairs, _("Pairs")),
            (self.weeks, _("Weeks")),
            (self.repeats, _("Oneself")),
            (self.shares, _("Shares")),
            (self.confusion, _("Confusion")),
            (self.others, _("Other")),
        ):
            self.tabs.addTab(page, title)

    def _turn_leaf(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    def _working(self) -> QWidget:
        u = theme.unit()
        page = QWidget()
        self.busy = plain_label()
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("Comparing the layers"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(round(1.5 * u))
        self.cancel = parts.wire(QPushButton(_("Cancel")), self.stop)
        column = QVBoxLayout(page)
        column.setContentsMargins(16 * u, 4 * u, 16 * u, 4 * u)
        column.setSpacing(3 * u)
        column.addStretch(1)
        column.addWidget(self.busy, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.bar)
        column.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    # --- comparing ------------------------------------------------------------------------------------------------

    @property
    def at_work(self) -> bool:
        """Say whether the comparison is under way."""
        return self._ahead.asked

    def compare(self) -> None:
        """Have all computed that is asked for now."""
        project = self._session.project
        self._ahead.stop()
        self.report = None
        if project is None:
            return
        self.choices.follow()
        if lacking := self.choices.lacking:
            self._say(lacking, _("Compare again"))
            return
        self._ahead.ask(agreement_work, (project.path, project.me, *self.choices.asked))
        self._progressed(0, 0)
        self._turn(2)

    def stop(self) -> None:
        """Leave off comparing."""
        self._ahead.stop()
        self._say(_("The comparison was stopped."), _("Compare"))

    def _say(self, words: str, button: str = "") -> None:
        self.message.say(words, button)
        self._turn(1)

    def _turn(self, page: int) -> None:
        """Show the figures, a sentence in their place, or how far the work is."""
        focused = self.focusWidget()
        had = focused is not None and self.pages.isAncestorOf(focused)
        self.pages.setCurrentIndex(page)
        self.save_button.setEnabled(self.report is not None)
        self.again.setVisible(False)
        self.told.say("")
        if had:  # the keys are not lost with what is hidden
            (self.tabs.tabBar(), self.message.button, self.cancel)[page].setFocus()

    def _progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        words: Message | str = message("Comparing article {done} of {n}", done=f"{done:,}", n=f"{total:,}")
        self.busy.setText(say(words if total else _("Comparing the layers")))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._say(_("The comparison could not be made."), _("Compare"))
            raise error
        self._say(whole(error), _("Compare again"))

    def _known(self, report: Report) -> None:
        """Show what came of it."""
        self.report = report
        figures = [one for one in report.overall.figures if not is_other(one.measure)]
        overall = [Row(say(BY_KEY[one.measure].title), one) for one in figures]
        about = " ".join(map(say, summary(report)))
        self.overall.show_figures(overall, about)
        for key in ("labels", "topics", "pairs", "repeats", "shares"):
            page: FiguresPage = getattr(self, key)
            named = self._label_title if key == "labels" else None
            page.show_groups(report.of(key), say(_ABOUT[key]), named)
        self.weeks.show_weeks(report.weeks, report.drift, f"{say(_ABOUT['weeks'])} {say(_ABOUT['drift'])}")
        self.confusion.show_matrices(report.matrices)
        everybody = replace(report.overall, title=_("All"))
        flaws = _("Told for comparison with other work: each says less than it seems to, and what, stands beside it.")
        self.others.show_groups((everybody, *report.pairs), flaws, other=True)
        self._turn(0)

    def _label_title(self, group: Group) -> str:
        return self._session.title(group.name)

    # --- following ------------------------------------------------------------------------------------------------

    def _changed(self, change: Change) -> None:
        """Say that the figures are of before; what they are made of is read anew where it is shown."""
        if self.report is None or not (change.annotations or change.tags or change.everything or change.listing):
            return
        self.confusion.forget()
        self.told.say(_("Work was changed since: these are the figures of before."))
        self.again.show()

    def _opened(self) -> None:
        """Go with the project."""
        project = self._session.project
        if project is None or project.path != self._path:
            self.close()

    # --- hands ----------------------------------------------------------------------------------------------------

    def _save(self, suffix: str) -> None:
        """Write the report where the person says."""
        report = self.report
        if report is None:
            return
        words = next(words for kind, words in KINDS if kind == suffix)
        name = str(self._path.absolute().with_name(f"{self._path.stem}-agreement{suffix}"))
        pattern = f"{_(words).rstrip('…')} (*{suffix})"
        path = ask.save_file(self, _("Save the agreement"), name, pattern, suffix)
        if path is None:
            return
        try:
            if suffix == ".pdf":
                self._paint(report, path)
                return
            save(report, path, suffix)
        except UserError as error:
            tell(self, error)
        else:
            self._wrote(path)

    def _paint(self, report: Report, path: Path) -> None:
        self._stop_painting()
        self._painting = task = paint(report, path, self)
        task.finished.connect(partial(self._wrote, path))
        task.failed.connect(self._not_painted)
        self.told.say(say(message("Writing {file}", file=path.name)))

    def _wrote(self, path: Path, _nothing: object = None) -> None:
        self._painting = None
        self.told.say(say(message("Wrote {file}.", file=path.name)))

    def _not_painted(self, error: Exception) -> None:
        self._painting = None
        self.told.say("")
        if not isinstance(error, UserError):
            raise error
        tell(self, error)

    def _stop_painting(self) -> None:
        task, self._painting = self._painting, None
        if task is not None:
            task.let_go()

    def done(self, result: int) -> None:
        """Wait for nothing any more, and be gone."""
        self._ahead.stop()
        self._stop_painting()
        super().done(result)

"""The list of articles: filter, status and order above it; a click or the arrows show an article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from rubricator.model.changes import Change
from rubricator.words import Message, _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.keymap import keymap_of
from rubricator_gui.panels.article_delegate import ArticleDelegate
from rubricator_gui.panels.article_filter import (
    FLAGGED,
    KEYS,
    Filter,
    into_texts,
    parse_filter,
    unknown_key,
    unknown_label,
    with_quotes,
)
from rubricator_gui.panels.article_model import ArticleModel
from rubricator_gui.panels.empty import EmptyPane, no_project
from rubricator_gui.panels.plain import bar
from rubricator_gui.panels.rows import RowList
from rubricator_gui.panels.searchfield import SearchField
from rubricator_gui.panels.section import Section
from rubricator_gui.panels.states import LEFT, OPEN, WORDS
from rubricator_gui.session import Session
from rubricator_gui.wording import status_words

if TYPE_CHECKING:  # few look into the texts
    from rubricator_gui.panels.article_texts import ArticleTexts

TYPING_PAUSE = 120
"""Milliseconds of quiet in the filter before the list is read."""

TEXTS_PAUSE = 400
"""Before texts are looked through: that takes a process of its own."""

MANY = 200
"""More changed articles than this are not patched one by one."""


class _StatusBox(QComboBox):
    """Says when it is opened: what is seen in it only then is counted then."""

    opening = Signal()

    def showPopup(self) -> None:
        self.opening.emit()
        super().showPopup()


class ArticleList(Section):
    """The panel of articles."""

    menu_wanted = Signal(object)
    """What can be done with the article shown is to be offered at a place of the screen."""
    counted = Signal()
    """Other articles are listed, or may have another status."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Articles"), parent)
        self.setObjectName("articleList")
        self._session = session
        self._finished, self._and_skipped = "", ""
        self._goes_on: bool | None = None
        """Whether anything that is listed is left to do; None where it has to be looked up."""
        self._model = ArticleModel(session, self)
        self._texts: ArticleTexts | None = None
        """What looks into the texts, once anybody asks."""
        self._looking = False
        """Whether texts are being looked through for what the filter asks."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE)
        self._recount = QTimer(self)
        self._recount.setSingleShot(True)
        self._recount.setInterval(0)
        self._build()
        self.setFocusProxy(self.view)
        self._pause.timeout.connect(self._load)
        self._recount.timeout.connect(self._count)
        session.opened.connect(self._opened)
        session.article_shown.connect(self._shown)
        session.changed.connect(self._changed)
        self._opened()

    def _build(self) -> None:
        u = theme.unit()
        hint = _("Filter: headline or source, text:word, label:ORG, status:todo, flag:")
        self.filter = SearchField("articleFilter", hint, _("Filter of the articles"))
        self.filter.setToolTip(
            _(
                "Words of headline or source, text:words (of the text), label:ORG, entity:name, "
                "status:todo (inwork, finished, skipped, flagged), flag: and a word of the flag"
            )
        )
        self.status = _StatusBox()
        self.status.setAccessibleName(_("Status of the articles"))
        for status in ("", LEFT, *WORDS):
            self.status.addItem("", status)
        self.status.addItem(_("Flagged"), FLAGGED)
        self.order = QComboBox()
        self.order.setAccessibleName(_("Order of the articles"))
        self.order.addItem(_("Order of import"), False)
        self.order.addItem(_("Newest first"), True)
        self.order.setCurrentIndex(1 if self._session.memory.get("articles.newest") else 0)
        for combo in (self.status, self.order):
            combo.setFont(theme.ui_font("tool"))
            combo.setMinimumHeight(round(6.5 * u))
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.status.setMinimumContentsLength(12)
        self.order.setMinimumContentsLength(10)
        self.walking = False
        """Keys walk in the list: the focus stays there while another article is shown."""
        self.view = RowList()
        self.view.setAccessibleName(_("Articles"))
        self.view.setModel(self._model)
        self.view.draw_with(ArticleDelegate(self.view))
        self.empty = EmptyPane()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.empty)
        head = bar()
        lines = QVBoxLayout(head)
        lines.setContentsMargins(2 * u, u, 2 * u, 2 * u)
        lines.setSpacing(round(1.5 * u))
        lines.addWidget(self.filter)
        combos = QHBoxLayout()
        combos.setSpacing(round(1.5 * u))
        combos.addWidget(self.status, 3)
        combos.addWidget(self.order, 2)
        lines.addLayout(combos)
        self.rows.addWidget(head)
        self.rows.addWidget(self._pages, 1)
        self.filter.textChanged.connect(self._typed)
        self.filter.entered.connect(self._into_list)
        self.filter.down.connect(self._into_list)
        self.filter.left.connect(self.left)
        self.status.opening.connect(self._count_flagged)
        self.status.activated.connect(self._load)
        self.order.activated.connect(self._ordered)
        self.view.taken.connect(self._taken)
        self.view.walked.connect(self._walked)
        self.view.left.connect(self.left)
        self.view.menu_wanted.connect(self._open_menu)
        self.empty.pressed.connect(self._empty_pressed)
        self.empty.other_pressed.connect(self._start_over)

    def end(self) -> None:
        """Leave off what takes longer: the project is closed."""
        if self._texts is not None:
            self._texts.end()

    # --- handles --------------------------------------------------------------------------------------------------

    def listed(self) -> list[str]:
        """Return the ids of the articles that the list shows."""
        return self._model.listed()

    def next(self) -> bool:
        """Show the article after the present one, in this order and filter; say whether there is one."""
        return self._show_row(self._row() + 1)

    def previous(self) -> bool:
        """Show the article before the present one; say whether there is one."""
        return self._show_row(self._row() - 1)

    def next_open(self) -> bool:
        """Show the next article that is to do or in work, from the top again after the last; say if there is one.

        The one that is left goes out of a list in which it has no place any more.
        """
        row = self._row()
        found = self._show_row(self._model.next_open(row))
        self._model.drop_finished(row)
        self._show_page()
        self._note()
        return found

    @property
    def goes_on(self) -> bool:
        """Say whether `next_open` would find an article, from one that is finished."""
        if self._goes_on is None:
            left, total = self._left()
            listed = self._model.rowCount() == total  # then there is no need to look for it
            self._goes_on = left > 0 and (listed or self._model.next_open(self._row()) >= 0)
        return self._goes_on

    def nothing_left(self) -> Message:
        """Say that nothing is left to do in this list, and what next."""
        left, total = self._left()
        if left:
            words = "Nothing is left in this list; {n} article is left elsewhere. Clear the filter to go on."
            more = "Nothing is left in this list; {n} articles are left elsewhere. Clear the filter to go on."
            return plural(words, more, left)
        key = keymap_of(self._session.settings).first("export")
        done = plural("The project’s only article is finished.", "All {n} articles are finished.", total)
        if self._counts().get("skipped"):
            done = plural("The project’s only article is skipped.", "All {n} articles are finished or skipped.", total)
        if not key:
            return done
        return plural("{done} {key} exports it.", "{done} {key} exports them.", total, done=done, key=key)

    def _left(self) -> tuple[int, int]:
        """Return how many articles are left to do, and how many there are."""
        counts = self._counts()
        return sum(counts.get(status, 0) for status in OPEN), sum(counts.values())

    def _counts(self) -> Mapping[str, int]:
        """Return how many articles have each status."""
        project = self._session.project
        return project.rows.status_counts(project.me.annotator) if project is not None else {}

    def clear_filter(self) -> None:
        """List all articles."""
        self.filter.clear()
        self.status.setCurrentIndex(0)
        self._load()

    # --- following the session ------------------------------------------------------------------------------------

    def _opened(self) -> None:
        self.filter.clear()
        self.status.setCurrentIndex(0)
        self._load()
        self._count()

    def _shown(self) -> None:
        row = self._row()
        self._model.mark(row)
        if row >= 0:
            self.view.setCurrentIndex(self._model.index(row))
        else:
            self.view.setCurrentIndex(QModelIndex())

    def _changed(self, change: Change) -> None:
        if self._texts is not None:
            self._texts.changed(change)
        if change.listing or self._looking:  # the texts may have to be looked through from the beginning
            self._load()
            self._recount.start()
        elif change.everything or len(change.articles) > MANY:
            self._model.forget_lines()
            self._recount.start()
        elif change.articles and self._model.patch(change.articles):
            self._recount.start()

    def _row(self) -> int:
        article = self._session.article
        return -1 if article is None else self._model.row_of(article.id)

    # --- following the person -------------------------------------------------------------------------------------

    def _typed(self) -> None:
        self._pause.start(TEXTS_PAUSE if self._read().texts else TYPING_PAUSE)

    def _ordered(self) -> None:
        self._session.memory.set(**{"articles.newest": bool(self.order.currentData())})
        self._load()

    def _into_list(self) -> None:
        if self._pause.isActive():
            self._load()
        if self._model.rowCount():
            if self._row() < 0:
                self._show_row(0)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _taken(self, index: QModelIndex | QPersistentModelIndex) -> None:
        """Show the article; who takes the one that is shown goes on in it: its keys are wanted."""
        line, shown = self._model.line(index.row()), self._session.article
        if line is not None and shown is not None and line.id == shown.id:
            self.left.emit()
        self._show_row(index.row())

    def _walked(self, index: QModelIndex | QPersistentModelIndex) -> None:
        """Show the article, and go on walking: Enter goes into it."""
        self.walking = True
        try:
            self._show_row(index.row())
        finally:
            self.walking = False

    def _open_menu(self, index: QModelIndex, place: QPoint) -> None:
        """Show the article, as a click does, and ask for what can be done with it."""
        if self._show_row(index.row()):
            self.menu_wanted.emit(place)

    def _show_row(self, row: int) -> bool:
        line = self._model.line(row)
        if line is not None:
            self._session.show_article(line.id)
        return line is not None

    def _empty_pressed(self) -> None:
        if self._looks_on:
            self.filter.setText(into_texts(with_quotes(self.filter.text(), self._session.scheme)))
            self._load()
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._start_over()

    def _start_over(self) -> None:
        self.clear_filter()
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- showing --------------------------------------------------------------------------------------------------

    def _wanted(self) -> Filter:
        return self._read().and_also(self.status.currentData())

    def _read(self) -> Filter:
        return parse_filter(with_quotes(self.filter.text(), self._session.scheme))

    def _load(self) -> None:
        self._pause.stop()
        wanted = self._wanted()
        holding = self._holding(wanted.texts) if wanted.texts else None
        self._looking = bool(wanted.texts) and holding is None
        if self._texts is not None and not self._looking:
            self._texts.leave()
        self._model.load(wanted, bool(self.order.currentData()), frozenset() if self._looking else holding)
        self._shown()
        self._show_page()
        self._note()
        self._tell_counted()

    def _holding(self, wanted: Sequence[str]) -> frozenset[int] | None:
        """Return which articles hold these words in their texts (local numbers); None until that is known."""
        if self._session.project is None:
            return frozenset()
        if self._texts is None:
            from rubricator_gui.panels.article_texts import ArticleTexts

            self._texts = ArticleTexts(self._session, self)
            self._texts.found.connect(self._load)
        return self._texts.holding(wanted)

    def _tell_counted(self) -> None:
        self._goes_on = None
        if self.status.currentData() == FLAGGED:
            self._count_flagged()
        self.counted.emit()

    def _show_page(self) -> None:
        self._pages.setCurrentIndex(0 if self._model.rowCount() else 1)
        if self._model.rowCount():
            return
        if self._session.project is None:
            self.empty.say(no_project())
        elif not self._wanted():
            self.empty.say(message("No articles yet."))  # what to do about it stands in the middle of the window
        elif self.filter.text().strip():
            if self._looking:
                self.empty.say(message("Looking through the texts…"))
            elif self._looks_on:
                self.empty.say(self._nothing_found(), _("Look into the texts"), _("Clear the filter"))
            else:
                self.empty.say(self._nothing_found(), _("Clear the filter"))
        elif self.status.currentData() == FLAGGED:
            self.empty.say(message("No article is flagged."), _("Show all articles"))
        elif self.status.currentData() == LEFT:
            self.empty.say(self.nothing_left(), _("Show all articles"))
        else:
            words = message("No article has the status “{status}”.", status=status_words(self.status.currentData()))
            self.empty.say(words, _("Show all articles"))

    @property
    def _looks_on(self) -> bool:
        """Say whether what was found in no headline may stand in a text."""
        typed = self.filter.text()
        return bool(self._read().words) and not unknown_key(typed) and not unknown_label(typed, self._session.scheme)

    def _nothing_found(self) -> Message:
        """Say that nothing passes what was typed, and what may have been taken for something else."""
        typed = self.filter.text().strip()
        if called := unknown_label(typed, self._session.scheme):
            return message("No label is called “{label}”.", label=called)
        wanted = self._read()
        words = " ".join(wanted.words)
        if words and not self.status.currentData() and wanted == Filter(wanted.words):
            none = message("No headline or source has “{words}”.", words=words)
        elif wanted.texts and not self.status.currentData() and wanted == Filter(texts=wanted.texts):
            none = message("No text has “{words}”.", words=" ".join(wanted.texts))
        else:
            none = message("No article matches “{filter}”.", filter=typed)
        if other := unknown_key(typed):
            keys = ", ".join(f"{key}:" for key in KEYS)
            return message("{none} “{key}:” is not a filter; there are {keys}.", none=none, key=other, keys=keys)
        return message("{none} The texts were not looked through.", none=none) if self._looks_on else none

    def _note(self) -> None:
        if self._looking:
            self.set_note("")
        elif self.filter.text().strip() and self._session.project is not None:
            n = self._model.rowCount()
            self.set_note(say(plural("{n} found", "{n} found", n)))
        else:
            self.set_note(self._and_skipped, short=self._finished)

    def _count(self) -> None:
        counts = self._counts()
        total = sum(counts.values())
        self.status.setItemText(0, say(message("All articles ({n})", n=total)))
        for status in WORDS:
            self._entitle(status, status_words(status), counts.get(status, 0))
        self._entitle(LEFT, _("To do or in work"), sum(counts.get(status, 0) for status in OPEN))
        words = message("{finished} of {total} finished", finished=counts.get("done", 0), total=total)
        self._finished = self._and_skipped = say(words) if total else ""
        if skipped := counts.get("skipped", 0):
            self._and_skipped = say(message("{finished} · {n} skipped", finished=words, n=skipped))
        self._note()
        self._tell_counted()

    def _count_flagged(self) -> None:
        """Count them where the number is seen only: all layers are looked through for it."""
        project = self._session.project
        n = project.rows.count_flagged(project.me.annotator) if project is not None else 0
        self._entitle(FLAGGED, _("Flagged"), n)

    def _entitle(self, status: str, words: str, n: int) -> None:
        """Write an entry of the status box."""
        self.status.setItemText(self.status.findData(status), say(message("{status} ({n})", status=words, n=n)))

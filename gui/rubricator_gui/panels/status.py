"""The status line: sticky label, selection, what just happened with its Undo, work under way, progress, saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolButton, QWidget

from rubricator.model.changes import Change
from rubricator.model.relations import Relation
from rubricator.model.scheme import Label
from rubricator.model.spans import Annotation, Span
from rubricator.words import _, as_line, message, ngettext, plural, say
from rubricator_gui import chips, theme
from rubricator_gui.keymap import keymap_of
from rubricator_gui.offered import source_words
from rubricator_gui.panels.announce import announce
from rubricator_gui.panels.focus import CHOSEN, OFFERED, TEXT
from rubricator_gui.panels.states import OPEN
from rubricator_gui.session import Session
from rubricator_gui.telling import Notice
from rubricator_gui.wording import keys_after_labelling, short_quote


def _seen() -> bool:
    return True


NOTICE_STANDS = 30_000
"""Milliseconds that a notice stands, where nothing is done meanwhile that makes it old."""


_TO_MOST = 24
"""Characters of what "+" would add to: all else of the line is said as well."""


class _Chip(QWidget):
    """The chip of the sticky label."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.label: Label | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_label(self, label: Label | None) -> None:
        """Show this label's chip; nothing for None."""
        self.label = label
        self.setVisible(label is not None)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Have room for the chip."""
        return QSize(chips.chip_width([self.label] if self.label else []), chips.chip_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        if self.label is not None:
            painter = QPainter(self)
            chips.draw_chip(painter, self.rect(), self.label, theme.theme_of(self.palette()))
            painter.end()


class StatusLine(QWidget):
    """What stands at the foot of the window."""

    undo_wanted = Signal()
    cancel_wanted = Signal()
    again_wanted = Signal()
    """What is to be looked at again is wished to be seen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self._session = session
        self._narrow = False
        self._working = False
        self._where = TEXT
        """Where keys go (FocusKeeper)."""
        self.labels_seen: Callable[[], bool] = _seen
        """Says whether labels and their keys are read beside the text: who shows them knows."""
        self._borders: Span | None = None
        """What keys move the borders of, as it is by now."""
        self._saved_at = ""
        self._relating = ""
        """What was said last of the relation that was begun."""
        self._shown = ("", "")
        """The article that is shown, and the status that it was counted with."""
        self._of_review = False
        """Gold layers are counted, not one's own."""
        u = theme.unit()
        self.setMinimumHeight(round(7.5 * u))
        self._chip = _Chip(self)
        self._sticky = self._words("WindowText")
        self._place = self._words("muted")
        self._notice = self._words("WindowText")
        self._undo = self._link("")
        self._undo.clicked.connect(self.undo_wanted)
        self._work = self._words("WindowText")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(26 * u, round(1.5 * u))
        self._cancel = self._link(_("Cancel"))
        self._cancel.clicked.connect(self.cancel_wanted)
        self._again = self._link("")
        self._again.setObjectName("statusAgain")
        self._again.hide()
        self._again.clicked.connect(self.again_wanted)
        self._progress = self._words("WindowText")
        self._done = QProgressBar()
        self._done.setTextVisible(False)
        self._done.setFixedSize(18 * u, round(1.5 * u))
        self._done.setAccessibleName(_("Finished articles"))
        self._saved = self._words("muted")
        self._lines = [self._line() for _n in range(2)]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * u, 0, 3 * u, 0)
        layout.setSpacing(2 * u)
        layout.addWidget(self._chip)
        layout.addWidget(self._sticky)
        layout.addWidget(self._lines[0])
        layout.addWidget(self._place)
        layout.addWidget(self._lines[1])
        layout.addWidget(self._notice)
        layout.addWidget(self._undo)
        layout.addStretch(1)
        for widget in (self._work, self._bar, self._cancel, self._again, self._done, self._progress, self._saved):
            layout.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(NOTICE_STANDS)
        self._timer.timeout.connect(self.clear_notice)
        self._idle, self._stays = False, ""
        self._new = QTimer(self)  # runs while what happened, and was told, is still under way
        self._new.setSingleShot(True)
        self._new.setInterval(0)
        session.selection_changed.connect(self._drop_idle)
        session.selection_changed.connect(self._show_selection)
        session.article_shown.connect(self._note_article)
        session.article_shown.connect(self._drop_old)
        session.opened.connect(self._show_opened)
        session.changed.connect(self._show_changed)
        session.told.connect(self.show_notice)
        session.overtaken.connect(self._drop_next)
        self._hide_work()
        self.clear_notice()
        self._done.hide()
        self._show_selection()

    def _words(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(theme.figures(theme.ui_font("tool")))
        label.setProperty("role", role)
        return label

    def _link(self, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(words)
        button.setAutoRaise(True)
        button.setFont(theme.ui_font("tool"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setProperty("role", "Link")
        return button

    def _line(self) -> QFrame:
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.VLine)
        line.setFrameShadow(QFrame.Shadow.Plain)
        line.setFixedHeight(4 * theme.unit())
        line.setProperty("role", "Mid")
        return line

    def name_keys(self) -> None:
        """Name the key of undo as it is set now."""
        key = keymap_of(self._session.settings).first("undo")
        self._undo.setText(_("Undo ({key})").format(key=key) if key else _("Undo"))

    def dress(self) -> None:
        """Take the colours of the present palette."""
        look = theme.theme_of(QApplication.palette())
        for widget in self.findChildren(QWidget):
            role = widget.property("role")
            if role:
                palette = QPalette(look.palette)
                for target in (QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
                    palette.setColor(target, look.colour(role))
                widget.setPalette(palette)
        for bar in (self._bar, self._done):
            bar.setPalette(theme.progress_palette(look))

    # --- what is held ---------------------------------------------------------------------------------------------

    def set_narrow(self, narrow: bool) -> None:
        """Say less where there is little room: a notice takes the place of the offsets."""
        self._narrow = narrow
        self._show_selection()
        self._show_saved()

    def show_typing(self, where: str) -> None:
        """Tell what keys do in the text only while they go there, or to a list in which they do the same."""
        if where != self._where:
            self._where = where
            self._show_selection()

    @property
    def _typing(self) -> bool:
        """Say whether keys go to the text."""
        return self._where == TEXT

    def look_again(self) -> None:
        """Tell how words are labelled where that is read nowhere else by now, or no longer where it is."""
        if self._session.selection is not None:
            self._show_selection()

    def show_borders(self, span: Span | None) -> None:
        """Tell where the borders are that keys are moving, and the words between them; None when they moved."""
        before, self._borders = self._borders, span
        if span == before:
            return
        self._show_selection()
        if span is not None and before is not None:
            announce(self._place, f"{self._place_words()}: {short_quote(span.quote(self._session.text))}")

    def _show_selection(self) -> None:
        session = self._session
        sticky = session.scheme.by_name.get(session.sticky or "")
        self._chip.show_label(sticky)
        self._sticky.setText(self._sticky_words(sticky.title) if sticky else "")
        self._sticky.setVisible(sticky is not None)
        self._show_place()
        self._announce_relating()

    def _sticky_words(self, label: str) -> str:
        """Say what is sticky, and what is next: words that keys selected are labelled by Enter, not at every step."""
        if self._typing and self._borders is None and self._session.enter_labels:
            words = _("Sticky – Enter labels") if self._narrow else _("Sticky: {label} – Enter labels the selection")
        else:
            words = _("Sticky – Esc ends it") if self._narrow else _("Sticky: {label} – Esc ends it")
        return words.format(label=label)

    def _place_words(self) -> str:
        session = self._session
        if (span := self._borders or session.selection) is not None:
            n = len(span)
            length = ngettext("{n} character", "{n} characters", n).format(n=n)
            if self._typing and self._borders is None and not self.labels_seen():
                return self._how_to_label(span, length)
            if self._narrow:
                return f"{span.start}–{span.end} · {self._adding_words() or length}"
            if self._borders is not None:
                return _("Borders {start}–{end} · {length}").format(start=span.start, end=span.end, length=length)
            adds = self._adding_words()
            how = _("exact characters") if session.exact else _("snapped to words")
            if adds and not session.exact:
                how = adds  # the brackets show it as well
            said = _("Selection {start}–{end} · {length} · {how}").format(
                start=span.start, end=span.end, length=length, how=how
            )
            return _("{said} · F2 moves borders").format(said=said) if self._typing else said
        if (begun := session.relations.first_end if session.relating else None) is not None:
            return self._relating_words(begun)
        if (offer := session.offered) is not None:
            keys, source = _("Space accepts, Delete rejects"), say(source_words(offer))
            told = self._where in (TEXT, OFFERED)
            does = f"{keys} – {source}" if told else source
            if told and self._stays:  # what was done and what is next have the room; the card says whose it is
                does = keys
            return f"{session.title(offer.label)}? · {does}"
        if (chosen := session.chosen_annotation) is not None:
            if self._narrow:
                return f"{chosen.start}–{chosen.end}"
            title = session.title(chosen.label)
            if self._where not in (TEXT, CHOSEN):
                return say(message("{label} {start}–{end}", label=title, start=chosen.start, end=chosen.end))
            return _("{label} {start}–{end} · Delete deletes, a label's key relabels").format(
                label=title, start=chosen.start, end=chosen.end
            )
        if (fresh := session.labelled_last) is not None and self._typing and not self._narrow:
            can = keys_after_labelling(sticky=session.sticky is not None)
            return say(message("{label} · {keys}", label=session.title(fresh.label), keys=can))
        return ""

    def _how_to_label(self, span: Span, length: str) -> str:
        """Say first what labels words that are selected: no label is read beside the text."""
        session, place = self._session, f"{span.start}–{span.end}"
        does = _("A label’s key labels them, Enter lists the labels")
        if session.enter_labels and session.sticky is not None:
            does = _("A label’s key labels them")
        if self._narrow:
            return f"{does} · {place}"
        if session.exact:
            length = f"{length} · {_('exact characters')}"
        place = self._adding_words() or place
        return _("{said} · F2 moves borders").format(said=f"{does} · {place} · {length}")

    def _adding_words(self) -> str:
        """Say what "+" adds the selected words to, or nothing: the article alone shows it by no more than a frame."""
        session = self._session
        to = session.adding_to if self._typing and self._borders is None else None
        if to is None:
            return ""
        title, quote = session.title(to.label), as_line(to.quote, _TO_MOST)
        return say(message("+ adds them to {label} “{quote}”", label=title, quote=quote))

    def _relating_words(self, begun: Annotation) -> str:
        """Say where a relation was begun, where it would lead, and what Enter would take."""
        session = self._session
        quote, chosen = short_quote(begun.quote), session.chosen_annotation
        relating = session.relating
        if relating is not None and relating.moving is not None:
            return self._moving_words(begun, relating.moving)
        if chosen is None or chosen.id == begun.id:
            if self._narrow:
                return say(message("Relate “{source}” to … – Esc ends it", source=quote))
            words = message("Relate “{source}” to … – go there with Tab or a click, Enter takes it, Esc ends it",
                            source=quote)  # fmt: skip
            return say(words)
        label = session.relating.label if session.relating else ""
        options = session.relations.options(begun, chosen, label)
        names = ", ".join(option.title for option in options)
        takes = message("Enter: {relations}", relations=names) if names else message("not possible")
        return say(message("Relate “{source}” to “{target}” – {takes}", source=quote,
                           target=short_quote(chosen.quote), takes=takes))  # fmt: skip

    def _moving_words(self, stays: Annotation, relation: Relation) -> str:
        """Say of which relation an end is being moved, where it would stand, and whether it may."""
        session = self._session
        chosen = session.chosen_annotation
        words = {"relation": session.relation_title(relation.label), "stays": short_quote(stays.quote)}
        if chosen is None or chosen.id == stays.id:
            if self._narrow:
                return say(message("Move the end of {relation} – Esc ends it", **words))
            keys = message("go there with Tab or a click, Enter takes it, Esc ends it")
            return say(message("Move the end of {relation} (the other is “{stays}”) – {keys}", **words, keys=keys))
        was = relation.other_end(stays.id)
        free = chosen.id != was and session.relations.unmoved(relation, was, chosen) is None
        takes = message("Enter moves it") if free else message("not possible")
        quote = short_quote(chosen.quote)
        return say(message("Move the end of {relation} to “{quote}” – {takes}", **words, quote=quote, takes=takes))

    def _announce_relating(self) -> None:
        """Have a screen reader say where a relation leads, each time that changes."""
        words = self._place.text() if self._session.relating is not None else ""
        if words and words != self._relating:
            announce(self._notice, words)
        self._relating = words

    def _show_place(self) -> None:
        self._place.setText(self._place_words())
        self._show_lines()

    def _show_lines(self) -> None:
        notice = bool(self._notice.text())
        place = bool(self._place.text()) and not (self._narrow and notice)
        self._place.setVisible(place)
        self._lines[0].setVisible(place and self._sticky.text() != "")
        self._lines[1].setVisible(notice and (place or self._sticky.text() != ""))

    # --- what happened --------------------------------------------------------------------------------------------

    def show_notice(self, notice: Notice) -> None:
        """Show what happened until something else does, with Undo where undo takes it back."""
        if not notice.words:
            self.clear_notice()
            return
        self._notice.setText(as_line(notice.words))
        self._notice.setVisible(True)
        role = "bad" if notice.warns else "WindowText"
        if self._notice.property("role") != role:
            self._notice.setProperty("role", role)
            self.dress()
        self._undo.setVisible(notice.undo)
        self._idle, self._stays = notice.idle, notice.stays
        self._notice.setAccessibleName(notice.words)
        self._show_place()
        self._timer.start()
        self._new.start()
        announce(self._notice, notice.words, urgent=notice.warns)

    def _drop_old(self) -> None:
        """Take a notice away that tells of something before: its Undo would take back another thing."""
        if not self._new.isActive():
            self.clear_notice()

    def _drop_idle(self) -> None:
        """Take a notice away that told of no change, or what it said of the next, once something else is held."""
        if self._idle:
            self._drop_old()
        elif not self._new.isActive():
            self._drop_next()

    def _drop_next(self) -> None:
        """Take away what a notice said of what comes next, and leave the rest of it."""
        if self._stays:
            self._notice.setText(as_line(self._stays))
            self._notice.setAccessibleName(self._stays)
            self._stays = ""

    def clear_notice(self) -> None:
        """Take the notice away."""
        self._timer.stop()
        self._stays = ""
        self._notice.clear()
        self._notice.hide()
        self._undo.hide()
        self._show_place()

    @property
    def notice(self) -> str:
        """The words of the notice that stands now."""
        return self._notice.text()

    # --- work under way -------------------------------------------------------------------------------------------

    def show_work(self, words: str, done: int = 0, total: int = 0) -> None:
        """Show work in the background, with a way to stop it."""
        self._working = True
        self._work.setText(words)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setAccessibleName(words)
        for widget in (self._work, self._bar, self._cancel):
            widget.show()
        for widget in (self._done, self._progress, self._saved):
            widget.hide()

    def end_work(self) -> None:
        """Take it away again."""
        self._hide_work()
        self.show_progress()

    def _hide_work(self) -> None:
        self._working = False
        for widget in (self._work, self._bar, self._cancel):
            widget.hide()

    def show_again(self, n: int) -> None:
        """Say how much is to be looked at again since a change of the scheme; nothing where nothing is."""
        self._again.setText(say(plural("{n} to look at again", "{n} to look at again", n)))
        self._again.setVisible(n > 0)

    # --- how far --------------------------------------------------------------------------------------------------

    def _show_opened(self) -> None:
        self._saved_at = ""
        self._show_saved()
        self._show_selection()
        self.show_progress()

    def _show_changed(self, change: Change) -> None:
        self._saved_at = datetime.now().strftime("%H:%M:%S")
        self._show_saved()
        if not change.elsewhere:
            self._drop_old()
        if change.listing or change.everything or self._restated(change):
            self.show_progress()
        self._show_selection()

    def _note_article(self) -> None:
        """Note what is shown now: nothing is counted for it."""
        article = self._session.article
        self._shown = (article.id if article is not None else "", self._status())

    def show_review(self, on: bool) -> None:
        """Count the articles whose gold layer is finished, or one's own."""
        self._of_review = on
        self.show_progress()

    def _status(self) -> str:
        """Return how far the article is, in the layer that is counted."""
        session = self._session
        if not self._of_review or session.article is None or session.project is None:
            return session.status
        return session.project.rows.status(session.article.id, session.project.review.gold)

    def _restated(self, change: Change) -> bool:
        """Say whether the status of an article may be another; that of the one shown is known without a count."""
        article, status = self._shown
        return bool(change.articles - {article}) or (article in change.articles and status != self._status())

    def _show_saved(self) -> None:
        words = _("✓ Saved") if self._narrow else _("✓ Saved {time}")
        self._saved.setText(words.format(time=self._saved_at) if self._saved_at else "")

    def show_progress(self) -> None:
        """Count how many articles are finished."""
        project = self._session.project
        shown = project is not None and not self._working
        self._done.setVisible(shown)
        self._progress.setVisible(shown)
        self._saved.setVisible(shown)
        if project is None:
            return
        self._note_article()
        counts = project.rows.status_counts(project.review.gold if self._of_review else project.me.annotator)
        total = sum(counts.values())
        finished = counts.get("done", 0)
        self._done.setRange(0, max(1, total))
        self._done.setValue(finished)
        left = sum(counts.get(status, 0) for status in OPEN)
        if self._of_review:
            self._progress.setText(say(message("{done} of {total} reviewed", done=finished, total=total)))
            return
        words = message("{done} of {total} · {left} left", done=finished, total=total, left=left)
        self._progress.setText(say(words if left else message("{done} of {total}", done=finished, total=total)))

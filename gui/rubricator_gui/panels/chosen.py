"""The chosen annotation: its words, its label, who made it and when, and its note."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from rubricator.errors import UserError
from rubricator.model.changes import Change
from rubricator.model.spans import Annotation, Span
from rubricator.project import DetachedError, Project
from rubricator.settings import Draft
from rubricator.words import Message, _, message, plural, say
from rubricator_gui import chips, theme
from rubricator_gui.offered import reason_words
from rubricator_gui.panels import fact_line, facts
from rubricator_gui.panels.bounded import Bounded
from rubricator_gui.panels.empty import EmptyPane
from rubricator_gui.panels.fact_line import FactLine, PartLines
from rubricator_gui.panels.notefield import EDGE, Edge, NoteField
from rubricator_gui.panels.origins import made
from rubricator_gui.panels.plain import LineLabel, leave_keys, plain_label, plain_tip
from rubricator_gui.panels.quotes import lines_of, one_line, quote_font, wrapped
from rubricator_gui.panels.radar import RadarPane
from rubricator_gui.panels.rows import write
from rubricator_gui.panels.section import Section
from rubricator_gui.session import Session
from rubricator_gui.wording import keys_after_labelling, short_quote

LEAST_LINES, MOST_LINES = 4, 6
"""How many lines stand between quote and note: label, two facts, and who; or four facts."""


class _Head(QWidget):
    """Chip and quote in one line; the quote in two where it is given these."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._annotation: Annotation | None = None
        self._given = 1
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_annotation(self, annotation: Annotation | None) -> None:
        """Show the words of an annotation."""
        self._annotation = annotation
        self.setToolTip(plain_tip(annotation.quote) if annotation else "")
        if annotation:
            words = message("{label}: {quote}", label=self._session.title(annotation.label), quote=annotation.quote)
            self.setAccessibleName(say(words))
        self.update()

    def give(self, lines: int) -> None:
        """Have room for so many lines of the quote."""
        if lines != self._given:
            self._given = lines
            self.updateGeometry()
            self.update()

    def lines(self, width: int) -> int:
        """Return how many lines of a width the quote takes: it is given two at most."""
        quote = one_line(self._annotation.quote) if self._annotation else ""
        return 1 + (QFontMetrics(quote_font("title")).horizontalAdvance(quote) > width - self._left())

    def _left(self) -> int:
        """Return where the quote begins: beside the chip."""
        label = chips.label_of(self._session.scheme, self._annotation.label if self._annotation else "")
        return chips.chip_width([label]) + round(2.5 * theme.unit())

    @staticmethod
    def line() -> int:
        """Return the height of one line of the quote."""
        return max(6 * theme.unit(), QFontMetrics(quote_font("title")).height())

    def sizeHint(self) -> QSize:
        """Return the height of the lines of the quote; a second one takes no more than a line of the card."""
        return QSize(40 * theme.unit(), self.line() + (self._given - 1) * fact_line.line_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        annotation = self._annotation
        if annotation is None:
            return
        u = theme.unit()
        look = theme.theme_of(self.palette())
        painter = QPainter(self)
        label = chips.label_of(self._session.scheme, annotation.label)
        high = chips.chip_height() + u // 2
        chip = QRect(0, (self.line() - high + 1) // 2, chips.chip_width([label]), high)
        chips.draw_chip(painter, chip, label, look)
        left, font = self._left(), quote_font("title")
        lines = wrapped(one_line(annotation.quote), font, self.width() - left, self._given)
        for n, line in enumerate(lines):
            place = QRect(left, n * fact_line.line_height(), self.width() - left, self.line())
            write(painter, place, line, font, look.colour("Text"))


def place_of(annotation: Annotation) -> str:
    """Return where an annotation stands: "239–255 · 2 lines"."""
    n = lines_of(annotation.quote)
    place = message("{start}–{end}", start=annotation.start, end=annotation.end)
    if n == 1:
        return say(place)
    return say(message("{place} · {lines}", place=place, lines=plural("{n} line", "{n} lines", n)))


class ChosenCard(Section):
    """The card of the chosen annotation."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Chosen annotation"), parent)
        self.setObjectName("chosenCard")
        self._session = session
        self._annotation: Annotation | None = None
        self._about = ""
        """Which annotation is told of, and its label."""
        self._project: Project | None = None
        self._borders: Span | None = None
        """The span that borders hold which keys are moving."""
        self._owed: tuple[Path, Annotation, str] | None = None
        """File, annotation and note, where one was typed as the project had to be opened again."""
        u = theme.unit()
        self._head = _Head(session)
        self._title = LineLabel("row")
        self._title.setForegroundRole(QPalette.ColorRole.WindowText)
        self._title.setFixedHeight(fact_line.line_height())
        self._by = PartLines("note")
        self._place = plain_label(kind="note", muted=True)
        self._place.setFont(theme.figures(self._place.font()))
        self.entity, self.attributes, self.comments = FactLine(), FactLine(), FactLine()
        self.relations, self.broken, self.topics = FactLine(), FactLine(), FactLine()
        self._facts = (self.broken, self.entity, self.attributes, self.relations, self.topics, self.comments)
        self._unsaid = fact_line.row(self._facts)
        self.note_field = NoteField()
        leave_keys(self.note_field)
        said = QWidget()
        lines = QVBoxLayout(said)
        lines.setContentsMargins(3 * u, 0, 3 * u, 0)
        lines.setSpacing(0)
        line = QHBoxLayout()
        line.addWidget(self._title, 1)
        line.addWidget(self._place)
        line.addWidget(self._unsaid)
        lines.addLayout(line)
        for fact in self._facts:
            lines.addWidget(fact)
            fact.tell(None)
        lines.addWidget(self._by)  # below the facts: of all lines it is missed least
        lines.addStretch(1)
        self._card = card = QWidget()
        both = QVBoxLayout(card)
        both.setContentsMargins(0, u, 0, 2 * u)
        both.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(3 * u, 0, 3 * u, 0)
        top.addWidget(self._head)
        both.addLayout(top)
        high = fact_line.line_height()
        self._said = Bounded(said, high, line=high)  # where there is no room for all it scrolls
        self._said.moved.connect(self._say_hidden)
        both.addWidget(self._said, 1)
        both.addStretch(0)  # the note stands below: it keeps its place under the mouse when more is said
        foot = QVBoxLayout()
        foot.setContentsMargins(3 * u, u, 3 * u, 0)
        foot.addWidget(Edge(self.note_field))  # whole, whatever is said above it
        both.addLayout(foot)
        self.empty = EmptyPane()
        self._pages = QStackedWidget()
        self._pages.addWidget(card)
        self._pages.addWidget(Bounded(self.empty, 0))
        self.radar = RadarPane(session)
        self._pages.addWidget(Bounded(self.radar, 0))
        self.rows.addWidget(self._pages)
        self.setFocusProxy(self.note_field)
        self.note_field.finished.connect(self._write)
        session.settling.connect(self._write)  # what is done next may delete the annotation
        self.note_field.left.connect(self.left)
        self.note_field.focus_changed.connect(self._say_hidden)
        self.empty.pressed.connect(session.deciding.accept_offered)
        self.empty.other_pressed.connect(session.deciding.reject_offered)
        for button in (self.empty.button, self.empty.other):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the article
        session.opened.connect(self._pay)
        session.article_shown.connect(self._show)
        session.selection_changed.connect(self._show)
        session.chosen_again.connect(self.needed)
        session.changed.connect(self._changed)
        self._show()
        self.limit_height()

    def most_height(self) -> int:
        """Return the height of a full card, whatever is said in it: nothing around it moves by that."""
        return self._high(MOST_LINES) - self.header_height()

    def whole(self, most: int) -> int:
        """Return the height with as many whole lines as there is room for."""
        if self.is_folded:
            return self.header_height()
        lines = (most - self._high(0)) // fact_line.line_height()
        return self._high(max(LEAST_LINES, min(lines, MOST_LINES)))

    def _high(self, lines: int) -> int:
        """Return the height with so many lines between quote and note."""
        u = theme.unit()
        around = self.header_height() + u + self._head.line() + u + 2 * u
        return around + lines * fact_line.line_height() + self.note_field.room(1) + 2 * EDGE

    def _say_hidden(self) -> None:
        """Say how many lines of the card are to be scrolled to, where it is shown; to who writes a note, its key."""
        if self.note_field.hasFocus():
            self.set_note(_("Enter keeps the note"))
            return
        n = self._said.below if self._pages.currentIndex() == 0 else 0
        self.set_note(say(plural("{n} more below", "{n} more below", n)) if n else "")

    def focus_note(self) -> None:
        """Put the focus into the note, where an annotation is chosen."""
        if self._annotation is not None:
            self.fold(False)
            self.needed.emit()
            self.note_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_borders(self, span: Span | None) -> None:
        """Show the words that the borders hold which keys are moving; None when they are moved no longer."""
        before, self._borders = self._borders, span
        selection = self._session.selection
        if selection is not None and (span or selection) != (before or selection):
            self.radar.wait(span)
        self._show_words()

    def _show_words(self) -> None:
        """Show the words and their place, as the borders hold them while they are moved."""
        chosen, span = self._session.chosen_annotation, self._borders
        if chosen is not None and span is not None:
            chosen = chosen._replace(span=span, quote=span.quote(self._session.text))
        self._head.show_annotation(chosen)
        self._place.setText(place_of(chosen) if chosen is not None else "")

    def _changed(self, change: Change) -> None:
        told = self._session.chosen_annotation
        named = any(told is None or replaced.id == told.id for replaced in change.annotations)  # none: the last is told
        named = named or bool(change.relations) or bool(change.tags)
        if named or change.everything or change.scheme or change.annotators or change.entities or change.comments:
            self._show()
        elif change.annotations and (chosen := self._session.chosen_annotation) is not None:
            self.broken.tell(facts.broken_fact(self._session, chosen))  # what it stands beside may have gone

    def _show(self) -> None:
        chosen = self._session.chosen_annotation
        was = self._annotation
        self._come(chosen)
        if was is not None and (chosen is None or chosen.id != was.id):
            self._write()
        self._annotation, self._project = chosen, self._session.project
        selected = chosen is None and self._session.selection is not None
        self._pages.setCurrentIndex(0 if chosen is not None else 2 if selected else 1)
        offered = chosen is None and self._session.offered is not None
        self.set_title(_("Selected words") if selected else _("Suggestion") if offered else _("Chosen annotation"))
        self._say_hidden()
        if selected:
            self.radar.wait(self._borders)
        self._show_words()
        if chosen is None:
            does = (_("Accept"), _("Reject")) if offered else ()
            self.empty.say(self._advice(), *does)
            return
        title = self._session.title(chosen.label)
        self._title.say(title)
        self._by.say(made(self._session, chosen))
        self._tell(
            facts.broken_fact(self._session, chosen),
            facts.entity_fact(self._session, chosen),
            facts.attribute_fact(self._session, chosen),
            facts.relation_fact(self._session, chosen),
            facts.topic_fact(self._session, chosen),
            facts.comment_fact(self._session.comments.on(chosen), self._session.comments.unsent(chosen.id)),
        )
        if was is None or was.id != chosen.id or not self.note_field.is_new:  # what is being typed stays
            self.note_field.show_note(chosen.note)

    def _come(self, chosen: Annotation | None) -> None:
        """Ask to be seen where another annotation is chosen than was told of; not where nothing is.

        Words that are selected, labelled or offered do not ask: it would come and go while one works on them.
        """
        before, self._about = self._about, f"{chosen.id} {chosen.label}" if chosen is not None else ""
        if before and not self._about:
            self.needless.emit()
        elif self._about != before:
            self.needed.emit()

    def _deal(self) -> None:
        """Give more lines to what is cut off, as far as there is room for all: facts, quote, then the note.

        Nothing has a third line before each has its second.
        """
        if self._annotation is None:
            return
        room = (self.height() - self._high(0)) // fact_line.line_height()
        said = [fact for fact in self._facts if not fact.isHidden()]
        width = self.width() - 6 * theme.unit()
        spare = room - 1 - len(said) - len(self._by.lines(width))
        parts: tuple[FactLine | _Head, ...] = (*said, self._head)
        wanted, given = [part.lines(width) for part in parts], [1] * len(parts)
        for lines in range(2, fact_line.MOST + 1):
            for n, most in enumerate(wanted):
                if spare > 0 and most >= lines:
                    given[n] = lines
                    spare -= 1
        for part, lines in zip(parts, given, strict=True):
            part.give(lines)
        self.note_field.give(max(0, spare) * fact_line.line_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Deal the lines anew."""
        super().resizeEvent(event)
        self._deal()

    def _tell(self, *told: facts.Fact | None) -> None:
        for line, fact in zip(self._facts, told, strict=True):
            line.tell(fact)
        self._unsaid.setVisible(any(fact is not None and not fact.said for fact in told))
        self._deal()

    def _advice(self) -> Message | str:
        """Say why something is offered, what keys do to what was just labelled, or how a span is chosen.

        To someone who is about to label one it is said with which label, where it is sticky.
        """
        if (offer := self._session.offered) is not None:
            words = message(
                "“{quote}” may be {label}: {why}.",
                quote=short_quote(offer.span.quote(self._session.text)),
                label=self._session.title(offer.label),
                why=reason_words(offer),
            )
            means = facts.will_link(self._session, offer)
            return message("{words} {means}.", words=words, means=means) if means else words
        if self._session.selection is None and (fresh := self._session.labelled_last) is not None:
            return message(
                "“{quote}” was just labelled {label}: in the text, {keys}.",
                quote=short_quote(fresh.quote),
                label=self._session.title(fresh.label),
                keys=keys_after_labelling(sticky=self._session.sticky is not None),
            )
        if self._session.article is None or self._session.selection is not None:
            return ""
        if self._session.sticky is not None:
            sticky = self._session.title(self._session.sticky)
            return message("Every new selection becomes {label}, until Esc.", label=sticky)
        return message("Click an annotation, or walk with Tab.")

    def _write(self) -> None:
        """Write what was typed, also when something else was chosen or shown in between: it is never lost."""
        annotation, project, field = self._annotation, self._project, self.note_field
        if annotation is None or project is None or not field.is_new:
            return
        note = field.toPlainText()
        field.written = note
        session = self._session
        self._owed = (project.path, annotation, note)
        if annotation.id == session.chosen:
            session.labelling.write_note(note)
            stands = session.spans.get(annotation.id)
            if stands is not None and stands.note != note:
                field.written = stands.note  # it was refused: the next Enter tries again
        elif session.article is None or session.article.id != annotation.article or annotation.id in session.spans:
            try:
                change = project.write_note(annotation, note)
            except DetachedError:
                return  # it is written as soon as the project was opened again
            except UserError as error:
                session.tell(error.text, warns=True)
            else:
                if session.project is project:
                    session.run(change)
        else:
            self._save_words(annotation, note)
        self._owed = None

    def _save_words(self, annotation: Annotation, note: str) -> None:
        """Keep the note of what somebody deleted meanwhile as a comment that is not sent: it comes back with it."""
        comments, uid = self._session.comments, annotation.id
        if not note.strip() or not comments.keep(uid, (Draft(note), *comments.drafts.get(uid, ()))):
            return
        words = message(
            "“{quote}” was deleted in another window; your note is kept in case it comes back: “{note}”",
            quote=short_quote(annotation.quote),
            note=short_quote(note),
        )
        self._session.tell(words, warns=True)

    def _pay(self) -> None:
        """Write the note that could not be written before the project was opened again."""
        owed, project = self._owed, self._session.project
        if owed is None or project is None:
            return
        self._owed = None
        path, annotation, note = owed
        if project.path != path:
            return
        stands = project.annotation(annotation.id)
        if stands is not None:
            self._session.run(project.write_note(stands, note))
        else:
            self._save_words(annotation, note)

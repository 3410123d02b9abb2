"""The guideline of a label at hand: what it is given to, examples, what was decided before, and a new ruling."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QResizeEvent, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from rubricator.model.scheme import Label, Scheme
from rubricator.model.spans import Span
from rubricator.suggest.precedents import Precedent
from rubricator.verbs.guidelines import AROUND
from rubricator.words import _, message, plural, say
from rubricator_gui import chips, theme
from rubricator_gui.dialogs import parts
from rubricator_gui.dialogs.guidebook import show_book
from rubricator_gui.dialogs.guideline_words import gone_in, of_labels
from rubricator_gui.dialogs.scheme.fields import tell
from rubricator_gui.dialogs.typed_choice import TypedChoice
from rubricator_gui.keymap import keymap_of
from rubricator_gui.panels.markdown import Preview
from rubricator_gui.panels.plain import LineLabel, plain_label
from rubricator_gui.panels.quotes import one_line
from rubricator_gui.panels.rows import ENTER, Index
from rubricator_gui.session import Session
from rubricator_gui.wording import label_facts, short_quote

_PLACE = Qt.ItemDataRole.UserRole
_LABEL = Qt.ItemDataRole.UserRole + 1
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_SHARES = [300, 200]
"""Of what is said and what was decided before: Qt stretches both alike to the room there is."""
_LOW = 110
"""Units of height below which there is no room for two things below each other."""


class About(NamedTuple):
    """What a guideline is asked for: a label, and the words in question where there are some (code points).

    `others` are labels that these words have too; `decided` says what reviewers decided on them.
    """

    label: Label
    span: Span | None
    others: tuple[Label, ...] = ()
    decided: tuple[str, ...] = ()
    asks: bool = False
    """Whether these words are the one label or another is the question: any can be looked at."""


class _Row(QStyledItemDelegate):
    """Draws words of one line or several, the chip of the label that they were given before them."""

    def __init__(self, scheme: Scheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._chip = QSize(chips.chip_width(scheme.labels), chips.chip_height())

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Have the style leave room for the chip, as for an icon."""
        super().initStyleOption(option, index)
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        option.decorationSize = self._chip

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row of a list in a dialog, or that of its lines, and room between them and others."""
        size, u = super().sizeHint(option, index), theme.unit()
        return QSize(size.width(), max(7 * u, size.height() + 2 * u))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        super().paint(painter, option, index)
        name = index.data(_LABEL)
        if name:
            label, look = chips.label_of(self._scheme, name), theme.theme_of(option.palette)
            chips.draw_chip(painter, self.chip_rect(option, index), label, look)

    def chip_rect(self, option: QStyleOptionViewItem, index: Index) -> QRect:
        """Return where the chip stands."""
        laid = QStyleOptionViewItem(option)
        self.initStyleOption(laid, index)
        place = option.widget.style().subElementRect(_DECORATION, laid, option.widget)
        return QStyle.alignedRect(option.direction, Qt.AlignmentFlag.AlignCenter, self._chip, place)


_DECORATION = QStyle.SubElement.SE_ItemViewItemDecoration


class GuidelineDialog(QDialog):
    """Esc closes, PgUp and PgDn scroll what is said.

    “+” and “-” write down that the words in question are an example of the label, or none; what is written down already
    is asked why. Left and Right go from label to label, letters go to one by its name.
    """

    place_wanted = Signal(object, object, object)
    """An article (by its id), and a label with the words in it that carry it, are to be shown."""

    def __init__(self, session: Session, about: About, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guideline")
        self.setWindowTitle(_("Guideline"))
        self._session = session
        self._about = about
        self._counter = False
        u = theme.unit()
        self.text = Preview()
        self.text.installEventFilter(self)
        words = one_line(about.span.quote(session.text)) if about.span is not None else ""
        self.before = QListWidget()
        self.before.setAccessibleName(_("Decided before"))
        self.before.setWordWrap(True)
        self.before.setItemDelegate(_Row(session.scheme, self.before))
        self.before.installEventFilter(self)
        self.why = QLineEdit()
        self.why.installEventFilter(self)
        self.why.hide()
        self.yes, self.no = QPushButton(), QPushButton()
        self.all = QPushButton(_("All guidelines"))
        close = QPushButton(_("Close"))
        foot = QHBoxLayout()
        foot.addWidget(self.yes)
        foot.addWidget(self.no)
        foot.addStretch(1)
        foot.addWidget(self.all)
        foot.addWidget(close)
        hands = ((self.yes, self._is_one), (self.no, self._is_none), (self.all, self._open_book), (close, self.reject))
        for button, hand in hands:
            parts.wire(button, hand)
        for button in (self.yes, self.no):
            button.setVisible(bool(words))
        for one in keymap_of(session.settings).keys["guidelines"]:
            QShortcut(QKeySequence(one), self, self._open_book)
        column = parts.column(self)
        self._title = LineLabel("title", muted=False)
        self._facts = plain_label(kind="note", muted=True)
        self._facts.setVisible(not about.others)
        self._gone = plain_label(kind="note")
        self._gone.setWordWrap(True)
        self._gone.setObjectName("goneLabels")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._choice())
        column.addLayout(head)
        column.addWidget(self._facts)
        column.addWidget(self._gone)
        self._both = both = QSplitter(Qt.Orientation.Horizontal)  # so low it can be
        both.setChildrenCollapsible(False)
        both.setHandleWidth(3 * u)
        both.addWidget(self.text)
        both.addWidget(self._made_before(words))
        both.setStretchFactor(0, 3)
        both.setStretchFactor(1, 2)
        both.setSizes(_SHARES)
        column.addWidget(both, 1)
        column.addWidget(self.why)
        column.addLayout(foot)
        theme.size(self, 160 * u, 150 * u)
        self._show(about.label)
        (self.before if self.before.count() else self.text).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have what was decided before stand beside what is said, where both below each other would show too little."""
        super().resizeEvent(event)
        low = event.size().height() < _LOW * theme.unit() and self.before.count() > 0
        way = Qt.Orientation.Horizontal if low else Qt.Orientation.Vertical
        if way != self._both.orientation():
            self._both.setOrientation(way)
            self._both.setSizes(_SHARES)

    def _choice(self) -> QWidget:
        """Make the choice of the label that is looked at; it is seen where that is the question."""
        self.labels = QComboBox()
        self.labels.setObjectName("guidelineLabel")
        self.labels.setAccessibleName(_("Label"))
        self.labels.setToolTip(_("Left and Right go from label to label, letters to one by its name"))
        first = self._about.label
        for label in (first, *(one for one in self._session.scheme.labels if one is not first)):
            self.labels.addItem(label.title or label.name, label.name)
        TypedChoice(self.labels)
        self.labels.setVisible(self._about.asks)
        self.labels.currentIndexChanged.connect(self._choose)
        self.labels.installEventFilter(self)
        return self.labels

    def _choose(self, row: int) -> None:
        self._show(self._session.scheme.by_name[self.labels.itemData(row)])

    def _show(self, label: Label) -> None:
        """Show what is said of a label, and what can be written down of the words."""
        self._about = about = self._about._replace(label=label)
        self.why.hide()
        self._title.say(" / ".join(one.title or one.name for one in (label, *about.others)))
        self._facts.setText(say(label_facts(label)))
        labels, rows = (label, *about.others), self._session.ready.rows
        self.text.show_markdown(of_labels(self._session.scheme, labels))
        tell(self._gone, gone_in(self._session.scheme, labels, rows.labels_gone()), "warn")
        self.text.moveCursor(QTextCursor.MoveOperation.Start)  # Qt puts it behind the last word, and shows that
        if about.span is not None:
            words, title = short_quote(one_line(about.span.quote(self._session.text))), label.title or label.name
            one = message("{label}: “{words}” is one (+)", label=title, words=words)
            self.yes.setText(say(message("Say why it is one (+)") if self._written(counter=False) else one))
            self.no.setText(_("Say why it is none (−)") if self._written(counter=True) else _("It is none (−)"))

    def _written(self, *, counter: bool) -> bool:
        about, rulings = self._about, self._session.rulings
        return about.span is not None and rulings.written(about.label.name, about.span, counter=counter) is not None

    def _made_before(self, words: str) -> QWidget:
        """List the rulings and annotations that are nearest to the words."""
        if words:
            self._list_precedents(words)
        title = message("Decided before about words like “{words}”", words=short_quote(words))
        none = message("Nothing was decided yet about words like “{words}”.", words=short_quote(words))
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        head = plain_label(say(title if self.before.count() else none), kind="section")
        head.setWordWrap(True)
        column.addWidget(head)
        column.addWidget(self.before, 1)
        made.setVisible(bool(words))
        self.before.setVisible(self.before.count() > 0)
        if not self.before.count():
            made.setMaximumHeight(2 * head.fontMetrics().lineSpacing())  # all else is for what is said of the label
        return made

    def _list_precedents(self, words: str) -> None:
        session = self._session
        for decided in self._about.decided:
            self._list(say(message("Decided in review: {what}", what=decided)))
        guidelines = session.ready.guidelines
        for ruling in guidelines.rulings(words):
            title = session.title(ruling.label)
            values = {"words": one_line(ruling.quote), "label": title, "why": ruling.note}
            none = message("Ruling: “{words}” is not {label}: {why}", **values)
            one = message("Ruling: “{words}” is {label}: {why}", **values)
            if not ruling.note:
                none = message("Counter-example: “{words}” is not {label}", **values)
                one = message("Example: “{words}” is {label}", **values)
            self._list(say(none if ruling.counter else one), "" if ruling.counter else ruling.label)
        chosen = session.chosen_annotation
        for told in guidelines.precedents(words):
            near = told.precedent
            if chosen is not None and (near.n, near.label, near.words) == (1, chosen.label, chosen.quote):
                continue  # it is no precedent of itself
            words = _precedent_words(session, told.precedent, told.before, told.after)
            self._list(words, near.label).setData(_PLACE, (told.article, near.label, told.quote))
        if self.before.count():
            self.before.setCurrentRow(0)

    def _list(self, words: str, label: str = "") -> QListWidgetItem:
        item = QListWidgetItem(words, self.before)
        item.setData(_LABEL, label)
        return item

    # --- hands ----------------------------------------------------------------------------------------------------

    def _is_one(self) -> None:
        self._write_down(counter=False)

    def _is_none(self) -> None:
        self._write_down(counter=True)

    def _write_down(self, *, counter: bool) -> None:
        """Write down what the words are, and be gone; of what is written down ask why."""
        about = self._about
        if self._written(counter=counter):
            self.ask_why(counter=counter)
        elif about.span is not None and self._session.rulings.write(about.label.name, about.span, counter=counter):
            self.accept()

    def ask_why(self, *, counter: bool) -> None:
        """Ask why: a reason makes a ruling of an example."""
        if self._about.span is None:
            return
        self._counter = counter
        title = self._about.label.title or self._about.label.name
        asked = message("Why is it no {label}? Enter writes it down.", label=title)
        words = message("Why is it {label}? Enter writes it down.", label=title)
        self.why.setPlaceholderText(say(asked if counter else words))
        self.why.setAccessibleName(self.why.placeholderText())
        was = self._session.rulings.written(self._about.label.name, self._about.span, counter=counter)
        self.why.setText(was.note if was is not None else "")
        self.why.show()
        self.why.setFocus()

    def _write(self) -> None:
        about, why = self._about, self.why.text().strip()
        write = self._session.rulings.write
        if not why or (about.span and write(about.label.name, about.span, counter=self._counter, note=why)):
            self.accept()

    def _open_book(self) -> None:
        """Go on in the guidelines of all labels, at this one."""
        self.reject()
        show_book(self._session, self._about.label.name, self.parentWidget())

    def _go(self) -> None:
        item = self.before.currentItem()
        place = item.data(_PLACE) if item is not None else None
        if place is not None:
            self.place_wanted.emit(*place)
            self.reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Write down with one key, go to another label, go to a precedent with Enter."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if watched is self.why:
            if event.key() in ENTER:
                self._write()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.why.hide()
                self.text.setFocus()
                return True
        elif event.text() in ("+", "-") and self._about.span is not None:
            self._write_down(counter=event.text() == "-")
            return True
        elif not event.modifiers() and self.text.turn_page(event.key()):
            return True
        elif self._about.asks and event.key() in _STEPS:
            row = self.labels.currentIndex() + _STEPS[Qt.Key(event.key())]
            self.labels.setCurrentIndex(max(0, min(row, self.labels.count() - 1)))
            return True
        elif self._about.asks and watched is not self.labels and event.text().isalnum() and not event.modifiers():
            self.labels.setFocus(Qt.FocusReason.OtherFocusReason)
            QApplication.sendEvent(self.labels, event)
            return True
        elif watched is self.before and event.key() in ENTER:
            self._go()
            return True
        return super().eventFilter(watched, event)


def _precedent_words(session: Session, precedent: Precedent, before: str, after: str) -> str:
    """Return "8 × Organization: … talks with the [Port Velis] authority …"."""
    times = plural("{n} × {label}", "{n} × {label}", precedent.n, label=session.title(precedent.label))
    whole = " ".join(before.split(" ")[1:]) if len(before) == AROUND else before.lstrip()
    rest = after.rpartition(" ")[0] if len(after) == AROUND else after.rstrip()
    sentence = f"{whole}[{precedent.words}]{rest}"
    return f"{say(times)}: {one_line(sentence)}"

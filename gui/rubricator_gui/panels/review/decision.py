"""The decision: what the layers say of the current difference, and everything that can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rubricator.model.comments import in_threads
from rubricator.review.blind import letter
from rubricator.review.decision import Decision
from rubricator.review.kinds import told
from rubricator.words import Message, _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.acts.because import guideline_words
from rubricator_gui.acts.differing import kind_words, means
from rubricator_gui.panels import when
from rubricator_gui.panels.announce import announce
from rubricator_gui.panels.facts import comment_words, unsent_words
from rubricator_gui.panels.plain import Heading, LineLabel, leave_keys, plain_label, plain_tip
from rubricator_gui.panels.review.before import BeforeBlock
from rubricator_gui.panels.review.outcome import outcome_words
from rubricator_gui.panels.review.said import SaidCard, said_of
from rubricator_gui.panels.section import EmptyPane, Section
from rubricator_gui.reader.verdicts import Accept, Meant, Verdict
from rubricator_gui.session import Session

_DEEPEST = 3
"""How far answers are indented at most."""

MOST_BUTTONS = 4
"""Layers that have a button of their own; of more the cards themselves are pressed."""

_STATES = {
    "deferred": message("put off"),
    "changed": message("changed since it was decided"),
    "disputed": message("disputed by the annotator"),
}


class DecisionPanel(Section):
    """The current difference, and the buttons that settle it."""

    wanted = Signal(object)
    """Something (Meant) is to be done."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Decision"), parent)
        self.setObjectName("decisionPanel")
        self._session = session
        self._cards: list[SaidCard] = []
        u = theme.unit()
        self.heading = plain_label(kind="title")
        self.heading.setObjectName("decisionHeading")
        self.heading.setWordWrap(True)
        self.means = plain_label(kind="tool", muted=True)
        self.means.setWordWrap(True)
        self._inner = QWidget()
        self._inner.setBackgroundRole(QPalette.ColorRole.Base)
        self._inner.setAutoFillBackground(True)
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(4 * u, 3 * u, 4 * u, 2 * u)
        column.setSpacing(2 * u)
        column.addWidget(self.heading)
        column.addWidget(self.means)
        self.outcome = plain_label(kind="strong")
        self.outcome.setObjectName("decisionOutcome")
        self.outcome.setWordWrap(True)
        column.addWidget(self.outcome)
        self._sides = QVBoxLayout()
        self._sides.setSpacing(2 * u)
        column.addLayout(self._sides)
        self.before = BeforeBlock(session)
        column.addWidget(self.before)
        self._guideline = Heading("")
        self._guideline_words = plain_label(kind="tool")
        self._guideline_words.setWordWrap(True)
        column.addWidget(self._guideline)
        column.addWidget(self._guideline_words)
        self._told = plain_label(kind="tool", muted=True)
        self._told.setWordWrap(True)
        column.addWidget(self._told)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inner)
        self.empty = EmptyPane()
        self._foot = QWidget()
        self._foot.setBackgroundRole(QPalette.ColorRole.Window)
        self._foot.setAutoFillBackground(True)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(4 * u, 2 * u, 4 * u, 3 * u)
        foot.setSpacing(2 * u)
        self._group = Heading("")
        self._group_words = LineLabel("tool")
        foot.addWidget(self._group)  # above what is pressed: the foot grows upwards, and no button moves
        foot.addWidget(self._group_words)
        self.reason = QLineEdit()
        leave_keys(self.reason)
        self.reason.setObjectName("decisionReason")
        self.reason.setPlaceholderText(_("Why (Enter)"))
        self.reason.setAccessibleName(_("Reason for the decision"))
        self.reason.setMinimumHeight(7 * u)
        self.reason.textChanged.connect(self._reasoned)
        self.reason.installEventFilter(_BackToText(self))
        self.refer = self._button(_("Guideline"), "G", Meant(Verdict.REFER))
        self.refer.setAccessibleName(_("Refer to the guideline"))
        self.refer.setToolTip(plain_tip(_("Have the decision refer to the guideline of a label at issue (G)")))
        self.refer.setCheckable(True)
        why = QHBoxLayout()
        why.setSpacing(2 * u)
        why.addWidget(self.reason, 1)
        why.addWidget(self.refer)
        foot.addLayout(why)
        self._referring = LineLabel("tool")
        self._referring.setObjectName("decisionRefers")
        foot.addWidget(self._referring)
        grid = QGridLayout()
        grid.setSpacing(2 * u)
        foot.addLayout(grid)
        self.accepts = [
            self._button(_("Accept {layer}").format(layer=letter(n)), str(n + 1), Meant(Accept(n)))
            for n in range(MOST_BUTTONS)
        ]
        others = (
            self._button(_("Edit"), "E", Meant(Verdict.EDIT)),
            self._button(_("Merge"), "M", Meant(Verdict.MERGE)),
            self._button(_("Reject all"), "R", Meant(Verdict.REJECT)),
            self._button(_("Defer"), "D", Meant(Verdict.DEFER)),
        )
        for n, button in enumerate((*self.accepts, *others)):
            grid.addWidget(button, n // 2, n % 2)
        self.buttons = (*self.accepts, *others)
        self.rows.addWidget(self._scroll, 1)
        self.rows.addWidget(self.empty, 1)
        self.rows.addWidget(self._foot)
        reviewing = session.reviewing
        for signal in (reviewing.loaded, reviewing.stood, reviewing.moved):
            signal.connect(self.refresh)
        reviewing.moved.connect(self._announce)
        self._announced = ""
        self.refresh()

    def _button(self, words: str, key: str, meant: Meant) -> QPushButton:
        button = QPushButton(f"{words}   {key}")
        button.setAccessibleName(words)
        button.setToolTip(plain_tip(f"{words} ({key})"))
        button.setMinimumHeight(7 * theme.unit())
        button.setAutoDefault(False)
        button.clicked.connect(partial(self._want, meant))
        return button

    def _want(self, meant: Meant, _checked: bool = False) -> None:
        self.wanted.emit(meant)

    def _reasoned(self, words: str) -> None:
        self._session.reviewing.because.reason = words.strip()

    # --- showing --------------------------------------------------------------------------------------------------

    def show_group(self, left: int, articles: int) -> None:
        """Say how many open differences there are of the pattern of the current one."""
        here = self._session.reviewing.current
        self._group.setVisible(here is not None and left > 1)
        self._group_words.setVisible(here is not None and left > 1)
        if here is not None:
            self._group.setText(
                say(message("The whole group: {what}", what=say(pattern_words(self._session, here.difference.pattern))))
            )
        there = plural("{n} article", "{n} articles", articles)
        many = message("{n} open in {there}", n=left, there=there)
        self._group_words.say(say(message("{many}. With Shift a key settles all.", many=many)))

    def refresh(self) -> None:
        """Show the current difference."""
        session, reviewing = self._session, self._session.reviewing
        here = reviewing.current
        self._scroll.setVisible(here is not None)
        self._foot.setVisible(here is not None and not reviewing.locked)
        self.empty.setVisible(here is None)
        total = len(reviewing.settled)
        if here is None:
            self.set_note("")
            self.empty.say(nothing_to_decide(reviewing.layers))
            self._show_cards(0)
            return
        number = reviewing.at + 1
        self.set_note(say(message("{n} of {all} in this article", n=number, all=total)), f"{number}/{total}")
        difference = here.difference
        kind = kind_words(difference)
        self.heading.setText(say(message("Difference {n} of {all}: {kind}", n=number, all=total, kind=_small(kind))))
        words = say(means(difference))
        self.means.setText(f"{words} · {say(_STATES[here.state])}" if here.state in _STATES else words)
        self.outcome.setText(outcome_words(session, here))
        self.outcome.setVisible(bool(self.outcome.text()))
        layers = reviewing.layers
        self._show_cards(layers)
        source = here.decision.source if here.decision and here.state in {"decided", "disputed"} else ""
        for n, card in enumerate(self._cards[:layers]):
            who = reviewing.layer_called(n)
            taken = bool(source) and reviewing.comparison.works[n].annotator == source
            card.show_said(str(n + 1) if n < 9 else "", who, said_of(session, difference, n), taken)
        for n, button in enumerate(self.accepts):
            button.setVisible(n < layers <= MOST_BUTTONS)
        self.before.refresh()
        self._show_guideline([one.label for one in difference.annotations])
        lines = self._why(here.decision) if here.decision else []
        now = when.here_and_now()
        for depth, comment in in_threads(session.remarks.there()):
            words = comment_words(session.remarks.called(comment.by), comment, now)
            lines.append("\u2003" * min(depth, _DEEPEST) + words)
        if unsent := session.comments.unsent(session.remarks.about):
            lines.append(unsent_words(unsent))
        if reviewing.locked:
            lines.append(_("The gold layer is locked: Review › Reopen the gold layer lets you decide again."))
        self._told.setText("\n".join(lines))
        self._told.setVisible(bool(self._told.text()))
        self._show_because()

    def _why(self, decision: Decision) -> list[str]:
        """Say why a decision was taken, a line for each part."""
        lines = [say(message("Reason: {why}", why=decision.reason))] if decision.reason else []
        if decision.guideline:
            what = guideline_words(self._session, decision.guideline, decision.kind)
            lines.append(say(message("It refers to the {guideline}.", guideline=what)))
        return lines

    def _show_because(self) -> None:
        """Show what goes with the next decision."""
        because = self._session.reviewing.because
        if self.reason.text().strip() != because.reason:
            self.reason.setText(because.reason)
        self.refer.setChecked(bool(because.guideline))
        self._referring.setVisible(bool(because.guideline))
        here = self._session.reviewing.current
        if because.guideline and here is not None:
            what = guideline_words(self._session, because.guideline, here.difference.kind)
            self._referring.say(say(message("Will refer to the {guideline}", guideline=what)))

    def _show_guideline(self, labels: Sequence[str]) -> None:
        """Show what the scheme says of the labels that are at issue; F1 shows all of it."""
        known = [one for label in dict.fromkeys(labels) if (one := self._session.scheme.by_name.get(label)) is not None]
        told = [
            (self._session.title(one.name), words[:300]) for one in known if (words := one.definition or one.guideline)
        ]
        self._guideline.setVisible(bool(told))
        self._guideline_words.setVisible(bool(told))
        if len(told) == 1:
            self._guideline.setText(say(message("Guideline: {label}", label=told[0][0])))
            self._guideline_words.setText(told[0][1])
        elif told:
            self._guideline.setText(_("Guideline"))
            self._guideline_words.setText("\n".join(f"{title}: {words}" for title, words in told))

    def _announce(self) -> None:
        """Have a screen reader say the difference one came to: its place, its kind, what the layers say."""
        reviewing = self._session.reviewing
        here = reviewing.current
        if not reviewing.on or (now := here.difference.id if here is not None else "none") == self._announced:
            return
        self._announced = now
        if here is None:
            announce(self, self.empty.words)
            return
        said = (card.accessibleName() for card in self._cards[: reviewing.layers])
        about = message("{heading}: {what}", heading=self.heading.text(), what=reviewing.what(here.difference))
        decided = (self.outcome.text().rstrip("."),) if self.outcome.text() else ()
        announce(self, ". ".join((say(about), *decided, *said)))

    def _show_cards(self, n: int) -> None:
        while len(self._cards) < n:
            card = SaidCard(self._session)
            card.clicked.connect(partial(self._want, Meant(Accept(len(self._cards)))))
            self._cards.append(card)
            self._sides.addWidget(card)
        for at, card in enumerate(self._cards):
            card.setVisible(at < n)


class _BackToText(QObject):
    """Enter and Esc in the field of the reason go back to the text."""

    def __init__(self, panel: DecisionPanel) -> None:
        super().__init__(panel)
        self._panel = panel

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go back."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in keys:
            self._panel.left.emit()
            return True
        return super().eventFilter(watched, event)


def nothing_to_decide(layers: int) -> Message:
    """Say why there is no difference."""
    if layers == 0:
        return message("Nobody has worked on this article yet.")
    if layers == 1:
        return message("One layer alone: there is nothing to compare.")
    return message("The layers agree in everything.")


def pattern_words(session: Session, pattern: tuple[str, ...]) -> Message:
    """Put a pattern into words, with the titles that people know."""
    kind, sub, what, where = pattern
    if kind == "topic":
        return told((kind, sub, session.topic_name(what), where))
    titled = [
        "\t".join(session.named(name) for name in part.split("\t")) if part and not (kind == "boundary" and n == 0)
        else part
        for n, part in enumerate((what, where))
    ]  # fmt: skip
    return told((kind, sub, *titled))


def _small(words: Message) -> str:
    found = say(words)
    return found[:1].lower() + found[1:]

"""Have a policy write gold in the whole corpus: which one, and what it does. Undo takes it back."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QWidget

from rubricator.exchange.differences import ARTICLES_AT_ONCE
from rubricator.exchange.work import policy_work
from rubricator.review.policy import Policy
from rubricator.verbs.annotators import told_apart
from rubricator.verbs.groups import Tally
from rubricator.words import Message, _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.dialogs import parts
from rubricator_gui.dialogs.working import Working
from rubricator_gui.panels.plain import plain_label
from rubricator_gui.session import Session
from rubricator_gui.wording import isolated

_UNANIMOUS = "What all layers say goes to gold. Every difference is left to a reviewer."
_MAJORITY = (
    "What more than half of the layers say goes to gold; where more than half say nothing, nothing does."
    " What no majority settles is left to a reviewer."
)
_TRUSTED = "What this annotator says goes to gold, and what all layers say. Where they have no layer, that is left."

_STOPPED = "Stopped: nothing was settled."
_STOPPED_LATER = "Stopped. What was settled before stays; undo takes it back."


class PolicyDialog(QDialog):
    """Asks for a policy; Enter has it write."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("policyDialog")
        self.setWindowTitle(_("Settle by a policy"))
        self._session = session
        rows = session.ready.rows
        people = [one for one in rows.annotators() if one.kind != "gold" and rows.has_work(one.id)]
        called = told_apart(people)
        self._policies = [
            (_("Unanimous: what all say"), Policy("unanimous"), _UNANIMOUS),
            (_("Majority: what more than half say"), Policy("majority"), _MAJORITY),
        ]
        for one in people:
            words = say(message("Trusted: what {name} says", name=isolated(called[one.id])))
            self._policies.append((words, Policy("trusted", whom=one.id), _TRUSTED))
        self.policy = QComboBox()
        self.policy.setAccessibleName(_("Policy"))
        self.policy.addItems([words for words, _policy, _about in self._policies])
        self.policy.setMinimumHeight(7 * theme.unit())
        self._about = plain_label(kind="note", muted=True)
        self._about.setWordWrap(True)
        self.finish = QCheckBox(_("&Finish gold where all layers are finished and nothing is left"))
        note = plain_label(
            _("What a reviewer decided stays, and so do locked articles. All that is written says by which policy."),
            kind="note",
        )
        note.setWordWrap(True)
        self._steps = -(-rows.count_articles() // ARTICLES_AT_ONCE)
        steps = plain_label(kind="note", muted=True)
        steps.setWordWrap(True)
        if self._steps > 1:
            steps.setText(say(message("Undo takes back {n} articles at a time.", n=ARTICLES_AT_ONCE)))
        buttons, self.go = parts.choice(self, _("Write gold"))
        form = QFormLayout()
        form.addRow(_("&Policy"), self.policy)
        form.addRow("", self._about)
        form.addRow("", self.finish)
        column = parts.column(self, 3)
        column.addLayout(form)
        column.addWidget(note)
        column.addWidget(steps)
        column.addStretch(1)
        column.addWidget(buttons)
        theme.size(self, 120 * theme.unit(), 52 * theme.unit())
        self.policy.currentIndexChanged.connect(self._tell)
        self._tell()

    def _tell(self, _index: int = 0) -> None:
        self._about.setText(_(self._policies[self.policy.currentIndex()][2]))

    @property
    def chosen(self) -> Policy:
        """The policy."""
        return self._policies[self.policy.currentIndex()][1]

    def write(self) -> bool:
        """Have it write, in another process that can be stopped."""
        session, project = self._session, self._session.ready
        if not session.reviewing.join():
            return False
        words = _("Settling by a policy")
        asked = (project.path, project.me, self.chosen, self.finish.isChecked())
        working = Working(words, policy_work, asked, self.parentWidget() or self)
        done = working.run()
        if working.refused is not None:
            session.tell(working.refused.text, warns=True)
        elif not done:
            session.tell(
                _("Stopped. What was settled before stays; undo takes it back.") if self._steps > 1 else _(_STOPPED)
            )
        session.look_for_news()
        if done:
            session.tell(_outcome(working.value, finish=self.finish.isChecked()), undo=True)
        return done


def _outcome(tally: Tally, *, finish: bool) -> Message:
    """Say what a policy did."""
    agreed = say(plural("{n} place that all agree on", "{n} places that all agree on", tally.agreed))
    settled = say(plural("{n} difference", "{n} differences", tally.settled))
    said = message("Settled {agreed} and {settled}; left: {left}.", agreed=agreed, settled=settled, left=tally.left)
    return message("{did} {finished}", did=said, finished=tally.finishing_told()) if finish else said

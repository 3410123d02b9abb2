"""What was decided before on the same words, below what the layers say now: the one that fits is a key away."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rubricator.model.policies import policy_words
from rubricator.review.precedents import Before, Written
from rubricator.verbs.compared import PRECEDENTS
from rubricator.words import Message, _, message, plural, say
from rubricator_gui import theme
from rubricator_gui.acts.because import guideline_words
from rubricator_gui.panels.plain import Heading, plain_label
from rubricator_gui.session import Session
from rubricator_gui.wording import isolated, short_quote

_MOST = 3
"""Outcomes that are told; of more nobody learns what holds."""


class BeforeBlock(QWidget):
    """A heading, and a line for each outcome; hidden where nothing was decided."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        u = theme.unit()
        self._heading = Heading(_("Decided before on the same words"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(u)
        column.addWidget(self._heading)
        self.lines = [plain_label(kind="tool") for _n in range(_MOST + 1)]
        for line in self.lines:
            line.setWordWrap(True)
            column.addWidget(line)

    def refresh(self) -> None:
        """Tell it of the current difference."""
        reviewing = self._session.reviewing
        before = reviewing.before
        fitting = reviewing.fitting
        words = [
            say(
                before_words(self._session, one, key=fitting is not None and fitting[0] is one and not reviewing.locked)
            )
            for one in before[:_MOST]
        ]
        if more := len(before) - _MOST if len(before) > _MOST else 0:
            words.append(say(plural("and {n} other outcome", "and {n} other outcomes", more)))
        whole = sum(one.n for one in before) < PRECEDENTS
        latest = plural(
            "The last {n} decision on the same words", "The last {n} decisions on the same words", PRECEDENTS
        )
        self._heading.setText(_("Decided before on the same words") if whole else say(latest))
        for n, line in enumerate(self.lines):
            line.setText(words[n] if n < len(words) else "")
            line.setVisible(n < len(words))
        self.setVisible(bool(words))


def before_words(session: Session, before: Before, *, key: bool) -> Message:
    """Say "3 × Organization “Kremlin” – no determiners · rita", with the key that decides so again."""
    times = message("{n} × {what}", n=before.n, what=_outcome(session, before))
    parts = [say(message("{times} (S)", times=times) if key else times)]
    if before.reason:
        parts.append(f"“{before.reason}”")
    if before.guideline:
        parts.append(say(guideline_words(session, before.guideline, "label")))
    if not session.reviewing.blind:
        name_of = session.ready.rows.name_of
        parts.append(", ".join(name_of(one) or say(policy_words(one, name_of)) for one in before.by))
    return message("{words}", words=" · ".join(parts))


def _outcome(session: Session, before: Before) -> Message:
    if before.outcome == "reject" or not before.wrote:
        return message("rejected")
    wrote = ", ".join(say(_wrote(session, one)) for one in before.wrote)
    if before.outcome == "merge":
        return message("merged to {what}", what=wrote)
    return message("{what}", what=wrote)


def _wrote(session: Session, one: Written) -> Message:
    return message("{label} “{quote}”", label=session.title(one.label), quote=isolated(short_quote(one.words)))

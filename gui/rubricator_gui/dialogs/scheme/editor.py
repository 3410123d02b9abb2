"""The scheme editor: pages for labels, attributes, relation types and rules on one draft, written as one step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from rubricator.errors import UserError
from rubricator.model.scheme import Attribute, RelationType, Rule, Scheme
from rubricator.model.scheme_texts import Called
from rubricator.model.scheme_words import attribute_words, relation_words, rule_words
from rubricator.words import Message, _, message, say
from rubricator_gui import theme
from rubricator_gui.actions import shown
from rubricator_gui.dialogs import parts
from rubricator_gui.dialogs.scheme.attributeform import AttributeForm
from rubricator_gui.dialogs.scheme.breaking import ask_about_breaches
from rubricator_gui.dialogs.scheme.draft import Draft, trimmed
from rubricator_gui.dialogs.scheme.fields import tell, words
from rubricator_gui.dialogs.scheme.labelpage import LabelPage
from rubricator_gui.dialogs.scheme.leftover import Leftover, choose_words
from rubricator_gui.dialogs.scheme.namedpage import NamedPage
from rubricator_gui.dialogs.scheme.partpage import Kind, PartPage
from rubricator_gui.dialogs.scheme.relationform import RelationForm
from rubricator_gui.dialogs.scheme.ruleform import RuleForm
from rubricator_gui.dialogs.scheme.wholepage import WholePage
from rubricator_gui.hints import whole
from rubricator_gui.session import Session
from rubricator_gui.telling import Notice


def _named(part: Attribute | RelationType, _n: int) -> str:
    return part.title or part.name


def _numbered(rule: Rule, n: int) -> str:
    said = message("Rule {n} (only noted)", n=n) if rule.values.get("note") else message("Rule {n}", n=n)
    return say(said)


def _with_attributes(scheme: Scheme, parts: tuple[Any, ...]) -> Scheme:
    return replace(scheme, attributes=parts)


def _with_relations(scheme: Scheme, parts: tuple[Any, ...]) -> Scheme:
    return replace(scheme, relations=parts)


def _with_rules(scheme: Scheme, parts: tuple[Any, ...]) -> Scheme:
    return replace(scheme, rules=parts)


ATTRIBUTES = Kind(
    "attributes",
    message("No attributes yet. An attribute says more of an annotation than its label does."),
    lambda scheme: scheme.attributes,
    _with_attributes,
    _named,
    attribute_words,
    AttributeForm,
)
RELATIONS = Kind(
    "relations",
    message("No relation types yet. A relation type says how two annotations belong together."),
    lambda scheme: scheme.relations,
    _with_relations,
    _named,
    relation_words,
    RelationForm,
)
RULES = Kind(
    "rules",
    message("No rules yet. A rule says what may not lie inside or across what, or what a finished article must have."),
    lambda scheme: scheme.rules,
    _with_rules,
    _numbered,
    rule_words,
    RuleForm,
)


class SchemeEditor(QDialog):
    """Changes the scheme of the open project; what is not applied is not written."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("schemeEditor")
        self.setWindowTitle(_("Edit the scheme"))
        self._session = session
        self._warned = False
        self.draft = Draft(session, self)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.setObjectName("schemePages")
        self.labels = LabelPage(session, self.draft)
        self.attributes = NamedPage(ATTRIBUTES, session, self.draft)
        self.relations = NamedPage(RELATIONS, session, self.draft)
        self.rules = PartPage(RULES, session, self.draft)
        self.whole = WholePage(self.draft)
        self.leftover = Leftover(session, self.draft)
        self._titles: dict[QWidget, str] = {
            self.labels: _("Labels"),
            self.attributes: _("Attributes"),
            self.relations: _("Relations"),
            self.rules: _("Rules"),
        }
        for page, title in self._titles.items():
            self.pages.addTab(page, title)
            if isinstance(page, PartPage):
                page.list.setAccessibleName(title)
        self.pages.addTab(self.whole, _("All labels"))
        self.said = words()
        self.said.setObjectName("schemeSaid")
        self.said.setMinimumHeight(2 * self.said.fontMetrics().lineSpacing())  # of one line or two, nothing moves
        self._buttons, self.apply = parts.choice(self, _("Apply"))
        self.apply.setObjectName("applyScheme")
        u = theme.unit()
        foot = QHBoxLayout()
        foot.setSpacing(3 * u)
        foot.addWidget(self.said, 1)
        foot.addWidget(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * u, 3 * u, 4 * u, 4 * u)
        column.setSpacing(3 * u)
        column.addWidget(self.pages, 1)
        column.addWidget(self.leftover)
        column.addLayout(foot)
        theme.size(self, 245 * u, 172 * u)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.accept)
        self.apply.setToolTip(shown("Ctrl+Return"))
        for told in (self.labels.told, self.attributes.told, self.relations.told):
            told.connect(self._told)
        self.leftover.wanted.connect(self._show_words)
        self.draft.changed.connect(self._check)
        self.draft.chosen.connect(self._look_again)
        self.draft.told.connect(self._warn)
        session.told.connect(self._refused)
        self._check()
        if self.draft.label is None:
            self.labels.add.setFocus()
        else:
            self.labels.tree.setFocus()

    # --- showing --------------------------------------------------------------------------------------------------

    def _check(self, *_was: object) -> None:
        self._warned = False
        problem, waiting = self.draft.problem(), self.draft.waiting()
        if problem:
            tell(self.said, problem, "muted" if self._just_added() else "bad")
        else:
            tell(self.said, message("Not applied yet ({what})", what=waiting) if waiting else "")
        self.said.setVisible(True)
        self.apply.setEnabled(self.draft.dirty and not problem)
        scheme = self.draft.scheme
        sizes = (len(scheme.labels), len(scheme.attributes), len(scheme.relations), len(scheme.rules))
        for n, (title, size) in enumerate(zip(self._titles.values(), sizes, strict=True)):
            self.pages.setTabText(n, f"{title} ({size})" if size else title)

    def _look_again(self) -> None:
        """Say what a label lacks once another one is looked at: before, one may be about to type it."""
        if self.draft.problem():
            self._check()

    def _just_added(self) -> bool:
        """Say whether all that is wrong is a label just added, of which nothing was typed yet."""
        return [one.name for one in self.draft.scheme.labels if not one.title.strip()] == [self.draft.fresh]

    def _show_words(self, place: Called) -> None:
        """Go to words of a text: of the page of all labels, of a label, of another part or of an example."""
        of, scheme, form = place.text, self.draft.scheme, self.labels.form
        if of.kind in {"label", "example"}:
            label = next((one.label for one in scheme.examples if (of.kind, one.id) == ("example", of.name)), of.name)
            self.pages.setCurrentWidget(self.labels)
            self.draft.choose(label)
            if of.kind == "example":
                form.examples.list.setFocus()
                return
            form.guide.setCurrentWidget(form.guideline)
            field = form.guideline if of.part == "guideline" else form.definition
            choose_words(field, place.start, place.end)
            form.ensureWidgetVisible(field)
        elif of.kind:
            page, kind = (self.attributes, ATTRIBUTES) if of.kind == "attribute" else (self.relations, RELATIONS)
            self.pages.setCurrentWidget(page)
            page.list.setCurrentRow([one.name for one in kind.get(scheme)].index(of.name))
            page.list.setFocus()
        else:
            self.pages.setCurrentWidget(self.whole)
            self.whole.guide.setCurrentWidget(self.whole.text)
            choose_words(self.whole.text, place.start, place.end)

    def _say(self, said: Message | str, warns: bool = False) -> None:
        tell(self.said, said, "warn" if warns else "muted")
        self.said.setVisible(True)

    def _told(self, told: tuple[Message, bool]) -> None:
        self._say(*told)

    def _warn(self, told: Message) -> None:
        self._say(told, warns=True)

    def _refused(self, notice: Notice) -> None:
        """Say here what was refused: the status line is behind this window."""
        if notice.warns:
            tell(self.said, notice.words, "bad")

    # --- going ----------------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Write the draft as one step, once it was told what of today's annotations it forbids."""
        draft, session = self.draft, self._session
        session.look_for_news()  # what others wrote in this second is taken in too
        if not draft.dirty or draft.problem():
            return
        try:
            session.ready.schemes.keeps_used(draft.scheme)
        except UserError as error:  # somebody has used a label meanwhile that is taken out here
            tell(self.said, whole(error), "bad")
            return
        broken = ask_about_breaches(session, draft.scheme, self)
        if broken is None:
            return
        what = say(draft.waiting())
        if session.do(session.ready.schemes.change, trimmed(draft.scheme), what, sorted(draft.recheck), broken):
            session.tell(message("Changed the scheme: {what}.", what=what), undo=True)
            super().accept()

    def reject(self) -> None:
        """Close without a change; where there are some, say so first."""
        if self.draft.dirty and not self._warned:
            self._warned = True
            what = self.draft.waiting()
            said = message("What you changed is not applied ({what}). Close again to drop it.", what=what)
            self._say(said, warns=True)
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Have Enter in a field press no button: it would write what is not finished."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

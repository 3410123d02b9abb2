"""The form of a rule: its kind, what that kind asks for, and the sentence that the rule says then."""

from __future__ import annotations

from collections import Counter
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QWidget

from rubricator.errors import UserError
from rubricator.model.ids import new_id
from rubricator.model.rules import PAIR_RULES, RULE_KINDS
from rubricator.model.scheme import Rule, Scheme
from rubricator.model.scheme_words import rule_words
from rubricator.words import Message, _, message, say
from rubricator_gui.dialogs.scheme.fields import LabelChoice, any_label
from rubricator_gui.dialogs.scheme.partform import Form, UnfinishedError
from rubricator_gui.panels.topic_words import PATH, capital

KIND_WORDS = {
    "no-nesting": message("What may not lie inside what"),
    "only-nesting": message("What alone may lie inside what"),
    "no-overlap": message("What may not overlap"),
    "no-crossing": message("What may not cross"),
    "some-topic": message("A finished article has a topic"),
    "topic-demands": message("A topic asks for a label"),
}


class RuleForm(Form):
    """Asks for a rule."""

    def __init__(self, scheme: Scheme, was: Rule | None, parent: QWidget | None = None) -> None:
        super().__init__("ruleForm", (_("Add a rule"), _("Change a rule")), scheme, was, parent)
        values = dict(was.values) if was is not None else {}
        # a number would be given in another copy too, and merging would make one rule of the two
        self._id = was.id if was is not None else new_id()[-12:]
        self.kind = QComboBox()
        self.kind.setObjectName("ruleKind")
        for kind in RULE_KINDS:
            self.kind.addItem(say(KIND_WORDS[kind]), kind)
        if was is not None and was.kind not in RULE_KINDS:
            self.kind.addItem(was.kind, was.kind)
        self.kind.setCurrentIndex(max(0, self.kind.findData(was.kind if was is not None else RULE_KINDS[0])))
        self.inner = self._labels("ruleInner", _("These labels"), values.get("inner"))
        self.outer = self._labels("ruleOuter", _("inside these"), values.get("outer"))
        self.labels = self._labels("ruleLabels", _("Labels"), values.get("labels"))
        self.topic = _topics(scheme, str(values.get("topic") or ""))
        self.note = QCheckBox(_("Only noted: nothing is refused because of it"))
        self.note.setObjectName("ruleNote")
        self.note.setChecked(bool(values.get("note")))
        self.row(_("Rule"), self.kind)
        self.row(_("Topic"), self.topic)
        self.row(_("These labels"), self.inner)
        self.row(_("inside these"), self.outer)
        self.row(_("Labels"), self.labels)
        self.form.addRow("", self.note)
        self.kind.currentIndexChanged.connect(self.check)
        self.topic.currentTextChanged.connect(self.check)
        self.note.toggled.connect(self.check)
        for choice in (self.inner, self.outer, self.labels):
            choice.changed.connect(self.check)
        self.check()
        self.kind.setFocus()

    def _labels(self, name: str, words: str, chosen: Any) -> LabelChoice:
        names = [str(one) for one in chosen] if isinstance(chosen, list | tuple) else []
        made = LabelChoice(self.scheme, names, words)
        made.setObjectName(name)
        made.setToolTip(any_label())
        return made

    def check(self, *_what: object) -> None:
        """Show the fields that the kind has use for, and say the rule."""
        kind = self.kind.currentData()
        nests = kind in {"no-nesting", "only-nesting"}
        self.form.setRowVisible(self.inner, nests)
        self.form.setRowVisible(self.outer, nests)
        self.form.setRowVisible(self.labels, kind in {"no-overlap", "no-crossing", "topic-demands"})
        self.form.setRowVisible(self.topic, kind == "topic-demands")
        super().check()

    def read(self) -> tuple[Rule, Message]:
        """Return the rule and its sentence."""
        kind = str(self.kind.currentData())
        if kind not in RULE_KINDS:
            raise UserError(message("This rule was made by a newer program: it can only be removed"))
        known = {"inner", "outer", "labels", "topic", "note"}
        values: dict[str, Any] = (
            {key: value for key, value in self.was.values.items() if key not in known} if self.was is not None else {}
        )
        if kind in {"no-nesting", "only-nesting"}:
            if not self.inner.names and (kind == "only-nesting" or not self.outer.names):
                raise UnfinishedError(message("Tick the labels that the rule is about"))
            values |= {"inner": list(self.inner.names), "outer": list(self.outer.names)}
        elif kind in PAIR_RULES:
            values["labels"] = list(self.labels.names)
        elif kind == "topic-demands":
            code = self._code()
            if not code or not self.labels.names:
                raise UnfinishedError(message("Choose the topic, and tick the labels of which there has to be one"))
            values |= {"topic": code, "labels": list(self.labels.names)}
        if self.note.isChecked():
            values["note"] = True
        values = {key: value for key, value in values.items() if value or key == "note"}
        rule = Rule(self._id, kind, values)
        return rule, rule_words(rule, self.scheme)

    def _code(self) -> str:
        """Return the code of the topic that is chosen, or typed: its path, or its name if no other has it."""
        typed = self.topic.currentText().strip().casefold()
        if typed and typed == self.topic.itemText(self.topic.currentIndex()).casefold():
            return str(self.topic.currentData())
        rows = range(self.topic.count())
        paths = {self.topic.itemText(row).casefold(): str(self.topic.itemData(row)) for row in rows}
        named = [code for code in paths.values() if self.scheme.topics_by_code[code].name.casefold() == typed]
        return paths.get(typed) or (named[0] if len(named) == 1 else "")


def _topics(scheme: Scheme, chosen: str) -> QComboBox:
    """Return a field in which a topic is typed or chosen: by its path, since names come more than once in a tree."""
    box = QComboBox()
    box.setObjectName("ruleTopic")
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(40)
    offered = [one for one in scheme.topics if not one.retired or one.code == chosen]
    paths = {one.code: PATH.join(map(capital, scheme.topic_path(one.code))) for one in offered}
    times = Counter(path.casefold() for path in paths.values())
    for code, path in sorted(paths.items(), key=lambda one: one[1].casefold()):
        box.addItem(path if times[path.casefold()] == 1 else f"{path} ({code})", code)
    box.setCurrentIndex(box.findData(chosen))
    if box.currentIndex() < 0:
        box.setEditText(chosen)
    if (completer := box.completer()) is not None:
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
    return box

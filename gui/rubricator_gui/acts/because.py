"""Why a decision is taken: in the reviewer's words, and what of the scheme it refers to."""

from __future__ import annotations

from dataclasses import dataclass

from rubricator.model.relations import Relation
from rubricator.model.scheme import Scheme
from rubricator.model.spans import Annotation
from rubricator.review.decision import Outcome
from rubricator.review.difference import Difference
from rubricator.words import Message, message
from rubricator_gui.desk import Desk


@dataclass
class Because:
    """What goes with the next decision, and is forgotten after it."""

    reason: str = ""
    guideline: str = ""
    """The name of a label or of a type of relations, or the code of a topic; empty where it refers to nothing."""

    def forget(self) -> None:
        """Have the next decision begin without."""
        self.reason = self.guideline = ""

    def given(self, outcome: Outcome) -> Outcome:
        """Return an outcome with this as its reason."""
        return outcome.because(self.reason, self.guideline)

    def refer_to_next(self, names: list[str]) -> None:
        """Refer to the next of some names, after the last one to nothing."""
        after = names.index(self.guideline) + 1 if self.guideline in names else 0
        self.guideline = names[after] if after < len(names) else ""


def at_issue(difference: Difference, scheme: Scheme) -> list[str]:
    """Return what a decision on a difference can refer to: what the layers say here, as far as the scheme tells it."""
    names: dict[str, None] = {}
    for one in difference.elements:
        if isinstance(one, Annotation):
            known, name = one.label in scheme.by_name, one.label
        elif isinstance(one, Relation):
            known, name = one.label in scheme.relations_by_name, one.label
        else:
            known, name = one.topic in scheme.topics_by_code, one.topic
        if known:
            names[name] = None
    return list(names)


def guideline_words(desk: Desk, name: str, kind: str) -> Message:
    """Say what a decision on a difference of a kind refers to: "guideline of Person"."""
    called = {"topic": desk.topic_name, "relation": desk.relation_title}.get(kind, desk.title)(name)
    return message("guideline of {what}", what=called)

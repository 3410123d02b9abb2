"""Every change as a frozen value, with its inverse.

An Edit is a tuple of operations on *elements* (an article, an annotation, a label ...), each addressed by kind and id:
`Add` states a whole element, `Set` one field of it. Whether an element is there is a field too (`alive`), so that
taking away and bringing back are writes like any other. Folding therefore needs one rule only: of two writes to the
same field the later by (lamport, edit id) wins. That makes merging independent of order, repetition and batching.

What an edit is in JSON says edit_json.py, in words edit_words.py; what the values of elements hold says elements.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rubricator.model.spans import NOTHING

ALIVE = "alive"

KINDS = frozenset(
    (
        "project annotator article layer annotation tag label topic rule attribute relationtype example recheck version"
        " entity relation comment decision rejection wordlist snapshot sample"
    ).split()
)

SCHEME_KINDS = frozenset({"label", "topic", "rule", "attribute", "relationtype", "example", "version"})
"""Kinds of elements that the scheme is made of; each `version` stands for one change of it."""

NOT_UNDOABLE = frozenset({"project", "annotator", "snapshot", "time"})
"""Kinds of edits that the undo key passes over: they record who, where, how long and what was, not work."""

NOT_TOLD = frozenset({"time"})
"""Kinds of edits that the history leaves out: nobody did them."""

ORDER = "order."
"""What the fields of the project begin with that put parts of its scheme in order, by their names."""

STATED_ANEW = frozenset({"decide", "agree"})
"""Kinds of edits of elements whose ids are the same in every copy: what undo or redo brings back of them is stated as
a whole, for another copy may have made it otherwise."""


class Add(NamedTuple):
    """States the whole element `id` of `kind`; brings it back if it was taken away."""

    kind: str
    id: str
    value: Mapping[str, Any]


class Set(NamedTuple):
    """Writes one field of an element; `old` is what it replaced, so that the write can be undone.

    A field name with a dot (`attributes.gender`) addresses a key inside a mapping; a value of None removes it.
    """

    kind: str
    id: str
    field: str
    old: Any
    new: Any


Op = Add | Set


@dataclass(frozen=True)
class Edit:
    """One change: what happened (`kind`), in which article (its id, or empty), by which operations.

    `about` holds the parameters of its sentence; never article text.
    """

    kind: str
    ops: tuple[Op, ...]
    article: str = ""
    about: Mapping[str, Any] = field(default_factory=lambda: NOTHING)

    def inverse(self) -> Edit:
        """Return the edit that takes this one back."""
        return Edit(self.kind, tuple(_inverse(op) for op in reversed(self.ops)), self.article, self.about)


def _inverse(op: Op) -> Op:
    if isinstance(op, Add):
        return Set(op.kind, op.id, ALIVE, True, False)
    return Set(op.kind, op.id, op.field, op.new, op.old)

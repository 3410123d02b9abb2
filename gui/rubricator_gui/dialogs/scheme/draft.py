"""The scheme as it is being edited: a copy, until it is applied; what others write meanwhile is taken in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from rubricator.model.changes import Change
from rubricator.model.scheme import Attribute, Label, RelationType, Scheme, new_label
from rubricator.model.scheme_fields import SchemeError
from rubricator.model.scheme_file import faults_of, faults_of_file
from rubricator.model.scheme_names import with_label, without
from rubricator.model.scheme_rebase import names_in, rebased
from rubricator.model.scheme_tree import in_order, moved, parent_of
from rubricator.model.scheme_words import summary
from rubricator.words import Message, message, say
from rubricator_gui.session import Session

T = TypeVar("T", Label, Attribute, RelationType)


class Draft(QObject):
    """The edited scheme, and which of its labels is looked at."""

    changed = Signal(object)
    """The edited scheme is another one; with it comes the one before."""
    chosen = Signal()
    """Another label is looked at."""
    told = Signal(object)
    """Others did something to it that one has to know, in words."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.base = session.scheme
        self.scheme = session.scheme
        self._known = list(faults_of_file(_edited(self.base)))
        """What a file may not be and the project is: nobody has to mend that first."""
        self.recheck: set[str] = set()
        """Labels that mean something else now: what carries them is to be looked at again."""
        self.current = self.scheme.labels[0].name if self.scheme.labels else ""
        self.fresh = ""
        """The label that was just added, while nothing of it was typed yet."""
        self._by_hand: set[tuple[str, str]] = set()
        """What of the new labels was set by hand, and does not follow their title: (name, part)."""
        self._gone: frozenset[tuple[str, str]] = frozenset()
        """What was changed here and others took out meanwhile: it is kept until one has looked at it."""
        self._same: Callable[[Scheme], Scheme] | None = None
        """What is being done to the project at once, as something that can be done to any scheme."""
        session.changed.connect(self._take_in)

    @property
    def label(self) -> Label | None:
        """The label that is looked at."""
        return self.scheme.by_name.get(self.current)

    @property
    def dirty(self) -> bool:
        """Say whether there is anything to apply."""
        return self.scheme != self.base or bool(self.recheck)

    def waiting(self, gone: Collection[str] = (), retitled: str = "") -> Message | str:
        """Say what is changed here and not applied; parts of the names in `gone` do not count.

        Of the part called `retitled` the title does not: it gets another one anyway.
        """
        titles = {one.name: one.title for one in _named(self.scheme) if one.name == retitled}
        mine, base = (_without(scheme, gone, titles) for scheme in (self.scheme, self.base))
        if mine != base:
            return summary(base, mine)
        again = [label.title for label in mine.labels if label.name in self.recheck]
        return message("{labels}: to be looked at again", labels=", ".join(again)) if again else ""

    def changed_in(self, names: Collection[str]) -> list[str]:
        """Return the titles of what of these names is in the project, and was changed here and not applied."""
        was = {one.name: one for one in _named(self.base)}
        return [
            one.title or one.name for one in _named(self.scheme) if one.name in names and was.get(one.name, one) != one
        ]

    def is_new(self, name: str) -> bool:
        """Say whether a label is not in the project yet."""
        return name not in self.base.by_name

    def problem(self) -> Message | str:
        """Say what stands in the way of applying it, as it would be said of a file; nothing where nothing does."""
        if gone := self._titles(self._gone):
            words = "Others renamed, merged or deleted {names} meanwhile. Copy what is to stay, then take it out here."
            return message(words, names=", ".join(gone))
        for label in self.scheme.labels:
            if not label.title.strip():
                return message("A label needs a title.")
        why = next((why for why in faults_of(_edited(self.scheme)) if why not in self._known), None)
        return SchemeError("", why).text if why is not None else ""  # the next one is said when this one is mended

    # --- changing -------------------------------------------------------------------------------------------------

    def put(self, scheme: Scheme) -> None:
        """Have another scheme."""
        was, self.scheme = self.scheme, scheme
        if self.current not in scheme.by_name:
            self.current = scheme.labels[0].name if scheme.labels else ""
            self.chosen.emit()
        self.recheck &= scheme.by_name.keys()
        self._gone &= names_in(scheme)
        if scheme != was:
            self.changed.emit(was)

    def choose(self, name: str) -> None:
        """Look at another label."""
        if name != self.current:
            self.fresh = self.fresh if name == self.fresh else ""
            self.current = name
            self.chosen.emit()

    def set(self, **parts: Any) -> None:
        """Change parts of the label that is looked at."""
        label = self.label
        if label is not None:
            self._by_hand |= {(label.name, part) for part in parts}
            self._become(label, label._replace(**parts))

    def retitle(self, title: str) -> None:
        """Give it another title; name, short form and key of a new one follow, until they are set by hand."""
        label = self.label
        if label is None:
            return
        new = label._replace(title=title)
        if self.is_new(label.name) and ("labels", label.name) not in self._gone:
            rest = replace(self.scheme, labels=tuple(one for one in self.scheme.labels if one is not label))
            made = new_label(_free_name(title, rest), rest)
            for part in ("name", "short", "key"):
                if (label.name, part) not in self._by_hand:
                    new = new._replace(**{part: getattr(made, part)})
        self._become(label, new)

    def _become(self, label: Label, new: Label) -> None:
        if new.name != label.name:
            self._by_hand = {(new.name if name == label.name else name, part) for name, part in self._by_hand}
            self.current = new.name
        self.fresh = ""
        self.put(with_label(self.scheme, label.name, new))

    def add(self) -> None:
        """Add a label after the one that is looked at, and look at it."""
        name = _free_name("", self.scheme)
        above = parent_of(self.scheme, self.current) if self.label is not None else ""
        used = self._session.ready.rows.label_counts()
        made = new_label(name, self.scheme, above, used)._replace(title="", parent="")
        scheme = self.scheme.with_new(made)
        if self.label is not None:
            siblings = [one.name for one in scheme.labels if parent_of(scheme, one.name) == above]
            place = siblings.index(self.current) + 1
            scheme = moved(scheme, [name], above, siblings[place] if place < len(siblings) else "")
        self.fresh = name
        self.put(scheme)
        self.choose(name)

    def remove(self, name: str) -> None:
        """Take a label out that nothing carries; the one that stands beside it is looked at."""
        names = [label.name for label in in_order(self.scheme).labels]
        place = names.index(name)
        beside = names[place + 1 : place + 2] or names[max(0, place - 1) : place]
        if self.current == name and beside:
            self.choose(beside[0])
        self.put(in_order(without(self.scheme, name)))

    def wish_recheck(self, name: str, wished: bool) -> None:
        """Have what carries a label looked at again after the change, or not."""
        if wished != (name in self.recheck):
            self.recheck ^= {name}
            self.changed.emit(self.scheme)

    # --- others ---------------------------------------------------------------------------------------------------

    def step(self, same: Callable[[Scheme], Scheme], do: Callable[[], bool]) -> bool:
        """Do something to the project at once; `same` does the same to a scheme, so that what is edited stays."""
        self._same = same
        try:
            return do()
        finally:
            self._same = None

    def _take_in(self, change: Change) -> None:
        if not change.scheme or self._session.scheme == self.base:
            return
        mine, base, theirs = self.scheme, self.base, self._session.scheme
        if self._same is not None:
            mine, base = self._same(mine), self._same(base)
        here, were, there = names_in(mine), names_in(base), names_in(theirs)
        scheme = in_order(rebased(mine, base, theirs)) if mine != base else theirs
        self.base = theirs
        self._known = list(faults_of_file(_edited(theirs)))
        self._gone = (self._gone | (here & were)) - there
        self.put(scheme)
        if scheme == mine:  # what waits is another thing all the same
            self.changed.emit(mine)
        if both := self._titles((here & there) - were):
            words = (
                "Others added {names} meanwhile too: it is one now, and says what you typed where both said something."
            )
            self.told.emit(message(words, names=", ".join(both)))

    def _titles(self, names: Collection[tuple[str, str]]) -> list[str]:
        """Return what parts of the scheme are called, in its order; rules go by their number."""
        scheme = self.scheme
        found = [one.title or one.name for one in scheme.labels if ("labels", one.name) in names]
        found += [one.title or one.name for one in scheme.attributes if ("attributes", one.name) in names]
        found += [one.title or one.name for one in scheme.relations if ("relations", one.name) in names]
        rules = [n for n, one in enumerate(scheme.rules, 1) if ("rules", one.id) in names]
        return [*found, *(say(message("rule {n}", n=n)) for n in rules)]


def trimmed(scheme: Scheme) -> Scheme:
    """Return the scheme without the white space that was left in fields."""
    return replace(
        scheme,
        labels=tuple(
            one._replace(
                title=one.title.strip(),
                definition=one.definition.strip(),
                guideline=one.guideline.strip(),
            )
            for one in scheme.labels
        ),
    )


def _edited(scheme: Scheme) -> Scheme:
    """Return the scheme without its topics: those are not edited here."""
    return replace(scheme, topics=())


def _named(scheme: Scheme) -> tuple[Label | Attribute | RelationType, ...]:
    return (*scheme.labels, *scheme.attributes, *scheme.relations)


def _without(scheme: Scheme, names: Collection[str], titles: Mapping[str, str]) -> Scheme:
    """Return a scheme without the parts of these names, and with these titles; what else names them is let be."""

    def left(parts: Iterable[T]) -> tuple[T, ...]:
        return tuple(one._replace(title=titles.get(one.name, one.title)) for one in parts if one.name not in names)

    return replace(
        scheme,
        labels=left(scheme.labels),
        attributes=left(scheme.attributes),
        relations=left(scheme.relations),
        examples=tuple(one for one in scheme.examples if one.label not in names),
    )


def _free_name(title: str, scheme: Scheme) -> str:
    """Return a name for a title, in capitals as most schemes have them, that no label has."""
    wanted = "_".join("".join(c if c.isalnum() else " " for c in title).upper().split()) or "LABEL"
    found, n = wanted, 1
    while found in scheme.by_name:
        n += 1
        found = f"{wanted}_{n}"
    return found

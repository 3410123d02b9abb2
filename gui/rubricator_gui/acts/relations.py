"""Relations between annotations: begun at one end, made at the other, turned, given another type, taken off."""

from __future__ import annotations

from typing import NamedTuple

from rubricator.model import rules
from rubricator.model.changes import Change
from rubricator.model.relations import Relation, moved_end
from rubricator.model.scheme import RelationType
from rubricator.model.scheme_words import relation_words
from rubricator.model.spans import Annotation
from rubricator.words import Message, message, say
from rubricator_gui.desk import Desk
from rubricator_gui.holding import Relating
from rubricator_gui.wording import short_quote

_NO_RELATIONS = message("The scheme has no relations yet: Scheme › Edit scheme… makes them.")
_RULES_TOLD = 3
"""How many types are named where none is allowed."""


class Option(NamedTuple):
    """A relation that the scheme allows between two annotations; `turned`: only the other way round."""

    kind: RelationType
    source: Annotation
    target: Annotation
    turned: bool = False

    @property
    def title(self) -> str:
        """What its type is called for people."""
        return _title(self.kind)


class Relations:
    """What a person relates."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._article: str | None = None
        self._all: dict[str, Relation] = {}
        self._at: dict[str, dict[str, Relation]] = {}
        desk.changing.connect(self._changed)
        desk.changed.connect(self._end_move)
        desk.opened.connect(self._forget)

    # --- what there is --------------------------------------------------------------------------------------------

    def _read(self) -> None:
        """Read the relations of the article shown, where another one was read last."""
        desk = self._desk
        article = desk.article.id if desk.article is not None and desk.project is not None else ""
        if self._article != article:
            self._article = article
            self._all, self._at = {}, {}
            for relation in desk.ready.relations.of(article) if article else ():
                self._keep(relation)

    def _keep(self, relation: Relation) -> None:
        self._all[relation.id] = relation
        for end in (relation.source, relation.target):
            self._at.setdefault(end, {})[relation.id] = relation

    def _drop(self, uid: str) -> None:
        relation = self._all.pop(uid, None)
        for end in (relation.source, relation.target) if relation is not None else ():
            self._at.get(end, {}).pop(uid, None)

    def _forget(self) -> None:
        self._article = None

    def _changed(self, change: Change) -> None:
        if change.everything:
            self._forget()
        if self._article is None:
            return
        me = self._desk.ready.me.annotator
        for replaced in change.relations:
            self._drop(replaced.id)
            after = replaced.after
            if after is not None and (after.article, after.annotator) == (self._article, me):
                self._keep(after)

    def at(self, annotation: str) -> list[Relation]:
        """Return the relations at one of whose ends an annotation (its id) stands: those that lead away come first."""
        self._read()
        found = self._at.get(annotation)
        if not found:
            return []
        return sorted(found.values(), key=lambda relation: relation.source != annotation)

    def _between(self, one: str, other: str) -> list[Relation]:
        """Return the relations between two annotations (ids): one end may have hundreds that lead elsewhere."""
        self._read()
        fewer = min((self._at.get(uid, {}) for uid in (one, other)), key=len)
        return [relation for relation in fewer.values() if relation.touches(one) and relation.touches(other)]

    def here(self) -> list[Relation]:
        """Return all relations of the article, in the order in which they begin in the text."""
        self._read()
        spans = self._desk.spans
        begins = {
            uid: one.start for relation in self._all.values() for uid in _ends(relation) if (one := spans.get(uid))
        }
        return sorted(self._all.values(), key=lambda one: tuple(begins.get(uid, 0) for uid in _ends(one)))

    def get(self, relation: str) -> Relation | None:
        """Return a relation of the article by its id."""
        self._read()
        return self._all.get(relation)

    def wrong(self, relation: Relation) -> Message | None:
        """Say what is wrong with a relation as its ends stand now; None where it may be."""
        return self._wrong(relation, alone=True)

    def _wrong(self, relation: Relation, *, alone: bool = False) -> Message | None:
        beside = () if alone else self._between(relation.source, relation.target)
        spans, together = self._desk.spans, [*(one for one in beside if one.id != relation.id), relation]
        ends = {uid: end for one in together for uid in _ends(one) if (end := spans.get(uid)) is not None}
        violations = rules.relation_violations(together, ends, self._desk.scheme)
        return next((one.why for one in violations if one.subject == relation.id), None)

    def unturned(self, relation: Relation) -> Message | None:
        """Say why a relation cannot be turned round; None where it can."""
        kind = self._desk.scheme.relations_by_name.get(relation.label)
        if kind is not None and kind.symmetric:
            return message("{relation} holds both ways", relation=_title(kind))
        turned = relation._replace(source=relation.target, target=relation.source)
        return self._wrong(turned)

    # --- what may be made -----------------------------------------------------------------------------------------

    def options(self, source: Annotation, target: Annotation, label: str = "") -> list[Option]:
        """Return what the scheme allows from one annotation to another, or else the other way round.

        What is there already is left out; with a `label`, all other types are.
        """
        for one, other, turned in ((source, target, False), (target, source, True)):
            allowed = self._allowed(one, other, label)
            if allowed:
                return [Option(kind, one, other, turned) for kind in allowed if not self._stands(kind, one, other)]
        return []

    def _allowed(self, source: Annotation, target: Annotation, label: str) -> list[RelationType]:
        return self._kinds(source.label, target.label, label)

    def _kinds(self, source: str, target: str, label: str) -> list[RelationType]:
        found = rules.relations_between(source, target, self._desk.scheme)
        return [kind for kind in found if label in ("", kind.name)]

    def _stands(self, kind: RelationType, source: Annotation, target: Annotation) -> bool:
        return any(
            one.label == kind.name and (one.source == source.id or kind.symmetric)
            for one in self._between(source.id, target.id)
        )

    def types_for(self, relation: Relation) -> list[Option]:
        """Return the other types that a relation may have between its ends."""
        source, target = self._desk.spans.get(relation.source), self._desk.spans.get(relation.target)
        if source is None or target is None:
            return []
        return [
            Option(kind, source, target)
            for kind in self._allowed(source, target, "")
            if kind.name != relation.label and not self._stands(kind, source, target)
        ]

    def possible(self, annotation: Annotation) -> bool:
        """Say whether the scheme has a relation that an annotation may have."""
        return rules.may_relate(annotation.label, self._desk.scheme)

    def end_labels(self) -> frozenset[str]:
        """Return the labels to whose annotations the scheme lets what was begun lead at all."""
        begun, relating = self.first_end, self._desk.relating
        if begun is None or relating is None:
            return frozenset()
        label = relating.moving.label if relating.moving is not None else relating.label
        both = ((begun.label, name) for name in self._desk.scheme.by_name)
        return frozenset(name for one, name in both if self._kinds(one, name, label) or self._kinds(name, one, label))

    def may_lead_to(self, annotation: Annotation) -> bool:
        """Say whether what was begun, a relation or the move of an end, may lead to an annotation."""
        begun, relating = self.first_end, self._desk.relating
        if begun is None or relating is None or annotation.id == begun.id:
            return False
        if relating.moving is None:
            return bool(self.options(begun, annotation, relating.label))
        was = relating.moving.other_end(begun.id)
        return annotation.id != was and self.unmoved(relating.moving, was, annotation) is None

    # --- making one -----------------------------------------------------------------------------------------------

    def begin(self, label: str = "") -> None:
        """Begin a relation at the chosen annotation; the other end is gone to next."""
        desk, chosen = self._desk, self._desk.chosen_annotation
        if chosen is None:
            return
        if not desk.scheme.relations:
            desk.tell(_NO_RELATIONS, idle=True)
            return
        if not self.possible(chosen):
            words = message("No relation of the scheme may begin or end at {label}.", label=desk.title(chosen.label))
            desk.tell(words, warns=True)
            return
        desk.relate(Relating(chosen.id, label))

    @property
    def first_end(self) -> Annotation | None:
        """The annotation at which a relation was begun; None where none was."""
        relating = self._desk.relating
        return self._desk.spans.get(relating.end) if relating is not None else None

    def add(self, option: Option) -> bool:
        """Make a relation; False where it was refused. The end where it was begun is chosen then."""
        desk = self._desk
        begun_at = desk.relating.end if desk.relating is not None else desk.chosen
        if not desk.do(desk.ready.relations.add, option.kind.name, option.source, option.target):
            return False
        desk.relate(None)
        desk.choose(begun_at)
        words = message(
            "Related “{source}” to “{target}”: {relation}.",
            source=short_quote(option.source.quote),
            target=short_quote(option.target.quote),
            relation=option.title,
        )
        desk.tell(words, undo=True)
        return True

    def refuse(self, source: Annotation, target: Annotation, label: str = "", *, drawn: bool = False) -> None:
        """Say why two annotations cannot be related, and which rule that is; of a line that was `drawn`, what it is."""
        why = self._why_not(source, target, label)
        words = message("A drag from bar to bar relates two annotations. {why}", why=why) if drawn else why
        self._desk.tell(words, warns=True, idle=True)

    def _why_not(self, source: Annotation, target: Annotation, label: str) -> Message:
        desk = self._desk
        if source.id == target.id:
            return message("Go to the other end first: Tab, Shift+Tab or a click. Esc lets go.")
        quotes = {"source": short_quote(source.quote), "target": short_quote(target.quote)}
        standing = self._allowed(source, target, label) or self._allowed(target, source, label)
        if standing:
            names = ", ".join(_title(kind) for kind in standing)
            return message("“{source}” and “{target}” are related so already: {relation}.", **quotes, relation=names)
        if not desk.scheme.relations:
            return _NO_RELATIONS
        kinds = [kind for kind in desk.scheme.relations if label in ("", kind.name)]
        told = [
            say(message("{relation} leads {ends}", relation=_title(kind), ends=relation_words(kind, desk.scheme)))
            for kind in kinds[:_RULES_TOLD]
        ]
        return message(
            "The scheme relates no {source} with {target}: {rules}.",
            source=desk.title(source.label),
            target=desk.title(target.label),
            rules="; ".join((*told, *(["…"] if len(kinds) > len(told) else []))),
        )

    # --- changing one ---------------------------------------------------------------------------------------------

    def begin_move(self, relation: Relation, end: str) -> None:
        """Begin to move the end of a relation that stands at an annotation (its id); where to is gone to next."""
        desk, stays = self._desk, relation.other_end(end)
        if not self._is_still(relation):
            return
        if stays not in desk.spans:
            desk.tell(message("The other end is not there any more: take the relation off."), warns=True)
            return
        desk.choose(stays)
        desk.relate(Relating(stays, relation.label, relation))

    def _end_move(self, _change: Change) -> None:
        """Let go of a move that was begun where its relation became another one, or went: Enter would move that."""
        desk = self._desk
        relating = desk.relating
        if relating is None or relating.moving is None:
            return
        now = self.get(relating.moving.id)
        if relating.moving.is_still(now) and relating.end in desk.spans:
            return
        desk.relate(None)
        title = desk.relation_title(relating.moving.label)
        over = message("{relation} was changed: moving its end is over.", relation=title)
        gone = message("{relation} is gone: moving its end is over.", relation=title)
        desk.tell_also(gone if now is None else over)

    def unmoved(self, relation: Relation, was: str, end: Annotation) -> Message | None:
        """Say why the end of a relation that stands at an annotation cannot be moved to another; None where it can."""
        if end.id == relation.other_end(was):
            return message("it would lead back to where it begins")
        return self._wrong(moved_end(relation, was, end.id))

    def move_end(self, relation: Relation, was: str, end: Annotation) -> bool:
        """Hang the end of a relation that stands at an annotation (its id) on another; False where that is refused."""
        desk = self._desk
        if not self._is_still(relation):
            return False
        why = self.unmoved(relation, was, end)
        if end.id == was:
            why = message("it stands at “{quote}” already", quote=short_quote(end.quote))
        if why is not None:
            desk.tell(message("The end stays where it is: {why}.", why=why), warns=True, idle=True)
            return False
        begun = desk.relating
        desk.relate(None)  # first: it does not end because somebody changed the relation
        if not desk.do(desk.ready.relations.move_end, relation, was, end):
            desk.relate(begun)
            return False
        desk.choose(relation.other_end(was))
        title = desk.relation_title(relation.label)
        words = message("Moved the end of {relation} to “{quote}”.", relation=title, quote=short_quote(end.quote))
        desk.tell(words, undo=True)
        return True

    def _is_still(self, relation: Relation) -> bool:
        """Say whether a relation leads as it did, and tell where not: it was changed while its menu was open."""
        now = self.get(relation.id)
        if relation.is_still(now):
            return True
        gone, other = message("This relation is not there any more."), message("This relation was changed meanwhile.")
        self._desk.tell(gone if now is None else other, warns=True)
        return False

    def retype(self, relation: Relation, kind: RelationType) -> bool:
        """Give a relation another type; False where it was refused."""
        desk = self._desk
        done = self._is_still(relation) and desk.do(desk.ready.relations.retype, relation, kind.name)
        if done:
            desk.tell(message("The relation is {relation} now.", relation=_title(kind)), undo=True)
        return done

    def turn(self, relation: Relation) -> bool:
        """Turn a relation round; False where that is not allowed."""
        desk = self._desk
        done = self._is_still(relation) and desk.do(desk.ready.relations.turn, relation)
        if done:
            desk.tell(message("Turned {relation} round.", relation=desk.relation_title(relation.label)), undo=True)
        return done

    def delete(self, relation: Relation) -> bool:
        """Take a relation off."""
        desk = self._desk
        done = self._is_still(relation) and desk.do(desk.ready.relations.delete, relation)
        if done:
            desk.tell(message("Took off {relation}.", relation=desk.relation_title(relation.label)), undo=True)
        return done


def _ends(relation: Relation) -> tuple[str, str]:
    return relation.source, relation.target


def _title(kind: RelationType) -> str:
    return kind.title or kind.name

"""Changes of the scheme that touch annotations: they say first what they touch, and run as one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from rubricator.errors import UserError
from rubricator.model.changes import Change
from rubricator.model.edits import ALIVE, Add, Edit, Op, Set
from rubricator.model.elements import layer_id
from rubricator.model.ids import new_id
from rubricator.model.rechecks import Recheck, recheck_value
from rubricator.model.rejections import rejection_from, rejection_value
from rubricator.model.scheme import Example, Label, Scheme
from rubricator.model.scheme_edits import counted, scheme_ops
from rubricator.model.scheme_json import plain_scheme
from rubricator.model.scheme_names import merged, renaming, title_in, titled, with_label, with_names, without
from rubricator.model.scheme_texts import call_anew, call_merged, new_name
from rubricator.model.scheme_tree import beside
from rubricator.model.spans import Annotation, Span
from rubricator.model.text import plain
from rubricator.model.topic_tags import moved_evidence, untied
from rubricator.store.links import Mention as Mention  # the window names it, and knows no store
from rubricator.store.links import Stale
from rubricator.verbs.breaches import Breach as Breach
from rubricator.verbs.breaches import breaches
from rubricator.verbs.part_names import PartNames, by_article, plain_name
from rubricator.verbs.part_names import Touched as Touched
from rubricator.verbs.still_broken import StillBroken
from rubricator.words import as_line, message, plural, say

_OF_NO_LABEL = ("relation", "topic")
"""Kinds of difference whose decisions refer to something else than a label."""

NAMED_MOST = 5_000
"""Annotations that a change names which it asks to look at again: of more, all of their labels are looked at."""

AROUND = 60
"""Code points on each side of an example that are kept with it."""

QUOTE_MOST = 40
"""Characters of an example that the history tells."""


class Schemes(PartNames):
    """The verbs of the scheme."""

    def touched(self, labels: Iterable[str], most: int = 50) -> Touched:
        """Return what carries these labels, in the layers of everybody, and how many entities are of these kinds."""
        names = list(labels)
        found = list(self._door.links.labelled(names))
        articles, annotators = {one.article for one in found}, {one.annotator for one in found}
        relations = len(self._door.links.relations_at(one.annotation for one in found))
        entities = self._door.links.count_of_kinds(names)
        return Touched(len(found), len(articles), len(annotators), tuple(found[:most]), relations, entities)

    def breaches(self, scheme: Scheme) -> Iterator[list[Breach]]:
        """Yield, a layer at a time, what another scheme would forbid of what stands, in the layers of everybody."""
        return breaches(self._door, scheme)

    def change(self, scheme: Scheme, what: str, recheck: Iterable[str] = (), broken: Iterable[Breach] = ()) -> Change:
        """Put another scheme in the place of the present one; what carries a `recheck` label is to be looked at again.

        So is what it makes `broken`; finished articles that lack something are in work again.
        UserError where it lacks a label that is in use: rename, merge or delete that first.
        """
        scheme = plain_scheme(scheme)
        broken = list(broken)
        return self._change(scheme, what, _rechecks(recheck, what, broken), broken)

    def _change(self, scheme: Scheme, what: str, asking: Iterable[Recheck], broken: Sequence[Breach] = ()) -> Change:
        was = self._door.scheme
        added = (Add("recheck", new_id()[-12:], recheck_value(one)) for one in asking)
        again = (*added, *self._reopened(broken))
        # it is another version also where only the meaning of the same words changed
        ops = scheme_ops(was, scheme) or ((counted(),) if again else ())

        def edits() -> Iterator[Edit]:
            self._keeps_used(was, scheme)
            gone = self._rechecked(dict.fromkeys(was.by_name.keys() - scheme.by_name.keys(), ""))
            yield Edit("scheme", (*ops, *again, *gone, *self._door.chosen()), "", {"what": what})

        return self._door.judged(edits()) if ops or again else Change()

    def keeps_used(self, scheme: Scheme) -> None:
        """Raise UserError where a scheme lacks a label that is in use."""
        self._keeps_used(self._door.scheme, scheme)

    def _keeps_used(self, was: Scheme, scheme: Scheme) -> None:
        lost = was.by_name.keys() - scheme.by_name.keys()
        used = sorted({one.label for one in self._door.links.labelled(sorted(lost))}) if lost else []
        if used:
            raise UserError(
                plural(
                    "The label {labels} cannot be left out: annotations carry it.",
                    "The labels {labels} cannot be left out: annotations carry them.",
                    len(used),
                    labels=", ".join(used),
                ),
                message("Keep what is in use, merge it with another label, or delete it with its annotations."),
            )

    def rename(self, label: str, name: str, title: str = "", in_texts: bool = False, short: str = "") -> Change:
        """Give a label another name, wherever it stands: in annotations and in all parts of the scheme.

        It gets another title and `short` form if these are given.
        `in_texts`: also where guidelines, definitions and notes of examples call it by its name or title.
        """
        name = plain_name(name)

        def renamed() -> Scheme:
            old, scheme = self._known(label), self._door.scheme
            if not name or name in scheme.by_name:
                there = message("There is a label {label} already.", label=name)
                raise UserError(
                    there if name else message("A label needs a name."),
                    message("Choose another name, or merge the two."),
                )
            called = titled(old, name, title)
            if in_texts:
                scheme = call_anew(scheme, new_name(old, name, called))
            return with_label(scheme, label, with_names(scheme.by_name[label], name, called, short))

        return self._relabel({label: name}, renamed, renaming(self._door.scheme.by_name.get(label), name, title))

    def merge(self, labels: Sequence[str], into: str, in_texts: bool = False, keeps: bool = True) -> Change:
        """Put one label in the place of others; annotations that would then stand twice stand once.

        `in_texts`: also where other guidelines, definitions and notes of examples call them by name or title, as far as
        that makes sense. `keeps`: the definition and guideline of those that go stand in the guideline of it then.
        """
        names = {label: into for label in labels if label != into}

        def made() -> Scheme:
            for label in (into, *names):
                self._known(label)
            scheme = self._door.scheme
            if in_texts:
                scheme = call_merged(scheme, names, into)
            return merged(scheme, labels, into, keeps)

        titles = [title_in(self._door.scheme.by_name, label) for label in (*names, into)]
        return self._relabel(names, made, f"{', '.join(titles[:-1])} → {titles[-1]}") if names else Change()

    def split(self, label: str, parts: Sequence[Label]) -> Change:
        """Add labels that take over a part of what one means: all that carries it is to be looked at again."""
        self._known(label)
        scheme = self._door.scheme
        new = [part for part in parts if part.name not in scheme.by_name]
        names = tuple(part.name for part in new)
        asking = Recheck((label,), f"{label} → {', '.join((label, *names))}", parts=names)
        return self._change(plain_scheme(beside(scheme, label, new)), asking.what, [asking]) if new else Change()

    def split_away(self) -> frozenset[str]:
        """Return the labels that were split, and that one has not given by hand since: they are not suggested."""
        me, found = self._door.me.annotator, set[str]()
        for uid, asking in self._door.rechecks.items():
            if not self._door.scheme.by_name.keys().isdisjoint(set(asking.parts) - set(asking.labels)):
                found.update(one for one in asking.labels if not self._door.links.given_since(one, uid, me))
        return frozenset(found)

    def delete(self, label: str) -> Change:
        """Take a label out, with the annotations that carry it and the relations at them; entities lose it as kind."""
        links = self._door.links

        def edits() -> Iterator[Edit]:
            self._known(label)
            scheme = self._door.scheme
            gone_with_it = (*self._rechecked({label: ""}), *self._of_kinds({label: ""}))
            ops = (*scheme_ops(scheme, without(scheme, label)), *gone_with_it, *self._door.chosen())
            yield Edit("scheme", ops, "", {"what": f"− {title_in(scheme.by_name, label)}"})
            for article, some in self._told(by_article(links.labelled([label]))):
                gone = [Set("annotation", one.annotation, ALIVE, True, False) for one in some]
                at = links.relations_at(one.annotation for one in some)
                gone += [Set("relation", one.id, ALIVE, True, False) for one in at]
                ids = [one.annotation for one in some]
                hanging = untied(links.tags_on(ids), ids)
                yield Edit("delete", (*gone, *hanging), article, {"label": label, "n": len(some)})

        return self._door.judged(edits())

    def add_example(
        self, label: str, text: str, start: int, end: int, *, counter: bool = False, note: str = ""
    ) -> Change:
        """Keep words of an article as an example of a label, or (`counter`) of what it is not given to; `note`: why.

        Words that are one already stay it, and get the note.
        """
        scheme = self._door.scheme
        new = _example(label, text, start, end, counter)._replace(note=" ".join(plain(note).split()))
        was = self.example_of(label, text, start, end, counter=counter)
        if was is None:
            examples = (*scheme.examples, new._replace(id=new_id()))
        elif new.note:
            examples = tuple(one._replace(note=new.note) if one.id == was.id else one for one in scheme.examples)
        else:
            return Change()
        quote = as_line(new.quote, QUOTE_MOST)
        none = message("+ “{quote}” is no {label}", quote=quote, label=title_in(scheme.by_name, label))
        return self.change(replace(scheme, examples=examples), say(none) if counter else f"+ “{quote}”")

    def example_of(self, label: str, text: str, start: int, end: int, *, counter: bool = False) -> Example | None:
        """Return the example that these very words are of a label, or (`counter`) of what it is not given to."""
        wanted = _example(label, text, start, end, counter)
        same = (one for one in self._door.scheme.examples_of(label) if one._replace(id="", note="") == wanted)
        return next(same, None)

    # --- the worklist ---------------------------------------------------------------------------------------------

    def stale(self, most: int = -1) -> list[Mention]:
        """Return one's own annotations that a change of the scheme asks to look at again."""
        return [one.place for one in self._stale(most)]

    def again(self, most: int = -1) -> list[Breach]:
        """Return them with the reason: the rule that one breaks, or else the last change that asks for it.

        What one change asks for comes together: who looks at it has one question in mind.
        """
        asking = self._door.rechecks
        turn = {uid: n for n, uid in enumerate(asking)}
        found: list[tuple[int, Breach]] = []
        for place, changes in self._stale(most):
            named = ((place.annotation in asking[uid].annotations, turn[uid], uid) for uid in changes)
            _named, last, uid = max(named)
            broken = asking[uid].annotations.get(place.annotation)
            why = self._broken.reason(place, broken) if broken is not None else ""
            found.append((last, Breach(place, why or asking[uid].asked(place.label, self._door.scheme))))
        return [breach for _turn, breach in sorted(found, key=lambda one: one[0])]

    def count_stale(self, most: int) -> int:
        """Count them, but no further than to `most`."""
        me = self._door.me.annotator
        return self._door.links.count_stale(me, most, self._repaired(me, most))

    def asked_of(self, annotations: Iterable[Annotation]) -> set[str]:
        """Return the ids of those that a change of the scheme asks their annotators to look at again."""
        sight, asking = self._door.sight, self._door.rechecks
        found: set[str] = set()
        named: dict[Mention, bool] = {}
        for one in annotations:
            unseen = set(sight.asked(one)).difference(one.seen)
            if not unseen.isdisjoint(sight.of(one.label)):
                found.add(one.id)
            elif unseen:
                place = Mention(one.id, one.article, one.annotator, one.label, one.start, one.quote)
                named[place] = any(asking[uid].to_say for uid in unseen)
        repaired = self._broken.repaired(named) if named else ()
        return found.union(place.annotation for place in named).difference(repaired)

    def rechecks(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the changes that ask to look at something again, without what is repaired since they named it."""
        repaired = set(self._repaired())
        for uid, value in self._door.rows.elements("recheck"):
            named = value.get("annotations") or {}
            left = {one: why for one, why in named.items() if one not in repaired}
            rest = {key: item for key, item in value.items() if key != "annotations" or left}
            if left or value["labels"] or not named:
                yield uid, {**rest, "annotations": left} if left else rest

    @cached_property
    def _broken(self) -> StillBroken:
        return StillBroken(self._door)

    def _stale(self, most: int) -> list[Stale]:
        me = self._door.me.annotator
        return self._door.links.stale(me, most, self._repaired(me, most))

    def _repaired(self, annotator: str = "", most: int = -1) -> list[str]:
        """Return what a change of the scheme named since it broke a rule, and breaks none any longer."""
        named = self._door.links.named_stale(annotator)
        return self._broken.repaired(named, most) if named else []

    def _reopened(self, broken: Iterable[Breach]) -> Iterator[Op]:
        """Yield the writes that put finished articles in work again which as a whole lack something; gold stays."""
        gold = {one.id for one in self._door.rows.annotators() if one.kind == "gold"}
        lacking = dict.fromkeys((place.article, place.annotator) for place, *_why in broken if not place.annotation)
        for article, annotator in lacking:
            if annotator not in gold and self._door.rows.status(article, annotator) == "done":
                yield Set("layer", layer_id(article, annotator), "status", "done", "doing")

    def _known(self, label: str) -> Label:
        """Return a label of the scheme; UserError where another window took it out meanwhile."""
        found = self._door.scheme.by_name.get(label)
        if found is None or label not in self._door.rows.scheme().by_name:
            raise UserError(
                message("The scheme has no label “{label}”.", label=label), message("Choose another label.")
            )
        return found

    def _relabel(self, names: Mapping[str, str], made: Callable[[], Scheme], what: str) -> Change:
        """Give annotations other labels, as one step, with the scheme that is `made` of the one that stands then."""
        links = self._door.links

        def edits() -> Iterator[Edit]:
            named = (*self._listed(names), *self._rechecked(names), *self._rejected(names), *self._of_kinds(names))
            ops = (
                *scheme_ops(self._door.scheme, made()),
                *named,
                *self._cited_anew(names, _of_a_label),
                *self._door.chosen(),
            )
            yield Edit("scheme", ops, "", {"what": what})
            for article, some in self._told(by_article(links.labelled(list(names)))):
                found = self._door.annotations_by_id(mention.annotation for mention in some)
                about = {"label": next(iter(names.values())), "n": len(some)}
                yield Edit("relabel", tuple(self._renamed(found, names)), article, about)

        return self._door.judged(edits())

    def _listed(self, names: Mapping[str, str]) -> Iterator[Op]:
        """Yield the writes for word lists whose names have such a label."""
        for uid, value in self._door.rows.elements("wordlist"):
            new = [[words, names.get(label, label)] for words, label in value["names"]]
            if new != [list(one) for one in value["names"]]:
                yield Set("wordlist", uid, "names", value["names"], new)

    def _of_kinds(self, names: Mapping[str, str]) -> Iterator[Op]:
        """Yield the writes for entities whose kind such a label is ("": they have none then)."""
        for one in self._door.links.entities():
            if one.kind in names:
                yield Set("entity", one.id, "kind", one.kind, names[one.kind] or None)

    def _rejected(self, names: Mapping[str, str]) -> Iterator[Op]:
        """Yield the writes for rejections of such a label: what was not wanted is not suggested under its new name."""
        for uid, value in self._door.rows.elements("rejection"):
            if value["label"] in names:
                new = rejection_from(value)._replace(label=names[value["label"]])
                yield Set("rejection", uid, ALIVE, True, False)
                yield Add("rejection", new.id, rejection_value(new))

    def _rechecked(self, names: Mapping[str, str]) -> Iterator[Op]:
        """Yield the writes for what was to be looked at again: it still is, under its new name ("": it goes)."""
        for uid, value in self._door.rows.elements("recheck"):
            for part in ("labels", "parts"):
                was = value.get(part) or []
                new = [label for label in dict.fromkeys(names.get(label, label) for label in was) if label]
                if not new and part == "labels" and was and not value.get("annotations"):
                    yield Set("recheck", uid, ALIVE, True, False)
                    break
                if new != was:
                    yield Set("recheck", uid, part, was, new)

    def _renamed(self, annotations: Iterable[Annotation], names: Mapping[str, str]) -> Iterator[Op]:
        """Yield the writes for annotations of an article; of those that would then say the same one stays."""
        stays: dict[tuple[str, str, Span], str] = {}
        instead: dict[str, str] = {}
        for one in annotations:
            renamed = one.but(label=names[one.label])
            there = next(iter(self._door.rows.same_place(renamed)), one.id)
            kept = stays.setdefault((one.annotator, renamed.label, one.span), there)
            if kept == one.id:
                yield Set("annotation", one.id, "label", one.label, renamed.label)
            else:
                yield Set("annotation", one.id, ALIVE, True, False)
                instead[one.id] = kept
        if instead:
            yield from self._taken_over(instead)

    def _taken_over(self, instead: Mapping[str, str]) -> Iterator[Op]:
        """Yield the writes that give what hangs on annotations that go to those that stay."""
        types = self._door.scheme.relations_by_name
        seen: set[tuple[str, frozenset[str] | tuple[str, str]]] = set()
        found = self._door.links.relations_at({*instead, *instead.values()})
        for relation in sorted(found, key=lambda one: one.source in instead or one.target in instead):
            ends = (instead.get(relation.source, relation.source), instead.get(relation.target, relation.target))
            kind = types.get(relation.label)
            key = (relation.label, frozenset(ends) if kind and kind.symmetric else ends)
            moved = ends != (relation.source, relation.target)
            if moved and (ends[0] == ends[1] or key in seen):  # it would lead back, or say what another one says
                yield Set("relation", relation.id, ALIVE, True, False)
            elif moved:
                yield Set("relation", relation.id, "from", relation.source, ends[0])
                yield Set("relation", relation.id, "to", relation.target, ends[1])
            seen.add(key)
        yield from moved_evidence(self._door.links.tags_on(instead), instead)
        for comment in self._door.links.comments_on(instead):
            yield Set("comment", comment.id, "on", comment.on, instead[comment.on])


def _example(label: str, text: str, start: int, end: int, counter: bool) -> Example:
    """Return what an example of these words says, without its id and its note."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Example("", label, text[start:end], before, after, counter)


def _of_a_label(kind: object) -> bool:
    return kind not in _OF_NO_LABEL


def _rechecks(wished: Iterable[str], what: str, broken: Iterable[Breach]) -> Iterator[Recheck]:
    """Yield what a new scheme asks to look at again: what carries the labels that were wished, and what it breaks.

    These are several questions: who says what lacks has not said that the label is still right.
    """
    if labels := tuple(sorted(wished)):
        yield Recheck(labels, what)
    at_places = [one for one in broken if one.place.annotation]
    for lacks in (False, True):
        some = [one for one in at_places if one.lacks == lacks]
        named = {one.place.annotation: say(one.why) for one in reversed(some)}
        if len(named) > NAMED_MOST:
            yield Recheck(tuple(sorted({one.place.label for one in some})), what, to_say=lacks)
        elif named:
            yield Recheck((), what, dict(reversed(named.items())), to_say=lacks)

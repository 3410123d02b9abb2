"""What annotators say of an article: their layers, and the annotations, topics, relations and comments in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rubricator.errors import UserError
from rubricator.exchange.annotators import Annotators
from rubricator.exchange.import_report import Clash, ImportReport
from rubricator.exchange.listing import TEXT_IDS, Listing
from rubricator.exchange.naming import Naming
from rubricator.exchange.standing import Standing
from rubricator.exchange.twice import Twice
from rubricator.formats.base import LayerRecord, Record
from rubricator.formats.reading import shortened
from rubricator.model.edits import Add, Op, Set
from rubricator.model.elements import annotation_value, layer_id, tag_id, tag_value
from rubricator.model.ids import named_id
from rubricator.model.rules import span_violations
from rubricator.model.spans import Annotation, Article, TopicTag
from rubricator.store.rows import Rows
from rubricator.words import message

_ENDS = ("from", "to", "on")
"""What relations and comments name annotations by."""


class Layering:
    """Writes the layers of an import's articles; `ops` is where."""

    def __init__(
        self,
        rows: Rows,
        clash: Clash,
        report: ImportReport,
        ops: list[Op],
        naming: Naming,
        annotators: Annotators,
        entities: Listing,
    ) -> None:
        self._rows = rows
        self._report = report
        self._ops = ops
        self._naming = naming
        self._annotators = annotators
        self._entities = entities
        self._twice = Twice(rows, ops)
        self._standing = Standing(rows, clash)
        self._known = False  # the article was here before
        self._dropped: set[str] = set()  # ids of this article's annotations that are left out
        self._noted: set[str] = set()  # tags of this row with a note or evidence
        self._new: dict[tuple[str, str], tuple[str, str]] = {}  # where ids of this row are at home

    def flushed(self) -> None:
        """Forget what the project knows now: the row was written."""
        self._new.clear()
        self._noted.clear()

    def write(self, record: Record, article: Article, where: str, *, known: bool) -> None:
        """Write all that is said of an article; `known` says that it was here before the import."""
        self._known = known
        self._twice.meet(article.id, record)
        self._dropped.clear()
        owners = [self._layer(article, layer, where) for layer in record.layers]
        renamed: list[dict[str, str]] = []
        for owner, layer in zip(owners, record.layers, strict=True):
            renamed.append({})
            for n, annotation in enumerate(layer.annotations):
                uid = self._annotation(annotation, article, owner, record.text, where, n)
                if uid:
                    renamed[-1][annotation.id or f"#{n}"] = uid
        anywhere = {old: new for layer in reversed(renamed) for old, new in layer.items()}
        for owner, layer, own in zip(owners, record.layers, renamed, strict=True):
            self._about(article.id, layer, owner, {**anywhere, **own}, where)

    def _layer(self, article: Article, layer: LayerRecord, where: str) -> str:
        """Write what is said of a layer as a whole; return its owner."""
        owner = self._annotators.owner(layer, where)
        identity = layer_id(article.id, owner)
        old = self._rows.layer(article.id, owner)
        counted = sum(old.counted.values())  # what this project has counted by itself stays beside what the file says
        seconds = layer.seconds - counted if layer.seconds != old.seconds else old.seconds - counted
        for key, was, will in (
            ("status", old.status, layer.status),
            ("flags", list(old.flags) or None, list(layer.flags) or None),
            ("seconds", (old.seconds - counted) or None, seconds if seconds > 0 else None),
            ("extra", (old.extra or {}).get("extra"), dict(layer.extra) or None),
        ):
            if will != was and will is not None and not (key == "status" and will == "todo"):
                self._ops.append(Set("layer", identity, key, was, will))
        return owner

    def _about(self, article: str, layer: LayerRecord, owner: str, renamed: dict[str, str], where: str) -> None:
        """Write topics, relations, comments and decisions, which may name annotations of any layer of the article."""
        more = {tag.topic for tag in self._rows.tags(article, owner) if _says_more(tag)} if layer.topics else set()
        for tag in layer.topics:
            self._naming.topic(tag.topic, where)
            self._tag(tag, article, owner, renamed, standing=tag.topic in more)
        for kind, items in (
            ("relation", layer.relations),
            ("comment", layer.comments),
            ("decision", layer.decisions),
        ):
            for n, item in enumerate(items):
                uid = self._id_of(kind, item, article, owner, renamed, where)
                renamed[str(item.get("id") or f"{kind} #{n}")] = uid
            for n, item in enumerate(items):
                if self._dropped.intersection(str(item.get(key)) for key in ("from", "to", "on")):
                    self._report.cases.add([("end", f"{where}: {kind} {item.get('label', '')}")])
                    continue
                if kind == "relation":
                    self._naming.relation(str(item.get("label")), where)
                    self._report.relations += 1
                self._element(kind, renamed[str(item.get("id") or f"{kind} #{n}")], item, article, owner, renamed)

    def _annotation(self, a: Annotation, article: Article, owner: str, text: str, where: str, n: int) -> str:
        self._report.uneven += check_span(a, text, where, n)
        label = self._naming.label(a.label, where)
        if not label:
            self._report.cases.add([("mapped", f"{where}: {a.label} “{shortened(a.quote)}”")])
            self._dropped.add(a.id)
            return ""
        self._naming.attributes(a.attributes)
        here = (article.id, owner)
        uid = self._known_by(a.id, owner, here)
        if not uid:
            # The same file gives the same ids, so that importing it twice gives its annotations once.
            uid = named_id(TEXT_IDS, article.id, owner, a.label, a.span.fragments, a.id, n)
        self._report.annotations += 1
        if a.created is None and self._known and self._rows.home_of(uid) is None:
            if twin := self._standing.take(here, label, a.span):
                self._report.standing += 1
                return twin
            if self._standing.deleted(here, label, a.span):
                self._report.cases.add([("deleted", f"{where}: annotation {label} “{shortened(a.quote)}”")])
                self._dropped.add(a.id)
                return ""
        entity = self._entities.here(a.entity)
        version = min(a.scheme, self._naming.scheme.version)  # of another scheme: it is not newer than what comes here
        own = a.but(id=uid, article=article.id, annotator=owner, label=label, entity=entity, scheme=version)
        value = annotation_value(own)
        if said := self._twice.other("annotation", uid, owner, value):
            uid = named_id(TEXT_IDS, *here, a.id, said)
            self._report.cases.add([("namesake", f"{where}: {label} “{shortened(a.quote)}”")])
        self._new["annotation", uid] = here
        self._ops.append(Add("annotation", uid, value))
        return uid

    def _known_by(self, uid: str, owner: str, here: tuple[str, str]) -> str:
        """Return the id that a file gives an annotation, or its like in a copy; empty where it is another's already."""
        if not uid:
            return ""
        home = self._rows.home_of(uid)
        if home is None and (copied := self._id_in_copy(uid, owner)) != uid:
            uid, home = copied, self._rows.home_of(copied)
        return uid if self._new.get(("annotation", uid), home or here) == here else ""

    def _id_in_copy(self, uid: str, owner: str) -> str:
        """Return by which id something new is known; in a packet's copy by one that is nobody else's.

        Files of two annotators may say the same of one text under the same id, and what one of them brings back must
        not pass for the work of the other.
        """
        return named_id(TEXT_IDS, "copy", owner, uid) if uid and self._annotators.is_copy else uid

    def _tag(
        self, tag: TopicTag, article: str, owner: str, renamed: Mapping[str, str], *, standing: bool = False
    ) -> None:
        """Write a topic tag; one that stands with a note or evidence loses none to a file that knows of none."""
        self._report.topics += 1
        if _says_more(tag):
            self._noted.add(tag_id(article, owner, tag.topic))
        elif standing or tag_id(article, owner, tag.topic) in self._noted:
            return
        evidence = tuple(renamed.get(item, item) for item in tag.evidence if item not in self._dropped)
        uid = tag_id(article, owner, tag.topic)
        full = TopicTag(uid, article, owner, tag.topic, tag.note, evidence, tag.extra)
        self._ops.append(Add("tag", uid, tag_value(full)))

    def _id_of(
        self, kind: str, item: Mapping[str, Any], article: str, owner: str, renamed: Mapping[str, str], where: str
    ) -> str:
        """Return the id of a relation, comment or decision; one of its own where the file's is another's already."""
        uid = str(item.get("id") or "")
        if self._rows.element_home(kind, uid) is None:
            uid = self._id_in_copy(uid, owner)
        here = (article, owner)
        if not uid or self._new.get((kind, uid), self._rows.element_home(kind, uid) or here) != here:
            uid = named_id(TEXT_IDS, kind, article, owner, sorted(item.items(), key=repr))
        ends = {key: renamed.get(item[key], item[key]) for key in _ENDS if isinstance(item.get(key), str)}
        if said := self._twice.other(kind, uid, owner, {**item, **ends}):
            uid = named_id(TEXT_IDS, kind, *here, said)
            self._report.cases.add([("namesake", f"{where}: {kind} {item.get('label', '')}".rstrip())])
        self._new[kind, uid] = here
        return uid

    def _element(
        self, kind: str, uid: str, item: Mapping[str, Any], article: str, owner: str, renamed: Mapping[str, str]
    ) -> None:
        value = {key: part for key, part in item.items() if key != "id"}
        for key in (*_ENDS, "reply_to"):
            if isinstance(value.get(key), str):
                value[key] = renamed.get(value[key], value[key])
        if (
            isinstance(value.get("by"), str) and value["by"] in self._annotators.named
        ):  # a file that gives annotators no ids calls them by name
            value["by"] = self._annotators.named[value["by"]]
        if isinstance(value.get("subjects"), list):
            value["subjects"] = [renamed.get(x, x) if isinstance(x, str) else x for x in value["subjects"]]
        self._ops.append(Add(kind, uid, {**value, "article": article, "annotator": owner}))


def check_span(a: Annotation, text: str, where: str, n: int) -> bool:
    """Say whether a span cuts a character or takes in white space; UserError where it is none of this text."""
    violations = list(span_violations(a, text))
    if refused := next((violation for violation in violations if violation.refused), None):
        raise UserError(
            message("{where}: annotation {n} was refused: {why}.", where=where, n=n + 1, why=refused.why),
            message("Correct it in the file. Offsets are code points; --offsets names another unit."),
            refusals=(refused,),
        )
    return bool(violations)


def _says_more(tag: TopicTag) -> bool:
    return bool(tag.note or tag.evidence or tag.extra)

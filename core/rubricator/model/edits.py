"""Every change as a frozen value: JSON-able, with its inverse and its sentence.

An Edit is a tuple of operations on *elements* (an article, an annotation, a label ...), each addressed by kind and id:
`Add` states a whole element, `Set` one field of it. Whether an element is there is a field too (`alive`), so that
taking away and bringing back are writes like any other. Folding therefore needs one rule only: of two writes to the
same field the later by (lamport, edit id) wins. That makes merging independent of order, repetition and batching.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rubricator.model.ids import named_id
from rubricator.model.quick_json import dumped
from rubricator.model.spans import NOTHING, Annotation, Article, Fragment, Span, Stamp, TopicTag, Zone
from rubricator.words import Message, message

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

STATUSES = ("todo", "doing", "done", "skipped")


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

    def describe(self, quotes: Mapping[str, str] = NOTHING) -> Message:
        """Put the edit into words; `quotes` gives the words under the annotations it names, by id."""
        return _describe(self, quotes)


def _inverse(op: Op) -> Op:
    if isinstance(op, Add):
        return Set(op.kind, op.id, ALIVE, True, False)
    return Set(op.kind, op.id, op.field, op.new, op.old)


# --- to and from JSON ---------------------------------------------------------------------------------------------


def payload_of(edit: Edit) -> str:
    """Return the edit's operations as compact JSON, the same for the same edit."""
    ops = [
        ["+", op.kind, op.id, op.value] if isinstance(op, Add) else ["=", op.kind, op.id, op.field, op.old, op.new]
        for op in edit.ops
    ]
    value: dict[str, Any] = {"ops": ops}
    if edit.about:
        value["about"] = dict(edit.about)
    return dumped(value).decode() if len(ops) > _MANY else _encode(value)


_MANY = 100
"""From so many operations on it pays to load the faster library."""

_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=dict, check_circular=False, allow_nan=False
).encode
"""Made once, for `json.dumps` with options makes an encoder each time; an edit that held itself would not end.
Infinity is refused here, before anything is written: a journal that says it could not be read again."""


def edit_from(kind: str, payload: str, article: str = "") -> Edit:
    """Read an edit back; ValueError where the payload is not one."""
    try:
        value = json.loads(payload, parse_float=_finite, parse_constant=_finite)
        if "\\u" in payload:
            json.dumps(value, ensure_ascii=False).encode("utf-8")  # a lone surrogate: no table could hold it
        ops = tuple(_op(item) for item in value["ops"])
        about = value.get("about", NOTHING)
        return Edit(kind, ops, article, {**about})
    except (KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError(f"not an edit: {error!r}") from error


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits} is not a number that can be kept")
    return number


def _op(item: list[Any]) -> Op:
    sign, kind, element = item[0], item[1], item[2]
    if kind not in KINDS or not isinstance(element, str):
        raise ValueError(f"unknown kind of element {kind!r}")
    if sign == "+":
        value = item[3]
        if not isinstance(value, dict):
            raise ValueError("an element is not an object")
        for name in _NEEDED.get(kind, ()):
            _check_field(kind, name, value.get(name))
        for name, written in value.items():
            _check_field(kind, name, written)
        return Add(kind, element, value)
    if sign != "=" or not isinstance(item[3], str):
        raise ValueError(f"unknown operation {sign!r}")
    name = item[3]
    root, dot, _ = name.partition(".")
    if dot and (kind, root) in _TYPES and _TYPES[kind, root] is not dict:
        raise ValueError(f"{kind}.{root} has no parts")
    if not dot and name != ALIVE:
        _check_field(kind, name, item[5])
    if item[5] is None and name in _NEEDED.get(kind, ()):
        raise ValueError(f"{kind}.{name} cannot be empty")
    return Set(kind, element, name, item[4], item[5])


_NEEDED = {
    "annotation": ("article", "annotator", "label", "fragments"),
    "tag": ("article", "annotator", "topic"),
    "article": ("digest",),
    "rejection": ("article", "annotator", "label", "fragments"),
    "wordlist": ("name", "names"),
    "snapshot": ("name",),
    "recheck": ("labels",),
    "sample": ("annotator", "for"),
}
_TYPES: Mapping[tuple[str, str], Any] = {
    ("annotation", "article"): str,
    ("annotation", "annotator"): str,
    ("annotation", "label"): str,
    ("annotation", "fragments"): list,
    ("annotation", "attributes"): dict,
    ("annotation", "note"): str,
    ("annotation", "entity"): str,
    ("annotation", "score"): (int, float),
    ("annotation", "origin"): str,
    ("annotation", "scheme"): int,
    ("annotation", "seen"): list,
    ("annotation", "exact"): bool,
    ("annotation", "created"): list,
    ("annotation", "modified"): list,
    ("annotation", "extra"): dict,
    ("tag", "article"): str,
    ("tag", "annotator"): str,
    ("tag", "topic"): str,
    ("tag", "note"): str,
    ("tag", "evidence"): list,
    ("tag", "ties"): dict,
    ("tag", "extra"): dict,
    ("article", "digest"): str,
    ("article", "title"): str,
    ("article", "meta"): dict,
    ("article", "zones"): list,
    ("article", "cluster"): str,
    ("article", "extra"): dict,
    ("layer", "status"): str,
    ("layer", "flags"): list,
    ("layer", "seconds"): (int, float),
    ("layer", "spent"): dict,
    ("layer", "extra"): dict,
    ("rejection", "article"): str,
    ("rejection", "annotator"): str,
    ("rejection", "label"): str,
    ("rejection", "fragments"): list,
    ("rejection", "source"): str,
    ("wordlist", "name"): str,
    ("wordlist", "names"): list,
    ("snapshot", "name"): str,
    ("snapshot", "seq"): int,
    ("snapshot", "until"): dict,
    ("snapshot", "digest"): str,
    ("snapshot", "at"): str,
    ("snapshot", "articles"): int,
    ("snapshot", "annotations"): int,
    ("recheck", "labels"): list,
    ("sample", "annotator"): str,
    ("sample", "for"): str,
    ("sample", "random"): list,
    ("sample", "targeted"): list,
    ("sample", "repeats"): dict,
    ("sample", "seed"): int,
}
_INT_MOST = 2**53
"""Whole numbers beyond this are no offsets, and a table might not hold them."""


def _check_field(kind: str, name: str, value: Any) -> None:
    """Raise ValueError where a known field is not of its type: the tables could not hold it."""
    wanted = _TYPES.get((kind, name))
    if wanted is None or (value is None and name not in _NEEDED.get(kind, ())):
        return
    if not isinstance(value, wanted):
        raise ValueError(f"{kind}.{name} is not of its type: {value!r}")  # noqa: TRY004 - callers know one error
    if name == "fragments":
        check_fragments(value)
    elif name in {"created", "modified"} and not (len(value) == 2 and all(isinstance(item, str) for item in value)):
        raise ValueError(f"{kind}.{name} is not a name and a time: {value!r}")
    elif name == "names" and not all(_is_name(item) for item in value):
        raise ValueError("wordlist.names holds something else than [words, label]")
    elif name == "zones" and not all(_is_zone(item) for item in value):
        raise ValueError("article.zones holds something else than [kind, start, end]")


def _is_zone(item: Any) -> bool:
    match item:
        case [str(), int(), int()]:
            return True
    return False


def _is_name(item: Any) -> bool:
    match item:
        case [str(), str()]:
            return True
    return False


def check_fragments(value: Any) -> tuple[Fragment, ...]:
    """Return fragments given as JSON; ValueError unless they are ordered, disjoint and not empty."""
    if not isinstance(value, list | tuple) or not value:
        raise ValueError("a span without fragments")
    fragments: list[Fragment] = []
    last = 0
    for pair in value:
        start, end = pair
        if type(start) is not int or type(end) is not int or not last <= start < end <= _INT_MOST:
            raise ValueError(f"fragment {start!r} to {end!r} is empty, out of order or not made of whole numbers")
        fragments.append((start, end))
        last = end
    return tuple(fragments)


# --- values as elements -------------------------------------------------------------------------------------------

ANNOTATION_FIELDS = frozenset(
    "article annotator label fragments attributes note entity score origin scheme seen exact created modified".split()
)
TAG_FIELDS = frozenset("article annotator topic note evidence ties".split())
ARTICLE_FIELDS = frozenset("digest title meta zones cluster".split())


def _with_extra(value: dict[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """Add the unknown keys of an import in a place of their own: a file may call one `article`, `digest` or `alive`."""
    return {**value, "extra": dict(extra)} if extra else value


def _extra_of(value: Mapping[str, Any], known: frozenset[str]) -> Mapping[str, Any]:
    """Return the unknown keys of an import, and the fields that only a later version knows."""
    if value.keys() <= known:
        return NOTHING
    later = {key: item for key, item in value.items() if key not in known and key != "extra"}
    return {**later, **(value.get("extra") or NOTHING)} or NOTHING


def annotation_value(annotation: Annotation) -> dict[str, Any]:
    """Return an annotation as the value of its element; what is empty is left out, and never the quote."""
    a = annotation
    value: dict[str, Any] = {
        "article": a.article,
        "annotator": a.annotator,
        "label": a.label,
        "fragments": [list(fragment) for fragment in a.span.fragments],
    }
    if a.attributes:
        value["attributes"] = dict(a.attributes)
    if a.note:
        value["note"] = a.note
    if a.entity:
        value["entity"] = a.entity
    if a.score is not None:
        value["score"] = a.score
    if a.origin != "manual":
        value["origin"] = a.origin
    if a.scheme:
        value["scheme"] = a.scheme
    if a.seen:
        value["seen"] = list(a.seen)
    if a.exact:
        value["exact"] = True
    if a.created:
        value["created"] = [a.created.by, a.created.at]
    if a.modified:
        value["modified"] = [a.modified.by, a.modified.at]
    return _with_extra(value, a.extra)


def annotation_from(
    element: str, value: Mapping[str, Any], quote: str = "", created: Stamp | None = None
) -> Annotation:
    """Make the annotation of an element; `created` stands in where the value names no stamp of its own."""
    return Annotation(
        id=element,
        article=value["article"],
        annotator=value["annotator"],
        label=value["label"],
        span=Span(tuple((start, end) for start, end in value["fragments"])),
        quote=quote,
        attributes=value.get("attributes") or NOTHING,
        note=value.get("note") or "",
        entity=value.get("entity") or "",
        score=value.get("score"),
        origin=value.get("origin") or "manual",
        scheme=value.get("scheme") or 0,
        seen=tuple(map(str, value.get("seen") or ())),
        exact=bool(value.get("exact")),
        created=Stamp(*value["created"]) if value.get("created") else created,
        modified=Stamp(*value["modified"]) if value.get("modified") else None,
        extra=_extra_of(value, ANNOTATION_FIELDS),
    )


def tag_id(article: str, annotator: str, topic: str) -> str:
    """Return the id of a topic tag: the same for the same three, so that giving a topic twice is giving it once."""
    return named_id(_TAGS, article, annotator, topic)


_TAGS = "3c8b2f34-6f9e-5a55-9c7e-5d3f0a6e1b90"


def tag_value(tag: TopicTag) -> dict[str, Any]:
    """Return a topic tag as the value of its element."""
    value: dict[str, Any] = {"article": tag.article, "annotator": tag.annotator, "topic": tag.topic}
    if tag.note:
        value["note"] = tag.note
    if tag.evidence:
        value["evidence"] = list(tag.evidence)
    return _with_extra(value, tag.extra)


def tag_from(element: str, value: Mapping[str, Any]) -> TopicTag:
    """Make the topic tag of an element."""
    return TopicTag(
        id=element,
        article=value["article"],
        annotator=value["annotator"],
        topic=value["topic"],
        note=value.get("note") or "",
        evidence=_evidence(value),
        extra=_extra_of(value, TAG_FIELDS),
    )


def _evidence(value: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a tag came with, without what was untied since, and what was tied since (see model/topic_tags.py)."""
    ties: Mapping[str, Any] = value.get("ties") or NOTHING
    came = [str(item) for item in value.get("evidence") or ()]
    kept = [item for item in came if ties.get(item) is not False]
    return tuple(dict.fromkeys((*kept, *sorted(item for item, tied in ties.items() if tied))))


def article_value(article: Article) -> dict[str, Any]:
    """Return an article as the value of its element; its text is named by digest only."""
    value: dict[str, Any] = {"digest": article.digest}
    if article.title:
        value["title"] = article.title
    if article.meta:
        value["meta"] = dict(article.meta)
    if article.zones:
        value["zones"] = [[zone.kind, zone.start, zone.end] for zone in article.zones]
    if article.cluster:
        value["cluster"] = article.cluster
    return _with_extra(value, article.extra)


def article_from(element: str, value: Mapping[str, Any]) -> Article:
    """Make the article of an element."""
    return Article(
        id=element,
        digest=value.get("digest") or "",
        title=value.get("title") or "",
        meta=value.get("meta") or NOTHING,
        zones=tuple(Zone(kind, start, end) for kind, start, end in value.get("zones") or ()),
        cluster=value.get("cluster") or "",
        extra=_extra_of(value, ARTICLE_FIELDS),
    )


def layer_id(article: str, annotator: str) -> str:
    """Return the id of an annotator's layer on an article (the tab stands in neither part)."""
    return f"{annotator}\t{article}"


def split_layer_id(element: str) -> tuple[str, str]:
    """Return (article, annotator) of a layer's id."""
    annotator, _, article = element.partition("\t")
    return article, annotator


# --- the edits people make ----------------------------------------------------------------------------------------


def annotate(annotations: Iterable[Annotation], *more: Op, kind: str = "annotate") -> Edit:
    """Make the edit that adds these annotations (of one article), and writes `more` with them; `kind` names it."""
    added = tuple(annotations)
    ops = tuple(Add("annotation", a.id, annotation_value(a)) for a in added)
    return Edit(kind, ops + more, added[0].article, {"label": added[0].label, "n": len(added)})


def delete(annotations: Iterable[Annotation], *more: Op) -> Edit:
    """Make the edit that takes these annotations (of one article) away, and writes `more` with them."""
    gone = tuple(annotations)
    ops = tuple(Set("annotation", a.id, ALIVE, True, False) for a in gone)
    return Edit("delete", ops + more, gone[0].article, {"label": gone[0].label, "n": len(gone)})


def rewrite(kind: str, before: Annotation, after: Annotation) -> Edit:
    """Make the edit that turns an annotation into another; `kind` names it (relabel, reshape, note ...)."""
    old, new = annotation_value(before), annotation_value(after)
    ops = tuple(
        Set("annotation", before.id, name, old.get(name), new.get(name))
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    )
    return Edit(kind, ops, before.article, {"label": after.label, "was": before.label})


def tag(tags: Iterable[TopicTag], *more: Op) -> Edit:
    """Make the edit that gives these topics to an article, and writes `more` with them."""
    given = tuple(tags)
    ops = tuple(Add("tag", t.id, tag_value(t)) for t in given)
    return Edit("tag", ops + more, given[0].article, {"topic": given[0].topic, "n": len(given)})


def untag(given: TopicTag) -> Edit:
    """Make the edit that takes a topic off an article."""
    return Edit("untag", (Set("tag", given.id, ALIVE, True, False),), given.article, {"topic": given.topic, "n": 1})


def set_status(article: str, annotator: str, old: str, new: str) -> Edit:
    """Make the edit that writes the status of a layer."""
    ops = (Set("layer", layer_id(article, annotator), "status", old, new),)
    return Edit("status", ops, article, {"status": new})


def set_flags(article: str, annotator: str, old: Sequence[str], new: Sequence[str]) -> Edit:
    """Make the edit that writes the flags of a layer."""
    ops = (Set("layer", layer_id(article, annotator), "flags", list(old) or None, list(new) or None),)
    return Edit("flag" if new else "unflag", ops, article, {"flags": list(new or old)})


def add_time(article: str, annotator: str, run: str, old: float, new: float) -> Edit:
    """Make the edit that writes how many seconds a run of the program has counted on a layer.

    Each run writes a field of its own, so that the counts of two never overwrite each other: a layer's time is the sum.
    """
    ops = (Set("layer", layer_id(article, annotator), f"spent.{run}", old or None, new),)
    return Edit("time", ops, article)


def set_article(before: Article, after: Article) -> Edit:
    """Make the edit that writes an article's title, metadata or zones; never its text."""
    old, new = article_value(before), article_value(after)
    names = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    if "digest" in names:
        raise ValueError("the text of an article never changes")
    ops = tuple(Set("article", before.id, name, old.get(name), new.get(name)) for name in names)
    return Edit("article", ops, before.id, {"title": after.title, "fields": names})


def remove_article(article: Article) -> Edit:
    """Make the edit that takes an article out of the project."""
    return Edit("remove", (Set("article", article.id, ALIVE, True, False),), article.id, {"title": article.title})


# --- words --------------------------------------------------------------------------------------------------------


def _quote(edit: Edit, quotes: Mapping[str, str]) -> str:
    for uid in (str(edit.about.get("of")), *(op.id for op in edit.ops if op.kind == "annotation")):
        if uid in quotes:
            return _short(quotes[uid])
    return "…"


def _short(quote: str) -> str:
    words = quote.replace("\n", "⏎")
    return words if len(words) <= 60 else words[:59] + "…"


def named_annotations(edit: Edit) -> list[str]:
    """Return the ids of the annotations whose words its sentence tells."""
    first = [op.id for op in edit.ops[:1] if op.kind == "annotation"]
    ends = [str(edit.about[end]) for end in ("source", "target") if "target" in edit.about]
    return [*first, *ends, *(str(edit.about[name]) for name in ("of",) if name in edit.about)]


def _describe(edit: Edit, quotes: Mapping[str, str]) -> Message:
    about = {"n": 1, **dict.fromkeys(("label", "was", "topic", "status", "title", "source", "what", "name"), "…")}
    about |= edit.about  # a merged file may lack some of them
    words = {"target_quote": "…", **about, "quote": _quote(edit, quotes)}
    if "target" in about:
        words["quote"], words["target_quote"] = (
            _short(quotes.get(str(about[end]), "…")) for end in ("source", "target")
        )
    n = about["n"] if isinstance(about["n"], int) else 1
    several = n > 1
    match edit.kind:
        case "annotate" if several:
            return message("Labelled {n} places as {label}", **words)
        case "annotate":
            return message("Labelled “{quote}” as {label}", **words)
        case "accept" if several:
            return message("Accepted {n} suggestions", **words)
        case "accept":
            return message("Labelled “{quote}” as {label}, as suggested", **words)
        case "reject":
            return message("Rejected a suggestion of {label}", **words)
        case "words":
            return Message("Imported {n} name from {source}", words, "Imported {n} names from {source}")
        case "delete" if several:
            return message("Deleted {n} annotations", **words)
        case "delete":
            return message("Deleted {label} “{quote}”", **words)
        case "relabel":
            return message("Changed “{quote}” from {was} to {label}", **words)
        case "reshape":
            return message("Moved the borders of {label} “{quote}”", **words)
        case "note":
            return message("Wrote a note on {label} “{quote}”", **words)
        case "tag":
            return message("Gave the topic {topic}", **words)
        case "untag":
            return message("Took off the topic {topic}", **words)
        case "evidence":
            return Message(
                "Tied {n} annotation to the topic {topic}", words, "Tied {n} annotations to the topic {topic}"
            )
        case "no-evidence":
            return Message(
                "Untied {n} annotation from the topic {topic}", words, "Untied {n} annotations from the topic {topic}"
            )
        case "tag-note":
            return message("Wrote a note on the topic {topic}", **words)
        case "topic-add":
            return message("Added the topic “{name}”", **words)
        case "topic-change":
            return message("Changed the topic “{name}”", **words)
        case "topic-retire":
            return message("Retired the topic “{name}”", **words)
        case "topic-back":
            return message("Brought back the topic “{name}”", **words)
        case "status":
            return message("Set the status to {status}", **words)
        case "flag":
            return message("Flagged the article", **words)
        case "unflag":
            return message("Took the flag off", **words)
        case "time":
            return message("Counted the time spent", **words)
        case "article":
            return message("Changed the details of “{title}”", **words)
        case "remove":
            return message("Took the article “{title}” out", **words)
        case "snapshot":
            return message("Took the snapshot “{name}”", **words)
        case "drop-snapshot":
            return message("Deleted the snapshot “{name}”", **words)
        case "sample":
            return Message(
                "Drew {n} article for a second annotation by {name}",
                words,
                "Drew {n} articles for a second annotation by {name}",
            )
        case "import":
            return Message("Imported {n} article from {source}", words, "Imported {n} articles from {source}")
        case "scheme":
            return message("Changed the scheme: {what}", **words)
        case "attribute":
            return message("Set {name} of {label} “{quote}”", **words)
        case "confirm":
            return Message("Confirmed {n} annotation", words, "Confirmed {n} annotations")
        case "relate":
            return message("Related “{quote}” to “{target_quote}” by {label}", **words)
        case "unrelate":
            return message("Took off the relation {label} of “{quote}” and “{target_quote}”", **words)
        case "retype":
            return message("Changed the relation of “{quote}” and “{target_quote}” from {was} to {label}", **words)
        case "turn":
            return message("Turned the relation {label} of “{quote}” and “{target_quote}” round", **words)
        case "entity":
            return message("Listed the entity “{name}”", **words)
        case "entities":
            return Message("Imported {n} entity from {source}", words, "Imported {n} entities from {source}")
        case "entity-change":
            return message("Changed the entity “{name}”", **words)
        case "entity-merge":
            return message("Put “{was}” together with the entity “{name}”", **words)
        case "entity-apart":
            return message("Said that “{name}” and “{was}” are two", **words)
        case "entity-split":
            return message("Made the entity “{name}” of mentions of “{was}”", **words)
        case "entity-delete":
            return message("Took the entity “{name}” off the list", **words)
        case "link" if not about["name"]:
            return Message("Took the link off “{quote}”", words, "Took the link off {n} mentions")
        case "link":
            return Message("Linked “{quote}” to “{name}”", words, "Linked {n} mentions to “{name}”")
        case "comment":
            return message("Wrote a comment", **words)
        case "comment-change":
            return message("Changed a comment", **words)
        case "comment-delete":
            return message("Deleted a comment", **words)
        case "decide" if about.get("outcome") == "reject":
            return message("Decided against {label} “{quote}”", **words)
        case "decide" if about.get("outcome") == "defer":
            return message("Put off the decision on {label} “{quote}”", **words)
        case "decide":
            return message("Decided for {label} “{quote}”", **words)
        case "agree":
            return Message("Took {n} agreed place to gold", words, "Took {n} agreed places to gold")
        case "lock":
            return message("Locked the gold layer", **words)
        case "reopen":
            return message("Reopened the gold layer", **words)
        case "topics":
            return Message("Imported {n} topic from {source}", words, "Imported {n} topics from {source}")
        case "project":
            return message("Made the project “{name}”", **words)
        case "annotator":
            return message("{name} joined the project", **words)
        case "merge":
            return message("Merged {source}", **words)
        case _:
            return message("Made a change ({kind})", kind=edit.kind)

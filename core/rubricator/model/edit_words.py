"""Every edit in words: the sentence that the history tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rubricator.model.edits import Add, Edit, Set
from rubricator.model.spans import NOTHING
from rubricator.words import Message, as_line, message


def named_annotations(edit: Edit) -> list[str]:
    """Return the ids of the annotations whose words its sentence tells."""
    first = [op.id for op in edit.ops[:1] if op.kind == "annotation"]
    ends = [str(edit.about[end]) for end in ("source", "target") if "target" in edit.about]
    return [*first, *ends, *(str(edit.about[name]) for name in ("of",) if name in edit.about)]


def placed(edit: Edit, annotation: str) -> Sequence[Sequence[int]]:
    """Return the fragments that an edit gave to an annotation: its sentence tells these words, and no later ones.

    Where fragments were added, these are the ones before. Nothing where the edit says nothing of them.
    """
    for op in edit.ops:
        if op.kind != "annotation" or op.id != annotation:
            continue
        if isinstance(op, Add):
            return op.value.get("fragments") or ()
        if op.field == "fragments":
            more = _more(op)
            return [fragment for fragment in op.new if fragment not in more]
    return ()


def added(edit: Edit) -> Sequence[Sequence[int]]:
    """Return the fragments that were added to an annotation, where an edit did that and moved no others."""
    places = (op for op in edit.ops if op.kind == "annotation" and isinstance(op, Set))
    moved = (op for op in places if op.field == "fragments")
    return next(map(_more, moved), ()) if edit.kind == "reshape" else ()


def _more(op: Set) -> Sequence[Sequence[int]]:
    before = op.old if isinstance(op.old, list) else []  # a merged file may say anything
    kept = bool(before) and all(fragment in op.new for fragment in before)
    return [fragment for fragment in op.new if fragment not in before] if kept else ()


def describe(edit: Edit, quotes: Mapping[str, str] = NOTHING, more: str = "") -> Message:
    """Put an edit into words; `quotes` gives the words under the annotations it names, by id, `more` those added."""
    about = {"n": 1, **dict.fromkeys(("label", "was", "topic", "status", "title", "source", "what", "name"), "…")}
    about |= edit.about  # a merged file may lack some of them
    words = {"target_quote": "…", **about, "quote": _quote(edit, quotes)}
    if "target" in about:
        words["quote"], words["target_quote"] = (
            as_line(quotes.get(str(about[end]), "…"), _MOST) for end in ("source", "target")
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
        case "reshape" if more:
            return message("Added “{more}” to {label} “{quote}”", **{**words, "more": as_line(more, _MOST)})
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
            return _STATUS.get(str(about["status"]), message("Set the status to {status}", **words))
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
        case "move-end":
            return message("Moved an end: the relation {label} leads from “{quote}” to “{target_quote}”", **words)
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
        case "annotator" if edit.ops and isinstance(edit.ops[0], Set):
            return message("{old} goes by the name {name} now", old=edit.ops[0].old, name=about["name"])
        case "annotator":
            return message("{name} joined the project", **words)
        case "merge":
            return message("Merged {source}", **words)
        case _:
            return message("Made a change ({kind})", kind=edit.kind)


_MOST = 60
"""Characters of a quote in the history."""

_STATUS = {
    "todo": message("Set the article back to do"),
    "doing": message("Took the article back into work"),
    "done": message("Finished the article"),
    "skipped": message("Skipped the article"),
}


def _quote(edit: Edit, quotes: Mapping[str, str]) -> str:
    for uid in (str(edit.about.get("of")), *(op.id for op in edit.ops if op.kind == "annotation")):
        if uid in quotes:
            return as_line(quotes[uid], _MOST)
    return "…"

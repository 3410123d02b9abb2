"""The kinds of differences: one table, in the order in which they are looked for. The first that applies counts."""

from __future__ import annotations

from typing import NamedTuple

from rubricator.words import Message, message


class Kind(NamedTuple):
    """A kind of difference: its key, its name, and what it means in a sentence."""

    key: str
    name: Message
    means: Message


KINDS = (
    Kind("only", message("Only some"), message("Some layer has no annotation here.")),
    Kind("split", message("Split"), message("The first layer has one annotation where another has several.")),
    Kind("merge", message("Merged"), message("The first layer has several annotations where another has one.")),
    Kind("label-boundary", message("Label and borders"), message("Both the label and the borders differ.")),
    Kind("label", message("Label"), message("The same words carry different labels.")),
    Kind("boundary", message("Borders"), message("The same label begins or ends elsewhere.")),
    Kind("fragments", message("Fragments"), message("The borders are the same, what lies between them is not.")),
    Kind("attribute", message("Attribute"), message("Span and label are the same, an attribute differs.")),
    Kind("entity", message("Entity"), message("They link to different entities, or one of them to none.")),
    Kind("relation", message("Relation"), message("A relation is missing, of another type, or turned round.")),
    Kind("topic", message("Topic"), message("A topic is given in some layers and not in others.")),
)

PRECEDENCE = {kind.key: n for n, kind in enumerate(KINDS)}

SUBS = {
    "missing": message("in the gold layer alone"),
    "spurious": message("not in the gold layer"),
    "determiner": message("a determiner"),
    "title": message("a title"),
    "punctuation": message("punctuation"),
    "head": message("another last word"),
    "words": message("other words"),
    "unlinked": message("one links to nothing"),
    "type": message("another type"),
    "turned": message("turned round"),
    "says": message("an attribute of it"),
}
"""Sub-kinds: of `only`, relations and topics against gold, of borders, of entities and of relations."""

Pattern = tuple[str, ...]
"""What differences have in common that can be settled together: kind, sub-kind, and two things that its kind tells."""


def told(pattern: Pattern) -> Message:
    """Put a pattern into words: “Leading “the” on ORG”."""
    kind, sub, what, where = pattern
    words = {"what": _or(what), "where": _or(where)}
    match kind, sub:
        case "only", "missing" if where:
            return message("{what} inside {where}, missing", **words)
        case "only", "missing":
            return message("{what}, missing", **words)
        case "only", "spurious" if where:
            return message("{what} inside {where}, spurious", **words)
        case "only", "spurious":
            return message("{what}, spurious", **words)
        case "only", _ if where:
            return message("{what} inside {where}, only in some layers", **words)
        case "only", _:
            return message("{what}, only in some layers", **words)
        case "split" | "merge", _:
            return message("{what}, one or several", **words)
        case "label", _:
            return message("{what}", **words)
        case "label-boundary", _:
            return message("{what}, with other borders", **words)
        case "boundary", "determiner" | "title":
            return message("Leading “{what}” on {where}", **words)
        case "boundary", _:
            return message("“{what}” outside or inside {where}", **words)
        case "fragments", _:
            return message("Fragments of {where}", **words)
        case "attribute", _:
            return message("{what} of {where}", **words)
        case "entity", "unlinked":
            return message("{where} with or without a link", **words)
        case "entity", _:
            return message("Entity of {where}", **words)
        case "relation", "type":
            return message("Relation {what}", **words)
        case "relation", "turned":
            return message("Relation {what}, turned round", **words)
        case "relation", "says":
            return message("Attributes of the relation {what}", **words)
        case "relation", "missing":
            return message("Relation {what}, missing", **words)
        case "relation", "spurious":
            return message("Relation {what}, spurious", **words)
        case "relation", _:
            return message("Relation {what}, only in some layers", **words)
        case "topic", "missing":
            return message("Topic {what}, missing", **words)
        case "topic", "spurious":
            return message("Topic {what}, spurious", **words)
        case _:
            return message("Topic {what}", **words)


BETWEEN = "\t"
"""What parts several names in a pattern."""


def _or(names: str) -> Message:
    first, *others = names.split(BETWEEN)
    words = message("{what}", what=first)
    for other in others:
        words = message("{first} or {second}", first=words, second=other)
    return words

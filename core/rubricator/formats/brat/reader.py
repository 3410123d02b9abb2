"""Reads brat standoff: an .ann file with the .txt beside it, and the annotation.conf that declares its names.

Source of the format: brat's pages “standoff format” and “annotation configuration” (brat.nlplab.org). What our model
says in other words: the arguments of an event are relations from its trigger, named by their roles; an Equiv is an
entity of several mentions; a normalisation is the external id of one; a typed note (`#1 Lemma T1`) is an attribute.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from rubricator.errors import UserError
from rubricator.formats import files
from rubricator.formats.base import Header, ReadOptions, Record
from rubricator.formats.brat.conf_reader import read_configuration
from rubricator.formats.reading import Draft, annotation, fitting_unit, layer
from rubricator.formats.text import about
from rubricator.model.ids import named_id
from rubricator.model.spans import Annotation
from rubricator.model.text import decode, digest
from rubricator.words import Message, message

_IDS = "5c3f0d5e-8f0b-5a53-9a1c-64c1a1b6b1a7"
_TEXT_BOUND = re.compile(r"(\S+) (\d{1,12} \d{1,12}(?:;\d{1,12} \d{1,12})*)", re.ASCII)
_END = re.compile(r"[^\s:]+:[TE][^\s:]*", re.ASCII)
_DIGITS = re.compile(r"\d+$")


@dataclass
class _Mention:
    """A text-bound annotation as it grows: `linked` is the id of its entity."""

    label: str
    places: list[tuple[int, int]]
    words: str
    where: str
    attributes: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    linked: str = ""


@dataclass
class _Document:
    """What an .ann file says, by the ids it gives."""

    mentions: dict[str, _Mention] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)
    relations: dict[str, dict[str, Any]] = field(default_factory=dict)
    entities: dict[str, dict[str, Any]] = field(default_factory=dict)
    unheld: list[str] = field(default_factory=list)
    ends: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def read_brat(source: Path, options: ReadOptions) -> Iterator[Header | Record]:
    """Yield what the configuration declares, if there is one, then the entities and the article."""
    beside = source.with_suffix(".txt")
    if not beside.is_file():
        raise UserError(
            message("{file} has no text: {beside} should stand beside it.", file=source.name, beside=beside.name),
            message("Put the .txt file of the same name into the same folder."),
        )
    scheme = read_configuration(source.parent, options.within)
    if scheme is not None:
        yield Header(scheme=scheme)
    text = decode(files.whole(beside), beside.name, options.encoding).text
    if not text.strip():
        raise UserError(
            message("{file} is empty.", file=beside.name), message("Take it and its .ann file out of the import.")
        )
    said = _read(decode(files.whole(source), source.name, "utf-8").text, source.name, digest_of(text))
    quoted = [(mention.places, mention.words) for mention in said.mentions.values()]
    unit = fitting_unit(text, quoted, options.unit)
    draft = Draft(text, source.name, unit)
    if unit != options.unit:
        draft.note("unit", f"{source.name}: {unit}")
    for line in said.unheld:
        draft.note("unheld", line)
    spans = {uid: made for uid, mention in said.mentions.items() if (made := _annotation(uid, mention, draft))}
    relations = []
    for where, relation in said.ends:
        if relation["from"] in spans and relation["to"] in spans:
            relations.append(relation)
        else:
            draft.note("end", f"{where}: {relation['label']}")
    used = {one.entity for one in spans.values()}
    entities = tuple(_named(uid, value, spans) for uid, value in said.entities.items() if uid in used)
    if entities:
        yield Header(entities=entities)
    found = about(draft.text, source.stem)
    record = draft.record([layer("", spans.values(), relations=tuple(relations))], found.title, meta=found.meta)
    yield record


def digest_of(text: str) -> str:
    """Return what tells this text from others, also where it holds what no canonical text does."""
    return digest(text.encode("utf-8", "replace").decode("utf-8"))


def _named(uid: str, value: dict[str, Any], spans: dict[str, Annotation]) -> dict[str, Any]:
    """Return an entity; one that the file gives no name is called by the longest of its mentions."""
    mentions = [one for one in spans.values() if one.entity == uid]
    longest = max(mentions, key=lambda one: len(one.quote))
    return {"id": uid, "name": " ".join(longest.quote.split()), "kind": longest.label} | value


def _annotation(uid: str, mention: _Mention, draft: Draft) -> Annotation | None:
    span = draft.span(mention.places, mention.where, mention.words)
    if span is None:
        return None
    return annotation(
        uid,
        mention.label,
        span,
        draft.text,
        attributes=mention.attributes,
        note="\n".join(mention.notes),
        entity=mention.linked,
    )


# --- the lines ----------------------------------------------------------------------------------------------------


class _BadLineError(Exception):
    """What is wrong with a line."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.text)
        self.why = why


def _read(source: str, file: str, text: str) -> _Document:
    """Read the lines: first what stands on its own, then what is said of it, since lines come in any order."""
    said = _Document()
    later: list[tuple[str, str, str, str]] = []
    for number, line in enumerate(source.split("\n"), 1):
        line = line.rstrip("\r")
        if not line.strip():
            continue
        where = f"{file}, line {number}"
        try:
            name, tab, rest = line.partition("\t")
            if not tab:
                _fail(message("there is no tab after the id"))
            elif name[:1] == "T":
                _text_bound(said, name, rest, where)
            elif name[:1] == "E":
                _once(said.triggers, name)
                said.triggers[name] = rest.partition(" ")[0].partition(":")[2]
                later.append((where, name, rest, line))
            else:
                later.append((where, name, rest, line))
        except _BadLineError as bad:
            raise _refused(where, bad.why) from bad
    order = {"E": 0, "R": 1, "*": 2, "A": 3, "M": 3, "N": 4, "#": 5}
    for where, name, rest, line in sorted(later, key=lambda item: order.get(item[1][:1], 9)):
        try:
            _say(said, name, rest, line, where, text)
        except _BadLineError as bad:
            raise _refused(where, bad.why) from bad
    return said


def _refused(where: str, why: Message) -> UserError:
    return UserError(
        message("{where}: {why}.", where=where, why=why),
        message("Correct the line, or make the file again where it came from."),
    )


def _fail(why: Message) -> NoReturn:
    raise _BadLineError(why)


def _once(known: dict[str, Any], name: str) -> None:
    if name in known:
        raise _BadLineError(message("the id {id} stands in the file twice", id=name))


def _text_bound(said: _Document, name: str, rest: str, where: str) -> None:
    head, _tab, words = rest.partition("\t")
    match = _TEXT_BOUND.fullmatch(head.strip())
    if match is None:
        raise _BadLineError(message("a label and its places are needed, as in “T1⇥Person 0 5⇥Words”"))
    _once(said.mentions, name)
    pairs = [pair.split(" ") for pair in match[2].split(";")]
    said.mentions[name] = _Mention(match[1], [(int(start), int(end)) for start, end in pairs], words, where)


def _say(said: _Document, name: str, rest: str, line: str, where: str, text: str) -> None:
    """Take in a line that speaks of others."""
    head, _tab, tail = rest.partition("\t")
    words = head.split()
    if not words:
        raise _BadLineError(message("it says nothing"))
    match name[:1]:
        case "E":
            _event(said, name, words, where)
        case "R":
            _once(said.relations, name)
            if len(words) != 3 or not all(_END.fullmatch(word) for word in words[1:]):
                raise _BadLineError(message("a relation needs two ends, as in “R1⇥Located Arg1:T1 Arg2:T2”"))
            first, second = (_mention(said, word.partition(":")[2]) for word in words[1:])
            said.relations[name] = {"id": name, "label": words[0], "from": first, "to": second}
            said.ends.append((where, said.relations[name]))
        case "*":
            uid = named_id(_IDS, text, *sorted(words[1:]))
            for word in words[1:]:
                mention = said.mentions[_mention(said, word)]
                uid = mention.linked or uid
            said.entities.setdefault(uid, {})
            for word in words[1:]:
                said.mentions[_mention(said, word)].linked = uid
        case "A" | "M":
            _attribute(said, words, line, where)
        case "N":
            _normalised(said, words, tail, where)
        case "#":
            _note(said, words, tail, line, where)
        case _:
            said.unheld.append(f"{where}: {line}")


def _mention(said: _Document, name: str) -> str:
    """Return the id of the text-bound annotation that is meant: of an event it is the trigger."""
    found = said.triggers.get(name, name)
    if found not in said.mentions:
        raise _BadLineError(message("it speaks of {id}, which is not in the file", id=found))
    return found


def _event(said: _Document, name: str, words: list[str], where: str) -> None:
    if not all(_END.fullmatch(word) for word in words):
        raise _BadLineError(message("an event needs a trigger and its arguments, as in “E1⇥Die:T2 Victim:T1”"))
    trigger = _mention(said, name)
    for n, word in enumerate(words[1:], 1):
        role, _colon, end = word.partition(":")
        relation = {"id": f"{name}.{n}", "label": _DIGITS.sub("", role) or role, "from": trigger}
        said.ends.append((where, {**relation, "to": _mention(said, end)}))


def _attribute(said: _Document, words: list[str], line: str, where: str) -> None:
    if len(words) < 2:
        raise _BadLineError(message("an attribute needs what it is said of, as in “A1⇥Negation E1”"))
    value: Any = " ".join(words[2:]) or True
    if words[1] in said.relations:
        said.relations[words[1]].setdefault("attributes", {})[words[0]] = value
        return
    attributes = said.mentions[_mention(said, words[1])].attributes
    if words[0] in attributes and attributes[words[0]] != value:
        said.unheld.append(f"{where}: {line}")
    else:
        attributes[words[0]] = value


def _normalised(said: _Document, words: list[str], name: str, where: str) -> None:
    if len(words) != 3:
        raise _BadLineError(message("a normalisation needs a mention and an id, as in “N1⇥Reference T1 Wikipedia:5”"))
    mention = said.mentions[_mention(said, words[1])]
    known = {"external": words[2], **({"name": name.strip()} if name.strip() else {})}
    if mention.linked and said.entities[mention.linked].get("external", words[2]) != words[2]:
        said.unheld.append(f"{where}: {words[2]}")
        return
    uid = mention.linked or named_id(_IDS, "external", words[2])
    said.entities.setdefault(uid, {}).update(known)
    mention.linked = uid


def _note(said: _Document, words: list[str], tail: str, line: str, where: str) -> None:
    name = words[1] if len(words) > 1 else ""
    target = said.mentions.get(said.triggers.get(name, name))
    if target is None:  # of a relation, of an attribute, or of nothing in the file
        said.unheld.append(f"{where}: {line}")
    elif words[0] == "AnnotatorNotes":
        target.notes.append(tail.strip())
    elif target.attributes.setdefault(words[0], tail.strip()) != tail.strip():
        said.unheld.append(f"{where}: {line}")

"""CoNLL-U: rows of words with brackets in `Entity=`, nested, crossing and in parts; the text comes back to the letter.

Written as Universal Anaphora and CorefUD have it, with `# global.Entity = eid-etype-identity-other`: the mentions of
one entity share an eid, `identity` is its external id, `other` holds attributes, and what is ours with a dot before its
name (`.entity`, `.name`, `.kind`, `.note`). White space that is not one space stands in `SpacesAfter=`, spelled as by
UDPipe. There are no lemmas, parts of speech or dependencies. Tokens and sentences are model/tokens.py's.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rubricator.errors import UserError
from rubricator.formats.base import Carried, Case, Choice, Header, Loss, ReadOptions, Record, WriteOptions
from rubricator.formats.conllu.plan import Bracket, Plan, plan
from rubricator.formats.conllu.reader import META, articles, first_lines_are_conllu, read_conllu
from rubricator.formats.conllu.words import spelled_field, spelled_spaces, spelled_value
from rubricator.formats.losing import added_up, layer_of
from rubricator.model.spans import Annotation
from rubricator.model.text import digest
from rubricator.words import say

FIELDS = "eid-etype-identity-other"
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_KEY = re.compile(r"[\w.-]+")
_NAMES = {key: name for name, key in META.items()}

Known = Mapping[str, Mapping[str, Any]]
"""What is known of the entities, by their ids."""


def _lost(header: Header, records: Iterable[Record], options: WriteOptions) -> Iterator[Iterable[Case]]:
    used: set[str] = set()
    for record in records:
        made = plan(record, options)
        yield made.lost
        used.update(bracket.annotation.entity for bracket in made.brackets)
    held = {"id", "name", "external", "kind"}
    yield (
        ("entity-details", str(entity.get("name", "")))
        for entity in header.entities
        if entity.get("id") in used and any(value for key, value in entity.items() if key not in held)
    )


class Conllu:
    """CoNLL-U with entities."""

    all_layers = False
    choices: tuple[Choice, ...] = ("subtoken",)

    def recognises(self, head: str) -> bool:
        """Say whether the first row is one of ten columns."""
        return first_lines_are_conllu(head)

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield entities and articles of the file."""
        return read_conllu(source, options)

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what CoNLL-U cannot hold."""
        return added_up(_lost(header, records, options))

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the file, one article in memory at a time."""
        known = {str(entity.get("id")): entity for entity in header.entities}
        with out.open("xb") as stream:
            for n, record in enumerate(records, 1):
                lines = _lines(record, n, plan(record, options), known)
                stream.write("".join(f"{line}\n" for line in lines).encode("utf-8"))

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the text, and the spans with entities, attributes and notes."""
        made = plan(record, options)
        carried: Carried = Counter([("text", digest(record.text))])
        for bracket in made.brackets:
            fragments = tuple((made.starts[first], made.ends[last - 1]) for first, last in bracket.parts)
            carried["span", fragments, *_said(bracket.annotation)] += 1
        return carried

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the file as an import does; ValueError where it cannot be read."""
        try:
            for record in articles(out, ReadOptions()) if out.stat().st_size else ():
                if isinstance(record, Record):
                    carried: Carried = Counter([("text", digest(record.text))])
                    carried.update(("span", a.span.fragments, *_said(a)) for a in layer_of(record).annotations)
                    carried.update(("unread", *case) for case in record.cases)
                    yield carried
        except UserError as error:
            raise ValueError(say(error.text)) from error


def _said(a: Annotation) -> tuple[str, str, str, str]:
    return a.label, a.entity, json.dumps(dict(a.attributes), sort_keys=True), a.note


# --- the lines ----------------------------------------------------------------------------------------------------


def _lines(record: Record, n: int, made: Plan, known: Known) -> Iterator[str]:
    name = "_".join((record.id or f"article{n}").split())
    yield f"# newdoc id = {name}"
    yield f"# global.Entity = {FIELDS}"
    yield from _meta(record)
    cells = _entities(made, known)
    text, starts, ends = record.text, made.starts, made.ends
    first = 0
    for number, last in enumerate(sorted(made.sentence_ends), 1):
        before = text[ends[first - 1] : starts[first]] if first else "\n\n"
        if _BLANK_LINE.search(before):
            yield "# newpar"
        gaps = [
            text[end:start] for end, start in zip(ends[first:last], [*starts[first + 1 :], len(text)], strict=False)
        ]
        forms = made.forms[first:last]
        yield f"# sent_id = {name}-{number}"
        yield "# text = " + "".join(form + (" " if gap else "") for form, gap in zip(forms, gaps, strict=True)).rstrip()
        for at in range(first, last):
            misc = [f"Entity={cells[at]}"] if at in cells else []
            misc += _spaces(text, made, at, gaps[at - first])
            yield "\t".join([str(at - first + 1), made.forms[at], *"_______", "|".join(misc) or "_"])
        yield ""
        first = last


def _meta(record: Record) -> Iterator[str]:
    for key, value in (("title", record.title), *record.meta.items()):
        words = " ".join(str(value).split()) if isinstance(value, str) else ""
        if words and _KEY.fullmatch(key):
            yield f"# meta::{_NAMES.get(key, key)} = {words}"


def _spaces(text: str, made: Plan, at: int, gap: str) -> Iterator[str]:
    """Yield what is to be said of the white space around and in a word."""
    if at == 0 and made.starts[0]:
        yield f"SpacesBefore={spelled_spaces(text[: made.starts[0]])}"
    inside = text[made.starts[at] : made.ends[at]]
    if inside != made.forms[at]:
        yield f"SpacesInToken={spelled_spaces(inside)}"
    if not gap:
        yield "SpaceAfter=No"
    elif gap != " " or at + 1 == len(made.starts):
        yield f"SpacesAfter={spelled_spaces(gap)}"


def _entities(made: Plan, known: Known) -> dict[int, str]:
    """Return what stands in the Entity of each word: what closes, what opens (the longest first), what does both."""
    closes: dict[int, list[str]] = {}
    opens: dict[int, list[tuple[int, str]]] = {}
    alone: dict[int, list[str]] = {}
    named: set[str] = set()
    for bracket in made.brackets:
        fields = "-".join(_fields(bracket, known, named))
        for n, (first, last) in enumerate(bracket.parts, 1):
            group = f"e{bracket.group}" + (f"[{n}/{len(bracket.parts)}]" if len(bracket.parts) > 1 else "")
            if last - first == 1:
                alone.setdefault(first, []).append(f"({group}-{fields})")
            else:
                opens.setdefault(first, []).append((-last, f"({group}-{fields}"))
                closes.setdefault(last - 1, []).append(f"{group})")
    return {
        at: "".join(
            [*closes.get(at, ()), *(words for _, words in sorted(opens.get(at, ()), key=_last)), *alone.get(at, ())]
        )
        for at in sorted({*closes, *opens, *alone})
    }


def _last(opened: tuple[int, str]) -> int:
    return opened[0]


def _fields(bracket: Bracket, known: Known, named: set[str]) -> list[str]:
    a = bracket.annotation
    entity = known.get(a.entity, {})
    other = [f"{_attribute(name)}:{spelled_value(value)}" for name, value in a.attributes.items()]
    if a.entity:
        other.append(f".entity:{spelled_value(a.entity)}")
        if a.entity not in named and entity.get("name"):
            other.append(f".name:{spelled_value(str(entity['name']))}")
            if entity.get("kind") and entity["kind"] != a.label:
                other.append(f".kind:{spelled_value(str(entity['kind']))}")
        named.add(a.entity)
    if a.note:
        other.append(f".note:{spelled_value(a.note)}")
    fields = [spelled_field(a.label), spelled_field(str(entity.get("external") or "")), ",".join(other)]
    while len(fields) > 1 and not fields[-1]:
        fields.pop()
    return fields


def _attribute(name: str) -> str:
    spelled = spelled_field(name)
    return f"%2E{spelled[1:]}" if spelled.startswith(".") else spelled


FORMAT = Conllu()

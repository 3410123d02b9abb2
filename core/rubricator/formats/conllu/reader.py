"""Reads CoNLL-U: sentences become articles, brackets of Entity become annotations, and their groups entities.

Sources of the format: the page “CoNLL-U format” of Universal Dependencies, and those of conllu_mentions.py. A group of
several mentions, or one with an identity, is an entity of ours. Names may also be told in MISC word by word (`NER=`).
Lemmas, parts of speech and dependencies have no place with us: which of them there are is told once for a file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from rubricator.errors import UserError
from rubricator.formats.base import Case, Header, ReadOptions, Record
from rubricator.formats.conll.tags import OUTSIDE, Column, is_tag
from rubricator.formats.conllu.links import Things, relations_of, things_of
from rubricator.formats.conllu.mentions import Brackets, Mention
from rubricator.formats.conllu.text import COLUMNS, Text, Word
from rubricator.formats.files import LINE_MOST
from rubricator.formats.reading import Draft, annotation, layer, shortened
from rubricator.formats.text import about
from rubricator.formats.text_lines import found_encoding, text_lines, too_long
from rubricator.model.spans import Annotation
from rubricator.model.text import canonical, digest
from rubricator.words import Message, message

META = {"title": "title", "author": "byline", "dateCreated": "published", "sourceURL": "url"}
"""What is called otherwise in comments than in the metadata of an article."""

_ID = re.compile(r"(\d{1,9})(?:-(\d{1,9})|\.(\d{1,9}))?", re.ASCII)
_COMMENT = re.compile(r"#\s*([^\s=]+(?: id)?)\s*(?:=\s*(.*))?")
_NAMES = frozenset({"NE", "NER", "ner", "NamedEntity"})
_HELD = frozenset(
    {"Entity", "SpaceAfter", "SpacesAfter", "SpacesBefore", "SpacesInToken", "Bridge", "SplitAnte", "Split"}
)
_SILENT = frozenset({"text", "sent_id", "newpar", "newpar id", "newdoc", "newdoc id", "global.Entity"})


@dataclass
class _Sheet:
    """An article as its lines are read."""

    where: str
    brackets: Brackets
    name: str = ""
    text: Text = field(default_factory=Text)
    meta: dict[str, str] = field(default_factory=dict)
    links: list[tuple[int, str, str, str]] = field(default_factory=list)  # word, key, value, place
    names: list[tuple[int, str]] = field(default_factory=list)
    wheres: list[str] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    sentence: list[Word] = field(default_factory=list)
    told: str = ""
    paragraph: bool = False

    def end_sentence(self) -> None:
        """Take in the words of a sentence that is complete."""
        if not self.sentence:
            return
        n = len(self.text.places)
        if not self.text.add(self.sentence, self.told, self.paragraph):
            self.cases.append(("words", f"{self.sentence[0].where}: {shortened(self.told)}"))
        for word in self.sentence:
            self._say(n, word)
            n += not word.last  # a contraction is no word itself: what it says is said of its first one
        self.sentence, self.told, self.paragraph = [], "", False

    def _say(self, n: int, word: Word) -> None:
        if "Entity" in word.misc:
            self.brackets.add(n, word.misc["Entity"], word.where)
        for key, value in word.misc.items():
            if key in ("Bridge", "SplitAnte", "Split"):
                self.links.append((n, key, value, word.where))
            elif key in _NAMES and value != "_":
                self.names.append((n, value))


def read_conllu(source: Path, options: ReadOptions) -> Iterator[Header | Record]:
    """Yield the articles that have words, each after the entities that it speaks of; UserError names file and line."""
    blank: list[Case] = []
    n = 0
    for item in articles(source, options):
        if isinstance(item, Record) and not item.text.strip():
            blank.append(("blank", item.where))
        elif isinstance(item, Record):
            n += 1
            yield _with(item, blank, [])
            blank = []
        else:
            yield item
    if not n:
        raise UserError(
            message("{file} holds no words.", file=source.name),
            message("Choose a file with ten columns for each word, parted by tabs."),
        )


def articles(source: Path, options: ReadOptions) -> Iterator[Header | Record]:
    """Yield all articles, also those without words."""
    encoding, guessed = found_encoding(source, options.encoding)
    notes = [message("the encoding was guessed: {encoding}", encoding=encoding)] if guessed else []
    unheld = Counter[str]()
    last: Record | None = None
    for n, sheet in enumerate(_sheets(source, encoding, unheld), 1):
        if last:
            yield last
        headers, record = _article(sheet, source.stem if n == 1 else f"{source.stem} {n}")
        yield from headers
        last = _with(record, [], notes)
        notes = []
    if last:
        yield _with(last, [("column", f"{source.name}: {name} ({times})") for name, times in unheld.items()], [])


def _with(record: Record, cases: list[Case], notes: list[Message]) -> Record:
    return replace(record, cases=(*cases, *record.cases), notes=(*notes, *record.notes))


# --- the lines ----------------------------------------------------------------------------------------------------


def _sheets(source: Path, encoding: str, unheld: Counter[str]) -> Iterator[_Sheet]:
    file = source.name
    sheet: _Sheet | None = None
    declared: list[str] = []
    for number, line in text_lines(source, encoding):
        where = f"{file}, line {number}"
        if not line.strip():
            if sheet:
                sheet.end_sentence()
        elif line.startswith("#"):
            key, value = _comment(line)
            if key in ("newdoc", "newdoc id") and (sheet is None or sheet.text.places or sheet.sentence):
                if sheet:
                    sheet.end_sentence()
                    yield sheet
                sheet = _Sheet(where, Brackets(declared), value)
            elif key == "global.Entity":
                declared = value.split("-")
            sheet = sheet or _Sheet(where, Brackets(declared))
            _remark(sheet, key, value, declared, unheld)
        else:
            sheet = sheet or _Sheet(where, Brackets(declared))
            sheet.sentence.append(_word(line, where, unheld))
            if sheet.text.size > LINE_MOST:
                raise too_long(file, number)
    if sheet:
        sheet.end_sentence()
        yield sheet


def _comment(line: str) -> tuple[str, str]:
    match = _COMMENT.fullmatch(line.rstrip())
    return (match[1], match[2] or "") if match else (shortened(line, 20), "")


def _remark(sheet: _Sheet, key: str, value: str, declared: list[str], unheld: Counter[str]) -> None:
    if key == "text":
        sheet.told = value
    elif key.startswith("newpar"):
        sheet.paragraph = True
    elif key == "global.Entity":
        sheet.brackets.declared = declared
    elif key == "newdoc id":
        sheet.name = sheet.name or value
    elif key.startswith("meta::"):
        sheet.meta[key.removeprefix("meta::")] = value
    if key not in _SILENT and not key.startswith("meta::"):
        unheld[f"# {key}"] += 1


def _word(line: str, where: str, unheld: Counter[str]) -> Word:
    cells = line.split("\t")
    match = _ID.fullmatch(cells[0])
    if len(cells) != len(COLUMNS):
        raise _bad(message("{where}: the number of columns is {n}, and ten are needed.", where=where, n=len(cells)))
    if not match or (match[2] and int(match[2]) < int(match[1])):
        raise _bad(
            message("{where}: “{id}” is no number of a word, such as 7, 7-8 or 7.1.", where=where, id=cells[0][:40])
        )
    if not cells[1]:
        raise _bad(message("{where}: there is no word.", where=where))
    for name, cell in zip(COLUMNS[2:9], cells[2:9], strict=True):
        if cell not in ("_", ""):
            unheld[name] += 1
    misc = dict(_pair(part) for part in cells[9].split("|")) if cells[9] != "_" else {}
    for key, value in misc.items():
        if key not in _HELD and key not in _NAMES:
            unheld[f"MISC {key}" if value else "MISC"] += 1
    return Word(where, cells[1], misc, int(match[1]), int(match[2] or 0), match[3] is not None)


def _pair(part: str) -> tuple[str, str]:
    key, _equals, value = part.partition("=")
    return key, value


def _bad(why: Message) -> UserError:
    return UserError(why, message("Give each word ten columns, parted by tabs, as Universal Dependencies has them."))


# --- the article --------------------------------------------------------------------------------------------------


def _article(sheet: _Sheet, stem: str) -> tuple[list[Header], Record]:
    mentions = sheet.brackets.finish()
    draft = Draft(sheet.text.end(), sheet.where)
    for kind, where in sheet.cases:
        draft.note(kind, where)
    things = things_of(mentions, digest(canonical(draft.text).text))
    found: dict[str, Annotation] = {}
    for n, mention in enumerate(mentions, 1):
        made = _annotation(f"m{n}", mention, things, sheet.text, draft)
        if made:
            found[made.id] = made
            mention.uid = made.id
    relations = relations_of(sheet.links, mentions, found, draft)
    names = [made for n, place in enumerate(_named(sheet), 1) if (made := _name(f"n{n}", *place, sheet.text, draft))]
    read = about(draft.text, stem)
    title = canonical(sheet.meta.get("title", "") or sheet.name).text or read.title
    meta = {
        **read.meta,
        **{META.get(key, key): canonical(value).text for key, value in sheet.meta.items() if key != "title"},
    }
    headers = things.header([*found.values()])
    return headers, draft.record([layer("", [*found.values(), *names], relations=relations)], title, meta=meta)


def _annotation(uid: str, mention: Mention, things: Things, text: Text, draft: Draft) -> Annotation | None:
    where = f"{mention.where}: {mention.label}"
    pairs = [pair for part in mention.parts if (pair := _place(part, text))]
    if not pairs:
        draft.note("empty", where)
        return None
    if any(_cuts(part, text) for part in mention.parts):
        draft.note("part", where)
    span = draft.span(pairs, where)
    if span is None:
        return None
    thing = things.of(mention)
    if mention.identity and mention.identity != things.told.get(thing, {}).get("external"):
        draft.note("unheld", f"{where}: {mention.identity}")
    note = mention.own.get(".note", "")
    return annotation(uid, mention.label, span, draft.text, attributes=mention.attributes, note=str(note), entity=thing)


def _place(part: tuple[int, int], text: Text) -> tuple[int, int] | None:
    """Return the characters from the first to the last word of a part that has any."""
    wide = [place for place in text.places[part[0] : part[1]] if place[0] < place[1]]
    return (wide[0][0], wide[-1][1]) if wide else None


def _cuts(part: tuple[int, int], text: Text) -> bool:
    """Say whether a border lies inside a contraction whose words have no places of their own."""
    first, last = part[0], part[1] - 1
    return text.loose.get(first, part)[0] < first or text.loose.get(last, (0, last))[1] > last


def _named(sheet: _Sheet) -> list[tuple[int, int, str]]:
    """Return the names that MISC tells word by word, as tags or as bare labels."""
    column = Column()
    tagged = all(is_tag(value) for _, value in sheet.names)
    before = -1
    for n, value in sheet.names:
        if n != before + 1:
            column.end(before + 1)
        column.add(n, value if tagged or value == OUTSIDE else f"I-{value}")
        before = n
    column.end(before + 1)
    return column.spans


def _name(uid: str, first: int, last: int, label: str, text: Text, draft: Draft) -> Annotation | None:
    place = _place((first, last), text)
    span = draft.span([place], f"{draft.where}: {label}") if place else None
    return annotation(uid, label, span, draft.text) if span else None


def first_lines_are_conllu(head: str) -> bool:
    """Say whether a file that begins so has ten columns that begin with the number of a word."""
    for line in head.split("\n"):
        if line.strip() and not line.startswith("#"):
            cells = line.split("\t")
            return len(cells) == len(COLUMNS) and bool(_ID.fullmatch(cells[0]))
    return False

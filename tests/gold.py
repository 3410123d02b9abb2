"""Articles with their finished annotation, to be played: the samples, the seed, and real ones where they are."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.journeys.labeller import BROKEN, COUNTRIES, INNER

from rubricator.model.mentions import Needle
from rubricator.model.spans import Span
from rubricator_resources import path as resource

CORPORA = Path(os.environ.get("RUBRICATOR_CORPORA") or Path(__file__).parents[2] / "shared" / "data")


class Wanted(NamedTuple):
    """An annotation that is to be there in the end."""

    span: Span
    label: str


class Sample(NamedTuple):
    """An article and its finished annotation."""

    name: str
    text: str
    gold: tuple[Wanted, ...]


# --- the samples ------------------------------------------------------------------------------------------------------


def samples() -> Iterator[Sample]:
    """Yield the articles that ship: the layer of their first annotator, and what that one has left to do, or missed."""
    left = _left()
    lines = resource("samples/samples.jsonl").read_text(encoding="utf-8").splitlines()
    for line in map(json.loads, lines):
        if line["kind"] == "article":
            annotations = line["layers"][0]["annotations"]
            gold = {Wanted(Span(tuple(map(tuple, a["fragments"]))), a["label"]) for a in annotations}
            until = max(wanted.span.end for wanted in gold)
            for label, words, which in left.get(line["title"], ()):
                places = [(m.start(), m.end()) for m in re.finditer(rf"\b{re.escape(words)}\b", line["text"])]
                after = [place for place in places if place[0] >= until]
                n = int(which[1:]) - 1 if which != "all" else 0
                chosen = after if which == "all" else [places[n] if which.startswith("@") else after[n]]
                gold.update(Wanted(Span.of(*place), label) for place in chosen)
            yield Sample(line["title"], line["text"], _in_order(gold))


def _left() -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    title = ""
    for line in (Path(__file__).parent / "data" / "finished-samples.txt").read_text(encoding="utf-8").splitlines():
        match line.split(" | ") if line[:1] != "/" else []:
            case ["article", title]:
                found[title] = []
            case [label, words, *which]:
                found[title].append((label, words, which[0] if which else "#1"))
    return found


def _in_order(gold: set[Wanted]) -> tuple[Wanted, ...]:
    return tuple(sorted(gold, key=lambda wanted: (wanted.span.start, -wanted.span.end, wanted.label)))


# --- the seed ---------------------------------------------------------------------------------------------------------

SECRETARIES = "Secretaries of the Security Council of the CIS member states"
SEED = (
    ("ORGANIZATION", INNER), ("ORGANIZATION", "CIS"), ("ORGANIZATION", "Commonwealth"), ("ORGANIZATION", "Cabinet of Ministers"), ("PERSON", "Ch.Amanov"),
    ("ORGANIZATION", "State Security Council of Turkmenistan"), ("PERSON", BROKEN), ("PERSON", "S. Zas"),
    ("ORGANIZATION", "Collective Security Treaty Organization"), ("ORGANIZATION", "CSTO"), ("PERSON", "Umer Jamshaid"),
    ("COUNTRY", "Turkmenistan"), ("COUNTRY", "Islamic Republic of Afghanistan"), ("COUNTRY", "Afghanistan"),
    ("CITY", "Ashgabat"), ("ORGANIZATION", "UrduPoint"), ("ORGANIZATION", "Pakistan Point News"), ("COUNTRY", "Pakistan"),
    ("NATIONALITY", "Turkmen"), ("NATIONALITY", "inter-Afghan"), ("DATE", "19th November, 2020"),
    ("DATE", "Thu 19th November 2020"), ("TIME", "06:07 PM"), ("TIME", "3 minutes ago"),
    *(("COUNTRY", name) for name in COUNTRIES),
    *(("EVENT", f"{number} meeting of the {SECRETARIES}") for number in ("8th", "eighth")),
    ("PROFESSION", "Deputy Chairman of the Cabinet of Ministers"), ("PROFESSION", "CIS Executive Secretary"),
    ("PROFESSION", "Secretary of the State Security Council of Turkmenistan"), ("DATE", "today"),
    ("PROFESSION", "Secretary General of the Collective Security Treaty Organization"),
    ("PROFESSION", "Chairman of the Executive Committee"),
    ("PROFESSION", "heads of the security councils"), ("PROFESSION", "heads of the security agencies of the CIS member states"),
)  # fmt: skip
"""The seed as we would label it: these names wherever they stand, nested ones too, but no state in its own long name.

The article itself is not ours.
"""


def seed() -> Iterator[Sample]:
    """Yield the article that the project began with, where it is."""
    file = CORPORA / "seed" / "turkmenistan-cis.txt"
    if file.is_file():
        text = file.read_text(encoding="utf-8")
        gold = {Wanted(Span.of(*place), label) for label, name in SEED for place in Needle(name, case=False).find(text)}
        states = [wanted.span for wanted in gold if wanted.label == "COUNTRY"]
        again = {one for one in states for other in states if one != other and other.start <= one.start < other.end}
        yield Sample("The seed", text, _in_order({wanted for wanted in gold if wanted.span not in again}))


# --- real articles ----------------------------------------------------------------------------------------------------

_OF_GUM = {"person": "PERSON", "organization": "ORGANIZATION", "place": "LOCATION", "event": "EVENT", "time": "DATE"}
_SMALL = {"ADP", "DET", "CCONJ", "PART", "NUM", "PUNCT"}
_ARTICLES = {"The", "A", "An", "This", "His", "Her", "Their"}
_TITLES = set(
    "US President Mayor Mr. Mr Mrs. Ms. Dr. Sheriff Captain Chancellor Governor Senator Professor Leader".split()
)
_DAYS = set("day days week weeks weekend month months year years decade today yesterday tomorrow hours minutes".split())
_ENTITY = re.compile(r"\((\d+)-([a-z]+)-|(\d+)\)")


def gum() -> Iterator[Sample]:
    """Yield the Wikinews articles of GUM: of its entities the named ones, without an article before them, and dates.

    Named is what begins and ends with a proper noun and holds nothing but such, small words and numbers between them.
    """
    for file in sorted((CORPORA / "gum-news" / "dep").glob("*.conllu")):
        yield _gum_article(file)


def _gum_article(file: Path) -> Sample:
    text, tokens, gap = "", [], ""
    opened: dict[str, list[tuple[int, str]]] = {}
    mentions: list[tuple[int, int, str]] = []
    joined: set[int] = set()
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("# sent_id"):
            joined = set()
        if line == "# newpar":
            gap = "\n\n" if text else ""
        fields = line.split("\t")
        if len(fields) != 10 or "." in fields[0]:
            continue
        number = fields[0].partition("-")
        if number[1]:  # “DAB's”: its parts are written together
            joined = {*range(int(number[0]), int(number[2]))}
            continue
        start = len(text) + len(gap)
        text += gap + fields[1]
        capital = fields[1][0].isupper() and fields[0] != "1" and fields[3] in {"ADJ", "NOUN"}  # “Civic Party”
        tag = "PROPN" if capital else fields[3]
        tokens.append((start, len(text), tag))
        gap = "" if "SpaceAfter=No" in fields[9] or int(fields[0]) in joined else " "
        found = re.search(r"Entity=([^|]*)", fields[9])
        for match in _ENTITY.finditer(found[1]) if found else ():
            if match[1]:
                opened.setdefault(match[1], []).append((len(tokens) - 1, match[2]))
                rest = found[1][match.end() :] if found else ""
                if re.match(r"[^()]*\)", rest):  # opened and closed at one word
                    first, kind = opened[match[1]].pop()
                    mentions.append((first, len(tokens), kind))
            elif opened.get(match[3]):
                first, kind = opened[match[3]].pop()
                mentions.append((first, len(tokens), kind))
    gold = {wanted for mention in mentions if (wanted := _named(text, tokens, *mention))}
    dates = sorted(wanted.span for wanted in gold if wanted.label == "DATE")
    gold -= {Wanted(span, "DATE") for span in dates}
    return Sample(file.stem, text, _in_order(gold | set(_whole_dates(text, dates))))


def _whole_dates(text: str, dates: list[Span]) -> Iterator[Wanted]:
    """Yield dates as our guidelines have them: “Tuesday, September 22, 2015” is one, and none lies in another."""
    whole: list[tuple[int, int]] = []
    for span in sorted(dates, key=lambda span: (span.start, -span.end)):
        if whole and span.start < whole[-1][1]:
            continue
        if whole and text[whole[-1][1] : span.start] == ", ":
            whole[-1] = (whole[-1][0], span.end)
        else:
            whole.append((span.start, span.end))
    for start, end in whole:
        yield Wanted(Span.of(start, end), "TIME" if re.search(r":|\b(?:hour|minute)", text[start:end]) else "DATE")


def _named(text: str, tokens: list[tuple[int, int, str]], first: int, after: int, kind: str) -> Wanted | None:
    """Return what is wanted of a mention, with the borders of our guidelines: without articles and titles."""
    while first < after and (tokens[first][2] in {"DET", "ADP"} or _word(text, tokens[first]) in _ARTICLES):
        first += 1
    while first < after and tokens[after - 1][2] in {"PART", "PUNCT"}:
        after -= 1
    kinds = [tag for _start, _end, tag in tokens[first:after]]
    if kind == "person" and "CCONJ" not in kinds:  # of “DAB's Ben Chan” and “Michael Tien of NPP” the name
        after = next((n for n in range(first, after) if tokens[n][2] == "ADP"), after)
        first = max((n + 1 for n in range(first, after) if tokens[n][2] == "PART"), default=first)
        while first + 1 < after and _word(text, tokens[first]) in _TITLES:
            first += 1
        kinds = [tag for _start, _end, tag in tokens[first:after]]
    if kind != "time" and kinds and kinds[-1] == "PROPN" and not {"NOUN", "ADJ"}.isdisjoint(kinds):
        first += max(n + 1 for n, tag in enumerate(kinds) if tag != "PROPN")  # “the founder L. Ron Hubbard”
        kinds = ["PROPN"] * (after - first)
    if kind not in _OF_GUM or not kinds:
        return None
    words = {_word(text, token).lower() for token in tokens[first:after]}
    if kind == "time":
        calm = set(kinds) <= _SMALL | {"PROPN", "NOUN", "ADJ", "ADV"} and len(kinds) <= 6
        named = calm and (not {"PROPN", "NUM"}.isdisjoint(kinds) or not words.isdisjoint(_DAYS))
    else:
        named = set(kinds) <= _SMALL | {"PROPN"} and kinds[0] == "PROPN" and kinds[-1] in {"PROPN", "NUM"}
        named = named and not (kind == "person" and "CCONJ" in kinds)
    return Wanted(Span.of(tokens[first][0], tokens[after - 1][1]), _OF_GUM[kind]) if named else None


def _word(text: str, token: tuple[int, int, str]) -> str:
    return text[token[0] : token[1]]


def wikigold(least: int = 1_200) -> Iterator[Sample]:
    """Yield the longer articles of Wikigold, Wikipedia with the four names of CoNLL-2003."""
    file = CORPORA / "wikigold-secfilings-conll" / "data" / "wikigold" / "CONLL-format" / "data" / "wikigold.conll.txt"
    if not file.is_file():
        return
    for n, article in enumerate(file.read_text(encoding="utf-8").split("-DOCSTART- O")):
        text, gold = "", set()
        start, end, label = 0, 0, "O"
        for line in [*article.splitlines(), ""]:
            word, _blank, tag = line.rpartition(" ")
            if tag != label and label != "O":
                gold.add(Wanted(Span.of(start, end), label[2:]))
            gap = "" if word in {",", ".", ")", ";", ":", "'s", "%"} or text.endswith(("(", "\n")) or not text else " "
            if word:
                start = start if tag == label else len(text) + len(gap)
                text += gap + word
                end = len(text)
            elif not text.endswith("\n") and text:
                text += "\n"
            label = tag if word else "O"
        if len(text) >= least:
            yield Sample(f"wikigold {n}", text, _in_order(gold))

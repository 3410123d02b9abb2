"""The folder of a corpus to train on: beside its parts a data card, the scheme, guidelines, and what each file must be.

Nothing in it tells the time or the machine, so that the same state gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rubricator.errors import UserError
from rubricator.exchange.splitting import Split
from rubricator.formats.base import Beside, Header, Record
from rubricator.model.scheme import Scheme
from rubricator.model.scheme_json import dump_scheme
from rubricator.words import message

SUMS = "SHA256SUMS"
CARD = "README.md"


@dataclass
class Counts:
    """What one part holds."""

    articles: int = 0
    characters: int = 0
    annotations: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    annotators: set[str] = field(default_factory=set)

    def add(self, record: Record) -> None:
        """Count an article with its layers."""
        self.articles += 1
        self.characters += len(record.text)
        self.languages[str(record.meta.get("language") or "")] += 1
        self.sources[str(record.meta.get("source") or "")] += 1
        for layer in record.layers:
            self.annotators.add(layer.annotator)
            self.statuses[layer.status] += 1
            self.annotations += len(layer.annotations)
            self.labels.update(annotation.label for annotation in layer.annotations)
            self.topics.update(tag.topic for tag in layer.topics)


@dataclass(frozen=True)
class Card:
    """What the card tells of a corpus: its parts by name, with what each holds."""

    header: Header
    format: str
    parts: Mapping[str, Counts]
    split: Split | None = None
    licence: str = ""
    snapshot: str = ""

    @property
    def language(self) -> str:
        """The language of all articles; empty where they are of several, or do not say."""
        found = {name for part in self.parts.values() for name in part.languages}
        return found.pop() if len(found) == 1 else ""


def furnish(folder: Path, card: Card, beside: Beside) -> None:
    """Put into a folder of parts what belongs beside them; the sums come last."""
    scheme = card.header.scheme or Scheme()
    files = {CARD: card_words(card, beside), "scheme.json": dump_scheme(scheme), **beside.files}
    if guidelines := guideline_words(scheme):
        files["GUIDELINES.md"] = guidelines
    for name, words in files.items():
        (folder / name).write_text(words, encoding="utf-8", newline="\n")
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = (f"{_sum(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths)
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def check_own(folder: Path) -> None:
    """Raise UserError where a folder that would be replaced holds anything that its sums do not name."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    known = {SUMS, *(line.partition("  ")[2] for line in lines)}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name not in known and not path.is_dir():
            raise UserError(
                message("The folder {folder} was not replaced: it holds {name}.", folder=folder, name=name),
                message("An export replaces a corpus of its own only. Choose another name."),
            )


def _sum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


# --- the card -----------------------------------------------------------------------------------------------------


def card_words(card: Card, beside: Beside) -> str:
    """Return the card, in Markdown."""
    return "\n".join([*_head(card, beside), *_about(card), *_tables(card), *_rest(card, beside)]).rstrip() + "\n"


def _head(card: Card, beside: Beside) -> Iterator[str]:
    if not beside.head:
        return
    yield "---"
    yield f"pretty_name: {_quoted(card.header.name)}"
    if card.language:
        yield f"language: {_quoted(card.language)}"
    if card.licence:
        yield from ("license: other", f"license_name: {_quoted(card.licence)}")
    yield from (beside.head, "---", "")


def _quoted(words: str) -> str:
    """Return words as a YAML string: JSON's are."""
    import json

    return json.dumps(words, ensure_ascii=False)


def _about(card: Card) -> Iterator[str]:
    scheme = card.header.scheme or Scheme()
    total = sum(part.articles for part in card.parts.values())
    annotations = sum(part.annotations for part in card.parts.values())
    yield from (f"# {_line(card.header.name) or 'Corpus'}", "")
    yield from (f"{total:,} articles with {annotations:,} annotations, as {card.format}.", "")
    if scheme.description:
        yield from (_line(scheme.description), "")
    names = {person.id: person.name for person in card.header.people}
    people = sorted({names.get(one, one) for part in card.parts.values() for one in part.annotators if one})
    sources = sorted({name for part in card.parts.values() for name in part.sources if name})
    languages = sorted({name for part in card.parts.values() for name in part.languages if name})
    yield f"- Licence: {_line(card.licence) or 'not stated'}"
    yield f"- Source: {_some(sources)}"
    yield f"- Language: {_some(languages)}"
    yield f"- Annotators: {_some(people)}"
    yield "- Agreement: not measured"
    yield f"- Scheme: {_line(scheme.name) or 'without a name'}, version {scheme.version} (`scheme.json`)"
    if guideline_words(scheme):
        yield "- Guidelines: `GUIDELINES.md`"
    if card.split:
        shares = "/".join(map(str, card.split.shares))
        yield (
            f"- Split: {shares} by seed {card.split.seed}, stratified by label and topic;"
            " versions of one story are in one part"
        )
    if card.snapshot:
        yield f"- Snapshot: {_line(card.snapshot)}"
    yield f"- Each file's SHA-256: `sha256sum -c {SUMS}`"
    yield ""


def _some(names: Sequence[str], most: int = 12) -> str:
    shown = ", ".join(_line(name) for name in names[:most])
    return (f"{shown} and {len(names) - most} more" if len(names) > most else shown) or "not stated"


def _tables(card: Card) -> Iterator[str]:
    scheme, parts = card.header.scheme or Scheme(), card.parts
    yield from ("## What the parts hold", "")
    yield from _table(
        ["", *parts],
        [
            ["articles", *(f"{part.articles:,}" for part in parts.values())],
            ["characters", *(f"{part.characters:,}" for part in parts.values())],
            ["annotations", *(f"{part.annotations:,}" for part in parts.values())],
            ["finished layers", *(f"{part.statuses['done']:,}" for part in parts.values())],
        ],
    )
    labels = [*scheme.by_name, *sorted({x for part in parts.values() for x in part.labels} - scheme.by_name.keys())]
    if labels:
        defined = {label.name: label.definition for label in scheme.labels}
        yield from ("## Labels", "")
        yield from _table(
            ["label", *parts, "definition"],
            [[name, *(f"{part.labels[name]:,}" for part in parts.values()), defined.get(name, "")] for name in labels],
        )
    topics = sorted({topic for part in parts.values() for topic in part.topics})
    if topics:
        yield from ("## Topics", "")
        yield from _table(
            ["topic", *parts, "path"],
            [
                [code, *(f"{part.topics[code]:,}" for part in parts.values()), " › ".join(scheme.topic_path(code))]
                for code in topics
            ],
        )


def _rest(card: Card, beside: Beside) -> Iterator[str]:
    if beside.loading:
        yield from ("## How to load it", "", beside.loading)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    numbers = len(head) - 1
    yield "| " + " | ".join(head) + " |"
    yield "|---" + "|--:" * (numbers if head[0] == "" else numbers - 1) + ("|" if head[0] == "" else "|---|")
    for row in rows:
        yield "| " + " | ".join(_line(cell).replace("|", "\\|") for cell in row) + " |"
    yield ""


def _line(words: str) -> str:
    """Return words on one line that Markdown leaves as they are."""
    return " ".join(words.split()).replace("<", "&lt;")


def guideline_words(scheme: Scheme) -> str:
    """Return the page of the scheme and the guidelines of its labels, in Markdown; empty where there are none."""
    parts = [scheme.guideline.strip()] if scheme.guideline.strip() else []
    for label in scheme.labels:
        if label.guideline.strip():
            title = f"{label.title} ({label.name})" if label.title not in {"", label.name} else label.name
            parts.append(f"## {_line(title)}\n\n{label.guideline.strip()}")
    return "\n\n".join(parts) + "\n" if parts else ""

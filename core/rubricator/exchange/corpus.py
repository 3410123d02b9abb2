"""The folder of a corpus to train on: beside its parts a data card, the scheme, guidelines, and what each file must be.

Nothing in it tells the time or the machine, so that the same state gives the same bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from pathlib import Path

from rubricator.errors import UserError
from rubricator.exchange.splitting import Split
from rubricator.formats.base import Beside, Header, Loss, Record
from rubricator.model.scheme import Scheme
from rubricator.model.scheme_file import dump_scheme
from rubricator.review.agreement.figures import BY_KEY
from rubricator.review.agreement.report import Report
from rubricator.review.agreement.tables import bounds_or_why, shown
from rubricator.words import message, say

SUMS = "SHA256SUMS"
CARD = "README.md"
SCHEME = "scheme.json"

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")


LICENCES = (
    ("CC BY 4.0", "cc-by-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    ("CC BY-SA 4.0", "cc-by-sa-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    ("CC BY-NC 4.0", "cc-by-nc-4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    ("CC BY-NC-SA 4.0", "cc-by-nc-sa-4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
    ("CC0 1.0", "cc0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
)
"""Usual licences of corpora: their name, their id at Hugging Face, where they are to be read."""

_LICENCE_MOST = 500


def _known_licence(words: str) -> tuple[str, str, str] | None:
    """Return the usual licence that is named so, by our name or by its id (SPDX, Hugging Face); None for any other."""
    named = {words.casefold(), words.casefold().replace("-", " ")}
    return next((one for one in LICENCES if named & {one[0].casefold(), one[1], one[1].replace("-", " ")}), None)


def check_licence(words: str) -> None:
    """Raise UserError where that is the text of a licence rather than its name."""
    if len(words) > _LICENCE_MOST:
        raise UserError(
            message(
                "A licence is stated in at most {most} characters; these are {n}.", most=_LICENCE_MOST, n=len(words)
            ),
            message("Name it, with the address of its text."),
        )


@dataclass
class Counts:
    """What one part holds."""

    articles: int = 0
    characters: int = 0
    annotations: int = 0
    layers: int = 0
    shared: int = 0
    """Articles with the layers of several annotators."""
    relations: int = 0
    linked: int = 0
    """Annotations that link to an entity."""
    labels: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    annotators: set[str] = field(default_factory=set)
    published: set[str] = field(default_factory=set)
    """The first day and the last, where articles say theirs."""

    def add(self, record: Record) -> None:
        """Count an article with its layers."""
        self.articles += 1
        self.characters += len(record.text)
        self.languages[str(record.meta.get("language") or "")] += 1
        self.sources[str(record.meta.get("source") or "")] += 1
        if _DAY.match(published := str(record.meta.get("published") or "")):
            days = {*self.published, published[:10]}
            self.published = {min(days), max(days)}
        self.shared += len({layer.annotator for layer in record.layers}) > 1
        for layer in record.layers:
            self.annotators.add(layer.annotator)
            self.statuses[layer.status] += 1
            self.layers += 1
            self.annotations += len(layer.annotations)
            self.relations += len(layer.relations)
            self.linked += len([True for annotation in layer.annotations if annotation.entity])
            self.labels.update([annotation.label for annotation in layer.annotations])
            self.topics.update([tag.topic for tag in layer.topics])

    def join(self, other: Counts) -> None:
        """Count what another part of the same file holds."""
        for name in (one.name for one in fields(self)):
            mine, theirs = getattr(self, name), getattr(other, name)
            setattr(self, name, mine | theirs if isinstance(mine, set) else mine + theirs)
        days = sorted(self.published)
        self.published = {*days[:1], *days[-1:]}


@dataclass(frozen=True)
class Card:
    """What the card tells of a corpus: its parts by name, with what each holds."""

    header: Header
    format: str
    parts: Mapping[str, Counts]
    split: Split | None = None
    licence: str = ""
    snapshot: str = ""
    losses: Sequence[Loss] = ()
    agreed: Report | None = None
    """How far the annotators of the project agree on these articles; None where there are no two."""

    @property
    def language(self) -> str:
        """The language of all articles; empty where they are of several, or do not say."""
        found = {name for part in self.parts.values() for name in part.languages}
        return found.pop() if len(found) == 1 else ""


def furnish(folder: Path, card: Card, beside: Beside) -> None:
    """Put into a folder of parts what belongs beside them; the sums come last."""
    scheme = card.header.scheme or Scheme()
    files = {CARD: card_words(card, beside), SCHEME: dump_scheme(scheme), **beside.files}
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
    if not {CARD, SCHEME} <= known:  # somebody else's sums
        known = set()
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
    parts = (_head(card, beside), _about(card), _lost(card), _tables(card), _loading(beside))
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _head(card: Card, beside: Beside) -> Iterator[str]:
    if not beside.head:
        return
    yield "---"
    yield f"pretty_name: {_quoted(card.header.name)}"
    if card.language:
        yield f"language: {_quoted(card.language)}"
    if card.licence:
        known = _known_licence(card.licence)
        named = f"license_name: {_quoted(' '.join(card.licence.split()))}"
        yield from (f"license: {known[1]}",) if known else ("license: other", named)
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
    sources = sorted({name for part in card.parts.values() for name in part.sources if name})
    languages = sorted({name for part in card.parts.values() for name in part.languages if name})
    days = sorted({day for part in card.parts.values() for day in part.published})
    yield f"- Licence: {_licence(card.licence)}"
    yield f"- Source: {_some(sources)}"
    yield f"- Language: {_some(languages)}"
    if days:
        yield f"- Published: {' to '.join(dict.fromkeys((days[0], days[-1])))}"
    yield f"- Annotators: {_some(_people(card))}"
    yield f"- Agreement: {agreement(card)}"
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


def _licence(words: str) -> str:
    known = _known_licence(words)
    return f"[{known[0]}]({known[2]})" if known else _line(words) or "not stated"


def _people(card: Card) -> list[str]:
    """Return the names of those whose layers are there; of what is no human, what it is."""
    known = {person.id: person for person in card.header.people}
    named = []
    for uid in {uid for part in card.parts.values() for uid in part.annotators if uid}:
        person = known.get(uid)
        kind = f" ({person.kind})" if person and person.kind not in {"human", person.name} else ""
        named.append(f"{person.name if person else uid}{kind}")
    return sorted(named)


_TOLD = ("strict", "alpha-u", "topics-masi")
"""The measures that the card tells; the report of the agreement has all."""


def agreement(card: Card) -> str:
    """Return what the card says of how far annotators agree."""
    if card.agreed is not None:
        return _measured(card.agreed)
    annotators = {uid for part in card.parts.values() for uid in part.annotators}
    shared = sum(part.shared for part in card.parts.values())
    if len(annotators) < 2:
        return "not measured: one annotator" if annotators else "not measured: no annotator"
    if not shared:
        return f"not measured: {len(annotators)} annotators, and no article was annotated by two of them"
    total = sum(part.articles for part in card.parts.values())
    return f"not measured, though {shared:,} of {total:,} articles have the layers of several annotators"


def _measured(report: Report) -> str:
    """Say how far they agree: by whom no name is told, since the layers of all need not be there."""
    people = len(report.annotators)
    if not report.compared:
        return f"not measured: {people} annotators, and no article was finished by two of them"
    figures = [figure for figure in map(report.overall.of, _TOLD) if figure is not None]
    told = [f"{say(BY_KEY[one.measure].title)} {shown(one.value)} {bounds_or_why(one)}".strip() for one in figures]
    first = figures[0]
    return (
        f"{'; '.join(told)} ({people} annotators, {report.compared:,} of {report.articles:,} articles compared,"
        f" {first.n:,} annotations, {first.missing:,} layers missing; 95 % intervals by bootstrap over articles)"
    )


def _some(names: Sequence[str], most: int = 12) -> str:
    shown = ", ".join(_line(name) for name in names[:most])
    return (f"{shown} and {len(names) - most} more" if len(names) > most else shown) or "not stated"


def _lost(card: Card) -> Iterator[str]:
    if card.losses:
        yield from ("## What these files leave out", "")
        yield from (f"- {_line(say(loss.what))}" for loss in card.losses)
        yield from ("", "The counts below are those of the project, before this was left out.", "")


def _tables(card: Card) -> Iterator[str]:
    scheme, parts = card.header.scheme or Scheme(), list(card.parts.values())
    heads = [*card.parts, *(["all"] if len(parts) > 1 else [])]
    rows: list[tuple[str, Callable[[Counts], int]]] = [
        ("articles", attrgetter("articles")),
        ("characters", attrgetter("characters")),
        ("layers", attrgetter("layers")),
        ("of them finished", lambda part: part.statuses["done"]),
        ("annotations", attrgetter("annotations")),
        ("of them linked to an entity", attrgetter("linked")),
        ("relations", attrgetter("relations")),
        ("topics given", lambda part: part.topics.total()),
    ]
    counted = [(words, [count(part) for part in parts]) for words, count in rows]
    always = {"articles", "characters", "layers", "of them finished", "annotations"}
    yield from ("## What it holds" if len(parts) == 1 else "## What the parts hold", "")
    yield from _table(["", *heads], [[words, *_figures(n)] for words, n in counted if any(n) or words in always])
    used = {name for part in parts for name in part.labels}
    labels = [name for name in scheme.by_name if name in used] + sorted(used - scheme.by_name.keys())
    if labels:
        defined = {label.name: label.definition for label in scheme.labels}
        yield from ("## Labels", "")
        yield from _table(
            ["label", *heads, "definition"],
            [[name, *_figures([part.labels[name] for part in parts]), defined.get(name, "")] for name in labels],
        )
    if idle := [_line(name) for name in scheme.by_name if name not in used]:
        yield from (f"Labels of the scheme that nothing carries here: {', '.join(idle)}.", "")
    topics = sorted({topic for part in parts for topic in part.topics})
    if topics:
        yield from ("## Topics", "")
        yield from _table(
            ["topic", *heads, "path"],
            [
                [code, *_figures([part.topics[code] for part in parts]), " › ".join(scheme.topic_path(code))]
                for code in topics
            ],
        )


def _figures(counts: Sequence[int]) -> list[str]:
    """Return the counts of the parts in figures, and where there are several their sum."""
    return [f"{n:,}" for n in (*counts, *([sum(counts)] if len(counts) > 1 else []))]


def _loading(beside: Beside) -> Iterator[str]:
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

"""spaCy's binary corpus (`.spacy`, a DocBin); spaCy is an optional extra and is loaded when it is used.

`doc.text` is the article's text, character for character. All spans are in `doc.spans["rubricator"]`; those that do
not overlap are in `doc.ents` too (outermost or innermost). The tokens are model/tokens.py's, cut where a span begins or
ends inside one: spaCy can only hold spans of whole tokens, and losing a span is worse than an odd token. Topics are in
`doc.cats`, what else is known of the article and of each span in `doc.user_data["rubricator"]`.

A finished article says no where it says nothing: words outside `doc.ents` are O, and the corpus's other topics 0.0. An
unfinished one says nothing there: such words are missing values, and only the given topics are in `doc.cats`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rubricator.errors import UserError
from rubricator.formats.base import (
    Beside,
    Carried,
    Case,
    Choice,
    Header,
    LayerRecord,
    Loss,
    ReadOptions,
    Record,
    WriteOptions,
)
from rubricator.formats.flat import Placed, flatten
from rubricator.formats.jsonl.writer import Json, annotation_json, article_json, line, names_of
from rubricator.formats.losing import added_up, article_cases, layer_of, once, place_of, with_entities
from rubricator.formats.shaping import ranges
from rubricator.formats.spacy.reader import KEY, read_docs
from rubricator.model.text import digest
from rubricator.model.tokens import words
from rubricator.words import message

LOADING = f"""\
```sh
python -m spacy train config.cfg --output model  # in this folder
```

The settings train a recogniser of names (`doc.ents`) and one of spans that may nest (`doc.spans["{KEY}"]`).

```python
import spacy
from spacy.tokens import DocBin

articles = list(DocBin().from_disk("train.spacy").get_docs(spacy.blank("xx").vocab))
```
"""
TABLE_MOST = (1 << 32) - 1
"""Bytes of the table of tokens: MessagePack holds no more in one piece."""
ATTRIBUTES = ("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID")


@dataclass(frozen=True)
class _Plan:
    """What becomes of one article: its spans in characters, those of them for `doc.ents`, and what is lost."""

    layer: LayerRecord
    spans: list[Placed]
    entities: list[Placed]
    lost: list[Case]


class SpacyBin:
    """A DocBin file for spaCy's training."""

    all_layers = False
    choices: tuple[Choice, ...] = ("nested", "broken", "across")

    def recognises(self, head: str) -> bool:
        """Say yes: nothing else is named so, and the bytes of zlib say nothing."""
        return True

    def read(self, source: Path, options: ReadOptions) -> Iterator[Header | Record]:
        """Yield the entities and the articles of a file."""
        if find_spec("spacy") is None:
            raise _missing()
        return read_docs(source)  # which loads it for what is a DocBin: it takes seconds

    def losses(self, header: Header, records: Iterable[Record], options: WriteOptions) -> list[Loss]:
        """Say what spaCy cannot hold."""
        plans = (_plan(record, options) for record in records)
        linked = ((plan.lost, (placed.annotation.entity for placed in plan.spans)) for plan in plans)
        return added_up(with_entities(header, linked))

    def write(self, header: Header, records: Iterable[Record], out: Path, options: WriteOptions) -> None:
        """Write the file; spaCy keeps all of it in memory."""
        spacy, tokens = _load()
        vocab = spacy.blank("xx").vocab
        docs = tokens.DocBin(attrs=ATTRIBUTES, store_user_data=True)
        called = names_of(header.people)
        finished: list[bool] = []
        topics: set[str] = set()
        left = TABLE_MOST
        for record in records:
            plan = _plan(record, options)
            doc = _doc(tokens, vocab, record, plan, called)
            left -= 8 * len(docs.attrs) * len(doc)
            if left < 0:
                raise UserError(
                    message("This is more than one file of spaCy can hold: {n} articles fit.", n=len(finished)),
                    message("Export it in parts: with --split, or by annotator or status."),
                )
            docs.add(doc)
            finished.append(plan.layer.status == "done")
            topics.update(tag.topic for tag in plan.layer.topics)
        for n, given in enumerate(docs.cats):
            names = sorted(topics) if finished[n] else sorted(given)
            docs.cats[n] = {topic: given.get(topic, 0.0) for topic in names}
        with out.open("xb") as stream:
            stream.write(docs.to_bytes())

    def beside(self, files: Mapping[str, str], language: str) -> Beside:
        """Give the settings of a training run, as spaCy itself makes them: names of entities, and spans that nest."""
        _load()
        from spacy.cli.init_config import init_config
        from spacy.util import get_lang_class

        try:
            get_lang_class(language or "xx")
        except ImportError:  # spaCy knows no such language
            language = ""
        config = init_config(lang=language or "xx", pipeline=["ner", "spancat"], optimize="efficiency", silent=True)
        tune = files.get("dev") or files.get("test") or next(iter(files.values()))
        config["paths"] = {**config["paths"], "train": files["train"], "dev": tune}
        config["components"]["spancat"]["spans_key"] = KEY
        weights = config["training"]["score_weights"]
        for name in [name for name in weights if name.startswith("spans_sc")]:
            weights[f"spans_{KEY}{name.removeprefix('spans_sc')}"] = weights.pop(name)
        return Beside(files={"config.cfg": config.to_str()}, loading=LOADING)

    def expected(self, record: Record, options: WriteOptions) -> Carried:
        """Return the text, all spans with what is known of them, the entities and the given topics."""
        plan = _plan(record, options)
        said = _said(record, plan, {})
        carried: Carried = Counter([("text", digest(record.text)), ("article", _nameless(said["article"]))])
        for placed, more in zip(plan.spans, said["annotations"], strict=True):
            carried["span", placed.start, placed.end, placed.annotation.label, line(more)] += 1
        carried.update(("entity", p.start, p.end, p.annotation.label, p.annotation.entity) for p in plan.entities)
        carried.update(("topic", tag.topic) for tag in plan.layer.topics)
        return carried

    def found(self, out: Path, options: WriteOptions) -> Iterator[Carried]:
        """Read the file back with spaCy."""
        spacy, tokens = _load()
        for doc in tokens.DocBin().from_disk(out).get_docs(spacy.blank("xx").vocab):
            said = doc.user_data[KEY]
            carried: Carried = Counter([("text", digest(doc.text)), ("article", _nameless(said["article"]))])
            for span, more in zip(doc.spans[KEY], said["annotations"], strict=True):
                carried["span", span.start_char, span.end_char, span.label_, line(more)] += 1
            carried.update(("entity", e.start_char, e.end_char, e.label_, e.kb_id_) for e in doc.ents)
            carried.update(("topic", topic) for topic, given in doc.cats.items() if given == 1.0)
            yield carried


def _load() -> tuple[Any, Any]:
    try:
        import spacy
        from spacy import tokens
    except ImportError as error:
        raise _missing() from error
    return spacy, tokens


def _missing() -> UserError:
    return UserError(
        message("This format needs spaCy, which is not installed."),
        message("Install it with “uv sync --extra spacy”, or with “pip install spacy” beside Rubricator."),
    )


@once
def _plan(record: Record, options: WriteOptions) -> _Plan:
    """Decide what becomes of an article; the only place that knows what spaCy can hold."""
    layer = layer_of(record)
    lost = list(article_cases(record, layer, {"topic", "article", "status"}))
    spans: list[Placed] = []
    for annotation in layer.annotations:
        pieces, kind = ranges(record.text, annotation.span, options)
        spans += [Placed(*piece, annotation) for piece in pieces]
        if kind:
            lost.append((kind, place_of(record, annotation)))
    # spaCy refuses to train on an entity that begins or ends with white space.
    clean = [p for p in spans if not record.text[p.start].isspace() and not record.text[p.end - 1].isspace()]
    levels, _ = flatten(clean, options.nested)
    return _Plan(layer, spans, levels[0], lost)


def _doc(tokens: Any, vocab: Any, record: Record, plan: _Plan, names: Mapping[str, str]) -> Any:
    pieces = list(split(record.text, plan.spans))
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    at = 0
    for n, (piece, space) in enumerate(pieces):
        starts[at] = n
        ends[at + len(piece)] = n + 1
        at += len(piece) + space
    doc = tokens.Doc(vocab, words=[piece for piece, _ in pieces], spaces=[space for _, space in pieces])

    def span_of(placed: Placed) -> Any:
        a = placed.annotation
        return tokens.Span(doc, starts[placed.start], ends[placed.end], label=a.label, kb_id=a.entity)

    doc.spans[KEY] = [span_of(placed) for placed in plan.spans]
    default = "outside" if plan.layer.status == "done" else "missing"
    doc.set_ents([span_of(placed) for placed in plan.entities], default=default)
    doc.cats = {tag.topic: 1.0 for tag in plan.layer.topics}
    doc.user_data[KEY] = _said(record, plan, names)
    return doc


def split(text: str, spans: Iterable[Placed]) -> Iterator[tuple[str, bool]]:
    """Yield the tokens of a text, each with whether one space follows; together they are the text.

    As spaCy does it: a space after a token belongs to the token, other white space is a token of its own. A border of
    a span is always a border of a token.
    """
    opened = {placed.start for placed in spans}
    closed = {placed.end for placed in spans}
    cuts = sorted(opened | closed)
    next_cut = 0

    def cut(start: int, end: int) -> Iterator[str]:
        nonlocal next_cut
        while next_cut < len(cuts) and cuts[next_cut] <= start:
            next_cut += 1
        while next_cut < len(cuts) and cuts[next_cut] < end:
            yield text[start : cuts[next_cut]]
            start = cuts[next_cut]
            next_cut += 1
        if start < end:
            yield text[start:end]

    at = 0
    held = ""  # the token before, while it is not known whether a space follows it
    for start, end in [*((token.start, token.end) for token in words(text)), (len(text), len(text))]:
        if at < start:
            if held and text[at] == " " and at not in opened and at + 1 not in closed:
                yield held, True
                at += 1
            elif held:
                yield held, False
            held = ""
            yield from ((piece, False) for piece in cut(at, start))
        for piece in cut(start, end):
            if held:
                yield held, False
            held = piece
        at = end
    if held:
        yield held, False


def _said(record: Record, plan: _Plan, names: Mapping[str, str]) -> Json:
    """Return what is known beside text, spans and topics, in values that spaCy can keep."""
    article = article_json(record, {})
    for key in ("rubricator", "kind", "text", "layers"):
        article.pop(key, None)
    article["layer"] = {
        "annotator": names.get(plan.layer.annotator, plan.layer.annotator),
        "kind": plan.layer.kind,
        "status": plan.layer.status,
    }
    annotations = [annotation_json(placed.annotation, record.text) for placed in plan.spans]
    return {"article": _plain(article), "annotations": [_plain(annotation) for annotation in annotations]}


def _nameless(article: Mapping[str, Any]) -> bytes:
    """Return what is said of an article, but for the name of its annotator: only the header of an export knows it."""
    return line({**article, "layer": {key: x for key, x in article["layer"].items() if key != "annotator"}})


def _plain(value: Any) -> Any:
    """Return JSON values as MessagePack can hold them: whole numbers of more than 64 bits as text."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return str(value)
    return value


FORMAT = SpacyBin()

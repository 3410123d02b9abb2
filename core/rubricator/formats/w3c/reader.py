"""Reads Web Annotations in JSON-LD: single ones, lists, pages and collections.

Source of the format: Web Annotation Data Model (W3C, 2017). What our model says in other words: a tag or a class is a
label, or a topic where the target is the whole text; what comments a place beside its tag is its note; what
identifies it is an entity; an annotation that links two others is a relation, one that says something of another is a
comment on it, and one that says something of a comment an answer. Each body is about each target by itself, as the
model says. The context is never fetched. The text is needed: as the value of the source, or in a .txt file beside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from rubricator.errors import UserError
from rubricator.formats import files
from rubricator.formats.base import Case, Header, ReadOptions, Record
from rubricator.formats.json_document import bad_in
from rubricator.formats.json_items import items
from rubricator.formats.json_values import Bad
from rubricator.formats.layer_draft import LayerDraft, spoken
from rubricator.formats.reading import Draft, fitting_unit
from rubricator.formats.text import about
from rubricator.formats.w3c.entities import told_by
from rubricator.formats.w3c.said import (
    LINKS,
    TAGS,
    Said,
    Texts,
    annotations_in,
    as_list,
    bodies_of,
    called_in,
    ends_of,
    is_a,
    is_remark,
    said_by,
)
from rubricator.formats.w3c.selectors import span_at
from rubricator.model.ids import named_id
from rubricator.model.text import Unit, decode
from rubricator.words import message

_IDS = "5b0d2c1a-77e4-5f0e-8a53-2f4f6a0c9d11"
_THREAD = 1000
"""Answers to answers that are followed to what they are about."""
_NOWHERE = " "
"""What annotations of nothing but each other are about."""


class _Remark(NamedTuple):
    """A comment that was taken in: where, its id, and that of the annotation that it is on."""

    layer: LayerDraft
    uid: str
    on: str


def read_w3c(source: Path, options: ReadOptions) -> Iterator[Header | Record]:
    """Yield the entities and articles; those of a page as soon as it is read, of single annotations at the end."""
    texts = Texts(beside=_beside(source, options))
    loose: list[Said] = []
    blank: list[Case] = []
    any_article = False
    for item in items(source):
        try:
            said = [said_by(one, where, texts) for one, where in annotations_in(item.value, item.where, 0)]
        except Bad as bad:
            raise bad_in(item.where, bad) from bad
        if is_a(item.value, "Annotation"):
            loose += said
            continue
        for made in _articles(said, texts, options.unit, blank):
            any_article = any_article or isinstance(made, Record)
            yield made
    for made in _articles(loose, texts, options.unit, blank):
        any_article = any_article or isinstance(made, Record)
        yield made
    if not any_article:
        name = source.with_suffix(".txt").name
        raise UserError(
            message("{file} holds no text that its annotations are about.", file=source.name),
            message("Put the text beside it as {name}, or into the file as the “value” of the source.", name=name),
        )


def _beside(source: Path, options: ReadOptions) -> str:
    for path in (source.with_suffix(".txt"), source.with_name(f"{source.name.partition('.')[0]}.txt")):
        if files.beside(path, options.within):
            return decode(files.whole(path), path.name, options.encoding).text
    return ""


def _articles(said: list[Said], texts: Texts, unit: Unit, blank: list[Case]) -> Iterator[Header | Record]:
    """Yield an article for each text that is annotated, with its entities before it."""
    own = {one.id for one in said if one.id}
    homes = {one.id: t.source for one in said for t in reversed(one.targets)}
    sources: dict[str, list[Said]] = {}
    for one in said:
        linked = [_home(target.source, homes, own) for target in one.targets if target.source in own]
        for source in dict.fromkeys(linked[:1] or (target.source for target in one.targets)):
            sources.setdefault(source, []).append(one)
    alone = sum(source not in texts.values for source in sources if source != _NOWHERE) == 1
    found: dict[str, str] = {}
    for source, here in sources.items():
        text = texts.values.get(source, texts.beside if alone and source != _NOWHERE else "")
        if text.strip():
            found[source] = text
        else:
            blank.extend(("sourceless", f"{one.where}: {source}".rstrip(": ")) for one in here)
    for source, text in found.items():
        title = texts.titles.get(source, "")
        yield from _Article(sources[source], source, text, title, unit, own, blank).made()
        blank.clear()


def _home(source: str, homes: Mapping[str, str], own: set[str]) -> str:
    """Return the text that an annotation is about, by way of others."""
    for _ in range(_THREAD):
        if source not in own:
            return source
        source = homes.get(source, _NOWHERE)
    return _NOWHERE


class _Article:
    """One text with what is said of it."""

    def __init__(
        self, said: list[Said], source: str, text: str, title: str, unit: Unit, own: set[str], cases: list[Case]
    ) -> None:
        quoted = [q for one in said for t in one.targets if t.source == source and t.place and (q := t.place.quoted)]
        fitting = fitting_unit(text, quoted, unit)
        self._draft = Draft(text, said[0].where, fitting)
        self._draft.cases += cases
        if fitting != unit:
            self._draft.note("unit", f"{said[0].where}: {fitting}")
        self._said = said
        self._source = source
        self._title = title
        self._own = own
        self._layers: dict[tuple[str, str], LayerDraft] = {}
        self._entities: dict[str, dict[str, Any]] = {}
        self._remarks: dict[str, _Remark] = {}

    def made(self) -> Iterator[Header | Record]:
        """Yield the entities and the article."""
        links = []
        remarks = []
        for one in self._said:
            try:
                ends = ends_of(one, self._own)
                if not ends:
                    self._take(one)
                elif is_remark(one):
                    remarks.append((one, ends[0]))
                else:
                    links.append((one, ends))
            except Bad as bad:
                raise bad_in(one.where, bad) from bad
        for one, ends in links:
            self._link(one, ends)
        self._talk(remarks)
        if self._entities:
            yield Header(entities=tuple(self._entities.values()))
        said = about(self._draft.text, "")
        layers = spoken(layer.record() for layer in self._layers.values())
        source = {"url": self._source} if self._source.startswith(("http:", "https:")) else {}
        yield self._draft.record(layers, self._title or said.title, meta={**said.meta, **source})

    def _layer(self, one: Said) -> LayerDraft:
        maker = one.kind, one.by
        if maker not in self._layers:
            self._layers[maker] = LayerDraft(self._draft, one.by, one.kind)
        return self._layers[maker]

    def _take(self, one: Said) -> None:
        """Take in an annotation of a place, or of the whole text."""
        layer, bodies = self._layer(one), list(bodies_of(one.value))
        tags = list(dict.fromkeys(words for purpose, words in bodies if purpose in TAGS))
        links = [words for purpose, words in bodies if purpose in LINKS]
        called = called_in(one.value)
        notes = [words for purpose, words in bodies if purpose not in TAGS | LINKS]
        for target in one.targets:
            if target.source != self._source:
                continue
            if target.whole:
                self._of_all(layer, tags, notes, links, one)
            elif target.place is None:
                self._draft.note("unheld", f"{one.where}: selector")
            else:
                span = span_at(target.place, self._draft, one.where)
                motive = next(iter(as_list(one.value.get("motivation"))), "") or (
                    "commenting" if notes else "highlighting"
                )
                more = {
                    "note": "\n".join(notes),
                    "entity": self._entity(links[0], span, called) if links and span else "",
                }
                for n, label in enumerate(tags or [str(motive)]):
                    layer.add(one.id if n == 0 else "", label, span, one.where, **more)
                for words in links[1:]:
                    self._draft.note("unheld", f"{one.where}: {words}")

    def _of_all(self, layer: LayerDraft, tags: list[str], notes: list[str], links: list[str], one: Said) -> None:
        for code in tags:
            layer.topic(code, "\n".join(notes))
        for words in [] if tags else notes:
            self._remark(one.id, layer, words, one)
        for words in links:
            self._draft.note("unheld", f"{one.where}: {words}")

    def _remark(self, name: str, layer: LayerDraft, words: str, one: Said, on: str = "", answered: str = "") -> None:
        """Take in a comment by whoever made it; `name` is what the file calls it."""
        uid = layer.comment(words, on=on, by=one.by, at=one.at, reply_to=answered)
        if name:
            self._remarks.setdefault(name, _Remark(layer, uid, on))

    def _talk(self, remarks: list[tuple[Said, str]]) -> None:
        """Take in the comments on annotations, each after the one that it answers."""
        while remarks:
            later = []
            waiting = {one.id for one, _target in remarks}
            for one, target in remarks:
                above = self._remarks.get(target)
                home = next((layer for layer in self._layers.values() if target in layer.known), None)
                for words in [words for _purpose, words in bodies_of(one.value)] if above or home else []:
                    if above:
                        self._remark(one.id, above.layer, words, one, above.on, above.uid)
                    elif home:
                        self._remark(one.id, home, words, one, home.known[target])
                if not above and not home:
                    later.append((one, target))
            if len(later) == len(remarks) or not waiting & {target for _one, target in later}:
                for one, _target in later:
                    self._draft.note("end", f"{one.where}: comment")
                return
            remarks = later

    def _entity(self, iri: str, span: Any, called: str) -> str:
        own, external = told_by(iri)
        uid = own or named_id(_IDS, external)
        known = {"external": external} if external else {}
        name = called or " ".join(span.quote(self._draft.text).split())
        self._entities.setdefault(uid, {"id": uid, "name": name, **known})
        return uid

    def _link(self, one: Said, ends: tuple[str, str]) -> None:
        labels = [words for purpose, words in bodies_of(one.value) if purpose in TAGS] or ["related"]
        for label in labels:
            if not any(layer.relate(label, *ends, one.where) for layer in (self._layer(one), *self._layers.values())):
                self._draft.note("end", f"{one.where}: {label}")

"""What an export is about: the articles and layers of a project that were asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from rubricator.errors import UserError
from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.provenance import deciders, speakers, without_provenance
from rubricator.exchange.splitting import Item, Split, parts
from rubricator.formats.base import Header, LayerRecord, Person, Record
from rubricator.model.spans import NOTHING
from rubricator.project import Project
from rubricator.store.whole import ALL, Said, Stretch
from rubricator.verbs.annotators import annotator_named, told_apart
from rubricator.words import message


class Selection:
    """What an export is about: the articles and layers of a project, read anew at each pass."""

    def __init__(self, project: Project, options: ExportOptions, *, all_layers: bool) -> None:
        self._project = project
        self._options = options
        # By name and id, not by who joined first: that is another order in every project.
        self._people = sorted(project.rows.annotators(), key=lambda person: (person.name, person.id))
        self._order = {person.id: n for n, person in enumerate(self._people)}
        self._kinds = {person.id: person.kind for person in self._people}
        self._all_layers = all_layers
        self._owners = self._chosen(all_layers)
        self._again = frozenset(project.samples.given().repeats) if self._owners is not None else frozenset[str]()

    @property
    def again(self) -> int:
        """How many texts are left out since they only came a second time: in one layer they would stand twice."""
        return sum(article.id in self._again for article in self._project.rows.articles()) if self._again else 0

    def _chosen(self, all_layers: bool) -> set[str] | None:
        """Return the ids of the annotators whose layers are exported; None for all."""
        rows, wanted = self._project.rows, self._options.annotator
        if self._options.gold:
            gold = {person.id for person in self._people if person.kind == "gold"}
            if not gold:
                raise UserError(message("This project has no gold layer."), message("Name an annotator instead."))
            return gold
        if wanted:
            return {annotator_named(wanted, self._people).id}
        if all_layers:
            return None
        busy = [person for person in self._people if rows.has_work(person.id)]
        if len(busy) > 1:
            raise UserError(
                message("Several annotators worked on this project, and this format carries one layer."),
                message("Name one with --annotator: {names}.", names=", ".join(told_apart(busy).values())),
            )
        return {busy[0].id if busy else self._project.me.annotator}

    def header(self) -> Header:
        """Return what is said of the corpus as a whole."""
        rows = self._project.rows
        named = self._project.named(None if self._owners is None else sorted(self._owners), self._options.status)
        named |= speakers(self._project, self._owners)
        if self._options.provenance or not self._options.gold:
            named |= deciders(self._project, self._owners)
        about = rows.project()
        extra = about.get("extra")
        return Header(
            name=self._project.name,
            scheme=self._project.scheme,
            people=tuple(Person(a.id, a.name, a.kind, a.extra or NOTHING) for a in self._people if a.id in named),
            entities=tuple({"id": uid, **value} for uid, value in rows.elements("entity")),
            extra=extra if isinstance(extra, dict) else NOTHING,
            rechecks=tuple({"id": uid, **value} for uid, value in self._project.schemes.rechecks()),
        )

    def dealt(self, split: Split) -> dict[str, str]:
        """Return to which part of a split each article goes, by its id."""
        named = {record.id: _has(record) for record in self.records()}
        articles = (article for article in self._project.rows.articles() if article.id in named)
        clusters = self._project.stories.clusters(articles)
        dealt = parts((Item(uid, clusters[uid], has) for uid, has in named.items()), split)
        if named and len(set(dealt.values())) < len(split.names):
            raise UserError(
                message("There is too little for {n} parts: one would be empty.", n=len(split.names)),
                message("Versions of one story always go together. Take fewer parts, or other shares."),
            )
        return dealt

    def records(
        self, dealt: Mapping[str, str] | None = None, part: str = "", stretch: Stretch = ALL
    ) -> Iterator[Record]:
        """Yield the articles with the layers that are exported, in the order of the project (of a part, a stretch)."""
        for article, said in self._project.whole(stretch):
            if article.id in self._again or (dealt is not None and dealt.get(article.id) != part):
                continue
            layers = tuple(self._layers(said))
            wanted = self._options.status
            untouched = not layers and wanted == "todo"
            if wanted and not untouched and not any(layer.status == wanted for layer in layers):
                continue
            if not self._all_layers and not any(map(_is_begun, layers)):
                continue  # nobody has begun it, even if somebody looked at it: that is no example without annotations
            yield Record(
                text=self._project.text(article),
                id=article.id,
                title=article.title,
                meta=article.meta,
                zones=article.zones,
                cluster=article.cluster,
                layers=layers,
                extra=article.extra,
            )

    def _layers(self, said: list[Said]) -> Iterator[LayerRecord]:
        last = len(self._order)
        for one in sorted(said, key=lambda x: (self._order.get(x.layer.annotator, last), x.layer.annotator)):
            if self._owners is not None and one.layer.annotator not in self._owners:
                continue
            if self._options.status and one.layer.status != self._options.status:
                continue
            if _says_anything(one):
                if self._options.gold and not self._options.provenance:
                    one = without_provenance(one)
                yield _layer(one, self._kinds.get(one.layer.annotator, "human"))


def _says_anything(said: Said) -> bool:
    layer = said.layer
    told = layer.status != "todo" or layer.flags or layer.seconds or layer.extra
    return bool(said.annotations or said.tags or told or said.elements)


def _is_begun(layer: LayerRecord) -> bool:
    return layer.status != "todo" or bool(layer.annotations or layer.topics)


def _layer(said: Said, kind: str) -> LayerRecord:
    layer = said.layer
    extra = (layer.extra or {}).get("extra")
    inner = {"article", "annotator"}
    plain = {
        name: tuple({"id": uid} | {k: v for k, v in value.items() if k not in inner} for uid, value in items)
        for name, items in said.elements.items()
    }
    return LayerRecord(
        annotator=layer.annotator,
        kind=kind,
        status=layer.status,
        flags=layer.flags,
        seconds=layer.seconds,
        annotations=tuple(said.annotations),
        topics=tuple(said.tags),
        relations=plain.get("relation", ()),
        comments=plain.get("comment", ()),
        decisions=plain.get("decision", ()),
        extra=extra if isinstance(extra, dict) else NOTHING,
    )


def _has(record: Record) -> Counter[tuple[str, str]]:
    """Return how often an article has each label and topic."""
    has = Counter(("label", annotation.label) for layer in record.layers for annotation in layer.annotations)
    has.update(("topic", tag.topic) for layer in record.layers for tag in layer.topics)
    return has

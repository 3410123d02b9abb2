"""GUM's Wikinews articles told completely in our model: entities, links, coreference chains, and every edge between them.

The source is read from WebAnno TSV 3.2 here; the chains are compared with those of GUM's other serialisations too (the
brackets of CoNLL coreference), so that it is not this test alone that knows what they are.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.making import ANNA, BEN, add_articles

from rubricator.exchange.export_report import ExportOptions
from rubricator.exchange.incoming import ImportOptions, import_files
from rubricator.exchange.outgoing import export
from rubricator.model import layer_edits as e
from rubricator.model.edits import Add, Edit
from rubricator.model.entities import Entity, entity_value
from rubricator.model.ids import new_id
from rubricator.model.relations import Relation, relate
from rubricator.model.scheme import Attribute, Label, RelationType, Scheme
from rubricator.model.spans import Span
from rubricator.project import Project

GUM = Path(os.environ.get("RUBRICATOR_CORPORA") or Path(__file__).parents[3] / "shared" / "data") / "gum-news"
pytestmark = pytest.mark.skipif(not GUM.is_dir(), reason="the corpora are not here (RUBRICATOR_CORPORA)")
NAMES = sorted(path.stem for path in GUM.glob("coref/gum/tsv/*.tsv"))

Place = tuple[int, int, str]
"""A mention: start, end (code points), kind."""
Edge = tuple[Place, Place, str]


class Mention(NamedTuple):
    """A mention in the source, with its three attributes; `identity` is what it links to on Wikipedia."""

    place: Place
    attributes: tuple[tuple[str, str], ...]
    identity: str


class Gold(NamedTuple):
    """An article of GUM."""

    text: str
    tokens: tuple[tuple[int, int], ...]
    mentions: frozenset[Mention]
    edges: frozenset[Edge]

    @property
    def chains(self) -> frozenset[frozenset[Place]]:
        """The mentions of one thing each: those that edges of identity tie together."""
        return chained((one.place for one in self.mentions), self.edges)


def chained(places: Iterable[Place], edges: Iterable[Edge]) -> frozenset[frozenset[Place]]:
    """Put together what edges (but for bridges) tie together."""
    above: dict[Place, Place] = {place: place for place in places}

    def top(place: Place) -> Place:
        while above[place] != place:
            place = above[place]
        return place

    for source, target, kind in edges:
        if not kind.startswith("bridge"):
            above[top(source)] = top(target)
    found: defaultdict[Place, set[Place]] = defaultdict(set)
    for place in above:
        found[top(place)].add(place)
    return frozenset(map(frozenset, found.values()))


_PART = re.compile(r"(?P<value>.*?)(?:\[(?P<id>\d+)\])?")
_EDGE = re.compile(r"(?P<token>\d+-\d+)\[(?P<target>\d+)_(?P<source>\d+)\]")


def read_gum(path: Path) -> Gold:
    """Read WebAnno TSV 3.2: a mention is the tokens that carry its number, or one token without a number."""
    text, tokens = "", []
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    said: dict[str, dict[str, str]] = defaultdict(dict)
    edges: list[tuple[str, str, str]] = []
    names = ("kind", "infstat", "salience", "identity", "centering")
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#Text="):
            text += "\n" if text else ""
            text += line.removeprefix("#Text=") + "\n"
        cells = line.split("\t")
        if line.startswith("#") or len(cells) < 10:
            continue
        token, place = cells[0], tuple(map(int, cells[1].split("-")))
        tokens.append((place[0], place[1], cells[2]))
        for name, cell in zip(names, cells[3:8], strict=True):
            for part in cell.split("|") if cell != "_" else ():
                match = _PART.fullmatch(part)
                assert match is not None
                uid = match["id"] or f"at {token}"
                said[uid][name] = match["value"].replace("\\", "")
                if name == "kind":
                    spans[uid].append((place[0], place[1]))
        for kind, to in zip(cells[8].split("|"), cells[9].split("|"), strict=True) if cells[8] != "_" else ():
            match = _EDGE.fullmatch(to) or re.fullmatch(r"(?P<token>\d+-\d+)", to)
            assert match is not None
            numbers = {"source": "0", "target": "0", **match.groupdict()}
            source = numbers["source"] if numbers["source"] != "0" else f"at {token}"
            target = numbers["target"] if numbers["target"] != "0" else f"at {match['token']}"
            edges.append((source, target, kind.replace("\\", "")))
    # The offsets count a text without blank lines, in which each sentence ends with one character; ours is laid out so.
    flat = _laid(tokens)
    places = {uid: (min(a for a, _ in some), max(b for _, b in some), said[uid]["kind"]) for uid, some in spans.items()}
    mentions = frozenset(
        Mention(
            places[uid],
            tuple((name, said[uid][name]) for name in ("infstat", "salience", "centering") if name in said[uid]),
            said[uid].get("identity", ""),
        )
        for uid in spans
    )
    known = frozenset((places[a], places[b], kind) for a, b, kind in edges)
    return Gold(flat, tuple((a, b) for a, b, _ in tokens), mentions, known)


def _laid(tokens: Iterable[tuple[int, int, str]]) -> str:
    """Lay tokens out where their offsets say they stand."""
    laid = ""
    for start, _end, word in tokens:
        laid += (" " if start - len(laid) == 1 else "\n" * (start - len(laid))) + word
    return laid + "\n"


def conll_chains(path: Path, tokens: tuple[tuple[int, int], ...]) -> set[frozenset[tuple[int, int]]]:
    """Read the chains of CoNLL's brackets: `(person-1`, `person-1)`, `(time-5)`."""
    found: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    opened: defaultdict[str, list[int]] = defaultdict(list)
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line[:1].isdigit()]
    assert len(lines) == len(tokens)
    for n, cells in enumerate(lines):
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", cells[2]) if cells[2] != "_" else ():
            number = re.match(r"\w+-(\d+)", part.strip("()"))
            assert number is not None
            if part.startswith("("):
                opened[number[1]].append(n)
            if part.endswith(")"):
                found[number[1]].add((tokens[opened[number[1]].pop()][0], tokens[n][1]))
    return set(map(frozenset, found.values()))


KINDS = "person place organization object event time abstract animal plant substance".split()
EDGES = ("coref", "ana", "appos", "pred", "disc", "cata", "bridge:aggr", "bridge:def", "bridge:other")
SCHEME = Scheme(
    name="GUM",
    labels=tuple(Label(kind, kind.title(), kind[:4].upper(), hue=n) for n, kind in enumerate(KINDS, 1)),
    attributes=(
        Attribute("infstat", "Information status", "text", chip=True),
        Attribute("salience", "Salience", "text"),
        Attribute("centering", "Centering", "text"),
    ),
    relations=tuple(RelationType(kind, kind) for kind in EDGES),
)


def told(project: Project, gold: Gold, article: str) -> None:
    """Tell an article of GUM in our model, as one step."""
    annotations, entities, chain_of = {}, [], {}
    for chain in gold.chains:
        names = {m.identity for m in gold.mentions if m.place in chain and m.identity}
        first = min(chain)
        external = f"https://en.wikipedia.org/wiki/{min(names)}".replace(" ", "_") if names else ""
        entities.append(Entity(new_id(), gold.text[first[0] : first[1]].replace("\n", " "), first[2], external))
        chain_of |= dict.fromkeys(chain, entities[-1].id)
    for mention in gold.mentions:
        start, end, kind = mention.place
        span = Span.of(start, end)
        attributes = {**dict(mention.attributes), **({"identity": mention.identity} if mention.identity else {})}
        annotations[mention.place] = project.new_annotation(
            article, kind, span, exact=True, attributes=attributes, entity=chain_of[mention.place]
        )._replace(quote=span.quote(gold.text))
    me, by = project.me.annotator, project.stamp()
    relations = [
        Relation(new_id(), article, me, kind, annotations[a].id, annotations[b].id, created=by)
        for a, b, kind in gold.edges
    ]
    listed = Edit(
        "entity", tuple(Add("entity", one.id, entity_value(one)) for one in entities), "", {"n": len(entities)}
    )
    project.apply(listed, e.annotate(list(annotations.values()), *project.begun(article)), relate(relations))


def found(project: Project, article: str, annotator: str) -> Gold:
    """Read it again out of a project, from nothing but what stands in it."""
    annotations = project.annotations(article, annotator)
    places = {one.id: (one.start, one.end, one.label) for one in annotations}
    mentions = frozenset(
        Mention(
            places[one.id],
            tuple(
                (name, one.attributes[name]) for name in ("infstat", "salience", "centering") if name in one.attributes
            ),
            str(one.attributes.get("identity", "")),
        )
        for one in annotations
    )
    edges = frozenset((places[r.source], places[r.target], r.label) for r in project.relations.of(article, annotator))
    return Gold(project.text(project.article(article)), (), mentions, edges)


def chains_of(project: Project, article: str, annotator: str) -> frozenset[frozenset[Place]]:
    """Return the chains as the links to entities tell them."""
    chains: defaultdict[str, set[Place]] = defaultdict(set)
    for one in project.annotations(article, annotator):
        chains[one.entity].add((one.start, one.end, one.label))
    return frozenset(map(frozenset, chains.values()))


@pytest.mark.parametrize("name", NAMES)
def test_entities_links_and_chains_are_told_completely(name: str, tmp_path: Path) -> None:
    gold = read_gum(GUM / f"coref/gum/tsv/{name}.tsv")
    assert len(gold.mentions) > 50
    assert {kind for _a, _b, kind in gold.edges} <= set(EDGES)
    scheme = replace(SCHEME, attributes=(*SCHEME.attributes, Attribute("identity", "Wikipedia", "text")))
    with Project.create(tmp_path / "gum.rubric", ANNA, scheme) as project:
        add_articles(project, [("a", gold.text)])
        told(project, gold, "a")
        assert found(project, "a", ANNA.annotator)[2:] == gold[2:]
        assert chains_of(project, "a", ANNA.annotator) == gold.chains
        referee = conll_chains(GUM / f"coref/gum/conll/{name}.conll", gold.tokens)
        assert {frozenset(place[:2] for place in chain) for chain in gold.chains} == referee
        # of some things GUM has two chains, as words that are never read as one: the doctor tells that they share an id
        assert [one for one in project.check(full=True) if "have the external id" not in one.what.text] == []
        project.undo()
        assert project.annotations("a") == []
        assert project.entities.all() == []
        project.redo()
        assert found(project, "a", ANNA.annotator)[2:] == gold[2:]
        counts = project.entities.counts()
        assert sum(counts.values()) == len(gold.mentions)
        export(project, tmp_path / "gum.jsonl", ExportOptions("jsonl"))
    with Project.create(tmp_path / "again.rubric", BEN, Scheme()) as again:
        import_files(again, [tmp_path / "gum.jsonl"], ImportOptions())
        [article] = again.rows.articles()
        [anna] = [person for person in again.rows.annotators() if person.name == "anna"]
        assert found(again, article.id, anna.id)[2:] == gold[2:]
        assert chains_of(again, article.id, anna.id) == gold.chains
        assert len(again.entities.all()) == len(gold.chains)
        assert [one for one in again.check(full=True) if "have the external id" not in one.what.text] == []

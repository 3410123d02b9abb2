"""Random work on all that can be said, on two copies merged in any order: the state is a replay, nothing is lost."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule
from tests.store.test_machine import ARTICLES, BEN, LABELS, TwoCopies, who

from rubricator.errors import UserError
from rubricator.model.scheme import Attribute, Label, RelationType, Rule, Topic
from rubricator.model.spans import Annotation, Span
from rubricator.project import Project

TREE = ("own:1", "own:2", "own:3")
NAMES = (*LABELS, "ORGANIZATION", "NEW")
article = st.sampled_from(ARTICLES)
name = st.sampled_from(NAMES)
which = st.integers(0, 9)
spots = st.tuples(article, st.sampled_from([0, 4, 9]), st.sampled_from([4, 8]))
"""Few places, so that annotations stand on the same words, nest and cross."""


class TwoTalkers(TwoCopies):
    """Anna and Ben say more than labels, and change the scheme under each other's hands."""

    @initialize()
    def begin(self) -> None:
        super().begin()
        for project in self.copies:
            project.close()
        self.copies = [self._open(0), self._open(1)]
        one, other = self.copies
        scheme = replace(
            one.scheme,
            labels=tuple(
                label._replace(parent="PERSON") if label.name == "CITY" else label for label in one.scheme.labels
            ),
            attributes=(
                Attribute("gender", "Gender", "choice", ("f", "m"), ("PERSON",)),
                Attribute("sure", "Sure", "flag"),
            ),
            relations=(
                RelationType("knows", "Knows", ("PERSON",), ("PERSON", "CITY"), symmetric=True),
                RelationType("near", "Near"),
            ),
            topics=tuple(Topic(code, code) for code in TREE),
            rules=(Rule("1", "no-crossing", {"labels": ["PERSON", "COUNTRY"]}),),
        )
        one.schemes.change(scheme, "more")
        other.merge(one)

    def _pick(self, n: int, article: str, which: int, everybody: bool = False) -> Annotation | None:
        project = self.copies[n]
        layer = project.annotations(article)
        if everybody:
            layer = layer + project.annotations(article, BEN.annotator)
        return layer[which % len(layer)] if layer else None

    @rule(n=who, at=spots, label=name)
    def annotate(self, n: int, at: tuple[str, int, int], label: str) -> None:
        with suppress(UserError):
            self.copies[n].annotate(at[0], label, [Span.of(at[1], at[1] + at[2])], exact=True)

    @rule(n=who, article=article, which=which, label=name)
    def relabel(self, n: int, article: str, which: int, label: str) -> None:
        if one := self._pick(n, article, which):
            with suppress(UserError):
                self.copies[n].relabel(one, label)

    @rule(n=who, at=spots, which=which)
    def reshape(self, n: int, at: tuple[str, int, int], which: int) -> None:
        where, start, length = at
        if one := self._pick(n, where, which):
            with suppress(UserError):
                self.copies[n].reshape(one, Span.of(start, start + length), exact=True)

    @rule(n=who, article=article, which=which, value=st.sampled_from([None, "f", "m", True, 7]))
    def say(self, n: int, article: str, which: int, value: object) -> None:
        if one := self._pick(n, article, which, everybody=True):
            with suppress(UserError):
                self.copies[n].attributes.set([one], "gender" if value != True else "sure", value)  # noqa: E712

    @rule(n=who, article=article, a=which, b=which, kind=st.sampled_from(["knows", "near"]))
    def relate(self, n: int, article: str, a: int, b: int, kind: str) -> None:
        one, other = self._pick(n, article, a), self._pick(n, article, b)
        if one and other:
            with suppress(UserError):
                self.copies[n].relations.add(kind, one, other)

    @rule(n=who, article=article, which=which, a=which, do=st.sampled_from(["turn", "retype", "delete", "move"]))
    def change_relation(self, n: int, article: str, which: int, a: int, do: str) -> None:
        verbs = self.copies[n].relations
        if (found := verbs.of(article)) and (end := self._pick(n, article, a)):
            one = found[which % len(found)]
            with suppress(UserError):
                {
                    "turn": lambda: verbs.turn(one),
                    "retype": lambda: verbs.retype(one, "near"),
                    "delete": lambda: verbs.delete(one),
                    "move": lambda: verbs.move_end(one, one.target, end),
                }[do]()

    @rule(n=who, article=article, a=which, b=which, new=st.booleans(), called=st.sampled_from("xyz"))
    def link(self, n: int, article: str, a: int, b: int, new: bool, called: str) -> None:
        verbs = self.copies[n].entities
        mentions = [one for one in (self._pick(n, article, a, True), self._pick(n, article, b)) if one]
        known = verbs.all()
        if new or not known:
            verbs.link(mentions, verbs.new(called, aliases=["b", called]), new=True)
        else:
            verbs.link(mentions, known[a % len(known)])

    @rule(n=who, a=which, b=which, do=st.sampled_from(["merge", "split", "delete", "change"]))
    def change_entity(self, n: int, a: int, b: int, do: str) -> None:
        project = self.copies[n]
        verbs = project.entities
        if not (known := verbs.all()):
            return
        one, other = known[a % len(known)], known[b % len(known)]
        mentions = [found for m in verbs.mentions(one.id) if (found := project.annotation(m.annotation))]
        if do == "merge":
            verbs.merge(one, [other, one])
        elif do == "split":
            verbs.split(one, "part", mentions[: 1 + b])
        elif do == "delete":
            verbs.delete(one)
        else:
            verbs.change(one, one._replace(note="n", external="wikidata:Q1"))

    @rule(
        n=who,
        article=article,
        which=which,
        topic=st.sampled_from(TREE),
        do=st.sampled_from("give tie untie note".split()),
    )
    def topics_of(self, n: int, article: str, which: int, topic: str, do: str) -> None:
        verbs, one = self.copies[n].topics, self._pick(n, article, which)
        tag = next((tag for tag in self.copies[n].tags(article) if tag.topic == topic), None)
        with suppress(UserError):
            if tag is None or do == "give":
                verbs.give(article, [topic], [one.id] if one and do == "tie" else [])
            elif do == "note":
                verbs.write_note(tag, f"{tag.note}!")
            elif do == "tie" and one:
                verbs.tie(tag, [one])
            elif tag.evidence:
                verbs.untie(tag, [tag.evidence[0]])

    @rule(n=who, topic=st.sampled_from(TREE), to=st.sampled_from(TREE), do=st.sampled_from("move retire back".split()))
    def tree(self, n: int, topic: str, to: str, do: str) -> None:
        verbs, known = self.copies[n].topics, self.copies[n].scheme.topics_by_code
        if topic in known:
            with suppress(UserError):
                {
                    "move": lambda: verbs.change(known[topic], known[topic]._replace(parent=to)),
                    "retire": lambda: verbs.retire(topic, instead=[to]),
                    "back": lambda: verbs.bring_back(topic),
                }[do]()

    @rule(n=who, article=article, which=which, text=st.sampled_from(["so?", "no\x00\ud800"]), reply=st.booleans())
    def comment(self, n: int, article: str, which: int, text: str, reply: bool) -> None:
        one = self._pick(n, article, which)
        verbs = self.copies[n].comments
        said = verbs.of(article)
        verbs.add(article, one.id if one else "", text, reply_to=said[0].id if reply and said else "")

    @rule(n=who, article=article, which=which, delete=st.booleans())
    def change_comment(self, n: int, article: str, which: int, delete: bool) -> None:
        verbs = self.copies[n].comments
        if said := verbs.of(article):
            one = said[which % len(said)]
            verbs.delete(one) if delete else verbs.change(one, f"{one.text}!")

    @rule(n=who, label=name, to=name)
    def rename_label(self, n: int, label: str, to: str) -> None:
        project = self.copies[n]
        if label in project.scheme.by_name:
            before = len(self._all(project))
            if to in project.scheme.by_name:
                with suppress(UserError):
                    project.schemes.rename(label, to)
                return
            project.schemes.rename(label, to)
            assert len(self._all(project)) == before

    @rule(n=who, labels=st.sets(name, min_size=1, max_size=3), into=name)
    def merge_labels(self, n: int, labels: set[str], into: str) -> None:
        """Merging labels is never refused by what stands: words stay labelled, and each end of a relation too."""
        project = self.copies[n]
        have = [label for label in sorted(labels) if label in project.scheme.by_name]
        if not have or into not in project.scheme.by_name:
            return
        before = {
            (one.article, one.annotator, one.span, into if one.label in have else one.label)
            for one in self._all(project)
        }
        project.schemes.merge(have, into)
        after = {(one.article, one.annotator, one.span, one.label) for one in self._all(project)}
        assert after == before

    def _all(self, project: Project) -> list[Annotation]:
        rows = project.rows
        return [
            one
            for article in rows.articles()
            for layer in rows.layers(article.id)
            for one in rows.annotations(article.id, layer.annotator)
        ]

    @rule(n=who, label=name)
    def delete_label(self, n: int, label: str) -> None:
        project = self.copies[n]
        if label in project.scheme.by_name:
            project.schemes.delete(label)
            assert not any(one.label == label for one in self._all(project))

    @rule(n=who, do=st.sampled_from("rename value delete relation unrelate".split()), turned=st.booleans())
    def change_parts(self, n: int, do: str, turned: bool) -> None:
        """Attributes and relation types are renamed and deleted with what carries them, whatever stands."""
        project, schemes = self.copies[n], self.copies[n].schemes
        gender, knows = ("sex", "knows_of") if turned else ("gender", "knows")
        new = {"sex": "gender", "gender": "sex", "knows": "knows_of", "knows_of": "knows"}
        has, related = gender in project.scheme.attributes_by_name, knows in project.scheme.relations_by_name
        with suppress(UserError):
            match do:
                case "rename" if has:
                    schemes.rename_attribute(gender, new[gender])
                    assert not schemes.saying(gender).annotations
                case "value" if has:
                    schemes.rename_value(gender, "f", "m")
                    assert not schemes.saying(gender, "f").annotations
                case "delete" if has:
                    schemes.delete_attribute(gender)
                    assert not schemes.saying(gender).annotations
                case "relation" if related:
                    schemes.rename_relation(knows, new[knows])
                    assert not schemes.related(knows).relations
                case "unrelate" if related:
                    schemes.delete_relation(knows)
                    assert not schemes.related(knows).relations

    @rule(n=who, label=name, into=name)
    def split_label(self, n: int, label: str, into: str) -> None:
        project = self.copies[n]
        if label in project.scheme.by_name:
            project.schemes.split(label, [Label(into, into)])
        project.schemes.stale()


TestTwoTalkers = TwoTalkers.TestCase
TestTwoTalkers.settings = settings(max_examples=15, stateful_step_count=30, deadline=None)

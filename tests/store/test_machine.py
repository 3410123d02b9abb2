"""Random work on two copies of a project, merged in any order: the state always is a replay, and nothing is lost."""

from __future__ import annotations

import random
import shutil
import tempfile
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.making import ANNA, BEN, make, ticking

from rubricator.errors import UserError
from rubricator.model import layer_edits as e
from rubricator.model.edits import Edit, Set
from rubricator.model.elements import STATUSES, tag_id
from rubricator.model.spans import Span, TopicTag
from rubricator.project import Project
from rubricator.store import check
from rubricator.store.entries import Entry
from rubricator.suggest.matcher import Name
from rubricator.suggest.offers import Offer
from rubricator.words import message

TEXT = "Anna S.\n\nLebrune of Port Velis met 🙂 Layla in Arvenia."
ARTICLES = ("one", "two")
LABELS = ("PERSON", "CITY", "COUNTRY")
TOPICS = ("medtop:1", "medtop:2")

who = st.integers(0, 1)
place = st.tuples(st.sampled_from(ARTICLES), st.integers(0, len(TEXT) - 2), st.integers(1, 12))


class TwoCopies(RuleBasedStateMachine):
    """Anna and Ben each work on a copy of one project."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        project = make(self.folder / "0.rubric", ANNA, [(name, TEXT) for name in ARTICLES])
        project.close()
        shutil.copy(self.folder / "0.rubric", self.folder / "1.rubric")
        self.copies = [self._open(0), self._open(1)]
        self.written: list[set[str]] = [set(), set()]

    def _open(self, n: int) -> Project:
        return Project.open(self.folder / f"{n}.rubric", (ANNA, BEN)[n], clock=ticking())

    def _layer(self, n: int, article: str) -> list[str]:
        return [a.id for a in self.copies[n].annotations(article)]

    @rule(n=who, at=place, label=st.sampled_from(LABELS))
    def annotate(self, n: int, at: tuple[str, int, int], label: str) -> None:
        article, start, length = at
        end = min(len(TEXT), start + length)
        before = check.state(self.copies[n]._store.db)
        try:
            self.copies[n].annotate(article, label, [Span.of(start, end)], exact=True)
        except UserError:
            now = check.state(self.copies[n]._store.db)
            assert [d for d in check.differences(before, now) if "annotators" not in d] == []

    @rule(n=who, article=st.sampled_from(ARTICLES), which=st.integers(0, 9), label=st.sampled_from(LABELS))
    def relabel(self, n: int, article: str, which: int, label: str) -> None:
        if layer := self.copies[n].annotations(article):
            annotation = layer[which % len(layer)]
            twice = [a for a in layer if (a.label, a.span) == (label, annotation.span) and a.id != annotation.id]
            with pytest.raises(UserError, match="already carry") if twice else nullcontext():
                self.copies[n].relabel(annotation, label)

    @rule(n=who, article=st.sampled_from(ARTICLES), which=st.integers(0, 9), several=st.booleans())
    def delete(self, n: int, article: str, which: int, several: bool) -> None:
        if layer := self.copies[n].annotations(article):
            self.copies[n].delete(layer[which % len(layer) :] if several else [layer[which % len(layer)]])

    @rule(n=who, article=st.sampled_from(ARTICLES), which=st.integers(0, 9), note=st.text(max_size=3))
    def others_note(self, n: int, article: str, which: int, note: str) -> None:
        """Write into the other annotator's layer, so that fields have writers on both sides."""
        project = self.copies[n]
        if layer := project.annotations(article, (BEN, ANNA)[n].annotator):
            project.write_note(layer[which % len(layer)], note)

    @rule(n=who, article=st.sampled_from(ARTICLES), key=st.sampled_from("ab"), value=st.sampled_from([None, "x", "y"]))
    def write_attribute(self, n: int, article: str, key: str, value: str | None) -> None:
        """Write a key inside a mapping, and now and then the whole mapping."""
        project = self.copies[n]
        for annotation in project.annotations(article, ANNA.annotator)[:1]:
            old = annotation.attributes.get(key)
            whole = Set("annotation", annotation.id, "attributes", dict(annotation.attributes) or None, {"a": "w"})
            part = Set("annotation", annotation.id, f"attributes.{key}", old, value)
            project.apply(Edit("note", (whole if value == "y" else part,), article))

    @rule(n=who, article=st.sampled_from(ARTICLES), topic=st.sampled_from(TOPICS), give=st.booleans())
    def topics(self, n: int, article: str, topic: str, give: bool) -> None:
        project = self.copies[n]
        me = project.me.annotator
        tags = {tag.topic: tag for tag in project.tags(article)}
        if give and topic not in tags:
            tag = TopicTag(tag_id(article, me, topic), article, me, topic)
            project.apply_all(lambda _keep: iter([e.tag([tag])]))  # past the rule: these topics are in no scheme
        elif not give and topic in tags:
            project.topics.take(tags[topic])

    @rule(n=who, at=place, label=st.sampled_from(LABELS), source=st.sampled_from(["memory", "rule"]))
    def reject(self, n: int, at: tuple[str, int, int], label: str, source: str) -> None:
        article, start, length = at
        offer = Offer(Span.of(start, min(len(TEXT), start + length)), label, "memory", message("so"))
        if source == "rule":
            offer = offer._replace(source="chain")
        self.copies[n].reject(article, [offer])

    @rule(n=who, name=st.sampled_from("xy"), words=st.sampled_from(["Arvenia", "Layla"]))
    def add_word_list(self, n: int, name: str, words: str) -> None:
        self.copies[n].add_word_list(name, [Name(words, "PERSON")])

    @rule(n=who, article=st.sampled_from(ARTICLES), status=st.sampled_from(STATUSES))
    def status(self, n: int, article: str, status: str) -> None:
        self.copies[n].set_status(article, status)

    @rule(n=who, article=st.sampled_from(ARTICLES), flags=st.sampled_from([(), ("a",), ("a", "b")]))
    def flag(self, n: int, article: str, flags: tuple[str, ...]) -> None:
        self.copies[n].set_flags(article, flags)

    @rule(n=who, article=st.sampled_from(ARTICLES), seconds=st.integers(1, 9))
    def add_time(self, n: int, article: str, seconds: int) -> None:
        """Time only ever grows, by what was counted."""
        project = self.copies[n]
        me, joined = project.me.annotator, project.rows.name_of(project.me.annotator) is not None
        before = project.rows.layer(article, me).seconds
        project.add_time(article, seconds)
        assert project.rows.layer(article, me).seconds == before + (seconds if joined else 0)

    @rule(n=who, article=st.sampled_from(ARTICLES))
    def remove(self, n: int, article: str) -> None:
        if found := self.copies[n].rows.article(article):
            self.copies[n].apply(e.remove_article(found))

    @rule(n=who, times=st.integers(1, 4))
    def undo(self, n: int, times: int) -> None:
        for _ in range(times):
            self.copies[n].undo()

    @rule(n=who, times=st.integers(1, 4))
    def redo(self, n: int, times: int) -> None:
        for _ in range(times):
            self.copies[n].redo()

    @rule(n=who, times=st.integers(1, 3))
    def undo_and_redo_is_nothing(self, n: int, times: int) -> None:
        project = self.copies[n]
        before = self._said(project)
        done = sum(bool(project.undo()) for _ in range(times))
        redone = sum(bool(project.redo()) for _ in range(done))
        assert redone == done
        assert self._said(project) == before

    def _said(self, project: Project) -> list[object]:
        """Return what the annotators say, without the clocks of when it was written."""
        rows = project.rows
        return [
            (article.id, layer, rows.annotations(article.id, layer.annotator), rows.tags(article.id, layer.annotator))
            for article in rows.articles()
            for layer in rows.layers(article.id)
            if layer.annotations or layer.status != "todo" or rows.tags(article.id, layer.annotator)
        ]

    @rule(n=who)
    def reopen(self, n: int) -> None:
        self.copies[n].close()
        self.copies[n] = self._open(n)

    @rule(n=who, seed=st.integers(0, 99), share=st.sampled_from([0.3, 1.0]), twice=st.booleans())
    def merge(self, n: int, seed: int, share: float, twice: bool) -> None:
        """Merge rows of the other copy: shuffled, perhaps a part of them, perhaps twice."""
        source = self.copies[1 - n]
        rows: list[Entry] = list(source._journal.entries())
        chance = random.Random(seed)
        chance.shuffle(rows)
        part = rows[: round(len(rows) * share)]
        for _ in range(1 + twice):
            self.copies[n]._told(self.copies[n]._journal.merge(part, source._journal.texts()))

    @rule()
    def merge_both_ways(self) -> None:
        one, other = self.copies
        one.merge(other)
        other.merge(one)
        difference = list(check.differences(check.state(one._store.db), check.state(other._store.db)))
        assert difference == []

    @invariant()
    def state_is_a_replay(self) -> None:
        for project in getattr(self, "copies", ()):
            entries, texts = list(project._journal.entries()), list(project._journal.texts())
            now = check.state(project._store.db)
            assert list(check.differences(now, check.replay(entries, texts))) == []
            assert list(check._words(project._store)) == []

    @invariant()
    def nothing_is_lost(self) -> None:
        """The journal only grows, and every row that was ever written is in it."""
        for n, project in enumerate(getattr(self, "copies", ())):
            ids = {entry.id for entry in project._journal.entries()}
            assert self.written[n] <= ids
            self.written[n] = ids

    def teardown(self) -> None:
        for n, project in enumerate(getattr(self, "copies", ())):
            assert [f.what for f in check.quick(project._store)] == []
            entries, texts = list(project._journal.entries()), list(project._journal.texts())
            shuffled = check.replay(entries, texts, random.Random(n))
            assert list(check.differences(check.state(project._store.db), shuffled)) == []
            project.close()
        shutil.rmtree(getattr(self, "folder", ""), ignore_errors=True)


TestTwoCopies = TwoCopies.TestCase
TestTwoCopies.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)

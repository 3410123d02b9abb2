"""What the window keeps is what the file says: after acts, undo, redo and what a second program writes, in any order."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.journeys import kit
from tests.journeys.conftest import Start

from rubricator.model.folding import single_spaced
from rubricator.model.scheme import Attribute, Label, RelationType
from rubricator.model.spans import Annotation, Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say
from rubricator_gui.hand import Hand

STEPS = 60
WORDS = ("Arvenia", "Karesh", "Toll", "Lebrune", "Ministers", "nine\nstates", "Port Velis", "Authority")


def same(hand: Hand, other: Project) -> None:
    """Compare all that the window keeps with what another program reads in the file."""
    session = hand.window.session
    assert session.article is not None
    article = session.article.id
    assert session.scheme == other.scheme
    assert list(session.spans) == other.annotations(article)
    assert session.tags == other.tags(article)
    relations = other.relations.of(article)
    for one in session.spans:
        at = sorted(relation.id for relation in relations if relation.touches(one.id))
        assert sorted(relation.id for relation in session.relations.at(one.id)) == at
        assert session.comments.on(one) == other.comments.on(one.id)
    assert +session.comments.counts == Counter(comment.on for comment in other.comments.of(article))
    finder = session.linking.finder
    assert finder.by_id == {entity.id: entity for entity in other.entities.all()}
    assert dict(finder.counts) == other.entities.counts()
    said = {(entity, single_spaced(words)) for entity, words in other.entities.mention_words()}
    assert {(entity, words) for _folded, words, entity in finder._said} == said
    assert session.worklist.count() == other.schemes.count_stale(500)
    assert session.can("undo") == other.can_undo
    assert session.chosen is None or session.chosen in session.spans


def undoable(project: Project) -> bool:
    """Say whether the last step is one of those that are done here: the articles are to stay."""
    step = project.undo_step()
    return step is not None and step.edit.kind != "import"


class Person:
    """Does one thing or another, by the acts of the window."""

    def __init__(self, hand: Hand, dice: random.Random) -> None:
        self.hand, self.session, self.dice = hand, hand.window.session, dice

    def one(self) -> Annotation | None:
        """Choose an annotation."""
        some = list(self.session.spans)
        if some:
            self.session.choose(self.dice.choice(some).id)
        return self.session.chosen_annotation

    def label(self) -> None:
        start, end = kit.at(self.hand, self.dice.choice(WORDS))
        self.session.select(Span.of(start, end))
        self.session.labelling.label(self.dice.choice(("PERSON", "COUNTRY", "ORGANIZATION")))

    def relabel(self) -> None:
        if self.one():
            self.session.labelling.press(self.dice.choice(("PERSON", "CITY", "COUNTRY")))

    def delete(self) -> None:
        if self.one():
            self.session.labelling.delete()

    def say(self) -> None:
        if self.one() and self.session.attributes.offered:
            self.session.attributes.set(self.session.attributes.offered[0], self.dice.choice(("f", "m", None)))

    def comment(self) -> None:
        if one := self.one():
            there = self.session.comments.on(one)
            if there and self.dice.random() < 0.4:
                self.session.comments.delete(self.dice.choice(there))
            else:
                self.session.comments.add(one, "Why?", self.dice.choice([*there, None]))

    def relate(self) -> None:
        one = self.one()
        others = [other for other in self.session.spans if one and other.id != one.id]
        if one and others:
            for option in self.session.relations.options(one, self.dice.choice(others))[:1]:
                self.session.relations.add(option)

    def link(self) -> None:
        if one := self.one():
            known = list(self.session.linking.finder.by_id.values())
            self.session.linking.choose_entity([one], self.dice.choice([*known, "Somebody"]))

    def unlink(self) -> None:
        if self.one():
            self.session.linking.unlink()

    def merge_entities(self) -> None:
        known = list(self.session.linking.finder.by_id.values())
        if len(known) > 1:
            self.session.linking.merge(*self.dice.sample(known, 2))

    def delete_entity(self) -> None:
        known = list(self.session.linking.finder.by_id.values())
        if known:
            self.session.linking.delete(self.dice.choice(known))

    def topic(self) -> None:
        code = self.dice.choice([topic.code for topic in self.session.scheme.topics[:4]])
        if self.session.topics.tag(code) is not None and self.dice.random() < 0.5:
            self.session.topics.take(code)
        elif self.one():
            self.session.topics.tie(code)

    def rename(self) -> None:
        name = self.dice.choice(("PERSON", "HUMAN"))
        new = "HUMAN" if name == "PERSON" else "PERSON"
        if name in self.session.scheme.by_name:
            self.session.do(self.session.ready.schemes.rename, name, new)

    def merge_labels(self) -> None:
        if "CITY" in self.session.scheme.by_name:
            self.session.do(self.session.ready.schemes.merge, ["CITY"], "COUNTRY")

    def split(self) -> None:
        if "GROUP" not in self.session.scheme.by_name:
            self.session.do(self.session.ready.schemes.split, "COUNTRY", [Label("GROUP", "Group")])

    def undo(self) -> None:
        if undoable(self.session.ready):
            self.hand.keys("Ctrl+Z")

    def redo(self) -> None:
        self.hand.keys("Ctrl+Shift+Z")

    @property
    def acts(self) -> list[Callable[[], None]]:
        """All of it; what is done often stands more than once."""
        often = [self.label, self.label, self.label, self.relate, self.link, self.comment, self.undo, self.undo]
        rare = [self.relabel, self.delete, self.say, self.unlink, self.merge_entities, self.delete_entity, self.topic]
        return [*often, self.redo, *rare, self.rename, self.merge_labels, self.split]


def elsewhere(other: Project, dice: random.Random) -> None:
    """Do something in another program, as the same person."""
    some = other.annotations("a1")
    entities = other.entities.all()
    match dice.randrange(6):
        case 0 if some:
            other.delete([dice.choice(some)])
        case 1 if some:
            other.comments.add("a1", dice.choice(some).id, "From elsewhere")
        case 2 if some and entities:
            other.entities.link([dice.choice(some)], dice.choice(entities))
        case 3 if entities:
            other.entities.delete(dice.choice(entities))
        case 4 if some:
            other.entities.link([dice.choice(some)], None)
        case _ if undoable(other):
            other.undo()


@pytest.mark.parametrize("seed", [2, 5])
def test_the_window_keeps_what_the_file_says(start: Start, tmp_path: Path, seed: int) -> None:
    kit.introduced()
    path = kit.project(tmp_path / "p.rubric", [kit.STORY, f"{kit.STORY}\nAgain.\n"])
    dice = random.Random(seed)
    with Project.open(path, Settings().me()) as other:
        gender = Attribute("gender", "Gender", "choice", ("f", "m"), ("PERSON", "HUMAN"))
        other.schemes.change(
            replace(other.scheme, attributes=(gender,), relations=(RelationType("near", "Near", symmetric=True),)),
            "more",
        )
        hand = start(path)
        person = Person(hand, dice)
        done: list[str] = []
        for _step in range(STEPS):
            if dice.random() < 0.15:
                done.append("elsewhere")
                elsewhere(other, dice)
                hand.window.session.look_for_news()
            else:
                act = dice.choice(person.acts)
                done.append(act.__name__)
                act()
            other.news()
            try:
                same(hand, other)
            except AssertionError as error:
                raise AssertionError(f"after {done[-6:]}") from error
        assert not [say(finding.what) for finding in other.check(full=True) if finding.damage]
        found = [say(finding.what) for finding in other.check(full=True)]
        assert not [line for line in found if "the scheme has no label" in line or "not on the list" in line], found

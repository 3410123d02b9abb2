"""How far the annotators of a project agree: reads their layers, article by article, and gives them to the measures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from rubricator.errors import UserError
from rubricator.model.spans import Annotation, Article, Span
from rubricator.model.tokens import sentence_around
from rubricator.review.agreement.gathering import Gathering
from rubricator.review.agreement.report import Behind, Report
from rubricator.review.agreement.sheets import Said, Sheet, Who, week_of
from rubricator.store.rows import Annotator, Layer
from rubricator.verbs.annotators import annotator_named, told_apart
from rubricator.verbs.door import Door
from rubricator.verbs.progress import Progress, silent
from rubricator.verbs.samples import Samples
from rubricator.verbs.shares import Shares
from rubricator.words import message


class _Counts(NamedTuple):
    """What of a layer counts."""

    unfinished: bool
    labels: frozenset[str]


class Place(NamedTuple):
    """A place behind a cell: an article, the sentence round what was said there, and who said which words."""

    article: Article
    span: Span
    """All that is said there, from its first character to its last."""
    before: str
    quote: str
    after: str
    """The sentence in three: what stands before the words, they, what stands after them."""
    said: tuple[str, str]
    """The words of the one and of the other; "" where one said nothing."""


class Agreement:
    """The verbs of agreement."""

    def __init__(self, door: Door, samples: Samples) -> None:
        self._door, self._samples = door, samples

    def people(self) -> list[Annotator]:
        """Return who can be compared: the annotators with work, without gold."""
        return [one for one in self._people() if self._door.rows.has_work(one.id)]

    def gold(self) -> Annotator | None:
        """Return the annotator of gold; None where nothing was settled yet."""
        return next((one for one in self._door.rows.annotators() if one.kind == "gold"), None)

    def place(self, behind: Behind) -> Place | None:
        """Return the place behind a cell; None where all that was said there is gone by now."""
        found = [self._annotation(uid) for uid in (behind.one, behind.other)]
        there = [one for one in found if one is not None]
        article = self._door.rows.article(behind.article)
        text = self._door.rows.text(article.digest) if article is not None else None
        if article is None or text is None or not there:
            return None
        start, end = min(one.start for one in there), max(one.end for one in there)
        first, last = sentence_around(text, start, end)
        said = tuple(one.span.quote(text) if one is not None else "" for one in found)
        return Place(
            article,
            Span.of(start, end),
            text[first:start],
            text[start:end],
            text[end:last],
            (said[0], said[1]),
        )

    def _annotation(self, uid: str) -> Annotation | None:
        home = self._door.rows.home_of(uid) if uid else None
        if home is None:
            return None
        spans = self._door.rows.spans(*home)
        number = spans.find(uid)
        return spans.read([number])[0] if number is not None else None

    def report(
        self,
        annotators: Sequence[str] = (),
        *,
        against_gold: bool = False,
        unfinished: bool = False,
        labels: Collection[str] = (),
        articles: Iterable[str] | None = None,
        seed: int = 0,
        progress: Progress = silent,
    ) -> Report:
        """Return how far annotators (ids or names, by default all who have work) agree, with each other or with gold.

        A layer counts when its article is finished, or when it came from a file that says nothing of how far it is;
        with `unfinished` those in work count too. `labels` are all, unless some are named: annotators need not have had
        the same task. `articles` (by id) are all, unless some are named.

        Where articles were drawn for a second annotation, the figures are made of those that were drawn by lot (against
        gold: of all that were not drawn on purpose), and the shares are told apart. Not so where articles are named.
        """
        gold = self._gold() if against_gold else None
        asked = self._asked(annotators, gold)
        names = {topic.code: topic.name for topic in self._door.scheme.topics}
        called = told_apart(self._door.rows.annotators())
        whom, against = ([Who(one.id, called[one.id]) for one in some] for some in (asked, [gold] if gold else []))
        given = self._samples.given()
        make = partial(Gathering, whom, against[0] if against else None, topics=names, seed=seed)
        shares = Shares(make, given, {one.id for one in asked}, apart=articles is None)
        people = {one.id for one in (*asked, *((gold,) if gold else ()))}
        total, texts = self._door.rows.count_articles(), dict[str, list[str]]()
        counts = _Counts(unfinished, frozenset(labels))
        wanted = None if articles is None else set(articles)
        for done, article in enumerate(self._door.rows.articles(), 1):
            if wanted is None or article.id in wanted:
                if article.id not in given.repeats:
                    shares.add(*self._sheet(article, people, counts))
                texts.setdefault(article.digest, []).append(article.id)
            progress(done, total)
        for digest, same in texts.items():
            for first, second in pairwise(same):
                self._again(shares.main, digest, (first, second), [one.id for one in asked], counts)
        progress(0, 0)  # the draws: nobody knows how long they take
        return shares.report()

    # --- who ------------------------------------------------------------------------------------------------------

    def _people(self) -> list[Annotator]:
        return [one for one in self._door.rows.annotators() if one.kind != "gold"]

    def _gold(self) -> Annotator:
        found = self.gold()
        if found is None:
            raise UserError(
                message("There is no gold in this project."),
                message("Settle differences first, or compare the annotators with each other."),
            )
        return found

    def _asked(self, named: Sequence[str], gold: Annotator | None) -> list[Annotator]:
        if not named:
            asked = self.people()
        else:
            there = self._people()
            asked = list(dict.fromkeys(annotator_named(name, there) for name in named))
        if len(asked) < (1 if gold else 2):
            raise UserError(
                message("Agreement needs two annotators with work; there are: {n}.", n=len(asked)),
                message("Import or merge the work of another annotator first."),
            )
        return asked

    # --- what they say --------------------------------------------------------------------------------------------

    def _sheet(self, article: Article, people: set[str], counts: _Counts) -> tuple[Sheet, int]:
        """Return an article with the layers of people that count, and how many are in work."""
        layers = {one.annotator: one for one in self._door.rows.layers(article.id) if one.annotator in people}
        said = {
            one: found for one, layer in layers.items() if (found := self._said(article.id, layer, counts)) is not None
        }
        left_out = sum(layer.status == "doing" for layer in layers.values()) if not counts.unfinished else 0
        text = (self._door.rows.text(article.digest) or "") if len(said) > 1 else ""
        week = week_of(annotation for one in said.values() for annotation in one.annotations)
        return Sheet(article.id, text, said, week), left_out

    def _said(self, article: str, layer: Layer, counts: _Counts) -> Said | None:
        if layer.status == "skipped" or (layer.status == "doing" and not counts.unfinished):
            return None
        annotations = self._door.rows.annotations(article, layer.annotator) if layer.annotations else []
        kept = [one for one in annotations if one.label in counts.labels] if counts.labels else annotations
        topics = frozenset(tag.topic for tag in self._door.rows.tags(article, layer.annotator))
        if layer.status == "todo" and not annotations and not topics:
            return None
        return Said(tuple(kept), topics)

    def _again(
        self, gathering: Gathering, digest: str, articles: tuple[str, str], people: Iterable[str], counts: _Counts
    ) -> None:
        """Compare what each annotator says of two articles with the same text."""
        text = self._door.rows.text(digest)
        for one in people if text else ():
            found = [self._said(article, self._door.rows.layer(article, one), counts) for article in articles]
            if text and found[0] is not None and found[1] is not None:
                gathering.add_again(one, found[0], found[1], text)

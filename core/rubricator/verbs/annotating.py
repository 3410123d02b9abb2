"""What one says in one's own layers: annotations, statuses, flags, time; a Project has these verbs by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rubricator.errors import UserError
from rubricator.model import layer_edits as e
from rubricator.model.attributes import by_default, relabelled
from rubricator.model.changes import Change
from rubricator.model.edits import ALIVE, Edit, Op, Set
from rubricator.model.elements import STATUSES, layer_id
from rubricator.model.ids import new_id
from rubricator.model.rejections import SUGGESTED, Rejection, after_all, of_place, reject, rejects
from rubricator.model.relations import gone
from rubricator.model.spans import Annotation, Span
from rubricator.model.text import plain
from rubricator.model.topic_tags import untied
from rubricator.verbs.door import Door
from rubricator.words import message, plural

if TYPE_CHECKING:
    from rubricator.model import rules
    from rubricator.store.base import Store
    from rubricator.store.journal import Journal
    from rubricator.suggest.offers import Offer
    from rubricator.verbs.judge import Judge


class Annotating(Door):
    """The verbs of one's own layers."""

    _store: Store
    _journal: Journal

    @cached_property
    def _judge(self) -> Judge:
        from rubricator.verbs.judge import Judge  # a window opens without it

        return Judge(self.rows, self.links, self._journal.standing, self._store.ids.text)

    @cached_property
    def _run(self) -> str:
        """Names the time that this opening of the project counts: nobody else writes there."""
        return new_id()

    def new_annotation(self, article: str, label: str, span: Span, *, exact: bool = False, **more: Any) -> Annotation:
        """Return an annotation in one's own layer that is in no project yet; it says what the scheme has by default."""
        more.setdefault("attributes", by_default(self.scheme, label))
        return Annotation(
            id=new_id(),
            article=article,
            annotator=self.me.annotator,
            label=label,
            span=span,
            exact=exact,
            scheme=self.scheme.version,
            seen=self.sight.of(label),
            **more,
        )

    def annotate(
        self, article: str, label: str, spans: Iterable[Span], *, exact: bool = False, instead: Offer | None = None
    ) -> Change:
        """Label spans of an article in one's own layer, as one step, `instead` of a suggestion, which is rejected."""
        new = [self.new_annotation(article, label, span, exact=exact) for span in spans]
        gone = [self._rejection(article, instead)] if instead is not None else []

        def edits() -> Iterator[Edit]:
            yield e.annotate(new, *self.begun(article), *self._wanted(new), *map(rejects, gone))

        return self.judged(edits()) if new else Change()

    def annotate_all(
        self,
        label: str,
        places: Mapping[str, Sequence[Span]],
        first: tuple[str, Span],
        *,
        leave: Callable[[rules.Violation], object] | None = None,
    ) -> Change:
        """Label the same words in several places of several articles (by id), as one step; `first` is the pattern.

        Where a rule forbids one, none is made; with `leave`, which is told the rule, the others are.
        """
        from rubricator.model.mentions import stands_on_words  # a window opens without it

        def edits() -> Iterator[Edit]:
            for article, spans in places.items():
                there = self.rows.article(article)
                text = (self.rows.text(there.digest) or "") if there is not None else ""
                new = [
                    self.new_annotation(
                        article,
                        label,
                        span,
                        exact=not stands_on_words(text, span.start, span.end),
                        origin="manual" if (article, span) == first else "repeat",
                    )
                    for span in spans
                ]
                kept = new if leave is None else self._judge.allowed(new, self.scheme, leave)
                if kept:
                    yield e.annotate(kept, *self.begun(article), *self._wanted(kept))

        return self.judged(edits())

    def accept(
        self,
        article: str,
        offers: Sequence[Offer],
        label: str = "",
        *,
        leave: Callable[[rules.Violation], object] | None = None,
    ) -> Change:
        """Make annotations of what was suggested, as one step; with another `label` it is one's own idea.

        Where a rule forbids one, none is made; with `leave`, which is told the rule, the others are.
        """
        new = [
            self.new_annotation(article, offer.label, offer.span, origin=offer.origin, entity=offer.entity)
            if label in ("", offer.label)
            else self.new_annotation(article, label, offer.span)
            for offer in offers
        ]

        def edits() -> Iterator[Edit]:
            kept = new if leave is None else self._judge.allowed(new, self.scheme, leave)
            if kept:
                own = any(one.label != offer.label for one, offer in zip(new, offers, strict=True))
                kind = "annotate" if own else "accept"
                yield e.annotate(kept, *self.begun(article), *self._wanted(kept), kind=kind)

        return self.judged(edits()) if new else Change()

    def _wanted(self, new: Sequence[Annotation]) -> Iterator[Op]:
        """Yield the writes that go with new annotations: what was rejected there is wanted after all."""
        for uid in self.rows.standing("rejection", map(of_place, new)):
            yield Set("rejection", uid, ALIVE, True, False)

    def reject(self, article: str, offers: Sequence[Offer]) -> Change:
        """Remember that suggestions are not wanted in one's own layer of an article, as one step."""
        rejected = [self._rejection(article, offer) for offer in offers]
        return self.apply(reject(rejected, *self.begun(article))) if rejected else Change()

    def _rejection(self, article: str, offer: Offer) -> Rejection:
        return Rejection(article, self.me.annotator, offer.span, offer.label, offer.origin)

    def relabel_all(self, annotations: Iterable[Annotation], label: str) -> Change:
        """Give several annotations another label, as one step."""
        others = [annotation for annotation in annotations if annotation.label != label]
        return self.judged(self._relabelling(one, label) for one in others) if others else Change()

    def delete_all(self, annotations: Iterable[Annotation]) -> Change:
        """Delete annotations of several articles with what hangs on them, as one step.

        What was suggested is not suggested there again.
        """
        by_article: dict[str, list[Annotation]] = {}
        for annotation in annotations:
            by_article.setdefault(annotation.article, []).append(annotation)

        def edits() -> Iterator[Edit]:
            for some in by_article.values():
                yield e.delete(some, *self._hanging([one.id for one in some]), *after_all(some))

        return self.judged(edits())

    def _hanging(self, annotations: Sequence[str]) -> tuple[Op, ...]:
        """Return the writes that go with the deletion of annotations: of relations, and of evidence for topics."""
        links = self.links
        return *gone(links.relations_at(annotations)), *untied(links.tags_on(annotations), annotations)

    def relabel(self, annotation: Annotation, label: str) -> Change:
        """Give an annotation another label."""
        return self.relabel_all([annotation], label)

    def reshape(self, annotation: Annotation, span: Span, *, exact: bool = False) -> Change:
        """Give an annotation another span."""
        if annotation.span == span:
            return Change()
        return self.apply(e.rewrite("reshape", annotation, self._touched(annotation, span=span, exact=exact)))

    def write_note(self, annotation: Annotation, note: str) -> Change:
        """Write the note of an annotation; who has a doubt to note has not said that it is right."""
        note = plain(note)
        if annotation.note == note:
            return Change()
        return self.apply(e.rewrite("note", annotation, annotation.but(note=note, modified=self.stamp())))

    def _relabelling(self, annotation: Annotation, label: str) -> Edit:
        """Give an annotation another label; where it was suggested the source was wrong, and does not say so again."""
        said = relabelled(self.scheme, annotation, label)
        origin = "manual" if annotation.origin in SUGGESTED else annotation.origin
        new = self._touched(annotation, label=label, attributes=said, origin=origin)
        return e.rewrite("relabel", annotation, new, *after_all([annotation]), *self._wanted([new]))

    def _touched(self, annotation: Annotation, **changes: Any) -> Annotation:
        changed = annotation.but(**changes, modified=self.stamp())
        return changed.but(scheme=self.scheme.version, seen=self.sight.added(changed))

    def delete(self, annotations: Sequence[Annotation]) -> Change:
        """Delete annotations of one article and the relations at them, as one step."""
        return self.delete_all(annotations)

    def set_status(self, article: str, status: str) -> Change:
        """Write how far one's own work on an article is: todo, doing, done or skipped."""
        was = self.rows.status(article, self.me.annotator)
        if status not in STATUSES:
            raise ValueError(f"no such status: {status!r}")
        if status == "done" and (lacks := [one for one in self.lacking(article) if one.refused]):
            raise UserError(
                plural(
                    "The article cannot be finished yet: {why}.",
                    "The article cannot be finished yet: {why}, and {more} more.",
                    len(lacks),
                    why=lacks[0].why,
                    more=len(lacks) - 1,
                ),
                message("Say it, or change the rule."),
                refusals=tuple(lacks),
            )
        return self.apply(e.set_status(article, self.me.annotator, was, status)) if was != status else Change()

    def lacking(self, article: str) -> list[rules.Violation]:
        """Return what the scheme demands of one's own layer before its article is finished."""
        scheme = self.scheme
        if not scheme.rules and not any(attribute.required for attribute in scheme.attributes):
            return []
        from rubricator.model import rules  # a window opens without them

        rows, me = self.rows, self.me.annotator
        return list(rules.unfinished(rows.annotations(article, me), rows.tags(article, me), scheme))

    def set_flags(self, article: str, flags: Sequence[str]) -> Change:
        """Flag an article for oneself with these words, or take its flags off."""
        was = self.rows.layer(article, self.me.annotator).flags
        return self.apply(e.set_flags(article, self.me.annotator, was, flags)) if was != tuple(flags) else Change()

    def add_time(self, article: str, seconds: float) -> Change:
        """Add to the time that one has spent on an article; undo passes it over, and the history does not tell it.

        Who has done nothing in this project yet does not join it by looking.
        """
        if seconds <= 0 or self.rows.name_of(self.me.annotator) is None:
            return Change()
        was = self.rows.layer(article, self.me.annotator).counted.get(self._run, 0)
        return self.apply(e.add_time(article, self.me.annotator, self._run, was, was + seconds))

    def begun(self, article: str) -> tuple[Op, ...]:
        """Return the write that goes with the first work on an article: its status is then `doing`."""
        if self.rows.status(article, self.me.annotator) != "todo":
            return ()
        return (Set("layer", layer_id(article, self.me.annotator), "status", "todo", "doing"),)

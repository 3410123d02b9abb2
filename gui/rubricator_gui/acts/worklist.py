"""What is to be looked at again since a change of the scheme, and places of the articles gone to."""

from __future__ import annotations

from collections.abc import Iterable

from rubricator.model.changes import Change
from rubricator.model.rules import QUOTE_MOST, unsaid
from rubricator.model.scheme import Attribute
from rubricator.model.spans import Annotation, Span
from rubricator.words import as_line, message, say
from rubricator_gui.acts.relations import Relations
from rubricator_gui.desk import Desk
from rubricator_gui.places import Around, Place
from rubricator_gui.wording import short_quote

MOST = 500
"""How many are listed and counted; when those are done, the next ones come."""

_FEW = 50
"""Annotations that are written at once, up to which it is looked for what stands beside each."""


class Worklist:
    """What a person looks at again."""

    def __init__(self, desk: Desk, relations: Relations) -> None:
        self._desk, self._relations = desk, relations
        self._came_to = ""
        """The annotation that was gone to from a list, until something is done."""
        self._told = False
        """Whether it was told what keys do there."""
        desk.selection_changed.connect(self._moved_on)
        desk.changed.connect(self._done)

    def come(self, place: Place) -> None:
        """Show a place to somebody who left the list for it: the keys are the article's from now on."""
        self.go(place)
        self._came_to, self._told = self._desk.chosen or "", False

    def close(self) -> None:
        """Forget what was come to, as its list is gone: keys are the article's alone."""
        self._came_to = ""

    @property
    def came(self) -> bool:
        """Say whether one just came to what is chosen from the list: what Space does there, it does here."""
        return bool(self._came_to) and self._came_to == self._desk.chosen

    def stays(self) -> bool:
        """Say whether Enter was pressed right after one came from the list; it is told once what keys do here.

        Who pressed it meant the row, and would go on with a label's key: in a note that would be a letter.
        """
        if not self.came or self._told:
            return False
        self._told = True
        words = message("A label’s key changes it, Space says it is right. Enter again writes a note.")
        self._desk.tell(words, idle=True)
        return True

    def _moved_on(self) -> None:
        if self._desk.chosen != self._came_to:
            self._came_to = ""

    def _done(self, _change: Change) -> None:
        self._came_to = ""

    def count(self) -> int:
        """Return how many of one's own annotations are to be looked at again, MOST at most."""
        project = self._desk.project
        return project.schemes.count_stale(MOST) if project is not None else 0

    def touched(self, change: Change) -> dict[str, Annotation] | None:
        """Return one's own annotations that a change may have mended or broken, by id: it, and what stands beside it.

        None where it may be anything: it was in several articles, or much.
        """
        desk = self._desk
        written = [one for replaced in change.annotations for one in (replaced.before, replaced.after) if one]
        related = [one for replaced in change.relations for one in (replaced.before, replaced.after) if one]
        here = desk.article.id if desk.article is not None else ""
        homes = {one.article for one in written} | {one.article for one in related}
        if len(written) > _FEW or homes - {here}:
            return None
        found = {one.id: one for place in written for one in desk.spans.overlapping(place.start, place.end)}
        ends = {one.source for place in written for one in self._relations.at(place.id)}
        sources = (desk.spans.get(uid) for uid in ends.union(one.source for one in related))
        found |= {one.id: one for one in sources if one is not None}
        found |= {one.after.id: one.after for one in change.annotations if one.after is not None}
        return {uid: one for uid, one in found.items() if one.annotator == desk.ready.me.annotator}

    def left(self, among: Iterable[Annotation] | None) -> set[str]:
        """Return the ids of those that are to be looked at again, among some; of all (None), MOST at most."""
        schemes = self._desk.ready.schemes
        return schemes.asked_of(among) if among is not None else {one.annotation for one in schemes.stale(MOST)}

    def places(self) -> list[Place]:
        """Return the first of them, each with why it is listed."""
        project = self._desk.project
        if project is None:
            return []
        around = self.around()
        found = project.schemes.again(MOST)
        return [around.place(one.place, _reason(one.place.quote, say(one.why))) for one in found]

    def around(self) -> Around:
        """Return what looks up the words around places."""
        project = self._desk.ready

        def text_of(article: str) -> tuple[str, str]:
            found = project.rows.article(article)
            return (found.title, project.rows.text(found.digest) or "") if found is not None else ("", "")

        return Around(text_of, project.me.annotator)

    def go(self, place: Place) -> None:
        """Show a place: one's own annotation is chosen there, of somebody else's the words are selected."""
        desk = self._desk
        desk.show_article(place.article)
        if desk.article is None or desk.article.id != place.article:
            desk.tell(message("This article is not in the project any more."), warns=True)
        elif place.annotation in desk.spans:
            desk.choose(place.annotation)
            if not desk.sees(desk.spans[place.annotation]):
                desk.place_wanted.emit(place.start)  # it was chosen before, and scrolled away from
        elif place.quote:
            desk.select(Span.of(place.start, place.start + len(place.quote)), exact=True)

    def lacking(self, place: Place) -> Attribute | None:
        """Return the first attribute that an annotation has to say, and does not."""
        found = self._desk.ready.annotation(place.annotation)
        return next(iter(unsaid(found, self._desk.scheme)), None) if found is not None else None

    def asks(self, place: Place) -> str:
        """Return what an annotation has to say before it is right, and tell so: an attribute’s name, or nothing."""
        lacking = self.lacking(place)
        if lacking is None:
            return ""
        title, quote = lacking.title or lacking.name, short_quote(place.quote)
        words = message("{name} is required and missing: say it, and “{quote}” is right.", name=title, quote=quote)
        self._desk.tell(words, warns=True)
        return lacking.name

    def confirm(self, place: Place) -> bool:
        """Say that an annotation is right under the scheme as it is now."""
        found = self._desk.ready.annotation(place.annotation)
        return found is not None and confirm(self._desk, found)


def confirm(desk: Desk, annotation: Annotation) -> bool:
    """Say that an annotation is right under the scheme as it is now, and tell so."""
    if not desk.do(desk.ready.attributes.confirm, [annotation]):
        return False
    label, quote = desk.title(annotation.label), short_quote(annotation.quote)
    desk.tell(message("Confirmed {label} for “{quote}”.", label=label, quote=quote), undo=True)
    return True


def _reason(quote: str, why: str) -> str:
    """Return a reason without the words that stand beside it in the list."""
    return why.removeprefix(f"“{as_line(quote, QUOTE_MOST)}” ")

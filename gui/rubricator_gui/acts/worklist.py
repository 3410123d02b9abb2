"""What is to be looked at again since a change of the scheme, and places of the articles gone to."""

from __future__ import annotations

from rubricator.model.rules import unsaid
from rubricator.model.spans import Span
from rubricator.words import message, say
from rubricator_gui.desk import Desk
from rubricator_gui.places import Around, Place
from rubricator_gui.wording import short_quote

MOST = 500
"""How many are listed and counted; when those are done, the next ones come."""


class Worklist:
    """What a person looks at again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def count(self) -> int:
        """Return how many of one's own annotations are to be looked at again, MOST at most."""
        project = self._desk.project
        return project.schemes.count_stale(MOST) if project is not None else 0

    def places(self) -> list[Place]:
        """Return the first of them, each with why it is listed."""
        project = self._desk.project
        if project is None:
            return []
        around = self.around()
        return [around.place(found, say(why)) for found, why in project.schemes.again(MOST)]

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
        elif place.quote:
            desk.select(Span.of(place.start, place.start + len(place.quote)), exact=True)

    def asks(self, place: Place) -> str:
        """Return what an annotation still has to say before it is right: an attribute's name, or nothing."""
        found = self._desk.ready.annotation(place.annotation)
        return next((one.name for one in unsaid(found, self._desk.scheme)), "") if found is not None else ""

    def confirm(self, place: Place) -> bool:
        """Say that an annotation is right under the scheme as it is now."""
        desk = self._desk
        found = desk.ready.annotation(place.annotation)
        if found is None or not desk.do(desk.ready.attributes.confirm, [found]):
            return False
        label, quote = desk.title(found.label), short_quote(found.quote)
        desk.tell(message("Confirmed {label} for “{quote}”.", label=label, quote=quote), undo=True)
        return True

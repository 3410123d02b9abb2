"""Which annotations of the article there are comments on: a small bubble beside the chip says so."""

from __future__ import annotations

from rubricator_gui.session import Session


class Commented:
    """Reads of whom there are comments once somebody asks, and then only where it changes."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ids: frozenset[str] | None = None

    @property
    def ids(self) -> frozenset[str]:
        """The annotations that there are comments on, by id."""
        if self._ids is None:
            project, article = self._session.project, self._session.article
            if project is None or article is None:
                return frozenset()
            self._ids = project.rows.commented(article.id, project.me.annotator)
        return self._ids

    def forget(self) -> None:
        """Look anew the next time: another article is shown."""
        self._ids = None

    def look_again(self) -> frozenset[str]:
        """Look anew; return those that have comments now and had none, or the other way round."""
        before, self._ids = self._ids, None
        return before ^ self.ids if before is not None else frozenset()

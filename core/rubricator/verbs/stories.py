"""Articles that tell the same story: the same wire story again, with another lead, or shortened."""

from __future__ import annotations

from collections.abc import Iterable

from rubricator.model.near import joined
from rubricator.model.spans import Article
from rubricator.store.near import Near
from rubricator.store.rows import Rows


class Stories:
    """What tells the same story in one project."""

    def __init__(self, rows: Rows, near: Near) -> None:
        self._rows = rows
        self._near = near

    def like(self, digest: str) -> list[str]:
        """Return the digests of the texts that tell the story of a text of the project; itself too, if it is long."""
        return self._near.like(digest)

    def first(self, article: Article) -> Article | None:
        """Return the article of whose story an article is another version; None where it is the first, or alone."""
        if not article.cluster or article.cluster == article.id:
            return None
        return self._rows.article(article.cluster)

    def clusters(self, articles: Iterable[Article]) -> dict[str, str]:
        """Return the cluster of each of these articles that has one: what hangs together has one name.

        It hangs together by what was found when the articles came in, and by their texts, since articles also come by
        merging and from files that are older than this; in whatever order they came.
        """
        ids: list[str] = []
        texts: dict[str, str] = {}
        pairs: list[tuple[str, str]] = []
        for article in articles:
            ids.append(article.id)
            pairs.append((article.id, article.cluster or article.id))
            pairs.append((article.id, texts.setdefault(article.digest, article.id)))
        pairs += [(texts[one], texts[other]) for one, other in self._near.links(texts)]
        names = joined(pairs)
        return {article: names[article] for article in ids}

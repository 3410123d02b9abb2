"""Near-duplicates in an import: an article that tells a story which is here already joins the cluster of the first."""

from __future__ import annotations

from typing import Any

from rubricator.model.edits import Op, Set
from rubricator.project import Project


class Clusters:
    """The clusters as an import sees them; `ops` is the journal row that is being made."""

    def __init__(self, project: Project, ops: list[Op]) -> None:
        self._rows = project.rows
        self._stories = project.stories
        self._ops = ops
        self._made: dict[str, dict[str, Any]] = {}  # articles of this row, by id
        self._by_text: dict[str, list[str]] = {}
        self._written: dict[str, int] = {}  # where in this row another article's cluster is written

    def flushed(self) -> None:
        """Note that the row was written: what it held stands in the project."""
        self._made.clear()
        self._by_text.clear()
        self._written.clear()

    def join(self, uid: str, value: dict[str, Any]) -> bool:
        """Write into the value of a new article which cluster it belongs to; say whether it does.

        A file that names a cluster itself is left alone. Clusters that an article brings together become one, unless
        a file made them.
        """
        text = str(value["digest"])
        others = [] if value.get("cluster") else [(o, c) for o, c in self._like(text) if o != uid]
        self._made[uid] = value
        self._by_text.setdefault(text, []).append(uid)
        if not others:
            return False
        name = value["cluster"] = next((cluster for _, cluster in others if cluster), others[0][0])
        for other, cluster in others:
            if not cluster:
                self._write(other, name)
            elif cluster != name and self._cluster(cluster) == cluster:
                self._write(cluster, name)
        return True

    def _like(self, text: str) -> list[tuple[str, str]]:
        """Return the articles that tell the same story as a text, each with its cluster, the first ones first."""
        digests = self._stories.like(text)
        stored = [article.id for digest in digests for article in self._rows.articles_with(digest)]
        new = [uid for digest in digests for uid in self._by_text.get(digest, ())]
        return [(uid, self._cluster(uid) or "") for uid in (*stored, *new)]

    def _cluster(self, uid: str) -> str | None:
        """Return the cluster of an article as it will stand; None where there is no such article."""
        if uid in self._made:
            return str(self._made[uid].get("cluster") or "")
        if uid in self._written:
            return str(self._ops[self._written[uid]].new)  # type: ignore[union-attr]
        article = self._rows.article(uid)
        return article.cluster if article else None

    def _write(self, uid: str, name: str) -> None:
        if uid in self._made:
            self._made[uid]["cluster"] = name
            return
        was = self._cluster(uid) or None
        if uid in self._written:  # once in a row: undo takes back one write of a field
            at = self._written[uid]
            self._ops[at] = Set("article", uid, "cluster", self._ops[at].old, name)  # type: ignore[union-attr]
        else:
            self._written[uid] = len(self._ops)
            self._ops.append(Set("article", uid, "cluster", was, name))

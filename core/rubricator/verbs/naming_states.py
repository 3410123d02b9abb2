"""Snapshots: names for states of the project; a Project has these verbs, and opens such a state (`as_it_was`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rubricator.errors import UserError
from rubricator.model.changes import Change
from rubricator.model.edits import ALIVE, Add, Edit, Set
from rubricator.model.ids import new_id
from rubricator.model.snapshots import NAME_MOST, Snapshot, snapshot_from
from rubricator.model.text import plain
from rubricator.verbs.door import Door
from rubricator.words import message

if TYPE_CHECKING:  # few commands need it
    from rubricator.store.base import Store
    from rubricator.store.journal import Journal
    from rubricator.store.snapshots import Snapshots


class NamingStates(Door):
    """The verbs of snapshots."""

    _store: Store
    _journal: Journal

    @property
    def _snapshots(self) -> Snapshots:
        from rubricator.store.snapshots import Snapshots

        return Snapshots(self._store.db, self._journal)

    def snapshot_name(self, words: str) -> str:
        """Return words as the name of a new snapshot; UserError where they cannot be one."""
        name = " ".join(plain(words).split())
        if not name:
            raise UserError(message("A snapshot needs a name."), message("Choose another name."))
        if len(name) > NAME_MOST:
            why = message("The name of a snapshot has at most {most} characters.", most=NAME_MOST)
            raise UserError(why, message("Choose another name."))
        if any(name == snapshot.name for snapshot in self.snapshots()):
            why = message("There is a snapshot “{name}” already.", name=name)
            raise UserError(why, message("Choose another name."))
        return name

    def take_snapshot(self, words: str) -> Change:
        """Give the present state a name, by which it can be exported again, also after later edits and a merge."""
        name = self.snapshot_name(words)

        def edits() -> Iterator[Edit]:
            sizes = self.rows.sizes()
            held = {kind: sizes[kind] for kind in ("articles", "annotations")}
            value = {**self._snapshots.now(name), "at": self.stamp().at, **held}
            yield Edit("snapshot", (Add("snapshot", new_id(), value),), "", {"name": name})

        return self.judged(edits())

    def delete_snapshot(self, snapshot: Snapshot) -> Change:
        """Take a snapshot off the list; undo brings it back, for its state is in the journal."""
        ops = (Set("snapshot", snapshot.id, ALIVE, True, False),)
        return self.apply(Edit("drop-snapshot", ops, "", {"name": snapshot.name}))

    def snapshots(self) -> list[Snapshot]:
        """Return the snapshots, in the order they were taken."""
        return [snapshot_from(uid, value) for uid, value in self.rows.elements("snapshot")]

    def snapshot_called(self, name: str) -> Snapshot:
        """Return the one snapshot of this name or id; UserError where there is none, or several."""
        there = self.snapshots()
        found = [one for one in there if name in {one.name, one.id}]
        if len(found) == 1:
            return found[0]
        if found:
            raise UserError(
                message("{n} snapshots are called “{name}”.", n=len(found), name=name),
                message("Name one by id: {ids}.", ids=", ".join(one.id for one in found)),
            )
        names = ", ".join(one.name for one in there)
        raise UserError(
            message("There is no snapshot “{name}” in this project.", name=name),
            message("There are: {names}.", names=names) if names else message("“rubricator snapshot” takes one."),
        )

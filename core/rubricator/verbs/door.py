"""What the verbs need of a project: who works, what stands, and the one way to write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from rubricator.errors import UserError
from rubricator.model.changes import Change
from rubricator.model.edits import Edit, Op
from rubricator.model.rechecks import Recheck
from rubricator.model.scheme import Scheme
from rubricator.model.sight import Sight
from rubricator.model.spans import Annotation, Stamp
from rubricator.settings import Me
from rubricator.store.links import Links
from rubricator.store.rows import Rows
from rubricator.words import message

if TYPE_CHECKING:  # a window opens without it
    from rubricator.store.reviews import Reviews


class Door(Protocol):
    """An open project, as the verbs see it."""

    me: Me
    rows: Rows
    links: Links

    @property
    def reviews(self) -> Reviews:
        """What a review asks of the state tables."""
        ...

    @property
    def name(self) -> str:
        """What the project is called."""
        ...

    @property
    def packet(self) -> Mapping[str, str]:
        """What a copy that was opened from a packet says of itself; empty in any other project."""
        ...

    @property
    def scheme(self) -> Scheme:
        """The scheme as it stands."""
        ...

    @property
    def sight(self) -> Sight:
        """What one knows of the scheme who works now."""
        ...

    @property
    def rechecks(self) -> Mapping[str, Recheck]:
        """The changes of the scheme that ask to look at something again, by id, in their order."""
        ...

    def apply(self, *edits: Edit) -> Change:
        """Write edits as one step; UserError where a rule forbids them, and nothing done."""
        ...

    def judged(self, edits: Iterable[Edit]) -> Change:
        """Write edits as one step, drawn inside its transaction: what they look at is what stands then."""
        ...

    def hear(self, heed: Callable[[Change], None]) -> None:
        """Have every change told from now on; where nobody knows what changed, that it is `everything`."""
        ...

    def join(self, name: str, annotator: str = "") -> str:
        """Write down an annotator of this name, by this id or a new one; return the id."""
        ...

    def chosen(self) -> tuple[Op, ...]:
        """Return the write that says that somebody chose the scheme, so that no import replaces it."""
        ...

    def stamp(self) -> Stamp:
        """Return who works here, and now."""
        ...

    def begun(self, article: str) -> tuple[Op, ...]:
        """Return the write that goes with the first work on an article."""
        ...

    def annotation(self, uid: str) -> Annotation | None:
        """Return an annotation by its id; None where it is not there."""
        ...

    def annotations_by_id(self, uids: Iterable[str]) -> list[Annotation]:
        """Return those of annotations (by id) that are there, read in one go."""
        ...


def check_no_copy(door: Door) -> None:
    """Raise UserError in the copy of one annotator: gold and drawings that were made there would not merge back."""
    if whose := door.packet.get("for", ""):
        raise UserError(
            message(
                "This copy was made from a packet for {name}: no gold is made in it, and nothing is drawn.",
                name=door.rows.name_of(whose) or whose,
            ),
            message("Do that in the project that the packet came from."),
        )

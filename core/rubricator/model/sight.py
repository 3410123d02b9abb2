"""What somebody who annotates knows of the scheme: its version, and the changes that ask to look at a label again.

A number alone cannot tell it: of two people apart each makes a version 3. So an annotation says the version for people,
and names the changes that its annotator knew; for what it does not name it is to be looked at again (store/links.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rubricator.model.edits import Op, Set
from rubricator.model.rechecks import Recheck
from rubricator.model.spans import Annotation


class Sight(NamedTuple):
    """A version of the scheme, and the ids of the changes that ask to look again: by label, and by annotation (its id).

    A label means something else since then; an annotation that is `named` breaks a rule. `to_say` are those changes
    that asked for an attribute.
    """

    version: int
    rechecks: Mapping[str, tuple[str, ...]]
    named: Mapping[str, tuple[str, ...]] = {}
    to_say: frozenset[str] = frozenset()

    @property
    def blind(self) -> Sight:
        """The sight of who has not looked for what asks to look again."""
        return Sight(self.version, {})

    @property
    def of_attributes(self) -> Sight:
        """The sight of who said the attributes that were wanting, and did not look which label is right.

        What is named since it breaks a rule leaves the list by itself once it is mended.
        """
        asked = {label: tuple(one for one in uids if one in self.to_say) for label, uids in self.rechecks.items()}
        return Sight(self.version, asked)

    def of(self, label: str) -> tuple[str, ...]:
        """Return the changes that are seen by who gives this label now."""
        return self.rechecks.get(label, ())

    def asked(self, annotation: Annotation) -> tuple[str, ...]:
        """Return the changes that ask to look at an annotation again, seen or not."""
        return self.of(annotation.label) + self.named.get(annotation.id, ())

    def added(self, annotation: Annotation) -> tuple[str, ...]:
        """Return the changes that an annotation's annotator has seen, now that one looks at it again.

        Not those that named it since it lacks something: that is asked until it is said, however it is looked at.
        """
        named = (one for one in self.named.get(annotation.id, ()) if one not in self.to_say)
        return tuple(dict.fromkeys((*annotation.seen, *self.of(annotation.label), *named)))

    def ops(self, annotation: Annotation) -> Iterator[Op]:
        """Yield the writes that say that an annotation was looked at in this sight."""
        if annotation.scheme != self.version:
            yield Set("annotation", annotation.id, "scheme", annotation.scheme or None, self.version)
        if (seen := self.added(annotation)) != annotation.seen:
            yield Set("annotation", annotation.id, "seen", list(annotation.seen) or None, list(seen))


def sight_of(version: int, rechecks: Mapping[str, Recheck]) -> Sight:
    """Return what one knows of the scheme who works now, with the changes (by id) that ask to look again."""
    labels: dict[str, tuple[str, ...]] = {}
    named: dict[str, tuple[str, ...]] = {}
    for uid, one in rechecks.items():
        for label in one.labels:
            labels[label] = (*labels.get(label, ()), uid)
        for annotation in one.annotations:
            named[annotation] = (*named.get(annotation, ()), uid)
    return Sight(version, labels, named, frozenset(uid for uid, one in rechecks.items() if one.to_say))

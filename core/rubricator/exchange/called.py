"""Files that are told apart in a report: what is said of one of several of one name says where it lies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rubricator.exchange.sound import Item
from rubricator.formats.base import Header


class Called:
    """Renames a file in all that its reader says of it; `name` is what it is to be called."""

    def __init__(self, path: Path, name: str) -> None:
        self._old = path.name
        self._beside = f"{path.stem}."
        self.name = name
        self._folder = name.removesuffix(path.name)

    def words(self, said: str) -> str:
        """Return what is said of a place in this file, or in one beside it."""
        if said.startswith(self._old):
            return self.name + said[len(self._old) :]
        return self._folder + said if said.startswith(self._beside) else said

    def item(self, item: Item) -> Item:
        """Return what was read with places that name this file."""
        if not self._folder or isinstance(item, Header):
            return item
        cases = tuple((kind, self.words(where)) for kind, where in item.cases)
        return replace(item, where=self.words(item.where), cases=cases)

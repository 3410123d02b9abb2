"""Which kind of attribute fits all the values that the files give it."""

from __future__ import annotations

from rubricator.model.scheme import Attribute, AttributeKind, finite
from rubricator.model.scheme_written import can_be_written

_MOST = 200
"""Values that a person may be given to choose from."""
_ORDER: tuple[AttributeKind, ...] = ("flag", "number", "text", "choices")
"""The kinds, the narrowest first."""


class Kinds:
    """Looks at the values of an attribute that the scheme lacks; `offered` is what a file declares of it, if any."""

    def __init__(self, name: str, offered: Attribute | None) -> None:
        self._name = name
        self._offered = offered
        self._as_offered = offered is not None
        self._fitting = set(_ORDER)
        self._seen = self._several = False
        self._values: dict[str, None] = {}

    def add(self, value: object) -> None:
        """Look at a value; none says nothing."""
        if value is None:
            return
        self._seen = True
        if self._offered is not None and self._as_offered:
            self._as_offered = self._offered.fits(value)
        self._fitting &= self._kinds_of(value)

    def _kinds_of(self, value: object) -> set[AttributeKind]:
        match value:
            case bool():
                return {"flag", "text"}
            case int() | float():
                return {"number", "text"} if finite(value) else set()
            case str():
                items: list[object] = [value]
            case list() | tuple():
                items = [*value]
                self._several = True
            case _:
                return set()
        if len(self._values) <= _MOST:
            self._values.update((item, None) for item in items if isinstance(item, str))
        choices = len(self._values) <= _MOST and all(isinstance(item, str) and can_be_written(item) for item in items)
        kinds: set[AttributeKind] = {"choices"} if choices else set()
        return kinds if isinstance(value, list | tuple) else kinds | {"text"}

    def attribute(self) -> Attribute | None:
        """Return the attribute with the narrowest kind that fits all; None where none does."""
        if self._as_offered:
            return self._offered
        if not self._seen:
            return None
        base = self._offered or Attribute(self._name, self._name)
        if base.values and "choices" in self._fitting:  # a value more than the file declares
            several = self._several or base.kind == "choices"
            values = tuple(dict.fromkeys((*base.values, *self._values)))
            return base._replace(kind="choices" if several else "choice", values=values, default=None)
        kind = next((kind for kind in _ORDER if kind in self._fitting), None)
        if kind is None:
            return None
        return base._replace(kind=kind, values=tuple(self._values) if kind == "choices" else (), default=None)

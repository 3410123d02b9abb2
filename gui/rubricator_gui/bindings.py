"""Loading PySide: what it needs to explain its signatures comes when it explains one.

At every start PySide compiles, out of an archive in its library, what puts signatures into words: 120 kB of Python,
a third of the time of a bare window. Only a call that goes wrong, and `help`, ask for it. So these modules are put in
place empty, and each is filled by PySide's own loader when something is first read from it: a module of another name
or another way to load it (in another version) is simply loaded at once, as always.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterable, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol, SupportsIndex, cast

from rubricator_gui import enums

if TYPE_CHECKING:
    from importlib.abc import Loader

_SIGNATURES = "shibokensupport.signature"
_LATER = frozenset(
    {
        *(f"{_SIGNATURES}.{name}" for name in ("mapping", "errorhandler", "layout", "parser")),
        *(f"{_SIGNATURES}.lib.{name}" for name in ("enum_sig", "pyi_generator", "tool")),
    }
)
_FROM_C = "update_mapping"
"""What PySide's C takes out of a module by itself (of `mapping`), past all that Python does for a missing name."""


class _Finder(Protocol):
    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """As `importlib.abc.MetaPathFinder` has it."""


def load() -> None:
    """Load Qt, and leave Python's own ways to import as they were."""
    enums.hasten()
    ways, own = sys.meta_path, builtins.__import__
    sys.meta_path = _Ways([_LaterFinder(), *ways])
    try:
        import PySide6
    finally:
        sys.meta_path = ways
        # PySide's reads the source of every module that is loaded, in search of a dialect (`from __feature__ import
        # ...`) that nothing here is written in.
        builtins.__import__ = own
    import PySide6.QtCore  # noqa: F401


class _Ways(list[Any]):
    """Ways to find a module of which the first stays the first: PySide puts its archive before all others."""

    def insert(self, place: SupportsIndex, way: Any) -> None:
        """Insert behind the first."""
        super().insert(max(int(place), 1), way)


class _LaterFinder:
    """Finds the modules that can wait where PySide would, and lets them wait."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the module empty; None for all that shall not wait."""
        if name not in _LATER:
            return None
        for other in cast("Iterable[_Finder]", sys.meta_path):
            found = None if other is self else other.find_spec(name, path, target)
            if found is not None and found.loader is not None:
                return ModuleSpec(name, cast("Loader", _LaterLoader(found)))
        return None


class _LaterLoader:
    def __init__(self, real: ModuleSpec) -> None:
        self._real = real

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return a module that fills itself."""
        return _Waiting(self._real)

    def exec_module(self, module: ModuleType) -> None:
        """Leave it empty."""


class _Waiting(ModuleType):
    """A module that is filled when something is read from it."""

    def __init__(self, real: ModuleSpec) -> None:
        super().__init__(real.name)
        self._real = real
        if real.name.endswith(".mapping"):
            setattr(self, _FROM_C, self._called_from_c)

    def __getattr__(self, name: str) -> Any:
        """Fill the module, and return what is asked for; AttributeError where it has no such thing."""
        if name.startswith("__"):  # asked by Python's own import, of every module
            raise AttributeError(name)
        self._fill()
        return getattr(self, name)

    def _fill(self) -> None:
        real = self.__dict__.pop("_real")
        self.__class__ = ModuleType  # type: ignore[assignment]  # first: it may ask for itself while it is filled
        self.__spec__ = real  # PySide gives the one it has now another name, which its loader does not know
        real.loader.exec_module(self)

    def _called_from_c(self) -> Any:
        if "_real" in self.__dict__:
            _Waiting._fill(self)
        return getattr(self, _FROM_C)()

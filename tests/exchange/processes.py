"""Processes that help: as many as a test wants, and each that was started."""

from __future__ import annotations

import os
from types import ModuleType

import pytest

from rubricator.exchange.beside import Beside


def seen(monkeypatch: pytest.MonkeyPatch, module: ModuleType, processors: int) -> list[Beside]:
    """Have a module see so many processors, and return what it starts beside it, as it does."""
    found: list[Beside] = []

    class Seen(Beside):
        def __enter__(self) -> Beside:
            found.append(self)
            return super().__enter__()

    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    monkeypatch.setattr(module, "Beside", Seen)
    return found

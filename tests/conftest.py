"""What holds for every test: nothing logged, no window left behind, no network, and settings of its own.

Fixtures that drive the real window live in tests/gui/conftest.py.
"""

from __future__ import annotations

import gc
import ipaddress
import itertools
import logging
import os
import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent

# Tests open real windows; they belong on nobody's screen, and their words are compared in English.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LANGUAGE"] = "en"

settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", deadline=None)
settings.register_profile("few", settings.get_profile("ci"), max_examples=10)  # for the page on formats
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))


# Settings, data and logs


@pytest.fixture(scope="session", autouse=True)
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[Path]]:
    """Keep the settings of the person who runs the tests out of reach, of wider fixtures too."""
    base = tmp_path_factory.mktemp("homes")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUBRICATOR_HOME", str(base / "session"))
        yield (base / str(n) for n in itertools.count())


@pytest.fixture(autouse=True)
def rubricator_home(_homes: Iterator[Path]) -> Iterator[Path]:
    """Give each test settings, data and log folders of its own."""
    home = next(_homes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUBRICATOR_HOME", str(home))
        yield home


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Return the folder of real data, which is not part of the project."""
    folder = Path(os.environ.get("RUBRICATOR_CORPORA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no real data at {folder}; RUBRICATOR_CORPORA names another folder")
    return folder


# Logs


class _Collect(logging.Handler):
    """Keep what is logged at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _quiet_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning it does not announce with `@pytest.mark.logs("pattern")`."""
    collect = _Collect()
    logging.getLogger().addHandler(collect)
    yield
    logging.getLogger().removeHandler(collect)
    lines = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in collect.records]
    patterns = [mark.args[0] for mark in request.node.iter_markers("logs")]
    unexpected = [line for line in lines if not any(re.search(pattern, line) for pattern in patterns)]
    unseen = [pattern for pattern in patterns if not any(re.search(pattern, line) for line in lines)]
    if unexpected:
        pytest.fail("logged, but not expected:\n" + "\n".join(unexpected), pytrace=False)
    if unseen:
        pytest.fail("expected in the log, but not there: " + ", ".join(unseen), pytrace=False)


# Windows


def pytest_sessionfinish() -> None:
    """Empty the clipboard: the offscreen platform frees what was copied only when Python is gone already, and crashes."""
    gui: Any = sys.modules.get("PySide6.QtGui")
    if gui and gui.QGuiApplication.instance():
        gui.QGuiApplication.clipboard().clear()


def _windows() -> list[Any]:
    """Return the top-level widgets that nothing owns; [] as long as no test has loaded Qt."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    app = widgets.QApplication.instance() if widgets else None
    return [widget for widget in app.topLevelWidgets() if widget.parent() is None] if app else []


def _delete_pending() -> None:
    core: Any = sys.modules["PySide6.QtCore"]
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def _no_window_left() -> Iterator[None]:
    """Fail a test after which a window is still there: something keeps it from being freed."""
    before = _windows()
    yield
    left = [widget for widget in _windows() if widget not in before]
    if left:
        del left
        _delete_pending()
        gc.collect()
        left = [widget for widget in _windows() if widget not in before]
    names = [f"{type(widget).__name__} {widget.objectName()!r}" for widget in left]
    for widget in left:
        widget.hide()
        widget.deleteLater()
    if names:
        _delete_pending()
        pytest.fail("left open by the test: " + ", ".join(names), pytrace=False)


# Network


def _is_local(address: object) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket
    host = str(address[0])
    try:
        return host in ("", "localhost") or ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Refuse connections to anything but this machine."""

    def guarded(name: str) -> Any:
        real = getattr(socket.socket, name)

        def connect(self: socket.socket, address: object) -> Any:
            if not _is_local(address):
                raise PermissionError(f"tests do not use the network: {address}")
            return real(self, address)

        return connect

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, guarded(name))
        yield

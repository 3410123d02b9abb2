"""What a screen reader does, over a session bus of its own: walks the tree, works controls, hears what is announced.

AT-SPI is D-Bus and no more: https://gitlab.gnome.org/GNOME/at-spi2-core/-/tree/main/xml
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from jeepney import DBusAddress, MatchRule, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_REGISTRY = "org.a11y.atspi.Registry"
_ROOT = "/org/a11y/atspi/accessible/root"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_PATIENCE = 20.0


def _call(bus: DBusConnection, to: DBusAddress, method: str, signature: str = "", body: tuple[Any, ...] = ()) -> Any:
    """Call a method; return the first thing it answers."""
    reply = bus.send_and_get_reply(new_method_call(to, method, signature or None, body), timeout=_PATIENCE)
    assert reply.header.message_type is MessageType.method_return, f"{method}: {reply.body}"
    return reply.body[0] if reply.body else None


class Thing(NamedTuple):
    """Something that a screen reader meets: which program's, and where."""

    bus: DBusConnection
    program: str
    path: str

    def ask(self, interface: str, method: str, signature: str = "", *body: Any) -> Any:
        """Call a method of one of its interfaces."""
        address = DBusAddress(self.path, self.program, f"org.a11y.atspi.{interface}")
        return _call(self.bus, address, method, signature, body)

    @property
    def name(self) -> str:
        """What it is called."""
        address = DBusAddress(self.path, self.program, _PROPERTIES)
        return str(_call(self.bus, address, "Get", "ss", ("org.a11y.atspi.Accessible", "Name"))[1])

    @property
    def role(self) -> str:
        """What kind of thing it is."""
        return str(self.ask("Accessible", "GetRoleName"))

    def children(self) -> list[Thing]:
        """Return what it holds."""
        found = self.ask("Accessible", "GetChildren")
        return [Thing(self.bus, program, path) for program, path in found if not path.endswith("/null")]

    def walk(self) -> Iterator[Thing]:
        """Yield it and all that it holds."""
        yield self
        for child in self.children():
            yield from child.walk()


class Listener:
    """A screen reader on a bus."""

    def __init__(self, address: str) -> None:
        self.bus = open_dbus_connection(address)
        self._ears = open_dbus_connection(address)
        rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="Announcement")
        self._ears.send_and_get_reply(message_bus.AddMatch(rule))
        registry = DBusAddress("/org/a11y/atspi/registry", _REGISTRY, _REGISTRY)
        _call(self._ears, registry, "RegisterEvent", "sass", ("object:announcement", [], ""))

    def find(self, role: str, name: str) -> Thing:
        """Wait for something of this kind and name in any program."""
        last = time.monotonic() + _PATIENCE
        met: list[str] = []
        while time.monotonic() < last:
            met.clear()
            for thing in Thing(self.bus, _REGISTRY, _ROOT).walk():
                met.append(f"{thing.role} “{thing.name}”")
                if met[-1] == f"{role} “{name}”":
                    return thing
            time.sleep(0.1)
        raise AssertionError(f"no {role} “{name}” among {met}")

    def heard(self, seconds: float = _PATIENCE) -> str:
        """Wait until something is announced; return its words."""
        last = time.monotonic() + seconds
        while True:
            message = self._ears.receive(timeout=max(0.0, last - time.monotonic()))
            if message.header.message_type is MessageType.signal and message.body[0] is not None:
                body = message.body
                if isinstance(body[3], tuple) and isinstance(body[3][1], str):
                    return body[3][1]

    def close(self) -> None:
        """Leave the bus."""
        self.bus.close()
        self._ears.close()


@contextmanager
def listener(folder: Path, env: Mapping[str, str] | None = None) -> Iterator[tuple[Listener, dict[str, str]]]:
    """Start a session bus with AT-SPI; yield a screen reader on it, and what programs must find in their environment."""
    folder.mkdir(mode=0o700)
    own = {**os.environ, **(env or {}), "XDG_RUNTIME_DIR": str(folder)}
    own.pop("AT_SPI_BUS_ADDRESS", None)
    words = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"]
    daemon = subprocess.Popen(words, env=own, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        with open_dbus_connection(address) as session:
            bus = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            status = DBusAddress("/org/a11y/bus", "org.a11y.Bus", _PROPERTIES)
            _call(session, status, "Set", "ssv", ("org.a11y.Status", "IsEnabled", ("b", True)))
            reader = Listener(_call(session, bus, "GetAddress"))
        try:
            yield (
                reader,
                {
                    "DBUS_SESSION_BUS_ADDRESS": address,
                    "XDG_RUNTIME_DIR": str(folder),
                    "AT_SPI_BUS_ADDRESS": "",  # the one of the person who runs the tests
                },
            )
        finally:
            reader.close()
    finally:
        daemon.terminate()
        daemon.wait()
        if daemon.stdout is not None:
            daemon.stdout.close()

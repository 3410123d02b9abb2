"""A server of this machine that gives out what a test says, well or badly."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar


class _Answer(BaseHTTPRequestHandler):
    body = b""
    answers: ClassVar[dict[str, tuple[Sequence[tuple[str, str]], bytes]]] = {}

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        what = self.path.partition("?")[0].strip("/")
        asked: list[str] = self.server.asked  # type: ignore[attr-defined]
        asked.append(self.path)
        if what == "missing.json":
            self.send_error(404)
        elif what == "to-file.json":
            self._headers(302, ("Location", "file:///etc/hostname"))
        elif what == "to-ftp.json":
            self._headers(302, ("Location", "ftp://127.0.0.1/x"))
        elif what == "moved.json":
            self._headers(302, ("Location", "/good.json"))
        elif what == "round.json":
            self._headers(302, ("Location", "/round.json"))
        elif what == "short.json":
            self._headers(200, ("Content-Length", str(len(self.body) + 1000)))
            self.wfile.write(self.body)
        elif what == "silent.json":
            time.sleep(3)
        elif what == "slow.json":
            self._headers(200)
            for _n in range(100):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.05)
        elif what == "header.json":
            for _n in range(400):
                self.wfile.write(b"H")
                self.wfile.flush()
                time.sleep(0.02)
        elif what == "large.json":
            self._headers(200, ("Content-Length", str(1 << 40)))
        elif what == "endless.json":
            self._headers(200)
            while True:
                self.wfile.write(b" " * 65536)
        elif what == "page":
            self._headers(200, ("Content-Type", "text/html"))
            self.wfile.write(b"<!DOCTYPE html><html>Not found</html>")
        elif what == "topics":
            self._headers(200, ("Content-Type", "text/csv; charset=utf-8"))
            self.wfile.write(b"code,name\na,A\n")
        elif what in self.answers:
            kind, body = self.answers[what]
            self._headers(200, ("Content-Length", str(len(body))), *kind)
            self.wfile.write(body)
        else:
            self._headers(200, ("Content-Length", str(len(self.body))), ("Content-Type", "application/json"))
            self.wfile.write(self.body)

    def _headers(self, code: int, *more: tuple[str, str]) -> None:
        self.send_response(code)
        for name, value in more:
            self.send_header(name, value)
        self.end_headers()

    def handle(self) -> None:
        with suppress(OSError):  # who asked has gone
            super().handle()

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()


class Server(ThreadingHTTPServer):
    """Remembers what it was asked for."""

    daemon_threads = True

    def __init__(self, handler: Any) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.asked: list[str] = []

    def address(self, path: str) -> str:
        """Return the address of something here."""
        return f"http://127.0.0.1:{self.server_port}/{path}"

    def handle_error(self, *_args: object) -> None:
        """Say nothing of those who went."""


@contextmanager
def serving(body: bytes, answers: Mapping[str, tuple[Sequence[tuple[str, str]], bytes]] = {}) -> Iterator[Server]:
    """Give out a body under any name, and other `answers` (headers, body) by theirs; some names are answered badly."""
    server = Server(type("Answer", (_Answer,), {"body": body, "answers": answers}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()

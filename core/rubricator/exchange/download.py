"""A file from the network, because a person asked for it. Nothing else in Rubricator uses the network.

Only http and https, also where the server sends one elsewhere; an answer that comes too slowly, is cut short or is too
large is refused, and nothing of it is kept.
"""

from __future__ import annotations

import http.client
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath
from typing import IO, Any
from urllib.parse import unquote, urlsplit

from rubricator import __version__
from rubricator.errors import UserError
from rubricator.exchange.progress import Progress, silent
from rubricator.words import Message, message

WAIT = 20.0
"""Seconds without a sign of the server."""
WHOLE = 180.0
"""Seconds until all is there."""
_CHUNK = 64 << 10


def is_address(words: str) -> bool:
    """Say whether words are the address of something in the network, and no file's name."""
    return "://" in words


def name_in(address: str) -> str:
    """Return what an answer is called in words to people: the end of its address, or the server."""
    parts = urlsplit(address)
    return unquote(PurePosixPath(parts.path).name) or parts.hostname or address


def download(
    address: str,
    most: int,
    progress: Progress = silent,
    *,
    wait: float = WAIT,
    whole: float = WHOLE,
    clock: Callable[[], float] = time.monotonic,
) -> tuple[bytes, str]:
    """Return what stands at an address, of at most so many bytes, and its kind as the server names it.

    UserError says in words why it could not be had; `progress` can stop it between two parts.
    """
    _check(address)
    request = urllib.request.Request(address, headers={"User-Agent": f"Rubricator/{__version__}", "Accept": "*/*"})
    lines = _Lines()
    opener = urllib.request.build_opener(_OnlyWeb, lines.http(), lines.https())
    until = clock() + whole
    try:
        with lines.cut_after(whole), opener.open(request, timeout=wait) as answer:
            found = _read(answer, address, most, progress, until, clock), answer.headers.get_content_type()
    except urllib.error.HTTPError as error:
        error.close()
        _in_time(lines, address)
        if 300 <= error.code < 400:
            where = message("the server sends one where Rubricator does not go ({why})", why=error.reason)
            raise _refused(address, where) from error
        raise _refused(
            address, message("the server answers {code} ({why})", code=error.code, why=error.reason)
        ) from error
    except (TimeoutError, http.client.HTTPException, OSError) as error:
        _in_time(lines, address)
        raise _refused(address, _why(error)) from error
    _in_time(lines, address)
    return found


def _in_time(lines: _Lines, address: str) -> None:
    if lines.cut:
        raise _refused(address, _TOO_SLOWLY)


def _read(answer: Any, address: str, most: int, progress: Progress, until: float, clock: Callable[[], float]) -> bytes:
    length = answer.headers.get("Content-Length", "")
    total = int(length) if length.isdecimal() else 0
    if total > most:
        raise _refused(address, _too_large(most))
    parts, got = [], 0
    progress(0, total)
    while part := answer.read1(_CHUNK):
        parts.append(part)
        got += len(part)
        if got > most:
            raise _refused(address, _too_large(most))
        if clock() > until:
            raise _refused(address, _TOO_SLOWLY)
        progress(got, total)
    if total and got < total:
        raise _refused(address, message("it is cut short: {got} of {total} bytes came", got=got, total=total))
    return _unpacked(b"".join(parts), address, most)


def _unpacked(data: bytes, address: str, most: int) -> bytes:
    """Return what was packed by gzip: some servers do that unasked, and some addresses are of a packed file."""
    if not data.startswith(_GZIP):
        return data
    import zlib

    unpacking = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        found = unpacking.decompress(data, most + 1)
    except zlib.error as error:
        raise _refused(address, message("it is packed, and damaged")) from error
    if len(found) > most:
        raise _refused(address, _too_large(most))
    if not unpacking.eof:
        raise _refused(address, message("it is packed, and cut short"))
    return found


_GZIP = b"\x1f\x8b"
_TOO_SLOWLY = message("it comes too slowly")


class _Lines:
    """The connections of a download, to be cut when its time is over.

    A server that sends a byte of its headers now and then would else be waited for without an end.
    """

    def __init__(self) -> None:
        self.cut = False
        self._open: list[http.client.HTTPConnection] = []

    @contextmanager
    def cut_after(self, seconds: float) -> Iterator[None]:
        """Cut them when so much time has passed within."""
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        self.cut = True
        for line in self._open:
            if line.sock is not None:
                with suppress(OSError):
                    line.sock.shutdown(socket.SHUT_RDWR)

    def http(self) -> urllib.request.HTTPHandler:
        """Return what opens addresses with http."""
        lines = self._open

        class Line(http.client.HTTPConnection):
            def connect(self) -> None:
                super().connect()
                lines.append(self)

        class Handler(urllib.request.HTTPHandler):
            def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
                return self.do_open(Line, req)

        return Handler()

    def https(self) -> urllib.request.HTTPSHandler:
        """Return what opens addresses with https."""
        lines = self._open

        class Line(http.client.HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                lines.append(self)

        class Handler(urllib.request.HTTPSHandler):
            def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
                return self.do_open(Line, req)

        return Handler()


class _OnlyWeb(urllib.request.HTTPRedirectHandler):
    """Follows a server to another address of the web, never to a file of this machine."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """Refuse what is not of the web."""
        try:
            _check(newurl)
        except UserError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _check(address: str) -> None:
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna")  # UnicodeError, a ValueError, where a part of it is empty
        parts.port  # noqa: B018  (it is read here, and may be none)
        fits = parts.scheme in ("http", "https") and bool(host) and address.isascii() and " " not in address
    except ValueError:
        fits = False
    if not fits:
        raise UserError(
            message("“{address}” is no address of the web.", address=address),
            message("It begins with https:// or http://."),
        )


def _too_large(most: int) -> Message:
    return message("it is larger than {most} MB", most=most >> 20)


def _why(error: BaseException) -> Message:
    reason = getattr(error, "reason", error)
    if isinstance(error, TimeoutError) or isinstance(reason, TimeoutError):
        return message("the server does not answer")
    if isinstance(error, http.client.IncompleteRead):
        return message("it is cut short")
    return message("{why}", why=str(reason) or type(error).__name__)


def _refused(address: str, why: Message) -> UserError:
    return UserError(
        message("{address} could not be had: {why}.", address=address, why=why),
        message("See whether the network is up; or download the file in a browser, and import it from there."),
    )

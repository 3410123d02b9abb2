"""Opening files for reading, with errors that a person can mend; every format reads through here."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from rubricator.errors import UserError
from rubricator.words import Message, message

LINE_MOST = 64 << 20
"""Bytes in one line, and in one plain text: far more than a newspaper, far less than the memory."""


@contextmanager
def opened(source: Path) -> Iterator[BinaryIO]:
    """Open a file for reading; what the system refuses becomes a UserError that names the file."""
    try:
        if not (S_ISREG(source.stat().st_mode) or source.is_dir()):
            raise UserError(
                message("{file} is no file, but a device or a pipe.", file=source.name),
                message("Save what it holds as a file first."),
            )
        with source.open("rb") as stream:
            yield stream
    except OSError as error:
        raise opening_refused(source, error) from error


def opening_refused(source: Path, error: OSError) -> UserError:
    """Return the words for a file or folder that the system does not open."""
    return UserError(
        message("{file} cannot be read: {why}.", file=source.name, why=_why(error)),
        message("Check that the file is there and that you may read it."),
    )


def beside(path: Path, within: Path | None) -> bool:
    """Say whether a file that is read with another one is there, and no link out of the folder that was named."""
    return path.is_file() and (within is None or not path.is_symlink() or stays_in(path, within.resolve()))


def stays_in(link: Path, folder: Path) -> bool:
    """Say whether a link leads to something in a folder, which is given without links in its own path."""
    return link.resolve().is_relative_to(folder)


def _why(error: OSError) -> Message | str:
    if isinstance(error, FileNotFoundError):
        return message("there is no such file")
    if isinstance(error, IsADirectoryError):
        return message("it is a folder")
    if isinstance(error, PermissionError):
        return message("you may not open it")
    return error.strerror or str(error)


def lines(stream: BinaryIO, file: str) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank, with their numbers; one that is far too long is refused unread."""
    number = 0
    while line := stream.readline(LINE_MOST + 1):
        number += 1
        if len(line) > LINE_MOST:
            raise UserError(
                message(
                    "{file}, line {line}: the line is longer than {most} MB.",
                    file=file,
                    line=number,
                    most=LINE_MOST >> 20,
                ),
                message("Put each article on a line of its own."),
            )
        if not line.isspace():
            yield number, line


def whole(source: Path, most: int = 0) -> bytes:
    """Return the bytes of a file that is read in one piece; UserError where it is larger than `most` (0: LINE_MOST)."""
    most = most or LINE_MOST
    with opened(source) as stream:
        size = min(os.fstat(stream.fileno()).st_size, most)  # memory for all that is asked for is taken at once
        data = stream.read(size + 1)
        if len(data) > size < most:  # it grew meanwhile, or does not say its size
            data += stream.read(most + 1 - len(data))
    if len(data) > most:
        raise UserError(
            message("{file} is larger than {most} MB.", file=source.name, most=most >> 20),
            message("Split it into one file for each article."),
        )
    return data


def inflated(data: bytes, file: str, most: int, wbits: int = 15) -> bytes:
    """Return what was packed with zlib (31: gzip); UserError where it is broken, cut short or not alone, or swells
    beyond `most`.
    """
    unpacker = zlib.decompressobj(wbits=wbits)
    why: Message | None = None
    unpacked = b""
    try:
        unpacked = unpacker.decompress(data, most + 1)
    except zlib.error:
        why = message("it is not soundly packed")
    if len(unpacked) > most:
        why = message("it is larger than {most} MB when it is unpacked", most=most >> 20)
    elif why is None and not unpacker.eof:
        why = message("it is cut short")
    elif why is None and unpacker.unused_data.strip(b"\0"):  # else what follows would be passed over in silence
        why = message("something stands after the end of what is packed")
    if why is not None:
        raise UserError(
            message("{file}: {why}.", file=file, why=why), message("Make the file again where it came from.")
        )
    return unpacked

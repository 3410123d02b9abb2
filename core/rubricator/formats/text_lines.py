"""Reads text files line by line: formats of columns go through here, since they need blank lines and may be large."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from rubricator.errors import UserError
from rubricator.formats.files import LINE_MOST, opened, whole
from rubricator.model.text import decode
from rubricator.words import message

ROW_MOST = 1 << 20
"""Bytes in one line: no row of columns is as long."""

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # and UTF-32, whose mark in little-endian begins so


def found_encoding(source: Path, asked: str) -> tuple[str, bool]:
    """Return the encoding a file is read with, and whether that is a guess; UserError where it is no text."""
    if asked:
        return asked, False
    with opened(source) as stream:
        if stream.read(4).startswith((*_WIDE, codecs.BOM_UTF32_BE)):
            return decode(whole(source), source.name).encoding, False
        stream.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while data := stream.read(1 << 20):
                decoder.decode(data)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return decode(whole(source), source.name).encoding, True
    return "utf-8", False


def text_lines(source: Path, encoding: str) -> Iterator[tuple[int, str]]:
    """Yield every line with its number, without its end; one that is far too long is refused."""
    if not _is_ascii_based(encoding):
        text = decode(whole(source), source.name, encoding).text
        yield from enumerate(text.replace("\r\n", "\n").split("\n"), 1)
        return
    number = 0
    with opened(source) as stream:
        while data := stream.readline(ROW_MOST + 1):
            number += 1
            if len(data) > ROW_MOST:
                raise UserError(
                    message(
                        "{file}, line {line}: the line is longer than {most} MB.",
                        file=source.name,
                        line=number,
                        most=ROW_MOST >> 20,
                    ),
                    message("Put each word on a line of its own."),
                )
            try:
                line = data.decode(encoding)
            except UnicodeDecodeError as error:
                raise UserError(
                    message(
                        "{file}, line {line}: not {encoding} text.", file=source.name, line=number, encoding=encoding
                    ),
                    message("Name the right encoding with --encoding, for example --encoding windows-1252."),
                ) from error
            yield number, (line.lstrip("\ufeff") if number == 1 else line).rstrip("\r\n")


def _is_ascii_based(encoding: str) -> bool:
    """Say whether lines can be told apart before they are decoded; UserError where there is no such encoding."""
    try:
        return "\n\t a".encode(encoding) == b"\n\t a"
    except (LookupError, ValueError, TypeError) as error:
        raise UserError(
            message("There is no encoding called “{encoding}”.", encoding=encoding),
            message("Name the right encoding with --encoding, for example --encoding windows-1252."),
        ) from error


def too_long(file: str, line: int) -> UserError:
    """Return what to say of an article that is too long to be read in one piece."""
    return UserError(
        message(
            "{file}, line {line}: the article is longer than {most} MB.", file=file, line=line, most=LINE_MOST >> 20
        ),
        message("Mark where articles begin, or split the file."),
    )

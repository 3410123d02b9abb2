"""The file of a packet: a zip of three members, written whole and read without trusting a word of it.

`manifest.json` says whose it is and sums up the others; `journal.jsonl` holds journal rows, `texts.jsonl` the texts
that they name, one a line. Nothing is ever unpacked to a disk, no size is believed that a header says, and each
member is compared with its sum whenever it is read.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from rubricator.errors import UserError
from rubricator.model.edit_json import edit_from, payload_of
from rubricator.model.edits import Edit
from rubricator.model.quick_json import dumped
from rubricator.model.strict_json import NotJson, flaw, load, shown, walk
from rubricator.model.text import FORBIDDEN, digest
from rubricator.store.entries import Entry
from rubricator.words import message

SUFFIX = ".rubpack"
VERSION = 1

MANIFEST, JOURNAL, TEXTS = "manifest.json", "journal.jsonl", "texts.jsonl"
_MEMBERS = (MANIFEST, JOURNAL, TEXTS)

_NAME_MOST = 1 << 16
"""Characters of a name: a file may call its workers by whole sentences."""
_MANIFEST_MOST = 1 << 20
_LINE_MOST = 256 << 20
"""Bytes of a row: an import may have made a layer of a hundred thousand annotations in one."""
_TOTAL_MOST = 16 << 30
_RATIO_MOST = 200
_FREE = 64 << 20
"""So much is read before anybody asks how little of it was stored."""
_PART = 1 << 16

_FILE_MOST = 3 << 30
"""Bytes of a packet: larger ones need another form of zip, and no mail carries them."""

_END = 22
"""Bytes of what a zip ends with, where it has no comment."""
_LOCATOR = 20
_DIRECTORY_MOST = 4096
"""Bytes that the list of members may have: three are listed in some two hundred."""

_ENCRYPTED = 0x1
_HINT = message("Ask for the packet again; what came was changed or damaged on its way. Nothing was changed here.")
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Manifest:
    """Whose packet it is: of which project (id and name), for or by which annotator, and of how many articles."""

    project: str
    project_name: str
    annotator: str
    name: str
    articles: int


# --- writing ------------------------------------------------------------------------------------------------------


def check_place(path: Path) -> None:
    """Raise UserError where no packet can be written, before anything else is done for it."""
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        part = _part(path)
        part.touch()
        part.unlink()
    except OSError as error:
        raise _unwritten(path, error) from error


def _part(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _unwritten(path: Path, error: OSError) -> UserError:
    if not path.parent.is_dir():
        return UserError(message("There is no folder {folder}.", folder=path.parent), message("Make it first."))
    why = message("{file} could not be written: {why}.", file=path, why=error.strerror or error)
    return UserError(why, message("See whether the folder can be written to and the disk has room."))


def write(path: Path, manifest: Manifest, entries: Iterable[Entry], texts: Iterable[tuple[str, str]]) -> None:
    """Write a packet; the same state gives the same bytes. `texts` are drawn after the last of `entries`."""
    part = _part(path)
    try:
        try:
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                members = [
                    _add(archive, JOURNAL, (dumped(_row(entry)) for entry in entries)),
                    _add(archive, TEXTS, (dumped({"digest": key, "text": text}) for key, text in texts)),
                ]
                value = {
                    "rubricator": "packet",
                    "version": VERSION,
                    "project": {"id": manifest.project, "name": manifest.project_name},
                    "annotator": {"id": manifest.annotator, "name": manifest.name},
                    "articles": manifest.articles,
                    "members": members,
                }
                _add(archive, MANIFEST, [dumped(value)])
            if part.stat().st_size > _FILE_MOST:
                why = message("The packet would be larger than {most} GB.", most=_FILE_MOST >> 30)
                raise UserError(why, message("Put fewer articles into it."))
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritten(path, error) from error


def _add(archive: zipfile.ZipFile, name: str, lines: Iterable[bytes]) -> dict[str, Any]:
    found, size = hashlib.sha256(), 0
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    with archive.open(info, "w", force_zip64=True) as member:
        for line in lines:
            data = line + b"\n"
            found.update(data)
            size += len(data)
            member.write(data)
    return {"name": name, "size": size, "sha256": found.hexdigest()}


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "step": entry.step,
        "author": entry.author,
        "device": entry.device,
        "device_seq": entry.device_seq,
        "lamport": entry.lamport,
        "kind": entry.edit.kind,
        "article": entry.article,
        "undoes": entry.undoes,
        "at": entry.at,
        "payload": payload_of(entry.edit),
    }


# --- reading ------------------------------------------------------------------------------------------------------


def is_packet(path: Path) -> bool:
    """Say whether a file looks like a packet, by its first bytes."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return False
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError:
        return False


class Parcel:
    """An open packet, of which the manifest was read."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path = path
        self._archive = archive
        self._infos = self._members()
        self._sums: dict[str, tuple[int, str]] = {}
        self.manifest = self._manifest()

    def entries(self) -> Iterator[Entry]:
        """Yield the journal rows; UserError where one cannot be read, or the member is not as its sum says."""
        for place, value in self._values(JOURNAL):
            yield self._entry(value, place)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield (digest, text); UserError where a text is not what its digest says."""
        for place, value in self._values(TEXTS):
            key, text = value.get("digest"), value.get("text")
            if value.keys() != {"digest", "text"} or not isinstance(key, str) or not isinstance(text, str):
                raise self.wrong(TEXTS, place, message("it is no text with its digest"))
            if FORBIDDEN.search(text) or "\r" in text:
                raise self.wrong(TEXTS, place, message("it holds what is no character of a text"))
            if digest(text) != key:
                raise self.wrong(TEXTS, place, message("the text is not the one that its digest names"))
            yield key, text

    def verify(self) -> None:
        """Read all of it once; UserError where anything of it is wrong."""
        for _entry in self.entries():
            pass
        for _text in self.texts():
            pass

    # --- what is in it ------------------------------------------------------------------------------------------

    def _members(self) -> dict[str, zipfile.ZipInfo]:
        infos: dict[str, zipfile.ZipInfo] = {}
        for info in self._archive.infolist():
            name = info.filename
            if name not in _MEMBERS:
                raise self.wrong(shown(name), 0, message("a packet has no such member"))
            if name in infos:
                raise self.wrong(name, 0, message("it is there twice"))
            if info.flag_bits & _ENCRYPTED:
                raise self.wrong(name, 0, message("it is encrypted"))
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise self.wrong(name, 0, message("it is packed in a way that packets are not"))
            infos[name] = info
        for name in _MEMBERS:
            if name not in infos:
                raise self.wrong(name, 0, message("it is missing"))
        return infos

    def _manifest(self) -> Manifest:
        data = b"".join(self._parts(MANIFEST, _MANIFEST_MOST))
        value = self._load(MANIFEST, 1, data)
        if value.get("rubricator") != "packet":
            raise self.wrong(MANIFEST, 0, message("it is not that of a packet"))
        version = value.get("version")
        if type(version) is not int or version < 1:
            raise self.wrong(MANIFEST, 0, message("it does not say its version"))
        if version > VERSION:
            raise UserError(
                message(
                    "{file} was made by a newer Rubricator (packet version {version}; this one reads up to {ours}).",
                    file=self.path,
                    version=version,
                    ours=VERSION,
                ),
                message("Install the newer version. Nothing was changed."),
            )
        try:
            project, person = value["project"], value["annotator"]
            words = (project["id"], project["name"], person["id"], person["name"])
            self._sums = {m["name"]: (m["size"], m["sha256"]) for m in value["members"]}
            articles = value["articles"]
            right = all(isinstance(word, str) and len(word) <= _NAME_MOST for word in words) and words[0] and words[2]
            right = right and len(value["members"]) == len(self._sums) and type(articles) is int
            right = right and all(type(n) is int and isinstance(x, str) for n, x in self._sums.values())
        except (KeyError, TypeError, AttributeError) as error:
            raise self.wrong(MANIFEST, 0, message("it does not say whose the packet is")) from error
        if not right or self._sums.keys() != {JOURNAL, TEXTS}:
            raise self.wrong(MANIFEST, 0, message("it does not say whose the packet is, or what is in it"))
        return Manifest(*words, articles)

    def _entry(self, value: Mapping[str, Any], place: int) -> Entry:
        if value.keys() != _FIELDS.keys():
            raise self.wrong(JOURNAL, place, message("it is no journal row"))
        for name, kind in _FIELDS.items():
            if type(value[name]) is not kind or (kind is str and name != "payload" and len(value[name]) > 1000):
                raise self.wrong(JOURNAL, place, message("its “{name}” cannot be read", name=name))
        edit = self._edit(value, place)
        clock, seq = value["lamport"], value["device_seq"]
        if not (0 < clock <= _CLOCK_MOST and abs(seq) <= _CLOCK_MOST and 0 < len(value["id"]) <= 64):
            raise self.wrong(JOURNAL, place, message("its id or its clock is none"))
        names = ("id", "step", "author", "device", "device_seq", "lamport", "article", "undoes", "at")
        return Entry(0, **{name: value[name] for name in names}, edit=edit)

    def _edit(self, value: Mapping[str, Any], place: int) -> Edit:
        payload = value["payload"]
        try:
            _check_value(load(payload), payload)
            return edit_from(value["kind"], payload, value["article"])
        except NotJson as error:
            raise self.wrong(JOURNAL, place, error.why) from error
        except ValueError as error:
            newer = "unknown kind" in str(error) or "unknown operation" in str(error)
            why = message("it says what this version does not know; perhaps a newer Rubricator made it")
            raise self.wrong(JOURNAL, place, why if newer else message("{why}", why=shown(str(error)))) from error

    # --- bytes --------------------------------------------------------------------------------------------------

    def _values(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the lines of a member as JSON objects, and at its end compare it with its sum."""
        found, size = hashlib.sha256(), 0
        wanted, sum_of_it = self._sums[name]
        place, rest, waiting = 0, [b""], 0
        for part in self._parts(name, min(_TOTAL_MOST, wanted)):
            found.update(part)
            size += len(part)
            first, *lines = part.split(b"\n")
            rest.append(first)
            waiting += len(first)
            if waiting > _LINE_MOST:
                raise self.wrong(name, place + 1, message("the line is too long"))
            for line in lines:
                place += 1
                yield place, self._load(name, place, b"".join(rest))
                rest, waiting = [line], len(line)
        if waiting:
            raise self.wrong(name, place + 1, message("the line does not end"))
        if size != wanted or found.hexdigest() != sum_of_it:
            raise self.wrong(name, 0, message("it is not what its sum (SHA-256) says"))

    def _load(self, name: str, place: int, line: bytes) -> dict[str, Any]:
        try:
            value = load(text := line.decode("utf-8"))
            _check_value(value, text)
        except UnicodeDecodeError as error:
            raise self.wrong(name, place, message("it is not UTF-8")) from error
        except NotJson as error:
            raise self.wrong(name, place, error.why) from error
        if not isinstance(value, dict):
            raise self.wrong(name, place, message("it is no object"))
        return value

    def _parts(self, name: str, most: int) -> Iterator[bytes]:
        """Yield the bytes of a member, no more than `most`, and never far more than were stored of it."""
        info = self._infos[name]
        size = 0
        with self._reading(name), self._archive.open(info) as member:
            while part := member.read(_PART):
                size += len(part)
                if size > most:
                    raise self.wrong(name, 0, message("it is longer than a packet says or may be"))
                if size > max(_FREE, info.compress_size * _RATIO_MOST):
                    raise self.wrong(name, 0, message("it swells beyond measure when it is unpacked"))
                yield part

    @contextmanager
    def _reading(self, name: str) -> Iterator[None]:
        try:
            yield
        except _DAMAGE as error:
            raise self.wrong(name, 0, message("it is damaged or cut short")) from error

    def wrong(self, member: str, line: int, why: object) -> UserError:
        """Return the words for something that is wrong, with file, member and line."""
        if line:
            words = message("{file}, {member}, line {line}: {why}.", file=self.path, member=member, line=line, why=why)
        else:
            words = message("{file}, {member}: {why}.", file=self.path, member=member, why=why)
        return UserError(words, _HINT)


_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, RuntimeError, OSError)
_CLOCK_MOST = 2**53
_FIELDS: Mapping[str, type] = {
    "id": str,
    "step": str,
    "author": str,
    "device": str,
    "device_seq": int,
    "lamport": int,
    "kind": str,
    "article": str,
    "undoes": str,
    "at": str,
    "payload": str,
}
_LONG_NUMBER = re.compile(r"\d{16}")


def _check_value(value: object, text: str) -> None:
    """Raise NotJson where a value holds what no file can hold, or no table."""
    if (why := flaw(value, _DEEPEST, _LINE_MOST)) is not None:
        raise NotJson(why)
    if _LONG_NUMBER.search(text) and any(type(n) is int and abs(n) >= 2**63 for _depth, n in walk(value)):
        raise NotJson(message("it holds too large a number"))


@contextmanager
def opened(path: Path) -> Iterator[Parcel]:
    """Open a packet; UserError where it is none."""
    with _file(path) as file:
        try:
            _look_at_end(path, file)
            archive = zipfile.ZipFile(file)
        except _DAMAGE as error:
            raise _no_packet(path) from error
        with archive:
            yield Parcel(path, archive)


def _file(path: Path) -> IO[bytes]:
    hint = message("See whether it is there and may be read.")
    try:
        if path.is_file():  # a pipe would be waited for
            return path.open("rb")
    except OSError as error:
        why = message("{file} cannot be read: {why}.", file=path, why=error.strerror or error)
        raise UserError(why, hint) from error
    raise UserError(message("{file} cannot be read: it is not there, or is no file.", file=path), hint)


def _look_at_end(path: Path, file: IO[bytes]) -> None:
    """Refuse what is no small zip, before anybody reads a list of a million members."""
    size = file.seek(0, 2)
    if size < _END:
        raise _no_packet(path)
    file.seek(max(0, size - _END - _LOCATOR))
    tail = file.read()
    end = tail[-_END:]
    if not end.startswith(b"PK\x05\x06"):
        raise _no_packet(path)
    _sign, disk, first, here, members, directory, offset, comment = struct.unpack("<4s4H2LH", end)
    if tail.startswith(b"PK\x06\x07") or members > 100 or directory > _DIRECTORY_MOST:
        why = message("{file} is not a packet: it holds too many members, or is too large.", file=path)
        raise UserError(why, _HINT)
    if disk or first or here != members or comment or offset + directory + _END != size:
        raise _no_packet(path)


def _no_packet(path: Path) -> UserError:
    why = message("{file} is not a packet, or was damaged or cut short on its way.", file=path)
    return UserError(why, message("A packet ends in {suffix}. Ask for it again.", suffix=SUFFIX))

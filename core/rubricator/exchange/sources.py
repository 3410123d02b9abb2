"""Which files an import reads: those that are named, and in a folder those that some format takes for its own."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rubricator import formats
from rubricator.errors import UserError
from rubricator.formats.files import opening_refused, stays_in
from rubricator.model.text import plain
from rubricator.words import message

_PAPER = re.compile(
    "read[-_ ]?me([^a-z].*)?|licen[sc]e([-_](cc|mit|gpl|apache|bsd|data|text|code).*)?"
    "|copying|copyright|notices?|notes?|changes|changelog|authors|contributors|citation|provenance",
    re.IGNORECASE,
)
"""What texts are called that tell of the files beside them."""
_TEXTS = (".txt", ".text")
_READ_BESIDE = frozenset({"annotation.conf", "visual.conf"})


@dataclass
class Sources:
    """The files to read, each with the key of its format, and those of the folders that are left alone.

    `papers` are texts that tell of the files (README, LICENSE), `links` lead out of their folder: neither is read.
    `closed` says why files of the folders cannot even be opened. `roots` has the folder in which each was found.
    """

    files: list[tuple[Path, str]] = field(default_factory=list)
    left: list[Path] = field(default_factory=list)
    papers: list[Path] = field(default_factory=list)
    links: list[Path] = field(default_factory=list)
    closed: list[tuple[Path, UserError]] = field(default_factory=list)
    roots: dict[Path, Path] = field(default_factory=dict)

    def names(self) -> dict[Path, str]:
        """Return what to call each file: its name, or as much of its place as tells it from others of that name."""
        paths = [*(path for path, _key in self.files), *self.left, *self.papers, *self.links]
        paths += [path for path, _error in self.closed]
        called: dict[Path, str] = {}
        waiting = dict.fromkeys(paths)
        for name in (_name, self._inner, self._outer):
            found = {path: name(path) for path in waiting}
            times = Counter(found.values())
            called |= {path: words for path, words in found.items() if times[words] == 1}
            waiting = {path: None for path in waiting if path not in called}
        return {path: plain(words) for path, words in (called | {path: str(path) for path in waiting}).items()}

    def _inner(self, path: Path) -> str:
        """Return its place in the folder that was named."""
        return path.relative_to(self.roots.get(path, path.parent)).as_posix()

    def _outer(self, path: Path) -> str:
        """Return it with the name of that folder."""
        return f"{self.roots.get(path, path.parent).name}/{self._inner(path)}"


def _name(path: Path) -> str:
    return path.name


def find_sources(sources: Iterable[Path], format_key: str = "") -> Sources:
    """Return what to import; a folder stands for the files in it that can be read (by this format), by name.

    UserError where there is no such file, its format cannot be told, or a folder holds nothing to import.
    """
    found = Sources()
    for source in sources:
        if source.is_dir():
            before = len(found.files) + len(found.closed)
            _look_into(source, format_key, found)
            if len(found.files) + len(found.closed) == before:
                raise UserError(
                    message("The folder {folder} holds nothing that can be imported.", folder=source),
                    message("“rubricator formats” lists what can be."),
                )
        elif source.exists():
            found.files.append((source, format_key or formats.guess(source)))
        else:
            raise UserError(message("There is no file {file}.", file=source), message("Look at its name and folder."))
    return found


def _look_into(folder: Path, format_key: str, found: Sources) -> None:
    told = len(found.left), len(found.links), len(found.closed)
    paths = sorted(_inside(folder, found))
    names = {path.with_suffix("") for path in paths if path.suffix == ".ann"}
    out = {path.with_suffix("") for path in found.links if path.suffix == ".txt"}
    for path in paths:
        if path.suffix == ".txt" and path.with_suffix("") in names and format_key in {"", "brat"}:
            continue  # the text of an .ann file
        if path.name.lower() in _READ_BESIDE and names:
            continue  # read with those
        if _is_paper(path):
            found.papers.append(path)
            continue
        try:
            key = _format_of(path, format_key)
        except UserError as error:
            found.closed.append((path, error))
            continue
        if key and not (path.suffix == ".ann" and path.with_suffix("") in out):  # its text is not to be read
            found.files.append((path, key))
        else:
            found.left.append(path)
    closed = [path for path, _error in found.closed[told[2] :]]
    found.roots |= dict.fromkeys((*paths, *found.left[told[0] :], *found.links[told[1] :], *closed), folder)


def _format_of(path: Path, format_key: str) -> str:
    """Return the key of the format of a file, where it is the one that is asked for; or nothing."""
    if format_key:
        return format_key if path.name.lower().endswith(formats.spec(format_key).suffixes) else ""
    known = formats.recognised(path)
    return known.key if known else ""


def _is_paper(path: Path) -> bool:
    """Say whether a text only tells of the files beside it."""
    name = path.name.lower()
    return name in _READ_BESIDE or (path.suffix.lower() in _TEXTS and bool(_PAPER.fullmatch(name.partition(".")[0])))


def _inside(folder: Path, found: Sources) -> Iterator[Path]:
    """Yield the files in a folder.

    Links to folders (which may lead round in a circle), what is no file, and what lies outside the folder are left.
    """
    real = folder.resolve()

    def closed(error: OSError) -> None:
        found.closed.append((Path(error.filename), opening_refused(Path(error.filename), error)))

    for base, folders, names in os.walk(folder, onerror=closed):
        inside = Path(base)
        folders[:] = [name for name in folders if not _is_hidden(inside / name, folder)]
        for path in sorted(inside / name for name in folders if (inside / name).is_symlink()):
            (found.left if stays_in(path, real) else found.links).append(path)
        for name in names:
            path = inside / name
            if _is_hidden(path, folder):
                continue
            try:
                if not path.is_file():
                    found.left.append(path)
                elif path.is_symlink() and not stays_in(path, real):
                    found.links.append(path)
                elif not _is_read_beside(path):
                    yield path
            except OSError as error:  # the names in the folder may be read, and nothing else
                closed(error)


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in path.relative_to(folder).parts)


def _is_read_beside(path: Path) -> bool:
    name = path.name.lower()
    return name == "label_config.xml" or name.endswith(("typesystem.xml", "schema.xml"))

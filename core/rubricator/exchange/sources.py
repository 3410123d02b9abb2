"""Which files an import reads: those that are named, and in a folder those that some format takes for its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rubricator import formats
from rubricator.errors import UserError
from rubricator.formats.files import opening_refused
from rubricator.words import message


@dataclass
class Sources:
    """The files to read, each with the key of its format, and those of the folders that are left alone.

    `closed` says why files of the folders cannot even be opened.
    """

    files: list[tuple[Path, str]] = field(default_factory=list)
    left: list[Path] = field(default_factory=list)
    closed: list[UserError] = field(default_factory=list)


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
    suffixes = formats.spec(format_key).suffixes if format_key else ()
    paths = sorted(_inside(folder, found))
    names = {path.with_suffix("") for path in paths if path.suffix == ".ann"}
    for path in paths:
        if format_key:
            key = format_key if path.name.lower().endswith(suffixes) else ""
        elif path.suffix == ".txt" and path.with_suffix("") in names:
            continue  # the text of an .ann file
        else:
            try:
                known = formats.recognised(path)
            except UserError as error:
                found.closed.append(error)
                continue
            key = known.key if known else ""
        if key:
            found.files.append((path, key))
        else:
            found.left.append(path)


def _inside(folder: Path, found: Sources) -> Iterator[Path]:
    """Yield the files in a folder; links to folders (which may lead round in a circle) and what is no file are left."""

    def closed(error: OSError) -> None:
        found.closed.append(opening_refused(Path(error.filename), error))

    for base, folders, names in os.walk(folder, onerror=closed):
        inside = Path(base)
        folders[:] = [name for name in folders if not _is_hidden(inside / name, folder)]
        found.left += sorted(inside / name for name in folders if (inside / name).is_symlink())
        for name in names:
            path = inside / name
            if _is_hidden(path, folder):
                continue
            try:
                if path.is_file():
                    yield path
                else:
                    found.left.append(path)
            except OSError as error:  # the names in the folder may be read, and nothing else
                closed(error)


def _is_hidden(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.relative_to(folder).parts)
    name = path.name.lower()
    beside = path.suffix == ".conf" or name == "label_config.xml" or name.endswith(("typesystem.xml", "schema.xml"))
    return hidden or beside  # read with what they stand beside

"""Where an export goes: what may stand there already, and a place beside it to write to first."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rubricator.errors import UserError
from rubricator.project import is_project
from rubricator.store.lock import Claim
from rubricator.words import message


def check_place(out: Path, *, overwrite: bool, folder: bool = False) -> None:
    """Raise UserError where a file (or folder) cannot go: nothing but a file of the same sort is ever replaced."""
    if out.name in ("", ".."):
        raise UserError(message("“{file}” names nothing that could be made.", file=out), message("Name a new place."))
    if not out.parent.is_dir():
        raise UserError(message("There is no folder {folder}.", folder=out.parent), message("Make it first."))
    elsewhere = message("Choose another name.")
    for project in _projects_of(out):
        if project.is_file() and is_project(project):
            raise UserError(message("{file} is a part of the project {project}.", file=out, project=project), elsewhere)
    if not out.exists() and not out.is_symlink():
        return
    if not overwrite and not (folder and _empty(out)):
        raise UserError(
            message("{file} is there already.", file=out), message("Choose another name, or say --overwrite.")
        )
    if not out.is_dir() and not out.is_file():  # before it is looked into: a pipe would be waited for
        raise UserError(message("{file} is neither a file nor a folder.", file=out), elsewhere)
    if is_project(out):
        raise UserError(message("{file} is a project, and is never written over.", file=out), elsewhere)
    if folder and not out.is_dir():
        raise UserError(message("{file} is a file, and this format makes a folder.", file=out), elsewhere)
    if out.is_dir() and not folder:
        raise UserError(message("{file} is a folder, and this makes a file.", file=out), elsewhere)


def _projects_of(out: Path) -> Iterator[Path]:
    """Yield what the projects would be called that keep a file of this name beside them: store/lock.py has the last."""
    for begin, end in (("", "-wal"), ("", "-shm"), ("", "-journal"), (".", ".lock")):
        name = out.name.removeprefix(begin).removesuffix(end)
        if name and f"{begin}{name}{end}" == out.name:
            yield out.with_name(name)


def _empty(out: Path) -> bool:
    """Say whether this is a folder that was made and holds nothing yet; of one that cannot be read nobody knows."""
    try:
        return out.is_dir() and next(out.iterdir(), None) is None
    except OSError:
        return False


def unwritten(out: Path, error: OSError) -> UserError:
    """Return the words for a file that the system did not let us write."""
    return UserError(
        message("{file} could not be written: {why}.", file=out, why=error.strerror or error),
        message("See whether the folder can be written to and the disk has room."),
    )


_UNFINISHED = ".rubricator-unfinished-"
_CLAIM = ".claim"
_BEFORE = ".before"


@contextmanager
def place_beside(out: Path) -> Iterator[Path]:
    """Give a place in a hidden folder beside `out`, so that what is finished there can be put in its place in one go.

    What a program left there that did not live to its end goes; UserError where the system does not let us write.
    """
    _clear(out.parent)
    try:
        folder = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=out.parent))
    except OSError as error:
        raise UserError(
            message("The folder {folder} cannot be written to.", folder=out.parent), message("Choose another one.")
        ) from error
    claim = None
    try:
        claim = Claim(folder / _CLAIM)
        yield folder / out.name
    except OSError as error:
        raise unwritten(out, error) from error
    finally:
        if claim:
            claim.close()
        shutil.rmtree(folder, ignore_errors=True)


def put_folder(fresh: Path, out: Path) -> None:
    """Put a finished folder in the place of an old one, which goes only when the new one is there."""
    old = fresh.with_name(f"{fresh.name}{_BEFORE}")
    out.rename(old)
    try:
        fresh.rename(out)
    except OSError:
        old.rename(out)
        raise


def _clear(parent: Path) -> None:
    """Take away what was left by programs that live no more; an old folder that was to be replaced comes back."""
    for folder in parent.glob(f"{_UNFINISHED}*"):
        with suppress(OSError):
            claim = Claim(folder / _CLAIM, make=False)
            left = claim.held
            claim.close()
            if left:
                for old in folder.glob(f"*{_BEFORE}"):
                    place = parent / old.name.removesuffix(_BEFORE)
                    if not place.exists():
                        old.rename(place)
                shutil.rmtree(folder)


def put_text(out: Path, text: str, *, overwrite: bool = False) -> None:
    """Write a text as it is to a file, all of it or nothing; UserError where it cannot go there."""
    check_place(out, overwrite=overwrite)
    with place_beside(out) as fresh:
        fresh.write_text(text, encoding="utf-8", newline="")
        fresh.replace(out)

"""Where an export goes: what may stand there already, and a place beside it to write to first."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from rubricator.errors import UserError
from rubricator.project import is_project
from rubricator.words import message


def check_place(out: Path, *, overwrite: bool, folder: bool = False) -> None:
    """Raise UserError where a file (or folder) cannot go: nothing but a file of the same sort is ever replaced."""
    if not out.parent.is_dir():
        raise UserError(message("There is no folder {folder}.", folder=out.parent), message("Make it first."))
    elsewhere = message("Choose another name.")
    for end in ("-wal", "-shm", "-journal"):
        project = out.with_name(out.name.removesuffix(end) or out.name)
        if project != out and project.is_file() and is_project(project):
            raise UserError(message("{file} is a part of the project {project}.", file=out, project=project), elsewhere)
    if not out.exists():
        return
    if not overwrite:
        raise UserError(
            message("{file} is there already.", file=out), message("Choose another name, or say --overwrite.")
        )
    if is_project(out):
        raise UserError(message("{file} is a project, and is never written over.", file=out), elsewhere)
    if folder and not out.is_dir():
        raise UserError(message("{file} is a file, and this format makes a folder.", file=out), elsewhere)
    if out.is_dir() and not folder:
        raise UserError(message("{file} is a folder, and this makes a file.", file=out), elsewhere)
    if not out.is_dir() and not out.is_file():
        raise UserError(message("{file} is neither a file nor a folder.", file=out), elsewhere)


def unwritten(out: Path, error: OSError) -> UserError:
    """Return the words for a file that the system did not let us write."""
    return UserError(
        message("{file} could not be written: {why}.", file=out, why=error.strerror or error),
        message("See whether the folder can be written to and the disk has room."),
    )


def place_beside(out: Path) -> Path:
    """Make a hidden folder beside `out`, so that what is finished there can be put in its place in one go."""
    try:
        return Path(tempfile.mkdtemp(prefix=".rubricator-", dir=out.parent))
    except OSError as error:
        raise UserError(
            message("The folder {folder} cannot be written to.", folder=out.parent), message("Choose another one.")
        ) from error


def put_text(out: Path, text: str, *, overwrite: bool = False) -> None:
    """Write a text as it is to a file, all of it or nothing; UserError where it cannot go there."""
    check_place(out, overwrite=overwrite)
    folder = place_beside(out)
    try:
        fresh = folder / out.name
        fresh.write_text(text, encoding="utf-8", newline="")
        fresh.replace(out)
    except OSError as error:
        raise unwritten(out, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)

"""A whole JSON file that someone else wrote: read within bounds, with file and line where it is not sound."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rubricator.errors import UserError
from rubricator.formats import files
from rubricator.formats.json_values import Bad, cleaned
from rubricator.model.strict_json import NotJson, load
from rubricator.model.text import decode
from rubricator.words import message


def read_json(source: Path, encoding: str = "") -> Any:
    """Return what a JSON file holds, with forbidden characters replaced; UserError names file and line."""
    return json_in(decode(files.whole(source), source.name, encoding).text, source.name)


def json_in(text: str, file: str) -> Any:
    """Return what JSON text holds, likewise; `file` is what errors call it."""
    try:
        return cleaned(load(text), text)[0]
    except NotJson as error:
        where = f"{file}, line {error.line}" if error.line else file
        raise bad_in(where, Bad(message("{why}.", why=error.why))) from error
    except Bad as bad:
        raise bad_in(file, bad) from bad


def bad_in(where: str, bad: Bad) -> UserError:
    """Return the error for a bad value; `where` names the file and, if known, the place in it."""
    place = ", ".join([where, *bad.path])
    return UserError(
        message("{place}: {why}", place=place, why=bad.why),
        bad.hint or message("Correct the file, or make it again where it came from."),
    )

"""A whole JSON file that someone else wrote: read within bounds, with file and line where it is not sound."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rubricator.errors import UserError
from rubricator.formats import files
from rubricator.formats.json_values import Bad, cleaned, no_constant, once_each, too_deep
from rubricator.model.text import decode
from rubricator.words import message


def read_json(source: Path, encoding: str = "") -> Any:
    """Return what a JSON file holds, with forbidden characters replaced; UserError names file and line."""
    return json_in(decode(files.whole(source), source.name, encoding).text, source.name)


def json_in(text: str, file: str) -> Any:
    """Return what JSON text holds, likewise; `file` is what errors call it."""
    try:
        value = json.loads(text, parse_constant=no_constant, object_pairs_hook=once_each)
        return cleaned(value, text)[0]
    except json.JSONDecodeError as error:
        raise UserError(
            message("{file}, line {line}: it is not sound JSON ({why}).", file=file, line=error.lineno, why=error.msg),
            message("Make the file again where it came from."),
        ) from error
    except Bad as bad:
        raise bad_in(file, bad) from bad
    except RecursionError as error:
        raise bad_in(file, Bad(too_deep())) from error
    except ValueError as error:  # Python refuses whole numbers of more than 4,300 digits
        raise bad_in(file, Bad(message("it holds a number with too many digits."))) from error


def bad_in(where: str, bad: Bad) -> UserError:
    """Return the error for a bad value; `where` names the file and, if known, the place in it."""
    place = ", ".join([where, *bad.path])
    return UserError(
        message("{place}: {why}", place=place, why=bad.why),
        bad.hint or message("Correct the file, or make it again where it came from."),
    )

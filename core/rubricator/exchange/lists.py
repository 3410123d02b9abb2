"""Word lists into a project: the file is read once, its names are kept in the project as one step."""

from __future__ import annotations

from pathlib import Path

from rubricator.errors import UserError
from rubricator.formats.files import opened
from rubricator.model.changes import Change
from rubricator.project import Project
from rubricator.suggest.wordlists import WordList, label_words, read_word_list
from rubricator.words import message

BYTES_MOST = 16 << 20
"""More is no list of names that a person made."""

_NONE = "\n"
"""A label that no file can name: it stands where a name has none."""


def needs_label(project: Project, source: Path) -> bool:
    """Say whether names in the file have no label, so that one has to be chosen; UserError where it is no list."""
    return any(name.label == _NONE for name in _read(project, source, _NONE).names)


def put_word_list(project: Project, source: Path, label: str = "") -> tuple[Change, WordList]:
    """Keep a word list in the project; names without a label get this one. A list of the same name gives way."""
    found = _read(project, source, label)
    if not found.names:
        raise UserError(
            message("{file} holds no names.", file=source.name), message("Write one name on each line, and try again.")
        )
    return project.add_word_list(source.name, found.names), found


def _read(project: Project, source: Path, label: str) -> WordList:
    with opened(source) as stream:
        data = stream.read(BYTES_MOST + 1)
    if len(data) > BYTES_MOST:
        why = message("{file} is larger than {most} MB.", file=source.name, most=BYTES_MOST >> 20)
        raise UserError(why, message("Part it into several lists."))
    return read_word_list(data, source.name, label=label, labels=label_words(project.scheme))

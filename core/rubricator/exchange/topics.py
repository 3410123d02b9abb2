"""Topics into a project: from a file, or from an address of the network where a person asks for that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath

from rubricator.errors import UserError
from rubricator.exchange.download import download, is_address, name_in
from rubricator.exchange.progress import Progress, silent
from rubricator.formats.files import opened
from rubricator.formats.topic_trees import BYTES_MOST, SUFFIXES, read_topic_file
from rubricator.model.changes import Change
from rubricator.model.topics import LANGUAGE, TopicFile
from rubricator.project import Project
from rubricator.words import message

IPTC = "https://cv.iptc.org/newscodes/mediatopic/?format=json&lang=x-all"
"""Where IPTC gives out its Media Topics in all languages."""

_KINDS = {
    "text/turtle": ".ttl",
    "application/n-triples": ".nt",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
}


def topic_file(
    source: Path | str, progress: Progress = silent, get: Callable[..., tuple[bytes, str]] = download
) -> TopicFile:
    """Read a file of topics, or what stands at an address; UserError says what is wrong, and where."""
    if isinstance(source, str) and is_address(source):
        data, kind = get(source, BYTES_MOST, progress)
        name = name_in(source).removesuffix(".gz")
        if PurePath(name).suffix.lower() not in SUFFIXES:
            name += _KINDS.get(kind, ".json")
        return read_topic_file(data, name)
    path = Path(source)
    if path.suffix.lower() not in SUFFIXES:
        raise UserError(
            message("{file} is no file of topics that can be read.", file=path.name),
            message("These can: {suffixes}.", suffixes=", ".join(SUFFIXES)),
        )
    with opened(path) as stream:
        return read_topic_file(stream.read(BYTES_MOST + 1), path.name)


def language_of(file: TopicFile, wanted: str = "") -> str:
    """Return which of a file's languages is meant; UserError names them where it has not the one that is wanted."""
    languages = file.languages
    if not wanted:
        return LANGUAGE if LANGUAGE in languages or not languages else languages[0]
    found = [one for one in languages if one.lower() == wanted.lower()]
    found += [one for one in languages if one.lower().split("-")[0] == wanted.lower().split("-")[0]]
    if languages and not found:
        raise UserError(
            message("{file} has no names in “{language}”.", file=file.where, language=wanted),
            message("It has them in {languages}.", languages=", ".join(languages)),
        )
    return found[0] if found else wanted


def put_topics(
    project: Project, file: TopicFile, language: str = LANGUAGE, *, mended: bool = False, keep: bool = False
) -> Change:
    """Put the topics of a file in the place of a project's, as one step; UserError where they are no sound tree.

    Those that the file lacks are retired, or, with `keep`, left as they are.
    """
    return project.topics.put(file.topics(language, mended=mended), file.where, keep=keep)

"""The sample project: three articles with the layers of two annotators, so that a newcomer sees work begun."""

from __future__ import annotations

from pathlib import Path

from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.exchange.schemes import scheme_named, with_topics
from rubricator.project import SUFFIX, Project
from rubricator.settings import Settings
from rubricator.words import message
from rubricator_resources import path as resource

ANNA = "0b6f3a52-7c1e-4d8a-9a35-2f4c8e61d701"
"""The annotator of the sample as whom its reader works."""


def sample_project(folder: Path) -> Path:
    """Return the sample project in a folder; it is made where it is not there yet. Its reader acts as its Anna."""
    out = folder / f"sample{SUFFIX}"
    if out.exists():
        return out
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            message("The folder {folder} cannot be made: {why}.", folder=folder, why=error.strerror or error),
            message("Choose another one."),
        ) from error
    me = Settings().me()
    with Project.create(out, me, with_topics(scheme_named("news")), name="Sample", acts_as=ANNA) as project:
        import_files(project, [resource("samples/samples.jsonl")], ImportOptions())
    return out

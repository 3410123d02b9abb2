"""Where an annotation comes from, who made it, who changed it and when, in one line."""

from __future__ import annotations

from rubricator.model.spans import Annotation, Stamp
from rubricator.words import Message, _, message, say
from rubricator_gui.panels import when
from rubricator_gui.session import Session

ORIGINS = {
    "repeat": "like the same words elsewhere",
    "memory": "suggested by memory",
    "list": "suggested by a word list",
    "rule": "suggested by a rule",
    "model": "suggested by a model",
    "import": "imported",
    "review": "settled in review",
}
"""What is not by hand; what a newer program wrote is shown as it is."""


def origin_words(annotation: Annotation) -> str:
    """Say where an annotation comes from."""
    return _("by hand") if annotation.origin == "manual" else _(ORIGINS.get(annotation.origin, annotation.origin))


def made(session: Session, annotation: Annotation) -> str:
    """Return "Labelled by anna, 18:41 · suggested by memory · changed by ben, 18:45".

    It was suggested before it was changed, which may be its borders or a note. Who changed what was their own is not
    named again, and the version of the scheme only where it is an older one.
    """
    parts: list[Message | str] = []
    if annotation.created is not None:
        parts.append(message("Labelled by {name}, {when}", **_stamp(session, annotation.created)))
    if annotation.origin != "manual":
        parts.append(origin_words(annotation))
    if annotation.modified is not None:
        stamp = _stamp(session, annotation.modified)
        same = annotation.created is not None and annotation.created.by == annotation.modified.by
        parts.append(message("changed {when}", **stamp) if same else message("changed by {name}, {when}", **stamp))
    if 0 < annotation.scheme < session.scheme.version:
        parts.append(message("under version {version} of the scheme", version=annotation.scheme))
    return " · ".join(map(say, parts))


def _stamp(session: Session, stamp: Stamp) -> dict[str, object]:
    name = session.ready.rows.name_of(stamp.by) or stamp.by
    return {"name": name, "when": when.moment(stamp.at, when.here_and_now())}

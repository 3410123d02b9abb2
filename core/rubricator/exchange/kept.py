"""What stays against a file that is imported again, as lines of the report."""

from __future__ import annotations

import json

from rubricator.formats.base import Case
from rubricator.formats.reading import shortened
from rubricator.model.spans import quote
from rubricator.store.again import Kept


def case_of(kept: Kept, text: str, where: str) -> Case:
    """Return the case of something that stays as a person left it; `text` is that of its article."""
    about = kept.about
    named = about.get("label") or about.get("topic") or about.get("text") or about.get("outcome") or ""
    what = f"{where}: {kept.kind} {shortened(str(named))}".rstrip()
    if kept.kind == "annotation":
        what += f" “{shortened(quote(text, about['fragments']))}”"
    if not kept.field:
        return "deleted", what
    return "clash", f"{what}: {kept.field}: {_words(kept.said)} ↔ {_words(kept.here)}"


def _words(value: object) -> str:
    if value is None:
        return "–"
    return shortened(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=dict))

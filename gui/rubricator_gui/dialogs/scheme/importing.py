"""Before a scheme file takes the place of the project's scheme: what it changes, and what the project keeps."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rubricator.model.scheme import Scheme
from rubricator.model.scheme_words import differences
from rubricator.words import _, message, plural, say
from rubricator_gui.dialogs.scheme.fields import tell
from rubricator_gui.dialogs.scheme.touching import MOST, Touching
from rubricator_gui.session import Session


class SchemeImport(Touching):
    """Tells what a scheme from a file changes; labels in use that it lacks are kept."""

    def __init__(self, session: Session, new: Scheme, kept: Scheme, file: str, parent: QWidget | None = None) -> None:
        super().__init__(session, "schemeImport", _("Import scheme"), _("Import"), parent)
        old = session.scheme
        heading = message("{file}: {name}", file=file, name=new.name or _("a scheme without a name"))
        tell(self.head, heading, "WindowText")
        counts = session.ready.rows.label_counts()
        gone = [label for label in kept.labels if label.name not in new.by_name]
        touched = session.ready.schemes.touched([label.name for label in gone], MOST)
        also = list(differences(old, kept))
        self.show_touched(touched, also or [message("Nothing changes.")])
        if gone:
            titles = ", ".join(f"{label.title} ({counts.get(label.name, 0)})" for label in gone)
            words = plural(
                "A label that is in use is not in the file, and is kept: {labels}",
                "{n} labels that are in use are not in the file, and are kept: {labels}",
                len(gone),
                labels=titles,
            )
            tell(self.count, say(words), "warn")
        else:
            tell(self.count, message("All labels that are in use are in the file."), "WindowText")
        self.go.setEnabled(bool(also))
        self.go.setFocus()

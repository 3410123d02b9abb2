"""The page of what holds for all labels: the text that stands in the guidelines beside those of the labels."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from rubricator.words import _, message
from rubricator_gui import theme
from rubricator_gui.dialogs.scheme.draft import Draft
from rubricator_gui.dialogs.scheme.fields import area, set_text, tell, words
from rubricator_gui.panels.markdown import Preview


class WholePage(QWidget):
    """Writes it, and shows how it is read; what is typed is in the draft at once."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        u = theme.unit()
        self.head = words("note")
        tell(self.head, message("It is read with the guideline of every label."))
        self.text = area("schemeGuideline", _("What holds for all labels, in Markdown"), 8)
        self.text.setMaximumHeight(16_777_215)  # Qt's own “as high as it likes”
        self.preview = Preview()
        self.guide = QTabWidget()
        self.guide.setDocumentMode(True)
        self.guide.addTab(self.text, _("Write"))
        self.guide.addTab(self.preview, _("Read"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2 * u, 0, 0)
        column.setSpacing(2 * u)
        column.addWidget(self.head)
        column.addWidget(self.guide, 1)
        self.text.textChanged.connect(self._typed)
        self.guide.currentChanged.connect(self._show)
        draft.changed.connect(self._show)
        self._show()

    def _show(self, *_what: object) -> None:
        set_text(self.text, self._draft.scheme.guideline)
        if self.guide.currentWidget() is self.preview:
            self.preview.show_markdown(self._draft.scheme.guideline)

    def _typed(self) -> None:
        text = self.text.toPlainText()
        if text != self._draft.scheme.guideline:
            self._draft.put(replace(self._draft.scheme, guideline=text))

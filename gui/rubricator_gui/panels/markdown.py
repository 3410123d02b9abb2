"""Markdown as people read it. What somebody else wrote stands in it: nothing is loaded, no link is followed."""

from __future__ import annotations

import re

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QTextBrowser

from rubricator.words import _

_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


_MOST = 100_000
_ENDLESS = re.compile(r"(\S{2000})\S+")
_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&])")


def escaped(words: str) -> str:
    """Return plain words as Markdown that reads like them."""
    return _MARKS.sub(r"\\\1", words)


class Preview(QTextBrowser):
    """Shows Markdown; pictures and links in it stay words."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Guideline as it is read"))
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)

    def show_markdown(self, text: str) -> None:
        """Show this text; of a word without an end, or of a book, the beginning: Qt would lay it out for minutes."""
        text = _ENDLESS.sub(r"\1…", text[:_MOST] + "…" if len(text) > _MOST else text)
        self.document().setMarkdown(text, _FEATURES)

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Load nothing, wherever it may lie."""
        return QByteArray()

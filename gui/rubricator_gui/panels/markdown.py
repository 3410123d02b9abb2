"""Markdown as people read it. What somebody else wrote stands in it: nothing is loaded, no link is followed."""

from __future__ import annotations

import re
from itertools import pairwise

from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from rubricator.words import _
from rubricator_gui import theme

_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


_PAGES: dict[int, int] = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_MOST = 100_000
_MARKED = 500
_ENDLESS = re.compile(r"(\S{2000})\S+")
_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&])")


def escaped(words: str) -> str:
    """Return plain words as Markdown that reads like them."""
    return _MARKS.sub(r"\\\1", words)


_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_BLOCK = re.compile(r"^\s*([-*+>|#=]|\d+[.)]|$)|^ {4}|^\t")
"""How a line begins that is a block of its own, or has its own meaning."""


def _broken_where_typed(text: str) -> str:
    """Return Markdown in which a line that ends, ends: who types a guideline knows no blank lines between two."""
    lines, in_code = text.split("\n"), False
    for n, (line, following) in enumerate(pairwise(lines)):
        in_code ^= bool(_FENCE.match(line))
        own = line.lstrip()[:1] in {"|", "#", "="} or _BLOCK.match(following) or _FENCE.match(following)
        if not in_code and line.strip() and not own and not line.startswith(("    ", "\t")):
            lines[n] = f"{line.rstrip()}  "
    return "\n".join(lines)


def unmarked(line: str) -> str:
    """Return a line of Markdown without its marks, for a list; a name may hold “_”."""
    return re.sub(r"^(… )?[-*+>#]+ +", r"\1", line).replace("*", "").replace("`", "")


class Preview(QTextBrowser):
    """Shows Markdown; pictures and links in it stay words."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Guideline as it is read"))
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.horizontalScrollBar().rangeChanged.connect(self._round)

    def _round(self, _least: int, most: int) -> None:
        """Show no bar for the fraction of a pixel by which Qt finds some words too wide."""
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if most <= 1 else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setHorizontalScrollBarPolicy(policy)

    def show_markdown(self, text: str) -> None:
        """Show this text; of a word without an end, or of a book, the beginning: Qt would lay it out for minutes."""
        text = _ENDLESS.sub(r"\1…", text[:_MOST] + "…" if len(text) > _MOST else text)
        self.document().setMarkdown(_broken_where_typed(text), _FEATURES)

    def mark(self, words: str, *, go: bool = True) -> None:
        """Mark the words that were typed, and `go` to the first of them, best where a word begins so; else the top."""
        found, look = list[QTextEdit.ExtraSelection](), theme.theme_of(self.palette())
        at = self.document().find(words.strip()) if words.strip() else QTextCursor()
        while not at.isNull() and len(found) < _MARKED:
            one = QTextEdit.ExtraSelection()
            one.cursor = at
            one.format.setBackground(look.colour("hitFill"))
            found.append(one)
            at = self.document().find(words.strip(), at)
        self.setExtraSelections(found)
        self.moveCursor(QTextCursor.MoveOperation.Start)  # Qt puts it behind the last word, and shows that
        if found and go:
            first = QTextCursor(next((one.cursor for one in found if _begins_a_word(one.cursor)), found[0].cursor))
            first.setPosition(first.selectionStart())
            self.setTextCursor(first)
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.cursorRect().top() - self.viewport().height() // 3)  # with what follows it

    def turn_page(self, key: int) -> bool:
        """Scroll with PgUp or PgDn, whatever has the focus; False for another key."""
        way = _PAGES.get(key, 0)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + way * bar.pageStep())
        return way != 0

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Load nothing, wherever it may lie."""
        return QByteArray()


def _begins_a_word(found: QTextCursor) -> bool:
    before = found.selectionStart() - 1
    return before < 0 or not found.document().characterAt(before).isalnum()

"""The document behind the reader: built detached, with the room for lanes reserved, and deaf to resources."""

from __future__ import annotations

import re

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument

from rubricator.model.span_index import SpanIndex
from rubricator_gui.reader.measures import Measures
from rubricator_gui.reader.positions import Positions

LEAST_LANES = 2
MOST_LANES = 3

_BLANK = re.compile(r"^[^\S\n]*$", re.MULTILINE)


class PlainDocument(QTextDocument):
    """A document of plain text that never loads anything."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return nothing, whatever is asked for."""
        return None


def build(text: str, positions: Positions, spans: SpanIndex, m: Measures, margin: int) -> PlainDocument:
    """Make the document of an article; its formats are set before it has a layout, which keeps 5 MB quick."""
    document = PlainDocument()
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(m.text)
    page = document.rootFrame().frameFormat()
    page.setLeftMargin(margin)
    page.setRightMargin(margin)
    page.setTopMargin(margin / 2)
    page.setBottomMargin(2 * margin)
    document.rootFrame().setFrameFormat(page)
    cursor = QTextCursor(document)
    cursor.setBlockFormat(_format(m, LEAST_LANES))
    cursor.insertText(text)
    cursor.beginEditBlock()
    blank = QTextBlockFormat()
    blank.setLineHeight(m.blank, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    for match in _BLANK.finditer(text):
        cursor.setPosition(positions.to_qt(match.start()))
        cursor.setBlockFormat(blank)
    for position, lanes in _deep(document, positions, spans).items():
        cursor.setPosition(position)
        cursor.setBlockFormat(_format(m, lanes))
        cursor.block().setUserState(lanes)
    cursor.endEditBlock()
    return document


def lanes_of(block: QTextBlock) -> int:
    """Return how many lanes are reserved under the lines of a paragraph."""
    return max(LEAST_LANES, block.userState())


def _format(m: Measures, lanes: int) -> QTextBlockFormat:
    shape = QTextBlockFormat()
    shape.setLineHeight(m.line_distance(lanes), QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
    shape.setBottomMargin(m.paragraph_gap)
    return shape


def _deep(document: QTextDocument, positions: Positions, spans: SpanIndex) -> dict[int, int]:
    """Return the paragraphs (by the position of their start) that need more lanes than all have."""
    needed: dict[int, int] = {}
    for offset, depth in spans.crowded(LEAST_LANES):
        start = document.findBlock(positions.to_qt(offset)).position()
        needed[start] = max(needed.get(start, 0), min(depth, MOST_LANES))
    return needed

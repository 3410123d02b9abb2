"""The document behind the reader: built detached, with the room for lanes reserved, and deaf to resources."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument

from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation
from rubricator_gui.reader.measures import Measures
from rubricator_gui.reader.positions import Positions

_BLANK = re.compile(r"\n(?=[^\S\n]*(?:\n|\Z))")
"""The break before a blank line (the first line of an article is none)."""

SINKS_FROM = 12
"""A span over this many paragraphs (blank ones count) joins none, and takes the last lane of each."""


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
    cursor.setBlockFormat(_format(m, m.least_lanes))
    cursor.insertText(text)
    cursor.beginEditBlock()
    blank = QTextBlockFormat()
    blank.setLineHeight(m.blank, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    for match in _BLANK.finditer(text):
        cursor.setPosition(positions.to_qt(match.end()))
        cursor.setBlockFormat(blank)
    for lanes in range(m.least_lanes + 1, m.most_lanes + 1):
        deep = _format(m, lanes)
        for position in _deep(document, text, positions, spans, lanes):
            cursor.setPosition(position)
            cursor.setBlockFormat(deep)
            cursor.block().setUserState(lanes)
    cursor.endEditBlock()
    return document


def lanes_of(block: QTextBlock, m: Measures) -> int:
    """Return how many lanes are reserved under the lines of a paragraph."""
    return max(m.least_lanes, block.userState())


def _format(m: Measures, lanes: int) -> QTextBlockFormat:
    shape = QTextBlockFormat()
    shape.setLineHeight(m.line_distance(lanes), QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
    shape.setBottomMargin(m.paragraph_gap)
    return shape


def _deep(document: QTextDocument, text: str, positions: Positions, spans: SpanIndex, lanes: int) -> Iterator[int]:
    """Yield where the paragraphs start that need so many lanes: where so many annotations lie over each other.

    What one of these joins (a name over a hard-wrapped line) needs as many, so that its bar keeps its lane.
    """
    done = -1
    for offset in spans.crowded(lanes - 1):
        joining = [a for a in spans.overlapping(offset, offset + 1) if not sinks(a, text)]
        first = min((a.start for a in joining), default=offset)
        last = max((a.end for a in joining), default=offset + 1)
        block = document.findBlock(positions.to_qt(max(first, done)))
        while block.isValid() and (start := positions.to_offset(block.position())) < last:
            end = positions.to_offset(block.position() + block.length() - 1)
            if start >= done and text[start:end].strip():  # a blank line keeps its own format
                yield block.position()
            done = max(done, end + 1)
            block = block.next()


def sinks(annotation: Annotation, text: str) -> bool:
    """Say whether a span runs through so many paragraphs that it joins none and takes the last lane of each."""
    return text.count("\n", annotation.start, annotation.end) > SINKS_FROM

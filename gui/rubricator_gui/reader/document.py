"""The document behind the reader: built detached, with the room for lanes reserved, and deaf to resources."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument, QTextOption

from rubricator.model.span_index import BEGINNING, SpanIndex
from rubricator.model.spans import Annotation
from rubricator.model.tokens import grapheme_start
from rubricator_gui.reader.measures import Measures
from rubricator_gui.reader.positions import Positions

_BLANK = re.compile(r"\n(?=[^\S\n]*(?:\n|\Z))")
"""The break before a blank line (the first line of an article is none)."""

BEND = 10_000
"""Characters after which a line is laid out as a paragraph of its own: Qt lays out and paints a paragraph as a whole,
and takes seconds for one of megabytes."""

CUT = 2_000
"""Characters after which something without a space is cut: there Qt's time goes by the square of the length."""

SINKS_FROM = 12
"""A span over this many paragraphs (blank ones count) joins none, and takes the last lane of each."""


class PlainDocument(QTextDocument):
    """A document of plain text that never loads anything."""

    bends: Sequence[int] = ()
    """Where a line of the text goes on as a paragraph of its own, as Qt positions."""

    def __init__(self) -> None:
        super().__init__()
        self.deep: set[int] = set()
        """The paragraphs (by number) that were given more lanes than all have."""
        self.shaped_to = 0
        """Up to which offset blank lines have their own format: at first no further than a bit below what is seen."""
        self.blanks: list[int] = []
        """Where blank lines begin, as Qt positions, as far as they were looked for."""
        self.blanks_to = 0
        """Up to which offset they were."""
        self.has_lanes = False
        """All paragraphs have the lanes that their annotations need: these were read when they were given them."""

    def line_number(self, block: QTextBlock) -> int:
        """Return which line of the text begins with a paragraph; 0 where one goes on."""
        before = bisect_left(self.bends, block.position())
        goes_on = before > 0 and self.bends[before - 1] == block.position() - 1
        return 0 if goes_on else block.blockNumber() + 1 - before

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return nothing, whatever is asked for."""
        return None


class Bends(NamedTuple):
    """Where very long lines go on as paragraphs of their own, as offsets."""

    spaces: list[int]
    """Spaces that are laid out as a break: nobody sees the difference."""
    cuts: list[int]
    """Before these a break stands that the text has not: in what has no space for thousands of characters."""


def bends(text: str) -> Bends:
    """Return where the lines of a text are bent; mostly nowhere."""
    found = Bends([], [])
    at = 0
    while len(text) - at > BEND:
        last = text.rfind("\n", at, at + BEND)
        if last < 0 and (last := text.rfind(" ", at + 1, at + BEND)) >= 0:
            found.spaces.append(last)
        if last < 0:
            last = grapheme_start(text, at + CUT) - 1
            found.cuts.append(last + 1)
        at = last + 1
    return found


def _bent(text: str, places: Bends) -> str:
    """Return the text as it is laid out; nobody reads it back."""
    if places == ([], []):
        return text
    edges = sorted([(0, 0), (len(text), 0), *((at, 1) for at in places.spaces), *((at, 0) for at in places.cuts)])
    return "\n".join(text[one + skip : other] for (one, skip), (other, _) in pairwise(edges))


def build(text: str, positions: Positions, spans: SpanIndex, m: Measures, margin: int, top: int = 0) -> PlainDocument:
    """Make the document of an article; its formats are set before it has a layout, which keeps 5 MB quick.

    Of a long one only the blank lines before the offset `top`, and those seen from there, have their formats: `deepen`
    does the rest. As long as only the beginning of `spans` is read it is that of the beginning.
    """
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
    places = bends(text)
    document.bends = sorted(
        [positions.to_qt(at) for at in places.spaces] + [positions.to_qt(at) - 1 for at in places.cuts]
    )
    cursor.insertText(_bent(text, places))
    _shape(document, text, positions, spans, m, top)
    return document


def resize(document: PlainDocument, text: str, positions: Positions, spans: SpanIndex, m: Measures, top: int) -> None:
    """Give a document that is shown other measures: what Qt knows of its words stays, and is not found out again.

    Nothing is laid out before all of it is done, and then as far as somebody looks; blank lines far below the offset
    `top` are left to `deepen`.
    """
    document.setLayoutEnabled(False)
    document.setDefaultFont(m.text)  # first: Qt forgets its lines with it, and formats have none to forget then
    for number in document.deep:
        document.findBlockByNumber(number).setUserState(-1)
    document.deep.clear()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.setBlockFormat(_format(m, m.least_lanes))
    document.shaped_to, document.has_lanes = 0, False
    _shape(document, text, positions, spans, m, top)
    cursor.endEditBlock()
    document.setLayoutEnabled(True)


def _shape(
    document: PlainDocument,
    text: str,
    positions: Positions,
    spans: SpanIndex,
    m: Measures,
    top: int | None = None,
) -> None:
    """Give paragraphs that have the format of all what they have of their own.

    Blank lines far below `top` wait; lanes of what is not read of `spans` do, too.
    """
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    far = len(text) if top is None else (top if spans.loaded else 0) + BEGINNING
    end = _line_end(text, far)
    _flatten(cursor, _blanks(document, text, positions, document.shaped_to, end), m)
    document.shaped_to = end
    if not document.has_lanes:
        document.has_lanes = spans.loaded
        reserve(document, text, positions, spans, m)
        _join(document)
    _keep_rest(cursor)
    cursor.endEditBlock()


def show_space(document: QTextDocument) -> None:
    """Have spaces, tabs and the ends of lines drawn."""
    option = document.defaultTextOption()
    flags = QTextOption.Flag.ShowTabsAndSpaces | QTextOption.Flag.ShowLineAndParagraphSeparators
    option.setFlags(option.flags() | flags)
    document.setDefaultTextOption(option)


def deepen(document: PlainDocument, text: str, positions: Positions, spans: SpanIndex, m: Measures) -> None:
    """Do behind the beginning what `build` did not do there; what was not read of `spans` is read."""
    spans.load()
    _shape(document, text, positions, spans, m)


def _line_end(text: str, far: int) -> int:
    """Return where the last whole line before an offset ends: a part of a line may look blank and be none."""
    return len(text) if far >= len(text) else max(0, text.rfind("\n", 0, far))


def _blanks(document: PlainDocument, text: str, positions: Positions, start: int, end: int) -> list[int]:
    """Return where blank lines begin between two ends of lines, as Qt positions; they are looked for once."""
    if end > document.blanks_to:
        found = _BLANK.finditer(text, document.blanks_to, end)
        document.blanks += [positions.to_qt(match.end()) for match in found]
        document.blanks_to = end
    first, last = (bisect_right(document.blanks, positions.to_qt(at)) for at in (start, end))
    return document.blanks[first:last]


def _flatten(cursor: QTextCursor, blanks: list[int], m: Measures) -> None:
    """Make blank lines lower than those with words."""
    blank = QTextBlockFormat()
    blank.setLineHeight(m.blank, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    for position in blanks:
        cursor.setPosition(position)
        cursor.setBlockFormat(blank)


def reserve(document: PlainDocument, text: str, positions: Positions, spans: SpanIndex, m: Measures) -> None:
    """Give paragraphs the lanes that their annotations need, as far as they lack them."""
    whole = QTextCursor(document)
    whole.beginEditBlock()  # otherwise all of it is laid out anew after each of them
    for lanes in range(m.least_lanes + 1, m.most_lanes + 1):
        for block in _deep(document, text, positions, spans, lanes):
            if lanes_of(block, m) < lanes:
                give_lanes(document, block, lanes, m)
    whole.endEditBlock()


def give_lanes(document: PlainDocument, block: QTextBlock, lanes: int, m: Measures) -> None:
    """Give a paragraph so many lanes."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setPosition(block.position())
    cursor.setBlockFormat(_format(m, lanes))
    _keep_rest(cursor)
    cursor.endEditBlock()
    block.setUserState(lanes)
    document.deep.add(block.blockNumber())


def _keep_rest(cursor: QTextCursor) -> None:
    """Have a change reach to the end of what Qt has not laid out yet: else it takes that for done, and shows nothing.

    It lays out bit by bit, and forgets about the rest where a change ends before that.
    """
    last = cursor.document().lastBlock()
    if not last.layout().lineCount():
        cursor.setPosition(last.position())
        cursor.setBlockFormat(last.blockFormat())


def _join(document: PlainDocument) -> None:
    """Have the parts of a bent line stand as one: no gap between them, and all run the way of the first."""
    cursor = QTextCursor(document)
    for position in document.bends:
        block = document.findBlock(position)
        close, way = QTextBlockFormat(), QTextBlockFormat()
        close.setBottomMargin(0)
        way.setLayoutDirection(block.textDirection())
        for start, shape in ((block.position(), close), (position + 1, way)):
            cursor.setPosition(start)
            cursor.mergeBlockFormat(shape)


def lanes_of(block: QTextBlock, m: Measures) -> int:
    """Return how many lanes are reserved under the lines of a paragraph."""
    return max(m.least_lanes, block.userState())


def _format(m: Measures, lanes: int) -> QTextBlockFormat:
    shape = QTextBlockFormat()
    shape.setLineHeight(m.line_distance(lanes), QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
    shape.setBottomMargin(m.paragraph_gap)
    return shape


def _deep(
    document: QTextDocument, text: str, positions: Positions, spans: SpanIndex, lanes: int
) -> Iterator[QTextBlock]:
    """Yield the paragraphs that need so many lanes: where so many annotations lie over each other.

    What one of these joins (a name over a hard-wrapped line) needs as many, so that its bar keeps its lane.
    """
    done = -1
    for offset in dict.fromkeys(spans.crowded(lanes - 1, beginning=not spans.loaded)):
        joining = [a for a in spans.overlapping(offset, offset + 1) if not sinks(a, text)]
        first = min((a.start for a in joining), default=offset)
        last = max((a.end for a in joining), default=offset + 1)
        block = document.findBlock(positions.to_qt(max(first, done)))
        while block.isValid() and (start := positions.to_offset(block.position())) < last:
            end = positions.to_offset(block.position() + block.length() - 1)
            if start >= done and text[start:end].strip():  # a blank line keeps its own format
                yield block
            done = max(done, end)
            block = block.next()


def sinks(annotation: Annotation, text: str) -> bool:
    """Say whether a span runs through so many paragraphs that it joins none and takes the last lane of each."""
    start, end = annotation.start, annotation.end
    if end - start <= SINKS_FROM:
        return False
    return end - start > SINKS_FROM * BEND or text.count("\n", start, end) > SINKS_FROM

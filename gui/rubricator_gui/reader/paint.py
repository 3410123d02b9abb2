"""Drawing of the reader: a painter and frozen values in, pixels out; no widget, no document.

`draw_under` comes before the text, `draw_over` after it. States are told by shape, colour only helps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from rubricator_gui.chips import underlined
from rubricator_gui.drawing import draw_comment_mark, draw_note_mark
from rubricator_gui.reader.lanes import ARROW, Bar, Box
from rubricator_gui.reader.measures import UNDER_TEXT, WRITTEN_GAP, Measures
from rubricator_gui.theme import Hue, Theme

_ARROW_HALF = 4.5
_BAR = 2.0
_CHOSEN_BAR = 3.0
_TICK = 1.5
_TICK_UP = 5.0
_POST_UP = 3.0
"""How far the ticks of a bar rise that lies on the chip under it: where another lane is above it, they have no room."""
_HANDLE = 6.0
_AROUND = 1.5
"""How far a tint reaches past its text on each side."""

_NO_PEN = QPen(Qt.PenStyle.NoPen)


class State(Enum):
    """What an annotation is to the annotator."""

    MINE = "mine"
    SUGGESTION = "suggestion"
    MIRRORED = "mirrored"
    OTHER = "other"
    AGREED = "agreed"


_BARE = frozenset({State.SUGGESTION, State.AGREED, State.OTHER})
"""What has no tint under its text."""

_DASHES = {State.SUGGESTION: (6.0, 4.0), State.MIRRORED: (2.0, 3.0)}
"""How the bars of a state are broken: dash and gap."""


class Style(NamedTuple):
    """How one annotation is drawn: its hue, the word on its chip, its state."""

    hue: Hue
    word: str
    state: State = State.MINE
    turn: tuple[int, ...] = ()
    """Where it is laid out among what belongs to differences (see lanes.Item)."""
    disc: str = ""
    """The number of its difference, in a disc before the chip; of one difference one bar has it."""
    noted: bool = False
    """It has a note: a small page stands beside its chip."""
    commented: bool = False
    """There are comments on it: a small bubble stands beside its chip."""
    linked: bool = False
    """It links to an entity: the word on its chip is underlined."""

    @property
    def written(self) -> int:
        """How many marks tell what is written about it."""
        return self.noted + self.commented


class Mark(NamedTuple):
    """A bar and its style; `bottom` is where the line box ends, `last` says that the span ends here."""

    bar: Bar
    style: Style
    bottom: float
    last: bool

    @property
    def id(self) -> str:
        """Of which annotation."""
        return self.bar.id


class Tint(NamedTuple):
    """The ground under one piece of a span: its boxes, top and height of the line, where the frame stays open."""

    id: str
    boxes: tuple[Box, ...]
    top: float
    height: float
    style: Style
    open_left: bool = False
    open_right: bool = False


class Pill(NamedTuple):
    """A "+n" with its place."""

    box: Box
    lane: int
    bottom: float
    ids: tuple[str, ...]


class Ground(NamedTuple):
    """A stretch of text in one line: a search hit, a piece of the selection or of its preview."""

    box: Box
    top: float
    height: float
    starts: bool = False
    ends: bool = False
    rtl: bool = False
    current: bool = False


class Standing(Enum):
    """How a difference stands; the current one is told before all else."""

    OPEN = "open"
    CURRENT = "current"
    SETTLED = "settled"
    NOTHING = "nothing"
    """Settled, and nothing of it is in gold."""


class Frame(NamedTuple):
    """The frame round what is said of a difference in one line."""

    ground: Ground
    standing: Standing


class Scene(NamedTuple):
    """The annotations of a stretch of text, in the coordinates of the document."""

    marks: tuple[Mark, ...] = ()
    tints: tuple[Tint, ...] = ()
    pills: tuple[Pill, ...] = ()


class Overlay(NamedTuple):
    """What changes while one works: the selection as dragged, its preview, search hits, the chosen annotation."""

    dragged: tuple[Ground, ...] = ()
    preview: tuple[Ground, ...] = ()
    hits: tuple[Ground, ...] = ()
    chosen: str | None = None
    chosen_tints: tuple[Tint, ...] = ()
    adding_to: tuple[Tint, ...] = ()
    """Of the annotation that the selected words can be added to."""
    exact: bool = False
    frames: tuple[Frame, ...] = ()
    discs: Mapping[str, Standing] = MappingProxyType({})
    """How the difference stands that each of these annotations (by id) belongs to, where it has a disc."""
    rejecting: str = ""
    """The offer (by id) whose "?" the mouse is over: it is a "×" meanwhile."""


def lane_top(bottom: float, lane: int, m: Measures) -> float:
    """Return where a lane begins under a line box that ends at `bottom`."""
    return bottom + UNDER_TEXT + lane * m.pitch


def reject_rect(mark: Mark, m: Measures) -> QRectF | None:
    """Return where the "?" of an offer stands, with the edge of its chip: a click there rejects it."""
    if mark.style.state is not State.SUGGESTION or mark.bar.chip is None:
        return None
    wide = m.chip_width("?") - 2
    return QRectF(mark.bar.chip[1] - wide, lane_top(mark.bottom, mark.bar.lane, m), wide, m.chip_height)


def mark_rect(mark: Mark, m: Measures) -> QRectF:
    """Return what the bar and its chip cover, as high as a chip: what a click finds."""
    left, right = mark.bar.extent
    return QRectF(left, lane_top(mark.bottom, mark.bar.lane, m), right - left, m.chip_height)


def pill_rect(pill: Pill, m: Measures) -> QRectF:
    """Return what the pill covers."""
    return QRectF(pill.box[0], lane_top(pill.bottom, pill.lane, m), pill.box[1] - pill.box[0], m.chip_height)


def handle_rect(mark: Mark, m: Measures) -> QRectF:
    """Return where the handle at the end of the chosen span can be taken: twice as large as it looks."""
    x = _end_x(mark)
    return QRectF(x - _HANDLE, _bar_y(mark, m) - _HANDLE, 2 * _HANDLE, 2 * _HANDLE)


def start_rect(mark: Mark, m: Measures) -> QRectF | None:
    """Return where the handle at the start of the chosen span can be taken: less of it over the chip than outside."""
    if mark.bar.chip is None or mark.bar.piece.comes:
        return None
    outside = _HANDLE / 2 if mark.bar.piece.rtl else _HANDLE
    return QRectF(_start_x(mark) - outside, _bar_y(mark, m) - _HANDLE, 1.5 * _HANDLE, 2 * _HANDLE)


def _start_x(mark: Mark) -> float:
    return mark.bar.piece.right if mark.bar.piece.rtl else mark.bar.piece.left


def _end_x(mark: Mark) -> float:
    return mark.bar.piece.left if mark.bar.piece.rtl else mark.bar.piece.right


def _middle(mark: Mark, m: Measures) -> float:
    return lane_top(mark.bottom, mark.bar.lane, m) + m.chip_height / 2


def _bar_y(mark: Mark, m: Measures) -> float:
    """Return the height of the bar: on the chip that stands under it, else in the middle of the lane."""
    return lane_top(mark.bottom, mark.bar.lane, m) + _BAR / 2 if mark.bar.under else _middle(mark, m)


# --- before the text ----------------------------------------------------------------------------------------------


def draw_under(painter: QPainter, scene: Scene, overlay: Overlay, look: Theme) -> None:
    """Draw what lies under the text: tints, the chosen one, search hits, the preview and the dragged text."""
    for tint in scene.tints:
        if tint.id != overlay.chosen and tint.style.state not in _BARE:
            _tint(painter, tint, tint.style.hue.tint)
    for tint in overlay.chosen_tints:
        if tint.style.state is not State.SUGGESTION:
            _tint(painter, tint, tint.style.hue.tint_chosen)
        _frame(painter, tint, QPen(tint.style.hue.bar, 1.5))
    for tint in overlay.adding_to:
        _frame(painter, tint, QPen(tint.style.hue.bar, 1, Qt.PenStyle.DotLine))
    for frame in overlay.frames:
        _framed(painter, frame, look)
    for hit in overlay.hits:
        width = 2.0 if hit.current else 1.0
        painter.setPen(QPen(look.colour("hit"), width))
        painter.setBrush(look.colour("hitFill"))
        inset = width / 2
        painter.drawRoundedRect(_around(hit.box, hit.top, hit.height).adjusted(inset, inset, -inset, -inset), 2, 2)
    if overlay.preview or overlay.dragged:
        half = QColor(look.colour("Highlight"))
        half.setAlphaF(0.5)
        for ground in overlay.preview:
            painter.fillRect(QRectF(ground.box[0], ground.top, ground.box[1] - ground.box[0], ground.height), half)
        deep = look.colour("selDeep")
        for ground in overlay.dragged:
            painter.fillRect(QRectF(ground.box[0], ground.top, ground.box[1] - ground.box[0], ground.height), deep)


def _around(box: Box, top: float, height: float) -> QRectF:
    return QRectF(box[0] - _AROUND, top, box[1] - box[0] + 2 * _AROUND, height)


def _tint(painter: QPainter, tint: Tint, colour: QColor) -> None:
    painter.setPen(_NO_PEN)
    mirrored = tint.style.state is State.MIRRORED
    painter.setBrush(QBrush(colour, Qt.BrushStyle.Dense4Pattern) if mirrored else colour)
    for box in tint.boxes:
        painter.drawRoundedRect(_around(box, tint.top, tint.height), 2, 2)


def _frame(painter: QPainter, tint: Tint, pen: QPen) -> None:
    """Frame a span, open where it goes on."""
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    if tint.style.state is State.SUGGESTION:
        pen.setDashPattern([4, 3])
    painter.setPen(pen)
    last = len(tint.boxes) - 1
    for n, box in enumerate(tint.boxes):
        r = _around(box, tint.top, tint.height).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.drawLine(r.topLeft(), r.topRight())
        painter.drawLine(r.bottomLeft(), r.bottomRight())
        if not (n == 0 and tint.open_left):
            painter.drawLine(r.topLeft(), r.bottomLeft())
        if not (n == last and tint.open_right):
            painter.drawLine(r.topRight(), r.bottomRight())


_STANDING = {
    Standing.OPEN: "muted",
    Standing.CURRENT: "Accent",
    Standing.SETTLED: "good",
    Standing.NOTHING: "muted",
}


def _framed(painter: QPainter, frame: Frame, look: Theme) -> None:
    """Frame what a difference is about: open where it goes on in another line."""
    width = 2.0 if frame.standing is Standing.CURRENT else 1.0
    ground = frame.ground
    rect = _around(ground.box, ground.top, ground.height).adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.fillRect(rect, look.colour("AlternateBase"))
    pen = QPen(look.colour(_STANDING[frame.standing]), width)
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    painter.setPen(pen)
    painter.drawLine(rect.topLeft(), rect.topRight())
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    if ground.ends if ground.rtl else ground.starts:
        painter.drawLine(rect.topLeft(), rect.bottomLeft())
    if ground.starts if ground.rtl else ground.ends:
        painter.drawLine(rect.topRight(), rect.bottomRight())


# --- after the text -----------------------------------------------------------------------------------------------


def draw_over(painter: QPainter, scene: Scene, overlay: Overlay, look: Theme, m: Measures) -> None:
    """Draw what lies over the text: bars with their chips, "+n", and the brackets of the preview."""
    painter.setFont(m.chip)
    for mark in scene.marks:
        rejecting = bool(overlay.rejecting) and mark.id == overlay.rejecting
        _mark(painter, mark, mark.id == overlay.chosen, look, m, rejecting)
        if mark.style.disc and mark.bar.chip is not None:
            draw_disc(painter, disc_rect(mark, m), mark.style.disc, overlay.discs.get(mark.id, Standing.OPEN), look)
    for pill in scene.pills:
        _pill(painter, pill, overlay.chosen in pill.ids, look, m)
    if overlay.preview:
        _brackets(painter, overlay, look)


def _mark(painter: QPainter, mark: Mark, chosen: bool, look: Theme, m: Measures, rejecting: bool) -> None:
    style, piece, chip = mark.style, mark.bar.piece, mark.bar.chip
    colour = look.colour("agreed") if style.state is State.AGREED else style.hue.bar
    y, middle = _bar_y(mark, m), _middle(mark, m)
    under = mark.bar.under
    width = _CHOSEN_BAR if chosen and not under else _BAR
    up = _TICK_UP if not under else _POST_UP if mark.bar.lane == 0 else 0.0
    left, right = piece.left, piece.right
    arrow_left, arrow_right = piece.arrow_left, piece.arrow_right
    tips = mark.bar.tips
    ends = max(left, tips[0] + ARROW) if arrow_left else left, min(right, tips[1] - ARROW) if arrow_right else right
    if not (under and style.state is State.SUGGESTION):  # dashes on the edge of a hollow chip look torn
        _bar(painter, mark, ends, y, width, colour)
    if arrow_left:
        _arrow(painter, tips[0], middle, ARROW, colour)
    elif chip is None or chip[0] != left or under:
        painter.fillRect(QRectF(left, y - up - width / 2, _TICK, up + width / 2), colour)
    if arrow_right:
        _arrow(painter, tips[1], middle, -ARROW, colour)
    elif chip is None or chip[1] != right or under:
        painter.fillRect(QRectF(right - _TICK, y - up - width / 2, _TICK, up + width / 2), colour)
    if chip is not None:
        word = style.word.removesuffix("?") + "×" if rejecting else style.word
        if style.written:
            _written(painter, mark, chip_rect(mark, chip, m), look, m)
        _chip(painter, mark, chip, word, chosen, look, m)
    if chosen and style.state is not State.SUGGESTION:
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(look.colour("Base"))
        for x in _handles(mark, m):
            painter.drawRoundedRect(QRectF(x - _HANDLE / 2, y - _HANDLE / 2, _HANDLE, _HANDLE), 1, 1)


def _handles(mark: Mark, m: Measures) -> Iterator[float]:
    """Yield where handles are seen: at the end, and at the start unless both would stand in each other's way."""
    if mark.last:
        yield _end_x(mark)
    wide = mark.bar.piece.right - mark.bar.piece.left
    if start_rect(mark, m) is not None and not (mark.last and wide < 3 * _HANDLE):
        yield _start_x(mark)


def _bar(painter: QPainter, mark: Mark, ends: Box, y: float, width: float, colour: QColor) -> None:
    dashes = _DASHES.get(mark.style.state)
    boxes = mark.bar.piece.boxes
    for n, box in enumerate(boxes):
        left = ends[0] if n == 0 else box[0]
        right = ends[1] if n == len(boxes) - 1 else box[1]
        if dashes is None:
            painter.fillRect(QRectF(left, y - width / 2, right - left, width), colour)
        else:
            _dashed(painter, left, right, y, width, colour, dashes)
    for (_, left), (right, _) in pairwise(boxes):  # the span goes on behind a gap
        _dashed(painter, left, right, y, 1.0, colour, (1.0, 2.0))
    chip = mark.bar.chip
    if chip is not None and chip[0] >= boxes[-1][1]:  # to a chip beyond the arrowhead
        painter.fillRect(QRectF(ends[1], y - width / 2, chip[0] - ends[1], width), colour)
    elif chip is not None and chip[1] <= boxes[0][0]:
        painter.fillRect(QRectF(chip[1], y - width / 2, ends[0] - chip[1], width), colour)


def _dashed(
    painter: QPainter, left: float, right: float, y: float, width: float, colour: QColor, dashes: tuple[float, float]
) -> None:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([dash / width for dash in dashes])
    painter.setPen(pen)
    painter.drawLine(QPointF(left, y), QPointF(right, y))


def _arrow(painter: QPainter, tip: float, y: float, length: float, colour: QColor) -> None:
    painter.setPen(_NO_PEN)
    painter.setBrush(colour)
    base = tip + length
    painter.drawPolygon(QPolygonF([QPointF(tip, y), QPointF(base, y - _ARROW_HALF), QPointF(base, y + _ARROW_HALF)]))


def _chip(painter: QPainter, mark: Mark, box: Box, word: str, chosen: bool, look: Theme, m: Measures) -> None:
    style = mark.style
    rect = chip_rect(mark, box, m)
    ink = style.hue.chip_text
    painter.setPen(_NO_PEN)
    match style.state:
        case State.SUGGESTION:
            ink = look.colour("Text")
            painter.setPen(QPen(style.hue.bar, 1))
            painter.setBrush(look.colour("Base"))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        case State.AGREED:
            ink = look.colour("Base")
            painter.setBrush(look.colour("agreed"))
            painter.drawRoundedRect(rect, 2, 2)
        case _:
            painter.setBrush(style.hue.bar)
            painter.drawRoundedRect(rect, 2, 2)
    painter.setPen(ink)
    base = rect.top() + (rect.height() + m.chip_cap) / 2
    if style.linked:
        base, line, thick = underlined(rect, m.chip_cap)
        painter.fillRect(QRectF(rect.left() + 4, line, rect.width() - 8, thick), ink)
    painter.drawText(QPointF(rect.left() + 4, base), word)
    if chosen:
        painter.setPen(QPen(look.colour("Text"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(-0.75, -0.75, 0.75, 0.75), 3, 3)


def chip_rect(mark: Mark, box: Box, m: Measures) -> QRectF:
    """Return where the chip of a bar stands that has the room `box`.

    A disc takes the left of it, and what is written about the annotation the side where its words go on.
    """
    left = box[0] + (m.disc_room(mark.style.disc) if mark.style.disc else 0)
    written = m.written_room(mark.style.written)
    right = box[1] - (0 if mark.bar.piece.rtl else written)
    left += written if mark.bar.piece.rtl else 0
    top = lane_top(mark.bottom, mark.bar.lane, m)
    bar = _BAR if mark.bar.under else 0.0
    return QRectF(left, top + bar, right - left, m.chip_height - bar)


def written_rects(mark: Mark, m: Measures) -> list[QRectF]:
    """Return where a note and comments are told, beside the chip: a note stands next to it."""
    n = mark.style.written
    if mark.bar.chip is None:
        return []
    chip, step = chip_rect(mark, mark.bar.chip, m), m.written_step
    high = m.chip_height - (1 if mark.bar.under else 0)  # below its bar, and no deeper than its lane
    if mark.bar.piece.rtl:
        return [QRectF(chip.left() - (nth + 1) * step, chip.top(), high, high) for nth in range(n)]
    return [QRectF(chip.right() + (nth + 1) * step - high, chip.top(), high, high) for nth in range(n)]


def _written(painter: QPainter, mark: Mark, chip: QRectF, look: Theme, m: Measures) -> None:
    """Say beside a chip what is written about an annotation: a note (a page), comments (a bubble)."""
    rects = written_rects(mark, m)
    if not mark.bar.under:
        for rect in rects:  # its own bar does not run through them
            painter.fillRect(chip.united(rect.adjusted(-WRITTEN_GAP, 0, WRITTEN_GAP, 0)), look.colour("Base"))
    drawn = [draw_note_mark] * mark.style.noted + [draw_comment_mark] * mark.style.commented
    up = 0.5 if mark.bar.under else -0.5  # their edge in the colour of the ground lies round them, not on their own bar
    for rect, draw in zip(rects, drawn, strict=True):
        draw(painter, rect.adjusted(-0.5, up, 0.5, 0.5), look.colour("Text"), look.colour("Base"))


def disc_rect(mark: Mark, m: Measures) -> QRectF:
    """Return where the number of a difference stands, before the chip."""
    left = mark.bar.chip[0] if mark.bar.chip is not None else 0.0
    return QRectF(left, lane_top(mark.bottom, mark.bar.lane, m), m.disc_room(mark.style.disc) - 2, m.chip_height)


def draw_disc(painter: QPainter, rect: QRectF, number: str, standing: Standing, look: Theme) -> None:
    """Draw the disc of a difference: its number; where it is settled a tick, or a cross where gold has nothing."""
    painter.setPen(_NO_PEN)
    painter.setBrush(look.colour(_STANDING[standing]))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setPen(QPen(look.colour("Base"), 1.5))
    if standing is Standing.SETTLED:
        middle, size = rect.center(), rect.height() / 4
        tick = [QPointF(-size, 0), QPointF(-size / 4, size * 0.8), QPointF(size, -size * 0.8)]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([middle + point for point in tick]))
    elif standing is Standing.NOTHING:
        middle, size = rect.center(), rect.height() / 5
        for slant in (1, -1):
            painter.drawLine(middle - QPointF(size, slant * size), middle + QPointF(size, slant * size))
    else:
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, number)


def _pill(painter: QPainter, pill: Pill, chosen: bool, look: Theme, m: Measures) -> None:
    """Draw a "+n", with a ring where it counts the chosen span, which has no bar then."""
    rect = pill_rect(pill, m).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(QPen(look.colour("Text"), 1.5) if chosen else QPen(look.colour("muted"), 1))
    painter.setBrush(look.colour("AlternateBase"))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setPen(look.colour("Text"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, f"+{len(pill.ids)}")


def _brackets(painter: QPainter, overlay: Overlay, look: Theme) -> None:
    """Show the borders that labelling will take; plain strokes for exact characters."""
    colour = look.colour("Accent")
    for ground in overlay.preview:
        for is_start, there in ((True, ground.starts), (False, ground.ends)):
            if not there:
                continue
            on_left = is_start != ground.rtl
            x = ground.box[0] - 2 if on_left else ground.box[1]
            painter.fillRect(QRectF(x, ground.top - 1, 2, ground.height + 2), colour)
            if not overlay.exact:
                foot = x if on_left else x - 2
                painter.fillRect(QRectF(foot, ground.top - 1, 4, 2), colour)
                painter.fillRect(QRectF(foot, ground.top + ground.height - 1, 4, 2), colour)

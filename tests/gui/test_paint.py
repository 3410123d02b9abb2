"""Every state of the text is drawn as the look says; on an image, without a window."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from rubricator_gui import theme
from rubricator_gui.reader.lanes import Item, Line, Piece, bar_of, lay_out
from rubricator_gui.reader.measures import Measures, measures
from rubricator_gui.reader.paint import (
    Ground,
    Mark,
    Overlay,
    Pill,
    Scene,
    State,
    Style,
    Tint,
    chip_rect,
    draw_over,
    draw_under,
    handle_rect,
    lane_top,
    mark_rect,
    start_rect,
    written_rects,
)

LIGHT = theme.theme(dark=False)
HUE = LIGHT.hue(2)
TOP, BOTTOM, LEFT, RIGHT = 10.0, 33.0, 20.0, 120.0
CHIP = 30.0


@pytest.fixture
def m(qapp: QApplication) -> Measures:
    return measures(17)


def drawn(scene: Scene, overlay: Overlay, m: Measures, scale: int = 1) -> QImage:
    image = QImage(180 * scale, 100 * scale, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(LIGHT.colour("Base"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_under(painter, scene, overlay, LIGHT)
    draw_over(painter, scene, overlay, LIGHT, m)
    painter.end()
    return image


def scene(state: State = State.MINE, *, goes: bool = False, word: str = "ORG") -> Scene:
    style = Style(HUE, word, state)
    piece = Piece(0, ((LEFT, RIGHT),), goes=goes, chip=CHIP)
    mark = Mark(bar_of("a", piece, 0, (LEFT, LEFT + CHIP)), style, BOTTOM, not goes)
    tint = Tint("a", ((LEFT, RIGHT),), TOP, BOTTOM - TOP - 1, style, open_right=goes)
    return Scene((mark,), (tint,))


def middle(m: Measures) -> int:
    return int(lane_top(BOTTOM, 0, m) + m.chip_height / 2)


def colours(image: QImage, y: int, start: float = LEFT + CHIP + 3, end: float = RIGHT - 12) -> list[QColor]:
    return [image.pixelColor(x, y) for x in range(int(start), int(end))]


def test_mine_has_a_tint_a_solid_bar_and_a_solid_chip(m: Measures) -> None:
    image = drawn(scene(), Overlay(), m)
    assert image.pixelColor(60, 20) == HUE.tint
    assert set(map(QColor.name, colours(image, middle(m)))) == {HUE.bar.name()}
    assert image.pixelColor(int(LEFT) + 2, middle(m) - 4) == HUE.bar
    assert image.pixelColor(150, 20) == LIGHT.colour("Base")
    tick = image.pixelColor(int(RIGHT) - 1, middle(m) - 4)
    assert tick == HUE.bar


@pytest.mark.parametrize("pixels", [15, 17, 20, 24])
@pytest.mark.parametrize("under", [False, True])
@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("down", [0.0, 0.5])
def test_the_word_of_a_mention_is_underlined_within_its_chip(
    qapp: QApplication, pixels: int, under: bool, scale: int, down: float
) -> None:
    m = measures(pixels)
    piece = Piece(0, ((LEFT, LEFT + 12 if under else RIGHT),), chip=CHIP)
    bar = bar_of("a", piece, 0, (LEFT, LEFT + CHIP))
    assert bar.under == under
    for linked in (False, True):
        mark = Mark(bar, Style(HUE, "ORG", linked=linked), BOTTOM + down, last=True)
        image = drawn(Scene((mark,)), Overlay(), m, scale)
        first = round(scale * lane_top(BOTTOM + down, 0, m))
        word = range(scale * (int(LEFT) + 5), scale * (int(LEFT + CHIP) - 5))
        rows = range(first, first + scale * m.chip_height)
        lines = [y for y in rows if all(image.pixelColor(x, y) == HUE.chip_text for x in word)]
        assert bool(lines) == linked, "a line as dark as the letters, and nothing where it is not linked"
        if not linked:
            continue
        assert len(lines) == (1 if under else 2) * scale, "it is seen at a glance, where there is room"
        assert image.pixelColor(scale * (int(LEFT) + 2), lines[0]) == HUE.bar
        for beside in (lines[0] - 1, *range(lines[-1] + 1, lines[-1] + 1 + scale)):
            seen = {image.pixelColor(x, beside).name() for x in word}
            assert seen == {HUE.bar.name()}, "the chip is seen above the line and below it"


def test_chosen_has_a_frame_a_thicker_bar_a_ring_and_a_handle(m: Measures) -> None:
    s = scene()
    overlay = Overlay(chosen="a", chosen_tints=s.tints)
    plain, image = drawn(s, Overlay(), m), drawn(s, overlay, m)
    assert image.pixelColor(60, 20) == HUE.tint_chosen
    assert image.pixelColor(60, int(TOP)).name() != HUE.tint_chosen.name()  # framed
    thick = [y for y in range(34, 60) if image.pixelColor(80, y) != LIGHT.colour("Base")]
    thin = [y for y in range(34, 60) if plain.pixelColor(80, y) != LIGHT.colour("Base")]
    assert len(thick) > len(thin)
    ring = image.pixelColor(int(LEFT) + 10, int(lane_top(BOTTOM, 0, m)) - 1)
    assert ring.lightness() < 120
    assert image.pixelColor(int(RIGHT), middle(m)) == LIGHT.colour("Base")  # hollow
    assert handle_rect(s.marks[0], m).contains(RIGHT + 5, middle(m))


@pytest.mark.parametrize("rtl", [False, True])
def test_both_ends_of_the_chosen_have_a_handle_that_can_be_taken(m: Measures, rtl: bool) -> None:
    style, chip = Style(HUE, "ORG"), (RIGHT - CHIP, RIGHT) if rtl else (LEFT, LEFT + CHIP)
    mark = Mark(bar_of("a", Piece(0, ((LEFT, RIGHT),), rtl=rtl, chip=CHIP), 0, chip), style, BOTTOM, last=True)
    image = drawn(Scene((mark,)), Overlay(chosen="a"), m)
    plain = drawn(Scene((mark,)), Overlay(), m)
    for x in (int(LEFT) + 1, int(RIGHT) - 2):
        assert image.pixelColor(x, middle(m)) == LIGHT.colour("Base")
        assert plain.pixelColor(x, middle(m)) == HUE.bar
    start, end = (RIGHT, LEFT) if rtl else (LEFT, RIGHT)
    taken = start_rect(mark, m)
    assert taken is not None
    assert all(taken.contains(start + x, middle(m)) for x in (-3, 3))
    assert handle_rect(mark, m).contains(end, middle(m))


def test_where_there_is_no_room_for_two_handles_or_it_came_before_the_end_alone_has_one(m: Measures) -> None:
    style = Style(HUE, "ORG")
    for right, comes, starts in ((LEFT + 17, False, False), (LEFT + 19, False, True), (RIGHT, True, False)):
        piece = Piece(0, ((LEFT, right),), comes=comes, chip=CHIP)
        mark = Mark(bar_of("a", piece, 0, (right + 1, right + 1 + CHIP)), style, BOTTOM, last=True)
        image = drawn(Scene((mark,)), Overlay(chosen="a"), m)
        hollow = [image.pixelColor(int(x), middle(m)) == LIGHT.colour("Base") for x in (LEFT + 1, right - 2)]
        assert hollow == [starts, True], (right, comes)


def test_the_frame_stays_open_where_the_span_goes_on(m: Measures) -> None:
    closed, opened = scene(), scene(goes=True)
    edge = int(RIGHT)

    def frame(s: Scene) -> QColor:
        return drawn(s, Overlay(chosen="a", chosen_tints=s.tints), m).pixelColor(edge, 20)

    assert frame(closed) != frame(opened)


def test_where_it_goes_on_an_arrowhead_reaches_past_the_text(m: Measures) -> None:
    image = drawn(scene(goes=True), Overlay(), m)
    column = [y for y in range(34, 60) if image.pixelColor(int(RIGHT) - 4, y) == HUE.bar]
    assert len(column) >= 5
    assert drawn(scene(), Overlay(), m).pixelColor(int(RIGHT), middle(m)) == LIGHT.colour("Base")
    assert image.pixelColor(int(RIGHT), middle(m)) != LIGHT.colour("Base")


def test_a_suggestion_is_dashed_hollow_and_without_tint(m: Measures) -> None:
    image = drawn(scene(State.SUGGESTION, word="ORG?"), Overlay(), m)
    assert image.pixelColor(60, 20) == LIGHT.colour("Base")
    names = set(map(QColor.name, colours(image, middle(m))))
    assert {HUE.bar.name(), LIGHT.colour("Base").name()} <= names
    assert image.pixelColor(int(LEFT) + 2, middle(m) - 4) == LIGHT.colour("Base")


def test_mirrored_is_dotted_and_hatched(m: Measures) -> None:
    image = drawn(scene(State.MIRRORED), Overlay(), m)
    ground = {image.pixelColor(x, y).name() for x in range(60, 70) for y in range(15, 25)}
    assert ground == {HUE.tint.name(), LIGHT.colour("Base").name()}
    assert LIGHT.colour("Base").name() in set(map(QColor.name, colours(image, middle(m))))
    assert image.pixelColor(int(LEFT) + 2, middle(m) - 4) == HUE.bar


def test_agreed_is_grey_without_tint(m: Measures) -> None:
    image = drawn(scene(State.AGREED), Overlay(), m)
    assert image.pixelColor(60, 20) == LIGHT.colour("Base")
    assert image.pixelColor(80, middle(m)) == LIGHT.colour("agreed")


def test_another_annotator_is_told_by_the_chip(m: Measures) -> None:
    assert m.chip_width("B ORG") > m.chip_width("ORG")
    image = drawn(scene(State.OTHER, word="B ORG"), Overlay(), m)
    assert image.pixelColor(80, middle(m)) == HUE.bar


def test_search_hits_lie_over_the_tint(m: Measures) -> None:
    hit = Ground((40.0, 90.0), TOP, 22.0)
    now = Ground((40.0, 90.0), TOP, 22.0, current=True)
    assert drawn(scene(), Overlay(hits=(hit,)), m).pixelColor(60, 20) == LIGHT.colour("hitFill")
    thin, thick = (drawn(scene(), Overlay(hits=(ground,)), m) for ground in (hit, now))
    assert thin.pixelColor(60, 11) != thick.pixelColor(60, 11)


def test_the_preview_has_brackets_and_exact_characters_plain_strokes(m: Measures) -> None:
    ground = Ground((40.0, 90.0), TOP, 22.0, starts=True, ends=True)
    accent = LIGHT.colour("Accent")
    image = drawn(Scene(), Overlay(preview=(ground,)), m)
    plain = drawn(Scene(), Overlay(preview=(ground,), exact=True), m)
    for picture in (image, plain):
        assert picture.pixelColor(38, 20) == accent
        assert picture.pixelColor(91, 20) == accent
    assert image.pixelColor(41, 9) == accent
    assert plain.pixelColor(41, 9) != accent
    deep = drawn(Scene(), Overlay(preview=(ground,), dragged=(Ground((50.0, 70.0), TOP, 22.0),)), m)
    assert deep.pixelColor(60, 20) == LIGHT.colour("selDeep")
    assert deep.pixelColor(80, 20) not in (LIGHT.colour("selDeep"), LIGHT.colour("Base"))


def test_what_has_no_room_is_a_pill(m: Measures) -> None:
    pill = Pill((60.0, 80.0), 2, BOTTOM, ("a", "b"))
    image = drawn(Scene(pills=(pill,)), Overlay(), m)
    y = int(lane_top(BOTTOM, 2, m) + m.chip_height / 2)
    assert any(image.pixelColor(x, y) != LIGHT.colour("Base") for x in range(60, 80))


def test_a_pill_with_the_chosen_one_has_a_ring(m: Measures) -> None:
    scene = Scene(pills=(Pill((60.0, 80.0), 2, BOTTOM, ("a", "b")),))
    plain = drawn(scene, Overlay(), m)
    assert drawn(scene, Overlay(chosen="b"), m) != plain
    assert drawn(scene, Overlay(chosen="c"), m) == plain


def test_chips_are_as_the_look_computes_them(m: Measures) -> None:
    assert m.chip.pixelSize() == 9
    assert m.pitch == m.chip_height + 1
    assert measures(24).chip.pixelSize() == 13
    assert measures(15).chip.pixelSize() == 9
    assert m.line_distance(3) - m.line_distance(2) == m.pitch
    assert m.measure == 720
    assert mark_rect(scene().marks[0], m).height() == m.chip_height


@pytest.mark.parametrize(("pixels", "least"), [(15, 11), (17, 11), (20, 12), (24, 14)])
@pytest.mark.parametrize("under", [False, True])
@pytest.mark.parametrize("rtl", [False, True])
def test_a_note_and_comments_are_seen_beside_the_chip(
    qapp: QApplication, pixels: int, least: int, under: bool, rtl: bool
) -> None:
    m = measures(pixels)
    room = m.chip_width("ORG") + m.written_room(2)
    piece = Piece(0, ((LEFT, LEFT + 12 if under else RIGHT),), rtl=rtl, chip=room)
    mark = Mark(bar_of("a", piece, 0, (LEFT, LEFT + room)), Style(HUE, "ORG", noted=True, commented=True), BOTTOM, True)
    image, bare = drawn(Scene((mark,)), Overlay(), m), LIGHT.colour("Base")
    chip = chip_rect(mark, (LEFT, LEFT + room), m)
    assert chip.width() == m.chip_width("ORG")
    note, comments = written_rects(mark, m)
    for rect in (note, comments):
        assert not rect.intersects(chip)
        rows = range(int(rect.top()), int(rect.bottom()))
        across = range(int(rect.left()), int(rect.right()))
        dark = [y for y in rows if any(image.pixelColor(x, y).lightness() < 128 for x in across)]
        assert dark[-1] - dark[0] + 1 >= least - 2 * under, "it is seen at a glance"
        assert image.pixelColor(int(rect.left()) - 2, int(rect.center().y())) == bare, "its bar does not run into it"
    assert image.copy(note.toAlignedRect()) != image.copy(comments.toAlignedRect()), "each has a shape of its own"


@pytest.mark.parametrize("rtl", [False, True])
def test_between_the_marks_and_an_arrowhead_there_is_paper(m: Measures, rtl: bool) -> None:
    style = Style(HUE, "ORG", noted=True, commented=True)
    room = m.chip_width("ORG") + m.written_room(2)
    piece = Piece(0, ((LEFT, LEFT + 20) if not rtl else (RIGHT - 20, RIGHT),), goes=True, rtl=rtl, chip=room)
    line = Line(2, 0, 180)
    [bar] = lay_out([Item("a", 0, 9, (piece,))], [line], m.pill_width).bars
    assert bar.chip is not None
    mark = Mark(bar, style, BOTTOM, last=False)
    image, last = drawn(Scene((mark,)), Overlay(), m), written_rects(mark, m)[-1]
    beside = int(last.left()) - 2 if rtl else int(last.right()) + 1
    rows = range(int(last.top()), int(last.bottom()))
    assert {image.pixelColor(beside, y).name() for y in rows} == {LIGHT.colour("Base").name()}
    assert HUE.bar in colours(image, middle(m), *((0, last.left()) if rtl else (last.right(), 180))), "the arrowhead"

"""The document behind the reader in another size: as if it had been made in that size."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from rubricator.model.span_index import SpanIndex
from rubricator.model.spans import Annotation, Span
from rubricator_gui import theme
from rubricator_gui.reader import document
from rubricator_gui.reader.document import PlainDocument, lanes_of
from rubricator_gui.reader.measures import Measures, measures
from rubricator_gui.reader.page import Page
from rubricator_gui.reader.positions import Positions

STORY = "Lebrune met the Council of Velis.\n\nNobody saw it.\n \nThe end 😀 of it.\n" * 3
BOOK = "وصلت ليلى إلى Port Velis اليوم. " * 2_000 + "\n\nThe end.\n"


def deep(text: str) -> SpanIndex:
    """Return annotations that need more lanes than all have, in the second line and near the end."""
    starts = (text.index("Velis") - 9, text.rindex("end") - 4)
    spans = [Span.of(start, start + 5 + n) for start in starts for n in range(4)]
    return SpanIndex([Annotation(f"a{n}", "one", "me", "WORK", span) for n, span in enumerate(spans)])


def looks(paper: PlainDocument, m: Measures) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    block = paper.begin()
    while block.isValid():
        shape = block.blockFormat()
        found.append((lanes_of(block, m), shape, block.text()))
        block = block.next()
    return found


@pytest.mark.parametrize("text", [STORY, BOOK, STORY + BOOK])
@pytest.mark.parametrize("sizes", [(17, 24), (24, 15), (17, 17)])
def test_another_size_is_as_if_it_had_been_made_so(qapp: QApplication, text: str, sizes: tuple[int, int]) -> None:
    first, then = (measures(size, "", 4, 72, 0) for size in sizes)
    positions, spans = Positions(text, document.bends(text).cuts), deep(text)
    paper = document.build(text, positions, spans, first, 20)
    paper.setTextWidth(700)
    assert paper.size().height() > 100  # it is laid out
    document.give_lanes(paper, paper.firstBlock(), 4, first)  # what was given room since is not remembered
    document.resize(paper, text, positions, spans, then, 0)
    document.deepen(paper, text, positions, spans, then)
    anew = document.build(text, positions, spans, then, 20, len(text))
    anew.setTextWidth(700)
    assert looks(paper, then) == looks(anew, then)
    assert paper.defaultFont() == anew.defaultFont()
    assert paper.size() == anew.size()


@pytest.mark.parametrize("size", theme.TEXT_SIZES)
def test_a_blank_line_is_told_from_a_line_that_is_wrapped(qapp: QApplication, size: int) -> None:
    """Lines stand far apart, for their lanes: what is little more than that is not seen."""
    m = measures(size)
    text = "Port Velis met the Council of Arvenia. " * 4 + "\nNobody saw it.\n\nThe end.\n"
    positions = Positions(text)
    paper = document.build(text, positions, SpanIndex(), m, 0)
    paper.setTextWidth(20 * size)
    page = Page(paper, text, positions, SpanIndex(), lambda _one: pytest.fail("nothing is labelled"), m)
    tops = [top for n in (0, 1, 3) for top, _bottom in page.line_places(paper.findBlockByNumber(n))]
    wrapped, (ended, over_blank) = tops[1] - tops[0], (tops[-2] - tops[-3], tops[-1] - tops[-2])
    assert wrapped < ended <= wrapped + size / 2, "a line end alone keeps its small gap"
    assert over_blank >= wrapped + 1.2 * size


def test_blank_lines_far_below_wait_for_what_is_seen(qapp: QApplication) -> None:
    text = "Nobody saw it.\n\n" * 3_000
    m, positions, spans = measures(17), Positions(text), SpanIndex()
    middle = len(text) // 2
    paper = document.build(text, positions, spans, m, 20, middle)

    def low(number: int) -> bool:
        return paper.findBlockByNumber(number).blockFormat().lineHeight() == m.blank

    assert middle < paper.shaped_to < len(text)
    assert (low(1), low(3_001), low(5_999)) == (True, True, False)
    document.deepen(paper, text, positions, spans, m)
    assert paper.shaped_to == len(text)
    assert low(5_999)

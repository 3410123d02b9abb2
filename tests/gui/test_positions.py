"""Qt counts UTF-16 units; Qt itself is the judge."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from rubricator.model.text import canonical
from rubricator_gui.reader.positions import Positions

TEXTS = st.text(st.sampled_from("a é\n\u200d\u0301👩🏽😀中\u00a0ي\u2028"), max_size=40) | st.text(max_size=40).map(
    lambda source: canonical(source).text
)


@given(TEXTS)
def test_there_and_back(text: str) -> None:
    positions = Positions(text)
    assert positions.total == len(text.encode("utf-16-le")) // 2
    for offset in range(len(text) + 1):
        assert positions.to_qt(offset) == len(text[:offset].encode("utf-16-le")) // 2
        assert positions.to_offset(positions.to_qt(offset)) == offset


@given(TEXTS)
def test_a_document_is_as_long_as_we_say(text: str) -> None:
    document = QTextDocument()
    document.setPlainText(text)
    assert document.characterCount() - 1 == Positions(text).total


def test_inside_a_pair_and_outside_the_text() -> None:
    positions = Positions("a😀b")
    assert positions.to_offset(2) == 1
    assert positions.to_offset(99) == 3
    assert positions.to_offset(-1) == 0
    assert positions.to_qt(99) == 4
    assert positions.to_qt(-5) == 0


@given(TEXTS, st.sets(st.integers(1, 20), max_size=4))
def test_breaks_that_the_text_has_not(text: str, cuts: set[int]) -> None:
    places = sorted(cut for cut in cuts if cut < len(text))
    positions = Positions(text, places)
    edges = [0, *places, len(text)]
    document = "\n".join(text[one:other] for one, other in pairwise(edges))
    assert positions.total == len(document.encode("utf-16-le")) // 2
    for offset in range(len(text) + 1):
        position = positions.to_qt(offset)
        assert positions.to_offset(position) == offset
        if offset < len(text):
            assert document.encode("utf-16-le")[2 * position :].decode("utf-16-le")[0] == text[offset]
        if offset in places:
            assert positions.to_offset(position - 1) == offset

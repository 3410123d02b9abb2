"""Canonical text and units of offsets: bijections over everything a text may hold."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.errors import UserError
from rubricator.model.text import FORBIDDEN, UNITS, Unit, Units, canonical, converter, decode, digest, plain

PIECES = [
    *"aé \n\tЖ中ก", "\r\n", "\r", "\u00a0", "\u2028", "\u2029", "\x85", "\ufeff", "\ufffd", "e\u0301", "\u0301", "🙂", "👨\u200d👩\u200d👧", "🇩🇪", "👍🏽",
    "שלום", "العربية", "\u200f", "\u202e", "\u200d", "\x00", "\x0b", "\ufffe", "\ud800", "\udc00", "S.\n\nLebedev", "U.S.", "𐍈", "각", "\u1100",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=25).map("".join)
clean = texts.map(lambda text: canonical(text).text)


@given(texts)
def test_canonical_text_holds_nothing_forbidden_and_changes_nothing_else(source: str) -> None:
    made = canonical(source)
    assert not FORBIDDEN.search(made.text)
    assert "\r" not in made.text
    wanted = source.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert len(made.text) == len(wanted)
    assert all(a == b or (b == "\ufffd" and FORBIDDEN.match(a)) for a, b in zip(wanted, made.text, strict=True))
    assert (made.bom, made.breaks) == (source.startswith("\ufeff"), len(re.findall("\r\n?", source)))
    assert made.replaced == len(FORBIDDEN.findall(wanted))
    assert len(made.notes()) == bool(made.bom) + bool(made.breaks) + bool(made.replaced)


@given(clean)
def test_canonical_text_stays_what_it_is(text: str) -> None:
    assert canonical(text).text == text
    assert len(digest(text)) == 64


@given(texts)
def test_offsets_are_mapped_along(source: str) -> None:
    made = canonical(source)
    mapped = [made.offset(n) for n in range(len(source) + 1)]
    assert mapped == sorted(mapped)
    assert (mapped[0], mapped[-1]) == (0, len(made.text))
    marks = len(source) - len(source.lstrip("\ufeff"))
    for n, char in enumerate(source[marks:], marks):
        if char not in "\r\n" and not FORBIDDEN.match(char):
            assert made.text[mapped[n] : mapped[n + 1]] == char


def width(char: str, unit: Unit) -> int:
    return {"codepoint": 1, "utf16": len(char.encode("utf-16-le")) // 2, "utf8": len(char.encode())}[unit]


@given(clean, st.sampled_from(["codepoint", "utf16", "utf8"]))
def test_units_are_a_bijection(text: str, unit: Unit) -> None:
    units = Units(text, unit)
    there = [units.from_codepoint(n) for n in range(len(text) + 1)]
    assert there == [sum(width(char, unit) for char in text[:n]) for n in range(len(text) + 1)]
    assert [units.to_codepoint(n) for n in there] == list(range(len(text) + 1))
    assert units.total == there[-1]
    back = converter(text, unit)
    for n in {*range(-2, units.total + 3)} - {*there}:
        with pytest.raises(ValueError, match="inside a character" if 0 < n < units.total else "outside the text"):
            back(n)


@given(clean)
def test_graphemes_are_counted_by_their_borders(text: str) -> None:
    units = Units(text, "grapheme")
    borders = [units.to_codepoint(n) for n in range(units.total + 1)]
    assert borders == sorted({*borders})
    assert (borders[0], borders[-1]) == (0, len(text))
    assert [units.from_codepoint(n) for n in borders] == list(range(units.total + 1))
    for n in (-1, units.total + 1):
        with pytest.raises(ValueError, match="outside"):
            units.to_codepoint(n)


def test_units_of_known_texts() -> None:
    text = "a🙂é👨\u200d👩\u200d👧\r"
    assert [Units(text, unit).total for unit in UNITS] == [9, 13, 26, 5]


@given(clean.filter(lambda text: text and "\ufeff" not in text))
def test_text_is_decoded_as_it_was_written(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        assert decode(text.encode(encoding), "f", encoding).text == text
        if encoding != "utf-8":
            assert decode(text.encode(encoding), "f").text == text
    assert decode(text.encode(), "f").text == text


@given(
    st.binary(max_size=60),
    st.sampled_from(["", "utf-8", "utf-16", "cp1252", "ascii", "base64", "rot13", "x\x00", "idna"]),
)
def test_any_bytes_are_text_or_refused_in_words(data: bytes, encoding: str) -> None:
    try:
        found = decode(data, "f.txt", encoding).text
    except UserError as error:
        found = str(error)
    assert isinstance(found, str)


@given(texts)
def test_names_are_plain(text: str) -> None:
    assert len(plain(text)) == len(text)
    plain(text).encode()

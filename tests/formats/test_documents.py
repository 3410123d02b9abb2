"""XML and JSON that mean harm: refused in words with file and line, soon, and nothing else is looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubricator.errors import UserError
from rubricator.formats.json_document import read_json
from rubricator.formats.xml_document import parse_xml
from rubricator.words import say

BILLION = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<x>&b;</x>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>"""


def test_xml_is_read_with_namespaces_texts_and_lines() -> None:
    root = parse_xml(b'<a xmlns:n="urn:n">\n one <n:b k="1" n:k="2">two</n:b> three &lt;&#x1F605;</a>', "f.xml")
    assert (root.name, root.line, root.text) == ("a", 1, "\n one  three <😅")
    [child] = root.children
    assert (child.name, child.local, child.line, child.text) == ("{urn:n}b", "b", 2, "two")
    assert child.attributes == {"k": "1", "{urn:n}k": "2"}
    assert root.first("{urn:n}b") is child
    assert root.first("b") is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (BILLION, "f.xml, line 2: it declares a document type"),
        (OUTSIDE, "f.xml, line 1: it declares a document type"),
        (b"<a>" * 200_000, "f.xml, line 1: its elements nest too deep."),
        (b"<a>\n<b></a>", "f.xml, line 2: it is not sound XML (mismatched tag)."),
        (b"<a>\n\x00</a>", "f.xml, line 2: it is not sound XML"),
        (b"", "f.xml, line 1: it is not sound XML (no element found)."),
        (b'<?xml version="1.0" encoding="none-such"?><a/>', "f.xml, line 1: it is not sound XML"),
        (b"<a>&unheard;</a>", "f.xml, line 1: it is not sound XML (undefined entity)."),
    ],
)
def test_bad_xml(data: bytes, words: str) -> None:
    with pytest.raises(UserError) as told:
        parse_xml(data, "f.xml")
    assert words in say(told.value.text)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"a": 1,\n"a": 2}', "f.json: the key “a” stands in one object twice."),
        (b'{"a": NaN}', "f.json: NaN is not a number that JSON knows."),
        (b'{"a": 1' + b"0" * 5_000 + b"}", "f.json: it holds a number with too many digits."),
        (b"[" * 200_000, "f.json: it is nested too deeply."),
        (b'{"a":\n}', "f.json, line 2: not JSON"),
        (b"", "f.json, line 1: not JSON"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 500, "f.json is not a text file"),
    ],
)
def test_bad_json(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "f.json").write_bytes(data)
    with pytest.raises(UserError) as told:
        read_json(tmp_path / "f.json")
    assert words in say(told.value.text)


def test_lone_surrogates_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "f.json").write_bytes(rb'{"a": ["\ud800", "\ud83d\ude05"]}')
    assert read_json(tmp_path / "f.json") == {"a": ["\ufffd", "😅"]}

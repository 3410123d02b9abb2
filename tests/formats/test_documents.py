"""XML and JSON that mean harm: refused in words with file and line, soon, and nothing else is looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubricator.errors import UserError
from rubricator.formats.json_document import read_json
from rubricator.formats.json_items import Item, members
from rubricator.formats.xml_document import parse_xml, xml_parts
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


PLAIN = b'<?xml version="1.0"?>\n<!-- a - b -->\n<!DOCTYPE a SYSTEM "a.dtd">\n<a><b>1</b>\n<c><b>2</b></c> </a>'


def test_parts_of_xml_come_one_by_one_past_a_document_type_that_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "f.xml").write_bytes(PLAIN)
    assert [(one.name, one.line) for one in xml_parts(tmp_path / "f.xml", "a")] == [("b", 4), ("c", 5)]
    big = b"<a>" + b"".join(b"<b>%d%s</b>" % (n, b"x" * 40_000) for n in range(20)) + b"</a>"
    (tmp_path / "f.xml").write_bytes(big)
    assert [one.text[:2].strip("x") for one in xml_parts(tmp_path / "f.xml", "a")] == [str(n) for n in range(20)]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (PLAIN.replace(b'"a.dtd"', b'"a.dtd" [<!ENTITY e "x">]'), "f.xml, line 3: it declares a document type"),
        (PLAIN.replace(b">1<", b">&e;<"), "f.xml, line 4: it is not sound XML (undefined entity)."),
        (b"<b>" + PLAIN, "it is not sound XML"),
        (b"<b/>", "f.xml, line 1: it begins with b, not with a."),
        (b"", "it is not sound XML (no element found)"),
        (b"<a>" + b"<b>" * 200_000, "its elements nest too deep."),
        (b"<a b='" + b"x" * (11 << 20), "f.xml, line 1: a tag or comment is longer than 10 MB."),
        (b"x" * (11 << 20), "f.xml, line 1: a tag or comment is longer than 10 MB."),
    ],
)
def test_bad_xml_in_parts(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "f.xml").write_bytes(data)
    with pytest.raises(UserError) as told:
        list(xml_parts(tmp_path / "f.xml", "a"))
    assert words in say(told.value.text)


def test_members_of_lists_in_objects_come_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    path.write_text('{"k": [1], "docs": [{"a": 1}, {"a": "\\u0000"}], "late": 2}\n{"b": 3}\n{"docs": []}', "utf-8")
    found = [
        (one.where, one.value, one.replaced)
        if isinstance(one, Item)
        else ({**one.about}, one.item and (one.item.where, one.item.value, one.item.replaced))
        for one in members(path, frozenset(["docs"]), "doc")
    ]
    assert found == [
        ({"k": [1]}, ("f.json, line 1, doc 1", {"a": 1}, 0)),
        ({"k": [1]}, ("f.json, line 1, doc 2", {"a": "\ufffd"}, 1)),
        ({"k": [1], "late": 2}, None),
        ("f.json, line 2", {"b": 3}, 0),
        ({}, None),
    ]

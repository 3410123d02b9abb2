"""Objects out of JSON of others: lines, lists and one after the other; and what is wrong with them, soon and in words."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from rubricator.errors import UserError
from rubricator.formats.json_items import items, keys_of
from rubricator.words import say


def read(tmp_path: Path, data: bytes) -> list[tuple[str, dict[str, object]]]:
    (tmp_path / "f.json").write_bytes(data)
    return [(item.where, item.value) for item in items(tmp_path / "f.json")]


@pytest.mark.parametrize(
    ("data", "places"),
    [
        (b'{"a": 1}\n{"a": 2}\n', ["line 1", "line 2"]),
        (b'\xef\xbb\xbf{"a": 1}\r\n\r\n{"a": 2}', ["line 1", "line 3"]),
        (b'{\n"a":\n 1}\n{"a": 2}', ["line 1", "line 4"]),
        (b'[{"a": 1},\n{"a": 2}]\n', ["item 1", "item 2"]),
        (b" [ ] ", []),
        (b"", []),
        (b"\n \n", []),
    ],
)
def test_lines_lists_and_objects_one_after_the_other(tmp_path: Path, data: bytes, places: list[str]) -> None:
    found = read(tmp_path, data)
    assert [where for where, _ in found] == [f"f.json, {place}" for place in places]
    assert [value["a"] for _, value in found] == [1, 2][: len(places)]


def test_an_object_may_be_longer_than_what_is_read_at_once(tmp_path: Path) -> None:
    text = "é😅\\u00e9" * 100_000
    found = read(tmp_path, f'[{{"a": "{text}", "n": 12345}}, {{"a": false}}]'.encode())
    assert found[0][1] == {"a": "é😅é" * 100_000, "n": 12345}
    assert found[1][1] == {"a": False}


def test_few_bytes_are_held_of_a_large_file(tmp_path: Path) -> None:
    with (tmp_path / "f.jsonl").open("wb") as stream:
        stream.writelines(b'{"text": "%s"}\n' % (b"words " * 100) for _ in range(20_000))
    tracemalloc.start()
    assert sum(1 for _ in items(tmp_path / "f.jsonl")) == 20_000
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"a": 1}\n{"a": 1, "a": 2}', "f.json, line 2: the key “a” stands in one object twice."),
        (b'{"a": NaN}', "f.json, line 1: NaN is not a number that JSON knows."),
        (b'{"a": 1' + b"0" * 5_000 + b"}", "f.json, line 1: it holds a number with too many digits."),
        (b"[" * 200_000, "f.json, item 1: it is nested too deeply."),
        (b'{"a":' * 200_000, "f.json, line 1: it is nested too deeply."),
        (b'{"a": 1}\n\n{"a":\n}', "f.json, line 4: not JSON"),
        (b'{"a": 1}\n{"a": "b', "f.json, line 2: not JSON (Unterminated string"),
        (b'[{"a": 1} {"a": 2}]', "f.json, line 1: not JSON (a comma is missing"),
        (b'[{"a": 1},\n', "f.json, line 2: not JSON"),
        (b'[{"a": 1}\n', "f.json, line 2: not JSON (the list has no end)."),
        (b'[{"a": 1}]\n{"a": 1}', "f.json, line 2: not JSON (something stands after the end"),
        (b"[1, 2]", "f.json, item 1: an object in braces is needed, this is a number."),
        (b'"words"', "f.json, line 1: an object in braces is needed, this is text."),
        ('{"a": "é"}'.encode("latin-1"), "f.json is not UTF-8 text"),
        ('{"a": "é"}'.encode("utf-16"), "f.json is not UTF-8 text"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 500, "f.json is not UTF-8 text"),
        (b'{"a": "' + b"x" * (100 << 20), "f.json, line 1: what begins here is longer than 64 MB."),
    ],
    ids=lambda value: value[:24] if isinstance(value, bytes) else "",
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(UserError) as told:
        read(tmp_path, data)
    assert words in say(told.value.text)


def test_forbidden_characters_are_replaced_and_counted(tmp_path: Path) -> None:
    (tmp_path / "f.json").write_bytes(rb'{"a": "\u0000\ud800", "b": "\ud83d\ude05"}')
    [item] = items(tmp_path / "f.json")
    assert (item.value, item.replaced) == ({"a": "\ufffd\ufffd", "b": "😅"}, 2)


def test_the_keys_of_the_first_object_are_seen_however_far_the_head_goes() -> None:
    head = (
        '[{"id": 1, "data": {"text": "a, \\"b\\": {"}, "annotations": [{"result": [{"value": {"x": 1}}]}]}, {"no": 1}]'
    )
    assert keys_of(head) == {
        "id", "data", "data.text", "annotations", "annotations.result", "annotations.result.value",
    }  # fmt: skip
    assert keys_of(head[:40]) == {"id", "data", "data.text"}
    assert keys_of("Anna, Ben") == keys_of("") == frozenset()


@pytest.mark.parametrize(
    ("head", "keys"),
    [
        ('{"text": "a", "n": 1, "s": ["b", {"c": 2}]} {"d": 1}', {"text", "n", "s", "s.c"}),
        ('\ufeff [{"a" : {"b": {"c": {"d": 1}}}}, {"e": 1}]', {"a", "a.b", "a.b.c"}),
        ('{"a": "{\\"b\\": [1, 2]}, ", "c": ["d", "e"], "f": ""}', {"a", "c", "f"}),
        ('{"text": "It goes on, \\"said\\": {\\"he\\": 1}, and', {"text"}),
        ('{"a\\\\": 1, "b": 2}', {"a\\\\", "b"}),
        ('"text": 1', set()),
        ("", set()),
    ],
)
def test_the_keys_of_the_first_object(head: str, keys: set[str]) -> None:
    assert keys_of(head) == keys

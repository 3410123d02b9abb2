"""fastText: a line for each article, as fastText itself splits it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubricator import formats
from rubricator.errors import UserError
from rubricator.formats.base import Header, ReadOptions, Record, WriteOptions
from rubricator.formats.topics.fasttext import FORMAT
from rubricator.model.spans import TopicTag
from rubricator.words import say

from . import make


def split(line: str) -> tuple[list[str], list[str]]:
    """Return labels and words as fastText finds them: whatever begins like a label is one, wherever it stands."""
    tokens = [token for token in line.split(" ") if token]
    return [t for t in tokens if t.startswith("__label__")], [t for t in tokens if not t.startswith("__label__")]


def write(tmp_path: Path, *records: Record) -> list[str]:
    out = tmp_path / "out.ft"
    FORMAT.write(Header(), records, out, WriteOptions())
    assert list(FORMAT.found(out, WriteOptions())) == [FORMAT.expected(record, WriteOptions()) for record in records]
    return out.read_text("utf-8").split("\n")[:-1]


def read(tmp_path: Path, data: bytes, name: str = "a.txt") -> list[Record]:
    (tmp_path / name).write_bytes(data)
    return [x for x in FORMAT.read(tmp_path / name, ReadOptions()) if isinstance(x, Record)]


def tags(*codes: str) -> tuple[TopicTag, ...]:
    return tuple(TopicTag("", "", "", code) for code in codes)


def test_fasttext_splits_what_is_written(tmp_path: Path) -> None:
    text = "Two\nlines __label__x\t😅\u00a0ليلى ."
    record = make.record(text, topics=tags("medtop:1", "a topic", "a_topic"), title="T")
    line, other = write(tmp_path, record, Record("Nothing."))
    assert split(line) == (
        ["__label__medtop:1", "__label__a_topic"],
        ["Two", "lines", "__", "label__x", "😅", "ليلى", "."],
    )
    assert other == "Nothing."
    said = {loss.kind: loss.where for loss in FORMAT.losses(Header(), [record], WriteOptions())}
    assert said == {"label": ("T: a topic", "T: a_topic"), "article": (), "spaces": ("T",)}


def test_the_samples_are_golden(tmp_path: Path) -> None:
    write(tmp_path, *make.one_layer(make.samples()[1]))
    make.same_as_golden(tmp_path / "out.ft", "samples.ft")


def test_lines_are_articles(tmp_path: Path) -> None:
    data = "\ufeff__label__a __label__b Ruth won.\r\n\n__label__a __label__a\tليلى 😅\nNo topic."
    found = read(tmp_path, data.encode())
    assert [record.text for record in found] == ["Ruth won.", "ليلى 😅", "No topic."]
    assert [[tag.topic for x in record.layers for tag in x.topics] for record in found] == [["a", "b"], ["a"], []]
    assert [record.where for record in found] == ["a.txt, line 1", "a.txt, line 3", "a.txt, line 4"]
    assert found[1].cases == (("twice", "a.txt, line 3"),)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "a.txt is empty."),
        (b"__label__a\n", "a.txt, line 1: there are no words."),
        (b"__label__a x\n__label__b \xff\n", "a.txt, line 2: not utf-8 text."),
        (b"__label__a " + b"x" * (65 << 20), "a.txt, line 1: the line is longer than 64 MB."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, data)
    assert words in say(caught.value.text)


def test_a_text_file_is_taken_for_it_by_its_first_label_only(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("__label__a Ruth won.\n")
    (tmp_path / "b.txt").write_text("Ruth won.\n")
    assert [formats.guess(tmp_path / name) for name in ("a.txt", "b.txt")] == ["fasttext", "text"]

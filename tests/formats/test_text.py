"""Plain text: encodings, line breaks, the anatomy, and files that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubricator.errors import UserError
from rubricator.formats import files
from rubricator.formats.base import ReadOptions, Record
from rubricator.formats.text import FORMAT
from rubricator.words import say
from rubricator_resources import path

from . import make


def read(source: Path, encoding: str = "") -> Record:
    (found,) = FORMAT.read(source, ReadOptions(encoding))
    assert isinstance(found, Record)
    return found


def read_bytes(tmp_path: Path, data: bytes, encoding: str = "") -> Record:
    (tmp_path / "a.txt").write_bytes(data)
    return read(tmp_path / "a.txt", encoding)


def test_the_samples_have_the_anatomy_that_their_jsonl_says() -> None:
    for name, record in zip(("harbour-ministers", "night-ferry", "academy-president"), make.samples()[1], strict=True):
        found = read(path(f"samples/{name}.txt"))
        assert (found.text, found.title, found.zones) == (record.text, record.title, record.zones)
        assert found.meta == {key: value for key, value in record.meta.items() if key != "language"}
        assert (found.id, found.where, found.notes) == ("", f"{name}.txt", ())


def test_the_seed(corpora: Path) -> None:
    source = corpora / "seed" / "turkmenistan-cis.txt"
    found = read(source)
    assert found.text == source.read_text(encoding="utf-8")
    assert found.title
    assert {"byline", "published", "source", "dateline"} <= found.meta.keys()
    assert "S.\n\nLebedev" in found.text


@pytest.mark.parametrize(
    ("data", "text", "notes"),
    [
        (b"A\r\nB\rC\n", "A\nB\nC\n", ["2 line breaks became plain ones"]),
        (b"\xef\xbb\xbfA", "A", []),
        ("\ufeffAé".encode("utf-16-le"), "Aé", []),
        ("\ufeffAé".encode("utf-32-be"), "Aé", []),
        (b"A\x0cB", "A\ufffdB", ["1 forbidden character became U+FFFD"]),
        ("A\u2028B\u00a0C\u0085D".encode(), "A\u2028B\u00a0C\u0085D", []),
    ],
)
def test_what_was_changed_is_told(tmp_path: Path, data: bytes, text: str, notes: list[str]) -> None:
    found = read_bytes(tmp_path, data)
    assert (found.text, [say(note) for note in found.notes]) == (text, notes)


def test_an_encoding_is_taken_or_guessed_and_then_told(tmp_path: Path) -> None:
    words = "Le café à la gare de Besançon était fermé. « Déjà ? » demanda l’élève, très étonné. " * 5
    data = words.replace("’", "'").encode("windows-1252")
    assert read_bytes(tmp_path, data, "windows-1252").text == words.replace("’", "'")
    found = read_bytes(tmp_path, data)
    assert "café" in found.text
    assert say(found.notes[0]).startswith("the encoding was guessed: ")


@pytest.mark.parametrize(
    ("data", "encoding", "words"),
    [
        (b"", "", "a.txt is empty"),
        (b" \n\t\n", "", "a.txt is empty"),
        (b"\xef\xbb\xbf", "", "a.txt is empty"),
        (b"\x7fELF\x02\x01" + bytes(200), "", "a.txt is not a text file"),
        (b"A\nB\n\xff\xfeC", "utf-8", "a.txt, line 3: not utf-8 text"),
        (b"A", "klingon", "no encoding called “klingon”"),
        (b"A", "rot13", "no encoding called “rot13”"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, encoding: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read_bytes(tmp_path, data, encoding)


def test_too_large_and_missing_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="b.txt cannot be read: there is no such file"):  # noqa: RUF043
        read(tmp_path / "b.txt")
    monkeypatch.setattr(files, "LINE_MOST", 1 << 20)
    with pytest.raises(UserError, match="a.txt is larger than 1 MB"):  # noqa: RUF043
        read_bytes(tmp_path, b"a" * ((1 << 20) + 1))

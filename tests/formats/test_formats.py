"""The table of formats: what it says is true, and nothing is loaded before it is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from rubricator import formats
from rubricator.errors import UserError
from rubricator.formats import FORMATS, Spec, format_for, guess, reader, spec, writer


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.key)
def test_the_table_says_what_the_format_says(known: object) -> None:
    assert known in FORMATS
    found = format_for(known.key)  # type: ignore[attr-defined]
    assert hasattr(found, "read") is known.reads  # type: ignore[attr-defined]
    assert hasattr(found, "write") is known.writes  # type: ignore[attr-defined]


def test_unknown_formats_are_refused_with_the_known_ones() -> None:
    with pytest.raises(UserError, match="no format called “docx”") as caught:
        format_for("docx")
    assert "jsonl, " in str(caught.value)
    assert spec("jsonl").writes
    assert reader("text") is format_for("text")


def test_a_format_that_goes_one_way_only_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "FORMATS", (Spec("odd", "Odd format", (".odd",), "text"),))
    with pytest.raises(UserError, match="does not write Odd format"):
        writer("odd")
    with pytest.raises(UserError, match="does not read Odd format"):
        reader("odd")


def test_a_format_is_guessed_by_the_suffix_and_the_first_lines(tmp_path: Path) -> None:
    for name, text, key in (
        ("B.TXT", "Anna Berg left.\n", "text"),
        ("c.txt", "-DOCSTART- -X- O O\n\nAnna NNP - I-PER\nleft VBD - O\n", "conll"),
        ("d.txt", "I O\nU B\n", "text"),
        ("b.jsonl", '{"text": "Anna met Ben."}\n', "jsonl"),
    ):
        (tmp_path / name).write_text(text)
        assert guess(tmp_path / name) == key
    for name in ("c.docx", "folder", ".txt"):
        with pytest.raises(UserError, match="--format"):
            guess(Path(name))


def test_nothing_is_loaded_before_it_is_asked_for() -> None:
    code = "import sys, rubricator.formats; print([m for m in sys.modules if m.startswith(('rubricator.formats.', 'rubricator.model', 'spacy', 'regex'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("name", "key", "other"),
    [
        ("a.jsonl", "conll", "Rubricator JSONL"),
        ("a.XML", "conll", "UIMA CAS XMI"),
        ("a.jsonl", "prodigy", ""),
        ("a.NDJSON", "jsonl", ""),
        ("a.tsv", "conll", ""),
        ("a.v4_gold_conll", "jsonl", ""),  # nothing is written that ends so
        ("a.final", "conll", ""),
        ("a", "conll", ""),
    ],
)
def test_a_file_does_not_end_like_those_of_another_format(name: str, key: str, other: str) -> None:
    if not other:
        formats.check_ending(Path("jsonl", name), key)
        return
    with pytest.raises(UserError, match=f"ends like {other}, but CoNLL columns is chosen"):
        formats.check_ending(Path("conll", name), key)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("news.bdocjs.gz", "news.jsonl"),
        ("news.v2.BDOCJS.GZ", "news.v2.jsonl"),
        ("İ.v2.conll", "İ.v2.jsonl"),  # in small letters it is longer
        ("news.other", "news.jsonl"),
        ("news", "news.jsonl"),
    ],
)
def test_all_of_an_ending_is_replaced(name: str, other: str) -> None:
    assert formats.with_ending(Path("out.d", name), ".jsonl") == Path("out.d", other)

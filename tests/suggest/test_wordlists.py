"""Word lists: each way to write one, and errors that name file and line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.errors import UserError
from rubricator.model.folding import fold
from rubricator.suggest.wordlists import LETTERS_MOST, WordList, label_words, read_word_list

from ..making import news


def read(source: str, where: str = "names.txt", label: str = "ORG", **more: object) -> list[tuple[str, str]]:
    made = read_word_list(source.encode(), where, label=label, **more)  # type: ignore[arg-type]
    return [(name.words, name.label) for name in made.names]


@pytest.mark.parametrize(
    ("source", "where", "wanted"),
    [
        ("CIS\nCSTO\n", "a.txt", "CIS=ORG CSTO=ORG"),
        ("# states\n\nArmenia\tCOUNTRY\nCIS", "a.txt", "Armenia=COUNTRY CIS=ORG"),
        ("COUNTRY: Armenia\n  CIS  ", "a.txt", "Armenia=COUNTRY CIS=ORG"),
        ("\ufeffArmenia\r\nBelarus\r\n", "a.txt", "Armenia=ORG Belarus=ORG"),
        ("name,label\nArmenia,COUNTRY\nCIS,\n", "a.csv", "Armenia=COUNTRY CIS=ORG"),
        ("Label;Name;Note\nCOUNTRY;Armenia;x\n", "a.csv", "Armenia=COUNTRY"),
        ("# made by hand\nname\nCIS\n\n", "a.csv", "CIS=ORG"),
        ("name\ttype\nArmenia\tCOUNTRY\n", "a.tsv", "Armenia=COUNTRY"),
        ('name\n"Armenia"\n', "A.CSV", "Armenia=ORG"),
        ("", "a.txt", ""),
        ("", "a.csv", ""),
    ],
)
def test_ways_to_write_one(source: str, where: str, wanted: str) -> None:
    assert " ".join(f"{words}={label}" for words, label in read(source, where)) == wanted


def test_a_colon_is_no_label_unless_it_looks_like_one_or_is_known() -> None:
    assert read("Star Wars: A New Hope") == [("Star Wars: A New Hope", "ORG")]
    known = label_words(news())
    assert read("Country: Armenia\nOrganization: CIS\nNASA: A History", labels=known, label="WORK") == [
        ("Armenia", "COUNTRY"),
        ("CIS", "ORGANIZATION"),
        ("NASA: A History", "WORK"),
    ]


def test_duplicates_are_counted_and_a_second_label_is_none() -> None:
    made = read_word_list(b"CIS\ncis\nC I S\nCIS\tLOC\n CIS ", "a/b/my names.txt", label="ORG")
    assert [(name.words, name.label, name.where) for name in made.names] == [
        ("CIS", "ORG", "my names.txt"),
        ("C I S", "ORG", "my names.txt"),
        ("CIS", "LOC", "my names.txt"),
    ]
    assert made.duplicates == 2


def test_encodings() -> None:
    made = read_word_list("Zürich\nMünchen\nKöln\n".encode("windows-1252"), "a.txt", label="CITY")
    assert [name.words for name in made.names] == ["Zürich", "München", "Köln"]
    assert made.guessed
    assert read_word_list("Zürich".encode("utf-16"), "a.txt", label="CITY").names[0].words == "Zürich"
    assert read_word_list("Орёл".encode("koi8-r"), "a.txt", label="CITY", encoding="koi8-r").names[0].words == "Орёл"


@pytest.mark.parametrize(
    ("source", "where", "label", "why"),
    [
        (b"CIS\n\nArmenia\tNATION\n", "a.txt", "ORG", "a.txt, line 3: the scheme has no label “NATION”"),
        (b"name,label\nCIS,NATION\n", "a.csv", "ORG", "a.csv, line 2: the scheme has no label “NATION”"),
        (b"CIS\n", "a.txt", "", "a.txt, line 1: “CIS” has no label"),
        (b"CIS\n" + b"x" * (LETTERS_MOST + 1), "a.txt", "ORG", "a.txt, line 2: .* too long"),
        (b"CIS\n" + b"x " * 60, "a.txt", "ORG", "a.txt, line 2: .* too long"),
        (b"first,second\nCIS,x\n", "a.csv", "ORG", "a.csv, line 1: no column"),
        (b'name\n"CIS\n', "a.csv", "ORG", "a.csv, line .: not a table"),
        (b'name\n"CIS"x\n', "a.csv", "ORG", "a.csv, line 2: not a table"),
        (b"%PDF-1.7", "a.txt", "ORG", "a.txt is not a text file"),
        (b"PK\x03\x04", "a.csv", "ORG", "a.csv is not a text file"),
    ],
)
def test_errors_name_file_and_line(source: bytes, where: str, label: str, why: str) -> None:
    known = label_words(news()) | {"org": "ORGANIZATION"}
    with pytest.raises(UserError, match=why):
        read_word_list(source, where, label=label, labels=known)


@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a.csv", "a.tsv"]))
def test_any_bytes_are_read_or_refused_with_words(data: bytes, where: str) -> None:
    try:
        made = read_word_list(data, where, label="ORG")
    except UserError:
        return
    assert isinstance(made, WordList)
    assert all(name.words == " ".join(name.words.split()) != "" and name.label for name in made.names)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=12)))
def test_what_is_written_line_by_line_is_read(lines: list[str]) -> None:
    named = [line for line in lines if line.strip() and not line.strip().startswith("#") and ":" not in line]
    made = read_word_list("\n".join(["CIS", *named]).encode("utf-8"), "a.txt", label="ORG", encoding="utf-8")
    assert {fold(name.words) for name in made.names} == {fold(line) for line in ["CIS", *named]}
    assert len(made.names) + made.duplicates == len(named) + 1

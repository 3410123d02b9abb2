"""CoNLL read: every way that tags are written in, what is made of the lines, real corpora, and bad files in words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.formats import recognised
from rubricator.formats.base import ReadOptions, Record
from rubricator.formats.brat import format as brat
from rubricator.formats.conll.format import FORMAT
from rubricator.model.scheme import Scheme
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say


def read_file(path: Path, encoding: str = "") -> list[Record]:
    return [x for x in FORMAT.read(path, ReadOptions(encoding)) if isinstance(x, Record)]


def read(folder: Path, text: str | bytes) -> list[Record]:
    path = folder / "a.conll"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_file(path)


def told(record: Record) -> list[tuple[str, str]]:
    return [(a.label, a.quote) for a in record.layers[0].annotations]


def column(words: str, tags: str) -> str:
    return "".join(f"{word} {tag}\n" for word, tag in zip(words.split(), tags.split(), strict=True))


WORDS = "Anna Berg Karim of the Port Board"
SPANS = [("P", "Anna Berg"), ("P", "Karim"), ("ORG", "Port Board")]


@pytest.mark.parametrize(
    ("tags", "cases"),
    [
        ("B-P I-P B-P O O B-ORG I-ORG", []),
        ("I-P I-P B-P O O I-ORG I-ORG", [("iob1", "a.conll: IOB1")]),
        ("B-P E-P S-P O O B-ORG E-ORG", []),
        ("B-P L-P U-P O O B-ORG L-ORG", []),
        ("B-P E-P W-P O O B-ORG E-ORG", []),
        ("B-P I-P B-P O O I-ORG I-ORG", [("tags", "a.conll, line 6: I-ORG “Port”")]),
        ("B-P I-P S-P O O B-ORG E-ORG", [("ends", "a.conll, line 3: S-P “Karim”")]),
        ("B-P E-P S-P O O B-ORG I-ORG", [("ends", "a.conll, line 1: “Board”")]),
        ("B-P E-P B-P B-ORG E-ORG B-ORG E-ORG", [("ends", "a.conll, line 4: B-ORG “of”")]),
    ],
)
def test_taggings_are_told_apart_by_the_whole_file(tmp_path: Path, tags: str, cases: list[tuple[str, str]]) -> None:
    [record] = read(tmp_path, column(WORDS, tags))
    assert told(record)[0:2] == SPANS[0:2]
    assert told(record)[-1] == SPANS[-1]
    assert [*record.cases] == cases


def test_labels_alone_are_read_where_they_are_asked_for(tmp_path: Path) -> None:
    """As Stanford's tagger writes them: neighbours of one label cannot be told apart."""
    [record] = read(tmp_path, "Anna\tPERSON\nBerg\tPERSON\nleft\tO\nVelis\tCITY\n.\tO\nShe\tO\nslept\tO\n")
    assert told(record) == [("PERSON", "Anna Berg"), ("CITY", "Velis")]
    assert record.cases == (("iob1", "a.conll: IO"),)
    assert recognised(tmp_path / "a.conll") is None


def test_columns_as_in_conll_2003(tmp_path: Path) -> None:
    text = (
        "-DOCSTART- -X- -X- O\n\nEU NNP I-NP I-ORG\nrejects VBZ I-VP O\n\n \t\nPeter NNP I-NP I-PER\n"
        "-DOCSTART- -X- -X- O\n\n-DOCSTART- (2 Rail) -X- O\n\nTrains NNS I-NP O\n\n-DOCSTART- -X- O O\n"
    )
    first, second = read(tmp_path, text)
    assert first.text == "EU rejects\nPeter"
    assert told(first) == [("ORG", "EU"), ("PER", "Peter")]
    assert second.title == "2 Rail"
    assert first.cases == (("column", "a.conll: 2"), ("column", "a.conll: 3"), ("iob1", "a.conll: IO"))
    assert second.cases == (("blank", "a.conll, line 8"),)


def test_levels_of_nested_names_with_an_index_before_the_word(tmp_path: Path) -> None:
    text = "#\thttp://example.org/1 [2009]\n1\tPort\tB-ORG\tB-LOC\n2\tVelis\tI-ORG\tO\n\n1\t#\tO\tO\n"
    [record] = read(tmp_path, text)
    assert record.text == "Port Velis\n#"
    assert told(record) == [("ORG", "Port Velis"), ("LOC", "Port")]
    assert record.cases == (("remark", "a.conll, line 1: #\thttp://example.org/1 [2009]"),)


def test_comments_begin_articles_or_are_told(tmp_path: Path) -> None:
    text = "# newdoc id = one\n# sent_id = 1\nAnna B-P\n# O\n\n# newdoc id = two\nBen B-P\n"
    one, two = read(tmp_path, text)
    assert [(one.title, one.text), (two.title, two.text)] == [("one", "Anna #"), ("two", "Ben")]
    assert one.cases == (("remark", "a.conll, line 2: # sent_id = 1"),)


def test_tags_may_stand_first_and_words_may_hold_spaces(tmp_path: Path) -> None:
    [record] = read(tmp_path, "O\tin\nB-LOC\tPort Velis\nI-LOC\tB\n")
    assert record.text == "in Port Velis B"
    assert told(record) == [("LOC", "Port Velis B")]


def test_no_space_stands_where_the_file_says_so(tmp_path: Path) -> None:
    [record] = read(tmp_path, "Velis\tB-LOC\tSpaceAfter=No\n,\tO\t_\nno\tO\tNoSpaceAfter|X=1\n.\tO\t_\n")
    assert record.text == "Velis, no."
    assert [case for case in record.cases if case[0] != "column"] == []


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_marks_and_writing_systems(tmp_path: Path, mark: bytes) -> None:
    text = "😅 O\r\nמרים B-P\r\n10\u00a0000 O\r\ne\u0301\u2028x B-X\r\n \r\n\u0301 B-M\r\n"
    [record] = read(tmp_path, mark + text.encode())
    assert record.text == "😅 מרים 10\u00a0000 e\u0301\u2028x\n\u0301"
    assert told(record) == [("P", "מרים"), ("X", "e\u0301\u2028x"), ("M", "\u0301")]


def test_other_encodings_are_guessed_asked_for_or_marked(tmp_path: Path) -> None:
    text = column(
        "München liegt an der Isar . Die Straßen führen über Brücken nach Schwabing .",
        "B-L O O O B-L O O O O O O O B-L O",
    )
    path = tmp_path / "a.conll"
    path.write_bytes(text.encode("utf-16"))
    assert ("L", "München") in told(read_file(path)[0])
    path.write_bytes(text.encode("windows-1252"))
    assert ("L", "München") in told(read_file(path, "windows-1252")[0])
    [guessed] = read_file(path)
    assert [say(note) for note in guessed.notes] != []
    with pytest.raises(UserError, match=r"a\.conll, line 1: not utf-8 text"):
        read_file(path, "utf-8")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "a.conll holds no words."),
        ("\n \n", "a.conll holds no words."),
        ("-DOCSTART- O\n\n", "a.conll holds no words."),
        ("Anna B-P\nBerg\n", "a.conll, line 2: the number of columns is 1, and 2 in the lines before."),
        ("Anna B-P\n\n\nNew York I-P\n", "a.conll, line 4: the number of columns is 3"),
        ("Anna B-P\nleft O\nBerg X-P\n", "a.conll, line 3: “X-P” is no tag."),
        ("Anna B-P\nleft O\nBerg B-\n", "a.conll, line 3: “B-” is no tag."),
        ("Anna NNP\nleft VBD\nBerg NNP\n", "a.conll: none of its columns holds tags."),
        ("1\tAnna\tAnna\tNN\tNN\t_\t2\tSB\t_\t_\n", "a.conll: none of its columns holds tags."),
        ("just some words\nof an article now\n", "a.conll, line 2: the number of columns is 4"),
        ("\x00\x01\x02 \x00", "a.conll: none of its columns holds tags."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, text)
    assert words in say(caught.value.text)


def test_a_line_without_end_is_refused_unread(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"a\.conll, line 2: the line is longer than 1 MB"):
        read(tmp_path, b"a O\n" + b"x" * (3 << 20))


@pytest.mark.parametrize(
    "text", ["Anna left.\n", "1-1\t0-4\tAnna\tB-P\n", "# begin document x\n0\tAnna\t(1)\n", "a\tNN\nb\tO\n"]
)
def test_other_files_are_not_taken_for_columns(text: str) -> None:
    assert not FORMAT.recognises(text)


def counted(path: Path, tagging: str, tag: int, tabs: bool) -> Counter[str]:
    """Count the spans by label as seqeval finds them in one column of the raw lines."""
    from seqeval.scheme import IOB1, IOB2, Entities

    sentences: list[list[str]] = [[]]
    for line in path.read_text("utf-8").split("\n"):
        cells = line.split("\t" if tabs else None)
        if not line.strip() or cells[0] == "-DOCSTART-":
            sentences.append([])
        else:
            sentences[-1].append(cells[tag])
    found = Entities([s for s in sentences if s], IOB1 if tagging == "IOB1" else IOB2).entities
    return Counter(entity.tag for sentence in found for entity in sentence)


WIKIGOLD = "wikigold-secfilings-conll/data/wikigold/CONLL-format/data/wikigold.conll.txt"
SEC = "wikigold-secfilings-conll/data/SEC-filings/CONLL-format/data"
LITBANK = "brat-litbank-nested/entities"


@pytest.mark.parametrize(
    ("name", "tagging", "tabs", "articles"),
    [
        (WIKIGOLD, "IOB1", False, 145),
        (f"{SEC}/train/FIN5.txt", "IOB1", False, 5),
        (f"{SEC}/test/FIN3.txt", "IOB1", False, 3),
        ("wnut17-emoji/emerging.dev.conll", "IOB2", True, 1),
    ],
)
def test_real_corpora_come_in_whole_and_twice_is_once(
    corpora: Path, tmp_path: Path, name: str, tagging: str, tabs: bool, articles: int
) -> None:
    expected = counted(corpora / name, tagging, -1, tabs)
    options = ImportOptions(new_labels="add", annotator="gold")
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme(), provisional=["scheme"]) as project:
        report, _ = import_files(project, [corpora / name], options)
        assert report.found == expected
        assert (report.articles, report.annotations) == (articles, expected.total())
        assert not report.of("refused")
        assert [finding for finding in project.check(full=True) if finding.damage] == []
        sizes = project.rows.sizes()
        import_files(project, [corpora / name], options)
        assert project.rows.sizes() == sizes


@pytest.mark.parametrize("stem", ["1064_the_masque_of_the_red_death", "1245_night_and_day", "120_treasure_island"])
def test_layered_columns_say_what_the_standoff_beside_them_says(corpora: Path, stem: str) -> None:
    [columns] = read_file(corpora / LITBANK / f"tsv/{stem}_brat.tsv")
    *_, standoff = brat.FORMAT.read(corpora / LITBANK / f"brat/{stem}_brat.ann", ReadOptions())
    assert isinstance(standoff, Record)
    assert columns.text == standoff.text.rstrip("\n")

    def spans(record: Record) -> Counter[tuple[str, int, int]]:
        return Counter((a.label, a.span.start, a.span.end) for a in record.layers[0].annotations)

    assert spans(columns) == spans(standoff)


def test_what_is_not_ours_is_left_alone(corpora: Path) -> None:
    for path in [
        *(corpora / "inception-curation-cases").rglob("*.conll"),
        *(corpora / "gum-news/coref").rglob("*.tsv"),
    ]:
        known = recognised(path)
        assert known is None or known.key == "webanno"

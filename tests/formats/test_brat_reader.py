"""brat read: every kind of line, the names its configuration declares, and what is wrong with files in words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.formats.base import Header, ReadOptions, Record
from rubricator.formats.brat.format import FORMAT
from rubricator.model.scheme import Scheme
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say

TEXT = "Anna Berg of the Port Board met Karim 😅 Odell in Arvenia.\nShe left.\n"


def read(folder: Path, *lines: str, text: str = TEXT, unit: str = "codepoint") -> tuple[list[Header], Record]:
    (folder / "a.txt").write_bytes(text.encode())
    (folder / "a.ann").write_bytes("".join(f"{line}\n" for line in lines).encode())
    *headers, record = FORMAT.read(folder / "a.ann", ReadOptions(unit=unit))  # type: ignore[arg-type]
    assert isinstance(record, Record)
    return [header for header in headers if isinstance(header, Header)], record


def told(record: Record) -> list[tuple[str, str]]:
    return [(a.label, a.quote) for a in record.layers[0].annotations]


def test_every_kind_of_line(tmp_path: Path) -> None:
    headers, record = read(
        tmp_path,
        "T1\tPerson 0 9\tAnna Berg",
        "T2\tOrg 17 27\tPort Board",
        "R1\tEmployed Arg1:T1 Arg2:T2",
        "T3\tMeeting 28 31\tmet",
        "E1\tMeeting:T3 Who:T1 Who2:T4",
        "T4\tPerson 32 37;40 45\tKarim Odell",
        "A1\tSure E1",
        "A2\tGender T1 f",
        "N1\tReference T1 wikidata:Q7\tAnna Berg",
        "T5\tPronoun 58 61\tShe",
        "*\tEquiv T1 T5",
        "#1\tAnnotatorNotes T4\tHas a face in his name.",
        "#2\tLemma T3\tmeet",
        "#3\tAnnotatorNotes R1\tof a relation",
        "X1\tUnheard-of T1",
    )
    assert told(record) == [
        ("Person", "Anna Berg"),
        ("Org", "Port Board"),
        ("Meeting", "met"),
        ("Person", "Karim … Odell"),
        ("Pronoun", "She"),
    ]
    anna, _board, met, karim, she = record.layers[0].annotations
    assert anna.attributes == {"Gender": "f"}
    assert met.attributes == {"Sure": True, "Lemma": "meet"}
    assert karim.note == "Has a face in his name."
    assert anna.entity == she.entity != ""
    [entities] = [header.entities for header in headers if header.entities]
    assert [(e["id"], e["name"], e["kind"], e["external"]) for e in entities] == [
        (anna.entity, "Anna Berg", "Person", "wikidata:Q7")
    ]
    found = [(x["label"], x["from"], x["to"]) for x in record.layers[0].relations]
    assert sorted(found) == [("Employed", "T1", "T2"), ("Who", "T3", "T1"), ("Who", "T3", "T4")]
    assert record.cases == (
        ("unheld", "a.ann, line 14: #3\tAnnotatorNotes R1\tof a relation"),
        ("unheld", "a.ann, line 15: X1\tUnheard-of T1"),
    )


def test_pieces_with_white_space_between_are_joined_and_told(tmp_path: Path) -> None:
    _, record = read(tmp_path, "T1\tPERSON 0 2;4 11\tS. Lebedev", text="S.\n\nLebedev spoke.")
    assert told(record) == [("PERSON", "S.\n\nLebedev")]
    assert record.cases == (("joined", "a.ann, line 1"),)


def test_offsets_in_utf16_are_recognised_by_the_quotes(tmp_path: Path) -> None:
    _, record = read(tmp_path, "T1\tPerson 33 38\tOdell", text="Anna met Karim 😅 and his friend Odell.")
    assert told(record) == [("Person", "Odell")]
    assert record.cases == (("unit", "a.ann: utf16"),)


def test_windows_line_breaks_move_offsets(tmp_path: Path) -> None:
    _, record = read(tmp_path, "T1\tPerson 8 13\tOdell", text="Anna.\r\n\r\nOdell left.".replace("\r\n\r\n", "\r\n\n"))
    assert told(record) == [("Person", "Odell")]
    assert record.text == "Anna.\n\nOdell left."


def test_a_span_of_no_width_is_refused_and_told(tmp_path: Path) -> None:
    _, record = read(tmp_path, "T1\tPerson 5 5\t", "T2\tPerson 0 4\tAnna", "R1\tKnows Arg1:T1 Arg2:T2")
    assert told(record) == [("Person", "Anna")]
    assert record.layers[0].relations == ()
    assert record.cases == (("empty", "a.ann, line 1"), ("end", "a.ann, line 3: Knows"))


def test_a_piece_of_no_width_takes_nothing_of_its_span(tmp_path: Path) -> None:
    _, record = read(tmp_path, "T1\tPerson 0 4;4 4\tAnna")
    assert told(record) == [("Person", "Anna")]
    assert record.cases == (("hollow", "a.ann, line 1"),)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["T1 Person 0 4 Anna"], "a.ann, line 1: there is no tab after the id."),
        (["T1\tPerson 0-4\tAnna"], "a.ann, line 1: a label and its places are needed"),
        (["T1\tPerson 0 4\tBerg"], "a.ann, line 1: it says “Berg”, but the text there says “Anna”."),
        (["T1\tPerson 60 700\tBerg"], "a.ann, line 1: 60 to 700 lies outside the text"),
        (["T1\tPerson 4 0\tAnna"], "a.ann, line 1: 4 to 0 is turned round."),
        (["T1\tPerson 0 999999999999999999999\tAnna"], "a.ann, line 1: a label and its places are needed"),
        (["T1\tPerson 0 4\tAnna", "", "T1\tPerson 0 4\tAnna"], "a.ann, line 3: the id T1 stands in the file twice."),
        (["R1\tKnows Arg1:T1 Arg2:T2"], "a.ann, line 1: it speaks of T1, which is not in the file."),
        (["T1\tPerson 0 4\tAnna", "R1\tKnows Arg1:T1"], "a.ann, line 2: a relation needs two ends"),
        (["T1\tPerson 0 4\tAnna", "E1\tDie"], "a.ann, line 2: an event needs a trigger"),
        (["E1\tDie:T9"], "a.ann, line 1: it speaks of T9, which is not in the file."),
        (["T1\tPerson 0 4\tAnna", "A1\tSure"], "a.ann, line 2: an attribute needs what it is said of"),
        (["T1\tPerson 0 4\tAnna", "N1\tReference T1"], "a.ann, line 2: a normalisation needs a mention and an id"),
        (["T1\tPerson 0 4\tAnna", "R1\t"], "a.ann, line 2: it says nothing."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, lines: list[str], words: str) -> None:
    with pytest.raises(UserError) as told:
        read(tmp_path, *lines)
    assert words in say(told.value.text)


def test_an_ann_file_without_its_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.ann").write_text("T1\tPerson 0 4\tAnna\n")
    with pytest.raises(UserError, match=r"a\.txt should stand beside it"):
        list(FORMAT.read(tmp_path / "a.ann", ReadOptions()))


CONF = """
[entities]
<POG>=Person|Org
!Agent
\tPerson
\tOrg
[relations]
Employed Arg1:Person, Arg2:Org
Employed Arg1:Org, Arg2:Org
Near Arg1:<POG>, Arg2:<POG>, <REL-TYPE>:symmetric-transitive
[events]
Meeting Who{2}:<POG>, Where?:Place
[attributes]
Sure Arg:<EVENT>
Mood Arg:<ANY>, Value:good|bad
"""
VISUAL = "[labels]\nPerson | Natural person | Pers\n[drawing]\nPerson\tbgColor:#ffccaa\nOrg\tbgColor:lightgreen\n"


def test_the_configuration_declares_labels_relations_and_attributes(tmp_path: Path) -> None:
    (tmp_path / "annotation.conf").write_text(CONF)
    (tmp_path / "visual.conf").write_text(VISUAL)
    [header], _ = read(tmp_path, "T1\tPerson 0 4\tAnna")
    scheme = header.scheme
    assert scheme is not None
    labels = [(one.name, one.parent, one.title, one.short, one.colour) for one in scheme.labels]
    assert labels == [
        ("Agent", "", "Agent", "AGEN", ""),
        ("Person", "Agent", "Natural person", "Pers", "#ffccaa"),
        ("Org", "Agent", "Org", "ORG", ""),
        ("Meeting", "", "Meeting", "MEET", ""),
    ]
    assert [(x.name, x.sources, x.targets, x.symmetric) for x in scheme.relations] == [
        ("Employed", ("Person", "Org"), ("Org",), False),
        ("Near", ("Person", "Org"), ("Person", "Org"), True),
        ("Who", ("Meeting",), ("Person", "Org"), False),
        ("Where", ("Meeting",), (), False),
    ]
    assert [(x.name, x.kind, x.values) for x in scheme.attributes] == [
        ("Sure", "flag", ()),
        ("Mood", "choice", ("good", "bad")),
    ]


@pytest.mark.parametrize("name", ["brat-tutorial-news", "brat-tdt/TDT", "brat-litbank-nested/entities/brat"])
def test_real_corpora_come_in_whole_and_twice_is_once(corpora: Path, tmp_path: Path, name: str) -> None:
    folder = corpora / name
    lines = [line for path in folder.rglob("*.ann") for line in path.read_text("utf-8").split("\n") if line]
    options = ImportOptions(new_labels="add", annotator="gold")
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme(), provisional=["scheme"]) as project:
        report, _ = import_files(project, [folder], options)
        kinds = Counter(line[0] for line in lines)
        roles = sum(len(line.split("\t")[1].split()) - 1 for line in lines if line[0] == "E")
        assert report.annotations == kinds["T"]
        assert report.relations == kinds["R"] + roles
        assert not report.of("refused")
        assert len(report.of("unheld")) <= 2
        assert [finding for finding in project.check(full=True) if finding.damage] == []
        sizes = project.rows.sizes()
        again, _ = import_files(project, [folder], options)
        assert again.articles == 0
        assert project.rows.sizes() == sizes

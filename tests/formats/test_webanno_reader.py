"""WebAnno TSV read: what INCEpTION's suite has no case for, what is wrong with files in words, and real corpora."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.verbs.test_gum import NAMES, chained, conll_chains, read_gum

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.formats.base import Header, ReadOptions, Record
from rubricator.formats.webanno.format import FORMAT
from rubricator.model.scheme import Scheme
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say

NE = "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value"
SPAN = "#T_SP=webanno.custom.Span|value"
RELATION = "#T_RL=webanno.custom.Relation|value|BT_webanno.custom.Span"


def read(
    folder: Path, *lines: str, end: str = "\n", name: str = "a.tsv", unit: str = "codepoint"
) -> list[Header | Record]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(f"{line}{end}" for line in ("#FORMAT=WebAnno TSV 3.3", *lines)).encode())
    return list(FORMAT.read(path, ReadOptions(unit=unit)))  # type: ignore[arg-type]


def only(items: list[Header | Record]) -> Record:
    [record] = [item for item in items if isinstance(item, Record)]
    return record


def told(record: Record) -> list[tuple[str, str]]:
    return [(one.label, one.quote) for one in record.layers[0].annotations]


def test_offsets_count_utf16_and_are_recognised_where_they_do_not(tmp_path: Path) -> None:
    head = [SPAN, "", "", "#Text=I 😊 شكرا you"]
    utf16 = read(tmp_path, *head, "1-1\t0-1\tI\t_", "1-2\t2-4\t😊\tE", "1-3\t5-9\tشكرا\t_", "1-4\t10-13\tyou\tP")
    assert told(only(utf16)) == [("E", "😊"), ("P", "you")]
    points = read(tmp_path, *head, "1-1\t0-1\tI\t_", "1-2\t2-3\t😊\tE", "1-3\t4-8\tشكرا\t_", "1-4\t9-12\tyou\tP")
    assert told(only(points)) == [("E", "😊"), ("P", "you")]
    assert only(utf16).cases == ()
    assert only(points).cases == (("unit", "a.tsv: codepoint"),)
    asked = ["1-1\t0-1\tI\t_", "1-2\t2-6\t😊\tE", "1-3\t7-15\tشكرا\t_", "1-4\t16-19\tyou\tP"]
    assert told(only(read(tmp_path, *head, *asked, unit="utf8"))) == [("E", "😊"), ("P", "you")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_windows_line_ends_and_a_mark_at_the_beginning(tmp_path: Path, end: str, mark: bytes) -> None:
    read(tmp_path, SPAN, "", "", "#Text=Anna left", "1-1\t0-4\tAnna\tPER\t", "1-2\t5-9\tleft\t_\t", end=end)
    path = tmp_path / "a.tsv"
    path.write_bytes(mark + path.read_bytes())
    assert formats.guess(path) == "webanno"
    assert told(only(list(FORMAT.read(path, ReadOptions())))) == [("PER", "Anna")]


def test_the_text_between_sentences_is_line_breaks(tmp_path: Path) -> None:
    lines = ["#Text=A b\\tc\\\\d", "1-1\t2-3\tA", "1-2\t4-5\tb", "#Text=Next.", "2-1\t9-13\tNext", "2-2\t13-14\t."]
    record = only(
        read(tmp_path, "", "", *lines[:2], "1-2\t4-9\tb\\tc\\\\d", "", lines[3], "2-1\t11-15\tNext", "2-2\t15-16\t.")
    )
    assert record.text == "  A b\tc\\d\n\nNext."
    close = only(read(tmp_path, "", "", "#Text=One. ", "1-1\t0-4\tOne.", "#Text=Two.", "2-1\t5-9\tTwo."))
    assert close.text == "One. Two."


def test_text_of_old_versions_is_escaped_as_in_java(tmp_path: Path) -> None:
    record = only(read(tmp_path, SPAN, "", "", "#Text=\\ud83d\\ude0a \\u00e9a", "1-1\t0-2\t😊\tE", "1-2\t3-5\téa\tF"))
    assert record.text == "😊 éa"
    assert told(record) == [("E", "😊"), ("F", "éa")]


def test_identifiers_are_entities_notes_are_notes_and_the_rest_attributes(tmp_path: Path) -> None:
    head = NE.replace("|value", "|mood|note|value")
    q64 = "http://www.wikidata.org/entity/Q64"
    items = read(
        tmp_path,
        head,
        "",
        "",
        "#Text=Berlin and Berlin proper",
        f"1-1\t0-6\tBerlin\t{q64}\tgood\\|bad\tSays\\nso\tLOC",
        "1-2\t7-10\tand\t_\t_\t_\t_",
        f"1-3\t11-17\tBerlin\t{q64}[1]\t*[1]\t*[1]\tLOC[1]",
        f"1-4\t18-24\tproper\t{q64}[1]\t*[1]\t*[1]\tLOC[1]",
    )
    record = only(items)
    first, second = record.layers[0].annotations
    assert (first.attributes, first.note) == ({"mood": "good|bad"}, "Says\nso")
    assert first.entity == second.entity
    [header] = [item for item in items if isinstance(item, Header)]
    [entity] = header.entities
    assert entity == {"id": first.entity, "name": "Berlin proper", "kind": "LOC", "external": "wikidata:Q64"}


def test_what_names_nothing_is_named_by_its_layer(tmp_path: Path) -> None:
    head = ["#T_SP=webanno.custom.Mood|polarity|strength", "#T_SP=x.Lemma|value"]
    lemma = head[1].replace("x.", "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.")
    record = only(
        read(
            tmp_path, head[0], lemma, "", "#Text=Anna left", "1-1\t0-4\tAnna\tgood\t3\tanna", "1-2\t5-9\tleft\t_\t_\t_"
        )
    )
    assert {one.label: one.attributes for one in record.layers[0].annotations} == {
        "Mood": {"polarity": "good", "strength": "3"},
        "Lemma": {"value": "anna"},
    }


def test_chains_are_entities_and_their_labels_attributes(tmp_path: Path) -> None:
    head = "#T_CH=de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink|referenceType|referenceRelation"
    lines = ["1-1\t0-4\tAnna\tname[1]\tana->1-1", "1-2\t5-10\tknows\t_\t_"]
    items = read(
        tmp_path, head, "", "", "#Text=Anna knows her own dog", *lines,
        "1-3\t11-14\ther\tpro[1]|whole[2]\t*->1-2|*->2-1", "1-4\t15-18\town\twhole[2]\t*->2-1", "1-5\t19-22\tdog\twhole[2]\t*->2-1",
    )  # fmt: skip
    record = only(items)
    found = {one.quote: one for one in record.layers[0].annotations}
    assert {quote: one.label for quote, one in found.items()} == {"Anna": "name", "her": "pro", "her own dog": "whole"}
    assert found["Anna"].attributes == {"referenceRelation": "ana"}
    assert found["Anna"].entity == found["her"].entity != found["her own dog"].entity
    [header] = [item for item in items if isinstance(item, Header)]
    assert [entity["name"] for entity in header.entities] == ["Anna", "her own dog"]


def test_values_that_quarrel_are_told(tmp_path: Path) -> None:
    record = only(read(tmp_path, SPAN, "", "", "#Text=a b", "1-1\t0-1\ta\tX[1]", "1-2\t2-3\tb\tY[1]"))
    assert told(record) == [("X", "a b")]
    assert record.cases == (("unheld", "a.tsv, line 7: value Y"),)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([SPAN, "", "", "1-1\t0-1\ta\t_"], "a.tsv, line 5: a token stands before the first “#Text=”."),
        ([SPAN, "", "#Text=a", "nothing"], "a.tsv, line 5: a token is needed, as in “1-1⇥0-5⇥Words”."),
        ([SPAN, "", "#Text=a", "1-1\t0-1\ta"], "a.tsv, line 5: it has 0 columns, and 1 are declared."),
        ([SPAN, "", "#Text=a", "1-1\t0-1\tb\t_"], "a.tsv, line 5: it says “b”, but the text there says “a”."),
        ([SPAN, "", "#Text=a", "1-1\t0-9\ta\t_"], "a.tsv, line 5: 0 to 9 lies outside its sentence."),
        ([SPAN, "", "#Text=a", "1-1\t1-0\ta\t_"], "a.tsv, line 5: 1 to 0 is turned round."),
        ([SPAN, "", "#Text=a", "1-1\t0-99999999999999999999\ta\t_"], "a.tsv, line 5: a token is needed"),
        ([SPAN, "", "#Text=a", "1-1\t999999999-999999999\ta\t_"], "a.tsv, line 4: its offsets are larger than any text."),
        ([SPAN, "", "#Text=a", "1-1\t0-1\ta\t_", "1-1\t0-1\ta\t_"], "a.tsv, line 6: the token 1-1 stands in the file twice."),
        ([SPAN, "", "#Text=a", "1-1\t0-1\ta\t_", SPAN], "a.tsv, line 6: a layer is declared after the first token."),
        ([SPAN, "", "#Text=a", "1-2.1\t0-1\ta\t_"], "a.tsv, line 5: it is a part of 1-2, which does not stand before it."),
        ([SPAN, "", "#Text=ab", "1-1\t0-2\tab\t_", "#Text=c", "2-1\t1-2\tc\t_"], "line 6: the sentence begins before the one"),
        (["#T_SP="], "a.tsv, line 2: a layer needs a name."),
        (["#T_RL=x.R|value"], "a.tsv, line 2: a relation needs to say what it is between"),
        (["#T_CH=x.C|referenceType"], "a.tsv, line 2: a chain needs its links"),
        (["#T_SP=x.H|ROLE_x.H:links_x.L"], "a.tsv, line 2: a slot needs to say what fills it."),
        ([SPAN, RELATION, "", "#Text=a", "1-1\t0-1\ta\tX\tr\t7-7"], "line 6: it speaks of the token 7-7, which is not in the file."),
        ([SPAN, RELATION, "", "#Text=a b", "1-1\t0-1\ta\t_\t_\t_", "1-2\t2-3\tb\tX\tr\t1-1"], "line 7: it speaks of an annotation of 1-1"),
        ([SPAN, RELATION, "", "#Text=a", "1-1\t0-1\ta\tX\tr\t_"], "line 6: a relation lacks the token that it comes from."),
        (["#T_CH=x.C|referenceType|referenceRelation", "", "#Text=a", "1-1\t0-1\ta\tX[1]\t*"], "line 5: a link of a chain needs its numbers"),
        (["#T_SP=x.H|ROLE_x.H:l_x.L|x.S", "", "#Text=a", "1-1\t0-1\ta\tp;q\t1-1"], "line 5: it has 2 roles for 1 slots."),
        (["", "#Text= ", "1-1\t0-1\t "], "a.tsv is empty."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, lines: list[str], words: str) -> None:
    with pytest.raises(UserError) as told:
        read(tmp_path, *lines)
    assert words in say(told.value.text)


def test_other_tables_are_not_taken_for_it(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(" # webanno.custom.Opinion | aspect\n#id=1\n1-1\tThe\t_\n")
    with pytest.raises(UserError, match="does not begin like a file of any format"):
        formats.guess(tmp_path / "a.tsv")
    with pytest.raises(UserError, match=r"a\.tsv, line 1: “#FORMAT=WebAnno TSV 3\.3” should stand here"):
        list(FORMAT.read(tmp_path / "a.tsv", ReadOptions()))


@pytest.mark.parametrize(
    "cell", ["|" * 100_000, "\\" * 99_999, "[" * 100_000, "->" * 50_000, "a\\|" * 30_000, "[1]" * 30_000]
)
def test_strange_cells_are_read_in_a_line_of_time(tmp_path: Path, cell: str) -> None:
    assert only(read(tmp_path, SPAN, "", "", "#Text=a", f"1-1\t0-1\ta\t{cell}")).text == "a"


# --- real corpora -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_gum_is_what_another_reader_finds(name: str, corpora: Path) -> None:
    path = corpora / "gum-news" / "coref" / "gum" / "tsv" / f"{name}.tsv"
    gold, record = read_gum(path), only(list(FORMAT.read(path, ReadOptions())))
    assert len(record.text) == len(gold.text.rstrip("\n"))
    assert record.text.split() == gold.text.split()
    place = {one.id: (one.start, one.end, one.label) for one in record.layers[0].annotations}
    kept = ("infstat", "salience", "centering")
    found = {
        (place[one.id], tuple((key, one.attributes[key]) for key in kept if key in one.attributes), one.attributes.get("identity", ""))
        for one in record.layers[0].annotations
    }  # fmt: skip
    assert found == {tuple(mention) for mention in gold.mentions}
    # In WebAnno an arc goes from the token that the cell names to the one whose line it is in: the other way round.
    edges = {(place[one["to"]], place[one["from"]], one["label"]) for one in record.layers[0].relations}
    assert edges == gold.edges
    chains = chained(place.values(), edges)
    assert chains == gold.chains
    referee = conll_chains(corpora / "gum-news" / "coref" / "gum" / "conll" / f"{name}.conll", gold.tokens)
    assert {frozenset(one[:2] for one in chain) for chain in chains} == referee


def test_importing_twice_adds_nothing(tmp_path: Path, corpora: Path) -> None:
    folder = corpora / "gum-news" / "coref" / "gum" / "tsv"
    options = ImportOptions(new_labels="add")
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme()) as project:
        report, _ = import_files(project, [folder], options)
        raw = sum(len(set(_numbers(path))) for path in folder.glob("*.tsv"))
        assert (report.articles, report.annotations) == (7, raw)
        again, _ = import_files(project, [folder], options)
        assert (again.known, again.articles) == (7, 0)
        assert list(project.check(full=True)) == []
        assert sum(len(project.annotations(row.id)) for row in project.rows.articles()) == raw


def _numbers(path: Path) -> list[str]:
    """Count annotations in the raw file: each has a number, or stands alone on its token."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) > 3 and cells[0][:1].isdigit() and cells[3] != "_":
            found += [
                part.rpartition("[")[2] if part.endswith("]") else f"at {cells[0]}" for part in cells[3].split("|")
            ]
    return found


def test_every_file_of_the_corpora_comes_in(tmp_path: Path, corpora: Path) -> None:
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme()) as project:
        paths = [
            path
            for folder in ("gum-news", "webanno-tsv3", "inception-curation-cases")
            for path in sorted((corpora / folder).rglob("*.tsv"))
            if path.read_text(encoding="utf-8").startswith("#FORMAT=WebAnno TSV 3")
        ]
        assert len(paths) > 100
        report, _ = import_files(project, paths, ImportOptions(new_labels="add"))
        assert report.articles + report.repeated == len(paths)
        assert not [finding for finding in project.check(full=True) if finding.damage]

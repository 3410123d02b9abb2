"""Topics as CSV: read by Python's csv, word for word."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.formats.base import Header, LayerRecord, Person, ReadOptions, Record, WriteOptions
from rubricator.formats.losing import grave
from rubricator.formats.topics.csv import FORMAT
from rubricator.model.scheme import Scheme, Topic
from rubricator.model.spans import TopicTag
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say
from rubricator_resources import path

from . import make

OPTIONS = WriteOptions()


def write(
    tmp_path: Path, *records: Record, header: Header | None = None, options: WriteOptions = OPTIONS
) -> list[dict[str, str]]:
    out = tmp_path / "out.csv"
    FORMAT.write(header or Header(), records, out, options)
    assert list(FORMAT.found(out, options)) == [FORMAT.expected(record, options) for record in records]
    with out.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read(path: Path) -> list[Record]:
    return [item for item in FORMAT.read(path, ReadOptions()) if isinstance(item, Record)]


def table(tmp_path: Path, text: str, encoding: str = "utf-8") -> tuple[list[Header], list[Record]]:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    items = list(FORMAT.read(path, ReadOptions()))
    return [x for x in items if isinstance(x, Header)], [x for x in items if isinstance(x, Record)]


def layer(*topics: str, annotator: str = "1", status: str = "done") -> LayerRecord:
    return LayerRecord(annotator, status=status, topics=tuple(TopicTag("", "", "", topic) for topic in topics))


def test_the_samples_are_written_as_ever(tmp_path: Path) -> None:
    header, records = make.samples()
    write(tmp_path, *records, header=replace(header, scheme=Scheme(topics=make.TOPICS)))
    make.same_as_golden(tmp_path / "out.csv", "samples.topics.csv")


def test_a_line_for_each_topic_of_each_annotator(tmp_path: Path) -> None:
    scheme = Scheme(topics=(Topic("t:1", "politics"), Topic("t:2", "diplomacy", parent="t:1")))
    header = Header(scheme=scheme, people=(Person("1", "anna"), Person("2", "ben")))
    layers = (layer("t:2", "t:9"), layer(annotator="2"))
    rows = write(tmp_path, Record("Text", "a", "One", layers=layers), Record("Text", "b", "Two"), header=header)
    assert [tuple(row.values()) for row in rows] == [
        ("1", "a", "One", "anna", "done", "t:2", "politics > diplomacy"),
        ("1", "a", "One", "anna", "done", "t:9", "t:9"),
        ("1", "a", "One", "ben", "done", "", ""),
        ("2", "b", "Two", "", "", "", ""),
    ]


TITLES = ["=1+1", "+1", "-1", "@x", "'=1", "''@", "'x", 'a "b", c', "two\nlines", "\ttab", "\rcr", "😅 ليلى", " ", "x" * 200_000]  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_words_are_not_changed_where_formulas_are_kept(tmp_path: Path, title: str) -> None:
    (row,) = write(tmp_path, Record("Text", title=title, layers=(layer("=t"),)), options=WriteOptions(formulas="keep"))
    looks_guarded = title in ("'=1", "''@")
    assert (row["title"], row["topic"]) == ("'" * looks_guarded + title, "=t")
    assert [record.title for record in read(tmp_path / "out.csv")] == [title]


@pytest.mark.parametrize("title", TITLES)
def test_no_cell_begins_like_a_formula_and_all_come_back(tmp_path: Path, title: str) -> None:
    (row,) = write(tmp_path, Record("Text", "-id", title, layers=(layer("=t", annotator="+a"),)))
    assert not [cell for cell in row.values() if cell and cell[0] in "=+-@\t\r"]
    (again,) = read(tmp_path / "out.csv")
    assert (again.id, again.title, again.layers) == ("-id", title, (layer("=t", annotator="+a"),))


def test_everything_else_is_told() -> None:
    text = "Ruth won."
    record = make.record(
        text, make.annotation(text, "P", "Ruth"), title="T", meta={"a": 1}, topics=(TopicTag("", "", "", "t", "why"),)
    )
    found = {loss.kind: (loss.n, loss.where) for loss in FORMAT.losses(Header(), [record], OPTIONS)}
    assert found == {
        "topic-note": (1, ("T: t",)),
        "annotation": (1, ("T: P “Ruth”",)),
        "meta": (1, ()),
        "text": (1, ("T",)),
    }


def test_reading_back_sees_a_damaged_file(tmp_path: Path) -> None:
    record = Record("Text", "a", "One", layers=(layer("t:1", "t:2"),))
    write(tmp_path, record)
    out = tmp_path / "out.csv"
    good = out.read_bytes()
    for bad in (good.replace(b"t:2", b"t:3"), good[: good.rindex(b"1,a")], b"", good.replace(b"number", b"no")):
        out.write_bytes(bad)
        assert list(FORMAT.found(out, OPTIONS)) != [FORMAT.expected(record, OPTIONS)]


@given(st.lists(make.records(), max_size=3))
def test_whatever_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, records: list[Record]) -> None:
    tmp_path = tmp_path_factory.mktemp("csv")
    rows = write(tmp_path, *records, *(replace(record, id="", title="same") for record in records))
    assert len({row["number"] for row in rows}) == 2 * len(records)


# --- reading ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8-sig"), (";", "utf-8"), ("\t", "utf-16")])
def test_a_table_with_texts_is_articles(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = (
        ("Text", "topic", "path", "note"),
        ("Two\nlines, “quoted”", "t:2", "politics > diplomacy", "x"),
        ("Two\nlines, “quoted”", "t:2", "politics > diplomacy", ""),
        ("Ruth won.", "", "", ""),
    )
    text = "".join(delimiter.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)
    headers, (first, second) = table(tmp_path, text, encoding)
    assert (first.text, second.text) == ("Two\nlines, “quoted”", "Ruth won.")
    assert [tag.topic for tag in first.layers[0].topics] == ["t:2"]
    assert second.layers == ()
    assert [(topic.code, topic.name) for header in headers for topic in header.scheme.topics] == [("t:2", "diplomacy")]  # type: ignore[union-attr]
    assert first.cases == (("unheld", "a.csv: note"), ("twice", "a.csv, line 4: t:2"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "a.csv, line 1: a line with the names of the columns is needed"),
        ("article,label\n1,x\n", "a.csv, line 1: a line with the names"),
        ("topic\nx\n", "a.csv, line 1: a line with the names"),
        ("article,topic,topic\n1,x,x\n", "a.csv, line 1: a line with the names"),
        ("article,topic\n1,x\n2\n", "a.csv, line 3: it has 1 cells, and the first line has 2."),
        ('article,topic\n"1\n2",x\n3\n', "a.csv, line 4: it has 1 cells"),
        ('article,topic\n"1,x\n', "a.csv, line 2: it is no sound CSV"),
        ("article,topic,status\n1,x,ready\n", "a.csv, line 2: the status is “ready”, and can be: "),
        ("article,topic\n" + "x" * (64 << 20), "a.csv is larger than 64 MB."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        table(tmp_path, text)
    assert words in say(caught.value.text)


def test_only_a_table_of_topics_is_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,kind\nAnna,PERSON\n")
    assert formats.recognised(tmp_path / "a.csv") is None
    (tmp_path / "a.csv").write_text('"Article";"Topic"\n1;x\n')
    assert formats.guess(tmp_path / "a.csv") == "topics-csv"


def test_topics_come_back_to_the_articles_that_are_here(tmp_path: Path) -> None:
    header, records = make.samples()
    jsonl = path("samples/samples.jsonl")
    write(tmp_path, *records, header=header)
    tags = sum(len(x.topics) for record in records for x in record.layers)
    for n, sources in enumerate(([tmp_path / "out.csv"], [jsonl, tmp_path / "out.csv"], [jsonl])):
        with Project.create(tmp_path / f"{n}.rubric", Settings().me(), make.NEWS) as project:
            report, _ = import_files(project, sources, ImportOptions(new_labels="add"))
            assert [case.kind for case in report.of("refused")] == ([] if n else ["absent"])
            assert report.articles == (len(records) if n else 0)

            def found(project: Project = project) -> list[TopicTag]:
                people = sorted(who.id for who in project.rows.annotators())
                articles = sorted(one.id for one in project.rows.articles())
                return [tag for one in articles for who in people for tag in project.rows.tags(one, who)]

            before = found()
            assert len(before) == (tags if n else 0)
            import_files(project, [tmp_path / "out.csv"], ImportOptions(new_labels="add"))
            assert found() == before  # with their notes and evidence, of which the table knows nothing
            sizes = project.rows.sizes()
            import_files(project, [tmp_path / "out.csv"], ImportOptions(new_labels="add"))
            assert project.rows.sizes() == sizes
            assert [finding for finding in project.check(full=True) if finding.damage] == []


def test_a_table_without_topics_is_told_coming_and_going(tmp_path: Path) -> None:
    bare = Record("Text.", id="a", layers=(layer(),))
    losses = FORMAT.losses(Header(), [bare, bare], OPTIONS)
    told = [say(loss.what) for loss in losses]
    assert "no topic is in it: 2 articles stand in the table without any" in told
    assert not grave(loss for loss in losses if loss.kind == "topicless")
    assert "topicless" not in [
        loss.kind for loss in FORMAT.losses(Header(), [bare, replace(bare, layers=(layer("t"),))], OPTIONS)
    ]
    _, records = table(tmp_path, "article,topic\na,\nb,\n")
    assert [record.cases for record in records] == [(), (("topicless", "a.csv"),)]
    with pytest.raises(UserError, match="no article stands below"):
        table(tmp_path, "article,topic\n")

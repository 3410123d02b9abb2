"""CoNLL: read by seqeval, by a plain reader of columns, and by spaCy's own converter."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricator.formats.base import (
    NESTED,
    TAGGINGS,
    Header,
    LayerRecord,
    Nested,
    ReadOptions,
    Record,
    Tagging,
    WriteOptions,
)
from rubricator.formats.conll import format as conll
from rubricator.formats.conll.format import FORMAT, tag_name
from rubricator.formats.text import FORMAT as TEXT
from rubricator.model.spans import Annotation, Span, TopicTag
from rubricator.model.tokens import words
from rubricator.words import say

from . import make

Sentence = list[list[str]]


def columns(source: Path) -> list[list[Sentence]]:
    """Read articles of sentences of rows, as the scripts that come with CoNLL-2003 do."""
    articles: list[list[Sentence]] = []
    rows = [line.split() for line in source.read_text(encoding="utf-8").split("\n")]
    for blank, group in groupby(rows, key=lambda row: not row):
        sentence = list(group)
        if blank:
            continue
        if sentence[0][0] == "-DOCSTART-":
            articles.append([])
            assert len(sentence) == 1
        else:
            articles[-1].append(sentence)
    assert len({len(row) for row in rows if row}) <= 1
    return articles


def write(
    tmp_path: Path, *records: Record, nested: Nested = "outermost", tagging: Tagging = "IOB2"
) -> list[list[Sentence]]:
    out = tmp_path / "out.conll"
    options = WriteOptions(nested, tagging)
    FORMAT.write(Header(), records, out, options)
    assert list(FORMAT.found(out, options)) == [FORMAT.expected(record, options) for record in records]
    return columns(out)


def losses(*records: Record, nested: Nested = "outermost") -> dict[str, tuple[int, tuple[str, ...]]]:
    found = FORMAT.losses(Header(), records, WriteOptions(nested))
    assert all(str(loss.n) in say(loss.what) for loss in found)
    return {loss.kind: (loss.n, loss.where) for loss in found if loss.kind not in ("spaces", "article", "provenance")}


def line_of(sentence: Sentence) -> str:
    return " ".join("/".join(row) for row in sentence)


def entities(articles: list[list[Sentence]], tagging: Tagging, column: int = 1) -> list[tuple[str, str]]:
    """Return (label, words) as seqeval sees them."""
    from seqeval.scheme import BILOU, IOB1, IOB2, IOBES, Entities

    schemes = {"IOB1": IOB1, "IOB2": IOB2, "BIOES": IOBES, "BILOU": BILOU}
    sentences = [sentence for article in articles for sentence in article]
    tags = [[row[column] for row in sentence] for sentence in sentences]
    found = Entities(tags, schemes[tagging]).entities
    return [
        (entity.tag, " ".join(row[0] for row in sentence[entity.start : entity.end]))
        for sentence, group in zip(sentences, found, strict=True)
        for entity in group
    ]


@pytest.mark.parametrize(
    ("name", "nested", "tagging"),
    [("iob2", "outermost", "IOB2"), ("innermost.bioes", "innermost", "BIOES"), ("layers", "layers", "IOB2")],
)
def test_the_samples_are_written_as_ever(tmp_path: Path, name: str, nested: Nested, tagging: Tagging) -> None:
    records = make.one_layer(make.samples()[1])
    write(tmp_path, *records, nested=nested, tagging=tagging)
    make.same_as_golden(tmp_path / "out.conll", f"samples.{name}.conll")


@pytest.mark.parametrize("tagging", TAGGINGS)
def test_seqeval_reads_all_but_the_losses(tmp_path: Path, tagging: Tagging) -> None:
    records = make.one_layer(make.samples()[1])
    found = entities(write(tmp_path, *records, tagging=tagging), tagging)
    lost = losses(*records)
    spans = sum(len(record.layers[0].annotations) for record in records)
    assert len(found) == spans - sum(lost.get(kind, (0,))[0] for kind in ("nested", "stacked", "crossing", "subtoken"))
    assert ("PERSON", "Anna S. Lebrune") in found
    assert ("ORGANIZATION", "Port Velis Harbour Authority Pension Fund") in found
    assert any("Port Velis Harbour ⏎ Authority" in line for line in lost["nested"][1])


def test_seqeval_gives_full_marks_to_itself(tmp_path: Path) -> None:
    from seqeval.metrics import f1_score

    articles = write(tmp_path, *make.one_layer(make.samples()[1]))
    tags = [[row[1] for row in sentence] for article in articles for sentence in article]
    assert f1_score(tags, tags) == 1.0


def test_the_name_of_the_seed_is_one_entity_in_one_sentence(tmp_path: Path, corpora: Path) -> None:
    (seed,) = TEXT.read(corpora / "seed" / "turkmenistan-cis.txt", ReadOptions())
    assert isinstance(seed, Record)
    outer = make.annotation(seed.text, "ORGANIZATION", "Security Council of the CIS member states")
    record = make.record(seed.text, make.annotation(seed.text, "PERSON", "S.\n\nLebedev"), outer, title="seed")
    (article,) = write(tmp_path, record)
    (sentence,) = [s for s in article if any(row == ["Lebedev", "I-PERSON"] for row in s)]
    assert "S./B-PERSON Lebedev/I-PERSON" in line_of(sentence)
    assert ("PERSON", "S. Lebedev") in entities([article], "IOB2")


NESTING = "the University of Port Velis and Port Velis"


def nesting() -> Record:
    a = [make.annotation(NESTING, "ORG", "University of Port Velis"), make.annotation(NESTING, "CITY", "Port Velis")]
    return make.record(NESTING, *a, make.annotation(NESTING, "CITY", "Port Velis and Port Velis"))


@pytest.mark.parametrize(
    ("nested", "line", "kinds"),
    [
        ("outermost", "the/O University/B-ORG of/I-ORG Port/I-ORG Velis/I-ORG and/O Port/O Velis/O", {"nested": 1, "crossing": 1}),
        ("innermost", "the/O University/O of/O Port/B-CITY Velis/I-CITY and/O Port/O Velis/O", {"holding": 2}),
        ("layers", "the/O/O/O University/B-ORG/O/O of/I-ORG/O/O Port/I-ORG/B-CITY/B-CITY Velis/I-ORG/I-CITY/I-CITY and/O/I-CITY/O Port/O/I-CITY/O Velis/O/I-CITY/O", {}),
        ("skip", "the/O University/O of/O Port/O Velis/O and/O Port/O Velis/O", {"nested-skip": 3}),
    ],
)  # fmt: skip
def test_nested_and_crossing_spans(tmp_path: Path, nested: Nested, line: str, kinds: dict[str, int]) -> None:
    ((sentence,),) = write(tmp_path, nesting(), nested=nested)
    assert line_of(sentence) == line
    assert {kind: n for kind, (n, _) in losses(nesting(), nested=nested).items()} == kinds


def test_all_articles_get_the_columns_of_the_deepest(tmp_path: Path) -> None:
    articles = write(tmp_path, Record("One."), nesting(), Record("Two."), nested="layers")
    assert [len(article[0][0]) for article in articles] == [4, 4, 4]


def test_what_a_column_cannot_hold_is_told() -> None:
    text = "Ruth Amsel’s Sund-bound ship \n\n sails."
    record = make.record(
        text,
        make.annotation(text, "P", "Ruth", "ship"),
        make.annotation(text, "P", "uth"),
        make.over(text, "P", ((28, 32),)),
        make.annotation(text, "a label", "Sund", attributes={"x": 1}, note="n", entity="e"),
        topics=(TopicTag("", "", "", "t"),),
        relations=({"label": "l", "from": "a", "to": "b"},),
        comments=({"text": "Why?"},),
        title="Ship",
    )
    mapped = tag_name("a label")
    assert losses(record) == {
        "discontinuous": (1, ("Ship: P “Ruth … ship”",)),
        "subtoken": (1, ("Ship: P “uth”",)),
        "blank": (1, ("Ship: P “⏎”",)),
        "label": (1, (f"Ship: a label “Sund”: {mapped}",)),
        "attribute": (1, ("Ship: a label “Sund”: x",)),
        "note": (1, ("Ship: a label “Sund”",)),
        "entity": (1, ("Ship: a label “Sund”",)),
        "topic": (1, ("Ship: t",)),
        "relation": (1, ("Ship: l (a, b)",)),
        "comment": (1, ("Ship: Why?",)),
    }


def test_fragments_with_only_space_between_are_one(tmp_path: Path) -> None:
    text = "by S.\n\nLebedev"
    record = make.record(text, make.annotation(text, "P", "S.", "Lebedev"))
    ((sentence,),) = write(tmp_path, record)
    assert line_of(sentence) == "by/O S./B-P Lebedev/I-P"
    assert losses(record) == {}


def test_a_sentence_does_not_end_inside_a_span(tmp_path: Path) -> None:
    text = "He saw Yes! Yes! Now. They left.\n\nAll of them."
    spans = [make.annotation(text, "WORK", "Yes! Yes! Now"), make.annotation(text, "X", "left.\n\nAll")]
    ((one, two),) = write(tmp_path, make.record(text, *spans))
    assert line_of(one).endswith("Now/I-WORK ./O")
    assert line_of(two).startswith("They/O left/B-X ./I-X All/I-X")


def test_very_many_long_spans_are_no_square(tmp_path: Path) -> None:
    """Each of 20,000 spans crosses up to 20,000 sentence ends."""
    text = "Yes! " * 20_000
    ends = [(5 * n, 5 * n + 4) for n in range(20_000)] + [(5 * n, 50_000 + 5 * n + 4) for n in range(10_000)]
    layer = LayerRecord("a", annotations=tuple(Annotation("", "", "", "X", Span.of(*end)) for end in ends))
    plan = FORMAT.expected(Record(text, layers=(layer,)), WriteOptions("skip"))
    assert sum(key[0] == "text" for key in plan) == 1


def test_neighbours_of_one_label_stay_apart(tmp_path: Path) -> None:
    text = "Armenia Belarus"
    record = make.record(text, make.annotation(text, "C", "Armenia"), make.annotation(text, "C", "Belarus"))
    for tagging, line in (
        ("IOB2", "Armenia/B-C Belarus/B-C"),
        ("IOB1", "Armenia/I-C Belarus/B-C"),
        ("BIOES", "Armenia/S-C Belarus/S-C"),
        ("BILOU", "Armenia/U-C Belarus/U-C"),
    ):
        folder = tmp_path / tagging
        folder.mkdir()
        ((sentence,),) = write(folder, record, tagging=tagging)  # type: ignore[arg-type]
        assert line_of(sentence) == line


def test_the_end_of_a_sentence_parts_neighbours(tmp_path: Path) -> None:
    text = "Armenia\n\nBelarus"
    record = make.record(text, make.annotation(text, "C", "Armenia"), make.annotation(text, "C", "Belarus"))
    ((first, second),) = write(tmp_path, record, tagging="IOB1")
    assert (line_of(first), line_of(second)) == ("Armenia/I-C", "Belarus/I-C")


def test_empty_articles_keep_their_place(tmp_path: Path) -> None:
    assert [len(article) for article in write(tmp_path, Record("A."), Record("\u2028"), Record("B."))] == [1, 0, 1]


def test_reading_back_sees_a_damaged_file(tmp_path: Path) -> None:
    write(tmp_path, nesting())
    out = tmp_path / "out.conll"
    good = out.read_text(encoding="utf-8")
    for old, new in (
        ("B-ORG", "B-PER"),
        ("of I-ORG", "of O"),
        ("\nand O", ""),
        ("the O", "the O O"),
        ("B-ORG", "X-ORG"),
    ):
        out.write_text(good.replace(old, new), encoding="utf-8")
        options = WriteOptions()
        try:
            found = list(FORMAT.found(out, options))
        except ValueError:
            continue  # it is not even columns
        assert found != [FORMAT.expected(nesting(), options)]


def test_reading_back_sees_a_misplaced_sentence_end(tmp_path: Path) -> None:
    record = make.record("Anna left. Ben stayed.")
    write(tmp_path, record)
    out = tmp_path / "out.conll"
    good = out.read_text(encoding="utf-8")
    for old, new in (
        ("left O\n. O\n\nBen O\n", "left O\n. O\nBen O\n"),
        ("left O\n. O\n\nBen O\n", "left O\n\n. O\nBen O\n"),
        ("left O\n. O\n\nBen O\n", "left O\n\n. O\n\nBen O\n"),
    ):
        assert good.count(old) == 1
        out.write_text(good.replace(old, new), encoding="utf-8")
        assert [*FORMAT.found(out, WriteOptions())] != [FORMAT.expected(record, WriteOptions())]


def test_an_article_is_planned_once_to_be_written_and_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(conll, "words", lambda text: asked.append(text) or words(text))
    record, options = nesting(), WriteOptions()
    FORMAT.write(Header(), [record], tmp_path / "out.conll", options)
    wanted = FORMAT.expected(record, options)
    assert asked == [record.text]
    assert [*FORMAT.found(tmp_path / "out.conll", options)] == [wanted]
    FORMAT.expected(record, WriteOptions(nested="skip"))
    FORMAT.expected(nesting(), WriteOptions(nested="skip"))
    assert len(asked) == 3


def test_spacy_converts_it(tmp_path: Path) -> None:
    pytest.importorskip("spacy")
    from spacy.training.converters import conll_ner_to_docs

    records = make.one_layer(make.samples()[1])
    articles = write(tmp_path, *records)
    docs: list[Any] = list(
        conll_ner_to_docs((tmp_path / "out.conll").read_text(encoding="utf-8"), n_sents=0, no_print=True)
    )
    found = sorted((entity.label_, " ".join(token.text for token in entity)) for doc in docs for entity in doc.ents)
    assert found == sorted(entities(articles, "IOB2"))


@given(st.lists(make.records(layers_most=1), max_size=2), st.sampled_from(NESTED), st.sampled_from(TAGGINGS))
def test_whatever_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, records: list[Record], nested: Nested, tagging: Tagging
) -> None:
    tmp_path = tmp_path_factory.mktemp("conll")
    articles = write(tmp_path, *records, nested=nested, tagging=tagging)
    assert len(articles) == len(records)
    lost = losses(*records, nested=nested)
    gone = sum(
        lost.get(kind, (0,))[0]
        for kind in ("nested", "holding", "stacked", "crossing", "nested-skip", "subtoken", "blank", "discontinuous")
    )
    width = len(next((row for article in articles for sentence in article for row in sentence), ["", "O"]))
    found = sum(len(entities(articles, tagging, column)) for column in range(1, width))
    assert found == sum(len(layer.annotations) for record in records for layer in record.layers) - gone

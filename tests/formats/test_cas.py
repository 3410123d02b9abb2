"""UIMA CAS in XMI and JSON: read and written, with dkpro-cassis as the referee of both."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.exchange.sources import find_sources
from rubricator.formats.base import Header, ReadOptions, Record, WriteOptions
from rubricator.formats.cas.json import FORMAT as JSON
from rubricator.formats.cas.xmi import FORMAT as XMI
from rubricator.formats.webanno.format import FORMAT as TSV
from rubricator.model.scheme import Scheme
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say

from . import cas_referee as referee
from . import make
from .test_webanno_suite import CASES, MOVED, layers, types

OPTIONS = WriteOptions()
FORMATS = {"xmi": XMI, "cas-json": JSON}
__all__ = ["types"]

HEAD = '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:c="http:///webanno/custom.ecore" xmlns:n="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmlns:t="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmlns:r="http:///de/tudarmstadt/ukp/dkpro/core/api/coref/type.ecore">'


def xmi(folder: Path, *elements: str, text: str = "Anna knows her 😊 dog", members: str = "") -> Path:
    path = folder / "a.xmi"
    view = f'<cas:View sofa="1" members="{members}"/>' if members else ""
    sofa = f'<cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="{text}"/>'
    path.write_text("\n".join([HEAD, *elements, sofa, view, "</xmi:XMI>"]), encoding="utf-8")
    return path


def read(path: Path) -> tuple[list[dict[str, Any]], Record]:
    *headers, record = (JSON if path.suffix == ".json" else XMI).read(path, ReadOptions())
    assert isinstance(record, Record)
    return [dict(one) for header in headers if isinstance(header, Header) for one in header.entities], record


def told(record: Record) -> list[tuple[str, str]]:
    return [(one.label, one.quote) for one in record.layers[0].annotations]


# --- reading ------------------------------------------------------------------------------------------------------


def test_everything_without_a_type_system(tmp_path: Path) -> None:
    path = xmi(
        tmp_path,
        '<t:Token xmi:id="2" sofa="1" begin="0" end="4"/>',
        '<n:NamedEntity xmi:id="3" sofa="1" begin="0" end="4" value="PER" identifier="http://www.wikidata.org/entity/Q5" mood="good" note="Says&#10;so"/>',
        '<n:NamedEntity xmi:id="4" sofa="1" begin="15" end="17" value="EMO"><several>a</several><several>b</several></n:NamedEntity>',
        '<c:Relation xmi:id="5" sofa="1" begin="15" end="17" Governor="3" Dependent="4" value="likes" since="1999"/>',
        '<c:Relation xmi:id="6" sofa="1" begin="0" end="4" Governor="2" Dependent="4" value="of a token"/>',
        '<c:Host xmi:id="7" sofa="1" begin="5" end="10" links="8 9"/>',
        '<c:LinkType xmi:id="8" role="agent" target="3"/>',
        '<c:LinkType xmi:id="9"  target="4"/>',
        '<r:CoreferenceLink xmi:id="10" sofa="1" begin="0" end="4" next="11" referenceType="name" referenceRelation="ana"/>',
        '<r:CoreferenceLink xmi:id="11" sofa="1" begin="11" end="14" referenceType="pro"/>',
        '<r:CoreferenceChain xmi:id="12" sofa="1" first="10"/>',
        '<n:NamedEntity xmi:id="13" sofa="1" begin="4" end="4" value="NO"/>',
        '<cas:Sofa xmi:id="20" sofaID="other" sofaString="more"/>',
        '<n:NamedEntity xmi:id="21" sofa="20" begin="0" end="4" value="OTHER"/>',
    )  # fmt: skip
    entities, record = read(path)
    assert told(record) == [("PER", "Anna"), ("name", "Anna"), ("Host", "knows"), ("pro", "her"), ("EMO", "😊")]
    person, name, host, pro, emotion = record.layers[0].annotations
    assert (person.attributes, person.note) == ({"mood": "good"}, "Says\nso")
    assert name.attributes == {"referenceRelation": "ana"}
    assert name.entity == pro.entity != person.entity
    assert emotion.attributes == {"several": ["a", "b"]}
    assert entities == [
        {"id": name.entity, "name": "Anna", "kind": "name"},
        {"id": person.entity, "name": "Anna", "kind": "PER", "external": "wikidata:Q5"},
    ]
    relations = [(one["label"], one["from"], one["to"], one.get("attributes")) for one in record.layers[0].relations]
    assert relations == [
        ("likes", person.id, emotion.id, {"since": "1999"}),
        ("agent", host.id, person.id, None),
        ("links", host.id, emotion.id, None),
    ]
    assert record.cases == (
        ("unheld", "a.xmi: other"),
        ("unheld", "a.xmi, line 6: Relation"),
        ("empty", "a.xmi, line 13"),
    )


def test_the_type_system_beside_it_says_what_features_are(tmp_path: Path) -> None:
    path = xmi(
        tmp_path,
        '<c:Mood xmi:id="3" sofa="1" begin="0" end="4" strength="3" sure="true" weight="0.5" odd="x" on="4"/>',
        '<c:Mood xmi:id="4" sofa="1" begin="5" end="10"/>',
    )
    features = "".join(
        f"<featureDescription><name>{name}</name><rangeTypeName>{holds}</rangeTypeName></featureDescription>"
        for name, holds in (
            ("strength", "uima.cas.Integer"),
            ("sure", "uima.cas.Boolean"),
            ("weight", "uima.cas.Double"),
            ("odd", "uima.cas.Integer"),
            ("on", "webanno.custom.Mood"),
        )
    )
    (tmp_path / "TypeSystem.xml").write_text(
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types><typeDescription>'
        "<name>webanno.custom.Mood</name><supertypeName>uima.tcas.Annotation</supertypeName>"
        f"<features>{features}</features></typeDescription></types></typeSystemDescription>"
    )
    assert [found.name for found, _key in find_sources([tmp_path]).files] == ["a.xmi"]
    _, record = read(path)
    first, second = record.layers[0].annotations
    assert first.attributes == {"strength": 3, "sure": True, "weight": 0.5, "odd": "x"}
    assert [(one["label"], one["from"], one["to"]) for one in record.layers[0].relations] == [
        ("on", first.id, second.id)
    ]


def test_what_is_in_no_index_is_told(tmp_path: Path) -> None:
    elements = [f'<n:NamedEntity xmi:id="{n}" sofa="1" begin="0" end="4" value="V{n}"/>' for n in (3, 4)]
    _, record = read(xmi(tmp_path, *elements, members="3"))
    assert told(record) == [("V3", "Anna")]
    assert [kind for kind, _ in record.cases] == ["unheld"]


@pytest.mark.parametrize(
    ("elements", "words"),
    [
        (['<n:NamedEntity xmi:id="3" sofa="1" begin="0" end="99"/>'], "a.xmi, line 2: 0 to 99 lies outside the text"),
        (
            ['<n:NamedEntity xmi:id="3" sofa="1" begin="0" end="16"/>'],
            "a.xmi, line 2: 0 to 16 lies outside the text or cuts",
        ),
        (['<n:NamedEntity xmi:id="3" sofa="1" begin="4" end="0"/>'], "a.xmi, line 2: 4 to 0 is turned round."),
        (['<n:NamedEntity xmi:id="3" sofa="1" begin="x" end="0"/>'], "a.xmi, line 2: “begin” is no offset."),
        (
            ['<n:NamedEntity xmi:id="3"/>', '<n:NamedEntity xmi:id="3"/>'],
            "a.xmi, line 3: its id “3” is empty or stands",
        ),
        (["<n:NamedEntity/>"], "a.xmi, line 2: its id “” is empty or stands in the file twice."),
        (['<n:NamedEntity xmi:id="3">'], "a.xmi, line 5: it is not sound XML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, elements: list[str], words: str) -> None:
    with pytest.raises(UserError) as refused:
        read(xmi(tmp_path, *elements))
    assert words in say(refused.value.text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "a.json: it is no JSON CAS 0.4: “%FEATURE_STRUCTURES” is missing."),
        ('{"%FEATURE_STRUCTURES": 3}', "a.json: “%FEATURE_STRUCTURES” should be a list, and is a number."),
        ('{"%FEATURE_STRUCTURES": [3]}', "a.json, structure 1: “%FEATURE_STRUCTURES” should be an object, and is a number."),
        ('{"%FEATURE_STRUCTURES": [{"%TYPE": "x"}]}', "a.json, structure 1: its id “” is empty or stands in the file twice."),
        ('{"%FEATURE_STRUCTURES": [], "%TYPES": [1]}', "a.json: “%TYPES” should be an object, and is a list."),
        ('{"%FEATURE_STRUCTURES": [], "%TYPES": {"x": null}}', "a.json holds no text."),
        ('{"%FEATURE_STRUCTURES": []}', "a.json holds no text."),
        ('{"%FEATURE_STRUCTURES": [}', "a.json, line 1: not JSON"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_json_is_told(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(UserError) as refused:
        read(tmp_path / "a.json")
    assert words in say(refused.value.text)


def test_a_ring_of_links_and_types_ends(tmp_path: Path) -> None:
    path = xmi(
        tmp_path,
        '<r:CoreferenceLink xmi:id="3" sofa="1" begin="0" end="4" next="4"/>',
        '<r:CoreferenceLink xmi:id="4" sofa="1" begin="5" end="10" next="3"/>',
        '<r:CoreferenceChain xmi:id="5" sofa="1" first="3"/>',
    )
    (tmp_path / "typesystem.xml").write_text(
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>'
        "<typeDescription><name>a.B</name><supertypeName>a.B</supertypeName></typeDescription>"
        "</types></typeSystemDescription>"
    )
    _, record = read(path)
    assert len({one.entity for one in record.layers[0].annotations}) == 1


@pytest.mark.parametrize("case", CASES)
def test_xmi_of_the_suite_is_what_cassis_reads_and_what_tsv_says(case: str, corpora: Path, types: Any) -> None:
    folder = corpora / "webanno-tsv3" / "tsv3-suite" / case
    _, record = read(folder / "reference.xmi")
    cas = referee.load(folder / "reference.xmi", types)
    assert record.text == cas.sofa_string
    names = layers(folder / "reference.tsv") | {"NamedEntity", "POS_NOUN"}
    there = Counter({span: n for span, n in referee.spans(cas).items() if span[0] < span[1]})
    assert referee.our_spans(record, names) == there
    relations = {key: n for key, n in referee.relations(cas).items() if key[1][0] < key[1][1] and key[2][0] < key[2][1]}
    assert referee.our_relations(record, names) == relations
    *_, tsv = TSV.read(folder / "reference.tsv", ReadOptions())
    assert isinstance(tsv, Record)
    if case not in MOVED:  # the same text and the same annotations make the same, whatever the file is
        assert referee.our_spans(tsv, names) == referee.our_spans(record, names)
        assert referee.our_relations(tsv, names) == referee.our_relations(record, names)
        assert referee.our_chains(tsv) == referee.our_chains(record)


def test_files_of_cassis_are_what_cassis_reads(corpora: Path) -> None:
    read_ = 0
    for path in sorted((corpora / "cassis-xmi-json" / "json").rglob("data*.json")):
        try:
            _, record = read(path)
        except UserError as refused:
            words = say(refused.text)
            assert "holds no text" in words or "stands in the file twice" in words
            continue
        cas = referee.load(path)
        assert record.text == cas.sofa_string
        ours = Counter((one.start, one.end) for one in record.layers[0].annotations)
        assert ours == Counter((one.begin, one.end) for one in referee.annotations(cas) if one.begin < one.end)
        debug = path.with_name("debug.xmi")
        if debug.exists() and "sofaString" in debug.read_text(encoding="utf-8"):
            assert told(read(debug)[1]) == told(record)
        read_ += 1
    assert read_ == 10


def test_smileys_count_two(corpora: Path) -> None:
    path = corpora / "cassis-xmi-json" / "xmi" / "cas_with_smileys.xmi"
    _, record = read(path)
    cas = referee.load(
        path, referee.typesystem(corpora / "cassis-xmi-json" / "typesystems" / "inception_typesystem.xml")
    )
    wide = [one for one in referee.annotations(cas) if one.begin < one.end]
    theirs = Counter((referee.name(one), one.get_covered_text().replace("\r\n", "\n")) for one in wide)
    assert Counter(told(record)) == theirs
    assert theirs.total() == 5


def test_importing_twice_adds_nothing(tmp_path: Path, corpora: Path) -> None:
    paths = sorted((corpora / "inception-curation-cases").rglob("*.xmi"))
    paths += [corpora / "cassis-xmi-json" / "xmi" / "cas_with_smileys.xmi"]
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme()) as project:
        report, _ = import_files(project, paths, ImportOptions(new_labels="add"))
        assert report.articles + report.repeated == 4
        again, _ = import_files(project, paths, ImportOptions(new_labels="add"))
        assert (again.articles, again.known) == (0, 4)
        counts = sum(len(project.annotations(row.id)) for row in project.rows.articles())
        assert counts == 5 + 6  # three files tell of one text; what they say alike stands there once
        assert not [finding for finding in project.check(full=True) if finding.damage]


# --- writing ------------------------------------------------------------------------------------------------------


def write(key: str, out: Path, *records: Record, header: Header | None = None) -> list[Any]:
    writer = FORMATS[key]
    writer.write(header or Header(), records, out, OPTIONS)
    assert list(writer.found(out, OPTIONS)) == [writer.expected(record, OPTIONS) for record in records]
    suffix = formats.spec(key).suffixes[0]
    kinds = referee.typesystem(out / "TypeSystem.xml") if key == "xmi" else None
    return [referee.load(path, kinds) for path in sorted(out.glob(f"*{suffix}"))]


@pytest.mark.parametrize("key", FORMATS)
def test_the_samples_are_written_as_ever(key: str, tmp_path: Path) -> None:
    header, records = make.samples()
    found = write(key, tmp_path / "out", *make.one_layer(records), header=header)
    make.same_as_golden(tmp_path / "out", key)
    for cas, record in zip(found, records, strict=True):
        assert cas.sofa_string == record.text
        assert referee.spans(cas) == Counter((a.start, a.end, a.label) for a in record.layers[0].annotations)
        tokens = cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token")
        assert len(tokens) > 50
        sentences = cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence")
        for sentence in sentences:
            assert cas.select_covered("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token", sentence)
        [about] = cas.select("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData")
        assert about.documentTitle == record.title


@pytest.mark.parametrize("key", FORMATS)
def test_attributes_notes_entities_and_relations(key: str, tmp_path: Path) -> None:
    text = 'Ruth "Amsel" <&> 😅\n\tKarim'
    about = {"kind": "x", "start": 3, "sure": True, "bad name": 1, "list": ["a"]}
    first = make.annotation(
        text, "PERSON", '"Amsel" <&> 😅\n\t', id="a", attributes=about, note="Two\nlines", entity="e"
    )
    second = make.annotation(text, "PERSON", "Karim", id="b", entity="f")
    relation = {"label": "knows", "from": "b", "to": "a", "attributes": {"held": "yes"}}
    record = make.record(text, first, second, relations=(relation,))
    header = Header(entities=({"id": "e", "name": "Amsel", "external": "wikidata:Q9"},))
    (cas,) = write(key, tmp_path / "out", record, header=header)
    one, two = cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    assert (one.get_covered_text(), two.get_covered_text()) == (first.quote, "Karim")
    assert (one.identifier, two.identifier) == ("http://www.wikidata.org/entity/Q9", "rubricator:f")
    assert (one["kind"], one["start"], one["sure"], one["note"]) == ("x", "3", "true", "Two\nlines")
    [tie] = cas.select("webanno.custom.Relation")
    assert (tie.Governor.get_covered_text(), tie.Dependent.get_covered_text()) == ("Karim", first.quote)
    assert (tie["value"], tie["held"]) == ("knows", "yes")
    found = {loss.kind: loss.n for loss in FORMATS[key].losses(header, [record], OPTIONS)}
    assert found == {"attribute": 2, "attribute-text": 2, "entity-named": 1, "provenance": 2, "article": 1}


@pytest.mark.parametrize("key", FORMATS)
@given(record=make.records(layers_most=1))
@settings(max_examples=25)
def test_cassis_finds_what_is_carried(key: str, record: Record) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (cas,) = write(key, Path(folder) / "out", record)
    assert cas.sofa_string == record.text
    carried = FORMATS[key].expected(record, OPTIONS)
    spans = Counter({(one[2], one[3], one[1]): n for one, n in carried.items() if one[0] == "span"})
    assert referee.spans(cas) == spans
    assert referee.relations(cas).total() == sum(n for one, n in carried.items() if one[0] == "relation")


def test_json_is_told_from_other_json(tmp_path: Path) -> None:
    header, records = make.samples()
    JSON.write(header, make.one_layer(records), tmp_path / "out", OPTIONS)
    assert {formats.guess(path) for path in (tmp_path / "out").iterdir()} == {"cas-json"}
    (tmp_path / "a.json").write_text(json.dumps([{"text": "an article"}]))
    assert not JSON.recognises('[{"text": "an article"}]')

"""ninjs: news items of the IPTC read, and written so that the IPTC's own schema takes them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.formats.base import Header, ReadOptions, Record, WriteOptions
from rubricator.formats.html_text import text_of_html
from rubricator.formats.ninjs.format import FORMAT
from rubricator.model.spans import TopicTag, Zone
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say

from . import make

SCHEMA = json.loads((Path(__file__).parent.parent / "data" / "ninjs" / "ninjs-schema_2.1.json").read_text("utf-8"))
TWICE = "businesswire-newsml-20130731006140.json"
"""An example of the IPTC in which a key stands twice."""


def read(path: Path) -> tuple[list[Header], Record]:
    *headers, record = FORMAT.read(path, ReadOptions())
    assert isinstance(record, Record)
    return [header for header in headers if isinstance(header, Header)], record


def of(tmp_path: Path, value: object) -> tuple[list[Header], Record]:
    path = tmp_path / "a.json"
    path.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
    assert not isinstance(value, dict) or formats.guess(path) == "ninjs"
    return read(path)


V1 = {
    "uri": "http://example.org/1",
    "type": "text",
    "versioncreated": "2013-07-09T10:37:00Z",
    "byline": "Anna Berg",
    "located": "Velis",
    "headline": "Captain on trial",
    "urgency": 4,
    "body_text": "All in one line.",
    "body_xhtml": "<p>The captain&#8217;s <b>trial</b> began.</p><p>He made no\n comment.</p>",
    "subject": [
        {"name": "crime", "scheme": "http://cv.iptc.org/newscodes/mediatopic/", "code": "02000000"},
        {"name": "trial", "scheme": "x:", "code": "7"},
        {"name": "Sea"},
    ],
    "person": [{"name": "Karim Odell", "scheme": "http://example.org/p/", "code": "9"}],
    "renditions": {"a": {"href": "http://example.org/a.png"}},
}


def test_version_1(tmp_path: Path) -> None:
    headers, record = of(tmp_path, V1)
    assert record.text == "Captain on trial\n\nThe captain’s trial began.\n\nHe made no comment."
    assert (record.title, record.zones) == ("Captain on trial", (Zone("headline", 0, 16),))
    assert record.meta == {
        "byline": "Anna Berg",
        "published": "2013-07-09T10:37:00Z",
        "dateline": "Velis",
        "type": "text",
        "urgency": 4,
        "url": "http://example.org/1",
    }
    assert [tag.topic for tag in record.layers[0].topics] == ["medtop:02000000", "x:7", "Sea"]
    [names] = [header.scheme for header in headers if header.scheme]
    assert [(topic.code, topic.name) for topic in names.topics] == [
        ("medtop:02000000", "crime"),
        ("x:7", "trial"),
        ("Sea", "Sea"),
    ]
    [entities] = [header.entities for header in headers if header.entities]
    assert [(e["name"], e["kind"], e["external"]) for e in entities] == [
        ("Karim Odell", "PERSON", "http://example.org/p/9")
    ]
    assert record.cases == (("unheld", "a.json: renditions"),)


def test_version_3(tmp_path: Path) -> None:
    item = {
        "uri": "urn:example:2",
        "by": "Anna Berg",
        "headlines": [{"role": "short", "value": "No"}, {"role": "main", "value": "Captain on trial"}],
        "bodies": [
            {"contenttype": "application/xml", "value": "<nitf/>"},
            {"contenttype": "text/plain", "value": "Captain on trial\r\n\r\nIt began."},
        ],
        "subjects": [{"uri": "http://cv.iptc.org/newscodes/mediatopic/20000638", "name": "treaty", "rel": "about"}],
        "places": [{"name": "Velis"}],
        "infosources": [{"name": "Meridian"}],
    }
    headers, record = of(tmp_path, item)
    assert record.text == "Captain on trial\n\nIt began."
    assert record.meta == {"byline": "Anna Berg", "uri": "urn:example:2", "source": "Meridian"}
    assert [tag.topic for tag in record.layers[0].topics] == ["medtop:20000638"]
    assert [e["kind"] for header in headers for e in header.entities] == ["LOCATION"]


def test_a_picture_is_its_caption(tmp_path: Path) -> None:
    _, record = of(tmp_path, {"uri": "u:1", "headlines": [{"value": "Port"}], "descriptions": [{"value": "The port."}]})
    assert record.text == "Port\n\nThe port."
    assert record.layers == ()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (b"[]", "a.json: a news item is an object in braces, this is a list."),
        (b'{"uri": "u:1", "headline": 5}', "a.json: “headline” should be text, and is a number."),
        (b'{"uri": "u:1", "headline": "", "versioncreated": ""}', "a.json holds no words: it has no body"),
        (b'{"uri": "u:1", "subjects": ["x"], "bodies": []}', "“subjects” should be a list of objects"),
        (b'{"uri": "u:1", "headlines": {"value": "x"}}', "“headlines” should be a list"),
        (b'{"uri": "u:1", "uri": "u:2", "headline": "x"}', "the key “uri” stands in one object twice."),
        (b'{"uri": "u:1", "urgency": 1e999, "headline": "x"}', "“urgency” is too large a number."),
        (b'{"uri": "u:1", "headline": "x', "a.json, line 1: not JSON"),
        (b'{"uri": "u:1", "body_xhtml": "' + b"<div>" * 200_000 + b'"}', "its HTML is longer than"),
        (b'{"uri": ' + b"[" * 200_000, "a.json: it is nested too deeply."),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, value: bytes, words: str) -> None:
    with pytest.raises(UserError) as caught:
        of(tmp_path, value)
    assert words in say(caught.value.text)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("<section><h2>Head</h2><p>A &amp; b<br/>c  \n d</p>tail</section>", "Head\n\nA & b\nc d\n\ntail"),
        ("<p>a<script>if (x < y) {}</script>b</p><style>p {}</style>", "ab"),
        ("<ul><li>one<li>two</ul>", "one\n\ntwo"),
        ("<p>1 < 2 and <b", "1 < 2 and <b"),
        ("<p>كتب <b>سارة</b>😅</p>", "كتب سارة😅"),
        ("<p>a\x00b<iframe src='http://example.org'>x</iframe></p>", "a\ufffdb"),
        ("<p><br/></p><p>\xa0</p><p>x</p>", "x"),
    ],
)
def test_html_becomes_paragraphs(html: str, text: str) -> None:
    assert text_of_html(html) == text


# --- writing ------------------------------------------------------------------------------------------------------


def validated(out: Path) -> list[dict[str, Any]]:
    """Return the items of a folder, each of which the schema of the IPTC takes."""
    items = [json.loads(path.read_bytes()) for path in sorted(out.iterdir())]
    for item in items:
        jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER).validate(
            item
        )
    return items


def test_the_schema_takes_the_samples(tmp_path: Path) -> None:
    header, samples = make.samples()
    records = make.one_layer(samples)
    FORMAT.write(replace(header, scheme=replace(make.NEWS, topics=make.TOPICS)), records, tmp_path / "out", WriteOptions())  # fmt: skip
    items = validated(tmp_path / "out")
    assert len(items) == len(records)
    assert {"uri": "http://cv.iptc.org/newscodes/mediatopic/20000638", "literal": "medtop:20000638"}.items() <= items[0]["subjects"][0].items()  # fmt: skip
    assert all(subject["name"] for item in items for subject in item.get("subjects", ()) if subject["literal"] in {t.code for t in make.TOPICS})  # fmt: skip
    make.same_as_golden(tmp_path / "out", "ninjs")


def test_what_it_cannot_hold_is_told(tmp_path: Path) -> None:
    text = "Anna left."
    record = make.record(
        text,
        make.annotation(text, "PERSON", "Anna"),
        topics=(TopicTag("", "", "", "x", "why"),),
        title="T",
        meta={"urgency": 12, "url": "https://example.org/a", "published": "yesterday", "deep": [1], "language": "en"},
        zones=(Zone("lead", 0, 4),),
    )
    said = {loss.kind: loss.where for loss in FORMAT.losses(Header(), [record], WriteOptions())}
    assert said == {
        "annotation": ("T: PERSON “Anna”",),
        "topic-note": ("T: x",),
        "article": ("T", "T: urgency", "T: published", "T: deep"),
    }
    FORMAT.write(Header(), [record], tmp_path / "out", WriteOptions())
    [item] = validated(tmp_path / "out")
    assert (item["uri"], item["language"], "urgency" in item) == ("https://example.org/a", "en", False)
    _, again = read(next((tmp_path / "out").iterdir()))
    assert (again.id, again.title, again.text) == ("a1", "T", text)
    assert again.meta == {"type": "text", "language": "en", "url": "https://example.org/a"}


# --- real items ---------------------------------------------------------------------------------------------------


def real(corpora: Path) -> list[Path]:
    return [
        path for path in sorted((corpora / "ninjs-examples").rglob("*.json")) if path.name != "extension-schema.json"
    ]


def test_real_items_have_their_words_subjects_and_names(corpora: Path) -> None:
    paths = real(corpora)
    assert len(paths) == 23
    for path in paths:
        assert formats.guess(path) == "ninjs"
        if path.name == TWICE and path.parent.name == "1.4":
            with pytest.raises(UserError, match="stands in one object twice"):
                read(path)
            continue
        item = json.loads(path.read_bytes())
        headers, record = read(path)
        subjects = item.get("subject", []) + item.get("subjects", [])
        names = {x["name"] for key in ("people", "person", "places", "place", "organisations", "organisation", "events", "objects") for x in item.get(key, []) if "name" in x}  # fmt: skip
        assert len({x.get("uri") or x.get("code") or x.get("literal") or x["name"] for x in subjects}) == sum(len(layer.topics) for layer in record.layers)  # fmt: skip
        assert {e["name"] for header in headers for e in header.entities} == {" ".join(name.split()) for name in names}
        headline = item.get("headline") or item["headlines"][0]["value"]
        assert record.title == headline.strip()
        assert record.text.startswith(record.title)
    assert formats.recognised(corpora / "ninjs-examples/examples/2.1/schema-extension/extension-schema.json") is None


def test_real_items_come_in_whole_and_twice_is_once(corpora: Path, tmp_path: Path) -> None:
    paths = [path for path in real(corpora) if path.name != TWICE]
    news = replace(make.NEWS, topics=())
    with Project.create(tmp_path / "p.rubric", Settings().me(), news, provisional=["scheme"]) as project:
        report, _ = import_files(project, paths, ImportOptions(new_labels="add"))
        assert report.articles + report.repeated == len(paths)
        assert [label.name for label in project.scheme.labels] == [label.name for label in make.NEWS.labels]
        assert {"medtop:20000065", "Innenriks"} & {topic.code for topic in project.scheme.topics} >= {"Innenriks"}
        assert [finding for finding in project.check(full=True) if finding.damage] == []
        sizes = project.rows.sizes()
        import_files(project, paths, ImportOptions(new_labels="add"))
        assert project.rows.sizes() == sizes

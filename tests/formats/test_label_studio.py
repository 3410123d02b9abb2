"""Label Studio: every kind of result read, and what is written taken by a strict reader of its own."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rubricator import formats
from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.formats.base import Header, Person, ReadOptions, Record, WriteOptions
from rubricator.formats.label_studio.format import FORMAT
from rubricator.model.scheme import Attribute, Label, RelationType, Scheme
from rubricator.model.spans import TopicTag
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.words import say

from . import make
from .label_studio_referee import read_folder

TEXT = "Anna Berg met Karim 😅 Odell."


def region(start: int, end: int, text: str, *labels: str, uid: str = "", **more: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "text": text, "labels": list(labels)}
    return {"id": uid or f"r{start}", "from_name": "label", "to_name": "text", "type": "labels", "value": value, **more}


def result(kind: str, name: str, value: Any, to: str = "text", uid: str = "x") -> dict[str, Any]:
    return {"id": uid, "from_name": name, "to_name": to, "type": kind, "value": value}


def task(*results: dict[str, Any], text: str = TEXT, **more: Any) -> dict[str, Any]:
    return {
        "id": 1,
        "data": {"text": text},
        "annotations": [{"id": 7, "completed_by": 3, "result": list(results)}],
        **more,
    }


def read(tmp_path: Path, *tasks: Any, unit: str = "codepoint") -> list[Record]:
    (tmp_path / "f.json").write_text(json.dumps(list(tasks)), "utf-8")
    found = FORMAT.read(tmp_path / "f.json", ReadOptions(unit=unit))  # type: ignore[arg-type]
    return [one for one in found if isinstance(one, Record)]


def told(record: Record, layer: int = 0) -> list[tuple[str, str]]:
    return [(a.label, a.quote) for a in record.layers[layer].annotations]


def test_regions_with_what_is_said_of_them(tmp_path: Path) -> None:
    at = {"start": 0, "end": 9, "text": "Anna Berg"}
    [record] = read(
        tmp_path,
        task(
            region(0, 9, "Anna Berg", "PER", "HEAD", uid="a", meta={"text": ["Sure?"]}),
            result("choices", "mood", {**at, "choices": ["good"]}, uid="a"),
            result("choices", "roles", {**at, "choices": ["chief", "guest"]}, uid="a"),
            result("choices", "head", {**at, "choices": ["true"]}, uid="a"),
            result("textarea", "lemma", {**at, "text": ["anna", "berg"]}, uid="a"),
            result("rating", "trust", {**at, "rating": 4}, uid="a"),
            result("taxonomy", "kind", {**at, "taxonomy": [["A", "B"]]}, uid="a"),
            region(23, 28, "Odell", "PER", uid="b", origin="prediction", score=0.5),
            {"type": "relation", "from_id": "a", "to_id": "b", "direction": "left", "labels": ["met", "knows"]},
            {"type": "relation", "from_id": "a", "to_id": "b", "direction": "bi"},
        ),
    )
    assert told(record) == [("HEAD", "Anna Berg"), ("PER", "Anna Berg"), ("PER", "Odell")]
    _, anna, odell = record.layers[0].annotations
    assert anna.attributes == {
        "mood": "good", "roles": ["chief", "guest"], "head": True, "lemma": "anna\nberg", "trust": 4, "kind": ["A > B"],
    }  # fmt: skip
    assert (anna.note, anna.origin, odell.origin, odell.score) == ("Sure?", "import", "model", 0.5)
    assert [(x["label"], x["from"], x["to"], x.get("attributes")) for x in record.layers[0].relations] == [
        ("met", odell.id, anna.id, None), ("knows", odell.id, anna.id, None), ("related", anna.id, odell.id, {"direction": "bi"}),
    ]  # fmt: skip
    assert record.cases == ()


def test_what_is_said_of_the_whole_text(tmp_path: Path) -> None:
    [record] = read(
        tmp_path,
        task(
            result("choices", "topic", {"choices": ["sport", "war"]}),
            result("taxonomy", "tree", {"taxonomy": [["A"], ["A", "B"]]}),
            result("textarea", "remark", {"text": ["Is it?"]}),
            result("rating", "quality", {"rating": 4}),
            data={"text": TEXT, "title": "T", "url": "https://x"},
            meta={"who": "x"},
            drafts=[{"result": []}],
            file_upload="a.json",
        ),
    )
    assert [tag.topic for tag in record.layers[0].topics] == ["sport", "war", "A", "A > B"]
    assert [comment["text"] for comment in record.layers[0].comments] == ["Is it?"]
    assert (record.title, record.meta) == ("T", {"title": "T", "url": "https://x", "who": "x", "id": 1})
    assert record.cases == (
        ("unheld", "f.json, item 1, annotation 1, result 4: quality"),
        ("unheld", "f.json, item 1, drafts"),
    )


def test_annotators_and_models_have_layers(tmp_path: Path) -> None:
    by = [
        3,
        {"id": 4, "email": "ben@x.org", "first_name": "", "last_name": ""},
        {"id": 5, "first_name": "Eva", "last_name": "Ro"},
        3,
    ]
    [record] = read(
        tmp_path,
        {
            "data": {"text": TEXT},
            "annotations": [
                {"completed_by": one, "result": [region(0, n + 1, "Anna"[: n + 1], "X")], "lead_time": 1.5, "ground_truth": n == 1}
                for n, one in enumerate(by)
            ]
            + [{"completed_by": 9, "result": [], "was_cancelled": True}],
            "predictions": [{"model_version": "m1", "score": 0.7, "result": [region(0, 4, "Anna", "X")]}, {"result": []}],
        },
    )  # fmt: skip
    assert [(layer.annotator, layer.kind, layer.status, layer.seconds, layer.flags) for layer in record.layers] == [
        ("user 3", "human", "done", 3, ()),
        ("ben@x.org", "human", "done", 1.5, ("ground truth",)),
        ("Eva Ro", "human", "done", 1.5, ()),
        ("user 9", "human", "skipped", 0, ()),
        ("m1", "model", "todo", 0, ()),
        ("prediction", "model", "todo", 0, ()),
    ]
    assert [(a.score, a.origin) for a in record.layers[4].annotations] == [(0.7, "model")]
    assert record.cases == (("merged", "f.json, item 1, annotation 4"),)


def test_offsets_are_those_of_a_browser_unless_the_words_say_otherwise(tmp_path: Path) -> None:
    browser, python = read(tmp_path, task(region(23, 28, "Odell", "X")), task(region(22, 27, "Odell", "X")))
    assert told(browser) == told(python) == [("X", "Odell")]
    assert (browser.cases, python.cases) == ((), (("unit", "f.json, item 2: codepoint"),))
    [record] = read(
        tmp_path, task(region(11, 14, "Ben", "X"), text="Anna.\r\n\r\nלBen", data={"text": "Anna.\r\n\r\nל Ben"})
    )
    assert told(record) == [("X", "Ben")]


def test_pages_give_their_words_and_global_offsets(tmp_path: Path) -> None:
    html = "<p>Anna &amp; <b>Ben</b></p>\n<p>left</p>"
    value = {"start": "/p[1]/b[1]/text()[1]", "end": "/p[1]/b[1]/text()[1]", "startOffset": 0, "endOffset": 3, "text": "Ben", "globalOffsets": {"start": 7, "end": 10}, "hypertextlabels": ["PER"]}  # fmt: skip
    bare = {key: item for key, item in value.items() if key != "globalOffsets"}
    [record] = read(
        tmp_path,
        task(result("hypertextlabels", "ner", value), result("hypertextlabels", "ner", bare), data={"text": html}),
    )
    assert record.text == "Anna & Ben\nleft"
    assert told(record) == [("PER", "Ben")]
    assert record.cases == (("html", "f.json, item 1"), ("unheld", "f.json, item 1, annotation 1, result 2: ner"))


def test_of_several_texts_the_one_with_regions_is_taken_and_the_rest_is_told(tmp_path: Path) -> None:
    [record] = read(
        tmp_path,
        task(
            result("choices", "tone", {"choices": ["loud"]}, to="title"),
            {**region(0, 4, "Anna", "X"), "to_name": "body"},
            data={"title": "News", "body": TEXT, "image": "https://x/y.png"},
        ),
    )
    assert (record.text, told(record)) == (TEXT, [("X", "Anna")])
    assert record.cases == (("unheld", "f.json, item 1, annotation 1, result 1: title"),)
    assert record.meta["image"] == "https://x/y.png"


def test_regions_that_no_annotation_can_be_are_told(tmp_path: Path) -> None:
    [record] = read(
        tmp_path,
        task(
            region(0, 4, "Anna", uid="a"),
            region(5, 5, "", "X", uid="b"),
            region(0, 4, "Anna", "X", uid="c"),
            region(0, 4, "Anna", "X", uid="d"),
            {"type": "relation", "from_id": "c", "to_id": "b", "labels": ["x"]},
            {"type": "relation", "from_id": "c", "to_id": "gone"},
        ),
    )
    assert told(record) == [("X", "Anna")]
    here = "f.json, item 1, annotation 1, result"
    assert record.cases == (
        ("unheld", f"{here} 1: labels"), ("unlabelled", f"{here} 1"), ("empty", f"{here} 2"), ("twice", f"{here} 4: X “Anna”"),
        ("end", f"{here} 5: x"), ("end", f"{here} 6: related"),
    )  # fmt: skip


CONFIG = """<View><Header value="Read"/>
<Text name="doc" value="$body"/>
<Labels name="ner" toName="doc">
  <Label value="Person" alias="PER" background="#FF0000" hotkey="p" hint="People"/>
  <Label value="ORG" background="green"/><Label value="ORG"/></Labels>
<View><Choices name="tone" toName="doc"><Choice value="Good news" alias="good"/><Choice value="bad"/></Choices></View>
<Taxonomy name="t" toName="doc"><Choice value="A"><Choice value="B"/></Choice></Taxonomy>
<Relations><Relation value="works for"/></Relations>
<Choices name="sex" toName="doc" perRegion="true"><Choice value="f"/><Choice value="m"/></Choices>
<TextArea name="lemma" toName="doc" perRegion="true"/><Image name="i" value="$i"/>
</View>"""


def test_the_configuration_beside_declares_names(tmp_path: Path) -> None:
    (tmp_path / "label_config.xml").write_text(CONFIG)
    (tmp_path / "f.json").write_text(
        json.dumps([task({**region(0, 4, "Anna", "PER"), "to_name": "doc"}, data={"title": "x", "body": TEXT})])
    )
    header, record = FORMAT.read(tmp_path / "f.json", ReadOptions())
    assert isinstance(header, Header)
    assert isinstance(record, Record)
    assert told(record) == [("PER", "Anna")]
    scheme = header.scheme
    assert scheme is not None
    assert [(x.name, x.title, x.key, x.colour, x.definition) for x in scheme.labels] == [
        ("PER", "Person", "p", "#ff0000", "People"), ("ORG", "Org", "o", "", ""),
    ]  # fmt: skip
    assert [(x.code, x.name, x.parent) for x in scheme.topics] == [
        ("good", "Good news", ""), ("bad", "bad", ""), ("A", "A", ""), ("A > B", "B", "A"),
    ]  # fmt: skip
    assert scheme.relations == (RelationType("works for", "works for"),)
    assert scheme.attributes == (Attribute("sex", "sex", "choice", ("f", "m")), Attribute("lemma", "lemma", "text"))


def test_json_min(tmp_path: Path) -> None:
    (tmp_path / "f.xml").write_text(CONFIG.replace("$body", "$text"))
    row = {"id": 5, "text": TEXT, "label": [{"start": 0, "end": 4, "text": "Anna", "labels": ["PER"]}], "tone": "good", "all": {"choices": ["a", "b"]}, "source": "wire", "annotator": 2, "annotation_id": 9, "created_at": "x", "updated_at": "x", "lead_time": 2.5}  # fmt: skip
    assert FORMAT.recognises(json.dumps([row]))
    [record] = read(tmp_path, row)
    [layer] = record.layers
    assert (layer.annotator, layer.seconds, told(record)) == ("user 2", 2.5, [("PER", "Anna")])
    assert [tag.topic for tag in layer.topics] == ["good", "a", "b"]
    assert record.meta == {"id": 5, "source": "wire"}


@pytest.mark.parametrize("by", [[3], True, 2.5, {"id": {}}, {"first_name": ["A"], "id": 4}], ids=repr)
def test_who_cannot_be_told_is_a_case_and_the_rest_is_read(tmp_path: Path, by: Any) -> None:
    strange = task(region(0, 4, "Anna", "PER"))
    strange["annotations"][0]["completed_by"] = by
    first, second = read(tmp_path, strange, task(region(5, 9, "Berg", "PER"), text=f"{TEXT} More."))
    assert told(first) == [("PER", "Anna")]
    assert first.layers[0].annotator == ("user 4" if by == {"first_name": ["A"], "id": 4} else "")
    [(kind, where)] = first.cases
    assert kind == "unheld"
    assert where.startswith("f.json, item 1, annotation 1")
    assert "completed_by" in where
    assert second.layers[0].annotator == "user 3"
    assert not second.cases


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"data": 5, "annotations": []}, "f.json, item 1: it has no “data” with a text."),
        (task(region(0, 4, "Berg", "X")), "f.json, item 1, annotation 1, result 1: it says “Berg”, but the text there says"),
        (task(region(0, 99, "Berg", "X")), "f.json, item 1, annotation 1, result 1: 0 to 99 lies outside the text"),
        (task(region(4, 0, "Anna", "X")), "result 1: 4 to 0 is turned round."),
        (task(5), "f.json, item 1: “result” should be a list of objects"),
        ({"data": {"text": "x"}, "annotations": 5}, "f.json, item 1: “annotations” should be a list, and is a number."),
        ({"data": {"image": "x"}, "annotations": []}, "f.json holds no article with words."),
        ({"data": {"text": "x", "deep": json.loads("[" * 90 + "]" * 90)}, "annotations": []}, "it is nested too deeply."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, value: Any, words: str) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, value)
    assert words in say(caught.value.text)


def test_a_configuration_that_is_no_xml_is_told(tmp_path: Path) -> None:
    (tmp_path / "label_config.xml").write_text('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><View/>')
    with pytest.raises(UserError, match=r"label_config\.xml, line 1: it declares a document type"):
        read(tmp_path, task())


# --- written ------------------------------------------------------------------------------------------------------


def test_the_samples_are_written_as_ever(tmp_path: Path) -> None:
    header, records = make.samples()
    out = tmp_path / "out"
    FORMAT.write(header, records, out, WriteOptions(broken="hull"))
    make.same_as_golden(out, "label-studio")
    for found, record in zip(read_folder(out), records, strict=True):
        assert found["text"] == record.text
        for said, layer in zip(found["annotations"], record.layers, strict=True):
            wanted = Counter((a.label, record.text[a.start : a.end]) for a in layer.annotations)
            assert Counter(said["regions"]) == wanted
            assert [code for chosen in said["choices"] for code in chosen] == [tag.topic for tag in layer.topics]


def test_everything_that_it_can_hold(tmp_path: Path) -> None:
    text = "😅 Ruth Amsel leads the Academy."
    ruth = make.annotation(text, "PERSON", "Ruth Amsel", id="p", note="Two\nlines", score=0.5, attributes={"head": True, "role": "chief", "n": 3, "all": ["a", "b"], "sex": "f", "deep": {"x": 1}, "label": "x", "big": 2**60})  # fmt: skip
    academy = make.annotation(text, "ORG & <Co>", "the Academy", id="o")
    record = make.record(text, ruth, academy, relations=({"label": "leads", "from": "p", "to": "o"},), topics=(TopicTag("", "", "", "x"),))  # fmt: skip
    model = replace(record.layers[0], annotator="m", kind="model")
    record = replace(record, layers=(*record.layers, model), meta={"url": "https://x"}, title="T")
    scheme = Scheme(labels=(Label("PERSON", "Person", key="p"),), attributes=(Attribute("sex", "Sex", "choice", ("f", "m")),))  # fmt: skip
    header = Header(scheme=scheme, people=(Person("anna", "Anna B"),))
    FORMAT.write(header, [record], tmp_path / "out", WriteOptions())
    [found] = read_folder(tmp_path / "out")
    assert len(found["predictions"]) == 1
    [said] = found["annotations"]
    assert said["regions"] == [("PERSON", "Ruth Amsel"), ("ORG & <Co>", "the Academy")]
    assert said["attributes"] == [("true",), ["chief"], 3, ("a", "b"), ("f",)]
    assert len(said["relations"]) == 1
    losses = {loss.kind: (loss.n, loss.where) for loss in FORMAT.losses(header, [record], WriteOptions())}
    assert losses["attribute"][0] == 6
    back = list(FORMAT.read(tmp_path / "out" / "tasks.json", ReadOptions()))
    assert isinstance(back[0], Header)
    assert back[0].scheme is not None
    assert [(x.name, x.title, x.key, x.hue) for x in back[0].scheme.labels] == [("PERSON", "Person", "p", 1), ("ORG & <Co>", "ORG & <Co>", "o", 2)]  # fmt: skip
    assert isinstance(back[1], Record)
    assert [(layer.annotator, layer.kind) for layer in back[1].layers] == [("Anna B", "human"), ("m", "model")]
    assert back[1].layers[0].annotations[0].attributes == {"head": True, "role": "chief", "n": 3, "all": ["a", "b"], "sex": "f"}  # fmt: skip
    assert (back[1].title, back[1].meta["url"]) == ("T", "https://x")


# --- real files ---------------------------------------------------------------------------------------------------


def test_real_files(corpora: Path, tmp_path: Path) -> None:
    folder = corpora / "label-studio-json"
    assert {formats.guess(path) for path in folder.glob("*.json")} == {"label-studio"}
    options = ImportOptions(new_labels="add")
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme()) as project:
        with pytest.raises(UserError, match=r"previous_export\.json holds no article with words"):
            import_files(project, [folder / "previous_export.json"], options)
        report, _ = import_files(project, [folder / "text_with_2_predictions.json"], options)
        assert (report.articles, report.topics, report.annotations) == (1, 2, 0)
        people = {(person.name, person.kind) for person in project.rows.annotators()}
        assert people >= {("model_version_A", "model"), ("model_version_B", "model")}
        assert [finding for finding in project.check(full=True) if finding.damage] == []
        sizes = project.rows.sizes()
        import_files(project, [folder / "text_with_2_predictions.json"], options)
        assert project.rows.sizes() == sizes


def test_a_folder_goes_out_and_comes_in(tmp_path: Path) -> None:
    header, records = make.samples()
    FORMAT.write(header, records, tmp_path / "out", WriteOptions(broken="hull"))
    with Project.create(tmp_path / "p.rubric", Settings().me(), Scheme(), provisional=["scheme"]) as project:
        report, _ = import_files(project, [tmp_path / "out"], ImportOptions())
        assert report.articles == len(records)
        assert report.annotations == sum(len(layer.annotations) for record in records for layer in record.layers)
        assert not report.of("refused")
        assert not report.of("repaired")
        assert not report.of("unheld")
        assert [label.name for label in project.scheme.labels][:3] == [label.name for label in make.NEWS.labels][:3]

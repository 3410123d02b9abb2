"""Annotation schemas of GATE beside its documents are the scheme of the files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubricator.errors import UserError
from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.formats import writer
from rubricator.formats.base import Header, WriteOptions
from rubricator.model.scheme import Label, Scheme
from rubricator.project import Project
from rubricator.settings import Settings

from . import make

ADDRESS = """<?xml version="1.0"?>
<schema xmlns="http://www.w3.org/2000/10/XMLSchema">
  <!-- XSchema definition for email -->
  <element name="Address">
    <complexType>
      <attribute name="kind" use="optional">
        <simpleType><restriction base="string">
          <enumeration value="email"/><enumeration value="url"/><enumeration value="email"/>
        </restriction></simpleType>
      </attribute>
      <attribute name="checked" type="boolean"/>
    </complexType>
  </element>
</schema>"""
PERSON = """<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <element name="Person"><complexType>
    <attribute name="age"><simpleType><restriction base="xs:integer"/></simpleType></attribute>
    <attribute name="kind"><simpleType><restriction base="string"><enumeration value="real"/></restriction></simpleType></attribute>
    <attribute name="title"/>
  </complexType></element>
</schema>"""
TEXT = "Anna writes to a@b.org."


@pytest.fixture(params=["gate-xml", "bdoc"])
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    record = make.record(
        TEXT,
        make.annotation(TEXT, "Person", "Anna", attributes={"age": 7}),
        make.annotation(TEXT, "Address", "a@b.org", attributes={"kind": "email", "odd": "x"}),
    )
    writer(request.param).write(Header(), [record], tmp_path / "in", WriteOptions())
    (tmp_path / "in" / "AddressSchema.xml").write_text(ADDRESS)
    (tmp_path / "in" / "personschema.xml").write_text(PERSON)
    return tmp_path / "in"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    scheme = Scheme(labels=(Label("PERSON", "Person", "PERS"),))
    with Project.create(tmp_path / "p.rubric", Settings().me(), scheme, provisional=["scheme"]) as made:
        yield made
        assert [finding for finding in made.check(full=True) if finding.damage] == []


def test_schemas_are_the_scheme(folder: Path, project: Project) -> None:
    report, _ = import_files(project, [folder], ImportOptions())
    assert report.of("unheld") == []
    assert [one.name for one in project.scheme.labels] == ["Address", "Person"]
    assert {one.name: (one.kind, one.values) for one in project.scheme.attributes} == {
        "kind": ("choice", ("email", "url", "real")), "checked": ("flag", ()), "age": ("number", ()), "title": ("text", ()),
    }  # fmt: skip
    [article] = project.rows.articles()
    [_, layer] = [project.rows.annotations(article.id, ""), *[
        found for one in project.rows.annotators() if (found := project.rows.annotations(article.id, one.id))
    ]]  # fmt: skip
    assert [dict(one.attributes) for one in layer] == [{"age": 7}, {"kind": "email", "odd": "x"}]


def test_schemas_are_offered_to_a_project_that_has_a_scheme(folder: Path, project: Project, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("One.")
    import_files(project, [tmp_path / "one.txt"], ImportOptions())
    import_files(project, [folder], ImportOptions(new_labels="add", labels={"Person": "PERSON"}))
    assert [one.name for one in project.scheme.labels] == ["PERSON", "Address"]
    assert project.scheme.attributes_by_name["kind"].values == ("email", "url", "real")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("<schema", "AddressSchema.xml, line 1"),
        ("<other/>", "AddressSchema.xml, line 1: it is no annotation schema"),
        ("<schema>" + "<element>" * 999 + "</element>" * 999 + "</schema>", ""),
        ('<schema><element/><element name=" "><attribute/></element></schema>', ""),
        ("<schema>" * 2000, "AddressSchema.xml"),
    ],
)
def test_bad_schemas_are_told(folder: Path, project: Project, data: str, words: str) -> None:
    (folder / "AddressSchema.xml").write_text(data)
    options = ImportOptions(new_labels="add")
    if not words:
        assert import_files(project, [folder], options)[0].articles == 1
        return
    with pytest.raises(UserError, match=words):
        import_files(project, [folder], options)

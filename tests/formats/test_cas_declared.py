"""What a type system declares: labels, relations and attributes of the file's scheme, or of what is added to ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubricator.exchange.import_report import ImportOptions
from rubricator.exchange.incoming import import_files
from rubricator.formats.base import Header, ReadOptions
from rubricator.formats.cas.xmi import FORMAT
from rubricator.model.scheme import Label, Scheme
from rubricator.project import Project
from rubricator.settings import Settings

DKPRO = "de.tudarmstadt.ukp.dkpro.core.api"


def kind(name: str, above: str, values: tuple[str, ...] = (), **features: str) -> str:
    said = "".join(f"<value><string>{value}</string></value>" for value in values)
    own = "".join(
        f"<featureDescription><name>{key}</name><rangeTypeName>{holds}</rangeTypeName></featureDescription>"
        for key, holds in features.items()
    )
    return (
        f"<typeDescription><name>{name}</name><supertypeName>{above}</supertypeName>"
        f"<features>{own}</features>{f'<allowedValues>{said}</allowedValues>' if values else ''}</typeDescription>"
    )


TEXT, ANY = "uima.cas.String", "uima.tcas.Annotation"
BASE = (
    kind("my.Sense", TEXT, ("good", "bad")),
    kind("my.Tags", TEXT, ("PER", "ORG")),
    kind("my.Link", TEXT, ("knows", "owns")),
    kind("my.Name", ANY, value="my.Tags", sense="my.Sense", sure="uima.cas.Boolean", n="uima.cas.Integer"),
    kind("my.Event", ANY, sense="my.Sense", n="uima.cas.String"),
    kind("my.Under", "my.Event", depth="uima.cas.Float"),
    kind("my.Rel", ANY, Governor="my.Name", Dependent="my.Name", label="my.Link"),
    kind(f"{DKPRO}.segmentation.type.Token", ANY, pos=TEXT),
    kind("my.NoAnnotation", "uima.cas.TOP", x=TEXT),
)
ENTITY = kind(f"{DKPRO}.ner.type.NamedEntity", ANY, value=TEXT, identifier=TEXT)
OPEN = kind("my.Open", ANY, value=TEXT, more="my.Sense")


SLOTS = (
    kind("my.Link_", "uima.cas.TOP", role=TEXT, target=ANY),
    kind("my.Host", ANY, links="uima.cas.FSArray"),
    kind("my.Plain", ANY),
)


def written(folder: Path, *kinds: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "TypeSystem.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">'
        f"<types>{''.join(kinds)}</types></typeSystemDescription>"
    )
    (folder / "a.xmi").write_text(
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:my="http:///my.ecore">'
        '<my:Name xmi:id="2" sofa="1" begin="0" end="4" value="PER" sense="good" sure="true" n="3"/>'
        '<my:Name xmi:id="3" sofa="1" begin="9" end="12" value="ORG"/>'
        '<my:Rel xmi:id="4" sofa="1" begin="9" end="12" Governor="2" Dependent="3" label="knows"/>'
        '<cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="Anna met Ben."/>'
        '<cas:View sofa="1" members="2 3 4"/></xmi:XMI>'
    )
    return folder / "a.xmi"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    scheme = Scheme(labels=(Label("PERSON", "Person", "PERS"),))
    with Project.create(tmp_path / "p.rubric", Settings().me(), scheme, provisional=["scheme"]) as made:
        yield made
        assert [finding for finding in made.check(full=True) if finding.damage] == []


def kinds(scheme: Scheme) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {one.name: (one.kind, one.values) for one in scheme.attributes}


def test_a_type_system_that_closes_its_names_is_the_scheme(tmp_path: Path, project: Project) -> None:
    report, _ = import_files(project, [written(tmp_path / "in", *BASE)], ImportOptions())
    assert report.scheme == ("", 4)
    assert [one.name for one in project.scheme.labels] == ["PER", "ORG", "Event", "Under"]
    assert [one.name for one in project.scheme.relations] == ["knows", "owns"]
    assert kinds(project.scheme) == {
        "sense": ("choice", ("good", "bad")), "sure": ("flag", ()), "n": ("text", ()), "depth": ("number", ()),
    }  # fmt: skip
    [article] = project.rows.articles()
    assert [(a.label, a.quote, dict(a.attributes)) for a in project.annotations(article.id)] == [
        ("PER", "Anna", {"sense": "good", "sure": True, "n": 3}), ("ORG", "Ben", {}),
    ]  # fmt: skip
    assert report.of("unheld") == []


@pytest.mark.parametrize("other", [OPEN, ENTITY])
def test_one_that_leaves_names_open_tells_of_attributes(tmp_path: Path, project: Project, other: str) -> None:
    source = written(tmp_path / "in", *BASE, other)
    look, _ = import_files(project, [source], ImportOptions(dry_run=True))
    assert (look.scheme, list(look.unknown)) == (None, ["PER", "ORG"])
    report, _ = import_files(project, [source], ImportOptions(new_labels="add", labels={"PER": "PERSON"}))
    assert [one.name for one in project.scheme.labels] == ["PERSON", "ORG"]
    assert report.declared == ["knows", "n", "sense", "sure"]
    assert kinds(project.scheme)["sense"] == ("choice", ("good", "bad"))


def test_what_is_not_declared_is_added_beside(tmp_path: Path, project: Project) -> None:
    source = written(tmp_path / "in", OPEN)
    report, _ = import_files(project, [source], ImportOptions(new_labels="add"))
    assert report.labels == ["PER", "ORG"]
    assert set(report.declared) == {"n", "sense", "sure", "knows"}


def test_roles_of_slots_are_declared_though_no_type_names_them(tmp_path: Path, project: Project) -> None:
    source = written(tmp_path / "in", *SLOTS)
    source.write_text(
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:my="http:///my.ecore">'
        '<my:Host xmi:id="2" sofa="1" begin="0" end="4" links="5"/><my:Plain xmi:id="3" sofa="1" begin="9" end="12"/>'
        '<my:Link_ xmi:id="5" role="knows" target="3"/>'
        '<cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="Anna met Ben."/>'
        '<cas:View sofa="1" members="2 3"/></xmi:XMI>'
    )
    report, _ = import_files(project, [source], ImportOptions(new_labels="add"))
    assert [one.name for one in project.scheme.labels] == ["Host", "Plain"]
    assert (report.declared, report.of("unheld")) == (["knows"], [])


@pytest.mark.parametrize("name", ["inception_typesystem.xml", "important_dkpro_types.xml"])
def test_real_type_systems_declare_what_is_of_their_makers(name: str, corpora: Path, tmp_path: Path) -> None:
    found = corpora / "cassis-xmi-json" / "typesystems" / name
    if not found.exists():
        pytest.skip(f"{name} is not among the corpora")
    source = written(tmp_path / "in", OPEN)
    (tmp_path / "in" / "TypeSystem.xml").write_bytes(found.read_bytes())
    headers = [one for one in FORMAT.read(source, ReadOptions()) if isinstance(one, Header)]
    assert all(one.names == "some" for one in headers), "INCEpTION's own layers leave their names open"

"""The filter of the annotation list: what people type, and what passes."""

from __future__ import annotations

import pytest
from tests.making import news

from rubricator.model.scheme import Attribute, Scheme
from rubricator.model.spans import Annotation, Span
from rubricator_gui.panels.annotation_filter import Around, read_filter

SCHEME = Scheme(
    labels=news().labels,
    attributes=(
        Attribute("gender", "Gender", "choice", ("f", "m"), ("PERSON",)),
        Attribute("sure", "How sure", "flag", default=True),
        Attribute("roles", "", "choices", ("a", "b")),
    ),
)


def one(uid: str, label: str, quote: str, **more: object) -> Annotation:
    return Annotation(uid, "a", "me", label, Span.of(0, len(quote)), quote, **more)  # type: ignore[arg-type]


LAYER = [
    one(
        "1",
        "PERSON",
        "Anna\n\nBerg",
        note="Is she?",
        attributes={"gender": "f", "roles": ["a", "b"], "sure": True},
        entity="e1",
    ),
    one("2", "PERSON", "Ben", attributes={"gender": "m", "odd": "x"}),
    one("3", "ORGANIZATION", "ANNA Society", attributes={"sure": False}),
]
RELATED = {"1": [("member_of", "Member of", "ANNA Society")], "3": [("member_of", "Member of", "Anna\n\nBerg")]}


def broken(annotation: Annotation) -> list[str]:
    return ["Person may not lie inside Event (rule 1)"] if annotation.id == "2" else []


AROUND = Around(SCHEME, {"e1": "Anna Berg-Lund"}.get, {"2": 1}, lambda uid: RELATED.get(uid, []), broken)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "passing"),
    [
        ("anna", "13"),
        ('"anna berg"', "1"),
        ("“anna berg”", "1"),
        ("she", "1"),
        ("label:ORG", "3"),
        ("label:person anna", "1"),
        ("label:o", "3"),
        ("label:pe", "12"),
        ("label:job", ""),
        ("label:person note: ben", ""),
        ("label:", "123"),
        ("-label:PER", "3"),
        ("gender:f", "1"),
        ("broken:", "2"),
        ("broken:event", "2"),
        ("broken:city", ""),
        ("-broken:", "13"),
        ("Gender:M", "2"),
        ("gender:", "12"),
        ("-gender:", "3"),
        ("how-sure:yes", "1"),
        ("sure:no", "3"),
        ("roles:b", "1"),
        ("odd:x", "2"),
        ("odd:y", ""),
        ("note:", "1"),
        ("note:is", "1"),
        ("-note:", "23"),
        ("comment:", "2"),
        ("entity:lund", "1"),
        ("-entity:", "23"),
        ("relation:", "13"),
        ("-relation:", "2"),
        ("relation:member", "13"),
        ("relation:member_of", "13"),
        ("relation:Member-of", "13"),
        ('relation:"member of"', "13"),
        ("relation:society", "1"),
        ("relation:spouse", ""),
        ("no such words", ""),
        ("<b>%s{0}\x00", ""),
        ("a:b:c", ""),
    ],
)
def test_what_passes(typed: str, passing: str) -> None:
    passes = read_filter(typed, AROUND)
    assert passes is not None
    assert "".join(annotation.id for annotation in LAYER if passes(annotation)) == passing


@pytest.mark.parametrize("typed", ["label:TITL", "label:job", "label:Job title", "label:job tit", 'label:"job title"'])
def test_a_label_is_found_by_how_its_names_begin(typed: str) -> None:
    passes = read_filter(typed, AROUND)
    assert passes is not None
    assert passes(one("4", "PROFESSION", "pilot"))
    assert not any(passes(annotation) for annotation in LAYER)


@pytest.mark.parametrize("typed", ["", "  ", "\n", '""', "-"])
def test_what_asks_for_nothing(typed: str) -> None:
    assert read_filter(typed, AROUND) is None

"""The filter of the annotation list: what people type, and what passes."""

from __future__ import annotations

import pytest
from tests.making import news

from rubricator.model.scheme import Attribute, Scheme
from rubricator.model.spans import Annotation, Span
from rubricator_gui.panels.annotation_filter import Around, keys_of, read_filter, unknown_key

SCHEME = Scheme(
    labels=news().labels,
    attributes=(
        Attribute("gender", "Gender", "choice", ("f", "m"), ("PERSON",)),
        Attribute("sure", "How sure", "flag", default=True),
        Attribute("roles", "", "choices", ("a", "b")),
        Attribute("alias", "Called", "text"),
        Attribute("budget", "In euro", "number", labels=("ORGANIZATION",), required=True),
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
        seen=("c1",),
    ),
    one("2", "PERSON", "Ben", attributes={"gender": "m", "odd": "x", "alias": "Ben Sund the pilot"}, seen=("c1",)),
    one("3", "ORGANIZATION", "ANNA Society", attributes={"sure": False}, origin="memory", seen=("c1",)),
]
RELATED = {"1": [("member_of", "Member of", "ANNA Society")], "3": [("member_of", "Member of", "Anna\n\nBerg")]}
ENTITIES = {"e1": ["Anna Berg-Lund", "A. B.", "wikidata:Q7779", "e1"]}
MAKERS = {"1": ["anna"], "2": ["anna", "Ben Sund"]}


def broken(annotation: Annotation) -> list[str]:
    return ["Person may not lie inside Event (rule 1)"] if annotation.id == "2" else []


AROUND = Around(
    SCHEME,
    lambda words: [uid for uid, names in ENTITIES.items() if any(words in name.casefold() for name in names)],
    {"2": ["No idea.", "Agreed at 18:45"]},
    lambda uid: RELATED.get(uid, []),
    lambda uid: [("Grain market", "04016021")] if uid == "2" else [],
    broken,
    lambda one: one.id == "3",
    lambda one: MAKERS.get(one.id, []),
    lambda one: "suggested by memory" if one.origin == "memory" else "by hand",
)


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
        ("missing:", "3"),
        ("missing:budget", "3"),
        ("missing:in-euro", "3"),
        ("missing:gender", ""),
        ("-missing:", "12"),
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
        ("-comment:", "13"),
        ("comment:agreed", "2"),
        ('comment:"no idea"', "2"),
        ("comment:nobody", ""),
        ("agreed", "2"),
        ("18:45", "2"),
        ("stale:", "3"),
        ("-stale:", "12"),
        ("by:", "12"),
        ("by:anna", "12"),
        ("by:sund", "2"),
        ("-by:anna", "3"),
        ("origin:", "3"),
        ("origin:memory", "3"),
        ("origin:manual", "12"),
        ("origin:hand", "12"),
        ("called:pilot", "2"),
        ("alias:the", "2"),
        ('called:"Ben Sund the pilot"', "2"),
        ("called:", "2"),
        ("-called:pilot", "13"),
        ("gender:female", ""),
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
        ("topic:", "2"),
        ("topic:grain-market", "2"),
        ("topic:0401", "2"),
        ("topic:sport", ""),
        ("-topic:", "13"),
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


@pytest.mark.parametrize(
    ("typed", "unknown"),
    [
        ("foo:", "foo"),
        ("foo:bar", "foo"),
        ("-foo:bar", "foo"),
        ("anna label:per Foo:x", "Foo"),
        ("a:b:c", "a"),
        ("label:per gender:f how-sure:yes called:x odd:y stale: by:x origin:", ""),
        ('"foo:bar"', ""),
        ("18:45", ""),
        ("https://example.org", ""),
        ("foo", ""),
    ],
)
def test_a_key_that_nothing_is_called_by(typed: str, unknown: str) -> None:
    found = unknown_key(typed, AROUND, LAYER)
    assert found == unknown
    passes = read_filter(typed, AROUND, found)
    assert passes is not None
    if unknown:
        assert not any(passes(annotation) for annotation in LAYER), "nothing is shown as if it were an answer"


def test_what_there_is_to_filter_by() -> None:
    assert " ".join(keys_of(SCHEME)).endswith("missing stale by origin gender how-sure roles called in-euro")

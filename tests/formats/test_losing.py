"""How a report calls what is lost: by words that a person knows, never by an id that was made for them."""

from __future__ import annotations

from uuid import uuid4

import pytest

from rubricator.formats.base import LayerRecord, Record
from rubricator.formats.losing import article_cases, name_of
from rubricator.model.spans import Annotation, Span


@pytest.mark.parametrize(
    ("record", "name"),
    [
        (Record("Anna met\nBen.", id=str(uuid4()), title="A meeting"), "A meeting"),
        (Record("Anna met\nBen.", id="a1"), "a1"),
        (Record("Anna met\nBen.", id=str(uuid4())), "“Anna met ⏎ Ben.”"),
        (Record("Anna\n\n\n met\nBen.", id=str(uuid4())), "“Anna ⏎ met ⏎ Ben.”"),
        (Record("", id="0e8400e2-29b4-41d4-a716-446655440000"), "0e8400e2-29b4-41d4-a716-446655440000"),
    ],
)
def test_an_article_is_called_by_what_a_person_knows_of_it(record: Record, name: str) -> None:
    assert name_of(record) == name


def test_a_relation_is_told_by_the_words_at_its_ends() -> None:
    first, second = str(uuid4()), str(uuid4())
    places = ((first, Span.of(0, 4)), (second, Span.of(9, 12)))
    spans = tuple(Annotation(id=uid, article="", annotator="", label="P", span=span) for uid, span in places)
    relations = ({"label": "met", "from": first, "to": second}, {"label": "met", "from": first, "to": "gone"})
    layer = LayerRecord("ann", annotations=spans, relations=relations)
    cases = [*article_cases(Record("Anna met Ben.", title="T", layers=(layer,)), layer, {"article"})]
    assert cases == [("relation", "T: met (“Anna”, “Ben”)"), ("relation", "T: met (“Anna”, gone)")]

"""The structures that an article is written as, in XMI or JSON: DKPro's tokens, sentences and named entities."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from rubricator.formats.cas.layers import IDENTIFIER, METADATA, NAMED_ENTITY, RELATION, SENTENCE, TOKEN
from rubricator.formats.cas.plan import VALUE, Plan, Shape, is_sound, sentence_groups
from rubricator.formats.cas.types import ANNOTATION, DOCUMENT, STRING, Type
from rubricator.model.text import Units, plain
from rubricator.model.tokens import sentences

SHAPE = Shape(is_sound, in_tokens=False)

SOFA = 1
"""The id of the sofa; the others follow."""

Value = str | int | bool


@dataclass(frozen=True)
class Written:
    """A structure that is to be written: `held` are the ids of the structures that its features hold."""

    uid: int
    kind: str
    values: dict[str, Value]
    held: dict[str, int] = field(default_factory=dict)


@dataclass
class Declared:
    """The features that named entities and relations have beside those of INCEpTION, as the articles use them."""

    entities: set[str] = field(default_factory=set)
    relations: set[str] = field(default_factory=set)

    def add(self, plan: Plan) -> None:
        """Take in those of an article."""
        self.entities.update(name for one in plan.made for name in one.features)
        self.relations.update(name for tie in plan.ties for name in tie.features)

    def types(self) -> dict[str, Type]:
        """Return the types that are declared beside those that UIMA has by itself."""
        strings = ("documentTitle", "documentId", "documentUri", "collectionId", "documentBaseUri")
        ends = {"Dependent": ANNOTATION, "Governor": ANNOTATION}
        entity = dict.fromkeys(sorted({IDENTIFIER, VALUE} | self.entities), STRING)
        return {
            METADATA: Type(DOCUMENT, dict.fromkeys(strings, STRING) | {"isLastSegment": "uima.cas.Boolean"}),
            NAMED_ENTITY: Type(ANNOTATION, entity),
            SENTENCE: Type(ANNOTATION, {"id": STRING}),
            TOKEN: Type(ANNOTATION, {"id": STRING, "order": "uima.cas.Integer"}),
            RELATION: Type(ANNOTATION, ends | dict.fromkeys(sorted({VALUE} | self.relations), STRING)),
        }


def structures(plan: Plan, title: str, identifier: Callable[[str], str]) -> Iterator[Written]:
    """Yield the structures of an article but for the sofa, in the order of their ids."""
    at = Units(plan.text, "utf16").from_codepoint
    uid = SOFA

    def made(
        kind: str, start: int, end: int, values: Mapping[str, Value], held: Mapping[str, int] | None = None
    ) -> Written:
        nonlocal uid
        uid += 1
        place: dict[str, Value] = {"begin": at(start), "end": at(end)}
        return Written(uid, kind, place | dict(values), {"sofa": SOFA} | dict(held or {}))

    about: dict[str, Value] = {
        "language": "x-unspecified",
        "documentTitle": plain(title),
        "isLastSegment": False,
    }
    yield made(METADATA, 0, len(plan.text), about)
    for first, last in sentence_groups(plan.tokens, (start for start, _ in sentences(plan.text))):
        yield made(SENTENCE, plan.tokens[first].start, plan.tokens[last - 1].end, {})
    for token in plan.tokens:
        yield made(TOKEN, token.start, token.end, {"order": 0})
    ids: list[int] = []
    for one in plan.made:
        known = {IDENTIFIER: identifier(one.entity)} if one.entity else {}
        written = made(NAMED_ENTITY, one.start, one.end, known | dict(one.features))
        ids.append(written.uid)
        yield written
    for tie in plan.ties:
        place = plan.made[tie.target]
        ends = {"Dependent": ids[tie.target], "Governor": ids[tie.source]}
        yield made(RELATION, place.start, place.end, tie.features, ends)

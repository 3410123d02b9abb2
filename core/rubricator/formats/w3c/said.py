"""What a Web Annotation says, in whatever shape it is written: its targets, its bodies with purposes, its maker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rubricator.formats.json_values import name_of, text_of
from rubricator.formats.w3c.selectors import Place, place_of

Json = Mapping[str, Any]

TAGS = frozenset({"tagging", "classifying"})
LINKS = frozenset({"identifying", "linking"})
_DEEPEST = 8


@dataclass
class Target:
    """Something that an annotation is about: a source (by its id), and a place in it, if it is not the whole."""

    source: str
    place: Place | None
    whole: bool


@dataclass
class Said:
    """An annotation with its place in the file."""

    value: Json
    where: str
    targets: list[Target]
    id: str
    kind: str
    """What made it: `human` or `model`."""
    by: str
    at: str


@dataclass
class Texts:
    """The texts that stand in the file, and what they are called; `beside` is the one that stands beside it."""

    values: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    beside: str = ""


def as_list(value: Any) -> list[Any]:
    """Return a value that may stand alone as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def is_a(value: Json, kind: str) -> bool:
    """Say whether this is one of its types."""
    return kind in as_list(value.get("type", value.get("@type")))


def id_of(value: Any) -> str:
    """Return the id of a thing that is told by it alone, or has one."""
    if isinstance(value, str):
        return value
    return (name_of(value, "id") or name_of(value, "@id")) if isinstance(value, dict) else ""


def annotations_in(value: Json, where: str, depth: int) -> Iterator[tuple[Json, str]]:
    """Yield the annotations of a collection or a page, or the one that this is."""
    if is_a(value, "Annotation"):
        yield value, where
    elif depth < _DEEPEST:
        for key in ("first", "items", "@graph"):
            for n, inner in enumerate(as_list(value.get(key)), 1):
                if isinstance(inner, dict):
                    yield from annotations_in(inner, f"{where}, annotation {n}" if key != "first" else where, depth + 1)


def said_by(value: Json, where: str, texts: Texts) -> Said:
    """Return an annotation with its targets; texts that stand in it are noted."""
    targets: list[Target] = []
    for target in as_list(value.get("target")):
        source = target.get("source", target) if isinstance(target, dict) else target
        uid = id_of(source)
        if isinstance(source, dict) and isinstance(source.get("value"), str):
            uid = uid or source["value"]
            texts.values.setdefault(uid, source["value"])
            texts.titles.setdefault(uid, text_of(source, "label"))
        selectors = as_list(target.get("selector")) if isinstance(target, dict) else []
        place = place_of(one for one in selectors if isinstance(one, dict))
        targets.append(Target(uid, place, not selectors))
    return Said(value, where, targets, id_of(value), *_creator_of(value), name_of(value, "created"))


def _creator_of(value: Json) -> tuple[str, str]:
    """Return of which kind the annotator is, and the name."""
    creator = next(iter(as_list(value.get("creator"))), None)
    if not isinstance(creator, dict):
        return "human", id_of(creator)
    name = text_of(creator, "name") or name_of(creator, "nickname") or id_of(creator)
    return "model" if is_a(creator, "Software") else "human", name


def called_in(value: Json) -> str:
    """Return what the file calls the entity that identifies an annotation; empty where it does not say."""
    for body in as_list(value.get("body")):
        source = body.get("source") if isinstance(body, dict) else None
        if isinstance(source, dict) and (label := text_of(source, "label")).strip():
            return label
    return ""


def is_remark(one: Said) -> bool:
    """Say whether an annotation of another one says something in words, and neither tags nor links it."""
    purposes = {purpose for purpose, _words in bodies_of(one.value)}
    return bool(purposes) and not purposes & (TAGS | LINKS) and len(one.targets) == 1


def ends_of(one: Said, own: set[str]) -> tuple[str, str] | None:
    """Return the annotations that this one links: two targets, or its target and what its body links to."""
    about_own = [target.source for target in one.targets if target.source in own]
    if not about_own:
        return None
    linked = [words for purpose, words in bodies_of(one.value) if purpose in LINKS and words in own]
    first, second = [*about_own, *linked, "", ""][:2]
    return first, second


def bodies_of(value: Json) -> Iterator[tuple[str, str]]:
    """Yield the purpose and the words, or the address, of each body."""
    motive = next((str(one) for one in as_list(value.get("motivation"))), "")
    if isinstance(value.get("bodyValue"), str):
        yield "commenting", value["bodyValue"]
    for body in as_list(value.get("body")):
        if isinstance(body, str):
            yield motive or "linking", body
        elif isinstance(body, dict):
            purpose = next((str(one) for one in as_list(body.get("purpose"))), "") or motive
            words = text_of(body, "value") or id_of(body.get("source")) or id_of(body)
            if words:
                yield purpose or ("commenting" if "value" in body else "linking"), words

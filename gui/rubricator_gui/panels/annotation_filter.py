"""What stands in the filter of the annotation list, read: words, label:ORG, gender:f, relation:, note:, comment: ...

A key with nothing behind it finds all that have something there. A key that nothing is called by finds nothing, a minus
before it or not, and is told (`unknown_key`): who reads the list must not take it for an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from rubricator.model.attributes import in_words
from rubricator.model.folding import fold
from rubricator.model.rules import unsaid
from rubricator.model.scheme import Attribute, Scheme
from rubricator.model.spans import Annotation
from rubricator.words import say
from rubricator_gui.panels.article_filter import labels_named, with_quotes

KEYS = ("label", "entity", "relation", "topic", "note", "comment", "broken", "missing", "stale", "by", "origin")
"""What there is to filter by beside attributes."""

# a time (18:45) and an address (https://) have no key, they are words
_PIECE = re.compile(r'(?P<not>-)?(?:(?P<key>[^\W\d_][\w-]*):(?!//))?(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S*))')

Passes = Callable[[Annotation], bool]


class Around(NamedTuple):
    """What is known of annotations beside themselves: what entities are called, words of comments and relations.

    An entity is called by all of its names, its ids, and the words of its mentions. A relation is what it is called:
    the name and title of its type, and the words at its other end. A topic that one is evidence for is its name and its
    code. `broken` says which rules an annotation breaks, `stale` whether it is to be looked at again, `makers` the
    names of those who made and changed an annotation, `origin` what it is called where one comes from.
    """

    scheme: Scheme
    entities_called: Callable[[str], Container[str]]
    comments: Mapping[str, Iterable[str]]
    relations: Callable[[str], Iterable[tuple[str, ...]]]
    topics: Callable[[str], Iterable[tuple[str, ...]]]
    broken: Callable[[Annotation], Iterable[str]]
    stale: Passes
    makers: Callable[[Annotation], Iterable[str]]
    origin: Callable[[Annotation], str]


def read_filter(typed: str, around: Around, unknown: str = "") -> Passes | None:
    """Return what says whether an annotation passes, all parts of a filter at once; None where nothing is asked.

    With an unknown key none does.
    """
    if unknown:
        return lambda _annotation: False
    parts = [part for piece in _PIECE.finditer(with_quotes(typed, around.scheme)) if (part := _part(piece, around))]
    if not parts:
        return None

    def passes(annotation: Annotation) -> bool:
        return all(part(annotation) for part in parts)

    return passes


def unknown_key(typed: str, around: Around, layer: Iterable[Annotation]) -> str:
    """Return the first key of a filter that nothing is called by ("foo" in foo:bar); "" where there is none.

    Attributes that no scheme declares can be asked for too: imported annotations have them.
    """
    pieces = _PIECE.finditer(with_quotes(typed, around.scheme))
    asked = [piece["key"] for piece in pieces if piece["key"] and not _known(piece["key"].casefold(), around.scheme)]
    if not asked:
        return ""
    carried = {name.casefold() for annotation in layer for name in annotation.attributes}
    return next((key for key in asked if key.casefold() not in carried), "")


def keys_of(scheme: Scheme) -> Iterator[str]:
    """Yield what there is to filter by: the keys, and the attributes as they are shown."""
    yield from KEYS
    yield from (_key_of(attribute) for attribute in scheme.attributes)


def _known(key: str, scheme: Scheme) -> bool:
    return key in KEYS or any(key in (one.name.casefold(), _key_of(one)) for one in scheme.attributes)


def _key_of(attribute: Attribute) -> str:
    return fold(attribute.title or attribute.name).replace(" ", "-")


def words_of(typed: str, around: Around) -> str:
    """Return the words of a filter that stand for themselves, folded: one whose quote is just that is meant first."""
    pieces = _PIECE.finditer(with_quotes(typed, around.scheme))
    plain = (piece["quoted"] or piece["plain"] or "" for piece in pieces if not piece["key"] and not piece["not"])
    return fold(" ".join(plain))


def _part(piece: re.Match[str], around: Around) -> Passes | None:
    key = (piece["key"] or "").casefold()
    value = piece["quoted"] if piece["quoted"] is not None else piece["plain"]
    wanted = fold(value)
    if not key and not wanted:
        return None
    asked = _asked(key, wanted, value, around)
    if piece["not"]:
        return lambda annotation: not asked(annotation)
    return asked


def _asked(key: str, wanted: str, written: str, around: Around) -> Passes:
    match key:
        case "":
            return lambda one: any(wanted in fold(said) for said in _all_said(one, around))
        case "label":
            named = labels_named(around.scheme, written)
            return lambda one: one.label in named or not wanted
        case "note":
            return lambda one: bool(one.note) and wanted in fold(one.note)
        case "comment":
            return lambda one: any(wanted in fold(said) for said in around.comments.get(one.id, ()))
        case "relation":
            return lambda one: any(not wanted or _is_called(names, wanted) for names in around.relations(one.id))
        case "topic":
            return lambda one: any(not wanted or _is_called(names, wanted) for names in around.topics(one.id))
        case "broken":
            return lambda one: any(wanted in fold(why) for why in around.broken(one))
        case "missing":
            return lambda one: any(
                wanted in fold(lack.name) or wanted in _key_of(lack) for lack in unsaid(one, around.scheme)
            )
        case "entity":
            called = around.entities_called(wanted)
            return lambda one: bool(one.entity) and (one.entity in called or wanted in fold(one.entity))
        case "stale":
            return around.stale
        case "by":
            return lambda one: any(wanted in fold(name) for name in around.makers(one))
        case "origin":
            return lambda one: _comes_from(one, wanted, around)
    return lambda one: any(_says(one, name, wanted, around.scheme) for name in _called(key, one, around.scheme))


def _all_said(annotation: Annotation, around: Around) -> Iterator[str]:
    """Yield all words that an annotation carries."""
    yield annotation.quote
    yield annotation.note
    yield from around.comments.get(annotation.id, ())


def _comes_from(annotation: Annotation, wanted: str, around: Around) -> bool:
    """Say whether an annotation comes from there, by its key or its words; asked for nothing: not from a hand."""
    if not wanted:
        return annotation.origin != "manual"
    return wanted == annotation.origin or wanted in fold(around.origin(annotation))


def _is_called(names: tuple[str, ...], wanted: str) -> bool:
    return any(wanted in fold(name) or wanted in fold(name).replace(" ", "-") for name in names)


def _called(key: str, annotation: Annotation, scheme: Scheme) -> Iterable[str]:
    """Return the attributes that people call so, by name or title."""
    titles = {_key_of(one): one.name for one in scheme.attributes_of(annotation.label)}
    names = [*titles.values(), *annotation.attributes]
    return [titles[key]] if key in titles else [name for name in names if name.casefold() == key]


def _says(annotation: Annotation, name: str, wanted: str, scheme: Scheme) -> bool:
    attribute, value = scheme.attributes_by_name.get(name), annotation.attributes.get(name)
    if isinstance(value, list | tuple):
        return not wanted or any(fold(str(item)) == wanted for item in value)
    if value is None:
        return False
    said = fold(say(in_words(value)))
    if isinstance(value, str) and (attribute is None or attribute.kind == "text"):
        return wanted in said  # who remembers a text remembers a word of it
    return not wanted or said == wanted

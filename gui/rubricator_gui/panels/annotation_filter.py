"""What stands in the filter of the annotation list, read: words, label:ORG, gender:f, relation:, note:, comment: ..."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from rubricator.model.attributes import in_words
from rubricator.model.folding import fold
from rubricator.model.scheme import Scheme
from rubricator.model.spans import Annotation
from rubricator.words import say
from rubricator_gui.panels.article_filter import labels_named, with_quotes

_PIECE = re.compile(r'(?P<not>-)?(?:(?P<key>[\w-]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S*))')

Passes = Callable[[Annotation], bool]


class Around(NamedTuple):
    """What is known of annotations beside themselves: names of entities, numbers of comments and relations, by id.

    A relation is what it is called: the name and title of its type, and the words at its other end. `broken` says
    which rules an annotation breaks.
    """

    scheme: Scheme
    entity_name: Callable[[str], str]
    comments: Mapping[str, int]
    relations: Callable[[str], Iterable[tuple[str, ...]]]
    broken: Callable[[Annotation], Iterable[str]]


def read_filter(typed: str, around: Around) -> Passes | None:
    """Return what says whether an annotation passes, all parts of a filter at once; None where nothing is asked."""
    parts = [part for piece in _PIECE.finditer(with_quotes(typed, around.scheme)) if (part := _part(piece, around))]
    if not parts:
        return None

    def passes(annotation: Annotation) -> bool:
        return all(part(annotation) for part in parts)

    return passes


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
            return lambda one: wanted in fold(one.quote) or wanted in fold(one.note)
        case "label":
            named = labels_named(around.scheme, written)
            return lambda one: one.label in named or not wanted
        case "note":
            return lambda one: bool(one.note) and wanted in fold(one.note)
        case "comment":
            return lambda one: around.comments.get(one.id, 0) > 0
        case "relation":
            return lambda one: any(not wanted or _is_called(names, wanted) for names in around.relations(one.id))
        case "broken":
            return lambda one: any(wanted in fold(why) for why in around.broken(one))
        case "entity":
            return lambda one: bool(one.entity) and wanted in fold(around.entity_name(one.entity))
    return lambda one: any(_says(one, name, wanted) for name in _called(key, one, around.scheme))


def _is_called(names: tuple[str, ...], wanted: str) -> bool:
    return any(wanted in fold(name) or wanted in fold(name).replace(" ", "-") for name in names)


def _called(key: str, annotation: Annotation, scheme: Scheme) -> Iterable[str]:
    """Return the attributes that people call so, by name or title."""
    titles = {fold(one.title or one.name).replace(" ", "-"): one.name for one in scheme.attributes_of(annotation.label)}
    names = [*titles.values(), *annotation.attributes]
    return [titles[key]] if key in titles else [name for name in names if name.casefold() == key]


def _says(annotation: Annotation, name: str, wanted: str) -> bool:
    value = annotation.attributes.get(name)
    if isinstance(value, list | tuple):
        return not wanted or any(fold(str(item)) == wanted for item in value)
    return value is not None and (not wanted or fold(say(in_words(value))) == wanted)

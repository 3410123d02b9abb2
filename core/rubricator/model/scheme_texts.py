"""What the texts of a scheme (guidelines, definitions, notes of examples) call its labels, and those names changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from rubricator.model.folding import single_spaced
from rubricator.model.scheme import Attribute, Example, Label, RelationType, Scheme
from rubricator.words import Message, message

_AROUND = 40
"""Characters on each side of a name that are shown with it."""


_SENTENCES = re.compile(r"((?<=[.!?])\s+|\n+)")
"""What stands between two sentences, or lines."""


class Text(NamedTuple):
    """A text of a scheme: what people call it, and what it is the `part` of: of the scheme (kind ""), a label ..."""

    where: Message
    kind: str
    name: str
    part: str


class Called(NamedTuple):
    """A place of a scheme's texts that names a label: which text it is, and the words around it."""

    where: Message
    words: str
    name: str
    text: Text
    start: int
    end: int


def new_name(label: Label, name: str, title: str) -> dict[str, str]:
    """Return what stands for a label in texts, its name and its title, each with what will; what stays is left out."""
    names = {label.name: name, label.title: title}
    return {old: new for old, new in names.items() if old.strip() and old != new}


def merged_names(scheme: Scheme, labels: Iterable[str], into: str) -> dict[str, str]:
    """Return the same for labels that become another one."""
    kept, found = scheme.by_name[into], dict[str, str]()
    for name in labels:
        if name != into and name in scheme.by_name:
            found |= new_name(scheme.by_name[name], kept.name, kept.title)
    return found


def called_in(scheme: Scheme, names: Collection[str], but: Collection[str] = ()) -> list[Called]:
    """Return where the texts of a scheme say one of these names; `but` holds labels whose own texts do not count."""
    kept = tuple(one for one in scheme.labels if one.name not in but)
    examples = tuple(one for one in scheme.examples if one.label not in but)
    return [one for one, _text in _called(replace(scheme, labels=kept, examples=examples), names, scheme)]


def still_called(scheme: Scheme, gone: Collection[str]) -> list[Called]:
    """Return where the texts of a scheme name labels that it has no longer, by what those were called.

    A heading may (“From City, town”), and a sentence may begin with any word: of one bare word there nothing is told.
    """
    names = {name for name in gone if name.strip()} - names_of_labels(scheme)
    read = replace(scheme, examples=tuple(one for one in scheme.examples if one.label in scheme.by_name))
    return [one for one, text in _called(read, names, scheme) if _means_it(one, text)]


def _called(scheme: Scheme, names: Collection[str], known: Scheme) -> list[tuple[Called, str]]:
    """Return the same with the whole text of each; longer names of `known` labels are told apart."""
    found: list[tuple[Called, str]] = []
    names_of = _names_of(known, names)

    def look(of: Text, text: str) -> str:
        for match in names_of.finditer(text):
            if (name := match.group()) in names:
                words = _around(text, match.start(), match.end())
                found.append((Called(of.where, words, name, of, match.start(), match.end()), text))
        return text

    if names:
        _each(scheme, look)
    return found


def names_of_labels(scheme: Scheme, some: Collection[str] | None = None) -> set[str]:
    """Return what texts may call the labels of a scheme, or some of them: their names and their titles."""
    labels = [one for one in scheme.labels if some is None or one.name in some]
    return {name for label in labels for name in (label.name, label.title) if name.strip()}


def _means_it(one: Called, text: str) -> bool:
    line = text[: one.start].rpartition("\n")[2]
    begins = not line.strip(" -*>") or bool(re.search(r"[.!?:]\s+$", line))
    bare = one.name.istitle() and one.name.isalpha() and text[one.start - 1 : one.start] != "*"
    return not line.lstrip().startswith("#") and not (begins and bare)


def call_anew(scheme: Scheme, names: Mapping[str, str]) -> Scheme:
    """Put other names of labels into the texts of a scheme, where one stands as words of its own, in the same letters.

    What is a part of another label's name (“City” in “City, town”) is that label's.
    """
    names_of = _names_of(scheme, names)

    def change(_of: Text, text: str) -> str:
        return _put(names, names_of, text)

    return _each(scheme, change) if names else scheme


def call_merged(scheme: Scheme, labels: Collection[str], into: str) -> Scheme:
    """Put the name of the label that stays where texts name those that become it, as far as it makes sense.

    A sentence that would name it twice is left (“Where: City, Town”), and so is what is written of these labels
    themselves, which tells them apart (“not a clock time: that is Time”).
    """
    names = merged_names(scheme, labels, into)
    names_of, new = _names_of(scheme, names), set(names.values())

    def put(sentence: str) -> str:
        changed = _put(names, names_of, sentence)
        return sentence if sum(match.group() in new for match in names_of.finditer(changed)) > 1 else changed

    def change(_of: Text, text: str) -> str:
        return "".join(put(part) for part in _SENTENCES.split(text))

    if not names:
        return scheme
    changed = _each(scheme, change)
    own = {into, *labels}
    kept = tuple(old if old.name in own else one for old, one in zip(scheme.labels, changed.labels, strict=True))
    return replace(changed, labels=kept)


def _put(names: Mapping[str, str], names_of: re.Pattern[str], text: str) -> str:
    """Return a text with other names, and “an” for “a” before them, or the other way round, where they ask for it."""
    made, at = "", 0
    for match in names_of.finditer(text):
        old = match.group()
        new = names.get(old, old)
        made += text[at : match.start()]
        article = _ARTICLE.search(made)
        if article and bool(article["n"]) == _takes_an(old):  # else it is none, or somebody's own way
            made = f"{made[: article.start('n')]}{'n' if _takes_an(new) else ''}{article['gap']}"
        made, at = made + new, match.end()
    return made + text[at:]


_ARTICLE = re.compile(r"(?<!\w)[Aa](?P<n>n?)(?P<gap> [*_“\"‘']*)$")
_AN = re.compile(r"(?!eu|one|once|u(?:ni[^n]|s[aeiu]|ti|ku))[aeiou]|hour|hono|heir", re.IGNORECASE)


def _takes_an(name: str) -> bool:
    """Say whether a name is said with “an” before it, in English, as far as its letters tell."""
    return bool(_AN.match(name))


def _around(text: str, start: int, end: int) -> str:
    """Return the words of a text around a place, none of them cut in two."""
    before, after = text[:start].rpartition("\n")[2], text[end:].partition("\n")[0]
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + " …"
    return single_spaced(before + text[start:end] + after).strip()


def _names_of(scheme: Scheme, names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds the names of all labels, the longer ones first; an address is found as a whole, and is none."""
    longest = sorted({*names_of_labels(scheme), *names}, key=lambda name: (-len(name), name))
    return re.compile(rf"{_ADDRESS}|(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")


_ADDRESS = r"\b[a-z]+://\S+|\]\([^)\s]*\)"


def _each(scheme: Scheme, change: Callable[[Text, str], str]) -> Scheme:
    """Return the scheme with what `change` makes of each of its texts; it is told which one it is given."""
    title = {label.name: label.title for label in scheme.labels}

    def defined(kind: str, one: Label | Attribute | RelationType) -> str:
        where = message("Definition of {label}", label=one.title or one.name)
        return change(Text(where, kind, one.name, "definition"), one.definition)

    def guided(one: Label) -> str:
        where = message("Guideline of {label}", label=one.title)
        return change(Text(where, "label", one.name, "guideline"), one.guideline)

    def noted(one: Example) -> str:
        where = message("Note of an example of {label}", label=title.get(one.label, one.label))
        return change(Text(where, "example", one.id, "note"), one.note)

    return replace(
        scheme,
        guideline=change(Text(message("Page of the scheme"), "", "", "guideline"), scheme.guideline),
        labels=tuple(one._replace(definition=defined("label", one), guideline=guided(one)) for one in scheme.labels),
        attributes=tuple(one._replace(definition=defined("attribute", one)) for one in scheme.attributes),
        relations=tuple(one._replace(definition=defined("relation", one)) for one in scheme.relations),
        examples=tuple(one._replace(note=noted(one)) for one in scheme.examples),
    )

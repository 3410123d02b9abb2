"""What the texts of a scheme (guidelines, definitions, notes of examples) call its labels, and those names changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from rubricator.model.folding import single_spaced
from rubricator.model.scheme import Label, Scheme
from rubricator.words import Message, message

_AROUND = 40
"""Characters on each side of a name that are shown with it."""


_SENTENCES = re.compile(r"((?<=[.!?])\s+|\n+)")
"""What stands between two sentences, or lines."""


class Called(NamedTuple):
    """A place of a scheme's texts that names a label: which text it is, and the words around it."""

    where: Message
    words: str


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
    found: list[Called] = []
    names_of = _names_of(scheme, names)

    def look(where: Message, text: str) -> str:
        for match in names_of.finditer(text):
            if match.group() in names:
                found.append(Called(where, _around(text, match.start(), match.end())))
        return text

    if names:
        kept = tuple(one for one in scheme.labels if one.name not in but)
        examples = tuple(one for one in scheme.examples if one.label not in but)
        _each(replace(scheme, labels=kept, examples=examples), look)
    return found


def call_anew(scheme: Scheme, names: Mapping[str, str]) -> Scheme:
    """Put other names of labels into the texts of a scheme, where one stands as words of its own, in the same letters.

    What is a part of another label's name (“City” in “City, town”) is that label's.
    """
    names_of = _names_of(scheme, names)

    def change(_where: Message, text: str) -> str:
        return names_of.sub(lambda match: names.get(match.group(), match.group()), text)

    return _each(scheme, change) if names else scheme


def call_merged(scheme: Scheme, labels: Collection[str], into: str) -> Scheme:
    """Put the name of the label that stays where texts name those that become it, as far as it makes sense.

    A sentence that would name it twice is left (“Where: City, Town”), and so is what is written of these labels
    themselves, which tells them apart (“not a clock time: that is Time”).
    """
    names = merged_names(scheme, labels, into)
    names_of, new = _names_of(scheme, names), set(names.values())

    def put(sentence: str) -> str:
        changed = names_of.sub(lambda match: names.get(match.group(), match.group()), sentence)
        return sentence if sum(match.group() in new for match in names_of.finditer(changed)) > 1 else changed

    def change(_where: Message, text: str) -> str:
        return "".join(put(part) for part in _SENTENCES.split(text))

    if not names:
        return scheme
    changed = _each(scheme, change)
    own = {into, *labels}
    kept = tuple(old if old.name in own else one for old, one in zip(scheme.labels, changed.labels, strict=True))
    return replace(changed, labels=kept)


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
    known = {name for label in scheme.labels for name in (label.name, label.title) if name.strip()}
    longest = sorted({*known, *names}, key=lambda name: (-len(name), name))
    return re.compile(rf"{_ADDRESS}|(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")


_ADDRESS = r"\b[a-z]+://\S+|\]\([^)\s]*\)"


def _each(scheme: Scheme, change: Callable[[Message, str], str]) -> Scheme:
    """Return the scheme with what `change` makes of each of its texts; it is told which one it is given."""
    title = {label.name: label.title for label in scheme.labels}

    def defined(called: str, text: str) -> str:
        return change(message("Definition of {label}", label=called), text)

    return replace(
        scheme,
        guideline=change(message("Page of the scheme"), scheme.guideline),
        labels=tuple(
            one._replace(
                definition=defined(one.title, one.definition),
                guideline=change(message("Guideline of {label}", label=one.title), one.guideline),
            )
            for one in scheme.labels
        ),
        attributes=tuple(
            one._replace(definition=defined(one.title or one.name, one.definition)) for one in scheme.attributes
        ),
        relations=tuple(
            one._replace(definition=defined(one.title or one.name, one.definition)) for one in scheme.relations
        ),
        examples=tuple(
            one._replace(
                note=change(message("Note of an example of {label}", label=title.get(one.label, one.label)), one.note)
            )
            for one in scheme.examples
        ),
    )

"""What is said of a topic: its path, what it means, what its file says of one that is retired."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from rubricator.model.scheme import Scheme, Topic
from rubricator.words import _, as_line, message, say
from rubricator_resources import path as resource

PATH = " › "

_MOST, _SOME = 300, 160
"""Characters of a definition, and of the words that a topic is found by, in a tooltip: a few lines of it."""


@cache
def words_for_topics() -> Mapping[str, Sequence[str]]:
    """Return our own words by which topics of IPTC are found too, by code: nothing of them is kept in a project."""
    found = json.loads(resource("topics/words.json").read_text("utf-8"))["words"]
    return {code: words.split(", ") for code, words in found.items()}


def capital(name: str) -> str:
    """Return a name with a capital first letter, as topics are shown."""
    return name[:1].upper() + name[1:]


def retired_words(topic: Topic) -> str:
    """Say since when a topic is given no more."""
    day = topic.retired[:10]
    return say(message("retired on {day}", day=day)) if day[:4].isdigit() else _("retired")


def topic_tip(scheme: Scheme, topic: Topic) -> str:
    """Say in lines what is known of a topic."""
    lines = [PATH.join(map(capital, scheme.topic_path(topic.code)))]
    if topic.definition:
        lines.append(as_line(topic.definition, _MOST))
    if topic.synonyms:
        lines.append(say(message("Also: {names}", names=", ".join(topic.synonyms))))
    if ours := words_for_topics().get(topic.code):  # the levels of IPTC that ship have no definitions
        lines.append(say(message("Found by: {words}", words=as_line(", ".join(ours), _SOME))))
    if topic.retired:
        lines.append(fate(scheme, topic))
    return "\n".join(lines)


def fate(scheme: Scheme, topic: Topic) -> str:
    """Say what became of a retired topic, as its file says it, and what is given in its place."""
    said = capital(retired_words(topic)) + "."
    if topic.note:
        said += f" {topic.note}"
    names = ", ".join(capital(one.name) for one in instead_of(scheme, topic))
    return f"{said}\n{say(message('Instead: {names}', names=names))}" if names else said


def instead_of(scheme: Scheme, topic: Topic) -> list[Topic]:
    """Return the topics to give in the place of a retired one, as far as they can be given."""
    found: Iterable[Topic | None] = map(scheme.topics_by_code.get, topic.instead)
    return [one for one in found if one is not None and not one.retired]

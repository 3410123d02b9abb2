"""Why something is offered, each in one clause about it: it stands after a colon, and with a capital as a sentence.

The label that is meant stands beside it wherever it is read; “labelled so” is labelled with that one.
"""

from __future__ import annotations

from rubricator.words import Message, message

RULE_WHY = {
    "DATE": "it is written like a date",
    "TIME": "it is written like a time",
    "part of a day": "it is a part of the day that stands before it",
    "MONEY": "it is written like a sum of money",
    "PERCENT": "it is written like a percentage",
    "QUANTITY": "it is written like a measure",
    "AGE": "it is written like an age",
    "ORDINAL": "it is written like a number in an order",
    "CARDINAL": "it is written like a number",
    "byline": "it stands in the byline",
    "dateline": "it stands at the head of the article",
    "title": "it is the full title of an office",
    "heads": "it is an office or a trade",
    "happening": "it names a meeting, by its number and by who meets",
    "capitals": "it is an abbreviation that is used like a name",
    "shortened": "it is a word for a body, with “the” and a capital",
    "country": "it is a state of the world",
    "land": "it is a state in the name of a body",
    "nationality": "it names a people, or what belongs to one",
    "city": "it is a large city",
    "part": "it is a part of a state",
}
"""By what is told, where no single word in it does."""


_ELSEWHERE = message("elsewhere in this article {why}")


def rule_why(what: str, *, again: bool = False) -> Message:
    """Say by what a rule tells something; `again`: by what it tells the same words at another place."""
    why = message(RULE_WHY[what])
    return elsewhere_why(why, True) if again else why


WORD_WHY = {
    "body": "it has “{word}” in its name",
    "initial": "it begins with the initial “{word}”",
    "given": "it begins with the given name “{word}”",
    "after": "it stands after “{word}”",
    "before": "it stands before “{word}”",
    "age": "it stands before the age “{word}”",
}
"""By what is told, where a word in it or beside it does."""

_WITHIN = ("body", "initial", "given")
"""What a word in it tells: it does so wherever the same words stand."""


def word_why(what: str, word: str, *, again: bool = False) -> Message:
    """Say which word tells something; `again`: it is told beside the same words at another place."""
    why = message(WORD_WHY[what], word=word)
    return elsewhere_why(why, True) if again and what not in _WITHIN else why


def inside_why() -> Message:
    """Say that it follows from an annotation in the same words."""
    return message("it is labelled so elsewhere, with the same words around it")


def repeat_why() -> Message:
    """Say that it follows from annotations of the same words."""
    return message("it is labelled so elsewhere in this article")


def elsewhere_why(why: Message, of_the_place: bool) -> Message:
    """Say of words what is said of the same ones at another place; that it is there where it is told by the place."""
    if not of_the_place or why.text == _ELSEWHERE.text:
        return why
    return _ELSEWHERE._replace(values={"why": why})


def memory_why() -> Message:
    """Say that it follows from earlier decisions."""
    return message("it was labelled so before")


def list_why(name: str) -> Message:
    """Say that it follows from a word list."""
    return message("it stands in the word list “{list}”", list=name)


def siblings_why(words: str) -> Message:
    """Say that it follows from another item of a list."""
    return message("it stands in a list with “{words}”", words=words)


def like_why(words: str) -> Message:
    """Say that it is another form of a name that says as much."""
    return message("it names the same as “{words}”", words=words)


def shorter_why(words: str) -> Message:
    """Say that it is a shorter form of a name."""
    return message("it is a shorter form of “{words}”", words=words)


def fuller_why(words: str) -> Message:
    """Say that it is a fuller form of a name."""
    return message("it is a fuller form of “{words}”", words=words)


def abbreviated_why(words: str) -> Message:
    """Say that it is the abbreviation of a name."""
    return message("it is an abbreviation of “{words}”", words=words)

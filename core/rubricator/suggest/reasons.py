"""Why a rule offers something, each in one plain clause."""

from __future__ import annotations

RULE_WHY = {
    "DATE": "written like a date",
    "TIME": "written like a time",
    "part of a day": "is the part of the day before it",
    "MONEY": "written like a sum of money",
    "PERCENT": "written like a share",
    "QUANTITY": "written like a measure",
    "AGE": "written like an age",
    "ORDINAL": "written like a number in an order",
    "CARDINAL": "written like a number",
    "byline": "stands in the byline",
    "dateline": "stands at the head of the article",
    "body": "a word of the name tells it",
    "initial": "an initial stands before it",
    "person": "begins with a given name, or a title, an age or “said” stands beside it",
    "office": "stands before a name",
    "title": "is a title with what it is of",
    "heads": "is an office, with or without a name",
    "happening": "is told by its number and by what it is of",
    "capitals": "is an abbreviation that is used like a name",
    "shortened": "is a word for a body, with “the” and a capital",
    "alike": "the same words are suggested elsewhere in this article",
    "country": "is a state of the world",
    "land": "is a state, in the name of a body",
    "nationality": "says who belongs to a people",
    "city": "is a large city",
}
"""By what is told."""

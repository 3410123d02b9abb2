"""The words of Rubricator JSONL, version 1: its keys and the values that are one of a few."""

from __future__ import annotations

VERSION = 1
LAYER_KINDS = ("human", "model", "gold")
ORIGINS = ("manual", "repeat", "memory", "list", "rule", "model", "import", "review")
ZONE_KINDS = ("headline", "byline", "dateline", "lead", "repeat", "boilerplate")

PROJECT_KEYS = frozenset("rubricator kind name scheme annotators entities rechecks".split())
PERSON_KEYS = frozenset("id name kind".split())
ARTICLE_KEYS = frozenset("rubricator kind id text sha256 title meta zones cluster layers".split())
ZONE_KEYS = frozenset("kind start end".split())
LAYER_KEYS = frozenset("annotator kind status flags seconds annotations topics relations comments decisions".split())
ANNOTATION_KEYS = frozenset(
    "id label fragments start end quote attributes note entity score origin scheme seen exact created modified".split()
)
STAMP_KEYS = frozenset("by at".split())
TOPIC_KEYS = frozenset("topic note evidence".split())

"""Reads CoNLL-U with the library `conllu`, and its brackets from their documentation: knows nothing of our reader."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import conllu

_SPACES = {"\\s": " ", "\\t": "\t", "\\r": "\r", "\\n": "\n", "\\p": "|", "\\\\": "\\"}


class Said(NamedTuple):
    """A mention as the file says it: its kind, its parts in characters, its group, and the other fields."""

    kind: str
    parts: tuple[tuple[int, int], ...]
    group: str
    fields: tuple[str, ...]


def documents(path: Path) -> list[tuple[str, list[Said]]]:
    """Return the text and the mentions of each document."""
    found: list[tuple[str, list[Said]]] = []
    text, mentions = "", []
    opened: defaultdict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    parts: dict[str, list[tuple[int, int]]] = {}
    with path.open(encoding="utf-8", newline="\n") as stream:
        # MISC as it stands: the library's own reading of it strips a no-break space.
        for sentence in conllu.parse_incr(stream, field_parsers={"misc": lambda line, i: line[i]}):
            if "newdoc id" in sentence.metadata:
                assert not any(opened.values())
                text, mentions, parts = "", [], {}
                found.append((text, mentions))
            for token in sentence:
                misc = _misc(token)
                text += _meant(misc.get("SpacesBefore") or "")
                start = len(text)
                text += _meant(misc["SpacesInToken"]) if "SpacesInToken" in misc else token["form"]
                end = len(text)
                for chunk in re.findall(r"\([^()]+\)?|[^()]+\)", misc.get("Entity") or ""):
                    group, *fields = chunk.strip("()").split("-")
                    if chunk.startswith("("):
                        opened[group].append((start, fields))
                    if chunk.endswith(")"):
                        begun, said = opened[group].pop()
                        key, _, part = group.partition("[")
                        if part:
                            number, of = map(int, part.rstrip("]").split("/"))
                            parts.setdefault(key, []).append((begun, end))
                            if number < of:
                                continue
                        places = tuple(parts.pop(key)) if part else ((begun, end),)
                        mentions.append(Said(unquote(said[0]), places, key, tuple(said[1:])))
                if "SpacesAfter" in misc:
                    text += _meant(misc["SpacesAfter"])
                elif misc.get("SpaceAfter") != "No":
                    text += " "
            assert (
                sentence.metadata["text"]
                == "".join(
                    token["form"] + ("" if _misc(token).get("SpaceAfter") == "No" else " ") for token in sentence
                ).rstrip()
            )
            found[-1] = text, mentions
    assert not any(opened.values())
    return found


def _misc(token: conllu.Token) -> dict[str, str]:
    return {key: value for key, _, value in (part.partition("=") for part in token["misc"].split("|"))}


def _meant(spelled: str) -> str:
    return re.sub(r"\\[strnp\\]", lambda match: _SPACES[match[0]], spelled)

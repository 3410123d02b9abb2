"""What the mentions of CoNLL-U are of, and how they are linked: groups become entities, bridges become relations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rubricator.formats.base import Header
from rubricator.formats.conllu.mentions import Mention
from rubricator.formats.reading import Draft
from rubricator.model.ids import named_id
from rubricator.model.spans import Annotation

_IDS = "0f0c6b0f-7f0e-5d11-93b5-6f6b8d7a4f2c"
_RELATIONS = {"Bridge": "bridge", "SplitAnte": "split", "Split": "split"}


@dataclass(frozen=True)
class Things:
    """The entities of an article by the groups of its mentions; `told` is what the file says of them."""

    groups: Mapping[str, str]
    told: Mapping[str, Mapping[str, Any]]

    def of(self, mention: Mention) -> str:
        """Return the entity of a mention, if it has one."""
        return str(mention.own.get(".entity") or self.groups.get(mention.group, ""))

    def header(self, found: Sequence[Annotation]) -> list[Header]:
        """Return what lists the entities; one without a name is called by the longest of its mentions."""
        longest: dict[str, Annotation] = {}
        for one in found:
            if (one.entity and len(one.quote) > len(longest.get(one.entity, one).quote)) or one.entity not in longest:
                longest[one.entity] = one
        longest.pop("", None)
        listed = tuple(
            {"id": uid, "name": " ".join(one.quote.split()), "kind": one.label, **self.told.get(uid, {})}
            for uid, one in longest.items()
        )
        return [Header(entities=listed)] if listed else []


def things_of(mentions: Sequence[Mention], text: str) -> Things:
    """Return the entities: groups of several mentions, and those with an identity; `text` tells the article."""
    times = Counter(mention.group for mention in mentions if mention.group)
    groups: dict[str, str] = {}
    told: dict[str, dict[str, Any]] = {}
    for mention in mentions:
        own = str(mention.own.get(".entity", ""))
        if not own and (not mention.group or (times[mention.group] < 2 and not mention.identity)):
            continue
        uid = own or groups.setdefault(mention.group, named_id(_IDS, text, mention.group))
        known = told.setdefault(uid, {})
        if mention.identity:
            known.setdefault("external", mention.identity)
        if ".name" in mention.own:
            known |= {"name": str(mention.own[".name"]), "kind": str(mention.own.get(".kind", mention.label))}
    return Things(groups, told)


def relations_of(
    links: Sequence[tuple[int, str, str, str]],
    mentions: Sequence[Mention],
    found: Mapping[str, Annotation],
    draft: Draft,
) -> tuple[Mapping[str, Any], ...]:
    """Return the relations that `Bridge=5<34` and `SplitAnte=1<3,2<3` tell: from the mention there to one before it."""
    relations: list[dict[str, Any]] = []
    for at, key, value, where in links:
        for link in value.split(","):
            pair, _colon, kind = link.partition(":")
            before, _less, group = pair.partition("<")
            source = next((m for m in mentions if m.group == group and m.opened == at), None)
            others = [m for m in mentions if m.group == before and m is not source]
            target = next((m for m in reversed(others) if m.opened <= at), others[0] if others else None)
            if source is None or target is None:
                draft.note("unheld", f"{where}: {key}={link}")
            elif source.uid not in found or target.uid not in found:
                draft.note("end", f"{where}: {key}={link}")
            else:
                label = f"{_RELATIONS[key]}:{kind}" if kind else _RELATIONS[key]
                relations.append({"id": f"r{len(relations) + 1}", "label": label, "from": source.uid, "to": target.uid})
    return tuple(relations)

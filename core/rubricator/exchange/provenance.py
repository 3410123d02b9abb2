"""Where gold comes from, on the way out: decisions, and what each element was made of; left out unless it is wished."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from rubricator.model.spans import NOTHING
from rubricator.project import Project
from rubricator.review.decision import decision_from
from rubricator.review.gold import PROVENANCE
from rubricator.store.whole import Said
from rubricator.verbs.remarks import ABOUT


def without_provenance(said: Said) -> Said:
    """Leave out the decisions of a layer, what was said of them, and what its elements were made of."""
    decided = {uid for uid, _value in said.elements.get("decision", ())}
    elements = {
        "relation": [(uid, dict(_unsigned(value))) for uid, value in said.elements.get("relation", ())],
        "comment": [
            (uid, value)
            for uid, value in said.elements.get("comment", ())
            if value.get("on") not in decided and not value.get(ABOUT)
        ],
    }
    return Said(
        said.layer,
        [one.but(extra=_unsigned(one.extra)) if one.extra else one for one in said.annotations],
        [one._replace(extra=_unsigned(one.extra)) if one.extra else one for one in said.tags],
        {kind: found for kind, found in elements.items() if found},
    )


def _unsigned(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: item for key, item in value.items() if key != PROVENANCE} or NOTHING


def deciders(project: Project, owners: Container[str] | None) -> set[str]:
    """Return the ids of those who decided in the layers of these annotators (None: of all), and of those whose layers
    were compared.
    """
    decisions = (decision_from(uid, value) for uid, value in _in_layers(project, "decision", owners))
    return {uid for one in decisions for uid in (one.by, one.source, *one.layers)}


def speakers(project: Project, owners: Container[str] | None) -> set[str]:
    """Return the ids of those who commented in the layers of these annotators (None: of all)."""
    return {str(value.get("by") or "") for _uid, value in _in_layers(project, "comment", owners)}


def _in_layers(project: Project, kind: str, owners: Container[str] | None) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for uid, value in project.rows.elements(kind):
        if owners is None or value.get("annotator") in owners:
            yield uid, value

"""Reads the results of one annotation of Label Studio: regions, what is said of each, and of the whole text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rubricator.formats.json_values import list_of, name_of, number_of, object_of, text_of
from rubricator.formats.layer_draft import LayerDraft
from rubricator.formats.reading import Draft, Quoted
from rubricator.formats.topics.table import PATH_JOIN


@dataclass
class Said:
    """One annotation or prediction: who said it, its results, and where it stands in the file."""

    who: str
    kind: str
    where: str
    results: list[dict[str, Any]]
    about: Mapping[str, Any] = field(default_factory=dict)


def places_of(result: Mapping[str, Any]) -> Quoted | None:
    """Return where a region stands and what it says are its words; None where the result has no place in the text."""
    value = result.get("value")
    if not isinstance(value, dict) or "start" not in value:
        return None
    pair = value.get("globalOffsets") if isinstance(value.get("globalOffsets"), dict) else value
    if not isinstance(pair, dict) or type(pair.get("start")) is not int or type(pair.get("end")) is not int:
        return None
    words = value.get("text")
    return [(pair["start"], pair["end"])], words if isinstance(words, str) else ""


class Results:
    """The results of one annotation: those on the same region are gathered by its id."""

    def __init__(
        self, draft: Draft, layer: LayerDraft, said: Said, is_here: Callable[[Mapping[str, Any]], bool]
    ) -> None:
        self._draft = draft
        self._layer = layer
        self._said = said
        self._is_here = is_here
        self._attributes: dict[str, dict[str, Any]] = {}
        self._regions: dict[str, list[tuple[dict[str, Any], str]]] = {}
        self._relations: list[tuple[dict[str, Any], str]] = []

    def take(self) -> None:
        """Take in all of them."""
        for n, result in enumerate(self._said.results, 1):
            where = f"{self._said.where}, result {n}"
            if not self._is_here(result):
                self._draft.note("unheld", f"{where}: {name_of(result, 'to_name')}")
            elif result.get("type") == "relation":
                self._relations.append((result, where))
            elif places_of(result) is not None:
                self._regions.setdefault(name_of(result, "id") or where, []).append((result, where))
            else:
                self._of_all(result, where)
        for name, results in self._regions.items():
            self._region(name, results)
        for result, where in self._relations:
            self._relation(result, where)

    def _region(self, name: str, results: list[tuple[dict[str, Any], str]]) -> None:
        """Take in a region with all that is said of it."""
        labels: dict[str, None] = {}
        attributes: dict[str, Any] = {}
        notes: dict[str, None] = {}
        for result, where in results:
            value = object_of(result, "value")
            given = [item for key in value if key.endswith("labels") for item in list_of(value, key)]
            labels.update((name_of({"label": item}, "label"), None) for item in given)
            if not given and not self._attribute(attributes, result, value):
                self._draft.note("unheld", f"{where}: {name_of(result, 'type')}")
            notes.update((line, None) for line in _texts(object_of(result, "meta").get("text")))
        first, where = results[0]
        places = places_of(first)
        assert places is not None
        span = self._draft.span(places[0], where, places[1] or None)
        if not labels:
            self._draft.note("unlabelled", where)
        by = text_of(first, "origin")
        score = next((found for r, _ in results if (found := number_of(r, "score")) is not None), None)
        if score is None and self._said.kind == "model":
            score = number_of(self._said.about, "score")
        more = {"origin": "model"} if by.startswith("prediction") or self._said.kind == "model" else {}
        for n, label in enumerate(labels):
            self._layer.add(
                name if n == 0 else "",
                label,
                span,
                where,
                attributes=attributes,
                note="\n".join(notes),
                score=score,
                **more,
            )
        if not labels:
            self._layer.add(name, "", None, where)

    def _attribute(self, attributes: dict[str, Any], result: Mapping[str, Any], value: Mapping[str, Any]) -> bool:
        """Take in what was asked of a region; False where that is nothing that an attribute can say."""
        name, kind = name_of(result, "from_name"), name_of(result, "type")
        said = value.get("text" if kind == "textarea" else kind)
        if kind == "choices":
            chosen = list(_texts(said))
            said = chosen[0] if len(chosen) == 1 else chosen
            said = {"true": True, "false": False}.get(said, said) if isinstance(said, str) else said
        elif kind == "taxonomy":
            said = [PATH_JOIN.join(_texts(path)) for path in said] if isinstance(said, list) else None
        elif kind == "textarea":
            said = "\n".join(_texts(said))
        elif kind in {"rating", "number"}:
            said = number_of(value, kind)
        elif kind != "datetime" or not isinstance(said, str):
            return False
        if not name or said in (None, []):
            return False
        attributes[name] = said
        return True

    def _of_all(self, result: Mapping[str, Any], where: str) -> None:
        """Take in what is said of the whole text."""
        value, kind = object_of(result, "value"), name_of(result, "type")
        match kind:
            case "choices":
                for code in _texts(value.get("choices")):
                    self._layer.topic(code)
            case "taxonomy":
                for path in list_of(value, "taxonomy"):
                    self._layer.topic(PATH_JOIN.join(_texts(path)))
            case "textarea":
                for line in _texts(value.get("text")):
                    self._layer.comment(line)
            case _:
                self._draft.note("unheld", f"{where}: {name_of(result, 'from_name') or kind}")

    def _relation(self, result: Mapping[str, Any], where: str) -> None:
        ends = name_of(result, "from_id"), name_of(result, "to_id")
        direction = text_of(result, "direction")
        if direction == "left":
            ends = ends[1], ends[0]
        more: dict[str, Any] = {"attributes": {"direction": "bi"}} if direction == "bi" else {}
        for label in _texts(result.get("labels")) or ("related",):
            if not self._layer.relate(label, *ends, where, **more):
                self._draft.note("end", f"{where}: {label}")


def _texts(value: Any) -> tuple[str, ...]:
    """Return a text, or a list of texts and numbers, as a list of texts that are not empty."""
    values: Iterable[Any] = value if isinstance(value, list) else () if value is None else (value,)
    return tuple(said for item in values if (said := name_of({"text": item}, "text")))

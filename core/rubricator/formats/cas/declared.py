"""The names that a type system declares: layers and closed sets of values are labels, other features attributes.

Most type systems, and all of INCEpTION, leave open what names an annotation (any text). One that closes all of that
says which labels there are, and is the scheme of its files; one that does not still says of which kind their attributes
are, and which values they have.
"""

from __future__ import annotations

from dataclasses import replace

from rubricator.formats.base import Header
from rubricator.formats.cas.layers import ANY, DKPRO, IDENTIFIER, NAMING, NOTE, RELATION, is_name, is_text_layer
from rubricator.formats.cas.types import BOOLEAN, BROKEN, WHOLE, Types
from rubricator.model.scheme import Attribute, AttributeKind, RelationType, Scheme, new_label

_ENDS = frozenset({"Governor", "Dependent"})
_MADE_BY_ALL = (DKPRO, RELATION, "webanno.custom.Span")
"""Layers that every project of INCEpTION declares, whether anybody uses them: no labels of anybody's own."""


def declared(types: Types) -> Header | None:
    """Return what a type system declares; None where it declares no layer of anybody's own."""
    found = _Declared(types)
    for name in types.known:
        if ANY in types.above(name) and name != ANY and not is_text_layer(name):
            found.layer(name)
    scheme = found.scheme
    if not (scheme.labels or scheme.attributes or scheme.relations):
        return None
    return Header(scheme=scheme, names="some" if found.open or not scheme.labels else "labels")


class _Declared:
    """The scheme as it grows; `open` says that some layer may carry labels that nobody declared."""

    def __init__(self, types: Types) -> None:
        self._types = types
        self.scheme = Scheme()
        self.open = False

    def layer(self, name: str) -> None:
        """Take in a layer."""
        features = self._types.features(name)
        naming = next((one for one in NAMING if one in features), "")
        values = tuple(one for one in self._types.allowed(features[naming]) if is_name(one)) if naming else ()
        standard = name.startswith(_MADE_BY_ALL)
        self.open |= bool(naming) and not values
        names = values if naming or standard else (name.rpartition(".")[2],)
        relation = bool(features.keys() & _ENDS)
        for one in names:
            if relation:
                self._relation(one)
            else:
                self._label(one)
        for feature, holds in features.items():
            ours = feature in {naming, IDENTIFIER, NOTE, "begin", "end", "sofa"} or feature in _ENDS
            if not ours and not standard and self._types.is_plain(holds):
                self._attribute(feature, holds)

    def _label(self, name: str) -> None:
        if name not in self.scheme.by_name:
            self.scheme = self.scheme.with_new(new_label(name, self.scheme))

    def _relation(self, name: str) -> None:
        if name not in self.scheme.relations_by_name:
            made = RelationType(name, name)
            self.scheme = replace(self.scheme, relations=(*self.scheme.relations, made))

    def _attribute(self, name: str, holds: str) -> None:
        choices = self._types.allowed(holds)
        made = Attribute(name, name, "choice" if choices else _kind(holds), choices)
        known = self.scheme.attributes_by_name.get(name)
        if known is not None and known != made:  # two layers mean different things by it: any text is right for both
            both = known.kind == made.kind == "choice"
            more = tuple(dict.fromkeys((*known.values, *choices)))
            made = made._replace(values=more) if both else Attribute(name, name, "text")
        others = tuple(one for one in self.scheme.attributes if one.name != name)
        self.scheme = replace(self.scheme, attributes=(*others, made))


def _kind(holds: str) -> AttributeKind:
    if holds == BOOLEAN:
        return "flag"
    return "number" if holds in WHOLE | BROKEN else "text"

"""What becomes of names in an import (labels, attributes, relation types, topics): mapped, added, or refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from rubricator.errors import UserError
from rubricator.exchange.declaring import spelled_on_a_line
from rubricator.exchange.import_report import ImportOptions, ImportReport
from rubricator.exchange.kinds import Kinds
from rubricator.formats.reading import shortened
from rubricator.model.edits import Op
from rubricator.model.rules import Violation
from rubricator.model.scheme import Label, RelationType, Scheme, Topic, new_label
from rubricator.model.scheme_edits import attribute_op, counted, label_op, relation_type_op, topic_op
from rubricator.model.scheme_written import NAME_MOST, can_be_written, looks_of
from rubricator.model.text import is_clean
from rubricator.words import message, plural

_NAMES = 10
"""Labels that are named where one is not among them."""
_MAPPED = "--map"
LABELS_MOST = 5_000
"""As many as the file of a scheme may have."""


class Naming:
    """The names of an import under way; `ops` is where what is added to the scheme is written."""

    def __init__(self, scheme: Scheme, options: ImportOptions, report: ImportReport, ops: list[Op]) -> None:
        self.scheme = scheme
        self._options = options
        self._report = report
        self._ops = ops
        self._counted = False
        self._offered: Scheme | None = None
        self._partly = True
        self._kinds: dict[str, Kinds] = {}
        self._attributes, self._topics, self._relations = _Looks(1_000), _Looks(50_000), _Looks(1_000)
        self._spellings: dict[str, str] = {}
        self._looks: dict[str, str] = {}  # labels by what they look like
        self._looked: tuple[Label, ...] = ()
        for name in options.labels.values():
            if name and not (can_be_written(name) and is_clean(name)):
                raise UserError(
                    message("“{label}” can be no label.", label=shortened(name)),
                    message("A label has a name of at most {most} characters on one line.", most=NAME_MOST),
                )

    def offer(self, scheme: Scheme, *, partly: bool = False) -> None:
        """Take note of what a file says of its names, for those that are added; `partly` says that there are others."""
        self._offered = scheme
        self._partly = partly

    def label(self, name: str, where: str) -> str:
        """Return the label that stands for a label of the file; empty where annotations with it are left out."""
        name = self._spelled(name, where)
        self._report.found[name] += 1
        if name in self._options.labels:
            name = self._spelled(self._options.labels[name], where)
        if not name or name in self.scheme.by_name:
            return name
        if self._options.new_labels == "refuse":
            self._report.unknown.setdefault(name, where)
            return name
        if len(self.scheme.labels) >= LABELS_MOST:
            raise UserError(
                message(
                    "{where}: with “{label}” the scheme would have more than {most} labels.",
                    where=where,
                    label=shortened(name),
                    most=LABELS_MOST,
                ),
                message("See whether these are labels, and not ids; --map gives some of them one name."),
            )
        offered = self._offered.by_name.get(name) if self._offered else None
        label = offered or new_label(name, self.scheme)
        if label.key and label.key.lower() in self.scheme.by_key:
            label = label._replace(key=new_label(name, self.scheme).key)
        if label.parent and label.parent not in self.scheme.by_name:
            label = label._replace(parent="")
        self._ops.append(label_op(label))
        self._looks_of_labels()[looks_of(label.name)] = label.name
        self._grown()
        self.scheme = self.scheme.with_new(label)
        self._looked = self.scheme.labels
        self._report.labels.append(name)
        return name

    def _spelled(self, name: str, where: str) -> str:
        """Return a label as the file of a scheme can say it: on one line, and not like another one to the eye."""
        if name in self.scheme.by_name:
            return name
        spelled = self._spellings.get(name)
        if spelled is None:
            line = spelled_on_a_line(name)
            spelled = self._spellings[name] = self._looks_of_labels().get(looks_of(line), line)
        if spelled != name:
            self._report.cases.add([("spelled", f"{where}: {shortened(name)}")])
        return spelled

    def _looks_of_labels(self) -> dict[str, str]:
        """Return the labels of the scheme by what they look like, of those that look alike the first."""
        if self._looked is not self.scheme.labels:
            self._looked = self.scheme.labels
            self._looks = {looks_of(label.name): label.name for label in reversed(self._looked)}
        return self._looks

    def attributes(self, values: Mapping[str, Any]) -> None:
        """Look at values of attributes that the scheme lacks; they are declared at the end, for all that they are."""
        if self._options.new_labels == "refuse":
            return
        for name in values.keys() - self.scheme.attributes_by_name.keys():
            kinds = self._kinds.get(name)
            if kinds is None:
                offered = self._offered.attributes_by_name.get(name) if self._offered else None
                if offered is None and not self._partly:
                    continue  # the file leaves it undeclared
                kinds = self._kinds[name] = Kinds(name, offered)
            kinds.add(values[name])

    def finish(self) -> None:
        """Declare the attributes whose values are known now; those that no kind fits stay undeclared."""
        for name in sorted(self._kinds.keys() - self.scheme.attributes_by_name.keys()):
            found = self._kinds[name].attribute()
            if found is not None and self._attributes.joins(name, self.scheme.attributes_by_name):
                made = found._replace(key="", labels=(), required=False)
                self._ops.append(attribute_op(made))
                self._grown(attributes=(*self.scheme.attributes, made))
                self._report.declared.append(name)

    def topic(self, code: str, where: str) -> None:
        """Add a topic that the tree lacks, if names are added; one that stays unknown is told."""
        if code in self.scheme.topics_by_code:
            return
        if self._options.new_labels == "refuse" or not self._topics.joins(code, self.scheme.topics_by_code):
            self._report.cases.add([("topic", f"{where}: {code}")])
            return
        offered = self._offered.topics_by_code.get(code) if self._offered else None
        self._ops.append(topic_op(offered or Topic(code, code)))
        self._grown(topics=(*self.scheme.topics, offered or Topic(code, code)))
        self._report.declared.append(code)

    def relation(self, name: str, where: str) -> None:
        """Declare a relation type likewise; one that stays undeclared is told."""
        if name in self.scheme.relations_by_name:
            return
        offered = self._offered.relations_by_name.get(name) if self._offered else None
        if offered is None and self._partly:
            offered = RelationType(name, name)
        if (
            self._options.new_labels == "refuse"
            or offered is None
            or not self._relations.joins(name, self.scheme.relations_by_name)
        ):
            self._report.cases.add([("undeclared", f"{where}: {name}")])
            return
        made = offered._replace(key="", sources=(), targets=())
        self._ops.append(relation_type_op(made))
        self._grown(relations=(*self.scheme.relations, made))
        self._report.declared.append(name)

    def _grown(self, **parts: Any) -> None:
        if not self._counted:
            self._counted = True
            self._ops.append(counted())
            parts["version"] = self.scheme.version + 1
        if parts:
            self.scheme = replace(self.scheme, **parts)

    def check_mapped(self) -> None:
        """Raise UserError where another name was given to a label that the files do not have.

        Where a file was refused that is only noted: the label may stand there.
        """
        found = self._report.found
        strange = [name for name in self._options.labels if name not in found]
        if not strange:
            return
        names = ", ".join(name for name, _n in found.most_common(_NAMES)) + (" …" if len(found) > _NAMES else "")
        why = plural(
            "these files have no label “{labels}”",
            "these files have no labels “{labels}”",
            len(strange),
            labels="”, “".join(strange),
        )
        there = message("There are: {names}.", names=names) if names else message("They have no labels at all.")
        if not self._report.damaged:
            raise UserError(message("Nothing was imported: {why}.", why=why), there)
        self._report.notes.append((_MAPPED, why))

    def check(self) -> None:
        """Raise UserError where the scheme lacks labels of the files, and none may be added."""
        unknown = self._report.unknown
        if not unknown:
            return
        listed = by_place(dict(list(unknown.items())[:10])) + (" …" if len(unknown) > 10 else "")
        found = tuple(
            Violation("unknown-label", "", message("the scheme has no label “{label}”", label=name), name)
            for name in unknown
        )
        raise UserError(
            plural(
                "Nothing was imported: the scheme has no label {labels}.",
                "Nothing was imported: the scheme lacks {n} labels: {labels}.",
                len(unknown),
                labels=listed,
            ),
            message("Import with --new-labels add to add them to the scheme, or with --map to give them other names."),
            refusals=found,
        )


def by_place(unknown: Mapping[str, str]) -> str:
    """Return labels with where they first stand; such as stand in one place together."""
    places: dict[str, list[str]] = {}
    for name, where in unknown.items():
        places.setdefault(where, []).append(name)
    return "; ".join(f"{', '.join(names)} ({where})" for where, names in places.items())


class _Looks:
    """What the names of one kind look like: the file of a scheme may have `most` of them, and no two that are alike."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._looks: set[str] = set()
        self._n = 0

    def joins(self, name: str, names: Collection[str]) -> bool:
        """Say whether a name may join these, which it then does."""
        if len(names) != self._n:  # others joined, or are gone
            self._looks = set(map(looks_of, names))
        looks = looks_of(name)
        fits = len(names) < self._most and can_be_written(name) and looks not in self._looks
        self._looks.add(looks)
        self._n = len(names) + fits
        return fits

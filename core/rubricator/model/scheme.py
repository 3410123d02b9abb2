"""The annotation scheme as a value; scheme_json.py makes JSON of it, scheme_file.py a file."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, NamedTuple, get_args

HUES = 20
"""How many label hues there are; the window's theme holds their colours."""

SHORT_MAX = 4
KEYS = "1234567890abcdefghijklmnopqrstuvwxyz"


class Label(NamedTuple):
    """A name of the scheme that a span can carry.

    `name` is what is stored and exported, `title` the words for people, `short` at most four letters for the
    chip, `hue` a number from 1 to HUES, `colour` (`#rrggbb`) one of its own in place of that, `key` one character,
    `parent` the name of the label above it, `guideline` says at length (in Markdown) what it is given to.
    """

    name: str
    title: str = ""
    short: str = ""
    definition: str = ""
    key: str = ""
    hue: int = 1
    parent: str = ""
    guideline: str = ""
    colour: str = ""
    extra: Mapping[str, Any] = {}


class Topic(NamedTuple):
    """A node of the topic tree: `code` (say `medtop:11000000`), its name, definition and parent code.

    `retired` says since when it is given no more (empty: it is), `note` what its file says of that, `instead` the codes
    of topics to give in its place.
    """

    code: str
    name: str
    definition: str = ""
    parent: str = ""
    retired: str = ""
    synonyms: tuple[str, ...] = ()
    note: str = ""
    instead: tuple[str, ...] = ()


AttributeKind = Literal["choice", "choices", "text", "number", "flag"]
"""One of its values, several of them, free text, a number, yes or no."""

ATTRIBUTE_KINDS: tuple[AttributeKind, ...] = get_args(AttributeKind)


class Attribute(NamedTuple):
    """Something that annotations can say beside their label; `labels` names those of which (none: of all).

    `key` is the character that sets it from the article, `chip` whether its value is shown there, `default` what a
    new annotation says, `required` that an article is not finished without it.
    """

    name: str
    title: str = ""
    kind: AttributeKind = "text"
    values: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    required: bool = False
    default: Any = None
    chip: bool = False
    key: str = ""
    definition: str = ""
    extra: Mapping[str, Any] = {}

    def of(self, label: str) -> bool:
        """Say whether annotations with this label can carry it."""
        return not self.labels or label in self.labels

    def fits(self, value: object) -> bool:
        """Say whether a JSON value is one that the attribute can have.

        A text may be anything that can be written in a line, and of several values one may stand by itself: what comes
        from elsewhere mixes them.
        """
        match self.kind:
            case "choice":
                return isinstance(value, str) and value in self.values
            case "choices":
                return all(item in self.values for item in (value if isinstance(value, list | tuple) else [value]))
            case "text":
                return isinstance(value, str | int | float)
            case "number":
                return isinstance(value, int | float) and not isinstance(value, bool) and finite(value)
            case "flag":
                return isinstance(value, bool)


def finite(value: float) -> bool:
    """Say whether a number is one that every program can hold."""
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number of hundreds of digits
        return False


class RelationType(NamedTuple):
    """A type of relations; `sources` and `targets` name the labels that may stand at its ends (none: all)."""

    name: str
    title: str = ""
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    symmetric: bool = False
    key: str = ""
    definition: str = ""
    extra: Mapping[str, Any] = {}

    def joins(self, source: str, target: str) -> bool:
        """Say whether it may lead from an annotation with the one label to one with the other."""
        return _among(source, self.sources) and _among(target, self.targets)


def _among(label: str, labels: tuple[str, ...]) -> bool:
    return not labels or label in labels


class Example(NamedTuple):
    """Words of the corpus with what stands around them, to show what a label is given to (or, `counter`, is not).

    `note` says why: an example with a note is a ruling that is found again when similar words come up.
    """

    id: str
    label: str
    quote: str
    before: str = ""
    after: str = ""
    counter: bool = False
    note: str = ""


class Rule(NamedTuple):
    """A named rule of the scheme with its parameters; rules.py gives it its meaning."""

    id: str
    kind: str
    values: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Scheme:
    """The annotation scheme of a project; `version` counts its changes."""

    name: str = ""
    version: int = 1
    description: str = ""
    guideline: str = ""
    """What holds for all labels, on a page of Markdown."""
    labels: tuple[Label, ...] = ()
    topics: tuple[Topic, ...] = ()
    rules: tuple[Rule, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    relations: tuple[RelationType, ...] = ()
    examples: tuple[Example, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> Mapping[str, Label]:
        """Labels by name."""
        return {label.name: label for label in self.labels}

    @cached_property
    def by_key(self) -> Mapping[str, Label]:
        """Labels by their key (lower case); of two with one key the first has it."""
        keys: dict[str, Label] = {}
        for label in self.labels:
            if label.key:
                keys.setdefault(label.key.lower(), label)
        return keys

    @cached_property
    def hues(self) -> Mapping[int, int]:
        """How many labels have each hue; what has a colour of its own has none."""
        return Counter(label.hue for label in self.labels if not label.colour)

    @cached_property
    def shorts(self) -> frozenset[str]:
        """What stands on the chips of the labels."""
        return frozenset(_on_chip(label) for label in self.labels)

    def with_new(self, label: Label) -> Scheme:
        """Return the scheme with one label more, which it lacks.

        What was looked up of the others goes with it: a file may bring thousands, one after the other.
        """
        grown = replace(self, labels=(*self.labels, label))
        grown.__dict__["by_name"] = {**self.by_name, label.name: label}
        key = label.key.lower()
        grown.__dict__["by_key"] = {**self.by_key, key: label} if key and key not in self.by_key else self.by_key
        grown.__dict__["shorts"] = self.shorts | {_on_chip(label)}
        grown.__dict__["hues"] = _one_more(self.hues, label)
        return grown

    @cached_property
    def other_keys(self) -> frozenset[str]:
        """The keys (lower case) of attributes and relation types that no label has: its own comes first."""
        keys = [attribute.key for attribute in self.attributes] + [relation.key for relation in self.relations]
        return frozenset({key.lower() for key in keys if key} - self.by_key.keys())

    @cached_property
    def topics_by_code(self) -> Mapping[str, Topic]:
        """Topics by code, retired ones too."""
        return {topic.code: topic for topic in self.topics}

    @cached_property
    def attributes_by_name(self) -> Mapping[str, Attribute]:
        """Attributes by name."""
        return {attribute.name: attribute for attribute in self.attributes}

    @cached_property
    def on_chips(self) -> bool:
        """Say whether any attribute is to be seen on the chips of annotations."""
        return any(attribute.chip for attribute in self.attributes)

    @cached_property
    def relations_by_name(self) -> Mapping[str, RelationType]:
        """Relation types by name."""
        return {relation.name: relation for relation in self.relations}

    def attributes_of(self, label: str) -> tuple[Attribute, ...]:
        """Return what annotations with this label can say, in the order of the scheme."""
        return tuple(attribute for attribute in self.attributes if attribute.of(label))

    def examples_of(self, label: str) -> tuple[Example, ...]:
        """Return the examples and counter-examples of a label."""
        return tuple(example for example in self.examples if example.label == label)

    def offered_topics(self) -> Iterator[Topic]:
        """Yield the topics that may be given: those that are not retired."""
        return (topic for topic in self.topics if not topic.retired)

    def topic_path(self, code: str) -> tuple[str, ...]:
        """Return the names from the top of the tree to this topic; an unknown code stands for itself."""
        path: list[str] = []
        seen: set[str] = set()
        while code and code not in seen:
            seen.add(code)
            topic = self.topics_by_code.get(code)
            path.append(topic.name if topic else code)
            code = topic.parent if topic else ""
        return tuple(reversed(path))

    def topic_codes_above(self, code: str) -> tuple[str, ...]:
        """Return a topic's code and those above it, from the bottom to the top."""
        found: dict[str, None] = {}
        while code in self.topics_by_code and code not in found:
            found[code] = None
            code = self.topics_by_code[code].parent
        return tuple(found)


def _on_chip(label: Label) -> str:
    return (label.short or short_for(label.name)).upper()


def _one_more(hues: Mapping[int, int], label: Label) -> Mapping[int, int]:
    return hues if label.colour else {**hues, label.hue: hues.get(label.hue, 0) + 1}


def new_label(name: str, scheme: Scheme, parent: str = "", used: Mapping[str, int] | None = None) -> Label:
    """Make a label for a name the scheme lacks: the next free hue and key, and as chip its first letters.

    Where those are on another's, others of its letters are.

    Where all hues are taken, it is one of those that the fewest labels have: that whose labels are `used` least (how
    often, by name), else the next after the one given last. Under another label it is that of it.
    """
    above = scheme.by_name.get(parent)
    hue = above.hue if above else _next_hue(scheme, used or {})
    wanted = [c for c in name.lower() if c in KEYS] + list(KEYS)
    key = next((c for c in wanted if c not in scheme.by_key and c not in scheme.other_keys), "")
    title = name.replace("_", " ").replace("-", " ").strip().capitalize() if name.isupper() else name
    return Label(
        name=name,
        title=title,
        short=free_short(name, scheme.shorts),
        key=key,
        hue=hue,
        parent=above.name if above else "",
    )


def _next_hue(scheme: Scheme, used: Mapping[str, int]) -> int:
    """Return the hue of a new label, where labels are `used` so often."""
    fewest = min(scheme.hues.get(n, 0) for n in range(1, HUES + 1))
    free = [n for n in range(1, HUES + 1) if scheme.hues.get(n, 0) == fewest]
    if not fewest:
        return free[0]
    seen: Counter[int] = Counter()
    for label in scheme.labels if used else ():
        if not label.colour:
            seen[label.hue] += used.get(label.name, 0)
    last = next((label.hue for label in reversed(scheme.labels) if not label.colour), 0)
    return min(free, key=lambda n: (seen[n], (n - last - 1) % HUES))


def short_for(name: str) -> str:
    """Return at most four capitals that stand for a label's name."""
    letters = "".join(c for c in name if c.isalnum())
    return (letters or name).upper()[:SHORT_MAX]  # some letters have two capitals


def free_short(name: str, taken: Collection[str]) -> str:
    """Return the same, or other letters of the name, or a number, where those are on the chip of another label."""
    first = short_for(name)
    words = [word.upper() for word in re.findall(r"[^\W_]+", name)] or [first]
    last = words[-1] if len(words) > 1 else ""
    made = (
        *(words[0][:n] + last[: SHORT_MAX - n] for n in (2, 1, 3)),  # “Bloc meeting”: BLME, BMEE, BLOM; “Bloc”: BL
        *(f"{first[: SHORT_MAX - len(str(n))]}{n}" for n in range(2, 10 ** (SHORT_MAX - 1))),
    )
    return next((short for short in (first, *made) if short not in taken), first)

"""How many key presses and mouse actions the program needs: `make effort`.

An annotator who knows the finished annotation works through the real window from an empty layer to it, in reading
order, and takes the cheapest of the ways that the program offers at each place. Counted are presses of keys (with the
modifiers that are held meanwhile: one) and actions of the mouse (a drag or a double-click: one; a key that must be held
meanwhile: one more). A way is a function of WAYS; offers of the program that can be accepted will be one more.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(Path(__file__).parent.parent))

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from tests import making
from tests.journeys.labeller import BROKEN, COUNTRIES, INNER

from rubricator.exchange.schemes import scheme_named, with_topics
from rubricator.model.mentions import Needle, mentions, stands_on_words
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator_gui import app
from rubricator_gui.hand import Hand
from rubricator_gui.reader import gestures
from rubricator_resources import path as resource

YARDSTICK = 2.0
"""Actions for an annotation in a tool with one drag and one key for each."""


class Wanted(NamedTuple):
    """An annotation that is to be there in the end."""

    span: Span
    label: str


class Sample(NamedTuple):
    """An article and its finished annotation."""

    name: str
    text: str
    gold: tuple[Wanted, ...]


class Hands:
    """A hand on the window that counts what it does."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        self.keys = 0
        self.mouse = 0

    def press(self, *keys: str) -> None:
        """Press keys."""
        self.keys += len(keys)
        self.hand.keys(*keys)

    def select(self, span: Span) -> None:
        """Select words and see that they are."""
        self.take(span)
        assert self.hand.window.session.selection == span

    def take(self, span: Span) -> None:
        """Go over words: by a double-click where that takes them, else by a drag, for exact characters with Alt."""
        text = self.hand.window.session.text
        self.mouse += 1
        if gestures.borders(text, span.start, span.start + 1, exact=False) == span:
            self.hand.double_click(span.start)
        elif gestures.borders(text, span.start, span.end, exact=False) == span:
            self.hand.drag(span.start, span.end)
        else:
            self.keys += 1
            self.hand.drag(span.start, span.end, Qt.KeyboardModifier.AltModifier)

    @property
    def actions(self) -> int:
        """All that was done."""
        return self.keys + self.mouse


class Plan(NamedTuple):
    """A way to some of what is wanted: what it costs, what it brings, and how it is gone."""

    actions: int
    brings: frozenset[Wanted]
    go: Callable[[], None]


Way = Callable[[Hands, Wanted, frozenset[Wanted]], Plan | None]
"""From what comes next and all that is still wanted; None where the way is not there."""


def _key(hands: Hands, label: str) -> str:
    return hands.hand.window.session.scheme.by_name[label].key.upper()


def select_and_key(hands: Hands, next_one: Wanted, _left: frozenset[Wanted]) -> Plan:
    """Select the words and press the label's key."""

    def go() -> None:
        hands.select(next_one.span)
        hands.press(_key(hands, next_one.label))

    return Plan(2, frozenset((next_one,)), go)


def last_label(hands: Hands, next_one: Wanted, _left: frozenset[Wanted]) -> Plan | None:
    """Select the words and press F4, the last label again: one reach for any label, and no cheaper than its key."""
    if hands.hand.window.session.last_label != next_one.label:
        return None

    def go() -> None:
        hands.select(next_one.span)
        hands.press("F4")

    return Plan(2, frozenset((next_one,)), go)


def all_mentions(hands: Hands, next_one: Wanted, left: frozenset[Wanted]) -> Plan | None:
    """Select the words and label all identical mentions, where the boxes are ticked as they are wanted."""
    session = hands.hand.window.session
    text, span, label = session.text, next_one.span, next_one.label
    needle = Needle(span.quote(text), case=False, words=stands_on_words(text, span.start, span.end))
    ticked = [hit for hit in mentions(text, needle, label, session.spans).hits if hit.wanted(label)]
    brings = frozenset(Wanted(hit.span, label) for hit in ticked)
    if next_one not in brings or not brings <= left:
        return None

    def go() -> None:
        hands.select(span)
        hands.hand.answer("mentionDialog", enter)
        hands.press(f"Shift+{_key(hands, label)}")

    def enter(_dialog: QDialog) -> None:
        hands.press("Return")

    return Plan(3, brings, go)


WAYS: tuple[Way, ...] = (select_and_key, last_label, all_mentions)


def annotate(hands: Hands, gold: Sequence[Wanted], ways: Sequence[Way] = WAYS) -> None:
    """Work through the article that is shown until all of it is there."""
    left = frozenset(gold)
    while left:
        next_one = min(left, key=lambda wanted: (wanted.span.start, -wanted.span.end, wanted.label))
        plans = [plan for way in ways if (plan := way(hands, next_one, left)) is not None]
        best = min(plans, key=lambda plan: plan.actions / len(plan.brings))
        before = hands.actions
        best.go()
        assert hands.actions - before <= best.actions + 1, "the plan was wrong"
        left -= best.brings
    finished(hands, gold)


def sweep(hands: Hands, gold: Sequence[Wanted]) -> None:
    """Go through the article once for each label, which is sticky meanwhile: a key for the label, a sweep for each."""
    for label in dict.fromkeys(wanted.label for wanted in gold):
        hands.press(_key(hands, label))
        for wanted in gold:
            if wanted.label == label:
                hands.take(wanted.span)
    hands.press("Esc")
    finished(hands, gold)


def finished(hands: Hands, gold: Sequence[Wanted]) -> None:
    """Fail where something else is there than was wanted."""
    there = {Wanted(annotation.span, annotation.label) for annotation in hands.hand.window.session.spans}
    assert there == set(gold), f"not as it was wanted: {there ^ set(gold)}"


# --- the articles -----------------------------------------------------------------------------------------------------


def samples() -> Iterator[Sample]:
    """Yield the articles that ship, with the layer of their first annotator."""
    lines = resource("samples/samples.jsonl").read_text(encoding="utf-8").splitlines()
    for line in map(json.loads, lines):
        if line["kind"] == "article":
            annotations = line["layers"][0]["annotations"]
            gold = (Wanted(Span(tuple(map(tuple, a["fragments"]))), a["label"]) for a in annotations)
            yield Sample(line["title"], line["text"], tuple(gold))


SEED = (
    ("ORGANIZATION", INNER), ("ORGANIZATION", "CIS"), ("ORGANIZATION", "Commonwealth"), ("ORGANIZATION", "Cabinet of Ministers"), ("PERSON", "Ch.Amanov"),
    ("ORGANIZATION", "State Security Council of Turkmenistan"), ("PERSON", BROKEN), ("PERSON", "S. Zas"),
    ("ORGANIZATION", "Collective Security Treaty Organization"), ("ORGANIZATION", "CSTO"), ("PERSON", "Umer Jamshaid"),
    ("COUNTRY", "Turkmenistan"), ("COUNTRY", "Islamic Republic of Afghanistan"), ("COUNTRY", "Afghanistan"),
    ("CITY", "Ashgabat"), ("ORGANIZATION", "UrduPoint"), ("ORGANIZATION", "Pakistan Point News"),
    ("NATIONALITY", "Turkmen"), ("NATIONALITY", "inter-Afghan"), ("DATE", "19th November, 2020"),
    ("DATE", "Thu 19th November 2020"), ("TIME", "06:07 PM"), ("TIME", "3 minutes ago"),
    *(("COUNTRY", name) for name in COUNTRIES),
)  # fmt: skip
"""The seed as we would label it: these names wherever they stand, nested ones too. The article itself is not ours."""


def seed(corpora: Path) -> Sample | None:
    """Return the article that the project began with, where it is."""
    file = corpora / "seed" / "turkmenistan-cis.txt"
    if not file.is_file():
        return None
    text = file.read_text(encoding="utf-8")
    gold = {Wanted(Span.of(*place), label) for label, name in SEED for place in Needle(name, case=False).find(text)}
    return Sample("The seed", text, tuple(sorted(gold)))


def project_of(sample: Sample, folder: Path) -> Path:
    """Make a project with the article and nothing else."""
    file = folder / f"{len(list(folder.iterdir()))}.rubric"
    with Project.create(file, Settings().introduce("anna"), with_topics(scheme_named("news"))) as made:
        making.add_articles(made, [("article", sample.text)])
    return file


def work(sample: Sample, folder: Path, how: Callable[[Hands, Sequence[Wanted]], None]) -> Hands:
    """Annotate an article in a window of its own; return the hands that did it."""
    hands = Hands(Hand(app.build(project_of(sample, folder))))
    hands.hand.show(1600, 1000)
    how(hands, sample.gold)
    hands.hand.window.close()
    return hands


def main() -> None:
    """Print the table."""
    corpora = Path(os.environ.get("RUBRICATOR_CORPORA") or Path(__file__).parents[2] / "shared" / "data")
    every = [*samples(), *filter(None, [seed(corpora)])]
    print(f"{'article':<50}{'spans':>6}{'keys':>6}{'mouse':>6}{'each':>7}{'swept':>7}{'yardstick':>10}")
    with tempfile.TemporaryDirectory() as home:
        os.environ["RUBRICATOR_HOME"] = home
        for sample in every:
            hands, swept = (work(sample, Path(home), how) for how in (annotate, sweep))
            n = len(sample.gold)
            each, by_label = hands.actions / n, swept.actions / n
            counts = f"{n:>6}{hands.keys:>6}{hands.mouse:>6}"
            print(f"{sample.name[:48]:<50}{counts}{each:>7.2f}{by_label:>7.2f}{YARDSTICK:>10.2f}")


if __name__ == "__main__":
    main()

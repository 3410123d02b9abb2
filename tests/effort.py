"""How many key presses and mouse actions the program needs: `make effort`.

A person who knows the finished annotation works through a corpus, article after article, in the real window: from an
empty layer to the finished one, with the keys and the mouse, screen by screen. Counted is every press of a key (with
the modifiers held meanwhile: one) and every action of the mouse (a drag, a click, a double-click: one; a key that must
be held meanwhile: one more), leafing on and finishing the article too.

The person decides by what is seen: offers count from the moment at which they stand on the screen, and are taken all at
once where that costs less than it brings. Wrong ones among them are rejected first, by a click on the “?” of each. What is not offered is
selected and labelled, label after label, with each label sticky meanwhile.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(Path(__file__).parent.parent))

from PySide6.QtCore import Qt
from tests import making
from tests.gold import CORPORA, Sample, Wanted, gum, samples, seed, wikigold

from rubricator.exchange.schemes import scheme_named, with_topics
from rubricator.model.scheme import Scheme
from rubricator.model.spans import Span
from rubricator.project import Project
from rubricator.settings import Settings
from rubricator.suggest.offers import Offer
from rubricator_gui import app
from rubricator_gui.hand import Hand
from rubricator_gui.offered import id_of
from rubricator_gui.reader import gestures

YARDSTICK = 2.0
"""Actions for an annotation in a tool with one drag and one key for each: never more, on no article."""

GOAL = 0.6
"""Actions for an annotation on the second and later articles of a corpus."""

BY_HAND = 1.3
"""What an annotation costs that is selected and labelled, about: labels are sticky, and change now and then."""


class Hands:
    """A hand on the window that counts what it does."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        self.session = hand.window.session
        self.keys = 0
        self.mouse = 0
        self.offered = 0
        """Annotations that were offers."""
        self.rejected = 0

    @property
    def actions(self) -> int:
        """All that was done."""
        return self.keys + self.mouse

    def press(self, *keys: str) -> None:
        """Press keys."""
        self.keys += len(keys)
        self.hand.keys(*keys)

    def click(self, offset: int) -> None:
        """Click on a character."""
        self.mouse += 1
        self.hand.click(offset)

    def dismiss(self, offer: Offer) -> bool:
        """Click on the “?” of an offer, if its chip is seen."""
        at = self.hand.reader.reject_place(id_of(offer))
        if at is not None:
            self.mouse += 1
            self.hand.click_on(self.hand.reader.viewport(), at)
        return at is not None

    def take(self, span: Span) -> None:
        """Go over words: by a double-click where that takes them, else by a drag, for exact characters with Alt."""
        text = self.session.text
        self.mouse += 1
        if gestures.borders(text, span.start, span.start + 1, exact=False) == span:
            self.hand.double_click(span.start)
        elif gestures.borders(text, span.start, span.end, exact=False) == span:
            self.hand.drag(span.start, span.end)
        else:
            self.keys += 1
            self.hand.drag(span.start, span.end, Qt.KeyboardModifier.AltModifier)

    def seen(self, span: Span) -> bool:
        """Say whether words are on the screen, from beginning to end."""
        page, top = self.hand.reader.page, self.hand.reader.verticalScrollBar().value()
        rects = [page.character_rect(at) for at in (span.start, span.end - 1)]
        bottom = top + self.hand.reader.viewport().height()
        return all(top <= rect.top() and rect.bottom() <= bottom for rect in rects)

    def offers(self) -> list[Offer]:
        """Return what is offered on the screen, once it was looked for."""
        session = self.session
        self.hand.wait_until(lambda: not session.offers_due and not session.looking.active, "offers were looked for")
        return self.hand.reader.visible_offers()


class Worker:
    """Somebody who works through the article shown."""

    def __init__(self, hands: Hands, gold: Sequence[Wanted]) -> None:
        self.hands = hands
        self.gold = gold
        self.left = set(gold)
        self.leafed = ""

    def work(self) -> None:
        """Work from the first screen to the last."""
        while True:
            while self.screen():
                assert self.hands.actions < 4 * len(self.gold) + 50, f"endless: {self.left}"
            if not self.left:
                break
            self.leaf()
        finished(self.hands, self.gold)

    def leaf(self) -> None:
        """Go on by a screen, or back where rejecting led past something."""
        bar = self.hands.hand.reader.verticalScrollBar()
        before, reader = bar.value(), self.hands.hand.reader
        first = min(wanted.span for wanted in self.left)
        key = "PgUp" if reader.page.character_rect(first.start).top() < before else "PgDown"
        if {key, self.leafed} == {"PgUp", "PgDown"}:  # it stands across the edge of both screens: a turn of the wheel
            self.hands.mouse += 1
            reader.rect_at(first.end - 1)
            reader.rect_at(first.start)
        else:
            self.hands.press(key)
        self.leafed = key
        assert bar.value() != before or self.on_screen(), f"not on any screen: {self.left}"

    def on_screen(self) -> list[Wanted]:
        """Return what is still wanted of what is seen, in reading order."""
        return sorted(wanted for wanted in self.left if self.hands.seen(wanted.span))

    def screen(self) -> bool:
        """Do some of what is left to do on this screen; False where nothing is."""
        if self.accept_offers(least=4):
            return True
        offered = {Wanted(offer.span, offer.label) for offer in self.hands.offers()}
        seen = self.on_screen()
        todo = [wanted for wanted in seen if wanted not in offered]
        if not todo and self.accept_offers():
            return True
        todo = todo or seen
        if not todo:
            return False
        sticky = self.hands.session.sticky
        label, group = next(groupby(sorted(todo, key=lambda one: (one.label != sticky, one.label)), _label))
        self.sweep(label, list(group))
        return True

    def sweep(self, label: str, group: Sequence[Wanted]) -> None:
        """Label words one by one with a label that is sticky meanwhile; what is offered by then is left to its offer."""
        offered_before = {Wanted(offer.span, offer.label) for offer in self.hands.offers()}
        session = self.hands.session
        if session.sticky != label:
            if session.current is not None:
                self.hands.press("Esc")
            self.hands.press(session.scheme.by_name[label].key.upper())
        for wanted in group:
            offered = {Wanted(offer.span, offer.label) for offer in self.hands.offers()}
            if wanted in offered - offered_before:
                continue
            self.hands.take(wanted.span)
            self.left.discard(wanted)

    def accept_offers(self, least: int = 1) -> bool:
        """Accept what is offered on the screen, after rejecting what is wrong in it, where that is worth its price.

        A few wait until the rest of the screen is done: then one key takes what that brought up as well.
        """
        offers = self.hands.offers()
        right = [offer for offer in offers if Wanted(offer.span, offer.label) in self.left]
        wrong = [offer for offer in offers if Wanted(offer.span, offer.label) not in self.left]
        mended = [offer for offer in wrong if self.wanted_label(offer)]
        price = 1 + len(wrong) + len(mended)  # a click on the “?”; to give another label, a click and a key
        if len(right) < least or price > BY_HAND * len(right) + len(mended):
            return False
        before = self.hands.actions
        for offer in wrong:
            self.decide(offer)
        there = {Wanted(offer.span, offer.label) for offer in self.hands.offers()}
        if not there <= self.left or not there:
            return self.hands.actions > before  # it led to another screen, or brought others up: look again
        self.hands.press("Ctrl+Shift+Return")
        self.hands.offered += len(there & self.left)
        self.left -= there
        return True

    def wanted_label(self, offer: Offer) -> str:
        """Return the label that the words of a wrong offer are to have, or ""."""
        return next((wanted.label for wanted in self.left if wanted.span == offer.span), "")

    def decide(self, offer: Offer) -> None:
        """Walk to a wrong offer, if deciding about the last one did not lead there, and reject or correct it."""
        session = self.hands.session
        if offer[:2] not in [other[:2] for other in self.hands.offers()]:
            return  # the same words were rejected just now, so that it is gone
        if not self.wanted_label(offer) and self.hands.dismiss(offer):
            self.hands.rejected += 1
            return
        for _n in range(3):
            if session.offered is not None and session.offered[:2] == offer[:2]:
                break
            self.hands.click(offer.span.start)
        else:
            raise AssertionError(f"cannot be reached: {offer}")
        label = self.wanted_label(offer)
        if label:
            self.hands.press(session.scheme.by_name[label].key.upper())
            self.left.discard(Wanted(offer.span, label))
        else:
            self.hands.press("Delete")
            self.hands.rejected += 1


def _label(wanted: Wanted) -> str:
    return wanted.label


def sweep(hands: Hands, gold: Sequence[Wanted]) -> None:
    """Go through the article once for each label, which is sticky meanwhile: a key for the label, a sweep for each."""
    for label in dict.fromkeys(wanted.label for wanted in gold):
        hands.press(hands.session.scheme.by_name[label].key.upper())
        for wanted in gold:
            if wanted.label == label:
                hands.take(wanted.span)
    hands.press("Esc")
    finished(hands, gold)


def finished(hands: Hands, gold: Collection[Wanted]) -> None:
    """Fail where something else is there than was wanted."""
    there = {Wanted(annotation.span, annotation.label) for annotation in hands.session.spans}
    assert there == set(gold), f"not as it was wanted: {there ^ set(gold)}"


# --- corpora ----------------------------------------------------------------------------------------------------------


class Played(NamedTuple):
    """What an article of a corpus cost."""

    name: str
    spans: int
    keys: int
    mouse: int
    offered: int
    rejected: int

    @property
    def each(self) -> float:
        """Actions for an annotation."""
        return (self.keys + self.mouse) / self.spans


def project_of(articles: Sequence[Sample], file: Path, scheme: Scheme | None = None) -> Path:
    """Make a project with articles and nothing else."""
    with Project.create(file, Settings().introduce("anna"), scheme or with_topics(scheme_named("news"))) as made:
        making.add_articles(made, [(f"{n:02}", article.text) for n, article in enumerate(articles)])
    return file


def play(hand: Hand, articles: Sequence[Sample]) -> list[Played]:
    """Annotate a corpus in the window on a project with these articles; return what each of them cost."""
    played = []
    for article in articles:
        hand.wait_until(lambda text=article.text: hand.window.session.text == text, "the article is shown")  # type: ignore[misc]
        hand.reader.setFocus()
        hands = Hands(hand)
        Worker(hands, article.gold).work()
        hands.press("Ctrl+Return")
        played.append(Played(article.name, len(article.gold), hands.keys, hands.mouse, hands.offered, hands.rejected))
    return played


def orders(articles: Sequence[Sample]) -> list[list[Sample]]:
    """Return an order for each article, in which it is the last one."""
    return [[*articles[n + 1 :], *articles[: n + 1]] for n in range(len(articles))]


class Corpus(NamedTuple):
    """Articles that are played in one or several orders, and the scheme that they are labelled by."""

    name: str
    scheme: str
    orders: Callable[[], list[list[Sample]]]


PLAYED = (
    Corpus("the samples", "news", lambda: orders(list(samples()))),
    Corpus("the samples, then the seed", "news", lambda: [[*samples(), *there] for there in [list(seed())] if there]),
    Corpus("GUM news (Wikinews)", "news", lambda: [there for there in [list(gum())] if there]),
    Corpus("Wikigold (Wikipedia)", "conll2003", lambda: [there[:8] for there in [list(wikigold())] if there]),
)


def scheme_for(name: str, articles: Sequence[Sample]) -> Scheme:
    """Return a scheme, of foreign articles with the labels only that their annotators had."""
    scheme = with_topics(scheme_named(name))
    used = {wanted.label for article in articles for wanted in article.gold}
    if name == "news" and used <= {"PERSON", "ORGANIZATION", "LOCATION", "EVENT", "DATE", "TIME"}:
        return replace(scheme, labels=tuple(label for label in scheme.labels if label.name in used))
    return scheme


def main(wished: Sequence[str]) -> None:
    """Print a table for each corpus, or for those whose name holds one of the words."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["RUBRICATOR_HOME"] = home
        for corpus in PLAYED:
            if wished and not any(word in corpus.name for word in wished):
                continue
            every = corpus.orders()
            if not every:
                print(f"{corpus.name}: skipped, not in {CORPORA}")
            for n, order in enumerate(every):
                file = Path(home) / f"{corpus.name}-{n}.rubric"
                hand = Hand(app.build(project_of(order, file, scheme_for(corpus.scheme, order))))
                hand.show(1600, 1000)
                _print(corpus.name, play(hand, order))
                hand.window.close()


def _print(name: str, played: Sequence[Played]) -> None:
    print(f"\n{name:<52}{'spans':>6}{'keys':>6}{'mouse':>6}{'offered':>8}{'wrong':>6}{'each':>7}{'goal':>6}")
    for n, one in enumerate(played):
        counts = f"{one.spans:>6}{one.keys:>6}{one.mouse:>6}{one.offered:>8}{one.rejected:>6}{one.each:>7.2f}"
        print(f"  {one.name[:48]:<50}{counts}{GOAL if n else YARDSTICK:>6.1f}", flush=True)
    if len(later := played[1:]) > 1:
        each = sum(one.keys + one.mouse for one in later) / sum(one.spans for one in later)
        print(f"  {'the later ones together':<50}{'':>32}{each:>7.2f}{GOAL:>6.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
